"""The trainings of a submission: one after the other, or several side by side.

The threads of one training wait for each other at every layer; trainings in processes of their
own wait for nothing, and two cores train two networks in two thirds of the time that they need
for one after the other. The numbers are the same either way.
"""

import contextlib
import multiprocessing
import multiprocessing.connection
import os
import signal
import time
from typing import NamedTuple

import numpy as np

from digitlib import recipes
from digitlib.data.readers import Digits
from digitlib.fast.threads import threads
from digitlib.recipes.model import Model

__all__ = ["Trained", "Work", "at_a_time", "trainings"]

# What tells a process how many threads to use: digitlib's own name, then those of BLAS.
COUNTS = ("DIGITLIB_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


class Work(NamedTuple):
    """What all trainings of a submission share.

    recipe    a name in `recipes.RECIPES`
    rest      Digits that every network learns from
    held      a list of Digits: split k holds held[k] out and learns from the others
    seeds     so many networks on each split; number n is of split n // seeds
    shifted   True: held-out digits are read in five copies
    best      True: the first network's best epoch so far is told as well
    """

    recipe: str
    rest: Digits
    held: list
    seeds: int
    shifted: bool
    best: bool

    def split(self, number):
        """(what network `number` learns from, what it is measured on)."""
        fold = number // self.seeds
        others = [self.rest, *self.held[:fold], *self.held[fold + 1 :]]
        if len(others) == 1:
            return self.rest, self.held[fold]
        X, y = (np.concatenate([part[column] for part in others]) for column in (0, 1))
        return Digits(X, y, self.rest.name), self.held[fold]


class Trained(NamedTuple):
    """A finished network: its number, its weights, its probabilities, and how long it took."""

    number: int
    weights: dict  # a `Network.snapshot`
    P: np.ndarray  # (N, 10), for the digits that its split holds out
    seconds: float


def at_a_time(jobs, count):
    """How many of `count` networks to train at a time; jobs=None: one for each thread.

    Raises ValueError for jobs below 1.
    """
    if jobs is None:
        jobs = threads()
    if jobs < 1:
        raise ValueError(f"jobs={jobs}: at least one network at a time")
    return min(jobs, count)


def trainings(work, count, jobs, watch):
    """Train networks 0 to count - 1, `jobs` at a time; gives each `Trained` as it finishes.

    watch(number, epoch, weights) is called after each epoch; weights is None, or a snapshot
    where `work.best` wants one. Closing the generator, or an error in it, ends the processes.
    Raises what a training raised, and ChildProcessError where a process was killed.
    """
    if jobs == 1:
        for number in range(count):
            yield _train(work, number, lambda *told, number=number: watch(number, *told))
        return
    todo = iter(range(count))
    with _processes(work, jobs) as pipes:
        at_work = dict(zip(pipes, todo))
        for pipe, number in at_work.items():
            pipe.send(number)
        while at_work:
            for pipe in multiprocessing.connection.wait(list(at_work)):
                kind, told = _received(pipe, at_work[pipe])
                if kind == "epoch":
                    watch(at_work[pipe], *told)
                elif kind == "error":
                    raise told
                else:
                    del at_work[pipe]
                    for number in todo:  # the next one, if there is any
                        at_work[pipe] = number
                        pipe.send(number)
                        break
                    yield told


def _train(work, number, tell):
    began, best = time.perf_counter(), -1.0
    train, held = work.split(number)

    def watch(network, epoch):
        nonlocal best
        better = work.best and number == 0 and epoch.valid_accuracy > best
        if better:
            best = epoch.valid_accuracy
        tell(epoch, network.snapshot() if better else None)

    run = recipes.run(work.recipe, train, held, seed=number, progress=False, watch=watch)
    P = Model([run.network], work.shifted).raw(held.X)
    return Trained(number, run.network.snapshot(), P, time.perf_counter() - began)


@contextlib.contextmanager
def _processes(work, jobs):
    """The pipes to `jobs` processes that train; they are ended with the block."""
    # Not a fork: a process with threads that is forked may wait for ever.
    context = multiprocessing.get_context("spawn")
    pairs = [context.Pipe() for _ in range(jobs)]
    started = []
    try:
        with _threads_each(max(1, threads() // jobs)):
            for _, theirs in pairs:
                process = context.Process(target=_serve, args=(theirs, work), daemon=True)
                process.start()
                started.append(process)
                theirs.close()  # so that the death of the process is the end of the pipe
        yield [ours for ours, _ in pairs]
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.join()
        for ours, _ in pairs:
            ours.close()


@contextlib.contextmanager
def _threads_each(count):
    """What is started meanwhile finds so many threads in its environment."""
    before = {name: os.environ.get(name) for name in COUNTS}
    os.environ.update(dict.fromkeys(COUNTS, str(count)))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _received(pipe, number):
    try:
        return pipe.recv()
    except (EOFError, ConnectionResetError):
        raise ChildProcessError(
            f"the process that trained network {number} was killed, perhaps for want of "
            "memory: --jobs 1 trains one network at a time"
        ) from None


def _serve(pipe, work):
    """In a process of its own: train the networks whose numbers come, and tell of them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the parent decides
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):  # it has died
        while True:
            number = pipe.recv()
            try:
                told = "trained", _train(work, number, lambda *told: pipe.send(("epoch", told)))
            except (EOFError, BrokenPipeError, ConnectionResetError):
                raise
            except Exception as error:
                told = "error", error
            pipe.send(told)
