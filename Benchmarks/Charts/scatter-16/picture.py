# The same in matplotlib: analytic band, logit axes, labels beside the points.
import csv, os, sys
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from scipy import stats

with open(os.path.join(os.path.dirname(__file__), "../networks.csv")) as file:
    rows = list(csv.DictReader(file))
x, y, se = (np.array([float(r[k]) for r in rows]) for k in ("source", "transfer", "se"))
u, v = np.log(x / (1 - x)), np.log(y / (1 - y))
expit = lambda z: 1 / (1 + np.exp(-z))
fit = stats.linregress(u, v)
grid = np.linspace(u.min(), u.max(), 100)
line = fit.intercept + fit.slope * grid
spread = np.sqrt(((v - fit.intercept - fit.slope * u) ** 2).sum() / (len(u) - 2))
half = stats.t.ppf(0.975, len(u) - 2) * spread * np.sqrt(
    1 / len(u) + (grid - u.mean()) ** 2 / ((u - u.mean()) ** 2).sum())
figure, axes = plt.subplots(figsize=(560 / 72, 420 / 72))
axes.set_xscale("logit")
axes.set_yscale("logit")
axes.fill_between(expit(grid), expit(line - half), expit(line + half), alpha=0.2)
axes.plot(expit(grid), expit(line))
axes.errorbar(x, y, yerr=[y - expit(v - se), expit(v + se) - y], fmt="o", capsize=3)
for row, a, b in zip(rows, x, y):
    axes.annotate(row["model"], (a, b), textcoords="offset points", xytext=(5, 2), fontsize=8)
axes.set_title("Sixteen networks")
axes.set_xlabel("source accuracy")
axes.set_ylabel("transfer accuracy")
figure.savefig(os.path.join(sys.argv[1], "matplotlib.png"), dpi=144)
