"""Whole notebooks in a real kernel: every solution put in, then a mistake everywhere."""

import os

import nbformat
import pytest
from nbclient import NotebookClient
from notebook_tools import CHECK, PATHS, STEMS, code_cells, printed, read, tags

from digitlib.exercises.model import Wall, find

pytestmark = pytest.mark.kernel


def answered(path, choose):
    """A copy of the notebook whose exercise cells hold the answers that `choose` picks.

    Of a wall of lines every line gets the answer that `choose` picks for it.
    """
    notebook = read(path)
    for cell in code_cells(notebook):
        cell.outputs, cell.execution_count = [], None
        for result, name, variable in (
            CHECK.findall(cell.source) if "exercise" in tags(cell) else ()
        ):
            exercise = find(name)
            if isinstance(exercise, Wall):
                text = exercise.source({line.key: choose(line) for line in exercise.lines})
            else:
                answer = choose(exercise)
                text = exercise.source(answer)
                if exercise.is_function and answer.__name__ != variable:
                    text += f"\n{variable} = {answer.__name__}"
            cell.source = f'{text}\n\n{result} = check("{name}", {variable})'
    return notebook


def said(cell):
    """What a cell printed, on one line."""
    return " ".join(printed(cell).split())


def run(notebook, folder):
    os.environ["DIGITLIB_STATE"] = "off"
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads of two workers would collide
    arguments = ["--log-level=ERROR"]
    NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=300,
        coalesce_streams=True,
        extra_arguments=arguments,
        resources={"metadata": {"path": str(folder)}},
    ).execute()
    return [c for c in code_cells(notebook) if "exercise" in tags(c)]


@pytest.mark.parametrize("path", PATHS, ids=STEMS)
def test_every_solution_is_right_where_a_reader_would_type_it(path, tmp_path):
    for cell in run(answered(path, lambda e: e.reference), tmp_path):
        (_, name, _), *_ = CHECK.findall(cell.source)
        wall = isinstance(find(name), Wall)
        right = f"all {len(find(name).lines)} lines are right" if wall else "right"
        assert f"{name}: {right}. Tested: " in said(cell)


@pytest.mark.parametrize("path", PATHS, ids=STEMS)
def test_a_mistake_in_every_exercise_is_named_and_the_notebook_runs_on(path, tmp_path):
    cells = run(answered(path, lambda e: e.wrong[0].answer), tmp_path)
    for cell in cells:
        (_, name, _), *_ = CHECK.findall(cell.source)
        if isinstance(find(name), Wall):
            assert f"{name}: 0 of {len(find(name).lines)} lines are right." in said(cell)
            for line in find(name).lines:
                assert f"{line.key} {line.wrong[0].message}" in said(cell)
        else:
            assert f"{name}: not right yet. {find(name).wrong[0].message}" in said(cell)
    assert cells


def test_a_broken_solution_would_be_found(tmp_path):
    """The tests above, seen to fail: a solution that needs a name the notebook lacks."""
    path = PATHS[0]
    notebook = answered(path, lambda e: e.reference)
    cell = next(c for c in code_cells(notebook) if "exercise" in tags(c))
    cell.source = "nothing_of_this_name\n" + cell.source
    with pytest.raises(Exception, match="nothing_of_this_name"):
        run(nbformat.from_dict(notebook), tmp_path)
