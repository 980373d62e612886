"""A headless Chromium for tests of what is drawn: it opens files and replays strokes."""

import json
import shutil
from pathlib import Path

import pytest

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
DRAWN = Path(__file__).parent.parent / "digitlib" / "draw" / "drawn.json"
STROKES = json.loads(DRAWN.read_text(encoding="utf-8"))
KINDS = {"plain": "mouse", "european": "pen", "slanted": "touch"}


def chromium(width, height, folder):
    """A driver with that window, or a skipped test where Chromium is missing."""
    selenium = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    binary = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not (binary and driver):
        pytest.skip("Chromium and its driver are not installed (Debian: chromium-driver)")
    options = selenium.ChromeOptions()
    options.binary_location = binary
    for flag in (*FLAGS, f"--window-size={width},{height}", f"--user-data-dir={folder}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = selenium.ChromeService(driver)
    return selenium.Chrome(options=options, service=service)


def resize(driver, width, height, dark=False):
    """A viewport of that size, as on a phone, and the theme that a page is told."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    theme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [theme]})


def draw(driver, pad, strokes, kind="mouse"):
    """Replay strokes on an element as events of a pointer of that kind."""
    from selenium.webdriver.common.actions.action_builder import ActionBuilder
    from selenium.webdriver.common.actions.pointer_input import PointerInput

    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", pad)
    box = driver.execute_script("return arguments[0].getBoundingClientRect().toJSON()", pad)
    for stroke in strokes:
        builder = ActionBuilder(driver, mouse=PointerInput(kind, kind), duration=2)
        pointer = builder.pointer_action
        places = [
            (round(box["x"] + x * box["width"]), round(box["y"] + y * box["height"]))
            for x, y in stroke
        ]
        pointer.move_to_location(*places[0])
        pointer.pointer_down()
        for place in places[1:]:
            pointer.move_to_location(*place)
        pointer.pointer_up()
        builder.perform()


def requests_of(driver):
    """The addresses that the page asked for since the last call, data: and blob: left out."""
    asked = []
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            url = message["params"]["request"]["url"]
            if not url.startswith(("data:", "blob:")):
                asked.append(url)
    return asked


def complaints_of(driver):
    """What the console holds of errors and warnings."""
    return [e["message"] for e in driver.get_log("browser") if e["level"] != "INFO"]
