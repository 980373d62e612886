"""Does a network know how much it knows: its probabilities against what came true.

A network that says 0.9 should be right nine times in ten. Guo, Pleiss, Sun and Weinberger,
*On Calibration of Modern Neural Networks* (2017); notebook 09.
"""

from typing import NamedTuple

import numpy as np

from digitlib.functional import check_labels, softmax

__all__ = ["Calibration", "calibration", "fit_temperature"]


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
