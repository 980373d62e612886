"""The set-up cell as Colab runs it: an empty folder, no repository, no digitlib installed."""

import os
import subprocess
import sys
import sysconfig

import pytest
from notebook_tools import PATHS, ROOT, code_cells, read

pytestmark = pytest.mark.kernel
HOME = "https://github.com/digits-from-scratch/digits-from-scratch"


@pytest.fixture
def elsewhere(tmp_path):
    """A Python that has our dependencies but not digitlib, and git that finds us locally."""
    venv, folder = tmp_path / "venv", tmp_path / "content"
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    (folder / "google").mkdir(parents=True)
    (folder / "google" / "colab.py").write_text("")  # what tells Colab apart
    clone = tmp_path / "clone.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", ROOT, clone], check=True)
    environment = os.environ | {
        # Folders on PYTHONPATH bring their packages but not the editable install's .pth file.
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        # git takes the address on GitHub from this clone: the cell runs as it stands.
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{clone.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": HOME,
        "DIGITLIB_STATE": "off",
    }
    return venv / "bin" / "python", folder, environment


def test_the_set_up_cell_installs_the_package_where_it_is_missing(elsewhere):
    python, folder, environment = elsewhere
    source = code_cells(read(PATHS[0]))[0].source
    proof = "import digitlib.plots\nprint(digitlib.__file__, len(digitlib.load()[0].y))"

    def run(code):
        return subprocess.run(
            [python, "-c", code], cwd=folder, env=environment, capture_output=True, text=True
        )

    absent = run("import digitlib")
    assert "No module named 'digitlib'" in absent.stderr, "the test would prove nothing"
    done = run(f"import google.colab\n{source}\n{proof}")
    assert done.returncode == 0, done.stderr
    assert "digitlib 0." in done.stdout
    assert str(python.parent.parent) in done.stdout, "it was imported from elsewhere"
    assert done.stdout.strip().endswith("4000")
    again = run(f"{source}\n{proof}")  # a second run installs nothing
    assert again.stdout == done.stdout
