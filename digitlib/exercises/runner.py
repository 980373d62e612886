"""Calls a reader's function so that nothing it does can stop the notebook."""

import contextlib
import copy
import ctypes
import inspect
import io
import linecache
import sys
import threading
import warnings
from dataclasses import dataclass

import numpy as np

SECONDS = 2.0
KEPT = 2_000  # characters that are kept of what an answer prints
FLOOD = 100_000  # characters after which it is stopped


class TimeUp(BaseException):
    """Raised inside a function that has run for too long."""


class Flood(BaseException):
    """Raised inside a function that prints without end."""


@dataclass(frozen=True)
class Outcome:
    """What one call did: a value, or an error, or neither within the time."""

    value: object = None
    error: BaseException | None = None
    changed: tuple = ()  # the positions of the arguments that it changed
    timed_out: bool = False
    printed: str = ""
    flooded: bool = False


def call(function, arguments, seconds=SECONDS, strict=False):
    """The Outcome of function(*arguments), on copies of the arguments.

    The call runs in a thread of its own. After `seconds` an exception is raised inside it,
    which ends any loop in Python, on Windows too; a thread that still does not end is left
    behind as a daemon. Floating-point warnings are silent, because the values speak for
    themselves; with `strict` they are errors, which tell where a NaN was made.
    What the function prints is kept, the beginning of it, and does not reach the cell.
    """
    given = copy.deepcopy(arguments)
    answer, heard = [], _Heard()

    def target():
        heard.thread = threading.get_ident()
        try:
            with np.errstate(all="raise" if strict else "ignore", under="ignore"):
                answer.append((function(*given), None))
        except BaseException as error:
            answer.append((None, error))

    thread = threading.Thread(target=target, daemon=True)
    with warnings.catch_warnings(), _listening(heard, thread):
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
    if heard.flooded:
        return Outcome(timed_out=True, printed=heard.text, flooded=True)
    if thread.is_alive() or not answer or isinstance(answer[0][1], TimeUp):
        return Outcome(timed_out=True, printed=heard.text)
    value, error = answer[0]
    changed = tuple(i for i, (a, b) in enumerate(zip(arguments, given)) if not unchanged(a, b))
    return Outcome(value, error, changed, printed=heard.text)


class _Heard:
    """What one thread has printed so far."""

    def __init__(self):
        self.thread, self.text, self.length = None, "", 0

    @property
    def flooded(self):
        return self.length > FLOOD

    def add(self, text):
        self.length += len(text)
        if self.flooded:
            raise Flood
        self.text = (self.text + text)[:KEPT]
        return len(text)


class _Ear(io.TextIOBase):
    """Stands before sys.stdout: keeps what the one thread writes, hands on what others do."""

    def __init__(self, behind, heard):
        self.behind, self.heard = behind, heard

    def write(self, text):
        mine = threading.get_ident() == self.heard.thread
        return self.heard.add(str(text)) if mine else self.behind.write(text)

    def flush(self):
        if threading.get_ident() != self.heard.thread:
            self.behind.flush()

    def __getattr__(self, name):
        return getattr(self.behind, name)


@contextlib.contextmanager
def _listening(heard, thread):
    """Keep what the thread prints. Where it outlives its time, the ear stays before it."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (_Ear(stream, heard) for stream in before)
    try:
        yield
    finally:
        if not thread.is_alive():
            sys.stdout, sys.stderr = before


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
    if code is None:
        return False
    empty = {stub.__code__.co_code, documented.__code__.co_code}
    if code.co_code in empty and set(code.co_consts) <= {None, function.__doc__}:
        return True  # `return 7` has the same bytes
    waiting = {(lambda: ...).__code__.co_code, _returns_ellipsis.__code__.co_code}
    return code.co_code in waiting and set(code.co_consts) <= {None, ..., function.__doc__}


def _returns_ellipsis():
    return ...


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
    if len(text) > 48:  # a message has four lines in all
        text = text[:45].rstrip() + "…"
    return f", in the line `{text}`" if text else ""
