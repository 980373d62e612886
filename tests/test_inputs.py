"""Labels and pixels as people hold them: what they mean, or the line that mends them."""

import re
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitlib.data import Digits, inputs, load
from digitlib.data.inputs import examples, implausible, labels, pixels, rows, taken_by
from digitlib.net.layers import (
    BatchNorm,
    Conv2D,
    Dropout,
    Flatten,
    Linear,
    MaxPool,
    ReLU,
    Unflatten,
)
from digitlib.net.network import Network

Y = [3, 0, 9, 1]
ONE_HOT = np.eye(10, dtype=int)[Y]


@pytest.fixture(scope="module")
def X():
    return load()[0].X[:200]


class Tensor:
    """What PyTorch's tensors have that is asked for here; they are no NumPy arrays."""

    def __init__(self, values):
        self.values = values

    def detach(self):
        return self

    cpu = detach

    def __array__(self, dtype=None, copy=None):
        return np.array(self.values, dtype)


FORMS = {
    "list": Y,
    "bytes": np.array(Y, np.uint8),
    "other byte order": np.array(Y, ">i4"),
    "series": pd.Series(Y),
    "series with its own index": pd.Series(Y, index=[3, 1, 0, 2]),
    "nullable series": pd.Series(Y, dtype="Int64"),
    "tensor": Tensor(Y),
}


@pytest.mark.parametrize("y", FORMS.values(), ids=FORMS)
def test_labels_that_can_mean_one_thing_come_out_as_int64(y):
    got = labels(y, n=4)
    assert type(got) is np.ndarray
    assert got.dtype == np.dtype(np.int64)
    assert got.dtype.isnative
    assert got.tolist() == Y


def test_labels_of_the_right_kind_are_not_copied():
    y = np.array(Y)
    assert labels(y) is y


WRONG_LABELS = {
    "none": (None, "have no labels (y is None)"),
    "digits": (Digits(np.zeros((1, 784)), np.array([1]), "a"), "give its labels alone, y.y"),
    "column": (np.array(Y)[:, None], "shape (4, 1), and labels are a vector (N,): y.ravel()"),
    "row": (np.array(Y)[None], "y.ravel()"),
    "one-hot": (ONE_HOT, "One-hot rows become labels with y.argmax(axis=1)"),
    "one-hot floats": (ONE_HOT.astype(np.float32), "y.argmax(axis=1)"),
    "one-hot columns": (ONE_HOT.T, "One-hot columns become labels with y.argmax(axis=0)"),
    "probabilities": (np.full((3, 10), 0.1), "become answers with .argmax(axis=1)"),
    "text table": (np.full((3, 10), "a"), "Were X and y exchanged?"),
    "images": (np.zeros((2, 28, 28)), "Were X and y exchanged?"),
    "one": (7, "a single label stands in a list, [7]"),
    "empty": ([], "there is nothing to learn from"),
    "floats": (np.array(Y, float), "y holds float64, and labels are whole numbers: use y.ast"),
    "halves": ([1.0, 2.5], "row 1 is 2.5, which is no label"),
    "nan": ([1.0, 2.0, np.nan], "row 2 is nan, which is no label"),
    "infinite": ([np.inf, 2.0], "row 0 is inf"),
    "text": (["3", "0"], "use y.astype(int)"),
    "bytes": ([b"3", b"0"], "use y.astype(int)"),
    "words": (["3", "seven"], "row 1 is 'seven', which is no label"),
    "byte words": ([b"3", b"seven"], "row 1 is b'seven', which is no label"),
    "objects": (np.array([3, 4], object), "y holds object, and labels are whole numbers: use"),
    "a missing one": (pd.Series([1, None, 3], dtype="Int64"), "row 1 is "),
    "infinity as text": (["inf", "1"], "row 0 is 'inf'"),
    "truth values": ([True, False], "turns False and True into 0 and 1"),
    "dates": (np.array(["2026-01-01"], "M8[D]"), "y holds datetime64[D]"),
    "ragged": ([[1], [1, 2]], "no array of rows of equal length"),
    "masked": (np.ma.array(Y, mask=[0, 1, 0, 0]), "masked entries"),
    "ten": ([1, 2, 10], "label 10 in row 2 of y is outside 0 to 9. Labels from 1 to 10"),
    "eleven": ([0, 11, 3], "label 11 in row 1 of y is outside 0 to 9"),
    "negative": ([0, 1, -1], "label -1 in row 2 of y is outside 0 to 9"),
    "huge": (np.array([1, 2**63 + 1], np.uint64), "label 9223372036854775809 in row 1"),
}


@pytest.mark.parametrize(("y", "message"), WRONG_LABELS.values(), ids=WRONG_LABELS)
def test_other_labels_are_refused_with_the_line_that_mends_them(y, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        labels(y)


def test_labels_are_as_many_as_rows_and_within_the_classes():
    with pytest.raises(ValueError, match="5 rows of X but 4 labels in y"):
        labels(Y, n=5)
    with pytest.raises(ValueError, match="label 9 in row 2 of answers is outside 0 to 4"):
        labels(Y, classes=5, name="answers")
    assert labels([400, 0], classes=None).tolist() == [400, 0]
    with pytest.raises(ValueError, match="label -2 in row 1 of y is below 0"):
        labels([400, -2], classes=None)


@given(st.lists(st.integers(0, 9), min_size=1), st.sampled_from(["u1", "<i2", ">i8", "i4"]))
def test_any_integers_in_range_come_back_as_they_were(y, dtype):
    assert labels(np.array(y, dtype)).tolist() == y


def test_the_hints_for_labels_work():
    """What each message says to write is written, and passes."""
    for y, line in (
        (np.array(Y)[:, None], "y.ravel()"),
        (ONE_HOT, "y.argmax(axis=1)"),
        (ONE_HOT.T, "y.argmax(axis=0)"),
        (np.array(Y, float), "y.astype(int)"),
        (np.array(list("3091")), "y.astype(int)"),
        (np.array(Y, object), "y.astype(int)"),
        (np.array([4, 1, 10, 2]), "y - 1"),
    ):
        with pytest.raises(ValueError, match=re.escape(line)):
            labels(y)
        assert labels(eval(line, {"y": y})).tolist() in (Y, [3, 0, 9, 1])


CONTAINERS = {
    "array": lambda X: X,
    "list": lambda X: X.tolist(),
    "frame": lambda X: pd.DataFrame(X, index=range(len(X), 0, -1)),
    "tensor": Tensor,
    "digits": lambda X: Digits(X, None, "a"),
    "images": lambda X: X.reshape(-1, 28, 28),
    "images with a channel": lambda X: X.reshape(-1, 28, 28, 1),
    "images, channel first": lambda X: X.reshape(-1, 1, 28, 28),
}


@pytest.mark.parametrize("put", CONTAINERS.values(), ids=CONTAINERS)
def test_pixels_come_out_as_rows_whatever_they_were_kept_in(put, X):
    got = pixels(put(X), 784, np.float32)
    assert type(got) is np.ndarray
    assert got.dtype == np.float32
    np.testing.assert_array_equal(got, X)


def test_an_array_of_rows_is_not_copied(X):
    assert pixels(X, 784, np.float32) is X
    assert rows(X) is X
    assert np.shares_memory(pixels(X.reshape(-1, 28, 28), 784), X)


def test_images_stay_images_for_a_network_that_takes_images(X):
    images = X.reshape(-1, 28, 28, 1)
    assert pixels(images, (28, 28, 1)) is images
    assert pixels(images, (None, None, 1)) is images
    np.testing.assert_array_equal(pixels(X, (28, 28, 1)), images)
    with pytest.raises(ValueError, match=re.escape("takes examples of shape (28, 28, 3)")):
        pixels(images, (28, 28, 3))


def changed(X, place, value, dtype=None):
    X = X.astype(dtype or X.dtype)
    X[place] = value
    return X


WRONG_PIXELS = {
    "none": (lambda X: None, "X is None, where rows"),
    "word": (lambda X: "train.csv", "where an array of rows was expected"),
    "pair": (
        lambda X: (X, np.zeros(200)),
        "pixels and labels: give the pixels, X[0]",
    ),
    "pair without labels": (lambda X: (X, None), "a pair of pixels and labels"),
    "bytes": (
        lambda X: np.rint(255 * X).astype(np.uint8),
        "whole numbers up to 255 (uint8), and the network learns from 0 to 1: use"
        " X.astype(np.float32) / 255",
    ),
    "list of bytes": (
        lambda X: np.rint(255 * X).astype(int).tolist(),
        "use X.astype(np.float32) / 255",
    ),
    "sixteen": (
        lambda X: np.full((2, 784), 16, np.uint8),
        "use X.astype(np.float32) / 16",
    ),
    "two": (lambda X: np.full((2, 784), 2, np.uint8), "whole numbers up to 2 (uint8)"),
    "seventeen": (
        lambda X: np.full((2, 784), 17, np.uint8),
        "use X.astype(np.float32) / 255",
    ),
    "ones": (lambda X: (X > 0.5).astype(np.uint8), "X holds uint8: use X.astype(np.float32)"),
    "truth values": (lambda X: X > 0.5, "X.astype(np.float32) turns False and True"),
    "double": (lambda X: X.astype(np.float64), "X is float64, the network float32: use X.ast"),
    "text": (lambda X: X.astype(str), "use X.astype(np.float32)"),
    "a word": (lambda X: changed(X, (7, 3), "?", object), "row 7, column 3 is '?'"),
    "complex": (lambda X: X.astype(complex), "X holds complex128, where numbers"),
    "nan": (lambda X: changed(X, (31, 5), np.nan), "X is nan in row 31, column 5, and in 1 pl"),
    "infinite": (lambda X: changed(X, (2, 9), -np.inf), "X is -inf in row 2, column 9"),
    "nan in images": (
        lambda X: changed(X, (31, 29), np.nan).reshape(-1, 28, 28),
        "row 31, column 29",
    ),
    "one digit": (lambda X: X[0], "a single digit is a set of one, X.reshape(1, 784)"),
    "one image": (lambda X: X[0].reshape(28, 28), "X.reshape(1, 784)"),
    "columns": (lambda X: X.T, "examples are rows here, so use X.T"),
    "with label": (lambda X: np.zeros((5, 785), np.float32), "X[:, 1:] leaves it out"),
    "8 x 8": (lambda X: X[:, :64], "these are 8 x 8 digits"),
    "8 x 8 images": (lambda X: X[:, :64].reshape(-1, 8, 8), "brings them into 28 x 28"),
    "other": (lambda X: X[:, :10], "X has shape (200, 10), and the network takes 784 numbers"),
    "ragged": (lambda X: [[1.0], [1.0, 2.0]], "no array of rows of equal length"),
    "masked": (lambda X: np.ma.array(X, mask=X > 0.5), "masked entries"),
}


@pytest.mark.parametrize(("make", "message"), WRONG_PIXELS.values(), ids=WRONG_PIXELS)
def test_other_pixels_are_refused_with_the_line_that_mends_them(make, message, X):
    with pytest.raises((ValueError, TypeError), match=re.escape(message)):
        pixels(make(X), 784, np.float32)


def test_a_sparse_matrix_is_named():
    class Sparse:
        def toarray(self):
            raise AssertionError("not asked for")

    with pytest.raises(ValueError, match=r"sparse matrix: use X\.toarray\(\)"):
        pixels(Sparse())


def test_numbers_too_large_to_be_added_up_are_finite_all_the_same():
    X = np.full((3, 5), np.finfo(np.float32).max)
    assert pixels(X, 5) is X


def turned(X):
    return X.reshape(-1, 28, 28).transpose(0, 2, 1).reshape(-1, 784)


def faint_strokes_from_left_to_right(X):
    """All the ink of a picture is less than that of one dark pixel."""
    X = np.zeros((100, 28, 28), np.float32)
    X[:, 14, 4:25] = 0.01
    return X.reshape(-1, 784)


DOUBTFUL = {
    "not divided": (lambda X: 255 * X, "reach 255, and a network learns from 0 to 1: X / 255"),
    "divided twice": (lambda X: X / 255, "divided by 255 twice"),
    "white paper": (lambda X: 1 - X, "1 - X turns it"),
    "white paper, 255": (lambda X: 255 - 255 * X, "255 - X turns it"),
    "negative": (lambda X: -X, "-X turns it"),
    "one white digit": (lambda X: 1 - X[:1], "1 - X turns it"),
    "transposed": (turned, "lie on their side"),
    "transposed and faint": (faint_strokes_from_left_to_right, "lie on their side"),
    "8 x 8": (lambda X: np.full((9, 64), [0.0, 16.0] * 32), "X / 16"),
}
PLAUSIBLE = {
    "as loaded": lambda X: X,
    "one digit": lambda X: X[:1],
    "few": lambda X: turned(X[:50]),  # too few to know
    "standardised": lambda X: (X - X.mean()) / X.std(),
    "standardised by pixel": lambda X: (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-3),
    "centred": lambda X: 2 * X - 1,
    "half negatives": lambda X: np.concatenate([X, 1 - X]),
    "nothing": np.zeros_like,
    "noise": lambda X: np.random.default_rng(0).random(X.shape),
    "no rows": lambda X: X[:0],
    "black and white": lambda X: (X > 0.5).astype(X.dtype),
    "other data": lambda X: 1000 * X[:, :10],
}


@pytest.mark.parametrize(("make", "message"), DOUBTFUL.values(), ids=DOUBTFUL)
def test_doubtful_pixels_are_warned_of_with_what_to_do(make, message, X):
    doubtful = make(X)
    with pytest.warns(UserWarning, match=re.escape(message)) as caught:
        assert pixels(doubtful) is doubtful
    assert len(caught) == 1
    assert caught[0].filename == __file__  # it points at the caller


@pytest.mark.parametrize("make", PLAUSIBLE.values(), ids=PLAUSIBLE)
def test_of_plausible_pixels_nothing_is_said(make, X):
    assert implausible(make(X)) is None


def test_the_hints_for_doubtful_pixels_work(X):
    for make, line in (
        (turned, "X.reshape(-1, 28, 28).transpose(0, 2, 1).reshape(-1, 784)"),
        (lambda X: 1 - X, "1 - X"),
        (lambda X: 255 * X, "X / 255"),
        (lambda X: -X, "-X"),
    ):
        doubtful = make(X)
        assert line in implausible(doubtful)
        np.testing.assert_allclose(eval(line, {"X": doubtful}), X, atol=1e-6)


def test_one_line_is_warned_of_once(X):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        for _ in range(3):
            pixels(1 - X)
    assert len(caught) == 1


def test_many_rows_are_looked_at_only_here_and_there(monkeypatch):
    looked = []
    monkeypatch.setattr(inputs, "_spread", lambda images: looked.append(len(images)) or (2, 1))
    X = np.tile(load()[0].X[:100], (60, 1))
    assert implausible(X) is None
    assert 100 <= looked[0] <= 1000


def test_examples_are_looked_at_as_a_pair(X):
    y = [1, 2] * 100
    for data in (Digits(X, y, "a"), (X, y), [X, np.array(y)]):
        got_X, got_y = examples(data, 784, np.float32, 10)
        assert got_X is X
        assert got_y.tolist() == y
    with pytest.raises(ValueError, match="200 rows of X but 3 labels"):
        examples((X, [1, 2, 3]))
    with pytest.raises(ValueError, match="no labels"):
        examples(Digits(X, None, "kaggle/test"))
    with pytest.raises(ValueError, match=r"valid_set is Digits or a pair .* ndarray of shape"):
        examples(X, name="valid_set")
    with pytest.raises(ValueError, match=r"a pair \(X, y\).* got list of 4"):
        examples([1, 2, 3, 4])
    with pytest.raises(ValueError, match=r"a pair \(X, y\).* got str of 5"):
        examples("train")
    with pytest.raises(ValueError, match=r"a pair \(X, y\).* got int"):
        examples(3)


def test_what_a_network_takes_is_read_from_its_layers(rng):
    def linear(n_in):
        return Linear(n_in, 7, rng)

    for layers, n_in in (
        ((linear(784),), 784),
        ((Dropout(0.1, rng), ReLU(), linear(5)), 5),
        ((Unflatten(28, 28, 1), Conv2D(1, 2, 3, rng), Flatten(), linear(1352)), 784),
        ((Conv2D(3, 2, 3, rng), Flatten(), linear(1352)), (None, None, 3)),
        ((MaxPool(2), Flatten(), linear(196)), None),
        ((Flatten(), linear(784)), None),
        ((BatchNorm(784), linear(784)), None),
    ):
        assert taken_by(Network(*layers)) == (n_in, np.float32, 7)


def test_whole_numbers_of_0_and_1_in_a_list_are_floats_already():
    assert pixels([[0, 1], [1, 0]], 2, np.float32).dtype == np.float32
