"""The exercises of notebook 16: what it sees."""

import numpy as np

from digitlib.exercises.model import Exercise, Line, Wall, Wrong

# -- what is covered ---------------------------------------------------------------------


def covered(image, half=2):
    height, width = image.shape
    copies = np.tile(image, (height * width, 1, 1))
    for r in range(height):
        for c in range(width):
            top, left = max(r - half, 0), max(c - half, 0)
            copies[r * width + c, top : r + half + 1, left : c + half + 1] = 0
    return copies


def covered_by_masks(image, half=2):
    rows, columns = np.indices(image.shape)
    copies = []
    for r, c in np.ndindex(*image.shape):
        near = (abs(rows - r) <= half) & (abs(columns - c) <= half)
        copies.append(np.where(near, 0, image))
    return np.array(copies)


def covered_on_a_frame(image, half=2):
    frame = np.pad(image, half)
    copies = []
    for r, c in np.ndindex(*image.shape):
        copy = frame.copy()
        copy[r : r + 2 * half + 1, c : c + 2 * half + 1] = 0
        copies.append(copy[half : half + image.shape[0], half : half + image.shape[1]])
    return copies


def negative_starts(image, half=2):
    copies = []
    for r, c in np.ndindex(*image.shape):
        copy = image.copy()
        copy[r - half : r + half + 1, c - half : c + half + 1] = 0
        copies.append(copy)
    return np.array(copies)


def last_pixel_left_out(image, half=2):
    copies = []
    for r, c in np.ndindex(*image.shape):
        copy = image.copy()
        copy[max(r - half, 0) : r + half, max(c - half, 0) : c + half] = 0
        copies.append(copy)
    return np.array(copies)


def from_the_corner(image, half=2):
    copies = []
    for r, c in np.ndindex(*image.shape):
        copy = image.copy()
        copy[r : r + 2 * half + 1, c : c + 2 * half + 1] = 0
        copies.append(copy)
    return np.array(copies)


def one_image_for_all(image, half=2):
    copies, copy = [], image.copy()
    for r, c in np.ndindex(*image.shape):
        copy[max(r - half, 0) : r + half + 1, max(c - half, 0) : c + half + 1] = 0
        copies.append(copy)
    return np.array(copies)


def never_uncovered(image, half=2):
    copies, copy = [], image.copy()
    for r, c in np.ndindex(*image.shape):
        copy[max(r - half, 0) : r + half + 1, max(c - half, 0) : c + half + 1] = 0
        copies.append(copy.copy())
    return np.array(copies)


def all_but_the_square(image, half=2):
    return image - covered(image, half)


def covered_with_ink(image, half=2):
    return np.where(covered(np.ones_like(image), half) == 0, 1, image)


def one_pixel_covered(image, half=2):
    return covered(image, 0)


def whole_squares_only(image, half=2):
    copies, (height, width) = [], image.shape
    for r in range(half, height - half):
        for c in range(half, width - half):
            copy = image.copy()
            copy[r - half : r + half + 1, c - half : c + half + 1] = 0
            copies.append(copy)
    return np.array(copies)


def column_by_column(image, half=2):
    height, width = image.shape
    copies = covered(image, half).reshape(height, width, height, width)
    return copies.transpose(1, 0, 2, 3).reshape(-1, height, width)


def rows_and_columns_covered(image, half=2):
    rows, columns = np.indices(image.shape)
    copies = []
    for r, c in np.ndindex(*image.shape):
        near = (abs(rows - r) <= half) | (abs(columns - c) <= half)
        copies.append(np.where(near, 0, image))
    return np.array(copies)


def begins_at_its_pixel(image, half=2):
    copies = []
    for r, c in np.ndindex(*image.shape):
        copy = image.copy()
        copy[r : r + half + 1, c : c + half + 1] = 0
        copies.append(copy)
    return np.array(copies)


def disc_covered(image, half=2):
    rows, columns = np.indices(image.shape)
    copies = []
    for r, c in np.ndindex(*image.shape):
        near = (rows - r) ** 2 + (columns - c) ** 2 <= half**2
        copies.append(np.where(near, 0, image))
    return np.array(copies)


def half_as_the_whole_side(image, half=2):
    copies = []
    for r, c in np.ndindex(*image.shape):
        copy = image.copy()
        copy[r : r + half, c : c + half] = 0
        copies.append(copy)
    return np.array(copies)


def row_and_column_exchanged(image, half=2):
    copies = []
    for r, c in np.ndindex(*image.shape):
        copy = image.copy()
        copy[max(c - half, 0) : c + half + 1, max(r - half, 0) : r + half + 1] = 0
        copies.append(copy)
    return np.array(copies)


def always_28(image, half=2):
    copies = []
    for r, c in np.ndindex(28, 28):
        copy = image.copy()
        copy[max(r - half, 0) : r + half + 1, max(c - half, 0) : c + half + 1] = 0
        copies.append(copy)
    return np.array(copies)


def one_array_uncovered_again(image, half=2):
    copies, copy = [], image.copy()
    for r, c in np.ndindex(*image.shape):
        copy[:] = image
        copy[max(r - half, 0) : r + half + 1, max(c - half, 0) : c + half + 1] = 0
        copies.append(copy)
    return np.array(copies)


def written_into_the_image(image, half=2):
    copies = []
    for r, c in np.ndindex(*image.shape):
        image[max(r - half, 0) : r + half + 1, max(c - half, 0) : c + half + 1] = 0
        copies.append(image.copy())
    return np.array(copies)


def views_of_the_image(image, half=2):
    copies = []
    for r, c in np.ndindex(*image.shape):
        copy = image
        copy[max(r - half, 0) : r + half + 1, max(c - half, 0) : c + half + 1] = 0
        copies.append(copy)
    return np.array(copies)


# -- one step ----------------------------------------------------------------------------


def one_step(X, dX, eps):
    return np.clip(X - eps * np.sign(dX), 0, 1)


def one_step_by_cases(X, dX, eps):
    moved = X + eps * (dX < 0) - eps * (dX > 0)
    return np.minimum(np.maximum(moved, 0), 1)


def one_step_by_where(X, dX, eps):
    down, up = np.maximum(X - eps, 0), np.minimum(X + eps, 1)
    return np.where(dX > 0, down, np.where(dX < 0, up, X))


def step_uphill(X, dX, eps):
    return np.clip(X + eps * np.sign(dX), 0, 1)


def step_by_the_slope(X, dX, eps):
    return np.clip(X - eps * dX, 0, 1)


def step_off_the_paper(X, dX, eps):
    return X - eps * np.sign(dX)


def step_scaled_to_the_largest(X, dX, eps):
    return np.clip(X - eps * dX / np.abs(dX).max(axis=1, keepdims=True), 0, 1)


def step_of_unit_length(X, dX, eps):
    return np.clip(X - eps * dX / np.linalg.norm(dX, axis=1, keepdims=True), 0, 1)


def slope_clipped(X, dX, eps):
    return np.clip(X - np.clip(dX, -eps, eps), 0, 1)


def step_alone(X, dX, eps):
    return -eps * np.sign(dX)


def step_times_the_ink(X, dX, eps):
    return np.clip(X - eps * np.sign(dX) * X, 0, 1)


def step_with_the_sign_of_x(X, dX, eps):
    return np.clip(X - eps * np.sign(X), 0, 1)


def only_where_ink_speaks_for_it(X, dX, eps):
    return np.clip(X - eps * (dX > 0), 0, 1)


def step_kept_in_the_room(X, dX, eps):
    return np.clip(X - eps * np.sign(dX), -eps, eps)


# -- many steps --------------------------------------------------------------------------


def project(moved, X, eps):
    return np.clip(np.clip(moved, X - eps, X + eps), 0, 1)


def project_the_other_way(moved, X, eps):
    low, high = np.maximum(X - eps, 0), np.minimum(X + eps, 1)
    return np.minimum(np.maximum(moved, low), high)


def project_the_difference(moved, X, eps):
    return np.clip(X + np.clip(moved - X, -eps, eps), 0, 1)


def room_forgotten(moved, X, eps):
    return np.clip(moved, 0, 1)


def paper_forgotten(moved, X, eps):
    return np.clip(moved, X - eps, X + eps)


def all_shrunk(moved, X, eps):
    step = moved - X
    return np.clip(X + step * np.minimum(1, eps / np.abs(step).max()), 0, 1)


def always_to_the_wall(moved, X, eps):
    return np.clip(X + eps * np.sign(moved - X), 0, 1)


def step_without_the_image(moved, X, eps):
    return np.clip(moved - X, -eps, eps)


def thrown_back(moved, X, eps):
    return np.where(np.abs(moved - X) > eps, X, np.clip(moved, 0, 1))


def around_the_moved(moved, X, eps):
    return np.clip(np.clip(X, moved - eps, moved + eps), 0, 1)


# -- the favourite image -----------------------------------------------------------------


def favourite(w):
    return (w > 0).astype(float)


def favourite_by_where(w):
    return np.where(w > 0, 1.0, 0.0)


def the_weights_themselves(w):
    return w


def favourite_by_sign(w):
    return np.clip(np.sign(w), 0, 1)


def _pass(n, inputs, hidden, digits, seed):
    """Every array of one way there and back, in float64, by name."""
    rng = np.random.default_rng(seed)
    a = rng.integers(digits, size=n)
    b = (a + rng.integers(1, digits, size=n)) % digits
    X, D = rng.random((n, inputs)), rng.standard_normal((n, inputs))
    W1, W2 = rng.standard_normal((inputs, hidden)), rng.standard_normal((hidden, digits))
    Z1 = X @ W1 - W1.sum(axis=0) / 2
    dZ2 = np.eye(digits)[a] - np.eye(digits)[b]
    dZ1 = (dZ2 @ W2.T) * (Z1 > 0)
    arrays = {"Ya": np.eye(digits)[a], "Yb": np.eye(digits)[b], "W1": W1, "W2": W2}
    return {**arrays, "Z1": Z1, "dZ2": dZ2, "dZ1": dZ1, "dX": dZ1 @ W1.T, "D": D}


# Sizes that differ, so that each array has a shape of its own; then sizes that are equal, so
# that a product turned over meets no error; then ten digits, as in the notebook.
_PASSES = (_pass(2, 4, 3, 5, 0), _pass(3, 3, 3, 3, 1), _pass(7, 12, 8, 10, 2))


def _cases(*names):
    return tuple(tuple(each[name] for name in names) for each in _PASSES)


def _image(height, width, seed):
    return np.random.default_rng(seed).integers(1, 10, (height, width)) / 10


def _moves(n, pixels, seed):
    """Images with much paper and some full ink, and slopes of both signs."""
    rng = np.random.default_rng(seed)
    X = np.clip(rng.normal(0.3, 0.6, (n, pixels)), 0, 1).round(2)
    return X, rng.standard_normal((n, pixels)).round(2)


def square_of_side_half(image, half=2):
    return covered(image, half // 2)


WALL = Wall(
    name="16.wall",
    tested="batches of 2, 3 and 7 images, layers of equal and of unequal size",
    lines=(
        Line(
            name="dZ2",
            shape="(N, 10)",
            reference=lambda Ya, Yb: Ya - Yb,
            cases=_cases("Ya", "Yb"),
            hints=(
                "Only two scores occur in the margin. How fast does it change with each of "
                "them, and with the other eight?",
                "1 at the digit a, −1 at its rival b, 0 elsewhere",
                "Ya - Yb",
            ),
            wrong=(
                Wrong(
                    lambda Ya, Yb: (Ya - Yb) / len(Ya),
                    "There is no mean here: each image has a margin of its own, and the slopes "
                    "of one image are not divided by the number of the others.",
                ),
                Wrong(
                    lambda Ya, Yb: Yb - Ya,
                    "The sign is the wrong way round: the margin rises with the score of a and "
                    "falls with that of its rival.",
                ),
                Wrong(
                    lambda Ya, Yb: Ya,
                    "The rival is missing: the margin falls by as much as the score of b "
                    "rises.",
                ),
                Wrong(
                    lambda Ya, Yb: -Yb,
                    "The digit a is missing: the margin rises by as much as its score does.",
                ),
                Wrong(
                    lambda Ya, Yb: Ya + Yb,
                    "The margin is a difference: it falls where the score of b rises.",
                ),
                Wrong(
                    lambda Ya, Yb: (Ya - Yb).sum(axis=1),
                    "You sum over the digits, which gives 0 for every image. One slope for "
                    "each score is asked for.",
                ),
            ),
            right=(lambda Ya, Yb: 1.0 * Ya + (-1) * Yb,),
        ),
        Line(
            name="dZ1",
            shape="(N, H)",
            reference=lambda dZ2, W2, Z1: (dZ2 @ W2.T) * (Z1 > 0),
            cases=_cases("dZ2", "W2", "Z1"),
            hints=(
                "These are two lines of notebook 04 in one: back over the wires, then through "
                "the ReLU.",
                "dA1 = dZ2 W2ᵀ, and dZ1 is dA1 where Z1 > 0, else 0",
                "(dZ2 @ W2.T) * (Z1 > 0)",
            ),
            wrong=(
                Wrong(
                    lambda dZ2, W2, Z1: dZ2 @ W2.T,
                    "That is dA1: every unit lets its slope through. A unit that was switched "
                    "off lets nothing through, and what went into the ReLU, Z1, tells which.",
                ),
                Wrong(
                    lambda dZ2, W2, Z1: (dZ2 @ W2.T) * np.maximum(Z1, 0),
                    "You multiply by the value of the ReLU. The chain rule wants its slope, "
                    "which is 1 or 0.",
                ),
                Wrong(
                    lambda dZ2, W2, Z1: (dZ2 @ W2.T) * Z1,
                    "You multiply by what went into the ReLU. The chain rule wants its slope, "
                    "which is 1 or 0.",
                ),
                Wrong(
                    lambda dZ2, W2, Z1: (dZ2 @ W2) * (Z1 > 0),
                    "W2 has to be turned over: the sum runs along the digits, the second index "
                    "of both.",
                ),
                Wrong(
                    lambda dZ2, W2, Z1: np.maximum(dZ2 @ W2.T, 0),
                    "Your gate looks at the sign of the blame, which is another method with "
                    "another picture. Which units were on is a matter of Z1.",
                ),
                Wrong(
                    lambda dZ2, W2, Z1: (dZ2 @ W2.T) * (Z1 > 0) * (dZ2 @ W2.T > 0),
                    "You keep only positive blame. That makes prettier pictures and is no "
                    "slope any more.",
                ),
                Wrong(
                    lambda dZ2, W2, Z1: (dZ2 @ W2.T) * (Z1 < 0),
                    "The mask is the wrong way round: blame passes where the unit answered.",
                ),
            ),
            right=(
                lambda dZ2, W2, Z1: np.where(Z1 > 0, dZ2 @ W2.T, 0),
                lambda dZ2, W2, Z1: np.einsum("ik,jk->ij", dZ2, W2) * (Z1 > 0),
            ),
        ),
        Line(
            name="dX",
            shape="(N, 784)",
            reference=lambda dZ1, W1: dZ1 @ W1.T,
            cases=_cases("dZ1", "W1"),
            hints=(
                "Pixel m reaches the margin through every hidden unit. What do the effects of "
                "several paths do?",
                "dX[i, m] = Σ over hidden units of dZ1[i, j] · W1[m, j]: along the second "
                "index of both.",
                "dZ1 @ W1.T",
            ),
            wrong=(
                Wrong(
                    lambda dZ1, W1: dZ1 @ W1,
                    "W1 has to be turned over. The sum runs along the hidden units, which are "
                    "the second index of W1.",
                ),
                Wrong(
                    lambda dZ1, W1: W1 @ dZ1.T,
                    "The right numbers, turned over: row i of dX belongs to image i.",
                ),
                Wrong(
                    lambda dZ1, W1: dZ1 @ W1.T / len(dZ1),
                    "There is no mean here: each image has a margin of its own.",
                ),
                Wrong(
                    lambda dZ1, W1: np.maximum(dZ1, 0) @ W1.T,
                    "You leave out the units that speak against a. What they say belongs to "
                    "the slope.",
                ),
                Wrong(
                    lambda dZ1, W1: np.maximum(dZ1 @ W1.T, 0),
                    "Pixels have no gate: a negative slope says that ink there speaks for b. "
                    "Keep it.",
                ),
                Wrong(
                    lambda dZ1, W1: dZ1 @ W1.reshape(W1.shape[::-1]),
                    "reshape deals the numbers out anew, row by row, and does not turn the "
                    "array over. That is .T.",
                ),
                Wrong(
                    lambda dZ1, W1: np.abs(dZ1 @ W1.T),
                    "You drop the sign, and with it whether ink speaks for a or for b.",
                ),
                Wrong(
                    lambda dZ1, W1: dZ1.sum(axis=1, keepdims=True) * W1.sum(axis=1),
                    "You add up the blame and the weights, and multiply then. Each wire has "
                    "its own weight and its own blame: multiply first.",
                ),
            ),
            right=(
                lambda dZ1, W1: (W1 @ dZ1.T).T,
                lambda dZ1, W1: np.einsum("ij,mj->im", dZ1, W1),
            ),
        ),
        Line(
            name="change",
            shape="(N,)",
            reference=lambda dX, D: (dX * D).sum(axis=1),
            cases=_cases("dX", "D"),
            hints=(
                "Pixel m moves by D[i, m], and the margin moves by the slope times that. The "
                "784 effects of one image add up.",
                "change[i] = Σ over the pixels of dX[i, m] · D[i, m]",
                "(dX * D).sum(axis=1)",
            ),
            wrong=(
                Wrong(
                    lambda dX, D: dX @ D.T,
                    "A matrix product pairs every image with the move of every other one. "
                    "Image i goes with its own move: multiply entry by entry, then sum.",
                ),
                Wrong(
                    lambda dX, D: dX * D,
                    "Those are the effects pixel by pixel. The change of the margin is their "
                    "sum, one number per image.",
                ),
                Wrong(
                    lambda dX, D: (dX * D).sum(),
                    "You sum over the images too. One number per image is asked for.",
                ),
                Wrong(
                    lambda dX, D: (dX * D).mean(axis=1),
                    "The effects add up: a sum over the pixels, not their mean.",
                ),
                Wrong(
                    lambda dX, D: (dX * D).sum(axis=0),
                    "You sum over the images. One number per image is asked for: sum over the "
                    "pixels.",
                ),
                Wrong(
                    lambda dX, D: dX.sum(axis=1) * D.sum(axis=1),
                    "You sum first. Each pixel has its own slope and its own move: multiply "
                    "first.",
                ),
                Wrong(
                    lambda dX, D: np.linalg.norm(dX, axis=1) * np.linalg.norm(D, axis=1),
                    "A product of lengths knows nothing of directions. Multiply each slope "
                    "with its own move, then sum.",
                ),
                Wrong(
                    lambda dX, D: np.abs(dX * D).sum(axis=1),
                    "You drop the signs. A pixel that moves against its slope lowers the "
                    "margin.",
                ),
            ),
            right=(
                lambda dX, D: np.einsum("im,im->i", dX, D),
                lambda dX, D: np.diag(dX @ D.T),
            ),
            why="A slope is a promise for small moves. The notebook tests how far it holds.",
        ),
    ),
)

EXERCISES = (
    WALL,
    Exercise(
        name="16.covered",
        reference=covered,
        cases=(
            (_image(3, 4, 0), 1),
            (_image(4, 4, 1), 1),
            (_image(6, 5, 2), 2),
            (_image(7, 8, 3), 2),
            (_image(3, 3, 4), 0),
        ),
        tested="images of 3 × 3 to 7 × 8 pixels, squares of 1, 3 and 5 pixels, some cut off",
        hints=(
            "Copy the image for every pixel, and put zeros into the copy. At the edge, a slice "
            "that begins below 0 counts from the other end.",
            "Copy r · width + c is 0 from row r − half to r + half and from column c − half to "
            "c + half, as far as these exist.",
            "copies[r * width + c, max(r - half, 0) : r + half + 1, "
            "max(c - half, 0) : c + half + 1] = 0",
        ),
        wrong=(
            Wrong(
                square_of_side_half,
                "Your squares reach half of `half`. They reach `half` pixels to every side, "
                "so their side is 2 · half + 1.",
            ),
            Wrong(
                negative_starts,
                "At the upper and left edge nothing is covered. There r − half is negative, "
                "and a slice that begins below 0 counts from the end: use max(r - half, 0).",
            ),
            Wrong(
                last_pixel_left_out,
                "Your squares end one pixel early. A slice leaves out its end: r + half + 1.",
            ),
            Wrong(
                from_the_corner,
                "Your squares begin at the pixel. They should have it in their middle: from "
                "r − half to r + half.",
            ),
            Wrong(
                one_image_for_all,
                "All your copies are one and the same array, which is covered everywhere in "
                "the end. Make a new copy for each square: image.copy().",
            ),
            Wrong(
                never_uncovered,
                "Each of your copies still has the squares of those before it. Begin each one "
                "with a fresh image.copy().",
            ),
            Wrong(
                all_but_the_square,
                "You keep the square and erase the rest. It is the other way round.",
            ),
            Wrong(
                covered_with_ink,
                "You cover with ink. Paper is 0.",
            ),
            Wrong(
                one_pixel_covered,
                "You cover a single pixel: `half` does not occur in your answer.",
            ),
            Wrong(
                whole_squares_only,
                "You leave out the pixels near the edge. Each pixel of the image gets a copy, "
                "and a square that sticks out is cut off.",
            ),
            Wrong(
                column_by_column,
                "The right copies in another order: row by row is asked for, so c runs "
                "fastest.",
            ),
            Wrong(
                rows_and_columns_covered,
                "You cover whole rows and columns. A pixel lies in the square where its row "
                "AND its column are near.",
            ),
            Wrong(
                half_as_the_whole_side,
                "Your squares have the side `half` and begin at the pixel. They reach `half` "
                "pixels to every side of it: from r − half to r + half.",
            ),
            Wrong(
                row_and_column_exchanged,
                "Row and column are exchanged: the first index of an image is its row, r.",
            ),
            Wrong(
                always_28,
                "Your loops run to 28 whatever the size of the image. Ask it: image.shape.",
            ),
            Wrong(
                one_array_uncovered_again,
                "All entries of your list are one and the same array, so all show the last "
                "square. Make a new copy for each: image.copy().",
            ),
            Wrong(
                begins_at_its_pixel,
                "Your square begins at its pixel. It reaches to every side of it: from "
                "r - half to r + half, and the same for the columns.",
            ),
            Wrong(
                disc_covered,
                "You cover a disc. A square is asked for: every pixel whose row and column are "
                "both at most `half` away.",
            ),
            Wrong(
                written_into_the_image,
                "You write into the image itself, so that squares pile up in it. Write into "
                "a fresh copy: image.copy().",
            ),
            Wrong(
                views_of_the_image,
                "`copy = image` is no copy but another name for the image, which is covered "
                "everywhere in the end. Use image.copy().",
            ),
        ),
        right=(covered_by_masks, covered_on_a_frame),
        why="784 questions to the network, each about a picture in which one place is missing.",
    ),
    Exercise(
        name="16.one_step",
        reference=one_step,
        cases=(
            (np.array([[0.5, 0.5, 0.0, 1.0]]), np.array([[2.0, -0.1, 3.0, -1.0]]), 0.1),
            (*_moves(3, 5, 0), 0.2),
            (*_moves(8, 20, 1), 0.05),
            (np.array([[0.4, 0.6]]), np.array([[0.0, 1.0]]), 0.3),
        ),
        tested="steps of 0.05 to 0.3, paper and full ink, slopes of both signs and 0",
        hints=(
            "Each pixel may move by eps either way. Which way lowers the margin, and is there "
            "a reason to move by less?",
            "x − ε · sign(dX), and then back to what ink can be: 0 to 1.",
            "np.clip(X - eps * np.sign(dX), 0, 1)",
        ),
        wrong=(
            Wrong(
                lambda X, dX, eps: X + np.clip(-dX, -eps, eps),
                "You limit each slope to eps, so small slopes move little, and you do not "
                "keep the image between 0 and 1. Only the sign of a slope counts.",
            ),
            Wrong(
                lambda X, dX, eps: np.clip(X - np.sign(dX), -eps, eps),
                "You keep the images within eps of 0. It is the move that is limited to eps, "
                "and the image to 0 and 1.",
            ),
            Wrong(
                step_uphill,
                "You raise the margin. To lower it, go against the slope.",
            ),
            Wrong(
                step_by_the_slope,
                "You move each pixel in proportion to its slope. The rule is that each may "
                "move by eps, so use all of it: only the sign of the slope counts.",
            ),
            Wrong(
                step_off_the_paper,
                "Some of your pixels have less ink than none, or more than full. Keep them "
                "between 0 and 1.",
            ),
            Wrong(
                step_scaled_to_the_largest,
                "Only the pixel with the largest slope moves by eps. The others may do so as "
                "well, and lower the margin further.",
            ),
            Wrong(
                step_of_unit_length,
                "You limit the length of the whole step. Here each pixel by itself is limited "
                "to eps.",
            ),
            Wrong(
                slope_clipped,
                "Pixels with a small slope move by less than they may. Only the sign counts.",
            ),
            Wrong(
                step_alone,
                "That is the step. The moved images are asked for, from 0 to 1.",
            ),
            Wrong(
                step_times_the_ink,
                "You move each pixel in proportion to its ink, and paper not at all. Paper may "
                "take ink on too.",
            ),
            Wrong(
                step_with_the_sign_of_x,
                "You use the sign of the ink, which is never negative. The slope says which "
                "way to go.",
            ),
            Wrong(
                only_where_ink_speaks_for_it,
                "You only take ink away. Where the slope is negative, more ink lowers the "
                "margin too.",
            ),
            Wrong(
                step_kept_in_the_room,
                "You limit the image to ±eps. It is the step that is limited; the image lies "
                "between 0 and 1.",
            ),
            Wrong(
                lambda X, dX, eps: X - np.clip(eps * np.sign(dX), 0, 1),
                "You clip the step to 0 and 1, and lose the half of it that adds ink. Clip "
                "the image that comes out.",
            ),
            Wrong(
                lambda X, dX, eps: np.clip(X - eps * dX / np.linalg.norm(dX), 0, 1),
                "You limit the length of the whole step, over all images even. Here each "
                "pixel by itself is limited to eps.",
            ),
            Wrong(
                lambda X, dX, eps: np.clip(X - eps * dX / np.abs(dX).max(), 0, 1),
                "Only the pixel with the largest slope moves by eps. Each pixel may, and only "
                "the sign of its slope counts.",
            ),
            Wrong(
                lambda X, dX, eps: np.clip(X - eps * np.sign(dX) / X.shape[1], 0, 1),
                "You share one eps among all pixels. Each of them may move by eps.",
            ),
            Wrong(
                lambda X, dX, eps: np.clip(X - eps * np.sign(dX), 0, 255),
                "Above 1 nothing stops your pixels. Full ink is 1: keep them between 0 and 1.",
            ),
            Wrong(
                lambda X, dX, eps: np.clip(-eps * np.sign(dX), 0, 1),
                "That is the step. Add the images before you clip.",
            ),
            Wrong(
                lambda X, dX, eps: np.clip(X - eps * np.abs(dX), 0, 1),
                "You take ink away everywhere. Where the slope is negative, more ink lowers "
                "the margin: keep the sign.",
            ),
        ),
        right=(one_step_by_cases, one_step_by_where),
        why="Of all steps in which no pixel moves by more than ε this one lowers the straight "
        "line's margin furthest: by ε · Σ |dX|, if nothing is cut off at 0 or 1.",
    ),
    Exercise(
        name="16.project",
        reference=project,
        cases=(
            (
                np.array([[0.9, 0.1, -0.2, 1.2]]),
                np.array([[0.5, 0.2, 0.0, 1.0]]),
                0.1,
            ),
            (_moves(3, 6, 2)[0] + 0.3 * _moves(3, 6, 3)[1], _moves(3, 6, 2)[0], 0.2),
            (_moves(9, 8, 4)[0] + 0.1 * _moves(9, 8, 5)[1], _moves(9, 8, 4)[0], 0.05),
        ),
        tested="images that moved too far, just far enough, and off the paper",
        hints=(
            "Two things limit a pixel: where it began, and what ink can be.",
            "Between X − ε and X + ε first, then between 0 and 1.",
            "np.clip(np.clip(moved, X - eps, X + eps), 0, 1)",
        ),
        wrong=(
            Wrong(
                lambda moved, X, eps: np.clip(
                    np.minimum(np.maximum(moved, X + eps), X - eps), 0, 1
                ),
                "The two limits are exchanged: at least X − eps, at most X + eps.",
            ),
            Wrong(
                lambda moved, X, eps: np.clip(X + np.clip(X - moved, -eps, eps), 0, 1),
                "The move has the wrong sign: it leads from X to the moved image, moved − X.",
            ),
            Wrong(
                room_forgotten,
                "The images stay on the paper but may move as far as they like. No pixel may "
                "end more than eps from where it began.",
            ),
            Wrong(
                paper_forgotten,
                "Near their beginning, but some pixels have less ink than none or more than "
                "full. Clip to 0 and 1 as well.",
            ),
            Wrong(
                all_shrunk,
                "You shrink the whole step until its largest entry fits. Each pixel is limited "
                "by itself: those that did not go too far stay.",
            ),
            Wrong(
                always_to_the_wall,
                "You move every pixel by the full eps. One that moved by less stays where it "
                "is.",
            ),
            Wrong(
                step_without_the_image,
                "That is the step. Add the image it began from.",
            ),
            Wrong(
                thrown_back,
                "You send a pixel that went too far back to its beginning. It stops at the "
                "wall, at a distance of eps.",
            ),
            Wrong(
                around_the_moved,
                "You pull X to the moved image. It is the moved image that has to stay near X.",
            ),
            Wrong(
                lambda moved, X, eps: np.clip(X + eps * (moved - X), 0, 1),
                "You multiply the step by eps, which makes every step shorter. Only pixels "
                "that went further than eps are called back.",
            ),
            Wrong(
                lambda moved, X, eps: np.clip(moved, X * (1 - eps), X * (1 + eps)),
                "You allow a share of the ink. The room is eps to either side for every "
                "pixel, paper included.",
            ),
            Wrong(
                lambda moved, X, eps: X + eps * (moved - X) / np.linalg.norm(moved - X),
                "You limit the length of the whole step. Each pixel by itself is limited to "
                "eps.",
            ),
            Wrong(
                lambda moved, X, eps: np.clip(
                    X
                    + (moved - X)
                    * np.minimum(
                        1,
                        eps
                        / np.maximum(np.linalg.norm(moved - X, axis=1, keepdims=True), 1e-12),
                    ),
                    0,
                    1,
                ),
                "You limit the length of the whole step. Each pixel by itself is limited to "
                "eps.",
            ),
            Wrong(
                lambda moved, X, eps: np.clip(np.minimum(moved, X + eps), 0, 1),
                "You stop what rose too far. A pixel that fell by more than eps is to be "
                "stopped too, at X − eps.",
            ),
            Wrong(
                lambda moved, X, eps: np.clip(np.maximum(moved, X - eps), 0, 1),
                "You stop what fell too far. A pixel that rose by more than eps is to be "
                "stopped too, at X + eps.",
            ),
            Wrong(
                lambda moved, X, eps: np.clip(X + np.minimum(np.abs(moved - X), eps), 0, 1),
                "You drop the sign: every pixel goes up. One that fell stays below where it "
                "began.",
            ),
            Wrong(
                lambda moved, X, eps: np.clip(moved, -eps, eps),
                "You limit the image to ±eps. The room of a pixel lies around where it began: "
                "from X − eps to X + eps.",
            ),
        ),
        right=(project_the_other_way, project_the_difference),
        why="It is the nearest image that is allowed.",
    ),
    Exercise(
        name="16.favourite",
        reference=favourite,
        cases=(
            (np.array([0.5, -0.2, 1.5]),),
            (np.array([-1.0, -2.0, 0.1, 3.0, -0.5]),),
            (_moves(1, 784, 6)[1][0] + 0.001,),
        ),
        small=(0, 1),
        tested="weights of both signs, large and small",
        hints=(
            "The sum has 784 terms x_m w_m, and each pixel is free to be anything from 0 to 1. "
            "What is best for a single term?",
            "Full ink where the weight is positive, none where it is negative.",
            "(w > 0).astype(float)",
        ),
        wrong=(
            Wrong(
                lambda w: np.flatnonzero(w > 0),
                "Those are the numbers of the pixels that get ink. The image is asked for, "
                "one value for each pixel.",
            ),
            Wrong(
                the_weights_themselves,
                "The weights are no image: some are negative. And a pixel may have full ink "
                "even where its weight is small.",
            ),
            Wrong(
                lambda w: np.maximum(w, 0),
                "Pixels with a small positive weight get little ink. Each of them raises the "
                "sum further with full ink.",
            ),
            Wrong(
                lambda w: np.clip(w, 0, 1),
                "Pixels with a small positive weight get little ink. Each of them raises the "
                "sum further with full ink.",
            ),
            Wrong(
                lambda w: (w - w.min()) / (w.max() - w.min()),
                "That is the template stretched from 0 to 1: pixels with a negative weight get "
                "ink, which lowers the sum.",
            ),
            Wrong(
                lambda w: np.maximum(w, 0) / w.max(),
                "Pixels with a small positive weight get little ink. Each of them raises the "
                "sum further with full ink.",
            ),
            Wrong(
                lambda w: (w < 0).astype(float),
                "The wrong way round: that image lowers the sum furthest.",
            ),
            Wrong(
                lambda w: np.sign(w),
                "Some of your pixels are −1. Ink runs from 0 to 1.",
            ),
            Wrong(
                lambda w: np.ones_like(w),
                "Ink on a negative weight lowers the sum: leave these pixels white.",
            ),
            Wrong(
                lambda w: np.abs(w),
                "Ink on a negative weight lowers the sum, however strong it is.",
            ),
            Wrong(
                lambda w: np.abs(w) / np.abs(w).max(),
                "Ink on a negative weight lowers the sum, however strong it is.",
            ),
            Wrong(
                lambda w: w / w.max(),
                "Some of your pixels are negative, and small weights get little ink. Ask each "
                "pixel by itself: is 0 better for it, or 1?",
            ),
            Wrong(
                lambda w: (np.abs(w) > 0.5).astype(float),
                "You ask whether a weight is large. Its sign decides: any positive weight "
                "gains from ink, and every negative one loses.",
            ),
            Wrong(
                lambda w: w[w > 0],
                "Those are the positive weights. An image is asked for, with one value for "
                "each pixel.",
            ),
            Wrong(
                lambda w: w / np.linalg.norm(w),
                "That is the best image of length 1, negative ink included. Here each pixel "
                "runs from 0 to 1 by itself.",
            ),
            Wrong(
                lambda w: (w > w.mean()).astype(float),
                "You compare with the mean weight. Any positive weight gains from ink.",
            ),
            Wrong(
                lambda w: (w == w.max()).astype(float),
                "Only the pixel with the largest weight has ink. Every pixel with a positive "
                "weight raises the sum.",
            ),
            Wrong(
                lambda w: 1 / (1 + np.exp(-w)),
                "A pixel with a weight near 0 gets half ink in yours. With any positive weight "
                "full ink is best, with any negative one none.",
            ),
        ),
        right=(favourite_by_where, favourite_by_sign, lambda w: np.heaviside(w, 0.0)),
        why="Each pixel decides by itself: nothing in one unit's sum asks what its neighbours "
        "do. That is why such an image is all speckle.",
    ),
)
