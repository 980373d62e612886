"""Files that are a little unusual, and files that are wrong, with what must be said of them."""

import bz2
import gzip
import io
import lzma
import zipfile

import numpy as np
from data_helpers import csv_bytes, idx_bytes, table


def zipped(**files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def mangled(row):
    """The names that pandas gives the columns where it takes a digit for the header."""
    seen, names = {}, []
    for cell in map(str, row):
        names.append(f"{cell}.{seen[cell]}" if cell in seen else cell)
        seen[cell] = seen.get(cell, 0) + 1
    return names


def headed(names, rows):
    """The bytes of a CSV file with this header, or none."""
    return csv_bytes([*([] if names is None else [names]), *rows], header=False)


ROWS = table(40)
MIXED = np.random.default_rng(1).permutation(784)
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
    "semicolons": PLAIN.replace(b",", b";"),
    "tabs": PLAIN.replace(b",", b"\t"),
    "spaces between": PLAIN.replace(b",", b" "),
    "UTF-16": PLAIN.decode().encode("utf-16"),
    "UTF-16, the other order": b"\xfe\xff" + PLAIN.decode().encode("utf-16-be"),
    "a line for Excel": b"sep=,\r\n" + PLAIN,
    "a blank line first": b" \n\n" + PLAIN,
    "trailing commas": PLAIN.replace(b"\n", b",,\n"),
    "an index": b"," + PLAIN.replace(b"\n", b"\n7,").removesuffix(b"7,"),
    "an index, no header": headed(None, ([i, *row] for i, row in enumerate(ROWS))),
    "an id": headed(
        ["id", "label", *range(784)], ([i, *row] for i, row in enumerate(ROWS, 900))
    ),
    "label last": headed(
        [*(f"pixel{i}" for i in range(1, 785)), "class"], ([*row[1:], row[0]] for row in ROWS)
    ),
    "label inside": headed(
        [*range(300), "Target", *range(300, 784)],
        ([*row[1:301], row[0], *row[301:]] for row in ROWS),
    ),
    "a name that no list foresaw": PLAIN.replace(b"label", b"Ziffer"),
    "names of nothing": headed(["a" * (1 + i) for i in range(785)], ROWS),
    "all columns numbered": headed(range(785), ROWS),
    "a comment's header": b"# " + PLAIN,
    "pixels out of order": headed(
        ["label", *(f"pixel{i}" for i in MIXED)],
        np.hstack([ROWS[:, :1], ROWS[:, 1:][:, MIXED]]),
    ),
    "pixels by row and column": headed(
        ["label", *(f"{i // 28}x{i % 28}" for i in MIXED)],
        np.hstack([ROWS[:, :1], ROWS[:, 1:][:, MIXED]]),
    ),
    "a digit taken as header": headed(mangled(ROWS[0]), ROWS[1:]),
    "quoted labels": csv_bytes([[f"'{row[0]}'", *row[1:]] for row in ROWS]),
    "bytes as labels": csv_bytes([[f"b'{row[0]}'", *row[1:]] for row in ROWS]),
    "tails of float32": csv_bytes([[row[0], *(row[1:] + 6e-6)] for row in ROWS.astype(float)]),
    "bz2": bz2.compress(PLAIN),
    "xz": lzma.compress(PLAIN),
    "gz in gz": gzip.compress(gzip.compress(PLAIN)),
    "gz in zip": zipped(**{"train.csv.gz": gzip.compress(PLAIN)}),
    "Kaggle's archive": zipped(
        **{"train.csv": PLAIN, "test.csv": b"?", "sample_submission.csv": b"?"}
    ),
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
        ["line 1 names 784 pixels and no label.", "use read_unlabelled_csv"],
    ),
    "784, no header": (
        csv_bytes(table(3, labelled=False), header=False),
        ["line 1 has 784 columns, expected 785", "use read_unlabelled_csv"],
    ),
    "786 columns": (
        csv_bytes([[*row, 0] for row in ROWS], header=False),
        ["line 1 has 786 columns, expected 785", "Correct"],
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
        zipped(**{"a.csv": PLAIN, "b.csv": PLAIN}),
        ["one CSV file", "found 2: a.csv, b.csv", "Unpack it"],
    ),
    "empty file": (b"", ["an empty file", "Get it again"]),
    "only a header": (csv_bytes([]), ["no rows of digits", "785 numbers"]),
    "blank": (b"\n\n", ["no rows of digits"]),
    "UTF-16, cut off": (
        PLAIN.decode().encode("utf-16")[:-1],
        ["UTF-16 text that is damaged", "save it as CSV in UTF-8"],
    ),
    "UTF-16 without its mark": (
        PLAIN.decode().encode("utf-16-le"),
        ["no text, where lines of numbers", "Is this a CSV file?"],
    ),
    "not a CSV": (b"7" * (2 << 20), ["no end of line in its first", "Is this a CSV file?"]),
    "nothing but blank lines": (b"\n" * (3 << 20), ["bytes of blank lines in a row"]),
    "decimal commas": (
        csv_bytes(ROWS.astype(float)).replace(b",", b";").replace(b".", b","),
        ["line 2 has commas within numbers", "semicolons", "decimal=','"],
    ),
    "ids as labels": (
        headed(["id", *range(784)], ROWS),
        ["line 1 names 784 pixels and no label (column 1, 'id', only counts"],
    ),
    "counted rows as labels": (
        headed(None, [[i, *row[1:]] for i, row in enumerate(ROWS[:9])]),
        ["line 1, column 1 counts the rows (0, 1, 2, …)", "to_csv(path, index=False)"],
    ),
    "more counted rows as labels": (
        headed(None, [[i, *row[1:]] for i, row in enumerate(ROWS, 1)]),
        ["line 1, column 1 counts the rows (1, 2, 3, …)"],
    ),
    "an id among the pixels": (
        headed(["label", *range(400), "id", *range(400, 784)], ([*row, 0] for row in ROWS)),
        ["line 1, column 402 is called 'id'", "df.drop(columns='id')"],
    ),
    "two labels": (
        headed(["label", *range(784), "class"], ([*row, 0] for row in ROWS)),
        ["two columns of labels, 'label' (column 1) and 'class' (column 786)"],
    ),
    "label last, no header": (
        headed(None, [[*(0 * row[1:]), row[0]] for row in ROWS]),
        ["column 1 holds the label 0 in all 40 rows", "The last column, 785, looks like the"],
    ),
    "one class": (
        csv_bytes([[7, *row[1:]] for row in ROWS]),
        ["column 1 (label) holds the label 7 in all 40 rows", "another column?"],
    ),
    "letters": (
        headed(None, [[1 + i % 26, *row[1:]] for i, row in enumerate(ROWS)][5:]),
        ["line 5, column 1: found '10'", "The labels reach 26: not a digits file"],
    ),
    "one to ten": (
        csv_bytes([[1 + i * 3 % 10, *row[1:]] for i, row in enumerate(ROWS)]),
        ["(label): found '10'", "Labels from 1 to 10: is 10 the digit 0"],
    ),
    "counted under a label": (
        csv_bytes([[i, *row[1:]] for i, row in enumerate(ROWS)]),
        ["line 12, column 1 (label): found '10'", "counts the rows: an index or an id"],
    ),
    "words as labels": (
        csv_bytes([["seven", *row[1:]] for row in ROWS]),
        ["line 2, column 1 (label): found 'seven', expected a label"],
    ),
    "divided": (
        csv_bytes([[row[0], *(row[1:] / 255)] for row in ROWS]),
        ["line 2, column", "(255 * pixels).round().astype(int)"],
    ),
    "a second header": (
        PLAIN + PLAIN,
        ["line 42, column 1 (label): found 'label'", "two files joined? Remove the line"],
    ),
    "a header of another file": (
        PLAIN + csv_bytes(ROWS[:, 1:]),
        ["line 42 has 784 columns", "another header: were two files joined?"],
    ),
    "a short line before the last": (
        csv_bytes([*ROWS[:5].tolist(), ROWS[5, :700].tolist(), *ROWS[6:].tolist()]),
        ["line 7 has 700 columns", "Correct or remove the line"],
    ),
    "an index above some rows": (
        headed(None, [["", *ROWS[0]], *([i, *row] for i, row in enumerate(ROWS, 7))]),
        ["line 1 has 786 columns", "an index: save it with to_csv(path, index=False)"],
    ),
    "one line with semicolons": (
        PLAIN.replace(line, line.replace(b",", b";")),
        ["line 32 has 1 column", "separated by something else: save it with commas"],
    ),
    "8 x 8": (
        headed(None, [[*row[:64], 3] for row in ROWS]),
        ["line 1 has 65 columns", "8 x 8 digits", "mnist_frame(X.reshape(-1, 8, 8)"],
    ),
    "three numbers a pixel": (
        headed(None, [[*row, *row[1:], *row[1:]] for row in ROWS]),
        ["line 1 has 2353 columns", "coloured pictures"],
    ),
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
    "labels under a number": (
        headed(range(785), ROWS),
        ["line 1 has 785 columns, expected 784", "a labelled file: use read_labelled_csv"],
    ),
    "counted rows": (
        headed(None, [[i, *row[1:]] for i, row in enumerate(ROWS[:9])]),
        ["line 1, column 1 counts the rows (0, 1, 2, …)"],
    ),
    "a submission": (
        b"ImageId,Label\n1,7\n",
        ["line 1 has 2 columns, expected 784 (784 pixels)", "a submission, not digits"],
    ),
    "empty file": (b"", ["an empty file", "Get it again"]),
    "no rows": (headed(None, [range(784)]), ["no rows of digits", "784 numbers"]),
}
HARMLESS_UNLABELLED = {
    "an index": b"," + PIXELS.replace(b"\n", b"\n7,").removesuffix(b"7,"),
    "an id": headed(["ImageId", *range(784)], ([i, *row[1:]] for i, row in enumerate(ROWS))),
    "more than ten counted rows": headed(None, ([i, *row[1:]] for i, row in enumerate(ROWS))),
    "numbered": headed(range(784), ROWS[:, 1:]),
    "a digit taken as header": headed(mangled(ROWS[0, 1:]), ROWS[1:, 1:]),
    "Kaggle's archive": zipped(**{"train.csv": b"?", "test.csv": PIXELS}),
}

IDX = idx_bytes(np.zeros((2, 28, 28), np.uint8))
WRONG_IDX = {
    "wrong magic number": (
        b"\0\0\x0d" + IDX[3:],
        ["magic number 00 00 08", "00 00 0d 03", "other numbers"],
    ),
    "no magic number": (b"\0\0\x07" + IDX[3:], ["found 00 00 07 03. Get it again"]),
    "nothing but a magic number": (b"\0\0\x08\1", ["which takes 8 bytes; found 4"]),
    "no dimensions": (b"\0\0\x08\0", ["magic number"]),
    "web page": (b"<!DOCTYPE html>", ["a web page", "Get it again"]),
    "empty": (b"", ["an empty file", "Get it again"]),
    "cut off header": (IDX[:9], ["cut off within its header", "16 bytes; found 9"]),
    "cut off": (IDX[:-1], ["cut off", "2 x 28 x 28 = 1568", "found 1567", "Get it again"]),
    "left over": (IDX + b"12", ["bytes left over", "= 1568", "found 1569 or more"]),
    "2**31 images": (
        IDX[:4] + (2**31).to_bytes(4, "big") + IDX[8:],
        ["cut off", "2147483648 x 28 x 28 = 1683627180032"],
    ),
    "overflowing": (IDX[:4] + b"\xff" * 12 + IDX[16:], ["cut off", str((2**32 - 1) ** 3)]),
    "cut off gz": (gzip.compress(IDX)[:-9], ["damaged or cut off", "Get it again"]),
    "little-endian": (
        bytes([3, 8, 0, 0, 2, 0, 0, 0]),
        ["other order (little-endian)", "[16:]"],
    ),
    "a CSV": (PLAIN, ["magic number", "looks like a CSV file: use read_labelled_csv"]),
    "short": (b"\0\0", ["magic number", "found 00 00"]),
}
