"""Files that are a little unusual, and files that are wrong, with what must be said of them."""

import gzip
import io
import zipfile

import numpy as np
from data_helpers import csv_bytes, idx_bytes, table


def zipped(**files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


ROWS = table(40)
PLAIN = csv_bytes(ROWS)
HARMLESS = {
    "gz": gzip.compress(PLAIN),
    "zip": zipped(**{"train.csv": PLAIN, "__MACOSX/._train.csv": b"?", "readme.txt": b"?"}),
    "byte order mark": b"\xef\xbb\xbf" + PLAIN,
    "mark, no header": b"\xef\xbb\xbf" + csv_bytes(ROWS, header=False),
    "quotes": csv_bytes([[f'"{cell}"' for cell in row] for row in ROWS]),
    "spaces": PLAIN.replace(b",", b" , "),
    "12.0": csv_bytes(ROWS.astype(float)),
    "savetxt": csv_bytes([[f"{cell:.18e}" for cell in row] for row in ROWS], header=False),
    "leading zeros": csv_bytes([[f"{cell:05}" for cell in row] for row in ROWS]),
    "blank lines": PLAIN.replace(b"\n", b"\n\n") + b"  \n\n",
    "old Mac": PLAIN.replace(b"\n", b"\r"),
    "quoted header": PLAIN.replace(b"label", b'"label"'),
    "numbered header": csv_bytes([["label", *range(784)], *ROWS], header=False),
}


def with_cell(value, row=30, column=5, header=True):
    rows = ROWS.astype(object)
    rows[row, column] = value
    return csv_bytes(rows, header)


CELL = [
    "line 32",
    "column 6 (pixel4)",
    "a pixel, a whole number from 0 to 255",
    "counted from 1",
]
WRONG_CSV = {
    "text": (with_cell("abc"), [*CELL, "found 'abc'"]),
    "NaN": (with_cell("NaN"), [*CELL, "found 'NaN'"]),
    "infinite": (with_cell("inf"), [*CELL, "found 'inf'"]),
    "empty": (with_cell(""), [*CELL, "found an empty cell"]),
    "256": (with_cell(256), [*CELL, "found '256'"]),
    "1000": (with_cell(1000), [*CELL, "found '1000'"]),
    "-1": (with_cell(-1), [*CELL, "found '-1'"]),
    "12.5": (with_cell(12.5), [*CELL, "found '12.5'", "must be made whole numbers again"]),
    "1_0": (with_cell("1_0"), [*CELL, "found '1_0'"]),
    "other digits": (with_cell("٣"), [*CELL, "found '٣'"]),
    "long text": (with_cell("x" * 99), [*CELL, "x…'"]),
    "first cell": (with_cell("", 0, 0, header=False), ["line 1, column 1", "an empty cell"]),
    "last cell": (with_cell("?", 39, 784), ["line 41, column 785 (pixel783)", "found '?'"]),
    "no header": (with_cell("abc", header=False), ["line 31, column 6: found 'abc'"]),
    "label 10": (with_cell(10, 20, 0), ["line 22, column 1 (label)", "found '10'", "0 to 9"]),
    "label 10.0": (with_cell("10.0", 20, 0), ["line 22, column 1 (label)", "from 0 to 9"]),
    "after blank lines": (with_cell("a").replace(b"\n", b"\n\n"), ["line 63, column 6"]),
    "open quote": (with_cell('"1'), ["line 32", "Correct or remove the line"]),
    "784 columns": (
        csv_bytes(table(3, labelled=False)),
        ["line 1 has 784 columns, expected 785", "use read_unlabelled_csv"],
    ),
    "784, no header": (
        csv_bytes(table(3, labelled=False), header=False),
        ["line 1 has 784 columns, expected 785", "use read_unlabelled_csv"],
    ),
    "786 columns": (
        csv_bytes([[*row, 0] for row in ROWS], header=False),
        ["line 1 has 786 columns, expected 785", "Correct"],
    ),
    "an index": (
        b"," + PLAIN.replace(b"\n", b"\n7,").removesuffix(b"7,"),
        ["line 1 has 786 columns", "to_csv(path, index=False)"],
    ),
    "semicolons": (
        PLAIN.replace(b",", b";"),
        ["line 1 has 1 column, expected 785 ", "save it with commas"],
    ),
    "one semicolon": (
        PLAIN.replace(line := PLAIN.split(b"\n")[31], line.replace(b",", b";", 1)),
        ["line 32 has 784 columns, expected 785"],
    ),
    "lines joined": (
        csv_bytes([*ROWS[:5].tolist(), [*ROWS[5], *ROWS[6]], *ROWS[7:].tolist()]),
        ["line 7 has 1570 columns"],
    ),
    "cut off": (PLAIN[:-300], ["line 41 has", "columns, expected 785", "the file was cut off"]),
    "cells moved": (
        csv_bytes([*ROWS[:5].tolist(), ROWS[5, :700].tolist(), [0] * 870], header=False),
        ["line 6 has 700 columns"],
    ),
    "cut off gz": (gzip.compress(PLAIN)[:-50], ["damaged or cut off", "Get it again"]),
    "broken gz": (
        (packed := gzip.compress(PLAIN))[:200] + b"\xff" * 50 + packed[250:],
        ["damaged or cut off", "Get it again"],
    ),
    "cut off zip": (zipped(a=PLAIN)[:-50], ["damaged or cut off", "Get it again"]),
    "two in a zip": (
        zipped(**{"train.csv": PLAIN, "test.csv": PLAIN}),
        ["one CSV file", "found 2: train.csv, test.csv", "Unpack it"],
    ),
    "empty file": (b"", ["no rows of digits", "785 numbers", "get it again"]),
    "only a header": (csv_bytes([]), ["no rows of digits"]),
    "blank": (b"\n\n", ["no rows of digits"]),
    "UTF-16": (PLAIN.decode().encode("utf-16"), ["UTF-16", "save it as CSV in UTF-8"]),
    "not a CSV": (bytes(2 << 20), ["no end of line in its first", "Is this a CSV file?"]),
}

# The same for test.csv: no label, so each pixel stands one column to the left.
PIXELS = csv_bytes(ROWS[:, 1:])
WRONG_UNLABELLED_CSV = {
    "256": (
        csv_bytes(np.where(np.arange(784) == 4, 256, ROWS[:, 1:].astype(int))),
        ["line 2, column 5 (pixel4): found '256'", "a pixel, a whole number from 0 to 255"],
    ),
    "scaled": (
        csv_bytes((ROWS[:, 1:] / 255).round(3)),
        ["line 2, column", "expected a pixel", "must be made whole numbers again"],
    ),
    "empty cell": (
        PIXELS.replace(cells := PIXELS.split(b"\n")[31], b"," + cells.partition(b",")[2]),
        ["line 32, column 1 (pixel0): found an empty cell", "expected a pixel"],
    ),
    "783 columns": (
        csv_bytes(ROWS[:, 2:], header=False),
        ["line 1 has 783 columns, expected 784 (784 pixels)"],
    ),
    "cut off": (PIXELS[:-300], ["line 41 has", "columns, expected 784", "was cut off"]),
    "an index": (
        b"," + PIXELS.replace(b"\n", b"\n7,").removesuffix(b"7,"),
        ["line 1 has 785 columns", "labelled file"],
    ),
    "a submission": (
        b"ImageId,Label\n1,7\n",
        ["line 1 has 2 columns, expected 784 (784 pixels)"],
    ),
    "empty file": (b"", ["no rows of digits", "784 numbers", "get it again"]),
}

IDX = idx_bytes(np.zeros((2, 28, 28), np.uint8))
WRONG_IDX = {
    "wrong magic number": (b"\0\0\x0d" + IDX[3:], ["magic number 00 00 08", "00 00 0d 03"]),
    "no dimensions": (b"\0\0\x08\0", ["magic number"]),
    "web page": (b"<!DOCTYPE html>", ["like a web page", "3c 21 44 4f", "Get it again"]),
    "empty": (b"", ["magic number", "found nothing"]),
    "cut off header": (IDX[:9], ["cut off within its header", "16 bytes; found 9"]),
    "cut off": (IDX[:-1], ["cut off", "2 x 28 x 28 = 1568", "found 1567", "Get it again"]),
    "left over": (IDX + b"12", ["2 bytes left over", "= 1568", "found 1570"]),
    "2**31 images": (
        IDX[:4] + (2**31).to_bytes(4, "big") + IDX[8:],
        ["cut off", "2147483648 x 28 x 28 = 1683627180032"],
    ),
    "overflowing": (IDX[:4] + b"\xff" * 12 + IDX[16:], ["cut off", str((2**32 - 1) ** 3)]),
    "cut off gz": (gzip.compress(IDX)[:-9], ["damaged or cut off", "Get it again"]),
}
