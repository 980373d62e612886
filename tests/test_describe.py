"""A file of weights says whose they are: what is described can be built, and nothing else."""

import json

import numpy as np
import pytest

import digitlib
from digitlib.net.checkpoint import load_network, save_training
from digitlib.net.describe import SETTINGS, build, describe


def everything(rng, dtype=np.float32):
    """A network with every kind of layer."""
    return digitlib.Network(
        digitlib.Unflatten(28, 28, 1),
        digitlib.Conv2D(1, 3, 3, rng, padding=1, stride=2, bias=False, dtype=dtype),
        digitlib.BatchNorm(3, momentum=0.2, eps=1e-3, dtype=dtype),
        digitlib.ReLU(),
        digitlib.MaxPool(2),
        digitlib.Conv2D(3, 4, 3, rng, dtype=dtype),
        digitlib.Tanh(),
        digitlib.AvgPool(),
        digitlib.Flatten(),
        digitlib.Linear(4, 6, rng, dtype=dtype),
        digitlib.LeakyReLU(0.2),
        digitlib.Dropout(0.3, rng),
        digitlib.Linear(6, 5, rng, dtype=dtype),
        digitlib.Sigmoid(),
        digitlib.Linear(5, 10, rng, dtype=dtype),
    )


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_saved_network_comes_back_whole(tmp_path, rng, dtype):
    network = everything(rng, dtype)
    X = rng.random((4, 784), dtype)
    network.forward(X, train=True)  # running averages that are not 0 and 1
    digitlib.save(network, tmp_path / "all.npz")
    again = load_network(tmp_path / "all.npz")
    assert repr(again.layers) == repr(network.layers)
    assert np.array_equal(again.predict_proba(X), network.predict_proba(X))
    assert describe(again) == describe(network)
    assert {entry["kind"] for entry in describe(network)["layers"]} == set(SETTINGS)
    digitlib.load_weights(network, tmp_path / "all.npz")  # the old way still reads it


def test_a_training_gives_its_best_weights_or_its_last(tmp_path, rng):
    network = digitlib.Network(digitlib.Linear(4, 3, rng))
    path, X = tmp_path / "run.npz", rng.random((2, 4), np.float32)
    best = network.snapshot()
    network.theta *= 2
    save_training(path, network, digitlib.SGD(), [], [])
    assert np.array_equal(load_network(path).scores(X), network.scores(X))
    save_training(path, network, digitlib.SGD(), [], [], best)
    assert np.array_equal(load_network(path).params["0.W"], best["0.W"])


def test_a_layer_of_ones_own_is_saved_without_a_description(tmp_path, rng):
    class Mine(digitlib.ReLU):
        pass

    network = digitlib.Network(digitlib.Linear(4, 3, rng), Mine())
    digitlib.save(network, tmp_path / "mine.npz")
    digitlib.load_weights(network, tmp_path / "mine.npz")
    with pytest.raises(ValueError, match="does not say which layers"):
        load_network(tmp_path / "mine.npz")
    with pytest.raises(ValueError, match=r"layer 1, Mine\(\), is not one of"):
        describe(network)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_weights_by_hand_are_read_with_relus_between(tmp_path, rng, dtype):
    """np.savez(path, W1=W1, b1=b1, W2=W2, b2=b2), as a reader of notebook 04 would."""
    W1, b1, W2, b2 = digitlib.init_params(rng, dtype=dtype)
    b1, b2 = b1 + rng.random(10).astype(dtype), b2 + rng.random(10).astype(dtype)
    np.savez(tmp_path / "hand.npz", W1=W1, b1=b1, W2=W2, b2=b2.reshape(1, 10))
    network, X = load_network(tmp_path / "hand.npz"), rng.random((5, 784)).astype(dtype)
    assert network.theta.dtype == dtype
    ours = digitlib.forward_prop(W1, b1, W2, b2, X)[-1]
    assert np.allclose(network.predict_proba(X), ours, atol=1e-6)


@pytest.mark.parametrize(
    "arrays",
    [
        {"W1": np.zeros((4, 3)), "b1": np.zeros(3), "W3": np.zeros((3, 2)), "b3": np.zeros(2)},
        {"W1": np.zeros((4, 3)), "b1": np.zeros(3), "W2": np.zeros((4, 2)), "b2": np.zeros(2)},
        {"W1": np.zeros((4, 3)), "b1": np.zeros(4)},
        {"W1": np.zeros((4, 3), int), "b1": np.zeros(3)},
        {"W1": np.zeros(4), "b1": np.zeros(4)},
        {},
    ],
)
def test_other_arrays_say_no_layers(tmp_path, arrays):
    np.savez(tmp_path / "hand.npz", **arrays)
    with pytest.raises(ValueError, match="does not say which layers"):
        load_network(tmp_path / "hand.npz")


LINEAR = {"kind": "Linear", "n_in": 4, "n_out": 3}


@pytest.mark.parametrize(
    ("description", "said"),
    [
        ([], "no list of layers"),
        ({"format": 1, "layers": 3}, "no list of layers"),
        ({"format": 2, "dtype": "float32", "layers": []}, "newer digitlib"),
        ({"format": 1, "dtype": "int8", "layers": []}, "float32 or float64"),
        ({"format": 1, "dtype": "float32", "layers": [{"kind": "Attention"}]}, "known are"),
        ({"format": 1, "dtype": "float32", "layers": ["Linear"]}, "known are"),
        ({"format": 1, "dtype": "float32", "layers": [{"kind": "ReLU", "n": 1}]}, "in place"),
        ({"format": 1, "dtype": "float32", "layers": [LINEAR | {"n_in": 4.0}]}, "n_in = 4.0"),
        ({"format": 1, "dtype": "float32", "layers": [LINEAR | {"n_in": True}]}, "n_in = True"),
        ({"format": 1, "dtype": "float32", "layers": [LINEAR | {"n_in": 10**12}]}, "the file"),
        ({"format": 1, "dtype": "float32", "layers": [{"kind": "Dropout", "p": 7}]}, "p = 7"),
    ],
)
def test_a_damaged_description_is_refused(tmp_path, description, said):
    path = tmp_path / "bad.npz"
    np.savez(path, layers=np.array(json.dumps(description)), **{"0.W": np.zeros((4, 3))})
    with pytest.raises(ValueError, match=said):
        load_network(path)


@pytest.mark.parametrize(
    ("layer", "said"),
    [
        ({"kind": "Dropout", "p": 1.5}, "Dropout, cannot have p = 1.5"),
        ({"kind": "Dropout", "p": -0.5}, "Dropout, cannot have p = -0.5"),
        ({"kind": "MaxPool", "size": -1}, "MaxPool, cannot have size = -1"),
        ({"kind": "MaxPool", "size": None}, "MaxPool, cannot have size = None"),
        ({"kind": "AvgPool", "size": "2"}, "AvgPool, cannot have size = '2'"),
        ({"kind": "Unflatten", "shape": [28, 0, 1]}, r"cannot have shape = \[28, 0, 1\]"),
        ({"kind": "Unflatten", "shape": [28.0, 28, 1]}, r"cannot have shape = \[28.0"),
        ({"kind": "Unflatten", "shape": 784}, "cannot have shape = 784"),
        (LINEAR | {"n_out": None}, "Linear, cannot have n_out = None"),
        (LINEAR | {"n_out": 0}, "Linear, cannot have n_out = 0"),
    ],
)
def test_a_setting_that_no_layer_can_have_is_refused(layer, said):
    with pytest.raises(ValueError, match=said):
        build({"format": 1, "dtype": "float32", "layers": [layer, LINEAR]})


def test_the_smallest_settings_are_described(rng):
    small = digitlib.Network(
        digitlib.Unflatten(2, 2, 1),
        digitlib.Conv2D(1, 1, 1, rng),
        digitlib.MaxPool(1),
        digitlib.AvgPool(),
        digitlib.Flatten(),
        digitlib.Dropout(0.0, rng),
        digitlib.LeakyReLU(0.0),
        digitlib.Linear(1, 1, rng),
    )
    assert repr(build(describe(small))) == repr(small)
    assert describe(build(describe(small))) == describe(small)


def test_what_is_no_json_is_refused_with_the_file_named(tmp_path):
    for text in ("{", "[" * 100_000):
        np.savez(tmp_path / "bad.npz", layers=np.array(text))
        with pytest.raises(ValueError, match=r"bad\.npz \(layers\): no JSON"):
            load_network(tmp_path / "bad.npz")


def test_a_description_alone_builds_an_untrained_network(rng):
    network = build(describe(everything(rng)))
    assert not network.params["1.W"].any()
    assert network.scores(np.zeros((2, 784), np.float32)).shape == (2, 10)
