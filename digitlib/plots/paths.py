"""Where an optimiser walks on a loss of two parameters that can be drawn."""

import itertools

import matplotlib.pyplot as plt
import numpy as np

from digitlib.plots.style import ACCENT, COLOURS, GREY, MARKERS, WIDTH, check, titled


def descents(loss, paths, x=(-11, 4), y=(-2.2, 2.2), minimum=(0, 0), title=None):
    """Each path over the contours of a loss, in a panel of its own under its name.

    loss: a function of points (..., 2) that returns their losses (...), nowhere negative.
    paths: a dict from name to points (T, 2), the start first. x, y: the limits of the two
    axes; what leaves them is cut off. minimum: where the star stands. Contours double from one
    to the next. Returns the axes, (P,); the path of panel i is `axes[i].lines[0]`.
    """
    check(paths, "paths is a dict from name to points (T, 2), with at least one path")
    size = {"figsize": (WIDTH, 0.8 + 1.55 * len(paths)), "layout": "constrained"}
    fig, axes = plt.subplots(len(paths), sharex=True, squeeze=False, **size)
    corners = np.meshgrid(np.linspace(*x, 120), np.linspace(*y, 120))
    heights = loss(np.stack(corners, axis=-1))
    same = np.shape(heights) == (120, 120)
    check(same, f"loss maps points (..., 2) to (...); got {np.shape(heights)}")
    levels = heights.max() * 2.0 ** np.arange(-12, 1)
    looks = itertools.cycle(zip(COLOURS, MARKERS))
    for ax, (name, path), (colour, marker) in zip(axes.flat, paths.items(), looks):
        path = np.asarray(path, dtype=float)
        points = path.ndim == 2 and path.shape[1] == 2
        check(points, f"{name!r} is a path of points (T, 2); got {path.shape}")
        ax.contour(*corners, heights, levels, colors=GREY, linewidths=0.8)
        look = {"color": colour, "marker": marker, "markersize": 3.5, "linewidth": 1.2}
        ax.plot(*path.T, linestyle="-", **look)
        ax.plot(*path[0], marker="o", color="white", markeredgecolor="black", markersize=8)
        ax.plot(*minimum, marker="*", color=ACCENT, markeredgecolor="white", markersize=14)
        ax.set(xlim=x, ylim=y, ylabel=r"$\theta_2$")
        ax.set_title(name, fontsize=11, fontweight="normal")
    axes[-1, 0].set_xlabel(r"$\theta_1$")
    titled(fig, title or "The way down, step by step")
    return axes.ravel()
