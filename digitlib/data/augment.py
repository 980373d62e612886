"""A digit that is moved, turned or bent a little is still that digit: more to learn from.

Every function takes images (N, 784) or (N, 28, 28), float32 or float64 with 0 for paper, and
returns new ones of the same shape and dtype. The random ones take rng, a np.random.Generator,
and draw anew for each image; one seed gives one distortion in either dtype. For training:

    train(…, augment=lambda X, rng: augment.affine(X, rng, rotate=10, shift=2))

x points right and y down, in pixels; turning and stretching are about the image's centre.
Augment training digits only, and after the split: a validation digit whose twin was trained
on is no longer new. Simard, Steinkraus and Platt 2003; notebook 12.
"""

import math

import numpy as np

__all__ = ["affine", "elastic", "move", "rotate", "scale", "shear", "shift"]

SIDE = 28
CENTRE = (SIDE - 1) / 2


def affine(images, rng, shift=2.0, rotate=10.0, scale=0.1, shear=5.0):
    """One random affine map for each image: shear, then scale, then rotate, then shift.

    shift    up to this many pixels along x and along y
    rotate   up to this many degrees either way
    scale    by a factor from 1 / (1 + scale) to 1 + scale
    shear    up to this many degrees of slant either way

    All four are ranges, zero or more, drawn evenly (the factor: its logarithm).
    """
    for name, value in {
        "shift": shift,
        "rotate": rotate,
        "scale": scale,
        "shear": shear,
    }.items():
        if value < 0:
            raise ValueError(f"{name} is a range to either side, zero or more; got {value}")
    x, y, turn, size, slant = 2 * rng.random((5, len(images))) - 1
    turn, slant = turn * np.radians(rotate), np.tan(slant * np.radians(shear))
    size = (1 + scale) ** size
    # y points down, so that this turns against the clock as one sees it; times [1 slant; 0 1].
    cos, sin = size * np.cos(turn), size * np.sin(turn)
    A = np.array([[cos, cos * slant + sin], [-sin, cos - sin * slant]])
    return move(images, A.transpose(2, 0, 1), shift * np.stack([x, y], axis=1))


def shift(images, rng, pixels=2.0):
    """Move each image by up to `pixels` along x and along y."""
    return affine(images, rng, shift=pixels, rotate=0, scale=0, shear=0)


def rotate(images, rng, degrees=10.0):
    """Turn each image by up to `degrees` either way."""
    return affine(images, rng, shift=0, rotate=degrees, scale=0, shear=0)


def scale(images, rng, by=0.1):
    """Stretch each image by a factor from 1 / (1 + by) to 1 + by."""
    return affine(images, rng, shift=0, rotate=0, scale=by, shear=0)


def shear(images, rng, degrees=5.0):
    """Slant each image by up to `degrees` either way."""
    return affine(images, rng, shift=0, rotate=0, scale=0, shear=degrees)


def elastic(images, rng, alpha=34.0, sigma=4.0):
    """Bend each image along a smooth random field, as hands do (Simard et al. 2003).

    Every pixel draws a displacement from U(−1, 1) along x and along y; a Gaussian of width
    sigma (pixels) smooths the field, and alpha scales it. 34 and 4 are the authors' and move
    a pixel by about 1.4 pixels.
    """
    _check(images)
    if sigma <= 0:
        raise ValueError(f"sigma is a width in pixels, above zero; got {sigma}")
    field = rng.random((2, len(images), SIDE, SIDE), dtype=np.float32) * 2 - 1
    # Smoothing along rows and along columns are two products with one matrix.
    pixels = np.arange(SIDE)
    bell = np.exp(-0.5 * ((pixels[:, None] - pixels) / sigma) ** 2)
    bell = (bell / (sigma * math.sqrt(2 * math.pi))).astype(images.dtype)
    field = float(alpha) * (bell @ field.astype(images.dtype) @ bell)
    field = field.reshape(2, -1, SIDE**2)
    x, y = _grid(images.dtype)
    return _sample(images, x + field[0], y + field[1])


def move(images, A, t):
    """Each image by its own affine map p ↦ A (p − c) + c + t, with c the image's centre.

    A (N, 2, 2), t (N, 2), p = (x, y); one map for all images with 1 in the place of N. Raises
    LinAlgError where a map has no inverse.
    """
    _check(images)
    # For each pixel of the result: where in the image does it come from?
    back = np.linalg.inv(A)
    t = (back @ t[:, :, None]).astype(images.dtype)
    x, y = np.moveaxis(back.astype(images.dtype) @ (_grid(images.dtype) - CENTRE) - t, 1, 0)
    return _sample(images, x + CENTRE, y + CENTRE)


def _check(images):
    if images.dtype not in (np.float32, np.float64):
        raise TypeError(f"images are float32 or float64, from 0 to 1; got {images.dtype}")
    if images.shape[1:] not in ((SIDE**2,), (SIDE, SIDE)):
        raise ValueError(f"images are (N, 784) or (N, 28, 28); got {images.shape}")


def _grid(dtype):
    """x and y of all pixels, row by row: (2, 784)."""
    y, x = np.divmod(np.arange(SIDE**2), SIDE)
    return np.array([x, y], dtype)


def _sample(images, x, y):
    """The images between their pixels, at x and y (N, 784), by bilinear interpolation."""
    # A frame of paper: one pixel before and two after, so that each point has four
    # neighbours. Whatever lies farther out is paper too, and may be moved to the frame.
    side = SIDE + 3
    framed = np.zeros((len(images), side, side), images.dtype)
    framed[:, 1:-2, 1:-2] = images.reshape(-1, SIDE, SIDE)
    x, y = np.clip(x, -1, SIDE) + 1, np.clip(y, -1, SIDE) + 1
    column, row = np.floor(x), np.floor(y)
    x, y = x - column, y - row  # from 0 to 1, how far to the next pixel
    first = side**2 * np.arange(len(images))[:, None]  # each image's first pixel in `flat`
    corner = first + side * row.astype(np.intp) + column.astype(np.intp)
    flat = framed.reshape(-1)
    top = flat[corner] * (1 - x) + flat[corner + 1] * x
    bottom = flat[corner + side] * (1 - x) + flat[corner + side + 1] * x
    return (top * (1 - y) + bottom * y).reshape(images.shape)
