"""Every stored answer of every exercise: right ones accepted, wrong ones named."""

import inspect
import re

import pytest
from notebook_tools import ROOT

from digitlib.exercises.engine import judge
from digitlib.exercises.model import chapter, chapters

EXERCISES = [e for number in chapters() for e in chapter(number).values()]
WRONG = [(e, wrong) for e in EXERCISES for wrong in e.wrong]
RIGHT = [(e, answer) for e in EXERCISES for answer in (e.reference, *e.right)]


def name_of(value):
    return getattr(value, "__name__", repr(value))[:40]


@pytest.mark.parametrize(
    ("exercise", "wrong"), WRONG, ids=[f"{e.name}-{name_of(w.answer)}" for e, w in WRONG]
)
def test_a_stored_mistake_is_rejected_with_its_own_message(exercise, wrong):
    problem = judge(exercise, wrong.answer)
    assert problem is not None, "a wrong answer is accepted"
    assert problem[0] == wrong.message


@pytest.mark.parametrize(
    ("exercise", "answer"), RIGHT, ids=[f"{e.name}-{name_of(a)}" for e, a in RIGHT]
)
def test_a_stored_right_answer_is_accepted(exercise, answer):
    assert judge(exercise, answer) is None


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_an_exercise_is_complete(exercise):
    assert len(exercise.hints) == 3
    assert len(set(exercise.hints)) == 3
    assert 2 <= len(exercise.wrong) <= 4
    assert len({w.message for w in exercise.wrong}) == len(exercise.wrong)
    assert len(exercise.right) >= 1, "the reference and one other style"
    assert exercise.tested
    for text in (*exercise.hints[:2], *(w.message for w in exercise.wrong)):
        assert 8 <= len(text) <= 260, text
        assert re.search(r"[.?:)\]…]$", text), f"a sentence has an end: {text}"
    if exercise.is_function:
        variable = exercise.name.split(".")[1]
        assert exercise.reference.__name__ == variable
        parameters = list(inspect.signature(exercise.reference).parameters)
        for answer in (*exercise.right, *(w.answer for w in exercise.wrong)):
            assert list(inspect.signature(answer).parameters) == parameters, name_of(answer)


@pytest.mark.parametrize("number", chapters())
def test_a_chapter_has_three_to_five_exercises_and_a_notebook(number):
    assert 3 <= len(chapter(number)) <= 5
    assert list((ROOT / "notebooks").glob(f"{number}_*.ipynb"))
