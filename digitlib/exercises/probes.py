"""Probes: general questions that are asked of any wrong answer, each with one sentence.

A probe takes a Trial and returns a Finding or None. They are asked in the order of PROBES, the
most certain first, after the stored mistakes and before the plain statement of what differs.
Every match is tried again on moved arguments: two cases make coincidences.
"""

import copy
import warnings
import weakref
from dataclasses import dataclass

import numpy as np

from digitlib.exercises import probes_relation, probes_run, probes_where
from digitlib.exercises.diagnose import same_value
from digitlib.exercises.mutate import NeverEnds, mutants, pairs
from digitlib.exercises.source import body_of
from digitlib.exercises.trial import finite

STRICT = False  # tests set it, so that an exception in a probe is seen and not swallowed


@dataclass(frozen=True)
class Finding:
    """What a probe has to say.

    sentence  in plain words, without the solution
    exact     the part of a right answer that it is about, for the second try
    by        the probe's name
    """

    sentence: str
    exact: str = ""
    by: str = ""


def ask(trial):
    """The first Finding that a probe has for this wrong answer, or None."""
    if trial.is_huge:
        return None
    for name, probe in PROBES:
        try:
            with warnings.catch_warnings(), np.errstate(all="ignore"):
                warnings.simplefilter("ignore")
                found = probe(trial)
        except Exception:
            if STRICT:
                raise
            continue
        if found is not None:
            if not isinstance(found, Finding):
                found = Finding(found)
            return Finding(found.sentence, found.exact, name)
    return None


# -- the reference with one thing changed ----------------------------------------------------

_FAILED, _ENDLESS = object(), object()
_bred = weakref.WeakKeyDictionary()


class _Bred:
    """A mutant with what it does in each case, worked out when it is first asked for."""

    def __init__(self, mutant, cases):
        self.mutant, self.cases, self.values = mutant, cases, {}

    def on(self, i):
        if i not in self.values:
            self.values[i] = self.run(self.cases[i])
        return self.values[i]

    def run(self, arguments):
        try:
            return self.mutant.function(*copy.deepcopy(arguments))
        except NeverEnds:
            return _ENDLESS
        except Exception:
            return _FAILED


_FROM_OTHERS = {"axis", "no axis", "ddof"}
_NOT_FROM_OTHERS = ("max", "min", "maximum", "minimum")
# Changes that can do the same as another mistake, which is then the better thing to say.
_WEAK = {
    "inserted",
    "off by one",
    "constant",
    "divided twice",
    "root added",
    "square added",
    "comparison",
    "numerator missing",
    "other argument",
    "order of steps",
    "power",
    "whole division",
    "median for mean",
}


def _mutants_of(exercise):
    """Mutants of the reference, then those of other right answers whose change is as plain.

    Of the others only changes of an axis, a function or a constant: anything else would speak
    of code that the reader has never written.
    """
    if exercise not in _bred:
        found = [(mutant, True) for mutant in mutants(exercise.reference)]
        for answer in exercise.right:
            if callable(answer):
                found += [(mutant, False) for mutant in mutants(answer, _from_others)]
        _bred[exercise] = [(_Bred(mutant, exercise.cases), own) for mutant, own in found]
    return _bred[exercise]


def _from_others(kind):
    """Whether a mutant of that kind is taken from another right answer than the reference."""
    twin = " for " in kind and not any(word in kind.split() for word in _NOT_FROM_OTHERS)
    return twin or kind in _FROM_OTHERS


def one_change(trial):
    """Does the answer do what the reference does with one thing changed?"""
    return _one_of(
        trial, [m for m in _mutants_of(trial.exercise) if m[0].mutant.kind not in _WEAK]
    )


def one_weak_change(trial):
    """The same, for changes whose words fit other mistakes as well."""
    return _one_of(trial, [m for m in _mutants_of(trial.exercise) if m[0].mutant.kind in _WEAK])


def _one_of(trial, herd):
    exercise, tolerance = trial.exercise, trial.exercise.tolerance
    telling = [i for i in trial.returned if trial.said[i] not in (None, "changed")]
    if not telling or _says_little(trial):
        return None
    for bred, own in herd:
        if not _agrees(trial, bred, telling[0], None, tolerance):
            continue
        rest = [i for i in range(len(exercise.cases)) if i != telling[0]]
        if all(_agrees(trial, bred, i, None, tolerance) for i in rest) and _still(
            trial, bred, None
        ):
            return Finding(bred.mutant.says, bred.mutant.exact if own else "")
    relaxed = [i for i in trial.returned if finite(trial.outcomes[i].value)]
    if len(relaxed) >= 2 and len(relaxed) < len(exercise.cases):
        tells = [i for i in relaxed if trial.said[i] not in (None, "changed")]
        for bred, own in herd if tells else ():
            ran = [i for i in relaxed if finite(bred.on(i)) and bred.on(i) is not _FAILED]
            if len(ran) < 2 or tells[0] not in ran:
                continue
            agree = all(_agrees(trial, bred, i, None, tolerance) for i in ran)
            if agree and _still(trial, bred, None):
                return Finding(bred.mutant.says, bred.mutant.exact if own else "")
    for j, (name, values) in enumerate(trial.items()):
        wrong = [i for i, right, got in values if not same_value(right, got, tolerance)]
        if not name or not wrong or len(trial.items()) < 2:
            continue
        for bred, own in herd:
            if (
                _agrees(trial, bred, wrong[0], j, tolerance)
                and all(_agrees(trial, bred, i, j, tolerance) for i, *_ in values)
                and _still(trial, bred, j)
            ):
                says = f"{name}: {bred.mutant.says}"
                return Finding(says, bred.mutant.exact if own else "")
    return None


def two_changes(trial):
    """Is it the reference with one thing changed, and then times a factor that can be told?"""
    if trial.hangs or _says_little(trial):
        return None
    items = trial.items()
    if len(items) != 1 or items[0][0]:
        return None
    numbers = sum(np.size(got) for _, _, got in items[0][1] if isinstance(got, np.ndarray))
    if numbers < 6:
        return None
    for bred, _ in _mutants_of(trial.exercise):
        if bred.mutant.kind in _WEAK or bred.mutant.rank > 3:
            continue
        triples = [(trial.exercise.cases[i], bred.on(i), got) for i, _, got in items[0][1]]
        said = probes_relation.factor_between(trial, triples)
        if not said:
            continue
        for arguments, _, mine in trial.moved:
            if mine.error is None and not mine.timed_out:
                triples.append((arguments, bred.run(arguments), mine.value))
        said = probes_relation.factor_between(trial, triples)
        if said:
            return Finding(f"Two things. {bred.mutant.says} And {said}.", "")
    return None


_paired = weakref.WeakKeyDictionary()


def one_pair(trial):
    """Does the answer do what a short reference does with two things changed?"""
    exercise = trial.exercise
    if trial.hangs or _says_little(trial):
        return None
    if exercise not in _paired:
        short = body_or_nothing(exercise.reference)
        herd = pairs(exercise.reference) if short else []
        _paired[exercise] = [(_Bred(mutant, exercise.cases), False) for mutant in herd]
    return _one_of(trial, _paired[exercise])


def body_or_nothing(function):
    """The one expression that a function returns, or None where it is longer."""
    try:
        return body_of(function)
    except OSError:
        return None


def always_the_same(trial):
    """Is it one number, whatever the case?"""
    if not _says_little(trial) or trial.hangs:
        return None
    value = trial.outcomes[trial.returned[0]].value
    if len(trial.returned) < 3 or not isinstance(value, (int, float, np.number)):
        return None
    whole = isinstance(value, (int, np.integer)) and 0 <= value <= 1
    more = ": is a fraction upside down, or is it cut off?" if whole else "."
    return f"Your answer is {value:g} in every case that was tried{more}"


def _says_little(trial):
    """Whether its values are so alike that many a change would give them: 0 every time, say."""
    values = [trial.outcomes[i].value for i in trial.returned]
    if len(values) < 2 or any(np.size(v) > 1 for v in values if isinstance(v, np.ndarray)):
        return False
    if any(isinstance(v, (tuple, list, dict)) for v in values):
        return False
    return all(same_value(values[0], v, trial.exercise.tolerance) for v in values[1:])


def _agrees(trial, bred, i, item, tolerance):
    outcome, value = trial.outcomes[i], bred.on(i)
    if outcome.timed_out:
        return value is _ENDLESS
    if outcome.error is not None:
        return value is _FAILED
    return _equal(value, outcome.value, item, tolerance)


def _equal(value, got, item, tolerance):
    if value is _FAILED or value is _ENDLESS:
        return False
    if item is not None:
        if not isinstance(value, (tuple, list)) or not isinstance(
            got, (tuple, list, np.ndarray)
        ):
            return False
        if len(value) <= item or len(got) <= item:
            return False
        value, got = value[item], got[item]
    return same_value(value, got, tolerance)


def _still(trial, bred, item):
    """Whether they agree on moved arguments as well."""
    for arguments, _, mine in trial.moved:
        theirs = bred.run(arguments)
        if mine.timed_out:
            return theirs is _ENDLESS
        if mine.error is not None:
            if theirs is not _FAILED:
                return False
        elif not _equal(theirs, mine.value, item, trial.exercise.tolerance):
            return False
    return True


def breaks(trial):
    """Is all that is wrong with it a NaN or an infinity here and there?"""
    return probes_run.not_finite(trial) if trial.breaks_only else None


PROBES = (
    ("container", probes_run.container),
    ("raised", probes_run.raised),
    ("endless", probes_run.endless),
    ("argument order", probes_run.argument_order),
    ("breaks", breaks),
    ("changes its input", probes_run.changes_input),
    ("returns in a loop", probes_run.returns_in_loop),
    ("another every time", probes_run.another_every_time),
    ("given back", probes_relation.given_back),
    ("one change", one_change),
    ("exchanged", probes_relation.exchanged),
    ("transformed", probes_relation.transformed),
    ("one step missing", probes_relation.one_step_missing),
    ("factor", probes_relation.factor),
    ("always the same", always_the_same),
    ("ignored", probes_run.ignored),
    ("argument changed", probes_relation.argument_changed),
    ("rows changed", probes_relation.rows_changed),
    ("one weak change", one_weak_change),
    ("factor entry by entry", probes_relation.factor_by_entry),
    ("neighbour", probes_relation.neighbour),
    ("not finite", probes_run.not_finite),
    ("offset", probes_relation.offset),
    ("nearly", probes_relation.nearly),
    ("two changes", two_changes),
    ("pair of changes", one_pair),
    ("extraneous", probes_run.extraneous),
    ("where", probes_where.where_it_is_right),
    ("entries", probes_where.which_entries),
    ("shape", probes_relation.shape),
)
