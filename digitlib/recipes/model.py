"""A trained recogniser that can be kept: networks whose probabilities are averaged.

Each network may read five copies of a digit, as it stands and moved by one pixel in each
direction: on held-out digits that takes away a tenth to a fifth of the mistakes of a network
that learned from moved digits (`shifted_probabilities`). A mean of probabilities is less sure
than it is right, so a temperature, fitted on held-out digits, corrects them before anybody
sees them; it changes no answer.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from digitlib.data.files import path_of, replacing
from digitlib.formulas import softmax
from digitlib.metrics import fit_temperature
from digitlib.net.checkpoint import load_network, save
from digitlib.net.network import Network

__all__ = ["Model", "load_model", "recalibrated", "shifted_probabilities"]

MOVES = ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0))  # pixels down, pixels to the right
CARD = "model.json"


def shifted_probabilities(network, X):
    """The mean of a network's probabilities for five copies of each digit: (N, 784) to (N, 10).

    The copies are the digit as it stands and moved by one pixel up, down, left and right, with
    paper where it was; ink that leaves the frame is lost. Nine copies, with the diagonals, are
    no better.
    """
    framed = np.pad(X.reshape(-1, 28, 28), ((0, 0), (1, 1), (1, 1)))
    P = 0.0
    for down, right in MOVES:
        moved = framed[:, 1 - down : 29 - down, 1 - right : 29 - right]
        P = P + network.predict_proba(moved.reshape(len(X), 784))
    return P / len(MOVES)


def recalibrated(P, temperature):
    """Probabilities (N, K) as they would be had the scores been divided by the temperature."""
    return softmax(_logarithm(P) / temperature)


def temperature_of(P, y):
    """The temperature that suits probabilities (N, K) of digits that nobody learned from.

    1.0 where no temperature is the best: all read right, or none better than chance.
    """
    try:
        return fit_temperature(_logarithm(P), y)
    except ValueError:
        return 1.0


def _logarithm(P):
    P = np.asarray(P, dtype=np.float64)
    return np.log(np.maximum(P, np.finfo(np.float32).tiny))


@dataclass
class Model:
    """Networks that read a digit together.

    networks      one or more; the mean of their probabilities is the answer
    shifted       True: each reads five shifted copies of the digit
    temperature   corrects the mean, above 1 towards less sure
    about         how it was made and what it reached, a dict of what JSON can hold
    """

    networks: list[Network]
    shifted: bool = False
    temperature: float = 1.0
    about: dict = field(default_factory=dict)

    def raw(self, X):
        """The mean of the networks' probabilities (N, 10), before the temperature."""
        read = shifted_probabilities if self.shifted else Network.predict_proba
        X = np.asarray(X)
        parts = [read(network, X.astype(network.theta.dtype)) for network in self.networks]
        return np.mean(parts, axis=0)

    def predict_proba(self, X):
        """Probabilities (N, 10) for X (N, 784) from 0 to 1, each row summing to 1."""
        return recalibrated(self.raw(X), self.temperature)

    def predict(self, X):
        """The most probable digit of each row: X (N, 784) to (N,) integers."""
        return self.raw(X).argmax(axis=1)

    def save(self, folder):
        """Write model.json and a file of weights for each network into a folder.

        The folder is made if need be. model.json is written last, so a folder that has one is
        whole.
        """
        folder = path_of(folder)
        folder.mkdir(parents=True, exist_ok=True)
        names = [f"network-{number}.npz" for number in range(len(self.networks))]
        for name, network in zip(names, self.networks):
            save(network, folder / name)
        card = {
            "networks": names,
            "shifted": self.shifted,
            "temperature": self.temperature,
            "about": self.about,
        }
        with replacing(folder / CARD, "w", encoding="utf-8") as file:
            json.dump(card, file, indent=1, ensure_ascii=False)
            file.write("\n")


def load_model(path):
    """The `Model` in a folder that `Model.save` wrote, or of one network in a file of `save`.

    Raises FileNotFoundError, or ValueError where a file is damaged, of another kind, or does
    not say which layers its weights belong to.
    """
    path = path_of(path)
    if path.name == CARD:
        path = path.parent
    if not path.is_dir():
        return Model([_of_digits(path)])
    if not (path / CARD).is_file():
        raise FileNotFoundError(
            f"{path} has no {CARD}: a model is a folder that `submit --keep` wrote, or one "
            "file of weights (.npz)"
        )
    try:
        card = json.loads((path / CARD).read_text(encoding="utf-8"))
        names, temperature = card["networks"], float(card["temperature"])
        if not names or not temperature > 0 or any(Path(n).name != n for n in names):
            raise ValueError("its networks or its temperature cannot be")
        shifted, about = bool(card["shifted"]), dict(card["about"])
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(
            f"{path / CARD} is damaged, or no model of digitlib's: {error!r}"
        ) from error
    return Model([_of_digits(path / name) for name in names], shifted, temperature, about)


def _of_digits(path):
    """The network in a file, if it reads 784 pixels and answers with ten scores."""
    network = load_network(path)
    try:
        shape = network.scores(np.zeros((1, 784), network.theta.dtype)).shape
    except ValueError as error:
        raise ValueError(f"{path} holds no network that reads 784 pixels: {error}") from error
    if shape != (1, 10):
        raise ValueError(f"{path} holds a network with {shape[-1]} scores, not 10")
    return network
