"""Every stored answer of every exercise: right ones accepted, wrong ones named."""

import functools
import inspect
import json
import math
import re
from collections import Counter

import numpy as np
import pytest
from notebook_tools import ROOT

import digitlib
from digitlib.exercises import check
from digitlib.exercises.engine import judge
from digitlib.exercises.model import Line, Wall, chapter, chapters, find, parts
from digitlib.exercises.trial import expected_outcomes, flat
from tools import grade

EXERCISES = [e for n in chapters() for whole in chapter(n).values() for e in parts(whole)]
WALLS = [e for n in chapters() for e in chapter(n).values() if isinstance(e, Wall)]
WRONG = [(e, wrong) for e in EXERCISES for wrong in e.wrong]


def name_of(value):
    return getattr(value, "__name__", repr(value))[:40]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_a_stored_mistake_is_rejected_with_its_own_message(exercise):
    said = [(judge(exercise, wrong.answer), wrong) for wrong in exercise.wrong]
    accepted = [name_of(wrong.answer) for problem, wrong in said if problem is None]
    assert not accepted, "a wrong answer is accepted"
    assert [problem[0] for problem, _ in said] == [wrong.message for wrong in exercise.wrong]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_a_stored_right_answer_is_accepted(exercise):
    for answer in (exercise.reference, *exercise.right):
        assert judge(exercise, answer) is None, name_of(answer)


# What comes out whole and does no harm as 2.0: counts, sizes and pixels, which are printed or
# compared, and answers of a network, which are compared.
HARMLESS = {
    "00.ink_to_byte",
    "00.more_ink",
    "01.wall.nearest",
    "01.labels_from_bytes",
    "01.nearest_by_angle",
    "04.most_confused",
    "06.dead_units",
    "07.wall.batch",
    "07.even_batches",
    "08.width_for_budget",
    "09.count_dead",
    "13.mcnemar.only",
    "13.mcnemar.p_value",
    "13.digits_needed",
    "14.receptive_field",
    "14.dilated_size",
    "15.rows_needed",
    "17.tries_needed",
    "18.wall.rows",
    "18.wall.start",
    "18.whole_numbers",
}


def whole_ones():
    """The exercises whose right answer holds whole numbers that are no truth values."""
    for exercise in EXERCISES:
        if exercise.is_function:
            values = flat([outcome.value for outcome in expected_outcomes(exercise)])
            if any(np.asarray(value).dtype.kind in "iu" for value in values):
                yield exercise


def in_floats(value):
    if isinstance(value, (list, tuple)):
        return type(value)(map(in_floats, value))
    return np.asarray(value, dtype=float)[()]


def test_of_every_whole_number_it_is_known_whether_a_float_will_do():
    assert {e.name for e in whole_ones() if not e.whole} == HARMLESS


@pytest.mark.parametrize(
    "exercise", [e for e in EXERCISES if e.whole], ids=lambda exercise: exercise.name
)
def test_a_float_is_refused_where_it_breaks_and_told_to_be_one(exercise):
    @functools.wraps(exercise.reference)
    def floats(*arguments):
        return in_floats(exercise.reference(*arguments))

    said, *_ = judge(exercise, floats)
    assert re.match("The numbers? (is|are) right, but (it is a|they are) floats?[.] ", said)
    assert exercise.whole in said

    @functools.wraps(exercise.reference)
    def wrong_too(*arguments):
        def more(value):
            return type(value)(map(more, value)) if isinstance(value, tuple) else value + 1.0

        return more(in_floats(exercise.reference(*arguments)))

    said, *_ = judge(exercise, wrong_too)
    assert "right, but" not in said, "another mistake comes first"


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


def judged():
    """The judgements of the record of fresh answers, by notebook."""
    for path in sorted((ROOT / "tests" / "answers" / "fresh").glob("*.jsonl")):
        found = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        yield path.stem, [(each["judged"], each["right"], each["by"]) for each in found]


def test_the_page_of_the_grader_counts_what_its_record_holds():
    page = (ROOT / "notes" / "grader.md").read_text(encoding="utf-8")
    total = Counter()
    for number, found in judged():
        row = Counter(word for word, _, _ in found)
        wrong = sum(not right for _, right, _ in found)
        named = sum(by not in ("", "plain") for _, _, by in found)
        counts = row["true"], row["misleads"], row["nothing"], row["passed"]
        share = f"**{row['helps']}** ({row['helps'] / wrong:.0%})".replace("%", " %")
        cells = (number, wrong, named, share, *counts)
        assert f"| {' | '.join(map(str, cells))} | " in page
        total.update(row, wrong=wrong, right=len(found) - wrong)
    said = f"{total['wrong']:,} wrong answers to the exercises of all nineteen notebooks: "
    said += f"{total['helps']:,} of them, {total['helps'] / total['wrong']:.0%}"
    said = said.replace("%", " %")
    assert said in page
    assert f"{total['misleads']} misled" in page
    assert f"{total['passed']} passed" in page
    assert f"One of {total['right']} right answers was refused" in page
    assert total["refused"] == 1
    assert len([*judged()]) == 19


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
