"""What the tests of whole notebooks do in the kernel: keep, compare and put back its names."""

import hashlib
import types

import numpy as np
from IPython import get_ipython

from digitlib.exercises.model import find

_saved = {}  # label -> {name: value}


def _names():
    """The names that the notebook's cells have bound so far."""
    space = get_ipython().user_ns
    hidden = get_ipython().user_ns_hidden
    return {k: v for k, v in space.items() if not k.startswith("_") and k not in hidden}


def save(label, since=None):
    """Remember what every name is bound to now, or only those bound anew since a label."""
    before = _saved[since] if since else {}
    _saved[label] = {
        name: value
        for name, value in _names().items()
        if name not in before or value is not before[name]
    }


def restore(*labels):
    """Bind every name as it was when the last of the labels was saved that has it.

    The other names are forgotten.
    """
    wanted = {}
    for label in labels:
        wanted |= _saved[label]
    space = get_ipython().user_ns
    for name in set(_names()) - set(wanted):
        del space[name]
    space.update(wanted)


def is_reference(result, name):
    """Whether `check` has handed out the reference, so that the notebook goes on as stored."""
    reference = find(name).reference
    return result is reference or digest(result) == digest(reference)


def digest(value):
    """A short text that is the same for equal values; None where equality cannot be told."""
    if isinstance(value, np.ndarray):
        if value.dtype == object:
            return None
        data = f"{value.dtype} {value.shape}".encode() + np.ascontiguousarray(value).tobytes()
        return hashlib.sha256(data).hexdigest()[:12]
    if isinstance(value, (int, float, str, bytes, bool, np.generic, type(None))):
        return repr(value)
    if isinstance(value, (list, tuple)):
        inner = [digest(item) for item in value]
        return None if None in inner else f"{type(value).__name__} {inner}"
    if isinstance(value, dict):
        inner = [(repr(key), digest(item)) for key, item in value.items()]
        return None if None in dict(inner).values() else f"dict {inner}"
    if isinstance(value, types.FunctionType):
        code = value.__code__
        return f"function {code.co_name} {code.co_code.hex()} {code.co_consts!r}"
    if isinstance(value, (types.ModuleType, type)):
        return repr(value)
    return None


def digests(names):
    """name -> digest, of those names that are bound to something that can be compared."""
    bound = _names()
    found = {name: digest(bound[name]) for name in names if name in bound}
    return {name: text for name, text in found.items() if text is not None}
