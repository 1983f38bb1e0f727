"""Correct digits on the NIST Statistical Reference Datasets: ours beside numpy's, scipy's and statsmodels', and how many
the data leave once they are rounded to doubles.

    python compare.py PROGRAM     prints the table; PROGRAM is the built transfer-script

The digits of a value x with certified value c are −log₁₀(|x − c| / |c|), 15 at most; of a certified 0, −log₁₀|x|. Each
number is the lowest over the quantities of its kind. "limit" is what exact arithmetic on the rounded data gives.
"""
import json
import math
import os
import subprocess
import sys
import tempfile
from fractions import Fraction as F

import numpy as np
import statsmodels.api as sm
from scipy import stats

import nist


def digits(values, certified):
    return min(one(v, c) for v, c in zip(np.atleast_1d(np.array(values, dtype=object)),
                                         np.atleast_1d(np.array(certified, dtype=object)), strict=True))


def one(value, certified):
    if value is None:
        return 0.0
    if isinstance(value, float) and not math.isfinite(value):
        return 0.0
    value, certified = F(value), F(certified)
    error = abs(value) if certified == 0 else abs(value - certified) / abs(certified)
    return 15.0 if error == 0 else max(0.0, min(15.0, -math.log10(error) if error > 1e-300 else 15.0))


def doubles(entry):
    return [float(v) for v in nist.expanded(entry)]


def columns(entry):
    given = entry["x"] if isinstance(entry["x"][0], list) else [entry["x"]]
    return [[float(v) for v in c] for c in given]


# numpy, scipy, statsmodels

def numpy_univariate(x):
    x = np.array(x)
    d = x - x.mean()
    return {"mean": x.mean(), "deviation": x.std(ddof=1), "autocorrelation": (d[1:] * d[:-1]).sum() / (d * d).sum()}


def scipy_anova(groups):
    return {"f": float(stats.f_oneway(*groups).statistic)}


def design(entry):
    x = [np.array(c) ** k for c in columns(entry) for k in range(1, entry["degree"] + 1)]
    return np.column_stack(([np.ones(len(entry["y"]))] if entry["intercept"] else []) + x)


def numpy_regression(entry):
    X, y = design(entry), np.array([float(v) for v in entry["y"]])
    b = np.linalg.lstsq(X, y, rcond=None)[0]
    fit = sm.OLS(y, X, hasconst=entry["intercept"]).fit()
    return {"coefficients": list(b), "errors": list(fit.bse), "sigma": float(np.sqrt(fit.mse_resid)),
            "r2": float(fit.rsquared), "f": float(fit.fvalue)}, list(fit.params)


# The program

def script(data):
    lines = []
    for e in data["univariate"]:
        x = doubles(e)
        lines += [f"let x = {x}", "print([mean(x), sd(x), autocorrelation(x)])"]
    for e in data["anova"]:
        groups = [f"let g{i} = {doubles(g)}" for i, g in enumerate(e["groups"])]
        names = ", ".join(f"g{i}" for i in range(len(groups)))
        lines += groups + [f"let a = anova({names})",
                           "print([a.table.squares[0], a.table.squares[1], a.f])"]
    for e in data["regression"]:
        x = columns(e)
        names = [f"x{i}" for i in range(len(x))]
        table = ", ".join(f"{n}: {c}" for n, c in zip(names, x))
        terms = " + ".join(f"poly({n}, {e['degree']})" for n in names)
        lines += [f"let m = lm(y ~ {terms}, data: table({table}, y: {[float(v) for v in e['y']]}),"
                  f" intercept: {str(e['intercept']).lower()})",
                  "print([m.coefficients.estimate, m.coefficients.se, [m.sigma, m.r2, m.f]])"]
    return "\n".join("if true {\n" + block + "\n}" for block in blocks(lines))


def blocks(lines):
    """Each set's lines in a scope of their own: up to the one that prints."""
    block = []
    for line in lines:
        block.append(line)
        if line.startswith("print"):
            yield "\n".join(block)
            block = []


def ours(program, data):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "nist.tx")
        with open(path, "w") as f:
            f.write(script(data))
        run = subprocess.run([program, "run", path], capture_output=True, text=True, check=True)
    return iter([json.loads(line.replace("inf", "null")) for line in run.stdout.splitlines()])


def row(name, cells):
    print(f"{name:10}" + "".join(f"{c:>11}" if isinstance(c, str) else f"{c:11.1f}" for c in cells))


def main(program):
    with open(nist.PATH) as f:
        exact = json.load(f, parse_float=nist.Number)
    results = ours(program, exact)
    row("univariate", ["mean ours", "numpy", "sd ours", "numpy", "limit", "r1 ours", "numpy", "limit"])
    for e in exact["univariate"]:
        c, x = e["certified"], doubles(e)
        found, other = dict(zip(["mean", "deviation", "autocorrelation"], next(results))), numpy_univariate(x)
        limit = e["rounded"]
        cells = []
        for key in ("mean", "deviation", "autocorrelation"):
            cells += [one(found[key], c[key]), one(float(other[key]), c[key])]
            cells += [] if key == "mean" else [one(limit[key], c[key])]
        row(e["name"], cells)
    print()
    row("anova", ["F ours", "scipy", "limit", "SS ours", "limit"])
    for e in exact["anova"]:
        c, groups = e["certified"], [doubles(g) for g in e["groups"]]
        between, within, f = next(results)
        limit = e["rounded"]
        squares = ["between_squares", "within_squares"]
        row(e["name"], [one(f, c["f"]), one(scipy_anova(groups)["f"], c["f"]), one(limit["f"], c["f"]),
                        digits([between, within], [c[s] for s in squares]),
                        digits([limit[s] for s in squares], [c[s] for s in squares])])
    print()
    row("regression", ["b ours", "lstsq", "OLS", "limit", "se ours", "OLS", "sigma ours", "OLS", "F ours", "OLS"])
    for e in exact["regression"]:
        c, (b, errors, (sigma, _, ratio)) = e["certified"], next(results)
        other, params = numpy_regression(e)
        limit = e["rounded"]
        row(e["name"], [
            digits(b, c["coefficients"]), digits(other["coefficients"], c["coefficients"]),
            digits(params, c["coefficients"]), digits(limit["coefficients"], c["coefficients"]),
            digits(errors, c["errors"]), digits(other["errors"], c["errors"]),
            one(sigma, c["sigma"]), one(other["sigma"], c["sigma"]),
            one(ratio, c["f"]) if "f" in c else "-", one(other["f"], c["f"]) if "f" in c else "-"])


if __name__ == "__main__":
    main(sys.argv[1])
