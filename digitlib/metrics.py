"""How good is it, and does it know: counts and shares to recompute with a pencil.

A network that says 0.9 should be right nine times in ten. Guo, Pleiss, Sun and Weinberger,
*On Calibration of Modern Neural Networks* (2017); notebook 13.
"""

from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from digitlib.data.inputs import labels
from digitlib.formulas import check_labels, softmax


def accuracy(predicted, y):
    """The share of labels that are right, from 0 to 1, as a Python float (notebook 01).

    predicted (N,), y (N,), integers. Shapes must be equal: NumPy would stretch a column
    `y[:, None]` against a row into an N x N table and report about 0.1 for anything.
    """
    predicted, y = _two_vectors(predicted, y)
    return float((predicted == y).mean())


def confusion_matrix(predicted, y, classes=10):
    """C[t, p]: how many digits t were read as p (notebook 13, evaluation).

    predicted (N,), y (N,), integers from 0 to classes - 1. Returns (classes, classes) int64;
    rows are the truth, the diagonal is what was right.
    """
    predicted, y = _two_vectors(predicted, y)
    for name, found in (("predicted", predicted), ("true", y)):
        if found.max() >= classes:
            raise ValueError(f"a {name} label is outside 0 to {classes - 1}")
    counts = np.bincount(y.astype(np.int64) * classes + predicted, minlength=classes**2)
    return counts.reshape(classes, classes)


def worst_mistakes(P, y, count=None):
    """The indices of the wrong answers, the most confident first (notebook 13).

    P (N, K) probabilities, y (N,) labels. Returns at most `count` indices into the rows.
    Confidence is the probability of the wrong answer; ties keep the order of the rows.
    """
    predicted, y = _two_vectors(P.argmax(axis=1), y)
    wrong = np.flatnonzero(predicted != y)
    order = np.argsort(-P[wrong, predicted[wrong]], kind="stable")
    return wrong[order[:count]]


def precision_recall(C):
    """Of each class: which share of its answers is right, and of its digits is found.

    C (K, K) counts, rows the truth, columns the answer, as `confusion_matrix` gives them.
    Returns (precision (K,), recall (K,)), float64 from 0 to 1: the diagonal over the sums of
    the columns, and of the rows. A class that was never answered has no precision, one that
    does not occur no recall: NaN. Notebook 13.
    """
    C = np.asarray(C)
    if C.ndim != 2 or C.shape[0] != C.shape[1] or C.dtype.kind not in "iu" or (C < 0).any():
        raise ValueError(
            f"a confusion matrix is (K, K) counts, zero or more; got {C.shape} of {C.dtype}. "
            "confusion_matrix(predicted, y) makes one."
        )
    right = np.diagonal(C)
    shares = []
    for total in (C.sum(axis=0), C.sum(axis=1)):
        nothing = np.full(len(C), np.nan)
        shares.append(np.divide(right, total, out=nothing, where=total > 0))
    return tuple(shares)


def wilson_interval(right, n, confidence=0.95):
    """The true accuracies that `right` of n digits do not speak against: (low, high).

    right: a whole number from 0 to n, or an array of them; n likewise, 1 or more. Returns two
    Python floats, or two arrays, from 0 to 1. They are the two solutions p of
    |right/n − p| = z √(p (1 − p) / n), where z is the normal distribution's quantile: 1.96
    for a confidence of 0.95. The digits must have had no say in what is measured. Wilson
    1927; notebook 13.
    """
    k, n = np.asarray(right), np.asarray(n)
    for name, counts in (("right", k), ("n", n)):
        if counts.dtype.kind not in "iu":
            raise ValueError(
                f"{name} is a count, a whole number; got {counts.dtype}: round(accuracy * n) "
                "makes one from a share"
            )
    if (n < 1).any() or (k < 0).any() or (k > n).any():
        raise ValueError(f"right is from 0 to n, and n 1 or more; got {right!r} of {n}")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is a share between 0 and 1, as 0.95; got {confidence}")
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    return _ends(k, n, z * z / n, 0, 1)


def prediction_interval(right, n, new, confidence=0.95):
    """The accuracies that a count of `right` of n digits leads one to expect on new ones.

    right, n   whole numbers, as `wilson_interval` takes them; no digit had a say in what is
               measured
    new        how many new digits there will be, 1 or more

    Returns (low, high), Python floats from 0 to 1, or arrays. A promise about a score is wider
    than the interval for the truth: the new digits vary as well. The bounds are the shares s
    of the new digits that solve |right/n − s| = z √(p (1 − p) (1/n + 1/new)), where p is the
    share of both samples together. Krishnamoorthy and Peng 2011; notebook 15.
    """
    wilson_interval(right, n, confidence)  # says what is wrong with these three
    k, n, m = np.asarray(right), np.asarray(n), np.asarray(new)
    if m.dtype.kind not in "iu" or (m < 1).any():
        raise ValueError(f"new is a number of digits, a whole number from 1; got {new!r}")
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    return _ends(k, n, z * z * (1 / n + 1 / m), k / (n + m), m / (n + m))


def _ends(k, n, c, a, b):
    """The two shares s that solve (k/n − s)² = c p (1 − p), where p = a + b s: (low, high).

    A quadratic in s. Of none right the lower end is 0, of all right the upper end is 1.
    """
    square, middle = 1 + c * b * b, k / n + c * b * (1 - 2 * a) / 2
    root = np.sqrt(np.maximum(middle**2 - square * ((k / n) ** 2 - c * a * (1 - a)), 0))
    low, high = np.clip([(middle - root) / square, (middle + root) / square], 0, 1)
    low, high = np.where(k == 0, 0, low), np.where(k == n, 1, high)
    return (low, high) if low.ndim else (float(low), float(high))


class McNemar(NamedTuple):
    """Two recognisers on the same digits: where just one of them is right, and the p-value."""

    only_first: int
    only_second: int
    p: float


def mcnemar(first, second, y):
    """Could two recognisers that differ on these digits be equally good? (notebook 13)

    first, second (N,) answers to the same digits, y (N,) labels, all integers. Returns
    `McNemar`: how many digits only the first has right, how many only the second, and p, the
    probability of counts at least as uneven as these if each such digit were a fair coin's
    choice. Exact and two-sided: twice the smaller tail of the binomial distribution, at most
    1. Digits that both have right or both wrong say nothing, and do not count. McNemar 1947.
    """
    first, labels = _two_vectors(first, y)
    second, _ = _two_vectors(second, y)
    first_right, second_right = first == labels, second == labels
    a = int(np.count_nonzero(first_right & ~second_right))
    b = int(np.count_nonzero(second_right & ~first_right))
    # In whole numbers, so that neither 2 ** -5000 nor a sum of rounded terms is a worry.
    term = tail = 1
    for i in range(min(a, b)):
        term = term * (a + b - i) // (i + 1)  # how many ways to choose i + 1 of a + b
        tail += term
    return McNemar(a, b, min(1.0, 2 * tail / 2 ** (a + b)))


def _two_vectors(predicted, y):
    predicted, y = labels(predicted, classes=None, name="predicted"), labels(y, classes=None)
    if len(predicted) != len(y):
        lengths = f"{len(predicted)} predictions and {len(y)} labels"
        raise ValueError(f"{lengths} must be two vectors of one length, (N,)")
    return predicted, y


class Calibration(NamedTuple):
    """Answers sorted into bins by their confidence; the arrays are (bins,).

    confidence   the mean probability of the answers in the bin; NaN where it is empty
    accuracy     the share of them that is right; NaN where it is empty
    count        how many there are, int64
    error        the expected calibration error: the mean of |accuracy − confidence| over the
                 bins, each weighted by its count, as a Python float
    """

    confidence: np.ndarray
    accuracy: np.ndarray
    count: np.ndarray
    error: float


def calibration(P, y, bins=10):
    """Mean confidence and accuracy in each of `bins` equal steps of confidence.

    P (N, K) probabilities, y (N,) labels; confidence is a row's largest probability. Bin b
    holds those above b / bins and up to (b + 1) / bins. Returns a `Calibration`.
    """
    P, y = _rows(P, y)
    if bins != int(bins) or bins < 1:
        raise ValueError(f"bins is a whole number, 1 or more; got {bins}")
    bins = int(bins)
    if P.min() < 0 or P.max() > 1 + 1e-6:
        raise ValueError(
            f"probabilities run from 0 to 1, not from {P.min():.4g} to {P.max():.4g}: for "
            "scores, calibration(softmax(Z), y)"
        )
    confidence, right = P.max(axis=1).astype(np.float64), P.argmax(axis=1) == y
    place = np.clip(np.ceil(confidence * bins).astype(np.int64) - 1, 0, bins - 1)
    count = np.bincount(place, minlength=bins)
    means = []
    for values in (confidence, right):
        total = np.bincount(place, weights=values, minlength=bins)
        empty = np.full(bins, np.nan)
        means.append(np.divide(total, count, out=empty, where=count > 0))
    gaps = np.nan_to_num(np.abs(means[1] - means[0]))
    return Calibration(*means, count, float((count * gaps).sum() / len(y)))


def fit_temperature(Z, y):
    """The temperature T at which softmax(Z / T) has the lowest loss on y, a Python float.

    Z (N, K) scores, y (N,) labels that the network did not learn from. Above 1 the network
    was too sure of itself. Dividing all scores by one number leaves every answer as it is.

    With β = 1/T the loss is convex, its slope the mean of Σ p z − z_y, its curvature the mean
    variance of z under p: Newton's steps, kept inside a bracket. Raises ValueError where no
    temperature is the best: when every digit is read right, or the scores are no better than
    chance.
    """
    Z, y = _rows(Z, y)
    Z = Z.astype(np.float64) - Z.max(axis=1, keepdims=True)  # a shift changes no probability
    if not np.isfinite(Z).all():
        raise ValueError("the scores hold NaN or infinity: a training that broke down?")
    true = Z[np.arange(len(y)), y]
    if not true.any():
        raise ValueError(
            f"all {len(y)} digits are read right: the loss falls for ever as T goes to 0. Use "
            "more digits, ones the network has not learned from"
        )
    if true.mean() <= Z.mean():
        raise ValueError(
            "the true digits score no better than the others: the best T is infinite. Do the "
            "rows of Z and y belong together?"
        )
    low, high, beta = 0.0, np.inf, 1.0
    for _ in range(200):
        P = softmax(beta * Z)
        mean = (P * Z).sum(axis=1)
        slope = (mean - true).mean()
        low, high = (beta, high) if slope < 0 else (low, beta)
        curvature = ((P * Z * Z).sum(axis=1) - mean * mean).mean()
        step = -slope / curvature if curvature > 0 else np.inf
        newton, before = beta + step, beta
        inside = low < newton < high
        beta = newton if inside else 2 * beta if high == np.inf else (low + high) / 2
        if abs(beta - before) <= 1e-12 * beta:
            break
    return float(1 / beta)


def _rows(P, y):
    P = np.asarray(P)
    if P.ndim != 2 or P.dtype.kind != "f":
        raise ValueError(f"one row of floats a digit, (N, 10), belongs here; got {P.shape}")
    return P, check_labels(y, P.shape[1], rows=len(P))
