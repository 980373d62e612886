"""Schedules at the steps where one can say what they must be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitlib import schedules


def test_constant():
    schedule = schedules.constant(0.3)
    assert schedule(0) == schedule(10_000) == 0.3


def test_step_decay_steps_down_after_every_so_many():
    schedule = schedules.step_decay(0.8, every=100, factor=0.5)
    assert [schedule(i) for i in (0, 99, 100, 199, 200)] == [0.8, 0.8, 0.4, 0.4, 0.2]


def test_cosine_warms_up_in_a_line_and_comes_down_half_a_cosine():
    schedule = schedules.cosine(1.0, steps=103, warmup=3, lr_end=0.2)
    assert [schedule(i) for i in (0, 1, 2, 3)] == pytest.approx([0.25, 0.5, 0.75, 1])
    assert schedule(53) == pytest.approx(0.6)  # half way, half the height
    assert schedule(103) == schedule(500) == pytest.approx(0.2)


def test_one_cycle_rises_peaks_and_falls():
    schedule = schedules.one_cycle(1.0, steps=101, rise=0.5, start=10, end=100)
    assert schedule(0) == pytest.approx(0.1)
    assert schedule(49.5) == pytest.approx(1)  # 0.5 · 101 - 1
    assert schedule(100) == schedule(200) == pytest.approx(0.001)
    rates = [schedule(i) for i in range(101)]
    assert np.argmax(rates) in (49, 50)
    assert (np.diff(rates[:50]) > 0).all()
    assert (np.diff(rates[50:]) < 0).all()


def test_one_cycle_starts_low_and_ends_lower():
    schedule = schedules.one_cycle(2.0, steps=100)
    assert [schedule(i) for i in (0, 29, 99)] == pytest.approx([2 / 25, 2, 2 / 25 / 1e4])
    assert schedule(64) == pytest.approx((2 + 2 / 25 / 1e4) / 2), "half way down: 29 + 35"
    assert schedules.one_cycle(2.0, steps=1)(0) == 2
    assert schedules.one_cycle(2.0, steps=2)(1) == pytest.approx(2 / 25 / 1e4)


def test_the_smallest_settings_that_can_be_meant():
    assert schedules.constant(0)(5) == 0
    assert [schedules.step_decay(1, every=1, factor=0.5)(i) for i in (0, 1, 2)] == [
        1,
        0.5,
        0.25,
    ]
    assert schedules.cosine(1, steps=1)(0) == 1
    assert schedules.cosine(1, steps=2, warmup=1)(0) == 0.5


@given(
    steps=st.integers(1, 300),
    share=st.floats(0, 0.99),
    lr=st.floats(1e-4, 10),
    step=st.integers(0, 400),
)
def test_every_rate_is_a_python_float_between_zero_and_lr(steps, share, lr, step):
    for schedule in (
        schedules.constant(np.float64(lr)),
        schedules.step_decay(np.float64(lr), every=steps),
        schedules.cosine(np.float64(lr), steps, warmup=int(share * steps)),
        schedules.one_cycle(np.float64(lr), steps),
    ):
        rate = schedule(step)
        assert type(rate) is float
        assert 0 <= rate <= lr * (1 + 1e-12)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: schedules.constant(-1), "learning rate"),
        (lambda: schedules.constant(float("nan")), "learning rate"),
        (lambda: schedules.constant(float("inf")), "learning rate"),
        (lambda: schedules.step_decay(1, every=0), "every is a whole number"),
        (lambda: schedules.cosine(1, 10, warmup=10), "warmup=10"),
        (lambda: schedules.cosine(1, 2.5), "steps is a whole number"),
        (lambda: schedules.cosine(1, 10, warmup=-1), "warmup=-1"),
        (lambda: schedules.one_cycle(1, 10, rise=1), "rise is a share"),
        (lambda: schedules.one_cycle(1, 10, rise=0), "rise is a share"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
