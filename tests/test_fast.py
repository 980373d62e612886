"""Every name in `fast` gives the numbers of its namesake in `formulas`, however it works."""

import inspect

import numpy as np
import pytest

from digitlib import fast, formulas
from digitlib.fast import dense, norms, products
from digitlib.gradcheck import relative_error

NAMES = [name for name in fast.__all__ if name != "one_blas_thread"]


def draw(seed, *shape):
    return np.random.default_rng(seed).standard_normal(shape)


def labels(n, classes=10):
    return np.random.default_rng(7).integers(0, classes, n)


def shapes_of_layers():
    """(N, n_in, n_out): one row, a mini-batch, blocks of columns, tall, large, a short rest."""
    return [
        (1, 20, 10),
        (64, 784, 128),
        (65, 784, 128),
        (3, 5, 2),
        (2200, 784, 10),
        (160, 784, 400),
    ]


def images():
    """One image, and 70: more than one piece, and a short last one."""
    return [draw(1, 1, 7, 6, 3), draw(2, 70, 9, 8, 2), draw(3, 40, 14, 14, 1)]


def normed():
    """Rows and images, small and large enough for pieces."""
    rows = [draw(1, 9, 5), draw(2, 5000, 70), draw(3, 6000, 90)]
    rows[2][5000:] += 3  # the pieces have different means
    return [3 * X + 2 for X in (*rows, *images(), draw(4, 65, 12, 12, 40))]


def cases(name):
    """The argument lists on which `name` is compared."""
    if name == "adam_step":
        arrays = draw(0, 40), draw(1, 40), draw(2, 40), draw(3, 40) ** 2
        return [(*arrays, t, 0.01) for t in (1, 1000)] + [(*arrays, 3, 0.1, 0.5, 0.75, 1e-3)]
    if name == "affine":
        return [(draw(0, n, i), draw(1, i, o), draw(2, o)) for n, i, o in shapes_of_layers()]
    if name == "affine_grads":
        return [(draw(0, n, o), draw(1, n, i)) for n, i, o in shapes_of_layers()]
    if name == "affine_dX":
        return [(draw(0, n, o), draw(1, i, o)) for n, i, o in shapes_of_layers()]
    if name == "relu":
        return [(draw(0, *shape),) for shape in ((7,), (5, 4), (40, 28, 28, 9), (2600, 100))]
    if name == "relu_backward":
        return [(draw(1, *Z.shape), Z) for (Z,) in cases("relu")]
    if name == "softmax":
        return [(9 * draw(0, *shape),) for shape in ((5,), (64, 10), (2, 1, 3), (2, 3, 4, 5))]
    if name == "softmax_cross_entropy":
        scores = [9 * draw(0, n, 10) for n in (1, 64, 1000)]
        return [(Z, labels(len(Z)), s) for Z in scores for s in (0.0, 0.1)]
    if name == "channel_moments":
        return [(X,) for X in normed()]
    if name == "batch_norm":
        return [(X, *draw(5, 2, X.shape[-1]), *formulas.channel_moments(X)) for X in normed()]
    if name == "batch_norm_backward":
        given = []
        for X, gamma, beta, mean, var in cases("batch_norm"):
            X_hat = formulas.batch_norm(X, gamma, beta, mean, var)[1]
            given.append((draw(6, *X.shape), X_hat, gamma, var))
        return given
    if name.startswith("conv2d"):
        given = []
        for X in images():
            for kernel, stride, padding in (((3, 3), 1, 1), ((3, 2), 2, 0), ((1, 1), 1, 0)):
                W = draw(8, *kernel, X.shape[3], 5)
                Z = formulas.conv2d(X, W, None, stride, padding)
                dZ, where = draw(9, *Z.shape), (stride, padding)
                given.append({
                    "conv2d": (X, W, draw(4, 5), *where),
                    "conv2d_grads": (dZ, X, kernel, *where),
                    "conv2d_dX": (dZ, W, X.shape[1:3], *where),
                }[name])  # fmt: skip
        return given
    if name in ("max_pool", "avg_pool"):
        return [(X, size) for X in images() for size in (1, 2, 3)]
    if name == "max_pool_backward":
        pooled = [(np.round(X), size) for X in images() for size in (1, 2, 3)]  # with ties
        return [(draw(3, *formulas.max_pool(X, s).shape), X, formulas.max_pool(X, s), s)
                for X, s in pooled]  # fmt: skip
    if name == "avg_pool_backward":
        return [(draw(3, *formulas.avg_pool(X, s).shape), X.shape, s)
                for X in images() for s in (1, 2, 3)]  # fmt: skip
    raise LookupError(f"no cases for {name}: a new name in fast needs some")


def cast(values, dtype):
    return [v.astype(dtype) if getattr(v, "dtype", None) == np.float64 else v for v in values]


def as_list(result):
    return list(result) if isinstance(result, tuple) else [result]


def outs(name, results):
    """What to give as `out` for these results: arrays full of something else."""
    fresh = [np.full_like(result, 9) for result in results]
    if name in ("adam_step", "affine_grads", "conv2d_grads", "batch_norm"):
        return tuple(fresh)
    return fresh[0]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", NAMES)
def test_the_same_numbers_as_the_formula(name, dtype, monkeypatch):
    twin, plain = getattr(fast, name), getattr(formulas, name)
    takes_out = "out" in inspect.signature(twin).parameters
    for given in cases(name):
        given = cast(given, dtype)
        kept = [np.copy(value) for value in given]
        # In float64, whose rounding cannot be what is compared.
        exact = as_list(plain(*cast(given, np.float64)))
        plain_results, by_threads = as_list(plain(*given)), []
        for count in ("1", "2", "3"):
            monkeypatch.setenv("DIGITLIB_THREADS", count)
            results = as_list(twin(*given))
            if takes_out:
                out = outs(name, results)
                sent = as_list(twin(*given, out=out))
                for place, result in zip(as_list(out), sent):
                    np.testing.assert_array_equal(place, result)
                results += sent
            by_threads.append(results)
        for results in by_threads:
            for result, first in zip(results, by_threads[0]):
                np.testing.assert_array_equal(result, first)  # to the bit
            for i, result in enumerate(results):
                expected = plain_results[i % len(exact)]
                assert np.shape(result) == np.shape(expected)
                assert getattr(result, "dtype", float) == getattr(expected, "dtype", float)
                far = relative_error(result, exact[i % len(exact)])
                assert far < (1e-5 if dtype == np.float32 else 1e-12)
        for value, before in zip(given, kept):
            np.testing.assert_array_equal(value, before)


def test_the_cases_reach_every_way_of_working():
    sizes = [n * i * o for n, i, o in shapes_of_layers()]
    assert min(sizes) < products.SMALL
    assert max(sizes) >= products.WORTH_SHARING
    assert any(products.is_tall(np.empty((n, i)), o) for n, i, o in shapes_of_layers())
    assert any(products.short_blocks(n, i, o) for n, i, o in shapes_of_layers())
    assert any(products.equal_blocks(n, i, o) > 1 for n, i, o in shapes_of_layers())
    assert {norms.is_small(X) for X in normed()} == {True, False}
    assert any(norms.rows_of(X) < len(X) for X in normed())
    assert {Z.size < dense.LARGE for (Z,) in cases("relu")} == {True, False}


def test_softmax_takes_any_number_of_axes():
    Z = draw(0, 2, 1, 3)
    for library in (formulas, fast):
        P = library.softmax(Z)
        assert P.shape == (2, 1, 3)
        np.testing.assert_allclose(P.sum(axis=-1), 1)
        np.testing.assert_allclose(P[1, 0], library.softmax(Z[1, 0]))


@pytest.mark.parametrize("library", [formulas, fast])
def test_no_score_is_too_large_for_the_loss(library):
    Z = np.array([[1000.0, 0.0], [1000.0, 0.0], [-1000.0, 0.0]])
    loss, dZ = library.softmax_cross_entropy(Z, np.array([1, 0, 1]))
    assert loss == 1000 / 3
    np.testing.assert_array_equal(dZ, np.array([[1, -1], [0, 0], [0, 0]]) / 3)
    np.testing.assert_array_equal(library.softmax(Z), [[1, 0], [1, 0], [0, 1]])
