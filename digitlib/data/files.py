"""Paths as people write them, files that are safe to read, and files that are whole or absent.

Every public function that takes a path calls `path_of` first, so one spelling works everywhere.
`regular` opens what is read: never a device or a pipe, which can hang or never end. `replacing`
writes beside a file and renames, so that a power cut leaves the old file or the new one.
"""

import contextlib
import hashlib
import os
import secrets
import stat
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where an open file cannot be removed anyway
    fcntl = None

__all__ = ["other_than", "path_of", "regular", "replacing"]


def other_than(data, expected):
    """What is wrong with the SHA-256 of these bytes, in words, or None where it is right."""
    found = hashlib.sha256(data).hexdigest()
    return None if found == expected else f"SHA-256 {found[:16]}…, expected {expected[:16]}…"


def path_of(path, name="path"):
    """A Path from str, bytes or a path object, with a leading ~ as the home folder.

    Raises TypeError for anything else and ValueError for what cannot be a path, such as an
    empty text or an address on the web; `name` is what the caller calls it.
    """
    if hasattr(path, "read"):
        raise TypeError(f"{name} is an open file here; give its path, a str or a Path")
    try:
        text = os.fsdecode(path)
    except TypeError:
        raise TypeError(f"{name} is a str or a Path; got {path!r}") from None
    if not text or "\0" in text:
        raise ValueError(f"{name} is {text!r}, which names no file")
    if text.startswith(("http://", "https://", "ftp://", "s3://", "gs://")):
        raise ValueError(
            f"{text} is an address, and only files on this machine are read: download it first,"
            " then give the path of the file"
        )
    try:
        return Path(text).expanduser()
    except RuntimeError as error:  # ~somebody who is not known here
        raise ValueError(f"{name} is {text!r}: {error}") from None


def regular(path):
    """An open regular file, for reading bytes.

    Raises FileNotFoundError with what is missing and what lies there instead, ValueError for a
    folder, a pipe or a device.
    """
    path = path_of(path)
    try:
        kind = path.stat().st_mode
    except FileNotFoundError:
        raise FileNotFoundError(f"{path}: {_absent(path)}") from None
    except NotADirectoryError:
        raise NotADirectoryError(
            f"{path}: a part of this path is a file, not a folder"
        ) from None
    if stat.S_ISDIR(kind):
        raise ValueError(f"{path}: a folder, where a file was expected{_inside(path)}")
    if not stat.S_ISREG(kind):
        raise ValueError(f"{path}: a pipe or a device. Only regular files are read")
    return path.open("rb")


def _absent(path):
    """Why there is no such file, with what is nearest to it."""
    folder = path.absolute().parent
    if not folder.is_dir():
        while not folder.parent.is_dir():
            folder = folder.parent
        return f"there is no folder {folder}"
    stem = path.name.removesuffix(".gz").removesuffix(".zip")
    others = sorted(
        other.name
        for other in folder.iterdir()
        if other.name.removesuffix(".gz").removesuffix(".zip").lower() == stem.lower()
    )
    if others:
        return f"there is no such file, but {', '.join(others)} lies beside it"
    return f"there is no such file in {folder}"


def _inside(path):
    with contextlib.suppress(OSError):
        names = sorted(item.name for item in path.iterdir() if item.is_file())
        if names:
            return f". In it are {', '.join(names[:5])}{', …' * (len(names) > 5)}"
    return ""


@contextlib.contextmanager
def replacing(path, mode="wb", **open_args):
    """Open a temporary file that becomes `path` at the end of the block.

    Where the block raises, `path` is left as it was and the temporary file is removed. The
    rename is atomic on POSIX and on Windows, because both names are in one folder. A link
    stays a link and the file that it names is replaced; a file keeps its permissions. What a
    writer that was killed has left behind is removed. Errors name `path`, not the temporary
    file. Raises FileNotFoundError where there is no such folder.
    """
    given = path_of(path)
    path = given.resolve()  # of a link, the file itself
    if not path.parent.is_dir():
        raise FileNotFoundError(f"{given}: there is no folder {path.parent}. Make it first")
    before = path.stat().st_mode if path.exists() else None
    if before is not None and stat.S_ISDIR(before):
        raise IsADirectoryError(f"{given}: a folder. Name a file in it")
    if before is not None and not stat.S_ISREG(before):
        raise ValueError(f"{given}: a pipe or a device, where a file was to be written")
    _remove_stale(path)
    file, temporary = _temporary(path, mode, open_args)
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            if before is not None:
                temporary.chmod(stat.S_IMODE(before))
            if fcntl is not None:  # while it is locked, or another writer takes it for stale
                temporary.replace(path)
        if fcntl is None:  # Windows renames no open file
            temporary.replace(path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        _name(error, temporary, given)
        raise


def _name(error, temporary, given):
    """Let an OSError name the file that was asked for, not a temporary one or none."""
    unnamed = isinstance(error, OSError) and error.filename in (None, str(temporary))
    if unnamed and error.errno is not None:
        error.filename = str(given)
        if error.filename2 is not None:
            error.filename2 = None


def _temporary(path, mode, open_args):
    """A new file beside `path`, open and locked for as long as this process writes it."""
    while True:
        # Of fixed length, since the name of a file may be as long as names can be.
        temporary = path.with_name(f"{_prefix(path)}{secrets.token_hex(4)}.part")
        try:
            file = temporary.open(mode, **open_args)
        except OSError as error:
            _name(error, temporary, path)
            raise
        if fcntl is None:
            return file, temporary
        with contextlib.suppress(OSError):  # a file system without locks
            fcntl.flock(file, fcntl.LOCK_EX)
        # Another process may have taken it for stale before it was locked; then it is gone.
        if os.fstat(file.fileno()).st_nlink:
            return file, temporary
        file.close()


def _prefix(path):
    """How the names of a file's temporary files begin."""
    return f".digitlib-{hashlib.sha256(os.fsencode(path.name)).hexdigest()[:12]}-"


def _remove_stale(path):
    """Remove temporary files of `path` that no living process is writing."""
    with contextlib.suppress(OSError):
        for part in [*path.parent.iterdir()]:
            name = part.name
            # The second is how they were called before.
            ours = name.startswith((_prefix(path), f".{path.name}."))
            if ours and name.endswith(".part"):
                with contextlib.suppress(OSError):
                    if fcntl is not None:
                        with part.open("rb") as file:
                            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                            part.unlink()
                    else:
                        part.unlink()
