"""Answers to the exercises of notebook 05, written from its text."""

import numpy as np
from wrong_answers import right, wrong

wrong(
    "05.one_sided_h",
    "root forgotten",
    lambda f, curvature, eps: 4 * eps * abs(f) / abs(curvature),
)
wrong(
    "05.one_sided_h",
    "abs of curvature forgotten",
    lambda f, curvature, eps: 2 * np.sqrt(eps * abs(f) / curvature),
)
wrong(
    "05.one_sided_h",
    "abs of both forgotten",
    lambda f, curvature, eps: 2 * np.sqrt(eps * f / curvature),
)
wrong(
    "05.one_sided_h",
    "eps outside the root",
    lambda f, curvature, eps: 2 * eps * np.sqrt(abs(f) / abs(curvature)),
)
wrong(
    "05.one_sided_h",
    "4 for 2",
    lambda f, curvature, eps: 4 * np.sqrt(eps * abs(f) / abs(curvature)),
)
wrong(
    "05.one_sided_h",
    "curvature in the numerator",
    lambda f, curvature, eps: 2 * np.sqrt(eps * abs(f) * abs(curvature)),
)
wrong(
    "05.one_sided_h", "f ignored", lambda f, curvature, eps: 2 * np.sqrt(eps / abs(curvature))
)
wrong(
    "05.one_sided_h", "curvature ignored", lambda f, curvature, eps: 2 * np.sqrt(eps * abs(f))
)
wrong("05.one_sided_h", "sqrt eps", lambda f, curvature, eps: np.sqrt(eps))
wrong(
    "05.one_sided_h",
    "the smallest error",
    lambda f, curvature, eps: 2 * np.sqrt(eps * abs(f) * abs(curvature)),
)
wrong(
    "05.one_sided_h",
    "power 1/2 by precedence",
    lambda f, curvature, eps: (4 * eps * abs(f) / abs(curvature)) ** 1 / 2,
)
wrong(
    "05.one_sided_h",
    "math domain",
    lambda f, curvature, eps: __import__("math").sqrt(4 * eps * f / curvature),
)

wrong("05.norm_error", "not divided", lambda a, b: np.linalg.norm(a - b))
wrong(
    "05.norm_error",
    "1 for two zeros",
    lambda a, b: (
        np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))
        if a.any() or b.any()
        else 1.0
    ),
)
wrong(
    "05.norm_error",
    "divided by one length",
    lambda a, b: np.linalg.norm(a - b) / np.linalg.norm(a) if a.any() else 0.0,
)
wrong(
    "05.norm_error",
    "epsilon in the denominator",
    lambda a, b: np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b) + 1e-8),
)
wrong(
    "05.norm_error",
    "tiny epsilon",
    lambda a, b: np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b) + 1e-12),
)
wrong(
    "05.norm_error",
    "difference of lengths",
    lambda a, b: (
        abs(np.linalg.norm(a) - np.linalg.norm(b)) / (np.linalg.norm(a) + np.linalg.norm(b))
        if a.any()
        else 0.0
    ),
)
wrong(
    "05.norm_error",
    "larger of the two",
    lambda a, b: (
        np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b)) if a.any() else 0.0
    ),
)
wrong(
    "05.norm_error",
    "sums of absolute values",
    lambda a, b: np.abs(a - b).sum() / (np.abs(a).sum() + np.abs(b).sum()) if a.any() else 0.0,
)
wrong(
    "05.norm_error",
    "returns None for zeros",
    lambda a, b: (
        np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)) if a.any() else None
    ),
)
wrong(
    "05.norm_error",
    "half",
    lambda a, b: (
        2 * np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)) if a.any() else 0.0
    ),
)
wrong(
    "05.norm_error",
    "spectral norm",
    lambda a, b: (
        np.linalg.norm(a - b, 2) / (np.linalg.norm(a, 2) + np.linalg.norm(b, 2))
        if a.any()
        else 0.0
    ),
)
wrong("05.norm_error", "entry by entry", lambda a, b: np.abs(a - b) / (np.abs(a) + np.abs(b)))
wrong(
    "05.norm_error",
    "brackets",
    lambda a, b: (
        np.linalg.norm(a - b) / np.linalg.norm(a) + np.linalg.norm(b) if a.any() else 0.0
    ),
)
wrong(
    "05.norm_error",
    "lengths row by row",
    lambda a, b: (
        np.linalg.norm(a - b, axis=-1)
        / (np.linalg.norm(a, axis=-1) + np.linalg.norm(b, axis=-1))
        if a.any()
        else 0.0
    ),
)


def moved(loss, params, directions, h):
    return loss([p + h * v for p, v in zip(params, directions)])


def claim(grads, directions):
    return sum((g * v).sum() for g, v in zip(grads, directions))


@wrong("05.slopes_along", "only the first array is moved")
def _(loss, params, grads, directions, h):
    up = [params[0] + h * directions[0], *params[1:]]
    down = [params[0] - h * directions[0], *params[1:]]
    return (loss(up) - loss(down)) / (2 * h), claim(grads, directions)


@wrong("05.slopes_along", "each array on its own, the slopes added up")
def _(loss, params, grads, directions, h):
    total = 0.0
    for i in range(len(params)):
        up = [p + h * v if j == i else p for j, (p, v) in enumerate(zip(params, directions))]
        down = [p - h * v if j == i else p for j, (p, v) in enumerate(zip(params, directions))]
        total += (loss(up) - loss(down)) / (2 * h)
    return total, claim(grads, directions)


@wrong("05.slopes_along", "the directions are made to length 1")
def _(loss, params, grads, directions, h):
    length = np.sqrt(sum((v**2).sum() for v in directions))
    unit = [v / length for v in directions]
    return (moved(loss, params, unit, h) - moved(loss, params, unit, -h)) / (2 * h), claim(
        grads, unit
    )


@wrong("05.slopes_along", "only the first array in the claim")
def _(loss, params, grads, directions, h):
    measured = (moved(loss, params, directions, h) - moved(loss, params, directions, -h)) / (
        2 * h
    )
    return measured, float(np.sum(grads[0] * directions[0]))


@wrong("05.slopes_along", "a list of claims")
def _(loss, params, grads, directions, h):
    measured = (moved(loss, params, directions, h) - moved(loss, params, directions, -h)) / (
        2 * h
    )
    return measured, [(g * v).sum() for g, v in zip(grads, directions)]


@wrong("05.slopes_along", "exchanged")
def _(loss, params, grads, directions, h):
    measured = (moved(loss, params, directions, h) - moved(loss, params, directions, -h)) / (
        2 * h
    )
    return claim(grads, directions), measured


@wrong("05.slopes_along", "direction left out in the step")
def _(loss, params, grads, directions, h):
    up, down = loss([p + h for p in params]), loss([p - h for p in params])
    return (up - down) / (2 * h), claim(grads, directions)


@wrong("05.slopes_along", "the sign")
def _(loss, params, grads, directions, h):
    measured = (moved(loss, params, directions, -h) - moved(loss, params, directions, h)) / (
        2 * h
    )
    return measured, claim(grads, directions)


@wrong("05.slopes_along", "list plus array")
def _(loss, params, grads, directions, h):
    return (loss(params + h * directions) - loss(params - h * directions)) / (2 * h), claim(
        grads, directions
    )


@wrong("05.slopes_along", "writes into params")
def _(loss, params, grads, directions, h):
    for p, v in zip(params, directions):
        p += h * v
    up = loss(params)
    for p, v in zip(params, directions):
        p -= 2 * h * v
    return (up - loss(params)) / (2 * h), claim(grads, directions)


@wrong("05.slopes_along", "divided by 2 times h by precedence")
def _(loss, params, grads, directions, h):
    return (
        moved(loss, params, directions, h) - moved(loss, params, directions, -h)
    ) / 2 * h, claim(grads, directions)


@wrong("05.slopes_along", "matrix product in the claim")
def _(loss, params, grads, directions, h):
    measured = (moved(loss, params, directions, h) - moved(loss, params, directions, -h)) / (
        2 * h
    )
    return measured, sum((np.abs(g) * v).sum() for g, v in zip(grads, directions))


for line, mistakes in {
    "one_sided": [
        ("times h", lambda f, theta, h: (f(theta + h) - f(theta)) * h),
        ("over 2h", lambda f, theta, h: (f(theta + h) - f(theta)) / (2 * h)),
        ("over theta", lambda f, theta, h: (f(theta + h) - f(theta)) / theta),
        ("the loss itself", lambda f, theta, h: f(theta + h)),
        ("absolute", lambda f, theta, h: abs(f(theta + h) - f(theta)) / -h),
        ("over the loss", lambda f, theta, h: (f(theta + h) - f(theta)) / f(theta)),
        ("added", lambda f, theta, h: (f(theta + h) + f(theta)) / h),
        ("f of the rise", lambda f, theta, h: f(theta + h - theta) / h),
        ("two steps", lambda f, theta, h: (f(theta + 2 * h) - f(theta)) / (2 * h)),
        ("its own small step", lambda f, theta, h: (f(theta + 1e-5) - f(theta)) / 1e-5),
    ],
    "central": [
        ("half steps", lambda f, theta, h: (f(theta + h / 2) - f(theta - h / 2)) / h),
        ("over h squared", lambda f, theta, h: (f(theta + h) - f(theta - h)) / h**2),
        ("over 4h", lambda f, theta, h: (f(theta + h) - f(theta - h)) / (4 * h)),
        ("around 0", lambda f, theta, h: (f(h) - f(-h)) / (2 * h)),
        ("backwards", lambda f, theta, h: (f(theta) - f(theta - h)) / h),
        ("times 2h", lambda f, theta, h: (f(theta + h) - f(theta - h)) * 2 * h),
        ("absolute", lambda f, theta, h: -abs(f(theta + h) - f(theta - h)) / (2 * h)),
        ("one side over 2h", lambda f, theta, h: (f(theta + h) - f(theta)) / (2 * h)),
        ("multiplied", lambda f, theta, h: f(theta + h) * f(theta - h) / (2 * h)),
        ("its own small step", lambda f, theta, h: (f(theta + 1e-5) - f(theta - 1e-5)) / 2e-5),
    ],
    "relative_error": [
        ("smaller of both", lambda a, b: np.abs(a - b).max() / min(abs(a).max(), abs(b).max())),
        ("sum of both arrays", lambda a, b: np.abs(a - b).max() / np.abs(a + b).max()),
        (
            "smallest difference",
            lambda a, b: abs(a - b).min() / max(abs(a).max(), abs(b).max()),
        ),
        ("an array", lambda a, b: np.abs(a - b) / max(np.abs(a).max(), np.abs(b).max())),
        ("summed", lambda a, b: np.abs(a - b).sum() / max(abs(a).max(), abs(b).max())),
        ("ratio", lambda a, b: np.abs(a).max() / np.abs(b).max()),
        ("difference of maxima", lambda a, b: abs(a.max() - b.max()) / max(a.max(), b.max())),
        ("squared", lambda a, b: ((a - b) ** 2).max() / max((a**2).max(), (b**2).max())),
        ("upside down", lambda a, b: max(abs(a).max(), abs(b).max()) / np.abs(a - b).max()),
        ("per cent", lambda a, b: 100 * abs(a - b).max() / max(abs(a).max(), abs(b).max())),
    ],
}.items():
    for mistake, answer in mistakes:
        wrong(f"05.wall.{line}", mistake, answer)

right("05.wall.one_sided", "numpy", lambda f, theta, h: np.subtract(f(theta + h), f(theta)) / h)
right("05.wall.central", "halves", lambda f, theta, h: (f(theta + h) - f(theta - h)) / h / 2)
right("05.wall.central", "0.5", lambda f, theta, h: 0.5 * (f(theta + h) - f(theta - h)) / h)
right(
    "05.wall.relative_error",
    "np.max of both",
    lambda a, b: np.max(np.abs(a - b)) / np.max(np.abs([a, b])),
)

wrong(
    "05.wall.central",
    "two pairs of brackets forgotten",
    lambda f, theta, h: f(theta + h) - f(theta - h) / 2 * h,
)
