"""Everybody who runs, each set up as well as its users would: a function that returns seconds.

All train 784-…-10 networks with ReLU and softmax, from the same kind of start, on the same
arrays. What is timed is the training, not the building. NumPy must not be imported before
`bench.py` has set the environment.
"""

import itertools
import time
import warnings

import numpy as np

from digitlib import classic
from digitlib.net.layers import Linear, ReLU
from digitlib.net.network import Network
from digitlib.net.optim import SGD, Adam
from digitlib.net.schedules import constant
from digitlib.net.training import train

RATES = {"sgd": 0.1, "adam": 0.001}


def timed(run):
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


# --- (a) one epoch of mini-batches -------------------------------------------------------


def ours(X, y, sizes, batch, rule):
    """digitlib's own loop, the one that `fit` runs."""
    rng = np.random.default_rng(0)
    layers = [Linear(*sizes[:2], rng)]
    for n_in, n_out in itertools.pairwise(sizes[1:]):
        layers += [ReLU(), Linear(n_in, n_out, rng)]
    run = train(
        Network(*layers),
        (X, y),
        epochs=1,
        batch_size=batch,
        optimizer={"sgd": SGD, "adam": Adam}[rule](),
        schedule=constant(RATES[rule]),
        rng=rng,
    )
    return timed(lambda: list(run))


def floor(X, y, sizes, batch, rule=None):
    """The matrix products of that epoch and nothing else: no gathering, no shuffling."""
    rng = np.random.default_rng(0)
    W = [rng.random(shape, np.float32) for shape in itertools.pairwise(sizes)]
    dW = [np.empty_like(w) for w in W]
    hidden = [rng.random((batch, size), np.float32) for size in sizes[1:]]

    def run():
        for start in range(0, len(X), batch):
            rows = X[start : start + batch]  # no copy
            A = [rows, *(a[: len(rows)] for a in hidden)]
            for a, w in zip(A, W):
                a @ w  # forward
            for a, dz, dw in zip(A, A[1:], dW):
                np.matmul(a.T, dz, out=dw)  # the weights' gradients
            for dz, w in zip(A[2:], W[1:]):
                dz @ w.T  # the gradients passed back; none for the pixels

    return timed(run)


def pytorch(X, y, sizes, batch, rule, **settings):
    """Eager mode on tensors, without a DataLoader, which would cost several times as much."""
    import torch

    torch.manual_seed(0)
    layers = [torch.nn.Linear(*sizes[:2])]
    for n_in, n_out in itertools.pairwise(sizes[1:]):
        layers += [torch.nn.ReLU(), torch.nn.Linear(n_in, n_out)]
    network, loss = torch.nn.Sequential(*layers), torch.nn.CrossEntropyLoss()
    rule_class = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[rule]
    optimizer = rule_class(network.parameters(), lr=RATES[rule], **settings)
    X, y = torch.from_numpy(X), torch.from_numpy(y)

    def run():
        order = torch.randperm(len(X))
        for start in range(0, len(X), batch):
            rows = order[start : start + batch]
            optimizer.zero_grad()
            loss(network(X[rows]), y[rows]).backward()
            optimizer.step()

    return timed(run)


def pytorch_fused(X, y, sizes, batch, rule):
    """The same with fused=True, one call for all parameters; few users ask for it."""
    return pytorch(X, y, sizes, batch, rule, fused=True)


def scikit_learn(X, y, sizes, batch, rule):
    """MLPClassifier with the same settings; `fit` as its users call it."""
    from sklearn.neural_network import MLPClassifier

    settings = {"sgd": {"momentum": 0.0, "nesterovs_momentum": False}, "adam": {}}[rule]
    network = MLPClassifier(
        sizes[1:-1],
        solver=rule,
        batch_size=batch,
        learning_rate_init=RATES[rule],
        alpha=0.0,
        max_iter=1,
        random_state=0,
        **settings,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one epoch does not converge
        return timed(lambda: network.fit(X, y))


def usual(X, y, sizes, batch, rule):
    """The usual notebook code: float64, an example a column, a dictionary of parameters."""
    rng = np.random.default_rng(0)
    X, depth, n = X.T.astype(np.float64), len(sizes) - 1, len(y)
    p = {}
    for i in range(1, depth + 1):
        p[f"W{i}"] = rng.standard_normal((sizes[i], sizes[i - 1])) * np.sqrt(2 / sizes[i - 1])
        p[f"b{i}"] = np.zeros((sizes[i], 1))
    m = {name: np.zeros_like(value) for name, value in p.items()}
    v = {name: np.zeros_like(value) for name, value in p.items()}

    def run():
        permutation = rng.permutation(n)
        X_shuffled, y_shuffled = X[:, permutation], y[permutation]
        for t, start in enumerate(range(0, n, batch), 1):
            X_batch = X_shuffled[:, start : start + batch]
            y_batch = y_shuffled[start : start + batch]
            size = X_batch.shape[1]
            A, Z = {0: X_batch}, {}
            for i in range(1, depth + 1):
                Z[i] = p[f"W{i}"].dot(A[i - 1]) + p[f"b{i}"]
                A[i] = np.maximum(Z[i], 0)
            E = np.exp(Z[depth] - Z[depth].max(axis=0))
            Y = np.zeros((10, size))
            Y[y_batch, np.arange(size)] = 1
            dZ = E / E.sum(axis=0) - Y
            for i in range(depth, 0, -1):
                dW, db = dZ.dot(A[i - 1].T) / size, dZ.sum(axis=1, keepdims=True) / size
                if i > 1:
                    dZ = p[f"W{i}"].T.dot(dZ) * (Z[i - 1] > 0)
                for name, grad in ((f"W{i}", dW), (f"b{i}", db)):
                    if rule == "sgd":
                        p[name] = p[name] - RATES[rule] * grad
                        continue
                    m[name] = 0.9 * m[name] + 0.1 * grad
                    v[name] = 0.999 * v[name] + 0.001 * grad**2
                    m_hat, v_hat = m[name] / (1 - 0.9**t), v[name] / (1 - 0.999**t)
                    p[name] = p[name] - RATES[rule] * m_hat / (np.sqrt(v_hat) + 1e-8)

    return timed(run)


# --- (b) full-batch iterations of 784-10-10 ----------------------------------------------


def ours_full_batch(X, y, iterations):
    params = classic.init_params(np.random.default_rng(0))
    return timed(lambda: classic.gradient_descent(X, y, 0.1, iterations, params))


def floor_full_batch(X, y, iterations):
    """The two products that touch the images, as one writes them in NumPy."""
    rng = np.random.default_rng(0)
    W, dZ = rng.random((784, 10), np.float32), rng.random((len(X), 10), np.float32)

    def run():
        for _ in range(iterations):
            X @ W
            X.T @ dZ

    return timed(run)


def usual_full_batch(X, y, iterations):
    """The code of the familiar notebook, with its sums over the right axis."""
    rng = np.random.default_rng(0)
    X, m = X.T.astype(np.float64), len(y)
    W1, b1 = rng.random((10, 784)) - 0.5, rng.random((10, 1)) - 0.5
    W2, b2 = rng.random((10, 10)) - 0.5, rng.random((10, 1)) - 0.5

    def run():
        nonlocal W1, b1, W2, b2
        for i in range(iterations):
            Z1 = W1.dot(X) + b1
            A1 = np.maximum(Z1, 0)
            Z2 = W2.dot(A1) + b2
            E = np.exp(Z2 - Z2.max(axis=0))
            A2 = E / E.sum(axis=0)
            Y = np.zeros((10, m))
            Y[y, np.arange(m)] = 1
            dZ2 = A2 - Y
            dW2, db2 = dZ2.dot(A1.T) / m, dZ2.sum(axis=1, keepdims=True) / m
            dZ1 = W2.T.dot(dZ2) * (Z1 > 0)
            dW1, db1 = dZ1.dot(X.T) / m, dZ1.sum(axis=1, keepdims=True) / m
            W1, b1 = W1 - 0.1 * dW1, b1 - 0.1 * db1
            W2, b2 = W2 - 0.1 * dW2, b2 - 0.1 * db2
            if i % 10 == 0:
                np.mean(A2.argmax(axis=0) == y)

    return timed(run)
