"""What a network is made of, as plain data: a file of weights can then say whose they are.

`describe` turns the layers into a dict that JSON can hold, `build` makes the network again.
`checkpoint.save` writes the description into each file, so that `load_network` needs nothing
but the file, and the pad and ONNX can carry a network that they have never seen.
"""

import math

import numpy as np

from digitlib.net import layers
from digitlib.net.init import zeros
from digitlib.net.network import Network

__all__ = ["build", "describe", "described_by_hand"]

FORMAT = 1

# The settings that make a layer, by the names of its attributes.
SETTINGS = {
    "AvgPool": ("size",),
    "BatchNorm": ("n_out", "momentum", "eps"),
    "Conv2D": ("n_in", "n_out", "kernel", "stride", "padding", "bias"),
    "Dropout": ("p",),
    "Flatten": (),
    "LeakyReLU": ("slope",),
    "Linear": ("n_in", "n_out"),
    "MaxPool": ("size",),
    "ReLU": (),
    "Sigmoid": (),
    "Tanh": (),
    "Unflatten": ("shape",),
}


def describe(network):
    """A dict of numbers and texts from which `build` makes a network of the same layers.

    The weights are not in it. Raises ValueError for a layer that is not one of digitlib's own.
    """
    found = []
    for i, layer in enumerate(network.layers):
        kind = type(layer).__name__
        if kind not in SETTINGS or type(layer) is not getattr(layers, kind):
            raise ValueError(
                f"layer {i}, {layer!r}, is not one of digitlib's own layers, and a file cannot "
                f"describe it; known are {', '.join(SETTINGS)}"
            )
        settings = {name: _setting(layer, name) for name in SETTINGS[kind]}
        found.append({"kind": kind, **settings})
    return {"format": FORMAT, "dtype": network.theta.dtype.name, "layers": found}


def build(description, arrays=None, seed=0):
    """The network that `describe` described, untrained: all weights 0.

    arrays   the arrays that will be loaded, by name; a description that asks for others is
             refused before any memory is taken for it
    seed     of the Generators that dropout draws from

    Raises ValueError where the description is damaged or newer than this digitlib.
    """
    if not isinstance(description, dict) or not isinstance(description.get("layers"), list):
        raise ValueError("the description of the network is damaged: it has no list of layers")
    if description.get("format") != FORMAT:
        raise ValueError(
            f"the network is described in format {description.get('format')!r}, and this "
            f"digitlib reads format {FORMAT}: a newer digitlib wrote it"
        )
    if description.get("dtype") not in ("float32", "float64"):
        raise ValueError(f"a network is float32 or float64, not {description.get('dtype')!r}")
    dtype, rng = np.dtype(description["dtype"]), np.random.default_rng(seed)
    made = [
        _layer(i, entry, arrays, dtype, rng) for i, entry in enumerate(description["layers"])
    ]
    return Network(*made)


def described_by_hand(arrays):
    """For W1, b1, W2, b2, … as the notebooks name them: (description, arrays by new names).

    Linear layers with a ReLU between any two, which is what the notebooks build by hand. None
    where the names or shapes are others.
    """
    count = len(arrays) // 2
    names = [(f"W{i}", f"b{i}") for i in range(1, count + 1)]
    if not count or set(arrays) != {name for pair in names for name in pair}:
        return None
    found, renamed, width = [], {}, None
    for W, b in ((arrays[W], arrays[b]) for W, b in names):
        fits = W.ndim == 2 and b.size == W.shape[1] and width in (None, W.shape[0])
        if not fits or W.dtype.kind != "f":
            return None
        found += [{"kind": "ReLU"}] if found else []
        renamed[f"{len(found)}.W"], renamed[f"{len(found)}.b"] = W, b.reshape(-1)
        found.append({"kind": "Linear", "n_in": W.shape[0], "n_out": W.shape[1]})
        width = W.shape[1]
    dtype = "float64" if any(a.dtype == np.float64 for a in arrays.values()) else "float32"
    return {"format": FORMAT, "dtype": dtype, "layers": found}, renamed


def _setting(layer, name):
    if name == "bias":
        return "b" in layer.params
    value = getattr(layer, name)
    return list(value) if isinstance(value, tuple) else value


def _layer(i, entry, arrays, dtype, rng):
    kind = entry.get("kind") if isinstance(entry, dict) else None
    if kind not in SETTINGS:
        raise ValueError(
            f"layer {i} of the description is {kind!r}; known are {', '.join(SETTINGS)}"
        )
    given = {name: value for name, value in entry.items() if name != "kind"}
    if set(given) != set(SETTINGS[kind]):
        raise ValueError(
            f"layer {i}, {kind}, is described by {sorted(given)} in place of "
            f"{sorted(SETTINGS[kind])}"
        )
    for name, value in given.items():
        if not _plausible(kind, name, value):
            raise ValueError(f"layer {i}, {kind}, cannot have {name} = {value!r}")
    if arrays is not None:
        for name, shape in _shapes(kind, given).items():
            theirs = getattr(arrays.get(f"{i}.{name}"), "shape", None)
            if theirs != shape:
                raise ValueError(
                    f"layer {i}, {kind}, needs {name} of shape {shape}, and the file has "
                    f"{'none' if theirs is None else theirs}"
                )
    drawn = {"Linear": {"rng": rng, "init": zeros, "dtype": dtype}}
    drawn["Conv2D"] = drawn["Linear"]
    drawn["BatchNorm"] = {"dtype": dtype}
    drawn["Dropout"] = {"rng": rng.spawn(1)[0]}
    if kind == "Unflatten":
        return layers.Unflatten(*given["shape"])
    if kind == "BatchNorm":
        given["width"] = given.pop("n_out")
    return getattr(layers, kind)(**given, **drawn.get(kind, {}))


def _plausible(kind, name, value):
    """Is that a setting which a layer can have? A file may say anything."""
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if name == "bias":
        return isinstance(value, bool)
    if name == "shape":
        return isinstance(value, list) and all(type(side) is int and side > 0 for side in value)
    if name == "size" and value is None:
        return kind == "AvgPool"  # the whole image
    if name in ("slope", "momentum", "eps", "p"):
        return number and math.isfinite(value) and (name == "slope" or 0 <= value <= 1)
    return type(value) is int and value >= (0 if name == "padding" else 1)


def _shapes(kind, given):
    """The arrays that such a layer has, and their shapes."""
    if kind == "BatchNorm":
        return dict.fromkeys(("gamma", "beta", "mean", "var"), (given["n_out"],))
    if kind == "Linear":
        return {"W": (given["n_in"], given["n_out"]), "b": (given["n_out"],)}
    if kind == "Conv2D":
        shapes = {"W": (given["kernel"],) * 2 + (given["n_in"], given["n_out"])}
        return shapes | ({"b": (given["n_out"],)} if given["bias"] else {})
    return {}
