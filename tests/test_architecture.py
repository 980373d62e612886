"""The shape of the package: what imports what, and what `import digitlib` costs."""

import ast
import functools
import importlib
import io
import subprocess
import sys
import tokenize

import pytest
from notebook_tools import ROOT

PACKAGE = ROOT / "digitlib"


FILES = sorted(PACKAGE.rglob("*.py"))

# Who stands on whom: a file imports from its own row and from the rows above it, never from a
# row below. The face, digitlib/__init__.py, gathers the public names of the first four rows.
FLOORS = (
    ("formulas", "fast", "gradcheck", "data", "progress"),
    ("net", "metrics"),
    ("classic", "plots"),
    ("face",),
    ("recipes",),
    ("sweep",),
    ("compare", "draw", "exercises"),
    ("__main__",),
)
FLOOR = {name: number for number, row in enumerate(FLOORS) for name in row}


def module(file):
    """digitlib/net/layers.py -> digitlib.net.layers; a package's __init__ is the package."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module(file) for file in FILES}


def room(name):
    """The part of the house that a module belongs to: "net" for digitlib.net.layers."""
    return name.split(".")[1] if "." in name else "face"


@functools.cache
def tree_of(file):
    return ast.parse(file.read_text(encoding="utf-8"))


@functools.cache
def imports(file, top_level_only=False):
    """The modules of digitlib that a file imports; `from digitlib import f` is the face."""
    return frozenset(_imports(tree_of(file), top_level_only))


def _imports(tree, top_level_only):
    for node in tree.body if top_level_only else ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "digitlib":
                    yield alias.name
        elif (
            isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "digitlib"
        ):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else node.module


def arrows():
    """Module -> the modules that it imports at its top."""
    return {module(file): set(imports(file, top_level_only=True)) for file in FILES}


def test_imports_go_down_only():
    for file in FILES:
        name = module(file)
        if name == "digitlib":
            continue
        for target in imports(file, top_level_only=True):
            assert FLOOR[room(target)] <= FLOOR[room(name)], f"{name} imports {target}"


def test_imports_have_no_cycle():
    graph = arrows()

    def visit(name, path):
        assert name not in path, " -> ".join([*path, name])
        for target in graph.get(name, ()):
            if not name.startswith(f"{target}."):  # a file may name the package it lies in
                visit(target, [*path, name])

    for name in graph:
        visit(name, [])


def test_only_net_and_classic_import_fast():
    for file in FILES:
        reached = {target for target in imports(file) if room(target) == "fast"}
        if module(file) == "digitlib.recipes.trainings":  # it shares the threads out
            reached -= {"digitlib.fast.threads"}
        assert not reached or room(module(file)) in ("fast", "net", "classic"), file


def test_formulas_import_numpy_alone():
    tree = tree_of(PACKAGE / "formulas.py")
    found = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    found |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in found} == {"numpy"}


def test_the_longest_chain_of_imports_has_eight_files_at_most():
    graph = arrows()

    @functools.cache
    def longest(name):
        below = (
            longest(target)
            for target in graph.get(name, ())
            if target != name and not name.startswith(f"{target}.")
        )
        return max(((name, *chain) for chain in below), key=len, default=(name,))

    chain = max(map(longest, graph), key=len)
    print(len(chain), "files:", " -> ".join(chain))
    assert len(chain) <= 8, chain


def test_no_module_shares_its_name_with_something_in_its_package():
    """`import digitlib.train` must not give a function."""
    for name in MODULES:
        package, _, last = name.rpartition(".")
        if package:
            found = getattr(importlib.import_module(package), last, None)
            assert found is None or found is sys.modules.get(name), name


# What the notebooks derive. How a file says which layers it holds is none of that.
CORE = ("formulas.py", "classic.py", "gradcheck.py", "metrics.py", "net")
NOT_CORE = {"digitlib.net.describe"}


def lines_of_code(file):
    """Lines that are neither blank nor a comment, nor part of a docstring."""
    text = file.read_text(encoding="utf-8")
    ignored = {
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
    }
    lines = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in ignored:
            lines.update(range(token.start[0], token.end[0] + 1))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, documented) and ast.get_docstring(node) is not None:
            lines -= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    return len(lines)


def test_what_the_notebooks_derive_is_read_in_an_afternoon():
    files = [f for f in FILES if f.relative_to(PACKAGE).parts[0] in CORE]
    counts = {module(file): lines_of_code(file) for file in files}
    for name in NOT_CORE:
        counts.pop(name)
    print("\n".join(f"{count:5} {name}" for name, count in counts.items()))
    print(f"{sum(counts.values()):5} in all")
    assert sum(counts.values()) <= 1300
    assert counts["digitlib.formulas"] <= 220


def test_only_plots_imports_what_draws():
    for file in PACKAGE.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        drawing = "import matplotlib" in text or "import seaborn" in text
        assert drawing <= (room(module(file)) == "plots"), file.name


def test_importing_digitlib_costs_numpy_alone():
    code = "import sys, numpy; before = set(sys.modules); import digitlib; " + (
        "print(sorted({m.split('.')[0] for m in set(sys.modules) - before}))"
    )
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    brought = set(ast.literal_eval(out.stdout))
    heavy = {"matplotlib", "seaborn", "pandas", "mlxtend", "pooch", "tqdm", "platformdirs"}
    heavy |= {"scipy", "sklearn", "IPython", "torch", "onnx", "joblib", "dask"}
    assert brought & heavy == set()


def test_no_pickle_is_read():
    for file in PACKAGE.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert "allow_pickle=True" not in text, file.name
        assert "import pickle" not in text, file.name
        assert "np.load(" not in text or "allow_pickle=False" in text, file.name


@pytest.mark.parametrize("file", FILES, ids=[module(file) for file in FILES])
def test_a_module_says_why_it_exists(file):
    assert ast.get_docstring(tree_of(file))


def test_public_functions_say_what_they_take_and_give():
    import digitlib

    for name in digitlib.__all__:
        thing = getattr(digitlib, name)
        assert thing.__doc__, f"{name} has no docstring"


def test_requirements_are_lower_bounds_and_end_with_the_package():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").split("\n")
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert wanted[-1] == "-e ."
    assert all(">=" in line and "==" not in line for line in wanted[:-1])
    assert "==" not in (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[tool.")[0]
