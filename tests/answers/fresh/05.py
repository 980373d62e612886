"""A fresh set for notebook 05, written from its text alone."""

import numpy as np
from wrong_answers import right, wrong

N_ = "05.wall.one_sided"
wrong(N_, "not divided", lambda f, theta, h: f(theta + h) - f(theta))
wrong(N_, "central instead", lambda f, theta, h: (f(theta + h) - f(theta - h)) / (2 * h))
wrong(N_, "bracket", lambda f, theta, h: f(theta + h) - f(theta) / h)
wrong(N_, "sign", lambda f, theta, h: (f(theta) - f(theta + h)) / h)
wrong(N_, "2h", lambda f, theta, h: (f(theta + h) - f(theta)) / (2 * h))
wrong(N_, "over theta", lambda f, theta, h: (f(theta + h) - f(theta)) / (theta + h))
wrong(N_, "h outside f", lambda f, theta, h: (f(theta) + h - f(theta)) / h)
wrong(N_, "backward", lambda f, theta, h: (f(theta) - f(theta - h)) / h)
right(N_, "minus first", lambda f, theta, h: -(f(theta) - f(theta + h)) / h)
N_ = "05.wall.central"
wrong(N_, "over h", lambda f, theta, h: (f(theta + h) - f(theta - h)) / h)
wrong(N_, "2 * h without brackets", lambda f, theta, h: (f(theta + h) - f(theta - h)) / 2 * h)
wrong(N_, "sum of both values", lambda f, theta, h: (f(theta + h) + f(theta - h)) / (2 * h))
wrong(
    N_,
    "mean of one-sided, wrong sign",
    lambda f, theta, h: ((f(theta + h) - f(theta)) / h + (f(theta - h) - f(theta)) / h) / 2,
)
wrong(N_, "one sided", lambda f, theta, h: (f(theta + h) - f(theta)) / h)
wrong(
    N_,
    "half steps over 2h",
    lambda f, theta, h: (f(theta + h / 2) - f(theta - h / 2)) / (2 * h),
)
wrong(N_, "half steps over h", lambda f, theta, h: (f(theta + h / 2) - f(theta - h / 2)) / h)
wrong(
    N_,
    "second difference",
    lambda f, theta, h: (f(theta + h) - 2 * f(theta) + f(theta - h)) / h**2,
)
right(
    N_,
    "mean of two one-sided",
    lambda f, theta, h: ((f(theta + h) - f(theta)) / h + (f(theta) - f(theta - h)) / h) / 2,
)
N_ = "05.wall.relative_error"
wrong(
    N_, "entry by entry", lambda a, b: (np.abs(a - b) / np.maximum(np.abs(a), np.abs(b))).max()
)
wrong(N_, "no abs below", lambda a, b: np.abs(a - b).max() / max(a.max(), b.max()))
wrong(N_, "over a", lambda a, b: np.abs(a - b).max() / np.abs(a).max())
wrong(N_, "sum below", lambda a, b: np.abs(a - b).max() / (np.abs(a).max() + np.abs(b).max()))
wrong(N_, "no abs above", lambda a, b: (a - b).max() / max(np.abs(a).max(), np.abs(b).max()))
wrong(N_, "mean", lambda a, b: np.abs(a - b).mean() / max(np.abs(a).max(), np.abs(b).max()))
wrong(N_, "absolute", lambda a, b: np.abs(a - b).max())
wrong(
    N_,
    "differences of sizes",
    lambda a, b: abs(np.abs(a).max() - np.abs(b).max()) / max(np.abs(a).max(), np.abs(b).max()),
)
wrong(N_, "min", lambda a, b: np.abs(a - b).max() / min(np.abs(a).max(), np.abs(b).max()))
right(N_, "concatenate", lambda a, b: np.max(abs(np.subtract(a, b))) / np.max(np.abs([a, b])))

N_ = "05.slopes_along"


def _moved(params, directions, h):
    return [p + h * d for p, d in zip(params, directions)]


def _claim(grads, directions):
    return sum((g * d).sum() for g, d in zip(grads, directions))


@wrong(N_, "one sided")
def _(loss, params, grads, directions, h):
    return (loss(_moved(params, directions, h)) - loss(params)) / h, _claim(grads, directions)


@wrong(N_, "over h")
def _(loss, params, grads, directions, h):
    up, down = loss(_moved(params, directions, h)), loss(_moved(params, directions, -h))
    return (up - down) / h, _claim(grads, directions)


@wrong(N_, "moved by h alone")
def _(loss, params, grads, directions, h):
    up, down = loss([p + h for p in params]), loss([p - h for p in params])
    return (up - down) / (2 * h), _claim(grads, directions)


@wrong(N_, "along the gradient")
def _(loss, params, grads, directions, h):
    up, down = loss(_moved(params, grads, h)), loss(_moved(params, grads, -h))
    return (up - down) / (2 * h), _claim(grads, directions)


@wrong(N_, "claim without directions")
def _(loss, params, grads, directions, h):
    up, down = loss(_moved(params, directions, h)), loss(_moved(params, directions, -h))
    return (up - down) / (2 * h), sum(g.sum() for g in grads)


@wrong(N_, "normalised directions")
def _(loss, params, grads, directions, h):
    n = np.sqrt(sum((d**2).sum() for d in directions))
    v = [d / n for d in directions]
    return (loss(_moved(params, v, h)) - loss(_moved(params, v, -h))) / (2 * h), _claim(
        grads, v
    )


@wrong(N_, "swapped pair")
def _(loss, params, grads, directions, h):
    up, down = loss(_moved(params, directions, h)), loss(_moved(params, directions, -h))
    return _claim(grads, directions), (up - down) / (2 * h)


@wrong(N_, "one array at a time, last kept")
def _(loss, params, grads, directions, h):
    for k, (p, g, d) in enumerate(zip(params, grads, directions)):
        up = loss([*params[:k], p + h * d, *params[k + 1 :]])
        down = loss([*params[:k], p - h * d, *params[k + 1 :]])
        measured, claimed = (up - down) / (2 * h), (g * d).sum()
    return measured, claimed


@wrong(N_, "claim of the first array only")
def _(loss, params, grads, directions, h):
    up, down = loss(_moved(params, directions, h)), loss(_moved(params, directions, -h))
    return (up - down) / (2 * h), (grads[0] * directions[0]).sum()


@wrong(N_, "list of claims")
def _(loss, params, grads, directions, h):
    up, down = loss(_moved(params, directions, h)), loss(_moved(params, directions, -h))
    return (up - down) / (2 * h), [(g * d).sum() for g, d in zip(grads, directions)]


@wrong(N_, "claim times h")
def _(loss, params, grads, directions, h):
    up, down = loss(_moved(params, directions, h)), loss(_moved(params, directions, -h))
    return (up - down) / (2 * h), h * _claim(grads, directions)


@wrong(N_, "moves params in place and forgets to move back")
def _(loss, params, grads, directions, h):
    for p, d in zip(params, directions):
        p += h * d
    up = loss(params)
    for p, d in zip(params, directions):
        p -= 2 * h * d
    down = loss(params)
    return (up - down) / (2 * h), _claim(grads, directions)


@wrong(N_, "list plus list")
def _(loss, params, grads, directions, h):
    up = loss(params + h * directions)
    down = loss(params - h * directions)
    return (up - down) / (2 * h), _claim(grads, directions)


@wrong(N_, "only measured")
def _(loss, params, grads, directions, h):
    return (loss(_moved(params, directions, h)) - loss(_moved(params, directions, -h))) / (
        2 * h
    )


@wrong(N_, "two arrays assumed to be four")
def _(loss, params, grads, directions, h):
    W1, b1, W2, b2 = params
    v1, v2, v3, v4 = directions
    up = loss([W1 + h * v1, b1 + h * v2, W2 + h * v3, b2 + h * v4])
    down = loss([W1 - h * v1, b1 - h * v2, W2 - h * v3, b2 - h * v4])
    return (up - down) / (2 * h), _claim(grads, directions)


@right(N_, "vdot, list out")
def _(loss, params, grads, directions, h):
    up = loss([np.add(p, np.multiply(h, d)) for p, d in zip(params, directions)])
    down = loss([np.subtract(p, np.multiply(h, d)) for p, d in zip(params, directions)])
    return [(up - down) / h / 2, np.sum([np.vdot(g, d) for g, d in zip(grads, directions)])]


N_ = "05.one_sided_h"
wrong(
    N_,
    "central's cube root",
    lambda f, curvature, eps: (3 * eps * abs(f) / abs(curvature)) ** (1 / 3),
)
wrong(N_, "factor forgotten", lambda f, curvature, eps: np.sqrt(eps * abs(f) / abs(curvature)))
wrong(N_, "two not four", lambda f, curvature, eps: np.sqrt(2 * eps * abs(f) / abs(curvature)))
wrong(N_, "no root", lambda f, curvature, eps: 4 * eps * abs(f) / abs(curvature))
wrong(N_, "upside down", lambda f, curvature, eps: np.sqrt(abs(curvature) / (4 * eps * abs(f))))
wrong(N_, "root of eps", lambda f, curvature, eps: np.sqrt(eps))
wrong(N_, "no absolute value", lambda f, curvature, eps: np.sqrt(4 * eps * f / curvature))
wrong(
    N_,
    "the error at the best step",
    lambda f, curvature, eps: 2 * np.sqrt(eps * abs(f) * abs(curvature)),
)
wrong(N_, "four below", lambda f, curvature, eps: np.sqrt(eps * abs(f) / (4 * abs(curvature))))
wrong(
    N_, "curvature times", lambda f, curvature, eps: np.sqrt(4 * eps * abs(f) * abs(curvature))
)
wrong(
    N_,
    "four outside the root",
    lambda f, curvature, eps: 4 * np.sqrt(eps * abs(f) / abs(curvature)),
)
wrong(
    N_,
    "power 1/3 for 1/2",
    lambda f, curvature, eps: (4 * eps * abs(f) / abs(curvature)) ** (1 / 3),
)
wrong(N_, "eight", lambda f, curvature, eps: np.sqrt(8 * eps * abs(f) / abs(curvature)))
wrong(N_, "abs of f forgotten", lambda f, curvature, eps: np.sqrt(4 * eps * f / abs(curvature)))
right(N_, "two outside", lambda f, curvature, eps: 2 * abs(eps * f / curvature) ** 0.5)

N_ = "05.norm_error"
_n = np.linalg.norm


def _ravel(f):
    return lambda a, b: f(np.ravel(a), np.ravel(b))


wrong(
    N_,
    "zeros forgotten",
    lambda a, b: _n(np.ravel(a - b)) / (_n(np.ravel(a)) + _n(np.ravel(b))),
)
wrong(
    N_,
    "largest entries",
    lambda a, b: np.abs(a - b).max() / max(np.abs(a).max(), np.abs(b).max(), 1e-300),
)
wrong(
    N_,
    "length of the sum",
    lambda a, b: 0.0 if not (a.any() or b.any()) else _n(np.ravel(a - b)) / _n(np.ravel(a + b)),
)
wrong(
    N_, "epsilon", lambda a, b: _n(np.ravel(a - b)) / (_n(np.ravel(a)) + _n(np.ravel(b)) + 1e-8)
)
wrong(
    N_,
    "no roots",
    lambda a, b: (
        ((a - b) ** 2).sum() / ((a**2).sum() + (b**2).sum()) if a.any() or b.any() else 0.0
    ),
)
wrong(
    N_,
    "root of the whole quotient",
    lambda a, b: (
        np.sqrt(((a - b) ** 2).sum() / ((a**2).sum() + (b**2).sum()))
        if a.any() or b.any()
        else 0.0
    ),
)
wrong(
    N_,
    "spectral norm",
    lambda a, b: _n(a - b, 2) / (_n(a, 2) + _n(b, 2)) if a.any() or b.any() else 0.0,
)
wrong(
    N_,
    "sum of absolutes",
    lambda a, b: (
        np.abs(a - b).sum() / (np.abs(a).sum() + np.abs(b).sum()) if a.any() or b.any() else 0.0
    ),
)
wrong(
    N_,
    "the larger below",
    lambda a, b: (
        _n(np.ravel(a - b)) / max(_n(np.ravel(a)), _n(np.ravel(b)))
        if a.any() or b.any()
        else 0.0
    ),
)
wrong(
    N_,
    "difference of lengths",
    lambda a, b: (
        abs(_n(np.ravel(a)) - _n(np.ravel(b))) / (_n(np.ravel(a)) + _n(np.ravel(b)))
        if a.any() or b.any()
        else 0.0
    ),
)
wrong(
    N_,
    "0 where one is zero",
    lambda a, b: (
        _n(np.ravel(a - b)) / (_n(np.ravel(a)) + _n(np.ravel(b)))
        if a.any() and b.any()
        else 0.0
    ),
)
wrong(
    N_,
    "per row",
    lambda a, b: (
        _n(a - b, axis=-1) / (_n(a, axis=-1) + _n(b, axis=-1)) if a.any() or b.any() else 0.0
    ),
)
wrong(
    N_,
    "precedence",
    lambda a, b: (
        _n(np.ravel(a - b)) / _n(np.ravel(a)) + _n(np.ravel(b)) if a.any() or b.any() else 0.0
    ),
)
wrong(
    N_, "only a below", lambda a, b: _n(np.ravel(a - b)) / _n(np.ravel(a)) if a.any() else 0.0
)
wrong(
    N_,
    "root mean squares without root above",
    lambda a, b: (
        ((a - b) ** 2).sum() / (_n(np.ravel(a)) + _n(np.ravel(b)))
        if a.any() or b.any()
        else 0.0
    ),
)


@wrong(N_, "1 for zeros")
def _(a, b):
    below = _n(np.ravel(a)) + _n(np.ravel(b))
    return 1.0 if below == 0 else _n(np.ravel(a - b)) / below


@right(N_, "math and flat")
def _(a, b):
    import math

    top = math.sqrt(sum((float(p) - float(q)) ** 2 for p, q in zip(np.ravel(a), np.ravel(b))))
    below = math.sqrt(sum(float(p) ** 2 for p in np.ravel(a))) + math.sqrt(
        sum(float(q) ** 2 for q in np.ravel(b))
    )
    return top / below if below > 0 else 0
