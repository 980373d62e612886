"""How sure a count is: which truths it leaves open, and what coins would have done."""

import math

import matplotlib.pyplot as plt
import numpy as np

from digitlib.metrics import prediction_interval, wilson_interval
from digitlib.plots.style import ACCENT, COLOURS, DASHES, GREY, PALE, WIDTH, check, titled


def possible_truths(right, n, title=None):
    """Which true accuracies could have given `right` of n: Wilson's interval, drawn.

    right, n   whole numbers, right from 0 to n

    Above each true accuracy p, the shaded band holds the shares p ± 1.96 √(p (1 − p) / n) that
    n digits usually give. The horizontal line is the share that was found; the truths at which
    it lies in the band are the interval. Returns the axes: `ax.lines[0]` is the line inside the
    band, from end to end; the bounds of the band, `ax.collections[0]`, are cut off at 0 and 1.
    Notebook 13; Wilson 1927.
    """
    low, high = wilson_interval(right, n)
    share = right / n
    left = max(0.0, low - 0.35 * (high - low))
    p = np.linspace(left, 1, 801)
    s = 1.96 * np.sqrt(p * (1 - p) / n)
    ax = plt.subplots(figsize=(WIDTH, 3.9), layout="constrained")[1]
    band = {"color": PALE, "label": "shares that a true accuracy usually gives"}
    ax.fill_between(p, np.maximum(p - s, 0), np.minimum(p + s, 1), **band)
    found = f"found: {right} of {n}"
    (line,) = ax.plot([low, high], [share] * 2, "-|", color=ACCENT, lw=3, ms=14, label=found)
    line.set_markeredgewidth(2.5)
    ax.axhline(share, color=ACCENT, lw=1, ls="--", zorder=1)
    bottom = max(0.0, float((p - s)[0]) - 0.02)
    for end in (low, high):
        ax.plot([end, end], [bottom, share], color=COLOURS[0], lw=1.2, ls=":")
        place = {"xytext": (-5, 7), "textcoords": "offset points", "ha": "right"}
        ax.annotate(f"{end:.3f}", (end, bottom), color=COLOURS[0], **place)
    ax.plot(p, p, color=GREY, lw=1, ls="-", zorder=1)
    ax.set(xlim=(left, 1.005), ylim=(bottom, 1.02))
    ax.set(xlabel="true accuracy", ylabel=f"share of {n} digits read")
    ax.legend(loc="lower center", bbox_to_anchor=(0.6, 0), frameon=False)
    return titled(ax, title or f"Which true accuracies could have given {right} of {n}?")


def possible_scores(right, n, new=(250, 750), title=None):
    """Which scores on new digits go with `right` of n: prediction intervals, drawn.

    right, n   whole numbers, 0 < right < n
    new        how many new digits there are, one curve each

    Each curve says of every possible score t how many standard errors it lies from right/n:
    z = |right/n − t| / √(p (1 − p) (1/n + 1/new)), where p is the share of both samples
    together. Where it is below 1.96, marked from end to end, is the interval. The last curve,
    of new digits without end, is that of the truth: there p is t itself, and the interval
    Wilson's. Returns the axes, whose lines are a curve and its interval in turn. Notebook 15.
    """
    check(0 < right < n, f"right is from 1 to n - 1; got {right!r} of {n!r}")
    share, ax = right / n, plt.subplots(figsize=(WIDTH, 3.6), layout="constrained")[1]
    cases = [(f"{m:,} new digits", m, prediction_interval(right, n, m)) for m in new]
    cases.append(("the truth", math.inf, wilson_interval(right, n)))
    widest = max(high - low for _, _, (low, high) in cases)
    t = np.linspace(max(0.0, share - 0.8 * widest), min(1.0, share + 0.75 * widest), 801)[1:-1]
    for i, (name, m, (low, high)) in enumerate(cases):
        p = t if m == math.inf else (right + t * m) / (n + m)
        z = np.abs(share - t) / np.sqrt(p * (1 - p) * (1 / n + 1 / m))
        look = {"color": COLOURS[i % len(COLOURS)], "ls": DASHES[i % len(DASHES)]}
        ax.plot(t, z, label=f"{name}: {low:.1%} to {high:.1%}", **look)
        mark = {"color": look["color"], "ls": "none", "marker": "|", "ms": 14, "mew": 2.5}
        ax.plot([low, high], [1.96] * 2, **mark)
    ax.axhline(1.96, color=GREY, lw=1, ls="-", zorder=1)
    ax.annotate("1.96", (t[0], 1.96), xytext=(3, 4), textcoords="offset points")
    ax.set(ylim=(0, 4), xlim=(t[0], t[-1]))
    ax.xaxis.set_major_formatter("{x:.3f}")
    ax.set(xlabel="possible score", ylabel="standard errors away")
    above = {"bbox_to_anchor": (share, 4), "bbox_transform": ax.transData}
    ax.legend(loc="upper center", frameon=False, **above)
    return titled(ax, title or f"How far a score may lie from {right} of {n}")


def fair_coins(b, c, title=None):
    """How often each number of heads comes up in b + c throws of a fair coin.

    b, c   whole numbers, 1 or more together: heads and tails that were found

    What is at least as uneven as b against c is hatched; above each bar stands its number of
    sequences, up to 20 throws. Returns the axes, whose patches are the bars, (b + c + 1,).
    Notebook 13; McNemar 1947.
    """
    check(min(b, c) >= 0 < b + c, f"b and c are counts, not both 0; got {b!r} and {c!r}")
    m = b + c
    heads = np.arange(m + 1)
    ways = [math.comb(m, i) for i in range(m + 1)]
    outer = np.abs(2 * heads - m) >= abs(b - c)
    ax = plt.subplots(figsize=(WIDTH, 3.2), layout="constrained")[1]
    bars = ax.bar(heads, [w / 2**m for w in ways], color=GREY)
    for bar in np.array(bars.patches)[outer]:
        bar.set(facecolor=ACCENT, hatch="///")
    if m <= 20:
        ax.bar_label(bars, [f"{w:,}" for w in ways], fontsize=10)
        ax.margins(y=0.12)
    ax.set(xlabel=f"heads in {m} throws", ylabel="probability")
    ax.set_xticks(heads if m <= 20 else [0, min(b, c), m // 2, max(b, c), m])
    said = f"{m} throws of a fair coin: at least as uneven as {b} and {c}"
    return titled(ax, title or said)
