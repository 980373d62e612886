"""Calibration against a loop, the temperature against a search and against what was put in."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitlib import calibration, cross_entropy, fit_temperature, softmax


def test_calibration_by_hand():
    P = np.array([[0.95, 0.05], [0.92, 0.08], [0.3, 0.7], [0.45, 0.55]])
    found = calibration(P, np.array([0, 1, 1, 0]), bins=5)
    assert found.count.tolist() == [0, 0, 1, 1, 2]
    assert np.allclose(found.confidence[2:], [0.55, 0.7, 0.935])
    assert np.allclose(found.accuracy[2:], [0, 1, 0.5])
    assert np.isnan(found.accuracy[:2]).all()
    assert found.error == pytest.approx((0.55 + 0.3 + 2 * 0.435) / 4)


@given(st.integers(0, 1000), st.integers(1, 20), st.sampled_from([np.float32, np.float64]))
def test_calibration_against_a_loop(seed, bins, dtype):
    rng = np.random.default_rng(seed)
    P = softmax(3 * rng.standard_normal((200, 10))).astype(dtype)
    y = rng.integers(10, size=200)
    found, error = calibration(P, y, bins), 0.0
    for b in range(bins):
        top = P.max(axis=1).astype(np.float64)
        inside = (b / bins < top) & (top <= (b + 1) / bins)
        assert found.count[b] == inside.sum()
        if inside.any():
            right = (P[inside].argmax(axis=1) == y[inside]).mean()
            error += abs(right - top[inside].mean()) * inside.mean()
            assert found.accuracy[b] == pytest.approx(right)
    assert found.error == pytest.approx(error)


def test_certainty_and_the_edge_of_a_bin_have_a_place():
    P = np.array([[1.0, 0.0], [0.5, 0.5]], np.float32)
    found = calibration(P, np.array([0, 0]))
    assert found.count.tolist() == [0, 0, 0, 0, 1, 0, 0, 0, 0, 1]


def drawn_with_temperature(T, rng, n=20_000):
    """Scores of a network that is honest at temperature T: labels drawn from softmax(Z/T)."""
    Z = 4 * rng.standard_normal((n, 10))
    total = softmax(Z / T).cumsum(axis=1)
    return Z, (rng.random((n, 1)) > total[:, :-1]).sum(axis=1)


@pytest.mark.parametrize("T", [0.3, 1.0, 2.5, 20.0])
def test_the_temperature_that_was_put_in_is_found(T, rng):
    Z, y = drawn_with_temperature(T, rng)
    found = fit_temperature(Z, y)
    assert found == pytest.approx(T, rel=0.05)
    lowest = cross_entropy(softmax(Z / found), y)
    for factor in (0.99, 1.01):
        assert lowest < cross_entropy(softmax(Z / (factor * found)), y)
    if T >= 1:
        before = calibration(softmax(Z), y).error
        assert calibration(softmax(Z / found), y).error < max(before, 0.02)


@given(st.floats(1e-3, 1e3), st.floats(-1e3, 1e3))
def test_temperature_scales_with_the_scores_and_ignores_a_shift(stretch, shift):
    Z, y = drawn_with_temperature(1.5, np.random.default_rng(0), n=200)
    found = fit_temperature(stretch * Z + shift, y)
    assert found == pytest.approx(stretch * fit_temperature(Z, y), rel=1e-6)
    assert fit_temperature(Z.astype(np.float32), y) == pytest.approx(
        fit_temperature(Z, y), rel=1e-5
    )


def test_temperature_of_three_digits_by_hand():
    """Two of three are right: softmax says ⅔ where 1000 β = ln 2. At β = 1 all is flat."""
    Z, y = np.array([[1000.0, 0.0]] * 3), np.array([0, 0, 1])
    assert fit_temperature(Z, y) == pytest.approx(1000 / np.log(2), rel=1e-9)


def test_no_best_temperature_is_said_and_not_searched_for_ever():
    Z = np.array([[2.0, 1.0], [0.0, 3.0]])
    with pytest.raises(ValueError, match="all 2 digits are read right"):
        fit_temperature(Z, np.array([0, 1]))
    with pytest.raises(ValueError, match="no better than the others"):
        fit_temperature(Z, np.array([1, 0]))
    with pytest.raises(ValueError, match="NaN or infinity"):
        fit_temperature(np.array([[np.nan, 1.0]]), np.array([0]))


@pytest.mark.parametrize(
    ("P", "y", "bins", "said"),
    [
        (np.array([[3.0, -1.0]]), [0], 10, "calibration.softmax"),
        (np.array([[1.01, 0.0]]), [0], 10, "from 0 to 1, not from 0 to 1.01"),
        (np.array([[0.9, -0.01]]), [0], 10, "from 0 to 1, not from -0.01"),
        (np.array([[0.5, 0.5]]), [0, 1], 10, "2 labels for 1 rows"),
        (np.array([0.5, 0.5]), [0, 1], 10, "one row of floats a digit"),
        (np.array([[1, 0]]), [0], 10, "one row of floats a digit"),
        (np.array([[0.5, 0.5]]), [0], 0, "bins is a whole number"),
        (np.array([[0.5, 0.5]]), [0], 2.5, "bins is a whole number"),
    ],
)
def test_what_calibration_refuses(P, y, bins, said):
    with pytest.raises(ValueError, match=said):
        calibration(P, np.array(y), bins)
