"""The exercises of notebook 03: softmax regression."""

import numpy as np

import digitlib
from digitlib.exercises.model import Exercise, Wrong


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


def squared_dZ(P, Y):
    dP = 2 * (P - Y) / len(P)
    return P * (dP - (dP * P).sum(axis=1, keepdims=True))


def squared_by_jacobian(P, Y):
    dZ = np.zeros_like(P)
    for i, p in enumerate(P):
        J = np.diag(p) - np.outer(p, p)
        dZ[i] = J @ (2 * (p - Y[i])) / len(P)
    return dZ


def squared_by_library(P, Y):
    return digitlib.softmax_backward(2 * (P - Y) / len(P), P)


def jacobian_forgotten(P, Y):
    return 2 * (P - Y) / len(P)


def cross_entropy_again(P, Y):
    return (P - Y) / len(P)


def diagonal_only(P, Y):
    return 2 * (P - Y) * P * (1 - P) / len(P)


def summed_over_images(P, Y):
    dP = 2 * (P - Y) / len(P)
    return P * (dP - (dP * P).sum(axis=0))


def look_at_slip(arguments, expected, got):
    """How far the rate is from the one of the text."""
    if isinstance(got, str):
        return "A number belongs here, without quotation marks."
    if not isinstance(got, (int, float, np.number)) or isinstance(got, bool) or got <= 0:
        return "A learning rate is a number above 0."
    times = got / 0.5
    word = f"{times:g} times" if times >= 1 else f"1/{1 / times:g} of"
    return (
        f"Your rate is {word} ours. By how much is this gradient too small? One sum is divided "
        "by the number of entries of Y, the other by the number of images: compare the two."
    )


def _answers(n, k, seed):
    """Probabilities and one-hot labels, both shaped (n, k)."""
    rng = np.random.default_rng(seed)
    P = digitlib.softmax(rng.standard_normal((n, k)))
    return P, np.eye(k)[rng.integers(k, size=n)]


def _scores(n, k, seed):
    return 3 * np.random.default_rng(seed).standard_normal((n, k))


EXERCISES = (
    Exercise(
        name="03.temperature_softmax",
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
        name="03.log_softmax",
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
    Exercise(
        name="03.squared_dZ",
        reference=squared_dZ,
        cases=(
            (np.array([[0.5, 0.3, 0.2]]), np.array([[0.0, 1.0, 0.0]])),
            (np.array([[0.5, 0.3, 0.2], [0.2, 0.2, 0.6]]), np.eye(3)[[0, 1]]),
            _answers(2, 10, 3),
            _answers(10, 10, 4),
            _answers(7, 3, 5),
        ),
        small=(0, 1, 4),
        tested="1 to 10 images, 2 to 10 digits",
        hints=(
            "First the slope with respect to P, then back through the softmax, as the text "
            "did for the cross-entropy.",
            "dP = 2 (P − Y) / N, then dZ_j = Σ_i dP_i · p_i ([i = j] − p_j): now every i "
            "counts.",
            "P * (dP - (dP * P).sum(axis=1, keepdims=True))",
        ),
        wrong=(
            Wrong(
                jacobian_forgotten,
                "That is the slope with respect to P. It still has to go back through the "
                "softmax to reach the scores.",
            ),
            Wrong(
                cross_entropy_again,
                "That is the cross-entropy's answer. P − Y is not a law: it needs the 1/p of "
                "the logarithm, and a squared error has none.",
            ),
            Wrong(
                diagonal_only,
                "You use only the diagonal of the Jacobian, p(1 − p). Raising one score also "
                "lowers the other probabilities: those terms are missing.",
            ),
            Wrong(
                summed_over_images,
                "Your sum runs over the images (axis 0). Probabilities compete within a row: "
                "sum over axis 1, with keepdims=True.",
            ),
            Wrong(
                lambda P, Y: 2 * (P - Y) * Y / len(P),
                "Only the true digit counts in your answer. The squared "
                "error looks at all ten probabilities, and the softmax ties them together.",
            ),
        ),
        right=(squared_by_jacobian, squared_by_library),
    ),
    Exercise(
        name="03.rate_for_slip",
        reference=5.0,
        look=look_at_slip,
        tested="0.5 · 32,000 / 3,200",
        hints=(
            "Of the ten products in a row of Y * np.log(P), how many are not 0? And how many "
            "are counted?",
            "The same sum is divided by 32,000 entries, where the cross-entropy divides by "
            "3,200 images: the gradient is ten times too short.",
            "0.5 * 32000 / 3200",
        ),
        wrong=(
            Wrong(
                0.05,
                "The wrong way round: this loss and its gradient are ten times smaller, so "
                "the rate has to grow.",
            ),
            Wrong(
                0.5,
                "With the same rate the steps are too short: .mean() divides by all 32,000 "
                "entries, and only 3,200 of the products are not 0.",
            ),
            Wrong(
                0.5 * 3200,
                "You undo the whole mean over the images, and that one is wanted. Only what "
                "the ten columns divide too much has to be made good.",
            ),
            Wrong(
                0.5 * 32000,
                "You turn the mean back into a sum. Ours is a mean too, over the 3,200 images: "
                "compare the two divisors.",
            ),
        ),
        right=(5, np.float64(0.5) * 10),
        why="the mean over 32,000 entries is a tenth of the mean over 3,200 images.",
    ),
)
