"""What a caller hands in: labels, pixels, or both, looked at once before anything is learned.

Wrong inputs that no one looks at cost more than wrong code. One-hot rows that are taken for
labels, pixels that were divided by 255 twice, or a NaN in one picture train without a word and
read badly. Every function that takes examples calls one of these three at its beginning:
`labels`, `pixels`, `examples`. What can only mean one thing is converted. Everything else is
an error that names the row, counted from 0 as NumPy does, and the line that mends it. What is
merely unlikely is a warning. Notebooks 01 and 06.
"""

import sys
import warnings
from pathlib import Path

import numpy as np

__all__ = [
    "caller",
    "cause_of_nan",
    "examples",
    "implausible",
    "labels",
    "pixels",
    "rows",
    "taken_by",
]

PACKAGE = str(Path(__file__).parents[1])
SAMPLED = 500  # rows that are enough to see what kind of pixels these are


def labels(y, n=None, classes=10, name="y"):
    """Labels as an array (N,) of int64, whole numbers from 0 to classes - 1.

    y         an array of integers; a list, a tensor or a pandas Series of them, whose values
              are taken in the order of its rows, whatever its index says
    n         how many are needed: one for each row of X
    classes   how many classes there are; None for as many as y has
    name      what the caller calls them, for the message

    Raises ValueError with the line that mends it for anything else: floats, text, truth
    values, one-hot rows, a column (N, 1), None, a label outside its range.
    """
    if y is None:
        raise ValueError(
            f"these digits have no labels ({name} is None). Only a labelled set can be learned"
            " from or measured, as train.csv is and test.csv is not"
        )
    if isinstance(y, tuple) and hasattr(y, "y"):
        raise ValueError(f"{name} is {y!r}: give its labels alone, {name}.y")
    y = _array(y, name)
    if y.ndim != 1:
        raise ValueError(_wrong_shape_of_labels(y, name))
    if not len(y):
        raise ValueError(f"{name} has no labels: there is nothing to learn from or to measure")
    if y.dtype.kind not in "iu":
        raise ValueError(_wrong_kind_of_labels(y, name))
    if n is not None and len(y) != n:
        raise ValueError(
            f"{n} rows of X but {len(y)} labels in {name}: one label a row is needed"
        )
    low, high = int(y.min()), int(y.max())
    if low < 0 or (classes is not None and high >= classes):
        at = int(np.flatnonzero((y < 0) | (y >= (high + 1 if classes is None else classes)))[0])
        range_ = "below 0" if classes is None else f"outside 0 to {classes - 1}"
        hint = ""
        if low == 1 and high == classes:
            hint = f". Labels from 1 to {classes} become labels from 0 with {name} - 1"
        raise ValueError(f"label {y[at]} in row {at} of {name} is {range_}{hint}")
    return y.astype(np.int64, copy=False)


def _wrong_shape_of_labels(y, name):
    found = f"{name} has shape {y.shape}, and labels are a vector (N,)"
    if y.ndim == 0:
        return f"{found}: a single label stands in a list, [{y}]"
    if max(y.shape) == y.size:
        return f"{found}: {name}.ravel() makes one of it"
    if y.ndim == 2 and y.dtype.kind in "iufb":
        for axis, what in ((1, "One-hot rows"), (0, "One-hot columns")):
            if ((y == 0) | (y == 1)).all() and (y.sum(axis=axis) == 1).all():
                return f"{found}. {what} become labels with {name}.argmax(axis={axis})"
        return f"{found}. Rows of scores or probabilities become answers with .argmax(axis=1)"
    return f"{found}. Were X and {name} exchanged?"


def _wrong_kind_of_labels(y, name):
    found = f"{name} holds {y.dtype}, and labels are whole numbers"
    if y.dtype.kind == "b":
        return f"{found}: {name}.astype(int) turns False and True into 0 and 1"
    if y.dtype.kind == "f":
        bad = np.flatnonzero(~(np.isfinite(y) & (y == np.floor(y))))
        if not len(bad):
            return f"{found}: use {name}.astype(int)"
        return f"{found}: row {bad[0]} is {y[bad[0]]}, which is no label"
    if y.dtype.kind in "OUS":
        for row, value in enumerate(y.tolist()):
            text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
            try:
                right = float(text).is_integer()
            except (ValueError, OverflowError):
                right = False
            if not right:
                return f"{found}: row {row} is {value!r}, which is no label"
        return f"{found}: use {name}.astype(int)"
    return found


def rows(X, name="X"):
    """X as an array with one example in each row, whatever it was kept in; no copy of an array.

    Takes arrays, lists, pandas DataFrames, tensors and `Digits`. Raises ValueError for what
    has no rows of equal length.
    """
    X = getattr(X, "X", X) if isinstance(X, tuple) else X
    if isinstance(X, tuple | list) and len(X) in (2, 3) and np.ndim(X[0]) > 1 >= np.ndim(X[1]):
        raise ValueError(f"{name} is a pair of pixels and labels: give the pixels, {name}[0]")
    if X is None:
        raise ValueError(f"{name} is None, where rows of pixels were expected")
    X = _array(X, name)
    if X.ndim == 0:
        raise ValueError(f"{name} is {X.dtype}, where an array of rows was expected")
    return X


def pixels(X, n_in=None, dtype=None, name="X"):
    """X as an array (N, n_in) of finite floats, ready for a network.

    X       rows of floats; (N, 28, 28) and (N, 28, 28, 1) become rows where n_in is 784;
            lists, DataFrames, tensors and `Digits` are converted
    n_in    how many numbers the network takes a row, or the shape of one example, with None
            for what is unknown
    dtype   the network's float type; an array of another float type is refused, not cast

    Raises ValueError for whole numbers (they want dividing by 255), for NaN and infinity with
    their row and column, and for shapes that do not fit; TypeError for another float type.
    Warns where the numbers look wrong: not divided by 255, divided twice, white paper, digits
    that lie on their side.
    """
    is_array = isinstance(X, np.ndarray) or isinstance(getattr(X, "X", None), np.ndarray)
    X = rows(X, name)
    wanted = np.dtype(dtype or np.float32)
    if X.dtype.kind not in "iuf":
        raise ValueError(_wrong_kind_of_pixels(X, wanted, name))
    X = _shaped(X, n_in, name)
    if X.dtype.kind in "iu":
        top = X.max(initial=0)
        if top > 1:
            raise ValueError(
                f"{name} holds whole numbers up to {top} ({X.dtype}), and the network learns"
                f" from 0 to 1: use {name}.astype(np.{wanted}) / {16 if top <= 16 else 255}"
            )
        if is_array:
            raise ValueError(f"{name} holds {X.dtype}: use {name}.astype(np.{wanted})")
        X = X.astype(wanted)
    if dtype is not None and X.dtype != wanted:
        if is_array:
            raise TypeError(
                f"{name} is {X.dtype}, the network {wanted}: use {name}.astype(np.{wanted}), or"
                f" build the layers with dtype=np.{X.dtype}"
            )
        X = X.astype(wanted)
    with np.errstate(all="ignore"):
        finite = np.isfinite(X.sum())
    if not finite:  # or too large to be added up, which is rare enough to look again
        bad = np.argwhere(~np.isfinite(X))
        if len(bad):
            row, *place = bad[0].tolist()
            at = f"column {place[0]}" if len(place) == 1 else f"place {tuple(place)}"
            raise ValueError(
                f"{name} is {X[tuple(bad[0])]} in row {row}, {at}, and in {len(bad)} places in"
                " all: a missing value in the file, or a division by zero on the way?"
            )
    if doubt := implausible(X):
        warnings.warn(f"{name}: {doubt}", stacklevel=caller())  # once for each such line
    return X


def examples(data, n_in=None, dtype=None, classes=None, name="train_set"):
    """(X, y) of Digits or of a pair (X, y), both looked at by `pixels` and `labels`.

    Raises ValueError as they do, and where `data` is no such pair.
    """
    if not isinstance(data, tuple | list) or len(data) not in (2, 3):
        found = type(data).__name__
        if hasattr(data, "shape"):
            found += f" of shape {data.shape}"
        elif hasattr(data, "__len__"):
            found += f" of {len(data)}"
        raise ValueError(f"{name} is Digits or a pair (X, y), pixels and labels; got {found}")
    X = pixels(data[0], n_in, dtype)
    return X, labels(data[1], len(X), classes)


def taken_by(network):
    """(n_in, dtype, classes) of a network, as `pixels` and `labels` want them.

    n_in is None where the first layer does not say what it takes: pooling takes any image.
    """
    n_in = None
    for layer in network.layers:
        if hasattr(layer, "kernel"):
            n_in = (None, None, layer.n_in)  # images of any size with so many channels
            break
        base = type(layer).__mro__[-2]  # whose output_shape passes any shape on
        keeps = type(layer).output_shape is base.output_shape
        if not keeps:
            # Batch norm counts what lies along the last axis, of rows and of images alike.
            n_in = None if "gamma" in layer.params else getattr(layer, "n_in", None)
            break
    ends = [layer.n_out for layer in network.layers if hasattr(layer, "n_out")]
    return n_in, network.theta.dtype, ends[-1] if ends else None


def cause_of_nan(X, Z, step, lr):
    """Where a loss that is no number comes from, in words; the data have been looked at.

    X, Z: a batch and its scores; step: how many steps were taken before. A rate can be to
    blame only after a step.
    """
    if not np.isfinite(X).all():
        row = int(np.argmax(~np.isfinite(X.reshape(len(X), -1)).all(axis=1)))
        return f"at step {step}: augment gave NaN or infinity in row {row} of the batch"
    if step == 0:
        share = float(np.isfinite(Z).mean())
        return (
            f"at step 0, before any step was taken, so no rate is to blame: {1 - share:.0%} of"
            " the scores are not finite. Are the first weights finite, and not too large?"
        )
    return f"at step {step}: use a rate below {lr:g}"


def implausible(X):
    """What looks wrong with these pixels, as a sentence with its remedy, or None.

    X (N, …) finite floats. Some hundred rows are looked at. Only rows of 784 or 64 numbers
    are known to be pictures; of anything else nothing is said.
    """
    width = int(np.prod(X.shape[1:]))
    if width not in (784, 64) or not len(X):
        return None
    X = X.reshape(-1, width)[:: max(1, len(X) // SAMPLED)][: 2 * SAMPLED]
    low, high = float(X.min()), float(X.max())
    if low == high:
        return None
    if width == 784:
        images = X.reshape(-1, 28, 28)
        edge = np.concatenate([images[:, [0, -1]].ravel(), images[:, :, [0, -1]].ravel()])
        if (edge.mean(dtype=np.float64) - low) / (high - low) > 0.9:
            top = 255 if high > 2 else 1
            turn = "-X" if high <= 0 else f"{top} - X"
            return (
                "the paper is brighter than the ink, where digits have 0 for paper."
                f" {turn} turns it"
            )
    if low >= 0 and high > 2:
        by = 16 if width == 64 and high <= 16 else 255
        return f"the pixels reach {high:g}, and a network learns from 0 to 1: X / {by}"
    if low >= 0 and high <= 2 / 255:
        return f"the pixels reach only {high:.2g}. Were they divided by 255 twice?"
    if width == 784 and low >= 0 and len(X) >= 100:
        tall, wide = _spread(images)
        if wide > 1.25 * tall:
            return (
                "the digits lie on their side, as EMNIST's files have them:"
                " X.reshape(-1, 28, 28).transpose(0, 2, 1).reshape(-1, 784) turns them"
            )
    return None


def _spread(images):
    """How far the ink is spread from top to bottom and from left to right: two variances.

    MNIST's digits are twice as tall as they are wide by this measure, 30 against 16 pixels².
    """
    places = np.arange(images.shape[1])
    found = []
    for axis in (2, 1):
        ink = images.sum(axis=axis, dtype=np.float64)
        total = np.maximum(ink.sum(axis=1), 1e-9)
        mean = ink @ places / total
        found.append(float((ink @ places**2 / total - mean**2).mean()))
    return found


def _shaped(X, n_in, name):
    """X with one example a row as the network takes it, or ValueError with the remedy."""
    if n_in is None:
        return X
    shape = tuple(n_in) if isinstance(n_in, tuple | list) else (n_in,)
    fits = len(shape) == X.ndim - 1 and all(
        m is None or m == found for m, found in zip(shape, X.shape[1:])
    )
    if fits:
        return X
    size = None if None in shape else int(np.prod(shape))
    if X.ndim > 1 and int(np.prod(X.shape[1:])) == size:
        return X.reshape(len(X), *shape)
    takes = f"{size} numbers a row" if len(shape) == 1 else f"examples of shape {shape}"
    found = f"{name} has shape {X.shape}, and the network takes {takes}"
    if size is not None and X.size == size:
        raise ValueError(f"{found}: a single digit is a set of one, {name}.reshape(1, {size})")
    if X.ndim == 2 and size == X.shape[0]:
        raise ValueError(f"{found}: examples are rows here, so use {name}.T")
    if X.ndim == 2 and size is not None and X.shape[1] == size + 1:
        raise ValueError(f"{found}: is the first column the label? {name}[:, 1:] leaves it out")
    if size == 784 and (X.shape[1:] in ((64,), (8, 8))):
        raise ValueError(
            f"{found}: these are 8 x 8 digits. digitlib.data.frame.mnist_frame("
            f"{name}.reshape(-1, 8, 8)) brings them into 28 x 28"
        )
    raise ValueError(found)


def _wrong_kind_of_pixels(X, wanted, name):
    found = f"{name} holds {X.dtype}, where numbers were expected"
    if X.dtype.kind == "b":
        return f"{found}: {name}.astype(np.{wanted}) turns False and True into 0 and 1"
    if X.dtype.kind in "OUS":
        for place, value in np.ndenumerate(X):
            try:
                float(value)
            except (TypeError, ValueError):
                where = f"row {place[0]}" + "".join(f", column {at}" for at in place[1:2])
                return f"{found}: {where} is {value!r}"
        return f"{found}: use {name}.astype(np.{wanted})"
    return found


def _array(values, name):
    """A NumPy array of what people keep numbers in."""
    if isinstance(values, np.ndarray):
        if np.ma.is_masked(values):
            raise ValueError(f"{name} has masked entries: fill them or leave their rows out")
        return np.asarray(values)
    if hasattr(values, "detach"):  # a tensor, perhaps with a gradient, perhaps on a GPU
        values = values.detach().cpu()
    elif hasattr(values, "toarray"):
        raise ValueError(f"{name} is a sparse matrix: use {name}.toarray()")
    try:
        return np.asarray(values)
    except (ValueError, TypeError, RuntimeError) as error:
        raise ValueError(f"{name} is no array of rows of equal length ({error})") from error


def caller():
    """The stacklevel of the first frame outside this package, for a warning about its line."""
    frame, level = sys._getframe(1), 1
    while frame.f_back and frame.f_code.co_filename.startswith(PACKAGE):
        frame, level = frame.f_back, level + 1
    return level
