"""CSV files of digits to numbers, quickly where they are clean and precisely where not.

The file is read in blocks of whole lines. `quick` turns a block into numbers with a handful
of NumPy operations, and gives up at the first thing it does not expect. Then `careful` goes
through that block cell by cell: it accepts harmless variants or says what is wrong, and where.
"""

import csv
import functools
import re

import numpy as np

BLOCK = 1 << 18  # bytes; the temporaries of one block then stay in the processor's cache
COMMA, NEWLINE, ZERO = b",\n0"
PIXELS = 28 * 28
NUMBER = r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?|[-+]?(nan|inf)"
WHERE = "(lines and columns are counted from 1)"
AGAIN = "Correct or remove the line, or get the file again"


def parse(stream, path, labelled, block_size=BLOCK):
    """The rows of a CSV file as uint8, one column a cell; the label, if any, is the first.

    stream: the file, open for reading bytes; path: its name for the messages; labelled:
    whether 785 columns belong in it, or 784. Raises ValueError where a row is not that.
    """
    columns = PIXELS + labelled
    names, parts, line, rows = None, [], 1, 0
    for number, block in enumerate(whole_lines(stream, path, block_size)):
        if number == 0:
            names, block = header(block.removeprefix(b"\xef\xbb\xbf"), path, columns)
            line += names is not None
        part = quick(block, columns, labelled)
        if part is None:
            part = careful(block, path, columns, labelled, names, line, rows)
        parts.append(part)
        line += block.count(b"\n")
        rows += len(part)
    if not rows:
        raise ValueError(
            f"{path}: no rows of digits, where one line of {columns} numbers for each digit"
            " was expected. An empty file is often a download that failed: get it again"
        )
    return np.concatenate(parts)


def whole_lines(stream, path, block_size):
    """The file in blocks that end with a line; every line ends with a newline and no more."""
    rest = b""
    while block := stream.read(block_size):
        block = rest + block
        # A lone \r ends a line in files from an old Mac; at the end of a block it may be
        # half of \r\n.
        cut = (block.rfind(b"\n") + 1) or (block.rfind(b"\r", 0, -1) + 1)
        if not cut and len(block) > 1 << 20:
            raise ValueError(
                f"{path}: no end of line in its first {len(block)} bytes, where one line for"
                " each digit was expected. Is this a CSV file?"
            )
        block, rest = block[:cut], block[cut:]
        if block:
            yield newlines(block)
    if rest:
        yield newlines(rest) + b"\n"  # the last line may lack its end


def newlines(block):
    if b"\r" in block:
        return block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return block


def quick(block, columns, labelled):
    """A block of lines as an array (rows, columns) of uint8, or None if anything is unusual.

    Every byte that is not a digit ends a cell, and `ends` has their places. The number in a
    cell is its last digit, plus 10 times the one before it in cells of two digits or more,
    plus 100 times the one before that in cells of three.
    """
    text = np.frombuffer(block, np.uint8)
    digits = text - np.uint8(ZERO)  # bytes below "0" wrap round to large numbers
    ends = np.flatnonzero(digits > 9)
    if len(ends) % columns:
        return None
    # Each end must be a comma, or a newline in the last column. This checks in one go that
    # no other byte is in the file and that each line has as many cells as it should.
    marks = text[ends].reshape(-1, columns)
    if not ((marks[:, :-1] == COMMA).all() and (marks[:, -1] == NEWLINE).all()):
        return None
    length = np.diff(ends, prepend=-1)  # of a cell with its comma: 2, 3 or 4
    if length.min(initial=2) < 2 or length.max(initial=2) > 4:
        return None
    values = digits[ends - 1].astype(np.uint16)
    # Four cells in five are a single 0, so the others are worth picking out.
    longer = np.flatnonzero(length > 2)
    values[longer] += 10 * digits[ends[longer] - 2]
    longest = longer[length[longer] > 3]
    values[longest] += 100 * digits[ends[longest] - 3].astype(np.uint16)
    if values.max(initial=0) > 255:
        return None
    values = values.astype(np.uint8).reshape(-1, columns)
    if labelled and values[:, 0].max(initial=0) > 9:
        return None
    return values


def header(block, path, columns):
    """The column names and the other lines, or None and all lines where there is no header."""
    if block.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValueError(f"{path}: this is UTF-16 text; save it as CSV in UTF-8")
    first, _, others = block.partition(b"\n")
    names = cells(first, path, 1)
    if not names or not names[0] or number(names[0]) is not None:
        return None, block
    check_count(names, path, columns, 1, first, start=True)
    return names, others


def careful(block, path, columns, labelled, names, line, rows):
    """As `quick`, one cell at a time: accepts spaces, quotes, 12.0 and blank lines.

    names: the header or None; line: the number of the block's first line; rows: how many
    rows came before it. Raises ValueError at the first bad cell.
    """
    found = []
    for at, text in enumerate(block.split(b"\n"), start=line):
        if not text.strip():
            continue
        row = cells(text, path, at)
        check_count(row, path, columns, at, text, start=not (names or rows or found))
        values = [whole_number(cell) for cell in row]
        if labelled and values[0] is not None and values[0] > 9:
            values[0] = None
        if None in values:
            bad_cell(path, at, values.index(None), row, labelled, names)
        found.append(np.array(values, dtype=np.uint8))
    return np.array(found, dtype=np.uint8).reshape(-1, columns)


def cells(text, path, line):
    try:
        row = next(csv.reader([text.decode("utf-8", "replace")], strict=True), [""])
    except csv.Error as error:
        raise ValueError(
            f"{path}: line {line}: {error}, where numbers between commas were expected"
            f" {WHERE}. {AGAIN}"
        ) from None
    return [cell.strip() for cell in row]


def number(cell):
    """The number in a cell, as a float, or None. Unlike float() it knows no 1_000."""
    if re.fullmatch(NUMBER, cell, re.ASCII | re.IGNORECASE):
        return float(cell)
    return None


@functools.lru_cache(4096)  # few different cells, and very many of them
def whole_number(cell):
    """The whole number from 0 to 255 in a cell, or None."""
    value = number(cell)
    # A comparison with NaN is False, so this refuses it too.
    return int(value) if value is not None and 0 <= value <= 255 and value % 1 == 0 else None


def bad_cell(path, line, column, row, labelled, names):
    """Raise the ValueError for this cell: where it is, what it holds, what belongs there."""
    cell = row[column]
    found = repr(cell[:40] + "…" * (len(cell) > 40)) if cell else "an empty cell"
    what, top = ("label", 9) if labelled and column == 0 else ("pixel", 255)
    name = f" ({names[column]})" if names else ""
    value = number(cell)
    if what == "pixel" and value is not None and 0 < value < 255:
        hint = "Pixels that were scaled or averaged must be made whole numbers again"
    else:
        hint = AGAIN
    raise ValueError(
        f"{path}: line {line}, column {column + 1}{name}: found {found}, expected a {what},"
        f" a whole number from 0 to {top} {WHERE}. {hint}"
    )


def check_count(row, path, columns, line, text, start):
    """ValueError unless the line has as many cells as belong there; start: no row before it."""
    found = len(row)
    if found == columns:
        return
    if start and found == PIXELS:
        hint = "This looks like a file without labels: use read_unlabelled_csv"
    elif start and found == PIXELS + 1:
        hint = "This looks like a labelled file: use read_labelled_csv"
    elif start and found == 1 and re.search(rb"\S[;\t ]+\S", text):
        hint = "The numbers seem to be separated by something else: save it with commas"
    elif start and found == columns + 1 and not row[0]:
        hint = "The first column seems to be an index: save it with to_csv(path, index=False)"
    elif found < columns:
        hint = "If this is the last line, the file was cut off: get it again"
    else:
        hint = AGAIN
    raise ValueError(
        f"{path}: line {line} has {found} column{'s' * (found != 1)}, expected {columns}"
        f" ({'a label and ' if columns > PIXELS else ''}784 pixels) {WHERE}. {hint}"
    )
