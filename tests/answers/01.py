"""Answers to the exercises of notebook 01, written from its text."""

import numpy as np
from wrong_answers import right, wrong

wrong("01.row_and_column", "27 for 28", lambda m: (m // 27, m % 27))
wrong("01.row_and_column", "column counted from the right", lambda m: (m // 28, 27 - m % 28))
wrong("01.row_and_column", "rounded", lambda m: (round(m / 28), m % 28))
wrong("01.row_and_column", "one number", lambda m: m // 28 * 28 + m % 28)
wrong("01.row_and_column", "784 for 28", lambda m: (m // 784, m % 784))
wrong("01.row_and_column", "row only", lambda m: m // 28)
wrong(
    "01.row_and_column", "off by one before dividing", lambda m: ((m - 1) // 28, (m - 1) % 28)
)
right("01.row_and_column", "array", lambda m: np.array(divmod(m, 28)))
right("01.row_and_column", "list of 0-d", lambda m: [np.array(m // 28), np.array(m % 28)])

wrong(
    "01.labels_from_bytes", "last label lost", lambda data: np.frombuffer(data, np.uint8)[8:-1]
)
wrong(
    "01.labels_from_bytes", "first label lost", lambda data: np.frombuffer(data, np.uint8)[9:]
)
wrong(
    "01.labels_from_bytes", "skips seven bytes", lambda data: np.frombuffer(data, np.uint8)[7:]
)
wrong("01.labels_from_bytes", "skips two bytes", lambda data: np.frombuffer(data, np.uint8)[2:])
wrong("01.labels_from_bytes", "the header only", lambda data: np.frombuffer(data, np.uint8)[:8])
wrong(
    "01.labels_from_bytes", "returns the count", lambda data: int.from_bytes(data[4:8], "big")
)
wrong(
    "01.labels_from_bytes",
    "count read little-endian",
    lambda data: np.frombuffer(data[8:], np.uint8)[: int.from_bytes(data[4:8], "little") % 7],
)
wrong(
    "01.labels_from_bytes",
    "count from one byte",
    lambda data: np.frombuffer(data, np.uint8, count=data[7], offset=8),
)
wrong(
    "01.labels_from_bytes",
    "32-bit integers",
    lambda data: np.frombuffer(data[8 : 8 + (len(data) - 8) // 4 * 4], np.int32),
)
wrong("01.labels_from_bytes", "bytes unchanged", lambda data: data[8:])
wrong("01.labels_from_bytes", "as text", lambda data: data[8:].decode("latin-1"))
wrong(
    "01.labels_from_bytes",
    "frombuffer without a dtype",
    lambda data: np.frombuffer(data, offset=8),
)
right("01.labels_from_bytes", "list", lambda data: list(data[8:]))


@wrong("01.standardise", "divides by the variance")
def _(train_X, valid_X):
    mean, var = train_X.mean(axis=0), train_X.var(axis=0)
    var = np.where(var == 0, 1, var)
    return (train_X - mean) / var, (valid_X - mean) / var


@wrong("01.standardise", "the mean is not subtracted")
def _(train_X, valid_X):
    std = train_X.std(axis=0)
    std[std == 0] = 1
    return train_X / std, valid_X / std


@wrong("01.standardise", "row by row")
def _(train_X, valid_X):
    mean, std = train_X.mean(axis=1, keepdims=True), train_X.std(axis=1, keepdims=True)
    return (train_X - mean) / std, (valid_X - valid_X.mean(1, keepdims=True)) / valid_X.std(
        1, keepdims=True
    )


@wrong("01.standardise", "epsilon added to the deviation")
def _(train_X, valid_X):
    mean, std = train_X.mean(axis=0), train_X.std(axis=0) + 1e-3
    return (train_X - mean) / std, (valid_X - mean) / std


@wrong("01.standardise", "the deviation of the validation part")
def _(train_X, valid_X):
    mean, std = train_X.mean(axis=0), valid_X.std(axis=0)
    std = np.where(std == 0, 1, std)
    return (train_X - mean) / std, (valid_X - mean) / std


@wrong("01.standardise", "the training part only")
def _(train_X, valid_X):
    mean, std = train_X.mean(axis=0), train_X.std(axis=0)
    return (train_X - mean) / np.where(std == 0, 1, std), valid_X


@wrong("01.standardise", "ddof=1")
def _(train_X, valid_X):
    mean, std = train_X.mean(axis=0), train_X.std(axis=0, ddof=1)
    std = np.where(std == 0, 1, std)
    return (train_X - mean) / std, (valid_X - mean) / std


@wrong("01.standardise", "scaled to 0..1")
def _(train_X, valid_X):
    low, high = train_X.min(axis=0), train_X.max(axis=0)
    span = np.where(high == low, 1, high - low)
    return (train_X - low) / span, (valid_X - low) / span


@wrong("01.standardise", "zero where a pixel never changes in validation too")
def _(train_X, valid_X):
    mean, std = train_X.mean(axis=0), train_X.std(axis=0)
    a = np.divide(train_X - mean, std, out=np.zeros_like(train_X), where=std > 0)
    b = np.divide(valid_X - mean, std, out=np.zeros_like(valid_X), where=std > 0)
    return a, b


@wrong("01.standardise", "writes into what came in")
def _(train_X, valid_X):
    mean, std = train_X.mean(axis=0), train_X.std(axis=0)
    std[std == 0] = 1
    train_X -= mean
    train_X /= std
    return train_X, (valid_X - mean) / std


@wrong("01.standardise", "the mean subtracted after the division")
def _(train_X, valid_X):
    mean, std = train_X.mean(axis=0), train_X.std(axis=0)
    std = np.where(std == 0, 1, std)
    return train_X / std - mean, valid_X / std - mean


@wrong("01.standardise", "returned in the other order")
def _(train_X, valid_X):
    mean, std = train_X.mean(axis=0), train_X.std(axis=0)
    std = np.where(std == 0, 1, std)
    return (valid_X - mean) / std, (train_X - mean) / std


@right("01.standardise", "lists")
def _(train_X, valid_X):
    mean, std = train_X.mean(axis=0), train_X.std(axis=0)
    std[std == 0] = 1
    return [((train_X - mean) / std).tolist(), ((valid_X - mean) / std).tolist()]


wrong(
    "01.nearest_by_angle",
    "divided by the squared length",
    lambda X, M: (X @ M.T / (M**2).sum(axis=1)).argmax(axis=1),
)
wrong(
    "01.nearest_by_angle",
    "divided by the length of x only",
    lambda X, M: (X @ M.T / np.linalg.norm(X, axis=1)[:, None]).argmax(axis=1),
)
wrong(
    "01.nearest_by_angle",
    "argmax over the wrong axis",
    lambda X, M: (X @ (M / np.linalg.norm(M, axis=1, keepdims=True)).T).argmax(axis=0),
)
wrong(
    "01.nearest_by_angle",
    "the largest cosine itself",
    lambda X, M: (X @ (M / np.linalg.norm(M, axis=1, keepdims=True)).T).max(axis=1),
)
wrong(
    "01.nearest_by_angle",
    "one length for all means",
    lambda X, M: (X @ M.T / np.linalg.norm(M)).argmax(axis=1),
)
wrong(
    "01.nearest_by_angle",
    "lengths along the wrong axis",
    lambda X, M: (X @ (M / np.linalg.norm(M, axis=0)).T).argmax(axis=1),
)
wrong(
    "01.nearest_by_angle",
    "sums of the means for their lengths",
    lambda X, M: (X @ M.T / M.sum(axis=1)).argmax(axis=1),
)
wrong(
    "01.nearest_by_angle",
    "multiplied by the lengths",
    lambda X, M: (X @ M.T * np.linalg.norm(M, axis=1)).argmax(axis=1),
)
wrong("01.nearest_by_angle", "argmax of everything", lambda X, M: (X @ M.T).argmax())
wrong("01.nearest_by_angle", "the transpose forgotten", lambda X, M: (X @ M).argmax(axis=1))
wrong(
    "01.nearest_by_angle",
    "angle minimised with argmax",
    lambda X, M: np.arccos(
        np.clip(X @ M.T / np.linalg.norm(X, axis=1)[:, None] / np.linalg.norm(M, axis=1), -1, 1)
    ).argmax(axis=1),
)
right(
    "01.nearest_by_angle",
    "list of ints",
    lambda X, M: [int(np.argmax([x @ m / np.linalg.norm(m) for m in M])) for x in X],
)

# The wall.
wrong("01.wall.scaled", "by the largest", lambda pixels: pixels / np.max(pixels))
wrong("01.wall.scaled", "256", lambda pixels: pixels / 256)
wrong("01.wall.scaled", "whole numbers", lambda pixels: pixels // 255)
wrong("01.wall.scaled", "unchanged", lambda pixels: pixels)
wrong("01.wall.scaled", "as bytes", lambda pixels: (pixels / 255).astype(np.uint8))
wrong("01.wall.scaled", "rounded", lambda pixels: np.round(pixels / 255))
wrong("01.wall.scaled", "stretched", lambda pixels: (pixels - pixels.min()) / np.ptp(pixels))
wrong("01.wall.scaled", "standardised", lambda pixels: (pixels - pixels.mean()) / pixels.std())
wrong("01.wall.scaled", "by the sum", lambda pixels: pixels / pixels.sum())
wrong("01.wall.scaled", "by 784", lambda pixels: pixels / 784)
right("01.wall.scaled", "product", lambda pixels: pixels * (1 / 255))
wrong("01.wall.held", "the rest", lambda rows, share: rows[int(share * len(rows)) :])
wrong("01.wall.held", "a mask", lambda rows, share: np.arange(len(rows)) < share * len(rows))
wrong("01.wall.held", "share as an index", lambda rows, share: rows[:share])
wrong("01.wall.held", "a fifth, fixed", lambda rows, share: rows[: len(rows) // 5])
wrong("01.wall.held", "one too many", lambda rows, share: rows[: int(share * len(rows)) + 1])
wrong("01.wall.held", "every n-th", lambda rows, share: rows[:: round(1 / share)])
wrong("01.wall.held", "the count", lambda rows, share: share * len(rows))
wrong("01.wall.held", "times", lambda rows, share: rows * share)
wrong("01.wall.held", "all", lambda rows, share: rows)
wrong("01.wall.held", "sorted", lambda rows, share: np.sort(rows[: round(share * len(rows))]))
right(
    "01.wall.held", "split", lambda rows, share: np.split(rows, [round(share * len(rows))])[0]
)
wrong("01.wall.kept", "all", lambda N, held: np.arange(N))
wrong("01.wall.kept", "set difference of counts", lambda N, held: np.arange(N) - len(held))
wrong("01.wall.kept", "mask", lambda N, held: np.isin(np.arange(N), held, invert=True))
wrong("01.wall.kept", "the held ones", lambda N, held: np.sort(held))
wrong("01.wall.kept", "from 1", lambda N, held: np.setdiff1d(np.arange(1, N + 1), held))
wrong("01.wall.kept", "exchanged", lambda N, held: np.setdiff1d(held, np.arange(N)))
wrong("01.wall.kept", "the last missing", lambda N, held: np.setdiff1d(np.arange(N - 1), held))
wrong("01.wall.kept", "after them", lambda N, held: np.arange(max(held) + 1, N))
wrong("01.wall.kept", "a number", lambda N, held: N - held.size)
wrong("01.wall.kept", "descending", lambda N, held: np.setdiff1d(np.arange(N), held)[::-1])
right("01.wall.kept", "sets", lambda N, held: sorted(set(range(N)) - set(held.tolist())))
wrong("01.wall.means", "one mean", lambda X, y: np.mean(X, axis=0))
wrong(
    "01.wall.means", "per image", lambda X, y: np.array([X[y == d].mean(1) for d in range(10)])
)
wrong("01.wall.means", "numbers", lambda X, y: [X[y == d].mean() for d in range(10)])
wrong("01.wall.means", "labels as rows", lambda X, y: X[y])
wrong("01.wall.means", "sums", lambda X, y: np.eye(10)[y].T @ X)
wrong(
    "01.wall.means", "from 1", lambda X, y: np.array([X[y == d].mean(0) for d in range(1, 11)])
)
wrong("01.wall.means", "nine", lambda X, y: np.array([X[y == d].mean(0) for d in range(9)]))
wrong(
    "01.wall.means", "first of each", lambda X, y: np.array([X[y == d][0] for d in range(10)])
)
wrong(
    "01.wall.means", "the others", lambda X, y: np.array([X[y != d].mean(0) for d in range(10)])
)
wrong(
    "01.wall.means",
    "turned over",
    lambda X, y: np.array([X[y == d].mean(axis=0) for d in range(10)]).T,
)
right("01.wall.means", "list", lambda X, y: [X[y == d].mean(axis=0) for d in range(10)])


def _squares(new, means):
    return ((new[:, None] - means[None]) ** 2).sum(axis=-1)


wrong("01.wall.nearest", "furthest", lambda new, means: _squares(new, means).argmax(1))
wrong("01.wall.nearest", "distance", lambda new, means: _squares(new, means).min(1))
wrong("01.wall.nearest", "table", lambda new, means: _squares(new, means))
wrong("01.wall.nearest", "other axis", lambda new, means: _squares(new, means).argmin(0))
wrong("01.wall.nearest", "product", lambda new, means: (new @ means.T).argmax(axis=1))
wrong("01.wall.nearest", "smallest product", lambda new, means: (new @ means.T).argmin(axis=1))
wrong(
    "01.wall.nearest",
    "not squared",
    lambda new, means: (new[:, None] - means).sum(axis=2).argmin(axis=1),
)
wrong(
    "01.wall.nearest",
    "Manhattan",
    lambda new, means: abs(new[:, None] - means).sum(axis=2).argmin(axis=1),
)
wrong("01.wall.nearest", "pixels kept", lambda new, means: (new - means[0]) ** 2)
wrong("01.wall.nearest", "from 1", lambda new, means: _squares(new, means).argmin(1) + 1)
right("01.wall.nearest", "argsort", lambda new, means: _squares(new, means).argsort(1)[:, 0])

wrong("01.wall.held", "a slice up to a float", lambda rows, share: rows[: share * len(rows)])
