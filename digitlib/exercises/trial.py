"""One answer tried on all cases of an exercise: what came out, and what should have."""

import copy
import functools
import weakref

import numpy as np

from digitlib.exercises import guard
from digitlib.exercises.diagnose import LARGEST, difference
from digitlib.exercises.runner import Outcome, call, calls

_expected = weakref.WeakKeyDictionary()
_moved = weakref.WeakKeyDictionary()


def expected_outcomes(exercise):
    """What the reference does in each case; computed once."""
    if exercise not in _expected:
        _expected[exercise] = calls(exercise.reference, exercise.cases)
    return _expected[exercise]


def moved_cases(exercise):
    """The cases with their arguments moved a little, where the reference still has an answer.

    Two things that agree in a few cases may do so by chance; if they still agree when the
    numbers have changed, they are the same. Returns pairs (case, expected value).
    """
    if exercise not in _moved:
        found = []
        for i, case in [*enumerate(exercise.cases)][::-1] * 3:
            rng = np.random.default_rng(100 * len(found) + i)
            arguments = tuple(move(a, rng) for a in case)
            if len(found) == 6 or not _changed(arguments, case):
                continue
            outcome = call(exercise.reference, arguments)
            if outcome.error is None and not outcome.timed_out and finite(outcome.value):
                found.append((arguments, outcome.value))
        _moved[exercise] = found
    return _moved[exercise]


def move(value, rng):
    """A value like this one with other numbers.

    Floats change a little, whole numbers and booleans change places, and so do the rows of
    probabilities and one-hot labels: moved, they would be none. Single whole numbers stay.
    """
    if isinstance(value, np.ndarray):
        if value.size == 0:
            return copy.deepcopy(value)
        if is_distribution(value):
            return rng.permutation(value, axis=0)
        if value.dtype.kind != "f":
            return rng.permutation(value.ravel()).reshape(value.shape)
        factor = 1 + 0.05 * rng.standard_normal(value.shape)
        return (value * factor).astype(value.dtype)
    if isinstance(value, (list, tuple)):
        if value and all(isinstance(v, (int, np.integer)) for v in value):
            return type(value)(value[i] for i in rng.permutation(len(value)))
        return type(value)(move(v, rng) for v in value)
    if isinstance(value, float) and value not in (0.0, 1.0):
        return value * (1 + 0.02 * rng.random())
    return copy.deepcopy(value)


def is_distribution(value):
    """Whether every row of a table sums to 1 and nothing in it is negative."""
    if not (isinstance(value, np.ndarray) and value.ndim == 2 and value.shape[1] > 1):
        return False
    with np.errstate(all="ignore"):
        return bool((value >= 0).all() and np.allclose(value.sum(axis=1), 1))


def _changed(arguments, case):
    return any(
        not _same(a, b)
        for a, b in zip(arguments, case)
        if not isinstance(a, np.random.Generator)
    )


def _same(a, b):
    if isinstance(a, np.ndarray):
        return np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
    if isinstance(a, (list, tuple)):
        return all(map(_same, a, b))
    return a is b or callable(a) or bool(np.all(a == b))


def finite(value):
    if isinstance(value, (list, tuple)):
        return all(map(finite, value))
    try:
        made = np.asarray(value)
        return made.dtype.kind != "f" or made.size > LARGEST or bool(np.isfinite(made).all())
    except (TypeError, ValueError):
        return True


def float_in(value):
    """Whether any number in it is a float by its type, 2.0 for 2."""
    return any(np.asarray(v).dtype.kind == "f" for v in flat(value) if np.size(v))


def flat(value):
    """The arrays and numbers of a value, out of tuples and lists."""
    if isinstance(value, (list, tuple)):
        for each in value:
            yield from flat(each)
    else:
        yield value


class Trial:
    """An answer's outcomes in all cases, and which of them are wrong.

    outcomes  one Outcome per case; after one that did not end in time the rest is not tried
    expected  the reference's values
    said      what is wrong in each case, as a sentence, or None
    first     the index of the first wrong case, or None where the answer is right
    """

    def __init__(self, exercise, answer):
        self.exercise, self.answer = exercise, answer
        self.expected = [outcome.value for outcome in expected_outcomes(exercise)]
        lost = guard.outlasts(answer, exercise.cases)
        self.outcomes = [] if lost else calls(answer, exercise.cases)
        self.said = list(map(self._problem, self.expected, self.outcomes))
        for _ in exercise.cases[len(self.outcomes) :]:
            self.outcomes.append(Outcome(timed_out=True))
            self.said.append("not tried")
        if exercise.whole and not any(self.said):  # told alone: another mistake comes first
            self.said = ["floats" if float_in(o.value) else None for o in self.outcomes]
        wrong = [i for i, said in enumerate(self.said) if said]
        demanded = [i for i in wrong if i not in exercise.small]
        # A small case asks for more than the text does, so an answer may well stop there.
        tells = [i for i in wrong if i in demanded or self.said[i] != "raises"]
        self.first = tells[0] if demanded else None

    def _problem(self, right, outcome):
        if outcome.timed_out:
            return "timed out"
        if outcome.error is not None:
            return "raises"
        said = difference(right, outcome.value, self.exercise.tolerance, self.exercise.returns)
        if said is None and outcome.changed:
            return "changed"
        return said

    @property
    def case(self):
        return self.exercise.cases[self.first]

    @property
    def outcome(self):
        return self.outcomes[self.first]

    @property
    def hangs(self):
        return any(outcome.timed_out for outcome in self.outcomes)

    @property
    def returned(self):
        """The indices of the cases in which the answer came back with something."""
        return [
            i
            for i, outcome in enumerate(self.outcomes)
            if outcome.error is None and not outcome.timed_out and outcome.value is not None
        ]

    def again(self, arguments, seconds=0.5):
        """The answer's Outcome on other arguments; nothing is tried if it has hung before."""
        if self.hangs:
            return Outcome(timed_out=True)
        return call(self.answer, arguments, seconds)

    @functools.cached_property
    def moved(self):
        """[(arguments, expected value, the answer's Outcome), …] of the moved cases.

        Of an answer that hangs in one of them there are no more.
        """
        cases = moved_cases(self.exercise)
        tried = [] if self.hangs else calls(self.answer, [a for a, _ in cases], 0.5)
        return [(a, right, outcome) for (a, right), outcome in zip(cases, tried)]

    @property
    def is_huge(self):
        """Whether it returned more numbers than anybody would look at."""
        values = [self.outcomes[i].value for i in self.returned]
        return any(isinstance(v, np.ndarray) and v.size > LARGEST for v in values)

    @property
    def breaks_only(self):
        """Whether all that is wrong are numbers that are not finite."""
        wrong = [i for i, said in enumerate(self.said) if said]
        return all(i in self.returned and not finite(self.outcomes[i].value) for i in wrong)

    def items(self):
        """What is compared number by number: [(name, [(index, expected, got), …]), …].

        An answer that returns a fixed number of things has one entry for each of them, any
        other has one with the name "". Cases in which it did not return are left out.
        """
        values = [(i, self.expected[i], self.outcomes[i].value) for i in self.returned]
        lengths = {len(right) if isinstance(right, tuple) else None for _, right, _ in values}
        if len(lengths) != 1 or None in lengths:
            return [("", values)]
        (length,) = lengths
        if not all(_holds(got, length) for *_, got in values):
            return [("", values)]
        names = self.exercise.returns or tuple(f"item {j}" for j in range(length))
        return [
            (names[j], [(i, right[j], got[j]) for i, right, got in values])
            for j in range(length)
        ]


def _holds(value, length):
    """Whether a value is made of so many things."""
    if isinstance(value, np.ndarray):
        return value.ndim > 0 and len(value) == length
    return isinstance(value, (tuple, list)) and len(value) == length
