"""Digits in rows: with labels, how many of each, their means, and the weights on them."""

import matplotlib.pyplot as plt
import numpy as np

from digitlib.formulas import check_labels
from digitlib.plots.style import (
    ACCENT,
    COLOURS,
    SIGNED,
    WIDTH,
    as_images,
    check,
    counted,
    draw,
    grid,
    titled,
)


def digit_grid(X, labels=None, columns=10, title=None):
    """Digits side by side, each under its label.

    X (N, 784) or (N, 28, 28), at most 200: floats from 0 (paper) to 1 (ink), or integers
    from 0 to 255. labels: N strings or integers, or None. Returns the axes, (N,); digit i is
    `axes[i].images[0].get_array()`, (28, 28), from 0 to 1.
    """
    described = counted(len(X), "digit") + ", labelled" * (labels is not None)
    return grid(as_images(X), labels, columns, title or described)


def digit_table(X, y, columns=10, title=None):
    """A row for each digit that occurs in y, with its first examples in the order of X.

    X (N, 784) or (N, 28, 28) as for `digit_grid`, y (N,) integers from 0 to 9. A digit with
    fewer examples than columns leaves a gap. Returns the axes, (digits, columns).
    """
    X, y = as_images(X), check_labels(y, 10, rows=len(X))
    digits = np.unique(y)
    size = (WIDTH, len(digits) * WIDTH / (columns + 1) + 0.4)
    fig = plt.figure(figsize=size, layout="constrained")
    fig.get_layout_engine().set(w_pad=0.02, h_pad=0.02)
    axes = fig.subplots(max(len(digits), 1), columns, squeeze=False)
    for digit, line in zip(digits, axes):
        rows = np.flatnonzero(y == digit)[:columns]
        for ax, image in zip(line, X[rows]):
            draw(ax, image)
        for ax in line[len(rows) :]:
            ax.set_axis_off()
        line[0].set_ylabel(digit, rotation=0, ha="right", va="center", fontweight="bold")
    titled(fig, title or f"{counted(columns, 'example')} of each digit")
    return axes


def pixel_values(image, rows=(9, 19), columns=(9, 19), title=None):
    """An image, and a framed part of it with every pixel's ink from 0 to 255 written in.

    image (28, 28) or (784,), as for `digit_grid`; rows and columns: from, and up to, at most
    14 of them. Returns both axes; the numbers are the second's `texts`.
    """
    (square,) = as_images(np.asarray(image)[None])
    (top, below), (left, right) = rows, columns
    for start, stop in (rows, columns):
        good = 0 <= start < stop <= 28 and stop - start <= 14
        check(good, f"rows and columns are parts of 0 to 28, at most 14; got {start} to {stop}")
    fig = plt.figure(figsize=(WIDTH, 0.56 * WIDTH), layout="constrained")
    whole, part = fig.subplots(1, 2)
    draw(whole, square)
    draw(part, square[top:below, left:right])
    size = right - left, below - top
    frame = {"fill": False, "edgecolor": ACCENT, "linewidth": 2}
    whole.add_patch(plt.Rectangle((left - 0.5, top - 0.5), *size, **frame))
    for (r, c), ink in np.ndenumerate(square[top:below, left:right]):
        look = {"color": "white" if ink > 0.5 else "black", "fontsize": 90 / max(size)}
        part.text(c, r, f"{255 * ink:.0f}", ha="center", va="center", **look)
    whole.set_title("the image", loc="center", fontsize=10, fontweight="normal")
    part.set_title("its framed part, ink from 0 to 255", loc="center", fontsize=10)
    part.title.set_fontweight("normal")
    titled(fig, title or "What is drawn, and what is told")
    return whole, part


def class_counts(y, ax=None, title=None):
    """How many there are of each digit, as bars with the count on top.

    y (N,) integers from 0 to 9. Returns the axes; the ten bars are `ax.patches`.
    """
    counts = np.bincount(check_labels(y, 10), minlength=10)
    ax = ax or plt.subplots(figsize=(WIDTH, 3), layout="constrained")[1]
    ax.bar_label(ax.bar(np.arange(10), counts, color=COLOURS[0]), fmt="{:,.0f}", fontsize=10)
    ax.set(xticks=np.arange(10), xlabel="digit", ylabel="examples (count)")
    ax.margins(y=0.12)
    return titled(ax, title or f"How many of each digit among {counted(len(y), 'example')}")


def mean_digits(X, y, title=None):
    """The mean image of each digit that occurs in y.

    X (N, 784) or (N, 28, 28) as for `digit_grid`, y (N,) integers from 0 to 9. Returns the
    axes, one a digit, in the order of the digits.
    """
    X, y = np.asarray(X), check_labels(y, 10, rows=len(X))
    digits = np.unique(y)
    means = np.stack([as_images(X[y == digit]).mean(axis=0) for digit in digits])
    title = title or f"The mean image of each digit, over {counted(len(y), 'example')}"
    return grid(means, digits, 5, title)


def axis_sums(image, title=None):
    """An image with its ink summed down (axis 0, above it) and across (axis 1, beside it).

    image (28, 28) or (784,), as for `digit_grid`. Returns the axes (image, above, beside); the
    sums are the heights of `above.patches` and the widths of `beside.patches`.
    """
    (square,) = as_images(np.asarray(image)[None])
    fig = plt.figure(figsize=(0.75 * WIDTH, 0.7 * WIDTH), layout="constrained")
    sizes = {"width_ratios": (3, 1.1), "height_ratios": (1.1, 3)}
    (above, corner), (shown, beside) = fig.subplots(2, 2, gridspec_kw=sizes)
    corner.set_axis_off()
    draw(shown, square)
    shown.set(xlabel="axis 1: column", ylabel="axis 0: row")
    shown.set(xticks=(0, 9, 18, 27), yticks=(0, 9, 18, 27), aspect="auto")
    above.bar(np.arange(28), square.sum(axis=0), color=COLOURS[0])
    above.set(xlim=(-0.5, 27.5), xticks=[], ylabel="ink (sum)")
    above.set_title("axis=0: one sum per column", fontsize=10, fontweight="normal")
    beside.barh(np.arange(28), square.sum(axis=1), color=ACCENT)
    beside.set(ylim=(27.5, -0.5), yticks=[], xlabel="ink (sum)")
    beside.set_title("axis=1:\none per row", fontsize=10, fontweight="normal")
    titled(fig, title or "The ink of an image, summed along either axis")
    return shown, above, beside


def weights(W, count=None, columns=5, labels=None, title=None, unit="weight"):
    """The columns of a matrix of weights as signed images that share one colour scale.

    W (784, k), the weights from the pixels to k units, of which the first `count` are drawn.
    labels: one a unit, else 'unit 0', 'unit 1', …. Red is above 0, white 0, blue below; `unit`
    names the colour bar. Returns the axes, one a unit.
    """
    W = np.asarray(W)
    shaped = W.ndim == 2 and len(W) == 784 and W.size
    check(shaped, f"weights are (784, k), one column a unit; got shape {W.shape}")
    images = W[:, :count].T.reshape(-1, 28, 28)
    labels = [f"unit {j}" for j in range(len(images))] if labels is None else labels[:count]
    limit = float(np.abs(images).max()) or 1.0
    title = title or f"The weights from the pixels to {counted(len(images), 'unit')}"
    axes = grid(images, labels, columns, title, SIGNED, (-limit, limit))
    axes[0].figure.colorbar(axes[0].images[0], ax=list(axes), label=unit, aspect=30)
    return axes
