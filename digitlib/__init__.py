"""Digits from scratch: the functions that the notebooks derive, in NumPy alone.

`import digitlib` loads NumPy and nothing else. What draws, downloads or checks exercises is
imported by name: `digitlib.plots`, `digitlib.exercises`.
"""

from digitlib import (
    augment,
    classic,
    confidence,
    functional,
    gradcheck,
    init,
    layers,
    metrics,
    optim,
    schedules,
)
from digitlib.checkpoint import load_weights, save
from digitlib.classic import *  # noqa: F403
from digitlib.confidence import *  # noqa: F403
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
from digitlib.layers import *  # noqa: F403
from digitlib.metrics import *  # noqa: F403
from digitlib.network import Network, check_gradients
from digitlib.optim import *  # noqa: F403
from digitlib.submission import check_submission, write_submission
from digitlib.train import Epoch, evaluate, fit, train

__version__ = "0.1.0"
__all__ = ["Digits", "batches", "load", "read_idx", "read_labelled_csv", "read_unlabelled_csv"]
__all__ += ["Network", "check_gradients", "load_weights", "save", "split", "write_submission"]
__all__ += ["Epoch", "augment", "evaluate", "fit", "init", "schedules", "train"]
__all__ += ["check_submission"]
for module in (functional, classic, confidence, gradcheck, metrics, layers, optim):
    __all__ += module.__all__
del module
