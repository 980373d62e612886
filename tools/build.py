"""Runs the notebooks: `store` rebuilds their outputs, `run` tries them.

    python -m tools.build store [04 …]   outputs are kept
    python -m tools.build run   [04 …]   scratch copies

Two builds differ in nothing but measured times: cell ids, metadata and the order of outputs are
fixed here, and a picture is kept where the new one looks the same. To change a notebook, edit
it as text: tools/edit.py.
"""

import argparse
import base64
import io
import os
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import nbformat
import numpy as np
from matplotlib.image import imread
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from digitlib.data.files import replacing
from tools.course import ROOT, stem_of
from tools.execute import execute, record_held

NOTEBOOKS = ROOT / "notebooks"
FIGURES = ROOT / "figures"
# A cell with the tag `picture-mistakes` draws figures/mistakes.png, which README shows.
PICTURE_TAG = "picture-"
SAME_PICTURE = 0.001  # a picture that differs in a smaller part of its pixels is not replaced
# The caption is one paragraph; what follows it in the cell is the text's.
CAPTION = re.compile(r"\*\*Figure \d+\.\*\*\s+(.*?)(?:\n\n|\Z)", re.DOTALL)


def tidy(notebook, stem):
    """Fix what builds vary in, and give each picture its caption as text alternative."""
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for i, cell in enumerate(notebook.cells):
        cell.id = f"{stem}-{i:02d}"
        tags = cell.metadata.get("tags")
        cell.metadata = {"tags": sorted(tags)} if tags else {}
        if cell.cell_type == "code":
            following = notebook.cells[i + 1].source if i + 1 < len(notebook.cells) else ""
            caption = CAPTION.match(following)
            for output in cell.outputs:
                output.pop("transient", None)
                # A widget is made by the kernel that runs: stored, it could never be shown.
                output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
                if "image/png" in output.get("data", {}):
                    alt = plain(caption[1]) if caption else ""
                    output.metadata = {"image/png": {"alt": alt}} if alt else {}


def plain(markdown):
    """Markdown as one line of text, without comments and marks."""
    text = re.sub(r"<!--.*?-->", "", markdown)
    return " ".join(re.sub(r"[*`$]", "", text).split())


def reached(notebook):
    """The last line that the cell tagged `reached` printed, but for guesses not yet made."""
    for cell in reversed(notebook.cells):
        if "reached" in cell.metadata.get("tags", []):
            text = "".join(o.get("text", "") for o in cell.outputs).strip()
            said = [line for line in text.splitlines() if ": no guess yet." not in line]
            return said[-1] if said else ""
    return ""


def image_outputs(cells):
    """The data of every output that is a picture, in order."""
    for cell in cells:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                yield output["data"]


def looks_the_same(one, other):
    """Whether two PNG files in base64 differ in fewer than one pixel of a thousand."""
    if one == other:
        return True
    a, b = (imread(io.BytesIO(base64.b64decode(png)), format="png") for png in (one, other))
    return a.shape == b.shape and np.mean((a != b).any(axis=-1)) < SAME_PICTURE


def keep_pictures(notebook, old_pictures):
    """Put the stored picture back wherever the new one looks the same, so that diffs are small.

    old_pictures: what `image_outputs` gave for the notebook before it ran.
    """
    for data in image_outputs(notebook.cells):
        for png in old_pictures:
            if looks_the_same(data["image/png"], png):
                data["image/png"] = png
                break


def write(path, notebook):
    """Write the notebook; the file is whole or the old one, never half."""
    with replacing(path, "w", encoding="utf-8") as file:
        nbformat.write(notebook, file)


def store(path, notebook=None):
    """Run the notebook, tidy it, and store it with its pictures and held values.

    notebook: what to run; by default what is stored at `path`.
    """
    old = nbformat.read(path, as_version=4) if path.exists() else nbformat.v4.new_notebook()
    notebook = old if notebook is None else notebook
    old_pictures = [data["image/png"] for data in image_outputs(old.cells)]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    held = execute(notebook)
    tidy(notebook, path.stem)
    keep_pictures(notebook, old_pictures)
    write(path, notebook)
    record_held(path.stem[:2], held)
    store_pictures(notebook)
    return notebook


def store_pictures(notebook):
    """Write the pictures that README shows: figures/NAME.png from the cell `picture-NAME`."""
    for cell in notebook.cells:
        for tag in cell.metadata.get("tags", []):
            if tag.startswith(PICTURE_TAG):
                (data,) = image_outputs([cell])  # such a cell draws one picture
                file = FIGURES / f"{tag.removeprefix(PICTURE_TAG)}.png"
                file.write_bytes(base64.b64decode(data["image/png"]))


def run(path):
    """Run a copy of the stored notebook."""
    notebook = nbformat.read(path, as_version=4)
    execute(notebook)
    return notebook


def attempt(action, path):
    """Run `action` on one notebook: (whether it worked, what to say, seconds)."""
    started = time.perf_counter()
    try:
        worked, said = True, reached(action(path))
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        worked, said = False, f"FAILED\n{error}"
    return worked, said, time.perf_counter() - started


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["store", "run"])
    parser.add_argument("names", nargs="*", help="04 or 04_one_hidden_layer; all by default")
    chosen = parser.parse_args(arguments)
    try:
        paths = [NOTEBOOKS / f"{stem_of(name)}.ipynb" for name in chosen.names]
    except ValueError as error:
        parser.error(str(error))
    missing = [p.name for p in paths if not p.exists()]
    if missing:
        parser.error(f"no such notebook: {', '.join(missing)}")
    paths = paths or sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))
    action = store if chosen.what == "store" else run
    # Two at a time where that changes nothing that is stored but the order of the lines here.
    workers = min(2, os.cpu_count() or 1) if chosen.what == "run" else 1
    failed = 0
    with ThreadPoolExecutor(workers) as pool:
        for path, result in zip(paths, pool.map(lambda p: attempt(action, p), paths)):
            worked, said, seconds = result
            failed += not worked
            print(f"{path.stem:<22} {seconds:5.1f} s   {said}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
