"""Probes that ask where an answer is right: in which cases, or in which entries.

Only conditions on which a learner can act are told: 'right only where the batch divides N'
helps, 'right only where m is 0' is true and helps nobody.
"""

import numpy as np

from digitlib.exercises.probes_relation import _as_array, _named, _wrong_items


def where_it_is_right(trial):
    """Which condition separates the cases in which it is right from the others?"""
    right = [said is None for said in trial.said]
    if all(right) or not any(right) or len(right) < 3:
        return None
    cases, parameters = trial.exercise.cases, trial.exercise.parameters
    for test, said, both in _conditions(parameters):
        try:
            holds = [bool(test(*case)) for case in cases]
        except (TypeError, ValueError, IndexError, AttributeError):
            continue
        if [not h for h in holds] == right:
            return f"Wrong {said}{'' if said.endswith('?') else ', and right elsewhere.'}"
        if holds == right and both == "neutral":
            name = said.split("`")[1]
            return f"Right only {said}: what you do with `{name}` is the mistake."
        if holds == right and both and (both != "twice" or sum(right) > 1):
            return f"Right only {said}, and wrong elsewhere."
    return None


_OF_TIME_AND_SIZE = {
    "step",
    "steps",
    "warmup",
    "size",
    "N",
    "epoch",
    "patience",
    "limit",
    "wanted",
}


def _conditions(parameters):
    """(test of a case's arguments, words, whether 'right only where' helps as well)."""
    arrays = list(enumerate(parameters))

    def at(k, test):
        return lambda *case: test(case[k])

    for k, name in arrays:
        yield at(k, _has_nan), f"where `{name}` holds NaN or infinity", False
        large = f"where `{name}` holds numbers above 700, for which exp overflows"
        yield at(k, _is_large), large, False
        yield at(k, _one_row), f"where `{name}` has a single row", True
        yield at(k, _one_entry), f"where `{name}` has a single entry", True
        yield at(k, _all_zero), f"where `{name}` is all zeros", False
        yield at(k, _is_square), f"where `{name}` is square", "twice"
        yield at(k, lambda v: np.ndim(v) == 2), f"where `{name}` is a matrix", False
        yield at(k, _is_column), f"where `{name}` is a column, (N, 1)", False
        yield at(k, _constant_column), f"where a column of `{name}` never changes", False
        yield at(k, _equal_entries), f"where all entries of `{name}` are equal", False
        if len(parameters) > 1:
            zero = f"where `{name}` is 0"
            yield at(k, lambda v: isinstance(v, float) and v == 0), zero, "neutral"
        one = f"where `{name}` is 1"
        yield (
            at(k, lambda v: _number(v) == 1 and isinstance(v, float)),
            one,
            name == "T" and "neutral",
        )
        tiny = f"where `{name}` holds tiny numbers only: is an epsilon added for safety?"
        yield at(k, _is_tiny), tiny, False
        yield at(k, lambda v: _number(v) < 0), f"where `{name}` is negative", False
    for j, first in arrays:
        for k, second in arrays:
            if j == k:
                continue

            def divides(*case, j=j, k=k):
                return _whole(case[k]) > 1 and _whole(case[j]) % _whole(case[k]) == 0

            def exceeds(*case, j=j, k=k):
                return _whole(case[j]) > _whole(case[k])

            def same(*case, j=j, k=k):
                return j < k and _whole(case[j]) == _whole(case[k])

            def fewer(*case, j=j, k=k, second=second):
                return second == "size" and len(case[j]) < _whole(case[k])

            if second in ("size", "stride", "count"):
                yield divides, f"where `{second}` divides `{first}`", True
            if {first, second} & _OF_TIME_AND_SIZE:
                yield exceeds, f"where `{first}` is larger than `{second}`", True
            yield same, f"where `{first}` equals `{second}`", False
            yield fewer, f"where `{first}` has fewer rows than `{second}`", False


def _whole(value):
    if not isinstance(value, (int, np.integer)) or isinstance(value, bool):
        raise TypeError
    return int(value)


def _floats(value):
    made = np.asarray(value)
    if made.dtype.kind not in "fiu":
        raise TypeError
    return made


def _has_nan(value):
    return not np.isfinite(_floats(value)).all()


def _is_large(value):
    made = _floats(value)
    return made.dtype.kind == "f" and np.abs(made).max() > 700


def _is_tiny(value):
    made = _floats(value)
    return made.ndim > 0 and 0 < np.abs(made).max() < 1e-6


def _one_row(value):
    if np.ndim(value) < 2:
        raise TypeError
    return len(value) == 1


def _one_entry(value):
    if not isinstance(value, (list, tuple)) and np.ndim(value) != 1:
        raise TypeError
    return len(value) == 1


def _all_zero(value):
    return np.ndim(value) > 0 and not np.any(value)


def _number(value):
    if np.ndim(value) or isinstance(value, (bool, np.bool_)):
        raise TypeError
    return value


def _is_square(value):
    if np.ndim(value) != 2:
        raise TypeError
    return value.shape[0] == value.shape[1] > 1


def _is_column(value):
    return np.ndim(value) == 2 and value.shape[1] == 1


def _constant_column(value):
    return np.ndim(value) == 2 and len(value) > 1 and (np.ptp(value, axis=0) == 0).any()


def _equal_entries(value):
    return np.size(value) > 1 and np.ptp(value) == 0


def which_entries(trial):
    """Which of its entries are right?"""
    for name, triples in _wrong_items(trial):
        tables = []
        for arguments, right, got in triples:
            right, got = _as_array(right), _as_array(got)
            if right is None or got is None or right.shape != got.shape or not right.ndim:
                tables = []
                break
            scale = max(float(np.abs(right[np.isfinite(right)]).max(initial=0)), 1e-300)
            with np.errstate(all="ignore"):
                good = (np.abs(right - got) <= trial.exercise.tolerance * scale) | (
                    np.isnan(right) & np.isnan(got)
                )
            tables.append((arguments, good))
        goods = [good for _, good in tables]
        if not tables or all(g.all() for g in goods) or not any(g.any() for g in goods):
            continue
        for test, said in _places(trial.exercise.parameters):
            try:
                holds = [test(arguments, good.shape) for arguments, good in tables]
            except (TypeError, ValueError, IndexError, AttributeError):
                continue
            if any(h is None or h.shape != g.shape for h, g in zip(holds, goods)):
                continue
            if not said.endswith("` is 0") and all(map(np.array_equal, holds, goods)):
                return _named(name, f"Right {said}, and wrong elsewhere.")
            if all(np.array_equal(~h, g) for h, g in zip(holds, goods)):
                return _named(name, f"Wrong {said}, and right elsewhere.")
    return None


def _places(parameters):
    for k, parameter in enumerate(parameters):
        yield (lambda a, s, k=k: np.asarray(a[k]) > 0), f"where `{parameter}` is above 0"
        yield (lambda a, s, k=k: np.asarray(a[k]) < 0), f"where `{parameter}` is below 0"
        yield (lambda a, s, k=k: np.asarray(a[k]) == 0), f"where `{parameter}` is 0"
    yield (lambda a, s: _at(s, (0,))), "in the first row or entry"
    yield (lambda a, s: _at(s, (-1,))), "in the last row or entry"
    yield (lambda a, s: _at(s, (slice(None), 0))), "in the first column"
    yield (lambda a, s: _at(s, (slice(None), -1))), "in the last column"


def _at(shape, index):
    made = np.zeros(shape, dtype=bool)
    made[index] = True
    return made
