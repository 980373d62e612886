"""Answers that may hold the interpreter for ever are tried in a process of their own first.

An exception can be raised in a thread that runs a Python loop, but not in one that sits in a
loop of C, such as `sum(range(10**12))`: it never gives the interpreter back, and the kernel
would be lost. Where an answer contains the makings of such a loop, a forked child runs it
first. A child that has worked for too long is killed, and the answer is never called here.
Where there is no fork, on Windows, such an answer is called as any other.
"""

import copy
import os
import select
import signal
import time
import warnings
from pathlib import Path

import numpy as np

from digitlib.exercises.runner import SECONDS

ENDLESS = {"range", "count", "cycle", "repeat", "product", "permutations", "combinations"}
EATERS = {"sum", "max", "min", "any", "all", "sorted", "list", "tuple", "set", "deque", "len"}
EATERS |= {"frozenset", "dict", "Counter", "join", "fsum", "prod"}
HUGE = 1_000_000


def outlasts(function, cases, seconds=SECONDS):
    """Whether a child that ran the function on the cases had to be killed at its work."""
    if not hasattr(os, "fork") or not may_hold(getattr(function, "__code__", None)):
        return False
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a process with threads is forked is meant
        child = os.fork()
    if child == 0:
        _run_and_leave(function, cases, writer)
    os.close(writer)
    try:
        busy = _watch(child, reader, seconds)
    finally:
        os.close(reader)
    return busy


def may_hold(code):
    """Whether a function has what a loop in C without an end is made of."""
    if code is None:
        return False
    names, numbers = set(code.co_names), list(code.co_consts)
    if names & ENDLESS and names & EATERS:
        return True
    if "factorial" in names or any(isinstance(n, int) and abs(n) >= HUGE for n in numbers):
        return True
    return any(may_hold(inner) for inner in numbers if hasattr(inner, "co_names"))


def _run_and_leave(function, cases, writer):
    """In the child: one byte for each case that has come to an end, then leave at once."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        for case in cases:
            try:
                with np.errstate(all="ignore"):
                    function(*copy.deepcopy(case))
            except BaseException:  # what it raises is looked at later, in the kernel
                pass
            os.write(writer, b".")
    finally:
        os._exit(0)


def _watch(child, reader, seconds):
    """Wait for the child; True where it had to be killed and was busy all the time."""
    deadline = time.monotonic() + seconds
    while True:
        ready, _, _ = select.select([reader], [], [], max(deadline - time.monotonic(), 0))
        if not ready:
            break
        if not os.read(reader, 4096):  # the child has left
            os.waitpid(child, 0)
            return False
        deadline = time.monotonic() + seconds
    working = _is_working(child)
    os.kill(child, signal.SIGKILL)
    used = os.wait4(child, 0)[2]
    # One that slept was caught in a lock that some other thread held when it was forked.
    return working or used.ru_utime + used.ru_stime > seconds / 4


def _is_working(child):
    """Whether Linux says that the process runs or would run; False where nobody can tell."""
    try:
        state = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return state == "R"
