"""A network is a list of layers over one vector of parameters.

Every parameter is a view of `network.theta` and every gradient a view of `network.grad`. An
optimiser then is a few lines on one vector, a gradient check one loop, and 'the best weights
so far' one copy. The price is one rule: write into these arrays, never exchange them.
Notebook 08 (three layers) builds it.
"""

import numpy as np

from digitlib import fast
from digitlib.data.inputs import pixels, taken_by
from digitlib.fast.peephole import joined
from digitlib.gradcheck import check_gradient
from digitlib.net.arrays import Arrays


class Network:
    """Network(Linear(784, 128, rng), ReLU(), Linear(128, 10, rng)): X (N, 784) -> Z (N, 10).

    theta, grad   (P,) all parameters, and the gradient of the loss: the layers' arrays are
                  views of these two. Assigning copies the values in.
    decay_mask    (P,) bool: True for weights, which decay may shrink, False for biases and
                  for batch norm's gamma and beta.
    layers        the layers, in order. The first with parameters has needs_dX = False: no one
                  asks for the gradient of the pixels. Set it True, and backward returns it.

    The dtype is the layers' own, float32 unless they were built with another. Raises
    ValueError for layers that do not fit together.
    """

    def __init__(self, *layers):
        if not any(layer.params for layer in layers):
            raise ValueError("a network needs a layer with parameters, such as Linear(784, 10)")
        _check_fit(layers)
        self.layers = layers
        for layer in layers:
            layer.in_network = True
            layer.needs_dX = True
        for layer in layers:
            layer.needs_dX = False
            if layer.params:
                break
        self._gather()

    def _gather(self):
        """Allot theta and grad, and move every layer's arrays into them."""
        arrays = [value for layer in self.layers for value in layer.params.values()]
        self._theta = np.empty(sum(value.size for value in arrays), arrays[0].dtype)
        self._grad = np.zeros_like(self._theta)
        self.decay_mask = np.zeros(self._theta.shape, dtype=bool)
        start = 0
        for layer in self.layers:
            for name, value in layer.params.items():
                part, shape = slice(start, start + value.size), value.shape
                layer.params.move_into(name, self._theta[part].reshape(shape))
                layer.grads.move_into(name, self._grad[part].reshape(shape))
                self.decay_mask[part] = name in layer.decayed
                start += value.size
        # A peephole: some layers run as one step, with the same numbers.
        self._steps = joined(self.layers)

    def __getstate__(self):
        return self.__dict__ | {"_steps": None}  # a copy needs no memory of steps

    def __setstate__(self, state):
        # A copied or unpickled view is an array of its own: tie them together again.
        self.__dict__.update(state)
        self._gather()

    # Assigning writes the values into the vector; the vector itself stays.
    theta = property(lambda self: self._theta, lambda self, v: _write(self._theta, v, "theta"))
    grad = property(lambda self: self._grad, lambda self, v: _write(self._grad, v, "grad"))

    @property
    def params(self):
        """The parameters by name, {"0.W": W, "0.b": b, "2.W": …}.

        They are views: `network.params["0.W"] = W` writes into the layer, as `[...] =` does.
        """
        return _by_name(self.layers, "params")

    @property
    def buffers(self):
        """Batch norm's running averages by name, {"1.mean": …}; the arrays, not copies."""
        return _by_name(self.layers, "buffers")

    @property
    def generators(self):
        """The Generators of the layers that draw random numbers (dropout), in order."""
        return [layer.rng for layer in self.layers if layer.rng is not None]

    def forward(self, X, train=False):
        """Scores Z (N, K) for X (N, n_in) of the network's dtype; train=True for training."""
        if X.dtype != self._theta.dtype:
            name = self._theta.dtype.name
            raise TypeError(
                f"X is {X.dtype}, the network {name}: use X.astype(np.{name}), or build the "
                f"layers with dtype=np.{X.dtype}"
            )
        with fast.one_blas_thread():
            for step in self._steps:
                X = step.forward(X, train)
        return self._own(X)

    def backward(self, dZ):
        """Fill `grad` from the gradient of the scores, dZ (N, K), after a forward pass.

        Returns the gradient of the input, or None where no layer was asked for it.
        """
        with fast.one_blas_thread():
            for step in reversed(self._steps):
                dZ = step.backward(dZ)
                if dZ is None:
                    break
        return dZ if dZ is None else self._own(dZ)

    def _own(self, result):
        """A copy of what lies in memory that a layer writes anew at the next step."""
        kept = [a for layer in self.layers if layer._kept for a in layer._kept.values()]
        return result.copy() if any(np.may_share_memory(result, a) for a in kept) else result

    def scores(self, X, batch_size=1000):
        """Z (N, K) for any number of rows: `batch_size` at a time, dropout off.

        X (N, n_in) of the network's dtype; images, lists, DataFrames, tensors and `Digits` are
        made into that. Raises ValueError or TypeError with what mends it for anything else,
        and warns where the pixels look wrong (see `data.inputs.pixels`).
        """
        return self._scores(pixels(X, *taken_by(self)[:2]), batch_size)

    def _scores(self, X, batch_size=1000):
        """As `scores`, for pixels that have been looked at."""
        parts = [
            self.forward(X[i : i + batch_size]) for i in range(0, max(len(X), 1), batch_size)
        ]
        return np.concatenate(parts)

    def predict(self, X, batch_size=1000):
        """The most probable class of each row: X (N, n_in) to (N,) integers."""
        return self.scores(X, batch_size).argmax(axis=1)

    def predict_proba(self, X, batch_size=1000):
        """Probabilities (N, K), each row summing to 1."""
        return fast.softmax(self.scores(X, batch_size))

    def snapshot(self):
        """A copy by name of everything training changes: the parameters and the buffers."""
        return {name: value.copy() for name, value in {**self.params, **self.buffers}.items()}

    def restore(self, snapshot):
        """Put a `snapshot` back: the weights together with the averages that belong to them."""
        for name, value in {**self.params, **self.buffers}.items():
            value[...] = snapshot[name]

    def __repr__(self):
        return f"Network({', '.join(map(repr, self.layers))})"


def check_gradients(network, X, y, *, smoothing=0.0, rng=None):
    """The relative error of the network's gradients on X (N, n_in), y (N,), as a float.

    Below 1e-7 is right (see `gradcheck.check_gradient`, which takes rng). Every pass is one
    of training, with the same dropout masks; afterwards theta, grad, the running averages and
    the generators are as they were. Raises TypeError for a float32 network: it has too few
    digits for a difference of 1e-5.
    """
    if network.theta.dtype != np.float64:
        raise TypeError(
            f"gradients are checked in float64, this network is {network.theta.dtype}: build "
            "its layers with dtype=np.float64"
        )
    generators = [(rng, rng.bit_generator.state) for rng in network.generators]
    theta, grad, kept = network.theta.copy(), network.grad.copy(), network.snapshot()

    def loss_and_dZ(theta):
        for generator, state in generators:
            generator.bit_generator.state = state
        network.theta = theta
        return fast.softmax_cross_entropy(network.forward(X, train=True), y, smoothing)

    try:
        network.backward(loss_and_dZ(theta)[1])
        gradient = network.grad.copy()
        return check_gradient(lambda theta: loss_and_dZ(theta)[0], theta, gradient, rng=rng)
    finally:
        network.restore(kept)
        network.grad = grad
        for generator, state in generators:
            generator.bit_generator.state = state


def _write(array, values, name):
    if np.shape(values) != array.shape:
        raise ValueError(f"{name} has shape {array.shape}; it cannot take {np.shape(values)}")
    array[...] = values


def _by_name(layers, kind):
    found = {
        f"{i}.{name}": value
        for i, layer in enumerate(layers)
        for name, value in getattr(layer, kind).items()
    }
    return Arrays(found)


def _check_fit(layers):
    """A ValueError for a layer used twice, for mixed dtypes, for widths that do not meet."""
    shape, before = None, None
    for layer in layers:
        if layer.in_network or sum(layer is other for other in layers) > 1:
            raise ValueError(
                f"{layer} already has a place in a network, whose theta holds its parameters: "
                "build a new layer for each place"
            )
        try:
            after = layer.output_shape(shape)
        except ValueError as error:
            if before is None:
                raise
            raise ValueError(f"{before} gives {_words(shape)}, but {error}") from None
        if after != shape:
            shape, before = after, layer
    dtypes = {value.dtype.name for layer in layers for value in layer.params.values()}
    if len(dtypes) > 1:
        raise ValueError(f"the layers have different dtypes, {' and '.join(sorted(dtypes))}")


def _words(shape):
    """(784,) as '784 numbers a row', (28, 28, 1) as it stands, with ? for what is unknown."""
    if len(shape) == 1:
        return f"{shape[0]} numbers a row"
    return "images (" + ", ".join("?" if m is None else str(m) for m in shape) + ")"
