"""The figures of notebooks 05 and 06: what is drawn is what was given."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from digitlib import plots


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def test_claims_are_drawn_against_measurements():
    claimed, measured = np.arange(6.0).reshape(2, 3), np.ones((2, 3))
    axes = plots.claimed_against_measured({"a": (claimed, measured), "b": (measured, claimed)})
    x, y = axes[0].lines[1].get_data()
    np.testing.assert_array_equal(x, measured.ravel())
    np.testing.assert_array_equal(y, claimed.ravel())
    assert [ax.get_title() for ax in axes] == ["a", "b"]
    with pytest.raises(ValueError, match="differ in shape"):
        plots.claimed_against_measured({"a": (claimed, measured.T)})
    with pytest.raises(ValueError, match="at least one"):
        plots.claimed_against_measured({})


def test_every_run_has_its_panel():
    series = {"A": [3.0, 2.0, 1.0], "B": [1.0, 1.0, 2.0], "C": [5.0, 5.0, 5.0]}
    axes = plots.panels(
        series, healthy=[2.0, 1.0, 0.5], chance=2.3, columns=2, log=True, limits=(0.1, 9)
    )
    assert [ax.get_title(loc="left") or ax.get_title() for ax in axes] == ["A", "B", "C"]
    chance, healthy, run = axes[1].lines
    np.testing.assert_array_equal(run.get_ydata(), series["B"])
    np.testing.assert_array_equal(run.get_xdata(), [1, 2, 3])
    np.testing.assert_array_equal(healthy.get_ydata(), [2.0, 1.0, 0.5])
    assert list(chance.get_ydata()) == [2.3, 2.3]
    assert axes[0].get_yscale() == "log"
    assert axes[0].get_ylim() == (0.1, 9)
    assert [ax.get_visible() for ax in axes[0].figure.axes] == [True, True, True, False]
    assert len(plots.panels({"A": [1.0, 2.0]})[0].lines) == 1
    with pytest.raises(ValueError, match="at least one"):
        plots.panels({})


def test_score_strips_are_sorted_by_their_means():
    scores = {"good": [0.9, 0.8], "bad": [0.1, 0.3], "fair": [0.5, 0.6]}
    ax = plots.score_strips(scores, quiet=("fair",))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["bad", "fair", "good"]
    for row, name in enumerate(("bad", "fair", "good")):
        np.testing.assert_array_equal(ax.lines[2 * row].get_xdata(), scores[name])
        assert ax.lines[2 * row + 1].get_xdata()[0] == np.mean(scores[name])
        assert (ax.lines[2 * row].get_marker() == "s") == (name == "fair")
    with pytest.raises(ValueError, match="at least one"):
        plots.score_strips({})
