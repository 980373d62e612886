"""Figures about batches: how noisy they are, and which learning rate suits which size."""

import matplotlib.pyplot as plt
import numpy as np

from digitlib.plots.style import COLOURS, DASHES, GREY, MARKERS, MUTED, WIDTH, check, titled


def batch_error(sizes, errors, variance, n, length=None, title=None):
    """How far the gradients of batches lie from the full one, against σ²/B.

    sizes (S,) batch sizes; errors (S,) measured mean squared distances; variance: σ², the mean
    squared distance of a single example's gradient; n: how many examples there are; length:
    the squared length of the full gradient, a dotted line where it is given. Both axes are
    logarithmic. Returns the axes; line 0 is σ²/B, line 1 has the factor for drawing without
    replacement, line 2 holds the measured points.
    """
    sizes, errors = np.asarray(sizes), np.asarray(errors, dtype=float)
    same = sizes.ndim == 1 and sizes.shape == errors.shape and len(sizes)
    check(same, f"sizes {sizes.shape} and errors {errors.shape} must both be (S,)")
    check(sizes.max() <= n, f"a batch of {sizes.max()} is larger than the data, {n}")
    ax = plt.subplots(figsize=(WIDTH, 3.6), layout="constrained")[1]
    whole = np.linspace(np.log(sizes.min()), np.log(sizes.max()), 200)
    grid = np.exp(whole)
    ax.plot(grid, variance / grid, ls="-", color=COLOURS[0], label=r"$\sigma^2 / B$")
    finite = variance / grid * (n - grid) / (n - 1)
    label = r"$\sigma^2 / B\ \cdot\ (N - B)\,/\,(N - 1)$"
    ax.plot(grid, finite, ls="--", color=COLOURS[1], label=label)
    ax.plot(sizes, errors, "o", color="black", ms=5, label="measured")
    if length is not None:
        ax.axhline(length, color=MUTED, ls=":", lw=1.5)
        text = "$|g|^2$, the full gradient itself"
        ax.annotate(
            text, (sizes.min(), length), (0, -13), textcoords="offset points", color=MUTED
        )
    ax.set(xscale="log", yscale="log", xlabel="batch size $B$ (digits)")
    ax.set_ylabel("mean squared distance")
    ax.set_xticks(sizes[::2], [f"{size:,}" for size in sizes[::2]])
    ax.minorticks_off()
    ax.legend(loc="upper right")
    return titled(ax, title or "How far a batch's gradient lies from the full one")


def rate_valleys(table, sizes, chance=None, ylabel="held-out loss (nats)", title=None):
    """The score of every tuning run by its rate, and by its rate scaled to batches of 64.

    table: a Comparison's `table`, whose runs of the phase "tuning" are drawn, a small dot for
    each seed and a line through the means; sizes: {contestant: its batch size}; chance: the
    height of a dotted line. On the right the rates are times 64 / B. Runs that failed are
    left out. Returns the two axes; line i of each goes through the means of contestant i.
    """
    check(sizes, "sizes is a dict from a contestant to its batch size, with at least one entry")
    runs = table[table["phase"] == "tuning"]
    strangers = set(sizes) - set(runs["contestant"])
    check(not strangers, f"the table has no tuning runs of {', '.join(sorted(strangers))}")
    size = {"figsize": (WIDTH, 3.7), "layout": "constrained", "sharey": True}
    fig, axes = plt.subplots(1, 2, **size)
    looks = list(zip(COLOURS, DASHES, MARKERS))
    scales = (dict.fromkeys(sizes, 1), {name: 64 / B for name, B in sizes.items()})
    for ax, scale in zip(axes, scales):
        for (name, B), (colour, dash, marker) in zip(sizes.items(), looks):
            mine = runs[runs["contestant"] == name].dropna(subset=["score"])
            means = mine.groupby("rate")["score"].mean()
            look = {"color": colour, "ls": dash, "marker": marker, "ms": 5}
            ax.plot(means.index * scale[name], means, label=f"{B:,}", **look)
        for (name, _), (colour, *_) in zip(sizes.items(), looks):
            mine = runs[runs["contestant"] == name]
            ax.plot(
                mine["rate"] * scale[name], mine["score"], ".", ms=4, color=colour, alpha=0.5
            )
        if chance is not None:
            ax.axhline(chance, color=MUTED, ls=":", lw=1)
        ax.set(xscale="log")
    axes[0].set(xlabel=r"learning rate $\alpha$", ylabel=ylabel, ylim=(0, None))
    axes[1].set(xlabel=r"rate scaled to batches of 64, $64\,\alpha / B$")
    axes[1].legend(title="batch size", fontsize=9, title_fontsize=9, loc="lower left")
    titled(fig, title or "Held-out loss by rate, and by scaled rate")
    return axes


def noisy_losses(series, n, window=640, title=None):
    """The loss of every step, grey, and the mean over the last `window` examples, side by side.

    series: {batch size: losses (T,) of its steps}; n: how many examples an epoch has; window:
    examples that a mean looks back at, at least as many as a batch has. Returns the axes, an
    array with one entry for each batch size; line 0 holds the losses, line 1 the means.
    """
    check(series, "series is a dict from a batch size to its losses, with at least one entry")
    size = {"figsize": (WIDTH, 3.3), "layout": "constrained", "squeeze": False}
    fig, axes = plt.subplots(1, len(series), sharey=True, **size)
    for ax, (B, losses) in zip(axes[0], series.items()):
        steps = window // B
        check(1 <= steps <= len(losses), f"batches of {B}: too few steps for {window} examples")
        seen = np.arange(1, len(losses) + 1) * B / n
        means = np.convolve(losses, np.ones(steps) / steps, "valid")
        ax.plot(seen, losses, color=GREY, ls="-", lw=0.7)
        ax.plot(seen[steps - 1 :], means, color=COLOURS[0], ls="-")
        ax.set_title(f"batches of {B}", fontsize=11, weight="normal")
        ax.set(xlabel="epochs", ylim=(0, None))
    axes[0, 0].set_ylabel("loss (nats)")
    titled(fig, title or f"The loss of each step, and the mean over {window} digits")
    return axes[0]
