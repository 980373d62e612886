"""Answers to the exercises of notebook 08, written from its text."""

import numpy as np
from wrong_answers import right, wrong

wrong("08.skip_backward", "no mask", lambda dY, X, W: dY + dY @ W.T)
wrong("08.skip_backward", "mask after W", lambda dY, X, W: dY + (dY @ W.T) * (X @ W > 0))
wrong("08.skip_backward", "mask from X", lambda dY, X, W: dY + (dY * (X > 0)) @ W.T)
wrong("08.skip_backward", "minus", lambda dY, X, W: dY - (dY * (X @ W > 0)) @ W.T)
wrong(
    "08.skip_backward",
    "the value for the mask",
    lambda dY, X, W: dY + (dY * np.maximum(X @ W, 0)) @ W.T,
)
wrong("08.skip_backward", "X added", lambda dY, X, W: X + (dY * (X @ W > 0)) @ W.T)
wrong("08.skip_backward", "dW", lambda dY, X, W: X.T @ (dY * (X @ W > 0)))
wrong("08.skip_backward", "only the skip", lambda dY, X, W: dY)
wrong("08.skip_backward", "ones added", lambda dY, X, W: 1 + (dY * (X @ W > 0)) @ W.T)
wrong("08.skip_backward", "half of each", lambda dY, X, W: (dY + (dY * (X @ W > 0)) @ W.T) / 2)
wrong("08.skip_backward", "mask from W.T", lambda dY, X, W: dY + (dY * (X @ W.T > 0)) @ W.T)
wrong("08.skip_backward", "the forward pass", lambda dY, X, W: X + np.maximum(X @ W, 0))


@wrong("08.skip_backward", "dY written into")
def _(dY, X, W):
    dZ = dY
    dZ[X @ W <= 0] = 0
    return dY + dZ @ W.T


@wrong("08.skip_backward", "in place")
def _(dY, X, W):
    dY += (dY * (X @ W > 0)) @ W.T
    return dY


wrong("09.he_leaky_std", "Xavier's 1", lambda n_in, slope: np.sqrt(1 / ((1 + slope**2) * n_in)))
wrong(
    "09.he_leaky_std",
    "minus",
    lambda n_in, slope: np.sqrt(2 / ((1 - slope**2 + 1e-300) * n_in)),
)
wrong(
    "09.he_leaky_std",
    "slope for its square outside",
    lambda n_in, slope: np.sqrt(2 / n_in) / (1 + slope),
)
wrong("09.he_leaky_std", "brackets", lambda n_in, slope: np.sqrt(2 / (1 + slope**2) * n_in))
wrong(
    "09.he_leaky_std",
    "root of n forgotten",
    lambda n_in, slope: np.sqrt(2 / (1 + slope**2)) / n_in,
)
wrong("09.he_leaky_std", "times the slope", lambda n_in, slope: np.sqrt(2 * slope**2 / n_in))
wrong(
    "09.he_leaky_std",
    "half the leak",
    lambda n_in, slope: np.sqrt(2 / ((1 + slope**2 / 2) * n_in)),
)
wrong(
    "09.he_leaky_std", "n + 1", lambda n_in, slope: np.sqrt(2 / ((1 + slope**2) * (n_in + 1)))
)
wrong(
    "09.he_leaky_std", "n_in multiplied", lambda n_in, slope: np.sqrt(2 * n_in / (1 + slope**2))
)
wrong(
    "09.he_leaky_std",
    "power one half by precedence",
    lambda n_in, slope: 2 / ((1 + slope**2) * n_in) ** 1 / 2,
)
wrong(
    "09.he_leaky_std",
    "integer division",
    lambda n_in, slope: np.sqrt(2 // ((1 + slope**2) * n_in)),
)
wrong(
    "09.he_leaky_std",
    "math not imported",
    lambda n_in, slope: math.sqrt(2 / ((1 + slope**2) * n_in)),
)  # noqa: F821

wrong(
    "09.count_dead",
    "the largest count",
    lambda batches: max(int((A == 0).all(axis=0).sum()) for A in batches),
)
wrong(
    "09.count_dead",
    "first batch only",
    lambda batches: int((batches[0] == 0).all(axis=0).sum()),
)
wrong(
    "09.count_dead",
    "alive",
    lambda batches: int((np.concatenate(batches) > 0).any(axis=0).sum()),
)
wrong(
    "09.count_dead",
    "rows",
    lambda batches: int((np.concatenate(batches) == 0).all(axis=1).sum()),
)
wrong("09.count_dead", "zeros", lambda batches: int((np.concatenate(batches) == 0).sum()))
wrong(
    "09.count_dead",
    "mean count",
    lambda batches: np.mean([(A == 0).all(axis=0).sum() for A in batches]),
)
wrong(
    "09.count_dead",
    "stack",
    lambda batches: int((np.stack(batches) == 0).all(axis=(0, 1)).sum()),
)
wrong(
    "09.count_dead",
    "a list per batch",
    lambda batches: [int((A == 0).all(axis=0).sum()) for A in batches],
)
wrong("09.count_dead", "mask", lambda batches: (np.concatenate(batches) == 0).all(axis=0))
wrong(
    "09.count_dead",
    "any for all",
    lambda batches: int((np.concatenate(batches) == 0).any(axis=0).sum()),
)
wrong(
    "09.count_dead",
    "array of a list",
    lambda batches: int((np.array(batches) == 0).all(axis=0).sum()),
)


@wrong("09.count_dead", "intersection of indices, the last overwrites")
def _(batches):
    dead = set()
    for A in batches:
        dead = set(np.flatnonzero((A == 0).all(axis=0)))
    return len(dead)


@wrong("09.count_dead", "union")
def _(batches):
    dead = set()
    for A in batches:
        dead |= set(np.flatnonzero((A == 0).all(axis=0)))
    return len(dead)


wrong("09.sigmoid_backward", "plus", lambda dA, A: dA * A * (1 + A))
wrong("09.sigmoid_backward", "A minus 1", lambda dA, A: dA * A * (A - 1))
wrong("09.sigmoid_backward", "square", lambda dA, A: dA * A**2 * (1 - A))
wrong("09.sigmoid_backward", "A only", lambda dA, A: dA * A)
wrong("09.sigmoid_backward", "brackets", lambda dA, A: dA * A * 1 - A)
wrong("09.sigmoid_backward", "divided", lambda dA, A: dA / (A * (1 - A)))
wrong("09.sigmoid_backward", "dA in place of A", lambda dA, A: dA * (1 - dA))
wrong("09.sigmoid_backward", "exp", lambda dA, A: dA * np.exp(-A) / (1 + np.exp(-A)) ** 2)
wrong("09.sigmoid_backward", "forward", lambda dA, A: 1 / (1 + np.exp(-dA)))
wrong("09.sigmoid_backward", "matrix product", lambda dA, A: dA @ (A * (1 - A)).T)
wrong("09.sigmoid_backward", "relu", lambda dA, A: dA * (A > 0))
wrong("09.sigmoid_backward", "1 - A squared brackets", lambda dA, A: dA * (1 - A) ** 2)

size = lambda h, depth: 785 * h + (depth - 1) * (h + 1) * h + (h + 1) * 10  # noqa: E731


def widest(budget, fits):
    h = 0
    while fits(h + 1) <= budget:
        h += 1
    return h


wrong(
    "08.width_for_budget",
    "one less",
    lambda budget, depth: widest(budget, lambda h: size(h, depth)) - 1,
)
wrong(
    "08.width_for_budget",
    "strictly less",
    lambda budget, depth: widest(budget - 1, lambda h: size(h, depth)),
)
wrong(
    "08.width_for_budget",
    "output biases forgotten",
    lambda budget, depth: widest(budget, lambda h: size(h, depth) - 10),
)
wrong(
    "08.width_for_budget",
    "hidden biases forgotten",
    lambda budget, depth: widest(budget, lambda h: 784 * h + (depth - 1) * h * h + h * 10 + 10),
)
wrong(
    "08.width_for_budget",
    "output layer forgotten",
    lambda budget, depth: widest(budget, lambda h: 785 * h + (depth - 1) * (h + 1) * h),
)
wrong(
    "08.width_for_budget",
    "input layer forgotten",
    lambda budget, depth: (
        widest(budget, lambda h: (depth - 1) * (h + 1) * h + (h + 1) * 10) if depth > 1 else 0
    ),
)
wrong("08.width_for_budget", "budget over 785", lambda budget, depth: budget // 785)
wrong(
    "08.width_for_budget",
    "the number of parameters",
    lambda budget, depth: size(widest(budget, lambda h: size(h, depth)), depth),
)
wrong(
    "08.width_for_budget",
    "hidden biases of the inner layers forgotten",
    lambda budget, depth: widest(
        budget, lambda h: 785 * h + (depth - 1) * h * h + (h + 1) * 10
    ),
)
wrong(
    "08.width_for_budget",
    "ignores depth",
    lambda budget, depth: widest(budget, lambda h: size(h, 1)),
)


@wrong("08.width_for_budget", "endless loop")
def _(budget, depth):
    h = 0
    while size(1, depth) <= budget:
        h += 0
    return h
