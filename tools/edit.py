"""Edit a notebook as text: `make edit NB=04`, then change .edit/04.py, then `make notebooks`.

`begin` writes the notebook's cells to a text that git ignores (jupytext's py:percent). A number
that has no notebook yet begins a new one. `finish` takes each text back: it executes the
notebook only if a code cell has changed, keeps each stored picture that looks the same, deletes
the text, and runs that notebook's gates.
"""

import argparse
import copy
import hashlib
import os
import re
import subprocess
import sys

import jupytext
import nbformat
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from tools.build import NOTEBOOKS, store, tidy, write
from tools.course import ROOT, bring_up_to_date, skeleton, stem_of

TEXTS = ROOT / ".edit"
# A change in one of these tags changes what runs, so it counts as a change of code.
TAGS_THAT_RUN = {"raises-exception", "skip-execution"}
FIRST_LINE = "# {stem} as of {stamp}. `make notebooks` takes this text back.\n"
OPTIONS = {"notebook_metadata_filter": "-all", "cell_metadata_filter": "tags,-all"}


def stamp(notebook):
    """A short name of a notebook's sources, by which a later change is noticed."""
    sources = [
        [c.cell_type, c.source, sorted(c.metadata.get("tags", []))] for c in notebook.cells
    ]
    return hashlib.sha256(repr(sources).encode()).hexdigest()[:12]


def to_text(notebook):
    """The cells as text, in which Markdown stands between triple quotes."""
    bare = nbformat.v4.new_notebook(cells=copy.deepcopy(notebook.cells))
    for cell in bare.cells:
        cell.pop("outputs", None)
    bare.metadata["jupytext"] = {**OPTIONS, "cell_markers": '"""'}
    text = jupytext.writes(bare, fmt="py:percent")
    if stamp(to_notebook(text)) != stamp(notebook):  # Markdown that has triple quotes itself
        bare.metadata["jupytext"] = dict(OPTIONS)
        text = jupytext.writes(bare, fmt="py:percent")
        if stamp(to_notebook(text)) != stamp(notebook):
            raise ValueError("This notebook does not survive the way to text and back.")
    return text


def to_notebook(text):
    """The cells that a text holds."""
    return jupytext.reads(text.lstrip(), fmt="py:percent")


def formatted(notebook, path):
    """The notebook with its code as `ruff format` writes it."""
    ruff = [sys.executable, "-m", "ruff"]
    where = ["--stdin-filename", str(path), "-"]
    text = nbformat.writes(notebook)
    for command in (["check", "--fix-only", "--quiet"], ["format", "--quiet"]):
        done = subprocess.run(
            [*ruff, *command, *where], input=text, capture_output=True, text=True, cwd=ROOT
        )
        if done.returncode:
            raise ValueError(f"ruff cannot read the code:\n{done.stderr}")
        text = done.stdout or text
    return nbformat.reads(text, as_version=4)


def code_of(notebook):
    """What decides what a notebook prints: its code, and the tags that rule how it runs.

    The set-up cell is ours to change: nothing that a notebook prints depends on it.
    """
    return [
        (c.source, sorted(TAGS_THAT_RUN & set(c.metadata.get("tags", []))))
        for c in notebook.cells
        if c.cell_type == "code" and "set-up" not in c.metadata.get("tags", [])
    ]


def is_executed(notebook):
    return all(
        c.execution_count
        for c in notebook.cells
        if c.cell_type == "code" and "skip-execution" not in c.metadata.get("tags", [])
    )


def begin(name):
    """Write the text of one notebook and return its path. A text that is there stays."""
    stem = stem_of(name, NOTEBOOKS)
    file, path = TEXTS / f"{stem[:2]}.py", NOTEBOOKS / f"{stem}.ipynb"
    if file.exists():
        print(f"{file.relative_to(ROOT)} is there already; it stays as it is.")
        return file
    new = not path.exists()
    notebook = skeleton(stem) if new else nbformat.read(path, as_version=4)
    first = FIRST_LINE.format(stem=stem, stamp="new" if new else stamp(notebook))
    TEXTS.mkdir(exist_ok=True)
    file.write_text(first + "\n" + to_text(notebook), encoding="utf-8")
    print(f"{file.relative_to(ROOT)} holds {'a new ' if new else ''}{stem}.", end=" ")
    print("Change it, then: make notebooks")
    return file


def merge(file, force=False, execute=False):
    """Take one text back into its notebook. Returns the notebook's path and what was done.

    force: also where the notebook has changed since the text was written.
    execute: also where no code cell has changed.
    """
    first, _, text = file.read_text(encoding="utf-8").partition("\n")
    told = re.fullmatch(r"# (\d\d_\w+) as of (\w+)\..*", first)
    if not told:
        raise ValueError(f"The first line of {file} has to stay as `make edit` wrote it.")
    stem, before = told.groups()
    path = NOTEBOOKS / f"{stem}.ipynb"
    old = nbformat.read(path, as_version=4) if path.exists() else None
    if not force and before != (stamp(old) if old else "new"):
        raise ValueError(
            f"{path.name} has changed since the text was written. Look at both (git diff), "
            "then: make notebooks FORCE=1, and the text replaces the notebook."
        )
    notebook = formatted(to_notebook(text), path)
    bring_up_to_date(notebook, stem)
    if execute or not old or not is_executed(old) or code_of(notebook) != code_of(old):
        store(path, notebook)
        return path, "executed"
    outputs = iter([c for c in old.cells if c.cell_type == "code"])
    for cell in notebook.cells:
        if cell.cell_type == "code":
            stored = next(outputs)
            cell.outputs, cell.execution_count = stored.outputs, stored.execution_count
    tidy(notebook, stem)
    write(path, notebook)
    return path, "not executed: no code cell has changed"


def gates(paths):
    """Lint these notebooks and run what every notebook has to pass. Returns an exit code."""
    python = [sys.executable, "-m"]
    ruff = subprocess.run([*python, "ruff", "check", "--quiet", *map(str, paths)], cwd=ROOT)
    tests = [str(p) for p in sorted((ROOT / "tests").glob("test_notebooks*.py"))]
    chosen = " or ".join(path.stem for path in paths)
    options = ["-q", "-p", "no:cacheprovider", "-m", "not kernel", "-k", chosen]
    pythonpath = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    tried = subprocess.run(
        [*python, "pytest", *options, *tests],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": pythonpath},
    )
    return ruff.returncode or tried.returncode


def finish(force=False, execute=False, names=()):
    """Take back every text, or those named, and run their gates. Returns an exit code."""
    wanted = {stem_of(name, NOTEBOOKS)[:2] for name in names}
    files = [f for f in sorted(TEXTS.glob("[0-9][0-9].py")) if not wanted or f.stem in wanted]
    if not files:
        print("There is no text in .edit to take back. Begin with: make edit NB=04")
        return 0
    merged, failed = [], 0
    for file in files:
        try:
            path, done = merge(file, force, execute)
        except (CellExecutionError, CellTimeoutError, DeadKernelError, ValueError) as error:
            failed = 1
            print(f"{file.relative_to(ROOT)} stays, and its notebook is as it was:\n{error}")
            continue
        print(f"{path.stem}: {done}", flush=True)
        file.unlink()
        merged.append(path)
    if TEXTS.exists() and not any(TEXTS.iterdir()):
        TEXTS.rmdir()
    return failed or (gates(merged) if merged else 0)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    steps = parser.add_subparsers(dest="step", required=True)
    first = steps.add_parser("begin", help="write .edit/NN.py")
    first.add_argument("names", nargs="+", help="04 or 04_one_hidden_layer")
    last = steps.add_parser("finish", help="take the texts back")
    last.add_argument("names", nargs="*", help="only these; by default every text")
    last.add_argument("--force", action="store_true", help="though the notebook has changed")
    last.add_argument("--execute", action="store_true", help="though no code has changed")
    chosen = parser.parse_args(arguments)
    if chosen.step == "finish":
        return finish(chosen.force, chosen.execute, chosen.names)
    try:
        for name in chosen.names:
            begin(name)
    except ValueError as error:
        parser.error(str(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())
