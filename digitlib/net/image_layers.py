"""Layers for images (N, H, W, C): two calls of `functional` with a memory, as in `layers`.

In a network, what such a layer hands on in training is one array that it keeps and writes anew
at each step: some megabytes of fresh memory take longer to get than to fill.
"""

import numpy as np

from digitlib.fast.convolution import conv2d, conv2d_dX, conv2d_grads, conv_size
from digitlib.fast.pooling import avg_pool, avg_pool_backward, max_pool, max_pool_backward
from digitlib.net.init import he
from digitlib.net.layer import Layer

__all__ = ["AvgPool", "Conv2D", "MaxPool", "Unflatten"]


class Unflatten(Layer):
    """(N, 784) to (N, 28, 28, 1), or to any other shape (N, *shape) with as many numbers."""

    def __init__(self, *shape):
        super().__init__()
        self.shape = shape

    def __repr__(self):
        return f"Unflatten({', '.join(map(str, self.shape))})"

    def output_shape(self, shape):
        if None not in (shape or (None,)) and np.prod(shape) != np.prod(self.shape):
            raise ValueError(f"{self} takes {np.prod(self.shape)}")
        return self.shape

    def forward(self, X, train=False):
        self.shape_before = X.shape
        return X.reshape(len(X), *self.shape)

    def backward(self, dY):
        return dY.reshape(self.shape_before)


class Conv2D(Layer):
    """n_out filters over `kernel` × `kernel` pixels of n_in channels, moved by `stride`.

    W (k, k, n_in, n_out) is drawn by `init` from rng as for a linear layer whose rows are
    patches, (k·k·n_in, n_out); b (n_out,) is zero, and absent with bias=False: before batch
    norm, which takes any constant out again, it would do nothing. padding pixels of 0 go round
    the image; (k − 1) / 2 keep its size.
    """

    decayed = ("W",)
    shown = ("n_in", "n_out", "kernel", "stride", "padding")
    threaded = True

    def __init__(
        self,
        n_in,
        n_out,
        kernel,
        rng,
        *,
        stride=1,
        padding=0,
        bias=True,
        init=he,
        dtype=np.float32,
    ):
        conv_size(kernel, kernel, stride, padding)  # refuses what is no kernel, stride, padding
        W = init(rng, (kernel * kernel * n_in, n_out), dtype)
        params = {"W": W.reshape(kernel, kernel, n_in, n_out)}
        if bias:
            params["b"] = np.zeros(n_out, dtype)
        super().__init__(params)
        self.n_in, self.n_out, self.kernel = n_in, n_out, kernel
        self.stride, self.padding = stride, padding

    def output_shape(self, shape):
        high, wide, channels = _image(self, shape)
        if channels not in (None, self.n_in):
            raise ValueError(f"{self} takes {self.n_in} channels, not {channels}")
        sides = (
            None if m is None else conv_size(m, self.kernel, self.stride, self.padding)
            for m in (high, wide)
        )
        return (*sides, self.n_out)

    def forward(self, X, train=False):
        self.X = X
        W = self.params["W"]
        shape = self.output_shape(X.shape[1:])
        out = self.kept("Z", (len(X), *shape), X.dtype, train)
        return conv2d(X, W, self.params.get("b"), self.stride, self.padding, out)

    def backward(self, dZ):
        where = self.stride, self.padding
        out = self.grads["W"], self.grads.get("b")
        conv2d_grads(dZ, self.X, (self.kernel, self.kernel), *where, out)
        if not self.needs_dX:
            return None
        out = self.kept("dX", self.X.shape, dZ.dtype)
        return conv2d_dX(dZ, self.params["W"], self.X.shape[1:3], *where, out)


class MaxPool(Layer):
    """The largest of each `size` × `size` pixels, channel by channel."""

    shown = ("size",)
    threaded = True

    def __init__(self, size=2):
        super().__init__()
        self.size = size

    def output_shape(self, shape):
        return _pooled(self, shape, self.size)

    def forward(self, X, train=False):
        self.X = X
        shape = self.output_shape(X.shape[1:])
        self.Y = max_pool(X, self.size, self.kept("Y", (len(X), *shape), X.dtype, train))
        return self.Y

    def backward(self, dY):
        out = self.kept("dX", self.X.shape, dY.dtype)
        return max_pool_backward(dY, self.X, self.Y, self.size, out)


class AvgPool(Layer):
    """The mean of each `size` × `size` pixels; of the whole image, square, without a size."""

    shown = ("size",)

    def __init__(self, size=None):
        super().__init__()
        self.size = size

    def output_shape(self, shape):
        if self.size is not None:
            return _pooled(self, shape, self.size)
        high, wide, channels = _image(self, shape)
        if None not in (high, wide) and high != wide:
            raise ValueError(f"{self}, the mean of a whole image, takes square ones")
        return (1, 1, channels)

    def forward(self, X, train=False):
        self.output_shape(X.shape[1:])  # refuses what does not fit
        self.shape, self.window = X.shape, self.size or X.shape[1]
        return avg_pool(X, self.window)

    def backward(self, dY):
        return avg_pool_backward(dY, self.shape, self.window)


def _image(layer, shape):
    """(H, W, C) of one example, None for what is unknown; ValueError for no image."""
    if shape is None:
        return None, None, None
    if len(shape) != 3:
        raise ValueError(
            f"{layer} takes images (H, W, C), not {shape}: put Unflatten(28, 28, 1) before it"
        )
    return shape


def _pooled(layer, shape, size):
    *sides, channels = _image(layer, shape)
    if size < 1:
        raise ValueError(f"{layer} needs a window of 1 pixel or more")
    if any(m is not None and size > m for m in sides):
        high, wide = sides
        raise ValueError(f"{layer} takes at least {size} × {size} pixels, not {high} × {wide}")
    return (*(None if m is None else m // size for m in sides), channels)
