"""What an installed digitlib has with it."""

import hashlib
import subprocess
import sys
import zipfile

import pytest
from notebook_tools import ROOT

from digitlib.data.builtin import FILE


@pytest.mark.kernel
def test_digits_networks_and_pages_are_in_the_wheel(tmp_path):
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
        names = set(archive.namelist())
        assert any(name.endswith("LICENSE") for name in names)
        # The pad's program and its networks; what notebooks and `compare.load` print.
        for folder in ("draw/web", "draw/weights", "records"):
            for file in (ROOT / "digitlib" / folder).iterdir():
                assert file.relative_to(ROOT).as_posix() in names
        assert "digitlib/draw/drawn.json" in names
    assert hashlib.sha256(packed).digest() == hashlib.sha256(FILE.read_bytes()).digest()
