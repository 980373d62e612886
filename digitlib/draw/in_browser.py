"""A small network run by the reader's own browser: the lines of web/forward.js at work.

The page of `digitlib draw` has the whole program, web/network.js, for every kind of layer.
This is the smallest one that reads a digit, for notebook 18.
"""

import base64
import html
import json
from importlib import resources

import numpy as np

from digitlib.formulas import relu, softmax

__all__ = ["run_in_browser"]

MOST = 30_000  # numbers that a notebook's output may carry: 160 kB
WAITING = "Here the browser computes, where scripts run: run this cell in a notebook."
SHOW = """
const floats = (text) =>
  new Float32Array(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
for (const host of document.querySelectorAll("[data-forward]:not([data-done])")) {
  host.dataset.done = "yes";
  const { x, layers, p } = JSON.parse(host.dataset.forward);
  const ours = forward(
    Array.from(floats(x)),
    layers.map(({ W, b }) => ({ W: floats(W), b: floats(b) })),
  );
  const apart = Math.max(...ours.map((value, k) => Math.abs(value - p[k])));
  const row = (...cells) => {
    const line = document.createElement("tr");
    for (const cell of cells) {
      line.append(Object.assign(document.createElement("td"), { textContent: cell }));
    }
    return line;
  };
  const table = document.createElement("table");
  table.append(row("digit", "JavaScript, here", "NumPy, in Python"));
  ours.forEach((value, k) => table.append(row(k, value.toFixed(6), p[k].toFixed(6))));
  const said = document.createElement("p");
  said.textContent = `Nowhere apart by more than 0.00001: ${apart < 1e-5}.`;
  host.replaceChildren(table, said);
}
"""


class InBrowser:
    """What `run_in_browser` returns: HTML for a notebook, one line of text elsewhere."""

    def __init__(self, settings):
        self.settings = settings

    def _repr_html_(self):
        settings = html.escape(json.dumps(self.settings, separators=(",", ":")))
        file = resources.files("digitlib.draw") / "web" / "forward.js"
        script = file.read_text(encoding="utf-8") + SHOW
        return (
            f'<div data-forward="{settings}"><p>{WAITING}</p></div>'
            f"<script>(() => {{\n{script}}})();</script>"
        )

    def __repr__(self):
        return "<ten probabilities, computed by the browser in JavaScript>"


def run_in_browser(layers, x):
    """Read one image in the browser that shows the notebook, with web/forward.js.

    layers   a list of pairs (W (n_in, n_out), b (n_out,)), a ReLU between any two, at most
             30,000 numbers in all
    x        (n_in,) pixels of one image, from 0 to 1

    Returns an object that a notebook shows as a table: the probabilities in JavaScript beside
    those of NumPy. All numbers travel as float32. Raises ValueError for shapes that do not go
    together, for too many numbers, and for numbers that are not finite. Notebook 18.
    """
    x = np.asarray(x, np.float32)
    layers = [(np.asarray(W, np.float32), np.asarray(b, np.float32)) for W, b in layers]
    if not layers:
        raise ValueError("layers is a list of pairs (W, b), one or more")
    if x.ndim != 1:
        raise ValueError(f"x is one image, (n_in,); got shape {x.shape}")
    n = len(x)
    for i, (W, b) in enumerate(layers):
        if W.ndim != 2 or len(W) != n or b.shape != (W.shape[1],):
            raise ValueError(
                f"layer {i} is W ({n}, n_out) and b (n_out,); got {W.shape} and {b.shape}"
            )
        n = W.shape[1]
    size = sum(W.size + b.size for W, b in layers)
    if size > MOST:
        raise ValueError(
            f"{size:,} numbers are too many for a notebook's output, at most {MOST:,}: "
            "write_page makes a page of a larger network"
        )
    if not all(np.isfinite(a).all() for pair in layers for a in (x, *pair)):
        raise ValueError("pixels and weights are finite numbers, and some here are not")
    settings = {
        "x": _text(x),
        "layers": [{"W": _text(W), "b": _text(b)} for W, b in layers],
        "p": [round(float(p), 7) for p in _probabilities(layers, x)],
    }
    return InBrowser(settings)


def _probabilities(layers, x):
    """The forward pass of one image in float64, (n_out,)."""
    a = x.astype(np.float64)
    for i, (W, b) in enumerate(layers):
        z = a @ W.astype(np.float64) + b
        a = relu(z) if i < len(layers) - 1 else z
    return softmax(a)


def _text(array):
    """An array's bytes, little-endian float32, as base64 text."""
    return base64.b64encode(array.astype("<f4").tobytes()).decode("ascii")
