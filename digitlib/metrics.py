"""How good is it: counts and shares that a reader can recompute with a pencil."""

import numpy as np

__all__ = ["accuracy", "confusion_matrix", "worst_mistakes"]


def accuracy(predicted, y):
    """The share of labels that are right, from 0 to 1, as a Python float (notebook 01).

    predicted (N,), y (N,), integers. Shapes must be equal: NumPy would stretch a column
    `y[:, None]` against a row into an N x N table and report about 0.1 for anything.
    """
    predicted, y = _two_vectors(predicted, y)
    return float((predicted == y).mean())


def confusion_matrix(predicted, y, classes=10):
    """C[t, p]: how many digits t were read as p (notebook 03; without a loop: notebook 09).

    predicted (N,), y (N,), integers from 0 to classes - 1. Returns (classes, classes) int64;
    rows are the truth, the diagonal is what was right.
    """
    predicted, y = _two_vectors(predicted, y)
    for name, labels in (("predicted", predicted), ("true", y)):
        if labels.min() < 0 or labels.max() >= classes:
            raise ValueError(f"a {name} label is outside 0 to {classes - 1}")
    counts = np.bincount(y.astype(np.int64) * classes + predicted, minlength=classes**2)
    return counts.reshape(classes, classes)


def worst_mistakes(P, y, count=None):
    """The indices of the wrong answers, the most confident first (notebook 03).

    P (N, K) probabilities, y (N,) labels. Returns at most `count` indices into the rows.
    Confidence is the probability of the wrong answer; ties keep the order of the rows.
    """
    predicted, y = _two_vectors(P.argmax(axis=1), y)
    wrong = np.flatnonzero(predicted != y)
    order = np.argsort(-P[wrong, predicted[wrong]], kind="stable")
    return wrong[order[:count]]


def _two_vectors(predicted, y):
    predicted, y = np.asarray(predicted), np.asarray(y)
    if predicted.ndim != 1 or predicted.shape != y.shape:
        raise ValueError(
            f"predictions {predicted.shape} and labels {y.shape} must be two vectors of one "
            "length, (N,): use P.argmax(axis=1) for probabilities, y.ravel() for a column"
        )
    if not len(y):
        raise ValueError("no labels: a share of zero digits is not a number")
    for name, labels in (("predictions", predicted), ("labels", y)):
        if labels.dtype.kind not in "iu":
            raise ValueError(f"{name} are integers, got dtype {labels.dtype}")
    return predicted, y
