"""Two accuracies of one training: on what it learned from, and on what was held out."""

import matplotlib.pyplot as plt
import numpy as np

from digitlib.plots.style import COLOURS, DASHES, MARKERS, PALE, WIDTH, check, titled


def generalisation_gap(panels, title=None):
    """Training and held-out accuracy side by side, the gap between their means shaded.

    panels: {xlabel: (x, scores)}, one panel each: x (K,) numbers above 0, drawn on a
    logarithmic scale with a tick at each; scores (K, S, 2), S trainings at each x with their
    training accuracy, then their held-out accuracy. Every training is a dot, the lines are
    means. Returns the axes as an array. Derived in notebook 12.
    """
    check(panels, "panels is a dict from an axis label to (x, scores), one entry or more")
    fig, axes = plt.subplots(
        1,
        len(panels),
        figsize=(WIDTH, 3.3),
        sharey=True,
        layout="constrained",
        squeeze=False,
    )
    for ax, (xlabel, (x, scores)) in zip(axes[0], panels.items()):
        x, scores = np.asarray(x), np.asarray(scores, dtype=float)
        shaped = x.ndim == 1 and scores.ndim == 3 and scores.shape[::2] == (len(x), 2)
        check(shaped, f"{xlabel!r}: x {x.shape} is (K,) and scores {scores.shape} (K, S, 2)")
        means = scores.mean(axis=1)
        ax.fill_between(x, *means.T, color=PALE, zorder=0)
        for n, name in enumerate(("training", "held out")):
            look = {"color": COLOURS[n], "marker": MARKERS[n], "markersize": 5}
            ax.plot(x, scores[:, :, n], ls="", alpha=0.5, **look)
            ax.plot(x, means[:, n], ls=DASHES[n], label=name, **look)
        ax.set(xscale="log", xlabel=xlabel)
        ax.set_xticks(x, [f"{each:,g}" for each in x])
        ax.minorticks_off()
    axes[0, 0].set_ylabel("accuracy")
    axes[0, -1].legend(loc="lower right", frameon=False)
    titled(fig, title or "Accuracy on the training digits and on those held out")
    return axes[0]
