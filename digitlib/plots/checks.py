"""Figures for finding mistakes: claims against measurements, runs beside a healthy one."""

import matplotlib.pyplot as plt
import numpy as np

from digitlib.plots.style import ACCENT, COLOURS, GREY, MUTED, WIDTH, check, titled


def claimed_against_measured(pairs, title=None):
    """One panel for each gradient: a dot for each entry, its measured slope against the claim.

    pairs: {name: (claimed, measured)}, two arrays of one shape. Where the claim is right, all
    dots lie on the grey diagonal. Each panel has its own scale, marked at 0 alone. Returns the
    axes, an array.
    """
    check(pairs, "pairs is a dict from a name to (claimed, measured), with at least one entry")
    size = {"figsize": (WIDTH, 2.6), "layout": "constrained", "squeeze": False}
    fig, axes = plt.subplots(1, len(pairs), **size)
    for ax, (name, (claimed, measured)) in zip(axes[0], pairs.items()):
        claimed, measured = np.asarray(claimed), np.asarray(measured)
        check(
            claimed.shape == measured.shape,
            f"{name!r}: claimed {claimed.shape} and measured {measured.shape} differ in shape",
        )
        ax.axline((0, 0), slope=1, color=GREY, lw=1.5, ls="-", zorder=1)
        ax.plot(measured.ravel(), claimed.ravel(), ".", ms=4, color=COLOURS[0], zorder=2)
        ax.set_title(name, fontsize=10, weight="normal")
        ax.set(xlabel="measured slope", xticks=[0], yticks=[0])
    axes[0, 0].set_ylabel("claimed slope")
    titled(fig, title or "Each slope, as claimed and as measured")
    return axes[0]


def panels(
    series,
    healthy=None,
    chance=None,
    *,
    columns=4,
    xlabel="epoch",
    ylabel="",
    log=False,
    limits=None,
    title=None,
):
    """A small chart for each run, all with the same axes.

    series: {name: T values}; healthy: T values that every panel shows dashed; chance: a height
    at which every panel has a dotted line. log: the vertical axis is logarithmic; limits: its
    (low, high). Returns the axes, an array with one entry for each run.
    """
    check(series, "series is a dict from a run's name to its values, with at least one entry")
    rows = -(-len(series) // columns)
    size = {"figsize": (WIDTH, 0.6 + 1.7 * rows), "layout": "constrained", "squeeze": False}
    fig, axes = plt.subplots(rows, columns, sharex=True, sharey=True, **size)
    for ax in axes.flat[len(series) :]:
        ax.set_visible(False)
    for ax, (name, values) in zip(axes.flat, series.items()):
        steps = np.arange(1, len(values) + 1)
        if chance is not None:
            ax.axhline(chance, color="black", lw=1, ls=":")
        if healthy is not None:
            ax.plot(steps, healthy, color=MUTED, lw=1.5, ls="--")
        ax.plot(steps, values, color=COLOURS[0], marker="o", ms=3.5, ls="-")
        ax.set_title(str(name), fontsize=11)
        ax.set(xticks=[1, len(steps)], yscale="log" if log else "linear")
        if limits is not None:
            ax.set_ylim(*limits)
    fig.supxlabel(xlabel, fontsize=11)
    fig.supylabel(ylabel, fontsize=11)
    titled(fig, title or "Each run, beside the healthy one")
    return axes.ravel()[: len(series)]


def score_strips(scores, quiet=(), xlabel="accuracy on held-out digits", title=None, ax=None):
    """A row of dots for each name, the lowest mean at the bottom, and a bar at each mean.

    scores: {name: S scores}; quiet: the names drawn as orange squares instead of blue dots.
    Returns the axes; row i has its dots in `ax.lines[2 * i]`.
    """
    check(scores, "scores is a dict from a name to its scores, with at least one entry")
    ax = ax or plt.subplots(figsize=(WIDTH, 0.9 + 0.27 * len(scores)), layout="constrained")[1]
    order = sorted(scores, key=lambda name: np.mean(scores[name]))
    for row, name in enumerate(order):
        marker, colour = ("s", ACCENT) if name in quiet else ("o", COLOURS[0])
        look = {"marker": marker, "color": colour, "ls": "", "ms": 5, "alpha": 0.7}
        ax.plot(scores[name], [row] * len(scores[name]), **look)
        ax.plot(np.mean(scores[name]), row, "|", ms=16, mew=2, color="black")
    ax.set_yticks(range(len(order)), order)
    ax.set(xlim=(0, 1), xlabel=xlabel)
    return titled(ax, title or "Every score, and the means")
