"""The gates that every notebook passes, as it is stored: executed, clean, honest, described."""

import copy
import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from notebook_tools import (
    CAPTION,
    CHECK,
    PATHS,
    ROOT,
    STEMS,
    bands,
    code_cells,
    disagreements,
    held,
    measured_outputs,
    printed,
    prose,
    read,
    tags,
    unnamed_numbers,
)

import digitlib
from digitlib.exercises import progress, state
from digitlib.exercises.model import Wall, chapter, find
from tools.build import reached, tidy
from tools.course import badges, set_up

MACHINE_PATH = re.compile(r"(?<![\w.])/(?:tmp|root|work|home|Users)/")

each = pytest.mark.parametrize("path", PATHS, ids=STEMS)


def test_there_are_notebooks():
    assert PATHS


@each
def test_is_stored_executed_from_top_to_bottom(path):
    notebook = read(path)
    counts = [
        c.execution_count for c in code_cells(notebook) if "skip-execution" not in tags(c)
    ]
    assert counts == list(range(1, len(counts) + 1)), "rebuild it with `make notebooks`"


@each
def test_is_stored_clean(path):
    notebook = read(path)
    assert notebook.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert [cell.id for cell in notebook.cells] == [
        f"{path.stem}-{i:02d}" for i in range(len(notebook.cells))
    ]
    for i, cell in enumerate(code_cells(notebook)):
        for output in cell.outputs:
            where = f"{path.name}, code cell {i + 1}"
            assert output.output_type != "error" or "raises-exception" in tags(cell), where
            assert output.get("name") != "stderr", where
            assert "application/vnd.jupyter.widget-view+json" not in output.get("data", {}), (
                where
            )
            text = output.get("text", "") + output.get("data", {}).get("text/plain", "")
            assert not MACHINE_PATH.search(text), where
            picture = output.get("data", {}).get("image/png", "")
            assert len(picture) < 300_000, f"{where}: a picture of {len(picture) // 1000} kB"
    assert path.stat().st_size < 2_000_000


@each
def test_opens_on_colab_and_kaggle_and_sets_itself_up(path):
    notebook = read(path)
    assert badges(path.stem) in notebook.cells[0].source, "bring it up to date: make badges"
    for promise in ("What you will build", "What you will know", "What you need", "Time"):
        assert f"**{promise}.**" in notebook.cells[0].source
    first = code_cells(notebook)[0]
    assert first.source == set_up(), "bring it up to date: make badges"
    assert {"set-up", "nbval-ignore-output"} <= tags(first)


@each
def test_every_measured_number_in_the_prose_is_the_one_that_was_printed(path):
    notebook = read(path)
    assert disagreements(notebook) == []
    assert unnamed_numbers(notebook) == []


def test_a_changed_number_in_the_prose_is_found():
    """The gate above, seen to fail: on every notebook's own numbers."""
    seen = 0
    for path in PATHS:
        notebook = read(path)
        for i, cell in enumerate(notebook.cells):
            if cell.cell_type == "markdown" and "<!-- " in cell.source:
                broken = copy.deepcopy(notebook)
                broken.cells[i].source = re.sub(
                    r"(\d)(\s?%?\s?<!-- \d)",
                    lambda m: f"{(int(m[1]) + 5) % 10}{m[2]}",
                    cell.source,
                )
                assert broken.cells[i].source != cell.source
                assert disagreements(broken), f"{path.name}, cell {i}"
                seen += 1
    assert seen


@each
def test_names_of_measurements_belong_to_the_notebook(path):
    notebook = read(path)
    outputs = measured_outputs(notebook)
    assert all(name.startswith(path.stem[:2] + ".") for name in outputs)


@each
def test_what_the_notebook_holds_is_what_its_stored_build_held(path):
    """Else a number in the prose could be compared with a build that is gone."""
    called = set(
        re.findall(r'\bhold\(\s*"([^"]+)"', "\n".join(map(source, code_cells(read(path)))))
    )
    stored = set(held(path.stem[:2]))
    assert called <= stored, "rebuild it with `make notebooks`"
    assert all(name.startswith(f"{path.stem[:2]}.") for name in called)
    computed = {n for n in stored - called if not holds_computed_names(read(path))}
    assert not computed, f"nothing holds {computed} any more"


def source(cell):
    return cell.source


def holds_computed_names(notebook):
    """Whether a cell calls `hold` with a name that it puts together."""
    return any(re.search(r'\bhold\(\s*[^"\s]', c.source) for c in code_cells(notebook))


def test_every_band_belongs_to_something_that_is_held():
    everything = {name for path in PATHS for name in held(path.stem[:2])}
    assert set(bands()) == everything, "tests/bands.toml against tests/held.json"
    assert all(low <= high for low, high in bands().values())


@each
def test_every_picture_is_described(path):
    """A caption follows each picture, says what it shows, and is its text alternative."""
    notebook, numbers = read(path), []
    for cell, following in zip(notebook.cells, [*notebook.cells[1:], None]):
        pictures = [o for o in cell.get("outputs", []) if "image/png" in o.get("data", {})]
        if not pictures:
            continue
        caption = following is not None and CAPTION.match(following.source)
        assert caption, f"no '**Figure N.** …' below the picture of:\n{cell.source}"
        numbers.append(int(caption[1]))
        sentence = caption[2].split("\n\n")[0]
        assert len(sentence.split()) >= 10, f"a caption states the finding: {sentence!r}"
        for title in re.findall(r'title\w*[=(]\s*f?"([^"]+)"', cell.source):
            assert title.lower() not in sentence.lower(), "the caption repeats the title"
        for picture in pictures:
            assert len(picture.metadata["image/png"]["alt"]) > 40
    assert numbers == list(range(1, len(numbers) + 1)), "figures are numbered in order"
    assert not re.search(r"!\[[^\]]*\]\((?!https://)", prose(notebook)), "a local picture"


def test_a_pictures_alternative_is_its_caption_and_nothing_after_it():
    """A caption's cell may go on with the text, which nobody wants read out for a picture."""
    picture = new_output("display_data", data={"image/png": ""})
    caption = new_markdown_cell(
        "**Figure 1.** Two\nlines, 3 %<!-- 01.x -->.\n\n**Notice.** More."
    )
    notebook = new_notebook(cells=[new_code_cell("", outputs=[picture]), caption])
    tidy(notebook, "01_data")
    alternative = notebook.cells[0].outputs[0].metadata["image/png"]["alt"]
    assert alternative == "Two lines, 3 %."


@each
def test_every_exercise_has_its_cell_and_its_name(path):
    notebook, names = read(path), []
    for cell in code_cells(notebook):
        found = CHECK.findall(cell.source)
        assert bool(found) == ("exercise" in tags(cell)), cell.source
        for result, name, variable in found:
            exercise = find(name)
            assert name == f"{path.stem[:2]}.{variable}"
            assert (result == variable) != isinstance(exercise, Wall), cell.source
            assert printed(cell).startswith(f"{name}: not attempted yet.")
            names.append(name)
    assert names == list(chapter(path.stem[:2])), "the notebook's order is the chapter's"
    assert names, "a notebook has three to five exercises"


@each
def test_links_lead_somewhere(path):
    """A link to another notebook or note names a file that is there."""
    for address in re.findall(r"\]\((?!https?://|#)([^)\s]+)\)", prose(read(path))):
        target = (path.parent / address.partition("#")[0]).resolve()
        assert target.exists(), f"{path.name} links to {address}"


def test_the_sanitiser_is_read_and_hides_only_progress_bars():
    """nbval drops a malformed file without a word, so its rules are tried here."""
    text = (ROOT / "tests" / "nbval_sanitize.cfg").read_text(encoding="utf-8")
    rules = re.findall(r"^regex: (.*)$\n^replace: (.*)$", text, re.MULTILINE)
    assert len(rules) == len(re.findall(r"^\[", text, re.MULTILINE)) > 0

    def sanitised(line):
        for pattern, replacement in rules:
            line = re.sub(pattern, replacement, line)
        return line

    assert sanitised(" 50%|#####     | 5/10 [00:01<00:01,  4.9it/s]") == "PROGRESS"
    for line in ("accuracy 90.4 %", "-0.5", "04.loss = 0.2351", "0.0"):
        assert sanitised(line) == line


def test_what_a_notebook_reached_is_no_guess_that_is_missing():
    """`make course` prints it, and 01 asks for a guess before it tells."""
    output = new_output(
        "stream", name="stdout", text="81.5 %\n01.x: no guess yet. Write one.\n"
    )
    cell = new_code_cell("", outputs=[output], metadata={"tags": ["reached"]})
    assert reached(new_notebook(cells=[cell])) == "81.5 %"


# What nbval leaves out may grow old unseen: these two outputs do not depend on the machine.
@each
def test_the_stored_set_up_cell_names_todays_version(path):
    (cell,) = [c for c in read(path).cells if "set-up" in c.metadata.get("tags", [])]
    said = "".join(output.text for output in cell.outputs)
    assert f"digitlib {digitlib.__version__}\n" in said, "run `make rebuild`"


def test_the_stored_progress_table_is_todays(monkeypatch, capsys):
    monkeypatch.setenv("DIGITLIB_STATE", "off")
    monkeypatch.setattr(state, "_this_kernel", {section: {} for section in state.SECTIONS})
    progress()
    (cell,) = [c for c in code_cells(read(PATHS[0])) if c.source.startswith("progress()")]
    assert cell.outputs[0].text == capsys.readouterr().out, "run `make rebuild NB=00`"
