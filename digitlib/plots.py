"""The figures of the course: arrays in, axes out, one look.

No function calls `plt.show` or changes its arguments. Each has a title that says what is
drawn, which `title=` replaces. Digits are dark ink on light paper; series differ by colour,
dash and marker, so that no finding rests on colour alone. This is the only file that needs
matplotlib and seaborn.
"""

import itertools
import math
import textwrap

import numpy as np

from digitlib.functional import check_labels
from digitlib.metrics import worst_mistakes

try:
    import matplotlib.pyplot as plt
    import seaborn as sns
except ImportError as error:
    raise ImportError(
        'the figures need matplotlib and seaborn: pip install "digitlib[plots]"'
    ) from error

__all__ = [
    "class_counts",
    "confusion_matrix",
    "digit_grid",
    "house_style",
    "learning_curve",
    "mean_digits",
    "misclassified",
    "prediction",
    "weights",
]

# Okabe and Ito's colours for all kinds of colour vision, without the pale yellow.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"]
DASHES = ["-", "--", "-.", ":", (0, (8, 2)), (0, (4, 1, 1, 1, 1, 1)), (0, (1, 3))]
MARKERS = ["o", "s", "^", "D", "v", "P", "X"]
ACCENT, MUTED, PALE = COLOURS[1], "#6B6B6B", "#E4E4E4"
INK, SIGNED, MISTAKES = "Greys", "RdBu_r", "Blues"  # colour maps: digits, weights, counts
WIDTH = 7  # inches; 770 pixels at 110 dots an inch, the width of a notebook's column


def house_style():
    """Set the look of every figure that follows; called once, in a notebook's first cell."""
    rc = {
        "figure.dpi": 110,
        "figure.figsize": (WIDTH, 3.6),
        "figure.constrained_layout.use": True,
        "figure.titlesize": 12,
        "figure.titleweight": "bold",
        "font.size": 11,
        "axes.labelsize": 11,
        "axes.titlesize": 12,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.titlepad": 9,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.prop_cycle": plt.cycler(color=COLOURS, linestyle=DASHES),
        "axes.edgecolor": MUTED,
        "axes.axisbelow": True,
        "grid.color": PALE,
        "image.cmap": "cividis",
        "image.interpolation": "nearest",
        "legend.fontsize": 10,
        "legend.frameon": False,
        "lines.linewidth": 1.8,
        "xtick.labelsize": 10,
        "ytick.labelsize": 10,
    }
    # DejaVu comes with matplotlib: the same picture on every machine.
    sns.set_theme(context="notebook", style="ticks", font="DejaVu Sans", rc=rc)


def digit_grid(X, labels=None, columns=10, title=None):
    """Digits side by side, each under its label.

    X (N, 784) or (N, 28, 28), N from 1 to 200: floats from 0 (paper) to 1 (ink), or integers
    from 0 to 255. labels: N strings or integers, or None. Returns the axes, (N,); the pixels
    of digit i are `axes[i].images[0].get_array()`. ValueError: other shapes or pixel values.
    """
    images = _images(X)
    if labels is not None and len(labels) != len(images):
        raise ValueError(f"{len(labels)} labels for {len(images)} images: one each is needed")
    if title is None:
        title = _count(len(images), "digit") + (
            "" if labels is None else ", each under its label"
        )
    return _grid(images, labels, columns, title)


def class_counts(y, ax=None, title=None):
    """How many there are of each digit, as bars with the count on top.

    y (N,) integers from 0 to 9. Returns the axes; the heights are those of `ax.patches`.
    """
    counts = np.bincount(check_labels(y, 10), minlength=10)
    ax = _axes(ax, 3)
    ax.bar_label(ax.bar(np.arange(10), counts, color=COLOURS[0]), fmt="{:,.0f}", fontsize=10)
    ax.set(xticks=np.arange(10), xlabel="digit", ylabel="examples (count)")
    ax.margins(y=0.12)
    return _titled(ax, title or f"How many of each digit among {len(y):,} examples")


def mean_digits(X, y, title=None):
    """The mean image of each digit that occurs in y.

    X (N, 784) or (N, 28, 28) as for `digit_grid`, y (N,) integers from 0 to 9. Returns the
    axes, one a digit, in the order of the digits.
    """
    X, y = np.asarray(X), check_labels(y, 10, rows=len(X))
    digits = np.unique(y)
    means = np.stack([_images(X[y == digit]).mean(axis=0) for digit in digits])
    return _grid(means, digits, 5, title or f"The mean of each digit, {len(y):,} examples")


def learning_curve(
    steps, series, xlabel="iteration", ylabel="mean loss (nats)", log="", title=None, ax=None
):
    """Losses or accuracies over the course of a training, each line named at its end.

    steps (T,) numbers; series: a dict from name to T values. Values that are not finite
    (a training that blew up) leave a gap. log: "", "x", "y" or "xy", the axes on a
    logarithmic scale. Returns the axes; line i is `ax.lines[i]`, in the dict's order.
    """
    steps, ax = np.asarray(steps), _axes(ax, 3.6)
    series = {name: np.asarray(values, dtype=float) for name, values in series.items()}
    for name, values in series.items():
        if values.shape != steps.shape or steps.ndim != 1:
            raise ValueError(
                f"{name!r} has shape {values.shape}, the steps {steps.shape}: "
                "both are vectors of one length, (T,)"
            )
        if not np.isfinite(values).any():
            raise ValueError(f"{name!r} holds no finite value, so there is no line to draw")
    ax.set(xlabel=xlabel, ylabel=ylabel, xscale="log" if "x" in log else "linear")
    ax.set_yscale("log" if "y" in log else "linear")
    ax.grid(True, color=PALE, linewidth=0.8)
    every = max(1, len(steps) // 8)
    looks = zip(itertools.cycle(COLOURS), itertools.cycle(DASHES), itertools.cycle(MARKERS))
    for i, ((name, values), (colour, dash, marker)) in enumerate(zip(series.items(), looks)):
        start = i * every // len(series)  # lines that coincide show their markers in turn
        ax.plot(
            steps,
            values,
            color=colour,
            linestyle=dash,
            marker=marker,
            markersize=5,
            markevery=(start, every),
            label=name,
        )
    _name_line_ends(ax)
    return _titled(ax, title or f"{ylabel[:1].upper()}{ylabel[1:]} by {xlabel}")


def confusion_matrix(C, normalise=False, ax=None, title=None):
    """Which digit is read as which: every count in its cell, the mistakes coloured.

    C (K, K) integers, rows the truth, columns the answer. The right answers, on the diagonal,
    stay grey, so that the colours compare mistakes with mistakes. normalise: percentages of
    each row in place of counts. Returns the axes; the coloured cells are
    `ax.collections[0].get_array()`, masked on the diagonal.
    """
    C = np.asarray(C)
    if C.ndim != 2 or C.shape[0] != C.shape[1] or C.dtype.kind not in "iu" or C.min() < 0:
        raise ValueError(
            "a confusion matrix is a square table of counts, (10, 10) integers of "
            f"0 or more; got shape {C.shape}, dtype {C.dtype}"
        )
    right, total = int(np.trace(C)), int(C.sum())
    values = 100 * C / np.maximum(C.sum(axis=1, keepdims=True), 1) if normalise else C
    form, unit = (".1f", "% of the true digit") if normalise else ("d", "count")
    diagonal = np.eye(len(C), dtype=bool)
    ax = _axes(ax, 5.4)
    ax.set_facecolor(PALE)
    sns.heatmap(
        values,
        mask=diagonal,
        annot=True,
        fmt=form,
        cmap=MISTAKES,
        vmin=0,
        vmax=max(values[~diagonal].max(initial=0), 1),
        square=True,
        linewidths=1,
        annot_kws={"fontsize": 10},
        cbar_kws={"label": f"mistakes ({unit})"},
        ax=ax,
    )
    for text in ax.texts:
        if float(text.get_text()) == 0:
            text.set_color(MUTED)
    for k in range(len(C)):
        ax.text(
            k + 0.5,
            k + 0.5,
            format(values[k, k], form),
            color=MUTED,
            fontsize=10,
            ha="center",
            va="center",
        )
    ax.set(xlabel="predicted digit", ylabel="true digit")
    ax.tick_params(length=0, labelrotation=0)
    share = f" ({right / total:.1%})" if total else ""
    return _titled(
        ax, title or f"What each digit is read as: {right:,} of {total:,} right{share}"
    )


def misclassified(X, y, P, count=12, title=None):
    """The worst mistakes, most confident first, each with the truth and the answer.

    X (N, 784) or (N, 28, 28) as for `digit_grid`, y (N,) integers, P (N, K) probabilities.
    At most `count` are drawn; confidence is the probability of the wrong answer. Returns the
    axes, one a mistake: none, (0,), where every digit is read right.
    """
    X, y, P = np.asarray(X), np.asarray(y), np.asarray(P)
    if P.ndim != 2 or not len(X) == len(y) == len(P):
        raise ValueError(
            "X (N, 784), y (N,) and P (N, 10) describe the same N digits; got "
            f"shapes {X.shape}, {y.shape} and {P.shape}"
        )
    rows = worst_mistakes(P, y)
    found, rows = len(rows), rows[:count]
    among = f"{_count(found, 'mistake')} among {_count(len(y), 'digit')}"
    if not len(rows):
        plt.figure(figsize=(WIDTH, 0.5)).suptitle(title or among, x=0.01, ha="left")
        return np.empty(0, dtype=object)
    read = P[rows].argmax(axis=1)
    labels = [f"true {t} · read {r} ({P[i, r]:.2f})" for i, t, r in zip(rows, y[rows], read)]
    title = title or f"{among}: the {len(rows)} most confident, with the probability given"
    return _grid(_images(X[rows]), labels, 4, title)


def prediction(x, p, truth=None, title=None):
    """One digit beside its ten probabilities; the answer in colour, the truth marked.

    x (784,) or (28, 28), p (10,) probabilities, truth the digit it is, or None. Returns two
    axes, (2,): the picture and the bars.
    """
    image, p = _images(np.asarray(x)[None])[0], np.asarray(p)
    if p.ndim != 1:
        raise ValueError(f"the probabilities of one digit are a vector, (10,); got {p.shape}")
    read = int(p.argmax())
    if title is None:
        title = f"Read as {read} with probability {p[read]:.2f}"
        title += "" if truth is None else f"; it is {'indeed ' * (truth == read)}a {truth}"
    fig, axes = plt.subplots(
        1, 2, figsize=(WIDTH, 3.2), width_ratios=[1, 1.35], layout="constrained"
    )
    _draw(axes[0], image, INK, (0, 1))
    colours = [ACCENT if digit == read else "#B8B8B8" for digit in range(len(p))]
    bars = axes[1].barh(np.arange(len(p)), p, color=colours)
    marks = [f"{v:.2f}" + "  ← the true digit" * (k == truth) for k, v in enumerate(p)]
    axes[1].bar_label(bars, marks, padding=4, fontsize=10)
    axes[1].set(yticks=np.arange(len(p)), xlim=(0, 1), xlabel="probability", ylabel="digit")
    axes[1].invert_yaxis()
    _titled(fig, title)
    return axes


def weights(W, count=None, columns=5, labels=None, title=None, unit="weight"):
    """The columns of a matrix of weights as signed images that share one colour scale.

    W (784, k): the weights from the pixels to k units; the first `count` are drawn. labels:
    one a unit, else 'unit 0', 'unit 1', …. Red is above 0, blue below, white is 0; `unit`
    names the colour bar. Returns the axes, one a unit.
    """
    W = np.asarray(W)
    if W.ndim != 2 or W.shape[0] != 784:
        raise ValueError(f"weights are (784, k), a column for each unit; got shape {W.shape}")
    W = W[:, :count]
    labels = [f"unit {j}" for j in range(W.shape[1])] if labels is None else labels[:count]
    limit = float(np.abs(W).max(initial=0)) or 1.0
    title = title or f"The weights from the pixels to {_count(W.shape[1], 'unit')}"
    axes = _grid(W.T.reshape(-1, 28, 28), labels, columns, title, SIGNED, (-limit, limit))
    axes[0].figure.colorbar(axes[0].images[0], ax=list(axes), label=unit, aspect=30, pad=0.02)
    return axes


def _images(X):
    """X as (N, 28, 28) floats from 0 to 1, or a ValueError that says what was expected."""
    X = np.asarray(X)
    if X.shape[1:] not in ((784,), (28, 28)):
        raise ValueError(f"images are (N, 784) or (N, 28, 28); got shape {X.shape}")
    if X.dtype.kind in "iu":
        X = X / np.float32(255)
    if len(X) and not (X.min() >= -0.01 and X.max() <= 1.01):
        raise ValueError(
            "pixels run from 0 to 1, or are integers from 0 to 255; these are "
            f"{X.dtype} from {X.min():.4g} to {X.max():.4g}. Divide by 255?"
        )
    return X.reshape(-1, 28, 28)


def _grid(images, labels, columns, title, cmap=INK, limits=(0, 1)):
    """Images (N, 28, 28) row by row, a label over each; returns their axes, (N,)."""
    n = len(images)
    if not 1 <= n <= 200:
        raise ValueError(f"a grid shows 1 to 200 images, got {n}: pass a part, such as X[:50]")
    cell, rows = WIDTH / columns, math.ceil(n / columns)
    height = rows * (min(cell, 1.15) + (0.0 if labels is None else 0.27)) + 0.4
    fig, axes = plt.subplots(
        rows, columns, figsize=(WIDTH, height), squeeze=False, layout="constrained"
    )
    for ax in axes.flat[n:]:
        ax.remove()
    for i, (ax, image) in enumerate(zip(axes.flat, images)):
        _draw(ax, image, cmap, limits)
        if labels is not None:
            ax.set_title(str(labels[i]), loc="center", fontsize=10, fontweight="normal", pad=3)
    _titled(fig, title)
    return axes.ravel()[:n]


def _draw(ax, image, cmap, limits):
    ax.imshow(image, cmap=cmap, vmin=limits[0], vmax=limits[1], interpolation="nearest")
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set(visible=True, color=PALE)


def _axes(ax, height):
    if ax is not None:
        return ax
    return plt.subplots(figsize=(WIDTH, height), layout="constrained")[1]


def _titled(target, title):
    """Give axes or a figure its title, at the left, in lines that fit; returns the target."""
    if hasattr(target, "suptitle"):
        target.suptitle(textwrap.fill(title, 70), x=0.01, ha="left")
    else:
        target.set_title(textwrap.fill(title, 65), loc="left")
    return target


def _name_line_ends(ax):
    """Each line's name to the right of the axes, at the height of its end, none overlapping."""
    ax.get_ylim()  # brings the limits up to date with the lines
    ends = []
    for line in ax.lines:
        last = np.flatnonzero(np.isfinite(line.get_ydata()))[-1]
        end = line.get_xydata()[last]
        ends.append([(ax.transScale + ax.transLimits).transform(end)[1], tuple(end), line])
    ends.sort(key=lambda item: item[0])
    gap = 14 / (72 * ax.figure.get_figheight() * ax.get_position().height)
    heights = np.clip([item[0] for item in ends], 0, 1)
    for i in range(1, len(ends)):
        heights[i] = max(heights[i], heights[i - 1] + gap)
    for i in reversed(range(len(ends))):
        heights[i] = min(heights[i], 1 - (len(ends) - 1 - i) * gap)
    for height, (_, end, line) in zip(heights, ends):
        ax.annotate(
            line.get_label(),
            end,
            (1.04, height),
            textcoords="axes fraction",
            va="center",
            fontsize=10,
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": line.get_color(), "shrinkA": 1},
        )


def _count(n, noun):
    return f"{n or 'No':{',' * bool(n)}} {noun}" + "s" * (n != 1)
