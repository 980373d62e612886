"""`tools/ensemble.py`: the kept seeds of a recipe together."""

import ensemble
import numpy as np
import pytest
from test_reproduce import few, quick  # noqa: F401

from digitlib import recipes
from digitlib.recipes.model import Model


def test_kept_seeds_read_together(few, tmp_path):  # noqa: F811
    quick(few, names=["two-layer-adam", "three-layer-he"], seeds=3, keep=tmp_path)
    train, test = few("sample")
    networks = [
        recipes.run("two-layer-adam", train, seed=seed, progress=False).network
        for seed in range(3)
    ]
    together = (Model(networks, shifted=True).predict(test.X) == test.y).mean()
    alone = np.mean([(network.predict(test.X) == test.y).mean() for network in networks])
    line = ensemble.ensemble(tmp_path, "two-layer-adam", few)
    assert line.startswith("two-layer-adam on sample, seeds 0, 1, 2: together")
    assert f"copies, {together:.2%} (95 % interval" in line
    assert f"one copy {alone:.2%} on average" in line
    (tmp_path / "two-layer-adam-2.npz").unlink()
    with pytest.raises(FileNotFoundError, match=r"two-layer-adam-2\.npz"):
        ensemble.ensemble(tmp_path, "two-layer-adam", few)


def test_other_splits_and_other_folders_are_refused(few, tmp_path, capsys):  # noqa: F811
    quick(few, names=["three-layer-he"], seeds=1, keep=tmp_path)
    for recipe in ("three-layer-he", "cnn-best"):
        assert ensemble.main([str(tmp_path), "--recipe", recipe]) == 1
        assert f"has no trainings of {recipe} on all training" in capsys.readouterr().err
    assert ensemble.main([str(tmp_path / "none")]) == 1
    assert "runs.json" in capsys.readouterr().err
