"""Initialisers against the numbers that their authors wrote down."""

import numpy as np
import pytest

from digitlib import init

ALL = [init.zeros, init.constant, init.uniform, init.normal, init.xavier, init.he]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("f", ALL)
def test_shape_dtype_and_seed(f, dtype):
    one, two = (f(np.random.default_rng(3), (784, 32), dtype) for _ in range(2))
    assert one.shape == (784, 32)
    assert one.dtype == dtype
    assert (one == two).all()


@pytest.mark.parametrize(
    ("f", "std"),
    [
        (init.uniform, 0.288675),  # 1/√12
        (init.normal, 1.0),
        (init.xavier, 0.046829),  # √(2 / (784 + 128))
        (init.he, 0.050508),  # √(2 / 784)
    ],
)
def test_mean_zero_and_standard_deviation_as_written_down(f, std, rng):
    W = f(rng, (784, 128), np.float64)
    assert W.std() == pytest.approx(std, rel=0.01)
    assert abs(W.mean()) < 4 * std / np.sqrt(W.size)


def test_zeros_constant_and_the_bounds_of_uniform(rng):
    assert not init.zeros(rng, (3, 2)).any()
    assert (init.constant(rng, (3, 2), np.float64, value=0.3) == 0.3).all()
    W = init.uniform(rng, (784, 128))
    assert -0.5 <= W.min() < -0.499
    assert 0.499 < W.max() <= 0.5


def test_he_keeps_the_mean_square_through_ten_relu_layers(rng):
    X = rng.standard_normal((500, 256))
    for _ in range(10):
        X = np.maximum(X @ init.he(rng, (256, 256), np.float64), 0)
    assert 0.4 < (X**2).mean() < 2.5  # half of it at each layer would leave 0.001
