"""Answers to the exercises of notebook 14, written from its text."""

import numpy as np
from wrong_answers import right, wrong

D = "14.dilated_size"
wrong(
    D,
    "dilation ignored",
    lambda size, kernel, dilation, stride, padding: (size + 2 * padding - kernel) // stride + 1,
)
wrong(
    D,
    "true division",
    lambda size, kernel, dilation, stride, padding: (
        (size + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1
    ),
)
wrong(
    D,
    "stride ignored",
    lambda size, kernel, dilation, stride, padding: (
        size + 2 * padding - dilation * (kernel - 1)
    ),
)
wrong(
    D,
    "padding ignored",
    lambda size, kernel, dilation, stride, padding: (
        (size - dilation * (kernel - 1) - 1) // stride + 1
    ),
)
wrong(
    D,
    "the span without its 1",
    lambda size, kernel, dilation, stride, padding: (
        (size + 2 * padding - dilation * (kernel - 1)) // stride + 1
    ),
)
wrong(
    D,
    "squared",
    lambda size, kernel, dilation, stride, padding: (
        ((size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1) ** 2
    ),
)
wrong(
    D,
    "rounded up",
    lambda size, kernel, dilation, stride, padding: (
        -(-(size + 2 * padding - dilation * (kernel - 1) - 1) // stride) + 1
    ),
)
wrong(
    D,
    "kernel minus dilation",
    lambda size, kernel, dilation, stride, padding: (
        (size + 2 * padding - (kernel + dilation - 1)) // stride + 1
    ),
)
wrong(
    D,
    "padding subtracted",
    lambda size, kernel, dilation, stride, padding: (
        (size - 2 * padding - dilation * (kernel - 1) - 1) // stride + 1
    ),
)
wrong(
    D,
    "stride of the padding only",
    lambda size, kernel, dilation, stride, padding: (
        size + 2 * padding - (dilation * (kernel - 1) + 1) // stride + 1
    ),
)
wrong(
    D, "the span", lambda size, kernel, dilation, stride, padding: dilation * (kernel - 1) + 1
)
right(
    D,
    "float",
    lambda size, kernel, dilation, stride, padding: float(
        np.floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1)
    ),
)

T = "14.toeplitz"


def fill(w, n, where, rows=None):
    M = np.zeros((n - len(w) + 1 if rows is None else rows, n))
    for x in range(len(M)):
        where(M, x)
    return M


wrong(
    T,
    "one row too few",
    lambda w, n: fill(w, n, lambda M, x: M[x].__setitem__(slice(x, x + len(w)), w))[:-1],
)
wrong(
    T,
    "padded: n rows",
    lambda w, n: np.array(
        [[w[j - i] if 0 <= j - i < len(w) else 0 for j in range(n)] for i in range(n)]
    ),
)
wrong(
    T,
    "moves to the left",
    lambda w, n: fill(w, n, lambda M, x: M[x].__setitem__(slice(n - len(w) - x, n - x), w)),
)
wrong(T, "the answers themselves", lambda w, n: np.convolve(np.arange(n), w[::-1], "valid"))
wrong(
    T,
    "mean kernel",
    lambda w, n: fill(w, n, lambda M, x: M[x].__setitem__(slice(x, x + len(w)), w.mean())),
)
wrong(
    T,
    "integers",
    lambda w, n: fill(w, n, lambda M, x: M[x].__setitem__(slice(x, x + len(w)), w)).astype(int),
)
wrong(T, "first weight only", lambda w, n: fill(w, n, lambda M, x: M[x].__setitem__(x, w[0])))
wrong(
    T,
    "steps of the kernel's length",
    lambda w, n: fill(
        w,
        n,
        lambda M, x: (
            M[x].__setitem__(slice(x * len(w), (x + 1) * len(w)), w)
            if (x + 1) * len(w) <= n
            else None
        ),
    ),
)
wrong(
    T,
    "symmetric",
    lambda w, n: (lambda M: M + np.pad(M, ((0, n - len(M)), (0, 0))).T[: len(M)])(
        fill(w, n, lambda M, x: M[x].__setitem__(slice(x, x + len(w)), w))
    ),
)
wrong(
    T,
    "n - k rows written by range",
    lambda w, n: np.array(
        [np.concatenate([np.zeros(x), w, np.zeros(n - len(w) - x)]) for x in range(n - len(w))]
    ),
)
right(
    T,
    "list of lists",
    lambda w, n: [
        [0.0] * x + list(w) + [0.0] * (n - len(w) - x) for x in range(n - len(w) + 1)
    ],
)

P = "14.pointwise_dW"
wrong(P, "mean over images", lambda dZ, X: np.einsum("nyxc,nyxk->ck", X, dZ) / len(X))
wrong(P, "per image", lambda dZ, X: np.einsum("nyxc,nyxk->nck", X, dZ))
wrong(P, "first image", lambda dZ, X: np.einsum("yxc,yxk->ck", X[0], dZ[0]))
wrong(P, "summed over images only", lambda dZ, X: np.einsum("nyxc,nyxk->yxck", X, dZ))
wrong(P, "minus", lambda dZ, X: -np.einsum("nyxc,nyxk->ck", X, dZ))
wrong(P, "X alone", lambda dZ, X: X.sum(axis=(0, 1, 2)))
wrong(P, "elementwise", lambda dZ, X: (X * dZ).sum(axis=(0, 1, 2)))
wrong(P, "matmul of 4 axes", lambda dZ, X: X.T @ dZ)
wrong(
    P,
    "pixels mixed",
    lambda dZ, X: (
        np.einsum("nyxc,nxyk->ck", X, dZ)
        if X.shape[1] == X.shape[2]
        else np.einsum("nyxc,nyxk->ck", X, dZ[:, ::-1])
    ),
)
wrong(
    P,
    "reshape wrong order",
    lambda dZ, X: X.reshape(X.shape[-1], -1) @ dZ.reshape(-1, dZ.shape[-1]),
)
wrong(P, "squared X", lambda dZ, X: np.einsum("nyxc,nyxk->ck", X**2, dZ))

A = "14.mean_pool_backward"
wrong(A, "not divided, one side repeated", lambda dY, size: dY.repeat(size, axis=1) / size**2)
wrong(A, "other axes", lambda dY, size: dY.repeat(size, axis=2).repeat(size, axis=3) / size**2)
wrong(A, "divided by 4", lambda dY, size: dY.repeat(size, axis=1).repeat(size, axis=2) / 4)
wrong(
    A,
    "times size squared",
    lambda dY, size: dY.repeat(size, axis=1).repeat(size, axis=2) * size**2,
)
wrong(
    A,
    "divided by 2 size",
    lambda dY, size: dY.repeat(size, axis=1).repeat(size, axis=2) / (2 * size),
)
wrong(
    A,
    "the forward pass",
    lambda dY, size: (
        dY[:, : dY.shape[1] // size * size, : dY.shape[2] // size * size]
        .reshape(len(dY), dY.shape[1] // size, size, dY.shape[2] // size, size, -1)
        .mean(axis=(2, 4))
    ),
)
wrong(
    A,
    "all in the last corner",
    lambda dY, size: np.kron(
        dY,
        np.eye(size)[:, ::-1][None, :, :, None] * 0
        + np.pad([[1.0]], ((size - 1, 0), (size - 1, 0)))[None, :, :, None],
    ),
)
wrong(A, "the same dY", lambda dY, size: dY)
wrong(
    A,
    "repeat once too often",
    lambda dY, size: dY.repeat(size**2, axis=1).repeat(size**2, axis=2) / size**2,
)
wrong(
    A,
    "mean over everything",
    lambda dY, size: np.full(
        (len(dY), dY.shape[1] * size, dY.shape[2] * size, dY.shape[3]), dY.mean()
    ),
)
wrong(A, "tile", lambda dY, size: np.tile(dY, (1, size, size, 1)) / size**2)

R = "14.receptive_field"


def field(kernels, strides, add, grow, start=1):
    r, j = start, 1
    for k, s in zip(kernels, strides):
        r += add(k, j, s)
        j = grow(j, s)
    return r


wrong(
    R,
    "k for k - 1",
    lambda kernels, strides: field(kernels, strides, lambda k, j, s: k * j, lambda j, s: j * s),
)
wrong(
    R,
    "strides added",
    lambda kernels, strides: field(
        kernels, strides, lambda k, j, s: (k - 1) * j, lambda j, s: j + s - 1
    ),
)
wrong(
    R,
    "strides summed from 0",
    lambda kernels, strides: field(
        kernels, strides, lambda k, j, s: (k - 1) * j, lambda j, s: j + s
    ),
)
wrong(R, "sum of kernels", lambda kernels, strides: sum(kernels))
wrong(
    R,
    "own stride",
    lambda kernels, strides: field(
        kernels, strides, lambda k, j, s: (k - 1) * s, lambda j, s: j * s
    ),
)
wrong(
    R,
    "area",
    lambda kernels, strides: (
        field(kernels, strides, lambda k, j, s: (k - 1) * j, lambda j, s: j * s) ** 2
    ),
)
wrong(R, "product of kernels", lambda kernels, strides: int(np.prod(kernels)))
wrong(R, "the step", lambda kernels, strides: int(np.prod(strides)))
wrong(
    R,
    "from the last layer, with k",
    lambda kernels, strides: __import__("functools").reduce(
        lambda r, ks: r * ks[1] + ks[0], list(zip(kernels, strides))[::-1], 1
    ),
)
wrong(
    R,
    "list of fields",
    lambda kernels, strides: [
        field(kernels[:i], strides[:i], lambda k, j, s: (k - 1) * j, lambda j, s: j * s)
        for i in range(1, len(kernels) + 1)
    ],
)
wrong(
    R,
    "order of layers reversed",
    lambda kernels, strides: field(
        kernels[::-1], strides[::-1], lambda k, j, s: (k - 1) * j, lambda j, s: j * s
    ),
)
wrong(
    R,
    "times the last stride",
    lambda kernels, strides: (
        field(kernels, strides, lambda k, j, s: (k - 1) * j, lambda j, s: j * s) * strides[-1]
    ),
)
