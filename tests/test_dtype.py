"""No float64 on the way of a float32 training: every operation is watched.

Under NumPy 2 `a32 * np.sqrt(0.3)` is float64, costs twice the time and shows nowhere: written
into a float32 array, it is float32 again. So arrays that refuse are sent through everything.
"""

import numpy as np
import pytest

from digitlib import augment
from digitlib import formulas as F
from digitlib.net.layers import (
    AvgPool,
    BatchNorm,
    Conv2D,
    Dropout,
    Flatten,
    LeakyReLU,
    Linear,
    MaxPool,
    ReLU,
    Sigmoid,
    Tanh,
    Unflatten,
)
from digitlib.net.network import Network
from digitlib.net.optim import SGD, Adam, AdamW, RMSProp


class Only32(np.ndarray):
    """A float32 array that refuses to meet a float64, or to become one."""

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **kwargs):
        refuse_float64((*inputs, *(out or ())), ufunc.__name__)
        if out is not None:
            kwargs["out"] = tuple(plain(array) for array in out)
        result = getattr(ufunc, method)(*map(plain, inputs), **kwargs)
        refuse_float64(result if isinstance(result, tuple) else (result,), ufunc.__name__)
        return out[0] if out is not None else watched(result)

    def __array_function__(self, function, types, args, kwargs):
        refuse_float64(args, function.__name__)
        result = super().__array_function__(function, types, args, kwargs)
        refuse_float64(result if isinstance(result, tuple) else (result,), function.__name__)
        return result


def refuse_float64(values, name):
    for value in values:
        if getattr(value, "dtype", None) == np.float64:
            raise AssertionError(f"float64 in np.{name}: {type(value).__name__}")


def plain(value):
    return value.view(np.ndarray) if isinstance(value, Only32) else value


def watched(value):
    is_float32 = isinstance(value, np.ndarray) and value.dtype == np.float32
    return value.view(Only32) if is_float32 else value


def watch(network):
    """Put watched views of the same memory in the place of every array of the network."""
    network._theta, network._grad = watched(network.theta), watched(network.grad)
    for layer in network.layers:
        for arrays in (layer.params, layer.grads, layer.buffers):
            for name, value in arrays.items():
                dict.__setitem__(arrays, name, watched(value))
    return network


@pytest.fixture
def network(rng):
    return watch(
        Network(
            Flatten(),
            Linear(784, 12, rng),
            BatchNorm(12),
            ReLU(),
            Dropout(np.float64(0.3), rng),
            Linear(12, 8, rng),
            LeakyReLU(np.float64(0.1)),
            Linear(8, 8, rng),
            Tanh(),
            Linear(8, 8, rng),
            Sigmoid(),
            Linear(8, 10, rng),
        )
    )


@pytest.fixture
def images(rng):
    return watched(rng.random((16, 28, 28), dtype=np.float32))


@pytest.mark.parametrize("leak", [np.float64(0.5), np.sqrt(0.3), np.ones(3), np.zeros((1, 3))])
def test_the_guard_guards(leak):
    array = watched(np.ones(3, np.float32))
    with pytest.raises(AssertionError, match="float64 in np"):
        array * leak
    with pytest.raises(AssertionError, match="float64 in np"):
        array *= leak
    with pytest.raises(AssertionError, match="float64 in np"):
        np.where(array > 0, array, leak)
    with pytest.raises(AssertionError, match="float64 in np"):
        array.mean(dtype=np.float64)
    assert type(array * 0.5 + array @ array) is Only32


@pytest.mark.parametrize("train", [True, False])
def test_forward_loss_and_backward(network, images, train, rng):
    y = rng.integers(0, 10, 16)
    for layer in network.layers:
        layer.needs_dX = True
    for smoothing in (0.0, np.float64(0.1)):
        loss, dZ = F.softmax_cross_entropy(network.forward(images, train), y, smoothing)
        assert type(loss) is float
        dX = network.backward(dZ)
        assert type(dX) is Only32
    assert network.predict_proba(images).dtype == np.float32


@pytest.mark.parametrize("train", [True, False])
def test_layers_for_images(train, rng, monkeypatch):
    for make in (np.empty, np.zeros):  # what they write into is watched, too
        new = lambda *args, make=make, **how: watched(make(*args, **how))  # noqa: E731
        monkeypatch.setattr(np, make.__name__, new)
    network = watch(
        Network(
            Unflatten(28, 28, 1),
            Conv2D(1, 4, 3, rng, padding=1),
            BatchNorm(4, momentum=np.float64(0.1), eps=np.float64(1e-5)),
            ReLU(),
            MaxPool(),
            Conv2D(4, 6, 3, rng, stride=2, bias=False),
            AvgPool(2),
            Conv2D(6, 3, 1, rng),
            AvgPool(),
            Flatten(),
        )
    )
    X, y = watched(rng.random((70, 784), dtype=np.float32)), rng.integers(0, 3, 70)
    for layer in network.layers:
        layer.needs_dX = True
    for _ in range(2):
        Z = network.forward(X, train)
        dX = network.backward(F.softmax_cross_entropy(Z, y)[1])
        assert type(Z) is type(dX) is Only32
    assert type(network.buffers["2.mean"]) is Only32


@pytest.mark.parametrize(
    "make",
    [
        lambda mask: SGD(),
        lambda mask: SGD(momentum=np.float64(0.9), weight_decay=0.1, decay_mask=mask),
        lambda mask: SGD(momentum=0.9, nesterov=True),
        lambda mask: RMSProp(np.float64(0.99), weight_decay=0.1, decay_mask=mask),
        lambda mask: Adam(np.float64(0.9), np.float64(0.999), np.float64(1e-8)),
        lambda mask: Adam(weight_decay=np.float64(0.1), decay_mask=mask),
        lambda mask: AdamW(weight_decay=np.float64(0.1), decay_mask=mask),
    ],
)
def test_every_optimiser(network, make, rng):
    optimizer = make(network.decay_mask)
    network.grad = rng.standard_normal(network.grad.shape, np.float32)
    for _ in range(3):
        optimizer.step(network.theta, network.grad, np.float64(0.01))
    assert all(type(average) is Only32 for average in optimizer.state.values())


@pytest.mark.parametrize("f", [augment.affine, augment.elastic])
def test_augmentation(images, f, rng):
    assert f(images, rng).dtype == np.float32
