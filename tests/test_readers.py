"""Reading CSV and IDX files: what was written comes back, and nothing else is let through."""

import gzip
import io
import re
from unittest import mock

import numpy as np
import pytest
from data_helpers import FULL, csv_bytes, full, idx_bytes, table
from hypothesis import given
from hypothesis import strategies as st
from odd_files import (
    HARMLESS,
    HARMLESS_UNLABELLED,
    ROWS,
    WRONG_CSV,
    WRONG_IDX,
    WRONG_UNLABELLED_CSV,
    with_cell,
)

from digitlib.data import csv_text as _csv
from digitlib.data import readers
from digitlib.data.csv_layout import Layout, layout_of, shorter
from digitlib.data.formats import Unpacked
from digitlib.data.readers import Digits, read_idx, read_labelled_csv, read_unlabelled_csv


@given(
    rows=st.integers(1, 6),
    seed=st.integers(0, 2**32),
    labelled=st.booleans(),
    header=st.booleans(),
    newline=st.sampled_from(["\n", "\r\n"]),
    last_newline=st.booleans(),
    block_size=st.integers(1, 6000),
)
def test_the_quick_path_gives_back_what_was_written(
    rows, seed, labelled, header, newline, last_newline, block_size
):
    written = table(rows, labelled, seed)
    data = csv_bytes(written, header, newline, last_newline)
    with mock.patch.object(_csv, "careful", side_effect=AssertionError("not the quick path")):
        pixels, labels = _csv.parse(io.BytesIO(data), "a.csv", labelled, block_size)
    assert pixels.dtype == np.uint8
    np.testing.assert_array_equal(pixels, written[:, labelled:])
    if labelled:
        np.testing.assert_array_equal(labels, written[:, 0])
    else:
        assert labels is None


LABELLED = Layout(785, 0, 0, None, None, 0, None)


@given(cell=st.text('0123456789,.- "x\n', max_size=5), at=st.integers(0, 784))
def test_the_quick_path_takes_no_cell_that_the_careful_path_refuses(cell, at):
    rows = table(2).astype(object)
    rows[1, at] = cell
    block = csv_bytes(rows, header=False)
    quick = _csv.quick(block, 785)
    if quick is not None:
        careful, lines = _csv.careful(block, "a.csv", LABELLED, 1, True)
        np.testing.assert_array_equal(quick, careful)
        assert lines.tolist() == [1, 2]
        assert re.fullmatch(r"\d{1,3}", cell)


def test_labelled_digits(tmp_path):
    rows = table(7)
    path = tmp_path / "seven.csv"
    path.write_bytes(csv_bytes(rows))
    digits = read_labelled_csv(path)
    assert digits.X.dtype == np.float32
    assert digits.y.dtype == np.int64
    assert digits.name == "seven.csv"
    np.testing.assert_array_equal(digits.X, rows[:, 1:].astype(np.float32) / np.float32(255))
    np.testing.assert_array_equal(digits.y, rows[:, 0])
    assert read_labelled_csv(str(path), dtype=np.float64).X.dtype == np.float64


def test_unlabelled_digits(tmp_path):
    rows = table(3, labelled=False)
    (tmp_path / "a.csv").write_bytes(csv_bytes(rows))
    X, y, _ = read_unlabelled_csv(tmp_path / "a.csv")
    np.testing.assert_array_equal(np.rint(X * 255), rows)
    assert y is None


def test_digits_show_their_shapes_and_not_their_numbers():
    digits = Digits(np.zeros((3, 784), np.float32), np.zeros(3, np.int64), "a/train")
    assert repr(digits) == "Digits('a/train', X: (3, 784) float32, y: (3,) int64)"
    assert repr(digits._replace(y=None)).endswith("y: None)")
    assert len(digits) == 3  # a tuple of three, whatever it holds


@pytest.mark.parametrize("data", HARMLESS.values(), ids=HARMLESS)
def test_harmless_variants_are_accepted(data, tmp_path):
    path = tmp_path / "train.csv.gz"  # the bytes decide, not the name
    path.write_bytes(data)
    digits = read_labelled_csv(path)
    np.testing.assert_array_equal(np.rint(digits.X * 255), ROWS[:, 1:])
    np.testing.assert_array_equal(digits.y, ROWS[:, 0])


@pytest.mark.parametrize("data", HARMLESS_UNLABELLED.values(), ids=HARMLESS_UNLABELLED)
def test_so_they_are_without_labels(data, tmp_path):
    path = tmp_path / "test.csv"
    path.write_bytes(data)
    digits = read_unlabelled_csv(path)
    np.testing.assert_array_equal(np.rint(digits.X * 255), ROWS[:, 1:])
    assert digits.y is None


@pytest.mark.parametrize(("data", "phrases"), WRONG_CSV.values(), ids=WRONG_CSV)
def test_a_wrong_csv_gets_an_error_that_says_where_and_what(data, phrases, tmp_path):
    path = tmp_path / "digits.csv"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=re.escape(str(path))) as error:
        read_labelled_csv(path)
    for phrase in phrases:
        assert phrase in str(error.value)


@pytest.mark.parametrize(
    ("data", "phrases"), WRONG_UNLABELLED_CSV.values(), ids=WRONG_UNLABELLED_CSV
)
def test_so_does_a_wrong_csv_without_labels(data, phrases, tmp_path):
    path = tmp_path / "test.csv"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=re.escape(str(path))) as error:
        read_unlabelled_csv(path)
    for phrase in phrases:
        assert phrase in str(error.value)


def test_the_kinds_of_wrong_csv_have_errors_of_their_own(tmp_path):
    """Kinds share words only where they are one thing, such as two cells that are no pixel."""
    said = set()
    for data, _ in WRONG_CSV.values():
        (tmp_path / "a.csv").write_bytes(data)
        with pytest.raises(ValueError, match=r"a\.csv") as error:
            read_labelled_csv(tmp_path / "a.csv")
        said.add(re.sub(r"'.*?'|\d+", "…", str(error.value)))
    assert len(said) >= 35, said


@pytest.mark.parametrize("header", [True, False])
def test_a_labelled_file_is_not_taken_for_an_unlabelled_one(header, tmp_path):
    (tmp_path / "a.csv").write_bytes(csv_bytes(ROWS, header))
    with pytest.raises(ValueError, match="labelled file: use read_labelled_csv"):
        read_unlabelled_csv(tmp_path / "a.csv")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("block_size", [700, 4096, 5000, 1 << 18])
def test_the_line_number_is_right_wherever_blocks_end(block_size, newline):
    data = with_cell("abc").replace(b"\n", newline.encode())
    with pytest.raises(ValueError, match="line 32, column 6 "):
        _csv.parse(io.BytesIO(data), "a.csv", True, block_size)
    blanks = data.replace(newline.encode(), 2 * newline.encode())
    with pytest.raises(ValueError, match="line 63, column 6 "):
        _csv.parse(io.BytesIO(blanks), "a.csv", True, block_size)


@pytest.mark.parametrize("shape", [(5,), (2, 28, 28), (2, 3, 4, 5), (0, 28, 28)])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_idx_gives_back_what_was_written(shape, pack, tmp_path, rng):
    written = rng.integers(0, 256, size=shape, dtype=np.uint8)
    (tmp_path / "a").write_bytes(pack(idx_bytes(written)))
    read = read_idx(tmp_path / "a")
    assert read.dtype == np.uint8
    assert read.flags.writeable
    np.testing.assert_array_equal(read, written)


@pytest.mark.parametrize(("data", "phrases"), WRONG_IDX.values(), ids=WRONG_IDX)
def test_a_wrong_idx_file_gets_an_error_that_says_what(data, phrases, tmp_path):
    path = tmp_path / "train-images-idx3-ubyte"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=re.escape(str(path))) as error:
        read_idx(path)
    for phrase in phrases:
        assert phrase in str(error.value)


@full
@pytest.mark.parametrize("name", ["train.csv.gz", "test.csv.gz"])
def test_pandas_reads_the_same_numbers_from_the_whole_competition(name):
    import pandas

    path = FULL / "kaggle" / name
    with gzip.open(path) as stream:
        pixels, labels = _csv.parse(stream, path, labelled=name.startswith("train"))
    table = pandas.read_csv(path).to_numpy()
    np.testing.assert_array_equal(pixels, table[:, -784:])
    if labels is not None:
        np.testing.assert_array_equal(labels, table[:, 0])


def test_no_more_rows_are_read_than_any_set_has(monkeypatch):
    monkeypatch.setattr(_csv, "MOST", 30)
    with pytest.raises(ValueError, match=r"a\.csv: more than 30 rows"):
        _csv.parse(io.BytesIO(csv_bytes(ROWS)), "a.csv", True)


def test_a_line_that_is_shorter_than_the_empty_columns_at_the_end(tmp_path):
    lines = csv_bytes(ROWS, header=False).replace(b"\n", b",,\n").splitlines(keepends=True)
    (tmp_path / "a.csv").write_bytes(b"".join([lines[0], b"5\n", *lines[2:]]))
    with pytest.raises(ValueError, match=r"a\.csv: line 2 has 1 column, expected 785"):
        read_labelled_csv(tmp_path / "a.csv")
    (tmp_path / "a.csv").write_bytes(b"".join([lines[0], lines[1], b"5\n", *lines[3:]]))
    with pytest.raises(ValueError, match=r"a\.csv: line 3 has 1 column, expected 785"):
        read_labelled_csv(tmp_path / "a.csv")


@pytest.mark.parametrize("label", [0, 784])
def test_pixels_that_follow_one_another_are_not_sorted(label):
    """They are then a view of the table, not a copy that is twice as large."""
    names = [f"pixel{i}" for i in range(784)]
    names.insert(label, "label")
    layout = layout_of([names, ["1"] * 785], True, "a.csv", 1)
    assert (layout.label, layout.order) == (label, None)


def test_digits_of_another_size_are_known_by_the_number_of_columns():
    """The pixels alone, with a label, with a label and an index."""
    sides = (8, 14, 16, 20, 32, 64)
    for side in sides:
        for more in (0, 1, 2):
            assert f"These are {side} x {side} digits" in shorter(side**2 + more)
    for side in {*range(1, 70)} - {*sides}:
        assert "digits. np" not in (shorter(side**2) or "")
    for columns in (3 * 784, 3 * 784 + 1):
        assert "coloured" in shorter(columns)
    assert shorter(3 * 784 - 1) is shorter(3 * 784 + 2) is shorter(785) is shorter(0) is None
    assert "a submission" in shorter(2)
    assert shorter(786, ["", *["1"] * 785]).startswith("The first column seems to be an index")
    assert shorter(786, ["1"] * 786) is None


@pytest.mark.parametrize("block_size", [2500, 6000, 1 << 18])
def test_of_the_last_line_alone_it_is_said_that_it_was_cut_off(block_size):
    lines = csv_bytes(ROWS[:9], header=False).splitlines(keepends=True)
    for row in range(9):
        short = [*lines]
        short[row] = b",".join(lines[row].split(b",")[:500]) + b"\n"
        with pytest.raises(ValueError, match=f"line {row + 1} has 500 columns") as error:
            _csv.parse(io.BytesIO(b"".join(short)), "a.csv", True, block_size)
        assert ("cut off" in str(error.value)) == (row == 8)


@pytest.mark.parametrize(("count", "expected"), [(60, None), (61, b";")])
def test_from_61_on_they_are_separators(count, expected):
    """A line of prose has a semicolon or two; the smallest digits, 8 x 8, have 64 columns."""
    assert _csv.separator_of(b"0;" * count + b"0\n") == expected


@pytest.mark.parametrize(
    ("rows", "found", "asked", "said"),
    [
        (2048, 2 << 20, 2 << 20, None),  # just as many as there may be
        (2049, 1 << 20, 1 << 20, "cut off"),  # a promise too large, so no more is looked at
        (2049, (1 << 20) + 1, 1 << 20, "more than any set of digits has"),
    ],
)
def test_how_much_of_a_promise_is_read(rows, found, asked, said, tmp_path, monkeypatch):
    sizes, limited = [], Unpacked.limited
    monkeypatch.setattr(readers, "LARGEST", 2 << 20)
    monkeypatch.setattr(
        Unpacked, "limited", lambda stream, size: sizes.append(size) or limited(stream, size)
    )
    header = idx_bytes(np.empty((rows, 32, 32), np.uint8))[:16]
    (tmp_path / "a").write_bytes(header + bytes(found))
    if said is None:
        assert read_idx(tmp_path / "a").shape == (rows, 32, 32)
    else:
        with pytest.raises(ValueError, match=said):
            read_idx(tmp_path / "a")
    assert sizes == [asked]


@pytest.mark.parametrize("blanks", [1, 2, 3])
@pytest.mark.parametrize("separator", [b",", b";"])
def test_blank_lines_before_the_first_are_counted(blanks, separator):
    first = b"\n" * blanks
    data = first + csv_bytes(ROWS).replace(b",", separator)
    np.testing.assert_array_equal(_csv.parse(io.BytesIO(data), "a.csv", True)[0], ROWS[:, 1:])
    wrong = first + with_cell("abc").replace(b",", separator)
    with pytest.raises(ValueError, match=f"line {32 + blanks}, column 6 "):
        _csv.parse(io.BytesIO(wrong), "a.csv", True)


def test_a_quote_that_is_wrong_is_found_on_its_line_in_later_blocks_too():
    for row in range(20, 30):
        data = with_cell('"1"2', row=row)
        with pytest.raises(ValueError, match=f"a.csv: line {row + 2}: "):
            _csv.parse(io.BytesIO(data), "a.csv", True, 9000)


@pytest.mark.parametrize(("top", "last"), [(9, True), (10, False)])
def test_a_last_column_of_digits_looks_like_the_labels(top, last):
    rows = table(12)
    rows[:, 0], rows[:, -1] = 0, 0
    rows[3, -1] = top
    with pytest.raises(ValueError, match="label 0 in all 12 rows") as error:
        _csv.parse(io.BytesIO(csv_bytes(rows, header=False)), "a.csv", True)
    assert ("The last column" in str(error.value)) == last
