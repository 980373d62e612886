"""A fresh set for notebook 04, written from its text alone."""

import numpy as np
from wrong_answers import right, wrong

N_ = "04.wall.dZ2"
wrong(N_, "labels minus probabilities", lambda P, Y, N: (Y - P) / N)
wrong(N_, "N times", lambda P, Y, N: (P - Y) * N)
wrong(N_, "logarithm's slope only", lambda P, Y, N: -Y / P / N)
wrong(N_, "by ten as well", lambda P, Y, N: (P - Y) / (10 * N))
wrong(N_, "true digit only", lambda P, Y, N: (P - 1) * Y / N)
wrong(N_, "squared", lambda P, Y, N: (P - Y) ** 2 / N)
wrong(N_, "the loss", lambda P, Y, N: -(Y * np.log(P)).sum() / N)
right(N_, "two fractions", lambda P, Y, N: P / N - Y / N)
N_ = "04.wall.dW2"
wrong(N_, "wrong way round", lambda A1, dZ2: dZ2.T @ A1)
wrong(N_, "N again", lambda A1, dZ2: A1.T @ dZ2 / A1.shape[0])
wrong(N_, "no transpose", lambda A1, dZ2: A1 @ dZ2)
wrong(N_, "star", lambda A1, dZ2: A1 * dZ2)
wrong(N_, "over classes", lambda A1, dZ2: A1 @ dZ2.T)
wrong(N_, "mean of A1", lambda A1, dZ2: np.outer(A1.mean(axis=0), dZ2.sum(axis=0)))
wrong(N_, "minus", lambda A1, dZ2: -A1.T @ dZ2)
right(N_, "einsum", lambda A1, dZ2: np.einsum("ij,ik->jk", A1, dZ2))
N_ = "04.wall.db2"
wrong(N_, "mean", lambda dZ2: np.mean(dZ2, axis=0))
wrong(N_, "axis 1", lambda dZ2: np.sum(dZ2, axis=1))
wrong(N_, "one number", lambda dZ2: np.sum(dZ2))
wrong(N_, "ones", lambda dZ2: np.ones(10))
wrong(N_, "the last image", lambda dZ2: dZ2[-1])
wrong(N_, "column", lambda dZ2: dZ2.sum(axis=0)[:, None])
right(N_, "python sum", lambda dZ2: sum(dZ2))
N_ = "04.wall.dA1"
wrong(N_, "no transpose", lambda dZ2, W2: dZ2 @ W2)
wrong(N_, "swapped", lambda dZ2, W2: W2 @ dZ2.T)
wrong(N_, "swapped, no transpose", lambda dZ2, W2: W2 @ dZ2)
wrong(N_, "row sums", lambda dZ2, W2: dZ2 * W2.sum(axis=1))
wrong(N_, "by N", lambda dZ2, W2: dZ2 @ W2.T / len(dZ2))
wrong(N_, "W forgotten", lambda dZ2, W2: dZ2)
wrong(N_, "mask inside", lambda dZ2, W2: dZ2 @ np.maximum(W2.T, 0))
right(N_, "tensordot", lambda dZ2, W2: np.tensordot(dZ2, W2, axes=(1, 1)))
N_ = "04.wall.dZ1"
wrong(N_, "mask of the blame", lambda dA1, Z1: dA1 * (dA1 > 0))
right(N_, "greater or equal", lambda dA1, Z1: dA1 * (Z1 >= 0))
wrong(N_, "ReLU again", lambda dA1, Z1: dA1 * np.maximum(Z1, 0))
wrong(N_, "inverse mask", lambda dA1, Z1: dA1 * (Z1 < 0))
wrong(N_, "ReLU of the blame", lambda dA1, Z1: np.maximum(dA1, 0))
wrong(N_, "mask alone", lambda dA1, Z1: Z1 > 0)
wrong(N_, "mask after the ReLU", lambda dA1, Z1: dA1 * (np.maximum(Z1, 0) >= 0))
wrong(N_, "indexing flattens", lambda dA1, Z1: dA1[Z1 > 0])
wrong(N_, "times Z1", lambda dA1, Z1: dA1 * Z1)
right(N_, "where", lambda dA1, Z1: np.where(Z1 > 0, dA1, 0))
N_ = "04.wall.dW1"
wrong(N_, "swapped", lambda X, dZ1: dZ1.T @ X)
wrong(N_, "by N", lambda X, dZ1: X.T @ dZ1 / len(X))
wrong(N_, "no transpose", lambda X, dZ1: X @ dZ1)
wrong(N_, "dot of transposes", lambda X, dZ1: X.T @ dZ1.T)
wrong(N_, "masked input", lambda X, dZ1: (X > 0).T @ dZ1)
wrong(N_, "784 divided", lambda X, dZ1: X.T @ dZ1 / X.shape[1])
right(N_, "transpose of a product", lambda X, dZ1: (dZ1.T @ X).T)
N_ = "04.wall.db1"
wrong(N_, "mean", lambda dZ1: dZ1.mean(0))
wrong(N_, "axis 1", lambda dZ1: dZ1.sum(1))
wrong(N_, "all", lambda dZ1: dZ1.sum())
wrong(N_, "max", lambda dZ1: dZ1.max(axis=0))
wrong(N_, "running", lambda dZ1: dZ1.cumsum(axis=0))
wrong(N_, "absolute", lambda dZ1: np.abs(dZ1).sum(axis=0))
right(N_, "list", lambda dZ1: [column.sum() for column in dZ1.T])

N_ = "04.leaky_relu_backward"
wrong(N_, "plain ReLU", lambda dA, Z, slope=0.01: dA * (Z > 0))
wrong(N_, "the forward pass", lambda dA, Z, slope=0.01: np.where(Z > 0, Z, slope * Z))
wrong(N_, "slope fixed", lambda dA, Z, slope=0.01: dA * np.where(Z > 0, 1, 0.01))
wrong(N_, "branches turned", lambda dA, Z, slope=0.01: dA * np.where(Z > 0, slope, 1))
wrong(N_, "slope without blame", lambda dA, Z, slope=0.01: np.where(Z > 0, dA, slope))
wrong(N_, "asks the blame", lambda dA, Z, slope=0.01: np.where(dA > 0, dA, slope * dA))
wrong(N_, "only the slopes", lambda dA, Z, slope=0.01: np.where(Z > 0, 1.0, slope))
wrong(N_, "slope times Z", lambda dA, Z, slope=0.01: np.where(Z > 0, dA, slope * Z))
wrong(N_, "both added", lambda dA, Z, slope=0.01: dA * (Z > 0) + slope * dA)
wrong(N_, "divided", lambda dA, Z, slope=0.01: np.where(Z > 0, dA, dA / slope))
wrong(N_, "minus slope", lambda dA, Z, slope=0.01: np.where(Z > 0, dA, -slope * dA))
wrong(N_, "one minus slope", lambda dA, Z, slope=0.01: np.where(Z > 0, dA, (1 - slope) * dA))
wrong(
    N_, "threshold at the slope", lambda dA, Z, slope=0.01: dA * np.where(Z > slope, 1, slope)
)


@wrong(N_, "in place")
def _(dA, Z, slope=0.01):
    dA[Z < 0] *= slope
    return dA


@wrong(N_, "positive part only copied")
def _(dA, Z, slope=0.01):
    dZ = np.zeros_like(dA)
    dZ[Z < 0] = slope * dA[Z < 0]
    return dZ


right(N_, "maximum", lambda dA, Z, slope=0.01: dA * np.maximum(Z > 0, slope))


@right(N_, "loop")
def _(dA, Z, slope=0.01):
    return [[d if z > 0 else slope * d for d, z in zip(a, b)] for a, b in zip(dA, Z)]


N_ = "04.most_confused"


def _pair(S):
    S = np.triu(S, 1)
    return tuple(int(v) for v in np.unravel_index(S.argmax(), S.shape))


wrong(N_, "one direction", lambda C: _pair(C))
wrong(N_, "the diagonal counts", lambda C: np.unravel_index(np.argmax(C + C.T), C.shape))
wrong(N_, "how many", lambda C: np.triu(C + C.T, 1).max())
wrong(N_, "flat place", lambda C: np.triu(C + C.T, 1).argmax())
wrong(N_, "larger first", lambda C: _pair(C + C.T)[::-1])
wrong(N_, "the larger of both", lambda C: _pair(np.maximum(C, C.T)))
wrong(N_, "product", lambda C: _pair(C * C.T))
wrong(N_, "difference", lambda C: _pair(np.abs(C - C.T)))


@wrong(N_, "last on a tie")
def _(C):
    best, found = -1, None
    for a in range(10):
        for b in range(a + 1, 10):
            if C[a, b] + C[b, a] >= best:
                best, found = C[a, b] + C[b, a], (a, b)
    return found


@wrong(N_, "inner loop to 9")
def _(C):
    best, found = -1, None
    for a in range(9):
        for b in range(a + 1, 9):
            if C[a, b] + C[b, a] > best:
                best, found = C[a, b] + C[b, a], (a, b)
    return found


@wrong(N_, "largest single entry off the diagonal")
def _(C):
    D = C.copy()
    np.fill_diagonal(D, 0)
    a, b = np.unravel_index(D.argmax(), D.shape)
    return (min(a, b), max(a, b))


@wrong(N_, "the digit with the most mistakes twice")
def _(C):
    D = C - np.diag(np.diag(C))
    order = np.argsort(-(D.sum(axis=0) + D.sum(axis=1)))
    return tuple(sorted((int(order[0]), int(order[1]))))


@wrong(N_, "as shares of the row")
def _(C):
    S = C / C.sum(axis=1, keepdims=True)
    return _pair(S + S.T)


@wrong(N_, "best not updated")
def _(C):
    best, found = -1, None
    for a in range(10):
        for b in range(a + 1, 10):
            if C[a, b] + C[b, a] > best:
                found = (a, b)
    return found


@right(N_, "a max over pairs, as an array")
def _(C):
    from itertools import combinations

    return np.array(max(combinations(range(len(C)), 2), key=lambda p: C[p] + C[p[::-1]]))


N_ = "04.n_parameters"
for said, value in (
    ("no biases", 784 * 10 + 10 * 10),
    ("first layer only", 7850),
    ("output layer only", 110),
    ("product of everything", 784 * 10 * 10),
    ("biases once", 7950),
    ("number of units", 784 + 10 + 10),
    ("four arrays", 4),
    ("softmax regression twice", 15700),
    ("785 x 11", 785 * 11),
    ("with the images", 7960 * 64),
    ("W1 and b1 and W2", 7950.0),
    ("28 for 784", 28 * 10 + 10 + 100 + 10),
):
    wrong(N_, said, value)
right(N_, "float", 7960.0)
right(N_, "np.int64", np.int64(785 * 10 + 11 * 10))

N_ = "04.weighted_dZ2"
wrong(N_, "divided by N", lambda P, Y, w: (P - Y) * w[:, None] / len(w))
wrong(N_, "not normalised", lambda P, Y, w: w[:, None] * (P - Y))
wrong(N_, "weights ignored", lambda P, Y, w: (P - Y) / len(P))
wrong(N_, "only normalised", lambda P, Y, w: (P - Y) / w.sum())
wrong(N_, "no column", lambda P, Y, w: (P - Y) * w / w.sum())
wrong(N_, "both", lambda P, Y, w: (P - Y) * w[:, None] / w.sum() / len(w))
wrong(N_, "squares", lambda P, Y, w: (P - Y) * w[:, None] ** 2 / (w**2).sum())
wrong(N_, "divided by the weight", lambda P, Y, w: (P - Y) / w[:, None] / w.sum())
wrong(N_, "weight on P only", lambda P, Y, w: (w[:, None] * P - Y) / w.sum())
wrong(N_, "sign", lambda P, Y, w: (Y - P) * w[:, None] / w.sum())
wrong(N_, "mean of weights", lambda P, Y, w: (P - Y) * w[:, None] / w.mean())
wrong(N_, "largest weight", lambda P, Y, w: (P - Y) * w[:, None] / w.max() / len(w))
wrong(
    N_,
    "softmax of the weights",
    lambda P, Y, w: (P - Y) * (np.exp(w) / np.exp(w).sum())[:, None],
)
wrong(N_, "summed away", lambda P, Y, w: w @ (P - Y) / w.sum())
right(N_, "diag", lambda P, Y, w: np.diag(w / w.sum()) @ (P - Y))
right(N_, "transposes", lambda P, Y, w: ((P - Y).T * w / w.sum()).T)

N_ = "04.tanh_backward"
wrong(N_, "square missing", lambda dA, A: dA * (1 - A))
wrong(N_, "tanh of the output", lambda dA, A: dA * (1 - np.tanh(A) ** 2))
wrong(N_, "sigmoid's", lambda dA, A: dA * A * (1 - A))
wrong(N_, "no blame", lambda dA, A: 1 - A**2)
wrong(N_, "forward", lambda dA, A: np.tanh(dA))
wrong(N_, "bracket", lambda dA, A: dA * 1 - A**2)
wrong(N_, "mask", lambda dA, A: dA * (A > 0))
wrong(N_, "plus", lambda dA, A: dA * (1 + A**2))
wrong(N_, "squared whole", lambda dA, A: dA * (1 - A) ** 2)
wrong(N_, "divided", lambda dA, A: dA / (1 - A**2))
wrong(N_, "dA squared", lambda dA, A: dA * (1 - dA**2))
wrong(N_, "root", lambda dA, A: dA * np.sqrt(1 - A**2))
wrong(N_, "matrix product", lambda dA, A: dA @ (1 - A**2))
wrong(N_, "negative", lambda dA, A: dA * (A**2 - 1))
wrong(N_, "2A", lambda dA, A: dA * (1 - 2 * A))
right(N_, "cosh", lambda dA, A: dA / np.cosh(np.arctanh(A)) ** 2)
right(N_, "expanded", lambda dA, A: dA - dA * A * A)
