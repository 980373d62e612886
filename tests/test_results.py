"""`tools/results.py`: what is stored in the repository is what the records say."""

import json
import statistics

import pytest
import results
from notebook_tools import ROOT
from test_reproduce import made_up

import digitlib
from digitlib import recipes
from digitlib.recipes import RECIPES
from digitlib.recipes import records as reproduce


@pytest.fixture
def project(tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "digitlib/recipes").mkdir(parents=True)
    text = f"# Title\n\n{results.BEGIN}\nold\n{results.END}\n\nthe end\n"
    (tmp_path / "README.md").write_text(text, encoding="utf-8")
    return tmp_path


def test_results_go_to_notes_and_readme(project, tmp_path):
    for data in ("kaggle", "mnist"):
        (tmp_path / f"{data}.json").write_text(json.dumps(made_up(data)), encoding="utf-8")
    results.write([tmp_path / "kaggle.json"], project)
    results.write([tmp_path / "mnist.json"], project)
    summaries = results.read_json(project / "notes/results.json")
    assert list(summaries) == ["kaggle", "mnist"]
    assert "history" not in summaries["mnist"]["runs"][0]
    page = (project / "notes/results.md").read_text(encoding="utf-8")
    assert page.count("| two-layer-gd | 784-10-10 | 84.53 % train") == 2
    assert "83.00 85.00" in page
    front = (project / "README.md").read_text(encoding="utf-8")
    assert front.startswith("# Title\n\n<!-- results")
    assert front.endswith(f"{results.END}\n\nthe end\n")
    assert "old" not in front
    row = next(line for line in front.splitlines() if "`two-layer-gd`" in line)
    assert "| 84.00 ± 1.41 | – | 7,960 |" in row

    unchanged = {file: file.read_bytes() for file in project.rglob("*") if file.is_file()}
    empty = made_up() | {"runs": []}
    (tmp_path / "empty.json").write_text(json.dumps(empty), encoding="utf-8")
    with pytest.raises(ValueError, match="no finished training"):
        results.write([tmp_path / "kaggle.json", tmp_path / "empty.json"], project)
    (tmp_path / "empty.json").unlink()
    assert unchanged.keys() - {tmp_path / "empty.json"} == {
        file for file in project.rglob("*") if file.is_file()
    }
    for file, content in unchanged.items():
        assert file.read_bytes() == content


def test_results_of_one_source_come_together(project, tmp_path):
    """By recipe: what is new about one takes its place, with all its seeds; others stay."""

    def put(*records):
        paths = [tmp_path / f"{number}.json" for number in range(len(records))]
        for path, record in zip(paths, records):
            path.write_text(json.dumps(record), encoding="utf-8")
        results.write(paths, project)
        stored = results.read_json(project / "notes/results.json")["kaggle"]
        shown = [(r["recipe"], r["seed"], r["valid"]["accuracy"]) for r in stored["runs"]]
        return shown, stored["commands"]

    he, gd = "three-layer-he", "two-layer-gd"
    first = made_up(name=he) | {"commands": ["first"]}
    second = made_up(valid=[0.5, 0.6]) | {"commands": ["second"]}
    both = [(gd, 0, 0.5), (gd, 1, 0.6), (he, 0, 0.83), (he, 1, 0.85)]
    assert put(first, second) == (both, ["first", "second"])
    third = made_up(valid=[0.7], train=[0.7]) | {"commands": ["third"]}
    assert put(third)[0] == [(gd, 0, 0.7), (he, 0, 0.83), (he, 1, 0.85)]
    assert put(first, third) == ([(gd, 0, 0.7), *both[2:]], ["first", "third"])


def test_what_best_says_of_itself_gets_a_section_and_a_time(project, tmp_path):
    about = {
        "recipe": "cnn-best", "seeds": 2, "splits": 2, "networks": 4, "jobs": 3,
        "accuracy": 0.9962, "accuracies": [0.991, 0.992, 0.993, 0.994],
        "interval": [0.9951, 0.9971], "seconds": 126.04, "date": "2026-11-26T00:00+00:00",
        "rows": {"train": 90, "held_out": 2020, "test": 30},
        "machine": dict.fromkeys(results.MACHINE, "told"),
    }  # fmt: skip
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept/model.json").write_text(json.dumps({"about": about}), encoding="utf-8")
    results.write([], project, tmp_path / "kept")
    measured = results.read_json(project / results.MEASURED)
    assert measured == {"best": {"seconds": 126.0, "held_out": 99.62, "machine": "told"}}
    results.write([], project)
    assert results.read_json(project / results.MEASURED) == measured, "the record has it"
    page = (project / "notes/results.md").read_text(encoding="utf-8")
    for text in (
        "4 times cnn-best, 2 for each of 2 splits, read in shifted copies; 3 trained at a time",
        "its split held out: 99.10 99.20 99.30 99.40",
        "over the 2,020 rows that the splits held out: 99.62 %; for 30 new rows, 95 % interval "
        "99.51 to 99.71 %",
        "- Time: 2 min until",
        "- Processor: told",
    ):
        assert text in page
    (tmp_path / "kept/model.json").write_text('{"about": {"accuracy": 1}}', encoding="utf-8")
    with pytest.raises(ValueError, match=r"kept holds no model.*does not say accuracies, int"):
        results.write([], project, tmp_path / "kept")


def test_results_need_the_project(tmp_path, project, capsys):
    assert results.main(["--root", str(tmp_path / "notes")]) == 1
    assert "run this in the project's folder" in capsys.readouterr().err
    (project / "README.md").write_text("no marker", encoding="utf-8")
    with pytest.raises(ValueError, match="the table goes between <!-- results"):
        results.write([], project)


STORED = results.read_json(ROOT / "notes/results.json")


def test_the_stored_tables_are_those_of_the_record():
    assert {"sample", "mnist", "kaggle"} <= set(STORED) <= {"sample", "mnist", "kaggle", "best"}
    page = (ROOT / "notes/results.md").read_text(encoding="utf-8")
    assert page == results.markdown(STORED)
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert results.between(text, "README.md")[1] == results.readme(STORED)


def cells(text, name):
    """The cells after the first of the only line of a table that begins with this name."""
    (line,) = [line for line in text.splitlines() if line.startswith(f"| {name} |")]
    return [cell.strip() for cell in line.split("|")[2:-1]]


@pytest.mark.parametrize("data", ["sample", "mnist", "kaggle"])
def test_every_stored_row_has_its_numbers(data):
    page = (ROOT / "notes/results.md").read_text(encoding="utf-8")
    section = page.partition(f"## {results.TITLES[data]}\n")[2].partition("\n## ")[0]
    assert "`python -m digitlib reproduce" in section
    assert "- Trained: 20" in section
    assert "- Processor: " in section
    table, _, every = section.partition("Every seed")
    table = table.partition("What is reported")[0]
    for name, recipe in RECIPES.items():
        shown, seeds = cells(table, name), cells(every, name)
        assert shown[0] == recipe.layout
        assert shown[1] == (recipe.reported or "–")
        measured = [
            data != "kaggle" and "test",
            recipe.valid_share or data == "kaggle",
            "train",
        ]
        for part, values, wanted in zip(shown[2:5], seeds[:3], reversed(measured)):
            if not wanted:
                assert part == values == "–"
                continue
            values = [float(value) for value in values.split()]
            mean, sd = map(float, part.split(" ± "))
            assert len(values) >= 3
            assert mean == pytest.approx(statistics.fmean(values), abs=0.0101)
            assert sd == pytest.approx(statistics.stdev(values), abs=0.0101)
            assert len(seeds[3].split()) == len(values)
        assert float(shown[5]) >= 0
        assert int(shown[6].replace(",", "")) == recipe.protocol(4000)["parameters"]


@pytest.mark.parametrize("name", ["softmax-regression", "two-layer-adam", "three-layer-he"])
def test_the_stored_sample_column_comes_out_again(name):
    """One seed trained anew, within the spread between seeds and processors."""
    stored = [run for run in STORED["sample"]["runs"] if run["recipe"] == name]
    run = reproduce.train_and_measure(recipes.find(name), *digitlib.load(), seed=0)
    for part in ("train", "test"):
        accuracies = [run[part]["accuracy"] for run in stored]
        assert run[part]["accuracy"] == pytest.approx(accuracies[0], abs=0.01)
        band = max(0.01, 4 * statistics.stdev(accuracies))
        assert run[part]["accuracy"] == pytest.approx(statistics.fmean(accuracies), abs=band)
