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


def mutants(source, most=None, seed=0):
    """(line, before, after, source of the whole file) of every change, or of `most` of them."""
    changes = []
    for number, node in enumerate(ast.walk(ast.parse(source))):
        new = changed(node)
        if new is not None:
            changes.append((node.lineno, ast.unparse(node), ast.unparse(new), number, new))
    if most is not None and most < len(changes):
        changes = random.Random(seed).sample(changes, most)
    return [
        (line, before, after, _whole(source, number, new))
        for line, before, after, number, new in sorted(changes, key=lambda change: change[:4])
    ]


def _whole(source, number, new):
    tree = ast.parse(source)
    old = next(node for i, node in enumerate(ast.walk(tree)) if i == number)
    return ast.unparse(ast.fix_missing_locations(_Put(old, new).visit(tree)))


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


# Python, NumPy, pytest and its plugins start once, and each run of the tests is a fork of that.
# It answers with the status of the run; one that lasts is killed, with what it started.
SERVER = """
import importlib.metadata, os, signal, sys, time
import hypothesis, numpy, pytest
for plugin in importlib.metadata.entry_points(group="pytest11"):
    plugin.load()
seconds, first = float(sys.argv[1]), True
for _ in sys.stdin:
    child = os.fork()
    if not child:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        sys.dont_write_bytecode = not first
        os._exit(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *sys.argv[2:]]))
    first, end, status = False, time.monotonic() + seconds, None
    while status is None and time.monotonic() < end:
        done, raw = os.waitpid(child, os.WNOHANG)
        status = raw if done else time.sleep(0.02)
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        pass
    if status is None:
        os.waitpid(child, 0)
    print(int(status != 0), flush=True)
"""


class Tests:
    """The tests of one file, in a copy of the project: `notice(source)` says whether they fail.

    The first run leaves the bytecode of everything, later ones only read it. That of the
    changed file is removed: its time and size could be those of another change.
    """

    def __init__(self, folder, path, tests, seconds):
        self.path = folder / path
        environment = {**os.environ, "PYTHONPATH": str(folder)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.server = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(seconds), *tests],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def notice(self, source):
        """Do they fail with this source? A change that makes them last is noticed too."""
        self.path.write_text(source, encoding="utf-8")
        self.server.stdin.write("run\n")
        self.server.stdin.flush()
        answer = self.server.stdout.readline()
        if not answer:
            raise SystemExit("Python, NumPy, Hypothesis or pytest did not start")
        for left in self.path.parent.glob(f"__pycache__/{self.path.stem}.*"):
            left.unlink()
        return answer == "1\n"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.__exit__(None, None, None)  # closes its ends of the pipes, and waits


def run(path, tests, most, seed, seconds, root=ROOT):
    """(how many were tried, those that no test noticed) for one file."""
    source = (root / path).read_text(encoding="utf-8")
    chosen, survivors = mutants(source, most, seed), []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "copy")
        ignored = shutil.ignore_patterns(".git", ".venv", "__pycache__", "figures", ".edit")
        shutil.copytree(root, folder, ignore=ignored)
        with Tests(folder, path, tests, seconds) as all_of_them:
            if all_of_them.notice(ast.unparse(ast.parse(source))):
                raise SystemExit(f"{path}: its tests fail without a change: {' '.join(tests)}")
            for line, before, after, whole in chosen:
                if not all_of_them.notice(whole):
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
