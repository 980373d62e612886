"""What a network made of the pixels: maps with a sign beside the digits they belong to."""

import textwrap

import matplotlib.pyplot as plt
import numpy as np

from digitlib.plots.style import INK, SIGNED, WIDTH, as_images, check, counted, draw, titled


def pixel_maps(X, maps, labels=None, outline=True, title=None):
    """Digits in a row, and under each its maps, one row for each kind of map.

    X       (N, 784) or (N, 28, 28) as for `digit_grid`, at most 12
    maps    a dict from a row's name to (N, 784) or (N, 28, 28) numbers of either sign. Each row
            has a scale of its own, with a colour bar: red is above 0, white 0, blue below; the
            bar begins at 0 where nothing is below
    labels  N strings over the digits, or None
    outline whether the edge of the ink is drawn over each map, so that its place can be seen

    Returns the axes, (1 + len(maps), N); the values are `axes[r, i].images[0].get_array()`.
    """
    images = as_images(X)
    count = len(images)
    check(maps, "maps is a dict from a row's name to an array, with at least one entry")
    check(0 < count <= 12, f"a row shows 1 to 12 digits, not {count}: pass a part, as X[:6]")
    labels = [""] * count if labels is None else [str(label) for label in labels]
    check(len(labels) == count, f"{len(labels)} labels for {count} digits: one each is needed")
    rows = {}
    for name, values in maps.items():
        values = np.asarray(values, dtype=float)
        shapes = ((count, 784), (count, 28, 28))
        check(
            values.shape in shapes,
            f"{name!r} has a value for each pixel of {counted(count, 'digit')}; "
            f"got shape {values.shape}",
        )
        rows[name] = values.reshape(count, 28, 28)
    side = min((WIDTH - 1.9) / count, 1.25)
    size = (WIDTH, (1 + len(rows)) * (side + 0.06) + 0.45 + 0.22 * any(labels))
    fig = plt.figure(figsize=size, layout="constrained")
    fig.get_layout_engine().set(w_pad=0.02, h_pad=0.02, rect=(0.01, 0, 0.98, 1))
    axes = fig.subplots(1 + len(rows), count, squeeze=False)
    for ax, image, label in zip(axes[0], images, labels):
        draw(ax, image, INK)
        ax.set_title(label, loc="center", fontsize=10, fontweight="normal", pad=3)
    _name(axes[0, 0], "digit")
    for line, (name, values) in zip(axes[1:], rows.items()):
        limit = float(np.abs(values).max()) or 1.0
        for ax, image, value in zip(line, images, values):
            draw(ax, value, SIGNED, (-limit, limit))
            if outline and image.min() < 0.5 < image.max():
                ax.contour(image, [0.5], colors="black", linewidths=0.7, linestyles="-")
        _name(line[0], name)
        bar = fig.colorbar(line[0].images[0], ax=list(line), aspect=12, pad=0.01)
        bar.ax.tick_params(labelsize=9)
        bar.outline.set_visible(False)
        if values.min() >= 0:  # half a bar says that there is no other side
            bar.ax.set_ylim(0, limit)
    titled(fig, title or f"{counted(count, 'digit')} and what each pixel does")
    return axes


def _name(ax, name):
    """The name of a row, in lines of at most 14 characters beside its first picture."""
    look = {"rotation": 0, "ha": "right", "va": "center", "fontsize": 10, "labelpad": 6}
    ax.set_ylabel(textwrap.fill(name, 14), **look)
