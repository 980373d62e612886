"""Strokes of a pen become a picture. web/ink.js does the same arithmetic on the page.

A stroke is a list of points (x, y) in parts of the pad's side, x to the right and y down. The
pen's width grows with the digit: MNIST's writers all used the same pen at the same size, and a
pen of fixed width would turn a small digit into a blob once the frame enlarges it.
"""

import json
import math
from importlib import resources

import numpy as np

from digitlib.data.frame import mnist_frame

__all__ = ["drawn", "ink", "ink_frame", "pad_picture"]

SIDE = 100  # the longer side of the picture, in pixels: five for each pixel of the frame
PEN = 12  # the pen's width in these pixels, 2.4 in the frame's
SMALLEST = 0.04  # a drawing below this part of the pad is a dot, not a digit


def ink(strokes):
    """The picture of some strokes: (height, width) float64, 0 for paper and 1 for ink.

    strokes   a list of arrays (n, 2) of points (x, y) in parts of the pad's side

    The edge of a line falls from 1 to 0 over one pixel. Raises ValueError for points that are
    not finite, and for a drawing so small that it is no digit.
    """
    strokes = [np.asarray(stroke, np.float64).reshape(-1, 2) for stroke in strokes]
    points = np.concatenate([np.empty((0, 2)), *strokes])
    if not np.isfinite(points).all():
        raise ValueError("a stroke has a point that is not a number")
    span = np.ptp(points, axis=0) if len(points) else np.zeros(2)
    if not span.max() >= SMALLEST:
        raise ValueError("there is too little ink to read: draw a digit")
    corner, scale, radius = points.min(axis=0), (SIDE - PEN) / span.max(), PEN / 2
    width, height = (math.ceil(length * scale) + PEN for length in span)
    picture = np.zeros((height, width))
    for stroke in strokes:
        places = (stroke - corner) * scale + radius
        for start, end in zip(places[np.r_[:1, : len(places) - 1]], places):
            _line(picture, start, end, radius + 0.5)
    return picture


def ink_frame(strokes):
    """What a network of MNIST sees of some strokes: (784,) float32 in MNIST's frame."""
    return mnist_frame(ink(strokes)[None])[0].astype(np.float32)


def pad_picture(strokes, side=280, pen=20):
    """The whole pad as a picture, with every stroke where it was drawn: no crop, no frame.

    strokes   a list of arrays (n, 2) of points (x, y) in parts of the pad's side
    side      of the pad, in pixels
    pen       the pen's width, in pixels

    Returns (side, side) float64, 0 for paper and 1 for ink. Raises ValueError for points that
    are not finite. Notebook 18, 'A network that reads MNIST'.
    """
    picture = np.zeros((side, side))
    for stroke in strokes:
        places = np.asarray(stroke, np.float64).reshape(-1, 2) * side
        if not np.isfinite(places).all():
            raise ValueError("a stroke has a point that is not a number")
        for start, end in zip(places[np.r_[:1, : len(places) - 1]], places):
            _line(picture, start, end, pen / 2 + 0.5)
    return picture


def drawn():
    """Thirty digits as strokes on a pad: (a list of thirty lists of strokes, labels (30,)).

    Each digit once in each of three styles (plain, with a barred 7 and a 1 with a serif,
    slanted), at several sizes and places. Each stroke is an array (n, 2) of points (x, y) in
    parts of the pad's side; the labels are int64. They were written before the frame and the
    pad existed, and no network has learned from them.
    """
    file = resources.files("digitlib.draw") / "drawn.json"
    sets = json.loads(file.read_text(encoding="utf-8"))["sets"]
    strokes = [[np.array(stroke) for stroke in entry["strokes"]] for entry in sets]
    return strokes, np.array([entry["digit"] for entry in sets], np.int64)


def _line(picture, start, end, reach):
    """Ink one line with round ends; `reach` is half a pixel more than half the pen."""
    low = np.maximum(np.floor(np.minimum(start, end) - reach), 0).astype(int)
    high = np.ceil(np.maximum(start, end) + reach).astype(int) + 1
    part = picture[low[1] : high[1], low[0] : high[0]]
    rows, columns = np.ogrid[: part.shape[0], : part.shape[1]]
    px, py = columns + low[0] + 0.5 - start[0], rows + low[1] + 0.5 - start[1]
    dx, dy = end - start
    squared = dx * dx + dy * dy
    # How far along the line its point nearest to each pixel lies, from 0 to 1.
    along = np.clip((px * dx + py * dy) / squared, 0, 1) if squared > 0 else 0.0
    away = np.hypot(px - along * dx, py - along * dy)
    np.maximum(part, np.clip(reach - away, 0, 1), out=part)
