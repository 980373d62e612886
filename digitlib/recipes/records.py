"""Train the recipes, measure them, and keep a record that survives a power cut.

`digitlib reproduce` calls `reproduce`, and `tables.text` prints what it returns. The record is
one dict that goes to a JSON file as it is:

    data, commands    what was trained on, and the lines that did it, in order
    runs              one dict for each training: recipe, seed, rows, epochs, batch_size,
                      parameters, seconds, date, machine;
                      protocol: the recipe as it was then, see `Recipe.protocol`;
                      train, valid, test: {"loss", "accuracy"} of the last weights, or None;
                      shifted: the same of valid and test, read in five shifted copies;
                      validated: the held-out accuracies that were on record before the test
                      part was opened, or None;
                      losses: {"loss 10": 0.21}, in training, after the epochs for which the
                      recipe's authors report one;
                      history: {column: [one number for each epoch]}

The file is written again after each training, whole or not at all, so that a night's work is
never lost, and `resume` trains only what is missing in it.
"""

import datetime
import json
import math
import os
import platform
import sys
from pathlib import Path

import numpy as np

from digitlib import recipes
from digitlib.data import load
from digitlib.data.files import path_of, replacing
from digitlib.net import checkpoint
from digitlib.net.training import Epoch, evaluate
from digitlib.recipes.model import shifted_probabilities

__all__ = ["DATA", "divide", "merged", "read_record", "reproduce"]

DATA = ("sample", "mnist", "kaggle")
PARTS = ("train", "valid", "test")


def reproduce(
    data="sample",
    names=None,
    seeds=3,
    *,
    path=None,
    keep=None,
    resume=False,
    force=False,
    hold_out=False,
    after=None,
    command="",
    progress=True,
    say=lambda line: print(line, file=sys.stderr),
    source=load,
):
    """Train recipes on a source of digits with the seeds 0, 1, 2, …; returns the record.

    names     recipes to train, in the ladder's order; None for all
    path      a JSON file for the record, never over an older one unless `force`
    keep      a folder for the record, as runs.json, and the weights: RECIPE.npz of seed 0,
              RECIPE-SEED.npz of the others
    resume    take from the file what is finished in it
    hold_out  hold a tenth of the training digits out to measure on, and leave the test part
              closed: for everything that is tried before the one reading of the test part
    after     a JSON file of such a record: the test part is read only for recipes that it has
              measured, as they stand today
    source    f(data) -> (train, test), for tests

    KeyboardInterrupt ends the training under way; the record of those before is returned with
    "interrupted": True. Everything that can be wrong is found before the training: ValueError
    for unknown names, damaged files and recipes that were not validated, FileExistsError for
    a file in the way.
    """
    if data not in DATA:
        raise ValueError(f"no data {data!r}; there are {', '.join(DATA)}")
    chosen = [recipes.find(name) for name in (names or recipes.RECIPES)]
    keep = None if keep is None else path_of(keep)
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
    files = [path_of(path)] if path is not None else []
    files += [keep / "runs.json"] if keep is not None else []
    record = _earlier(files, data, resume, force)
    record["commands"] = list(dict.fromkeys([*record["commands"], command]))
    done = _finished(record, chosen, say)
    validated = {} if after is None else _validated(read_record(after), chosen, after)
    train, test = source(data)
    if hold_out:
        test = test._replace(y=None)
    for recipe in chosen:
        for seed in range(seeds):
            weights = None
            if keep is not None:
                weights = keep / f"{recipe.name}{f'-{seed}' if seed else ''}.npz"
            if (recipe.name, seed) in done and (weights is None or weights.exists()):
                continue
            try:
                run = train_and_measure(recipe, train, test, seed, weights, progress)
            except KeyboardInterrupt:
                return record | {"interrupted": True}
            run["validated"] = validated.get(recipe.name)
            record = merged([record, record | {"runs": [run]}])
            for file in files:
                write_record(record, file)
            shown = (f"{part} {run[part]['accuracy']:.2%}" for part in PARTS if run[part])
            say(f"{recipe.name}, seed {seed}: {', '.join(shown)}, {run['seconds']:.1f} s")
    return record


def divide(recipe, train, test, seed):
    """(train, valid or None): the rows to learn from.

    A protocol with a split keeps it everywhere. Our ladder learns from all rows where a test
    part can judge it, and holds a tenth out where there is none (Kaggle).
    """
    if recipe.valid_share is None and test.y is not None:
        return train, None
    return recipe.split(train, seed)


def train_and_measure(recipe, train, test, seed, weights=None, progress=False):
    """One training as a dict for the record; the test part is read once, at the end."""
    date = datetime.datetime.now(datetime.UTC).isoformat(timespec="minutes")
    part, valid = divide(recipe, train, test, seed)
    run = recipes.run(recipe, part, valid, seed=seed, progress=progress)
    if weights is not None:
        checkpoint.save(run.network, weights)
    judged = {"train": part, "valid": valid, "test": None if test.y is None else test}
    measured = {
        name: None
        if digits is None
        else dict(zip(("loss", "accuracy"), evaluate(run.network, digits)))
        for name, digits in judged.items()
    }
    if recipe.shifted:
        measured["shifted"] = {
            name: None if judged[name] is None else _shifted(run.network, judged[name])
            for name in ("valid", "test")
        }
    wanted = [int(name.removeprefix("loss ")) for name in recipe.targets if "loss" in name]
    losses = {
        f"loss {epoch.epoch}": epoch.train_loss
        for epoch in run.history
        if epoch.epoch in wanted
    }
    columns = zip(Epoch._fields, zip(*run.history))
    return {
        "recipe": recipe.name,
        "seed": seed,
        "rows": {name: 0 if d is None else len(d.X) for name, d in judged.items()},
        "protocol": recipe.protocol(len(part.X)),
        "epochs": recipe.epochs_for(len(part.X)),
        "batch_size": recipe.batch_size,
        "parameters": int(run.network.theta.size),
        "seconds": run.seconds,
        **measured,
        "losses": losses,
        "history": {name: [_or_none(value) for value in values] for name, values in columns},
        "date": date,
        "machine": machine(),
    }


def _shifted(network, digits):
    """{"loss", "accuracy"} of a network that reads every digit in five shifted copies."""
    P, y = shifted_probabilities(network, digits.X), digits.y
    loss = -np.log(np.maximum(P[np.arange(len(y)), y], np.finfo(P.dtype).tiny)).mean()
    return {"loss": float(loss), "accuracy": float((P.argmax(axis=1) == y).mean())}


def machine():
    """On what, with what: a dict of short strings."""
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_CORETYPE", "DIGITLIB_THREADS")
    settings = [f"{name}={os.environ[name]}" for name in names if name in os.environ]
    from digitlib import __version__

    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.machine()}",
        "versions": f"Python {platform.python_version()}, NumPy {np.__version__} with "
        f"{blas.get('name', 'unknown BLAS')} {blas.get('version', '')}, digitlib {__version__}",
        "settings": ", ".join(settings) or "every library as it chooses",
    }


def write_record(record, path):
    with replacing(path, "w", encoding="utf-8") as file:
        json.dump(record, file, indent=1, allow_nan=False)
        file.write("\n")


def read_record(path):
    """The record in a JSON file; ValueError where it is none, FileNotFoundError."""
    path = path_of(path)
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:  # of which JSON's and UTF-8's errors are kinds
        raise ValueError(f"{path} is damaged, or no record of reproduce's: {error}") from error
    if not isinstance(record, dict) or not {"data", "commands", "runs"} <= record.keys():
        raise ValueError(f"{path} is no record of reproduce's: it has no data, commands, runs")
    needed = {"recipe", "seed", "rows", "epochs", "batch_size", "train", "valid", "test"}
    for run in record["runs"]:
        if not isinstance(run, dict) or not needed <= run.keys():
            raise ValueError(
                f"{path} is damaged: a run in it lacks {', '.join(sorted(needed))}"
            )
    return record


def merged(records):
    """One record made of several about one source, so that all come into one table.

    Where two records have a training of the same recipe and seed, the later record counts.
    Raises ValueError where the sources differ.
    """
    records = list(records)
    sources = dict.fromkeys(record["data"] for record in records)
    if len(sources) != 1:
        raise ValueError(f"records of one source are wanted, these are of {', '.join(sources)}")
    runs = {(run["recipe"], run["seed"]): run for record in records for run in record["runs"]}
    commands = [command for record in records for command in record["commands"]]
    return {
        "data": records[0]["data"],
        "commands": list(dict.fromkeys(commands)),
        "runs": sorted(runs.values(), key=_place),
    }


def _place(run):
    """Where a run stands in the table: by recipe, in the ladder's order, then by seed."""
    names = list(recipes.RECIPES)
    known = run["recipe"] in names
    return (names.index(run["recipe"]) if known else len(names)), run["recipe"], run["seed"]


def _earlier(files, data, resume, force):
    """The record to go on from, or a new one; an error where a file stands in the way."""
    for file in files:
        if not file.parent.is_dir():
            raise FileNotFoundError(f"{file}: there is no folder {file.parent}. Make it first")
    there = [file for file in files if file.exists()]
    if not there or force:
        return {"data": data, "commands": [], "runs": []}
    if not resume:
        raise FileExistsError(
            f"{there[0]} exists. --resume goes on with it, --force begins anew"
        )
    record = read_record(there[0])
    if record["data"] != data:
        raise ValueError(f"{there[0]} is about {record['data']}, not {data}: name another file")
    return record


def _finished(record, chosen, say):
    """{(name, seed)} of the recorded runs that need no training.

    A recipe that was changed after its recorded run is trained again: the old numbers belong
    to another recipe.
    """
    done = set()
    for run in record["runs"]:
        name, seed = run["recipe"], run["seed"]
        if not (difference := _changed(run)):
            done.add((name, seed))
        elif name in [recipe.name for recipe in chosen]:
            say(f"{name}, seed {seed}: the recipe has {difference}; it is trained again")
        else:
            raise ValueError(
                f"{name} has {difference}, as the record says: train it again too (--recipes), "
                "or name another file"
            )
    return done


def _changed(run):
    """What a recorded run and its recipe of today differ in, in words; "" for nothing."""
    now = recipes.find(run["recipe"]).protocol(run["rows"]["train"])
    then = run.get("protocol") or {name: run[name] for name in ("epochs", "batch_size")}
    return ", ".join(
        f"{name} = {now[name]}, not {value}"
        for name, value in then.items()
        if now[name] != value
    )


def _validated(record, chosen, path):
    """{name: [held-out accuracies]} of the chosen recipes, or a ValueError for one without."""
    found = {}
    for recipe in chosen:
        runs = [run for run in record["runs"] if run["recipe"] == recipe.name and run["valid"]]
        if not runs:
            raise ValueError(
                f"{path} has no held-out accuracy of {recipe.name}: run `reproduce --hold-out` "
                "first, and keep its record"
            )
        for run in runs:
            if difference := _changed(run):
                raise ValueError(
                    f"{path} is about another {recipe.name}: the recipe now has {difference}. "
                    "Validate it anew before the test part is opened"
                )
        found[recipe.name] = [run["valid"]["accuracy"] for run in runs]
    return found


def _or_none(value):
    return None if isinstance(value, float) and math.isnan(value) else value


def _processor():
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.partition(":")[2].strip() for line in lines if "model name" in line)
    except (OSError, StopIteration):  # not Linux, or a processor that has no name there
        return platform.processor() or "unknown processor"
