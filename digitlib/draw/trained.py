"""The three trained networks of the pad, as they are stored.

They were trained on MNIST's 60,000 training digits without the 5,000 that are built in, so
that their accuracy on the built-in digits is an honest one. `tools/train_pad.py` holds their
recipes and trains them anew. The weights are kept as whole numbers from −127 to 127, which
changes no more than one built-in digit in a thousand (notes/phones.md has the numbers).
"""

import json
import zipfile
from importlib import resources

import numpy as np

__all__ = ["NAMES", "about", "pretrained"]

NAMES = ("784-10-10", "784-128-64-10", "CNN")


def pretrained(name="CNN"):
    """One of the pad's trained networks: "784-10-10", "784-128-64-10" or "CNN".

    A float32 Network with 784 inputs from 0 to 1. Raises ValueError for another name, or where
    the installed file is damaged.
    """
    from digitlib.net.describe import build  # here: a page's text needs no network to be built

    arrays = _stored(name)
    network = build(json.loads(str(arrays["about"]))["network"], arrays)
    for array_name, value in {**network.params, **network.buffers}.items():
        stored = arrays[array_name]
        if stored.dtype == np.int8:
            stored = stored * arrays[f"{array_name}.scale"]
        value[...] = stored
    return network


def about(name):
    """What is known of a stored network: recipe, seed, data, accuracies; a dict."""
    return json.loads(str(_stored(name)["about"]))


def _stored(name):
    if name not in NAMES:
        raise ValueError(f"no trained network {name!r}; there are {', '.join(NAMES)}")
    file = resources.files("digitlib.draw") / "weights" / f"{name}.npz"
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
            return {key: stored[key] for key in stored.files}
    except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile) as error:
        raise ValueError(
            f"the trained network {name} is damaged ({error}): install digitlib again"
        ) from error
