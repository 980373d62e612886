"""The exercises of notebook 03: softmax regression."""

import numpy as np

import digitlib
from digitlib.exercises.model import Exercise, Line, Wall, Wrong


def the_true_path_alone(P, Y):
    p = (P * Y).sum(axis=1, keepdims=True)
    return 2 * (p - 1) * p * (Y - P) / len(P)


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


def _layer(n, k, m, seed):
    """Images (n, m) and the blame of their scores (n, k)."""
    rng = np.random.default_rng(seed)
    P, Y = _answers(n, k, seed)
    return rng.random((n, m)), (P - Y) / n


E_TO_THE_Z_MOVES = (
    "That is what the growing sum takes away. The other half of the quotient rule is missing: "
    "e^z above the line grows too."
)
TOO_FAR = (
    "That is already the slope along the score. This line asks for the last step of the path "
    "alone: how −ln p answers when p itself moves."
)
NOT_64 = "That fits one batch and no other. Take the number of images from the data: len(Y)."
MEAN_TWICE = "The mean is taken twice: dZ already holds the 1/N."

WALL = Wall(
    name="03.wall",
    tested="probabilities of all sizes, 2 to 10 digits, 1 to 10 images",
    lines=(
        Line(
            name="own",
            shape="a number",
            reference=lambda p_j: p_j * (1 - p_j),
            cases=((0.25,), (0.9,), (0.5,)),
            hints=(
                "The score stands above and below the line. Quotient rule, with e^z = p S.",
                "∂p_j/∂z_j = (e^z S − e^z e^z) / S², and e^z / S is p_j",
                "p_j * (1 - p_j)",
            ),
            wrong=(
                Wrong(
                    lambda p_j: (1 - p_j) ** 2,
                    "A factor p is missing, and 1 − p stands twice. At p = 0 the slope must "
                    "be 0: test your line there.",
                ),
                Wrong(
                    lambda p_j: p_j,
                    "That is the change of e^z alone. The sum below the line grows as well, "
                    "which takes some of it back.",
                ),
                Wrong(
                    lambda p_j: 1 - p_j,
                    "A factor is missing. At p = 0 the slope must be 0 too: test your line "
                    "there.",
                ),
                Wrong(
                    lambda p_j: p_j * (p_j - 1),
                    "The sign is the wrong way round: raising a score raises its own "
                    "probability.",
                ),
                Wrong(
                    lambda p_j: 1 - p_j**2,
                    "That is the slope of tanh. Here e^z stands below the line as well: p, "
                    "minus p squared.",
                ),
                Wrong(lambda p_j: -(p_j**2), E_TO_THE_Z_MOVES),
                Wrong(lambda p_j: p_j**2, E_TO_THE_Z_MOVES),
            ),
            right=(lambda p_j: p_j - p_j**2,),
        ),
        Line(
            name="other",
            shape="a number",
            reference=lambda p_j, p_k: -p_j * p_k,
            cases=((0.25, 0.5), (0.9, 0.05), (0.1, 0.3)),
            hints=(
                "Score k stands below the line only: the derivative of the part above is 0.",
                "∂p_j/∂z_k = (0 · S − e^{z_j} e^{z_k}) / S²",
                "-p_j * p_k",
            ),
            wrong=(
                Wrong(
                    lambda p_j, p_k: p_j * p_k,
                    "The sign is the wrong way round: raising the score of one digit lowers "
                    "the probability of every other.",
                ),
                Wrong(
                    lambda p_j, p_k: -p_k,
                    "A factor is missing. A digit that has hardly any probability can hardly "
                    "lose any.",
                ),
                Wrong(
                    lambda p_j, p_k: p_j * (1 - p_k),
                    "That has the form of the first line. Here the score does not stand above "
                    "the line, so the first term of the quotient rule is 0.",
                ),
                Wrong(
                    lambda p_j, p_k: 0.0,
                    "Digit j's own score does not move, but its probability does: the sum "
                    "below the line grows.",
                ),
                Wrong(
                    lambda p_j, p_k: p_j - p_k,
                    "With u' = 0 the quotient rule leaves a single term, −u v' / v², and that "
                    "is a product of two probabilities.",
                ),
            ),
            right=(lambda p_j, p_k: 0 - p_k * p_j,),
        ),
        Line(
            name="log",
            shape="a number",
            reference=lambda p_y: -1 / p_y,
            cases=((0.25,), (0.9,), (0.01,)),
            hints=(
                "The derivative of ln p is known from school.",
                "d(−ln p)/dp = −1/p",
                "-1 / p_y",
            ),
            wrong=(
                Wrong(
                    lambda p_y: 1 / p_y,
                    "The sign is missing: the loss is minus the logarithm, and it falls when "
                    "the probability grows.",
                ),
                Wrong(
                    lambda p_y: -np.log(p_y), "That is the loss itself. Its slope is asked for."
                ),
                Wrong(lambda p_y: -p_y, "The derivative of ln p is 1/p."),
                Wrong(lambda p_y: p_y, "The derivative of ln p is 1/p."),
                Wrong(lambda p_y: -(p_y**2), "The derivative of ln p is 1/p."),
                Wrong(lambda p_y: 1 / np.log(p_y), "The derivative of ln p is 1/p."),
                Wrong(lambda p_y: np.log(p_y), "That is ln p itself. A slope is asked for."),
                Wrong(lambda p_y: -1 / np.log(p_y), "The derivative of ln p is 1/p."),
                Wrong(lambda p_y: p_y - 1, TOO_FAR),
                Wrong(lambda p_y: 1 - p_y, TOO_FAR),
            ),
            right=(lambda p_y: -(p_y**-1.0),),
        ),
        Line(
            name="dz",
            shape="(10,)",
            reference=lambda p, one_hot: p - one_hot,
            cases=(
                (np.array([0.2, 0.5, 0.3]), np.array([0.0, 1.0, 0.0])),
                (np.array([0.7, 0.1, 0.2]), np.array([0.0, 0.0, 1.0])),
                tuple(a[0] for a in _answers(1, 10, 6)),
            ),
            hints=(
                "Multiply along the path: score → probability of the true digit → loss. What "
                "cancels?",
                "For the true digit −1/p · p (1 − p), for every other −1/p_y · (−p_y p_k).",
                "p - one_hot",
            ),
            wrong=(
                Wrong(
                    lambda p, one_hot: one_hot - p,
                    "The sign is the wrong way round. Where p is above what was wanted, a "
                    "larger score makes the loss larger: the slope is positive there.",
                ),
                Wrong(
                    lambda p, one_hot: (p - one_hot) * one_hot,
                    "Only the true digit gets a slope. The other scores matter too: each of "
                    "them takes probability away from it.",
                ),
                Wrong(
                    lambda p, one_hot: -one_hot / p,
                    "That is the slope along the probabilities. It still has to go back "
                    "through the softmax.",
                ),
                Wrong(
                    lambda p, one_hot: p * (1 - p) - one_hot,
                    "The 1/p of the logarithm has to cancel the p of the softmax: multiply "
                    "the two slopes before you look at the result.",
                ),
                Wrong(
                    lambda p, one_hot: p,
                    "What should have been said is missing: subtract the one-hot row.",
                ),
                Wrong(
                    lambda p, one_hot: -np.log(p) * one_hot,
                    "That is the loss itself. Its slopes along the scores are asked for.",
                ),
            ),
            right=(lambda p, one_hot: [a - b for a, b in zip(p, one_hot)],),
            why="Where p is small the logarithm is steep and the softmax flat, by one factor.",
        ),
        Line(
            name="dZ",
            shape="(N, 10)",
            reference=lambda P, Y: (P - Y) / len(Y),
            cases=(_answers(2, 3, 7), _answers(10, 10, 8), _answers(7, 4, 9)),
            hints=(
                "The same for every row. And how much does one image count in a mean over N?",
                "dZ = (P − Y) / N",
                "(P - Y) / len(Y)",
            ),
            wrong=(
                Wrong(
                    lambda P, Y: P - Y,
                    "A factor is missing: the loss is the mean over N images, so each image "
                    "counts 1/N.",
                ),
                Wrong(
                    lambda P, Y: (P - Y) / P.size,
                    "You divide by N times the number of digits. The mean is over the images "
                    "only.",
                ),
                Wrong(
                    lambda P, Y: (P - Y).mean(axis=0),
                    "You averaged the images away. Each image's scores have slopes of their "
                    "own, so the shape stays (N, 10).",
                ),
                Wrong(
                    lambda P, Y: P - Y / len(Y),
                    "Only Y is divided by N, and the whole difference has to be: mind the "
                    "brackets.",
                ),
                Wrong(
                    lambda P, Y: (P - Y) / P.shape[1],
                    "You divide by the number of digits. The mean is over the images.",
                ),
                Wrong(
                    lambda P, Y: (P - Y) / 10,
                    "You divide by 10, the number of digits. The mean is over the images.",
                ),
                Wrong(lambda P, Y: (P - Y) / 64, NOT_64),
                Wrong(lambda P, Y: (P - Y) / 3200, NOT_64),
                Wrong(
                    lambda P, Y: -Y / P / len(P),
                    "That is the slope along the probabilities. It still has to go back "
                    "through the softmax.",
                ),
            ),
            right=(lambda P, Y: P / len(P) - Y / len(P),),
        ),
        Line(
            name="dW",
            shape="(784, 10)",
            reference=lambda X, dZ: X.T @ dZ,
            cases=(_layer(3, 2, 4, 1), _layer(5, 3, 5, 2), _layer(4, 4, 4, 3)),
            hints=(
                "Weight W[m, k] was multiplied by X[i, m], and score k of image i has the "
                "slope dZ[i, k]. Add up over the images.",
                "dW[m, k] = Σ over images of X[i, m] · dZ[i, k]: the sum runs along the first "
                "index of both.",
                "X.T @ dZ",
            ),
            wrong=(
                Wrong(
                    lambda X, dZ: dZ.T @ X,
                    "The factors are swapped: this is dW turned over. Its rows belong to the "
                    "pixels.",
                ),
                Wrong(lambda X, dZ: X.T @ dZ / len(X), MEAN_TWICE),
                Wrong(
                    lambda X, dZ: X @ dZ,
                    "This product sums over pixels against images. The sum has to run along "
                    "the images, the first index of both: turn one of them over.",
                ),
            ),
            right=(lambda X, dZ: np.einsum("im,ik->mk", X, dZ),),
        ),
        Line(
            name="db",
            shape="(10,)",
            reference=lambda dZ: dZ.sum(axis=0),
            cases=(
                (_layer(3, 2, 4, 1)[1],),
                (_layer(5, 3, 5, 2)[1],),
                (_layer(4, 4, 4, 3)[1],),
            ),
            hints=(
                "A bias is a weight that is multiplied by 1.",
                "db[k] = Σ over images of dZ[i, k]",
                "dZ.sum(axis=0)",
            ),
            wrong=(
                Wrong(
                    lambda dZ: dZ.sum(axis=1),
                    "You sum over the digits of each image, which gives one number per image "
                    "(and it is 0). One number per digit is asked for: sum over the images.",
                ),
                Wrong(lambda dZ: dZ.mean(axis=0), MEAN_TWICE),
                Wrong(
                    lambda dZ: dZ.sum(),
                    "You sum over everything. Each digit has a bias of its own: sum over the "
                    "images only.",
                ),
                Wrong(
                    lambda dZ: dZ,
                    "Those are the slopes image by image. One bias serves all images, so its "
                    "effects on them add up.",
                ),
            ),
            right=(lambda dZ: np.ones(len(dZ)) @ dZ,),
        ),
    ),
    why="What the model said, minus what it should have said. It is the miss again.",
)


EXERCISES = (
    WALL,
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
                the_true_path_alone,
                "Only the path through the true digit's probability is there. This loss looks"
                " at all ten probabilities: a path leads through each.",
            ),
            Wrong(
                lambda P, Y: (
                    2 * P * ((P - Y) - ((P - Y) ** 2).sum(axis=1, keepdims=True)) / len(P)
                ),
                "You subtract the sum of squared misses, the loss itself. On each path the "
                "miss stands beside the slope of that probability: sum P · (P − Y).",
            ),
            Wrong(
                lambda P, Y: 2 * P * ((P - Y) - (P - Y).sum(axis=1, keepdims=True)) / len(P),
                "You subtract the sum of P − Y over each row, and that is 0: both rows sum to"
                " 1. On each path stands the slope of that probability: sum P · (P − Y).",
            ),
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
                "You use only p(1 − p), what a score does to its own probability. Raising it "
                "also lowers the other probabilities: those terms are missing.",
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
        why="The mean over 32,000 entries is a tenth of the mean over 3,200 images.",
    ),
)
