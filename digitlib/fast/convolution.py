"""Convolution, as a pure function beside its derivatives (notebook 14).

Images are (N, H, W, C): N examples, H rows, W columns, and for each pixel its C channels side
by side, so that (N, H, W, C) reshaped to (N·H·W, C) is again a matrix whose rows are examples.
Kernels are (k_h, k_w, C, K): K filters over k_h × k_w pixels with C channels each. What other
libraries call convolution, and this one too, does not flip the kernel; mathematics calls it
cross-correlation.

Each function answers in the dtype it is given and changes none of its arguments. A batch is
worked on in pieces of some images, on several threads (`_threads`).
LeCun et al. 1998; Goodfellow, Bengio and Courville, *Deep Learning* (2016), chapter 9.
"""

import numpy as np
from numpy.lib.stride_tricks import as_strided

from digitlib.fast.products import sum_over_rows
from digitlib.fast.threads import in_pieces, result_array, scratch

__all__ = ["conv2d", "conv2d_dX", "conv2d_grads", "conv_size"]


def conv_size(size, kernel, stride=1, padding=0):
    """How many places a kernel has along one side: ⌊(size + 2·padding − kernel) / stride⌋ + 1.

    All whole numbers of pixels. Raises ValueError where the kernel does not fit even once.
    """
    if stride < 1 or padding < 0 or kernel < 1:
        raise ValueError(
            "kernel and stride are whole numbers from 1, padding from 0; got "
            f"kernel {kernel}, stride {stride}, padding {padding}"
        )
    room = size + 2 * padding - kernel
    if room < 0:
        raise ValueError(
            f"a kernel of {kernel} pixels does not fit into {size} with padding {padding}: the "
            f"kernel may have at most {size + 2 * padding}, or the padding must be at least "
            f"{-(-(kernel - size) // 2)}"
        )
    return room // stride + 1


def conv2d(X, W, b=None, stride=1, padding=0, out=None):
    """Z[n, y, x] = b + Σ X[n, y·stride + i − padding, x·stride + j − padding] W[i, j].

    X (N, H, W, C), W (k_h, k_w, C, K), b (K,) or None; the sum runs over i, j and channels,
    and outside the image X counts as 0. Returns Z (N, H_out, W_out, K), in `out` where it is
    given; sizes by `conv_size`. Raises ValueError for shapes that do not go together, TypeError
    for two dtypes.
    """
    shape = _out_shape(X, W, stride, padding)
    if b is not None and b.shape != shape[-1:]:
        raise ValueError(
            f"{shape[-1]} filters need a bias of shape {shape[-1:]}; got {b.shape}"
        )
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
    """The gradients of the kernel and the bias: as in a linear layer whose rows are patches.

    dZ (N, H_out, W_out, K), X (N, H, W, C), kernel = (k_h, k_w). Returns dW (k_h, k_w, C, K)
    and db (K,), written into the two arrays of `out` where they are given.
    """
    n_filters, channels = dZ.shape[-1], X.shape[-1]
    _check_gradient(dZ, X, X.shape[1:3], kernel, stride, padding)
    if len(dZ) != len(X):
        raise ValueError(f"dZ is of {len(dZ)} images, X of {len(X)}: one gradient an image")

    def piece(part):
        patches = _patches(X[part], kernel, stride, padding)
        dz = dZ[part].reshape(len(patches), -1, n_filters)
        # Image by image, then the sum: each product is small enough for OpenBLAS to take the
        # patches as they lie (see `_products`).
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
    """The gradient of the image: each pixel collects from every place that looked at it.

    dZ (N, H_out, W_out, K), W (k_h, k_w, C, K), size = (H, W) of the image. That is again a
    convolution: of dZ, spread out by the stride, with the kernel turned by half a turn and its
    channels and filters exchanged. Returns dX (N, H, W, C), in `out` where it is given.
    """
    k_h, k_w, channels, _ = W.shape
    turned = W[::-1, ::-1].swapaxes(2, 3).reshape(-1, channels)  # (k_h·k_w·K, C)
    if dZ.shape[-1] != W.shape[-1]:
        raise ValueError(
            f"dZ {dZ.shape} has {dZ.shape[-1]} filters, W {W.shape} another number"
        )
    _check_gradient(dZ, W, size, (k_h, k_w), stride, padding)
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
    """What the kernel sees at each place, a row a place: (n, H_out·W_out, k_h·k_w·C).

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


def _out_shape(X, W, stride, padding):
    if X.ndim != 4 or W.ndim != 4:
        raise ValueError(
            f"images are (N, H, W, C), kernels (k_h, k_w, C, K); got {X.shape} and {W.shape}. "
            "Rows of 784 pixels become images with X.reshape(-1, 28, 28, 1)"
        )
    if X.shape[3] != W.shape[2]:
        raise ValueError(
            f"the images {X.shape} have {X.shape[3]} channels, the kernel {W.shape} takes"
            f" {W.shape[2]}: channels are the last axis of X and the third of W"
        )
    _check_dtypes(X, W)
    sides = (conv_size(m, k, stride, padding) for m, k in zip(X.shape[1:3], W.shape))
    return (len(X), *sides, W.shape[3])


def _check_gradient(dZ, other, size, kernel, stride, padding):
    """An error unless dZ is what comes back from such a convolution of images of this size."""
    _check_dtypes(dZ, other)
    sides = tuple(conv_size(m, k, stride, padding) for m, k in zip(size, kernel))
    if dZ.ndim != 4 or dZ.shape[1:3] != sides:
        raise ValueError(
            f"images of {tuple(size)} pixels, kernel {tuple(kernel)}, stride {stride} and "
            f"padding {padding} give (N, {sides[0]}, {sides[1]}, K); dZ has {dZ.shape}"
        )


def _check_dtypes(one, other):
    # matmul with an `out` would silently round float64 to the float32 of the result.
    if one.dtype != other.dtype or one.dtype.kind != "f":
        raise TypeError(
            f"a convolution works on floating-point numbers of one dtype; got {one.dtype} and "
            f"{other.dtype}: use .astype(np.float32)"
        )
