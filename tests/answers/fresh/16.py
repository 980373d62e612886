"""Fresh answers to the exercises of notebook 16, written from its text alone."""

import numpy as np
from wrong_answers import right, wrong

W = "16.wall."
wrong(W + "dZ2", "signs exchanged", lambda Ya, Yb: Yb - Ya)
wrong(W + "dZ2", "plus", lambda Ya, Yb: Ya + Yb)
wrong(W + "dZ2", "averaged", lambda Ya, Yb: (Ya - Yb) / len(Ya))
wrong(W + "dZ2", "only a", lambda Ya, Yb: Ya)
wrong(W + "dZ2", "product", lambda Ya, Yb: Ya * Yb)
wrong(W + "dZ2", "log ratio", lambda Ya, Yb: np.log(Ya / Yb))
right(W + "dZ2", "where", lambda Ya, Yb: np.where(Ya > Yb, 1, 0) - np.where(Yb > Ya, 1, 0))
wrong(W + "dZ1", "no mask", lambda dZ2, W2, Z1: dZ2 @ W2.T)
wrong(W + "dZ1", "times Z1", lambda dZ2, W2, Z1: (dZ2 @ W2.T) * Z1)
wrong(W + "dZ1", "relu of the blame", lambda dZ2, W2, Z1: np.maximum(dZ2 @ W2.T, 0))
wrong(W + "dZ1", "not turned", lambda dZ2, W2, Z1: (dZ2 @ W2) * (Z1 > 0))
wrong(W + "dZ1", "factors exchanged", lambda dZ2, W2, Z1: (W2 @ dZ2.T) * (Z1 > 0))
wrong(W + "dZ1", "mask the other way", lambda dZ2, W2, Z1: (dZ2 @ W2.T) * (Z1 < 0))
wrong(W + "dZ1", "times the ReLU", lambda dZ2, W2, Z1: (dZ2 @ W2.T) * np.maximum(Z1, 0))
right(W + "dZ1", ">= 0", lambda dZ2, W2, Z1: (dZ2 @ W2.T) * (Z1 >= 0))
wrong(W + "dZ1", "averaged", lambda dZ2, W2, Z1: (dZ2 @ W2.T) * (Z1 > 0) / len(Z1))
right(
    W + "dZ1",
    "einsum",
    lambda dZ2, W2, Z1: np.where(Z1 > 0, np.einsum("ik,jk->ij", dZ2, W2), 0),
)
wrong(W + "dX", "not turned", lambda dZ1, W1: dZ1 @ W1)
wrong(W + "dX", "turned result", lambda dZ1, W1: W1 @ dZ1.T)
wrong(W + "dX", "averaged", lambda dZ1, W1: dZ1 @ W1.T / len(dZ1))
wrong(W + "dX", "sizes", lambda dZ1, W1: np.abs(dZ1 @ W1.T))
wrong(W + "dX", "sum over images", lambda dZ1, W1: (dZ1 @ W1.T).sum(axis=0))
wrong(W + "dX", "the weights alone", lambda dZ1, W1: (dZ1 > 0) @ W1.T)
right(W + "dX", "turned twice", lambda dZ1, W1: (W1 @ dZ1.T).T)
wrong(W + "change", "one number", lambda dX, D: (dX * D).sum())
wrong(W + "change", "wrong axis", lambda dX, D: (dX * D).sum(axis=0))
wrong(W + "change", "matrix", lambda dX, D: dX @ D.T)
wrong(W + "change", "mean", lambda dX, D: (dX * D).mean(axis=1))
wrong(W + "change", "not summed", lambda dX, D: dX * D)
wrong(W + "change", "sizes", lambda dX, D: np.abs(dX * D).sum(axis=1))
wrong(W + "change", "added", lambda dX, D: (dX + D).sum(axis=1))
right(W + "change", "diagonal", lambda dX, D: np.diagonal(dX @ D.T))

C = "16.covered"


def covering(
    low=lambda r, h: max(r - h, 0),
    high=lambda r, h: r + h + 1,
    value=0,
    order="rc",
    copy=True,
    keep=False,
):
    def answer(image, half=2):
        height, width = image.shape
        found = []
        places = [(r, c) for r in range(height) for c in range(width)]
        if order == "cr":
            places = [(r, c) for c in range(width) for r in range(height)]
        for r, c in places:
            one = image.copy()
            if keep:
                one[:] = 0
                one[low(r, half) : high(r, half), low(c, half) : high(c, half)] = image[
                    low(r, half) : high(r, half), low(c, half) : high(c, half)
                ]
            else:
                one[low(r, half) : high(r, half), low(c, half) : high(c, half)] = value
            found.append(one)
        return np.array(found)

    return answer


wrong(C, "negative start wraps round", covering(low=lambda r, h: r - h))
wrong(C, "one short on the far side", covering(high=lambda r, h: r + h))
wrong(
    C,
    "half is the whole side",
    covering(low=lambda r, h: max(r - h // 2, 0), high=lambda r, h: r + h // 2 + 1),
)
wrong(
    C,
    "square begins at the pixel",
    covering(low=lambda r, h: r, high=lambda r, h: r + 2 * h + 1),
)
wrong(C, "ink for paper", covering(value=1))
wrong(C, "column by column", covering(order="cr"))
wrong(C, "keeps the square and covers the rest", covering(keep=True))
wrong(C, "pixel alone", covering(low=lambda r, h: r, high=lambda r, h: r + 1))


@wrong(C, "28 fixed")
def _(image, half=2):
    found = []
    for r in range(28):
        for c in range(28):
            one = image.copy()
            one[max(0, r - half) : r + half + 1, max(0, c - half) : c + half + 1] = 0
            found.append(one)
    return np.array(found)


@wrong(C, "no copy, everything goes to paper")
def _(image, half=2):
    found = []
    for r in range(image.shape[0]):
        for c in range(image.shape[1]):
            one = image
            one[max(0, r - half) : r + half + 1, max(0, c - half) : c + half + 1] = 0
            found.append(one)
    return np.array(found)


@wrong(C, "a copy once, covers pile up")
def _(image, half=2):
    one, found = image.copy(), []
    for r in range(image.shape[0]):
        for c in range(image.shape[1]):
            one[max(0, r - half) : r + half + 1, max(0, c - half) : c + half + 1] = 0
            found.append(one.copy())
    return np.array(found)


@wrong(C, "only squares that fit")
def _(image, half=2):
    found = []
    for r in range(half, image.shape[0] - half):
        for c in range(half, image.shape[1] - half):
            one = image.copy()
            one[r - half : r + half + 1, c - half : c + half + 1] = 0
            found.append(one)
    return np.array(found)


@wrong(C, "height and width exchanged")
def _(image, half=2):
    width, height = image.shape
    found = []
    for r in range(height):
        for c in range(width):
            one = image.copy()
            one[max(0, r - half) : r + half + 1, max(0, c - half) : c + half + 1] = 0
            found.append(one)
    return np.array(found)


@wrong(C, "a grid of copies, (height, width, height, width)")
def _(image, half=2):
    height, width = image.shape
    return covering()(image, half).reshape(height, width, height, width)


@wrong(C, "half ignored")
def _(image, half=2):
    return covering()(image, 2)


@right(C, "by distance")
def _(image, half=2):
    height, width = np.shape(image)
    r, c = np.indices((height, width))
    return [
        np.where((abs(r - a) <= half) & (abs(c - b) <= half), 0, image)
        for a in range(height)
        for b in range(width)
    ]


O = "16.one_step"
wrong(O, "up the margin", lambda X, dX, eps: np.clip(X + eps * np.sign(dX), 0, 1))
wrong(O, "gradient, not its sign", lambda X, dX, eps: np.clip(X - eps * dX, 0, 1))
wrong(O, "not clipped", lambda X, dX, eps: X - eps * np.sign(dX))
wrong(O, "the move alone", lambda X, dX, eps: -eps * np.sign(dX))
wrong(O, "clipped to eps", lambda X, dX, eps: np.clip(X - np.sign(dX), -eps, eps))
wrong(O, "move clipped, not the image", lambda X, dX, eps: X + np.clip(-dX, -eps, eps))
wrong(
    O,
    "zero slopes move too",
    lambda X, dX, eps: np.clip(X - eps * np.where(dX > 0, 1, -1), 0, 1),
)
wrong(O, "unit length", lambda X, dX, eps: np.clip(X - eps * dX / np.linalg.norm(dX), 0, 1))
wrong(O, "only positive slopes", lambda X, dX, eps: np.clip(X - eps * (dX > 0), 0, 1))
wrong(O, "clipped below only", lambda X, dX, eps: np.maximum(X - eps * np.sign(dX), 0))
wrong(O, "without eps", lambda X, dX, eps: np.clip(X - np.sign(dX), 0, 1))
wrong(O, "all the same way", lambda X, dX, eps: np.clip(X - eps, 0, 1))


@wrong(O, "in place")
def _(X, dX, eps):
    X -= eps * np.sign(dX)
    return np.clip(X, 0, 1)


@right(O, "loop")
def _(X, dX, eps):
    return [
        [min(1, max(0, x - eps * ((d > 0) * 1 - (d < 0) * 1))) for x, d in zip(a, b)]
        for a, b in zip(X, dX)
    ]


P = "16.project"
wrong(P, "only to eps", lambda moved, X, eps: np.clip(moved, X - eps, X + eps))
wrong(P, "only to 0 and 1", lambda moved, X, eps: np.clip(moved, 0, 1))
wrong(P, "move alone", lambda moved, X, eps: np.clip(moved - X, -eps, eps))
wrong(
    P,
    "round moved, not X",
    lambda moved, X, eps: np.clip(np.clip(X, moved - eps, moved + eps), 0, 1),
)
wrong(P, "eps round 0", lambda moved, X, eps: np.clip(np.clip(moved, -eps, eps), 0, 1))
wrong(
    P,
    "back to X where too far",
    lambda moved, X, eps: np.clip(np.where(np.abs(moved - X) > eps, X, moved), 0, 1),
)
wrong(
    P,
    "scaled to eps by length",
    lambda moved, X, eps: np.clip(
        X + (moved - X) * min(1, eps / np.abs(moved - X).max()), 0, 1
    ),
)
wrong(P, "always eps away", lambda moved, X, eps: np.clip(X + eps * np.sign(moved - X), 0, 1))
wrong(P, "upper side only", lambda moved, X, eps: np.clip(np.minimum(moved, X + eps), 0, 1))
wrong(P, "X is moved", lambda moved, X, eps: np.clip(X + np.clip(X - moved, -eps, eps), 0, 1))
wrong(
    P,
    "max and min exchanged",
    lambda moved, X, eps: np.clip(np.minimum(np.maximum(moved, X + eps), X - eps), 0, 1),
)


@wrong(P, "in place")
def _(moved, X, eps):
    moved[moved > X + eps] = (X + eps)[moved > X + eps]
    moved[moved < X - eps] = (X - eps)[moved < X - eps]
    return np.clip(moved, 0, 1)


right(
    P,
    "one interval",
    lambda moved, X, eps: np.median(
        [np.maximum(X - eps, 0), moved, np.minimum(X + eps, 1)], axis=0
    ),
)

F = "16.favourite"
wrong(F, "the weights scaled to 0..1", lambda w: (w - w.min()) / (w.max() - w.min()))
wrong(F, "clipped weights", lambda w: np.clip(w, 0, 1))
wrong(F, "sign", lambda w: np.sign(w))
wrong(F, "all ink", lambda w: np.ones_like(w))
wrong(F, "negative ones", lambda w: (w < 0).astype(float))
wrong(F, "only the best pixel", lambda w: (w == w.max()) * 1.0)
wrong(F, "above the mean", lambda w: (w > w.mean()).astype(float))
wrong(F, "weights over the largest", lambda w: np.maximum(w, 0) / w.max())
wrong(F, "their sum", lambda w: w[w > 0].sum())
wrong(F, "indices", lambda w: np.flatnonzero(w > 0))
wrong(F, "half where unsure", lambda w: 1 / (1 + np.exp(-w)))
wrong(F, "as a square", lambda w: (w > 0).reshape(28, 28))
right(F, "bools in a list", lambda w: [bool(v > 0) for v in w])


@right(F, "784 pixels, as the text has them")
def _(w):
    image = np.zeros(784)
    for m in range(784):
        if w[m] > 0:
            image[m] = 1
    return image
