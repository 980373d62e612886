"""Answers to the exercises of notebook 00, written from its text."""

import numpy as np
from wrong_answers import right, wrong

wrong("00.ink_to_byte", "multiplied by 256 and cut off", lambda ink: int(256 * ink))
wrong(
    "00.ink_to_byte",
    "rounded up instead of to the nearest",
    lambda ink: int(np.ceil(255 * ink)),
)
wrong("00.ink_to_byte", "astype(uint8) cuts the decimals off", lambda ink: np.uint8(ink * 255))
wrong("00.ink_to_byte", "divides by 255 instead of multiplying", lambda ink: round(ink / 255))
wrong("00.ink_to_byte", "no rounding, two decimals kept", lambda ink: round(255 * ink, 2))
wrong("00.ink_to_byte", "inverted: 0 is full ink", lambda ink: round(255 * (1 - ink)))
wrong("00.ink_to_byte", "floor plus one", lambda ink: int(255 * ink) + 1)
wrong("00.ink_to_byte", "floor division", lambda ink: 255 * ink // 1)
wrong("00.ink_to_byte", "returns bytes", lambda ink: bytes([round(255 * ink)]))
right("00.ink_to_byte", "0-d array", lambda ink: np.array(np.rint(ink * 255)))
right("00.ink_to_byte", "uint8", lambda ink: np.uint8(np.round(ink * 255)))

wrong(
    "00.centred_rows",
    "divides by the standard deviation too",
    lambda X: (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True),
)
wrong("00.centred_rows", "adds the mean", lambda X: X + X.mean(axis=1, keepdims=True))
wrong("00.centred_rows", "median for mean", lambda X: X - np.median(X, axis=1, keepdims=True))
wrong("00.centred_rows", "returns the means", lambda X: X.mean(axis=1, keepdims=True))
wrong("00.centred_rows", "subtracts the largest", lambda X: X - X.max(axis=1, keepdims=True))
wrong("00.centred_rows", "divides by the mean", lambda X: X / X.mean(axis=1, keepdims=True))
wrong("00.centred_rows", "mean minus X", lambda X: X.mean(axis=1, keepdims=True) - X)


@wrong("00.centred_rows", "writes into X")
def _(X):
    X -= X.mean(axis=1, keepdims=True)
    return X


@wrong("00.centred_rows", "no return")
def _(X):
    C = X - X.mean(axis=1, keepdims=True)


@wrong("00.centred_rows", "rows and columns confused in the loop")
def _(X):
    C = X.copy()
    for j in range(X.shape[1]):
        C[:, j] = X[:, j] - X[:, j].mean()
    return C


@wrong("00.centred_rows", "only the last row is returned")
def _(X):
    for row in X:
        C = row - row.mean()
    return C


right("00.centred_rows", "list of rows", lambda X: [row - row.mean() for row in X])

wrong("00.distances", "Manhattan distance", lambda A, B: np.abs(A[:, None] - B).sum(axis=2))
wrong("00.distances", "largest difference", lambda A, B: np.abs(A[:, None] - B).max(axis=2))
wrong(
    "00.distances",
    "mean of squares instead of the sum",
    lambda A, B: np.sqrt(((A[:, None] - B) ** 2).mean(axis=2)),
)
wrong(
    "00.distances",
    "root before the sum",
    lambda A, B: np.sqrt((A[:, None] - B) ** 2).sum(axis=2),
)
wrong(
    "00.distances",
    "sum instead of difference",
    lambda A, B: np.sqrt(((A[:, None] + B) ** 2).sum(axis=2)),
)
wrong("00.distances", "dot products", lambda A, B: A @ B.T)
wrong(
    "00.distances",
    "expanded without a guard: NaN where rounding makes it negative",
    lambda A, B: np.sqrt((A**2).sum(1)[:, None] + (B**2).sum(1) - 2 * A @ B.T - 1e-15),
)
wrong(
    "00.distances",
    "expanded, the 2 forgotten",
    lambda A, B: np.sqrt((A**2).sum(1)[:, None] + (B**2).sum(1) - A @ B.T),
)
wrong(
    "00.distances",
    "one number for everything",
    lambda A, B: np.sqrt(((A[:, None] - B) ** 2).sum()),
)
wrong("00.distances", "no sum", lambda A, B: np.sqrt((A[:, None] - B) ** 2))
wrong(
    "00.distances",
    "square forgotten, root of the sum of differences",
    lambda A, B: np.sqrt(np.abs((A[:, None] - B).sum(axis=2))),
)


@wrong("00.distances", "loop over the same points only")
def _(A, B):
    d = np.zeros((len(A), len(B)))
    for i in range(min(len(A), len(B))):
        d[i, i] = np.sqrt(((A[i] - B[i]) ** 2).sum())
    return d


@wrong("00.distances", "only the first coordinate")
def _(A, B):
    return np.abs(A[:, None, 0] - B[None, :, 0])


right(
    "00.distances",
    "nested lists",
    lambda A, B: [[float(np.sqrt(sum((a - b) ** 2))) for b in B] for a in A],
)

wrong(
    "00.more_ink",
    "clip after the wrap",
    lambda images, by: np.clip(images + np.uint8(by), 0, 255),
)
wrong(
    "00.more_ink",
    "255 minus",
    lambda images, by: 255 - np.minimum(images.astype(int) + by, 255),
)
wrong("00.more_ink", "modulo 256", lambda images, by: (images.astype(int) + by) % 256)
wrong(
    "00.more_ink",
    "maximum for minimum",
    lambda images, by: np.maximum(images.astype(int) + by, 255),
)
wrong("00.more_ink", "scaled to 1", lambda images, by: np.minimum(images / 255 + by / 255, 1))
wrong("00.more_ink", "multiplied", lambda images, by: np.minimum(images.astype(int) * by, 255))
wrong(
    "00.more_ink", "only the blank pixels", lambda images, by: np.where(images == 0, by, images)
)
wrong(
    "00.more_ink",
    "pixels over the limit keep their old value",
    lambda images, by: np.where(images.astype(int) + by > 255, images, images.astype(int) + by),
)
wrong("00.more_ink", "limit 256", lambda images, by: np.minimum(images.astype(int) + by, 256))
wrong("00.more_ink", "python min on an array", lambda images, by: min(images + by, 255))
right("00.more_ink", "float", lambda images, by: np.clip(images.astype(float) + by, 0, 255))

wrong(
    "00.accuracy",
    "error rate",
    lambda predicted, y: np.mean(np.ravel(predicted) != np.ravel(y)),
)
wrong(
    "00.accuracy",
    "in per cent",
    lambda predicted, y: 100 * np.mean(np.ravel(predicted) == np.ravel(y)),
)
wrong(
    "00.accuracy",
    "all equal?",
    lambda predicted, y: bool((np.ravel(predicted) == np.ravel(y)).all()),
)
wrong("00.accuracy", "array of hits", lambda predicted, y: np.ravel(predicted) == np.ravel(y))
wrong(
    "00.accuracy",
    "divided by ten classes",
    lambda predicted, y: (np.ravel(predicted) == np.ravel(y)).sum() / 10,
)
wrong("00.accuracy", "only y flattened", lambda predicted, y: (predicted == y.ravel()).mean())
wrong("00.accuracy", "squeezes one only", lambda predicted, y: (predicted[:, 0] == y).mean())
wrong(
    "00.accuracy",
    "mean difference",
    lambda predicted, y: np.mean(np.ravel(predicted) - np.ravel(y)),
)
wrong(
    "00.accuracy",
    "reshaped to columns, one forgotten",
    lambda predicted, y: (predicted.reshape(-1, 1) == y).mean(),
)
wrong(
    "00.accuracy",
    "rounded",
    lambda predicted, y: round((np.ravel(predicted) == np.ravel(y)).mean()),
)
right(
    "00.accuracy",
    "squeezed",
    lambda predicted, y: np.array((np.ravel(predicted) == np.ravel(y)).mean()),
)

# The wall.
wrong("00.wall.ink", "the other axis", lambda X: np.sum(X, 0))
wrong("00.wall.ink", "mean", lambda X: np.mean(X, axis=1))
wrong("00.wall.ink", "everything", lambda X: np.sum(X))
wrong("00.wall.ink", "by 784, fixed", lambda X: X.mean(axis=1) * 784)
wrong("00.wall.ink", "largest", lambda X: X.max(axis=1))
wrong("00.wall.ink", "as a column", lambda X: X.sum(axis=1)[:, None])
wrong("00.wall.ink", "Python's sum", lambda X: sum(X))
wrong("00.wall.ink", "first image only", lambda X: X[0].sum())
wrong("00.wall.ink", "running sum", lambda X: X.cumsum(axis=1))
wrong("00.wall.ink", "the shape", lambda X: X.shape[0])
right("00.wall.ink", "list", lambda X: [sum(x) for x in X])
wrong("00.wall.mean_image", "the other axis", lambda X: X.mean(1))
wrong("00.wall.mean_image", "everything", lambda X: np.mean(X))
wrong("00.wall.mean_image", "sum", lambda X: np.sum(X, axis=0))
wrong("00.wall.mean_image", "median", lambda X: np.median(X, axis=0))
wrong("00.wall.mean_image", "N - 1", lambda X: X.sum(axis=0) / (len(X) - 1))
wrong("00.wall.mean_image", "64, fixed", lambda X: X.sum(axis=0) / 64)
wrong("00.wall.mean_image", "as a row", lambda X: X.mean(axis=0)[None, :])
wrong("00.wall.mean_image", "the first image", lambda X: X[0])
wrong("00.wall.mean_image", "half the sum", lambda X: (X[0] + X[-1]) / 2)
wrong("00.wall.mean_image", "as a square", lambda X: X.mean(axis=0).reshape(28, 28))
right("00.wall.mean_image", "product", lambda X: np.ones(len(X)) @ X / len(X))
wrong("00.wall.difference", "sum", lambda X, mean_image: X + mean_image)
wrong("00.wall.difference", "sign", lambda X, mean_image: mean_image[None] - X)
wrong("00.wall.difference", "column", lambda X, mean_image: X - mean_image.reshape(-1, 1))
wrong("00.wall.difference", "own mean", lambda X, mean_image: X - X.mean(axis=1)[:, None])
wrong("00.wall.difference", "recomputed", lambda X, mean_image: X - X.mean(axis=0))
wrong("00.wall.difference", "squared", lambda X, mean_image: (X - mean_image) ** 2)
wrong("00.wall.difference", "summed", lambda X, mean_image: (X - mean_image).sum(axis=0))
wrong("00.wall.difference", "ratio", lambda X, mean_image: X / mean_image)
wrong("00.wall.difference", "product", lambda X, mean_image: X @ mean_image)
wrong("00.wall.difference", "nothing", lambda X, mean_image: X)
right("00.wall.difference", "as a row", lambda X, mean_image: X - mean_image.reshape(1, -1))
wrong("00.wall.shares", "no column", lambda X, ink: X / ink)
wrong("00.wall.shares", "as a row", lambda X, ink: X / ink[None, :])
wrong("00.wall.shares", "all the ink", lambda X, ink: X / X.sum())
wrong("00.wall.shares", "other axis", lambda X, ink: X / X.sum(axis=0))
wrong("00.wall.shares", "largest", lambda X, ink: X / X.max(axis=1, keepdims=True))
wrong("00.wall.shares", "mean", lambda X, ink: X / X.mean(axis=1, keepdims=True))
wrong("00.wall.shares", "minus", lambda X, ink: X - ink[:, None])
wrong("00.wall.shares", "per cent", lambda X, ink: 100 * X / ink[:, None])
wrong("00.wall.shares", "whole numbers", lambda X, ink: X // ink[:, None])
wrong("00.wall.shares", "turned over", lambda X, ink: X.T / ink)
right("00.wall.shares", "expand_dims", lambda X, ink: X / np.expand_dims(ink, 1))
wrong("00.wall.scores", "no b", lambda X, W, b: np.dot(X, W))
wrong("00.wall.scores", "minus b", lambda X, W, b: X @ W - b)
wrong("00.wall.scores", "W turned over", lambda X, W, b: X @ W.T + b)
wrong("00.wall.scores", "X turned over", lambda X, W, b: X.T @ W + b)
wrong("00.wall.scores", "b times", lambda X, W, b: X @ W * b)
wrong("00.wall.scores", "b summed", lambda X, W, b: X @ W + b.sum())
wrong("00.wall.scores", "mean", lambda X, W, b: X @ W / len(X) + b)
wrong("00.wall.scores", "b before", lambda X, W, b: (X + b) @ W)
wrong("00.wall.scores", "the digit", lambda X, W, b: (X @ W + b).argmax(axis=1))
wrong("00.wall.scores", "no negative ones", lambda X, W, b: np.maximum(X @ W + b, 0))
right("00.wall.scores", "dot", lambda X, W, b: np.dot(X, W) + b[None, :])

for name, mistakes in {
    "00.wall.ink": [
        ("over everything", lambda X: X.sum()),
        ("axis 0", lambda X: X.sum(axis=0)),
        ("mean", lambda X: X.mean(axis=1)),
        ("kept", lambda X: X.sum(axis=1, keepdims=True)),
        ("count of ink", lambda X: (X > 0).sum(axis=1)),
        ("max", lambda X: X.max(axis=1)),
        ("row by row sum, python", lambda X: sum(X)),
        ("divided by 784", lambda X: X.sum(axis=1) / 784),
        ("first", lambda X: X[0].sum()),
    ],
    "00.wall.mean_image": [
        ("axis 1", lambda X: X.mean(axis=1)),
        ("all", lambda X: X.mean()),
        ("sum", lambda X: X.sum(axis=0)),
        ("median", lambda X: np.median(X, axis=0)),
        ("divided by pixels", lambda X: X.sum(axis=0) / X.shape[1]),
        ("kept", lambda X: X.mean(axis=0, keepdims=True)),
        ("first image", lambda X: X[0]),
        ("std", lambda X: X.std(axis=0)),
    ],
    "00.wall.difference": [
        ("other way", lambda X, mean_image: mean_image - X),
        ("column", lambda X, mean_image: X - mean_image[:, None]),
        ("abs", lambda X, mean_image: np.abs(X - mean_image)),
        ("mean of X again", lambda X, mean_image: X - X.mean()),
        ("sum", lambda X, mean_image: X + mean_image),
        ("squared", lambda X, mean_image: (X - mean_image) ** 2),
        ("divided", lambda X, mean_image: X / mean_image),
        ("own mean", lambda X, mean_image: X - X.mean(axis=1, keepdims=True)),
        ("mean of the mean", lambda X, mean_image: X - mean_image.mean()),
    ],
    "00.wall.shares": [
        ("not a column", lambda X, ink: X / ink),
        ("total", lambda X, ink: X / ink.sum()),
        ("times", lambda X, ink: X * ink[:, None]),
        ("upside down", lambda X, ink: ink[:, None] / X),
        ("row", lambda X, ink: X / ink[None, :]),
        ("max", lambda X, ink: X / ink.max()),
        ("percent", lambda X, ink: 100 * X / ink[:, None]),
        ("minus", lambda X, ink: X - ink[:, None]),
        ("own max", lambda X, ink: X / X.max(axis=1, keepdims=True)),
    ],
    "00.wall.scores": [
        ("b forgotten", lambda X, W, b: X @ W),
        ("W first", lambda X, W, b: W @ X + b),
        ("transposed", lambda X, W, b: X @ W.T + b),
        ("star", lambda X, W, b: X * W + b),
        ("brackets", lambda X, W, b: X @ (W + b)),
        ("b column", lambda X, W, b: X @ W + b[:, None]),
        ("minus", lambda X, W, b: X @ W - b),
        ("b times", lambda X, W, b: X @ W * b),
        ("turned", lambda X, W, b: (X @ W + b).T),
        ("argmax", lambda X, W, b: (X @ W + b).argmax(axis=1)),
    ],
}.items():
    for said, mistake in mistakes:
        wrong(name, said, mistake)
