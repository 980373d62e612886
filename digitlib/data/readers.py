"""Files in, arrays out: one reader for each format in which people have these digits."""

import math
import warnings
import zipfile
from typing import NamedTuple

import numpy as np

from digitlib.data.csv_text import parse
from digitlib.data.files import path_of, regular
from digitlib.data.formats import AGAIN, HEAD, Unpacked, foreign, opened
from digitlib.data.inputs import caller, implausible, labels

__all__ = [
    "Digits",
    "read_digits",
    "read_idx",
    "read_labelled_csv",
    "read_npz",
    "read_unlabelled_csv",
    "scaled",
]

LARGEST = (
    1 << 30
)  # bytes in one array; 1,369,568 images, more than any collection of digits has
CSV = r"(?i:\.(csv|tsv|txt)$)"
IDX = r"(?i:ubyte|\.idx|idx\d)"


class Digits(NamedTuple):
    """A set of digits: one image a row (notebook 01).

    X (N, 784) float32 from 0 (background) to 1 (ink), the 28 rows of each image one after
    another; y (N,) int64 labels from 0 to 9, or None where there are none; name, such as
    "sample/train". A tuple: `X, y, name = digits` works, and the number of digits is
    len(digits.X).
    """

    X: np.ndarray
    y: np.ndarray | None
    name: str

    def __repr__(self):
        y = "None" if self.y is None else f"{self.y.shape} {self.y.dtype}"
        return f"Digits({self.name!r}, X: {self.X.shape} {self.X.dtype}, y: {y})"


def read_labelled_csv(path, dtype=np.float32):
    """Digits from a CSV file with a label and 784 pixels in each line (notebook 01).

    One digit a line, label 0 to 9, pixels 0 to 255. The label is the first column, as Kaggle
    has it, unless a header names another one label, class or target, as OpenML's does; an
    index or id column with a name of its own is left out, and pixels whose names count them
    are put in order. Plain, or packed by gzip, bzip2, xz or zip; UTF-8 or UTF-16; blank lines
    and empty columns at the end are passed over.
    Returns Digits with X (N, 784) of `dtype` in [0, 1], y (N,) int64 and the file's name.

    Raises ValueError that names the file, line and column for anything else in it, and where
    a column's meaning is not certain. Warns where the paper is white.
    """
    return _read_csv(path, True, dtype)


def read_unlabelled_csv(path, dtype=np.float32):
    """Digits from a CSV file of 784 pixels a line; as `read_labelled_csv`, with y None."""
    return _read_csv(path, False, dtype)


def _read_csv(path, labelled, dtype):
    path, dtype = path_of(path), float_dtype(dtype)
    prefer = {True: r"(^|/)train\.csv", False: r"(^|/)test\.csv", None: None}[labelled]
    with opened(path, CSV, prefer) as stream:
        return _from_csv(stream, path, labelled, dtype)


def _from_csv(stream, path, labelled, dtype):
    head = stream.head()
    if head[:2] == b"\0\0":
        raise ValueError(
            f"{stream.path}: this is an IDX file, as MNIST is published in."
            " digitlib.read_digits reads images with their labels, read_idx the bare array"
        )
    if error := foreign(head, stream.path):
        raise error
    if head[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\0" in head:
        raise ValueError(
            f"{stream.path}: this is no text, where lines of numbers were expected. Is this a"
            " CSV file?"
        )
    pixels, y = parse(stream, stream.path, labelled)
    return _digits(pixels, y, dtype, path)


def _digits(pixels, y, dtype, path):
    """Digits of uint8 pixels and labels, with a warning where the pictures look wrong."""
    digits = Digits(
        scaled(pixels.reshape(len(pixels), -1), dtype),
        None if y is None else y.astype(np.int64),
        path.name,
    )
    doubt = implausible(digits.X)
    if doubt and "twice" in doubt:
        doubt = "no pixel is above 2, where full ink is 255. Were they divided by 255 already?"
    if doubt:
        warnings.warn(f"{path}: {doubt}", stacklevel=caller())
    return digits


def scaled(pixels, dtype=np.float32):
    """Pixels 0 to 255 as numbers 0 to 1: pixels (N, 784) uint8; returns the same shape."""
    # Naming the dtype matters: NumPy alone would divide uint8 by 255 in float64.
    return np.divide(pixels, 255, dtype=float_dtype(dtype))


def float_dtype(dtype):
    dtype = np.dtype(dtype)
    if dtype.kind != "f":
        raise ValueError(
            f"digits are loaded as floats (np.float32, np.float64), not as {dtype}"
        )
    return dtype


def read_idx(path):
    """The array in an IDX file, the format MNIST is published in (notebook 01).

    Plain or packed. The file begins with two zero bytes, a type (8: unsigned bytes), the
    number of dimensions, and each dimension as four bytes, the highest first; then the
    values. Returns uint8 of that shape: (N, 28, 28) for images, (N,) for labels.

    Raises ValueError where the header or the length of the file is not that.
    """
    with opened(path_of(path), IDX) as stream:
        return parse_idx(stream)


def read_digits(images, labels=None, dtype=np.float32):
    """Digits from a file of any format that is read here, scaled and with their labels.

    images   a CSV file, with or without labels; an IDX file of images; an .npy file of them
    labels   for IDX and .npy: the file of their labels, or None where there are none

        train = read_digits("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz")

    Returns Digits with X (N, 784) of `dtype` in [0, 1]; y is None without labels. Raises
    ValueError that says what the file is where it is none of these, and where the two files
    do not belong together. Warns where digits lie on their side, as EMNIST's do, or the paper
    is white.
    """
    path, dtype = path_of(images, "images"), float_dtype(dtype)
    with opened(path, f"{CSV}|{IDX}|\\.npy$") as stream:
        head = stream.head()
        if head[:2] == b"\0\0":
            pixels = parse_idx(stream)
        elif head.startswith(b"\x93NUMPY"):
            pixels = _parse_npy(stream)
        else:
            digits = _from_csv(stream, path, None, dtype)
            if labels is not None:
                raise ValueError(
                    f"{path}: a CSV file has its labels in it; labels={labels!r} is for IDX and"
                    " .npy files"
                )
            return digits
    if pixels.ndim == 1:
        raise ValueError(
            f"{path}: holds {len(pixels)} single numbers, so it is the file of labels. The"
            " images come first: read_digits(images, labels)"
        )
    pixels = _pixels(pixels, path)
    return _digits(pixels, _labels_of(labels, path, len(pixels)), dtype, path)


def _labels_of(path, images, count):
    """The labels in an IDX or .npy file, (count,) uint8, or None for None."""
    if path is None:
        return None
    path = path_of(path, "labels")
    with opened(path, f"{IDX}|\\.npy$") as stream:
        npy = stream.head().startswith(b"\x93NUMPY")
        found = _parse_npy(stream) if npy else parse_idx(stream)
    if found.ndim != 1:
        raise ValueError(f"{path}: has shape {found.shape}, so it is no file of labels")
    return _checked_labels(found, count, f"{path} (labels of {images})")


def _checked_labels(y, count, where):
    try:
        return labels(y, count)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from None


def _pixels(pixels, where):
    """Images as uint8 (N, 784), or ValueError for what is no set of such pictures."""
    size = math.prod(pixels.shape[1:])
    if pixels.ndim < 2 or size != 784 or not len(pixels):
        raise ValueError(
            f"{where}: has shape {pixels.shape}, where images (N, 28, 28) were expected."
            " digitlib.data.frame.mnist_frame brings pictures of another size into that"
        )
    if pixels.dtype.kind == "f" and np.isfinite(pixels).all() and pixels.max() <= 1:
        raise ValueError(
            f"{where}: holds fractions up to {pixels.max():g}, where whole numbers from 0 to"
            " 255 were expected: save (255 * images).round().astype('uint8')"
        )
    whole = None
    if pixels.dtype.kind in "iuf":
        with np.errstate(invalid="ignore"):
            whole = pixels.astype(np.uint8)
    if whole is None or not (whole == pixels).all():
        raise ValueError(
            f"{where}: holds {pixels.dtype} other than whole numbers from 0 to 255, so these"
            " are no pixels"
        )
    return whole.reshape(len(pixels), 784)


def read_npz(path, dtype=np.float32):
    """(train, test), two Digits, from Keras's mnist.npz (notebook 01).

    The archive holds x_train (N, 28, 28), y_train (N,), x_test and y_test, whole numbers.
    Nothing in it is unpickled. Raises ValueError that names the file and the array.
    """
    path, dtype = path_of(path), float_dtype(dtype)
    names = ("x_train", "y_train", "x_test", "y_test")
    with regular(path) as file:
        arrays = npz_arrays(file, path, names)
    parts = []
    for part in ("train", "test"):
        X, y = arrays[f"x_{part}"], arrays[f"y_{part}"]
        X = _pixels(X, f"{path} (x_{part})")
        y = _checked_labels(y, len(X), f"{path} (y_{part})")
        parts.append(_digits(X, y, dtype, path)._replace(name=f"{path.name}/{part}"))
    return tuple(parts)


def npz_arrays(file, path, names=None, largest=LARGEST):
    """The arrays of these names, or all, in an open .npz file, as a dict; no pickle is opened.

    largest: how many bytes they may have together. Raises ValueError that names the file and
    the array for whatever is wrong with it.
    """
    head = file.read(HEAD)
    file.seek(0)
    if not head.startswith(b"PK"):
        raise foreign(head, path) or ValueError(f"{path}: no archive of NumPy arrays (.npz)")
    found, at = {}, ""
    try:
        with zipfile.ZipFile(file) as archive:
            held = [name.removesuffix(".npy") for name in archive.namelist()]
            names = held if names is None else names
            if missing := [name for name in names if name not in held]:
                raise ValueError(
                    f"holds no {missing[0]}, only {', '.join(held[:8]) or 'nothing'}; expected"
                    f" {', '.join(names)}"
                )
            for name in names:
                at = f" ({name})"
                if held.count(name) > 1:
                    raise ValueError("stands there more than once")
                with archive.open(f"{name}.npy") as member:
                    found[name] = _read_array(Unpacked(member, name), largest)
                largest -= found[name].nbytes
    except Exception as error:  # of a damaged zip, in many ways
        cause = error if str(error) else type(error).__name__
        raise ValueError(f"{path}{at}: damaged, or another file: {cause}. {AGAIN}") from error
    return found


def _parse_npy(stream):
    try:
        return _read_array(stream)
    except Exception as error:
        raise ValueError(f"{stream.path}: {error}. {AGAIN}") from error


def _read_array(stream, largest=LARGEST):
    """The array in a stream of the .npy format, once its length is what the header says."""
    version = np.lib.format.read_magic(stream)
    read = np.lib.format.read_array_header_1_0
    if version != (1, 0):
        read = np.lib.format.read_array_header_2_0
    shape, fortran, dtype = read(stream)
    if dtype.hasobject:
        raise ValueError("holds Python objects (a pickle), which are never opened here")
    promised = math.prod(shape) * dtype.itemsize
    if promised > min(largest, LARGEST):
        raise ValueError(f"promises {promised} bytes, more than is read here")
    data = stream.limited(promised)
    if len(data) != promised:
        what = "cut off" if len(data) < promised else "more bytes than promised"
        raise ValueError(f"{what}: the header promises {promised} bytes")
    array = np.frombuffer(data, dtype)
    return array.reshape(shape, order="F" if fortran else "C")


def parse_idx(stream):
    """The array in an IDX file, from an `Unpacked`."""
    head, path = stream.head(), stream.path
    dimensions = head[3] if len(head) > 3 else 0
    if head[:3] != b"\0\0\x08" or not dimensions:
        if error := foreign(head, path):
            raise error
        hint = AGAIN
        if head[:2] == b"\0\0" and head[2:3] in b"\x09\x0b\x0c\x0d\x0e":
            hint = "This is an IDX file of other numbers than bytes, which no digits are"
        elif head.isascii() and b"," in head:
            hint = "This looks like a CSV file: use read_labelled_csv or read_unlabelled_csv"
        raise ValueError(
            f"{path}: not an IDX file of bytes. It should begin with the magic number"
            f" 00 00 08 and the number of dimensions, found {head[:4].hex(' ')}. {hint}"
        )
    start = 4 + 4 * dimensions
    if len(stream.read(start)) < start:
        raise ValueError(
            f"{path}: cut off within its header, which takes {start} bytes; found {len(head)}."
            f" {AGAIN}"
        )
    shape = tuple(int.from_bytes(head[at : at + 4], "big") for at in range(4, start, 4))
    # Python's integers cannot overflow, and nothing is allocated for what is only promised.
    promised = math.prod(shape)
    # A file that promises more than there can be is read only as far as to say what it is.
    data = stream.limited(promised if promised <= LARGEST else 1 << 20)
    if len(data) > 1 << 20 and promised > LARGEST:
        raise ValueError(
            f"{path}: its header promises {' x '.join(map(str, shape))} = {promised} bytes,"
            f" more than any set of digits has. {AGAIN}"
        )
    if len(data) != promised:
        what = "cut off" if len(data) < promised else "bytes left over"
        raise ValueError(
            f"{path}: {what}. Its header promises {' x '.join(map(str, shape))} = {promised}"
            f" bytes after it, found {len(data)}{' or more' * (len(data) > promised)}. {AGAIN}"
        )
    return np.frombuffer(data, np.uint8).reshape(shape)
