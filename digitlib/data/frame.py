"""MNIST's frame: any picture of a digit, brought to where a network of MNIST expects it.

The makers of MNIST shrank each digit until its longer side had 20 pixels, and moved it by
whole pixels until its centre of mass was in the middle of 28 x 28 (LeCun, Bottou, Bengio and
Haffner 1998). A network trained on such pictures has never seen another size or another
place. Notebook 18, 'The frame', derives it.
"""

import os

import numpy as np

from digitlib.data.download import need
from digitlib.data.files import regular

__all__ = ["mnist_frame", "others", "read_picture"]

SIDE, BOX = 28, 20
MIDDLE = 14  # counted from 0: where the centres of mass of MNIST's digits lie, to half a pixel


def mnist_frame(images, threshold=0.1):
    """Crop to the ink, longer side to 20 pixels, centre of mass to the middle of 28 x 28.

    images (N, h, w) floats, from 0 for paper to 1 for full ink; returns (N, 784) of that dtype.
    What is fainter than `threshold` times an image's darkest pixel counts as paper when the
    crop is chosen, and stays in the picture. Shrinking takes the mean of what falls into a
    pixel, enlarging a place between the four nearest pixels. A digit of MNIST comes out as it
    went in (but for 18 of the 60,000 training digits, whose sides or centre are a pixel off),
    and where on its paper a digit stood makes no difference.

    Raises ValueError, with what mends it, for an image without ink, dark ink on white paper,
    values outside 0 to 1, and arrays that are no grey pictures. `read_picture` opens a file.
    """
    images = _grey(images)
    framed = np.zeros((len(images), SIDE, SIDE), images.dtype)
    for i, image in enumerate(images):
        if wrong := _wrong_range(image):
            raise ValueError(f"image {i} {wrong}")
        inked = image > threshold * image.max()
        rows, columns = (np.flatnonzero(inked.any(axis=axis)) for axis in (1, 0))
        scale = BOX / (max(np.ptp(rows), np.ptp(columns)) + 1)
        ink = image.astype(np.float64)
        down, across = (
            _weights(ink.sum(axis=axis), lines[0], np.ptp(lines) + 1, scale)
            for axis, lines in ((1, rows), (0, columns))
        )
        framed[i] = down @ ink @ across.T
    return framed.reshape(-1, SIDE**2)


def _grey(images):
    """Images (N, h, w) of floats, or a ValueError that says what was given instead."""
    if isinstance(images, str | bytes | os.PathLike):
        raise ValueError(
            f"images is the path {os.fsdecode(images)!r}, and mnist_frame takes arrays:"
            " read_picture(path)[None] opens a picture file"
        )
    try:
        images = np.asarray(images)
    except ValueError as error:
        raise ValueError(
            f"images of different sizes cannot be one array ({error}): frame each on its own,"
            " mnist_frame(image[None])"
        ) from None
    found = f"images are (N, height, width) floats from 0 to 1; got {images.shape}"
    found += f" of {images.dtype}"
    coloured = images.ndim > 2 and images.shape[-1] in (3, 4) and min(images.shape[-3:-1]) > 4
    if coloured:
        raise ValueError(
            f"{found}, a coloured picture: image[..., :3].mean(axis=-1) is its grey"
        )
    if images.ndim == 2 and images.shape[1] == SIDE**2:
        raise ValueError(f"{found}. X.reshape(-1, 28, 28) makes squares of rows")
    if images.ndim == 2:
        raise ValueError(f"{found}. One picture is a set of one: image[None]")
    if images.ndim != 3:
        raise ValueError(found)
    if images.dtype.kind in "iu":
        raise ValueError(f"{found}. Pixels from 0 to 255 become fractions with images / 255")
    if images.dtype.kind != "f":
        raise ValueError(found)
    return images


def _wrong_range(image):
    """What is wrong with the values of one picture, with what mends it, or None."""
    if not np.isfinite(image).all():
        return "has values that are not finite, NaN or infinity"
    low, high = image.min(), image.max()
    if low < 0:
        return f"has values below 0, down to {low:.3g}: paper is 0 and ink above it"
    if high > 1 + 1e-6:
        by = "image.max()" if high < 10 else 16 if high <= 16 else 255
        return f"has values up to {high:.4g}, where ink is 1 at most: image / {by}"
    if high == 0:
        return "has no ink: nothing in it is above 0"
    edge = np.concatenate([image[[0, -1]].ravel(), image[:, [0, -1]].ravel()])
    if (edge > high / 2).mean() >= 0.75:
        return (
            "has ink all round its edge, so its paper is white and its ink dark: 1 - image"
            " turns it"
        )
    return None


def read_picture(path):
    """A picture file as ink, (h, w) float32 from 0 for paper to 1; needs the package Pillow.

    Colours become grey, what is transparent becomes white, and a picture with a bright edge is
    turned, so that its paper is 0. It stands upright where its camera says how it was held.
    `mnist_frame(read_picture(path)[None])` is what a network of MNIST expects. Raises
    ValueError for a file that is no picture.
    """
    image = need("PIL.Image", "Reading a picture file", "pillow")
    upright = need("PIL.ImageOps", "Reading a picture file", "pillow").exif_transpose
    with regular(path) as file:
        try:
            with image.open(file) as opened:
                rgba = upright(opened).convert("RGBA")
        except Exception as error:  # Pillow has many, and MemoryError for bombs
            raise ValueError(f"{path}: no picture that can be opened ({error})") from error
    white = image.new("RGBA", rgba.size, "white")
    grey = np.asarray(image.alpha_composite(white, rgba).convert("L"), np.float32) / 255
    edge = np.concatenate([grey[[0, -1]].ravel(), grey[:, [0, -1]].ravel()])
    return 1 - grey if np.median(edge) > 0.5 else grey


def _weights(ink, first, length, scale):
    """(28, n): how much of each of the picture's n lines goes into each line of the frame.

    ink (n,) is the ink of each line; the crop is `length` lines from `first` on.
    """
    lines = np.arange(len(ink))
    mean = (ink * lines).sum() / ink.sum()
    start = np.floor(MIDDLE - ((mean - first + 0.5) * scale - 0.5) + 0.5)
    # Nothing is cut off. 147 * (20 / 147) is a hair above 20, and 20 pixels all the same.
    start = min(max(start, 0), SIDE - np.ceil(length * scale - 1e-9))
    # Line u of the frame covers the picture from `edge` to `edge + 1 / scale`.
    edge = ((np.arange(SIDE) - start) / scale + first)[:, None]
    if scale < 1:  # smaller: how much of that is line j
        shared = np.minimum(edge + 1 / scale, lines + 1) - np.maximum(edge, lines)
        return np.maximum(shared, 0) * scale
    middle = edge + 0.5 / scale - 0.5  # larger: between the two nearest lines
    return np.maximum(0, 1 - np.abs(middle - lines))


def others():
    """1,797 digits that 13 other people wrote, 8 x 8: images (1797, 8, 8), labels (1797,).

    float64 from 0 to 1, int64. They come with scikit-learn; Alpaydin and Kaynak, *Optical
    Recognition of Handwritten Digits*, UCI Machine Learning Repository (1998), test part.
    """
    datasets = need("sklearn.datasets", "Reading the 8 x 8 digits", "scikit-learn")
    found = datasets.load_digits()
    return found.images / 16, found.target.astype(np.int64)
