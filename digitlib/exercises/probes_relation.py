"""Probes that ask how an answer relates to the right one: a factor, a turn, a step too few."""

import copy
import inspect
import itertools
import re

import numpy as np

import digitlib
from digitlib.exercises.diagnose import same_value
from digitlib.exercises.model import chapter
from digitlib.exercises.runner import call
from digitlib.exercises.trial import is_distribution

_ENOUGH = 3  # numbers that have to agree before a relation is believed


def _as_array(value):
    """An array of float64, or None where it is none."""
    try:
        made = np.asarray(value)
        return made.astype(np.float64) if made.dtype.kind in "biuf" else None
    except (TypeError, ValueError):
        return None


def _wrong_items(trial):
    """(name, [(arguments, right, got), …]) for what is wrong, moved cases included."""
    tolerance = trial.exercise.tolerance
    moved = []
    for arguments, right, outcome in trial.moved:
        if outcome.error is None and not outcome.timed_out and outcome.value is not None:
            moved.append((arguments, right, outcome.value))
    for j, (name, values) in enumerate(trial.items()):
        if all(same_value(right, got, tolerance) for _, right, got in values):
            continue
        triples = [(trial.exercise.cases[i], right, got) for i, right, got in values]
        for arguments, right, got in moved:
            if name == "":
                triples.append((arguments, right, got))
            elif isinstance(got, (tuple, list, np.ndarray)) and len(got) == len(right):
                triples.append((arguments, right[j], got[j]))
        if triples:
            yield name, triples


def _named(name, sentence):
    return f"{name}: {sentence}" if name else sentence


def _arrays(triples):
    """The triples with arrays, or [] where one of them holds something else."""
    made = [(a, _as_array(right), _as_array(got)) for a, right, got in triples]
    return [] if any(r is None or g is None for _, r, g in made) else made


def _numbers(values):
    """How many different numbers there are in a list of arrays, 0 and 1 left out."""
    flat = np.concatenate([np.ravel(v) for v in values]) if values else np.zeros(0)
    flat = flat[np.isfinite(flat)]
    return len(set(np.round(flat[(flat != 0) & (flat != 1)], 9).tolist()))


def _all_same(pairs, tolerance):
    return all(same_value(a, b, tolerance) for a, b in pairs)


# -- handed back, or a neighbour's -----------------------------------------------------------


def given_back(trial):
    """Is it an argument, as it came in?"""
    for name, triples in _wrong_items(trial):
        for k, parameter in enumerate(trial.exercise.parameters):
            pairs = [(a[k], got) for a, _, got in triples if len(a) > k]
            whole = len(pairs) == len(triples) and _is_data(pairs[0][0])
            if whole and _all_same(pairs, trial.exercise.tolerance):
                return _named(name, f"You hand back `{parameter}` as it came in.")
    return None


def _is_data(value):
    return isinstance(value, (np.ndarray, list, tuple, int, float, np.generic))


_FORMULAS = {
    "relu": "the forward pass of a ReLU",
    "leaky_relu": "the forward pass of a leaky ReLU",
    "sigmoid": "the sigmoid",
    "tanh": "the tanh",
    "softmax": "the softmax",
    "relu_backward": "the plain ReLU's backward pass",
    "sigmoid_backward": "the sigmoid's backward pass",
    "tanh_backward": "the tanh's backward pass",
    "softmax_backward": "the way back through a softmax",
}


def neighbour(trial):
    """Is it the answer to another exercise of the chapter, or another formula of the course?"""
    exercise = trial.exercise
    others = [
        (other.reference, f"That is the answer to `{other.name}`, another exercise.")
        for other in chapter(exercise.name[:2]).values()
        if getattr(other, "is_function", False) and other is not exercise
        if len(other.parameters) == len(exercise.parameters)
    ]
    formulas = [
        (getattr(digitlib.formulas, name), f"That is {what}. Something else is asked for.")
        for name, what in _FORMULAS.items()
        if hasattr(digitlib.formulas, name)
    ]
    for name, triples in _wrong_items(trial):
        if (
            _numbers([np.ravel(_as_array(g)) for *_, g in triples if _as_array(g) is not None])
            < 2
        ):
            continue
        for function, sentence in others:
            if name == "" and _does(function, [(a, g) for a, _, g in triples], trial):
                return sentence
        for function, sentence in formulas:
            for pick in _choices(function, exercise.parameters):
                pairs = [
                    (tuple(a[k] for k in pick), g) for a, _, g in triples if len(a) > max(pick)
                ]
                if len(pairs) == len(triples) and _does(function, pairs, trial):
                    given = ", ".join(f"`{exercise.parameters[k]}`" for k in pick)
                    return _named(name, sentence.replace(". Some", f", of {given}. Some"))
    return None


def _choices(function, parameters):
    """Which arguments a formula may be given: each alone, or each pair."""
    many = 1 if function.__name__ in ("relu", "sigmoid", "tanh", "softmax", "leaky_relu") else 2
    places = range(len(parameters))
    if many == 1:
        return [(k,) for k in places]
    return [(j, k) for j in places for k in places if j != k]


def _does(function, pairs, trial):
    for arguments, got in pairs:
        if not all(isinstance(a, (np.ndarray, float, int)) for a in arguments):
            return False
        outcome = call(function, arguments, 0.5)
        if outcome.error is not None or outcome.timed_out:
            return False
        if not same_value(outcome.value, got, trial.exercise.tolerance):
            return False
    return bool(pairs)


def exchanged(trial):
    """Are the things that it returns in another order?"""
    for i in trial.returned:
        right, got = trial.expected[i], trial.outcomes[i].value
        pair = isinstance(right, tuple) and len(right) == 2
        if not pair or not isinstance(got, (tuple, list)) or len(got) != 2:
            return None
        if not same_value(right[::-1], tuple(got), trial.exercise.tolerance):
            return None
    if not trial.returned:
        return None
    names = trial.exercise.returns or ("the first", "the second")
    return f"The two things that you return are exchanged: {names[0]} comes first."


# -- the right answer to other arguments ------------------------------------------------------


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


_OF_NUMBERS = (
    (lambda x: 1 - x, "1 − {}"),
    (lambda x: -x, "−{}"),
    (lambda x: x / 2, "half of {}"),
    (lambda x: 2 * x, "twice {}"),
    (lambda x: x**2, "the square of {}"),
    (lambda x: np.sqrt(x), "the root of {}"),
    (lambda x: 1 / x, "1 / {}"),
    (lambda x: x + 1, "{} + 1"),
    (lambda x: x - 1, "{} − 1"),
    (lambda x: abs(x), "the size of {} without its sign"),
)  # fmt: skip
_OF_ARRAYS = (
    (lambda x: np.ones_like(x), "ones in place of {}"),
    (lambda x: x.T, "{} turned over (transposed)"),
    (lambda x: x[::-1], "{} in reverse order"),
    (np.abs, "the sizes of {} without their signs"),
    (lambda x: np.maximum(x, 0), "{} after a ReLU"),
    (np.tanh, "tanh of {}"),
    (_sigmoid, "the sigmoid of {}"),
    (lambda x: digitlib.softmax(x), "the softmax of {}"),
    (np.exp, "the exponential of {}"),
    (np.log, "the logarithm of {}"),
    (lambda x: 1 - x, "1 − {}"),
    (lambda x: -x, "−{}"),
    (lambda x: x**2, "the square of {}"),
    (lambda x: np.sqrt(x), "the root of {}"),
    (lambda x: x / len(x), "{} divided by its number of rows"),
    (lambda x: x * len(x), "{} times its number of rows"),
    (lambda x: x / 255, "{} divided by 255"),
    (lambda x: np.round(x), "{} rounded"),
    (lambda x: np.sign(x), "the signs of {} alone"),
    (lambda x: (x > 0).astype(float), "1 where {} is above 0 and 0 elsewhere"),
    (lambda x: np.sort(x, axis=0), "{} sorted"),
    (lambda x: x[1:], "{} without its first"),
    (lambda x: x[:-1], "{} without its last"),
    (lambda x: x[:1], "the first of {} alone"),
    (lambda x: x[-1:], "the last of {} alone"),
    (lambda x: x - x.mean(axis=0), "{} less its mean"),
    (lambda x: x + np.eye(*x.shape), "{} with 1 more on its diagonal"),
    (lambda x: x - np.diag(np.diag(x)), "{} without its diagonal"),
    (lambda x: np.triu(x), "the upper half of {}"),
    (lambda x: np.full_like(x, x.mean()), "the mean of {} in place of each of its entries"),
)  # fmt: skip
_OF_LISTS = (
    (lambda x: x[::-1], "{} in reverse order"),
    (lambda x: x[1:], "{} without its first"),
    (lambda x: x[:-1], "{} without its last"),
    (lambda x: x[:1], "the first of {} alone"),
    (lambda x: x[-1:], "the last of {} alone"),
    (lambda x: sorted(x), "{} sorted"),
    (lambda x: [1 for _ in x], "1 in place of each of {}"),
)


def argument_changed(trial):
    """Is it right for an argument that was turned into something else before it was used?"""
    wrong = list(_wrong_items(trial))
    parameters = trial.exercise.parameters
    for name, triples in wrong:
        if len(triples) < 2:
            continue
        for k, parameter in enumerate(parameters):
            first = triples[0][0][k] if len(triples[0][0]) > k else None
            for change, words in _changes_of(first):
                said = (
                    f"You use {words.format(f'`{parameter}`')} where "
                    f"`{parameter}` itself belongs."
                )
                if words == "1 − {}":  # its own inverse: which of the two stands there?
                    said = f"`{parameter}` and 1 − `{parameter}` have changed places."
                if _right_for(trial, name, triples, k, lambda a, k=k, c=change: c(a[k])):
                    return _named(name, said)
            for j, other in enumerate(parameters):
                if j == k or not isinstance(first, (np.ndarray, int, float, list)):
                    continue
                swapped = (lambda a, j=j, k=k: _swapped(a, j, k)) if j > k else None
                if swapped and _right_for(trial, name, triples, None, swapped):
                    return _named(name, f"You exchange `{parameter}` and `{other}`.")
                if _right_for(trial, name, triples, k, lambda a, j=j: a[j]):
                    return _named(name, f"You use `{other}` where `{parameter}` belongs.")
                if (
                    isinstance(first, np.ndarray)
                    and j > k
                    and _right_for(
                        trial,
                        name,
                        triples,
                        k,
                        lambda a, j=j, k=k: np.concatenate([a[k], a[j]]),
                    )
                ):
                    return _named(
                        name,
                        f"What should come from `{parameter}` alone is taken from "
                        f"`{parameter}` "
                        f"and `{other}` together.",
                    )
    return None


_OF_ROWS = (
    (lambda a: a[:1], "Only the first row is looked at: {}."),
    (lambda a: a[-1:], "Only the last row is looked at: {}."),
    (lambda a: a[:-1], "The last row is left out: {}."),
    (lambda a: a[1:], "The first row is left out: {}."),
    (
        lambda a: a.sum(axis=0, keepdims=True),
        "You sum over the rows first and go on then. It has to be done row by row, and summed "
        "at the end: {}.",
    ),
    (
        lambda a: a.mean(axis=0, keepdims=True),
        "You take the mean over the rows first and go on then. It has to be done row by row: "
        "{}.",
    ),
)


def rows_changed(trial):
    """Is it right for some of the rows, or for their sums, in all arguments alike?"""
    parameters = trial.exercise.parameters
    for name, triples in _wrong_items(trial):
        rows = {len(a) for a in triples[0][0] if isinstance(a, np.ndarray) and a.ndim > 1}
        if len(triples) < 2 or len(parameters) < 2 or not rows:
            continue
        together = [
            [k for k, a in enumerate(arguments) if _has_rows(a, arguments)]
            for arguments, *_ in triples
        ]
        if any(ks != together[0] for ks in together) or len(together[0]) < 2:
            continue
        for change, words in _OF_ROWS:
            if _right_for_rows(trial, name, triples, together[0], change):
                who = " and ".join(f"`{parameters[k]}`" for k in together[0])
                return _named(name, words.format(f"the rows of {who} belong together"))
    return None


def _has_rows(value, arguments):
    """Whether an array has as many rows as the first table among the arguments."""
    tables = [len(a) for a in arguments if isinstance(a, np.ndarray) and a.ndim > 1]
    return isinstance(value, np.ndarray) and value.ndim > 1 and len(value) == tables[0]


def _right_for_rows(trial, name, triples, ks, change):
    item = trial.exercise.returns.index(name) if name in trial.exercise.returns else None
    told = 0
    for arguments, right, got in triples:
        given = [change(a) if k in ks else copy.deepcopy(a) for k, a in enumerate(arguments)]
        try:
            made = trial.exercise.reference(*given)
        except Exception:  # what does not fit into the reference is not what was done
            return False
        made = made if item is None else made[item]
        if not same_value(made, got, trial.exercise.tolerance):
            return False
        told += not same_value(made, right, trial.exercise.tolerance)
    return told > 0


def _changes_of(value):
    if isinstance(value, np.ndarray) and value.ndim:
        return _OF_ARRAYS
    if isinstance(value, (list, tuple)):
        return _OF_LISTS
    if isinstance(value, (int, float, np.number)) and not isinstance(value, bool):
        return _OF_NUMBERS
    return ()


def _swapped(arguments, j, k):
    given = list(arguments)
    given[j], given[k] = given[k], given[j]
    return tuple(given)


def _right_for(trial, name, triples, k, change):
    """Whether the reference gives what the answer gives, where argument k is changed.

    change  takes all arguments and gives the new one, or all of them where k is None
    """
    item = trial.exercise.returns.index(name) if name in trial.exercise.returns else None
    told = 0
    for arguments, right, got in triples:
        if k is not None and len(arguments) <= k:
            return False
        try:
            other = change(arguments)
            if isinstance(other, np.ndarray) and not np.isfinite(_as_array(other)).all():
                return False
            given = other if k is None else (*arguments[:k], other, *arguments[k + 1 :])
            given = copy.deepcopy(given)
            made = trial.exercise.reference(*given)
        except Exception:  # what does not fit into the reference is not what was done
            return False
        if item is not None:
            made = made[item]
        if not same_value(made, got, trial.exercise.tolerance):
            return False
        told += not same_value(made, right, trial.exercise.tolerance)
    single = _as_array(right)
    whole = single is not None and single.size == 1 and float(single.flat[0]).is_integer()
    return told >= (3 if whole else 1)


# -- the right answer, and one step ----------------------------------------------------------

_TRANSFORMS = (
    (np.negative, "The sign is the wrong way round, and the rest is right."),
    (lambda E: 1 - E, "That is the complement: 1 less it is what is asked for."),
    (np.transpose, "The right numbers, turned over: rows and columns are exchanged."),
    (lambda E: E[::-1], "The right numbers in reverse order."),
    (lambda E: E[:, ::-1], "The right numbers, but each row in reverse order."),
    (lambda E: np.roll(E, 1, axis=0), "Everything stands one place too late."),
    (lambda E: np.roll(E, -1, axis=0), "Everything stands one place too early."),
    (np.square, "That is the square of the answer: a root is missing."),
    (lambda E: np.sqrt(E) if (E >= 0).all() else None, "That is the root of the answer: one "
     "root too many, or a square is missing."),
    (lambda E: 1 / E, "Your fraction is upside down: that is 1 divided by the answer."),
    (np.abs, "The sizes are right, and the signs are lost."),
    (lambda E: E + 1, "You are one too high, everywhere."),
    (lambda E: E - 1, "You are one too low, everywhere."),
    (lambda E: 100 * E, "That is in per cent: a share between 0 and 1 is asked for."),
    (lambda E: 1 - 2 * E, "That is 1 less twice the answer."),
    (np.log, "That is the logarithm of the answer."),
    (np.exp, "That is the exponential of the answer."),
    (np.trunc, "The decimals are lost: is a whole-number type or // at work?"),
    (np.round, "It is rounded to whole numbers, and it should not be."),
    (np.sum, "You go one step too far: that is the sum of the answer."),
    (np.mean, "You go one step too far: that is the mean over the whole answer."),
    (np.max, "You go one step too far: that is the largest entry of the answer."),
    (np.min, "You go one step too far: that is the smallest entry of the answer."),
    (lambda E: E.sum(axis=0), "You go one step too far: that is the answer summed over its "
     "rows (axis 0)."),
    (lambda E: E.sum(axis=-1), "You go one step too far: that is the answer summed over its "
     "last axis."),
    (lambda E: E.mean(axis=0), "You go one step too far: that is the mean of the answer over "
     "its rows (axis 0)."),
    (lambda E: E.mean(axis=-1), "You go one step too far: that is the mean of the answer over "
     "its last axis."),
    (lambda E: E.argmax(axis=-1), "You go one step too far: that is where the answer is "
     "largest, and the answer itself is asked for."),
    (lambda E: E.argmin(axis=-1), "You go one step too far: that is where the answer is "
     "smallest, and the answer itself is asked for."),
    (np.cumsum, "That is the running sum of the answer."),
    (lambda E: np.diff(E, axis=0), "Those are the differences of neighbours in the answer."),
    (np.sort, "The right numbers, but sorted: their order matters."),
    (lambda E: E[1:], "The first one is missing, and the rest is right."),
    (lambda E: E[:-1], "The last one is missing, and the rest is right."),
    (lambda E: E[0], "That is the first row or entry of the answer alone."),
    (lambda E: E[-1], "That is the last row or entry of the answer alone."),
    (lambda E: E / E.sum(axis=-1, keepdims=True), "Right up to a scale: each row of yours sums "
     "to 1, and it should not."),
    (lambda E: E / np.abs(E).max(), "Right up to a scale: your largest entry is 1."),
    (lambda E: E / np.linalg.norm(E), "Right up to a scale: yours has length 1."),
)  # fmt: skip


# What does nothing to a single number, or makes 0 of it.
_OF_WHOLE_ARRAYS = {
    change
    for change, said in _TRANSFORMS
    if "one step too far" in said or "order" in said or "scale" in said or "running" in said
}


def transformed(trial):
    """Is it the right answer with one thing done to it?"""
    for name, triples in _wrong_items(trial):
        triples = _arrays(triples)
        if not triples or _numbers([r for _, r, _ in triples]) < 2:
            continue
        dull = len(set(np.concatenate([np.ravel(g) for *_, g in triples]).tolist())) < 2
        for change, sentence in _TRANSFORMS:
            if dull and change in (np.trunc, np.round):
                continue
            if _holds(change, [(r, g) for _, r, g in triples], trial):
                return _named(name, sentence)
    return None


def _holds(change, pairs, trial):
    """Whether change(a) is b in all pairs, and in one of them a is not b."""
    compared, tells = 0, False
    for a, b in pairs:
        if a.ndim == 0 and change in _OF_WHOLE_ARRAYS:
            return False
        try:
            made = change(a)
        except (IndexError, ValueError, TypeError):
            return False
        made = None if made is None else np.asarray(made)
        if made is None or made.shape != b.shape:
            return False
        if not same_value(made, b, trial.exercise.tolerance):
            return False
        compared += b.size
        tells = tells or a.shape != b.shape or not same_value(a, b, trial.exercise.tolerance)
    return tells and (compared >= _ENOUGH or len(pairs) >= 2)


_STEPS = (
    (np.sqrt, "taking its root"),
    (np.square, "squaring it"),
    (lambda G: G[-1], "taking the last of them"),
    (lambda G: G.argmax(axis=-1), "the place of the largest in each row (argmax over axis 1)"),
    (lambda G: G.argmin(axis=-1), "the place of the smallest in each row (argmin over axis 1)"),
    (np.sum, "summing it all up"),
    (np.mean, "taking the mean of it all"),
    (lambda G: G.sum(axis=0), "a sum down the columns (axis 0)"),
    (lambda G: G.sum(axis=-1), "a sum along the last axis"),
    (lambda G: G.mean(axis=0), "a mean down the columns (axis 0)"),
    (lambda G: G.mean(axis=-1), "a mean along the last axis"),
    (lambda G: G.max(axis=0), "the largest down the columns (axis 0)"),
    (lambda G: G.max(axis=-1), "the largest along the last axis"),
    (lambda G: G.min(axis=-1), "the smallest along the last axis"),
    (np.max, "taking the largest"),
    (np.min, "taking the smallest"),
    (np.ceil, "rounding up to a whole number"),
    (np.floor, "rounding down to a whole number"),
    (np.round, "rounding to the nearest whole number"),
    (lambda G: np.floor(G + 0.5), "rounding to the nearest whole number"),
    (
        lambda G: G / G.sum(axis=-1, keepdims=True),
        "dividing by the sum (of each row), so that they sum to 1",
    ),
    (lambda G: np.maximum(G, 0), "stopping at 0"),
    (lambda G: np.clip(G, 0, 255), "keeping the values between 0 and 255"),
    (np.exp, "the exponential"),
    (np.log, "the logarithm"),
    (np.count_nonzero, "counting what is not 0"),
    (lambda G: np.array(len(G)), "counting them"),
    (lambda G: np.array(float(np.all(G))), "asking whether all of them are true"),
    (lambda G: np.array(float(np.any(G))), "asking whether any of them is true"),
    (np.flatnonzero, "the places where it is true"),
    (np.argmax, "the place of the largest (argmax)"),
    (np.argmin, "the place of the smallest (argmin)"),
    (np.cumsum, "a running sum"),
    (np.unique, "keeping each value once"),
    (np.sort, "sorting it"),
    (np.diagonal, "taking the diagonal"),
    (lambda G: G[..., 0], "taking the first column"),
    (lambda G: G[0], "taking the first of them"),
    (lambda G: G.std(axis=0), "the standard deviation down the columns"),
    (lambda G: np.abs(G), "taking the absolute value"),
)


def one_step_missing(trial):
    """Would one more step make it right?"""
    for name, triples in _wrong_items(trial):
        triples = _arrays(triples)
        if not triples or _numbers([r for _, r, _ in triples]) < 2:
            continue
        squeezed = [(np.squeeze(g), np.squeeze(r)) for _, r, g in triples]
        if all(a.shape == b.shape for a, b in squeezed) and _all_same(
            squeezed, trial.exercise.tolerance
        ):
            bad = next((r, g) for _, r, g in triples if r.shape != g.shape)
            wanted = f"shape {bad[0].shape}" if bad[0].ndim else "a single number"
            return _named(
                name,
                f"The numbers are right, the shape is not: yours is {bad[1].shape}, and "
                f"{wanted} is asked for. "
                + (
                    "An axis of length 1 is left over (keepdims, or [:, None])."
                    if bad[1].ndim > bad[0].ndim
                    else "An axis of length 1 is lost."
                ),
            )
        for step, what in _STEPS:
            if _holds(step, [(g, r) for _, r, g in triples], trial):
                return _named(name, f"One step is missing at the end: {what}.")
        flat = [(np.ravel(g), np.ravel(r)) for _, r, g in triples]
        if all(a.size == b.size for a, b in flat) and any(
            r.shape != g.shape for _, r, g in triples
        ):
            if _all_same(flat, trial.exercise.tolerance):
                bad = next((r, g) for _, r, g in triples if r.shape != g.shape)
                return _named(
                    name,
                    f"The right numbers in the right order, but in shape {bad[1].shape} where "
                    f"{bad[0].shape} is asked for.",
                )
            if _all_same([(np.sort(a), np.sort(b)) for a, b in flat], trial.exercise.tolerance):
                bad = next((r, g) for _, r, g in triples if r.shape != g.shape)
                return _named(
                    name,
                    f"The right numbers, but in other places: your shape is {bad[1].shape}, "
                    f"and {bad[0].shape} is asked for. Look at the axes that you name.",
                )
    return None


# -- factors and offsets ---------------------------------------------------------------------

_KNOWN = (
    (2.0, "2"),
    (0.5, "1/2"),
    (4.0, "4"),
    (0.25, "1/4"),
    (3.0, "3"),
    (10.0, "10"),
    (0.1, "1/10"),
    (100.0, "100"),
    (0.01, "1/100"),
    (255.0, "255"),
    (1 / 255, "1/255"),
    (256 / 255, "256/255"),
    (255 / 256, "255/256"),
    (np.sqrt(2), "√2"),
    (np.sqrt(0.5), "1/√2"),
    (np.log(2), "ln 2"),
    (1 / np.log(2), "1/ln 2 (a logarithm to the base 2?)"),
    (1 / np.log(10), "1/ln 10 (a logarithm to the base 10?)"),
    (np.pi, "π"),
    (1.96, "1.96"),
    (1 / 1.96, "1/1.96"),
    (1.96**2, "1.96²"),
    (1.96**-2, "1/1.96²"),
)


def _ratios(triples, tolerance):
    """The factor of each case in which there is one, or None where a case has none."""
    found = []
    for arguments, right, got in triples:
        if (
            right.shape != got.shape
            or not np.isfinite(got).all()
            or not np.isfinite(right).all()
        ):
            return None
        if not right.any():
            if got.any():
                return None
            continue
        factor = np.vdot(right, got) / np.vdot(right, right)
        if not factor or not same_value(right * factor, got, tolerance):
            return None
        found.append((arguments, float(factor), right.size))
    return found


def _quantities(parameters, arguments):
    """Numbers that the arguments give, with their words: what a factor may be."""
    found = {}
    for name, value in zip(parameters, arguments):
        if isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(
            value, bool
        ):
            x = float(value)
            found[f"`{name}`"] = x
            found[f"(1 − `{name}`)"] = 1 - x
            found[f"(1 + `{name}`)"] = 1 + x
        elif isinstance(value, np.ndarray) and value.ndim:
            found[f"the number of rows of `{name}`"] = len(value)
            if value.ndim > 1:
                found[f"the number of columns of `{name}`"] = value.shape[1]
                found[f"the number of entries of `{name}`"] = value.size
            if value.dtype.kind in "fiu" and value.size and not is_distribution(value):
                found[f"the sum of `{name}`"] = float(value.sum())
                found[f"the mean of `{name}`"] = float(value.mean())
                found[f"the largest of `{name}`"] = float(value.max())
                found[f"the length of `{name}`"] = float(
                    np.sqrt((value.astype(float) ** 2).sum())
                )
        elif isinstance(value, (list, tuple)):
            found[f"the number of things in `{name}`"] = len(value)
    return found


_POWERS = ((1, "{}"), (-1, "1 / {}"), (2, "{} squared"), (-2, "1 / {} squared"),
           (0.5, "the root of {}"), (-0.5, "1 / the root of {}"))  # fmt: skip


def factor(trial):
    """Is it the right answer times a factor that can be told?"""
    for name, triples in _wrong_items(trial):
        triples = _arrays(triples)
        ratios = _ratios(triples, trial.exercise.tolerance) if triples else None
        partly = ""
        if ratios and any(np.isclose(ratio, 1, rtol=1e-9) for _, ratio, _ in ratios):
            ratios = [r for r in ratios if not np.isclose(r[1], 1, rtol=1e-9)]
            partly = " That is so in the cases in which it is wrong."
        whole = all(float(np.ravel(r)[0]).is_integer() for _, r, _ in triples if r.size)
        unsigned = ratios and all(np.isclose(abs(r[1]), 1) for r in ratios)
        if not ratios or (partly and (len(ratios) < 2 or whole or unsigned)):
            continue
        numbers = np.array([ratio for _, ratio, _ in ratios])
        many = sum(size for *_, size in ratios)
        if many < _ENOUGH or not np.ptp(_rounded([r for _, r, _ in triples])):
            continue
        if np.allclose(numbers, numbers[0], rtol=1e-6):
            if len(numbers) < 2 and many < 4:
                continue
            if partly and not _word_of(abs(numbers[0])):
                continue
            return _named(name, _constant_factor(numbers[0]) + partly)
        said = _telling_factor(trial.exercise, ratios)
        if said:
            return _named(name, said + partly)
    return None


def _rounded(values):
    return np.concatenate([np.ravel(v) for v in values])


def factor_between(trial, triples):
    """The one factor between two answers that are equal but for it, in words, or ''.

    triples  (arguments, one value, the other), with values that may be anything
    """
    triples = _arrays(triples)
    ratios = _ratios(triples, trial.exercise.tolerance) if triples else None
    if not ratios:
        return ""
    numbers = np.array([ratio for _, ratio, _ in ratios])
    if np.allclose(numbers, numbers[0], rtol=1e-6):
        if np.isclose(numbers[0], -1):
            return "the sign is the wrong way round"
        word = _word_of(abs(numbers[0])) if numbers[0] > 0 else ""
        return f"the result is {word} times the right one" if word else ""
    said = _telling_factor(trial.exercise, ratios)
    found = re.search(r"times (.+?)( \(and its sign|[:.])", said)
    return f"the result is multiplied by {found[1]}" if found and ratios[0][1] > 0 else ""


_OF_ENTRIES = (
    (lambda a: a, "`{}`"),
    (lambda a: 1 / a, "1 / `{}`"),
    (lambda a: a**2, "the square of `{}`"),
    (lambda a: 1 - a, "1 − `{}`"),
    (lambda a: a * (1 - a), "`{0}` (1 − `{0}`), a sigmoid's slope"),
    (lambda a: 1 - a**2, "1 − `{}`², a tanh's slope"),
    (lambda a: 1 - np.tanh(a) ** 2, "the slope of a tanh at `{}`"),
    (np.exp, "the exponential of `{}`"),
    (np.abs, "the size of `{}`"),
    (np.sign, "the sign of `{}`"),
    (lambda a: np.sqrt(np.abs(a)), "the root of `{}`"),
)


def factor_by_entry(trial):
    """Is each entry the right one times something made of the same entry of an argument?"""
    for name, triples in _wrong_items(trial):
        triples = _arrays(triples)
        if not triples or any(r.shape != g.shape or not r.ndim for _, r, g in triples):
            continue
        if sum(np.count_nonzero(r) for _, r, _ in triples) < 4:
            continue
        for k, parameter in enumerate(trial.exercise.parameters):
            for change, words in _OF_ENTRIES:
                if _is_entry_factor(trial, triples, k, change):
                    return _named(
                        name,
                        f"Each entry of yours is the right one times "
                        f"{words.format(parameter)}: "
                        "a factor is one too many.",
                    )
    return None


def _is_entry_factor(trial, triples, k, change):
    for arguments, right, got in triples:
        value = (
            _as_array(arguments[k]) if len(arguments) > k and _is_data(arguments[k]) else None
        )
        if value is None or value.shape != right.shape:
            return False
        wanted = right * change(value)
        known = np.isfinite(wanted)
        if not known.any() or not same_value(
            wanted[known], got[known], trial.exercise.tolerance
        ):
            return False
    return True


def _word_of(factor):
    """A factor as people write it, '√2' or '1/255', or ''."""
    return next((word for known, word in _KNOWN if np.isclose(factor, known, rtol=1e-6)), "")


def _constant_factor(factor):
    sign = ", and the sign is the wrong way round" if factor < 0 else ""
    size = abs(factor)
    word = _word_of(size)
    if size >= 1:
        times = word or f"{size:.6g}"
        return (
            f"Your answer is {times} times too large in every case{sign}: a constant factor is "
            "one too many, or a division by it is missing."
        )
    times = _word_of(1 / size)
    times = times or f"{1 / size:.6g}"
    return (
        f"Your answer is {times} times too small in every case{sign}: a constant factor is "
        "missing, or a division by it is one too many."
    )


def _telling_factor(exercise, ratios):
    """The sentence for a factor that is another in each case, but always the same quantity."""
    known = inspect.signature(exercise.reference).parameters.values()
    defaults = tuple(p.default for p in known)
    given = [arguments + defaults[len(arguments) :] for arguments, *_ in ratios]
    tables = [_quantities(exercise.parameters, arguments) for arguments in given]
    counts = [quantity for quantity in tables[0] if "number of" in quantity]
    single = [quantity for quantity in tables[0] if quantity.startswith("`")]
    others = [q for q in tables[0] if q not in counts and q not in single]
    for group in (single, counts, others):
        for quantity, (power, words) in itertools.product(group, _POWERS):
            values = [table.get(quantity) for table in tables]
            if any(v is None or not np.isfinite(v) or v <= 0 for v in values):
                continue
            wanted = np.array(values, dtype=float) ** power
            if not np.allclose(wanted, [abs(r) for _, r, _ in ratios], rtol=1e-6):
                continue
            if np.allclose(wanted, 1):
                continue
            exact = words.format(quantity)
            if "rows" in quantity and power == 1:
                more = ": that is the sum over the rows, where their mean belongs"
            elif "rows" in quantity and power == -1:
                more = ": the mean over the rows is taken twice, or where a sum belongs"
            elif power < 0:
                more = ": you divide by it once too often, or a factor is missing"
            else:
                more = ": a division by it is missing, or a factor is one too many"
            sign = " (and its sign is the wrong way round)" if ratios[0][1] < 0 else ""
            return f"Your answer is the right one times {exact}{sign}{more}."
    return ""


def offset(trial):
    """Is it the right answer plus something that can be told?"""
    for name, triples in _wrong_items(trial):
        triples = _arrays(triples)
        if not triples or any(r.shape != g.shape for _, r, g in triples):
            continue
        if sum(r.size for _, r, _ in triples) < _ENOUGH:
            continue
        gaps = [g - r for _, r, g in triples]
        if not all(np.isfinite(gap).all() for gap in gaps):
            continue
        for k, parameter in enumerate(trial.exercise.parameters):
            values = [
                _as_array(a[k]) if len(a) > k and _is_data(a[k]) else None
                for a, _, _ in triples
            ]
            if any(v is None for v in values):
                continue
            try:
                fits = [
                    np.broadcast_shapes(v.shape, g.shape) == g.shape
                    for v, g in zip(values, gaps)
                ]
            except ValueError:
                continue
            if not all(fits) or not any(v.any() for v in values):
                continue
            for sign, said in (
                (-1, f"`{parameter}` is missing: yours is the answer less `{parameter}`. Is it "
                 "only the change, without what was there before?"),
                (1, f"`{parameter}` is in it once too often: yours is the answer plus it."),
            ):  # fmt: skip
                if all(
                    _near(gap, sign * v, r) for gap, v, (_, r, _) in zip(gaps, values, triples)
                ):
                    return _named(name, said)
        flat = np.concatenate([np.ravel(gap) for gap in gaps])
        scale = max(float(np.abs(r).max(initial=0)) for _, r, _ in triples)
        if np.ptp(flat) <= 1e-9 * max(scale, 1) and abs(flat[0]) > 1e-9 * max(scale, 1):
            if float(flat[0]).is_integer() and abs(flat[0]) <= 10:
                n = int(abs(flat[0]))
                word = "one" if n == 1 else str(n)
                return _named(
                    name,
                    f"You are {word} too {'high' if flat[0] > 0 else 'low'}, in every case.",
                )
            return _named(
                name,
                f"The same number, {abs(flat[0]):.4g}, is "
                f"{'added to' if flat[0] > 0 else 'taken off'} "
                "every entry of the answer.",
            )
    return None


def _near(gap, value, right):
    wanted = np.broadcast_to(value, gap.shape)
    scale = max(float(np.abs(right).max(initial=0)), float(np.abs(wanted).max(initial=0)))
    return bool(np.abs(gap - wanted).max(initial=0) <= 1e-9 * max(scale, 1e-300))


def nearly(trial):
    """Is it right but for an epsilon, a clip or the precision?"""
    for name, triples in _wrong_items(trial):
        triples = _arrays(triples)
        if not triples or any(r.shape != g.shape for _, r, g in triples):
            continue
        worst = 0.0
        for _, r, g in triples:
            if not np.isfinite(g).all() or not np.isfinite(r).all():
                worst = np.inf
                break
            scale = float(np.abs(r).max(initial=0))
            worst = max(worst, float(np.abs(g - r).max(initial=0)) / scale if scale else np.inf)
        if worst < 1e-3 and not all(
            float(np.ravel(r)[0]).is_integer() for _, r, _ in triples if r.size
        ):
            return _named(
                name,
                f"Nearly: it is off by one part in {1 / worst:.0f} at most. A "
                f"small number that "
                "is added for safety, a clip, a constant that is written with few digits or "
                "float32 somewhere moves the value.",
            )
    return None


def shape(trial):
    """What can be told from the shapes alone."""
    for name, triples in _wrong_items(trial):
        triples = _arrays(triples)
        for arguments, right, got in triples:
            if right.shape == got.shape:
                continue
            said = _about_shape(trial.exercise.parameters, arguments, right, got)
            if said:
                return _named(name, said)
    return None


def _about_shape(parameters, arguments, right, got):
    sizes = {}
    for parameter, value in zip(parameters, arguments):
        if isinstance(value, np.ndarray) and value.ndim:
            for axis, size in enumerate(value.shape):
                what = "rows" if axis == 0 else "columns" if axis == 1 else f"axis {axis}"
                sizes.setdefault(size, f"one for each of the {size} {what} of `{parameter}`")
    wanted = f"shape {right.shape}" if right.ndim else "a single number"
    if got.ndim == 0:
        what = sizes.get(right.shape[0], "") if right.ndim == 1 else ""
        return (
            f"You return a single number, and {wanted} is asked for"
            + (f", {what}" if what else "")
            + ": something is summed, averaged or counted over too much."
        )
    if got.ndim == right.ndim == 1 and got.shape != right.shape:
        yours, asked = sizes.get(got.shape[0], ""), sizes.get(right.shape[0], "")
        if yours and asked and yours != asked:
            return (
                f"You return {got.shape[0]} numbers, {yours}. Asked for are {right.shape[0]}, "
                f"{asked}: a step runs along the wrong axis."
            )
    if got.ndim > right.ndim:
        return (
            f"One axis too many: your shape is {got.shape}, and {wanted} is asked for. A sum, "
            "a mean or a choice over one axis is missing, or two shapes were stretched "
            "against each other."
        )
    if got.ndim < right.ndim:
        return (
            f"One axis too few: your shape is {got.shape}, and {wanted} "
            f"is asked for. Something "
            "is summed or averaged over too much."
        )
    if got.shape == right.shape[::-1]:
        return f"Your shape is {got.shape}, turned over: {wanted} is asked for."
    return ""
