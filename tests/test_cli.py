"""The command `digitlib` as a person at a terminal meets it: any console, any pipe."""

import argparse
import inspect
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from notebook_tools import ROOT

import digitlib
from digitlib import recipes
from digitlib.__main__ import _parser, main
from digitlib.recipes import networks, predict, records, submit

FULL = Path("/dev/full")
TABLE = {
    "progress": {},
    "submit": {
        "output": "submission.csv",
        "recipe": "mlp-best",
        "seeds": None,
        "splits": None,
        "shifted": None,
        "keep": None,
        "partial": False,
        "jobs": None,
        "force": False,
    },
    "validate": {"test": None},
    "predict": {"submission": None, "force": False},
    "reproduce": {
        "data": "sample",
        "recipes": None,
        "seeds": 3,
        "json": None,
        "keep": None,
        "resume": False,
        "force": False,
        "hold_out": False,
        "after": None,
    },
    "data": {},
    "draw": {"output": None, "weights": [], "no_open": False, "force": False},
    "export": {"force": False},
    "sweep": {
        "recipe": "three-layer-he",
        "data": "sample",
        "grid": None,
        "seeds": 3,
        "output": None,
        "retry": False,
        "jobs": None,
        "scheduler": None,
    },
}
FUNCTIONS = {
    submit.submit: {
        "recipe": "mlp-best",
        "seeds": None,
        "force": False,
        "say": print,
        "splits": None,
        "shifted": None,
        "keep": None,
        "partial": False,
        "jobs": 1,
        "progress": True,
    },
    submit.validate: {"test_csv": None, "say": print},
    submit.Plan: {"seeds": 1, "splits": 1, "shifted": False},
    predict.predict: {"submission": None, "force": False, "say": print},
    recipes.run: {"valid_set": None, "seed": 0, "progress": True, "watch": None},
    recipes.fresh: {"seed": 0},
    networks.Dense: {
        "activations": (digitlib.ReLU,),
        "init": digitlib.init.he,
        "norm": False,
        "dropout": 0.0,
        "drawn_biases": False,
    },
    recipes.Copies: {"shift": 1, "rotate": 12, "scale": 0.12, "shear": 6, "bent": 0},
    records.train_and_measure: {"weights": None, "progress": False},
}


def commands():
    parser = _parser()
    (action,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return action.choices


@pytest.mark.parametrize("name", TABLE)
def test_the_commands_have_the_defaults_of_the_table(name):
    parser = commands()[name]
    found = {
        action.dest: action.default
        for action in parser._actions
        if action.option_strings and action.dest != "help"
    }
    assert found == TABLE[name]


def test_the_table_has_every_command():
    assert set(commands()) == set(TABLE)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_the_functions_have_the_defaults_of_the_table(function):
    parameters = inspect.signature(function).parameters.values()
    found = {p.name: p.default for p in parameters if p.default is not p.empty}
    assert found == FUNCTIONS[function]


def test_the_console_script_is_main(capsys):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"digitlib": "digitlib.__main__:main"}
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"digitlib {digitlib.__version__}\n"
    assert project["version"] == digitlib.__version__


def test_data_names_the_sources_and_the_variable(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DIGITLIB_DATA", str(tmp_path / "nowhere"))
    assert main(["data"]) == 0
    out = capsys.readouterr().out
    for name in ("sample", "mnist", "kaggle", "colab"):
        assert re.search(rf"^{name} +(not )?found", out, re.MULTILINE)
    assert str(tmp_path / "nowhere") in out
    assert "DIGITLIB_DATA" in out


def run(*arguments, encoding=None, **how):
    """The command in a process of its own, with a console of this encoding."""
    environment = {**os.environ, "PYTHONUTF8": "0", "DIGITLIB_STATE": "off"}
    if encoding:
        environment["PYTHONIOENCODING"] = encoding
    how = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how}
    return subprocess.Popen(
        [sys.executable, "-m", "digitlib", *arguments], env=environment, cwd=ROOT, **how
    )


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp932", "cp437"])
def test_no_result_is_lost_on_an_encoding(encoding, tmp_path):
    kept = tmp_path / "runs.json"
    line = ["reproduce", "--recipes", "softmax-regression", "--seeds", "2"]
    with run(*line, "--json", str(kept), encoding=encoding) as process:
        out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    text = out.decode(encoding)
    (row,) = (row for row in text.splitlines() if row.startswith("softmax-regression"))
    assert re.search(r"\d\d\.\d\d . \d\.\d\d", row), row
    assert "±" in text or "?" in text
    assert len(records.read_record(kept)["runs"]) == 2
    with run("submit", "--help", encoding=encoding) as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    with run("validate", "größe–.csv", encoding=encoding) as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert b"there is no such file" in err


def test_a_reader_who_has_seen_enough(tmp_path):
    read, write = os.pipe()
    os.close(read)
    with run("data", stdout=write) as process:
        os.close(write)
        err = process.communicate(timeout=60)[1]
    assert (process.returncode, err) == (1, b"")


@pytest.mark.skipif(not FULL.exists(), reason="a full disk is Linux's /dev/full")
def test_a_table_that_cannot_be_printed_goes_to_stderr():
    line = ["reproduce", "--recipes", "softmax-regression", "--seeds", "1"]
    with FULL.open("wb") as full, run(*line, stdout=full) as process:
        err = process.communicate(timeout=120)[1].decode()
    assert process.returncode == 1
    assert re.search(r"^softmax-regression +784-10", err, re.MULTILINE)
    assert "No space left on device" in err
    with FULL.open("wb") as full, run("data", stdout=full) as process:
        err = process.communicate(timeout=60)[1].decode()
    assert process.returncode == 1
    assert err.startswith("digitlib data: ")
    assert err.count("\n") == 1
