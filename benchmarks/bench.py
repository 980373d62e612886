"""How fast is it, against whom? One run, real-sized data, everybody in turn, medians.

    python benchmarks/bench.py            all of it: benchmarks/results.md, figures/scaling.png
    python benchmarks/bench.py --quick    a minute, to see that it works; prints, writes nothing

Digits come from DIGITLIB_DATA (MNIST), else the built-in sample is repeated to that size.
Needs the extra `peers` (PyTorch, scikit-learn) and `plots`.
"""

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
# Without these, OpenBLAS and MKL ask the processor what it can do, as on a reader's machine.
OVERRIDES = {
    name: os.environ.pop(name)
    for name in [*os.environ]
    if name.startswith(("OPENBLAS_", "OMP_", "MKL_")) and "--as-is" not in sys.argv
}

SIZES, BATCH = (784, 128, 64, 10), 64
# (name, its rival, the largest ratio of our time to the rival's that the project allows)
GOALS = {
    "sgd": {"floor": 1.2},
    "adam": {"floor": 1.55},
    "full batch": {"floor_full_batch": 1.3, "usual_full_batch": 0.4},
    "conv": {"conv_pytorch": 1.05, "conv_pytorch_last": 1.3, "conv_textbook": 0.2},
    "best": {"best_pytorch_last": 1.4},
    "predict": {"predict_pytorch_last": 0.75},
}
MEMORY_GOAL = 1.5
CONV_MEMORY_GOAL = 300  # MB
# Of what comes before the training, seconds, and for the CSV file also MB.
INPUT_GOALS = {"read_csv": 0.6, "load_sample": 0.3, "affine": 0.006, "elastic": 0.015}
CSV_MEMORY_GOAL = 250


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="small, and writes nothing")
    parser.add_argument("--repeats", type=int, help="of each measurement (9, quick: 3)")
    parser.add_argument(
        "--only", choices=["a", "b", "c", "d", "e", "memory"], help="one part, printed"
    )
    parser.add_argument("--as-is", action="store_true", help="keep OPENBLAS_… and the like")
    parser.add_argument("--memory-of", help=argparse.SUPPRESS)  # how it calls itself
    parser.add_argument("--conv-memory-of", help=argparse.SUPPRESS)
    parser.add_argument("--csv-memory-of", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.memory_of:
        return print(memory_here(options.memory_of))
    if options.conv_memory_of:
        return print(conv_memory_here(options.conv_memory_of))
    if options.csv_memory_of:
        return print(csv_memory_here(options.csv_memory_of))
    repeats = options.repeats or (3 if options.quick else 9)

    import report

    X, y, source = digits(6_000 if options.quick else 60_000)
    wanted = [options.only] if options.only else ["a", "b", "c", "d", "e", "memory"]
    results = {"machine": report.machine(source, repeats, OVERRIDES)}
    if "a" in wanted:
        results["a"] = {
            threads: {rule: part_a(X, y, rule, repeats, threads) for rule in ("sgd", "adam")}
            for threads in thread_settings()
        }
    if "b" in wanted:
        results["b"] = {
            threads: part_b(X, y, 20 if options.quick else 500, min(repeats, 3), threads)
            for threads in thread_settings()
        }
    if "d" in wanted:
        results["d"] = {
            threads: part_d(X, y, 3 if options.quick else 20, repeats, threads)
            for threads in thread_settings()
        }
        results["d memory"] = in_a_process("--conv-memory-of", X[:2000], y[:2000]) / 1e6
    if "e" in wanted:
        results["e"], results["e memory"] = part_e(X, y, repeats)
    if "memory" in wanted:
        results["memory"] = memory_ratio(X, y)
    if "c" in wanted:
        results["c"] = part_c(X, y, min(repeats, 3), options.quick)
        results["c conv"] = part_c_conv(X, y, min(repeats, 3), options.quick)

    goals = {**GOALS, "inputs": INPUT_GOALS, "memory": MEMORY_GOAL}
    goals |= {"conv memory": CONV_MEMORY_GOAL, "csv memory": CSV_MEMORY_GOAL}
    text = report.markdown(results, goals)
    print(text)
    if options.quick:
        return None
    if "c" in results:
        report.scaling_figure(results["c"], FOLDER.parent / "figures" / "scaling.png")
    if not options.only:
        (FOLDER / "results.md").write_text(text, encoding="utf-8")
    return None


def digits(n):
    """X (n, 784) float32, y (n,) int64, and where they are from."""
    import numpy as np

    from digitlib.data import load

    source = "mnist" if os.environ.get("DIGITLIB_DATA") else "sample"
    X, y, _ = load(source)[0]
    rows = np.arange(n) % len(X)
    return X[rows], y[rows], f"{source}, {n:,} digits"


def thread_settings():
    """One thread, and as many as there are cores."""
    return sorted({1, os.cpu_count() or 1})


def in_turn(contestants, repeats, threads):
    """{name: [seconds, …]}: everybody once, then everybody once more, after one to warm up."""
    import torch
    from threadpoolctl import threadpool_limits

    torch.set_num_threads(threads)
    os.environ["DIGITLIB_THREADS"] = str(threads)
    times = {name: [] for name in contestants}
    with threadpool_limits(threads):
        for repeat in range(repeats + 1):
            for name, run in contestants.items():
                seconds = run()
                if repeat:
                    times[name].append(seconds)
                print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return times


def part_a(X, y, rule, repeats, threads):
    """One epoch of 784-128-64-10, batch 64."""
    import contestants as c

    everybody = [c.ours, c.floor, c.pytorch, c.pytorch_fused, c.scikit_learn, c.usual]
    runs = {f.__name__: (lambda f=f: f(X, y, SIZES, BATCH, rule)) for f in everybody}
    return in_turn(runs, repeats, threads)


def part_b(X, y, iterations, repeats, threads):
    """784-10-10 on 41,000 rows, all of them in every iteration."""
    import contestants as c

    X, y = X[:41_000], y[:41_000]
    everybody = [c.ours_full_batch, c.floor_full_batch, c.usual_full_batch]
    runs = {f.__name__: (lambda f=f: f(X, y, iterations)) for f in everybody}
    return in_turn(runs, repeats, threads)


def part_c(X, y, repeats, quick):
    """Seconds an epoch as one thing grows, on one thread: {axis: {value: {name: median}}}."""
    base = 2_000 if quick else 20_000
    cases = {
        "batch size": [(batch, base, 128, batch) for batch in (16, 64, 256, 1024, 4096)],
        "width": [(width, base, width, BATCH) for width in (32, 128, 512, 2048)],
        "rows": [(rows, rows, 128, BATCH) for rows in (1_000, 4_000, 15_000, 60_000)],
    }
    return {
        axis: {
            value: case_c(X[:rows], y[:rows], (784, width, width // 2, 10), batch, repeats)
            for value, rows, width, batch in settings
            if rows <= len(X) and not (quick and width > 512)
        }
        for axis, settings in cases.items()
    }


def part_c_conv(X, y, repeats, quick):
    """Milliseconds a step of a convolutional network as its channels or its batch grow."""
    import convolutions as c

    channels = [(8, 16, 32), (16, 32, 64), (24, 48, 96), (32, 64, 128)]
    cases = {
        "channels": [("-".join(map(str, widths)), widths, 128) for widths in channels],
        "images a batch": [(str(n), c.CHANNELS, n) for n in (16, 64, 128, 256, 512)],
    }
    everybody = (c.conv_ours, c.conv_floor, c.conv_pytorch_last)
    X, y, steps = X[:2_000], y[:2_000], 1 if quick else 5
    results = {}
    for axis, settings in cases.items():
        for label, widths, batch in settings[: 2 if quick else None]:
            runs = {f.__name__: (lambda f=f: f(X, y, steps, widths, batch)) for f in everybody}  # noqa: B023
            times = in_turn(runs, repeats, threads=1)
            medians = {name: statistics.median(values) for name, values in times.items()}
            results.setdefault(axis, {})[label] = medians
    return results


def case_c(X, y, sizes, batch, repeats):
    import contestants as c

    everybody = (c.ours, c.floor, c.pytorch)
    runs = {f.__name__: (lambda f=f: f(X, y, sizes, batch, "sgd")) for f in everybody}
    times = in_turn(runs, repeats, threads=1)
    return {name: statistics.median(values) for name, values in times.items()}


def part_d(X, y, steps, repeats, threads):
    """Training steps of 1-16-32-64 channels and of cnn-best, batch 128; 10,000 answers."""
    import convolutions as c

    X, y = X[:10_000], y[:10_000]
    everybody = [c.conv_ours, c.conv_floor, c.conv_pytorch, c.conv_pytorch_last]
    everybody += [c.conv_textbook]
    training = {f.__name__: (lambda f=f: f(X, y, steps)) for f in everybody}
    everybody = [c.best_ours, c.best_floor, c.best_pytorch, c.best_pytorch_last]
    best = {f.__name__: (lambda f=f: f(X, y, steps)) for f in everybody}
    everybody = (c.predict_ours, c.predict_pytorch, c.predict_pytorch_last)
    predicting = {f.__name__: (lambda f=f: f(X)) for f in everybody}
    before = os.environ.get("DIGITLIB_THREADS")
    os.environ["DIGITLIB_THREADS"] = str(threads)
    try:
        return {
            "conv": in_turn(training, repeats, threads),
            "best": in_turn(best, repeats, threads),
            "predict": in_turn(predicting, repeats, threads),
        }
    finally:
        del os.environ["DIGITLIB_THREADS"]
        if before is not None:
            os.environ["DIGITLIB_THREADS"] = before


def part_e(X, y, repeats):
    """What comes before the training, on one thread; and the CSV file's peak memory in MB."""
    import inputs as c
    import numpy as np

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "train.csv"
        rows = np.arange(c.ROWS) % len(X)
        c.write_csv(path, X[rows], y[rows])
        runs = {f.__name__: (lambda f=f: f(path)) for f in (c.read_csv, c.pandas_csv)}
        runs["load_sample"] = c.load_sample
        runs |= {f.__name__: (lambda f=f: f(X[:128])) for f in (c.affine, c.elastic)}
        times = in_turn(runs, repeats, threads=1)
        command = [sys.executable, __file__, "--csv-memory-of", str(path)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    return times, int(done.stdout) / 1e6


def csv_memory_here(path):
    """Bytes that reading a CSV file takes at most, above the imports; the digits count."""
    from digitlib.data.readers import read_labelled_csv

    before = peak_memory()
    read_labelled_csv(path)
    return peak_memory() - before


def memory_ratio(X, y):
    """Peak memory of a process that trains one epoch of (a), over the size of its data."""
    return in_a_process("--memory-of", X, y) / (X.nbytes + y.nbytes)


def in_a_process(option, X, y):
    """What this file prints when it calls itself with that option and these digits."""
    import numpy as np

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "digits.npz"
        np.savez(path, X=X, y=y)
        command = [sys.executable, __file__, option, str(path)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(done.stdout)


def memory_here(path):
    """The largest resident size of this process, interpreter and all, in bytes."""
    import contestants as c
    import numpy as np

    with np.load(path) as file:
        X, y = file["X"], file["y"]
    c.ours(X, y, SIZES, BATCH, "sgd")
    return peak_memory()


def conv_memory_here(path):
    """Bytes that some training steps of (d) take at most, above the imports and the data."""
    import convolutions as c
    import numpy as np

    with np.load(path) as file:
        X, y = file["X"], file["y"]
    before = peak_memory()  # reading the file took more than is held now: a little too kind
    with contextlib.suppress(OSError):  # on Linux the peak can be started anew
        Path("/proc/self/clear_refs").write_text("5")
        before = peak_memory()
    c.conv_ours(X, y, 10)
    return peak_memory() - before


def peak_memory():
    """The largest resident size of this process so far, in bytes."""
    import resource

    status = Path("/proc/self/status")
    if status.exists():  # Linux's ru_maxrss would count the process that started this one
        line = next(line for line in status.read_text().splitlines() if "VmHWM" in line)
        return 1024 * int(line.split()[1])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak


if __name__ == "__main__":
    main()
