"""`check`, `hint` and `solution`: what a reader calls in an exercise cell."""

import copy
import functools
import inspect
import textwrap
import warnings
import weakref
from collections import Counter
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from digitlib.exercises import probes, state
from digitlib.exercises.diagnose import (
    a_type,
    difference,
    same_outcome,
    same_value,
    shown,
)
from digitlib.exercises.model import Wall, find
from digitlib.exercises.runner import call, calls, is_untouched
from digitlib.exercises.trial import Trial, expected_outcomes, finite, flat

WIDTH = 88  # a line of output, in characters

_hints_given = Counter()  # per kernel: a new session starts with the nudge again
_said = Counter()  # per kernel: how often a sentence was said to an exercise
_open_lines = {}  # per kernel: wall -> the key of its first line that is not right


@dataclass(frozen=True)
class Verdict:
    """What is wrong with an answer: a sentence, its evidence, and who found the sentence.

    by  "stored" for a stored mistake, the name of a probe, or "plain" where the difference is
        stated and its cause is not known
    exact  the part of a right answer that the sentence is about: told at the second try
    """

    sentence: str
    evidence: tuple = ()
    by: str = "plain"
    exact: str = ""


def check(name, answer):
    """Judge an answer, print the verdict, and return something the notebook can go on with.

    Returns `answer` where it is right, else the reference, so that Run All never breaks and
    a later cell never builds on a mistake. For a wall of lines that holds line by line, and
    the result is a dict. Never raises.
    """
    try:
        exercise = find(name)
    except LookupError as error:
        print(error.args[0])
        return answer
    if isinstance(exercise, Wall):
        return _check_wall(exercise, answer)
    if _is_open(exercise, answer):
        print(f'{name}: not attempted yet.\n    hint("{name}") gives a nudge.')
        return exercise.reference
    printed = []
    verdict = _examined(exercise, answer, printed)
    _show_printed(printed)
    if verdict is None:
        state.mark_right(name)
        answer, note = _as_arrays(exercise, answer)
        _say(f"{name}: right. Tested: {exercise.tested}.{note}", exercise.why)
        return answer
    _say(f"{name}: not right yet. {verdict.sentence}", *verdict.evidence, _exact(name, verdict))
    return exercise.reference


def _check_wall(wall, answer):
    name = wall.name
    answers = {} if answer is ... else answer
    if not isinstance(answers, dict):
        _say(
            f"{name}: a dict of lines belongs here, and this is {a_type(answer)}.",
            f"Its lines are: {', '.join(wall.reference)}.",
        )
        return wall.reference
    strangers = [key for key in answers if key not in wall.reference]
    given = {line.key: answers.get(line.key, ...) for line in wall.lines}
    done = {line.key: _is_open(line, given[line.key]) for line in wall.lines}
    if all(done.values()) and not strangers:
        print(f'{name}: not attempted yet.\n    hint("{name}") gives a nudge.')
        return wall.reference
    result, verdicts, printed = {}, {}, []
    for line in wall.lines:
        key = line.key
        if done[key]:
            verdicts[key] = "not attempted yet."
        else:
            verdict = _examined(line, given[key], printed)
            verdicts[key] = "right" if verdict is None else _in_short(line.name, verdict)
        right = verdicts[key] == "right"
        result[key] = _as_arrays(line, given[key])[0] if right else line.reference
    _show_printed(printed)
    still = [key for key, said in verdicts.items() if said != "right"]
    _open_lines[name] = still[0] if still else None
    if not still:
        state.mark_right(name)
        whys = [f"{line.key}: {line.why}" for line in wall.lines if line.why]
        _say(f"{name}: all {len(wall.lines)} lines are right. Tested: {wall.tested}.", *whys)
        if wall.why:
            _say("    " + wall.why)
    else:
        print(f"{name}: {len(verdicts) - len(still)} of {len(verdicts)} lines are right.")
        print("\n".join(_table(verdicts)))
    for key in strangers:
        _say(f"    There is no line {key!r}. The lines are: {', '.join(wall.reference)}.")
    return result


def _as_arrays(exercise, answer):
    """A right answer that returns lists where arrays belong, so that it returns arrays."""
    if not exercise.is_function:
        return answer, ""
    right = expected_outcomes(exercise)[0].value
    given = call(answer, exercise.cases[0]).value
    if not (isinstance(right, np.ndarray) and isinstance(given, (list, tuple))):
        return answer, ""

    @functools.wraps(answer)
    def in_arrays(*arguments, **named):
        return np.array(answer(*arguments, **named))

    return in_arrays, " It returns a list; the notebook goes on with an array of it."


def _table(verdicts):
    """The lines of a wall with what is said to each, up to four right ones in a row."""
    width = max(map(len, verdicts)) + 2
    rows, row = [], ""
    for key, said in verdicts.items():
        cell = f"{key:<{width}}"
        if said == "right":
            room = 4 + len(row) + width + len(said)
            if room > WIDTH or row.count(" right") == 4:
                rows.append(row)
                row = ""
            row += f"{cell}{said}".ljust(width + 13)
            continue
        if row:
            rows.append(row)
            row = ""
        rows += textwrap.wrap(
            cell + said,
            WIDTH - 4,
            subsequent_indent=" " * width,
            break_long_words=False,
            drop_whitespace=True,
        )
    rows += [row] if row else []
    return ["    " + row.rstrip() for row in rows]


def _exact(name, verdict):
    """At the second try that shows the same mistake, the part of a right answer it is about."""
    _said[name, verdict.sentence] += 1
    if not verdict.exact or _said[name, verdict.sentence] < 2:
        return ""
    return f"it is about this part of a right answer: {verdict.exact}"


def _in_short(name, verdict):
    """One text for a line of a wall: where no cause is known, the two values as well."""
    if verdict.by != "plain":
        exact = _exact(name, verdict)
        return verdict.sentence + (f" {exact[0].upper()}{exact[1:]}" if exact else "")
    values = [e for e in verdict.evidence if e.startswith(("expected", "yours"))]
    text = "; ".join(" ".join(e.split()) for e in values)
    return f"{verdict.sentence} {text}" if len(text) < 2 * WIDTH else verdict.sentence


def _is_open(exercise, answer):
    return answer is ... or (exercise.is_function and is_untouched(answer))


def _examined(exercise, answer, printed):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what an answer leaves behind
            return examine(exercise, answer, printed)
    except Exception as error:  # an answer stranger than we thought of must not stop Run All
        return Verdict(f"It cannot be judged: {type(error).__name__}: {error}.")


def _say(first, *others):
    """Print paragraphs, wrapped, all but the first line of all indented."""
    for i, text in enumerate(filter(None, (first, *others))):
        indent = "" if i == 0 else "    "
        if len(text) + len(indent) > WIDTH and "\n" not in text:
            text = textwrap.fill(
                text.strip() if i else text,
                WIDTH,
                initial_indent=indent,
                subsequent_indent="    ",
                break_long_words=False,
                break_on_hyphens=False,
            )
            print(text)
        else:
            print(indent + text)


def _show_printed(printed):
    """What the answer itself printed while it was judged, the beginning of it."""
    text = "".join(printed)
    if text:
        lines = text[:1000].splitlines()
        more = len(lines) > 12 or len(text) > 1000
        print("\n".join(lines[:12]) + ("\n… (it printed more)" if more else ""))


def judge(exercise, answer):
    """None where the answer is right, else what is wrong: a sentence, then its evidence."""
    verdict = examine(exercise, answer)
    return None if verdict is None else [verdict.sentence, *verdict.evidence]


def examine(exercise, answer, printed=None):
    """None where the answer is right, else the Verdict; what it printed goes to the list."""
    if not exercise.is_function:
        return _examine_value(exercise, answer)
    if not callable(answer):
        return Verdict(
            f"A function of ({', '.join(exercise.parameters)}) belongs here, and this is "
            f"{a_type(answer)}. Was it called instead of handed over?"
        )
    problem = _signature_problem(exercise, answer)
    if problem:
        return Verdict(problem)
    trial = Trial(exercise, answer)
    if printed is not None:
        printed.append(trial.outcomes[trial.first or 0].printed)  # of the case that is shown
    if trial.first is None:
        return None
    if trial.said[trial.first] == "floats":
        return Verdict(_of_floats(trial), tuple(_evidence(trial)[:1]), "floats")
    sentence, exact, by = _recognise(trial), "", "stored"
    if sentence is None and exercise.look is not None:
        sentence = _looked_at(trial)
    if sentence is None:
        found = probes.ask(trial)
        if found is not None:
            sentence, exact, by = found.sentence, found.exact, found.by
    if sentence is None:
        sentence, by = _sentence(_difference(trial), exercise.returns), "plain"
        if trial.outcome.changed:  # seldom the whole mistake, and often the cause of it
            names = " and ".join(f"`{exercise.parameters[k]}`" for k in trial.outcome.changed)
            sentence, by = f"It writes into {names}: work on a copy. {sentence}", "writes too"
    return Verdict(sentence, tuple(_evidence(trial)), by, exact)


def _examine_value(exercise, answer):
    if answer is None:
        return Verdict("It is None: a value belongs here.")
    if exercise.explain is not None:
        said = exercise.explain(answer)
        return None if said is None else Verdict(said, (), "stored")
    said = difference(exercise.reference, answer, exercise.tolerance, exercise.returns)
    if not said:
        return None
    for wrong in exercise.wrong:
        if same_value(wrong.answer, answer, exercise.tolerance):
            return Verdict(wrong.message, (), "stored")
    looked = None if exercise.look is None else exercise.look((), exercise.reference, answer)
    if looked is not None:
        return Verdict(looked, (f"yours: {shown(answer)}",), "stored")
    return Verdict(_sentence(said, exercise.returns), (f"yours: {shown(answer)}",))


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


def _of_floats(trial):
    """What is said to right numbers of the wrong type."""
    parts = list(flat(trial.outcome.value))
    array = any(np.ndim(part) for part in parts)
    one = len(parts) == 1 and not array
    said = (
        "number is right, but it is a float"
        if one
        else ("numbers are right, but they are floats")
    )
    return (
        f"The {said}. {trial.exercise.whole}. "
        f"{'.astype(int)' if array else 'int()'} makes {'it' if one else 'them'} whole."
    )


def _difference(trial):
    """What differs in the first case that is wrong, where nobody knows why."""
    return trial.said[trial.first]


def _recognise(trial):
    """The message of the stored wrong answer that does the same, if one does.

    First the same in every case; then in those in which both give finite numbers, so that a
    mistake is known with and without a guard against the case in which it breaks.
    """
    exercise = trial.exercise
    if trial.hangs:
        return None
    stored = [(wrong, _Stored(wrong.answer, exercise)) for wrong in exercise.wrong]
    for wrong, outcomes in stored:
        pairs = zip(trial.outcomes, outcomes)
        if all(same_outcome(a, b, exercise.tolerance) for a, b in pairs):
            return wrong.message
    for wrong, outcomes in stored:
        both = [
            i
            for i in trial.returned
            if _is_finite(trial.outcomes[i]) and _is_finite(outcomes[i])
        ]
        tells = [i for i in both if trial.said[i]]
        if len(both) < 2 or not tells:
            continue
        if all(same_outcome(trial.outcomes[i], outcomes[i], exercise.tolerance) for i in both):
            return wrong.message
    return None


def _looked_at(trial):
    """What the exercise's own look at its results finds in the first that is wrong."""
    for i in trial.returned:
        if trial.said[i] not in (None, "changed"):
            arguments = copy.deepcopy(trial.exercise.cases[i])
            try:
                return trial.exercise.look(
                    arguments, trial.expected[i], trial.outcomes[i].value
                )
            except Exception:  # a result stranger than the look expects
                return None
    return None


class _Stored:
    """What a stored answer does in each case, worked out when one is asked for, and kept."""

    known: ClassVar = weakref.WeakKeyDictionary()

    def __init__(self, answer, exercise):
        self.answer, self.cases = answer, exercise.cases
        self.kept = self.known.setdefault(exercise, {}).setdefault(id(answer), [])

    def __getitem__(self, i):
        while len(self.kept) < len(self.cases):  # after one in which it hangs, anew
            self.kept += calls(self.answer, self.cases[len(self.kept) :])
        return self.kept[i]

    def __iter__(self):
        return (self[i] for i in range(len(self.cases)))


def _is_finite(outcome):
    return outcome.error is None and not outcome.timed_out and finite(outcome.value)


def _evidence(trial):
    exercise, outcome, lines = trial.exercise, trial.outcome, []
    if trial.case:
        pairs = (f"{n} = {shown(value)}" for n, value in zip(exercise.parameters, trial.case))
        lines.append("smallest case that shows it: " + ", ".join(pairs))
    if outcome.error is None and not outcome.timed_out:
        lines.append(f"expected: {shown(trial.expected[trial.first])}")
        lines.append(f"yours:    {shown(outcome.value)}")
    return lines


def hint(name, line=None):
    """Print the next hint: a nudge, the formula, the code.

    name  an exercise, "04.leaky_relu_backward", or a wall, "04.wall"
    line  a line of the wall, "dW2"; by default the first that is not right yet
    """
    try:
        exercise, asked = _asked(name, line)
    except LookupError as error:
        print(error.args[0])
        return
    label = f"{exercise.key}, " if isinstance(find(name), Wall) else ""
    given = min(_hints_given[exercise.name], len(exercise.hints) - 1)
    _hints_given[exercise.name] += 1
    _say(f"{label}hint {given + 1} of {len(exercise.hints)}: {exercise.hints[given]}")
    if given + 1 == len(exercise.hints):
        print(f"That was the last one. solution({asked}) shows an answer.")


def solution(name, line=None):
    """Print one right answer: of an exercise, of a whole wall, or of one line of it."""
    try:
        exercise = find(name)
        if line is not None:
            exercise, _ = _asked(name, line)
    except LookupError as error:
        print(error.args[0])
        return
    print(exercise.source())
    if exercise.why:
        print(f"# {exercise.why}")


def _asked(name, line):
    """The exercise or the line that is meant, and how a reader would write it in a call."""
    exercise = find(name)
    if not isinstance(exercise, Wall):
        if line is not None:
            raise LookupError(f"{name} is one exercise and has no lines")
        return exercise, f'"{name}"'
    key = line or _open_lines.get(name) or exercise.lines[0].key
    return exercise.line(key), f'"{name}", "{key}"'
