"""Files in, arrays out: one reader for each format in which people have these digits."""

from typing import NamedTuple

import numpy as np

__all__ = ["Digits", "scaled"]


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


def scaled(pixels, dtype=np.float32):
    """Pixels 0 to 255 as numbers 0 to 1: pixels (N, 784) uint8; returns the same shape."""
    dtype = np.dtype(dtype)
    if dtype.kind != "f":
        raise ValueError(
            f"digits are loaded as floats (np.float32, np.float64), not as {dtype}"
        )
    # Naming the dtype matters: NumPy alone would divide uint8 by 255 in float64.
    return np.divide(pixels, 255, dtype=dtype)
