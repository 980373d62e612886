"""Paths in every spelling, reading that cannot hang, and files that are whole or absent."""

import errno
import os
import re
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import numpy as np
import pytest
from data_helpers import csv_bytes, idx_bytes, table

import digitlib
from digitlib.data import files
from digitlib.data.files import path_of, regular, replacing
from digitlib.draw import write_page

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")


@pytest.mark.parametrize("spell", [str, Path, os.fsencode], ids=["str", "Path", "bytes"])
def test_a_path_may_be_text_bytes_or_a_path(spell, tmp_path):
    assert path_of(spell(tmp_path / "a")) == tmp_path / "a"


def test_a_tilde_is_the_home_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    for spelling in ("~/a", Path("~/a"), b"~/a"):
        assert path_of(spelling) == tmp_path / "a"


NO_PATHS = {
    "none": (None, TypeError, "a str or a Path; got None"),
    "number": (3, TypeError, "a str or a Path; got 3"),
    "array": (np.zeros(2), TypeError, "a str or a Path"),
    "open file": (sys.stdin, TypeError, "an open file here; give its path"),
    "empty": ("", ValueError, "which names no file"),
    "zero byte": ("a\0b", ValueError, "which names no file"),
    "address": ("https://a.org/train.csv", ValueError, "is an address.*download it first"),
    "nobody": ("~nobody-of-that-name/a", ValueError, "home"),
}


@pytest.mark.parametrize(("path", "error", "message"), NO_PATHS.values(), ids=NO_PATHS)
def test_what_is_no_path_is_named(path, error, message):
    with pytest.raises(error, match=message):
        path_of(path)


# Each public function of a path: one spelling works everywhere.
def written(folder):
    (folder / "train.csv").write_bytes(csv_bytes(table(6)))
    (folder / "test.csv").write_bytes(csv_bytes(table(6, labelled=False)))
    images = np.random.default_rng(0).integers(0, 256, (4, 28, 28), dtype=np.uint8)
    labels = np.array([1, 2, 3, 4], np.uint8)
    (folder / "images").write_bytes(idx_bytes(images))
    arrays = {"x_train": images, "y_train": labels, "x_test": images, "y_test": labels}
    np.savez(folder / "mnist.npz", **arrays)
    digitlib.write_submission(folder / "submission.csv", [1, 2])
    digitlib.save(network(), folder / "net.npz")


def network():
    return digitlib.Network(digitlib.Linear(784, 10, np.random.default_rng(0)))


def trained(checkpoint):
    X, y = np.random.default_rng(0).random((20, 784), dtype=np.float32), np.arange(20) % 10
    digitlib.fit(
        network(),
        (X, y),
        epochs=1,
        optimizer=digitlib.SGD(),
        schedule=digitlib.schedules.constant(0.1),
        rng=np.random.default_rng(0),
        progress=False,
        checkpoint=checkpoint,
    )


TAKE_A_PATH = {
    "read_labelled_csv": lambda p: digitlib.read_labelled_csv(p("train.csv")),
    "read_unlabelled_csv": lambda p: digitlib.read_unlabelled_csv(p("test.csv")),
    "read_idx": lambda p: digitlib.read_idx(p("images")),
    "read_digits": lambda p: digitlib.read_digits(p("images")),
    "read_npz": lambda p: digitlib.read_npz(p("mnist.npz")),
    "check_submission": lambda p: digitlib.check_submission(p("submission.csv"), 2),
    "write_submission": lambda p: digitlib.write_submission(p("submission.csv"), [3, 4]),
    "save": lambda p: digitlib.save(network(), p("net.npz")),
    "load_weights": lambda p: digitlib.load_weights(network(), p("net.npz")),
    "load_network": lambda p: digitlib.load_network(p("net.npz")),
    "fit": lambda p: trained(p("run.npz")),
    "write_page": lambda p: write_page(p("draw.html")),
}
WRITES = {"write_submission", "save", "fit", "write_page"}


@pytest.mark.parametrize("name", TAKE_A_PATH)
def test_every_public_function_takes_every_spelling(name, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    written(tmp_path)
    for spell in (
        lambda file: tmp_path / file,
        lambda file: str(tmp_path / file),
        lambda file: os.fsencode(tmp_path / file),
        lambda file: f"~/{file}",
    ):
        TAKE_A_PATH[name](spell)
    with pytest.raises(ValueError, match="is an address"):
        TAKE_A_PATH[name](lambda file: f"https://a.org/{file}")
    with pytest.raises(FileNotFoundError, match="nowhere"):  # under the name that was given
        TAKE_A_PATH[name](lambda file: f"~/nowhere/{file}")
    if name not in WRITES:
        with pytest.raises((ValueError, OSError), match=r"folder.*expected"):
            TAKE_A_PATH[name](lambda file: tmp_path)


def test_what_is_missing_is_said_with_what_lies_beside_it(tmp_path):
    (tmp_path / "train.csv.gz").touch()
    with pytest.raises(FileNotFoundError, match=r"but train\.csv\.gz lies beside it"):
        regular(tmp_path / "train.csv")
    with pytest.raises(FileNotFoundError, match=r"there is no such file in "):
        regular(tmp_path / "test.csv")
    with pytest.raises(FileNotFoundError, match=r"there is no folder .*none"):
        regular(tmp_path / "none" / "below" / "train.csv")
    with pytest.raises(NotADirectoryError, match="a part of this path is a file"):
        regular(tmp_path / "train.csv.gz" / "train.csv")
    with pytest.raises(ValueError, match=r"a folder.*In it are train\.csv\.gz"):
        regular(tmp_path)


@posix
@pytest.mark.parametrize("read", [digitlib.read_labelled_csv, digitlib.read_idx])
def test_pipes_and_devices_are_refused_at_once(read, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", "/dev/zero", "/dev/null"):
        with pytest.raises(ValueError, match="a pipe or a device"):
            read(path)
        with pytest.raises(ValueError, match="a pipe or a device"), replacing(path):
            pass


def test_a_hash_is_right_or_both_are_named_by_their_first_sixteen_digits():
    right = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # of FIPS 180-4
    assert files.other_than(b"abc", right) is None
    assert (
        files.other_than(b"abc", "0123456789abcdef0123")
        == "SHA-256 ba7816bf8f01cfea…, expected 0123456789abcdef…"
    )


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "expected"), (5, "In it are 0, 1, 2, 3, 4"), (6, "In it are 0, 1, 2, 3, 4, …")],
)
def test_a_folder_is_refused_with_up_to_five_of_its_files(count, said, tmp_path):
    for i in range(count):
        (tmp_path / str(i)).touch()
    with pytest.raises(ValueError, match="a folder, where a file was expected") as error:
        regular(tmp_path)
    assert str(error.value).endswith(said)


def test_the_temporary_name_has_one_length_and_no_error_names_it(tmp_path, monkeypatch):
    names = []

    def replace(self, target):
        names.append(self.name)
        raise OSError(errno.EXDEV, "Invalid cross-device link", str(self), None, str(target))

    monkeypatch.setattr(Path, "replace", replace)
    for name in "a", "a" * 200:
        with pytest.raises(OSError, match="Invalid cross-device link") as error:
            put(tmp_path / name)
        assert error.value.filename == str(tmp_path / name)
        assert error.value.filename2 is None
    for name in names:
        assert re.fullmatch(r"\.digitlib-[0-9a-f]{12}-[0-9a-f]{8}\.part", name)


def parts(folder):
    return [path.name for path in folder.iterdir() if path.name.endswith(".part")]


def put(path, data=b"new"):
    with replacing(path) as file:
        file.write(data)


def test_a_file_is_replaced_as_a_whole(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with replacing(path) as file:
        file.write(b"new")
        file.flush()
        assert path.read_bytes() == b"old"
        assert len(parts(tmp_path)) == 1
    assert path.read_bytes() == b"new"
    assert parts(tmp_path) == []


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, OSError])
def test_what_fails_leaves_the_old_file_and_nothing_else(error, tmp_path):
    (tmp_path / "a").write_bytes(b"old")

    def fail():
        with replacing(tmp_path / "a") as file:
            file.write(b"new")
            raise error

    with pytest.raises(error):
        fail()
    assert (tmp_path / "a").read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [tmp_path / "a"]


@posix
def test_a_link_stays_a_link_and_a_mode_stays(tmp_path):
    (tmp_path / "far").mkdir()
    real, link = tmp_path / "far" / "real", tmp_path / "link"
    real.write_bytes(b"old")
    real.chmod(0o600)
    link.symlink_to(real)
    put(link)
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o600
    put(tmp_path / "other")
    assert (tmp_path / "other").stat().st_mode & 0o777 == 0o666 & ~umask()
    (tmp_path / "hanging").symlink_to(tmp_path / "far" / "later")
    put(tmp_path / "hanging")
    assert (tmp_path / "far" / "later").read_bytes() == b"new"


def umask():
    found = os.umask(0)
    os.umask(found)
    return found


def test_a_name_may_be_as_long_as_names_can_be(tmp_path):
    put(tmp_path / ("a" * 250))
    assert (tmp_path / ("a" * 250)).read_bytes() == b"new"


def test_errors_name_the_file_that_was_asked_for(tmp_path, monkeypatch):
    with pytest.raises(
        FileNotFoundError, match=r"none/a: there is no folder .*none\. Make it first"
    ):
        put(tmp_path / "none" / "a")
    with pytest.raises(IsADirectoryError, match="a folder"):
        put(tmp_path)
    with pytest.raises(OSError, match=r"No space.*'.*/a'"), replacing(tmp_path / "a"):
        raise OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(OSError, match="too long") as caught:
        put(tmp_path / ("a" * 300))
    assert ".part" not in str(caught.value)

    def refuse(*args):
        raise PermissionError(errno.EACCES, "Permission denied", str(args[0]))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(PermissionError, match=r"denied: '.*/a'"):
        put(tmp_path / "a")


@posix
def test_what_a_killed_writer_left_is_removed_but_not_what_is_being_written(tmp_path):
    stale = tmp_path / f"{files._prefix(tmp_path / 'a')}00000000.part"
    older = tmp_path / ".a.12345678.part"  # as the first edition called them
    foreign = tmp_path / ".b.12345678.part"
    for path in (stale, older, foreign):
        path.write_bytes(b"half")
    with replacing(tmp_path / "a") as first:
        assert not stale.exists()
        assert not older.exists()
        first.write(b"first")
        put(tmp_path / "a", b"second")  # another writer of the same file, at the same time
        assert len(parts(tmp_path)) == 2
    assert (tmp_path / "a").read_bytes() == b"first"
    assert parts(tmp_path) == [foreign.name]


@posix
def test_many_writers_of_one_file_do_not_disturb_one_another(tmp_path):
    failed = []

    def write(number):
        try:
            for _ in range(30):
                put(tmp_path / "a", bytes([number]) * 1000)
        except OSError as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(set((tmp_path / "a").read_bytes())) == 1
    assert parts(tmp_path) == []


WRITER = """
    import sys
    from pathlib import Path
    from digitlib.data.files import replacing

    number = 0
    while True:
        number = (number + 1) % 256
        with replacing(sys.argv[1]) as file:
            for _ in range(20):
                file.write(bytes([number]) * 5000)
        print("one", flush=True)
"""


@posix
def test_killed_at_twenty_random_moments_the_file_is_whole_and_nothing_stays(tmp_path, rng):
    path, command = tmp_path / "a", [sys.executable, "-c", textwrap.dedent(WRITER)]
    left = 0
    for wait in rng.uniform(0, 0.02, size=20):
        with subprocess.Popen([*command, path], stdout=subprocess.PIPE) as process:
            process.stdout.readline()
            threading.Event().wait(wait)
            process.send_signal(signal.SIGKILL)
            process.stdout.read()
        data = path.read_bytes()
        assert (len(data), len(set(data))) == (100_000, 1)
        left += len(parts(tmp_path))
        assert len(parts(tmp_path)) <= 1
    assert left, "no kill fell into a writing, so nothing was tested"
    put(path)
    assert list(tmp_path.iterdir()) == [path]
