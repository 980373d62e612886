"""Runs every notebook and compares what it prints with what is stored.

    python -m tools.verify [04 …]

nbval compares the outputs. The numbers that cells hold (see `hold`) have to lie in their bands
in this run, and the prose that quotes them has to be true of it, to the digit that it gives.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat

from tools.build import NOTEBOOKS
from tools.course import ROOT, stem_of
from tools.execute import HANG, environment

sys.path.insert(0, str(ROOT / "tests"))  # the tests' own tools read prose
from notebook_tools import disagreements


def verify(paths, base=None, workers=2):
    """Compare these notebooks with a run of them. Returns an exit code.

    base: the environment of the run, as of another BLAS kernel; by default this process's.
    """
    with tempfile.TemporaryDirectory() as folder:
        held = Path(folder) / "held.jsonl"
        environ = environment(held, base)
        nbval = [
            *("--nbval", "--nbval-current-env"),
            *("--nbval-cell-timeout", str(HANG), "--nbval-kernel-startup-timeout", str(HANG)),
            *("--nbval-sanitize-with", str(ROOT / "tests" / "nbval_sanitize.cfg")),
            *("-n", str(workers), "--dist", "loadfile"),
        ]
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *nbval]
        done = subprocess.run([*command, *map(str, paths)], cwd=ROOT, env=environ)
        lines = held.read_text(encoding="utf-8").splitlines() if held.exists() else []
    wrong = untrue(paths, dict(json.loads(line) for line in lines))
    for sentence in wrong:
        print(sentence)
    return done.returncode or bool(wrong)


def untrue(paths, held):
    """What the prose of these notebooks quotes and this run does not bear out, as sentences."""
    wrong = []
    for path in paths:
        notebook = nbformat.read(path, as_version=4)
        mine = {n: value for n, value in held.items() if n.startswith(f"{path.stem[:2]}.")}
        wrong += [f"{path.name}: {said}" for said in disagreements(notebook, mine)]
    return wrong


def chosen_paths(names):
    """The notebooks of these names, or all. Raises ValueError for a name that means none."""
    paths = [NOTEBOOKS / f"{stem_of(name, NOTEBOOKS)}.ipynb" for name in names]
    missing = [path.name for path in paths if not path.exists()]
    if missing:
        raise ValueError(f"no such notebook: {', '.join(missing)}")
    return paths or sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="04 or 04_one_hidden_layer; all by default")
    chosen = parser.parse_args(arguments)
    try:
        paths = chosen_paths(chosen.names)
    except ValueError as error:
        parser.error(str(error))
    return verify(paths, workers=min(2, len(paths), os.cpu_count() or 1))


if __name__ == "__main__":
    sys.exit(main())
