"""A submission to Kaggle's Digit Recognizer competition: written whole, and checked by line."""

import io
import re

import numpy as np

from digitlib.data.files import path_of, replacing
from digitlib.data.formats import opened

__all__ = ["check_submission", "one_sided", "write_submission"]

HEADER = "ImageId,Label"
LARGEST = 1 << 26  # bytes; a submission of 28,000 rows has 208,000
LONGEST = 1 << 16  # bytes; a row of a submission has about eight, a row of pixels some 2,000


def write_submission(path, predictions):
    """Write predicted digits as the competition wants them (notebooks 01 and 15).

    predictions (N,), whole numbers from 0 to 9, in the order of test.csv. The file has the
    header ImageId,Label and then one line a digit, with ids from 1. It is whole or absent:
    it takes its name only after `check_submission` has passed it.

    Raises ValueError where the predictions are not that.
    """
    labels = np.asarray(predictions)
    if labels.ndim != 1 or not len(labels):
        raise ValueError(
            f"predictions are a vector of digits, shape (N,); got shape {labels.shape}."
            " Rows of probabilities become digits with P.argmax(axis=1)"
        )
    if labels.dtype.kind not in "iuf":
        raise ValueError(f"predictions are whole numbers from 0 to 9; got dtype {labels.dtype}")
    # A comparison with NaN is False, so this finds it too.
    bad = ~((labels >= 0) & (labels <= 9) & (labels == np.floor(labels)))
    if bad.any():
        at = int(np.flatnonzero(bad)[0])
        raise ValueError(f"prediction {labels[at]} at index {at} is not a digit from 0 to 9")
    with replacing(path) as file:  # as bytes, so that lines end in \n on Windows too
        file.write(HEADER.encode() + b"\n")
        file.writelines(b"%d,%d\n" % row for row in enumerate(labels.tolist(), start=1))
        file.flush()
        check_submission(file.name, rows=len(labels))


def check_submission(path, rows=28_000):
    """The labels in a submission file, (rows,) int64, if it is in order (notebook 15).

    rows: how many digits the competition's test.csv has. Right is: the header ImageId,Label;
    then one line a digit, `id,label`, with ids 1, 2, …, rows in this order and labels from 0
    to 9; plain text, or packed by gzip or zip; no blank line. Lines may end in \\n or \\r\\n.

    Raises ValueError for the first thing that is not so, with its line (the header is line 1)
    and what to do about it, and FileNotFoundError where there is no such file.
    """
    path, labels = path_of(path), []
    with opened(path) as stream:
        file = io.BytesIO(stream.limited(LARGEST))
    lines = enumerate(_lines(file, path), start=1)
    for line, text in lines:
        if line == 1:
            _check_header(text, path)
            continue
        labels.append(_label(text, path, line, lines))
        if len(labels) > rows:
            raise ValueError(
                f"{path}: line {line} is row {len(labels)}, and only {rows} belong in the"
                " file, one for each row of test.csv. Were other digits predicted?"
            )
    if not labels:
        raise ValueError(f"{path}: the header and no rows after it, where {rows} were expected")
    if len(labels) < rows:
        last = f"s {len(labels) + 1} to {rows} are" * (rows - len(labels) > 1) or f" {rows} is"
        raise ValueError(
            f"{path}: ends at line {len(labels) + 1} with {len(labels)} rows, expected {rows}:"
            f" id{last} missing. Predict every row of test.csv"
        )
    return np.array(labels, dtype=np.int64)


def one_sided(labels):
    """A warning for predictions most of which are one digit, as a sentence, or None.

    labels (N,) digits. In MNIST the most frequent digit is a ninth of all; where one takes more
    than half, the pixels were not what the network had learned from, or it had learned nothing.
    """
    counts = np.bincount(np.asarray(labels), minlength=10)
    digit, top = int(counts.argmax()), int(counts.max())
    if len(labels) < 20 or top <= len(labels) / 2:
        return None
    return (
        f"the digit {digit} takes {top} of {len(labels)} rows, where a tenth is usual. Were the"
        " pixels divided by 255, and did the training work?"
    )


def _lines(file, path):
    """The lines of the open file as text, without their ends; an empty file has none."""
    line = 0
    while data := file.readline(LONGEST):
        line += 1
        if line == 1:
            _check_start(data, path)
        if b"\0" in data or not data.isascii() or len(data) == LONGEST:
            raise ValueError(f"{path}: line {line} is not plain text. Is this a CSV file?")
        text = data.decode("ascii").removesuffix("\n").removesuffix("\r")
        if "\r" in text:
            raise ValueError(
                f"{path}: line {line} holds a carriage return, which old Macs ended lines with."
                " Save it with Unix or Windows line ends"
            )
        yield text
    if not line:
        raise ValueError(f"{path}: an empty file. It begins with the header {HEADER}")


def _check_start(data, path):
    """ValueError where the first bytes say that this is no plain text."""
    if data.startswith(b"\xef\xbb\xbf"):
        raise ValueError(
            f"{path}: line 1 begins with a byte order mark, three bytes that no editor shows,"
            " so its first column is not ImageId. Save it as UTF-8 without one; in pandas"
            " encoding='utf-8', in Excel 'CSV' and not 'CSV UTF-8'"
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValueError(f"{path}: this is UTF-16 text. Save it as CSV in UTF-8")


def _check_header(text, path):
    """ValueError unless the first line is ImageId,Label."""
    if text == HEADER:
        return
    cells = [cell.strip().strip("\"'") for cell in text.split(",")]
    if not text.strip():
        hint = "Remove the blank line"
    elif re.fullmatch(r"ImageId *[;\t|:] *Label|ImageId +Label", text):
        hint = "Separate the columns with a comma"
    elif cells[1:] == ["ImageId", "Label"]:
        hint = "The first column seems to be an index: save it with to_csv(path, index=False)"
    elif cells == ["Label", "ImageId"]:
        hint = "The columns are exchanged: the id comes first"
    elif [cell.lower() for cell in cells] == ["imageid", "label"]:
        hint = "Kaggle compares letter by letter: mind capitals, spaces and quotes"
    elif re.match(r"\s*-?\d", text):
        hint = "The header is missing: put it before the first row"
    elif len(cells) >= 784:
        hint = "This looks like a file of digits, not of answers"
    else:
        hint = "Name the two columns so"
    raise ValueError(
        f"{path}: line 1 is {_shown(text)}, where the header {HEADER} was expected. {hint}"
    )


def _label(text, path, line, after):
    """The label of the row on this line, or ValueError for what is wrong with it.

    after: the lines that follow, which tell rows in another order from wrong ids.
    """
    where, wanted = f"{path}: line {line}", line - 1
    if not text.strip():
        raise ValueError(f"{where} is blank, where the row of id {wanted} was expected")
    cells = text.split(",")
    if len(cells) == 1 and re.search(r"\d\s*[;\t |:]\s*\d", text):
        raise ValueError(
            f"{where}: no comma in {_shown(text)}. Separate id and label with a comma"
        )
    if len(cells) != 2:
        raise ValueError(
            f"{where} has {len(cells)} column{'s' * (len(cells) > 1)}, expected 2, an id and a"
            f" label: {_shown(text)}"
        )
    _check_id(cells[0], wanted, where, after)
    label = cells[1]
    if re.fullmatch(r"[0-9]", label):
        return int(label)
    if not label:
        raise ValueError(f"{where}: the label of id {wanted} is empty. Predict every row")
    if label != label.strip():
        hint = "Remove the space around it"
    elif re.fullmatch(r"[-+]?[0-9]+", label):
        hint = "Write a digit from 0 to 9, with one character"
    elif re.fullmatch(r"[-+]?[0-9]*\.[0-9]*(e[-+]?[0-9]+)?", label, re.IGNORECASE):
        hint = "Labels are written as whole numbers: predictions.astype(int)"
    elif label.lower() in ("nan", "na", "none", "inf", "-inf"):
        hint = "A row without a prediction: look at what the network was given there"
    elif label.strip("\"'") != label:
        hint = "Write it without quotes"
    else:
        hint = "Write a digit from 0 to 9"
    raise ValueError(f"{where}: the label of id {wanted} is {_shown(label)}. {hint}")


def _check_id(cell, wanted, where, after):
    """ValueError unless the id is the one that comes next."""
    if cell == str(wanted):
        return
    if not re.fullmatch(r"[0-9]{1,18}", cell):
        raise ValueError(
            f"{where}: the id is {_shown(cell)}, expected {wanted}, a whole number in plain"
            " figures"
        )
    found = int(cell)
    if found == wanted:
        hint = "Write it without leading zeros"
    elif _permuted(found, wanted, after):
        hint = (
            "All ids are there, out of order: sort the rows by ImageId, with their labels, as"
            " df.sort_values('ImageId') does"
        )
    elif wanted == 1 and found == 0:
        hint = "Ids begin at 1: np.arange(1, N + 1), where range(N) begins at 0"
    elif 1 <= found < wanted:
        hint = f"This id stands on line {found + 1} already: each belongs once"
    elif found > wanted:
        hint = f"The ids jump: {wanted} is missing here"
    else:
        hint = "Ids begin at 1"
    raise ValueError(f"{where}: the id is {cell}, expected {wanted}. {hint}")


def _permuted(found, wanted, after):
    """Whether this id and those after it are wanted, wanted + 1, … in any order."""
    ids = [found]
    for _, text in after:
        cell = text.partition(",")[0]
        if not re.fullmatch(r"[0-9]{1,18}", cell):
            return False
        ids.append(int(cell))
    return sorted(ids) == list(range(wanted, wanted + len(ids)))


def _shown(text):
    return repr(text[:40] + "…" * (len(text) > 40))
