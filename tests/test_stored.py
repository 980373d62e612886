"""Weights and checkpoints that are damaged or of another run: named, and nothing changed.

The crafted files are such as were found to get in silently, to leave a network half changed, or
to end in an error that named neither file nor array.
"""

import functools
import hashlib
import io
import json
import math
import struct
import sys
import warnings
import zipfile

import numpy as np
import pytest
from test_checkpoint import add_noise, build, data, run

from digitlib import schedules
from digitlib.data import stored
from digitlib.data.stored import fingerprint, same_kind
from digitlib.net import training
from digitlib.net.checkpoint import load_network, load_training, load_weights, save
from digitlib.net.layers import Linear, Tanh
from digitlib.net.network import Network
from digitlib.net.optim import SGD, Adam


def everything(network, *generators):
    """All that a load may change, as bytes."""
    arrays = [network.theta, *network.buffers.values()]
    states = [rng.bit_generator.state for rng in [*network.generators, *generators]]
    return b"".join(array.tobytes() for array in arrays), repr(states)


def arrays_of(path):
    with np.load(path, allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def as_npy(array):
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def archive(path, members):
    """An .npz of these bytes by name, whatever they are."""
    with zipfile.ZipFile(path, "w") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name that stands there twice
        for name, content in members:
            file.writestr(f"{name}.npy", content)


def header(text):
    text = text.encode() + b"\n"
    return b"\x93NUMPY\1\0" + struct.pack("<H", len(text)) + text


ENORMOUS = header("{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999,), }")
OPEN = header("{'descr': '<f4', 'fortran_order': False, 'shape': (16,")


def of(change):
    """An array put in place of `name`, from the one that was there."""
    return lambda members, name: (
        members | {name: as_npy(change(np.load(io.BytesIO(members[name]))))}
    )


def to(content):
    return lambda members, name: members | {name: content}


def nan(array):
    array.flat[1] = np.nan
    return array


CRAFTED = {
    "text": (of(lambda a: a.astype("U20")), "holds <U|no such|of str"),
    "dates": (of(lambda a: np.zeros(a.shape, "M8[s]")), r"holds datetime64|of datetime64"),
    "truth values": (of(lambda a: a > 0), "holds bool|of bool"),
    "whole numbers": (of(lambda a: a.astype(np.int32)), "holds int32|of int32"),
    "complex": (of(lambda a: a + 0j), "holds complex|of complex"),
    "NaN": (of(nan), "is nan at"),
    "infinity": (of(lambda a: a + np.float32(np.inf)), "is inf at"),
    "one entry, to be spread": (of(lambda a: a.ravel()[:1]), r"has shape \(1,\)"),
    "one entry less": (of(lambda a: a[:-1]), "has shape"),
    "turned over": (of(lambda a: a.T[None]), "has shape"),
    "a pickle": (of(lambda a: a.astype(object)), "never opened"),
    "37 GB": (to(ENORMOUS + bytes(29)), "promises 39999999996 bytes"),
    "a header left open": (to(OPEN), "damaged"),
    "no array": (to(b"hello"), "damaged"),
    "nothing": (to(b""), "damaged"),
    "cut off": (lambda members, name: members | {name: members[name][:-1]}, "cut off"),
    "longer": (lambda members, name: members | {name: members[name] + b"\0"}, "more bytes"),
    "gone": (
        lambda members, name: {n: m for n, m in members.items() if n != name},
        "no such array in the file",
    ),
    "twice": (
        lambda members, name: [*members.items(), (name, members[name])],
        "more than once",
    ),
}


def crafted(path, how, name):
    """The file at `path` with its array `name` spoiled, without a hash as older files are."""
    members = {n: as_npy(a) for n, a in arrays_of(path).items() if n != stored.HASH}
    members = how(members, name)
    archive(path, members if isinstance(members, list) else members.items())


@pytest.mark.parametrize("name", ["0.W", "1.var"])
@pytest.mark.parametrize(("how", "said"), CRAFTED.values(), ids=CRAFTED)
def test_spoiled_weights_are_named_and_nothing_changes(tmp_path, how, said, name):
    path, network = tmp_path / "net.npz", build(seed=4)
    save(build(), path)
    crafted(path, how, name)
    before = everything(network)
    with pytest.raises(ValueError, match=rf"net\.npz.*{name}.*({said})"):
        load_weights(network, path)
    assert everything(network) == before
    with pytest.raises(ValueError, match=rf"net\.npz.*({name}|layers)"):
        load_network(path)


@pytest.mark.parametrize("name", ["network/0.W", "best/0.b", "best/1.mean", "optimizer/m"])
@pytest.mark.parametrize(("how", "said"), CRAFTED.values(), ids=CRAFTED)
def test_a_spoiled_checkpoint_is_named_and_nothing_changes(tmp_path, how, said, name):
    path = tmp_path / "run.npz"
    run(1, path, Adam())
    crafted(path, how, name)
    refused(path, rf"run\.npz.*{name}.*({said})")


def refused(path, message, optimizer=None):
    network, rng = build(seed=4), np.random.default_rng(8)
    optimizer = optimizer or Adam()
    before = everything(network, rng)
    with pytest.raises(ValueError, match=message):
        load_training(path, network, optimizer, [rng], {"batch_size": 16, **SETTINGS})
    assert everything(network, rng) == before
    assert (optimizer.steps, optimizer.state) == (0, {})


SETTINGS = {"label_smoothing": 0.0, "rows": 80}


def record(change):
    """The record with a value replaced: change(record) in place."""

    def how(members, name):
        found = json.loads(str(np.load(io.BytesIO(members["record"]))))
        found = change(found) or found
        return members | {"record": as_npy(np.array(json.dumps(found)))}

    return how


def put(*path, value):
    def change(found):
        for key in path[:-1]:
            found = found[key]
        found[path[-1]] = value

    return record(change)


RECORDS = {
    "a list": (record(lambda found: [1]), "damaged"),
    "no steps": (record(lambda found: found.pop("steps") and None), "damaged.*steps"),
    "no settings": (record(lambda found: {**found, "settings": 3}), "damaged"),
    "fewer steps than none": (put("steps", value=-1), "steps = -1"),
    "steps of text": (put("steps", value="5"), "steps = '5'"),
    "a state of text": (put("generators", 0, "state", "state", value="a"), "damaged"),
    "a state that is a list": (put("generators", 1, "state", value=[1]), "damaged"),
    "a state too large": (put("generators", 1, "state", "inc", value=1 << 200), "damaged"),
    "another kind of state": (
        put("generators", 0, "bit_generator", value="X"),
        "drew from a X",
    ),
    "a generator less": (record(lambda found: found["generators"].pop() and None), "has 1 gen"),
    "a loss that is none": (put("history", 0, "train_loss", value=float("nan")), "train_loss"),
    "a loss of text": (put("history", 0, "train_loss", value="low"), "train_loss = 'low'"),
    "other settings": (
        put("settings", "batch_size", value=8),
        "batch_size = 8, this one has 16",
    ),
}


@pytest.mark.parametrize(("how", "said"), RECORDS.values(), ids=RECORDS)
def test_a_spoiled_record_is_named_and_nothing_changes(tmp_path, how, said):
    path = tmp_path / "run.npz"
    run(1, path, Adam())
    crafted(path, how, "record")
    refused(path, rf"run\.npz \(record\): .*{said}")


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "9" * 10_000])
def test_a_record_that_is_no_json_is_named(tmp_path, text):
    path = tmp_path / "run.npz"
    run(1, path, Adam())
    crafted(path, to(as_npy(np.array(text))), "record")
    refused(path, r"run\.npz \(record\): (no JSON|damaged)")
    crafted(path, to(as_npy(np.zeros(3))), "record")
    refused(path, r"run\.npz \(record\): holds float64 of shape \(3,\)")


def test_an_array_that_belongs_nowhere_is_named(tmp_path):
    path = tmp_path / "run.npz"
    run(1, path, Adam())
    crafted(path, lambda members, name: members | {"optimizer/s": as_npy(np.zeros(3))}, "")
    refused(path, r"optimizer/s has shape \(3,\) of float64 in the file and no such array")


def test_one_changed_bit_is_noticed_wherever_it_is(tmp_path):
    path, network = tmp_path / "net.npz", build(seed=4)
    save(build(), path)
    whole, before = path.read_bytes(), everything(network)
    right = everything(build())
    for at in range(0, len(whole), 41):
        damaged = bytearray(whole)
        damaged[at] ^= 1 << at % 8
        path.write_bytes(damaged)
        error = None
        try:
            load_weights(network, path)
        except (ValueError, OSError) as found:
            error = found
        if error is not None:
            assert "net.npz" in str(error)
            assert everything(network) == before
        else:  # of a date, or of what is written down twice
            assert everything(network)[0] == right[0]
            network = build(seed=4)


def test_a_well_formed_change_is_noticed_by_the_hash(tmp_path):
    path = tmp_path / "net.npz"
    save(build(), path)
    arrays = arrays_of(path)
    arrays["4.W"][0, 0] += 1
    np.savez(path, **arrays)
    with pytest.raises(ValueError, match=r"net\.npz \(sha256\): an array is not as it was"):
        load_weights(build(), path)
    arrays.pop(stored.HASH)  # an older digitlib wrote none, nor does np.savez
    np.savez(path, **arrays)
    network = build()
    load_weights(network, path)
    assert network.params["4.W"][0, 0] == arrays["4.W"][0, 0]


def test_weights_of_the_other_float_type_are_cast_where_they_fit(tmp_path):
    path, network = tmp_path / "net.npz", build()
    weights = {n: a.astype(">f8") for n, a in arrays_of_network(network).items()}
    np.savez(path, **weights)
    other = build(seed=3)
    load_weights(other, path)
    np.testing.assert_array_equal(other.theta, network.theta)
    weights["0.W"][0, 1] = 1e300
    np.savez(path, **weights)
    with pytest.raises(ValueError, match=r"\(0\.W\): is 1e\+300 at \[0, 1\].*float32"):
        load_weights(other, path)


def arrays_of_network(network):
    return {**network.params, **network.buffers}


def test_a_small_file_that_unpacks_to_much_is_refused(tmp_path):
    path = tmp_path / "bomb.npz"
    np.savez_compressed(path, **{"0.W": np.zeros((1 << 22, 6)), "0.b": np.zeros(16)})
    with pytest.raises(ValueError, match=r"bomb\.npz \(0\.W\): .*more than is read here"):
        load_network(path)


# --- another run -------------------------------------------------------------------------


def noise(size):
    return lambda X, rng: X + size * rng.standard_normal(X.shape, X.dtype)


def sized_noise(X, rng, size):
    return X + size * rng.standard_normal(X.shape, X.dtype)


OTHERS = {
    "augmentation": ({"augment": noise(0.1)}, {"augment": noise(0.2)}, "augmentation"),
    "no augmentation": ({}, {"augment": None}, "augmentation"),
    "arguments": (
        {"augment": functools.partial(sized_noise, size=0.1)},
        {"augment": functools.partial(sized_noise, size=0.2)},
        "augmentation",
    ),
    "code": (
        {"augment": lambda X, rng: X + 1},
        {"augment": lambda X, rng: X - 1},
        "augmentation",
    ),
    "data": ({}, {"train_set": data(seed=9)}, "training set"),
    "labels": ({}, {"train_set": (data()[0], data()[1][::-1])}, "training set"),
    "order": ({}, {"train_set": tuple(part[::-1] for part in data())}, "training set"),
    "held out": ({}, {"valid_set": data(seed=9)}, "validation set"),
    "nothing held out": ({}, {"valid_set": None}, "validation set"),
    "rows": ({}, {"train_set": data(n=79)}, "rows = 80, this one has 79"),
    "schedule": ({}, {"schedule": schedules.constant(0.1)}, "another schedule: epoch 1 ended"),
    "a warm-up": ({}, {"schedule": schedules.cosine(0.1, 60, 6)}, "another schedule"),
    "layers": ({}, {"network": lambda: other_bend()}, "layers = "),
}


def other_bend():
    network = build()
    return Network(*fresh(network.layers[:2]), Tanh(), *fresh(network.layers[3:]))


def fresh(layers):
    for layer in layers:
        layer.in_network = False
    return layers


def begin(path, epochs, network=build, optimizer=None, **changed):
    network, optimizer = network(), optimizer or SGD(momentum=0.9)
    how = {
        "train_set": data(),
        "valid_set": data(seed=6),
        "schedule": schedules.cosine(0.1, steps=60, warmup=5),
        "augment": add_noise,
        **changed,
    }
    rng = np.random.default_rng(3)
    made = training.fit(
        network,
        how.pop("train_set"),
        how.pop("valid_set"),
        epochs=epochs,
        optimizer=optimizer,
        rng=rng,
        progress=False,
        checkpoint=path,
        batch_size=16,
        **how,
    )
    return network, made


@pytest.mark.parametrize(("first", "then", "said"), OTHERS.values(), ids=OTHERS)
def test_another_run_is_not_resumed(tmp_path, first, then, said):
    path = tmp_path / "run.npz"
    begin(path, 1, **first)
    written = path.read_bytes()
    with pytest.raises(ValueError, match=rf"run\.npz \(record\): it is a run with.*{said}"):
        begin(path, 2, **then)
    assert path.read_bytes() == written
    begin(path, 2, **first)  # and the same one is


def test_another_decay_mask_is_another_run(tmp_path):
    mask = build().decay_mask
    begin(tmp_path / "run.npz", 1, optimizer=SGD(weight_decay=0.1, decay_mask=mask))
    with pytest.raises(ValueError, match="another decay mask"):
        begin(tmp_path / "run.npz", 2, optimizer=SGD(weight_decay=0.1, decay_mask=~mask))


def test_the_run_of_an_older_digitlib_goes_on(tmp_path):
    """Its files have no hash, no layers, and no fingerprints in their settings."""
    path = tmp_path / "run.npz"

    def older(found):
        kept = ("optimizer", "batch_size", "label_smoothing", "rows")
        found["settings"] = {name: found["settings"][name] for name in kept}

    begin(path, 2)
    crafted(path, record(older), "record")
    arrays = arrays_of(path)
    arrays.pop("layers")
    np.savez(path, **arrays)
    resumed, in_one = begin(path, 4)[0], begin(tmp_path / "other.npz", 4)[0]
    assert everything(resumed) == everything(in_one)


# --- a full disk -------------------------------------------------------------------------


def full_disk(monkeypatch, when):
    """From now on a write raises as on a full disk where when(its number) is true."""
    real, calls = np.savez, []

    def savez(file, **arrays):
        calls.append(None)
        if when(len(calls)):
            raise OSError(28, "No space left on device")
        real(file, **arrays)

    monkeypatch.setattr(np, "savez", savez)


def test_a_disk_that_fills_up_costs_no_training(tmp_path, monkeypatch):
    path = tmp_path / "run.npz"
    expected, history = begin(tmp_path / "other.npz", 3)
    full_disk(monkeypatch, lambda number: number > 2)
    network = build()
    with (
        pytest.warns(UserWarning, match=r"run\.npz could not be written after epoch [23]"),
        pytest.raises(OSError, match="No space left") as raised,
    ):
        begin(path, 3, network=lambda: network)
    error = raised.value
    assert error.filename == str(path)
    assert "digitlib.save" in error.__notes__[0]
    ran = [epoch._replace(seconds=0) for epoch in error.history]
    assert ran == [epoch._replace(seconds=0) for epoch in history]
    assert everything(network)[0] == everything(expected)[0]
    monkeypatch.undo()  # there is room again: from epoch 1, which is the last that was written
    again, _ = begin(path, 3)
    assert everything(again) == everything(expected)


def test_a_write_that_failed_in_between_is_made_good(tmp_path, monkeypatch):
    full_disk(monkeypatch, lambda number: number == 2)
    with pytest.warns(UserWarning, match="after epoch 1: .*The training goes on"):
        _, history = begin(tmp_path / "run.npz", 3)
    assert len(history) == 3
    assert len(begin(tmp_path / "run.npz", 3)[1]) == 3


def test_no_folder_and_no_room_are_said_before_the_training(tmp_path, monkeypatch):
    seen = []
    watch = {"augment": lambda X, rng: seen.append(X) or X}
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        begin(tmp_path / "nowhere" / "run.npz", 1, **watch)
    full_disk(monkeypatch, lambda number: True)
    with pytest.raises(OSError, match="No space left"):
        begin(tmp_path / "run.npz", 1, **watch)
    assert not seen


# --- fingerprints ------------------------------------------------------------------------


class Bound:
    def __init__(self, size):
        self.size = size

    def __call__(self, X, rng):
        return X

    def method(self, X, rng):
        return X


def recursive(size):
    def again(X):
        return again(X) if size else X

    return again


@pytest.mark.parametrize(
    "make",
    [
        lambda size: size,
        lambda size: np.array([size, 1.0]),
        lambda size: np.float32(size),
        lambda size: [None, "a", size],
        lambda size: Bound(size),
        lambda size: Bound(size).method,
        lambda size: functools.partial(add_noise, size),
        lambda size: lambda X, rng: size,
        lambda size: lambda X, rng, size=size: size,
        lambda size: lambda X, *, size=size: size,
        recursive,
    ],
)
def test_a_fingerprint_is_of_the_content(make):
    assert fingerprint(make(1)) == fingerprint(make(1))
    assert not same_kind(fingerprint(make(1)), fingerprint(make(2)))


def test_another_python_reads_other_code_and_the_same_settings():
    one, other = fingerprint(lambda X: X + 1), fingerprint(lambda X: X - 1)
    assert not same_kind(one, other)
    assert same_kind(one, other.replace(other.split(" ")[2], "3.99"))
    assert not same_kind(one, fingerprint(add_noise).replace("3.", "4."))


def test_arrays_differ_by_dtype_and_shape_too():
    X = np.zeros((2, 3))
    prints = {fingerprint(a) for a in (X, X.T, X.astype(np.float32), X[:0], X[:, :0])}
    assert len(prints) == 5
    assert fingerprint(X[:, ::2]) == fingerprint(X[:, ::2].copy())


def test_linear_layers_alone_have_no_generators(tmp_path):
    """A network that draws nothing has an empty list of states, which is no damage."""
    network = Network(Linear(6, 3, np.random.default_rng(0)))
    begin(tmp_path / "run.npz", 1, network=lambda: network)
    assert len(begin(tmp_path / "run.npz", 2, network=lambda: copy_of(network))[1]) == 2


def copy_of(_):
    return Network(Linear(6, 3, np.random.default_rng(1)))


def test_a_fingerprint_stays_what_older_checkpoints_hold():
    """Were it longer or made otherwise, no checkpoint of before could be resumed."""
    version = ".".join(map(str, sys.version_info[:2]))
    digests = {text: hashlib.sha256(text).hexdigest() for text in (b"7", b"")}
    assert stored.fingerprint(7) == f"{digests[b'7'][:16]} {digests[b''][:8]} {version}"


def test_of_an_epochs_numbers_those_of_an_absent_validation_set_alone_are_none():
    epoch = {"epoch": 1, "train_loss": 0.5, "valid_loss": math.nan}
    assert stored.numbers(epoch) is epoch
    for wrong in (
        {"train_loss": math.nan},
        {"valid_loss": math.inf},
        {"valid_loss": "nan"},
        {"train_loss": -math.inf},
        {"epoch": True},
    ):
        with pytest.raises(ValueError, match=f"an epoch with {next(iter(wrong))} = "):
            stored.numbers(wrong)


def test_a_function_that_waits_for_a_name_has_a_fingerprint():
    def made(known):
        def use():
            return later

        if known:
            later = 1
        return use

    assert fingerprint(made(False)) == fingerprint(made(False)) != fingerprint(made(True))


def test_what_has_no_content_of_its_own_counts_by_its_kind():
    one, other = object(), object()
    assert fingerprint(one) == fingerprint(other) != fingerprint(slice(1))
    assert fingerprint(None).startswith(hashlib.sha256(b"None").hexdigest()[:16])
