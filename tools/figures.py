"""The pictures of whole trainings, from what `digitlib reproduce --keep DIR` kept.

python tools/figures.py --from DIR…            writes them into figures/, or into -o FOLDER
python tools/figures.py --ladders notes/results.json
                                               the ladders alone, of every recipe on record
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

from digitlib import recipes
from digitlib.data import load
from digitlib.metrics import confusion_matrix
from digitlib.net.checkpoint import load_weights
from digitlib.recipes.records import divide, merged, read_record

BEST = ("mlp-best", "cnn-best")  # these get a confusion matrix and their worst mistakes
WEIGHTS = ("softmax-regression", "two-layer-long", *BEST)  # and these their first layer
CURVES = 7  # lines in one picture that can be told apart
NAMES = {"sample": "the sample", "mnist": "MNIST", "kaggle": "Kaggle's rows"}
PARTS = {"valid": "held-out digits", "test": "test digits"}


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--from", dest="folders", nargs="+", metavar="DIR")
    what.add_argument("--ladders", metavar="FILE", help="what tools/results.py keeps")
    parser.add_argument("-o", "--output", default="figures", metavar="DIR", help="(figures)")
    arguments = parser.parse_args(argv)
    try:
        if arguments.ladders:
            paths = ladders(arguments.ladders, arguments.output)
        else:
            paths = draw(arguments.folders, arguments.output)
        for path in paths:
            print(path)
    except (ValueError, OSError, ImportError) as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 1
    return 0


def draw(folders, output="figures", source=load):
    """Draw all that the folders' records and weights allow; returns the paths written.

    folders  of `reproduce --keep` on one source: runs.json and one .npz a recipe; of two with
             the same recipe the later one counts
    output   the folder for the pictures, made if need be; names begin with the source's
    source   f(data) -> (train, test), for tests

    Raises FileNotFoundError or ValueError, ImportError where matplotlib is missing.
    """
    from digitlib import plots
    from digitlib.plots import runs as plots_runs

    folders, output = [Path(folder) for folder in folders], Path(output)
    for folder in folders:
        if not (folder / "runs.json").exists():
            raise FileNotFoundError(
                f"{folder} holds no runs.json: name a folder that `reproduce --keep DIR` wrote"
            )
    record = merged(read_record(folder / "runs.json") for folder in folders)
    data, runs = record["data"], _by_recipe(record)
    if not runs:
        raise ValueError(f"{folders[0]}: no finished training in runs.json")
    networks = {}
    for name in dict.fromkeys([*WEIGHTS, *BEST]):
        kept = [folder / f"{name}.npz" for folder in folders]
        kept = [path for path in kept if path.exists()]
        if name in runs and kept:
            networks[name] = _network(name, kept[-1])
    digits = source(data) if networks else None
    output.mkdir(parents=True, exist_ok=True)
    paths = []

    def keep(axes, name):
        paths.append(plots_runs.saved(axes, output / f"{data}_{name}.png"))

    with plots_runs.slides():
        keep(_ladder(plots_runs, runs, data), "ladder")
        if (axes := _curves(plots_runs, runs, data)) is not None:
            keep(axes, "learning_curves")
        for name, network in networks.items():
            if name in BEST:
                part, judged = _judged(recipes.find(name), *digits)
                P = network.predict_proba(judged.X)
                C = confusion_matrix(P.argmax(axis=1), judged.y)
                what = f"{name} on {len(judged.y):,} {PARTS[part]} of {NAMES[data]}"
                right = np.trace(C)
                title = f"{what}: {right:,} right ({100 * right / C.sum():.2f} %)"
                keep(plots.confusion_matrix(C, title=title), f"confusion_{_file(name)}")
                title = f"{C.sum() - right} mistakes of {what}: the worst, with probability"
                axes = plots.misclassified(judged.X, judged.y, P, title=title)
                if len(axes):
                    keep(axes, f"mistakes_{_file(name)}")
            keep(_first_layer(plots, plots_runs, name, network), f"weights_{_file(name)}")
    return paths


def ladders(stored, output="figures"):
    """The ladder of MNIST and of Kaggle's rows, from notes/results.json; returns the paths.

    Only there all recipes stand together, those that were trained in different calls too.
    """
    from digitlib.plots import runs as plots_runs

    stored, output = Path(stored), Path(output)
    if not stored.exists():
        raise FileNotFoundError(f"{stored}: there is no such file; tools/results.py writes it")
    summaries = json.loads(stored.read_text(encoding="utf-8"))
    output.mkdir(parents=True, exist_ok=True)
    paths = []
    with plots_runs.slides():
        for data in ("mnist", "kaggle"):
            if data in summaries:
                axes = _ladder(plots_runs, _by_recipe(summaries[data]), data)
                paths.append(plots_runs.saved(axes, output / f"{data}_ladder.png"))
    return paths


def _by_recipe(record):
    """{name: its runs, by seed}, in the ladder's order, of the recipes that there are."""
    found = {}
    for name in recipes.RECIPES:
        runs = [run for run in record["runs"] if run["recipe"] == name]
        if runs:
            found[name] = sorted(runs, key=lambda run: run["seed"])
    return found


def _network(name, path):
    network = recipes.find(name).build(np.random.default_rng(0))
    load_weights(network, path)
    return network


def _judged(recipe, train, test):
    """The part that judges, and its digits: the test part where it has labels."""
    if test.y is not None:
        return "test", test
    return "valid", divide(recipe, train, test, 0)[1]


def _ladder(plots_runs, runs, data):
    part = "test" if all(run["test"] for of in runs.values() for run in of) else "valid"
    scores = {name: [100 * run[part]["accuracy"] for run in of] for name, of in runs.items()}
    reported = None
    if data == "kaggle":  # elsewhere the numbers are about other digits
        targets = {name: recipes.find(name).targets.get("valid") for name in runs}
        reported = {name: 100 * target for name, target in targets.items() if target}
    counts = [len(of) for of in runs.values()]
    few, many = min(counts), max(counts)
    seeds = f"{few} to {many} seeds" if few < many else f"{many} seeds"
    if many == 1:
        seeds = "one seed"
    title = f"Mistakes on {PARTS[part]} of {NAMES[data]}, {seeds}"
    return plots_runs.ladder(scores, reported, title=title)


def _curves(plots_runs, runs, data):
    """Held-out mistakes by epoch, seed 0 of our ladder; None where nothing was held out."""
    ours = {
        name: of[0]["history"] for name, of in runs.items() if not recipes.find(name).reported
    }
    ours = {name: h for name, h in ours.items() if h["valid_accuracy"][0] is not None}
    if not ours:
        return None
    if len(ours) > CURVES:
        ours.pop("three-layer-dropout", None)
    ours = dict(list(ours.items())[-CURVES:])
    series = {
        name: [100 * share for share in history["valid_accuracy"]]
        for name, history in ours.items()
    }
    title = f"Mistakes on held-out digits of {NAMES[data]}, by epoch, seed 0"
    return plots_runs.mistakes_by_epoch(series, title=title)


def _first_layer(plots, plots_runs, name, network):
    """The weights that meet the pixels: images of 28 x 28, or a convolution's kernels."""
    W = next(iter(network.params.values()))
    if W.ndim == 2 and len(W) == 784:
        if len(network.layers) == 1:
            labels = [f"for {digit}" for digit in range(10)]
            title = f"{name}: the weights from the pixels to the ten digits"
            return plots.weights(W, labels=labels, title=title)
        # Hidden units keep much of the noise they started from; what was learned is the rest.
        began = next(iter(recipes.fresh(name, seed=0).params.values()))
        count = min(W.shape[1], 20)
        units = f"{count} of {W.shape[1]:,}" if count < W.shape[1] else f"its {count}"
        title = f"{name}: what training added to the weights of {units} hidden units"
        return plots.weights(W - began, count, title=title, unit="weight, end minus start")
    kernels = np.moveaxis(W.reshape(*W.shape[:2], -1), -1, 0)
    return plots.filters(kernels, title=f"{name}: the kernels of its first layer")


def _file(name):
    return name.replace("-", "_")


if __name__ == "__main__":
    sys.exit(main())
