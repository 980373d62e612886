"""Every stored answer of every exercise: right ones accepted, wrong ones named."""

import inspect
import math
import re

import numpy as np
import pytest
from notebook_tools import ROOT

import digitlib
from digitlib.exercises import check
from digitlib.exercises.engine import judge
from digitlib.exercises.model import Line, Wall, chapter, chapters, find, parts
from tools import grade

EXERCISES = [e for n in chapters() for whole in chapter(n).values() for e in parts(whole)]
WALLS = [e for n in chapters() for e in chapter(n).values() if isinstance(e, Wall)]
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
    line = isinstance(exercise, Line)
    assert len(exercise.hints) == 3 or (line and len(exercise.hints) == 2)
    assert len(set(exercise.hints)) == len(exercise.hints)
    assert len(exercise.wrong) >= (1 if line else 2)
    assert len(exercise.right) >= (0 if line else 1), "the reference and one other style"
    assert line or exercise.tested
    assert find(exercise.name) is exercise
    for text in (*exercise.hints[:-1], *(w.message for w in exercise.wrong)):
        assert 8 <= len(text) <= 260, text
        assert re.search(r"[.?:)\]…]$", text) or line, f"a sentence has an end: {text}"
    if exercise.is_function:
        assert line or exercise.reference.__name__ == exercise.key
        parameters = list(inspect.signature(exercise.reference).parameters)
        for answer in (*exercise.right, *(w.answer for w in exercise.wrong)):
            assert list(inspect.signature(answer).parameters) == parameters, name_of(answer)


@pytest.mark.parametrize("wall", WALLS, ids=lambda wall: wall.name)
def test_what_solution_prints_of_a_wall_is_right_when_it_is_typed(wall, capsys):
    """With the names that a notebook has: NumPy's, math's and the package's own."""
    cell = {"np": np, "math": math, "digitlib": digitlib, **vars(digitlib)}
    exec(wall.source(), cell)
    answers = check(wall.name, cell[wall.key])
    assert f"all {len(wall.lines)} lines are right" in capsys.readouterr().out
    assert all(answers[key] is cell[wall.key][key] for key in wall.reference)


@pytest.mark.parametrize("number", chapters())
def test_a_chapter_has_exercises_and_a_notebook(number):
    assert 2 <= len(chapter(number)) <= 8
    assert list((ROOT / "notebooks").glob(f"{number}_*.ipynb"))


def test_readme_quotes_only_what_a_check_says():
    """A quoted message, *"…"*, is one that a stored mistake gets, word for word."""
    quoted = re.findall(r'\*"([^"]+)"\*', (ROOT / "README.md").read_text(encoding="utf-8"))
    assert quoted
    messages = [wrong.message for _, wrong in WRONG]
    for text in quoted:
        assert any(text in message for message in messages), text


def test_the_printed_dialogues_are_what_check_prints():
    """`python tools/grade.py --dialogues` prints them anew after a sentence has changed."""
    text = grade.DIALOGUES.read_text(encoding="utf-8")
    assert text.count("```pycon") == 10
    assert text.count("not right yet") >= 20
    assert grade.with_replies(text) == text
