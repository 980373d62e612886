"""Batch norm in pieces that stay in the cache, with a whole image as one long row.

NumPy is slow at C numbers at a time, and images have few channels. Rows of a layer that are
small enough take the plain formula. `formulas` says what is computed.
"""

import math

import numpy as np

from digitlib import formulas
from digitlib.fast.products import sum_over_rows
from digitlib.fast.threads import in_pieces, result_array

__all__ = ["batch_norm", "batch_norm_backward", "channel_moments"]

LARGE = 250_000  # numbers on which two threads are faster than one
SMALL = 20_000  # numbers on which the plain formula is as fast as any
LONG = 64  # numbers in a row; with fewer, NumPy is slower than its processor
PIECE = 400_000  # numbers that one thread takes at a time


def channel_moments(X):
    """`formulas.channel_moments`, each piece's own first, then put together.

    Chan, Golub and LeVeque 1983: a difference of two large sums would lose its digits in
    float32.
    """
    if is_small(X):
        return formulas.channel_moments(X)
    pixels = math.prod(X.shape[1:-1])

    def piece(part):
        x = X[part].reshape(-1, X.shape[-1])
        mean = sum_over_rows(x) / len(x)
        centred = X[part].reshape(-1, pixels * len(mean)) - np.tile(mean, pixels)
        centred *= centred
        return len(x), mean, sum_over_rows(centred.reshape(x.shape))

    n, mean, squares = 0, 0, 0
    for n_new, mean_new, squares_new in in_pieces(piece, len(X), rows_of(X)):
        gap, total = mean_new - mean, n + n_new
        squares = squares + squares_new + gap * gap * (n * n_new / total)
        mean = mean + gap * (n_new / total)
        n = total
    return mean, squares / n


def batch_norm(X, gamma, beta, mean, var, eps=1e-5, out=(None, None)):
    """`formulas.batch_norm`, written into the two arrays of `out` where they are given."""
    if is_small(X) and out[0] is out[1] is None:
        return formulas.batch_norm(X, gamma, beta, mean, var, eps)
    Y, X_hat = (result_array(array, X.shape, X.dtype) for array in out)
    shift, stretch, gamma, beta = _tiled(X, mean, 1 / np.sqrt(var + eps), gamma, beta)

    def piece(part):
        x, x_hat, y = (_as_rows(array[part]) for array in (X, X_hat, Y))
        np.subtract(x, shift, out=x_hat)
        x_hat *= stretch
        np.multiply(x_hat, gamma, out=y)
        y += beta

    in_pieces(piece, len(X), rows_of(X))
    return Y, X_hat


def batch_norm_backward(dY, X_hat, gamma, var, eps=1e-5, out=None):
    """`formulas.batch_norm_backward`; dX in `out` where it is given."""
    if is_small(dY) and out is None:
        return formulas.batch_norm_backward(dY, X_hat, gamma, var, eps)
    dX = result_array(out, dY.shape, dY.dtype)
    channels = len(gamma)

    def sums(part):
        dy, product = dY[part], dY[part] * X_hat[part]
        return [sum_over_rows(a.reshape(-1, channels)) for a in (product, dy)]

    parts = in_pieces(sums, len(dY), rows_of(dY))
    dgamma, dbeta = (sum(part[i] for part in parts) for i in (0, 1))
    n = dY.size // channels
    scale, by_variance, by_mean = _tiled(dY, gamma / np.sqrt(var + eps), dgamma / n, dbeta / n)

    def piece(part):
        dy, x_hat, dx = (_as_rows(array[part]) for array in (dY, X_hat, dX))
        np.multiply(x_hat, by_variance, out=dx)
        np.subtract(dy, dx, out=dx)
        dx -= by_mean
        dx *= scale

    in_pieces(piece, len(dY), rows_of(dY))
    return dX, dgamma, dbeta


def is_small(X):
    """Whether the plain formula is as fast."""
    return X.size < (LARGE if X.shape[-1] >= LONG else SMALL)


def rows_of(X):
    """How many rows of X, or images, are one piece."""
    return max(1, PIECE * len(X) // max(1, X.size))


def _tiled(X, *channels):
    """Each (C,) as often as an image has pixels: (H·W·C,), to go with one image as one row."""
    pixels = math.prod(X.shape[1:-1])
    return [np.tile(values, pixels) for values in channels]


def _as_rows(X):
    return X.reshape(len(X), -1)
