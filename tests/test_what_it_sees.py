"""What notebook 16 relies on: slopes of the pixels, one step against them, its record."""

import numpy as np

from digitlib import Digits, Linear, Network, ReLU, formulas
from digitlib.compare import load, t_interval
from tools.comparisons import under_attack


def test_a_network_gives_the_slopes_of_the_pixels_to_whoever_asks():
    rng = np.random.default_rng(0)
    lower, upper = (Linear(*n, rng, dtype=np.float64) for n in ((6, 5), (5, 3)))
    network = Network(lower, ReLU(), upper)
    X, dZ2 = rng.random((4, 6)), rng.standard_normal((4, 3))
    Z1 = formulas.affine(X, *lower.params.values())
    network.forward(X)
    assert network.backward(dZ2) is None
    network.layers[0].needs_dX = True
    network.forward(X)
    wanted = ((dZ2 @ upper.params["W"].T) * (Z1 > 0)) @ lower.params["W"].T
    np.testing.assert_allclose(network.backward(dZ2), wanted, rtol=1e-12)


def test_one_step_costs_a_straight_network_epsilon_times_the_sum_of_its_slopes():
    """Without a hidden layer the margin falls by ε Σ |w_a − w_b| if nothing is cut off."""
    rng = np.random.default_rng(1)
    network = Network(Linear(20, 3, rng, dtype=np.float64))
    W = network.params["0.W"]
    X = 0.3 + 0.4 * rng.random((50, 20))  # far from paper and from full ink
    y = network.predict(X)
    Z = network.forward(X)
    order = np.argsort(Z, axis=1)
    a, b = order[:, -1], order[:, -2]
    np.testing.assert_array_equal(a, y)
    margin = Z[np.arange(50), a] - Z[np.arange(50), b]
    enough = margin / np.abs(W[:, a] - W[:, b]).sum(axis=0)
    digits = Digits(X, y, "made up")
    for eps in (0.0, 0.02, 0.05, 0.2):
        found = under_attack(network, digits, eps)
        assert found["accuracy"] == 1
        stands = np.mean(enough > eps)
        # The third class may overtake as well, so that fewer may stand.
        assert stands - 0.1 <= found["attacked"] <= stands


def test_what_notebook_16_says_of_its_record_is_what_the_intervals_say():
    record = load("attacked")
    ((first, second, attacked),) = record.pairs
    assert (first, second) == ("moved digits", "as they are")
    _, low, high = t_interval(attacked.values())
    assert low < 0 < high, "nothing separates them under attack"
    runs = [row for row in record.record["runs"] if row["phase"] == "comparing"]
    scores = {(row["contestant"], row["seed"]): row["accuracy"] for row in runs}
    gains = [100 * (scores[first, s] - scores[second, s]) for s in record.record["seeds"]]
    mean, low, _ = t_interval(gains)
    assert low > 0
    assert 0.5 < mean < 1.5, "about one point on plain digits"
    assert set(record.record["best"].values()) == {0.7}
