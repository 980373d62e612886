"""The small competition of notebook 15: its two files, and what it says of a submission."""

import numpy as np
import pytest

import digitlib
from digitlib.exercises.competition import Competition


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("competition")
    return folder, Competition(folder)


def test_its_files_are_kaggles(handed_out):
    folder, _ = handed_out
    given, hidden = digitlib.load()
    header = (folder / "train.csv").read_text().partition("\n")[0].split(",")
    assert header == ["label", *(f"pixel{m}" for m in range(784))]
    train = digitlib.read_labelled_csv(folder / "train.csv")
    np.testing.assert_array_equal(train.X, given.X)
    np.testing.assert_array_equal(train.y, given.y)
    test = digitlib.read_unlabelled_csv(folder / "test.csv")
    assert sorted(x.tobytes() for x in test.X) == sorted(x.tobytes() for x in hidden.X)
    assert not np.array_equal(test.X, hidden.X), "in an order of its own"


def test_public_and_private_rows_are_all_rows(handed_out, tmp_path):
    folder, game = handed_out
    _, hidden = digitlib.load()
    test = digitlib.read_unlabelled_csv(folder / "test.csv")
    label_of = {x.tobytes(): y for x, y in zip(hidden.X, hidden.y)}
    truth = np.array([label_of[x.tobytes()] for x in test.X])
    digitlib.write_submission(tmp_path / "s.csv", truth)
    assert game.score(tmp_path / "s.csv") == game.private_score(tmp_path / "s.csv") == 1
    answers = np.where(np.arange(1000) < 400, (truth + 1) % 10, truth)
    digitlib.write_submission(tmp_path / "s.csv", answers)
    public, private = game.score(tmp_path / "s.csv"), game.private_score(tmp_path / "s.csv")
    assert 250 * public + 750 * private == pytest.approx(600)
    assert 0.45 < public < 0.75, "public rows are drawn from the whole file"


def test_what_is_wrong_is_said(handed_out, tmp_path):
    _, game = handed_out
    digitlib.write_submission(tmp_path / "s.csv", [3] * 999)
    with pytest.raises(ValueError, match="999 rows, expected 1000"):
        game.score(tmp_path / "s.csv")
    for public in (0, 1000):
        with pytest.raises(ValueError, match="from 1 to 999"):
            Competition(tmp_path, public=public)
