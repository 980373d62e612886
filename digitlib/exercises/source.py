"""The source of a function, a lambda within a larger statement included."""

import ast
import copy
import inspect
import linecache
import textwrap


def text_of(function):
    """The text of a function as somebody would type it: a whole `def`, or the lambda alone.

    Raises OSError where no source is known, as for a built-in.
    """
    node, lines = _found(function)
    if isinstance(node, ast.Lambda):
        return _segment(lines, node)
    first = _first_line(node)
    return textwrap.dedent("\n".join(lines[first - 1 : node.end_lineno])).rstrip()


def body_of(lambda_function):
    """What stands right of the colon of a lambda, or of the `return` of a one-line function.

    None where the function is longer than that.
    """
    node, lines = _found(lambda_function)
    if isinstance(node, ast.Lambda):
        return _segment(lines, node.body)
    body = node.body[1:] if ast.get_docstring(node) else node.body
    if len(body) == 1 and isinstance(body[0], ast.Return):
        return _segment(lines, body[0].value)
    return None


def tree_of(function):
    """A copy of the function's syntax tree: a FunctionDef or a Lambda. Raises OSError."""
    return copy.deepcopy(_found(function)[0])


def nodes_of(function):
    """All nodes of the function's own syntax tree, to be looked at only. Raises OSError."""
    return ast.walk(_found(function)[0])


def _found(function):
    function = inspect.unwrap(function)
    code = getattr(function, "__code__", None)
    if code is None:
        raise OSError("a built-in has no source")
    linecache.checkcache(code.co_filename)
    read = linecache.getlines(code.co_filename)
    if not read:
        raise OSError(f"no source of {code.co_filename}")
    lines, functions = _parsed(code.co_filename, read)
    same = [node for node in functions.get(code.co_firstlineno, ()) if _is(node, code)]
    if not same:
        raise OSError(f"no function in line {code.co_firstlineno}")
    return min(same, key=_length), lines  # of nested lambdas the inner one


_files = {}  # name -> (the list that linecache gave, its lines, their functions)


def _parsed(name, read):
    """The lines of a file and its functions by first line; as long as linecache gives the same
    list, the file is the same.
    """
    kept = _files.get(name)
    if kept is None or kept[0] is not read:
        lines = tuple(line.rstrip("\n") for line in read)
        while len(_files) >= 64:
            _files.pop(next(iter(_files)))
        kept = _files[name] = (read, lines, _functions(lines))
    return kept[1:]


def _functions(lines):
    """First line -> the functions that begin in it, in the order of `ast.walk`."""
    try:
        tree = ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError):
        # A notebook's cell may hold magics, which are no Python.
        raise OSError("the source cannot be parsed") from None
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.Lambda)):
            found.setdefault(_first_line(node), []).append(node)
    return found


def _first_line(node):
    return min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])


def _is(node, code):
    """Whether this node is the one from which that code was compiled."""
    name = "<lambda>" if isinstance(node, ast.Lambda) else node.name
    arguments = tuple(a.arg for a in (*node.args.posonlyargs, *node.args.args))
    if name != code.co_name or arguments != code.co_varnames[: code.co_argcount]:
        return False
    # Two lambdas in one line: the columns tell them apart. A method's call has the place of its
    # name, where no node begins, so ask only whether all places lie within the body.
    if not isinstance(node, ast.Lambda):
        return True
    places = [(p[0], p[2]) for p in code.co_positions() if p[0] and p[2] is not None and p[3]]
    body = node.body
    begin, end = (body.lineno, body.col_offset), (body.end_lineno, body.end_col_offset)
    return all(begin <= place < end for place in places)


def _length(node):
    """How many lines and columns a node takes, to tell which of two is inside the other."""
    lines = node.end_lineno - node.lineno
    return lines, node.end_col_offset - (0 if lines else node.col_offset)


def _segment(lines, node):
    text = ast.get_source_segment("\n".join(lines), node)
    return " ".join(line.strip() for line in text.splitlines())
