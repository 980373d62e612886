"""Runs a notebook's cells in a fresh kernel, the same way for builds, tests and readers."""

import json
import os
import tempfile
from pathlib import Path

from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
BANDS = ROOT / "tests" / "bands.toml"
HELD = ROOT / "tests" / "held.json"
# A cell takes seconds, and minutes on a machine that does much else: only a hang gets here.
HANG = 3600


def environment(held=None, base=None):
    """The variables of a kernel of ours, on top of those of this process or of `base`.

    DIGITLIB_BANDS names the file of bands that `hold` keeps to, DIGITLIB_HELD the file that
    it writes what it held to. Nothing that is stored depends on what a reader has done, and
    one BLAS thread gives the same numbers on any number of cores.
    """
    base = os.environ if base is None else base
    variables = {
        **base,
        "DIGITLIB_BANDS": str(BANDS),
        "DIGITLIB_STATE": "off",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), base.get("PYTHONPATH", "")])),
    }
    variables.setdefault("OPENBLAS_NUM_THREADS", "1")
    variables.pop("DIGITLIB_HELD", None)
    variables.pop("MPLBACKEND", None)  # the kernel stores pictures by its own
    if held is not None:
        variables["DIGITLIB_HELD"] = str(held)
    return variables


def execute(notebook, **options):
    """Run every cell, in an empty folder. Returns what its cells held: name -> value."""
    with tempfile.TemporaryDirectory() as folder:
        empty, held = Path(folder) / "empty", Path(folder) / "held.jsonl"
        empty.mkdir()
        NotebookClient(
            notebook,
            kernel_name="python3",
            timeout=HANG,
            extra_arguments=["--log-level=ERROR"],
            record_timing=False,
            coalesce_streams=True,
            store_widget_state=False,
            resources={"metadata": {"path": str(empty)}},
            **options,
        ).execute(env=environment(held))
        lines = held.read_text(encoding="utf-8").splitlines() if held.exists() else []
    return dict(json.loads(line) for line in lines)


def read_held(file=HELD):
    """What the stored builds held: name -> value."""
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def record_held(number, held, file=HELD):
    """Put what notebook `number` held in the file, in place of what it held before."""
    kept = {k: v for k, v in read_held(file).items() if not k.startswith(f"{number}.")}
    text = json.dumps(dict(sorted({**kept, **held}.items())), indent=1)
    file.write_text(text + "\n", encoding="utf-8")
