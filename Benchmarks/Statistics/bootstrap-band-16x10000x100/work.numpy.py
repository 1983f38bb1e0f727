import os
os.environ["OPENBLAS_NUM_THREADS"] = "1"
from time import process_time
import numpy as np
x = np.linspace(0.7, 1.5, 16)
y = 1.6 * x - 0.4 + 0.08 * np.sin(100 * x)
def slope(x, y):
    dx = x - x.mean(-1, keepdims=True)
    return (dx * y).sum(-1) / (dx * dx).sum(-1)
grid = np.linspace(0.7, 1.5, 100)
def work():
    pick = np.random.default_rng(1).integers(0, 16, (10_000, 16))
    bx, by = x[pick], y[pick]
    b = slope(bx, by)
    lines = (by.mean(1) - b * bx.mean(1))[:, None] + b[:, None] * grid
    np.percentile(lines, [2.5, 97.5], axis=0)
    return slope(x, y)
start = process_time()
value = work()
seconds = process_time() - start
print(f"{value:.6e}")
print(seconds)
