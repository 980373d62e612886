"""Mutants: the reference with one thing changed, and each change in words.

A wrong answer is often the right one with one thing wrong: a factor left out, a mean for a
sum, another axis, an index one too far. So the reference's own syntax tree is changed in one
place at a time, and where a reader's answer does the same as a mutant in every case, the
change that made the mutant is the reader's mistake, or does the same as it.

The words name the kind of mistake and what it has to do with; the exact part of the reference
is kept apart, for a reader who is wrong a second time.
"""

import ast
import builtins
from dataclasses import dataclass

from digitlib.exercises.source import tree_of

TICKS = 20_000  # turns of all loops together, after which a mutant is given up


@dataclass(frozen=True)
class Mutant:
    """One change of one reference."""

    kind: str  # "factor missing"
    says: str  # the change in words, without the solution
    exact: str  # the part of the reference that was changed
    function: object
    rank: int  # the smaller the more likely: which of several that agree is told


class NeverEnds(Exception):
    """A mutant's loops have turned TICKS times."""


def mutants(function, wanted=None):
    """All mutants of a function, or those whose kind is wanted, best first.

    wanted  kind -> whether it is
    There are none where the function's source is not known.
    """
    try:
        tree = _as_def(tree_of(function))
    except OSError:
        return []
    speaker = _Speaker(tree)
    changes = list(_changes(tree, speaker))
    _count_turns(tree)
    names = {**function.__globals__, "range": _bounded_range}
    made, seen = [], {_code_of(tree)}
    for change in changes:
        if wanted is not None and not wanted(change.kind):
            continue
        change.apply()
        try:
            code = _code_of(tree)
            if code not in seen:
                seen.add(code)
                changed = _run_by(code, names)
                made.append(
                    Mutant(change.kind, change.says, change.exact, changed, change.rank)
                )
        except (SyntaxError, ValueError, TypeError):  # a change that makes no Python
            pass
        finally:
            change.undo()
    return sorted(made, key=lambda mutant: mutant.rank)


def pairs(function, most=30):
    """Mutants with two changes, both of them likely; none of a long function."""
    try:
        tree = _as_def(tree_of(function))
    except OSError:
        return []
    speaker = _Speaker(tree)
    names = {**function.__globals__, "range": _bounded_range}
    made, seen = [], {_code_of(tree)}
    for first in _likely(tree, speaker, most):
        first.apply()
        for second in _likely(tree, speaker, most):
            second.apply()
            try:
                code = _code_of(tree)
                if code not in seen:
                    seen.add(code)
                    says = f"Two things. {first.says} And: {second.says[0].lower()}"
                    made.append(
                        Mutant(
                            "two changes",
                            says + second.says[1:],
                            "",
                            _run_by(code, names),
                            first.rank + second.rank,
                        )
                    )
            except (SyntaxError, ValueError, TypeError):
                pass
            finally:
                second.undo()
        first.undo()
    return sorted(made, key=lambda mutant: mutant.rank)


def _likely(tree, speaker, most):
    """The likeliest changes of expressions, at most so many."""
    found = [c for c in _changes(tree, speaker) if c.rank <= 2 and isinstance(c, _Change)]
    found = [change for change in found if not isinstance(change.old, ast.stmt)]
    return sorted(found, key=lambda change: change.rank)[:most]


def _as_def(node):
    """A lambda as a `def`, and a `def` without decorators and docstring."""
    if isinstance(node, ast.Lambda):
        body, args = [ast.Return(node.body)], node.args
    else:
        body, args = node.body, node.args
        if ast.get_docstring(node) is not None:
            body = body[1:]
    made = ast.FunctionDef("mutant", args, body, [], None, None, lineno=1, col_offset=0)
    if hasattr(made, "type_params"):
        made.type_params = []
    return ast.fix_missing_locations(made)


def _code_of(tree):
    """The compiled module that holds the function; equal for trees that do the same."""
    return compile(ast.Module([tree], []), "<mutant>", "exec")


def _run_by(code, names):
    """The function of that code in the module of the original, its loops' turns counted."""
    turns = [0]

    def tick():
        turns[0] += 1
        if turns[0] > TICKS:
            raise NeverEnds

    known = {**names, "__tick__": tick}
    exec(code, known)
    inner = known["mutant"]

    def mutant(*arguments):
        turns[0] = 0
        return inner(*arguments)

    return mutant


def _count_turns(tree):
    """Let every loop call __tick__ at the start of each turn."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.While, ast.For)):
            call = ast.Call(ast.Name("__tick__", ast.Load()), [], [])
            node.body.insert(0, ast.fix_missing_locations(_at(ast.Expr(call), node)))


def _at(new, old):
    """A new node in the place of an old one.

    As ast.fix_missing_locations, which walks through the old nodes below as well.
    """
    ast.copy_location(new, old)
    place = {name: getattr(old, name, first) for name, first in _PLACE.items()}
    new_ones = [new]
    while new_ones:
        for node in ast.iter_child_nodes(new_ones.pop()):
            if "lineno" in node._attributes:
                if hasattr(node, "lineno"):
                    continue
                vars(node).update(place)
            new_ones.append(node)
    return new


_PLACE = {"lineno": 1, "col_offset": 0, "end_lineno": 1, "end_col_offset": 0}


def _bounded_range(*arguments):
    """A range that no C loop could run through for ever."""
    made = range(*arguments)
    if len(made) > 1_000_000:
        raise NeverEnds
    return made


@dataclass
class _Change:
    """A replacement of one node (or of one statement by several) that can be undone."""

    holder: object  # an AST node or a list
    key: object  # the field or the index
    new: object
    kind: str
    says: str
    exact: str
    rank: int
    old: object
    before: object = None

    def apply(self):
        if isinstance(self.holder, list):
            # By identity: what is counted in the loops has moved the places.
            i = next(i for i, item in enumerate(self.holder) if item is self.old)
            self.before = list(self.holder)
            new = self.new if isinstance(self.new, list) else [self.new]
            self.holder[i : i + 1] = [_at(node, self.old) for node in new]
        else:
            setattr(self.holder, self.key, _at(self.new, self.old))

    def undo(self):
        if isinstance(self.holder, list):
            self.holder[:] = self.before
        else:
            setattr(self.holder, self.key, self.old)


def _places(tree):
    """(holder, key, node) for every node below the tree, arguments' names left out."""
    for node in ast.walk(tree):
        for field, value in ast.iter_fields(node):
            if isinstance(value, ast.AST) and not isinstance(value, (ast.arguments, ast.arg)):
                yield node, field, value
            elif isinstance(value, list) and field not in ("args_", "decorator_list"):
                for i, item in enumerate(value):
                    if isinstance(item, ast.AST) and not isinstance(item, ast.arg):
                        yield value, i, item


# -- words -----------------------------------------------------------------------------------

_QUANTITIES = {
    "sum": "the sum",
    "mean": "the mean",
    "max": "the largest",
    "min": "the smallest",
    "std": "the standard deviation",
    "var": "the variance",
    "norm": "the length",
}
_OPERATIONS = {  # a function of one argument, and what is said when it is left out
    "sqrt": "a root is missing",
    "abs": "the absolute value is missing: a sign gets through",
    "exp": "the exponential is missing",
    "log": "the logarithm is missing",
    "sign": "only the sign should count there, not the size",
    "tanh": "the tanh is missing",
    "ceil": "you do not round up to a whole number",
    "floor": "you do not round down to a whole number",
    "round": "you do not round to the nearest whole number",
    "rint": "you do not round to the nearest whole number",
    "int": "it has to be a whole number, and the decimals are still there",
    "square": "a square is missing",
    "ravel": "an array has to be flattened first",
    "cumsum": "a running sum is missing",
    "diagonal": "the diagonal has to be taken first",
    "diag": "the diagonal has to be taken first",
    "len": "a length is meant, and the thing itself stands there",
    "unique": "every value should count once",
    "sorted": "it has to be sorted first",
    "sort": "it has to be sorted first",
    "argsort": "the order of the entries is wanted, not the entries",
    "flatnonzero": "the places where it is true are wanted",
    "sum": "a sum is missing",
    "mean": "a mean is missing",
    "max": "a maximum is missing",
    "min": "a minimum is missing",
    "float": "a change to floats is missing",
    "softmax": "a softmax is missing",
    "all": "you count or take single entries: whether it holds for all of a row or column is "
    "to be asked first",
    "any": "you count or take single entries: whether it holds for any of a row or column is "
    "to be asked first",
    "arctanh": "the inverse tanh is missing",
    "unravel_index": "a place in the flattened array is not a row and a column yet",
    "relu": "the ReLU is missing",
}
_TWINS = (  # functions that are taken for one another, and how the mistake is told
    ("sum", "mean", "You take the mean where the sum belongs."),
    (
        "mean",
        "sum",
        "You take the sum where the mean belongs: a division by the number of "
        "things is missing.",
    ),
    ("sum", "max", "You take the largest where the sum belongs."),
    ("mean", "std", "You take the standard deviation where the mean belongs."),
    ("max", "min", "You take the smallest where the largest belongs."),
    ("min", "max", "You take the largest where the smallest belongs."),
    ("max", "mean", "You take the mean where the largest belongs."),
    ("mean", "median", "You take the median where the mean belongs."),
    ("mean", "max", "You take the largest where the mean belongs."),
    ("max", "sum", "You take the sum where the largest belongs."),
    ("argmax", "argmin", "You look for the smallest where the largest is wanted."),
    ("argmin", "argmax", "You look for the largest where the smallest is wanted."),
    ("argmax", "max", "You return the largest value itself. Its place is wanted."),
    ("argmin", "min", "You return the smallest value itself. Its place is wanted."),
    (
        "nanargmin",
        "argmin",
        "You do not leave out NaN: for NumPy's argmin a NaN is the smallest of all.",
    ),
    ("nanargmin", "nanargmax", "You look for the largest where the smallest is wanted."),
    ("any", "all", "You ask for all where one is enough."),
    ("all", "any", "You are content with one where all are asked for."),
    ("ceil", "floor", "You round down, and it has to be rounded up."),
    ("ceil", "round", "You round to the nearest, and it has to be rounded up."),
    ("ceil", "int", "You cut the decimals off, and it has to be rounded up."),
    ("floor", "ceil", "You round up, and it has to be rounded down."),
    ("round", "int", "You cut the decimals off, and the nearest whole number is wanted."),
    ("round", "ceil", "You round up, and the nearest whole number is wanted."),
    ("rint", "floor", "You cut the decimals off, and the nearest whole number is wanted."),
    (
        "std",
        "var",
        "You take the variance where the standard deviation belongs: a root is missing.",
    ),
    ("var", "std", "You take the standard deviation where the variance belongs."),
    ("maximum", "minimum", "You take the smaller of two where the larger belongs."),
    ("minimum", "maximum", "You take the larger of two where the smaller belongs."),
    ("exp", "log", "You take the logarithm where the exponential belongs."),
    ("log", "log2", "You take the logarithm to the base 2. The natural one is meant."),
    ("log", "log10", "You take the logarithm to the base 10. The natural one is meant."),
    ("log", "exp", "You take the exponential where the logarithm belongs."),
    ("sqrt", "square", "You square where the root belongs."),
    ("sign", "abs", "You take the size where the sign belongs."),
    ("abs", "sign", "You take the sign where the size belongs."),
    ("triu", "tril", "You keep the lower half where the upper half belongs."),
    (
        "repeat",
        "tile",
        "You lay copies side by side where each entry should be repeated in its place.",
    ),
    ("zeros", "ones", "You begin with ones where zeros belong."),
    ("zeros_like", "ones_like", "You begin with ones where zeros belong."),
    ("sin", "cos", "You take the cosine where the sine belongs."),
    ("cos", "sin", "You take the sine where the cosine belongs."),
    ("outer", "inner", "You take the inner product where the outer one belongs."),
    ("cumsum", "sum", "You take one sum over everything where a running sum belongs."),
)
_ORDERS = {"argsort", "permutation"}
_FIXED_CASES = {"keepdims", "where", "dtype", "out"}


class _Speaker:
    """Speaks of parts of one reference in terms of its parameters, which the reader knows."""

    def __init__(self, tree):
        args = tree.args
        self.parameters = [a.arg for a in (*args.posonlyargs, *args.args, *args.kwonlyargs)]
        self.depends = {name: {name} for name in self.parameters}
        self.meant, given = {}, []
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                given.append(node.id)
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                if given.count(name) == 1 and name not in self.parameters:
                    self.meant[name] = node.value  # a local that has one meaning
        self.below = {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
            for part in _factors(node.right)
        }
        for _ in range(3):  # locals depend on what their right-hand sides hold
            for node in ast.walk(tree):
                value = getattr(node, "value", None) or getattr(node, "iter", None)
                targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
                if value is None or targets == [None]:
                    continue
                names = [n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)]
                found = self._names(value)
                for name in names:
                    self.depends.setdefault(name, set()).update(found)

    def _names(self, node):
        found = set()
        for each in ast.walk(node):
            if isinstance(each, ast.Name):
                found |= self.depends.get(each.id, set())
        return found

    def about(self, node):
        """'`w`', '`dA` and `Z`', or '' where it is nothing or too much to be of use."""
        names = [name for name in self.parameters if name in self._names(node)]
        if not names or len(names) > 2 or len(names) == len(self.parameters) > 1:
            return ""
        return " and ".join(f"`{name}`" for name in names)

    def simple(self, node):
        """The part in words where it is simple enough to be named at once, else ''."""
        if isinstance(node, ast.Name):
            if node.id in self.meant:
                return self.simple(self.meant[node.id])
            return f"`{node.id}`" if node.id in self.parameters else ""
        if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
            return f"{node.value:g}"
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
            squared = isinstance(node.right, ast.Constant) and node.right.value == 2
            base = self.simple(node.left)
            return f"the square of {base}" if squared and base else ""
        if isinstance(node, ast.Call):
            name = _called(node)
            if name == "len" and node.args and self.simple(node.args[0]):
                return f"the number of rows of {self.simple(node.args[0])}"
            subject = (
                node.func.value
                if isinstance(node.func, ast.Attribute) and not _is_numpy(node.func.value)
                else node.args[0]
                if node.args
                else None
            )
            two = name in ("max", "min") and len(node.args) > 1
            if name in _QUANTITIES and subject is not None and not two:
                return f"{_QUANTITIES[name]} of {self.simple(subject) or 'a value in between'}"
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute):
            owner, index = node.value, node.slice
            known = isinstance(index, ast.Constant) and self.simple(owner.value)
            if owner.attr == "shape" and known and index.value in (0, 1):
                what = ("rows", "columns")[index.value]
                return f"the number of {what} of {self.simple(owner.value)}"
        if isinstance(node, ast.Subscript) and isinstance(node.slice, (ast.Tuple, ast.Slice)):
            return self.simple(node.value)  # w[:, None] is w
        if isinstance(node, ast.Attribute) and node.attr == "size":
            owner = self.simple(node.value)
            return f"the number of entries of {owner}" if owner else ""
        if isinstance(node, ast.Attribute) and node.attr == "T":
            return self.simple(node.value)
        return ""

    def part(self, node, article, what):
        """'The factor `w`', or 'A factor that has to do with `w` and `Z`', or 'A factor'."""
        simple = self.simple(node)
        if simple:
            return f"The {what} {simple}"
        about = self.about(node)
        return f"{article} {what}" + (f" that has to do with {about}" if about else "")


def _each(targets, value):
    """(target, source) pairs: those of `for k, s in zip(a, b)` are taken apart."""
    for target in targets:
        sources = value.args if _called(value) == "zip" else getattr(value, "elts", ())
        if isinstance(target, ast.Tuple) and len(sources) == len(target.elts):
            yield from zip(target.elts, sources)
        else:
            yield target, value


def _factors(node):
    """A node and, where it is a product, all that is multiplied in it."""
    yield node
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        yield from _factors(node.left)
        yield from _factors(node.right)


def _called(node):
    """The bare name of what is called: 'sum' for np.sum(...) and for x.sum(...)."""
    if isinstance(node, ast.Call):
        func = node.func
        return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
    return ""


def _is_numpy(node):
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id in ("np", "numpy", "math", "digitlib")


def _code(node):
    return ast.unparse(node)


# -- changes ---------------------------------------------------------------------------------


def _changes(tree, speaker):
    """Every change of one thing, each with its words."""
    for holder, key, node in list(_places(tree)):
        makers = {
            ast.BinOp: _of_operation,
            ast.UnaryOp: _of_sign,
            ast.Compare: _of_comparison,
            ast.Call: _of_call,
            ast.Constant: _of_constant,
            ast.Name: _of_name,
            ast.Attribute: _of_attribute,
            ast.Subscript: _of_subscript,
            ast.IfExp: _of_choice,
            ast.BoolOp: _of_bool,
            ast.Tuple: _of_tuple,
            ast.If: _of_if,
            ast.Assign: _of_statement,
            ast.AugAssign: _of_statement,
            ast.Expr: _of_statement,
            ast.Return: _of_return,
            ast.comprehension: _of_comprehension,
        }
        maker = makers.get(type(node))
        if maker is None or (isinstance(node, (ast.Name, ast.Tuple)) and _is_target(node)):
            continue
        if isinstance(node, ast.Constant) and _is_setting(holder):
            continue
        makers_here, exact = [maker], None
        if isinstance(node, (ast.BinOp, ast.Call)) and _called(node) != "range":
            makers_here.append(_inserted)
        for new, kind, says, rank in _all_of(makers_here, node, speaker):
            if (
                isinstance(node, ast.stmt) and isinstance(holder, list) and new is not None
            ) or not isinstance(node, ast.stmt):
                exact = _exact(node) if exact is None else exact
                yield _Change(holder, key, new, kind, says, exact, rank, node)
    yield from _exchanged_steps(tree)


def _all_of(makers, node, speaker):
    for maker in makers:
        yield from maker(node, speaker)


def _inserted(node, speaker):
    """A function too many, around a part."""
    part = speaker.simple(node) or speaker.about(node)
    about = f" (it has to do with {part})." if part else "."
    yield (
        _binop(node, ast.Pow(), ast.Constant(2)),
        "inserted",
        (f"Something is squared that should not be{about}"),
        7,
    )
    yield _call("sqrt", node), "inserted", f"A root is taken that should not be{about}", 7
    yield (
        _call("abs", node),
        "inserted",
        (f"A sign is lost: an absolute value is taken that should not be{about}"),
        8,
    )
    takes = f"You take 1 less something where it itself belongs{about}"
    less = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub)
    if less and getattr(node.left, "value", None) == 1:  # 1 - (1 - a) is a
        takes = f"You take something itself where 1 less it belongs{about}"
    yield _binop(ast.Constant(1), ast.Sub(), node), "inserted", takes, 8
    yield (
        _binop(ast.Constant(2), ast.Mult(), node),
        "inserted",
        (f"Something counts twice that should count once{about}"),
        8,
    )
    yield (
        _binop(node, ast.Div(), ast.Constant(2)),
        "inserted",
        (f"Something is halved that should count in full{about}"),
        8,
    )


def _exact(node):
    """What stood there, for the second try."""
    return (
        _code(node) if not isinstance(node, ast.comprehension) else "if " + _code(node.ifs[0])
    )


def _is_target(node):
    return isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del))


def _is_setting(holder):
    return isinstance(holder, ast.keyword) and holder.arg in _FIXED_CASES


def _binop(left, op, right):
    return ast.BinOp(left, op, right)


def _of_operation(node, speaker):
    a, b, op = node.left, node.right, node.op
    part, simple = speaker.part, speaker.simple
    if isinstance(op, ast.Mult):
        below = id(node) in speaker.below
        for kept, lost in ((a, b), (b, a)):
            says = part(lost, "A", "factor") + " is missing."
            if below:
                says = _not_divided(speaker, lost)
            yield kept, "factor missing", says, 1
        if isinstance(a, ast.Name) and isinstance(b, ast.Name):
            says = f"You take a matrix product of {simple(a)} and {simple(b)}. They are "
            says += "multiplied entry by entry, with *."
            for one, two in ((a, b), (b, a)):
                turned = ast.Attribute(two, "T", ast.Load())
                yield _binop(one, ast.MatMult(), turned), "matrix product", says, 3
        for one, two in ((a, b), (b, a)):
            word = simple(two) or "a factor"
            rooted = f"{word[0].upper()}{word[1:]} stands under a root, and should not."
            yield _binop(one, op, _call("sqrt", two)), "root added", rooted, 5
            squared = f"{word[0].upper()}{word[1:]} is squared, and should not be."
            yield (
                _binop(one, op, _binop(two, ast.Pow(), ast.Constant(2))),
                "square added",
                (squared),
                5,
            )
            word = f" by {simple(two)}" if simple(two) else ""
            says = f"You divide{word} where you should multiply."
            if below:
                says = f"You multiply{word} where you should divide."
            yield _binop(one, ast.Div(), two), "divided", says, 3
        yield (
            _binop(a, ast.Add(), b),
            "added",
            ("You add two things that should be multiplied."),
            4,
        )
        yield (
            _binop(a, ast.Sub(), b),
            "added",
            ("You subtract two things that should be multiplied."),
            6,
        )
        for one, two in ((a, b), (b, a)):
            if isinstance(one, ast.BinOp) and isinstance(one.op, (ast.Add, ast.Sub)):
                inner = _binop(one.right, ast.Mult(), two)
                says = _brackets(speaker, one, "multiplied")
                yield _binop(one.left, one.op, inner), "brackets", says, 3
                inner = _binop(one.left, ast.Mult(), two)
                yield _binop(inner, one.op, one.right), "brackets", says, 3
    elif isinstance(op, ast.Div):
        named = simple(b)
        yield a, "division missing", _not_divided(speaker, b), 1
        says = f"You subtract{f' {named}' if named else ''} where you should divide."
        yield _binop(a, ast.Sub(), b), "subtracted", says, 4
        if named:
            says = f"You use {named} where something divided by it belongs."
            yield b, "numerator missing", says, 5
        says = f"You multiply{f' by {named}' if named else ''} where you should divide."
        yield _binop(a, ast.Mult(), b), "multiplied", says, 2
        yield _binop(b, ast.Div(), a), "upside down", "Your fraction is upside down.", 2
        yield (
            _binop(a, ast.FloorDiv(), b),
            "whole division",
            ("You divide with //, which throws the fraction away."),
            3,
        )
        if isinstance(a, ast.BinOp) and isinstance(a.op, (ast.Add, ast.Sub)):
            says = _brackets(speaker, a, "divided")
            inner = _binop(a.right, ast.Div(), b)
            yield _binop(a.left, a.op, inner), "brackets", says, 3
            inner = _binop(a.left, ast.Div(), b)
            yield _binop(inner, a.op, a.right), "brackets", says, 3
        if isinstance(b, ast.BinOp):
            says = (
                "Brackets are missing below the fraction: everything that belongs to the "
                "denominator has to be in them."
            )
            first = _binop(a, ast.Div(), b.left)
            yield _binop(first, b.op, b.right), "brackets", says, 2
            twice = _binop(a, ast.Div(), b)
            for inner in (b.left, b.right):
                yield (
                    _binop(twice, ast.Div(), inner),
                    "divided twice",
                    ("You divide once too often."),
                    6,
                )
        yield (
            _binop(_binop(a, ast.Div(), b), ast.Div(), b),
            "divided twice",
            (f"You divide by {named or 'the same thing'} twice."),
            4,
        )
        yield (
            _binop(a, ast.Div(), _call("sqrt", b)),
            "root added",
            (
                f"You divide by the root of {named or 'something'} where the "
                f"thing itself belongs."
            ),
            5,
        )
    elif isinstance(op, (ast.Add, ast.Sub)):
        minus = isinstance(op, ast.Sub)
        if isinstance(b, ast.Constant) and b.value == 1:
            word = "less" if minus else "more"
            if simple(a):
                says = f"You use {simple(a)} where one {word} than that belongs."
            else:
                says = f"A 1 has to be {'subtracted' if minus else 'added'} somewhere."
        elif minus and simple(b):
            says = f"{simple(b)[0].upper()}{simple(b)[1:]} has to be subtracted, and is not."
        else:
            says = part(b, "A", "term") + " is missing."
        yield a, "term missing", says, 1
        if isinstance(b, ast.BinOp) and isinstance(b.op, ast.Mult):
            for kept, factor in ((b.left, b.right), (b.right, b.left)):
                whole = _binop(_binop(a, op, kept), ast.Mult(), factor)
                what = simple(factor) or "a factor"
                yield (
                    whole,
                    "brackets",
                    (
                        f"{what[0].upper()}{what[1:]} multiplies everything, and it "
                        f"belongs to one "
                        "term only."
                    ),
                    3,
                )
                moved = _binop(_binop(a, ast.Mult(), factor), op, kept)
                yield (
                    moved,
                    "wrong term",
                    (f"{what[0].upper()}{what[1:]} multiplies the wrong term."),
                    3,
                )
        for side, other, first in ((b, a, False), (a, b, True)):
            if isinstance(side, ast.BinOp) and isinstance(side.op, ast.Pow):
                inner = _binop(side.left, op, other) if first else _binop(other, op, side.left)
                what = simple(side.left) or "one part of it"
                yield (
                    _binop(inner, side.op, side.right),
                    "bracket squared",
                    (f"The power is taken of the whole bracket. Only {what} is to be raised."),
                    2,
                )
        if minus:
            lost = part(a, "A", "term") + " is missing, from which the rest is subtracted."
            yield ast.UnaryOp(ast.USub(), b), "term missing", lost, 3
            yield b, "term missing", lost, 4
            yield (
                _binop(b, op, a),
                "wrong way round",
                (
                    "A difference is taken the wrong way round: what is to be "
                    "subtracted from what?"
                ),
                1,
            )
        else:
            yield b, "term missing", part(a, "A", "term") + " is missing.", 1
            yield _binop(b, ast.Sub(), a), "sign", _sign(speaker, a, False), 4
        other = ast.Add() if minus else ast.Sub()
        yield _binop(a, other, b), "sign", _sign(speaker, b, minus), 2
        yield (
            _binop(a, ast.Mult(), b),
            "multiplied",
            (
                "You multiply two things that should be "
                + ("subtracted." if minus else "added up.")
            ),
            4,
        )
        if minus:
            yield (
                _call("abs", _binop(a, op, b)),
                "abs added",
                ("You take the absolute value of a difference whose sign counts."),
                5,
            )
            yield (
                _binop(a, ast.Div(), b),
                "divided",
                ("You divide where a difference is wanted."),
                5,
            )
    elif isinstance(op, ast.Pow):
        power = b.value if isinstance(b, ast.Constant) else None
        if power == 2:
            says = "A square is missing" + (
                f" ({_of(speaker, a)})." if _of(speaker, a) else "."
            )
            yield a, "square missing", says, 1
            if isinstance(a, ast.BinOp) and isinstance(a.op, (ast.Add, ast.Sub)):
                first, second = (_binop(side, op, b) for side in (a.left, a.right))
                yield (
                    _binop(first, a.op, second),
                    "bracket squared",
                    (
                        "Each part is squared on its own. The bracket as a whole is "
                        "to be squared."
                    ),
                    2,
                )
            yield (
                _call("abs", a),
                "square missing",
                ("You take the absolute value where the square belongs."),
                2,
            )
            yield (
                _binop(ast.Constant(2), ast.Mult(), a),
                "doubled",
                ("You double where you should square."),
                3,
            )
            yield _binop(a, op, ast.Constant(3)), "power", "A power is one too high.", 4
            yield _binop(a, op, ast.Constant(4)), "power", "You square twice.", 5
        else:
            yield a, "power missing", "A power is missing.", 2
            yield (
                _binop(a, ast.Mult(), b),
                "multiplied",
                ("You multiply where a power is meant (** and not *)."),
                3,
            )
            for shift, word in ((1, "high"), (-1, "low")):
                shifted = _binop(b, ast.Add(), ast.Constant(shift))
                yield (
                    _binop(a, op, shifted),
                    "power",
                    (
                        f"A power is one too {word}: count how often the factor has been "
                        "multiplied on."
                    ),
                    2,
                )
    elif isinstance(op, ast.MatMult):
        yield (
            _binop(b, op, a),
            "product turned",
            ("The two factors of a matrix product are exchanged."),
            2,
        )
        turned = ast.Attribute(b, "T", ast.Load())
        yield (
            _binop(a, op, turned),
            "transpose",
            (
                "In a matrix product the sum runs along the wrong index: one factor has to be "
                "turned over, or is, and should not be."
            ),
            2,
        )
        turned = ast.Attribute(a, "T", ast.Load())
        yield (
            _binop(turned, op, b),
            "transpose",
            (
                "In a matrix product the sum runs along the wrong index: one factor has to be "
                "turned over, or is, and should not be."
            ),
            2,
        )
        yield (
            _binop(a, ast.Mult(), b),
            "elementwise",
            ("You multiply entry by entry where a matrix product belongs."),
            2,
        )
        yield (
            a,
            "product missing",
            (f"A matrix product with {simple(b) or 'another array'} is missing."),
            4,
        )
    elif isinstance(op, ast.FloorDiv):
        yield (
            _binop(a, ast.Div(), b),
            "true division",
            ("You divide in full. Whole numbers are counted there: //."),
            2,
        )
        yield (
            _binop(a, ast.Mod(), b),
            "remainder",
            ("You take the remainder where the whole quotient belongs."),
            3,
        )
        up = ast.UnaryOp(ast.USub(), _binop(ast.UnaryOp(ast.USub(), a), op, b))
        yield up, "rounded up", "You round up where it has to be rounded down.", 3
        yield (
            a,
            "division missing",
            (f"The division by {simple(b) or 'something'} is missing."),
            2,
        )
        if isinstance(a, ast.BinOp) and isinstance(a.op, (ast.Add, ast.Sub)):
            says = _brackets(speaker, a, "divided")
            inner = _binop(a.right, op, b)
            yield _binop(a.left, a.op, inner), "brackets", says, 3
    elif isinstance(op, ast.Mod):
        yield (
            _binop(a, ast.FloorDiv(), b),
            "quotient",
            ("You take the whole quotient where the remainder belongs."),
            3,
        )
        yield a, "remainder missing", "You do not take the remainder.", 2
    elif isinstance(op, (ast.BitAnd, ast.BitOr)):
        other = ast.BitOr() if isinstance(op, ast.BitAnd) else ast.BitAnd()
        asks = "both hold" if isinstance(op, ast.BitAnd) else "one of them holds"
        yield _binop(a, other, b), "and/or", f"Two conditions: it counts where {asks}.", 2
        for kept, lost in ((a, b), (b, a)):
            about = speaker.about(lost)
            yield (
                kept,
                "condition missing",
                ("A condition is missing" + (f", on {about}." if about else ".")),
                1,
            )


def _not_divided(speaker, node):
    """What is said where a division by this part is left out."""
    named = speaker.simple(node)
    if named.startswith("the number of rows"):
        return (
            f"The division by {named} is missing: that is the sum over all of them, where the "
            "mean belongs."
        )
    if named:
        return f"The division by {named} is missing."
    about = speaker.about(node)
    more = f", by something that has to do with {about}." if about else "."
    return "A division is missing" + more


def _of(speaker, node):
    """'of `A`', for a square or a root."""
    about = speaker.simple(node) or speaker.about(node)
    return (
        f"of {about}" if speaker.simple(node) else f"it has to do with {about}" if about else ""
    )


def _brackets(speaker, node, what):
    return (
        f"Brackets are missing: only one part is {what}, and the whole "
        f"{'sum' if isinstance(node.op, ast.Add) else 'difference'} should be."
    )


def _sign(speaker, node, minus):
    named = speaker.simple(node)
    do = "subtracted" if minus else "added"
    if named:
        return f"A sign is the wrong way round: {named} has to be {do}."
    about = speaker.about(node)
    return "One term has the wrong sign" + (f": it has to do with {about}." if about else ".")


def _call(name, *arguments):
    """np.name(...) in a reference; every chapter imports numpy as np."""
    return ast.Call(
        ast.Attribute(ast.Name("np", ast.Load()), name, ast.Load()), list(arguments), []
    )


def _of_sign(node, speaker):
    if isinstance(node.op, ast.USub) and not isinstance(node.operand, ast.Constant):
        yield node.operand, "sign", "A minus sign is missing.", 1
    elif isinstance(node.op, (ast.Not, ast.Invert)):
        yield node.operand, "negation", "A condition is turned round: a `not` is missing.", 2


_TURNED = {
    ast.Lt: (ast.Gt, ast.LtE),
    ast.Gt: (ast.Lt, ast.GtE),
    ast.LtE: (ast.GtE, ast.Lt),
    ast.GtE: (ast.LtE, ast.Gt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}


def _of_comparison(node, speaker):
    kind = type(node.ops[0])
    for other in _TURNED.get(kind, ()):
        new = ast.Compare(node.left, [other(), *node.ops[1:]], node.comparators)
        turned = kind in (ast.Eq, ast.NotEq) or (kind in (ast.Lt, ast.LtE)) != (
            other in (ast.Lt, ast.LtE)
        )
        if turned:
            yield new, "comparison", "A comparison is the wrong way round.", 2
            continue
        taken = other in (ast.LtE, ast.GtE)
        yield (
            new,
            "boundary",
            (
                "The case of equality goes the wrong way: you "
                + (
                    "include it, and it does not count."
                    if taken
                    else "leave it out, and it counts."
                )
            ),
            2,
        )
    if kind is ast.Eq:
        yield (
            ast.Compare(node.left, [ast.Gt()], node.comparators),
            "comparison",
            ("It happens one too late: it has to happen at equality, not beyond it."),
            6,
        )
    if len(node.ops) == 1:
        for say in (True, False):
            yield ast.Constant(say), "always", _missing_case(speaker, node), 5


def _missing_case(speaker, test):
    about = speaker.about(test)
    return (
        "A distinction is missing: you treat all alike, and what is right depends on a "
        "condition" + (f" on {about}." if about else ".")
    )


def _of_call(node, speaker):
    name = _called(node)
    func, arguments = node.func, node.args
    method = isinstance(func, ast.Attribute) and not _is_numpy(func.value)
    subject = func.value if method else arguments[0] if arguments else None
    for here, there, says in _TWINS:
        if name == here:
            twin = _renamed(node, there)
            if twin is not None:
                yield twin, f"{there} for {here}", says, 1
    axis = next((k for k in node.keywords if k.arg == "axis"), None)
    if axis is not None:
        yield from _other_axes(node, axis, name, speaker)
    named = speaker.simple(subject) if subject is not None else ""
    if name in ("sum", "mean", "max") and axis is None and named:
        counted = ast.Call(ast.Name("len", ast.Load()), [subject], [])
        yield (
            counted,
            "count",
            (
                f"You use the number of entries of {named} where "
                f"{_QUANTITIES[name]} of them belongs."
            ),
            1,
        )
    if subject is not None and name in _OPERATIONS and name not in ("float",):
        about = speaker.about(subject)
        says = _OPERATIONS[name]
        where = f" (it has to do with {about})" if about else ""
        rank = 1 if name in ("sqrt", "abs", "ceil", "int", "round", "exp", "log") else 3
        yield subject, f"{name} missing", f"{says[0].upper()}{says[1:]}{where}.", rank
    ddof = next((k for k in node.keywords if k.arg == "ddof"), None)
    if ddof is not None:
        without = ast.Call(func, arguments, [k for k in node.keywords if k is not ddof])
        yield (
            without,
            "ddof",
            (
                "You divide by the number of things. Measured from their own "
                "mean, they look too "
                "close together: divide by one less."
            ),
            1,
        )
    if name in ("var", "std") and ddof is None:
        extra = ast.keyword("ddof", ast.Constant(1))
        yield (
            ast.Call(func, arguments, [*node.keywords, extra]),
            "ddof",
            (
                "You divide by one less than the number of things (ddof=1). "
                "Here the plain mean "
                "of the squares is meant."
            ),
            2,
        )
    if name == "where" and len(arguments) == 3:
        test, yes, no = arguments
        yield (
            ast.Call(func, [test, no, yes], []),
            "branches",
            ("The two branches of a choice are exchanged."),
            2,
        )
        for kept in (yes, no):
            yield kept, "always", _missing_case(speaker, test), 2
    elif name in ("maximum", "minimum", "max", "min") and not method and len(arguments) == 2:
        for kept, lost in ((arguments[0], arguments[1]), (arguments[1], arguments[0])):
            word = speaker.simple(lost)
            limit = f"a limit is missing, at {word}" if word else "a limit is missing"
            side = "below" if name in ("maximum", "max") else "above"
            yield (
                kept,
                "limit missing",
                (f"{limit[0].upper()}{limit[1:]}: nothing stops your values {side} it."),
                1,
            )
    elif name == "clip" and len(arguments) >= 2:
        yield (
            (subject if method else arguments[0]),
            "limit missing",
            ("A limit is missing: nothing keeps your values in their range."),
            1,
        )
    elif name == "range":
        yield from _other_ranges(node)
    elif len(arguments) == 2 and not node.keywords and name not in ("isinstance",):
        yield (
            ast.Call(func, arguments[::-1], []),
            "arguments",
            (f"Two arguments of `{name}` are exchanged."),
            5,
        )
    if name in ("astype", "copy"):
        yield (
            func.value,
            f"{name} missing",
            (
                "You work on the array that came in, not on a copy of it."
                if name == "copy"
                else "A change of the type is missing: the numbers do not fit into theirs."
            ),
            4,
        )
    if name == "permutation":
        yield (
            _call("arange", *arguments),
            "not shuffled",
            ("The rows keep their old order: nothing is shuffled."),
            2,
        )


def _renamed(node, there):
    func = node.func
    if isinstance(func, ast.Attribute):
        if _is_numpy(func.value) and not isinstance(func.value, ast.Attribute):
            if there in ("int", "round"):
                return ast.Call(ast.Name(there, ast.Load()), node.args[:1], [])
            return ast.Call(
                ast.Attribute(ast.Name("np", ast.Load()), there, ast.Load()),
                node.args,
                node.keywords,
            )
        if there in ("int", "square", "tile", "inner", "median"):
            return None
        return ast.Call(ast.Attribute(func.value, there, ast.Load()), node.args, node.keywords)
    if hasattr(builtins, there):
        return ast.Call(ast.Name(there, ast.Load()), node.args, node.keywords)
    return ast.Call(
        ast.Attribute(ast.Name("np", ast.Load()), there, ast.Load()), node.args, node.keywords
    )


_VERBS = {
    "sum": "sum",
    "mean": "take the mean",
    "max": "take the largest",
    "min": "take the smallest",
    "argmax": "look for the largest",
    "argmin": "look for the smallest",
    "std": "take the standard deviation",
    "var": "take the variance",
    "any": "ask for any",
    "all": "ask for all",
    "norm": "take the length",
    "cumsum": "sum up",
    "softmax": "normalise",
    "repeat": "repeat",
}
_ALONG = {0: "down the columns (axis 0)", 1: "along the rows (axis 1)", 2: "along axis 2"}


def _other_axes(node, axis, name, speaker):
    verb = _VERBS.get(name, "go")
    current = axis.value.value if isinstance(axis.value, ast.Constant) else None
    if isinstance(axis.value, ast.UnaryOp):
        current = -axis.value.operand.value
    for other in (0, 1, 2):
        if other == current:
            continue
        keywords = [
            ast.keyword("axis", ast.Constant(other)) if k is axis else k for k in node.keywords
        ]
        yours, right = _ALONG[other], _ALONG.get(current, "along another axis")
        yield (
            ast.Call(node.func, node.args, keywords),
            "axis",
            (f"You {verb} {yours}, where it should be {right}."),
            1,
        )
    keywords = [k for k in node.keywords if k is not axis]
    keep = [k for k in keywords if k.arg != "keepdims"]
    says = (
        f"You {verb} over everything. It should be done {_ALONG.get(current, 'along one axis')}"
    )
    for kept in (keywords, keep):
        yield ast.Call(node.func, node.args, kept), "no axis", says + " only.", 1


def _other_ranges(node):
    arguments = node.args
    start = arguments[0] if len(arguments) > 1 else ast.Constant(0)
    stop = arguments[1] if len(arguments) > 1 else arguments[0]
    step = arguments[2:]
    for by, word in ((1, "one turn too late"), (-1, "one turn too early")):
        moved = _binop(stop, ast.Add(), ast.Constant(by))
        yield ast.Call(node.func, [start, moved, *step], []), "range", f"A loop ends {word}.", 3
    for by, word in ((1, "one too late"), (-1, "one too early")):
        moved = _binop(start, ast.Add(), ast.Constant(by))
        yield (
            ast.Call(node.func, [moved, stop, *step], []),
            "range",
            f"A loop begins {word}.",
            3,
        )


def _of_constant(node, speaker):
    value = node.value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        if isinstance(value, bool):
            yield ast.Constant(not value), "constant", "A choice is the wrong way round.", 6
        return
    if isinstance(value, int):
        for other in (value + 1, value - 1):
            if value > 1:
                yield ast.Constant(other), "constant", _acts_like(value, other), 4
                continue
            yield (
                ast.Constant(other),
                "off by one",
                (
                    "Something is off by one: a count, an index or a constant is one too "
                    + ("high." if other > value else "low.")
                ),
                4,
            )
        if value == 2:
            yield (
                ast.Constant(0.5),
                "constant",
                "A 2 should be there, and is the wrong way up.",
                5,
            )
            yield ast.Constant(4), "constant", "A 2 is squared, and should not be.", 5
        if value not in (0, 1, 2, 255, 256):
            yield ast.Constant(0), "constant", f"The constant {value} has no effect.", 5
            for other in (2 * value, value / 2, 10 * value, value / 10):
                yield ast.Constant(other), "constant", _acts_like(value, other), 5
        if value == 255:
            yield ast.Constant(256), "constant", _acts_like(value, 256), 2
            yield ast.Constant(100), "constant", _acts_like(value, 100), 4
        return
    others = {1.96: (1.0, 2.0, 1.64, 1.645, 2.58, 3.0), 0.5: (1.0, 2.0, 0.25), 1.0: (2.0, 0.5)}
    for other in others.get(value, (2 * value, value / 2, 1.0) if value else ()):
        yield ast.Constant(other), "constant", _acts_like(value, other), 5


def _acts_like(value, other):
    if abs(other - value) == 1 and value > 2:
        return (
            f"A constant is off by one, or a comparison takes equality the wrong way: yours "
            f"acts like {other:g}, where {value:g} belongs."
        )
    return (
        f"A constant is not the right one: yours acts like {other:g}, where {value:g} belongs."
    )


def _of_name(node, speaker):
    """One argument in the place of another."""
    if node.id not in speaker.parameters:
        return
    for other in speaker.parameters:
        if other != node.id:
            yield (
                ast.Name(other, ast.Load()),
                "other argument",
                (f"You use `{other}` where `{node.id}` belongs."),
                3,
            )


def _of_attribute(node, speaker):
    if node.attr == "T":
        yield (
            node.value,
            "transpose",
            ("A transpose is missing: the sum of a product runs along the wrong index."),
            2,
        )
    elif node.attr == "size":
        for index, what in ((0, "rows"), (1, "columns")):
            shape = ast.Attribute(node.value, "shape", ast.Load())
            yield (
                ast.Subscript(shape, ast.Constant(index), ast.Load()),
                "count",
                (f"You count the {what}. All entries are meant."),
                3,
            )


def _of_subscript(node, speaker):
    index = node.slice
    if isinstance(node.value, ast.Attribute) and node.value.attr == "shape":
        if isinstance(index, ast.Constant) and index.value in (0, 1):
            words = ("rows", "columns")
            other = ast.Subscript(node.value, ast.Constant(1 - index.value), ast.Load())
            yield (
                other,
                "count",
                (
                    f"You count the {words[1 - index.value]} where the "
                    f"{words[index.value]} count."
                ),
                2,
            )
        return
    if isinstance(index, ast.UnaryOp) and getattr(index.operand, "value", 0) == 1:
        first = ast.Subscript(node.value, ast.Constant(0), node.ctx)
        yield first, "first for last", "You take the first where the last belongs.", 2
    if isinstance(index, ast.Constant) and index.value == 0:
        last = ast.Subscript(node.value, ast.Constant(-1), node.ctx)
        yield last, "last for first", "You take the last where the first belongs.", 2
    if _is_target(node):
        return
    if isinstance(index, ast.Slice):
        step = index.step
        if step is not None:
            whole = ast.Slice(index.lower, index.upper, None)
            yield (
                ast.Subscript(node.value, whole, ast.Load()),
                "order",
                ("The order is the wrong way round: something has to be reversed first."),
                2,
            )
        yield node.value, "slice", ("You take all of something of which a part is meant."), 4
    elif _called(speaker.meant.get(getattr(index, "id", ""), index)) in _ORDERS:
        about = speaker.about(index)
        yield (
            node.value,
            "order missing",
            (
                "Something has to be put in another order first"
                + (f", which has to do with {about}." if about else ".")
            ),
            2,
        )
    elif isinstance(index, (ast.Compare, ast.Name)):
        about = speaker.about(index)
        yield (
            node.value,
            "selection missing",
            (
                "You take all entries, where a selection is meant"
                + (f" (it has to do with {about})." if about else ".")
            ),
            4,
        )


def _of_choice(node, speaker):
    for kept in (node.body, node.orelse):
        yield kept, "always", _missing_case(speaker, node.test), 1
    yield (
        ast.IfExp(node.test, node.orelse, node.body),
        "branches",
        ("The two branches of a choice are exchanged."),
        3,
    )


def _of_bool(node, speaker):
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    asks = "both hold" if isinstance(node.op, ast.And) else "one of them holds"
    yield (
        ast.BoolOp(other, node.values),
        "and/or",
        f"Two conditions: it counts where {asks}.",
        3,
    )
    for kept in node.values:
        yield kept, "condition missing", "A condition is missing.", 3


def _of_tuple(node, speaker):
    if len(node.elts) == 2 and isinstance(node.ctx, ast.Load):
        yield (
            ast.Tuple(node.elts[::-1], ast.Load()),
            "pair",
            ("Two things are exchanged: look at which comes first."),
            4,
        )


def _of_if(node, speaker):
    says = _missing_case(speaker, node.test)
    yield (node.body if node.body else None), "always", says, 2
    yield (node.orelse or [ast.Pass()]), "always", says, 1


def _of_statement(node, speaker):
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    names = [
        n.id for t in targets if t is not None for n in ast.walk(t) if isinstance(n, ast.Name)
    ]
    known = [name for name in names if name in speaker.parameters]
    says = (
        f"A step is missing: `{known[0]}` is not brought up to date."
        if known
        else "A step is missing."
    )
    yield [ast.Pass()], "step missing", says, 3
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        read = ast.Name(node.target.id, ast.Load())
        yield (
            [ast.Assign([node.target], node.value, lineno=1)],
            "not gathered",
            (
                "A loop keeps only its last turn: what came before is "
                "overwritten, and should be "
                "gathered."
            ),
            2,
        )
        for op, word in ((ast.Add, "add"), (ast.Mult, "multiply"), (ast.Sub, "subtract")):
            if not isinstance(node.op, op):
                yield (
                    [ast.AugAssign(node.target, op(), node.value)],
                    "gathered wrongly",
                    (
                        f"In a loop you {word} where you should "
                        + {"Add": "add", "Mult": "multiply", "Sub": "subtract"}.get(
                            type(node.op).__name__, "do something else"
                        )
                        + "."
                    ),
                    2,
                )
        if isinstance(node.op, ast.Mult):
            less = _binop(node.value, ast.Sub(), ast.Constant(1))
            yield (
                [ast.AugAssign(node.target, ast.Add(), less)],
                "gathered wrongly",
                ("In a loop you add where you should multiply."),
                2,
            )
        del read


def _of_return(node, speaker):
    if isinstance(node.value, ast.Tuple):
        elements = node.value.elts
        for i, element in enumerate(elements):
            if isinstance(element, ast.Name):
                continue
            for name in speaker.parameters:
                if any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(element)):
                    changed = [
                        ast.Name(name, ast.Load()) if j == i else e
                        for j, e in enumerate(elements)
                    ]
                    yield (
                        ast.Return(ast.Tuple(changed, ast.Load())),
                        "not updated",
                        (f"You hand `{name}` back as it came in."),
                        2,
                    )


def _of_comprehension(node, speaker):
    if node.ifs:
        without = ast.comprehension(node.target, node.iter, node.ifs[1:], node.is_async)
        about = speaker.about(node.ifs[0])
        yield (
            without,
            "condition missing",
            ("A condition is missing" + (f", on {about}." if about else ".")),
            2,
        )


def _exchanged_steps(tree):
    """Two neighbouring statements in the other order."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if not isinstance(body, list):
            continue
        for i in range(len(body) - 1):
            first, second = body[i], body[i + 1]
            plain = (ast.Assign, ast.AugAssign, ast.Expr, ast.If)
            if isinstance(first, plain) and isinstance(second, plain):
                yield _Swap(body, i)


class _Swap:
    """Two neighbouring statements exchanged, as a change that can be undone."""

    kind, rank = "order of steps", 2
    says = (
        "Two steps are in the wrong order: one uses a value that the other has yet to change."
    )

    def __init__(self, body, i):
        self.body, self.pair = body, (body[i], body[i + 1])
        self.exact = f"{_code(body[i])}; {_code(body[i + 1])}"

    def apply(self):
        i, j = (next(i for i, s in enumerate(self.body) if s is one) for one in self.pair)
        self.body[i], self.body[j] = self.body[j], self.body[i]

    undo = apply
