"""A convolution with its pooling and its ReLU as one step: what a network's peephole finds.

The reader writes `Conv2D, ReLU, MaxPool` or `Conv2D, MaxPool, ReLU`, which is the same, as the
largest of some numbers stays the largest. The network runs one step in their place, with the
numbers and gradients of the three layers.
"""

import numpy as np

from digitlib.fast.convolution import conv_pool, conv_pool_grads

__all__ = ["ConvPool", "joined"]


def joined(layers):
    """The steps that a network takes for these layers: the layers, or `ConvPool` for some.

    A layer takes part by the `role` of its own class. One whose class derives from it, or whose
    methods have been replaced, may do something else, and stays a step of its own.
    """
    steps, rest = [], list(layers)
    while rest:
        first, *others = rest
        found = [first]
        if _role(first) == "convolution":
            wanted = {"pooling", "relu"}
            while others and _role(others[0]) in wanted:
                wanted.remove(_role(others[0]))
                found.append(others.pop(0))
        steps.append(first if len(found) == 1 else ConvPool(found))
        rest = rest[len(found) :]
    return steps


def _role(layer):
    replaced = {"forward", "backward"} & vars(layer).keys()
    return None if replaced else vars(type(layer)).get("role")


class ConvPool:
    """`forward` and `backward` of a convolution and of the pooling and ReLU that follow it."""

    def __init__(self, layers):
        self.conv = layers[0]
        roles = {_role(layer): layer for layer in layers}
        self.pool, self.rectify = roles.get("pooling"), "relu" in roles
        self.size = self.pool.size if self.pool else 1

    def forward(self, X, train=False):
        conv, self.X = self.conv, X
        shape = conv.output_shape(X.shape[1:])
        if self.pool:
            shape = self.pool.output_shape(shape)
        shape = len(X), *shape
        out = conv.kept("Y", shape, X.dtype, train)
        self.won = None
        if train:
            places = (len(X), self.size**2, *shape[1:])
            self.won = conv.kept("won", places, bool)
            if self.won is None:
                self.won = np.empty(places, bool)
        return self._forward(out)

    def _forward(self, out):
        conv = self.conv
        settings = conv.stride, conv.padding, self.size, self.rectify
        b = conv.params.get("b")
        return conv_pool(self.X, conv.params["W"], b, *settings, out=out, won=self.won)

    def backward(self, dY):
        conv = self.conv
        if self.won is None:  # the pass before was none of training
            self.won = np.empty((len(dY), self.size**2, *dY.shape[1:]), bool)
            self._forward(None)
        kernel, settings = (conv.kernel, conv.kernel), (conv.stride, conv.padding, self.size)
        W = conv.params["W"] if conv.needs_dX else None
        out = conv.grads["W"], conv.grads.get("b")
        out_dX = conv.kept("dX", self.X.shape, dY.dtype) if conv.needs_dX else None
        return conv_pool_grads(dY, self.won, self.X, kernel, *settings, W, out, out_dX)[2]
