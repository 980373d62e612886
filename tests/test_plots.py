"""The figures, judged by the arrays behind the axes."""

import itertools
import subprocess
import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest
from figure_helpers import suptitle
from matplotlib.text import Text

from digitlib import plots
from digitlib.plots.style import titled

plt.switch_backend("Agg")


@pytest.fixture(autouse=True)
def _style(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a plot must not call plt.show")

    monkeypatch.setattr(plt, "show", refuse)
    monkeypatch.setattr(plt.Figure, "show", refuse)
    with plt.rc_context():
        plots.house_style()
        yield
        for number in plt.get_fignums():  # the layout may warn: warnings are errors here
            plt.figure(number).canvas.draw()
        plt.close("all")


@pytest.fixture
def digits():
    rng = np.random.default_rng(0)
    return rng.random((30, 784), dtype=np.float32), np.arange(30) % 10


def pixels(ax):
    return np.asarray(ax.images[0].get_array())


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_digit_grid_draws_the_rows_in_order_dark_on_light(digits):
    X, y = digits
    axes = plots.digit_grid(X[:13], y[:13], columns=5)
    assert axes.shape == (13,)
    assert suptitle(axes[0].figure) == "13 digits, labelled"
    assert [ax.get_title() for ax in axes] == [str(label) for label in y[:13]]
    for ax, row in zip(axes, X):
        np.testing.assert_array_equal(pixels(ax), row.reshape(28, 28))
        assert ax.images[0].get_clim() == (0, 1)
        assert ax.images[0].get_cmap()(0.0)[:3] == (1.0, 1.0, 1.0)
        assert ax.images[0].get_interpolation() == "nearest"
        assert not len(ax.get_xticks())
        assert not len(ax.get_yticks())
    assert sum(ax.axison for ax in axes[0].figure.axes) == 13  # the last row's rest is blank


def test_bytes_and_square_images_are_drawn_alike(digits):
    raw = (digits[0][:3] * 255).astype(np.uint8)
    flat = plots.digit_grid(raw, title="Raw bytes")
    square = plots.digit_grid(raw.reshape(3, 28, 28))
    for i, (a, b) in enumerate(zip(flat, square)):
        np.testing.assert_array_equal(pixels(a), pixels(b))
        np.testing.assert_allclose(pixels(a).ravel(), raw[i] / 255, rtol=1e-6)
    assert suptitle(flat[0].figure) == "Raw bytes"


def test_class_counts_writes_each_count_on_its_bar():
    y = np.repeat(np.arange(9), np.arange(1, 10) * 300)  # no 9 at all
    ax = plots.class_counts(y)
    counts = [300 * k for k in range(1, 10)] + [0]
    assert [bar.get_height() for bar in ax.patches] == counts
    assert texts(ax) == [f"{count:,}" for count in counts]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("digit", "examples (count)")
    assert "13,500" in ax.get_title(loc="left")


def test_axis_sums_draws_the_ink_of_columns_above_and_of_rows_beside(digits):
    image = digits[0][3]
    for given in (image, image.reshape(28, 28)):
        shown, above, beside = plots.axis_sums(given, title="Sums")
        np.testing.assert_array_equal(pixels(shown), image.reshape(28, 28))
        heights = [bar.get_height() for bar in above.patches]
        widths = [bar.get_width() for bar in beside.patches]
        np.testing.assert_allclose(heights, image.reshape(28, 28).sum(axis=0))
        np.testing.assert_allclose(widths, image.reshape(28, 28).sum(axis=1))
        assert beside.get_ylim() == (27.5, -0.5), "row 0 is at the top, as in the image"
        assert above.get_xlim() == (-0.5, 27.5)
        assert suptitle(above.figure) == "Sums"
    with pytest.raises(ValueError, match="images are"):
        plots.axis_sums(digits[0][:2])


def test_pixel_values_writes_each_pixel_of_the_framed_part(digits):
    image = digits[0][3]
    for given in (image, image.reshape(28, 28)):
        whole, part = plots.pixel_values(given, rows=(4, 9), columns=(10, 13), title="Ink")
        np.testing.assert_array_equal(pixels(whole), image.reshape(28, 28))
        np.testing.assert_array_equal(pixels(part), image.reshape(28, 28)[4:9, 10:13])
        written = {text.get_position(): text.get_text() for text in part.texts}
        assert written == {
            (c, r): f"{255 * image.reshape(28, 28)[4 + r, 10 + c]:.0f}"
            for r in range(5)
            for c in range(3)
        }
        (frame,) = whole.patches
        assert (frame.get_xy(), frame.get_width(), frame.get_height()) == ((9.5, 3.5), 3, 5)
    for bad in ((5, 5), (-1, 4), (0, 15), (20, 29)):
        with pytest.raises(ValueError, match="rows and columns are parts"):
            plots.pixel_values(image, rows=bad)


def test_mean_digits_are_means_in_the_order_of_the_digits(digits):
    X, y = digits
    axes = plots.mean_digits(X[::-1], y[::-1])
    assert [ax.get_title() for ax in axes] == list("0123456789")
    for digit, ax in enumerate(axes):
        mean = X[y == digit].mean(axis=0).reshape(28, 28)
        np.testing.assert_allclose(pixels(ax), mean, rtol=1e-5)
    assert [ax.get_title() for ax in plots.mean_digits(X[2:5], y[2:5])] == ["2", "3", "4"]


def test_learning_curve_draws_the_values_and_names_the_ends():
    steps = np.arange(50)
    series = {"training": 1 / (1 + steps), "validation": 1 / (1 + steps) + 1e-3}
    ax = plots.learning_curve(steps, series, ylabel="loss (nats)", xlabel="epoch")
    for line, (name, values) in zip(ax.lines, series.items()):
        assert line.get_label() == name
        np.testing.assert_array_equal(line.get_xdata(), steps)
        np.testing.assert_array_equal(line.get_ydata(), values)
    looks = [(line.get_color(), line.get_linestyle(), line.get_marker()) for line in ax.lines]
    assert all(a != b for a, b in zip(*looks))
    assert texts(ax) == list(series)
    assert all(text.get_position()[0] > 1 for text in ax.texts)  # beside the data, not on it
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("epoch", "loss (nats)")
    assert ax.get_title(loc="left") == "Loss by epoch"


@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_names_at_line_ends_never_overlap(level):
    rise = np.linspace(0, 1, 9)
    series = {f"rate {k}": rise * level + k * 1e-6 for k in range(7)} | {"other": rise}
    ax = plots.learning_curve(rise, series)
    ax.figure.canvas.draw()
    boxes = [Text.get_window_extent(text) for text in ax.texts]  # without their leaders
    boxes.sort(key=lambda box: box.y0)
    assert all(low.y1 <= high.y0 for low, high in itertools.pairwise(boxes))
    assert boxes[-1].y1 <= ax._left_title.get_window_extent().y0
    assert boxes[-1].x1 <= ax.figure.bbox.x1


def test_learning_curve_on_given_axes_with_log_scales_and_a_blown_up_run():
    _, ax = plt.subplots()
    steps = np.arange(1, 7)
    series = {"rate 9": [2, 8, 90, np.inf, np.nan, np.nan], "rate 0": [2, 1, 0.5, 0.2, 0.1, 0]}
    assert plots.learning_curve(steps, series, log="xy", ax=ax, title="Two rates") is ax
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    np.testing.assert_array_equal(ax.texts[0].xy, (3, 90))
    assert ax.get_title(loc="left") == "Two rates"


@pytest.fixture
def C():
    return np.array([[50, 0, 2], [1, 40, 3], [0, 8, 60]])


def test_confusion_matrix_shows_all_counts_and_colours_only_mistakes(C):
    ax = plots.confusion_matrix(C)
    cells = ax.collections[0].get_array().reshape(3, 3)
    np.testing.assert_array_equal(np.ma.getmaskarray(cells), np.eye(3, dtype=bool))
    np.testing.assert_array_equal(cells.filled(0), C - np.diag(C.diagonal()))
    assert ax.collections[0].get_clim() == (0, 8)
    assert texts(ax) == [str(count) for count in C.ravel()]
    for text in ax.texts:  # each number stands in its own cell: x is the answer, y the truth
        p, t = (int(place) for place in text.get_position())
        assert text.get_text() == str(C[t, p])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("predicted digit", "true digit")
    assert ax.yaxis_inverted()  # the 0 at the top
    assert "150 of 164 right (91.5 %)" in ax.get_title(loc="left")
    assert ax.figure.axes[1].get_ylabel() == "mistakes (count)"


def test_confusion_matrix_in_percent_survives_an_empty_row(C):
    C[2] = 0
    ax = plots.confusion_matrix(C, normalise=True)
    assert texts(ax)[:3] == ["96.2", "0.0", "3.8"]
    assert texts(ax)[6:] == ["0.0"] * 3
    plots.confusion_matrix(np.zeros((10, 10), dtype=int))


def test_misclassified_shows_the_most_confident_mistake_first(digits):
    X, y = digits[0][:4], np.array([4, 1, 2, 3])
    P = np.full((4, 10), 0.01)
    P[0, 9], P[1, 1], P[2, 7], P[3, 5] = 0.7, 0.91, 0.87, 0.8
    axes = plots.misclassified(X, y, P)
    wanted = ["true 2 · read 7 (0.87)", "true 3 · read 5 (0.80)", "true 4 · read 9 (0.70)"]
    assert [ax.get_title() for ax in axes] == wanted
    for ax, row in zip(axes, (2, 3, 0)):
        np.testing.assert_array_equal(pixels(ax).ravel(), X[row])
    title = "3 mistakes among 4 digits: the {} most confident (probability)"
    assert suptitle(axes[0].figure) == title.format(3)
    axes = plots.misclassified(X, y, P, count=2)
    assert [ax.get_title() for ax in axes] == wanted[:2]
    assert suptitle(axes[0].figure) == title.format(2)


def test_misclassified_without_mistakes_says_so(digits):
    axes = plots.misclassified(digits[0], digits[1], np.eye(10)[digits[1]])
    assert axes.shape == (0,)
    assert suptitle(plt.gcf()) == "No mistakes among 30 digits"
    assert plt.gcf().axes  # a figure without axes is not shown in a notebook
    assert not any(ax.axison for ax in plt.gcf().axes)


def test_prediction_marks_the_answer_and_the_truth(digits):
    p = np.array([0.02, 0, 0, 0.05, 0.2, 0, 0, 0.03, 0, 0.7])
    picture, bars = plots.prediction(digits[0][0], p, truth=4)
    np.testing.assert_array_equal(pixels(picture).ravel(), digits[0][0])
    np.testing.assert_allclose([bar.get_width() for bar in bars.patches], p)
    colours = [bar.get_facecolor() for bar in bars.patches]
    assert [colour != colours[0] for colour in colours] == [False] * 9 + [True]
    ticks = [label.get_text() for label in bars.get_yticklabels()]
    assert ticks == ["0", "1", "2", "3", "true → 4", "5", "6", "7", "8", "9"]
    assert texts(bars)[9] == "0.70"
    assert bars.get_xlabel() == "probability"
    assert bars.yaxis_inverted()  # the 0 at the top
    title = "Read as 9 with probability 0.70; the true digit is 4"
    assert suptitle(picture.figure) == title
    plots.prediction(digits[0][0].reshape(28, 28), p)
    assert suptitle(plt.gcf()) == "Read as 9 with probability 0.70"


def test_weights_share_one_scale_symmetric_about_zero():
    W = np.random.default_rng(1).normal(size=(784, 6))
    W[5, 1] = -9
    axes = plots.weights(W, count=4)
    assert [ax.get_title() for ax in axes] == ["unit 0", "unit 1", "unit 2", "unit 3"]
    for j, ax in enumerate(axes):
        np.testing.assert_array_equal(pixels(ax), W[:, j].reshape(28, 28))
        assert ax.images[0].get_clim() == (-9, 9)
    assert axes[0].figure.axes[-1].get_ylabel() == "weight"
    named = plots.weights(W, labels="abcdef", unit="dW")
    assert [ax.get_title() for ax in named] == list("abcdef")
    assert plots.weights(np.zeros((784, 2)))[0].images[0].get_clim() == (-1, 1)


def test_the_callers_arrays_stay_as_they_were(digits, C):
    X, y = digits
    P, W = np.full((30, 10), 0.1), np.ones((784, 2))
    for array in (X, y, P, W, C):
        array.flags.writeable = False  # writing into one would raise
    plots.digit_grid(X, y)
    plots.class_counts(y)
    plots.mean_digits(X, y)
    plots.learning_curve(y[:10], {"a": X[0, :10]})
    plots.confusion_matrix(C, normalise=True)
    plots.misclassified(X, y, P)
    plots.prediction(X[0], P[0], truth=1)
    plots.weights(W)


def test_long_titles_are_broken_into_lines_that_fit():
    for ax in (plots.class_counts(np.arange(10), title="one word " * 20), plt.figure().gca()):
        titled(ax, "one word " * 12)
        ax.figure.canvas.draw()
        assert ax._left_title.get_window_extent().x1 <= ax.figure.bbox.x1


ones = np.ones
WRONG = [
    (lambda: plots.digit_grid(ones((2, 783))), r"\(N, 784\) or \(N, 28, 28\); got .*783"),
    (lambda: plots.digit_grid(ones(784)), r"\(N, 784\) or \(N, 28, 28\)"),
    (lambda: plots.digit_grid(255 * ones((2, 784))), "from 0 to 255: divide by 255"),
    (lambda: plots.digit_grid(np.nan * ones((2, 784))), "nan"),
    (lambda: plots.digit_grid(ones((2, 784)), [1]), "1 labels for 2 images"),
    (lambda: plots.digit_grid(ones((201, 784))), "at most 200 images"),
    (lambda: plots.class_counts(ones(3)), "integers"),
    (lambda: plots.mean_digits(ones((2, 784)), np.array([1])), "1 labels for 2 rows"),
    (lambda: plots.learning_curve([0, 1], {"a": [1, 2, 3]}), r"'a' \(3,\) and steps \(2,\)"),
    (lambda: plots.learning_curve([0, 1], {"a": [np.nan] * 2}), "no finite value"),
    (lambda: plots.learning_curve([0, 1], {}), "at least one"),
    (lambda: plots.confusion_matrix(ones((10, 9), dtype=int)), "counts; got .10, 9"),
    (lambda: plots.confusion_matrix(ones((10, 10))), "counts; got .*float64"),
    (lambda: plots.misclassified(ones((2, 784)), np.zeros(2, int), ones((3, 10))), "share N"),
    (lambda: plots.prediction(ones((1, 784)), ones(10)), r"\(N, 784\)"),
    (lambda: plots.prediction(ones(784), ones((1, 10))), r"\(10,\); got \(1, 10\)"),
    (lambda: plots.weights(ones((10, 784))), r"\(784, k\)"),
    (lambda: plots.weights(ones((784, 0))), r"\(784, k\)"),
]


@pytest.mark.parametrize(("call", "message"), WRONG)
def test_wrong_arrays_are_refused_by_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(
    ("missing", "call"),
    [("matplotlib", ""), ("seaborn", "; digitlib.plots.confusion_matrix([[1]])")],
)
def test_missing_packages_are_named_with_the_command_that_gets_them(missing, call):
    code = f"import sys; sys.modules[{missing!r}] = None; import digitlib.plots{call}"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert 'pip install "digitlib[plots]"' in run.stderr.splitlines()[-1]


def test_importing_plots_leaves_seaborn_to_the_figure_that_needs_it():
    code = "import sys; from digitlib import plots; plots.house_style(); "
    code += "print({'seaborn', 'scipy', 'pandas', 'IPython'} & set(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert run.stdout == "set()\n"
