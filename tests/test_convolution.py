"""Convolution and pooling: the loops, differences, ties, and sizes that cannot be."""

import re

import naive_images as naive
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitlib import fast
from digitlib import formulas as F
from digitlib.fast import convolution
from digitlib.gradcheck import check_gradient, numerical_gradient, relative_error

F64 = np.float64


def problem(seed, n, size, kernel, channels, filters, stride, padding, dtype=F64):
    """X, W, b and a gradient dZ of the right shapes."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, *size, channels)).astype(dtype)
    W = rng.standard_normal((*kernel, channels, filters)).astype(dtype)
    b = rng.standard_normal(filters).astype(dtype)
    sides = (F.conv_size(m, k, stride, padding) for m, k in zip(size, kernel))
    dZ = rng.standard_normal((n, *sides, filters)).astype(dtype)
    return X, W, b, dZ


def backward(dZ, X, W, stride, padding, lib=F):
    dW, db = lib.conv2d_grads(dZ, X, W.shape[:2], stride, padding)
    return lib.conv2d_dX(dZ, W, X.shape[1:3], stride, padding), dW, db


both = pytest.mark.parametrize("lib", [F, fast], ids=["formulas", "fast"])


# --- against loops -----------------------------------------------------------------------


@st.composite
def convolutions(draw):
    few, kernel = st.integers(1, 3), (draw(st.integers(1, 4)), draw(st.integers(1, 4)))
    padding = draw(st.integers(0, 2))
    size = tuple(draw(st.integers(max(1, k - 2 * padding), 7)) for k in kernel)
    shapes = draw(few), size, kernel, draw(few), draw(few), draw(few), padding
    return problem(draw(st.integers(0, 99)), *shapes), shapes[-2:]


@both
@settings(max_examples=30)
@given(convolutions())
def test_convolution_is_the_loop(lib, case):
    (X, W, b, dZ), where = case
    Z = lib.conv2d(X, W, b, *where)
    assert Z.shape == dZ.shape
    np.testing.assert_allclose(Z, naive.conv2d(X, W, b, *where), atol=1e-12)
    np.testing.assert_allclose(lib.conv2d(X, W, None, *where), Z - b, atol=1e-12)
    for ours, loops in zip(
        backward(dZ, X, W, *where, lib), naive.conv2d_backward(dZ, X, W, *where)
    ):
        assert ours.shape == loops.shape
        np.testing.assert_allclose(ours, loops, atol=1e-12)


@pytest.mark.parametrize("count", ["1", "2"])
def test_convolution_is_the_loop_with_more_than_one_piece(monkeypatch, count):
    monkeypatch.setenv("DIGITLIB_THREADS", count)
    for channels in (1, 2):
        X, W, b, dZ = problem(0, 70, (5, 4), (3, 2), channels, 2, 2, 1)
        np.testing.assert_allclose(fast.conv2d(X, W, b, 2, 1), naive.conv2d(X, W, b, 2, 1))
        for ours, loops in zip(
            backward(dZ, X, W, 2, 1, fast), naive.conv2d_backward(dZ, X, W, 2, 1)
        ):
            np.testing.assert_allclose(ours, loops, atol=1e-12)


@pytest.mark.parametrize("small", [True, False])
def test_convolution_has_the_same_numbers_under_every_blas(small, monkeypatch):
    """Which way is taken depends on the processor; here both are, on any."""
    module = "digitlib.fast.convolution"
    monkeypatch.setattr(f"{module}.takes_small_ones_as_they_lie", lambda: small)
    assert convolution._block_length(216, 48, 441) == (96 if small else 441)
    assert convolution._block_length(432, 96, 441) == 441, "blocks that are too short"
    images = [part.stop - part.start for part in convolution._chunks(32, 49 * 216)]
    assert images == ([18, 14] if small else [32])
    X, W, b, dZ = problem(0, 41, (14, 14), (3, 3), 24, 48, 1, 1)
    close = {"rtol": 1e-10, "atol": 1e-10}
    np.testing.assert_allclose(fast.conv2d(X, W, b, 1, 1), F.conv2d(X, W, b, 1, 1), **close)
    for ours, plain in zip(backward(dZ, X, W, 1, 1, fast), backward(dZ, X, W, 1, 1)):
        np.testing.assert_allclose(ours, plain, **close)


@both
@given(
    st.integers(0, 999),
    st.tuples(st.integers(1, 3), st.integers(1, 7), st.integers(1, 7), st.integers(1, 2)),
    st.integers(1, 4),
)
def test_pooling_is_the_loop(lib, seed, shape, size):
    rng, size = np.random.default_rng(seed), min(size, *shape[1:3])
    X = rng.integers(-2, 3, shape).astype(F64)  # few values: many ties
    Y = lib.max_pool(X, size)
    np.testing.assert_array_equal(Y, naive.pooled(X, size, max))
    np.testing.assert_allclose(lib.avg_pool(X, size), naive.pooled(X, size, np.mean))
    dY = rng.standard_normal(Y.shape)
    np.testing.assert_array_equal(
        lib.max_pool_backward(dY, X, Y, size), naive.max_pool_backward(dY, X, size)
    )
    np.testing.assert_allclose(
        lib.avg_pool_backward(dY, X.shape, size), naive.avg_pool_backward(dY, X, size)
    )


def test_pooling_is_the_loop_with_more_than_one_piece(monkeypatch, rng):
    monkeypatch.setenv("DIGITLIB_THREADS", "2")
    X = rng.integers(-2, 3, (70, 5, 5, 2)).astype(F64)
    Y, dY = fast.max_pool(X), rng.standard_normal((70, 2, 2, 2))
    np.testing.assert_array_equal(Y, naive.pooled(X, 2, max))
    np.testing.assert_array_equal(
        fast.max_pool_backward(dY, X, Y), naive.max_pool_backward(dY, X, 2)
    )


# --- against differences -----------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 5])
@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("padding", [0, 1, 2])
@pytest.mark.parametrize("stride", [1, 2])
def test_gradients_agree_with_differences(stride, padding, channels, n):
    kernel = (3, 3) if n == 1 else (3, 2)
    X, W, b, dZ = problem(1, n, (3, 5), kernel, channels, 2, stride, padding)

    def loss(X=X, W=W, b=b):
        return (dZ * F.conv2d(X, W, b, stride, padding)).sum()

    dX, dW, db = backward(dZ, X, W, stride, padding)
    assert relative_error(dW, numerical_gradient(lambda W: loss(W=W), W)) < 1e-7
    assert relative_error(db, numerical_gradient(lambda b: loss(b=b), b)) < 1e-7
    assert relative_error(dX, numerical_gradient(lambda X: loss(X=X), X)) < 1e-7


@pytest.mark.parametrize("n", [1, 5])
@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize(("size", "sides"), [(1, (3, 2)), (2, (5, 7)), (3, (7, 6))])
def test_poolings_gradients_agree_with_differences(size, sides, channels, n, rng):
    # All numbers apart by more than a step: no window changes its largest pixel.
    X = rng.permutation(n * sides[0] * sides[1] * channels).reshape(n, *sides, channels) / 64
    Y = F.max_pool(X, size)
    dY = rng.standard_normal(Y.shape)
    dX = F.max_pool_backward(dY, X, Y, size)
    assert check_gradient(lambda X: (dY * F.max_pool(X, size)).sum(), X, dX) < 1e-7
    dX = F.avg_pool_backward(dY, X.shape, size)
    assert check_gradient(lambda X: (dY * F.avg_pool(X, size)).sum(), X, dX) < 1e-7


# --- by hand -----------------------------------------------------------------------------


def test_a_patch_by_hand():
    X = np.arange(9.0).reshape(1, 3, 3, 1)
    W = np.array([[1.0, 2.0], [3.0, 4.0]]).reshape(2, 2, 1, 1)
    Z = F.conv2d(X, W)[0, :, :, 0]
    np.testing.assert_array_equal(Z, [[27, 37], [57, 67]])  # 0·1 + 1·2 + 3·3 + 4·4 = 27
    padded = F.conv2d(X, W, stride=2, padding=1)[0, :, :, 0]
    np.testing.assert_array_equal(padded, [[0, 11], [30, 67]])  # at the edge, one pixel or two


def test_a_tie_goes_to_the_first_in_reading_order_and_to_no_other():
    X = np.zeros((1, 4, 4, 1))
    X[0, :2, 2:, 0] = [[-1, 5], [5, 5]]
    X[0, 2:, :2, 0] = [[-1, -1], [2, 2]]
    Y = F.max_pool(X)
    dX = F.max_pool_backward(np.array([[1.0, 2], [3, 4]]).reshape(1, 2, 2, 1), X, Y)
    expected = [[1, 0, 0, 2], [0, 0, 0, 0], [0, 0, 4, 0], [3, 0, 0, 0]]
    np.testing.assert_array_equal(dX[0, :, :, 0], expected)


def test_what_fills_no_window_gets_no_gradient():
    X = np.arange(35.0).reshape(1, 5, 7, 1)
    Y = F.max_pool(X, 3)
    # `out` with something else in it: zeros must be written, not found.
    dX = fast.max_pool_backward(np.ones_like(Y), X, Y, 3, out=np.full_like(X, 9))
    assert dX.sum() == Y.size == 2
    mean = F.avg_pool_backward(np.ones_like(Y), X.shape, 3)
    for gradient in (dX, mean):
        assert not gradient[:, 3:].any()
        assert not gradient[:, :, 6:].any()
    # and so with pixels that a stride leaves out
    X, W, _, dZ = problem(0, 2, (6, 6), (3, 3), 1, 1, 2, 0)
    dX = F.conv2d_dX(dZ, W, (6, 6), 2)
    assert not dX[:, 5:].any()
    assert not dX[:, :, 5:].any()
    assert dX[:, :5, :5].all()


# --- what is left alone, and in which dtype ----------------------------------------------


def strided(array):
    """The same numbers, every second place of twice as much memory."""
    wide = np.zeros((*array.shape[:-1], 2 * array.shape[-1]), array.dtype)
    wide[..., ::2] = array
    return wide[..., ::2]


@both
@pytest.mark.parametrize("dtype", [np.float32, F64])
@pytest.mark.parametrize("how", [np.asfortranarray, strided, lambda a: a[::-1].copy()[::-1]])
def test_any_layout_of_memory_gives_the_same_numbers_and_dtype(lib, how, dtype):
    X, W, b, dZ = problem(0, 40, (6, 5), (3, 2), 3, 4, 1, 1, dtype)
    kept = [array.copy() for array in (X, W, b, dZ)]

    def run(X, W, b, dZ):
        Z = lib.conv2d(X, W, b, 1, 1)
        Y = lib.max_pool(Z)
        pools = [
            lib.max_pool_backward(Y, Z, Y),
            lib.avg_pool_backward(Y, Z.shape),
            lib.avg_pool(Z),
        ]
        norms = [*lib.batch_norm(X, *X[0, :4, 0], 1e-5), *lib.channel_moments(X)]
        norms += lib.batch_norm_backward(X, 2 * X, X[0, 0, 0], X[0, 0, 1] ** 2)
        return [Z, Y, *pools, *norms, *backward(dZ, X, W, 1, 1, lib)]

    with np.errstate(invalid="ignore"):  # a variance here may be below zero
        expected, found = run(X, W, b, dZ), run(how(X), how(W), b, how(dZ))
    tolerance = 1e-5 if dtype == np.float32 else 1e-12
    for ours, array in zip(found, expected):
        assert ours.dtype == dtype
        np.testing.assert_allclose(ours, array, rtol=tolerance, atol=tolerance * 10)
    for array, before in zip((X, W, b, dZ), kept):
        np.testing.assert_array_equal(array, before)


def test_results_go_where_they_are_sent():
    X, W, b, dZ = problem(0, 3, (6, 6), (3, 3), 2, 4, 1, 1)
    Z, dX, Y = np.full_like(dZ, 9), np.full_like(X, 9), np.full((3, 3, 3, 4), 9.0)
    dW, db = np.full_like(W, 9), np.full_like(b, 9)
    assert fast.conv2d(X, W, b, 1, 1, out=Z) is Z
    assert fast.conv2d_dX(dZ, W, (6, 6), 1, 1, out=dX) is dX
    assert fast.max_pool(Z, out=Y) is Y
    np.testing.assert_array_equal(Z, fast.conv2d(X, W, b, 1, 1))
    np.testing.assert_array_equal(dX, fast.conv2d_dX(dZ, W, (6, 6), 1, 1))
    np.testing.assert_array_equal(Y, fast.max_pool(Z))
    for pair in ((dW, db), (None, db), (dW, None)):
        answer = fast.conv2d_grads(dZ, X, (3, 3), 1, 1, out=pair)
        for array, values in zip(pair, answer):
            assert array is None or (array == values).all()


def test_an_out_that_cannot_hold_the_result_is_refused():
    X, W, _, dZ = problem(0, 3, (6, 6), (3, 3), 2, 4, 1, 1)
    wrong = [strided(dZ), dZ.astype(np.float32), dZ[:2].copy()]
    for out in wrong:
        with pytest.raises(ValueError, match="out must be a contiguous float64 array of shape"):
            fast.conv2d(X, W, None, 1, 1, out=out)
    with pytest.raises(ValueError, match="out must be"):
        fast.conv2d_dX(dZ, W, (6, 6), 1, 1, out=strided(X))
    with pytest.raises(ValueError, match="out must be"):
        fast.max_pool(X, out=X)
    with pytest.raises(ValueError, match="out must be"):
        fast.max_pool_backward(X[:, :3, :3], X, fast.max_pool(X), out=strided(X))
    with pytest.raises(ValueError, match="out must be"):
        fast.batch_norm(X, *[np.ones(2)] * 4, out=(strided(X), None))
    with pytest.raises(ValueError, match="out must be"):
        fast.batch_norm_backward(X, X, *[np.ones(2)] * 2, out=strided(X))


# --- sizes -------------------------------------------------------------------------------


@given(st.integers(1, 12), st.integers(1, 6), st.integers(1, 4), st.integers(0, 3))
def test_conv_size_counts_the_places(size, kernel, stride, padding):
    places = len(range(-padding, size + padding - kernel + 1, stride))
    if places:
        assert F.conv_size(size, kernel, stride, padding) == places
    else:
        with pytest.raises(ValueError, match="does not fit") as error:
            F.conv_size(size, kernel, stride, padding)
        most, enough = map(int, re.findall(r"at (?:most|least) (\d+)", str(error.value)))
        assert F.conv_size(size, most, stride, padding) == 1  # what it advises fits
        assert F.conv_size(size, kernel, stride, enough) >= 1
        with pytest.raises(ValueError, match="does not fit"):  # and no less would
            F.conv_size(size, most + 1, stride, padding)
        with pytest.raises(ValueError, match="does not fit"):
            F.conv_size(size, kernel, stride, enough - 1)


@both
@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda f, X, W, b, dZ: f.conv2d(X[0], W),
            ValueError,
            r"got \(6, 6, 2\) and .*reshape",
        ),
        (
            lambda f, X, W, b, dZ: f.conv2d(X, W[0]),
            ValueError,
            r"kernels \(k_h, k_w, C, F\); got",
        ),
        (
            lambda f, X, W, b, dZ: f.conv2d(X[..., :1], W),
            ValueError,
            "have 1 channels, the kernel",
        ),
        (
            lambda f, X, W, b, dZ: f.conv2d(X, W, b[:1]),
            ValueError,
            r"bias of shape \(4,\); got \(1,",
        ),
        (
            lambda f, X, W, b, dZ: f.conv2d(X[:, :2], W),
            ValueError,
            "at most 2, or the padding must be at least 1",
        ),
        (
            lambda f, X, W, b, dZ: f.conv2d(X, W, stride=0),
            ValueError,
            "from 1, padding from 0; got",
        ),
        (lambda f, X, W, b, dZ: f.conv2d(X, W, padding=-1), ValueError, "padding -1"),
        (
            lambda f, X, W, b, dZ: f.conv2d(X.astype(np.float32), W),
            TypeError,
            "float32 and float64",
        ),
        (
            lambda f, X, W, b, dZ: f.conv2d(X.astype(np.uint8), W),
            TypeError,
            "uint8 and float64",
        ),
        (
            lambda f, X, W, b, dZ: f.conv2d(*[a.astype(int) for a in (X, W)]),
            TypeError,
            "astype",
        ),
        (
            lambda f, X, W, b, dZ: f.conv2d_grads(dZ, X, (3, 3)),
            ValueError,
            r"give \(N, 4, 4, F\); dZ has \(3, 6",
        ),
        (
            lambda f, X, W, b, dZ: f.conv2d_grads(dZ[:2], X, (3, 3), 1, 1),
            ValueError,
            "of 2 images, X of 3",
        ),
        (
            lambda f, X, W, b, dZ: f.conv2d_grads(dZ.astype("f"), X, (3, 3), 1, 1),
            TypeError,
            "one dtype",
        ),
        (
            lambda f, X, W, b, dZ: f.conv2d_dX(dZ, W, (7, 7), 1, 1),
            ValueError,
            r"images of \(7, 7\) pixels, kernel \(3, 3\), stride 1 and padding 1 give",
        ),
        (
            lambda f, X, W, b, dZ: f.conv2d_dX(dZ, W[..., :3], (6, 6), 1, 1),
            ValueError,
            "has 4 filters",
        ),
        (lambda f, X, W, b, dZ: f.max_pool(X[0]), ValueError, "pooling takes images"),
        (lambda f, X, W, b, dZ: f.max_pool(X, 7), ValueError, r"a window of 1 to min\(H, W\)"),
        (lambda f, X, W, b, dZ: f.max_pool(X[:, :1]), ValueError, r"\(3, 1, 6, 2\) and size 2"),
        (
            lambda f, X, W, b, dZ: f.avg_pool(X[:, :, :1]),
            ValueError,
            r"\(3, 6, 1, 2\) and size 2",
        ),
        (lambda f, X, W, b, dZ: f.avg_pool(X, 0), ValueError, "and size 0"),
        (
            lambda f, X, W, b, dZ: f.max_pool_backward(X, X, X),
            ValueError,
            r"gives \(3, 3, 3, 2\); dY has",
        ),
        (lambda f, X, W, b, dZ: f.avg_pool_backward(X, X.shape), ValueError, "dY has"),
    ],
)
def test_what_does_not_go_together_is_refused(lib, call, error, message):
    with pytest.raises(error, match=message):
        call(lib, *problem(0, 3, (6, 6), (3, 3), 2, 4, 1, 1))


@both
def test_no_images_have_no_answers(lib):
    X, W, b, _ = problem(0, 0, (6, 6), (3, 3), 2, 4, 1, 1)
    assert lib.conv2d(X, W, b, 1, 1).shape == (0, 6, 6, 4)
    assert lib.max_pool(X).shape == (0, 3, 3, 2)


@both
def test_a_window_may_be_the_whole_image_or_one_pixel(lib):
    X = problem(0, 3, (4, 6), (3, 3), 1, 4, 1, 1)[0]
    assert np.array_equal(lib.max_pool(X, 1), X)
    assert np.array_equal(lib.max_pool(X, 4)[:, 0, 0], X[:, :, :4].max(axis=(1, 2)))
    assert np.allclose(lib.avg_pool(X, 4)[:, 0, 0], X[:, :, :4].mean(axis=(1, 2)))
