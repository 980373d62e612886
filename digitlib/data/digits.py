"""Digits from wherever they are: load a source, split it without leaks, cut it into batches."""

import io

import numpy as np

from digitlib.data.builtin import sample
from digitlib.data.download import MNIST_SHA256, cached_mnist
from digitlib.data.files import other_than
from digitlib.data.formats import Unpacked, opened
from digitlib.data.inputs import labels, rows
from digitlib.data.places import colab_files, folders, kaggle_files, mnist_files, sources
from digitlib.data.readers import (
    IDX,
    LARGEST,
    Digits,
    float_dtype,
    parse_idx,
    read_labelled_csv,
    read_unlabelled_csv,
    scaled,
)

__all__ = [
    "Digits",
    "batches",
    "load",
    "sources",
    "split",
]


def load(source="sample", dtype=np.float32):
    """The training and the test digits of a source, as two `Digits` (notebook 01).

    "sample"  5,000 of MNIST's digits, 4,000 and 1,000, which come with digitlib: no download.
    "mnist"   all of MNIST, 60,000 and 10,000: from DIGITLIB_DATA, the cache, or the web.
    "kaggle"  the Digit Recognizer competition, 42,000 and 28,000; the test part has y None.
    "colab"   the 20,000 and 10,000 digits that every Colab machine has.

    Returns (train, test), each with X (N, 784) of `dtype` in [0, 1] and y (N,) int64.
    Raises ValueError for an unknown source or a damaged file, FileNotFoundError with every
    place looked in, ImportError with what to install.
    """
    if source not in LOADERS:
        known = ", ".join(repr(name) for name in LOADERS)
        raise ValueError(f"unknown source {source!r}: load takes one of {known}")
    train, test = LOADERS[source](float_dtype(dtype))
    return train._replace(name=f"{source}/train"), test._replace(name=f"{source}/test")


def load_sample(dtype):
    """Of each class every fifth digit for testing, 100, and the other 400 to train on.

    Every fifth, because with the first 100 of each class the training part would begin
    with few classes only: those whose hundredth digit comes early.
    """
    pixels, labels = sample()
    in_test = np.zeros(len(labels), dtype=bool)
    for digit in range(10):
        in_test[np.flatnonzero(labels == digit)[::5]] = True
    return [as_digits(pixels[part], labels[part], dtype) for part in (~in_test, in_test)]


def load_mnist(dtype):
    arrays = [mnist_array(name) for name in MNIST_SHA256]
    return as_digits(*arrays[:2], dtype), as_digits(*arrays[2:], dtype)


def mnist_array(name):
    """One of the four files as an array: the reader's own copy if there is one."""
    path = mnist_files().get(name)
    if path is None:
        return parse_idx(Unpacked(io.BytesIO(cached_mnist(name, folders("mnist"))), name))
    with opened(path, IDX) as stream:
        data = bytes(stream.limited(LARGEST))
    array = parse_idx(Unpacked(io.BytesIO(data), path))  # it can say more than a hash
    if wrong := other_than(data, MNIST_SHA256[name]):
        raise ValueError(
            f"{path}: not the file {name} of MNIST ({wrong}). Get it again; other digits can be"
            " read with read_digits"
        )
    return array


def load_kaggle(dtype):
    train, test = kaggle_files()
    return read_labelled_csv(train, dtype), read_unlabelled_csv(test, dtype)


def load_colab(dtype):
    return [read_labelled_csv(path, dtype) for path in colab_files()]


def as_digits(images, labels, dtype):
    """Digits from images (N, 28, 28) or (N, 784) and labels (N,), both uint8."""
    return Digits(scaled(images.reshape(len(images), -1), dtype), labels.astype(np.int64), "")


LOADERS = {
    "sample": load_sample,
    "mnist": load_mnist,
    "kaggle": load_kaggle,
    "colab": load_colab,
}


def split(digits, n_valid, rng):
    """Set n_valid labelled digits aside for validation; returns (train, valid) (notebook 01).

    Stratified: each class gives its share of the n_valid, rounded by largest remainder, so
    that the counts add up to n_valid exactly. No digit is in both parts, and both are
    shuffled by rng, a np.random.Generator.

    digits may be a pair (X, y) too; labels and rows are taken in their order, whatever index a
    pandas Series has. Raises ValueError for labels that are none (see `inputs.labels`) and for
    sizes that cannot be: n_valid not a whole number from 1 to N - 1, or so near an end that a
    class would be missing in a part.
    """
    if not isinstance(digits, tuple | list) or len(digits) not in (2, 3):
        raise ValueError(f"split takes Digits or a pair (X, y); got {type(digits).__name__}")
    X, y, name = (*digits, "digits")[:3]
    check_generator(rng)
    X = rows(X)
    y = labels(y, len(X), classes=None)
    if not is_whole(n_valid):
        raise ValueError(
            f"n_valid is a number of digits, a whole number; got {n_valid!r}."
            " For a fifth of them: n_valid=len(digits.y) // 5"
        )
    if not 1 <= n_valid < len(y):
        raise ValueError(
            f"n_valid={n_valid} of {len(y)} digits: it must be from 1 to {len(y) - 1}"
        )

    classes, counts = np.unique(y, return_counts=True)
    # Whole numbers throughout: share = n_valid * count / N, its remainder still times N.
    share, remainder = np.divmod(n_valid * counts, len(y))
    missing = n_valid - share.sum()
    share[np.argsort(-remainder, kind="stable")[:missing]] += 1
    for digit, count, taken in zip(classes, counts, share):
        if not 1 <= taken < count:
            raise ValueError(
                f"n_valid={n_valid} of {len(y)} digits would put {taken} of the {count} digits"
                f" of class {digit} in the validation part and {count - taken} in the training"
                " part: each part needs at least one of every class"
            )

    order = rng.permutation(len(y))
    in_valid = np.zeros(len(y), dtype=bool)  # by place in `order`, which is already shuffled
    for digit, taken in zip(classes, share):
        in_valid[np.flatnonzero(y[order] == digit)[:taken]] = True
    base = name.removesuffix("/train")
    # Shuffled again: taking the first of each class leaves the rarer ones late in both parts,
    # so that a reader's `train.X[:64]` would hold hardly more than a few of the classes.
    train, valid = rng.permutation(order[~in_valid]), rng.permutation(order[in_valid])
    return Digits(X[train], y[train], f"{base}/train"), Digits(
        X[valid], y[valid], f"{base}/valid"
    )


def batches(X, y, size, rng):
    """Go once through the examples, `size` at a time; yields (X_batch, y_batch).

    X (N, …), y (N,); the last batch is short where size does not divide N. rng, a
    np.random.Generator, shuffles them anew in each call; rng=None keeps the order. Only the
    indices are shuffled, once; a batch is a copy, so changing it leaves X as it was.

    Raises ValueError at the call, not at the first batch, for a size below 1, X and y of
    different lengths, and labels that are none, such as one-hot rows.
    """
    if rng is not None:
        check_generator(rng)
    X = rows(X)
    y = labels(y, len(X), classes=None)
    if not is_whole(size) or size < 1:
        raise ValueError(
            f"a batch has a whole number of examples, at least 1; got size={size!r}"
        )
    order = np.arange(len(X)) if rng is None else rng.permutation(len(X))
    # A generator inside, so that the checks above speak at the call, not at the first batch.
    parts = (order[start : start + size] for start in range(0, len(order), size))
    # take gathers rows faster than X[part] does
    return ((X.take(part, axis=0), y.take(part)) for part in parts)


def is_whole(number):
    return isinstance(number, int | np.integer) and not isinstance(number, bool)


def check_generator(rng):
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            f"rng is a random generator such as np.random.default_rng(0); got {rng!r}"
        )
