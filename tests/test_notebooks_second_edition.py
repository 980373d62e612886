"""The gates of every notebook: a core of an hour, in which the reader does the main thing."""

import copy
import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from notebook_tools import PATHS, STEMS, code_cells, printed, prose, read, tags
from second_edition import (
    FURTHER,
    QUESTION,
    Measure,
    called,
    cells_before_the_first_part,
    core_and_parts,
    first_text,
    measure,
    too_much,
    too_wide,
    width,
    words_of,
)

from tools.course import skeleton

BY_STEM = {path.stem: read(path) for path in PATHS}
each = pytest.mark.parametrize("stem", STEMS)
# 'Batches of 64' and 'per', not 'images a batch' or 'one row an image'.
OLD_FASHIONED = re.compile(
    r"\b(?:images|digits|rows|examples|copies|errors|mistakes|seconds|minutes|numbers|one row)"
    r" an? (?:batch|epoch|image|digit|run|class|row)\b|\bit is all one\b"
)
TIME = re.compile(r"\*\*Time\.\*\* About (\d+) minutes")


@each
def test_the_core_is_an_hour(stem):
    core, _ = core_and_parts(BY_STEM[stem])
    found = measure(core)
    assert not too_much(found), f"{too_much(found)}; {found}"
    stated = TIME.search(core[0].source)
    assert stated, "the header says: **Time.** About 60 minutes"
    assert abs(int(stated[1]) - found.minutes) <= 5, f"{found.minutes:.0f} minutes; {found}"


@each
def test_the_core_has_exercises_and_its_main_line_is_one(stem):
    core, _ = core_and_parts(BY_STEM[stem])
    assert measure(core).exercises >= 2, "two to four exercises"


@each
def test_the_header_asks_the_question_and_links_to_the_words(stem):
    header = BY_STEM[stem].cells[0].source
    asked = QUESTION.search(header)
    assert asked, "below the title, in italics, stands the one question: *…?*"
    assert "…" not in header, "the skeleton's gaps are still there"
    for note in ("notes/notation.md", "notes/glossary.md"):
        assert f"{note})" in header, f"the header links to {note}"


@each
def test_the_core_says_what_to_remember(stem):
    core, _ = core_and_parts(BY_STEM[stem])
    headings = re.findall(r"^## (.+)$", "\n".join(c.source for c in core), re.MULTILINE)
    assert "What to remember" in headings
    assert len(FURTHER.findall(prose(BY_STEM[stem]))) <= 1


@each
def test_every_optional_cell_belongs_to_a_part(stem):
    loose = cells_before_the_first_part(BY_STEM[stem])
    assert not loose, f"a heading '### …' comes before:\n{loose[0].source}"
    _, parts = core_and_parts(BY_STEM[stem])
    headings = [heading for heading, _ in parts]
    assert len(set(headings)) == len(headings)


@each
def test_the_reader_sees_no_machinery(stem):
    for cell in code_cells(BY_STEM[stem]):
        holds = called(cell.source, "hold")
        assert len(holds) <= 2, f"at most one short line holds a number:\n{cell.source}"
        assert not re.search(r"\bassert\b", cell.source), (
            f"a band lives in bands.toml:\n{cell.source}"
        )


@each
def test_no_prediction_is_spoiled(stem):
    """A guess starts empty, and its answer is in no stored output."""
    revealed = []
    for cell in code_cells(BY_STEM[stem]):
        for call in called(cell.source, "guess"):
            value = call.args[1] if len(call.args) > 1 else None
            empty = value is None or getattr(value, "value", None) is ...
            assert empty, f"`guess` starts with ...:\n{cell.source}"
        for call in called(cell.source, "reveal"):
            name = first_text(call)
            assert f"{name}: no guess yet." in printed(cell), f"rebuild it:\n{cell.source}"
            revealed.append(name)
    guessed = [
        first_text(call)
        for cell in code_cells(BY_STEM[stem])
        for call in called(cell.source, "guess")
    ]
    assert sorted(guessed) == sorted(revealed), "each guess has its reveal"
    assert len(set(guessed)) == len(guessed)
    assert all(name.startswith(f"{stem[:2]}.") for name in guessed)


@each
def test_a_guess_stands_before_the_cell_that_draws_its_answer(stem):
    """Stored pictures are seen before anything is run, so a guess's own cell shows none."""
    for cell in code_cells(BY_STEM[stem]):
        kinds = [kind for output in cell.outputs for kind in output.get("data", {})]
        drawn = any(kind.startswith("image/") for kind in kinds)
        assert not (drawn and [*called(cell.source, "guess")]), cell.source


@each
def test_every_cell_that_checks_is_an_exercise(stem):
    for cell in code_cells(BY_STEM[stem]):
        assert bool(called(cell.source, "check")) == ("exercise" in tags(cell)), cell.source


@each
def test_the_prose_is_todays(stem):
    assert not OLD_FASHIONED.findall(prose(BY_STEM[stem]))


@each
def test_cells_are_as_short_as_the_page(stem):
    """At most 15 lines in the core; an optional part may show a whole class."""
    core, parts = core_and_parts(BY_STEM[stem])
    optional = [cell for _, cells in parts for cell in cells]
    for cells, most in ((core, 15), (optional, 20)):
        for cell in cells:
            lines = [line for line in cell.source.splitlines() if line.strip()]
            if cell.cell_type == "code":
                assert len(lines) <= most, f"{len(lines)} lines:\n{cell.source}"
                longest = max(map(len, lines), default=0)
                assert longest <= 75, f"above 75 characters:\n{cell.source}"
    assert not too_wide(BY_STEM[stem]), "a page of 800 px cuts it off"


# The measures themselves, seen to work and to fail.


def toy(*cells):
    return new_notebook(cells=list(cells))


def test_a_core_is_measured_as_course_and_reader_count():
    picture = new_output("display_data", data={"image/png": "", "text/plain": ""})
    cells = [
        new_markdown_cell(
            "[![Open](a.svg)](b) Four words, and $x$ more. 3 %<!-- 04.x -->\n\n| a |\n|---|\n"
        ),
        new_code_cell("import os\n\nset_up()", metadata={"tags": ["set-up"]}),
        new_code_cell("a = 1\n\nb = 2", outputs=[picture]),
        new_code_cell('wall = {}\nbackward = check("04.wall", wall)'),
    ]
    found = measure(cells)
    assert words_of(cells[0].source) == 5  # Four words and more a
    lines = found.wall_lines
    assert found == Measure(5, 2, lines=4, figures=1, exercises=1, wall_lines=lines, walls=1)
    assert lines == 7
    assert found.minutes == pytest.approx(5 / 150 + 4 / 10 + 3 * 7 + 1)
    assert Measure(300, 1, 50, 2, 3, 0).minutes == pytest.approx(2 + 5 + 18 + 2)
    two_walls = Measure(300, 1, 50, 2, 3, wall_lines=7, walls=2)
    assert two_walls.minutes == pytest.approx(2 + 5 + 7 * 3 + 6 + 2)


@pytest.mark.parametrize(
    ("what", "value"),
    [("words", 1801), ("cells", 25), ("lines", 251), ("figures", 6), ("exercises", 5)],
)
def test_too_much_of_anything_is_named(what, value):
    fine = {"words": 1500, "cells": 20, "lines": 150, "figures": 5, "exercises": 4}
    fine["wall_lines"] = 0
    assert too_much(Measure(**fine)) == []
    (said,) = (s for s in too_much(Measure(**fine | {what: value})) if what in s)
    assert said.startswith(f"{value} {what}, at most")
    assert too_much(Measure(**fine | {"words": 1800, "lines": 250})) == [
        "66 minutes, at most 65"
    ]


def test_going_further_is_cut_into_its_parts():
    code = [new_code_cell(f"x = {i}") for i in range(4)]
    notebook = toy(
        new_markdown_cell("# 04 · T"),
        code[0],
        new_markdown_cell("## Going further\n\nNothing later needs it.\n\n### One\n\nText."),
        code[1],
        code[2],
        new_markdown_cell("### Two"),
        code[3],
        new_markdown_cell("## What to remember"),
    )
    core, parts = core_and_parts(notebook)
    assert [c.source for c in core] == ["# 04 · T", "x = 0", "## What to remember"]
    assert [(h, [c.source for c in cells[1:]]) for h, cells in parts] == [
        ("One", ["x = 1", "x = 2"]),
        ("Two", ["x = 3"]),
    ]
    assert cells_before_the_first_part(notebook) == []
    loose = copy.deepcopy(notebook)
    loose.cells[2].source = "## Going further"
    loose.cells.insert(3, new_markdown_cell("### One"))
    loose.cells.insert(3, new_code_cell("y = 1"))
    assert [c.source for c in cells_before_the_first_part(loose)] == ["y = 1"]
    assert core_and_parts(toy(code[0])) == ([code[0]], [])


@pytest.mark.parametrize(
    ("tex", "low", "high"),
    [
        ("x", 0.4, 0.8),
        (r"\frac{a + b + c}{d}", 4, 6),
        (r"\sum_{i=1}^{n} x_i", 3, 5),
        (r"\underbrace{x}_{\text{a long label below}}", 5, 8),
        (r"a \\ b", 0.4, 0.8),
        (r"\begin{aligned} a &= b \\ c &= d + e \end{aligned}", 3, 5),
        (r"Z_1 = X W_1 + b_1, \qquad A_1 = \max(0,\, Z_1), \qquad P = f(Z_2)", 20, 26),
    ],
)
def test_an_equation_is_about_as_wide_as_mathjax_draws_it(tex, low, high):
    assert low < width(tex) < high


def test_an_equation_that_leaves_the_page_is_found():
    line = r"Z_1 = X W_1 + b_1, \qquad A_1 = \max(0,\, Z_1), \qquad "
    wide = "$$" + 3 * line + "P = 1$$"
    assert not too_wide(toy(new_markdown_cell(f"$${line}$$")))
    assert too_wide(toy(new_markdown_cell(wide)))
    assert not too_wide(toy(new_markdown_cell(wide.replace(r"\qquad ", r"\\"))))


def test_old_fashioned_words_are_found_and_others_are_not():
    for words in ("64 images a batch", "one row an image", "of a ReLU it is all one"):
        assert OLD_FASHIONED.search(words)
    for words in ("the images of a batch", "it shows digits as images", "numbers a reader has"):
        assert not OLD_FASHIONED.search(words)


def test_a_new_notebook_says_what_it_still_lacks():
    """The skeleton is of the second edition, and its gaps are found."""
    notebook = skeleton("16_what_it_sees")
    assert "…" in notebook.cells[0].source
    core, parts = core_and_parts(notebook)
    assert [heading for heading, _ in parts] == ["…"]
    assert core[-1].source.startswith("## What to remember")
