"""Convolution and pooling as loops, one number at a time: what the fast forms must equal."""

import itertools

import numpy as np


def conv2d(X, W, b, stride, padding):
    n, high, wide, _ = X.shape
    k_h, k_w, _, n_filters = W.shape
    h = len(range(0, high + 2 * padding - k_h + 1, stride))
    w = len(range(0, wide + 2 * padding - k_w + 1, stride))
    Z = np.zeros((n, h, w, n_filters), X.dtype)
    for example, y, x, k in np.ndindex(Z.shape):
        total = b[k]
        for i, j in np.ndindex(k_h, k_w):
            row, column = y * stride + i - padding, x * stride + j - padding
            if 0 <= row < high and 0 <= column < wide:
                total += (X[example, row, column] * W[i, j, :, k]).sum()
        Z[example, y, x, k] = total
    return Z


def conv2d_backward(dZ, X, W, stride, padding):
    """dX, dW, db: every product of the forward pass, once for each of its two factors."""
    dX, dW, db = np.zeros_like(X), np.zeros_like(W), np.zeros(W.shape[3], W.dtype)
    for example, y, x, k in np.ndindex(dZ.shape):
        dz = dZ[example, y, x, k]
        db[k] += dz
        for i, j in np.ndindex(W.shape[:2]):
            row, column = y * stride + i - padding, x * stride + j - padding
            if 0 <= row < X.shape[1] and 0 <= column < X.shape[2]:
                dX[example, row, column] += dz * W[i, j, :, k]
                dW[i, j, :, k] += dz * X[example, row, column]
    return dX, dW, db


def windows(X, size):
    """((example, y, x, channel), its pixels in reading order), for every window."""
    n, high, wide, channels = X.shape
    for place in itertools.product(
        range(n), range(high // size), range(wide // size), range(channels)
    ):
        example, y, x, c = place
        yield (
            place,
            [
                (example, y * size + i, x * size + j, c)
                for i in range(size)
                for j in range(size)
            ],
        )


def pooled(X, size, of):
    n, high, wide, channels = X.shape
    Y = np.zeros((n, high // size, wide // size, channels), X.dtype)
    for place, pixels in windows(X, size):
        Y[place] = of([X[pixel] for pixel in pixels])
    return Y


def max_pool_backward(dY, X, size):
    dX = np.zeros(X.shape, dY.dtype)
    for place, pixels in windows(X, size):
        dX[max(pixels, key=lambda pixel: X[pixel])] += dY[place]  # max takes the first
    return dX


def avg_pool_backward(dY, X, size):
    dX = np.zeros(X.shape, dY.dtype)
    for place, pixels in windows(X, size):
        for pixel in pixels:
            dX[pixel] += dY[place] / size**2
    return dX
