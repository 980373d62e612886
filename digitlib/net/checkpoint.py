"""A night of training must survive a power cut: files that are whole or absent, never pickle.

`save` and `load_weights` keep a trained network. `save_training` and `load_training` keep
everything that a run's next step depends on, so that a run that was killed and resumed gives
the same numbers, to the bit, as one left alone; `fit(…, checkpoint=path)` calls them.
An .npz is a zip of arrays that any program with NumPy can open; what is no array (generator
states, the history) is one JSON text in it. Loading runs no code from the file.
"""

import json

import numpy as np

from digitlib.data.stored import (
    fitting,
    generator_state,
    numbers,
    read_arrays,
    read_text,
    same_settings,
    to_json,
    write_arrays,
)


def save(network, path):
    """Write the network's parameters and running averages to `path` (.npz), by name.

    The file also says which layers they belong to, where all of them are digitlib's own, and
    holds a hash of its content.
    """
    write_arrays(path, _arrays(network) | _layers(network))


def load_weights(network, path):
    """Read what `save` wrote into a network of the same build, in its dtype.

    Raises FileNotFoundError, or ValueError that names file and array where the file is damaged,
    its names or shapes differ from the network's, or it holds anything but finite numbers; the
    network then is as it was.
    """
    stored = read_arrays(path)
    stored.pop("layers", None)
    _commit(network, fitting(path, stored, _arrays(network)))


def load_network(path):
    """The trained network in a file of `save` or `save_training`: layers and weights.

    A training's best weights are taken where it kept them, and its last ones otherwise. A file
    of W1, b1, W2, b2, …, as np.savez writes a network that was built by hand, is read as linear
    layers with a ReLU between any two. Raises FileNotFoundError, or ValueError where the file
    is damaged, or says nothing of its layers, because an older digitlib wrote it or a layer was
    the writer's own.
    """
    from digitlib.net.describe import build, described_by_hand

    stored = read_arrays(path)
    layers = stored.pop("layers", None)
    if "record" in stored:
        stored = _part("best/", stored) or _part("network/", stored)
    by_hand = described_by_hand(stored) if layers is None else None
    if by_hand:
        layers, stored = np.array(json.dumps(by_hand[0])), by_hand[1]
    if layers is None:
        raise ValueError(
            f"{path} does not say which layers its weights belong to: build the network, call "
            "load_weights(network, path) and then save(network, path)"
        )
    network = read_text(path, "layers", layers, lambda told: build(told, arrays=stored))
    _commit(network, fitting(path, stored, _arrays(network)))
    return network


def save_training(path, network, optimizer, generators, history, best=None, settings=None):
    """Write a run between two epochs to `path` (.npz), in place of the file before.

    generators: every np.random.Generator the run draws from (shuffling and augmentation);
    dropout's are found in the network. history: a list of dicts of numbers. best: a
    `network.snapshot()`, or None. settings: a dict of what must be the same on resuming;
    fingerprints (`data.stored`) stand in it for what is too large to be written down.
    """
    record = {
        "steps": optimizer.steps,
        "generators": [rng.bit_generator.state for rng in [*generators, *network.generators]],
        "history": history,
        "settings": _settings(network, optimizer, settings),
    }
    arrays = {
        **_under("network/", _arrays(network)),
        **_under("optimizer/", optimizer.state),
        **_under("best/", best or {}),
        "record": np.array(to_json(record)),
    }
    write_arrays(path, arrays | _layers(network))


def load_training(path, network, optimizer, generators, settings=None, entry=dict):
    """Put network, optimizer and generators where `save_training` left them.

    Returns (history, best), each epoch of the history made by `entry(**numbers)`. Raises
    FileNotFoundError, or ValueError that names file and array where the file is damaged or
    belongs to another network, optimiser or settings; nothing has changed then.
    """
    stored, generators = read_arrays(path), [*generators, *network.generators]
    if "record" not in stored:
        raise ValueError(f"{path} holds weights only, no training: use load_weights")
    stored.pop("layers", None)
    ours = _settings(network, optimizer, settings)

    def checked(record):
        steps, states = record["steps"], record["generators"]
        if type(steps) is not int or steps < 0:
            raise ValueError(f"steps = {steps!r}")
        same_settings(record["settings"], ours)
        if len(states) != len(generators):
            raise ValueError(f"it has {len(states)} generators, this run {len(generators)}")
        made = [generator_state(rng, state) for rng, state in zip(generators, states)]
        return steps, made, [entry(**numbers(epoch)) for epoch in record["history"]]

    steps, states, history = read_text(path, "record", stored.pop("record"), checked)
    arrays = _arrays(network)
    state = dict.fromkeys(optimizer.averages if steps else (), network.theta)
    wanted = _under("network/", arrays) | _under("optimizer/", state)
    if _part("best/", stored):
        wanted |= _under("best/", arrays)
    found = fitting(path, stored, wanted, exact=True)
    _commit(network, _part("network/", found))
    for rng, state in zip(generators, states):
        rng.bit_generator.state = state
    optimizer.state, optimizer.steps = _part("optimizer/", found), steps
    return history, _part("best/", found) or None


def _arrays(network):
    return {**network.params, **network.buffers}


def _commit(network, arrays):
    """Write arrays that have been looked at: from here on nothing can fail."""
    for name, value in _arrays(network).items():
        value[...] = arrays[name]


def _layers(network):
    """The description of the layers as one array of text; none where a layer is a stranger."""
    from digitlib.net.describe import describe

    try:
        return {"layers": np.array(json.dumps(describe(network)))}
    except ValueError:
        return {}


def _settings(network, optimizer, settings):
    layers = {name: str(text) for name, text in _layers(network).items()}
    return {"optimizer": repr(optimizer), **layers, **(settings or {})}


def _under(part, arrays):
    return {part + name: value for name, value in arrays.items()}


def _part(part, arrays):
    return {n.removeprefix(part): a for n, a in arrays.items() if n.startswith(part)}
