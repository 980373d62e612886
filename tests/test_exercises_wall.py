"""A wall of lines: one verdict per line, and a dict with which the notebook goes on."""

import linecache

import numpy as np
import pytest

from digitlib.exercises import check, engine, hint, solution, source, state
from digitlib.exercises.model import Line, Wall, find, parts
from digitlib.exercises.source import text_of


@pytest.fixture(autouse=True)
def fresh_kernel(monkeypatch):
    monkeypatch.setattr(state, "_this_kernel", {section: {} for section in state.SECTIONS})
    monkeypatch.setattr(engine, "_hints_given", engine.Counter())
    monkeypatch.setattr(engine, "_open_lines", {})


def filled(**changes):
    """The wall as a good reader fills it in, with these lines changed."""
    return {
        "dZ2": lambda P, Y, N: (P - Y) / N,
        "dW2": lambda A1, dZ2: A1.T @ dZ2,
        "db2": lambda dZ2: dZ2.sum(axis=0),
        "dA1": lambda dZ2, W2: dZ2 @ W2.T,
        "dZ1": lambda dA1, Z1: dA1 * (Z1 > 0),
        "dW1": lambda X, dZ1: X.T @ dZ1,
        "db1": lambda dZ1: dZ1.sum(axis=0),
        **changes,
    }


EMPTY = {
    "dZ2": lambda P, Y, N: ...,
    "dW2": lambda A1, dZ2: ...,
    "db2": lambda dZ2: ...,
    "dA1": lambda dZ2, W2: ...,
    "dZ1": lambda dA1, Z1: ...,
    "dW1": lambda X, dZ1: ...,
    "db1": lambda dZ1: ...,
}


def test_the_verdicts_stand_as_in_the_text(capsys):
    """The words that notebook and README show: two lines wrong, five right."""
    mine = filled(
        dZ1=lambda dA1, Z1: dA1 * (np.maximum(Z1, 0) >= 0), dW1=lambda X, dZ1: dZ1.T @ X
    )
    backward = check("04.wall", mine)
    assert capsys.readouterr().out == (
        "04.wall: 5 of 7 lines are right.\n"
        "    dZ2  right        dW2  right        db2  right        dA1  right\n"
        "    dZ1  Your mask lets blame through everywhere. A mask that is built from what "
        "came\n"
        "         out of the ReLU does: that is never negative. Ask what went in.\n"
        "    dW1  The factors are swapped: (10, N) @ (N, 784) gives dW1 turned over.\n"
        "    db1  right\n"
    )
    wall = find("04.wall")
    for key, function in backward.items():
        own = key not in ("dZ1", "dW1")
        assert function is (mine[key] if own else wall.line(key).reference)
    assert list(backward) == list(mine)


def test_a_later_line_is_judged_with_the_earlier_ones_taken_as_right(capsys):
    check("04.wall", filled(dZ2=lambda P, Y, N: Y))
    assert "6 of 7 lines are right" in capsys.readouterr().out


@pytest.mark.parametrize("empty", [EMPTY, {}, ..., dict.fromkeys(EMPTY, ...)])
def test_an_empty_wall_is_not_attempted(empty, capsys):
    backward = check("04.wall", empty)
    assert capsys.readouterr().out == (
        '04.wall: not attempted yet.\n    hint("04.wall") gives a nudge.\n'
    )
    assert backward == find("04.wall").reference
    assert "04.wall" not in state.right()


def test_a_wall_may_be_filled_line_by_line(capsys):
    check("04.wall", {**EMPTY, "db2": lambda dZ2: dZ2.sum(axis=0)})
    printed = capsys.readouterr().out
    assert "1 of 7 lines are right" in printed
    assert "    dZ2  not attempted yet.\n" in printed
    hint("04.wall")
    assert capsys.readouterr().out.startswith("dZ2, hint 1 of 3: ")


def test_all_right_is_remembered_and_says_why(capsys):
    mine = filled()
    assert check("04.wall", mine) == mine
    printed = " ".join(capsys.readouterr().out.split())
    assert "04.wall: all 7 lines are right. Tested: batches of 2, 3 and 7 images" in printed
    assert find("04.wall").why in printed
    assert find("04.wall.dZ2").why in printed
    assert "04.wall" in state.right()


def test_hints_are_for_the_first_open_line_or_the_one_that_is_named(capsys):
    check("04.wall", filled(dA1=lambda dZ2, W2: dZ2 @ W2))
    capsys.readouterr()
    hint("04.wall")
    hint("04.wall", "dW2")
    hint("04.wall")
    hint("04.wall")
    printed = capsys.readouterr().out
    assert [line for line in printed.splitlines() if "hint " in line or "solution" in line] == [
        f"dA1, hint 1 of 3: {find('04.wall.dA1').hints[0]}"[:88].rsplit(" ", 1)[0],
        f"dW2, hint 1 of 3: {find('04.wall.dW2').hints[0]}"[:88].rsplit(" ", 1)[0],
        f"dA1, hint 2 of 3: {find('04.wall.dA1').hints[1]}"[:88].rsplit(" ", 1)[0],
        "dA1, hint 3 of 3: dZ2 @ W2.T",
        'That was the last one. solution("04.wall", "dA1") shows an answer.',
    ]
    hint("04.wall", "dX")
    assert "04.wall has no line 'dX'. Its lines are: dZ2, dW2" in capsys.readouterr().out
    hint("04.n_parameters", "dX")
    assert "has no lines" in capsys.readouterr().out


def test_solution_prints_the_wall_as_a_reader_would_type_it(capsys):
    solution("04.wall")
    printed = capsys.readouterr().out
    assert printed.startswith('wall = {\n    "dZ2": lambda P, Y, N: (P - Y) / N,  # (N, 10)\n')
    assert '    "db1": lambda dZ1: dZ1.sum(axis=0),  # (10,)\n}\n' in printed
    solution("04.wall", "dW2")
    assert capsys.readouterr().out == "lambda A1, dZ2: A1.T @ dZ2\n"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (7, "a dict of lines belongs here, and this is an int"),
        ([1], "a dict of lines belongs here, and this is a list"),
        (filled(dw1=None), "There is no line 'dw1'"),
        (filled(dW1=np.ones((3, 2))), "dW1  A function of (X, dZ1) belongs here"),
        (filled(dW1=lambda X: X), "dW1  It is called with (X, dZ1); yours takes (X)"),
        (filled(dW1=lambda X, dZ1: 1 / 0), "dW1  It divides by 0"),
        (filled(dW1=lambda X, dZ1: print()), "dW1  It prints its answer and returns nothing"),
        (filled(dW1=lambda X, dZ1: None), "dW1  not attempted yet"),  # the bytes of `...`
        (filled(dW1=None), "dW1  A function of (X, dZ1) belongs here"),
    ],
)
def test_what_is_no_wall_is_said(answer, said, capsys):
    result = check("04.wall", answer)
    assert said in capsys.readouterr().out
    assert list(result) == list(find("04.wall").reference)


def test_no_verdict_takes_more_than_four_lines(capsys):
    for line in find("04.wall").lines:
        for wrong in line.wrong:
            check("04.wall", filled(**{line.key: wrong.answer}))
            block = capsys.readouterr().out.split(f"    {line.key}  ")[1].splitlines()
            of_this = [block[0], *(row for row in block[1:] if row.startswith(" " * 9))]
            assert len(of_this) <= 4


def three_lines(v, g):
    """A docstring that `solution` shows."""
    faster = 0.9 * v
    return faster + g


def one_line(theta, v):
    return theta - 0.1 * v


def test_references_of_several_statements_are_printed_before_the_dict():
    wall = Wall(
        name="99.wall",
        tested="nothing",
        lines=(
            Line(name="v", reference=three_lines, cases=((1.0, 2.0),), hints=(), wrong=()),
            Line(
                name="theta",
                reference=one_line,
                shape="(n,)",
                cases=((1.0, 2.0),),
                hints=(),
                wrong=(),
            ),
        ),
    )
    text = wall.source()
    assert text.startswith('def three_lines(v, g):\n    """A docstring')
    assert (
        '    "v": three_lines,\n    "theta": lambda theta, v: theta - 0.1 * v,  # (n,)\n}'
        in text
    )
    cell = {}
    exec(text, cell)
    assert cell["wall"]["v"](1.0, 2.0) == 2.9
    assert [line.name for line in parts(wall)] == ["99.wall.v", "99.wall.theta"]


def test_the_source_of_a_lambda_is_found_by_its_place():
    """A method's call after a bracket over two lines, two lambdas in a line, one in another."""
    some = {
        "over lines": lambda matrix_of_numbers: (
            matrix_of_numbers.sum(axis=0) + matrix_of_numbers.mean(axis=0) / 2
        ).max(axis=0),
    }
    pair = (lambda x: x + 1, lambda x: x + 2)
    outer = lambda x: lambda x: x * 3  # noqa: E731
    assert ").max(axis=0)" in text_of(some["over lines"])
    assert [text_of(one) for one in pair] == ["lambda x: x + 1", "lambda x: x + 2"]
    assert text_of(outer) == "lambda x: lambda x: x * 3"
    assert text_of(outer(1)) == "lambda x: x * 3"


def test_the_source_is_that_of_the_newest_text_of_a_cell(monkeypatch):
    """IPython hands out the lines of a cell by its name; another text comes in a new list."""
    for text in ("f = lambda x: x + 1\n", "f = lambda x: x - 1\n"):
        lines = (len(text), None, [text], "<cell>")
        monkeypatch.setitem(linecache.cache, "<cell>", lines)
        cell = {}
        exec(compile(text, "<cell>", "exec"), cell)
        assert text_of(cell["f"]) == text[4:].strip()
        assert text_of(cell["f"]) == text[4:].strip()


def test_of_many_files_the_first_is_forgotten(monkeypatch):
    for i in range(70):
        text, name = f"f = lambda x: x + {i}\n", f"<cell {i}>"
        monkeypatch.setitem(linecache.cache, name, (len(text), None, [text], name))
        cell = {}
        exec(compile(text, name, "exec"), cell)
        assert text_of(cell["f"]) == f"lambda x: x + {i}"
    assert len(source._files) <= 64
