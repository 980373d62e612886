"""What a file is, by its first bytes: unpacked where that is safe, or named with what opens it.

Names lie: browsers unpack a .gz on the way and keep its ending, and people rename. So the bytes
decide, in one place for all readers. Packings (gzip, bzip2, xz, and zip with one fitting file
in it) are undone, one inside another too. Of anything else `foreign` says what it is and what
opens it. Nothing that could run code, such as a pickle, is ever opened.
"""

import bz2
import contextlib
import gzip
import lzma
import re
import zipfile

from digitlib.data.files import regular

__all__ = ["AGAIN", "HEAD", "Unpacked", "foreign", "opened", "opened_stream"]

HEAD = 600  # bytes; a tar archive shows itself at byte 257
DEEPEST = 3  # packings one inside another; more are no accident
AGAIN = "Get it again"
PICTURE = (
    "mnist_frame(read_picture(path)[None]), both in digitlib.data.frame, makes a row of 784"
    " pixels of it"
)
UNPACK = "Unpack it and read the file that is in it"

# How a file begins, what it is, and what to do about it.
SIGNS = (
    (rb"version https://git-lfs", "a pointer of Git LFS, not the file itself", "git lfs pull"),
    (
        # The protocols since 2 begin with a byte of their own, the older ones with text.
        rb"\x80[\x02-\x05]|\([dlt]p?\d*\n|c[\w.]+\n\w+\n",
        "a Python pickle, which can run any program when it is opened, so it is never opened"
        " here",
        "If you trust where it comes from, convert it once: train, valid, test ="
        " pickle.load(gzip.open(path), encoding='latin1'); np.savez('mnist.npz',"
        " x_train=(256 * train[0]).round().astype('uint8'), y_train=train[1],"
        " x_test=(256 * test[0]).round().astype('uint8'), y_test=test[1]); then"
        " digitlib.read_npz('mnist.npz')",
    ),
    (rb"\x89PNG", "a PNG picture", PICTURE),
    (rb"\xff\xd8\xff", "a JPEG picture", PICTURE),
    (rb"GIF8[79]a", "a GIF picture", PICTURE),
    (rb"BM.{4}\0\0\0\0", "a BMP picture", PICTURE),
    (rb"II\*\0|MM\0\*", "a TIFF picture", PICTURE),
    (rb"RIFF.{4}WEBP", "a WebP picture", PICTURE),
    (rb"\x93NUMPY", "a NumPy array (.npy)", "digitlib.read_digits reads it"),
    (rb"\x89HDF", "an HDF5 file", "h5py opens it; save its arrays with np.savez"),
    (
        rb"PAR1",
        "a Parquet file",
        "pandas.read_parquet(path).to_csv('digits.csv', index=False) makes a CSV file of it",
    ),
    (rb"MATLAB 5", "a MATLAB file", "scipy.io.loadmat opens it; save its arrays with np.savez"),
    (rb"SQLite format 3", "a database", "Export the table as CSV"),
    (rb"\xd0\xcf\x11\xe0", "an old Excel file", "Open it and save it as CSV (comma delimited)"),
    (rb"%PDF-", "a PDF document", "It holds no data that could be read"),
    (rb"7z\xbc\xaf", "a 7z archive", UNPACK),
    (rb"Rar!", "a RAR archive", UNPACK),
    (rb"\x28\xb5\x2f\xfd", "packed by zstd", "Unpack it with zstd -d"),
    (rb"\x1f\x9d", "packed by compress (.Z)", "Unpack it with uncompress"),
    (rb".{257}ustar", "a tar archive", "Unpack it with tar xf and read the file that is in it"),
    (
        rb"(?i)\s*(%.*\s+)*@relation",
        "an ARFF file, as OpenML has them",
        "sklearn.datasets.fetch_openml('mnist_784') reads OpenML's; or take its CSV",
    ),
    (rb"\s*<", "a web page, so a download went wrong", AGAIN),
    (rb"\s*[{]|\s*\[[\s{\[\"]", "JSON", "Export the table as CSV"),
    (
        rb"[\x01-\x04]\x08\0\0",
        "an IDX file with its bytes in the other order (little-endian)",
        "np.fromfile(path, np.uint8)[16:].reshape(-1, 28, 28) reads images, [8:] labels",
    ),
)


def foreign(head, path):
    """A ValueError that says what a file is that no reader here takes, or None.

    head: its first bytes, unpacked; path: its name for the message.
    """
    if not head:
        return ValueError(f"{path}: an empty file, often a download that failed. {AGAIN}")
    for sign, what, remedy in SIGNS:
        if re.match(sign, head, re.DOTALL):
            return ValueError(f"{path}: this is {what}. {remedy}")
    return None


class Unpacked:
    """A stream of bytes that names its file in every error and can show its first bytes."""

    def __init__(self, stream, path):
        self.stream, self.path = stream, path
        self.buffer = b""

    def read(self, size=-1):
        """Up to `size` bytes, all that is left by default; b"" at the end."""
        first, self.buffer = self.buffer, b""
        if first and size < 0:
            return first + self._read(size)
        if first:
            self.buffer = first[size:]
            return first[:size]
        return self._read(size)

    def head(self):
        """The first bytes, up to HEAD of them, which will be read again."""
        while len(self.buffer) < HEAD and (more := self._read(HEAD - len(self.buffer))):
            self.buffer += more
        return self.buffer

    def limited(self, size):
        """All bytes that are left if they are no more than `size`, else the first size + 1.

        In pieces: what a damaged file promises is never taken at its word.
        """
        found = bytearray()  # an array made of it can be written into
        while len(found) <= size and (part := self.read(min(size + 1 - len(found), 1 << 20))):
            found += part
        return found

    def _read(self, size):
        try:
            return self.stream.read(size)
        except Exception as error:
            # Damage shows in many ways, by the packing and by where it is.
            if isinstance(error, ValueError) and str(error).startswith(str(self.path)):
                raise
            raise ValueError(
                f"{self.path}: the file cannot be unpacked or read, so it is damaged or cut off"
                f" ({error or type(error).__name__}). {AGAIN}"
            ) from error


@contextlib.contextmanager
def opened(path, wanted=r"\.csv$", prefer=None):
    """Open a regular file for reading, its packings undone; yields an `Unpacked`.

    wanted: a regular expression for the names in a zip archive that will do; prefer: a name
    that decides where more than one will. Raises ValueError that names the file.
    """
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(regular(path))
        stream = Unpacked(file, path)
        if stream.head()[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
            stream = _member(stack, file, path, wanted, prefer)
        yield opened_stream(stream)


def opened_stream(stream):
    """The same bytes with their packings undone, one inside another too: an `Unpacked`."""
    for _ in range(DEEPEST + 1):
        head = stream.head()
        if head.startswith(b"\x1f\x8b"):
            stream = Unpacked(gzip.GzipFile(fileobj=stream), stream.path)
        elif head.startswith(b"BZh"):
            stream = Unpacked(bz2.BZ2File(stream), stream.path)
        elif head.startswith((b"\xfd7zXZ\0", b"\x5d\0\0")):
            stream = Unpacked(lzma.LZMAFile(stream), stream.path)  # noqa: SIM115
        elif head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            raise ValueError(f"{stream.path}: a zip archive inside another packing. {UNPACK}")
        else:
            return stream
    raise ValueError(
        f"{stream.path}: packed more than {DEEPEST} times, one inside another. {UNPACK}"
    )


def _member(stack, file, path, wanted, prefer):
    """The one fitting file in a zip archive, as an `Unpacked`."""
    file.seek(0)
    try:
        archive = stack.enter_context(zipfile.ZipFile(file))
        infos = [
            info
            for info in archive.infolist()
            if not info.is_dir() and not info.filename.startswith("__MACOSX/")
        ]
    except Exception as error:
        raise ValueError(
            f"{path}: the zip archive is damaged or cut off ({error}). {AGAIN}"
        ) from error
    names = [info.filename for info in infos]
    if "[Content_Types].xml" in names:
        raise ValueError(
            f"{path}: this is an Excel file. Open it and save it as CSV (comma delimited)"
        )
    if names and all(name.endswith(".npy") for name in names):
        raise ValueError(
            f"{path}: this is an archive of NumPy arrays ({', '.join(names[:5])})."
            " digitlib.read_npz reads Keras's mnist.npz; np.load opens any"
        )
    fitting = [
        info
        for info in infos
        if re.search(wanted, re.sub(r"\.(gz|bz2|xz)$", "", info.filename))
    ]
    if len(infos) == 1:
        fitting = infos  # whatever its name is: its bytes will tell
    elif len(fitting) > 1 and prefer:
        fitting = [i for i in fitting if re.search(prefer, i.filename.lower())] or fitting
    if len(fitting) != 1:
        raise ValueError(
            f"{path}: one CSV file or one IDX file in the archive was expected, found"
            f" {len(fitting)}: {', '.join(names[:8]) or 'it is empty'}. Unpack it and read the"
            " one you want"
        )
    name = f"{path} ({fitting[0].filename})"
    if fitting[0].flag_bits & 1:
        raise ValueError(f"{name}: encrypted. Unpack it with its password first")
    try:
        return Unpacked(stack.enter_context(archive.open(fitting[0])), name)
    except Exception as error:
        raise ValueError(
            f"{name}: cannot be unpacked ({error}). Unpack it with another program, or get it"
            " again"
        ) from error
