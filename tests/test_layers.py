"""Every layer against finite differences, and what a gradient check alone would miss."""

import numpy as np
import pytest

from digitlib import formulas as F
from digitlib.gradcheck import check_gradient
from digitlib.net.init import xavier
from digitlib.net.layers import (
    BatchNorm,
    Dropout,
    Flatten,
    LeakyReLU,
    Linear,
    ReLU,
    Sigmoid,
    Tanh,
)

F64 = np.float64


def make_layers():
    rng = np.random.default_rng(1)
    return {
        "linear": Linear(6, 4, rng, init=xavier, dtype=F64),
        "relu": ReLU(),
        "leaky": LeakyReLU(0.1),
        "sigmoid": Sigmoid(),
        "tanh": Tanh(),
        "dropout": Dropout(0.4, np.random.default_rng(2)),
        "batch norm": BatchNorm(6, dtype=F64),
        "flatten": Flatten(),
    }


def away_from_kinks(rng, shape):
    """Random numbers none of which a step of 1e-5 carries over zero."""
    X = rng.standard_normal(shape)
    return X + 0.01 * np.sign(X)


@pytest.mark.parametrize("train", [True, False])
@pytest.mark.parametrize("name", make_layers())
def test_gradients_agree_with_differences(name, train, rng):
    layer = make_layers()[name]
    X = away_from_kinks(rng, (7, 2, 3) if name == "flatten" else (7, 6))
    for buffer in layer.buffers.values():  # averages unlike 0 and 1
        buffer[...] = rng.random(buffer.shape) + 0.5
    for value in layer.params.values():
        value[...] = away_from_kinks(rng, value.shape)
    buffers = {key: value.copy() for key, value in layer.buffers.items()}
    mask = layer.rng and layer.rng.bit_generator.state
    weights = rng.standard_normal(layer.forward(X, train).shape)  # loss = Σ weights · Y

    def loss(X):
        if mask:
            layer.rng.bit_generator.state = mask
        for key, value in buffers.items():
            layer.buffers[key] = value
        return (weights * layer.forward(X, train)).sum()

    loss(X)
    dX = layer.backward(weights)
    grads = {key: value.copy() for key, value in layer.grads.items()}
    assert check_gradient(loss, X, dX) < 1e-7
    for key, value in layer.params.items():
        kept = value.copy()

        def loss_of_param(array, key=key):
            layer.params[key] = array
            return loss(X)

        assert check_gradient(loss_of_param, kept, grads[key]) < 1e-7
        layer.params[key] = kept


@pytest.mark.parametrize("name", make_layers())
def test_layers_leave_their_arguments_alone(name, rng):
    layer = make_layers()[name]
    X = rng.standard_normal((7, 6))
    kept = X.copy()
    Y = layer.forward(X, train=True)
    dY = rng.standard_normal(Y.shape)
    kept_dY = dY.copy()
    layer.backward(dY)
    np.testing.assert_array_equal(X, kept)
    np.testing.assert_array_equal(dY, kept_dY)


def test_linear_writes_its_gradients_in_place_and_skips_dX_when_told(rng):
    layer = Linear(3, 2, rng, dtype=F64)
    dW = layer.grads["W"]
    X, dZ = rng.standard_normal((5, 3)), rng.standard_normal((5, 2))
    layer.forward(X)
    np.testing.assert_allclose(layer.backward(dZ), dZ @ layer.params["W"].T)
    assert layer.grads["W"] is dW
    np.testing.assert_allclose(dW, X.T @ dZ)
    np.testing.assert_allclose(layer.grads["b"], dZ.sum(axis=0))
    layer.needs_dX = False
    assert layer.backward(dZ) is None


def test_assigning_a_parameter_writes_into_it(rng):
    layer = Linear(3, 2, rng)
    W = layer.params["W"]
    layer.params["W"] = np.ones((3, 2))
    layer.params["W"] += 1
    assert layer.params["W"] is W
    assert (W == 2).all()
    with pytest.raises(ValueError, match=r"W has shape \(3, 2\); it cannot take \(2,\)"):
        layer.params["W"] = np.ones(2)
    with pytest.raises(KeyError, match="no array 'V' here, only W, b"):
        layer.params["V"] = W
    with pytest.raises(AttributeError):
        layer.params = {"W": W}


def test_repr_says_how_to_build_it(rng):
    layers = (Linear(3, 2, rng), ReLU(), Dropout(0.5, rng), BatchNorm(2), LeakyReLU())
    assert [repr(layer) for layer in layers] == [
        "Linear(3, 2)",
        "ReLU()",
        "Dropout(0.5)",
        "BatchNorm(2)",
        "LeakyReLU(0.01)",
    ]


# --- activations -------------------------------------------------------------------------


def test_sigmoid_and_tanh_by_value():
    Z = np.array([-1e4, -1.0, 0.0, 1.0, 1e4])
    np.testing.assert_allclose(
        F.sigmoid(Z), [0, 0.2689414213699951, 0.5, 0.7310585786300049, 1], atol=1e-15
    )
    np.testing.assert_allclose(
        F.tanh(Z), [-1, -0.7615941559557649, 0, 0.7615941559557649, 1], atol=1e-15
    )


def test_leaky_relu_by_value():
    Z, dA = np.array([-2.0, 0.0, 3.0]), np.array([1.0, 1.0, 1.0])
    np.testing.assert_allclose(F.leaky_relu(Z, 0.1), [-0.2, 0, 3])
    np.testing.assert_allclose(F.leaky_relu_backward(dA, Z, 0.1), [0.1, 0.1, 1])


# --- dropout -----------------------------------------------------------------------------


@pytest.mark.parametrize("p", [0, 0.2, 0.5, 0.9])
def test_dropout_drops_or_rescales_and_keeps_the_mean(p):
    X = np.random.default_rng(0).random((400, 500)) + 1
    layer = Dropout(p, np.random.default_rng(1))
    Y = layer.forward(X, train=True)
    dropped = Y == 0
    np.testing.assert_allclose(Y[~dropped], X[~dropped] / (1 - p))
    assert abs(dropped.mean() - p) < 0.005
    assert abs(Y.mean() / X.mean() - 1) < 0.02


def test_dropout_is_off_outside_training():
    X = np.ones((4, 5))
    layer = Dropout(0.5, np.random.default_rng(1))
    layer.forward(X, train=True)
    assert layer.forward(X) is X
    assert layer.backward(X) is X  # and not with the mask of the training pass before


def test_dropout_draws_the_same_mask_in_either_dtype():
    one, two = (
        F.dropout(np.ones((9, 9), dtype), 0.5, np.random.default_rng(3))[1]
        for dtype in (np.float32, F64)
    )
    assert (one == two).all()
    assert (one.dtype, two.dtype) == (np.float32, F64)


@pytest.mark.parametrize("p", [-0.1, 1, 1.5])
def test_dropout_refuses_what_is_no_share(p, rng):
    with pytest.raises(ValueError, match="share of entries dropped"):
        F.dropout(np.ones((2, 2)), p, rng)


# --- batch norm --------------------------------------------------------------------------


def test_batch_norm_normalises_and_keeps_running_averages(rng):
    layer = BatchNorm(3, momentum=0.25, dtype=F64)
    X = rng.standard_normal((50, 3)) * [1, 10, 0.1] + [5, 0, -5]
    Y = layer.forward(X, train=True)
    np.testing.assert_allclose(Y.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(Y.var(axis=0), X.var(axis=0) / (X.var(axis=0) + 1e-5))
    np.testing.assert_allclose(layer.buffers["mean"], 0.25 * X.mean(axis=0))
    np.testing.assert_allclose(layer.buffers["var"], 0.75 + 0.25 * X.var(axis=0, ddof=1))
    kept = {name: value.copy() for name, value in layer.buffers.items()}
    alone = np.concatenate([layer.forward(X[i : i + 1]) for i in range(len(X))])
    np.testing.assert_allclose(alone, layer.forward(X))  # neighbours do not matter
    for name, value in layer.buffers.items():
        assert (value == kept[name]).all()


def test_running_averages_arrive_at_the_datas_own(rng):
    layer = BatchNorm(2, dtype=F64)
    for _ in range(300):
        layer.forward(rng.standard_normal((200, 2)) * 3 + 7, train=True)
    np.testing.assert_allclose(layer.buffers["mean"], 7, atol=0.2)
    np.testing.assert_allclose(layer.buffers["var"], 9, rtol=0.1)


def test_batch_norms_gradient_ignores_shifts_and_stretches(rng):
    X, dY = rng.standard_normal((8, 3)), rng.standard_normal((8, 3))
    layer = BatchNorm(3, eps=1e-12, dtype=F64)
    layer.forward(X, train=True)
    dX = layer.backward(dY)
    np.testing.assert_allclose(dX.sum(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose((dX * X).sum(axis=0), 0, atol=1e-10)  # the third term


def test_batch_norm_survives_a_pixel_that_is_always_black_and_refuses_one_row():
    layer = BatchNorm(2, dtype=F64)
    X = np.zeros((5, 2))
    assert (layer.forward(X, train=True) == 0).all()
    assert np.isfinite(layer.backward(np.ones((5, 2)))).all()
    with pytest.raises(ValueError, match="two rows or more"):
        layer.forward(X[:1], train=True)


# --- label smoothing ---------------------------------------------------------------------


@pytest.mark.parametrize("smoothing", [0.0, 0.1, 0.5])
def test_smoothed_loss_is_the_cross_entropy_with_soft_targets(smoothing, rng):
    Z, y = rng.standard_normal((6, 10)) * 3, rng.integers(0, 10, 6)
    T = (1 - smoothing) * F.one_hot(y, 10, F64) + smoothing / 10
    loss, dZ = F.softmax_cross_entropy(Z, y, smoothing)
    assert loss == pytest.approx(-(T * np.log(F.softmax(Z))).sum() / 6, rel=1e-12)
    assert check_gradient(lambda Z: F.softmax_cross_entropy(Z, y, smoothing)[0], Z, dZ) < 1e-7


def test_smoothing_is_a_share():
    with pytest.raises(ValueError, match="smoothing must be from 0 to below 1"):
        F.softmax_cross_entropy(np.zeros((1, 10)), np.array([1]), 1.0)


@pytest.mark.parametrize("p", [-0.1, 1.0, float("nan")])
def test_a_layer_refuses_what_its_formula_would(p, rng):
    with pytest.raises(ValueError, match="the share of entries dropped, must be from 0"):
        Dropout(p, rng)
    with pytest.raises(ValueError, match="slope must be from 0 to below 1"):
        LeakyReLU(p)
    with pytest.raises(ValueError, match="batch norm's momentum"):
        BatchNorm(3, momentum=p if p < 0 else 1 + p)


def test_batch_norms_momentum_is_above_zero_and_may_be_one(rng):
    with pytest.raises(ValueError, match="above 0, at most 1; got 0"):
        BatchNorm(3, momentum=0)
    layer, X = BatchNorm(3, momentum=1, dtype=F64), rng.standard_normal((5, 3)) + 4
    layer.forward(X, train=True)
    np.testing.assert_allclose(layer.buffers["mean"], X.mean(axis=0))
