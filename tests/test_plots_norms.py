"""Batch norm's column, drawn: the numbers on the page are those of the nine steps."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from digitlib import numerical_gradient, plots

plt.switch_backend("Agg")
X, BLAME = np.array([-4.0, -1, 0, 2, 8]), np.array([-0.2, 0.3, 0.2, 0, 0.2])


@pytest.fixture(autouse=True)
def _style():
    with plt.rc_context():
        plots.house_style()
        yield
        for number in plt.get_fignums():  # the layout may warn: warnings are errors here
            plt.figure(number).canvas.draw()
        plt.close("all")


def numbers(ax):
    """Every number that the picture shows, by its id."""
    return {
        text.get_gid(): float(text.get_text().replace("−", "-"))
        for text in ax.texts
        if text.get_gid()
    }


def steps(X, gamma, beta, eps=0.0, **moved):
    """The nine steps, any of their numbers moved by what `moved` adds."""
    found = {"x": X + moved.get("x", 0)}
    found["mean"] = found["x"].mean() + moved.get("mean", 0)
    found["c"] = found["x"] - found["mean"] + moved.get("c", 0)
    found["var"] = (found["c"] ** 2).mean() + moved.get("var", 0)
    found["s"] = np.sqrt(found["var"] + eps) + moved.get("s", 0)
    found["1/s"] = 1 / found["s"] + moved.get("1/s", 0)
    found["x̂"] = found["c"] * found["1/s"] + moved.get("x̂", 0)
    found["y"] = gamma * found["x̂"] + beta + moved.get("y", 0)
    return found


@pytest.mark.parametrize(("gamma", "beta", "eps"), [(2, 1, 0.0), (-1.5, 0.25, 0.5)])
def test_every_number_is_that_of_its_step_and_every_blame_its_measured_slope(gamma, beta, eps):
    ax = plots.batch_norm_paths(X, gamma, beta, BLAME, row=3, back=True, eps=eps)
    shown, expected = numbers(ax), steps(X, gamma, beta, eps)
    for name, values in expected.items():
        slopes = numerical_gradient(
            lambda by, name=name: BLAME @ steps(X, gamma, beta, eps, **{name: by})["y"],
            np.zeros(np.shape(values) or 1),
        )
        for i, (value, slope) in enumerate(zip(np.ravel(values), np.ravel(slopes))):
            at = name if np.ndim(values) == 0 else f"{name} {i}"
            assert shown[at] == pytest.approx(value, abs=6e-4)
            assert shown[f"d{at}"] == pytest.approx(slope, abs=6e-4), at
    assert len(shown) == 2 * (4 * len(X) + 4)


def test_without_the_way_back_only_the_outputs_are_blamed():
    assert {k for k in numbers(plots.batch_norm_paths(X, dY=BLAME)) if k[0] == "d"} == {
        f"dy {i}" for i in range(5)
    }
    assert not any(k[0] == "d" for k in numbers(plots.batch_norm_paths(X)))


def test_the_ways_of_one_image_are_drawn_in_looks_of_their_own():
    grey = len(plots.batch_norm_paths(X).lines)
    ax = plots.batch_norm_paths(X, row=1)
    thick = [line for line in ax.lines if line.get_linewidth() > 1.5]
    assert len(ax.lines) == grey + len(thick)
    assert len({line.get_color() for line in thick}) == 3
    assert len({str(line.get_linestyle()) for line in thick}) >= 2
    # itself 3; into the mean and out of it to all five; into the variance, s, 1/s, to all five
    assert len(thick) == 3 + (1 + 5) + (1 + 2 + 5)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: plots.batch_norm_paths([1.0]), "two to eight numbers"),
        (lambda: plots.batch_norm_paths(np.ones((2, 2))), r"got \(2, 2\)"),
        (lambda: plots.batch_norm_paths([1, 1, 1]), "all of x are equal"),
        (lambda: plots.batch_norm_paths(X, row=5), "row is one of 5 images; got 5"),
        (lambda: plots.batch_norm_paths(X, back=True), "give dY"),
        (lambda: plots.batch_norm_paths(X, dY=[1, 2]), r"one number for each of x; got \(2,\)"),
    ],
)
def test_what_cannot_be_drawn_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_scores_by_rate_are_the_means_of_the_tuning_runs_and_a_ring_is_the_chosen_rate():
    scores = {"a": {0.1: [0.5, 0.7], 1.0: [0.8, 0.9]}, "b": {0.1: [0.3, 0.1], 1.0: [0.2, None]}}
    rows = [
        {"phase": "tuning", "contestant": name, "rate": rate, "seed": seed, "score": score}
        for name, by_rate in scores.items()
        for rate, both in by_rate.items()
        for seed, score in enumerate(both)
    ]
    rows += [
        {"phase": "comparing", "contestant": name, "rate": rate, "seed": 9, "score": 0.99}
        for name, rate in (("a", 1.0), ("b", 0.1))
    ]
    table = pd.DataFrame(rows)
    ax = plots.score_by_rate(table, ylabel="share")
    for line, means in zip(ax.lines, ([0.6, 0.85], [0.2, 0.2])):
        np.testing.assert_allclose(line.get_xdata(), [0.1, 1])
        np.testing.assert_allclose(line.get_ydata(), means)
    rings = [c for c in ax.collections if c.get_facecolor().size == 0]
    found = [tuple(ring.get_offsets()[0]) for ring in rings]
    assert found == [pytest.approx((1, 0.85)), pytest.approx((0.1, 0.2))]
    dots = [c for c in ax.collections if c.get_facecolor().size]
    assert [len(c.get_offsets()) for c in dots] == [4, 3], "a failed run has no dot"
    assert [t.get_text() for t in ax.get_xticklabels()] == ["0.1", "1"]
    assert ax.get_ylabel() == "share"
    assert ax.get_xscale() == "log"
    with pytest.raises(ValueError, match="no tuning runs"):
        plots.score_by_rate(table[table["phase"] == "comparing"])
