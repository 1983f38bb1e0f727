"""Values for the tests of Statistics/.

    python statistics.py PAPER    writes statistics.json beside itself; PAPER is the folder with the paper's tables as CSV
                                  (networks.csv, transfer.csv)

Distributions by mpmath with 40 digits; tests by scipy; linear models by the textbook formulas in 80-bit floats. Made with
scipy 1.17.1, numpy 2.4.6, mpmath 1.3.0.
"""
import csv
import itertools
import json
import os
import sys

import mpmath as mp
import numpy as np
from scipy import optimize, stats

mp.mp.dps = 40
ALTERNATIVES = ["two-sided", "greater", "less"]


def beta_tail(x, a, b):
    return mp.betainc(a, b, x, 1, regularized=True)


def t_upper(t, df):
    t, df = mp.mpf(t), mp.mpf(df)
    half = mp.betainc(df / 2, mp.mpf(1) / 2, 0, df / (df + t * t), regularized=True) / 2
    return half if t >= 0 else 1 - half


def distributions():
    rows = []

    def add(kind, parameters, x, upper, lower):
        rows.append({"kind": kind, "parameters": parameters, "x": x, "upper": float(upper), "lower": float(lower)})

    for x in (-8.0, -1.5, 0.0, 0.3, 2.0, 6.0, 20.0):
        add("normal", [], x, mp.erfc(mp.mpf(x) / mp.sqrt(2)) / 2, mp.erfc(-mp.mpf(x) / mp.sqrt(2)) / 2)
    for df in (1, 2, 5.7, 14, 300):
        for t in (-3.0, 0.5, 2.2, 12.0, 40.0):
            add("t", [df], t, t_upper(t, df), t_upper(-t, df))
    for d1, d2 in ((1, 14), (3, 7.5), (20, 200)):
        for f in (0.1, 1.0, 4.0, 60.0):
            z = mp.mpf(d2) / (d2 + mp.mpf(d1) * f)
            lower = mp.betainc(mp.mpf(d2) / 2, mp.mpf(d1) / 2, 0, z, regularized=True)
            add("f", [d1, d2], f, lower, mp.betainc(mp.mpf(d1) / 2, mp.mpf(d2) / 2, 0, 1 - z, regularized=True))
    for df in (1, 4, 33.3):
        for x in (0.2, 3.0, 50.0, 300.0):
            a = mp.mpf(df) / 2
            add("chi_squared", [df], x, mp.gammainc(a, mp.mpf(x) / 2, mp.inf, regularized=True),
                mp.gammainc(a, 0, mp.mpf(x) / 2, regularized=True))
    for a, b in ((0.5, 0.5), (2, 5), (40, 3.5)):
        for x in (0.01, 0.5, 0.97):
            add("beta", [a, b], x, beta_tail(mp.mpf(x), a, b), mp.betainc(a, b, 0, mp.mpf(x), regularized=True))
    return rows


def interval(ci):
    return [float(ci.low) if np.isfinite(ci.low) else None, float(ci.high) if np.isfinite(ci.high) else None]


def bonett_wright(rho, n, alternative, level=0.95):
    se = np.sqrt((1 + rho * rho / 2) / (n - 3))
    if alternative == "two-sided":
        z = stats.norm.ppf((1 + level) / 2) * se
        return [np.tanh(np.arctanh(rho) - z), np.tanh(np.arctanh(rho) + z)]
    z = stats.norm.ppf(level) * se
    return [np.tanh(np.arctanh(rho) - z), 1.0] if alternative == "greater" else [-1.0, np.tanh(np.arctanh(rho) + z)]


def sample(values):
    return [float(np.round(v * 1024) / 1024) for v in values]


def tests(rng):
    rows = []

    def add(name, samples, alternative, statistic, df, p, ci, flags=(), numbers=None):
        rows.append({"name": name, "samples": samples, "alternative": alternative, "statistic": float(statistic),
                     "df": float(df), "p": float(p), "interval": ci, "flags": list(flags), "numbers": numbers or {}})

    for n, slope in ((3, 0.4), (16, 2.0), (16, -0.3), (200, 0.05)):
        x = sample(rng.standard_normal(n))
        y = sample(slope * np.array(x) + rng.standard_normal(n))
        ties = sample(np.round(np.array(y) * 2) / 2)
        for alternative in ALTERNATIVES:
            r = stats.pearsonr(x, y, alternative=alternative)
            ci = r.confidence_interval() if n > 3 else None
            t = r.statistic * np.sqrt((n - 2) / (1 - r.statistic**2))
            add("pearson", [x, y], alternative, t, n - 2, r.pvalue, interval(ci) if ci else None)
            s = stats.spearmanr(x, ties, alternative=alternative)
            if abs(s.statistic) < 1 and n > 9:
                t = s.statistic * np.sqrt((n - 2) / (1 - s.statistic**2))
                add("spearman", [x, ties], alternative, t, n - 2, s.pvalue,
                    [float(v) for v in bonett_wright(s.statistic, n, alternative)] if n > 3 else None)
            w = stats.ttest_ind(x, y[: n - 1], equal_var=False, alternative=alternative)
            add("t_test", [x, y[: n - 1]], alternative, w.statistic, w.df, w.pvalue, interval(w.confidence_interval()))
            d = stats.ttest_rel(x, y, alternative=alternative)
            add("t_test", [x, y], alternative, d.statistic, d.df, d.pvalue, interval(d.confidence_interval()), ["paired"])
            o = stats.ttest_1samp(x, 0.25, alternative=alternative)
            add("t_test_one", [x], alternative, o.statistic, o.df, o.pvalue, interval(o.confidence_interval()),
                numbers={"mean": 0.25})
    return rows + rank_tests(np.random.default_rng(20260911)) + effect_sizes(np.random.default_rng(20261123))


def exact_spearman(x, y, alternative):
    """p over all orders, by the definition; scipy has only the t approximation."""
    ranks = stats.rankdata(x)
    rho = [np.corrcoef(ranks, order)[0, 1] for order in itertools.permutations(stats.rankdata(y))]
    seen = np.corrcoef(ranks, stats.rankdata(y))[0, 1]
    greater, less = np.mean(np.array(rho) >= seen - 1e-9), np.mean(np.array(rho) <= seen + 1e-9)
    return {"greater": greater, "less": less, "two-sided": min(1.0, 2 * min(greater, less))}[alternative]


def rank_tests(rng):
    rows = []

    def add(name, samples, alternative, statistic, p, estimate=None, choices=None, df=None, interval=None):
        rows.append({"name": name, "samples": [[float(v) for v in s] for s in samples], "alternative": alternative,
                     "statistic": float(statistic), "df": df, "p": float(p), "interval": interval, "flags": [],
                     "numbers": {}, "estimate": None if estimate is None else float(estimate), "choices": choices})

    for n in (4, 7, 12, 33, 34, 60):
        x, y = sample(rng.standard_normal(n)), sample(rng.standard_normal(n) + 0.4)
        ties = sample(np.round(np.array(y) * 2) / 2)
        for alternative in ALTERNATIVES:
            for other in (y, ties):
                k = stats.kendalltau(x, other, alternative=alternative)
                exact = len(set(x)) == len(set(other)) == n and n <= 33
                score = sum(np.sign((x[i] - x[j]) * (other[i] - other[j])) for i in range(n) for j in range(i))
                z = stats.norm.isf(k.pvalue / (2 if alternative == "two-sided" else 1)) * (
                    np.sign(k.statistic) if alternative == "two-sided" else 1 if alternative == "greater" else -1)
                if np.isfinite(k.pvalue):
                    add("kendall", [x, other], alternative, score if exact else z, k.pvalue, k.statistic)
                for zeros in ("wilcox", "pratt"):
                    w = stats.wilcoxon(np.round(np.array(x) * 4) / 4 if other is ties else x, other, zero_method=zeros,
                                       alternative=alternative)
                    first = list(np.round(np.array(x) * 4) / 4) if other is ties else x
                    d = np.array(first) - np.array(other)
                    kept = d if zeros == "pratt" else d[d != 0]
                    plus = stats.rankdata(abs(kept))[kept > 0].sum()
                    # The normal approximation is asked for by name; exact p with ties is that of all signs.
                    simple = len(set(abs(d))) == n and (d != 0).all()
                    w = stats.wilcoxon(d, zero_method=zeros, alternative=alternative,
                                       method="exact" if simple and n <= 50 else "approx")
                    add("wilcoxon", [first, other], alternative, plus, w.pvalue, np.median(d),
                        {"zeros": zeros} if simple else {"zeros": zeros, "method": "normal"})
                    if n <= 12 and (d != 0).any():
                        ranks = stats.rankdata(abs(kept))[kept != 0]
                        sums = np.array([np.dot(s, ranks) for s in itertools.product((0, 1), repeat=len(ranks))])
                        greater, less = (sums >= plus - 1e-9).mean(), (sums <= plus + 1e-9).mean()
                        p = {"greater": greater, "less": less, "two-sided": min(1, 2 * min(greater, less))}[alternative]
                        for method in ("auto", "exact"):
                            add("wilcoxon", [first, other], alternative, plus, p, np.median(d),
                                {"zeros": zeros, "method": method})
                m = stats.mannwhitneyu(x, other[: max(1, n // 2)], alternative=alternative)
                add("mann_whitney", [x, other[: max(1, n // 2)]], alternative, m.statistic, m.pvalue,
                    m.statistic / (n * max(1, n // 2)))
            if n <= 7:
                s = stats.spearmanr(x, y)
                t = s.statistic * np.sqrt((n - 2) / (1 - s.statistic**2))
                add("spearman", [x, y], alternative, t, exact_spearman(x, y, alternative), s.statistic, df=n - 2,
                    interval=[float(v) for v in bonett_wright(s.statistic, n, alternative)])
    return rows


def noncentrality(t, df, level, alternative):
    """Limits of the noncentrality, by scipy's noncentral t."""
    tail = (1 - level) / 2 if alternative == "two-sided" else 1 - level

    def cdf(nc):
        value = stats.nct.cdf(t, df, nc)
        return stats.norm.cdf(t - nc) if np.isnan(value) else value  # far out, where scipy gives up

    solve = lambda p: optimize.brentq(lambda nc: cdf(nc) - p, t - 20 - abs(t), t + 20 + abs(t), xtol=1e-14)
    return (-np.inf if alternative == "less" else solve(1 - tail), np.inf if alternative == "greater" else solve(tail))


def cliff(x, y, alternative, level):
    """By the definition, over the whole matrix of dominances (Feng & Cliff 2004)."""
    d = np.sign(np.subtract.outer(x, y))
    n, m = d.shape
    delta = d.mean()
    s = (m**2 * ((d.mean(1) - delta)**2).sum() + n**2 * ((d.mean(0) - delta)**2).sum() - ((d - delta)**2).sum()) / (
        n * m * (n - 1) * (m - 1))
    s = max(s, (1 - delta**2) / (n * m - 1))
    z = stats.norm.ppf((1 + level) / 2 if alternative == "two-sided" else level)
    half, bottom = z * np.sqrt(s * ((1 - delta**2)**2 + z**2 * s)), 1 - delta**2 + z**2 * s
    low, high = (delta - delta**3 - half) / bottom, (delta - delta**3 + half) / bottom
    w = delta / np.sqrt(s)
    p = {"two-sided": 2 * stats.norm.sf(abs(w)), "greater": stats.norm.sf(w), "less": stats.norm.cdf(w)}[alternative]
    return delta, w, p, [-1 if alternative == "less" else low, 1 if alternative == "greater" else high]


def effect_sizes(rng):
    rows = []
    finite = lambda ends: [float(v) if np.isfinite(v) else None for v in ends]
    for n, m, shift in ((2, 2, 0.5), (9, 14, 0.8), (30, 30, -0.2), (16, 5, 3.0)):
        x, y = sample(rng.standard_normal(n) + shift), sample(rng.standard_normal(m))
        ties = sample(np.round(np.array(y) * 2) / 2)
        for alternative in ALTERNATIVES:
            for flags in ([], ["hedges"], ["paired"], ["hedges", "paired"]):
                if "paired" in flags and n != m:
                    continue
                if "paired" in flags:
                    d, df, scale = np.subtract(x, y), n - 1, n**-0.5
                    test = stats.ttest_rel(x, y, alternative=alternative)
                    size = d.mean() / d.std(ddof=1)
                else:
                    df, scale = n + m - 2, (1 / n + 1 / m)**0.5
                    test = stats.ttest_ind(x, y, alternative=alternative)
                    size = test.statistic * scale
                j = float(mp.gamma(mp.mpf(df) / 2) / (mp.sqrt(mp.mpf(df) / 2) * mp.gamma(mp.mpf(df - 1) / 2))) \
                    if "hedges" in flags and df > 1 else 1
                if "hedges" in flags and df == 1:
                    continue
                ends = [v * scale * j for v in noncentrality(test.statistic, df, 0.95, alternative)]
                rows.append({"name": "cohens_d", "samples": [x, y], "alternative": alternative,
                             "statistic": float(test.statistic), "df": df, "p": float(test.pvalue), "interval": finite(ends),
                             "flags": flags, "numbers": {}, "estimate": float(size * j)})
            for other in (y, ties):
                if abs(np.sign(np.subtract.outer(x, other)).mean()) == 1:
                    continue
                delta, w, p, ends = cliff(np.array(x), np.array(other), alternative, 0.95)
                rows.append({"name": "cliffs_delta", "samples": [x, other], "alternative": alternative, "statistic": float(w),
                             "df": None, "p": float(p), "interval": finite(ends), "flags": [], "numbers": {},
                             "estimate": float(delta)})
    return rows


def linear_model(rng, n, p, intercept):
    x = np.round(rng.standard_normal((n, p)) * 64) / 64
    y = np.round((x.sum(1) * 0.5 + 2 + rng.standard_normal(n)) * 1024) / 1024
    wide = np.longdouble
    design = (np.column_stack([np.ones(n), x]) if intercept else x).astype(wide)
    y = y.astype(wide)
    gram = design.T @ design
    inverse = np.array(mp.matrix(gram.astype(float).tolist()) ** -1, dtype=object).reshape(gram.shape).astype(wide)
    beta = inverse @ (design.T @ y)
    residual = y - design @ beta
    df = n - design.shape[1]
    rss, tss = residual @ residual, ((y - y.mean()) ** 2).sum() if intercept else y @ y
    sigma = np.sqrt(rss / df)
    se = sigma * np.sqrt(np.diag(inverse))
    t = (beta / se).astype(float)
    f = float((tss - rss) / p / (rss / df))
    point = np.round(rng.standard_normal(p) * 64) / 64
    row = (np.concatenate([[1], point]) if intercept else point).astype(wide)
    leverage, fit, q = row @ inverse @ row, row @ beta, stats.t.ppf(0.975, df)
    return {"x": x.T.tolist(), "y": y.astype(float).tolist(), "intercept": intercept, "estimates": beta.astype(float).tolist(),
            "errors": se.astype(float).tolist(), "t": t.tolist(), "p": (2 * stats.t.sf(np.abs(t), df)).tolist(),
            "sigma": float(sigma), "r_squared": float(1 - rss / tss),
            "adjusted_r_squared": float(1 - rss / df * (df + p) / tss), "f": f,
            "f_p": float(stats.f.sf(f, p, df)), "point": point.tolist(), "fit": float(fit),
            "confidence": [float(fit - q * sigma * np.sqrt(leverage)), float(fit + q * sigma * np.sqrt(leverage))],
            "prediction": [float(fit - q * sigma * np.sqrt(1 + leverage)), float(fit + q * sigma * np.sqrt(1 + leverage))]}


def paper(folder):
    """Accuracies as printed, and what scipy makes of them: Table A.1 and Figure 2, right."""
    networks = list(csv.DictReader(open(os.path.join(folder, "networks.csv"))))
    rows = list(csv.DictReader(open(os.path.join(folder, "transfer.csv"))))
    names = [n["model"] for n in networks]
    datasets = list(dict.fromkeys(r["dataset"] for r in rows))
    source = [float(n["top1_retrained"]) for n in networks]
    settings = {}
    for setting in dict.fromkeys(r["setting"] for r in rows):
        percent = {(r["network"], r["dataset"]): float(r["accuracy"]) for r in rows if r["setting"] == setting}
        table = np.array([[percent[n, d] for d in datasets] for n in names])
        logits = np.log(table / 100) - np.log1p(-table / 100)
        adjusted = logits - logits.mean(0)
        m, count = adjusted.shape
        pearson = stats.pearsonr(np.log(np.array(source) / (100 - np.array(source))), logits.mean(1))
        settings[setting] = {
            "percent": table.tolist(), "scores": adjusted.mean(1).tolist(), "mean_logits": logits.mean(1).tolist(),
            "errors": (adjusted.std(1, ddof=1) / np.sqrt(count) * np.sqrt(m / (m - 1))).tolist(),
            "r": float(pearson.statistic), "p": float(pearson.pvalue)}
    return {"models": names, "datasets": datasets, "source": source, "settings": settings}


def summaries(rng):
    values = sample(rng.standard_normal(37) * 3 + 1e6)
    return {"values": values, "mean": float(np.mean(np.array(values, dtype=np.longdouble))),
            "deviation": float(np.std(np.array(values, dtype=np.longdouble), ddof=1)),
            "probabilities": [0, 0.025, 0.3, 0.5, 0.77, 1],
            "quantiles": [float(np.quantile(values, q)) for q in (0, 0.025, 0.3, 0.5, 0.77, 1)]}


def wilson():
    rows = []
    for right, count, level in ((0, 10, 0.95), (10, 10, 0.95), (1, 2, 0.9), (893, 1000, 0.99)):
        ci = stats.binomtest(right, count).proportion_ci(level, method="wilson")
        rows.append({"right": right, "count": count, "level": level, "low": float(ci.low), "high": float(ci.high)})
    return rows


if __name__ == "__main__":
    rng = np.random.Generator(np.random.PCG64(5))
    ranked = sample(np.round(rng.standard_normal(25) * 2) / 2)
    result = {"distributions": distributions(), "tests": tests(rng),
              "linear_models": [linear_model(rng, 16, 1, True), linear_model(rng, 30, 4, True), linear_model(rng, 12, 2, False)],
              "paper": paper(sys.argv[1]), "summaries": summaries(rng), "wilson": wilson(),
              "ranks": {"values": ranked, "midranks": stats.rankdata(ranked).tolist()}}
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "statistics.json"), "w") as f:
        json.dump(result, f, allow_nan=False)
