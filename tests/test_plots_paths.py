"""The figures of notebook 10: paths over a ravine, and scores above a floor."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from digitlib import plots


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def bowl(theta):
    return np.sum(np.array([1.0, 9.0]) * theta**2, axis=-1)


def test_each_path_has_a_panel_with_its_points():
    short, long = np.zeros((3, 2)), np.arange(10.0).reshape(5, 2)
    axes = plots.descents(bowl, {"short": short, "long": long}, x=(-2, 9), y=(-1, 5))
    assert [ax.get_title() or ax.get_title(loc="left") for ax in axes] == ["short", "long"]
    for ax, path in zip(axes, (short, long)):
        np.testing.assert_array_equal(ax.lines[0].get_xydata(), path)
        np.testing.assert_array_equal(ax.lines[1].get_xydata(), path[:1])
        np.testing.assert_array_equal(ax.lines[2].get_xydata(), [[0, 0]])
        assert ax.get_xlim() == (-2, 9)
        assert ax.get_ylim() == (-1, 5)
    assert axes[-1].get_xlabel() == r"$\theta_1$"
    assert len(plots.descents(bowl, {"alone": short})) == 1


def test_a_path_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="at least one path"):
        plots.descents(bowl, {})
    with pytest.raises(ValueError, match=r"'a' is a path of points \(T, 2\); got \(3,\)"):
        plots.descents(bowl, {"a": np.zeros(3)})
    with pytest.raises(ValueError, match=r"'a' is a path of points \(T, 2\); got \(4, 3\)"):
        plots.descents(bowl, {"a": np.zeros((4, 3))})
    with pytest.raises(ValueError, match=r"loss maps points \(..., 2\) to \(...\); got \(\)"):
        plots.descents(np.sum, {"a": np.zeros((4, 2))})


def tuning():
    columns = {
        "phase": ["tuning"] * 5 + ["comparing"],
        "contestant": ["A", "A", "A", "A", "B", "B"],
        "rate": [0.1, 0.1, 1.0, 1.0, 0.1, 0.1],
        "score": [0.8, 0.9, 0.2, None, 0.5, 0.7],
    }
    return pd.DataFrame(columns)


def test_what_lies_below_the_floor_is_drawn_on_it():
    ax = plots.score_by_rate(tuning(), floor=0.6)
    np.testing.assert_allclose(ax.lines[0].get_ydata(), [0.85, 0.6])
    np.testing.assert_allclose(ax.lines[1].get_ydata(), [0.6])
    np.testing.assert_allclose(ax.collections[0].get_offsets()[:, 1], [0.8, 0.9, 0.6])
    assert list(ax.lines[2].get_ydata()) == [0.6, 0.6]


def test_without_a_floor_scores_stand_where_they_are():
    ax = plots.score_by_rate(tuning())
    np.testing.assert_allclose(ax.lines[0].get_ydata(), [0.85, 0.2])
    assert len(ax.lines) == 2
