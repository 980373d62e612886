"""From Kaggle's two files to a submission in one command: `submit`, and `validate`.

A tenth of train.csv, every class with its share, is held out. The networks that are measured
on it are the very networks that predict test.csv: none is trained again on all rows. That
gives away a tenth of the digits, and the interval that is printed is about what is handed in.
With several splits each holds another tenth out, so that more digits measure and the networks
together learn from all rows. MNIST is never read: Kaggle's test rows are among its digits
(notebook 15).
"""

import contextlib
import datetime
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

from digitlib import recipes
from digitlib.data import split
from digitlib.data.files import path_of
from digitlib.data.readers import read_labelled_csv, read_unlabelled_csv
from digitlib.data.submission import check_submission, one_sided, write_submission
from digitlib.metrics import prediction_interval
from digitlib.progress import progress_bar
from digitlib.recipes.model import CARD, Model, temperature_of
from digitlib.recipes.outputs import check_output, check_writable
from digitlib.recipes.records import machine
from digitlib.recipes.trainings import Trained, Work, at_a_time, trainings

__all__ = ["PLANS", "Submission", "submit", "validate"]

FEWEST = 100  # rows of TRAIN.csv: below that a tenth of them says nothing


class Plan(NamedTuple):
    """What `submit` trains: networks of one recipe on each of several splits."""

    recipe: str
    seeds: int = 1
    splits: int = 1
    shifted: bool = False


PLANS = {"best": Plan("cnn-best", seeds=2, splits=3, shifted=True)}


class Submission(NamedTuple):
    """What was handed in, and what it should be worth.

    path                the file
    accuracies          of each network on the digits held out of its split, floats
    accuracy, low, high of each split's ensemble on those digits, all splits together, with
                        the 95 % interval for a score on as many new digits as were predicted
    held_out            how many digits were held out, in all splits together
    model               what can be kept: a `Model`
    interrupted         True where Ctrl-C ended the training before its time
    """

    path: Path
    accuracies: tuple
    accuracy: float
    low: float
    high: float
    held_out: int
    model: Model
    interrupted: bool


def submit(
    train_csv,
    test_csv,
    output,
    recipe="mlp-best",
    seeds=None,
    force=False,
    say=print,
    *,
    splits=None,
    shifted=None,
    keep=None,
    partial=False,
    progress=True,
    jobs=1,
):
    """Train, measure, predict and write; returns a `Submission`.

    train_csv, test_csv  the competition's files; output: the file to write, never over another
                         one unless `force`
    recipe               a name in `recipes.RECIPES`, or "best": see PLANS
    seeds                so many networks on each split, with seeds counted from 0; the mean of
                         their probabilities decides (1)
    say                  called with each line of the report; progress bars go to stderr
    splits               so many times another tenth is held out (1)
    shifted              True: networks read five shifted copies of each digit (False)
    keep                 a folder for the trained networks, which `digitlib predict` reads
    partial              True: Ctrl-C ends the training, and what was trained so far decides;
                         of a first network that is its best epoch
    jobs                 so many networks at a time, each in a process of its own, the threads
                         shared out among them; None: as many as there are threads. The
                         networks are the same. A script that asks for more than one keeps its
                         own calls under `if __name__ == "__main__":`, as such processes read it

    Everything that can be wrong is found before the training: ValueError for bad files or an
    unknown recipe, OSError where a file is missing or the output cannot be written.
    """
    plan = PLANS.get(recipe) or Plan(recipes.find(recipe).name)
    given = {"seeds": seeds, "splits": splits, "shifted": shifted}
    plan = plan._replace(**{name: value for name, value in given.items() if value is not None})
    if plan.seeds < 1 or not 1 <= plan.splits <= 9:
        raise ValueError(
            f"{plan.seeds} seeds and {plan.splits} splits: at least one of each, and at most 9 "
            "splits, of which each holds another tenth out"
        )
    jobs = at_a_time(jobs, plan.seeds * plan.splits)
    train_csv, test_csv = path_of(train_csv), path_of(test_csv)
    output = check_output(output, [train_csv, test_csv], force)
    keep = None if keep is None else _check_keep(path_of(keep), force)
    labelled, test = _read(train_csv, test_csv)
    rest, held = _tenths(labelled, plan.splits, train_csv)
    learned = len(labelled.y) - len(held[0].y)
    say(
        f"{train_csv}: {learned} digits to learn from, {len(held[0].y)} held out"
        + (f", {plan.splits} times others" if plan.splits > 1 else "")
    )
    del labelled
    say(f"{test_csv}: {len(test.X)} digits to read")

    began = time.perf_counter()
    trained, interrupted = _trained(plan, rest, held, say, partial, progress, jobs)
    networks = [_network(recipes.find(plan.recipe), one.weights) for one in trained]
    fold_of = [one.number // plan.seeds for one in trained]
    accuracies = [_accuracy(one.P, held[fold].y) for one, fold in zip(trained, fold_of)]
    folds = sorted(set(fold_of))
    P = [
        np.mean([one.P for one, of in zip(trained, fold_of) if of == fold], axis=0)
        for fold in folds
    ]
    P, y = np.concatenate(P), np.concatenate([held[fold].y for fold in folds])
    right = int((P.argmax(axis=1) == y).sum())
    accuracy = right / len(y)
    low, high = prediction_interval(right, len(y), len(test.X))
    if len(trained) > 1:
        say(f"all {len(trained)} together: {_right(accuracy, y)}")
    say(
        f"What the leaderboard should show: {accuracy:.2%}, 95 % interval {low:.2%} to "
        f"{high:.2%} ({len(y)} digits held out, {len(test.X)} new ones)"
    )
    about = {
        "recipe": plan.recipe,
        "seeds": plan.seeds,
        "splits": plan.splits,
        "networks": len(networks),
        "jobs": jobs,
        "interrupted": interrupted,
        "protocol": recipes.find(plan.recipe).protocol(learned),
        "rows": {"train": learned, "held_out": len(y), "test": len(test.X)},
        "accuracy": accuracy,
        "interval": [low, high],
        "accuracies": accuracies,
        "seconds": time.perf_counter() - began,
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="minutes"),
        "machine": machine(),
    }
    model = Model(networks, plan.shifted, temperature_of(P, y), about)
    try:
        answers = model.predict(test.X)
        written = output if force or not output.exists() else _free_name(output)
        if written != output:
            say(f"{output} has appeared meanwhile and is left alone")
        write_submission(written, answers)
        say(f"{written}: {len(test.X)} rows, checked")
        if doubt := one_sided(answers):
            say(f"warning: {doubt}")
    finally:  # a full disk loses the one or the other, not both; Ctrl-C not what was trained
        if keep is not None:
            model.save(keep)
            say(f"{keep}: the model, for `digitlib predict {keep} FILE…`")
    return Submission(
        written, tuple(accuracies), accuracy, low, high, len(y), model, interrupted
    )


def _trained(plan, rest, held, say, partial, progress, jobs):
    """([Trained], in the order of their numbers; whether Ctrl-C ended it)."""
    recipe, trained, total = recipes.find(plan.recipe), [], plan.seeds * plan.splits
    work = Work(recipe.name, rest, held, plan.seeds, plan.shifted, partial)
    epochs = recipe.epochs_for(len(rest.y) + sum(len(other.y) for other in held[1:]))
    ran, best = [0] * total, None  # best: the weights of the first network's best epoch
    show = None

    def watch(number, epoch, weights):
        nonlocal best
        ran[number] = epoch.epoch
        show(epoch._replace(epoch=sum(ran)))
        if weights is not None:
            best = weights

    try:
        with contextlib.closing(trainings(work, total, jobs, watch)) as finished:
            for done in range(total):
                desc = f"{recipe.name}, {done} of {total} trained"
                with progress_bar(
                    progress, total * epochs, sum(ran), desc=desc, leave=False
                ) as show:
                    one = next(finished)
                trained.append(one)
                said = _right(_accuracy(one.P, held[one.number // plan.seeds].y), one.P)
                say(f"{recipe.name}, seed {one.number}: {said}, {one.seconds:.0f} s")
    except KeyboardInterrupt:
        if not partial or not (trained or best):
            raise
        say(f"interrupted with {len(trained)} of {total} networks trained: these decide")
        if not trained:
            P = Model([_network(recipe, best)], plan.shifted).raw(held[0].X)
            said = _right(_accuracy(P, held[0].y), P)
            say(f"{recipe.name}, seed 0, after its best epoch, which they chose: {said}")
            trained.append(Trained(0, best, P, 0.0))
        return _in_order(trained), True
    return _in_order(trained), False


def _in_order(trained):
    """By number, so that the mean of their probabilities is the same with any `jobs`."""
    return sorted(trained, key=lambda one: one.number)


def _network(recipe, weights):
    network = recipes.fresh(recipe)
    network.restore(weights)
    return network


def _accuracy(P, y):
    return float((P.argmax(axis=1) == y).mean())


def validate(path, test_csv=None, say=print):
    """Raise ValueError for the first thing wrong with a submission, or say what is in it.

    test_csv: the file whose rows were predicted; without it 28,000 rows are expected.
    """
    rows = 28_000
    if test_csv is not None:
        rows = len(read_unlabelled_csv(test_csv).X)
    labels = check_submission(path, rows)
    say(f"{path}: in order, {rows} rows, ids 1 to {rows}")
    counts = np.bincount(labels, minlength=10)
    say("digit " + "".join(f"{digit:>7}" for digit in range(10)))
    say("rows  " + "".join(f"{count:>7}" for count in counts))
    if doubt := one_sided(labels):
        say(f"warning: {doubt}")


def _check_keep(folder, force):
    if folder.exists() and not folder.is_dir():
        raise FileExistsError(f"{folder} is a file, where a folder for the model was expected")
    if (folder / CARD).exists() and not force:
        raise FileExistsError(f"{folder} holds a model. --force replaces it")
    if not folder.parent.is_dir():
        raise FileNotFoundError(f"{folder}: there is no folder {folder.parent}. Make it first")
    check_writable(folder if folder.exists() else folder.parent, folder)
    return folder


def _read(train_csv, test_csv):
    """(labelled digits, unlabelled ones) of the two files."""
    try:
        labelled = read_labelled_csv(train_csv)
    except ValueError:
        if _exchanged(train_csv, test_csv):
            raise ValueError(
                f"{train_csv} has no labels and {test_csv} has them: are the two files "
                "exchanged?"
            ) from None
        raise
    if len(labelled.y) < FEWEST:
        raise ValueError(
            f"{train_csv}: {len(labelled.y)} rows, of which a tenth is held out: too few to"
            f" measure anything. At least {FEWEST} are needed; the competition's file has 42000"
        )
    return labelled, read_unlabelled_csv(test_csv)


def _exchanged(train_csv, test_csv):
    try:
        read_unlabelled_csv(train_csv)
        read_labelled_csv(test_csv)
    except (ValueError, OSError):
        return False
    return True


def _tenths(digits, splits, path):
    """(the rest, [a tenth of the digits for each split]), every class with its share."""
    rng, rest, held = np.random.default_rng(0), digits, []
    try:
        for _ in range(splits):
            rest, valid = split(rest, len(digits.y) // 10, rng)
            held.append(valid)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    return rest, held


def _right(share, y):
    return f"{share:.2%} of {len(y)} held-out digits right"


def _free_name(path):
    """The first of submission-2.csv, submission-3.csv, … that does not exist."""
    number = 2
    while (free := path.with_stem(f"{path.stem}-{number}")).exists():
        number += 1
    return free
