"""What a network answered: its probabilities, and which digit it read as which."""

import matplotlib.pyplot as plt
import numpy as np

from digitlib.metrics import calibration, wilson_interval, worst_mistakes
from digitlib.plots.style import (
    ACCENT,
    COLOURS,
    DASHES,
    GREY,
    MARKERS,
    MISTAKES,
    MUTED,
    PALE,
    WIDTH,
    as_images,
    check,
    counted,
    draw,
    grid,
    titled,
)


def prediction(x, p, truth=None, title=None):
    """One digit beside its ten probabilities: the answer in colour, the truth marked.

    x (784,) or (28, 28), p (10,) probabilities, truth the digit it is, or None. Returns two
    axes, (2,): the picture, and the bars, whose lengths are those of its `patches`.
    """
    image, p = as_images(np.asarray(x)[None])[0], np.asarray(p)
    check(p.ndim == 1, f"the probabilities of one digit are a vector, (10,); got {p.shape}")
    read = int(p.argmax())
    described = f"Read as {read} with probability {p[read]:.2f}"
    described += f"; the true digit is {truth}" * (truth is not None)
    fig, axes = plt.subplots(1, 2, figsize=(WIDTH, 3.2), layout="constrained")
    draw(axes[0], image)
    probability_bars(axes[1], p, truth)
    titled(fig, title or described)
    return axes


def probability_bars(ax, p, truth=None):
    """The ten probabilities p as bars on ax, the largest in colour, the truth marked."""
    read, digits = int(p.argmax()), range(len(p))
    bars = ax.barh(digits, p, color=[ACCENT if k == read else GREY for k in digits])
    ax.bar_label(bars, fmt="{:.2f}", padding=4, fontsize=10)
    ax.set(xlim=(0, 1), xlabel="probability", ylabel="digit")
    ax.set_yticks(digits, [f"true → {k}" if k == truth else f"{k}" for k in digits])
    ax.invert_yaxis()


def confusion_matrix(C, normalise=False, ax=None, title=None):
    """Which digit is read as which: a number in every cell, and the mistakes coloured.

    C (K, K) integers, rows the truth, columns the answer. The diagonal, what was right, stays
    grey, so that the colours compare mistakes with mistakes. normalise: percentages of each
    row in place of counts. Returns the axes; the coloured cells are
    `ax.collections[0].get_array()`, masked on the diagonal.
    """
    C = np.asarray(C)
    square = C.ndim == 2 and C.shape[0] == C.shape[1] and C.dtype.kind in "iu"
    check(square, f"a confusion matrix is (10, 10) counts; got {C.shape}, {C.dtype}")
    values = 100 * C / np.maximum(C.sum(axis=1, keepdims=True), 1) if normalise else C
    form, unit = (".1f", "% of the true digit") if normalise else ("d", "count")
    ax = ax or plt.subplots(figsize=(WIDTH, 5.4), layout="constrained")[1]
    diagonal = np.eye(len(C), dtype=bool)
    most = max(values[~diagonal].max(initial=0), 1)
    bar = {"label": f"mistakes ({unit})", "ticks": plt.MaxNLocator(6, integer=True)}
    look = {"cmap": MISTAKES, "linewidths": 1, "square": True, "cbar_kws": bar}
    _seaborn().heatmap(values, mask=diagonal, vmin=0, vmax=most, ax=ax, **look)
    ax.set_facecolor(PALE)  # seen where the diagonal is masked
    for (t, p), value in np.ndenumerate(values):
        ink = MUTED if t == p or not value else "white" if value > 0.75 * most else "black"
        place = {"color": ink, "ha": "center", "va": "center", "fontsize": 10}
        ax.text(p + 0.5, t + 0.5, format(value, form), **place)
    ax.set(xlabel="predicted digit", ylabel="true digit")
    ax.tick_params(length=0, labelrotation=0)
    right, total = np.trace(C), C.sum()
    share = f"{right:,} of {total:,} right ({100 * right / max(total, 1):.1f} %)"
    return titled(ax, title or f"What each digit is read as: {share}")


def misclassified(X, y, P, count=12, title=None):
    """The worst mistakes, the most confident first, as 'true 4 · read 9 (0.87)'.

    X (N, 784) or (N, 28, 28) as for `digit_grid`, y (N,) integers, P (N, K) probabilities.
    At most `count` are drawn; confidence is the probability of the wrong answer. Returns the
    axes, one a mistake: none, (0,), where every digit is read right.
    """
    X, y, P = np.asarray(X), np.asarray(y), np.asarray(P)
    shapes = f"X (N, 784), y (N,) and P (N, 10) share N; got {X.shape}, {y.shape}, {P.shape}"
    check(P.ndim == 2 and y.shape == P.shape[:1] == X.shape[:1], shapes)
    rows = worst_mistakes(P, y)
    described = f"{counted(len(rows), 'mistake')} among {counted(len(y), 'digit')}"
    described += f": the {min(len(rows), count)} most confident (probability)" * (len(rows) > 0)
    rows = rows[:count]
    read = P[rows].argmax(axis=1)
    labels = [f"true {t} · read {r} ({P[i, r]:.2f})" for i, t, r in zip(rows, y[rows], read)]
    return grid(as_images(X[rows]), labels, 4, title or described)


def reliability(claims, bins=10, title=None):
    """How often an answer was right against how sure it was; the diagonal is honest.

    claims: a dict from name to (P, y), the probabilities (N, K) and labels (N,) of a network,
    or to (sure, right), (N,) from 0 to 1 and (N,) true or false, such as a reader's guesses.
    Each point is one of `bins` steps of confidence, larger with more answers, with the 95 %
    Wilson interval of its share. Returns the axes; claim i's points are `ax.lines[i]`.
    Derived in notebook 13; the sums are `metrics.calibration`'s.
    """
    check(len(claims) > 0, "claims is a dict from name to (P, y) or (sure, right)")
    ax = plt.subplots(figsize=(0.72 * WIDTH, 4.4), layout="constrained")[1]
    lines = []
    for n, (name, (P, y)) in enumerate(claims.items()):
        P, y = np.asarray(P, dtype=float), np.asarray(y)
        check(len(P) == len(y), f"{name!r}: {len(P)} confidences, {len(y)} answers")
        if P.ndim == 1:  # as probabilities of ten classes, of which class 0 is what was said
            low = P.min(initial=1)
            check(low > 0.1, f"{name!r}: confidences run from above 0.1 to 1, not from {low:g}")
            P = np.column_stack([P, *[(1 - P) / 9] * 9])
            y = np.where(y, 0, 1)
        found = calibration(P, y, bins)
        some = found.count > 0
        x, share, count = (a[some] for a in (found.confidence, found.accuracy, found.count))
        look = {"color": COLOURS[n], "linestyle": DASHES[n % len(DASHES)]}
        label = f"{name} ({counted(len(y), 'answer')})"
        lines += ax.plot(x, share, marker=MARKERS[n], markersize=4, label=label, **look)
        ends = [
            wilson_interval(round(s * c), c) for s, c in zip(share.tolist(), count.tolist())
        ]
        ax.vlines(x, *np.transpose(ends), color=COLOURS[n], linewidth=1, alpha=0.7)
        ax.scatter(
            x, share, 12 + 130 * count / count.max(), color=COLOURS[n], marker=MARKERS[n]
        )
    ax.axline((0, 0), slope=1, color=GREY, linewidth=1, linestyle="-")
    low = min(line.get_xdata().min() for line in lines)
    ax.set(xlim=(max(0, low - 0.06), 1.03), ylim=(-0.03, 1.03))
    ax.set(xlabel="how sure (mean probability)", ylabel="how often right (95 % interval)")
    ax.legend(handles=lines, loc="upper left", frameon=False)
    titled(ax.figure, title or "How sure, and how often right")
    return ax


def _seaborn():
    """seaborn, imported when a figure first needs it: it takes longer than all else here."""
    try:
        import seaborn
    except ImportError as error:
        raise ImportError('this figure needs seaborn: pip install "digitlib[plots]"') from error
    return seaborn
