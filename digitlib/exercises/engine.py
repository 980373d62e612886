"""`check`, `hint` and `solution`: what a reader calls in an exercise cell."""

import inspect
from collections import Counter

from digitlib.exercises import state
from digitlib.exercises.diagnose import (
    a_type,
    difference,
    same_outcome,
    same_value,
    shown,
    sum_for_mean,
)
from digitlib.exercises.model import find
from digitlib.exercises.runner import SECONDS, call, is_untouched, where

_hints_given = Counter()  # per kernel: a new session starts with the nudge again


def check(name, answer):
    """Judge an answer, print the verdict, and return something the notebook can go on with.

    Returns `answer` where it is right, else the reference, so that Run All never breaks and
    a later cell never builds on a mistake. Never raises.
    """
    try:
        exercise = find(name)
    except LookupError as error:
        print(error.args[0])
        return answer
    if answer is ... or (exercise.is_function and is_untouched(answer)):
        print(f'{name}: not attempted yet.\n    hint("{name}") gives a nudge.')
        return exercise.reference
    try:
        problem = judge(exercise, answer)
    except Exception as error:  # an answer stranger than we thought of must not stop Run All
        problem = [f"It cannot be judged: {type(error).__name__}: {error}."]
    if problem is None:
        state.mark_right(name)
        print(f"{name}: right. Tested: {exercise.tested}.")
        return answer
    print(f"{name}: not right yet. " + "\n    ".join(problem))
    return exercise.reference


def judge(exercise, answer):
    """None where the answer is right, else what is wrong: a sentence, then its evidence."""
    if not exercise.is_function:
        return _judge_value(exercise, answer)
    if not callable(answer):
        return [
            f"A function of ({', '.join(exercise.parameters)}) belongs here, and this is "
            f"{a_type(answer)}. Was it called instead of handed over?"
        ]
    problem = _signature_problem(exercise, answer)
    if problem:
        return [problem]
    outcomes = []
    for case in exercise.cases:
        outcome = call(answer, case)
        outcomes.append(outcome)
        said = _problem(exercise, answer, case, outcome)
        if said:
            named = _recognise(exercise, answer, outcomes)
            return [
                named or _sentence(said, exercise.returns),
                *_evidence(exercise, case, outcome),
            ]
    return None


def _judge_value(exercise, answer):
    if answer is None:
        return ["It is None: a value belongs here."]
    if exercise.explain is not None:
        said = exercise.explain(answer)
        return None if said is None else [said]
    said = difference(exercise.reference, answer, exercise.tolerance, exercise.returns)
    if not said:
        return None
    for wrong in exercise.wrong:
        if same_value(wrong.answer, answer, exercise.tolerance):
            return [wrong.message]
    return [_sentence(said, exercise.returns), f"yours: {shown(answer)}"]


def _sentence(said, names=()):
    """With a full stop, and a capital unless it begins with the name of what is returned."""
    named = said.partition(":")[0] in names
    first = said[0] if named else said[0].upper()
    return f"{first}{said[1:]}{'' if said.endswith('?') else '.'}"


def _signature_problem(exercise, answer):
    try:
        inspect.signature(answer).bind(*exercise.cases[0])
    except TypeError:
        called = ", ".join(exercise.parameters[: len(exercise.cases[0])])
        return f"It is called with ({called}); yours takes {inspect.signature(answer)}."
    except ValueError:  # a built-in that does not tell its signature
        pass
    return None


def _problem(exercise, answer, case, outcome):
    if outcome.timed_out:
        return f"it has not returned after {SECONDS:.0f} s: does its loop ever end?"
    if outcome.error is not None:
        error = outcome.error
        return f"it raises {type(error).__name__}: {error}{where(error, answer)}"
    expected = call(exercise.reference, case).value
    said = difference(expected, outcome.value, exercise.tolerance, exercise.returns)
    if said:
        return sum_for_mean(said, case)
    if outcome.changed:
        names = ", ".join(exercise.parameters[i] for i in outcome.changed)
        return f"the result is right, but it changes its input {names}: work on a copy"
    return None


def _recognise(exercise, answer, outcomes):
    """The message of the stored wrong answer that does the same on every case, if one does."""
    if outcomes[-1].timed_out:
        return None
    rest = exercise.cases[len(outcomes) :]
    outcomes = outcomes + [call(answer, case) for case in rest]
    for wrong in exercise.wrong:
        theirs = (call(wrong.answer, case) for case in exercise.cases)
        if all(same_outcome(a, b, exercise.tolerance) for a, b in zip(outcomes, theirs)):
            return wrong.message
    return None


def _evidence(exercise, case, outcome):
    lines = []
    if case:
        pairs = (f"{n} = {shown(value)}" for n, value in zip(exercise.parameters, case))
        lines.append("smallest case that shows it: " + ", ".join(pairs))
    if outcome.error is None and not outcome.timed_out:
        lines.append(f"expected: {shown(call(exercise.reference, case).value)}")
        lines.append(f"yours:    {shown(outcome.value)}")
    return lines


def hint(name):
    """Print the next of the exercise's three hints: a nudge, the formula, the code."""
    try:
        exercise = find(name)
    except LookupError as error:
        print(error.args[0])
        return
    given = min(_hints_given[name], len(exercise.hints) - 1)
    _hints_given[name] += 1
    print(f"hint {given + 1} of {len(exercise.hints)}: {exercise.hints[given]}")
    if given + 1 == len(exercise.hints):
        print(f'That was the last one. solution("{name}") shows an answer.')


def solution(name):
    """Print one right answer."""
    try:
        exercise = find(name)
    except LookupError as error:
        print(error.args[0])
        return
    print(exercise.source())
    if exercise.why:
        print(f"# {exercise.why}")
