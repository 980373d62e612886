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
    """f(rng) -> Network: Linear, then batch norm, activation and dropout, between layers."""

    def build(rng):
        for_weights, *for_dropout = rng.spawn(len(widths))
        layers = []
        for i, (n_in, n_out) in enumerate(itertools.pairwise(widths)):
            layers.append(Linear(n_in, n_out, for_weights, init=init))
            if drawn_biases:
                layers[-1].params["b"] = init(for_weights, (1, n_out), np.float32)[0]
            if i < len(widths) - 2:
                layers += [BatchNorm(n_out)] * norm
                layers.append(activations[i]() if activations else ReLU())
                layers += [Dropout(dropout, for_dropout[i])] * bool(dropout)
        return Network(*layers)

    return build


def cnn(*channels, dropout):
    """f(rng) -> Network: filters of 3 × 3 with batch norm, pooled after the first two; Linear.

    Pooling comes before batch norm and ReLU, where it leaves them a quarter of the work; of a
    ReLU it is all one, as the largest of some numbers stays the largest.
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
