"""What a reader has got right, in one small file that outlives the kernel.

The file is named by DIGITLIB_STATE, by default .digitlib/progress.json in the home folder.
DIGITLIB_STATE=off keeps nothing, as in tests and builds: no stored output depends on it.
"""

import contextlib
import datetime
import json
import os
from pathlib import Path

from digitlib.data.files import replacing
from digitlib.exercises.model import chapter, chapters

_this_kernel = {}


def path():
    """The file, or None where nothing is kept."""
    named = os.environ.get("DIGITLIB_STATE", "")
    if named == "off":
        return None
    return Path(named).expanduser() if named else Path.home() / ".digitlib" / "progress.json"


def right():
    """The exercises that were answered right: name -> date of the first time."""
    file = path()
    if file is None or not file.exists():
        return dict(_this_kernel)
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))["right"]
        return {**_this_kernel, **{str(name): str(date) for name, date in stored.items()}}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # Not ours or damaged: it is put aside, not overwritten, the next time we write.
        return dict(_this_kernel)


def mark_right(name):
    """Remember that an exercise is done. A folder that cannot be written is no error."""
    done = right()
    _this_kernel.setdefault(name, datetime.date.today().isoformat())
    file = path()
    if file is None or (name in done and file.exists()):
        return
    done.setdefault(name, _this_kernel[name])
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        _put_aside_if_damaged(file)
        with replacing(file, "w", encoding="utf-8") as out:
            json.dump({"version": 1, "right": done}, out, indent=1, sort_keys=True)


def _put_aside_if_damaged(file):
    if not file.exists():
        return
    try:
        if isinstance(json.loads(file.read_text(encoding="utf-8"))["right"], dict):
            return
    except (ValueError, KeyError, TypeError):
        pass
    file.replace(file.with_name(file.name + ".damaged"))


def progress():
    """Print, for each chapter, how many of its exercises are right and which are open."""
    done = right()
    for number in chapters():
        names = list(chapter(number))
        still = [name for name in names if name not in done]
        line = f"{number}: {len(names) - len(still)} of {len(names)} right"
        print(line + (f", open: {', '.join(still)}" if still else ""))
