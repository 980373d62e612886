"""Where the files of each source may be, and which of them are there."""

import os
from pathlib import Path
from typing import NamedTuple

from digitlib.data.builtin import FILE as SAMPLE
from digitlib.data.download import MNIST_SHA256, cache_folder
from digitlib.data.files import path_of

__all__ = ["Source", "colab_files", "folders", "kaggle_files", "mnist_files", "own", "sources"]

COLAB = Path("/content/sample_data")
KAGGLE = (
    Path("/kaggle/input/digit-recognizer"),
    Path("/kaggle/input/competitions/digit-recognizer"),
)
PACKINGS = ("", ".gz", ".zip", ".bz2", ".xz")
# Each source that `load` knows, and the line that gets it.
GET = {
    "sample": "it comes with digitlib",
    "mnist": 'load("mnist") downloads it once (11 MB)',
    "kaggle": "kaggle competitions download -c digit-recognizer -p data"
    " && python -m zipfile -e data/digit-recognizer.zip data",
    "colab": "open the notebook on https://colab.research.google.com, where the files are",
}


class Source(NamedTuple):
    """A source of digits: its name for `load`, whether it is here, where, how to get it.

    looked_in: the folders in which it was sought, in this order.
    """

    name: str
    found: bool
    where: str
    get: str
    looked_in: tuple = ()


def own():
    """The folder that the reader named in DIGITLIB_DATA, or None; it need not exist."""
    named = os.environ.get("DIGITLIB_DATA")
    return path_of(named, "DIGITLIB_DATA") if named else None


def folders(source):
    """Where the files of "mnist" or "kaggle" are sought, in this order.

    In DIGITLIB_DATA, then in `data` of the folder in which Python runs, then in `data` of the
    repository: of the one around that folder, and of the one from which digitlib is imported.
    """
    places = [] if own() is None else [own()]
    places += [root / "data" for root in roots()]
    found = [folder for place in places for folder in (place, place / source)]
    if source == "kaggle":
        found += KAGGLE
    return list(dict.fromkeys(found))  # each once


def roots():
    """The current folder and the repositories' roots, each once."""
    here, package = Path.cwd(), Path(__file__).resolve().parents[2]
    above = [folder for folder in (here, *here.parents) if is_repository(folder)][:1]
    return list(dict.fromkeys([here, *above, *([package] * is_repository(package))]))


def is_repository(folder):
    return (folder / "pyproject.toml").is_file() and (folder / "notebooks").is_dir()


def mnist_files(places=None):
    """MNIST's files in the reader's folders: a dict from name to path, of those found."""
    found = {}
    for name in MNIST_SHA256:
        # Unpacking programs have put a dot in the place of the hyphen.
        spellings = (name, name.replace("-idx", ".idx"))
        names = [spelling + ending for spelling in spellings for ending in PACKINGS]
        if path := first(folders("mnist") if places is None else places, names):
            found[name] = path
    return found


def kaggle_files():
    """The paths of the competition's train.csv and test.csv, of one folder.

    The archive in which Kaggle hands both out, digit-recognizer.zip, will do for both.
    """
    places = folders("kaggle")
    for folder in places:
        train, test = (
            first([folder], [f"{part}.csv{ending}" for ending in PACKINGS])
            for part in ("train", "test")
        )
        if train and test:
            return train, test
        if both := first([folder], ["digit-recognizer.zip"]):
            return both, both
    raise not_found("kaggle", "train.csv and test.csv (plain, .gz or .zip)", places)


def colab_files():
    """The paths of Colab's two files."""
    files = [COLAB / "mnist_train_small.csv", COLAB / "mnist_test.csv"]
    if not all(path.is_file() for path in files):
        raise not_found("colab", " and ".join(path.name for path in files), [COLAB])
    return files


def first(places, names):
    """The first of these names in the first of these folders that has one, or None."""
    paths = (folder / name for folder in places for name in names)
    return next((path for path in paths if is_file(path)), None)


def is_file(path):
    try:
        return path.is_file()
    except OSError:  # a folder that may not be read
        return False


def not_found(source, files, places):
    looked = ", ".join(str(folder.absolute()) for folder in places)
    return FileNotFoundError(
        f"the source {source!r} needs {files} in one folder. Looked in: {looked}"
        f" ({variable()}). To get it: {GET[source]}"
    )


def variable():
    """What DIGITLIB_DATA says, in words."""
    folder = own()
    if folder is None:
        return "DIGITLIB_DATA is not set"
    return f"DIGITLIB_DATA is {folder}" + ", which is no folder" * (not folder.is_dir())


def sources():
    """What `load` knows, as a list of `Source` records; nothing is downloaded."""
    where = {
        "sample": (str(SAMPLE) if SAMPLE.is_file() else "", [SAMPLE.parent]),
        "mnist": (where_mnist(), [*folders("mnist"), *cache()]),
        "kaggle": (folder_of(kaggle_files), folders("kaggle")),
        "colab": (folder_of(colab_files), [COLAB]),
    }
    return [
        Source(name, bool(found), found, GET[name], tuple(str(place) for place in looked_in))
        for name, (found, looked_in) in where.items()
    ]


def where_mnist():
    for places in (folders("mnist"), cache()):
        files = mnist_files(places)
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
