"""Answers to the exercises of notebook 11, written from its text."""

import numpy as np
from wrong_answers import right, wrong

B = "11.batch_norm"

wrong(B, "no mean", lambda X, gamma, beta, eps=1e-5: gamma * X / np.sqrt(X.var(0) + eps) + beta)
wrong(
    B,
    "no root",
    lambda X, gamma, beta, eps=1e-5: gamma * (X - X.mean(0)) / (X.var(0) + eps) + beta,
)
wrong(
    B,
    "std plus eps",
    lambda X, gamma, beta, eps=1e-5: gamma * (X - X.mean(0)) / (X.std(0) + eps) + beta,
)
wrong(
    B,
    "std of std",
    lambda X, gamma, beta, eps=1e-5: gamma * (X - X.mean(0)) / np.sqrt(X.std(0) + eps) + beta,
)
wrong(
    B,
    "whole array",
    lambda X, gamma, beta, eps=1e-5: gamma * (X - X.mean()) / np.sqrt(X.var() + eps) + beta,
)
wrong(
    B,
    "rows, keepdims",
    lambda X, gamma, beta, eps=1e-5: (
        gamma * (X - X.mean(1, keepdims=True)) / np.sqrt(X.var(1, keepdims=True) + eps) + beta
    ),
)
wrong(
    B,
    "axis 1, no keepdims",
    lambda X, gamma, beta, eps=1e-5: gamma * (X - X.mean(1)) / np.sqrt(X.var(1) + eps) + beta,
)
wrong(
    B,
    "beta within",
    lambda X, gamma, beta, eps=1e-5: gamma * ((X - X.mean(0)) / np.sqrt(X.var(0) + eps) + beta),
)
wrong(
    B,
    "gamma and beta swapped",
    lambda X, gamma, beta, eps=1e-5: beta * (X - X.mean(0)) / np.sqrt(X.var(0) + eps) + gamma,
)
wrong(
    B,
    "no gamma, no beta",
    lambda X, gamma, beta, eps=1e-5: (X - X.mean(0)) / np.sqrt(X.var(0) + eps),
)
wrong(
    B,
    "no eps",
    lambda X, gamma, beta, eps=1e-5: gamma * (X - X.mean(0)) / np.sqrt(X.var(0)) + beta,
)
wrong(
    B,
    "eps taken away",
    lambda X, gamma, beta, eps=1e-5: gamma * (X - X.mean(0)) / np.sqrt(X.var(0) - eps) + beta,
)
wrong(
    B,
    "variance over N - 1",
    lambda X, gamma, beta, eps=1e-5: (
        gamma * (X - X.mean(0)) / np.sqrt(X.var(0, ddof=1) + eps) + beta
    ),
)
wrong(
    B,
    "variance is a sum",
    lambda X, gamma, beta, eps=1e-5: (
        gamma * (X - X.mean(0)) / np.sqrt(((X - X.mean(0)) ** 2).sum(0) + eps) + beta
    ),
)
wrong(
    B,
    "brackets forgotten",
    lambda X, gamma, beta, eps=1e-5: gamma * X - X.mean(0) / np.sqrt(X.var(0) + eps) + beta,
)
wrong(
    B,
    "beta taken away",
    lambda X, gamma, beta, eps=1e-5: gamma * (X - X.mean(0)) / np.sqrt(X.var(0) + eps) - beta,
)
wrong(
    B,
    "multiplied by the spread",
    lambda X, gamma, beta, eps=1e-5: gamma * (X - X.mean(0)) * np.sqrt(X.var(0) + eps) + beta,
)
wrong(
    B,
    "between 0 and 1",
    lambda X, gamma, beta, eps=1e-5: gamma * (X - X.min(0)) / (np.ptp(X, 0) + eps) + beta,
)


@wrong(B, "in place")
def _(X, gamma, beta, eps=1e-5):
    X -= X.mean(axis=0)
    X /= np.sqrt(X.var(axis=0) + eps)
    return gamma * X + beta


@wrong(B, "with what it needs for the way back")
def _(X, gamma, beta, eps=1e-5):
    X_hat = (X - X.mean(axis=0)) / np.sqrt(X.var(axis=0) + eps)
    return gamma * X_hat + beta, X_hat


@right(B, "std of the column and eps")
def _(X, gamma, beta, eps=1e-5):
    s = np.sqrt(np.std(X, axis=0) ** 2 + eps)
    return (X - np.mean(X, axis=0)) * (gamma / s) + beta


@right(B, "E[x²] − E[x]²")
def _(X, gamma, beta, eps=1e-5):
    var = np.mean(X**2, axis=0) - np.mean(X, axis=0) ** 2
    return gamma * (X - np.mean(X, axis=0)) * (var + eps) ** -0.5 + beta


for line, mistakes in {
    "dbeta": [
        ("mean", lambda dY: dY.mean(axis=0)),
        ("everything", lambda dY: dY.sum()),
        ("axis 1", lambda dY: dY.sum(axis=1)),
        ("unsummed", lambda dY: dY),
        ("one", lambda dY: np.ones(dY.shape[1])),
        ("minus", lambda dY: -dY.sum(axis=0)),
        ("keepdims", lambda dY: dY.sum(axis=0, keepdims=True)),
        ("first row", lambda dY: dY[0]),
        ("number of images", lambda dY: len(dY)),
        ("absolute", lambda dY: np.abs(dY).sum(axis=0)),
    ],
    "dgamma": [
        ("unsummed", lambda dY, X_hat: dY * X_hat),
        ("mean", lambda dY, X_hat: (dY * X_hat).mean(axis=0)),
        ("axis 1", lambda dY, X_hat: (dY * X_hat).sum(axis=1)),
        ("everything", lambda dY, X_hat: (dY * X_hat).sum()),
        ("matrix product", lambda dY, X_hat: X_hat.T @ dY),
        ("matrix product, other way", lambda dY, X_hat: dY.T @ X_hat),
        ("X_hat alone", lambda dY, X_hat: X_hat.sum(axis=0)),
        ("dY alone", lambda dY, X_hat: dY.sum(axis=0)),
        ("over X_hat", lambda dY, X_hat: (dY / X_hat).sum(axis=0)),
        ("sums multiplied", lambda dY, X_hat: dY.sum(0) * X_hat.sum(0)),
        ("minus", lambda dY, X_hat: -(dY * X_hat).sum(axis=0)),
    ],
    "dX_hat": [
        ("dY", lambda dY, gamma: dY),
        ("summed", lambda dY, gamma: (dY * gamma).sum(axis=0)),
        ("matrix product", lambda dY, gamma: dY @ gamma),
        ("over gamma", lambda dY, gamma: dY / gamma),
        ("gamma", lambda dY, gamma: gamma),
        ("gamma as a column", lambda dY, gamma: dY * gamma[:, None]),
        ("plus", lambda dY, gamma: dY + gamma),
        ("mean", lambda dY, gamma: dY * gamma / len(dY)),
        ("minus", lambda dY, gamma: -dY * gamma),
        ("squared", lambda dY, gamma: dY * gamma**2),
        ("outer", lambda dY, gamma: np.outer(dY, gamma)),
    ],
    "dr": [
        ("unsummed", lambda dX_hat, C: dX_hat * C),
        ("mean", lambda dX_hat, C: (dX_hat * C).mean(axis=0)),
        ("axis 1", lambda dX_hat, C: (dX_hat * C).sum(axis=1)),
        ("everything", lambda dX_hat, C: (dX_hat * C).sum()),
        ("dX_hat summed", lambda dX_hat, C: dX_hat.sum(axis=0)),
        ("C summed", lambda dX_hat, C: C.sum(axis=0)),
        ("matrix product", lambda dX_hat, C: dX_hat.T @ C),
        ("over C", lambda dX_hat, C: (dX_hat / C).sum(axis=0)),
        ("minus", lambda dX_hat, C: -(dX_hat * C).sum(axis=0)),
        ("C squared", lambda dX_hat, C: (dX_hat * C**2).sum(axis=0)),
        ("sums multiplied", lambda dX_hat, C: dX_hat.sum(0) * C.sum(0)),
    ],
    "ds": [
        ("no sign", lambda dr, s: dr / s**2),
        ("one over s", lambda dr, s: dr / s),
        ("minus one over s", lambda dr, s: -dr / s),
        ("times s squared", lambda dr, s: -dr * s**2),
        ("slope alone", lambda dr, s: -1 / s**2),
        ("log", lambda dr, s: dr * np.log(s)),
        ("cubed", lambda dr, s: -dr / s**3),
        ("half", lambda dr, s: -dr / (2 * s**2)),
        ("root", lambda dr, s: -dr / np.sqrt(s)),
        ("precedence", lambda dr, s: -dr / s * s),
        ("dr squared", lambda dr, s: -(dr**2) / s),
        ("whole powers", lambda dr, s: (-dr / s) ** 2),
    ],
    "dvar": [
        ("no half", lambda ds, s: ds / s),
        ("times s", lambda ds, s: ds / 2 * s),
        ("twice s", lambda ds, s: 2 * s * ds),
        ("root of s", lambda ds, s: ds / (2 * np.sqrt(s))),
        ("half of the root", lambda ds, s: 0.5 * ds * np.sqrt(s)),
        ("minus", lambda ds, s: -ds / (2 * s)),
        ("s squared", lambda ds, s: ds / (2 * s**2)),
        ("cubed", lambda ds, s: -0.5 * ds / s**3),
        ("half alone", lambda ds, s: ds / 2),
        ("slope alone", lambda ds, s: 1 / (2 * s)),
        ("two above", lambda ds, s: 2 * ds / s),
    ],
    "dC": [
        ("first path", lambda dX_hat, r, dvar, C, N: dX_hat * r),
        ("second path", lambda dX_hat, r, dvar, C, N: dvar * 2 * C / N),
        ("no N", lambda dX_hat, r, dvar, C, N: dX_hat * r + 2 * C * dvar),
        ("no 2", lambda dX_hat, r, dvar, C, N: dX_hat * r + C * dvar / N),
        ("no C", lambda dX_hat, r, dvar, C, N: dX_hat * r + 2 * dvar / N),
        ("dvar over N alone", lambda dX_hat, r, dvar, C, N: dX_hat * r + dvar / N),
        ("C squared", lambda dX_hat, r, dvar, C, N: dX_hat * r + C**2 * dvar / N),
        ("all over N", lambda dX_hat, r, dvar, C, N: (dX_hat * r + 2 * C * dvar) / N),
        ("minus", lambda dX_hat, r, dvar, C, N: dX_hat * r - 2 * C * dvar / N),
        ("multiplied", lambda dX_hat, r, dvar, C, N: dX_hat * r * 2 * C * dvar / N),
        ("over r", lambda dX_hat, r, dvar, C, N: dX_hat / r + 2 * C * dvar / N),
        ("no r", lambda dX_hat, r, dvar, C, N: dX_hat + 2 * C * dvar / N),
        ("times N", lambda dX_hat, r, dvar, C, N: dX_hat * r + 2 * C * dvar * N),
        ("C summed", lambda dX_hat, r, dvar, C, N: dX_hat * r + 2 * C.sum(0) * dvar / N),
        ("C for r", lambda dX_hat, r, dvar, C, N: dX_hat * C + 2 * C * dvar / N),
        ("N - 1", lambda dX_hat, r, dvar, C, N: dX_hat * r + 2 * C * dvar / (N - 1)),
    ],
    "dmean": [
        ("no sign", lambda dC: dC.sum(axis=0)),
        ("mean", lambda dC: -dC.mean(axis=0)),
        ("mean, no sign", lambda dC: dC.mean(axis=0)),
        ("unsummed", lambda dC: -dC),
        ("axis 1", lambda dC: -dC.sum(axis=1)),
        ("everything", lambda dC: -dC.sum()),
        ("zero", lambda dC: np.zeros(dC.shape[1])),
        ("minus one", lambda dC: -np.ones(dC.shape[1])),
        ("as it is", lambda dC: dC),
        ("times N", lambda dC: -len(dC) * dC.sum(axis=0)),
    ],
    "dX": [
        ("one path", lambda dC, dmean, N: dC),
        ("other path", lambda dC, dmean, N: dmean / N),
        ("no N", lambda dC, dmean, N: dC + dmean),
        ("minus", lambda dC, dmean, N: dC - dmean / N),
        ("all over N", lambda dC, dmean, N: (dC + dmean) / N),
        ("times N", lambda dC, dmean, N: dC + dmean * N),
        ("product", lambda dC, dmean, N: dC * dmean / N),
        ("dC over N", lambda dC, dmean, N: dC / N + dmean),
        ("summed", lambda dC, dmean, N: dC.sum(axis=0) + dmean / N),
        ("minus, no N", lambda dC, dmean, N: dC - dmean),
        ("dmean's mean", lambda dC, dmean, N: dC + dmean.mean()),
    ],
}.items():
    for style, answer in mistakes:
        wrong(f"11.wall.{line}", style, answer)

right("11.wall.dgamma", "einsum", lambda dY, X_hat: np.einsum("nh,nh->h", dY, X_hat))
right("11.wall.dgamma", "diagonal", lambda dY, X_hat: np.diag(dY.T @ X_hat))
right("11.wall.ds", "power", lambda dr, s: -1 * dr * s ** (-2.0))
right("11.wall.dX", "broadcast", lambda dC, dmean, N: dC + np.ones((N, 1)) / N * dmean)
right(
    "11.wall.dC",
    "by hand",
    lambda dX_hat, r, dvar, C, N: np.array(
        [
            [dX_hat[i, j] * r[j] + dvar[j] * 2 * C[i, j] / N for j in range(np.shape(C)[1])]
            for i in range(N)
        ]
    ),
)

K = "11.collapse"
wrong(K, "no variance", lambda dY, X_hat, gamma, s: gamma / s * (dY - dY.mean(0)))
wrong(
    K,
    "no mean",
    lambda dY, X_hat, gamma, s: gamma / s * (dY - X_hat * (dY * X_hat).mean(0)),
)
wrong(K, "itself", lambda dY, X_hat, gamma, s: dY * gamma / s)
wrong(
    K,
    "sums",
    lambda dY, X_hat, gamma, s: gamma / s * (dY - dY.sum(0) - X_hat * (dY * X_hat).sum(0)),
)
wrong(
    K,
    "plus",
    lambda dY, X_hat, gamma, s: gamma / s * (dY + dY.mean(0) + X_hat * (dY * X_hat).mean(0)),
)
wrong(
    K,
    "no gamma",
    lambda dY, X_hat, gamma, s: 1 / s * (dY - dY.mean(0) - X_hat * (dY * X_hat).mean(0)),
)
wrong(
    K,
    "no s",
    lambda dY, X_hat, gamma, s: gamma * (dY - dY.mean(0) - X_hat * (dY * X_hat).mean(0)),
)
wrong(
    K,
    "times s",
    lambda dY, X_hat, gamma, s: gamma * s * (dY - dY.mean(0) - X_hat * (dY * X_hat).mean(0)),
)
wrong(
    K,
    "s squared",
    lambda dY, X_hat, gamma, s: gamma / s**2 * (dY - dY.mean(0) - X_hat * (dY * X_hat).mean(0)),
)
wrong(
    K,
    "third without X_hat",
    lambda dY, X_hat, gamma, s: gamma / s * (dY - dY.mean(0) - (dY * X_hat).mean(0)),
)
wrong(
    K,
    "third without the mean",
    lambda dY, X_hat, gamma, s: gamma / s * (dY - dY.mean(0) - X_hat * dY * X_hat),
)
wrong(
    K,
    "mean of dY in the third",
    lambda dY, X_hat, gamma, s: gamma / s * (dY - dY.mean(0) - X_hat * dY.mean(0)),
)
wrong(
    K,
    "half",
    lambda dY, X_hat, gamma, s: (
        gamma / s * (dY - dY.mean(0) - X_hat * (dY * X_hat).mean(0) / 2)
    ),
)
wrong(
    K,
    "all means",
    lambda dY, X_hat, gamma, s: gamma / s * (dY - dY.mean() - X_hat * (dY * X_hat).mean()),
)
wrong(
    K,
    "axis 1",
    lambda dY, X_hat, gamma, s: (
        gamma
        / s
        * (dY - dY.mean(1, keepdims=True) - X_hat * (dY * X_hat).mean(1, keepdims=True))
    ),
)
wrong(
    K,
    "gamma in the first term alone",
    lambda dY, X_hat, gamma, s: (gamma * dY - dY.mean(0) - X_hat * (dY * X_hat).mean(0)) / s,
)


@right(K, "with dX_hat")
def _(dY, X_hat, gamma, s):
    d = gamma * dY
    return (d - d.mean(axis=0) - X_hat * (d * X_hat).mean(axis=0)) / s


@right(K, "through dgamma and dbeta")
def _(dY, X_hat, gamma, s):
    N = dY.shape[0]
    dgamma, dbeta = np.sum(dY * X_hat, axis=0), np.sum(dY, axis=0)
    return gamma * (dY - (dbeta + X_hat * dgamma) / N) / s


F = "11.fold_batch_norm"
wrong(
    F,
    "eps outside the root",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        W * gamma / (np.sqrt(var) + eps),
        (b - mean) * gamma / (np.sqrt(var) + eps) + beta,
    ),
)
wrong(
    F,
    "eps left out",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        W * gamma / np.sqrt(var),
        (b - mean) * gamma / np.sqrt(var) + beta,
    ),
)
wrong(
    F,
    "beta left out",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        W * gamma / np.sqrt(var + eps),
        (b - mean) * gamma / np.sqrt(var + eps),
    ),
)
wrong(
    F,
    "gamma left out",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        W / np.sqrt(var + eps),
        (b - mean) / np.sqrt(var + eps) + beta,
    ),
)
wrong(
    F,
    "gamma left out of b",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        W * gamma / np.sqrt(var + eps),
        (b - mean) / np.sqrt(var + eps) + beta,
    ),
)
wrong(
    F,
    "b unchanged",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (W * gamma / np.sqrt(var + eps), b),
)
wrong(
    F,
    "W unchanged",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        W,
        (b - mean) * gamma / np.sqrt(var + eps) + beta,
    ),
)
wrong(
    F,
    "mean added",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        W * gamma / np.sqrt(var + eps),
        (b + mean) * gamma / np.sqrt(var + eps) + beta,
    ),
)
wrong(
    F,
    "beta stretched",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        W * gamma / np.sqrt(var + eps),
        (b - mean + beta) * gamma / np.sqrt(var + eps),
    ),
)
wrong(
    F,
    "mean taken from W",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        (W - mean) * gamma / np.sqrt(var + eps),
        b * gamma / np.sqrt(var + eps) + beta,
    ),
)
wrong(
    F,
    "multiplied by the deviation",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        W * gamma * np.sqrt(var + eps),
        (b - mean) * gamma * np.sqrt(var + eps) + beta,
    ),
)
wrong(
    F,
    "W multiplied from the left",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        np.diag(gamma / np.sqrt(var + eps)) @ W,
        (b - mean) * gamma / np.sqrt(var + eps) + beta,
    ),
)
wrong(
    F,
    "one thing",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: W * gamma / np.sqrt(var + eps),
)
wrong(
    F,
    "the old bias left out",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        W * gamma / np.sqrt(var + eps),
        beta - mean * gamma / np.sqrt(var + eps),
    ),
)

M = "11.layer_norm"
wrong(
    M,
    "batch norm",
    lambda X, gamma, beta, eps=1e-5: gamma * (X - X.mean(0)) / np.sqrt(X.var(0) + eps) + beta,
)
wrong(
    M,
    "no keepdims",
    lambda X, gamma, beta, eps=1e-5: gamma * (X - X.mean(1)) / np.sqrt(X.var(1) + eps) + beta,
)
wrong(
    M,
    "everything",
    lambda X, gamma, beta, eps=1e-5: gamma * (X - X.mean()) / np.sqrt(X.var() + eps) + beta,
)
wrong(
    M,
    "gamma as a column",
    lambda X, gamma, beta, eps=1e-5: (
        gamma[: len(X), None]
        * (X - X.mean(1, keepdims=True))
        / np.sqrt(X.var(1, keepdims=True) + eps)
        + beta[: len(X), None]
    ),
)
wrong(
    M,
    "no scale",
    lambda X, gamma, beta, eps=1e-5: (
        (X - X.mean(1, keepdims=True)) / np.sqrt(X.var(1, keepdims=True) + eps)
    ),
)
wrong(
    M,
    "std plus eps",
    lambda X, gamma, beta, eps=1e-5: (
        gamma * (X - X.mean(1, keepdims=True)) / (X.std(1, keepdims=True) + eps) + beta
    ),
)
wrong(
    M,
    "no root",
    lambda X, gamma, beta, eps=1e-5: (
        gamma * (X - X.mean(1, keepdims=True)) / (X.var(1, keepdims=True) + eps) + beta
    ),
)
wrong(
    M,
    "no mean",
    lambda X, gamma, beta, eps=1e-5: gamma * X / np.sqrt(X.var(1, keepdims=True) + eps) + beta,
)
wrong(
    M,
    "variance of the columns",
    lambda X, gamma, beta, eps=1e-5: (
        gamma * (X - X.mean(1, keepdims=True)) / np.sqrt(X.var(0) + eps) + beta
    ),
)
wrong(
    M,
    "transposed and left so",
    lambda X, gamma, beta, eps=1e-5: (X.T - X.mean(1)) / np.sqrt(X.var(1) + eps),
)

# A reader's answers, from the text alone.
wrong(
    B,
    "the squares of X",
    lambda X, gamma, beta, eps=1e-5: (
        gamma * (X - X.mean(0)) / np.sqrt((X**2).mean(0) + eps) + beta
    ),
)
wrong(
    B,
    "mean distance",
    lambda X, gamma, beta, eps=1e-5: (
        gamma * (X - X.mean(0)) / (np.abs(X - X.mean(0)).mean(0) + eps) + beta
    ),
)
wrong(B, "not divided", lambda X, gamma, beta, eps=1e-5: gamma * (X - X.mean(0)) + beta)
wrong(
    B,
    "eps of its own",
    lambda X, gamma, beta, eps=1e-5: gamma * (X - X.mean(0)) / np.sqrt(X.var(0) + 1e-5) + beta,
)
for line, style, answer in (
    ("dbeta", "sum of the sum", lambda dY: sum(sum(dY))),
    ("dgamma", "images paired", lambda dY, X_hat: dY @ X_hat.T),
    ("dgamma", "product, then summed", lambda dY, X_hat: (dY.T @ X_hat).sum(0)),
    ("dgamma", "blame summed first", lambda dY, X_hat: dY.sum(0) * X_hat),
    ("dX_hat", "all gammas", lambda dY, gamma: dY * gamma.sum()),
    ("dr", "mean of C", lambda dX_hat, C: dX_hat.sum(0) * C.mean(0)),
    ("ds", "minus log", lambda dr, s: -dr * np.log(s)),
    ("ds", "slope of 1 / s²", lambda dr, s: -2 * dr / s**3),
    ("ds", "times s", lambda dr, s: dr * s),
    ("dvar", "integer division", lambda ds, s: 1 // 2 * ds / s),
    ("dC", "no 2, no N", lambda dX_hat, r, dvar, C, N: dX_hat * r + C * dvar),
    (
        "dC",
        "second path summed",
        lambda dX_hat, r, dvar, C, N: dX_hat * r + (2 * C * dvar).sum(0) / N,
    ),
    ("dmean", "N twice", lambda dC: -dC.sum(0) / len(dC) ** 2),
    ("dX", "whole numbers", lambda dC, dmean, N: dC + dmean // N),
    ("dX", "less an N-th", lambda dC, dmean, N: dC * (1 - 1 / N) + dmean / N),
):
    wrong(f"11.wall.{line}", style, answer)


@wrong("11.wall.dX", "in place")
def _(dC, dmean, N):
    dC += dmean / N
    return dC


right("11.wall.dbeta", "Python's sum", lambda dY: sum(dY))
right("11.wall.dX_hat", "rows in a list", lambda dY, gamma: [gamma * row for row in dY])
right("11.wall.dmean", "ones", lambda dC: -np.ones(len(dC)) @ dC)
wrong(
    K,
    "gamma / s in the first term alone",
    lambda dY, X_hat, gamma, s: gamma / s * dY - dY.mean(0) - X_hat * (dY * X_hat).mean(0),
)
wrong(
    K,
    "an s too many",
    lambda dY, X_hat, gamma, s: (
        gamma / s * (dY - dY.mean(0) - X_hat * (dY * X_hat).mean(0) / s)
    ),
)
wrong(
    K,
    "C for X_hat",
    lambda dY, X_hat, gamma, s: (
        gamma / s * (dY - dY.mean(0) - s * X_hat * (dY * X_hat).mean(0))
    ),
)
wrong(
    K,
    "gamma not in the third",
    lambda dY, X_hat, gamma, s: (
        gamma / s * (dY - dY.mean(0)) - X_hat / s * (dY * X_hat).mean(0)
    ),
)
wrong(
    K,
    "sum in the third",
    lambda dY, X_hat, gamma, s: gamma / s * (dY - dY.mean(0) - X_hat * (dY * X_hat).sum(0)),
)
wrong(
    M,
    "root of the mean square",
    lambda X, gamma, beta, eps=1e-5: (
        gamma * X / np.sqrt((X**2).mean(1, keepdims=True) + eps) + beta
    ),
)
wrong(
    M,
    "turned over, gamma within",
    lambda X, gamma, beta, eps=1e-5: gamma * (X.T - X.mean(1)) / np.sqrt(X.var(1) + eps) + beta,
)


@right(M, "batch norm of the transpose")
def _(X, gamma, beta, eps=1e-5):
    T = np.transpose(X)
    return gamma * ((T - T.mean(0)) / np.sqrt(T.var(0) + eps)).T + beta
