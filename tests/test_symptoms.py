"""notes/symptoms.md: every row of its table points at a run that is there."""

import re

import numpy as np
import pytest
from notebook_tools import PATHS, ROOT, code_cells, measured_outputs, printed, read

import digitlib

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


OF_ONES_OWN = {
    "twice": (
        lambda X: X / 255,
        "the pixels reach only 0.0039. Were they divided by 255 twice?",
    ),
    "not divided": (
        lambda X: X * np.float32(255),
        "the pixels reach 255, and a network learns from 0 to 1",
    ),
    "white paper": (lambda X: 1 - X, "the paper is brighter than the ink"),
    "on its side": (
        lambda X: X.reshape(-1, 28, 28).swapaxes(1, 2).reshape(-1, 784),
        "the digits lie on their side, as EMNIST's files have them",
    ),
    "missing": (
        lambda X: np.where(
            np.arange(X.size).reshape(X.shape) == 3 * 784 + 100, np.nan, X
        ).astype(np.float32),
        "X is nan in row 3, column 100",
    ),
}


@pytest.mark.parametrize("kind", OF_ONES_OWN)
def test_digits_of_ones_own_are_told_what_is_wrong_with_them(kind):
    change, words = OF_ONES_OWN[kind]
    assert f'*"{words}"*' in TEXT
    digits, _ = digitlib.load()
    digits = digits._replace(X=change(digits.X))
    rng = np.random.default_rng(0)
    network = digitlib.Network(digitlib.Linear(784, 10, rng))
    if kind == "missing":
        with pytest.raises(ValueError, match=words):
            digitlib.evaluate(network, digits)
    else:
        with pytest.warns(UserWarning, match=re.escape(words)):
            digitlib.evaluate(network, digits)


def test_a_label_in_the_last_column_is_found(tmp_path):
    digits, _ = digitlib.load()
    pixels = (digits.X[:60] * 255).round().astype(int)
    names = [*(f"pixel{i}" for i in range(784)), "label"]
    lines = [",".join(names)]
    lines += [",".join(map(str, [*row, y])) for row, y in zip(pixels, digits.y)]
    (tmp_path / "own.csv").write_text("\n".join(lines))
    found = digitlib.read_digits(tmp_path / "own.csv")
    assert (found.y == digits.y[:60]).all()
