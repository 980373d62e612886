"""Batch norm for images: each channel over all pixels of all images (notebook 14).

The formulas are those of `functional.batch_norm` with every pixel a row, (N·H·W, C); a test
compares the two. Here they run in pieces that stay in the cache, and with a whole image as one
long row: NumPy is slow at C numbers at a time. Ioffe and Szegedy 2015, section 3.2.
"""

import numpy as np

from digitlib.fast.products import sum_over_rows
from digitlib.fast.threads import in_pieces, result_array

__all__ = ["channel_moments", "image_norm", "image_norm_backward"]


def channel_moments(X):
    """Mean and variance of each channel: X (N, H, W, C) to two arrays (C,) of its dtype.

    Each piece's own moments first, then put together (Chan, Golub and LeVeque 1983): a
    difference of two large sums would lose its digits in float32.
    """
    pixels = X.shape[1] * X.shape[2]

    def piece(part):
        x = X[part].reshape(-1, X.shape[3])
        mean = sum_over_rows(x) / len(x)
        centred = X[part].reshape(-1, pixels * len(mean)) - np.tile(mean, pixels)
        centred *= centred
        return len(x), mean, sum_over_rows(centred.reshape(x.shape))

    n, mean, squares = 0, 0, 0
    for n_new, mean_new, squares_new in in_pieces(piece, len(X)):
        gap, total = mean_new - mean, n + n_new
        squares = squares + squares_new + gap * gap * (n * n_new / total)
        mean = mean + gap * (n_new / total)
        n = total
    return mean, squares / n


def image_norm(X, gamma, beta, mean, var, eps=1e-5, out=(None, None)):
    """Y = γ X̂ + β with X̂ = (X − mean) / √(var + eps), channel by channel.

    X (N, H, W, C), the others (C,); returns (Y, X_hat), both (N, H, W, C), in the two arrays
    of `out` where they are given.
    """
    Y, X_hat = (result_array(array, X.shape, X.dtype) for array in out)
    shift, stretch, gamma, beta = _rows(X, mean, 1 / np.sqrt(var + eps), gamma, beta)

    def piece(part):
        x, x_hat, y = (_as_rows(array[part]) for array in (X, X_hat, Y))
        np.subtract(x, shift, out=x_hat)
        x_hat *= stretch
        np.multiply(x_hat, gamma, out=y)
        y += beta

    in_pieces(piece, len(X))
    return Y, X_hat


def image_norm_backward(dY, X_hat, gamma, var, eps=1e-5, out=None):
    """dX, dγ, dβ where mean and var were the batch's own; `functional.batch_norm_backward`.

    dY, X_hat (N, H, W, C), gamma, var (C,); returns dX (N, H, W, C), in `out` where it is
    given, dgamma (C,) and dbeta (C,).
    """
    dX = result_array(out, dY.shape, dY.dtype)
    channels = len(gamma)

    def sums(part):
        dy, product = dY[part], dY[part] * X_hat[part]
        return [sum_over_rows(a.reshape(-1, channels)) for a in (product, dy)]

    parts = in_pieces(sums, len(dY))
    dgamma, dbeta = (sum(part[i] for part in parts) for i in (0, 1))
    n = dY.size // channels
    scale, by_variance, by_mean = _rows(dY, gamma / np.sqrt(var + eps), dgamma / n, dbeta / n)

    def piece(part):
        dy, x_hat, dx = (_as_rows(array[part]) for array in (dY, X_hat, dX))
        np.multiply(x_hat, by_variance, out=dx)
        np.subtract(dy, dx, out=dx)
        dx -= by_mean
        dx *= scale

    in_pieces(piece, len(dY))
    return dX, dgamma, dbeta


def _rows(X, *channels):
    """Each (C,) as often as X has pixels: (H·W·C,), to go with one image as one row."""
    return [np.tile(values, X.shape[1] * X.shape[2]) for values in channels]


def _as_rows(X):
    return X.reshape(len(X), -1)
