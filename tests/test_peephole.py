"""Layers that a network runs as one step: the numbers and gradients of the layers alone."""

import copy

import numpy as np
import pytest

from digitlib.fast.peephole import joined
from digitlib.gradcheck import relative_error
from digitlib.net.layers import AvgPool, BatchNorm, Conv2D, Flatten, Linear, MaxPool, ReLU
from digitlib.net.network import Network, check_gradients

F64 = np.float64


def norm():
    return BatchNorm(5, dtype=F64)


# What follows the convolution, its settings, and what the peephole makes of the layers.
CASES = {
    "relu, pool": ([ReLU, MaxPool], {"padding": 1}, ["ConvPool"]),
    "pool, relu": ([MaxPool, ReLU], {"padding": 1, "bias": False}, ["ConvPool"]),
    "pool": ([MaxPool], {}, ["ConvPool"]),
    "relu": ([ReLU], {"padding": 1}, ["ConvPool"]),
    "pool of 3": ([lambda: MaxPool(3), ReLU], {"padding": 1}, ["ConvPool"]),
    "pool of 1": ([lambda: MaxPool(1)], {"padding": 1}, ["ConvPool"]),
    "stride 2": ([ReLU, MaxPool], {"padding": 2, "stride": 2}, ["ConvPool"]),
    "norm between": ([MaxPool, norm, ReLU], {}, ["ConvPool", "BatchNorm", "ReLU"]),
    "norm first": ([norm, ReLU, MaxPool], {}, ["Conv2D", "BatchNorm", "ReLU", "MaxPool"]),
    "the mean": ([lambda: AvgPool(2)], {}, ["Conv2D", "AvgPool"]),
    "relu twice": ([ReLU, ReLU], {}, ["ConvPool", "ReLU"]),
}  # fmt: skip


def build(name, channels=2, dtype=F64):
    following, settings, _ = CASES[name]
    conv = Conv2D(channels, 5, 3, np.random.default_rng(3), dtype=dtype, **settings)
    if "b" in conv.params:
        conv.params["b"] = np.random.default_rng(4).standard_normal(5)
    return Network(conv, *(make() for make in following))


def images(n, channels=2, dtype=F64):
    """Few values, so that windows have ties; 40 images are two pieces."""
    X = np.random.default_rng(n).integers(-1, 2, (n, 9, 8, channels)).astype(dtype)
    X[: n // 2, :, :5] = 0  # as in digits: nothing at all, and so a tie in every window
    return X


def by_layers(network, X, dY, train):
    for layer in network.layers:
        layer.needs_dX = True
        X = layer.forward(X, train)
    for layer in reversed(network.layers):
        dY = layer.backward(dY)
    return X, dY, network.grad.copy()


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("n", [3, 40])
@pytest.mark.parametrize("name", CASES)
def test_a_joint_step_is_its_layers_in_turn(name, n, channels):
    network, alone = build(name, channels), build(name, channels)
    X = images(n, channels)
    dY = np.random.default_rng(5).standard_normal(alone.forward(X, train=True).shape)
    for train in (True, False, True):
        for array in (*network.buffers.values(), *alone.buffers.values()):
            array[...] = 1
        Y, dX, grad = by_layers(alone, X, dY, train)
        network.layers[0].needs_dX = True
        np.testing.assert_allclose(network.forward(X, train), Y, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(network.backward(dY), dX, rtol=1e-11, atol=1e-11)
        np.testing.assert_allclose(network.grad, grad, rtol=1e-11, atol=1e-10)


@pytest.mark.parametrize("name", CASES)
def test_what_the_peephole_finds(name):
    layers = build(name).layers
    assert [type(step).__name__ for step in joined(layers)] == CASES[name][2]


def test_layers_of_ones_own_are_left_alone():
    class Mine(Conv2D):
        def forward(self, X, train=False):
            return -super().forward(X, train)

    rng = np.random.default_rng(0)
    assert len(joined([Mine(1, 2, 3, rng), ReLU(), MaxPool()])) == 3
    conv, relu = Conv2D(1, 2, 3, rng), ReLU()
    relu.forward = lambda Z, train=False: Z
    assert joined([conv, relu, MaxPool()])[:2] == [conv, relu]


@pytest.mark.parametrize("name", ["relu, pool", "pool, relu", "relu"])
def test_bits_do_not_depend_on_threads_and_dtypes_stay(name, monkeypatch):
    results = []
    for count in ("1", "2", "3"):
        monkeypatch.setenv("DIGITLIB_THREADS", count)
        network = build(name, dtype=np.float32)
        network.layers[0].needs_dX = True
        X = images(70, dtype=np.float32) * np.float32(0.1)
        Y = network.forward(X, train=True)
        dX = network.backward(np.cos(Y))
        results.append([Y, dX, network.grad.copy()])
    for arrays in results:
        for array, first in zip(arrays, results[0]):
            assert array.dtype == np.float32
            np.testing.assert_array_equal(array, first)
    exact = build(name)
    exact.theta = network.theta
    exact.layers[0].needs_dX = True
    Y = exact.forward(X.astype(F64), train=True)
    assert relative_error(results[0][0], Y) < 1e-6


def test_gradients_through_joint_steps_agree_with_differences(rng):
    network = Network(
        *(Conv2D(1, 4, 3, rng, padding=1, dtype=F64), ReLU(), MaxPool()),
        *(Conv2D(4, 5, 3, rng, padding=1, dtype=F64), MaxPool(), ReLU()),
        *(Conv2D(5, 3, 2, rng, dtype=F64), ReLU(), Flatten()),
        Linear(3, 3, rng, dtype=F64),
    )
    assert len(network._steps) == 5
    X = rng.permutation(5 * 8 * 8).reshape(5, 8, 8, 1) / 64.0  # no two alike: no tie is near
    assert check_gradients(network, X, rng.integers(0, 3, 5), rng=rng) < 1e-7


def test_a_copy_runs_its_own_layers():
    network = build("relu, pool")
    X = images(4)
    Y = network.forward(X, train=True)
    twin = copy.deepcopy(network)
    twin.theta += 1
    assert not np.array_equal(twin.forward(X), Y)
    np.testing.assert_array_equal(network.forward(X), Y)
    assert twin._steps[0].conv is twin.layers[0]
