"""Runs the notebooks: `store` rebuilds their outputs, `run` tries them.

    python tools/build.py store [01_data …]   outputs are kept
    python tools/build.py run   [01_data …]   scratch copies

Two builds differ in nothing but measured times: cell ids, metadata and
the order of outputs are fixed here. Notebooks are edited as text
(`jupytext --to py:percent`), then built.
"""

import argparse
import base64
import os
import re
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from digitlib.data.files import replacing

HERE = Path(__file__).resolve().parent.parent / "notebooks"
# Pictures that stand elsewhere too: file -> (notebook, figure).
PICTURES = {"figures/mistakes.png": ("04_one_hidden_layer", 8)}
# The caption is one paragraph; what follows it in the cell is the text's.
CAPTION = re.compile(r"\*\*Figure \d+\.\*\*\s+(.*?)(?:\n\n|\Z)", re.DOTALL)


def execute(notebook):
    """Run every cell in a fresh kernel, in an empty folder of its own."""
    # One thread: the numbers do not depend on how many cores there are.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ["DIGITLIB_STATE"] = "off"  # no output depends on what a reader has done
    with tempfile.TemporaryDirectory() as folder:
        NotebookClient(
            notebook,
            kernel_name="python3",
            timeout=300,
            extra_arguments=["--log-level=ERROR"],
            record_timing=False,
            coalesce_streams=True,
            store_widget_state=False,
            resources={"metadata": {"path": folder}},
        ).execute()


def tidy(notebook, stem):
    """Fix what builds vary in; give pictures their caption as alt."""
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = {
        "kernelspec": {
            "display_name": "Python 3",
            "language": "python",
            "name": "python3",
        },
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
                if "image/png" in output.get("data", {}):
                    alt = plain(caption[1]) if caption else ""
                    output.metadata = {"image/png": {"alt": alt}} if alt else {}


def plain(markdown):
    """Markdown as one line of text, without comments and marks."""
    text = re.sub(r"<!--.*?-->", "", markdown)
    return " ".join(re.sub(r"[*`$]", "", text).split())


def reached(notebook):
    """The last line that the cell tagged `reached` printed."""
    for cell in reversed(notebook.cells):
        if "reached" in cell.metadata.get("tags", []):
            lines = "".join(o.get("text", "") for o in cell.outputs).strip().splitlines()
            return lines[-1] if lines else ""
    return ""


def store(path):
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    execute(notebook)
    tidy(notebook, path.stem)
    with replacing(path, "w", encoding="utf-8") as file:
        nbformat.write(notebook, file)
    for name, (stem, figure) in PICTURES.items():
        if stem == path.stem:
            with replacing(HERE.parent / name) as file:
                file.write(pictures(notebook)[figure - 1])
    return notebook


def pictures(notebook):
    """The PNG files that the notebook drew, in order."""
    data = [o.get("data", {}) for c in notebook.cells for o in c.get("outputs", [])]
    return [base64.b64decode(d["image/png"]) for d in data if "image/png" in d]


def run(path):
    notebook = nbformat.read(path, as_version=4)
    execute(notebook)
    return notebook


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["store", "run"])
    parser.add_argument("names", nargs="*", help="01_data …; all of them by default")
    chosen = parser.parse_args(arguments)
    paths = [HERE / f"{Path(name).stem}.ipynb" for name in chosen.names]
    missing = [p.name for p in paths if not p.exists()]
    if missing:
        parser.error(f"no such notebook: {', '.join(missing)}")
    failed = 0
    for path in paths or sorted(HERE.glob("[0-9]*.ipynb")):
        started = time.perf_counter()
        try:
            notebook = (store if chosen.what == "store" else run)(path)
            said = reached(notebook)
        except CellExecutionError as error:
            failed += 1
            said = f"FAILED\n{error}"
        seconds = time.perf_counter() - started
        print(f"{path.stem:<22} {seconds:5.1f} s   {said}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
