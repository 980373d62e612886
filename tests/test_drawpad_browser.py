"""The widget in a real JupyterLab: a hand draws, the kernel reads, the drawing is kept."""

import contextlib
import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request

import nbformat
import pytest
from browser import STROKES, chromium, draw
from notebook_tools import ROOT

pytestmark = pytest.mark.browser

CELLS = [
    "from digitlib.draw import DrawPad, pretrained",
    'pad = DrawPad(pretrained("CNN"))\npad',
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab with one notebook in it."""
    pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")
    pytest.importorskip("anywidget", reason="anywidget is not installed")
    folder = tmp_path_factory.mktemp("lab")
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in CELLS],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, folder / "pad.ipynb")
    # No questions: which kernel to take, and whether to fetch news.
    settings = folder / ".jupyter" / "lab" / "user-settings" / "@jupyterlab"
    for name, chosen in (
        ("notebook-extension/tracker", {"autoStartDefaultKernel": True}),
        ("apputils-extension/notification", {"fetchNews": "false", "checkForUpdates": False}),
    ):
        file = settings / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(chosen))
    environment = os.environ | {"PYTHONPATH": str(ROOT), "HOME": str(folder)}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += ["--ip=127.0.0.1", "--port=8890", "--ServerApp.port_retries=50"]
    command += ["--IdentityProvider.token=pad", "--expose-app-in-browser"]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=folder, env=environment, stderr=log, stdout=log)
    try:
        yield wait_for(lambda: address(folder / "log"), 60)
    finally:
        server.terminate()
        server.wait(20)


def address(log):
    found = re.search(r"http://127\.0\.0\.1:\d+/", log.read_text())
    if found:
        try:
            urllib.request.urlopen(f"{found[0]}api?token=pad", timeout=5).close()
            return found[0]
        except (urllib.error.URLError, OSError):
            pass
    return None


def wait_for(thing, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = thing()
        if value:
            return value
        time.sleep(0.2)
    raise AssertionError(f"waited {seconds} s in vain")


def pad_in(driver, url):
    """Open the notebook and run it: the pad on the page.

    JupyterLab connects to a fresh kernel twice, and a widget that is made before the second
    time never loads: hence the pause, and another try on a slow machine.
    """
    idle = ".jp-Notebook-ExecutionIndicator[data-status=idle]"
    ready = f"return !!(window.jupyterapp && document.querySelector('{idle}'))"
    for pause in (8, 16, 30):
        driver.get(url)
        wait_for(lambda: driver.execute_script(ready), 90)
        time.sleep(pause)
        driver.execute_script("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        with contextlib.suppress(AssertionError):
            return wait_for(lambda: driver.find_elements("css selector", "canvas.pad"), 20)[0]
    raise AssertionError("the pad was not shown")


def test_the_pad_reads_and_keeps_in_jupyterlab(lab, tmp_path):
    driver = chromium(1200, 1000, tmp_path / "chromium")
    try:
        pad = pad_in(driver, f"{lab}lab/tree/pad.ipynb?token=pad")
        sentence = driver.find_element("css selector", ".digitlib .sentence")
        assert sentence.text == "Draw a digit from 0 to 9."
        for n, entry in enumerate(STROKES["sets"][15:18]):
            draw(driver, pad, entry["strokes"], "pen")
            wait_for(lambda d=entry["digit"]: re.match(rf"An? {d}, ", sentence.text), 20)
            best = driver.find_element("css selector", ".digitlib .best .digit")
            assert best.text == str(entry["digit"])
            (label,) = [
                b
                for b in driver.find_elements("css selector", ".keeper button")
                if b.text == str(entry["digit"])
            ]
            label.click()
            kept = driver.find_element("css selector", ".keeper .note")
            wait_for(lambda n=n, kept=kept: kept.text == f"{n + 1} kept", 20)
            wait_for(lambda: sentence.text == "Draw a digit from 0 to 9.", 20)
    finally:
        driver.quit()
