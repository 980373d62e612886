"""Probes that run the answer again: what it ignores, what it raised, what it changes."""

import ast
import builtins
import copy
import dis
import inspect
import re
import traceback
import weakref

import numpy as np

from digitlib.exercises.diagnose import a_type, difference, same_value, shown
from digitlib.exercises.runner import SECONDS, call, calls, where
from digitlib.exercises.source import nodes_of
from digitlib.exercises.trial import expected_outcomes, finite, is_distribution, move

# -- what came out ---------------------------------------------------------------------------


def container(trial):
    """Is the kind of thing that came out the mistake?"""
    if not trial.returned and all(
        o.error is None and not o.timed_out for o in trial.outcomes
    ):  # None in every case
        if trial.outcome.printed:
            return (
                "It prints its answer and returns nothing. What is printed is gone: end with "
                "`return`."
            )
        return "It returns None: is the `return` missing?"
    if trial.outcome.error is not None or trial.outcome.timed_out:
        return None
    right, got = trial.expected[trial.first], trial.outcome.value
    if got is None:
        return "It returns None in some cases: a path through your function has no `return`."
    if isinstance(got, type(Ellipsis)):
        return "It returns `...`: one part is still empty."
    if inspect.isgenerator(got):
        return (
            "It returns a generator, which yields its values only when somebody asks: make a "
            "list or an array of it."
        )
    if callable(got) and not isinstance(got, np.ndarray):
        name = getattr(got, "__name__", "it")
        return (
            f"It returns the function `{name}` itself, and not what it gives: call it, with ()."
        )
    if isinstance(got, str):
        return "It returns text. A value belongs here: no quotation marks, no f-string."
    if isinstance(got, (bytes, bytearray)):
        return f"It returns bytes, which are no number yet, where {_kind_of(right)} belongs."
    if isinstance(got, (complex, np.ndarray)) and np.iscomplexobj(got):
        return "It holds complex numbers: is a root of a negative number taken, or a j written?"
    if isinstance(got, dict):
        return f"It returns a dict where {_kind_of(right)} belongs."
    if isinstance(got, np.ndarray) and got.dtype == object:
        return (
            "It returns an array of objects: its parts differ in length, so NumPy could not "
            "make numbers of them."
        )
    if (
        isinstance(right, tuple) and isinstance(got, np.ndarray) and len(right) != _length(got)
    ) or (isinstance(right, (tuple, list)) and not isinstance(got, (tuple, list, np.ndarray))):
        names = " and ".join(trial.exercise.returns)
        return f"It returns one thing, {a_type(got)}, where {len(right)} belong" + (
            f": {names}." if names else "."
        )
    if isinstance(right, tuple) and isinstance(got, (tuple, list)) and len(got) != len(right):
        return f"It returns {len(got)} things where {len(right)} belong."
    if not isinstance(right, (tuple, list)) and isinstance(got, tuple):
        hits = [
            i
            for i, g in enumerate(got)
            if difference(right, g, trial.exercise.tolerance) is None
        ]
        if hits:
            return (
                f"It returns {len(got)} things, and number {hits[0] + 1} of "
                f"them is the answer: "
                "return that one alone."
            )
        return f"It returns {len(got)} things where one belongs, {_kind_of(right)}."
    if isinstance(got, (bool, np.bool_)) and not isinstance(right, (bool, np.bool_)):
        return f"It returns {got}, a yes or no, where {_kind_of(right)} belongs."
    booleans = isinstance(got, np.ndarray) and got.dtype == bool
    if booleans and isinstance(right, np.ndarray) and right.dtype != bool:
        return (
            "It returns True and False where numbers belong: that is a condition alone. It "
            "has yet to select or multiply something."
        )
    return None


def _length(array):
    return len(array) if array.ndim else 1


def _kind_of(value):
    if isinstance(value, (tuple, list)):
        return f"{len(value)} things"
    if isinstance(value, (bool, np.bool_)):
        return "True or False"
    return "a number" if np.ndim(value) == 0 else f"an array of shape {np.shape(value)}"


def changes_input(trial):
    """Does it write into what came in?"""
    changed = {k for o in trial.outcomes for k in o.changed}
    if not changed:
        return None
    names = " and ".join(f"`{trial.exercise.parameters[k]}`" for k in sorted(changed))
    if all(said in (None, "changed") for said in trial.said):
        return (
            f"The result is right, but it writes into {names}, so whoever called you has lost "
            "what was there. Work on a copy, or with = and a new name in place of += and [:]."
        )
    return None


def endless(trial):
    """Does it never come back?"""
    outcome = trial.outcome
    if outcome.flooded:
        return "It prints without end: is a `print` left in a loop?"
    if not outcome.timed_out:
        return None
    code = getattr(trial.answer, "__code__", None)
    loops = code is not None and any(
        i.opname in ("JUMP_BACKWARD", "JUMP_BACKWARD_NO_INTERRUPT", "JUMP_ABSOLUTE")
        for i in dis.get_instructions(code)
    )
    return f"It has not returned after {SECONDS:.0f} s" + (
        ": what makes its loop end, and does that ever change?"
        if loops
        else ": does a loop in it ever end?"
    )


def argument_order(trial):
    """Are the parameters right, and in another order?"""
    try:
        mine = list(inspect.signature(trial.answer).parameters)
    except (TypeError, ValueError):
        return None
    theirs = list(trial.exercise.parameters)
    if mine == theirs or sorted(mine) != sorted(theirs):
        return None
    order = [theirs.index(name) for name in mine]
    for case, right in zip(trial.exercise.cases, trial.expected):
        if len(case) < len(theirs):
            continue
        outcome = trial.again(tuple(case[k] for k in order))
        if outcome.error is not None or difference(
            right, outcome.value, trial.exercise.tolerance
        ):
            return None
    return (
        f"Your function is right, but its arguments stand in another order: it is called with "
        f"({', '.join(theirs)}), and yours takes ({', '.join(mine)})."
    )


def returns_in_loop(trial):
    """Does a loop end in its first round, because the `return` stands inside it?"""
    try:
        nodes = nodes_of(trial.answer)
    except OSError:
        return None
    for node in nodes:
        if isinstance(node, (ast.For, ast.While)) and isinstance(node.body[-1], ast.Return):
            if _jumps(node.body):
                continue  # a `continue` before it may lead to other rounds
            return (
                "The `return` stands inside a loop, which therefore ends in its first round. "
                "Move it to the left, behind the loop."
            )
    return None


def _jumps(body):
    return any(isinstance(node, ast.Continue) for part in body for node in ast.walk(part))


def another_every_time(trial):
    """Does it give another answer when it is asked the same?"""
    if trial.hangs or trial.outcome.error is not None:
        return None
    again = trial.again(trial.case)
    if again.error is not None or again.timed_out:
        return None
    if same_value(again.value, trial.outcome.value, trial.exercise.tolerance):
        return None
    return (
        "Asked the same twice, it gives two answers: it draws random numbers of its own, or "
        "keeps something from the call before. It has only its arguments to go by."
    )


# -- what it raised --------------------------------------------------------------------------


def raised(trial):
    """What did it raise, where, and what stood there?"""
    outcome = trial.outcome
    if outcome.error is None:
        return None
    error, answer = outcome.error, trial.answer
    kind, text = type(error).__name__, " ".join(str(error).split())
    place, seen = where(error, answer), _stood_there(error, answer)
    advice = _advice(error, text, trial)
    shapes = f" There {seen}." if seen else ""
    if advice:
        return f"{advice}{_in_line(place)}{shapes}"
    return f"It raises {kind}: {text}{place}.{shapes}"


def _in_line(place):
    return f" It stops{place.replace(', in', ' in')}." if place else ""


def _frame(error, answer):
    """The innermost frame of the reader's own code, or None."""
    try:
        own = inspect.unwrap(answer).__code__.co_filename
    except AttributeError:
        return None
    found = None
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == own:
            found = frame
    return found


def _stood_there(error, answer):
    """'`X` is (2, 4), `dZ1` is (2, 3)': the shapes of the arrays of the line that failed."""
    frame = _frame(error, answer)
    if frame is None or not isinstance(error, (ValueError, IndexError, TypeError)):
        return ""
    place = where(error, answer)
    words = dict.fromkeys(re.findall(r"[A-Za-z_]\w*", place.partition("`")[2]))
    parts = []
    for word in words:
        value = frame.f_locals.get(word)
        if isinstance(value, np.ndarray):
            parts.append(
                f"`{word}` is {value.shape}" if value.ndim else f"`{word}` is a number"
            )
        elif isinstance(value, (list, tuple)) and word in frame.f_locals:
            parts.append(f"`{word}` is {a_type(value)} of {len(value)}")
        elif isinstance(value, (int, float, np.generic)) and not isinstance(value, bool):
            parts.append(f"`{word}` is {shown(value)}")
    return ", ".join(parts[:4])


def _needless_column(shapes):
    """The one of two shapes that was made a column needlessly, such as (4, 1), or None."""
    if len(shapes) != 2:
        return None
    sizes = [[int(n) for n in shape.replace(" ", "").split(",") if n] for shape in shapes]
    for column, other in (sizes, sizes[::-1]):
        if len(column) == 2 == len(other) and column[1] == 1 and column[0] == other[1]:
            return f"({column[0]}, 1)"
    return None


def _turned_over(shapes):
    """Whether two shapes are each other's, turned over, such as (3, 2) and (2, 3)."""
    if len(shapes) != 2:
        return False
    one, two = ([n for n in shape.replace(" ", "").split(",") if n] for shape in shapes)
    return len(one) == 2 and one == two[::-1] != two


def _advice(error, text, trial):
    """What an exception means in plain words, where it is one that learners meet."""
    if isinstance(error, NameError) and not isinstance(error, UnboundLocalError):
        return _about_name(error, trial)
    if isinstance(error, UnboundLocalError):
        name = re.search(r"'(\w+)'", text)
        called = f"`{name[1]}`" if name else "a name"
        return (
            f"{called} is used before it has a value: give it one before the loop or the `if`."
        )
    if "matmul" in text or "not aligned" in text:
        sizes = re.findall(r"size (\d+) is different from (\d+)", text)
        pair = f" ({sizes[0][1]} and {sizes[0][0]})" if sizes else ""
        if not _multiplies_matrices(trial.exercise):
            return (
                f"A matrix product does not fit{pair}, and none is needed here: entry by entry "
                "is *."
            )
        return (
            f"A matrix product does not fit: the left columns and the right rows differ{pair}. "
            "Swap the two or turn one over, so that the sum runs along the index they share."
        )
    if "could not be broadcast" in text:
        shapes = re.findall(r"\(([\d, ]*)\)", text)
        pair = f", ({'), ('.join(shapes[:2])})" if len(shapes) > 1 else ""
        if _multiplies_matrices(trial.exercise) and "*" in where(error, trial.answer):
            return (
                f"Two shapes do not fit{pair} entry by entry. Is a matrix product (@) meant, "
                "which sums along an index that both share?"
            )
        if _turned_over(shapes):
            return (
                f"Two shapes do not fit{pair}: one is the other turned over. Are two factors "
                "swapped, or is a transpose missing or too many?"
            )
        column = _needless_column(shapes)
        if column:
            return (
                f"Two shapes do not fit{pair}. The {column} is a column, one number per row, "
                "and it has as many numbers as the other array has columns: leave out what "
                "made a column of it."
            )
        return (
            f"Two shapes do not fit{pair}: from the last axis on, two sizes must be equal or "
            "one of them 1. What belongs to the rows must be a column: [:, None] or "
            "keepdims=True."
        )
    if "buffer size must be a multiple" in text:
        return (
            "np.frombuffer reads numbers of eight bytes unless it is told otherwise. One byte "
            "is one number: dtype=np.uint8."
        )
    if "buffer is smaller than requested" in text:
        return (
            "More numbers are asked for than there are bytes. Is a count read from the wrong "
            "end, or from the wrong place?"
        )
    if "truth value" in text:
        return (
            "An array stands where Python wants one True or False (if, and, or, min, max). "
            "Entry by entry: np.where, &, np.maximum. One answer for all: .any() or .all()."
        )
    if "boolean subtract" in text:
        return (
            "True and False cannot be subtracted from each other: make numbers of one of them "
            "first, with .astype(float)."
        )
    if "bitwise_xor" in text or "'^'" in text or "unsupported operand type(s) for ^" in text:
        return "`^` is no power in Python: that is **."
    if isinstance(error, ZeroDivisionError):
        return "It divides by 0: a special case is not taken care of."
    if isinstance(error, IndexError):
        found = re.search(
            r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)", text
        )
        if found and found[3] == "0":
            return (
                f"There is nothing in the array to take index {found[1]} of: it is empty here."
            )
        if found:
            return (
                f"Index {found[1]} where axis {found[2]} has only {found[3]} entries, 0 to "
                f"{int(found[3]) - 1}: a loop or an index assumes another size."
            )
        if "too many indices" in text:
            return "An array has fewer axes than you give it indices."
        if "arrays used as indices" in text:
            return "An index must be whole numbers or booleans, and this one is made of floats."
        return "An index lies outside: the list or array is shorter than your loop assumes."
    if isinstance(error, AttributeError):
        found = re.search(r"'(\w+)' object has no attribute '(\w+)'", text)
        if found and found[1] == "bool":
            return (
                f"`.{found[2]}` is asked of a single True or False. A list compared with a "
                "number gives that: make an array of it, or go through its items."
            )
        if found:
            return (
                f"`.{found[2]}` is asked of a {found[1]}, which has none."
                + (
                    " Make an array of it first, with np.array."
                    if found[1] in ("list", "tuple")
                    else ""
                )
                + (" It is a plain number there." if found[1] in ("float", "int") else "")
            )
        found = re.search(r"module '([\w.]+)' has no attribute '(\w+)'", text)
        if found:
            return f"{found[1]} has no function `{found[2]}`."
    if isinstance(error, (OverflowError, FloatingPointError)):
        return (
            "A number has become too large to be held. Bring the numbers near 0 before the "
            "exponential or the power."
        )
    if "slice indices must be integers" in text:
        return (
            "A slice wants whole numbers before and after its colon, and one of yours is a "
            "float: round it to a whole number."
        )
    if "only integer scalar arrays" in text:
        return (
            "A whole array stands where one whole number is needed: the end of a slice, a "
            "size, an index into a list. For the rows with these numbers write X[rows], "
            "without a colon."
        )
    if "only integer" in text or "cannot be interpreted as an integer" in text:
        return (
            "A whole number is needed there (a size, an index, a range), and it is a float: "
            "// or int(…)."
        )
    if "Cannot cast ufunc" in text:
        return (
            "The result of += does not fit into the type of the array on the left: make a new "
            "array with = and not +=, or change the type first."
        )
    if "is not subscriptable" in text:
        return (
            "An index in [ ] is asked of something that has none, a "
            "single number or a function."
        )
    if "not callable" in text:
        return (
            "Something that is no function is called with ( ): is a * missing before a bracket?"
        )
    if "inhomogeneous" in text or "setting an array element with a sequence" in text:
        return "The rows of an array must have one length, and these differ."
    if "is not iterable" in text or "non-iterable" in text:
        return "A loop runs over a single number: is it range(…) of it that is meant?"
    if "can't multiply sequence" in text or ("unsupported operand" in text and "list" in text):
        return "Arithmetic on a list: make an array of it first, with np.array."
    if "unsupported operand" in text and "ellipsis" in text.lower():
        return "One part is still `...`."
    if isinstance(error, RecursionError):
        return "It calls itself without end."
    if "cannot reshape" in text:
        found = re.search(r"size (\d+) into shape \(?([\d, ]+)", text)
        if found:
            return f"{found[1]} numbers do not fit into shape ({found[2].strip(', ')})."
    if "missing" in text and "positional argument" in text:
        return f"A function is called with too few arguments: {text}."
    if isinstance(error, RuntimeError) and "changed size" in text:
        return "A dict or set is changed while a loop runs over it."
    if isinstance(error, KeyError):
        return f"The key {text} is not in the dict."
    return ""


def _multiplies_matrices(exercise):
    """Whether a matrix product stands in the reference."""
    try:
        return any(isinstance(node, ast.MatMult) for node in nodes_of(exercise.reference))
    except OSError:
        return True


def _about_name(error, trial):
    name = getattr(error, "name", None) or "a name"
    similar = [p for p in trial.exercise.parameters if p.lower() == name.lower()]
    if similar:
        return f"There is no `{name}`: your argument is called `{similar[0]}`."
    close = [p for p in trial.exercise.parameters if p in name or name in p]
    if name in ("math", "np", "numpy", "digitlib"):
        word = "import numpy as np" if name == "np" else f"import {name}"
        return f"`{name}` is not imported: `{word}` is missing."
    if hasattr(np, name) and not hasattr(builtins, name):
        return f"`{name}` is not known. NumPy has one: np.{name}."
    more = f" Your arguments are {', '.join(trial.exercise.parameters)}."
    return f"`{name}` is not known here: it is neither an argument nor made before." + (
        more if not close else f" Is `{close[0]}` meant?"
    )


# -- NaN and infinity ------------------------------------------------------------------------


def not_finite(trial):
    """Where was a NaN or an infinity made?"""
    for i in trial.returned:
        right, got = trial.expected[i], trial.outcomes[i].value
        if not _holds_strange(got) or _holds_strange(right):
            continue
        strict = call(trial.answer, trial.exercise.cases[i], strict=True)
        operation = str(strict.error) if isinstance(strict.error, FloatingPointError) else ""
        place = where(strict.error, trial.answer) if operation else ""
        in_line = place.replace(", in", " in")
        special = (
            " Right in the other cases."
            if sum(map(bool, trial.said)) == 1 and len(trial.said) > 2
            else ""
        )
        if "overflow" in operation:
            what = operation.rpartition(" in ")[2]
            return (
                f"It overflows: `{what}` of a large number is "
                f"infinity{_line(in_line)} Make the "
                f"numbers small before, by a step that does not change the answer.{special}"
            )
        if "divide by zero" in operation and "log" in operation:
            return (
                f"A logarithm of 0 is taken, which is minus infinity{_line(in_line)} Something "
                f"has become exactly 0 on the way.{special}"
            )
        if "divide" in operation or "invalid value" in operation:
            what = operation.rpartition(" in ")[2]
            reason = {
                "sqrt": (
                    "the root of a negative number (is an absolute value "
                    "missing, or does rounding make a small difference negative?)"
                ),
                "log": "the logarithm of a negative number",
                "subtract": "infinity less infinity",
                "power": "a fractional power of a negative number",
            }.get(what, "a division by 0: look at the denominator before you divide")
            return f"It makes NaN or infinity by {reason}{_line(in_line)}{special}"
        return f"It holds NaN or infinity where every number is finite.{special}"
    return None


def _line(in_line):
    return f",{in_line}." if in_line else "."


def _holds_strange(value):
    if isinstance(value, (list, tuple)):
        return any(map(_holds_strange, value))
    return not finite(value)


# -- what it looks at ------------------------------------------------------------------------


def _others(value, rng):
    """Values of the same kind and shape as this one, but others."""
    if isinstance(value, np.ndarray):
        if value.dtype == bool:
            if value.size:
                other = value.copy()
                other.flat[0] = not other.flat[0]
                yield other
                yield ~value
        elif value.dtype.kind in "iu" and value.size:
            yield value[::-1].copy()
            yield np.roll(value, 1, axis=0)
            for other in (value.min(), value.max()):
                made = value.copy()
                made.flat[0] = made.flat[-1] = other
                yield made
        elif is_distribution(value):
            yield np.roll(value, 1, axis=0)
            yield np.roll(value, 1, axis=1)
            yield value[:, ::-1].copy()
            yield value[[0] * len(value)]
        else:
            yield move(value, rng)
            yield value[::-1].copy()
            yield -value
            yield value + 0.5
    elif isinstance(value, (bool, np.bool_)):
        yield not value
    elif isinstance(value, (int, np.integer)):
        yield value + 1
        yield value - 1
        yield value + 2
        if 8 < value < 10**6:
            yield value * 2
            yield value // 2
    elif isinstance(value, (float, np.floating)):
        yield value * 1.1
        yield value * 0.7
        yield value + 0.25
    elif isinstance(value, list) and value and not callable(value[0]):
        if all(isinstance(v, (int, float)) for v in value):
            yield [v + 1 for v in value]
            yield value[::-1]
        else:
            yield [next(iter(_others(v, rng)), v) for v in value]


_varied = weakref.WeakKeyDictionary()


def _variations(exercise, cases):
    """[(argument, case, arguments, whether the right answer changes), …]: one argument changed.

    cases  the indices of the cases to begin from
    The same for every answer, so it is kept.
    """
    known = _varied.setdefault(exercise, {})
    if cases not in known:
        found, rng = [], np.random.default_rng(0)
        for k in range(len(exercise.parameters)):
            for i in cases:
                case = exercise.cases[i]
                if len(case) <= k:
                    continue
                for other in _others(case[k], rng):
                    arguments = (*case[:k], other, *case[k + 1 :])
                    right = call(exercise.reference, arguments, 0.5)
                    if right.error is None and not right.timed_out:
                        before = expected_outcomes(exercise)[i].value
                        changes = not same_value(right.value, before, exercise.tolerance)
                        found.append((k, i, arguments, changes))
        known[cases] = found
    return known[cases]


_looked = weakref.WeakKeyDictionary()


def _effects(trial):
    """For each argument: does the right answer, does this answer change when it changes?

    What an answer that hangs does to the arguments after that is not known.
    """
    if trial not in _looked:
        exercise, effects = trial.exercise, []
        varied = _variations(exercise, tuple(trial.returned[:4]))
        outcomes = calls(trial.answer, [arguments for _, _, arguments, _ in varied], 0.5)
        for k, parameter in enumerate(exercise.parameters):
            pairs = [(v, got) for v, got in zip(varied, outcomes) if v[0] == k]
            if any(got.timed_out for _, got in pairs):
                break
            mine = any(
                got.error is not None
                or not same_value(got.value, trial.outcomes[i].value, exercise.tolerance)
                for (_, i, _, _), got in pairs
            )
            if len(pairs) >= 2:
                effects.append((parameter, any(v[3] for v, _ in pairs), mine))
        _looked[trial] = effects
    return _looked[trial]


def ignored(trial):
    """Which argument does it not look at?"""
    if trial.hangs or not trial.returned:
        return None
    effects = _effects(trial)
    blind = [parameter for parameter, theirs, mine in effects if theirs and not mine]
    blind = [parameter for parameter in blind if not _sees_after_all(trial, parameter)]
    if not blind:
        return None
    everything = len(blind) == len(effects) > 1 or len(blind) == len(trial.exercise.parameters)
    if everything and not any(mine for *_, mine in effects):
        return "Your answer is the same whatever comes in: it looks at none of its arguments."
    names = " or ".join(f"`{name}`" for name in blind)
    used = _from_the_notebook(trial)
    more = (
        f" It uses `{used}` of the notebook, which is not among its arguments." if used else ""
    )
    return f"Your answer does not change when {names} does.{more}"


def _sees_after_all(trial, parameter):
    """Whether a large change of a number makes a difference, where small ones made none."""
    k = trial.exercise.parameters.index(parameter)
    for i in trial.returned:
        case = trial.exercise.cases[i]
        if len(case) <= k or type(case[k]) not in (float, np.float64):
            continue
        for other in (0.0, case[k] / 8, case[k] + 1, 8 * case[k]):
            arguments = tuple(other if j == k else copy.deepcopy(a) for j, a in enumerate(case))
            got = trial.again(arguments)
            if got.timed_out:
                return False
            if got.error is None and not same_value(
                got.value, trial.outcomes[i].value, trial.exercise.tolerance
            ):
                return True
    return False


def _from_the_notebook(trial):
    """A variable of the notebook that the answer reads in place of an argument, or ''."""
    code = getattr(trial.answer, "__code__", None)
    if code is None:
        return ""
    known = getattr(trial.answer, "__globals__", {})
    for name in code.co_names:
        if isinstance(known.get(name), (np.ndarray, float, int, list)) and not name.startswith(
            "_"
        ):
            return name
    return ""


def extraneous(trial):
    """Which argument does it look at, though the answer does not depend on it?"""
    if trial.hangs or not trial.returned:
        return None
    for parameter, theirs, mine in _effects(trial):
        if mine and not theirs:
            return f"Your answer changes when `{parameter}` does, and it should not."
    return None
