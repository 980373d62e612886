"""The submission file: exactly what Kaggle wants, or nothing; and a judge that says why."""

import gzip
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from odd_files import zipped

from digitlib.data import submission
from digitlib.data.submission import check_submission, one_sided, write_submission


@pytest.mark.parametrize(
    "predictions",
    [[7, 0, 9], np.array([7, 0, 9], np.uint8), np.array([7.0, 0.0, 9.0], np.float32)],
)
def test_ids_from_1_and_whole_labels(predictions, tmp_path):
    write_submission(tmp_path / "s.csv", predictions)
    assert (tmp_path / "s.csv").read_bytes() == b"ImageId,Label\n1,7\n2,0\n3,9\n"


WRONG = {
    "a column": ([[7], [1]], r"shape \(2, 1\).*argmax"),
    "one digit": (7, r"shape \(\)"),
    "empty": ([], r"shape \(0,\)"),
    "half": ([1, 2.5], "2.5 at index 1 is not a digit from 0 to 9"),
    "NaN": ([1, np.nan], "nan at index 1"),
    "10": ([0, 3, 10], "10 at index 2"),
    "-1": ([-1], "-1 at index 0"),
    "text": (["7"], "got dtype <U1"),
    "truth values": ([True, False], "got dtype bool"),
}


@pytest.mark.parametrize(("predictions", "message"), WRONG.values(), ids=WRONG)
def test_anything_else_is_refused_and_an_older_file_stays(predictions, message, tmp_path):
    path = tmp_path / "s.csv"
    path.write_text("older")
    with pytest.raises(ValueError, match=message):
        write_submission(path, predictions)
    assert path.read_text() == "older"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_takes_its_name_only_after_the_check(tmp_path, monkeypatch):
    """With a header that the check does not know, the older file stays."""
    path, seen = tmp_path / "s.csv", []

    def check(name, rows):
        seen.append((Path(name).read_bytes(), rows))
        raise ValueError("found wanting")

    path.write_text("older")
    monkeypatch.setattr(submission, "check_submission", check)
    with pytest.raises(ValueError, match="found wanting"):
        write_submission(path, [7, 0])
    assert seen == [(b"ImageId,Label\n1,7\n2,0\n", 2)]
    assert path.read_text() == "older"
    assert list(tmp_path.iterdir()) == [path]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40), st.sampled_from(["\n", "\r\n"]))
def test_what_is_written_is_accepted_and_comes_back(tmp_path_factory, labels, newline):
    path = tmp_path_factory.mktemp("s") / "s.csv"
    write_submission(path, labels)
    path.write_bytes(path.read_bytes().replace(b"\n", newline.encode()))
    read = check_submission(path, rows=len(labels))
    assert read.dtype == np.int64
    assert read.tolist() == labels
    path.write_bytes(path.read_bytes().removesuffix(newline.encode()))  # the last end may lack
    assert check_submission(path, rows=len(labels)).tolist() == labels


def test_28000_rows_are_expected_unless_said_otherwise(tmp_path):
    write_submission(tmp_path / "s.csv", np.arange(28000) % 10)
    assert len(check_submission(tmp_path / "s.csv")) == 28000
    with pytest.raises(ValueError, match="line 27999 is row 27998, and only 27997 belong"):
        check_submission(tmp_path / "s.csv", rows=27997)


RIGHT = b"ImageId,Label\n" + b"".join(b"%d,%d\n" % (i, i % 10) for i in range(1, 13))


def changed(old, new):
    assert RIGHT.count(old) == 1
    return RIGHT.replace(old, new)


# What is in the file, and what must be said of it: the line, then the cause.
BROKEN = {
    "no header": (RIGHT.removeprefix(b"ImageId,Label\n"), ["line 1", "'1,1'", "is missing"]),
    "other header": (changed(b"ImageId", b"Image"), ["line 1", "'Image,Label'", "Name the"]),
    "small letters": (changed(b"ImageId", b"imageid"), ["line 1", "mind capitals"]),
    "space in header": (changed(b",Label", b", Label"), ["line 1", "mind capitals, spaces"]),
    "exchanged": (changed(b"ImageId,Label", b"Label,ImageId"), ["line 1", "are exchanged"]),
    "an index": (
        b"," + RIGHT.replace(b"\n", b"\n0,").removesuffix(b"0,"),
        ["line 1", "to_csv(path, index=False)"],
    ),
    "blank first line": (b"\n" + RIGHT, ["line 1 is ''", "Remove the blank line"]),
    "the digits": (b",".join([b"pixel"] * 784) + b"\n0", ["line 1", "not of answers"]),
    "byte order mark": (b"\xef\xbb\xbf" + RIGHT, ["line 1", "byte order mark", "'utf-8'"]),
    "UTF-16": (RIGHT.decode().encode("utf-16"), ["UTF-16", "UTF-8"]),
    "png": (b"\x89PNG" + RIGHT, ["line 1 is not plain text"]),
    "reversed": (
        b"\n".join([RIGHT.split(b"\n")[0], *RIGHT.split(b"\n")[-2:0:-1]]) + b"\n",
        ["line 2: the id is 12, expected 1", "All ids are there, out of order"],
    ),
    "two exchanged": (
        changed(b"4,4\n5,5\n", b"5,5\n4,4\n"),
        ["line 5: the id is 5, expected 4", "out of order", "sort_values('ImageId')"],
    ),
    "other ids": (RIGHT.replace(b"\n", b"\n1"), ["line 2: the id is 11, expected 1"]),
    "not text": (b"\x89PNG\r\n\x1a\n" + bytes(50), ["line 1", "not plain text"]),
    "not text later": (changed(b"5,5", b"5,\xd9\xa3"), ["line 6", "not plain text"]),
    "one long line": (b"1" * 99999, ["line 1", "not plain text"]),
    "old Mac": (RIGHT.replace(b"\n", b"\r"), ["line 1", "carriage return"]),
    "semicolons": (RIGHT.replace(b",", b";"), ["line 1", "'ImageId;Label'", "with a comma"]),
    "tabs": (RIGHT.replace(b",", b"\t"), ["line 1", "with a comma"]),
    "a semicolon": (changed(b"5,5", b"5;5"), ["line 6", "no comma in '5;5'"]),
    "ids from 0": (
        b"ImageId,Label\n" + b"".join(b"%d,7\n" % i for i in range(12)),
        ["line 2: the id is 0, expected 1", "np.arange(1, N + 1)"],
    ),
    "a gap": (changed(b"\n5,5", b""), ["line 6: the id is 6, expected 5", "5 is missing"]),
    "a duplicate": (changed(b"\n5,5", b"\n4,5"), ["line 6: the id is 4", "on line 5 already"]),
    "the first once more": (changed(b"\n5,5", b"\n1,5"), ["the id is 1,", "on line 2 already"]),
    "a gap, then a word": (
        b"ImageId,Label\n2,2\nthree,3\n1,1\n",
        ["line 2: the id is 2, expected 1", "1 is missing"],
    ),
    "sorted as text": (
        b"ImageId,Label\n1,1\n10,0\n11,1\n12,2\n2,2\n",
        ["line 3: the id is 10, expected 2", "jump"],
    ),
    "id 0 later": (changed(b"\n5,5", b"\n0,5"), ["line 6: the id is 0", "Ids begin at 1"]),
    "id of a file": (
        changed(b"\n5,5", b"\n5.png,5"),
        ["line 6: the id is '5.png', expected 5"],
    ),
    "id 5.0": (changed(b"\n5,5", b"\n5.0,5"), ["line 6: the id is '5.0', expected 5", "whole"]),
    "id 05": (changed(b"\n5,5", b"\n05,5"), ["line 6: the id is 05", "leading zeros"]),
    "id -5": (changed(b"\n5,5", b"\n-5,5"), ["line 6: the id is '-5', expected 5"]),
    "id empty": (changed(b"\n5,5", b"\n,5"), ["line 6: the id is '', expected 5"]),
    "endless id": (changed(b"\n5,5", b"\n" + b"9" * 9999 + b",5"), ["line 6: the id is '99"]),
    "second header": (RIGHT + RIGHT, ["line 14: the id is 'ImageId', expected 13"]),
    "3.0": (changed(b"5,5", b"5,3.0"), ["line 6: the label of id 5 is '3.0'", "whole numbers"]),
    "space": (changed(b"5,5", b"5,3 "), ["line 6: the label of id 5 is '3 '", "the space"]),
    "no label": (changed(b"5,5", b"5,"), ["line 6: the label of id 5 is empty"]),
    "NaN": (changed(b"5,5", b"5,nan"), ["line 6", "'nan'", "without a prediction"]),
    "quotes": (changed(b"5,5", b'5,"3"'), ["line 6", "without quotes"]),
    "a word": (changed(b"5,5", b"5,five"), ["line 6", "'five'", "a digit from 0 to 9"]),
    "10": (changed(b"5,5", b"5,10"), ["line 6: the label of id 5 is '10'", "from 0 to 9"]),
    "-1": (changed(b"5,5", b"5,-1"), ["line 6: the label of id 5 is '-1'", "from 0 to 9"]),
    "07": (changed(b"5,5", b"5,07"), ["line 6", "'07'", "with one character"]),
    "too many columns": (changed(b"5,5", b"5,5,0.9"), ["line 6 has 3 columns, expected 2"]),
    "too few columns": (changed(b"5,5", b"5"), ["line 6 has 1 column, expected 2"]),
    "blank line": (changed(b"5,5\n", b"5,5\n\n"), ["line 7 is blank", "row of id 6"]),
    "blank end": (RIGHT + b"\n", ["line 14 is blank"]),
    "missing rows": (
        RIGHT[:-10],
        ["ends at line 11", "10 rows, expected 12", "ids 11 to 12 are"],
    ),
    "a missing row": (RIGHT[:-5], ["ends at line 12", "expected 12: id 12 is missing"]),
    "too many rows": (RIGHT + b"13,3\n14,4\n", ["line 14 is row 13, and only 12 belong"]),
    "only a header": (b"ImageId,Label\n", ["the header and no rows"]),
    "empty file": (b"", ["empty file", "ImageId,Label"]),
}


@pytest.mark.parametrize(("data", "phrases"), BROKEN.values(), ids=BROKEN)
def test_a_broken_submission_gets_an_error_that_says_where_and_what(data, phrases, tmp_path):
    path = tmp_path / "submission.csv"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=re.escape(f"{path}: ")) as error:
        check_submission(path, rows=12)
    assert [phrase for phrase in phrases if phrase not in str(error.value)] == []
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 400


def test_the_kinds_of_broken_files_have_errors_of_their_own(tmp_path):
    """Two kinds share words only where they are one thing, such as two wrong labels."""
    said = set()
    for data, _ in BROKEN.values():
        (tmp_path / "s.csv").write_bytes(data)
        with pytest.raises(ValueError, match=r"s\.csv") as error:
            check_submission(tmp_path / "s.csv", rows=12)
        said.add(re.sub(r"'.*?'|\d+", "…", str(error.value)))
    assert len(said) >= 25, len(said)


@pytest.mark.parametrize(("length", "shown"), [(40, "x" * 40), (41, "x" * 40 + "…")])
def test_forty_characters_of_a_line_are_shown(length, shown, tmp_path):
    (tmp_path / "s.csv").write_text("x" * length)
    with pytest.raises(ValueError, match=f"line 1 is '{shown}', where"):
        check_submission(tmp_path / "s.csv")


def test_right_is_right(tmp_path):
    """Without this, every test above would pass with a judge that refuses everything."""
    (tmp_path / "s.csv").write_bytes(RIGHT)
    assert check_submission(tmp_path / "s.csv", rows=12).tolist() == [
        i % 10 for i in range(1, 13)
    ]


def test_no_file_and_a_folder(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"s\.csv: there is no such file"):
        check_submission(tmp_path / "s.csv")
    with pytest.raises(ValueError, match="a folder"):
        check_submission(tmp_path)


def test_a_packed_submission_is_looked_into(tmp_path):
    for name, data in (
        ("s.csv.gz", gzip.compress(RIGHT)),
        ("s.zip", zipped(**{"s.csv": RIGHT})),
    ):
        (tmp_path / name).write_bytes(data)
        assert len(check_submission(tmp_path / name, rows=12)) == 12


def test_predictions_of_one_digit_are_warned_of():
    assert one_sided([3] * 28_000).startswith("the digit 3 takes 28000 of 28000 rows")
    assert one_sided([3] * 19) is None  # too few to tell
    assert one_sided(np.arange(100) % 10) is None
    assert one_sided([7] * 51 + [1] * 49).startswith("the digit 7 takes 51 of 100")
    assert one_sided([7] * 50 + [1] * 50) is None
