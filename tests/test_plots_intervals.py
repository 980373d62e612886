"""The figures of notebook 13: Wilson's interval and the throws of a fair coin."""

import math

import matplotlib.pyplot as plt
import numpy as np
import pytest

from digitlib import metrics, plots

plt.switch_backend("Agg")


@pytest.fixture(autouse=True)
def _style():
    with plt.rc_context():
        plots.house_style()
        yield
        for number in plt.get_fignums():  # the layout may warn: warnings are errors here
            plt.figure(number).canvas.draw()
        plt.close("all")


@pytest.mark.parametrize(("right", "n"), [(18, 20), (5, 8), (0, 10), (200, 200), (970, 1000)])
def test_possible_truths_draws_the_interval_where_the_band_holds_the_share(right, n):
    ax = plots.possible_truths(right, n)
    low, high = metrics.wilson_interval(right, n)
    np.testing.assert_allclose(ax.lines[0].get_xdata(), [low, high])
    np.testing.assert_allclose(ax.lines[0].get_ydata(), [right / n] * 2)
    for end in (low, high):  # there the share lies 1.96 standard errors away
        if 0 < end < 1:
            s = math.sqrt(end * (1 - end) / n)
            assert abs(right / n - end) == pytest.approx(1.96 * s, rel=1e-3)
    band = ax.collections[0].get_paths()[0].vertices
    assert band[:, 1].min() >= 0
    assert band[:, 1].max() <= 1
    assert [text.get_text() for text in ax.texts] == [f"{low:.3f}", f"{high:.3f}"]


@pytest.mark.parametrize(("b", "c"), [(1, 5), (5, 1), (3, 3), (0, 4), (5, 22)])
def test_fair_coins_hatches_what_is_at_least_as_uneven(b, c):
    ax = plots.fair_coins(b, c)
    heights = np.array([bar.get_height() for bar in ax.patches])
    assert len(heights) == b + c + 1
    assert heights.sum() == pytest.approx(1)
    hatched = np.array([bar.get_hatch() == "///" for bar in ax.patches])
    first, second = [0] * b + [1] * c, [1] * b + [0] * c
    p = metrics.mcnemar(np.array(second), np.array(first), np.ones(b + c, int)).p
    assert heights[hatched].sum() == pytest.approx(p)
    written = [text.get_text() for text in ax.texts]
    assert written == (
        [f"{math.comb(b + c, i):,}" for i in range(b + c + 1)] if b + c <= 20 else []
    )


@pytest.mark.parametrize(("b", "c"), [(0, 0), (-1, 3)])
def test_counts_that_are_no_throws_are_refused(b, c):
    with pytest.raises(ValueError, match="b and c are counts, not both 0"):
        plots.fair_coins(b, c)


def test_a_share_of_nothing_is_refused():
    with pytest.raises(ValueError, match="right is from 0 to n"):
        plots.possible_truths(5, 4)


@pytest.mark.parametrize(("right", "n", "new"), [(776, 800, (250, 750)), (7, 10, (3,))])
def test_possible_scores_ends_where_the_curve_crosses(right, n, new):
    ax = plots.possible_scores(right, n, new)
    curves, ends = ax.lines[0 : 2 * len(new) + 2 : 2], ax.lines[1 : 2 * len(new) + 2 : 2]
    intervals = [metrics.prediction_interval(right, n, m) for m in new]
    intervals.append(metrics.wilson_interval(right, n))
    for curve, end, (low, high) in zip(curves, ends, intervals, strict=True):
        np.testing.assert_allclose(end.get_xdata(), [low, high])
        t, z = curve.get_data()
        inside = (t > low) & (t < high)
        assert z[inside].max() <= 1.9605
        assert z[~inside].min() >= 1.9595
    with pytest.raises(ValueError, match="from 1 to n - 1"):
        plots.possible_scores(10, 10)
