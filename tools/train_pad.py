"""Train the three networks that the pad ships: python -m tools.train_pad [NAME ...].

About seven minutes on one core. MNIST must be at hand (python -m digitlib data); no network
sees the 5,000 built-in digits, nor MNIST's test digits, before it is measured on them.
"""

import argparse
import json
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from digitlib import load, recipes, schedules
from digitlib.data import Digits
from digitlib.data.files import replacing
from digitlib.draw.pack import quantised
from digitlib.net.describe import describe
from digitlib.recipes.networks import cnn

FOLDER = Path(__file__).parents[1] / "digitlib" / "draw" / "weights"

# The course's own recipes, with a warmer rate or fewer filters and epochs.
PAD_RECIPES = {
    "784-10-10": replace(
        recipes.find("two-layer-adam"),
        name="784-10-10",
        idea="ten hidden units, small enough to look through",
        schedule=lambda steps: schedules.one_cycle(1e-2, steps),
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


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(PAD_RECIPES))
    parser.add_argument("-o", "--output", type=Path, default=FOLDER, metavar="DIR")
    arguments = parser.parse_args()

    parts = load("sample")
    sample = Digits(
        *(np.concatenate([getattr(p, key) for p in parts]) for key in "Xy"), "sample"
    )
    mnist, test = load("mnist")
    train_set = without(mnist, sample)
    print(f"{len(train_set.X)} of MNIST's {len(mnist.X)} training digits are not built in")
    arguments.output.mkdir(parents=True, exist_ok=True)
    for name in arguments.names or PAD_RECIPES:
        began = time.perf_counter()
        network = recipes.run(PAD_RECIPES[name], train_set, seed=0).network
        seconds = time.perf_counter() - began
        as_trained = accuracies(network, sample, test)
        for key, value in network.params.items():
            if key.endswith(".W"):
                whole, scale = quantised(value)
                value[...] = whole * scale
        facts = {
            "recipe": name,
            "seed": 0,
            "data": f"{len(train_set.X)} training digits of MNIST, none of them built in",
            "float32": as_trained,
            "int8": accuracies(network, sample, test),
        }
        path = write(name, network, facts, arguments.output)
        print(f"{name}: {seconds:.0f} s, {path.stat().st_size} bytes")
        for kind in ("float32", "int8"):
            print(f"    {kind:8}", *(f"{k} {v:.4f}" for k, v in facts[kind].items()))


def without(digits, others):
    """The digits that are not among `others`, pixel by pixel: Digits, in the same order."""
    known = {row.tobytes() for row in _bytes(others.X)}
    keep = np.array([row.tobytes() not in known for row in _bytes(digits.X)], dtype=bool)
    return Digits(digits.X[keep], digits.y[keep], digits.name)


def _bytes(X):
    return np.rint(X * 255).astype(np.uint8)


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


def accuracies(network, *parts):
    return {p.name.split("/")[0]: float((network.predict(p.X) == p.y).mean()) for p in parts}


if __name__ == "__main__":
    main()
