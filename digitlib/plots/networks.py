"""A small network drawn with its numbers: values run forward in black, blame back in orange.

`wires` is for two or three units a layer, the size at which every sum of backpropagation can
be done by hand. Sections 'one hidden layer' (the blame of a hidden value), 'regularisation'
(the thinned network of dropout) and 'batch norm' use it.
"""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from digitlib.plots.style import ACCENT, GREY, MUTED, PALE, WIDTH, check, titled

SIZE = 10  # points: no text is smaller
HIGH, LINE = SIZE / 72, SIZE / 72 * 1.25  # inches: a number, and a line of them
RADIUS = 0.27  # of a unit, in inches
HALF = 0.58  # half the length of a unit with a ReLU, which shows two numbers
MOST = 12  # wires between two layers that can all carry their numbers
WEIGHTS, ARRIVALS, PRODUCTS = (0.36, 0.64), (0.14, 0.4), (0.6, 0.88)  # parts of a wire


def wires(
    a,
    W,
    blame=None,
    *,
    b=None,
    relu=False,
    highlight=0,
    products=False,
    dropped=(),
    names=None,
    layers=None,
    decimals=2,
    title=None,
):
    """A network of a few units, its weights on the wires, its values and blame at the units.

    a          (n,) values of the first layer, from which the others follow as a @ W + b; or a
               list with the values of every layer, drawn as they are
    W          (n, m) weights, or a list of such matrices, one from each layer to the next
    blame      (m,) slopes of the loss by the values of the last layer, from which those of the
               layers before follow; or a list with one for every layer, None where none is
               drawn. In orange
    b          (m,) biases, or a list, one for each matrix, None where there is none
    relu       whether the sums go through a ReLU: True for each layer between the first and
               the last (of two layers: the last), or a list with one truth for each matrix.
               Such a unit shows the sum z before its value; it is grey where z is not above 0
    highlight  the unit whose outgoing wires are drawn thick and carry the blame that runs back
               over them, weight times blame: j in the last layer but one, or (layer, j); "all"
               for all units; None for no unit
    products   also write value times weight at the far end of each wire
    dropped    pairs (layer, unit) that dropout has removed: grey, without numbers; where
               values are computed, a dropped unit passes on 0
    names      a list for each layer with the names of its units
    layers     the name of each layer
    decimals   that many places after the point, at most; zeros at the end are left out

    Between two layers with more than twelve wires only the highlighted ones carry numbers.
    Returns the axes. Each number is a text of the axes, with an id (`get_gid`): "value 1 0" is
    that of unit 0 in layer 1, likewise "sum", "bias" (with the name), "blame" and, before a
    ReLU, "sum-blame"; "weight 0 1 2" stands on the wire from unit 1 of layer 0 to unit 2 of
    layer 1, as do "arrives" (weight times blame) and "product".

    Raises ValueError where shapes do not go together, IndexError for a unit that is not there.
    Derived in notebook 04, 'Who is to blame in the hidden layer?'.
    """
    net = _Net.of(a, W, blame, b, relu, dropped)
    sizes = [len(values) for values in net.values]
    chosen = _chosen(highlight, sizes)
    for what, lists in (("names", names), ("layers", layers)):
        check(
            lists is None or len(lists) == len(sizes),
            f"{what} has one entry for each of {len(sizes)} layers; got {lists!r}",
        )
    if names is not None:
        same = [len(line) for line in names] == sizes
        check(same, f"names has a list for each layer, of {sizes} names; got {names!r}")
    described = f"{' → '.join(str(n) for n in sizes)} units: values forward in black"
    described += ", blame back in orange" * (net.blame[-1] is not None)
    sketch = _Sketch(net, chosen, names, layers, decimals, title or described)
    for layer in range(len(sizes) - 1):
        sketch.wires(layer, products)
    for layer, size in enumerate(sizes):
        for unit in range(size):
            sketch.unit(layer, unit)
    sketch.place_labels()
    return sketch.ax


@dataclass
class _Net:
    """What there is to draw: of each layer its sums, values and blame, of each gap its W."""

    values: list
    sums: list  # z before a ReLU, None where there is none
    W: list
    b: list
    relu: list  # of each layer
    blame: list  # by the values
    blame_sums: list  # by the sums before a ReLU
    dropped: set

    @classmethod
    def of(cls, a, W, blame, b, relu, dropped):
        W = [_array(M, 2, "W") for M in (W if _nested(W, 2) else [W])]
        gaps = len(W)
        given = [_array(values, 1, "a") for values in a] if _nested(a, 1) else None
        check(
            given is None or len(given) == gaps + 1,
            f"a has the values of one layer, or of all {gaps + 1}; got {len(given or ())}",
        )
        first = given[0] if given else _array(a, 1, "a")
        sizes = [len(first), *(M.shape[1] for M in W)]
        for layer, M in enumerate(W):
            check(
                M.shape[0] == sizes[layer],
                f"W from layer {layer} to {layer + 1} has shape {M.shape}: it needs one row "
                f"for each of {sizes[layer]} units",
            )
        for layer, values in enumerate(given or ()):
            check(
                len(values) == sizes[layer],
                f"layer {layer} has {sizes[layer]} units, but {len(values)} values",
            )
        b = list(b) if _nested(b, 1) else [b] * (gaps == 1) or [None] * gaps
        check(len(b) == gaps, f"b is a list with one entry for each matrix, {gaps} in all")
        b = [None if v is None else _array(v, 1, "b") for v in b]
        for layer, v in enumerate(b, start=1):
            check(
                v is None or len(v) == sizes[layer],
                f"layer {layer} has {sizes[layer]} units, but its b has {np.size(v)} entries",
            )
        if np.ndim(relu) == 0:
            relu = [bool(relu) and (gaps == 1 or layer < gaps - 1) for layer in range(gaps)]
        check(
            len(relu) == gaps, f"relu has one truth for each of {gaps} matrices; got {relu!r}"
        )
        relu = [False, *map(bool, relu)]
        dropped = {(int(layer), int(unit)) for layer, unit in dropped}
        for layer, unit in dropped:
            _exists(layer, unit, sizes)
        net = cls([first], [None], W, b, relu, [], [], dropped)
        net._forward(given)
        net._back(blame, sizes)
        return net

    def _forward(self, given):
        self.values[0] = self._thinned(0, self.values[0])
        for layer, (M, bias) in enumerate(zip(self.W, self.b), start=1):
            z = self.values[-1] @ M + (0 if bias is None else bias)
            value = np.maximum(z, 0) if self.relu[layer] else z
            self.sums.append(z if self.relu[layer] else None)
            self.values.append(given[layer] if given else self._thinned(layer, value))

    def _back(self, blame, sizes):
        layers = len(sizes)
        if _nested(blame, 1):
            check(len(blame) == layers, f"blame has one entry for each of {layers} layers")
            self.blame = [None if v is None else _array(v, 1, "blame") for v in blame]
        else:
            last = None if blame is None else _array(blame, 1, "blame")
            self.blame = [None] * (layers - 1) + [last]
        for layer, v in enumerate(self.blame):
            check(
                v is None or len(v) == sizes[layer],
                f"layer {layer} has {sizes[layer]} units, but its blame has {np.size(v)}",
            )
        self.blame_sums = [None] * layers
        for layer in reversed(range(layers)):
            if self.blame[layer] is None and not _nested(blame, 1) and layer < layers - 1:
                back = self.blame_sums[layer + 1]
                if back is not None:
                    self.blame[layer] = self._thinned(layer, self.W[layer] @ back)
            dA = self.blame[layer]
            if dA is not None:
                self.blame_sums[layer] = dA * (self.sums[layer] > 0) if self.relu[layer] else dA

    def _thinned(self, layer, values):
        keep = [(layer, unit) not in self.dropped for unit in range(len(values))]
        return np.where(keep, values, 0.0)

    def is_off(self, layer, unit):
        return self.relu[layer] and self.sums[layer][unit] <= 0


class _Sketch:
    """The drawing, in axes whose coordinates are inches, so that text has a known size."""

    def __init__(self, net, chosen, names, layers, decimals, title):
        self.net, self.chosen, self.decimals = net, chosen, decimals
        self.names, self.labels, self.segments, self.obstacles = names, [], [], []
        sizes = [len(values) for values in net.values]
        bare = names is None and all(v is None for v in net.b)
        pitch = 2 * RADIUS + 0.22 + LINE * ((not bare) + any(v is not None for v in net.blame))
        height = pitch * max(sizes) + LINE * (layers is not None) + 0.05
        figure = plt.figure(figsize=(WIDTH, height + 0.35))
        figure.set_layout_engine("none")  # the axes' coordinates are the figure's inches
        self.ax = ax = figure.add_axes((0, 0, 1, height / (height + 0.35)))
        ax.set(xlim=(0, WIDTH), ylim=(0, height))
        ax.set_axis_off()
        left, right = self._margin(0), self._margin(-1)
        self.x = np.linspace(left, WIDTH - right, len(sizes))
        middle = pitch * max(sizes) / 2 + 0.05
        self.y = [middle + pitch * (np.arange(n)[::-1] - (n - 1) / 2) for n in sizes]
        for x, name in zip(self.x, layers or ()):
            where = {"ha": "center", "va": "center", "fontsize": SIZE}
            ax.text(x, height - LINE / 2, name, color=MUTED, fontweight="bold", **where)
        titled(figure, title)

    def number(self, value):
        text = f"{value:.{self.decimals}f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return "0" if text == "-0" else text.replace("-", "−")

    def half(self, layer):
        return HALF if self.net.relu[layer] else RADIUS

    def _margin(self, layer):
        """Room beside the first and last layer, for the notes that stand there."""
        layer %= len(self.net.values)
        notes = [self.notes(layer, unit) for unit in range(len(self.net.values[layer]))]
        longest = max((_width(text, ink) for some in notes for text, ink, _ in some), default=0)
        return self.half(layer) + 0.2 + longest

    def notes(self, layer, unit):
        """What stands near a unit: (text, colour, id); names and biases, then blame."""
        at, net = f"{layer} {unit}", self.net
        above = [str(self.names[layer][unit])] if self.names is not None else []
        bias = net.b[layer - 1] if layer else None
        if bias is not None:
            above.append(f"bias {self.number(bias[unit])}")
        notes = [(", ".join(above), MUTED, f"bias {at}")] if above else []
        if (layer, unit) in net.dropped or net.blame[layer] is None:
            return notes
        if net.relu[layer]:
            before = self.number(net.blame_sums[layer][unit])
            notes.append((f"◂ {before}", ACCENT, f"sum-blame {at}"))
        after = self.number(net.blame[layer][unit])
        return [*notes, (f"◂ {after}", ACCENT, f"blame {at}")]

    def wires(self, layer, products):
        net, W = self.net, self.net.W[layer]
        everywhere = W.size <= MOST
        for (i, k), weight in np.ndenumerate(W):
            gone = {(layer, i), (layer + 1, k)} & net.dropped
            thick = (layer, i) in self.chosen and not gone
            start = np.array([self.x[layer] + self.half(layer), self.y[layer][i]])
            end = np.array([self.x[layer + 1] - self.half(layer + 1), self.y[layer + 1][k]])
            silent = gone or net.is_off(layer, i)
            look = {"color": PALE if gone else GREY, "linewidth": 1.2, "zorder": 1}
            look["linestyle"] = (0, (3, 3)) if silent else "-"
            if thick:
                look |= {"color": "black", "linewidth": 2.6, "zorder": 2}
            self.ax.plot(*zip(start, end), **look)
            self.segments.append((start, end))
            wire = len(self.segments) - 1
            if gone or not (everywhere or thick):
                continue
            at = f"{layer} {i} {k}"
            self.labels.append((wire, WEIGHTS, self.number(weight), "black", f"weight {at}"))
            back = net.blame_sums[layer + 1]
            if thick and back is not None:
                text = f"◂ {self.number(weight * back[k])}"
                self.labels.append((wire, ARRIVALS, text, ACCENT, f"arrives {at}"))
            if products:
                text = f"{self.number(net.values[layer][i] * weight)} ▸"
                self.labels.append((wire, PRODUCTS, text, MUTED, f"product {at}"))

    def unit(self, layer, unit):
        net, at = self.net, f"{layer} {unit}"
        x, y, half = self.x[layer], self.y[layer][unit], self.half(layer)
        gone, off = (layer, unit) in net.dropped, net.is_off(layer, unit)
        self.obstacles.append((x, y, 2 * half, 2 * RADIUS))
        look = {"facecolor": PALE if off and not gone else "white", "zorder": 3}
        look["linewidth"] = 2.6 if (layer, unit) in self.chosen and not gone else 1.4
        look |= {"edgecolor": GREY, "linestyle": (0, (2, 2))} if gone else {"edgecolor": "k"}
        ends = np.radians(np.concatenate([np.linspace(-90, 90, 40), np.linspace(90, 270, 40)]))
        edge = RADIUS * np.array([np.cos(ends), np.sin(ends)]).T  # two half circles ...
        edge[:, 0] += np.repeat([half - RADIUS, RADIUS - half], 40)  # ... and lines between
        self.ax.add_patch(plt.Polygon(edge + (x, y), **look))
        where = {"ha": "center", "va": "center", "zorder": 5, "fontsize": SIZE}
        if gone:
            self.ax.plot(x, y, "x", color=GREY, markersize=14, mew=2, zorder=4)
        elif net.relu[layer]:
            z, value = net.sums[layer][unit], net.values[layer][unit]
            self.ax.text(x - 0.29, y, self.number(z), gid=f"sum {at}", **where)
            self.ax.text(x + 0.32, y, self.number(value), gid=f"value {at}", **where)
            bend = np.array([[-0.07, -0.06], [0, -0.06], [0.07, 0.07]]) + (x + 0.03, y)
            self.ax.plot(*bend.T, color=MUTED, linewidth=2, zorder=4, linestyle="-")
        else:
            text = self.number(net.values[layer][unit])
            self.ax.text(x, y, text, gid=f"value {at}", **where)
        self._write_notes(layer, unit)

    def _write_notes(self, layer, unit):
        """Beside a unit of the first or last layer, else above and below: wires run beside."""
        x, y, half = self.x[layer], self.y[layer][unit], self.half(layer)
        relu, notes = self.net.relu[layer], self.notes(layer, unit)
        beside = 0 if relu else {0: -1, len(self.net.values) - 1: 1}.get(layer, 0)
        paper = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
        for line, (text, colour, gid) in enumerate(notes):
            look = {"color": colour, "gid": gid, "va": "center", "zorder": 5, "fontsize": SIZE}
            look["fontweight"] = "bold" if colour == ACCENT else "normal"
            if beside:
                look["ha"] = "right" if beside < 0 else "left"
                down = LINE * (line - (len(notes) - 1) / 2)
                self.ax.text(x + beside * (half + 0.1), y - down, text, **look)
                continue
            shift = 0.34 * relu * (colour == ACCENT) * (-1 if "sum" in gid else 1)
            up = (-1 if colour == ACCENT else 1) * (RADIUS + LINE * 0.62)
            self.obstacles.append((x + shift, y + up, _width(text, colour), HIGH))
            self.ax.text(x + shift, y + up, text, ha="center", bbox=paper, **look)

    def place_labels(self):
        """Each number on its own wire, where it covers no other number and fewest wires."""
        if not self.labels:
            return
        starts, ends = (np.array(points) for points in zip(*self.segments))
        size = np.array([[_width(text, ink), HIGH] for _, _, text, ink, _ in self.labels])
        own = np.array([wire for wire, *_ in self.labels])
        spans = [np.linspace(*part, 26) for _, part, *_ in self.labels]
        places = [
            starts[wire] + share[:, None] * (ends[wire] - starts[wire])
            for wire, share in zip(own, spans)
        ]
        still, fixed = np.array(self.obstacles), []
        for wire, (place, (w, h)) in enumerate(zip(places, size)):
            other = np.arange(len(starts)) != own[wire]
            crossed = _crossings(place, w, h + 0.03, starts[other], ends[other]).sum(axis=1)
            hidden = _overlap(place, (w, h), still[:, :2], still[:, 2:])
            from_middle = np.abs(np.linspace(-1, 1, len(place)))
            fixed.append(crossed + 1000 * hidden + 0.5 * from_middle)
        at = _least_covered(places, size, fixed)
        paper = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
        for place, (_, _, text, colour, gid) in zip(at, self.labels):
            bold = "bold" if colour == ACCENT else "normal"
            look = {"color": colour, "gid": gid, "fontweight": bold, "fontsize": SIZE}
            self.ax.text(*place, text, ha="center", va="center", bbox=paper, zorder=4, **look)


def _least_covered(places, size, fixed):
    """One of its places for each label, so that labels cover each other and wires least.

    In turn each label goes to its best place among the others, ten times; and all of that in
    eight orders, as the first need not end well. places: (n, 2) of each, fixed: their costs.
    """
    rng, best, least = np.random.default_rng(0), None, np.inf
    for _ in range(8):
        at = np.array([place[len(place) // 2] for place in places])
        for _ in range(10):
            total = 0.0
            for n in rng.permutation(len(at)):
                rest = np.arange(len(at)) != n
                covered = _overlap(places[n], size[n], at[rest], size[rest])
                close = _overlap(places[n], size[n] + (0.1, 0), at[rest], size[rest])
                cost = fixed[n] + 1000 * covered + 20 * close
                at[n], total = places[n][np.argmin(cost)], total + cost.min()
        if total < least:
            best, least = at, total
    return best


def _width(text, colour):
    """How wide a text is, in inches; what is orange is bold."""
    font = FontProperties(size=SIZE, weight="bold" if colour == ACCENT else "normal")
    return TextPath((0, 0), text, prop=font).get_extents().x1 / 72


def _overlap(places, size, others, sizes):
    """How far a label of this size reaches into others at each place, in inches, summed."""
    gap = np.abs(places[:, None] - others) - (size + sizes) / 2
    return np.maximum(0, 0.03 - gap.max(axis=2)).sum(axis=1)


def _crossings(places, w, h, starts, ends):
    """Which segments pass through a label of size w x h at each place: (places, segments)."""
    x, y = places[:, None, 0], places[:, None, 1]
    left = np.clip(x - w / 2, starts[:, 0], ends[:, 0])
    right = np.clip(x + w / 2, starts[:, 0], ends[:, 0])
    slope = (ends[:, 1] - starts[:, 1]) / (ends[:, 0] - starts[:, 0])
    at_left, at_right = (starts[:, 1] + slope * (edge - starts[:, 0]) for edge in (left, right))
    low, high = np.minimum(at_left, at_right), np.maximum(at_left, at_right)
    return (right > left) & (low < y + h / 2) & (high > y - h / 2)


def _nested(thing, depth):
    """Is it a list of arrays with `depth` axes, rather than one such array?"""
    while depth and isinstance(thing, list | tuple | np.ndarray) and len(thing):
        entries = [entry for entry in thing if entry is not None]
        thing, depth = entries[0] if entries else None, depth - 1
    return depth == 0 and isinstance(thing, list | tuple | np.ndarray) and np.ndim(thing) > 0


def _array(values, ndim, name):
    try:
        array = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must hold numbers in even rows; got {values!r}") from None
    shape = "(n,)" if ndim == 1 else "(n, m)"
    check(
        array.ndim == ndim and array.size > 0, f"{name} is {shape} numbers; got {array.shape}"
    )
    return array


def _chosen(highlight, sizes):
    """The highlighted units as a set of (layer, unit)."""
    if highlight is None:
        return set()
    if isinstance(highlight, str):
        check(highlight == "all", f'highlight is a unit, "all" or None; got {highlight!r}')
        return {(layer, unit) for layer, n in enumerate(sizes[:-1]) for unit in range(n)}
    layer, unit = highlight if np.ndim(highlight) else (len(sizes) - 2, highlight)
    _exists(layer, unit, sizes)
    return {(int(layer), int(unit))}


def _exists(layer, unit, sizes):
    if not (0 <= layer < len(sizes) and 0 <= unit < sizes[layer]):
        raise IndexError(f"there is no unit {unit} in layer {layer}: the layers have {sizes}")
