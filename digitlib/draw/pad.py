"""What a pad keeps and computes, without anything to draw on: the half that needs no widget."""

import numpy as np

from digitlib.data import Digits
from digitlib.draw.strokes import ink_frame

__all__ = ["Pad"]


class Pad:
    """A network, the last drawing that it read, and the drawings that were kept.

    It stands in for DrawPad where anywidget is missing, so that a notebook runs on: nothing
    can be drawn, `digits` stays empty until `read` and `keep_as` are called, and what it
    shows in a notebook says what to install.
    """

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
        return (
            "No pad can be shown, because anywidget is not installed: put  %pip install "
            "anywidget  into a cell of its own and run it, then the cell that imports DrawPad "
            "and this one again. `digitlib draw` in a terminal needs none."
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
        """Nothing to show them on."""
