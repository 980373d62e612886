"""The runs of `mutate`: Python, NumPy and pytest start once, and each run is a fork of that.

    python tools/mutate_runs.py FILE SECONDS TESTS…   in the copy of the project

The first run is of all tests, with the file as it is; its answer is a JSON list: each test with
its seconds and the lines of the file that ran while it ran. Then each line that comes in is a
run, a list of the tests it wants, in their order; the answer is 1 where they fail, else 0. A
run that lasts is killed, with what it started, and counts as failed.
"""

import contextlib
import functools
import importlib.metadata
import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

import hypothesis
import numpy.testing  # noqa: F401, for the runs
import pytest


class Watch:
    """Which lines of the file run in which test, and how long a test takes."""

    def __init__(self, path, answer):
        self.path, self.answer = str(path), answer
        self.lines, self.now, self.found = set(), None, []

    def trace(self, frame, event, _):
        if frame.f_code.co_filename != self.path:
            return None
        if event == "line":  # and not "call": that is the line of the def
            self.lines.add(frame.f_lineno)
        return self.trace

    def pytest_sessionstart(self):
        threading.settrace(self.trace)
        sys.settrace(self.trace)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        self.lines, began = set(), time.process_time()
        result = yield
        self.found.append((item.nodeid, time.process_time() - began, sorted(self.lines)))
        return result

    def pytest_sessionfinish(self, exitstatus):
        sys.settrace(None)
        found = self.found if exitstatus == 0 else []
        self.answer.write_text(json.dumps(found), encoding="utf-8")


class Choose:
    """These tests in this order; all of them where a change renamed one."""

    def __init__(self, wanted):
        self.place = {name: place for place, name in enumerate(wanted)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items):
        chosen = [item for item in items if item.nodeid in self.place]
        if len(chosen) == len(self.place):
            items[:] = sorted(chosen, key=lambda item: self.place[item.nodeid])


def ready():
    """Import what every run needs; a wrong example of Hypothesis is not made smaller."""
    del sys.path[0]  # the folder of this file: what is tested lies in the copy
    for plugin in importlib.metadata.entry_points(group="pytest11"):
        plugin.load()
    phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
    register = functools.partial(hypothesis.settings.register_profile, phases=phases)
    type.__setattr__(hypothesis.settings, "register_profile", register)  # they refuse `=`


def fork(plugin, files, keep_bytecode):
    child = os.fork()
    if child:
        return child
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    sys.dont_write_bytecode = not keep_bytecode
    os._exit(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *files], plugins=[plugin]))


def failed(child, seconds):
    """Wait for a run and kill what is left of it."""
    end, status = time.monotonic() + seconds, None
    while status is None and time.monotonic() < end:
        done, raw = os.waitpid(child, os.WNOHANG)
        status = raw if done else time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    if status is None:
        os.waitpid(child, 0)
    return status != 0


def main(path, seconds, *tests):
    ready()
    answer = Path("lines.json").absolute()
    failed(fork(Watch(Path(path).absolute(), answer), tests, True), 20 * float(seconds))
    print(answer.read_text(encoding="utf-8") if answer.exists() else "[]", flush=True)
    for line in sys.stdin:
        wanted = json.loads(line)
        files = dict.fromkeys(name.partition("::")[0] for name in wanted)
        print(int(failed(fork(Choose(wanted), files, False), float(seconds))), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
