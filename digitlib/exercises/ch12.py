"""The exercises of notebook 12: regularisation."""

import numpy as np

from digitlib.exercises.model import Exercise, Wrong


def l1_gradient(theta, lam, mask):
    return lam * np.sign(theta) * mask


def l1_by_where(theta, lam, mask):
    slope = np.where(theta > 0, lam, np.where(theta < 0, -lam, 0.0))
    return np.where(mask, slope, 0.0)


def l1_by_loop(theta, lam, mask):
    gradient = np.zeros(len(theta))
    for i, w in enumerate(theta):
        if mask[i] and w != 0:
            gradient[i] = lam * w / abs(w)
    return gradient


def l2_again(theta, lam, mask):
    return lam * theta * mask


def l1_on_biases_too(theta, lam, mask):
    return lam * np.sign(theta)


def the_size_itself(theta, lam, mask):
    return lam * np.abs(theta) * mask


def sign_forgotten(theta, lam, mask):
    return lam * np.ones(len(theta)) * mask


def matching_sigma(p):
    return np.sqrt(p / (1 - p))


def sigma_by_moments(p):
    values, chances = np.array([0, 1 / (1 - p)]), np.array([p, 1 - p])
    return np.sqrt((values**2 * chances).sum() - (values * chances).sum() ** 2)


def sigma_by_deviations(p):
    return (p * (0 - 1) ** 2 + (1 - p) * (1 / (1 - p) - 1) ** 2) ** 0.5


def variance_returned(p):
    return p / (1 - p)


def not_rescaled(p):
    return np.sqrt(p * (1 - p))


def mean_not_subtracted(p):
    return np.sqrt(1 / (1 - p))


def p_is_kept(p):
    return np.sqrt((1 - p) / p)


def fold_batch_norm(W, b, gamma, beta, mean, var, eps=1e-5):
    stretch = gamma / np.sqrt(var + eps)
    return W * stretch, (b - mean) * stretch + beta


def fold_by_diagonal(W, b, gamma, beta, mean, var, eps=1e-5):
    D = np.diag(gamma / np.sqrt(var + eps))
    return W @ D, (b - mean) @ D + beta


def fold_by_loop(W, b, gamma, beta, mean, var, eps=1e-5):
    new_W, new_b = np.zeros(W.shape), np.zeros(len(b))
    for j in range(len(b)):
        s = np.sqrt(var[j] + eps)
        new_W[:, j] = W[:, j] * gamma[j] / s
        new_b[j] = beta[j] + gamma[j] * (b[j] - mean[j]) / s
    return new_W, new_b


def variance_without_root(W, b, gamma, beta, mean, var, eps=1e-5):
    stretch = gamma / (var + eps)
    return W * stretch, (b - mean) * stretch + beta


def mean_forgotten(W, b, gamma, beta, mean, var, eps=1e-5):
    stretch = gamma / np.sqrt(var + eps)
    return W * stretch, b * stretch + beta


def bias_not_stretched(W, b, gamma, beta, mean, var, eps=1e-5):
    stretch = gamma / np.sqrt(var + eps)
    return W * stretch, b - mean * stretch + beta


def rows_stretched(W, b, gamma, beta, mean, var, eps=1e-5):
    stretch = gamma / np.sqrt(var + eps)
    return W * stretch[:, None], (b - mean) * stretch + beta


def early_stop(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best] - margin:
            best = i
        if i - best == patience:
            return best, i
    return best, len(losses) - 1


def early_stop_by_counting(losses, patience, margin):
    best, lowest, waited, i = 0, float("inf"), 0, -1
    while waited < patience and i + 1 < len(losses):
        i += 1
        if losses[i] < lowest - margin:
            best, lowest, waited = i, losses[i], 0
        else:
            waited += 1
    return best, i


def early_stop_by_jumps(losses, patience, margin):
    best = 0
    while True:
        ahead = range(best + 1, min(best + patience + 1, len(losses)))
        better = [i for i in ahead if losses[best] - losses[i] > margin]
        if not better:
            return best, min(best + patience, len(losses) - 1)
        best = better[0]


def margin_ignored(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best]:
            best = i
        if i - best == patience:
            return best, i
    return best, len(losses) - 1


def looked_ahead(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best] - margin:
            best = i
        if i - best == patience:
            return int(np.argmin(losses)), i
    return int(np.argmin(losses)), len(losses) - 1


def one_too_late(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best] - margin:
            best = i
        if i - best > patience:
            return best, i
    return best, len(losses) - 1


def compared_with_the_last(losses, patience, margin):
    best, waited = 0, 0
    for i in range(1, len(losses)):
        if losses[i] < losses[i - 1] - margin:
            best, waited = i, 0
        else:
            waited += 1
        if waited == patience:
            return best, i
    return best, len(losses) - 1


def _linear_and_norm(n_in, n_out, seed):
    """W, b, gamma, beta, mean, var of a linear layer and the batch norm behind it."""
    rng = np.random.default_rng(seed)
    W, (b, gamma, beta, mean) = (
        rng.standard_normal((n_in, n_out)),
        rng.standard_normal((4, n_out)),
    )
    return W, b, gamma, beta, mean, 0.5 + 4 * rng.random(n_out)


EXERCISES = (
    Exercise(
        name="12.l1_gradient",
        reference=l1_gradient,
        cases=(
            (np.array([3.0, -0.5, 2.0]), 0.1, np.array([True, True, False])),
            (np.array([-4.0, 0.0, 0.2, -0.01]), 0.3, np.array([True, True, True, False])),
            (np.random.default_rng(0).standard_normal(12), 2.0, np.arange(12) % 4 != 3),
        ),
        tested="weights of both signs, one of exactly 0, biases among them",
        hints=(
            "What is the slope of |w| to the right of 0, and to the left?",
            "λ · sign(w) for weights, 0 for biases.",
            "lam * np.sign(theta) * mask",
        ),
        wrong=(
            Wrong(
                l2_again,
                "Your gradient grows with the weight: that is L2's, λ w. |w| has the same "
                "slope however large w is.",
            ),
            Wrong(
                l1_on_biases_too,
                "Right for the weights, but the biases are pulled to 0 as well: the mask is "
                "not used.",
            ),
            Wrong(
                the_size_itself,
                "That is λ |w|, the penalty itself and not its slope.",
            ),
            Wrong(
                sign_forgotten,
                "Your slope is λ on both sides of 0. A negative weight has to be pushed up, "
                "so its slope is −λ.",
            ),
            Wrong(
                lambda theta, lam, mask: 2 * lam * theta * mask,
                "That is the slope of w², L2's. |w| has the same slope however large w is.",
            ),
        ),
        right=(l1_by_where, l1_by_loop),
    ),
    Exercise(
        name="12.matching_sigma",
        reference=matching_sigma,
        cases=((0.36,), (0.5,), (0.9,)),
        tested="p of 0.36, 0.5 and 0.9",
        hints=(
            "The factor of dropout is 0 with probability p, else 1 / (1 − p). Its variance?",
            "Var = E[m²] − E[m]² = (1 − p) / (1 − p)² − 1.",
            "np.sqrt(p / (1 - p))",
        ),
        wrong=(
            Wrong(
                variance_returned,
                "That is the variance, p / (1 − p). σ is its root.",
            ),
            Wrong(
                not_rescaled,
                "That is the spread of a factor of 0 or 1. Inverted dropout's is 0 or "
                "1 / (1 − p).",
            ),
            Wrong(
                mean_not_subtracted,
                "That is the root of E[m²]. A variance subtracts the mean squared, here 1.",
            ),
            Wrong(
                p_is_kept,
                "You took p as the share that is kept. Here it is the share that is dropped.",
            ),
            Wrong(
                lambda p: 1 / (1 - p),
                "That is the factor itself. Asked for is the standard "
                "deviation of a factor that is 0 with chance p and this otherwise.",
            ),
            Wrong(
                lambda p: p * (1 - p),
                "That is the variance of a mask of 0 and 1. The mask is "
                "divided by 1 − p, and the standard deviation is the root of the variance.",
            ),
        ),
        right=(sigma_by_moments, sigma_by_deviations),
    ),
    Exercise(
        name="12.fold_batch_norm",
        reference=fold_batch_norm,
        cases=(
            (
                np.array([[1.0, 2.0], [3.0, 4.0]]),
                np.array([1.0, -1.0]),
                np.array([4.0, -3.0]),
                np.array([0.5, 0.0]),
                np.array([3.0, 1.0]),
                np.array([4.0, 9.0]),
                0.0,
            ),
            (*_linear_and_norm(3, 3, 0), 0.1),
            (*_linear_and_norm(2, 5, 2), 0.5),
            _linear_and_norm(6, 2, 1),
        ),
        tested="square and other shapes, negative γ, another eps",
        returns=("W", "b"),
        hints=(
            "Write γ (x W + b − mean) / √(var + eps) + β as x times something plus a rest.",
            "With s = γ / √(var + eps), one a unit: W′ = W · s, b′ = (b − mean) · s + β.",
            "s = gamma / np.sqrt(var + eps); return W * s, (b - mean) * s + beta",
        ),
        wrong=(
            Wrong(
                mean_forgotten,
                "Your W is right. In b, the running mean is missing: it is subtracted before "
                "the stretch.",
            ),
            Wrong(
                bias_not_stretched,
                "Your W is right. In b, the old bias keeps its size: it goes through the "
                "stretch too.",
            ),
            Wrong(
                variance_without_root,
                "You divide by the variance. Batch norm divides by its root.",
            ),
            Wrong(
                rows_stretched,
                "You stretch the rows of W, which belong to the inputs. A unit is a column: "
                "multiply W by the vector as it stands.",
            ),
            Wrong(
                lambda W, b, gamma, beta, mean, var, eps=1e-5: (
                    W * gamma / (np.sqrt(var) + eps),
                    (b - mean) * gamma / (np.sqrt(var) + eps) + beta,
                ),
                "Your eps is added to the root. Batch norm adds it to the "
                "variance, under the root.",
            ),
            Wrong(
                lambda W, b, gamma, beta, mean, var, eps=1e-5: (
                    W * gamma / np.sqrt(var + eps),
                    (b - mean + beta) * gamma / np.sqrt(var + eps),
                ),
                "Your W is right. In b, beta is stretched with the rest: it "
                "is added after the stretch.",
            ),
        ),
        right=(fold_by_diagonal, fold_by_loop),
    ),
    Exercise(
        name="12.early_stop",
        reference=early_stop,
        cases=(
            ([3.0, 2.0, 4.0, 2.5, 1.0], 2, 0.0),
            ([3.0, 2.0, 1.75, 1.5, 1.0], 2, 0.5),
            ([1.0, 2.0, 3.0, 0.5], 3, 0.0),
            ([2.0, 2.25, 2.5, 1.0], 2, 0.5),
            ([5.0, 4.0, 4.0, 4.0, 3.0, 3.5], 2, 0.0),
            ([5.0, 4.0, 4.5, 3.0, 3.5, 2.0, 2.5, 1.0], 2, 0.25),
            ([3.0, 2.75, 2.375, 2.5, 2.25], 2, 0.5),
            ([4.0, 3.0, 2.0], 1, 0.25),
            ([2.0, 3.0, 2.5, 2.25, 2.125, 1.0], 3, 0.125),
        ),
        tested="a better loss after the stop, a tie, ups and downs, several margins, no stop",
        returns=("best", "stop"),
        hints=(
            "Walk through the losses and remember where the last new best stands.",
            "Epoch i is a new best where loss < losses[best] − margin. Stop at the first i "
            "with i − best = patience, else at the last epoch.",
            "for i, loss in enumerate(losses): if loss < losses[best] - margin: best = i, "
            "and then if i - best == patience: return best, i",
        ),
        wrong=(
            Wrong(
                margin_ignored,
                "You take every lower loss as a new best. It must be lower by more than the "
                "margin.",
            ),
            Wrong(
                looked_ahead,
                "Your best is the lowest of all losses. It may come after the stop, where "
                "nobody has trained, or lie within the margin of the best so far.",
            ),
            Wrong(
                one_too_late,
                "You stop one epoch late: patience is the number of epochs without a new "
                "best, and at that number it is over.",
            ),
            Wrong(
                compared_with_the_last,
                "You compare each loss with the one before. What counts is the best so far: "
                "2.5 after 4 is no progress where 2 has been.",
            ),
            Wrong(
                lambda losses, patience, margin: (
                    lambda best, stop: (
                        best,
                        stop - (stop < len(losses) - 1 or stop - best == patience),
                    )
                )(*early_stop(losses, patience, margin)),
                "You stop one epoch early: `stop` is the last epoch that is "
                "run, the one at which patience runs out.",
            ),
        ),
        right=(early_stop_by_counting, early_stop_by_jumps),
    ),
)
