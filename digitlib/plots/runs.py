"""Figures of whole trainings, for slides: several networks at once, and what they learned.

As in `plots`: arrays in, axes out. `python -m digitlib figures` draws them.
"""

import contextlib
import itertools
import statistics

import matplotlib.pyplot as plt
import numpy as np

from digitlib import plots
from digitlib.data.files import replacing

__all__ = ["filters", "ladder", "mistakes_by_epoch", "saved", "slides"]

DOTS = 200  # an inch; 7 inches are 1,400 pixels, a slide's width
TICKS = (50, 20, 10, 5, 3, 2, 1, 0.5, 0.3, 0.2, 0.1)  # per cent


def ladder(scores, reported=None, xlabel="mistakes (% of digits, logarithmic)", title=None):
    """Mistakes of several networks, one a line, a dot for each seed and a bar at their mean.

    scores: a dict from name to accuracies in per cent, below 100, in order from the top.
    reported: a dict from some of the names to what others report, also accuracies. Returns the
    axes; the dots of line i are `ax.lines[2 * i]`, at 100 minus the accuracies.
    """
    plots._check(scores and all(scores.values()), "scores: a dict from name to accuracies")
    height = 0.9 + 0.34 * len(scores)
    ax = plt.subplots(figsize=(plots.WIDTH, height), layout="constrained")[1]
    ax.set_xscale("log")
    for line, (name, values) in enumerate(scores.items()):
        mistakes = [100 - value for value in values]
        mean = statistics.fmean(mistakes)
        ax.plot(mistakes, [line] * len(mistakes), "o", color=plots.COLOURS[0], alpha=0.6, ms=6)
        ax.plot(mean, line, "|", color="black", ms=17, mew=2)
        at = {"xycoords": ("axes fraction", "data"), "va": "center", "fontsize": 10}
        ax.annotate(f"{100 - mean:.2f} %", (1.02, line), **at)
        if reported and name in reported:
            look = {"marker": "D", "mfc": "none", "mec": plots.ACCENT, "mew": 1.6, "ms": 8}
            ax.plot(100 - reported[name], line, ls="none", **look)
    if reported:
        ax.plot([], [], "D", mfc="none", mec=plots.ACCENT, mew=1.6, ms=8, label="reported")
        ax.legend(loc="lower left", fontsize=10)
    ax.set_yticks(range(len(scores)), scores)
    ax.set(ylim=(len(scores) - 0.5, -0.5), xlabel=xlabel)
    ax.invert_xaxis()  # better is to the right
    ticks = [share for share in TICKS if _shown(share, ax.get_xlim())]
    ax.set_xticks(ticks, [f"{share:g}" for share in ticks])
    ax.minorticks_off()
    ax.grid(axis="x", color=plots.PALE)
    plots._titled(ax.figure, title or f"Mistakes of {plots._count(len(scores), 'network')}")
    return ax


def mistakes_by_epoch(series, title=None):
    """Mistakes of several networks after each epoch, named in the order in which they end.

    series: a dict from name to accuracies in per cent, one an epoch, below 100; trainings may
    differ in length. Returns the axes; line i of the dict is `ax.lines[i]`.
    """
    plots._check(len(series) > 0, "series is a dict from name to accuracies, one or more")
    ax = plt.subplots(figsize=(plots.WIDTH, 4), layout="constrained")[1]
    ax.set_yscale("log")
    looks = itertools.cycle(zip(plots.COLOURS, plots.DASHES, plots.MARKERS))
    for (name, values), (colour, dash, marker) in zip(series.items(), looks):
        mistakes = 100 - np.asarray(values, dtype=float)
        look = {"color": colour, "linestyle": dash, "marker": marker, "markersize": 5}
        epochs = np.arange(1, len(mistakes) + 1)
        ax.plot(epochs, mistakes, label=name, markevery=max(1, len(epochs) // 8), **look)
    ticks = [share for share in TICKS if _shown(share, ax.get_ylim())]
    ax.set_yticks(ticks, [f"{share:g}" for share in ticks])
    ax.minorticks_off()
    ax.xaxis.set_major_locator(plt.MaxNLocator(integer=True))
    ax.set(xlabel="epoch", ylabel="mistakes (% of digits, logarithmic)")
    ax.grid(color=plots.PALE, linewidth=0.8)
    lines = sorted(ax.lines, key=lambda line: -line.get_ydata()[-1])
    ax.legend(handles=lines, loc="center left", bbox_to_anchor=(1.01, 0.5), fontsize=10)
    plots._titled(ax.figure, title or "Mistakes by epoch")
    return ax


def filters(W, columns=8, title=None):
    """Small kernels as signed images that share one colour scale: W (k, height, width).

    Red is above 0, white 0, blue below. Returns the axes, one a kernel.
    """
    W = np.asarray(W)
    plots._check(W.ndim == 3 and W.size, f"filters are (k, height, width); got {W.shape}")
    limit = float(np.abs(W).max()) or 1.0
    title = title or f"{plots._count(len(W), 'filter')} of {W.shape[1]} x {W.shape[2]} pixels"
    axes = plots._grid(W, None, columns, title, plots.SIGNED, (-limit, limit))
    axes[0].figure.colorbar(axes[0].images[0], ax=list(axes), label="weight", aspect=30)
    return axes


@contextlib.contextmanager
def slides():
    """The house's look inside the block; every figure drawn in it is closed at its end."""
    before = plt.get_fignums()
    with plt.rc_context():
        plots.house_style()
        try:
            yield
        finally:
            for number in set(plt.get_fignums()) - set(before):
                plt.close(number)


def saved(axes, path):
    """Write the figure of these axes to `path` (.png), whole or not at all; returns path."""
    figure = np.atleast_1d(axes)[0].figure
    with replacing(path) as file:
        figure.savefig(file, format="png", dpi=DOTS)
    return path


def _shown(value, limits):
    return min(limits) <= value <= max(limits)
