"""Every formula against its definition, its measured slope, and the bugs it could have."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import digitlib
from digitlib import formulas as F
from digitlib.gradcheck import check_gradient


def draw(*shape, seed=0, dtype=np.float64):
    return np.random.default_rng(seed).standard_normal(shape, dtype)


def slope_error(output, backward, *arrays, which=0, seed=9):
    """The error of `backward` for a loss that weighs each output entry differently."""
    weights = draw(*output(*arrays).shape, seed=seed)

    def loss(changed):
        given = list(arrays)
        given[which] = changed
        return (output(*given) * weights).sum()

    return check_gradient(loss, arrays[which], backward(weights), rng=np.random.default_rng(0))


def test_affine_and_its_three_gradients():
    X, W, b = draw(5, 7), draw(7, 3, seed=1), draw(3, seed=2)
    for i in range(5):
        for j in range(3):
            by_hand = b[j] + sum(X[i, k] * W[k, j] for k in range(7))
            assert math.isclose(F.affine(X, W, b)[i, j], by_hand)
    assert slope_error(F.affine, lambda dZ: F.affine_dX(dZ, W), X, W, b) < 1e-7
    assert slope_error(F.affine, lambda dZ: F.affine_grads(dZ, X)[0], X, W, b, which=1) < 1e-7
    assert slope_error(F.affine, lambda dZ: F.affine_grads(dZ, X)[1], X, W, b, which=2) < 1e-7


def test_relu_by_hand_and_its_mask_is_made_of_what_went_in():
    Z = np.array([[-2.0, 0.0, 3.0]])
    assert F.relu(Z).tolist() == [[0, 0, 3]]
    assert F.relu_backward(np.array([[5.0, 5.0, 5.0]]), Z).tolist() == [[0, 0, 5]]
    Z = draw(6, 4)
    assert slope_error(F.relu, lambda dA: F.relu_backward(dA, Z), Z) < 1e-7


def test_softmax_by_hand():
    P = F.softmax(np.log([[1.0, 2.0, 5.0], [4.0, 4.0, 8.0]]))
    np.testing.assert_allclose(P, [[0.125, 0.25, 0.625], [0.25, 0.25, 0.5]])
    np.testing.assert_allclose(F.softmax(np.log([1.0, 3.0])), [0.25, 0.75])


@given(st.integers(1, 6), st.integers(2, 10), st.integers(0, 99), st.floats(-1e4, 1e4))
def test_softmax_rows_sum_to_one_and_do_not_see_a_shift(n, k, seed, shift):
    Z = draw(n, k, seed=seed) * 10
    P = F.softmax(Z)
    np.testing.assert_allclose(P.sum(axis=1), 1)
    np.testing.assert_allclose(F.softmax(Z + shift), P, atol=1e-9)
    assert (P.argmax(axis=1) == Z.argmax(axis=1)).all()


def test_softmax_of_huge_scores_is_finite():
    np.testing.assert_array_equal(
        F.softmax(np.array([[1e4, 0.0], [-1e4, 0.0]])), [[1, 0], [0, 1]]
    )


def test_softmax_and_cross_entropy_each_have_the_measured_slope():
    Z, y = draw(5, 4), np.array([0, 3, 1, 1, 2])
    P = F.softmax(Z)
    assert slope_error(F.softmax, lambda dP: F.softmax_backward(dP, P), Z) < 1e-7
    dP = F.cross_entropy_backward(P, y)
    assert check_gradient(lambda Q: F.cross_entropy(Q, y), P, dP) < 1e-7
    loss, dZ = F.softmax_cross_entropy(Z, y)
    assert math.isclose(loss, F.cross_entropy(P, y))
    np.testing.assert_allclose(dZ, F.softmax_backward(dP, P), atol=1e-15)
    assert check_gradient(lambda Q: F.softmax_cross_entropy(Q, y)[0], Z, dZ) < 1e-7


def test_the_loss_is_a_mean_over_the_batch():
    """A batch written down twice has the same loss, and half the gradient a row."""
    Z, y = draw(5, 10), np.arange(5)
    loss, dZ = F.softmax_cross_entropy(Z, y)
    twice, dZ2 = F.softmax_cross_entropy(np.vstack([Z, Z]), np.tile(y, 2))
    assert math.isclose(loss, twice)
    np.testing.assert_allclose(dZ2[:5], dZ / 2)
    assert math.isclose(F.cross_entropy(F.softmax(Z), y), loss)


def test_equal_scores_cost_ln_10():
    loss, dZ = F.softmax_cross_entropy(np.zeros((3, 10)), np.array([1, 2, 3]))
    assert math.isclose(loss, math.log(10))
    np.testing.assert_allclose(dZ[0], [1 / 30, -0.3] + [1 / 30] * 8)


def test_losses_at_the_edges():
    loss, _ = F.softmax_cross_entropy(np.array([[1000.0, 0.0]]), np.array([1]))
    assert loss == 1000  # the naive form would be log 0
    assert F.cross_entropy(np.array([[1.0, 0.0]]), np.array([1])) == math.inf


def test_one_hot_is_as_wide_as_it_was_asked_to_be():
    Y = F.one_hot(np.array([1, 0, 3]))
    assert Y.shape == (3, 10)
    assert Y.dtype == np.float32
    assert Y.argmax(axis=1).tolist() == [1, 0, 3]
    assert Y.sum() == 3
    assert F.one_hot(np.array([0, 1]), classes=2, dtype=np.float64).tolist() == [[1, 0], [0, 1]]


@pytest.mark.parametrize(
    ("y", "said"),
    [
        (np.array([3, 10]), "label 10 at index 1 is outside 0 to 9"),
        (np.array([-1, 3]), "label -1 at index 0"),
        (np.array([0, 10]), "label 10 at index 1"),
        (np.array([1.0, 2.0]), "vector of integers"),
        (np.eye(10)[:2], "argmax"),
        (np.array([], dtype=int), "no labels"),
    ],
)
def test_impossible_labels_are_refused(y, said):
    with pytest.raises(ValueError, match=said):
        F.one_hot(y)


def test_a_label_too_many_is_refused():
    with pytest.raises(ValueError, match="3 labels for 2 rows"):
        F.softmax_cross_entropy(np.zeros((2, 10)), np.zeros(3, dtype=int))


class NoFloat64(np.ndarray):
    """An array that refuses to take part in anything whose result is float64."""

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **kwargs):
        def plain(x):
            return x.view(np.ndarray) if isinstance(x, NoFloat64) else x

        if out is not None:
            kwargs["out"] = tuple(map(plain, out))
        result = getattr(ufunc, method)(*map(plain, inputs), **kwargs)
        for part in result if isinstance(result, tuple) else (result,):
            if getattr(part, "dtype", None) == np.float64:
                raise TypeError(f"{ufunc.__name__} answers in float64")
        return result.view(NoFloat64) if isinstance(result, np.ndarray) else result


def test_the_guard_itself_refuses_float64():
    guarded = np.ones(3, np.float32).view(NoFloat64)
    assert (guarded * 2).dtype == np.float32
    with pytest.raises(TypeError, match="answers in float64"):
        guarded * np.ones(3)


def test_a_float32_step_of_the_hand_written_network_stays_float32():
    rng = np.random.default_rng(0)
    params = [p.view(NoFloat64) for p in digitlib.init_params(rng)]
    X = rng.random((8, 784), np.float32).view(NoFloat64)
    y = np.arange(8)
    Z1, A1, Z2, A2 = digitlib.forward_prop(*params, X)
    digitlib.softmax_cross_entropy(Z2, y)
    grads = digitlib.backward_prop(Z1, A1, Z2, A2, params[0], params[2], X, y)
    for array in digitlib.update_params(*params, *grads, 0.1):
        assert array.dtype == np.float32
    for array in (F.cross_entropy_backward(A2, y), F.softmax_backward(A2, A2)):
        assert array.dtype == np.float32


def test_no_function_changes_its_arguments():
    Z, y, W = draw(4, 10), np.arange(4), draw(10, 10, seed=1)
    kept = [a.copy() for a in (Z, y, W)]
    F.affine(Z, W, W[0])
    F.affine_grads(Z, Z)
    F.affine_dX(Z, W)
    F.relu(Z)
    F.relu_backward(Z, Z)
    F.softmax_backward(Z, F.softmax(Z))
    F.cross_entropy_backward(F.softmax(Z), y)
    F.softmax_cross_entropy(Z, y)
    assert all(np.array_equal(a, b) for a, b in zip(kept, (Z, y, W)))
