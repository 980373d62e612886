"""A Dask scheduler and two workers, each a process of its own, driven by the address alone."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from notebook_tools import ROOT

from digitlib import load
from digitlib.sweep import of_recipe, read, sweep

pytest.importorskip("distributed")
pytestmark = pytest.mark.kernel  # processes that take seconds to start


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dask")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    common = ["--no-dashboard"]
    commands = [["scheduler", "--host", "127.0.0.1", "--port", str(port), *common]]
    commands += [["worker", address, "--nthreads", "1", "--nworkers", "1", *common]] * 2
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    processes = []
    for command in commands:
        with (folder / f"{len(processes)}.log").open("w") as log:
            processes.append(
                subprocess.Popen(
                    [sys.executable, "-m", "dask", *command],
                    cwd=folder,
                    env=environment,
                    stdout=log,
                    stderr=log,
                )
            )
    yield address
    for process in reversed(processes):
        process.terminate()
    for process in processes:
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:  # a nanny that was starting its worker anew
            process.kill()
            process.wait(60)


def without_seconds(table):
    return table.drop(columns="seconds")


def slow_square(seed, folder, pause):
    if seed == 5 and folder and not (Path(folder) / "killed").exists():
        (Path(folder) / "killed").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(pause)
    return {"square": seed**2, "pid": os.getpid()}


def test_the_address_in_the_environment_is_all_it_takes(scheduler, monkeypatch):
    job = of_recipe("softmax-regression", load("sample")[0])
    grid = {"rate": [0.03, 0.3, -1.0], "epochs": [1]}
    here = sweep(job, grid, seeds=2, jobs=1, progress=False)
    monkeypatch.setenv("DASK_SCHEDULER", scheduler)
    there = sweep(job, grid, seeds=2, progress=False)
    pd.testing.assert_frame_equal(without_seconds(there), without_seconds(here))
    assert list(there["error"] != "") == [False] * 4 + [True] * 2


def test_both_workers_work_and_one_may_be_killed(scheduler, tmp_path):
    grid = {"folder": [str(tmp_path)], "pause": [0.05]}
    path = tmp_path / "a.csv"
    table = sweep(slow_square, grid, seeds=20, scheduler=scheduler, path=path, progress=False)
    assert (tmp_path / "killed").exists()
    assert list(table["square"]) == [seed**2 for seed in range(20)]
    assert list(table["error"]) == [""] * 20
    assert table["pid"].nunique() >= 2
    assert os.getpid() not in set(table["pid"])
    assert len(read(path)) == 20


def test_a_client_of_ones_own_stays_open(scheduler):
    import distributed

    with distributed.Client(scheduler, set_as_default=False) as client:
        grid = {"folder": [""], "pause": [0.0]}
        table = sweep(slow_square, grid, seeds=3, scheduler=client, progress=False)
        assert list(table["square"]) == [0, 1, 4]
        assert client.status == "running"


def test_what_a_worker_lacks_is_named(scheduler, tmp_path, monkeypatch):
    (tmp_path / "only_here.py").write_text("def f(seed, a):\n    return {'x': a}\n")
    monkeypatch.syspath_prepend(tmp_path)
    import only_here

    with pytest.raises(RuntimeError, match=r"could not begin a run .*only_here"):
        sweep(only_here.f, {"a": [1]}, scheduler=scheduler, progress=False)


def test_nobody_at_the_address(monkeypatch):
    from digitlib.sweep import places

    monkeypatch.setattr(places, "PATIENCE", 2)
    with pytest.raises(
        ConnectionError, match=r"no Dask scheduler answers at 'tcp://127.0.0.1:1'"
    ):
        sweep(slow_square, {"folder": [""], "pause": [0]}, scheduler="tcp://127.0.0.1:1")
