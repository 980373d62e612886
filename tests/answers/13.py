"""Answers to the exercises of notebook 13, written from its text."""

import math

import numpy as np
from wrong_answers import right, wrong

F = "13.f1"
wrong(F, "precision", lambda C: np.diag(C) / C.sum(axis=0))
wrong(F, "recall", lambda C: np.diag(C) / C.sum(axis=1))
wrong(
    F,
    "product over sum without the 2",
    lambda C: (lambda p, r: p * r / (p + r))(np.diag(C) / C.sum(0), np.diag(C) / C.sum(1)),
)
wrong(
    F,
    "sum over product",
    lambda C: (lambda p, r: 2 * (p + r) / (p * r))(
        np.diag(C) / C.sum(0), np.diag(C) / C.sum(1)
    ),
)
wrong(
    F,
    "1/p + 1/r",
    lambda C: (lambda p, r: 1 / p + 1 / r)(np.diag(C) / C.sum(0), np.diag(C) / C.sum(1)),
)
wrong(
    F, "smaller of the two", lambda C: np.minimum(np.diag(C) / C.sum(0), np.diag(C) / C.sum(1))
)
wrong(F, "accuracy", lambda C: np.trace(C) / C.sum())
wrong(F, "Jaccard", lambda C: np.diag(C) / (C.sum(0) + C.sum(1) - np.diag(C)))
wrong(F, "rows twice", lambda C: 2 * np.diag(C) / (C.sum(1) + C.sum(1)))
wrong(F, "brackets", lambda C: 2 * np.diag(C) / C.sum(0) + C.sum(1))
wrong(F, "matrix", lambda C: 2 * C / (C.sum(0) + C.sum(1)))
wrong(F, "divided by everything", lambda C: 2 * np.diag(C) / C.sum())
wrong(
    F,
    "harmonic mean of means",
    lambda C: (lambda p, r: 2 / (1 / p + 1 / r))(
        (np.diag(C) / C.sum(0)).mean(), (np.diag(C) / C.sum(1)).mean()
    ),
)
right(F, "list", lambda C: [2 * C[k, k] / (C[k].sum() + C[:, k].sum()) for k in range(len(C))])

D = "13.digits_needed"
wrong(D, "1.96 not squared", lambda p, half: math.ceil(1.96 * p * (1 - p) / half**2))
wrong(D, "2 for 1.96", lambda p, half: math.ceil(4 * p * (1 - p) / half**2))
wrong(D, "1.645", lambda p, half: math.ceil(1.645**2 * p * (1 - p) / half**2))
wrong(D, "not rounded", lambda p, half: 1.96**2 * p * (1 - p) / half**2)
wrong(D, "rounded to the nearest", lambda p, half: round(1.96**2 * p * (1 - p) / half**2))
wrong(D, "p for p(1-p)", lambda p, half: math.ceil(1.96**2 * p / half**2))
wrong(D, "half not squared", lambda p, half: math.ceil(1.96**2 * p * (1 - p) / half))
wrong(D, "upside down", lambda p, half: math.ceil(half**2 / (1.96**2 * p * (1 - p))))
wrong(D, "worst case p = 1/2", lambda p, half: math.ceil(1.96**2 * 0.25 / half**2))
wrong(D, "p squared", lambda p, half: math.ceil(1.96**2 * p**2 / half**2))
wrong(D, "error rate only", lambda p, half: math.ceil(1.96**2 * (1 - p) / half**2))
wrong(
    D, "the whole root", lambda p, half: math.ceil(math.sqrt(1.96**2 * p * (1 - p) / half**2))
)

I = "13.difference_interval"


def both(x, reach):
    return x.mean() - reach, x.mean() + reach


wrong(
    I,
    "one standard error",
    lambda first, second, y: (lambda x: both(x, np.sqrt(x.var() / len(y))))(
        (first == y).astype(float) - (second == y)
    ),
)
wrong(
    I,
    "the variance for the error",
    lambda first, second, y: (lambda x: both(x, 1.96 * x.var() / len(y)))(
        (first == y).astype(float) - (second == y)
    ),
)
wrong(
    I,
    "ddof=1",
    lambda first, second, y: (lambda x: both(x, 1.96 * np.sqrt(x.var(ddof=1) / len(y))))(
        (first == y).astype(float) - (second == y)
    ),
)
wrong(
    I,
    "high first",
    lambda first, second, y: (lambda x: both(x, 1.96 * np.sqrt(x.var() / len(y)))[::-1])(
        (first == y).astype(float) - (second == y)
    ),
)
wrong(
    I,
    "the reach alone",
    lambda first, second, y: (lambda x: 1.96 * np.sqrt(x.var() / len(y)))(
        (first == y).astype(float) - (second == y)
    ),
)
wrong(
    I, "booleans subtracted", lambda first, second, y: both((first == y) - (second == y), 0.1)
)
wrong(
    I,
    "first against second",
    lambda first, second, y: (lambda x: both(x, 1.96 * np.sqrt(x.var() / len(y))))(
        (first == second).astype(float)
    ),
)
wrong(
    I,
    "errors instead of hits",
    lambda first, second, y: (lambda x: both(x, 1.96 * np.sqrt(x.var() / len(y))))(
        (first != y).astype(float) - (second != y)
    ),
)
wrong(
    I,
    "divided by N, not its root",
    lambda first, second, y: (lambda x: both(x, 1.96 * x.std() / len(y)))(
        (first == y).astype(float) - (second == y)
    ),
)
wrong(
    I,
    "in points of 100",
    lambda first, second, y: (lambda x: both(100 * x, 196 * np.sqrt(x.var() / len(y))))(
        (first == y).astype(float) - (second == y)
    ),
)
wrong(
    I,
    "2 for 1.96",
    lambda first, second, y: (lambda x: both(x, 2 * np.sqrt(x.var() / len(y))))(
        (first == y).astype(float) - (second == y)
    ),
)
wrong(
    I,
    "the sum's interval",
    lambda first, second, y: (
        lambda x: (
            x.sum() - 1.96 * np.sqrt(x.var() * len(y)),
            x.sum() + 1.96 * np.sqrt(x.var() * len(y)),
        )
    )((first == y).astype(float) - (second == y)),
)
wrong(
    I,
    "labels compared as numbers",
    lambda first, second, y: (lambda x: both(x, 1.96 * np.sqrt(x.var() / len(y))))(
        (first - second).astype(float)
    ),
)
right(
    I,
    "array",
    lambda first, second, y: (lambda x: np.array(both(x, 1.96 * x.std() / np.sqrt(len(y)))))(
        (first == y).astype(float) - (second == y)
    ),
)

S = "13.answer_share"


def ranked(confidence, right):
    r = right[np.argsort(-confidence)]
    return np.cumsum(r) / np.arange(1, len(r) + 1)


wrong(
    S,
    "the first place that is good enough",
    lambda confidence, right, wanted: (
        (np.argmax(ranked(confidence, right) >= wanted) + 1) / len(right)
        if (ranked(confidence, right) >= wanted).any()
        else 0.0
    ),
)
wrong(
    S,
    "a number of digits",
    lambda confidence, right, wanted: (
        (np.flatnonzero(ranked(confidence, right) >= wanted)[-1] + 1)
        if (ranked(confidence, right) >= wanted).any()
        else 0
    ),
)
wrong(
    S,
    "strictly more",
    lambda confidence, right, wanted: (
        (np.flatnonzero(ranked(confidence, right) > wanted)[-1] + 1) / len(right)
        if (ranked(confidence, right) > wanted).any()
        else 0.0
    ),
)
wrong(
    S,
    "how many prefixes are good enough",
    lambda confidence, right, wanted: (ranked(confidence, right) >= wanted).mean(),
)
wrong(
    S,
    "not sorted",
    lambda confidence, right, wanted: (
        lambda a: (
            (np.flatnonzero(a >= wanted)[-1] + 1) / len(right) if (a >= wanted).any() else 0.0
        )
    )(np.cumsum(right) / np.arange(1, len(right) + 1)),
)
wrong(
    S,
    "no guard",
    lambda confidence, right, wanted: (
        (np.flatnonzero(ranked(confidence, right) >= wanted)[-1] + 1) / len(right)
    ),
)
wrong(S, "share of right answers", lambda confidence, right, wanted: right.mean())
wrong(
    S,
    "divided from 0",
    lambda confidence, right, wanted: (
        lambda r: (
            (np.flatnonzero(np.cumsum(r) / np.maximum(1, np.arange(len(r))) >= wanted)[-1] + 1)
            / len(r)
        )
    )(right[np.argsort(-confidence)]),
)
wrong(
    S,
    "the threshold",
    lambda confidence, right, wanted: (
        np.sort(confidence)[::-1][np.flatnonzero(ranked(confidence, right) >= wanted)[-1]]
        if (ranked(confidence, right) >= wanted).any()
        else 1.0
    ),
)
wrong(
    S,
    "the complement",
    lambda confidence, right, wanted: (
        1
        - (
            (np.flatnonzero(ranked(confidence, right) >= wanted)[-1] + 1) / len(right)
            if (ranked(confidence, right) >= wanted).any()
            else 0.0
        )
    ),
)
wrong(
    S,
    "1 where none will do",
    lambda confidence, right, wanted: (
        (np.flatnonzero(ranked(confidence, right) >= wanted)[-1] + 1) / len(right)
        if (ranked(confidence, right) >= wanted).any()
        else 1.0
    ),
)
