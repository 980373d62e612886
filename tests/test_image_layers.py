"""Layers for images: gradients, batch norm over pixels, memory that is kept, whole networks."""

import copy
import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from digitlib import formulas as F
from digitlib.gradcheck import check_gradient
from digitlib.net.checkpoint import load_weights, save
from digitlib.net.layers import (
    AvgPool,
    BatchNorm,
    Conv2D,
    Dropout,
    Flatten,
    Linear,
    MaxPool,
    ReLU,
    Unflatten,
)
from digitlib.net.network import Network, check_gradients
from digitlib.net.optim import SGD
from digitlib.net.schedules import cosine
from digitlib.net.training import fit

F64 = np.float64


def make_layers():
    rng = np.random.default_rng(1)
    return {
        "conv": Conv2D(2, 3, 3, rng, padding=1, dtype=F64),
        "conv, stride 2": Conv2D(2, 3, 2, rng, stride=2, bias=False, dtype=F64),
        "max pool": MaxPool(),
        "avg pool": AvgPool(2),
        "mean of the image": AvgPool(),
        "batch norm": BatchNorm(2, dtype=F64),
        "unflatten": Unflatten(5, 10, 1),
        "flatten": Flatten(),
    }


@pytest.mark.parametrize("train", [True, False])
@pytest.mark.parametrize("name", make_layers())
def test_gradients_agree_with_differences(name, train, rng):
    layer = make_layers()[name]
    X = rng.permutation(5 * 5 * 5 * 2).reshape(5, 5, 5, 2) / 64.0 - 2  # apart: no tie is near
    for value in (*layer.params.values(), *layer.buffers.values()):
        value[...] = rng.random(value.shape) + 0.5
    buffers = {key: value.copy() for key, value in layer.buffers.items()}
    weights = rng.standard_normal(layer.forward(X, train).shape)

    def loss(X):
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
def test_layers_leave_their_arguments_alone_and_say_what_comes_out(name, rng):
    layer = make_layers()[name]
    layer.in_network = True  # with memory that is kept
    X = rng.standard_normal((7, 5, 5, 2))
    kept = X.copy()
    Y = layer.forward(X, train=True)
    dY = rng.standard_normal(Y.shape)
    kept_dY = dY.copy()
    assert layer.backward(dY).shape == X.shape
    np.testing.assert_array_equal(X, kept)
    np.testing.assert_array_equal(dY, kept_dY)
    assert Y.shape[1:] == layer.output_shape(X.shape[1:])
    unknown = layer.output_shape((None, None, 2))
    assert unknown is None if name == "flatten" else len(unknown) == len(Y.shape) - 1


def test_repr_says_how_to_build_it(rng):
    layers = Conv2D(1, 8, 3, rng, padding=1), MaxPool(3), AvgPool(), Unflatten(28, 28, 1)
    assert [repr(layer) for layer in layers][1:3] == ["MaxPool(3)", "AvgPool(None)"]
    assert "Conv2D(1, 8, 3" in repr(layers[0])
    for layer in layers[1:]:
        assert repr(eval(repr(layer))) == repr(layer)


def test_he_counts_the_pixels_of_a_patch():
    W = Conv2D(20, 400, 5, np.random.default_rng(0)).params["W"]
    assert W.shape == (5, 5, 20, 400)
    assert W.std() == pytest.approx(np.sqrt(2 / (5 * 5 * 20)), rel=0.01)


# --- batch norm --------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 5, 32, 33, 70])
def test_image_norm_is_batch_norm_with_a_row_a_pixel(n, rng):
    X, dY = rng.standard_normal((2, n, 3, 4, 2)) * [3, 0.1] + [5, -7]
    gamma, beta = rng.standard_normal((2, 2))
    mean, var = F.channel_moments(X)
    rows = X.reshape(-1, 2)
    np.testing.assert_allclose(mean, rows.mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(var, rows.var(axis=0), rtol=1e-12)
    Y, X_hat = F.batch_norm(X, gamma, beta, mean, var)
    expected = F.batch_norm(rows, gamma, beta, mean, var)
    for ours, theirs in zip((Y, X_hat), expected):
        np.testing.assert_allclose(ours.reshape(-1, 2), theirs, rtol=1e-12, atol=1e-12)
    ours = F.batch_norm_backward(dY, X_hat, gamma, var)
    theirs = F.batch_norm_backward(dY.reshape(-1, 2), X_hat.reshape(-1, 2), gamma, var)
    np.testing.assert_allclose(ours[0].reshape(-1, 2), theirs[0], rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(ours[1], theirs[1], rtol=1e-10)
    np.testing.assert_allclose(ours[2], theirs[2], rtol=1e-10)


def test_moments_keep_their_digits_far_from_zero(rng):
    X = (rng.standard_normal((100, 8, 8, 2)) + [1000, 0]).astype(np.float32)
    mean, var = F.channel_moments(X)
    exact = X.reshape(-1, 2).astype(F64)
    np.testing.assert_allclose(var, exact.var(axis=0), rtol=1e-3)
    np.testing.assert_allclose(mean, exact.mean(axis=0), rtol=1e-5, atol=1e-5)
    assert mean.dtype == var.dtype == np.float32


def test_running_averages_count_every_pixel(rng):
    layer = BatchNorm(3, momentum=0.25, dtype=F64)
    X = rng.standard_normal((6, 4, 5, 3)) * [1, 10, 0.1] + [5, 0, -5]
    Y = layer.forward(X, train=True)
    rows = X.reshape(-1, 3)
    np.testing.assert_allclose(Y.mean(axis=(0, 1, 2)), 0, atol=1e-12)
    np.testing.assert_allclose(layer.buffers["mean"], 0.25 * rows.mean(axis=0))
    np.testing.assert_allclose(layer.buffers["var"], 0.75 + 0.25 * rows.var(axis=0, ddof=1))
    alone = np.concatenate([layer.forward(X[i : i + 1]) for i in range(len(X))])
    np.testing.assert_allclose(alone, layer.forward(X))  # neighbours do not matter
    layer.forward(X[:1], train=True)  # one image has many pixels
    with pytest.raises(ValueError, match="two rows or more"):
        layer.forward(X[:1, :1, :1], train=True)


# --- shapes that do not fit --------------------------------------------------------------


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        (
            lambda r: [Unflatten(28, 28, 1), Conv2D(3, 8, 3, r)],
            r"Unflatten.* gives images \(28, 28, 1\), but Conv2D.* takes 3 channels, not 1",
        ),
        (
            lambda r: [Unflatten(4, 4, 1), Conv2D(1, 8, 7, r, padding=1)],
            "a kernel of 7 pixels does not fit into 4 with padding 1: the kernel may have at "
            "most 6, or the padding must be at least 2",
        ),
        (
            lambda r: [Unflatten(4, 4, 1), Conv2D(1, 8, 3, r), MaxPool(3)],
            r"Conv2D.* gives images \(2, 2, 8\), but MaxPool.3. takes at least 3 × 3 pixels",
        ),
        (
            lambda r: [
                Unflatten(6, 6, 1),
                Conv2D(1, 8, 3, r),
                MaxPool(),
                Flatten(),
                Linear(8, 2, r),
            ],
            r"Flatten.* gives 32 numbers a row, but Linear.8, 2. takes 8",
        ),
        (
            lambda r: [Conv2D(1, 8, 3, r), ReLU(), Linear(8, 2, r)],
            r"Conv2D.* gives images \(\?, \?, 8\), but Linear.8, 2. takes 8",
        ),
        (lambda r: [Conv2D(1, 8, 3, r), BatchNorm(4)], r"but BatchNorm.4. takes 4"),
        (lambda r: [Linear(9, 9, r), Conv2D(1, 8, 3, r)], r"\(H, W, C\), not \(9,\): put Unfl"),
        (lambda r: [Linear(9, 9, r), Unflatten(3, 4, 1)], "gives 9 numbers .* takes 12"),
        (lambda r: [Unflatten(4, 3, 1), Conv2D(1, 2, 1, r), AvgPool()], "takes square ones"),
        (lambda r: [MaxPool(0), Linear(4, 2, r)], "a window of 1 pixel or more"),
        (lambda r: [Conv2D(1, 8, 0, r)], "kernel and stride are whole numbers from 1"),
        (lambda r: [Conv2D(1, 8, 3, r, stride=0)], "stride 0"),
        (lambda r: [Conv2D(1, 8, 3, r, padding=-1)], "padding -1"),
    ],
)
def test_layers_that_do_not_fit_are_refused(rng, layers, message):
    with pytest.raises(ValueError, match=message):
        Network(*layers(rng))


def test_the_wrong_images_are_refused_by_the_layer_itself(rng):
    conv, pool, mean = Conv2D(1, 2, 3, rng), MaxPool(), AvgPool()
    X = rng.random((2, 28, 28, 1), np.float32)
    with pytest.raises(
        ValueError, match=r"Conv2D.* takes images .*not \(784,\): put Unflatten"
    ):
        conv.forward(X.reshape(2, 784))
    with pytest.raises(ValueError, match="takes 1 channels, not 28"):
        conv.forward(X.transpose(0, 3, 1, 2))
    with pytest.raises(TypeError, match="float64 and float32"):
        conv.forward(X.astype(F64))
    with pytest.raises(ValueError, match="at least 2 × 2 pixels, not 1 × 28"):
        pool.forward(X[:, :1])
    with pytest.raises(ValueError, match="square"):
        mean.forward(X[:, :14])


# --- whole networks ----------------------------------------------------------------------


def build(seed=0, dtype=np.float32, dropout=True):
    rng = np.random.default_rng(seed)
    return Network(
        Unflatten(7, 7, 1),
        Conv2D(1, 4, 3, rng, padding=1, bias=False, dtype=dtype),
        BatchNorm(4, dtype=dtype),
        ReLU(),
        MaxPool(),
        Conv2D(4, 6, 3, rng, dtype=dtype),
        ReLU(),
        *([Dropout(0.3, np.random.default_rng(seed + 1))] if dropout else []),
        Flatten(),
        Linear(6, 3, rng, dtype=dtype),
    )


def data(n=80, seed=5, dtype=np.float32):
    rng = np.random.default_rng(seed)
    X, y = rng.random((n, 49)), rng.integers(0, 3, n)
    for i in range(n):  # two brighter rows: at the top, in the middle or below
        X[i, 14 * y[i] : 14 * y[i] + 14] += 0.7
    return X.astype(dtype), y


def test_gradients_of_a_whole_network(rng):
    network = build(dtype=F64)
    assert check_gradients(network, *data(5, 1, F64)) < 1e-7
    X, y = data(5, 1, F64)
    network = build(dtype=F64, dropout=False)
    for layer in network.layers:
        layer.needs_dX = True

    def loss(X):
        return F.softmax_cross_entropy(network.forward(X, train=True), y)[0]

    dX = network.backward(F.softmax_cross_entropy(network.forward(X, train=True), y)[1])
    assert check_gradient(loss, X, dX) < 1e-7


def test_no_images_have_no_scores():
    network = build()
    assert network.scores(np.empty((0, 49), np.float32)).shape == (0, 3)
    assert network.predict(np.empty((0, 49), np.float32)).shape == (0,)


def test_a_short_last_batch_is_as_good_as_alone():
    """Kept memory is longer than a short batch: what lies behind it must not count."""
    (X, y), (network, other) = data(40), (build(), build())
    for rows in (slice(0, 33), slice(33, 40), slice(0, 33), slice(38, 40)):
        answers = []
        for net in (network, other):
            for layer in other.layers:
                layer._kept.clear()
            Z = net.forward(X[rows], train=True)
            net.backward(F.softmax_cross_entropy(Z, y[rows])[1])
            answers.append((Z.copy(), net.grad.copy()))
        np.testing.assert_array_equal(answers[0][0], answers[1][0])
        np.testing.assert_array_equal(answers[0][1], answers[1][1])


# --- memory that is kept -----------------------------------------------------------------


def ends():
    """Networks whose last layers hand on what lies in kept memory."""
    rng = np.random.default_rng(0)

    def first():
        return Conv2D(1, 3, 3, rng, padding=1)

    return {
        "conv": [first(), Flatten()],
        "max pool": [first(), MaxPool(), Flatten()],
        "avg pool": [first(), AvgPool(), Flatten()],
        "batch norm": [first(), BatchNorm(3), Flatten()],
        "images": [first(), Conv2D(3, 2, 7, rng)],
        "linear": [first(), Flatten(), Linear(147, 3, rng)],
    }


@pytest.mark.parametrize("name", ends())
@pytest.mark.parametrize("train", [True, False])
def test_what_a_network_gives_is_not_overwritten_by_its_next_step(name, train, rng):
    network = Network(Unflatten(7, 7, 1), *ends()[name])
    for layer in network.layers:
        layer.needs_dX = True
    X = rng.standard_normal((6, 49), np.float32)
    Z = network.forward(X, train)
    dX = network.backward(np.ones_like(Z))
    kept_Z, kept_dX = Z.copy(), dX.copy()
    other = network.forward(-2 * X, train=True)
    other_dX = network.backward(3 * other)
    assert not np.array_equal(other, kept_Z)
    assert not np.array_equal(other_dX, kept_dX)
    np.testing.assert_array_equal(Z, kept_Z)
    np.testing.assert_array_equal(dX, kept_dX)


@pytest.mark.parametrize("name", ["conv", "max pool", "avg pool", "batch norm"])
def test_a_layers_answers_outside_training_are_its_callers(name, rng):
    network = Network(Unflatten(7, 7, 1), *ends()[name])
    X = rng.standard_normal((6, 49), np.float32)
    maps = [X]
    for layer in network.layers:
        maps.append(layer.forward(maps[-1]))
    kept = [array.copy() for array in maps]
    network.forward(2 * X, train=True)
    network.forward(3 * X)
    for array, before in zip(maps, kept):
        np.testing.assert_array_equal(array, before)


def test_training_uses_the_same_memory_again_and_a_lone_layer_never(rng):
    network = build(dropout=False)
    X, _ = data(8)
    places = []
    for n in (8, 5, 8):
        Z = network.forward(X[:n], train=True)
        network.backward(np.ones_like(Z))
        places.append({(i, k): a.ctypes.data for i, layer in enumerate(network.layers)
                       for k, a in layer._kept.items()})  # fmt: skip
    assert places[0] == places[1] == places[2]
    assert len(places[0]) == 11
    lone = Conv2D(1, 2, 3, rng)
    image = rng.random((2, 5, 5, 1), np.float32)
    first = lone.forward(image, train=True)
    assert not np.shares_memory(first, lone.forward(image, train=True))


def test_kept_memory_has_the_dtype_that_is_asked_for(rng):
    layer = Conv2D(1, 2, 3, rng)
    layer.in_network = True
    for dtype in (np.float32, F64, np.float32):
        assert layer.kept("Z", (3, 4, 4, 2), dtype).dtype == dtype
    assert layer.kept("Z", (2, 5, 5, 2), np.float32).shape == (2, 5, 5, 2)
    assert layer.kept("Z", (2, 5), np.float32) is None  # rows are small


# --- copies, files, runs -----------------------------------------------------------------


@pytest.mark.parametrize("how", [copy.deepcopy, lambda n: pickle.loads(pickle.dumps(n))])
def test_a_copy_is_whole_and_apart(how):
    network, (X, y) = build(), data()
    network.forward(X, train=True)
    twin = how(network)
    assert all(not layer._kept for layer in twin.layers)
    np.testing.assert_array_equal(twin.scores(X), network.scores(X))
    scores = network.scores(X)
    Z = twin.forward(X, train=True)
    twin.backward(F.softmax_cross_entropy(Z, y)[1])
    twin.theta += 1
    np.testing.assert_array_equal(network.scores(X), scores)
    assert not network.grad.any()


def test_weights_come_back_with_the_running_averages(tmp_path):
    network, _ = run(2)
    save(network, tmp_path / "net.npz")
    other = build(seed=9)
    load_weights(other, tmp_path / "net.npz")
    np.testing.assert_array_equal(other.scores(data()[0]), network.scores(data()[0]))
    with np.load(tmp_path / "net.npz", allow_pickle=False) as file:
        assert file["1.W"].shape == (3, 3, 1, 4)
        assert file["2.mean"].shape == (4,)


EPOCHS = 40


def run(epochs, checkpoint=None, pause=0.0):
    def noise(X, rng):
        time.sleep(pause)  # so that a run is long enough to be killed
        return X + np.float32(0.1) * rng.random(X.shape, X.dtype)

    network = build()
    history = fit(
        network,
        data(),
        data(seed=6),
        epochs=epochs,
        optimizer=SGD(momentum=0.9),
        schedule=cosine(0.1, steps=120, warmup=5),
        rng=np.random.default_rng(3),
        batch_size=33,
        augment=noise,
        progress=False,
        checkpoint=checkpoint,
    )
    return network, [epoch._replace(seconds=0) for epoch in history]


def test_a_run_that_was_killed_ends_as_one_left_alone(tmp_path, monkeypatch):
    path = tmp_path / "run.npz"
    monkeypatch.setenv("DIGITLIB_THREADS", "2")
    with subprocess.Popen([sys.executable, __file__, path], env={**os.environ}) as process:
        while process.poll() is None and not path.exists():
            time.sleep(0.005)
        time.sleep(0.05)
        process.kill()
    assert process.returncode not in (0, None), "the run ended before it could be killed"
    network, history = run(EPOCHS, path, pause=0.02)  # the same augmentation
    monkeypatch.setenv("DIGITLIB_THREADS", "1")
    alone, expected = run(EPOCHS)
    assert history == expected
    for name, value in alone.snapshot().items():
        np.testing.assert_array_equal(network.snapshot()[name], value)


def test_it_learns():
    _, history = run(EPOCHS)
    assert history[-1].train_accuracy > history[0].train_accuracy + 0.2


if __name__ == "__main__":
    run(EPOCHS, Path(sys.argv[1]), pause=0.02)
