"""Fresh answers to the exercises of notebook 11, written from its text alone."""

import numpy as np
from wrong_answers import right, wrong

B = "11.batch_norm"


def normed(axis=0, ddof=0, root=True, inside=True, scale=True, shift=True, centre=True):
    def answer(X, gamma, beta, eps=1e-5):
        C = X - X.mean(axis=axis, keepdims=True)
        var = X.var(axis=axis, keepdims=True, ddof=ddof)
        s = np.sqrt(var + eps) if root and inside else np.sqrt(var) + eps if root else var + eps
        Y = (C if centre else X) / s
        return (gamma * Y if scale else Y) + (beta if shift else 0)

    return answer


wrong(B, "mean and variance of each image", normed(axis=1))
wrong(B, "divided by N - 1", normed(ddof=1))
wrong(B, "divided by the variance", normed(root=False))
wrong(B, "eps outside the root", normed(inside=False))
wrong(B, "no gamma", normed(scale=False))
wrong(B, "no beta", normed(shift=False))
wrong(B, "not centred", normed(centre=False))
wrong(B, "over the whole array", normed(axis=None))
wrong(
    B,
    "no eps",
    lambda X, gamma, beta, eps=1e-5: gamma * (X - X.mean(axis=0)) / X.std(axis=0) + beta,
)
wrong(
    B,
    "gamma times the whole",
    lambda X, gamma, beta, eps=1e-5: (
        gamma * ((X - X.mean(axis=0)) / np.sqrt(X.var(axis=0) + eps) + beta)
    ),
)
wrong(
    B,
    "brackets missing",
    lambda X, gamma, beta, eps=1e-5: (
        gamma * X - X.mean(axis=0) / np.sqrt(X.var(axis=0) + eps) + beta
    ),
)
wrong(
    B,
    "by the range",
    lambda X, gamma, beta, eps=1e-5: (
        gamma * (X - X.min(0)) / (X.max(0) - X.min(0) + eps) + beta
    ),
)


@wrong(B, "writes into X")
def _(X, gamma, beta, eps=1e-5):
    X -= X.mean(axis=0)
    X /= np.sqrt((X**2).mean(axis=0) + eps)
    return gamma * X + beta


@wrong(B, "mean of the squares of X, not of c")
def _(X, gamma, beta, eps=1e-5):
    C = X - X.mean(axis=0)
    return gamma * C / np.sqrt((X**2).mean(axis=0) + eps) + beta


@right(B, "unit by unit")
def _(X, gamma, beta, eps=1e-5):
    columns = []
    for x, a, b in zip(X.T, gamma, beta):
        c = [v - sum(x) / len(x) for v in x]
        s = (sum(v * v for v in c) / len(c) + eps) ** 0.5
        columns.append([a * v / s + b for v in c])
    return np.array(columns).T


W = "11.wall."
wrong(W + "dbeta", "mean", lambda dY: dY.mean(axis=0))
wrong(W + "dbeta", "over the units", lambda dY: dY.sum(axis=1))
wrong(W + "dbeta", "everything", lambda dY: dY.sum())
wrong(W + "dbeta", "passed on", lambda dY: dY)
wrong(W + "dbeta", "ones", lambda dY: np.ones(dY.shape[1]))
wrong(W + "dbeta", "minus", lambda dY: -dY.sum(axis=0))
right(W + "dbeta", "python's sum", lambda dY: sum(dY))
wrong(W + "dgamma", "product not summed", lambda dY, X_hat: dY * X_hat)
wrong(W + "dgamma", "matrix product", lambda dY, X_hat: dY.T @ X_hat)
wrong(W + "dgamma", "mean", lambda dY, X_hat: (dY * X_hat).mean(axis=0))
wrong(W + "dgamma", "over the units", lambda dY, X_hat: (dY * X_hat).sum(axis=1))
wrong(W + "dgamma", "X_hat forgotten", lambda dY, X_hat: dY.sum(axis=0))
wrong(W + "dgamma", "sums multiplied", lambda dY, X_hat: dY.sum(axis=0) * X_hat.sum(axis=0))
right(W + "dgamma", "einsum", lambda dY, X_hat: np.einsum("ij,ij->j", dY, X_hat))
wrong(W + "dX_hat", "matrix product", lambda dY, gamma: dY @ gamma)
wrong(W + "dX_hat", "divided", lambda dY, gamma: dY / gamma)
wrong(W + "dX_hat", "gamma forgotten", lambda dY, gamma: dY)
wrong(W + "dX_hat", "summed", lambda dY, gamma: (dY * gamma).sum(axis=0))
wrong(W + "dX_hat", "column", lambda dY, gamma: dY * gamma[:, None])
wrong(W + "dX_hat", "gamma squared", lambda dY, gamma: dY * gamma**2)
right(W + "dX_hat", "diag", lambda dY, gamma: dY @ np.diag(gamma))
wrong(W + "dr", "not summed", lambda dX_hat, C: dX_hat * C)
wrong(W + "dr", "mean", lambda dX_hat, C: np.mean(dX_hat * C, axis=0))
wrong(W + "dr", "over the units", lambda dX_hat, C: np.sum(dX_hat * C, axis=1))
wrong(W + "dr", "everything", lambda dX_hat, C: np.sum(dX_hat * C))
wrong(W + "dr", "C forgotten", lambda dX_hat, C: dX_hat.sum(axis=0))
wrong(W + "dr", "sign", lambda dX_hat, C: -(dX_hat * C).sum(axis=0))
right(W + "dr", "diagonal of a product", lambda dX_hat, C: np.diag(dX_hat.T @ C))
wrong(W + "ds", "sign", lambda dr, s: dr / s**2)
wrong(W + "ds", "not squared", lambda dr, s: -dr / s)
wrong(W + "ds", "forward", lambda dr, s: dr * 1 / s)
wrong(W + "ds", "log", lambda dr, s: dr * np.log(s))
wrong(W + "ds", "times", lambda dr, s: -dr * s**2)
wrong(W + "ds", "minus 2 over cube", lambda dr, s: -2 * dr / s**3)
right(W + "ds", "powers", lambda dr, s: -dr * s**-2.0)
wrong(W + "dvar", "the 2 forgotten", lambda ds, s: ds / s)
wrong(W + "dvar", "times", lambda ds, s: ds * 2 * s)
wrong(W + "dvar", "root again", lambda ds, s: ds / (2 * np.sqrt(s)))
wrong(W + "dvar", "precedence", lambda ds, s: ds / 2 * s)
wrong(W + "dvar", "sign", lambda ds, s: -ds / (2 * s))
wrong(W + "dvar", "s squared", lambda ds, s: ds / (2 * s**2))
right(W + "dvar", "half", lambda ds, s: 0.5 * ds * s**-1)
wrong(W + "dC", "first path alone", lambda dX_hat, r, dvar, C, N: dX_hat * r)
wrong(W + "dC", "second path alone", lambda dX_hat, r, dvar, C, N: 2 * C * dvar / N)
wrong(W + "dC", "N forgotten", lambda dX_hat, r, dvar, C, N: dX_hat * r + 2 * C * dvar)
wrong(W + "dC", "2 forgotten", lambda dX_hat, r, dvar, C, N: dX_hat * r + C * dvar / N)
wrong(W + "dC", "minus", lambda dX_hat, r, dvar, C, N: dX_hat * r - 2 * C * dvar / N)
wrong(W + "dC", "divided by r", lambda dX_hat, r, dvar, C, N: dX_hat / r + 2 * C * dvar / N)
wrong(W + "dC", "no C in the second", lambda dX_hat, r, dvar, C, N: dX_hat * r + 2 * dvar / N)
wrong(W + "dC", "2 and N forgotten", lambda dX_hat, r, dvar, C, N: dX_hat * r + C * dvar)
wrong(W + "dC", "multiplied", lambda dX_hat, r, dvar, C, N: dX_hat * r * 2 * C * dvar / N)
right(
    W + "dC",
    "sum in another order",
    lambda dX_hat, r, dvar, C, N: C * (dvar * (2 / N)) + r * dX_hat,
)
wrong(W + "dmean", "sign", lambda dC: dC.sum(axis=0))
wrong(W + "dmean", "mean", lambda dC: -dC.mean(axis=0))
wrong(W + "dmean", "over the units", lambda dC: -dC.sum(axis=1))
wrong(W + "dmean", "passed on", lambda dC: -dC)
wrong(W + "dmean", "sign and mean", lambda dC: dC.mean(axis=0))
wrong(W + "dmean", "0, since the sum vanishes", lambda dC: np.zeros(dC.shape[1]))
right(W + "dmean", "ones", lambda dC: -np.ones(len(dC)) @ dC)
wrong(W + "dX", "first path alone", lambda dC, dmean, N: dC)
wrong(W + "dX", "N forgotten", lambda dC, dmean, N: dC + dmean)
wrong(W + "dX", "minus", lambda dC, dmean, N: dC - dmean / N)
wrong(W + "dX", "both by N", lambda dC, dmean, N: (dC + dmean) / N)
wrong(W + "dX", "times N", lambda dC, dmean, N: dC + N * dmean)
wrong(W + "dX", "multiplied", lambda dC, dmean, N: dC * dmean / N)
right(W + "dX", "tile", lambda dC, dmean, N: dC + np.tile(dmean, (N, 1)) / N)

C = "11.collapse"
wrong(
    C,
    "sums for means",
    lambda dY, X_hat, gamma, s: gamma / s * (dY - dY.sum(0) - X_hat * (dY * X_hat).sum(0)),
)
wrong(C, "third term missing", lambda dY, X_hat, gamma, s: gamma / s * (dY - dY.mean(0)))
wrong(
    C,
    "second term missing",
    lambda dY, X_hat, gamma, s: gamma / s * (dY - X_hat * (dY * X_hat).mean(0)),
)
wrong(
    C,
    "X_hat forgotten outside",
    lambda dY, X_hat, gamma, s: gamma / s * (dY - dY.mean(0) - (dY * X_hat).mean(0)),
)
wrong(
    C,
    "all added",
    lambda dY, X_hat, gamma, s: gamma / s * (dY + dY.mean(0) + X_hat * (dY * X_hat).mean(0)),
)
wrong(
    C,
    "gamma forgotten",
    lambda dY, X_hat, gamma, s: (dY - dY.mean(0) - X_hat * (dY * X_hat).mean(0)) / s,
)
wrong(
    C,
    "s forgotten",
    lambda dY, X_hat, gamma, s: gamma * (dY - dY.mean(0) - X_hat * (dY * X_hat).mean(0)),
)
wrong(
    C,
    "times s",
    lambda dY, X_hat, gamma, s: gamma * s * (dY - dY.mean(0) - X_hat * (dY * X_hat).mean(0)),
)
wrong(
    C,
    "axis 1",
    lambda dY, X_hat, gamma, s: (
        gamma
        / s
        * (dY - dY.mean(1, keepdims=True) - X_hat * (dY * X_hat).mean(1, keepdims=True))
    ),
)
wrong(
    C,
    "product of means",
    lambda dY, X_hat, gamma, s: (
        gamma / s * (dY - dY.mean(0) - X_hat * dY.mean(0) * X_hat.mean(0))
    ),
)
wrong(
    C,
    "gamma inside one term only",
    lambda dY, X_hat, gamma, s: (gamma * dY - dY.mean(0) - X_hat * (dY * X_hat).mean(0)) / s,
)
wrong(
    C,
    "half of the third",
    lambda dY, X_hat, gamma, s: (
        gamma / s * (dY - dY.mean(0) - X_hat * (dY * X_hat).mean(0) / 2)
    ),
)


@right(C, "as lines")
def _(dY, X_hat, gamma, s):
    d = dY * gamma
    N = d.shape[0]
    return (N * d - np.sum(d, axis=0) - X_hat * np.sum(d * X_hat, axis=0)) / (N * s)


F = "11.fold_batch_norm"


def folded(
    scale=lambda g, v, e: g / np.sqrt(v + e),
    shift=lambda b, m, beta, k: (b - m) * k + beta,
    turn=False,
):
    def answer(W, b, gamma, beta, mean, var, eps=1e-5):
        k = scale(gamma, var, eps)
        return (W.T * k if turn else W * k), shift(b, mean, beta, k)

    return answer


wrong(F, "root forgotten", folded(scale=lambda g, v, e: g / (v + e)))
wrong(F, "eps outside", folded(scale=lambda g, v, e: g / (np.sqrt(v) + e)))
wrong(F, "no eps", folded(scale=lambda g, v, e: g / np.sqrt(v)))
wrong(F, "no gamma", folded(scale=lambda g, v, e: 1 / np.sqrt(v + e)))
wrong(F, "b not scaled", folded(shift=lambda b, m, beta, k: b - m * k + beta))
wrong(F, "mean not scaled", folded(shift=lambda b, m, beta, k: b * k - m + beta))
wrong(F, "beta forgotten", folded(shift=lambda b, m, beta, k: (b - m) * k))
wrong(F, "beta scaled too", folded(shift=lambda b, m, beta, k: (b - m + beta) * k))
wrong(F, "mean forgotten", folded(shift=lambda b, m, beta, k: b * k + beta))
wrong(F, "mean added", folded(shift=lambda b, m, beta, k: (b + m) * k + beta))
wrong(F, "b forgotten", folded(shift=lambda b, m, beta, k: beta - m * k))
wrong(F, "b stays b", folded(shift=lambda b, m, beta, k: b))
wrong(
    F,
    "mean taken from W",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        (W - mean) * gamma / np.sqrt(var + eps),
        b * gamma / np.sqrt(var + eps) + beta,
    ),
)
wrong(
    F,
    "rows scaled",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        W * (gamma / np.sqrt(var + eps))[:, None],
        (b - mean) * gamma / np.sqrt(var + eps) + beta,
    ),
)
wrong(
    F, "W alone", lambda W, b, gamma, beta, mean, var, eps=1e-5: W * gamma / np.sqrt(var + eps)
)
right(
    F,
    "matrix",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: [
        W @ np.diag(gamma * (var + eps) ** -0.5),
        beta + gamma * (b - mean) * (var + eps) ** -0.5,
    ],
)

L = "11.layer_norm"
wrong(L, "still over the batch", normed(axis=0))
wrong(L, "by N - 1", normed(axis=1, ddof=1))
wrong(L, "variance, not spread", normed(axis=1, root=False))
wrong(L, "eps outside", normed(axis=1, inside=False))
wrong(L, "no beta", normed(axis=1, shift=False))
wrong(L, "no gamma", normed(axis=1, scale=False))
wrong(L, "everything", normed(axis=None))
wrong(
    L,
    "no keepdims",
    lambda X, gamma, beta, eps=1e-5: (
        gamma * (X - X.mean(axis=1)) / np.sqrt(X.var(axis=1) + eps) + beta
    ),
)
wrong(
    L,
    "gamma belongs to the images",
    lambda X, gamma, beta, eps=1e-5: (
        (gamma * (X.T - X.mean(axis=1)) / np.sqrt(X.var(axis=1) + eps) + beta).T
    ),
)
wrong(
    L,
    "turned",
    lambda X, gamma, beta, eps=1e-5: (X.T - X.mean(axis=1)) / np.sqrt(X.var(axis=1) + eps),
)
wrong(
    L,
    "mean of images, spread of units",
    lambda X, gamma, beta, eps=1e-5: (
        gamma * (X - X.mean(axis=1, keepdims=True)) / np.sqrt(X.var(axis=0) + eps) + beta
    ),
)
wrong(L, "not centred", normed(axis=1, centre=False))


@right(L, "row by row")
def _(X, gamma, beta, eps=1e-5):
    return [gamma * (x - x.mean()) / (x.var() + eps) ** 0.5 + beta for x in X]
