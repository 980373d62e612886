"""MNIST's frame: any picture of a digit, brought to where a network of MNIST expects it.

The makers of MNIST shrank each digit until its longer side had 20 pixels, and moved it by
whole pixels until its centre of mass was in the middle of 28 x 28 (LeCun, Bottou, Bengio and
Haffner 1998). A network trained on such pictures has never seen another size or another
place. Notebook 13.
"""

import numpy as np

__all__ = ["mnist_frame", "others"]

SIDE, BOX = 28, 20
MIDDLE = 14  # counted from 0: where the centres of mass of MNIST's digits lie, to half a pixel


def mnist_frame(images, threshold=0.1):
    """Crop to the ink, longer side to 20 pixels, centre of mass to the middle of 28 x 28.

    images (N, h, w) floats, 0 for paper and more for ink; returns (N, 784) of that dtype.
    What is fainter than `threshold` times an image's darkest pixel counts as paper when the
    crop is chosen, and stays in the picture. Shrinking takes the mean of what falls into a
    pixel, enlarging a place between the four nearest pixels. A digit of MNIST comes out as it
    went in (but for 18 of the 60,000 training digits, whose sides or centre are a pixel off),
    and where on its paper a digit stood makes no difference. Raises ValueError for
    an image without ink.
    """
    images = np.asarray(images)
    if images.ndim != 3 or images.dtype.kind != "f":
        raise ValueError(
            f"images are (N, height, width) floats, 0 for paper; got {images.shape} of "
            f"{images.dtype}. X.reshape(-1, 28, 28) makes squares of rows"
        )
    framed = np.zeros((len(images), SIDE, SIDE), images.dtype)
    for i, image in enumerate(images):
        if not (np.isfinite(image).all() and image.min() >= 0 and image.max() > 0):
            raise ValueError(
                f"image {i} has no ink, or values below 0 or not finite: paper is 0 and ink "
                "above it. For dark ink on white paper, 255 - image"
            )
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
    try:
        from sklearn.datasets import load_digits
    except ImportError as error:
        raise ImportError(
            'the 8 x 8 digits come with scikit-learn: pip install "scikit-learn>=1.5"'
        ) from error
    found = load_digits()
    return found.images / 16, found.target.astype(np.int64)
