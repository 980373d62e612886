"""The exercises of notebook 13: evaluation."""

import math

import numpy as np

from digitlib.exercises.model import Exercise, Line, Wall, Wrong


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


def reaches_added(first, second, y):
    p, q = (first == y).mean(), (second == y).mean()
    reach = 1.96 * (np.sqrt(p * (1 - p) / len(y)) + np.sqrt(q * (1 - q) / len(y)))
    return p - q - reach, p - q + reach


def cut_at_zero(first, second, y):
    low, high = difference_interval(first, second, y)
    return max(0.0, low), max(0.0, high)


def only_where_they_differ(first, second, y):
    x = (first == y).astype(float) - (second == y)
    x = x[x != 0]
    reach = 1.96 * np.sqrt(x.var() / len(x))
    return x.mean() - reach, x.mean() + reach


def _signs(first, second, y):
    """+1 where only the first is right, −1 where only the second is, else 0: (n,)."""
    return (first == y).astype(float) - (second == y)


def _about(x, variance):
    """An interval of the mean of x, with some other variance of one entry."""
    reach = 1.96 * np.sqrt(variance(x) / len(x))
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


def lowest_confidence(confidence, right, wanted):
    n = round(answer_share(confidence, right, wanted) * len(right))
    return np.sort(confidence)[-n] if n else 0.0


def accuracy_of_the_answered(confidence, right, wanted):
    n = round(answer_share(confidence, right, wanted) * len(right))
    return right[np.argsort(-confidence)[:n]].mean() if n else 0.0


def right_among_all(confidence, right, wanted):
    accuracy = np.cumsum(right[np.argsort(-confidence)]) / len(right)
    enough = np.flatnonzero(accuracy >= wanted)
    return (enough[-1] + 1) / len(right) if len(enough) else 0.0


def limit_left_out(confidence, right, wanted):
    best = 0.0
    for limit in confidence:
        answered = confidence > limit
        if answered.any() and right[answered].mean() >= wanted:
            best = max(best, answered.mean())
    return best


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


def _reads(seed, n, shares):
    """Which of n digits two networks read rightly: two arrays of True and False."""
    first, second, y = _two_networks(seed, n, shares)
    return first == y, second == y


# Not 1.96**2 / n alone: the lines hold for every a, and a small n makes its part visible.
_SHARES = ((0.9, 0.2), (0.25, 0.05), (1.0, 0.1), (0.97, 1.96**2 / 200))


def spread_by_n(first, second, y):
    x = (first == y).astype(float) - (second == y)
    reach = 1.96 * x.std() / len(y)
    return x.mean() - reach, x.mean() + reach


WILSON = Wall(
    name="13.wilson",
    tested="shares from 0.25 to 1, a from 0.02 to 0.2, 8 to 1,600 digits",
    why="Near 1 the centre moves towards a half, and the reach does not shrink to nothing.",
    lines=(
        Line(
            name="s",
            shape="a number: the standard error",
            reference=lambda p, n: np.sqrt(p * (1 - p) / n),
            cases=((0.9, 100), (0.5, 8), (0.98, 1600), (0.25, 36)),
            hints=(
                "What is the variance of one coin, what is it for the mean of n coins, and "
                "what makes a standard deviation of a variance?",
                "The root of (p − p²)/n",
                "np.sqrt(p * (1 - p) / n)",
            ),
            wrong=(
                Wrong(
                    lambda p, n: np.sqrt((p - 1) * p / n),
                    "Under your root stands a negative number: the variance is p − p², which "
                    "is p (1 − p).",
                ),
                Wrong(
                    lambda p, n: p * (1 - p) / n,
                    "That is the variance of the mean. The standard error is its root.",
                ),
                Wrong(
                    lambda p, n: np.sqrt(p * (1 - p)) / n,
                    "The n has to stand under the root: the variance is n times smaller, the "
                    "standard deviation only √n times.",
                ),
                Wrong(
                    lambda p, n: np.sqrt(p * (1 - p)),
                    "That is the spread of a single digit. The mean of n of them has a "
                    "variance that is n times smaller.",
                ),
                Wrong(
                    lambda p, n: np.sqrt(p / n),
                    "The mean square is p. Take away the squared mean, p², before the root.",
                ),
                Wrong(
                    lambda p, n: np.sqrt(n * p * (1 - p)),
                    "That is the standard deviation of the *number* of right digits. The share "
                    "is this number over n.",
                ),
                Wrong(
                    lambda p, n: np.sqrt((1 - p) / n),
                    "The factor p is missing: p − p² is p times (1 − p).",
                ),
                Wrong(
                    lambda p, n: np.sqrt(p * (1 - p) / (n - 1)),
                    "You divide by n − 1. That is for a variance which is estimated from the "
                    "n values; here p gives it exactly.",
                ),
                Wrong(
                    lambda p, n: 1.96 * np.sqrt(p * (1 - p) / n),
                    "That is already the reach. The standard error is without the 1.96.",
                ),
                Wrong(
                    lambda p, n: p * (1 - p) / n**0.5,
                    "Only n stands under your root. The whole variance, p times (1 − p) over "
                    "n, belongs there.",
                ),
                Wrong(
                    lambda p, n: p * 0,
                    "Always 0. The square of the mean is p², not p, and `//` would cut the "
                    "decimals off.",
                ),
                Wrong(
                    lambda p, n: np.sqrt(p) * (1 - p) / n,
                    "The root goes over the whole fraction: mind the brackets.",
                ),
                Wrong(
                    lambda p, n: np.sqrt(p * (1 - p)) * n,
                    "A mean of more digits spreads less: n has to divide, under the root.",
                ),
                Wrong(
                    lambda p, n: np.sqrt(p * 1 - p / n),
                    "p times the bracket (1 − p), and all of it over n: mind the brackets.",
                ),
                Wrong(
                    lambda p, n: np.sqrt(p**2 * (1 - p) / n),
                    "One p too many: p − p² is p times (1 − p).",
                ),
                Wrong(
                    lambda p, n: np.sqrt(p - p**2 / n),
                    "Only p² is divided by n, and the whole difference has to be: mind the "
                    "brackets.",
                ),
            ),
            right=(
                lambda p, n: math.sqrt((p - p**2) / n),
                lambda p, n: (p * (1 - p)) ** 0.5 / n**0.5,
            ),
        ),
        Line(
            name="quadratic",
            shape="three numbers: (q2, q1, q0)",
            reference=lambda share, a: (1 + a, -(2 * share + a), share**2),
            returns=("q2", "q1", "q0"),
            cases=_SHARES,
            hints=(
                "Multiply both sides out. Then bring everything to the left and collect what "
                "stands before p² and before p.",
                "share² − 2·share·p + p² on the left, a·p − a·p² on the right",
                "(1 + a, -(2 * share + a), share**2)",
            ),
            wrong=(
                Wrong(
                    lambda share, a: (1 + a, 2 * share + a, share**2),
                    "The sign before p is wrong: −2·share·p is on the left already, and a·p "
                    "comes over from the right as −a·p.",
                ),
                Wrong(
                    lambda share, a: (1 - a, -2 * share + a, share**2),
                    "What comes over from the right changes its sign: a·p − a·p² becomes "
                    "−a·p + a·p².",
                ),
                Wrong(
                    lambda share, a: (1 + a, -2 * share + a, share**2),
                    "The a before p has the wrong sign: a·p stands on the right, so it comes "
                    "over as −a·p.",
                ),
                Wrong(
                    lambda share, a: (1 + a, -(2 * share + a), share),
                    "The rest is share times share: (share − p)² begins with share².",
                ),
                Wrong(
                    lambda share, a: (1 + a, -(share + a), share**2),
                    "A 2 is missing: (share − p)² has −2·share·p in its middle.",
                ),
                Wrong(
                    lambda share, a: (1, -2 * share, share**2),
                    "That is the left side alone. The right side, a·p·(1 − p), has to come "
                    "over as well.",
                ),
                Wrong(
                    lambda share, a: (share**2, -(2 * share + a), 1 + a),
                    "The order is the other way round: first the number before p², the rest "
                    "last.",
                ),
                Wrong(
                    lambda share, a: (-1 - a, 2 * share + a, -(share**2)),
                    "All three signs are turned. That is the same equation, but bring the "
                    "right side to the left, so that (share − p)² keeps its plus.",
                ),
                Wrong(
                    lambda share, a: (1, -(2 * share + a) / (1 + a), share**2 / (1 + a)),
                    "You have divided by 1 + a. That is the same equation; give it as it is "
                    "before.",
                ),
                Wrong(
                    lambda share, a: (a, -(2 * share + a), share**2),
                    "The 1 of p² is missing: p² stands on the left, and a·p² comes over.",
                ),
                Wrong(
                    lambda share, a: (1 + a, 2 * share - a, share**2),
                    "The 2·share before p has the wrong sign: (share − p)² has −2·share·p in "
                    "its middle.",
                ),
                Wrong(
                    lambda share, a: (1 + a, -2 * share, share**2),
                    "You brought a·p² over and left a·p behind: the right side is a·p − a·p².",
                ),
                Wrong(
                    lambda share, a: (1, -(2 * share + a), share**2),
                    "You brought a·p over and left a·p² behind: the right side is a·p − a·p².",
                ),
            ),
            right=(lambda share, a: np.array([1 + a, -2 * share - a, share * share]),),
        ),
        Line(
            name="centre",
            shape="a number",
            reference=lambda share, a: (share + a / 2) / (1 + a),
            cases=_SHARES,
            hints=(
                "Of q₂ p² + q₁ p + q₀ = 0 the two solutions lie on either side of −q₁/(2q₂).",
                "(2·share + a) over 2·(1 + a)",
                "(share + a / 2) / (1 + a)",
            ),
            wrong=(
                Wrong(
                    lambda share, a: share,
                    "That is the middle of Wald's interval. Wilson's lies nearer to a half: "
                    "−q₁/(2q₂), with the numbers of the line before.",
                ),
                Wrong(
                    lambda share, a: -(share + a / 2) / (1 + a),
                    "The sign is wrong: q₁ is negative, and the centre is −q₁/(2q₂).",
                ),
                Wrong(
                    lambda share, a: (2 * share + a) / (1 + a),
                    "That is −q₁/q₂. The centre of the solutions is −q₁/(2q₂).",
                ),
                Wrong(
                    lambda share, a: share + a / 2,
                    "You have not divided by q₂, which is 1 + a.",
                ),
                Wrong(
                    lambda share, a: (share + a) / (1 + a),
                    "The 2 of 2q₂ divides the whole of 2·share + a, the a as well.",
                ),
                Wrong(
                    lambda share, a: (
                        (share + a / 2 + np.sqrt(a * share * (1 - share) + a**2 / 4)) / (1 + a)
                    ),
                    "That is the upper end. The centre is the part before ±, −q₁/(2q₂).",
                ),
                Wrong(
                    lambda share, a: share + a / 2 / (1 + a),
                    "Only a/2 is divided by 1 + a: mind the brackets.",
                ),
                Wrong(
                    lambda share, a: (2 * share + a) / 2 * (1 + a),
                    "You multiply by 1 + a where you should divide: 2 * (1 + a) belongs "
                    "in brackets, below.",
                ),
                Wrong(
                    lambda share, a: 2 * (share + a / 2) * (1 + a),
                    "You multiply by 2q₂ where you should divide: the centre is −q₁/(2q₂).",
                ),
                Wrong(
                    lambda share, a: (share - a / 2) / (1 + a),
                    "The a has the wrong sign: q₁ is −(2·share + a), and −q₁ has both with a "
                    "plus.",
                ),
                Wrong(
                    lambda share, a: (2 * share + a) / (2 + a),
                    "The 2 of 2q₂ multiplies the whole of 1 + a: mind the brackets.",
                ),
            ),
            right=(lambda share, a: (2 * share + a) / (2 + 2 * a),),
        ),
        Line(
            name="reach",
            shape="a number, to either side",
            reference=lambda share, a: np.sqrt(a * share * (1 - share) + a**2 / 4) / (1 + a),
            cases=_SHARES,
            hints=(
                "Of q₂ p² + q₁ p + q₀ = 0 the two solutions lie √(q₁² − 4q₂q₀)/(2q₂) from "
                "their centre.",
                "The root of (2·share + a)² − 4·(1 + a)·share², over 2·(1 + a)",
                "np.sqrt(a * share * (1 - share) + a**2 / 4) / (1 + a)",
            ),
            wrong=(
                Wrong(
                    lambda share, a: (
                        np.sqrt((2 * share + a) ** 2 - 4 * share**2) / (2 * (1 + a))
                    ),
                    "Under the root q₂ is missing: 4 q₂ q₀, and q₂ is 1 + a.",
                ),
                Wrong(
                    lambda share, a: np.sqrt(a * share * (1 - share)),
                    "That is the reach of Wald's interval, which is 0 where all digits are "
                    "read. Wilson's is √(q₁² − 4q₂q₀)/(2q₂).",
                ),
                Wrong(
                    lambda share, a: np.sqrt(4 * a * share * (1 - share) + a**2) / (1 + a),
                    "Twice the reach: the root is divided by 2q₂, and q₂ is 1 + a.",
                ),
                Wrong(
                    lambda share, a: np.sqrt(a * share * (1 - share) + a**2 / 4),
                    "You have not divided by q₂, which is 1 + a.",
                ),
                Wrong(
                    lambda share, a: (a * share * (1 - share) + a**2 / 4) / (1 + a),
                    "The root is missing: √(q₁² − 4q₂q₀) over 2q₂.",
                ),
                Wrong(
                    lambda share, a: np.sqrt(
                        ((2 * share + a) ** 2 - 4 * (1 + a) * share**2) / (2 * (1 + a))
                    ),
                    "The divisor has got under the root. First the root of q₁² − 4q₂q₀, then "
                    "divide by 2q₂.",
                ),
                Wrong(
                    lambda share, a: np.sqrt((a * share * (1 - share) + a**2 / 4) / (1 + a)),
                    "The divisor has got under the root. First the root of q₁² − 4q₂q₀, then "
                    "divide by 2q₂.",
                ),
                Wrong(
                    lambda share, a: np.sqrt(a * share * (1 - share)) / (1 + a),
                    "The a² is missing under the root: (2·share + a)² ends in it.",
                ),
                Wrong(
                    lambda share, a: np.sqrt(a * share * (1 - share) + a / 4) / (1 + a),
                    "Under the root the last a has to be squared: (2·share + a)² ends in a².",
                ),
                Wrong(
                    lambda share, a: np.sqrt(a * share * (1 - share) + a**2) / (1 + a),
                    "The 4 is missing below a². When the 2 of 2q₂ goes under the root, it "
                    "divides all that stands there by 4.",
                ),
                Wrong(
                    lambda share, a: np.sqrt(a * share * (1 - share) + a**2 / 2) / (1 + a),
                    "a² has to be divided by 4: a 2 that goes under the root divides by its "
                    "square.",
                ),
                Wrong(
                    lambda share, a: (
                        np.sqrt((2 * share + a) ** 2 + 4 * (1 + a) * share**2) / (2 * (1 + a))
                    ),
                    "Under the root stands q₁² *minus* 4q₂q₀.",
                ),
                Wrong(
                    lambda share, a: (
                        (share + a / 2 + np.sqrt(a * share * (1 - share) + a**2 / 4)) / (1 + a)
                    ),
                    "That is the upper end. The reach is its distance from the centre.",
                ),
                Wrong(
                    lambda share, a: np.sqrt(4 * a * share * (1 - share) + a**2) / 2 * (1 + a),
                    "You multiply by 1 + a where you should divide: 2 * (1 + a) belongs "
                    "in brackets, below.",
                ),
                Wrong(
                    lambda share, a: (
                        ((2 * share + a) ** 2 - 4 * (1 + a) * share**2) / (2 * (1 + a))
                    ),
                    "The root is missing: √(q₁² − 4q₂q₀) over 2q₂.",
                ),
                Wrong(
                    lambda share, a: (
                        np.sqrt((2 * share + a) ** 2 - (1 + a) * share**2) / (2 * (1 + a))
                    ),
                    "A 4 is missing under the root: q₁² − 4q₂q₀.",
                ),
                Wrong(
                    lambda share, a: np.sqrt((2 * share + a) ** 2 - 4 * (1 + a) * share**2),
                    "The root is right. It still has to be divided by 2q₂.",
                ),
                Wrong(
                    lambda share, a: (
                        np.sqrt(abs((2 * share + a) ** 2 - 4 * (1 + a) * share)) / (2 * (1 + a))
                    ),
                    "q₀ is the square of `share`.",
                ),
                Wrong(
                    lambda share, a: (
                        np.sqrt(abs((2 * share + a) - 4 * (1 + a) * share**2)) / (2 * (1 + a))
                    ),
                    "Under the root q₁ has to be squared.",
                ),
                Wrong(
                    lambda share, a: (
                        (share + a / 2 - np.sqrt(a * share * (1 - share) + a**2 / 4)) / (1 + a)
                    ),
                    "That is the lower end. The reach is its distance from the centre.",
                ),
                Wrong(
                    lambda share, a: np.sqrt(a * share * (1 - share) - a**2 / 4) / (1 + a),
                    "The sign of a² is wrong: it comes from (2·share + a)², which has it with "
                    "a plus.",
                ),
            ),
            right=(
                lambda share, a: (
                    np.sqrt((2 * share + a) ** 2 - 4 * (1 + a) * share**2) / (2 * (1 + a))
                ),
            ),
        ),
    ),
)

MCNEMAR = Wall(
    name="13.mcnemar",
    tested="8 to 400 digits, up to 27 throws, a tie",
    why="Digits that both networks read, or neither, appear in no line.",
    lines=(
        Line(
            name="only",
            shape="a whole number",
            reference=lambda right, other: (right & ~other).sum(),
            cases=(
                (
                    np.array([True, True, False, True, False, True]),
                    np.array([True, False, True, False, False, False]),
                ),
                _reads(0, 8, (0.5, 0.7)),
                _reads(1, 400, (0.95, 0.8)),
            ),
            hints=(
                "A digit counts if it is True in `right` and False in `other`.",
                "For arrays of True and False, & is 'and', ~ is 'not', and a sum counts.",
                "(right & ~other).sum()",
            ),
            wrong=(
                Wrong(
                    lambda right, other: right.sum(),
                    "Those are all digits that `right` reads. Leave out the ones that `other` "
                    "reads too.",
                ),
                Wrong(
                    lambda right, other: (right & other).sum(),
                    "Those are the digits that both read. They say nothing about which of the "
                    "two is better.",
                ),
                Wrong(
                    lambda right, other: (right != other).sum(),
                    "Those are the digits that either one reads alone. Count the ones of "
                    "`right`.",
                ),
                Wrong(
                    lambda right, other: (other & ~right).sum(),
                    "The wrong way round: those are the digits that only `other` reads.",
                ),
                Wrong(
                    lambda right, other: int(right.sum()) - int(other.sum()),
                    "That is the difference of the two scores. In it the digits that only "
                    "`other` reads have been taken away again.",
                ),
                Wrong(
                    lambda right, other: (right & ~other).mean(),
                    "A share; a count is asked for.",
                ),
                Wrong(
                    lambda right, other: len(right & ~other),
                    "`len` counts the digits, True and False alike. A sum counts the True "
                    "ones.",
                ),
                Wrong(
                    lambda right, other: right & ~other,
                    "Those are the digits themselves, as True and False. How many are they?",
                ),
                Wrong(
                    lambda right, other: (right | ~other).sum(),
                    "`|` means 'or'. Both conditions have to hold at once: `&`.",
                ),
                Wrong(
                    lambda right, other: (~right & ~other).sum(),
                    "Those are the digits that neither reads.",
                ),
                Wrong(
                    lambda right, other: (right == other).sum(),
                    "Those are the digits on which the two agree. Count the ones that `right` "
                    "reads and `other` does not.",
                ),
                Wrong(
                    lambda right, other: (~other).sum(),
                    "Those are all digits that `other` misses. Count the ones among them that "
                    "`right` reads.",
                ),
            ),
            right=(
                lambda right, other: int(np.count_nonzero(right > other)),
                lambda right, other: sum(r and not o for r, o in zip(right, other)),
            ),
        ),
        Line(
            name="chance",
            shape="a number from 0 to 1",
            reference=lambda i, m: math.comb(m, i) / 2**m,
            cases=((1, 6), (0, 4), (3, 3), (2, 5), (5, 27), (0, 0)),
            hints=(
                "How many of the sequences have i heads, and how many sequences are there?",
                "m choose i, over 2 to the power m",
                "math.comb(m, i) / 2**m",
            ),
            wrong=(
                Wrong(
                    lambda i, m: math.comb(m, i),
                    "That is how many sequences have i heads. Divide by the number of all "
                    "sequences.",
                ),
                Wrong(
                    lambda i, m: 1 / 2**m,
                    "That is the probability of one sequence. How many of them have i heads?",
                ),
                Wrong(
                    lambda i, m: math.comb(m, i) / 2**i,
                    "There are m throws, not i, so each sequence has probability 1/2 to the "
                    "power m.",
                ),
                Wrong(
                    lambda i, m: math.comb(m, i) / (2 ^ m or 1),
                    "In Python `^` is not a power: it compares bits. Write `2**m`.",
                ),
                Wrong(
                    lambda i, m: i / m if m else 0,
                    "That is the share of heads. Asked for is how probable i heads are.",
                ),
                Wrong(
                    lambda i, m: math.perm(m, i) / 2**m,
                    "You count the orders in which the i places can be chosen. A sequence is "
                    "the same whichever of its heads you name first: choose, not arrange.",
                ),
                Wrong(
                    lambda i, m: sum(math.comb(m, j) for j in range(i + 1)) / 2**m,
                    "That is the probability of i heads *or fewer*. The sum comes in the next "
                    "line.",
                ),
                Wrong(
                    lambda i, m: math.comb(m, i) / 2 ** (m - i),
                    "Tails have a probability of 1/2 as well as heads, so each of the m throws "
                    "gives a factor 1/2.",
                ),
                Wrong(
                    lambda i, m: math.comb(m, i) / m**2,
                    "There are 2 to the power m sequences, not m squared.",
                ),
                Wrong(
                    lambda i, m: math.comb(m, i) / (2 * m),
                    "Each further throw doubles the number of sequences: 2 to the power m, not "
                    "2 times m.",
                ),
                Wrong(
                    lambda i, m: math.comb(m, i) / 2 * m,
                    "There are 2 to the power m sequences: `2**m`.",
                ),
                Wrong(
                    lambda i, m: math.factorial(m) / math.factorial(i) / 2**m,
                    "The orders of the tails count as well here: divide by (m − i)! too, as "
                    "`math.comb` does.",
                ),
                Wrong(
                    lambda i, m: math.comb(m, i) / 2 ** (i * m),
                    "There are m throws, so each sequence has probability 1/2 to the power m.",
                ),
                Wrong(
                    lambda i, m: 1 / 2**i,
                    "That is the probability of i heads in i throws.",
                ),
            ),
            right=(
                lambda i, m: math.comb(m, i) * 0.5**m,
                lambda i, m: (
                    math.factorial(m) / math.factorial(i) / math.factorial(m - i) / 2**m
                ),
            ),
        ),
        Line(
            name="p_value",
            shape="a number from 0 to 1",
            reference=lambda b, c: min(
                1, 2 * sum(math.comb(b + c, i) for i in range(min(b, c) + 1)) / 2 ** (b + c)
            ),
            cases=((1, 5), (6, 2), (0, 4), (5, 22), (22, 5), (3, 3)),
            hints=(
                "Add up the chances of 0, 1, 2, … heads, as far as the smaller count, and take "
                "both ends of the picture.",
                "Twice the sum of the chances of i of b + c, from i = 0 up to min(b, c) and "
                "with it, at most 1",
                "min(1, 2 * sum(math.comb(b + c, i) for i in range(min(b, c) + 1)) / "
                "2 ** (b + c))",
            ),
            wrong=(
                Wrong(
                    lambda b, c: (
                        sum(math.comb(b + c, i) for i in range(min(b, c), max(b, c) + 1))
                        / 2 ** (b + c)
                    ),
                    "You add up the middle of the picture. At least as uneven are its two "
                    "ends.",
                ),
                Wrong(
                    lambda b, c: abs(b - c) / (b + c) if b + c else 1,
                    "That says how uneven the two counts are. Asked for is how often fair "
                    "coins are at least as uneven.",
                ),
                Wrong(
                    lambda b, c: (
                        2
                        * sum(math.comb(b + c, i) for i in range(min(b, c) + 1))
                        / 2 ** (b + c)
                    ),
                    "Where b and c are equal, the bar in the middle counts twice and you get "
                    "more than 1. A probability is 1 at most.",
                ),
                Wrong(
                    lambda b, c: (
                        sum(math.comb(b + c, i) for i in range(min(b, c) + 1)) / 2 ** (b + c)
                    ),
                    "That is one end of the picture. The other network might have been ahead "
                    "as well: take both ends.",
                ),
                Wrong(
                    lambda b, c: min(
                        1, 2 * sum(math.comb(b + c, i) for i in range(min(b, c))) / 2 ** (b + c)
                    ),
                    "`range` stops before its end, so the count that was found is left out. "
                    "At least as uneven includes it.",
                ),
                Wrong(
                    lambda b, c: min(1, 2 * math.comb(b + c, min(b, c)) / 2 ** (b + c)),
                    "That is the chance of just this count, at both ends. Counts that are more "
                    "uneven belong to it too: sum from 0.",
                ),
                Wrong(
                    lambda b, c: min(
                        1, 2 * sum(math.comb(b + c, i) for i in range(b + 1)) / 2 ** (b + c)
                    ),
                    "You sum up to b. Where b is the larger count, that is most of the "
                    "picture: sum up to the smaller of the two.",
                ),
                Wrong(
                    lambda b, c: min(
                        1,
                        2
                        * sum(math.comb(b + c, i) for i in range(max(b, c) + 1))
                        / 2 ** (b + c),
                    ),
                    "You sum up to the larger count, which is most of the picture. Sum up to "
                    "the smaller one.",
                ),
                Wrong(
                    lambda b, c: min(
                        1,
                        2
                        * sum(math.comb(b + c, i) for i in range(1, min(b, c) + 1))
                        / 2 ** (b + c),
                    ),
                    "The sum starts at 0 heads: all throws for the other one is the most "
                    "uneven result of all.",
                ),
                Wrong(
                    lambda b, c: (
                        1
                        - sum(math.comb(b + c, i) for i in range(min(b, c) + 1)) / 2 ** (b + c)
                    ),
                    "That is the probability of a result that is less uneven, and of one end. "
                    "Asked for are the two ends themselves.",
                ),
                Wrong(
                    lambda b, c: min(
                        1,
                        2
                        * sum(math.comb(b + c, i) for i in range(abs(b - c) + 1))
                        / 2 ** (b + c),
                    ),
                    "You sum up to the difference of b and c. The number of heads is b or c "
                    "itself: sum up to the smaller one.",
                ),
                Wrong(
                    lambda b, c: (b - c) ** 2 / max(b + c, 1),
                    "That is the statistic of McNemar's first paper, which becomes a "
                    "probability by a table. Here the chances of the throws are added up.",
                ),
                Wrong(
                    lambda b, c: min(b, c) / max(b + c, 1),
                    "That is the share of the smaller count. How probable is a result at least "
                    "as uneven?",
                ),
                Wrong(
                    lambda b, c: 2 * sum(math.comb(b + c, i) for i in range(min(b, c) + 1)),
                    "That is how many sequences are at least as uneven. Divide by the number "
                    "of all sequences, 2 to the power b + c.",
                ),
                Wrong(
                    lambda b, c: math.comb(b + c, min(b, c)) / 2 ** (b + c),
                    "That is the chance of just this count. At least as uneven are also all "
                    "smaller counts, and the same ones at the other end.",
                ),
            ),
            right=(
                lambda b, c: (
                    1.0
                    if b == c
                    else 2
                    * sum(math.comb(b + c, i) * 0.5 ** (b + c) for i in range(min(b, c) + 1))
                ),
                lambda b, c: sum(
                    math.comb(b + c, i) / 2 ** (b + c)
                    for i in range(b + c + 1)
                    if abs(2 * i - b - c) >= abs(b - c)
                ),
            ),
        ),
    ),
)

EXERCISES = (
    WILSON,
    MCNEMAR,
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
                spread_by_n,
                "You divide the spread by n. The variance is divided by n, so the spread is "
                "divided by its root.",
            ),
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
                lambda first, second, y: _about(
                    _signs(first, second, y), lambda x: abs(x.mean()) * (1 - abs(x.mean()))
                ),
                "m (1 − m) is the variance of a coin that shows 0 or 1. These numbers are +1, "
                "0 and −1: take the mean of their squares minus the square of their mean.",
            ),
            Wrong(
                lambda first, second, y: _about(
                    _signs(first, second, y), lambda x: (x**2).mean()
                ),
                "That is the mean of the squares. For the variance the square of the mean has "
                "to be taken away.",
            ),
            Wrong(
                lambda first, second, y: _about(
                    _signs(first, second, y),
                    lambda x: x.var() * len(x) / max(1, np.count_nonzero(x)),
                ),
                "You divide the variance by the number of digits where they differ. The mean "
                "is over all n digits, the zeros too: divide by n.",
            ),
            Wrong(
                lambda first, second, y: _about(
                    (first == y).astype(np.uint8) - (second == y), np.var
                ),
                "A uint8 has no −1, it becomes 255. Make signed numbers of the answers, with "
                ".astype(float).",
            ),
            Wrong(
                lambda first, second, y: (
                    _signs(first, second, y).mean(),
                    1.96 * np.sqrt(_signs(first, second, y).var() / len(y)),
                ),
                "That is the mean and the reach. Return the two ends, mean minus reach and "
                "mean plus reach.",
            ),
            Wrong(
                lambda first, second, y: _about(
                    ((first == y) & (second != y)).astype(float), np.var
                ),
                "The −1 is missing: the digits that only the second network reads have to "
                "count against the first.",
            ),
            Wrong(
                reaches_added,
                "You added the reaches of two separate accuracies. Both networks read the same "
                "digits: take the variance of the difference, digit by digit.",
            ),
            Wrong(
                cut_at_zero,
                "The interval may reach below 0: then the second network may be the "
                "better one.",
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
                lambda p, half: math.ceil((1.96 * (1 - p) / half) ** 2),
                "Your variance is (1 − p)². That of one digit is p (1 − p).",
            ),
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
                lambda C: (
                    2
                    * np.diag(C)
                    / np.maximum(C.sum(axis=0) + C.sum(axis=1) - 2 * np.diag(C), 1)
                ),
                "You leave the hits out below the line. The row and the column are summed "
                "whole.",
            ),
            Wrong(
                lambda C: 2 * np.diag(C) / (C.sum(axis=0) + C.sum(axis=1) + 2 * np.diag(C)),
                "The sum of the row and the sum of the column hold the hits already. Below "
                "the line stand these two sums, and no more.",
            ),
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
                lambda C: np.diagonal(C) / C.sum(),
                "You divide by all digits. Each class has its own totals: "
                "its row and its column.",
            ),
            Wrong(
                lambda C: np.diagonal(C) ** 2 / (C.sum(axis=0) * C.sum(axis=1)),
                "That is precision times recall. The harmonic mean is 2 divided by the sum of "
                "one over each.",
            ),
            Wrong(
                lambda C: 2 * np.diagonal(C) / C.sum(axis=0) + C.sum(axis=1) / np.diagonal(C),
                "The 2 is divided by one over the precision alone: the whole sum belongs in "
                "brackets.",
            ),
            Wrong(
                lambda C: np.diagonal(C) / C.sum(axis=0) + np.diagonal(C) / C.sum(axis=1),
                "That is the sum of precision and recall, up to 2. The harmonic mean is 2 "
                "divided by the sum of one over each.",
            ),
            Wrong(
                lambda C: 2 / (1 / C.sum(axis=0) + 1 / C.sum(axis=1)),
                "That is the harmonic mean of the two totals. Precision and recall have the "
                "diagonal above the totals.",
            ),
            Wrong(
                lambda C: np.full(len(C), np.trace(C) / C.sum()),
                "That is the accuracy, the same for every class. Take each class's own row "
                "and column.",
            ),
            Wrong(
                lambda C: 2 * np.diagonal(C) // (C.sum(axis=0) + C.sum(axis=1)),
                "`//` cuts the decimals off. Divide with `/`.",
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
                lowest_confidence,
                "That is the confidence from which on it answers. Asked for is the share of "
                "the digits that lie there.",
            ),
            Wrong(
                accuracy_of_the_answered,
                "That is the share of the answered digits that is right. Asked for is the "
                "share of all digits that is answered.",
            ),
            Wrong(
                lambda confidence, right, wanted: (
                    answer_share(confidence, right, wanted) * len(right) / max(1, right.sum())
                ),
                "You divide by the number of right digits. A share of all digits is asked for.",
            ),
            Wrong(
                lambda confidence, right, wanted: (
                    right[confidence >= wanted].mean() if (confidence >= wanted).any() else 0.0
                ),
                "You answer from a confidence of `wanted` on and return how often that is "
                "right. Find the limit by `right`, and return the share that is answered.",
            ),
            Wrong(
                right_among_all,
                "You divide the number of right answers by the number of all digits. Divide by "
                "the number of digits answered so far.",
            ),
            Wrong(
                limit_left_out,
                "The digit that sets the limit counts as answered too: `>=`, not `>`.",
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
