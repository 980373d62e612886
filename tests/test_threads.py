"""Pieces and threads: the same numbers whatever their number, and nothing left hanging."""

import copy
import os
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

from digitlib import fast as F
from digitlib.fast import threads as _threads
from digitlib.fast.threads import in_pieces, one_blas_thread, scratch, threads
from digitlib.net.layers import BatchNorm, Conv2D, Flatten, Linear, MaxPool, ReLU, Unflatten
from digitlib.net.network import Network
from digitlib.net.optim import SGD
from digitlib.net.schedules import constant
from digitlib.net.training import train


@pytest.fixture
def two_threads(monkeypatch):
    monkeypatch.setenv("DIGITLIB_THREADS", "2")


# --- how many ----------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", ["", "0", "-1", "two", "1.5", "²", "1 2"])
def test_a_number_of_threads_that_is_none_is_refused(monkeypatch, wrong):
    monkeypatch.setenv("DIGITLIB_THREADS", wrong)
    with pytest.raises(ValueError, match=rf"DIGITLIB_THREADS={wrong!r}: give a whole number"):
        F.max_pool(np.ones((2, 4, 4, 1)))


def test_where_the_number_comes_from(monkeypatch):
    monkeypatch.setenv("DIGITLIB_THREADS", " 3 ")
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "5")
    assert threads() == 3
    monkeypatch.delenv("DIGITLIB_THREADS")
    assert threads() == 5
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "many")
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    assert threads() == 2
    monkeypatch.setenv("OMP_NUM_THREADS", "4,2")  # OpenMP's form for nested threads: not ours
    assert threads() == _threads._cores() >= 1
    for number in ("0", "1"):  # BLAS takes a 0 for 'as you like'; fewer than one there are not
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", number)
        assert threads() == 1


def test_cores_are_those_that_this_process_may_use(monkeypatch):
    count = _threads._cores.__wrapped__
    monkeypatch.setattr(
        os, "sched_getaffinity", lambda process: {0: {1, 5, 7}}[process], raising=False
    )
    assert count() == 3
    monkeypatch.delattr(os, "sched_getaffinity")  # as on macOS and Windows
    for told, cores in ((6, 6), (None, 1)):
        monkeypatch.setattr(os, "cpu_count", lambda told=told: told)
        assert count() == cores


# --- the same numbers --------------------------------------------------------------------


def everything(rng_seed=0):
    """All functions that work in pieces, on 200 images: six whole pieces and a short one."""
    rng = np.random.default_rng(rng_seed)
    X = rng.standard_normal((200, 9, 8, 3), np.float32)
    W, b = rng.standard_normal((3, 3, 3, 4), np.float32), rng.standard_normal(4, np.float32)
    Z = F.conv2d(X, W, b, padding=1)
    Y = F.max_pool(Z)
    mean, var = F.channel_moments(Z)
    N, X_hat = F.batch_norm(Z, b, b, mean, var)
    dZ = F.max_pool_backward(Y, Z, Y)
    return [
        Z,
        Y,
        mean,
        var,
        N,
        X_hat,
        dZ,
        *F.batch_norm_backward(dZ, X_hat, b, var),
        *F.conv2d_grads(dZ, X, (3, 3), padding=1),
        F.conv2d_dX(dZ, W, (9, 8), padding=1),
    ]


def small_network(rng, dtype=np.float32):
    return Network(
        Unflatten(6, 6, 1),
        Conv2D(1, 4, 3, rng, padding=1, bias=False, dtype=dtype),
        BatchNorm(4, dtype=dtype),
        ReLU(),
        MaxPool(),
        Conv2D(4, 5, 3, rng, dtype=dtype),
        Flatten(),
        Linear(5, 3, rng, dtype=dtype),
    )


def trained():
    rng = np.random.default_rng(0)
    X, y = rng.random((150, 36), np.float32), np.arange(150) % 3
    network = small_network(rng)
    how = {"optimizer": SGD(0.9), "schedule": constant(0.1), "rng": rng, "batch_size": 70}
    list(train(network, (X, y), epochs=3, **how))
    return network.theta


def test_the_numbers_do_not_depend_on_the_number_of_threads(monkeypatch):
    results = {}
    for count in ("1", "2", "3"):
        monkeypatch.setenv("DIGITLIB_THREADS", count)
        results[count] = [*everything(), trained(), trained()]
    for ours in results.values():
        for array, other in zip(ours, results["1"]):
            np.testing.assert_array_equal(array, other)
        np.testing.assert_array_equal(ours[-1], ours[-2])  # same seed, same theta
    assert not np.array_equal(everything(1)[0], results["1"][0])


def test_with_threads_there_are_threads(two_threads):
    # Each piece waits until another thread has come: one alone would wait for ever.
    meeting = threading.Barrier(2, timeout=30)
    names = in_pieces(lambda part: meeting.wait() >= 0 and threading.get_ident(), 64)
    assert len(set(names)) == 2
    assert threading.get_ident() in names  # the caller does its share


@pytest.mark.parametrize("n", [0, 1, 31, 32, 33, 64, 100])
@pytest.mark.parametrize("count", ["1", "2"])
def test_the_pieces_are_the_whole_in_order(monkeypatch, n, count):
    monkeypatch.setenv("DIGITLIB_THREADS", count)
    parts = in_pieces(lambda part: [*range(n)][part], n)
    assert [i for part in parts for i in part] == [*range(n)]


def test_a_call_inside_a_piece_runs_on_that_pieces_thread(two_threads):
    def outer(part):
        here = threading.get_ident()
        inner = in_pieces(
            lambda part: time.sleep(0.01) or (part.start, threading.get_ident() == here), 64
        )
        return inner == [(0, True), (32, True)]

    assert in_pieces(outer, 128) == [True] * 4
    assert len(set(in_pieces(lambda part: time.sleep(0.05) or threading.get_ident(), 64))) == 2


def test_a_thread_of_the_readers_own_shares_out_its_pieces_too(two_threads):
    """A thread begins outside any piece, else its trainings would run on one core."""
    meeting, met = threading.Barrier(2, timeout=30), []
    reader = threading.Thread(
        target=lambda: met.extend(in_pieces(lambda part: meeting.wait(), 64))
    )
    reader.start()
    reader.join()
    assert sorted(met) == [0, 1]


def test_there_is_one_pool_whatever_numbers_were_asked_for(monkeypatch):
    for count in ("2", "3", "4", "2", "3"):
        monkeypatch.setenv("DIGITLIB_THREADS", count)
        in_pieces(lambda part: None, 320)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:  # the smaller pools end their threads
        ours = [t for t in threading.enumerate() if t.name.startswith("digitlib")]
        if len(ours) <= 3:
            return
        time.sleep(0.01)
    raise AssertionError(f"{len(ours)} threads for at most 4 at a time: {ours}")


# --- errors ------------------------------------------------------------------------------


def test_an_error_in_a_thread_reaches_the_caller_once_all_have_stopped(two_threads):
    at_work, done = threading.Barrier(2, timeout=30), []

    def work(part):
        if part.start > 32:
            return done.append(part)
        at_work.wait()
        if part.start == 0:
            raise KeyError("the first piece")
        time.sleep(0.2)
        return done.append(part)

    with pytest.raises(KeyError, match="the first piece"):
        in_pieces(work, 320)
    after = len(done)
    assert slice(32, 64) in done  # it was under way, and was waited for
    time.sleep(0.1)
    assert len(done) == after
    assert in_pieces(lambda part: part.start, 64) == [0, 32]  # and the threads are there again


@pytest.mark.parametrize("count", ["1", "2"])
def test_the_callers_errstate_holds_in_the_threads(monkeypatch, count):
    monkeypatch.setenv("DIGITLIB_THREADS", count)
    X = np.full((64, 2, 2, 1), 3e38, np.float32)
    W = np.full((1, 1, 1, 1), 10, np.float32)
    with pytest.raises(FloatingPointError):
        F.conv2d(X, W)
    with np.errstate(over="ignore"):
        assert np.isinf(F.conv2d(X, W)).all()
    with pytest.raises(FloatingPointError):  # what was ignored above is not ignored for ever
        F.conv2d(X, W)


# --- memory of one's own -----------------------------------------------------------------


def test_scratch_is_kept_by_name_and_by_thread():
    first = scratch("test", (3, 4), np.float32)
    assert np.shares_memory(first, scratch("test", (2, 2), np.float64))
    assert not np.shares_memory(first, scratch("another", (3, 4), np.float32))
    assert scratch("test", (0, 4), np.float32).shape == (0, 4)
    again = scratch("test", (3, 4), np.float32)  # just as long: the same memory
    assert again.ctypes.data == first.ctypes.data
    theirs = []
    other = threading.Thread(target=lambda: theirs.append(scratch("test", (3, 4), np.float32)))
    other.start()
    other.join()
    assert not np.shares_memory(first, theirs[0])


@pytest.mark.parametrize(
    "out",
    [np.empty((4, 3), np.float32), np.empty((3, 4)), np.empty((3, 8), np.float32)[:, ::2]],
    ids=["shape", "dtype", "gaps"],
)
def test_an_out_that_cannot_hold_the_result_is_refused(out):
    with pytest.raises(ValueError, match=r"contiguous float32 array of shape \(3, 4\)"):
        _threads.result_array(out, (3, 4), np.float32)


def test_no_name_is_asked_for_while_what_it_gave_is_in_use(monkeypatch, rng):
    """A second call for "frame" before the patches are taken from it would overwrite it."""
    asked = []
    monkeypatch.setenv("DIGITLIB_THREADS", "1")
    for module in ("digitlib.fast.convolution",):
        monkeypatch.setattr(
            f"{module}.scratch", lambda name, *how: asked.append(name) or scratch(name, *how)
        )
    X, W = rng.standard_normal((2, 6, 6, 2)), rng.standard_normal((3, 3, 2, 3))
    Z = F.conv2d(X, W, padding=1, stride=2)
    assert asked == ["frame", "patches"]
    asked.clear()
    F.conv2d_dX(Z, W, (6, 6), stride=2, padding=1)
    assert asked == ["frame", "patches"]


def test_two_callers_at_once_do_not_meet(two_threads):
    expected, found = everything(), []
    callers = [threading.Thread(target=lambda: found.append(everything())) for _ in range(3)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert len(found) == 3
    for arrays in found:
        for array, other in zip(arrays, expected):
            np.testing.assert_array_equal(array, other)


# --- BLAS --------------------------------------------------------------------------------


def blas_threads():
    """Of NumPy's BLAS; what another test has loaded since, SciPy's say, is not ours."""
    return max(library.num_threads for library in _threads.blas_libraries())


@pytest.fixture
def blas_with_two():
    control = pytest.importorskip("threadpoolctl")
    with control.threadpool_limits(2, "blas"):
        if blas_threads() != 2:
            pytest.skip("this BLAS has one thread")
        yield


@pytest.mark.parametrize("count", ["1", "2"])
@pytest.mark.parametrize("n", [1, 64])
def test_a_piece_has_one_blas_thread_and_afterwards_all_are_back(
    blas_with_two, monkeypatch, count, n
):
    monkeypatch.setenv("DIGITLIB_THREADS", count)
    assert set(in_pieces(lambda part: blas_threads(), n)) == {1}
    assert blas_threads() == 2
    with pytest.raises(ZeroDivisionError), one_blas_thread():
        raise ZeroDivisionError
    assert blas_threads() == 2


# --- other processes ---------------------------------------------------------------------


def run_python(code, **environment):
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "DIGITLIB_THREADS": "2", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


CONVOLVE = """
import numpy as np
from digitlib.fast import conv2d
X, W = np.ones((128, 8, 8, 3), np.float32), np.ones((3, 3, 3, 4), np.float32)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_process_does_not_wait_for_its_parents_threads():
    code = CONVOLVE + (
        "import os, signal\n"
        "Z = conv2d(X, W)\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    signal.alarm(20)\n"
        "    os._exit(0 if (conv2d(X, W) == Z).all() else 1)\n"
        "print(os.waitpid(child, 0)[1], (conv2d(X, W) == Z).all())\n"
    )
    assert run_python(code, PYTHONWARNINGS="ignore") == ["0", "True"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_process_forked_inside_a_piece_has_threads_of_its_own():
    code = (
        "import os, signal, threading\n"
        "from digitlib.fast.threads import in_pieces\n"
        "def work(part):\n"
        "    if part.start:\n"
        "        return\n"
        "    child = os.fork()\n"
        "    if not child:\n"
        "        signal.alarm(20)\n"
        "        meeting = threading.Barrier(2, timeout=10)\n"
        "        try:\n"
        "            met = in_pieces(lambda part: meeting.wait(), 64)\n"
        "            os._exit(0 if sorted(met) == [0, 1] else 1)\n"
        "        finally:\n"  # a thread of the pool keeps its errors for itself
        "            os._exit(2)\n"
        "    print(os.waitpid(child, 0)[1])\n"
        "in_pieces(work, 64)\n"
    )
    assert run_python(code, PYTHONWARNINGS="ignore", DIGITLIB_THREADS="2") == ["0"]


def test_a_training_in_an_exit_handler_ends_as_any_other():
    code = CONVOLVE + (
        "import atexit\n"
        "Z = conv2d(X, W)\n"
        "atexit.register(lambda: print((conv2d(X, W) == Z).all()))\n"
    )
    assert run_python(code) == ["True"]
    assert run_python(code.replace("Z = conv2d", "Z = 27 #")) == ["True"]  # no thread before


def test_of_two_callers_neither_puts_back_the_others_one():
    pytest.importorskip("threadpoolctl")
    # A process of its own: here the fixtures own the number of threads, and that would help.
    code = """
import threading
import numpy as np
from threadpoolctl import threadpool_info
from digitlib.fast.threads import one_blas_thread

def show():
    print(max(pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"))

def other():
    with one_blas_thread(), one_blas_thread():
        entered.set()
        leave.wait(30)

entered, leave = threading.Event(), threading.Event()
thread = threading.Thread(target=other)
show()
with one_blas_thread():
    thread.start()
    entered.wait(30)
    show()
leave.set()
thread.join()
show()
with one_blas_thread():
    show()
show()
"""
    before, within, after, again, at_last = run_python(code, OPENBLAS_NUM_THREADS="2")
    assert within == again == "1"
    assert before == after == at_last


def test_without_threadpoolctl_everything_works():
    code = (
        "import sys\n"
        "sys.modules['threadpoolctl'] = None\n"
        + CONVOLVE
        + "Z = conv2d(X, W)\n"
        + "from digitlib.fast import threads\n"
        + "print(threads.blas_libraries(), (Z == 27).all())"
    )
    assert run_python(code) == ["()", "True"]


def test_importing_digitlib_starts_nothing():
    code = "import sys, threading, digitlib; print(threading.active_count(), " + (
        "'threadpoolctl' in sys.modules)"
    )
    assert run_python(code) == ["1", "False"]


def test_a_network_can_be_copied_after_threads_have_run(two_threads, rng):
    network = small_network(rng)
    X = rng.random((70, 36), np.float32)
    network.forward(X, train=True)
    twin = copy.deepcopy(network)
    np.testing.assert_array_equal(twin.scores(X), network.scores(X))


def test_an_interruption_while_a_thread_starts_does_not_hang_at_the_end():
    """Ctrl-C just after the start of a thread, before its pool has noted it."""
    code = """
import threading
from digitlib.fast.threads import in_pieces
start = threading.Thread.start
def interrupted(self):
    start(self)
    threading.Thread.start = start
    raise KeyboardInterrupt
threading.Thread.start = interrupted
try:
    in_pieces(lambda piece: None, 100)
except KeyboardInterrupt:
    print("interrupted")
print(sum(in_pieces(lambda piece: piece.stop - piece.start, 100)))
"""
    environment = {**os.environ, "DIGITLIB_THREADS": "2"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (0, "interrupted\n100\n"), done.stderr
