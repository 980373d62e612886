"""Calls a reader's function so that nothing it does can stop the notebook."""

import copy
import ctypes
import inspect
import linecache
import threading
import warnings
from dataclasses import dataclass

import numpy as np

SECONDS = 2.0


class TimeUp(BaseException):
    """Raised inside a function that has run for too long."""


@dataclass(frozen=True)
class Outcome:
    """What one call did: a value, or an error, or neither within the time."""

    value: object = None
    error: BaseException | None = None
    changed: tuple = ()  # the positions of the arguments that it changed
    timed_out: bool = False


def call(function, arguments, seconds=SECONDS):
    """The Outcome of function(*arguments), on copies of the arguments.

    The call runs in a thread of its own. After `seconds` an exception is raised inside it,
    which ends any loop in Python, on Windows too; a thread that still does not end is left
    behind as a daemon. Floating-point warnings are silent: the values speak for themselves.
    """
    given = copy.deepcopy(arguments)
    answer = []

    def target():
        try:
            with np.errstate(all="ignore"):
                answer.append((function(*given), None))
        except BaseException as error:
            answer.append((None, error))

    thread = threading.Thread(target=target, daemon=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        thread.start()
        thread.join(seconds)
        for _ in range(5):  # a bare `except` in a loop may swallow the first
            if not thread.is_alive():
                break
            ctypes.pythonapi.PyThreadState_SetAsyncExc(
                ctypes.c_ulong(thread.ident), ctypes.py_object(TimeUp)
            )
            thread.join(0.1)
    if thread.is_alive() or not answer or isinstance(answer[0][1], TimeUp):
        return Outcome(timed_out=True)
    value, error = answer[0]
    changed = tuple(i for i, (a, b) in enumerate(zip(arguments, given)) if not unchanged(a, b))
    return Outcome(value, error, changed)


def unchanged(before, after):
    """Whether an argument is still what it was; a Generator is meant to move on."""
    if isinstance(before, np.ndarray):
        return before.shape == after.shape and before.tobytes() == after.tobytes()
    if isinstance(before, (list, tuple)):
        return len(before) == len(after) and all(map(unchanged, before, after))
    return isinstance(before, np.random.Generator) or callable(before) or before == after


def is_untouched(function):
    """Whether the body is still `...`: then there is nothing to judge yet."""

    def stub(): ...

    def documented():
        """As `stub`, with a docstring."""

    code = getattr(function, "__code__", None)
    empty = {stub.__code__.co_code, documented.__code__.co_code}
    if code is None or code.co_code not in empty:
        return False
    return set(code.co_consts) <= {None, function.__doc__}  # `return 7` has the same bytes


def where(error, function):
    """ ", in the line `…`" of the reader's function that raised, or nothing."""
    try:
        own = inspect.unwrap(function).__code__.co_filename
    except AttributeError:
        return ""
    text, trace = "", error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == own:
            text = linecache.getline(own, trace.tb_lineno).strip()
        trace = trace.tb_next
    return f", in the line `{text}`" if text else ""
