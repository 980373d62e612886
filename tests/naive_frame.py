"""MNIST's frame by its specification, pixel by pixel.

`python tests/naive_frame.py` writes frame.json.

The two frames of the project, digitlib.mnist_frame and web/frame.js, are both held to what is
written there; neither wrote it.
"""

import json
import math
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("frame.json")
SPECIFICATION = [
    "A picture is a rectangle of finite numbers from 0, paper, to 1, full ink, and has ink. A "
    "picture whose edge is ink is refused: three quarters of its outermost pixels, corners "
    "counted twice, are above half of the darkest one. Its paper is white and its ink dark.",
    "The crop: the smallest rectangle with every pixel above a tenth of the darkest one.",
    "The scale: the crop's longer side becomes 20 pixels, both sides by the same factor s.",
    "The place: the centre of mass of the whole picture goes to pixel (14, 14), counted from "
    "0, by whole pixels: the crop's first row lies at floor(14 - centre + 1/2), and never so "
    "that a part of the crop is cut off. Columns in the same way.",
    "Shrunk (s < 1): a pixel of the frame is the mean of the part of the picture that it "
    "covers.",
    "Enlarged (s >= 1): a pixel of the frame is the picture at its middle, between the four "
    "nearest pixels, with paper around the picture.",
]


def naive_frame(image):
    """(28, 28) from a picture (h, w), by the specification and slowly."""
    height, width = image.shape
    inked = [
        (r, c) for r in range(height) for c in range(width) if image[r, c] > 0.1 * image.max()
    ]
    total = sum(image[r, c] for r, c in np.ndindex(height, width))
    spans = []
    for axis in (0, 1):
        first, last = min(p[axis] for p in inked), max(p[axis] for p in inked)
        mean = sum(p[axis] * image[p] for p in np.ndindex(height, width)) / total
        spans.append((first, last - first + 1, mean))
    s = 20 / max(spans[0][1], spans[1][1])
    starts = []
    for first, length, mean in spans:
        centre = (mean - first + 0.5) * s - 0.5  # in the frame's pixels, from the crop's first
        longest = math.ceil(round(length * s, 9))
        starts.append(min(max(math.floor(14 - centre + 0.5), 0), 28 - longest))
    framed = np.zeros((28, 28))
    for u, v in np.ndindex(28, 28):
        y, x = ((k - start) / s + first for k, start, (first, *_) in zip((u, v), starts, spans))
        framed[u, v] = _mean(image, y, x, 1 / s) if s < 1 else _between(image, y, x, 1 / s)
    return framed


def _mean(image, y, x, side):
    total = 0.0
    for r in range(max(math.floor(y), 0), min(math.ceil(y + side), len(image))):
        for c in range(max(math.floor(x), 0), min(math.ceil(x + side), len(image[0]))):
            high = min(r + 1, y + side) - max(r, y)
            wide = min(c + 1, x + side) - max(c, x)
            total += max(high, 0) * max(wide, 0) * image[r, c]
    return total / side**2


def _between(image, y, x, side):
    y, x = y + side / 2 - 0.5, x + side / 2 - 0.5
    total = 0.0
    for r in (math.floor(y), math.floor(y) + 1):
        for c in (math.floor(x), math.floor(x) + 1):
            if 0 <= r < len(image) and 0 <= c < len(image[0]):
                total += (1 - abs(y - r)) * (1 - abs(x - c)) * image[r, c]
    return total


def pictures():
    """Name -> picture with two decimals: what a frame meets, and its odd corners.

    Each is darker towards one corner: where a centre of mass lies half-way between two pixels,
    the last bit of a sum decides, and two programs may differ in it.
    """
    rng = np.random.default_rng(0)
    found = {}

    def add(name, image):
        rows, columns = np.indices(image.shape)
        found[name] = np.round(image * (1 - 0.004 * rows - 0.0023 * columns), 2)

    rows, columns = np.mgrid[:60, :50]
    ring = np.clip(6 - np.abs(np.hypot(rows - 30, (columns - 22) * 1.4) - 20), 0, 1)
    add("a ring of 60 x 50, shrunk", ring)
    add("the ring with ink that is faint", 0.3 * ring)
    bar = np.zeros((40, 30))
    bar[3:38, 20:24] = 1
    add("a bar at the edge of its paper", bar)
    add("the bar lying", bar.T)
    small = np.zeros((9, 9))
    small[1:7, 2:6] = 0.2 + 0.8 * rng.random((6, 4))
    add("six rows, enlarged", small)
    exact = np.zeros((28, 28))
    exact[4:24, 8:20] = rng.random((20, 12)) * 0.8 + 0.2
    add("twenty rows, as they are", exact)
    far = np.zeros((26, 26))
    far[2, 2:24] = far[2:24, 2] = 0.11
    far[18:24, 18:24] = 1
    add("a centre of mass far from the middle", far)
    faint = np.zeros((30, 30))
    faint[8:22, 12:16] = 1
    faint[3, 3] = faint[27, 26] = 0.09
    add("dust fainter than a tenth", faint)
    add("faint ink with fainter dust that counts", 0.4 * faint + 0.05 * (faint == 0.09))
    dot = np.zeros((7, 7))
    dot[2, 4] = 1
    add("one pixel", dot)
    odd = np.zeros((154, 12))
    odd[4:151, 4] = 0.35
    odd[4:20, 4:10] = 1
    add("an edge with some ink", allowed_edge())
    add("147 rows, whose factor is no exact number", odd)
    return found


def refused():
    """Name -> (picture, words of the refusal): what neither frame may take for a digit."""
    found = {"blank": (np.zeros((5, 4)), "no ink")}
    below = np.zeros((6, 6))
    below[2, 2:4] = 1, -0.25
    found["a value below 0"] = below, "below 0"
    found["pixels from 0 to 255"] = np.where(below > 0, 255.0, 0), "values up to 255"
    dark = np.ones((9, 7))
    dark[2:7, 2:5] = 0.2
    found["black on white"] = dark, "its paper is white"
    # 8 x 8 has an edge of 32, corners twice: 24 of them are three quarters.
    just = np.zeros((8, 8))
    just[3, 3] = just[0] = just[7] = just[1:3, 0] = just[1:3, 7] = 1
    found["three quarters of the edge"] = just, "its paper is white"
    return found


def allowed_edge():
    """One pixel of the edge fewer than what is refused."""
    image = refused()["three quarters of the edge"][0].copy()
    image[2, 0] = 0
    return image


def main():
    cases = [
        {
            "name": name,
            "image": image.tolist(),
            "framed": np.round(naive_frame(image), 7).tolist(),
        }
        for name, image in pictures().items()
    ]
    wrong = [
        {"name": name, "image": image.tolist(), "says": says}
        for name, (image, says) in refused().items()
    ]
    lines, refusals = (
        ",\n".join("  " + json.dumps(case, separators=(",", ":")) for case in some)
        for some in (cases, wrong)
    )
    said = ",\n".join("  " + json.dumps(line) for line in SPECIFICATION)
    text = f'{{\n "specification": [\n{said}\n ],\n "cases": [\n{lines}\n ],\n '
    text += f'"refused": [\n{refusals}\n ]\n}}\n'
    FILE.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
