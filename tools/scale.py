"""What a sweep costs beside its runs, and what a second process brings: notes/scale.md.

    python -m tools.scale                 on this machine; make it quiet first
    python -m tools.scale --runs 40       fewer or more trainings (40)

Three questions, each answered by timing whole calls of `sweep`: how long 10 to 10,000 runs
take that do nothing, how much faster two processes are than one on trainings of the sample,
and whether a Dask cluster of two worker processes keeps up. The best of three counts, as other
work on the machine can only add.
"""

import argparse
import contextlib
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import joblib

from digitlib import load
from digitlib.data.files import replacing
from digitlib.sweep import of_recipe, sweep

PAGE = Path(__file__).resolve().parent.parent / "notes" / "scale.md"
WORKERS = 2


def nothing(seed, a):
    return {"x": a}


def seconds(repeats, **arguments):
    """The shortest of `repeats` calls of `sweep`."""
    found = []
    for _ in range(repeats):
        began = time.perf_counter()
        table = sweep(progress=False, **arguments)
        found.append(time.perf_counter() - began)
        print(f"{len(table):6} runs {found[-1]:8.3f} s", file=sys.stderr)
        if (table["error"] != "").any():
            raise RuntimeError(f"a run failed: {table['error'].max()}")
    return min(found)


@contextlib.contextmanager
def cluster():
    """The address of a scheduler with two workers of one thread, each a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        address, processes = "tcp://127.0.0.1:8799", []
        commands = [["scheduler", "--host", "127.0.0.1", "--port", "8799"]]
        # A nanny sets MALLOC_TRIM_THRESHOLD_=65536: its worker gives memory back to the system
        # after each large array, and a training takes 1.8 times as long.
        commands += [
            ["worker", address, "--nthreads", "1", "--nworkers", "1", "--no-nanny"]
        ] * WORKERS
        try:
            for command in commands:
                line = [sys.executable, "-m", "dask", *command, "--no-dashboard"]
                quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
                processes.append(subprocess.Popen(line, cwd=folder, **quiet))
            from distributed import Client

            with Client(address, timeout=60, set_as_default=False) as client:
                client.wait_for_workers(WORKERS, timeout=60)
            yield address
        finally:
            for process in reversed(processes):
                process.terminate()
            for process in processes:
                process.wait(30)


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--repeats", type=int, default=3, help="the shortest counts (3)")
    parser.add_argument("-o", "--output", type=Path, default=PAGE)
    arguments = parser.parse_args(argv)
    repeats = arguments.repeats
    job = of_recipe("three-layer-he", load("sample")[0])
    trainings = {
        "f": job,
        "grid": {"rate": [0.03, 0.1, 0.3, 1.0], "epochs": [arguments.epochs]},
        "seeds": arguments.runs // 4,
    }
    with cluster() as address:
        places = {
            "serial": {"jobs": 1},
            f"{WORKERS} processes": {"jobs": WORKERS},
            f"Dask, {WORKERS} workers": {"scheduler": address},
        }
        for place in places.values():  # start the processes; imports are not what we ask
            sweep(nothing, {"a": list(range(20))}, progress=False, **place)
        empty = {name: {} for name in places}
        for name, place in places.items():
            for n in (10, 100, 1_000, 10_000):
                grid = {"a": list(range(n))}
                empty[name][n] = seconds(
                    repeats if n < 10_000 else 1, f=nothing, grid=grid, **place
                )
        trained = {
            name: seconds(repeats, **trainings, **place) for name, place in places.items()
        }
    with replacing(arguments.output, "w", encoding="utf-8", newline="\n") as file:
        file.write(page(empty, trained, arguments))
    print(arguments.output)
    return 0


def busy():
    """What the page says where others used the machine meanwhile."""
    load, cores = os.getloadavg()[0], joblib.cpu_count()
    if load < cores + 2:  # our own two workers and this process
        return []
    return [
        "",
        f"**The machine was busy: {load:.0f} processes wanted its {cores} cores.** Times are "
        "upper limits, how many times as fast a place is cannot be read from them, and the "
        "estimate for a thousand workers is far too low. Run it again on a quiet machine.",
    ]


def page(empty, trained, arguments):
    """The text of notes/scale.md."""
    serial, processes, dask = trained.values()
    each = {name: times[10_000] / 10_000 for name, times in empty.items()}
    dask_each = list(each.values())[2]
    one_run = serial / arguments.runs
    lines = [
        "# Many runs: what they cost, and how far they scale",
        "",
        f"Written by `python -m tools.scale --epochs {arguments.epochs} --repeats "
        f"{arguments.repeats}`; nothing is typed. Each time is that of a whole "
        f"call of `sweep`, of {arguments.repeats} the shortest (10,000 runs: once), on "
        f"{platform.system()} {platform.machine()} with {joblib.cpu_count()} cores, Python "
        f"{platform.python_version()}, joblib {joblib.__version__}.",
        *busy(),
        "",
        "## What a run costs that does nothing",
        "",
        "| runs | " + " | ".join(empty) + " |",
        "|---:|" + "---:|" * len(empty),
    ]
    for n in (10, 100, 1_000, 10_000):
        lines.append(f"| {n:,} | " + " | ".join(f"{t[n]:.3f} s" for t in empty.values()) + " |")
    costs = ", ".join(f"{1000 * cost:.2f} ms ({name})" for name, cost in each.items())
    lines += [
        "",
        f"For each of the 10,000 that is {costs}.",
        "",
        f"## {arguments.runs} trainings",
        "",
        f"784-128-64-10 on 3,200 digits of the sample, {arguments.epochs} epochs, one BLAS "
        f"thread per run; a training takes {one_run:.2f} s.",
        "",
        "| where | seconds | times as fast |",
        "|---|---:|---:|",
    ]
    lines += [f"| {name} | {t:.2f} | {serial / t:.2f} |" for name, t in trained.items()]
    most = one_run / dask_each
    lines += [
        "",
        f"Dask's time is {100 * dask / processes:.0f} % of that of the processes. Its workers "
        "were started with `--no-nanny`: a nanny sets `MALLOC_TRIM_THRESHOLD_=65536`, which "
        "gives memory back to the system after each large array, and a training then took 1.8 "
        "times as long. Where a nanny is wanted, Dask's "
        "`distributed.nanny.pre-spawn-environ` sets a larger number.",
        "",
        "## A thousand workers, on paper",
        "",
        "This was not measured. One scheduler hands out one run after the other, so its "
        f"{1000 * dask_each:.2f} ms per run are a limit: it keeps at most (seconds of a run) / "
        f"({dask_each:.5f} s) workers busy. For trainings of {one_run:.2f} s as above these "
        f"are {most:,.0f} workers; for a thousand workers a run has to take "
        f"{1000 * dask_each:.1f} s or longer. Sending the data, {arguments.runs} runs or a "
        "million, happens once to each worker: 12.5 MB of the sample are a second for a "
        "thousand workers at 100 Gbit/s in all, and all of MNIST is 15 times that.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
