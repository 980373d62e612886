"""Fresh answers to the exercises of notebook 18, written from its text alone."""

import numpy as np
from wrong_answers import right, wrong

W = "18.wall."
wrong(
    W + "rows",
    "columns",
    lambda picture: tuple(np.flatnonzero((picture > 0.1).any(axis=0))[[0, -1]]),
)
wrong(
    W + "rows",
    "one past the last",
    lambda picture: (
        np.flatnonzero((picture > 0.1).any(axis=1))[0],
        np.flatnonzero((picture > 0.1).any(axis=1))[-1] + 1,
    ),
)
wrong(
    W + "rows",
    "any ink above 0",
    lambda picture: (
        np.flatnonzero(picture.any(axis=1))[0],
        np.flatnonzero(picture.any(axis=1))[-1],
    ),
)
wrong(
    W + "rows",
    "all, not any",
    lambda picture: tuple(np.flatnonzero((picture > 0.1).all(axis=1))[[0, -1]]),
)
wrong(
    W + "rows",
    "sum of the row above 0.1",
    lambda picture: tuple(np.flatnonzero(picture.sum(axis=1) > 0.1)[[0, -1]]),
)
wrong(
    W + "rows",
    "mean of the row",
    lambda picture: tuple(np.flatnonzero(picture.mean(axis=1) > 0.1)[[0, -1]]),
)
wrong(W + "rows", "all the rows", lambda picture: np.flatnonzero((picture > 0.1).any(axis=1)))
wrong(
    W + "rows",
    "exchanged",
    lambda picture: (
        np.flatnonzero((picture > 0.1).any(axis=1))[-1],
        np.flatnonzero((picture > 0.1).any(axis=1))[0],
    ),
)
wrong(
    W + "rows",
    "last counted from the end",
    lambda picture: (
        np.argmax((picture > 0.1).any(axis=1)),
        np.argmax((picture > 0.1).any(axis=1)[::-1]),
    ),
)
wrong(
    W + "rows",
    "at least 0.1",
    lambda picture: tuple(np.flatnonzero((picture >= 0.1).any(axis=1))[[0, -1]]),
)
right(
    W + "rows",
    "where",
    lambda picture: [np.where(picture > 0.1)[0].min(), np.where(picture > 0.1)[0].max()],
)
wrong(W + "scale", "28", lambda height, width: 28 / max(height, width))
wrong(W + "scale", "shorter side", lambda height, width: 20 / min(height, width))
wrong(W + "scale", "turned over", lambda height, width: max(height, width) / 20)
wrong(W + "scale", "height only", lambda height, width: 20 / height)
wrong(W + "scale", "whole number", lambda height, width: 20 // max(height, width))
wrong(W + "scale", "pair", lambda height, width: (20 / height, 20 / width))
wrong(W + "scale", "never grows", lambda height, width: min(1, 20 / max(height, width)))
right(W + "scale", "smaller of the two", lambda height, width: min(20 / height, 20 / width))
wrong(
    W + "centre",
    "columns",
    lambda picture: (picture.sum(axis=0) * np.arange(picture.shape[1])).sum() / picture.sum(),
)
wrong(
    W + "centre",
    "plain mean of rows with ink",
    lambda picture: np.flatnonzero(picture.any(axis=1)).mean(),
)
wrong(
    W + "centre",
    "not divided",
    lambda picture: (picture.sum(axis=1) * np.arange(len(picture))).sum(),
)
wrong(
    W + "centre",
    "divided by the rows",
    lambda picture: (picture.sum(axis=1) * np.arange(len(picture))).mean(),
)
wrong(W + "centre", "middle of the picture", lambda picture: len(picture) / 2)
wrong(
    W + "centre",
    "rows from 1",
    lambda picture: (
        (picture.sum(axis=1) * np.arange(1, len(picture) + 1)).sum() / picture.sum()
    ),
)
wrong(W + "centre", "heaviest row", lambda picture: picture.sum(axis=1).argmax())
wrong(
    W + "centre",
    "half a row more",
    lambda picture: (picture.sum(axis=1) * np.arange(len(picture))).sum() / picture.sum() + 0.5,
)
wrong(
    W + "centre",
    "only ink above 0.1",
    lambda picture: np.average(np.arange(len(picture)), weights=(picture > 0.1).sum(axis=1)),
)
right(
    W + "centre",
    "average",
    lambda picture: np.average(range(len(picture)), weights=np.sum(picture, axis=1)),
)
wrong(W + "start", "not rounded", lambda centre, first, s: 14.5 - (centre - first + 0.5) * s)
wrong(W + "start", "cut off", lambda centre, first, s: int(14.5 - (centre - first + 0.5) * s))
wrong(
    W + "start",
    "half a row forgotten",
    lambda centre, first, s: round(14.5 - (centre - first) * s),
)
wrong(
    W + "start", "14 for 14.5", lambda centre, first, s: round(14 - (centre - first + 0.5) * s)
)
wrong(
    W + "start",
    "divided by s",
    lambda centre, first, s: round(14.5 - (centre - first + 0.5) / s),
)
wrong(
    W + "start",
    "first not taken away",
    lambda centre, first, s: round(14.5 - (centre + 0.5) * s),
)
wrong(
    W + "start", "precedence", lambda centre, first, s: round(14.5 - centre - first + 0.5 * s)
)
wrong(W + "start", "plus", lambda centre, first, s: round(14.5 + (centre - first + 0.5) * s))
wrong(
    W + "start",
    "half after scaling",
    lambda centre, first, s: round(14.5 - ((centre - first) * s + 0.5)),
)
wrong(
    W + "start",
    "both halves forgotten",
    lambda centre, first, s: round(14 - (centre - first) * s),
)
right(
    W + "start",
    "floor of a half more",
    lambda centre, first, s: int(np.floor(15 - (centre - first + 0.5) * s)),
)


def overlap(top, j, s, width=None, last=1):
    width = 1 / s if width is None else width
    return np.maximum(0, np.minimum(top + width, j + last) - np.maximum(top, j))


wrong(W + "shares", "not divided by the width", lambda top, j, s: overlap(top, j, s))
wrong(W + "shares", "divided by s", lambda top, j, s: overlap(top, j, s) / s)
wrong(
    W + "shares",
    "negative where nothing is common",
    lambda top, j, s: (np.minimum(top + 1 / s, j + 1) - np.maximum(top, j)) * s,
)
wrong(W + "shares", "strip s wide", lambda top, j, s: overlap(top, j, s, width=s) * s)
wrong(W + "shares", "row a point", lambda top, j, s: ((j >= top) & (j < top + 1 / s)) * s)
wrong(
    W + "shares",
    "min and max exchanged",
    lambda top, j, s: np.maximum(0, np.maximum(top + 1 / s, j + 1) - np.minimum(top, j)) * s,
)
wrong(
    W + "shares",
    "end of the row forgotten",
    lambda top, j, s: np.maximum(0, np.minimum(top + 1 / s, j) - np.maximum(top, j)) * s,
)
wrong(
    W + "shares", "whole rows only", lambda top, j, s: ((j >= top) & (j + 1 <= top + 1 / s)) * s
)
wrong(W + "shares", "turned", lambda top, j, s: (overlap(top, j, s) * s).T)
wrong(
    W + "shares",
    "each row to 1 by its sum",
    lambda top, j, s: overlap(top, j, s) / overlap(top, j, s).sum(axis=1, keepdims=True),
)
wrong(
    W + "shares",
    "python's min",
    lambda top, j, s: max(0, min(top + 1 / s, j + 1) - max(top, j)) * s,
)
right(
    W + "shares",
    "clip",
    lambda top, j, s: (
        s * np.clip(np.clip(j + 1, top, top + 1 / s) - np.clip(j, top, top + 1 / s), 0, None)
    ),
)

F = "18.forward"


def net(relu="inner", soft="stable", bias=True, act=None):
    def answer(x, layers):
        for i, (W, b) in enumerate(layers):
            x = x @ W + (b if bias else 0)
            if relu == "all" or relu == "inner" and i < len(layers) - 1:
                x = act(x) if act else np.maximum(x, 0)
        if soft == "none":
            return x
        if soft == "naive":
            return np.exp(x) / np.exp(x).sum()
        if soft == "max":
            return x / x.sum()
        if soft == "noshift_sum":
            e = np.exp(x - x.max())
            return e
        if soft == "log":
            return x - x.max() - np.log(np.exp(x - x.max()).sum())
        if soft == "argmax":
            return x.argmax()
        if soft == "half":
            return np.exp(x - x.max()) / np.exp(x).sum()
        if soft == "min":
            return np.exp(x - x.min()) / np.exp(x - x.min()).sum()
        e = np.exp(x - x.max())
        return e / e.sum()

    return answer


wrong(F, "ReLU after the last too", net(relu="all"))
wrong(F, "no ReLU", net(relu="none"))
wrong(F, "scores", net(soft="none"))
wrong(F, "overflows", net(soft="naive"))
wrong(F, "not divided", net(soft="noshift_sum"))
wrong(F, "logs", net(soft="log"))
wrong(F, "the digit", net(soft="argmax"))
wrong(F, "shift above only", net(soft="half"))
wrong(F, "shift by the least", net(soft="min"))
wrong(F, "no bias", net(bias=False))
wrong(F, "sigmoid", net(act=lambda x: 1 / (1 + np.exp(-x))))
wrong(F, "leaky", net(act=lambda x: np.where(x > 0, x, 0.01 * x)))
wrong(F, "sum not exp", net(soft="max"))


@wrong(F, "three layers fixed")
def _(x, layers):
    (W1, b1), (W2, b2), (W3, b3) = layers
    z = np.maximum(np.maximum(x @ W1 + b1, 0) @ W2 + b2, 0) @ W3 + b3
    e = np.exp(z - z.max())
    return e / e.sum()


@wrong(F, "softmax in each layer")
def _(x, layers):
    for W, b in layers:
        z = np.maximum(x @ W + b, 0)
        e = np.exp(z - z.max())
        x = e / e.sum()
    return x


@wrong(F, "each layer from the first x")
def _(x, layers):
    for W, b in layers[:-1]:
        a = np.maximum(x @ W + b, 0)
    W, b = layers[-1]
    z = a @ W + b
    return np.exp(z - z.max()) / np.exp(z - z.max()).sum()


@wrong(F, "W first")
def _(x, layers):
    for W, b in layers[:-1]:
        x = np.maximum(W @ x + b, 0)
    z = layers[-1][0] @ x + layers[-1][1]
    return np.exp(z - z.max()) / np.exp(z - z.max()).sum()


@wrong(F, "sums over axis 1")
def _(x, layers):
    for W, b in layers[:-1]:
        x = np.maximum(x @ W + b, 0)
    z = x @ layers[-1][0] + layers[-1][1]
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@right(F, "recursive, in Python")
def _(x, layers):
    def deep(x, rest):
        W, b = rest[0]
        z = [sum(x[m] * W[m, j] for m in range(len(x))) + b[j] for j in range(len(b))]
        return z if len(rest) == 1 else deep([max(v, 0) for v in z], rest[1:])

    z = np.array(deep(list(x), list(layers)))
    e = np.exp(z - max(z))
    return list(e / e.sum())


Q = "18.whole_numbers"


def quantised(size=lambda W: np.abs(W).max(axis=0), cut=np.rint, back=False):
    def answer(W, largest):
        scale = size(W) / largest
        whole = cut(W / scale)
        return (scale, whole) if back else (whole, scale)

    return answer


wrong(Q, "one scale for all", quantised(size=lambda W: np.abs(W).max()))
wrong(
    Q,
    "rows",
    lambda W, largest: (
        np.rint(W / (np.abs(W).max(axis=1, keepdims=True) / largest)),
        np.abs(W).max(axis=1) / largest,
    ),
)
wrong(Q, "no size, the largest value", quantised(size=lambda W: W.max(axis=0)))
wrong(Q, "not rounded", quantised(cut=lambda V: V))
wrong(Q, "cut off", quantised(cut=lambda V: V.astype(int)))
wrong(Q, "floor", quantised(cut=np.floor))
wrong(Q, "pair exchanged", quantised(back=True))
wrong(
    Q,
    "scale turned over",
    lambda W, largest: (
        np.rint(W * largest / np.abs(W).max(axis=0)),
        largest / np.abs(W).max(axis=0),
    ),
)
wrong(
    Q,
    "127 fixed",
    lambda W, largest: (
        np.rint(W / (np.abs(W).max(axis=0) / 127)),
        np.abs(W).max(axis=0) / 127,
    ),
)
wrong(
    Q,
    "largest not used in the scale",
    lambda W, largest: (np.rint(W / np.abs(W).max(axis=0)), np.abs(W).max(axis=0)),
)
wrong(
    Q,
    "times the scale",
    lambda W, largest: (
        np.rint(W * np.abs(W).max(axis=0) / largest),
        np.abs(W).max(axis=0) / largest,
    ),
)
wrong(
    Q,
    "whole multiplied back",
    lambda W, largest: (
        np.rint(W / (np.abs(W).max(axis=0) / largest)) * (np.abs(W).max(axis=0) / largest),
        np.abs(W).max(axis=0) / largest,
    ),
)
wrong(
    Q, "unsigned bytes wrap", quantised(cut=lambda V: np.rint(V).astype(int).astype(np.uint8))
)
wrong(Q, "spread for the largest", quantised(size=lambda W: W.std(axis=0)))
wrong(Q, "range of the column", quantised(size=lambda W: W.max(axis=0) - W.min(axis=0)))
wrong(
    Q,
    "scale as a row",
    lambda W, largest: (
        np.rint(W / (np.abs(W).max(axis=0) / largest)),
        np.abs(W).max(axis=0, keepdims=True) / largest,
    ),
)
right(
    Q,
    "columns, int8",
    lambda W, largest: [
        np.stack([np.round(w / max(abs(w)) * largest) for w in W.T], axis=1).astype(np.int8),
        [max(abs(w)) / largest for w in W.T],
    ],
)
