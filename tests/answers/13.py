"""Answers to the exercises of notebook 13, written from its text."""

import math

import numpy as np
from wrong_answers import right, wrong

for line, mistakes in {
    "s": [
        ("p squared alone", lambda p, n: np.sqrt(p**2 / n)),
        ("not the square of the mean", lambda p, n: np.sqrt((p - p) / n)),
        ("plus for minus", lambda p, n: np.sqrt((p + p**2) / n)),
        ("the other way round", lambda p, n: np.sqrt((p**2 - p) / n)),
        ("mean for the variance", lambda p, n: p / n),
        ("divided by n, then n again", lambda p, n: np.sqrt(p * (1 - p) / n) / n),
        ("times n", lambda p, n: np.sqrt(p * (1 - p)) * n),
        ("upside down", lambda p, n: np.sqrt(n / (p * (1 - p)))),
        ("the variance", lambda p, n: (p - p**2) / n),
        ("the root of n missing", lambda p, n: (p * (1 - p)) ** 0.5),
        ("root of p only", lambda p, n: np.sqrt(p) * (1 - p) / n),
        ("errors only", lambda p, n: np.sqrt((1 - p) ** 2 / n)),
        ("brackets", lambda p, n: np.sqrt(p * 1 - p / n)),
        ("a list", lambda p, n: [p, n]),
        ("squared", lambda p, n: (p * (1 - p) / n) ** 2),
    ],
    "quadratic": [
        ("share not squared", lambda share, a: (1 + a, -(2 * share + a), share)),
        ("a minus", lambda share, a: (1 - a, -(2 * share - a), share**2)),
        ("plus in the middle", lambda share, a: (1 + a, 2 * share + a, share**2)),
        ("no 2", lambda share, a: (1 + a, -share - a, share**2)),
        ("a left out of p", lambda share, a: (1 + a, -2 * share, share**2)),
        ("reversed", lambda share, a: (share**2, -2 * share - a, 1 + a)),
        ("a times everything", lambda share, a: (1 + a, -2 * a * share, share**2)),
        ("the solution's centre", lambda share, a: (share + a / 2) / (1 + a)),
        ("only two", lambda share, a: (1 + a, -(2 * share + a))),
        ("rest negative", lambda share, a: (1 + a, -(2 * share + a), -(share**2))),
        ("a for 1 + a", lambda share, a: (a, -(2 * share + a), share**2)),
        ("bracket", lambda share, a: (1 + a, -2 * (share + a), share**2)),
        ("share - a", lambda share, a: (1 + a, a - 2 * share, share**2)),
        ("a squared", lambda share, a: (1 + a**2, -(2 * share + a), share**2)),
    ],
    "centre": [
        ("share", lambda share, a: share),
        ("minus", lambda share, a: -(2 * share + a) / (2 * (1 + a))),
        ("not divided by 2", lambda share, a: (2 * share + a) / (1 + a)),
        ("not divided by c2", lambda share, a: (2 * share + a) / 2),
        ("2 only below share", lambda share, a: (share + a) / (1 + a)),
        ("brackets", lambda share, a: (2 * share + a) / 2 * (1 + a)),
        ("divided by a", lambda share, a: (share + a / 2) / a),
        ("1 - a", lambda share, a: (share + a / 2) / (1 - a)),
        ("minus a", lambda share, a: (2 * share - a) / (2 * (1 + a))),
        ("both solutions", lambda share, a: np.roots([1 + a, -(2 * share + a), share**2])),
        ("a whole", lambda share, a: (2 * share + 2 * a) / (2 * (1 + a))),
        ("a half", lambda share, a: (share + 0.5) / (1 + a)),
    ],
    "reach": [
        ("Wald", lambda share, a: np.sqrt(a * share * (1 - share))),
        (
            "no root",
            lambda share, a: ((2 * share + a) ** 2 - 4 * (1 + a) * share**2) / (2 * (1 + a)),
        ),
        (
            "2 missing",
            lambda share, a: np.sqrt((2 * share + a) ** 2 - 4 * (1 + a) * share**2) / (1 + a),
        ),
        (
            "brackets below",
            lambda share, a: (
                np.sqrt((2 * share + a) ** 2 - 4 * (1 + a) * share**2) / 2 * (1 + a)
            ),
        ),
        (
            "plus",
            lambda share, a: (
                np.sqrt((2 * share + a) ** 2 + 4 * (1 + a) * share**2) / (2 * (1 + a))
            ),
        ),
        (
            "4 missing",
            lambda share, a: np.sqrt((2 * share + a) ** 2 - (1 + a) * share**2) / (2 * (1 + a)),
        ),
        (
            "not divided",
            lambda share, a: np.sqrt((2 * share + a) ** 2 - 4 * (1 + a) * share**2),
        ),
        (
            "share for its square",
            lambda share, a: (
                np.sqrt(abs((2 * share + a) ** 2 - 4 * (1 + a) * share)) / (2 * (1 + a))
            ),
        ),
        (
            "c1 not squared",
            lambda share, a: (
                np.sqrt(abs((2 * share + a) - 4 * (1 + a) * share**2)) / (2 * (1 + a))
            ),
        ),
        (
            "whole width",
            lambda share, a: 2 * np.sqrt(a * share * (1 - share) + a**2 / 4) / (1 + a),
        ),
        (
            "lower end",
            lambda share, a: (
                (share + a / 2 - np.sqrt(a * share * (1 - share) + a**2 / 4)) / (1 + a)
            ),
        ),
        ("minus", lambda share, a: -np.sqrt(a * share * (1 - share) + a**2 / 4) / (1 + a)),
        (
            "divided by 2 only",
            lambda share, a: np.sqrt((2 * share + a) ** 2 - 4 * (1 + a) * share**2) / 2,
        ),
    ],
}.items():
    for said, mistake in mistakes:
        wrong(f"13.wilson.{line}", said, mistake)
right("13.wilson.s", "power", lambda p, n: (p / n * (1 - p)) ** 0.5)
right("13.wilson.s", "by the coin", lambda p, n: np.sqrt(p - p * p) / np.sqrt(n))
right("13.wilson.quadratic", "list", lambda share, a: [a + 1, -a - 2 * share, share * share])
right("13.wilson.centre", "by roots", lambda share, a: 0.5 * (2 * share + a) / (a + 1))


@right("13.wilson.reach", "by the quadratic")
def _(share, a):
    c2, c1, c0 = 1 + a, -(2 * share + a), share**2
    return (c1**2 - 4 * c2 * c0) ** 0.5 / 2 / c2


for line, mistakes in {
    "only": [
        ("or", lambda right, other: (right | other).sum()),
        ("either alone", lambda right, other: (right ^ other).sum()),
        ("both", lambda right, other: (right & other).sum()),
        ("swapped", lambda right, other: (~right & other).sum()),
        ("difference of sums", lambda right, other: right.sum() - other.sum()),
        ("mean", lambda right, other: np.mean(right & ~other)),
        ("not summed", lambda right, other: right & ~other),
        ("minus", lambda right, other: (right - other).sum()),
        ("right alone", lambda right, other: right.sum()),
        ("and", lambda right, other: (right and not other).sum()),
        ("neither", lambda right, other: (~right & ~other).sum()),
        ("equal", lambda right, other: (right == other).sum()),
        ("length", lambda right, other: len(right & ~other)),
        ("int minus", lambda right, other: (right.astype(int) - other.astype(int)).sum()),
        ("nonzero places", lambda right, other: np.flatnonzero(right & ~other)),
    ],
    "chance": [
        ("ways", lambda i, m: math.comb(m, i)),
        ("2 to the i", lambda i, m: math.comb(m, i) / 2**i),
        ("arguments swapped", lambda i, m: math.comb(i, m) / 2**m),
        ("one sequence", lambda i, m: 0.5**m),
        ("m squared", lambda i, m: math.comb(m, i) / max(m, 1) ** 2),
        ("times 2 m", lambda i, m: math.comb(m, i) / 2 * m),
        ("share of heads", lambda i, m: i / max(m, 1)),
        ("both ends", lambda i, m: 2 * math.comb(m, i) / 2**m),
        ("so far", lambda i, m: sum(math.comb(m, j) for j in range(i + 1)) / 2**m),
        ("sequences over ways", lambda i, m: 2**m / math.comb(m, i)),
        ("factorial", lambda i, m: math.factorial(m) / math.factorial(i) / 2**m),
        ("whole division", lambda i, m: math.comb(m, i) // 2**m),
        ("2 to the i times m", lambda i, m: math.comb(m, i) / 2 ** (i * m)),
        ("m less one", lambda i, m: math.comb(m, i) / 2 ** (m - 1)),
    ],
    "p_value": [
        (
            "one end",
            lambda b, c: sum(math.comb(b + c, i) for i in range(min(b, c) + 1)) / 2 ** (b + c),
        ),
        (
            "above 1",
            lambda b, c: (
                2 * sum(math.comb(b + c, i) / 2 ** (b + c) for i in range(min(b, c) + 1))
            ),
        ),
        (
            "range stops short",
            lambda b, c: min(
                1, 2 * sum(math.comb(b + c, i) / 2 ** (b + c) for i in range(min(b, c)))
            ),
        ),
        ("only this count", lambda b, c: math.comb(b + c, b) / 2 ** (b + c)),
        ("this count twice", lambda b, c: min(1, 2 * math.comb(b + c, b) / 2 ** (b + c))),
        (
            "up to b",
            lambda b, c: min(
                1, 2 * sum(math.comb(b + c, i) / 2 ** (b + c) for i in range(b + 1))
            ),
        ),
        (
            "max",
            lambda b, c: min(
                1, 2 * sum(math.comb(b + c, i) / 2 ** (b + c) for i in range(max(b, c) + 1))
            ),
        ),
        (
            "not divided",
            lambda b, c: 2 * sum(math.comb(b + c, i) for i in range(min(b, c) + 1)),
        ),
        (
            "from 1",
            lambda b, c: min(
                1,
                2 * sum(math.comb(b + c, i) / 2 ** (b + c) for i in range(1, min(b, c) + 1)),
            ),
        ),
        (
            "from the larger up, not itself",
            lambda b, c: min(
                1,
                2
                * sum(
                    math.comb(b + c, i) / 2 ** (b + c) for i in range(max(b, c) + 1, b + c + 1)
                ),
            ),
        ),
        ("chi squared", lambda b, c: (b - c) ** 2 / max(b + c, 1)),
        ("share", lambda b, c: min(b, c) / max(b + c, 1)),
        (
            "one minus",
            lambda b, c: (
                1 - 2 * sum(math.comb(b + c, i) for i in range(min(b, c) + 1)) / 2 ** (b + c)
            ),
        ),
        (
            "max for min with 1",
            lambda b, c: max(
                1, 2 * sum(math.comb(b + c, i) for i in range(min(b, c) + 1)) / 2 ** (b + c)
            ),
        ),
    ],
}.items():
    for said, mistake in mistakes:
        wrong(f"13.mcnemar.{line}", said, mistake)
right(
    "13.mcnemar.only",
    "loop",
    lambda right, other: sum(a and not b for a, b in zip(right, other)),
)
right(
    "13.mcnemar.only",
    "all minus both",
    lambda right, other: right.sum() - (right & other).sum(),
)
right("13.mcnemar.chance", "power of a half", lambda i, m: math.comb(m, m - i) * 0.5**m)


@right("13.mcnemar.p_value", "by the distance from the middle")
def _(b, c):
    m = b + c
    total = 0
    for i in range(m + 1):
        if abs(i - m / 2) >= abs(b - m / 2):
            total += math.comb(m, i) / 2**m
    return total


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
