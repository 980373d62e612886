"""The recipes: the stated widths, the stated splits, and one seed is one run."""

import dataclasses
import math

import numpy as np
import pytest

import digitlib
from digitlib import classic, recipes
from digitlib.data.readers import Digits
from digitlib.net.layers import BatchNorm, Linear
from digitlib.recipes import RECIPES
from digitlib.recipes.recipe import start

NAMES = list(RECIPES)


@pytest.fixture(scope="module")
def digits():
    """600 training and 400 held-out digits of the sample."""
    train, _ = digitlib.load()
    return digitlib.Digits(train.X[:600], train.y[:600], "some/train"), digitlib.Digits(
        train.X[600:1000], train.y[600:1000], "some/valid"
    )


def short(name, epochs=1):
    return dataclasses.replace(RECIPES[name], epochs=epochs, small_epochs=None)


def numbered(n):
    """n digits whose only pixel is their number, so that a split can be followed."""
    X = np.arange(n, dtype=np.float32)[:, None]
    return Digits(X, np.arange(n) % 10, "kaggle/train")


@pytest.mark.parametrize("name", NAMES)
def test_the_network_has_the_stated_widths(name):
    recipe = RECIPES[name]
    assert recipe.name == name
    network = recipe.build(np.random.default_rng(0))
    assert network.theta.dtype == np.float32
    assert network.scores(np.zeros((3, 784), np.float32)).shape == (3, 10)
    if recipe.layout.startswith("784-"):  # a convolution's layout counts filters
        linear = [layer for layer in network.layers if isinstance(layer, Linear)]
        widths = [linear[0].n_in, *(layer.n_out for layer in linear)]
        assert "-".join(map(str, widths)) == recipe.layout


@pytest.mark.parametrize("name", NAMES)
def test_one_seed_one_run_and_held_out_digits_change_nothing(name, digits):
    train, valid = digits
    part = Digits(train.X[:40], train.y[:40], "")
    seen = recipes.run(short(name), part, valid, seed=1, progress=False)
    again = recipes.run(short(name), part, seed=1, progress=False)
    other = recipes.run(short(name), part, seed=2, progress=False)
    for key, value in seen.network.snapshot().items():
        np.testing.assert_array_equal(value, again.network.snapshot()[key], key)
    assert not np.array_equal(seen.network.theta, other.network.theta)
    assert math.isnan(again.history[-1].valid_loss)
    measured = digitlib.evaluate(seen.network, valid)
    assert (seen.history[-1].valid_loss, seen.history[-1].valid_accuracy) == measured
    assert (seen.recipe.name, seen.seed) == (name, 1)
    assert seen.seconds == sum(epoch.seconds for epoch in seen.history) > 0


@pytest.mark.parametrize("name", NAMES)
def test_every_run_begins_from_fresh(name, digits):
    part = Digits(digits[0].X[:40], digits[0].y[:40], "")
    still = dataclasses.replace(short(name), schedule=lambda steps: lambda step: 0.0)
    theta = recipes.run(still, part, seed=3, progress=False).network.theta
    np.testing.assert_array_equal(theta, recipes.fresh(name, seed=3).theta)


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("two-layer-gd", (41_000, 1_000)),
        ("two-layer-gd-500", (41_000, 1_000)),
        ("two-layer-long", (41_000, 1_000)),
        ("three-layer-leaky", (37_800, 4_200)),
        ("three-layer-he", (33_600, 8_400)),
        ("softmax-regression", (37_800, 4_200)),
        ("mlp-best", (37_800, 4_200)),
    ],
)
def test_a_protocol_splits_kaggle_as_stated(name, sizes):
    digits = numbered(42_000)
    train, valid = RECIPES[name].split(digits, 0)
    assert (len(train.X), len(valid.X)) == sizes
    assert (train.name, valid.name) == ("kaggle/train", "kaggle/valid")
    ids = np.concatenate([train.X, valid.X])[:, 0].astype(int)
    np.testing.assert_array_equal(np.sort(ids), np.arange(42_000))
    np.testing.assert_array_equal(train.y, ids[: len(train.y)] % 10)
    np.testing.assert_array_equal(valid.y, ids[len(train.y) :] % 10)
    again, other = (RECIPES[name].split(digits, seed)[1].X for seed in (0, 1))
    np.testing.assert_array_equal(valid.X, again)
    assert not np.array_equal(valid.X, other)
    if RECIPES[name].valid_share is None:
        assert set(np.bincount(valid.y)) == {420}, "every class gives its share"


def test_equal_shares_hold_out_the_same_rows():
    digits = numbered(420)
    ours = [r for r in RECIPES.values() if r.valid_share is None]
    assert len(ours) > 3
    for seed in (0, 1):
        parts = [recipe.split(digits, seed)[1].X for recipe in ours]
        assert all(np.array_equal(parts[0], part) for part in parts)


def test_too_few_digits_to_split():
    with pytest.raises(ValueError, match="4 digits are too few for two-layer-gd"):
        RECIPES["two-layer-gd"].split(numbered(4), 0)


def test_full_batches_are_classic_gradient_descent(digits):
    recipe, (train, _) = short("two-layer-gd", epochs=25), digits
    network, _ = start(recipe, 5)
    params = [value.copy() for value in network.params.values()]
    for value in params:  # biases too
        assert 0 < np.abs(value).max() <= 0.5
    assert params[0].min() < -0.49 < 0.49 < params[0].max()
    params, losses = classic.gradient_descent(train.X, train.y, 0.1, 25, params)
    run = recipes.run(recipe, train, seed=5, progress=False)
    for ours, theirs in zip(run.network.params.values(), params):
        np.testing.assert_allclose(ours, theirs, atol=2e-6)
    assert [epoch.epoch for epoch in run.history] == [10, 20, 25]
    assert run.history[-1].train_loss == pytest.approx(losses[-1], rel=1e-5)


def test_the_protocols_are_those_of_the_table():
    said = {
        name: (r.epochs, r.batch_size, r.schedule(100)(7), r.valid_share)
        for name, r in RECIPES.items()
        if r.reported
    }
    assert said["two-layer-gd"] == (490, None, 0.1, 1000 / 42000)
    assert said["two-layer-gd-500"] == (500, None, 0.1, 1000 / 42000)
    assert said["three-layer-he"] == (20, 64, 0.01, 0.2)
    assert list(said) == NAMES[: len(said)], "others' recipes stand before ours"
    for recipe in RECIPES.values():
        assert bool(recipe.reported) == bool(recipe.targets), recipe.name
        for name, target in recipe.targets.items():
            if name in ("train", "valid") and target != 0.5:  # 'most digits'
                assert f"{100 * target:g}" in recipe.reported


def test_small_epochs_count_below_ten_thousand_rows():
    recipe = dataclasses.replace(RECIPES["mlp-best"], epochs=40, small_epochs=30)
    assert [recipe.epochs_for(rows) for rows in (4000, 9_999, 10_000)] == [30, 30, 40]
    assert RECIPES["three-layer-he"].epochs_for(4000) == 20


def test_no_last_batch_of_one_row(digits):
    train, _ = digits
    recipe = dataclasses.replace(short("three-layer-norm"), batch_size=4)
    assert any(isinstance(layer, BatchNorm) for layer in recipes.fresh(recipe).layers)
    for rows in (5, 9, 21):  # 21 leaves one with batches of 4 and of 5
        part = Digits(train.X[:rows], train.y[:rows], "")
        assert recipes.run(recipe, part, progress=False).history


def test_the_best_mlp_learns_from_a_few_hundred_digits(digits):
    train, valid = digits
    run = recipes.run(short("mlp-best", epochs=12), train, valid, progress=False)
    assert run.history[-1].valid_accuracy > 0.85
    assert run.history[-1].valid_accuracy == digitlib.accuracy(
        run.network.predict(valid.X), valid.y
    )


def test_an_unknown_name_gets_all_names():
    with pytest.raises(
        ValueError, match=r"no recipe 'mlp'; there are two-layer-gd, .*mlp-best"
    ):
        recipes.run("mlp", None)


@pytest.mark.parametrize("name", ["two-layer-gd", "softmax-regression"])
def test_an_interrupt_and_a_rate_too_high_get_through(name, digits):
    def interrupt(step):
        raise KeyboardInterrupt

    stopped = dataclasses.replace(short(name), schedule=lambda steps: interrupt)
    with pytest.raises(KeyboardInterrupt):
        recipes.run(stopped, digits[0], progress=False)
    wild = dataclasses.replace(
        short(name, 50), schedule=lambda steps: lambda step: 1e30 if step < 3 else 1e38
    )
    with pytest.raises(FloatingPointError, match="the loss is"):
        recipes.run(wild, digits[0], progress=False)


@pytest.mark.parametrize("name", ["two-layer-gd", "softmax-regression"])
def test_digits_without_labels_are_refused(name, digits):
    with pytest.raises(ValueError, match="have no labels"):
        recipes.run(name, Digits(digits[0].X, None, ""), progress=False)


def test_the_bar_goes_to_stderr(digits, capsys):
    recipes.run(short("softmax-regression", 3), *digits)
    recipes.run(short("two-layer-gd", 15), digits[0])
    out, err = capsys.readouterr()
    assert out == ""
    assert "softmax-regression, seed 0:   0%|          | 0/3" in err
    assert "two-layer-gd, seed 0:   0%|          | 0/15" in err
