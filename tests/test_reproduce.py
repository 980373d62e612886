"""`reproduce`: what is recorded, printed, and never lost."""

import dataclasses
import json

import numpy as np
import pytest

import digitlib
from digitlib import recipes
from digitlib.__main__ import main
from digitlib.data.readers import Digits
from digitlib.net.checkpoint import load_weights
from digitlib.recipes import RECIPES
from digitlib.recipes import records as reproduce
from digitlib.recipes import tables as _tables
from digitlib.recipes.model import shifted_probabilities

QUICK = ["softmax-regression", "two-layer-adam"]


@pytest.fixture(scope="module")
def few():
    """f(data) -> (train, test) with 300 and 100 digits; Kaggle's test part has no labels."""
    train, test = digitlib.load()

    def source(data):
        y = None if data == "kaggle" else test.y[:100]
        return Digits(train.X[:300], train.y[:300], f"{data}/train"), Digits(
            test.X[:100], y, f"{data}/test"
        )

    return source


@pytest.fixture
def no_training(monkeypatch):
    """Nothing may be trained in this test: it must have failed, or be done, before."""
    monkeypatch.setattr(recipes, "run", lambda *a, **k: pytest.fail("it was trained"))


def quick(few, data="sample", names=QUICK, seeds=2, **options):
    return reproduce.reproduce(
        data, names, seeds, source=few, progress=False, say=lambda line: None, **options
    )


def numbers(record):
    """All that a record says about its runs, without times."""
    timed = {"seconds", "date", "machine", "history"}
    runs = [{k: v for k, v in run.items() if k not in timed} for run in record["runs"]]
    for run, full in zip(runs, record["runs"]):
        run["history"] = {k: v for k, v in full["history"].items() if k != "seconds"}
    return runs


def test_what_is_recorded_is_what_was_trained(few):
    record = quick(few, command="the line")
    assert (record["data"], record["commands"]) == ("sample", ["the line"])
    assert [(run["recipe"], run["seed"]) for run in record["runs"]] == [
        (name, seed) for name in QUICK for seed in (0, 1)
    ]
    train, test = few("sample")
    run = record["runs"][3]
    network = recipes.run("two-layer-adam", train, seed=1, progress=False).network
    for part, digits in (("train", train), ("test", test)):
        loss, accuracy = digitlib.evaluate(network, digits)
        assert run[part] == {"loss": loss, "accuracy": accuracy}
    assert run["valid"] is None
    assert run["rows"] == {"train": 300, "valid": 0, "test": 100}
    assert run["parameters"] == 784 * 10 + 10 + 10 * 10 + 10
    assert run["epochs"] == len(run["history"]["epoch"]) == 20
    assert set(run["history"]["valid_accuracy"]) == {None}
    assert run["seconds"] > 0
    assert all(isinstance(value, str) and value for value in run["machine"].values())


def test_kaggle_holds_out_and_has_no_test_column(few):
    record = quick(few, "kaggle", ["softmax-regression", "three-layer-he"], 1)
    ours, theirs = record["runs"]
    if ours["recipe"] != "softmax-regression":
        ours, theirs = theirs, ours
    assert ours["rows"] == {"train": 270, "valid": 30, "test": 0}
    assert theirs["rows"] == {"train": 240, "valid": 60, "test": 0}
    assert ours["test"] is theirs["test"] is None
    assert ours["valid"]["accuracy"] == ours["history"]["valid_accuracy"][-1]
    history = theirs["history"]["train_loss"]
    assert theirs["losses"] == {f"loss {e}": history[e - 1] for e in (1, 10, 20)}


def test_a_protocol_keeps_its_share_where_a_test_part_is(few):
    (run,) = quick(few, names=["three-layer-he"], seeds=1)["runs"]
    assert run["rows"] == {"train": 240, "valid": 60, "test": 100}


def test_nothing_is_lost_when_it_is_interrupted(few, tmp_path, monkeypatch):
    path, real, calls = tmp_path / "runs.json", recipes.run, []

    def third_is_interrupted(*args, **options):
        calls.append(args[0].name)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*args, **options)

    monkeypatch.setattr(recipes, "run", third_is_interrupted)
    record = quick(few, path=path, command="first")
    assert record["interrupted"]
    stored = reproduce.read_record(path)
    assert stored["runs"] == record["runs"]
    assert len(stored["runs"]) == 2
    assert "interrupted" not in stored
    assert "softmax-regression" in _tables.text(record)

    whole = quick(few, path=path, resume=True, command="second")
    assert calls[3:] == ["two-layer-adam", "two-layer-adam"], "finished ones are not repeated"
    assert whole["commands"] == ["first", "second"]
    monkeypatch.setattr(recipes, "run", real)
    assert numbers(whole) == numbers(quick(few))
    assert reproduce.read_record(path) == whole
    assert [file.name for file in tmp_path.iterdir()] == ["runs.json"]


def test_resume_trains_what_is_missing_only(few, tmp_path, monkeypatch):
    path = tmp_path / "runs.json"
    record = quick(few, names=QUICK[:1], path=path)
    monkeypatch.setattr(recipes, "run", lambda *a, **k: pytest.fail("it was trained"))
    assert quick(few, names=QUICK[:1], path=path, resume=True) == record
    with pytest.raises(pytest.fail.Exception, match="it was trained"):
        quick(few, names=QUICK[:1], seeds=3, path=path, resume=True)
    with pytest.raises(pytest.fail.Exception, match="it was trained"):  # no weights are kept
        quick(few, names=QUICK[:1], path=path, keep=tmp_path / "kept", resume=True)


def test_an_older_record_is_safe(few, tmp_path, no_training):
    path = tmp_path / "runs.json"
    path.write_text("precious")
    with pytest.raises(FileExistsError, match=r"runs.json exists. --resume goes on with it"):
        quick(few, path=path)
    with pytest.raises(ValueError, match=r"runs.json is damaged, or no record"):
        quick(few, path=path, resume=True)
    for text in ("[]", '{"data": "sample"}'):
        path.write_text(text)
        with pytest.raises(ValueError, match="is no record of reproduce's"):
            quick(few, path=path, resume=True)
    path.write_text('{"data": "sample", "commands": [], "runs": [{"recipe": "mlp-best"}]}')
    with pytest.raises(ValueError, match=r"runs.json is damaged: a run in it lacks"):
        quick(few, path=path, resume=True)
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        quick(few, path=tmp_path / "none" / "runs.json")
    with pytest.raises(ValueError, match="no data 'digits'; there are sample, mnist, kaggle"):
        quick(few, "digits")
    with pytest.raises(ValueError, match="no recipe 'x'"):
        quick(few, names=["x"])
    assert [file.name for file in tmp_path.iterdir()] == ["runs.json"]


def test_resume_notices_another_source_or_protocol(few, tmp_path, monkeypatch):
    path = tmp_path / "runs.json"
    quick(few, names=QUICK[:1], seeds=1, path=path)
    with pytest.raises(ValueError, match="is about sample, not mnist"):
        quick(few, "mnist", path=path, resume=True)
    longer = dataclasses.replace(RECIPES[QUICK[0]], epochs=11)
    monkeypatch.setitem(RECIPES, QUICK[0], longer)
    with pytest.raises(ValueError, match="softmax-regression has epochs = 11, not 10, as the"):
        quick(few, names=QUICK[1:], path=path, resume=True)
    lines = []
    options = {"source": few, "progress": False, "say": lines.append}
    names = {"names": QUICK[:1], "seeds": 1, "path": path, "resume": True}
    again = reproduce.reproduce(**names, **options)
    assert [run["epochs"] for run in again["runs"]] == [11]
    message = (
        "softmax-regression, seed 0: the recipe has epochs = 11, not 10; it is trained again"
    )
    assert lines[0] == message


def test_what_is_kept_can_be_loaded_again(few, tmp_path):
    record = quick(few, keep=tmp_path / "kept")
    names = sorted(file.name for file in (tmp_path / "kept").iterdir())
    weights = [f"{name}{seed}.npz" for name in QUICK for seed in ("", "-1")]
    assert names == sorted(["runs.json", *weights])
    assert reproduce.read_record(tmp_path / "kept" / "runs.json") == record
    network = RECIPES[QUICK[1]].build(np.random.default_rng(9))
    load_weights(network, tmp_path / "kept" / f"{QUICK[1]}.npz")
    accuracy = digitlib.evaluate(network, few("sample")[1])[1]
    assert accuracy == record["runs"][2]["test"]["accuracy"]


# --- validated first, and the test part opened once


def test_hold_out_leaves_the_test_part_closed(few):
    record = quick(few, names=QUICK[:1], seeds=1, hold_out=True)
    (run,) = record["runs"]
    assert run["rows"] == {"train": 270, "valid": 30, "test": 0}
    assert run["test"] is None
    assert run["valid"]["accuracy"] > 0.5
    assert run["protocol"] == RECIPES[QUICK[0]].protocol(270)


def test_the_test_part_is_read_for_what_was_validated_only(
    few, tmp_path, monkeypatch, no_training
):
    held, real = tmp_path / "held.json", recipes.train_recipe
    monkeypatch.setattr(
        recipes, "run", lambda r, t, v, seed, progress: real(r, t, v, seed, False, None)
    )
    validated = quick(few, names=QUICK[:1], hold_out=True, path=held)
    record = quick(few, names=QUICK[:1], seeds=1, after=held)
    (run,) = record["runs"]
    assert run["validated"] == [one["valid"]["accuracy"] for one in validated["runs"]]
    assert len(run["validated"]) == 2
    assert run["test"]["accuracy"] > 0.5
    monkeypatch.setattr(recipes, "run", lambda *a, **k: pytest.fail("it was trained"))
    with pytest.raises(ValueError, match=r"held.json has no held-out accuracy of two-layer-ad"):
        quick(few, names=QUICK, after=held)
    other = dataclasses.replace(RECIPES[QUICK[0]], label_smoothing=0.1)
    monkeypatch.setitem(RECIPES, QUICK[0], other)
    with pytest.raises(ValueError, match=r"another softmax-regression: .*smoothing = 0.1"):
        quick(few, names=QUICK[:1], after=held)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"epochs": 11}, "epochs"),
        ({"batch_size": 32}, "batch_size"),
        ({"optimizer": lambda network: digitlib.SGD(momentum=0.9)}, "optimizer"),
        ({"schedule": lambda steps: digitlib.schedules.constant(0.2)}, "rates"),
        ({"label_smoothing": 0.1}, "label_smoothing"),
        ({"augment": recipes.Copies(shift=2)}, "augment"),
        ({"build": recipes.mlp(784, 12, 10)}, "network"),
        ({"build": recipes.mlp(784, 10, init=recipes.uniform)}, "spread_at_start"),
    ],
)
def test_a_protocol_holds_whatever_changes_the_numbers(change, name):
    recipe = RECIPES["softmax-regression"]
    before = recipe.protocol(1000)
    after = dataclasses.replace(recipe, **change).protocol(1000)
    assert name in {key for key in before if before[key] != after[key]}
    assert json.loads(json.dumps(after)) == after


def test_a_recipe_of_shifted_copies_is_measured_both_ways(few, monkeypatch):
    shifted = dataclasses.replace(RECIPES[QUICK[1]], shifted=True)
    monkeypatch.setitem(RECIPES, QUICK[1], shifted)
    record = quick(few, "kaggle", QUICK[1:], 1)
    (run,) = record["runs"]
    train, valid = shifted.split(few("kaggle")[0], 0)
    network = recipes.run(shifted, train, seed=0, progress=False).network
    P = shifted_probabilities(network, valid.X)
    assert run["shifted"]["test"] is None
    assert run["shifted"]["valid"]["accuracy"] == (P.argmax(axis=1) == valid.y).mean()
    loss = -np.log(P[np.arange(len(P)), valid.y]).mean()
    assert run["shifted"]["valid"]["loss"] == pytest.approx(loss)
    lines = _tables.text(record).splitlines()
    assert lines[3].startswith("two-layer-adam, shifted")
    assert f"{100 * run['shifted']['valid']['accuracy']:.2f}" in lines[3]
    assert "five copies of each digit" in lines[-1]


# --- the tables


def made_up(data="kaggle", valid=(0.83, 0.85), train=(0.84, 0.86), name="two-layer-gd"):
    """A record as `reproduce` writes it, with these accuracies for the seeds 0, 1, …."""
    runs = [
        {
            "recipe": name,
            "seed": seed,
            "rows": {"train": 41_000, "valid": 1_000, "test": 0},
            "epochs": 490,
            "batch_size": None,
            "parameters": 7960,
            "seconds": 10.0 + seed,
            "train": {"loss": 0.5, "accuracy": train[seed]},
            "valid": {"loss": 0.5, "accuracy": valid[seed]},
            "test": None,
            "losses": {"loss 1": 1.0, "loss 10": 0.3, "loss 20": 0.1},
            "history": {"epoch": [1]},
            "date": "2026-11-21T05:00+00:00",
            "machine": dict.fromkeys(("processor", "system", "versions", "settings"), "some"),
        }
        for seed in range(len(valid))
    ]
    return {"data": data, "commands": ["the line"], "runs": runs}


def test_the_table_shows_mean_spread_and_every_seed():
    lines = _tables.text(made_up()).splitlines()
    heads = ["train", "validation", "test", "seconds", "parameters"]
    assert lines[0].split() == ["recipe", "network", "reported", *heads]
    assert "84.53 % train, 83.40 % dev" in lines[2]
    assert "85.00 ± 1.41" in lines[2]  # the sample standard deviation of 84 and 86
    assert "84.00 ± 1.41" in lines[2]
    assert lines[2].split()[-3:] == ["–", "10.5", "7,960"]
    assert lines[3].split() == ["84.00", "86.00", "83.00", "85.00"]
    assert "42,000 labelled rows" in "\n".join(lines)
    single = _tables.text(made_up(valid=[0.9], train=[0.9]))
    assert "±" not in single.splitlines()[2]
    assert (
        _tables.text({"data": "sample", "commands": [], "runs": []}) == "Nothing was trained."
    )


def test_the_verdicts_are_honest():
    assert _tables.verdict([84.0, 86.0], 84.9) == "beaten"
    assert _tables.verdict([84.0, 86.0], 85.0) == "met"
    assert _tables.verdict([84.0, 86.0], 86.4) == "within one standard deviation"
    assert _tables.verdict([84.0, 86.0], 86.5) == "missed"
    assert _tables.verdict([84.0], 84.1) == "missed", "one seed has no spread"
    lines = _tables.against(made_up(name="three-layer-he"))
    verdicts = {line[1]: line[-1] for line in lines}
    assert verdicts == {
        "validation": "missed",
        "training loss, epoch 1": "beaten",  # a loss is better where it is smaller
        "training loss, epoch 10": "missed",
        "training loss, epoch 20": "beaten",
    }
    assert _tables.against(made_up("mnist")) == [], "other digits than those reported"


# --- the commands


def test_the_command_prints_one_table_and_records(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    line = ["reproduce", "--recipes", ",".join(QUICK), "--seeds", "2", "--json", "a.json"]
    assert main(line) == 0
    out, err = capsys.readouterr()
    assert [row.split()[0] for row in out.splitlines() if row[:1].isalpha()][:3] == [
        "recipe",
        *QUICK,
    ]
    assert "two-layer-adam, seed 1: train" in err
    record = reproduce.read_record("a.json")
    typed = "digitlib reproduce --recipes softmax-regression,two-layer-adam --seeds 2"
    assert record["commands"] == [f"{typed} --json a.json"]
    assert _tables.text(record) in out

    assert main(line) == 1
    assert "a.json exists. --resume goes on with it" in capsys.readouterr().err
    assert main([*line, "--resume"]) == 0


def test_bad_use_is_said_in_one_line(capsys, no_training):
    for line, message in [
        (["reproduce", "--seeds", "0"], "'0' is not a whole number from 1"),
        (["reproduce", "--seeds", "x"], "'x' is not a whole number from 1"),
        (["reproduce", "--recipes", "mlp-best,mlp"], "no recipe 'mlp'; there are two-layer-gd"),
        (["results"], "invalid choice: 'results'"),
    ]:
        with pytest.raises(SystemExit) as stopped:
            main(line)
        err = capsys.readouterr().err
        assert (stopped.value.code, err.count("\n")) == (2, 1)
        assert message in err
    for line, message in [
        (
            ["reproduce", "--data", "emnist"],
            "no data 'emnist'; there are sample, mnist, kaggle",
        ),
    ]:
        assert main(line) == 1
        assert message in capsys.readouterr().err


def test_ctrl_c_prints_what_is_done(tmp_path, monkeypatch, capsys):
    def interrupted(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(recipes, "run", interrupted)
    assert main(["reproduce", "--recipes", QUICK[0]]) == 130
    assert capsys.readouterr() == ("Nothing was trained.\n", "interrupted; no FILE kept it\n")
    assert main(["reproduce", "--recipes", QUICK[0], "--json", str(tmp_path / "a.json")]) == 130
    assert capsys.readouterr().err == "interrupted; --resume goes on\n"
