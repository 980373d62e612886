"""Pooling by the corners of the windows, in pieces of some images, on every core.

All first pixels of the windows are one view of the images, all second pixels another: comparing
whole views needs no copy of the windows. `formulas` says what is computed.
"""

import numpy as np

from digitlib.fast.threads import in_pieces, result_array
from digitlib.formulas import check_pooling_gradient, pooled_shape

__all__ = ["avg_pool", "avg_pool_backward", "max_pool", "max_pool_backward"]


def max_pool(X, size=2, out=None):
    """`formulas.max_pool`, in `out` where it is given."""
    Y = result_array(out, pooled_shape(X.shape, size), X.dtype)

    def piece(part):
        first, *others = _corners(X[part], size)
        y = Y[part]
        y[...] = first
        for other in others:
            np.maximum(y, other, out=y)

    in_pieces(piece, len(X))
    return Y


def max_pool_backward(dY, X, Y, size=2, out=None):
    """`formulas.max_pool_backward`, in `out` where it is given."""
    check_pooling_gradient(dY, X.shape, size)
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


def avg_pool(X, size=2, out=None):
    """`formulas.avg_pool`, in `out` where it is given."""
    Y = result_array(out, pooled_shape(X.shape, size), X.dtype)
    Y[...] = 0
    for x in _corners(X, size):
        Y += x
    Y /= size**2
    return Y


def avg_pool_backward(dY, shape, size=2, out=None):
    """`formulas.avg_pool_backward`, in `out` where it is given."""
    check_pooling_gradient(dY, shape, size)
    dX, share = result_array(out, shape, dY.dtype), dY / size**2
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
