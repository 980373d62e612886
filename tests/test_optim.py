"""Each rule worked out with a pencil, and what a wrong rule would get away with elsewhere."""

import numpy as np
import pytest

from digitlib.net.optim import SGD, Adam, AdamW, RMSProp

MASK = np.array([True, False])
EVERY = [
    lambda: SGD(),
    lambda: SGD(momentum=0.9),
    lambda: SGD(momentum=0.9, nesterov=True, weight_decay=0.1, decay_mask=MASK),
    lambda: RMSProp(weight_decay=0.1, decay_mask=MASK),
    lambda: Adam(weight_decay=0.1, decay_mask=MASK),
    lambda: AdamW(weight_decay=0.1, decay_mask=MASK),
]


def steps(optimizer, *grads, lr=0.1, start=(1.0, 2.0), dtype=np.float64):
    theta = np.array(start, dtype)
    for grad in grads:
        optimizer.step(theta, np.array(grad, dtype), lr)
    return theta


# --- by hand, from θ = (1, 2), lr 0.1 ----------------------------------------------------


def test_sgd_by_hand():
    # 1 - 0.1 · 0.5;  2 + 0.1 · 4
    np.testing.assert_allclose(steps(SGD(), [0.5, -4]), [0.95, 2.4])


def test_momentum_by_hand():
    # v = 0.5, then 0.9 · 0.5 + 1 = 1.45;  θ = 1 - 0.05 - 0.145
    # v = -4,  then -3.6 + 0 = -3.6;       θ = 2 + 0.4 + 0.36
    np.testing.assert_allclose(steps(SGD(momentum=0.9), [0.5, -4], [1, 0]), [0.805, 2.76])


def test_nesterov_by_hand():
    # v = 0.5: step along 0.5 + 0.45 = 0.95.  v = 1.45: 1 + 1.305 = 2.305
    # v = -4:  -4 - 3.6 = -7.6.               v = -3.6: 0 - 3.24
    got = steps(SGD(momentum=0.9, nesterov=True), [0.5, -4], [1, 0])
    np.testing.assert_allclose(got, [1 - 0.095 - 0.2305, 2 + 0.76 + 0.324])


def test_l2_by_hand_spares_the_bias():
    # the weight's gradient is 0.5 + 0.1 · 1; the bias keeps its -4
    sgd = SGD(weight_decay=0.1, decay_mask=MASK)
    np.testing.assert_allclose(steps(sgd, [0.5, -4]), [0.94, 2.4])


def test_rmsprop_by_hand():
    # s = 0.25 · g²: √s = |g| / 2, so the first step is lr · 2 whatever the gradient;
    # then g = 0.5 again: s = 0.75 · 0.0625 + 0.0625 = 0.109375
    got = steps(RMSProp(alpha=0.75, eps=0), [0.5, -4])
    np.testing.assert_allclose(got, [0.8, 2.2])
    got = steps(RMSProp(alpha=0.75, eps=0), [0.5, -4], [0.5, -4])
    np.testing.assert_allclose(got[0], 0.8 - 0.1 * 0.5 / 0.109375**0.5)


def test_adams_first_step_is_the_rate_itself():
    # m̂ = g and v̂ = g² after the correction: a step of lr, against the gradient's sign.
    # Without it, m = 0.1 g over √v = 0.0316 |g| would be a step of 3.16 lr.
    np.testing.assert_allclose(steps(Adam(eps=0), [0.5, -4]), [0.9, 2.1], rtol=1e-12)


def test_adams_second_step_by_hand():
    # g = 1 then 0, β = 0.5, 0.75:  m = 0.5, 0.25;  m̂ = 0.25 / 0.75 = 1/3
    #                               v = 0.25, 0.1875;  v̂ = 0.1875 / 0.4375 = 3/7
    got = steps(Adam(beta1=0.5, beta2=0.75, eps=0), [1, 1], [0, 0])
    np.testing.assert_allclose(got[0], 1 - 0.1 - 0.1 * (1 / 3) / (3 / 7) ** 0.5)


def test_adams_eps_stands_outside_the_root():
    np.testing.assert_allclose(steps(Adam(eps=1.5), [0.5, 0.5])[0], 1 - 0.1 * 0.5 / (0.5 + 1.5))


def test_adamw_by_hand_shrinks_the_weight_and_spares_the_bias():
    # 1 · (1 - 0.1 · 0.2) - 0.1;  2 + 0.1
    adamw = AdamW(eps=0, weight_decay=0.2, decay_mask=MASK)
    np.testing.assert_allclose(steps(adamw, [0.5, -4]), [0.88, 2.1])


def test_l2_in_adam_is_part_of_the_gradient():
    # without a gradient of the loss, all of the step is the decay's: lr, not lr · decay · w
    adam = Adam(eps=0, weight_decay=0.2, decay_mask=True)
    np.testing.assert_allclose(steps(adam, [0, 0]), [0.9, 1.9])


# --- properties --------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("make", EVERY)
def test_theta_changes_in_place_the_gradient_does_not_and_dtypes_stay(make, dtype):
    optimizer, theta, grad = make(), np.ones(2, dtype), np.array([0.5, -4], dtype)
    alias = theta
    for _ in range(3):
        before = {name: id(array) for name, array in optimizer.state.items()}
        optimizer.step(theta, grad, np.float64(0.1))  # a NumPy rate must not promote
        if before:
            assert {name: id(array) for name, array in optimizer.state.items()} == before
    assert theta is alias
    assert (theta != 1).all()
    assert grad.tolist() == [0.5, -4]
    assert all(array.dtype == dtype for array in optimizer.state.values())
    assert optimizer.steps == 3


@pytest.mark.parametrize("make", EVERY)
def test_each_optimiser_finds_the_bottom_of_a_ravine(make):
    optimizer, theta = make(), np.array([1.0, -1.0])
    optimizer.weight_decay = 0
    for i in range(2000):
        optimizer.step(theta, np.array([1.0, 20.0]) * theta, 0.02 * 0.997**i)
    assert np.abs(theta).max() < 1e-2


@pytest.mark.parametrize("make", [*EVERY[:2], RMSProp, Adam])
def test_a_long_theta_steps_like_its_parts(make, rng):
    """theta is gone through in pieces; 300,000 numbers are more than one of them."""
    theta, grad = rng.standard_normal((2, 300_000))
    mask = rng.random(300_000) < 0.5
    whole, parts, optimizers = theta.copy(), theta.copy(), [make() for _ in range(3)]
    for optimizer in optimizers:
        optimizer.weight_decay = 0.1
    halves = (slice(0, 20_000), slice(20_000, None))
    for optimizer, part in zip(optimizers, (slice(None), *halves)):
        optimizer.decay_mask = mask[part]
    for _ in range(2):
        optimizers[0].step(whole, grad, 0.1)
        for optimizer, half in zip(optimizers[1:], halves):
            optimizer.step(parts[half], grad[half], 0.1)
    np.testing.assert_array_equal(whole, parts)
    assert (whole != theta).all()


def test_an_optimiser_belongs_to_one_network():
    adam = Adam()
    adam.step(np.ones(3), np.ones(3), 0.1)
    with pytest.raises(ValueError, match=r"averages m of shape \(3,\), theta has \(4,\)"):
        adam.step(np.ones(4), np.ones(4), 0.1)


def test_repr_names_the_settings_and_not_the_memory():
    sgd = SGD(momentum=0.9, nesterov=True)
    sgd.step(np.ones(3), np.ones(3), 0.1)
    assert repr(sgd) == "SGD(weight_decay=0.0, momentum=0.9, nesterov=True)"


def test_settings_that_cannot_be_meant_are_refused():
    with pytest.raises(TypeError, match=r"decay_mask=network\.decay_mask"):
        SGD(weight_decay=0.1)
    with pytest.raises(TypeError, match="decay_mask"):
        AdamW()
    with pytest.raises(ValueError, match="zero or more"):
        SGD(weight_decay=-1, decay_mask=MASK)
    with pytest.raises(ValueError, match=r"give momentum=0\.9"):
        SGD(nesterov=True)


@pytest.mark.parametrize(
    "make",
    [
        lambda: SGD(momentum=1.5),
        lambda: SGD(momentum=1),
        lambda: RMSProp(alpha=-0.1),
        lambda: Adam(beta1=1.0),
        lambda: Adam(beta2=float("nan")),
    ],
)
def test_an_average_that_never_forgets_is_refused(make):
    with pytest.raises(ValueError, match="must be from 0 to below 1"):
        make()


def test_a_decay_mask_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"decay_mask has shape \(1,\), theta \(2,\)"):
        steps(SGD(weight_decay=0.1, decay_mask=np.array([True])), [1, 1])
    with pytest.raises(ValueError, match="zero or more, got nan"):
        SGD(weight_decay=float("nan"), decay_mask=True)
