"""A clone has what the course uses: no file that git leaves out is named anywhere.

The tests run where the files were made, so that a file which `.gitignore` hides, as it hides
every .csv, is missing for everybody else and for nobody here.
"""

import re
import subprocess

import pytest
from notebook_tools import PATHS, ROOT, read

from digitlib.data.digits import LOADERS
from digitlib.sweep.table import record as sweep_record
from tools import comparisons

RECORDS = ROOT / "digitlib" / "records"
# compare.load("depth"), load_record("depth"), sweep.record("seeds"): which file each one opens
CALL = re.compile(r"\b(load|load_record|record)\(\"([\w-]+)\"\)")
FILE = re.compile(
    r"\b(?:digitlib|notes|notebooks|tests|tools|benchmarks|figures)/[\w./-]+\.\w+\b"
)


def git(*arguments):
    done = subprocess.run(
        ["git", "-C", ROOT, *arguments, "-z"], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split("\0")) - {""}


needs_git = pytest.mark.skipif(
    not (ROOT / ".git").exists(), reason="an archive without its history: nothing to ask git"
)


def texts():
    """(name, text) of each notebook, page and maintainers' file that may name a file."""
    for path in PATHS:
        yield path.name, "\n".join(cell.source for cell in read(path).cells)
    places = (
        "*.md",
        "Makefile",
        "notes/*.md",
        "tools/*.py",
        "benchmarks/*.py",
        "digitlib/**/*.py",
    )
    for place in places:
        for path in sorted(ROOT.glob(place)):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def asked():
    """{file of a record that some text loads: where}."""
    found = {}
    for place, text in texts():
        for call, name in CALL.findall(text):
            if call == "load" and name in LOADERS:
                continue  # digitlib.load("mnist"): digits and no record
            kind = "csv" if call == "record" else "json"
            found.setdefault(f"digitlib/records/{name}.{kind}", set()).add(place)
    return found


@needs_git
def test_each_record_that_is_loaded_anywhere_is_in_a_clone():
    found = asked()
    assert "17_many_runs.ipynb" in found["digitlib/records/seeds.csv"]
    assert "08_three_layers.ipynb" in found["digitlib/records/depth.json"]
    tracked = git("ls-files")
    missing = {file: places for file, places in found.items() if file not in tracked}
    assert missing == {}, "git add -f, and an exception in .gitignore"


@needs_git
def test_no_file_of_the_package_is_ignored_by_git():
    """Also files that nobody names: weights and pages are found by their folder."""
    hidden = git("ls-files", "--others", "--ignored", "--exclude-standard", "--", "digitlib")
    kept = {file for file in hidden if "__pycache__/" not in file}
    assert kept == set()


@needs_git
def test_each_file_that_a_text_names_is_in_a_clone():
    tracked, missing = git("ls-files"), {}
    for place, text in texts():
        for file in FILE.findall(text):
            if (ROOT / file).is_file() and file not in tracked:
                missing.setdefault(file, set()).add(place)
    assert missing == {}


def test_each_record_has_its_rows_or_its_command_on_the_page_of_comparisons():
    page = comparisons.PAGE.read_text(encoding="utf-8")
    commands = (ROOT / "Makefile").read_text(encoding="utf-8")
    for file in sorted(RECORDS.iterdir()):
        if file.suffix == ".json":
            assert f"\n| `{file.stem}` | " in page, file.name
            assert file.stem in comparisons.COMPARISONS, "no command makes it again"
        else:
            assert file.suffix == ".csv", f"what is {file.name}?"
            assert len(sweep_record(file.stem)), file.name
            assert f'`digitlib.sweep.record("{file.stem}")`' in page, file.name
            assert f"`make {file.stem}`" in page, file.name
            assert re.search(rf"^{re.escape(file.stem)}:", commands, re.MULTILINE), file.name
