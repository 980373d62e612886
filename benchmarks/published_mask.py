"""What a ReLU's mask made from its output costs, in the recipe in which it was published.

The recipe is that of NumPy's tutorial 'Deep learning on MNIST': 1,000 training images one by
one, 100 hidden units, dropout, squared error, rate 0.005, 20 epochs, 10,000 test images. Run it
as `python benchmarks/published_mask.py`; real MNIST is downloaded once. Notebook 06 runs a
small version on the built-in digits.
"""

import numpy as np

import digitlib


def accuracy(at_zero, seed, train, test):
    """The test accuracy after 20 epochs; at_zero: what the mask says where a unit is at 0."""
    rng = np.random.default_rng(seed)
    W1, W2 = 0.2 * rng.random((784, 100)) - 0.1, 0.2 * rng.random((100, 10)) - 0.1
    Y = digitlib.one_hot(train.y, dtype=np.float64)
    for _ in range(20):
        for x, target in zip(train.X, Y):
            ink = np.flatnonzero(x)  # weights of blank pixels never move
            kept = rng.integers(0, 2, size=100)
            hidden = np.maximum(x[ink] @ W1[ink], 0) * kept * 2
            miss = target - hidden @ W2
            mask = hidden >= 0 if at_zero else hidden > 0
            blame = (W2 @ miss) * mask * kept
            W1[ink] += 0.005 * np.outer(x[ink], blame)
            W2 += 0.005 * np.outer(hidden, miss)
    answers = (np.maximum(test.X @ W1, 0) @ W2).argmax(axis=1)
    return digitlib.accuracy(answers, test.y)


def main():
    train, test = digitlib.load("mnist", dtype=np.float64)
    train = train._replace(X=train.X[:1000], y=train.y[:1000])
    lost = []
    for seed in range(5):
        published, mended = (accuracy(zero, seed, train, test) for zero in (True, False))
        lost.append(100 * (mended - published))
        print(f"seed {seed}: >= 0 {published:.1%}   > 0 {mended:.1%}   {lost[-1]:.1f} points")
    print(f"mean: {np.mean(lost):.1f} points")


if __name__ == "__main__":
    main()
