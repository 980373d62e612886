"""CSV files of digits to numbers, quickly where they are clean and precisely where not.

The file is read in blocks of whole lines. `quick` turns a block into numbers with a handful
of NumPy operations, and gives up at the first thing it does not expect. Then `careful` goes
through that block cell by cell: it accepts harmless variants or says what is wrong, and where.
What a column means is decided before, in `csv_layout`.
"""

import codecs
import csv
import functools
import re

import numpy as np

from digitlib.data.csv_layout import (
    AGAIN,
    PIXELS,
    is_header,
    layout_of,
    number,
)

__all__ = ["parse"]

BLOCK = 1 << 18  # bytes; the temporaries of one block then stay in the processor's cache
LONGEST = 1 << 20  # bytes of a line, or of blank lines in a row; more is no file of digits
COMMA, NEWLINE, ZERO = b",\n0"
WHERE = "(lines and columns are counted from 1)"
SEPARATORS = {b";": "semicolons", b"\t": "tabs", b" ": "spaces"}
MOST = 1_000_000  # rows; what unpacks to more was made to fill the memory
FEW = 5  # rows below which equal labels may be chance


def parse(stream, path, labelled, block_size=BLOCK):
    """(pixels (N, 784), labels (N,) or None) of a CSV file, both uint8.

    stream: the file, open for reading bytes; path: its name for the messages; labelled:
    whether it must have labels, None to take what there is. Raises ValueError where it is not
    such a file, with the line and the column.
    """
    parts, lines, line, rows = [], [], 1, 0
    layout = separator = None
    for block, last in whole_lines(utf8(stream, path), path, block_size):
        if layout is None:
            block, skipped = without_blank_start(block)
            if named := re.match(rb"sep=.\n", block):  # a line for Excel alone
                block, skipped = block[named.end() :], skipped + 1
            line += skipped
            if not block:
                continue
            separator = separator_of(block.partition(b"\n")[0])
        block = commas(block, separator, path, line)
        if layout is None:
            names, layout = start(block, labelled, path, line)
            head = block.partition(b"\n")
            if names:
                block, line = head[2], line + 1
            elif layout.digit:
                block = ",".join(layout.digit).encode() + b"\n" + head[2]
        count = block.count(b"\n")
        if layout.trailing:
            block = re.sub(rb",{%d}\n" % layout.trailing, b"\n", block)
        if layout.leading:
            block = re.sub(rb"(?m)^(?:[^,\n]*,){%d}" % layout.leading, b"", block)
        part = quick(block, layout.width - layout.leading)
        if part is None:
            part, at = careful(block, path, layout, line, last)
        else:
            at = np.arange(line, line + len(part))
        parts.append(part)
        lines.append(at)
        rows += len(part)
        if rows > MOST:
            raise ValueError(f"{path}: more than {MOST} rows, more than any set of digits has")
        line += count
    if not rows:
        raise ValueError(
            f"{path}: no rows of digits, where one line of {PIXELS + (labelled is not False)}"
            " numbers for each digit was expected. An empty file is often a download that"
            " failed: get it again"
        )
    table, at = np.concatenate(parts), np.concatenate(lines)
    if layout.label is None:
        return ordered(table, layout), None
    labels = table[:, layout.label].copy()
    check_labels(labels, table, at, path, layout)
    return ordered(table, layout), labels


def ordered(table, layout):
    """The pixels alone, in the order of the picture; a view where they stand in it already."""
    if layout.order is not None:
        return table[:, layout.order]
    if layout.label is None:
        return table
    return table[:, 1:] if layout.label == 0 else table[:, :PIXELS]


def utf8(stream, path):
    """The stream itself, or the same text in UTF-8 where it begins as UTF-16."""
    start = stream.read(2)
    if start not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return Stream(stream, start + stream.read(1), lambda data, last: data)
    decoder = codecs.getincrementaldecoder("utf-16")()

    def recoded(data, last):
        try:
            return decoder.decode(data, last).encode()
        except UnicodeError as error:
            raise ValueError(
                f"{path}: this is UTF-16 text that is damaged or cut off ({error}). Get it"
                " again, or save it as CSV in UTF-8"
            ) from error

    return Stream(stream, recoded(start, False), recoded)


class Stream:
    """A stream that begins with `start`, without the mark of UTF-8, and is recoded."""

    def __init__(self, stream, start, recode):
        self.stream, self.recode, self.ended = stream, recode, False
        self.start = start.removeprefix(codecs.BOM_UTF8)

    def read(self, size):
        """As many bytes as were asked for or more, fewer at the end alone."""
        found, self.start = self.start, b""
        while len(found) < size and not self.ended:
            data = self.stream.read(size)
            self.ended = not data
            found += self.recode(data, self.ended)
        return found


def whole_lines(stream, path, block_size):
    """The file as (block, whether it is the last): blocks of whole lines that end with \n."""
    rest, ready, blank = b"", None, 0
    while block := stream.read(block_size):
        block = rest + block
        # A lone \r ends a line in files from an old Mac; at the end of a block it may be
        # half of \r\n.
        cut = (block.rfind(b"\n") + 1) or (block.rfind(b"\r", 0, -1) + 1)
        if not cut and len(block) > LONGEST:
            raise ValueError(
                f"{path}: no end of line in its first {len(block)} bytes, where one line for"
                " each digit was expected. Is this a CSV file?"
            )
        block, rest = block[:cut], block[cut:]
        if block:
            if ready is not None:
                yield ready, False
            ready = newlines(block)
            blank = 0 if ready.strip() else blank + len(ready)
            if blank > LONGEST:
                raise ValueError(
                    f"{path}: holds {blank} bytes of blank lines in a row. {AGAIN}"
                )
    if rest:
        if ready is not None:
            yield ready, False
        ready = newlines(rest) + b"\n"  # the last line may lack its end
    if ready is not None:
        yield ready, True


def newlines(block):
    if b"\r" in block:
        return block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return block


def without_blank_start(block):
    """The block from its first line that is not blank, and how many lines were left out."""
    rest = block.lstrip()
    cut = block.rfind(b"\n", 0, len(block) - len(rest)) + 1
    return (block[cut:], block.count(b"\n", 0, cut)) if rest else (b"", block.count(b"\n"))


def separator_of(line):
    """What stands between the cells of the first line where it is no comma, or None."""
    if b"," in line:
        return None
    return next((mark for mark in SEPARATORS if line.strip().count(mark) > 60), None)


def commas(block, separator, path, line):
    """The block with commas between its cells, whatever stood there."""
    if separator is None:
        return block
    if b"," in block:
        at = line + block[: block.index(b",")].count(b"\n")
        raise ValueError(
            f"{path}: line {at} has commas within numbers that are separated by"
            f" {SEPARATORS[separator]}: decimal commas, as spreadsheets of some languages write"
            " them. pandas.read_csv(path, sep=';', decimal=',').astype(int).to_csv(path,"
            " index=False) mends it"
        )
    return (
        re.sub(rb" +", b",", block.replace(b" \n", b"\n"))
        if separator == b" "
        else (block.replace(separator, b","))
    )


def start(block, labelled, path, line):
    """(names or None, layout) from the first lines of the file."""
    lines, at = [], line
    for text in block.split(b"\n", 60)[:60]:
        if text.strip():
            lines.append(cells(text, path, at))
            if len(lines) == 1 and len(lines[0]) < 64:
                break  # no digit is so short, so no other line can tell more
        at += 1
    layout = layout_of(lines, labelled, path, line)
    return layout.names, layout


def quick(block, columns):
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
    return values.astype(np.uint8).reshape(-1, columns)


def careful(block, path, layout, line, last):
    """As `quick`, one cell at a time: accepts spaces, quotes, 12.0 and blank lines.

    line: the number of the block's first line; last: whether the file ends with this block.
    Returns the table and the number of each row's line; ValueError at the first bad cell.
    """
    found, at, columns = [], [], layout.width - layout.leading
    texts = block.split(b"\n")
    end = max((i for i, text in enumerate(texts) if text.strip()), default=0)
    for i, text in enumerate(texts):
        if not text.strip():
            continue
        row = cells(text, path, line + i)
        if len(row) != columns:
            raise wrong_count(row, path, layout, line + i, text, last and i == end)
        values = [whole_number(cell) for cell in row]
        if layout.label is not None and values[layout.label] is None:
            values[layout.label] = label(row[layout.label])
        if None in values:
            raise bad_cell(path, line + i, values.index(None), row, layout)
        found.append(np.array(values, dtype=np.uint8))
        at.append(line + i)
    return np.array(found, dtype=np.uint8).reshape(-1, columns), np.array(at, dtype=np.int64)


def cells(text, path, line):
    try:
        row = next(csv.reader([text.decode("utf-8", "replace")], strict=True), [""])
    except csv.Error as error:
        raise ValueError(
            f"{path}: line {line}: {error}, where numbers between commas were expected"
            f" {WHERE}. {AGAIN}"
        ) from None
    return [cell.strip() for cell in row]


@functools.lru_cache(4096)  # few different cells, and very many of them
def whole_number(cell):
    """The whole number from 0 to 255 in a cell, or None.

    254.00000006 is 254: dividing by 255 in float32 and multiplying again leaves such tails.
    """
    value = number(cell)
    # A comparison with NaN is False, so this refuses it too.
    if value is None or not -1e-4 < value < 255.0001 or abs(value - round(value)) > 1e-4:
        return None
    return round(value)


def label(cell):
    """The digit in a label that Python has quoted, '4' or b'4', or None."""
    found = re.fullmatch(r"b?'([0-9])'", cell)
    return int(found[1]) if found else None


def check_labels(labels, table, lines, path, layout):
    """ValueError where a column of labels holds something else, or is another column."""
    column = layout.label + layout.leading
    name = f" ({layout.names[column]})" if layout.names else ""
    where = f"column {column + 1}{name}"
    if (top := int(labels.max())) > 9:
        row = int(np.argmax(labels > 9))
        hint = f"The labels reach {top}: not a digits file"
        if top == 10 and labels.min() == 1:
            hint = "Labels from 1 to 10: is 10 the digit 0, or is each one too large?"
        elif len(labels) > 10 and (np.diff(labels[: min(len(labels), 200)]) == 1).all():
            hint = "The column counts the rows: an index or an id, not a label"
        raise ValueError(
            f"{path}: line {lines[row]}, {where}: found '{labels[row]}', expected a label, a"
            f" whole number from 0 to 9 {WHERE}. {hint}"
        )
    if len(labels) < 2 or (labels != labels[0]).any():
        return
    last = table[:, -1]
    at_end = layout.label == 0 and last.max() <= 9 and (last != last[0]).any()
    if at_end or len(labels) >= FEW:
        hint = (
            f"The last column, {layout.width}, looks like the labels: give the columns names in"
            " a header, with label over the last"
            if at_end
            else "Is the label in another column? A header that names it label settles it"
        )
        raise ValueError(
            f"{path}: {where} holds the label {labels[0]} in all {len(labels)} rows, and from"
            f" one class nothing can be learned. {hint}"
        )


def bad_cell(path, line, column, row, layout):
    """The ValueError for this cell: where it is, what it holds, what belongs there."""
    cell, names = row[column], layout.names
    place = column + layout.leading
    what, top = ("label", 9) if column == layout.label else ("pixel", 255)
    found = repr(cell[:40] + "…" * (len(cell) > 40)) if cell else "an empty cell"
    name = f" ({names[place]})" if names else ""
    value = number(cell)
    hint = AGAIN
    if names and row[:3] == list(names[layout.leading :])[:3]:
        hint = "This is the header once more: were two files joined? Remove the line"
    elif what == "pixel" and value is not None and 0 < value < 1:
        hint = (
            "Pixels that were divided by 255 must be made whole numbers again:"
            " (255 * pixels).round().astype(int)"
        )
    elif what == "pixel" and value is not None and 1 < value < 255:
        hint = (
            "Pixels that were scaled or averaged must be made whole numbers again:"
            " pixels.round().astype(int)"
        )
    elif not cell:
        hint = f"A value is missing. {AGAIN}"
    return ValueError(
        f"{path}: line {line}, column {place + 1}{name}: found {found}, expected a {what},"
        f" a whole number from 0 to {top} {WHERE}. {hint}"
    )


def wrong_count(row, path, layout, line, text, last):
    """The ValueError for a line with another number of cells than the first had."""
    found = len(row) + layout.leading
    hint = AGAIN
    if len(row) == 1 and re.search(rb"\S[;\t ]+\S", text):
        hint = "The numbers seem to be separated by something else: save it with commas"
    elif found < layout.width and last:
        hint = "This is the last line, so the file was cut off: get it again"
    elif is_header(row) and number(row[0]) is None:
        hint = "This looks like another header: were two files joined? Remove the line"
    labelled = layout.label is not None
    return ValueError(
        f"{path}: line {line} has {found} column{'s' * (found != 1)}, expected {layout.width}"
        f" ({'a label and ' * labelled}784 pixels) {WHERE}. {hint}"
    )
