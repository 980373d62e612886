"""Counts that can be redone with a pencil, and the shapes that would make them lie."""

import numpy as np
import pytest

from digitlib import accuracy, confusion_matrix, worst_mistakes


def test_accuracy_by_hand():
    assert accuracy(np.array([1, 2, 3, 4]), np.array([1, 2, 0, 4])) == 0.75


def test_a_column_of_labels_is_refused_not_stretched():
    y = np.array([1, 2, 3])
    assert (y == y[:, None]).mean() != 1  # what NumPy would have said
    with pytest.raises(ValueError, match="two vectors of one length"):
        accuracy(y, y[:, None])


@pytest.mark.parametrize(
    ("predicted", "y", "said"),
    [
        (np.array([1]), np.array([1, 2]), "two vectors"),
        (np.array([], int), np.array([], int), "no labels"),
        (np.array([0.2, 0.9]), np.array([0, 1]), "predictions are integers"),
    ],
)
def test_impossible_pairs_are_refused(predicted, y, said):
    for count in (accuracy, confusion_matrix):
        with pytest.raises(ValueError, match=said):
            count(predicted, y)


def test_confusion_matrix_against_a_loop(rng):
    predicted, y = rng.integers(10, size=(2, 500))
    C = np.zeros((10, 10), dtype=np.int64)
    for t, p in zip(y, predicted):
        C[t, p] += 1
    assert np.array_equal(confusion_matrix(predicted, y), C)
    assert np.array_equal(confusion_matrix(predicted.astype(np.uint8), y.astype(np.uint8)), C)


def test_confusion_matrix_is_ten_wide_without_a_nine_and_refuses_a_ten():
    assert confusion_matrix(np.array([0, 1]), np.array([0, 0])).shape == (10, 10)
    with pytest.raises(ValueError, match="predicted label is outside 0 to 9"):
        confusion_matrix(np.array([10]), np.array([1]))
    with pytest.raises(ValueError, match="true label is outside"):
        confusion_matrix(np.array([1]), np.array([-1]))


def test_worst_mistakes_come_first_and_right_answers_never():
    P = np.array([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8], [0.3, 0.7]])
    y = np.array([1, 1, 1, 0])
    assert worst_mistakes(P, y).tolist() == [0, 3, 1]
    assert worst_mistakes(P, y, count=2).tolist() == [0, 3]
    assert worst_mistakes(P, P.argmax(axis=1)).tolist() == []
