"""A small network drawn with its numbers: values run forward in black, blame back in orange.

`wires` is for two or three units a layer, the size at which every sum of backpropagation can
be done by hand. Notebooks 04 (the blame of a hidden value), 09 (the sum of one unit) and 12
(the thinned network of dropout) use it; batch norm has `batch_norm_paths`.
"""

import functools
from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.font_manager import FontProperties, findfont, get_font

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

    a          (n,) values of the first layer, or a list with those of every layer; where there
               is none, or None, they follow as a @ W + b
    W          (n, m) weights, or a list of such matrices, one from each layer to the next
    blame      (m,) slopes of the loss by the values of the last layer, from which those of the
               layers before follow; or a list with one for every layer, None where none is
               drawn, such as before the reader has computed it
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
    for what, entries in (("names", names), ("layers", layers)):
        good = entries is None or len(entries) == len(sizes)
        check(good, f"{what} has one entry for each of {len(sizes)} layers; got {entries!r}")
    good = names is None or [len(line) for line in names] == sizes
    check(good, f"names has a list for each layer, of {sizes} names; got {names!r}")
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
    sums: list  # z, of the first layer None
    W: list
    b: list
    relu: list  # of each layer
    blame: list  # by the values
    blame_sums: list  # by the sums before a ReLU
    dropped: set

    @classmethod
    def of(cls, a, W, blame, b, relu, dropped):
        W = [_array(M, 2, "W") for M in (W if _nested(W, 2) else [W])]
        sizes, gaps = [len(W[0]), *(M.shape[1] for M in W)], len(W)
        for layer, (M, n) in enumerate(zip(W, sizes)):
            rows = f"W from layer {layer} to {layer + 1} has shape {M.shape}: it needs one row"
            check(len(M) == n, f"{rows} for each of {n} units")
        given = list(a) if _nested(a, 1) else [a, *[None] * gaps]
        given = _per_layer(given, sizes, "a")
        b = [None] * gaps if b is None else list(b) if _nested(b, 1) else [b]
        b = _per_layer(b, sizes[1:], "b", start=1)
        follows = not _nested(blame, 1)  # one blame runs back to the layers before
        blame = _per_layer([*[None] * gaps, blame] if follows else blame, sizes, "blame")
        if np.ndim(relu) == 0:
            relu = [bool(relu) and (gaps == 1 or gap < gaps - 1) for gap in range(gaps)]
        check(len(relu) == gaps, f"relu has one truth for each of {gaps} matrices: {relu!r}")
        dropped = {(int(layer), int(unit)) for layer, unit in dropped}
        for layer, unit in dropped:
            _exists(layer, unit, sizes)
        net = cls([], [], W, b, [False, *map(bool, relu)], blame, [None] * len(sizes), dropped)
        net._forward(given)
        net._back(follows)
        return net

    def _forward(self, given):
        for layer, values in enumerate(given):
            z = None
            if layer:
                z = self.values[-1] @ self.W[layer - 1]
                z = z if self.b[layer - 1] is None else z + self.b[layer - 1]
            if values is None:
                values = np.maximum(z, 0) if self.relu[layer] else z
            self.sums.append(z)
            self.values.append(self._thinned(layer, values))

    def _back(self, follows):
        for layer in reversed(range(len(self.blame))):
            after = self.blame_sums[layer + 1] if layer + 1 < len(self.blame) else None
            if follows and after is not None:
                self.blame[layer] = self._thinned(layer, self.W[layer] @ after)
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
        shares = np.array([np.linspace(*part, 20) for _, part, *_ in self.labels])[..., None]
        places = starts[own, None] + shares * (ends - starts)[own, None]  # (labels, 20, 2)
        still = np.array(self.obstacles)
        fixed = 0.5 * np.abs(np.linspace(-1, 1, 20)) + np.zeros((len(own), 1))
        for n, (place, (w, h)) in enumerate(zip(places, size)):
            other = np.arange(len(starts)) != own[n]
            crossed = _crossings(place, w, h + 0.03, starts[other], ends[other])
            hidden = _overlap(place[:, None], still[:, :2], size[n] + still[:, 2:])
            fixed[n] += crossed.sum(axis=1) + 1000 * hidden.sum(axis=1)
        at = places[np.arange(len(own)), _least_covered(places, size, fixed)]
        paper = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
        for place, (_, _, text, colour, gid) in zip(at, self.labels):
            bold = "bold" if colour == ACCENT else "normal"
            look = {"color": colour, "gid": gid, "fontweight": bold, "fontsize": SIZE}
            self.ax.text(*place, text, ha="center", va="center", bbox=paper, zorder=4, **look)


def _least_covered(places, size, fixed):
    """Which of its places each label takes, so that labels cover each other and wires least.

    In turn each label goes to its best place among the others, until none moves; from eight
    starts, as the first need not end well. places (labels, n, 2), size (labels, 2); fixed
    (labels, n) is what a place costs by itself. Returns (labels,) indices.
    """
    count = len(places)
    # What two labels cost each other: [label, its place, other label, the other's place].
    apart = places[:, :, None, None], places[None, None]
    sizes = (size[:, None, None] + size[None, None])[:, :, :, None]
    costs = 1000 * _overlap(*apart, sizes) + 20 * _overlap(*apart, sizes + (0.2, 0))
    costs[np.arange(count), :, np.arange(count)] = 0
    rng, best, least = np.random.default_rng(0), None, np.inf
    for _ in range(8):
        at = np.full(count, places.shape[1] // 2)
        for _ in range(20):
            before = at.copy()
            for n in rng.permutation(count):
                at[n] = np.argmin(fixed[n] + costs[n][:, np.arange(count), at].sum(axis=1))
            if (at == before).all():
                break
        total = fixed[np.arange(count), at].sum()
        total += costs[np.arange(count), at][:, np.arange(count), at].sum() / 2
        if total < least:
            best, least = at, total
    return best


@functools.cache
def _width(text, colour):
    """How wide a text is, in inches; what is orange is bold."""
    family, weight = plt.rcParams["font.family"], "bold" if colour == ACCENT else "normal"
    font = get_font(findfont(FontProperties(family=family, weight=weight)))
    font.set_size(SIZE, 72)
    font.set_text(text)
    return font.get_width_height()[0] / 64 / 72


def _overlap(places, others, sizes):
    """How far two labels reach into each other, in inches; sizes are the sums of both."""
    gap = np.abs(places - others) - sizes / 2
    return np.maximum(0, 0.03 - gap.max(axis=-1))


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


def _per_layer(values, sizes, name, start=0):
    """A list of arrays, one for each layer from `start` on; None stays None."""
    layers = f"layers from {start} to {start + len(sizes) - 1}"
    check(len(values) == len(sizes), f"{name} has one entry for each of the {layers}")
    arrays = [None if v is None else _array(v, 1, name) for v in values]
    for layer, (v, n) in enumerate(zip(arrays, sizes), start=start):
        has = f"layer {layer} has {n} units, but its {name} has {np.size(v)} entries"
        check(v is None or len(v) == n, has)
    return arrays


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
