"""The tools that answer a reader: is it right, and if not, which mistake is it?

`check` judges an exercise or a wall of lines, `hint` and `solution` help with it, `guess` and
`reveal` frame a prediction, `guesses` lists them, `same_as` compares a slow form with the
library's, `hold` keeps a measured number in its band when we test, `progress` says what is
done, `set_up` prepares a kernel, `have` asks for packages that a single cell needs. Each
chapter's exercises stand in chNN.py; model.py tells how to add one.
"""

from digitlib.exercises.engine import check, hint, solution
from digitlib.exercises.installing import have, set_up
from digitlib.exercises.notebook import hold, keep, kept, same_as
from digitlib.exercises.predictions import guess, guesses, reveal
from digitlib.exercises.state import progress

__all__ = [
    "check",
    "guess",
    "guesses",
    "have",
    "hint",
    "hold",
    "keep",
    "kept",
    "progress",
    "reveal",
    "same_as",
    "set_up",
    "solution",
]
