"""How a drawing comes into MNIST's frame: what is measured, and what comes out."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from digitlib.data.frame import mnist_frame
from digitlib.plots.answers import probability_bars
from digitlib.plots.style import (
    ACCENT,
    COLOURS,
    MUTED,
    WIDTH,
    as_images,
    check,
    draw,
    titled,
)


def framing(picture, threshold=0.1, title=None):
    """A drawing with its crop and its centre of mass, beside MNIST's frame of it.

    picture    (h, w) floats from 0 (paper) to 1 (ink), as `digitlib.draw.pad_picture` makes
    threshold  what is fainter than this part of the darkest pixel counts as paper

    On both sides the dashed rectangle is the smallest one that holds the ink, with its first
    and last row and column at the axes, and the cross is the mean place of the ink. Returns
    both axes; the rectangles are their `patches`, the crosses their `lines`. Raises ValueError
    for what `mnist_frame` refuses. Notebook 18, 'The frame'.
    """
    picture = np.asarray(picture)
    check(picture.ndim == 2, f"a picture is (height, width); got shape {picture.shape}")
    (framed,) = mnist_frame(picture[None], threshold).reshape(1, 28, 28)
    before = _measured(picture, threshold)
    after = _measured(framed, threshold)
    fig, axes = plt.subplots(1, 2, figsize=(WIDTH, 3.9), layout="constrained")
    fig.get_layout_engine().set(rect=(0, 0, 1, 0.97))
    names = f"the pad, {picture.shape[0]} x {picture.shape[1]}", "MNIST's frame, 28 x 28"
    for ax, image, (box, centre), name in zip(axes, (picture, framed), (before, after), names):
        draw(ax, image)
        (top, bottom), (left, right) = box
        corner, width, height = (left - 0.5, top - 0.5), right - left + 1, bottom - top + 1
        look = {"fill": False, "edgecolor": COLOURS[0], "linestyle": "--", "linewidth": 1.5}
        ax.add_patch(Rectangle(corner, width, height, **look))
        size = {"markersize": 15, "markeredgewidth": 2.5, "color": ACCENT}
        ax.plot(centre[1], centre[0], marker="+", **size)
        ax.set(xticks=[left, right], yticks=[top, bottom])
        ax.tick_params(length=3, labelsize=9, colors=MUTED)
        ax.set_title(name, loc="center", fontsize=11, fontweight="normal")
        ax.set(xlabel="column", ylabel="row")
    titled(fig, title or "A drawing, and what a network of MNIST expects of it")
    return axes


def reading(picture, x, p, truth=None, title=None):
    """A drawing, the pixels that the network is given of it, and its ten probabilities.

    picture  (h, w) floats from 0 (paper) to 1 (ink), as `digitlib.draw.pad_picture` makes
    x        (784,) or (28, 28), what enters the network
    p        (10,) probabilities
    truth    the digit that was meant, or None

    Returns three axes: the two pictures, and the bars, whose lengths are those of its
    `patches`. Raises ValueError for arrays of other shapes. Notebook 18, 'A network that reads
    MNIST'.
    """
    picture, p = np.asarray(picture), np.asarray(p)
    check(picture.ndim == 2, f"a picture is (height, width); got shape {picture.shape}")
    check(p.ndim == 1, f"the probabilities of one digit are a vector, (10,); got {p.shape}")
    (image,) = as_images(np.asarray(x)[None])
    described = f"Read as {p.argmax()} with probability {p.max():.2f}"
    described += f"; a {truth} was meant" * (truth is not None)
    fig, axes = plt.subplots(
        1, 3, figsize=(WIDTH, 2.9), layout="constrained", width_ratios=(1, 1, 1.15)
    )
    draw(axes[0], picture)
    draw(axes[1], image)
    probability_bars(axes[2], p, truth)
    names = "drawn", "what the network sees", "what it answers"
    for ax, name in zip(axes, names):
        ax.set_title(name, loc="center", fontsize=11, fontweight="normal")
        ax.set_anchor("N")  # the three names stand on one line
    titled(fig, title or described)
    return axes


def _measured(image, threshold):
    """((first row, last row), (first column, last column)) of the ink, and its mean place."""
    inked = image > threshold * image.max()
    lines = (np.flatnonzero(inked.any(axis=axis)) for axis in (1, 0))
    box = tuple((int(line[0]), int(line[-1])) for line in lines)
    rows, columns = np.indices(image.shape)
    centre = tuple(float((image * place).sum() / image.sum()) for place in (rows, columns))
    return box, centre
