"""The two shapes of network that the recipes are made of, as functions of a Generator."""

import itertools

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

__all__ = ["cnn", "mlp"]


def mlp(*widths, activations=(), init=he, norm=False, dropout=0.0, drawn_biases=False):
    """f(rng) -> Network of Linear layers; batch norm, activation, dropout stand between them.

    activations    a layer for each hidden width; ReLU for all where none is named
    drawn_biases   True: biases begin as `init` draws them, in place of 0
    """

    def build(rng):
        for_weights, *for_dropout = rng.spawn(len(widths))
        layers, hidden = [], len(widths) - 2
        for i, (n_in, n_out) in enumerate(itertools.pairwise(widths)):
            linear = Linear(n_in, n_out, for_weights, init=init)
            if drawn_biases:
                linear.params["b"] = init(for_weights, (1, n_out), np.float32)[0]
            layers.append(linear)
            if i == hidden:
                break
            if norm:
                layers.append(BatchNorm(n_out))
            layers.append(activations[i]() if activations else ReLU())
            if dropout:
                layers.append(Dropout(dropout, for_dropout[i]))
        return Network(*layers)

    return build


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
