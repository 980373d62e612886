"""Named arrays in one file (.npz): whole and as they were written, or refused by name.

`write_arrays` adds a hash of all content, so that `read_arrays` notices whatever has changed
since, also where the file is still well formed. `fitting` looks at everything that will be put
into a network before anything is. `fingerprint` tells data and settings apart in a few letters.
"""

import functools
import hashlib
import json
import math
import os
import platform
import warnings

import numpy as np

from digitlib.data.files import regular, replacing
from digitlib.data.inputs import examples, taken_by
from digitlib.data.readers import npz_arrays

__all__ = [
    "fingerprint",
    "fitting",
    "generator_state",
    "numbers",
    "read_arrays",
    "read_text",
    "same_settings",
    "to_json",
    "what_is_learned",
    "write_arrays",
]

PRINT = "(fingerprint)"  # how the names of such settings end
HASH = "sha256"  # the name under which a file holds the hash of its other arrays
VERSION = platform.python_version().rpartition(".")[0]  # code differs from one to the next
UNPACKED = (
    1 << 27
)  # bytes; what is written here is not packed, so more is no more than the file


def write_arrays(path, arrays):
    """Write arrays by name to `path` (.npz), in place of the file before, with their hash."""
    with replacing(path) as file:
        np.savez(file, **arrays, **{HASH: np.array(_content(arrays))})


def read_arrays(path):
    """What `write_arrays` or np.savez wrote, a dict: damage shows before anything is changed.

    Raises FileNotFoundError, or ValueError that names the file and the array.
    """
    with regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        arrays = npz_arrays(file, path, largest=max(size, UNPACKED))
    kept = arrays.pop(HASH, None)
    if kept is not None and str(kept) != _content(arrays):
        raise ValueError(
            f"{path} ({HASH}): an array is not as it was written: the hash of the content"
            " differs. Take another copy of the file"
        )
    return arrays


def fitting(path, stored, ours, exact=False, part=""):
    """New arrays from the file, for the names, shapes and dtypes of `ours`; all or none.

    exact   their dtypes must be the same too; otherwise any floating numbers are read
    part    how their names begin in the file, for the message

    Raises ValueError that names the file and the first array that does not fit, or that holds
    anything but finite numbers.
    """

    def described(arrays, name):
        if name not in arrays:
            return "no such array"
        value = arrays[name]
        return f"shape {value.shape}" + (f" of {value.dtype.name}" if exact else "")

    for name in [*ours, *(name for name in stored if name not in ours)]:
        theirs, mine = described(stored, name), described(ours, name)
        if theirs != mine:
            raise ValueError(
                f"{path} does not fit this network: {part}{name} has {theirs} in the file and"
                f" {mine} in the network"
            )
    return {n: _numbers(f"{path} ({part}{n})", stored[n], ours[n].dtype) for n in ours}


def _numbers(where, value, dtype):
    if value.dtype.kind != "f":
        raise ValueError(f"{where}: holds {value.dtype}, where floating numbers were expected")
    with np.errstate(over="ignore"):
        numbers = value.astype(dtype)  # of this machine's byte order, and writable
    if not np.isfinite(numbers).all():
        at = np.argwhere(~np.isfinite(numbers))[0].tolist()
        raise ValueError(
            f"{where}: is {value[tuple(at)]} at {at}, and a network of {numbers.dtype} computes"
            " with finite numbers alone"
        )
    return numbers


def read_text(path, name, array, check):
    """The JSON text in an array of the file, as `check` returns it: a function of plain data.

    Whatever goes wrong in it is a ValueError that names the file and the array.
    """
    where = f"{path} ({name})"
    if array.dtype.kind != "U" or array.ndim:
        raise ValueError(
            f"{where}: holds {array.dtype} of shape {array.shape}, where one text was"
        )
    try:
        found = json.loads(str(array))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{where}: no JSON ({error}), so it is damaged") from error
    try:
        return check(found)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error
    except Exception as error:  # such a text may hold anything
        cause = f"{type(error).__name__}: {error}"
        raise ValueError(f"{where}: damaged, or of another program ({cause})") from error


def numbers(found):
    """An epoch's dict from a file, once its values are finite numbers.

    Those of the validation set may be NaN: so they are written where there is no such set.
    """
    for name, value in found.items():
        absent = name.startswith("valid_") and value != value
        if type(value) not in (int, float) or not (math.isfinite(value) or absent):
            raise ValueError(f"an epoch with {name} = {value!r}, where a number was expected")
    return found


def what_is_learned(network, optimizer, train_set, valid_set, augment):
    """The settings of a run by which it is known again: fingerprints of its data and functions.

    Raises ValueError or TypeError where pixels or labels are wrong, as `inputs.examples` does.
    """
    with warnings.catch_warnings():  # train itself says what looks wrong
        warnings.simplefilter("ignore")
        X, y = examples(train_set, *taken_by(network))
        held_out = valid_set and examples(valid_set, *taken_by(network), "valid_set")
    return {
        "rows": len(y),
        f"training set {PRINT}": fingerprint(X, y),
        f"validation set {PRINT}": fingerprint(held_out),
        f"augmentation {PRINT}": fingerprint(augment),
        f"decay mask {PRINT}": fingerprint(optimizer.decay_mask),
    }


def same_settings(theirs, ours):
    """Is a run that is resumed the one that was written down? Both dicts of settings.

    Raises a ValueError that names the first setting in which they differ. An older digitlib
    wrote no fingerprints and no layers: what a file does not say is not compared.
    """
    for name in sorted(ours.keys() | theirs.keys()):
        one, other = theirs.get(name), ours.get(name)
        printed = name.endswith(PRINT)
        if one == other or ((printed or name == "layers") and None in (one, other)):
            continue
        if not printed:
            raise ValueError(
                f"it is a run with {name} = {one}, this one has {other}: use the settings it"
                " began with, or another file"
            )
        if not same_kind(one, other):
            what = name.removesuffix(PRINT).strip()
            raise ValueError(
                f"it is a run with another {what}: use the one it began with, or another file"
            )


def generator_state(rng, text):
    """The state as a generator of that kind takes it, tried on a new one."""
    kind, theirs = type(rng.bit_generator), text["bit_generator"]
    if kind.__name__ != theirs:
        raise ValueError(f"it drew from a {theirs}, this run draws from a {kind.__name__}")
    tried = kind()
    tried.state = _unjsonable(text)
    if to_json(tried.state) != to_json(text):
        raise ValueError(f"no state of a {theirs}: {text}")
    return tried.state


def to_json(value):
    """Plain data as a JSON text, with generators' arrays of numbers in it."""
    return json.dumps(value, default=_jsonable, sort_keys=True)


def _jsonable(value):
    """What some generators' states hold besides whole numbers: arrays of them."""
    if isinstance(value, np.ndarray):
        return {"array": value.tolist(), "dtype": value.dtype.name}
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"cannot write {type(value).__name__} to a checkpoint")


def _unjsonable(value):
    if isinstance(value, dict) and value.keys() == {"array", "dtype"}:
        return np.array(value["array"], value["dtype"])
    return {n: _unjsonable(v) for n, v in value.items()} if isinstance(value, dict) else value


def fingerprint(*values):
    """A short text that differs where one of these differs: arrays, numbers, text, functions.

    A function counts by its name, its fixed arguments and what it has taken from around it, and
    by its code as far as the same Python reads it (see `same_kind`).
    """
    found, code = hashlib.sha256(), hashlib.sha256()
    for value in values:
        _feed(value, found, code, set())
    return f"{found.hexdigest()[:16]} {code.hexdigest()[:8]} {VERSION}"


def same_kind(one, other):
    """Are these fingerprints of the same? Another Python gives a function other code."""
    (content, code, version), theirs = one.split(" "), other.split(" ")
    return content == theirs[0] and (version != theirs[-1] or code == theirs[1])


def _feed(value, found, code, seen):
    if id(value) in seen:  # a function that knows itself
        return
    if isinstance(value, np.ndarray):
        found.update(f"{value.dtype.str}{value.shape}".encode())
        found.update(np.ascontiguousarray(value) if value.size else b"")
    elif isinstance(value, tuple | list):
        found.update(f"{type(value).__name__}{len(value)}".encode())
        for part in value:
            _feed(part, found, code, seen)
    elif isinstance(value, functools.partial):
        _feed([value.func, *value.args, *sorted(value.keywords.items())], found, code, seen)
    elif hasattr(value, "__code__"):
        seen.add(id(value))
        found.update(value.__qualname__.encode())
        own = value.__code__
        code.update(own.co_code + repr((own.co_names, *map(_plain, own.co_consts))).encode())
        cells = [cell.cell_contents for cell in value.__closure__ or () if _filled(cell)]
        around = getattr(value, "__globals__", {})
        numbers = [around[n] for n in own.co_names if isinstance(around.get(n), int | float)]
        named = sorted((value.__kwdefaults__ or {}).items())
        itself = [value.__self__] if hasattr(value, "__self__") else []
        taken = [*cells, *numbers, *(value.__defaults__ or ()), *named, *itself]
        _feed(taken, found, code, seen)
    elif hasattr(value, "__dict__") and not isinstance(value, type):
        seen.add(id(value))
        found.update(type(value).__qualname__.encode())
        _feed(sorted(vars(value).items()), found, code, seen)
    else:
        found.update(str(_plain(value)).encode())


def _filled(cell):
    try:
        return cell.cell_contents is not cell
    except ValueError:
        return False


def _plain(value):
    """A value in words that are the same in another process; of others the kind alone."""
    value = value.item() if isinstance(value, np.generic) else value
    plain = value is None or isinstance(value, str | bytes | int | float | complex)
    return repr(value) if plain else type(value).__name__


def _content(arrays):
    """SHA-256 over the names, dtypes, shapes and bytes of arrays."""
    found = hashlib.sha256()
    for name in sorted(arrays):
        value = np.asarray(arrays[name])
        found.update(f"{name}\0{value.dtype.str}\0{value.shape}\0".encode())
        found.update(value.tobytes())
    return found.hexdigest()
