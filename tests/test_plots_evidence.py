"""Maps of pixels beside their digits, judged by the arrays behind the axes."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from digitlib import plots

plt.switch_backend("Agg")


@pytest.fixture(autouse=True)
def _style():
    with plt.rc_context():
        plots.house_style()
        yield
        for number in plt.get_fignums():  # the layout may warn: warnings are errors here
            plt.figure(number).canvas.draw()
        plt.close("all")


def test_each_row_has_its_values_and_its_own_scale():
    rng = np.random.default_rng(0)
    X, slopes = rng.random((5, 784)), rng.standard_normal((5, 784))
    axes = plots.pixel_maps(
        X, {"slope": slopes, "small": 0.01 * slopes.reshape(5, 28, 28)}, labels="abcde"
    )
    assert axes.shape == (3, 5)
    for i in range(5):
        np.testing.assert_array_equal(axes[0, i].images[0].get_array(), X[i].reshape(28, 28))
        shown = axes[1, i].images[0]
        np.testing.assert_array_equal(shown.get_array().ravel(), slopes[i])
        limit = np.abs(slopes).max()
        assert shown.get_clim() == (-limit, limit)
        assert axes[2, i].images[0].get_clim() == pytest.approx((-0.01 * limit, 0.01 * limit))
        assert axes[0, i].get_title() == "abcde"[i]
    assert [ax.get_ylabel() for ax in axes[:, 0]] == ["digit", "slope", "small"]


def test_the_edge_of_the_ink_is_drawn_where_there_is_one():
    X = np.zeros((2, 784))
    X[0, 300:310] = 1
    maps = {"a long name of a row": np.zeros((2, 784))}
    with_edge = plots.pixel_maps(X, maps)
    assert [len(ax.collections) > 0 for ax in with_edge[1]] == [True, False]
    without = plots.pixel_maps(X, maps, outline=False)
    assert not any(ax.collections for ax in without.ravel())
    assert with_edge[1, 0].get_ylabel() == "a long name of\na row"


@pytest.mark.parametrize(
    ("X", "maps", "labels", "message"),
    [
        (np.zeros((2, 784)), {}, None, "at least one entry"),
        (np.zeros((13, 784)), {"a": np.zeros((13, 784))}, None, "1 to 12 digits, not 13"),
        (np.zeros((2, 784)), {"a": np.zeros((3, 784))}, None, r"'a' has a value .* \(3, 784\)"),
        (np.zeros((2, 784)), {"a": np.zeros((2, 784))}, ["x"], "1 labels for 2 digits"),
        (np.zeros((2, 700)), {"a": np.zeros((2, 784))}, None, "images are"),
    ],
)
def test_what_cannot_be_drawn_is_refused(X, maps, labels, message):
    with pytest.raises(ValueError, match=message):
        plots.pixel_maps(X, maps, labels)


def test_a_bar_begins_at_0_where_nothing_is_below():
    X = np.zeros((1, 784))
    values = np.linspace(0, 3, 784)[None]
    axes = plots.pixel_maps(X, {"up": values, "both": values - 1})
    bars = [ax for ax in axes[0, 0].figure.axes if ax not in set(axes.ravel())]
    assert [bar.get_ylim() for bar in bars] == [(0, 3), (-2, 2)]
