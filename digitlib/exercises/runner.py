"""Calls a reader's function so that nothing it does can stop the notebook."""

import contextlib
import contextvars
import copy
import ctypes
import inspect
import io
import linecache
import sys
import threading
import time
import warnings
from dataclasses import dataclass

import numpy as np

SECONDS = 2.0
PATIENT = 10  # times as long, where other programs keep the cores busy
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
    """The Outcome of function(*arguments), on copies of the arguments: see `calls`."""
    return calls(function, [arguments], seconds, strict)[0]


def calls(function, cases, seconds=SECONDS, strict=False):
    """The Outcomes of function(*arguments) for all cases, up to one in which it hangs.

    The calls run in another thread, on copies of the arguments. Where one has taken `seconds`,
    an exception is raised inside it, which ends any loop in Python, on Windows too; a thread
    that still does not end is left behind as a daemon. `starved` says when it gets longer.
    Floating-point warnings are silent, because the values speak for themselves; with `strict`
    they are errors, which tell where a NaN was made.
    What the function prints is kept, the beginning of it, and does not reach the cell.
    """
    given = [copy.deepcopy(arguments) for arguments in cases]
    heard, ended, begun = _Heard(), [], [(time.monotonic(), 0.0)]

    def work():
        heard.thread = threading.get_ident()
        for arguments in given:
            value = error = None
            begun[0] = time.monotonic(), time.thread_time()
            try:
                with np.errstate(all="raise" if strict else "ignore", under="ignore"):
                    value = function(*arguments)
            except BaseException as raised:
                error = raised
            ended.append((value, error, heard.text, heard.flooded))
            if heard.flooded or isinstance(error, TimeUp) or worker.is_stopped:
                break
            heard.text, heard.length = "", 0
        heard.thread = None  # an ear that outlives this thread must not hear its successor

    with warnings.catch_warnings(), _lent() as worker, _listening(heard, worker):
        warnings.simplefilter("ignore")
        worker.begin(work)
        left = seconds
        while not worker.ends(left):
            wall, processor = begun[0]
            waited = time.monotonic() - wall
            left = seconds - waited
            if left <= 0:
                if not starved(worker.processor_time() - processor, waited, seconds):
                    worker.stop()
                    break
                left = seconds / 10
    outcomes = []
    for before, after, (value, error, text, flooded) in zip(cases, given, ended.copy()):
        if flooded or isinstance(error, TimeUp):
            outcomes.append(Outcome(timed_out=True, printed=text, flooded=flooded))
            break
        pairs = enumerate(zip(before, after))
        changed = tuple(i for i, (a, b) in pairs if not unchanged(a, b))
        outcomes.append(Outcome(value, error, changed, printed=text))
    else:
        if len(outcomes) < len(cases):
            hung = Outcome(timed_out=True, printed=heard.text, flooded=heard.flooded)
            outcomes.append(hung)
    return outcomes


def starved(used, waited, seconds):
    """Whether work that should take `seconds` has had too little of a processor to be judged.

    used: seconds of a processor that it had in the `waited` seconds since it began. One that
    hangs in a loop has had all of them, one that sleeps next to none. On a machine with much
    else to do it is something between, and then it may take up to PATIENT times as long.
    """
    return waited < PATIENT * seconds and waited / 50 < used < seconds / 2


IDLE = 1.0  # seconds after which a thread without work ends
_idle = []  # the workers that wait for work


class _Worker:
    """A thread that runs one call after another: a check makes hundreds, and to start a thread
    costs twenty times as much as to wake one.

    It is used again only while nothing was ever raised inside it from outside.
    """

    def __init__(self):
        self.go, self.done = threading.Lock(), threading.Lock()
        self.go.acquire()
        self.done.acquire()
        self.is_busy, self.is_stopped, self.work = False, False, None
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def begin(self, work):
        self.is_busy, self.work = True, work
        self.go.release()

    def ends(self, seconds):
        """Whether the work is done within that time."""
        return self.done.acquire(timeout=seconds)

    def processor_time(self):
        """Seconds of a processor that the thread has had; infinite where nobody can tell."""
        try:
            return time.clock_gettime(time.pthread_getcpuclockid(self.thread.ident))
        except (AttributeError, OSError):  # not on Windows and macOS
            return float("inf")

    def stop(self):
        """Raise TimeUp in the work until it ends: a bare `except` may swallow the first."""
        self.is_stopped = True
        for _ in range(5):
            ctypes.pythonapi.PyThreadState_SetAsyncExc(
                ctypes.c_ulong(self.thread.ident), ctypes.py_object(TimeUp)
            )
            if self.ends(0.1):
                break

    def _run(self):
        with contextlib.suppress(TimeUp):  # one that came when the work had just ended
            while not self.is_stopped:
                if not self.go.acquire(timeout=IDLE):
                    try:
                        _idle.remove(self)
                    except ValueError:  # lent at this moment
                        continue
                    return
                try:
                    contextvars.Context().run(self.work)
                finally:
                    self.work, self.is_busy = None, False
                    self.done.release()


@contextlib.contextmanager
def _lent():
    """A worker that nobody else has: an answer may call `check`, and two threads may."""
    try:
        worker = _idle.pop()
    except IndexError:
        worker = _Worker()
    else:
        if not worker.thread.is_alive():  # this process was forked from the one that has it
            worker = _Worker()
    try:
        yield worker
    except BaseException:  # Ctrl-C
        worker.is_stopped = True
        raise
    if not worker.is_stopped:
        _idle.append(worker)


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

    def close(self):
        """Nothing: Python closes what it throws away, and the stream behind may be gone."""

    def __getattr__(self, name):
        return getattr(self.behind, name)


@contextlib.contextmanager
def _listening(heard, worker):
    """Keep what the worker prints. Where it outlives its time, the ear stays before it."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (_Ear(stream, heard) for stream in before)
    try:
        yield
    finally:
        if not worker.is_busy:
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
