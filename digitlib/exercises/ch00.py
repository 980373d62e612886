"""The exercises of notebook 00: start here."""

import numpy as np

from digitlib.exercises.model import Exercise, Line, Wall, Wrong


def ink_to_byte(ink):
    return round(255 * ink)


def byte_by_numpy(ink):
    return int(np.rint(ink * 255))


def byte_by_a_half(ink):
    return int(255 * ink + 0.5)


def decimals_cut_off(ink):
    return int(255 * ink)


def times_256(ink):
    return round(256 * ink)


def rounded_too_early(ink):
    return 255 * round(ink)


def never_rounded(ink):
    return 255 * ink


def centred_rows(X):
    return X - X.mean(axis=1, keepdims=True)


def centred_by_loop(X):
    centred = np.zeros(X.shape)
    for i in range(len(X)):
        centred[i] = X[i] - sum(X[i]) / len(X[i])
    return centred


def centred_by_index(X):
    return X - X.mean(axis=1)[:, None]


def centred_by_transpose(X):
    return (X.T - X.T.mean(axis=0)).T


def columns_centred(X):
    return X - X.mean(axis=0)


def one_mean_for_all(X):
    return X - X.mean()


def axis_lost(X):
    return X - X.mean(axis=1)


def sums_taken_off(X):
    return X - X.sum(axis=1, keepdims=True)


def distances(A, B):
    gaps = A[:, None, :] - B  # (N, 1, D) - (M, D) -> (N, M, D)
    return np.sqrt((gaps**2).sum(axis=2))


def distances_by_loop(A, B):
    table = np.zeros((len(A), len(B)))
    for i in range(len(A)):
        for j in range(len(B)):
            table[i, j] = sum((A[i] - B[j]) ** 2) ** 0.5
    return table


def distances_by_norm(A, B):
    return np.linalg.norm(A[:, None] - B[None], axis=-1)


def distances_row_by_row(A, B):
    return np.array([np.sqrt(((B - a) ** 2).sum(axis=1)) for a in A])


def root_forgotten(A, B):
    return ((A[:, None] - B) ** 2).sum(axis=2)


def points_summed_away(A, B):
    return np.sqrt(((A[:, None] - B) ** 2).sum(axis=1))


def rows_paired(A, B):
    return np.sqrt(((A - B) ** 2).sum(axis=1))


def table_turned(A, B):
    return np.sqrt(((B[:, None] - A) ** 2).sum(axis=2))


def more_ink(images, by):
    return np.minimum(images.astype(int) + by, 255).astype(np.uint8)


def more_ink_by_room(images, by):
    return images + np.minimum(by, 255 - images).astype(images.dtype)


def more_ink_by_clip(images, by):
    return np.clip(images / 1.0 + by, 0, 255)


def more_ink_by_copy(images, by):
    darker = images.copy()
    full = darker > 255 - by
    darker[full] = 255
    darker[~full] += np.uint8(by)
    return darker


def wrapped(images, by):
    return images + np.uint8(by)


def without_ceiling(images, by):
    return images.astype(int) + by


def wrapped_in_place(images, by):
    images += np.uint8(by)
    return images


def original_inked(images, by):
    images[...] = np.minimum(images.astype(int) + by, 255)
    return images


def accuracy(predicted, y):
    return float(np.mean(np.ravel(predicted) == np.ravel(y)))


def accuracy_by_loop(predicted, y):
    hits = 0
    for answer, truth in zip(predicted.ravel(), y.ravel()):
        hits += int(answer == truth)
    return hits / len(y)


def accuracy_by_shape(predicted, y):
    return (predicted.reshape(y.shape) == y).mean()


def table_averaged(predicted, y):
    return (predicted == y).mean()


def table_counted(predicted, y):
    return (predicted == y).sum() / len(y)


def not_divided(predicted, y):
    return (np.ravel(predicted) == np.ravel(y)).sum()


def one_of_the_two_flattened(predicted, y):
    return (np.ravel(predicted) == y).mean()


def _table(n, k, seed):
    return np.random.default_rng(seed).standard_normal((n, k))


def _answers(n, seed):
    """Answers and truths, (n,) each, about three in four of them equal."""
    rng = np.random.default_rng(seed)
    y = rng.integers(10, size=n)
    return np.where(rng.random(n) < 0.75, y, (y + 1) % 10), y


def _layer(n, k, classes, seed):
    """Images (n, k), weights (k, classes) and biases (classes,)."""
    rng = np.random.default_rng(seed)
    return rng.random((n, k)), rng.standard_normal((k, classes)), rng.standard_normal(classes)


def square_table(A, B):
    far = [[np.sqrt(((a - B[j]) ** 2).sum()) for j in range(len(A))] for a in A]
    return np.array(far)


def last_row_lost(A, B):
    D = np.zeros((len(A), len(B)))
    for i in range(len(A) - 1):
        D[i] = np.sqrt(((A[i] - B) ** 2).sum(axis=1))
    return D


def _images(n, k, seed):
    """Images (n, k) with ink in each."""
    return np.random.default_rng(seed).random((n, k)) + 0.1


TWO = np.array([[0.0, 0.5, 1.0], [0.25, 0.25, 0.5]])
SQUARE = _images(4, 4, 8)  # as many images as pixels: nothing stops where a shape is wrong

WALL = Wall(
    name="00.wall",
    tested="2 to 6 images, also as many images as pixels; X left as it was",
    lines=(
        Line(
            name="ink",
            shape="(N,)",
            reference=lambda X: X.sum(axis=1),
            cases=((TWO,), (_images(6, 5, 1),), (SQUARE,)),
            hints=(
                "One number for each image is wanted. Which axis has to vanish?",
                "ink_i = the sum over m of X_im",
                "X.sum(axis=1)",
            ),
            wrong=(
                Wrong(
                    lambda X: X.sum(axis=0),
                    "axis=0 makes the images vanish: you get one number per pixel. The pixels "
                    "have to vanish.",
                ),
                Wrong(
                    lambda X: X.sum(),
                    "You sum over everything and get a single number. One per image is wanted: "
                    "name the axis.",
                ),
                Wrong(
                    lambda X: X.mean(axis=1),
                    "That is the mean ink of a pixel. The sum over an image is wanted.",
                ),
                Wrong(
                    lambda X: X.sum(axis=1, keepdims=True),
                    "keepdims=True keeps the axis with size 1, so your shape is (N, 1). "
                    "(N,) is wanted here.",
                ),
                Wrong(
                    lambda X: (X > 0).sum(axis=1),
                    "You count the pixels that hold ink. How much ink they hold is wanted.",
                ),
                Wrong(
                    lambda X: X[:, 0],
                    "That is the first pixel of each image. All its pixels are to be summed.",
                ),
            ),
            right=(lambda X: X @ np.ones(X.shape[1]),),
            why="axis 1 counts the pixels, and it is the pixels that vanish.",
        ),
        Line(
            name="mean_image",
            shape="(784,)",
            reference=lambda X: X.mean(axis=0),
            cases=((TWO,), (_images(6, 5, 2),), (SQUARE,)),
            hints=(
                "The mean runs over the images. Which axis counts these?",
                "mean_m = 1/N times the sum over i of X_im",
                "X.mean(axis=0)",
            ),
            wrong=(
                Wrong(
                    lambda X: X.mean(axis=1),
                    "axis=1 makes the pixels vanish: you get one number per image. The images "
                    "have to vanish.",
                ),
                Wrong(
                    lambda X: X.mean(),
                    "You take one mean of everything. One per pixel is wanted: name the axis.",
                ),
                Wrong(
                    lambda X: X.sum(axis=0),
                    "That is the sum over the images. Their mean is wanted.",
                ),
                Wrong(
                    lambda X: X.mean(axis=0, keepdims=True),
                    "keepdims=True keeps the axis with size 1, so your shape is (1, 784). "
                    "(784,) is wanted here.",
                ),
                Wrong(
                    lambda X: X.sum(axis=0) / X.shape[1],
                    "You divide by the number of pixels. The mean of N images divides by N.",
                ),
                Wrong(
                    lambda X: X.sum(axis=0) / 784,
                    "You divide by the number of pixels. The mean of N images divides by N.",
                ),
                Wrong(
                    lambda X: X.sum(axis=0) / 64,
                    "You divide by 64. N may be any number: len(X), or let mean count.",
                ),
                Wrong(
                    lambda X: np.median(X, axis=0),
                    "That is the median, the value in the middle. The mean is wanted.",
                ),
                Wrong(
                    lambda X: X.sum(axis=0) / (len(X) - 1),
                    "You divide by N − 1. The mean of N images divides by N.",
                ),
            ),
            right=(lambda X: sum(X) / len(X),),
        ),
        Line(
            name="difference",
            shape="(N, 784)",
            reference=lambda X, mean_image: X - mean_image,
            cases=(
                (TWO, np.array([0.5, 0.0, 1.0])),
                (_images(6, 5, 3), _images(1, 5, 4)[0]),
                (SQUARE, SQUARE[1]),
            ),
            hints=(
                "Write (N, 784) and (784,) below one another, lined up at the right.",
                "difference_im = X_im − mean_m: NumPy repeats the one image for all N.",
                "X - mean_image",
            ),
            wrong=(
                Wrong(
                    lambda X, mean_image: X - mean_image[:, None],
                    "With [:, None] the 784 numbers become a column, and it is lined up with "
                    "the images. The pixels of X stand at the right, and so does (784,).",
                ),
                Wrong(
                    lambda X, mean_image: mean_image - X,
                    "The sign is the wrong way round: the mean image is taken away from every "
                    "image.",
                ),
                Wrong(
                    lambda X, mean_image: X - mean_image.mean(),
                    "You take one number away from everything. Each pixel has its own mean.",
                ),
                Wrong(
                    lambda X, mean_image: X[0] - mean_image,
                    "That is the first image alone. All N are wanted.",
                ),
                Wrong(
                    lambda X, mean_image: (X - mean_image) ** 2,
                    "You square the difference. The difference itself is wanted, with its "
                    "sign.",
                ),
                Wrong(
                    lambda X, mean_image: np.abs(X - mean_image),
                    "You drop the sign. Less ink than the mean is a negative number.",
                ),
            ),
            right=(lambda X, mean_image: np.array([x - mean_image for x in X]),),
        ),
        Line(
            name="shares",
            shape="(N, 784)",
            reference=lambda X, ink: X / ink[:, None],
            cases=(
                (TWO, TWO.sum(axis=1)),
                (_images(6, 5, 5), _images(1, 6, 6)[0]),
                (SQUARE, SQUARE.sum(axis=1)),
            ),
            hints=(
                "(N, 784) against (N,) does not fit, or fits by accident. The N numbers "
                "have to become a column.",
                "shares_im = X_im / ink_i, and ink as a column has the shape (N, 1).",
                "X / ink[:, None]",
            ),
            wrong=(
                Wrong(
                    lambda X, ink: X / ink,
                    "ink has the shape (N,), which is lined up with the pixels. It should go "
                    "with the images: make it a column of shape (N, 1).",
                ),
                Wrong(
                    lambda X, ink: X / ink.sum(),
                    "You divide by the ink of all images together. Each has its own.",
                ),
                Wrong(
                    lambda X, ink: X * ink[:, None],
                    "You multiply. A share is divided by the whole.",
                ),
                Wrong(
                    lambda X, ink: (X / ink[:, None]).sum(axis=1),
                    "Those are the sums of the shares, all 1. The shares are wanted.",
                ),
                Wrong(
                    lambda X, ink: ink[:, None] / X,
                    "It is upside down: the pixel is divided by the ink of its image.",
                ),
            ),
            right=(
                lambda X, ink: (X.T / ink).T,
                lambda X, ink: X / ink.reshape(-1, 1),
                lambda X, ink: np.array([x / whole for x, whole in zip(X, ink)]),
            ),
            why="a number per image stands as a column, (N, 1), before it meets the pixels.",
        ),
        Line(
            name="scores",
            shape="(N, 10)",
            reference=lambda X, W, b: X @ W + b,
            cases=(_layer(2, 3, 4, 1), _layer(5, 4, 3, 2), _layer(3, 3, 3, 3)),
            hints=(
                "(N, 784) and (784, 10): which sizes cancel, and which remain? Then ten "
                "numbers are added to each row.",
                "scores_ik = the sum over m of X_im W_mk, plus b_k",
                "X @ W + b",
            ),
            wrong=(
                Wrong(
                    lambda X, W, b: X @ W,
                    "b is missing: each digit gets its own number added.",
                ),
                Wrong(
                    lambda X, W, b: W.T @ X.T + b[:, None],
                    "That is (10, N), the table turned over. One image per row is wanted.",
                ),
                Wrong(
                    lambda X, W, b: X @ W + b[:, None],
                    "As a column b is lined up with the images. It has one number per digit, "
                    "and the digits stand at the right.",
                ),
                Wrong(
                    lambda X, W, b: W @ X + b,
                    "The factors are swapped. The inner sizes have to be equal: "
                    "(N, 784) @ (784, 10).",
                ),
                Wrong(
                    lambda X, W, b: X * W + b,
                    "* multiplies entry by entry. A weighted sum is the matrix product, @.",
                ),
                Wrong(
                    lambda X, W, b: X @ W + b.sum(),
                    "You add the sum of b to every score. Each digit has its own number in b.",
                ),
                Wrong(
                    lambda X, W, b: X @ (W + b),
                    "You add b to the weights. It is added once, after the sum.",
                ),
                Wrong(
                    lambda X, W, b: X @ W / X.shape[1] + b,
                    "You divide by the number of pixels. A weighted sum is not divided by "
                    "anything.",
                ),
            ),
            right=(
                lambda X, W, b: np.einsum("im,mk->ik", X, W) + b,
                lambda X, W, b: (W.T @ X.T).T + b,
            ),
            why="the 784 pixels are summed away, and N and 10 remain.",
        ),
    ),
    why="Every layer of every network in this course begins with the last of these lines.",
)

EXERCISES = (
    Exercise(
        name="00.ink_to_byte",
        reference=ink_to_byte,
        cases=((0.0,), (1.0,), (0.25,), (0.6,), (0.33,), (0.999,), (0.0035,), (0.75,)),
        tested="blank, full, and six greys between",
        hints=(
            "Full ink, 1.0, must give 255. Then: the nearest whole number, not the next below.",
            "The nearest whole number to 255 · ink.",
            "return round(255 * ink)",
        ),
        wrong=(
            Wrong(
                decimals_cut_off,
                "int cuts the decimals off: your 63.75 became 63, and 64 is nearer. Round.",
            ),
            Wrong(
                times_256,
                "Your full ink is 256. There are 256 grey values, but the first of them is 0, "
                "so the last is 255.",
            ),
            Wrong(
                rounded_too_early,
                "You round the ink before you multiply, which leaves only 0 and 255: all the "
                "greys are gone. Multiply first.",
            ),
            Wrong(never_rounded, "It is not a whole number: the rounding is missing."),
            Wrong(
                lambda ink: int(256 * ink),
                "You multiply by 256. There are 256 grey values, but the "
                "first of them is 0, so the last is 255; and int cuts the decimals off.",
            ),
            Wrong(
                lambda ink: int(255 * ink) + 1,
                "You always round up, and 0 becomes 1. The nearest whole number is wanted.",
            ),
            Wrong(
                lambda ink: min(255, int(256 * ink)),
                "You cut 256 · ink off, which gives every byte an equal strip of ink. The "
                "byte nearest to 255 · ink is wanted: round.",
            ),
            Wrong(
                lambda ink: int(255 * ink) + 0.5,
                "The half is added too late, after int has cut the decimals off. Add it "
                "before, and then cut.",
            ),
        ),
        right=(byte_by_numpy, byte_by_a_half),
    ),
    WALL,
    Exercise(
        name="00.accuracy",
        reference=accuracy,
        cases=(
            (np.array([3, 3, 8, 8]), np.array([3, 3, 3, 8])),
            (np.array([[3], [3], [8], [8]]), np.array([3, 3, 3, 8])),
            (np.array([3, 3, 8, 8]), np.array([[3], [3], [3], [8]])),
            _answers(40, 5),
            (_answers(40, 6)[0][:, None], _answers(40, 6)[1]),
        ),
        tested="(N,) and (N, 1), each against the other",
        hints=(
            "Both must have one axis before they are compared.",
            "The mean over i of [predicted_i = y_i], with both of shape (N,).",
            "np.ravel(a) gives (N,) whatever a is; (… == …).mean() is the share that is true.",
        ),
        wrong=(
            Wrong(
                table_averaged,
                "A column (N, 1) against (N,) made a table of N × N comparisons, and you took "
                "its mean. Give both one axis first.",
            ),
            Wrong(
                table_counted,
                "A column (N, 1) against (N,) made a table of N × N comparisons: you counted "
                "in all of it and divided by N, so it can even exceed 1.",
            ),
            Wrong(not_divided, "That is the number of right answers. A share was asked for."),
            Wrong(
                lambda predicted, y: (predicted == y).sum(),
                "That is a number of right answers, and a share was asked for: divide it by "
                "N. Before that, give both one axis: a column (N, 1) against (N,) makes a "
                "table of N × N comparisons.",
            ),
            Wrong(
                one_of_the_two_flattened,
                "You give predicted one axis, and y may be the column: then it is a table of "
                "N × N comparisons again. Both need it.",
            ),
            Wrong(
                lambda predicted, y: (predicted == y.T).mean(),
                "Turning y does not help: an array with one axis stays as it is, and a "
                "column against it makes a table of N × N comparisons. Give both one axis "
                "first.",
            ),
            Wrong(
                lambda predicted, y: 1 - np.abs(np.ravel(predicted) - np.ravel(y)).mean(),
                "You measure how far apart the digits are. An answer is right or wrong: "
                "compare with ==.",
            ),
            Wrong(
                lambda predicted, y: (np.ravel(predicted) == np.ravel(y)).sum() / 10,
                "You divide by ten, the number of digits. A share of right "
                "answers is divided by the number of answers.",
            ),
            Wrong(
                lambda predicted, y: np.mean(np.abs(np.ravel(predicted) - np.ravel(y)) < 2),
                "You accept digits that are next to the right one. An answer is right or "
                "wrong: compare with ==.",
            ),
            Wrong(
                lambda predicted, y: round(np.mean(np.ravel(predicted) == np.ravel(y)), 1),
                "You round the share. Give it as it is, and let whoever prints it round.",
            ),
            Wrong(
                lambda predicted, y: (
                    (predicted == y).mean() if predicted.ndim == y.ndim == 1 else 0.0
                ),
                "A column gets 0 from you. Its answers count like any others: lay it in one "
                "row first.",
            ),
            Wrong(
                lambda predicted, y: np.isin(predicted, y).mean(),
                "You ask whether each answer occurs anywhere among the labels. Answer i "
                "belongs to label i alone.",
            ),
            Wrong(
                lambda predicted, y: float(predicted.ravel == y.ravel),
                "Without brackets, .ravel is the function itself and is never called: "
                ".ravel().",
            ),
        ),
        right=(accuracy_by_loop, accuracy_by_shape),
    ),
    Exercise(
        name="00.centred_rows",
        reference=centred_rows,
        cases=(
            (np.array([[0.0, 2.0], [10.0, 20.0]]),),
            (np.array([[1.0, 2.0, 6.0], [-3.0, 0.0, 0.0]]),),
            (_table(5, 4, 0),),
        ),
        tested="square and oblong tables, and that X is left as it was",
        hints=(
            "One mean a row: which axis has to vanish? What shape must the means keep?",
            "C_ij = X_ij − m_i. The means m have no index j: their shape is (N, 1).",
            "X.mean(axis=1, keepdims=True) has shape (N, 1); subtract it from X.",
        ),
        wrong=(
            Wrong(
                columns_centred,
                "Your columns have mean 0, not your rows: axis=0 sums down the columns. "
                "A mean for each row sums over axis 1.",
            ),
            Wrong(
                one_mean_for_all, "One mean was taken from everything. Each row has its own."
            ),
            Wrong(
                axis_lost,
                "Your means have shape (N,), which is lined up with the columns: column j lost "
                "the mean of row j. Keep the axis, keepdims=True.",
            ),
            Wrong(sums_taken_off, "You subtract each row's sum. Its mean was asked for."),
            Wrong(
                lambda X: (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True),
                "You also divide by the standard deviation. Only the mean was to be taken off.",
            ),
            Wrong(
                lambda X: X - np.median(X, axis=1, keepdims=True),
                "You subtract the median, the value in the middle. The mean was asked for.",
            ),
            Wrong(
                lambda X: X - X.mean(axis=0) - X.mean(axis=1, keepdims=True),
                "You take off the means of the columns as well. Only those of the rows were "
                "to go.",
            ),
        ),
        right=(centred_by_loop, centred_by_index, centred_by_transpose),
    ),
    Exercise(
        name="00.distances",
        reference=distances,
        cases=(
            (np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([[0.0, 0.0], [3.0, 0.0]])),
            (_table(3, 2, 1), _table(4, 2, 2)),
            (_table(4, 5, 3), _table(2, 5, 4)),
            # Points that coincide, far from 0: |a|² + |b|² − 2ab is a little off there.
            (_table(3, 3, 5) + 1e4, (_table(3, 3, 5) + 1e4)[::-1].copy()),
        ),
        tested="as many points in A as in B, fewer, and more; 2 to 5 coordinates; points "
        "that coincide",
        hints=(
            "First make all the differences, an array with three axes: (N, M, D).",
            "d_ij = √ Σ_k (A_ik − B_jk)². A lacks the index j, B lacks the index i.",
            "A[:, None, :] - B has shape (N, M, D); square it, sum over axis 2, take np.sqrt.",
        ),
        wrong=(
            Wrong(
                root_forgotten,
                "Those are the squared distances: 25 where 5 belongs. The root is missing.",
            ),
            Wrong(
                points_summed_away,
                "You sum over axis 1 of (N, M, D), so the points of B vanish. It is the "
                "coordinates, the last axis, that must.",
            ),
            Wrong(
                rows_paired,
                "Row i of A meets only row i of B. For all pairs, A needs an axis of size 1 "
                "where B has its rows.",
            ),
            Wrong(
                table_turned,
                "Your table is turned over: row i must belong to point i of A, column j to "
                "point j of B.",
            ),
            Wrong(
                lambda A, B: np.abs(A[:, None] - B).sum(axis=2),
                "That is the sum of the sizes of the differences (the "
                "Manhattan distance): the way round the corner. Square "
                "first, sum, and then take the root.",
            ),
            Wrong(
                lambda A, B: np.abs(A[:, None] - B).max(axis=2),
                "That is the largest difference of a coordinate. All of them "
                "count: squared and summed.",
            ),
            Wrong(
                lambda A, B: A @ B.T,
                "Those are dot products. A distance is built from "
                "differences: squared, summed, and the root taken.",
            ),
            Wrong(
                lambda A, B: np.sqrt(np.abs((A[:, None] - B).sum(axis=2))),
                "The differences are not squared, so positive and negative ones cancel.",
            ),
            Wrong(
                lambda A, B: np.sqrt(np.abs(A[:, None] - B).sum(axis=2)),
                "The differences are not squared before they are summed.",
            ),
            Wrong(
                lambda A, B: np.sqrt((A**2).sum(1)[:, None] + (B**2).sum(1) - A @ B.T),
                "|a − b|² is |a|² + |b|² − 2 a·b: the 2 is missing.",
            ),
            Wrong(
                lambda A, B: np.abs(A[:, None, 0] - B[None, :, 0]),
                "Only the first coordinate is looked at.",
            ),
            Wrong(
                lambda A, B: np.sqrt((A[:, None, :] - B).sum(axis=2) ** 2),
                "You add up the differences before you square them, so that they cancel. "
                "Square each one first.",
            ),
            Wrong(
                lambda A, B: np.sqrt(np.abs(A @ B.T)),
                "A @ B.T multiplies the coordinates. A distance is made of their differences.",
            ),
            Wrong(
                square_table,
                "Your table has a row and a column for each point of A. The columns belong to "
                "the points of B.",
            ),
            Wrong(
                last_row_lost,
                "The last point of A has no distances: range(n) ends at n − 1 by itself.",
            ),
        ),
        right=(distances_by_loop, distances_by_norm, distances_row_by_row),
    ),
    Exercise(
        name="00.more_ink",
        reference=more_ink,
        cases=(
            (np.array([[0, 100, 200]], dtype=np.uint8), 100),
            (np.array([[255, 254], [1, 128]], dtype=np.uint8), 1),
            (np.arange(0, 252, 7, dtype=np.uint8).reshape(6, 6), 60),
        ),
        tested="sums up to 255 and above, and that the original is left as it was",
        hints=(
            "200 + 100 does not fit in a byte: in which type would it fit?",
            "The smaller of pixel + by and 255, computed in a type that can hold 300.",
            "np.minimum(images.astype(int) + by, 255)",
        ),
        wrong=(
            Wrong(
                wrapped,
                "200 + 100 became 44: the sum wrapped round. Cutting at 255 afterwards comes "
                "too late; change to a wider type before you add.",
            ),
            Wrong(
                without_ceiling,
                "Your pixels go above 255. There is no more ink than full: cut them off there.",
            ),
            Wrong(
                wrapped_in_place,
                "Two mistakes: the sum wrapped round (200 + 100 became 44), and += wrote it "
                "into the array that came in.",
            ),
            Wrong(
                original_inked,
                "The result is right, but you wrote it into the array that came in, so whoever "
                "called you has lost the original. Make a new array.",
            ),
            Wrong(
                lambda images, by: np.maximum(images.astype(int) + by, 255),
                "You take the larger of the sum and 255. 255 is a ceiling: "
                "the smaller of the two.",
            ),
            Wrong(
                lambda images, by: 255 - np.minimum(images.astype(int) + by, 255),
                "You turn ink into paper: 255 less it is the negative.",
            ),
            Wrong(
                lambda images, by: np.maximum(images.astype(int) - by, 0),
                "You take ink away. Every pixel should get `by` more.",
            ),
            Wrong(
                lambda images, by: np.where(
                    images.astype(int) + by > 255, images, images.astype(int) + by
                ),
                "A pixel that would go above 255 stays as it was. It should become 255.",
            ),
            Wrong(
                lambda images, by: np.where(images == 0, by, images),
                "Only blank pixels get ink. Every pixel should get `by` more.",
            ),
            Wrong(
                lambda images, by: np.minimum(images.astype(int) + by, 256),
                "Your pixels go up to 256. Full ink is 255: cut them off there.",
            ),
            Wrong(
                lambda images, by: (images.astype(int) + by) % 255,
                "The % starts again at 0 where the ink is full. Full ink stays full: cut the "
                "sum off at 255.",
            ),
            Wrong(
                lambda images, by: np.where(
                    images > 0, np.minimum(images.astype(int) + by, 255), 0
                ),
                "You leave blank pixels blank. *Every* pixel gets more ink.",
            ),
            Wrong(
                lambda images, by: np.where(images.astype(int) + by > 255, 255, by),
                "Where there is room you return `by` alone. It is added to what the pixel had.",
            ),
        ),
        right=(more_ink_by_room, more_ink_by_clip, more_ink_by_copy),
    ),
)
