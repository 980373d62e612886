"""A fresh set for notebook 08, written from its text alone."""

import numpy as np
from wrong_answers import right, wrong

N_ = "08.wall.Z"
wrong(N_, "b forgotten", lambda X, W, b: X @ W)
wrong(N_, "ReLU included", lambda X, W, b: np.maximum(X @ W + b, 0))
wrong(N_, "W first", lambda X, W, b: W @ X + b)
wrong(N_, "W turned over", lambda X, W, b: X @ W.T + b)
wrong(N_, "star", lambda X, W, b: X * W + b)
wrong(N_, "b as a column", lambda X, W, b: X @ W + b[:, None])
wrong(N_, "bracket", lambda X, W, b: X @ (W + b))
right(N_, "loop", lambda X, W, b: [x @ W + b for x in X])
N_ = "08.wall.dW"
wrong(N_, "swapped", lambda X, dZ: dZ.T @ X)
wrong(N_, "by N", lambda X, dZ: X.T @ dZ / len(X))
wrong(N_, "no transpose", lambda X, dZ: X @ dZ)
wrong(N_, "image by image, kept apart", lambda X, dZ: X[:, :, None] * dZ[:, None, :])
wrong(N_, "masked by X", lambda X, dZ: (X > 0).T @ dZ)
wrong(N_, "row sums", lambda X, dZ: X.T @ dZ.sum(axis=1))
right(N_, "einsum", lambda X, dZ: np.einsum("nm,nj->mj", X, dZ))
N_ = "08.wall.db"
wrong(N_, "mean", lambda dZ: dZ.mean(axis=0))
wrong(N_, "axis 1", lambda dZ: dZ.sum(axis=1))
wrong(N_, "everything", lambda dZ: np.sum(dZ))
wrong(N_, "not summed", lambda dZ: dZ)
wrong(N_, "by N", lambda dZ: dZ.sum(axis=0) / dZ.shape[1])
wrong(N_, "keepdims", lambda dZ: dZ.sum(axis=0, keepdims=True))
right(N_, "add.reduce", lambda dZ: np.add.reduce(dZ, axis=0))
N_ = "08.wall.dX"
wrong(N_, "no transpose", lambda dZ, W: dZ @ W)
wrong(N_, "swapped", lambda dZ, W: W @ dZ.T)
wrong(N_, "mask added", lambda dZ, W: dZ @ W.T * (dZ @ W.T > 0))
wrong(N_, "by N", lambda dZ, W: dZ @ W.T / len(dZ))
wrong(N_, "inverse", lambda dZ, W: dZ @ np.linalg.pinv(W))
wrong(N_, "sum of weights", lambda dZ, W: dZ.sum(axis=1, keepdims=True) * W.sum(axis=1))
wrong(N_, "W before", lambda dZ, W: W.T @ dZ)
right(N_, "swapped twice", lambda dZ, W: (W @ dZ.T).T)
N_ = "08.wall.dZ"
wrong(N_, "mask of the blame", lambda dA, Z: dA * (dA > 0))
right(N_, "at least 0", lambda dA, Z: dA * (Z >= 0))
wrong(N_, "times the values", lambda dA, Z: dA * np.maximum(0, Z))
wrong(N_, "wrong side", lambda dA, Z: dA * (Z < 0))
wrong(N_, "forward", lambda dA, Z: np.maximum(Z, 0))
wrong(N_, "tanh", lambda dA, Z: dA * (1 - np.tanh(Z) ** 2))
wrong(N_, "sign", lambda dA, Z: dA * np.sign(Z))
right(N_, "heaviside", lambda dA, Z: dA * np.heaviside(Z, 0))

N_ = "08.skip_backward"
wrong(N_, "skip path forgotten", lambda dY, X, W: (dY * (X @ W > 0)) @ W.T)
wrong(N_, "only the skip path", lambda dY, X, W: dY)
wrong(N_, "no mask", lambda dY, X, W: dY + dY @ W.T)
wrong(N_, "no transpose", lambda dY, X, W: dY + (dY * (X @ W > 0)) @ W)
wrong(N_, "mask of X", lambda dY, X, W: dY + (dY * (X > 0)) @ W.T)
wrong(N_, "mask after the product", lambda dY, X, W: dY + (dY @ W.T) * (X @ W > 0))
wrong(N_, "mask on both paths", lambda dY, X, W: dY * (X @ W > 0) + (dY * (X @ W > 0)) @ W.T)
wrong(N_, "X added, not dY", lambda dY, X, W: X + (dY * (X @ W > 0)) @ W.T)
wrong(
    N_, "mask of the output", lambda dY, X, W: dY + (dY * (X + np.maximum(X @ W, 0) > 0)) @ W.T
)
wrong(N_, "multiplied", lambda dY, X, W: dY * ((dY * (X @ W > 0)) @ W.T))
wrong(N_, "one for the skip path", lambda dY, X, W: 1 + (dY * (X @ W > 0)) @ W.T)
wrong(N_, "ReLU values for the mask", lambda dY, X, W: dY + (dY * np.maximum(X @ W, 0)) @ W.T)
wrong(N_, "forward", lambda dY, X, W: X + np.maximum(X @ W, 0))
wrong(N_, "X.T in the product", lambda dY, X, W: dY + X.T @ (dY * (X @ W > 0)))
wrong(N_, "mask >=", lambda dY, X, W: dY + (dY * (np.maximum(X @ W, 0) >= 0)) @ W.T)
wrong(N_, "halved: mean of two paths", lambda dY, X, W: (dY + (dY * (X @ W > 0)) @ W.T) / 2)
right(N_, "where", lambda dY, X, W: np.where(X @ W > 0, dY, 0) @ W.T + dY)


@right(N_, "with an identity, one image at a time")
def _(dY, X, W):
    n = len(W)
    return [dy @ (np.eye(n) + W * (x @ W > 0)).T for dy, x in zip(dY, X)]


N_ = "08.width_for_budget"


def _need(n, depth):
    return 785 * n + (depth - 1) * (n + 1) * n + (n + 1) * 10


def _largest(need, budget):
    n = 0
    while need(n + 1) <= budget:
        n += 1
    return n


wrong(
    N_,
    "no biases",
    lambda budget, depth: _largest(lambda n: 784 * n + (depth - 1) * n * n + 10 * n, budget),
)
wrong(
    N_,
    "depth hidden matrices",
    lambda budget, depth: _largest(
        lambda n: 785 * n + depth * (n + 1) * n + (n + 1) * 10, budget
    ),
)
wrong(
    N_,
    "output bias forgotten",
    lambda budget, depth: _largest(lambda n: _need(n, depth) - 10, budget),
)
wrong(N_, "one too many", lambda budget, depth: _largest(lambda n: _need(n, depth), budget) + 1)
wrong(N_, "one too few", lambda budget, depth: _largest(lambda n: _need(n, depth), budget) - 1)
wrong(
    N_,
    "below, not at most",
    lambda budget, depth: _largest(lambda n: _need(n, depth) + 1, budget),
)
wrong(
    N_, "one hidden layer only", lambda budget, depth: _largest(lambda n: _need(n, 1), budget)
)
wrong(N_, "budget divided by 784", lambda budget, depth: budget // 784 // depth)
wrong(N_, "budget per layer", lambda budget, depth: budget // ((depth + 1) * 785))
wrong(
    N_,
    "the number of parameters",
    lambda budget, depth: _need(_largest(lambda n: _need(n, depth), budget), depth),
)
wrong(
    N_,
    "output layer missing",
    lambda budget, depth: _largest(lambda n: 785 * n + (depth - 1) * (n + 1) * n, budget),
)
wrong(
    N_,
    "hidden biases missing",
    lambda budget, depth: _largest(
        lambda n: 784 * n + (depth - 1) * n * n + 10 * n + 10, budget
    ),
)
wrong(
    N_,
    "first layer repeated",
    lambda budget, depth: _largest(lambda n: depth * 785 * n + (n + 1) * 10, budget),
)


@wrong(N_, "quadratic solved with a fraction left")
def _(budget, depth):
    a, b, c = depth - 1, 785 + depth - 1 + 10, 10 - budget
    if a == 0:
        return -c / b
    return (-b + np.sqrt(b * b - 4 * a * c)) / (2 * a)


@wrong(N_, "quadratic rounded up")
def _(budget, depth):
    a, b, c = depth - 1, 785 + depth - 1 + 10, 10 - budget
    if a == 0:
        return int(np.ceil(-c / b))
    return int(np.ceil((-b + np.sqrt(b * b - 4 * a * c)) / (2 * a)))


@wrong(N_, "range to 100")
def _(budget, depth):
    best = 0
    for n in range(1, 100):
        if _need(n, depth) <= budget:
            best = n
    return best


@right(N_, "numpy search")
def _(budget, depth):
    n = np.arange(budget // 784 + 2)
    return np.flatnonzero(785 * n + (depth - 1) * (n + 1) * n + (n + 1) * 10 <= budget)[-1]


N_ = "08.width_for_budget"
right(
    N_,
    "down from the top",
    lambda budget, depth: next(
        float(n) for n in range(budget, -1, -1) if _need(n, depth) <= budget
    ),
)
