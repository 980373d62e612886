"""Batch norm on one column: a few numbers, and the ways from one of them to the loss.

`batch_norm_paths` draws the steps of notebook 11 as a network of single numbers: values
forward in black, blame back in orange.
"""

import matplotlib.pyplot as plt
import numpy as np

from digitlib.formulas import batch_norm, batch_norm_backward
from digitlib.plots.style import ACCENT, COLOURS, GREY, MUTED, WIDTH, check, titled

X_OF = {"x": 0.65, "c": 2.4, "x̂": 4.95, "y": 6.5}  # inches: the columns, from the left
MIDDLE_OF = {"mean": 1.4, "var": 3.02, "s": 3.64, "1/s": 4.26}  # numbers of the whole column
HIGH, RADIUS, LANE = 0.56, 0.26, 0.42  # of a row, of a number's circle, where the lane stands
PATHS = {"itself": COLOURS[3], "mean": COLOURS[0], "variance": COLOURS[4]}
DASHES = {"itself": "-", "mean": (0, (5, 1.5)), "variance": (0, (1.5, 1.2))}


def batch_norm_paths(
    x, gamma=1.0, beta=0.0, dY=None, row=None, back=False, eps=0.0, title=None
):
    """One unit's column through batch norm, step by step: values in black, blame in orange.

    x      (N,) numbers, two to eight: one unit, one number for each image of the batch
    dY     (N,) slopes of the loss by the outputs y, or None; they stand beside y
    row    the image whose three ways into the outputs are drawn thick: by itself, through the
           mean, and through the variance; None for none
    back   whether the blame of every number on the way back is written too, which needs dY

    Returns the axes. Each number is a text with an id (`get_gid`): "x 0", "c 0", "x̂ 0", "y 0",
    "mean", "var", "s", "1/s", and with "d" in front its blame. Raises ValueError for other
    shapes, and where a column without any spread would be divided by 0. Derived in notebook 11.
    """
    x = np.asarray(x, dtype=float)
    check(x.ndim == 1 and 2 <= len(x) <= 8, f"x is two to eight numbers; got {x.shape}")
    check(x.var() + eps > 0, "all of x are equal: without eps they are divided by 0")
    check(row is None or 0 <= row < len(x), f"row is one of {len(x)} images; got {row}")
    check(not back or dY is not None, "back draws the blame on its way back: give dY")
    values = _forward(x, gamma, beta, eps)
    blame = {}
    if dY is not None:
        dY = np.asarray(dY, dtype=float)
        check(dY.shape == x.shape, f"dY has one number for each of x; got {dY.shape}")
        blame = _back(values, dY, gamma, eps) if back else {"y": dY}
    height = LANE + 0.45 + HIGH * len(x) + 0.3
    figure = plt.figure(figsize=(WIDTH, height + 0.35))
    figure.set_layout_engine("none")  # the axes' coordinates are the figure's inches
    ax = figure.add_axes((0, 0, 1, height / (height + 0.35)))
    ax.set(xlim=(0, WIDTH), ylim=(0, height))
    ax.set_axis_off()
    tops = LANE + 0.6 + HIGH * np.arange(len(x))[::-1]
    places = {name: [(at, y) for y in tops] for name, at in X_OF.items()}
    places |= {name: [(at, LANE)] for name, at in MIDDLE_OF.items()}
    _wires(ax, places, row)
    heads = {"x": "x", "c": "c = x − mean", "x̂": "x̂ = c / s", "y": "y = γ x̂ + β"}
    for name, spots in places.items():
        for i, spot in enumerate(spots):
            lone = name in MIDDLE_OF
            gid = name if lone else f"{name} {i}"
            value = values[name] if lone else values[name][i]
            felt = blame.get(name)
            felt = felt if felt is None or lone else felt[i]
            _number(ax, spot, value, felt, gid, bold=i == row and not lone, lone=lone)
        if name in heads:
            where = {"ha": "center", "va": "center", "color": MUTED, "fontweight": "bold"}
            ax.text(X_OF[name], height - 0.13, heads[name], fontsize=10, **where)
    names = {"mean": "mean", "var": "variance", "s": "s", "1/s": "1/s"}
    for name, said in names.items():
        look = {"ha": "center", "va": "center", "color": MUTED, "fontsize": 9.5}
        ax.text(MIDDLE_OF[name], LANE - RADIUS - 0.1, said, **look)
    what = f"One column of {len(x)} numbers through batch norm"
    return _titled(figure, ax, title or what)


def _titled(figure, ax, title):
    titled(figure, title)
    return ax


def _forward(x, gamma, beta, eps):
    mean, var = x.mean(), x.var()
    Y, X_hat = batch_norm(x[:, None], np.array([gamma]), np.array([beta]), mean, var, eps)
    s = np.sqrt(var + eps)
    found = {"x": x, "mean": mean, "c": x - mean, "var": var, "s": s, "1/s": 1 / s}
    return {**found, "x̂": X_hat[:, 0], "y": Y[:, 0]}


def _back(values, dY, gamma, eps):
    n, c, s = len(dY), values["c"], values["s"]
    dX_hat = gamma * dY
    dr = dX_hat @ c
    ds = -dr / s**2
    dvar = ds / (2 * s)
    dC = dX_hat / s + 2 * c * dvar / n
    var = np.array([values["var"]])
    dX = batch_norm_backward(dY[:, None], values["x̂"][:, None], np.array([gamma]), var, eps)[0][
        :, 0
    ]
    found = {"x": dX, "mean": -dC.sum(), "c": dC, "var": dvar, "s": ds, "1/s": dr}
    return {**found, "x̂": dX_hat, "y": dY}


def _wires(ax, places, row):
    """All wires in grey, those that leave one row on top, each of its ways in its own look."""
    count = len(places["x"])

    def line(a, b, path=None):
        look = {"color": GREY, "lw": 0.8, "ls": "-", "zorder": 1}
        if path:
            look = {"color": PATHS[path], "lw": 2.0, "ls": DASHES[path], "zorder": 2}
        ax.plot(*zip(a, b), **look)

    mean, var, s, r = (places[name][0] for name in MIDDLE_OF)
    drawn = [None] if row is None else [None, row]
    for only in drawn:
        for i in range(count):
            if only is not None and i != only:
                continue
            on = only is not None
            line(places["x"][i], places["c"][i], "itself" if on else None)
            line(places["c"][i], places["x̂"][i], "itself" if on else None)
            line(places["x"][i], mean, "mean" if on else None)
            line(places["c"][i], var, "variance" if on else None)
        for i in range(count):
            line(mean, places["c"][i], "mean" if only is not None else None)
            line(r, places["x̂"][i], "variance" if only is not None else None)
            if only is None:
                line(places["x̂"][i], places["y"][i])
        line(var, s, "variance" if only is not None else None)
        line(s, r, "variance" if only is not None else None)
    if row is not None:
        line(places["x̂"][row], places["y"][row], "itself")


def _number(ax, spot, value, blame, gid, bold, lone):
    x, y = spot
    look = {"facecolor": "white", "edgecolor": "black", "lw": 2.4 if bold else 1.2}
    ax.add_patch(plt.Circle(spot, RADIUS, zorder=3, **look))
    where = {"ha": "center", "va": "center", "zorder": 5}
    up = 0.075 if blame is not None else 0
    ax.text(x, y + up, _text(value), fontsize=9.5, gid=gid, **where)
    if blame is not None:
        look = {"color": ACCENT, "fontweight": "bold", "fontsize": 8.5}
        ax.text(x, y - 0.1, _text(blame), gid=f"d{gid}", **look, **where)


def _text(value):
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "0") else text.replace("-", "−")
