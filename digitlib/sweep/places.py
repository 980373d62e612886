"""Where runs happen: in this process, in others beside it, or on a Dask cluster.

Each place is a generator of (number of the run, its outcome), in the order in which they
finish, and each gives the same outcomes: every run has one BLAS thread, its own seed, and the
caller's floating-point errors. f and the data in it are sent to each worker once.
"""

import collections
import contextlib
import functools
import importlib
import logging
import os
import threading
from concurrent.futures.process import BrokenProcessPool

import numpy as np

from digitlib.sweep.attempt import attempt

__all__ = ["bar", "in_processes", "local_cluster", "needed", "on_cluster", "serially"]

PATIENCE = 30  # seconds to wait for a scheduler or for its first worker
TRIES = 3  # how often a run is begun again after the loss of what it ran on


def needed(module, extra="sweep"):
    """The module, or an ImportError that says what to install."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        message = f'this needs {module}: pip install "digitlib[{extra}]"'
        raise ImportError(message) from error


def bar(total, wanted, done=0):
    """A tqdm bar over so many runs, or None where none is wanted or tqdm is not installed."""
    try:
        from tqdm import tqdm
    except ImportError:  # a bar is not worth stopping for
        return None
    return tqdm(total=total, initial=done, unit="run") if wanted else None


def serially(f, runs):
    """One after the other, in this process."""
    with _one_blas_thread():
        for number, run in runs.items():
            yield number, attempt(f, run, np.geterr())


def in_processes(f, runs, jobs):
    """`jobs` at a time, in processes of joblib's.

    Where a process dies (SIGKILL, out of memory, a fault in C code) all of them are lost with
    what they were at. Those runs begin again. A run that was under way at two deaths is tried
    alone, and where its process dies then too, it is the cause: it gets a row that says so.
    """
    joblib = needed("joblib")
    state, left, deaths = np.geterr(), dict(runs), collections.Counter()
    while left:
        alone = next((number for number in left if deaths[number] >= 2), None)
        todo = dict(left) if alone is None else {alone: left[alone]}
        sent = set()

        def tasks(todo=todo, sent=sent):
            for number, run in todo.items():
                sent.add(number)
                yield joblib.delayed(_numbered)(number, f, run, state)

        with joblib.parallel_config(backend="loky", inner_max_num_threads=1):
            # Two processes even for one run: with one joblib would run it in this process.
            parallel = joblib.Parallel(max(jobs, 2), return_as="generator_unordered")
        try:
            for number, outcome in parallel(tasks()):
                del left[number]
                yield number, outcome
        except BrokenProcessPool as error:
            if error.__cause__ is not None:  # no death: f arrived and could not be unpacked
                raise _not_begun(
                    str(error.__cause__).strip(" \n\"'").splitlines()[-1]
                ) from error
            deaths.update(sent & left.keys())
            if alone is not None:
                del left[alone]
                yield (
                    alone,
                    ({}, float("nan"), "WorkerDied: its process was killed, or crashed"),
                )


def on_cluster(f, runs, scheduler):
    """On the workers of a Dask scheduler: an address, as tcp://10.0.0.1:8786, or a Client."""
    distributed = needed("distributed", "cluster")
    state, left = np.geterr(), dict(runs)
    with _client(scheduler, distributed) as client:
        for _ in range(TRIES):
            # In a tuple, as scatter takes a list or a dict apart; to all workers, so that the
            # death of one does not take the data along.
            try:
                (job,) = client.scatter([(f,)], broadcast=True, hash=False)
            except Exception as error:  # Dask has no kind of its own for this
                raise _not_begun(f"{type(error).__name__}: {error}") from error
            todo = list(left.items())
            futures = client.map(_of_job, *zip(*todo), job=job, state=state, pure=False)
            numbers = {future.key: number for future, (number, _) in zip(futures, todo)}
            # Results come with their futures: asking for each apart is a journey of its own.
            how = {"loop": client.loop, "with_results": True, "raise_errors": False}
            done = distributed.as_completed(futures, **how)
            del futures  # so that a result is dropped from the cluster as soon as it was read
            for future, outcome in done:
                number = numbers[future.key]
                if future.status == "error":
                    error = outcome[1]
                    if not isinstance(error, distributed.scheduler.KilledWorker):
                        raise _not_begun(f"{type(error).__name__}: {error}") from error
                    outcome = (
                        {},
                        float("nan"),
                        "WorkerDied: its workers were killed, or crashed",
                    )
                elif future.status != "finished" or isinstance(outcome, BaseException):
                    continue  # whoever held the data is gone: it is sent again
                del left[number]
                yield number, outcome
            if not left:
                return
    raise RuntimeError(f"the cluster lost its data {TRIES} times; {len(left)} runs are missing")


@contextlib.contextmanager
def local_cluster(workers=2):
    """Gives the address of a Dask scheduler on this machine, for `sweep(scheduler=…)`.

    It has `workers` worker processes of one thread each, no page, and is closed at the end.
    Where `distributed` is not installed there is none, and it gives None: then `sweep` does
    what it does without a scheduler.
    """
    try:
        distributed = needed("distributed", "cluster")
    except ImportError:
        yield None
        return
    with distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        silence_logs=logging.CRITICAL,  # a worker that is closed need not say so
    ) as cluster:
        yield cluster.scheduler_address


def _not_begun(why):
    return RuntimeError(
        f"a worker could not begin a run ({why}). What f imports must be installed on every "
        "worker, and digitlib in the same version as here. Functions of a script or a notebook "
        "are sent along, but not what functools.cache has made of them"
    )


def _numbered(number, f, run, state):
    return number, attempt(f, run, state)


def _of_job(number, run, job, state):
    with _one_thread():
        return attempt(job[0], run, state)


@contextlib.contextmanager
def _client(scheduler, distributed):
    """A Client of the scheduler that has a worker; closed at the end if it is ours."""
    if isinstance(scheduler, distributed.Client):
        yield scheduler
        return
    try:
        client = distributed.Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ConnectionError(
            f"no Dask scheduler answers at {scheduler!r} (DASK_SCHEDULER, or scheduler=): "
            "start one with `dask scheduler`, and give the address that it prints"
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise ConnectionError(
                f"the Dask scheduler at {scheduler} has no workers: start some with "
                f"`dask worker {scheduler}`"
            ) from error
        yield client


@functools.cache
def _controller():
    try:
        from threadpoolctl import ThreadpoolController
    except ImportError:  # BLAS then has the threads that its environment gives it
        return None
    return ThreadpoolController()  # building one takes milliseconds


def _one_blas_thread():
    controller = _controller()
    if controller is None:
        return contextlib.nullcontext()
    return controller.limit(limits=1, user_api="blas")


_lock, _under_way = threading.Lock(), []  # what DIGITLIB_THREADS was, once for each run


@contextlib.contextmanager
def _one_thread():
    """A run on one thread, as in joblib's processes: it is the workers that share the cores.

    BLAS is told so, and digitlib's own pieces by DIGITLIB_THREADS, which belongs to the whole
    process and is put back when the last of its runs ends.
    """
    with _lock:
        _under_way.append(os.environ.get("DIGITLIB_THREADS") if not _under_way else None)
        os.environ["DIGITLIB_THREADS"] = "1"
    try:
        with _one_blas_thread():
            yield
    finally:
        with _lock:
            if len(_under_way) > 1:
                _under_way.pop()
            elif (before := _under_way.pop()) is None:
                del os.environ["DIGITLIB_THREADS"]
            else:
                os.environ["DIGITLIB_THREADS"] = before
