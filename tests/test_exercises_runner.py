"""Whatever an answer does, the cell stays small and the notebook goes on."""

import contextlib
import sys
import threading
import time

import numpy as np
import pytest

from digitlib.exercises import check
from digitlib.exercises.runner import FLOOD, KEPT, call, is_untouched


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
        assert time.perf_counter() - started < 4
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
