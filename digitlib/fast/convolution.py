"""Convolution in pieces of some images, on every core; `formulas` says what is computed.

The patches of some images are copied into memory that the thread keeps, small enough to stay
in the cache while the product reads them, and multiplied in blocks of rows where OpenBLAS takes
those as they lie. Where it copies the weights for each block, there is one block.

`conv_pool` is three layers in one. The largest of 2 × 2 answers of a convolution is the largest
of four convolutions, each of which moves by two pixels and begins at another pixel of the
window. Bias, comparison and ReLU then run over long rows of a quarter of the numbers, and the
answers before pooling never leave the cache.
"""

import numpy as np

from digitlib.fast.products import (
    SMALL,
    sum_over_rows,
    takes_small_ones_as_they_lie,
    whole_and_rest,
)
from digitlib.fast.threads import in_pieces, result_array, scratch
from digitlib.formulas import (
    check_convolution,
    check_convolution_gradient,
    conv_size,
    pooled_shape,
)

__all__ = ["conv2d", "conv2d_dX", "conv2d_grads", "conv_pool", "conv_pool_grads"]

CACHE = 200_000  # numbers of patches that stay in a core's cache until they are multiplied
COPIED = 400_000  # numbers that are worth a copy of the weights: 6 % of a step of cnn-best
SHORT, LONG = 64, 512  # rows of a block: fewer gain nothing, more do not help


def conv2d(X, W, b=None, stride=1, padding=0, out=None):
    """`formulas.conv2d`, in `out` where it is given."""
    return conv_pool(X, W, b, stride, padding, out=out)


def conv2d_grads(dZ, X, kernel, stride=1, padding=0, out=(None, None)):
    """`formulas.conv2d_grads`, written into the two arrays of `out` where they are given."""
    check_convolution_gradient(dZ, X.shape[1:3], kernel, stride, padding, X=X)
    return conv_pool_grads(dZ, None, X, kernel, stride, padding, out=out)[:2]


def conv2d_dX(dZ, W, size, stride=1, padding=0, out=None):
    """`formulas.conv2d_dX`, in `out` where it is given."""
    check_convolution_gradient(dZ, size, W.shape[:2], stride, padding, W=W)
    dX, turned = result_array(out, (len(dZ), *size, W.shape[2]), dZ.dtype), _turned(W)
    in_pieces(
        lambda part: _to_pixels(dZ[None, part], W.shape[:2], turned, stride, padding, dX[part]),
        len(dZ),
    )
    return dX


def conv_pool(X, W, b=None, stride=1, padding=0, size=1, rectify=False, out=None, won=None):
    """max_pool(conv2d(X, W, b, stride, padding), size), and its ReLU with rectify=True.

    X (N, H, W, C), W (k_h, k_w, C, F); returns Y (N, h, w, F), in `out` where it is given.
    won: an array of booleans (N, size², h, w, F), to be filled for `conv_pool_grads`: True
    where the answer at that pixel of the window was the largest, the first in reading order
    where several are equal, and where it passed the ReLU.
    """
    check_convolution(X, W, b)
    kernel, n_filters = W.shape[:2], W.shape[3]
    sides = (conv_size(m, k, stride, padding) for m, k in zip(X.shape[1:3], kernel))
    n, h, w, _ = shape = pooled_shape((len(X), *sides, n_filters), size)
    Y, columns = result_array(out, shape, X.dtype), W.reshape(-1, n_filters)
    # One long row for each image: NumPy adds it faster than F numbers at a time.
    biases = None if b is None else np.tile(b, h * w)

    def piece(part):
        y = Y[part]
        images, count = _framed_images(X[part], padding), len(y)
        z = y[None] if size == 1 else scratch("scores", (size**2, *y.shape), X.dtype)
        for chunk in _chunks(count, h * w * len(columns)):
            for pixel, z_pixel in enumerate(z):
                at = [stride * offset for offset in divmod(pixel, size)]
                P = _patches(images, chunk, at, (h, w), kernel, stride * size)
                multiply(P, columns, z_pixel[chunk].reshape(-1, n_filters))
        if size > 1:
            np.maximum(z[0], z[1], out=y)
            for other in z[2:]:
                np.maximum(y, other, out=y)
        if won is not None:
            _compare(z, y, won[part].swapaxes(0, 1))
        if b is not None:
            rows = y.reshape(count, -1)
            rows += biases
        if rectify:
            np.clip(y, 0, np.inf, out=y)  # a third of the time of np.maximum(y, 0)
            if won is not None:
                passed = won[part]
                passed &= (y > 0)[:, None]

    in_pieces(piece, n)
    return Y


def conv_pool_grads(
    dY, won, X, kernel, stride=1, padding=0, size=1, W=None, out=(None, None), out_dX=None
):
    """The gradients of `conv_pool`: dW, db, and dX where W is given (None otherwise).

    dY (N, h, w, F); won as `conv_pool` filled it, or None for a convolution alone.
    """
    n_filters = dY.shape[3]
    h, w = dY.shape[1:3]
    dX = None if W is None else result_array(out_dX, X.shape, dY.dtype)
    turned = None if W is None else _turned(W)

    def piece(part):
        dy = dY[part]
        if won is None:
            dz = np.ascontiguousarray(dy)[None]
        else:
            dz = scratch("blame", (size**2, *dy.shape), dY.dtype)
            np.multiply(dy, won[part].swapaxes(0, 1), out=dz)
        images, dW = _framed_images(X[part], padding), 0
        for chunk in _chunks(len(dy), h * w * kernel[0] * kernel[1] * X.shape[3]):
            for pixel, dz_pixel in enumerate(dz):
                at = [stride * offset for offset in divmod(pixel, size)]
                P = _patches(images, chunk, at, (h, w), kernel, stride * size)
                dW = dW + multiply_over_rows(P, dz_pixel[chunk].reshape(-1, n_filters))
        if turned is not None:
            _to_pixels(dz, kernel, turned, stride, padding, dX[part], size)
        return dW, sum_over_rows(dz.reshape(-1, n_filters))

    parts = in_pieces(piece, len(X))
    dW, db = (sum(part[i] for part in parts) for i in (0, 1))
    dW = dW.reshape(*kernel, X.shape[3], n_filters)
    for array, values in zip(out, (dW, db)):
        if array is not None:
            array[...] = values
    return dW, db, dX


def _compare(z, y, won):
    """won: True at the first of z's (size², …) pixels that is as large as y."""
    if len(z) == 1:
        won[...] = True
        return
    free = None  # windows that have not found their largest pixel yet
    for z_pixel, found in zip(z[:-1], won):
        np.equal(z_pixel, y, out=found)
        if free is None:
            free = ~found
        else:
            found &= free
            free ^= found
    won[-1] = free


def _to_pixels(dz, kernel, turned, stride, padding, dX, size=1):
    """dX of some images from dz (size², n, h, w, F): a convolution with the turned kernel.

    So many zeros stand before and behind dz that every pixel of the padded image has a window
    of the kernel's size, which holds the places that looked at it.
    """
    _, n, h, w, n_filters = dz.shape
    high, wide = (m + 2 * padding + k - 1 for m, k in zip(dX.shape[1:3], kernel))
    spread = scratch("frame", (n, high, wide, n_filters), dz.dtype)
    spread[...] = 0
    step = stride * size
    for pixel, dz_pixel in enumerate(dz):
        y, x = (stride * at + k - 1 for at, k in zip(divmod(pixel, size), kernel))
        spread[:, y : y + step * h : step, x : x + step * w : step] = dz_pixel
    sides, channels = dX.shape[1:3], dX.shape[3]
    for chunk in _chunks(n, sides[0] * sides[1] * len(turned)):
        P = _patches(spread, chunk, (padding, padding), sides, kernel, 1)
        multiply(P, turned, dX[chunk].reshape(-1, channels))


def _turned(W):
    """W turned by half a turn, channels and filters exchanged: (k_h·k_w·F, C)."""
    return W[::-1, ::-1].swapaxes(2, 3).reshape(-1, W.shape[2])


def _chunks(n, numbers):
    """range(n) as slices of so many images that their patches, `numbers` each, stay cached."""
    cached = CACHE if takes_small_ones_as_they_lie() else COPIED
    size = max(1, cached // numbers)
    return [slice(start, min(start + size, n)) for start in range(0, n, size)]


def _framed_images(X, padding):
    """X with `padding` rows and columns of zeros all round, contiguous; in `scratch`."""
    if not padding:
        return np.ascontiguousarray(X)
    n, h, w, channels = X.shape
    frame = scratch("frame", (n, h + 2 * padding, w + 2 * padding, channels), X.dtype)
    frame[...] = 0
    frame[:, padding : padding + h, padding : padding + w] = X
    return frame


def _patches(images, chunk, at, places, kernel, step):
    """What the kernel sees of images[chunk], as one row for each place: (rows, k_h·k_w·C).

    The first place is `at`, the others lie `step` pixels apart. In `scratch`: to be used before
    the next call in this thread.
    """
    n, channels = chunk.stop - chunk.start, images.shape[3]
    by_n, by_y, by_x, _ = images.strides
    offset = chunk.start * by_n + at[0] * by_y + at[1] * by_x
    # The same memory seen as overlapping windows, then copied with long runs innermost.
    if channels > 1:  # a window's row, k_w·C numbers, as one item
        run = f"V{kernel[1] * by_x}"
        shape, strides = (n, *places, kernel[0]), (by_n, step * by_y, step * by_x, by_y)
        windows = np.ndarray(shape, run, images, offset, strides)
        rows = scratch("patches", (n * places[0] * places[1], kernel[0] * kernel[1] * channels),
                       images.dtype)  # fmt: skip
        rows.view(run).reshape(shape)[...] = windows
        return rows
    shape, strides = (*kernel, n, *places), (by_y, by_x, by_n, step * by_y, step * by_x)
    windows = np.ndarray(shape, images.dtype, images, offset, strides)
    columns = scratch("patches", shape, images.dtype)  # or an image's row
    columns[...] = windows
    return columns.reshape(kernel[0] * kernel[1], -1).T


def multiply(P, W, out):
    """out = P @ W in blocks of rows."""
    length = _block_length(P.shape[1], W.shape[1], len(P))
    for part in whole_and_rest(slice(0, len(P)), length):
        rows = min(length, part.stop - part.start)
        np.matmul(_blocks(P, part, rows), W, out=_blocks(out, part, rows))


def multiply_over_rows(P, dz):
    """P.T @ dz in blocks of rows, added up."""
    length, total = _block_length(P.shape[1], dz.shape[1], len(P)), 0
    for part in whole_and_rest(slice(0, len(P)), length):
        rows = min(length, part.stop - part.start)
        blocks = _blocks(P, part, rows).transpose(0, 2, 1), _blocks(dz, part, rows)
        total = total + np.matmul(*blocks).sum(axis=0)
    return total


def _block_length(n_in, n_out, rows):
    """How many rows of patches to multiply at a time: all of them where blocks do not pay."""
    length = min(LONG, SMALL // (n_in * n_out) // 16 * 16)
    pays = length >= SHORT and takes_small_ones_as_they_lie()
    return length if pays else max(1, rows)


def _blocks(P, part, rows):
    """P[part] as (blocks, rows, columns), a view; P's rows or its columns are contiguous."""
    if P.flags.c_contiguous:
        return P[part].reshape(-1, rows, P.shape[1])
    return P.T[:, part].reshape(P.shape[1], -1, rows).transpose(1, 2, 0)
