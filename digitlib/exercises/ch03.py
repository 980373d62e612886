"""The exercises of notebook 03: one hidden layer."""

import numpy as np

from digitlib.exercises.model import Exercise, Wrong


def weighted_dZ2(P, Y, w):
    return (P - Y) * (w / w.sum())[:, None]


def weighted_by_loop(P, Y, w):
    dZ2 = np.zeros_like(P)
    for i in range(len(P)):
        dZ2[i] = w[i] * (P[i] - Y[i]) / sum(w)
    return dZ2


def weighted_by_diagonal(P, Y, w):
    return np.diag(w) @ (P - Y) / np.sum(w)


def weights_forgotten(P, Y, w):
    return (P - Y) / len(P)


def divided_by_N(P, Y, w):
    return (P - Y) * w[:, None] / len(P)


def not_divided(P, Y, w):
    return (P - Y) * w[:, None]


def weights_along_columns(P, Y, w):
    return (P - Y) * w / w.sum()


def leaky_relu_backward(dA, Z, slope=0.01):
    return dA * np.where(Z > 0, 1.0, slope)


def leaky_by_copy(dA, Z, slope=0.01):
    dZ = dA.copy()
    dZ[Z < 0] *= slope
    return dZ


def leaky_by_sum(dA, Z, slope=0.01):
    return dA * (Z > 0) + slope * dA * (Z <= 0)


def leak_forgotten(dA, Z, slope=0.01):
    return dA * (Z > 0)


def leak_replaces_blame(dA, Z, slope=0.01):
    return np.where(Z > 0, dA, slope)


def mask_from_blame(dA, Z, slope=0.01):
    return np.where(dA > 0, dA, slope * dA)


def leaky_forward(dA, Z, slope=0.01):
    return dA * np.where(Z > 0, Z, slope * Z)


def tanh_backward(dA, A):
    return dA * (1 - A**2)


def tanh_by_factors(dA, A):
    return dA * (1 - A) * (1 + A)


def tanh_from_its_inverse(dA, A):
    return dA / np.cosh(np.arctanh(A)) ** 2


def tanh_taken_twice(dA, A):
    return dA * (1 - np.tanh(A) ** 2)


def square_forgotten(dA, A):
    return dA * (1 - A)


def blame_forgotten(dA, A):
    return 1 - A**2


def most_confused(C):
    both = np.triu(C + C.T, k=1)
    a, b = np.unravel_index(both.argmax(), both.shape)
    return int(a), int(b)


def most_confused_by_loop(C):
    best, pair = -1, None
    for a in range(len(C)):
        for b in range(a + 1, len(C)):
            if C[a, b] + C[b, a] > best:
                best, pair = C[a, b] + C[b, a], (a, b)
    return pair


def diagonal_counted(C):
    both = C + C.T
    a, b = np.unravel_index(both.argmax(), both.shape)
    return int(min(a, b)), int(max(a, b))


def one_direction_only(C):
    off = C - np.diag(np.diag(C))
    a, b = np.unravel_index(off.argmax(), off.shape)
    return int(min(a, b)), int(max(a, b))


def one_cell(C):
    off = C - np.diag(np.diag(C))
    a, b = np.unravel_index(off.argmax(), off.shape)
    return int(a), int(b)


def upper_half_only(C):
    off = np.triu(C, k=1)
    a, b = np.unravel_index(off.argmax(), off.shape)
    return int(a), int(b)


def _scores(n, k, seed):
    """Probabilities, one-hot labels and positive weights, shaped (n, k), (n, k) and (n,)."""
    rng = np.random.default_rng(seed)
    E = np.exp(rng.standard_normal((n, k)))
    return (
        E / E.sum(axis=1, keepdims=True),
        np.eye(k)[rng.integers(k, size=n)],
        rng.random(n) + 1,
    )


def _blame(n, k, seed):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((n, k)), rng.standard_normal((n, k))


EXERCISES = (
    Exercise(
        name="03.n_parameters",
        reference=7960,
        tested="784·10 + 10 for the hidden layer, 10·10 + 10 for the output",
        hints=(
            "Every entry of W1 and of W2 is a number to be learned, and so is every bias.",
            "Add the sizes of four arrays: (784, 10), (10,), (10, 10), (10,).",
            "W1.size + b1.size + W2.size + b2.size",
        ),
        wrong=(
            Wrong(7940, "The biases are missing: b1 and b2 hold ten numbers each."),
            Wrong(7950, "One of the two bias vectors is missing: each holds ten numbers."),
            Wrong(
                7850,
                "That is softmax regression, 784·10 + 10. The output layer has a matrix and "
                "biases of its own.",
            ),
            Wrong(804, "Those are the units, 784 + 10 + 10. What is learned is between them."),
        ),
        right=(784 * 10 + 10 + 10 * 10 + 10, np.int64(7960)),
        why="W1 has 784·10, b1 10, W2 10·10, b2 10.",
    ),
    Exercise(
        name="03.weighted_dZ2",
        reference=weighted_dZ2,
        cases=(
            (np.array([[0.6, 0.4], [0.5, 0.5]]), np.eye(2), np.array([1.0, 3.0])),
            _scores(2, 10, 0),
            _scores(10, 10, 1),
            _scores(7, 3, 2),
        ),
        tested="2 to 10 images, 2 to 10 digits, weights that do not sum to 1",
        hints=(
            "With all weights equal it must be (P − Y) / N again.",
            "Row i of dZ2 is (w_i / Σ w) · (P_i − Y_i).",
            "A weight a row: make w a column with w[:, None], then divide by w.sum().",
        ),
        wrong=(
            Wrong(
                weights_forgotten,
                "That is the plain mean: the weights w do not occur in your answer.",
            ),
            Wrong(
                divided_by_N,
                "Each row has its weight, but the sum is divided by N. A weighted mean is "
                "divided by the sum of its weights.",
            ),
            Wrong(
                not_divided,
                "Each row has its weight, but nothing is divided: a weighted sum, where the "
                "weighted mean was meant.",
            ),
            Wrong(
                weights_along_columns,
                "w is stretched along the columns: digit k got the weight of image k. Make it "
                "a column, w[:, None], so that it weighs rows.",
            ),
        ),
        right=(weighted_by_loop, weighted_by_diagonal),
    ),
    Exercise(
        name="03.leaky_relu_backward",
        reference=leaky_relu_backward,
        cases=(
            (np.array([[2.0, 3.0]]), np.array([[-1.0, 1.0]])),
            (np.array([[-2.0, 3.0], [1.0, -5.0]]), np.array([[-1.5, 2.0], [0.5, -0.5]])),
            (*_blame(6, 4, 3), 0.2),
        ),
        tested="both signs of dA and of Z, another slope, and that dA is left as it was",
        hints=(
            "Below zero the output still moves when the input does: how fast?",
            "dZ = dA · 1 where Z > 0, and dA · slope where Z < 0.",
            "np.where(Z > 0, 1.0, slope) is the array of slopes; multiply dA by it.",
        ),
        wrong=(
            Wrong(
                leak_forgotten,
                "Your dZ is 0 where Z < 0: that is the plain ReLU, and the leak is missing.",
            ),
            Wrong(
                leak_replaces_blame,
                "Where Z < 0 your dZ is the slope itself, whatever dA says. The slope "
                "multiplies the blame, it does not replace it.",
            ),
            Wrong(
                mask_from_blame,
                "Your mask looks at the sign of dA. Which side of the kink the unit is on is "
                "a matter of Z, what went in.",
            ),
            Wrong(
                leaky_forward,
                "You multiply dA by the leaky ReLU of Z, its value. The chain rule wants its "
                "slope: 1 or 0.01.",
            ),
        ),
        right=(leaky_by_copy, leaky_by_sum),
    ),
    Exercise(
        name="03.tanh_backward",
        reference=tanh_backward,
        cases=(
            (np.array([[2.0]]), np.array([[0.7]])),
            (np.array([[2.0, -1.0]]), np.array([[0.0, -0.5]])),
            (_blame(5, 3, 4)[0], np.tanh(_blame(5, 3, 4)[1])),
        ),
        tested="outputs of both signs, 0 among them",
        hints=(
            "A already is tanh z. What is 1 − tanh² z, written with A?",
            "dZ = dA ⊙ (1 − A²)",
            "dA * (1 - A**2)",
        ),
        wrong=(
            Wrong(
                tanh_taken_twice,
                "You take tanh of A, but A is the output: tanh has been applied to it once "
                "already.",
            ),
            Wrong(square_forgotten, "The slope is 1 − A², and the square is missing."),
            Wrong(
                blame_forgotten,
                "That is the slope of tanh alone. It has to be multiplied by dA, the blame "
                "that arrives.",
            ),
        ),
        right=(tanh_by_factors, tanh_from_its_inverse),
        why="tanh never gives one output for two inputs, so A tells which slope it had. "
        "A ReLU gives 0 to every negative input, so A = 0 still tells that the slope was 0: "
        "a mask A > 0 works too. It is A >= 0 that does not.",
    ),
    Exercise(
        name="03.most_confused",
        reference=most_confused,
        cases=(
            (np.array([[9, 0, 2], [0, 9, 1], [1, 3, 9]]),),
            (np.array([[50, 1, 6], [3, 40, 5], [0, 4, 60]]),),
            (np.array([[5, 2, 0, 4], [2, 5, 0, 1], [3, 5, 5, 0], [1, 0, 4, 5]]),),
            (np.array([[8, 1, 1], [1, 8, 1], [1, 1, 8]]),),
        ),
        returns=("a", "b"),
        tested="the diagonal, both directions, a tie",
        hints=(
            "C[a, b] and C[b, a] are mistakes of one pair; C[a, a] is no mistake.",
            "The largest entry of C + Cᵀ above its diagonal.",
            "both = np.triu(C + C.T, k=1); np.unravel_index(both.argmax(), both.shape)",
        ),
        wrong=(
            Wrong(
                diagonal_counted,
                "Your pair is a digit with itself: the diagonal, what was read right, is the "
                "largest. Leave it out.",
            ),
            Wrong(
                one_direction_only,
                "You look at one cell at a time. a read as b and b read as a count together.",
            ),
            Wrong(
                one_cell,
                "You look at one cell at a time, and hand it over as (row, column). Both "
                "directions count together, and the smaller digit comes first.",
            ),
            Wrong(
                upper_half_only,
                "Only the cells above the diagonal are counted, a read as b with a < b. Add "
                "the other direction with C + C.T.",
            ),
        ),
        right=(most_confused_by_loop,),
    ),
)
