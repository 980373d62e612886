"""The fuzzer finds what it is for: planted faults, one of each kind that it looks for."""

import time

import numpy as np
import pytest

pytest.importorskip("resource", reason="Windows counts its memory otherwise")
import fuzz


def read_well(path):
    return fuzz.digitlib.read_labelled_csv(path)


def other_content(path):
    digits = read_well(path)
    return digits._replace(y=digits.y * 0)


def another_error(path):
    raise KeyError(path.name)


def unnamed(path):
    raise ValueError("something is wrong")


def slow(path):
    ends = time.process_time() + 2.1
    while time.process_time() < ends:
        pass
    return read_well(path)


def large(path):
    np.ones(peak_and_more() // 8)
    return read_well(path)


def peak_and_more():
    """So many bytes that even a process that had much memory before needs 600 MB more."""
    return (fuzz.peak() + 600) << 20


FAULTS = {
    "other content": (other_content, "other content was loaded|not loaded"),
    "another error": (another_error, "another error: KeyError"),
    "unnamed": (unnamed, "not named: ValueError"),
    "slow": (slow, "took 2"),
    "large": (large, "MB more"),
}


@pytest.mark.parametrize(("reader", "said"), FAULTS.values(), ids=FAULTS)
def test_a_planted_fault_is_found(reader, said, tmp_path, monkeypatch):
    monkeypatch.setattr(fuzz, "hostile", list)
    monkeypatch.setattr(fuzz, "PACKINGS", {"plain": bytes})
    plain, _, right = fuzz.make(np.random.default_rng(0))["csv"]
    _, failures = fuzz.run(0.1, 0, tmp_path / "kept", {"csv": (plain, reader, right)})
    assert any(part in failures[0] for part in said.split("|")), failures
    assert (tmp_path / "kept" / "1.bin").is_file()


def test_a_second_finds_nothing(capsys):
    assert fuzz.main(["--seconds", "1", "--seed", "3"]) == 0
    assert ": 0 failures" in capsys.readouterr().out
