"""Answers to the exercises of notebook 18, written from its text."""

import numpy as np
from wrong_answers import right, wrong

for letter, mistakes in {
    "rows": [
        ("min and max of the ink", lambda picture: (picture.min(), picture.max())),
        ("all rows", lambda picture: (0, len(picture) - 1)),
        ("where gives pairs", lambda picture: np.where(picture > 0.1)),
        ("the columns", lambda picture: tuple(np.where(picture.max(axis=0) > 0.1)[0][[0, -1]])),
        (
            "below in place of above",
            lambda picture: tuple(np.where((picture < 0.1).any(axis=1))[0][[0, -1]]),
        ),
        (
            "a threshold of a half",
            lambda picture: tuple(np.where((picture > 0.5).any(axis=1))[0][[0, -1]]),
        ),
        ("first row only", lambda picture: np.where((picture > 0.1).any(axis=1))[0][0]),
        (
            "last then first",
            lambda picture: tuple(np.where((picture > 0.1).any(axis=1))[0][[-1, 0]]),
        ),
        (
            "one-based",
            lambda picture: tuple(np.where((picture > 0.1).any(axis=1))[0][[0, -1]] + 1),
        ),
        ("booleans", lambda picture: (picture > 0.1).any(axis=1)),
        (
            "argmax twice",
            lambda picture: (
                (picture > 0.1).any(axis=1).argmax(),
                (picture > 0.1).any(axis=1)[::-1].argmax(),
            ),
        ),
        ("not zero", lambda picture: tuple(np.where(picture.any(axis=1))[0][[0, -1]])),
    ],
    "scale": [
        ("times in place of over", lambda height, width: 20 * max(height, width)),
        ("28", lambda height, width: 28 / max(height, width)),
        ("the smaller", lambda height, width: 20 / min(height, width)),
        ("upside down", lambda height, width: max(height, width) / 20),
        ("sum of the sides", lambda height, width: 20 / (height + width)),
        ("rounded", lambda height, width: round(20 / max(height, width))),
        ("integer division", lambda height, width: max(height, width) // 20),
        ("280", lambda height, width: max(height, width) / 280),
        ("a tenth", lambda height, width: 0.1),
        ("root", lambda height, width: np.sqrt(20 / max(height, width))),
        ("minus one", lambda height, width: 19 / max(height, width)),
        ("ratio", lambda height, width: height / width),
    ],
    "centre": [
        ("mean of the picture", lambda picture: picture.mean()),
        ("mean along rows", lambda picture: picture.mean(axis=1)),
        (
            "columns",
            lambda picture: np.average(
                np.arange(picture.shape[1]), weights=picture.sum(axis=0)
            ),
        ),
        (
            "counted from one",
            lambda picture: np.average(
                np.arange(1, len(picture) + 1), weights=picture.sum(axis=1)
            ),
        ),
        (
            "mean weights, no division",
            lambda picture: (np.arange(len(picture)) * picture.mean(axis=1)).sum(),
        ),
        (
            "over the rows",
            lambda picture: np.arange(len(picture)) @ picture.sum(axis=1) / len(picture),
        ),
        ("unweighted", lambda picture: np.arange(len(picture)).mean()),
        (
            "threshold",
            lambda picture: np.average(
                np.arange(len(picture)), weights=(picture > 0.1).sum(axis=1)
            ),
        ),
        ("median", lambda picture: np.median(np.where(picture > 0.1)[0])),
        ("darkest row", lambda picture: picture.sum(axis=1).argmax()),
        (
            "normalised by the maximum",
            lambda picture: np.arange(len(picture)) @ picture.sum(axis=1) / picture.max(),
        ),
        (
            "squared",
            lambda picture: np.average(
                np.arange(len(picture)) ** 2, weights=picture.sum(axis=1)
            ),
        ),
        (
            "integer",
            lambda picture: int(
                np.average(np.arange(len(picture)), weights=picture.sum(axis=1))
            ),
        ),
    ],
    "start": [
        ("14 and no halves", lambda centre, first, s: round(14 - (centre - first) * s)),
        ("no rounding", lambda centre, first, s: 14.5 - (centre - first + 0.5) * s),
        ("floor", lambda centre, first, s: np.floor(14.5 - (centre - first + 0.5) * s)),
        ("ceil", lambda centre, first, s: np.ceil(14.5 - (centre - first + 0.5) * s)),
        ("first not taken off", lambda centre, first, s: round(14.5 - (centre + 0.5) * s)),
        ("plus", lambda centre, first, s: round(14.5 + (centre - first + 0.5) * s)),
        ("no scale", lambda centre, first, s: round(14.5 - (centre - first + 0.5))),
        ("over s", lambda centre, first, s: round(14.5 - (centre - first + 0.5) / s)),
        ("half outside", lambda centre, first, s: round(14.5 - (centre - first) * s + 0.5)),
        ("minus half", lambda centre, first, s: round(14.5 - (centre - first - 0.5) * s)),
        ("first scaled alone", lambda centre, first, s: round(14.5 - centre - first * s)),
        ("the distance", lambda centre, first, s: round((centre - first + 0.5) * s)),
        ("the example", lambda centre, first, s: 7),
    ],
    "shares": [
        (
            "no division",
            lambda top, j, s: np.maximum(
                0, np.minimum(top + 1 / s, j + 1) - np.maximum(top, j)
            ),
        ),
        (
            "negative ones",
            lambda top, j, s: (np.minimum(top + 1 / s, j + 1) - np.maximum(top, j)) * s,
        ),
        (
            "s in place of 1/s",
            lambda top, j, s: (
                np.maximum(0, np.minimum(top + s, j + 1) - np.maximum(top, j)) * s
            ),
        ),
        (
            "divided by s",
            lambda top, j, s: (
                np.maximum(0, np.minimum(top + 1 / s, j + 1) - np.maximum(top, j)) / s
            ),
        ),
        (
            "ends at top + 1",
            lambda top, j, s: (
                np.maximum(0, np.minimum(top + 1, j + 1) - np.maximum(top, j)) * s
            ),
        ),
        ("nearest", lambda top, j, s: (np.round(top) == j) * 1.0),
        ("whole rows only", lambda top, j, s: ((top <= j) & (j + 1 <= top + 1 / s)) * s),
        ("min alone", lambda top, j, s: np.minimum(top + 1 / s, j + 1) * s),
        (
            "absolute",
            lambda top, j, s: np.abs(np.minimum(top + 1 / s, j + 1) - np.maximum(top, j)) * s,
        ),
        (
            "capped at one",
            lambda top, j, s: np.clip(
                np.minimum(top + 1 / s, j + 1) - np.maximum(top, j), 0, 1
            ),
        ),
        (
            "normalised over the wrong axis",
            lambda top, j, s: (lambda A: A / np.maximum(A.sum(axis=0), 1e-9))(
                np.maximum(0, np.minimum(top + 1 / s, j + 1) - np.maximum(top, j))
            ),
        ),
        ("python max", lambda top, j, s: max(0, min(top + 1 / s, j + 1) - max(top, j)) * s),
    ],
}.items():
    for said, mistake in mistakes:
        wrong(f"18.wall.{letter}", said, mistake)

right(
    "18.wall.rows",
    "a list",
    lambda picture: [int(r) for r in np.where((picture > 0.1).any(axis=1))[0][[0, -1]]],
)
right(
    "18.wall.rows",
    "nonzero",
    lambda picture: tuple(np.nonzero(picture.max(axis=1) > 0.1)[0][[0, -1]]),
)
right("18.wall.scale", "if", lambda height, width: 20 / (height if height > width else width))
right(
    "18.wall.centre",
    "a product",
    lambda picture: picture.sum(axis=1) @ np.arange(picture.shape[0]) / picture.sum(),
)
right(
    "18.wall.centre",
    "broadcast",
    lambda picture: (picture * np.arange(len(picture))[:, None]).sum() / picture.sum(),
)
right(
    "18.wall.start",
    "a float",
    lambda centre, first, s: np.round(14.5 - (centre + 0.5 - first) * s),
)
right(
    "18.wall.start",
    "floor and a half",
    lambda centre, first, s: np.floor(15 - (centre - first + 0.5) * s),
)
right(
    "18.wall.shares",
    "where",
    lambda top, j, s: (lambda A: np.where(A > 0, A, 0) / (1 / s))(
        np.minimum(top + 1 / s, j + 1) - np.maximum(top, j)
    ),
)


@wrong("18.forward", "bends the scores")
def _(x, layers):
    for W, b in layers:
        x = np.maximum(x @ W + b, 0)
    return np.exp(x - x.max()) / np.exp(x - x.max()).sum()


@wrong("18.forward", "returns in the loop")
def _(x, layers):
    for W, b in layers:
        z = x @ W + b
        return np.exp(z - z.max()) / np.exp(z - z.max()).sum()


@wrong("18.forward", "always uses the image")
def _(x, layers):
    for W, b in layers:
        z = np.maximum(x @ W + b, 0)
    return np.exp(z - z.max()) / np.exp(z - z.max()).sum()


@wrong("18.forward", "no softmax")
def _(x, layers):
    for i, (W, b) in enumerate(layers):
        x = x @ W + b
        if i + 1 < len(layers):
            x = np.maximum(x, 0)
    return x


@wrong("18.forward", "overflow")
def _(x, layers):
    *first, (W, b) = layers
    for V, c in first:
        x = np.maximum(x @ V + c, 0)
    e = np.exp(x @ W + b)
    return e / e.sum()


@wrong("18.forward", "largest taken off after the exponential")
def _(x, layers):
    *first, (W, b) = layers
    for V, c in first:
        x = np.maximum(x @ V + c, 0)
    e = np.exp(x @ W + b)
    e = e - e.max()
    return e / e.sum()


@wrong("18.forward", "two layers only")
def _(x, layers):
    (W1, b1), (W2, b2) = layers[0], layers[-1]
    z = np.maximum(x @ W1 + b1, 0) @ W2 + b2
    return np.exp(z - z.max()) / np.exp(z - z.max()).sum()


@wrong("18.forward", "no bias")
def _(x, layers):
    for i, (W, _) in enumerate(layers):
        x = x @ W
        if i < len(layers) - 1:
            x = np.maximum(x, 0)
    return np.exp(x - x.max()) / np.exp(x - x.max()).sum()


@wrong("18.forward", "no ReLU")
def _(x, layers):
    for W, b in layers:
        x = x @ W + b
    return np.exp(x - x.max()) / np.exp(x - x.max()).sum()


@wrong("18.forward", "the digit")
def _(x, layers):
    for i, (W, b) in enumerate(layers):
        x = x @ W + b
        if i < len(layers) - 1:
            x = np.maximum(x, 0)
    return x.argmax()


@wrong("18.forward", "axis=1 of one image")
def _(x, layers):
    for i, (W, b) in enumerate(layers):
        x = x @ W + b
        if i < len(layers) - 1:
            x = np.maximum(x, 0)
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@wrong("18.forward", "divides by the maximum")
def _(x, layers):
    for i, (W, b) in enumerate(layers):
        x = x @ W + b
        if i < len(layers) - 1:
            x = np.maximum(x, 0)
    e = np.exp(x / x.max())
    return e / e.sum()


@right("18.forward", "recursion")
def _(x, layers):
    def scores(a, rest):
        (W, b), *more = rest
        z = a @ W + b
        return scores(z * (z > 0), more) if more else z

    z = scores(x, list(layers))
    return np.exp(z - z.max()) / np.sum(np.exp(z - z.max()))


@right("18.forward", "a batch of one")
def _(x, layers):
    a = x[None]
    for k in range(len(layers)):
        W, b = layers[k]
        a = a @ W + b
        if k != len(layers) - 1:
            a[a < 0] = 0
    a = a - a.max(axis=1, keepdims=True)
    e = np.exp(a)
    return (e / e.sum(axis=1, keepdims=True))[0]


for said, mistake in [
    (
        "of the rows",
        lambda W, largest: (
            np.rint(W / (np.abs(W).max(axis=1, keepdims=True) / largest)).astype(np.int8),
            np.abs(W).max(axis=1) / largest,
        ),
    ),
    (
        "one for all",
        lambda W, largest: (
            np.rint(W / (np.abs(W).max() / largest)).astype(np.int8),
            np.abs(W).max() / largest,
        ),
    ),
    (
        "no absolute value",
        lambda W, largest: (
            np.clip(np.rint(W / (W.max(axis=0) / largest)), -127, 127).astype(np.int8),
            W.max(axis=0) / largest,
        ),
    ),
    (
        "not rounded",
        lambda W, largest: (
            W / (np.abs(W).max(axis=0) / largest),
            np.abs(W).max(axis=0) / largest,
        ),
    ),
    (
        "cut off",
        lambda W, largest: (
            (W / (np.abs(W).max(axis=0) / largest)).astype(np.int8),
            np.abs(W).max(axis=0) / largest,
        ),
    ),
    (
        "floor",
        lambda W, largest: (
            np.floor(W / (np.abs(W).max(axis=0) / largest)).astype(np.int8),
            np.abs(W).max(axis=0) / largest,
        ),
    ),
    (
        "swapped",
        lambda W, largest: (
            np.abs(W).max(axis=0) / largest,
            np.rint(W / (np.abs(W).max(axis=0) / largest)).astype(np.int8),
        ),
    ),
    (
        "whole alone",
        lambda W, largest: np.rint(W / (np.abs(W).max(axis=0) / largest)).astype(np.int8),
    ),
    (
        "scaled back",
        lambda W, largest: (
            np.rint(W / (np.abs(W).max(axis=0) / largest)) * np.abs(W).max(axis=0) / largest,
            np.abs(W).max(axis=0) / largest,
        ),
    ),
    (
        "the largest itself",
        lambda W, largest: (
            np.rint(W / np.abs(W).max(axis=0)).astype(np.int8),
            np.abs(W).max(axis=0),
        ),
    ),
    (
        "by the spread",
        lambda W, largest: (
            np.rint(W / (W.std(axis=0) / largest)).clip(-127, 127).astype(np.int8),
            W.std(axis=0) / largest,
        ),
    ),
    (
        "a list of scales",
        lambda W, largest: (np.rint(W * largest).astype(np.int8), [1 / largest] * W.shape[1]),
    ),
]:
    wrong("18.whole_numbers", said, mistake)


@right("18.whole_numbers", "integers of another type")
def _(W, largest):
    scale = np.array([max(abs(column)) / largest for column in W.T])
    return np.round(W / scale).astype(int), scale


# A second reader's, written from the text alone.


def _shared(top, j, s):
    return np.minimum(top + 1 / s, j + 1) - np.maximum(top, j)


def _inked(picture):
    return np.flatnonzero((picture > 0.1).any(axis=1))


for name, said, mistake in [
    ("rows", "an array by sums", lambda picture: np.flatnonzero(picture.sum(1) > 0.1)[[0, -1]]),
    (
        "rows",
        "an array by means",
        lambda picture: np.flatnonzero(picture.mean(1) > 0.1)[[0, -1]],
    ),
    ("rows", "an array of columns", lambda picture: _inked(picture.T)[[0, -1]]),
    ("rows", "all inked rows", _inked),
    (
        "rows",
        "rows and columns at once",
        lambda picture: (np.argwhere(picture > 0.1).min(), np.argwhere(picture > 0.1).max()),
    ),
    ("rows", "how many", lambda picture: np.ptp(_inked(picture)) + 1),
    ("scale", "one too many", lambda height, width: 20 / (max(height, width) + 1)),
    ("scale", "areas", lambda height, width: 400 / (height * width)),
    ("scale", "both sides", lambda height, width: (20 / height, 20 / width)),
    ("centre", "ink per row", lambda picture: picture.sum(axis=1).mean()),
    (
        "centre",
        "by the darkest pixel",
        lambda picture: np.average(np.arange(len(picture)), weights=picture.max(axis=1)),
    ),
    (
        "centre",
        "rows of ink count once",
        lambda picture: np.flatnonzero(picture.sum(axis=1)).mean(),
    ),
    ("centre", "weights alone", lambda picture: picture.sum(axis=1) / picture.sum()),
    (
        "start",
        "rounded before the scale",
        lambda centre, first, s: round(14.5 - (centre - first + 0.5)) * s,
    ),
    (
        "start",
        "distance rounded",
        lambda centre, first, s: 14.5 - round((centre - first + 0.5) * s),
    ),
    (
        "start",
        "half a row above",
        lambda centre, first, s: round(13.5 - (centre - first + 0.5) * s),
    ),
    (
        "shares",
        "rows lie around their number",
        lambda top, j, s: (
            np.maximum(np.minimum(top + 1 / s, j + 0.5) - np.maximum(top, j - 0.5), 0) * s
        ),
    ),
    (
        "shares",
        "s and 1 / s exchanged",
        lambda top, j, s: np.maximum(np.minimum(top + s, j + 1) - np.maximum(top, j), 0) / s,
    ),
    ("shares", "cut at one", lambda top, j, s: np.minimum(_shared(top, j, s) * s, 1)),
    ("shares", "np.max", lambda top, j, s: np.max(_shared(top, j, s), 0) * s),
    (
        "shares",
        "tent",
        lambda top, j, s: np.maximum(0, 1 - np.abs(top - j)),
    ),
]:
    wrong(f"18.wall.{name}", said, mistake)

right("18.wall.rows", "an array", lambda picture: _inked(picture)[[0, -1]])
right("18.wall.scale", "of a list", lambda height, width: 20.0 / np.max([height, width]))
right(
    "18.wall.centre",
    "einsum",
    lambda picture: (
        np.einsum("rc,r->", picture, np.arange(len(picture))) / np.einsum("rc->", picture)
    ),
)
right(
    "18.wall.shares",
    "how much lies above each end",
    lambda top, j, s: (np.clip(top + 1 / s - j, 0, 1) - np.clip(top - j, 0, 1)) * s,
)


@wrong("18.forward", "bent, then returned in the loop")
def _(x, layers):
    for W, b in layers:
        x = np.maximum(x @ W + b, 0)
        return np.exp(x - x.max()) / np.exp(x - x.max()).sum()


@wrong("18.forward", "the bias after the ReLU")
def _(x, layers):
    for W, b in layers[:-1]:
        x = np.maximum(x @ W, 0) + b
    z = x @ layers[-1][0] + layers[-1][1]
    return np.exp(z - z.max()) / np.exp(z - z.max()).sum()


@wrong("18.whole_numbers", "the span")
def _(W, largest):
    scale = np.ptp(W, axis=0) / largest
    return np.round(W / scale).astype(np.int8), scale


@wrong("18.whole_numbers", "half the span")
def _(W, largest):
    scale = np.ptp(W, axis=0) / (2 * largest)
    return np.round(W / scale).astype(np.int8), scale


@wrong("18.whole_numbers", "the spread")
def _(W, largest):
    scale = W.std(axis=0) / largest
    return np.round(W / scale).astype(np.int8), scale
