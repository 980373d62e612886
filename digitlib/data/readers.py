"""Files in, arrays out: one reader for each format in which people have these digits."""

import contextlib
import gzip
import math
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from digitlib.data.csv_text import parse

__all__ = ["Digits", "read_idx", "read_labelled_csv", "read_unlabelled_csv", "scaled"]


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
    """Digits from a CSV file whose columns are the label and 784 pixels (notebook 01).

    One digit a line, label 0 to 9, pixels 0 to 255; with or without a header (a first line
    that does not begin with a number is one); plain, .gz, or .zip with one CSV file in it.
    Returns Digits with X (N, 784) of `dtype` in [0, 1], y (N,) int64 and the file's name.

    Raises ValueError that names the file, line and column for anything else in it.
    """
    with opened(path) as stream:
        table = parse(stream, path, labelled=True)
    return Digits(scaled(table[:, 1:], dtype), table[:, 0].astype(np.int64), Path(path).name)


def read_unlabelled_csv(path, dtype=np.float32):
    """Digits from a CSV file of 784 pixels a line; as `read_labelled_csv`, with y None."""
    with opened(path) as stream:
        table = parse(stream, path, labelled=False)
    return Digits(scaled(table, dtype), None, Path(path).name)


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

    Plain or .gz. The file begins with two zero bytes, a type (8: unsigned bytes), the
    number of dimensions, and each dimension as four bytes, the highest first; then the
    values. Returns uint8 of that shape: (N, 28, 28) for images, (N,) for labels.

    Raises ValueError where the header or the length of the file is not that.
    """
    return parse_idx(read_bytes(path), path)


def read_bytes(path):
    """All bytes of a file, unpacked if it is a .gz or .zip."""
    with opened(path) as stream:
        return stream.read()


def parse_idx(data, path):
    """The array in the bytes of an IDX file; path is its name for the messages."""
    dimensions = data[3] if len(data) > 3 else 0
    if data[:3] != b"\0\0\x08" or not dimensions:
        page = (
            " It begins like a web page, so a download went wrong." if data[:1] == b"<" else ""
        )
        raise ValueError(
            f"{path}: not an IDX file of bytes. It should begin with the magic number"
            f" 00 00 08 and the number of dimensions, found {data[:4].hex(' ') or 'nothing'}."
            f"{page} Get it again"
        )
    start = 4 + 4 * dimensions
    if len(data) < start:
        raise ValueError(
            f"{path}: cut off within its header, which takes {start} bytes; found {len(data)}."
            " Get it again"
        )
    shape = tuple(int.from_bytes(data[at : at + 4], "big") for at in range(4, start, 4))
    # Python's integers cannot overflow, and nothing is allocated until the length is right.
    promised, found = math.prod(shape), len(data) - start
    if found != promised:
        what = "cut off" if found < promised else f"{found - promised} bytes left over"
        raise ValueError(
            f"{path}: {what}. Its header promises {' x '.join(map(str, shape))} = {promised}"
            f" bytes after it, found {found}. Get it again"
        )
    return np.frombuffer(data, np.uint8, offset=start).reshape(shape).copy()


@contextlib.contextmanager
def opened(path):
    """Open a file for reading bytes, unpacking it if its first bytes say .gz or .zip.

    The bytes decide, not the name: browsers unpack a .gz on the way and keep the ending.
    """
    path = Path(path).expanduser()
    try:
        with contextlib.ExitStack() as stack:
            stream = stack.enter_context(path.open("rb"))
            start = stream.read(4)
            stream.seek(0)
            if start.startswith(b"\x1f\x8b"):
                stream = stack.enter_context(gzip.open(stream))
            elif start == b"PK\x03\x04":
                archive = stack.enter_context(zipfile.ZipFile(stream))
                stream = stack.enter_context(archive.open(only_csv(archive, path)))
            yield stream
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        raise ValueError(
            f"{path}: the compressed file is damaged or cut off ({error}). Get it again"
        ) from error


def only_csv(archive, path):
    """The name of the one CSV file in a zip archive."""
    names = [info.filename for info in archive.infolist() if not info.is_dir()]
    tables = [n for n in names if n.lower().endswith(".csv") and not n.startswith("__MACOSX/")]
    if len(tables) != 1:
        raise ValueError(
            f"{path}: one CSV file in the archive was expected, found {len(tables)}:"
            f" {', '.join(names[:8]) or 'it is empty'}. Unpack it and read the one you want"
        )
    return tables[0]
