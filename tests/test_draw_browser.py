"""The page in a real browser, opened by file://, as a hand and a keyboard use it."""

import json
import re
import time

import numpy as np
import pytest
from browser import KINDS, STROKES, chromium, complaints_of, draw, requests_of, resize

import digitlib
from digitlib.draw import ink_frame, pretrained, write_page

pytestmark = pytest.mark.browser
SEVEN = STROKES["sets"][17]  # barred


@pytest.fixture(scope="module")
def driver(tmp_path_factory):
    driver = chromium(1000, 900, tmp_path_factory.mktemp("chromium"))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_page(tmp_path_factory.mktemp("page") / "draw.html")


@pytest.fixture
def page(driver, path):
    resize(driver, 1000, 900)
    driver.get("about:blank")
    requests_of(driver)
    complaints_of(driver)
    driver.get(path.as_uri())
    return driver


def pad(driver):
    return driver.find_element("id", "pad")


def settled(driver):
    """After the next two pictures on the screen, when all that was asked for is shown."""
    driver.execute_async_script(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done));"
    )


def shown(driver):
    """The ten percentages of the bars, None for a dash."""
    settled(driver)
    texts = [e.text for e in driver.find_elements("css selector", ".bars .number")]
    return [None if text == "–" else float(text.removesuffix(" %")) for text in texts]


def sentence(driver):
    settled(driver)
    return driver.find_element("css selector", ".sentence").text


def press(driver, *keys):
    from selenium.webdriver import ActionChains, Keys

    chain = ActionChains(driver)
    *held, last = keys
    for key in held:
        chain.key_down(getattr(Keys, key))
    chain.send_keys(last)
    for key in held:
        chain.key_up(getattr(Keys, key))
    chain.perform()


def test_thirty_drawings_and_nothing_leaves_the_page(page, path):
    right = []
    for entry in STROKES["sets"]:
        press(page, "c")
        draw(page, pad(page), entry["strokes"], KINDS[entry["style"]])
        p = shown(page)
        right.append(p.index(max(p)) == entry["digit"])
        # The page saw what Python sees: the pad rounds places to a pixel of the screen.
        ours = pretrained("CNN").predict_proba(ink_frame(entry["strokes"])[None])[0]
        assert abs(max(p) / 100 - ours.max()) < 0.2
    assert sum(right) >= 27
    assert requests_of(page) == [path.as_uri()]
    assert complaints_of(page) == []


def test_a_request_would_be_stopped(page):
    """The policy is in force: what the page does not do, it could not do either."""
    said = page.execute_async_script(
        "const done = arguments[0];"
        "addEventListener('securitypolicyviolation', (e) => done(e.effectiveDirective));"
        "fetch('https://example.org/').catch(() => {});"
    )
    assert said == "connect-src"


def test_it_is_there_within_a_second(page, path):
    times = []
    for _ in range(3):
        page.get(path.as_uri())
        times.append(
            page.execute_script(
                "const [n] = performance.getEntriesByType('navigation');"
                "return n.loadEventEnd - n.startTime;"
            )
        )
    assert 0 < min(times) < 1000


def test_undo_and_clear_by_keyboard_and_by_hand(page):
    assert sentence(page) == "Draw a digit from 0 to 9."
    assert shown(page) == [None] * 10
    draw(page, pad(page), SEVEN["strokes"][:1])
    one = shown(page)
    draw(page, pad(page), SEVEN["strokes"][1:])
    two = shown(page)
    assert one != two
    assert "7" in sentence(page)
    press(page, "CONTROL", "z")
    assert shown(page) == one
    press(page, "c")
    assert shown(page) == [None] * 10
    press(page, "CONTROL", "z")  # a cleared drawing comes back
    assert shown(page) == one
    page.find_element("id", "undo").click()
    assert shown(page) == [None] * 10
    assert not page.find_element("id", "undo").is_enabled()
    draw(page, pad(page), SEVEN["strokes"], "touch")
    page.find_element("id", "clear").click()
    assert shown(page) == [None] * 10


def test_keys_reach_the_page_from_anywhere_but_a_choice(page):
    draw(page, pad(page), SEVEN["strokes"])
    page.execute_script("document.getElementById('xray').open = true")
    page.find_element("id", "meant").send_keys("c")
    assert shown(page) != [None] * 10
    page.find_element("css selector", "#networks input").send_keys("c")
    assert shown(page) == [None] * 10


def test_a_dot_is_no_digit(page):
    draw(page, pad(page), [[(0.5, 0.5), (0.505, 0.5)]])
    assert sentence(page) == "There is too little ink to read. Draw a digit."


def test_the_reading_is_said_and_not_only_shown(page):
    draw(page, pad(page), SEVEN["strokes"])
    status = page.find_element("css selector", ".sentence")
    assert status.get_attribute("aria-live") == "polite"
    assert re.fullmatch(r"A 7, \d\d\.\d %\.( Next comes \d with .*)?", sentence(page))
    for canvas in page.find_elements("css selector", "#pad, .desk canvas"):
        assert canvas.get_attribute("aria-label")


def test_each_network_gives_its_own_answer(page):
    draw(page, pad(page), SEVEN["strokes"])
    answers = {}
    for label in page.find_elements("css selector", "#networks label"):
        label.click()
        answers[label.text.split(" ")[0].split("\n")[0]] = shown(page)
    assert list(answers) == ["CNN", "784-128-64-10", "784-10-10"]
    assert len({tuple(p) for p in answers.values()}) == 3
    for p in answers.values():
        assert sum(p) == pytest.approx(100, abs=1)


@pytest.mark.parametrize("width", [320, 375, 700, 1000])
@pytest.mark.parametrize("dark", [False, True])
def test_it_fits_and_follows_the_theme(page, path, width, dark):
    resize(page, width, 800, dark)
    page.get(path.as_uri())
    page.execute_script("document.getElementById('xray').open = true")
    draw(page, pad(page), SEVEN["strokes"], "touch")
    assert page.execute_script("return document.documentElement.scrollWidth") <= width
    ground = page.execute_script("return getComputedStyle(document.body).backgroundColor")
    light = sum(int(part) for part in re.findall(r"\d+", ground)[:3])
    assert (light < 200) if dark else (light > 600)
    for button in page.find_elements("css selector", ".buttons button"):
        assert button.size["height"] >= 40  # a finger's width


def test_the_xray_names_the_lying_wires(page):
    draw(page, pad(page), SEVEN["strokes"])
    page.execute_script("document.getElementById('xray').open = true")
    settled(page)
    story = page.find_element("css selector", ".story")
    verdict = page.find_element("css selector", ".verdict")
    assert story.text == "Say which digit you meant, and the blame runs back."
    page.find_element("css selector", "#meant option[value='2']").click()
    assert verdict.text.startswith("Every wire tells the truth")

    # The numbers in the units are NumPy's, for what is in the frame.
    pixels = np.array(
        page.execute_script(
            "const c = document.querySelector('.frame canvas');"
            "return Array.from(c.getContext('2d').getImageData(0, 0, 28, 28).data);"
        )
    ).reshape(784, 4)[:, 0]
    X = (pixels / 255).astype(np.float32)[None]
    network = pretrained("784-10-10")
    A1 = np.maximum(network.layers[0].forward(X), 0)[0]
    for unit, value in zip(page.find_elements("css selector", ".unit text.ahead"), A1):
        assert float(unit.text.replace("−", "-")) == pytest.approx(value, abs=0.3)

    lying = {}
    for button in page.find_elements("css selector", ".lines button"):
        button.click()
        one, two = re.match(r"([\d,]+) of 7,840 .* and (\d+) of 100 ", verdict.text).groups()
        lying[button.text] = int(one.replace(",", "")), int(two)
        assert page.find_elements("css selector", "line.lying")
        button.click()
        assert verdict.text.startswith("Every wire tells the truth")
        assert not page.find_elements("css selector", "line.lying")
    assert lying["Leave 1/N out"][0] > 0 < lying["Leave 1/N out"][1]
    assert lying["Swap the factors"][0] == 0 < lying["Swap the factors"][1]
    assert lying["Ask A1 >= 0"][0] > 0 == lying["Ask A1 >= 0"][1]

    switch = page.find_element("css selector", ".switch")
    before = shown_values(page)
    switch.click()
    assert page.find_element("css selector", ".switch").get_attribute("aria-checked") == "false"
    after = shown_values(page)
    assert after[0] == "0.00"
    assert after[1:] == before[1:]
    assert verdict.text.startswith("Every wire tells the truth")


def shown_values(driver):
    return [e.text for e in driver.find_elements("css selector", ".unit text.ahead")]


def test_ones_own_network_stands_first(driver, tmp_path, rng):
    from test_describe import everything

    network = everything(rng)
    driver.get(write_page(tmp_path / "draw.html", {"mine.npz": network}).as_uri())
    draw(driver, pad(driver), SEVEN["strokes"])
    p = shown(driver)
    ours = network.predict_proba(ink_frame(SEVEN["strokes"])[None])[0]
    assert np.allclose(np.array(p) / 100, ours, atol=0.02)
    assert driver.find_element("css selector", "#networks b").text == "mine.npz"


def test_drawings_are_kept_and_read_in_python(page, path, tmp_path):
    page.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    keeper = page.find_element("id", "keeper")
    buttons = {b.text: b for b in keeper.find_elements("css selector", "button")}
    assert not any(button.is_enabled() for button in buttons.values())
    for entry in STROKES["sets"][:3]:
        draw(page, pad(page), entry["strokes"])
        settled(page)
        buttons[str(entry["digit"])].click()
        assert shown(page) == [None] * 10
    assert "3 kept" in keeper.text
    buttons["Take back"].click()
    assert "2 kept" in keeper.text
    buttons["Save as CSV"].click()
    file = tmp_path / "my_digits.csv"
    for _ in range(100):
        if file.exists():
            break
        time.sleep(0.1)
    digits = digitlib.read_labelled_csv(file)
    assert digits.y.tolist() == [0, 1]
    for x, entry in zip(digits.X, STROKES["sets"]):
        assert np.abs(x - ink_frame(entry["strokes"])).mean() < 0.01
    assert requests_of(page) == [path.as_uri()]


def test_damaged_weights_are_named_and_the_others_go_on(driver, path, tmp_path):
    text = path.read_text(encoding="utf-8")
    carried = json.loads(re.search(r'id="carried">(.*?)</script>', text).group(1))
    carried[0]["layers"][1]["arrays"]["W"]["data"] = "AAAA"
    broken = tmp_path / "broken.html"
    broken.write_text(
        re.sub(
            r'(id="carried">).*?(</script>)', lambda m: m[1] + json.dumps(carried) + m[2], text
        ),
        encoding="utf-8",
    )
    driver.get(broken.as_uri())
    notes = [e.text for e in driver.find_elements("css selector", ".networks .note")]
    assert notes[0].startswith("The weights of this page are damaged: W of layer 1 needs 144")
    draw(driver, pad(driver), SEVEN["strokes"])
    assert "7" in sentence(driver)

    for damage, said in (
        (lambda text: text.replace('"layers"', '"lyers"'), "there are no layers"),
        (lambda text: text.replace('id="carried">[', 'id="carried">['[:-1]), "damaged"),
        (lambda text: text.replace("startPage()", "startPgae()"), "did not start"),
    ):
        broken.write_text(damage(text), encoding="utf-8")
        driver.get(broken.as_uri())
        time.sleep(0.1)
        assert said in driver.find_element("css selector", ".sentence").text
