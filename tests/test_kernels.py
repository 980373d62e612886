"""`make kernels`: which kernels there are, what the runs differ in, and the jitter's size."""

import os
import subprocess
import sys

import numpy as np
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook
from notebook_tools import ROOT, disagreements

import digitlib
from tools import kernels

JITTER = ROOT / "tests" / "jitter"
LOAD = """
import sys
import numpy as np
import digitlib
for dtype in (np.float64, np.float32):
    (train, test) = digitlib.load(dtype=dtype)
    np.save(sys.argv[1] + np.dtype(dtype).name, np.concatenate([train.X, test.X]))
"""


def test_a_processor_has_the_kernels_that_its_flags_allow():
    assert kernels.supported({"pni"}) == ["Prescott"]
    assert kernels.supported({"pni", "avx2", "fma", "avx512f"}) == ["Prescott", "Haswell"]
    every = {"pni", "avx2", "fma", "avx512f", "avx512bw", "avx512dq", "avx512vl"}
    assert kernels.supported(every) == ["Prescott", "Haswell", "SkylakeX"]
    assert kernels.supported(set()) == []


@pytest.fixture
def avx512(monkeypatch):
    """A processor whose own kernel is SkylakeX, and an environment that names another."""
    every = {"pni", "avx2", "fma", "avx512f", "avx512bw", "avx512dq", "avx512vl"}
    monkeypatch.setattr(kernels, "processor_flags", lambda: every)
    monkeypatch.setattr(
        kernels, "architecture", lambda v: v.get("OPENBLAS_CORETYPE", "SkylakeX")
    )
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")
    monkeypatch.setenv("OPENBLAS_L2_SIZE", "512")


def test_each_kernel_runs_once_and_the_librarys_own_with_nothing_set(avx512):
    runs = kernels.plan()
    assert [label for label, _, _ in runs] == [
        kernels.OWN,
        "Haswell",
        "Prescott",
        kernels.JITTER,
    ]
    for label, variables, jitter in runs:
        assert "OPENBLAS_L2_SIZE" not in variables
        named = variables.get("OPENBLAS_CORETYPE")
        assert named == (label if label in kernels.NEEDS else None)
        assert jitter == ("DIGITLIB_JITTER" in variables)
    (only,) = kernels.plan(only=["prescott"])
    assert only[0] == "Prescott"


def test_the_other_kernel_is_not_the_one_that_the_environment_names(avx512, monkeypatch):
    ((label, variables, _),) = kernels.plan(one_other=True)
    assert label == variables["OPENBLAS_CORETYPE"] == "Prescott"
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Prescott")
    assert kernels.plan(one_other=True)[0][0] == "Haswell"
    monkeypatch.setattr(kernels, "processor_flags", set)
    assert kernels.plan(one_other=True) == []


def test_a_run_that_got_another_kernel_or_fails_is_told(avx512, monkeypatch, capsys):
    monkeypatch.setattr(kernels, "verify", lambda paths, base: base.get("DIGITLIB_JITTER"))
    monkeypatch.setattr(
        kernels, "unit_tests", lambda v: v.get("OPENBLAS_CORETYPE") == "Haswell"
    )
    monkeypatch.setattr(kernels, "chosen_paths", lambda names: [])
    assert kernels.main([]) == 1
    told = capsys.readouterr().out.splitlines()[-4:]
    assert told[0].endswith("passed")
    assert "SkylakeX" in told[0]
    assert told[1].endswith("FAILED: unit tests")
    assert told[2].endswith("passed")
    assert told[3].endswith("FAILED: notebooks")
    monkeypatch.setattr(kernels, "architecture", lambda v: "SkylakeX")
    assert kernels.main(["--only", "haswell"]) == 1
    assert "this kernel could not be had" in capsys.readouterr().out


def test_a_quoted_number_that_moves_is_rejected():
    """The prose is compared with what a run under another kernel holds."""
    notebook = new_notebook(cells=[new_markdown_cell("It reads 95.1 %<!-- 97.x --> of them.")])
    assert disagreements(notebook, {"97.x": 0.9512})[:-1] == []
    moved = disagreements(notebook, {"97.x": 0.9496})
    assert "'95.1 %<!-- 97.x -->': the cell measured 0.9496" in moved


def test_the_jitter_changes_every_pixel_by_about_one_rounding(tmp_path):
    loaded = {}
    for name, more in (("plain", {}), ("jittered", {"DIGITLIB_JITTER": "1"})):
        path = os.pathsep.join([str(JITTER), str(ROOT)])
        variables = os.environ | {"PYTHONPATH": path} | more
        start = str(tmp_path / name)
        subprocess.run([sys.executable, "-c", LOAD, start], env=variables, check=True)
        for dtype in ("float64", "float32"):
            loaded[name, dtype] = np.load(f"{start}{dtype}.npy")
    for dtype, size in (("float64", 1e-15), ("float32", 1.2e-7)):
        X, moved = loaded["plain", dtype], loaded["jittered", dtype]
        assert X.dtype == moved.dtype == dtype
        ours = np.concatenate([part.X for part in digitlib.load(dtype=dtype)])
        np.testing.assert_array_equal(X, ours)
        inked = (X > 0) & (X < 1)
        change = np.abs(moved[inked] / X[inked] - 1)
        assert size / 3 < change.max() < 1.5 * size
        assert (change > 0).mean() > 0.9
        assert (moved[X == 0] == 0).all()
        assert moved.max() == 1
