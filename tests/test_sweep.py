"""Sweeps: the same table wherever the runs happen, and nothing lost on the way."""

import dataclasses
import functools
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import scipy.stats

from digitlib import plots, recipes
from digitlib.__main__ import main
from digitlib.data.readers import Digits
from digitlib.sweep import of_recipe, read, summary, sweep
from digitlib.sweep.plan import plan

GRID = {"rate": [0.1, 1.0], "batch": [32, 64]}


def f(seed, rate, batch):
    """Something that any process computes alike, and that fails for one setting."""
    if rate == 1.0 and batch == 64:
        raise FloatingPointError("the loss\nis inf")
    rng = np.random.default_rng(seed)
    return {"accuracy": rate / batch + rng.random(), "steps": batch * 2, "note": f"{seed}, ok"}


def without_seconds(table):
    assert list(table.columns[-2:]) == ["seconds", "error"]
    return table.drop(columns="seconds")


def same(a, b):
    pd.testing.assert_frame_equal(without_seconds(a), without_seconds(b))


@pytest.fixture(scope="module")
def serial():
    return sweep(f, GRID, seeds=2, jobs=1, progress=False)


def test_one_row_per_run_in_the_order_of_the_grid(serial):
    columns = ["rate", "batch", "seed", "accuracy", "steps", "note", "seconds", "error"]
    assert list(serial.columns) == columns
    wanted = [(r, b, s) for r in (0.1, 1.0) for b in (32, 64) for s in (0, 1)]
    assert list(serial[["rate", "batch", "seed"]].itertuples(index=False, name=None)) == wanted
    assert list(serial["error"]) == [""] * 6 + ["FloatingPointError: the loss is inf"] * 2
    assert serial["accuracy"][0] == f(0, 0.1, 32)["accuracy"]
    assert serial["accuracy"].isna().sum() == 2
    assert (serial["seconds"] >= 0).all()


def test_processes_give_the_same_table(serial):
    same(sweep(f, GRID, seeds=2, jobs=2, progress=False), serial)


def test_seeds_and_grids_in_several_spellings():
    assert [run.seed for run in plan({"a": [1]}, seeds=3)] == [0, 1, 2]
    assert [run.seed for run in plan({"a": [1]}, seeds=np.array([5, 3]))] == [5, 3]
    several = plan([{"a": [1, 2]}, {"b": (np.float64(0.5), None)}])
    assert [run.settings for run in several] == [{"a": 1}, {"a": 2}, {"b": 0.5}, {"b": None}]
    assert type(several[2].settings["b"]) is float


def test_a_random_search_can_be_drawn_again():
    space = {
        "rate": lambda rng: 10 ** rng.uniform(-3, 0),
        "batch": [32, 64, 128],
        "dropout": scipy.stats.uniform(0, 0.5),
    }
    draws = [plan(random=space, tries=20, rng=np.random.default_rng(4), seeds=2) for _ in "ab"]
    assert draws[0] == draws[1]
    settings = [run.settings for run in draws[0]]
    assert len(settings) == 40
    assert settings[0] == settings[1] != settings[2]
    assert {s["batch"] for s in settings} == {32, 64, 128}
    assert all(0.001 <= s["rate"] <= 1 and 0 <= s["dropout"] <= 0.5 for s in settings)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_a_stopped_sweep_goes_on_where_it_was(tmp_path, suffix, serial):
    path = tmp_path / f"sweep{suffix}"
    ran = []

    def g(seed, rate, batch):
        if len(ran) == 3:
            ran.append("stopped")
            raise KeyboardInterrupt
        ran.append((rate, batch, seed))
        return f(seed, rate, batch)

    part = sweep(g, GRID, seeds=2, jobs=1, path=path, progress=False)
    assert len(part) == len(read(path)) == 3
    with path.open("a", encoding="utf-8") as file:
        file.write('{"rate": 0.1, "batch": 64, "see')  # killed while it wrote
    assert len(read(path)) == 3
    whole = sweep(g, GRID, seeds=2, jobs=1, path=path, progress=False)
    same(whole, serial)
    same(read(path), serial)
    assert len(ran) == 9
    assert len(set(ran)) == 9  # no run twice
    same(sweep(g, GRID, seeds=2, jobs=1, path=path, progress=False), serial)
    assert len(ran) == 9
    more = sweep(g, GRID, seeds=3, jobs=1, path=path, progress=False)
    assert len(more) == 12
    assert len(ran) == 13
    if suffix == ".csv":
        plain = pd.read_csv(path)  # without any option
        assert list(plain.columns) == [*serial.columns, "sweep"]
        assert len(plain) == 12


def test_interrupting_says_what_is_kept(tmp_path, capsys):
    def g(seed, rate):
        if rate == 2:
            raise KeyboardInterrupt
        return {"x": rate}

    table = sweep(g, {"rate": [1, 2, 3]}, jobs=1, path=tmp_path / "a.csv", progress=False)
    assert list(table["x"]) == [1]
    wanted = (
        f"interrupted after 1 of 3 runs; the same sweep goes on from {tmp_path / 'a.csv'}\n"
    )
    assert capsys.readouterr().err == wanted


def test_failed_runs_are_run_again_on_request(tmp_path):
    path, wrong = tmp_path / "a.jsonl", [True]

    def g(seed, rate):
        if wrong[0] and rate == 2:
            raise ValueError("not yet")
        return {"x": rate}

    def run(**options):
        return sweep(g, {"rate": [1, 2]}, jobs=1, path=path, progress=False, **options)

    assert list(run()["error"]) == ["", "ValueError: not yet"]
    wrong[0] = False
    assert list(run()["error"]) == ["", "ValueError: not yet"]
    assert list(run(retry=True)["error"]) == ["", ""]
    assert list(run()["x"]) == [1, 2]  # of two rows alike the later counts
    assert len(read(path)) == 2


def test_values_come_back_from_csv_as_they_were(tmp_path):
    values = [1, 2.0, 0.1 + 0.2, 1e-300, True, None, "a, b\n", 'say "x"', float("nan")]

    def g(seed, i):
        return {"a": values[i], "b": i} if i else {"b": i}

    grid = {"i": list(range(len(values)))}
    once = sweep(g, grid, jobs=1, path=tmp_path / "a.csv", progress=False)
    again = sweep(g, grid, jobs=1, path=tmp_path / "a.csv", progress=False)
    pd.testing.assert_frame_equal(once, again)
    assert [type(v) for v in once["a"]] == [type(v) for v in again["a"]]


def test_a_file_of_another_sweep_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    sweep(f, GRID, jobs=1, path=path, progress=False)
    before = path.read_bytes()

    def other(seed, rate, batch):
        return {}

    def again(g, grid):
        return lambda: sweep(g, grid, jobs=1, path=path, progress=False)

    fewer = {"rate": [0.1], "batch": [32, 64]}
    refused = [
        (again(other, GRID), "another sweep: it has runs of f .*, and this is one of .*other"),
        (again(f, fewer), "not in this sweep, rate=1.0, batch=32, seed=0"),
        (again(functools.partial(f, batch=32), {"rate": [1]}), r"f \w+ \(rate, batch\)"),
    ]
    for call, message in refused:
        with pytest.raises(ValueError, match=message):
            call()
        assert path.read_bytes() == before


def test_a_function_that_has_changed_is_another(tmp_path):
    script = tmp_path / "mine.py"
    code = "from digitlib.sweep import sweep\ndef f(seed, a):\n    return {'x': a + %s}\n"
    code += "sweep(f, {'a': [1]}, jobs=1, path='a.csv', progress=False)\n"
    run = functools.partial(subprocess.run, cwd=tmp_path, capture_output=True, text=True)
    for term, right in (("1", True), ("1", True), ("2", False)):
        script.write_text(code % term, encoding="utf-8")
        out = run([sys.executable, str(script)])
        assert (out.returncode == 0) == right, out.stderr
    assert "the function has changed since" in out.stderr


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.txt", "", "kept as .csv or .jsonl"),
        ("a.csv", "a,b\n1,2\n", "first line has no seed, seconds, error, sweep"),
        ("a.csv", "a,seed,seconds,error,sweep\n1,2\n", "line 2 has 2 fields, the first has 5"),
        ("a.jsonl", '{"seed": 1}\n', "no seed, seconds, error, sweep"),
        ("a.jsonl", "{\n{}\n", "is damaged, or no file of a sweep"),
    ],
)
def test_damaged_files_are_named(tmp_path, name, text, message):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        sweep(f, GRID, jobs=1, path=tmp_path / name, progress=False)
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        sweep(f, GRID, jobs=1, path=tmp_path / "no" / "a.csv", progress=False)


WRONG = [
    ({}, "one of the two"),
    ({"grid": GRID, "random": GRID}, "one of the two"),
    ({"grid": GRID, "tries": 3}, "belong to random="),
    ({"grid": {"rate": 0.1, "batch": [1]}}, r"give a list of values, as \[0.1\]"),
    ({"grid": {"rate": "0.1", "batch": [1]}}, "give a list of values"),
    ({"grid": {"rate": [], "batch": [1]}}, "grid is empty"),
    ({"grid": {"seed": [1]}}, "'seed' cannot be the name of a setting"),
    ({"grid": {"rate": [1, 1.0], "batch": [1]}}, "the same run twice"),
    ({"grid": GRID, "seeds": 0}, "one seed or more"),
    ({"grid": GRID, "seeds": [-1]}, "whole numbers from 0; got -1"),
    ({"grid": GRID, "seeds": [0.5]}, "whole numbers from 0; got 0.5"),
    ({"random": GRID, "tries": 0, "rng": np.random.default_rng(0)}, "1 or more; got 0"),
    ({"random": {"rate": 3}, "tries": 1, "rng": np.random.default_rng(0)}, "rate: give a list"),
    ({"grid": GRID, "jobs": 0}, "1 or more; got 0"),
    ({"grid": GRID, "jobs": 2, "scheduler": "tcp://localhost:1"}, "give one of the two"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_what_is_no_sweep_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        sweep(f, progress=False, **arguments)


def test_wrong_kinds_are_refused():
    with pytest.raises(TypeError, match="needs rng="):
        sweep(f, random=GRID, tries=3, progress=False)
    with pytest.raises(TypeError, match=r"cannot be called as f\(seed, rate=, width=\)"):
        sweep(f, {"rate": [1], "width": [2]}, progress=False)
    with pytest.raises(TypeError, match="rate is list; a table's cell takes"):
        sweep(f, {"rate": [[1]], "batch": [2]}, progress=False)


@pytest.mark.parametrize(
    ("returned", "error"),
    [
        (None, "TypeError: f returned NoneType; a sweep wants a dict of numbers"),
        ({"a": [1]}, "TypeError: a is list; a table's cell takes a number"),
        ({"rate": 1}, "ValueError: f returned 'rate', which is the name of another column"),
        ({"error": 1}, "ValueError: f returned 'error', which is the name of another column"),
    ],
)
def test_what_f_returns_must_fit_a_row(returned, error):
    with pytest.warns(UserWarning, match="all 2 runs failed, one with"):
        table = sweep(lambda seed, rate: returned, {"rate": [1, 2]}, jobs=1, progress=False)
    assert table["error"][0].startswith(error)


def test_runs_meet_the_callers_floating_point_errors():
    def overflow(seed, a):
        return {"x": float(np.float64(1e300) * 10.0**a)}

    grid = {"a": [0, 300]}
    for jobs in (1, 2):
        table = sweep(overflow, grid, jobs=jobs, progress=False)  # in tests all are errors
        assert table["error"][1].startswith("FloatingPointError: overflow")
        with np.errstate(over="ignore"):
            table = sweep(overflow, grid, jobs=jobs, progress=False)
        assert list(table["error"]) == ["", ""]


def test_a_worker_has_one_blas_thread(tmp_path):
    script = tmp_path / "mine.py"
    script.write_text(
        "from threadpoolctl import threadpool_info\nimport numpy\n"
        "from digitlib.sweep import sweep\n"
        "def most():\n    return max(pool['num_threads'] for pool in threadpool_info())\n"
        "def f(seed, a):\n    return {'most': most()}\n"
        "before = most()\n"
        "tables = [sweep(f, {'a': [1]}, jobs=jobs, progress=False) for jobs in (1, 2)]\n"
        "print(before, *(table['most'][0] for table in tables), most())\n",
        encoding="utf-8",
    )
    environment = {name: value for name, value in os.environ.items() if "THREADS" not in name}
    environment["OPENBLAS_NUM_THREADS"] = "2"
    out = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, env=environment
    )
    before, serial, process, after = out.stdout.split()
    assert before == after != "1"
    assert serial == process == "1"


def test_large_arrays_are_shared_with_the_processes():
    X = np.ones((500, 1000))

    def g(seed, a):
        return {"kind": type(X).__name__, "sum": X.sum()}

    table = sweep(g, {"a": [1, 2, 3]}, jobs=2, progress=False)
    assert set(table["kind"]) == {"memmap"}
    assert set(table["sum"]) == {500_000}


def test_the_bar_shows_the_best_and_the_failures(capsys):
    sweep(f, GRID, seeds=2, jobs=1)
    err = capsys.readouterr().err
    best = max(
        f(s, r, b)["accuracy"] for r, b in ((0.1, 32), (0.1, 64), (1.0, 32)) for s in (0, 1)
    )
    assert f"best accuracy {best:.4g} (rate=1.0, batch=32, seed=0), 2 failed" in err
    assert "8/8" in err
    sweep(f, GRID, jobs=1, score="steps", lowest=True)
    assert "best steps 64 (rate=0.1, batch=32, seed=0)" in capsys.readouterr().err
    sweep(f, GRID, jobs=1, progress=False)
    assert capsys.readouterr().err == ""


def kills_once(seed, folder):
    """SIGKILL for the worker of run 3, the first time."""
    mark = Path(folder) / "killed"
    if seed == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.02)
    return {"square": seed**2}


def kills_always(seed, at):
    if seed == at:
        os.kill(os.getpid(), signal.SIGKILL)
    return {"square": seed**2}


needs_kill = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")


@needs_kill
def test_a_killed_worker_costs_nothing_but_time(tmp_path):
    path = tmp_path / "a.csv"
    table = sweep(
        kills_once, {"folder": [str(tmp_path)]}, seeds=12, jobs=2, path=path, progress=False
    )
    assert (tmp_path / "killed").exists()
    assert list(table["square"]) == [seed**2 for seed in range(12)]
    assert list(table["error"]) == [""] * 12
    assert len(read(path)) == 12


@needs_kill
@pytest.mark.kernel  # three pools of processes die: some seconds each
def test_a_run_that_kills_its_worker_each_time_becomes_a_row():
    table = sweep(kills_always, {"at": [4]}, seeds=8, jobs=2, progress=False)
    assert table["error"][4] == "WorkerDied: its process was killed, or crashed"
    assert list(table["square"].drop(4)) == [seed**2 for seed in range(8) if seed != 4]


def test_what_cannot_be_sent_is_an_error_at_once(tmp_path):
    script = tmp_path / "mine.py"
    script.write_text(
        "import functools\nfrom digitlib.sweep import sweep\n"
        "@functools.cache\ndef cached():\n    return 1\n"
        "def f(seed, a):\n    return {'x': cached()}\n"
        "sweep(f, {'a': [1, 2]}, jobs=2, progress=False)\n",
        encoding="utf-8",
    )
    out = subprocess.run([sys.executable, str(script)], capture_output=True, text=True)
    assert "a worker could not begin a run (AttributeError" in out.stderr


def test_what_is_missing_is_named_with_its_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "joblib", None)
    with pytest.raises(ImportError, match=r'joblib: pip install "digitlib\[sweep\]"'):
        sweep(f, GRID, progress=False)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ImportError, match=r'distributed: pip install "digitlib\[cluster\]"'):
        sweep(f, GRID, scheduler="tcp://127.0.0.1:9", progress=False)


@pytest.fixture
def digits():
    rng = np.random.default_rng(0)
    y = np.arange(200) % 10
    X = rng.random((200, 784), dtype=np.float32) * 0.1
    X[np.arange(200), y] = 1
    return Digits(X, y, "toy/train")


def test_a_recipe_without_settings_is_the_recipe(digits):
    found = of_recipe("three-layer-he", digits)(3, epochs=2)
    recipe = recipes.find("three-layer-he")
    train, valid = recipe.split(digits, 3)
    run = recipes.run(
        dataclasses.replace(recipe, epochs=2), train, valid, seed=3, progress=False
    )
    assert found["valid_accuracy"] == run.history[-1].valid_accuracy
    assert found["valid_loss"] == run.history[-1].valid_loss
    assert list(found) == ["train_loss", "train_accuracy", "valid_loss", "valid_accuracy"]


def changed(recipe, **settings):
    """(batch_size, epochs, widths, dropout, rates) with which a recipe's run would train."""
    seen = []
    job = of_recipe(
        recipe, Digits(np.zeros((200, 784), np.float32), np.arange(200) % 10, "toy")
    )

    def spy(recipe, train, valid, **options):
        seen.append(recipe)
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recipes, "run", spy)
        with pytest.raises(KeyboardInterrupt):
            job(0, **settings)
    return seen[0]


def test_the_settings_of_a_recipe():
    he = recipes.find("three-layer-he")
    assert changed(he) == he
    assert changed(he, batch=32).batch_size == 32
    assert changed(he, batch=0).batch_size is None
    assert changed("mlp-best", epochs=3).epochs_for(200) == 3
    assert changed(he, label_smoothing=0.1).label_smoothing == 0.1
    assert changed(he, rate=0.3).schedule(100)(7) == 0.3
    cycle = changed("three-layer-adam", rate=0.1).schedule(50)
    given = recipes.find("three-layer-adam").schedule(50)
    for step in range(50):
        assert cycle(step) == pytest.approx(given(step) * 0.1 / 4e-3, rel=1e-12)

    def widths(**settings):
        return changed(he, **settings).build.widths

    assert widths(width=7) == (784, 7, 7, 10)
    assert widths(depth=1) == (784, 128, 10)
    assert widths(depth=4) == (784, 128, 64, 64, 64, 10)
    assert widths(depth=3, width=5) == (784, 5, 5, 5, 10)
    assert widths(depth=0) == (784, 10)
    assert changed(he, width=7).layout == "784-7-7-10"
    assert changed("softmax-regression", depth=1, width=9).build.widths == (784, 9, 10)
    norm = changed("three-layer-dropout", dropout=0.4, depth=3).build
    assert (norm.dropout, norm.norm, norm.widths) == (0.4, True, (784, 128, 64, 64, 10))
    leaky = changed("three-layer-leaky", depth=3).build(np.random.default_rng(0))
    kinds = [type(layer).__name__ for layer in leaky.layers]
    assert kinds == ["Linear", "ReLU", "Linear", "LeakyReLU", "Linear", "LeakyReLU", "Linear"]


@pytest.mark.parametrize(
    ("recipe", "settings", "message"),
    [
        ("cnn-best", {"width": 3}, "cnn-best is 3 × 3: .* no width, depth or dropout to vary"),
        ("softmax-regression", {"width": 3}, "no hidden layer: give a depth of 1 or more too"),
        ("softmax-regression", {"depth": 2}, "no hidden layer: give the width too"),
        ("three-layer-he", {"width": 0}, "width is a whole number, 1 or more; got 0"),
        ("three-layer-he", {"depth": 1.5}, "depth is a whole number, 0 or more; got 1.5"),
        ("three-layer-he", {"batch": -1}, "batch is a whole number, 0 or more; got -1"),
        ("three-layer-he", {"epochs": 0}, "epochs is a whole number, 1 or more; got 0"),
        ("three-layer-he", {"rate": float("nan")}, "a learning rate is a finite number"),
    ],
)
def test_a_setting_that_a_recipe_has_not_is_refused(recipe, settings, message, digits):
    with pytest.raises(ValueError, match=message):
        of_recipe(recipe, digits)(0, **settings)


def test_a_recipe_needs_labelled_digits(digits):
    for wrong in (digits._replace(y=None), digits.X):
        with pytest.raises(ValueError, match="needs labelled Digits"):
            of_recipe("three-layer-he", wrong)
    with pytest.raises(ValueError, match="no recipe 'x'"):
        of_recipe("x", digits)


def test_a_sweep_of_a_recipe_is_alike_in_processes_and_goes_on(tmp_path, digits):
    job = of_recipe("three-layer-he", digits)
    grid = {"rate": [0.01, 0.1], "epochs": [2]}
    one = sweep(job, grid, seeds=2, jobs=1, progress=False)
    two = sweep(job, grid, seeds=2, jobs=2, progress=False, path=tmp_path / "a.csv")
    same(one, two)
    same(read(tmp_path / "a.csv").sort_values(["rate", "seed"], ignore_index=True), one)
    other = of_recipe("three-layer-adam", digits)
    with pytest.raises(ValueError, match="runs of three-layer-he, 200 digits of toy/train"):
        sweep(other, grid, seeds=2, jobs=1, progress=False, path=tmp_path / "a.csv")


def test_the_heat_map_shows_means_failures_and_the_best():
    rows = [(0.1, 32, 0.5), (0.1, 32, 0.7), (1.0, 32, 0.9), (1.0, 32, np.nan), (0.1, 64, 0.2)]
    table = pd.DataFrame(rows, columns=["rate", "batch", "score"])
    ax = plots.heat_map(table, "rate", "batch", "score")
    means = ax.images[0].get_array()
    np.testing.assert_allclose(means.filled(-1), [[0.6, 0.9], [0.2, -1]])
    assert [text.get_text() for text in ax.texts] == ["0.600", "0.900\n1 failed", "0.200"]
    assert [text.get_position() for text in ax.texts] == [(0, 0), (1, 0), (0, 1)]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["0.1", "1"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["32", "64"]
    hatched, frame = ax.patches
    assert hatched.get_hatch() == "//"
    assert hatched.get_xy() == (0.5, 0.5)
    assert frame.get_xy() == pytest.approx((0.52, -0.46))
    lowest = plots.heat_map(table, "rate", "batch", "score", lowest=True, form=".1f")
    assert lowest.patches[1].get_xy() == pytest.approx((-0.48, 0.54))
    assert lowest.texts[0].get_text() == "0.6"
    assert lowest.get_title(loc="left").split()[-4:] == ["the", "lowest", "is", "framed"]
    for arguments, message in (
        (("rate", "width", "score"), "no column 'width'; there are rate, batch, score"),
        (("rate", "rate", "score"), "two settings; got 'rate' twice"),
    ):
        with pytest.raises(ValueError, match=message):
            plots.heat_map(table, *arguments)
    with pytest.raises(ValueError, match="score has no number"):
        plots.heat_map(table.assign(score=np.nan), "rate", "batch", "score")
    for number in plt.get_fignums():
        plt.figure(number).canvas.draw()
    plt.close("all")


def test_the_summary_of_a_sweep():
    rows = [(0.1, 0, 0.5, ""), (0.1, 1, 0.7, ""), (1.0, 0, 0.9, ""), (1.0, 1, np.nan, "E: no")]
    table = pd.DataFrame(rows, columns=["rate", "seed", "score", "error"])
    assert summary(table, ["rate"], "score").splitlines() == [
        "rate  runs  failed   score      sd             range",
        " 0.1     2       0  0.6000  0.1414  0.5000 to 0.7000",
        "   1     2       1  0.9000          0.9000 to 0.9000",
        "best mean score: 0.6000 with rate=0.1. As the best of 2 it was lucky too: try it on "
        "other seeds",
        "1 of 4 runs failed, the first with E: no",
    ]
    whole = table.assign(error="", score=[0.5, 0.7, 0.2, 0.3])
    assert "best mean score: 0.2500 with rate=1." in summary(
        whole, ["rate"], "score", lowest=True
    )
    assert summary(table[:0], ["rate"], "score") == "no run has finished"


def test_the_command_sweeps_a_recipe_and_goes_on(tmp_path, capsys):
    command = [
        "sweep",
        "--recipe",
        "softmax-regression",
        "--grid",
        "rate=0.1,0.3",
        "--jobs",
        "1",
    ]
    command += ["--grid", "epochs=1", "--seeds", "1", "-o", str(tmp_path / "sweep.csv")]
    assert main(command) == 0
    first = capsys.readouterr().out
    table = read(tmp_path / "sweep.csv")
    assert list(table["rate"]) == [0.1, 0.3]
    assert f"{table['valid_accuracy'].max():.4f} with rate=" in first
    command[command.index("--seeds") + 1] = "2"
    assert main(command) == 0
    assert "2/4" in capsys.readouterr().err  # the bar begins where the file ends
    assert len(read(tmp_path / "sweep.csv")) == 4
    # Another recipe's file, a setting twice, and runs that all fail.
    assert main(["sweep", "--grid", "width=3", "--jobs", "1", *command[-2:]]) == 1
    assert "is of another sweep" in capsys.readouterr().err
    assert main(["sweep", "--grid", "width=3", "--grid", "width=4"]) == 1
    assert "names a setting twice" in capsys.readouterr().err
    fails = [
        "sweep",
        "--recipe",
        "cnn-best",
        "--grid",
        "width=3",
        "--seeds",
        "1",
        "--jobs",
        "1",
    ]
    assert main(fails) == 1
    assert "1 of 1 runs failed, the first with ValueError: cnn-best" in capsys.readouterr().out
    for grid, message in (("rat=1", "no setting 'rat'; there are rate"), ("rate=x", "numbers")):
        with pytest.raises(SystemExit, match="2"):
            main(["sweep", "--grid", grid])
        assert message in capsys.readouterr().err


@pytest.mark.parametrize("before", [None, "2"])
def test_a_run_of_a_cluster_has_one_thread_and_leaves_the_process_as_it_was(
    before, monkeypatch
):
    from digitlib.fast.threads import threads
    from digitlib.sweep import places
    from digitlib.sweep.plan import Run

    monkeypatch.delenv("DIGITLIB_THREADS", raising=False)
    if before:
        monkeypatch.setenv("DIGITLIB_THREADS", before)

    def inner(seed, a):
        return {"threads": threads()}

    def outer(seed, a):  # a second run in the same process, which ends before the first
        places._of_job(1, run, (inner,), np.geterr())
        return {"threads": threads()}

    run = Run({"a": 1}, 0)
    found, _, error = places._of_job(0, run, (outer,), np.geterr())
    assert (found, error) == ({"threads": 1}, "")
    assert os.environ.get("DIGITLIB_THREADS") == before
