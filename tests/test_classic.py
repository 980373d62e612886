"""The hand-written network: its slopes, one step worked out with a pencil, its training."""

import math

import numpy as np
import pytest

import digitlib
from digitlib.gradcheck import check_gradient


def batch(n=5, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.random((n, 784)) * (rng.random((n, 784)) < 0.2)
    return X, rng.integers(10, size=n), digitlib.init_params(rng, dtype=np.float64)


@pytest.mark.parametrize("which", range(4), ids=["W1", "b1", "W2", "b2"])
def test_every_gradient_is_the_measured_slope(which):
    X, y, params = batch()
    Z1, A1, Z2, A2 = digitlib.forward_prop(*params, X)
    gradient = digitlib.backward_prop(Z1, A1, Z2, A2, params[0], params[2], X, y)[which]

    def loss(changed):
        given = list(params)
        given[which] = changed
        return digitlib.cross_entropy(digitlib.forward_prop(*given, X)[-1], y)

    rng = np.random.default_rng(1)
    assert check_gradient(loss, params[which], gradient, rng=rng) < 1e-7


def test_one_step_worked_out_by_hand():
    """Two pixels, two units, two digits; unit 1 is dead, so nothing flows through it."""
    W1, b1 = np.array([[1.0, -1.0], [2.0, 0.0]]), np.array([0.0, -1.0])
    W2, b2 = np.array([[math.log(3), 0.0], [5.0, 7.0]]), np.array([0.0, 0.0])
    X, y = np.array([[1.0, 0.0]]), np.array([1])
    Z1, A1, Z2, A2 = digitlib.forward_prop(W1, b1, W2, b2, X)
    assert Z1.tolist() == [[1, -2]]
    assert A1.tolist() == [[1, 0]]
    np.testing.assert_allclose(A2, [[0.75, 0.25]])
    dW1, db1, dW2, db2 = digitlib.backward_prop(Z1, A1, Z2, A2, W1, W2, X, y)
    np.testing.assert_allclose(db2, [0.75, -0.75])
    np.testing.assert_allclose(dW2, [[0.75, -0.75], [0, 0]])
    np.testing.assert_allclose(db1, [0.75 * math.log(3), 0])
    np.testing.assert_allclose(dW1, [[0.75 * math.log(3), 0], [0, 0]])
    stepped = digitlib.update_params(W1, b1, W2, b2, dW1, db1, dW2, db2, 2.0)
    np.testing.assert_allclose(stepped[0], [[1 - 1.5 * math.log(3), -1], [2, 0]])
    np.testing.assert_allclose(stepped[1], [-1.5 * math.log(3), -1])
    np.testing.assert_allclose(stepped[2], [[math.log(3) - 1.5, 1.5], [5, 7]])
    np.testing.assert_allclose(stepped[3], [-1.5, 1.5])
    assert W1.tolist() == [[1, -1], [2, 0]]


def test_the_start_has_the_stated_scale():
    W1, b1, W2, b2 = digitlib.init_params(np.random.default_rng(0), n_hidden=500)
    assert math.isclose(W1.std(), 1 / math.sqrt(784), rel_tol=0.01)
    assert math.isclose(W2.std(), 1 / math.sqrt(500), rel_tol=0.03)
    assert not b1.any()
    assert not b2.any()
    assert {a.dtype for a in (W1, b1, W2, b2)} == {np.dtype(np.float32)}


def test_training_learns_and_reports_every_loss():
    X, y, params = batch(30)
    seen = []
    kept = [a.copy() for a in params]
    trained, losses = digitlib.gradient_descent(
        X, y, 0.5, 60, params, on_step=lambda i, loss, params: seen.append((i, loss))
    )
    assert seen == list(enumerate(losses))
    assert losses[0] == digitlib.cross_entropy(digitlib.forward_prop(*params, X)[-1], y)
    assert losses[-1] < 0.1 * losses[0]
    assert digitlib.get_accuracy(digitlib.make_predictions(X, *trained), y) == 1
    assert all(np.array_equal(a, b) for a, b in zip(kept, params)), "the start was changed"


def test_the_same_start_gives_the_same_end_to_the_bit():
    X, y, params = batch(30)
    one, _ = digitlib.gradient_descent(X, y, 0.5, 20, params)
    two, _ = digitlib.gradient_descent(X, y, 0.5, 20, params)
    assert all(np.array_equal(a, b) for a, b in zip(one, two))


def test_a_loss_that_explodes_is_said():
    X, y, params = batch(30)
    with pytest.raises(FloatingPointError, match="rate below"), np.errstate(all="ignore"):
        digitlib.gradient_descent(X, y, 1e8, 20, params)


def test_show_prediction_draws_the_row():
    X, y, params = batch()
    axes = digitlib.show_prediction(2, X, y, *params)
    np.testing.assert_allclose(axes[0].images[0].get_array().ravel(), X[2])
    P = digitlib.forward_prop(*params, X)[-1]
    np.testing.assert_allclose([bar.get_width() for bar in axes[1].patches], P[2])
