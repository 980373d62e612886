"""What notebook 17 relies on: the record of many seeds, and a cluster on this machine."""

import numpy as np
import pytest

from digitlib.exercises.model import find
from digitlib.sweep import local_cluster, places, record, sweep
from digitlib.sweep.table import _identity
from tools import seeds


def test_the_record_has_every_seed_once_and_no_failure():
    table = record("seeds")
    assert sorted(table["seed"]) == list(range(seeds.SEEDS))  # a run is added as it ends
    assert (table["error"] == "").all()
    assert set(table["rate"]) == {0.1}
    assert set(table["steps"]) == {500}
    for name, digits in (("held_out", 800), ("fresh", 1000)):
        counts = digits * table[name]
        np.testing.assert_allclose(counts, counts.round(), atol=1e-6)
        assert table[name].between(0.8, 0.96).all()


def test_the_record_is_of_the_function_that_makes_it():
    """So that `make seeds` goes on with it, and nobody changes the one without the other."""
    header, row, *_ = seeds.RECORD.read_text(encoding="utf-8").splitlines()
    assert header.endswith(",sweep")
    assert row.endswith(f'"{_identity(seeds.one_hidden_layer, ["rate", "steps"])}"')


def test_the_record_is_what_a_training_gives():
    table = record("seeds").set_index("seed")
    found = seeds.one_hidden_layer(7, rate=0.1, steps=500)
    for name in ("held_out", "fresh"):  # another kernel may read a digit more or less
        assert found[name] == pytest.approx(table.loc[7, name], abs=0.004)


def test_the_command_goes_on_where_it_was(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(seeds, "one_hidden_layer", few_steps)
    path = tmp_path / "seeds.csv"
    for count in ("2", "3"):
        assert seeds.main(["--seeds", count, "-o", str(path), "--jobs", "1"]) == 0
    assert len(path.read_text(encoding="utf-8").splitlines()) == 4
    assert str(path) in capsys.readouterr().out


def few_steps(seed, rate, steps):
    return {"held_out": rate * seed, "fresh": steps / 1000}


def test_a_record_that_is_none_is_refused_with_those_that_are():
    with pytest.raises(FileNotFoundError, match=r"no sweep 'sedes' ships .* there is seeds"):
        record("sedes")


def test_without_distributed_there_is_no_cluster(monkeypatch):
    def missing(*_):
        raise ImportError

    monkeypatch.setattr(places, "needed", missing)
    with local_cluster() as address:
        assert address is None


@pytest.mark.kernel
def test_a_cluster_on_this_machine_gives_the_same_table():
    pytest.importorskip("distributed")
    grid = {"rate": [0.1, 0.2], "steps": [5]}
    with local_cluster(workers=1) as address:
        assert address.startswith("tcp://127.0.0.1:")
        there = sweep(few_steps, grid, seeds=2, scheduler=address, progress=False)
    here = sweep(few_steps, grid, seeds=2, jobs=1, progress=False)
    assert there.drop(columns="seconds").equals(here.drop(columns="seconds"))


def test_the_record_says_what_the_notebook_says_of_it():
    """The best of a hundred leads by 2.5 points rather than 1 or 5, and hardly any is kept."""
    account, table = find("17.account").reference, record("seeds")
    first, again = table["held_out"].to_numpy(), table["fresh"].to_numpy()
    best = account["best"](first, account["chances"](len(first), 100))
    assert 0.02 < best - first.mean() < 0.03
    assert 0 < account["slope"](first, again) < 0.25
    assert first.std(ddof=1) == pytest.approx(np.sqrt(0.9 * 0.1 / 800), rel=0.15)
