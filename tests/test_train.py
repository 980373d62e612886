"""The loop: that it learns, repeats itself to the bit, and touches only what it should."""

import copy
import math
import sys
import time

import numpy as np
import pytest

from digitlib import schedules
from digitlib.fast import softmax_cross_entropy
from digitlib.net.layers import BatchNorm, Dropout, Linear, ReLU
from digitlib.net.network import Network
from digitlib.net.optim import SGD, Adam
from digitlib.net.training import Epoch, evaluate, fit, train


def blobs(n=300, seed=0, dtype=np.float32):
    """Three clouds of points in 6 dimensions, one a class."""
    rng = np.random.default_rng(seed)
    centres = 2 * np.random.default_rng(99).standard_normal((3, 6))
    y = rng.integers(0, 3, n)
    return (centres[y] + rng.standard_normal((n, 6))).astype(dtype), y


def build(seed=0, dropout=0.2, dtype=np.float32):
    rng = np.random.default_rng(seed)
    return Network(
        Linear(6, 16, rng, dtype=dtype),
        BatchNorm(16, dtype=dtype),
        ReLU(),
        Dropout(dropout, np.random.default_rng(seed + 1)),
        Linear(16, 3, rng, dtype=dtype),
    )


def settings(seed=7, **changed):
    return {
        "epochs": 4,
        "optimizer": SGD(momentum=0.9),
        "schedule": schedules.cosine(0.05, steps=80),
        "rng": np.random.default_rng(seed),
        "batch_size": 16,
        **changed,
    }


def without_seconds(history):
    return np.array([epoch._replace(seconds=0) for epoch in history])


def test_it_learns_and_reports():
    data, held_out = blobs(), blobs(seed=1)
    network = build()
    began = time.perf_counter()
    history = list(train(network, data, held_out, **settings()))
    assert sum(epoch.seconds for epoch in history) <= time.perf_counter() - began
    assert [epoch.epoch for epoch in history] == [1, 2, 3, 4]
    assert [epoch.step for epoch in history] == [19, 38, 57, 76]  # 300 / 16, the rest kept
    assert history[-1].train_loss < 0.5 * history[0].train_loss
    assert history[-1].valid_accuracy > 0.95
    assert (history[-1].valid_loss, history[-1].valid_accuracy) == evaluate(network, held_out)
    assert history[-1].lr == settings()["schedule"](75)
    assert all(epoch.seconds > 0 for epoch in history)


def test_training_figures_are_means_over_the_rows_not_over_the_batches():
    X, y = blobs(25)  # 16 and 9
    network = build(dropout=0)
    epoch = next(train(network, (X, y), **settings(schedule=schedules.constant(0))))
    order = np.random.default_rng(7).permutation(25)
    loss, right = 0, 0
    for rows in (order[:16], order[16:]):
        Z = network.forward(X[rows], train=True)
        loss += len(rows) * softmax_cross_entropy(Z, y[rows])[0]
        right += (Z.argmax(axis=1) == y[rows]).sum()
    assert epoch.train_loss == pytest.approx(loss / 25, rel=1e-9)
    assert epoch.train_accuracy == right / 25
    assert math.isnan(epoch.valid_loss)


def test_one_step_is_the_step_written_out():
    X, y = blobs(16)
    network, twin = build(), build()
    list(train(network, (X, y), **settings(epochs=1)))
    order = np.random.default_rng(7).permutation(16)
    twin.backward(softmax_cross_entropy(twin.forward(X[order], train=True), y[order])[1])
    twin.theta -= 0.05 * twin.grad
    np.testing.assert_array_equal(network.theta, twin.theta)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_same_seed_same_bits_other_seed_other_bits(dtype):
    def trained(seed):
        network = build(seed, dtype=dtype)
        optimizer = Adam(weight_decay=0.01, decay_mask=network.decay_mask)
        noisy = settings(seed, optimizer=optimizer, augment=add_noise, label_smoothing=0.1)
        history = fit(network, blobs(dtype=dtype), blobs(60, 1, dtype), progress=False, **noisy)
        return network.theta.copy(), without_seconds(history)

    (one, history), (two, again), (other, _) = trained(0), trained(0), trained(1)
    assert one.dtype == dtype
    assert (one == two).all()
    np.testing.assert_array_equal(history, again)
    assert (one != other).any()


def add_noise(X, rng):
    return X + 0.1 * rng.standard_normal(X.shape, X.dtype)


def test_augmentation_touches_training_batches_and_nothing_else():
    data, held_out = blobs(), blobs(seed=1)
    kept = [array.copy() for array in (*data, *held_out)]
    seen = []

    def to_zero(X, rng):
        seen.append(len(X))
        return np.zeros_like(X)

    network = build()
    epoch = next(train(network, data, held_out, **settings(augment=to_zero)))
    assert sum(seen) == 300  # and not one row of the 300 held out
    assert (epoch.valid_loss, epoch.valid_accuracy) == evaluate(network, held_out)
    for array, before in zip((*data, *held_out), kept):
        np.testing.assert_array_equal(array, before)


def test_no_decay_reaches_the_biases():
    network = build()
    for name, value in network.params.items():
        if name.endswith(("b", "beta")):
            value[...] = 1
    kept = network.snapshot()
    # A gradient of zero: whatever changes is the decay's work.
    network.grad[...] = 0
    SGD(weight_decay=0.1, decay_mask=network.decay_mask).step(network.theta, network.grad, 1.0)
    changed = {n for n, value in network.params.items() if (value != kept[n]).any()}
    assert changed == {"0.W", "4.W"}


def test_a_rate_too_high_is_an_error_that_says_so():
    network = build()
    with pytest.raises(FloatingPointError, match=r"the loss is .* use a rate below 1e\+30"):
        fit(network, blobs(), progress=False, **settings(schedule=schedules.constant(1e30)))


def test_a_run_that_is_complete_has_no_further_epoch():
    network = build()
    history = list(train(network, blobs(), **settings()))
    kept = network.theta.copy()
    assert list(train(network, blobs(), **settings(history=history))) == []
    assert (network.theta == kept).all()


def test_nothing_to_train_is_said_at_the_call():
    with pytest.raises(ValueError, match="have no labels"):
        train(build(), (blobs()[0], None), **settings())
    with pytest.raises(ValueError, match="more than epochs=0"):
        train(build(), blobs(), **settings(epochs=0, history=[Epoch(1, 19, *[0.0] * 6)]))


# --- fit ---------------------------------------------------------------------------------


def test_fit_is_train_drained():
    one, two = build(), build()
    by_hand = list(train(one, blobs(), **settings()))
    seen = []
    history = fit(two, blobs(), **settings(), progress=False, callbacks=[seen.append])
    np.testing.assert_array_equal(without_seconds(history), without_seconds(by_hand))
    assert seen == history
    assert (one.theta == two.theta).all()


def test_best_weights_come_back_with_their_running_averages():
    data, held_out = blobs(60), blobs(60, seed=1)
    how = settings(schedule=lambda step: 0.05 if step < 8 else 1.5)  # ruined in epoch 3
    network, last = build(), build()
    history = fit(network, data, held_out, progress=False, **how)
    best = min(history, key=lambda epoch: epoch.valid_loss)
    assert best is not history[-1]
    assert evaluate(network, held_out) == (best.valid_loss, best.valid_accuracy)

    how = settings(schedule=how["schedule"])
    fit(last, data, held_out, progress=False, keep_best=False, **how)
    assert evaluate(last, held_out) == (history[-1].valid_loss, history[-1].valid_accuracy)


def test_patience_counts_epochs_without_a_lower_loss():
    history = fit(
        build(),
        blobs(60),
        blobs(60, seed=1),
        progress=False,
        patience=3,
        **settings(epochs=50, schedule=lambda step: 0.05 if step < 8 else 2.0),
    )
    losses = [epoch.valid_loss for epoch in history]
    assert len(losses) < 50
    assert losses.index(min(losses)) == len(losses) - 1 - 3
    with pytest.raises(ValueError, match="needs a validation set"):
        fit(build(), blobs(), patience=3, **settings())


def test_an_interrupt_keeps_history_and_best_weights():
    data, held_out = blobs(60), blobs(60, seed=1)
    network = build()

    def impatient_reader(X, rng):  # in the middle of the third epoch
        impatient_reader.batches += 1
        if impatient_reader.batches == 10:
            raise KeyboardInterrupt
        return X

    impatient_reader.batches = 0
    history = fit(network, data, held_out, progress=False, **settings(augment=impatient_reader))
    assert len(history) == 2
    best = min(history, key=lambda epoch: epoch.valid_loss)
    assert evaluate(network, held_out)[0] == best.valid_loss


def test_the_bar_counts_epochs(capsys):
    fit(build(), blobs(60), blobs(60, seed=1), **settings())
    assert "4/4" in capsys.readouterr().err


def test_fit_without_tqdm_has_no_bar(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "tqdm", None)
    assert len(fit(build(), blobs(60), **settings())) == 4
    assert capsys.readouterr().err == ""


def test_an_epochs_figures_are_plain_numbers():
    """NumPy scalars print otherwise under NumPy 2 and would end up in stored outputs."""
    for epoch in train(build(), blobs(), blobs(seed=1), **settings()):
        assert [type(figure) for figure in epoch] == [int, int, *[float] * 6]


def test_full_batches_take_all_rows_in_their_order(rng):
    X, y = rng.random((7, 5)), np.arange(7) % 3
    network = Network(Linear(5, 3, rng, dtype=np.float64))
    expected = Network(Linear(5, 3, rng, dtype=np.float64))
    expected.theta = network.theta
    options = {"epochs": 3, "optimizer": SGD(), "schedule": schedules.constant(0.5)}
    epochs = list(train(network, (X, y), rng=rng, batch_size=None, **options))
    for epoch in epochs:
        loss, dZ = softmax_cross_entropy(expected.forward(X, train=True), y)
        assert epoch.train_loss == loss
        expected.backward(dZ)
        expected.theta -= 0.5 * expected.grad
    assert [epoch.step for epoch in epochs] == [1, 2, 3]
    np.testing.assert_array_equal(network.theta, expected.theta)


def test_full_batches_are_a_batch_size():
    """Neither shuffled nor copied; measured every so often, and at the end."""
    X, y = blobs(50)
    network, twin = build(dropout=0), build(dropout=0)
    seen = []
    how = settings(batch_size=None, epochs=7, augment=lambda X, rng: seen.append(X) or X)
    history = list(train(network, (X, y), blobs(20, 1), every=3, **how))
    assert [(epoch.epoch, epoch.step) for epoch in history] == [(3, 3), (6, 6), (7, 7)]
    assert all(part is X for part in seen)
    optimizer, schedule = SGD(momentum=0.9), how["schedule"]
    for step in range(7):
        loss, dZ = softmax_cross_entropy(twin.forward(X, train=True), y)
        twin.backward(dZ)
        optimizer.step(twin.theta, twin.grad, schedule(step))
    np.testing.assert_allclose(network.theta, twin.theta, rtol=1e-6, atol=1e-7)
    assert history[-1].train_loss == pytest.approx(loss, rel=1e-6)


def test_a_rate_that_is_none_is_refused():
    with pytest.raises(TypeError, match=r"schedules.constant\(0.1\)"):
        train(build(), blobs(), **settings(schedule=0.1))
    with pytest.raises(ValueError, match="a rate of nan at step 3"):
        list(train(build(), blobs(), **settings(schedule=lambda i: np.nan if i == 3 else 0.1)))


def test_an_optimiser_with_a_memory_belongs_to_one_network():
    network, optimizer = build(), SGD(momentum=0.9)
    list(train(network, blobs(), **settings(optimizer=optimizer)))
    list(train(network, blobs(), **settings(optimizer=optimizer)))  # the same one goes on
    with pytest.raises(ValueError, match="taken 152 steps with another network"):
        train(build(), blobs(), **settings(optimizer=optimizer))
    twin, copied = copy.deepcopy(network), copy.deepcopy(optimizer)
    list(train(twin, blobs(), **settings(optimizer=copied)))
    plain = SGD()  # has nothing to remember
    for _ in range(2):
        list(train(build(), blobs(), **settings(optimizer=plain)))


def with_nan(X):
    X = X.copy()
    X[3, 2] = np.nan
    return X


WRONG_SETS = {
    "nan": (lambda X, y: (with_nan(X), y), "nan in row 3, column 2"),
    "bytes": (lambda X, y: ((100 * X).astype(np.uint8), y), r"whole numbers|holds uint8"),
    "one-hot": (lambda X, y: (X, np.eye(8, dtype=int)[y]), r"y\.argmax\(axis=1\)"),
    "a column": (lambda X, y: (X, y[:, None]), r"y\.ravel\(\)"),
    "floats": (lambda X, y: (X, y.astype(float)), r"y\.astype\(int\)"),
    "too high": (lambda X, y: (X, y + 100), "outside 0 to"),
    "lengths": (lambda X, y: (X, y[:-1]), "rows of X but"),
    "width": (lambda X, y: (X[:, :-1], y), "and the network takes"),
    "pixels alone": (lambda X, y: X, r"is Digits or a pair \(X, y\)"),
    "no labels": (lambda X, y: (X, None), "have no labels"),
}


@pytest.mark.parametrize(("spoil", "said"), WRONG_SETS.values(), ids=WRONG_SETS)
def test_wrong_sets_are_refused_at_the_call_whoever_takes_them(spoil, said):
    network, (X, y) = build(), blobs()[:2]
    kept, wrong = network.theta.copy(), spoil(X, y)
    calls = (
        lambda: train(network, wrong, **settings()),
        lambda: train(network, (X, y), wrong, **settings()),
        lambda: fit(network, wrong, progress=False, **settings()),
        lambda: fit(network, (X, y), wrong, progress=False, **settings()),
        lambda: evaluate(network, wrong),
    )
    for call in calls:
        with pytest.raises(ValueError, match=said):
            call()
    assert (network.theta == kept).all()


def test_the_sets_may_be_kept_in_anything_that_means_the_same():
    X, y = blobs()[:2]
    runs = []
    for put in (lambda X, y: (X, y), lambda X, y: [X.tolist(), y.tolist()]):
        network = build()
        fit(network, put(X, y), put(X, y), progress=False, **settings())
        runs.append(network.theta.copy())
    np.testing.assert_array_equal(*runs)


def test_before_the_first_step_no_rate_is_blamed():
    network = build()
    network.theta[...] = np.nan
    with pytest.raises(FloatingPointError, match=r"at step 0, .* no rate is to blame"):
        fit(network, blobs(), progress=False, **settings())


def test_an_augmentation_that_gives_nan_is_named():
    with pytest.raises(FloatingPointError, match=r"augment gave NaN or infinity in row 3"):
        fit(build(), blobs(), progress=False, **settings(augment=lambda X, rng: with_nan(X)))


def test_a_validation_loss_that_is_no_number_is_an_error():
    network, (X, y) = build(), blobs()[:2]
    last = -(-len(y) // settings()["batch_size"]) - 1  # the last step of the first epoch
    high = settings(schedule=lambda step: 1e30 if step == last else 0.01)
    with pytest.raises(FloatingPointError, match=rf"validation set .* step {last}: use"):
        fit(network, (X, y), (X, y), progress=False, **high)


def test_an_optimiser_of_ones_own_needs_a_step_alone():
    class Plain:
        def step(self, theta, grad, lr):
            theta -= lr * grad

    data = blobs()
    mine, ours = build(dropout=0.0), build(dropout=0.0)
    a = list(train(mine, data, **settings(optimizer=Plain())))
    b = list(train(ours, data, **settings(optimizer=SGD())))
    assert [e.train_loss for e in a] == pytest.approx([e.train_loss for e in b], rel=1e-5)


def test_an_optimiser_class_is_told_to_be_built():
    with pytest.raises(TypeError, match=r"build one, optimizer=Adam\(\)"):
        train(build(), blobs(), **settings(optimizer=Adam))
