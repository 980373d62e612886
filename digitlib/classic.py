"""The 784-10-10 network written out by hand: four arrays, no class, nothing hidden.

The names are those that thousands of Kaggle notebooks use. Each line calls one function of
`formulas`; notebook 04 derives every one of them. A test shows that the list of layers in
`network` computes the same numbers.

Shapes: X (N, 784), W1 (784, H), b1 (H,), W2 (H, 10), b2 (10,), with H = 10 hidden units.
"""

import math

import numpy as np

# The functions of `formulas` with the same names and numbers, on every core.
from digitlib.fast import (
    affine,
    affine_dX,
    affine_grads,
    one_blas_thread,
    relu,
    relu_backward,
    softmax,
)
from digitlib.formulas import cross_entropy, one_hot
from digitlib.metrics import accuracy


def init_params(rng, n_in=784, n_hidden=10, n_out=10, dtype=np.float32):
    """W1, b1, W2, b2: normal weights with standard deviation 1/√n_in, biases zero.

    rng: a Generator. Notebook 09 derives the scale, which keeps the sums of a layer near 1
    however many inputs it has.
    """
    W1 = rng.standard_normal((n_in, n_hidden), dtype) / math.sqrt(n_in)
    W2 = rng.standard_normal((n_hidden, n_out), dtype) / math.sqrt(n_hidden)
    return W1, np.zeros(n_hidden, dtype), W2, np.zeros(n_out, dtype)


def forward_prop(W1, b1, W2, b2, X):
    """Images to probabilities: Z1 (N, H), A1 (N, H), Z2 (N, 10), A2 (N, 10).

    A2 holds the probabilities; its rows sum to 1.
    """
    Z1 = affine(X, W1, b1)
    A1 = relu(Z1)
    Z2 = affine(A1, W2, b2)
    A2 = softmax(Z2)
    return Z1, A1, Z2, A2


def backward_prop(Z1, A1, Z2, A2, W1, W2, X, y):
    """The gradients of the mean cross-entropy: dW1, db1, dW2, db2, shaped like their arrays.

    X (N, 784), y (N,); the others as `forward_prop` returned them. W1 and Z2 stand in the
    list because the familiar notebooks pass them: nothing flows on into the pixels, and the
    probabilities A2 say all that the scores could.
    """
    dZ2 = (A2 - one_hot(y, A2.shape[1], A2.dtype)) / len(y)
    dW2, db2 = affine_grads(dZ2, A1)
    dA1 = affine_dX(dZ2, W2)
    dZ1 = relu_backward(dA1, Z1)
    dW1, db1 = affine_grads(dZ1, X)
    return dW1, db1, dW2, db2


def update_params(W1, b1, W2, b2, dW1, db1, dW2, db2, alpha):
    """One step downhill, θ − α dθ, for each of the four; returns new arrays."""
    return W1 - alpha * dW1, b1 - alpha * db1, W2 - alpha * dW2, b2 - alpha * db2


def gradient_descent(X, y, alpha, iterations, params, on_step=None):
    """Full-batch gradient descent from `params` = (W1, b1, W2, b2).

    X (N, 784), y (N,); alpha > 0 is the learning rate; every iteration uses all N rows.
    `on_step(i, loss, params)` is called before each update, for learning curves. Returns
    (params, losses): new parameters and the loss before each of the iterations.
    Raises FloatingPointError when the loss stops being a finite number.
    """
    losses = []
    with one_blas_thread():  # the large products share the cores themselves
        for i in range(iterations):
            Z1, A1, Z2, A2 = forward_prop(*params, X)
            loss = cross_entropy(A2, y)
            if not math.isfinite(loss):
                raise FloatingPointError(
                    f"the loss is {loss} at iteration {i}: use a rate below {alpha}"
                )
            losses.append(loss)
            if on_step is not None:
                on_step(i, loss, params)
            gradients = backward_prop(Z1, A1, Z2, A2, params[0], params[2], X, y)
            params = update_params(*params, *gradients, alpha)
    return params, losses


def get_predictions(A2):
    """The most probable digit of each row: A2 (N, 10) to (N,) integers."""
    return A2.argmax(axis=1)


def get_accuracy(predictions, y):
    """The share of predictions that are right, from 0 to 1; both (N,)."""
    return accuracy(predictions, y)


def make_predictions(X, W1, b1, W2, b2):
    """Images X (N, 784) to digits (N,)."""
    return get_predictions(forward_prop(W1, b1, W2, b2, X)[-1])


def show_prediction(index, X, y, W1, b1, W2, b2):
    """Draw row `index` of X beside the ten probabilities; returns the axes (needs plots)."""
    from digitlib import plots

    P = forward_prop(W1, b1, W2, b2, X[index : index + 1])[-1]
    return plots.prediction(X[index], P[0], truth=int(y[index]))
