"""Paired designs: the differences themselves, not two clouds of scores side by side."""

import matplotlib.pyplot as plt
import numpy as np

from digitlib.plots.style import ACCENT, COLOURS, MUTED, PALE, WIDTH, check, titled


def paired_differences(rows, xlabel="difference (points)", title=None, ax=None):
    """A line for each pair: a dot per seed, their mean, and the interval of the mean.

    rows: {name: (differences, mean, low, high)}, differences a list of n numbers; where mean,
    low and high are NaN only the dots are drawn. The line at 0 is where nothing separates the
    two. An interval that holds 0 is grey, one that does not is coloured and thicker. Returns
    the axes; the dots of row i are `ax.collections[i].get_offsets()`, (n, 2).
    """
    check(rows, "rows is a dict from a pair's name to its differences, one or more")
    ax = ax or plt.subplots(figsize=(WIDTH, 1.3 + 0.55 * len(rows)), layout="constrained")[1]
    ax.axvline(0, color=MUTED, linewidth=1.2, linestyle="--", zorder=1)
    for line, (differences, mean, low, high) in enumerate(rows.values()):
        # Dots above the line, interval on it: none hides the other.
        heights = np.full(len(differences), line - 0.2)
        ax.scatter(differences, heights, s=26, color=COLOURS[0], alpha=0.75, zorder=3)
        if np.isnan(mean):
            continue
        apart = low > 0 or high < 0
        look = {"color": ACCENT if apart else MUTED, "lw": 3.2 if apart else 1.8}
        ax.plot([low, high], [line + 0.12] * 2, "-|", ms=9, mew=1.8, zorder=2, **look)
        ax.plot(mean, line + 0.12, "D", ms=7, mfc="white", mew=2, mec=look["color"], zorder=4)
    ax.set_yticks(range(len(rows)), rows)
    ax.set(ylim=(len(rows) - 0.5, -0.6), xlabel=xlabel)
    ax.grid(axis="x", color=PALE, linewidth=0.8)
    ax.set_axisbelow(True)
    return titled(ax, title or "Paired differences, seed by seed")
