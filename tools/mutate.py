"""Does a test notice? One small change at a time in a file, and that file's tests run on each.

    python -m tools.mutate digitlib/formulas.py --tests tests/test_functional.py
    python -m tools.mutate digitlib/net/checkpoint.py digitlib/net/schedules.py --most 40

A change exchanges an operator, a comparison, a number, a truth value, or drops a `not`. The
package is copied, so that the tree stays as it is. Changes that no test notices are printed
with their line: each wants a test, or a reason why it makes no difference. The exit code is 1
where fewer than 95 % are noticed. Without --tests, every test file that names the module runs.
"""

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OTHER = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
}


def changed(node):
    """The node with one change, or None where there is none to make."""
    new = copy.deepcopy(node)
    if isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp) and type(node.op) in OTHER:
        new.op = OTHER[type(node.op)]()
    elif isinstance(node, ast.Compare) and type(node.ops[0]) in OTHER:
        new.ops[0] = OTHER[type(node.ops[0])]()
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        new.value = not node.value
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        new.value = node.value + 1
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        new = new.operand
    else:
        return None
    return new


def mutants(source):
    """(line, before, after, source of the whole file) for every change that can be made."""
    found = []
    for number, node in enumerate(ast.walk(ast.parse(source))):
        new = changed(node)
        if new is None:
            continue
        tree = ast.parse(source)
        old = next(n for i, n in enumerate(ast.walk(tree)) if i == number)
        whole = ast.unparse(ast.fix_missing_locations(_Put(old, new).visit(tree)))
        found.append((node.lineno, ast.unparse(node), ast.unparse(new), whole))
    return found


class _Put(ast.NodeTransformer):
    def __init__(self, old, new):
        self.old, self.new = old, new

    def visit(self, node):
        return self.new if node is self.old else self.generic_visit(node)


def tests_of(path):
    """The test files that name the module."""
    name = ".".join(Path(path).with_suffix("").parts)
    tests = sorted((ROOT / "tests").glob("test_*.py"))
    return [str(t.relative_to(ROOT)) for t in tests if name in t.read_text(encoding="utf-8")]


def noticed(folder, tests, seconds):
    """Do these tests fail in the copy? A change that makes them last is noticed too."""
    line = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            line, cwd=folder, env=environment, capture_output=True, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def run(path, tests, most, seed, seconds, root=ROOT):
    """(how many were tried, those that no test noticed) for one file."""
    source = (root / path).read_text(encoding="utf-8")
    every = mutants(source)
    chosen = sorted(random.Random(seed).sample(every, min(most, len(every))))
    survivors = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "copy")
        ignored = shutil.ignore_patterns(".git", ".venv", "__pycache__", "figures", ".edit")
        shutil.copytree(root, folder, ignore=ignored)
        (folder / path).write_text(ast.unparse(ast.parse(source)), encoding="utf-8")
        if noticed(folder, tests, seconds):
            raise SystemExit(f"{path}: its tests fail without any change: {' '.join(tests)}")
        for line, before, after, whole in chosen:
            (folder / path).write_text(whole, encoding="utf-8")
            if not noticed(folder, tests, seconds):
                survivors.append((line, before, after))
                print(f"{path}:{line}: {before}  ->  {after}", flush=True)
    return len(chosen), survivors


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--tests", nargs="+", help="test files, for all of the files")
    parser.add_argument("--most", type=int, default=20, help="changes tried in each file")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=300, help="for the tests of a change")
    given = parser.parse_args(argv)
    tried = alive = 0
    for path in given.files:
        tests = given.tests or tests_of(path)
        if not tests:
            parser.error(f"no test names {path}: give --tests")
        count, survivors = run(path, tests, given.most, given.seed, given.seconds)
        print(f"{path}: {count - len(survivors)} of {count} changes noticed", flush=True)
        tried, alive = tried + count, alive + len(survivors)
    return 1 if alive > 0.05 * tried else 0


if __name__ == "__main__":
    sys.exit(main())
