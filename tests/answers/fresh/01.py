"""A fresh set for notebook 01, written from its text alone."""

import numpy as np
from wrong_answers import right, wrong

N_ = "01.row_and_column"
wrong(N_, "column first", lambda m: (m % 28, m // 28))
wrong(N_, "counts from 1", lambda m: (m // 28 + 1, m % 28 + 1))
wrong(N_, "division with a fraction", lambda m: (m / 28, m % 28))
wrong(N_, "both quotients", lambda m: (m // 28, m // 28))
wrong(N_, "width 27, counted from zero", lambda m: (m // 27, m % 27))
wrong(N_, "rounded row", lambda m: (round(m / 28), m - 28 * round(m / 28)))
wrong(N_, "the rest only", lambda m: m % 28)
wrong(N_, "the column is what is left after the row number", lambda m: (m // 28, m - m // 28))
wrong(N_, "the formula of the text again", lambda m: 28 * (m // 28) + m % 28)
wrong(N_, "columns stacked, transposed with 784", lambda m: (m // 784, m % 784))


@wrong(N_, "a loop that stops one too early")
def _(m):
    r = 0
    while m > 28:
        m -= 28
        r += 1
    return r, m


@right(N_, "loop")
def _(m):
    r = 0
    while m >= 28:
        m -= 28
        r += 1
    return [r, m]


right(N_, "unravel_index", lambda m: np.unravel_index(m, (28, 28)))

N_ = "01.wall.scaled"
wrong(N_, "256", lambda pixels: pixels / 256)
wrong(N_, "by its own largest", lambda pixels: pixels / pixels.max())
wrong(N_, "min-max", lambda pixels: (pixels - pixels.min()) / (pixels.max() - pixels.min()))
wrong(N_, "whole division", lambda pixels: pixels // 255)
wrong(N_, "standardised", lambda pixels: (pixels - pixels.mean()) / pixels.std())
wrong(N_, "inverted", lambda pixels: 1 - pixels / 255)
right(N_, "times a reciprocal", lambda pixels: np.multiply(pixels, 1 / 255.0))

N_ = "01.wall.held"
wrong(N_, "cut off", lambda rows, share: rows[: int(share * len(rows))])
wrong(N_, "the rest", lambda rows, share: rows[round(share * len(rows)) :])
wrong(N_, "from the end", lambda rows, share: rows[-round(share * len(rows)) :])
wrong(N_, "the count only", lambda rows, share: round(share * len(rows)))
wrong(N_, "a fifth, fixed", lambda rows, share: rows[: len(rows) // 5])
wrong(N_, "every k-th", lambda rows, share: rows[:: round(1 / share)] if share else rows[:0])
right(N_, "list", lambda rows, share: list(rows[: int(np.rint(share * len(rows)))]))

N_ = "01.wall.kept"
wrong(N_, "minus how many", lambda N, held: np.arange(N - len(held)))
wrong(N_, "from len(held) on", lambda N, held: np.arange(len(held), N))
wrong(N_, "from 1", lambda N, held: [i for i in range(1, N) if i not in held])
wrong(N_, "up to N", lambda N, held: [i for i in range(N + 1) if i not in held])
wrong(N_, "a mask", lambda N, held: ~np.isin(np.arange(N), held))
wrong(N_, "held itself", lambda N, held: np.sort(held))
wrong(N_, "a set", lambda N, held: set(range(N)) - set(held))
right(N_, "delete", lambda N, held: np.delete(np.arange(N), held))
right(N_, "comprehension", lambda N, held: [i for i in range(N) if i not in set(held)])

N_ = "01.wall.means"
wrong(
    N_, "over pixels", lambda X, y: np.array([X[y == d].mean(axis=1).mean() for d in range(10)])
)
wrong(N_, "sum", lambda X, y: np.array([X[y == d].sum(axis=0) for d in range(10)]))
wrong(
    N_, "digits 1 to 9", lambda X, y: np.array([X[y == d].mean(axis=0) for d in range(1, 10)])
)
wrong(
    N_,
    "divided by all",
    lambda X, y: np.array([X[y == d].sum(axis=0) / len(X) for d in range(10)]),
)
wrong(N_, "median", lambda X, y: np.array([np.median(X[y == d], axis=0) for d in range(10)]))
wrong(N_, "a dictionary", lambda X, y: {d: X[y == d].mean(axis=0) for d in range(10)})
wrong(N_, "row d instead of label d", lambda X, y: np.array([X[d] for d in range(10)]))
right(
    N_,
    "one hot product",
    lambda X, y: np.eye(10)[y].T @ X / np.bincount(y, minlength=10)[:, None],
)

N_ = "01.wall.nearest"
wrong(
    N_, "largest", lambda new, means: ((new[:, None] - means) ** 2).sum(axis=2).argmax(axis=1)
)
wrong(
    N_,
    "axis 0 of (N, 10)",
    lambda new, means: ((new[:, None] - means) ** 2).sum(axis=2).argmin(axis=0),
)
wrong(
    N_,
    "smallest distance, not its place",
    lambda new, means: ((new[:, None] - means) ** 2).sum(axis=2).min(axis=1),
)
wrong(
    N_,
    "differences not squared",
    lambda new, means: (new[:, None] - means).sum(axis=2).argmin(axis=1),
)
wrong(N_, "no axis", lambda new, means: ((new[:, None] - means) ** 2).sum(axis=2).argmin())
wrong(N_, "no axis pair", lambda new, means: ((new - means) ** 2).sum(axis=1).argmin())
wrong(N_, "dot product", lambda new, means: (new @ means.T).argmax(axis=1))
wrong(
    N_,
    "absolute differences",
    lambda new, means: np.abs(new[:, None] - means).sum(axis=2).argmin(axis=1),
)
right(
    N_,
    "norm, list",
    lambda new, means: [int(np.argmin([np.linalg.norm(x - m) for m in means])) for x in new],
)

N_ = "01.standardise"


@wrong(N_, "validation with its own numbers")
def _(train_X, valid_X):
    def f(X):
        s = X.std(axis=0)
        return (X - X.mean(axis=0)) / np.where(s == 0, 1, s)

    return f(train_X), f(valid_X)


@wrong(N_, "numbers of both together")
def _(train_X, valid_X):
    both = np.concatenate([train_X, valid_X])
    m, s = both.mean(axis=0), both.std(axis=0)
    s = np.where(s == 0, 1, s)
    return (train_X - m) / s, (valid_X - m) / s


@wrong(N_, "one mean for all pixels")
def _(train_X, valid_X):
    m, s = train_X.mean(), train_X.std()
    return (train_X - m) / s, (valid_X - m) / s


@wrong(N_, "per image")
def _(train_X, valid_X):
    m, s = train_X.mean(axis=1), train_X.std(axis=1)
    s = np.where(s == 0, 1, s)
    return (train_X - m[:, None]) / s[:, None], (
        valid_X - valid_X.mean(axis=1)[:, None]
    ) / valid_X.std(axis=1)[:, None]


@wrong(N_, "epsilon")
def _(train_X, valid_X):
    m, s = train_X.mean(axis=0), train_X.std(axis=0) + 1e-8
    return (train_X - m) / s, (valid_X - m) / s


@wrong(N_, "no guard")
def _(train_X, valid_X):
    m, s = train_X.mean(axis=0), train_X.std(axis=0)
    return (train_X - m) / s, (valid_X - m) / s


@wrong(N_, "variance")
def _(train_X, valid_X):
    m, s = train_X.mean(axis=0), train_X.var(axis=0)
    s = np.where(s == 0, 1, s)
    return (train_X - m) / s, (valid_X - m) / s


@wrong(N_, "in place")
def _(train_X, valid_X):
    m, s = train_X.mean(axis=0), train_X.std(axis=0)
    s[s == 0] = 1
    train_X -= m
    train_X /= s
    valid_X -= m
    valid_X /= s
    return train_X, valid_X


@wrong(N_, "where turned round")
def _(train_X, valid_X):
    m, s = train_X.mean(axis=0), train_X.std(axis=0)
    s = np.where(s == 0, s, 1)
    return (train_X - m) / s, (valid_X - m) / s


@wrong(N_, "the mean is recomputed after the training set was centred")
def _(train_X, valid_X):
    train = train_X - train_X.mean(axis=0)
    valid = valid_X - train.mean(axis=0)
    s = np.where(train.std(axis=0) == 0, 1, train.std(axis=0))
    return train / s, valid / s


@wrong(N_, "only one set is returned")
def _(train_X, valid_X):
    m, s = train_X.mean(axis=0), train_X.std(axis=0)
    s = np.where(s == 0, 1, s)
    return (valid_X - m) / s


@wrong(N_, "constant pixels set to 0")
def _(train_X, valid_X):
    m, s = train_X.mean(axis=0), train_X.std(axis=0)
    with np.errstate(all="ignore"):
        return np.nan_to_num((train_X - m) / s), np.where(
            s == 0, 0, (valid_X - m) / np.where(s == 0, 1, s)
        )


@right(N_, "a list, guard by boolean sum")
def _(train_X, valid_X):
    m, s = train_X.mean(axis=0), train_X.std(axis=0)
    s = s + (s == 0)
    return [(each - m) / s for each in (train_X, valid_X)]


N_ = "01.labels_from_bytes"
wrong(N_, "header left in", lambda data: np.frombuffer(data, dtype=np.uint8))
wrong(
    N_,
    "sixteen bytes, as for images",
    lambda data: np.frombuffer(data, dtype=np.uint8, offset=16),
)
wrong(
    N_,
    "only the magic number skipped",
    lambda data: np.frombuffer(data, dtype=np.uint8, offset=4),
)
wrong(N_, "four bytes each", lambda data: np.frombuffer(data[8:], dtype=np.int32))
wrong(
    N_,
    "count read little-endian",
    lambda data: np.frombuffer(data, np.uint8, int.from_bytes(data[4:8], "little"), 8),
)
wrong(N_, "the bytes themselves", lambda data: data[8:])
wrong(N_, "returns the count", lambda data: int.from_bytes(data[4:8], "big"))
wrong(N_, "last byte missing", lambda data: np.frombuffer(data[8:-1], dtype=np.uint8))
wrong(N_, "divided by 255", lambda data: np.frombuffer(data, dtype=np.uint8, offset=8) / 255)
wrong(N_, "the first two numbers skipped, not bytes", lambda data: np.array(list(data))[2:])
wrong(N_, "default type", lambda data: np.frombuffer(data, offset=8))
wrong(
    N_,
    "only the last byte of the count read",
    lambda data: np.array(list(data[8 : 8 + data[7]])),
)
right(N_, "list of the bytes", lambda data: np.array(list(data[8:])))
right(N_, "int list", lambda data: [int(b) for b in data][8:])

N_ = "01.nearest_by_angle"
nl = np.linalg.norm
wrong(N_, "dot product only", lambda X, M: (X @ M.T).argmax(axis=1))
wrong(N_, "distance again", lambda X, M: ((X[:, None] - M) ** 2).sum(axis=2).argmin(axis=1))
wrong(N_, "smallest cosine", lambda X, M: (X @ M.T / nl(M, axis=1)).argmin(axis=1))
wrong(N_, "no root", lambda X, M: (X @ M.T / (M**2).sum(axis=1)).argmax(axis=1))
wrong(N_, "the cosines", lambda X, M: X @ M.T / nl(X, axis=1)[:, None] / nl(M, axis=1))
wrong(
    N_, "axis 0", lambda X, M: (X @ M.T / nl(X, axis=1)[:, None] / nl(M, axis=1)).argmax(axis=0)
)
wrong(
    N_,
    "the largest cosine itself",
    lambda X, M: (X @ M.T / nl(X, axis=1)[:, None] / nl(M, axis=1)).max(axis=1),
)
wrong(N_, "one length for all of M", lambda X, M: (X @ M.T / (nl(X) * nl(M))).argmax(axis=1))
wrong(
    N_,
    "only divided by the image's length",
    lambda X, M: (X @ M.T / nl(X, axis=1, keepdims=True)).argmax(axis=1),
)
wrong(N_, "lengths as sums of entries", lambda X, M: (X @ M.T / M.sum(axis=1)).argmax(axis=1))
wrong(
    N_,
    "lengths along axis 0",
    lambda X, M: (X / nl(X, axis=0) @ (M / nl(M, axis=0)).T).argmax(axis=1),
)
wrong(
    N_,
    "image length not a column",
    lambda X, M: (X @ M.T / (nl(X, axis=1) * nl(M, axis=1))).argmax(axis=1),
)
right(
    N_,
    "loop",
    lambda X, M: [max(range(10), key=lambda k: x @ M[k] / np.sqrt(M[k] @ M[k])) for x in X],
)
right(N_, "argmin of minus", lambda X, M: (-(X @ M.T) / nl(M, axis=1)).argmin(1))
