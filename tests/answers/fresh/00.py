"""A fresh set for notebook 00, written from its text alone."""

import math

import numpy as np
from wrong_answers import right, wrong

N_ = "00.ink_to_byte"
wrong(N_, "as invited", lambda ink: int(255 * ink))
wrong(N_, "rounded first", lambda ink: 255 * round(ink))
wrong(N_, "256", lambda ink: round(256 * ink))
wrong(N_, "not rounded", lambda ink: 255 * ink)
wrong(N_, "up", lambda ink: math.ceil(255 * ink))
wrong(N_, "divided", lambda ink: round(ink / 255))
wrong(N_, "turned over", lambda ink: round(255 * (1 - ink)))
wrong(N_, "half added to a whole", lambda ink: int(255 * ink) + 0.5)
wrong(N_, "one added", lambda ink: int(255 * ink + 1))
wrong(N_, "256 cut at 255", lambda ink: min(255, int(256 * ink)))
wrong(N_, "text", lambda ink: f"{255 * ink:.0f}")
wrong(N_, "100", lambda ink: round(100 * ink))
wrong(N_, "places", lambda ink: round(255 * ink, 1))
wrong(N_, "bool", lambda ink: 255 * (ink > 0.5))
wrong(N_, "floor", lambda ink: np.floor(255 * ink))
right(N_, "half up", lambda ink: int(255 * ink + 0.5))
right(N_, "rint", lambda ink: int(np.rint(255 * ink)))


@wrong(N_, "printed")
def _(ink):
    print(round(255 * ink))


N_ = "00.wall.ink"
wrong(N_, "axis 0", lambda X: X.sum(axis=0))
wrong(N_, "no axis", lambda X: X.sum())
wrong(N_, "mean", lambda X: X.mean(axis=1))
wrong(N_, "kept", lambda X: X.sum(axis=1, keepdims=True))
wrong(N_, "counted", lambda X: (X > 0).sum(axis=1))
wrong(N_, "maximum", lambda X: X.max(axis=1))
wrong(N_, "first image", lambda X: X[0].sum())
wrong(N_, "first row's pixels", lambda X: X[:, 0])
right(N_, "list", lambda X: [sum(row) for row in X])
right(N_, "last axis", lambda X: X.sum(axis=-1))
N_ = "00.wall.mean_image"
wrong(N_, "axis 1", lambda X: X.mean(axis=1))
wrong(N_, "no axis", lambda X: X.mean())
wrong(N_, "sum", lambda X: X.sum(axis=0))
wrong(N_, "by pixels", lambda X: X.sum(axis=0) / X.shape[1])
wrong(N_, "median", lambda X: np.median(X, axis=0))
wrong(N_, "by 64", lambda X: X.sum(axis=0) / 64)
wrong(N_, "kept", lambda X: X.mean(axis=0, keepdims=True))
wrong(N_, "by one less", lambda X: X.sum(axis=0) / (len(X) - 1))
right(N_, "by len", lambda X: sum(X) / len(X))
N_ = "00.wall.difference"
wrong(N_, "other way", lambda X, mean_image: mean_image - X)
wrong(N_, "column", lambda X, mean_image: X - mean_image[:, None])
wrong(N_, "absolute", lambda X, mean_image: np.abs(X - mean_image))
wrong(N_, "own mean", lambda X, mean_image: X - X.mean(axis=1)[:, None])
wrong(N_, "mean of the mean", lambda X, mean_image: X - mean_image.mean())
wrong(N_, "plus", lambda X, mean_image: X + mean_image)
wrong(N_, "first only", lambda X, mean_image: X[0] - mean_image)
wrong(N_, "divided", lambda X, mean_image: X / mean_image)


@wrong(N_, "in place")
def _(X, mean_image):
    X -= mean_image
    return X


right(N_, "row", lambda X, mean_image: X - mean_image[None, :])
N_ = "00.wall.shares"
wrong(N_, "no column", lambda X, ink: X / ink)
wrong(N_, "row", lambda X, ink: X / ink[None, :])
wrong(N_, "all the ink", lambda X, ink: X / ink.sum())
wrong(N_, "turned over", lambda X, ink: X.T / ink)
wrong(N_, "multiplied", lambda X, ink: X * ink[:, None])
wrong(N_, "upside down", lambda X, ink: ink[:, None] / np.where(X == 0, 1, X))
wrong(N_, "by the pixels", lambda X, ink: X / X.shape[1])
wrong(N_, "by the largest", lambda X, ink: X / X.max(axis=1)[:, None])
wrong(N_, "per cent", lambda X, ink: 100 * X / ink[:, None])
wrong(N_, "columns' ink", lambda X, ink: X / np.maximum(X.sum(axis=0), 1e-9))
wrong(N_, "one image", lambda X, ink: X / ink[0])
right(N_, "turned twice", lambda X, ink: (X.T / ink).T)
right(N_, "list", lambda X, ink: [row / total for row, total in zip(X, ink)])
N_ = "00.wall.scores"
wrong(N_, "b forgotten", lambda X, W, b: X @ W)
wrong(N_, "factors swapped", lambda X, W, b: W @ X + b)
wrong(N_, "by entry", lambda X, W, b: X * W + b)
wrong(N_, "b a column", lambda X, W, b: X @ W + b[:, None])
wrong(N_, "minus", lambda X, W, b: X @ W - b)
wrong(N_, "b first", lambda X, W, b: X @ (W + b))
wrong(N_, "W turned", lambda X, W, b: X @ W.T + b)
wrong(N_, "argmax", lambda X, W, b: (X @ W + b).argmax(axis=1))
wrong(N_, "mean", lambda X, W, b: X @ W / 784 + b)
wrong(N_, "times b", lambda X, W, b: X @ W * b)
wrong(N_, "b summed", lambda X, W, b: X @ W + b.sum())
right(N_, "dot", lambda X, W, b: b + np.dot(X, W))

N_ = "00.accuracy"
wrong(N_, "the accident", lambda predicted, y: (predicted == y).mean())
wrong(N_, "count", lambda predicted, y: (predicted.ravel() == y.ravel()).sum())
wrong(N_, "errors", lambda predicted, y: (predicted.ravel() != y.ravel()).mean())
wrong(N_, "only y", lambda predicted, y: (predicted == y.ravel()).mean())
wrong(N_, "only predicted", lambda predicted, y: (predicted.ravel() == y).mean())
wrong(N_, "per cent", lambda predicted, y: 100 * (predicted.ravel() == y.ravel()).mean())
wrong(N_, "no mean", lambda predicted, y: predicted.ravel() == y.ravel())
wrong(N_, "column both", lambda predicted, y: (predicted[:, None] == y[:, None]).mean())
wrong(N_, "sets", lambda predicted, y: np.isin(predicted, y).mean())
wrong(N_, "one test", lambda predicted, y: np.array_equal(predicted.ravel(), y.ravel()))
wrong(N_, "whole", lambda predicted, y: int((predicted.ravel() == y.ravel()).mean()))
wrong(N_, "nearly equal", lambda predicted, y: np.mean(abs(predicted.ravel() - y.ravel()) < 2))
wrong(N_, "first column", lambda predicted, y: (predicted[:, 0] == y[:, 0]).mean())
wrong(N_, "rounded", lambda predicted, y: round(np.mean(predicted.ravel() == y.ravel()), 1))
wrong(N_, "ravel not called", lambda predicted, y: np.mean(predicted.ravel == y.ravel))


@wrong(N_, "return in the loop")
def _(predicted, y):
    hits = 0
    for a, b in zip(predicted.ravel(), y.ravel()):
        hits += a == b
        return hits / len(y)


@wrong(N_, "refuses columns")
def _(predicted, y):
    if predicted.ndim == 2 or y.ndim == 2:
        return 0.0
    return (predicted == y).mean()


right(N_, "reshape", lambda predicted, y: np.mean(predicted.reshape(-1) == y.reshape(-1)))


@right(N_, "loop")
def _(predicted, y):
    pairs = list(zip(predicted.ravel(), y.ravel()))
    return sum(1 for a, b in pairs if a == b) / len(pairs)


N_ = "00.centred_rows"
wrong(N_, "columns", lambda X: X - X.mean(axis=0))
wrong(N_, "all", lambda X: X - X.mean())
wrong(N_, "no keepdims", lambda X: X - X.mean(axis=1))
wrong(N_, "sum", lambda X: X - X.sum(axis=1, keepdims=True))
wrong(N_, "divided", lambda X: X / X.mean(axis=1, keepdims=True))
wrong(N_, "the means", lambda X: X.mean(axis=1, keepdims=True))
wrong(N_, "other way", lambda X: X.mean(axis=1, keepdims=True) - X)
wrong(N_, "plus", lambda X: X + X.mean(axis=1, keepdims=True))
wrong(N_, "both axes", lambda X: X - X.mean(axis=0) - X.mean(axis=1, keepdims=True))
wrong(N_, "kept axis 0", lambda X: X - X.mean(axis=0, keepdims=True))
wrong(N_, "turned", lambda X: X.T - X.mean(axis=1))
wrong(N_, "median", lambda X: X - np.median(X, axis=1, keepdims=True))
wrong(N_, "standardised", lambda X: (X - X.mean(1)[:, None]) / X.std(1)[:, None])


@wrong(N_, "in place")
def _(X):
    X -= X.mean(axis=1, keepdims=True)
    return X


@wrong(N_, "view written")
def _(X):
    out = X[:]
    for i in range(len(X)):
        out[i] = X[i] - X[i].mean()
    return out


@right(N_, "loop")
def _(X):
    return np.array([row - sum(row) / len(row) for row in X])


N_ = "00.distances"
wrong(N_, "no root", lambda A, B: ((A[:, None, :] - B) ** 2).sum(axis=2))
wrong(N_, "axis 0", lambda A, B: np.sqrt(((A[:, None, :] - B) ** 2).sum(axis=0)))
wrong(N_, "axis 1", lambda A, B: np.sqrt(((A[:, None, :] - B) ** 2).sum(axis=1)))
wrong(N_, "absolute", lambda A, B: np.abs(A[:, None, :] - B).sum(axis=2))
wrong(N_, "turned", lambda A, B: np.sqrt(((B[:, None, :] - A) ** 2).sum(axis=2)))
wrong(N_, "pairs", lambda A, B: np.sqrt(((A - B) ** 2).sum(axis=1)))
wrong(N_, "mean", lambda A, B: np.sqrt(((A[:, None, :] - B) ** 2).mean(axis=2)))
wrong(N_, "square of the sum", lambda A, B: np.sqrt((A[:, None, :] - B).sum(axis=2) ** 2))
wrong(N_, "root before sum", lambda A, B: np.sqrt((A[:, None, :] - B) ** 2).sum(axis=2))
wrong(N_, "plus", lambda A, B: np.sqrt(((A[:, None, :] + B) ** 2).sum(axis=2)))
wrong(N_, "product", lambda A, B: np.sqrt(np.abs(A @ B.T)))
wrong(N_, "not summed", lambda A, B: np.sqrt((A[:, None, :] - B) ** 2))
wrong(N_, "nearest", lambda A, B: np.sqrt(((A[:, None, :] - B) ** 2).sum(2)).min(1))
wrong(N_, "norm of all", lambda A, B: np.linalg.norm(A[:, None] - B))
wrong(N_, "largest", lambda A, B: np.abs(A[:, None] - B).max(axis=2))


@wrong(N_, "square table")
def _(A, B):
    D = np.zeros((len(A), len(A)))
    for i in range(len(A)):
        for j in range(len(A)):
            D[i, j] = np.sqrt(((A[i] - B[j]) ** 2).sum())
    return D


@wrong(N_, "last row lost")
def _(A, B):
    D = np.zeros((len(A), len(B)))
    for i in range(len(A) - 1):
        for j in range(len(B)):
            D[i, j] = np.sqrt(((A[i] - B[j]) ** 2).sum())
    return D


right(N_, "norm", lambda A, B: np.linalg.norm(A[:, None] - B[None], axis=-1))


@right(N_, "loop")
def _(A, B):
    return [[math.dist(a, b) for b in B] for a in A]


N_ = "00.more_ink"
wrong(N_, "wraps", lambda images, by: images + np.uint8(by))
wrong(N_, "minimum too late", lambda images, by: np.minimum(images + np.uint8(by), 255))
wrong(N_, "clip too late", lambda images, by: np.clip(images + np.uint8(by), 0, 255))
wrong(N_, "not cut", lambda images, by: images.astype(int) + by)
wrong(N_, "wraps at the end", lambda images, by: (images.astype(int) + by).astype(np.uint8))
wrong(N_, "maximum", lambda images, by: np.maximum(images.astype(int) + by, 255))
wrong(N_, "256", lambda images, by: np.minimum(images.astype(int) + by, 256))
wrong(N_, "254", lambda images, by: np.minimum(images.astype(int) + by, 254))
wrong(N_, "times", lambda images, by: np.minimum(images.astype(int) * by, 255))
wrong(N_, "less", lambda images, by: np.maximum(images.astype(int) - by, 0))
wrong(N_, "modulo", lambda images, by: (images.astype(int) + by) % 255)
wrong(
    N_,
    "only inked",
    lambda images, by: np.where(images > 0, np.minimum(images + 0.0 + by, 255), 0),
)
wrong(N_, "ignores by", lambda images, by: np.minimum(images.astype(int) + 50, 255))
wrong(
    N_, "full where over", lambda images, by: np.where(images.astype(int) + by > 255, 255, by)
)


@wrong(N_, "in place")
def _(images, by):
    images += np.minimum(by, 255 - images).astype(np.uint8)
    return images


@wrong(N_, "in place, wraps")
def _(images, by):
    images += np.uint8(by)
    images[images < by] = 255
    return images


right(N_, "room", lambda images, by: images + np.minimum(255 - images, by).astype(np.uint8))
right(
    N_, "wide", lambda images, by: np.clip(images.astype(np.int64) + by, 0, 255).astype("uint8")
)
