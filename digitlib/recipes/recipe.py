"""What a recipe is and how it is trained; the recipes themselves are in `recipes`."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from digitlib.data import split
from digitlib.data.readers import Digits
from digitlib.net.network import Network
from digitlib.net.training import train
from digitlib.progress import progress_bar

__all__ = ["Recipe", "Run", "start", "train_recipe"]


@dataclass(frozen=True)
class Recipe:
    """One network and how it is trained.

    name, idea       what it is called, and in one line what it is for
    layout           the widths as people write them, "784-128-64-10"
    build            f(rng) -> Network, fresh weights from a Generator
    epochs           how often every row is used; with full batches the iterations
    batch_size       rows for each step, or None for full batches: all rows, unshuffled
    optimizer        f(network) -> an optimiser of its own
    schedule         f(steps) -> a schedule, given the number of steps in all
    label_smoothing  the share of each label that is spread over all ten digits
    augment          f(X, rng) -> X on training batches, or None
    shifted          True: it is also measured with the mean of five shifted copies (`model`)
    small_epochs     epochs below 10,000 rows, where that differs from `epochs`
    valid_share      the share of the rows that its authors hold out, or None for our ladder
    reported         what its authors report, in words; "" for ours
    targets          the same as numbers, {"train": 0.8453}: accuracies "train" and "valid",
                     and training losses by epoch, {"loss 10": 0.2068}
    choices          what its authors leave open, and what we chose
    """

    name: str
    idea: str
    layout: str
    build: Callable
    epochs: int
    batch_size: int | None
    optimizer: Callable
    schedule: Callable
    label_smoothing: float = 0.0
    augment: Callable | None = None
    shifted: bool = False
    small_epochs: int | None = None
    valid_share: float | None = None
    reported: str = ""
    targets: Mapping = field(default_factory=lambda: MappingProxyType({}))
    choices: str = ""

    def epochs_for(self, rows):
        """Epochs on so many rows: `small_epochs` below 10,000, where the recipe has one."""
        return self.small_epochs if self.small_epochs and rows < 10_000 else self.epochs

    def protocol(self, rows):
        """All that a training on so many rows depends on but its seed, as numbers and texts.

        Two recipes with equal protocols are the same recipe: a record carries it, so that a
        number can be told from one that was made in another way.
        """
        network, epochs = self.build(np.random.default_rng(0)), self.epochs_for(rows)
        size = _batch_size(self.batch_size, rows) or rows
        steps = epochs * math.ceil(rows / size)
        rate = self.schedule(steps)
        optimizer = self.optimizer(network)
        return {
            "network": repr(network),
            "epochs": epochs,
            "batch_size": self.batch_size,
            "optimizer": repr(optimizer),
            "rates": [float(f"{rate(steps * i // 8):.6g}") for i in range(8)],
            "label_smoothing": self.label_smoothing,
            "augment": self.augment
            and getattr(self.augment, "__qualname__", repr(self.augment)),
            "parameters": int(network.theta.size),
            "spread_at_start": float(f"{network.theta.std():.4g}"),
        }

    def split(self, digits, seed):
        """(train, valid) of labelled digits, as the recipe's authors split them.

        Theirs: all rows shuffled, the first `valid_share` of them held out. Our ladder's: a
        tenth, every class with its share (`data.split`). One seed, one split: recipes with
        equal shares see the same rows.
        """
        rng = np.random.default_rng([seed, 42_000])  # a stream apart from that of `run`
        n = len(digits.X)
        if self.valid_share is None:
            return split(digits, n // 10, rng)
        n_valid = round(n * self.valid_share)
        if not 1 <= n_valid < n:
            raise ValueError(
                f"{n} digits are too few for {self.name}, which holds {n_valid} out"
            )
        order, base = rng.permutation(n), digits.name.removesuffix("/train")
        held, kept = order[:n_valid], order[n_valid:]
        return Digits(digits.X[kept], digits.y[kept], f"{base}/train"), Digits(
            digits.X[held], digits.y[held], f"{base}/valid"
        )


class Run(NamedTuple):
    """A finished training: the network with its last weights, its epochs, its time."""

    recipe: Recipe
    seed: int
    network: Network
    history: list  # of `train.Epoch`; with full batches every tenth and the last
    seconds: float  # of training alone, without measuring


def train_recipe(recipe, train_set, valid_set, seed, progress, watch):
    """What `recipes.run` does, for a Recipe."""
    network, for_batches = start(recipe, seed)
    rows = len(train_set[0])
    epochs, size = recipe.epochs_for(rows), _batch_size(recipe.batch_size, rows)
    todo = train(
        network,
        train_set,
        valid_set,
        epochs=epochs,
        optimizer=recipe.optimizer(network),
        schedule=recipe.schedule(epochs * math.ceil(rows / (size or rows or 1))),
        rng=for_batches,
        batch_size=size,
        label_smoothing=recipe.label_smoothing,
        augment=recipe.augment,
        every=10 if size is None else 1,
    )
    history = []
    name, unit = f"{recipe.name}, seed {seed}", "epoch" if size else "iteration"
    with progress_bar(progress, epochs, unit=unit, desc=name, leave=False) as shown:
        for epoch in todo:
            history.append(epoch)
            shown(epoch)
            if watch is not None:
                watch(network, epoch)
    seconds = sum(epoch.seconds for epoch in history)
    return Run(recipe, seed, network, history, seconds)


def start(recipe, seed):
    """The fresh network of that seed, and the Generator for shuffling and augmentation."""
    for_network, for_batches = np.random.default_rng(seed).spawn(2)
    return recipe.build(for_network), for_batches


def _batch_size(size, rows):
    """`size`, or the next that leaves no last batch of one row: batch norm needs two."""
    while size and rows % size == 1 and rows > 1:
        size += 1
    return size
