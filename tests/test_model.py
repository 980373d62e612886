"""A kept model: five shifted copies, a mean, a temperature, and files that come back whole."""

import json

import numpy as np
import pytest

import digitlib
from digitlib import Linear, Network, recipes
from digitlib.recipes.model import (
    Model,
    load_model,
    recalibrated,
    shifted_probabilities,
    temperature_of,
)


@pytest.fixture(scope="module")
def trained():
    """(two small networks, digits that they did not learn from)."""
    train, test = digitlib.load()
    part = digitlib.Digits(train.X[:1000], train.y[:1000], "")
    networks = [
        recipes.run("three-layer-he", part, seed=seed, progress=False).network
        for seed in (0, 1)
    ]
    return networks, digitlib.Digits(test.X[:200], test.y[:200], "")


def naive(network, X):
    """The mean over five copies, each moved pixel by pixel."""
    P = []
    for down, right in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)):
        moved = np.zeros_like(X.reshape(-1, 28, 28))
        for row in range(28):
            for column in range(28):
                if 0 <= row + down < 28 and 0 <= column + right < 28:
                    ink = X.reshape(-1, 28, 28)[:, row, column]
                    moved[:, row + down, column + right] = ink
        P.append(network.predict_proba(moved.reshape(len(X), 784)))
    return np.mean(P, axis=0)


def test_five_copies_are_the_digit_and_its_four_neighbours(trained, rng):
    (network, _), digits = trained
    noisy = rng.random((5, 784), np.float32)  # with ink at every edge
    for X in (digits.X[:20], noisy):
        P = shifted_probabilities(network, X)
        np.testing.assert_allclose(P, naive(network, X), rtol=1e-5, atol=1e-7)
        np.testing.assert_allclose(P.sum(axis=1), 1, rtol=1e-5)
        assert not np.allclose(P, network.predict_proba(X))


def test_a_mean_of_networks_with_its_temperature(trained):
    networks, digits = trained
    mean = np.mean([network.predict_proba(digits.X) for network in networks], axis=0)
    model = Model(networks)
    np.testing.assert_allclose(model.predict_proba(digits.X), mean, rtol=1e-5)
    warm = Model(networks, temperature=2.0)
    powers = np.sqrt(mean)
    expected = powers / powers.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(warm.predict_proba(digits.X), expected, rtol=1e-5)
    np.testing.assert_array_equal(warm.predict(digits.X), model.predict(digits.X))
    np.testing.assert_array_equal(model.predict(digits.X), mean.argmax(axis=1))
    double = model.predict_proba(digits.X.astype(np.float64))
    np.testing.assert_array_equal(double, model.predict_proba(digits.X))
    moved = np.mean([shifted_probabilities(n, digits.X) for n in networks], axis=0)
    np.testing.assert_allclose(Model(networks, shifted=True).raw(digits.X), moved, rtol=1e-6)


def test_the_temperature_makes_probabilities_honest(trained):
    (network, _), digits = trained
    P = shifted_probabilities(network, digits.X)
    T = temperature_of(P, digits.y)
    rows = np.arange(len(digits.y))

    def loss(temperature):
        return -np.log(recalibrated(P, temperature)[rows, digits.y]).mean()

    assert loss(T) < min(loss(1.0), loss(T * 1.05), loss(T / 1.05))
    right = np.eye(10)[digits.y]
    assert temperature_of(right, digits.y) == 1.0, "no mistake says how sure is too sure"
    assert np.isfinite(recalibrated(right, 1.0)).all()


def test_what_is_kept_comes_back(trained, tmp_path):
    networks, digits = trained
    model = Model(networks, True, 1.25, {"recipe": "three-layer-he", "note": "größer"})
    model.save(tmp_path / "kept" / "deep")
    names = sorted(path.name for path in (tmp_path / "kept" / "deep").iterdir())
    assert names == ["model.json", "network-0.npz", "network-1.npz"]
    for path in (tmp_path / "kept" / "deep", tmp_path / "kept" / "deep" / "model.json"):
        again = load_model(path)
        assert (again.shifted, again.temperature, again.about) == (True, 1.25, model.about)
        np.testing.assert_array_equal(
            again.predict_proba(digits.X), model.predict_proba(digits.X)
        )
    alone = load_model(str(tmp_path / "kept" / "deep" / "network-1.npz"))
    np.testing.assert_array_equal(alone.raw(digits.X), networks[1].predict_proba(digits.X))


def damaged(card):
    def write(folder):
        (folder / "model.json").write_text(card if isinstance(card, str) else json.dumps(card))

    return write


WHOLE = {"networks": ["a.npz"], "shifted": False, "temperature": 1.0, "about": {}}
BAD = {
    "no json": (damaged("{"), "model.json is damaged, or no model"),
    "a list": (damaged([]), "model.json is damaged, or no model"),
    "a key less": (damaged({"networks": []}), "is damaged, or no model"),
    "no networks": (damaged(WHOLE | {"networks": []}), "cannot be"),
    "cold": (damaged(WHOLE | {"temperature": 0}), "cannot be"),
    "no number": (damaged(WHOLE | {"temperature": float("nan")}), "cannot be"),
    "elsewhere": (damaged(WHOLE | {"networks": ["../a.npz"]}), "cannot be"),
    "about a list": (damaged(WHOLE | {"about": 3}), "is damaged, or no model"),
}


@pytest.mark.parametrize(("write", "said"), BAD.values(), ids=BAD)
def test_a_damaged_card_is_named(write, said, tmp_path):
    write(tmp_path)
    with pytest.raises(ValueError, match=said) as error:
        load_model(tmp_path)
    assert str(tmp_path / "model.json") in str(error.value)


def test_what_is_no_model_is_named(tmp_path, rng):
    with pytest.raises(FileNotFoundError, match=r"has no model\.json: a model is a folder"):
        load_model(tmp_path)
    with pytest.raises(FileNotFoundError):
        load_model(tmp_path / "nothing.npz")
    damaged(WHOLE)(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"a\.npz"):
        load_model(tmp_path)
    digitlib.save(Network(Linear(4, 10, rng)), tmp_path / "narrow.npz")
    with pytest.raises(ValueError, match=r"narrow.npz holds no network that reads 784 pixels"):
        load_model(tmp_path / "narrow.npz")
    digitlib.save(Network(Linear(784, 3, rng)), tmp_path / "few.npz")
    with pytest.raises(ValueError, match=r"few.npz holds a network with 3 scores, not 10"):
        load_model(tmp_path / "few.npz")
