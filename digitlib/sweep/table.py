"""`sweep`: the runs, each wherever it is to happen, and the table of what came of them."""

import functools
import hashlib
import importlib.resources
import inspect
import itertools
import math
import numbers
import os
import sys
import warnings

from digitlib.sweep.places import bar, in_processes, needed, on_cluster, serially
from digitlib.sweep.plan import key, plan
from digitlib.sweep.store import Store, read_rows

__all__ = ["outcomes", "read", "record", "summary", "sweep", "table_of"]


def sweep(
    f,
    grid=None,
    *,
    seeds=1,
    random=None,
    tries=None,
    rng=None,
    path=None,
    retry=False,
    jobs=None,
    scheduler=None,
    progress=True,
    score=None,
    lowest=False,
):
    """Call f(seed, **settings) for all settings and seeds: a pandas table, one row per run.

    f           returns a dict of numbers (texts, bools, None), and takes every random number
                from `seed`. What it holds, such as digits, is sent to the workers once (to
                processes arrays from a megabyte on, in memory that they share) and is not to
                be changed in them.
    grid        {"rate": [0.03, 0.1], "batch": [32, 128]}: every combination; or a list of such
                dicts, one after the other
    random      in place of a grid, {"rate": lambda rng: 10 ** rng.uniform(-3, 0)}: `tries`
                settings drawn with the Generator `rng` from lists, from functions of a
                Generator, or from distributions of scipy.stats
    seeds       the seeds of each setting, or a number n for 0, 1, …, n - 1
    path        a .csv or .jsonl file: every finished run is added at once, and a sweep that was
                stopped goes on where it was. More values or seeds may be added to the sweep.
    retry       run again what the file has as failed
    jobs        how many runs at a time: 1 is serial, in this process. Without it, Dask where
                the environment's DASK_SCHEDULER names a scheduler, else a process per core
    scheduler   a Dask scheduler's address, or a distributed.Client
    progress    a tqdm bar on stderr that shows the best run so far
    score       which result of f tells the best: the first that is named like an accuracy
    lowest      True where the lowest score is the best

    The columns are the settings, `seed`, what f returned, `seconds` and `error`, the rows in
    the order of the grid, wherever the runs happened. A run that fails has its error there, as
    text, "" in all others. Where the sweep is interrupted (KeyboardInterrupt), the table has
    the rows that are finished. Each run has one BLAS thread.

    Raises ValueError for a grid that is none and for a file of another sweep, TypeError where f
    does not take the settings, ImportError with what to install, ConnectionError where no
    scheduler or no worker answers. Warns where every run failed. Notebook 17.
    """
    runs = plan(grid, random, tries, seeds, rng)
    for run in runs:
        _check_call(f, run)
    names = list(dict.fromkeys(name for run in runs for name in run.settings))
    store = None if path is None else Store(path, names, _identity(f, names))
    done = {}
    if store is not None:
        earlier = store.earlier(runs)
        found = [(number, earlier.get(key(run))) for number, run in enumerate(runs)]
        done = {
            number: _outcome(row, names)
            for number, row in found
            if row is not None and not (retry and row["error"])
        }
    shown = _Bar(len(runs), len(done), progress, score, lowest)
    try:
        for number, outcome in done.items():
            shown.note(runs[number], outcome)
        todo = {number: run for number, run in enumerate(runs) if number not in done}
        for number, outcome in outcomes(f, todo, jobs, scheduler):
            done[number] = outcome
            if store is not None:
                store.append(_row(runs[number], outcome))
            shown.note(runs[number], outcome, 1)
    except KeyboardInterrupt:
        goes_on = f"the same sweep goes on from {path}" if path else "no path= kept them"
        print(f"interrupted after {len(done)} of {len(runs)} runs; {goes_on}", file=sys.stderr)
    finally:
        shown.close()
    errors = [error for _, _, error in done.values() if error]
    if errors and len(errors) == len(runs):
        warnings.warn(f"all {len(runs)} runs failed, one with {errors[0]}", stacklevel=2)
    return table_of([_row(runs[number], done[number]) for number in sorted(done)], names)


def read(path):
    """The table in a file that `sweep` wrote: the finished runs, in the order of the file."""
    rows = {}
    for row in read_rows(path):
        of = row.pop("sweep")
        names = of[of.rindex("(") + 1 : of.rindex(")")].split(", ")
        rows[tuple(row.get(name) for name in (*names, "seed"))] = row  # the later one counts
    return table_of(list(rows.values()), names if rows else [])


def record(name):
    """The table of a sweep that ships with the package, such as "seeds" (notebook 17).

    Raises FileNotFoundError with the names that there are. `tools/seeds.py` made "seeds".
    """
    folder = importlib.resources.files("digitlib") / "records"
    there = sorted(f.name for f in folder.iterdir() if f.name.endswith(".csv"))
    if f"{name}.csv" not in there:
        known = ", ".join(file.removesuffix(".csv") for file in there)
        raise FileNotFoundError(f"no sweep {str(name)!r} ships with digitlib; there is {known}")
    with importlib.resources.as_file(folder / f"{name}.csv") as file:
        return read(file)


def summary(table, names, score, lowest=False):
    """A table of `sweep` as text: a line per setting, with the mean of `score` over the seeds.

    names   the settings. The standard deviation is that of the seeds; the range goes from the
            worst to the best seed. The last line names the best mean.
    """
    if not len(table):
        return "no run has finished"
    head = [*names, "runs", "failed", score, "sd", "range"]
    lines, best = [], None
    for settings, rows in table.groupby(names, sort=False, dropna=False):
        found = rows[score].dropna() if score in rows else rows["seed"][:0]
        failed = len(rows) - len(found)
        shown = (f"{v:g}" if isinstance(v, numbers.Real) else str(v) for v in settings)
        cells = [*shown, str(len(rows)), str(failed)]
        if len(found):
            mean = float(found.mean())
            cells += [f"{mean:.4f}", f"{found.std():.4f}" if len(found) > 1 else ""]
            cells += [f"{found.min():.4f} to {found.max():.4f}"]
            if not failed and (best is None or (mean < best[0] if lowest else mean > best[0])):
                best = mean, ", ".join(f"{n}={v}" for n, v in zip(names, cells))
        lines.append(cells)
    columns = itertools.zip_longest(head, *lines, fillvalue="")
    widths = [max(map(len, column)) for column in columns]
    text = []
    for line in [head, *lines]:
        cells = (cell.rjust(width) for cell, width in zip(line, widths))
        text.append("  ".join(cells).rstrip())
    if best is not None:
        text += [f"best mean {score}: {best[0]:.4f} with {best[1]}"]
        if len(lines) > 1:
            text[-1] += f". As the best of {len(lines)} it was lucky too: try it on other seeds"
    failed = table[table["error"] != ""]
    if len(failed):
        first = failed["error"].iloc[0]
        text.append(f"{len(failed)} of {len(table)} runs failed, the first with {first}")
    return "\n".join(text)


def outcomes(f, runs, jobs=None, scheduler=None):
    """Yields (number, (results, seconds, error)) of a dict {number: run}, as they finish."""
    if jobs is not None and scheduler is not None:
        raise ValueError(
            "jobs= is for this machine, scheduler= for a cluster: give one of the two"
        )
    if jobs is not None and (jobs != int(jobs) or jobs < 1):
        raise ValueError(f"jobs= is how many runs happen at a time, 1 or more; got {jobs!r}")
    if not runs:
        return
    if jobs is None:
        scheduler = scheduler or os.environ.get("DASK_SCHEDULER")
    if scheduler:
        yield from on_cluster(f, runs, scheduler)
        return
    jobs = needed("joblib").cpu_count() if jobs is None else int(jobs)
    yield from serially(f, runs) if jobs == 1 else in_processes(f, runs, jobs)


def table_of(rows, names):
    """Rows, dicts from column to value, as a table: settings, seed, results, seconds, error."""
    results = dict.fromkeys(name for row in rows for name in row)
    ours = (*names, "seed", "seconds", "error")
    columns = [*names, "seed", *(name for name in results if name not in ours)]
    columns += ["seconds", "error"]
    # Cell by cell: a result that is None and one that is missing are the same in a file too.
    cells = [[row.get(name) for name in columns] for row in rows]
    return needed("pandas").DataFrame(cells, columns=columns)


def _row(run, outcome):
    results, seconds, error = outcome
    return run.settings | {"seed": run.seed} | results | {"seconds": seconds, "error": error}


def _outcome(row, names):
    """(results, seconds, error) of a row of a file."""
    ours = (*names, "seed", "seconds", "error", "sweep")
    results = {name: value for name, value in row.items() if name not in ours}
    return results, row["seconds"], row["error"]


def _check_call(f, run):
    """A setting that f does not take is found before the first run."""
    try:
        signature = inspect.signature(f)
    except (TypeError, ValueError):  # a callable without one
        return
    try:
        signature.bind(run.seed, **run.settings)
    except TypeError as error:
        given = ", ".join(["seed", *(f"{name}=" for name in run.settings)])
        raise TypeError(f"f cannot be called as f({given}): {error}") from None


def _identity(f, names):
    """Of what the runs are: f's name, eight letters of the hash of its source, the settings.

    The plain values that functools.partial has fixed go into the hash; arrays do not.
    """
    fixed = []
    while isinstance(f, functools.partial):
        given = [*f.args, *(value for _, value in sorted(f.keywords.items()))]
        fixed += [value for value in given if isinstance(value, bool | int | float | str)]
        f = f.func
    name = getattr(f, "sweep_identity", None)
    if name is None:
        thing = f if hasattr(f, "__qualname__") else type(f)
        name = thing.__qualname__.replace("<locals>.", "")
        try:
            source = inspect.getsource(thing)
        except (OSError, TypeError):  # typed at a prompt
            source = ""
        fixed.append(source)
    fixed.append(getattr(f, "sweep_fixed", None))
    digest = hashlib.sha256(repr(fixed).encode()).hexdigest()[:8]
    return f"{name} {digest} ({', '.join(names)})"


class _Bar:
    """A tqdm bar with the best run so far and the number of failures; or nothing."""

    def __init__(self, total, done, wanted, score, lowest):
        self.score, self.lowest, self.best, self.failed = score, lowest, None, 0
        self.bar = bar(total, wanted, done)

    def note(self, run, outcome, more=0):
        """Show this run, if it is the best, and move on by `more` runs."""
        if self.bar is None:
            return
        results, _, error = outcome
        self.failed += bool(error)
        if self.score is None:
            self.score = next((name for name in results if "accuracy" in name), None)
        value = results.get(self.score)
        if isinstance(value, int | float) and not math.isnan(value):
            rank = -value if self.lowest else value
            if self.best is None or rank > self.best[0]:
                settings = ", ".join(f"{name}={v}" for name, v in run.settings.items())
                self.best = rank, f"best {self.score} {value:.4g} ({settings}, seed={run.seed})"
        shown = [self.best[1]] if self.best else []
        shown += [f"{self.failed} failed"] if self.failed else []
        self.bar.set_postfix_str(", ".join(shown), refresh=False)
        self.bar.update(more)

    def close(self):
        if self.bar is not None:
            self.bar.close()
