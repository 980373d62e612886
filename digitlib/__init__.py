"""Digits from scratch: the functions that the notebooks derive, in NumPy alone.

`import digitlib` loads NumPy and nothing else. What draws, trains named networks or checks
exercises is imported by name: `digitlib.plots`, `digitlib.recipes`, `digitlib.exercises`.
"""

from digitlib import classic, formulas, gradcheck, metrics
from digitlib.classic import *  # noqa: F403
from digitlib.data import (
    Digits,
    augment,
    batches,
    check_submission,
    load,
    read_idx,
    read_labelled_csv,
    read_unlabelled_csv,
    split,
    write_submission,
)
from digitlib.formulas import *  # noqa: F403
from digitlib.gradcheck import *  # noqa: F403
from digitlib.metrics import *  # noqa: F403
from digitlib.net import init, layers, optim, schedules
from digitlib.net.checkpoint import load_network, load_weights, save
from digitlib.net.layers import *  # noqa: F403
from digitlib.net.network import Network, check_gradients
from digitlib.net.optim import *  # noqa: F403
from digitlib.net.training import Epoch, evaluate, fit, train

__version__ = "0.1.0"
__all__ = ["Digits", "batches", "load", "read_idx", "read_labelled_csv", "read_unlabelled_csv"]
__all__ += ["Network", "check_gradients", "load_weights", "save", "split", "write_submission"]
__all__ += ["Epoch", "augment", "evaluate", "fit", "init", "schedules", "train"]
__all__ += ["check_submission", "load_network"]
for module in (formulas, classic, gradcheck, metrics, layers, optim):
    __all__ += module.__all__
del module
