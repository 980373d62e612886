"""How a gradient becomes a step: each optimiser is a few lines on one vector.

`step(theta, grad, lr)` changes theta in place and leaves grad alone; theta, grad (P,) of one
dtype, lr a number from a schedule. What an optimiser remembers between steps (its averages)
is in `state`, arrays of theta's shape and dtype that are changed in place, and `steps`
counts. Give each network an optimiser of its own.

`weight_decay` needs `decay_mask=network.decay_mask`, which spares biases and batch norm's
parameters. In SGD, RMSProp and Adam it is the gradient of ½ · weight_decay · Σ w² (L2), in
AdamW a shrinking of the weights apart from the gradient. Names, order and defaults are
PyTorch's, and ten steps of each equal PyTorch's (`tests/peers`). Derived in notebook 07,
the decay in 08.
"""

import math

import numpy as np

__all__ = ["SGD", "Adam", "AdamW", "RMSProp"]


class Optimizer:
    """What the four share: memory, step count and the two kinds of decay."""

    averages = ()  # the names of the arrays in `state`

    def __init__(self, weight_decay=0.0, decay_mask=None):
        if weight_decay < 0:
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
        for name, value in self.state.items():
            if value.shape != theta.shape:
                raise ValueError(
                    f"this {type(self).__name__} has averages {name} of shape {value.shape}, "
                    f"theta has {theta.shape}: build a new optimiser for each network"
                )
        self.steps += 1
        self.update(theta, grad, float(lr))  # a float64 scalar would promote float32 arrays

    def __repr__(self):
        settings = {k: v for k, v in vars(self).items() if type(v) in (int, float, bool)}
        del settings["steps"]
        return f"{type(self).__name__}({', '.join(f'{k}={v}' for k, v in settings.items())})"

    def with_l2(self, theta, grad):
        """The gradient of the loss + ½ · weight_decay · Σ w² over the weights."""
        return grad + self.decay(theta) if self.weight_decay else grad

    def decay(self, theta):
        """weight_decay · w for weights, 0 for all else."""
        return self.weight_decay * (theta * self.decay_mask)


class SGD(Optimizer):
    """θ ← θ − lr · v with v ← momentum · v + g (Polyak 1964); momentum 0 is plain descent.

    nesterov=True steps along g + momentum · v, the gradient as it will look a little further
    on (Sutskever et al. 2013).
    """

    def __init__(self, momentum=0.0, nesterov=False, weight_decay=0.0, decay_mask=None):
        super().__init__(weight_decay, decay_mask)
        if nesterov and not momentum:
            raise ValueError("nesterov looks ahead along the momentum: give momentum=0.9")
        self.momentum, self.nesterov = float(momentum), nesterov
        self.averages = ("v",) if momentum else ()

    def update(self, theta, grad, lr):
        g = self.with_l2(theta, grad)
        if self.momentum:
            v = self.state["v"]
            v *= self.momentum
            v += g
            g = g + self.momentum * v if self.nesterov else v
        theta -= lr * g


class RMSProp(Optimizer):
    """θ ← θ − lr · g / (√s + eps), s a moving average of g² (Hinton's lecture 6e, 2012)."""

    averages = ("s",)

    def __init__(self, alpha=0.99, eps=1e-8, weight_decay=0.0, decay_mask=None):
        super().__init__(weight_decay, decay_mask)
        self.alpha, self.eps = float(alpha), float(eps)

    def update(self, theta, grad, lr):
        g, s = self.with_l2(theta, grad), self.state["s"]
        s *= self.alpha
        s += (1 - self.alpha) * g * g
        theta -= lr * g / (np.sqrt(s) + self.eps)


class Adam(Optimizer):
    """θ ← θ − lr · m̂ / (√v̂ + eps), the averages of g and g² without their bias to zero.

    m and v start at 0, so after t steps they hold only 1 − βᵗ of what they average; dividing
    by that is the correction. Kingma and Ba 2015. With weight_decay, L2 as in their text.
    """

    averages = ("m", "v")

    def __init__(self, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.0, decay_mask=None):
        super().__init__(weight_decay, decay_mask)
        self.beta1, self.beta2, self.eps = float(beta1), float(beta2), float(eps)

    def update(self, theta, grad, lr):
        g, m, v = self.with_l2(theta, grad), self.state["m"], self.state["v"]
        m += (1 - self.beta1) * (g - m)
        v += (1 - self.beta2) * (g * g - v)
        m_scale = 1 / (1 - self.beta1**self.steps)
        v_scale = 1 / (1 - self.beta2**self.steps)
        theta -= (lr * m_scale) * m / (np.sqrt(v) * math.sqrt(v_scale) + self.eps)


class AdamW(Adam):
    """Adam whose decay does not pass through its averages: θ ← θ − lr · weight_decay · w too.

    Loshchilov and Hutter 2019. In Adam, a weight with large gradients decays less, because
    L2's share of the gradient is divided by √v̂ like the rest; here all decay alike.
    """

    def __init__(self, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01, decay_mask=None):
        super().__init__(beta1, beta2, eps, weight_decay, decay_mask)

    def with_l2(self, theta, grad):
        return grad

    def update(self, theta, grad, lr):
        if self.weight_decay:
            theta -= lr * self.decay(theta)
        super().update(theta, grad, lr)
