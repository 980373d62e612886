"""The shape of the package: what imports what, and what `import digitlib` costs."""

import ast
import subprocess
import sys

import pytest
from notebook_tools import ROOT

PACKAGE = ROOT / "digitlib"


def imports(file, top_level_only=False):
    """The digitlib modules that a file imports."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in tree.body if top_level_only else ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        yield from (name for name in names if name.startswith("digitlib."))


def test_imports_have_no_cycle():
    arrows = {}
    for file in PACKAGE.rglob("*.py"):
        if file.name != "__init__.py":
            module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            arrows[module] = set(imports(file, top_level_only=True))

    def visit(module, path):
        assert module not in path, " -> ".join([*path, module])
        for target in arrows.get(module, ()):
            visit(target, [*path, module])

    for module in arrows:
        visit(module, [])


def test_only_plots_imports_what_draws():
    for file in PACKAGE.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        drawing = "import matplotlib" in text or "import seaborn" in text
        assert drawing == file.name.startswith("plots"), file.name


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


@pytest.mark.parametrize("file", sorted(PACKAGE.glob("*.py")), ids=lambda f: f.name)
def test_a_file_of_the_core_fits_one_look(file):
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    assert ast.get_docstring(ast.parse(text)), "a module says why it exists"


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
