"""The submission file: exactly what Kaggle wants, or nothing."""

import numpy as np
import pytest

from digitlib.submission import write_submission


@pytest.mark.parametrize(
    "predictions",
    [[7, 0, 9], np.array([7, 0, 9], np.uint8), np.array([7.0, 0.0, 9.0], np.float32)],
)
def test_ids_from_1_and_whole_labels(predictions, tmp_path):
    write_submission(tmp_path / "s.csv", predictions)
    assert (tmp_path / "s.csv").read_bytes() == b"ImageId,Label\n1,7\n2,0\n3,9\n"


WRONG = {
    "a column": ([[7], [1]], r"shape \(2, 1\).*argmax"),
    "one digit": (7, r"shape \(\)"),
    "empty": ([], r"shape \(0,\)"),
    "half": ([1, 2.5], "2.5 at index 1 is not a digit from 0 to 9"),
    "NaN": ([1, np.nan], "nan at index 1"),
    "10": ([0, 3, 10], "10 at index 2"),
    "-1": ([-1], "-1 at index 0"),
    "text": (["7"], "got dtype <U1"),
    "truth values": ([True, False], "got dtype bool"),
}


@pytest.mark.parametrize(("predictions", "message"), WRONG.values(), ids=WRONG)
def test_anything_else_is_refused_and_an_older_file_stays(predictions, message, tmp_path):
    path = tmp_path / "s.csv"
    path.write_text("older")
    with pytest.raises(ValueError, match=message):
        write_submission(path, predictions)
    assert path.read_text() == "older"
    assert list(tmp_path.iterdir()) == [path]
