"""The page computes what NumPy computes: frame, ink, forward pass and X-ray, under node."""

import base64
import json
from pathlib import Path

import javascript
import naive_frame
import numpy as np
import pytest
from browser import STROKES
from test_describe import everything

import digitlib
from digitlib.data.frame import mnist_frame
from digitlib.draw import ink, ink_frame, pretrained
from digitlib.draw.pack import pack
from digitlib.draw.trained import NAMES

FRAMES = json.loads((Path(__file__).parent / "frame.json").read_text(encoding="utf-8"))
HAND = [entry["strokes"] for entry in STROKES["sets"]]


@pytest.fixture(scope="module")
def hundred():
    return digitlib.load()[1].X[:100]


def test_the_stored_frames_follow_the_specification():
    assert FRAMES["specification"] == naive_frame.SPECIFICATION
    assert [case["name"] for case in FRAMES["refused"]] == list(naive_frame.refused())
    pictures = naive_frame.pictures()
    assert [case["name"] for case in FRAMES["cases"]] == list(pictures)
    for case in FRAMES["cases"]:
        image = np.array(case["image"])
        assert np.array_equal(image, pictures[case["name"]])
        assert np.allclose(naive_frame.naive_frame(image), case["framed"], atol=1e-7)


@pytest.mark.parametrize("case", FRAMES["cases"], ids=lambda case: case["name"])
def test_python_frames_by_the_specification(case):
    framed = mnist_frame(np.array(case["image"])[None])[0]
    assert np.allclose(framed, np.ravel(case["framed"]), atol=1e-6)


def test_javascript_frames_by_the_specification():
    images = [case["image"] for case in FRAMES["cases"]]
    body = "return input.map((rows) => frame(rows.flat(), rows.length, rows[0].length));"
    for case, framed in zip(FRAMES["cases"], javascript.run(body, images)):
        assert np.allclose(framed, np.ravel(case["framed"]), atol=1e-6), case["name"]


@pytest.mark.parametrize("case", FRAMES["refused"], ids=lambda case: case["name"])
def test_both_refuse_what_the_specification_refuses(case):
    with pytest.raises(ValueError, match=case["says"]):
        mnist_frame(np.array(case["image"])[None])
    call = "frame(input.flat(), input.length, input[0].length);"
    body = f"try {{ {call} }} catch (e) {{ return e.message; }}"
    assert case["says"] in javascript.run(body, case["image"])


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("frame([0, 0, 0, 0], 2, 2)", "no ink"),
        ("frame([0, 1, -1, 0], 2, 2)", "below 0"),
        ("frame([0, 1, NaN, 0], 2, 2)", "not finite"),
        ("frame([0, 1, 1], 2, 2)", "2 x 2"),
        ("ink([])", "too little ink"),
        ("ink([[[0.5, 0.5], [0.51, 0.5]]])", "too little ink"),
        ("ink([[[0, 0], [NaN, 1]]])", "not a number"),
    ],
)
def test_javascript_refuses_what_is_no_drawing(call, said):
    assert said in javascript.run(f"try {{ {call} }} catch (e) {{ return e.message }}", None)


def test_ink_is_the_same_in_both():
    body = (
        "return input.map((s) => { const p = ink(s); return [p.image, p.height, p.width]; });"
    )
    for strokes, (image, height, width) in zip(HAND, javascript.run(body, HAND)):
        ours = ink(strokes)
        assert ours.shape == (height, width)
        assert np.allclose(ours.ravel(), image, atol=1e-9)


def test_ink_by_its_formula():
    """A line of 12 pixels' width, with round ends, and the pen wholly inside the picture."""
    picture = ink([[(0.2, 0.3), (0.6, 0.3)]])
    assert picture.shape == (12, 100)
    for row, column in [(0, 50), (6, 0), (0, 0), (11, 99), (5, 97), (6, 50)]:
        x = min(max(column + 0.5, 6), 94)
        away = np.hypot(column + 0.5 - x, row + 0.5 - 6)
        assert picture[row, column] == pytest.approx(np.clip(6.5 - away, 0, 1))


def test_size_and_place_on_the_pad_make_no_difference():
    for strokes in HAND[::5]:
        smaller = [[(0.1 + x / 3, 0.4 + y / 3) for x, y in stroke] for stroke in strokes]
        assert np.allclose(ink_frame(smaller), ink_frame(strokes), atol=1e-6)


@pytest.mark.parametrize(
    ("strokes", "said"),
    [
        ([], "too little ink"),
        ([[(0.5, 0.5)]], "too little ink"),
        ([[(0.5, np.nan), (0, 0)]], "not a number"),
    ],
)
def test_ink_refuses_what_is_no_drawing(strokes, said):
    with pytest.raises(ValueError, match=said):
        ink(strokes)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("int8", [False, True])
def test_a_hundred_digits_get_the_same_probabilities(name, int8, hundred):
    network = pretrained(name)
    data = {"network": pack(network, int8=int8), "X": hundred.tolist()}
    body = "const n = unpack(input.network); return input.X.map((x) => probabilities(n, x));"
    assert np.abs(javascript.run(body, data) - network.predict_proba(hundred)).max() < 1e-5


def test_every_layer_gives_the_same_probabilities(hundred, rng):
    network = everything(rng)
    for _ in range(20):
        network.forward(hundred, train=True)  # running averages of their own
    data = {"network": pack(network), "X": hundred.tolist()}
    body = "const n = unpack(input.network); return input.X.map((x) => probabilities(n, x));"
    ours = network.predict_proba(hundred)
    assert np.ptp(ours, axis=0).max() > 1e-3  # not the same answer to everything
    assert np.abs(javascript.run(body, data) - ours).max() < 1e-5


def test_layers_with_odd_sizes_give_the_same_scores(rng):
    """Rests at the edge are left out, windows overlap, and no padding is the default."""
    network = digitlib.Network(
        digitlib.Conv2D(1, 2, 4, rng, stride=3),
        digitlib.MaxPool(2),
        digitlib.AvgPool(3),
        digitlib.Flatten(),
        digitlib.Linear(2, 10, rng),
    )
    X = rng.random((3, 28, 28, 1), np.float32)
    data = {"network": pack(network), "X": X.reshape(3, -1).tolist()}
    theirs = javascript.run(
        "return input.X.map((x) => scores(unpack(input.network), x));", data
    )
    assert np.allclose(theirs, network.scores(X), atol=1e-5)


def test_a_network_that_overflows_is_reported(rng):
    network = digitlib.Network(digitlib.Linear(784, 10, rng))
    body = """
    const network = unpack(input);
    network.layers.push({ kind: "scale", gain: [Infinity], shift: [0] });
    try { probabilities(network, Array(784).fill(1)); } catch (e) { return e.message; }
    """
    said = javascript.run(body, pack(network))
    assert "not finite" in said


def damaged(change):
    packed = pack(pretrained("784-10-10"), int8=True)
    change(packed)
    return packed


def shorten(packed):
    packed["layers"][0]["arrays"]["W"]["data"] = packed["layers"][0]["arrays"]["W"]["data"][:-8]


def spoil(packed):
    packed["layers"][2]["arrays"]["b"]["data"] = "no base64!"


def infinite(packed):
    raw = np.full(10, np.inf, "<f4").tobytes()
    packed["layers"][0]["arrays"]["b"]["data"] = base64.b64encode(raw).decode()


def rename(packed):
    packed["layers"][1]["kind"] = "constructor"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (shorten, "W of layer 0 needs 7840 numbers in int8, and has 7836 bytes"),
        (spoil, "b of layer 2 is not base64"),
        (infinite, "b of layer 0 has a value that is not finite"),
        (rename, "layer 1 is of no known kind"),
        (lambda packed: packed.pop("layers"), "no layers"),
    ],
)
def test_damaged_weights_are_named(change, said):
    body = "try { unpack(input); } catch (e) { return e.message; }"
    assert said in javascript.run(body, damaged(change))


XRAY = """
const [first, , last] = unpack(input.network).layers;
const weights = { W1: first.W, b1: first.b, W2: last.W, b2: last.b };
const X = batchOf(input.pixels);
const forward = xrayForward(weights, X, input.off);
const back = xrayBackward(weights, forward, input.label, input.off, input.broken);
const slopes = xraySlopes(weights, forward, input.label, input.off);
const { P, Z1 } = forward;
const wrong = { W1: lies(back.dW1, slopes.W1), W2: lies(back.dW2, slopes.W2) };
return { X, P, Z1, ...back, slopes, wrong, loss: meanLoss(forward.Z2, input.label) };
"""


def xray(pixels, label=3, off=(), **broken):
    data = {"network": pack(pretrained("784-10-10"), int8=True), "pixels": pixels.tolist()}
    data |= {"label": label, "off": [j in off for j in range(10)], "broken": broken}
    found = javascript.run(XRAY, data)
    return {
        key: np.array(value) for key, value in found.items() if key not in ("slopes", "wrong")
    } | {key: {k: np.array(v) for k, v in found[key].items()} for key in ("slopes", "wrong")}


def in_float64(network):
    copy = digitlib.Network(
        *(
            digitlib.Linear(n_in, 10, np.random.default_rng(0), dtype=np.float64)
            if n_in
            else digitlib.ReLU()
            for n_in in (784, None, 10)
        )
    )
    copy.theta = network.theta.astype(np.float64)
    return copy


def test_the_xray_is_backpropagation(hundred):
    """Forward, every gradient and the loss, against Network in float64."""
    pixels = hundred[0].astype(np.float64)
    found, network = xray(pixels), in_float64(pretrained("784-10-10"))
    X = found["X"].reshape(4, 784)
    square = X.reshape(4, 28, 28)
    assert np.array_equal(X[0], pixels)
    assert np.array_equal(square[1, :, 1:], square[0, :, :-1])
    assert np.array_equal(square[2, :, :-1], square[0, :, 1:])
    assert np.array_equal(square[3, 1:], square[0, :-1])

    network.layers[0].needs_dX = True
    loss, dZ = digitlib.softmax_cross_entropy(network.forward(X, train=True), np.full(4, 3))
    dX = network.backward(dZ)
    assert found["loss"] == pytest.approx(loss)
    assert np.allclose(found["dZ2"], dZ.ravel(), atol=1e-12)
    for name, ours in (("dW1", "0.W"), ("db1", "0.b"), ("dW2", "2.W"), ("db2", "2.b")):
        where = network.layers[int(ours[0])].grads[ours[2:]]
        assert np.allclose(found[name], where.ravel(), atol=1e-12), name
    assert np.allclose(found["dX"], dX.ravel(), atol=1e-12)


def test_no_wire_lies_until_a_line_is_broken(hundred):
    pixels = hundred[0].astype(np.float64)
    for off in ((), (2, 5)):
        found = xray(pixels, off=off)
        assert not found["wrong"]["W1"].any()
        assert not found["wrong"]["W2"].any()
        dead = found["dW1"].reshape(784, 10)[:, list(off)]
        assert not dead.any()
    # The measured slopes are slopes of Network's loss, one weight at a time.
    network, X = in_float64(pretrained("784-10-10")), xray(pixels)["X"].reshape(4, 784)
    slopes = xray(pixels)["slopes"]["W1"].reshape(784, 10)
    for m, j in [(406, 0), (350, 7), (int(X[0].argmax()), 3)]:
        losses = []
        for step in (1e-5, -1e-5):
            network.layers[0].params["W"][m, j] += step
            losses.append(digitlib.softmax_cross_entropy(network.forward(X), np.full(4, 3))[0])
            network.layers[0].params["W"][m, j] -= step
        assert slopes[m, j] == pytest.approx((losses[0] - losses[1]) / 2e-5, abs=1e-8)


def test_each_broken_line_makes_its_own_wires_lie(hundred):
    pixels = hundred[0].astype(np.float64)
    right = xray(pixels)
    shut = np.flatnonzero((right["Z1"].reshape(4, 10) <= 0).all(axis=0))
    assert len(shut)  # the mask has something to hide

    swapped = xray(pixels, swapped=True)["wrong"]
    assert swapped["W2"].any()
    assert not swapped["W1"].any()

    mask = xray(pixels, mask=True)["wrong"]
    assert not mask["W2"].any()
    lying = np.flatnonzero(mask["W1"].reshape(784, 10).any(axis=0))
    assert set(shut) <= set(lying)

    loud = xray(pixels, noN=True)
    assert np.allclose(loud["dW2"], 4 * right["dW2"])
    alive = np.abs(right["dW2"]) > 1e-6
    assert loud["wrong"]["W2"][alive].all()
