"""What can be told of a digit without a network: its loop, its slant, its ink, its neighbours.

Whoever finds reasons for mistakes has to look for the same reasons among what was read rightly.
These are four rules that can be applied to both. Each takes images (N, 784) or (N, 28, 28),
floats from 0 (paper) to 1 (ink); notebook 16, 'What do thirty mistakes have in common?'.
"""

import numpy as np

SIDE = 28
WHITE = 0.3  # less ink than this is paper
SMALLEST = 4  # pixels: a smaller patch of enclosed paper is no loop


def has_loop(X):
    """Whether there is paper that the outside cannot reach: (N,) bool.

    A flood comes in from above the image, one pixel to the side, up or down at each step, where
    there is less ink than 0.3. A loop is where at least four pixels stay dry.
    """
    paper = np.pad(_images(X) < WHITE, ((0, 0), (1, 1), (1, 1)), constant_values=True)
    wet, before = np.zeros_like(paper), -1
    wet[:, 0] = True  # the row above the image
    while wet.sum() > before:
        before, flood = wet.sum(), wet.copy()
        flood[:, 1:] |= wet[:, :-1]
        flood[:, :-1] |= wet[:, 1:]
        flood[:, :, 1:] |= wet[:, :, :-1]
        flood[:, :, :-1] |= wet[:, :, 1:]
        wet = flood & paper
    return (paper & ~wet).sum(axis=(1, 2)) >= SMALLEST


def slant(X):
    """By how many columns the ink leans to the right on its way up one row: (N,) floats.

    With dx and dy the distance of a pixel from the centre of the ink, to the right and down,
    and v its ink, it is −Σ v dx dy / Σ v dy²: 0 for an upright stroke, 1 for a diagonal /.
    Where all ink lies in one row, or there is none, it is 0.
    """
    images = _images(X)
    total = np.maximum(images.sum(axis=(1, 2)), 1e-12)[:, None, None]
    down, across = np.arange(SIDE)[:, None], np.arange(SIDE)
    dy = down - (images * down).sum(axis=(1, 2), keepdims=True) / total  # (N, 28, 1)
    dx = across - (images * across).sum(axis=(1, 2), keepdims=True) / total  # (N, 1, 28)
    spread = (images * dy**2).sum(axis=(1, 2))
    leaning = -(images * dx * dy).sum(axis=(1, 2))
    return np.divide(leaning, spread, out=np.zeros(len(images)), where=spread > 1e-12)


def ink(X):
    """How much ink there is: the sum over the pixels, (N,) floats."""
    return _images(X).sum(axis=(1, 2))


def neighbours(known, X, count=5):
    """The labels of the `count` known digits nearest to each image, the nearest first.

    known: Digits, or (X, y). Returns (N, count) labels. Distances are Euclidean, over pixels.
    """
    known_X, known_y = known[0], np.asarray(known[1])
    flat, given = _images(known_X).reshape(-1, SIDE**2), _images(X).reshape(-1, SIDE**2)
    if not 1 <= count <= len(flat):
        raise ValueError(f"count is from 1 to the {len(flat)} known digits; got {count}")
    # |x − l|² is |l|² − 2 x·l + |x|², and |x|² changes no order.
    distance = (flat**2).sum(axis=1) - 2 * given @ flat.T
    return known_y[np.argsort(distance, axis=1, kind="stable")[:, :count]]


def oddities(known, X, y):
    """What is odd about each digit, judged by known digits of its own class.

    known: Digits, or (X, y), of every class that occurs in y (N,). Returns a dict of (N,) bool:

    loop         it has a loop where most known ones have none, or has none where most have one
    slant, ink   outside the middle 90 % of the known ones, so that one digit in ten is odd
    neighbours   of the five nearest known digits, three or more are of another class

    Raises ValueError where a class of y has no known digit.
    """
    known_X, known_y, y = known[0], np.asarray(known[1]), np.asarray(y)
    classes = np.unique(y)
    if missing := sorted(set(classes.tolist()) - set(np.unique(known_y).tolist())):
        raise ValueError(f"no known digit of class {', '.join(map(str, missing))}")
    place = np.searchsorted(classes, y)  # (N,) which row of a table belongs to the digit
    looped = has_loop(known_X)
    usual = np.array([looped[known_y == k].mean() > 0.5 for k in classes])
    found = {"loop": has_loop(X) != usual[place]}
    for name, rule in (("slant", slant), ("ink", ink)):
        values, mine = rule(known_X), rule(X)
        ends = [np.quantile(values[known_y == k], (0.05, 0.95)) for k in classes]
        low, high = np.array(ends)[place].T
        found[name] = (mine < low) | (mine > high)
    near = neighbours((known_X, known_y), X)
    found["neighbours"] = (near != y[:, None]).sum(axis=1) >= 3
    return found


def _images(X):
    X = np.asarray(X)
    if X.shape[1:] not in ((SIDE**2,), (SIDE, SIDE)):
        raise ValueError(f"images are (N, 784) or (N, 28, 28); got shape {X.shape}")
    return X.reshape(-1, SIDE, SIDE)
