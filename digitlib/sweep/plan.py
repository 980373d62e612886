"""Which runs a sweep has: settings and a seed for each, in a fixed order."""

import itertools
import json
import numbers
from typing import NamedTuple

import numpy as np

__all__ = ["OURS", "Run", "cell", "key", "plain", "plan", "seed_list"]

OURS = (
    "seed",
    "seconds",
    "error",
    "sweep",
)  # columns that settings and results cannot be named


class Run(NamedTuple):
    """One call of f: f(seed, **settings)."""

    settings: dict
    seed: int


def plan(grid=None, random=None, tries=None, seeds=1, rng=None):
    """The runs of a sweep, settings by settings, all seeds of one setting together.

    The arguments are those of `sweep`. Raises ValueError for what cannot be a plan.
    """
    if (grid is None) == (random is None):
        raise ValueError("a sweep has a grid=, or random= with tries= and rng=: one of the two")
    if grid is None:
        chosen = _drawn(random, tries, rng)
    elif tries is not None or rng is not None:
        raise ValueError("tries= and rng= belong to random=; a grid tries all its settings")
    else:
        chosen = _grid(grid)
    runs = [Run(settings, seed) for settings in chosen for seed in seed_list(seeds)]
    seen = set()
    for run in runs:
        if key(run) in seen:
            raise ValueError(
                f"the sweep has the same run twice: {dict(run.settings)}, {run.seed}"
            )
        seen.add(key(run))
    return runs


def seed_list(seeds):
    """The seeds as a list of ints; a number n stands for 0, 1, …, n - 1."""
    if isinstance(seeds, numbers.Integral) and not isinstance(seeds, bool):
        seeds = range(int(seeds))
    seeds = list(seeds)
    for seed in seeds:
        if not isinstance(seed, numbers.Integral) or isinstance(seed, bool) or seed < 0:
            raise ValueError(f"seeds are whole numbers from 0; got {seed!r}")
    if not seeds:
        raise ValueError("a sweep needs one seed or more")
    return [int(seed) for seed in seeds]


def plain(value, name):
    """The value as a table's cell and a file take it: a Python number, text, bool or None.

    A text is put on one line, so that a file has one line per run.
    """
    if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.ndim == 0):
        value = value.item()
    if isinstance(value, str):
        return " ".join(value.split("\n"))
    if value is None or isinstance(value, bool | int | float):
        return value
    raise TypeError(
        f"{name} is {type(value).__name__}; a table's cell takes a number, a text, True, False "
        "or None"
    )


def cell(value):
    """A plain value as CSV has it."""
    return "" if value is None else repr(value) if isinstance(value, float) else str(value)


def key(run):
    """What tells one run from another, the same before and after a way through a CSV file.

    A setting that is None counts like one that is missing, as an empty cell is both.
    """
    settings = sorted((name, _spelt(value)) for name, value in run.settings.items())
    settings = [(name, text) for name, text in settings if text]
    return json.dumps([settings, run.seed])


def _spelt(value):
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)  # 1 and 1.0 are the same rate
    return cell(value)


def _checked(names):
    for name in names:
        if not isinstance(name, str) or name in OURS:
            raise ValueError(
                f"{name!r} cannot be the name of a setting: a text other than {', '.join(OURS)}"
            )


def _grid(grid):
    """Every combination of a dict of lists; of several such dicts one after the other."""
    settings = []
    for part in [grid] if hasattr(grid, "items") else grid:
        _checked(part)
        for name, values in part.items():
            if isinstance(values, str) or not hasattr(values, "__iter__"):
                raise ValueError(f"{name}={values!r}: give a list of values, as [{values!r}]")
        columns = [[plain(value, name) for value in values] for name, values in part.items()]
        settings += [dict(zip(part, chosen)) for chosen in itertools.product(*columns)]
    if not settings:
        raise ValueError("the grid is empty: one of its lists has no values")
    return settings


def _drawn(random, tries, rng):
    """`tries` settings, each drawn from lists, SciPy's distributions or functions of rng."""
    _checked(random)
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            "a random search needs rng=, as np.random.default_rng(0), so that it can be drawn "
            f"again; got {rng!r}"
        )
    if not isinstance(tries, numbers.Integral) or tries < 1:
        raise ValueError(f"tries= says how many settings to draw, 1 or more; got {tries!r}")
    return [
        {name: plain(_draw(source, rng, name), name) for name, source in random.items()}
        for _ in range(tries)
    ]


def _draw(source, rng, name):
    if hasattr(source, "rvs"):
        return source.rvs(random_state=rng)
    if callable(source):
        return source(rng)
    if isinstance(source, str) or not hasattr(source, "__len__"):
        raise ValueError(
            f"{name}: give a list to choose from, a distribution of scipy.stats, or a function "
            "of rng, as lambda rng: 10 ** rng.uniform(-3, 0)"
        )
    return source[rng.integers(len(source))]
