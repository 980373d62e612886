"""The same numbers as scikit-learn's MLPClassifier: ten full-batch steps of its optimisers."""

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier

from digitlib.formulas import softmax_cross_entropy
from digitlib.net.layers import Linear, ReLU
from digitlib.net.network import Network
from digitlib.net.optim import SGD, Adam


@pytest.mark.parametrize(
    ("optimizer", "settings"),
    [
        (SGD(), {"solver": "sgd", "momentum": 0.0}),
        (SGD(0.9), {"solver": "sgd", "momentum": 0.9, "nesterovs_momentum": False}),
        (SGD(0.9, True), {"solver": "sgd", "momentum": 0.9, "nesterovs_momentum": True}),
        (Adam(eps=1e-16), {"solver": "adam", "epsilon": 1e-16}),  # it adds eps elsewhere
    ],
    ids=str,
)
def test_ten_steps_from_the_same_weights(optimizer, settings, rng):
    X, y = rng.standard_normal((40, 12)), np.arange(40) % 5
    network = Network(
        Linear(12, 9, rng, dtype=np.float64), ReLU(), Linear(9, 5, rng, dtype=np.float64)
    )
    theirs = MLPClassifier(
        (9,), batch_size=40, alpha=0, learning_rate_init=0.05, shuffle=False, **settings
    )
    # The first call builds its arrays; its optimiser then is made new, without a memory.
    theirs.partial_fit(X, y, classes=np.arange(5))
    for i, layer in enumerate((network.layers[0], network.layers[2])):
        theirs.coefs_[i][...] = layer.params["W"]
        theirs.intercepts_[i][...] = layer.params["b"]
    del theirs._optimizer
    for _ in range(10):
        loss, dZ = softmax_cross_entropy(network.forward(X, train=True), y)
        network.backward(dZ)
        optimizer.step(network.theta, network.grad, 0.05)
        theirs.partial_fit(X, y)
        assert loss == pytest.approx(theirs.loss_, rel=1e-9)
    for i, layer in enumerate((network.layers[0], network.layers[2])):
        np.testing.assert_allclose(layer.params["W"], theirs.coefs_[i], rtol=1e-8, atol=1e-12)
        np.testing.assert_allclose(layer.params["b"], theirs.intercepts_[i], atol=1e-10)
    np.testing.assert_allclose(network.predict_proba(X), theirs.predict_proba(X), rtol=1e-8)
