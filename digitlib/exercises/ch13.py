"""The exercises of notebook 13: evaluation."""

import math

import numpy as np

from digitlib.exercises.model import Exercise, Wrong


def f1(C):
    right = np.diagonal(C)
    return 2 * right / (C.sum(axis=0) + C.sum(axis=1))


def f1_from_both(C):
    precision = np.diag(C) / C.sum(axis=0)
    recall = np.diag(C) / C.sum(axis=1)
    return 2 / (1 / precision + 1 / recall)


def f1_by_loop(C):
    scores = np.zeros(len(C))
    for k in range(len(C)):
        precision = C[k, k] / sum(C[t, k] for t in range(len(C)))
        recall = C[k, k] / sum(C[k, p] for p in range(len(C)))
        scores[k] = 2 * precision * recall / (precision + recall)
    return scores


def arithmetic_mean(C):
    right = np.diagonal(C)
    return (right / C.sum(axis=0) + right / C.sum(axis=1)) / 2


def two_forgotten(C):
    return np.diagonal(C) / (C.sum(axis=0) + C.sum(axis=1))


def one_number(C):
    return (2 * np.diagonal(C) / (C.sum(axis=0) + C.sum(axis=1))).mean()


def geometric_mean(C):
    return np.diagonal(C) / np.sqrt(C.sum(axis=0) * C.sum(axis=1))


def digits_needed(p, half):
    return math.ceil(1.96**2 * p * (1 - p) / half**2)


def digits_by_root(p, half):
    root = 1.96 * np.sqrt(p * (1 - p)) / half
    return int(np.ceil(root**2))


def digits_by_search(p, half):
    n = 1
    while 1.96 * (p * (1 - p) / n) ** 0.5 > half:
        n += 1
    return n


def not_squared(p, half):
    return math.ceil(1.96 * math.sqrt(p * (1 - p)) / half)


def rounded_down(p, half):
    return int(1.96**2 * p * (1 - p) / half**2)


def whole_width(p, half):
    return math.ceil(1.96**2 * p * (1 - p) / (half / 2) ** 2)


def one_standard_error(p, half):
    return math.ceil(p * (1 - p) / half**2)


def difference_interval(first, second, y):
    x = (first == y).astype(float) - (second == y)
    reach = 1.96 * np.sqrt(x.var() / len(y))
    return x.mean() - reach, x.mean() + reach


def difference_by_counts(first, second, y):
    n = len(y)
    b = np.sum((first == y) & (second != y))
    c = np.sum((first != y) & (second == y))
    reach = 1.96 * np.sqrt(b + c - (b - c) ** 2 / n) / n
    return (b - c) / n - reach, (b - c) / n + reach


def difference_by_loop(first, second, y):
    x = [int(f == t) - int(s == t) for f, s, t in zip(first, second, y)]
    mean = sum(x) / len(x)
    variance = sum((value - mean) ** 2 for value in x) / len(x)
    reach = 1.96 * math.sqrt(variance / len(x))
    return [mean - reach, mean + reach]


def unpaired(first, second, y):
    p, q = (first == y).mean(), (second == y).mean()
    reach = 1.96 * np.sqrt((p * (1 - p) + q * (1 - q)) / len(y))
    return p - q - reach, p - q + reach


def the_other_way_round(first, second, y):
    x = (second == y).astype(float) - (first == y)
    reach = 1.96 * np.sqrt(x.var() / len(y))
    return x.mean() - reach, x.mean() + reach


def spread_of_one_digit(first, second, y):
    x = (first == y).astype(float) - (second == y)
    reach = 1.96 * x.std()
    return x.mean() - reach, x.mean() + reach


def only_where_they_differ(first, second, y):
    x = (first == y).astype(float) - (second == y)
    x = x[x != 0]
    reach = 1.96 * np.sqrt(x.var() / len(x))
    return x.mean() - reach, x.mean() + reach


def answer_share(confidence, right, wanted):
    order = np.argsort(-confidence)
    accuracy = np.cumsum(right[order]) / np.arange(1, len(right) + 1)
    enough = np.flatnonzero(accuracy >= wanted)
    return (enough[-1] + 1) / len(right) if len(enough) else 0.0


def share_by_loop(confidence, right, wanted):
    best = 0
    for limit in confidence:
        answered = confidence >= limit
        if right[answered].mean() >= wanted:
            best = max(best, int(answered.sum()))
    return best / len(confidence)


def share_from_the_end(confidence, right, wanted):
    ranked = right[np.argsort(confidence)[::-1]]
    for n in range(len(ranked), 0, -1):
        if sum(ranked[:n]) >= wanted * n:
            return n / len(ranked)
    return 0.0


def gave_up_at_the_first_dip(confidence, right, wanted):
    order = np.argsort(-confidence)
    accuracy = np.cumsum(right[order]) / np.arange(1, len(right) + 1)
    short = np.flatnonzero(accuracy < wanted)
    return short[0] / len(right) if len(short) else 1.0


def least_confident_first(confidence, right, wanted):
    order = np.argsort(confidence)
    accuracy = np.cumsum(right[order]) / np.arange(1, len(right) + 1)
    enough = np.flatnonzero(accuracy >= wanted)
    return (enough[-1] + 1) / len(right) if len(enough) else 0.0


def one_too_few(confidence, right, wanted):
    order = np.argsort(-confidence)
    accuracy = np.cumsum(right[order]) / np.arange(1, len(right) + 1)
    enough = np.flatnonzero(accuracy >= wanted)
    return enough[-1] / len(right) if len(enough) else 0.0


def confidence_believed(confidence, right, wanted):
    return (confidence >= wanted).mean()


def _counts(seed, classes):
    """A confusion matrix in which every class occurs and is answered."""
    rng = np.random.default_rng(seed)
    return rng.integers(0, 6, (classes, classes)) + np.diag(rng.integers(5, 90, classes))


def _two_networks(seed, n, shares):
    """The answers of two networks that are right on these shares, and the labels."""
    rng = np.random.default_rng(seed)
    y = rng.integers(10, size=n)
    return *(np.where(rng.random(n) < share, y, (y + 1) % 10) for share in shares), y


def _confident(seed, n):
    """Confidences that are all different, and whether each answer is right."""
    rng = np.random.default_rng(seed)
    confidence = rng.permutation(np.linspace(0.3, 0.999, n))
    return confidence, rng.random(n) < confidence**0.3


_BITS = (1, 0, 1, 1, 0, 1, 1, 0)

EXERCISES = (
    Exercise(
        name="13.f1",
        reference=f1,
        cases=(
            (np.array([[3, 1], [2, 4]]),),
            (np.array([[8, 0, 1], [2, 1, 1], [4, 0, 5]]),),
            (_counts(0, 10),),
        ),
        tested="two, three and ten classes, some found often and answered seldom",
        hints=(
            "A harmonic mean is one over the mean of one over each.",
            "2 / (1/precision + 1/recall); both have the diagonal above, so it is twice the "
            "diagonal over the sum of the two totals.",
            "2 * np.diagonal(C) / (C.sum(axis=0) + C.sum(axis=1))",
        ),
        wrong=(
            Wrong(
                arithmetic_mean,
                "You took the plain mean of precision and recall. It forgives a class that is "
                "found always and answered far too often; the harmonic mean does not.",
            ),
            Wrong(
                two_forgotten,
                "Half of what belongs: a network without a mistake would score 0.5. The 2 of "
                "the harmonic mean is missing.",
            ),
            Wrong(
                one_number,
                "You return one number, the mean over the classes. One number for each class "
                "is asked for, shape (K,).",
            ),
            Wrong(
                geometric_mean,
                "That is the geometric mean, the root of the product. The harmonic mean has "
                "the sum of the totals below, not the root of their product.",
            ),
            Wrong(
                lambda C: np.diagonal(C) / C.sum(axis=0),
                "That is the precision alone: the column sums. The recall "
                "has to come in as well.",
            ),
            Wrong(
                lambda C: np.diagonal(C) / C.sum(axis=1),
                "That is the recall alone: the row sums. The precision has to come in as well.",
            ),
            Wrong(
                lambda C: np.diagonal(C) / np.maximum(C.sum(axis=0), C.sum(axis=1)),
                "You take the smaller of precision and recall. The harmonic "
                "mean lies between the two.",
            ),
            Wrong(
                lambda C: np.diagonal(C) / (C.sum(axis=0) + C.sum(axis=1) - np.diagonal(C)),
                "That is hits over everything that is one or the other, each "
                "counted once (the Jaccard index). F1 has twice the hits "
                "over the sum of both totals.",
            ),
            Wrong(
                lambda C: (C.sum(axis=0) + C.sum(axis=1)) / np.diagonal(C),
                "That is 1/precision + 1/recall. The harmonic mean is 2 divided by it.",
            ),
            Wrong(
                lambda C: 2 * (C.sum(axis=0) + C.sum(axis=1)) / np.diagonal(C),
                "Your fraction is upside down: F1 is 2 · precision · recall "
                "over precision + recall.",
            ),
            Wrong(
                lambda C: 2 * np.diagonal(C) / C.sum(),
                "You divide by all digits. Each class has its own totals: "
                "its row and its column.",
            ),
        ),
        right=(f1_from_both, f1_by_loop),
    ),
    Exercise(
        name="13.digits_needed",
        reference=digits_needed,
        cases=((0.5, 0.1), (0.9, 0.02), (0.97, 0.01), (0.995, 0.002)),
        tested="accuracies from 0.5 to 0.995, reaches from 0.1 to 0.002",
        hints=(
            "Set the reach of the interval, 1.96 standard errors, equal to `half`, and solve "
            "for n.",
            "1.96 √(p (1 − p) / n) ≤ half means n ≥ 1.96² p (1 − p) / half². Then up to the "
            "next whole number.",
            "math.ceil(1.96**2 * p * (1 - p) / half**2), with math imported",
        ),
        wrong=(
            Wrong(
                not_squared,
                "You left out the square: n stands under a root, so half the reach needs four "
                "times the digits, not twice.",
            ),
            Wrong(
                rounded_down,
                "You rounded down, and with that many digits the interval reaches a little "
                "too far. Round up.",
            ),
            Wrong(
                whole_width,
                "You took `half` as the whole width of the interval: four times too many. It "
                "is the reach to one side.",
            ),
            Wrong(
                one_standard_error,
                "That is one standard error on each side, which holds the truth two times in "
                "three. 95 % needs 1.96 of them.",
            ),
        ),
        right=(digits_by_root, digits_by_search),
    ),
    Exercise(
        name="13.difference_interval",
        reference=difference_interval,
        cases=(
            (
                np.array([1, 1, 1, 1, 1, 1, 1, 0]),
                np.array(_BITS),
                np.ones(8, dtype=int),
            ),
            _two_networks(0, 60, (0.7, 0.9)),
            _two_networks(1, 400, (0.95, 0.8)),
        ),
        tested="a better first and a better second network, 8, 60 and 400 digits",
        returns=("low", "high"),
        hints=(
            "Give every digit one number that says for which network it speaks: +1, 0 or −1.",
            "With x = (first right) − (second right), digit by digit: mean of x, give or take "
            "1.96 √(variance of x / N).",
            "x = (first == y).astype(float) - (second == y), then x.mean() and "
            "1.96 * np.sqrt(x.var() / len(y))",
        ),
        wrong=(
            Wrong(
                unpaired,
                "You added the variances of two separate accuracies, as if each network had "
                "digits of its own. They read the same ones: take the variance of the "
                "difference, digit by digit.",
            ),
            Wrong(
                the_other_way_round,
                "Your sign is the wrong way round: it is the first network's accuracy minus "
                "the second's.",
            ),
            Wrong(
                spread_of_one_digit,
                "Your reach is that of a single digit. The mean of N digits spreads √N times "
                "less: divide the variance by N.",
            ),
            Wrong(
                only_where_they_differ,
                "You averaged over the digits where they differ. The difference of two "
                "accuracies is a mean over all N digits; the others count as 0.",
            ),
        ),
        right=(difference_by_counts, difference_by_loop),
    ),
    Exercise(
        name="13.answer_share",
        reference=answer_share,
        cases=(
            (
                np.array([0.9, 0.8, 0.99, 0.6, 0.7]),
                np.array([True, True, False, False, True]),
                0.75,
            ),
            (
                np.array([0.5, 0.95, 0.9, 0.4]),
                np.array([True, True, True, False]),
                0.9,
            ),
            (np.array([0.6, 0.9]), np.array([True, False]), 0.8),
            (np.array([0.6, 0.9, 0.7]), np.array([True, True, True]), 0.99),
            (*_confident(0, 60), 0.9),
            (*_confident(1, 200), 0.95),
        ),
        tested="a mistake at the top, none that is good enough, all, 60 and 200 digits",
        hints=(
            "Sort the digits, the surest first. How accurate are the first n, for every n?",
            "Running sum of `right` in that order over 1, 2, 3, …; the last n at which it is "
            "`wanted` or more, divided by N; 0 where there is none.",
            "ranked = right[np.argsort(-confidence)], then np.cumsum(ranked) / np.arange(1, "
            "len(ranked) + 1) >= wanted, and the last place where that is true",
        ),
        wrong=(
            Wrong(
                gave_up_at_the_first_dip,
                "You stop where the accuracy first falls short. It may recover: one mistake "
                "among the surest two is 50 %, among the surest hundred 99 %.",
            ),
            Wrong(
                least_confident_first,
                "You answer the least confident digits first. Those are the ones to hand on.",
            ),
            Wrong(
                one_too_few,
                "One digit too few: an index counts from 0, a number of digits from 1.",
            ),
            Wrong(
                confidence_believed,
                "You took the network's word for it: the share with a confidence of `wanted` "
                "or more. Whether those are right so often is the question; look at `right`.",
            ),
            Wrong(
                lambda confidence, right, wanted: (
                    np.cumsum(right[np.argsort(-confidence)]) / np.arange(1, len(right) + 1)
                    >= wanted
                ).mean(),
                "You count for how many numbers of answers the accuracy is "
                "good enough. Asked for is the largest such number, even if "
                "a smaller one falls short.",
            ),
            Wrong(
                lambda confidence, right, wanted: (
                    answer_share(confidence, right, wanted) or 1.0
                ),
                "Where no share will do, yours is 1. Then nothing can be answered: 0.",
            ),
        ),
        right=(share_by_loop, share_from_the_end),
    ),
)
