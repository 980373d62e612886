"""The look that all figures share: colours, sizes, titles, and how an image is drawn.

Digits are dark ink on light paper; series differ by colour, dash and marker, so that no
finding rests on colour alone. Arrays of a wrong shape get a ValueError that says what was
expected.
"""

import textwrap

import matplotlib.pyplot as plt
import numpy as np

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
    # seaborn's theme "ticks", written out: its import alone takes longer than all figures of a
    # notebook. DejaVu comes with matplotlib: one look on all machines.
    rc = {
        "font.family": "DejaVu Sans",
        "font.size": 11,
        "text.color": ".15",
        "figure.dpi": 110,
        "figure.figsize": (WIDTH, 3.6),
        "figure.constrained_layout.use": True,
        "figure.titlesize": 12,
        "figure.titleweight": "bold",
        "axes.axisbelow": True,
        "axes.edgecolor": ".15",
        "axes.labelcolor": ".15",
        "axes.labelsize": 11,
        "axes.linewidth": 1.25,
        "axes.titlesize": 12,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.prop_cycle": plt.cycler(color=COLOURS, linestyle=DASHES),
        "grid.color": PALE,
        "grid.linewidth": 1,
        "legend.fontsize": 11 * (11 / 12),
        "legend.title_fontsize": 11,
        "lines.solid_capstyle": "round",
        "patch.edgecolor": "w",
        "patch.force_edgecolor": True,
        "image.cmap": "cividis",
        "lines.linewidth": 1.8,
    }
    for axis in "xy":
        rc |= {f"{axis}tick.color": ".15", f"{axis}tick.labelsize": 11 * (11 / 12)}
        rc |= {f"{axis}tick.major.{of}": size for of, size in (("size", 6), ("width", 1.25))}
        rc |= {f"{axis}tick.minor.{of}": size for of, size in (("size", 4), ("width", 1))}
    plt.rcParams.update(rc)


def check(right, message):
    if not right:
        raise ValueError(message)


def counted(n, noun, plural=None):
    noun = noun if n == 1 else plural or f"{noun}s"
    return f"{n:,} {noun}" if n else f"No {noun}"


def titled(target, title):
    """Give axes or a figure its title, at the left, in lines that fit; returns the target."""
    if isinstance(target, plt.Figure):
        target.suptitle(textwrap.fill(title, 68), x=0.01, ha="left")
    else:
        width = target.figure.get_figwidth() * target.get_position().width
        target.set_title(textwrap.fill(title, max(12, int(11.4 * width))), loc="left")
    return target


def as_images(X):
    """X as (N, 28, 28) floats from 0 to 1."""
    X = np.asarray(X)
    shaped = X.shape[1:] in ((784,), (28, 28))
    check(shaped, f"images are (N, 784) or (N, 28, 28); got shape {X.shape}")
    if X.dtype.kind in "iu":
        X = X / np.float32(255)
    low, high = X.min(initial=0), X.max(initial=0)
    span = f"float pixels run from 0 to 1, not from {low:.4g} to {high:.4g}: divide by 255?"
    check(low >= -0.01 and high <= 1.01, span)
    return X.reshape(-1, 28, 28)


def draw(ax, image, cmap=INK, limits=(0, 1)):
    ax.imshow(image, cmap=cmap, vmin=limits[0], vmax=limits[1], interpolation="nearest")
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(True)  # matplotlib 3.7 has no set() for all of them
    ax.spines[:].set_color(PALE)


def grid(images, labels, columns, title, cmap=INK, limits=(0, 1)):
    """Images (N, 28, 28) row by row, a label over each; returns their axes, (N,)."""
    n = len(images)
    check(n <= 200, f"a grid shows at most 200 images, not {n}: pass a part, as X[:50]")
    labels = [""] * n if labels is None else [str(label) for label in labels]
    check(len(labels) == n, f"{len(labels)} labels for {n} images: one each is needed")
    rows, line = -(-n // columns), 0.22 * any(labels)
    size = (WIDTH, rows * (min(WIDTH / columns, 1.2) + line) + 0.4)
    fig = plt.figure(figsize=size, layout="constrained")
    axes = fig.subplots(max(rows, 1), columns, squeeze=False)
    for ax, image, label in zip(axes.flat, images, labels):
        draw(ax, image, cmap, limits)
        ax.set_title(label, loc="center", fontsize=10, fontweight="normal", pad=3)
    for ax in axes.flat[n:]:
        ax.set_axis_off()  # not removed: a notebook shows no figure without axes
    titled(fig, title)
    return axes.ravel()[:n]
