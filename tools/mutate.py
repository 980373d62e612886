"""Does a test notice? One small change at a time in a file, and that file's tests run on each.

    python -m tools.mutate digitlib/formulas.py --tests tests/test_functional.py
    python -m tools.mutate digitlib/net/checkpoint.py digitlib/net/schedules.py --most 40

A change exchanges an operator, a comparison, a number, a truth value, or drops a `not`. The
package is copied, so that the tree stays as it is. A change meets those tests in which its line
ran, the quickest first. Changes that no test notices are printed with their line: each wants a
test, or a reason why it makes no difference. The exit code is 1 where fewer than 95 % are
noticed. After writing a test, --lines asks again. Without --tests, every test file that names
the module runs.
"""

import argparse
import ast
import copy
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = Path(__file__).with_name("mutate_runs.py")
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


def mutants(source, most=None, seed=0, lines=None):
    """Every change, or `most` of them: (line, before, after, source of the whole file, number).

    The number is the node's place in a walk through the file's tree. `lines`: on these alone.
    """
    changes = []
    for number, node in enumerate(ast.walk(ast.parse(source))):
        new = changed(node)
        if new is not None:
            changes.append((node.lineno, ast.unparse(node), ast.unparse(new), number, new))
    if most is not None and most < len(changes):
        changes = random.Random(seed).sample(changes, most)
    changes = [change for change in changes if lines is None or change[0] in lines]
    return [
        (line, before, after, _whole(source, number, new), number)
        for line, before, after, number, new in sorted(changes, key=lambda change: change[:4])
    ]


def _whole(source, number, new):
    tree = ast.parse(source)
    old = next(node for i, node in enumerate(ast.walk(tree)) if i == number)
    return ast.unparse(ast.fix_missing_locations(_Put(old, new).visit(tree)))


def statement(source, number):
    """The line where the statement begins that holds this node.

    In unparsed source a statement, or its head, is one line.
    """
    tree = ast.parse(source)
    inside = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    node = next(node for i, node in enumerate(ast.walk(tree)) if i == number)
    while not isinstance(node, ast.stmt):
        node = inside[node]
    return node.lineno


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


class Tests:
    """The tests of one file, in a copy of the project: `notice` says whether they fail.

    A line that ran in no test, as those that run at the import, meets all of them.
    """

    def __init__(self, folder, path, tests, seconds):
        self.path = folder / path
        self.source = ast.unparse(ast.parse(self.path.read_text(encoding="utf-8")))
        self.path.write_text(self.source, encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
        self.runs = subprocess.Popen(
            [sys.executable, RUNS, path, str(seconds), *tests],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.found = sorted(json.loads(self._answer()), key=lambda test: test[1])

    def reach(self, line):
        """The tests in which this line of `source` ran, or all of them if it ran in none."""
        reached = [name for name, _, lines in self.found if line in lines]
        return reached or [name for name, *_ in self.found]

    def notice(self, source, line):
        """Do they fail with this source? A change that makes them last is noticed too."""
        self.path.write_text(source, encoding="utf-8")
        self.runs.stdin.write(json.dumps({"source": source, "tests": self.reach(line)}) + "\n")
        self.runs.stdin.flush()
        return self._answer() == "1\n"

    def _answer(self):
        answer = self.runs.stdout.readline()
        if not answer:
            raise SystemExit("the tests did not start: see above")
        return answer

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.runs.__exit__(None, None, None)  # closes its ends of the pipes, and waits


def run(path, tests, most, seed, seconds, lines=None, root=ROOT):
    """(how many were tried, those that no test noticed) for one file."""
    chosen = mutants((root / path).read_text(encoding="utf-8"), most, seed, lines)
    survivors = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "copy")
        ignored = shutil.ignore_patterns(".git", ".venv", "__pycache__", "figures", ".edit")
        shutil.copytree(root, folder, ignore=ignored)
        with Tests(folder, path, tests, seconds) as all_of_them:
            if not all_of_them.found:
                raise SystemExit(f"{path}: its tests fail without a change: {' '.join(tests)}")
            for line, before, after, whole, number in chosen:
                if not all_of_them.notice(whole, statement(all_of_them.source, number)):
                    survivors.append((line, before, after))
                    print(f"{path}:{line}: {before}  ->  {after}", flush=True)
    return len(chosen), survivors


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--tests", nargs="+", help="test files, for all of the files")
    parser.add_argument("--most", type=int, default=20, help="changes tried in each file")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--lines", nargs="+", type=int, help="only the changes on these lines")
    parser.add_argument("--seconds", type=float, default=300, help="for the tests of a change")
    given = parser.parse_args(argv)
    tried = alive = 0
    for path in given.files:
        tests = given.tests or tests_of(path)
        if not tests:
            parser.error(f"no test names {path}: give --tests")
        count, survivors = run(path, tests, given.most, given.seed, given.seconds, given.lines)
        print(f"{path}: {count - len(survivors)} of {count} changes noticed", flush=True)
        tried, alive = tried + count, alive + len(survivors)
    return 1 if alive > 0.05 * tried else 0


if __name__ == "__main__":
    sys.exit(main())
