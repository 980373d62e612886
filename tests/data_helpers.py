"""Files of digits, as small as they can be, for the tests of what reads them."""

import os
from pathlib import Path

import numpy as np
import pytest

FULL = Path(os.environ.get("DIGITLIB_DATA") or "no such folder").absolute()


def table(rows, labelled=True, seed=0):
    """Random rows of a CSV file as uint8, with numbers of one, two and three digits."""
    rng = np.random.default_rng(seed)
    top = rng.choice([1, 10, 100, 256], size=(rows, 784))
    pixels = rng.integers(0, top).astype(np.uint8)
    labels = rng.integers(0, 10, size=(rows, 1)).astype(np.uint8)
    return np.hstack([labels, pixels]) if labelled else pixels


def csv_bytes(rows, header=True, newline="\n", last_newline=True):
    """The bytes of a CSV file; rows: an array, or lists of cells of any kind."""
    lines = [",".join(str(cell) for cell in row) for row in rows]
    if header:
        width = len(rows[0]) if len(rows) else 785
        names = [f"pixel{i}" for i in range(784)]
        lines.insert(0, ",".join(["label", *names] if width == 785 else names))
    return (newline.join(lines) + newline * last_newline).encode()


def idx_bytes(array):
    """The bytes of an IDX file that holds this uint8 array."""
    sizes = b"".join(size.to_bytes(4, "big") for size in array.shape)
    return bytes([0, 0, 8, array.ndim]) + sizes + array.tobytes()


def full(test):
    """Mark a test that reads the full MNIST or Kaggle files."""
    reason = "needs the full files, in the folder DIGITLIB_DATA"
    return pytest.mark.full(pytest.mark.skipif(not FULL.is_dir(), reason=reason)(test))
