"""Loading, splitting and batching: the right digits, each once, from wherever they are."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from data_helpers import FULL, full

from digitlib.data import builtin, load


def test_the_sample_is_4000_and_1000_digits_of_equal_classes():
    train, test = load()
    assert (train.name, test.name) == ("sample/train", "sample/test")
    for part, each in ((train, 400), (test, 100)):
        assert (part.X.shape, part.X.dtype) == ((10 * each, 784), np.float32)
        assert (part.y.shape, part.y.dtype) == ((10 * each,), np.int64)
        assert (part.X.min(), part.X.max()) == (0, 1)
        np.testing.assert_array_equal(np.bincount(part.y), [each] * 10)
        # Mixed: every hundred has every class, so a slice is not of a few classes only.
        assert all(len(set(part.y[at : at + 100])) == 10 for at in range(0, 10 * each, 100))
    assert len({row.tobytes() for row in np.vstack([train.X, test.X])}) == 5000


def test_the_sample_is_always_the_same():
    digests = []
    for X, y, _ in load():
        data = np.rint(X * 255).astype(np.uint8).tobytes() + y.astype(np.uint8).tobytes()
        digests.append(hashlib.sha256(data).hexdigest()[:16])
    assert digests == ["9745fc96c7ab562b", "5c7f6648a3462e49"]


@full
def test_the_sample_is_the_first_500_of_each_class_of_mnist(monkeypatch):
    monkeypatch.setenv("DIGITLIB_DATA", str(FULL))
    mnist, mnist_test = load("mnist")
    assert (len(mnist.X), len(mnist_test.X), mnist.name) == (60000, 10000, "mnist/train")
    first = np.concatenate([np.flatnonzero(mnist.y == digit)[:500] for digit in range(10)])
    expected = {(mnist.X[i].tobytes(), mnist.y[i]) for i in first}
    assert {(x.tobytes(), y) for part in load() for x, y in zip(part.X, part.y)} == expected


DAMAGES = {
    "missing": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-100]),
    "a bit": lambda path: path.write_bytes(path.read_bytes()[:-600] + bytes(600)),
    "foreign": lambda path: np.savez(path, pixels=np.zeros(3)),
    "other digits": lambda path: np.savez(
        path, pixels=np.zeros((5000, 784), np.uint8), labels=np.zeros(5000, np.uint8)
    ),
    "a wider type": lambda path: np.savez(
        path, **{name: array.astype(int) for name, array in np.load(builtin.FILE).items()}
    ),
    "pickled": lambda path: np.savez(path, pixels=np.array([{}], object), labels=1),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged_digits_are_refused(damage, tmp_path, monkeypatch):
    path = tmp_path / "sample.npz"
    shutil.copy(builtin.FILE, path)
    damage(path)
    monkeypatch.setattr(builtin, "FILE", path)
    with pytest.raises(ValueError, match=r"sample\.npz: the built-in digits.*pip install"):
        load()


class Opened:
    """Whoever opens the pickle of it runs a program, and leaves a file."""

    def __init__(self, mark):
        self.mark = mark

    def __reduce__(self):
        return Path.touch, (self.mark,)


def test_no_pickle_in_the_file_of_the_sample_is_opened(tmp_path, monkeypatch):
    np.savez(tmp_path / "sample.npz", pixels=np.array([Opened(tmp_path / "mark")], object))
    monkeypatch.setattr(builtin, "FILE", tmp_path / "sample.npz")
    with pytest.raises(ValueError, match="damaged"):
        load()
    assert not (tmp_path / "mark").exists()


def test_the_sample_leaves_no_file_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("DIGITLIB_CACHE", str(tmp_path / "cache"))
    load()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("dtype", [np.float64, "float32", np.dtype(np.float16)])
def test_the_dtype_can_be_chosen(dtype):
    assert all(part.X.dtype == np.dtype(dtype) for part in load(dtype=dtype))


def test_a_dtype_that_would_round_to_0_and_1_is_refused():
    with pytest.raises(ValueError, match=r"loaded as floats .* not as uint8"):
        load(dtype=np.uint8)


def test_an_unknown_source_is_told_the_known_ones():
    with pytest.raises(ValueError, match=r"'minst'.*'sample', 'mnist', 'kaggle', 'colab'"):
        load("minst")


def test_loading_the_sample_imports_nothing_but_numpy():
    code = (
        "import sys, digitlib.data; digitlib.data.load()\n"
        "heavy = 'pandas mlxtend pooch requests tqdm matplotlib sklearn scipy'.split()\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
