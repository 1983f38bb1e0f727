# The same in matplotlib.
import os, sys
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

random = np.random.default_rng(1)
figure, axes = plt.subplots(figsize=(560 / 72, 420 / 72))
axes.scatter(random.standard_normal(1_000_000), random.standard_normal(1_000_000), s=1, alpha=0.1)
figure.savefig(os.path.join(sys.argv[1], "matplotlib.png"), dpi=144)
