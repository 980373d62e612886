"""Whether a result can be written is found out before the work, not after it."""

import tempfile

from digitlib.data.files import path_of

__all__ = ["check_output", "check_writable"]


def check_output(output, inputs, force):
    """The path to write to, or an error: found before the work, not after it."""
    output = path_of(output)
    folder = output.parent
    if not folder.is_dir():
        raise FileNotFoundError(f"{output}: there is no folder {folder}. Make it first")
    if output.is_dir():
        raise IsADirectoryError(f"{output}: a folder. Name a file, as {output}/submission.csv")
    for path in map(path_of, inputs):
        if output.exists() and path.exists() and output.samefile(path):
            raise ValueError(f"{output}: this is what is read; name another file to write")
    if output.exists() and not force:
        raise FileExistsError(f"{output} exists. --force replaces it, -o names another file")
    check_writable(folder, output)
    return output


def check_writable(folder, name):
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise OSError(f"{name}: cannot be written: {error.strerror or error}") from error
