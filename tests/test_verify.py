"""The comparing run of the notebooks, seen to pass and to fail on toys."""

import notebook_tools
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools import execute
from tools.build import tidy, write
from tools.verify import chosen_paths, untrue, verify

CODE = 'from digitlib.exercises import hold\n\nhold("97.x", 0.9496)\nprint("as stored")'


@pytest.fixture
def toy(tmp_path, monkeypatch):
    """A notebook that is stored as it runs, and a band for the number that it holds."""
    bands = tmp_path / "bands.toml"
    bands.write_text("[97]\nx = [0.9, 1]\n")
    monkeypatch.setattr(execute, "BANDS", bands)
    monkeypatch.setattr(notebook_tools, "BANDS", bands)

    def make(printed="as stored\n", quoted="95.0"):
        output = new_output("stream", name="stdout", text=printed)
        cell = new_code_cell(CODE, execution_count=1, outputs=[output])
        words = new_markdown_cell(f"It reads {quoted} %<!-- 97.x -->.")
        notebook = new_notebook(cells=[cell, words])
        tidy(notebook, "97_toy")
        write(tmp_path / "97_toy.ipynb", notebook)
        return tmp_path / "97_toy.ipynb"

    return make, bands


def test_prose_is_held_against_the_run_and_not_against_what_is_stored(toy):
    make, _ = toy
    path = make(quoted="95.0")
    assert untrue([path], {"97.x": 0.9496, "96.other": 1}) == []
    (said,) = untrue([path], {"97.x": 0.9512})
    assert said == "97_toy.ipynb: '95.0 %<!-- 97.x -->': the cell measured 0.9512"
    (said,) = untrue([path], {})
    assert said.endswith("no cell holds 97.x")


def test_a_name_that_means_no_notebook_is_refused():
    with pytest.raises(ValueError, match=r"no such notebook: 95_mine\.ipynb"):
        chosen_paths(["95_mine"])
    assert len(chosen_paths([])) == len(notebook_tools.PATHS)


@pytest.mark.kernel
@pytest.mark.parametrize(
    ("changes", "band", "code"),
    [
        ({}, "[0.9, 1]", 0),
        ({"printed": "otherwise\n"}, "[0.9, 1]", 1),
        ({"quoted": "95.1"}, "[0.9, 1]", 1),
        ({}, "[0.96, 1]", 1),
    ],
    ids=["as stored", "another output", "another number in the prose", "outside its band"],
)
def test_a_run_passes_only_where_output_prose_and_bands_agree(toy, changes, band, code):
    make, bands = toy
    path = make(**changes)
    bands.write_text(f"[97]\nx = {band}\n")
    assert bool(verify([path], workers=1)) == bool(code)
