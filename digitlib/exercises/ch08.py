"""The exercises of notebook 08: three layers."""

import numpy as np

from digitlib.exercises.model import Exercise, Line, Wall, Wrong


def skip_backward(dY, X, W):
    return dY + (dY * (X @ W > 0)) @ W.T


def skip_in_two_roads(dY, X, W):
    dX = dY.copy()
    dZ = np.where(X @ W > 0, dY, 0)
    dX += dZ @ W.T
    return dX


def skip_by_loop(dY, X, W):
    dX = np.zeros_like(X)
    for i in range(len(X)):
        for j in range(X.shape[1]):
            dX[i, j] = dY[i, j]
            for k in range(W.shape[1]):
                if X[i] @ W[:, k] > 0:
                    dX[i, j] += dY[i, k] * W[j, k]
    return dX


def skip_forgotten(dY, X, W):
    return (dY * (X @ W > 0)) @ W.T


def skip_multiplied(dY, X, W):
    return dY * ((dY * (X @ W > 0)) @ W.T)


def skip_in_place(dY, X, W):
    dZ = dY
    dZ[X @ W <= 0] = 0
    return dY + dZ @ W.T


def mask_from_the_sum(dY, X, W):
    Y = X + np.maximum(X @ W, 0)
    return dY + (dY * (Y > 0)) @ W.T


def transpose_forgotten(dY, X, W):
    return dY + (dY * (X @ W > 0)) @ W


def width_for_budget(budget, depth):
    h = 0
    while 795 * (h + 1) + (depth - 1) * ((h + 1) ** 2 + h + 1) + 10 <= budget:
        h += 1
    return h


def width_by_formula(budget, depth):
    a, b, c = depth - 1, 784 + depth + 10, 10 - budget
    if a == 0:
        return -c // b
    return int((-b + (b * b - 4 * a * c) ** 0.5) / (2 * a))


def width_by_counting(budget, depth):
    def size(h):
        widths = [784] + depth * [h] + [10]
        return sum(widths[i] * widths[i + 1] + widths[i + 1] for i in range(depth + 1))

    return max(h for h in range(1000) if size(h) <= budget)


def width_without_biases(budget, depth):
    h = 0
    while 794 * (h + 1) + (depth - 1) * (h + 1) ** 2 <= budget:
        h += 1
    return h


def one_square_too_many(budget, depth):
    h = 0
    while 795 * (h + 1) + depth * ((h + 1) ** 2 + h + 1) + 10 <= budget:
        h += 1
    return h


def one_too_wide(budget, depth):
    h = 0
    while 795 * h + (depth - 1) * (h**2 + h) + 10 <= budget:
        h += 1
    return h


def width_to_the_nearest(budget, depth):
    a, b, c = depth - 1, 784 + depth + 10, 10 - budget
    return round(-c / b if a == 0 else (-b + (b * b - 4 * a * c) ** 0.5) / (2 * a))


def width_rounded_up(budget, depth):
    a, b, c = depth - 1, 784 + depth + 10, 10 - budget
    return int(np.ceil(-c / b if a == 0 else (-b + (b * b - 4 * a * c) ** 0.5) / (2 * a)))


def one_bias_a_layer(budget, depth):
    h = 0
    while 794 * (h + 1) + (depth - 1) * (h + 1) ** 2 + depth + 1 <= budget:
        h += 1
    return h


def look_at_width(arguments, expected, got):
    """How many numbers a network of the width that came out needs, beside the budget."""
    budget, depth = arguments
    whole = isinstance(got, (int, float, np.number)) and got == int(got) and got >= 0
    if isinstance(got, bool) or not whole:
        return None
    if got == expected - 1:
        return None  # one too low: why is for the probes to say
    h = int(got) + (got < expected)
    needed = 785 * h + (depth - 1) * (h + 1) * h + 10 * (h + 1)
    says = f"With depth {depth}, a width of {h:,} needs {needed:,} numbers, and the budget is "
    return f"{'It can be wider' if got < expected else 'Too wide'}. {says}{budget:,}."


def inner_layers_forgotten(budget, depth):
    return (budget - 10) // 795


def _block(n, width, seed):
    """dY (n, width), X (n, width) and W (width, width), all normal."""
    rng = np.random.default_rng(seed)
    shapes = (n, width), (n, width), (width, width)
    return tuple(rng.standard_normal(shape) for shape in shapes)


def _layer(n, n_in, n_out, seed):
    rng = np.random.default_rng(seed)
    return (
        rng.standard_normal((n, n_in)),
        rng.standard_normal((n_in, n_out)),
        rng.standard_normal(n_out),
        rng.standard_normal((n, n_out)),
    )


SIZES = [_layer(2, 3, 4, 1), _layer(4, 4, 4, 2), _layer(7, 5, 3, 3)]
MEAN_TWICE = "A mean is taken that nobody asked for: the 1/N is already in the blame."

WALL = Wall(
    name="08.wall",
    tested="batches of 2 to 7 images, layers of equal and of unequal width",
    lines=(
        Line(
            name="Z",
            shape="(N, n_out)",
            reference=lambda X, W, b: X @ W + b,
            cases=tuple((X, W, b) for X, W, b, _ in SIZES),
            hints=(
                "A weighted sum of the inputs for each unit, and its bias.",
                "Z = X W + b",
                "X @ W + b",
            ),
            wrong=(
                Wrong(lambda X, W, b: X @ W, "The biases are missing."),
                Wrong(
                    lambda X, W, b: np.maximum(X @ W + b, 0),
                    "The ReLU is a layer of its own: here the sum is not bent.",
                ),
                Wrong(
                    lambda X, W, b: X @ (W + b),
                    "You add the biases to the weights. Each unit gets its bias once, after "
                    "the sum.",
                ),
            ),
            right=(lambda X, W, b: b + np.einsum("im,mk->ik", X, W),),
        ),
        Line(
            name="dW",
            shape="(n_in, n_out)",
            reference=lambda X, dZ: X.T @ dZ,
            cases=tuple((X, dZ) for X, _, _, dZ in SIZES),
            hints=(
                "The value at the beginning of the wire times the blame at its end, added up "
                "over the images.",
                "dW[m, k] = Σ over images of X[i, m] · dZ[i, k]",
                "X.T @ dZ",
            ),
            wrong=(
                Wrong(
                    lambda X, dZ: dZ.T @ X,
                    "The factors are swapped: this is dW turned over. Its rows belong to the "
                    "inputs.",
                ),
                Wrong(lambda X, dZ: X.T @ dZ / len(X), MEAN_TWICE),
                Wrong(
                    lambda X, dZ: X @ dZ.T,
                    "This product has a row and a column for each image. The images are what "
                    "must be summed away: turn the other array over.",
                ),
            ),
            right=(lambda X, dZ: np.einsum("im,ik->mk", X, dZ),),
        ),
        Line(
            name="db",
            shape="(n_out,)",
            reference=lambda dZ: dZ.sum(axis=0),
            cases=tuple((dZ,) for *_, dZ in SIZES),
            hints=(
                "A bias is a weight whose input is 1.",
                "db[k] = Σ over images of dZ[i, k]",
                "dZ.sum(axis=0)",
            ),
            wrong=(
                Wrong(
                    lambda dZ: dZ.sum(axis=1),
                    "You sum over the units of each image. Each unit has one bias for all "
                    "images: sum over the images.",
                ),
                Wrong(lambda dZ: dZ.mean(axis=0), MEAN_TWICE),
                Wrong(
                    lambda dZ: dZ.sum(),
                    "You sum over everything. Each unit has a bias of its own.",
                ),
            ),
            right=(lambda dZ: np.ones(len(dZ)) @ dZ,),
        ),
        Line(
            name="dX",
            shape="(N, n_in)",
            reference=lambda dZ, W: dZ @ W.T,
            cases=tuple((dZ, W) for _, W, _, dZ in SIZES),
            hints=(
                "Each input reaches the loss through every unit that it feeds. Add up along "
                "the units.",
                "dX[i, m] = Σ over units of dZ[i, k] · W[m, k]: the sum runs along the "
                "second index of both.",
                "dZ @ W.T",
            ),
            wrong=(
                Wrong(
                    lambda dZ, W: dZ.sum(axis=1, keepdims=True) * W.sum(axis=1),
                    "You sum the blame and the weights apart. On each path stands a product: "
                    "multiply first, then sum over the units.",
                ),
                Wrong(
                    lambda dZ, W: dZ @ W,
                    "W has to be turned over: the sum runs along the units, which are the "
                    "second index of W.",
                ),
                Wrong(
                    lambda dZ, W: W @ dZ.T,
                    "The right numbers, turned over: row i of dX belongs to image i.",
                ),
                Wrong(lambda dZ, W: dZ @ W.T / len(dZ), MEAN_TWICE),
                Wrong(
                    lambda dZ, W: np.maximum(dZ @ W.T, 0),
                    "The ReLU is a layer of its own, and blame of both signs goes back: here "
                    "nothing is cut off.",
                ),
                Wrong(
                    lambda dZ, W: dZ @ np.linalg.pinv(W),
                    "You undo the product with an inverse. The way back does not undo "
                    "anything: it adds up blame over the same wires, weight by weight.",
                ),
            ),
            right=(lambda dZ, W: np.einsum("ik,mk->im", dZ, W),),
        ),
        Line(
            name="dZ",
            shape="(N, n_out)",
            reference=lambda dA, Z: dA * (Z > 0),
            cases=tuple((dZ, X @ W + b) for X, W, b, dZ in SIZES),
            hints=(
                "Where the ReLU passed its input on, blame passes back.",
                "dZ = dA where Z > 0, else 0",
                "dA * (Z > 0)",
            ),
            wrong=(
                Wrong(
                    lambda dA, Z: dA * (1 - np.tanh(Z) ** 2),
                    "That is the slope of tanh. A ReLU's is 1 where Z is above 0, and 0 "
                    "elsewhere.",
                ),
                Wrong(
                    lambda dA, Z: dA * np.sign(Z),
                    "np.sign is −1 below 0. A unit that was off had no influence, so its "
                    "slope is 0.",
                ),
                Wrong(
                    lambda dA, Z: dA * (np.maximum(Z, 0) >= 0),
                    "Your mask lets blame through everywhere: what has been through a ReLU is "
                    "never negative. Ask what went in.",
                ),
                Wrong(
                    lambda dA, Z: np.maximum(dA, 0),
                    "You apply the ReLU to the blame. Which side of the kink a unit is on is a "
                    "matter of Z.",
                ),
                Wrong(
                    lambda dA, Z: dA * np.maximum(Z, 0),
                    "You multiply by the ReLU's value. The chain rule wants its slope, 1 or 0.",
                ),
                Wrong(
                    lambda dA, Z: dA * Z,
                    "You multiply by what went in. The chain rule wants the ReLU's slope "
                    "there: 1 where Z is above 0, and 0 elsewhere.",
                ),
                Wrong(
                    lambda dA, Z: dA * (Z < 0),
                    "The mask is upside down: blame passes where the ReLU passed its input on, "
                    "and that is where Z is above 0.",
                ),
                Wrong(
                    lambda dA, Z: Z * (dA > 0),
                    "The two are exchanged: the blame dA is what passes, and Z decides where.",
                ),
            ),
            right=(lambda dA, Z: np.where(Z > 0, dA, 0),),
        ),
    ),
    why="The weighted sum remembers its X, the ReLU its Z: each keeps what went in.",
)


EXERCISES = (
    WALL,
    Exercise(
        name="08.skip_backward",
        reference=skip_backward,
        cases=(
            (np.array([[3.0]]), np.array([[1.0]]), np.array([[2.0]])),
            (np.array([[3.0]]), np.array([[1.0]]), np.array([[-0.5]])),
            (
                np.array([[1.0, 2.0]]),
                np.array([[1.0, 1.0]]),
                np.array([[0.5, 2.0], [1.0, -3.0]]),
            ),
            _block(5, 3, 0),
            _block(2, 6, 1),
        ),
        tested="units switched on and off, 1 to 5 images, and that dY is left as it was",
        hints=(
            "X reaches Y by two roads. What do the effects of two roads do?",
            "dX = dY + dZ Wᵀ, with dZ = dY ⊙ [XW > 0].",
            "dY + (dY * (X @ W > 0)) @ W.T",
        ),
        wrong=(
            Wrong(
                lambda dY, X, W: dY + X.T @ (dY * (X @ W > 0)),
                "X.T times the blame is the blame of W. The blame of X is asked for: it goes "
                "back through the weights, so Wᵀ stands on the right.",
            ),
            Wrong(
                skip_forgotten,
                "Your dX has the road through W and the ReLU alone. X is also added to Y as "
                "it stands, and that road hands dY back as it stands.",
            ),
            Wrong(
                skip_multiplied,
                "You multiply the blame of the two roads. Along a road blame multiplies, over "
                "roads it adds up.",
            ),
            Wrong(
                mask_from_the_sum,
                "Your mask asks where Y > 0. The ReLU saw X W and not the sum: a unit that is "
                "off can still have Y > 0, thanks to the skip.",
            ),
            Wrong(
                transpose_forgotten,
                "You walk W in the forward direction. The way back through X W is dZ Wᵀ; W is "
                "square here, so no shape objects.",
            ),
            Wrong(
                lambda dY, X, W: dY + (dY @ W.T) * (X @ W > 0),
                "Your mask comes after W. The ReLU came last on the way "
                "there, so it comes first on the way back: mask dY, and then multiply by Wᵀ.",
            ),
            Wrong(
                lambda dY, X, W: dY + (dY * np.maximum(X @ W, 0)) @ W.T,
                "You multiply by the value of the ReLU. The chain rule wants "
                "its slope, 1 or 0.",
            ),
            Wrong(
                lambda dY, X, W: X.T @ (dY * (X @ W > 0)),
                "That is dW, what the weights deserve. dX was asked for: the "
                "blame goes back through Wᵀ.",
            ),
            Wrong(
                lambda dY, X, W: 1 + (dY * (X @ W > 0)) @ W.T,
                "You add 1 for the skip. Its slope is 1, and it multiplies "
                "the blame that arrives: dY.",
            ),
            Wrong(
                lambda dY, X, W: dY + dY @ W.T,
                "The ReLU is missing, or its mask lets everything through: where X W is not "
                "above 0, the road through W is closed.",
            ),
            Wrong(
                lambda dY, X, W: dY + (dY * (X > 0)) @ W.T,
                "Your mask asks where X > 0. The ReLU saw X W: compute it again from X and W.",
            ),
            Wrong(
                lambda dY, X, W: (dY * (X @ W > 0)) @ (W + np.eye(len(W))).T,
                "Your mask closes both roads. The skip goes round the ReLU, so all of dY comes "
                "back along it, whatever X W is.",
            ),
            Wrong(
                lambda dY, X, W: (dY + dY @ W.T) * (X @ W > 0),
                "Your mask closes both roads. The skip goes round the ReLU, so all of dY comes "
                "back along it. On the other road the mask comes before W.",
            ),
            Wrong(
                skip_in_place,
                "You write into dY before the skip has used it: `dZ = dY` gives the same array "
                "a second name. Make a copy, or multiply by the mask.",
            ),
        ),
        right=(skip_in_two_roads, skip_by_loop),
    ),
    Exercise(
        name="08.width_for_budget",
        reference=width_for_budget,
        cases=(
            (7960, 1),
            (7959, 1),
            (8180, 2),
            (55050, 1),
            (55050, 2),
            (55050, 3),
            (18999, 4),
            (9000, 3),
            (2265, 3),
            (120688, 1),
            (400000, 2),
        ),
        look=look_at_width,
        tested="1 to 4 hidden layers, widths from 2 to 349, a budget met exactly and one "
        "missed by 1",
        hints=(
            "List the matrices of 784-h-h-10 with their biases. Which of them has the size "
            "h times h, and how many of these are there?",
            "(784 + 1) h + (depth − 1)(h + 1) h + (h + 1) · 10 must not exceed the budget.",
            "Start at h = 0 and let a while loop raise h as long as the count for h + 1 still "
            "fits into the budget.",
        ),
        wrong=(
            Wrong(
                width_without_biases,
                "You count the weights alone. Every unit has a bias too, and so has every "
                "score.",
            ),
            Wrong(
                one_square_too_many,
                "You count as many h × h matrices as hidden layers. They lie between hidden "
                "layers, so there is one fewer.",
            ),
            Wrong(
                one_too_wide,
                "Yours is the first width that breaks the budget. Wanted is the last one that "
                "keeps it.",
            ),
            Wrong(
                inner_layers_forgotten,
                "You count the first and the last matrix only: the h × h ones between the "
                "hidden layers are missing.",
            ),
            Wrong(
                lambda budget, depth: max(
                    h
                    for h in range(1000)
                    if h == 0 or 785 * h + (depth - 1) * h * h + (h + 1) * 10 <= budget
                ),
                "The biases of the inner hidden layers are missing: every "
                "layer has one per unit.",
            ),
            Wrong(
                lambda budget, depth: max(
                    h
                    for h in range(1000)
                    if h == 0 or 785 * h + (depth - 1) * (h + 1) * h <= budget
                ),
                "The output layer is missing: ten scores, each with h weights and a bias.",
            ),
            Wrong(
                width_to_the_nearest,
                "You round to the nearest width, which may need more than the budget. The "
                "budget is a limit: round down.",
            ),
            Wrong(
                width_rounded_up,
                "You round up, and then the network needs more than the budget. Round down.",
            ),
            Wrong(
                one_bias_a_layer,
                "Biases are missing. Each hidden unit has a bias of its own, and so has each "
                "score.",
            ),
            Wrong(
                lambda budget, depth: budget // (795 * depth),
                "You share the budget equally among the layers. They need unequal parts: the "
                "first matrix has 784 rows, the inner ones have h.",
            ),
            Wrong(
                lambda budget, depth: (
                    785 * budget + (depth - 1) * (budget + 1) * budget + 10 * (budget + 1)
                ),
                "That is how many numbers a network of this width has, and `budget` is not a "
                "width. Look for the largest h for which this count is at most `budget`.",
            ),
        ),
        right=(width_by_formula, width_by_counting),
    ),
)
