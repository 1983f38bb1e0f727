import os
os.environ["OPENBLAS_NUM_THREADS"] = "1"
from time import process_time
import numpy as np
from scipy import stats
x = np.sin(np.linspace(0, 3000, 12))
y = np.cos(np.linspace(0, 7000, 12)) + 0.01
def work():
    for i in range(1, 200): stats.wilcoxon(x, y)
    return stats.wilcoxon(x, y).pvalue
start = process_time()
value = work()
seconds = process_time() - start
print(f"{value:.6e}")
print(seconds)
