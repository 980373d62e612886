"""A layer is two calls of `functional` with a memory: what went in, for the way back.

Rows are examples: X is (N, n_in). `forward` remembers what `backward` needs; `backward`
takes the gradient of the loss with respect to the layer's output, writes the gradients of
its own parameters into `grads`, and returns the gradient with respect to its input, in the
dtype it is given. The formulas are in `functional`, their derivations in notebooks 04
(Linear, ReLU), 06 (the other activations) and 08 (Dropout, BatchNorm). The layers for images
stand in `image_layers` and are to be had from here as well (notebook 14).
"""

import math

import numpy as np

from digitlib.fast.threads import in_pieces, result_array
from digitlib.formulas import (
    affine,
    affine_dX,
    affine_grads,
    batch_norm,
    batch_norm_backward,
    channel_moments,
    dropout,
    dropout_backward,
    image_norm,
    image_norm_backward,
    leaky_relu,
    leaky_relu_backward,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    tanh,
    tanh_backward,
)
from digitlib.net.image_layers import AvgPool, Conv2D, MaxPool, Unflatten
from digitlib.net.init import he
from digitlib.net.layer import Layer

__all__ = [
    "AvgPool",
    "BatchNorm",
    "Conv2D",
    "Dropout",
    "Flatten",
    "Layer",
    "LeakyReLU",
    "Linear",
    "MaxPool",
    "ReLU",
    "Sigmoid",
    "Tanh",
    "Unflatten",
]


class Linear(Layer):
    """Z = X W + b: W (n_in, n_out) drawn by `init` from rng, b (n_out,) zero."""

    decayed = ("W",)
    shown = ("n_in", "n_out")

    def __init__(self, n_in, n_out, rng, init=he, dtype=np.float32):
        super().__init__({"W": init(rng, (n_in, n_out), dtype), "b": np.zeros(n_out, dtype)})
        self.n_in, self.n_out = n_in, n_out

    def output_shape(self, shape):
        if shape is not None and shape not in ((self.n_in,), (None,)):
            raise ValueError(f"{self} takes {self.n_in}")
        return (self.n_out,)

    def forward(self, X, train=False):
        self.X = X
        return affine(X, self.params["W"], self.params["b"])

    def backward(self, dZ):
        affine_grads(dZ, self.X, out=(self.grads["W"], self.grads["b"]))
        return affine_dX(dZ, self.params["W"]) if self.needs_dX else None


class ReLU(Layer):
    """max(0, z). Of images (N, H, W, C), several megabytes, in pieces on every core."""

    def forward(self, Z, train=False):
        self.Z = Z
        if Z.ndim < 4:
            return relu(Z)
        A = result_array(self.kept("A", Z.shape, Z.dtype, train), Z.shape, Z.dtype)
        in_pieces(lambda part: relu(Z[part], out=A[part]), len(Z))
        return A

    def backward(self, dA):
        Z = self.Z
        if Z.ndim < 4:
            return relu_backward(dA, Z)
        dZ = result_array(self.kept("dZ", Z.shape, dA.dtype), Z.shape, dA.dtype)
        in_pieces(lambda part: relu_backward(dA[part], Z[part], out=dZ[part]), len(Z))
        return dZ


class LeakyReLU(Layer):
    """z, or slope · z where z is negative, so that no unit dies."""

    shown = ("slope",)

    def __init__(self, slope=0.01):
        super().__init__()
        self.slope = float(slope)  # a NumPy scalar would turn float32 into float64

    def forward(self, Z, train=False):
        self.Z = Z
        return leaky_relu(Z, self.slope)

    def backward(self, dA):
        return leaky_relu_backward(dA, self.Z, self.slope)


class Sigmoid(Layer):
    """1 / (1 + exp(−z))."""

    def forward(self, Z, train=False):
        self.A = sigmoid(Z)
        return self.A

    def backward(self, dA):
        return sigmoid_backward(dA, self.A)


class Tanh(Layer):
    """The hyperbolic tangent."""

    def forward(self, Z, train=False):
        self.A = tanh(Z)
        return self.A

    def backward(self, dA):
        return tanh_backward(dA, self.A)


class Dropout(Layer):
    """Drops each entry with probability p in training, and does nothing otherwise.

    rng is this layer's own Generator: whoever shuffles or augments with another one does
    not change which units are dropped.
    """

    shown = ("p",)

    def __init__(self, p, rng):
        super().__init__()
        self.p, self.rng = float(p), rng

    def forward(self, X, train=False):
        if not train:
            self.mask = None
            return X
        Y, self.mask = dropout(X, self.p, self.rng)
        return Y

    def backward(self, dY):
        return dY if self.mask is None else dropout_backward(dY, self.mask)


class BatchNorm(Layer):
    """Each column at mean 0 and variance 1 over the batch, then stretched by γ, shifted by β.

    In training with the batch's own mean and variance, of which `buffers` keep running
    averages: new = (1 − momentum) · old + momentum · batch's. Otherwise with those averages,
    so that an image's answer does not depend on its neighbours. As in PyTorch, the variance
    that is kept is the unbiased one (N − 1 in the denominator). eps in units of the variance.

    X (N, width), or images (N, H, W, width), of which every pixel counts as a row.
    """

    shown = ("n_out",)

    def __init__(self, width, momentum=0.1, eps=1e-5, dtype=np.float32):
        one, zero = np.ones(width, dtype), np.zeros(width, dtype)
        super().__init__(
            {"gamma": one, "beta": zero},
            buffers={"mean": zero.copy(), "var": one.copy()},
        )
        self.n_in = self.n_out = width
        self.momentum, self.eps = float(momentum), float(eps)

    def output_shape(self, shape):
        if shape is not None and shape[-1] not in (None, self.n_in):
            raise ValueError(f"{self} takes {self.n_in}")
        return (self.n_out,) if shape is None else (*shape[:-1], self.n_out)

    def forward(self, X, train=False):
        self.train = train
        mean, self.var = self._batch_statistics(X) if train else self.buffers.values()
        values = {**self.params, "mean": mean, "var": self.var, "eps": self.eps}
        if X.ndim == 4:
            out = [self.kept(name, X.shape, X.dtype, train) for name in ("Y", "X_hat")]
            Y, self.X_hat = image_norm(X, **values, out=out)
        else:
            Y, self.X_hat = batch_norm(X, **values)
        return Y

    def _batch_statistics(self, X):
        n = X.size // self.n_in
        if n < 2:
            raise ValueError(
                "batch norm needs two rows or more in training: one row is its own mean. "
                "Choose a batch_size that does not leave a last batch of one."
            )
        mean, var = channel_moments(X) if X.ndim == 4 else (X.mean(axis=0), X.var(axis=0))
        for kept, new in zip(self.buffers.values(), (mean, var * (n / (n - 1)))):
            kept += self.momentum * (new - kept)
        return mean, var

    def backward(self, dY):
        gamma = self.params["gamma"]
        values = dY, self.X_hat, gamma, self.var, self.eps
        if dY.ndim == 4:
            out = self.kept("dX", dY.shape, dY.dtype)
            dX, dgamma, dbeta = image_norm_backward(*values, out=out)
        else:
            dX, dgamma, dbeta = batch_norm_backward(*values)
        self.grads["gamma"], self.grads["beta"] = dgamma, dbeta
        # With running averages the mean and the variance do not depend on X.
        return dX if self.train else dY * (gamma / np.sqrt(self.var + self.eps))


class Flatten(Layer):
    """(N, 28, 28) to (N, 784), and any other shape to one row an example."""

    def output_shape(self, shape):
        return None if shape is None or None in shape else (math.prod(shape),)

    def forward(self, X, train=False):
        self.shape = X.shape
        return X.reshape(len(X), math.prod(X.shape[1:]))

    def backward(self, dY):
        return dY.reshape(self.shape)
