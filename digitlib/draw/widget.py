"""The pad in a notebook: DrawPad(network) shows what a network makes of your handwriting.

The strokes come from the browser; everything else happens here, in the kernel, with the very
network that was passed in. So it can be any network of NumPy's, and training it further
changes what the pad says at once.
"""

import anywidget
import numpy as np
import traitlets

from digitlib.data import Digits
from digitlib.draw.strokes import ink_frame
from digitlib.draw.web_page import script, web

__all__ = ["DrawPad"]

PARTS = ("pad.js", "view.js", "keeper.js", "widget.js")


def _bytes(**metadata):
    """Bytes that the browser may set: they arrive as a memoryview, which Bytes refuses."""
    return traitlets.Bytes(b"").tag(
        sync=True, from_json=lambda value, widget: bytes(value or b""), **metadata
    )


class DrawPad(anywidget.AnyWidget):
    """A pad to draw on, beside the ten probabilities of `network` for the drawing.

    network   anything with predict_proba(X): X (1, 784) float32 in [0, 1] to (1, 10); a
              float64 Network is given float64

    pixels          (784,) float32, the drawing in MNIST's frame; None while there is none
    probabilities   (10,) float64, what the network makes of it; None while there is none
    prediction      the most probable digit, or None
    digits          the drawings that were kept with their labels, as Digits: X (N, 784)
                    float32, y (N,) int64

    Needs anywidget: pip install "digitlib[draw]". Notebook 18.
    """

    _esm = script(PARTS)
    _css = web("style.css")

    strokes = _bytes()  # little-endian float32: stroke, x, y for each point
    keep = traitlets.List(traitlets.Int()).tag(sync=True)  # [how many before, label], to keep
    seen = traitlets.Bytes(b"").tag(sync=True)  # 784 float32, or nothing
    answer = traitlets.Bytes(b"").tag(sync=True)  # 10 float32, or nothing
    message = traitlets.Unicode("").tag(sync=True)
    counts = traitlets.List(traitlets.Int(), default_value=[0] * 10).tag(sync=True)

    def __init__(self, network):
        if not callable(getattr(network, "predict_proba", None)):
            raise TypeError(
                f"DrawPad takes a trained network, which has predict_proba; got "
                f"{type(network).__name__}. pretrained() from digitlib.draw is one"
            )
        self.network = network
        self.pixels = self.probabilities = None
        self._kept = []
        super().__init__()

    def __repr__(self):
        # Where widgets are off, this line is all that a reader sees. It never changes, and
        # anywidget cuts it after 110 characters.
        return (
            "DrawPad: if you see no pad here, widgets are off. "
            "`digitlib draw` in a terminal needs none."
        )

    @property
    def prediction(self):
        return None if self.probabilities is None else int(np.argmax(self.probabilities))

    @property
    def digits(self):
        X = np.array([pixels for pixels, _ in self._kept], np.float32).reshape(-1, 784)
        return Digits(X, np.array([label for _, label in self._kept], np.int64), "drawn")

    def read(self, strokes):
        """Read some strokes, as if they had been drawn: arrays (n, 2) of x and y in [0, 1].

        Returns the ten probabilities. Raises ValueError where there is too little ink.
        """
        pixels = ink_frame(strokes)
        theta = getattr(self.network, "theta", pixels)
        p = np.asarray(self.network.predict_proba(pixels[None].astype(theta.dtype)), np.float64)
        if p.shape != (1, 10):
            raise ValueError(
                f"the pad shows ten probabilities; predict_proba gave shape {p.shape}"
            )
        if not np.isfinite(p).all():
            raise ValueError("the network's probabilities are not finite: are its weights?")
        self.pixels, self.probabilities = pixels, p[0]
        return self.probabilities

    def keep_as(self, label):
        """Keep the drawing with its label, 0 to 9; `digits` holds what was kept."""
        if self.pixels is None:
            raise ValueError("there is no drawing to keep")
        if label not in range(10):
            raise ValueError(f"a label is a digit from 0 to 9, not {label!r}")
        self._kept.append((self.pixels.copy(), int(label)))
        self._show_counts()

    def forget_last(self):
        """Take back the drawing that was kept last."""
        if self._kept:
            self._kept.pop()
        self._show_counts()

    def _show_counts(self):
        self.counts = np.bincount(self.digits.y, minlength=10).tolist()

    @traitlets.observe("strokes")
    def _read_strokes(self, change):
        """From the browser: nothing that arrives may raise, as nobody would see it."""
        message = ""
        try:
            self.pixels = self.probabilities = None
            strokes = _unpacked(change["new"])
            if strokes:
                self.read(strokes)
        except Exception as error:
            text = str(error)
            message = text[:1].upper() + text[1:] + "."
        with self.hold_sync():  # one message, so that picture and bars change together
            self.seen = b"" if self.pixels is None else self.pixels.astype("<f4").tobytes()
            p = self.probabilities
            self.answer = b"" if p is None else p.astype("<f4").tobytes()
            self.message = message

    @traitlets.observe("keep")
    def _keep_drawing(self, change):
        """[n, label] keeps the drawing; the n makes each request differ from the one before."""
        try:
            _, label = change["new"]
            if label < 0:
                self.forget_last()
            else:
                self.keep_as(label)
        except ValueError as error:
            self.message = str(error).capitalize() + "."


def _unpacked(data):
    """The browser's bytes as strokes: a list of arrays (n, 2)."""
    if len(data) % 12:
        raise ValueError("the drawing arrived damaged: draw it again")
    rows = np.frombuffer(data, "<f4").reshape(-1, 3)
    if not np.isfinite(rows).all():
        raise ValueError("the drawing arrived damaged: draw it again")
    starts = np.flatnonzero(np.diff(rows[:, 0])) + 1
    return np.split(rows[:, 1:], starts) if len(rows) else []
