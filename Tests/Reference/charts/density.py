"""Kernel density estimates with the bandwidth of R's bw.nrd0, by scipy; quartiles and whiskers of box plots, by matplotlib.

Run: python density.py > distributions.json"""
import json

import numpy as np
from scipy.stats import gaussian_kde
from matplotlib.cbook import boxplot_stats

random = np.random.default_rng(7)
samples = {
    "normal": random.normal(2, 3, 60),
    "two": np.concatenate([random.normal(0, 1, 40), random.normal(9, 0.5, 25)]),
    "ties": np.repeat([1.0, 2.0, 5.0], [6, 3, 2]),
    "same_quartiles": np.array([1.0] * 9 + [4.0]),
}
out = {}
for name, x in samples.items():
    deviation = x.std(ddof=1)
    iqr = np.subtract(*np.percentile(x, [75, 25]))
    low = min(deviation, iqr / 1.34) if iqr > 0 else deviation
    width = 0.9 * low * len(x) ** -0.2
    # scipy's factor multiplies the standard deviation.
    estimate = gaussian_kde(x, bw_method=width / deviation)
    places = np.linspace(x.min() - 2 * width, x.max() + 2 * width, 9)
    box = boxplot_stats(x)[0]
    out[name] = {
        "values": sorted(x.tolist()), "bandwidth": width, "places": places.tolist(), "density": estimate(places).tolist(),
        "box": [box["q1"], box["med"], box["q3"], box["whislo"], box["whishi"]], "outliers": sorted(box["fliers"].tolist()),
    }
print(json.dumps(out, indent=1))
