import os
os.environ["OPENBLAS_NUM_THREADS"] = "1"
from time import process_time
import numpy as np
from scipy import stats
x = np.sin(np.linspace(0, 3000, 16))
y = np.cos(np.linspace(0, 7000, 16)) + 0.01
def work():
    for i in range(1, 200): stats.pearsonr(x, y)
    return stats.pearsonr(x, y).statistic
start = process_time()
value = work()
seconds = process_time() - start
print(f"{value:.6e}")
print(seconds)
