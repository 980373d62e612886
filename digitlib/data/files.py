"""Files that are either whole or absent: written beside their place, then renamed."""

import contextlib
import os
import secrets
from pathlib import Path


@contextlib.contextmanager
def replacing(path, mode="wb", **open_args):
    """Open a temporary file that becomes `path` at the end of the block.

    Where the block raises, `path` is left as it was and the temporary file is removed. The
    rename is atomic on POSIX and on Windows, because both names are in one folder.
    """
    path = Path(path)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with temporary.open(mode, **open_args) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
