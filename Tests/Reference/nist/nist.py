"""Checks nist.json: every certified value is recomputed in exact rational arithmetic from the decimal data.

    python nist.py     prints how many digits agree, adds what a regression's entry lacks of sigma, r2 and f, and what
                       exact arithmetic gives when the data are first rounded to doubles ("rounded")

Certified values have 15 digits and so have these. Needs nothing but Python.
"""
import json
import os
from fractions import Fraction as F
from math import isqrt

PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "nist.json")


def digits(value, count=15):
    """A rational number as a decimal text of so many digits."""
    if value == 0:
        return "0"
    sign, value, exponent = "-" if value < 0 else "", abs(value), 0
    while value >= 10:
        value, exponent = value / 10, exponent + 1
    while value < 1:
        value, exponent = value * 10, exponent - 1
    text = str(round(value * 10 ** (count - 1)))
    exponent += len(text) - count
    return f"{sign}{text[0]}.{text[1:]}E{exponent}"


def root(value, count=40):
    """√value to so many digits."""
    scale = 10 ** (2 * count)
    return F(isqrt(value.numerator * value.denominator * scale), value.denominator * 10**count)


def expanded(entry):
    if "digits" in entry:
        return [F(d) for d in entry["digits"]]
    if "values" in entry:
        return [F(v) for v in entry["values"]]
    return [F(entry["first"])] + [F(v) for v in entry["pair"]] * entry["times"]


def mean(x):
    return sum(x, F(0)) / len(x)


def univariate(entry):
    x = expanded(entry)
    m = mean(x)
    squares = sum((v - m) ** 2 for v in x)
    products = sum((a - m) * (b - m) for a, b in zip(x, x[1:]))
    return {"mean": m, "deviation": root(squares / (len(x) - 1)), "autocorrelation": products / squares}


def anova(entry):
    groups = [expanded(g) for g in entry["groups"]]
    everything = mean([v for g in groups for v in g])
    means = [mean(g) for g in groups]
    between = sum(len(g) * (m - everything) ** 2 for g, m in zip(groups, means))
    within = sum((v - m) ** 2 for g, m in zip(groups, means) for v in g)
    freedom = sum(map(len, groups)) - len(groups)
    return {"between_squares": between, "within_squares": within, "f": between / (len(groups) - 1) / (within / freedom),
            "r2": between / (between + within), "sigma": root(within / freedom)}


def inverse(a):
    """Gauss and Jordan over the rationals."""
    n = len(a)
    rows = [list(row) + [F(i == j) for j in range(n)] for i, row in enumerate(a)]
    for i in range(n):
        pivot = next(k for k in range(i, n) if rows[k][i] != 0)
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [v / rows[i][i] for v in rows[i]]
        for k in range(n):
            if k != i and rows[k][i] != 0:
                rows[k] = [u - rows[k][i] * v for u, v in zip(rows[k], rows[i])]
    return [row[n:] for row in rows]


def regression(entry):
    y = [F(v) for v in entry["y"]]
    columns = entry["x"] if isinstance(entry["x"][0], list) else [entry["x"]]
    columns = [[F(v) ** k for v in c] for c in columns for k in range(1, entry["degree"] + 1)]
    slopes = len(columns)
    if entry["intercept"]:
        columns = [[F(1)] * len(y)] + columns
    cross = inverse([[sum(u * v for u, v in zip(a, b)) for b in columns] for a in columns])
    right = [sum(u * v for u, v in zip(a, y)) for a in columns]
    b = [sum(u * v for u, v in zip(row, right)) for row in cross]
    residual = sum((v - sum(c[i] * e for c, e in zip(columns, b))) ** 2 for i, v in enumerate(y))
    m = mean(y) if entry["intercept"] else 0
    total = sum((v - m) ** 2 for v in y)
    variance = residual / (len(y) - len(columns))
    result = {"coefficients": b, "errors": [root(variance * cross[i][i]) for i in range(len(b))],
              "sigma": root(variance), "r2": 1 - residual / total}
    if variance:
        result["f"] = (total - residual) / slopes / variance
    return result


def agreement(found, certified):
    """Digits in which the two agree; 15 when they are the same to certified precision."""
    found, certified = F(found), F(certified)
    if certified == 0:
        return 15 if found == 0 else 0
    error, count = abs(found - certified) / abs(certified), 0
    while count < 15 and error < F(1, 10 ** (count + 1)):
        count += 1
    return count


def check(entry, exact):
    certified = entry["certified"]
    lowest = 15
    for name, value in exact.items():
        if name not in certified:
            certified[name] = digits(value)
        elif isinstance(value, list):
            lowest = min([lowest] + [agreement(v, c) for v, c in zip(value, certified[name], strict=True)])
        else:
            lowest = min(lowest, agreement(value, certified[name]))
    print(f"{entry['name']:10} {lowest} digits")
    assert lowest >= 13


def stored(entry):
    """The entry with its data as doubles hold them."""
    if isinstance(entry, dict):
        return {k: v if k in ("digits", "certified", "rounded") else stored(v) for k, v in entry.items()}
    if isinstance(entry, list):
        return [stored(v) for v in entry]
    return float(entry) if isinstance(entry, Number) else entry


def texts(value):
    return [digits(v, 17) for v in value] if isinstance(value, list) else digits(value, 17)


class Number(str):
    """A number as it is written, which JSON would round."""


def written(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)}: {written(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return value if isinstance(value, Number) else json.dumps(value)


if __name__ == "__main__":
    with open(PATH) as f:
        data = json.load(f, parse_float=Number)
    for kind, compute in (("univariate", univariate), ("anova", anova), ("regression", regression)):
        for entry in data[kind]:
            check(entry, compute(entry))
            entry["rounded"] = {name: texts(value) for name, value in compute(stored(entry)).items()}
    parts = [f'"{kind}": [\n' + ",\n".join(map(written, entries)) + "\n]" for kind, entries in data.items()]
    with open(PATH, "w") as f:
        f.write("{\n" + ",\n".join(parts) + "\n}\n")
