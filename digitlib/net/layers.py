"""A layer is two calls of formulas with a memory: what went in, for the way back.

Rows are examples: X is (N, n_in), images are (N, H, W, C). `forward` remembers what `backward`
needs; `backward` takes the gradient of the loss with respect to the layer's output, writes the
gradients of its own parameters into `grads`, and returns the gradient with respect to its
input, in the dtype it is given. The formulas are in `digitlib.formulas`, and `fast` computes
the same numbers on every core. They are derived in notebooks 04 (Linear, ReLU), 08 (the other
activations), 11 (BatchNorm), 12 (Dropout) and 14 (the layers for images).
"""

import math
from operator import attrgetter

import numpy as np

from digitlib import fast, formulas
from digitlib.net.arrays import Arrays
from digitlib.net.init import he

# --- what every layer is -----------------------------------------------------------------


class Layer:
    """What all layers share; a layer adds forward(X, train=False) and backward(dY).

    params, grads   the parameters and their gradients, by the same names
    buffers         arrays that are neither, but belong to the trained network
    decayed         the names of the parameters that weight decay may shrink
    needs_dX        False where nobody wants the gradient of the input (set by Network)
    rng             the layer's own Generator, if it draws random numbers
    in_network      True once its arrays live in a network's theta
    threaded        True where its functions start threads of their own (see `_threads`)
    shown           the names of the settings that repr shows
    role            what `fast.peephole` knows it as, where it may be part of a joint step
    """

    decayed = ()
    rng = None
    in_network = False
    shown = ()

    def __init__(self, params=None, buffers=None):
        params = params or {}
        self._params = Arrays(params)
        self._grads = Arrays({name: np.zeros_like(value) for name, value in params.items()})
        self._buffers = Arrays(buffers or {})
        self.needs_dX = True
        self._kept = {}

    # Without a setter: `layer.params = …` would cut the layer off from its network.
    params = property(attrgetter("_params"))
    grads = property(attrgetter("_grads"))
    buffers = property(attrgetter("_buffers"))

    def output_shape(self, shape):
        """One example's shape after this layer, for `shape` before it, as far as known.

        None stands for an unknown shape or side. Raises ValueError where the layer cannot
        take that shape, in words that go on from "the layer before gives …, but".
        """
        return shape

    def kept(self, name, shape, dtype, train=True):
        """For images in a network's training an array to be written anew at each step, or None.

        It is the one of the step before where that is large enough: a last batch is shorter.
        Some megabytes of fresh memory take longer to get than to fill; rows are small.
        """
        if len(shape) < 4 or not (train and self.in_network):
            return None
        array = self._kept.get(name)
        alike = array is not None and (array.shape[1:], array.dtype) == (shape[1:], dtype)
        if not alike or len(array) < shape[0]:
            array = self._kept[name] = np.empty(shape, dtype)
        return array[: shape[0]]

    def __getstate__(self):
        return self.__dict__ | {"_kept": {}}  # a copy needs no memory of steps

    def __repr__(self):
        shown = (getattr(self, name) for name in self.shown)
        return f"{type(self).__name__}({', '.join(map(str, shown))})"


# --- layers for rows ---------------------------------------------------------------------


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
        return fast.affine(X, self.params["W"], self.params["b"])

    def backward(self, dZ):
        fast.affine_grads(dZ, self.X, out=(self.grads["W"], self.grads["b"]))
        return fast.affine_dX(dZ, self.params["W"]) if self.needs_dX else None


class Activation(Layer):
    """A function of each entry by itself; what tells one activation from another is data.

    function, derivative   a formula Z -> A, and its namesake that ends in _backward
    needed                 what the derivative is computed from: "Z", what went in, or "A"
    settings               numbers that both take after their arrays
    takes_out              True where both can write into memory that is there already
    """

    function = derivative = None
    needed = "Z"
    takes_out = False

    def __init__(self, *settings):
        super().__init__()
        self.settings = settings

    def forward(self, Z, train=False):
        self.Z, self.A = Z, self.function(Z, *self.settings, *self._out("A", Z, train))
        return self.A

    def backward(self, dA):
        seen = self.Z if self.needed == "Z" else self.A
        return self.derivative(dA, seen, *self.settings, *self._out("dZ", dA, True))

    def _out(self, name, like, train):
        return (self.kept(name, like.shape, like.dtype, train),) if self.takes_out else ()


class ReLU(Activation):
    """max(0, z)."""

    function = staticmethod(fast.relu)
    derivative = staticmethod(fast.relu_backward)
    takes_out = True
    role = "relu"


class LeakyReLU(Activation):
    """z, or slope · z where z is negative, so that no unit dies; 0 <= slope < 1."""

    function = staticmethod(formulas.leaky_relu)
    derivative = staticmethod(formulas.leaky_relu_backward)
    shown = ("slope",)

    def __init__(self, slope=0.01):
        self.slope = formulas.check_share("slope", slope)
        super().__init__(self.slope)


class Sigmoid(Activation):
    """1 / (1 + exp(−z))."""

    function = staticmethod(formulas.sigmoid)
    derivative = staticmethod(formulas.sigmoid_backward)
    needed = "A"


class Tanh(Activation):
    """The hyperbolic tangent."""

    function = staticmethod(formulas.tanh)
    derivative = staticmethod(formulas.tanh_backward)
    needed = "A"


class Dropout(Layer):
    """Drops each entry with probability p in training, and does nothing otherwise.

    rng is this layer's own Generator: whoever shuffles or augments with another one does
    not change which units are dropped.
    """

    shown = ("p",)

    def __init__(self, p, rng):
        super().__init__()
        self.p = formulas.check_share("p, the share of entries dropped,", p)
        self.rng = rng

    def forward(self, X, train=False):
        if not train:
            self.mask = None
            return X
        Y, self.mask = formulas.dropout(X, self.p, self.rng)
        return Y

    def backward(self, dY):
        return dY if self.mask is None else formulas.dropout_backward(dY, self.mask)


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
        if not 0 < momentum <= 1:
            raise ValueError(f"batch norm's momentum is above 0, at most 1; got {momentum}")
        self.momentum, self.eps = float(momentum), float(eps)

    def output_shape(self, shape):
        if shape is not None and shape[-1] not in (None, self.n_in):
            raise ValueError(f"{self} takes {self.n_in}")
        return (self.n_out,) if shape is None else (*shape[:-1], self.n_out)

    def forward(self, X, train=False):
        self.train = train
        mean, self.var = self._batch_statistics(X) if train else self.buffers.values()
        values = {**self.params, "mean": mean, "var": self.var, "eps": self.eps}
        out = [self.kept(name, X.shape, X.dtype, train) for name in ("Y", "X_hat")]
        Y, self.X_hat = fast.batch_norm(X, **values, out=out)
        return Y

    def _batch_statistics(self, X):
        n = X.size // self.n_in
        if n < 2:
            raise ValueError(
                "batch norm needs two rows or more in training: one row is its own mean. "
                "Choose a batch_size that does not leave a last batch of one."
            )
        mean, var = fast.channel_moments(X)
        for kept, new in zip(self.buffers.values(), (mean, var * (n / (n - 1)))):
            kept += self.momentum * (new - kept)
        return mean, var

    def backward(self, dY):
        gamma = self.params["gamma"]
        out = self.kept("dX", dY.shape, dY.dtype)
        values = dY, self.X_hat, gamma, self.var, self.eps
        dX, dgamma, dbeta = fast.batch_norm_backward(*values, out=out)
        self.grads["gamma"], self.grads["beta"] = dgamma, dbeta
        # With running averages the mean and the variance do not depend on X.
        return dX if self.train else dY * (gamma / np.sqrt(self.var + self.eps))


# --- layers for images -------------------------------------------------------------------


class Flatten(Layer):
    """(N, 28, 28) to (N, 784), and any other shape to one row an example."""

    def output_shape(self, shape):
        return None if shape is None or None in shape else (math.prod(shape),)

    def forward(self, X, train=False):
        self.shape = X.shape
        return X.reshape(len(X), math.prod(X.shape[1:]))

    def backward(self, dY):
        return dY.reshape(self.shape)


class Unflatten(Layer):
    """(N, 784) to (N, 28, 28, 1), or to any other shape (N, *shape) with as many numbers."""

    def __init__(self, *shape):
        super().__init__()
        self.shape, self.n_in = shape, math.prod(shape)

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
    role = "convolution"

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
        formulas.conv_size(kernel, kernel, stride, padding)  # refuses what cannot be
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
            None if m is None else formulas.conv_size(m, self.kernel, self.stride, self.padding)
            for m in (high, wide)
        )
        return (*sides, self.n_out)

    def forward(self, X, train=False):
        self.X = X
        W = self.params["W"]
        shape = self.output_shape(X.shape[1:])
        out = self.kept("Z", (len(X), *shape), X.dtype, train)
        return fast.conv2d(X, W, self.params.get("b"), self.stride, self.padding, out)

    def backward(self, dZ):
        where = self.stride, self.padding
        out = self.grads["W"], self.grads.get("b")
        fast.conv2d_grads(dZ, self.X, (self.kernel, self.kernel), *where, out)
        if not self.needs_dX:
            return None
        out = self.kept("dX", self.X.shape, dZ.dtype)
        return fast.conv2d_dX(dZ, self.params["W"], self.X.shape[1:3], *where, out)


class MaxPool(Layer):
    """The largest of each `size` × `size` pixels, channel by channel."""

    shown = ("size",)
    role = "pooling"

    def __init__(self, size=2):
        super().__init__()
        self.size = size

    def output_shape(self, shape):
        return _pooled(self, shape, self.size)

    def forward(self, X, train=False):
        self.X = X
        shape = self.output_shape(X.shape[1:])
        self.Y = fast.max_pool(X, self.size, self.kept("Y", (len(X), *shape), X.dtype, train))
        return self.Y

    def backward(self, dY):
        out = self.kept("dX", self.X.shape, dY.dtype)
        return fast.max_pool_backward(dY, self.X, self.Y, self.size, out)


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
        return fast.avg_pool(X, self.window)

    def backward(self, dY):
        return fast.avg_pool_backward(dY, self.shape, self.window)


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
