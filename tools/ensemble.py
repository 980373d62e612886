"""What the seeds of a recipe reach together, from what `digitlib reproduce --keep DIR` kept.

    python tools/ensemble.py DIR --recipe cnn-best

The mean of the probabilities of all kept seeds, each read in five shifted copies, on the test
part: stated apart from the recipes, whose numbers are means over single networks. Only the
runs that learned from the same rows count together, so a protocol of others, which splits anew
for each seed, has no ensemble.
"""

import argparse
import sys
from pathlib import Path

from digitlib.data import load
from digitlib.metrics import wilson_interval
from digitlib.net.checkpoint import load_network
from digitlib.recipes.model import Model
from digitlib.recipes.records import read_record


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", metavar="DIR")
    parser.add_argument("--recipe", default="cnn-best", help="(cnn-best)")
    arguments = parser.parse_args(argv)
    try:
        print(ensemble(arguments.folder, arguments.recipe))
    except (ValueError, OSError) as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 1
    return 0


def ensemble(folder, recipe, source=load):
    """One line: how many networks, and what they reach alone and together."""
    folder = Path(folder)
    record = read_record(folder / "runs.json")
    runs = [run for run in record["runs"] if run["recipe"] == recipe]
    if not runs or any(run["valid"] or not run["test"] for run in runs):
        raise ValueError(
            f"{folder} has no trainings of {recipe} on all training digits, measured on a test "
            "part: `digitlib reproduce --data mnist --keep DIR` makes them"
        )
    seeds = [run["seed"] for run in runs]
    paths = [folder / f"{recipe}{f'-{seed}' if seed else ''}.npz" for seed in seeds]
    _, test = source(record["data"])
    networks = [load_network(path) for path in paths]
    alone = sum((network.predict(test.X) == test.y).mean() for network in networks)
    right = int((Model(networks, shifted=True).predict(test.X) == test.y).sum())
    low, high = wilson_interval(right, len(test.y))
    return (
        f"{recipe} on {record['data']}, seeds {', '.join(map(str, seeds))}: together, in five "
        f"shifted copies, {right / len(test.y):.2%} (95 % interval {low:.2%} to {high:.2%}); "
        f"alone and in one copy {alone / len(networks):.2%} on average"
    )


if __name__ == "__main__":
    sys.exit(main())
