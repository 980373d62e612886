"""A fresh set for notebook 03, written from its text alone."""

import numpy as np
from wrong_answers import right, wrong

N_ = "03.wall.own"
wrong(N_, "sign", lambda p_j: p_j * (p_j - 1))
wrong(N_, "p only", lambda p_j: p_j)
wrong(N_, "1 - p", lambda p_j: 1 - p_j)
wrong(N_, "square of the rest", lambda p_j: (1 - p_j) ** 2)
wrong(N_, "1 - p^2 as for tanh", lambda p_j: 1 - p_j**2)
wrong(N_, "plus", lambda p_j: p_j * (1 + p_j))
right(N_, "difference", lambda p_j: p_j - p_j**2)
N_ = "03.wall.other"
wrong(N_, "no minus", lambda p_j, p_k: p_j * p_k)
wrong(N_, "as for its own", lambda p_j, p_k: p_j * (1 - p_k))
wrong(N_, "zero", lambda p_j, p_k: 0.0)
wrong(N_, "p_k only", lambda p_j, p_k: -p_k)
wrong(N_, "p_j squared", lambda p_j, p_k: -(p_j**2) * p_k)
wrong(N_, "quotient", lambda p_j, p_k: -p_j / p_k)
wrong(N_, "difference", lambda p_j, p_k: p_j - p_k)
right(N_, "numpy", lambda p_j, p_k: np.negative(np.multiply(p_k, p_j)))
N_ = "03.wall.log"
wrong(N_, "no minus", lambda p_y: 1 / p_y)
wrong(N_, "the loss", lambda p_y: -np.log(p_y))
wrong(N_, "p - 1", lambda p_y: p_y - 1)
wrong(N_, "squared", lambda p_y: -1 / p_y**2)
wrong(N_, "minus p", lambda p_y: -p_y)
wrong(N_, "base 10", lambda p_y: -1 / (p_y * np.log(10)))
right(N_, "power", lambda p_y: -(p_y**-1.0))
N_ = "03.wall.dz"
wrong(N_, "sign", lambda p, one_hot: one_hot - p)
wrong(N_, "true digit only", lambda p, one_hot: (p - 1) * one_hot)
wrong(N_, "divided by ten", lambda p, one_hot: (p - one_hot) / 10)
wrong(N_, "minus one everywhere", lambda p, one_hot: p - 1)
wrong(N_, "squared miss", lambda p, one_hot: 2 * (p - one_hot))
wrong(N_, "log derivative", lambda p, one_hot: -one_hot / p)
wrong(N_, "p(1-p) kept", lambda p, one_hot: (p - one_hot) * p * (1 - p))
right(N_, "copy", lambda p, one_hot: [a - b for a, b in zip(p, one_hot)])
N_ = "03.wall.dZ"
wrong(N_, "no N", lambda P, Y: P - Y)
wrong(N_, "by all entries", lambda P, Y: (P - Y) / P.size)
wrong(N_, "by K", lambda P, Y: (P - Y) / P.shape[1])
wrong(N_, "bracket", lambda P, Y: P - Y / len(P))
wrong(N_, "sign", lambda P, Y: (Y - P) / len(P))
wrong(N_, "averaged over images", lambda P, Y: (P - Y).mean(axis=0))
wrong(N_, "64 typed in", lambda P, Y: (P - Y) / 64)
right(N_, "multiply", lambda P, Y: (1 / P.shape[0]) * np.subtract(P, Y))
N_ = "03.wall.dW"
wrong(N_, "no transpose", lambda X, dZ: X @ dZ)
wrong(N_, "swapped", lambda X, dZ: dZ.T @ X)
wrong(N_, "divided by N again", lambda X, dZ: X.T @ dZ / len(X))
wrong(N_, "entry by entry", lambda X, dZ: X * dZ)
wrong(N_, "dZ.T", lambda X, dZ: X @ dZ.T)
wrong(N_, "first image only", lambda X, dZ: np.outer(X[0], dZ[0]))
wrong(N_, "sums multiplied", lambda X, dZ: np.outer(X.sum(axis=0), dZ.sum(axis=0)))
right(N_, "loop", lambda X, dZ: sum(np.outer(a, c) for a, c in zip(X, dZ)))
N_ = "03.wall.db"
wrong(N_, "axis 1", lambda dZ: dZ.sum(axis=1))
wrong(N_, "mean", lambda dZ: dZ.mean(axis=0))
wrong(N_, "all", lambda dZ: dZ.sum())
wrong(N_, "as it is", lambda dZ: dZ)
wrong(N_, "row kept", lambda dZ: dZ.sum(axis=0, keepdims=True))
wrong(N_, "minus", lambda dZ: -dZ.sum(axis=0))
right(N_, "product", lambda dZ: np.ones(len(dZ)) @ dZ)

N_ = "03.squared_dZ"
wrong(N_, "no softmax slope", lambda P, Y: 2 * (P - Y) / len(P))
wrong(N_, "own path only", lambda P, Y: 2 * (P - Y) * P * (1 - P) / len(P))
wrong(N_, "cross-entropy's", lambda P, Y: (P - Y) / len(P))


def _s(P, Y):
    D = P - Y
    return P * (D - (D * P).sum(axis=1, keepdims=True))


wrong(N_, "no two", lambda P, Y: _s(P, Y) / len(P))
wrong(N_, "no N", lambda P, Y: 2 * _s(P, Y))
wrong(N_, "N and ten", lambda P, Y: 2 * _s(P, Y) / P.size)
wrong(N_, "sign", lambda P, Y: -2 * _s(P, Y) / len(P))


@wrong(N_, "sum over images")
def _(P, Y):
    D = P - Y
    return 2 * P * (D - (D * P).sum(axis=0)) / len(P)


@wrong(N_, "plus between own and others")
def _(P, Y):
    D = P - Y
    return 2 * P * (D + (D * P).sum(axis=1, keepdims=True)) / len(P)


@wrong(N_, "only the true digit's path")
def _(P, Y):
    p = (P * Y).sum(axis=1, keepdims=True)
    return 2 * (p - 1) * p * (Y - P) / len(P)


@wrong(N_, "keepdims missing")
def _(P, Y):
    D = P - Y
    return 2 * P * (D - (D * P).sum(axis=1)) / len(P)


@wrong(N_, "sum of D without P")
def _(P, Y):
    D = P - Y
    return 2 * P * (D - D.sum(axis=1, keepdims=True)) / len(P)


@wrong(N_, "mean over classes")
def _(P, Y):
    D = P - Y
    return 2 * P * (D - (D * P).mean(axis=1, keepdims=True)) / len(P)


@wrong(N_, "outer P forgotten")
def _(P, Y):
    D = P - Y
    return 2 * (D - (D * P).sum(axis=1, keepdims=True)) / len(P)


@wrong(N_, "sum of squares in place of D P")
def _(P, Y):
    D = P - Y
    return 2 * P * (D - (D**2).sum(axis=1, keepdims=True)) / len(P)


@right(N_, "Jacobians in a loop")
def _(P, Y):
    return [2 * (np.diag(p) - np.outer(p, p)) @ (p - t) / len(P) for p, t in zip(P, Y)]


N_ = "03.rate_for_slip"
for said, value in (
    ("divided by ten", 0.05),
    ("unchanged", 0.5),
    ("by N times ten", 0.5 / 32000),
    ("times N", 1600.0),
    ("times N and ten", 16000.0),
    ("by N", 0.5 / 3200),
    ("one", 1.0),
    ("fifty", 50),
    ("ten", 10),
    ("negative", -5),
    ("root of ten", 0.5 * np.sqrt(10)),
):
    wrong(N_, said, value)
right(N_, "array", np.array(5))
right(N_, "expression", 0.5 * 32000 / 3200)
