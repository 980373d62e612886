"""Arrays number by number or as colours, and what a layer makes of an image."""

import matplotlib.pyplot as plt
import numpy as np

from digitlib.plots.style import INK, SIGNED, WIDTH, check, counted, draw, grid, titled


def numbers(arrays, title=None):
    """Small matrices side by side, every entry written in its cell.

    arrays: a dict from name to (height, width) numbers, at most 20 either way. All share one
    scale: red is above 0, white 0, blue below. Cells have one size throughout. Returns the
    axes, one a matrix; the colours are `axes[i].images[0].get_array()`.
    """
    arrays = {name: np.asarray(A) for name, A in arrays.items()}
    check(len(arrays) > 0, "arrays is a dict from name to matrices, with at least one")
    for name, A in arrays.items():
        small = A.ndim == 2 and A.size and max(A.shape) <= 20
        check(small, f"{name!r} is a matrix of at most 20 x 20; got shape {A.shape}")
    limit = max(float(np.abs(A).max()) for A in arrays.values()) or 1.0
    gap, above, below = 0.35, 0.62, 0.1  # inches
    columns = sum(A.shape[1] for A in arrays.values())
    cell = min(0.42, (WIDTH - gap * (len(arrays) + 1)) / columns)
    high = cell * max(len(A) for A in arrays.values())
    # Placed by hand: a layout would give small matrices larger cells than large ones.
    gap = (WIDTH - cell * columns) / (len(arrays) + 1)
    fig, axes, left = plt.figure(figsize=(WIDTH, high + above + below)), [], gap
    fig.set_layout_engine("none")
    for A in arrays.values():
        side = cell * A.shape[1], cell * len(A)
        bottom = below + (high - side[1]) / 2
        box = np.array([left, bottom, *side]) / np.tile(fig.get_size_inches(), 2)
        axes.append(fig.add_axes(box))
        left += side[0] + gap
    for ax, (name, A) in zip(axes, arrays.items()):
        draw(ax, A, SIGNED, (-2 * limit, 2 * limit))  # pale: ink stays readable
        for (y, x), value in np.ndenumerate(A):
            ax.text(x, y, f"{value:g}", ha="center", va="center", fontsize=min(10, 24 * cell))
        ax.set_title(name, loc="center", fontsize=10, fontweight="normal")
    titled(fig, title or "Matrices, entry by entry")
    return axes


def feature_maps(rows, labels=None, columns=None, title=None, signed=False):
    """Maps of several images or layers, a row each, dark where a value is large.

    rows: a dict from name to (C, H, W), such as `A[0].transpose(2, 0, 1)` of a layer's output
    A (N, H, W, C); of each the first `columns` are drawn, under `labels` where they are given.
    Each row has a scale of its own, from 0 to its largest value; signed: from red for above 0
    to blue for below. Returns the axes, (len(rows), columns).
    """
    check(len(rows) > 0, "rows is a dict from name to maps (C, H, W), one or more")
    rows = {name: np.asarray(maps) for name, maps in rows.items()}
    for name, maps in rows.items():
        check(maps.ndim == 3, f"{name!r}: maps are (C, H, W); got shape {maps.shape}")
    columns = columns or max(len(maps) for maps in rows.values())
    side = (WIDTH - 0.7) / columns
    size = (WIDTH, len(rows) * (side + 0.05) + 0.45 + 0.2 * (labels is not None))
    fig = plt.figure(figsize=size, layout="constrained")
    fig.get_layout_engine().set(w_pad=0.02, h_pad=0.02)
    axes = fig.subplots(len(rows), columns, squeeze=False)
    for line, (name, maps) in zip(axes, rows.items()):
        limit = float(np.abs(maps[:columns]).max()) or 1.0
        look = (SIGNED, (-limit, limit)) if signed else (INK, (0, limit))
        for ax, image in zip(line, maps):
            draw(ax, image, *look)
        for ax in line[len(maps) :]:
            ax.set_axis_off()
        line[0].set_ylabel(name, fontsize=10)
    for ax, label in zip(axes[0], labels or ()):
        ax.set_title(label, loc="center", fontsize=10, fontweight="normal", pad=3)
    titled(fig, title or f"The maps of {counted(len(rows), 'image')}")
    return axes


def filters(W, columns=8, title=None):
    """Small kernels as signed images that share one colour scale: W (k, height, width).

    Red is above 0, white 0, blue below. Returns the axes, one a kernel.
    """
    W = np.asarray(W)
    check(W.ndim == 3 and W.size, f"filters are (k, height, width); got {W.shape}")
    limit = float(np.abs(W).max()) or 1.0
    title = title or f"{counted(len(W), 'filter')} of {W.shape[1]} x {W.shape[2]} pixels"
    axes = grid(W, None, columns, title, SIGNED, (-limit, limit))
    axes[0].figure.colorbar(axes[0].images[0], ax=list(axes), label="weight", aspect=30)
    return axes


def signed_arrays(arrays, xlabel="unit", ylabel="row of the batch", unit="value", title=None):
    """Large matrices side by side as colours: red is above 0, white 0, blue below.

    arrays: a dict from name to (height, width) numbers, all on one scale, named by `unit` at
    the colour bar. Returns the axes, one a matrix.
    """
    check(len(arrays) > 0, "arrays is a dict from name to matrices, with at least one")
    arrays = {name: np.asarray(A, dtype=float) for name, A in arrays.items()}
    for name, A in arrays.items():
        check(A.ndim == 2 and A.size, f"{name!r} is a matrix; got shape {A.shape}")
    limit = max(float(np.abs(A).max()) for A in arrays.values()) or 1.0
    fig, axes = plt.subplots(1, len(arrays), figsize=(WIDTH, 3.4), layout="constrained")
    axes = np.atleast_1d(axes)
    for ax, (name, A) in zip(axes, arrays.items()):
        look = {"aspect": "auto", "interpolation": "nearest", "cmap": SIGNED}
        picture = ax.imshow(A, vmin=-limit, vmax=limit, **look)
        ax.set_title(name, loc="center", fontsize=11, fontweight="normal")
        ax.set(xlabel=xlabel)
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_locator(plt.MaxNLocator(5, integer=True))
    axes[0].set_ylabel(ylabel)
    fig.colorbar(picture, ax=list(axes), label=unit)
    titled(fig, title or f"{counted(len(arrays), 'matrix', 'matrices')} on one scale")
    return axes
