"""What an exercise is: a reference, its cases, three hints, and the answers people give."""

import functools
import importlib
import inspect
import pkgutil
import textwrap
from dataclasses import dataclass, field

import digitlib.exercises


@dataclass(frozen=True)
class Wrong:
    """A wrong answer that people really give, and the sentence that names the mistake."""

    answer: object
    message: str


@dataclass(frozen=True)
class Exercise:
    """One exercise. Its reference and answers are functions, or plain values.

    name       "03.leaky_relu_backward": chapter, dot, the name bound in the notebook
    reference  the right answer; `solution` prints its source
    cases      argument tuples, the smallest first: the first that fails is shown
    tested     what the cases cover, for the message 'right'
    hints      a nudge, the formula, the code
    wrong      two to four `Wrong`
    right      other right answers, in other styles, for the tests
    returns    the names of what a tuple holds
    tolerance  the largest relative error that still counts as right
    why        for a value: the line of reasoning that `solution` prints
    explain    for a value that no number compares: answer -> what is wrong with it, or None
    """

    name: str
    reference: object
    tested: str
    hints: tuple
    wrong: tuple
    right: tuple
    cases: tuple = ((),)
    returns: tuple = ()
    tolerance: float = 1e-6
    why: str = ""
    explain: object = None
    parameters: tuple = field(init=False)

    def __post_init__(self):
        names = inspect.signature(self.reference).parameters if self.is_function else ()
        object.__setattr__(self, "parameters", tuple(names))

    @property
    def is_function(self):
        return callable(self.reference)

    def source(self, answer=None):
        """The text that a reader would type for `answer` (by default the reference)."""
        answer = self.reference if answer is None else answer
        if not self.is_function:
            return f"{self.name.split('.')[1]} = {answer!r}"
        return textwrap.dedent(inspect.getsource(answer)).rstrip()


@functools.cache
def chapter(number):
    """The exercises of chapter "03" by name, in the notebook's order; {} where none exist."""
    module = f"digitlib.exercises.ch{number}"
    if importlib.util.find_spec(module) is None:
        return {}
    return {e.name: e for e in importlib.import_module(module).EXERCISES}


def chapters():
    """The numbers of all chapters that have exercises: ["01", "03", …]."""
    names = (m.name for m in pkgutil.iter_modules(digitlib.exercises.__path__))
    return sorted(name[2:] for name in names if name.startswith("ch") and name[2:].isdigit())


def find(name):
    """The exercise of that name, or a LookupError that lists what there is."""
    found = chapter(name.partition(".")[0]).get(name) if isinstance(name, str) else None
    if found is None:
        listed = list(chapter(str(name)[:2])) or [f"{number}.…" for number in chapters()]
        raise LookupError(f"there is no exercise {name!r}. There are: {', '.join(listed)}")
    return found
