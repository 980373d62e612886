"""The exercises of notebook 08: three layers."""

import numpy as np

from digitlib.exercises.model import Exercise, Wrong


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


def mask_from_the_sum(dY, X, W):
    Y = X + np.maximum(X @ W, 0)
    return dY + (dY * (Y > 0)) @ W.T


def transpose_forgotten(dY, X, W):
    return dY + (dY * (X @ W > 0)) @ W


def he_leaky_std(n_in, slope):
    return np.sqrt(2 / ((1 + slope**2) * n_in))


def he_leaky_by_halves(n_in, slope):
    kept = 0.5 * 1 + 0.5 * slope * slope
    return (1 / (kept * n_in)) ** 0.5


def he_leaky_in_numpy(n_in, slope):
    return np.sqrt(2) / np.sqrt(n_in + n_in * slope**2)


def leak_ignored(n_in, slope):
    return np.sqrt(2 / n_in)


def variance_returned(n_in, slope):
    return 2 / ((1 + slope**2) * n_in)


def leak_not_squared(n_in, slope):
    return np.sqrt(2 / ((1 + slope) * n_in))


def leak_upside_down(n_in, slope):
    return np.sqrt(2 * (1 + slope**2) / n_in)


def count_dead(batches):
    loudest = np.max([A.max(axis=0) for A in batches], axis=0)
    return int((loudest == 0).sum())


def dead_when_joined(batches):
    A = np.concatenate(batches)
    return np.sum((A == 0).all(axis=0))


def dead_by_crossing_out(batches):
    dead = set(range(batches[0].shape[1]))
    for A in batches:
        for row in A:
            dead -= {j for j, a in enumerate(row) if a > 0}
    return len(dead)


def counts_added_up(batches):
    return sum(int((A == 0).all(axis=0).sum()) for A in batches)


def smallest_count(batches):
    return min(int((A == 0).all(axis=0).sum()) for A in batches)


def silent_in_one_batch(batches):
    silent = [(A == 0).all(axis=0) for A in batches]
    return int(np.any(silent, axis=0).sum())


def last_batch_only(batches):
    for A in batches:
        dead = (A == 0).all(axis=0)
    return int(dead.sum())


def sigmoid_backward(dA, A):
    return dA * A * (1 - A)


def sigmoid_by_difference(dA, A):
    return dA * (A - A**2)


def sigmoid_from_its_input(dA, A):
    Z = np.log(A / (1 - A))
    return dA * np.exp(-Z) / (1 + np.exp(-Z)) ** 2


def sigmoid_taken_twice(dA, A):
    S = 1 / (1 + np.exp(-A))
    return dA * S * (1 - S)


def slope_of_tanh(dA, A):
    return dA * (1 - A**2)


def one_factor_only(dA, A):
    return dA * (1 - A)


def blame_forgotten(dA, A):
    return A * (1 - A)


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


def inner_layers_forgotten(budget, depth):
    return (budget - 10) // 795


def _block(n, width, seed):
    """dY (n, width), X (n, width) and W (width, width), all normal."""
    rng = np.random.default_rng(seed)
    shapes = (n, width), (n, width), (width, width)
    return tuple(rng.standard_normal(shape) for shape in shapes)


def _sigmoids(n, k, seed):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((n, k)), 1 / (1 + np.exp(-2 * rng.standard_normal((n, k))))


def _silent_batches():
    """Three batches of 7 units, mostly silent, so that each batch has its own silent ones."""
    rng = np.random.default_rng(0)
    return [np.maximum(rng.standard_normal((rows, 7)) - 1.2, 0) for rows in (2, 5, 3)]


EXERCISES = (
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
        ),
        right=(skip_in_two_roads, skip_by_loop),
    ),
    Exercise(
        name="08.he_leaky_std",
        reference=he_leaky_std,
        cases=((50, 0.5), (2, 1.0), (784, 0.01), (64, 0.2), (100, 0.0)),
        tested="slopes from 0, where it is He's rule, to 1, where no ReLU is left",
        hints=(
            "Half of the sums are positive and pass unchanged. What happens to the squares of "
            "the other half?",
            "E[a²] = ½ E[z²] + ½ slope² E[z²]; ask that n_in · Var(w) times this share is 1.",
            "np.sqrt(2 / ((1 + slope**2) * n_in))",
        ),
        wrong=(
            Wrong(
                leak_ignored,
                "That is He's rule for the plain ReLU: the slope does not occur. The leak lets "
                "some of the negative half through, so less is lost.",
            ),
            Wrong(
                variance_returned,
                "That is the variance of the weights. The standard deviation is its root.",
            ),
            Wrong(
                leak_not_squared,
                "You add the slope, where its square belongs: a value multiplied by the slope "
                "has its square multiplied by slope².",
            ),
            Wrong(
                leak_upside_down,
                "Your weights grow with the leak. A leak loses less, so the weights have less "
                "to make up for: 1 + slope² divides.",
            ),
            Wrong(
                lambda n_in, slope: np.sqrt(2 * slope**2 / n_in),
                "Only the negative half counts in yours. The positive half "
                "passes unchanged and counts too: 1 + slope².",
            ),
        ),
        right=(he_leaky_by_halves, he_leaky_in_numpy),
    ),
    Exercise(
        name="08.count_dead",
        reference=count_dead,
        cases=(
            ([np.array([[0.0, 1.0, 0.0]]), np.array([[2.0, 0.0, 0.0]])],),
            ([np.array([[0.0, 0.0, 4.0], [0.0, 3.0, 0.0]]), np.array([[0.0, 0.0, 0.0]])],),
            ([np.array([[0.0, 2.0], [1.0, 0.0], [0.0, 0.0]])],),
            ([np.zeros((4, 3)), np.zeros((2, 3))],),
            (_silent_batches(),),
        ),
        tested="one batch and several, of unequal size; units now and then zero; all dead",
        hints=(
            "Dead is a matter of all images. A unit that is silent in one batch may answer in "
            "the next.",
            "Unit j is dead where the largest of its values, over all rows of all batches, "
            "is 0.",
            "np.max([A.max(axis=0) for A in batches], axis=0) is each unit's largest value.",
        ),
        wrong=(
            Wrong(
                counts_added_up,
                "You add up the counts of the batches: a unit that is dead is counted once for "
                "each batch, and one that is silent in a single batch is counted too.",
            ),
            Wrong(
                smallest_count,
                "You take the smallest of the batches' counts. Each batch can have other "
                "silent units: ask which are silent in all of them, not how many in each.",
            ),
            Wrong(
                silent_in_one_batch,
                "You count the units that are silent throughout some batch. Dead means silent "
                "in every batch: all of them, not any.",
            ),
            Wrong(
                last_batch_only,
                "You look at the last batch alone: each batch of your loop overwrites what the "
                "ones before it had shown.",
            ),
            Wrong(
                lambda batches: max(int((A == 0).all(axis=0).sum()) for A in batches),
                "You take the largest of the batches' counts. Ask which "
                "units are silent in all batches, not how many in each.",
            ),
            Wrong(
                lambda batches: sum(int((A == 0).sum()) for A in batches),
                "You count zeros, one by one. Count the units, columns, that "
                "hold nothing else in any batch.",
            ),
            Wrong(
                lambda batches: np.mean([(A == 0).all(axis=0).sum() for A in batches]),
                "You average the counts of the batches. Ask which units are "
                "silent in all batches, not how many in each.",
            ),
        ),
        right=(dead_when_joined, dead_by_crossing_out),
    ),
    Exercise(
        name="08.sigmoid_backward",
        reference=sigmoid_backward,
        cases=(
            (np.array([[1.0]]), np.array([[0.25]])),
            (np.array([[4.0, -1.0]]), np.array([[0.5, 0.9]])),
            _sigmoids(5, 3, 2),
        ),
        tested="outputs from near 0 to near 1, dA of both signs",
        hints=(
            "Write 1 / (1 + e) with e = exp(−z), take the slope, and look for A in it.",
            "The slope is e / (1 + e)², which is 1/(1 + e) times e/(1 + e): A · (1 − A).",
            "dA * A * (1 - A)",
        ),
        wrong=(
            Wrong(
                sigmoid_taken_twice,
                "You take the sigmoid of A, but A is the output: the sigmoid has been applied "
                "to it once already.",
            ),
            Wrong(
                slope_of_tanh,
                "1 − A² is the slope of tanh. Yours would be 1 at A = 0, where a sigmoid is as "
                "flat as it gets.",
            ),
            Wrong(
                one_factor_only,
                "The slope has two factors, A and 1 − A: it is small at both ends. Yours is "
                "small only where A is near 1.",
            ),
            Wrong(
                blame_forgotten,
                "That is the slope of the sigmoid alone. It has to be multiplied by dA, the "
                "blame that arrives.",
            ),
            Wrong(
                lambda dA, A: dA * (1 - A) ** 2,
                "The slope is A · (1 − A): one of your two factors 1 − A should be A.",
            ),
        ),
        right=(sigmoid_by_difference, sigmoid_from_its_input),
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
        ),
        tested="1 to 4 hidden layers, a budget met exactly and one missed by 1",
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
        ),
        right=(width_by_formula, width_by_counting),
    ),
)
