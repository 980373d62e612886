"""A second opinion on every gradient: the slope measured by taking a small step each way.

Central differences and how far to trust them: notebook 05. The idea is in every textbook on
numerical methods; the practice follows the cs231n course notes on gradient checks.
"""

import numpy as np


def numerical_gradient(f, theta, h=1e-5):
    """The gradient of f at theta, one entry at a time: (f(θ+h) − f(θ−h)) / 2h.

    f takes an array like theta and returns a number. theta may have any shape; it is copied
    to float64 (float32 has too few digits for a difference this small) and left unchanged.
    Returns a float64 array of theta's shape. The cost is two calls of f for each entry.
    """
    theta = np.array(theta, dtype=np.float64)
    gradient = np.empty_like(theta)
    entries, slopes = theta.reshape(-1), gradient.reshape(-1)
    for i, kept in enumerate(entries.tolist()):
        entries[i] = kept + h
        above = f(theta)
        entries[i] = kept - h
        below = f(theta)
        entries[i] = kept
        slopes[i] = (above - below) / (2 * h)
    return gradient


def relative_error(a, b):
    """The largest difference between two arrays, as a fraction of their largest entry.

    a, b: arrays of one shape. Returns a float: 0 where they are equal, about 1e-10 where
    they agree to rounding, above 0.01 where one of them is wrong. Refuses arrays of
    different shapes, which NumPy would stretch to fit.
    """
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"cannot compare an array of shape {a.shape} with one of {b.shape}")
    scale = max(np.abs(a).max(initial=0), np.abs(b).max(initial=0))
    return float(np.abs(a - b).max() / scale) if scale else 0.0


def check_gradient(f, theta, gradient, *, rng=None, directions=20, all_below=2000, h=1e-5):
    """The relative error of `gradient` against differences of f, as a float.

    f: array like theta -> number; theta, gradient: arrays of one shape. Up to `all_below`
    entries, every one is checked. Above, the slope of f is measured along `directions`
    random unit vectors drawn from `rng` (a Generator) and compared with gradient · v, which
    costs 2 · directions calls of f and misses an error only where it is at right angles to
    all of them.

    Raises ValueError where measured and claimed slopes are all zero to rounding: comparing
    zeros with zeros shows nothing. It happens with all-zero weights, dead units, or an f that
    ignores theta.
    """
    theta = np.array(theta, dtype=np.float64)
    gradient = np.asarray(gradient, dtype=np.float64)
    if gradient.shape != theta.shape:
        raise ValueError(
            f"the gradient has shape {gradient.shape}, its parameters have {theta.shape}"
        )
    if theta.size <= all_below:
        measured, claimed = numerical_gradient(f, theta, h), gradient
    else:
        if rng is None:
            raise TypeError(
                f"{theta.size} entries are checked along random directions, which need a "
                "generator: pass rng=np.random.default_rng(0)"
            )
        v = rng.standard_normal((directions, *theta.shape))
        v /= np.sqrt((v**2).sum(axis=tuple(range(1, v.ndim)), keepdims=True))
        measured = np.array([(f(theta + h * d) - f(theta - h * d)) / (2 * h) for d in v])
        claimed = np.array([(gradient * d).sum() for d in v])
    noise = 10 * np.finfo(np.float64).eps * abs(f(theta)) / h  # what rounding f makes of 0
    if max(np.abs(measured).max(), np.abs(claimed).max()) <= noise:
        raise ValueError(
            "every slope is zero to rounding, so this check cannot fail. Check at random "
            "weights, with inputs that reach the loss."
        )
    return relative_error(claimed, measured)
