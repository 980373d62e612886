"""Layers of rows, activations, the loss and Adam: what `formulas` says, arranged for speed."""

import math

import numpy as np

from digitlib import formulas
from digitlib.fast.products import product, product_over_rows, row_max, row_sum, sum_over_rows
from digitlib.fast.threads import in_pieces, result_array, scratch

__all__ = [
    "adam_step",
    "affine",
    "affine_dX",
    "affine_grads",
    "relu",
    "relu_backward",
    "softmax",
    "softmax_cross_entropy",
]

LARGE = 250_000  # numbers in an array on which two threads are faster than one
PIECE = 100_000  # numbers that one thread takes at a time


def affine(X, W, b, out=None):
    """`formulas.affine`, in `out` where it is given."""
    Z = product(X, W, out)
    Z += b
    return Z


def affine_grads(dZ, X, out=(None, None)):
    """`formulas.affine_grads`, written into the two arrays of `out` where they are given."""
    return product_over_rows(X, dZ, out=out[0]), sum_over_rows(dZ, out=out[1])


def affine_dX(dZ, W, out=None):
    """`formulas.affine_dX`, in `out` where it is given."""
    return product(dZ, W.T, out)


def relu(Z, out=None):
    """`formulas.relu`, in `out` where it is given."""
    if Z.size < LARGE:
        return np.maximum(Z, 0, out=out)
    A = result_array(out, Z.shape, Z.dtype)
    # np.maximum with a number takes three times as long as np.clip.
    in_pieces(lambda part: np.clip(Z[part], 0, np.inf, out=A[part]), len(Z), rows_of(Z))
    return A


def relu_backward(dA, Z, out=None):
    """`formulas.relu_backward`, in `out` where it is given."""
    if Z.size < LARGE:
        return np.multiply(dA, Z > 0, out=out)
    dZ = result_array(out, Z.shape, dA.dtype)

    def piece(part):
        np.multiply(dA[part], Z[part] > 0, out=dZ[part])

    in_pieces(piece, len(Z), rows_of(Z))
    return dZ


def rows_of(Z):
    """How many rows of Z, or images, are one piece."""
    return max(1, PIECE * len(Z) // Z.size)


def softmax(Z):
    """`formulas.softmax`."""
    rows = Z.reshape(-1, Z.shape[-1])
    P = np.exp(rows - row_max(rows))
    P /= row_sum(P)
    return P.reshape(Z.shape)


def softmax_cross_entropy(Z, y, smoothing=0.0):
    """`formulas.softmax_cross_entropy`."""
    y = formulas.check_labels(y, Z.shape[1], rows=len(Z))
    smoothing = formulas.check_share("smoothing", smoothing)
    n, classes = Z.shape
    true = y, np.arange(n)
    # A column for each example: NumPy reduces ten long rows faster than n short ones.
    shifted = Z.T.copy()
    shifted -= shifted.max(axis=0)
    dZ = np.exp(shifted)  # becomes P / N, then (P - T) / N, in place
    sums = dZ.sum(axis=0)
    loss = (np.log(sums) - (1 - smoothing) * shifted[true]).sum()
    dZ /= n * sums
    if smoothing:
        loss -= smoothing / classes * shifted.sum()
        dZ -= smoothing / (classes * n)
    dZ[true] -= (1 - smoothing) / n
    return float(loss) / n, dZ.T


def adam_step(theta, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8, out=(None, None, None)):
    """`formulas.adam_step`, into the three arrays of `out` where they are given.

    They may be theta, m and v themselves. √v̂ = √v / c is multiplied out: two passes less.
    """
    theta, m, v = (
        array.copy() if place is None else place if place is array else _filled(place, array)
        for place, array in zip(out, (theta, m, v))
    )
    c = math.sqrt(1 - beta2**t)
    step = scratch("step", theta.shape, theta.dtype)
    m *= beta1
    np.multiply(g, 1 - beta1, out=step)
    m += step
    v *= beta2
    np.multiply(g, g, out=step)
    step *= 1 - beta2
    v += step
    np.sqrt(v, out=step)
    step += c * eps
    np.divide(m, step, out=step)
    step *= lr * c / (1 - beta1**t)
    theta -= step
    return theta, m, v


def _filled(place, array):
    place[...] = array
    return place
