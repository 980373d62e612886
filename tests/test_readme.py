"""README keeps its word: its links, its table, its numbers, its commands."""

import base64
import re

from notebook_tools import MEASURED, PATHS, ROOT, measured_outputs, read

from tools.build import PICTURE_TAG, image_outputs

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_notebook_has_its_row_with_badges_and_time():
    rows = [line for line in README.splitlines() if re.match(r"\| \d\d \|", line)]
    assert len(rows) == len(PATHS)
    for path, row in zip(PATHS, rows):
        opening = read(path).cells[0].source
        assert row.count(f"/blob/main/notebooks/{path.name})") == 2, "two badges"
        minutes = re.search(r"About (\d+) minutes", opening)[1]
        title = re.search(r"# \d\d · (.*)", opening)[1]
        assert f"| [{title}](notebooks/{path.name}) |" in row
        assert f"| {minutes} |" in row


def test_the_accuracies_are_those_that_the_notebooks_print():
    outputs = {}
    for path in PATHS:
        outputs |= measured_outputs(read(path))
    found = list(MEASURED.finditer(README))
    assert len(found) >= 2
    for match in found:
        assert abs(float(match["number"]) - 100 * outputs[match["name"]][0]) <= 0.05 + 1e-9


def test_local_links_and_pictures_are_there():
    for name in ("README.md", *(f"notes/{p.name}" for p in (ROOT / "notes").glob("*.md"))):
        text = (ROOT / name).read_text(encoding="utf-8")
        for address in re.findall(r"\]\((?!https?://|#)([^)\s]+)\)", text):
            target = (ROOT / name).parent / address.partition("#")[0]
            assert target.exists(), f"{name} links to {address}"


def test_the_commands_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make (\w+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for name in ("CONTRIBUTING.md", "notes/teachers.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        told = re.findall(r"(?:^|`)make (\w+)", text, re.MULTILINE)
        assert len(told) >= 2
        for target in told:
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{name}: make {target}"
        # A fresh clone has its packages in .venv alone, so a bare `python` does not find them.
        assert not re.search(r"(?:^|`)python3? ", text, re.MULTILINE), name


def test_a_teachers_hours_are_the_minutes_of_the_notebooks():
    rows = re.findall(r"^\| (\d\d) \|[^|]*\|[^|]*\| (\d+) \|", README, re.MULTILINE)
    minutes = {number: int(each) for number, each in rows}
    text = (ROOT / "notes" / "teachers.md").read_text(encoding="utf-8")
    plans = re.findall(r"^\| ([^|]+) \| (\d\d[^|]*) \| ([\d.]+) \|$", text, re.MULTILINE)
    assert len(plans) >= 4
    for plan, notebooks, hours in plans:
        chosen = re.findall(r"\d\d", notebooks)
        if " to " in notebooks:
            chosen = [n for n in minutes if chosen[0] <= n <= chosen[1]]
        total = sum(minutes[number] for number in chosen)
        assert abs(float(hours) - total / 60) <= 0.051, f"{plan}: {total / 60:.2f} hours"
        if lesson := re.search(r"lessons of (\d+) minutes", plan):
            for part in notebooks.split(";"):
                needed = sum(minutes[number] for number in re.findall(r"\d\d", part))
                assert needed <= int(lesson[1]), f"{part.strip()} takes {needed} minutes"


def test_the_pictures_are_those_of_the_notebooks():
    """A cell tagged `picture-mistakes` draws figures/mistakes.png, byte for byte."""
    drawn = {}
    for path in PATHS:
        for cell in read(path).cells:
            for tag in cell.metadata.get("tags", []):
                if tag.startswith(PICTURE_TAG):
                    (data,) = image_outputs([cell])
                    drawn[tag.removeprefix(PICTURE_TAG)] = base64.b64decode(data["image/png"])
    assert drawn
    for name, png in drawn.items():
        assert png == (ROOT / "figures" / f"{name}.png").read_bytes(), name
        assert f"(figures/{name}.png)" in README, f"README does not show {name}"
