"""The two shapes of network that the recipes are made of, as functions of a Generator."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from digitlib.net.init import he
from digitlib.net.layers import (
    BatchNorm,
    Conv2D,
    Dropout,
    Flatten,
    Linear,
    MaxPool,
    ReLU,
    Unflatten,
)
from digitlib.net.network import Network

__all__ = ["Dense", "cnn", "mlp"]


@dataclass(frozen=True)
class Dense:
    """f(rng) -> Network of Linear layers; batch norm, activation, dropout stand between them.

    What it is made of can be read and replaced, so that a sweep can vary it.

    activations    a layer for each hidden width; where there are fewer, the last one again
    drawn_biases   True: biases begin as `init` draws them, in place of 0
    """

    widths: tuple
    activations: tuple = (ReLU,)
    init: Callable = he
    norm: bool = False
    dropout: float = 0.0
    drawn_biases: bool = False

    def __call__(self, rng):
        for_weights, *for_dropout = rng.spawn(len(self.widths))
        layers, hidden = [], len(self.widths) - 2
        for i, (n_in, n_out) in enumerate(itertools.pairwise(self.widths)):
            linear = Linear(n_in, n_out, for_weights, init=self.init)
            if self.drawn_biases:
                linear.params["b"] = self.init(for_weights, (1, n_out), np.float32)[0]
            layers.append(linear)
            if i == hidden:
                break
            if self.norm:
                layers.append(BatchNorm(n_out))
            layers.append(self.activations[min(i, len(self.activations) - 1)]())
            if self.dropout:
                layers.append(Dropout(self.dropout, for_dropout[i]))
        return Network(*layers)


def mlp(*widths, **options):
    """A fully connected network of these widths; the options are the fields of `Dense`."""
    return Dense(widths, **options)


def cnn(*channels, dropout):
    """f(rng) -> Network: filters of 3 × 3 with batch norm, pooled after the first two; Linear.

    Pooling comes before batch norm and ReLU, which then work on a quarter of the numbers. The
    ReLU's answer is the same on either side of the pooling: it changes no order among numbers.
    """

    def build(rng):
        for_weights, for_dropout = rng.spawn(2)
        layers, side = [Unflatten(28, 28, 1)], 28
        for i, (n_in, n_out) in enumerate(itertools.pairwise((1, *channels))):
            layers.append(Conv2D(n_in, n_out, 3, for_weights, padding=1, bias=False))
            if i < 2:
                layers.append(MaxPool(2))
                side //= 2
            layers += [BatchNorm(n_out), ReLU()]
        layers += [Flatten(), Dropout(dropout, for_dropout)]
        return Network(*layers, Linear(side * side * channels[-1], 10, for_weights))

    return build
