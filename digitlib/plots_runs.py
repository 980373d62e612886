"""Figures of whole trainings, for slides: several networks at once, and what they learned.

As in `plots`: arrays in, axes out. `python -m digitlib figures` draws them.
"""

import contextlib
import statistics

import matplotlib.pyplot as plt
import numpy as np

from digitlib import plots
from digitlib._files import replacing

__all__ = ["filters", "ladder", "saved", "slides"]

DOTS = 200  # an inch; 7 inches are 1,400 pixels, a slide's width


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
    ticks = [share for share in (50, 20, 10, 5, 2, 1, 0.5, 0.2) if _shown(share, ax.get_xlim())]
    ax.set_xticks(ticks, [f"{share:g}" for share in ticks])
    ax.minorticks_off()
    ax.grid(axis="x", color=plots.PALE)
    return plots._titled(ax, title or f"Mistakes of {plots._count(len(scores), 'network')}")


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
