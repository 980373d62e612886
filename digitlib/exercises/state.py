"""What a reader has got right and guessed, in one small file that outlives the kernel.

The file is named by DIGITLIB_STATE, by default .digitlib/progress.json in the home folder.
DIGITLIB_STATE=off keeps nothing, as in tests and builds: no stored output depends on it.

Two kernels may write at once: each write reads the file again under a lock, adds its own, and
replaces the file whole. A file that is not ours or is damaged is put aside under a name that
is free, and never written over.
"""

import contextlib
import datetime
import json
import os
import threading
import time
from pathlib import Path

from digitlib.data.files import replacing
from digitlib.exercises.model import chapter, chapters, title

LARGEST = 5_000_000  # bytes: no progress is longer
SECTIONS = ("right", "guesses", "kept")

_this_kernel = {section: {} for section in SECTIONS}
_one_at_a_time = threading.RLock()


def path():
    """The file, or None where nothing is kept."""
    named = os.environ.get("DIGITLIB_STATE", "")
    if named == "off":
        return None
    return Path(named).expanduser() if named else Path.home() / ".digitlib" / "progress.json"


def right():
    """The exercises that were answered right: name -> date of the first time."""
    return {name: str(date) for name, date in _all("right").items()}


def mark_right(name):
    """Remember that an exercise is done. A folder that cannot be written is no error."""
    _add("right", name, datetime.date.today().isoformat())


def guesses():
    """The guesses that were kept: name -> {"value", "sure", "date", "right"}."""
    return {name: kept for name, kept in _all("guesses").items() if isinstance(kept, dict)}


def keep_guess(name, kept):
    """Keep a guess, or add to it. Once its answer has been shown it stays as it is."""
    _add("guesses", name, kept)


def keep(name, value):
    """Keep a small value (text, numbers, lists of these) under a name, the newest one."""
    _add("kept", name, value, newest=True)


def kept(name, default=None):
    """What `keep` was given under this name, or the default."""
    return _all("kept").get(name, default)


def of_a_class(files):
    """Print a table of files that were handed in: a line for each, a column for each notebook.

    It counts the exercises that are done; the files are read and never changed. Raises
    ValueError for a file that is missing, damaged or no progress file.
    """
    numbers = chapters()
    rows = []
    for file in map(Path, files):
        stored = _read(file)
        if stored is None:
            raise ValueError(
                f"{file} is no progress file: that is .digitlib/progress.json of the home "
                "folder, or the file that DIGITLIB_STATE names"
            )
        done, made = stored["right"], stored.get("guesses", {}).values()
        verdicts = [g.get("right") for g in made if isinstance(g, dict)]
        judged = [each for each in verdicts if isinstance(each, bool)]
        counts = [sum(name in done for name in chapter(number)) for number in numbers]
        # Students send files of one name in folders of theirs.
        name = file.parent.name if file.stem == "progress" else file.stem
        rows.append((name, counts, f"{sum(judged)} of {len(judged)}"))
    width = max(len("done"), *(len(name) for name, _, _ in rows)) + 3
    print(f"{'done':<{width}}" + "".join(f"{n:>4}" for n in numbers) + "   guesses right")
    for name, counts, hits in rows:
        print(f"{name:<{width}}" + "".join(f"{k or '.':>4}" for k in counts) + f"   {hits}")
    whole = "".join(f"{len(chapter(number)):>4}" for number in numbers)
    print(f"{'of':<{width}}{whole}")


def _all(section):
    file = path()
    stored = {} if file is None else (_read(file) or {}).get(section, {})
    return {**_this_kernel[section], **stored}


def _add(section, name, value, newest=False):
    _merge(_this_kernel[section], name, value, newest)
    file = path()
    if file is None:
        return
    with contextlib.suppress(OSError), _one_at_a_time:
        file.parent.mkdir(parents=True, exist_ok=True)
        with _alone(file):
            stored = _read(file)
            if stored is None and file.exists():
                _put_aside(file)
            before = json.dumps(stored, sort_keys=True)
            whole = {"version": 2, **(stored or {})}
            for each in SECTIONS:
                whole.setdefault(each, {})
            _merge(whole[section], name, value, newest)
            if json.dumps(whole, sort_keys=True) != before:
                with replacing(file, "w", encoding="utf-8") as out:
                    json.dump(whole, out, indent=1, sort_keys=True)


def _merge(into, name, value, newest):
    old = into.get(name)
    if isinstance(value, dict) and not newest:
        old = old if isinstance(old, dict) else {}
        if not isinstance(old.get("right"), bool):
            into[name] = {**old, **value}
    elif old is None or newest:
        into[name] = value


def _read(file):
    """What the file holds, or None where it is missing, damaged or not ours."""
    try:
        if not file.is_file() or file.stat().st_size > LARGEST:
            return None
        stored = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(stored, dict) or not isinstance(stored.get("right"), dict):
        return None
    if any(not isinstance(stored.get(section, {}), dict) for section in SECTIONS):
        return None
    return stored


def _put_aside(file):
    """Rename a file that cannot be read to the first free of .damaged, .damaged-2, …"""
    for i in range(1, 1000):
        aside = file.with_name(file.name + ".damaged" + (f"-{i}" if i > 1 else ""))
        if not aside.exists():
            file.rename(aside)
            return
    raise OSError(f"no free name beside {file}")


@contextlib.contextmanager
def _alone(file, seconds=3.0):
    """Hold a lock that other kernels respect; after `seconds` go on without it."""
    handle = _lock_handle(file)
    try:
        end = time.monotonic() + seconds
        while not _try_lock(handle) and time.monotonic() < end:
            time.sleep(0.02)
        yield
    finally:
        os.close(handle)  # which gives the lock back


if os.name == "nt":
    import msvcrt

    def _lock_handle(file):
        """A small file that Windows deletes when the last one closes it."""
        flags = os.O_CREAT | os.O_RDWR | os.O_TEMPORARY
        return os.open(file.with_name(file.name + ".lock"), flags)

    def _try_lock(handle):
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock_handle(file):
        """The folder itself: nothing is left behind."""
        return os.open(file.parent, os.O_RDONLY)

    def _try_lock(handle):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def progress():
    """Print a table: each notebook, its exercises done, the guesses right, and what is next."""
    done, made = right(), guesses()
    rows, following = [], None
    for number in chapters():
        names = list(chapter(number))
        still = [name for name in names if name not in done]
        following = following or (still[0] if still else None)
        mine = [g for name, g in made.items() if name.startswith(number + ".")]
        judged = [g for g in mine if isinstance(g.get("right"), bool)]
        hits = sum(g["right"] for g in judged)
        rows.append(
            (
                f"{number} {title(number)}".rstrip(),
                f"{len(names) - len(still)} of {len(names)}",
                f"{hits} of {len(judged)}" if judged else "",
            )
        )
    width = max(len(row[0]) for row in (("notebook",), *rows)) + 3
    print(f"{'notebook':<{width}}exercises   guesses right")
    for notebook, exercises, right_guesses in rows:
        print(f"{notebook:<{width}}{exercises:<12}{right_guesses}".rstrip())
    print(f"next: {following}" if following else "All exercises are done.")
