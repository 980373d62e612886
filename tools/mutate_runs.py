"""The runs of `mutate`: everything is imported and collected once, each run is a fork of that.

    python tools/mutate_runs.py FILE SECONDS TESTS…   in the copy of the project

The first answer is a JSON list of the tests: each with its seconds, and with the lines of the
file that ran while it ran; it is empty where one of them fails. Then each line that comes in is
a run, {"source": the changed file, "tests": those it wants, in their order}; the answer is 1
where one fails, else 0. A run that lasts is killed, with what it started, and counts as failed.

A changed file is not imported anew. It is executed once more, and its functions lend their
code and defaults to those that everybody holds already; its numbers, tuples and texts take
their places. That is two seconds less for each run.
"""

import contextlib
import gc
import json
import os
import signal
import sys
import threading
import time
import types
from pathlib import Path

import hypothesis
import pytest

PLAIN = (int, float, str, bytes, tuple, list, dict, set, frozenset, type(None))


class Runs:
    """A pytest plugin in the place of the loop over the tests."""

    def __init__(self, path, seconds):
        self.path, self.seconds = Path(path).absolute(), float(seconds)
        # pytest takes 0, 1 and 2 for what tests read and write.
        self.requests = os.fdopen(os.dup(0), encoding="utf-8")
        self.answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
        self.lines = set()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        items = {item.nodeid: item for item in session.items}
        self.answer("[]" if session.testsfailed else self.first(list(items.values())))
        self.module = next(
            (
                m
                for m in list(sys.modules.values())
                if same(getattr(m, "__file__", ""), self.path)
            ),
            None,
        )
        for line in self.requests:
            run = json.loads(line)
            wanted = [items[name] for name in run["tests"]]
            self.answer(int(self.forked(self.tried, run["source"], wanted)))
        return True

    def answer(self, what):
        print(what, file=self.answers, flush=True)

    def first(self, items):
        """All tests, and which lines each of them reaches."""
        found = Path("reached.json").absolute()

        def watched():
            threading.settrace(self.trace)
            sys.settrace(self.trace)
            tests = []
            for item, following in zip(items, [*items[1:], None]):
                self.lines, began = set(), time.process_time()
                if fails(item, following):
                    return True
                tests.append((item.nodeid, time.process_time() - began, sorted(self.lines)))
            found.write_text(json.dumps(tests), encoding="utf-8")
            return False

        failed = self.forked(watched, seconds=20 * self.seconds)
        return "[]" if failed else found.read_text(encoding="utf-8")

    def trace(self, frame, event, _):
        if frame.f_code.co_filename != str(self.path):
            return None
        if event == "line":  # and not "call": that is the line of the def
            self.lines.add(frame.f_lineno)
        return self.trace

    def tried(self, source, items):
        if self.module is not None:
            put(source, self.module)
        return any(map(fails, items, [*items[1:], None]))

    def forked(self, function, *arguments, seconds=None):
        """Does the function, in a fork, say that a test fails, or end in any other way?"""
        child = os.fork()
        if not child:
            status = 1
            with contextlib.suppress(BaseException):
                os.setsid()
                status = int(function(*arguments))
            os._exit(status)
        end, status = time.monotonic() + (seconds or self.seconds), None
        while status is None and time.monotonic() < end:
            done, raw = os.waitpid(child, os.WNOHANG)
            status = raw if done else time.sleep(0.02)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        if status is None:
            os.waitpid(child, 0)
        return status != 0


def fails(item, following):
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
    return item.session.testsfailed > 0


def same(file, path):
    return bool(file) and Path(file).absolute() == path


def put(source, module):
    """Give a module the code of `source`, wherever its functions and numbers are held."""
    fresh = {k: v for k, v in vars(module).items() if k[:2] == k[-2:] == "__"}
    exec(compile(source, module.__file__, "exec"), fresh)
    for key, old in functions(vars(module)).items():
        new = functions(fresh).get(key, [])
        for mine, theirs in zip(old, new):
            mine.__code__ = theirs.__code__
            mine.__defaults__, mine.__kwdefaults__ = theirs.__defaults__, theirs.__kwdefaults__
    for name, value in fresh.items():
        before = vars(module).get(name)
        if isinstance(value, PLAIN) and name[:2] != "__" and value != before:
            for other in list(sys.modules.values()):
                if getattr(other, "__dict__", {}).get(name) is before:
                    setattr(other, name, value)
        elif isinstance(value, type) and value.__module__ == module.__name__:
            for attribute, plain in vars(value).items():
                if isinstance(plain, PLAIN) and attribute[:2] != "__":
                    setattr(before, attribute, plain)


def functions(names):
    """The functions of a module, also those inside its classes: (name, line) -> in order."""
    found = {}
    for thing in gc.get_objects():
        if isinstance(thing, types.FunctionType) and thing.__globals__ is names:
            code = thing.__code__
            found.setdefault((code.co_qualname, code.co_firstlineno), []).append(thing)
    for alike in found.values():  # two lambdas of one line
        alike.sort(key=lambda f: min(p[2] or 999 for p in f.__code__.co_positions()))
    return found


def main(path, seconds, *tests):
    del sys.path[0]  # the folder of this file: what is tested lies in the copy
    runs = Runs(path, seconds)
    for number in (0, 1):
        os.dup2(os.open(os.devnull, os.O_RDWR), number)
    # A wrong example of Hypothesis is not made smaller: nobody reads it.
    quick = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
    register = hypothesis.settings.register_profile

    def without_shrinking(name, *given, **settings):
        register(name, *given, **{"phases": quick, **settings})

    type.__setattr__(hypothesis.settings, "register_profile", without_shrinking)
    pytest.main(["-q", "-p", "no:cacheprovider", *tests], plugins=[runs])


if __name__ == "__main__":
    main(*sys.argv[1:])
