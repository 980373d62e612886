"""Answers to the exercises of notebook 14, written from its text."""

import numpy as np
from wrong_answers import right, wrong

I2C = "14.wall.im2col"


def windows(X, s, cut, high=None, wide=None, step=1):
    """Rows of cut(y, x) over the given numbers of places."""
    high = X.shape[0] - s + 1 if high is None else high
    wide = X.shape[1] - s + 1 if wide is None else wide
    return np.array([cut(y, x) for y in range(0, high, step) for x in range(0, wide, step)])


wrong(
    I2C,
    "the width for both sides",
    lambda X, s: windows(
        X, s, lambda y, x: X[y : y + s, x : x + s].ravel(), high=X.shape[1] - s + 1
    ),
)
wrong(
    I2C,
    "the first place left out",
    lambda X, s: np.array(
        [
            X[y : y + s, x : x + s].ravel()
            for y in range(1, X.shape[0] - s + 1)
            for x in range(1, X.shape[1] - s + 1)
        ]
    ),
)
wrong(
    I2C,
    "s - 1 pixels beyond",
    lambda X, s: windows(X, s, lambda y, x: X[y : y + s + 1, x : x + s + 1].ravel()),
)
wrong(
    I2C,
    "columns of the window first",
    lambda X, s: windows(X, s, lambda y, x: X[y : y + s, x : x + s].transpose(1, 0, 2).ravel()),
)
wrong(
    I2C,
    "the window turned",
    lambda X, s: windows(X, s, lambda y, x: X[y : y + s, x : x + s][::-1, ::-1].ravel()),
)
wrong(
    I2C,
    "the mean of each window",
    lambda X, s: windows(X, s, lambda y, x: X[y : y + s, x : x + s].mean()),
)
wrong(
    I2C,
    "one long row",
    lambda X, s: np.array(
        [
            X[y : y + s, x : x + s].ravel()
            for y in range(X.shape[0] - s + 1)
            for x in range(X.shape[1] - s + 1)
        ]
    ).ravel(),
)
wrong(I2C, "the whole image as rows", lambda X, s: X.reshape(len(X), -1))
wrong(
    I2C,
    "rows of the image only",
    lambda X, s: np.array([X[y : y + s].ravel() for y in range(X.shape[0] - s + 1)]),
)
wrong(
    I2C,
    "corner pixel alone",
    lambda X, s: windows(X, s, lambda y, x: X[y, x].ravel()),
)
wrong(
    I2C,
    "transposed at the end",
    lambda X, s: windows(X, s, lambda y, x: X[y : y + s, x : x + s].ravel()).T,
)


@wrong(I2C, "returns inside the loop")
def _(X, s):
    for y in range(X.shape[0] - s + 1):
        rows = []
        for x in range(X.shape[1] - s + 1):
            rows.append(X[y : y + s, x : x + s].ravel())
        return np.array(rows)


@wrong(I2C, "the list begins anew with each row of places")
def _(X, s):
    for y in range(X.shape[0] - s + 1):
        rows = []
        for x in range(X.shape[1] - s + 1):
            rows.append(X[y : y + s, x : x + s].ravel())
    return np.array(rows)


@right(I2C, "a list of lists")
def _(X, s):
    rows = []
    for y in range(X.shape[0] - s + 1):
        for x in range(X.shape[1] - s + 1):
            rows.append([float(n) for n in X[y : y + s, x : x + s].ravel()])
    return rows


right(
    I2C,
    "np.vstack",
    lambda X, s: np.vstack(
        [
            X[y : y + s, x : x + s].flatten()
            for y, x in np.ndindex(X.shape[0] - s + 1, X.shape[1] - s + 1)
        ]
    ),
)

for letter, mistakes in {
    "dW": [
        ("minus", lambda R, dZ: -R.T @ dZ),
        ("times the places", lambda R, dZ: len(R) * R.T @ dZ),
        ("squared R", lambda R, dZ: (R**2).T @ dZ),
        ("the first place only", lambda R, dZ: np.outer(R[0], dZ[0])),
        ("R @ dZ.T", lambda R, dZ: R @ dZ.T),
        ("dZ @ R", lambda R, dZ: dZ @ R),
        ("elementwise", lambda R, dZ: R * dZ),
        ("summed over kernels", lambda R, dZ: (R.T @ dZ).sum(axis=1)),
        ("turned kernel", lambda R, dZ: (R.T @ dZ)[::-1]),
        ("mean over window numbers", lambda R, dZ: R.T @ dZ / R.shape[1]),
        ("R alone", lambda R, dZ: R.sum(axis=0)),
    ],
    "db": [
        ("column kept", lambda dZ: dZ.sum(axis=0, keepdims=True)),
        ("minus", lambda dZ: -dZ.sum(axis=0)),
        ("first place", lambda dZ: dZ[0]),
        ("max", lambda dZ: dZ.max(axis=0)),
        ("ones", lambda dZ: np.ones(dZ.shape[1])),
        ("column", lambda dZ: dZ.sum(axis=0)[:, None]),
        ("absolute", lambda dZ: np.abs(dZ).sum(axis=0)),
        ("times the places", lambda dZ: len(dZ) * dZ.sum(axis=0)),
        ("mean of all", lambda dZ: dZ.mean()),
        ("last axis", lambda dZ: dZ.sum(axis=-1)),
    ],
    "dR": [
        ("minus", lambda dZ, W: -dZ @ W.T),
        ("mean over kernels", lambda dZ, W: dZ @ W.T / W.shape[1]),
        ("W first", lambda dZ, W: W.T @ dZ),
        ("W @ dZ", lambda dZ, W: W @ dZ),
        ("elementwise", lambda dZ, W: dZ * W),
        ("the first kernel only", lambda dZ, W: np.outer(dZ[:, 0], W[:, 0])),
        ("signs", lambda dZ, W: dZ @ np.sign(W.T)),
        ("summed over numbers", lambda dZ, W: (dZ @ W.T).sum(axis=1)),
        ("squared weights", lambda dZ, W: dZ @ (W**2).T),
        ("transposed whole", lambda dZ, W: (dZ @ W.T).T),
        ("divided by places", lambda dZ, W: dZ @ W.T / len(dZ)),
    ],
}.items():
    for said, mistake in mistakes:
        wrong(f"14.wall.{letter}", said, mistake)
right("14.wall.db", "list", lambda dZ: [float(sum(column)) for column in dZ.T])
right("14.wall.dW", "outer products", lambda R, dZ: sum(np.outer(r, d) for r, d in zip(R, dZ)))
right("14.wall.dR", "turned twice", lambda dZ, W: (W @ dZ.T).T)

C2I = "14.wall.dX"


def laid_back(dR, shape, s, place, block=None, start=0.0):
    """Windows added at place(dX, y, x, block of row q)."""
    dX, q = np.zeros(shape) + start, 0
    for y in range(shape[0] - s + 1):
        for x in range(shape[1] - s + 1):
            rows = dR[q].reshape(s, s, -1) if block is None else block(dR[q])
            place(dX, y, x, rows)
            q += 1
    return dX


def add(s):
    def to(dX, y, x, block):
        dX[y : y + s, x : x + s] += block

    return to


@wrong(C2I, "subtracts")
def _(dR, shape, s):
    return -laid_back(dR, shape, s, add(s))


@wrong(C2I, "keeps the larger")
def _(dR, shape, s):
    def to(dX, y, x, block):
        dX[y : y + s, x : x + s] = np.maximum(dX[y : y + s, x : x + s], block)

    return laid_back(dR, shape, s, to)


@wrong(C2I, "rows and columns exchanged in the block")
def _(dR, shape, s):
    return laid_back(dR, shape, s, add(s), lambda r: r.reshape(s, s, -1).transpose(1, 0, 2))


@wrong(C2I, "divides by the number of places")
def _(dR, shape, s):
    return laid_back(dR, shape, s, add(s)) / len(dR)


@wrong(C2I, "divides by s squared")
def _(dR, shape, s):
    return laid_back(dR, shape, s, add(s)) / s**2


@wrong(C2I, "starts from ones")
def _(dR, shape, s):
    return laid_back(dR, shape, s, add(s), start=1.0)


@wrong(C2I, "the sum of the row for each pixel")
def _(dR, shape, s):
    return laid_back(dR, shape, s, add(s), lambda r: r.sum())


@wrong(C2I, "only one copy, the first")
def _(dR, shape, s):
    dX, q = np.full(shape, np.nan), 0
    for y in range(shape[0] - s + 1):
        for x in range(shape[1] - s + 1):
            home = dX[y : y + s, x : x + s]
            home[...] = np.where(np.isnan(home), dR[q].reshape(s, s, -1), home)
            q += 1
    return dX


@wrong(C2I, "places of the inner loop not counted")
def _(dR, shape, s):
    dX, q = np.zeros(shape), 0
    for y in range(shape[0] - s + 1):
        for x in range(shape[1] - s + 1):
            dX[y : y + s, x : x + s] += dR[q].reshape(s, s, -1)
        q += 1
    return dX


@wrong(C2I, "x before y in the place")
def _(dR, shape, s):
    def to(dX, y, x, block):
        dX[x : x + s, y : y + s] += block

    return laid_back(dR, shape, s, to)


@wrong(C2I, "without the channels")
def _(dR, shape, s):
    dX, q = np.zeros(shape[:2]), 0
    for y in range(shape[0] - s + 1):
        for x in range(shape[1] - s + 1):
            dX[y : y + s, x : x + s] += dR[q].reshape(s, s, -1).sum(axis=2)
            q += 1
    return dX


wrong(C2I, "reshaped to the image", lambda dR, shape, s: np.resize(dR, shape))
wrong(C2I, "forgets to return", lambda dR, shape, s: None)


@right(C2I, "place by its number")
def _(dR, shape, s):
    wide = shape[1] - s + 1
    dX = np.zeros(shape)
    for q, row in enumerate(dR):
        y, x = q // wide, q % wide
        for u in range(s):
            for v in range(s):
                for c in range(shape[2]):
                    dX[y + u, x + v, c] += row[(u * s + v) * shape[2] + c]
    return dX


@right(C2I, "the block with all three sides")
def _(dR, shape, s):
    return laid_back(dR, shape, s, add(s), lambda r: r.reshape((s, s, shape[2])))


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
