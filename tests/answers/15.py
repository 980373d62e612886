"""Answers to the exercises of notebook 15, written from its text."""

import math

import numpy as np
import pandas as pd
from wrong_answers import right, wrong

O = "15.in_order"
wrong(O, "the order itself", lambda ids, labels: np.argsort(ids))
wrong(O, "the ids sorted", lambda ids, labels: np.sort(ids))
wrong(O, "labels as they are", lambda ids, labels: labels)
wrong(O, "descending", lambda ids, labels: labels[np.argsort(-ids)])
wrong(O, "argsort twice", lambda ids, labels: labels[np.argsort(np.argsort(ids))])
wrong(O, "argsort of the labels", lambda ids, labels: labels[np.argsort(labels)])
wrong(O, "index out of range", lambda ids, labels: labels[ids])
wrong(O, "pairs", lambda ids, labels: sorted(zip(ids.tolist(), labels.tolist())))
wrong(
    O,
    "one place too late by a zero",
    lambda ids, labels: np.concatenate([[0], labels[np.argsort(ids)]]),
)
wrong(O, "first lost", lambda ids, labels: labels[np.argsort(ids)][1:])
right(O, "list", lambda ids, labels: [int(x) for _, x in sorted(zip(ids, labels))])

A = "15.average_scores"


def soft(Z, axis=-1):
    E = np.exp(Z - Z.max(axis=axis, keepdims=True))
    return E / E.sum(axis=axis, keepdims=True)


wrong(A, "averaged over images", lambda Z: soft(Z.mean(axis=1)))
wrong(A, "averaged over digits", lambda Z: soft(Z.mean(axis=2)))
wrong(A, "softmax over networks", lambda Z: soft(Z, axis=0).mean(axis=0))
wrong(
    A, "naive exp", lambda Z: np.exp(Z.mean(0)) / np.exp(Z.mean(0)).sum(axis=1, keepdims=True)
)
wrong(A, "the digits", lambda Z: Z.mean(axis=0).argmax(axis=1))
wrong(A, "median", lambda Z: soft(np.median(Z, axis=0)))
wrong(A, "largest score", lambda Z: soft(Z.max(axis=0)))
wrong(A, "first network", lambda Z: soft(Z[0]))
wrong(A, "columns normalised", lambda Z: soft(Z.mean(axis=0), axis=0))
wrong(
    A,
    "product without the root",
    lambda Z: (lambda P: P / P.sum(axis=1, keepdims=True))(np.prod(soft(Z), axis=0)),
)
wrong(
    A,
    "sum normalised over everything",
    lambda Z: (lambda E: E / E.sum())(np.exp(Z.mean(0) - Z.mean(0).max())),
)
wrong(
    A, "log-probabilities averaged, not exponentiated", lambda Z: np.log(soft(Z)).mean(axis=0)
)

L = "15.limit_of_many"


def brier(P, y):
    return ((P - np.eye(10)[y]) ** 2).sum(axis=1).mean()


wrong(L, "the better of the two", lambda P, Q, y: min(brier(P, y), brier(Q, y)))
wrong(
    L,
    "mean of the two minus V, mean over digits too",
    lambda P, Q, y: ((P - np.eye(10)[y]) * (Q - np.eye(10)[y])).mean(),
)
wrong(
    L,
    "V is added",
    lambda P, Q, y: (brier(P, y) + brier(Q, y)) / 2 + ((P - Q) ** 2).sum(1).mean() / 2,
)
wrong(
    L,
    "V a quarter",
    lambda P, Q, y: (brier(P, y) + brier(Q, y)) / 2 - ((P - Q) ** 2).sum(1).mean() / 4,
)
wrong(L, "sum for the mean", lambda P, Q, y: ((P - np.eye(10)[y]) * (Q - np.eye(10)[y])).sum())
wrong(
    L,
    "sum of the two minus V",
    lambda P, Q, y: brier(P, y) + brier(Q, y) - ((P - Q) ** 2).sum(1).mean() / 2,
)
wrong(L, "V alone", lambda P, Q, y: ((P - Q) ** 2).sum(1).mean() / 2)
wrong(L, "one network", lambda P, Q, y: brier(P, y))
wrong(L, "per image", lambda P, Q, y: ((P - np.eye(10)[y]) * (Q - np.eye(10)[y])).sum(axis=1))
wrong(
    L,
    "no square in V",
    lambda P, Q, y: (brier(P, y) + brier(Q, y)) / 2 - np.abs(P - Q).sum(1).mean() / 2,
)
wrong(L, "product of the probabilities", lambda P, Q, y: brier(np.sqrt(P * Q), y))

R = "15.rows_needed"
wrong(R, "gap not squared", lambda q, gap: math.ceil(4 * q / gap))
wrong(R, "not rounded", lambda q, gap: 4 * q / gap**2)
wrong(R, "floor plus one", lambda q, gap: int(4 * q / gap**2) + 1)
wrong(R, "upside down", lambda q, gap: math.ceil(gap**2 / (4 * q)))
wrong(R, "half", lambda q, gap: math.ceil(q / (2 * gap) ** 2))
wrong(R, "q squared", lambda q, gap: math.ceil(4 * q**2 / gap**2))
wrong(R, "1.96", lambda q, gap: math.ceil(1.96**2 * q / gap**2))
wrong(R, "root of q", lambda q, gap: math.ceil(2 * math.sqrt(q) / gap))
wrong(R, "nearest", lambda q, gap: round(4 * q / gap**2))
wrong(R, "whole division", lambda q, gap: 4 * q // gap**2)
wrong(R, "brackets", lambda q, gap: math.ceil(4 * q / gap * gap))

K = "15.leaked_rows"
wrong(
    K,
    "near copies",
    lambda known, test: np.array(
        [(np.abs(known / 255 - row).max(axis=1) < 0.01).any() for row in test]
    ),
)
wrong(
    K,
    "the rows that are known",
    lambda known, test: np.array(
        [row for row in test if any((np.rint(255 * row) == k).all() for k in known)]
    ),
)
wrong(
    K,
    "how many",
    lambda known, test: sum(
        any((np.rint(255 * row) == k).all() for k in known) for row in test
    ),
)
wrong(
    K,
    "is any known",
    lambda known, test: any((np.rint(255 * row) == k).all() for k in known for row in test),
)
wrong(
    K,
    "not rounded",
    lambda known, test: np.array(
        [any((255 * row.astype(np.float64) == k).all() for k in known) for row in test]
    ),
)
wrong(
    K,
    "cut off, which does no harm in float32 and some in float64",
    lambda known, test: np.array(
        [any(((255 * row).astype(np.uint8) == k).all() for k in known) for row in test]
    ),
)
wrong(
    K,
    "same sum",
    lambda known, test: np.array(
        [any(int(np.rint(255 * row).sum()) == int(k.sum()) for k in known) for row in test]
    ),
)
wrong(
    K,
    "same place only",
    lambda known, test: np.array([(np.rint(255 * r) == k).all() for r, k in zip(test, known)]),
)
wrong(
    K,
    "in of a list of arrays",
    lambda known, test: np.array(
        [row in known for row in np.rint(255 * test).astype(np.uint8)]
    ),
)
wrong(
    K,
    "the new ones",
    lambda known, test: np.array(
        [not any((np.rint(255 * row) == k).all() for k in known) for row in test]
    ),
)
wrong(
    K,
    "indices",
    lambda known, test: np.flatnonzero(
        [any((np.rint(255 * row) == k).all() for k in known) for row in test]
    ),
)
wrong(
    K,
    "multiplied by 256",
    lambda known, test: np.array(
        [any((np.rint(256 * row) == k).all() for k in known) for row in test]
    ),
)
right(
    K,
    "list of NumPy booleans",
    lambda known, test: [
        bool(np.any([(np.rint(255 * row) == k).all() for k in known])) for row in test
    ],
)

for line, mistakes in {
    "whole": [
        ("missing passes", lambda pixels: ~((pixels < 0) | (pixels > 255)).any(axis=1)),
        ("not below, not above", lambda pixels: np.array([not (r < 0).any() for r in pixels])),
        ("per pixel", lambda pixels: (0 <= pixels) & (pixels <= 255)),
        ("columns", lambda pixels: ((pixels >= 0) & (pixels <= 255)).all(axis=0)),
        ("any", lambda pixels: ((pixels >= 0) & (pixels <= 255)).any(axis=1)),
        ("the whole file", lambda pixels: np.all((pixels >= 0) & (pixels <= 255))),
        ("no NaN only", lambda pixels: ~np.isnan(pixels).any(axis=1)),
        ("not equal NaN", lambda pixels: (pixels != np.nan).all(axis=1)),
        ("ends excluded", lambda pixels: ((pixels > 0) & (pixels < 255)).all(axis=1)),
        ("chained", lambda pixels: (0 <= pixels <= 255).all(axis=1)),
        ("bad rows", lambda pixels: ((pixels < 0) | (pixels > 255)).any(axis=1)),
        ("or", lambda pixels: ((pixels >= 0) | (pixels <= 255)).all(axis=1)),
        ("up to 1", lambda pixels: ((pixels >= 0) & (pixels <= 1)).all(axis=1)),
        ("sum", lambda pixels: pixels.sum(axis=1) <= 255 * 784),
        ("and", lambda pixels: ((pixels >= 0) and (pixels <= 255)).all(axis=1)),
        ("row numbers", lambda pixels: np.flatnonzero((pixels <= 255).all(axis=1))),
    ],
    "X": [
        ("nothing", lambda pixels: pixels),
        ("256", lambda pixels: pixels / 256),
        ("own maximum", lambda pixels: pixels / np.max(pixels)),
        ("own maximum of each row", lambda pixels: pixels / pixels.max(1)[:, None]),
        ("own maximum of each column", lambda pixels: pixels / (pixels.max(0) + 1e-9)),
        ("whole division", lambda pixels: pixels // 255),
        ("percent", lambda pixels: pixels / 2.55),
        ("whole numbers", lambda pixels: (pixels / 255).astype(int)),
        ("standardised", lambda pixels: (pixels - pixels.mean(0)) / (pixels.std(0) + 1e-9)),
        ("standardised, all", lambda pixels: (pixels - pixels.mean()) / pixels.std()),
        ("transposed", lambda pixels: pixels.T / 255),
        ("images", lambda pixels: pixels.reshape(-1, 28, 28) / 255),
        ("inverted", lambda pixels: 1 - pixels / 255),
        ("black and white", lambda pixels: (pixels > 0) * 1.0),
        ("minus one to one", lambda pixels: pixels / 127.5 - 1),
    ],
    "parts": [
        ("exchanged", lambda order, n: (order[:n], order[n:])),
        ("split", lambda order, n: np.split(order, [n])),
        ("last", lambda order, n: (order[:-n], order[-n:])),
        ("overlap", lambda order, n: (order, order[:n])),
        ("off by one", lambda order, n: (order[n + 1 :], order[:n])),
        ("off by one, held", lambda order, n: (order[n:], order[: n + 1])),
        ("held one short", lambda order, n: (order[n:], order[: n - 1])),
        ("no order", lambda order, n: (range(n, len(order)), range(n))),
        ("sizes", lambda order, n: (len(order) - n, n)),
        ("held alone", lambda order, n: order[:n]),
        ("halves", lambda order, n: (order[len(order) // 2 :], order[: len(order) // 2])),
        ("positions", lambda order, n: (np.arange(len(order))[n:], np.arange(len(order))[:n])),
        ("argsort", lambda order, n: (np.argsort(order)[n:], np.argsort(order)[:n])),
        ("800", lambda order, n: (order[800:], order[:800])),
        ("joined", lambda order, n: np.concatenate([order[n:], order[:n]])),
    ],
    "P": [
        ("images", lambda Ps: np.mean(Ps, axis=1)),
        ("digits", lambda Ps: np.mean(Ps, axis=-1)),
        ("everything", lambda Ps: np.mean(Ps)),
        ("sum", lambda Ps: Ps.sum(axis=0)),
        ("by images", lambda Ps: Ps.sum(axis=0) / Ps.shape[1]),
        ("by digits", lambda Ps: Ps.sum(axis=0) / Ps.shape[2]),
        ("largest", lambda Ps: Ps.max(axis=0)),
        ("median", lambda Ps: np.median(Ps, axis=0)),
        ("votes", lambda Ps: np.eye(10)[Ps.argmax(axis=-1)].mean(axis=0)),
        ("digits already", lambda Ps: Ps.mean(axis=0).argmax(axis=-1)),
        ("product", lambda Ps: np.prod(Ps, axis=0)),
        ("logarithms", lambda Ps: np.log(Ps).mean(axis=0)),
        ("softmax again", lambda Ps: soft(Ps.mean(axis=0))),
        ("last", lambda Ps: Ps[-1]),
        ("minus one", lambda Ps: Ps.sum(axis=0) / max(1, len(Ps) - 1)),
    ],
    "answers": [
        ("columns", lambda P: np.argmax(P, axis=0)),
        ("no axis", lambda P: np.argmax(P)),
        ("its size", lambda P: np.max(P, axis=1)),
        ("plus one", lambda P: P.argmax(axis=1) + 1),
        ("smallest", lambda P: P.argmin(axis=1)),
        ("ranked", lambda P: np.argsort(P, axis=1)),
        ("first of argsort", lambda P: np.argsort(P)[:, 0]),
        ("rounded", lambda P: np.round(P)),
        ("mask", lambda P: P.max(axis=1, keepdims=True) == P),
        ("above a half", lambda P: np.array([(row > 0.5).argmax() for row in P])),
        ("expected digit", lambda P: P @ np.arange(10)),
        ("second", lambda P: P.argsort(axis=1)[:, -2]),
        ("a column", lambda P: P.argmax(axis=1)[:, None]),
        ("one-hot", lambda P: np.eye(10)[P.argmax(axis=1)]),
    ],
    "ids": [
        ("from 0", lambda answers: np.arange(len(answers))),
        ("from 0, one more", lambda answers: np.arange(len(answers) + 1)),
        ("one short", lambda answers: np.arange(1, len(answers))),
        ("one more", lambda answers: np.arange(1, len(answers) + 2)),
        ("the answers", lambda answers: answers),
        ("answers and one", lambda answers: answers + 1),
        ("Kaggle's number", lambda answers: np.arange(1, 28001)),
        ("this file's number", lambda answers: range(1, 1001)),
        ("number alone", lambda answers: len(answers)),
        ("names", lambda answers: [str(i + 1) for i in range(len(answers))]),
        ("shares", lambda answers: np.linspace(0, 1, len(answers))),
        ("from 2", lambda answers: np.arange(2, len(answers) + 2)),
        ("backwards", lambda answers: np.arange(len(answers), 0, -1)),
        ("enumerate", lambda answers: list(enumerate(answers, start=1))),
    ],
    "text": [
        ("no header", lambda ids, answers: "".join(f"{i},{a}\n" for i, a in zip(ids, answers))),
        (
            "no last break",
            lambda ids, answers: "\n".join(
                ["ImageId,Label"] + [f"{i},{a}" for i, a in zip(ids, answers)]
            ),
        ),
        (
            "no break after the header",
            lambda ids, answers: (
                "ImageId,Label" + "".join(f"\n{i},{a}" for i, a in zip(ids, answers))
            ),
        ),
        (
            "a blank line",
            lambda ids, answers: (
                "ImageId,Label\n\n" + "".join(f"{i},{a}\n" for i, a in zip(ids, answers))
            ),
        ),
        (
            "a space",
            lambda ids, answers: (
                "ImageId,Label\n" + "".join(f"{i}, {a}\n" for i, a in zip(ids, answers))
            ),
        ),
        (
            "a space in the header",
            lambda ids, answers: (
                "ImageId, Label\n" + "".join(f"{i},{a}\n" for i, a in zip(ids, answers))
            ),
        ),
        (
            "a tab",
            lambda ids, answers: (
                "ImageId\tLabel\n" + "".join(f"{i}\t{a}\n" for i, a in zip(ids, answers))
            ),
        ),
        (
            "lower case",
            lambda ids, answers: (
                "ImageID,label\n" + "".join(f"{i},{a}\n" for i, a in zip(ids, answers))
            ),
        ),
        (
            "exchanged",
            lambda ids, answers: (
                "ImageId,Label\n" + "".join(f"{a},{i}\n" for i, a in zip(ids, answers))
            ),
        ),
        (
            "a list",
            lambda ids, answers: ["ImageId,Label"] + [f"{i},{a}" for i, a in zip(ids, answers)],
        ),
        ("arrays in a line", lambda ids, answers: f"ImageId,Label\n{ids},{answers}\n"),
        ("table", lambda ids, answers: np.column_stack([ids, answers])),
        (
            "counted from 0",
            lambda ids, answers: (
                "ImageId,Label\n" + "".join(f"{i},{a}\n" for i, a in enumerate(answers))
            ),
        ),
        (
            "index",
            lambda ids, answers: pd.DataFrame({"ImageId": ids, "Label": answers}).to_csv(
                lineterminator="\n"
            ),
        ),
        (
            "bytes",
            lambda ids, answers: (
                "ImageId,Label\n" + "".join(f"{i},{a}\n" for i, a in zip(ids, answers))
            ).encode(),
        ),
        (
            "prints it",
            lambda ids, answers: print("ImageId,Label", *zip(ids, answers), sep="\n"),
        ),
    ],
}.items():
    for mistake, answer in mistakes:
        wrong(f"15.wall.{line}", mistake, answer)

W = "15.wall."
right(W + "whole", "clipped", lambda pixels: (np.clip(pixels, 0, 255) == pixels).all(axis=1))
right(
    W + "whole", "loop", lambda pixels: [min(r) >= 0 and bool((r <= 255).all()) for r in pixels]
)
right(W + "X", "by a factor", lambda pixels: pixels * (1 / 255))
right(W + "X", "float32", lambda pixels: pixels.astype("float32") / 255)
right(W + "parts", "a list", lambda order, n: [order[n:], order[:n]])
right(W + "parts", "delete", lambda order, n: (np.delete(order, range(n)), order[:n]))
right(W + "P", "average", lambda Ps: np.average(Ps, axis=0))
right(W + "P", "loop", lambda Ps: sum(p for p in Ps) / Ps.shape[0])
right(W + "answers", "last axis", lambda P: np.argmax(P, axis=-1))
right(W + "ids", "cumulative", lambda answers: np.cumsum(np.ones(len(answers), int)))
right(W + "ids", "by shape", lambda answers: np.arange(answers.shape[0]) + 1)
right(
    W + "text",
    "pandas",
    lambda ids, answers: pd.DataFrame({"ImageId": ids, "Label": answers}).to_csv(
        index=False, lineterminator="\n"
    ),
)

Z = "15.surprise"


def pooled(hits, n, score, new):
    return (hits + score * new) / (n + new)


for mistake, spread in {
    "old share": lambda h, n, t, m: h / n * (1 - h / n) * (1 / n + 1 / m),
    "new share": lambda h, n, t, m: t * (1 - t) * (1 / n + 1 / m),
    "middle": lambda h, n, t, m: (h / n + t) / 2 * (1 - (h / n + t) / 2) * (1 / n + 1 / m),
    "score as a count": lambda h, n, t, m: (
        (h + t) / (n + m) * (1 - (h + t) / (n + m)) * (1 / n + 1 / m)
    ),
    "no 1/n": lambda h, n, t, m: pooled(h, n, t, m) * (1 - pooled(h, n, t, m)) / m,
    "no 1/new": lambda h, n, t, m: pooled(h, n, t, m) * (1 - pooled(h, n, t, m)) / n,
    "1/(n + new)": lambda h, n, t, m: pooled(h, n, t, m) * (1 - pooled(h, n, t, m)) / (n + m),
    "n + new": lambda h, n, t, m: pooled(h, n, t, m) * (1 - pooled(h, n, t, m)) * (n + m),
    "no 1 - p": lambda h, n, t, m: pooled(h, n, t, m) * (1 / n + 1 / m),
    "p squared": lambda h, n, t, m: pooled(h, n, t, m) ** 2 * (1 / n + 1 / m),
    "two variances": lambda h, n, t, m: h / n * (1 - h / n) / n + t * (1 - t) / m,
    "minus": lambda h, n, t, m: (
        abs(pooled(h, n, t, m) * (1 - pooled(h, n, t, m)) * (1 / n - 1 / m)) or 1.0
    ),
}.items():
    wrong(
        Z,
        mistake,
        lambda hits, n, score, new, spread=spread: (
            abs(hits / n - score) / np.sqrt(spread(hits, n, score, new))
        ),
    )


def variance(hits, n, score, new):
    p = pooled(hits, n, score, new)
    return p * (1 - p) * (1 / n + 1 / new)


wrong(
    Z,
    "no root",
    lambda hits, n, score, new: abs(hits / n - score) / variance(hits, n, score, new),
)
wrong(
    Z,
    "signed",
    lambda hits, n, score, new: (hits / n - score) / variance(hits, n, score, new) ** 0.5,
)
wrong(
    Z,
    "multiplied",
    lambda hits, n, score, new: abs(hits / n - score) * variance(hits, n, score, new) ** 0.5,
)
wrong(
    Z,
    "squared",
    lambda hits, n, score, new: (hits / n - score) ** 2 / variance(hits, n, score, new),
)
wrong(Z, "the spread", lambda hits, n, score, new: variance(hits, n, score, new) ** 0.5)
wrong(
    Z,
    "hits for the share",
    lambda hits, n, score, new: abs(hits - score) / variance(hits, n, score, new) ** 0.5,
)
wrong(
    Z,
    "decides",
    lambda hits, n, score, new: (
        abs(hits / n - score) / variance(hits, n, score, new) ** 0.5 <= 1.96
    ),
)
right(
    Z,
    "in steps",
    lambda hits, n, score, new: float(
        np.abs(score - hits / n) * variance(hits, n, score, new) ** -0.5
    ),
)


# Of a second reader, by the kinds of mistake that had no name yet

N_ = "15.wall.whole"
wrong(N_, "up to 1", lambda pixels: ((pixels >= 0) & (pixels <= 1)).all(axis=1))
wrong(
    N_,
    "nanmin",
    lambda pixels: (np.nanmin(pixels, axis=1) >= 0) & (np.nanmax(pixels, axis=1) <= 255),
)
wrong(N_, "256", lambda pixels: ((pixels >= 0) & (pixels <= 256)).all(axis=1))

N_ = "15.wall.X"

N_ = "15.wall.parts"
wrong(N_, "learn n", lambda order, n: (order[:n], order[:n]))
wrong(N_, "800", lambda order, n: (order[800:], order[:800]))
wrong(N_, "masks", lambda order, n: (order >= n, order < n))

N_ = "15.wall.P"
wrong(N_, "by images", lambda Ps: Ps.sum(axis=0) / Ps.shape[1])
wrong(N_, "in place", lambda Ps: np.divide(Ps, len(Ps), out=Ps).sum(axis=0))

N_ = "15.wall.answers"
wrong(N_, "second", lambda P: P.argsort(axis=1)[:, -2])
wrong(N_, "above half", lambda P: (P > 0.5).argmax(axis=1))
wrong(N_, "strings", lambda P: [str(a) for a in P.argmax(axis=1)])
wrong(N_, "expected", lambda P: (P @ np.arange(P.shape[1])).round().astype(int))

N_ = "15.wall.ids"
wrong(N_, "range from 0", lambda answers: range(len(answers)))
wrong(N_, "floats halves", lambda answers: np.arange(1, len(answers) + 1) + 0.5)
wrong(N_, "descending", lambda answers: np.arange(len(answers), 0, -1))

N_ = "15.wall.text"
wrong(
    N_,
    "raw break",
    lambda ids, answers: (
        "ImageId,Label\\n" + "".join(f"{i},{a}\\n" for i, a in zip(ids, answers))
    ),
)
wrong(
    N_,
    "tabs",
    lambda ids, answers: (
        "ImageId\tLabel\n" + "".join(f"{i}\t{a}\n" for i, a in zip(ids, answers))
    ),
)
wrong(
    N_,
    "prints",
    lambda ids, answers: print(
        "ImageId,Label\n" + "".join(f"{i},{a}\n" for i, a in zip(ids, answers))
    ),
)
wrong(
    N_,
    "leading spaces",
    lambda ids, answers: (
        "  ImageId,Label\n" + "".join(f"  {i},{a}\n" for i, a in zip(ids, answers))
    ),
)
right(
    N_,
    "ignores ids",
    lambda ids, answers: (
        "ImageId,Label\n" + "".join(f"{i},{a}\n" for i, a in enumerate(answers, 1))
    ),
)
# Before NumPy 2 a number's repr is the number: then the file is as it should be.
(right if repr(np.int64(1)) == "1" else wrong)(
    N_,
    "repr",
    lambda ids, answers: (
        "ImageId,Label\n" + "".join(f"{i!r},{a!r}\n" for i, a in zip(ids, answers))
    ),
)

N_ = "15.surprise"
wrong(
    N_,
    "sqrt p(1-p) only",
    lambda hits, n, score, new: (
        lambda p: abs(hits / n - score) / np.sqrt(p * (1 - p)) * (1 / n + 1 / new)
    )((hits + new * score) / (n + new)),
)
wrong(
    N_,
    "p squared for 1-p",
    lambda hits, n, score, new: (
        lambda p: abs(hits / n - score) / np.sqrt(p * p * (1 / n + 1 / new))
    )((hits + new * score) / (n + new)),
)
wrong(
    N_,
    "sum of standard errors",
    lambda hits, n, score, new: (
        lambda p: (
            abs(hits / n - score) / (np.sqrt(p * (1 - p) / n) + np.sqrt(p * (1 - p) / new))
        )
    )((hits + new * score) / (n + new)),
)
wrong(
    N_,
    "swapped n, new in p",
    lambda hits, n, score, new: (
        lambda p: abs(hits / n - score) / np.sqrt(p * (1 - p) * (1 / n + 1 / new))
    )((hits + n * score) / (n + new)),
)
wrong(
    N_,
    "numerator against pbar",
    lambda hits, n, score, new: (
        lambda p: abs(p - score) / np.sqrt(p * (1 - p) * (1 / n + 1 / new))
    )((hits + new * score) / (n + new)),
)
wrong(
    N_,
    "points",
    lambda hits, n, score, new: (
        lambda p: 100 * abs(hits / n - score) / np.sqrt(p * (1 - p) * (1 / n + 1 / new))
    )((hits + new * score) / (n + new)),
)

N_ = "15.rows_needed"
wrong(N_, "points", lambda q, gap: math.ceil(4 * q / (gap / 100) ** 2))
wrong(N_, "q missing", lambda q, gap: math.ceil(4 / gap**2))
wrong(N_, "250", lambda q, gap: 2 * math.sqrt(q / 250))


@right(N_, "search")
def _(q, gap):
    n = 1
    while 2 * math.sqrt(q / n) > gap:
        n += 1
    return n


N_ = "15.in_order"
wrong(N_, "last dropped", lambda ids, labels: labels[np.argsort(ids)][:-1])


@wrong(N_, "sorts in place")
def _(ids, labels):
    place = np.argsort(ids)
    ids.sort()
    labels[:] = labels[place]
    return labels


@wrong(N_, "scatter, one too far")
def _(ids, labels):
    out = np.zeros(len(ids) + 1, dtype=int)
    out[ids] = labels
    return out


N_ = "15.average_scores"
wrong(N_, "mean over wrong axis 1", lambda Z: soft(Z.mean(axis=1)))
wrong(N_, "by ten", lambda Z: soft(Z.sum(axis=0) / 10))
wrong(N_, "per network", lambda Z: soft(Z))
wrong(
    N_, "scores over sum", lambda Z: Z.mean(axis=0) / Z.mean(axis=0).sum(axis=1, keepdims=True)
)


@wrong(N_, "in place")
def _(Z):
    Z -= Z.max(axis=2, keepdims=True)
    E = np.exp(Z.mean(axis=0))
    return E / E.sum(axis=1, keepdims=True)


N_ = "15.limit_of_many"


def one(y, k=10):
    return np.eye(k)[y]


def bri(P, y):
    return ((P - one(y)) ** 2).sum(axis=1).mean()


def gap(P, Q):
    return ((P - Q) ** 2).sum(axis=1).mean()


wrong(N_, "only P's error", lambda P, Q, y: bri(P, y) - gap(P, Q) / 2)
wrong(
    N_,
    "only true digit",
    lambda P, Q, y: (
        lambda p, q: (
            ((1 - p) ** 2).mean() / 2 + ((1 - q) ** 2).mean() / 2 - ((p - q) ** 2).mean() / 2
        )
    )(P[np.arange(len(y)), y], Q[np.arange(len(y)), y]),
)
wrong(
    N_,
    "distance unsquared",
    lambda P, Q, y: (
        (bri(P, y) + bri(Q, y)) / 2 - np.sqrt(((P - Q) ** 2).sum(axis=1)).mean() / 2
    ),
)
wrong(
    N_,
    "y not one hot",
    lambda P, Q, y: (
        (
            ((P - y[:, None]) ** 2).sum(axis=1).mean()
            + ((Q - y[:, None]) ** 2).sum(axis=1).mean()
        )
        / 2
        - gap(P, Q) / 2
    ),
)
wrong(N_, "two E minus", lambda P, Q, y: 2 * bri((P + Q) / 2, y) - bri(P, y))
right(N_, "floor at 0", lambda P, Q, y: max(0.0, (bri(P, y) + bri(Q, y)) / 2 - gap(P, Q) / 2))

N_ = "15.leaked_rows"


def keys(A):
    return [r.tobytes() for r in A]


def u8(A):
    return np.rint(255 * np.asarray(A)).astype(np.uint8)


wrong(
    N_,
    "wrong direction",
    lambda known, test: (lambda s: np.array([r in s for r in keys(known)]))(
        set(keys(u8(test)))
    ),
)
wrong(N_, "isin per pixel", lambda known, test: np.isin(u8(test), known).all(axis=1))
wrong(
    N_,
    "pixel multisets",
    lambda known, test: np.array(
        [r in set(keys(np.sort(known, axis=1))) for r in keys(np.sort(u8(test), axis=1))]
    ),
)
wrong(
    N_,
    "labels duplicates",
    lambda known, test: (lambda k: np.array([k.count(r) for r in k]) > 1)(keys(u8(test))),
)
