"""How a gradient becomes a step: each optimiser is a few lines on one vector.

`step(theta, grad, lr)` changes theta in place and leaves grad alone; theta, grad (P,) of one
dtype, lr a number from a schedule. What an optimiser remembers between steps (its averages)
is in `state`, arrays of theta's shape and dtype that are changed in place, and `steps`
counts. Give each network an optimiser of its own.

`weight_decay` needs `decay_mask=network.decay_mask`, which spares biases and batch norm's
parameters. In SGD, RMSProp and Adam it is the gradient of ½ · weight_decay · Σ w² (L2), in
AdamW a shrinking of the weights apart from the gradient. Names, order and defaults are
PyTorch's, and ten steps of each equal PyTorch's (`tests/peers`). Notebook 10 (optimisers)
derives the rules, notebook 12 (regularisation) the decay.
"""

import math
import weakref

import numpy as np

from digitlib.fast import adam_step
from digitlib.formulas import check_share


class Optimizer:
    """What all share: memory, step count, decay. A rule adds update(w, g, lr, *averages).

    averages    the names of the arrays in `state`
    decoupled   True where decay shrinks the weights, False where it joins the gradient
    piece       bytes of theta that are updated at a time

    The formulas make a temporary array for every operation. Those of a piece stay in the
    processor's cache, and below the 128 kB from which malloc may ask the system for fresh
    pages each time: Adam on 109,386 parameters is 3 times faster.
    """

    averages = ()
    decoupled = False
    _network = None
    piece = 120 * 1024

    def __init__(self, weight_decay=0.0, decay_mask=None):
        if not 0 <= weight_decay < math.inf:
            raise ValueError(f"weight_decay is zero or more, got {weight_decay}")
        if weight_decay and decay_mask is None:
            raise TypeError(
                "weight_decay needs to know what are weights: decay_mask=network.decay_mask"
            )
        self.weight_decay, self.decay_mask = float(weight_decay), decay_mask
        self.steps, self.state = 0, {}

    def step(self, theta, grad, lr):
        """One step of size lr downhill, in place."""
        if not self.steps:
            self.state = {name: np.zeros_like(theta) for name in self.averages}
            if self.weight_decay and np.shape(self.decay_mask) not in ((), theta.shape):
                raise ValueError(
                    f"decay_mask has shape {np.shape(self.decay_mask)}, theta {theta.shape}: "
                    "use decay_mask=network.decay_mask, of the network that is trained"
                )
        for name, value in self.state.items():
            if value.shape != theta.shape:
                raise ValueError(
                    f"this {type(self).__name__} has averages {name} of shape {value.shape}, "
                    f"theta has {theta.shape}: build a new optimiser for each network"
                )
        self.steps += 1
        lr = float(lr)  # a float64 scalar would promote float32 arrays
        averages = [self.state[name] for name in self.averages]
        length = self.piece // theta.itemsize
        for start in range(0, theta.size, length):
            piece = slice(start, start + length)
            w, g = theta[piece], grad[piece]
            if self.weight_decay:
                decay = self.weight_decay * (w * self._mask(theta.shape)[piece])
                if self.decoupled:
                    w -= lr * decay
                else:
                    g = g + decay
            self.update(w, g, lr, *(average[piece] for average in averages))

    def belong_to(self, network):
        """Refuse a second network: the averages of the first would steer its first steps."""
        known = self._network and self._network()
        if known not in (None, network) and self.averages and self.steps:
            raise ValueError(
                f"this {type(self).__name__} has taken {self.steps} steps with another "
                "network: build a new optimiser for each network"
            )
        self._network = weakref.ref(network)

    def __getstate__(self):
        return self.__dict__ | {"_network": None}  # a copy may follow a copy of the network

    def _mask(self, shape):
        return np.broadcast_to(self.decay_mask, shape)  # a plain True decays all

    def __repr__(self):
        settings = {k: v for k, v in vars(self).items() if type(v) in (int, float, bool)}
        del settings["steps"]
        return f"{type(self).__name__}({', '.join(f'{k}={v}' for k, v in settings.items())})"


class SGD(Optimizer):
    """θ ← θ − lr · v with v ← momentum · v + g (Polyak 1964); momentum 0 is plain descent.

    nesterov=True steps along g + momentum · v, the gradient as it will look a little further
    on (Sutskever et al. 2013).
    """

    piece = 1024 * 1024  # with one temporary array, fewer and larger pieces are faster

    def __init__(self, momentum=0.0, nesterov=False, weight_decay=0.0, decay_mask=None):
        super().__init__(weight_decay, decay_mask)
        if nesterov and not momentum:
            raise ValueError("nesterov looks ahead along the momentum: give momentum=0.9")
        self.momentum, self.nesterov = check_share("momentum", momentum), nesterov
        self.averages = ("v",) if momentum else ()

    def update(self, theta, g, lr, v=None):
        if self.momentum:
            v *= self.momentum
            v += g
            g = g + self.momentum * v if self.nesterov else v
        theta -= lr * g


class RMSProp(Optimizer):
    """θ ← θ − lr · g / (√s + eps), s a moving average of g² (Hinton's lecture 6e, 2012)."""

    averages = ("s",)

    def __init__(self, alpha=0.99, eps=1e-8, weight_decay=0.0, decay_mask=None):
        super().__init__(weight_decay, decay_mask)
        self.alpha, self.eps = check_share("alpha", alpha), float(eps)

    def update(self, theta, g, lr, s):
        s *= self.alpha
        s += (1 - self.alpha) * (g * g)
        theta -= lr * g / (np.sqrt(s) + self.eps)


class Adam(Optimizer):
    """θ ← θ − lr · m̂ / (√v̂ + eps), the averages of g and g² without their bias to zero.

    The formula is `formulas.adam_step`. Kingma and Ba 2015. With weight_decay, L2 as in their
    text.
    """

    averages = ("m", "v")
    piece = 240 * 1024  # its arrays are used again and again, none is new

    def __init__(self, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.0, decay_mask=None):
        super().__init__(weight_decay, decay_mask)
        self.beta1, self.beta2 = check_share("beta1", beta1), check_share("beta2", beta2)
        self.eps = float(eps)

    def update(self, theta, g, lr, m, v):
        settings = self.steps, lr, self.beta1, self.beta2, self.eps
        adam_step(theta, g, m, v, *settings, out=(theta, m, v))


class AdamW(Adam):
    """Adam whose decay does not pass through its averages: θ ← θ − lr · weight_decay · w too.

    Loshchilov and Hutter 2019. In Adam, a weight with large gradients decays less, because
    L2's share of the gradient is divided by √v̂ like the rest; here all decay alike.
    """

    decoupled = True

    def __init__(self, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01, decay_mask=None):
        super().__init__(beta1, beta2, eps, weight_decay, decay_mask)
