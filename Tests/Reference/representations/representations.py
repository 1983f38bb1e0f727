"""Values for the tests of Representations/.

    python representations.py    writes representations.json beside itself

Scores by their formulas in 64-bit numpy, other ways than the program's where there are any (explicit solves, pseudo-inverses
by the singular value decomposition, evidence maximised by scipy.optimize, all pairs); the rest by scipy and scikit-learn. Made
with numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1.
"""
import json
import os

import numpy as np
from scipy import optimize, stats
from sklearn.covariance import ledoit_wolf
from sklearn.decomposition import PCA
from sklearn.linear_model import RidgeClassifier
from sklearn.manifold import TSNE
from sklearn.neighbors import KNeighborsClassifier, NearestNeighbors

PENALTIES = [0.01, 1.0, 30.0]


def generated(rows, columns, classes, seed, spread=1.0):
    """Numbers with four decimals, so that the file is short and exact."""
    random = np.random.default_rng(seed)
    labels = np.arange(rows) % classes
    centres = random.normal(size=(classes, columns))
    x = centres[labels] * spread + random.normal(size=(rows, columns)) + 0.5
    return np.round(x, 4), labels


def cases():
    tall, tall_labels = generated(40, 6, 3, 1)
    wide, wide_labels = generated(9, 14, 3, 2)
    constant = np.round(tall, 1)
    constant[:, 2] = 1.7
    constant[:, 4] = 0
    doubled, doubled_labels = generated(10, 4, 2, 3)
    return {
        "tall": (tall, tall_labels), "wide": (wide, wide_labels), "constant": (constant, tall_labels),
        "duplicates": (np.vstack([doubled, doubled]), np.concatenate([doubled_labels, doubled_labels])),
        # Classes 0, 1 and 3: class 2 has no examples.
        "empty_class": (tall[:24], np.where(tall_labels[:24] == 2, 3, tall_labels[:24])),
    }


# Scores

def logme_authors(f, y):
    """The fixed point as the authors' program stops it: 11 steps, 0.001, 10^-5 in the denominators; every direction counted."""
    n, d = f.shape
    u, s, _ = np.linalg.svd(f, full_matrices=False)
    sigma = (s ** 2)[s > 1e-10 * s[0]]
    u = u[:, :len(sigma)]
    evidences = []
    for label in np.unique(y):
        target = (y == label).astype(float)
        x2 = (u.T @ target) ** 2
        rest = (target ** 2).sum() - x2.sum()
        alpha, beta = 1.0, 1.0
        for _ in range(11):
            t = alpha / beta
            gamma = (sigma / (sigma + t)).sum()
            m2 = (sigma * x2 / (t + sigma) ** 2).sum()
            res2 = (x2 / (1 + sigma / t) ** 2).sum() + rest
            alpha, beta = gamma / (m2 + 1e-5), (n - gamma) / (res2 + 1e-5)
            if abs(alpha / beta - t) / t <= 1e-3:
                break
        logs = np.log(alpha + beta * sigma).sum() + (d - len(sigma)) * np.log(alpha)
        evidences.append((d / 2 * np.log(alpha) + n / 2 * np.log(beta) - logs / 2 - beta / 2 * res2 - alpha / 2 * m2
                          - n / 2 * np.log(2 * np.pi)) / n)
    return np.mean(evidences)


def logme_maximum(f, y):
    """The density of y under N(0, I/beta + F F'/alpha), maximised over both precisions."""
    n = len(f)
    kernel = f @ f.T
    evidences = []
    for label in np.unique(y):
        target = (y == label).astype(float)

        def loss(log_precisions):
            alpha, beta = np.exp(log_precisions)
            covariance = np.eye(n) / beta + kernel / alpha
            _, determinant = np.linalg.slogdet(covariance)
            return 0.5 * (n * np.log(2 * np.pi) + determinant + target @ np.linalg.solve(covariance, target)) / n

        best = min((optimize.minimize(loss, start, method="Nelder-Mead",
                                      options={"xatol": 1e-10, "fatol": 1e-15, "maxiter": 20000, "maxfev": 20000})
                    for start in ([0, 0], [3, 3], [-2, 2], [2, 5])), key=lambda found: found.fun)
        evidences.append(-best.fun)
    return np.mean(evidences)


def h_score(f, y, shrink):
    centred = f - f.mean(axis=0)
    means = np.zeros_like(f)
    for label in np.unique(y):
        means[y == label] = centred[y == label].mean(axis=0)
    between = means.T @ means / len(f)
    if not shrink:
        return np.trace(np.linalg.pinv(centred.T @ centred / len(f), rcond=1e-12, hermitian=True) @ between)
    covariance, alpha = ledoit_wolf(f)
    return np.trace(np.linalg.solve(covariance, (1 - alpha) * between))


def leep(probabilities, y):
    classes = np.unique(y)
    joint = np.array([probabilities[y == label].sum(axis=0) for label in classes]) / len(y)
    conditional = joint / joint.sum(axis=0)
    return np.mean([np.log(conditional[np.searchsorted(classes, label)] @ p) for label, p in zip(y, probabilities)])


def nce(source, y):
    total = 0.0
    for z in np.unique(source):
        for label in np.unique(y[source == z]):
            share = np.mean((source == z) & (y == label))
            total += share * np.log(share / np.mean(source == z))
    return total


def ridge_fit(f, y, penalty):
    classes = np.unique(y)
    targets = np.where(y[:, None] == classes, 1.0, -1.0)
    mean = f.mean(axis=0)
    x = f - mean
    weights = np.linalg.solve(x.T @ x + penalty * np.eye(f.shape[1]), x.T @ (targets - targets.mean(axis=0)))
    return classes, targets, lambda new: (new - mean) @ weights + targets.mean(axis=0)


def ridge_loo(f, y, penalty):
    """By explicit fits without each example; its class stays among the classes."""
    classes = np.unique(y)
    right, loss = 0, 0.0
    for index in range(len(f)):
        keep = np.arange(len(f)) != index
        targets = np.where(y[:, None] == classes, 1.0, -1.0)
        mean, target_mean = f[keep].mean(axis=0), targets[keep].mean(axis=0)
        x = f[keep] - mean
        weights = np.linalg.solve(x.T @ x + penalty * np.eye(f.shape[1]), x.T @ (targets[keep] - target_mean))
        output = (f[index] - mean) @ weights + target_mean
        right += classes[np.argmax(output)] == y[index]
        loss += ((output - targets[index]) ** 2).mean()
    return right / len(f), loss / len(f)


def cka(x, y):
    n = len(x)
    centre = np.eye(n) - 1 / n
    k, l = centre @ (x @ x.T) @ centre, centre @ (y @ y.T) @ centre
    return (k * l).sum() / np.sqrt((k * k).sum() * (l * l).sum())


def score_rows():
    rows = []
    for name, (f, y) in cases().items():
        test = np.round(f[::-1] * 0.9 + 0.1, 4)
        validation = []
        for penalty in PENALTIES:
            classes, _, predict = ridge_fit(f, y, penalty)
            output = predict(test)
            accuracy = np.mean(classes[np.argmax(output, axis=1)] == y)
            assert accuracy == RidgeClassifier(alpha=penalty).fit(f, y).score(test, y)
            validation.append([accuracy, ((output - np.where(y[:, None] == classes, 1.0, -1.0)) ** 2).mean()])
        leaving_out = [ridge_loo(f, y, penalty) for penalty in PENALTIES]
        pca = PCA(n_components=3, svd_solver="full").fit(f)
        k = 4
        euclidean = NearestNeighbors(n_neighbors=k, algorithm="brute").fit(f).kneighbors()
        cosine = NearestNeighbors(n_neighbors=k, algorithm="brute", metric="cosine").fit(f).kneighbors()
        accuracy = {
            metric: KNeighborsClassifier(5, algorithm="brute", metric=metric).fit(f, y).score(test, y)
            for metric in ("euclidean", "cosine")
        }
        other = np.round(np.tanh(f[:, ::-1]), 4)
        _, shrinkage = ledoit_wolf(f)
        rows.append({
            "name": name, "features": f.tolist(), "labels": y.tolist(), "test": test.tolist(), "other": other.tolist(),
            "logme": logme_maximum(f, y), "logme_authors": logme_authors(f, y),
            "h_score": h_score(f, y, False), "h_score_shrunk": h_score(f, y, True), "shrinkage": shrinkage,
            "ridge": validation, "ridge_loo": leaving_out,
            "pca_scores": pca.transform(f).tolist(), "pca_explained": pca.explained_variance_ratio_.tolist(),
            "pca_components": pca.components_.tolist(), "cka": cka(f, other),
            "euclidean_distances": euclidean[0].tolist(), "euclidean_indices": euclidean[1].tolist(),
            "cosine_distances": cosine[0].tolist(), "cosine_indices": cosine[1].tolist(),
            "knn_euclidean": accuracy["euclidean"], "knn_cosine": accuracy["cosine"],
        })
    return rows


def source_rows():
    random = np.random.default_rng(5)
    rows = []
    for n, sources, classes in ((30, 5, 3), (2, 3, 2), (12, 4, 1)):
        logits = np.round(random.normal(size=(n, sources)) * 2, 3)
        probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        y = np.arange(n) % classes
        source = probabilities.argmax(axis=1)
        rows.append({
            "logits": logits.tolist(), "labels": y.tolist(), "source": source.tolist(), "leep": leep(probabilities, y),
            "nce": nce(source, y),
        })
    return rows


def kendall_rows():
    random = np.random.default_rng(6)
    pairs = [([1, 2], [2, 5]), ([3, 1, 2], [1, 2, 3]), ([1, 1, 2, 2, 3], [2, 2, 1, 3, 3])]
    pairs.append((np.round(random.normal(size=60), 3), np.round(random.normal(size=60), 3)))
    pairs.append((random.integers(0, 6, 80), random.integers(0, 4, 80)))
    return [{"x": np.asarray(x, float).tolist(), "y": np.asarray(y, float).tolist(),
             "tau": float(stats.weightedtau(x, y).statistic)} for x, y in pairs]


# t-SNE

def conditional(squares, perplexity):
    """p_{j|i} with the entropy right to 1e-13, by Brent's method."""
    squares = squares - squares.min()

    def entropy(beta):
        p = np.exp(-beta * squares)
        return np.log(p.sum()) + beta * (squares * p).sum() / p.sum() - np.log(perplexity)

    beta = optimize.brentq(entropy, 1e-12, 1e6, xtol=1e-16, rtol=1e-14, maxiter=1000)
    p = np.exp(-beta * squares)
    return p / p.sum()


def tsne_rows():
    f, labels = generated(60, 8, 4, 7, spread=3)
    squares = ((f[:, None] - f[None]) ** 2).sum(axis=2)
    p = np.zeros((60, 60))
    for row in range(60):
        others = np.arange(60) != row
        p[row, others] = conditional(squares[row, others], 12.0)
    p = (p + p.T) / 120
    small = {"features": f.tolist(), "perplexity": 12.0, "p_first_row": p[0].tolist(), "kl": float("inf")}
    # Over 500 examples, made by formula in the test as well: angles on four rings in five dimensions.
    i = np.arange(600.0)
    big = np.stack([np.cos(i * 0.7) * (1 + i % 4), np.sin(i * 0.7) * (1 + i % 4), np.cos(i * i * 0.01), (i % 4) * 2.0,
                    np.sin(i * 1.3)], axis=1)
    for x, perplexity, target in ((f, 12.0, small),):
        model = TSNE(perplexity=perplexity, init="pca", method="exact", random_state=0, max_iter=1000,
                     n_iter_without_progress=1000)
        model.fit_transform(x)
        target["kl"] = float(model.kl_divergence_)
    model = TSNE(perplexity=30, init="pca", random_state=0, max_iter=1000, n_iter_without_progress=1000)
    model.fit_transform(big)
    return {"small": small, "big_kl": float(model.kl_divergence_)}


if __name__ == "__main__":
    result = {"penalties": PENALTIES, "scores": score_rows(), "sources": source_rows(), "kendall": kendall_rows(),
              "tsne": tsne_rows()}
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "representations.json")
    with open(path, "w") as file:
        json.dump(result, file, separators=(",", ":"))
        file.write("\n")
