"""The exercises of notebook 11: batch norm."""

import numpy as np

from digitlib.exercises.model import Exercise, Line, Wall, Wrong


def batch_norm(X, gamma, beta, eps=1e-5):
    mean, var = X.mean(axis=0), X.var(axis=0)
    X_hat = (X - mean) / np.sqrt(var + eps)
    return gamma * X_hat + beta


def batch_norm_by_steps(X, gamma, beta, eps=1e-5):
    C = X - X.sum(axis=0) / len(X)
    s = ((C**2).sum(axis=0) / len(X) + eps) ** 0.5
    return C * (1 / s) * gamma + beta


def batch_norm_by_columns(X, gamma, beta, eps=1e-5):
    Y = np.zeros(np.shape(X))
    for j in range(Y.shape[1]):
        x = X[:, j]
        mean = sum(x) / len(x)
        var = sum((value - mean) ** 2 for value in x) / len(x)
        Y[:, j] = gamma[j] * (x - mean) / np.sqrt(var + eps) + beta[j]
    return Y


def norm_of_rows(X, gamma, beta, eps=1e-5):
    mean = X.mean(axis=1, keepdims=True)
    var = X.var(axis=1, keepdims=True)
    return gamma * (X - mean) / np.sqrt(var + eps) + beta


def norm_of_everything(X, gamma, beta, eps=1e-5):
    return gamma * (X - X.mean()) / np.sqrt(X.var() + eps) + beta


def variance_without_root_forward(X, gamma, beta, eps=1e-5):
    return gamma * (X - X.mean(axis=0)) / (X.var(axis=0) + eps) + beta


def eps_outside_the_root(X, gamma, beta, eps=1e-5):
    return gamma * (X - X.mean(axis=0)) / (X.std(axis=0) + eps) + beta


def eps_left_out(X, gamma, beta, eps=1e-5):
    return gamma * (X - X.mean(axis=0)) / X.std(axis=0) + beta


def mean_left_in(X, gamma, beta, eps=1e-5):
    return gamma * X / np.sqrt(X.var(axis=0) + eps) + beta


def scale_and_shift_left_out(X, gamma, beta, eps=1e-5):
    return (X - X.mean(axis=0)) / np.sqrt(X.var(axis=0) + eps)


def variance_over_n_minus_one(X, gamma, beta, eps=1e-5):
    return gamma * (X - X.mean(axis=0)) / np.sqrt(X.var(axis=0, ddof=1) + eps) + beta


def beta_stretched(X, gamma, beta, eps=1e-5):
    return gamma * ((X - X.mean(axis=0)) / np.sqrt(X.var(axis=0) + eps) + beta)


def collapse(dY, X_hat, gamma, s):
    by_mean = dY.mean(axis=0)
    by_variance = X_hat * (dY * X_hat).mean(axis=0)
    return gamma / s * (dY - by_mean - by_variance)


def collapse_by_sums(dY, X_hat, gamma, s):
    N, dX_hat = len(dY), dY * gamma
    sums = dX_hat.sum(axis=0) + X_hat * (dX_hat * X_hat).sum(axis=0)
    return (N * dX_hat - sums) / (N * s)


def collapse_by_projection(dY, X_hat, gamma, s):
    dX = np.zeros(dY.shape)
    for j in range(dY.shape[1]):
        x, d, n = X_hat[:, j], dY[:, j], len(dY)
        dX[:, j] = gamma[j] / s[j] * (d - d.sum() / n - x * (d @ x) / n)
    return dX


def variance_path_forgotten(dY, X_hat, gamma, s):
    return gamma / s * (dY - dY.mean(axis=0))


def mean_path_forgotten(dY, X_hat, gamma, s):
    return gamma / s * (dY - X_hat * (dY * X_hat).mean(axis=0))


def only_itself(dY, X_hat, gamma, s):
    return gamma / s * dY


def sums_for_means(dY, X_hat, gamma, s):
    return gamma / s * (dY - dY.sum(axis=0) - X_hat * (dY * X_hat).sum(axis=0))


def shared_parts_added(dY, X_hat, gamma, s):
    return gamma / s * (dY + dY.mean(axis=0) + X_hat * (dY * X_hat).mean(axis=0))


def gamma_forgotten_behind(dY, X_hat, gamma, s):
    return (dY - dY.mean(axis=0) - X_hat * (dY * X_hat).mean(axis=0)) / s


def gamma_on_itself_only(dY, X_hat, gamma, s):
    return (gamma * dY - dY.mean(axis=0) - X_hat * (dY * X_hat).mean(axis=0)) / s


def third_part_without_x_hat(dY, X_hat, gamma, s):
    return gamma / s * (dY - dY.mean(axis=0) - (dY * X_hat).mean(axis=0))


def only_the_first_divided(dY, X_hat, gamma, s):
    return gamma * (dY / s - dY.mean(axis=0) - X_hat * (dY * X_hat).mean(axis=0))


def times_s(dY, X_hat, gamma, s):
    return gamma * s * (dY - dY.mean(axis=0) - X_hat * (dY * X_hat).mean(axis=0))


def third_part_mean_over_rows(dY, X_hat, gamma, s):
    return (
        gamma
        / s
        * (
            dY
            - dY.mean(axis=1, keepdims=True)
            - X_hat * (dY * X_hat).mean(axis=1, keepdims=True)
        )
    )


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


def layer_norm(X, gamma, beta, eps=1e-5):
    mean = X.mean(axis=1, keepdims=True)
    var = X.var(axis=1, keepdims=True)
    return gamma * (X - mean) / np.sqrt(var + eps) + beta


def layer_norm_turned_over(X, gamma, beta, eps=1e-5):
    T = X.T
    return gamma * ((T - T.mean(axis=0)) / np.sqrt(T.var(axis=0) + eps)).T + beta


def layer_norm_by_rows(X, gamma, beta, eps=1e-5):
    rows = []
    for x in X:
        rows.append(gamma * (x - np.mean(x)) / np.sqrt(np.var(x) + eps) + beta)
    return np.array(rows)


def still_by_columns(X, gamma, beta, eps=1e-5):
    return batch_norm(X, gamma, beta, eps)


def scale_by_images(X, gamma, beta, eps=1e-5):
    mean = X.mean(axis=1, keepdims=True)
    X_hat = (X - mean) / np.sqrt(X.var(axis=1, keepdims=True) + eps)
    return gamma[: len(X), None] * X_hat + beta[: len(X), None]


def _batch(n, width, seed):
    """X, gamma, beta of a batch whose columns have means and spreads of their own."""
    rng = np.random.default_rng(seed)
    X = rng.normal(4 * rng.standard_normal(width), 0.5 + 2 * rng.random(width), (n, width))
    return X, *rng.standard_normal((2, width))


def _pass(n, width, seed, eps=0.1):
    """Every array of batch norm's way there and back, in float64, by name."""
    X, gamma, beta = _batch(n, width, seed)
    dY = np.random.default_rng(seed + 100).standard_normal((n, width))
    mean = X.mean(axis=0)
    C = X - mean
    s = np.sqrt((C**2).mean(axis=0) + eps)
    r = 1 / s
    X_hat, dX_hat = C * r, dY * gamma
    dr = (dX_hat * C).sum(axis=0)
    ds = -dr / s**2
    dvar = ds / (2 * s)
    dC = dX_hat * r + 2 * C * dvar / n
    arrays = {"N": n, "gamma": gamma, "beta": beta, "C": C, "s": s, "r": r, "X_hat": X_hat}
    arrays |= {"dY": dY, "dX_hat": dX_hat, "dr": dr, "ds": ds, "dvar": dvar, "dC": dC}
    return {**arrays, "dmean": -dC.sum(axis=0)}


# Sizes that differ, then equal ones, so that a wrong axis meets no error, then more images.
_PASSES = (_pass(2, 3, 0), _pass(3, 3, 1), _pass(7, 4, 2))


def _cases(*names):
    return tuple(tuple(each[name] for name in names) for each in _PASSES)


def _linear_and_norm(n_in, n_out, seed):
    """W, b, gamma, beta, mean, var of a linear layer and the batch norm behind it."""
    rng = np.random.default_rng(seed)
    W, (b, gamma, beta, mean) = (
        rng.standard_normal((n_in, n_out)),
        rng.standard_normal((4, n_out)),
    )
    return W, b, gamma, beta, mean, 0.5 + 4 * rng.random(n_out)


WALL = Wall(
    name="11.wall",
    tested="batches of 2, 3 and 7 images, as many units as images and fewer or more",
    lines=(
        Line(
            name="dbeta",
            shape="(H,)",
            reference=lambda dY: dY.sum(axis=0),
            cases=_cases("dY"),
            hints=(
                "β of a unit is added in every row alike. What do its effects do?",
                "dβ of unit j = Σ over images of dY[i, j]",
                "dY.sum(axis=0)",
            ),
            wrong=(
                Wrong(
                    lambda dY: dY.mean(axis=0),
                    "A mean where a sum belongs: β is added whole in every row, not an N-th "
                    "of it.",
                ),
                Wrong(
                    lambda dY: dY.sum(axis=1),
                    "You add up over the units of each image. β belongs to a unit: add up "
                    "over the images.",
                ),
                Wrong(
                    lambda dY: dY,
                    "That is the blame row by row. One β serves all rows, so it collects "
                    "their sum.",
                ),
                Wrong(
                    lambda dY: dY.sum(),
                    "You sum over everything. Each unit has a β of its own: sum over the "
                    "images only.",
                ),
            ),
            right=(lambda dY: np.ones(len(dY)) @ dY,),
        ),
        Line(
            name="dgamma",
            shape="(H,)",
            reference=lambda dY, X_hat: (dY * X_hat).sum(axis=0),
            cases=_cases("dY", "X_hat"),
            hints=(
                "γ multiplies X_hat. The blame of one factor is the blame of the product "
                "times the other factor; and one γ serves all rows.",
                "dγ of unit j = Σ over images of dY[i, j] · X_hat[i, j]",
                "(dY * X_hat).sum(axis=0)",
            ),
            wrong=(
                Wrong(
                    lambda dY, X_hat: (dY * X_hat).mean(axis=0),
                    "A mean where a sum belongs: γ is used whole in every row.",
                ),
                Wrong(
                    lambda dY, X_hat: dY * X_hat,
                    "Those are the effects row by row. One γ serves all rows, so it collects "
                    "their sum.",
                ),
                Wrong(
                    lambda dY, X_hat: dY.sum(axis=0) * X_hat.sum(axis=0),
                    "You add up the blame and X_hat, and multiply then. Every row has its own "
                    "pair: multiply first.",
                ),
                Wrong(
                    lambda dY, X_hat: (dY * X_hat).sum(axis=1),
                    "You add up over the units of each image. γ belongs to a unit: add up "
                    "over the images.",
                ),
                Wrong(
                    lambda dY, X_hat: dY.T @ X_hat,
                    "A matrix product pairs every unit with every other. A γ meets its own "
                    "unit alone: multiply entry by entry, and add up over the images.",
                ),
                Wrong(
                    lambda dY, X_hat: dY.sum(axis=0),
                    "That is dbeta. γ is multiplied by X_hat, so X_hat is a factor of its "
                    "blame.",
                ),
                Wrong(
                    lambda dY, X_hat: (dY.T @ X_hat).sum(axis=0),
                    "A matrix product pairs every unit with every other, and your sum adds "
                    "the pairs up. A γ meets its own unit alone: multiply entry by entry.",
                ),
                Wrong(
                    lambda dY, X_hat: dY @ X_hat.T,
                    "A matrix product pairs every image with every other. Multiply entry by "
                    "entry, and add up over the images.",
                ),
                Wrong(
                    lambda dY, X_hat: dY.sum(axis=0) * X_hat,
                    "You add up the blame first. Every row has its own pair: multiply first, "
                    "then add up over the images.",
                ),
            ),
            right=(lambda dY, X_hat: np.einsum("ij,ij->j", dY, X_hat),),
        ),
        Line(
            name="dX_hat",
            shape="(N, H)",
            reference=lambda dY, gamma: dY * gamma,
            cases=_cases("dY", "gamma"),
            hints=(
                "The same product as in dgamma, seen from its other factor.",
                "dX_hat[i, j] = dY[i, j] · γ of unit j",
                "dY * gamma",
            ),
            wrong=(
                Wrong(
                    lambda dY, gamma: dY,
                    "γ is missing: where it is 2, a change of X_hat arrives doubled in Y.",
                ),
                Wrong(
                    lambda dY, gamma: dY / gamma,
                    "You divide by γ. Forward it multiplies, and its slope multiplies too.",
                ),
                Wrong(
                    lambda dY, gamma: dY @ gamma,
                    "A matrix product sums over the units. Each entry of X_hat feeds one "
                    "entry of Y: multiply entry by entry.",
                ),
                Wrong(
                    lambda dY, gamma: dY.sum(axis=0) * gamma,
                    "Every entry of X_hat feeds a single entry of Y. There is nothing to add "
                    "up here.",
                ),
                Wrong(
                    lambda dY, gamma: dY * gamma.sum(),
                    "You add up the γ of all units. Each unit meets its own γ alone.",
                ),
                Wrong(
                    lambda dY, gamma: dY * gamma / len(dY),
                    "Each entry of X_hat feeds one entry of Y, and no mean stands between "
                    "them: there is no N here.",
                ),
            ),
            right=(lambda dY, gamma: gamma[None, :] * dY,),
        ),
        Line(
            name="dr",
            shape="(H,)",
            reference=lambda dX_hat, C: (dX_hat * C).sum(axis=0),
            cases=_cases("dX_hat", "C"),
            hints=(
                "X_hat = C · r, and one r serves every row of its column. It is the pattern "
                "of dgamma.",
                "dr of unit j = Σ over images of dX_hat[i, j] · C[i, j]",
                "(dX_hat * C).sum(axis=0)",
            ),
            wrong=(
                Wrong(
                    lambda dX_hat, C: dX_hat * C,
                    "Those are the effects row by row. One r serves all rows, so it collects "
                    "their sum.",
                ),
                Wrong(
                    lambda dX_hat, C: (dX_hat * C).mean(axis=0),
                    "A mean where a sum belongs: r is used whole in every row.",
                ),
                Wrong(
                    lambda dX_hat, C: (dX_hat * C).sum(axis=1),
                    "You add up over the units of each image. r belongs to a unit: add up "
                    "over the images.",
                ),
                Wrong(
                    lambda dX_hat, C: dX_hat.sum(axis=0),
                    "r is multiplied by C, so C is a factor of its blame.",
                ),
                Wrong(
                    lambda dX_hat, C: dX_hat.sum(axis=0) * C.sum(axis=0),
                    "You add up first and multiply then, and the sum of C is 0. Every row has "
                    "its own pair: multiply first.",
                ),
            ),
            right=(lambda dX_hat, C: np.einsum("ij,ij->j", dX_hat, C),),
        ),
        Line(
            name="ds",
            shape="(H,)",
            reference=lambda dr, s: -dr / s**2,
            cases=_cases("dr", "s"),
            hints=(
                "r = 1 / s. What is the slope of 1 / s, and which sign has it?",
                "The slope of s⁻¹ is −s⁻², so ds = −dr / s².",
                "-dr / s**2",
            ),
            wrong=(
                Wrong(
                    lambda dr, s: dr / s**2,
                    "The sign is missing: where s grows, 1 / s falls.",
                ),
                Wrong(
                    lambda dr, s: -dr / s,
                    "That is the value 1 / s with a minus. Its slope is −1 / s².",
                ),
                Wrong(
                    lambda dr, s: dr / s,
                    "You multiply by the value 1 / s. The chain rule wants its slope, −1 / s².",
                ),
                Wrong(
                    lambda dr, s: -1 / s**2,
                    "That is the slope of 1 / s alone. It multiplies the blame that arrives, "
                    "dr.",
                ),
                Wrong(
                    lambda dr, s: dr * np.log(s),
                    "The logarithm is what you get by integrating 1 / s. A slope is asked for.",
                ),
                Wrong(
                    lambda dr, s: -dr * s**2,
                    "The square belongs below the line: the slope of 1 / s is −1 / s².",
                ),
                Wrong(
                    lambda dr, s: -dr * np.log(s),
                    "The logarithm is what you get by integrating 1 / s. A slope is asked for.",
                ),
                Wrong(
                    lambda dr, s: -2 * dr / s**3,
                    "That is the slope of 1 / s². Here r is 1 / s.",
                ),
                Wrong(
                    lambda dr, s: dr * s,
                    "You multiply by s. Blame goes back times the slope of r = 1 / s, which "
                    "is −1 / s².",
                ),
                Wrong(
                    lambda dr, s: (-dr / s) ** 2,
                    "The square takes in −dr as well. Only s is squared.",
                ),
            ),
            right=(lambda dr, s: -dr * s**-2.0,),
        ),
        Line(
            name="dvar",
            shape="(H,)",
            reference=lambda ds, s: ds / (2 * s),
            cases=_cases("ds", "s"),
            hints=(
                "s = √(var + eps). The slope of a root can be written with the root itself.",
                "The slope of √v is 1 / (2√v), and that root is s: dvar = ds / (2s).",
                "ds / (2 * s)",
            ),
            wrong=(
                Wrong(
                    lambda ds, s: ds / s,
                    "The 2 is missing: the slope of √v is 1 / (2√v).",
                ),
                Wrong(
                    lambda ds, s: ds / 2 * s,
                    "Python reads that as (ds / 2) · s. Both belong below the line: brackets "
                    "round 2 * s.",
                ),
                Wrong(
                    lambda ds, s: ds / (2 * np.sqrt(s)),
                    "s is the root already: the slope of √v is 1 / (2√v), and √v is s.",
                ),
                Wrong(
                    lambda ds, s: 2 * ds * s,
                    "That is the slope the other way, of s² by s. You walk from s back to the "
                    "variance, so it stands below the line.",
                ),
                Wrong(
                    lambda ds, s: 2 * ds / s,
                    "The 2 belongs below the line: the slope of √v is 1 / (2√v).",
                ),
                Wrong(
                    lambda ds, s: -0.5 * ds / s**3,
                    "That is the slope of 1 / s by the variance, two steps at once. The step "
                    "from r to s is in ds already.",
                ),
                Wrong(
                    lambda ds, s: 0.5 * ds * np.sqrt(s),
                    "The root stands below the line: the slope of √v is 1 / (2√v), and √v is "
                    "s.",
                ),
                Wrong(
                    lambda ds, s: -ds / (2 * s),
                    "The sign is too much: a root grows where its variance grows.",
                ),
            ),
            right=(lambda ds, s: 0.5 * ds / s,),
        ),
        Line(
            name="dC",
            shape="(N, H)",
            reference=lambda dX_hat, r, dvar, C, N: dX_hat * r + 2 * C * dvar / N,
            cases=_cases("dX_hat", "r", "dvar", "C", "N"),
            hints=(
                "C is used twice: in X_hat = C · r, and in the variance, the mean of C². Over "
                "two paths blame adds up.",
                "dC = dX_hat · r + dvar · 2 C / N",
                "dX_hat * r + 2 * C * dvar / N",
            ),
            wrong=(
                Wrong(
                    lambda dX_hat, r, dvar, C, N: dX_hat * r,
                    "One of two paths. C is also squared and goes into the variance: add to "
                    "each row, by its own C, the blame that comes back from dvar.",
                ),
                Wrong(
                    lambda dX_hat, r, dvar, C, N: 2 * C * dvar / N,
                    "One of two paths, the one through the variance. C also goes into X_hat "
                    "itself: add the blame that comes back from there.",
                ),
                Wrong(
                    lambda dX_hat, r, dvar, C, N: dX_hat * r + 2 * C * dvar,
                    "The variance is the *mean* of the squares: each row hands over an N-th, "
                    "and gets back an N-th of the blame.",
                ),
                Wrong(
                    lambda dX_hat, r, dvar, C, N: dX_hat * r + C * dvar / N,
                    "The 2 is missing: the slope of a square C² is 2 C.",
                ),
                Wrong(
                    lambda dX_hat, r, dvar, C, N: dX_hat * r + 2 * dvar / N,
                    "The slope of a square depends on where you are: it is 2 C, and C is "
                    "missing.",
                ),
                Wrong(
                    lambda dX_hat, r, dvar, C, N: dX_hat * r + dvar / N,
                    "Between C and its mean square lies a square, with the slope 2 C.",
                ),
                Wrong(
                    lambda dX_hat, r, dvar, C, N: dX_hat * r + C**2 * dvar / N,
                    "You multiply by the value C². The chain rule wants its slope, 2 C.",
                ),
                Wrong(
                    lambda dX_hat, r, dvar, C, N: dX_hat * r - 2 * C * dvar / N,
                    "The two paths are added. A minus, where there is one, is in dvar already.",
                ),
                Wrong(
                    lambda dX_hat, r, dvar, C, N: (dX_hat * r + 2 * C * dvar) / N,
                    "Only the path through the variance goes through a mean: the N-th belongs "
                    "to it alone.",
                ),
                Wrong(
                    lambda dX_hat, r, dvar, C, N: dX_hat + 2 * C * dvar / N,
                    "On the path through X_hat, C is multiplied by r: so is the blame on its "
                    "way back.",
                ),
                Wrong(
                    lambda dX_hat, r, dvar, C, N: dX_hat / r + 2 * C * dvar / N,
                    "r is one over s already: forward it multiplies C, and its slope "
                    "multiplies too.",
                ),
                Wrong(
                    lambda dX_hat, r, dvar, C, N: dX_hat * r + C * dvar,
                    "On the path through the variance two things are missing: the slope of "
                    "the square is 2 C, and a mean gives each row an N-th.",
                ),
            ),
            right=(lambda dX_hat, r, dvar, C, N: r * dX_hat + dvar * 2 / N * C,),
            why="what is used twice is blamed twice.",
        ),
        Line(
            name="dmean",
            shape="(H,)",
            reference=lambda dC: -dC.sum(axis=0),
            cases=_cases("dC"),
            hints=(
                "C = X − mean: one mean is taken away in every row. What is its slope, and "
                "what do the rows' effects do?",
                "dmean of unit j = −Σ over images of dC[i, j]",
                "-dC.sum(axis=0)",
            ),
            wrong=(
                Wrong(
                    lambda dC: dC.sum(axis=0),
                    "The sign is missing: the mean is *taken away* in every row.",
                ),
                Wrong(
                    lambda dC: -dC.mean(axis=0),
                    "A mean where a sum belongs: the whole mean is taken away in every row. "
                    "The N-th comes in the next line.",
                ),
                Wrong(
                    lambda dC: -dC,
                    "Those are the effects row by row. One mean serves all rows, so it "
                    "collects their sum.",
                ),
                Wrong(
                    lambda dC: -dC.sum(axis=1),
                    "You add up over the units of each image. A mean belongs to a unit: add "
                    "up over the images.",
                ),
            ),
            right=(lambda dC: np.sum(-dC, axis=0),),
        ),
        Line(
            name="dX",
            shape="(N, H)",
            reference=lambda dC, dmean, N: dC + dmean / N,
            cases=_cases("dC", "dmean", "N"),
            hints=(
                "X is used twice: in C = X − mean, and in the mean itself.",
                "dX = dC + dmean / N: of the mean every row holds an N-th.",
                "dC + dmean / N",
            ),
            wrong=(
                Wrong(
                    lambda dC, dmean, N: dC,
                    "One of two paths. X is also in the mean: add the blame that comes back "
                    "from there.",
                ),
                Wrong(
                    lambda dC, dmean, N: dC + dmean,
                    "Of the mean each row holds an N-th, so it is handed an N-th of its blame.",
                ),
                Wrong(
                    lambda dC, dmean, N: dC - dmean / N,
                    "The two paths are added. The minus of X − mean is in dmean already.",
                ),
                Wrong(
                    lambda dC, dmean, N: dmean / N,
                    "One of two paths, the one through the mean. X also goes straight into C.",
                ),
                Wrong(
                    lambda dC, dmean, N: (dC + dmean) / N,
                    "Only the path through the mean is divided by N. On the other, X goes "
                    "into C whole.",
                ),
                Wrong(
                    lambda dC, dmean, N: dC + dmean * N,
                    "You multiply by N. Of the mean each row holds an N-th: divide.",
                ),
                Wrong(
                    lambda dC, dmean, N: dC * dmean / N,
                    "Over two paths blame adds up. Along one path it multiplies.",
                ),
                Wrong(
                    lambda dC, dmean, N: dC - dmean,
                    "The two paths are added, since the minus is in dmean already; and of the "
                    "mean each row holds an N-th.",
                ),
                Wrong(
                    lambda dC, dmean, N: dC.sum(axis=0) + dmean / N,
                    "Each row keeps its own dC: the sum over the rows is in dmean already.",
                ),
                Wrong(
                    lambda dC, dmean, N: dC + dmean.mean(),
                    "That is a mean over the units. Each unit keeps its own dmean, and a row "
                    "gets an N-th of it.",
                ),
            ),
            right=(lambda dC, dmean, N: dmean * (1 / N) + dC,),
        ),
    ),
)

EXERCISES = (
    Exercise(
        name="11.batch_norm",
        reference=batch_norm,
        cases=(
            (
                np.array([[-4.0], [-1.0], [0.0], [2.0], [8.0]]),
                np.array([2.0]),
                np.array([1.0]),
                0.0,
            ),
            (*_batch(3, 3, 1), 0.5),
            (*_batch(5, 2, 2), 0.1),
            _batch(2, 4, 3),
        ),
        tested="the column of five, square and other shapes, another eps",
        hints=(
            "Everything happens within a column, and the images run down a column: along "
            "which axis do mean and variance go?",
            "Y = γ · (X − mean) / √(var + eps) + β, with mean and var of each column.",
            "mean, var = X.mean(axis=0), X.var(axis=0); "
            "return gamma * (X - mean) / np.sqrt(var + eps) + beta",
        ),
        wrong=(
            Wrong(
                norm_of_rows,
                "You take mean and variance over the units of each image. Each unit is put "
                "right over the batch: over the images, axis 0.",
            ),
            Wrong(
                norm_of_everything,
                "You take one mean and one variance of the whole array. Each column has its "
                "own.",
            ),
            Wrong(
                variance_without_root_forward,
                "You divide by the variance. The spread is its root.",
            ),
            Wrong(
                eps_outside_the_root,
                "Your eps is added to the standard deviation. It belongs to the variance, "
                "under the root.",
            ),
            Wrong(
                eps_left_out,
                "eps is missing: a column that never changes would be divided by 0.",
            ),
            Wrong(
                mean_left_in,
                "The mean is still in it: take it away before you divide.",
            ),
            Wrong(
                scale_and_shift_left_out,
                "So far so good: that is the normalised column. The last step is missing, "
                "γ times it plus β.",
            ),
            Wrong(
                variance_over_n_minus_one,
                "Your variance divides by N − 1. Here it is the plain mean of the squares, "
                "which np.var takes by itself.",
            ),
            Wrong(
                lambda X, gamma, beta, eps=1e-5: (
                    gamma
                    * (X - X.mean(axis=0))
                    / np.sqrt(((X - X.mean(axis=0)) ** 2).sum(axis=0) + eps)
                    + beta
                ),
                "You add the squares up. The variance is their mean.",
            ),
            Wrong(
                lambda X, gamma, beta, eps=1e-5: (
                    gamma * X - X.mean(axis=0) / np.sqrt(X.var(axis=0) + eps) + beta
                ),
                "Brackets are missing: first take the mean away, then divide the difference.",
            ),
            Wrong(
                beta_stretched,
                "γ multiplies β as well in your line. First the scale, then the shift.",
            ),
            Wrong(
                lambda X, gamma, beta, eps=1e-5: (
                    gamma * (X - X.mean(axis=0)) / np.sqrt((X**2).mean(axis=0) + eps) + beta
                ),
                "You take the mean of the squares of X. The variance is the mean of the "
                "squares of what is left when the mean is away.",
            ),
            Wrong(
                lambda X, gamma, beta, eps=1e-5: (
                    gamma * (X - X.mean(axis=0)) / (X.max(axis=0) - X.min(axis=0) + eps) + beta
                ),
                "You divide by the distance from the smallest to the largest. The spread is "
                "the root of the mean square.",
            ),
            Wrong(
                lambda X, gamma, beta, eps=1e-5: (
                    gamma * (X - X.min(axis=0)) / (X.max(axis=0) - X.min(axis=0) + eps) + beta
                ),
                "You bring each column between 0 and 1. Batch norm takes its mean away, and "
                "divides by its spread.",
            ),
            Wrong(
                lambda X, gamma, beta, eps=1e-5: (
                    gamma
                    * (X - X.mean(axis=0))
                    / (np.abs(X - X.mean(axis=0)).mean(axis=0) + eps)
                    + beta
                ),
                "You divide by the mean distance from the mean. The spread squares first, "
                "takes the mean, and then the root.",
            ),
            Wrong(
                lambda X, gamma, beta, eps=1e-5: (
                    gamma * (X - X.mean(axis=0)) / np.sqrt(X.std(axis=0) + eps) + beta
                ),
                "You take the root twice: np.std is a root already.",
            ),
            Wrong(
                lambda X, gamma, beta, eps=1e-5: gamma * (X - X.mean(axis=0)) + beta,
                "The division is missing: after the mean is taken away, divide by the spread.",
            ),
        ),
        right=(batch_norm_by_steps, batch_norm_by_columns),
        why="all that is left of a column's own mean and spread is the shape of its numbers.",
    ),
    WALL,
    Exercise(
        name="11.collapse",
        reference=collapse,
        cases=tuple(
            (each["dY"], each["X_hat"], each["gamma"], each["s"])
            for each in (*_PASSES, _pass(5, 1, 3))
        ),
        tested="batches of 2 to 7 images, γ of both signs",
        hints=(
            "Three terms: the row itself, what it shares with all rows through the mean, and "
            "through the variance. The last two are means over the batch.",
            "dX = γ / s · (dY − mean of dY − X_hat · mean of dY · X_hat), the means over the "
            "images.",
            "gamma / s * (dY - dY.mean(axis=0) - X_hat * (dY * X_hat).mean(axis=0))",
        ),
        wrong=(
            Wrong(
                variance_path_forgotten,
                "The path through the variance is missing: X_hat times the mean of dY · X_hat.",
            ),
            Wrong(
                mean_path_forgotten,
                "The path through the mean is missing: the mean of dY.",
            ),
            Wrong(
                only_itself,
                "That is a row by itself, as if mean and variance were fixed numbers. Both "
                "move with X, and two terms are missing.",
            ),
            Wrong(
                sums_for_means,
                "Sums where means belong: each row holds an N-th of the mean and of the "
                "variance.",
            ),
            Wrong(
                shared_parts_added,
                "The signs of the shared parts are the wrong way round: mean and spread are "
                "taken out, so their blame is taken off.",
            ),
            Wrong(
                gamma_forgotten_behind,
                "γ is missing: dX_hat is dY times γ, and it is a factor of all three terms.",
            ),
            Wrong(
                gamma_on_itself_only,
                "γ is a factor of all three terms, since dX_hat stands in each: mind the "
                "brackets.",
            ),
            Wrong(
                third_part_without_x_hat,
                "In the third term X_hat stands twice: once within the mean, and once as a "
                "factor, since a row answers for the variance as far as it lies off the mean.",
            ),
            Wrong(
                only_the_first_divided,
                "1 / s is a factor of all three terms: mind the brackets.",
            ),
            Wrong(
                times_s,
                "You multiply by s. A wide column is made narrower, so its blame shrinks too: "
                "divide.",
            ),
            Wrong(
                third_part_mean_over_rows,
                "Your means run over the units of each image. Mean and variance belong to a "
                "unit: over the images, axis 0.",
            ),
            Wrong(
                lambda dY, X_hat, gamma, s: (
                    gamma / s * dY - dY.mean(axis=0) - X_hat * (dY * X_hat).mean(axis=0)
                ),
                "γ / s is a factor of all three terms: mind the brackets.",
            ),
            Wrong(
                lambda dY, X_hat, gamma, s: (
                    gamma / s * (dY - dY.mean(axis=0)) - X_hat / s * (dY * X_hat).mean(axis=0)
                ),
                "γ is a factor of the third term too, since dX_hat stands in it.",
            ),
            Wrong(
                lambda dY, X_hat, gamma, s: (
                    gamma / s * (dY - dY.mean(axis=0) - X_hat * (dY * X_hat).mean(axis=0) / s)
                ),
                "One s too many stands below the third term: the s of C = s · X_hat has "
                "cancelled it.",
            ),
            Wrong(
                lambda dY, X_hat, gamma, s: (
                    gamma / s * (dY - dY.mean(axis=0) - s * X_hat * (dY * X_hat).mean(axis=0))
                ),
                "The third term has X_hat, not C: its s has cancelled.",
            ),
            Wrong(
                lambda dY, X_hat, gamma, s: (
                    gamma / s * (dY - dY.mean(axis=0) - X_hat**2 * dY.mean(axis=0))
                ),
                "In the third term the mean is of the product dY · X_hat: multiply first, row "
                "by row.",
            ),
            Wrong(
                lambda dY, X_hat, gamma, s: (
                    gamma / s * (dY - dY.mean(axis=0) - X_hat * dY.mean(axis=0))
                ),
                "In the third term the mean is of the product dY · X_hat: one X_hat is "
                "missing.",
            ),
            Wrong(
                lambda dY, X_hat, gamma, s: (
                    gamma / s * (dY - dY.mean(axis=0) - X_hat * dY * X_hat)
                ),
                "In the third term dY · X_hat stands under a mean over the batch: one "
                "variance serves all rows.",
            ),
            Wrong(
                lambda dY, X_hat, gamma, s: (
                    gamma / s * (dY - dY.mean() - X_hat * (dY * X_hat).mean())
                ),
                "Your means run over everything. Each unit has its own mean and variance: "
                "over the images, axis 0.",
            ),
        ),
        right=(collapse_by_sums, collapse_by_projection),
        why="what is common to a column, its shift and its stretch, is taken out of the blame.",
    ),
    Exercise(
        name="11.fold_batch_norm",
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
            "With s = γ / √(var + eps), one per unit: W′ = W · s, b′ = (b − mean) · s + β.",
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
        name="11.layer_norm",
        reference=layer_norm,
        cases=(
            (
                np.array([[-4.0, -1.0, 0.0, 2.0, 8.0]]),
                np.array([2.0, 1.0, 1.0, 2.0, -1.0]),
                np.array([1.0, 0.0, 2.0, 0.0, 1.0]),
                0.0,
            ),
            (*_batch(3, 3, 4), 0.5),
            (*_batch(4, 2, 5), 0.1),
            _batch(2, 5, 6),
        ),
        tested="one image, square and other shapes, another eps",
        hints=(
            "The numbers of one image stand in a row. Which axis runs along it, and which "
            "shape must the means have so that each meets its own row?",
            "mean and var over axis 1, kept as (N, 1); γ and β still belong to the units.",
            "mean, var = X.mean(axis=1, keepdims=True), X.var(axis=1, keepdims=True); "
            "return gamma * (X - mean) / np.sqrt(var + eps) + beta",
        ),
        wrong=(
            Wrong(
                lambda X, gamma, beta, eps=1e-5: (
                    (X.T - X.mean(axis=1)) / np.sqrt(X.var(axis=1) + eps)
                ),
                "Your images lie in the columns, and γ and β are missing. Keep the rows, take"
                " means with keepdims=True, then scale and shift.",
            ),
            Wrong(
                still_by_columns,
                "That is still batch norm, over the images. Layer norm takes mean and "
                "variance over the units of one image.",
            ),
            Wrong(
                lambda X, gamma, beta, eps=1e-5: (
                    gamma
                    * (X - X.mean(axis=1, keepdims=True))
                    / (X.std(axis=1, keepdims=True) + eps)
                    + beta
                ),
                "Your eps is added to the standard deviation. It belongs to the variance, "
                "under the root.",
            ),
            Wrong(
                scale_by_images,
                "γ and β still belong to the units: they meet the columns, as before.",
            ),
            Wrong(
                lambda X, gamma, beta, eps=1e-5: (
                    gamma * (X - X.mean()) / np.sqrt(X.var() + eps) + beta
                ),
                "You take one mean and one variance of the whole array. Each image has its "
                "own.",
            ),
            Wrong(
                lambda X, gamma, beta, eps=1e-5: (
                    gamma * (X - X.mean(axis=1)) / np.sqrt(X.var(axis=1) + eps) + beta
                ),
                "The means of the images, (N,), meet the columns. As a column, (N, 1), each "
                "meets its own row: keepdims=True.",
            ),
            Wrong(
                lambda X, gamma, beta, eps=1e-5: (
                    gamma * X / np.sqrt((X**2).mean(axis=1, keepdims=True) + eps) + beta
                ),
                "The mean is still in it: take it away before you square and divide.",
            ),
            Wrong(
                lambda X, gamma, beta, eps=1e-5: (
                    gamma * (X.T - X.mean(axis=1)) / np.sqrt(X.var(axis=1) + eps) + beta
                ),
                "Turned over, the images stand in the columns: turn the result back before γ "
                "and β meet it.",
            ),
        ),
        right=(layer_norm_turned_over, layer_norm_by_rows),
    ),
)
