"""notes/symptoms.md: every row of its table points at a run that is there."""

import re

import pytest
from notebook_tools import PATHS, ROOT, code_cells, measured_outputs, printed, read

TEXT = (ROOT / "notes" / "symptoms.md").read_text(encoding="utf-8")
ROWS = [
    [part.strip() for part in line.strip("| ").split(" | ")]
    for line in TEXT.splitlines()
    if line.startswith("| ") and not line.startswith("| symptom")
]
BY_NUMBER = {path.name[:2]: path for path in PATHS}
NAME = re.compile(r"(\d\d)\.\w+")


def is_there(number, claimed):
    """Whether a notebook measures, guesses or prints what a row names."""
    notebook = read(BY_NUMBER[number])
    if NAME.fullmatch(claimed):
        revealed = re.compile(rf'reveal\(\s*"{re.escape(claimed)}"')
        return claimed in measured_outputs(notebook) or any(
            revealed.search(cell.source) for cell in code_cells(notebook)
        )
    return any(claimed in printed(cell) for cell in code_cells(notebook))


def test_the_table_is_read():
    assert len(ROWS) >= 15
    assert all(len(row) == 5 for row in ROWS), [row for row in ROWS if len(row) != 5]
    assert len({row[0] for row in ROWS}) == len(ROWS), "two rows with one symptom"


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:40] for row in ROWS])
def test_every_row_names_a_test_and_a_run(row):
    symptom, cause, test, where, run = row
    assert symptom
    assert cause
    assert "`" in test or test.startswith(("check again", "both curves", "the standard", "two"))
    main = where[:2]
    assert main in BY_NUMBER, f"no notebook {main}"
    headings = re.findall(
        r"^## (\d+) · ",
        "\n".join(c.source for c in read(BY_NUMBER[main]).cells),
        re.MULTILINE,
    )
    sections = re.match(r"\d\d, sections? ([\d and]+)", where)
    assert sections, "the first place to read is a section"
    assert set(re.findall(r"\d+", sections[1])) <= set(headings)
    claims = re.findall(r"`([^`]+)`", run)
    assert claims
    for claimed in claims:
        named = NAME.fullmatch(claimed)
        number = named[1] if named else main
        assert is_there(number, claimed), f"{claimed} is not in notebook {number}"


def test_a_run_that_is_not_there_is_found():
    assert not is_there("04", "05.no_such_measurement")
    assert not is_there("04", "words that no cell prints")


def test_every_measurement_in_the_text_exists():
    for number, claimed in re.findall(r"`((\d\d)\.\w+)`", TEXT):
        assert is_there(claimed, number)


def test_links_lead_somewhere():
    for address in re.findall(r"\]\((?!https?://|#)([^)\s]+)\)", TEXT):
        assert (ROOT / "notes" / address).resolve().exists(), address
