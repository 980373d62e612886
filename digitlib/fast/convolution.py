"""Convolution in pieces of some images, on every core; `formulas` says what is computed.

The patches of a piece are copied into memory that its thread keeps, small enough to stay in
the cache while the product reads them.
"""

import numpy as np
from numpy.lib.stride_tricks import as_strided

from digitlib.fast.products import sum_over_rows
from digitlib.fast.threads import in_pieces, result_array, scratch
from digitlib.formulas import check_convolution, check_convolution_gradient, conv_size

__all__ = ["conv2d", "conv2d_dX", "conv2d_grads"]


def conv2d(X, W, b=None, stride=1, padding=0, out=None):
    """`formulas.conv2d`, in `out` where it is given."""
    check_convolution(X, W, b)
    sides = (conv_size(m, k, stride, padding) for m, k in zip(X.shape[1:3], W.shape))
    shape = (len(X), *sides, W.shape[3])
    Z = result_array(out, shape, X.dtype)
    rows = W.reshape(-1, W.shape[-1])  # (k_h·k_w·C, K): one patch a row, times this
    # One long row for each image: NumPy adds it faster than K numbers at a time.
    biases = None if b is None else np.tile(b, shape[1] * shape[2])

    def piece(part):
        patches = _patches(X[part], W.shape[:2], stride, padding)
        z = Z[part].reshape(len(patches), -1, shape[-1])
        np.matmul(patches, rows, out=z)
        if b is not None:
            z.reshape(len(patches), -1)[...] += biases

    in_pieces(piece, len(X))
    return Z


def conv2d_grads(dZ, X, kernel, stride=1, padding=0, out=(None, None)):
    """`formulas.conv2d_grads`, written into the two arrays of `out` where they are given."""
    check_convolution_gradient(dZ, X.shape[1:3], kernel, stride, padding, X=X)
    n_filters, channels = dZ.shape[-1], X.shape[-1]

    def piece(part):
        patches = _patches(X[part], kernel, stride, padding)
        dz = dZ[part].reshape(len(patches), -1, n_filters)
        # Image by image, then the sum: each product is small enough for OpenBLAS to take the
        # patches as they lie (see `products`).
        dW = np.matmul(patches.transpose(0, 2, 1), dz).sum(axis=0)
        return dW, sum_over_rows(dz.reshape(-1, n_filters))

    parts = in_pieces(piece, len(X))
    dW, db = (sum(part[i] for part in parts) for i in (0, 1))
    dW = dW.reshape(*kernel, channels, n_filters)
    for array, values in zip(out, (dW, db)):
        if array is not None:
            array[...] = values
    return dW, db


def conv2d_dX(dZ, W, size, stride=1, padding=0, out=None):
    """`formulas.conv2d_dX`, in `out` where it is given."""
    k_h, k_w, channels, _ = W.shape
    check_convolution_gradient(dZ, size, (k_h, k_w), stride, padding, W=W)
    turned = W[::-1, ::-1].swapaxes(2, 3).reshape(-1, channels)  # (k_h·k_w·K, C)
    dX = result_array(out, (len(dZ), *size, channels), dZ.dtype)
    # So many zeros before and behind dZ that every pixel of the padded image has a window of
    # the kernel's size, which holds the places that looked at it.
    high, wide = (n + 2 * padding + k - 1 for n, k in zip(size, (k_h, k_w)))

    def piece(part):
        spread = _framed(dZ[part], (high, wide), k_h - 1, k_w - 1, stride)
        image = spread[:, padding : high - padding, padding : wide - padding]
        patches = _patches(image, (k_h, k_w))
        np.matmul(patches, turned, out=dX[part].reshape(len(patches), -1, channels))

    in_pieces(piece, len(dZ))
    return dX


def _patches(X, kernel, stride=1, padding=0):
    """What the kernel sees at each place, as one row: (n, H_out·W_out, k_h·k_w·C).

    In `scratch`: to be used before the next call in this thread.
    """
    n, high, wide, channels = X.shape
    if padding:
        X = _framed(X, (high + 2 * padding, wide + 2 * padding), padding, padding)
    h, w = (conv_size(m, k, stride) for m, k in zip(X.shape[1:3], kernel))
    by_n, by_y, by_x, by_c = X.strides
    by_place = stride * by_y, stride * by_x
    # The same memory seen as overlapping windows, then copied with long runs innermost.
    if channels > 1:  # a window's row, k_w·C numbers
        patches = scratch("patches", (n, h, w, *kernel, channels), X.dtype)
        steps = (by_n, *by_place, by_y, by_x, by_c)
        patches[...] = as_strided(X, patches.shape, steps, writeable=False)
        return patches.reshape(n, h * w, -1)
    patches = scratch("patches", (*kernel, n, h, w), X.dtype)  # or an image's row
    steps = (by_y, by_x, by_n, *by_place)
    patches[...] = as_strided(X, patches.shape, steps, writeable=False)
    return patches.reshape(-1, n, h * w).transpose(1, 2, 0)


def _framed(X, size, top, left, stride=1):
    """X (n, h, w, C) among zeros: (n, *size, C), its rows from `top` on, `stride` apart."""
    n, h, w, channels = X.shape
    frame = scratch("frame", (n, *size, channels), X.dtype)
    frame[...] = 0
    frame[:, top : top + stride * h : stride, left : left + stride * w : stride] = X
    return frame
