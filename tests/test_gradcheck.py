"""The witness itself: right on known slopes, loud where it cannot see."""

import numpy as np
import pytest

from digitlib import check_gradient, numerical_gradient, relative_error


def test_numerical_gradient_of_a_known_function():
    theta = np.array([[1.0, -2.0], [0.5, 3.0]])
    kept = theta.copy()
    measured = numerical_gradient(lambda t: (t**3).sum(), theta)
    np.testing.assert_allclose(measured, 3 * theta**2, rtol=1e-8)
    assert np.array_equal(theta, kept)


def test_float32_parameters_are_measured_in_float64():
    theta = np.array([1.0, 2.0], dtype=np.float32)
    measured = numerical_gradient(lambda t: (t**2).sum(), theta)
    assert measured.dtype == np.float64
    np.testing.assert_allclose(measured, [2, 4], rtol=1e-9)


def test_relative_error_by_hand():
    assert relative_error([1.0, 4.0], [1.0, 5.0]) == 0.2
    assert relative_error(np.zeros(3), np.zeros(3)) == 0
    assert relative_error(np.array([2.0]), np.array([-2.0])) == 2
    assert relative_error([0.001], [0.002]) == relative_error([0.002], [0.001]) == 0.5
    assert relative_error([], []) == 0
    with pytest.raises(ValueError, match=r"shape \(2,\) with one of \(2, 1\)"):
        relative_error(np.ones(2), np.ones((2, 1)))


def quadratic(theta):
    return float((theta**2).sum())


@pytest.mark.parametrize("size", [10, 5000])
def test_check_gradient_sees_one_missing_factor(size, rng):
    theta = rng.standard_normal(size)
    assert check_gradient(quadratic, theta, 2 * theta, rng=rng) < 1e-7
    assert check_gradient(quadratic, theta, theta, rng=rng) > 0.4
    wrong = 2 * theta
    wrong[:3] *= -5
    assert check_gradient(quadratic, theta, wrong, rng=rng) > 1e-3


def test_many_entries_are_checked_along_unit_vectors(rng):
    """Every call is a step of h away, up and down; the last is at theta, for its rounding."""
    theta, asked = rng.standard_normal((30, 4)), []

    def f(changed):
        asked.append(changed.copy())
        return quadratic(changed)

    assert check_gradient(f, theta, 2 * theta, rng=rng, all_below=119, directions=7) < 1e-7
    away = [np.sqrt(((changed - theta) ** 2).sum()) for changed in asked]
    np.testing.assert_allclose(away, [1e-5] * 14 + [0], rtol=1e-9)
    asked.clear()
    assert check_gradient(f, theta, 2 * theta, all_below=120) < 1e-7, "each entry, no generator"
    np.testing.assert_allclose([np.abs(c - theta).max() for c in asked[:240]], 1e-5, rtol=1e-9)
    assert len(asked) == 241


def test_a_check_that_cannot_fail_is_an_error(rng):
    for size in (4, 5000):
        with pytest.raises(ValueError, match="cannot fail"):
            check_gradient(lambda theta: 1.0, np.ones(size), np.zeros(size), rng=rng)
        with pytest.raises(ValueError, match="cannot fail"):
            check_gradient(lambda theta: 0.0, np.ones(size), np.zeros(size), rng=rng)


def test_zeros_that_rounding_hides_are_zeros(rng):
    """θ + (0.7 − θ) is 0.7 up to its last bit: the differences are noise, and no slope."""

    def noisy(theta):
        return float((theta + (0.7 - theta)).sum())

    theta = rng.standard_normal(50)
    assert numerical_gradient(noisy, theta).any()
    with pytest.raises(ValueError, match="zero to rounding"):
        check_gradient(noisy, theta, np.zeros(50))
    assert check_gradient(noisy, theta, np.ones(50)) > 0.9, "claimed where none is: it fails"


def test_shapes_and_generators_are_asked_for(rng):
    with pytest.raises(ValueError, match="shape"):
        check_gradient(quadratic, np.ones(3), np.ones((3, 1)))
    with pytest.raises(TypeError, match="default_rng"):
        check_gradient(quadratic, np.ones(5000), np.ones(5000))
