"""The fast forms give what the plain expressions in their docstrings give."""

from types import SimpleNamespace

import numpy as np
import pytest

from digitlib.fast import products as fast

SHAPES = [(1, 784, 10), (127, 784, 10), (128, 784, 10), (1001, 784, 10), (20_000, 10, 10)]
SHAPES += [(64, 784, 128), (300, 2000, 16), (5, 1, 1), (0, 784, 10)]


def test_the_ones_that_all_sums_share_cannot_be_written():
    ones = fast._ones(7, np.dtype(np.float32))
    with pytest.raises(ValueError, match="read-only"):
        ones[0] = 2
    assert fast._ones(7, np.dtype(np.float32)) is ones


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("n", "n_in", "n_out"), SHAPES)
def test_products_and_sums(n, n_in, n_out, dtype, rng):
    X = rng.standard_normal((n, n_in)).astype(dtype)
    W = rng.standard_normal((n_in, n_out)).astype(dtype)
    dZ = rng.standard_normal((n, n_out)).astype(dtype)
    out = np.empty_like(W)
    near = {"rtol": 0, "atol": np.finfo(dtype).eps * 20 * max(n, n_in)}
    np.testing.assert_allclose(fast.product(X, W), X @ W, **near)
    np.testing.assert_allclose(fast.product_over_rows(X, dZ), X.T @ dZ, **near)
    assert fast.product_over_rows(X, dZ, out=out) is out
    np.testing.assert_allclose(out, X.T @ dZ, **near)
    np.testing.assert_allclose(fast.sum_over_rows(dZ), dZ.sum(axis=0), **near)
    np.testing.assert_allclose(fast.row_sum(dZ), dZ.sum(axis=-1, keepdims=True), **near)
    assert fast.product(X, W).dtype == fast.row_sum(dZ).dtype == dtype
    assert (fast.row_max(dZ) == dZ.max(axis=-1, keepdims=True)).all()


@pytest.mark.parametrize("n", [127, 128, 1001, 2032, 2033, 5000])
def test_the_numbers_do_not_depend_on_the_threads(n, rng, monkeypatch):
    X, W, dZ = (rng.standard_normal(s) for s in ((n, 784), (784, 10), (n, 10)))
    results = []
    for count in "1", "2", "3":
        monkeypatch.setenv("DIGITLIB_THREADS", count)
        results.append([fast.product(X, W), fast.product_over_rows(X, dZ)])
    for ours in results:
        np.testing.assert_array_equal(ours[0], results[0][0])
        np.testing.assert_array_equal(ours[1], results[0][1])
    np.testing.assert_allclose(results[0][0], X @ W, rtol=0, atol=1e-11)
    np.testing.assert_allclose(results[0][1], X.T @ dZ, rtol=0, atol=1e-10)


def test_one_row_without_its_axis():
    z = np.array([1.0, 3.0, 2.0])
    assert fast.row_max(z).tolist() == [3]
    assert fast.row_sum(z).tolist() == [6]


@pytest.mark.parametrize("small", [True, False])
def test_a_mini_batch_has_the_same_numbers_under_every_blas(small, rng, monkeypatch):
    """Which way is taken depends on the processor; here both are, on any."""
    monkeypatch.setattr(fast, "takes_small_ones_as_they_lie", lambda: small)
    for n, n_in, n_out in ((64, 784, 128), (60, 784, 128), (64, 300, 128), (63, 784, 128)):
        X, W, dZ = (rng.standard_normal(s) for s in ((n, n_in), (n_in, n_out), (n, n_out)))
        for function, arrays, expected in (
            (fast.product, (X, W), X @ W),
            (fast.product, (X, W.T.copy().T), X @ W),
            (fast.product_over_rows, (X, dZ), X.T @ dZ),
        ):
            np.testing.assert_allclose(function(*arrays), expected, rtol=1e-10, atol=1e-10)
            out = np.full_like(expected, 9)
            assert function(*arrays, out=out) is out
            np.testing.assert_allclose(out, expected, rtol=1e-10, atol=1e-10)


def test_how_a_mini_batch_is_cut_by_this_table():
    """Rows of a small product, and blocks of columns; 0 and 1 where one product is as fast."""
    assert fast.SMALL == 1_000_000
    cut = {size: (fast.short_blocks(*size), fast.equal_blocks(*size)) for size in (
        (64, 784, 128), (60, 784, 128), (63, 784, 128), (64, 125, 125), (8, 1000, 125),
        (16, 1000, 125), (12, 2000, 125), (20, 1001, 125), (64, 130, 240), (100, 250, 40),
        (16, 2000, 125), (16, 4000, 125), (100, 125, 125),
    )}  # fmt: skip
    assert cut == {
        (64, 784, 128): (8, 7),  # 8 · 784 · 128 is below a million, and so is 64 · 112 · 128
        (60, 784, 128): (4, 7),
        (63, 784, 128): (0, 7),
        (64, 125, 125): (0, 1),  # as wide as it is high; no blocks of 64 columns
        (8, 1000, 125): (0, 1),  # a million as it is
        (16, 1000, 125): (8, 2),
        (12, 2000, 125): (4, 4),
        (20, 1001, 125): (4, 7),
        (64, 130, 240): (0, 2),
        (100, 250, 40): (0, 1),
        (16, 2000, 125): (4, 4),  # eight rows would be two million
        (16, 4000, 125): (0, 8),
        (100, 125, 125): (0, 1),
    }


@pytest.mark.parametrize(
    ("api", "architecture", "expected"),
    [
        ("openblas", "SkylakeX", True),
        ("openblas", "Haswell", False),
        ("mkl", "SkylakeX", False),
    ],
)
def test_openblas_with_avx512_takes_small_ones(api, architecture, expected, monkeypatch):
    library = SimpleNamespace(internal_api=api, architecture=architecture)
    monkeypatch.setattr(fast, "blas_libraries", lambda: [library])
    assert fast.takes_small_ones_as_they_lie.__wrapped__() is expected
