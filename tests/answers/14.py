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

# A second reader's answers.
DW, DB, DR = "14.wall.dW", "14.wall.db", "14.wall.dR"
TOEPLITZ, FIELD, DILATED = "14.toeplitz", "14.receptive_field", "14.dilated_size"
POINTWISE, MEAN_POOL = "14.pointwise_dW", "14.mean_pool_backward"


def cut_out(X, s, cut, ys=None, xs=None):
    ys = range(X.shape[0] - s + 1) if ys is None else ys
    xs = range(X.shape[1] - s + 1) if xs is None else xs
    return np.array([cut(y, x) for y in ys for x in xs])


@wrong(I2C, "one place too few (n - s)")
def _(X, s):
    return cut_out(
        X,
        s,
        lambda y, x: X[y : y + s, x : x + s].ravel(),
        range(X.shape[0] - s),
        range(X.shape[1] - s),
    )


@wrong(I2C, "column by column: x outer loop")
def _(X, s):
    h, w = X.shape[0] - s + 1, X.shape[1] - s + 1
    return np.array([X[y : y + s, x : x + s].ravel() for x in range(w) for y in range(h)])


@wrong(I2C, "x and y swapped in slice")
def _(X, s):
    return cut_out(
        X,
        s,
        lambda y, x: X[x : x + s, y : y + s].ravel(),
        range(X.shape[1] - s + 1),
        range(X.shape[0] - s + 1),
    )


@wrong(I2C, "x and y swapped in slice, loops not")
def _(X, s):
    h, w = X.shape[0] - s + 1, X.shape[1] - s + 1
    out = np.zeros((h * w, s * s * X.shape[2]))
    q = 0
    for y in range(h):
        for x in range(w):
            out[q] = X[x : x + s, y : y + s].ravel()
            q += 1
    return out


@wrong(I2C, "jumps by s, no overlap")
def _(X, s):
    return cut_out(
        X,
        s,
        lambda y, x: X[y : y + s, x : x + s].ravel(),
        range(0, X.shape[0] - s + 1, s),
        range(0, X.shape[1] - s + 1, s),
    )


@wrong(I2C, "not ravelled: (Q, s, s, C)")
def _(X, s):
    return cut_out(X, s, lambda y, x: X[y : y + s, x : x + s])


@wrong(I2C, "the transpose: windows as columns")
def _(X, s):
    return cut_out(X, s, lambda y, x: X[y : y + s, x : x + s].ravel()).T


@wrong(I2C, "only channel 0")
def _(X, s):
    return cut_out(X, s, lambda y, x: X[y : y + s, x : x + s, 0].ravel())


@wrong(I2C, "channels first within the row")
def _(X, s):
    return cut_out(X, s, lambda y, x: X[y : y + s, x : x + s].transpose(2, 0, 1).ravel())


@wrong(I2C, "range(height): windows at edge cut short -> ragged; skip ragged by padding")
def _(X, s):
    P = np.pad(X, ((0, s - 1), (0, s - 1), (0, 0)))
    return cut_out(P, s, lambda y, x: P[y : y + s, x : x + s].ravel())


@wrong(I2C, "range(height) ragged list")
def _(X, s):
    return np.array(
        [X[y : y + s, x : x + s].ravel() for y in range(X.shape[0]) for x in range(X.shape[1])]
    )


@wrong(I2C, "same padding centred")
def _(X, s):
    p = s // 2
    P = np.pad(X, ((p, p), (p, p), (0, 0)))
    return cut_out(P, s, lambda y, x: P[y : y + s, x : x + s].ravel())


@wrong(I2C, "q never counted: all in the first row")
def _(X, s):
    h, w = X.shape[0] - s + 1, X.shape[1] - s + 1
    R = np.zeros((h * w, s * s * X.shape[2]))
    q = 0
    for y in range(h):
        for x in range(w):
            R[q] = X[y : y + s, x : x + s].ravel()
    return R


@wrong(I2C, "q = y*h + x")
def _(X, s):
    h, w = X.shape[0] - s + 1, X.shape[1] - s + 1
    R = np.zeros((h * w, s * s * X.shape[2]))
    for y in range(h):
        for x in range(w):
            R[y * h + x] = X[y : y + s, x : x + s].ravel()
    return R


@wrong(I2C, "unpacks two of the shape")
def _(X, s):
    h, w = X.shape
    return np.array(
        [X[y : y + s, x : x + s].ravel() for y in range(h - s + 1) for x in range(w - s + 1)]
    )


@wrong(I2C, "forgets to return")
def _(X, s):
    R = cut_out(X, s, lambda y, x: X[y : y + s, x : x + s].ravel())


@wrong(I2C, "hstack")
def _(X, s):
    return np.hstack(
        [
            X[y : y + s, x : x + s].ravel()
            for y in range(X.shape[0] - s + 1)
            for x in range(X.shape[1] - s + 1)
        ]
    )


@wrong(I2C, "s fixed at 3")
def _(X, s):
    return cut_out(X, 3, lambda y, x: X[y : y + 3, x : x + 3].ravel())


@wrong(I2C, "slice y:s")
def _(X, s):
    h, w = X.shape[0] - s + 1, X.shape[1] - s + 1
    return np.array([X[y:s, x:s].ravel() for y in range(h) for x in range(w)])


@wrong(I2C, "sliding_window_view, channels first")
def _(X, s):
    from numpy.lib.stride_tricks import sliding_window_view as v

    return v(X, (s, s), axis=(0, 1)).reshape(-1, s * s * X.shape[2])


@right(I2C, "list of lists")
def _(X, s):
    return [
        list(X[y : y + s, x : x + s].ravel())
        for y in range(X.shape[0] - s + 1)
        for x in range(X.shape[1] - s + 1)
    ]


@right(I2C, "vstack with flatten")
def _(X, s):
    rows = []
    for y in range(len(X) - s + 1):
        for x in range(len(X[0]) - s + 1):
            rows.append(X[y : y + s, x : x + s, :].flatten())
    return np.vstack(rows)


@right(I2C, "by view")
def _(X, s):
    from numpy.lib.stride_tricks import sliding_window_view as v

    return v(X, (s, s, X.shape[2])).reshape(-1, s * s * X.shape[2])


wrong(DW, "R @ dZ", lambda R, dZ: R @ dZ)
wrong(DW, "swapped", lambda R, dZ: dZ.T @ R)
wrong(DW, "mean over places", lambda R, dZ: R.T @ dZ / len(R))
wrong(DW, "minus", lambda R, dZ: -(R.T @ dZ))
wrong(DW, "elementwise sum", lambda R, dZ: (R * dZ.sum(axis=1, keepdims=True)).sum(axis=0))
wrong(DW, "R.T * dZ sum", lambda R, dZ: R.T @ dZ.sum(axis=1))
wrong(DW, "(s,s,C,F)", lambda R, dZ: (R.T @ dZ).reshape(3, 3, -1, dZ.shape[1]))
wrong(DW, "mean over positions", lambda R, dZ: R.T @ dZ / R.shape[1])
wrong(DW, "dZ.T both", lambda R, dZ: R @ dZ.T)
wrong(DW, "dot dZ.T", lambda R, dZ: R.T @ dZ.T)
wrong(DW, "sign of dZ", lambda R, dZ: R.T @ np.sign(dZ))
right(DW, "einsum", lambda R, dZ: np.einsum("qp,qf->pf", R, dZ))
right(DW, "outer sums", lambda R, dZ: sum(np.outer(r, d) for r, d in zip(R, dZ)))
right(DW, "(dZ.T R).T", lambda R, dZ: (dZ.T @ R).T)

wrong(DB, "mean", lambda dZ: dZ.mean(axis=0))
wrong(DB, "axis 1", lambda dZ: dZ.sum(axis=1))
wrong(DB, "all", lambda dZ: dZ.sum())
wrong(DB, "keepdims", lambda dZ: dZ.sum(axis=0, keepdims=True))
wrong(DB, "dZ itself", lambda dZ: dZ)
wrong(DB, "ones", lambda dZ: np.ones(dZ.shape[1]))
wrong(DB, "places", lambda dZ: np.full(dZ.shape[1], len(dZ)))
wrong(DB, "last axis minus", lambda dZ: -dZ.sum(0))
wrong(DB, "first row", lambda dZ: dZ[0])
right(DB, "list", lambda dZ: [float(c.sum()) for c in dZ.T])
right(DB, "ones @", lambda dZ: np.ones(len(dZ)) @ dZ)

wrong(DR, "no transpose", lambda dZ, W: dZ @ W)
wrong(DR, "swapped", lambda dZ, W: W @ dZ.T)
wrong(DR, "mean over kernels", lambda dZ, W: dZ @ W.T / W.shape[1])
wrong(DR, "mean over places", lambda dZ, W: dZ @ W.T / len(dZ))
wrong(DR, "sum over f of each", lambda dZ, W: dZ.sum(axis=1, keepdims=True) * W.sum(axis=1))
wrong(DR, "minus", lambda dZ, W: -dZ @ W.T)
wrong(DR, "kernel turned", lambda dZ, W: dZ @ W[::-1].T)
wrong(DR, "dZ.T@W", lambda dZ, W: dZ.T @ W)
wrong(DR, "a list of products", lambda dZ, W: dZ[:, None, :] * W)
wrong(DR, "first kernel only", lambda dZ, W: dZ[:, :1] @ W[:, :1].T)
right(DR, "einsum", lambda dZ, W: np.einsum("qf,pf->qp", dZ, W))
right(DR, "loop", lambda dZ, W: np.array([[sum(d * w) for w in W] for d in dZ]))


def lay(dR, shape, s, how):
    dX = np.zeros(shape)
    q = 0
    for y in range(shape[0] - s + 1):
        for x in range(shape[1] - s + 1):
            how(dX, dR, q, y, x)
            q += 1
    return dX


@wrong(C2I, "= for +=")
def _(dR, shape, s):
    def how(dX, dR, q, y, x):
        dX[y : y + s, x : x + s] = dR[q].reshape(s, s, -1)

    return lay(dR, shape, s, how)


@wrong(C2I, "mean over copies")
def _(dR, shape, s):
    n = np.zeros(shape)

    def how(dX, dR, q, y, x):
        dX[y : y + s, x : x + s] += dR[q].reshape(s, s, -1)
        n[y : y + s, x : x + s] += 1

    return lay(dR, shape, s, how) / n


@wrong(C2I, "divided by s*s")
def _(dR, shape, s):
    def how(dX, dR, q, y, x):
        dX[y : y + s, x : x + s] += dR[q].reshape(s, s, -1) / (s * s)

    return lay(dR, shape, s, how)


@wrong(C2I, "turned")
def _(dR, shape, s):
    def how(dX, dR, q, y, x):
        dX[y : y + s, x : x + s] += dR[q].reshape(s, s, -1)[::-1, ::-1]

    return lay(dR, shape, s, how)


@wrong(C2I, "column by column")
def _(dR, shape, s):
    dX = np.zeros(shape)
    q = 0
    for x in range(shape[1] - s + 1):
        for y in range(shape[0] - s + 1):
            dX[y : y + s, x : x + s] += dR[q].reshape(s, s, -1)
            q += 1
    return dX


@wrong(C2I, "q not counted")
def _(dR, shape, s):
    dX = np.zeros(shape)
    q = 0
    for y in range(shape[0] - s + 1):
        for x in range(shape[1] - s + 1):
            dX[y : y + s, x : x + s] += dR[q].reshape(s, s, -1)
    return dX


@wrong(C2I, "last place left out")
def _(dR, shape, s):
    dX = np.zeros(shape)
    w = shape[1] - s + 1
    for y in range(shape[0] - s):
        for x in range(shape[1] - s):
            dX[y : y + s, x : x + s] += dR[y * w + x].reshape(s, s, -1)
    return dX


@wrong(C2I, "last place left out, q counted on")
def _(dR, shape, s):
    dX = np.zeros(shape)
    q = 0
    for y in range(shape[0] - s):
        for x in range(shape[1] - s):
            dX[y : y + s, x : x + s] += dR[q].reshape(s, s, -1)
            q += 1
    return dX


@wrong(C2I, "only the upper left pixel")
def _(dR, shape, s):
    def how(dX, dR, q, y, x):
        dX[y, x] += dR[q].reshape(s, s, -1)[0, 0]

    return lay(dR, shape, s, how)


@wrong(C2I, "sum of row onto corner")
def _(dR, shape, s):
    def how(dX, dR, q, y, x):
        dX[y, x] += dR[q].reshape(s, s, -1).sum(axis=(0, 1))

    return lay(dR, shape, s, how)


@wrong(C2I, "channels first block")
def _(dR, shape, s):
    def how(dX, dR, q, y, x):
        dX[y : y + s, x : x + s] += dR[q].reshape(-1, s, s).transpose(1, 2, 0)

    return lay(dR, shape, s, how)


@wrong(C2I, "transposed block")
def _(dR, shape, s):
    def how(dX, dR, q, y, x):
        dX[y : y + s, x : x + s] += dR[q].reshape(s, s, -1).swapaxes(0, 1)

    return lay(dR, shape, s, how)


@wrong(C2I, "x,y swapped slice")
def _(dR, shape, s):
    def how(dX, dR, q, y, x):
        dX[x : x + s, y : y + s] += dR[q].reshape(s, s, -1)

    return lay(dR, shape, s, how)


@wrong(C2I, "forgets return")
def _(dR, shape, s):
    dX = np.zeros(shape)


@wrong(C2I, "two-dim zeros")
def _(dR, shape, s):
    dX = np.zeros(shape[:2])
    q = 0
    for y in range(shape[0] - s + 1):
        for x in range(shape[1] - s + 1):
            dX[y : y + s, x : x + s] += dR[q].reshape(s, s, -1).sum(axis=2)
            q += 1
    return dX


@wrong(C2I, "just reshape")
def _(dR, shape, s):
    return dR.reshape(shape)


@wrong(C2I, "empty for zeros: starts with ones")
def _(dR, shape, s):
    def how(dX, dR, q, y, x):
        dX[y : y + s, x : x + s] += dR[q].reshape(s, s, -1)

    return np.ones(shape) + lay(dR, shape, s, how)


@wrong(C2I, "whole numbers")
def _(dR, shape, s):
    dX = np.zeros(shape, int)
    q = 0
    for y in range(shape[0] - s + 1):
        for x in range(shape[1] - s + 1):
            dX[y : y + s, x : x + s] += dR[q].reshape(s, s, -1).astype(int)
            q += 1
    return dX


@wrong(C2I, "q = y * height + x")
def _(dR, shape, s):
    dX = np.zeros(shape)
    h = shape[0] - s + 1
    for y in range(shape[0] - s + 1):
        for x in range(shape[1] - s + 1):
            dX[y : y + s, x : x + s] += dR[y * h + x].reshape(s, s, -1)
    return dX


@wrong(C2I, "max of the copies")
def _(dR, shape, s):
    def how(dX, dR, q, y, x):
        dX[y : y + s, x : x + s] = np.maximum(dX[y : y + s, x : x + s], dR[q].reshape(s, s, -1))

    return lay(dR, shape, s, how)


@wrong(C2I, "(s, s) without channels, error")
def _(dR, shape, s):
    def how(dX, dR, q, y, x):
        dX[y : y + s, x : x + s] += dR[q].reshape(s, s)

    return lay(dR, shape, s, how)


@wrong(C2I, "index list for view, fancy +=")
def _(dR, shape, s):
    dX = np.zeros(shape)
    h, w = shape[0] - s + 1, shape[1] - s + 1
    yy, xx = np.mgrid[:h, :w]
    B = dR.reshape(h, w, s, s, -1)
    ys = yy[:, :, None, None] + np.arange(s)[None, None, :, None]
    xs = xx[:, :, None, None] + np.arange(s)
    dX[ys, xs] += B
    return dX


@wrong(C2I, "one channel's broadcast")
def _(dR, shape, s):
    def how(dX, dR, q, y, x):
        dX[y : y + s, x : x + s] += dR[q].reshape(s, s, -1)[:, :, :1]

    return lay(dR, shape, s, how)


@wrong(C2I, "a loop over q with y=q//s")
def _(dR, shape, s):
    dX = np.zeros(shape)
    for q, row in enumerate(dR):
        y, x = divmod(q, s)
        b = dX[y : y + s, x : x + s]
        r = row.reshape(s, s, -1)
        b += r[: b.shape[0], : b.shape[1]]
    return dX


@wrong(C2I, "divmod(q, shape[1]) naturally")
def _(dR, shape, s):
    dX = np.zeros(shape)
    for q, row in enumerate(dR):
        y, x = divmod(q, shape[1])
        dX[y : y + s, x : x + s] += row.reshape(s, s, -1)
    return dX


@wrong(I2C, "whole numbers")
def _(X, s):
    R = np.zeros(((X.shape[0] - s + 1) * (X.shape[1] - s + 1), s * s * X.shape[2]), int)
    R[:] = cut_out(X, s, lambda y, x: X[y : y + s, x : x + s].ravel())
    return R


@wrong(C2I, "y = q // width of image")
def _(dR, shape, s):
    dX = np.zeros(shape)
    for q, row in enumerate(dR):
        y, x = divmod(q, shape[1])
        b = dX[y : y + s, x : x + s]
        r = row.reshape(s, s, -1)
        b += r[: b.shape[0], : b.shape[1]]
    return dX


@right(C2I, "np.add.at")
def _(dR, shape, s):
    dX = np.zeros(shape)
    h, w = shape[0] - s + 1, shape[1] - s + 1
    yy, xx = np.mgrid[:h, :w]
    B = dR.reshape(h, w, s, s, -1)
    ys = yy[:, :, None, None] + np.arange(s)[None, None, :, None]
    xs = xx[:, :, None, None] + np.arange(s)
    np.add.at(dX, (ys, xs), B)
    return dX


@right(C2I, "loop over window positions")
def _(dR, shape, s):
    dX = np.zeros(shape)
    h, w = shape[0] - s + 1, shape[1] - s + 1
    B = dR.reshape(h, w, s, s, shape[2])
    for u in range(s):
        for v in range(s):
            dX[u : u + h, v : v + w] += B[:, :, u, v]
    return dX


@right(C2I, "divmod")
def _(dR, shape, s):
    dX = np.zeros(shape)
    for q, row in enumerate(dR):
        y, x = divmod(q, shape[1] - s + 1)
        dX[y : y + s, x : x + s] += row.reshape(s, s, -1)
    return dX


def toe(w, n, put):
    T = np.zeros((n - len(w) + 1, n))
    for q in range(len(T)):
        put(T, q)
    return T


@wrong(TOEPLITZ, "(n, n)")
def _(w, n):
    T = np.zeros((n, n))
    for q in range(n):
        for v in range(len(w)):
            if q + v < n:
                T[q, q + v] = w[v]
    return T


@wrong(TOEPLITZ, "turned")
def _(w, n):
    def put(T, q):
        T[q, q : q + len(w)] = w[::-1]

    return toe(w, n, put)


@wrong(TOEPLITZ, "transposed")
def _(w, n):
    def put(T, q):
        T[q, q : q + len(w)] = w

    return toe(w, n, put).T


@wrong(TOEPLITZ, "one row short")
def _(w, n):
    T = np.zeros((n - len(w), n))
    for q in range(len(T)):
        T[q, q : q + len(w)] = w
    return T


@wrong(TOEPLITZ, "not moved")
def _(w, n):
    def put(T, q):
        T[q, : len(w)] = w

    return toe(w, n, put)


@wrong(TOEPLITZ, "wraps round")
def _(w, n):
    first = np.concatenate([w, np.zeros(n - len(w))])
    return np.array([np.roll(first, q) for q in range(n)])


@wrong(TOEPLITZ, "roll to the left")
def _(w, n):
    first = np.concatenate([w, np.zeros(n - len(w))])
    return np.array([np.roll(first, -q) for q in range(n - len(w) + 1)])


@wrong(TOEPLITZ, "centred, padded")
def _(w, n):
    c = len(w) // 2
    T = np.zeros((n, n))
    for q in range(n):
        for v in range(len(w)):
            if 0 <= q + v - c < n:
                T[q, q + v - c] = w[v]
    return T


@wrong(TOEPLITZ, "integer zeros")
def _(w, n):
    T = np.zeros((n - len(w) + 1, n), int)
    for q in range(len(T)):
        T[q, q : q + len(w)] = w
    return T


@wrong(TOEPLITZ, "scipy style lower")
def _(w, n):
    T = np.zeros((n, n - len(w) + 1))
    for q in range(T.shape[1]):
        T[q : q + len(w), q] = w
    return T


@wrong(TOEPLITZ, "steps of len(w)")
def _(w, n):
    def put(T, q):
        if q * len(w) + len(w) <= n:
            T[q, q * len(w) : q * len(w) + len(w)] = w

    return toe(w, n, put)


@wrong(TOEPLITZ, "one diagonal only: w[0]")
def _(w, n):
    return np.eye(n - len(w) + 1, n) * w[0]


@wrong(TOEPLITZ, "three weights assumed")
def _(w, n):
    T = np.zeros((n - 2, n))
    for q in range(n - 2):
        T[q, q : q + 3] = w[:3]
    return T


@wrong(TOEPLITZ, "the matrix of windows of w")
def _(w, n):
    return np.outer(np.ones(n - len(w) + 1), np.concatenate([w, np.zeros(n - len(w))]))


@right(TOEPLITZ, "np.eye sums")
def _(w, n):
    return sum(c * np.eye(n - len(w) + 1, n, v) for v, c in enumerate(w))


@right(TOEPLITZ, "lists")
def _(w, n):
    w = list(w)
    return [[0] * q + w + [0] * (n - len(w) - q) for q in range(n - len(w) + 1)]


@right(TOEPLITZ, "im2col of eye")
def _(w, n):
    E = np.eye(n)
    return np.array(
        [sum(w[v] * E[q + v] for v in range(len(w))) for q in range(n - len(w) + 1)]
    )


@wrong(FIELD, "sum of kernels")
def _(k, s):
    return sum(k)


@wrong(FIELD, "product")
def _(k, s):
    return int(np.prod(k))


@wrong(FIELD, "strides ignored")
def _(k, s):
    return 1 + sum(a - 1 for a in k)


@wrong(FIELD, "own stride taken first")
def _(k, s):
    f, j = 1, 1
    for a, b in zip(k, s):
        j *= b
        f += (a - 1) * j
    return f


@wrong(FIELD, "k instead of k-1")
def _(k, s):
    f, j = 1, 1
    for a, b in zip(k, s):
        f += a * j
        j *= b
    return f


@wrong(FIELD, "starts at 0")
def _(k, s):
    f, j = 0, 1
    for a, b in zip(k, s):
        f += (a - 1) * j
        j *= b
    return f


@wrong(FIELD, "stride not multiplied: last stride")
def _(k, s):
    f, prev = 1, 1
    for a, b in zip(k, s):
        f += (a - 1) * prev
        prev = b
    return f


@wrong(FIELD, "strides added")
def _(k, s):
    f, j = 1, 0
    for a, b in zip(k, s):
        f += (a - 1) * max(j, 1)
        j += b
    return f


@wrong(FIELD, "backwards order read from scores, f*s+k")
def _(k, s):
    f = 1
    for a, b in zip(reversed(k), reversed(s)):
        f = f * b + a
    return f


@wrong(FIELD, "front order of the backward rule")
def _(k, s):
    f = 1
    for a, b in zip(k, s):
        f = (f - 1) * b + a
    return f


@wrong(FIELD, "area")
def _(k, s):
    f, j = 1, 1
    for a, b in zip(k, s):
        f += (a - 1) * j
        j *= b
    return f * f


@wrong(FIELD, "list of all layers")
def _(k, s):
    f, j, o = 1, 1, []
    for a, b in zip(k, s):
        f += (a - 1) * j
        j *= b
        o.append(f)
    return o


@wrong(FIELD, "k * stride")
def _(k, s):
    return 1 + sum((a - 1) * b for a, b in zip(k, s))


@wrong(FIELD, "size of the map of 28")
def _(k, s):
    n = 28
    for a, b in zip(k, s):
        n = (n - a) // b + 1
    return n


@wrong(FIELD, "last layer left out")
def _(k, s):
    f, j = 1, 1
    for a, b in zip(k[:-1], s[:-1]):
        f += (a - 1) * j
        j *= b
    return f


@wrong(FIELD, "fixed at this network's")
def _(k, s):
    return 16


@wrong(FIELD, "total stride times kernels")
def _(k, s):
    return int(np.prod(s)) * max(k)


@right(FIELD, "backward")
def _(k, s):
    f = 1
    for a, b in reversed(list(zip(k, s))):
        f = (f - 1) * b + a
    return f


@right(FIELD, "cumprod")
def _(k, s):
    j = np.cumprod([1, *s[:-1]])
    return 1 + np.sum((np.array(k) - 1) * j)


@right(FIELD, "float")
def _(k, s):
    j = np.cumprod([1.0, *s[:-1]])
    return 1 + float(np.sum((np.array(k) - 1) * j))


wrong(
    DILATED,
    "dilation*kernel",
    lambda size, kernel, dilation, stride, padding: (
        (size + 2 * padding - dilation * kernel) // stride + 1
    ),
)
wrong(
    DILATED,
    "no dilation",
    lambda size, kernel, dilation, stride, padding: (size + 2 * padding - kernel) // stride + 1,
)
wrong(
    DILATED,
    "padding once",
    lambda size, kernel, dilation, stride, padding: (
        (size + padding - dilation * (kernel - 1) - 1) // stride + 1
    ),
)
wrong(
    DILATED,
    "no +1",
    lambda size, kernel, dilation, stride, padding: (
        (size + 2 * padding - dilation * (kernel - 1) - 1) // stride
    ),
)
wrong(
    DILATED,
    "extent without +1",
    lambda size, kernel, dilation, stride, padding: (
        (size + 2 * padding - dilation * (kernel - 1)) // stride + 1
    ),
)
wrong(
    DILATED,
    "true division",
    lambda size, kernel, dilation, stride, padding: (
        (size + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1
    ),
)
wrong(
    DILATED,
    "rounded",
    lambda size, kernel, dilation, stride, padding: (
        round((size + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1
    ),
)
wrong(
    DILATED,
    "ceil",
    lambda size, kernel, dilation, stride, padding: (
        -(-(size + 2 * padding - dilation * (kernel - 1) - 1) // stride) + 1
    ),
)
wrong(
    DILATED,
    "gaps of d: (k-1)*(d+1)+1",
    lambda size, kernel, dilation, stride, padding: (
        (size + 2 * padding - (dilation + 1) * (kernel - 1) - 1) // stride + 1
    ),
)
wrong(
    DILATED,
    "k + d - 1",
    lambda size, kernel, dilation, stride, padding: (
        (size + 2 * padding - (kernel + dilation - 1)) // stride + 1
    ),
)
wrong(
    DILATED,
    "dilation of the stride",
    lambda size, kernel, dilation, stride, padding: (
        (size + 2 * padding - kernel) // (stride * dilation) + 1
    ),
)
wrong(
    DILATED,
    "+1 inside",
    lambda size, kernel, dilation, stride, padding: (
        (size + 2 * padding - dilation * (kernel - 1) - 1 + 1) // stride
    ),
)
wrong(
    DILATED,
    "stride left out",
    lambda size, kernel, dilation, stride, padding: (
        size + 2 * padding - dilation * (kernel - 1)
    ),
)
right(
    DILATED,
    "len(range)",
    lambda size, kernel, dilation, stride, padding: len(
        range(0, size + 2 * padding - dilation * (kernel - 1), stride)
    ),
)
right(
    DILATED,
    "floor",
    lambda size, kernel, dilation, stride, padding: (
        np.floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1
    ),
)

wrong(POINTWISE, "no reshape matmul", lambda dZ, X: X.swapaxes(-1, -2) @ dZ)
wrong(
    POINTWISE,
    "swapped",
    lambda dZ, X: dZ.reshape(-1, dZ.shape[-1]).T @ X.reshape(-1, X.shape[-1]),
)
wrong(
    POINTWISE,
    "mean over N",
    lambda dZ, X: X.reshape(-1, X.shape[-1]).T @ dZ.reshape(-1, dZ.shape[-1]) / len(X),
)
wrong(
    POINTWISE,
    "mean over pixels",
    lambda dZ, X: X.reshape(-1, X.shape[-1]).T @ dZ.reshape(-1, dZ.shape[-1]) / X[..., 0].size,
)
wrong(POINTWISE, "sum of (N,..) only", lambda dZ, X: np.einsum("nhwc,nhwf->hwcf", X, dZ))
wrong(
    POINTWISE,
    "sums separately",
    lambda dZ, X: np.outer(X.sum(axis=(0, 1, 2)), dZ.sum(axis=(0, 1, 2))),
)
wrong(
    POINTWISE,
    "reshape (C,-1)",
    lambda dZ, X: X.reshape(X.shape[-1], -1) @ dZ.reshape(-1, dZ.shape[-1]),
)
wrong(POINTWISE, "per image", lambda dZ, X: np.einsum("nhwc,nhwf->ncf", X, dZ))
wrong(
    POINTWISE,
    "first image",
    lambda dZ, X: X[0].reshape(-1, X.shape[-1]).T @ dZ[0].reshape(-1, dZ.shape[-1]),
)
wrong(POINTWISE, "(1,1,C,F)", lambda dZ, X: np.einsum("nhwc,nhwf->cf", X, dZ)[None, None])
right(POINTWISE, "tensordot", lambda dZ, X: np.tensordot(X, dZ, ([0, 1, 2], [0, 1, 2])))
right(
    POINTWISE, "loop", lambda dZ, X: sum(np.outer(X[i], dZ[i]) for i in np.ndindex(X.shape[:3]))
)


def up(dY, size):
    return dY.repeat(size, axis=1).repeat(size, axis=2)


wrong(MEAN_POOL, "no division", lambda dY, size: up(dY, size))
wrong(MEAN_POOL, "by size", lambda dY, size: up(dY, size) / size)
wrong(MEAN_POOL, "times size^2", lambda dY, size: up(dY, size) * size**2)
wrong(
    MEAN_POOL,
    "axes 0,1",
    lambda dY, size: dY.repeat(size, axis=0).repeat(size, axis=1) / size**2,
)
wrong(MEAN_POOL, "tile", lambda dY, size: np.tile(dY, (1, size, size, 1)) / size**2)
wrong(MEAN_POOL, "only rows", lambda dY, size: dY.repeat(size, axis=1) / size**2)
wrong(MEAN_POOL, "four assumed", lambda dY, size: up(dY, size) / 4)
wrong(MEAN_POOL, "by N", lambda dY, size: up(dY, size) / len(dY))
wrong(
    MEAN_POOL, "by the whole map", lambda dY, size: up(dY, size) / (dY.shape[1] * dY.shape[2])
)
wrong(
    MEAN_POOL,
    "reshape",
    lambda dY, size: (np.repeat(dY, size * size) / size**2).reshape(
        len(dY), dY.shape[1] * size, dY.shape[2] * size, -1
    ),
)
wrong(
    MEAN_POOL,
    "channels repeated",
    lambda dY, size: dY.repeat(size, axis=2).repeat(size, axis=3) / size**2,
)
wrong(MEAN_POOL, "+ padding", lambda dY, size: dY / size**2)
right(MEAN_POOL, "kron", lambda dY, size: np.kron(dY, np.ones((1, size, size, 1))) / size**2)
