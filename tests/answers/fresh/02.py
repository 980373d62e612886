"""A fresh set for notebook 02, written from its text alone."""

import numpy as np
from wrong_answers import right, wrong

N_ = "02.wall.loss"
wrong(N_, "sum", lambda x, t, w: ((w * x - t) ** 2).sum())
wrong(N_, "square of the mean", lambda x, t, w: np.mean(w * x - t) ** 2)
wrong(N_, "no mean", lambda x, t, w: (w * x - t) ** 2)
wrong(N_, "half", lambda x, t, w: 0.5 * np.mean((w * x - t) ** 2))
wrong(N_, "absolute", lambda x, t, w: np.abs(w * x - t).mean())
wrong(N_, "w on the target", lambda x, t, w: np.mean((x - w * t) ** 2))
wrong(N_, "root of it", lambda x, t, w: np.sqrt(np.mean((w * x - t) ** 2)))
right(N_, "dot", lambda x, t, w: (w * x - t) @ (w * x - t) / len(x))

N_ = "02.wall.slope"
wrong(N_, "no two", lambda x, t, w: np.mean((w * x - t) * x))
wrong(N_, "chain rule forgotten", lambda x, t, w: np.mean(2 * (w * x - t)))
wrong(N_, "times w", lambda x, t, w: np.mean(2 * (w * x - t) * w))
wrong(N_, "sum", lambda x, t, w: 2 * ((w * x - t) * x).sum())
wrong(N_, "sign", lambda x, t, w: np.mean(2 * (t - w * x) * x))
wrong(N_, "times t", lambda x, t, w: np.mean(2 * (w * x - t) * t))
wrong(N_, "product of means", lambda x, t, w: 2 * np.mean(w * x - t) * np.mean(x))
wrong(N_, "squared still", lambda x, t, w: np.mean(2 * (w * x - t) ** 2 * x))
right(N_, "loop", lambda x, t, w: sum(2 * (w * a - c) * a for a, c in zip(x, t)) / len(x))

N_ = "02.wall.step"
wrong(N_, "uphill", lambda w, slope, alpha: w + alpha * slope)
wrong(N_, "no rate", lambda w, slope, alpha: w - slope)
wrong(N_, "only the change", lambda w, slope, alpha: -alpha * slope)
wrong(N_, "rate scales the weight", lambda w, slope, alpha: alpha * w - slope)
wrong(N_, "divided by the rate", lambda w, slope, alpha: w - slope / alpha)
wrong(N_, "sign of the slope", lambda w, slope, alpha: w - alpha * np.sign(slope))
wrong(N_, "w in the product", lambda w, slope, alpha: w - alpha * slope * w)
right(N_, "factored", lambda w, slope, alpha: -(alpha * slope - w))

N_ = "02.temperature_softmax"


def sm(Z, axis=1):
    E = np.exp(Z - Z.max(axis=axis, keepdims=True))
    return E / E.sum(axis=axis, keepdims=True)


wrong(N_, "T forgotten", lambda Z, T: sm(Z))
wrong(N_, "times T", lambda Z, T: sm(Z * T))
wrong(N_, "axis 0", lambda Z, T: sm(Z / T, axis=0))
wrong(N_, "no shift", lambda Z, T: np.exp(Z / T) / np.exp(Z / T).sum(axis=1, keepdims=True))
wrong(N_, "divided after the softmax", lambda Z, T: sm(Z) / T)
wrong(
    N_,
    "one sum for the whole batch",
    lambda Z, T: np.exp(Z / T - (Z / T).max()) / np.exp(Z / T - (Z / T).max()).sum(),
)


@wrong(N_, "shift by the batch's largest")
def _(Z, T):
    E = np.exp((Z - Z.max()) / T)
    return E / E.sum(axis=1, keepdims=True)


@wrong(N_, "T only in the numerator")
def _(Z, T):
    S = Z - Z.max(axis=1, keepdims=True)
    return np.exp(S / T) / np.exp(S).sum(axis=1, keepdims=True)


@wrong(N_, "the shift is not divided")
def _(Z, T):
    E = np.exp(Z / T - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@wrong(N_, "exp divided by T")
def _(Z, T):
    E = np.exp(Z - Z.max(axis=1, keepdims=True)) / T
    return E / E.sum(axis=1, keepdims=True)


@wrong(N_, "not divided by the sum")
def _(Z, T):
    return np.exp((Z - Z.max(axis=1, keepdims=True)) / T)


@wrong(N_, "power of p, naive underflow")
def _(Z, T):
    P = sm(Z) ** (1 / T)
    return P / P.sum(axis=1, keepdims=True)


@wrong(N_, "divided by the largest score instead of shifted")
def _(Z, T):
    E = np.exp(Z / Z.max(axis=1, keepdims=True) / T)
    return E / E.sum(axis=1, keepdims=True)


@wrong(N_, "clipped scores against overflow")
def _(Z, T):
    E = np.exp(np.clip(Z / T, -500, 500))
    return E / E.sum(axis=1, keepdims=True)


@wrong(N_, "loop returns only the last row")
def _(Z, T):
    for z in Z:
        e = np.exp((z - z.max()) / T)
        p = e / e.sum()
    return p


@right(N_, "row by row")
def _(Z, T):
    rows = []
    for z in Z:
        e = np.exp((z - max(z)) / T)
        rows.append((e / sum(e)).tolist())
    return rows


right(
    N_,
    "through the logarithm",
    lambda Z, T: np.exp(Z / T - np.logaddexp.reduce(Z / T, axis=1)[:, None]),
)

N_ = "02.cross_entropy"
wrong(N_, "no minus", lambda P, y: np.log(P[np.arange(len(y)), y]).mean())
wrong(N_, "sum", lambda P, y: -np.log(P[np.arange(len(y)), y]).sum())
wrong(N_, "mean over all entries", lambda P, y: -(np.eye(10)[y] * np.log(P)).mean())
wrong(N_, "whole columns", lambda P, y: -np.log(P[:, y]).mean())
wrong(N_, "log of the mean", lambda P, y: -np.log(P[np.arange(len(y)), y].mean()))
wrong(N_, "the largest probability", lambda P, y: -np.log(P.max(axis=1)).mean())
wrong(N_, "log base 2", lambda P, y: -np.log2(P[np.arange(len(y)), y]).mean())
wrong(N_, "log base 10", lambda P, y: -np.log10(P[np.arange(len(y)), y]).mean())
wrong(N_, "one per image", lambda P, y: -np.log(P[np.arange(len(y)), y]))
wrong(N_, "epsilon", lambda P, y: -np.log(P[np.arange(len(y)), y] + 1e-8).mean())
wrong(N_, "ignores the labels: entropy", lambda P, y: -(P * np.log(P)).sum(axis=1).mean())
wrong(N_, "no logarithm", lambda P, y: -P[np.arange(len(y)), y].mean())
wrong(N_, "one minus p", lambda P, y: -np.log(1 - P[np.arange(len(y)), y]).mean())
wrong(N_, "row y", lambda P, y: -np.log(P[y, np.arange(len(y))]).mean())
wrong(
    N_,
    "binary cross-entropy",
    lambda P, y: (
        -(np.eye(10)[y] * np.log(P) + (1 - np.eye(10)[y]) * np.log(1 - P)).sum(axis=1).mean()
    ),
)


@wrong(N_, "loop with return inside")
def _(P, y):
    total = 0
    for i in range(len(y)):
        total -= np.log(P[i, y[i]])
        return total / len(y)


@wrong(N_, "range starts at 1")
def _(P, y):
    total = 0
    for i in range(1, len(y)):
        total += -np.log(P[i, y[i]])
    return total / len(y)


right(N_, "loop", lambda P, y: sum(-np.log(p[k]) for p, k in zip(P, y)) / len(y))
right(
    N_,
    "take along axis",
    lambda P, y: np.array(-np.log(np.take_along_axis(P, np.array(y)[:, None], 1)).mean()),
)

N_ = "02.log_softmax"
wrong(N_, "log of the softmax", lambda Z: np.log(sm(Z)))
wrong(N_, "forgot the log", lambda Z: sm(Z))
wrong(
    N_,
    "sign turned",
    lambda Z: (
        np.log(np.exp(Z - Z.max(1, keepdims=True)).sum(1, keepdims=True))
        + Z.max(1, keepdims=True)
        - Z
    ),
)
wrong(N_, "without shift", lambda Z: Z - np.log(np.exp(Z).sum(axis=1, keepdims=True)))
wrong(
    N_,
    "top forgotten at the end",
    lambda Z: Z - np.log(np.exp(Z - Z.max(1, keepdims=True)).sum(1, keepdims=True)),
)
wrong(N_, "axis 0", lambda Z: Z - Z.max(0) - np.log(np.exp(Z - Z.max(0)).sum(axis=0)))
wrong(
    N_,
    "no log around the sum",
    lambda Z: (
        Z - Z.max(1, keepdims=True) - np.exp(Z - Z.max(1, keepdims=True)).sum(1, keepdims=True)
    ),
)
wrong(
    N_,
    "minus log only, no score",
    lambda Z: (
        -np.log(np.exp(Z - Z.max(1, keepdims=True)).sum(1, keepdims=True))
        - Z.max(1, keepdims=True)
    ),
)
wrong(
    N_,
    "log of the score",
    lambda Z: (
        np.log(np.abs(Z)) - np.log(np.exp(Z - Z.max(1, keepdims=True)).sum(1, keepdims=True))
    ),
)
wrong(N_, "epsilon inside", lambda Z: np.log(sm(Z) + 1e-12))
wrong(N_, "sum over everything", lambda Z: Z - Z.max() - np.log(np.exp(Z - Z.max()).sum()))
wrong(
    N_,
    "shift by the batch's largest",
    lambda Z: Z - Z.max() - np.log(np.exp(Z - Z.max()).sum(axis=1, keepdims=True)),
)
wrong(N_, "no column", lambda Z: Z - Z.max(1) - np.log(np.exp(Z - Z.max(1)).sum(1)))
wrong(
    N_,
    "log-sum-exp only",
    lambda Z: Z.max(1) + np.log(np.exp(Z - Z.max(1, keepdims=True)).sum(1)),
)
wrong(
    N_,
    "mean of the exponentials",
    lambda Z: (
        Z
        - Z.max(1, keepdims=True)
        - np.log(np.exp(Z - Z.max(1, keepdims=True)).mean(1, keepdims=True))
    ),
)
right(N_, "logaddexp", lambda Z: Z - np.logaddexp.reduce(Z, axis=1, keepdims=True))
right(
    N_,
    "rows as lists",
    lambda Z: [list(z - z.max() - np.log(np.exp(z - z.max()).sum())) for z in Z],
)
