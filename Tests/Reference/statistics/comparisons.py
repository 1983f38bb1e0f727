"""Values for the tests of comparisons, corrections, accuracies and the bootstrap.

    python comparisons.py    writes comparisons.json beside itself

Correlations by the published formulas, the overlapping and the non-overlapping form each on its own, in mpmath; the rest
by scipy and scikit-learn, or over all cases by the definition. Made with scipy 1.17.1, numpy 2.4.6, scikit-learn 1.9.1.
"""
import itertools
import json
import os

import mpmath as mp
import numpy as np
from scipy import stats
from scipy.stats import _resampling
from sklearn.metrics import average_precision_score

mp.mp.dps = 40
ALTERNATIVES = ["two-sided", "greater", "less"]


def tail(z, alternative):
    sf = lambda v: mp.erfc(v / mp.sqrt(2)) / 2
    return {"two-sided": 2 * sf(abs(z)), "greater": sf(z), "less": sf(-z)}[alternative]


def nonoverlapping(jk, hm, jh, jm, kh, km, n, modified):
    """Dunn & Clark 1969, equation 11; Silver, Hittner & May 2004."""
    z = mp.atanh(jk) - mp.atanh(hm)
    if modified:
        jk = hm = mp.tanh((mp.atanh(jk) + mp.atanh(hm)) / 2)
    c = (jk * hm * (jh**2 + jm**2 + kh**2 + km**2) / 2 + jh * km + jm * kh
         - (jk * jh * jm + jk * kh * km + jh * kh * hm + jm * km * hm)) / ((1 - jk**2) * (1 - hm**2))
    return z * mp.sqrt(n - 3) / mp.sqrt(2 - 2 * c)


def overlapping(jk, jh, kh, n, modified):
    """Dunn & Clark 1969; Hittner, May & Silver 2003."""
    z = mp.atanh(jk) - mp.atanh(jh)
    if modified:
        r = mp.tanh((mp.atanh(jk) + mp.atanh(jh)) / 2)
        c = (kh * (1 - 2 * r**2) - r**2 * (1 - 2 * r**2 - kh**2) / 2) / (1 - r**2)**2
    else:
        c = (kh * (1 - jk**2 - jh**2) - jk * jh * (1 - jk**2 - jh**2 - kh**2) / 2) / ((1 - jk**2) * (1 - jh**2))
    return z * mp.sqrt(n - 3) / mp.sqrt(2 - 2 * c)


def zou(r, s, n, m, c, level=0.95):
    """Zou 2007, two-sided."""
    z = mp.sqrt(2) * mp.erfinv(level)
    ends = lambda r, n: [mp.tanh(mp.atanh(r) + e * z / mp.sqrt(n - 3)) for e in (-1, 1)]
    (a, b), (l, u) = ends(r, n), ends(s, m)
    return [float(r - s - mp.sqrt((r - a)**2 + (u - s)**2 - 2 * c * (r - a) * (u - s))),
            float(r - s + mp.sqrt((b - r)**2 + (s - l)**2 - 2 * c * (b - r) * (s - l)))]


def steiger(jk, hm, jh, jm, kh, km):
    return (jk * hm * (jh**2 + jm**2 + kh**2 + km**2) / 2 + jh * km + jm * kh
            - (jk * jh * jm + jk * kh * km + jh * kh * hm + jm * km * hm)) / ((1 - jk**2) * (1 - hm**2))


def correlations(rng):
    rows = []
    for n in (5, 16, 200):
        base = rng.standard_normal(n)
        x, y, u, v = [np.round((base + w * rng.standard_normal(n)) * 1024) / 1024 for w in (0.5, 0.8, 1.0, 0.4)]
        for alternative in ALTERNATIVES:
            for kind in ("independent", "overlapping", "dependent"):
                first = x if kind == "overlapping" else u
                r = {a + b: mp.mpf(float(np.corrcoef(p, q)[0, 1])) for (a, p), (b, q) in
                     itertools.combinations(zip("xyuv", (x, y, first, v)), 2)}
                for method in ("silver2004", "dunn1969"):
                    modified = method == "silver2004"
                    c = 0
                    if kind == "independent":
                        z = (mp.atanh(r["xy"]) - mp.atanh(r["uv"])) / mp.sqrt(mp.mpf(2) / (n - 3))
                    elif kind == "overlapping":
                        z = overlapping(r["xy"], r["uv"], r["yv"], n, modified)
                        c = steiger(r["xy"], r["uv"], 1, r["xv"], r["xy"], r["yv"])
                    else:
                        six = [r[k] for k in ("xy", "uv", "xu", "xv", "yu", "yv")]
                        z = nonoverlapping(*six, n, modified)
                        c = steiger(*six)
                    rows.append({"samples": [s.tolist() for s in (x, y, first, v)], "independent": kind == "independent",
                                 "method": method, "alternative": alternative, "z": float(z),
                                 "p": float(tail(z, alternative)),
                                 "interval": zou(r["xy"], r["uv"], n, n, c) if alternative == "two-sided" else None})
    return rows


def binomial():
    rows = []
    for right, of, p in ((0, 1, 0.5), (5, 20, 0.3), (179, 192, 0.5), (189, 192, 0.5), (10, 20, 0.5), (3, 3, 1.0), (0, 7, 0.0),
                         (40, 1000, 0.05), (60, 1000, 0.05), (7, 24, 1 / 3)):
        for alternative in ALTERNATIVES:
            b = stats.binomtest(right, of, p, alternative=alternative)
            ci = b.proportion_ci(0.95, method="exact")
            rows.append({"right": right, "of": of, "null": p, "alternative": alternative, "p": float(b.pvalue),
                         "interval": [float(ci.low), float(ci.high)]})
    return rows


def newcombe(a, b, c, d, level=0.95):
    """Newcombe 1998, method 10; 36, 12, 2, 0 gives 0.0569 to 0.3404 there."""
    n = a + b + c + d
    limits = [stats.binomtest(k, n).proportion_ci(level, method="wilson") for k in (a + b, a + c)]
    (l1, u1), (l2, u2) = [(float(i.low), float(i.high)) for i in limits]
    p1, p2 = (a + b) / n, (a + c) / n
    product = a * d - b * c
    if product > 0:
        product = max(product - n / 2, 0)
    margin = (a + b) * (c + d) * (a + c) * (b + d)
    phi = product / np.sqrt(margin) if margin else 0
    low = p1 - p2 - np.sqrt((p1 - l1)**2 - 2 * phi * (p1 - l1) * (u2 - p2) + (u2 - p2)**2)
    high = p1 - p2 + np.sqrt((u1 - p1)**2 - 2 * phi * (u1 - p1) * (p2 - l2) + (p2 - l2)**2)
    return [float(low), float(high)]


def mcnemar():
    rows = []
    for a, b, c, d in ((36, 12, 2, 0), (900, 60, 30, 10), (5, 0, 3, 1), (0, 4, 4, 0), (50, 1, 0, 0)):
        for alternative in ALTERNATIVES:
            rows.append({"counts": [a, b, c, d], "alternative": alternative,
                         "p": float(stats.binomtest(b, b + c, 0.5, alternative=alternative).pvalue),
                         "interval": newcombe(a, b, c, d) if alternative == "two-sided" else None})
    return rows


def permutations(rng):
    """Over all signs, in whole numbers so that equal sums are equal."""
    rows = []
    for n, classes in ((1, None), (5, None), (12, None), (12, 3), (14, 2)):
        x, y = rng.integers(0, 8, n), rng.integers(0, 8, n)
        labels = None if classes is None else (np.arange(n) % classes * (rng.random(n) < 0.8)).astype(int)
        sizes = np.ones(n, int) if labels is None else np.array([(labels == l).sum() for l in labels])
        whole = np.lcm.reduce(sizes)
        d = (x - y) * (whole // sizes)
        sums = np.array([np.dot(s, d) for s in itertools.product((-1, 1), repeat=n)])
        groups = 1 if labels is None else len(set(labels.tolist()))
        estimate = (x - y).mean() if labels is None else d.sum() / whole / groups
        for alternative in ALTERNATIVES:
            hit = {"two-sided": abs(sums) >= abs(d.sum()), "greater": sums >= d.sum(), "less": sums <= d.sum()}[alternative]
            # Tenths are not exact in doubles, which the test must bear.
            rows.append({"x": (x / 10).tolist(), "y": (y / 10).tolist(), "classes": None if labels is None else labels.tolist(),
                         "alternative": alternative, "estimate": float(estimate / 10), "p": float(hit.mean())})
    return rows


def adjusted(rng):
    rows = []
    for p in ([0.01, 0.04, 0.03, 0.04], [0.5], sorted(rng.random(20)**3), [1.0, 0.0, 0.2]):
        p = np.array(p, float)
        order, m = np.argsort(p, kind="stable"), len(p)
        holm = np.empty(m)
        holm[order] = np.minimum(1, np.maximum.accumulate((m - np.arange(m)) * p[order]))
        rows.append({"p": p.tolist(), "bonferroni": np.minimum(1, m * p).tolist(), "holm": holm.tolist(),
                     "bh": stats.false_discovery_control(p, method="bh").tolist(),
                     "by": stats.false_discovery_control(p, method="by").tolist()})
    return rows


def voc2007(scores, labels):
    """VOCevaluation's VOC_ap with 11 points; recalls as fractions, scores without ties."""
    from fractions import Fraction
    keep = labels != 0
    order = np.argsort(-scores[keep], kind="stable")
    right = np.cumsum(labels[keep][order] > 0)
    total = 0.0
    for t in range(11):
        hits = [k / (i + 1) for i, k in enumerate(right.tolist()) if Fraction(k, int(right[-1])) >= Fraction(t, 10)]
        total += max(hits, default=0)
    return total / 11


def voc2010(scores, labels):
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(labels[order] > 0)
    precision = np.maximum.accumulate((right / np.arange(1, len(right) + 1))[::-1])[::-1]
    recall = right / right[-1]
    return float((np.diff(np.concatenate([[0], recall])) * precision).sum())


def precisions(rng):
    rows = []
    for n, positives in ((3, 2), (30, 10), (40, 7), (25, 25)):
        labels = -np.ones(n)
        labels[rng.permutation(n)[:positives]] = 1
        scores = np.round((rng.standard_normal(n) + labels) * 4096) / 4096
        difficult = labels.copy()
        if n > 25:
            difficult[rng.permutation(n)[:4]] = 0
        ties = np.round(scores * 2) / 2
        rows.append({"scores": scores.tolist(), "labels": difficult.tolist(), "interpolation": "11-point",
                     "value": float(voc2007(scores, difficult))})
        for s in (scores, ties):
            rows.append({"scores": s.tolist(), "labels": labels.tolist(), "interpolation": "full",
                         "value": float(average_precision_score(labels > 0, s))})
        rows.append({"scores": scores.tolist(), "labels": labels.tolist(), "interpolation": "interpolated",
                     "value": voc2010(scores, labels)})
    return rows


def calibration(rng):
    rows = []
    for n, bins in ((1, 15), (500, 15), (500, 4)):
        c = np.round(rng.random(n) * 64) / 64
        right = rng.random(n) < c
        error = 0.0
        for b in range(bins):
            inside = (c > b / bins) & (c <= (b + 1) / bins) | ((c == 0) & (b == 0))
            if inside.any():
                error += inside.mean() * abs(right[inside].mean() - c[inside].mean())
        rows.append({"confidence": c.tolist(), "right": right.tolist(), "bins": bins, "error": float(error)})
    return rows


def bca(rng):
    """scipy's BCa limits for replicates that are given."""
    rows = []
    for n in (8, 30):
        data = np.round(rng.exponential(1, n) * 1024) / 1024
        replicates = np.array([np.mean(rng.choice(data, n)) for _ in range(499)])
        statistic = lambda d, axis=-1: np.mean(d, axis=axis)
        low, high, _ = _resampling._bca_interval((data,), statistic, -1, 0.025, replicates, None, np)
        ends = [float(np.quantile(replicates, q)) for q in (float(low), float(high))]
        rows.append({"data": data.tolist(), "replicates": replicates.tolist(), "low": ends[0], "high": ends[1]})
    return rows


def line(rng):
    """The spread of the slope over very many resamples."""
    x = np.round(rng.standard_normal(16) * 1024) / 1024
    y = np.round((0.7 * x + 0.5 * rng.standard_normal(16)) * 1024) / 1024
    drawn = rng.integers(0, 16, (400_000, 16))
    a, b = x[drawn], y[drawn]
    a = a - a.mean(1, keepdims=True)
    slopes = (a * b).sum(1) / (a * a).sum(1)
    return {"x": x.tolist(), "y": y.tolist(), "slope": float(stats.linregress(x, y).slope),
            "intercept": float(stats.linregress(x, y).intercept), "deviation": float(slopes.std()),
            "low": float(np.quantile(slopes, 0.025)), "high": float(np.quantile(slopes, 0.975))}


if __name__ == "__main__":
    rng = np.random.default_rng(20261123)
    result = {"correlations": correlations(rng), "binomial": binomial(), "mcnemar": mcnemar(),
              "permutations": permutations(rng), "adjusted": adjusted(rng), "precisions": precisions(rng),
              "calibration": calibration(rng), "bca": bca(rng), "line": line(rng)}
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "comparisons.json"), "w") as f:
        json.dump(result, f, allow_nan=False)
