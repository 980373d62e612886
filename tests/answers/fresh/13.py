"""Fresh answers to the exercises of notebook 13, written from its text alone."""

import math

import numpy as np
from wrong_answers import right, wrong

W = "13.wilson."
wrong(W + "s", "no root", lambda p, n: p * (1 - p) / n)
wrong(W + "s", "n outside the root", lambda p, n: np.sqrt(p * (1 - p)) / n)
wrong(W + "s", "p for p (1 - p)", lambda p, n: np.sqrt(p / n))
wrong(W + "s", "not divided by n", lambda p, n: np.sqrt(p * (1 - p)))
wrong(W + "s", "1.96 in it", lambda p, n: 1.96 * np.sqrt(p * (1 - p) / n))
wrong(W + "s", "n - 1", lambda p, n: np.sqrt(p * (1 - p) / (n - 1)))
wrong(W + "s", "p squared forgotten", lambda p, n: np.sqrt((p - 1) * p / n))
wrong(W + "s", "variance times n", lambda p, n: np.sqrt(n * p * (1 - p)))
right(W + "s", "mean of squares minus square", lambda p, n: ((p - p**2) / n) ** 0.5)
wrong(W + "quadratic", "a forgotten in q1", lambda share, a: (1 + a, -2 * share, share**2))
wrong(W + "quadratic", "q1 positive", lambda share, a: (1 + a, 2 * share + a, share**2))
wrong(W + "quadratic", "q2 is 1 - a", lambda share, a: (1 - a, -2 * share + a, share**2))
wrong(W + "quadratic", "backwards", lambda share, a: (share**2, -2 * share - a, 1 + a))
wrong(W + "quadratic", "q0 is share", lambda share, a: (1 + a, -2 * share - a, share))
wrong(
    W + "quadratic",
    "with p in it",
    lambda share, a: ((1 + a) * share**2, -(2 * share + a) * share, share**2),
)
wrong(W + "quadratic", "2 forgotten in q1", lambda share, a: (1 + a, -share - a, share**2))
wrong(
    W + "quadratic", "all signs turned", lambda share, a: (-1 - a, 2 * share + a, -(share**2))
)
wrong(W + "quadratic", "left out q2's a", lambda share, a: (1, -2 * share - a, share**2))
right(W + "quadratic", "list", lambda share, a: [a + 1, -(2 * share + a), share * share])
wrong(W + "centre", "the share", lambda share, a: share)
wrong(W + "centre", "sign", lambda share, a: -(2 * share + a) / (2 * (1 + a)))
wrong(W + "centre", "half forgotten", lambda share, a: (2 * share + a) / (1 + a))
wrong(W + "centre", "not divided by q2", lambda share, a: share + a / 2)
wrong(W + "centre", "precedence", lambda share, a: (2 * share + a) / 2 * (1 + a))
wrong(W + "centre", "a for half of a", lambda share, a: (share + a) / (1 + a))
right(
    W + "centre",
    "weighted mean with a half",
    lambda share, a: np.average([share, 0.5], weights=[1, a]),
)


def q(share, a):
    return 1 + a, -2 * share - a, share**2


wrong(
    W + "reach",
    "no root",
    lambda share, a: ((2 * share + a) ** 2 - 4 * (1 + a) * share**2) / (2 * (1 + a)),
)
wrong(W + "reach", "Wald's reach", lambda share, a: np.sqrt(a * share * (1 - share)))
wrong(
    W + "reach",
    "plus",
    lambda share, a: np.sqrt((2 * share + a) ** 2 + 4 * (1 + a) * share**2) / (2 * (1 + a)),
)
wrong(
    W + "reach",
    "4 forgotten",
    lambda share, a: np.sqrt((2 * share + a) ** 2 - (1 + a) * share**2) / (2 * (1 + a)),
)
wrong(
    W + "reach",
    "2 forgotten below",
    lambda share, a: np.sqrt((2 * share + a) ** 2 - 4 * (1 + a) * share**2) / (1 + a),
)
wrong(
    W + "reach",
    "the upper end",
    lambda share, a: (
        (2 * share + a + np.sqrt((2 * share + a) ** 2 - 4 * (1 + a) * share**2)) / (2 * (1 + a))
    ),
)
wrong(
    W + "reach",
    "q2 forgotten under the root",
    lambda share, a: np.sqrt((2 * share + a) ** 2 - 4 * share**2) / (2 * (1 + a)),
)
right(
    W + "reach",
    "simplified",
    lambda share, a: math.sqrt(a * share * (1 - share) + a * a / 4) / (1 + a),
)

M = "13.mcnemar."
wrong(M + "only", "or", lambda right, other: (right | ~other).sum())
wrong(M + "only", "the other one alone", lambda right, other: (other & ~right).sum())
wrong(M + "only", "differ either way", lambda right, other: (right != other).sum())
wrong(M + "only", "difference of the counts", lambda right, other: right.sum() - other.sum())
wrong(M + "only", "share", lambda right, other: (right & ~other).mean())
wrong(M + "only", "not in Python", lambda right, other: sum(right and not other))
wrong(M + "only", "mask, not counted", lambda right, other: right & ~other)
wrong(M + "only", "both", lambda right, other: (right & other).sum())
wrong(M + "only", "boolean minus", lambda right, other: (right - other).sum())
right(
    M + "only", "loop", lambda right, other: sum(1 for a, b in zip(right, other) if a and not b)
)
wrong(M + "chance", "not divided", lambda i, m: math.comb(m, i))
wrong(M + "chance", "one sequence", lambda i, m: 0.5**m)
wrong(M + "chance", "0.5 to the i", lambda i, m: math.comb(m, i) * 0.5**i)
wrong(M + "chance", "exchanged", lambda i, m: math.comb(i, m) / 2**m)
wrong(M + "chance", "m squared", lambda i, m: math.comb(m, i) / m**2)
wrong(M + "chance", "permutations", lambda i, m: math.perm(m, i) / 2**m)
wrong(M + "chance", "up to i", lambda i, m: sum(math.comb(m, k) for k in range(i + 1)) / 2**m)
wrong(M + "chance", "i / m", lambda i, m: i / m)
right(
    M + "chance",
    "factorials",
    lambda i, m: math.factorial(m) / math.factorial(i) / math.factorial(m - i) / 2**m,
)
wrong(
    M + "p_value",
    "one end",
    lambda b, c: sum(math.comb(b + c, i) for i in range(min(b, c) + 1)) / 2 ** (b + c),
)
wrong(
    M + "p_value",
    "not capped",
    lambda b, c: 2 * sum(math.comb(b + c, i) for i in range(min(b, c) + 1)) / 2 ** (b + c),
)
wrong(
    M + "p_value",
    "range stops early",
    lambda b, c: min(1, 2 * sum(math.comb(b + c, i) for i in range(min(b, c))) / 2 ** (b + c)),
)
wrong(
    M + "p_value",
    "exactly this result",
    lambda b, c: min(1, 2 * math.comb(b + c, b) / 2 ** (b + c)),
)
wrong(
    M + "p_value",
    "b instead of the smaller",
    lambda b, c: min(1, 2 * sum(math.comb(b + c, i) for i in range(b + 1)) / 2 ** (b + c)),
)
wrong(
    M + "p_value",
    "larger one",
    lambda b, c: min(
        1, 2 * sum(math.comb(b + c, i) for i in range(max(b, c) + 1)) / 2 ** (b + c)
    ),
)
wrong(M + "p_value", "difference", lambda b, c: abs(b - c) / (b + c) if b + c else 1)
wrong(
    M + "p_value",
    "1 minus",
    lambda b, c: (
        1 - min(1, 2 * sum(math.comb(b + c, i) for i in range(min(b, c) + 1)) / 2 ** (b + c))
    ),
)
wrong(
    M + "p_value",
    "chance of the middle",
    lambda b, c: (
        sum(math.comb(b + c, i) for i in range(min(b, c), max(b, c) + 1)) / 2 ** (b + c)
    ),
)


@right(M + "p_value", "all results as uneven")
def _(b, c):
    m = b + c
    return sum(math.comb(m, i) for i in range(m + 1) if abs(2 * i - m) >= abs(b - c)) / 2**m


D = "13.difference_interval"


def signed(first, second, y):
    return (first == y).astype(float) - (second == y)


def interval(mean, reach):
    def answer(first, second, y):
        d = signed(np.asarray(first), np.asarray(second), np.asarray(y))
        return mean(d) - reach(d), mean(d) + reach(d)

    return answer


wrong(D, "no root of n", interval(np.mean, lambda d: 1.96 * d.std()))
wrong(D, "divided by n, not its root", interval(np.mean, lambda d: 1.96 * d.std() / len(d)))
wrong(D, "variance for spread", interval(np.mean, lambda d: 1.96 * d.var() / np.sqrt(len(d))))
wrong(D, "n - 1", interval(np.mean, lambda d: 1.96 * d.std(ddof=1) / np.sqrt(len(d))))
wrong(D, "one standard error", interval(np.mean, lambda d: d.std() / np.sqrt(len(d))))
wrong(D, "2 for 1.96", interval(np.mean, lambda d: 2 * d.std() / np.sqrt(len(d))))
wrong(
    D,
    "the wrong way round",
    interval(lambda d: -d.mean(), lambda d: 1.96 * d.std() / np.sqrt(len(d))),
)
wrong(
    D,
    "unpaired",
    lambda first, second, y: tuple(
        np.mean(first == y)
        - np.mean(second == y)
        + k * 1.96 * np.sqrt(np.var(first == y) / len(y) + np.var(second == y) / len(y))
        for k in (-1, 1)
    ),
)
wrong(
    D,
    "high, low",
    lambda first, second, y: interval(np.mean, lambda d: 1.96 * d.std() / np.sqrt(len(d)))(
        first, second, y
    )[::-1],
)
wrong(
    D,
    "only the differing digits",
    lambda first, second, y: interval(np.mean, lambda d: 1.96 * d.std() / np.sqrt(len(d)))(
        first[first != second], second[first != second], y[first != second]
    ),
)
wrong(D, "sums", interval(np.sum, lambda d: 1.96 * d.std() * np.sqrt(len(d))))
wrong(D, "boolean minus", lambda first, second, y: ((first == y) - (second == y)).mean())
wrong(
    D,
    "answers subtracted",
    lambda first, second, y: (
        (first - second).mean() - 1.96 * (first - second).std() / np.sqrt(len(y)),
        (first - second).mean() + 1.96 * (first - second).std() / np.sqrt(len(y)),
    ),
)
wrong(
    D,
    "the interval's half alone",
    lambda first, second, y: 1.96 * signed(first, second, y).std() / np.sqrt(len(y)),
)


@right(D, "from the two counts")
def _(first, second, y):
    n = len(y)
    b = sum(1 for f, s, t in zip(first, second, y) if f == t != s)
    c = sum(1 for f, s, t in zip(first, second, y) if s == t != f)
    mean = (b - c) / n
    reach = 1.96 * math.sqrt(((b + c) / n - mean**2) / n)
    return [mean - reach, mean + reach]


N = "13.digits_needed"
wrong(N, "not rounded up", lambda p, half: 1.96**2 * p * (1 - p) / half**2)
wrong(N, "rounded to the nearest", lambda p, half: round(1.96**2 * p * (1 - p) / half**2))
wrong(N, "rounded down", lambda p, half: int(1.96**2 * p * (1 - p) / half**2))
# Only 1.96² rounded up or down decides where the two differ: accepted on purpose.
right(N, "floor + 1", lambda p, half: int(1.96**2 * p * (1 - p) / half**2) + 1)
wrong(N, "1.96 not squared", lambda p, half: math.ceil(1.96 * p * (1 - p) / half**2))
wrong(N, "half not squared", lambda p, half: math.ceil(1.96**2 * p * (1 - p) / half))
wrong(
    N,
    "half is the whole width",
    lambda p, half: math.ceil(1.96**2 * p * (1 - p) / (half / 2) ** 2),
)
wrong(N, "worst case p = 1/2", lambda p, half: math.ceil(1.96**2 / 4 / half**2))
wrong(N, "1 - p forgotten", lambda p, half: math.ceil(1.96**2 * p / half**2))
wrong(N, "two instead of 1.96", lambda p, half: math.ceil(4 * p * (1 - p) / half**2))
wrong(N, "root left in", lambda p, half: math.ceil(1.96 * math.sqrt(p * (1 - p)) / half))
wrong(N, "no 1.96", lambda p, half: math.ceil(p * (1 - p) / half**2))
wrong(N, "errors (1 - p) squared", lambda p, half: math.ceil((1.96 * (1 - p) / half) ** 2))


@right(N, "search by doubling and steps")
def _(p, half):
    n = 1
    while 1.96 * math.sqrt(p * (1 - p) / n) > half:
        n *= 2
    low = n // 2
    while n - low > 1:
        m = (n + low) // 2
        low, n = (low, m) if 1.96 * math.sqrt(p * (1 - p) / m) <= half else (m, n)
    return n


F = "13.f1"


def f_of(mean, rows=1, columns=0):
    def answer(C):
        hits = np.diag(C).astype(float)
        with np.errstate(all="ignore"):
            return mean(hits / C.sum(axis=columns), hits / C.sum(axis=rows))

    return answer


wrong(F, "arithmetic mean", f_of(lambda p, r: (p + r) / 2))
wrong(F, "geometric mean", f_of(lambda p, r: np.sqrt(p * r)))
wrong(F, "precision", f_of(lambda p, r: p))
wrong(F, "recall", f_of(lambda p, r: r))
wrong(F, "2 forgotten", f_of(lambda p, r: p * r / (p + r)))
wrong(F, "turned over", f_of(lambda p, r: (1 / p + 1 / r) / 2))
wrong(F, "one number", f_of(lambda p, r: np.nanmean(2 * p * r / (p + r))))
wrong(F, "product", f_of(lambda p, r: p * r))
wrong(F, "accuracy", lambda C: np.trace(C) / C.sum())
wrong(F, "smaller of the two", f_of(np.minimum))
wrong(
    F,
    "hits counted twice below",
    lambda C: 2 * np.diag(C) / (C.sum(0) + C.sum(1) + 2 * np.diag(C)),
)
wrong(
    F,
    "hits not counted below",
    lambda C: 2 * np.diag(C) / np.maximum(C.sum(0) + C.sum(1) - 2 * np.diag(C), 1),
)
wrong(F, "off the diagonal of sums of all", lambda C: 2 * np.diag(C) / C.sum())
right(
    F,
    "loop",
    lambda C: [
        2 * C[k][k] / (sum(C[k]) + sum(row[k] for row in C))
        if sum(C[k]) + sum(row[k] for row in C)
        else 0.0
        for k in range(len(C))
    ],
)

A = "13.answer_share"


@wrong(A, "not sorted")
def _(confidence, right, wanted):
    s = np.cumsum(right) / np.arange(1, len(right) + 1)
    good = np.flatnonzero(s >= wanted)
    return (good[-1] + 1) / len(right) if len(good) else 0


@wrong(A, "least sure first")
def _(confidence, right, wanted):
    r = right[np.argsort(confidence)]
    s = np.cumsum(r) / np.arange(1, len(r) + 1)
    good = np.flatnonzero(s >= wanted)
    return (good[-1] + 1) / len(r) if len(good) else 0


@wrong(A, "stops at the first fall below")
def _(confidence, right, wanted):
    r = right[np.argsort(-confidence)]
    hits = 0
    for i, one in enumerate(r):
        hits += one
        if hits / (i + 1) < wanted:
            return i / len(r)
    return 1.0


@wrong(A, "one too few")
def _(confidence, right, wanted):
    r = right[np.argsort(-confidence)]
    s = np.cumsum(r) / np.arange(1, len(r) + 1)
    good = np.flatnonzero(s >= wanted)
    return good[-1] / len(r) if len(good) else 0


@wrong(A, "above, not at least")
def _(confidence, right, wanted):
    r = right[np.argsort(-confidence)]
    s = np.cumsum(r) / np.arange(1, len(r) + 1)
    good = np.flatnonzero(s > wanted)
    return (good[-1] + 1) / len(r) if len(good) else 0


@wrong(A, "threshold: the confident ones")
def _(confidence, right, wanted):
    return np.mean(confidence >= wanted)


@wrong(A, "a count")
def _(confidence, right, wanted):
    r = right[np.argsort(-confidence)]
    s = np.cumsum(r) / np.arange(1, len(r) + 1)
    good = np.flatnonzero(s >= wanted)
    return good[-1] + 1 if len(good) else 0


@wrong(A, "the number of good cuts")
def _(confidence, right, wanted):
    r = right[np.argsort(-confidence)]
    s = np.cumsum(r) / np.arange(1, len(r) + 1)
    return np.mean(s >= wanted)


@wrong(A, "empty list fails with max")
def _(confidence, right, wanted):
    r = right[np.argsort(-confidence)]
    return max(k for k in range(1, len(r) + 1) if r[:k].mean() >= wanted) / len(r)


@wrong(A, "hits by all digits")
def _(confidence, right, wanted):
    r = right[np.argsort(-confidence)]
    s = np.cumsum(r) / len(r)
    good = np.flatnonzero(s >= wanted)
    return (good[0] + 1) / len(r) if len(good) else 0


@wrong(A, "the share right of those answered")
def _(confidence, right, wanted):
    r = right[np.argsort(-confidence)]
    s = np.cumsum(r) / np.arange(1, len(r) + 1)
    good = np.flatnonzero(s >= wanted)
    return s[good[-1]] if len(good) else 0


@wrong(A, "smallest share that does")
def _(confidence, right, wanted):
    r = right[np.argsort(-confidence)]
    s = np.cumsum(r) / np.arange(1, len(r) + 1)
    return (np.argmax(s >= wanted) + 1) / len(r) if (s >= wanted).any() else 0


@right(A, "by thresholds")
def _(confidence, right, wanted):
    best = 0
    for t in confidence:
        kept = [ok for c, ok in zip(confidence, right) if c >= t]
        if sum(kept) >= wanted * len(kept):
            best = max(best, len(kept))
    return best / len(right)
