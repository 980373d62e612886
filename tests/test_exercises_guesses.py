"""Guesses: empty at first, never spoiled, kept with how sure the reader was."""

import json

import numpy as np
import pytest

from digitlib.exercises import guess, guesses, predictions, progress, reveal, state


@pytest.fixture(autouse=True)
def fresh_kernel(monkeypatch):
    forget(monkeypatch)


def forget(monkeypatch):
    """As a kernel that has just been started."""
    monkeypatch.setattr(state, "_this_kernel", {section: {} for section in state.SECTIONS})
    monkeypatch.setattr(predictions, "_made", {})
    monkeypatch.setattr(predictions, "_told", set())


def never():
    raise AssertionError("the answer was looked at before there was a guess")


def test_nothing_is_shown_or_computed_before_there_is_a_guess(capsys):
    guess("04.mask", ..., sure=...)
    reveal("04.mask", never)
    reveal("04.mask", "half")
    said = "04.mask: no guess yet. Write one above and run again.\n"
    assert capsys.readouterr().out == 2 * said
    assert guesses() == []


def test_a_guess_is_shown_beside_the_answer(capsys):
    guess("04.mask", "half", sure=70)
    reveal("04.mask", "none")
    assert capsys.readouterr().out == (
        "04.mask: not this time.\n    your guess: half (70 % sure)\n    the answer: none\n"
    )
    guess("04.two", "Half.", sure=100)
    reveal("04.two", "half")
    assert capsys.readouterr().out.startswith("04.two: right.\n")
    assert guesses() == [
        {"name": "04.mask", "sure": 70.0, "right": False},
        {"name": "04.two", "sure": 100.0, "right": True},
    ]


def test_a_guess_that_is_taken_back_is_no_guess(capsys):
    guess("04.mask", "half", sure=70)
    guess("04.mask", ..., sure=70)
    reveal("04.mask", never)
    assert "no guess yet" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("sure", "said"),
    [
        (..., "how sure are you? Put a number from 50 to 100"),
        ("very", "`sure` is a number from 50 to 100, in per cent, and yours is 'very'"),
        (True, "is a number from 50 to 100"),
        (float("nan"), "is a number from 50 to 100"),
        (0.8, "write 80 for 0.8"),
        (1, "write 100 for 1"),
        (30, "50 is a coin: if you are less sure than that"),
        (101, "from 50, a coin, to 100, certain. Yours is 101"),
        (-1, "from 50, a coin, to 100, certain. Yours is -1"),
    ],
)
def test_a_bad_sure_is_said_and_the_guess_waits(sure, said, capsys):
    guess("04.mask", "half", sure=sure)
    reveal("04.mask", never)
    printed = capsys.readouterr().out
    assert printed.startswith("04.mask: ")
    assert said in printed
    assert printed.count("\n") == 1
    assert guesses() == []


@pytest.mark.parametrize(
    ("value", "answer", "options", "hit"),
    [
        (0.8, 0.82, {}, True),
        (0.8, 0.95, {}, False),
        ("80 %", 0.82, {}, True),
        ("80 %", 82, {}, False),
        (3, 4, {"within": 1}, True),
        (3, 5, {"within": 1}, False),
        (6, np.int64(6), {}, True),
        ("−0.5", -0.5, {}, True),
        (True, np.bool_(True), {}, True),
        ("yes", True, {}, True),
        ("no", True, {}, False),
        (1, True, {}, False),
        ((64, 10), (64, 10), {}, True),
        ((10, 64), (64, 10), {}, False),
        ("both", "none: both run", {"right": ["both", "both run"]}, True),
        ("none", "none: both run", {"right": ["both", "both run"]}, False),
        (7, 8, {"right": lambda value: value > 5}, True),
        ("error", lambda: 1 / 0, {}, True),
        ("runs", lambda: 1 / 0, {}, False),
        ("ZeroDivisionError", lambda: 1 / 0, {}, True),
        ("runs", lambda: (10, 10), {}, True),
        ("error", lambda: (10, 10), {}, False),
        ((10, 10), lambda: (10, 10), {}, True),
        (0.5, lambda: 0.5, {}, True),
    ],
)
def test_what_counts_as_right(value, answer, options, hit, capsys):
    guess("04.a", value, sure=60)
    reveal("04.a", answer, **options)
    assert capsys.readouterr().out.startswith(f"04.a: {'right' if hit else 'not this time'}.")
    assert guesses() == [{"name": "04.a", "sure": 60.0, "right": hit}]


def test_an_answer_that_raises_is_shown_as_an_error(capsys):
    guess("04.a", "runs", sure=60)
    reveal("04.a", lambda: np.ones((2, 3)) @ np.ones((2, 3)))
    assert "the answer: error. ValueError: matmul" in capsys.readouterr().out


def test_the_first_guess_is_kept_with_its_date_and_outlives_the_kernel(
    tmp_path, monkeypatch, capsys
):
    file = tmp_path / "progress.json"
    monkeypatch.setenv("DIGITLIB_STATE", str(file))
    guess("04.a", "runs", sure=80)
    guess("04.a", "error", sure=90)  # a change of mind before the answer is no cheating
    reveal("04.a", lambda: 3)
    kept = json.loads(file.read_text())["guesses"]["04.a"]
    assert (kept["value"], kept["sure"], kept["right"]) == ("error", 90.0, False)
    assert len(kept["date"]) == 10
    forget(monkeypatch)
    capsys.readouterr()
    reveal("04.a", never)
    assert "no guess yet" in capsys.readouterr().out, "a new kernel asks anew"
    guess("04.a", "runs", sure=100)
    reveal("04.a", lambda: 3)
    printed = capsys.readouterr().out
    assert "04.a: right" in printed
    assert "Your first guess, error, is the one that is kept." in printed
    assert guesses() == [{"name": "04.a", "sure": 90.0, "right": False}]


def test_a_guess_without_sure_is_kept_and_left_out_of_the_calibration(tmp_path, monkeypatch):
    monkeypatch.setenv("DIGITLIB_STATE", str(tmp_path / "p.json"))
    guess("04.a", np.float64(0.5))
    reveal("04.a", 0.5)
    assert guesses() == []
    assert state.guesses()["04.a"]["right"] is True


def test_strange_values_do_not_break_the_file(tmp_path, monkeypatch, capsys):
    file = tmp_path / "p.json"
    monkeypatch.setenv("DIGITLIB_STATE", str(file))
    for i, value in enumerate([{1, 2}, object(), "x" * 10_000, float("inf"), [[1]], 1j]):
        guess(f"04.a{i}", value, sure=60)
        reveal(f"04.a{i}", 3)
    assert len(json.loads(file.read_text())["guesses"]) == 6
    assert file.stat().st_size < 2_000


@pytest.mark.parametrize("entry", [7, None, {}, {"sure": "x", "right": True}, {"sure": 60}])
def test_a_hostile_entry_is_left_out(entry, tmp_path, monkeypatch, capsys):
    file = tmp_path / "p.json"
    file.write_text(json.dumps({"right": {}, "guesses": {"04.a": entry}}))
    monkeypatch.setenv("DIGITLIB_STATE", str(file))
    assert guesses() == []
    progress()
    guess("04.a", "x", sure=60)
    reveal("04.a", "x")
    assert "04.a: right" in capsys.readouterr().out


def test_nothing_is_read_or_written_when_switched_off(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("DIGITLIB_STATE", "off")
    guess("04.a", "runs", sure=80)
    reveal("04.a", "runs")
    assert not list(tmp_path.iterdir())
    assert guesses() == [{"name": "04.a", "sure": 80.0, "right": True}]


def test_a_guess_that_is_a_number_is_not_told_that_something_runs(capsys):
    guess("02.a", 2.3, sure=80)
    reveal("02.a", lambda: 2.5)
    assert "the answer: 2.5\n" in capsys.readouterr().out
    guess("02.b", "ValueError", sure=80)
    reveal("02.b", lambda: 2.5)
    assert "the answer: runs. 2.5\n" in capsys.readouterr().out
