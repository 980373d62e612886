"""A night of training must survive a power cut: files that are whole or absent, never pickle.

`save` and `load_weights` keep a trained network. `save_training` and `load_training` keep
everything that a run's next step depends on, so that a run that was killed and resumed gives
the same numbers, to the bit, as one left alone; `fit(…, checkpoint=path)` calls them.
An .npz is a zip of arrays that any program with NumPy can open; what is no array (generator
states, the history) is one JSON text in it. Loading runs no code from the file.
"""

import json

import numpy as np

from digitlib.data.files import regular, replacing
from digitlib.data.readers import npz_arrays


def save(network, path):
    """Write the network's parameters and running averages to `path` (.npz), by name.

    The file also says which layers they belong to, where all of them are digitlib's own.
    """
    _write(path, _arrays(network) | _layers(network))


def load_weights(network, path):
    """Read what `save` wrote into a network of the same build, in its dtype.

    Raises FileNotFoundError, or ValueError where the file is damaged or its names or shapes
    differ from the network's; the network then is as it was.
    """
    stored, ours = _read(path), _arrays(network)
    stored.pop("layers", None)
    _compare(path, stored, ours)
    for name, value in ours.items():
        value[...] = stored[name]


def load_network(path):
    """The trained network in a file of `save` or `save_training`: layers and weights.

    A training's best weights are taken where it kept them, and its last ones otherwise. A file
    of W1, b1, W2, b2, …, as np.savez writes a network that was built by hand, is read as linear
    layers with a ReLU between any two. Raises FileNotFoundError, or ValueError where the file
    is damaged, or says nothing of its layers, because an older digitlib wrote it or a layer was
    the writer's own.
    """
    stored = _read(path)
    description = stored.pop("layers", None)
    if "record" in stored:
        for part in ("best/", "network/"):
            chosen = {n.removeprefix(part): a for n, a in stored.items() if n.startswith(part)}
            if chosen:
                stored = chosen
                break
    from digitlib.net.describe import build, described_by_hand

    by_hand = described_by_hand(stored) if description is None else None
    if by_hand:
        description, stored = json.dumps(by_hand[0]), by_hand[1]
    if description is None:
        raise ValueError(
            f"{path} does not say which layers its weights belong to: build the network, call "
            "load_weights(network, path) and then save(network, path)"
        )
    try:
        network = build(json.loads(str(description)), arrays=stored)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path} describes no network: {error}") from error
    ours = _arrays(network)
    _compare(path, stored, ours)
    for name, value in ours.items():
        value[...] = stored[name]
    return network


def save_training(path, network, optimizer, generators, history, best=None, settings=None):
    """Write a run between two epochs to `path` (.npz), in place of the file before.

    generators: every np.random.Generator the run draws from (shuffling and augmentation);
    dropout's are found in the network. history: a list of dicts of numbers. best: a
    `network.snapshot()`, or None. settings: a dict of what must be the same on resuming.
    """
    arrays = {f"network/{name}": value for name, value in _arrays(network).items()}
    arrays |= {f"optimizer/{name}": value for name, value in optimizer.state.items()}
    arrays |= {f"best/{name}": value for name, value in (best or {}).items()}
    record = {
        "steps": optimizer.steps,
        "generators": [rng.bit_generator.state for rng in [*generators, *network.generators]],
        "history": history,
        "settings": {"optimizer": repr(optimizer), **(settings or {})},
    }
    arrays |= _layers(network)
    _write(path, {**arrays, "record": np.array(json.dumps(record, default=_jsonable))})


def load_training(path, network, optimizer, generators, settings=None):
    """Put network, optimizer and generators where `save_training` left them.

    Returns (history, best). Raises FileNotFoundError, or ValueError where the file is
    damaged or belongs to another network, optimiser or settings; nothing has changed then.
    """
    stored = _read(path)
    if "record" not in stored:
        raise ValueError(f"{path} holds weights only, no training: use load_weights")
    record = json.loads(str(stored.pop("record")), object_hook=_unjsonable)
    stored.pop("layers", None)
    parts = {"network": {}, "optimizer": {}, "best": {}}
    for name, value in stored.items():
        part, _, name = name.partition("/")
        parts[part][name] = value

    ours = {"optimizer": repr(optimizer), **(settings or {})}
    for name in sorted(ours.keys() | record["settings"].keys()):
        theirs = record["settings"].get(name)
        if theirs != ours.get(name):
            raise ValueError(
                f"{path} is a run with {name} = {theirs}, this one has {ours.get(name)}: "
                "use the settings it began with, or another file"
            )
    arrays, generators = _arrays(network), [*generators, *network.generators]
    _compare(path, parts["network"], arrays, dtypes=True)
    if len(record["generators"]) != len(generators):
        raise ValueError(
            f"{path} has {len(record['generators'])} generators, this run {len(generators)}"
        )
    for rng, state in zip(generators, record["generators"]):
        if type(rng.bit_generator).__name__ != state["bit_generator"]:
            raise ValueError(
                f"{path} drew from a {state['bit_generator']}, this run draws from a "
                f"{type(rng.bit_generator).__name__}"
            )

    for name, value in arrays.items():
        value[...] = parts["network"][name]
    for rng, state in zip(generators, record["generators"]):
        rng.bit_generator.state = state
    optimizer.state, optimizer.steps = parts["optimizer"], record["steps"]
    return record["history"], parts["best"] or None


def _arrays(network):
    return {**network.params, **network.buffers}


def _layers(network):
    """The description of the layers as one array of text; none where a layer is a stranger."""
    from digitlib.net.describe import describe

    try:
        return {"layers": np.array(json.dumps(describe(network)))}
    except ValueError:
        return {}


def _write(path, arrays):
    with replacing(path) as file:
        np.savez(file, **arrays)


def _read(path):
    """All arrays of the file at once: damage shows here, before anything is changed."""
    with regular(path) as file:
        return npz_arrays(file, path)


def _compare(path, stored, ours, dtypes=False):
    """A ValueError that names the first array in which file and network differ, and how."""

    def described(arrays, name):
        if name not in arrays:
            return "no such array"
        value = arrays[name]
        return f"shape {value.shape}" + (f" of {value.dtype}" if dtypes else "")

    for name in [*ours, *(name for name in stored if name not in ours)]:
        theirs, mine = described(stored, name), described(ours, name)
        if theirs != mine:
            raise ValueError(
                f"{path} does not fit this network: {name} has {theirs} in the file and "
                f"{mine} in the network"
            )


def _jsonable(value):
    """What some generators' states hold besides whole numbers: arrays of them."""
    if isinstance(value, np.ndarray):
        return {"array": value.tolist(), "dtype": value.dtype.name}
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"cannot write {type(value).__name__} to a checkpoint")


def _unjsonable(value):
    if value.keys() == {"array", "dtype"}:
        return np.array(value["array"], value["dtype"])
    return value
