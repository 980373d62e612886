"""What the bench found, for people: a table of ratios, the machine, a picture."""

import os
import platform
import statistics
from importlib.metadata import version
from pathlib import Path

NAMES = {
    "ours": "digitlib",
    "floor": "its matrix products alone (the floor)",
    "pytorch": "PyTorch, eager, on tensors",
    "pytorch_fused": "PyTorch, fused=True",
    "scikit_learn": "scikit-learn, MLPClassifier",
    "usual": "the usual float64 column-major notebook code",
    "ours_full_batch": "digitlib, classic.gradient_descent",
    "floor_full_batch": "its two large products alone (the floor)",
    "usual_full_batch": "the usual float64 column-major notebook code",
    "conv_ours": "digitlib",
    "conv_floor": "its matrix products alone, in row blocks (the floor)",
    "best_ours": "digitlib",
    "best_floor": "its matrix products alone, in row blocks (the floor)",
    "best_pytorch": "PyTorch, eager, (N, C, H, W)",
    "best_pytorch_last": "PyTorch, eager, channels_last",
    "conv_pytorch": "PyTorch, eager, (N, C, H, W)",
    "conv_pytorch_last": "PyTorch, eager, channels_last",
    "conv_textbook": "textbook NumPy: float64, im2col and col2im",
    "predict_ours": "digitlib, network.predict",
    "predict_pytorch": "PyTorch, no_grad, (N, C, H, W)",
    "predict_pytorch_last": "PyTorch, no_grad, channels_last",
    "read_csv": "read_labelled_csv, 42,000 rows, every cell checked",
    "pandas_csv": "pandas.read_csv of the same file, nothing checked",
    "load_sample": "`import digitlib` and the built-in sample, in a new process",
    "affine": "augment.affine, 128 images",
    "elastic": "augment.elastic, 128 images",
}


def machine(source, repeats, overrides):
    """Lines that say on what, with what and how it was measured."""
    import torch
    from threadpoolctl import threadpool_info

    blas = next(pool for pool in threadpool_info() if pool["user_api"] == "blas")
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("numpy", "torch", "scikit-learn", "digitlib")
    )
    capability = torch.backends.cpu.get_cpu_capability()
    lines = [
        f"Processor: {processor()}, {os.cpu_count()} cores; {platform.system()} "
        f"{platform.machine()}; load {os.getloadavg()[0]:.1f} at the start",
        f"Python {platform.python_version()}, {packages}",
        f"NumPy's BLAS: {blas['internal_api']} {blas['version']}, kernels for "
        f"{blas.get('architecture', 'unknown')}; PyTorch's: MKL and oneDNN, {capability}",
        f"Data: {source}, float32; medians of {repeats} repeats, everybody in turn",
    ]
    if overrides:
        pairs = ", ".join(f"{name}={value}" for name, value in sorted(overrides.items()))
        lines.append(f"Ignored, so that every library chooses for this processor: {pairs}")
    return lines


def processor():
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next(line.partition(":")[2].strip() for line in lines if "model name" in line)


def markdown(results, goals):
    """All results as one page."""
    lines = ["# Benchmarks", "", "Written by `make bench`; seconds are medians, with the"]
    lines += ["smallest and the largest; a ratio is digitlib's time over the other's.", ""]
    lines += [f"- {line}" for line in results["machine"]] + [""]
    for threads, rules in results.get("a", {}).items():
        for rule, times in rules.items():
            title = (
                f"## (a) 784-128-64-10, batch 64, {rule.upper() if rule == 'sgd' else 'Adam'}"
            )
            lines += [f"{title}, one epoch, {threads_of(threads)}", ""]
            lines += [*table(times, "ours", goals[rule]), ""]
    for threads, times in results.get("b", {}).items():
        lines += [f"## (b) 784-10-10, full batches, {threads_of(threads)}", ""]
        lines += [*table(times, "ours_full_batch", goals["full batch"]), ""]
    for threads, kinds in results.get("d", {}).items():
        lines += [f"## (d) Convolutions, 1-16-32-64 channels, {threads_of(threads)}", ""]
        lines += ["One training step, batch 128, float32:", ""]
        lines += [*table(kinds["conv"], "conv_ours", goals["conv"], "ms"), ""]
        lines += [
            "One training step of the recipe cnn-best, 1-24-48-96 channels with batch norm,"
        ]
        lines += ["dropout, label smoothing and AdamW:", ""]
        lines += [*table(kinds["best"], "best_ours", goals["best"], "ms"), ""]
        lines += ["The answers for 10,000 images, 1,000 at a time:", ""]
        lines += [*table(kinds["predict"], "predict_ours", goals["predict"], "ms"), ""]
    if "d memory" in results:
        megabytes = results["d memory"]
        lines += ["Peak memory of training steps of (d), above imports and data: "]
        lines[-1] += in_megabytes(megabytes, goals["conv memory"])
        lines += [""]
    if "e" in results:
        lines += ["## (e) Before the training, one thread", ""]
        lines += ["| | ms | goal |", "| --- | ---: | --- |"]
        for name, seconds in results["e"].items():
            goal = goals["inputs"].get(name, 0)
            said = f"at most {1000 * goal:g}: {verdict(statistics.median(seconds), goal)}"
            lines += [f"| {NAMES[name]} | {spread(seconds, 'ms')} | {said if goal else ''} |"]
        lines += ["", "Peak memory of reading that CSV file, above the imports: "]
        lines[-1] += in_megabytes(results["e memory"], goals["csv memory"])
        lines += [""]
    if "memory" in results:
        ratio = results["memory"]
        lines += ["## Memory", "", "Peak of a process that trains (a), over its data's size: "]
        lines[-1] += (
            f"**{ratio:.2f}** (goal {goals['memory']}: {verdict(ratio, goals['memory'])})"
        )
        lines += [""]
    for axis, rows in results.get("c", {}).items():
        lines += [f"## (c) Seconds an epoch by {axis}, {threads_of(1)}", ""]
        lines += [f"| {axis} | digitlib | floor | PyTorch |", "| ---: | ---: | ---: | ---: |"]
        for value, times in rows.items():
            shown = (f"{times[name]:.3f}" for name in ("ours", "floor", "pytorch"))
            lines += [f"| {value:,} | {' | '.join(shown)} |"]
        lines += [""]
    for axis, rows in results.get("c conv", {}).items():
        lines += [
            f"## (c) Milliseconds for a step of convolutions by {axis}, {threads_of(1)}",
            "",
        ]
        lines += [f"| {axis} | digitlib | floor | PyTorch, channels_last |"]
        lines += ["| ---: | ---: | ---: | ---: |"]
        for label, times in rows.items():
            names = ("conv_ours", "conv_floor", "conv_pytorch_last")
            lines += [
                f"| {label} | {' | '.join(f'{1000 * times[name]:.1f}' for name in names)} |"
            ]
        lines += [""]
    return "\n".join(lines).rstrip() + "\n"


def table(times, ours, goals, unit="seconds"):
    """Lines of a table of {name: [seconds, …]}, in seconds or in ms."""
    lines = [f"| | {unit} | digitlib's ratio | goal |", "| --- | ---: | ---: | --- |"]
    mine = statistics.median(times[ours])
    for name, seconds in times.items():
        median = statistics.median(seconds)
        ratio, goal = "", ""
        if name != ours:
            ratio = f"{mine / median:.2f}"
            if name in goals:
                goal = f"at most {goals[name]}: {verdict(mine / median, goals[name])}"
        lines.append(f"| {NAMES[name]} | {spread(seconds, unit)} | {ratio} | {goal} |")
    return lines


def spread(seconds, unit):
    """Median, smallest and largest, in seconds or in ms."""
    scale, digits = {"seconds": (1, 3), "ms": (1000, 1)}[unit]
    values = statistics.median(seconds), min(seconds), max(seconds)
    return "{} ({} to {})".format(*(f"{scale * value:.{digits}f}" for value in values))


def in_megabytes(value, goal):
    return f"**{value:.0f} MB** (goal {goal} MB: {verdict(value, goal)})"


def verdict(value, goal):
    return "reached" if value <= goal else "**missed**"


def threads_of(count):
    return f"{count} thread{'s' * (count > 1)}"


def scaling_figure(results, path):
    """Three panels on doubly logarithmic axes: batch size, width, rows."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    from digitlib import plots

    plots.house_style()
    figure, panels = plt.subplots(1, 3, figsize=(11, 4), sharey=True)
    styles = {
        "pytorch": ("PyTorch, eager", plots.COLOURS[1], "s", "--"),
        "ours": ("digitlib", plots.COLOURS[0], "o", "-"),
        "floor": ("matrix products alone", plots.COLOURS[3], "^", ":"),
    }
    labels = {
        "batch size": "batch size (width 128, 20,000 rows)",
        "width": "units in the first hidden layer\n(batch 64, 20,000 rows)",
        "rows": "rows (batch 64, width 128)",
    }
    for panel, (axis, rows) in zip(panels, results.items()):
        for name, (label, colour, marker, dash) in styles.items():
            seconds = [times[name] for times in rows.values()]
            panel.plot([*rows], seconds, dash, color=colour, marker=marker, label=label)
        panel.set(xscale="log", yscale="log", xlabel=labels[axis])
        panel.set_xticks([*rows], [f"{value:,}" for value in rows])
        panel.minorticks_off()
        panel.grid(axis="y")
    panels[0].set_ylabel("seconds an epoch, one thread")
    panels[0].legend(frameon=False)
    figure.suptitle(
        "Large batches are cheap, wide layers cost what their products cost", x=0.01, ha="left"
    )
    figure.savefig(path, dpi=110)
    plt.close(figure)
