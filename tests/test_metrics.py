"""Counts that can be redone with a pencil, and the shapes that would make them lie."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitlib import (
    accuracy,
    confusion_matrix,
    mcnemar,
    precision_recall,
    prediction_interval,
    wilson_interval,
    worst_mistakes,
)


def test_accuracy_by_hand():
    assert accuracy(np.array([1, 2, 3, 4]), np.array([1, 2, 0, 4])) == 0.75


def test_a_column_of_labels_is_refused_not_stretched():
    y = np.array([1, 2, 3])
    assert (y == y[:, None]).mean() != 1  # what NumPy would have said
    with pytest.raises(ValueError, match=r"shape \(3, 1\).*y\.ravel\(\)"):
        accuracy(y, y[:, None])
    with pytest.raises(ValueError, match=r"predicted\.ravel\(\)"):
        accuracy(y[:, None], y[:, None])  # which once scored 100 %


@pytest.mark.parametrize(
    ("predicted", "y", "said"),
    [
        (np.array([1]), np.array([1, 2]), "two vectors"),
        (np.array([], int), np.array([], int), "no labels"),
        (
            np.array([0.2, 0.9]),
            np.array([0, 1]),
            "predicted holds float64",
        ),
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
    with pytest.raises(ValueError, match="label -1 in row 0 of y"):
        confusion_matrix(np.array([1]), np.array([-1]))


def test_worst_mistakes_come_first_and_right_answers_never():
    P = np.array([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8], [0.3, 0.7]])
    y = np.array([1, 1, 1, 0])
    assert worst_mistakes(P, y).tolist() == [0, 3, 1]
    assert worst_mistakes(P, y, count=2).tolist() == [0, 3]
    assert worst_mistakes(P, P.argmax(axis=1)).tolist() == []


def test_precision_and_recall_by_hand():
    C = np.array([[8, 2, 0], [4, 6, 0], [0, 0, 0]])
    precision, recall = precision_recall(C)
    assert np.allclose(precision[:2], [8 / 12, 6 / 8])
    assert np.allclose(recall[:2], [8 / 10, 6 / 10])
    assert np.isnan(precision[2])
    assert np.isnan(recall[2])


def test_precision_and_recall_against_a_loop(rng):
    predicted, y = rng.integers(10, size=(2, 3000))
    precision, recall = precision_recall(confusion_matrix(predicted, y))
    for k in range(10):
        assert precision[k] == (y[predicted == k] == k).mean()
        assert recall[k] == (predicted[y == k] == k).mean()


@pytest.mark.parametrize(
    "C", [np.ones((2, 3), int), np.ones(4, int), np.eye(3), np.array([[1, -1], [0, 1]])]
)
def test_what_is_no_confusion_matrix_is_refused(C):
    with pytest.raises(ValueError, match="a confusion matrix is"):
        precision_recall(C)


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [  # scipy 1.17, binomtest(right, n).proportion_ci(method="wilson")
        (0, 10, 0.0, 0.27753279),
        (10, 10, 0.72246721, 1.0),
        (90, 100, 0.82563434, 0.94477086),
        (9700, 10000, 0.96647185, 0.97316720),
    ],
)
def test_wilson_interval_against_known_values(right, n, low, high):
    assert wilson_interval(right, n) == pytest.approx((low, high), abs=1e-7)


@given(st.integers(1, 5000), st.data())
def test_wilson_ends_solve_their_equation(n, data):
    k = data.draw(st.integers(0, n))
    low, high = wilson_interval(k, n, confidence=0.9)
    assert 0 <= low <= k / n <= high <= 1
    z = 1.6448536269514722
    for p in {low, high} - {0.0, 1.0}:
        assert abs(k / n - p) == pytest.approx(z * math.sqrt(p * (1 - p) / n), rel=1e-6)
    mirrored = wilson_interval(n - k, n, confidence=0.9)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-12)


def test_wilson_of_none_and_of_all_ends_at_zero_and_one_exactly():
    n = np.arange(1, 2000)
    assert (wilson_interval(np.zeros_like(n), n)[0] == 0).all()
    assert (wilson_interval(n, n)[1] == 1).all()


@given(st.integers(1, 5000), st.integers(1, 30_000), st.data())
def test_prediction_ends_solve_their_equation(n, new, data):
    k = data.draw(st.integers(0, n))
    low, high = prediction_interval(k, n, new, confidence=0.9)
    truth = wilson_interval(k, n, confidence=0.9)
    assert 0 <= low <= k / n <= high <= 1
    assert low <= truth[0] + 1e-9, "a promise about a score is wider"
    assert high >= truth[1] - 1e-9
    z = 1.6448536269514722
    for s in {low, high} - {0.0, 1.0}:
        p = (k + new * s) / (n + new)
        spread = math.sqrt(p * (1 - p) * (1 / n + 1 / new))
        assert abs(k / n - s) == pytest.approx(z * spread, rel=1e-6)


@pytest.mark.parametrize(
    ("n", "new", "p"), [(800, 250, 0.97), (4200, 28_000, 0.995), (12_600, 28_000, 0.9965)]
)
def test_a_promised_score_is_kept_as_often_as_it_says(n, new, p, rng):
    right, score = rng.binomial(n, p, 20_000), rng.binomial(new, p, 20_000) / new
    low, high = prediction_interval(right, n, new)
    assert np.mean((low <= score) & (score <= high)) == pytest.approx(0.95, abs=0.012)
    low, high = wilson_interval(right, n)
    assert np.mean((low <= score) & (score <= high)) < 0.94, "the interval for the truth"


@pytest.mark.parametrize("new", [0, 2.5, -1, "10"])
def test_new_digits_are_counted(new):
    with pytest.raises(ValueError, match="new is a number of digits, a whole number from 1"):
        prediction_interval(9, 10, new)


def test_wilson_interval_takes_arrays_and_covers_what_it_claims():
    """Averaged over p, 95 % of the samples have the true p inside; exactly, not by lot."""
    n, right = 60, np.arange(61)
    low, high = wilson_interval(right, n)
    assert low.shape == high.shape == (61,)
    assert (low[7], high[7]) == wilson_interval(7, 60)
    ways = np.array([math.comb(n, k) for k in right], float)
    covered = []
    for p in np.linspace(0.01, 0.99, 197):
        chance = ways * p**right * (1 - p) ** (n - right)
        covered.append(chance[(low <= p) & (p <= high)].sum())
    assert np.mean(covered) == pytest.approx(0.95, abs=0.005)
    assert min(covered) > 0.83


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((0.9, 100), "right is a count"),
        ((9, 100.0), "n is a count"),
        ((11, 10), "from 0 to n"),
        ((-1, 10), "from 0 to n"),
        ((0, 0), "n 1 or more"),
        ((5, 10, 95), "confidence is a share"),
    ],
)
def test_impossible_intervals_are_refused(arguments, said):
    with pytest.raises(ValueError, match=said):
        wilson_interval(*arguments)


def answers(both, first, second, neither):
    """Two recognisers' answers with these counts, and the labels."""
    n = both + first + second + neither
    y = np.ones(n, int)
    a, b = y.copy(), y.copy()
    b[both : both + first] = 0
    a[both + first : both + first + second] = 0
    a[n - neither :] = b[n - neither :] = 0
    return a, b, y


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 3), st.integers(1, 3))
def test_mcnemar_against_every_throw_of_the_coins(first, second, both, neither):
    found = mcnemar(*answers(both, first, second, neither))
    assert (found.only_first, found.only_second) == (first, second)
    m, uneven = first + second, abs(first - second)
    if m <= 10:
        throws = itertools.product((0, 1), repeat=m)
        as_uneven = sum(abs(2 * sum(throw) - m) >= uneven for throw in throws)
        assert found.p == as_uneven / 2**m
    assert mcnemar(*answers(both, second, first, neither)).p == found.p


def test_mcnemar_by_hand_and_at_size():
    assert mcnemar(*answers(90, 8, 2, 0)).p == 2 * (1 + 10 + 45) / 1024
    assert mcnemar(*answers(5, 0, 0, 1)) == (0, 0, 1.0)
    assert mcnemar(*answers(0, 1, 1, 0)).p == 1.0
    # scipy 1.17, binomtest(2850, 6000).pvalue
    assert mcnemar(*answers(10, 2850, 3150, 0)).p == pytest.approx(0.00011300746, rel=1e-7)
    assert 0 <= mcnemar(*answers(0, 5000, 0, 0)).p < 1e-300


def test_mcnemar_wants_the_same_digits():
    with pytest.raises(ValueError, match="two vectors of one length"):
        mcnemar(np.ones(3, int), np.ones(4, int), np.ones(3, int))
