"""MNIST from the web, once: checked, and kept in the user's cache."""

import contextlib
import importlib
import io
import os
import threading
import time
from pathlib import Path

from digitlib.data.files import other_than, path_of, replacing
from digitlib.data.formats import Unpacked, opened_stream

__all__ = ["MIRRORS", "MNIST_SHA256", "cache_folder", "cached_mnist", "need"]

# Of the unpacked files: a mirror may pack them anew.
MNIST_SHA256 = {
    "train-images-idx3-ubyte": (
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"
    ),
    "train-labels-idx1-ubyte": (
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"
    ),
    "t10k-images-idx3-ubyte": (
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"
    ),
    "t10k-labels-idx1-ubyte": (
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"
    ),
}
MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
LARGEST = 60_000_000  # bytes; the largest of the four files has 47,040,016, unpacked
LONGEST = 300  # seconds for one file of at most 10 MB, however slowly its bytes arrive


def need(module, purpose, package=None):
    """Import an optional module, or say in one line how to get it.

    package: what pip calls it, where that is another name.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = package or module.partition(".")[0]
        raise ImportError(
            f"{purpose} needs the package {package} ({error}): pip install {package}"
        ) from error


def cache_folder():
    """Where digitlib keeps what it has downloaded: DIGITLIB_CACHE if that is set, else the
    folder for it on this system. The folder need not exist."""
    if chosen := os.environ.get("DIGITLIB_CACHE"):
        return path_of(chosen, "DIGITLIB_CACHE")
    platformdirs = need("platformdirs", "Finding the user cache (unless DIGITLIB_CACHE is set)")
    return Path(platformdirs.user_cache_dir("digitlib"))


def cached_mnist(name, looked_in=(), mirrors=None):
    """The bytes of one of MNIST's four files: from the cache, else from the first mirror
    that has them.

    name: a key of MNIST_SHA256; looked_in: other places, for the message; mirrors: the
    addresses that hold NAME.gz, MIRRORS by default. A file whose hash is wrong is neither
    used nor kept. The cache has them unpacked, 55 MB for 11: all of MNIST then loads in
    0.12 s rather than 0.25 s. Raises FileNotFoundError with every address and its reason.
    """
    path = cache_folder() / "mnist" / name
    with contextlib.suppress(OSError):
        data = path.read_bytes()
        if other_than(data, MNIST_SHA256[name]) is None:
            return data
    reasons = []
    for mirror in MIRRORS if mirrors is None else mirrors:
        url = f"{mirror}{name}.gz"
        try:
            data = downloaded(url, name)
        except (OSError, ValueError) as error:
            reasons.append(f"{url}: {error}")
            continue
        keep(path, data)
        return data
    places = ", ".join(str(place) for place in (*looked_in, path.parent))
    raise FileNotFoundError(
        f"{name} of MNIST is not on this machine, and downloading it failed. Offline, the"
        ' built-in digits need no download: load("sample"), or --data sample.\n'
        f"Looked in: {places}\n  "
        + "\n  ".join(reasons)
        + "\nTry again later, or download the four .gz files by hand into a folder and set"
        " DIGITLIB_DATA to that folder"
    )


def short(error):
    """The gist of an error of requests, which are chains of everything that was tried."""
    name, text = type(error).__name__, str(error)
    if "resolve" in text or "Name or service" in text or "getaddrinfo" in text:
        return "no connection: the server's name is not known. Is this machine online?"
    if name == "ConnectionError" and "refused" in text:
        return "no connection: refused"
    if name == "ProxyError":
        return "no connection: the proxy refuses it"
    return text if len(text) <= 200 else text[:200] + "…"


class Limited(io.BytesIO):
    """Memory that takes no more than LARGEST bytes, and nothing once it is abandoned."""

    abandoned = False

    def write(self, data):
        if self.abandoned or self.tell() + len(data) > LARGEST:
            raise ValueError(f"more than {LARGEST} bytes, so this is not the file")
        return super().write(data)


def downloaded(url, name):
    """The unpacked and checked bytes at an address; ValueError where they are not MNIST's."""
    data = unpacked(fetched(url, name))
    if wrong := other_than(data, MNIST_SHA256[name]):
        page = ", it begins like a web page" if data.lstrip()[:1] == b"<" else ""
        raise ValueError(f"these {len(data)} bytes are not that file{page} ({wrong})")
    return data


def fetched(url, name):
    """The bytes at an address, within LARGEST and LONGEST; OSError or ValueError else."""
    pooch, tqdm = need("pooch", "Downloading MNIST"), need("tqdm", "Downloading MNIST")
    packed, failed = Limited(), []

    def fetch():
        try:
            # pooch sets the true total, but asks before whether the bar is true: without one,
            # an error.
            with tqdm.tqdm(
                desc=name, total=1, unit="B", unit_scale=True, ncols=79, leave=False
            ) as bar:
                pooch.HTTPDownloader(progressbar=bar, chunk_size=1 << 14)(url, packed, None)
        except Exception as error:
            # Its text alone goes to the thread that waits: the error itself would keep the
            # connection alive that it broke.
            failed.append(short(error))

    # A server that sends a byte now and then resets every time limit that requests knows. So
    # the whole of it runs aside, and is left to itself when its time is up.
    thread = threading.Thread(target=fetch, daemon=True)
    ends = time.monotonic() + LONGEST
    thread.start()
    while thread.is_alive() and time.monotonic() < ends:
        thread.join(0.1)  # short waits, so that Ctrl-C is heard
    if thread.is_alive():
        packed.abandoned = True
        raise ValueError(f"not finished after {LONGEST} seconds, so it was given up")
    if failed:
        raise OSError(failed[0])
    return packed.getvalue()


def unpacked(data):
    """What a mirror sent, unpacked; a server may have declared the packing as its own."""
    stream = opened_stream(Unpacked(io.BytesIO(data), "the file"))
    found = bytes(stream.limited(LARGEST))
    if len(found) > LARGEST:
        raise ValueError(f"unpacks to more than {LARGEST} bytes, so this is not the file")
    return found


def keep(path, data):
    """Write a file of the cache. Where that cannot be, the next time takes longer, no more."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as file:
            file.write(data)
