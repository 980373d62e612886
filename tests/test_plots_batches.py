"""The figures of notebook 07: what is drawn is what was given."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from digitlib import plots


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def test_errors_are_drawn_against_the_formula():
    ax = plots.batch_error([1, 4, 100], [7.9, 2.1, 0.0], variance=8.0, n=100, length=0.5)
    plain, finite, measured, dotted = ax.lines
    x, y = plain.get_data()
    np.testing.assert_allclose(y, 8.0 / x)
    assert x[0] == pytest.approx(1)
    assert x[-1] == pytest.approx(100)
    np.testing.assert_allclose(finite.get_ydata(), 8.0 / x * (100 - x) / 99, atol=1e-12)
    assert list(measured.get_xdata()) == [1, 4, 100]
    assert list(measured.get_ydata()) == [7.9, 2.1, 0.0]
    assert list(dotted.get_ydata()) == [0.5, 0.5]
    assert ax.get_xscale() == ax.get_yscale() == "log"
    assert len(plots.batch_error([1, 2], [1.0, 0.5], 1.0, 10).lines) == 3
    with pytest.raises(ValueError, match="must both be"):
        plots.batch_error([1, 2], [1.0], 1.0, 10)
    with pytest.raises(ValueError, match="larger than the data"):
        plots.batch_error([1, 20], [1.0, 0.5], 1.0, 10)


def table():
    rows = [
        ("tuning", "16", 0.1, 5, 1.0),
        ("tuning", "16", 0.1, 6, 2.0),
        ("tuning", "16", 0.2, 5, 0.5),
        ("tuning", "16", 0.2, 6, np.nan),
        ("tuning", "all", 0.1, 5, 2.0),
        ("tuning", "all", 0.2, 5, 1.8),
        ("comparing", "16", 0.1, 0, 99.0),
    ]
    return pd.DataFrame(rows, columns=["phase", "contestant", "rate", "seed", "score"])


def test_valleys_are_drawn_by_rate_and_by_rate_per_digit():
    left, right = plots.rate_valleys(table(), {"16": 16, "all": 3200}, chance=2.3)
    assert list(left.lines[0].get_xdata()) == [0.1, 0.2]
    assert list(left.lines[0].get_ydata()) == [1.5, 0.5]  # the failed run is left out
    np.testing.assert_allclose(right.lines[0].get_xdata(), [0.4, 0.8])
    np.testing.assert_allclose(right.lines[1].get_xdata(), [0.002, 0.004])
    assert list(right.lines[1].get_ydata()) == [2.0, 1.8]
    assert list(left.lines[2].get_ydata())[:3] == [1.0, 2.0, 0.5]
    assert list(left.lines[4].get_ydata()) == [2.3, 2.3]
    assert max(max(line.get_ydata()) for line in left.lines) < 99, "tuning runs alone"
    texts = [text.get_text() for text in right.get_legend().get_texts()]
    assert texts == ["16", "3,200"]
    with pytest.raises(ValueError, match="no tuning runs of 64"):
        plots.rate_valleys(table(), {"64": 64})
    with pytest.raises(ValueError, match="at least one"):
        plots.rate_valleys(table(), {})


def test_noisy_losses_have_their_running_mean():
    losses = np.arange(20.0)
    (ax,) = plots.noisy_losses({8: losses}, n=80, window=32)
    grey, blue = ax.lines
    np.testing.assert_allclose(grey.get_xdata(), np.arange(1, 21) / 10)
    np.testing.assert_array_equal(grey.get_ydata(), losses)
    np.testing.assert_allclose(blue.get_ydata(), losses[3:] - 1.5)
    np.testing.assert_allclose(blue.get_xdata(), np.arange(4, 21) / 10)
    with pytest.raises(ValueError, match="too few steps"):
        plots.noisy_losses({8: losses}, n=80, window=640)
    with pytest.raises(ValueError, match="at least one"):
        plots.noisy_losses({}, n=80)
