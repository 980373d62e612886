"""Digits from scratch: the functions that the notebooks derive, in NumPy alone.

`import digitlib` loads NumPy and nothing else. What draws, downloads or checks exercises is
imported by name: `digitlib.plots`, `digitlib.exercises`.
"""

from digitlib import classic, functional, gradcheck, metrics
from digitlib.classic import *  # noqa: F403
from digitlib.functional import *  # noqa: F403
from digitlib.gradcheck import *  # noqa: F403
from digitlib.metrics import *  # noqa: F403

__version__ = "0.1.0"
__all__ = [*functional.__all__, *classic.__all__, *gradcheck.__all__, *metrics.__all__]
