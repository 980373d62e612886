"""Figures of whole trainings: learning curves, and several networks at once, for slides too."""

import contextlib
import itertools
import statistics

import matplotlib.pyplot as plt
import numpy as np

from digitlib.data.files import replacing
from digitlib.plots.style import (
    ACCENT,
    COLOURS,
    DASHES,
    MARKERS,
    PALE,
    WIDTH,
    check,
    counted,
    house_style,
    titled,
)

DOTS = 200  # an inch; 7 inches are 1,400 pixels, a slide's width
TICKS = (50, 20, 10, 5, 3, 2, 1, 0.5, 0.3, 0.2, 0.1)  # per cent


def learning_curve(
    steps, series, xlabel="iteration", ylabel="mean loss (nats)", log="", title=None, ax=None
):
    """Losses or accuracies in the course of a training, each line named at its end.

    steps (T,) numbers; series: a dict from name to T values, at least one of them finite;
    the others leave a gap. log: "", "x", "y" or "xy", the axes to draw on a logarithmic
    scale. Returns the axes; line i of the dict is `ax.lines[i]` where `ax` was new.
    """
    check(series, "series is a dict from name to values, with at least one entry")
    ax = ax or plt.subplots(figsize=(WIDTH, 3.6), layout="constrained")[1]
    steps, lines = np.asarray(steps), []
    ax.set(xlabel=xlabel, ylabel=ylabel, **{f"{axis}scale": "log" for axis in log})
    ax.grid(color=PALE, linewidth=0.8)
    looks = [itertools.cycle(look) for look in (COLOURS, DASHES, MARKERS)]
    for name, values, colour, dash, marker in zip(series, series.values(), *looks):
        values = np.asarray(values, dtype=float)
        same = steps.ndim == 1 and values.shape == steps.shape
        check(same, f"{name!r} {values.shape} and steps {steps.shape} must both be (T,)")
        check(np.isfinite(values).any(), f"{name!r} holds no finite value: nothing to draw")
        every = max(1, len(steps) // 8)
        start = len(lines) * every // len(series)  # lines that coincide take turns
        look = {"color": colour, "linestyle": dash, "marker": marker, "markersize": 5}
        lines += ax.plot(steps, values, label=name, markevery=(start, every), **look)
    _name_ends(ax, lines)
    quantity = ylabel.partition(" (")[0]  # without its unit, which the axis gives
    return titled(ax, title or f"{quantity[:1].upper()}{quantity[1:]} by {xlabel}")


def learning_curves(history, title=None):
    """Loss and accuracy by epoch, side by side, on the training part and on what was held out.

    history: the `Epoch`s that `fit` returned, at least one; without a validation set only the
    training part is drawn. Returns two axes: loss and accuracy; in each, line 0 is training's.
    """
    check(len(history) > 0, "history holds no epoch: pass what `fit` returned")
    epochs = [epoch.epoch for epoch in history]
    fig, axes = plt.subplots(1, 2, figsize=(WIDTH, 3.4), layout="constrained")
    for ax, what, label in zip(axes, ("loss", "accuracy"), ("mean loss (nats)", "accuracy")):
        for n, (name, part) in enumerate((("training", "train"), ("held out", "valid"))):
            values = np.array([getattr(epoch, f"{part}_{what}") for epoch in history])
            if np.isfinite(values).any():
                look = {"color": COLOURS[n], "linestyle": DASHES[n], "marker": MARKERS[n]}
                every = max(1, len(epochs) // 8)
                ax.plot(epochs, values, label=name, markersize=5, markevery=every, **look)
        ax.set(xlabel="epoch", ylabel=label)
        ax.xaxis.set_major_locator(plt.MaxNLocator(5, integer=True))
        ax.grid(color=PALE, linewidth=0.8)
    axes[0].legend(frameon=False)
    titled(fig, title or f"Loss and accuracy in {counted(len(history), 'epoch')}")
    return axes


def seeds(scores, xlabel="held-out accuracy", title=None):
    """A row for each contestant: a dot for each seed, a bar at the mean.

    scores: a dict from name to (S,) scores. Where the seeds are the same for all, show their
    `paired_differences` as well. Returns the axes; the dots of row i are `ax.lines[2 * i]`.
    """
    check(len(scores) > 0, "scores is a dict from name to the scores of its seeds")
    rows = {name: np.asarray(values, dtype=float) for name, values in scores.items()}
    for name, values in rows.items():
        good = values.ndim == 1 and values.size > 0
        check(good, f"{name!r} has scores (S,); got {values.shape}")
    ax = plt.subplots(figsize=(WIDTH, 0.95 + 0.4 * len(rows)), layout="constrained")[1]
    for row, values in enumerate(rows.values()):
        ax.plot(values, [row] * len(values), "o", color=COLOURS[0], alpha=0.6)
        ax.plot(values.mean(), row, "|", color="black", markersize=20, markeredgewidth=2)
    ax.set_yticks(range(len(rows)), rows)
    ax.set(xlabel=xlabel, ylim=(len(rows) - 0.5, -0.5))
    ax.grid(axis="x", color=PALE)
    few, many = (pick(len(values) for values in rows.values()) for pick in (min, max))
    count = counted(many, "seed") if few == many else f"{few} to {many} seeds"
    titled(ax.figure, title or f"{count} each (dots) and their mean (bar)")
    return ax


def ladder(scores, reported=None, xlabel="mistakes (% of digits, logarithmic)", title=None):
    """Mistakes of several networks, one a line, a dot for each seed and a bar at their mean.

    scores: a dict from name to accuracies in per cent, below 100, in order from the top.
    reported: a dict from some of the names to what others report, also accuracies. Returns the
    axes; the dots of line i are `ax.lines[2 * i]`, at 100 minus the accuracies.
    """
    check(scores and all(scores.values()), "scores: a dict from name to accuracies")
    height = 0.9 + 0.34 * len(scores)
    ax = plt.subplots(figsize=(WIDTH, height), layout="constrained")[1]
    ax.set_xscale("log")
    for line, (name, values) in enumerate(scores.items()):
        mistakes = [100 - value for value in values]
        mean = statistics.fmean(mistakes)
        ax.plot(mistakes, [line] * len(mistakes), "o", color=COLOURS[0], alpha=0.6, ms=6)
        ax.plot(mean, line, "|", color="black", ms=17, mew=2)
        at = {"xycoords": ("axes fraction", "data"), "va": "center", "fontsize": 10}
        ax.annotate(f"{100 - mean:.2f} %", (1.02, line), **at)
        if reported and name in reported:
            look = {"marker": "D", "mfc": "none", "mec": ACCENT, "mew": 1.6, "ms": 8}
            ax.plot(100 - reported[name], line, ls="none", **look)
    if reported:
        ax.plot([], [], "D", mfc="none", mec=ACCENT, mew=1.6, ms=8, label="reported")
        ax.legend(loc="lower left", fontsize=10)
    ax.set_yticks(range(len(scores)), scores)
    ax.set(ylim=(len(scores) - 0.5, -0.5), xlabel=xlabel)
    ax.invert_xaxis()  # better is to the right
    ticks = [share for share in TICKS if _shown(share, ax.get_xlim())]
    ax.set_xticks(ticks, [f"{share:g}" for share in ticks])
    ax.minorticks_off()
    ax.grid(axis="x", color=PALE)
    titled(ax.figure, title or f"Mistakes of {counted(len(scores), 'network')}")
    return ax


def mistakes_by_epoch(series, title=None):
    """Mistakes of several networks after each epoch, named in the order in which they end.

    series: a dict from name to accuracies in per cent, one an epoch, below 100; trainings may
    differ in length. Returns the axes; line i of the dict is `ax.lines[i]`.
    """
    check(len(series) > 0, "series is a dict from name to accuracies, one or more")
    ax = plt.subplots(figsize=(WIDTH, 4), layout="constrained")[1]
    ax.set_yscale("log")
    looks = itertools.cycle(zip(COLOURS, DASHES, MARKERS))
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
    ax.grid(color=PALE, linewidth=0.8)
    lines = sorted(ax.lines, key=lambda line: -line.get_ydata()[-1])
    ax.legend(handles=lines, loc="center left", bbox_to_anchor=(1.01, 0.5), fontsize=10)
    titled(ax.figure, title or "Mistakes by epoch")
    return ax


@contextlib.contextmanager
def slides():
    """The house's look inside the block; every figure drawn in it is closed at its end."""
    before = plt.get_fignums()
    with plt.rc_context():
        house_style()
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
