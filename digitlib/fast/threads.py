"""Work on a batch in pieces that stay in the cache, on as many threads as there are.

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
from concurrent.futures import ThreadPoolExecutor, wait

import numpy as np

__all__ = ["in_pieces", "one_blas_thread", "result_array", "scratch", "threads"]

PIECE = 32  # images: so many keep a thread busy, and their patches nearly fit its core's cache


def threads():
    """How many threads to use: DIGITLIB_THREADS, or what BLAS was given, or every core.

    Read at each call, so that `os.environ["DIGITLIB_THREADS"] = "1"` works at any time.
    Raises ValueError where DIGITLIB_THREADS is not a whole number from 1.
    """
    own = os.environ.get("DIGITLIB_THREADS")
    if own is not None:
        if not own.strip().isdecimal() or int(own) < 1:
            raise ValueError(f"DIGITLIB_THREADS={own!r}: give a whole number from 1 on")
        return int(own)
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        if os.environ.get(name, "").isdecimal():
            return max(1, int(os.environ[name]))
    return _cores()


def in_pieces(work, n, size=PIECE):
    """[work(piece) for each piece], where the pieces are slices that together are range(n).

    size: how long a piece is, the last one excepted.

    work must write only into its own part of an array, or return what is to be added up. A
    call inside a piece runs on that piece's thread: the others are busy, and whoever waited
    for them from within would wait for ever.
    """
    pieces = [slice(start, min(start + size, n)) for start in range(0, n, size)]
    count = 1 if _own.in_a_piece else min(threads(), len(pieces))
    with one_blas_thread():
        if count < 2:
            return [work(piece) for piece in pieces]
        results, todo = [None] * len(pieces), iter(list(enumerate(pieces)))
        state = np.geterr()  # each thread has its own: hand the caller's on

        def share():
            _own.in_a_piece = True
            try:
                with np.errstate(**state):
                    for i, piece in todo:
                        results[i] = work(piece)
            finally:
                _own.in_a_piece = False

        # The caller takes its share too: waking a thread costs as much as some of the pieces.
        others = _start(share, count - 1)
        try:
            share()
        finally:
            # Whoever catches an error, or pressed Ctrl-C, may use the arrays at once: what has
            # not been begun is left, and no piece may still be writing.
            for _ in todo:
                pass
            wait(others)
        for other in others:
            other.result()  # raises what was raised in it
        return results


def _start(share, count):
    """Futures of `share` in `count` threads; fewer where there are no more to be had.

    When the interpreter ends, it takes no new work for threads. A training in an exit handler
    then runs on the caller's thread alone, with the same numbers.
    """
    others, pool = [], None
    try:
        with contextlib.suppress(RuntimeError):
            pool = _pool(count)
            others.extend(pool.submit(share) for _ in range(count))
    except BaseException:
        # Ctrl-C may come between the start of a thread and its entry in the pool's list. When
        # the interpreter ends, it would wait for that thread for ever: nobody wakes it.
        if pool is not None:
            _give_up(pool)
        raise
    return others


def result_array(out, shape, dtype):
    """`out`, or a new array where it is None. ValueError where `out` is no place for a result.

    Pieces are written into it as matrices, which would be copies of an array with gaps.
    """
    if out is None:
        return np.empty(shape, dtype)
    if out.shape != shape or out.dtype != dtype or not out.flags.c_contiguous:
        raise ValueError(
            f"out must be a contiguous {np.dtype(dtype)} array of shape {shape}; got "
            f"{out.dtype}, {out.shape}, strides {out.strides}"
        )
    return out


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
        self.in_a_piece = False


_own = _Own()


class one_blas_thread:
    """Within this, a matrix product runs on one thread; without threadpoolctl, as before.

    The number is the whole process's: whoever comes first sets it and puts it back, and those
    who come meanwhile, further in or in another thread, leave it alone. Were each to put back
    what it found, the last of two callers would put back the other's 1.
    """

    def __enter__(self):
        self.before = None
        if _limit.acquire(blocking=False):
            self.before = [(library, library.num_threads) for library in blas_libraries()]
            for library, number in self.before:
                if number != 1:
                    library.set_num_threads(1)

    def __exit__(self, *error):
        if self.before is not None:
            for library, number in self.before:
                if number != 1:
                    library.set_num_threads(number)
            _limit.release()


_limit = threading.Lock()  # held by the one who has set the number


@functools.cache
def _cores():
    if hasattr(os, "sched_getaffinity"):  # what a container or taskset leaves us
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _pool(count):
    """The one pool of threads; a larger one takes its place when more are asked for."""
    global _workers
    with _changing:
        size, pool = _workers
        if size < count:
            if pool is not None:
                pool.shutdown(wait=False)  # what it has begun, it finishes
            pool = ThreadPoolExecutor(count, thread_name_prefix="digitlib")
            _workers = count, pool
        return pool


def _give_up(pool):
    """Let a pool's threads end; the next call makes a new one."""
    global _workers
    with _changing:
        if _workers[1] is pool:
            _workers = 0, None
    pool.shutdown()


_workers = 0, None
_changing = threading.Lock()


def _after_fork():
    """A forked process has none of its parent's threads: waiting for them would never end."""
    global _limit, _changing, _workers
    _workers, _changing, _limit = (0, None), threading.Lock(), threading.Lock()
    _own.in_a_piece = False


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


@functools.cache
def blas_libraries():
    """What sets the number of BLAS threads: it takes milliseconds to find, so it is kept."""
    try:
        from threadpoolctl import ThreadpoolController
    except ImportError:
        return ()
    return tuple(ThreadpoolController().select(user_api="blas").lib_controllers)
