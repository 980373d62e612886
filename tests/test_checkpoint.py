"""Files whole or absent, and a killed run that ends as if nothing had happened."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from digitlib import schedules
from digitlib.net.checkpoint import load_training, load_weights, save, save_training
from digitlib.net.layers import BatchNorm, Dropout, Linear, ReLU
from digitlib.net.network import Network
from digitlib.net.optim import SGD, Adam
from digitlib.net.training import fit


def build(seed=0, width=16):
    rng = np.random.default_rng(seed)
    return Network(
        Linear(6, width, rng),
        BatchNorm(width),
        ReLU(),
        Dropout(0.3, np.random.default_rng(seed + 1)),
        Linear(width, 3, rng),
    )


def data(n=80, seed=5):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, 6), np.float32)
    return X, np.digitize(X[:, 0], [-0.5, 0.5])


def add_noise(X, rng):
    return X + 0.1 * rng.standard_normal(X.shape, X.dtype)


def run(epochs, checkpoint=None, optimizer=None, bit_generator=np.random.PCG64, **changed):
    """A run in which everything that can be random or remembered takes part."""
    network = build()
    optimizer = optimizer or SGD(momentum=0.9)
    history = fit(
        network,
        data(),
        data(seed=6),
        epochs=epochs,
        optimizer=optimizer,
        schedule=schedules.cosine(0.1, steps=60, warmup=5),
        rng=np.random.Generator(bit_generator(3)),
        progress=False,
        checkpoint=checkpoint,
        **{"batch_size": 16, "augment": add_noise, **changed},
    )
    return network, optimizer, [epoch._replace(seconds=0) for epoch in history]


def assert_same_run(one, two):
    (network, optimizer, history), (other, other_optimizer, other_history) = one, two
    assert history == other_history
    for name, value in network.snapshot().items():
        np.testing.assert_array_equal(value, other.snapshot()[name])
    assert optimizer.steps == other_optimizer.steps
    assert optimizer.state.keys() == other_optimizer.state.keys()
    for name, value in optimizer.state.items():
        np.testing.assert_array_equal(value, other_optimizer.state[name])
    assert [rng.bit_generator.state for rng in network.generators] == [
        rng.bit_generator.state for rng in other.generators
    ]


# --- weights -----------------------------------------------------------------------------


def test_weights_come_back_with_the_running_averages(tmp_path):
    network, _, _ = run(2)
    save(network, tmp_path / "net.npz")
    other = build(seed=9)
    theta = other.theta
    load_weights(other, tmp_path / "net.npz")
    assert other.theta is theta
    np.testing.assert_array_equal(other.scores(data()[0]), network.scores(data()[0]))
    assert [path.name for path in tmp_path.iterdir()] == ["net.npz"]
    with np.load(tmp_path / "net.npz", allow_pickle=False) as file:
        assert {"0.W", "0.b", "1.gamma", "1.mean", "1.var", "4.W"} <= set(file.files)


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (
            lambda: build(width=8),
            r"0\.W has shape \(6, 16\) in the file and shape \(6, 8\) in the",
        ),
        (
            lambda: Network(Linear(6, 16, np.random.default_rng(0))),
            r"1\.gamma has shape \(16,\) in the file and no such array in the network",
        ),
    ],
)
def test_a_file_of_another_network_changes_nothing(tmp_path, other, message):
    save(build(), tmp_path / "net.npz")
    network = other()
    kept = network.theta.copy()
    with pytest.raises(ValueError, match=message):
        load_weights(network, tmp_path / "net.npz")
    np.testing.assert_array_equal(network.theta, kept)


def test_every_way_to_cut_a_file_is_noticed(tmp_path):
    path = tmp_path / "net.npz"
    save(build(), path)
    whole = path.read_bytes()
    network = build()
    for n in range(0, len(whole), 97):
        path.write_bytes(whole[:n])
        with pytest.raises(ValueError, match=r"damaged, or another file|an empty file"):
            load_weights(network, path)
    with pytest.raises(FileNotFoundError):
        load_weights(network, tmp_path / "none.npz")


def test_a_pickle_is_not_opened(tmp_path):
    path = tmp_path / "evil.npz"
    np.savez(path, **{"0.W": np.array([print], dtype=object)})
    with pytest.raises(ValueError, match=r"0\.W.*a pickle.*never opened"):
        load_weights(build(), path)


def test_a_failed_write_leaves_the_file_before(tmp_path, monkeypatch):
    path = tmp_path / "net.npz"
    save(build(), path)
    whole = path.read_bytes()

    def full_disk(file, **arrays):
        file.write(b"half of ")
        raise OSError("no space left on device")

    monkeypatch.setattr(np, "savez", full_disk)
    with pytest.raises(OSError, match="no space"):
        save(build(seed=1), path)
    assert path.read_bytes() == whole
    assert len(list(tmp_path.iterdir())) == 1


# --- whole runs --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bit_generator", [np.random.PCG64, np.random.MT19937, np.random.Philox]
)
@pytest.mark.parametrize("make", [lambda: SGD(momentum=0.9, nesterov=True), Adam])
def test_a_run_in_two_parts_equals_the_run_in_one(tmp_path, make, bit_generator):
    path = tmp_path / "run.npz"
    how = {"bit_generator": bit_generator}
    run(2, path, make(), **how)
    assert_same_run(run(5, path, make(), **how), run(5, None, make(), **how))


def test_before_the_first_step_there_is_something_to_load(tmp_path):
    """`fit` writes the checkpoint at once, and whoever is stopped then goes on from there."""
    network, optimizer = build(), SGD(momentum=0.9)
    save_training(tmp_path / "run.npz", network, optimizer, [], [])
    fresh, theirs = build(), SGD(momentum=0.9)
    fresh.theta = 0 * fresh.theta
    assert load_training(tmp_path / "run.npz", fresh, theirs, []) == ([], None)
    assert (fresh.theta == network.theta).all()
    assert theirs.steps == 0


def test_a_finished_run_is_only_read(tmp_path):
    first = run(3, tmp_path / "run.npz")
    written = (tmp_path / "run.npz").read_bytes()
    assert_same_run(run(3, tmp_path / "run.npz"), first)
    assert (tmp_path / "run.npz").read_bytes() == written


def test_patience_that_ran_out_stays_out(tmp_path):
    how = {"patience": 1, "batch_size": 4, "optimizer": None}
    first = run(50, tmp_path / "run.npz", **how)
    assert len(first[2]) < 50
    assert_same_run(run(50, tmp_path / "run.npz", **how), first)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"batch_size": 8}, "batch_size = 16, this one has 8"),
        ({"label_smoothing": 0.1}, r"label_smoothing = 0\.0, this one has 0\.1"),
        ({"optimizer": Adam()}, r"optimizer = SGD\(.*, this one has Adam"),
        ({"bit_generator": np.random.MT19937}, "drew from a PCG64, this run draws from a MT"),
    ],
)
def test_a_run_is_not_resumed_with_other_settings(tmp_path, changed, message):
    path = tmp_path / "run.npz"
    run(1, path)
    with pytest.raises(ValueError, match=message):
        run(2, path, **changed)


def test_weights_alone_are_no_training(tmp_path):
    save(build(), tmp_path / "net.npz")
    with pytest.raises(ValueError, match="holds weights only"):
        load_training(tmp_path / "net.npz", build(), SGD(), [])
    network = build()
    save_training(tmp_path / "run.npz", network, SGD(), [], [])
    with pytest.raises(ValueError, match="has 1 generators, this run 2"):
        load_training(tmp_path / "run.npz", build(), SGD(), [np.random.default_rng(0)])


# --- SIGKILL -----------------------------------------------------------------------------

EPOCHS = 80


def test_ten_kills_change_nothing(tmp_path):
    path = tmp_path / "run.npz"
    chance = random.Random(0)  # of when to kill: the result must not depend on it
    kills, epochs_at_kill = 0, set()
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    while kills < 10:
        with subprocess.Popen([sys.executable, __file__, path], env=environment) as process:
            # From the moment the file is there, somewhere in the next epochs.
            began = path.stat().st_mtime_ns if path.exists() else 0
            while process.poll() is None and (
                not path.exists() or path.stat().st_mtime_ns == began
            ):
                time.sleep(0.001)
            time.sleep(chance.random() * 0.03)
            process.kill()
        assert process.returncode == -9, "the run ended before it could be killed"
        kills += 1
        network, optimizer, rng = build(), SGD(momentum=0.9), np.random.default_rng(0)
        settings = {"batch_size": 16, "label_smoothing": 0.0, "rows": 80}
        history, _ = load_training(path, network, optimizer, [rng], settings)  # never half
        epochs_at_kill.add(len(history))
    assert len(epochs_at_kill) > 5
    assert max(epochs_at_kill) < EPOCHS
    assert_same_run(run(EPOCHS, path, augment=slow_noise), run(EPOCHS))


def slow_noise(X, rng):
    """So that a run is long enough to be killed."""
    time.sleep(0.001)
    return add_noise(X, rng)


if __name__ == "__main__":
    run(EPOCHS, Path(sys.argv[1]), augment=slow_noise)
