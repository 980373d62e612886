"""The widget without a browser: what arrives through set_state, and what goes back."""

import sys

import numpy as np
import pytest
from browser import STROKES

import digitlib
from digitlib import draw
from digitlib.draw import ink_frame, pretrained

pytest.importorskip("anywidget", reason="anywidget is not installed")
# anywidget and ipywidgets warn of things that are theirs to mend.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

SEVEN = STROKES["sets"][17]["strokes"]


def packed(strokes):
    """As the browser sends it."""
    rows = [(i, x, y) for i, stroke in enumerate(strokes) for x, y in stroke]
    return memoryview(np.array(rows, "<f4").tobytes())


@pytest.fixture
def pad():
    return draw.DrawPad(pretrained("CNN"))


def test_what_is_drawn_is_read(pad):
    pad.set_state({"strokes": packed(SEVEN)})
    assert pad.message == ""
    assert pad.prediction == 7
    expected = ink_frame(np.array(s, np.float32) for s in SEVEN)
    assert np.allclose(pad.pixels, expected, atol=1e-6)
    ours = pretrained("CNN").predict_proba(pad.pixels[None])[0]
    assert np.allclose(pad.probabilities, ours, atol=1e-6)
    assert np.allclose(np.frombuffer(pad.answer, "<f4"), ours, atol=1e-6)
    assert np.array_equal(np.frombuffer(pad.seen, "<f4"), pad.pixels)


def test_an_empty_pad_takes_everything_back(pad):
    pad.set_state({"strokes": packed(SEVEN)})
    pad.set_state({"strokes": memoryview(b"")})
    assert (pad.pixels, pad.probabilities, pad.prediction) == (None, None, None)
    assert (pad.seen, pad.answer, pad.message) == (b"", b"", "")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"twelve bytes and more", "The drawing arrived damaged: draw it again."),
        (np.full(3, np.nan, "<f4").tobytes(), "The drawing arrived damaged: draw it again."),
        (packed([[(0.5, 0.5)]]), "There is too little ink to read: draw a digit."),
    ],
)
def test_what_cannot_be_read_is_said(pad, data, said):
    pad.set_state({"strokes": packed(SEVEN)})
    pad.set_state({"strokes": data})
    assert pad.message == said
    assert pad.answer == b""


def test_drawings_are_kept_with_their_labels(pad):
    assert pad.digits.X.shape == (0, 784)
    assert pad.digits.y.tolist() == []
    pad.set_state({"keep": [1, 7]})
    assert pad.message == "There is no drawing to keep."
    for n, entry in enumerate(STROKES["sets"][:3]):
        pad.set_state({"strokes": packed(entry["strokes"])})
        pad.set_state({"keep": [n + 2, entry["digit"]]})
    pad.keep_as(2)
    X, y, name = pad.digits
    assert (X.shape, X.dtype, y.tolist(), y.dtype) == (
        (4, 784),
        np.float32,
        [0, 1, 2, 2],
        np.int64,
    )
    assert name == "drawn"
    assert np.array_equal(X[3], X[2])
    assert pad.counts == [1, 1, 2, 0, 0, 0, 0, 0, 0, 0]
    assert digitlib.accuracy(pad.network.predict(X), y) == 1
    pad.set_state({"keep": [9, -1]})
    assert pad.digits.y.tolist() == [0, 1, 2]
    for _ in range(5):
        pad.forget_last()
    assert pad.counts == [0] * 10
    with pytest.raises(ValueError, match="not 10"):
        pad.keep_as(10)


def test_any_network_will_do(rng):
    network = digitlib.Network(digitlib.Linear(784, 10, rng, dtype=np.float64))
    assert draw.DrawPad(network).read(SEVEN).shape == (10,)

    class Constant:
        def predict_proba(self, X):
            assert X.shape == (1, 784)
            return np.full((1, 10), 0.1)

    assert draw.DrawPad(Constant()).read(SEVEN).tolist() == [0.1] * 10


def test_what_is_no_reader_of_ten_digits_is_refused(rng):
    with pytest.raises(TypeError, match="got function"):
        draw.DrawPad(digitlib.softmax)
    letters = draw.DrawPad(digitlib.Network(digitlib.Linear(784, 26, rng)))
    with pytest.raises(ValueError, match=r"gave shape \(1, 26\)"):
        letters.read(SEVEN)
    letters.set_state({"strokes": packed(SEVEN)})
    assert "gave shape (1, 26)" in letters.message
    broken = digitlib.Network(digitlib.Linear(784, 10, rng))
    broken.theta[...] = np.nan
    with pytest.raises(ValueError, match="not finite"):
        draw.DrawPad(broken).read(SEVEN)


def test_its_text_stays_the_same_and_says_what_to_do(pad):
    before = repr(pad)
    pad.read(SEVEN)
    assert repr(pad) == before
    bundle = pad._repr_mimebundle_()
    text = (bundle[0] if isinstance(bundle, tuple) else bundle)["text/plain"]
    assert text == before  # whole: anywidget cuts long ones
    assert "digitlib draw" in text


def test_without_anywidget_the_pad_says_what_to_install_and_the_notebook_runs_on(
    monkeypatch,
):
    network = pretrained("CNN")
    monkeypatch.delitem(sys.modules, "digitlib.draw.widget", raising=False)
    monkeypatch.setitem(sys.modules, "anywidget", None)
    pad = draw.DrawPad(network)
    assert "%pip install anywidget" in repr(pad)
    assert len(pad.digits.y) == 0
    pad.read(SEVEN)
    pad.keep_as(7)
    assert pad.digits.y.tolist() == [7]
    with pytest.raises(TypeError, match="takes a trained network"):
        draw.DrawPad("a network")


def test_draw_has_no_other_names_than_its_own():
    with pytest.raises(AttributeError, match="no attribute 'Pad'"):
        draw.Pad  # noqa: B018
