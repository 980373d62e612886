"""Finding the files of each source, and saying where they were sought in vain."""

import gzip
import hashlib
import sys

import numpy as np
import pytest
from data_helpers import FULL, csv_bytes, full, idx_bytes, table
from odd_files import zipped

from digitlib.__main__ import main
from digitlib.data import download, load, sources
from digitlib.data import places as _places


@pytest.fixture(autouse=True)
def places(tmp_path, monkeypatch):
    """Nothing anywhere: no cache, no folder named, no mirror, an empty current folder."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("DIGITLIB_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("DIGITLIB_DATA", raising=False)
    monkeypatch.setattr(_places, "COLAB", tmp_path / "colab")
    monkeypatch.setattr(_places, "KAGGLE", (tmp_path / "input",))
    # The repository in which this test lies has a folder `data` at times.
    monkeypatch.setattr(
        _places, "__file__", str(tmp_path / "repo" / "digitlib" / "data" / "p.py")
    )
    monkeypatch.setattr(download, "MIRRORS", ())


@pytest.mark.parametrize("spelling", ["-idx", ".idx"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("folder", [".", "mnist"])
def test_mnist_from_the_readers_folder(folder, pack, spelling, tmp_path, monkeypatch, rng):
    place = tmp_path / "own" / folder
    place.mkdir(parents=True)
    written = {}
    for name, shape in zip(download.MNIST_SHA256, [(6, 28, 28), (6,), (3, 28, 28), (3,)]):
        written[name] = rng.integers(0, 10, size=shape, dtype=np.uint8)
        data = idx_bytes(written[name])
        monkeypatch.setitem(download.MNIST_SHA256, name, hashlib.sha256(data).hexdigest())
        ending = "" if pack is bytes else ".gz"
        (place / (name.replace("-idx", spelling) + ending)).write_bytes(pack(data))
    monkeypatch.setenv("DIGITLIB_DATA", str(tmp_path / "own"))
    for part, (images, labels) in zip(load("mnist"), zip(*[iter(written.values())] * 2)):
        np.testing.assert_array_equal(np.rint(part.X * 255), images.reshape(-1, 784))
        np.testing.assert_array_equal(part.y, labels)
    found = next(source for source in sources() if source.name == "mnist")
    assert found.found
    assert found.where == str(tmp_path / "own" / folder).removesuffix("/.")

    monkeypatch.setitem(download.MNIST_SHA256, name, "0" * 64)
    with pytest.raises(
        ValueError, match=r"not the file t10k-labels-idx1-ubyte of MNIST.*expected"
    ):
        load("mnist")


def test_the_digits_of_kaggle_from_the_first_place_that_has_both_files(tmp_path, monkeypatch):
    with pytest.raises(FileNotFoundError) as error:
        load("kaggle")
    for phrase in ("train.csv and test.csv", "work/data", "input", "is not set", "kaggle comp"):
        assert phrase in str(error.value)

    def put(folder, rows, ending, pack):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"train.csv{ending}").write_bytes(pack(csv_bytes(table(rows))))
        (folder / f"test.csv{ending}").write_bytes(pack(csv_bytes(table(2, labelled=False))))

    monkeypatch.setenv("DIGITLIB_DATA", str(tmp_path / "own"))
    for rows, (folder, ending, pack) in enumerate(
        [
            ("input", "", bytes),
            ("work/data", ".gz", gzip.compress),
            ("own/kaggle", ".zip", lambda data: zipped(**{"a.csv": data})),
            ("own", ".gz", gzip.compress),
        ],
        start=3,
    ):
        put(tmp_path / folder, rows, ending, pack)
        train, test = load("kaggle")
        assert (len(train.X), train.name) == (rows, "kaggle/train")
        assert (len(test.X), test.y, test.name) == (2, None, "kaggle/test")
    (tmp_path / "own" / "test.csv.gz").unlink()
    assert len(load("kaggle")[0].X) == 5


def test_the_digits_of_colab():
    with pytest.raises(FileNotFoundError, match=r"mnist_train_small\.csv .*Looked in: .*colab"):
        load("colab")
    _places.COLAB.mkdir()
    for rows, name in ((4, "mnist_train_small.csv"), (3, "mnist_test.csv")):
        (_places.COLAB / name).write_bytes(csv_bytes(table(rows), header=False))
    train, test = load("colab")
    assert (len(train.X), len(test.y), test.name) == (4, 3, "colab/test")


def test_the_list_of_sources(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(download, "downloaded", lambda *_: pytest.fail("it downloads"))
    assert [(source.name, source.found) for source in sources()] == [
        ("sample", True), ("mnist", False), ("kaggle", False), ("colab", False)
    ]  # fmt: skip
    assert main(["data"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"sample   found      {_places.SAMPLE}"
    assert lines[1] == "mnist    not found"
    assert lines[2] == f"         looked in  {tmp_path / 'work' / 'data'}"
    assert f"         to get it  {_places.GET['mnist']}" in lines
    assert lines[-1] == "DIGITLIB_DATA is not set"
    # It does not need the package that knows where the cache is.
    monkeypatch.delenv("DIGITLIB_CACHE")
    monkeypatch.setitem(sys.modules, "platformdirs", None)
    assert sources()[0].where == str(_places.SAMPLE)


@full
def test_the_whole_competition(monkeypatch):
    monkeypatch.setenv("DIGITLIB_DATA", str(FULL))
    train, test = load("kaggle")
    assert (len(train.X), len(test.X), test.y) == (42000, 28000, None)


@pytest.mark.parametrize("arguments", [[], ["minst"], ["data", "--all"]])
def test_bad_use_of_the_command_gets_one_line_and_exit_code_2(arguments, capsys):
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def repository(folder):
    (folder / "notebooks").mkdir(parents=True)
    (folder / "pyproject.toml").touch()
    return folder


def put_kaggle(folder, rows):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "train.csv").write_bytes(csv_bytes(table(rows)))
    (folder / "test.csv").write_bytes(csv_bytes(table(2, labelled=False)))


def test_data_is_sought_beside_the_kernel_and_in_the_repositorys_root(tmp_path, monkeypatch):
    put_kaggle(repository(tmp_path / "repo") / "data", 3)  # from which digitlib is imported
    assert len(load("kaggle")[0].X) == 3
    put_kaggle(repository(tmp_path / "other") / "data" / "kaggle", 4)  # around the kernel
    monkeypatch.chdir(tmp_path / "other" / "notebooks")
    assert len(load("kaggle")[0].X) == 4
    put_kaggle(tmp_path / "other" / "notebooks" / "data", 5)  # beside it
    assert len(load("kaggle")[0].X) == 5


def test_a_folder_that_is_not_there_is_said_of_the_variable(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DIGITLIB_DATA", str(tmp_path / "nowhere"))
    said = f"DIGITLIB_DATA is {tmp_path / 'nowhere'}, which is no folder"
    with pytest.raises(FileNotFoundError, match=said):
        load("kaggle")
    assert main(["data"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[-1] == said
    assert f"looked in  {tmp_path / 'nowhere'}" in out
    monkeypatch.setenv("DIGITLIB_DATA", "~")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert _places.folders("mnist")[:2] == [tmp_path, tmp_path / "mnist"]


def test_kaggles_own_archive_will_do(tmp_path):
    (tmp_path / "work" / "data").mkdir()
    files = {"train.csv": csv_bytes(table(6)), "test.csv": csv_bytes(table(2, labelled=False))}
    (tmp_path / "work" / "data" / "digit-recognizer.zip").write_bytes(zipped(**files))
    train, test = load("kaggle")
    assert (len(train.X), len(test.X)) == (6, 2)


def test_offline_one_sentence_says_what_needs_no_download(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"Offline, the .*load\(.sample"):
        load("mnist")


def test_only_the_innermost_repository_counts_and_it_has_both_signs(tmp_path, monkeypatch):
    inner = repository(repository(tmp_path / "outer") / "projects" / "inner")
    below = inner / "work"
    (below / "notebooks").mkdir(parents=True)  # somebody's folder of that name
    monkeypatch.chdir(below)
    assert _places.roots() == [below, inner]
    (below / "notebooks").rmdir()
    (below / "pyproject.toml").touch()  # somebody's package
    assert _places.roots() == [below, inner]


def test_a_folder_that_may_not_be_read_holds_nothing(monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(type(_places.COLAB), "is_file", refuse)
    assert not _places.is_file(_places.COLAB)
    assert _places.mnist_files([_places.COLAB]) == {}
