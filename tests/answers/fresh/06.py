"""A fresh set for notebook 06, written from its text alone."""

import numpy as np
from wrong_answers import right, wrong

N_ = "06.wall.chance_loss"
wrong(N_, "the probability", lambda K: 1 / K)
wrong(N_, "log of 1/K", lambda K: np.log(1 / K))
wrong(N_, "base 10", lambda K: np.log10(K))
wrong(N_, "base 2", lambda K: np.log2(K))
wrong(N_, "ten fixed", lambda K: np.log(10))
wrong(N_, "summed over classes", lambda K: K * np.log(K))
wrong(N_, "entropy term", lambda K: np.log(K) / K)
wrong(N_, "accuracy of the rest", lambda K: 1 - 1 / K)
right(N_, "math", lambda K: __import__("math").log(K))
N_ = "06.wall.row_gap"
wrong(N_, "only above", lambda P: (P.sum(axis=1) - 1).max())
wrong(N_, "columns", lambda P: np.abs(P.sum(axis=0) - 1).max())
wrong(N_, "mean row", lambda P: np.abs(P.sum(axis=1) - 1).mean())
wrong(N_, "every row", lambda P: np.abs(P.sum(axis=1) - 1))
wrong(N_, "largest minus smallest", lambda P: P.sum(axis=1).max() - P.sum(axis=1).min())
wrong(N_, "the row's number", lambda P: np.abs(P.sum(axis=1) - 1).argmax())
wrong(N_, "the row's sum", lambda P: P.sum(axis=1).max())
wrong(N_, "all against N", lambda P: abs(P.sum() - len(P)))
wrong(N_, "only below", lambda P: 1 - P.sum(axis=1).min())
wrong(N_, "a bool", lambda P: np.allclose(P.sum(axis=1), 1))
right(N_, "both sides", lambda P: max(P.sum(axis=1).max() - 1, 1 - P.sum(axis=1).min()))
N_ = "06.wall.counted"
wrong(N_, "table", lambda predicted, y: (predicted == y).mean())
wrong(N_, "only one laid out", lambda predicted, y: (predicted.ravel() == y).mean())
wrong(N_, "the other laid out", lambda predicted, y: (predicted == y.ravel()).mean())
wrong(N_, "count", lambda predicted, y: (predicted.ravel() == y.ravel()).sum())
wrong(N_, "errors", lambda predicted, y: (predicted.ravel() != y.ravel()).mean())
wrong(N_, "by ten", lambda predicted, y: (predicted.ravel() == y.ravel()).sum() / 10)
wrong(N_, "per cent", lambda predicted, y: 100 * (predicted.ravel() == y.ravel()).mean())
wrong(N_, "differences", lambda predicted, y: 1 - np.abs(predicted.ravel() - y.ravel()).mean())
wrong(
    N_,
    "diagonal of table by N squared",
    lambda predicted, y: (predicted.ravel() == y.ravel()).sum() / len(y) ** 2,
)
wrong(N_, "every label found somewhere", lambda predicted, y: np.isin(predicted, y).mean())
right(
    N_,
    "zip",
    lambda predicted, y: (
        sum(int(a) == int(b) for a, b in zip(np.ravel(predicted), np.ravel(y))) / len(y)
    ),
)

N_ = "06.dead_units"
wrong(N_, "zeros in all", lambda A1: (A1 == 0).sum())
wrong(N_, "images that wake nobody", lambda A1: (A1 == 0).all(axis=1).sum())
wrong(N_, "any", lambda A1: (A1 == 0).any(axis=0).sum())
wrong(N_, "living ones", lambda A1: (A1 > 0).any(axis=0).sum())
wrong(N_, "mask", lambda A1: (A1 == 0).all(axis=0))
wrong(N_, "share", lambda A1: (A1 == 0).all(axis=0).mean())
wrong(N_, "which", lambda A1: np.flatnonzero((A1 == 0).all(axis=0)))
wrong(N_, "mean below a threshold", lambda A1: (A1.mean(axis=0) < 0.01).sum())
wrong(N_, "first image only", lambda A1: (A1[0] == 0).sum())
wrong(N_, "at the median", lambda A1: (np.median(A1, axis=0) == 0).sum())
wrong(N_, "smallest is zero", lambda A1: (A1.min(axis=0) == 0).sum())
wrong(N_, "never changes", lambda A1: (A1.std(axis=0) == 0).sum())
wrong(N_, "living images", lambda A1: (A1.sum(axis=1) == 0).sum())


@wrong(N_, "counter set back")
def _(A1):
    for j in range(A1.shape[1]):
        dead = 0
        if (A1[:, j] == 0).all():
            dead += 1
    return dead


@wrong(N_, "ten units, fixed")
def _(A1):
    dead = 0
    for j in range(10):
        if A1[:, j].sum() == 0:
            dead += 1
    return dead


@right(N_, "loop over columns")
def _(A1):
    return sum(1 for column in np.asarray(A1).T if not any(column))


right(N_, "by max", lambda A1: float(np.count_nonzero(A1.max(axis=0) == 0)))

N_ = "06.diagnosis"
TRUE = dict(zip("ABCDEFGH", "rate accuracy mask shuffled axis uniform constant pixels".split()))
for said, change in (
    ("A and H exchanged", {"A": "pixels", "H": "rate"}),
    ("zeros for constant", {"G": "zeros"}),
    ("mean for the rate", {"A": "mean"}),
    ("a bad start for wrong axis", {"E": "uniform", "F": "axis"}),
    ("B read as shuffled", {"B": "shuffled", "D": "accuracy"}),
    ("C transposed", {"C": "transposed"}),
    ("C biases", {"C": "biases"}),
    ("D zeros", {"D": "zeros"}),
    ("E mean", {"E": "mean"}),
    ("F rate", {"F": "rate", "A": "uniform"}),
    ("H uniform and F pixels", {"H": "uniform", "F": "pixels"}),
    ("a word that is not on the list", {"A": "learning rate"}),
    ("everything the rate", dict.fromkeys("ABCDEFGH", "rate")),
):
    wrong(N_, said, TRUE | change)
wrong(N_, "one patient missing", {k: v for k, v in TRUE.items() if k != "H"})
wrong(N_, "a list", list(TRUE.values()))
wrong(N_, "turned over", {v: k for k, v in TRUE.items()})
right(N_, "other order", dict(sorted(TRUE.items(), reverse=True)))
