"""A sweep at a glance: a result by one setting as lines, by two as numbers on colours."""

import matplotlib.pyplot as plt
import numpy as np

from digitlib.plots.style import COLOURS, DASHES, MARKERS, MUTED, PALE, WIDTH, check, titled


def score_by_rate(table, ylabel="accuracy", title=None, ax=None, floor=None):
    """The tuning runs of a comparison: every contestant's mean score at each rate it tried.

    table    `Comparison.table`, of which the rows of the phase "tuning" are drawn: a marker at
             the mean over the seeds, a small dot for each seed, a ring round the contestant's
             best rate where the comparison has run it. A run that failed is left out.
    floor    what lies below is drawn at this height, on a dotted line

    The rates are on a logarithmic axis. Returns the axes; the means of contestant i, in the
    table's order, are `ax.lines[i]`; the dotted line is the last.
    """
    tuning = table[table["phase"] == "tuning"]
    check(len(tuning), "the table holds no tuning runs: no contestant had a choice of rates")
    ax = ax or plt.subplots(figsize=(WIDTH, 3.6), layout="constrained")[1]
    ax.set(xscale="log", xlabel="learning rate", ylabel=ylabel)
    ax.grid(color=PALE, linewidth=0.8)
    rates = sorted(set(tuning["rate"].astype(float)))
    lowest = -np.inf if floor is None else floor
    looks = zip(tuning["contestant"].unique(), COLOURS, DASHES, MARKERS)
    for name, colour, dash, marker in looks:
        own = tuning[(tuning["contestant"] == name) & tuning["score"].notna()]
        means = own.groupby("rate")["score"].mean()
        look = {"color": colour, "linestyle": dash, "marker": marker, "markersize": 6}
        ax.plot(means.index.astype(float), means.clip(lowest), label=name, zorder=3, **look)
    for name, colour in zip(tuning["contestant"].unique(), COLOURS):
        own = tuning[(tuning["contestant"] == name) & tuning["score"].notna()]
        seen = own["score"].clip(lowest)
        ax.scatter(own["rate"].astype(float), seen, s=9, color=colour, alpha=0.5)
        chosen = table[(table["contestant"] == name) & (table["phase"] == "comparing")]["rate"]
        means = own.groupby("rate")["score"].mean()
        for best in set(chosen.dropna()) & set(means.index):
            ring = {"s": 170, "facecolors": "none", "edgecolors": colour, "linewidths": 2}
            ax.scatter([float(best)], [means[best]], zorder=4, **ring)
    if floor is not None:
        ax.axhline(floor, color=MUTED, linewidth=1, linestyle=":", zorder=0)
    ax.set_xticks(rates, [_named(rate) for rate in rates])
    ax.minorticks_off()
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    return titled(ax, title or "Mean score at each rate, the chosen one in a ring")


def heat_map(table, x, y, value, lowest=False, form=".3f", title=None, ax=None):
    """The mean of `value` for each pair of two settings, as a number on a colour.

    table    a pandas table as `digitlib.sweep.sweep` returns it
    x, y     two of its settings, values in rising order along the axes. The mean is over the
             seeds, and over every other setting that varies
    value    a column of numbers
    lowest   True where the lowest value is the best one, which has a frame
    form     how the means are written

    A run that failed (NaN) is left out of its mean, and the cell says how many did. A pair
    without any value is hatched. Returns the axes; the means are `ax.images[0].get_array()`,
    masked where there is none, with the lowest y in row 0.
    """
    for name in (x, y, value):
        check(
            name in table.columns, f"no column {name!r}; there are {', '.join(table.columns)}"
        )
    check(x != y, f"x and y are two settings; got {x!r} twice")
    groups = table.groupby([y, x], sort=True, dropna=False)[value]
    means = groups.mean().unstack()
    failed = (groups.size() - groups.count()).unstack().to_numpy()
    found = np.ma.masked_invalid(means.to_numpy(dtype=float))
    check(found.count(), f"{value} has no number in it: nothing to draw")
    rows, columns = found.shape
    size = (min(WIDTH, 2.4 + 0.95 * columns), 1.3 + 0.5 * rows)
    ax = ax or plt.subplots(figsize=size, layout="constrained")[1]
    ax.set_facecolor(PALE)
    shown = ax.imshow(found, cmap="cividis", aspect="auto", origin="lower")
    best = np.ma.argmin(found) if lowest else np.ma.argmax(found)
    dark = found.min() + 0.6 * np.ma.ptp(found)
    for place, mean in np.ndenumerate(found.filled(np.nan)):
        at = place[::-1]
        if np.isnan(mean):
            corner = (at[0] - 0.5, at[1] - 0.5)
            ax.add_patch(
                plt.Rectangle(corner, 1, 1, fill=False, hatch="//", ec="#999999", lw=0)
            )
            continue
        lost = failed[place]
        text = format(mean, form) + (f"\n{int(lost)} failed" if lost > 0 else "")
        ink = "black" if mean > dark else "white"
        weight = "bold" if np.ravel_multi_index(place, found.shape) == best else "normal"
        ax.text(*at, text, ha="center", va="center", color=ink, fontsize=10, fontweight=weight)
    at = np.unravel_index(best, found.shape)
    corner = (at[1] - 0.48, at[0] - 0.46)
    ax.add_patch(plt.Rectangle(corner, 0.96, 0.92, fill=False, ec="black", lw=2.5))
    for axis, values in ((ax.xaxis, means.columns), (ax.yaxis, means.index)):
        axis.set_ticks(range(len(values)), [_named(each) for each in values])
    ax.set(xlabel=x, ylabel=y)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    bar = ax.figure.colorbar(shown, ax=ax, label=value)
    bar.outline.set_visible(False)
    end = "lowest" if lowest else "highest"
    return titled(ax, title or f"Mean {value} by {x} and {y}; the {end} is framed")


def _named(value):
    return f"{value:g}" if isinstance(value, int | float | np.number) else str(value)
