"""What an exercise is: a reference, its cases, its hints, and the answers people give.

How to add an exercise
----------------------
Write an `Exercise` into EXERCISES of chNN.py, in the notebook's order. Its reference, its
`right` and its `wrong` answers are functions with the reader's parameters, or plain values.
The first case that fails is shown to the reader, so the smallest comes first. The cases have
to catch every wrong answer that the text of the exercise excludes, and let every right one
pass: try twenty before you land it (`python tools/grade.py` tries whole files of them).

How to add a wall of lines
--------------------------
A wall is one exercise of several lines, each judged on its own with the lines before it taken
as right: each line is a small function of everything that it needs, so its cases give it right
values. Write a `Wall` of `Line`s into EXERCISES, in the order in which the reader meets them:

    Wall(
        name="04.wall",
        tested="batches of 1 to 7 images",
        lines=(
            Line(
                name="dW2",
                shape="(10, 10)",
                reference=lambda A1, dZ2: A1.T @ dZ2,
                cases=((A1, dZ2), ...),
                hints=("a nudge", "the formula", "the code"),
                wrong=(Wrong(lambda A1, dZ2: dZ2.T @ A1, "The factors are swapped: ..."),),
                right=(lambda A1, dZ2: np.einsum("ij,ik->jk", A1, dZ2),),
                why="one sentence that is shown when all lines are right",
            ),
            ...
        ),
    )

A reference of more than one statement is a `def`; its name does not matter. `solution` prints
the whole wall as a reader would type it, each lambda with its `shape` as a comment. In the
notebook stand the same lines with `...` for every body, in a cell tagged `exercise`:

    wall = {
        "dW2": lambda A1, dZ2: ...,          # (10, 10)
    }
    backward = check("04.wall", wall)

`backward["dW2"]` is then the reader's function where it is right, and ours where it is not.
The mistakes that people make in *any* line (a product turned over, a mean or a factor left
out, another axis) are named without being stored: store those whose name needs the notebook's
own words, and put sizes into the cases that tell N, inputs, units and classes apart, except
one case in which they are equal, so that a swapped product meets no error. `ch04.py` has the
model of a wall.
"""

import dataclasses
import functools
import importlib
import inspect
import pkgutil
from dataclasses import dataclass, field

import digitlib.exercises
from digitlib.exercises.source import body_of, text_of

# Why a row number has to be whole: `whole` of an exercise whose answer is used as an index.
AS_INDEX = "An index must be whole by its type too: X[2.0] is an error"


@dataclass(frozen=True)
class Wrong:
    """A wrong answer that people really give, and the sentence that names the mistake."""

    answer: object
    message: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Exercise:
    """One exercise. Its reference and answers are functions, or plain values.

    name       "04.leaky_relu_backward": chapter, dot, the name bound in the notebook
    reference  the right answer; `solution` prints its source
    cases      argument tuples, the smallest first: the first that fails is shown
    small      the indices of cases that explain a mistake better than others but ask for more
               than the text: with three classes, say. An answer that is wrong in these alone
               is right
    tested     what the cases cover, for the message 'right'
    hints      a nudge, the formula, the code
    wrong      at least two `Wrong`; several spellings may share one message
    right      other right answers, in other styles, for the tests
    returns    the names of what a tuple holds
    tolerance  the largest relative error that still counts as right
    whole      why 2.0 will not do for 2: told where the numbers are right and are floats. Only
               for what is used as an index or written to a file, where a float breaks or shows
    why        the line of reasoning behind the answer: printed after *right*, by `solution` too
    explain    for a value that no number compares: answer -> what is wrong with it, or None
    look       for results that numbers alone do not explain: (arguments, expected, got) -> what
               is wrong with `got`, or None; asked after the stored mistakes
    """

    name: str
    reference: object
    tested: str
    hints: tuple
    wrong: tuple
    right: tuple
    cases: tuple = ((),)
    small: tuple = ()
    returns: tuple = ()
    tolerance: float = 1e-6
    whole: str = ""
    why: str = ""
    explain: object = None
    look: object = None
    parameters: tuple = field(init=False)

    def __post_init__(self):
        names = inspect.signature(self.reference).parameters if self.is_function else ()
        object.__setattr__(self, "parameters", tuple(names))

    @property
    def key(self):
        """The name without what it is a part of: 'leaky_relu_backward', 'dW2'."""
        return self.name.rpartition(".")[2]

    @property
    def is_function(self):
        return callable(self.reference)

    def source(self, answer=None):
        """The text that a reader would type for `answer` (by default the reference)."""
        answer = self.reference if answer is None else answer
        return text_of(answer) if self.is_function else f"{self.key} = {answer!r}"


@dataclass(frozen=True, kw_only=True, eq=False)
class Line(Exercise):
    """One line of a wall: an exercise whose name is the key that the reader's dict has.

    shape  what stands as a comment beside it: "(784, 10)"
    """

    tested: str = ""
    right: tuple = ()
    shape: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Wall:
    """Several lines of one derivation, each checked on its own.

    name    "04.wall"
    lines   `Line`s in the notebook's order; afterwards they are called "04.wall.dW2"
    tested  what the cases cover, for the message 'right'
    why     what is printed after *right*, beside the `why` of each line
    """

    name: str
    lines: tuple
    tested: str
    why: str = ""

    def __post_init__(self):
        named = tuple(
            dataclasses.replace(line, name=f"{self.name}.{line.name}") for line in self.lines
        )
        object.__setattr__(self, "lines", named)

    @property
    def key(self):
        return self.name.rpartition(".")[2]

    @property
    def reference(self):
        """The whole wall filled in: key -> function."""
        return {line.key: line.reference for line in self.lines}

    def line(self, key):
        """The line of that key, or a LookupError that lists them."""
        for line in self.lines:
            if key == line.key:
                return line
        keys = ", ".join(line.key for line in self.lines)
        raise LookupError(f"{self.name} has no line {key!r}. Its lines are: {keys}")

    def source(self, answers=None):
        """The wall as a reader would type it: key -> function (by default the references)."""
        answers = self.reference if answers is None else answers
        before, rows = [], []
        for line in self.lines:
            answer = answers[line.key]
            text = text_of(answer)
            if not text.startswith("lambda"):
                body = body_of(answer)
                arguments = ", ".join(line.parameters)
                if body is None:
                    before.append(text + "\n\n")
                    text = answer.__name__
                else:
                    text = f"lambda {arguments}: {body}"
            comment = f"  # {line.shape}" if line.shape else ""
            rows.append(f'    "{line.key}": {text},{comment}\n')
        return "".join(before) + f"{self.key} = {{\n" + "".join(rows) + "}"


def parts(exercise):
    """What is judged by itself: the lines of a wall, or the exercise."""
    return exercise.lines if isinstance(exercise, Wall) else (exercise,)


@functools.cache
def chapter(number):
    """The exercises of chapter "04" by name, in the notebook's order; {} where none exist."""
    module = _module(number)
    return {} if module is None else {e.name: e for e in module.EXERCISES}


def title(number):
    """What the notebook of a chapter is about: 'softmax regression'; '' where none exists."""
    module = _module(number)
    first = "" if module is None else module.__doc__.partition("\n")[0]
    return first.partition(": ")[2].rstrip(".")


def _module(number):
    name = f"digitlib.exercises.ch{number}"
    return None if importlib.util.find_spec(name) is None else importlib.import_module(name)


def chapters():
    """The numbers of all chapters that have exercises: ["01", "03", …]."""
    names = (m.name for m in pkgutil.iter_modules(digitlib.exercises.__path__))
    return sorted(name[2:] for name in names if name.startswith("ch") and name[2:].isdigit())


def find(name):
    """The exercise, wall or line of that name, or a LookupError that lists what there is."""
    number, _, rest = name.partition(".") if isinstance(name, str) else ("", "", "")
    own, _, key = rest.partition(".")
    found = chapter(number).get(f"{number}.{own}")
    if found is not None and key:
        found = found.line(key) if isinstance(found, Wall) else None
    if found is None:
        listed = list(chapter(str(name)[:2])) or [f"{number}.…" for number in chapters()]
        raise LookupError(f"there is no exercise {name!r}. There are: {', '.join(listed)}")
    return found
