"""Work on a batch of images in pieces that stay in the cache, on as many threads as there are.

NumPy lets go of the interpreter's lock while it computes, so Python's own threads do. Each
piece then runs on one BLAS thread: two libraries that both start threads wait for each other.
How a batch is cut, and the order in which sums are taken, does not depend on the number of
threads: the numbers are the same to the bit.
"""

import contextlib
import functools
import math
import os
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np

__all__ = ["in_pieces", "one_blas_thread", "scratch", "threads"]

PIECE = (
    32  # images: their patches nearly fit a core's own cache, and threads seldom change places
)


def threads():
    """How many threads to use: DIGITLIB_THREADS, or what BLAS was given, or every core.

    Read at each call, so that `os.environ["DIGITLIB_THREADS"] = "1"` works at any time.
    Raises ValueError where DIGITLIB_THREADS is not a whole number from 1.
    """
    own = os.environ.get("DIGITLIB_THREADS")
    if own is not None:
        if not own.strip().isdigit() or int(own) < 1:
            raise ValueError(f"DIGITLIB_THREADS={own!r}: give a whole number from 1 on")
        return int(own)
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        if os.environ.get(name, "").isdigit():
            return max(1, int(os.environ[name]))
    return _cores()


def in_pieces(work, n):
    """[work(piece) for each piece], where the pieces are slices that together are range(n).

    work must write only into its own part of an array, or return what is to be added up.
    """
    pieces = [slice(start, min(start + PIECE, n)) for start in range(0, n, PIECE)]
    count = min(threads(), len(pieces))
    if count < 2:
        return [work(piece) for piece in pieces]
    state = np.geterr()  # each thread has its own: hand the caller's on

    def alike(piece):
        with np.errstate(**state):
            return work(piece)

    with one_blas_thread():
        return list(_pool(count).map(alike, pieces))


def scratch(name, shape, dtype):
    """An array of this thread's own, with arbitrary contents, to be used until the next call.

    A fresh array of some megabytes costs more than writing it: the system hands it out page by
    page, one thread at a time. So each thread keeps one block of memory for each name.
    """
    size = math.prod(shape) * np.dtype(dtype).itemsize
    block = _own.blocks.get(name)
    if block is None or block.nbytes < size:
        block = _own.blocks[name] = np.empty(size, np.uint8)
    return block[:size].view(dtype).reshape(shape)


class _Own(threading.local):
    def __init__(self):  # called once in each thread
        self.blocks = {}


_own = _Own()


@contextlib.contextmanager
def one_blas_thread():
    """Within this, a matrix product runs on one thread; without threadpoolctl, as before."""
    controller = _controller()
    if controller is None:
        yield
        return
    with controller.limit(limits=1, user_api="blas"):
        yield


@functools.cache
def _cores():
    if hasattr(os, "sched_getaffinity"):  # what a container or taskset leaves us
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@functools.cache
def _pool(count):
    return ThreadPoolExecutor(count, thread_name_prefix="digitlib")


@functools.cache
def _controller():
    """What sets the number of BLAS threads: it takes milliseconds to build, so it is kept."""
    try:
        from threadpoolctl import ThreadpoolController
    except ImportError:
        return None
    return ThreadpoolController()
