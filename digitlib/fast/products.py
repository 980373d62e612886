"""Products and sums of arrays with many rows and few columns, two to ten times faster.

That is what a layer with ten units has, and NumPy is made for other shapes. The numbers are
those of the plain expressions in each docstring, up to rounding. Large products of any shape
are shared out among the threads.
"""

import functools

import numpy as np

from digitlib.fast.threads import blas_libraries, in_pieces

__all__ = ["product", "product_over_rows", "row_max", "row_sum", "sum_over_rows"]

# OpenBLAS, the library under `@`, first copies large matrices into another order. That pays
# where each number is then used many times; with ten columns it takes as long as the product
# itself. So tall matrices are multiplied in blocks small enough to be taken as they lie.
NARROW = 16  # columns; wider products are worth the copy
SMALL = 1_000_000  # multiplications in a product that OpenBLAS does without a copy
AVX512 = ("SkylakeX", "Cooperlake", "SapphireRapids")
SHARE = 16  # blocks that one thread multiplies before it asks for more
SHORT = 64  # rows; blocks of fewer gain nothing
WORTH_SHARING = 40_000_000  # multiplications in a product that two cores do faster than one
PART = 50_000_000  # multiplications that one thread does before it asks for more


def product(X, W, out=None):
    """X @ W: X (N, n_in), W (n_in, n_out); returns (N, n_out), in `out` if given."""
    if X.ndim != 2:
        return np.matmul(X, W, out=out)
    (n, n_in), n_out = X.shape, W.shape[1]
    tall = is_tall(X, n_out)
    if not tall and n * n_in * n_out < WORTH_SHARING:
        length = short_blocks(n, n_in, n_out)
        if length and in_one_block(W, out) and takes_small_ones_as_they_lie():
            Z = np.empty((n, n_out), np.result_type(X, W)) if out is None else out
            np.matmul(X.reshape(-1, length, n_in), W, out=Z.reshape(-1, length, n_out))
            return Z
        return np.matmul(X, W, out=out)
    Z = np.empty((n, n_out), np.result_type(X, W)) if out is None else out
    if not tall:
        multiply_in_parts(X, W, Z)
        return Z
    length = block_length(X, n_out)

    def piece(rows):
        for part in whole_and_rest(rows, length):
            np.matmul(blocks(X[part], length), W, out=blocks(Z[part], length))

    in_pieces(piece, n, SHARE * length)
    return Z


def product_over_rows(X, dZ, out=None):
    """X.T @ dZ: X (N, n_in), dZ (N, n_out); returns (n_in, n_out), in `out` if given."""
    if X.ndim != 2:
        return np.matmul(X.T, dZ, out=out)
    (n, n_in), n_out = X.shape, dZ.shape[1]
    if is_tall(X, n_out):
        length = block_length(X, n_out)

        def piece(rows):
            parts = (
                np.matmul(blocks(dZ[part], length).swapaxes(1, 2), blocks(X[part], length))
                for part in whole_and_rest(rows, length)
            )
            return sum(part.sum(axis=0) for part in parts)

        total = sum(in_pieces(piece, n, SHARE * length)).T
        if out is None:
            return total
        out[...] = total
        return out
    large, count = n * n_in * n_out >= WORTH_SHARING, equal_blocks(n, n_in, n_out)
    if not large and (count == 1 or not takes_small_ones_as_they_lie()):
        return np.matmul(X.T, dZ, out=out)
    dW = np.empty((n_in, n_out), np.result_type(X, dZ)) if out is None else out
    if large:
        multiply_in_parts(X.T, dZ, dW)
    else:  # small products, as above, for a mini-batch
        columns = X.reshape(n, count, -1).transpose(1, 2, 0)
        np.matmul(columns, dZ, out=dW.reshape(count, -1, n_out))
    return dW


def multiply_in_parts(A, B, out):
    """out = A @ B, a large product: some rows of the answer at a time, or some columns.

    Every part copies the factor that is not cut, so the one with fewer numbers stays whole.
    """
    multiplications = A.size * B.shape[1]
    count = min(8, max(2, multiplications // PART))
    if A.size >= B.size:
        in_pieces(
            lambda part: np.matmul(A[part], B, out=out[part]), len(A), -(-len(A) // count)
        )
    else:
        columns = B.shape[1]
        in_pieces(
            lambda part: np.matmul(A, B[:, part], out=out[:, part]),
            columns,
            -(-columns // count),
        )


@functools.cache
def short_blocks(n, n_in, n_out):
    """How many rows of a mini-batch make a small product; 0 where that would not pay."""
    if n_in <= n_out or n * n_in * n_out <= SMALL:
        return 0
    return next((k for k in (8, 4) if n % k == 0 and k * n_in * n_out <= SMALL), 0)


def in_one_block(*arrays):
    """Whether each array, where there is one, lies in memory row after row."""
    return all(array is None or array.flags.c_contiguous for array in arrays)


@functools.cache
def takes_small_ones_as_they_lie():
    """Whether BLAS is OpenBLAS with its kernels for AVX-512.

    Its others copy the weights for each block: 1.5 times slower, where these save 15 %.
    """
    return any(
        library.internal_api == "openblas" and library.architecture in AVX512
        for library in blas_libraries()
    )


@functools.cache
def equal_blocks(n, n_in, n_out):
    """Into how many equal blocks to cut X's n_in columns; 1 where it would not pay."""
    for count in range(2, n_in // SHORT + 1):
        if n_in % count == 0 and n * (n_in // count) * n_out <= SMALL < n * n_in * n_out:
            return count
    return 1


def is_tall(X, n_out):
    """Whether a product of X with n_out columns gains from being cut into blocks of rows."""
    return n_out <= NARROW and X.size * n_out > SMALL >= X.shape[1] * n_out


def block_length(X, n_out):
    """How many rows of X make a product with n_out columns that is small."""
    return SMALL // (X.shape[1] * n_out)


def whole_and_rest(rows, length):
    """A slice as one of whole blocks and one of what is left, where there is any."""
    end = rows.start + (rows.stop - rows.start) // length * length
    return [
        part
        for part in (slice(rows.start, end), slice(end, rows.stop))
        if part.stop > part.start
    ]


def blocks(X, length):
    """(n, m) as (n // length, length, m), no copy; a shorter rest as (1, n, m)."""
    return X.reshape(-1, min(length, len(X)), X.shape[1])


def sum_over_rows(dZ, out=None):
    """dZ.sum(axis=0), in `out` if given: NumPy would run N loops of n_out additions."""
    return np.matmul(_ones(len(dZ), dZ.dtype), dZ, out=out)


def row_sum(Z):
    """Z.sum(axis=-1, keepdims=True): Z (N, K) to (N, 1)."""
    return (Z @ _ones(Z.shape[-1], Z.dtype))[..., None]


def row_max(Z):
    """Z.max(axis=-1, keepdims=True): Z (N, K) to (N, 1), by comparing K long columns."""
    return Z.T.copy().max(axis=0)[..., None]


@functools.lru_cache(maxsize=64)
def _ones(n, dtype):
    ones = np.ones(n, dtype)
    ones.flags.writeable = False  # everybody gets the same
    return ones
