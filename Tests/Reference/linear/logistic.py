"""Minima of multinomial logistic regression for LogisticRegressionTests and RegularizationPathTests.

    python logistic.py            writes logistic.json beside itself

Objective: sum of the cross-entropies + lambda/2 * squared norm of the weights, intercept free. Each minimum is found twice in
double precision, by lbfgs at a tight tolerance and by newton-cholesky, which must agree. Made with scikit-learn 1.9.1,
numpy 2.4.6.
"""
import json
import os
import warnings

import numpy as np
from sklearn.linear_model import LogisticRegression

warnings.simplefilter("ignore")
PENALTIES = [1e4, 1e3, 1e2, 1e1, 1e0, 1e-1, 1e-2, 1e-3]


def objective(x, y, coef, intercept, l2):
    z = x @ coef.T + intercept
    z -= z.max(1, keepdims=True)
    return (np.log(np.exp(z).sum(1)) - z[np.arange(len(y)), y]).sum() + 0.5 * l2 * (coef**2).sum()


def minimum(x, y, l2):
    best = []
    for solver, tolerance in (("lbfgs", 1e-9), ("newton-cholesky", 1e-12)):
        model = LogisticRegression(C=1 / l2, solver=solver, tol=tolerance, max_iter=100000).fit(x, y)
        best.append((objective(x, y, model.coef_, model.intercept_, l2), model))
    assert abs(best[0][0] / best[1][0] - 1) < 2e-7, (l2, best[0][0], best[1][0])
    return min(best, key=lambda pair: pair[0])


def case(name, rng, n, d, k, spread, offset):
    means = spread * rng.standard_normal((k, d))
    y = rng.permutation(np.arange(n) % k)
    x = np.maximum(means[y] + rng.standard_normal((n, d)) + offset, 0) * np.exp(rng.standard_normal(d))
    x = np.round(x * 64) / 64
    points = []
    for l2 in PENALTIES:
        value, model = minimum(x, y, l2)
        points.append({"penalty": l2, "objective": value, "probabilities": model.predict_proba(x[:3]).tolist()})
    return {"name": name, "rows": n, "columns": d, "classes": k, "features": x.ravel().tolist(), "labels": y.tolist(),
            "points": points}


if __name__ == "__main__":
    rng = np.random.Generator(np.random.PCG64(11))
    cases = [case("overlapping", rng, 150, 6, 3, 0.5, 0.5), case("more features than examples", rng, 40, 60, 4, 0.4, 0.2),
             case("large mean", rng, 64, 5, 3, 0.3, 40.0)]
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "logistic.json"), "w") as f:
        json.dump(cases, f)
