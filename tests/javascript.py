"""The page's arithmetic under node: the same files, no browser."""

import json
import shutil
import subprocess

import pytest

from digitlib.draw.web_page import ARITHMETIC, script

# Typed arrays become lists, so that JSON can carry them.
HARNESS = """
{script}
const input = JSON.parse(require("fs").readFileSync(0, "utf8"));
const output = ((input) => {{ {body} }})(input);
const plain = (key, value) => (ArrayBuffer.isView(value) ? Array.from(value) : value);
process.stdout.write(JSON.stringify(output, plain));
"""


def run(body, data, names=ARITHMETIC):
    """What the JavaScript `body` returns for `input`, with the page's functions at hand."""
    node = shutil.which("node") or shutil.which("nodejs")
    if not node:
        pytest.skip("node is not installed: the page's arithmetic was not compared")
    done = subprocess.run(
        [node, "-e", HARNESS.format(script=script(names), body=body)],
        input=json.dumps(data),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)
