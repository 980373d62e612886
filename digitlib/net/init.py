"""Where the weights start: a network learns from some starting points and not from others.

Every initialiser is a function f(rng, shape, dtype) -> W, with shape = (n_in, n_out) and rng
a np.random.Generator; `layers.Linear(…, init=f)` calls it. Biases always start at zero.
Notebook 09 (initialisation) derives the last two and shows how the first four fail.
"""

import math

import numpy as np


def zeros(rng, shape, dtype=np.float32):
    """All 0: every hidden unit computes the same and no gradient gets past the last layer."""
    return np.zeros(shape, dtype)


def constant(rng, shape, dtype=np.float32, value=0.1):
    """All `value`: every unit of a layer stays the copy of its neighbour for ever."""
    return np.full(shape, value, dtype)


def uniform(rng, shape, dtype=np.float32):
    """U(−½, ½), as in the familiar Kaggle notebooks: too large for 784 inputs."""
    return rng.random(shape, dtype) - 0.5


def normal(rng, shape, dtype=np.float32):
    """N(0, 1): sums of 784 inputs, of which some hundred are ink, come out near ±10."""
    return rng.standard_normal(shape, dtype)


def xavier(rng, shape, dtype=np.float32):
    """N(0, 2 / (n_in + n_out)): keeps the variance through tanh, forward and backward.

    Glorot and Bengio 2010. Two in the numerator: a compromise between 1 / n_in, right for
    the way forward, and 1 / n_out, right for the way back.
    """
    return rng.standard_normal(shape, dtype) * math.sqrt(2 / (shape[0] + shape[1]))


def he(rng, shape, dtype=np.float32):
    """N(0, 2 / n_in): keeps the mean square through a ReLU, which halves it.

    He et al. 2015. math.sqrt and not np.sqrt: a NumPy scalar would turn float32 into float64.
    """
    return rng.standard_normal(shape, dtype) * math.sqrt(2 / shape[0])
