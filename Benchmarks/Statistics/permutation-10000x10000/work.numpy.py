import os
os.environ["OPENBLAS_NUM_THREADS"] = "1"
from time import process_time
import numpy as np
x = np.sin(np.linspace(0, 3000, 10_000)) + 0.01
y = np.cos(np.linspace(0, 7000, 10_000))
def work():  # random signs in blocks, single precision
    r, d, hits = np.random.default_rng(1), x - y, 0
    blocks, seen = d.astype(np.float32), abs(d.mean())
    for _ in range(0, 10_000, 500):
        signs = np.unpackbits(r.integers(0, 256, (500, 1250), dtype=np.uint8), axis=1).astype(np.float32)
        hits += int((np.abs(2 * (signs @ blocks) - d.sum()) / 10_000 >= seen - 1e-9).sum())
    return d.mean(), (hits + 1) / 10_001
start = process_time()
value = work()
seconds = process_time() - start
print(f"{value[0]:.6e}")
print(seconds)
