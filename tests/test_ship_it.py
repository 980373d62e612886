"""What notebook 18 takes from the library: drawings, folding, lines of JavaScript, a figure."""

import json
import re
from itertools import pairwise

import javascript
import matplotlib.pyplot as plt
import numpy as np
import pytest
from browser import STROKES, chromium, complaints_of
from figure_helpers import suptitle
from nbformat.v4 import new_code_cell, new_notebook, new_output
from notebook_tools import ROOT, prose, read

import digitlib
from digitlib import plots
from digitlib.data.frame import mnist_frame
from digitlib.draw import drawn, folded, in_browser, pad_picture, pretrained, run_in_browser
from digitlib.draw.web_page import web
from digitlib.exercises import have
from tools.build import tidy

plt.switch_backend("Agg")


@pytest.fixture(scope="module")
def plain():
    """784-128-64-10 without its batch norm, and the pairs (W, b) of its layers."""
    network = folded(pretrained("784-128-64-10"))
    return network, [(network.params[f"{i}.W"], network.params[f"{i}.b"]) for i in (0, 2, 4)]


# Drawings.


def test_thirty_drawings_come_with_the_package():
    strokes, y = drawn()
    assert len(strokes) == 30
    assert y.dtype == np.int64
    assert np.bincount(y).tolist() == [3] * 10
    for one, label, entry in zip(strokes, y, STROKES["sets"]):
        assert label == entry["digit"]
        assert [stroke.tolist() for stroke in one] == entry["strokes"]


def test_a_pad_keeps_strokes_where_they_were_drawn():
    """A line of 20 pixels' width with round ends, soft over one pixel at its edge."""
    picture = pad_picture([[(0.25, 0.5), (0.75, 0.5)]], side=200, pen=20)
    assert picture.shape == (200, 200)
    for row, column in [(100, 100), (100, 42), (109, 100), (110, 100), (112, 100), (0, 0)]:
        x = min(max(column + 0.5, 50), 150)
        away = np.hypot(column + 0.5 - x, row + 0.5 - 100)
        assert picture[row, column] == pytest.approx(np.clip(10.5 - away, 0, 1))
    dot = pad_picture([[(0.0, 0.0)]], side=50, pen=10)  # at a corner, cut off there
    assert dot[0, 0] == 1
    assert dot[10:].max() == dot[:, 10:].max() == 0
    assert pad_picture([], side=30).max() == 0
    with pytest.raises(ValueError, match="not a number"):
        pad_picture([[(0.5, np.nan)]])


def test_the_frame_is_what_makes_drawings_readable(plain):
    strokes, y = drawn()
    pads = np.array([pad_picture(one) for one in strokes])
    shrunk = pads.reshape(30, 28, 10, 28, 10).mean(axis=(2, 4)).reshape(30, 784)
    hits = [
        (plain[0].predict(X.astype(np.float32)) == y).sum() for X in (shrunk, mnist_frame(pads))
    ]
    assert hits[0] <= 21
    assert hits[1] >= 29


# Folding.


def test_folding_changes_no_answer_and_leaves_the_network_alone(plain):
    network = pretrained("784-128-64-10")
    before = network.snapshot()
    X = digitlib.load()[0].X[:500]
    kinds = [type(layer).__name__ for layer in plain[0].layers]
    assert kinds == ["Linear", "ReLU", "Linear", "ReLU", "Linear"]
    apart = np.abs(plain[0].predict_proba(X) - network.predict_proba(X)).max()
    assert 0 < apart < 1e-5
    assert all(np.array_equal(before[name], value) for name, value in network.params.items())
    assert folded(network).theta.dtype == np.float32


def test_folding_in_float64_is_exact(rng):
    network = digitlib.Network(
        digitlib.Linear(5, 4, rng, dtype=np.float64),
        digitlib.BatchNorm(4, dtype=np.float64),
        digitlib.Dropout(0.5, rng),
        digitlib.Tanh(),
        digitlib.Linear(4, 3, rng, dtype=np.float64),
    )
    X = rng.standard_normal((30, 5))
    for value in network.params.values():
        value += rng.standard_normal(value.shape)
    for _ in range(5):
        network.forward(X, train=True)
    again = folded(network)
    assert len(again.layers) == 3
    np.testing.assert_allclose(again.scores(X), network.scores(X), rtol=1e-12)


def test_batch_norm_that_follows_no_linear_layer_is_refused(rng):
    first = digitlib.Network(digitlib.BatchNorm(4), digitlib.Linear(4, 3, rng))
    with pytest.raises(ValueError, match=r"layer 0, BatchNorm\(4\), does not follow a Linear"):
        folded(first)


# The forward pass in JavaScript.


def test_the_lines_of_javascript_give_numpys_probabilities(plain):
    X = digitlib.load()[0].X[:100]
    small = pretrained("784-10-10")
    pairs = list(small.params.values())
    for network, layers in (plain, (small, [tuple(pairs[:2]), tuple(pairs[2:])])):
        data = {
            "X": X.tolist(),
            "layers": [{"W": W.ravel().tolist(), "b": b.tolist()} for W, b in layers],
        }
        body = f"{web('forward.js')}\nreturn input.X.map((x) => forward(x, input.layers));"
        apart = np.abs(javascript.run(body, data, names=()) - network.predict_proba(X))
        assert apart.max() < 1e-5


def test_the_notebook_shows_the_lines_that_are_tested():
    (shown,) = re.findall(
        r"```javascript\n(.*?)```",
        prose(read(ROOT / "notebooks" / "18_ship_it.ipynb")),
        re.DOTALL,
    )
    assert shown == web("forward.js")
    assert len(shown.splitlines()) <= 20


def _layers(rng, *widths):
    return [(rng.standard_normal((n, m)), rng.standard_normal(m)) for n, m in pairwise(widths)]


def test_what_the_browser_is_sent(rng):
    shown = run_in_browser(_layers(rng, 4, 3, 2), [0.0, 1.0, 0.5, 0.25])
    assert repr(shown).startswith("<ten probabilities")
    text = shown._repr_html_()
    assert in_browser.WAITING in text
    assert "http" not in text
    assert sum(shown.settings["p"]) == pytest.approx(1, abs=1e-6)
    json.dumps(shown.settings)


@pytest.mark.parametrize(
    ("widths", "x", "says"),
    [
        ((4, 3), np.zeros((1, 4)), r"x is one image, \(n_in,\); got shape \(1, 4\)"),
        ((4, 3), np.zeros(5), r"layer 0 is W \(5, n_out\) and b \(n_out,\); got \(4, 3\)"),
        ((300, 101), np.zeros(300), "30,401 numbers are too many"),
        ((4, 3), np.full(4, np.nan), "are finite numbers, and some here are not"),
        ((), np.zeros(4), "one or more"),
    ],
)
def test_what_the_browser_cannot_run_is_refused(widths, x, says, rng):
    with pytest.raises(ValueError, match=says):
        run_in_browser(_layers(rng, *widths) if widths else [], x)


@pytest.mark.browser
def test_the_browser_computes_it(rng, tmp_path):
    thing = run_in_browser(_layers(rng, 4, 3, 10), [0.0, 1.0, 0.5, 0.25])
    page = tmp_path / "page.html"
    page.write_text(f'<meta charset="utf-8">{thing._repr_html_() * 2}', encoding="utf-8")
    driver = chromium(800, 600, tmp_path / "profile")
    try:
        driver.get(page.as_uri())
        tables = driver.find_elements("css selector", "[data-forward] table")
        assert len(tables) == 2
        for table in tables:
            rows = [row.text.split() for row in table.find_elements("css selector", "tr")][1:]
            assert [int(row[0]) for row in rows] == list(range(10))
            for row, p in zip(rows, thing.settings["p"]):
                assert float(row[1]) == pytest.approx(p, abs=2e-6)
                assert float(row[2]) == pytest.approx(p, abs=2e-6)
        said = driver.find_element("css selector", "[data-forward] p").text
        assert said.endswith(": true.")
        assert complaints_of(driver) == []
    finally:
        driver.quit()


# Smaller things.


def test_a_package_that_is_missing_is_named(capsys):
    assert have("numpy", "json")
    assert capsys.readouterr().out == ""
    assert not have("numpy", "no_such_thing")
    said = capsys.readouterr().out
    assert "This cell needs no_such_thing." in said
    assert "%pip install no_such_thing  into a cell" in said


def test_a_widget_is_stored_as_its_line_of_text():
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "pad"}
    output = new_output("execute_result", data=view, execution_count=1)
    notebook = new_notebook(cells=[new_code_cell("pad", outputs=[output])])
    tidy(notebook, "18_ship_it")
    assert notebook.cells[0].outputs[0].data == {"text/plain": "pad"}


def test_framing_marks_the_crop_and_the_centre():
    picture = np.zeros((100, 80))
    picture[20:70, 30:40] = 1
    with plt.rc_context():
        plots.house_style()
        before, after = plots.framing(picture, title="Two")
        before.figure.canvas.draw()
        assert suptitle(before.figure) == "Two"
    box = before.patches[0]
    assert (*box.get_xy(), box.get_width(), box.get_height()) == (29.5, 19.5, 10, 50)
    assert [float(d[0]) for d in before.lines[0].get_data()] == pytest.approx([34.5, 44.5])
    assert after.patches[0].get_height() == 20
    centre = [float(d[0]) for d in after.lines[0].get_data()]
    assert centre == pytest.approx([14, 14], abs=0.5)
    np.testing.assert_array_equal(
        after.images[0].get_array(), mnist_frame(picture[None]).reshape(28, 28)
    )
    plt.close("all")
    with pytest.raises(ValueError, match=r"a picture is \(height, width\)"):
        plots.framing(picture[None])


def test_reading_shows_the_drawing_the_pixels_and_the_answer():
    picture, x, p = np.zeros((100, 80)), np.linspace(0, 1, 784), np.full(10, 0.02)
    picture[20:70, 30:40], p[4] = 1, 0.82
    with plt.rc_context():
        plots.house_style()
        drawing, seen, bars = plots.reading(picture, x, p, truth=9)
        bars.figure.canvas.draw()
    np.testing.assert_array_equal(drawing.images[0].get_array(), picture)
    np.testing.assert_array_equal(seen.images[0].get_array().ravel(), x)
    assert [bar.get_width() for bar in bars.patches] == p.tolist()
    assert [t.get_text() for t in bars.get_yticklabels()][9] == "true → 9"
    assert suptitle(bars.figure) == "Read as 4 with probability 0.82; a 9 was meant"
    tops = {round(ax.get_position().y1, 2) for ax in (drawing, seen, bars)}
    assert len(tops) == 1, "the names of the three parts stand on one line"
    _, seen, _ = plots.reading(picture, x.reshape(28, 28), p, title="Mine")
    assert suptitle(seen.figure) == "Mine"
    plots.reading(picture, x, p)
    assert suptitle(plt.gcf()) == "Read as 4 with probability 0.82"
    plt.close("all")
    with pytest.raises(ValueError, match=r"a picture is \(height, width\)"):
        plots.reading(picture.ravel(), x, p)
    with pytest.raises(ValueError, match=r"a vector, \(10,\); got \(1, 10\)"):
        plots.reading(picture, x, p[None])
