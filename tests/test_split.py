"""Splitting and batching: every digit once, every class in its share."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from digitlib.data import Digits, batches, split


def numbered(y, name="sample/train"):
    """Digits whose first pixel says which one it is."""
    y = np.asarray(y, dtype=np.int64)
    X = np.zeros((len(y), 784), np.float32)
    X[:, 0] = np.arange(len(y))
    return Digits(X, y, name)


@given(
    counts=st.dictionaries(st.integers(0, 9), st.integers(2, 60), min_size=1),
    part=st.floats(0.01, 0.99),
    seed=st.integers(0, 2**32),
)
def test_split_is_disjoint_complete_and_in_proportion(counts, part, seed):
    rng = np.random.default_rng(seed)
    y = rng.permutation(np.repeat(list(counts), list(counts.values())))
    n, n_valid = len(y), max(1, round(part * len(y)))
    digits = numbered(y)
    # So far from both ends that no class is missing in a part.
    assume(all(1 <= n_valid * count / n <= count - 1 for count in counts.values()))
    train, valid = split(digits, n_valid, rng)
    assert len(valid.y) == n_valid
    together = np.concatenate([train.X[:, 0], valid.X[:, 0]]).astype(int)
    assert sorted(together) == list(range(n))
    np.testing.assert_array_equal(np.concatenate([train.y, valid.y]), y[together])
    for digit, count in counts.items():
        taken = np.sum(valid.y == digit)
        assert abs(taken - n_valid * count / n) < 1
        assert 1 <= taken < count


def test_split_by_hand():
    # 3 of 10: shares 1.5, 0.9 and 0.6 give 1, 0 and 0; the largest remainders are .9 and .6.
    y = [0] * 5 + [1] * 3 + [2] * 2
    train, valid = split(numbered(y), 3, np.random.default_rng(0))
    np.testing.assert_array_equal(np.bincount(valid.y), [1, 1, 1])
    np.testing.assert_array_equal(np.bincount(train.y), [4, 2, 1])
    assert (train.name, valid.name) == ("sample/train", "sample/valid")
    assert split(numbered(y, "my.csv"), 3, np.random.default_rng(0))[1].name == "my.csv/valid"


def test_both_parts_are_shuffled_and_the_generator_decides():
    digits = numbered(np.repeat(range(10), 100))
    parts = split(digits, 300, np.random.default_rng(1))
    for part in parts:
        assert abs(np.corrcoef(part.X[:, 0], np.arange(len(part.y)))[0, 1]) < 0.2
    again = split(digits, 300, np.random.default_rng(1))
    other = split(digits, 300, np.random.default_rng(2))
    for part in (0, 1):
        np.testing.assert_array_equal(again[part].X, parts[part].X)
        assert set(other[part].X[:, 0]) != set(parts[part].X[:, 0])


TEN = numbered(np.repeat([3, 7], 5))
REFUSED = {
    "none": (TEN, 0, "n_valid=0 of 10 digits: it must be from 1 to 9"),
    "negative": (TEN, -1, "n_valid=-1 of 10"),
    "all": (TEN, 10, "n_valid=10 of 10 digits: it must be from 1 to 9"),
    "a class missing in valid": (TEN, 1, "0 of the 5 digits of class 7.* 5 in the training"),
    "a class missing in train": (
        TEN,
        9,
        "5 of the 5 digits of class 3.* 0 in the training.* at least one",
    ),
    "a part": (TEN, 0.2, r"got 0\.2\. For a fifth"),
    "float": (TEN, 2.0, r"a whole number; got 2\.0"),
    "truth value": (TEN, True, "a whole number; got True"),
    "no labels": (TEN._replace(y=None), 2, r"have no labels \(y is None\)"),
    "one-hot": (TEN._replace(y=np.eye(10, dtype=int)[TEN.y]), 2, r"y\.argmax\(axis=1\)"),
    "a column": (TEN._replace(y=TEN.y[:, None]), 2, r"y\.ravel\(\)"),
    "pixels alone": (TEN.X, 2, r"a pair \(X, y\); got ndarray"),
    "labels forgotten": ((TEN.X,), 2, r"split takes Digits or a pair \(X, y\); got tuple"),
    "four parts": ((TEN.X, TEN.y) * 2, 2, r"split takes Digits or a pair \(X, y\); got tuple"),
    "lengths": (TEN._replace(y=TEN.y[:9]), 2, "10 rows of X but 9 labels"),
}


@pytest.mark.parametrize(("digits", "n_valid", "message"), REFUSED.values(), ids=REFUSED)
def test_split_refuses_what_cannot_be(digits, n_valid, message, rng):
    with pytest.raises(ValueError, match=message):
        split(digits, n_valid, rng)


@pytest.mark.parametrize("rng", [0, None, np.random.RandomState(0)])
def test_split_wants_a_generator(rng):
    with pytest.raises(TypeError, match=r"np\.random\.default_rng\(0\); got"):
        split(TEN, 2, rng)


@given(n=st.integers(1, 50), size=st.integers(1, 60), seed=st.integers(0, 2**32))
def test_batches_give_every_example_once_with_its_label(n, size, seed):
    X, y = np.arange(n, dtype=np.float32)[:, None] * [1, 1], np.arange(n) * 10
    parts = list(batches(X, y, size, np.random.default_rng(seed)))
    assert [len(part) for part, _ in parts] == [size] * (n // size) + [n % size] * (
        n % size > 0
    )
    together = np.concatenate([part for part, _ in parts])
    assert sorted(together[:, 0]) == list(range(n))
    np.testing.assert_array_equal(
        np.concatenate([labels for _, labels in parts]), together[:, 0] * 10
    )
    assert parts[0][0].dtype == X.dtype


def test_batches_are_shuffled_anew_in_each_call_and_kept_in_order_without_a_generator(rng):
    X, y = np.arange(100.0), np.arange(100)
    first, second = (np.concatenate([part for part, _ in batches(X, y, 7, rng)]) for _ in "12")
    assert not np.array_equal(first, second)
    np.testing.assert_array_equal(np.concatenate([b for _, b in batches(X, y, 7, None)]), y)


@pytest.mark.parametrize("rng", [None, np.random.default_rng(0)])
def test_changing_a_batch_leaves_the_data_as_it_was(rng):
    X, y = np.zeros((6, 2)), np.zeros(6, int)
    for X_batch, y_batch in batches(X, y, 6, rng):
        X_batch += 1
        y_batch += 1
    assert not X.any()
    assert not y.any()


@pytest.mark.parametrize(
    ("n", "size", "rng", "error", "message"),
    [
        (3, 0, None, ValueError, "at least 1; got size=0"),
        (3, 2.0, None, ValueError, r"whole number of examples.*size=2\.0"),
        (2, 1, None, ValueError, "3 rows of X but 2 labels"),
        ((3, 10), 1, None, ValueError, "labels are a vector"),
        (3, 1, 0, TypeError, r"default_rng\(0\); got 0"),
    ],
)
def test_batches_refuse_at_the_call_not_at_the_first_batch(n, size, rng, error, message):
    with pytest.raises(error, match=message):
        batches(np.zeros((3, 2)), np.zeros(n, int), size, rng)


def test_the_head_of_both_parts_is_as_mixed_as_the_rest():
    """The first fifty rows hold each class as chance would have it: sd 2.1, not 6."""
    digits = numbered(np.repeat(np.arange(10), 100))
    for part in (0, 1):
        heads = [split(digits, 200, np.random.default_rng(s))[part].y[:50] for s in range(100)]
        counts = np.array([np.bincount(head, minlength=10) for head in heads])
        assert np.abs(counts.mean(axis=0) - 5).max() < 0.8
        assert counts.std() < 2.6


def test_a_series_with_its_own_index_stays_with_its_pictures(rng):
    """pandas would look each label up by its index; what counts is the order of the rows."""
    y = np.repeat([3, 7], 5)
    series, X = pd.Series(y, index=np.arange(10)[::-1]), np.arange(10.0)[:, None]
    for part in split((pd.DataFrame(X), series), 4, rng):
        np.testing.assert_array_equal(part.y, y[part.X[:, 0].astype(int)])
    for X_batch, y_batch in batches(X.tolist(), series, 3, rng):
        np.testing.assert_array_equal(y_batch, y[X_batch[:, 0].astype(int)])
