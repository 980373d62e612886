"""Whatever an answer is or returns, `check` says something and never raises."""

import functools

import numpy as np
import pytest

from digitlib.exercises import check
from digitlib.exercises.model import Wall, chapter, chapters


class Strange:
    """Compares, converts and shows itself to nobody."""

    def __eq__(self, other):
        raise RuntimeError("no")

    __hash__ = None

    def __array__(self, *arguments, **named):
        raise RuntimeError("no")

    def __repr__(self):
        raise RuntimeError("no")

    def __len__(self):
        return -1


def _ring():
    ring = []
    ring.append(ring)
    return ring


RETURNED = {
    "strange": Strange,
    "ring": _ring,
    "ragged": lambda: [[1, 2], [3]],
    "objects": lambda: np.array([None, "x", 3], dtype=object),
    "empty": lambda: np.zeros((0, 3)),
    "text": lambda: "7",
    "bytes": lambda: b"abc",
    "complex": lambda: np.array([1j, 2]),
    "masked": lambda: np.ma.masked_array([1.0, 2.0], mask=[0, 1]),
    "records": lambda: np.zeros(2, dtype=[("a", float), ("b", int)]),
    "dates": lambda: np.array(["2020-01-01"], dtype="datetime64[D]"),
    "huge int": lambda: 10**400,
    "nan": lambda: float("nan"),
    "many axes": lambda: np.zeros((1,) * 20),
    "set": lambda: {1, 2},
    "dict": lambda: {"a": 1},
    "class": lambda: int,
    "nested": lambda: (1, (2, (3, (4,)))),
    "none pair": lambda: (None, None),
    "warning": lambda: UserWarning("x"),
    "big": lambda: np.broadcast_to(1.0, (10**4, 10**4)),
}


async def coroutine(*arguments):
    return 1


class CallsItself:
    def __call__(self, *arguments):
        return self(*arguments)


ANSWERS = {
    "lambda of anything": lambda *arguments: arguments,
    "partial": functools.partial(np.add, 1),
    "ufunc": np.add,
    "class": int,
    "builtin": print,
    "coroutine": coroutine,  # its warning is not let through
    "recursion": CallsItself(),
    "deletes": lambda *arguments: [a.clear() for a in arguments if hasattr(a, "clear")],
    "resizes": lambda *arguments: [a.resize(1, refcheck=False) for a in arguments],
    "raises text": lambda *arguments: (_ for _ in ()).throw(RuntimeError(Strange())),
    "exits": lambda *arguments: exit(3),
    "interrupts": lambda *arguments: (_ for _ in ()).throw(KeyboardInterrupt()),
    "keyword only": lambda *, x: x,
    "strange": Strange(),
    "number": 7,
    "array": np.ones(3),
    "none": None,
}


@pytest.mark.parametrize("number", chapters())
def test_check_never_raises(number, capsys):
    for name, exercise in chapter(number).items():
        everything = dict(ANSWERS)
        for what, value in RETURNED.items():
            everything[f"returns {what}"] = lambda *arguments, value=value: value()
        for what, answer in everything.items():
            wall = isinstance(exercise, Wall)
            given = dict.fromkeys(exercise.reference, answer) if wall else answer
            check(name, given)
            printed = capsys.readouterr().out
            assert f"{name}: " in printed, what
            assert ": right." not in printed, what
            assert len(printed) < 12_000, what
