"""The bug clinic of notebook 06: networks that run without an error and are broken.

Diagnose first, read afterwards. Every class below is `Healthy` with one fault; which patient
has which is at the end of the file.
"""

import inspect

import numpy as np

from digitlib import classic
from digitlib.data import batches
from digitlib.formulas import one_hot, softmax_cross_entropy
from digitlib.metrics import accuracy

__all__ = ["FAULTS", "PATIENTS", "healthy", "open_up", "with_fault"]


class Healthy:
    """The 784-10-10 network of notebook 04, in the pieces that a training is made of."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name

    def init_params(self, rng):
        """Where the weights start: W1, b1, W2, b2."""
        return classic.init_params(rng, dtype=np.float64)

    def prepare(self, X):
        """What is done to the pixels before anything else."""
        return X

    def batches(self, X, y, size, rng):
        """The training digits in shuffled slices, `size` at a time."""
        return batches(X, y, size, rng)

    def forward_prop(self, params, X):
        """Z1, A1, Z2, P."""
        return classic.forward_prop(*params, X)

    def loss(self, params, X, y):
        """The mean cross-entropy of a batch."""
        return softmax_cross_entropy(self.forward_prop(params, X)[2], y)[0]

    def gradients(self, params, X, y):
        """dW1, db1, dW2, db2."""
        W1, _, W2, _ = params
        return classic.backward_prop(*self.forward_prop(params, X), W1, W2, X, y)

    def update_params(self, params, grads):
        """One step downhill."""
        return classic.update_params(*params, *grads, alpha=0.1)

    def accuracy(self, predicted, y):
        """The share of right answers, as this network reports it."""
        return accuracy(predicted, y)


class MaskAfterReLU(Healthy):
    def gradients(self, params, X, y):
        _, A1, _, P = self.forward_prop(params, X)
        dZ2 = (P - one_hot(y, dtype=P.dtype)) / len(y)
        dZ1 = dZ2 @ params[2].T * (A1 >= 0)  # A1 is never negative: always True
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


class UniformWeights(Healthy):
    def init_params(self, rng):
        shapes = (784, 10), (10,), (10, 10), (10,)
        return tuple(rng.random(shape) - 0.5 for shape in shapes)  # far too wide for 784


class ConstantWeights(Healthy):
    def init_params(self, rng):
        return np.full((784, 10), 0.01), np.zeros(10), np.full((10, 10), 0.01), np.zeros(10)


class ZeroWeights(Healthy):
    def init_params(self, rng):
        return np.zeros((784, 10)), np.zeros(10), np.zeros((10, 10)), np.zeros(10)


class RawPixels(Healthy):
    def prepare(self, X):
        return 255 * X  # the pixels as they stand in the file


class RateTooLarge(Healthy):
    def update_params(self, params, grads):
        return classic.update_params(*params, *grads, alpha=1.5)  # fifteen times 0.1


class SoftmaxOverTheBatch(Healthy):
    def forward_prop(self, params, X):
        Z1, A1, Z2, _ = super().forward_prop(params, X)
        E = np.exp(Z2 - Z2.max(axis=0))
        return Z1, A1, Z2, E / E.sum(axis=0)  # axis=0: columns sum to 1

    def loss(self, params, X, y):
        P = self.forward_prop(params, X)[-1]
        return -np.log(P[np.arange(len(y)), y] + 1e-12).mean()


class ShuffledApart(Healthy):
    def batches(self, X, y, size, rng):
        X, y = rng.permutation(X), rng.permutation(y)  # two shuffles, two orders
        return super().batches(X, y, size, rng)


class AccuracyOfATable(Healthy):
    def accuracy(self, predicted, y):
        return (predicted == y[:, None]).mean()  # (N,) == (N, 1) is N x N


class TransposedW2(Healthy):
    def gradients(self, params, X, y):
        dW1, db1, dW2, db2 = super().gradients(params, X, y)
        return dW1, db1, dW2.T, db2  # which is dZ2.T @ A1: square, so it fits


class MeanForgotten(Healthy):
    def gradients(self, params, X, y):
        return tuple(g * len(y) for g in super().gradients(params, X, y))  # P - Y, no 1/N


class BiasesSummed(Healthy):
    def gradients(self, params, X, y):
        dW1, db1, dW2, db2 = super().gradients(params, X, y)
        return dW1, np.full(10, db1.sum()), dW2, np.full(10, db2.sum())  # no axis=0


# The list that a diagnosis is chosen from: a word, and what it stands for.
FAULTS = {
    "accuracy": "the share of right answers is counted over an N x N table",
    "axis": "the softmax divides by sums over the batch",
    "biases": "db1 and db2 are summed over everything",
    "constant": "all weights start at one value that is not zero",
    "mask": "the ReLU's mask is made from what came out of it",
    "mean": "the gradients lack their 1/N",
    "pixels": "the inputs run from 0 to 255",
    "rate": "the learning rate is far too large",
    "shuffled": "images and labels are shuffled apart",
    "transposed": "dW2 is multiplied the other way round",
    "uniform": "weights and biases start between -0.5 and 0.5",
    "zeros": "all weights start at zero",
}
_CLASSES = {
    "accuracy": AccuracyOfATable,
    "axis": SoftmaxOverTheBatch,
    "biases": BiasesSummed,
    "constant": ConstantWeights,
    "mask": MaskAfterReLU,
    "mean": MeanForgotten,
    "pixels": RawPixels,
    "rate": RateTooLarge,
    "shuffled": ShuffledApart,
    "transposed": TransposedW2,
    "uniform": UniformWeights,
    "zeros": ZeroWeights,
}


def with_fault(fault):
    """A network with the fault of that name, one of FAULTS."""
    if fault not in _CLASSES:
        raise ValueError(f"no fault {fault!r}: there are {', '.join(FAULTS)}")
    return _CLASSES[fault](fault)


def open_up(patient):
    """Print what a patient does otherwise than a healthy network: the answer."""
    print(inspect.getsource(type(patient)).rstrip())


healthy = Healthy("healthy")

# The answers. Diagnose first.
_ADMITTED = {
    "A": "rate",
    "B": "accuracy",
    "C": "mask",
    "D": "shuffled",
    "E": "axis",
    "F": "uniform",
    "G": "constant",
    "H": "pixels",
}
PATIENTS = tuple(_CLASSES[fault](name) for name, fault in _ADMITTED.items())
