"""`hold`: nothing for a reader, a band and a record for us."""

import json

import pytest

from digitlib.exercises import hold


@pytest.fixture
def files(tmp_path, monkeypatch):
    bands, record = tmp_path / "bands.toml", tmp_path / "held.jsonl"
    bands.write_text('[04]\nshare = [0.2, 0.3]\n"other" = [1, 1]\n')
    monkeypatch.setenv("DIGITLIB_BANDS", str(bands))
    monkeypatch.setenv("DIGITLIB_HELD", str(record))
    return bands, record


def test_a_reader_sees_nothing_whatever_the_value(monkeypatch, capsys, tmp_path):
    monkeypatch.delenv("DIGITLIB_BANDS", raising=False)
    monkeypatch.delenv("DIGITLIB_HELD", raising=False)
    for value in (0.25, float("nan"), 1e9, "no number", None):
        assert hold("04.share", value) is None
    said = capsys.readouterr()
    assert said.out == said.err == ""


def test_a_value_in_its_band_is_recorded_and_nothing_is_printed(files, capsys):
    hold("04.share", 0.2)
    hold("04.share", 0.3)
    hold("04.other", 1)
    lines = files[1].read_text().splitlines()
    assert [json.loads(line) for line in lines] == [
        ["04.share", 0.2],
        ["04.share", 0.3],
        ["04.other", 1.0],
    ]
    said = capsys.readouterr()
    assert said.out == said.err == ""


@pytest.mark.parametrize("value", [0.1999, 0.3001, float("nan"), float("inf")])
def test_a_value_outside_is_an_error_and_not_recorded(files, value):
    with pytest.raises(AssertionError, match=r"04\.share = .* is outside its band, 0.2 to 0.3"):
        hold("04.share", value)
    assert not files[1].exists()


@pytest.mark.parametrize("name", ["04.nothing", "05.share", "share", "04", "04.share.more"])
def test_a_name_without_a_band_is_an_error(files, name):
    with pytest.raises(AssertionError, match="has no band in"):
        hold(name, 0.25)
