"""Train the three networks that the pad ships: python -m tools.train_pad [NAME ...].

About seven minutes on one core. MNIST must be at hand (python -m digitlib data); no network
sees the 5,000 built-in digits, nor MNIST's test digits, before it is measured on them.
"""

import argparse
import time
from pathlib import Path

import numpy as np

from digitlib import load, recipes
from digitlib.data import Digits
from digitlib.draw.pack import quantised
from digitlib.draw.trained import PAD_RECIPES, without, write

FOLDER = Path(__file__).parents[1] / "digitlib" / "draw" / "weights"


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


def accuracies(network, *parts):
    return {p.name.split("/")[0]: float((network.predict(p.X) == p.y).mean()) for p in parts}


if __name__ == "__main__":
    main()
