"""The exercises of notebook 18: ship it."""

from itertools import pairwise

import numpy as np

from digitlib.exercises.model import Exercise, Line, Wall, Wrong


def first_and_last(picture):
    inked = np.flatnonzero((picture > 0.1).any(axis=1))
    return int(inked[0]), int(inked[-1])


def by_the_largest(picture):
    inked = np.where(picture.max(axis=1) > 0.1)[0]
    return inked.min(), inked.max()


def by_loop(picture):
    rows = [r for r, row in enumerate(picture) if any(value > 0.1 for value in row)]
    return rows[0], rows[-1]


def by_argmax(picture):
    inked = (picture > 0.1).any(axis=1)
    return np.argmax(inked), len(inked) - 1 - np.argmax(inked[::-1])


def columns_for_rows(picture):
    inked = np.flatnonzero((picture > 0.1).any(axis=0))
    return int(inked[0]), int(inked[-1])


def one_past_the_last(picture):
    first, last = first_and_last(picture)
    return first, last + 1


def any_ink_at_all(picture):
    inked = np.flatnonzero((picture > 0).any(axis=1))
    return int(inked[0]), int(inked[-1])


def by_the_sum(picture):
    inked = np.flatnonzero(picture.sum(axis=1) > 0.1)
    return int(inked[0]), int(inked[-1])


def by_the_mean(picture):
    inked = np.flatnonzero(picture.mean(axis=1) > 0.1)
    return (int(inked[0]), int(inked[-1])) if len(inked) else (0, 0)


def all_of_the_row(picture):
    inked = np.flatnonzero((picture > 0.1).all(axis=1))
    return (int(inked[0]), int(inked[-1])) if len(inked) else (0, 0)


def how_many(picture):
    first, last = first_and_last(picture)
    return first, last - first + 1


def darkest_and_lightest(picture):
    return int(picture.sum(axis=1).argmin()), int(picture.sum(axis=1).argmax())


def in_flat_places(picture):
    inked = np.flatnonzero(picture > 0.1)
    return int(inked[0]), int(inked[-1])


def mean_row(picture):
    return (picture.sum(axis=1) * np.arange(len(picture))).sum() / picture.sum()


def mean_row_by_product(picture):
    return np.arange(len(picture)) @ picture.sum(axis=1) / picture.sum()


def mean_row_by_average(picture):
    return np.average(np.arange(len(picture)), weights=picture.sum(axis=1))


def mean_row_by_loop(picture):
    total = 0
    for r in range(picture.shape[0]):
        for c in range(picture.shape[1]):
            total += r * picture[r, c]
    return total / picture.sum()


def forward(x, layers):
    for i, (W, b) in enumerate(layers):
        x = x @ W + b
        if i < len(layers) - 1:
            x = np.maximum(x, 0)
    e = np.exp(x - x.max())
    return e / e.sum()


def forward_by_its_last(x, layers):
    *hidden, (W, b) = layers
    a = x
    for V, c in hidden:
        a = np.maximum(a @ V + c, 0)
    z = a @ W + b
    z = z - np.max(z)
    return np.exp(z) / np.exp(z).sum()


def forward_by_columns(x, layers):
    for W, b in layers[:-1]:
        x = np.clip(W.T.dot(x) + b, 0, None)
    W, b = layers[-1]
    z = W.T.dot(x) + b
    return np.exp(z - z.max() - np.log(np.exp(z - z.max()).sum()))


def forward_by_loops(x, layers):
    for i, (W, b) in enumerate(layers):
        z = [b[j] + sum(x[m] * W[m, j] for m in range(W.shape[0])) for j in range(W.shape[1])]
        x = z if i == len(layers) - 1 else [max(0, value) for value in z]
    e = [np.exp(value - max(x)) for value in x]
    return [value / sum(e) for value in e]


def _passed(x, layers, bend=lambda z: np.maximum(z, 0), last=lambda z: z, bias=1.0):
    for i, (W, b) in enumerate(layers):
        z = x @ W + bias * b
        x = bend(z) if i < len(layers) - 1 else last(z)
    return x


def _soft(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def bent_at_the_end(x, layers):
    for W, b in layers:
        x = np.maximum(x @ W + b, 0)
    e = np.exp(x - x.max())
    return e / e.sum()


def returned_in_the_loop(x, layers):
    return _soft(_passed(x, layers[:1]))


def always_from_the_image(x, layers):
    for W, b in layers:
        z = np.maximum(x @ W + b, 0)
    return _soft(z)


def two_layers_only(x, layers):
    (V, c), (W, b) = layers[0], layers[-1]
    return _soft(np.maximum(x @ V + c, 0) @ W + b)


def as_a_batch(x, layers):
    z = _passed(x, layers)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def never_bent(x, layers):
    return _soft(_passed(x, layers, bend=lambda z: z))


def overflows(x, layers):
    with np.errstate(all="ignore"):
        e = np.exp(_passed(x, layers))
        return e / e.sum()


def scores_alone(x, layers):
    return _passed(x, layers)


def share_without_exp(x, layers):
    z = _passed(x, layers)
    return z / z.sum()


def softmax_everywhere(x, layers):
    return _passed(x, layers, bend=_soft, last=_soft)


def sigmoid_in_between(x, layers):
    with np.errstate(all="ignore"):
        return _soft(_passed(x, layers, bend=lambda z: 1 / (1 + np.exp(-z))))


def sigmoid_at_the_end(x, layers):
    with np.errstate(all="ignore"):
        return _passed(x, layers, last=lambda z: 1 / (1 + np.exp(-z)))


def biases_forgotten(x, layers):
    return _soft(_passed(x, layers, bias=0.0))


def last_layer_forgotten(x, layers):
    return _soft(_passed(x, layers[:-1], last=lambda z: np.maximum(z, 0)))


def absolute_in_between(x, layers):
    return _soft(_passed(x, layers, bend=np.abs))


def the_digit_alone(x, layers):
    return int(_passed(x, layers).argmax())


def one_hot_answer(x, layers):
    z = _passed(x, layers)
    return (z == z.max()).astype(float)


def divided_by_the_largest(x, layers):
    e = np.exp(_passed(x, layers) - _passed(x, layers).max())
    return e / e.max()


def logs_of_probabilities(x, layers):
    return np.log(_soft(_passed(x, layers)))


def turned_over(x, layers):
    for i, (W, b) in enumerate(layers):
        x = W @ x + b
        if i < len(layers) - 1:
            x = np.maximum(x, 0)
    return _soft(x)


def bent_before(x, layers):
    for W, b in layers:
        x = np.maximum(x, 0) @ W + b
    return _soft(x)


def bias_after_the_bend(x, layers):
    for i, (W, b) in enumerate(layers):
        z = x @ W
        x = np.maximum(z, 0) + b if i < len(layers) - 1 else z + b
    return _soft(x)


def whole_numbers(W, largest):
    scale = np.abs(W).max(axis=0) / largest
    return np.rint(W / scale).astype(np.int8), scale


def whole_by_columns(W, largest):
    whole, scale = np.empty(W.shape, np.int8), np.empty(W.shape[1])
    for j in range(W.shape[1]):
        scale[j] = max(abs(W[:, j])) / largest
        whole[:, j] = np.round(W[:, j] / scale[j])
    return whole, scale


def whole_by_product(W, largest):
    top = abs(W).max(axis=0)
    return np.round(largest * W / top), top / largest


def one_scale_for_all(W, largest):
    scale = np.full(W.shape[1], np.abs(W).max() / largest)
    return np.rint(W / scale).astype(np.int8), scale


def scale_of_rows(W, largest):
    scale = np.abs(W).max(axis=1) / largest
    return np.rint(W / scale[:, None]).astype(np.int8), scale


def cut_off(W, largest):
    scale = np.abs(W).max(axis=0) / largest
    return (W / scale).astype(np.int8), scale


def sign_forgotten(W, largest):
    scale = W.max(axis=0) / largest
    return np.rint(W / scale).clip(-127, 127).astype(np.int8), scale


def always_127(W, largest):
    return whole_numbers(W, 127)


def one_step_more(W, largest):
    scale = np.abs(W).max(axis=0) / (largest + 1)
    return np.rint(W / scale).clip(-128, 127).astype(np.int8), scale


def scale_upside_down(W, largest):
    scale = largest / np.abs(W).max(axis=0)
    return np.rint(W * scale).astype(np.int8), scale


def rounded_weights(W, largest):
    scale = np.abs(W).max(axis=0) / largest
    return np.rint(W / scale) * scale, scale


def span_of_the_column(W, largest):
    scale = np.ptp(W, axis=0) / (2 * largest)
    return np.rint(W / scale).clip(-128, 127).astype(np.int8), scale


def span_that_wraps(W, largest):
    scale = np.ptp(W, axis=0) / (2 * largest)
    return np.rint(W / scale).astype(np.int8), scale


def rounded_first(W, largest):
    scale = np.abs(W).max(axis=0) / largest
    return (np.rint(W) / scale).astype(np.int8), scale


def _picture(h, w, seed, rows, columns):
    """(h, w) with ink in these rows and columns and faint dirt at the edge."""
    rng = np.random.default_rng(seed)
    picture = np.zeros((h, w))
    picture[slice(*rows), slice(*columns)] = rng.uniform(0.2, 1, (h, w))[
        slice(*rows), slice(*columns)
    ]
    picture[rows[0], columns[0]] = 0  # more ink below than above
    picture[0, 1] = 0.05  # too faint to be ink
    picture[-1, 1:5] = 0.06  # even together
    return picture


SMALL = np.zeros((5, 4))
SMALL[1, 2], SMALL[2, 2], SMALL[3, 1] = 0.5, 1.0, 0.25
LOPSIDED = np.zeros((8, 3))
LOPSIDED[[1, 2, 6], [0, 1, 1]] = 0.2, 0.2, 1.0
AT_THE_EDGE = np.zeros((6, 4))  # 0.1 itself is not above 0.1
AT_THE_EDGE[[1, 2, 3, 4], [2, 1, 2, 0]] = 0.1, 0.7, 0.4, 0.1
PICTURES = (
    (SMALL,),
    (LOPSIDED,),
    (_picture(9, 9, 0, (2, 7), (4, 6)),),
    (_picture(12, 7, 1, (3, 11), (0, 5)),),
    (_picture(8, 15, 2, (5, 6), (3, 14)),),
)


def _network(widths, seed, x, size=1.0):
    """One image and a list of (W, b), with biases and sums of both signs."""
    rng = np.random.default_rng(seed)
    layers = [
        (size * rng.standard_normal((n, m)), size * rng.standard_normal(m))
        for n, m in pairwise(widths)
    ]
    return x if x is not None else rng.random(widths[0]), layers


def _strips(h, first, start, s):
    top = (np.arange(28)[:, None] - start) / s + first
    return top, np.arange(h), s


def shifted_above_only(x, layers):
    for W, b in layers[:-1]:
        x = np.maximum(x @ W + b, 0)
    W, b = layers[-1]
    z = x @ W + b
    return np.exp(z - z.max()) / np.exp(z).sum()


def leaks_in_between(x, layers):
    for W, b in layers[:-1]:
        z = x @ W + b
        x = np.where(z > 0, z, 0.01 * z)
    W, b = layers[-1]
    z = x @ W + b
    return np.exp(z - z.max()) / np.exp(z - z.max()).sum()


def bent_and_softmax_everywhere(x, layers):
    for W, b in layers:
        z = np.maximum(x @ W + b, 0)
        x = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
    return x


WALL = Wall(
    name="18.wall",
    tested="pictures of several shapes with faint dirt on them, crops that are wide, high and "
    "square, strips that share a part, all or nothing",
    lines=(
        Line(
            name="rows",
            shape="(first, last), two whole numbers",
            reference=first_and_last,
            cases=(*PICTURES, (AT_THE_EDGE,)),
            returns=("first", "last"),
            hints=(
                "Ask every pixel whether it is ink. A row holds ink if any of its pixels does.",
                "first and last are the smallest and the largest r for which some c has "
                "picture[r, c] > 0.1.",
                "np.flatnonzero((picture > 0.1).any(axis=1))[[0, -1]]",
            ),
            wrong=(
                Wrong(
                    columns_for_rows,
                    "Those are the first and the last column. axis=0 runs over the rows and "
                    "makes them vanish: ask along each row, axis=1.",
                ),
                Wrong(
                    one_past_the_last,
                    "Your last is the row after it, as a slice would want it. Asked for is "
                    "the last row that holds ink.",
                ),
                Wrong(
                    any_ink_at_all,
                    "You count every pixel above 0. What is fainter than 0.1 is dirt or a "
                    "soft edge, and does not count as ink here.",
                ),
                Wrong(
                    by_the_sum,
                    "You compare the sum of a row with 0.1. Many faint pixels are not ink: "
                    "compare each pixel, then ask whether any is ink.",
                ),
                Wrong(
                    by_the_mean,
                    "You compare the mean of a row with 0.1, so a thin stroke in a wide row is "
                    "lost. One pixel of ink is enough.",
                ),
                Wrong(
                    lambda picture: (0, len(picture) - 1),
                    "Those are the first and the last row of the picture. Which of its rows "
                    "hold ink, that is, a pixel above 0.1?",
                ),
                Wrong(
                    lambda picture: first_and_last(picture > 0.5),
                    "You ask for more than half the ink. What lies above 0.1 counts.",
                ),
                Wrong(
                    lambda picture: (picture.min(), picture.max()),
                    "Those are the faintest and the darkest value. Row numbers are asked for.",
                ),
                Wrong(
                    lambda picture: (
                        first_and_last(picture)[0],
                        len(picture) - 1 - first_and_last(picture)[1],
                    ),
                    "Your last row is counted from the end. Take it from len(picture) - 1.",
                ),
                Wrong(
                    all_of_the_row,
                    "all asks whether every pixel of the row is ink. One is enough: any.",
                ),
                Wrong(
                    how_many,
                    "Your second number counts the rows. Asked for is the last row itself.",
                ),
                Wrong(
                    darkest_and_lightest,
                    "argmin and argmax find the rows with the least and the most ink. Asked "
                    "for are the first and the last row that hold any.",
                ),
                Wrong(
                    in_flat_places,
                    "Those are places in the picture laid out in one row. Bring it down to "
                    "one truth per row first, with any(axis=1).",
                ),
                Wrong(
                    lambda picture: (
                        np.argwhere(picture > 0.1).min(),
                        np.argwhere(picture > 0.1).max(),
                    ),
                    "np.argwhere gives rows and columns, and you take the least and the "
                    "largest of both together. Take its first column alone.",
                ),
                Wrong(
                    lambda picture: np.flatnonzero((picture > 0.1).any(axis=1)),
                    "Those are all the rows that hold ink. The first and the last of them are "
                    "asked for.",
                ),
            ),
            right=(by_the_largest, by_loop, by_argmax),
        ),
        Line(
            name="scale",
            shape="a number",
            reference=lambda height, width: 20 / max(height, width),
            cases=((40, 20), (30, 100), (64, 64), (147, 21), (8, 16)),
            hints=(
                "Which of the two sides becomes 20 pixels? And what happens to the other one?",
                "s times the longer side is 20, and both sides are multiplied by s.",
                "20 / max(height, width)",
            ),
            wrong=(
                Wrong(
                    lambda height, width: min(1, 20 / max(height, width)),
                    "You only shrink. A small digit grows until its longer side is 20.",
                ),
                Wrong(
                    lambda height, width: max(height, width) / 20,
                    "It is upside down: that is how many pixels of the picture go into one of "
                    "the frame. The side is multiplied by s, and 100 pixels become 20.",
                ),
                Wrong(
                    lambda height, width: 20 / min(height, width),
                    "That makes the shorter side 20, and the longer one would stick out of "
                    "the frame.",
                ),
                Wrong(
                    lambda height, width: 20 / height,
                    "You look at the height alone. A wide digit would stick out: the longer "
                    "of the two sides decides.",
                ),
                Wrong(
                    lambda height, width: 20 / width,
                    "You look at the width alone. A high digit would stick out: the longer "
                    "of the two sides decides.",
                ),
                Wrong(
                    lambda height, width: 28 / max(height, width),
                    "28 is the side of the whole frame. The digit itself has 20, with paper "
                    "around it.",
                ),
                Wrong(
                    lambda height, width: (20 / height, 20 / width),
                    "Two factors change the shape: a 1 would become a square. Both sides "
                    "shrink by the same factor.",
                ),
                Wrong(
                    lambda height, width: 20 // max(height, width),
                    "It is 0: a factor below 1 was rounded. Divide with / and do not round.",
                ),
                Wrong(
                    lambda height, width: max(height, width) // 20,
                    "It is upside down, and // rounds it. The side is multiplied by s, and "
                    "100 pixels become 20.",
                ),
                Wrong(
                    lambda height, width: 20 / (height + width),
                    "That divides by both sides together. The longer one alone becomes 20.",
                ),
                Wrong(
                    lambda height, width: max(height, width) / 280,
                    "280 is the side of the pad, and the drawing is smaller. The longer side "
                    "of the crop becomes 20.",
                ),
                Wrong(
                    lambda height, width: 28 / 280,
                    "A tenth shrinks the whole pad to 28, whatever was drawn on it. Here the "
                    "crop's longer side becomes 20.",
                ),
                Wrong(
                    lambda height, width: height / width,
                    "That is the shape of the crop, which must not change. How large is it to "
                    "be?",
                ),
                Wrong(
                    lambda height, width: 20 / (height * width),
                    "That divides by the area. One side is to become 20: the longer one.",
                ),
                Wrong(
                    lambda height, width: 20 / ((height + width) / 2),
                    "That divides by the mean side. The longer one has to fit into 20.",
                ),
                Wrong(
                    lambda height, width: 20 / np.hypot(height, width),
                    "That divides by the diagonal. The longer side is to become 20.",
                ),
                Wrong(
                    lambda height, width: 20 / (max(height, width) - 1),
                    "height and width already count rows and columns: nothing is taken off.",
                ),
                Wrong(
                    lambda height, width: 20 / (max(height, width) + 1),
                    "height and width already count rows and columns: nothing is added.",
                ),
                Wrong(
                    lambda height, width: 20 * 20 / (height * width),
                    "That is a ratio of areas. s multiplies lengths: the longer side becomes "
                    "20.",
                ),
            ),
            right=(
                lambda height, width: min(20 / height, 20 / width),
                lambda height, width: 20.0 / np.maximum(height, width),
            ),
        ),
        Line(
            name="centre",
            shape="a number, in rows of the picture",
            reference=mean_row,
            cases=PICTURES,
            hints=(
                "It is a mean of row numbers. How much does each row count in it?",
                "centre = Σ_r r · ink_r / Σ_r ink_r, where ink_r is the sum of row r.",
                "np.average(np.arange(len(picture)), weights=picture.sum(axis=1))",
            ),
            wrong=(
                Wrong(
                    lambda picture: np.average(
                        np.arange(picture.shape[1]), weights=picture.sum(axis=0)
                    ),
                    "That is the mean column: the sums run along the wrong axis. The ink of a "
                    "row is picture.sum(axis=1).",
                ),
                Wrong(
                    lambda picture: sum(first_and_last(picture)) / 2,
                    "That is the middle between the first and the last row. The mean of the "
                    "ink lies nearer to where there is more of it.",
                ),
                Wrong(
                    lambda picture: np.argwhere(picture > 0.1)[:, 0].mean(),
                    "You let every inked pixel count once. A pixel counts as much as it has "
                    "ink.",
                ),
                Wrong(
                    lambda picture: np.argwhere(picture > 0)[:, 0].mean(),
                    "You let every pixel that is not blank count once. A pixel counts as much "
                    "as it has ink.",
                ),
                Wrong(
                    lambda picture: (
                        (picture.sum(axis=1) * np.arange(len(picture))).sum() / len(picture)
                    ),
                    "You divide by the number of rows. In a weighted mean the divisor is the "
                    "sum of the weights, here all the ink.",
                ),
                Wrong(
                    lambda picture: (picture.sum(axis=1) * np.arange(len(picture))).sum(),
                    "You have the sum of the products. A mean still divides it by the sum of "
                    "the weights, here all the ink.",
                ),
                Wrong(
                    lambda picture: (
                        (picture.sum(axis=1) * np.arange(len(picture))).mean() / picture.sum()
                    ),
                    "You divide twice: the mean divides by the number of rows already. Sum the "
                    "products, then divide by the ink.",
                ),
                Wrong(
                    lambda picture: mean_row(picture) + 1,
                    "You count the rows from 1. They are counted from 0, as in an index.",
                ),
                Wrong(
                    lambda picture: mean_row(picture) + 0.5,
                    "The half row comes in the next line. Here the row number itself is "
                    "averaged.",
                ),
                Wrong(
                    lambda picture: mean_row(picture) - first_and_last(picture)[0],
                    "You count from the first row with ink. The next line takes that off; here "
                    "rows count from the picture's edge.",
                ),
                Wrong(
                    lambda picture: picture.sum(axis=1).argmax(),
                    "That is the row with the most ink. Their mean is asked for, each row "
                    "counted by its ink.",
                ),
                Wrong(
                    lambda picture: picture.mean(),
                    "That is the mean ink of a pixel. The mean of the row numbers is asked "
                    "for, in which each row counts with its ink.",
                ),
                Wrong(
                    lambda picture: picture.sum(axis=1).mean(),
                    "That is how much ink a row has on average. The mean of the row numbers "
                    "is asked for, in which each row counts with its ink.",
                ),
                Wrong(
                    lambda picture: np.average(
                        np.arange(len(picture)), weights=picture.max(axis=1)
                    ),
                    "A row counts with its darkest pixel alone. The ink of a row is the sum of "
                    "all its pixels.",
                ),
                Wrong(
                    lambda picture: np.flatnonzero(picture.sum(axis=1)).mean(),
                    "Each row with ink counts once. A row counts as much as it has ink.",
                ),
                Wrong(
                    lambda picture: picture.sum(axis=1) / picture.sum(),
                    "Those are the weights, each row's part of the ink. Multiply them by the "
                    "row numbers and add up.",
                ),
                Wrong(
                    lambda picture: np.median(np.argwhere(picture > 0.1)[:, 0]),
                    "The median leaves half of the ink on either side. The mean is asked for.",
                ),
                Wrong(
                    lambda picture: len(picture) / 2,
                    "That is the middle of the paper, whatever is drawn on it.",
                ),
                Wrong(
                    lambda picture: round(mean_row(picture)),
                    "Do not round yet: half a row is worth keeping until the crop is placed.",
                ),
                Wrong(
                    lambda picture: (mean_row(picture), mean_row(picture.T)),
                    "You return rows and columns. Rows alone are asked for: the columns are "
                    "those of picture.T.",
                ),
            ),
            right=(mean_row_by_product, mean_row_by_average, mean_row_by_loop),
        ),
        Line(
            name="start",
            shape="a whole number",
            reference=lambda centre, first, s: round(14.5 - (centre - first + 0.5) * s),
            cases=(
                (77.5, 40, 0.2),
                (79.0, 40, 0.2),
                (131.3, 12, 0.1),
                (20.2, 3, 0.37),
                (61.4, 30, 0.4),
                (9.7, 2, 0.9),
            ),
            hints=(
                "Do the example again with letters: how far below the crop's upper edge is "
                "the middle of the row `centre`, first in rows of the picture, then in rows "
                "of the frame?",
                "start = round(14½ − (centre − first + ½) · s)",
                "round(14.5 - (centre - first + 0.5) * s)",
            ),
            wrong=(
                Wrong(
                    lambda centre, first, s: round(14 - (centre - first) * s),
                    "You measure from row number to row number. The middle of a row lies half "
                    "a row below its edge, in the picture and in the frame.",
                ),
                Wrong(
                    lambda centre, first, s: round(14.5 - (centre - first) * s),
                    "The half row is there in the frame and missing in the picture: the middle "
                    "of row `centre` lies half a row further down. Or did you take a "
                    "ceiling? Round instead.",
                ),
                Wrong(
                    lambda centre, first, s: round(14 - (centre - first + 0.5) * s),
                    "Half a row is missing in the frame: the middle of its row 14 lies at 14½. "
                    "Or did you write int or floor? They cut off what is behind the point: "
                    "round.",
                ),
                Wrong(
                    lambda centre, first, s: round(14.5 - centre * s),
                    "You measure from the picture's edge. The crop begins at its row `first`: "
                    "take that off before you scale.",
                ),
                Wrong(
                    lambda centre, first, s: round(14.5 - (centre + 0.5) * s),
                    "You measure from the picture's edge. The crop begins at its row `first`: "
                    "take that off before you scale.",
                ),
                Wrong(
                    lambda centre, first, s: round((centre - first + 0.5) * s - 14.5),
                    "The sign is the wrong way round. The further down the ink lies in the "
                    "crop, the higher up the crop has to begin.",
                ),
                Wrong(
                    lambda centre, first, s: round(14.5 - (centre - first + 0.5) / s),
                    "You divide by s. A length of the picture is multiplied by s to become one "
                    "of the frame.",
                ),
                Wrong(
                    lambda centre, first, s: round(14.5 - (centre - first + 0.5)),
                    "Rows of the picture are taken from rows of the frame. The first have to "
                    "be scaled by s.",
                ),
                Wrong(
                    lambda centre, first, s: round((14.5 - (centre - first + 0.5)) * s),
                    "You scale 14½ as well, but that is in rows of the frame already: mind the "
                    "brackets.",
                ),
                Wrong(
                    lambda centre, first, s: 14.5 - (centre - first + 0.5) * s,
                    "It is the right place, but not a whole row: round it.",
                ),
                Wrong(
                    lambda centre, first, s: round(14 + (centre - first + 0.5) * s),
                    "The sign is the wrong way round. The further down the ink lies in the "
                    "crop, the higher up the crop has to begin.",
                ),
                Wrong(
                    lambda centre, first, s: round(14.5 - (first - centre + 0.5) * s),
                    "The sign is the wrong way round. The further down the ink lies in the "
                    "crop, the higher up the crop has to begin.",
                ),
                Wrong(
                    lambda centre, first, s: round(14.5 - (centre - first + 0.5)) * s,
                    "You round in rows of the picture and scale afterwards. Scale the "
                    "distance, take it from 14½, and round at the end.",
                ),
                Wrong(
                    lambda centre, first, s: 14.5 - round((centre - first + 0.5) * s),
                    "You round the distance, so the half of 14½ is left over. Take the "
                    "distance from 14½ first, and round the result.",
                ),
                Wrong(
                    lambda centre, first, s: round(13.5 - (centre - first + 0.5) * s),
                    "The middle of row 14 lies at 14½: half a row below the row's upper edge, "
                    "which lies at 14.",
                ),
                Wrong(
                    lambda centre, first, s: round(10 - (centre - first + 0.5) * s),
                    "10 is the middle of the 20 pixels of the digit. The middle of the frame "
                    "is that of row 14.",
                ),
                Wrong(
                    lambda centre, first, s: round(14.5 - (centre - first) * s + 0.5),
                    "The half row of the picture belongs to the distance: it is added to "
                    "centre − first, and scaled with it.",
                ),
                Wrong(
                    lambda centre, first, s: round(14.5 - centre - first * s),
                    "Brackets are missing: the whole distance, (centre − first + ½), is "
                    "multiplied by s.",
                ),
                Wrong(
                    lambda centre, first, s: round((centre - first + 0.5) * s),
                    "That is how far the centre of mass lies below the crop's edge. How far "
                    "must the edge lie above 14½?",
                ),
                Wrong(
                    lambda centre, first, s: round(14.5 - centre - first + 0.5 * s),
                    "Brackets are missing: the whole distance, (centre − first + ½), is "
                    "multiplied by s.",
                ),
            ),
            right=(
                lambda centre, first, s: np.floor(15 - (centre - first + 0.5) * s),
                lambda centre, first, s: np.rint(14 - ((centre - first + 0.5) * s - 0.5)),
            ),
        ),
        Line(
            name="shares",
            shape="(28, n)",
            reference=lambda top, j, s: (
                np.maximum(np.minimum(top + 1 / s, j + 1) - np.maximum(top, j), 0) * s
            ),
            cases=(
                (np.array([[1.0], [3.0]]), np.arange(6), 0.4),
                _strips(60, 7, 4, 0.5),
                _strips(100, 31.0, 6, 0.21),
                _strips(40, 5, 9, 0.83),
            ),
            hints=(
                "Two strips on one line: where does the part that they share begin, and where "
                "does it end?",
                "shared = min(top + 1/s, j + 1) − max(top, j), or 0 where that is below 0; the "
                "share is shared / (1/s).",
                "np.maximum(np.minimum(top + 1 / s, j + 1) - np.maximum(top, j), 0) * s",
            ),
            wrong=(
                Wrong(
                    lambda top, j, s: np.maximum(
                        np.minimum(top + 1 / s, j + 1) - np.maximum(top, j), 0
                    ),
                    "Those are lengths, in rows of the picture. A mean divides by the length "
                    "of the whole strip, 1/s: then each strip's shares add up to 1.",
                ),
                Wrong(
                    lambda top, j, s: (np.minimum(top + 1 / s, j + 1) - np.maximum(top, j)) * s,
                    "Where two strips lie apart the difference is negative. They share nothing "
                    "then: 0, not less.",
                ),
                Wrong(
                    lambda top, j, s: (
                        np.maximum(np.minimum(top + 1 / s, j + 1) - np.maximum(top, j), 0) / s
                    ),
                    "The strip's length is 1/s. Dividing by 1/s is multiplying by s.",
                ),
                Wrong(
                    lambda top, j, s: (
                        np.maximum(np.minimum(top + s, j + 1) - np.maximum(top, j), 0) * s
                    ),
                    "Your strip ends at top + s. One row of the frame covers 1/s rows of the "
                    "picture.",
                ),
                Wrong(
                    lambda top, j, s: (
                        (
                            np.maximum(np.minimum(top + 1 / s, j + 1) - np.maximum(top, j), 0)
                            * s
                        ).T
                    ),
                    "The table is turned over: a row for each strip of the frame, a column "
                    "for each row of the picture. top is a column already.",
                ),
                Wrong(
                    lambda top, j, s: ((j >= top) & (j + 1 <= top + 1 / s)) * s,
                    "Rows that lie partly in the strip are left out. They count with the part "
                    "that they share.",
                ),
                Wrong(
                    lambda top, j, s: ((j >= top) & (j < top + 1 / s)) * s,
                    "A row counts wholly or not at all. One that lies partly in the strip "
                    "counts with the part that they share.",
                ),
                Wrong(
                    lambda top, j, s: (
                        np.maximum(np.maximum(top + 1 / s, j + 1) - np.minimum(top, j), 0) * s
                    ),
                    "min and max have exchanged their places. What two strips share begins "
                    "where the later one begins, and ends where the earlier one ends.",
                ),
                Wrong(
                    lambda top, j, s: (
                        np.maximum(np.minimum(top + 1 / s, j) - np.maximum(top, j), 0) * s
                    ),
                    "Row j reaches from j to j + 1. Yours ends where it begins.",
                ),
                Wrong(
                    lambda top, j, s: (
                        np.maximum(
                            np.minimum(top + 1 / s, j + 0.5) - np.maximum(top, j - 0.5), 0
                        )
                        * s
                    ),
                    "Row j reaches from j to j + 1. Yours lies half a row higher.",
                ),
                Wrong(
                    lambda top, j, s: (
                        np.maximum(np.minimum(top + s, j + 1) - np.maximum(top, j), 0) / s
                    ),
                    "s and 1/s have exchanged their places: a strip covers 1/s rows of the "
                    "picture, and the mean divides by that length.",
                ),
                Wrong(
                    lambda top, j, s: (lambda A: A / np.maximum(A.sum(axis=0), 1e-9))(
                        np.maximum(np.minimum(top + 1 / s, j + 1) - np.maximum(top, j), 0)
                    ),
                    "You divide by the sums down the columns. The shares of each strip, a row "
                    "of the table, add up to 1.",
                ),
                Wrong(
                    lambda top, j, s: (np.floor(top) == j) * 1.0,
                    "You take one row for each strip and drop the others, so thin strokes are "
                    "lost. The mean of all that the strip covers is asked for.",
                ),
                Wrong(
                    lambda top, j, s: (np.floor(top + 0.5 / s) == j) * 1.0,
                    "You take one row for each strip and drop the others, so thin strokes are "
                    "lost. The mean of all that the strip covers is asked for.",
                ),
                Wrong(
                    lambda top, j, s: (
                        np.maximum(np.minimum(top + 1 / s, j + 1) - np.maximum(top, j), 0) / 28
                    ),
                    "You divide by 28, the number of strips. A mean divides by the length of "
                    "one strip, 1/s.",
                ),
                Wrong(
                    lambda top, j, s: (
                        np.maximum(
                            min(top.max() + 1 / s, j.max() + 1) - max(top.min(), j.min()), 0
                        )
                        * s
                    ),
                    "That is one number. Each strip has a share in each row: np.minimum and "
                    "np.maximum compare entry by entry.",
                ),
            ),
            right=(
                lambda top, j, s: (
                    np.clip(np.minimum(top + 1 / s, j + 1) - np.maximum(top, j), 0, None) * s
                ),
                lambda top, j, s: s * (np.clip(top + 1 / s - j, 0, 1) - np.clip(top - j, 0, 1)),
                lambda top, j, s: [
                    [max(0, min(t[0] + 1 / s, r + 1) - max(t[0], r)) * s for r in j]
                    for t in top
                ],
            ),
        ),
    ),
    why="The frame is two matrices, one for the rows and one for the columns, and the picture "
    "between them.",
)

EXERCISES = (
    WALL,
    Exercise(
        name="18.forward",
        reference=forward,
        cases=(
            _network((2, 3, 2), 4, np.array([1.0, 0.5])),
            _network((3, 3, 3, 3), 1, None),
            _network((4, 10), 2, None),
            _network((6, 5, 4, 10), 3, None),
            _network((5, 4, 10), 5, None, size=100.0),
        ),
        tested="one, two and three layers, equal and unequal widths, scores in the thousands",
        hints=(
            "Go through the list. Which layer is not followed by a ReLU?",
            "x ← x W + b, then max(0, x) unless it was the last layer; at the end "
            "exp(z − max z) over its sum.",
            "for i, (W, b) in enumerate(layers): x = x @ W + b; if i < len(layers) - 1: "
            "x = np.maximum(x, 0)",
        ),
        wrong=(
            Wrong(
                bent_and_softmax_everywhere,
                "You take the softmax in every layer. It stands once, after the last one, "
                "which has no ReLU.",
            ),
            Wrong(
                leaks_in_between, "Your ReLU leaks. Below 0 this network was trained with 0."
            ),
            Wrong(
                shifted_above_only,
                "You take the largest off above the line and not below it: both need the same"
                " shift.",
            ),
            Wrong(
                bent_at_the_end,
                "Your last layer is bent too, so negative scores become 0. The scores are "
                "not bent: the ReLU stands between two layers.",
            ),
            Wrong(
                never_bent,
                "Nothing is bent: without a ReLU between them, all layers are one matrix.",
            ),
            Wrong(
                overflows,
                "exp of a score in the thousands is infinite, and ∞/∞ is nan. Take the "
                "largest score off first: the probabilities stay the same.",
            ),
            Wrong(scores_alone, "Those are the scores. The softmax is missing."),
            Wrong(
                share_without_exp,
                "You divide the scores by their sum. The softmax takes exp of each first.",
            ),
            Wrong(
                softmax_everywhere,
                "A softmax follows every layer. Between layers stands the ReLU, and the "
                "softmax once, at the end.",
            ),
            Wrong(
                sigmoid_in_between,
                "A sigmoid stands between your layers. This network was trained with a ReLU.",
            ),
            Wrong(
                sigmoid_at_the_end,
                "A sigmoid of each score does not make ten numbers that sum to 1. That is the "
                "softmax.",
            ),
            Wrong(biases_forgotten, "The biases are missing: z = x W + b."),
            Wrong(
                last_layer_forgotten,
                "The last layer is left out: what comes out are hidden values.",
            ),
            Wrong(
                absolute_in_between,
                "You take the absolute value between layers. A ReLU answers 0 below 0.",
            ),
            Wrong(
                the_digit_alone,
                "That is the digit. All its probabilities are asked for, (10,).",
            ),
            Wrong(
                one_hot_answer,
                "That says which is the largest. The probabilities themselves are asked for.",
            ),
            Wrong(
                divided_by_the_largest,
                "You divide by the largest, so the best digit gets 1. Divide by the sum.",
            ),
            Wrong(
                logs_of_probabilities,
                "Those are logarithms of the probabilities, all below 0.",
            ),
            Wrong(
                returned_in_the_loop,
                "Only the first layer is used: the return stands inside the loop.",
            ),
            Wrong(
                lambda x, layers: bent_at_the_end(x, layers[:1]),
                "Only the first layer is used: the return stands inside the loop.",
            ),
            Wrong(
                always_from_the_image,
                "Every layer starts from the image again. What comes out of one goes into the "
                "next: x = ...",
            ),
            Wrong(
                two_layers_only,
                "You use the first and the last layer. The list may have more, or one alone.",
            ),
            Wrong(
                as_a_batch,
                "axis=1 is that of a batch. One image has one axis: x.max() and e.sum().",
            ),
            Wrong(
                turned_over,
                "You write W @ x. W is (n_in, n_out), and the sum runs over n_in, its first "
                "index: x @ W.",
            ),
            Wrong(
                bias_after_the_bend,
                "The bias is added after the ReLU. It belongs to the sum that is bent.",
            ),
        ),
        right=(forward_by_its_last, forward_by_columns, forward_by_loops, bent_before),
        why="The pixels are never negative, so it does no harm if they pass a ReLU as well.",
    ),
    Exercise(
        name="18.whole_numbers",
        reference=whole_numbers,
        cases=(
            (np.array([[1.0, -0.2], [-2.54, 0.11], [0.7, 0.05]]), 127),
            (np.random.default_rng(0).standard_normal((6, 3)), 7),
            (np.random.default_rng(1).standard_normal((4, 4)) * [1, 5, 0.1, 2], 127),
            (np.random.default_rng(2).standard_normal((30, 10)), 3),
        ),
        returns=("whole", "scale"),
        tested="square and oblong matrices, columns of different size, negative largest "
        "weights, 3, 7 and 127 as the largest",
        hints=(
            "Which weight of a column has to become ± largest?",
            "scale_j = max_m |W_mj| / largest, and whole_mj = W_mj / scale_j, rounded.",
            "scale = np.abs(W).max(axis=0) / largest; "
            "np.rint(W / scale).astype(np.int8), scale",
        ),
        wrong=(
            Wrong(
                lambda W, largest: (
                    np.rint(W / (W.std(axis=0) / largest)),
                    W.std(axis=0) / largest,
                ),
                "You scale by the spread of a column. Its largest weight in size has to "
                "become ± largest.",
            ),
            Wrong(
                lambda W, largest: (
                    np.rint(W / (np.abs(W).max(axis=0) / largest)).astype(int).astype(np.uint8),
                    np.abs(W).max(axis=0) / largest,
                ),
                "uint8 knows no negative numbers: −1 becomes 255. Take int8.",
            ),
            Wrong(
                one_scale_for_all,
                "One scale for the whole matrix. Each column has its own: units with small "
                "weights keep their steps.",
            ),
            Wrong(
                scale_of_rows,
                "You took the largest of each row. A column belongs to one output: axis=0.",
            ),
            Wrong(
                cut_off,
                "astype cuts off what is behind the point. Round first, with np.rint.",
            ),
            Wrong(
                sign_forgotten,
                "You take the largest weight, and the largest in size may be negative: "
                "np.abs first.",
            ),
            Wrong(
                always_127,
                "You divide by 127, whatever `largest` says. It is an argument: 127 for eight "
                "bits, 7 for four.",
            ),
            Wrong(
                one_step_more,
                "The largest becomes `largest` itself, not one more.",
            ),
            Wrong(
                scale_upside_down,
                "The whole numbers are right, and the scale is upside down: W is about "
                "whole · scale.",
            ),
            Wrong(
                rounded_weights,
                "Your first array is scaled back. The whole numbers themselves are asked for.",
            ),
            Wrong(
                span_that_wraps,
                "You divide the span from the smallest to the largest. Here 0 stays 0, and "
                "the largest in size becomes ± largest.",
            ),
            Wrong(
                lambda W, largest: (
                    np.rint(W / (np.ptp(W, axis=0) / largest)).astype(np.int8),
                    np.ptp(W, axis=0) / largest,
                ),
                "You divide the span from the smallest to the largest. Here 0 stays 0, and "
                "the largest in size becomes ± largest.",
            ),
            Wrong(
                lambda W, largest: (
                    (W / (W.std(axis=0) / largest)).round().astype(np.int8),
                    W.std(axis=0) / largest,
                ),
                "You scale by the spread of a column. Its largest weight in size is to become "
                "± largest.",
            ),
            Wrong(
                span_of_the_column,
                "You divide the span from the smallest to the largest. Here 0 stays 0, and "
                "the largest in size becomes ± largest.",
            ),
            Wrong(
                lambda W, largest: (
                    np.rint(W * largest).astype(np.int8),
                    np.full(W.shape[1], 1 / largest),
                ),
                "You scale as if the largest weight were 1. What is the largest of each "
                "column?",
            ),
            Wrong(
                lambda W, largest: (
                    np.rint(W / (W.std(axis=0) / largest)).clip(-127, 127).astype(np.int8),
                    W.std(axis=0) / largest,
                ),
                "You scale by the spread of a column. Its largest weight in size is to become "
                "± largest.",
            ),
            Wrong(
                rounded_first,
                "You round W before you divide. Weights are small, so most of them become 0: "
                "divide by the scale first.",
            ),
            Wrong(
                lambda W, largest: whole_numbers(W, largest)[0],
                "The scale is missing: return both, (whole, scale).",
            ),
            Wrong(
                lambda W, largest: (whole_numbers(W, largest)[1], whole_numbers(W, largest)[0]),
                "They come in the other order: first whole, then scale.",
            ),
        ),
        right=(whole_by_columns, whole_by_product),
    ),
)
