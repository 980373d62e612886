"""The figures of notebook 14, judged by the arrays behind the axes."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from figure_helpers import suptitle

from digitlib import plots
from digitlib.plots import images as plots_images

plt.switch_backend("Agg")


@pytest.fixture(autouse=True)
def _style():
    with plt.rc_context():
        plots.house_style()
        yield
        for number in plt.get_fignums():  # the layout may warn: warnings are errors here
            plt.figure(number).canvas.draw()
        plt.close("all")


def test_numbers_writes_every_entry_where_it_stands():
    A, b = np.array([[1.0, -2.5], [0.0, 3.0], [4.0, 5.0]]), np.array([[7.0], [8.0]])
    axes = plots_images.numbers({"A": A, "b": b}, title="Two")
    assert [ax.get_title() for ax in axes] == ["A", "b"]
    assert suptitle(axes[0].figure) == "Two"
    written = {text.get_position(): text.get_text() for text in axes[0].texts}
    assert written == {
        (0, 0): "1", (1, 0): "-2.5", (0, 1): "0", (1, 1): "3", (0, 2): "4", (1, 2): "5"
    }  # fmt: skip
    np.testing.assert_array_equal(axes[1].images[0].get_array(), b)
    assert axes[0].images[0].get_clim() == axes[1].images[0].get_clim() == (-16, 16)
    axes[0].figure.canvas.draw()
    cells = [ax.get_window_extent().width / A.shape[1] for ax, A in zip(axes, (A, b))]
    assert cells[0] == pytest.approx(cells[1])


@pytest.mark.parametrize("bad", [{}, {"A": np.ones(3)}, {"A": np.ones((21, 2))}])
def test_numbers_refuses_what_it_cannot_write(bad):
    with pytest.raises(ValueError, match=r"at least one|at most 20"):
        plots_images.numbers(bad)


def test_feature_maps_draws_a_row_for_each_with_its_own_scale():
    rng = np.random.default_rng(0)
    one, two = rng.random((3, 4, 4)), 10 * rng.random((2, 6, 6))
    axes = plots_images.feature_maps({"one": one, "two": two}, ["a", "b", "c"])
    assert axes.shape == (2, 3)
    assert [ax.get_title() for ax in axes[0]] == ["a", "b", "c"]
    assert [line[0].get_ylabel() for line in axes] == ["one", "two"]
    for line, maps in zip(axes, (one, two)):
        for ax, image in zip(line, maps):
            np.testing.assert_array_equal(ax.images[0].get_array(), image)
            assert ax.images[0].get_clim() == (0, maps.max())
    assert not axes[1, 2].axison


def test_feature_maps_keeps_the_first_columns_and_the_sign():
    maps = np.stack([np.full((2, 2), value) for value in (-1.0, 0.5, 9.0)])
    axes = plots_images.feature_maps({"m": maps}, columns=2, signed=True)
    assert axes.shape == (1, 2)
    assert axes[0, 0].images[0].get_clim() == (-1, 1)


@pytest.mark.parametrize("bad", [{}, {"a": np.ones((3, 3))}])
def test_feature_maps_refuses_other_shapes(bad):
    with pytest.raises(ValueError, match=r"one or more|\(C, H, W\)"):
        plots_images.feature_maps(bad)
