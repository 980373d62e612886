"""The set-up cell as Colab and Kaggle run it: an empty folder, no repository, no digitlib."""

import importlib.metadata
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import nbformat
import pytest
from notebook_tools import PATHS, ROOT, code_cells, read

import digitlib
from digitlib.exercises import installing, set_up
from tools import badges, course

PINNED = sorted((ROOT / "tests" / "pinned").glob("*.txt"))


@pytest.fixture
def elsewhere(tmp_path):
    """An empty folder, and git that takes the address on GitHub from this clone."""
    folder, clone = tmp_path / "content", tmp_path / "clone.git"
    folder.mkdir()
    subprocess.run(["git", "clone", "--quiet", "--bare", ROOT, clone], check=True)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{clone.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": f"https://github.com/{course.REPOSITORY}",
        "DIGITLIB_STATE": "off",
        "MPLBACKEND": "Agg",
    }
    return folder, environment


def run(python, code, folder, environment):
    return subprocess.run(
        [python, "-c", code], cwd=folder, env=environment, capture_output=True, text=True
    )


@pytest.mark.kernel
def test_the_set_up_cell_installs_the_package_where_it_is_missing(tmp_path, elsewhere):
    folder, environment = elsewhere
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    # Folders on PYTHONPATH bring their packages but not the editable install's .pth file.
    environment["PYTHONPATH"] = sysconfig.get_path("purelib")
    proof = "import digitlib.plots\nprint(digitlib.__file__, len(digitlib.load()[0].y))"
    absent = run(python, "import digitlib", folder, environment)
    assert "No module named 'digitlib'" in absent.stderr, "the test would prove nothing"
    done = run(python, f"{course.set_up()}\n{proof}", folder, environment)
    assert done.returncode == 0, done.stderr
    assert "digitlib 0." in done.stdout
    assert str(tmp_path / "venv") in done.stdout, "it was imported from elsewhere"
    assert done.stdout.strip().endswith("4000")
    again = run(python, f"{course.set_up()}\n{proof}", folder, environment)
    assert again.stdout == done.stdout, "a second run installs nothing"


def versions(python, environment):
    """What is installed in a Python: name -> version."""
    code = (
        "import importlib.metadata as m, json\n"
        "print(json.dumps({d.metadata['Name'].lower(): d.version for d in m.distributions()}))"
    )
    return json.loads(run(python, code, ROOT.parent, environment).stdout)


@pytest.mark.kernel
@pytest.mark.pinned
@pytest.mark.parametrize("pins", PINNED, ids=[file.stem for file in PINNED])
def test_nothing_that_is_there_is_replaced(pins, tmp_path, elsewhere):
    """The set-up cell and a whole notebook, with NumPy, pandas and matplotlib loaded before."""
    folder, environment = elsewhere
    # The commit that the set-up cell installs, whatever else lies in the working tree.
    show = ["git", "show", "HEAD:notebooks/01_data.ipynb"]
    text = subprocess.run(show, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    cells = code_cells(nbformat.reads(text, as_version=4))
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    pip = [python, "-m", "pip", "install", "-q", "-r", pins]
    subprocess.run(pip, check=True, env=environment)
    before = versions(python, environment)
    assert "digitlib" not in before
    assert cells[0].source == course.set_up()
    loaded = ["import numpy, pandas, matplotlib.pyplot as plt", "plt.plot([0, 1])"]
    notebook = [cell.source for cell in cells]
    done = run(python, "\n".join([*loaded, *notebook]), folder, environment)
    assert done.returncode == 0, done.stderr
    assert "restart" not in done.stdout
    after = versions(python, environment)
    added = {name: version for name, version in after.items() if name not in before}
    print(f"{pins.stem}: the set-up cell added {added}")
    assert {n: v for n, v in after.items() if n in before} == before
    ask = "import json\nfrom digitlib.exercises.installing import needed\n"
    ask += "print(json.dumps(needed()))"
    wanted = set(json.loads(run(python, ask, folder, environment).stdout))
    assert set(added) - {"digitlib"} >= wanted - set(before)
    if wanted <= set(before):
        assert set(added) == {"digitlib"}, "everything was there but digitlib"


def test_what_the_notebooks_need_is_what_the_package_declares():
    declared = importlib.metadata.requires("digitlib")
    assert all(installing.REQUIREMENT.match(line) for line in declared), declared
    wanted = installing.needed()
    assert {"numpy", "matplotlib", "ipykernel"} <= set(wanted)
    assert "pytest" not in wanted
    assert all(wanted.values()), "each has a lower bound"
    assert all(map(installing._is_there, wanted)), "this test runs where all are installed"


@pytest.fixture
def machine(monkeypatch):
    """A machine whose packages are a dictionary, and a pip that writes into it."""
    there = {"numpy": "1.26.4", "seaborn": "0.13.2", "digitlib": "0.1.0"}
    asked = []

    def install(what, installed):
        assert installed == there
        asked.extend(what)
        there.update({name.partition(">")[0]: "9.9" for name in what})

    monkeypatch.setattr(installing, "_installed", lambda: dict(there))
    monkeypatch.setattr(installing, "_is_there", lambda name: name in there)
    monkeypatch.setattr(installing, "_install", install)
    monkeypatch.setattr(
        installing, "needed", lambda: {"numpy": "1.26", "seaborn": "0.13", "pooch": "1.8"}
    )
    return there, asked


def test_only_what_is_missing_is_installed(machine, capsys):
    set_up()
    assert machine[1] == ["pooch>=1.8"]
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Python 3.")
    assert lines[0].endswith(f"digitlib {digitlib.__version__}")
    assert lines[1:] == ["installed: pooch 9.9"]
    set_up()
    assert machine[1] == ["pooch>=1.8"], "the second time there is nothing to do"


def test_what_is_older_than_we_tried_stays_and_is_named(machine, capsys):
    machine[0]["seaborn"] = "0.9.1"
    set_up()
    assert "seaborn 0.9.1 is older than 0.13, the lowest" in capsys.readouterr().out
    assert machine[0]["seaborn"] == "0.9.1"


def test_a_package_that_changed_while_loaded_asks_for_a_restart(machine, monkeypatch, capsys):
    def install(what, installed):
        machine[0].update(numpy="2.5.0", pooch="1.8", digitlib="0.1.0")

    monkeypatch.setattr(installing, "_install", install)
    set_up()
    assert "Now restart the kernel: numpy changed while" in capsys.readouterr().out


@pytest.mark.parametrize("lacking", ["pooch", "seaborn"])
def test_without_a_network_a_notebook_begins_if_the_main_packages_are_there(
    lacking, machine, monkeypatch, capsys
):
    def fail(what, installed):
        raise RuntimeError("no network")

    monkeypatch.setattr(installing, "_install", fail)
    monkeypatch.setattr(installing, "_is_there", lambda name: name != lacking)
    if lacking in installing.ENOUGH:
        with pytest.raises(RuntimeError, match="no network"):
            set_up()
    else:
        set_up()
        said = capsys.readouterr().out
        assert "not installed" in said
        assert "pooch. Most cells do without." in said
        assert "installed: pooch" not in said


def test_pip_is_told_to_hold_every_version(monkeypatch):
    seen = {}

    def pip(command, **options):
        seen["command"] = command
        constraints = Path(command[command.index("-c") + 1])
        seen["held"] = constraints.read_text(encoding="utf-8")
        return subprocess.CompletedProcess(command, 1, stderr="no internet")

    monkeypatch.setattr(installing.subprocess, "run", pip)
    with pytest.raises(RuntimeError, match=r"could not install pooch>=1.8 .*\nno internet"):
        installing._install(["pooch>=1.8"], {"numpy": "1.26.4", "torch": "2.13.0+cpu"})
    assert seen["held"] == "numpy==1.26.4\ntorch==2.13.0+cpu\n"
    assert seen["command"][-1] == "pooch>=1.8"
    assert "--upgrade" not in seen["command"]


def test_every_link_of_a_fork_leads_to_the_fork(tmp_path, monkeypatch, capsys):
    """`make badges REPO=me/mine` in a copy: notebooks, README and metadata all follow."""
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    names = ["README.md", "pyproject.toml", "tools/course.py"]
    names += [f"notebooks/{path.name}" for path in PATHS[:2]]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    subprocess.run(["git", "-C", tmp_path, "add", "-A"], check=True)
    ours = course.REPOSITORY
    monkeypatch.setattr(course, "ROOT", tmp_path)
    monkeypatch.setattr(course, "REPOSITORY", ours)
    monkeypatch.setattr(badges, "NOTEBOOKS", tmp_path / "notebooks")
    with pytest.raises(SystemExit):
        badges.main(["mine"])
    assert "a repository is named owner/name" in capsys.readouterr().err
    badges.main(["me/mine"])
    for name in names:
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "me/mine" in text, name
        assert ours not in text, name
    first, second = (read(tmp_path / name) for name in names[-2:])
    assert "git+{home}" in first.cells[1].source
    assert course.badges(PATHS[1].stem) in second.cells[0].source
    onward = "https://colab.research.google.com/github/me/mine/blob/main/notebooks/02_downhill"
    assert any(f"(02_downhill.ipynb) ([Colab]({onward}" in c.source for c in second.cells)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_badges_and_links_to_other_notebooks_are_those_of_one_place(path):
    """What `make badges` would change. On Kaggle a relative link alone leads nowhere."""
    ours, fresh = read(path), read(path)
    course.bring_up_to_date(fresh, path.stem)
    assert ours == fresh, "run `make badges`"
    prose = "".join(cell.source for cell in ours.cells if cell.cell_type == "markdown")
    linked = set(re.findall(r"\]\((\d\d_\w+)\.ipynb\)", prose))
    assert linked, "each leads on to another"
    for stem in linked:
        assert prose.count(course.address(course.KAGGLE, stem)) >= 1
