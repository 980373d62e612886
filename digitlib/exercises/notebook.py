"""What a notebook's own cells call: comparisons and measured numbers."""

import json
import os
import tomllib
from pathlib import Path

from digitlib.exercises import state
from digitlib.gradcheck import relative_error


def same_as(mine, theirs, *inputs, name="", tol=1e-9):
    """Say that two arrays are the same to rounding, or raise an error with the difference.

    mine, theirs: arrays of one shape, or two functions that are called with `inputs`.
    """
    if callable(mine):
        name = name or mine.__name__
        mine, theirs = mine(*inputs), theirs(*inputs)
    error = relative_error(mine, theirs)  # refuses different shapes
    label = f"{name}: " if name else ""
    if not error <= tol:
        raise AssertionError(f"{label}relative error {error:.2g}, above {tol:g}")
    shape = getattr(mine, "shape", ())
    print(f"{label}same{f', shape {shape}' if shape else ''}, relative error below {tol:.0e}")


def keep(name, value):
    """Keep a small value of the reader's with the progress; returns it.

    value: text, numbers or a list of these, such as the seeds that another notebook asks for
    with `kept`. With DIGITLIB_STATE=off it is kept in this kernel alone.
    """
    state.keep(name, value)
    return value


def kept(name, default=None):
    """What `keep` was given last under this name, or the default."""
    return state.kept(name, default)


def hold(name, value):
    """Keep a measured number in its band, in our own runs. A reader sees nothing of it.

    Where DIGITLIB_BANDS names a TOML file, the value has to lie in the band that the file gives
    for the name: `valid_accuracy = [0.88, 0.93]` in the table `[04]` holds "04.valid_accuracy".
    Where DIGITLIB_HELD names a file, the name and the value are added to it as a line of JSON.
    Without these variables nothing happens.

    Raises AssertionError where the value is outside its band, or where there is no band.
    """
    bands, record = os.environ.get("DIGITLIB_BANDS"), os.environ.get("DIGITLIB_HELD")
    if not bands and not record:
        return
    number = float(value)
    if bands:
        band = tomllib.loads(Path(bands).read_text(encoding="utf-8"))
        for part in name.split("."):
            band = band.get(part) if isinstance(band, dict) else None
        if not isinstance(band, list):
            raise AssertionError(f"{name} has no band in {bands}.")
        low, high = band
        if not low <= number <= high:
            raise AssertionError(f"{name} = {number:.6g} is outside its band, {low} to {high}.")
    if record:
        with Path(record).open("a", encoding="utf-8") as file:
            print(json.dumps([name, float(f"{number:.6g}")]), file=file)
