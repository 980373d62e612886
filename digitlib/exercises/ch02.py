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


def maximum_not_divided(Z, T):
    E = np.exp(Z / T - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def clipped(Z, T):
    E = np.exp(np.clip(Z / T, -500, 500))
    return E / E.sum(axis=1, keepdims=True)


def powers_of_probabilities(Z, T):
    P = digitlib.softmax(Z) ** (1 / T)
    return P / P.sum(axis=1, keepdims=True)


def rows_not_divided(Z, T):
    return np.exp((Z - Z.max(axis=1, keepdims=True)) / T)


def only_the_top_divided(Z, T):
    S = Z - Z.max(axis=1, keepdims=True)
    return np.exp(S / T) / np.exp(S).sum(axis=1, keepdims=True)


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


def shared_maximum(Z):
    S = Z - Z.max()
    with np.errstate(divide="ignore"):
        return S - np.log(np.exp(S).sum(axis=1, keepdims=True))


def without_keepdims(Z):
    S = Z - Z.max(axis=1)
    return S - np.log(np.exp(S).sum(axis=1))


def only_the_row_number(Z):
    m = Z.max(axis=1, keepdims=True)
    return m + np.log(np.exp(Z - m).sum(axis=1, keepdims=True))


def sum_of_logarithms(Z):
    S = Z - Z.max(axis=1, keepdims=True)
    with np.errstate(divide="ignore"):
        return S - np.log(np.exp(S)).sum(axis=1, keepdims=True)


def look_at_logarithms(arguments, expected, got):
    """A finite number where a logarithm far below is expected: something was added to P."""
    expected, got = np.asarray(expected), np.asarray(got)
    if expected.shape != got.shape or not np.isfinite(got).all():
        return None
    deep = expected < -100
    if deep.any() and (got[deep] > -100).all() and np.allclose(got[~deep], expected[~deep]):
        return (
            "A probability that has become 0 is held up by a small number or a clip: the value "
            "is finite and wrong. Subtract in the scores and never form P."
        )
    return None


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


def others_counted_too(P, y):
    Y = np.eye(P.shape[1])[y]
    return -np.mean(Y * np.log(P) + (1 - Y) * np.log(1 - P))


def logarithm_of_the_product(P, y):
    with np.errstate(divide="ignore"):
        return -np.log(np.prod(P[np.arange(len(y)), y])) / len(y)


def _scores(n, k, seed):
    return 3 * np.random.default_rng(seed).standard_normal((n, k))


def _ink(n, seed):
    """Ink, targets of 0 and 1, and a weight."""
    rng = np.random.default_rng(seed)
    return rng.random(n), (rng.random(n) > 0.5).astype(np.float64), float(rng.standard_normal())


def _probabilities(n, k, seed):
    rng = np.random.default_rng(seed)
    return digitlib.softmax(2 * rng.standard_normal((n, k))), rng.integers(k, size=n)


NOT_640 = (
    "640 is right for these images and for no others. Take the number from the data: np.mean, "
    "or len(x)."
)
ONLY_HALF_DOUBLED = (
    "Only w x is doubled. The derivative of a square is twice what is squared, and that is the "
    "whole miss, w x − t."
)
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
                Wrong(
                    lambda x, t, w: np.mean((w * t - x) ** 2),
                    "x and t are exchanged: the weight multiplies the ink, and t is what was "
                    "wanted.",
                ),
                Wrong(
                    lambda x, t, w: np.mean((w * x - t) ** 2) / 2,
                    "You halve the loss. Some books do, so that the 2 of the slope goes away; "
                    "here the mean of the squares is left as it is.",
                ),
                Wrong(lambda x, t, w: np.sum((w * x - t) ** 2) / 640, NOT_640),
                Wrong(
                    lambda x, t, w: np.sqrt(np.sum((w * x - t) ** 2)),
                    "That is the length of the list of misses, the root of the sum of their "
                    "squares. The loss is the mean of the squares, without a root.",
                ),
                Wrong(
                    lambda x, t, w: np.var(w * x - t),
                    "A variance takes the mean miss away first, and a score that is wrong by "
                    "the same amount everywhere would cost nothing. Square the misses.",
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
                Wrong(lambda x, t, w: np.mean((2 * w * x - t) * x), ONLY_HALF_DOUBLED),
                Wrong(lambda x, t, w: np.mean(2 * w * x - t), ONLY_HALF_DOUBLED),
                Wrong(
                    lambda x, t, w: np.mean(2 * w * x - t * x),
                    "Multiply the whole miss, w x − t, by 2 and by x: brackets are missing.",
                ),
                Wrong(lambda x, t, w: np.sum(2 * (w * x - t) * x) / 640, NOT_640),
            ),
            right=(lambda x, t, w: 2 * ((w * x - t) @ x) / len(x),),
            why="The slope is twice the miss, times what the weight was multiplied by.",
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
                Wrong(
                    lambda w, slope, alpha: (w - slope) * alpha,
                    "You multiply w by the rate too. Only the slope is multiplied by it.",
                ),
            ),
            right=(lambda w, slope, alpha: w + (-alpha) * slope,),
        ),
    ),
    why="This step is the whole of learning. All else makes the list of slopes longer.",
)

LABEL_AS_AMOUNT = (
    "You multiply by the label as if it were an amount. It is a place: it says which "
    "probability of its row counts."
)
NOT_3200 = "3,200 fits this data and no other. Take the number of images from it: len(y)."
OTHERS_TOO = (
    "You count the other digits too, with ln(1 − p). That is the loss of ten yes-or-no "
    "questions; here only the probability of the true digit counts."
)
ROWS_NOT_DIVIDED = "Each row has to sum to 1: the division by the sum of the row is missing."

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
                lambda Z, T: digitlib.softmax(Z),
                "T has no effect: it is missing, or it cancels when the row is divided by its"
                " sum. T divides the scores, before exp.",
            ),
            Wrong(
                only_the_top_divided,
                "T is missing below the fraction, so your rows do not sum to 1: divide by the"
                " sum of the very exponentials that stand above.",
            ),
            Wrong(
                lambda Z, T: digitlib.softmax(Z / Z.max(axis=1, keepdims=True) / T),
                "You divide by the row's largest score, which changes all differences. "
                "Subtract it.",
            ),
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
            Wrong(
                maximum_not_divided,
                "You divide the scores by T and take away a maximum that is not divided. "
                "Subtract first, then divide what is left by T.",
            ),
            Wrong(
                clipped,
                "A clip makes all scores beyond it equal, and only the differences of scores "
                "count. Take the largest score of each row away.",
            ),
            Wrong(
                powers_of_probabilities,
                "Right in the formula, but a probability that has become 0 stays 0, whatever "
                "its power. Divide the scores by T, before exp.",
            ),
            Wrong(rows_not_divided, ROWS_NOT_DIVIDED),
            Wrong(lambda Z, T: np.exp(Z / T), ROWS_NOT_DIVIDED),
            Wrong(
                lambda Z, T: digitlib.softmax(Z) ** (1 / T),
                "The powers of probabilities no longer sum to 1. Divide the scores by T before "
                "exp, and each row by its sum after it.",
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
            _probabilities(2000, 10, 5),
        ),
        small=(0, 1),
        tested="1 to 2,000 images, 2 to 10 digits",
        hints=(
            "Of each row only one probability counts: that of the digit which the label names.",
            "L = −(1/N) Σ ln P[i, y_i]",
            "P[np.arange(len(y)), y] picks them; then -np.log(…).mean()",
        ),
        wrong=(
            Wrong(
                lambda P, y: -np.log(P[np.arange(1, len(y)), y[1:]]).sum() / len(y),
                "The first image is left out: a loop over range(1, N) begins with the second.",
            ),
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
            Wrong(
                logarithm_of_the_product,
                "The product of 2,000 numbers below 1 is 0 in a float64. Take the logarithms "
                "first, and add them up.",
            ),
            Wrong(
                lambda P, y: -np.log(P[y]).mean(),
                "P[y] takes whole rows, by the label as a row number. From each row one number "
                "is wanted: P[row, label].",
            ),
            Wrong(
                lambda P, y: -np.log(P[y, np.arange(len(y))]).mean(),
                "Rows and columns are exchanged: the first index of P is the image, the second "
                "the digit.",
            ),
            Wrong(lambda P, y: -(y * np.log(P)).mean(), LABEL_AS_AMOUNT),
            Wrong(lambda P, y: -(y[:, None] * np.log(P)).mean(), LABEL_AS_AMOUNT),
            Wrong(lambda P, y: -(y[:, None] * np.log(P)).sum() / len(y), LABEL_AS_AMOUNT),
            Wrong(
                lambda P, y: -np.log(P[np.arange(len(y)), y]).sum() / 10,
                "You divide by 10. The mean is over the images: divide by len(y).",
            ),
            Wrong(lambda P, y: -np.log(P[np.arange(3200), y]).mean(), NOT_3200),
            Wrong(lambda P, y: -np.log(P[np.arange(len(y)), y]).sum() / 3200, NOT_3200),
            Wrong(
                lambda P, y: np.mean(1 - P[np.arange(len(y)), y]),
                "That is how much probability is missing. The loss takes the logarithm of what "
                "the true digit got, and turns its sign.",
            ),
            Wrong(others_counted_too, OTHERS_TOO),
            Wrong(lambda P, y: P.shape[1] * others_counted_too(P, y), OTHERS_TOO),
        ),
        right=(cross_entropy_by_loop, cross_entropy_by_one_hot),
        why="A mean of −ln p, so that one image counts the same in a batch of any size.",
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
            "ln p_k = z_k − z_max − ln Σ exp(z_j − z_max), with z_max the largest score of the "
            "row.",
            "S = Z - Z.max(axis=1, keepdims=True); S - np.log(np.exp(S).sum(axis=1, "
            "keepdims=True))",
        ),
        wrong=(
            Wrong(
                lambda Z: (
                    Z.max(axis=1) + np.log(np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1))
                ),
                "That is the log-sum-exp of each row, one number. It has yet to be subtracted"
                " from every score of the row.",
            ),
            Wrong(
                lambda Z: (
                    -Z.max(axis=1, keepdims=True)
                    - np.log(
                        np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)
                    )
                ),
                "That is minus the log-sum-exp of each row. The score itself is missing: it "
                "comes first, and this is subtracted from it.",
            ),
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
            Wrong(
                shared_maximum,
                "You take away the largest score of the whole array, and a row far below it is "
                "left with exp = 0 everywhere. Each row needs its own maximum.",
            ),
            Wrong(
                without_keepdims,
                "The maxima and sums have lost their axis, so row i gets the number of row j. "
                "Keep it with keepdims=True.",
            ),
            Wrong(
                only_the_row_number,
                "That is ln Σ e^z alone, one number per row. It still has to be subtracted "
                "from each score of the row.",
            ),
            Wrong(
                sum_of_logarithms,
                "You take the logarithm of each exponential and add up then. The logarithm of "
                "the sum is asked for: sum first.",
            ),
        ),
        right=(log_softmax_by_loop, log_softmax_by_logaddexp),
        look=look_at_logarithms,
    ),
)
