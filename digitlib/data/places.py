"""Where the files of each source may be, and which of them are there."""

import os
from pathlib import Path
from typing import NamedTuple

from digitlib.data.builtin import FILE as SAMPLE
from digitlib.data.download import MNIST_SHA256, cache_folder

__all__ = ["Source", "colab_files", "kaggle_files", "mnist_files", "mnist_folders", "sources"]

COLAB = Path("/content/sample_data")
KAGGLE = (
    Path("data"),
    Path("/kaggle/input/digit-recognizer"),
    Path("/kaggle/input/competitions/digit-recognizer"),
)
GET = {
    "sample": "it comes with digitlib",
    "mnist": 'load("mnist") downloads it once (11 MB)',
    "kaggle": "kaggle competitions download -c digit-recognizer -p data"
    " && python -m zipfile -e data/digit-recognizer.zip data",
    "colab": "open the notebook on https://colab.research.google.com, where the files are",
}


class Source(NamedTuple):
    """A source of digits: its name for `load`, whether it is here, where, how to get it."""

    name: str
    found: bool
    where: str
    get: str


def own_folders(subfolder):
    """The folder that the reader named in DIGITLIB_DATA, and its subfolder; or none."""
    if own := os.environ.get("DIGITLIB_DATA"):
        return [Path(own).expanduser(), Path(own).expanduser() / subfolder]
    return []


def mnist_folders():
    return own_folders("mnist")


def mnist_files(folders=None):
    """MNIST's files in the reader's folders: a dict from name to path, of those found."""
    found = {}
    for name in MNIST_SHA256:
        # Unpacking programs have put a dot in the place of the hyphen.
        spellings = (name, name.replace("-idx", ".idx"))
        names = [spelling + ending for spelling in spellings for ending in ("", ".gz")]
        if path := first(mnist_folders() if folders is None else folders, names):
            found[name] = path
    return found


def kaggle_files():
    """The paths of the competition's train.csv and test.csv, of one folder."""
    folders = [*own_folders("kaggle"), *KAGGLE]
    for folder in folders:
        train, test = (
            first([folder], [f"{part}.csv{ending}" for ending in ("", ".gz", ".zip")])
            for part in ("train", "test")
        )
        if train and test:
            return train, test
    own = "" if os.environ.get("DIGITLIB_DATA") else " (DIGITLIB_DATA is not set)"
    raise not_found("kaggle", "train.csv and test.csv (plain, .gz or .zip)", folders, own)


def colab_files():
    """The paths of Colab's two files."""
    files = [COLAB / "mnist_train_small.csv", COLAB / "mnist_test.csv"]
    if not all(path.is_file() for path in files):
        raise not_found("colab", " and ".join(path.name for path in files), [COLAB])
    return files


def first(folders, names):
    """The first of these names in the first of these folders that has one, or None."""
    paths = (folder / name for folder in folders for name in names)
    return next((path for path in paths if path.is_file()), None)


def not_found(source, files, folders, remark=""):
    places = ", ".join(str(folder.absolute()) for folder in folders)
    return FileNotFoundError(
        f"the source {source!r} needs {files} in one folder. Looked in: {places}{remark}."
        f" To get it: {GET[source]}"
    )


def sources():
    """What `load` knows, as a list of `Source` records; nothing is downloaded."""
    return [
        Source(name, bool(where), where, GET[name])
        for name, where in (
            ("sample", str(SAMPLE) if SAMPLE.is_file() else ""),
            ("mnist", where_mnist()),
            ("kaggle", folder_of(kaggle_files)),
            ("colab", folder_of(colab_files)),
        )
    ]


def where_mnist():
    for folders in (mnist_folders(), cache()):
        files = mnist_files(folders)
        if len(files) == len(MNIST_SHA256):
            return str(next(iter(files.values())).parent)
    return ""


def cache():
    """The cache's folder for MNIST in a list, empty where the cache cannot be known."""
    try:
        return [cache_folder() / "mnist"]
    except ImportError:
        return []


def folder_of(find):
    """The folder of the files that `find` finds, or an empty string."""
    try:
        return str(Path(find()[0]).parent)
    except FileNotFoundError:
        return ""
