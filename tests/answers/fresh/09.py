"""A fresh set for notebook 09, written from its text alone."""

import numpy as np
from wrong_answers import right, wrong

N_ = "09.wall.var_z"
wrong(N_, "n squared", lambda n_in, var_w, x2: n_in**2 * var_w * x2)
wrong(N_, "n forgotten", lambda n_in, var_w, x2: var_w * x2)
wrong(N_, "x2 squared", lambda n_in, var_w, x2: n_in * var_w * x2**2)
wrong(N_, "std", lambda n_in, var_w, x2: np.sqrt(n_in * var_w * x2))
wrong(N_, "averaged", lambda n_in, var_w, x2: var_w * x2 / n_in)
wrong(N_, "variance squared", lambda n_in, var_w, x2: n_in * var_w**2 * x2)
wrong(N_, "plus", lambda n_in, var_w, x2: n_in * (var_w + x2))
wrong(N_, "half already", lambda n_in, var_w, x2: n_in * var_w * x2 / 2)
right(N_, "sum", lambda n_in, var_w, x2: sum(var_w * x2 for _ in range(int(n_in))))
N_ = "09.wall.a2"
wrong(N_, "all", lambda z2: z2)
wrong(N_, "root", lambda z2: np.sqrt(z2) / 2)
wrong(N_, "quarter", lambda z2: z2 / 4)
wrong(N_, "maximum", lambda z2: np.maximum(z2, 0))
wrong(N_, "by root two", lambda z2: z2 / np.sqrt(2))
wrong(N_, "twice", lambda z2: 2 * z2)
right(N_, "power", lambda z2: z2 * 2.0**-1)
N_ = "09.wall.factor"
wrong(N_, "half forgotten", lambda n_in, var_w: n_in * var_w)
wrong(N_, "root", lambda n_in, var_w: np.sqrt(n_in * var_w / 2))
wrong(N_, "n forgotten", lambda n_in, var_w: var_w / 2)
wrong(N_, "inverse", lambda n_in, var_w: 2 / (n_in * var_w))
wrong(N_, "variance of a std", lambda n_in, var_w: n_in * var_w**2 / 2)
wrong(N_, "twice", lambda n_in, var_w: 2 * n_in * var_w)
wrong(N_, "one", lambda n_in, var_w: 1.0)
right(N_, "order", lambda n_in, var_w: np.float64(var_w) * (n_in / 2))
N_ = "09.wall.he_std"
wrong(N_, "variance", lambda n_in: 2 / n_in)
wrong(N_, "no ReLU", lambda n_in: np.sqrt(1 / n_in))
wrong(N_, "half under the root", lambda n_in: np.sqrt(1 / (2 * n_in)))
wrong(N_, "two outside", lambda n_in: 2 / np.sqrt(n_in))
wrong(N_, "upside down", lambda n_in: np.sqrt(n_in / 2))
wrong(N_, "root of two over n", lambda n_in: np.sqrt(2) / n_in)
right(N_, "power", lambda n_in: (n_in / 2) ** -0.5)

N_ = "09.he_leaky_std"
wrong(N_, "He's", lambda n_in, slope: np.sqrt(2 / n_in))
wrong(N_, "slope not squared", lambda n_in, slope: np.sqrt(2 / (n_in * (1 + slope))))
wrong(N_, "variance", lambda n_in, slope: 2 / (n_in * (1 + slope**2)))
wrong(N_, "minus", lambda n_in, slope: np.sqrt(2 / (n_in * (1 - slope**2))))
wrong(N_, "multiplied", lambda n_in, slope: np.sqrt(2 * (1 + slope**2) / n_in))
wrong(N_, "one, not two", lambda n_in, slope: np.sqrt(1 / (n_in * (1 + slope**2))))
wrong(N_, "square of the sum", lambda n_in, slope: np.sqrt(2 / (n_in * (1 + slope) ** 2)))
wrong(N_, "slope scales", lambda n_in, slope: np.sqrt(2 / n_in) * (1 - slope))
wrong(N_, "bracket", lambda n_in, slope: np.sqrt(2 / n_in * (1 + slope**2)))
wrong(N_, "n inside the sum", lambda n_in, slope: np.sqrt(2 / (n_in + slope**2)))
wrong(N_, "half slope", lambda n_in, slope: np.sqrt(2 / (n_in * (1 + slope**2 / 2))))
wrong(N_, "root missing for slope", lambda n_in, slope: np.sqrt(2 / n_in) / (1 + slope**2))
wrong(N_, "upside down", lambda n_in, slope: np.sqrt(n_in * (1 + slope**2) / 2))
wrong(
    N_, "1 + slope squared under two only", lambda n_in, slope: np.sqrt((2 - slope**2) / n_in)
)
right(N_, "hypot", lambda n_in, slope: np.sqrt(2 / n_in) / np.hypot(1, slope))

N_ = "09.update_ratio"
wrong(N_, "rate forgotten", lambda dW, W, alpha: dW.std() / W.std())
wrong(N_, "upside down", lambda dW, W, alpha: W.std() / (alpha * dW.std()))
wrong(N_, "variance", lambda dW, W, alpha: alpha * dW.var() / W.var())
wrong(N_, "mean of ratios", lambda dW, W, alpha: np.mean(alpha * dW / W))
wrong(N_, "std of ratios", lambda dW, W, alpha: np.std(alpha * dW / W))
wrong(N_, "means", lambda dW, W, alpha: alpha * dW.mean() / W.mean())
wrong(N_, "norms", lambda dW, W, alpha: alpha * np.linalg.norm(dW) / np.linalg.norm(W))
wrong(
    N_, "of the new weights", lambda dW, W, alpha: (alpha * dW).std() / (W - alpha * dW).std()
)
wrong(N_, "std of the new over the old", lambda dW, W, alpha: (W - alpha * dW).std() / W.std())
wrong(N_, "per column", lambda dW, W, alpha: alpha * dW.std(axis=0) / W.std(axis=0))
wrong(N_, "rate below too", lambda dW, W, alpha: (alpha * dW).std() / (alpha * W).std())
wrong(N_, "mean sizes", lambda dW, W, alpha: alpha * np.abs(dW).mean() / np.abs(W).mean())
wrong(N_, "rate squared", lambda dW, W, alpha: alpha**2 * dW.std() / W.std())
wrong(N_, "largest entries", lambda dW, W, alpha: alpha * np.abs(dW).max() / np.abs(W).max())
wrong(N_, "sign", lambda dW, W, alpha: -alpha * dW.std() / W.std())
wrong(N_, "n - 1 above only", lambda dW, W, alpha: alpha * dW.std(ddof=1) / W.std())
wrong(N_, "log", lambda dW, W, alpha: np.log10(alpha * dW.std() / W.std()))
right(N_, "root of variances", lambda dW, W, alpha: (np.var(alpha * dW) / np.var(W)) ** 0.5)

N_ = "09.count_dead"


@wrong(N_, "dead per batch, summed")
def _(batches):
    return sum((A == 0).all(axis=0).sum() for A in batches)


@wrong(N_, "dead in any batch")
def _(batches):
    return np.any([(A == 0).all(axis=0) for A in batches], axis=0).sum()


@wrong(N_, "last batch only")
def _(batches):
    for A in batches:
        dead = (A == 0).all(axis=0).sum()
    return dead


@wrong(N_, "first batch only")
def _(batches):
    for A in batches:
        return (A == 0).all(axis=0).sum()


@wrong(N_, "stacked: same numbers of rows assumed")
def _(batches):
    return (np.array(batches) == 0).all(axis=(0, 1)).sum()


@wrong(N_, "axis 1")
def _(batches):
    return (np.concatenate(batches) == 0).all(axis=1).sum()


@wrong(N_, "any for all")
def _(batches):
    return (np.concatenate(batches) == 0).any(axis=0).sum()


@wrong(N_, "zeros")
def _(batches):
    return (np.concatenate(batches) == 0).sum()


@wrong(N_, "alive")
def _(batches):
    return np.concatenate(batches).any(axis=0).sum()


@wrong(N_, "mask")
def _(batches):
    return ~np.concatenate(batches).any(axis=0)


@wrong(N_, "mean per batch")
def _(batches):
    return np.mean([(A == 0).all(axis=0).sum() for A in batches])


@wrong(N_, "smallest count of the batches")
def _(batches):
    return min((A == 0).all(axis=0).sum() for A in batches)


@wrong(N_, "batches treated as one array")
def _(batches):
    return (batches == 0).all(axis=0).sum()


@wrong(N_, "joined side by side")
def _(batches):
    return (np.concatenate(batches, axis=1) == 0).all(axis=0).sum()


@wrong(N_, "mask starts with dead = False")
def _(batches):
    dead = np.zeros(batches[0].shape[1], dtype=bool)
    for A in batches:
        dead &= (A == 0).all(axis=0)
    return dead.sum()


@wrong(N_, "unequal to zero on average")
def _(batches):
    return (np.concatenate(batches).mean(axis=0) < 1e-3).sum()


@right(N_, "set of living units")
def _(batches):
    alive = set()
    for A in batches:
        alive |= set(np.nonzero(A)[1].tolist())
    return batches[0].shape[1] - len(alive)


N_ = "09.sigmoid_backward"
wrong(N_, "sigmoid again", lambda dA, A: dA / (1 + np.exp(-A)) * (1 - 1 / (1 + np.exp(-A))))
wrong(N_, "tanh's", lambda dA, A: dA * (1 - A**2))
wrong(N_, "1 - A", lambda dA, A: dA * (1 - A))
wrong(N_, "A only", lambda dA, A: dA * A)
wrong(N_, "no blame", lambda dA, A: A * (1 - A))
wrong(N_, "a quarter", lambda dA, A: dA / 4)
wrong(N_, "plus", lambda dA, A: dA * A * (1 + A))
wrong(N_, "precedence", lambda dA, A: dA * A - A**2)
wrong(N_, "minus sign", lambda dA, A: -dA * A * (1 - A))
wrong(N_, "mask", lambda dA, A: dA * (A > 0.5))
wrong(N_, "e to the minus", lambda dA, A: dA * np.exp(-A) / (1 + np.exp(-A)) ** 2)
wrong(N_, "squared", lambda dA, A: dA * A**2 * (1 - A))
wrong(N_, "dA in the place of A", lambda dA, A: A * dA * (1 - dA))
wrong(N_, "divided", lambda dA, A: dA / (A * (1 - A)))
wrong(N_, "bracket", lambda dA, A: dA * A * 1 - A)
wrong(N_, "A (A-1)", lambda dA, A: dA * A * (A - 1))
wrong(N_, "matrix product", lambda dA, A: dA @ (A * (1 - A)))
right(N_, "quarter minus square", lambda dA, A: dA * (0.25 - (A - 0.5) ** 2))
right(N_, "by z", lambda dA, A: dA * A / (1 + np.exp(np.log(A / (1 - A)))))
