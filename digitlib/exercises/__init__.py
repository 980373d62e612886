"""The tools that answer a reader: is it right, and if not, which mistake is it?

`check` judges an exercise, `hint` and `solution` help with it, `guess` and `reveal` frame a
prediction, `same_as` compares a slow form with the library's, `hold` keeps a measured
number in its band when we test, `progress` says what is done. Each chapter's exercises stand in
chNN.py.
"""

from digitlib.exercises.engine import check, hint, solution
from digitlib.exercises.notebook import expect, guess, hold, reveal, same_as
from digitlib.exercises.state import progress

__all__ = [
    "check",
    "expect",
    "guess",
    "hint",
    "hold",
    "progress",
    "reveal",
    "same_as",
    "solution",
]
