"""Whole notebooks in a real kernel, one kernel each.

The core runs without 'Going further'; in every exercise cell a mistake is made first and named,
then the solution is typed and found right. Each optional part runs after the core alone. Then
every cell is run once more, as a reader does who goes back. A guess is made both times, and the
answer to it has to be the same.
"""

import ast
import builtins
import json
import re
import types

import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from notebook_tools import CHECK, PATHS, ROOT, STEMS, printed, read, tags
from second_edition import core_and_parts

from digitlib.exercises.model import Wall, find
from tools.execute import HANG, environment

pytestmark = pytest.mark.kernel

OPEN_GUESS = re.compile(r'\bguess\(\s*("[^"]+"),\s*\.\.\.(,\s*sure=\.\.\.)?,?\s*\)')


class Kernel:
    """A kernel in an empty folder, which runs one cell after another."""

    def __init__(self, folder):
        self.client = NotebookClient(
            new_notebook(),
            kernel_name="python3",
            timeout=HANG,
            extra_arguments=["--log-level=ERROR"],
            resources={"metadata": {"path": str(folder)}},
        )

    def __enter__(self):
        # Pictures are compared elsewhere; here they are drawn and thrown away.
        variables = environment() | {"MPLBACKEND": "agg"}
        self.context = self.client.setup_kernel(env=variables)
        self.context.__enter__()
        self.run(f"import sys\n\nsys.path.insert(0, {str(ROOT / 'tests')!r})")
        self.run("import kernel_side as _side")
        return self

    def __exit__(self, *error):
        return self.context.__exit__(*error)

    def run(self, source, cell=None):
        """Run a source with the tags of a cell. Returns what it printed, on one line.

        Raises CellExecutionError where it fails.
        """
        # Else every figure of a notebook would stay open.
        source += "\n\nif 'plt' in globals():\n    plt.close('all')" if cell else ""
        new = new_code_cell(source, metadata={"tags": sorted(tags(cell)) if cell else []})
        self.client.nb.cells.append(new)
        if "skip-execution" in new.metadata.tags:
            return ""
        self.client.execute_cell(new, len(self.client.nb.cells) - 1)
        return " ".join(printed(new).split())

    def ask(self, expression):
        """The value of an expression in the kernel, by way of JSON."""
        return json.loads(self.run(f"import json as _json\n\nprint(_json.dumps({expression}))"))


def typed(cell, choose):
    """The exercise cell's source as a reader would fill it in.

    choose: which answer of an exercise, or of each line of a wall.
    """
    ((result, name, variable),) = CHECK.findall(cell.source)
    exercise = find(name)
    if isinstance(exercise, Wall):
        text = exercise.source({line.key: choose(line) for line in exercise.lines})
    else:
        answer = choose(exercise)
        text = exercise.source(answer)
        if exercise.is_function and answer.__name__ == "<lambda>":
            text = f"{variable} = {text}"
        elif exercise.is_function and answer.__name__ != variable:
            text += f"\n{variable} = {answer.__name__}"
    return f'{text}\n\n{result} = check("{name}", {variable})'


def solution(exercise):
    return exercise.reference


def first_mistake(exercise):
    """The first stored mistake that can be typed: one that asks the reference for help would
    ask itself, as in the reader's kernel the name means what the reader has just written."""

    def names(code):
        inner = [names(c) for c in code.co_consts if isinstance(c, types.CodeType)]
        return {*code.co_names}.union(*inner)

    own = getattr(exercise.reference, "__name__", "")
    for wrong in exercise.wrong:
        code = getattr(wrong.answer, "__code__", None)
        if code is None or own not in names(code):
            return wrong
    raise AssertionError(f"{exercise}: no stored mistake can be typed")


def mistake(exercise):
    return first_mistake(exercise).answer


def run_plain(kernel, cell):
    """Run a cell that is no exercise, with a guess made. Returns the answer that it reveals."""
    said = kernel.run(OPEN_GUESS.sub(r'guess(\1, "?", sure=50)', cell.source), cell)
    return said.partition(" the answer: ")[2]


def run_cell(kernel, cell):
    """Run one cell of the notebook: of an exercise its mistake, then its solution.

    Returns the answer to its guess, "" where it has none.
    """
    if "exercise" not in tags(cell):
        return run_plain(kernel, cell)
    ((result, name, _),) = CHECK.findall(cell.source)
    exercise = find(name)
    said = kernel.run(typed(cell, mistake), cell)
    if isinstance(exercise, Wall):
        assert f"{name}: 0 of {len(exercise.lines)} lines are right." in said
        for line in exercise.lines:
            assert f"{line.key} {first_mistake(line).message}" in said
    else:
        assert f"{name}: not right yet. {first_mistake(exercise).message}" in said
    # So the notebook runs on as it does, stored and compared, where nothing was attempted.
    assert kernel.ask(f"_side.is_reference({result}, {name!r})"), "not the reference"
    run_solution(kernel, cell)
    return ""


def run_solution(kernel, cell):
    ((_, name, _),) = CHECK.findall(cell.source)
    exercise = find(name)
    wall = isinstance(exercise, Wall)
    right = f"all {len(exercise.lines)} lines are right" if wall else "right"
    said = kernel.run(typed(cell, solution), cell)
    assert f"{name}: {right}. Tested: " in said


def names_read(source):
    """The names that a cell reads and that come from elsewhere."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)]
    return {node.id for node in nodes if isinstance(node.ctx, ast.Load)} - set(dir(builtins))


def run_again(kernel, cells, answers):
    """Run each cell once more, each as Run All has left things. Nothing may fail or change.

    What a later exercise reads has to be as it was, and so has the answer to a guess: most
    readers choose Run All first and make their guesses then.
    """
    kernel.run("_side.save('all')")
    for i, cell in enumerate(cells):
        later = set()
        for other in cells[i + 1 :]:
            if "exercise" in tags(other):
                later |= names_read(other.source)
        before = kernel.ask(f"_side.digests({sorted(later)})") if later else {}
        if "exercise" in tags(cell):
            run_solution(kernel, cell)
        else:
            again, first = run_plain(kernel, cell), answers[cell.source]
            assert again == first, f"the answer was {first}, now {again}:\n{cell.source}"
        after = kernel.ask(f"_side.digests({sorted(later)})") if later else {}
        changed = [name for name in before if after.get(name) != before[name]]
        assert not changed, f"run again, this cell changes {changed}:\n{cell.source}"
        kernel.run("_side.restore('all')")


def run_whole(notebook, folder, again):
    """The core, then each part after the core alone, then every cell once more."""
    core, parts = core_and_parts(notebook)
    parts = [[c for c in cells if c.cell_type == "code"] for _, cells in parts]
    core = [c for c in core if c.cell_type == "code"]
    answers = {}  # source of a cell -> what it revealed
    with Kernel(folder) as kernel:
        for cell in core:
            answers[cell.source] = run_cell(kernel, cell)
        kernel.run("_side.save('core')")
        labels = ["core"]
        for number, part in enumerate(parts):
            for cell in part:
                answers[cell.source] = run_cell(kernel, cell)
            labels.append(f"part {number}")
            kernel.run(f"_side.save({labels[-1]!r}, since='core')\n_side.restore('core')")
        if again:
            kernel.run(f"_side.restore(*{labels!r})")
            run_again(kernel, [*core, *(cell for part in parts for cell in part)], answers)


@pytest.mark.parametrize("path", PATHS, ids=STEMS)
def test_a_reader_works_through_it_and_goes_back(path, tmp_path):
    run_whole(read(path), tmp_path, again=True)


# The test above, seen to fail.


def toy(*cells):
    return new_notebook(
        cells=[
            new_markdown_cell(cell) if cell.startswith("#") else new_code_cell(cell)
            for cell in cells
        ]
    )


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (["nothing_of_this_name"], "nothing_of_this_name"),
        (["a = [1]", "a.pop()"], "pop from empty list"),
        (["## Going further", "### One", "b = 2", "### Two", "b + 1"], "name 'b' is not"),
        (["a = 1", "## Going further", "### One", "a = 'x'", "### Two", "a + 1"], "concat"),
        (["a = 1", "## Going further", "### One", "a = 2", "a + 1", "### Two", "a + 1"], None),
        (["a = 1", "## Going further", "### One", "b = 2", "b + a", "### Two", "a + 1"], None),
    ],
)
def test_a_notebook_that_does_not_bear_it_is_found(cells, says, tmp_path):
    if says is None:
        run_whole(toy(*cells), tmp_path, again=True)
        return
    with pytest.raises(CellExecutionError, match=says):
        run_whole(toy(*cells), tmp_path, again=True)


def test_a_solution_that_is_wrong_and_a_change_of_what_is_needed_are_found(tmp_path):
    exercise = next(
        cell
        for cell in read(PATHS[0]).cells
        if "exercise" in tags(cell) and find(CHECK.search(cell.source)["name"]).is_function
    )
    broken = new_code_cell(
        exercise.source.replace("...", "needed\n    ...", 1), metadata={"tags": ["exercise"]}
    )
    start = new_code_cell("from digitlib.exercises import check\n\nneeded = [1]")
    cells = [start, new_code_cell("needed.append(2)"), broken]
    with pytest.raises(AssertionError, match=r"run again, this cell changes \['needed'\]"):
        run_whole(new_notebook(cells=cells), tmp_path, again=True)
    asks = (
        "from digitlib.exercises import guess, reveal\n\na = [1]",
        'guess("90.a", ..., sure=...)\nreveal("90.a", len(a))',
        "a = [1, 2]",
    )
    with pytest.raises(AssertionError, match="the answer was 1, now 2:"):
        run_whole(toy(*asks), tmp_path, again=True)
    without = new_notebook(cells=[exercise])
    with pytest.raises(CellExecutionError, match="name 'check' is not defined"):
        run_whole(without, tmp_path, again=False)
