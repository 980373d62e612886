"""Badges and set-up cells: `make badges`, or for a fork `make badges REPO=owner/name`."""

import argparse
import re
import subprocess
import sys

import nbformat

from tools import course
from tools.build import NOTEBOOKS, write


def rename(repository):
    """Put another repository in the place of ours, in every text file that git knows."""
    old = course.REPOSITORY
    listed = subprocess.run(
        ["git", "grep", "-l", "-I", "--fixed-strings", old],
        cwd=course.ROOT,
        capture_output=True,
        text=True,
    ).stdout
    for name in listed.splitlines():
        file = course.ROOT / name
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(old, repository), encoding="utf-8")
    course.REPOSITORY = repository


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("repository", nargs="?", help="owner/name, as GitHub writes it")
    repository = parser.parse_args(arguments).repository
    if repository:
        if not re.fullmatch(r"[\w.-]+/[\w.-]+", repository):
            parser.error(f"a repository is named owner/name, not {repository!r}")
        rename(repository)
    for path in sorted(NOTEBOOKS.glob("[0-9]*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        course.bring_up_to_date(notebook, path.stem)
        write(path, notebook)
    print(f"Every badge and every set-up cell leads to {course.REPOSITORY}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
