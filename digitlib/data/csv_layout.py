"""Which column of a CSV file is what: from its first lines, and only where that is certain.

People save digits with the label first (Kaggle) or last (OpenML), with an index or an id column
that a program added, with a header of names, of numbers, or of a digit that was taken for one.
Read by position alone, an id becomes a label and nobody notices. So names are read where there
are names; without them the first column is looked at; and what stays doubtful is an error that
says which column, and what settles it.
"""

import math
import re
from typing import NamedTuple

__all__ = ["AGAIN", "PIXELS", "Layout", "count_error", "layout_of", "number", "shorter"]

PIXELS = 28 * 28
LABELS = {"label", "labels", "class", "classes", "target", "targets", "y", "digit"}
INDICES = {"", "index", "id", "imageid", "image_id", "idx", "row", "unnamed: 0"}
NUMBER = r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?|[-+]?(nan|inf)"
AGAIN = "Correct or remove the line, or get the file again"
SEEN = 3  # rows that count 0, 1, 2 are enough to doubt that a column holds labels


class Layout(NamedTuple):
    """The columns of a file, counted after its trailing empty ones.

    width     how many columns each line has
    leading   so many index columns stand before all others; they are cut off unread
    label     the place of the label among the columns that are left, or None
    order     the places of the 784 pixels among those, or None where they follow one another
    names     the header, or None
    trailing  how many empty columns each line ends with
    digit     the cells of a digit that was taken for a header, or None
    """

    width: int
    leading: int
    label: int | None
    order: tuple | None
    names: tuple | None
    trailing: int
    digit: tuple | None


def layout_of(lines, labelled, path, line):
    """The `Layout` of a file from its first lines, each a list of cells.

    labelled: True where labels are wanted, False where there must be none, None to find out;
    line: the number of the first line, for the messages. Raises ValueError where the columns
    are not such, or their meaning is not certain.
    """
    first = lines[0]
    trailing = 0
    while trailing < len(first) - 1 and not first[-1 - trailing]:
        trailing += 1
    body = [row[: len(row) - trailing] for row in lines]
    first = body[0]
    if is_header(first):
        names = tuple(first)
        # An empty header cell may stand over an index, and trailing commas may be in it alone.
        return _from_names(names, body[1:], labelled, path, line, trailing)
    digit = _mangled(first)
    return _from_numbers(body, labelled, path, line, trailing)._replace(digit=digit)


def is_header(cells):
    """Whether these cells name columns: most are no numbers, or they count 0, 1, 2, …"""
    filled = [cell for cell in cells if cell]
    numbers = [number(cell) for cell in filled]
    words = sum(value is None for value in numbers)
    if not filled or words > len(filled) / 2:
        return bool(filled)
    counted = [value for value in numbers if value is not None]
    first = counted[0]
    return (
        len(counted) > 60
        and words <= 2
        and first in (0, 1)
        and counted == [first + i for i in range(len(counted))]
    )


def _mangled(cells):
    """The digit that pandas took for a header, as cells, or None.

    pandas makes names unique: of 0, 0, 0 it makes 0, 0.1, 0.2. That can be undone with
    certainty, because doing it again must give the same names.
    """
    if sum("." in cell for cell in cells) < 60:
        return None
    plain = [cell.partition(".")[0] for cell in cells]
    seen, again = {}, []
    for cell in plain:
        again.append(f"{cell}.{seen[cell]}" if cell in seen else cell)
        seen[cell] = seen.get(cell, 0) + 1
    return tuple(plain) if again == list(cells) else None


def _from_names(names, rows, labelled, path, line, trailing):
    names = (names[0].lstrip("#").strip(), *names[1:])
    low = [name.lower() for name in names]
    leading = 0
    while leading < len(low) and low[leading] in INDICES:
        leading += 1
    labels = [at for at, name in enumerate(low) if name in LABELS]
    others = [at for at in range(leading, len(names)) if at not in labels]
    inner = [at for at in others if low[at] in INDICES]
    if inner:
        raise ValueError(
            f"{path}: line {line}, column {inner[0] + 1} is called {names[inner[0]]!r}, an"
            " index or an id between the pixels. Take it out:"
            f" df.drop(columns={names[inner[0]]!r}).to_csv(path, index=False)"
        )
    if len(labels) > 1:
        raise ValueError(
            f"{path}: line {line} names two columns of labels, {names[labels[0]]!r} (column"
            f" {labels[0] + 1}) and {names[labels[1]]!r} (column {labels[1] + 1}). Take one out"
        )
    if not labels and len(others) == PIXELS + 1 and labelled is not False:
        # A name that no list foresaw, such as Ziffer. All others are counted, so it is the one.
        unlike = [at for at in others if not re.search(r"\d", low[at])]
        counted = not unlike and None not in [number(names[at]) for at in others]
        if len(unlike) == 1 or counted or len(unlike) == len(others):
            labels = [unlike[0] if len(unlike) == 1 else others[0]]
            others = [at for at in others if at not in labels]
    if labels and labelled is False and len(others) == PIXELS:
        raise ValueError(
            f"{path}: line {line}, column {labels[0] + 1} is called {names[labels[0]]!r}. This"
            " looks like a labelled file: use read_labelled_csv"
        )
    if labelled is False and len(others) == PIXELS + 1 and _counts(rows, leading) is None:
        raise ValueError(
            f"{path}: line {line} has {len(names)} columns, expected {PIXELS} (784 pixels)."
            " This looks like a labelled file: use read_labelled_csv"
        )
    if not labels and labelled and len(others) == PIXELS:
        index = f" (column 1, {names[0]!r}, only counts the rows)" if leading else ""
        raise ValueError(
            f"{path}: line {line} names {PIXELS} pixels and no label{index}. This looks like a"
            " file without labels: use read_unlabelled_csv"
        )
    if len(others) != PIXELS:
        raise count_error(path, len(names), labelled is not False, line, names)
    label = labels[0] - leading if labels else None
    order = _in_order([low[at] for at in others], [at - leading for at in others])
    return Layout(len(names), leading, label, order, names, trailing, None)


def _in_order(names, places):
    """The places of the pixels in the order of the numbers in their names.

    None where they stand in that order already, or have no numbers that tell.
    """
    keys = [tuple(map(int, re.findall(r"\d+", name))) for name in names]
    lowest, lengths = min(keys), {len(key) for key in keys}
    if lengths == {1}:  # pixel0, pixel1, …
        expected = [(lowest[0] + i,) for i in range(PIXELS)]
    elif lengths == {2}:  # 1x1, 1x2, …
        expected = [(lowest[0] + i // 28, lowest[1] + i % 28) for i in range(PIXELS)]
    else:
        expected = None
    known = sorted(keys) == expected
    if not known or keys == sorted(keys):
        return None if places == list(range(places[0], places[0] + PIXELS)) else tuple(places)
    return tuple(place for _, place in sorted(zip(keys, places)))


def _counts(rows, at):
    """How many of these rows column `at` counts from 0 or 1 on; None if it does not count."""
    found = [number(row[at]) if len(row) > at else None for row in rows]
    if len(found) < SEEN or found[0] not in (0, 1):
        return None
    return len(found) if found == [found[0] + i for i in range(len(found))] else None


def _from_numbers(rows, labelled, path, line, trailing):
    """The layout of a file without a header."""
    width = len(rows[0])
    counted = _counts(rows, 0)
    empty = not rows[0][0] and all(row and not row[0] for row in rows)
    beyond = counted is not None and counted > 10  # more than there are digits: no labels
    if width == PIXELS + 2 and labelled is not False and (counted or empty):
        return Layout(width, 1, 0, None, None, trailing, None)
    if width == PIXELS + 1 and labelled is not True and beyond:
        return Layout(width, 1, None, None, None, trailing, None)
    if width == PIXELS + 1 and counted is not None and (counted > 4 or labelled is False):
        raise ValueError(
            f"{path}: line {line}, column 1 counts the rows ({rows[0][0]}, {rows[1][0]},"
            f" {rows[2][0]}, …). If it is an index, save the file without it, with"
            " to_csv(path, index=False), and use read_unlabelled_csv; if these are labels, give"
            " the column the name label in a header"
        )
    if width == PIXELS + 1 and labelled is False:
        raise ValueError(
            f"{path}: line {line} has {width} columns, expected {PIXELS} (784 pixels)."
            " This looks like a labelled file: use read_labelled_csv"
        )
    if width == PIXELS and labelled is True:
        raise ValueError(
            f"{path}: line {line} has {width} columns, expected {PIXELS + 1} (a label and 784"
            " pixels). This looks like a file without labels: use read_unlabelled_csv"
        )
    if width not in (PIXELS, PIXELS + 1):
        raise count_error(path, width, labelled is not False, line, None, rows[0])
    label = 0 if width == PIXELS + 1 else None
    return Layout(width, 0, label, None, None, trailing, None)


def count_error(path, found, labelled, line, names=None, row=()):
    """A ValueError for a first line with so many columns, with what such a file may be."""
    hint = shorter(found, row) or AGAIN
    return ValueError(
        f"{path}: line {line} has {found} column{'s' * (found != 1)}, expected"
        f" {PIXELS + labelled} ({'a label and ' * labelled}784 pixels)"
        f" (lines and columns are counted from 1). {hint}"
    )


def shorter(found, row=()):
    """What a line of so many columns may be, with what to do; None where nothing fits."""
    if row and found == PIXELS + 2 and not row[0]:
        return "The first column seems to be an index: save it with to_csv(path, index=False)"
    if found == 2:
        return "This looks like a submission, not digits"
    for columns in (found, found - 1, found - 2):
        side = math.isqrt(max(columns, 0))
        if side * side == columns and side in (8, 14, 16, 20, 32, 64):
            return (
                f"These are {side} x {side} digits. np.loadtxt(path, delimiter=',') reads them,"
                f" and digitlib.data.frame.mnist_frame(X.reshape(-1, {side}, {side}) / X.max())"
                " brings them into 28 x 28"
            )
    if found == 3 * PIXELS or found == 3 * PIXELS + 1:
        return "These are coloured pictures, with three numbers for a pixel; the mean is grey"
    return None


def number(cell):
    """The number in a cell, as a float, or None. Unlike float() it knows no 1_000."""
    if re.fullmatch(NUMBER, cell, re.ASCII | re.IGNORECASE):
        return float(cell)
    return None
