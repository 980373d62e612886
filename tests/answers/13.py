"""Answers to the exercises of notebook 13, written from its text."""

import math
import statistics

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


# A second reader's, who knew the text alone.


def around(middle, reach):
    return middle - reach, middle + reach


def signs(first, second, y):
    return (first == y).astype(float) - (second == y)


def running(confidence, right, sign=-1):
    order = np.argsort(sign * confidence)
    return np.cumsum(right[order]) / np.arange(1, len(order) + 1)


for said, mistake in (
    ("variance of one coin, root, over n", lambda p, n: np.sqrt(p * (1 - p)) / n),
    ("n - 1", lambda p, n: np.sqrt(p * (1 - p) / (n - 1))),
    ("p only", lambda p, n: np.sqrt(p / n)),
    ("root of n times", lambda p, n: np.sqrt(p * (1 - p) * n)),
    ("times 1.96", lambda p, n: 1.96 * np.sqrt(p * (1 - p) / n)),
    ("a half", lambda p, n: 0.5 / np.sqrt(n)),
    ("p(1-p)/sqrt n", lambda p, n: p * (1 - p) / np.sqrt(n)),
    ("variance of wrong ones", lambda p, n: np.sqrt((1 - p) / n)),
    ("n squared", lambda p, n: np.sqrt(p * (1 - p) / n**2)),
    ("precedence", lambda p, n: np.sqrt(p - p**2 / n)),
    ("precedence root", lambda p, n: p * (1 - p) / n**0.5),
):
    wrong("13.wilson.s", said, mistake)
right("13.wilson.s", "math", lambda p, n: math.sqrt(p * (1 - p)) / math.sqrt(n))
right("13.wilson.s", "q", lambda p, n: ((p - p**2) ** 0.5) * n**-0.5)
for said, mistake in (
    ("a only in q1", lambda share, a: (1, -(2 * share + a), share**2)),
    ("no a", lambda share, a: (1, -2 * share, share**2)),
    ("rest a share2", lambda share, a: (1 + a, -(2 * share + a), a * share**2)),
    ("one minus share", lambda share, a: (1 + a, -(2 * share + a), (1 - share) ** 2)),
    ("a set", lambda share, a: {1 + a, -(2 * share + a), share**2}),
):
    wrong("13.wilson.quadratic", said, mistake)
right(
    "13.wilson.quadratic",
    "array",
    lambda share, a: np.array([1 + a, -(2 * share + a), share**2]),
)
for said, mistake in (
    ("uses the q1 without a", lambda share, a: share / (1 + a)),
    ("a tuple", lambda share, a: ((share + a / 2) / (1 + a),)),
    ("-q1/q2*2", lambda share, a: (2 * share + a) / (1 + a) * 2),
    (
        "plus reach",
        lambda share, a: (
            (share + a / 2 + math.sqrt(a * share * (1 - share) + a * a / 4)) / (1 + a)
        ),
    ),
):
    wrong("13.wilson.centre", said, mistake)
right("13.wilson.centre", "mix", lambda share, a: share / (1 + a) + 0.5 * a / (1 + a))
right(
    "13.wilson.centre",
    "roots",
    lambda share, a: np.roots([1 + a, -2 * share - a, share**2]).mean(),
)
for said, mistake in (
    ("no root", lambda share, a: (a * share * (1 - share) + a**2 / 4) / (1 + a)),
    (
        "q1 not squared",
        lambda share, a: (
            np.sqrt(abs(-(2 * share + a) - 4 * (1 + a) * share**2)) / (2 * (1 + a))
        ),
    ),
    ("both roots", lambda share, a: np.roots([1 + a, -2 * share - a, share**2])),
    (
        "root over all",
        lambda share, a: np.sqrt(
            ((2 * share + a) ** 2 - 4 * (1 + a) * share**2) / (2 * (1 + a))
        ),
    ),
    ("a/4", lambda share, a: np.sqrt(a * share * (1 - share) + a / 4) / (1 + a)),
    ("no a2/4", lambda share, a: np.sqrt(a * share * (1 - share)) / (1 + a)),
):
    wrong("13.wilson.reach", said, mistake)
right(
    "13.wilson.reach",
    "half the width",
    lambda share, a: np.ptp(np.roots([1 + a, -2 * share - a, share**2])) / 2,
)
right(
    "13.wilson.reach",
    "math",
    lambda share, a: math.sqrt((2 * share + a) ** 2 - 4 * (1 + a) * share**2) / 2 / (1 + a),
)
right("13.mcnemar.only", "greater", lambda right, other: np.sum(right > other))
right(
    "13.mcnemar.only",
    "python",
    lambda right, other: sum(r and not o for r, o in zip(right, other)),
)
right("13.mcnemar.only", "len", lambda right, other: len(np.flatnonzero(right & ~other)))
for said, mistake in (
    ("m**2", lambda i, m: math.comb(m, i) / m**2),
    ("2*m", lambda i, m: math.comb(m, i) / (2 * m)),
    ("0.5**i", lambda i, m: 0.5**i),
    ("perm", lambda i, m: math.perm(m, i) / 2**m),
    ("i/m", lambda i, m: i / m),
    ("^", lambda i, m: math.comb(m, i) / (2 ^ m)),
):
    wrong("13.mcnemar.chance", said, mistake)
right("13.mcnemar.chance", "halves", lambda i, m: math.comb(m, i) * 0.5**i * 0.5 ** (m - i))
for said, mistake in (
    (
        "1 - p",
        lambda b, c: (
            1
            - min(1, 2 * sum(math.comb(b + c, i) for i in range(min(b, c) + 1)) / 2 ** (b + c))
        ),
    ),
    (
        "the middle",
        lambda b, c: (
            sum(math.comb(b + c, i) for i in range(min(b, c) + 1, max(b, c))) / 2 ** (b + c)
        ),
    ),
    (
        "comb(c, i)",
        lambda b, c: min(
            1, 2 * sum(math.comb(c, i) for i in range(min(b, c) + 1)) / 2 ** (b + c)
        ),
    ),
    (
        "cap at half before doubling",
        lambda b, c: min(
            0.5, sum(math.comb(b + c, i) for i in range(min(b, c) + 1)) / 2 ** (b + c)
        ),
    ),
    ("list", lambda b, c: [math.comb(b + c, i) / 2 ** (b + c) for i in range(min(b, c) + 1)]),
    (
        "b-c",
        lambda b, c: min(
            1, 2 * sum(math.comb(b + c, i) for i in range(abs(b - c) + 1)) / 2 ** (b + c)
        ),
    ),
):
    wrong("13.mcnemar.p_value", said, mistake)
right(
    "13.mcnemar.p_value",
    "both ends",
    lambda b, c: (
        sum(math.comb(b + c, i) for i in range(b + c + 1) if abs(2 * i - b - c) >= abs(b - c))
        / 2 ** (b + c)
    ),
)
right(
    "13.mcnemar.p_value",
    "1 - middle",
    lambda b, c: (
        1 - sum(math.comb(b + c, i) for i in range(min(b, c) + 1, max(b, c))) / 2 ** (b + c)
    ),
)
right(
    "13.mcnemar.p_value",
    "1 if equal",
    lambda b, c: (
        1
        if b == c
        else 2 * sum(math.comb(b + c, i) * 0.5 ** (b + c) for i in range(min(b, c) + 1))
    ),
)


@wrong("13.difference_interval", "no root n")
def _(first, second, y):
    d = signs(first, second, y)
    return around(d.mean(), 1.96 * d.std())


@wrong("13.difference_interval", "var for std")
def _(first, second, y):
    d = signs(first, second, y)
    return around(d.mean(), 1.96 * d.var() / len(d) ** 0.5)


@wrong("13.difference_interval", "unpaired")
def _(first, second, y):
    p, q, n = np.mean(first == y), np.mean(second == y), len(y)
    return around(p - q, 1.96 * ((p * (1 - p) + q * (1 - q)) / n) ** 0.5)


@wrong("13.difference_interval", "p(1-p) of the mean")
def _(first, second, y):
    d = signs(first, second, y)
    m = abs(d.mean())
    return around(d.mean(), 1.96 * (m * (1 - m) / len(d)) ** 0.5)


@wrong("13.difference_interval", "sum")
def _(first, second, y):
    d = signs(first, second, y)
    return around(d.sum(), 1.96 * d.std() / len(d) ** 0.5)


@wrong("13.difference_interval", "mean square without minus")
def _(first, second, y):
    d = signs(first, second, y)
    return around(d.mean(), 1.96 * ((d**2).mean() / len(d)) ** 0.5)


@wrong("13.difference_interval", "only differing")
def _(first, second, y):
    d = signs(first, second, y)
    d = d[d != 0]
    return around(d.mean(), 1.96 * d.std() / len(d) ** 0.5)


@wrong("13.difference_interval", "mean and reach")
def _(first, second, y):
    d = signs(first, second, y)
    return d.mean(), 1.96 * d.std() / len(d) ** 0.5


@wrong("13.difference_interval", "centred at 0")
def _(first, second, y):
    d = signs(first, second, y)
    return around(0, 1.96 * d.std() / len(d) ** 0.5)


@wrong("13.difference_interval", "uint8 arithmetic")
def _(first, second, y):
    d = (first == y).astype(np.uint8) - (second == y)
    return around(d.mean(), 1.96 * d.std() / len(d) ** 0.5)


@wrong("13.difference_interval", "xor")
def _(first, second, y):
    d = (first == y) ^ (second == y)
    return around(d.mean(), 1.96 * d.std() / len(d) ** 0.5)


@wrong("13.difference_interval", "first != second")
def _(first, second, y):
    d = (first != second).astype(float)
    return around(d.mean(), 1.96 * d.std() / len(d) ** 0.5)


@wrong("13.difference_interval", "inputs taken for right/wrong")
def _(first, second, y):
    d = np.where(first & ~second, 1, np.where(second & ~first, -1, 0))
    return around(d.mean(), 1.96 * d.std() / len(d) ** 0.5)


@wrong("13.difference_interval", "n of differing in s")
def _(first, second, y):
    d = signs(first, second, y)
    return around(d.mean(), 1.96 * d.std() / np.count_nonzero(d) ** 0.5)


@right("13.difference_interval", "b and c")
def _(first, second, y):
    n = len(y)
    b = np.sum((first == y) & (second != y))
    c = np.sum((first != y) & (second == y))
    s = math.sqrt((b + c) / n - ((b - c) / n) ** 2) / math.sqrt(n)
    return [(b - c) / n - 1.96 * s, (b - c) / n + 1.96 * s]


@right("13.difference_interval", "statistics")
def _(first, second, y):
    d = [int(f == t) - int(s == t) for f, s, t in zip(first, second, y)]
    r = 1.96 * statistics.pstdev(d) / len(d) ** 0.5
    return np.array([statistics.mean(d) - r, statistics.mean(d) + r])


for said, mistake in (
    ("floor", lambda p, half: int(1.96**2 * p * (1 - p) / half**2)),
    ("no 1.96", lambda p, half: math.ceil(p * (1 - p) / half**2)),
    (
        "half is the whole width",
        lambda p, half: math.ceil(1.96**2 * p * (1 - p) / (half / 2) ** 2),
    ),
    ("2 half", lambda p, half: math.ceil(1.96**2 * p * (1 - p) / (2 * half) ** 2)),
    ("p(1-p) squared", lambda p, half: math.ceil((1.96 * p * (1 - p) / half) ** 2)),
    ("plus one", lambda p, half: int(1.96**2 * p * (1 - p) / half**2) + 2),
    ("floor division", lambda p, half: 1.96**2 * p * (1 - p) // half**2),
):
    wrong("13.digits_needed", said, mistake)
right(
    "13.digits_needed",
    "np.ceil int",
    lambda p, half: int(np.ceil((1.96 / half) ** 2 * p * (1 - p))),
)
right(
    "13.digits_needed",
    "np.ceil float",
    lambda p, half: np.ceil((1.96 / half) ** 2 * p * (1 - p)),
)
right(
    "13.digits_needed",
    "negative floor",
    lambda p, half: -int(-(1.96**2) * p * (1 - p) // half**2),
)
for said, mistake in (
    ("arithmetic mean", lambda C: (np.diag(C) / C.sum(0) + np.diag(C) / C.sum(1)) / 2),
    ("product", lambda C: np.diag(C) / C.sum(0) * np.diag(C) / C.sum(1)),
    ("geometric", lambda C: np.sqrt(np.diag(C) / C.sum(0) * np.diag(C) / C.sum(1))),
    ("sum over 2", lambda C: (C.sum(0) / np.diag(C) + C.sum(1) / np.diag(C)) / 2),
    ("mean", lambda C: np.mean(2 / (C.sum(0) / np.diag(C) + C.sum(1) / np.diag(C)))),
    ("normalised by whole", lambda C: 2 / (C.sum() / np.diag(C) + C.sum() / np.diag(C))),
    (
        "keepdims",
        lambda C: (
            2 / (C.sum(0, keepdims=True) / np.diag(C) + C.sum(1, keepdims=True) / np.diag(C))
        ),
    ),
    ("floor", lambda C: 2 * np.diag(C) // (C.sum(0) + C.sum(1))),
    ("column vector", lambda C: (2 * np.diag(C) / (C.sum(0) + C.sum(1)))[:, None]),
    (
        "ten classes",
        lambda C: np.array([2 * C[k, k] / (C[k].sum() + C[:, k].sum()) for k in range(10)]),
    ),
    ("micro", lambda C: np.full(len(C), np.trace(C) / C.sum())),
    ("brackets", lambda C: 2 / (C.sum(0) / np.diag(C)) + C.sum(1) / np.diag(C)),
):
    wrong("13.f1", said, mistake)
right(
    "13.f1",
    "harmonic by loops",
    lambda C: [
        2 / (1 / (C[k, k] / sum(C[:, k])) + 1 / (C[k, k] / sum(C[k]))) for k in range(len(C))
    ],
)
right(
    "13.f1",
    "tp fp fn",
    lambda C: (
        2 * np.diag(C) / (2 * np.diag(C) + (C.sum(0) - np.diag(C)) + (C.sum(1) - np.diag(C)))
    ),
)


@wrong("13.answer_share", "first that fails")
def _(confidence, right, wanted):
    a = running(confidence, right)
    bad = np.flatnonzero(a < wanted)
    return (bad[0] if len(bad) else len(a)) / len(a)


@wrong("13.answer_share", "ascending")
def _(confidence, right, wanted):
    a = running(confidence, right, 1)
    ok = np.flatnonzero(a >= wanted)
    return (ok[-1] + 1) / len(a) if len(ok) else 0


@wrong("13.answer_share", "off by one")
def _(confidence, right, wanted):
    a = running(confidence, right)
    ok = np.flatnonzero(a >= wanted)
    return ok[-1] / len(a) if len(ok) else 0


@wrong("13.answer_share", "confidence above wanted")
def _(confidence, right, wanted):
    return np.mean(confidence >= wanted)


@wrong("13.answer_share", "in place sort")
def _(confidence, right, wanted):
    o = np.argsort(-confidence)
    confidence.sort()
    right[:] = right[o]
    a = np.cumsum(right) / np.arange(1, len(o) + 1)
    ok = np.flatnonzero(a >= wanted)
    return (ok[-1] + 1) / len(a) if len(ok) else 0


@wrong("13.answer_share", "share of those right")
def _(confidence, right, wanted):
    a = running(confidence, right)
    ok = np.flatnonzero(a >= wanted)
    return a[ok[-1]] if len(ok) else 0


@wrong("13.answer_share", "divides by all")
def _(confidence, right, wanted):
    o = np.argsort(-confidence)
    a = np.cumsum(right[o]) / len(o)
    ok = np.flatnonzero(a >= wanted)
    return (ok[-1] + 1) / len(a) if len(ok) else 0


@wrong("13.answer_share", "strict threshold")
def _(confidence, right, wanted):
    return max(
        [
            np.mean(confidence > t)
            for t in confidence
            if (confidence > t).any() and right[confidence > t].mean() >= wanted
        ],
        default=0,
    )


@wrong("13.answer_share", "None for none")
def _(confidence, right, wanted):
    a = running(confidence, right)
    ok = np.flatnonzero(a >= wanted)
    return (ok[-1] + 1) / len(a) if len(ok) else None


@wrong("13.answer_share", "percent")
def _(confidence, right, wanted):
    a = running(confidence, right)
    ok = np.flatnonzero(a >= wanted)
    return 100 * (ok[-1] + 1) / len(a) if len(ok) else 0


@right("13.answer_share", "thresholds")
def _(confidence, right, wanted):
    return max(
        [
            np.mean(confidence >= t)
            for t in confidence
            if right[confidence >= t].mean() >= wanted
        ],
        default=0,
    )


@right("13.answer_share", "loop down")
def _(confidence, right, wanted):
    pairs = sorted(zip(confidence, right), reverse=True)
    for k in range(len(pairs), 0, -1):
        if sum(r for _, r in pairs[:k]) / k >= wanted:
            return k / len(pairs)
    return 0


wrong("13.mcnemar.chance", "tails for free", lambda i, m: math.comb(m, i) / 2 ** (m - i))
wrong("13.f1", "a sum for a mean", lambda C: np.diag(C) / C.sum(0) + np.diag(C) / C.sum(1))
wrong("13.f1", "of the totals", lambda C: 2 / (1 / C.sum(0) + 1 / C.sum(1)))


@wrong("13.difference_interval", "no minus one")
def _(first, second, y):
    d = ((first == y) & (second != y)).astype(float)
    return around(d.mean(), 1.96 * d.std() / len(y) ** 0.5)


@wrong("13.difference_interval", "nothing below 0")
def _(first, second, y):
    d = signs(first, second, y)
    low, high = around(d.mean(), 1.96 * d.std() / len(y) ** 0.5)
    return max(low, 0), max(high, 0)


@wrong("13.difference_interval", "two reaches")
def _(first, second, y):
    p, q, n = np.mean(first == y), np.mean(second == y), len(y)
    return around(p - q, 1.96 * ((p * (1 - p) / n) ** 0.5 + (q * (1 - q) / n) ** 0.5))


@wrong("13.answer_share", "accuracy above wanted")
def _(confidence, right, wanted):
    sure = confidence >= wanted
    return right[sure].mean() if sure.any() else 0


@wrong("13.answer_share", "of the right ones")
def _(confidence, right, wanted):
    ok = np.flatnonzero(running(confidence, right) >= wanted)
    return (ok[-1] + 1) / right.sum() if len(ok) else 0


right(
    "13.mcnemar.only",
    "right less both",
    lambda right, other: right.sum() - (right & other).sum(),
)
