"""Pooling: fewer pixels, each the largest or the mean of some (notebook 14).

Images are (N, H, W, C), as in `convolution`; a window is `size` × `size` pixels, and windows
lie side by side. Rows and columns that do not fill a window are left out.
Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 9.3.
"""

import numpy as np

from digitlib.fast.threads import in_pieces, result_array

__all__ = ["avg_pool", "avg_pool_backward", "max_pool", "max_pool_backward"]


def max_pool(X, size=2, out=None):
    """The largest of each `size` × `size` pixels, channel by channel.

    X (N, H, W, C); returns Y (N, H // size, W // size, C), in `out` where it is given. Raises
    ValueError where not even one window fits.
    """
    Y = result_array(out, _out_shape(X.shape, size), X.dtype)

    def piece(part):
        first, *others = _corners(X[part], size)
        y = Y[part]
        y[...] = first
        for other in others:
            np.maximum(y, other, out=y)

    in_pieces(piece, len(X))
    return Y


def max_pool_backward(dY, X, Y, size=2, out=None):
    """dX: each window's gradient goes to its largest pixel, the first where several are equal.

    dY, Y = max_pool(X, size) (N, H', W', C), X (N, H, W, C); returns dX (N, H, W, C), in `out`
    where it is given. At a tie the derivative does not exist; the first in reading order is
    PyTorch's choice, too.
    """
    _check_gradient(dY, X.shape, size)
    dX = result_array(out, X.shape, dY.dtype)
    _clear_rest(dX, size)

    def piece(part):
        y, dy = Y[part], dY[part]
        free = np.ones(y.shape, bool)  # windows that have not found their largest pixel yet
        *pairs, (_, last) = zip(_corners(X[part], size), _corners(dX[part], size))
        for x, dx in pairs:
            found = x == y
            found &= free
            free ^= found
            np.multiply(dy, found, out=dx)
        np.multiply(dy, free, out=last)

    in_pieces(piece, len(X))
    return dX


def avg_pool(X, size=2):
    """The mean of each `size` × `size` pixels, channel by channel; otherwise as `max_pool`."""
    Y = np.zeros(_out_shape(X.shape, size), X.dtype)
    for x in _corners(X, size):
        Y += x
    Y /= size**2
    return Y


def avg_pool_backward(dY, shape, size=2):
    """dX of shape (N, H, W, C) = `shape`: each pixel of a window gets an equal share of dY."""
    _check_gradient(dY, shape, size)
    dX, share = np.empty(shape, dY.dtype), dY / size**2
    _clear_rest(dX, size)
    for dx in _corners(dX, size):
        dx[...] = share
    return dX


def _corners(X, size):
    """X's pixels by their place in the window: size² views of (n, H // size, W // size, C)."""
    high, wide = (size * (m // size) for m in X.shape[1:3])
    return [X[:, i:high:size, j:wide:size] for i, j in np.ndindex(size, size)]


def _clear_rest(dX, size):
    """Zeros for the rows and columns that fill no window: they had no part in the loss."""
    high, wide = (size * (m // size) for m in dX.shape[1:3])
    dX[:, high:] = 0
    dX[:, :, wide:] = 0


def _out_shape(shape, size):
    if len(shape) != 4 or not 1 <= size <= min(shape[1:3]):
        raise ValueError(
            "pooling takes images (N, H, W, C) and a window of 1 to min(H, W) pixels; got "
            f"shape {shape} and size {size}"
        )
    n, high, wide, channels = shape
    return n, high // size, wide // size, channels


def _check_gradient(dY, shape, size):
    expected = _out_shape(shape, size)
    if dY.shape != expected:
        raise ValueError(f"pooling {shape} by {size} gives {expected}; dY has {dY.shape}")
