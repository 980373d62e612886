"""Finished rows in a file, CSV or JSON lines, so that a sweep that was stopped can go on.

Each row is appended as soon as its run ends, and stands on one line. A process that dies while
it writes leaves half a line at the end, which is cut off when the file is opened again.
"""

import csv
import io
import json
import re

from digitlib.data.files import path_of, replacing
from digitlib.sweep.plan import OURS, Run, cell, key

__all__ = ["Store", "read_rows"]


class Store:
    """The rows of one sweep in one file.

    identity says of what function the runs are, `names` are the settings. The column `sweep`
    repeats the identity in each row, so that pandas reads the file as it is.
    """

    def __init__(self, path, names, identity):
        self.path, self.names, self.identity = path_of(path), list(names), identity
        self.rows, self.columns = [], []
        _kind(self.path)
        if not self.path.parent.is_dir():
            raise FileNotFoundError(
                f"{path}: there is no folder {self.path.parent}. Make it first"
            )

    def earlier(self, runs):
        """{key: row} of the runs that the file has already; of two alike the later counts.

        Raises ValueError where the file is of another sweep: another function, other settings,
        or runs that this sweep has not.
        """
        if not self.path.exists() or not self.path.stat().st_size:
            return {}
        self.rows, whole = _parsed(self.path)
        wanted, found = {key(run) for run in runs}, {}
        for row in self.rows:
            of = row.get("sweep")
            if of != self.identity:
                names = [re.sub(r" \w{8} \(", " (", str(name)) for name in (of, self.identity)]
                changed = " (the function has changed since)" * (names[0] == names[1])
                self._refuse(
                    f"it has runs of {of}, and this is one of {self.identity}{changed}"
                )
            run = Run({name: row.get(name) for name in self.names}, row["seed"])
            if key(run) not in wanted:
                shown = ", ".join(f"{name}={row.get(name)}" for name in [*self.names, "seed"])
                self._refuse(f"it has a run that is not in this sweep, {shown}")
            found[key(run)] = row
        self.columns = list(dict.fromkeys(name for row in self.rows for name in row))
        if not whole:
            self._rewrite()
        return found

    def append(self, row):
        """Write one more row, a dict from column to plain value."""
        row = row | {"sweep": self.identity}
        self.rows.append(row)
        if self.path.suffix == ".jsonl":
            self._add(json.dumps(row) + "\n")
        elif set(row) <= set(self.columns) and self.path.exists():
            self._add(_csv([[cell(row.get(name)) for name in self.columns]]))
        else:
            self._rewrite()  # the first row, or the first with one more result

    def _add(self, line):
        with self.path.open("a", encoding="utf-8", newline="") as file:
            file.write(line)

    def _rewrite(self):
        names = dict.fromkeys(name for row in self.rows for name in row)
        results = [name for name in names if name not in (*self.names, *OURS)]
        self.columns = [*self.names, "seed", *results, "seconds", "error", "sweep"]
        if self.path.suffix == ".jsonl":
            text = "".join(json.dumps(row) + "\n" for row in self.rows)
        else:
            lines = [[cell(row.get(name)) for name in self.columns] for row in self.rows]
            text = _csv([self.columns, *lines])
        with replacing(self.path, "w", encoding="utf-8", newline="") as file:
            file.write(text)

    def _refuse(self, why):
        raise ValueError(
            f"{self.path} is of another sweep: {why}. Name another file, or delete this one"
        )


def read_rows(path):
    """The rows of a file that a sweep wrote, as dicts. A torn last line is left out."""
    return _parsed(path_of(path))[0]


def _parsed(path):
    """(rows, True where the file ends with a whole line)."""
    text = path.read_text(
        encoding="utf-8", errors="replace"
    )  # half a letter may end a torn line
    whole = text.endswith("\n")
    text = text[: text.rfind("\n") + 1]
    try:
        rows = _kind(path)(text)
    except (ValueError, csv.Error) as error:
        raise ValueError(f"{path} is damaged, or no file of a sweep: {error}") from error
    return rows, whole


def _kind(path):
    kinds = {".csv": _from_csv, ".jsonl": _from_json}
    if path.suffix not in kinds:
        raise ValueError(f"{path}: rows are kept as .csv or .jsonl (JSON lines)")
    return kinds[path.suffix]


def _from_json(text):
    rows = [json.loads(line) for line in text.splitlines()]
    for row in rows:
        if not isinstance(row, dict) or not {"seed", "seconds", "error", "sweep"} <= row.keys():
            raise ValueError("a line has no seed, seconds, error, sweep")
    return rows


def _from_csv(text):
    lines = list(csv.reader(io.StringIO(text), strict=True))
    if not lines:
        return []
    columns = lines[0]
    if not set(OURS) <= set(columns):
        raise ValueError(f"its first line has no {', '.join(OURS)}")
    rows = []
    for i, line in enumerate(lines[1:], 2):
        if len(line) != len(columns):
            raise ValueError(f"line {i} has {len(line)} fields, the first has {len(columns)}")
        row = {name: _value(text) for name, text in zip(columns, line)}
        # An empty cell may be a result that this run has not.
        rows.append(row | {"error": line[columns.index("error")]})
    return rows


def _value(text):
    """A CSV cell as a number, bool, None or text. A text that reads as a number becomes one."""
    if text in ("", "True", "False"):
        return {"": None, "True": True, "False": False}[text]
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    try:
        return float(text)
    except ValueError:
        return text


def _csv(lines):
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(lines)
    return file.getvalue()
