"""Whatever an answer does, the cell stays small and the notebook goes on."""

import contextlib
import io
import os
import sys
import threading
import time

import numpy as np
import pytest

from digitlib.exercises import check, guard, runner
from digitlib.exercises.runner import FLOOD, KEPT, call, calls, is_untouched

# Seconds that only a hang can reach: a busy machine makes every limit longer.
HUNG = runner.PATIENT * runner.SECONDS + 10


def test_what_an_answer_prints_is_kept_and_not_let_through(capsys):
    def talks(x):
        print("x is", x)
        print("to stderr", file=sys.stderr)
        return x

    outcome = call(talks, (3,))
    assert outcome.value == 3
    assert outcome.printed == "x is 3\nto stderr\n"
    captured = capsys.readouterr()
    assert captured.out + captured.err == ""


def test_an_answer_that_prints_without_end_is_stopped(capsys):
    def floods(dA, Z, slope=0.01):
        while True:
            print("again and again")

    def swallows(dA, Z, slope=0.01):
        while True:
            with contextlib.suppress(BaseException):
                print("again and again")

    for answer in (floods, swallows):
        started = time.perf_counter()
        check("04.leaky_relu_backward", answer)
        assert time.perf_counter() - started < HUNG
        printed = capsys.readouterr().out
        assert len(printed) < 1500
        assert printed.startswith("again and again\n")
        assert "… (it printed more)" in printed
        assert "not right yet. It prints without end" in printed


def test_a_print_in_a_right_answer_is_shown_and_does_no_harm(capsys):
    def talks(dA, A):
        print("shape", A.shape)
        return dA * (1 - A**2)

    assert check("04.tanh_backward", talks) is talks
    printed = capsys.readouterr().out
    assert printed.startswith("shape (1, 1)\n")
    assert "04.tanh_backward: right." in printed


def test_long_output_is_cut_where_it_is_kept():
    outcome = call(lambda: print("x" * (FLOOD - 10)), ())
    assert not outcome.flooded
    assert outcome.printed == "x" * KEPT


def test_other_threads_print_as_ever(capsys):
    gate, done = threading.Event(), threading.Event()

    def other():
        gate.wait()
        print("from elsewhere")
        done.set()

    def answer():
        gate.set()
        done.wait(2)
        print("from the answer")

    thread = threading.Thread(target=other)
    thread.start()
    assert call(answer, ()).printed == "from the answer\n"
    thread.join()
    assert capsys.readouterr().out == "from elsewhere\n"


def test_the_streams_are_given_back():
    before = sys.stdout, sys.stderr
    call(lambda: 1 / 0, ())
    assert (sys.stdout, sys.stderr) == before


@pytest.mark.parametrize(
    ("function", "untouched"),
    [
        (lambda x: ..., True),
        (lambda x: None, True),
        (lambda x: 7, False),
        (lambda x: x, False),
        (np.sin, False),
    ],
)
def test_what_counts_as_untouched(function, untouched):
    assert is_untouched(function) == untouched


def thread_of(*arguments):
    return threading.get_ident()


def test_one_thread_runs_one_call_after_another_and_a_nested_one_has_its_own(monkeypatch):
    monkeypatch.setattr(runner, "IDLE", 60.0)  # on a slow machine it must not end meanwhile
    first = call(thread_of, ()).value
    assert first != thread_of()
    assert call(thread_of, ()).value == first
    mine, inner = call(lambda: [thread_of(), call(thread_of, ()).value], ()).value
    assert mine != inner


def test_a_thread_in_which_an_exception_was_raised_runs_nothing_more():
    rounds = []

    def turns():
        rounds.append(threading.current_thread())
        while True:
            pass

    assert call(turns, (), 0.1).timed_out
    assert call(threading.current_thread, ()).value is not rounds[0]
    rounds[0].join(5)
    assert not rounds[0].is_alive()
    assert call(lambda: 7, ()).value == 7


def test_a_thread_without_work_ends(monkeypatch):
    monkeypatch.setattr(runner, "IDLE", 0.05)
    monkeypatch.setattr(runner, "_idle", [])
    thread = call(threading.current_thread, ()).value
    thread.join(5)
    assert not thread.is_alive()
    assert runner._idle == []


def test_each_case_has_the_whole_time_and_its_own_copy_and_output():
    shared = np.zeros(2)

    def slow(x, n):
        time.sleep(0.2)
        x += 1
        print(n)
        return x.sum() / n

    outcomes = calls(slow, [(shared, 1), (shared, 2)], 0.35)
    assert [outcome.value for outcome in outcomes] == [2, 1]
    assert [outcome.printed for outcome in outcomes] == ["1\n", "2\n"]
    assert [outcome.changed for outcome in outcomes] == [(0,), (0,)]
    assert not shared.any()


def test_after_a_case_that_hangs_no_other_is_tried():
    tried = []

    def hangs_at_2(n):
        tried.append(n)
        while n == 2:
            pass
        return 1 / (n - 1)

    outcomes = calls(hangs_at_2, [(0,), (1,), (2,), (3,)], 0.1)
    assert [outcome.value for outcome in outcomes] == [-1, None, None]
    assert isinstance(outcomes[1].error, ZeroDivisionError)
    assert [outcome.timed_out for outcome in outcomes] == [False, False, True]
    assert tried == [0, 1, 2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process of its own")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # a process with threads is forked
def test_a_forked_process_has_a_thread_of_its_own():
    call(thread_of, ())
    child = os.fork()
    if child == 0:
        os._exit(call(lambda: 7, (), 5).value or 0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


def loops_in_c(dA, A):
    return sum(range(10**15))


def sleeps(dA, A):
    time.sleep(100 + sum(range(3)))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a loop in C can be left only by a process")
def test_a_loop_in_c_does_not_take_the_kernel_with_it(capsys):
    started = time.perf_counter()
    check("04.tanh_backward", loops_in_c)
    assert time.perf_counter() - started < HUNG
    assert "not returned after 2 s" in capsys.readouterr().out


def test_only_what_may_hold_the_interpreter_gets_a_process(monkeypatch):
    forked = []
    monkeypatch.setattr(guard.os, "fork", lambda: forked.append(1), raising=False)
    assert not guard.outlasts(lambda dA, A: dA * (1 - A**2), [(1.0, 0.5)])
    assert not guard.outlasts(np.sin, [(1.0,)])
    assert not forked
    assert guard.may_hold(loops_in_c.__code__)
    assert guard.may_hold((lambda n: [10**7 for _ in n]).__code__)
    assert not guard.may_hold((lambda n: [i + 1 for i in range(n)]).__code__)


def test_an_ear_that_is_thrown_away_leaves_the_stream_behind_it_alone():
    behind = io.TextIOWrapper(io.BytesIO())
    ear = runner._Ear(behind, runner._Heard())
    ear.write("a")
    behind.close()
    ear.close()  # as Python does, which from 3.13 on tells of a failure


@pytest.mark.parametrize(
    ("used", "waited", "longer"),
    [
        (2.0, 2.0, False),  # it had a core for itself
        (0.9, 2.0, True),  # it had less than half of one
        (1.1, 4.0, False),  # and now enough
        (0.03, 2.0, False),  # it sleeps
        (0.9, 19.0, True),
        (0.9, 20.0, False),  # whoever waits in front of it has waited enough
        (float("inf"), 2.0, False),  # nobody can tell
    ],
)
def test_who_gets_no_processor_gets_more_time(used, waited, longer):
    assert runner.starved(used, waited, 2.0) is longer


def busy(seconds):
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        pass
    return "done"


def test_a_call_and_a_child_on_a_busy_machine_may_take_longer(monkeypatch):
    asked = []

    def starved(used, waited, seconds):
        asked.append(used)
        return waited < 5

    monkeypatch.setattr(runner, "starved", lambda *times: False)
    assert runner.call(busy, (0.6,), seconds=0.2).timed_out
    monkeypatch.setattr(runner, "starved", starved)
    monkeypatch.setattr(guard, "starved", starved)
    assert runner.call(busy, (0.6,), seconds=0.2).value == "done"
    assert asked
    if hasattr(time, "pthread_getcpuclockid"):
        assert 0 < asked[0] < asked[-1] < 0.7  # of this call alone: its thread has run before
    asked.clear()
    if hasattr(os, "fork"):
        monkeypatch.setattr(guard, "may_hold", lambda code: True)
        assert not guard.outlasts(busy, [(0.6,), (0.6,)], seconds=0.2)
        assert asked


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process of its own")
def test_a_child_that_sleeps_is_no_proof_and_one_that_ends_is_right():
    started = time.perf_counter()
    assert not guard.outlasts(sleeps, [(1, 1)], seconds=0.3)
    assert not guard.outlasts(lambda n: sum(range(n)), [(10,), (20,)])
    assert not guard.outlasts(lambda n: sum(range(n)) / 0, [(10,), (20,)])
    assert guard.outlasts(loops_in_c, [(1, 1)], seconds=0.3)
    assert time.perf_counter() - started < HUNG
