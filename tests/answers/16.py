"""Answers to the exercises of notebook 16, written from its text."""

import numpy as np
from wrong_answers import right, wrong

for letter, mistakes in {
    "dZ2": [
        ("mean over images", lambda Ya, Yb: (Ya - Yb).mean(axis=0)),
        ("divided by N", lambda Ya, Yb: (Ya - Yb) / len(Ya)),
        ("rival first", lambda Ya, Yb: Yb - Ya),
        ("only a", lambda Ya, Yb: Ya),
        ("only the rival", lambda Ya, Yb: -Yb),
        ("plus", lambda Ya, Yb: Ya + Yb),
        ("product", lambda Ya, Yb: Ya * Yb),
        ("absolute", lambda Ya, Yb: np.abs(Ya - Yb)),
        ("half", lambda Ya, Yb: (Ya - Yb) / 2),
        ("rival without sign", lambda Ya, Yb: Yb),
        ("ones everywhere", lambda Ya, Yb: np.ones_like(Ya)),
        ("sum over digits", lambda Ya, Yb: (Ya - Yb).sum(axis=1)),
        ("the logarithm", lambda Ya, Yb: np.log(Ya / Yb)),
    ],
    "dZ1": [
        ("no gate", lambda dZ2, W2, Z1: dZ2 @ W2.T),
        ("times the value", lambda dZ2, W2, Z1: (dZ2 @ W2.T) * np.maximum(Z1, 0)),
        ("times Z1", lambda dZ2, W2, Z1: (dZ2 @ W2.T) * Z1),
        ("not turned over", lambda dZ2, W2, Z1: dZ2 @ W2 * (Z1 > 0)),
        (
            "factors swapped",
            lambda dZ2, W2, Z1: W2.T @ dZ2 * (Z1 > 0),
        ),
        ("gate on the slope", lambda dZ2, W2, Z1: np.maximum(dZ2 @ W2.T, 0)),
        ("gate the wrong way", lambda dZ2, W2, Z1: (dZ2 @ W2.T) * (Z1 <= 0)),
        ("sign of Z1", lambda dZ2, W2, Z1: (dZ2 @ W2.T) * np.sign(Z1)),
        ("gate alone", lambda dZ2, W2, Z1: 1.0 * (Z1 > 0)),
        ("mean", lambda dZ2, W2, Z1: (dZ2 @ W2.T) * (Z1 > 0) / len(Z1)),
        ("gate before the wires", lambda dZ2, W2, Z1: (dZ2 * (dZ2 > 0)) @ W2.T),
        ("Z1 >= 0 of the ReLU", lambda dZ2, W2, Z1: dZ2 @ W2.T * (np.maximum(Z1, 0) >= 0)),
        ("minus", lambda dZ2, W2, Z1: -(dZ2 @ W2.T) * (Z1 > 0)),
        ("matrix product with the gate", lambda dZ2, W2, Z1: dZ2 @ W2.T @ (Z1 > 0).T),
    ],
    "dX": [
        ("not turned over", lambda dZ1, W1: dZ1 @ W1),
        ("turned over as a whole", lambda dZ1, W1: W1 @ dZ1.T),
        ("divided by N", lambda dZ1, W1: dZ1 @ W1.T / len(dZ1)),
        ("dW1's form", lambda dZ1, W1: W1.T @ dZ1),
        ("summed over images", lambda dZ1, W1: (dZ1 @ W1.T).sum(axis=0)),
        ("absolute", lambda dZ1, W1: np.abs(dZ1 @ W1.T)),
        ("absolute weights", lambda dZ1, W1: dZ1 @ np.abs(W1.T)),
        ("signs of the weights", lambda dZ1, W1: dZ1 @ np.sign(W1.T)),
        ("minus", lambda dZ1, W1: -dZ1 @ W1.T),
        ("a gate once more", lambda dZ1, W1: np.maximum(dZ1 @ W1.T, 0)),
        ("mean over the units", lambda dZ1, W1: dZ1 @ W1.T / W1.shape[1]),
        ("first image only", lambda dZ1, W1: dZ1[0] @ W1.T),
        ("elementwise", lambda dZ1, W1: dZ1 * W1),
    ],
    "change": [
        ("matrix product", lambda dX, D: dX @ D.T),
        ("matrix product, D first", lambda dX, D: D @ dX.T),
        ("pixel by pixel", lambda dX, D: dX * D),
        ("sum of everything", lambda dX, D: (dX * D).sum()),
        ("mean", lambda dX, D: (dX * D).mean(axis=1)),
        ("other axis", lambda dX, D: (dX * D).sum(axis=0)),
        ("added", lambda dX, D: (dX + D).sum(axis=1)),
        ("column kept", lambda dX, D: (dX * D).sum(axis=1, keepdims=True)),
        ("sums first", lambda dX, D: dX.sum(axis=1) * D.sum(axis=1)),
        ("absolute", lambda dX, D: np.abs(dX * D).sum(axis=1)),
        ("divided", lambda dX, D: (D / dX).sum(axis=1)),
        ("minus", lambda dX, D: -(dX * D).sum(axis=1)),
        ("squared move", lambda dX, D: (dX * D**2).sum(axis=1)),
        ("largest effect", lambda dX, D: (dX * D).max(axis=1)),
        ("dot", lambda dX, D: np.dot(dX, D)),
    ],
}.items():
    for said, mistake in mistakes:
        wrong(f"16.wall.{letter}", said, mistake)
right(
    "16.wall.dZ2",
    "a loop",
    lambda Ya, Yb: [[p - q for p, q in zip(a, b)] for a, b in zip(Ya, Yb)],
)
right("16.wall.dZ1", "at least zero", lambda dZ2, W2, Z1: dZ2.dot(W2.T) * (Z1 >= 0))
right("16.wall.dX", "image by image", lambda dZ1, W1: np.array([W1 @ row for row in dZ1]))
right("16.wall.change", "inner products", lambda dX, D: [a @ b for a, b in zip(dX, D)])


def _cover(image, half, top, below, left, right, ink=0):
    copies = []
    for r in range(image.shape[0]):
        for c in range(image.shape[1]):
            copy = image.copy()
            copy[top(r) : below(r), left(c) : right(c)] = ink
            copies.append(copy)
    return np.array(copies)


@wrong("16.covered", "negative starts")
def _(image, half=2):
    return _cover(
        image,
        half,
        lambda r: r - half,
        lambda r: r + half + 1,
        lambda c: c - half,
        lambda c: c + half + 1,
    )


@wrong("16.covered", "no + 1")
def _(image, half=2):
    return _cover(
        image,
        half,
        lambda r: max(r - half, 0),
        lambda r: r + half,
        lambda c: max(c - half, 0),
        lambda c: c + half,
    )


@wrong("16.covered", "half is the whole side")
def _(image, half=2):
    return _cover(image, half, lambda r: r, lambda r: r + half, lambda c: c, lambda c: c + half)


@wrong("16.covered", "begins at the pixel")
def _(image, half=2):
    return _cover(
        image,
        half,
        lambda r: r,
        lambda r: r + 2 * half + 1,
        lambda c: c,
        lambda c: c + 2 * half + 1,
    )


@wrong("16.covered", "ink for paper")
def _(image, half=2):
    return _cover(
        image,
        half,
        lambda r: max(r - half, 0),
        lambda r: r + half + 1,
        lambda c: max(c - half, 0),
        lambda c: c + half + 1,
        1,
    )


@wrong("16.covered", "rows and columns exchanged")
def _(image, half=2):
    copies = []
    for r in range(image.shape[0]):
        for c in range(image.shape[1]):
            copy = image.copy()
            copy[max(c - half, 0) : c + half + 1, max(r - half, 0) : r + half + 1] = 0
            copies.append(copy)
    return np.array(copies)


@wrong("16.covered", "28 for any image")
def _(image, half=2):
    copies = []
    for r in range(28):
        for c in range(28):
            copy = image.copy()
            copy[max(r - half, 0) : r + half + 1, max(c - half, 0) : c + half + 1] = 0
            copies.append(copy)
    return np.array(copies)


@wrong("16.covered", "writes into the image")
def _(image, half=2):
    copies = []
    for r in range(image.shape[0]):
        for c in range(image.shape[1]):
            image[max(r - half, 0) : r + half + 1, max(c - half, 0) : c + half + 1] = 0
            copies.append(image.copy())
    return np.array(copies)


@wrong("16.covered", "views of one copy")
def _(image, half=2):
    copies, copy = [], image.copy()
    for r in range(image.shape[0]):
        for c in range(image.shape[1]):
            copy[:] = image
            copy[max(r - half, 0) : r + half + 1, max(c - half, 0) : c + half + 1] = 0
            copies.append(copy)
    return np.array(copies)


@wrong("16.covered", "flat copies")
def _(image, half=2):
    found = _cover(
        image,
        half,
        lambda r: max(r - half, 0),
        lambda r: r + half + 1,
        lambda c: max(c - half, 0),
        lambda c: c + half + 1,
    )
    return found.reshape(len(found), -1)


@wrong("16.covered", "two axes of places")
def _(image, half=2):
    found = _cover(
        image,
        half,
        lambda r: max(r - half, 0),
        lambda r: r + half + 1,
        lambda c: max(c - half, 0),
        lambda c: c + half + 1,
    )
    return found.reshape(*image.shape, *image.shape)


@wrong("16.covered", "only the last copy")
def _(image, half=2):
    for r in range(image.shape[0]):
        for c in range(image.shape[1]):
            copy = image.copy()
            copy[max(r - half, 0) : r + half + 1, max(c - half, 0) : c + half + 1] = 0
    return copy


@right("16.covered", "minimum at the end too, a list")
def _(image, half=2):
    h, w = image.shape
    out = []
    for m in range(h * w):
        r, c = divmod(m, w)
        copy = np.array(image)
        for i in range(max(0, r - half), min(h, r + half + 1)):
            for j in range(max(0, c - half), min(w, c + half + 1)):
                copy[i, j] = 0
        out.append(copy)
    return out


for said, mistake in [
    ("uphill", lambda X, dX, eps: np.clip(X + eps * np.sign(dX), 0, 1)),
    ("by the slope", lambda X, dX, eps: np.clip(X - eps * dX, 0, 1)),
    ("not clipped", lambda X, dX, eps: X - eps * np.sign(dX)),
    ("absolute", lambda X, dX, eps: np.clip(X - eps * np.abs(dX), 0, 1)),
    ("all darker", lambda X, dX, eps: np.clip(X + eps, 0, 1)),
    ("all lighter", lambda X, dX, eps: np.clip(X - eps, 0, 1)),
    ("clipped to 255", lambda X, dX, eps: np.clip(X - eps * np.sign(dX), 0, 255)),
    ("clipped below only", lambda X, dX, eps: np.maximum(X - eps * np.sign(dX), 0)),
    ("clipped above only", lambda X, dX, eps: np.minimum(X - eps * np.sign(dX), 1)),
    ("step clipped, not image", lambda X, dX, eps: X - np.clip(eps * np.sign(dX), 0, 1)),
    ("clipped, then moved", lambda X, dX, eps: np.clip(X, 0, 1) - eps * np.sign(dX)),
    ("the step alone", lambda X, dX, eps: -eps * np.sign(dX)),
    ("only ink moves", lambda X, dX, eps: np.clip(X - eps * np.sign(dX) * (X > 0), 0, 1)),
    ("replaced", lambda X, dX, eps: (dX < 0).astype(float)),
    ("unit length", lambda X, dX, eps: np.clip(X - eps * dX / np.linalg.norm(dX), 0, 1)),
    ("twice eps", lambda X, dX, eps: np.clip(X - 2 * eps * np.sign(dX), 0, 1)),
]:
    wrong("16.one_step", said, mistake)
right(
    "16.one_step",
    "division by the size",
    lambda X, dX, eps: np.clip(X - eps * dX / np.where(dX == 0, 1, np.abs(dX)), 0, 1),
)


@wrong("16.one_step", "writes into X")
def _(X, dX, eps):
    X -= eps * np.sign(dX)
    return np.clip(X, 0, 1)


for said, mistake in [
    ("only 0 and 1", lambda moved, X, eps: np.clip(moved, 0, 1)),
    ("only the room", lambda moved, X, eps: np.clip(moved, X - eps, X + eps)),
    ("room around 0", lambda moved, X, eps: np.clip(moved, -eps, eps)),
    ("difference not added", lambda moved, X, eps: np.clip(moved - X, -eps, eps)),
    ("full step", lambda moved, X, eps: np.clip(X + eps * np.sign(moved - X), 0, 1)),
    ("X for moved", lambda moved, X, eps: np.clip(np.clip(X, X - eps, X + eps), 0, 1)),
    ("upper half only", lambda moved, X, eps: np.clip(np.minimum(moved, X + eps), 0, 1)),
    ("lower half only", lambda moved, X, eps: np.clip(np.maximum(moved, X - eps), 0, 1)),
    ("exchanged", lambda moved, X, eps: np.clip(np.clip(X, moved - eps, moved + eps), 0, 1)),
    ("the step times eps", lambda moved, X, eps: np.clip(X + eps * (moved - X), 0, 1)),
    ("relative", lambda moved, X, eps: np.clip(moved, X * (1 - eps), X * (1 + eps))),
    ("unit length", lambda moved, X, eps: X + eps * (moved - X) / np.linalg.norm(moved - X)),
]:
    wrong("16.project", said, mistake)
right(
    "16.project",
    "where",
    lambda moved, X, eps: np.clip(
        np.where(moved > X + eps, X + eps, np.where(moved < X - eps, X - eps, moved)), 0, 1
    ),
)

for said, mistake in [
    ("the weights", lambda w: w),
    ("positive part", lambda w: np.maximum(w, 0)),
    ("stretched", lambda w: (w - w.min()) / (w.max() - w.min())),
    ("negative ones", lambda w: (w < 0).astype(float)),
    ("the sign", lambda w: np.sign(w)),
    ("all ink", lambda w: np.ones(len(w))),
    ("the best pixel alone", lambda w: (w == w.max()).astype(float)),
    ("over the largest", lambda w: np.clip(w / w.max(), 0, 1)),
    ("half ink", lambda w: 0.5 * (w > 0)),
    ("above a half", lambda w: (w > 0.5).astype(float)),
    ("a sigmoid", lambda w: 1 / (1 + np.exp(-w))),
    ("paper", lambda w: np.zeros_like(w)),
    ("255", lambda w: 255 * (w > 0)),
]:
    wrong("16.favourite", said, mistake)
right("16.favourite", "integers", lambda w: (w > 0).astype(int))
right("16.favourite", "a list", lambda w: [1 if each > 0 else 0 for each in w])

# A second reader's, written from the text alone.

for name, said, mistake in [
    ("wall.dX", "reshape", lambda dZ1, W1: dZ1 @ W1.reshape(W1.shape[::-1])),
    ("wall.dX", "positive weights", lambda dZ1, W1: dZ1 @ np.maximum(W1, 0).T),
    ("wall.dX", "all images at once", lambda dZ1, W1: (dZ1 @ W1.T).sum(axis=0)),
    (
        "wall.change",
        "lengths",
        lambda dX, D: np.linalg.norm(dX, axis=1) * np.linalg.norm(D, axis=1),
    ),
    ("wall.change", "the sum of Python", lambda dX, D: sum(dX * D)),
    (
        "covered",
        "a disc",
        lambda image, half=2: np.array(
            [
                np.where(
                    np.hypot(*np.ogrid[-r : image.shape[0] - r, -c : image.shape[1] - c])
                    <= half,
                    0,
                    image,
                )
                for r, c in np.ndindex(image.shape)
            ]
        ),
    ),
    (
        "one_step",
        "largest slope moves by eps",
        lambda X, dX, eps: np.clip(X - eps * dX / np.abs(dX).max(), 0, 1),
    ),
    (
        "one_step",
        "eps shared",
        lambda X, dX, eps: np.clip(X - eps / X.shape[1] * np.sign(dX), 0, 1),
    ),
    ("one_step", "255", lambda X, dX, eps: np.clip(X - eps * np.sign(dX), 0, 255)),
    ("one_step", "the step, clipped", lambda X, dX, eps: (-eps * np.sign(dX)).clip(0, 1)),
    (
        "one_step",
        "0 goes up",
        lambda X, dX, eps: np.clip(np.where(dX > 0, X - eps, X + eps), 0, 1),
    ),
    (
        "project",
        "sign dropped",
        lambda moved, X, eps: (X + abs(moved - X).clip(0, eps)).clip(0, 1),
    ),
    (
        "project",
        "a ball",
        lambda moved, X, eps: (
            X
            + (moved - X)
            * np.minimum(1, eps / (1e-12 + np.linalg.norm(moved - X, axis=1, keepdims=True)))
        ).clip(0, 1),
    ),
    ("favourite", "sizes", lambda w: np.abs(w) / np.abs(w).max()),
    ("favourite", "over the largest, signs kept", lambda w: w / w.max()),
    ("favourite", "large ones", lambda w: (np.abs(w) > 0.5) * 1.0),
    ("favourite", "a shorter list", lambda w: w[w > 0]),
]:
    wrong(f"16.{name}", said, mistake)

right("16.wall.dX", "inner products", lambda dZ1, W1: np.inner(dZ1, W1))
right("16.wall.change", "a list", lambda dX, D: [a @ b for a, b in zip(dX, D)])
right(
    "16.one_step",
    "by cases",
    lambda X, dX, eps: np.where(
        dX > 0, np.maximum(X - eps, 0), np.where(dX < 0, np.minimum(X + eps, 1), X)
    ),
)
right(
    "16.project",
    "limits first",
    lambda moved, X, eps: np.clip(moved, np.maximum(X - eps, 0), np.minimum(X + eps, 1)),
)
right("16.favourite", "heaviside", lambda w: np.heaviside(w, 0.0))


@wrong("16.covered", "from its pixel on")
def _(image, half=2):
    copies = []
    for r, c in np.ndindex(image.shape):
        copy = image.copy()
        copy[r : r + half + 1, c : c + half + 1] = 0
        copies.append(copy)
    return copies
