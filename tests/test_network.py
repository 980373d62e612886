"""One vector of parameters: that it is one, stays one, and that its gradient is right."""

import copy
import pickle

import numpy as np
import pytest

from digitlib import classic
from digitlib.formulas import softmax_cross_entropy
from digitlib.net.layers import (
    BatchNorm,
    Conv2D,
    Dropout,
    Flatten,
    LeakyReLU,
    Linear,
    ReLU,
    Sigmoid,
    Tanh,
)
from digitlib.net.network import Network, check_gradients

F64 = np.float64


def build(rng, dtype=F64):
    """Every kind of layer once."""
    return Network(
        Flatten(),
        Linear(12, 8, rng, dtype=dtype),
        BatchNorm(8, dtype=dtype),
        ReLU(),
        Dropout(0.3, np.random.default_rng(5)),
        Linear(8, 6, rng, dtype=dtype),
        LeakyReLU(0.1),
        Linear(6, 6, rng, dtype=dtype),
        Tanh(),
        Linear(6, 5, rng, dtype=dtype),
        Sigmoid(),
        Linear(5, 4, rng, dtype=dtype),
    )


@pytest.fixture
def network(rng):
    return build(rng)


@pytest.fixture
def data(rng):
    return rng.standard_normal((7, 3, 4)), rng.integers(0, 4, 7)


def assert_tied(network):
    for layer in network.layers:
        for name, value in layer.params.items():
            assert np.shares_memory(value, network.theta)
            assert np.shares_memory(layer.grads[name], network.grad)
            assert value.dtype == network.theta.dtype
    assert sum(value.size for value in network.params.values()) == network.theta.size
    network.theta[...] = np.arange(network.theta.size)
    together = np.concatenate([value.ravel() for value in network.params.values()])
    assert (together == network.theta).all()  # each entry has one place, and only one


def test_parameters_and_gradients_are_views_of_one_vector(network):
    values = network.theta.copy()
    assert values.any()  # packing kept the layers' weights
    assert_tied(network)


def test_a_network_may_have_a_single_array(rng):
    network = Network(Conv2D(1, 2, 3, rng, bias=False, dtype=F64))
    assert (network.theta.shape, network.theta.dtype) == ((18,), F64)
    assert_tied(network)


def test_theta_stays_the_same_array_whatever_is_assigned(network, data):
    theta, grad = network.theta, network.grad
    network.theta = np.ones_like(theta)
    network.theta += 1
    network.grad = np.ones_like(grad)
    network.layers[1].params["W"] = np.full((12, 8), 3)
    network.restore(network.snapshot())
    network.forward(data[0], train=True)
    network.backward(np.ones((7, 4)))
    assert network.theta is theta
    assert network.grad is grad
    assert (theta == 2).sum() == theta.size - 96
    assert_tied(network)
    with pytest.raises(ValueError, match="theta has shape"):
        network.theta = np.ones(3)


@pytest.mark.parametrize("how", [copy.deepcopy, lambda n: pickle.loads(pickle.dumps(n))])
def test_a_copy_is_whole_and_apart(network, data, how):
    twin = how(network)
    assert (twin.theta == network.theta).all()
    assert not np.shares_memory(twin.theta, network.theta)
    assert (twin.scores(data[0]) == network.scores(data[0])).all()
    assert_tied(twin)
    assert not (twin.theta == network.theta).all()


def test_decay_mask_marks_weights_only(network):
    marked = {
        name
        for name, view in network.params.items()
        if network.decay_mask[where(network, view)]
    }
    assert marked == {"1.W", "5.W", "7.W", "9.W", "11.W"}
    sizes = sum(network.params[name].size for name in marked)
    assert network.decay_mask.sum() == sizes


def where(network, view):
    """The index in theta of the view's first entry."""
    return (view.ctypes.data - network.theta.ctypes.data) // network.theta.itemsize


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_gradients_of_a_whole_network(network, data, smoothing):
    kept = network.theta.copy(), {k: v.copy() for k, v in network.buffers.items()}
    state = network.generators[0].bit_generator.state
    assert check_gradients(network, *data, smoothing=smoothing) < 1e-7
    assert (network.theta == kept[0]).all()
    assert not network.grad.any()
    assert all((network.buffers[k] == v).all() for k, v in kept[1].items())
    assert network.generators[0].bit_generator.state == state


def test_gradients_of_the_three_layer_network(rng):
    network = Network(
        Linear(784, 128, rng, dtype=F64),
        ReLU(),
        Linear(128, 64, rng, dtype=F64),
        ReLU(),
        Linear(64, 10, rng, dtype=F64),
    )
    X, y = rng.random((8, 784)), rng.integers(0, 10, 8)
    assert check_gradients(network, X, y, rng=rng) < 1e-7


def test_the_check_finds_a_wrong_backward(network, data, monkeypatch):
    monkeypatch.setattr(ReLU, "backward", lambda self, dA: dA)
    assert check_gradients(network, *data) > 1e-3


def test_every_pass_of_the_check_is_one_of_training(network, data, monkeypatch):
    """Outside training dropout passes everything on, and this mistake would be right."""
    monkeypatch.setattr(Dropout, "backward", lambda self, dY: dY)
    assert check_gradients(network, *data) > 1e-3


def test_the_check_wants_float64(rng, data):
    with pytest.raises(TypeError, match="gradients are checked in float64"):
        check_gradients(build(rng, np.float32), *data)


def test_no_gradient_for_the_pixels_unless_asked(network, data):
    network.forward(data[0])
    dZ = np.ones((7, 4))
    assert network.backward(dZ) is None
    for layer in network.layers:
        layer.needs_dX = True
    assert network.backward(dZ).shape == data[0].shape


def test_equals_the_network_written_by_hand(rng):
    X, y = rng.random((30, 784)), rng.integers(0, 10, 30)
    params = classic.init_params(rng, dtype=F64)
    params[1][...] = 0.1
    network = Network(Linear(784, 10, rng, dtype=F64), ReLU(), Linear(10, 10, rng, dtype=F64))
    for name, value in zip(("0.W", "0.b", "2.W", "2.b"), params):
        network.params[name][...] = value

    Z1, A1, Z2, A2 = classic.forward_prop(*params, X)
    gradients = classic.backward_prop(Z1, A1, Z2, A2, params[0], params[2], X, y)
    scores = network.forward(X, train=True)
    network.backward(softmax_cross_entropy(scores, y)[1])
    np.testing.assert_array_equal(scores, Z2)
    by_hand = np.concatenate([g.ravel() for g in gradients])
    np.testing.assert_allclose(network.grad, by_hand, rtol=1e-12, atol=1e-15)
    assert (network.predict(X) == classic.make_predictions(X, *params)).all()
    np.testing.assert_allclose(network.predict_proba(X), A2, rtol=1e-12)


def test_scores_do_not_depend_on_how_many_rows_go_at_once(network, rng):
    X = rng.standard_normal((23, 12))
    whole = network.scores(X)
    assert whole.shape == (23, 4)
    np.testing.assert_allclose(network.scores(X, batch_size=5), whole, rtol=1e-12)
    np.testing.assert_allclose(network.predict_proba(X).sum(axis=1), 1)
    assert network.scores(X[:0]).shape == (0, 4)


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        (lambda r: [ReLU()], "needs a layer with parameters"),
        (lambda r: [Linear(4, 3, r), ReLU(), Linear(4, 2, r)], "Linear.4, 3. gives 3 numbers"),
        (lambda r: [Linear(4, 3, r), BatchNorm(4)], "gives 3 numbers a row, but BatchNorm"),
        (lambda r: [Linear(4, 4, r), BatchNorm(4, dtype=F64)], "float32 and float64"),
        (lambda r: [Linear(4, 4, r)] * 2, "already has a place"),
    ],
)
def test_layers_that_do_not_fit_are_refused(rng, layers, message):
    with pytest.raises(ValueError, match=message):
        Network(*layers(rng))


def test_a_layer_belongs_to_one_network(network):
    with pytest.raises(ValueError, match="already has a place in a network"):
        Network(network.layers[1])


def test_the_wrong_dtype_is_refused_and_not_promoted(rng):
    network = Network(Linear(4, 2, rng))
    with pytest.raises(TypeError, match=r"X is float64, the network float32: use X.astype"):
        network.forward(np.ones((2, 4)))


def test_wrong_pixels_are_named_as_the_reader_named_them(network):
    X = np.ones((2, 12))
    X[1, 2] = np.nan
    with pytest.raises(ValueError, match=r"^X is nan in row 1, column 2"):
        network.scores(X)


def test_writing_to_the_named_parameters_writes_into_the_layers(network):
    network.params["1.W"] = np.full((12, 8), 3.0)
    assert (network.layers[1].params["W"] == 3).all()
    assert (network.theta == 3).sum() >= 96
    network.buffers["2.mean"] = np.arange(8)
    assert network.layers[2].buffers["mean"].tolist() == [*range(8)]
    with pytest.raises(KeyError, match=r"no array '1\.V' here"):
        network.params["1.V"] = np.ones(3)
