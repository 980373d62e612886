"""Figures of the second edition, judged by the arrays behind the axes."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from figure_helpers import suptitle

from digitlib import metrics, plots
from digitlib.data import augment
from digitlib.formulas import conv2d
from digitlib.net.training import Epoch

plt.switch_backend("Agg")


@pytest.fixture(autouse=True)
def _style():
    with plt.rc_context():
        plots.house_style()
        yield
        for number in plt.get_fignums():  # the layout may warn: warnings are errors here
            plt.figure(number).canvas.draw()
        plt.close("all")


@pytest.fixture
def image():
    return np.random.default_rng(0).random(784).round(2)


def array(ax, n=0):
    return np.asarray(ax.images[n].get_array())


def test_convolution_window_shows_the_products_and_lights_the_answer(image):
    kernel = np.array([[1.0, 0, -2], [0.5, 3, 0], [0, 0, 1]])
    axes = plots.convolution_window(image, kernel, 4, 7)
    X = image.reshape(28, 28)
    Z = conv2d(X[None, :, :, None], kernel[:, :, None, None])[0, :, :, 0]
    np.testing.assert_array_equal(array(axes[0]), X)
    np.testing.assert_allclose(array(axes[2]), Z)
    products = [text.get_text().replace("−", "-").split(" · ") for text in axes[1].texts]
    window = [float(pixel) for pixel, _ in products]
    np.testing.assert_allclose(window, X[4:7, 7:10].ravel(), atol=0.005)
    assert [float(weight) for _, weight in products] == kernel.ravel().tolist()
    assert axes[2].get_title() == f"answer: {Z[4, 7]:.2f}".replace("-", "−")
    (frame,), (lit,) = axes[0].patches, axes[2].patches
    assert (*frame.get_xy(), frame.get_width()) == (6.5, 3.5, 3)
    assert (*lit.get_xy(), lit.get_width()) == (6.5, 3.5, 1)


@pytest.mark.parametrize(
    ("shape", "s", "place"), [((4, 4), 3, 2), ((3, 4), 2, 5), ((2, 2), 2, 0)]
)
def test_convolution_rows_is_a_product_and_frames_one_place(shape, s, place):
    rng = np.random.default_rng(s)
    X, W = rng.integers(-5, 6, shape), rng.integers(-5, 6, (s, s))
    axes = plots.convolution_rows(X, W, place)
    image, R, column, answers = map(array, axes)
    np.testing.assert_array_equal(image, X)
    np.testing.assert_array_equal(R @ column, answers)
    Z = conv2d(X[None, :, :, None].astype(float), W[:, :, None, None].astype(float))
    np.testing.assert_array_equal(answers.ravel(), Z.ravel())
    (window,), (row,), _, (answer,) = (ax.patches for ax in axes)
    x, y = (int(corner + 0.5) for corner in window.get_xy())
    np.testing.assert_array_equal(X[y : y + s, x : x + s].ravel(), R[place])
    assert row.get_xy() == answer.get_xy() == (-0.5, place - 0.5)
    assert (window.get_width(), row.get_width(), answer.get_width()) == (s, s * s, 1)


@pytest.mark.parametrize(("k", "size"), [(3, 4), (2, 3), (1, 2)])
def test_convolution_matrix_convolves_and_its_transpose_carries_blame_back(k, size):
    rng = np.random.default_rng(k)
    W, X = rng.standard_normal((k, k)), rng.standard_normal((1, size, size, 1))
    axes = plots.convolution_matrix(W, size)
    T = axes[1].images[0].get_array().filled(0)
    Z = conv2d(X, W[:, :, None, None])
    np.testing.assert_allclose(T @ X.ravel(), Z.ravel())
    np.testing.assert_array_equal(axes[2].images[0].get_array().filled(0), T.T)
    np.testing.assert_array_equal(array(axes[0]), W)
    written = {text.get_position(): text.get_text() for text in axes[1].texts}
    assert len(written) == k**2 * len(T)
    (x, y), text = next(iter(written.items()))
    assert float(text.replace("−", "-")) == pytest.approx(T[y, x], rel=0.01)
    boxes = [ax.get_window_extent() for ax in axes]
    cells = [box.width / ax.images[0].get_array().shape[1] for box, ax in zip(boxes, axes)]
    assert cells == pytest.approx([cells[0]] * 3)  # of one size, and square
    assert boxes[2].height / size**2 == pytest.approx(cells[0])
    assert boxes[0].y1 == pytest.approx(boxes[1].y1) == pytest.approx(boxes[2].y1)
    assert boxes[0].x1 < boxes[1].x0 < boxes[1].x1 < boxes[2].x0
    page = axes[0].figure.bbox
    assert page.x0 < boxes[0].x0
    assert boxes[2].x1 < page.x1
    assert page.y0 < boxes[2].y0 < boxes[2].y1 < page.y1 - 30  # below the title
    colours = array(axes[1], 1)  # one weight, one colour, wherever it stands
    for weight in W.ravel():
        assert len(np.unique(colours[weight == T], axis=0)) == 1


def test_inverse_map_points_to_where_the_ink_is_fetched(image):
    A, t = np.array([[0.0, 1], [-1, 0]]), np.array([2.0, -1])
    axes = plots.inverse_map(image, A, t, every=7)
    X = image.reshape(1, 28, 28)
    np.testing.assert_allclose(array(axes[1]), augment.move(X, A[None], t[None])[0])
    arrows = axes[0].collections[0]
    tails, tips = arrows.get_offsets(), arrows.get_offsets() + np.stack([arrows.U, arrows.V], 1)
    result = array(axes[1])
    for (x, y), (u, v) in zip(tails.astype(int), tips.round().astype(int)):
        if 0 <= u < 28 and 0 <= v < 28:
            assert result[y, x] == pytest.approx(X[0, v, u])


def test_generalisation_gap_is_shaded_between_the_means():
    scores = np.random.default_rng(0).random((3, 4, 2))
    axes = plots.generalisation_gap(
        {"digits": ([10, 100, 1000], scores), "units": ([2], scores[:1])}
    )
    assert [ax.get_xlabel() for ax in axes] == ["digits", "units"]
    lines = {line.get_label(): line for line in axes[0].lines}
    for n, name in enumerate(("training", "held out")):
        np.testing.assert_allclose(lines[name].get_ydata(), scores[:, :, n].mean(axis=1))
    dots = [line.get_ydata() for line in axes[0].lines if line.get_linestyle() == "None"]
    assert sorted(np.concatenate(dots)) == sorted(scores.ravel())
    shaded = axes[0].collections[0].get_paths()[0].vertices[:, 1]
    for mean in scores.mean(axis=1).ravel():
        assert np.isclose(shaded, mean).any()
    assert [tick.get_text() for tick in axes[0].get_xticklabels()] == ["10", "100", "1,000"]


def test_reliability_draws_a_network_beside_a_readers_guesses():
    rng = np.random.default_rng(1)
    P = rng.dirichlet(np.full(10, 0.2), 300)
    y = np.where(rng.random(300) < 0.8, P.argmax(axis=1), 0)
    sure, right = (
        np.array([0.5, 0.5, 0.9, 0.9, 0.9, 1.0]),
        [True, False, True, True, False, True],
    )
    ax = plots.reliability({"network": (P, y), "you": (sure, right)})
    found = metrics.calibration(P, y)
    some = found.count > 0
    np.testing.assert_allclose(ax.lines[0].get_xdata(), found.confidence[some])
    np.testing.assert_allclose(ax.lines[0].get_ydata(), found.accuracy[some])
    np.testing.assert_allclose(ax.lines[1].get_xdata(), [0.5, 0.9, 1.0])
    np.testing.assert_allclose(ax.lines[1].get_ydata(), [0.5, 2 / 3, 1.0])
    low, high = metrics.wilson_interval(2, 3)
    assert ax.collections[2].get_segments()[1] == pytest.approx(
        np.array([[0.9, low], [0.9, high]])
    )
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == ["network (300 answers)", "you (6 answers)"]


def test_digit_table_has_a_row_for_each_digit():
    X, y = np.random.default_rng(0).random((7, 784)), np.array([3, 1, 3, 1, 1, 3, 9])
    axes = plots.digit_table(X, y, columns=2)
    assert [line[0].get_ylabel() for line in axes] == ["1", "3", "9"]
    for line, rows in zip(axes, ([1, 3], [0, 2], [6])):
        for ax, row in zip(line, rows):
            np.testing.assert_array_equal(array(ax), X[row].reshape(28, 28))
    assert not axes[2, 1].axison


def epoch(n, valid=np.nan):
    return Epoch(n, 10 * n, 2.0 / n, 1 - 0.5 / n, valid, valid, 0.1, 1.0)


def test_learning_curves_are_loss_and_accuracy_side_by_side():
    axes = plots.learning_curves([epoch(n, 0.3 * n) for n in (1, 2, 3)])
    np.testing.assert_allclose(axes[0].lines[0].get_ydata(), [2, 1, 2 / 3])
    np.testing.assert_allclose(axes[1].lines[0].get_ydata(), [0.5, 0.75, 1 - 0.5 / 3])
    np.testing.assert_allclose(axes[1].lines[1].get_ydata(), [0.3, 0.6, 0.9])
    assert [ax.get_ylabel() for ax in axes] == ["mean loss (nats)", "accuracy"]
    without = plots.learning_curves([epoch(1), epoch(2)])
    assert [len(ax.lines) for ax in without] == [1, 1]


def test_seeds_are_dots_and_their_mean_a_bar():
    ax = plots.seeds({"a": [0.9, 0.8], "b": [0.7, 0.8, 0.9]}, title="T")
    assert list(ax.lines[0].get_xdata()) == [0.9, 0.8]
    assert list(ax.lines[1].get_xdata()) == [pytest.approx(0.85)]
    assert list(ax.lines[2].get_ydata()) == [1, 1, 1]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "b"]
    assert suptitle(ax.figure) == "T"
    assert "2 to 3 seeds" in suptitle(plots.seeds({"a": [1, 2], "b": [1, 2, 3]}).figure)


def test_signed_arrays_share_one_scale():
    A, B = np.array([[1.0, -4]]), np.array([[2.0], [0]])
    axes = plots.signed_arrays({"A": A, "B": B}, unit="slope")
    np.testing.assert_array_equal(array(axes[0]), A)
    np.testing.assert_array_equal(array(axes[1]), B)
    assert axes[0].images[0].get_clim() == axes[1].images[0].get_clim() == (-4, 4)
    assert axes[0].figure.axes[-1].get_ylabel() == "slope"


square, ink = np.eye(3), np.ones(784)
WRONG = [
    (
        lambda: plots.convolution_window(np.ones(784), np.ones((2, 3)), 0, 0),
        r"kernel is \(k, k\)",
    ),
    (lambda: plots.convolution_window(np.ones(784), square, 26, 0), "corner lies from 0 to 25"),
    (lambda: plots.convolution_rows(square, np.ones((2, 3))), r"the kernel is \(s, s\)"),
    (lambda: plots.convolution_rows(square[:2], square), "at least as large as the kernel"),
    (lambda: plots.convolution_rows(square, square, 1), "place runs from 0 to 0; got 1"),
    (lambda: plots.convolution_matrix(np.ones((2, 3))), r"W is a kernel \(k, k\)"),
    (lambda: plots.convolution_matrix(square, 2), "size runs from the kernel's 3 to 6; got 2"),
    (lambda: plots.generalisation_gap({"a": ([1, 2], np.ones((3, 1, 2)))}), r"\(K, S, 2\)"),
    (lambda: plots.generalisation_gap({}), "one entry or more"),
    (lambda: plots.inverse_map(np.ones(784), square), r"A is \(2, 2\) and t is \(2,\)"),
    (lambda: plots.reliability({}), "claims is a dict"),
    (lambda: plots.reliability({"a": ([0.5], [1, 0])}), "'a': 1 confidences, 2 answers"),
    (lambda: plots.reliability({"a": ([0.05], [1])}), "run from above 0.1 to 1, not from 0.05"),
    (lambda: plots.digit_table(np.ones((2, 784)), [1]), "1 labels for 2 rows"),
    (lambda: plots.learning_curves([]), "history holds no epoch"),
    (lambda: plots.seeds({}), "scores is a dict"),
    (lambda: plots.seeds({"a": [[1]]}), r"'a' has scores \(S,\); got \(1, 1\)"),
    (lambda: plots.signed_arrays({}), "at least one"),
    (lambda: plots.signed_arrays({"a": [1, 2]}), r"'a' is a matrix; got shape \(2,\)"),
]


@pytest.mark.parametrize(("call", "message"), WRONG)
def test_wrong_arrays_are_refused_by_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_every_figure_says_what_it_draws():
    public = [getattr(plots, name) for name in dir(plots) if not name.startswith("_")]
    figures = [thing for thing in public if callable(thing)]
    assert len(figures) > 20
    for figure in figures:
        assert figure.__doc__, figure.__name__
