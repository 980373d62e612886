"""The progress file: one file, two kernels, any damage, nothing lost."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from digitlib.exercises import check, model, progress, state
from digitlib.exercises.model import chapters, find


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setattr(state, "_this_kernel", {section: {} for section in state.SECTIONS})
    place = tmp_path / "deep" / "progress.json"
    monkeypatch.setenv("DIGITLIB_STATE", str(place))
    return place


def forget(monkeypatch):
    monkeypatch.setattr(state, "_this_kernel", {section: {} for section in state.SECTIONS})


def names(folder):
    return sorted(p.name for p in folder.iterdir())


def test_a_right_answer_is_kept_once_with_its_first_date(file):
    check("04.n_parameters", 7960)
    assert list(json.loads(file.read_text())["right"]) == ["04.n_parameters"]
    stored = json.loads(file.read_text())
    stored["right"]["04.n_parameters"] = "2020-01-01"
    file.write_text(json.dumps(stored))
    check("04.n_parameters", 7960)
    assert state.right()["04.n_parameters"] == "2020-01-01"
    assert names(file.parent) == ["progress.json"], "no lock or part file is left"


def test_progress_is_a_table_with_what_is_next(file, capsys):
    check("04.n_parameters", 7960)
    state.keep_guess("04.a", {"value": "x", "sure": 60, "right": True})
    state.keep_guess("04.b", {"value": "x", "sure": 60, "right": False})
    state.keep_guess("04.c", {"value": "x", "sure": 60})
    capsys.readouterr()
    progress()
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["notebook", "exercises", "guesses", "right"]
    assert len(lines) == 2 + len(chapters())
    whole = len(model.chapter("04"))
    (row,) = [line for line in lines if line.startswith("04 ")]
    assert row.split("  ")[0] == "04 one hidden layer"
    assert f" 1 of {whole} " in row
    assert row.endswith(" 1 of 2")
    first = next(iter(model.chapter(chapters()[0])))
    assert lines[-1] == f"next: {first}"


def test_progress_says_when_all_is_done(file, capsys):
    for number in chapters():
        for name in model.chapter(number):
            state.mark_right(name)
    progress()
    assert capsys.readouterr().out.endswith("All exercises are done.\n")


def test_a_file_of_the_first_edition_is_read_and_keeps_its_content(file):
    file.parent.mkdir()
    file.write_text('{"version": 1, "right": {"03.x": "2026-01-01"}, "other": [1]}')
    assert state.right() == {"03.x": "2026-01-01"}
    state.mark_right("04.y")
    stored = json.loads(file.read_text())
    assert set(stored["right"]) == {"03.x", "04.y"}
    assert stored["other"] == [1]


@pytest.mark.parametrize(
    "damage",
    [
        b"{half",
        b"",
        b"[]",
        b'{"right": []}',
        b'{"right": {}, "guesses": 7}',
        b"\xff\xfe\x00",
        b"[" * 200_000,
        b'{"right":' * 50_000,
        b" " * (state.LARGEST + 1),
    ],
    ids=lambda damage: f"{damage[:12]!r}-{len(damage)}",
)
def test_a_damaged_file_is_put_aside_and_no_rescue_is_lost(damage, file, monkeypatch, capsys):
    file.parent.mkdir()
    for i in (1, 2, 3):
        file.write_bytes(damage + b" " * i)
        forget(monkeypatch)
        progress()
        state.mark_right(f"04.x{i}")
        assert list(state.right()) == [f"04.x{i}"]
    rescued = ["progress.json.damaged", "progress.json.damaged-2", "progress.json.damaged-3"]
    assert names(file.parent) == ["progress.json", *rescued]
    for i, name in enumerate(rescued, start=1):
        assert (file.parent / name).read_bytes() == damage + b" " * i


def test_a_folder_in_place_of_the_file_is_no_error(file):
    file.mkdir(parents=True)
    state.mark_right("04.x")
    assert "04.x" in state.right()


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path, monkeypatch):
    (tmp_path / "in_the_way").write_text("")
    monkeypatch.setenv("DIGITLIB_STATE", str(tmp_path / "in_the_way" / "progress.json"))
    forget(monkeypatch)
    state.mark_right("04.x")
    assert "04.x" in state.right()


def test_two_kernels_at_once_lose_nothing(file):
    code = (
        "import sys; from digitlib.exercises import state\n"
        "for i in range(25): state.mark_right(f'{sys.argv[1]}.{i}')"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(kernel)]) for kernel in range(4)
    ]
    assert [process.wait(timeout=60) for process in running] == [0] * 4
    assert len(json.loads(file.read_text())["right"]) == 100
    assert names(file.parent) == ["progress.json"]


def test_a_lock_that_nobody_gives_back_does_not_stop_a_notebook(file, monkeypatch):
    monkeypatch.setattr(state, "_try_lock", lambda handle: False)
    real = state._alone
    monkeypatch.setattr(state, "_alone", lambda place: real(place, seconds=0.05))
    state.mark_right("04.x")
    assert list(json.loads(file.read_text())["right"]) == ["04.x"]


def test_small_values_are_kept_the_newest_of_a_name(file, monkeypatch):
    assert state.kept("04.seeds", [0, 1]) == [0, 1]
    state.keep("04.seeds", [3, 4])
    state.keep("04.seeds", [5, 6])
    forget(monkeypatch)
    assert state.kept("04.seeds") == [5, 6]


def test_every_chapter_has_a_title():
    assert all(model.title(number) for number in chapters())
    assert model.title("98") == ""
    assert find("04.wall").name == "04.wall"


def test_the_shell_shows_the_same_table(file, capsys):
    from digitlib.__main__ import main

    state.mark_right("04.n_parameters")
    assert not main(["progress"])
    shown = capsys.readouterr().out
    progress()
    assert shown == capsys.readouterr().out


def test_a_teacher_sees_the_files_of_a_class_side_by_side(tmp_path, capsys):
    from digitlib.__main__ import main

    first = next(iter(model.chapter("04")))
    (tmp_path / "anna.json").write_text(
        json.dumps({"right": {first: "2026-01-01"}, "guesses": {"04.a": {"right": False}}})
    )
    (tmp_path / "ben").mkdir()
    (tmp_path / "ben" / "progress.json").write_text('{"right": {}}')
    files = [str(tmp_path / "anna.json"), str(tmp_path / "ben" / "progress.json")]
    before = [Path(file).read_bytes() for file in files]
    assert not main(["progress", *files])
    head, anna, ben, whole = capsys.readouterr().out.splitlines()
    assert head.split() == ["done", *chapters(), "guesses", "right"]
    assert anna.split() == [
        "anna",
        *("1" if n == "04" else "." for n in chapters()),
        "0",
        "of",
        "1",
    ]
    assert ben.split() == ["ben", *["."] * len(chapters()), "0", "of", "0"]
    assert whole.split() == ["of", *(str(len(model.chapter(n))) for n in chapters())]
    assert [Path(file).read_bytes() for file in files] == before
    for wrong in ("[1]", "{", '{"right": 3}'):
        (tmp_path / "anna.json").write_text(wrong)
        assert main(["progress", *files])
        assert "is no progress file" in capsys.readouterr().err
    assert names(tmp_path) == ["anna.json", "ben"], "nothing is put aside"


def test_a_chapter_is_called_as_its_notebook_is():
    from tools.course import NOTEBOOKS

    for number, (_, title, _) in NOTEBOOKS.items():
        assert model.title(number).lower() == title.lower()
