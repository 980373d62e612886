"""What the tests of the notebooks share: reading them, and finding what they claim."""

import json
import re
import tomllib
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
PATHS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
STEMS = [path.stem for path in PATHS]

# A number in prose and the name that says where it was measured: 90.4 %<!-- 04.accuracy -->
MEASURED = re.compile(
    r"(?P<number>[−-]?\d[\d,]*(?:\.\d+)?)(?P<percent>\s?%)?\s?<!-- (?P<name>[\w.]+) -->"
)
# What an exercise's cell ends in: f = check("04.f", f), backward = check("04.wall", wall).
CHECK = re.compile(
    r'^(?P<result>[a-zA-Z]\w*) = check\("(?P<name>[\w.]+)", (?P<answer>\w+)\)$', re.MULTILINE
)
CAPTION = re.compile(r"\*\*Figure (\d+)\.\*\*\s+(.*)", re.DOTALL)


HELD = ROOT / "tests" / "held.json"  # what the stored builds held: written by tools/build.py
BANDS = ROOT / "tests" / "bands.toml"  # where it has to lie: written by hand


def read(path):
    return nbformat.read(path, as_version=4)


def tags(cell):
    return set(cell.metadata.get("tags", []))


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def printed(cell):
    return "".join(o.text for o in cell.outputs if o.output_type == "stream")


def prose(notebook):
    return "\n\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")


def without_code_and_mathematics(markdown):
    """Prose alone: formulas, code, links' addresses and tables' rules taken out."""
    for pattern in (r"```.*?```", r"\$\$.*?\$\$", r"\$[^$\n]*\$", r"`[^`\n]*`", r"\]\([^)]*\)"):
        markdown = re.sub(pattern, " ", markdown, flags=re.DOTALL)
    return markdown


def bands():
    """Name -> (low, high), from tests/bands.toml."""
    tables = tomllib.loads(BANDS.read_text(encoding="utf-8"))
    return {
        f"{number}.{name}": tuple(band)
        for number, table in tables.items()
        for name, band in table.items()
    }


def held(number):
    """What the stored build of a notebook held: name -> value, from tests/held.json."""
    values = json.loads(HELD.read_text(encoding="utf-8"))
    return {name: value for name, value in values.items() if name.startswith(f"{number}.")}


def number_of(notebook):
    """The number in the ids of a notebook's cells, 04; an empty string where they have none."""
    return re.match(r"\d\d(?=_)|", notebook.cells[0].id)[0]


def measured_outputs(notebook, now=None):
    """Every number that a cell held: name -> (value, low, high), None where it has no band.

    now: what its cells held in another run, instead of in the stored build.
    """
    allowed = bands()
    values = held(number_of(notebook)) if now is None else now
    return {name: (value, *allowed.get(name, (None, None))) for name, value in values.items()}


def disagreements(notebook, now=None):
    """Each measured number of the prose that its output does not bear out, as a sentence.

    now: what its cells held in another run, instead of in the stored build.
    """
    outputs, wrong = measured_outputs(notebook, now), []
    for match in MEASURED.finditer(prose(notebook)):
        name, text = match["name"], match["number"].replace(",", "").replace("−", "-")
        if name not in outputs:
            wrong.append(f"{match[0]!r}: no cell holds {name}")
            continue
        value = outputs[name][0] * (100 if match["percent"] else 1)
        half_a_digit = 0.5 * 10 ** -len(text.partition(".")[2])
        if abs(float(text) - value) > half_a_digit * (1 + 1e-6):
            wrong.append(f"{match[0]!r}: the cell measured {outputs[name][0]}")
    for name, (value, low, high) in outputs.items():
        if low is None:
            wrong.append(f"{name}: held without a band in tests/bands.toml")
        elif not low <= value <= high:
            wrong.append(f"{name}: {value} is outside {low} to {high}")
    return wrong


def unnamed_numbers(notebook):
    """Decimals and percentages in prose that name no measurement: they could rot unseen."""
    text = without_code_and_mathematics(prose(notebook))
    text = re.sub(r"\((?:[^()]*\b)?(?:1[89]|20)\d\d\)", " ", text)  # years of the literature
    found = []
    for match in re.finditer(r"\d[\d,]*\.\d+(?:\s?%)?|\d+\s?%", text):
        rest = text[match.end() :]
        of_a_reference = re.search(r"(chapter|section|version|Figure) $", text[: match.start()])
        if not re.match(r"\s?%?\s?<!-- [\w.]+ -->", rest) and not of_a_reference:
            found.append(text[max(0, match.start() - 30) : match.end() + 10])
    return found
