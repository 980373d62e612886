"""What a reader who sees, hears or moves otherwise needs: a gate over course, notes and style.

Colour vision deficiencies are simulated with the matrices of Machado, Oliveira and Fernandes
(2009, severity 1); a difference of colours is the distance in CIELAB, of which about 2 is just
seen side by side. Contrast is WCAG's.
"""

import re
from itertools import combinations, pairwise

import nbformat
import numpy as np
import pytest
from notebook_tools import ROOT

from digitlib.plots import style

DEFICIENCIES = {
    "none": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = [
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.0721750],
    [0.0193339, 0.1191920, 0.9503041],
]
APART = 12.0  # the least distance of two colours of the house, under any deficiency
NEIGHBOURS_APART = 25.0  # of two that follow each other, as two series of one figure do
TEXTS = [*sorted((ROOT / "notes").glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
EMPTY_LINK = {"here", "this", "link", "click here", "this link", "this page", "more", "source"}


def linear(colour):
    value = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(colour, deficiency="none"):
    seen = np.clip(np.asarray(DEFICIENCIES[deficiency]) @ linear(colour), 0, 1)
    t = np.asarray(TO_XYZ) @ seen / (np.asarray(TO_XYZ) @ np.ones(3))
    f = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one, other, deficiency):
    return float(np.linalg.norm(lab(one, deficiency) - lab(other, deficiency)))


def contrast(one, other="#FFFFFF"):
    light = sorted((np.asarray(TO_XYZ)[1] @ linear(c) for c in (one, other)), reverse=True)
    return (light[0] + 0.05) / (light[1] + 0.05)


def test_the_simulation_knows_what_is_known():
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#777777") == pytest.approx(4.48, abs=0.01)  # WCAG's well-known near miss
    red, green = "#C04020", "#508020"
    assert difference(red, green, "none") > 60 > 3 * difference(red, green, "deuteranopia")


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_no_two_colours_of_the_house_merge(deficiency):
    for one, other in combinations(style.COLOURS, 2):
        assert difference(one, other, deficiency) > APART, (one, other)
    for one, other in pairwise(style.COLOURS):
        assert difference(one, other, deficiency) > NEIGHBOURS_APART, (one, other)


def test_series_differ_by_more_than_colour():
    assert len({str(dash) for dash in style.DASHES}) == len(style.DASHES) == len(style.COLOURS)
    assert len(set(style.MARKERS)) == len(style.MARKERS) == len(style.COLOURS)


def test_words_and_lines_stand_out_from_the_paper():
    for colour in ("#262626", style.MUTED):  # .15 is 38 of 255
        assert contrast(colour) >= 4.5, colour
    for colour in style.COLOURS[:5]:  # those after it are told apart by dash and marker as well
        assert contrast(colour) >= 3, colour


def texts():
    """(name, Markdown) of every notebook and note."""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        yield path.name, "\n\n".join(c.source for c in cells if c.cell_type == "markdown")
    for path in TEXTS:
        yield path.name, path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "text"), list(texts()))
def test_headings_go_down_one_step_at_a_time(name, text):
    text = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    levels = [len(marks) for marks in re.findall(r"^(#{1,6}) ", text, re.MULTILINE)]
    assert levels[0] == 1, f"{name} does not begin with its title"
    assert levels.count(1) == 1, f"{name} has more than one title"
    for before, after in pairwise(levels):
        assert after <= before + 1, (
            f"{name}: a heading of level {after} follows one of {before}"
        )


@pytest.mark.parametrize(("name", "text"), list(texts()))
def test_a_link_says_where_it_leads(name, text):
    for words, target in re.findall(r"(?<!!)\[([^\[\]]+)\]\(([^)\s]+)\)", text):
        plain = re.sub(r"[`*]", "", words).strip().lower()
        assert plain not in EMPTY_LINK, f"{name}: [{words}]({target})"


@pytest.mark.parametrize(("name", "text"), list(texts()))
def test_every_image_is_described(name, text):
    for alternative, target in re.findall(r"!\[([^\]]*)\]\(([^)\s]+)\)", text):
        badge = target.endswith(".svg")
        assert len(alternative) > (5 if badge else 40), f"{name}: {target} is not described"


def test_faults_are_found():
    with pytest.raises(AssertionError, match="follows one of 1"):
        test_headings_go_down_one_step_at_a_time("x", "# A\n\n### B")
    with pytest.raises(AssertionError, match="here"):
        test_a_link_says_where_it_leads("x", "[here](y.md)")
    with pytest.raises(AssertionError, match="not described"):
        test_every_image_is_described("x", "![](a.png)")
