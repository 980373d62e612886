"""Runs tests and notebooks under every BLAS kernel of this processor: `make kernels`.

    python -m tools.kernels [--one-other] [--notebooks-only] [--only NAME …] [04 …]

OpenBLAS has a kernel for each family of processors, and each rounds differently. A process
takes the one that OPENBLAS_CORETYPE names when it starts, or chooses by itself. What we test
and print must not depend on that. The last run changes the data instead: every pixel by one
part in 10^15 (tests/jitter).
"""

import argparse
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

from tools.course import ROOT
from tools.verify import chosen_paths, verify

# What a kernel needs of the processor, by the flags that Linux lists.
NEEDS = {
    "Prescott": {"pni"},
    "Haswell": {"avx2", "fma"},
    "SkylakeX": {"avx512f", "avx512bw", "avx512dq", "avx512vl"},
}
# OpenBLAS calls its smallest kernel by the first of the processors that share it.
SAME = {"Katmai": "Prescott", "Coppermine": "Prescott", "Northwood": "Prescott"}
VARIABLES = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
OWN = "the library's own choice"
JITTER = "every pixel one rounding off"
ASK = """
import numpy, threadpoolctl
for library in threadpoolctl.threadpool_info():
    if library["user_api"] == "blas":
        print(library.get("architecture") or "unknown")
        break
else:
    print("unknown")
"""


def processor_flags():
    """What this processor can do, by the names that Linux has for it; empty elsewhere."""
    info = Path("/proc/cpuinfo")
    if not info.exists() or platform.machine() not in ("x86_64", "AMD64"):
        return set()
    for line in info.read_text(encoding="utf-8").splitlines():
        if line.startswith("flags"):
            return set(line.partition(":")[2].split())
    return set()


def supported(flags):
    """The kernels that a processor with these flags can run, the oldest first."""
    return [name for name, needed in NEEDS.items() if needed <= flags]


def environ(kernel=None):
    """Our environment, with the library's own choice of kernel or with the one named."""
    variables = {k: v for k, v in os.environ.items() if k not in VARIABLES}
    return variables | ({"OPENBLAS_CORETYPE": kernel} if kernel else {})


def architecture(variables):
    """The kernel that a process with these variables really has."""
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=variables, capture_output=True, text=True, check=True
    )
    return SAME.get(done.stdout.strip(), done.stdout.strip())


def unit_tests(variables):
    """Run the unit tests. Returns an exit code."""
    apart = "not kernel and not browser and not fuzz"
    pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "2"]
    path = os.pathsep.join(filter(None, [str(ROOT), variables.get("PYTHONPATH", "")]))
    variables = variables | {"PYTHONPATH": path}
    return subprocess.run([*pytest, "-m", apart], cwd=ROOT, env=variables).returncode


def plan(one_other=False, only=()):
    """The runs, as (label, environment variables, whether it is the jitter)."""
    kernels = supported(processor_flags())
    if one_other:
        ours = architecture(dict(os.environ))
        others = [name for name in kernels if name != ours]
        return [(others[0], environ(others[0]), False)] if others else []
    runs = [(OWN, environ(), False)]
    own = architecture(environ())
    runs += [(name, environ(name), False) for name in reversed(kernels) if name != own]
    jitter = str(ROOT / "tests" / "jitter")
    path = os.pathsep.join(filter(None, [jitter, os.environ.get("PYTHONPATH", "")]))
    runs.append((JITTER, environ() | {"PYTHONPATH": path, "DIGITLIB_JITTER": "1"}, True))
    if only:
        wanted = {name.lower() for name in only}
        short = {OWN: "own", JITTER: "jitter"}
        runs = [run for run in runs if short.get(run[0], run[0]).lower() in wanted]
    return runs


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--one-other", action="store_true", help="one kernel besides ours")
    parser.add_argument("--notebooks-only", action="store_true", help="without unit tests")
    parser.add_argument("--only", nargs="+", default=[], help="own, Haswell, …, jitter")
    parser.add_argument("names", nargs="*", help="04 or 04_one_hidden_layer; all by default")
    chosen = parser.parse_args(arguments)
    try:
        paths = chosen_paths(chosen.names)
    except ValueError as error:
        parser.error(str(error))
    runs = plan(chosen.one_other, chosen.only)
    if not runs:
        print("This processor has no other kernel of OpenBLAS to try.")
        return 0
    told = []
    for label, variables, jitter in runs:
        found, started, failed = architecture(variables), time.perf_counter(), []
        print(f"\n== {label}: OpenBLAS's kernel is {found}", flush=True)
        if label in NEEDS and found != label:
            failed.append("this kernel could not be had")
        elif not (jitter or chosen.notebooks_only or chosen.one_other) and unit_tests(
            variables
        ):
            failed.append("unit tests")
        if "this kernel could not be had" not in failed and verify(paths, variables):
            failed.append("notebooks")
        minutes = (time.perf_counter() - started) / 60
        verdict = f"FAILED: {', '.join(failed)}" if failed else "passed"
        told.append(f"{label:<30} {found:<10} {minutes:5.1f} min   {verdict}")
    print("\n" + "\n".join(told))
    return int(any("FAILED" in line for line in told))


if __name__ == "__main__":
    sys.exit(main())
