"""The exercises of notebook 04: one hidden layer."""

import itertools

import numpy as np

from digitlib.exercises.model import Exercise, Line, Wall, Wrong


def look_at_count(arguments, expected, got):
    """Which of the four arrays were counted, or how far off the number is."""
    if isinstance(got, str):
        return "A number belongs here, without quotation marks."
    sizes = {"W1": 7840, "b1": 10, "W2": 100, "b2": 10}
    for number in range(1, 4):
        for names in itertools.combinations(sizes, number):
            if sum(sizes[name] for name in names) == got:
                missing = [name for name in sizes if name not in names]
                if got == 110:
                    return (
                        "That is W2 and one vector of biases, ten numbers. W1 and the other "
                        "biases are missing."
                    )
                return (
                    f"That is {' and '.join(names)}. {' and '.join(missing)} "
                    f"{'is' if len(missing) == 1 else 'are'} missing."
                )
    if not isinstance(got, (int, float, np.number)) or isinstance(got, bool):
        return None
    if got == expected + 784 or got == expected + 784 - 10:
        return (
            "You give every pixel a bias. Pixels come as they are: units and scores have one."
        )
    if got > expected:
        return (
            f"Too many, by {got - expected:,.6g}. Four arrays: (784, 10), "
            f"(10,), (10, 10), (10,). "
            "Multiply within an array, and add over the four."
        )
    return (
        f"Too few, by {expected - got:,.6g}. Four arrays are learned, W1, b1, W2 and b2: have "
        "you counted every entry of each?"
    )


def the_two_worst_digits(C):
    wrong = C - np.diag(np.diag(C))
    order = np.argsort(-(wrong.sum(axis=0) + wrong.sum(axis=1)))
    return tuple(sorted((int(order[0]), int(order[1]))))


def _pair_of(scores):
    above = np.triu(scores, k=1)
    return divmod(int(above.argmax()), len(above))


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


def _mixed_up(*pairs):
    """A matrix of ten digits in which these pairs are mixed up most often, all alike."""
    C = _confusions(2)
    for a, b in pairs:
        C[a, b], C[b, a] = C.max(), 40
    return C


def shares_of_rows(C):
    return most_confused(C / C.sum(axis=1, keepdims=True))


def last_of_a_tie(C):
    pairs = [(a, b) for a in range(len(C)) for b in range(a + 1, len(C))]
    return max(reversed(pairs), key=lambda pair: C[pair] + C[pair[::-1]])


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


def _confusions(seed):
    """How often each of ten digits was read as each, (10, 10); some are much rarer."""
    rng = np.random.default_rng(seed)
    C = rng.integers(0, 40, (10, 10)) // rng.integers(1, 9, 10)[:, None]
    return C + np.diag(rng.integers(40, 90, 10))


def _blame(n, k, seed):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((n, k)), rng.standard_normal((n, k))


def _pass(n, inputs, hidden, digits, seed):
    """Every array of one way there and back, in float64, by name."""
    rng = np.random.default_rng(seed)
    X, Y = rng.random((n, inputs)), np.eye(digits)[rng.integers(digits, size=n)]
    W1, W2 = rng.standard_normal((inputs, hidden)), rng.standard_normal((hidden, digits))
    Z1 = X @ W1 - W1.sum(axis=0) / 2
    A1 = np.maximum(Z1, 0)
    E = np.exp(A1 @ W2)
    P = E / E.sum(axis=1, keepdims=True)
    dZ2 = (P - Y) / n
    dA1 = dZ2 @ W2.T
    dZ1 = dA1 * (Z1 > 0)
    arrays = {"X": X, "Y": Y, "W2": W2, "Z1": Z1, "A1": A1, "P": P, "N": n}
    return {**arrays, "dZ2": dZ2, "dA1": dA1, "dZ1": dZ1}


# Sizes that differ, so that each array has a shape of its own; then sizes that are equal, so
# that a product turned over meets no error; then as many units as digits, as in the notebook.
_PASSES = (_pass(2, 4, 3, 5, 0), _pass(3, 3, 3, 3, 1), _pass(7, 12, 10, 10, 2))


def _cases(*names):
    return tuple(tuple(each[name] for name in names) for each in _PASSES)


WALL = Wall(
    name="04.wall",
    tested="batches of 2, 3 and 7 images, layers of equal and of unequal size",
    lines=(
        Line(
            name="dZ2",
            shape="(N, 10)",
            reference=lambda P, Y, N: (P - Y) / N,
            cases=_cases("P", "Y", "N"),
            hints=(
                "How much louder was each score than the label asked for? And how much does "
                "one image count in a mean over N?",
                "dZ2 = (P − Y) / N",
                "(P - Y) / N",
            ),
            wrong=(
                Wrong(
                    lambda P, Y, N: P - Y,
                    "A factor is missing: the loss is the mean over N images, so each image "
                    "counts 1/N.",
                ),
                Wrong(
                    lambda P, Y, N: (Y - P) / N,
                    "The sign is the wrong way round. Where P is above Y, a larger score makes "
                    "the loss larger: the slope is positive there.",
                ),
                Wrong(
                    lambda P, Y, N: P - Y / N,
                    "Only Y is divided by N, and the whole difference has to be: mind the "
                    "brackets.",
                ),
                Wrong(
                    lambda P, Y, N: -Y / P / N,
                    "That is the slope with respect to P. It still has to go back through the "
                    "softmax to reach the scores.",
                ),
                Wrong(
                    lambda P, Y, N: (P - Y) / P.size,
                    "You divide by N times the number of digits. The loss is a mean over the "
                    "images only.",
                ),
            ),
            right=(lambda P, Y, N: 1 / N * P - 1 / N * Y,),
            why="softmax and cross-entropy together leave the difference, and nothing else.",
        ),
        Line(
            name="dW2",
            shape="(10, 10)",
            reference=lambda A1, dZ2: A1.T @ dZ2,
            cases=_cases("A1", "dZ2"),
            hints=(
                "The weight from unit j to score k touched every image. Add up what it did.",
                "dW2[j, k] = Σ over images of A1[i, j] · dZ2[i, k]: the sum runs along the "
                "first index of both.",
                "A1.T @ dZ2",
            ),
            wrong=(
                Wrong(
                    lambda A1, dZ2: np.outer(A1.mean(axis=0), dZ2.sum(axis=0)),
                    "You average the values over the images first. Each image's value goes "
                    "with its own blame: multiply first, then sum.",
                ),
                Wrong(
                    lambda A1, dZ2: np.outer(A1.sum(axis=0), dZ2.sum(axis=0)),
                    "You sum over the images first. Each image's value goes with its own "
                    "blame: multiply first, then sum.",
                ),
                Wrong(
                    lambda A1, dZ2: dZ2.T @ A1,
                    "The factors are swapped: (10, N) @ (N, 10) with the scores first gives "
                    "dW2 turned over. Its rows belong to the hidden units.",
                ),
                Wrong(
                    lambda A1, dZ2: A1 @ dZ2,
                    "This product sums over hidden units against images. The sum has to run "
                    "along the images, the first index of both: one of the two must be turned "
                    "over.",
                ),
                Wrong(
                    lambda A1, dZ2: A1 @ dZ2.T,
                    "This product has one row and one column for each image. The images are "
                    "what must be summed away: turn the other array over.",
                ),
                Wrong(
                    lambda A1, dZ2: A1.T @ dZ2 / len(A1),
                    "The mean is taken twice: dZ2 already holds the 1/N.",
                ),
            ),
            right=(lambda A1, dZ2: np.einsum("ij,ik->jk", A1, dZ2),),
        ),
        Line(
            name="db2",
            shape="(10,)",
            reference=lambda dZ2: dZ2.sum(axis=0),
            cases=_cases("dZ2"),
            hints=(
                "The bias of a score is added for every image alike. What do its effects do?",
                "db2[k] = Σ over images of dZ2[i, k]",
                "dZ2.sum(axis=0)",
            ),
            wrong=(
                Wrong(
                    lambda dZ2: dZ2.sum(axis=1),
                    "You sum over the digits of each image, which gives one number per image "
                    "(and it is 0). One number per digit is asked for: sum over the images.",
                ),
                Wrong(
                    lambda dZ2: dZ2.mean(axis=0),
                    "The mean is taken twice: dZ2 already holds the 1/N, so the images are "
                    "summed.",
                ),
                Wrong(
                    lambda dZ2: dZ2.sum(),
                    "You sum over everything. Each digit has a bias of its own: sum over the "
                    "images only.",
                ),
                Wrong(
                    lambda dZ2: dZ2,
                    "Those are the slopes image by image. One bias serves all images, so its "
                    "effects on them add up.",
                ),
                Wrong(
                    lambda dZ2: 1.0,
                    "1 is the value at the beginning of the wire. Multiply it by the blame at "
                    "the end, and add up over the images.",
                ),
            ),
            right=(lambda dZ2: np.ones(len(dZ2)) @ dZ2,),
        ),
        Line(
            name="dA1",
            shape="(N, 10)",
            reference=lambda dZ2, W2: dZ2 @ W2.T,
            cases=_cases("dZ2", "W2"),
            hints=(
                "A hidden value reaches the loss through every score. What do the effects of "
                "several paths do?",
                "dA1[i, j] = Σ over digits of dZ2[i, k] · W2[j, k]: along the second index of "
                "both.",
                "dZ2 @ W2.T",
            ),
            wrong=(
                Wrong(
                    lambda dZ2, W2: dZ2 @ W2,
                    "W2 has to be turned over. The sum runs along the digits, which are the "
                    "second index of W2, and a product sums over the first index of its right "
                    "factor.",
                ),
                Wrong(
                    lambda dZ2, W2: W2 @ dZ2.T,
                    "The right numbers, turned over: row i of dA1 belongs to image i.",
                ),
                Wrong(
                    lambda dZ2, W2: dZ2 @ W2.T / len(dZ2),
                    "The mean is taken twice: dZ2 already holds the 1/N.",
                ),
                Wrong(
                    lambda dZ2, W2: dZ2.sum(axis=1, keepdims=True) * W2.sum(axis=1),
                    "You add up the blame and the weights, and multiply then. Each wire has "
                    "its own weight and its own blame: multiply first.",
                ),
            ),
            right=(lambda dZ2, W2: (W2 @ dZ2.T).T,),
        ),
        Line(
            name="dZ1",
            shape="(N, 10)",
            reference=lambda dA1, Z1: dA1 * (Z1 > 0),
            cases=_cases("dA1", "Z1"),
            hints=(
                "Where the ReLU passed its input on, blame passes back unchanged. Where did "
                "it not?",
                "dZ1 = dA1 where Z1 > 0, and 0 where Z1 < 0",
                "dA1 * (Z1 > 0)",
            ),
            wrong=(
                Wrong(
                    lambda dA1, Z1: dA1 * (np.maximum(Z1, 0) >= 0),
                    "Your mask lets blame through everywhere. A mask that is built from what "
                    "came out of the ReLU does: that is never negative. Ask what went in.",
                ),
                Wrong(
                    lambda dA1, Z1: np.maximum(dA1, 0),
                    "Your mask looks at the sign of dA1. Which side of the bend the unit was "
                    "on is a matter of Z1, what went in.",
                ),
                Wrong(
                    lambda dA1, Z1: dA1 * np.maximum(Z1, 0),
                    "You multiply by the value of the ReLU. The chain rule wants its slope, "
                    "which is 1 or 0.",
                ),
                Wrong(
                    lambda dA1, Z1: dA1 * (Z1 < 0),
                    "The mask is the wrong way round: blame passes where the unit answered.",
                ),
                Wrong(
                    lambda dA1, Z1: 1.0 * (Z1 > 0),
                    "That is the slope of the ReLU alone. It multiplies the blame that "
                    "arrives, dA1.",
                ),
                Wrong(
                    lambda dA1, Z1: dA1 * Z1,
                    "You multiply by what went in. The chain rule wants the ReLU's slope "
                    "there, which is 1 or 0.",
                ),
                Wrong(
                    lambda dA1, Z1: dA1 * np.sign(Z1),
                    "The sign of Z1 is −1 where it is negative, and turns the blame round. "
                    "Where the ReLU was shut, the blame is 0.",
                ),
                Wrong(
                    lambda dA1, Z1: dA1[Z1 > 0],
                    "Square brackets pick the entries out, and their places are lost. "
                    "Multiply by the mask: the rest becomes 0 and the shape stays.",
                ),
                Wrong(
                    lambda dA1, Z1: Z1 * (dA1 > 0),
                    "dA1 and Z1 have exchanged their parts: dA1 passes, and Z1 decides where.",
                ),
                Wrong(
                    lambda dA1, Z1: dA1 * (Z1 > 5),
                    "The 5 was an example. Where does the ReLU bend?",
                ),
            ),
            right=(lambda dA1, Z1: np.where(Z1 > 0, dA1, 0),),
        ),
        Line(
            name="dW1",
            shape="(784, 10)",
            reference=lambda X, dZ1: X.T @ dZ1,
            cases=_cases("X", "dZ1"),
            hints=(
                "It is dW2 one layer further down: who takes the place of A1 there?",
                "dW1[m, j] = Σ over images of X[i, m] · dZ1[i, j]",
                "X.T @ dZ1",
            ),
            wrong=(
                Wrong(
                    lambda X, dZ1: dZ1.T @ X,
                    "The factors are swapped: (10, N) @ (N, 784) gives dW1 turned over.",
                ),
                Wrong(
                    lambda X, dZ1: X @ dZ1,
                    "This product sums over pixels against images. The sum has to run along "
                    "the images, the first index of both: one of the two must be turned over.",
                ),
                Wrong(
                    lambda X, dZ1: X.T @ dZ1 / len(X),
                    "The mean is taken twice: the 1/N has come down with dZ2.",
                ),
            ),
            right=(lambda X, dZ1: np.tensordot(X, dZ1, axes=(0, 0)),),
        ),
        Line(
            name="db1",
            shape="(10,)",
            reference=lambda dZ1: dZ1.sum(axis=0),
            cases=_cases("dZ1"),
            hints=(
                "It is db2 one layer further down.",
                "db1[j] = Σ over images of dZ1[i, j]",
                "dZ1.sum(axis=0)",
            ),
            wrong=(
                Wrong(
                    lambda dZ1: dZ1.sum(axis=1),
                    "You sum over the units of each image, which gives one number per image. "
                    "One number per unit is asked for: sum over the images.",
                ),
                Wrong(
                    lambda dZ1: dZ1.mean(axis=0),
                    "The mean is taken twice: the 1/N has come down with dZ2, so the images "
                    "are summed.",
                ),
                Wrong(
                    lambda dZ1: dZ1.sum(),
                    "You sum over everything. Each unit has a bias of its own: sum over the "
                    "images only.",
                ),
                Wrong(
                    lambda dZ1: dZ1,
                    "Those are the slopes image by image. One bias serves all images, so its "
                    "effects on them add up.",
                ),
            ),
            right=(lambda dZ1: np.array([column.sum() for column in dZ1.T]),),
        ),
    ),
    why="Two patterns make all seven lines: what a layer's weights deserve is its input turned "
    "over times its blame, and blame goes back through the same weights turned over.",
)

EXERCISES = (
    WALL,
    Exercise(
        name="04.leaky_relu_backward",
        reference=leaky_relu_backward,
        cases=(
            (np.array([[2.0, 3.0]]), np.array([[-1.0, 1.0]])),
            (np.array([[2.0, 3.0]]), np.array([[-1.0, 1.0]]), 0.2),
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
                lambda dA, Z, slope=0.01: dA * np.where(slope < Z, 1, slope),
                "You ask where Z is above the slope. The bend is at 0.",
            ),
            Wrong(
                lambda dA, Z, slope=0.01: np.where(Z > 0, dA, (1 - slope) * dA),
                "Where Z < 0 you pass on 1 − slope of the blame. The output grows there with "
                "`slope`, so that share passes.",
            ),
            Wrong(
                lambda dA, Z, slope=0.01: dA * (Z > 0) + slope * dA,
                "Where Z > 0 you add the leak to the blame that passes already. The leak is "
                "for Z < 0 alone.",
            ),
            Wrong(
                lambda dA, Z, slope=0.01: np.where(Z > 0, dA, slope * Z),
                "Where Z < 0 you return slope · Z, the way forward. On the way back the slope"
                " multiplies the blame.",
            ),
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
            Wrong(
                lambda dA, Z, slope=0.01: dA * np.where(Z > 0, 1, slope * Z),
                "Where Z < 0 you multiply by the output, slope · Z. The chain rule wants how "
                "fast it changes: slope alone.",
            ),
            Wrong(
                lambda dA, Z, slope=0.01: dA * np.where(Z > 0, 1, -slope),
                "Below zero the output still grows with the input, slowly: the slope is "
                "positive there too.",
            ),
        ),
        right=(leaky_by_copy, leaky_by_sum),
    ),
    Exercise(
        name="04.most_confused",
        reference=most_confused,
        cases=(
            (np.array([[9, 0, 2], [0, 9, 1], [1, 3, 9]]),),
            (np.array([[50, 1, 6], [3, 40, 5], [0, 4, 60]]),),
            (np.array([[5, 2, 0, 4], [2, 5, 0, 1], [3, 5, 5, 0], [1, 0, 4, 5]]),),
            (np.array([[8, 1, 1], [1, 8, 1], [1, 1, 8]]),),
            (_confusions(0),),
            (_confusions(1),),
            (_mixed_up((7, 9), (8, 9)),),
            (_mixed_up((0, 1)),),
            (_mixed_up((8, 9)),),
        ),
        small=(0, 1, 2, 3),
        returns=("a", "b"),
        tested="the diagonal, both directions, a tie",
        hints=(
            "C[a, b] and C[b, a] are mistakes of one pair; C[a, a] is no mistake.",
            "The largest entry of C + Cᵀ above its diagonal.",
            "both = np.triu(C + C.T, k=1); np.unravel_index(both.argmax(), both.shape)",
        ),
        wrong=(
            Wrong(
                the_two_worst_digits,
                "Those are the two digits with the most mistakes of any kind. A pair counts "
                "the mistakes between its two digits alone.",
            ),
            Wrong(
                lambda C: _pair_of(np.abs(C - C.T)),
                "You subtract the two directions. A pair's mistakes are added up: C + C.T.",
            ),
            Wrong(
                lambda C: _pair_of(C * C.T),
                "You multiply the two directions. A pair's mistakes are added up: C + C.T.",
            ),
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
            Wrong(
                lambda C: divmod(int(C.argmax()), 10),
                "Your pair is a digit with itself: the diagonal, what was read right, is the "
                "largest. Leave it out.",
            ),
            Wrong(
                lambda C: divmod(int((C + C.T).argmax()), 10),
                "Your pair is a digit with itself: the diagonal, what was read right, is the "
                "largest. Leave it out.",
            ),
            Wrong(
                lambda C: divmod(int((C - np.diag(np.diag(C))).argmax()), 10),
                "You look at one cell at a time, and hand it over as (row, column). Both "
                "directions count together, and the smaller digit comes first.",
            ),
            Wrong(
                shares_of_rows,
                "You compare shares of the rows. What is asked for is the number of mistakes.",
            ),
            Wrong(
                lambda C: most_confused(C[:9, :9]),
                "The last digit is left out: range(9) ends at 8.",
            ),
            Wrong(
                last_of_a_tie,
                "On a tie you return the last pair. The first is asked for: replace a pair "
                "only by one that is mixed up more often.",
            ),
        ),
        right=(most_confused_by_loop,),
    ),
    Exercise(
        name="04.n_parameters",
        reference=7960,
        look=look_at_count,
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
        name="04.weighted_dZ2",
        reference=weighted_dZ2,
        cases=(
            (np.array([[0.6, 0.4], [0.5, 0.5]]), np.eye(2), np.array([1.0, 3.0])),
            _scores(2, 10, 0),
            _scores(10, 10, 1),
            _scores(7, 3, 2),
        ),
        small=(0, 3),
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
            Wrong(
                lambda P, Y, w: (P - Y) * w.mean() / len(P),
                "Every image gets the same weight, the mean of w. Row i has "
                "the weight w_i, divided by the sum of all.",
            ),
            Wrong(
                lambda P, Y, w: (P - Y) / w[:, None] / w.sum(),
                "You divide by each weight: an image with a large weight "
                "then counts less. Multiply by it.",
            ),
            Wrong(
                lambda P, Y, w: (P - w[:, None] * Y) / w.sum(),
                "Only Y is weighted. The whole difference P − Y of an image has its weight.",
            ),
            Wrong(
                lambda P, Y, w: (P - Y) * (w / w.max())[:, None],
                "You divide by the largest weight. A weighted mean is "
                "divided by the sum of the weights.",
            ),
            Wrong(
                lambda P, Y, w: (P - Y) * (w / np.sqrt((w**2).sum()))[:, None],
                "You divide by the length of w. A weighted mean is divided "
                "by the sum of the weights.",
            ),
            Wrong(
                lambda P, Y, w: (w[:, None] * P - Y) / w.sum(),
                "Only P is weighted. The whole difference P − Y of an image has its weight.",
            ),
            Wrong(
                lambda P, Y, w: (P - Y) / w.sum(),
                "You divide by the sum of the weights, as it should be, but no image has its "
                "own weight yet: row i is multiplied by w_i.",
            ),
        ),
        right=(weighted_by_loop, weighted_by_diagonal),
    ),
    Exercise(
        name="04.tanh_backward",
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
            Wrong(
                lambda dA, A: dA * np.tanh(A),
                "That is tanh itself, taken once more. Its slope is asked for.",
            ),
            Wrong(
                lambda dA, A: dA * A,
                "You multiply by the output itself. The slope of tanh is asked for.",
            ),
        ),
        right=(tanh_by_factors, tanh_from_its_inverse),
        why="tanh never gives one output for two inputs, so A tells which slope it had. "
        "A ReLU gives 0 to every negative input, so A = 0 still tells that the slope was 0: "
        "a mask A > 0 works too. It is A >= 0 that does not.",
    ),
)
