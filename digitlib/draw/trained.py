"""The three trained networks of the pad: how they were trained, and how they are stored.

They were trained on MNIST's 60,000 training digits without the 5,000 that are built in, so
that their accuracy on the built-in digits is an honest one. `tools/train_pad.py` trains them
anew. The weights are kept as whole numbers from −127 to 127, which changes no more than one
built-in digit in a thousand (notes/phones.md has the numbers).
"""

import json
import zipfile
from dataclasses import replace
from importlib import resources

import numpy as np

from digitlib import recipes
from digitlib.data import Digits
from digitlib.data.files import replacing
from digitlib.draw.pack import quantised
from digitlib.net import schedules
from digitlib.net.describe import build, describe
from digitlib.recipes.networks import cnn

__all__ = ["PAD_RECIPES", "pretrained", "without", "write"]


def _one_cycle(steps):
    return schedules.one_cycle(1e-2, steps)


# Ready networks of the course, made smaller or shorter where a page needs it.
PAD_RECIPES = {
    "784-10-10": replace(
        recipes.find("two-layer-adam"),
        name="784-10-10",
        idea="ten hidden units, small enough to look through",
        schedule=_one_cycle,
    ),
    "784-128-64-10": replace(
        recipes.find("three-layer-augment"),
        name="784-128-64-10",
        idea="two hidden layers, batch norm, dropout and affine copies",
    ),
    "CNN": replace(
        recipes.find("cnn-best"),
        name="CNN",
        idea="convolution: 16, 32 and 64 filters of 3 × 3 pixels",
        layout="3 × 3: 16-32-64, 10",
        build=cnn(16, 32, 64, dropout=0.3),
        epochs=14,
    ),
}


def pretrained(name="CNN"):
    """One of the pad's trained networks: "784-10-10", "784-128-64-10" or "CNN".

    Raises ValueError for another name, or where the installed file is damaged.
    """
    arrays = _stored(name)
    about = json.loads(str(arrays.pop("about")))
    network = build(about["network"])
    for array_name, value in {**network.params, **network.buffers}.items():
        stored = arrays[array_name]
        if stored.dtype == np.int8:
            stored = stored * arrays[f"{array_name}.scale"]
        value[...] = stored
    return network


def about(name):
    """What is known of a stored network: recipe, seed, data, accuracies; a dict."""
    return json.loads(str(_stored(name)["about"]))


def write(name, network, facts, folder):
    """Store a trained network in the folder, weights as whole numbers; returns the path.

    facts   a dict that JSON can hold, kept beside the weights
    """
    arrays = {}
    for array_name, value in {**network.params, **network.buffers}.items():
        if array_name.endswith(".W"):
            arrays[array_name], arrays[f"{array_name}.scale"] = quantised(value)
        else:
            arrays[array_name] = value
    record = {**facts, "network": describe(network)}
    path = folder / f"{name}.npz"
    with replacing(path) as file:
        np.savez_compressed(file, about=np.array(json.dumps(record)), **arrays)
    return path


def without(digits, others):
    """The digits that are not among `others`, pixel by pixel: Digits, in the same order."""
    known = {row.tobytes() for row in _bytes(others.X)}
    keep = np.array([row.tobytes() not in known for row in _bytes(digits.X)], dtype=bool)
    return Digits(digits.X[keep], digits.y[keep], digits.name)


def _bytes(X):
    return np.rint(X * 255).astype(np.uint8)


def _stored(name):
    if name not in PAD_RECIPES:
        raise ValueError(f"no trained network {name!r}; there are {', '.join(PAD_RECIPES)}")
    file = resources.files("digitlib.draw") / "weights" / f"{name}.npz"
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
            return {key: stored[key] for key in stored.files}
    except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile) as error:
        raise ValueError(
            f"the trained network {name} is damaged ({error}): install digitlib again"
        ) from error
