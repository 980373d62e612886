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

from digitlib.exercises.runner import SECONDS, starved

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
    began, before, left = time.monotonic(), 0.0, seconds
    while True:
        ready, _, _ = select.select([reader], [], [], left)
        waited = time.monotonic() - began
        left = seconds - waited
        if ready:
            if not os.read(reader, 4096):  # the child has left
                os.waitpid(child, 0)
                return False
            began, before, left = time.monotonic(), _processor_time(child), seconds
        elif left <= 0:
            if not starved(_processor_time(child) - before, waited, seconds):
                break
            left = seconds / 10
    working = _is_working(child)
    os.kill(child, signal.SIGKILL)
    used = os.wait4(child, 0)[2]
    # One that slept was caught in a lock that some other thread held when it was forked.
    return working or used.ru_utime + used.ru_stime > seconds / 4


def _is_working(child):
    """Whether Linux says that the process runs or would run; False where nobody can tell."""
    return _stat(child)[:1] == ["R"]


def _processor_time(child):
    """Seconds of a processor that the child has had; infinite where nobody can tell."""
    try:
        user, system = _stat(child)[11:13]
    except ValueError:
        return float("inf")
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _stat(child):
    """What Linux tells of a process, from its state on; elsewhere an empty list."""
    try:
        return Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
