"""The exercises of notebook 02: downhill."""

import numpy as np

import digitlib
from digitlib.exercises.model import Exercise, Line, Wall, Wrong


def temperature_softmax(Z, T):
    S = Z / T
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def temperature_by_library(Z, T):
    return digitlib.softmax(Z / T)


def temperature_by_loop(Z, T):
    P = np.zeros_like(Z)
    for i in range(len(Z)):
        for k in range(Z.shape[1]):
            P[i, k] = 1 / sum(np.exp((Z[i, j] - Z[i, k]) / T) for j in range(Z.shape[1]))
    return P


def temperature_multiplied(Z, T):
    return digitlib.softmax(Z * T)


def temperature_after_softmax(Z, T):
    return digitlib.softmax(Z) / T


def largest_score_left_in(Z, T):
    E = np.exp(Z / T)
    return E / E.sum(axis=1, keepdims=True)


def one_maximum_for_all(Z, T):
    E = np.exp((Z - Z.max()) / T)
    return E / E.sum(axis=1, keepdims=True)


def log_softmax(Z):
    S = Z - Z.max(axis=1, keepdims=True)
    return S - np.log(np.exp(S).sum(axis=1, keepdims=True))


def log_softmax_by_loop(Z):
    L = np.zeros_like(Z)
    for i, z in enumerate(Z):
        m = max(z)
        L[i] = z - m - np.log(sum(np.exp(z - m)))
    return L


def log_softmax_by_logaddexp(Z):
    return Z - np.logaddexp.reduce(Z, axis=1)[:, None]


def log_of_softmax(Z):
    return np.log(digitlib.softmax(Z))


def log_softmax_unshifted(Z):
    return Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))


def maximum_not_put_back(Z):
    m = Z.max(axis=1, keepdims=True)
    return Z - np.log(np.exp(Z - m).sum(axis=1, keepdims=True))


def log_softmax_of_columns(Z):
    S = Z - Z.max(axis=0)
    return S - np.log(np.exp(S).sum(axis=0))


def cross_entropy(P, y):
    return -np.log(P[np.arange(len(y)), y]).mean()


def cross_entropy_by_loop(P, y):
    total = 0
    for i in range(len(y)):
        total -= np.log(P[i][y[i]])
    return total / len(y)


def cross_entropy_by_one_hot(P, y):
    return -(np.eye(P.shape[1])[y] * np.log(P)).sum() / len(y)


def sign_kept(P, y):
    return np.log(P[np.arange(len(y)), y]).mean()


def summed(P, y):
    return -np.log(P[np.arange(len(y)), y]).sum()


def every_entry(P, y):
    return -np.log(P).mean()


def largest_probability(P, y):
    return -np.log(P.max(axis=1)).mean()


def all_columns(P, y):
    return -np.log(P[:, y]).mean()


def logarithm_of_the_mean(P, y):
    return -np.log(P[np.arange(len(y)), y].mean())


def base_two(P, y):
    return -np.log2(P[np.arange(len(y)), y]).mean()


def divided_by_entries(P, y):
    return -(np.eye(P.shape[1])[y] * np.log(P)).mean()


def _scores(n, k, seed):
    return 3 * np.random.default_rng(seed).standard_normal((n, k))


def _ink(n, seed):
    """Ink, targets of 0 and 1, and a weight."""
    rng = np.random.default_rng(seed)
    return rng.random(n), (rng.random(n) > 0.5).astype(np.float64), float(rng.standard_normal())


def _probabilities(n, k, seed):
    rng = np.random.default_rng(seed)
    return digitlib.softmax(2 * rng.standard_normal((n, k))), rng.integers(k, size=n)


ONE = (np.array([0.6]), np.array([1.0]), 0.5)

WALL = Wall(
    name="02.wall",
    tested="1 to 9 images, weights of both signs, several rates",
    lines=(
        Line(
            name="loss",
            shape="a number",
            reference=lambda x, t, w: np.mean((w * x - t) ** 2),
            cases=(ONE, (np.array([0.6, 0.2]), np.array([1.0, 0.0]), 0.5), _ink(9, 1)),
            hints=(
                "How far does each score w x miss its t? Square that. One number is wanted "
                "for all images.",
                "L(w) = the mean of (w x − t)²",
                "np.mean((w * x - t) ** 2)",
            ),
            wrong=(
                Wrong(
                    lambda x, t, w: (w * x - t) ** 2,
                    "Those are the losses image by image. One number is wanted: their mean.",
                ),
                Wrong(
                    lambda x, t, w: np.sum((w * x - t) ** 2),
                    "You add the losses up. The mean is wanted, so that the loss does not grow "
                    "with the number of images.",
                ),
                Wrong(
                    lambda x, t, w: np.mean(w * x - t) ** 2,
                    "You square the mean miss. Misses of both signs cancel in it: square each "
                    "miss first, and then take the mean.",
                ),
                Wrong(
                    lambda x, t, w: np.mean(np.abs(w * x - t)),
                    "That is the mean of the misses without their signs. This loss squares "
                    "each miss.",
                ),
                Wrong(
                    lambda x, t, w: np.mean(w * x - t),
                    "The square is missing: misses above and below cancel each other.",
                ),
            ),
            right=(lambda x, t, w: sum((w * a - b) ** 2 for a, b in zip(x, t)) / len(x),),
        ),
        Line(
            name="slope",
            shape="a number",
            reference=lambda x, t, w: np.mean(2 * (w * x - t) * x),
            cases=(ONE, (np.array([0.6, 0.2]), np.array([1.0, 0.0]), 0.5), _ink(9, 2)),
            hints=(
                "Read the sentence in bold again: twice what, times what? And for many images "
                "the mean of that.",
                "L'(w) = the mean of 2 (w x − t) x",
                "np.mean(2 * (w * x - t) * x)",
            ),
            wrong=(
                Wrong(
                    lambda x, t, w: np.mean(2 * (w * x - t)),
                    "That is how fast the loss changes with the score. The weight moves the "
                    "score only by x times its own change: a factor is missing.",
                ),
                Wrong(
                    lambda x, t, w: np.mean((w * x - t) * x),
                    "The factor 2 is missing: the derivative of a square is twice what is "
                    "squared.",
                ),
                Wrong(
                    lambda x, t, w: np.mean(2 * (w * x - t)) * np.mean(x),
                    "You multiply two means. Each image's miss goes with its own ink, so the "
                    "product comes first and the mean after it.",
                ),
                Wrong(
                    lambda x, t, w: np.mean(2 * (t - w * x) * x),
                    "The sign is the wrong way round: your slope points downhill. A slope is "
                    "positive where the loss grows with w.",
                ),
                Wrong(
                    lambda x, t, w: np.mean(2 * (w * x - t) * w),
                    "You multiply the miss by w. When w moves, the score moves by what w is "
                    "multiplied with.",
                ),
                Wrong(
                    lambda x, t, w: 2 * (w * x - t) * x,
                    "Those are the slopes image by image. The loss is the mean over the "
                    "images, so its slope is the mean of these.",
                ),
            ),
            right=(lambda x, t, w: 2 * ((w * x - t) @ x) / len(x),),
            why="the slope is twice the miss, times what the weight was multiplied by.",
        ),
        Line(
            name="step",
            shape="the new w",
            reference=lambda w, slope, alpha: w - alpha * slope,
            cases=((0.5, -0.84, 0.1), (1.0, 2.0, 0.25), (-2.0, 0.5, 3.0)),
            hints=(
                "Against the slope, and only a part of the way.",
                "w ← w − α · slope",
                "w - alpha * slope",
            ),
            wrong=(
                Wrong(
                    lambda w, slope, alpha: w + alpha * slope,
                    "That walks uphill. Where the loss grows with w, w has to shrink.",
                ),
                Wrong(
                    lambda w, slope, alpha: -alpha * slope,
                    "That is the step alone. The new weight is the old one plus the step.",
                ),
                Wrong(
                    lambda w, slope, alpha: w - slope,
                    "The learning rate is missing: it says how much of the slope to walk.",
                ),
                Wrong(
                    lambda w, slope, alpha: w - alpha * np.sign(slope),
                    "Your step has the same length wherever it starts. It should be longer "
                    "where it is steeper: use the slope itself.",
                ),
                Wrong(
                    lambda w, slope, alpha: w * (1 - alpha * slope),
                    "You subtract a share of w. The step is subtracted from w as it is.",
                ),
            ),
            right=(lambda w, slope, alpha: w + (-alpha) * slope,),
        ),
    ),
    why="This step is the whole of learning. All else makes the list of slopes longer.",
)

EXERCISES = (
    WALL,
    Exercise(
        name="02.temperature_softmax",
        reference=temperature_softmax,
        cases=(
            (np.array([[0.0, 2.0]]), 2.0),
            (np.array([[1.0, 0.0, -1.0], [0.0, 3.0, 1.0]]), 0.5),
            (np.array([[1000.0, 1001.0], [0.0, 1.0]]), 0.5),
            (np.array([[0.0, 2000.0, -2000.0]]), 1.0),
            (np.array([[0.0, 2000.0, -2000.0]]), 1000.0),
            (_scores(5, 10, 0), 3.0),
            (_scores(3, 3, 1), 1.0),
        ),
        tested="T below, at and above 1, scores of 1,000, rows far apart, Z left as it was",
        hints=(
            "Large T must bring the scores of a row nearer to each other before exp sees them.",
            "Row by row: exp(z_k / T) over the sum of exp(z_j / T), the row's largest score "
            "taken away first.",
            "S = Z / T, then np.exp(S - S.max(axis=1, keepdims=True)) over its row sums.",
        ),
        wrong=(
            Wrong(
                temperature_multiplied,
                "You multiply the scores by T: a high temperature makes your answer surer, and "
                "it should make it less sure. Divide.",
            ),
            Wrong(
                temperature_after_softmax,
                "You divide the probabilities by T, so your rows sum to 1/T. The temperature "
                "divides the scores, before exp.",
            ),
            Wrong(
                largest_score_left_in,
                "Right for small scores, but exp overflows for large ones. Take the largest "
                "score of each row away first: the answer stays the same.",
            ),
            Wrong(
                one_maximum_for_all,
                "You take away the largest score of the whole array. A row far below it is "
                "left with exp = 0 everywhere, and 0/0. Each row needs its own maximum.",
            ),
        ),
        right=(temperature_by_library, temperature_by_loop),
    ),
    Exercise(
        name="02.cross_entropy",
        reference=cross_entropy,
        cases=(
            (np.array([[0.5, 0.3, 0.2], [0.1, 0.8, 0.1]]), np.array([0, 2])),
            (np.array([[0.25, 0.75]]), np.array([0])),
            _probabilities(6, 10, 3),
            _probabilities(10, 10, 4),
        ),
        tested="1 to 10 images, 2 to 10 digits",
        hints=(
            "Of each row only one probability counts: that of the digit which the label names.",
            "L = −(1/N) Σ ln P[i, y_i]",
            "P[np.arange(len(y)), y] picks them; then -np.log(…).mean()",
        ),
        wrong=(
            Wrong(
                sign_kept,
                "The sign is missing: the logarithm of a number below 1 is negative, and a "
                "loss is to be 0 at best.",
            ),
            Wrong(
                summed,
                "You add up where the mean is wanted: the loss should not depend on how many "
                "images there are.",
            ),
            Wrong(
                every_entry,
                "You use all the probabilities of a row. The loss asks only for that of the "
                "true digit.",
            ),
            Wrong(
                largest_probability,
                "You take the largest probability of each row, whether it is the right digit "
                "or not. The label says which one counts.",
            ),
            Wrong(
                all_columns,
                "P[:, y] takes the columns y from every row, N times N numbers. Each row needs "
                "its own column: P[np.arange(len(y)), y].",
            ),
            Wrong(
                logarithm_of_the_mean,
                "You take the logarithm of the mean probability. The mean of the logarithms is "
                "something else, and it punishes one very wrong answer far more.",
            ),
            Wrong(base_two, "That is in bits. The unit here is the nat: use np.log."),
            Wrong(
                divided_by_entries,
                "You divide by the number of entries of P. Only one entry of each row counts, "
                "so divide by the number of rows.",
            ),
        ),
        right=(cross_entropy_by_loop, cross_entropy_by_one_hot),
        why="a mean of −ln p, so that one image counts the same in a batch of any size.",
    ),
    Exercise(
        name="02.log_softmax",
        reference=log_softmax,
        cases=(
            (np.array([[0.0, 1.0]]),),
            (np.array([[1.0, 0.0, -1.0], [0.0, 3.0, 1.0], [2.0, 2.0, 2.0]]),),
            (np.array([[1000.0, 0.0], [0.0, -1000.0], [1000.0, 1000.0]]),),
            (_scores(6, 10, 2),),
        ),
        tested="scores of 1,000 and -1,000, equal scores, 1 to 6 rows",
        hints=(
            "ln p_k is a score minus a number that the whole row shares. Which number?",
            "ln p_k = z_k − m − ln Σ exp(z_j − m), with m the largest score of the row.",
            "S = Z - Z.max(axis=1, keepdims=True); S - np.log(np.exp(S).sum(axis=1, "
            "keepdims=True))",
        ),
        wrong=(
            Wrong(
                log_of_softmax,
                "You take the logarithm of the finished probability. Where it has become 0 "
                "the answer is minus infinity: subtract in the scores and never form P.",
            ),
            Wrong(
                log_softmax_unshifted,
                "The formula is right, but exp(Z) overflows at scores of 1,000. Take the "
                "row's largest score out first.",
            ),
            Wrong(
                maximum_not_put_back,
                "You take the maximum out inside the exponential only, so every entry is too "
                "large by the row's maximum. Subtract it from Z as well.",
            ),
            Wrong(
                log_softmax_of_columns,
                "Your columns are normalised, not your rows: exp of each row should sum to 1. "
                "The axis is 1, with keepdims=True.",
            ),
        ),
        right=(log_softmax_by_loop, log_softmax_by_logaddexp),
    ),
)
