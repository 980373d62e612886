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
        (16, 2000, 125), (16, 4000, 125), (100, 125, 125), (64, 100, 240),
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
        (64, 100, 240): (0, 1),  # two blocks of 50 columns: too short
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


@pytest.fixture
def ways(monkeypatch):
    """How products are taken: ("pieces", numbers to share out, length of a piece), in order,
    and ("matmul", shapes of both factors) for every one that NumPy gets outside a piece."""
    taken = []

    def in_pieces(work, n, size):
        taken.append(("pieces", n, size))
        return [work(slice(start, min(start + size, n))) for start in range(0, n, size)]

    def matmul(A, B, out=None):
        if not any(way[0] == "pieces" for way in taken):
            taken.append(("matmul", A.shape, B.shape))
        return np.matmul(A, B, out=out)

    monkeypatch.setattr(fast, "in_pieces", in_pieces)
    monkeypatch.setattr(fast, "np", SimpleNamespace(**{**vars(np), "matmul": matmul}))
    return taken


@pytest.mark.parametrize(
    ("n", "n_in", "n_out", "piece"),
    [
        (1000, 400, 100, ("pieces", 1000, 500)),  # 40 million: worth two parts
        (1000, 1000, 150, ("pieces", 1000, 334)),  # 50 million each
        (1000, 1000, 500, ("pieces", 1000, 125)),  # eight parts at most
        (50, 1000, 1200, ("pieces", 1200, 600)),  # W is the larger one: its columns are cut
        (999, 400, 100, ("matmul", (999, 400), (400, 100))),
    ],
)
def test_a_large_product_is_shared_out_by_this_table(n, n_in, n_out, piece, rng, ways):
    X, W = rng.standard_normal((n, n_in)), rng.standard_normal((n_in, n_out))
    np.testing.assert_allclose(fast.product(X, W), X @ W, rtol=1e-9, atol=1e-9)
    assert ways == [piece]


@pytest.mark.parametrize(
    ("n", "n_in", "n_out", "piece"),
    [
        (400, 1000, 100, ("pieces", 1000, 500)),
        (1000, 1000, 150, ("pieces", 1000, 334)),
        (1000, 50, 1200, ("pieces", 1200, 600)),
        (399, 1000, 100, ("matmul", (1000, 399), (399, 100))),
    ],
)
def test_so_is_one_over_rows(n, n_in, n_out, piece, rng, ways, monkeypatch):
    monkeypatch.setattr(fast, "takes_small_ones_as_they_lie", lambda: False)
    X, dZ = rng.standard_normal((n, n_in)), rng.standard_normal((n, n_out))
    np.testing.assert_allclose(fast.product_over_rows(X, dZ), X.T @ dZ, rtol=1e-9, atol=1e-9)
    assert ways == [piece]


def test_a_tall_product_is_shared_out_sixteen_blocks_at_a_time(rng, ways):
    """A block of rows is the longest whose product has at most a million multiplications."""
    X, W = rng.standard_normal((300, 784)), rng.standard_normal((784, 10))
    dZ = rng.standard_normal((300, 10))
    fast.product(X, W)
    fast.product_over_rows(X, dZ)
    assert ways == [("pieces", 300, 16 * 127), ("pieces", 300, 16 * 127)]
    assert fast.block_length(np.empty((300, 1000)), 10) == 100


@pytest.mark.parametrize(
    ("n", "n_in", "n_out", "tall"),
    [
        (1001, 100, 10, True),
        (1000, 100, 10, False),  # a million as it is
        (1001, 100, 16, True),
        (1001, 100, 17, False),  # too wide
        (20, 100_000, 10, True),  # a row is a million
        (20, 100_001, 10, False),  # a row is more
    ],
)
def test_what_is_tall(n, n_in, n_out, tall):
    assert fast.is_tall(np.empty((n, n_in), np.uint8), n_out) is tall


@pytest.mark.parametrize("small", [True, False])
def test_a_mini_batch_goes_in_blocks_where_blas_takes_small_ones(small, rng, ways, monkeypatch):
    monkeypatch.setattr(fast, "takes_small_ones_as_they_lie", lambda: small)
    X, W = rng.standard_normal((64, 784)), rng.standard_normal((784, 128))
    dZ = rng.standard_normal((64, 128))
    fast.product(X, W)
    fast.product_over_rows(X, dZ)
    fast.product_over_rows(X[:, :100], dZ)  # 100 columns make no two blocks of 64
    assert ways == [
        ("matmul", (8, 8, 784), (784, 128)) if small else ("matmul", (64, 784), (784, 128)),
        ("matmul", (7, 112, 64), (64, 128)) if small else ("matmul", (784, 64), (64, 128)),
        ("matmul", (100, 64), (64, 128)),
    ]


def test_weights_or_an_out_with_gaps_are_multiplied_whole(rng, ways, monkeypatch):
    monkeypatch.setattr(fast, "takes_small_ones_as_they_lie", lambda: True)
    X, W = rng.standard_normal((64, 784)), rng.standard_normal((784, 128))
    out = np.empty((64, 256))[:, ::2]
    fast.product(X, np.asfortranarray(W))
    assert fast.product(X, W, out=out) is out
    assert ways == [("matmul", (64, 784), (784, 128))] * 2
