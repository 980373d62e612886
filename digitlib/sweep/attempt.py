"""One run, wherever it happens: what f returned, or how it failed, and how long it took."""

import time
from collections.abc import Mapping

import numpy as np

from digitlib.sweep.plan import OURS, plain

__all__ = ["attempt"]


def attempt(f, run, floating_point=None):
    """(results, seconds, error): a dict of plain values, a float, and "" or one line of text.

    floating_point: the caller's `np.geterr()`, so that a run does the same in another process.
    Every Exception becomes a text; KeyboardInterrupt and SystemExit do not, nor does the death
    of the process.
    """
    began = time.perf_counter()
    try:
        with np.errstate(**(floating_point or {})):
            results, error = _checked(f(run.seed, **run.settings), run), ""
    except Exception as failure:  # whatever it is, the other runs go on
        text = " ".join(str(failure).split())
        results, error = {}, f"{type(failure).__name__}: {text}".removesuffix(": ")
    return results, time.perf_counter() - began, error


def _checked(results, run):
    if not isinstance(results, Mapping):
        raise TypeError(f"f returned {type(results).__name__}; a sweep wants a dict of numbers")
    for name in results:
        if not isinstance(name, str) or name in OURS or name in run.settings:
            raise ValueError(f"f returned {name!r}, which is the name of another column")
    return {name: plain(value, name) for name, value in results.items()}
