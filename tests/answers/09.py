"""Answers to the exercises of notebook 09, written from its text."""

import math

import numpy as np
from wrong_answers import right, wrong

N_ = "09.wall.var_z"
wrong(N_, "of one term", lambda n_in, var_w, x2: x2 * var_w)
wrong(N_, "n's root", lambda n_in, var_w, x2: math.sqrt(n_in) * var_w * x2)
wrong(N_, "x2 forgotten", lambda n_in, var_w, x2: n_in * var_w)
wrong(N_, "var_w forgotten", lambda n_in, var_w, x2: n_in * x2)
wrong(N_, "variance of the mean", lambda n_in, var_w, x2: var_w * x2 / n_in)
wrong(N_, "x2 rooted", lambda n_in, var_w, x2: n_in * var_w * math.sqrt(x2))
wrong(N_, "var_w rooted", lambda n_in, var_w, x2: n_in * math.sqrt(var_w) * x2)
wrong(N_, "1 for n", lambda n_in, var_w, x2: (n_in - 1) * var_w * x2)
wrong(N_, "added", lambda n_in, var_w, x2: n_in * var_w + x2)
wrong(N_, "all squared", lambda n_in, var_w, x2: (n_in * var_w * x2) ** 2)
wrong(N_, "divided by var_w", lambda n_in, var_w, x2: n_in * x2 / var_w)
wrong(N_, "784", lambda n_in, var_w, x2: 784 * var_w * x2)
wrong(N_, "power", lambda n_in, var_w, x2: (var_w * x2) ** n_in)
wrong(N_, "doubled", lambda n_in, var_w, x2: 2 * n_in * var_w * x2)
right(N_, "np.prod", lambda n_in, var_w, x2: float(np.prod([x2, n_in, var_w])))
N_ = "09.wall.a2"
wrong(N_, "half of the size", lambda z2: (math.sqrt(z2) / 2) ** 2)
wrong(N_, "nothing lost", lambda z2: 1.0 * z2)
wrong(N_, "half as a number", lambda z2: 0.5)
wrong(N_, "nothing left", lambda z2: 0 * z2)
wrong(N_, "half of the square", lambda z2: z2**2 / 2)
wrong(N_, "size", lambda z2: math.sqrt(z2 / 2))
wrong(N_, "minus a half", lambda z2: z2 - 0.5)
wrong(N_, "relu of half", lambda z2: max(z2 - 1, 0) / 2)
wrong(N_, "a variance", lambda z2: z2 * (1 / 2 - 1 / (2 * math.pi)))
right(N_, "half kept", lambda z2: z2 - z2 / 2)
N_ = "09.wall.factor"
wrong(N_, "of the size", lambda n_in, var_w: math.sqrt(0.5 * n_in * var_w))
wrong(N_, "halved twice", lambda n_in, var_w: n_in * var_w / 4)
wrong(N_, "He's own", lambda n_in, var_w: 2 / n_in)
wrong(N_, "per input", lambda n_in, var_w: var_w / (2 * n_in))
wrong(N_, "n only", lambda n_in, var_w: n_in / 2)
wrong(N_, "sum", lambda n_in, var_w: (n_in + var_w) / 2)
wrong(N_, "less half", lambda n_in, var_w: n_in * var_w - 0.5)
wrong(N_, "half times n squared", lambda n_in, var_w: n_in**2 * var_w / 2)
wrong(N_, "doubled", lambda n_in, var_w: n_in * var_w * 2)
right(N_, "divided", lambda n_in, var_w: n_in * var_w / 2)
N_ = "09.wall.he_std"
wrong(N_, "the variance", lambda n_in: 2 / n_in)
wrong(N_, "without the half", lambda n_in: n_in**-0.5)
wrong(N_, "half of Xavier", lambda n_in: 0.5 / math.sqrt(n_in))
wrong(N_, "2 not rooted", lambda n_in: 2 * n_in**-0.5)
wrong(N_, "n not rooted", lambda n_in: math.sqrt(2) / n_in)
wrong(N_, "the other way round", lambda n_in: math.sqrt(n_in / 2))
wrong(N_, "cube root", lambda n_in: (2 / n_in) ** (1 / 3))
wrong(N_, "of 256", lambda n_in: math.sqrt(2 / 256))
wrong(N_, "the factor's root", lambda n_in: math.sqrt(n_in) / 2)
wrong(N_, "three", lambda n_in: math.sqrt(3 / n_in))
wrong(N_, "uniform's range", lambda n_in: math.sqrt(6 / n_in))
right(N_, "by the factor", lambda n_in: 1 / math.sqrt(0.5 * n_in))

N_ = "09.update_ratio"
wrong(N_, "alpha forgotten", lambda dW, W, alpha: dW.std() / W.std())
wrong(N_, "upside down", lambda dW, W, alpha: W.std() / (alpha * dW.std()))
wrong(N_, "alpha below", lambda dW, W, alpha: dW.std() / (alpha * W.std()))
wrong(N_, "entry by entry", lambda dW, W, alpha: (alpha * dW / W).std())
wrong(N_, "means", lambda dW, W, alpha: (alpha * dW).mean() / W.mean())
wrong(N_, "mean sizes", lambda dW, W, alpha: np.abs(alpha * dW).mean() / np.abs(W).mean())
wrong(N_, "norms", lambda dW, W, alpha: np.linalg.norm(alpha * dW) / np.linalg.norm(W))
wrong(N_, "variances", lambda dW, W, alpha: (alpha * dW).var() / W.var())
wrong(N_, "after the step", lambda dW, W, alpha: (alpha * dW).std() / (W - alpha * dW).std())
wrong(N_, "by columns", lambda dW, W, alpha: (alpha * dW).std(axis=0) / W.std(axis=0))
wrong(N_, "signed", lambda dW, W, alpha: -alpha * dW.std() / W.std())
wrong(N_, "largest", lambda dW, W, alpha: alpha * np.abs(dW).max() / np.abs(W).max())
wrong(N_, "alpha squared", lambda dW, W, alpha: alpha**2 * dW.std() / W.std())
wrong(N_, "difference", lambda dW, W, alpha: alpha * dW.std() - W.std())
wrong(N_, "of W twice", lambda dW, W, alpha: alpha * W.std() / W.std())
wrong(N_, "logarithm", lambda dW, W, alpha: np.log10(alpha * dW.std() / W.std()))
wrong(N_, "one ddof", lambda dW, W, alpha: alpha * dW.std(ddof=1) / W.std())
wrong(N_, "per cent", lambda dW, W, alpha: 100 * alpha * dW.std() / W.std())
wrong(N_, "a third of it", lambda dW, W, alpha: alpha * dW.std() / W.std() / 3)


@wrong(N_, "takes the step")
def _(dW, W, alpha):
    W -= alpha * dW
    return (alpha * dW).std() / W.std()


right(N_, "roots", lambda dW, W, alpha: alpha * math.sqrt(dW.var() / W.var()))

N_ = "09.count_dead"


def ever(batches):
    return np.concatenate(batches).any(axis=0)


wrong(N_, "living", lambda batches: int(ever(batches).sum()))
wrong(N_, "first piece", lambda batches: int((batches[0] == 0).all(axis=0).sum()))
wrong(N_, "last piece", lambda batches: int((batches[-1] == 0).all(axis=0).sum()))
wrong(N_, "zeros", lambda batches: sum(int((b == 0).sum()) for b in batches))
wrong(
    N_, "summed pieces", lambda batches: sum(int((b == 0).all(axis=0).sum()) for b in batches)
)
wrong(N_, "images", lambda batches: sum(int((b == 0).all(axis=1).sum()) for b in batches))
wrong(
    N_, "in any piece", lambda b: int(np.any([(p == 0).all(axis=0) for p in b], axis=0).sum())
)
wrong(N_, "ever zero", lambda b: int((np.concatenate(b) == 0).any(axis=0).sum()))
wrong(N_, "which", lambda batches: np.flatnonzero(~ever(batches)))
wrong(N_, "mask", lambda batches: ~ever(batches))
wrong(N_, "share", lambda batches: float((~ever(batches)).mean()))
wrong(N_, "negative", lambda b: int((np.concatenate(b) < 0).all(axis=0).sum()))
wrong(N_, "mostly", lambda b: int(((np.concatenate(b) == 0).mean(axis=0) > 0.9).sum()))
wrong(N_, "mean of pieces", lambda b: np.mean([(p == 0).all(axis=0).sum() for p in b]))
wrong(N_, "all or nothing", lambda batches: all((b == 0).all() for b in batches))
wrong(N_, "side by side", lambda b: int((np.hstack([p[:1] for p in b]) == 0).all(axis=0).sum()))


@wrong(N_, "overwritten")
def _(batches):
    for batch in batches:
        dead = (batch == 0).all(axis=0)
    return int(dead.sum())


@wrong(N_, "returns at once")
def _(batches):
    for batch in batches:
        return int((batch == 0).all(axis=0).sum())


@wrong(N_, "last batch skipped")
def _(batches):
    alive = batches[0].any(axis=0)
    for batch in batches[1:-1]:
        alive = alive | batch.any(axis=0)
    return int((~alive).sum())


@right(N_, "sets")
def _(batches):
    n = batches[0].shape[1]
    return n - len({int(j) for b in batches for j in np.nonzero(b)[1]})


N_ = "09.sigmoid_backward"
wrong(N_, "slope forgotten", lambda dA, A: dA * A)
wrong(N_, "no blame", lambda dA, A: A * (1 - A))
wrong(N_, "tanh's", lambda dA, A: dA * (1 - A**2))
wrong(N_, "of z", lambda dA, A: dA * (1 / (1 + np.exp(-A))) * (1 - 1 / (1 + np.exp(-A))))
wrong(N_, "ReLU's", lambda dA, A: dA * (A > 0))
wrong(N_, "above a half", lambda dA, A: dA * (A > 0.5))
wrong(N_, "plus", lambda dA, A: dA * A * (1 + A))
wrong(N_, "other side", lambda dA, A: dA * (1 - A))
wrong(N_, "turned", lambda dA, A: dA * A * (A - 1))
wrong(N_, "divided", lambda dA, A: dA / (A * (1 - A)))
wrong(N_, "matrix product", lambda dA, A: dA @ (A * (1 - A)).T)
wrong(N_, "quarter", lambda dA, A: dA / 4)
wrong(N_, "square", lambda dA, A: dA * (A * (1 - A)) ** 2)
wrong(N_, "brackets", lambda dA, A: dA * A * 1 - A)
wrong(N_, "exponent", lambda dA, A: dA * np.exp(-A) / (1 + np.exp(-A)) ** 2)
wrong(N_, "added", lambda dA, A: dA + A * (1 - A))
wrong(N_, "averaged", lambda dA, A: dA * A * (1 - A) / len(A))


@wrong(N_, "in place")
def _(dA, A):
    dA *= A * (1 - A)
    return dA


@wrong(N_, "A written")
def _(dA, A):
    A -= A**2
    return dA * A


right(N_, "difference of squares", lambda dA, A: dA * A - dA * A**2)

N_ = "09.he_leaky_std"
wrong(N_, "half forgotten", lambda n_in, slope: math.sqrt(1 / (n_in * (1 + slope**2))))
wrong(N_, "slope's root", lambda n_in, slope: math.sqrt(2 / (n_in * (1 + math.sqrt(slope)))))
wrong(N_, "one minus slope", lambda n_in, slope: math.sqrt(2 * (1 - slope) / n_in))
wrong(N_, "above the bar", lambda n_in, slope: math.sqrt(2 / n_in) * math.sqrt(1 + slope**2))
wrong(N_, "the negative half alone", lambda n_in, slope: math.sqrt(2 / n_in) * slope)
wrong(N_, "twice the square", lambda n_in, slope: math.sqrt(2 / (n_in * (1 + 2 * slope**2))))
wrong(N_, "variance's", lambda n_in, slope: 2 / (n_in * (1 + slope**2)))
wrong(N_, "added to n", lambda n_in, slope: math.sqrt(2 / (n_in + slope**2)))
wrong(N_, "two plus", lambda n_in, slope: math.sqrt(2 / (n_in * (2 + slope**2))))
wrong(N_, "slope outside", lambda n_in, slope: math.sqrt(2 / n_in) - slope)
wrong(N_, "fourth power", lambda n_in, slope: math.sqrt(2 / (n_in * (1 + slope**4))))
right(N_, "halves", lambda n_in, slope: 1 / math.sqrt(n_in * (0.5 + 0.5 * slope**2)))
