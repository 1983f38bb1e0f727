# The same in matplotlib.
import csv, os, sys
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from scipy import stats

with open(os.path.join(os.path.dirname(__file__), "../transfer.csv")) as file:
    rows = list(csv.DictReader(file))
expit = lambda z: 1 / (1 + np.exp(-z))
figure, panels = plt.subplots(3, 4, sharex=True, sharey=True, figsize=(1000 / 72, 800 / 72))
for axes, name in zip(panels.flat, dict.fromkeys(r["dataset"] for r in rows)):
    x, y = (np.array([float(r[k]) for r in rows if r["dataset"] == name]) for k in ("source", "accuracy"))
    u, v = np.log(x / (1 - x)), np.log(y / (1 - y))
    fit = stats.linregress(u, v)
    grid = np.linspace(u.min(), u.max(), 100)
    line = fit.intercept + fit.slope * grid
    spread = np.sqrt(((v - fit.intercept - fit.slope * u) ** 2).sum() / (len(u) - 2))
    half = stats.t.ppf(0.975, len(u) - 2) * spread * np.sqrt(
        1 / len(u) + (grid - u.mean()) ** 2 / ((u - u.mean()) ** 2).sum())
    axes.set_xscale("logit")
    axes.set_yscale("logit")
    axes.fill_between(expit(grid), expit(line - half), expit(line + half), alpha=0.2)
    axes.plot(expit(grid), expit(line))
    axes.scatter(x, y, s=8)
    axes.set_title(name)
figure.savefig(os.path.join(sys.argv[1], "matplotlib.png"), dpi=144)
