"""Says in words how an answer differs from the right one: shapes first, then values."""

import numpy as np

from digitlib.gradcheck import relative_error

LARGEST = 1_000_000  # entries of an answer that are looked at one by one


def difference(expected, got, tolerance, names=()):
    """What is wrong with `got` as a sentence, or None where it is right to `tolerance`."""
    if got is None:
        return "it returns None: is the `return` missing?"
    if isinstance(expected, (tuple, list)):
        if isinstance(got, np.ndarray) and got.ndim and len(got) == len(expected):
            got = list(got)  # a pair is a pair, in an array too
        if not isinstance(got, (tuple, list)):
            return f"it returns one thing, {a_type(got)}, where {len(expected)} belong"
        if len(got) != len(expected):
            return f"it returns {len(got)} things where {len(expected)} belong"
        for i, (right, mine) in enumerate(zip(expected, got)):
            said = difference(right, mine, tolerance)
            if said:
                return f"{names[i] if names else f'item {i}'}: {said}"
        return None
    if isinstance(expected, (bool, str)):
        if isinstance(got, np.ndarray) and got.ndim == 0:
            got = got[()]
        same = isinstance(got, (bool, np.bool_, str)) and got == expected
        return None if same else f"it is {got!r}"
    if isinstance(expected, np.ndarray) and isinstance(got, (list, tuple)):
        try:
            got = np.array(got)
        except ValueError:
            return "its rows differ in length, and those of a NumPy array have one"
    return _arrays(expected, got, tolerance)


def _arrays(expected, got, tolerance):
    try:
        right, mine = np.asarray(expected), np.asarray(got)
        if mine.dtype.kind not in "biuf":  # "7" would turn into 7.0, and 7 + 0j into 7
            raise TypeError
        if mine.size > LARGEST + right.size:  # not worth the memory of another one
            return f"its shape is {mine.shape}, and {right.shape or 'a single number'} belongs"
        right, mine = right.astype(np.float64), mine.astype(np.float64)
    except (TypeError, ValueError):
        return f"it is {a_type(got)} where {_kind(expected)} belongs"
    if mine.shape != right.shape:
        if not mine.shape:
            return f"it is a single number, and an array of shape {right.shape} belongs"
        wanted = right.shape or "a single number"
        said = f"its shape is {mine.shape}, and {wanted} belongs"
        if mine.shape == right.shape[::-1] and _close(right, mine.T, tolerance):
            return said + ": right up to a transpose"
        return said
    if not np.isfinite(mine).all() and np.isfinite(right).all():
        stranger = "NaN" if np.isnan(mine).any() else "infinity"
        return f"it {'holds' if mine.ndim else 'is'} {stranger}"
    if not np.isfinite(right).all():
        return None if np.array_equal(right, mine, equal_nan=True) else "the values differ"
    if _close(right, mine, tolerance):
        return None
    return _values(right, mine, tolerance)


def _values(right, mine, tolerance):
    if not mine.any():
        return "it is zero everywhere" if right.size > 1 else "it is 0"
    if _close(right, -mine, tolerance):
        return "the sign is the wrong way round"
    if (
        right.ndim == 2
        and right.shape[0] == right.shape[1]
        and _close(right, mine.T, tolerance)
    ):
        return "right up to a transpose"
    factor = np.vdot(right, mine) / np.vdot(right, right) if right.any() else 0
    if factor and _close(right * factor, mine, tolerance):
        times, which = (factor, "large") if abs(factor) >= 1 else (1 / factor, "small")
        if right.size > 1:
            sign = ", and the sign is the wrong way round" if times < 0 else ""
            return f"it is {abs(times):.6g} times too {which}, everywhere{sign}"
        # Any wrong number is some multiple of the right one: only a whole one tells, and
        # nothing at all where the right one is itself whole, a count or an index.
        whole = abs(times - round(times)) < 1e-6 and 1 < round(times) < 1e5
        if whole and not float(right.flat[0]).is_integer():
            return f"it is {times:.6g} times too {which}"
    if right.ndim == 2 and np.allclose(right.sum(1), 1) and np.allclose(mine.sum(0), 1):
        return "your columns sum to 1, not your rows"
    if right.size == 1:
        return "the value differs"
    off = np.abs(mine - right) > tolerance * max(np.abs(right).max(), 1e-300)
    first = tuple(int(i) for i in np.argwhere(off)[0])
    return f"{off.sum()} of {off.size} entries differ, the first at {list(first)}"


def same_outcome(a, b, tolerance):
    """Whether two calls did the same, right or wrong: how a stored mistake is recognised."""
    if a.timed_out or b.timed_out or a.changed != b.changed:
        return False
    if a.error is not None or b.error is not None:
        return type(a.error) is type(b.error)
    values = [a.value, b.value]
    if any(isinstance(value, (tuple, list)) for value in values):  # a pair, in an array too
        values = [list(v) if isinstance(v, np.ndarray) and v.ndim else v for v in values]
    return same_value(*values, tolerance)


def same_value(a, b, tolerance):
    """Whether two answers are alike in kind, shape and value (NaN equals NaN)."""
    if a is None or b is None:
        return a is b
    if isinstance(a, (tuple, list)) or isinstance(b, (tuple, list)):
        both = isinstance(a, (tuple, list)) and isinstance(b, (tuple, list))
        if not both or len(a) != len(b):
            return False
        return all(same_value(x, y, tolerance) for x, y in zip(a, b))
    try:
        x, y = np.asarray(a), np.asarray(b)
        if x.dtype.kind in "USO" or y.dtype.kind in "USO":
            return x.dtype.kind == y.dtype.kind and bool(np.all(x == y))
        if x.shape != y.shape or {x.dtype.kind, y.dtype.kind} - set("biuf"):
            return False
        x, y = x.astype(np.float64), y.astype(np.float64)
    except (TypeError, ValueError):
        return a is b
    if x.shape != y.shape or not np.array_equal(np.isfinite(x), np.isfinite(y)):
        return False
    finite = np.isfinite(x)
    return _close(x[finite], y[finite], tolerance) and np.array_equal(
        x[~finite], y[~finite], equal_nan=True
    )


def _close(right, mine, tolerance):
    return right.shape == mine.shape and relative_error(right, mine) <= tolerance


def a_type(value):
    """'a list', 'an int': the type of a value, with its article."""
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' or name == 'ndarray' else 'a'} {name}"


def _kind(value):
    return "a number" if np.ndim(value) == 0 else f"an array of shape {np.shape(value)}"


def shown(value):
    """A value for a message: an array in full where it is small, else its shape."""
    if isinstance(value, np.ndarray):
        if value.size > 24:
            return f"an array of shape {value.shape}"
        tiny = value.dtype.kind == "f" and 0 < np.nanmax(np.abs(value), initial=0) < 1e-3
        text = np.array2string(value, precision=4, suppress_small=not tiny, separator=", ")
        return " ".join(text.split())
    if isinstance(value, (tuple, list)):
        arrays = len(value) > 0 and all(isinstance(v, np.ndarray) for v in value)
        if arrays and sum(v.size for v in value) > 24:
            return f"arrays of shapes {', '.join(str(v.shape) for v in value)}"
        inside = ", ".join(shown(v) for v in value[:6]) + (", …" if len(value) > 6 else "")
        return f"({inside})" if isinstance(value, tuple) else f"[{inside}]"
    if isinstance(value, (float, np.floating)):
        return f"{float(value):.6g}"
    if isinstance(value, np.generic):
        return str(value)
    if callable(value):
        return getattr(value, "__name__", "a function")
    if isinstance(value, np.random.Generator):
        return "a Generator"
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"
