"""The figures of the course: arrays in, axes out, one look.

No function calls `plt.show` or changes its arguments. Each figure has a title that says what
is drawn; `title=` replaces it. Digits are dark ink on light paper; series differ by colour,
dash and marker, so that no finding rests on colour alone. Arrays of a wrong shape get a
ValueError that says what was expected. Nothing else imports matplotlib or seaborn.
"""

import itertools
import textwrap

import numpy as np

from digitlib.formulas import check_labels
from digitlib.metrics import worst_mistakes

try:
    import matplotlib.pyplot as plt
    import seaborn as sns
except ImportError as error:
    raise ImportError('figures need more packages: pip install "digitlib[plots]"') from error

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

# Okabe and Ito's colours, made for all kinds of colour vision, without their pale yellow; in
# this order neighbours stay well apart under each of three simulated deficiencies.
COLOURS = ["#0072B2", "#D55E00", "#CC79A7", "#000000", "#009E73", "#E69F00", "#56B4E9"]
DASHES = ["-", "--", "-.", ":", (0, (8, 2)), (0, (4, 1, 1, 1, 1, 1)), (0, (1, 3))]
MARKERS = ["o", "s", "^", "D", "v", "P", "X"]
ACCENT, MUTED, GREY, PALE = COLOURS[1], "#666666", "#B8B8B8", "#E4E4E4"
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
        "axes.titlesize": 12,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.prop_cycle": plt.cycler(color=COLOURS, linestyle=DASHES),
        "grid.color": PALE,
        "image.cmap": "cividis",
        "lines.linewidth": 1.8,
    }
    # Text of 11 points, ticks of 10; DejaVu comes with matplotlib: one look on all machines.
    sns.set_theme("notebook", style="ticks", font="DejaVu Sans", font_scale=11 / 12, rc=rc)


def digit_grid(X, labels=None, columns=10, title=None):
    """Digits side by side, each under its label.

    X (N, 784) or (N, 28, 28), at most 200: floats from 0 (paper) to 1 (ink), or integers
    from 0 to 255. labels: N strings or integers, or None. Returns the axes, (N,); digit i is
    `axes[i].images[0].get_array()`, (28, 28), from 0 to 1.
    """
    described = _count(len(X), "digit") + ", labelled" * (labels is not None)
    return _grid(_images(X), labels, columns, title or described)


def class_counts(y, ax=None, title=None):
    """How many there are of each digit, as bars with the count on top.

    y (N,) integers from 0 to 9. Returns the axes; the ten bars are `ax.patches`.
    """
    counts = np.bincount(check_labels(y, 10), minlength=10)
    ax = ax or plt.subplots(figsize=(WIDTH, 3), layout="constrained")[1]
    ax.bar_label(ax.bar(np.arange(10), counts, color=COLOURS[0]), fmt="{:,.0f}", fontsize=10)
    ax.set(xticks=np.arange(10), xlabel="digit", ylabel="examples (count)")
    ax.margins(y=0.12)
    return _titled(ax, title or f"How many of each digit among {_count(len(y), 'example')}")


def mean_digits(X, y, title=None):
    """The mean image of each digit that occurs in y.

    X (N, 784) or (N, 28, 28) as for `digit_grid`, y (N,) integers from 0 to 9. Returns the
    axes, one a digit, in the order of the digits.
    """
    X, y = np.asarray(X), check_labels(y, 10, rows=len(X))
    digits = np.unique(y)
    means = np.stack([_images(X[y == digit]).mean(axis=0) for digit in digits])
    title = title or f"The mean image of each digit, over {_count(len(y), 'example')}"
    return _grid(means, digits, 5, title)


def learning_curve(
    steps, series, xlabel="iteration", ylabel="mean loss (nats)", log="", title=None, ax=None
):
    """Losses or accuracies in the course of a training, each line named at its end.

    steps (T,) numbers; series: a dict from name to T values, at least one of them finite;
    the others leave a gap. log: "", "x", "y" or "xy", the axes to draw on a logarithmic
    scale. Returns the axes; line i of the dict is `ax.lines[i]` where `ax` was new.
    """
    _check(series, "series is a dict from name to values, with at least one entry")
    ax = ax or plt.subplots(figsize=(WIDTH, 3.6), layout="constrained")[1]
    steps, lines = np.asarray(steps), []
    ax.set(xlabel=xlabel, ylabel=ylabel, **{f"{axis}scale": "log" for axis in log})
    ax.grid(color=PALE, linewidth=0.8)
    looks = [itertools.cycle(look) for look in (COLOURS, DASHES, MARKERS)]
    for name, values, colour, dash, marker in zip(series, series.values(), *looks):
        values = np.asarray(values, dtype=float)
        same = steps.ndim == 1 and values.shape == steps.shape
        _check(same, f"{name!r} {values.shape} and steps {steps.shape} must both be (T,)")
        _check(np.isfinite(values).any(), f"{name!r} holds no finite value: nothing to draw")
        every = max(1, len(steps) // 8)
        start = len(lines) * every // len(series)  # lines that coincide take turns
        look = {"color": colour, "linestyle": dash, "marker": marker, "markersize": 5}
        lines += ax.plot(steps, values, label=name, markevery=(start, every), **look)
    _name_ends(ax, lines)
    quantity = ylabel.partition(" (")[0]  # without its unit, which the axis gives
    return _titled(ax, title or f"{quantity[:1].upper()}{quantity[1:]} by {xlabel}")


def confusion_matrix(C, normalise=False, ax=None, title=None):
    """Which digit is read as which: a number in every cell, and the mistakes coloured.

    C (K, K) integers, rows the truth, columns the answer. The diagonal, what was right, stays
    grey, so that the colours compare mistakes with mistakes. normalise: percentages of each
    row in place of counts. Returns the axes; the coloured cells are
    `ax.collections[0].get_array()`, masked on the diagonal.
    """
    C = np.asarray(C)
    square = C.ndim == 2 and C.shape[0] == C.shape[1] and C.dtype.kind in "iu"
    _check(square, f"a confusion matrix is (10, 10) counts; got {C.shape}, {C.dtype}")
    values = 100 * C / np.maximum(C.sum(axis=1, keepdims=True), 1) if normalise else C
    form, unit = (".1f", "% of the true digit") if normalise else ("d", "count")
    ax = ax or plt.subplots(figsize=(WIDTH, 5.4), layout="constrained")[1]
    diagonal = np.eye(len(C), dtype=bool)
    most = max(values[~diagonal].max(initial=0), 1)
    bar = {"label": f"mistakes ({unit})", "ticks": plt.MaxNLocator(6, integer=True)}
    look = {"cmap": MISTAKES, "linewidths": 1, "square": True, "cbar_kws": bar}
    sns.heatmap(values, mask=diagonal, vmin=0, vmax=most, ax=ax, **look)
    ax.set_facecolor(PALE)  # seen where the diagonal is masked
    for (t, p), value in np.ndenumerate(values):
        ink = MUTED if t == p or not value else "white" if value > 0.75 * most else "black"
        place = {"color": ink, "ha": "center", "va": "center", "fontsize": 10}
        ax.text(p + 0.5, t + 0.5, format(value, form), **place)
    ax.set(xlabel="predicted digit", ylabel="true digit")
    ax.tick_params(length=0, labelrotation=0)
    right, total = np.trace(C), C.sum()
    share = f"{right:,} of {total:,} right ({100 * right / max(total, 1):.1f} %)"
    return _titled(ax, title or f"What each digit is read as: {share}")


def misclassified(X, y, P, count=12, title=None):
    """The worst mistakes, the most confident first, as 'true 4 · read 9 (0.87)'.

    X (N, 784) or (N, 28, 28) as for `digit_grid`, y (N,) integers, P (N, K) probabilities.
    At most `count` are drawn; confidence is the probability of the wrong answer. Returns the
    axes, one a mistake: none, (0,), where every digit is read right.
    """
    X, y, P = np.asarray(X), np.asarray(y), np.asarray(P)
    shapes = f"X (N, 784), y (N,) and P (N, 10) share N; got {X.shape}, {y.shape}, {P.shape}"
    _check(P.ndim == 2 and y.shape == P.shape[:1] == X.shape[:1], shapes)
    rows = worst_mistakes(P, y)
    described = f"{_count(len(rows), 'mistake')} among {_count(len(y), 'digit')}"
    described += f": the {min(len(rows), count)} most confident (probability)" * (len(rows) > 0)
    rows = rows[:count]
    read = P[rows].argmax(axis=1)
    labels = [f"true {t} · read {r} ({P[i, r]:.2f})" for i, t, r in zip(rows, y[rows], read)]
    return _grid(_images(X[rows]), labels, 4, title or described)


def prediction(x, p, truth=None, title=None):
    """One digit beside its ten probabilities: the answer in colour, the truth marked.

    x (784,) or (28, 28), p (10,) probabilities, truth the digit it is, or None. Returns two
    axes, (2,): the picture, and the bars, whose lengths are those of its `patches`.
    """
    image, p = _images(np.asarray(x)[None])[0], np.asarray(p)
    _check(p.ndim == 1, f"the probabilities of one digit are a vector, (10,); got {p.shape}")
    read, digits = int(p.argmax()), range(len(p))
    described = f"Read as {read} with probability {p[read]:.2f}"
    described += f"; the true digit is {truth}" * (truth is not None)
    fig, axes = plt.subplots(1, 2, figsize=(WIDTH, 3.2), layout="constrained")
    _draw(axes[0], image)
    bars = axes[1].barh(digits, p, color=[ACCENT if k == read else GREY for k in digits])
    axes[1].bar_label(bars, fmt="{:.2f}", padding=4, fontsize=10)
    axes[1].set(xlim=(0, 1), xlabel="probability", ylabel="digit")
    axes[1].set_yticks(digits, [f"true → {k}" if k == truth else f"{k}" for k in digits])
    axes[1].invert_yaxis()
    _titled(fig, title or described)
    return axes


def weights(W, count=None, columns=5, labels=None, title=None, unit="weight"):
    """The columns of a matrix of weights as signed images that share one colour scale.

    W (784, k), the weights from the pixels to k units, of which the first `count` are drawn.
    labels: one a unit, else 'unit 0', 'unit 1', …. Red is above 0, white 0, blue below; `unit`
    names the colour bar. Returns the axes, one a unit.
    """
    W = np.asarray(W)
    shaped = W.ndim == 2 and len(W) == 784 and W.size
    _check(shaped, f"weights are (784, k), one column a unit; got shape {W.shape}")
    images = W[:, :count].T.reshape(-1, 28, 28)
    labels = [f"unit {j}" for j in range(len(images))] if labels is None else labels[:count]
    limit = float(np.abs(images).max()) or 1.0
    title = title or f"The weights from the pixels to {_count(len(images), 'unit')}"
    axes = _grid(images, labels, columns, title, SIGNED, (-limit, limit))
    axes[0].figure.colorbar(axes[0].images[0], ax=list(axes), label=unit, aspect=30)
    return axes


def _check(right, message):
    if not right:
        raise ValueError(message)


def _count(n, noun):
    return (f"{n:,} {noun}" if n else f"No {noun}") + "s" * (n != 1)


def _images(X):
    """X as (N, 28, 28) floats from 0 to 1."""
    X = np.asarray(X)
    shaped = X.shape[1:] in ((784,), (28, 28))
    _check(shaped, f"images are (N, 784) or (N, 28, 28); got shape {X.shape}")
    if X.dtype.kind in "iu":
        X = X / np.float32(255)
    low, high = X.min(initial=0), X.max(initial=0)
    span = f"float pixels run from 0 to 1, not from {low:.4g} to {high:.4g}: divide by 255?"
    _check(low >= -0.01 and high <= 1.01, span)
    return X.reshape(-1, 28, 28)


def _grid(images, labels, columns, title, cmap=INK, limits=(0, 1)):
    """Images (N, 28, 28) row by row, a label over each; returns their axes, (N,)."""
    n = len(images)
    _check(n <= 200, f"a grid shows at most 200 images, not {n}: pass a part, as X[:50]")
    labels = [""] * n if labels is None else [str(label) for label in labels]
    _check(len(labels) == n, f"{len(labels)} labels for {n} images: one each is needed")
    rows, line = -(-n // columns), 0.22 * any(labels)
    size = (WIDTH, rows * (min(WIDTH / columns, 1.2) + line) + 0.4)
    fig = plt.figure(figsize=size, layout="constrained")
    axes = fig.subplots(max(rows, 1), columns, squeeze=False)
    for ax, image, label in zip(axes.flat, images, labels):
        _draw(ax, image, cmap, limits)
        ax.set_title(label, loc="center", fontsize=10, fontweight="normal", pad=3)
    for ax in axes.flat[n:]:
        ax.set_axis_off()  # not removed: a notebook shows no figure without axes
    _titled(fig, title)
    return axes.ravel()[:n]


def _draw(ax, image, cmap=INK, limits=(0, 1)):
    ax.imshow(image, cmap=cmap, vmin=limits[0], vmax=limits[1], interpolation="nearest")
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set(visible=True, color=PALE)


def _titled(target, title):
    """Give axes or a figure its title, at the left, in lines that fit; returns the target."""
    if isinstance(target, plt.Figure):
        target.suptitle(textwrap.fill(title, 68), x=0.01, ha="left")
    else:
        width = target.figure.get_figwidth() * target.get_position().width
        target.set_title(textwrap.fill(title, max(12, int(11.4 * width))), loc="left")
    return target


def _name_ends(ax, lines):
    """Each line's name beside its last point, or to the right of the axes; none overlap."""
    ax.get_ylim()  # brings the limits up to date with the lines
    ends = [line.get_xydata()[np.isfinite(line.get_ydata())][-1] for line in lines]
    x, y = (ax.transScale + ax.transLimits).transform(ends).T  # as fractions of the axes
    x, y = np.where(x == x.max(), 1.04, x + 0.03), y.clip(0, 1)
    order = np.argsort(y, kind="stable")
    gap = 14 / (72 * ax.figure.get_figheight() * ax.get_position().height)
    for below, i in itertools.pairwise(order):
        y[i] = max(y[i], y[below] + gap)  # push up ...
    for place, i in enumerate(reversed(order)):
        y[i] = min(y[i], 0.97 - place * gap)  # ... and back, below the title
    for line, end, *at in zip(lines, ends, x, y):
        leader = {"arrowstyle": "-", "color": line.get_color(), "shrinkA": 1}
        look = {"textcoords": "axes fraction", "va": "center", "fontsize": 10}
        ax.annotate(line.get_label(), end, at, arrowprops=leader, **look)
