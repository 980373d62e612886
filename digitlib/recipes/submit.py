"""From Kaggle's two files to a submission in one command: `submit`, and `validate`.

A tenth of train.csv, every class with its share, is held out. The networks that are measured
on it are the very networks that predict test.csv: none is trained again on all rows. That
gives away a tenth of the digits, and the interval that is printed is about what is handed in.
MNIST is never read: Kaggle's test rows are among its digits (notebook 15).
"""

import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

from digitlib import recipes
from digitlib.data import split
from digitlib.data.readers import read_labelled_csv, read_unlabelled_csv
from digitlib.data.submission import check_submission, one_sided, write_submission
from digitlib.metrics import accuracy, wilson_interval

__all__ = ["Submission", "submit", "validate"]

FEWEST = 100  # rows of TRAIN.csv: below that a tenth of them says nothing


class Submission(NamedTuple):
    """What was handed in, and what it should be worth.

    path                the file
    accuracies          of each seed's network on the digits held out, (seeds,) floats
    accuracy, low, high of their ensemble, with its 95 % Wilson interval
    held_out            how many digits were held out
    """

    path: Path
    accuracies: tuple
    accuracy: float
    low: float
    high: float
    held_out: int


def submit(train_csv, test_csv, output, recipe="mlp-best", seeds=1, force=False, say=print):
    """Train, measure, predict and write; returns a `Submission`.

    train_csv, test_csv  the competition's files; output: the file to write, never over another
                         one unless `force`
    recipe               a name in `recipes.RECIPES`
    seeds                so many networks, with the seeds 0, 1, 2, …; the mean of their
                         probabilities decides
    say                  called with each line of the report; progress bars go to stderr

    Everything that can be wrong is found before the training: ValueError for bad files or an
    unknown recipe, OSError where a file is missing or the output cannot be written.
    """
    recipe = recipes.find(recipe)
    train_csv, test_csv, output = Path(train_csv), Path(test_csv), Path(output)
    _check_places(train_csv, test_csv, output, force)
    train, valid = _held_out(train_csv)
    test = _read(read_unlabelled_csv, test_csv)
    say(f"{train_csv}: {len(train.y)} digits to learn from, {len(valid.y)} held out")
    say(f"{test_csv}: {len(test.X)} digits to read")

    for_valid, for_test, scores = 0.0, 0.0, []
    for seed in range(seeds):
        began = time.perf_counter()
        network = recipes.run(recipe, train, valid, seed=seed).network
        P = network.predict_proba(valid.X)
        scores.append(accuracy(P.argmax(axis=1), valid.y))
        for_valid, for_test = for_valid + P, for_test + network.predict_proba(test.X)
        seconds = time.perf_counter() - began
        say(f"{recipe.name}, seed {seed}: {_right(scores[-1], valid.y)}, {seconds:.0f} s")
    # A sum decides as a mean does.
    of_all = accuracy(for_valid.argmax(axis=1), valid.y)
    low, high = wilson_interval(round(of_all * len(valid.y)), len(valid.y))
    if seeds > 1:
        say(f"all {seeds} together: {_right(of_all, valid.y)}")
    say(
        f"What the leaderboard should show: {of_all:.2%}, 95 % interval {low:.2%} to {high:.2%}"
        f" (from {len(valid.y)} digits held out)"
    )
    written = output if force or not output.exists() else _free_name(output)
    if written != output:
        say(f"{output} has appeared meanwhile and is left alone")
    write_submission(written, for_test.argmax(axis=1))
    say(f"{written}: {len(test.X)} rows, checked")
    if doubt := one_sided(for_test.argmax(axis=1)):
        say(f"warning: {doubt}")
    return Submission(written, tuple(scores), of_all, low, high, len(valid.y))


def validate(path, test_csv=None, say=print):
    """Raise ValueError for the first thing wrong with a submission, or say what is in it.

    test_csv: the file whose rows were predicted; without it 28,000 rows are expected.
    """
    rows = 28_000 if test_csv is None else len(_read(read_unlabelled_csv, Path(test_csv)).X)
    labels = check_submission(path, rows)
    say(f"{path}: in order, {rows} rows, ids 1 to {rows}")
    say("digit " + "".join(f"{digit:>7}" for digit in range(10)))
    say("rows  " + "".join(f"{count:>7}" for count in np.bincount(labels, minlength=10)))
    if doubt := one_sided(labels):
        say(f"warning: {doubt}")


def _check_places(train_csv, test_csv, output, force):
    """Find out before the training whether the output can be written after it."""
    folder = output.parent
    if not folder.is_dir():
        raise FileNotFoundError(f"{output}: there is no folder {folder}. Make it first")
    if output.is_dir():
        raise IsADirectoryError(f"{output}: a folder. Name a file, as {output}/submission.csv")
    for path in (train_csv, test_csv):
        if output.exists() and path.exists() and output.samefile(path):
            raise ValueError(f"{output}: this is what is read; name another file to write")
    if output.exists() and not force:
        raise FileExistsError(f"{output} exists. --force replaces it, -o names another file")
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise OSError(f"{output}: cannot be written: {error.strerror or error}") from error


def _read(reader, path):
    if not path.is_file():
        raise FileNotFoundError(
            f"{path}: {'a folder' if path.is_dir() else 'there is no such file'}. Kaggle's"
            " Digit Recognizer has train.csv and test.csv; .gz and .zip will do"
        )
    return reader(path)


def _held_out(path):
    """(train, valid): nine tenths and one of the labelled file, the same for every seed."""
    digits = _read(read_labelled_csv, path)
    if len(digits.y) < FEWEST:
        raise ValueError(
            f"{path}: {len(digits.y)} rows, of which a tenth is held out: too few to measure"
            f" anything. At least {FEWEST} are needed; the competition's file has 42000"
        )
    try:
        return split(digits, len(digits.y) // 10, np.random.default_rng(0))
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error


def _right(share, y):
    return f"{share:.2%} of {len(y)} held-out digits right"


def _free_name(path):
    """The first of submission-2.csv, submission-3.csv, … that does not exist."""
    number = 2
    while (free := path.with_stem(f"{path.stem}-{number}")).exists():
        number += 1
    return free
