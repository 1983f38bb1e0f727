"""Values for the tests of lm, predict and anova over tables.

    python linear_models.py     writes linear_models.json beside itself

Coefficients, tests, intervals and bands from statsmodels' OLS, sequential analyses of variance from its residual squares,
one-way ones from scipy's f_oneway. Made with statsmodels 0.15.0, scipy 1.17.1, numpy 2.4.6. Each case holds its table, the tx
formula, and the new rows that predict is asked for; null is a missing entry.
"""
import json
import os

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import stats


def rounded(values, digits=3):
    return [float(v) for v in np.round(values, digits)]


def plain(values):
    return [None if not np.isfinite(v) else float(v) for v in np.asarray(values, dtype=float)]


def columns(table):
    return {name: [None if v is None or v != v else v for v in values] for name, values in table.items()}


def number(value):
    return plain([value])[0]


def logit(x):
    return np.log(x / (1 - x))


def design(terms, frame, levels):
    """A list of columns a term: an expression, "name:" for indicators without the first level, "name::" for all."""
    blocks = []
    for term in terms:
        if term.endswith(":"):
            known = levels[term.strip(":")]
            kept = known if term.endswith("::") else known[1:]
            blocks.append([(frame[term.strip(":")] == level).to_numpy(float) for level in kept])
        else:
            value = eval(term, {"np": np, "logit": logit}, {c: frame[c].to_numpy() for c in frame})
            blocks.append(value if isinstance(value, list) else [value])
    return blocks


def case(name, formula, response, terms, table, new, level=0.95, intercept=True):
    frame, extra = pd.DataFrame(table), pd.DataFrame(new)
    used = [c for c in frame if any(c in t for t in terms + [response])]
    rows = frame.dropna(subset=used)
    levels = {c: sorted(set(rows[c])) for c in rows}
    blocks = design(terms, rows, levels)
    y = eval(response, {"np": np, "logit": logit}, {c: rows[c].to_numpy() for c in rows})
    first = [np.ones(len(rows))] if intercept else []
    X = np.column_stack(first + sum(blocks, []))
    fit = sm.OLS(y, X, hasconst=intercept).fit()
    points = np.column_stack(([np.ones(len(extra))] if intercept else []) + sum(design(terms, extra, levels), []))
    bands = fit.get_prediction(points).summary_frame(alpha=1 - level)
    interval = fit.conf_int(alpha=1 - level)
    return {
        "name": name, "formula": formula, "table": columns(table), "new": columns(new), "level": level,
        "n": int(fit.nobs), "dropped": len(frame) - int(fit.nobs),
        "estimate": plain(fit.params), "se": plain(fit.bse), "t": plain(fit.tvalues), "p": plain(fit.pvalues),
        "low": plain(interval[:, 0]), "high": plain(interval[:, 1]),
        "r2": number(fit.rsquared), "adjusted_r2": number(fit.rsquared_adj), "sigma": number(np.sqrt(fit.mse_resid)),
        "df": number(fit.df_resid), "f": number(fit.fvalue), "f_p": number(fit.f_pvalue),
        "residuals": plain(fit.resid), "fitted": plain(fit.fittedvalues),
        "fit": plain(bands["mean"]), "confidence": [plain(bands["mean_ci_lower"]), plain(bands["mean_ci_upper"])],
        "prediction": [plain(bands["obs_ci_lower"]), plain(bands["obs_ci_upper"])],
        "anova": sequential(y, first, blocks) if blocks else None,
    }


def sequential(y, first, blocks):
    """Type I squares: what each term takes off the residual squares."""
    used, squares = list(first), []
    before = sm.OLS(y, np.column_stack(used)).fit().ssr if used else float(y @ y)
    for block in blocks:
        used += block
        fit = sm.OLS(y, np.column_stack(used)).fit()
        squares.append(before - fit.ssr)
        before = fit.ssr
    df = [len(block) for block in blocks]
    f = np.array(squares) / df / fit.mse_resid
    return {"df": plain(df), "squares": plain(squares), "f": plain(f), "p": plain(stats.f.sf(f, df, fit.df_resid)),
            "residual": number(fit.ssr)}


def cases(rng):
    n = 24
    x, z = rng.uniform(0.5, 0.95, n), rng.normal(0, 3, n)
    nets = ["resnet", "alexnet", "vgg", "resnet", "densenet", "alexnet"] * 4
    wide = [bool(b) for b in rng.integers(0, 2, n)]
    shift = {"resnet": 0.3, "alexnet": -0.5, "vgg": 0.0, "densenet": 0.4}
    eta = 1.1 * np.log(x / (1 - x)) + np.array([shift[v] for v in nets]) + rng.normal(0, 0.2, n)
    table = {"x": rounded(x), "z": rounded(z), "net": nets, "wide": wide, "y": rounded(1 / (1 + np.exp(-eta)), 4)}
    new = {"x": [0.55, 0.7, 0.93], "z": [-1.0, 0.5, 2.0], "net": ["vgg", "alexnet", "resnet"],
           "wide": [True, False, False]}
    gaps = dict(table)
    gaps["z"] = [None if i in (3, 11) else v for i, v in enumerate(table["z"])]
    gaps["net"] = [None if i == 7 else v for i, v in enumerate(nets)]
    offset = dict(table)
    offset["z"] = [v + 1e6 for v in table["z"]]
    far = {**new, "z": [v + 1e6 for v in new["z"]]}
    ties = {"x": [1.0, 1.0, 2.0, 2.0, 2.0, 3.0], "y": [1.0, 2.0, 2.0, 2.0, 3.0, 3.0]}
    result = [
        case("line", "y ~ x", "y", ["x"], table, new),
        case("logits", "logit(y) ~ logit(x)", "logit(y)", ["logit(x)"], table, new, 0.9),
        case("several", "y ~ x + z + x * z", "y", ["x", "z", "x * z"], table, new),
        case("factor", "y ~ net", "y", ["net:"], table, new),
        case("slopes and factors", "y ~ logit(x) + net + wide + z", "y", ["logit(x)", "net:", "wide:", "z"], table, new),
        case("cubic", "y ~ poly(x, 3) + wide", "y", ["[x, x**2, x**3]", "wide:"], table, new),
        case("no intercept", "y ~ x + z - 1", "y", ["x", "z"], table, new, intercept=False),
        case("all levels", "y ~ 0 + net + z", "y", ["net::", "z"], table, new, intercept=False),
        case("missing", "y ~ z + net", "y", ["z", "net:"], gaps, new),
        case("far from zero", "y ~ z", "y", ["z"], offset, far),
        case("ties", "y ~ x", "y", ["x"], ties, {"x": [1.5, 4.0]}),
        case("mean", "y ~ 1", "y", [], ties, {"x": [1.5]}),
    ]
    # Far from zero statsmodels loses the bands' digits; they are those of the same line near zero.
    away, near = next(r for r in result if r["name"] == "far from zero"), case("", "", "y", ["z"], table, new)
    away.update({key: near[key] for key in ("fit", "confidence", "prediction")})
    return result


def one_way(rng):
    rows = []
    for sizes, offset in (((5, 7, 4), 0.0), ((2, 2), 0.0), ((12, 9, 30, 4, 6), 1e4), ((3, 1, 2), 0.0)):
        groups = [rounded(rng.normal(offset + 0.4 * i, 1, size)) for i, size in enumerate(sizes)]
        r = stats.f_oneway(*[np.array(g) - offset for g in groups])
        rows.append({"groups": groups, "f": float(r.statistic), "p": float(r.pvalue)})
    ties = [[1.0, 1.0, 2.0], [2.0, 2.0, 3.0], [1.0, 3.0, 3.0]]
    r = stats.f_oneway(*ties)
    return rows + [{"groups": ties, "f": float(r.statistic), "p": float(r.pvalue)}]


if __name__ == "__main__":
    rng = np.random.Generator(np.random.PCG64(11))
    result = {"cases": cases(rng), "one_way": one_way(rng)}
    text = json.dumps(result, allow_nan=False)
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "linear_models.json"), "w") as f:
        f.write(text)
