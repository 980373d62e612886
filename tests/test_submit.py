"""`submit` and `validate`: what is wrong is said before the training, and no file is torn."""

import dataclasses
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from data_helpers import FULL, csv_bytes, full

from digitlib import recipes
from digitlib.__main__ import main
from digitlib.data import load, split
from digitlib.data.readers import read_labelled_csv, read_unlabelled_csv
from digitlib.data.submission import check_submission, write_submission
from digitlib.metrics import prediction_interval
from digitlib.recipes import RECIPES
from digitlib.recipes import submit as _submit
from digitlib.recipes import trainings as _trainings
from digitlib.recipes.model import load_model, shifted_probabilities
from digitlib.recipes.trainings import Work, at_a_time, trainings

QUICK = "softmax-regression"


@pytest.fixture(scope="module")
def rows():
    """400 labelled and 300 unlabelled rows of the sample, as Kaggle writes them."""
    (X, y, _), (unread, _, _) = load()
    pixels = np.rint(255 * X[:400]).astype(int)
    test = np.rint(255 * unread[:300]).astype(int)
    return csv_bytes(np.column_stack([y[:400], pixels])), csv_bytes(test)


@pytest.fixture
def kaggle(rows, tmp_path, monkeypatch):
    """A folder with train.csv and test.csv, which is the current one."""
    for name, data in zip(("train.csv", "test.csv"), rows):
        (tmp_path / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    # One network at a time unless a test asks for more: other processes know no monkeypatch.
    monkeypatch.setenv("DIGITLIB_THREADS", "1")
    return tmp_path


@pytest.fixture
def no_training(monkeypatch):
    """Nothing may be trained in this test: it must have failed before."""
    monkeypatch.setattr(recipes, "run", lambda *a, **k: pytest.fail("it was trained"))


def files(folder):
    return sorted(path.name for path in folder.iterdir())


BOTH = ["train.csv", "test.csv"]


def test_the_mean_of_the_seeds_decides_and_is_what_was_measured(kaggle, capsys):
    result = _submit.submit("train.csv", "test.csv", "out.csv", recipe=QUICK, seeds=3)
    train, valid = split(read_labelled_csv("train.csv"), 40, np.random.default_rng(0))
    test = read_unlabelled_csv("test.csv")
    networks = [
        recipes.run(QUICK, train, valid, seed=s, progress=False).network for s in range(3)
    ]
    P = np.mean([network.predict_proba(test.X) for network in networks], axis=0)
    assert any((n.predict(test.X) != P.argmax(axis=1)).any() for n in networks), "one would do"
    assert check_submission("out.csv", 300).tolist() == P.argmax(axis=1).tolist()
    right = [(n.predict(valid.X) == valid.y).mean() for n in networks]
    assert result.accuracies == pytest.approx(right)
    P = np.mean([network.predict_proba(valid.X) for network in networks], axis=0)
    assert result.accuracy == pytest.approx((P.argmax(axis=1) == valid.y).mean())
    assert result.low < result.accuracy < result.high
    assert result.held_out == 40
    said = capsys.readouterr()
    lines = said.out.splitlines()
    for seed, line in enumerate(lines[2:5]):
        assert line.startswith(f"{QUICK}, seed {seed}: {right[seed]:.2%} of 40 held-out")
    assert f"{result.accuracy:.2%}, 95 % interval {result.low:.2%} to" in lines[6]
    expected = prediction_interval(round(40 * result.accuracy), 40, 300)
    assert (result.low, result.high) == expected, "wider than the interval for the truth"
    assert lines[-1] == "out.csv: 300 rows, checked"
    assert f"{QUICK}, 2 of 3 trained:" in said.err, "a bar, on stderr"


def test_it_learns_from_the_rows_of_train_csv_and_from_nothing_else(kaggle, monkeypatch):
    given, real = [], recipes.run

    def run(recipe, train, valid, **how):
        given.append((train, valid))
        return real(recipe, train, valid, **how)

    monkeypatch.setattr(recipes, "run", run)
    monkeypatch.setattr("digitlib.data.load", lambda *a, **k: pytest.fail("other digits"))
    assert main(["submit", *BOTH, "--recipe", QUICK, "--seeds", "2"]) == 0
    X, y, _ = read_labelled_csv("train.csv")
    for train, valid in given:
        seen = [(x.tobytes(), label) for part in (train, valid) for x, label in zip(*part[:2])]
        assert sorted(seen) == sorted((x.tobytes(), label) for x, label in zip(X, y))
        assert (len(train.y), len(valid.y)) == (360, 40)
        expected = np.bincount(y) / 10
        assert np.abs(np.bincount(valid.y) - expected).max() < 1, "not stratified"
    assert all(np.array_equal(given[0][1].y, valid.y) for _, valid in given), "two splits"


def test_an_older_file_is_kept_and_found_before_the_training(kaggle, no_training, capsys):
    (kaggle / "submission.csv").write_text("older")
    assert main(["submit", *BOTH]) == 1
    said = capsys.readouterr()
    assert "submission.csv exists. --force replaces it" in said.err
    assert said.out == ""
    assert (kaggle / "submission.csv").read_text() == "older"


def test_force_replaces_it(kaggle):
    (kaggle / "submission.csv").write_text("older")
    assert main(["submit", *BOTH, "--recipe", QUICK, "--force"]) == 0
    check_submission("submission.csv", 300)
    assert files(kaggle) == ["submission.csv", "test.csv", "train.csv"]


def test_a_file_that_appears_during_the_training_is_left_alone(kaggle, monkeypatch, capsys):
    real = recipes.run

    def run(*arguments, **how):
        (kaggle / "submission.csv").write_text("of somebody else")
        (kaggle / "submission-2.csv").write_text("of a third")
        return real(*arguments, **how)

    monkeypatch.setattr(recipes, "run", run)
    assert main(["submit", *BOTH, "--recipe", QUICK]) == 0
    assert (kaggle / "submission.csv").read_text() == "of somebody else"
    assert (kaggle / "submission-2.csv").read_text() == "of a third"
    check_submission("submission-3.csv", 300)
    assert "has appeared meanwhile" in capsys.readouterr().out


def broken(name, old, new):
    def damage(folder):
        data = (folder / name).read_bytes()
        assert old in data
        (folder / name).write_bytes(data.replace(old, new, 1))

    return damage


def one_class_of_a_single_row(folder):
    lines = (folder / "train.csv").read_bytes().split(b"\n")
    sevens = [line for line in lines if line.startswith(b"7,")]
    kept = [line for line in lines if line not in sevens[1:]]
    (folder / "train.csv").write_bytes(b"\n".join(kept))


def few_rows(folder):
    lines = (folder / "train.csv").read_bytes().split(b"\n")
    (folder / "train.csv").write_bytes(b"\n".join(lines[:80]))


BAD = {
    "a bad label": (broken("train.csv", b"\n", b"\n1"), BOTH, ["train.csv: line 2, column 1"]),
    "a bad pixel": (broken("test.csv", b"\n0,", b"\n256,"), BOTH, ["test.csv: line 2, column"]),
    "train cut off": (
        lambda folder: (folder / "train.csv").write_bytes(
            (folder / "train.csv").read_bytes()[:-99]
        ),
        BOTH,
        ["train.csv: line 401 has", "was cut off"],
    ),
    "exchanged": (None, BOTH[::-1], ["test.csv has no labels", "are the two files exchanged?"]),
    "train twice": (None, ["train.csv"] * 2, ["train.csv: line 1, column 1 is called"]),
    "no train": (None, ["other.csv", "test.csv"], ["other.csv: there is no such file"]),
    "no test": (None, ["train.csv", "other.csv"], ["other.csv: there is no such file"]),
    "a folder": (None, ["train.csv", "."], [".: a folder"]),
    "few rows": (few_rows, BOTH, ["train.csv: 79 rows", "At least 100 are needed"]),
    "a rare class": (one_class_of_a_single_row, BOTH, ["train.csv: ", "of class 7"]),
    "a recipe": (None, [*BOTH, "--recipe", "x"], ["no recipe 'x'; there are two-layer-gd"]),
    "no folder": (None, [*BOTH, "-o", "no/such/s.csv"], ["there is no folder no"]),
    "out a folder": (None, [*BOTH, "-o", "."], ["a folder. Name a file"]),
    "out is train": (
        None,
        [*BOTH, "-o", "train.csv", "--force"],
        ["train.csv: this is what is read"],
    ),
    "out is test": (
        None,
        [*BOTH, "-o", "../{}/test.csv", "--force"],
        ["test.csv: this is what is read"],
    ),
}


@pytest.mark.parametrize(("damage", "arguments", "phrases"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_said_in_one_line_before_the_training(
    damage, arguments, phrases, kaggle, no_training, capsys
):
    if damage:
        damage(kaggle)
    before = {path.name: path.read_bytes() for path in kaggle.iterdir()}
    assert main(["submit", *(part.format(kaggle.name) for part in arguments)]) == 1
    said = capsys.readouterr()
    assert said.err.startswith("digitlib submit: ")
    assert said.err.count("\n") == 1
    assert [phrase for phrase in phrases if phrase not in said.err] == []
    assert {path.name: path.read_bytes() for path in kaggle.iterdir()} == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder of others")
def test_a_folder_that_cannot_be_written_is_found_before_the_training(kaggle, no_training):
    kaggle.chmod(0o500)
    try:
        assert main(["submit", *BOTH]) == 1
    finally:
        kaggle.chmod(0o700)


def test_the_probe_for_a_folder_names_the_file(kaggle, no_training, monkeypatch, capsys):
    def refuse(dir):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    assert main(["submit", *BOTH]) == 1
    assert "submission.csv: cannot be written: Permission denied" in capsys.readouterr().err


@pytest.mark.parametrize("seeds", ["0", "-1", "1.5", "many", "²"])
def test_seeds_are_a_whole_number_from_1(seeds, kaggle, no_training, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["submit", *BOTH, f"--seeds={seeds}"])
    assert stop.value.code == 2
    assert "is not a whole number from 1" in capsys.readouterr().err


def test_an_interruption_between_two_seeds_leaves_nothing(kaggle, monkeypatch, capsys):
    real = recipes.run

    def run(*arguments, seed, **how):
        if seed == 1:
            raise KeyboardInterrupt
        return real(*arguments, seed=seed, **how)

    monkeypatch.setattr(recipes, "run", run)
    assert main(["submit", *BOTH, "--recipe", QUICK, "--seeds", "2"]) == 130
    assert "interrupted" in capsys.readouterr().err
    assert files(kaggle) == ["test.csv", "train.csv"]


def test_partial_leaves_the_finished_networks(kaggle, monkeypatch, capsys):
    real = recipes.run

    def run(*arguments, seed, **how):
        if seed == 2:
            raise KeyboardInterrupt
        return real(*arguments, seed=seed, **how)

    monkeypatch.setattr(recipes, "run", run)
    line = ["submit", *BOTH, "--recipe", QUICK, "--seeds", "4", "--partial", "--keep", "kept"]
    assert main(line) == 130
    out = capsys.readouterr().out
    assert "interrupted with 2 of 4 networks trained: these decide" in out
    assert "all 2 together: " in out
    model = load_model("kept")
    assert len(model.networks) == model.about["networks"] == 2
    assert model.about["interrupted"] is True
    labels = check_submission("submission.csv", 300)
    np.testing.assert_array_equal(labels, model.predict(read_unlabelled_csv("test.csv").X))


def test_partial_leaves_the_best_epoch_of_a_first_network(kaggle, monkeypatch, capsys):
    real, seen = recipes.run, []

    def run(*arguments, watch, **how):
        def interrupt(network, epoch):
            watch(network, epoch)
            seen.append((epoch.valid_accuracy, network.theta.copy()))
            if epoch.epoch == 6:
                network.theta[:] = 0  # what it is at that moment does not count
                raise KeyboardInterrupt

        return real(*arguments, watch=interrupt, **how)

    monkeypatch.setattr(recipes, "run", run)
    result = _submit.submit(*BOTH, "s.csv", QUICK, seeds=3, partial=True)
    assert result.interrupted
    best = max(range(6), key=lambda epoch: seen[epoch][0])
    np.testing.assert_array_equal(result.model.networks[0].theta, seen[best][1])
    assert result.accuracies == (seen[best][0],)
    assert "after its best epoch, which they chose" in capsys.readouterr().out
    check_submission("s.csv", 300)


@pytest.mark.parametrize("partial", [True, False])
def test_an_interruption_before_the_first_epoch_leaves_nothing(partial, kaggle, monkeypatch):
    def run(*arguments, **how):
        raise KeyboardInterrupt

    monkeypatch.setattr(recipes, "run", run)
    with pytest.raises(KeyboardInterrupt):
        _submit.submit(*BOTH, "s.csv", QUICK, partial=partial)
    assert files(kaggle) == ["test.csv", "train.csv"]


def test_splits_hold_out_other_tenths_and_learn_from_the_rest(kaggle, monkeypatch, capsys):
    given, real = [], recipes.run

    def run(recipe, train, valid, *, seed, **how):
        given.append((seed, train, valid))
        return real(recipe, train, valid, seed=seed, **how)

    monkeypatch.setattr(recipes, "run", run)
    plan = _submit.Plan(QUICK, seeds=2, splits=3, shifted=True)
    monkeypatch.setitem(_submit.PLANS, "best", plan)
    result = _submit.submit(*BOTH, "s.csv", "best", keep="kept")
    assert [seed for seed, _, _ in given] == list(range(6))
    X = read_labelled_csv("train.csv").X
    rows = sorted(x.tobytes() for x in X)
    for _, train, valid in given:
        assert sorted(x.tobytes() for x in [*train.X, *valid.X]) == rows
        assert (len(train.y), len(valid.y)) == (360, 40)
    held = [given[i][2] for i in (0, 2, 4)]
    assert len({x.tobytes() for valid in held for x in valid.X}) == 120, "each digit once"
    networks = result.model.networks
    right = 0
    for number, valid in enumerate(held):
        group = networks[2 * number : 2 * number + 2]
        P = np.mean([shifted_probabilities(network, valid.X) for network in group], axis=0)
        right += int((P.argmax(axis=1) == valid.y).sum())
    assert (result.accuracy, result.held_out) == (right / 120, 120)
    assert (result.low, result.high) == prediction_interval(right, 120, 300)
    test = read_unlabelled_csv("test.csv")
    P = np.mean([shifted_probabilities(network, test.X) for network in networks], axis=0)
    assert check_submission("s.csv", 300).tolist() == P.argmax(axis=1).tolist()

    model = load_model("kept")
    assert model.shifted
    assert model.temperature == result.model.temperature != 1
    assert model.about["recipe"] == QUICK
    assert model.about["protocol"] == RECIPES[QUICK].protocol(360)
    assert model.about["accuracy"] == result.accuracy
    said = capsys.readouterr()
    assert "360 digits to learn from, 40 held out, 3 times others" in said.out
    assert f"{QUICK}, 5 of 6 trained" in said.err
    assert " 50/60 [00:00<?" in said.err, "one bar that counts all epochs of all networks"


def test_networks_that_train_side_by_side_are_the_same(kaggle, monkeypatch, capsys):
    monkeypatch.setenv("DIGITLIB_THREADS", "2")
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    line = ["submit", *BOTH, "--recipe", QUICK, "--seeds", "2", "--splits", "2", "--shifted"]
    environment = {name: os.environ.get(name) for name in _trainings.COUNTS}
    assert main([*line, "--keep", "alone", "-o", "alone.csv", "--jobs", "1"]) == 0
    alone = capsys.readouterr().out.splitlines()
    assert main([*line, "--keep", "beside", "-o", "beside.csv"]) == 0
    beside = capsys.readouterr().out.splitlines()
    assert {name: os.environ.get(name) for name in _trainings.COUNTS} == environment
    assert (kaggle / "alone.csv").read_bytes() == (kaggle / "beside.csv").read_bytes()
    models = load_model("alone"), load_model("beside")
    assert [model.about["jobs"] for model in models] == [1, 2]
    for one, other in zip(models[0].networks, models[1].networks, strict=True):
        np.testing.assert_array_equal(one.theta, other.theta)
    for name in ("accuracy", "accuracies", "interval"):
        assert models[0].about[name] == models[1].about[name]

    # They are told of in the order in which they finish, and all else is the same.
    def without_seconds(lines):
        return sorted(
            re.sub(r", \d+ s$", "", text).replace("alone", "beside") for text in lines
        )

    assert without_seconds(beside) == without_seconds(alone)


def some_work(best=False):
    digits = load()[0]
    parts = [
        digits._replace(X=digits.X[part], y=digits.y[part])
        for part in (slice(0, 300), slice(300, 400), slice(400, 500))
    ]
    return Work(QUICK, parts[0], parts[1:], 1, False, best)


def test_each_process_has_its_share_of_the_threads(monkeypatch):
    monkeypatch.setenv("DIGITLIB_THREADS", "5")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    with _trainings._threads_each(3):
        assert {os.environ[name] for name in _trainings.COUNTS} == {"3"}
    assert os.environ["DIGITLIB_THREADS"] == "5"
    assert "MKL_NUM_THREADS" not in os.environ
    asked = []
    real = _trainings._threads_each
    monkeypatch.setattr(_trainings, "_threads_each", lambda n: asked.append(n) or real(n))
    with _trainings._processes(some_work(), 2):
        pass
    assert asked == [2]
    assert (at_a_time(None, 9), at_a_time(None, 3), at_a_time(2, 9)) == (5, 3, 2)
    with pytest.raises(ValueError, match="jobs=0: at least one"):
        at_a_time(0, 9)


def test_the_first_networks_best_epochs_come_over_the_pipe(monkeypatch):
    epochs = {1: [], 2: []}
    for jobs, seen in epochs.items():

        def watch(number, epoch, weights, seen=seen):
            seen.append((number, epoch.epoch, epoch.valid_accuracy, weights))

        trained = list(trainings(some_work(best=True), 2, jobs, watch))
        assert sorted(one.number for one in trained) == [0, 1]
        seen.sort(key=lambda told: told[:2])
        best = -1.0
        for number, _, accuracy, weights in seen:
            assert (weights is not None) == (number == 0 and accuracy > best)
            best = max(best, accuracy)
    for (*one, a), (*other, b) in zip(epochs[1], epochs[2], strict=True):
        assert one == other
        assert a is None or all(np.array_equal(a[name], b[name]) for name in a)


def processes_of(monkeypatch):
    """The list that each process joins as it starts."""
    started, real = [], multiprocessing.get_context("spawn").Process.start

    def start(process):
        started.append(process)
        real(process)

    monkeypatch.setattr(multiprocessing.get_context("spawn").Process, "start", start)
    return started


@pytest.mark.parametrize("how", ["killed", "interrupted", "closed", "failed"])
def test_no_training_outlives_its_end(how, monkeypatch):
    started = processes_of(monkeypatch)
    work = some_work()
    if how == "failed":
        work.rest.X[7, 7] = np.nan

    def watch(number, epoch, weights):
        if how == "killed":
            for process in started:
                process.kill()
        if how == "interrupted":
            raise KeyboardInterrupt

    raised = {
        "killed": (ChildProcessError, "network [01] was killed.*--jobs 1"),
        "interrupted": (KeyboardInterrupt, None),
        "failed": (ValueError, "X is nan in row 7, column 7"),
    }
    if how == "closed":
        finished = trainings(work, 4, 2, watch)
        next(finished)
        finished.close()
    else:
        with pytest.raises(raised[how][0], match=raised[how][1]):
            list(trainings(work, 4, 2, watch))
    assert len(started) == 2
    assert not any(process.is_alive() for process in started)


def test_best_is_what_help_says_of_it(capsys):
    assert _submit.PLANS == {"best": ("cnn-best", 2, 3, True)}
    with pytest.raises(SystemExit):
        main(["submit", "--help"])
    text = capsys.readouterr().out
    assert "best is cnn-best twice on each of three splits" in text
    for name in RECIPES:
        assert re.search(rf"^  {name} +\d\d\.\d\d %  +\d+ (s|min)$", text, re.MULTILINE), name
    assert "MNIST is never used" in text


@pytest.mark.parametrize("given", [{"seeds": 0}, {"splits": 0}, {"splits": 10}])
def test_seeds_and_splits_that_cannot_be(given, kaggle, no_training):
    with pytest.raises(ValueError, match="at least one of each, and at most 9 splits"):
        _submit.submit(*BOTH, "s.csv", QUICK, **given)


def test_a_kept_model_is_safe_and_its_folder_is_looked_at_first(kaggle, monkeypatch, capsys):
    line = ["submit", *BOTH, "--recipe", QUICK, "--keep", "kept"]
    assert main(line) == 0
    assert "kept: the model, for `digitlib predict kept FILE…`" in capsys.readouterr().out
    before = (kaggle / "kept/model.json").read_bytes()
    monkeypatch.setattr(recipes, "run", lambda *a, **k: pytest.fail("it was trained"))
    for keep, phrase in [
        ("kept", "kept holds a model. --force replaces it"),
        ("test.csv", "test.csv is a file, where a folder"),
        ("no/such", "no/such: there is no folder no. Make it first"),
    ]:
        assert main([*line[:-1], keep, "-o", "other.csv"]) == 1
        assert phrase in capsys.readouterr().err
    assert (kaggle / "kept/model.json").read_bytes() == before


def test_a_full_disk_does_not_lose_both(kaggle, monkeypatch):
    def full(path, labels):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(_submit, "write_submission", full)
    with pytest.raises(OSError, match="No space left"):
        _submit.submit(*BOTH, "s.csv", QUICK, keep="kept")
    assert len(load_model("kept").networks) == 1


def test_an_interruption_while_it_reads_leaves_the_model(kaggle, monkeypatch):
    def interrupt(model, X):
        raise KeyboardInterrupt

    monkeypatch.setattr(_submit.Model, "predict", interrupt)
    assert main(["submit", *BOTH, "--recipe", QUICK, "--keep", "kept"]) == 130
    assert len(load_model("kept").networks) == 1
    assert files(kaggle) == ["kept", "test.csv", "train.csv"]


def test_answers_that_are_nearly_all_one_digit_are_a_warning(kaggle, monkeypatch, capsys):
    recipe = dataclasses.replace(RECIPES[QUICK], schedule=lambda steps: lambda step: 0.0)

    def build(rng):
        network = recipe.build(rng)
        network.theta[-3] = 100  # the bias of digit 7
        return network

    monkeypatch.setitem(RECIPES, QUICK, dataclasses.replace(recipe, build=build))
    assert main(["submit", *BOTH, "--recipe", QUICK]) == 0
    assert "warning: the digit 7 takes 300 of 300 rows" in capsys.readouterr().out


def test_an_interruption_while_it_writes_leaves_the_older_file(kaggle, monkeypatch):
    def interrupt(*arguments, **how):
        raise KeyboardInterrupt

    (kaggle / "submission.csv").write_text("older")
    monkeypatch.setattr("digitlib.data.submission.check_submission", interrupt)
    assert main(["submit", *BOTH, "--recipe", QUICK, "--force"]) == 130
    assert (kaggle / "submission.csv").read_text() == "older"
    assert files(kaggle) == ["submission.csv", "test.csv", "train.csv"]


@pytest.mark.skipif(os.name == "nt", reason="SIGINT for one process is POSIX's")
def test_control_c_in_the_middle_of_a_training(kaggle):
    pytest.importorskip("tqdm")
    command = [sys.executable, "-m", "digitlib", "submit", *BOTH, "--seeds", "99"]
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        # What a shell starts with & ignores Ctrl-C, and so does all that it starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        process.stderr.read(10)  # the bar of the first seed is there
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        said = process.stderr.read()
    assert process.returncode == 130
    assert said.endswith("digitlib submit: interrupted\n")
    assert files(kaggle) == ["test.csv", "train.csv"]


@full
def test_kaggles_digits_are_mnists(monkeypatch):
    """What --help says of MNIST, and the two numbers that notebook 15 quotes."""
    monkeypatch.setenv("DIGITLIB_DATA", str(FULL))
    kaggle, mnist = load("kaggle"), load("mnist")
    rows = {part.name: [x.tobytes() for x in part.X] for part in (*kaggle, *mnist)}
    everywhere = [*rows["mnist/train"], *rows["mnist/test"]]
    assert sorted(rows["kaggle/train"] + rows["kaggle/test"]) == sorted(everywhere)
    assert len(set(everywhere)) == 70_000
    in_test = set(rows["kaggle/test"])
    assert len(in_test.intersection(rows["mnist/train"])) == 24_008
    assert len(in_test.intersection(rows["mnist/test"])) == 3_992


def test_validate_counts_what_is_in_order(kaggle, capsys):
    write_submission("s.csv", [3] * 299 + [7])
    assert main(["validate", "s.csv", "--test", "test.csv"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    first, digits, counts, warning = said.out.splitlines()
    assert first == "s.csv: in order, 300 rows, ids 1 to 300"
    assert digits.split() == ["digit", *"0123456789"]
    assert counts.split() == ["rows", *"000", "299", *"000", "1", *"00"]
    assert warning.startswith("warning: the digit 3 takes 299 of 300 rows")
    write_submission("s.csv", np.arange(300) % 10)
    assert main(["validate", "s.csv", "--test", "test.csv"]) == 0
    assert "warning" not in capsys.readouterr().out


def test_validate_expects_28000_rows_without_a_test_file(kaggle, capsys):
    write_submission("s.csv", np.zeros(28000, int))
    assert main(["validate", "s.csv"]) == 0
    write_submission("s.csv", np.zeros(27999, int))
    assert main(["validate", "s.csv"]) == 1
    assert "27999 rows, expected 28000" in capsys.readouterr().err


WRONG_VALIDATE = {
    "a wrong row": (
        ["s.csv", "--test", "test.csv"],
        "s.csv: line 4: the label of id 3 is '10'",
    ),
    "no file": (["other.csv"], "other.csv: there is no such file"),
    "no test": (["s.csv", "--test", "other.csv"], "other.csv: there is no such file"),
    "a labelled test": (
        ["s.csv", "--test", "train.csv"],
        "train.csv: line 1, column 1 is called",
    ),
}


@pytest.mark.parametrize(("arguments", "phrase"), WRONG_VALIDATE.values(), ids=WRONG_VALIDATE)
def test_validate_says_what_is_wrong_in_one_line(arguments, phrase, kaggle, capsys):
    (kaggle / "s.csv").write_text("ImageId,Label\n1,1\n2,2\n3,10\n4,4\n")
    assert main(["validate", *arguments]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("digitlib validate: ")
    assert phrase in said.err
    assert said.err.count("\n") == 1
