"""Answers to the exercises of notebook 06, written from its text."""

import numpy as np
from wrong_answers import right, wrong


wrong("06.dead_units", "alive units", lambda A1: int((A1 > 0).any(axis=0).sum()))
wrong("06.dead_units", "mask instead of number", lambda A1: (A1 == 0).all(axis=0))
wrong("06.dead_units", "indices", lambda A1: np.flatnonzero((A1 == 0).all(axis=0)))
wrong("06.dead_units", "first image only", lambda A1: int((A1[0] == 0).sum()))
wrong("06.dead_units", "share of units", lambda A1: float((A1 == 0).all(axis=0).mean()))
wrong("06.dead_units", "list of lists", lambda A1: len([row for row in A1 if not row.any()]))
wrong(
    "06.dead_units", "columns with mean below one", lambda A1: int((A1.mean(axis=0) < 1).sum())
)
wrong(
    "06.dead_units",
    "silent on most images",
    lambda A1: int(((A1 == 0).mean(axis=0) >= 0.5).sum()),
)
wrong("06.dead_units", "counts columns", lambda A1: A1.shape[1])
wrong("06.dead_units", "the last image only", lambda A1: int((A1[-1] == 0).sum()))
wrong("06.dead_units", "negative values", lambda A1: int((A1 < 0).all(axis=0).sum()))
right("06.dead_units", "sum of column", lambda A1: sum(1 for c in A1.T if c.sum() == 0))
right("06.dead_units", "0-d", lambda A1: np.array((A1.max(axis=0) <= 0).sum()))

for line, mistakes in {
    "chance_loss": [
        ("minus", lambda K: -np.log(K)),
        ("K", lambda K: K),
        ("entropy of one class", lambda K: np.log(K) / K),
        ("all classes", lambda K: K * np.log(K)),
        ("K minus 1", lambda K: np.log(K - 1)),
        ("1 minus", lambda K: 1 - 1 / K),
        ("exponential", lambda K: np.exp(1 / K)),
        ("root", lambda K: np.sqrt(K)),
        ("log1p", lambda K: np.log1p(K)),
        ("ten for ever", lambda K: 2.302585092994046),
    ],
    "row_gap": [
        ("smallest", lambda P: np.abs(P.sum(axis=1) - 1).min()),
        ("columns, keepdims", lambda P: np.abs(P.sum(axis=0, keepdims=True) - 1).max()),
        ("yes or no", lambda P: bool(np.allclose(P.sum(axis=1), 1))),
        ("spread", lambda P: P.sum(axis=1).max() - P.sum(axis=1).min()),
        ("squared", lambda P: ((P.sum(axis=1) - 1) ** 2).max()),
        ("standard deviation", lambda P: P.sum(axis=1).std()),
        ("below only", lambda P: (1 - P.sum(axis=1)).max()),
        ("entries", lambda P: np.abs(P - 1).max()),
        ("mean of the row", lambda P: np.abs(P.mean(axis=1) - 1).max()),
        ("first row", lambda P: abs(P[0].sum() - 1)),
    ],
    "counted": [
        ("labels only laid out", lambda predicted, y: np.mean(predicted == y.ravel())),
        ("per cent", lambda predicted, y: 100 * np.mean(predicted.ravel() == y.ravel())),
        ("first", lambda predicted, y: float(predicted.ravel()[0] == y.ravel()[0])),
        ("sum of the table", lambda predicted, y: (predicted == y).sum() / len(y)),
        ("difference", lambda predicted, y: np.mean(predicted.ravel() - y.ravel())),
        ("close by one", lambda predicted, y: np.mean(abs(predicted.ravel() - y.ravel()) <= 1)),
        ("any", lambda predicted, y: float(np.any(predicted.ravel() == y.ravel()))),
        ("in the set", lambda predicted, y: np.mean(np.isin(predicted.ravel(), y.ravel()))),
        ("half", lambda predicted, y: np.mean(predicted.ravel() == y.ravel()) / 2),
        ("turned round", lambda predicted, y: np.mean(predicted.ravel()[::-1] == y.ravel())),
    ],
}.items():
    for mistake, answer in mistakes:
        wrong(f"06.wall.{line}", mistake, answer)

right("06.wall.chance_loss", "math", lambda K: -float(np.log(1.0 / K)))
right("06.wall.row_gap", "norm", lambda P: np.linalg.norm(P.sum(axis=1) - 1, np.inf))
right(
    "06.wall.counted",
    "flatten",
    lambda predicted, y: (predicted.flatten() == y.flatten()).sum() / y.size,
)
wrong("06.diagnosis", "nothing", {})
wrong("06.diagnosis", "a list", ["rate", "accuracy", "mask"])
