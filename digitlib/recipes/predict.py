"""What a kept model reads in files of digits: `digitlib predict`."""

import numpy as np

from digitlib.data.submission import write_submission
from digitlib.metrics import wilson_interval
from digitlib.recipes.model import load_model
from digitlib.recipes.outputs import check_output
from digitlib.recipes.pictures import read_any

__all__ = ["predict"]

SURE = 0.9  # below it the second answer is shown as well


def predict(model, paths, submission=None, force=False, say=print):
    """Print what the model reads in each file; returns the answers, (N,) integers.

    model        a folder of `submit --keep`, or a file of `digitlib.save`
    paths        CSV, IDX or pictures; see `digitlib.read_digits`
    submission   a file to write for Kaggle, with the answers in this order; never over
                 another one unless `force`
    say          called with each line

    Where a file has labels, the last line about it is the share that was read right. Every
    file is read before the first line is printed. Raises ValueError or OSError that names the
    file.
    """
    if submission is not None:
        submission = check_output(submission, paths, force)
    model = load_model(model)
    answers = []
    for path, (digits, is_picture) in [(path, read_any(path)) for path in paths]:
        P = model.predict_proba(digits.X)
        answers.append(P.argmax(axis=1))
        for row, p in enumerate(P, start=1):
            say(f"{path}: {_words(p)}" if is_picture else f"{path}, row {row}: {_words(p)}")
        if digits.y is not None:
            right, n = int((answers[-1] == digits.y).sum()), len(digits.y)
            low, high = wilson_interval(right, n)
            say(
                f"{path}: {right} of {n} read right, {right / n:.2%}, 95 % interval {low:.2%} "
                f"to {high:.2%}"
            )
    answers = np.concatenate(answers)
    if submission is not None:
        write_submission(submission, answers)
        say(f"{submission}: {len(answers)} rows, checked")
    return answers


def _words(p):
    """'7, 98.2 %', and the second answer where the first is not sure."""
    first, second = np.argsort(-p, kind="stable")[:2]
    words = f"{first}, {p[first]:.1%}"
    return words if p[first] >= SURE else f"{words} (or {second}, {p[second]:.1%})"
