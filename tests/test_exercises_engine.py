"""The exercise engine against everything that a reader may hand it."""

import contextlib
import time

import numpy as np
import pytest

from digitlib.exercises import (
    check,
    engine,
    hint,
    probes,
    runner,
    same_as,
    solution,
    state,
)
from digitlib.exercises import model as model_module
from digitlib.exercises.diagnose import difference, shown
from digitlib.exercises.model import Exercise, Wrong


def mean_rows(A):
    return A.sum(axis=0) / len(A)


def sum_rows(A):
    return A.sum(axis=0)


def wrong_axis(A):
    return A.mean(axis=1)


def divided_twice(A):
    return A.mean(axis=0) / len(A)


CASES = (
    (np.array([[1.0, 2.0], [3.0, 6.0]]),),
    (np.arange(12.0).reshape(4, 3),),
)
DEMO = Exercise(
    name="99.mean_rows",
    reference=mean_rows,
    cases=CASES,
    tested="two shapes",
    hints=("nudge", "formula", "code"),
    wrong=(
        Wrong(sum_rows, "NAMED a sum, not a mean"),
        Wrong(wrong_axis, "NAMED the other axis"),
    ),
    right=(lambda A: A.mean(axis=0),),
)
NUMBER = Exercise(
    name="99.count",
    reference=7,
    tested="the count",
    hints=("a", "b", "c"),
    wrong=(Wrong(8, "NAMED one too many"),),
    right=(7.0, np.int64(7)),
    why="seven",
)


@pytest.fixture(autouse=True)
def demo_chapter(monkeypatch):
    real = model_module.chapter

    def chapter(number):
        return {e.name: e for e in (DEMO, NUMBER)} if number == "99" else real(number)

    monkeypatch.setattr(model_module, "chapter", chapter)
    monkeypatch.setattr(state, "chapter", chapter)
    monkeypatch.setattr(state, "chapters", lambda: ["99"])
    monkeypatch.setattr(state, "_this_kernel", {section: {} for section in state.SECTIONS})
    monkeypatch.setattr(engine, "_hints_given", engine.Counter())


def untouched(A): ...


def untouched_with_docstring(A):
    """To do."""


def returns_none(A):
    A.sum()


def returns_list(A):
    return list(A.mean(axis=0))


def returns_text(A):
    return "seven"


def changes_input(A):
    A += 0.0
    A -= 1
    return A.mean(axis=0) + 1


def raises(A):
    return A / {}["nothing"]


def leaves(A):
    raise SystemExit


def never_returns(A):
    while True:
        with contextlib.suppress(Exception):
            time.sleep(0.01)


def wrong_signature(A, B):
    return A


def negated(A):
    return -A.mean(axis=0)


def nan(A):
    return A.mean(axis=0) * np.nan


def column(A):
    return A.mean(axis=0)[:, None]


def one_entry_off(A):
    out = A.mean(axis=0)
    out[1] += 1
    return out


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (untouched, "not attempted yet"),
        (untouched_with_docstring, "not attempted yet"),
        (..., "not attempted yet"),
        (mean_rows, "right. Tested: two shapes."),
        (lambda A: A.mean(axis=0), "right. Tested"),
        (returns_none, "is the `return` missing?\n"),
        (returns_list, "right. Tested: two shapes. It returns a list"),
        (returns_text, "It returns text. A value belongs here"),
        (changes_input, "The result is right, but it writes into `A`"),
        (raises, "The key 'nothing' is not in the dict. It stops in the line `return A / {}["),
        (leaves, "raises SystemExit"),
        (wrong_signature, "It is called with (A); yours takes (A, B)"),
        (np.zeros(2), "A function of (A) belongs here, and this is an ndarray"),
        (sum_rows, "NAMED a sum"),
        (wrong_axis, "NAMED the other axis"),
        (divided_twice, "You take the mean where the sum belongs."),
        (negated, "The sign is the wrong way round"),
        (nan, "It holds NaN"),
        (column, "An axis of length 1 is left over"),
        (one_entry_off, "1 of 2 entries differ, the first at [1]"),
        (lambda A: A.mean(axis=0) * 0, "the same whatever comes in"),
    ],
)
def test_check_says_what_it_sees(answer, said, capsys):
    returned = check("99.mean_rows", answer)
    printed = capsys.readouterr().out
    assert printed.startswith("99.mean_rows: ")
    assert " ".join(said.split()) in " ".join(printed.split())
    right = said.startswith("right")
    if answer is returns_list:
        assert np.array_equal(returned(CASES[0][0]), [2.0, 4.0])
        assert isinstance(returned(CASES[0][0]), np.ndarray), "the notebook goes on with arrays"
    else:
        assert returned is (answer if right else mean_rows)


def halves(A):
    return [(A[:1], A[:1].sum()), (A[1:], A[1:].sum())]


def halves_exchanged(A):
    return halves(A)[::-1]


HALVES = Exercise(
    name="99.halves",
    reference=halves,
    cases=CASES,
    tested="two shapes",
    hints=("nudge", "formula", "code"),
    wrong=(Wrong(halves_exchanged, "NAMED the halves are exchanged"),),
    right=(),
)


def test_a_list_of_pairs_is_judged_alike_as_list_and_as_tuple():
    assert engine.judge(HALVES, halves) is None
    assert engine.judge(HALVES, lambda A: tuple(halves(A))) is None
    for answer in (halves_exchanged, lambda A: tuple(map(list, halves_exchanged(A)))):
        assert engine.judge(HALVES, answer)[0] == "NAMED the halves are exchanged"
    said = engine.judge(HALVES, lambda A: (pair for pair in halves(A)))[0]
    assert said.startswith("It returns a generator")
    said = engine.judge(HALVES, lambda A: [halves(A)[0]] * 2)[0]
    assert said.startswith("Item 1: item 0: ")


def test_a_pair_in_an_array_is_a_pair_right_or_wrong():
    assert engine.judge(ENDS, lambda A: np.array([A.min(), A.max()])) is None
    for pair in (tuple, list, np.array):
        said = engine.judge(ENDS, lambda A, pair=pair: pair([A.max(), A.min()]))[0]
        assert said == "NAMED the two are exchanged"


ENDS = Exercise(
    name="99.ends",
    reference=lambda A: (A.min(), A.max()),
    cases=((np.array([1.0, 5.0, 2.0]),), (np.array([3.0, -2.0]),)),
    returns=("least", "most"),
    tested="two rows",
    hints=("nudge", "formula", "code"),
    wrong=(Wrong(lambda A: (A.max(), A.min()), "NAMED the two are exchanged"),),
    right=(),
)


def mean_and_count(A):
    return A.mean(), len(A)


MEAN_AND_COUNT = Exercise(
    name="99.mean_and_count",
    reference=mean_and_count,
    cases=((np.array([[1.0, 2.0], [3.0, 7.0]]),),),
    returns=("mean", "count"),
    tested="one shape",
    hints=("nudge", "formula", "code"),
    wrong=(),
    right=(),
)


@pytest.mark.parametrize(
    ("mean", "count", "said"),
    [
        (lambda A: A.mean() * 3, len, "mean: it is 3 times too large."),
        (lambda A: A.mean() * 2, len, "mean: it is 2 times too large."),
        (lambda A: A.mean() / 2, len, "mean: it is 2 times too small."),
        (lambda A: A.mean() * (1 + 1e-5), len, "mean: the value differs."),
        (lambda A: A.mean() * 1.3, len, "mean: the value differs."),
        (lambda A: A.mean() * np.nan, len, "mean: it is NaN."),
        (lambda A: 0.0, len, "mean: it is 0."),
        (np.mean, lambda A: 4, "count: the value differs."),  # no count is 'twice too large'
        (np.mean, lambda A: 0, "count: it is 0."),
        (
            lambda A: np.array([6.5]),
            len,
            "mean: its shape is (1,), and a single number belongs.",
        ),
    ],
)
def test_what_is_said_of_one_wrong_number_when_nobody_knows_why(mean, count, said, monkeypatch):
    """One number is some multiple of any other: only a whole factor tells, and no count's."""
    monkeypatch.setattr(probes, "PROBES", ())
    problem = engine.judge(MEAN_AND_COUNT, lambda A: (mean(A), count(A)))
    assert problem[0].startswith(said)


def test_a_negative_factor_is_a_size_and_a_sign():
    right = np.array([1.0, 2.0, 3.0])
    said = difference(right, -0.1 * right, 1e-7)
    assert said == "it is 10 times too small, everywhere, and the sign is the wrong way round"


def test_one_entry_is_one_number():
    assert difference(np.array([[0.75]]), np.array([[0.8]]), 1e-6) == "the value differs"
    assert difference(np.zeros(3), 7, 1e-6).startswith("it is a single number, and an array")


def test_small_numbers_are_shown_and_many_are_not():
    assert shown(np.array([1e-9, -2e-9])) == "[ 1.e-09, -2.e-09]"
    assert shown(np.array([1.0, 1e-9])) == "[1., 0.]"
    assert shown([np.zeros(2), np.ones(1)]) == "[[0., 0.], [1.]]"
    assert shown((np.zeros((4, 5)), np.zeros(5))) == "arrays of shapes (4, 5), (5,)"
    assert shown((0.5, np.zeros(30))) == "(0.5, an array of shape (30,))"


def test_the_smallest_failing_case_is_shown_with_both_results(capsys):
    check("99.mean_rows", sum_rows)
    printed = capsys.readouterr().out
    assert "smallest case that shows it: A = [[1., 2.], [3., 6.]]" in printed
    assert "expected: [2., 4.]" in printed
    assert "yours:    [4., 8.]" in printed


def test_a_function_that_never_returns_is_given_up(capsys):
    started = time.perf_counter()
    assert check("99.mean_rows", never_returns) is mean_rows
    assert time.perf_counter() - started < runner.PATIENT * runner.SECONDS + 10
    assert "has not returned after 2 s" in capsys.readouterr().out


def test_a_loop_in_python_is_ended_not_left_running():
    beats = []

    def busy(A):
        while True:
            beats.append(1)

    check("99.mean_rows", busy)
    seen = len(beats)
    time.sleep(0.1)
    assert len(beats) == seen


def test_inputs_are_fresh_for_every_answer():
    before = [case[0].copy() for case in CASES]
    check("99.mean_rows", changes_input)
    assert all(np.array_equal(a, case[0]) for a, case in zip(before, CASES))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (7, "right. Tested: the count.\n    seven\n"),
        (np.int64(7), "right"),
        (8, "NAMED one too many"),
        (None, "It is None"),
        ("7", "a str where a number belongs"),
        (np.array([7, 7]), "shape is (2,), and a single number belongs"),
        (9, "The value differs"),
    ],
)
def test_values_are_judged_too(answer, said, capsys):
    check("99.count", answer)
    assert said.lower() in capsys.readouterr().out.lower()


def test_an_unknown_name_is_said_and_the_answer_goes_on(capsys):
    assert check("99.nonsense", 5) == 5
    printed = capsys.readouterr().out
    assert "there is no exercise '99.nonsense'" in printed
    assert "99.mean_rows" in printed


def test_an_answer_that_breaks_the_judge_does_not_break_the_notebook(capsys):
    class Strange:
        @property
        def __class__(self):
            raise ZeroDivisionError("strange")

    assert check("99.count", Strange()) == 7
    assert "99.count: not right yet" in capsys.readouterr().out


def test_hints_come_one_by_one_then_the_solution(capsys):
    for _ in range(4):
        hint("99.mean_rows")
    printed = capsys.readouterr().out
    assert [printed.count(f"hint {i} of 3") for i in (1, 2, 3)] == [1, 1, 2]
    solution("99.mean_rows")
    assert "return A.sum(axis=0) / len(A)" in capsys.readouterr().out
    solution("99.count")
    assert capsys.readouterr().out == "count = 7\n# seven\n"


def test_same_as_compares_arrays_and_functions(capsys):
    same_as(mean_rows, lambda A: A.mean(axis=0), CASES[0][0])
    assert (
        capsys.readouterr().out == "mean_rows: same, shape (2,), relative error below 1e-09\n"
    )
    with pytest.raises(AssertionError, match=r"relative error 0\.5"):
        same_as(np.ones(3), np.ones(3) / 2)
    with pytest.raises(ValueError, match="cannot compare"):
        same_as(np.ones(3), np.ones((3, 1)))


def test_nothing_is_kept_when_switched_off(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("DIGITLIB_STATE", "off")
    check("99.count", 7)
    assert not list(tmp_path.iterdir())


def test_a_value_may_bring_its_own_judge():
    exercise = Exercise(
        name="99.words",
        reference={"A": "rate"},
        tested="a dict",
        hints=("nudge", "formula", "code"),
        wrong=(),
        right=(),
        explain=lambda answer: None if answer == {"A": "rate"} else "NAMED by its judge",
    )
    assert engine.judge(exercise, {"A": "rate"}) is None
    assert engine.judge(exercise, {"A": "mask"}) == ["NAMED by its judge"]
    assert engine.judge(exercise, None) == ["It is None: a value belongs here."]
