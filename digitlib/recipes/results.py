"""From the records of `reproduce` to notes/results.md and README's table: nothing is typed."""

import json
from pathlib import Path

from digitlib.data.files import replacing
from digitlib.recipes.records import DATA, merged, read_record, write_record
from digitlib.recipes.tables import markdown, readme, summary

__all__ = ["between", "read_summaries", "write"]

BEGIN, END = "<!-- results: python -m digitlib results -->", "<!-- end of results -->"


def write(records, root="."):
    """Put JSON files of `reproduce` into notes/results.json, and its tables into the texts.

    Several records about one source become one. What they say about a recipe takes the place
    of what is stored about it, with all its seeds; other recipes and other sources stay.
    Returns the three paths written. Raises FileNotFoundError or ValueError before anything is
    written.
    """
    root = Path(root)
    store, page, front = (
        root / "notes/results.json",
        root / "notes/results.md",
        root / "README.md",
    )
    for needed in (front, page.parent):
        if not needed.exists():
            raise FileNotFoundError(
                f"{needed} is not there: run this in the project's folder, or name it, --root"
            )
    summaries = read_summaries(store)
    new = {}
    for path in records:
        record = read_record(path)
        if record["data"] not in DATA or not record["runs"]:
            raise ValueError(f"{path}: no finished training on one of {', '.join(DATA)}")
        new.setdefault(record["data"], []).append(record)
    for data, of_data in new.items():
        summaries[data] = _replaced(summaries.get(data), summary(merged(of_data)))
    text = front.read_text(encoding="utf-8")
    before, _, after = between(text, front)
    tables = {
        page: markdown(summaries),
        front: f"{before}\n\n{readme(summaries)}\n\n{after}",
    }
    write_record(summaries, store)
    for path, content in tables.items():
        with replacing(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(content)
    return [store, *tables]


def _replaced(old, new):
    """The stored summary with what the new one says about its recipes in their place."""
    names = {run["recipe"] for run in new["runs"]}
    kept = [run for run in old["runs"] if run["recipe"] not in names] if old else []
    if not kept:
        return new  # and the commands of what is gone are gone too
    return merged([old | {"runs": kept}, new])


def read_summaries(path):
    """{data: summary} of notes/results.json, {} where there is none."""
    path = Path(path)
    if not path.exists():
        return {}
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path} is damaged: {error}") from error


def between(text, name):
    """README up to and with the first marker, the table, and from the second marker on."""
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(END) < text.index(BEGIN):
        raise ValueError(f"{name}: the table goes between {BEGIN} and {END}, once each")
    start, stop = text.index(BEGIN) + len(BEGIN), text.index(END)
    return text[:start], text[start:stop].strip(), text[stop:]
