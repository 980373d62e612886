"""Predictions that cannot be spoiled: `guess` first, then `reveal`."""

import datetime
import math

import numpy as np

from digitlib.exercises import state
from digitlib.exercises.diagnose import shown

_made = {}  # per kernel: name -> (value, sure)
_told = set()  # the names to which `guess` has said what is missing


def guess(name, value=..., sure=None):
    """Write down what you expect, and how sure you are, before `reveal` shows the answer.

    name   "04.mask"
    value  text, a number or True/False; `...` as long as there is no guess
    sure   from 50 (as good as a coin) to 100 (certain), in per cent

    The first guess is kept with the progress, so that the notebook on evaluation can draw how
    sure you were against how often you were right.
    """
    _told.discard(name)
    if value is ... or value is None:
        _made.pop(name, None)
        return
    problem = _about_sure(sure)
    if problem:
        _made.pop(name, None)
        _told.add(name)
        print(f"{name}: {problem}")
        return
    sure = None if sure is None else float(sure)
    _made[name] = value, sure
    today = datetime.date.today().isoformat()
    state.keep_guess(name, {"value": _plain(value), "sure": sure, "date": today})


def _about_sure(sure):
    """What is wrong with `sure` as a sentence, or None."""
    if sure is None:
        return None
    if sure is ...:
        return "how sure are you? Put a number from 50 to 100 for `sure` and run again."
    number = isinstance(sure, (int, float, np.integer, np.floating)) and not isinstance(
        sure, bool
    )
    if not number or not math.isfinite(sure):
        return f"`sure` is a number from 50 to 100, in per cent, and yours is {sure!r}."
    if 0.5 <= sure <= 1:
        return f"`sure` is in per cent: write {100 * sure:g} for {sure:g}."
    if 0 <= sure < 50:
        return (
            f"`sure` goes from 50 to 100, and yours is {sure:g}. 50 is a coin: if you are "
            "less sure than that, your guess is the other answer."
        )
    if not 50 <= sure <= 100:
        return f"`sure` goes from 50, a coin, to 100, certain. Yours is {sure:g}."
    return None


def reveal(name, answer, *, right=None, within=None):
    """Show the guess beside the answer, once there is a guess in this kernel.

    answer  what is true, or a function without arguments that is called for it: it raises,
            and the answer is "error"; it does not, and a guess of "runs" is right too. Only
            a guess of that kind is told that it runs
    right   where more is right than the answer itself: a list of guesses, or a function of
            the guess
    within  how far from a number a guess may lie; by default a tenth of the number

    Until there is a guess, one line says so, and neither the answer nor the function is
    looked at.
    """
    if name not in _made:
        if name not in _told:
            print(f"{name}: no guess yet. Write one above and run again.")
        return
    value, sure = _made[name]
    text, accepted, answer = _asked(answer, value)
    hit = _is_right(value, answer, accepted, right, within)
    state.keep_guess(name, {"right": hit})
    print(f"{name}: {'right' if hit else 'not this time'}.")
    print(f"    your guess: {_text(value)}" + ("" if sure is None else f" ({sure:g} % sure)"))
    print(f"    the answer: {text}")
    first = state.guesses().get(name, {}).get("value", _plain(value))
    if first != _plain(value):
        print(f"    Your first guess, {_text(first)}, is the one that is kept.")


def guesses():
    """The guesses that were made and answered: a list of dicts with name, sure and right.

    sure is in per cent, right is True or False. Guesses without a `sure` are left out.
    """
    return [
        {"name": name, "sure": float(kept["sure"]), "right": kept["right"]}
        for name, kept in sorted(state.guesses().items())
        if isinstance(kept.get("right"), bool) and _about_sure(kept.get("sure", ...)) is None
        if kept["sure"] is not None
    ]


def _asked(answer, guessed):
    """The answer as text, the words that stand for it, and itself; a function is called."""
    if not callable(answer):
        return _text(answer), [], answer
    try:
        with np.errstate(all="ignore"):
            value = answer()
    except Exception as error:
        return f"error. {type(error).__name__}: {error}", ["error", type(error).__name__], None
    # Beside a guess such as 2.3 'runs' would answer a question that nobody asked.
    about_running = _word(guessed).endswith(("error", "runs"))
    return ("runs. " if about_running else "") + _text(value), ["runs"], value


def _is_right(value, answer, accepted, right, within):
    if right is not None:
        if callable(right):
            return bool(right(value))
        return any(_same(value, each, within) for each in right)
    return _same(value, answer, within) or any(_same(value, word, None) for word in accepted)


def _same(value, answer, within):
    if answer is None:
        return False
    if isinstance(answer, (bool, np.bool_)) or isinstance(value, (bool, np.bool_)):
        return _word(value) == _word(answer)
    mine, true = _number(value), _number(answer)
    if mine is not None and true is not None:
        room = 0.1 * abs(true) if within is None else within
        return abs(mine - true) <= room * (1 + 1e-9)
    try:
        if isinstance(answer, (tuple, list, np.ndarray)):
            return bool(np.array_equal(np.asarray(value), np.asarray(answer)))
    except (TypeError, ValueError):
        return False
    return _word(value) == _word(answer)


def _number(value):
    """A number, from text such as '80 %' too; None where it is none."""
    if isinstance(value, str):
        text = value.replace("−", "-").replace(",", "").strip()
        scale = 0.01 if text.endswith("%") else 1
        try:
            return scale * float(text.rstrip("% "))
        except ValueError:
            return None
    if isinstance(value, (int, float, np.integer, np.floating)):
        return float(value)
    return None


def _word(value):
    word = str(value).strip().rstrip(".").lower()
    return {"yes": "true", "no": "false"}.get(word, word)


def _plain(value):
    """A guess as the progress file can hold it."""
    if isinstance(value, (bool, str, int, float)):
        return value if not isinstance(value, str) else value[:200]
    if isinstance(value, np.generic):
        return value.item()
    return str(value)[:200]


def _text(value):
    return value if isinstance(value, str) else shown(value)
