"""The pad in a notebook: DrawPad(network) shows what a network makes of your handwriting.

The strokes come from the browser; everything else happens here, in the kernel, with the very
network that was passed in. So it can be any network of NumPy's, and training it further
changes what the pad says at once.
"""

import anywidget
import numpy as np
import traitlets

from digitlib.draw.pad import Pad
from digitlib.draw.web_page import script, web

__all__ = ["DrawPad"]

PARTS = ("pad.js", "view.js", "keeper.js", "widget.js")


def _bytes(**metadata):
    """Bytes that the browser may set: they arrive as a memoryview, which Bytes refuses."""
    return traitlets.Bytes(b"").tag(
        sync=True, from_json=lambda value, widget: bytes(value or b""), **metadata
    )


class DrawPad(Pad, anywidget.AnyWidget):
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

    def __repr__(self):
        # Where widgets are off, this line is all that a reader sees. It never changes, and
        # anywidget cuts it after 110 characters.
        return (
            "DrawPad: if you see no pad here, widgets are off. "
            "`digitlib draw` in a terminal needs none."
        )

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
