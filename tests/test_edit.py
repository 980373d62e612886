"""`make edit` and `make notebooks`, run on a toy course with a Makefile, tools and gates."""

import base64
import io
import os
import shutil
import subprocess
import sys

import matplotlib.image
import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from notebook_tools import PATHS, ROOT, STEMS, read

from tools.build import keep_pictures, looks_the_same, tidy, write
from tools.course import skeleton, stem_of
from tools.edit import stamp, to_notebook, to_text

DRAWING = """\
import matplotlib.pyplot as plt

plt.plot([0, 1])
plt.show()"""
GATES = """\
import pytest


@pytest.mark.parametrize("stem", ["90_toy", "91_new"])
def test_gate(stem):
    print(f"the gates of {stem}")
"""


def png(pixels):
    file = io.BytesIO()
    matplotlib.image.imsave(file, pixels, cmap="gray", vmin=0, vmax=1)
    return base64.b64encode(file.getvalue()).decode()


def drawn(*pictures):
    outputs = [new_output("display_data", data={"image/png": p}) for p in pictures]
    return new_notebook(cells=[new_code_cell("", outputs=outputs)])


@pytest.mark.parametrize("path", PATHS, ids=STEMS)
def test_every_notebook_survives_the_way_to_text_and_back(path):
    assert stamp(to_notebook(to_text(read(path)))) == stamp(read(path))


def test_markdown_with_quotes_and_backslashes_survives():
    cells = [
        new_markdown_cell('```python\n"""a docstring"""\n```'),
        new_markdown_cell(r"$\alpha$, \\ and ends with a quote " + '"'),
        new_code_cell('"""a string as a cell"""', metadata={"tags": ["exercise"]}),
        new_code_cell(""),
    ]
    notebook = new_notebook(cells=cells)
    assert stamp(to_notebook(to_text(notebook))) == stamp(notebook)


def test_a_picture_is_kept_where_the_new_one_looks_the_same():
    pixels = np.zeros((100, 100))
    one, moved = pixels.copy(), pixels.copy()
    one[0, :9] = 1  # 9 pixels of 10,000
    moved[0, :10] = 1  # 10: a part of 0.1 %
    assert looks_the_same(png(pixels), png(one))
    assert not looks_the_same(png(pixels), png(moved))
    assert not looks_the_same(png(pixels), png(np.zeros((100, 101))))
    new = drawn(png(moved), png(one))
    keep_pictures(new, [png(pixels)])
    kept, replaced = new.cells[0].outputs[1].data, new.cells[0].outputs[0].data
    assert kept["image/png"] == png(pixels)
    assert replaced["image/png"] == png(moved)


def test_a_number_means_a_notebook_or_one_of_the_plan(tmp_path):
    (tmp_path / "90_toy.ipynb").touch()
    assert stem_of("90", tmp_path) == stem_of("notebooks/90_toy.ipynb", tmp_path) == "90_toy"
    assert stem_of("16", tmp_path) == "16_what_it_sees"
    assert stem_of("95_mine", tmp_path) == "95_mine"
    for wrong, says in (("95", "in full: 95_"), ("toy", "by its number")):
        with pytest.raises(ValueError, match=says):
            stem_of(wrong, tmp_path)
    (tmp_path / "90_other.ipynb").touch()
    with pytest.raises(ValueError, match="Two notebooks"):
        stem_of("90", tmp_path)


def test_a_new_notebook_has_its_question_its_badges_and_the_set_up_cell():
    cells = skeleton("16_what_it_sees").cells
    assert "*Which pixels decide, and can a picture tell you?*" in cells[0].source
    assert cells[0].source.count("notebooks/16_what_it_sees.ipynb)") == 2
    assert "set-up" in cells[1].metadata.tags
    assert skeleton("95_my_own").cells[0].source.startswith("# 95 · My own\n")


@pytest.fixture
def course(tmp_path):
    """A folder that has our Makefile and tools, one notebook, and gates of its own."""
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    for name in ("Makefile", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    for folder in ("notebooks", "tests", "figures"):
        (tmp_path / folder).mkdir()
    shutil.copy(ROOT / "notebooks" / "ruff.toml", tmp_path / "notebooks")
    (tmp_path / "tests" / "test_notebooks.py").write_text(GATES)
    (tmp_path / "tests" / "bands.toml").write_text("[90]\nshare = [0.2, 0.3]\n")
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# 90 · Toy"),
            new_code_cell('from digitlib.exercises import hold\n\nprint("first")'),
            new_code_cell('hold("90.share", 0.25)'),
            new_code_cell(DRAWING, metadata={"tags": ["picture-line"]}),
            new_markdown_cell("**Figure 1.** A line that rises."),
        ]
    )
    tidy(notebook, "90_toy")
    write(tmp_path / "notebooks" / "90_toy.ipynb", notebook)
    # The Makefile's environment is there already: this Python, and stamps newer than all else.
    python = tmp_path / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    for stamp_file in ("course.stamp", "test.stamp"):
        (tmp_path / "venv" / stamp_file).touch()
    return tmp_path


def make(course, *arguments):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
    environment["PYTHONPATH"] = str(ROOT)  # digitlib; tools is found in the toy itself
    return subprocess.run(
        ["make", f"VENV={course / 'venv'}", *arguments],
        cwd=course,
        env=environment,
        capture_output=True,
        text=True,
    )


def stored(course, stem="90_toy"):
    return nbformat.read(course / "notebooks" / f"{stem}.ipynb", as_version=4)


@pytest.mark.kernel
def test_both_commands_on_a_toy_notebook(course):
    text = course / ".edit" / "90.py"

    def edit(old, new):
        source = text.read_text(encoding="utf-8")
        assert old in source
        text.write_text(source.replace(old, new), encoding="utf-8")

    # A changed cell is executed; what it held and drew is stored, and the gates run.
    assert make(course, "edit", "NB=90").returncode == 0
    edit('print("first")', 'print("second")')
    done = make(course, "notebooks")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "90_toy: executed" in done.stdout
    assert "1 passed, 1 deselected" in done.stdout
    assert not text.exists()
    assert stored(course).cells[1].outputs[0].text == "second\n"
    assert '"90.share": 0.25' in (course / "tests" / "held.json").read_text()
    output = stored(course).cells[3].outputs[0]
    assert output.metadata["image/png"]["alt"] == "A line that rises."
    picture = base64.b64decode(output.data["image/png"])
    assert (course / "figures" / "line.png").read_bytes() == picture

    # A changed word is not executed: what is stored stays, but a caption is the alternative.
    marked = stored(course)
    marked.cells[1].outputs[0].text = "stored\n"
    write(course / "notebooks" / "90_toy.ipynb", marked)
    make(course, "edit", "NB=90")
    edit("A line that rises.", "A straight line.")
    done = make(course, "notebooks")
    assert "not executed: no code cell has changed" in done.stdout, done.stdout + done.stderr
    assert stored(course).cells[1].outputs[0].text == "stored\n"
    assert stored(course).cells[3].outputs[0].metadata["image/png"]["alt"] == "A straight line."

    # A value outside its band stops the build; text and notebook stay.
    make(course, "edit", "NB=90")
    edit("0.25", "0.35")
    done = make(course, "notebooks")
    assert done.returncode != 0
    assert "90.share = 0.35 is outside its band, 0.2 to 0.3" in done.stdout
    assert text.exists()
    assert "0.25" in stored(course).cells[2].source

    # A notebook that has changed in the meantime is not overwritten, unless that is wanted.
    changed = stored(course)
    changed.cells[0].source = "# 90 · Changed elsewhere"
    write(course / "notebooks" / "90_toy.ipynb", changed)
    edit("0.35", "0.25")
    done = make(course, "notebooks")
    assert done.returncode != 0
    assert "has changed since the text was written" in done.stdout
    done = make(course, "notebooks", "FORCE=1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert stored(course).cells[0].source == "# 90 · Toy"
    assert not (course / ".edit").exists()
    assert "no text in .edit" in make(course, "notebooks").stdout


@pytest.mark.kernel
def test_a_new_notebook_is_begun_as_text(course):
    done = make(course, "edit", "NB=91_new")
    assert "a new 91_new" in done.stdout, done.stderr
    assert "is there already" in make(course, "edit", "NB=91_new").stdout
    done = make(course, "notebooks")
    assert done.returncode == 0, done.stdout + done.stderr
    notebook = stored(course, "91_new")
    assert [c.execution_count for c in notebook.cells if c.cell_type == "code"] == [1, 2]
    assert notebook.cells[0].id == "91_new-00"


def test_a_text_that_lies_there_breaks_neither_linter_nor_git(tmp_path):
    for name in ("pyproject.toml", ".gitignore"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".edit").mkdir()
    (tmp_path / ".edit" / "04.py").write_text("import os,sys\nx = ( 1)\n")
    (tmp_path / "other.py").write_text("import os,sys\nx = ( 1)\n")
    ruff = [sys.executable, "-m", "ruff"]
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [*ruff, *command, "."], cwd=tmp_path, capture_output=True, text=True
        )
        assert done.returncode, "the test would prove nothing"
        assert "other.py" in done.stdout
        assert "04.py" not in done.stdout
    git = {"cwd": tmp_path, "capture_output": True, "text": True}
    subprocess.run(["git", "init", "-q"], check=True, **git)
    seen = subprocess.run(["git", "status", "--porcelain", "-uall"], check=True, **git).stdout
    assert "other.py" in seen
    assert ".edit" not in seen
