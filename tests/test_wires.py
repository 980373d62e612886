"""`plots.wires`: every number on it against NumPy, and no number over another."""

import itertools

import matplotlib.pyplot as plt
import numpy as np
import pytest
from figure_helpers import suptitle

from digitlib import plots

plt.switch_backend("Agg")
A, W, BLAME = [0.8, 0.5], [[1.0, -0.5, 0.2], [0.3, 0.9, -0.4]], [-0.6, 0.4, 0.2]


@pytest.fixture(autouse=True)
def _style():
    with plt.rc_context():
        plots.house_style()
        yield
        plt.close("all")


def numbers(ax):
    """{id: text} of all that is written on the drawing, arrows and true minus signs removed."""
    return {
        text.get_gid(): text.get_text().strip("◂▸ ").replace("−", "-")
        for text in ax.texts
        if text.get_gid()
    }


def read(ax, kind, shape):
    """The numbers of one kind as an array; a number that is not drawn is nan."""
    found = np.full(shape, np.nan)
    for gid, text in numbers(ax).items():
        name, *at = gid.split()
        if name == kind:
            found[tuple(map(int, at))] = float(text)
    return found


def test_the_network_of_the_course_is_drawn_with_its_sums():
    written = numbers(plots.wires(a=A, W=W, blame=BLAME))
    assert [written[f"value 0 {j}"] for j in range(2)] == ["0.8", "0.5"]
    assert [written[f"value 1 {k}"] for k in range(3)] == ["0.95", "0.05", "-0.04"]
    assert [written[f"weight 0 1 {k}"] for k in range(3)] == ["0.3", "0.9", "-0.4"]
    assert [written[f"blame 1 {k}"] for k in range(3)] == ["-0.6", "0.4", "0.2"]
    assert [written[f"arrives 0 0 {k}"] for k in range(3)] == ["-0.6", "-0.2", "0.04"]
    assert (written["blame 0 0"], written["blame 0 1"]) == ("-0.76", "0.1")
    assert "arrives 0 1 0" not in written  # only over the highlighted unit's wires


@pytest.mark.parametrize("sizes", [(2, 3, 1), (1, 2, 3), (3, 2, 3), (2, 4, 3), (2, 2, 2, 2)])
def test_all_numbers_agree_with_numpy_and_none_covers_another(sizes):
    rng = np.random.default_rng(sum(sizes))
    x, blame = rng.standard_normal(sizes[0]), rng.standard_normal(sizes[-1])
    Ws = [rng.standard_normal(shape) for shape in itertools.pairwise(sizes)]
    bs = [rng.standard_normal(n) for n in sizes[1:]]
    ax = plots.wires(x, Ws, blame, b=bs, relu=True, highlight="all", products=True)
    values, sums = [x], [None]
    for n, (M, b) in enumerate(zip(Ws, bs), start=1):
        sums.append(values[-1] @ M + b)
        values.append(np.maximum(sums[-1], 0) if n < len(Ws) else sums[-1])
    dZ = [None] * len(sizes)
    dZ[-1] = blame
    near = {"atol": 0.00501}
    for n in reversed(range(len(Ws))):
        dA = Ws[n] @ dZ[n + 1]
        dZ[n] = dA * (sums[n] > 0) if n else dA
        shape = (len(sizes), max(sizes))
        wire = (len(Ws), max(sizes), max(sizes))
        here = np.s_[n, : sizes[n]]
        np.testing.assert_allclose(read(ax, "value", shape)[here], values[n], **near)
        np.testing.assert_allclose(read(ax, "blame", shape)[here], dA, **near)
        if n:
            np.testing.assert_allclose(read(ax, "sum", shape)[here], sums[n], **near)
            np.testing.assert_allclose(read(ax, "sum-blame", shape)[here], dZ[n], **near)
        there = np.s_[n, : sizes[n], : sizes[n + 1]]
        np.testing.assert_allclose(read(ax, "weight", wire)[there], Ws[n], **near)
        arrives, product = Ws[n] * dZ[n + 1], values[n][:, None] * Ws[n]
        np.testing.assert_allclose(read(ax, "arrives", wire)[there], arrives, **near)
        np.testing.assert_allclose(read(ax, "product", wire)[there], product, **near)
    np.testing.assert_allclose(
        read(ax, "value", shape)[len(Ws), : sizes[-1]], values[-1], **near
    )


def boxes(ax):
    ax.figure.canvas.draw()
    texts = [text for text in ax.texts if text.get_text()]
    return {text.get_gid(): plt.Text.get_window_extent(text) for text in texts}


@pytest.mark.parametrize(
    ("sizes", "highlight"),
    [
        ((2, 3), 0),
        ((2, 3, 1), 1),
        ((1, 2, 3), (1, 1)),
        ((3, 2, 3), 0),
        ((2, 4, 3), (1, 3)),
        ((3, 3, 3), "all"),
    ],
)
@pytest.mark.parametrize("products", [False, True])
def test_no_number_covers_another_or_leaves_the_picture(sizes, highlight, products):
    rng = np.random.default_rng(1)
    Ws = [-1 - rng.random(shape) for shape in itertools.pairwise(sizes)]  # long numbers
    ax = plots.wires(
        -rng.random(sizes[0]), Ws, -rng.random(sizes[-1]), relu=True, highlight=highlight,
        products=products and highlight != "all",
    )  # fmt: skip
    drawn = boxes(ax)
    for (one, first), (other, second) in itertools.combinations(drawn.items(), 2):
        assert not first.padded(-1).overlaps(second.padded(-1)), (one, other)
    page = ax.figure.bbox
    for gid, box in drawn.items():
        assert page.x0 <= box.x0, gid
        assert box.x1 <= page.x1, gid
        assert page.y0 <= box.y0, gid


def test_each_number_stands_where_it_belongs():
    names = [["p", "q"], ["r", "s", "t"], ["u"]]
    ax = plots.wires(
        A, [W, [[2.0], [-1], [3]]], [-0.25], b=[[1, 2, 3], [4]], relu=True, names=names,
        highlight="all", products=True,
    )  # fmt: skip
    drawn = boxes(ax)
    middles = {gid: np.mean([box.min, box.max], axis=0) for gid, box in drawn.items()}
    units = [patch.get_window_extent() for patch in ax.patches]
    at = {"0 0": 0, "0 1": 1, "1 0": 2, "1 1": 3, "1 2": 4, "2 0": 5}
    for gid, box in drawn.items():
        kind, _, place = gid.partition(" ")
        if kind in ("value", "sum"):  # inside its unit
            unit = units[at[place]]
            assert unit.x0 < box.x0 < box.x1 < unit.x1, gid
            assert unit.y0 < box.y0 < box.y1 < unit.y1, gid
        elif kind in ("bias", "blame", "sum-blame"):  # near its unit, on no unit
            assert not any(unit.overlaps(box) for unit in units), gid
            near = [np.abs(middles[gid] - np.mean([u.min, u.max], axis=0)).max() for u in units]
            assert np.argmin(near) == at[place], gid
        else:  # on its own wire
            layer, i, k = map(int, place.split())
            line = wires_of(ax)[3 * i + k if layer == 0 else 6 + i]
            (x0, y0), (x1, y1) = ax.transData.transform(line.get_xydata())
            part = (middles[gid][0] - x0) / (x1 - x0)
            assert middles[gid][1] == pytest.approx(y0 + part * (y1 - y0), abs=4), gid
            order = {"arrives": (0, 0.45), "weight": (0.3, 0.7), "product": (0.55, 1)}[kind]
            assert order[0] < part < order[1], gid
    for unit in ("1 0", "1 1", "1 2"):  # a name above, blame below: by the sum, by the value
        assert middles[f"bias {unit}"][1] > middles[f"value {unit}"][1]
        assert middles[f"blame {unit}"][1] < middles[f"value {unit}"][1]
        for kind in ("blame", "value"):
            by_sum = {"blame": "sum-blame", "value": "sum"}[kind]
            assert middles[f"{by_sum} {unit}"][0] < middles[f"{kind} {unit}"][0]
    assert middles["blame 0 0"][0] < middles["value 0 0"][0]  # outside, on both sides
    assert middles["blame 2 0"][0] > middles["value 2 0"][0]
    for text in ax.texts:  # what runs back is orange and bold
        back = text.get_gid().startswith(("blame", "sum-blame", "arrives"))
        assert (text.get_color() == plots.ACCENT) == (text.get_weight() == "bold") == back


def wires_of(ax):
    return [line for line in ax.lines if line.get_zorder() < 3]


def test_only_the_paths_out_of_the_chosen_unit_are_thick():
    for highlight, thick in (
        (0, {0, 1, 2}),
        (1, {3, 4, 5}),
        (None, set()),
        ("all", set(range(6))),
    ):
        lines = wires_of(plots.wires(A, W, BLAME, highlight=highlight))
        assert {n for n, line in enumerate(lines) if line.get_linewidth() > 2} == thick
    lines = wires_of(plots.wires(A, [W, np.ones((3, 2))], highlight=(0, 1)))
    assert [line.get_linewidth() > 2 for line in lines] == [False] * 3 + [True] * 3 + [
        False
    ] * 6


def test_a_relu_that_is_off_is_grey_passes_nothing_and_takes_no_blame():
    ax = plots.wires([1.0], [[[1.0, -1.0]], [[2.0], [3.0]]], [1.0], relu=True)
    written = numbers(ax)
    assert (written["sum 1 0"], written["value 1 0"]) == ("1", "1")
    assert (written["sum 1 1"], written["value 1 1"]) == ("-1", "0")
    assert (written["blame 1 1"], written["sum-blame 1 1"]) == ("3", "0")
    assert written["blame 0 0"] == "2"
    grey = [patch.get_facecolor() for patch in ax.patches]
    assert grey.count(plt.matplotlib.colors.to_rgba(plots.PALE)) == 1
    dashed = [line.get_linestyle() != "-" for line in wires_of(ax)]
    assert dashed == [False, False, False, True]


def test_dropout_leaves_a_thinner_network():
    ax = plots.wires([1.0], [[[1.0, 2.0]], [[2.0], [3.0]]], [1.0], dropped=[(1, 1)])
    written = numbers(ax)
    assert written["value 2 0"] == "2"
    assert written["blame 0 0"] == "2"
    assert not {"value 1 1", "weight 0 0 1", "weight 1 1 0", "blame 1 1"} & written.keys()
    assert ax.patches[2].get_linestyle() != "-"


def test_values_and_blame_of_every_layer_can_be_given():
    ax = plots.wires([[1, 2], [3, 4]], np.eye(2), blame=[None, [5, 6]], decimals=0)
    written = numbers(ax)
    assert (written["value 1 0"], written["value 1 1"]) == ("3", "4")
    assert "blame 0 0" not in written
    ax = plots.wires(np.ones((2, 2)), np.ones((1, 2, 2)), blame=np.full((2, 2), 7.0))
    assert numbers(ax)["blame 0 1"] == "7"


def test_a_crowded_network_keeps_the_numbers_of_the_chosen_unit():
    ax = plots.wires(np.ones(5), np.ones((5, 5)), np.ones(5), highlight=3)
    weights = {gid for gid in numbers(ax) if gid.startswith("weight")}
    assert weights == {f"weight 0 3 {k}" for k in range(5)}


def test_names_layers_and_title_are_written():
    names = [["left", "right"], ["0", "1", "2"]]
    ax = plots.wires(A, W, names=names, layers=["hidden", "scores"], b=[0.5, 0, -1], title="T")
    texts = [text.get_text() for text in ax.texts]
    for wanted in ("left", "0, bias 0.5", "2, bias −1", "hidden", "scores"):
        assert wanted in texts
    assert suptitle(ax.figure) == "T"
    assert "forward in black" in suptitle(plots.wires(A, W).figure)
    assert "back in orange" in suptitle(plots.wires(A, W, BLAME).figure)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"a": [1, 2, 3]}, "layer 0 has 2 units, but its a has 3 entries"),
        (
            {"W": [np.eye(2), np.eye(3)]},
            r"to 2 has shape \(3, 3\): it needs one row for each of 2",
        ),
        ({"a": [[1, 2], [1, 2]]}, "layer 1 has 3 units, but its a has 2 entries"),
        ({"a": [[1, 2], [1, 2, 3], [1]]}, "a has one entry for each of the layers from 0 to 1"),
        ({"a": []}, r"a is \(n,\) numbers"),
        ({"a": ["x", "y"]}, "a must hold numbers"),
        ({"W": [1, 2, 3]}, r"W is \(n, m\) numbers"),
        ({"W": [[1, 2], [3]]}, "W must hold numbers in even rows"),
        ({"blame": [1, 2]}, "layer 1 has 3 units, but its blame has 2 entries"),
        ({"blame": [[1, 2, 3]]}, "blame has one entry for each of the layers from 0 to 1"),
        ({"b": [1, 2]}, "layer 1 has 3 units, but its b has 2 entries"),
        ({"b": [[1, 2, 3], None]}, "b has one entry for each of the layers from 1 to 1"),
        ({"W": [np.ones((2, 3)), np.eye(3)], "b": [1, 2, 3]}, "layers from 1 to 2"),
        ({"relu": [True, False]}, "relu has one truth for each of 1 matrices"),
        ({"names": [["a", "b"]]}, "names has one entry for each of 2 layers"),
        ({"names": [["a"], ["b"]]}, r"of \[2, 3\] names"),
        ({"layers": ["one"]}, "layers has one entry for each of 2 layers"),
        ({"highlight": "some"}, "highlight is a unit"),
    ],
)
def test_wrong_shapes_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        plots.wires(**{"a": A, "W": W, "blame": BLAME} | arguments)


@pytest.mark.parametrize("arguments", [{"highlight": 2}, {"dropped": [(2, 0)]}])
def test_a_unit_that_is_not_there_is_named(arguments):
    with pytest.raises(IndexError, match="there is no unit"):
        plots.wires(A, W, **arguments)
