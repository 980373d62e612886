"""The exercises of notebook 09: initialisation."""

import numpy as np

from digitlib.exercises.model import Exercise, Line, Wall, Wrong


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


def last_batch_skipped(batches):
    alive = batches[0].any(axis=0)
    for batch in batches[1:-1]:
        alive = alive | batch.any(axis=0)
    return int((~alive).sum())


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


def update_ratio(dW, W, alpha):
    return (alpha * dW).std() / W.std()


def update_ratio_by_hand(dW, W, alpha):
    step = np.ravel(alpha * np.asarray(dW))
    mean = sum(step) / len(step)
    spread = (sum((s - mean) ** 2 for s in step) / len(step)) ** 0.5
    return spread / np.std(W)


def rate_forgotten(dW, W, alpha):
    return dW.std() / W.std()


def ratio_upside_down(dW, W, alpha):
    return W.std() / (alpha * dW).std()


def mean_of_ratios(dW, W, alpha):
    return np.mean(alpha * dW / W)


def ratio_of_means(dW, W, alpha):
    return alpha * dW.mean() / W.mean()


def variances(dW, W, alpha):
    return (alpha * dW).var() / W.var()


def step_alone(dW, W, alpha):
    return (alpha * dW).std()


def _sigmoids(n, k, seed):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((n, k)), 1 / (1 + np.exp(-2 * rng.standard_normal((n, k))))


def _silent_batches():
    """Three batches of 7 units, mostly silent, so that each batch has its own silent ones."""
    rng = np.random.default_rng(0)
    return [np.maximum(rng.standard_normal((rows, 7)) - 1.2, 0) for rows in (2, 5, 3)]


def _weights(shape, std, seed):
    rng = np.random.default_rng(seed)
    return rng.standard_normal(shape), std * rng.standard_normal(shape)


WALL = Wall(
    name="09.wall",
    tested="2 to 784 inputs, several variances",
    lines=(
        Line(
            name="var_z",
            shape="a number",
            reference=lambda n_in, var_w, x2: n_in * var_w * x2,
            cases=((3, 0.5, 0.25), (784, 0.01, 0.1), (2, 1.0, 4.0)),
            hints=(
                "One term x_m w_m has the variance x_m² Var(w). There are n_in terms, and the "
                "variances of independent terms add up.",
                "Var(z) = n_in · Var(w) · E[x²]",
                "n_in * var_w * x2",
            ),
            wrong=(
                Wrong(
                    lambda n_in, var_w, x2: var_w * x2,
                    "That is the variance of one term. The sum has n_in of them.",
                ),
                Wrong(
                    lambda n_in, var_w, x2: n_in * var_w,
                    "The inputs are missing: a larger input makes a larger term.",
                ),
                Wrong(
                    lambda n_in, var_w, x2: n_in**2 * var_w * x2,
                    "Terms of both signs partly cancel: variances add up, so n_in counts once.",
                ),
                Wrong(
                    lambda n_in, var_w, x2: np.sqrt(n_in * var_w * x2),
                    "That is the standard deviation. The variance is asked for.",
                ),
                Wrong(
                    lambda n_in, var_w, x2: var_w * x2 / n_in,
                    "The variance of a sum grows with the number of terms: multiply.",
                ),
                Wrong(
                    lambda n_in, var_w, x2: n_in * var_w * x2**2,
                    "x2 is the mean of the squares already: square nothing again.",
                ),
                Wrong(
                    lambda n_in, var_w, x2: n_in * var_w**2 * x2,
                    "The constant is squared, and that is x. The variance of w is taken as it "
                    "is.",
                ),
                Wrong(
                    lambda n_in, var_w, x2: n_in * var_w * x2 / 2,
                    "The half belongs to the ReLU, which comes in the next line.",
                ),
                Wrong(
                    lambda n_in, var_w, x2: n_in * (var_w + x2),
                    "Inside one term the two multiply: x_m w_m has the variance x_m² Var(w). "
                    "Only the terms are added up.",
                ),
                Wrong(
                    lambda n_in, var_w, x2: n_in * np.sqrt(var_w) * x2,
                    "You take the root of the variance. The rule says: times the variance.",
                ),
                Wrong(
                    lambda n_in, var_w, x2: n_in * var_w * np.sqrt(x2),
                    "You take the root of x2. The rule says: times the square, and x2 is the "
                    "mean of the squares.",
                ),
            ),
            right=(lambda n_in, var_w, x2: x2 * (var_w * n_in),),
        ),
        Line(
            name="a2",
            shape="a number",
            reference=lambda z2: z2 / 2,
            cases=((1.0,), (0.3,), (8.0,)),
            hints=(
                "A sum with symmetric weights is as often z as -z. What does the ReLU do with "
                "the squares of the negative ones?",
                "E[a²] = ½ E[z²]",
                "z2 / 2",
            ),
            wrong=(
                Wrong(
                    lambda z2: z2,
                    "The ReLU turns the negative sums to 0, and with them half of the squares.",
                ),
                Wrong(
                    lambda z2: z2 / 4,
                    "Half of the squares are lost, once. What is left is one half.",
                ),
                Wrong(
                    lambda z2: np.sqrt(z2) / 2,
                    "Both sides are mean squares here: no root is taken.",
                ),
                Wrong(
                    lambda z2: np.sqrt(z2),
                    "That is the size of z before the ReLU. Both sides are mean squares here: "
                    "no root is taken, and the ReLU keeps half.",
                ),
                Wrong(
                    lambda z2: z2**2 / 2,
                    "z2 is the mean of the squares already: square nothing again.",
                ),
                Wrong(
                    lambda z2: z2 * (0.5 - 0.5 / np.pi),
                    "That is the variance behind the ReLU of normal sums. The second moment "
                    "is asked for, which takes no mean away.",
                ),
            ),
            right=(lambda z2: 0.5 * z2,),
        ),
        Line(
            name="factor",
            shape="a number",
            reference=lambda n_in, var_w: n_in * var_w / 2,
            cases=((3, 0.5), (784, 0.01), (100, 0.02)),
            hints=(
                "Put the two lines together: from E[x²] before the layer to E[a²] behind it.",
                "E[a²] / E[x²] = ½ n_in Var(w)",
                "n_in * var_w / 2",
            ),
            wrong=(
                Wrong(
                    lambda n_in, var_w: n_in * var_w,
                    "The ReLU's half is missing: this is the factor without it.",
                ),
                Wrong(lambda n_in, var_w: var_w / 2, "The number of inputs is missing."),
                Wrong(
                    lambda n_in, var_w: 2 * n_in * var_w,
                    "The ReLU halves the mean square. It does not double it.",
                ),
                Wrong(
                    lambda n_in, var_w: 2 / n_in,
                    "That is the variance for which the factor is 1. Here the factor is asked "
                    "for, for any variance.",
                ),
            ),
            right=(lambda n_in, var_w: 0.5 * var_w * n_in,),
        ),
        Line(
            name="he_std",
            shape="a number",
            reference=lambda n_in: np.sqrt(2 / n_in),
            cases=((2,), (784,), (128,)),
            hints=(
                "Which Var(w) makes the factor 1? And the standard deviation is its root.",
                "½ n_in Var(w) = 1, so Var(w) = 2 / n_in",
                "np.sqrt(2 / n_in)",
            ),
            wrong=(
                Wrong(
                    lambda n_in: 2 / n_in,
                    "That is the variance. The standard deviation is its root.",
                ),
                Wrong(
                    lambda n_in: np.sqrt(1 / n_in),
                    "That keeps the sums, but the ReLU halves the squares: make good for it.",
                ),
                Wrong(
                    lambda n_in: np.sqrt(2) / n_in,
                    "The root belongs over the whole fraction, n_in included.",
                ),
                Wrong(
                    lambda n_in: np.sqrt(n_in / 2),
                    "The fraction is upside down: with more inputs each weight has to be "
                    "smaller.",
                ),
                Wrong(
                    lambda n_in: 2 / np.sqrt(n_in),
                    "The root belongs over the whole fraction, the 2 included.",
                ),
                Wrong(
                    lambda n_in: np.sqrt(1 / (2 * n_in)),
                    "The 2 is on the wrong side: the ReLU loses half, so the variance has to "
                    "be twice as large, not half.",
                ),
                Wrong(
                    lambda n_in: 1 / n_in,
                    "That is a variance, and without the ReLU's half. The variance is "
                    "2 / n_in, and its root is asked for.",
                ),
                Wrong(
                    lambda n_in: n_in / 2,
                    "Upside down, and a variance: with more inputs each weight has to be "
                    "smaller, and a standard deviation is a root.",
                ),
                Wrong(
                    lambda n_in: np.sqrt(6 / n_in),
                    "That is how far *uniform* weights reach. Their standard deviation is "
                    "this divided by the root of 3.",
                ),
            ),
            right=(lambda n_in: (2 / n_in) ** 0.5,),
        ),
    ),
    why="It does not make values large or small. It keeps them as they came.",
)

EXERCISES = (
    WALL,
    Exercise(
        name="09.he_leaky_std",
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
                lambda n_in, slope: np.sqrt((2 - slope**2) / n_in),
                "You subtract slope² above the fraction. The two halves give 1 + slope² times"
                " a half, and the variance is 1 over that.",
            ),
            Wrong(
                lambda n_in, slope: np.sqrt(2 / n_in) / (1 + slope**2),
                "1 + slope² stands outside the root. It belongs under it, beside n_in: the "
                "root is taken of the whole fraction.",
            ),
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
            Wrong(
                lambda n_in, slope: np.sqrt(2 / (n_in * (1 + np.sqrt(slope)))),
                "You take the root of the slope. A value that is s times as large has a "
                "square s² times as large.",
            ),
        ),
        right=(he_leaky_by_halves, he_leaky_in_numpy),
    ),
    Exercise(
        name="09.update_ratio",
        reference=update_ratio,
        cases=(
            (*_weights((2, 3), 0.5, 1), 0.1),
            (*_weights((784, 10), 0.05, 2), 0.5),
            (*_weights((20, 30), 2.0, 3), 0.01),
        ),
        tested="arrays of several sizes and scales, three rates",
        hints=(
            "Two sizes are compared: that of the step, and that of what it changes.",
            "The standard deviation of α dW, divided by the standard deviation of W.",
            "(alpha * dW).std() / W.std()",
        ),
        wrong=(
            Wrong(
                lambda dW, W, alpha: alpha * dW.var() / W.var(),
                "You divide variances. Take the standard deviations, their roots.",
            ),
            Wrong(
                lambda dW, W, alpha: (W - alpha * dW).std() / W.std(),
                "You compare the new weights with the old ones. The step alone, the rate "
                "times the gradient, is compared with the weights.",
            ),
            Wrong(
                rate_forgotten,
                "The rate is missing, or it cancels. The step is the rate times the gradient, "
                "and it is divided by the weights as they are.",
            ),
            Wrong(
                ratio_upside_down,
                "Upside down: the size of the step is divided by the size of the weights.",
            ),
            Wrong(
                mean_of_ratios,
                "You divide entry by entry. Weights near 0 then count without limit: compare "
                "the two standard deviations.",
            ),
            Wrong(
                ratio_of_means,
                "You compare means, which are near 0 for weights of both signs. Compare the "
                "standard deviations.",
            ),
            Wrong(variances, "Those are variances: the ratio is squared. Use std."),
            Wrong(step_alone, "The weights are missing: a step is large or small beside them."),
            Wrong(
                lambda dW, W, alpha: alpha * np.linalg.norm(dW) / np.linalg.norm(W),
                "You divide two norms or root mean squares, which count the means too. Nearly "
                "right for weights of mean 0: the standard deviations are asked for.",
            ),
            Wrong(
                lambda dW, W, alpha: alpha * np.abs(dW).mean() / np.abs(W).mean(),
                "You divide mean sizes. Compare the standard deviations.",
            ),
            Wrong(
                lambda dW, W, alpha: alpha * np.abs(dW).max() / np.abs(W).max(),
                "You divide the largest entries, and a single one decides then. Compare the "
                "standard deviations.",
            ),
            Wrong(
                lambda dW, W, alpha: (alpha * dW).std() / (W - alpha * dW).std(),
                "You divide by the weights after the step. Divide by those that it found.",
            ),
            Wrong(
                lambda dW, W, alpha: np.log10((alpha * dW).std() / W.std()),
                "That is the logarithm of the ratio. The ratio itself is asked for.",
            ),
            Wrong(
                lambda dW, W, alpha: np.std(alpha * dW / W),
                "You divide entry by entry. Weights near 0 then count without limit: take the "
                "two standard deviations first.",
            ),
        ),
        right=(update_ratio_by_hand,),
        why="A step of a thousandth of the weights is a gentle one, a tenth is a blow.",
    ),
    Exercise(
        name="09.count_dead",
        reference=count_dead,
        cases=(
            ([np.array([[0.0, 1.0, 0.0]]), np.array([[2.0, 0.0, 0.0]])],),
            ([np.array([[0.0, 0.0, 4.0], [0.0, 3.0, 0.0]]), np.array([[0.0, 0.0, 0.0]])],),
            ([np.array([[0.0, 2.0], [1.0, 0.0], [0.0, 0.0]])],),
            ([np.zeros((4, 3)), np.zeros((2, 3))],),
            (_silent_batches(),),
            ([np.array([[0.0, 0.0002]]), np.array([[0.0, 0.0]])],),
            ([np.eye(40, 3), np.eye(40, 3)[::-1] * [0.0, 0.0, 1.0]],),
            (
                [
                    np.eye(3, 5),
                    np.zeros((3, 5)),
                    np.array([[1.0, 1.0, 0.0, 2.0, 0.0], [0, 0, 3, 0, 0]]),
                ],
            ),
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
                lambda batches: int((np.concatenate(batches).mean(axis=0) < 0.001).sum()),
                "You count units that answer little. Dead is a unit that answers nothing to "
                "any image: compare with 0.",
            ),
            Wrong(
                lambda batches: int(np.concatenate(batches).any(axis=0).sum()),
                "You count the units that are alive. The dead ones are the rest.",
            ),
            Wrong(
                lambda batches: 0,
                "It is 0 in every case. Does your list of the dead begin empty? Begin with "
                "all units, and strike out those that answer.",
            ),
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
            Wrong(
                last_batch_skipped,
                "The last batch is left out: a unit that answers there alone is no dead one.",
            ),
        ),
        right=(dead_when_joined, dead_by_crossing_out),
    ),
    Exercise(
        name="09.sigmoid_backward",
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
                lambda dA, A: dA * (A > 0.5),
                "That is a mask, a ReLU's slope. A sigmoid is smooth: its slope is made of A "
                "and 1 − A.",
            ),
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
            Wrong(
                lambda dA, A: dA / (A * (1 - A)),
                "You divide by the slope. On the way back, blame is multiplied by the slope.",
            ),
            Wrong(
                lambda dA, A: dA * A,
                "The slope has two factors, A and 1 − A: it is small at both ends. Yours is "
                "small only where A is near 0.",
            ),
            Wrong(
                lambda dA, A: dA * A - A**2,
                "Brackets are missing: dA multiplies the whole slope, A − A².",
            ),
            Wrong(
                lambda dA, A: dA * (A > 0),
                "The output of a sigmoid is never 0 or below, so your mask lets all blame "
                "through. A mask is a ReLU's slope: here it is made of A and 1 − A.",
            ),
            Wrong(
                lambda dA, A: dA @ (A * (1 - A)).T,
                "@ sums over units. Each entry of the blame has its own slope: multiply entry "
                "by entry, with *.",
            ),
            Wrong(
                lambda dA, A: dA + A * (1 - A), "You add the slope. Blame is multiplied by it."
            ),
        ),
        right=(sigmoid_by_difference, sigmoid_from_its_input),
    ),
)
