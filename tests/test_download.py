"""MNIST from the web: whole and checked, or absent. The web is a server of our own here."""

import contextlib
import gzip
import hashlib
import http.server
import re
import socket
import sys
import threading

import numpy as np
import pytest
from data_helpers import idx_bytes

from digitlib.data import download

NAME = "t10k-labels-idx1-ubyte"
DATA = idx_bytes(np.arange(200, dtype=np.uint8))
PACKED = gzip.compress(DATA)
PAGE = b"<!DOCTYPE html><title>Sign in to the hotel's network</title>"


def answer(body, status=200, length=None, **headers):
    """What the server says: a body, and a length that may be a lie."""
    return body, status, {"Content-Length": str(length or len(body)), **headers}


# By mirror. Every server of the web may do any of this.
ANSWERS = {
    "good": answer(PACKED),
    "unpacked": answer(DATA),
    "unpacked-on-the-way": answer(PACKED, **{"Content-Encoding": "gzip"}),
    "404": answer(PAGE, status=404),
    "500": answer(b"", status=500),
    "page": answer(PAGE),
    "empty": answer(b""),
    "closed-early": answer(PACKED[:60], length=len(PACKED)),
    "cut-off": answer(PACKED[:-20]),
    "broken": answer(PACKED[:40] + b"?????" + PACKED[45:]),
    "tampered": answer(gzip.compress(DATA[:-1] + b"?")),
    "unpacked-cut-off": answer(DATA[:-1]),
    "bomb": answer(gzip.compress(bytes(400_000))),
    "large": answer(bytes(400_000)),
    "declared-bomb": answer(gzip.compress(bytes(400_000)), **{"Content-Encoding": "gzip"}),
}
# What each bad one must be reported as.
REASONS = {
    "404": "404",
    "500": "500",
    "page": "begins like a web page",
    "empty": "these 0 bytes are not that file",
    "closed-early": "IncompleteRead",
    "cut-off": "damaged or cut off",
    "broken": "damaged or cut off",
    "tampered": "are not that file (SHA-256",
    "unpacked-cut-off": "are not that file (SHA-256",
    "refused": "refused",
    "bomb": "unpacks to more than 300000 bytes",
    "large": "more than 300000 bytes",
    "declared-bomb": "more than 300000 bytes",
    "dripping": "not finished after 2 seconds, so it was given up",
    "endless": "more than 300000 bytes",
}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        mirror, _, file = self.path.strip("/").partition("/")
        self.server.asked.append(mirror)
        if mirror in ("dripping", "endless"):  # as long as the other side listens
            self.send_response(200)
            self.end_headers()
            with contextlib.suppress(OSError):
                while not self.server.closing.wait(0.05 * (mirror == "dripping")):
                    self.wfile.write(b"?" if mirror == "dripping" else bytes(10_000))
            return
        body, status, headers = ANSWERS[mirror] if file == f"{NAME}.gz" else answer(b"", 404)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def server():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.asked, server.closing = [], threading.Event()
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.closing.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def fetch(server, tmp_path, monkeypatch):
    """Get NAME from these mirrors, into an empty cache in which DATA is the right file."""
    monkeypatch.setenv("DIGITLIB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setitem(download.MNIST_SHA256, NAME, hashlib.sha256(DATA).hexdigest())
    monkeypatch.setattr(download, "LARGEST", 300_000)
    server.asked.clear()
    with socket.socket() as unused:  # bound but not listening: it refuses
        unused.bind(("127.0.0.1", 0))
        addresses = {"refused": f"http://127.0.0.1:{unused.getsockname()[1]}/"}
        for mirror in (*ANSWERS, "dripping", "endless"):
            addresses[mirror] = f"http://127.0.0.1:{server.server_port}/{mirror}/"

        def from_mirrors(*mirrors):
            # Only the mirror that never ends is given up early; a good one may be slow.
            monkeypatch.setattr(download, "LONGEST", 2 if "dripping" in mirrors else 60)
            chosen = [addresses[mirror] for mirror in mirrors]
            return download.cached_mnist(NAME, ["/my/folder"], chosen)

        yield from_mirrors


def cached_files(tmp_path):
    return [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]


@pytest.mark.parametrize("mirror", ["good", "unpacked", "unpacked-on-the-way"])
def test_a_good_file_is_kept_and_not_asked_for_again(mirror, fetch, server, tmp_path):
    assert fetch(mirror) == DATA
    assert [path.read_bytes() for path in cached_files(tmp_path)] == [DATA]
    assert fetch("404") == DATA  # from the cache
    assert server.asked == [mirror]


@pytest.mark.parametrize("bad", REASONS)
def test_the_second_mirror_is_asked_where_the_first_fails(bad, fetch, server, tmp_path):
    assert fetch(bad, "good") == DATA
    assert server.asked[-1] == "good"
    assert [path.read_bytes() for path in cached_files(tmp_path)] == [DATA]


@pytest.mark.parametrize(("bad", "reason"), REASONS.items())
def test_nothing_wrong_is_kept_and_every_reason_is_told(bad, reason, fetch, tmp_path):
    with pytest.raises(FileNotFoundError) as error:
        fetch("404", bad)
    assert cached_files(tmp_path) == []
    message = str(error.value)
    first, second = [line for line in message.split("\n") if line.startswith("  http")]
    assert f"/404/{NAME}.gz: 404" in first
    assert f"/{NAME}.gz: " in second
    assert reason in second
    for phrase in ("/my/folder", str(tmp_path / "cache"), "by hand", "DIGITLIB_DATA"):
        assert phrase in message


def test_a_file_of_the_cache_that_is_damaged_is_downloaded_again(fetch, tmp_path):
    fetch("good")
    (path,) = cached_files(tmp_path)
    path.write_bytes(DATA[:-1])
    assert fetch("good") == DATA
    assert path.read_bytes() == DATA


def test_a_cache_that_cannot_be_written_loses_nothing(fetch, tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert fetch("good") == DATA


def test_the_mirrors_are_those_of_the_module(fetch, server, monkeypatch):
    monkeypatch.setattr(download, "MIRRORS", [f"http://127.0.0.1:{server.server_port}/good/"])
    assert download.cached_mnist(NAME) == DATA


def test_a_missing_package_is_named(fetch, monkeypatch):
    monkeypatch.setitem(sys.modules, "pooch", None)
    with pytest.raises(ImportError, match=r"Downloading MNIST needs .*: pip install pooch"):
        fetch("good")


def test_the_cache_is_the_users_own_unless_another_is_chosen(monkeypatch):
    import platformdirs

    monkeypatch.delenv("DIGITLIB_CACHE", raising=False)
    assert str(download.cache_folder()) == platformdirs.user_cache_dir("digitlib")
    monkeypatch.setitem(sys.modules, "platformdirs", None)
    with pytest.raises(ImportError, match="pip install platformdirs"):
        download.cache_folder()


class ProxyError(Exception):
    pass


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError("Failed to resolve 'a.example'"), "is this machine online"),
        (OSError("[Errno -2] Name or service not known"), "is this machine online"),
        (OSError("[Errno 11001] getaddrinfo failed"), "is this machine online"),
        (ConnectionError("[Errno 111] Connection refused"), "no connection: refused"),
        (ConnectionError("reset by peer"), "reset by peer"),
        (OSError("the key was refused"), "the key was refused"),
        (ProxyError("403"), "no connection: the proxy refuses it"),
        (OSError("x" * 200), "x" * 200),
        (OSError("x" * 201), "x" * 200 + "…"),
    ],
)
def test_the_gist_of_an_error(error, said):
    found = download.short(error)
    assert found.lower() == said or (said in found.lower() and "online" in said)


def test_no_more_is_kept_in_memory_than_the_largest_file_has(monkeypatch):
    monkeypatch.setattr(download, "LARGEST", 10)
    memory = download.Limited()
    memory.write(b"123456")
    memory.write(b"7890")  # ten are allowed
    with pytest.raises(ValueError, match="more than 10 bytes"):
        memory.write(b"1")
    assert memory.getvalue() == b"1234567890"
    other = download.Limited()
    other.abandoned = True
    with pytest.raises(ValueError, match="more than 10 bytes"):
        other.write(b"")


def test_a_file_may_be_as_large_as_the_largest(monkeypatch):
    monkeypatch.setattr(download, "LARGEST", 1000)
    assert download.unpacked(gzip.compress(bytes(1000))) == bytes(1000)
    with pytest.raises(ValueError, match="unpacks to more than 1000 bytes"):
        download.unpacked(gzip.compress(bytes(1001)))


def test_the_bar_is_gone_when_the_file_is_there(fetch, capsys):
    fetch("good")
    # Another test may have left a bar open, and then this one is further down the screen.
    *_, last = re.sub(r"\x1b\[A|\n|\r$", "", capsys.readouterr().err).split("\r")
    assert last
    assert last.isspace()


def test_a_download_that_lasts_does_not_hold_the_program_back(monkeypatch):
    seen = []

    class Pooch:
        def HTTPDownloader(**options):
            def get(url, file, _):
                seen.append(threading.current_thread().daemon)
                file.write(b"abc")

            return get

    need = download.need
    monkeypatch.setattr(
        download, "need", lambda name, why: Pooch if name == "pooch" else need(name, why)
    )
    assert download.fetched("http://a.example", "a") == b"abc"
    assert seen == [True]


def test_how_it_looks_and_how_soon_ctrl_c_is_heard(monkeypatch):
    bars, pieces, waits = [], [], []
    need, finished = download.need, threading.Event()

    class Tqdm:
        @contextlib.contextmanager
        def tqdm(**options):
            bars.append(options)
            yield

    class Pooch:
        def HTTPDownloader(progressbar, **options):
            pieces.append(options)
            return lambda url, file, _: finished.wait(10) and file.write(b"abc")

    class Thread(threading.Thread):
        def join(self, timeout=None):
            waits.append(timeout)
            finished.set()
            super().join(timeout)

    known = {"pooch": Pooch, "tqdm": Tqdm}
    monkeypatch.setattr(download, "need", lambda name, why: known.get(name) or need(name, why))
    monkeypatch.setattr(download.threading, "Thread", Thread)
    assert download.fetched("http://a.example", "a") == b"abc"
    assert pieces == [{"chunk_size": 16_384}]
    assert set(waits) == {0.1}
    (bar,) = bars
    assert bar["total"], "pooch asks whether the bar is true before it sets the total"
    assert bar["desc"] == "a"
    assert bar["unit_scale"], "3.2MB, not 3214567B"
    assert not bar["leave"]
