"""Answers to the exercises of notebook 04, written from its text."""

import numpy as np
from wrong_answers import right, wrong

wrong("04.n_parameters", "weights only, one bias", 784 * 10 + 10 * 10 + 1)
wrong("04.n_parameters", "the biases of the inputs", 784 * 10 + 784 + 10 * 10 + 10)
wrong("04.n_parameters", "100 hidden units", 784 * 100 + 100 + 1000 + 10)
wrong("04.n_parameters", "W1 only", 7840)
wrong("04.n_parameters", "784 + 1 bias columns only", 785 * 10)
wrong("04.n_parameters", "product of all", 784 * 10 * 10)
wrong("04.n_parameters", "four arrays", 4)
wrong("04.n_parameters", "two biases of 1", 7942)
wrong("04.n_parameters", "text", "7960")
right("04.n_parameters", "0-d", np.array(7960))

for letter, mistakes in {
    "dZ2": [
        ("squared", lambda P, Y, N: (P - Y) ** 2 / N),
        ("times N", lambda P, Y, N: (P - Y) * N),
        ("the root of N", lambda P, Y, N: (P - Y) / np.sqrt(N)),
        ("only the true class", lambda P, Y, N: (P - Y) * Y / N),
        ("only the true class, P Y", lambda P, Y, N: (P * Y - Y) / N),
        ("P alone", lambda P, Y, N: P / N),
        ("minus Y alone", lambda P, Y, N: -Y / N),
        ("sum for difference", lambda P, Y, N: (P + Y) / N),
        ("times the softmax slope", lambda P, Y, N: (P - Y) * P * (1 - P) / N),
        ("mean over images", lambda P, Y, N: (P - Y).mean(axis=0)),
        ("absolute", lambda P, Y, N: np.abs(P - Y) / N),
        ("N minus one", lambda P, Y, N: (P - Y) / (N + 1)),
        ("twice", lambda P, Y, N: 2 * (P - Y) / N),
        ("the loss", lambda P, Y, N: -(Y * np.log(P)).sum() / N),
    ],
    "dW2": [
        ("outer of sums", lambda A1, dZ2: np.outer(A1.sum(0), dZ2.sum(0))),
        ("dot of means", lambda A1, dZ2: np.outer(A1.mean(0), dZ2.sum(0))),
        ("squared A1", lambda A1, dZ2: (A1**2).T @ dZ2),
        ("the mask", lambda A1, dZ2: (A1 > 0).T @ dZ2),
        ("minus", lambda A1, dZ2: -A1.T @ dZ2),
        ("elementwise", lambda A1, dZ2: A1 * dZ2),
        ("summed over images", lambda A1, dZ2: (A1.T @ dZ2).sum(axis=0)),
        ("first image only", lambda A1, dZ2: np.outer(A1[0], dZ2[0])),
        ("last image only", lambda A1, dZ2: np.outer(A1[-1], dZ2[-1])),
        ("times N", lambda A1, dZ2: len(A1) * A1.T @ dZ2),
    ],
    "db2": [
        ("column kept", lambda dZ2: dZ2.sum(axis=0, keepdims=True)),
        ("minus", lambda dZ2: -dZ2.sum(axis=0)),
        ("first row", lambda dZ2: dZ2[0]),
        ("max", lambda dZ2: dZ2.max(axis=0)),
        ("ones", lambda dZ2: np.ones(dZ2.shape[1])),
        ("turned over as a column", lambda dZ2: dZ2.sum(axis=0)[:, None]),
        ("absolute values", lambda dZ2: np.abs(dZ2).sum(axis=0)),
        ("times N", lambda dZ2: len(dZ2) * dZ2.sum(axis=0)),
        ("divided by the digits", lambda dZ2: dZ2.sum(axis=0) / dZ2.shape[1]),
        ("numpy sum of the transpose, first axis", lambda dZ2: dZ2.T.sum(axis=0)),
    ],
    "dA1": [
        ("W2 first", lambda dZ2, W2: W2.T @ dZ2),
        ("outer", lambda dZ2, W2: dZ2.sum(axis=1, keepdims=True) * W2.sum(axis=1)),
        ("averaged over digits", lambda dZ2, W2: dZ2 @ W2.T / W2.shape[1]),
        ("minus", lambda dZ2, W2: -dZ2 @ W2.T),
        ("summed weights", lambda dZ2, W2: dZ2 * W2.sum()),
        ("transposed whole", lambda dZ2, W2: (dZ2 @ W2.T).T),
        ("sum over digits", lambda dZ2, W2: (dZ2 @ W2.T).sum(axis=1)),
        ("signs of the weights", lambda dZ2, W2: dZ2 @ np.sign(W2.T)),
    ],
    "dZ1": [
        ("Z1 itself", lambda dA1, Z1: dA1 * Z1),
        ("everything", lambda dA1, Z1: dA1),
        ("greater than one", lambda dA1, Z1: dA1 * (Z1 > 1)),
        ("sigmoid slope", lambda dA1, Z1: dA1 * Z1 * (1 - Z1)),
        ("where reversed", lambda dA1, Z1: np.where(Z1 > 0, 0, dA1)),
        ("np.where gives one", lambda dA1, Z1: np.where(Z1 > 0, 1, dA1)),
        ("tanh", lambda dA1, Z1: dA1 * (1 - np.tanh(Z1) ** 2)),
        ("maximum of both", lambda dA1, Z1: np.maximum(dA1, Z1)),
        ("leaky", lambda dA1, Z1: dA1 * np.where(Z1 > 0, 1, 0.01)),
        ("the sign", lambda dA1, Z1: dA1 * np.sign(Z1)),
        ("matrix product", lambda dA1, Z1: dA1 @ (Z1 > 0)),
        ("matrix product turned", lambda dA1, Z1: dA1 @ (Z1 > 0).T),
        ("and", lambda dA1, Z1: dA1 and Z1 > 0),
        ("sum", lambda dA1, Z1: dA1 + (Z1 > 0)),
        ("selected", lambda dA1, Z1: dA1[Z1 > 0]),
        ("Z1 of the blame", lambda dA1, Z1: Z1 * (dA1 > 0)),
    ],
    "dW1": [
        ("plain X", lambda X, dZ1: X @ dZ1.T),
        ("summed images first", lambda X, dZ1: np.outer(X.sum(0), dZ1.sum(0))),
        ("times 255", lambda X, dZ1: 255 * X.T @ dZ1),
        ("minus", lambda X, dZ1: -(X.T @ dZ1)),
        ("mask of X", lambda X, dZ1: (X > 0).T @ dZ1),
        ("one row too few", lambda X, dZ1: X[:-1].T @ dZ1[:-1]),
        ("elementwise", lambda X, dZ1: X.T * dZ1),
    ],
    "db1": [
        ("mean of everything", lambda dZ1: dZ1.mean()),
        ("column", lambda dZ1: dZ1.sum(axis=0).reshape(-1, 1)),
        ("the blame itself", lambda dZ1: dZ1),
        ("only the positive", lambda dZ1: dZ1[dZ1 > 0].sum()),
        ("axis -1", lambda dZ1: dZ1.sum(axis=-1)),
        ("rate applied", lambda dZ1: 0.1 * dZ1.sum(axis=0)),
    ],
}.items():
    for said, mistake in mistakes:
        wrong(f"04.wall.{letter}", said, mistake)
right("04.wall.dZ1", "at least zero", lambda dA1, Z1: dA1 * (Z1 >= 0))
right(
    "04.wall.dZ1",
    "loop",
    lambda dA1, Z1: [[a if z > 0 else 0 for a, z in zip(r, s)] for r, s in zip(dA1, Z1)],
)
right("04.wall.dZ1", "heaviside", lambda dA1, Z1: dA1 * np.heaviside(Z1, 0.5))
right("04.wall.db2", "matrix product", lambda dZ2: dZ2.T @ np.ones(len(dZ2)))
right("04.wall.db2", "list", lambda dZ2: [float(sum(column)) for column in dZ2.T])
right(
    "04.wall.dW2",
    "sum of outer products",
    lambda A1, dZ2: sum(np.outer(a, d) for a, d in zip(A1, dZ2)),
)

wrong("04.weighted_dZ2", "the mean weight", lambda P, Y, w: (P - Y) * w.mean() / len(P))
wrong("04.weighted_dZ2", "w squared", lambda P, Y, w: (P - Y) * (w**2 / (w**2).sum())[:, None])
wrong(
    "04.weighted_dZ2",
    "divided by N too",
    lambda P, Y, w: (P - Y) * (w / w.sum())[:, None] / len(P),
)
wrong("04.weighted_dZ2", "Y minus P", lambda P, Y, w: (Y - P) * (w / w.sum())[:, None])
wrong("04.weighted_dZ2", "w divides", lambda P, Y, w: (P - Y) / w[:, None] / w.sum())
wrong("04.weighted_dZ2", "only Y weighted", lambda P, Y, w: (P - w[:, None] * Y) / w.sum())
wrong("04.weighted_dZ2", "sum of w over N", lambda P, Y, w: (P - Y) * w[:, None] / w.mean())
wrong("04.weighted_dZ2", "keepdims row", lambda P, Y, w: (P - Y) * (w / w.sum())[None, :])
wrong("04.weighted_dZ2", "the largest weight", lambda P, Y, w: (P - Y) * (w / w.max())[:, None])
wrong(
    "04.weighted_dZ2",
    "w of the softmax",
    lambda P, Y, w: (P - Y) * (np.exp(w) / np.exp(w).sum())[:, None],
)
wrong(
    "04.weighted_dZ2",
    "length of w",
    lambda P, Y, w: (P - Y) * (w / np.sqrt((w**2).sum()))[:, None],
)
wrong("04.weighted_dZ2", "matrix product", lambda P, Y, w: w @ (P - Y) / w.sum())
right("04.weighted_dZ2", "transposes", lambda P, Y, w: ((P - Y).T * w / w.sum()).T)


@right("04.weighted_dZ2", "loops over ten digits")
def _(P, Y, w):
    d = np.zeros((len(P), 10))
    for i in range(len(P)):
        for k in range(10):
            d[i, k] = w[i] * (P[i, k] - Y[i, k]) / w.sum()
    return d


wrong(
    "04.leaky_relu_backward",
    "slope 0.01 built in",
    lambda dA, Z, slope=0.01: dA * np.where(Z > 0, 1, 0.01),
)
wrong(
    "04.leaky_relu_backward",
    "branches exchanged",
    lambda dA, Z, slope=0.01: dA * np.where(Z > 0, slope, 1),
)
wrong(
    "04.leaky_relu_backward",
    "minus slope",
    lambda dA, Z, slope=0.01: dA * np.where(Z > 0, 1, -slope),
)
wrong(
    "04.leaky_relu_backward",
    "slope everywhere added",
    lambda dA, Z, slope=0.01: dA * ((Z > 0) + slope),
)
wrong(
    "04.leaky_relu_backward",
    "one minus slope",
    lambda dA, Z, slope=0.01: dA * np.where(Z > 0, 1, 1 - slope),
)
wrong(
    "04.leaky_relu_backward", "slope alone", lambda dA, Z, slope=0.01: np.where(Z > 0, 1, slope)
)
wrong(
    "04.leaky_relu_backward",
    "divided by the slope",
    lambda dA, Z, slope=0.01: np.where(Z > 0, dA, dA / slope),
)
wrong(
    "04.leaky_relu_backward",
    "slope times Z",
    lambda dA, Z, slope=0.01: np.where(Z > 0, dA, slope * Z),
)
wrong(
    "04.leaky_relu_backward",
    "the forward pass",
    lambda dA, Z, slope=0.01: np.where(Z > 0, Z, slope * Z),
)
wrong(
    "04.leaky_relu_backward",
    "the blame where positive is 1",
    lambda dA, Z, slope=0.01: np.where(Z > 0, 1, slope * dA),
)
wrong("04.leaky_relu_backward", "maximum", lambda dA, Z, slope=0.01: np.maximum(dA, slope * dA))
wrong(
    "04.leaky_relu_backward",
    "an if on an array",
    lambda dA, Z, slope=0.01: dA if Z > 0 else slope * dA,
)


@wrong("04.leaky_relu_backward", "writes into dA")
def _(dA, Z, slope=0.01):
    dA[Z < 0] *= slope
    return dA


@wrong("04.leaky_relu_backward", "alias of dA")
def _(dA, Z, slope=0.01):
    dZ = dA
    dZ[Z < 0] = dZ[Z < 0] * slope
    return dZ


@wrong("04.leaky_relu_backward", "arguments in the other order")
def _(Z, dA, slope=0.01):
    return dA * np.where(Z > 0, 1, slope)


wrong("04.tanh_backward", "A squared only", lambda dA, A: dA * A**2)
wrong("04.tanh_backward", "plus", lambda dA, A: dA * (1 + A**2))
wrong("04.tanh_backward", "brackets", lambda dA, A: dA * 1 - A**2)
wrong("04.tanh_backward", "sigmoid", lambda dA, A: dA * A * (1 - A))
wrong("04.tanh_backward", "tanh of dA", lambda dA, A: np.tanh(dA) * (1 - A**2))
wrong("04.tanh_backward", "divided", lambda dA, A: dA / (1 - A**2))
wrong("04.tanh_backward", "caret", lambda dA, A: dA * (1 - A ^ 2))
wrong("04.tanh_backward", "square of the bracket", lambda dA, A: dA * (1 - A) ** 2)
wrong("04.tanh_backward", "dA squared", lambda dA, A: dA * (1 - dA**2))
wrong("04.tanh_backward", "2A", lambda dA, A: dA * (1 - 2 * A))
wrong("04.tanh_backward", "matrix product", lambda dA, A: dA @ (1 - A**2).T)
wrong("04.tanh_backward", "a root", lambda dA, A: dA * np.sqrt(1 - A**2))
wrong("04.tanh_backward", "sum", lambda dA, A: (dA * (1 - A**2)).sum(axis=0))


@wrong("04.most_confused", "least confused")
def _(C):
    both = C + C.T
    np.fill_diagonal(both, 10**6)
    a, b = np.unravel_index(both.argmin(), both.shape)
    return min(a, b), max(a, b)


@wrong("04.most_confused", "larger digit first")
def _(C):
    both = np.triu(C + C.T, k=1)
    a, b = np.unravel_index(both.argmax(), both.shape)
    return int(b), int(a)


@wrong("04.most_confused", "returns the count")
def _(C):
    return np.triu(C + C.T, k=1).max()


@wrong("04.most_confused", "flat index")
def _(C):
    return np.triu(C + C.T, k=1).argmax()


@wrong("04.most_confused", "the last on a tie")
def _(C):
    best, pair = -1, None
    for a in range(len(C)):
        for b in range(a + 1, len(C)):
            if C[a, b] + C[b, a] >= best:
                best, pair = C[a, b] + C[b, a], (a, b)
    return pair


@wrong("04.most_confused", "the difference of the directions")
def _(C):
    both = np.triu(np.abs(C - C.T), k=1)
    a, b = np.unravel_index(both.argmax(), both.shape)
    return int(a), int(b)


@wrong("04.most_confused", "lower half only")
def _(C):
    off = np.tril(C, k=-1)
    a, b = np.unravel_index(off.argmax(), off.shape)
    return int(b), int(a)


@wrong("04.most_confused", "shares of rows")
def _(C):
    R = C / C.sum(axis=1, keepdims=True)
    both = np.triu(R + R.T, k=1)
    a, b = np.unravel_index(both.argmax(), both.shape)
    return int(a), int(b)


@wrong("04.most_confused", "writes into C")
def _(C):
    np.fill_diagonal(C, 0)
    both = C + C.T
    a, b = np.unravel_index(both.argmax(), both.shape)
    return min(a, b), max(a, b)


@wrong("04.most_confused", "product of the directions")
def _(C):
    both = np.triu(C * C.T, k=1)
    a, b = np.unravel_index(both.argmax(), both.shape)
    return int(a), int(b)
