"""Digits from scratch: the functions that the notebooks derive, in NumPy alone.

`import digitlib` loads NumPy and nothing else. What draws, downloads or checks exercises is
imported by name: `digitlib.plots`, `digitlib.exercises`.
"""

from digitlib import classic, functional, gradcheck, metrics
from digitlib.classic import *  # noqa: F403
from digitlib.data import (
    Digits,
    batches,
    load,
    read_idx,
    read_labelled_csv,
    read_unlabelled_csv,
    split,
)
from digitlib.functional import *  # noqa: F403
from digitlib.gradcheck import *  # noqa: F403
from digitlib.metrics import *  # noqa: F403
from digitlib.submission import write_submission

__version__ = "0.1.0"
__all__ = ["Digits", "batches", "load", "read_idx", "read_labelled_csv", "read_unlabelled_csv"]
__all__ += ["split", "write_submission"]
for module in (functional, classic, gradcheck, metrics):
    __all__ += module.__all__
