"""What an installed digitlib has with it."""

import hashlib
import subprocess
import sys
import zipfile

import pytest
from notebook_tools import ROOT

from digitlib.data.builtin import FILE


@pytest.mark.kernel
def test_the_digits_are_in_the_wheel(tmp_path):
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "-w",
        tmp_path,
        ROOT,
    ]
    subprocess.run(command, check=True)
    (wheel,) = tmp_path.glob("digitlib-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = archive.read("digitlib/data/sample.npz")
        assert any(name.endswith("LICENSE") for name in archive.namelist())
    assert hashlib.sha256(packed).digest() == hashlib.sha256(FILE.read_bytes()).digest()
