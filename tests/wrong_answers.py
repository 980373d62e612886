"""Whole files of answers to the exercises, each with what its writer says is wrong with it.

A file of tests/answers holds lines like these:

    wrong("04.tanh_backward", "the square is missing", lambda dA, A: dA * (1 - A))

    @wrong("04.most_confused", "counts what was read right")
    def _(C): ...

    right("04.tanh_backward", "by factors", lambda dA, A: dA * (1 - A) * (1 + A))

`tools/grade.py` reads such files and says what the check says to each answer; the tests see
that no wrong answer passes, that no right one is refused, and that most mistakes are named.
"""

import runpy
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "answers"


@dataclass(frozen=True)
class Given:
    """One answer: to which exercise, what its writer says of it, and whether it is right."""

    exercise: str
    mistake: str
    answer: object
    is_right: bool


_given = []


def _collect(exercise, mistake, answer, is_right):
    def keep(function):
        _given.append(Given(exercise, mistake, function, is_right))
        return function

    return keep if answer is _collect else keep(answer)


def wrong(exercise, mistake, answer=_collect):
    """A wrong answer and its writer's own statement of the mistake; a decorator without one."""
    return _collect(exercise, mistake, answer, False)


def right(exercise, style, answer=_collect):
    """A right answer in another style than the stored ones."""
    return _collect(exercise, style, answer, True)


def answers(path):
    """All answers of a file, or of the .py files of a folder, in order."""
    path = Path(path)
    files = sorted(path.glob("*.py")) if path.is_dir() else [path]
    found = []
    for file in files:
        _given.clear()
        runpy.run_path(str(file))
        found += _given
    _given.clear()
    return found
