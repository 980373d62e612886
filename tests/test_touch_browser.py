"""Every thing to touch, dragged and typed at in Chromium; its numbers against digitlib's."""

import numpy as np
import pytest
from browser import chromium, complaints_of, requests_of, resize
from test_touch import PYTHON, THINGS

from digitlib.plots import touch

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def driver(tmp_path_factory):
    driver = chromium(900, 900, tmp_path_factory.mktemp("profile"))
    yield driver
    driver.quit()


class Page:
    """One thing on a page of its own, and a twin below it that nobody touches."""

    def __init__(self, driver, path, thing, width=900, dark=False):
        self.driver = driver
        text = thing._repr_html_()
        path.write_text(
            '<!doctype html><meta charset="utf-8"><title>to touch</title>'
            f'<meta name="viewport" content="width=device-width"><body>{text}{text}',
            encoding="utf-8",
        )
        resize(driver, width, 900, dark)
        driver.get(path.as_uri())
        self.root, self.twin = driver.find_elements("css selector", ".digit-touch")

    def find(self, selector, n=0):
        return self.root.find_elements("css selector", selector)[n]

    def numbers(self, root=None):
        """{name: (number, half a unit of its last digit)} of all that is shown."""
        texts = self.driver.execute_script(
            "return Object.fromEntries(Array.from(arguments[0].querySelectorAll('[data-name]'),"
            " (e) => [e.dataset.name, e.textContent]))",
            root or self.root,
        )
        texts = {name: text.replace("−", "-").strip("◂ ") for name, text in texts.items()}
        return {
            name: (float(text), 0.5000001 * 10.0 ** -len(text.partition(".")[2]))
            for name, text in texts.items()
            if text != "too large"
        }

    def text(self, name):
        return self.find(f"[data-name='{name}']").text.replace("−", "-")

    def agree(self, wanted):
        """Each wanted number is shown, to the last digit that is written."""
        found = self.numbers()
        for name, number in wanted.items():
            value, half = found[name]
            assert abs(value - number) <= half, (name, value, number)

    def values(self, kind, n):
        found = self.numbers()
        return [found[f"{kind} {k}"][0] for k in range(n)]

    def drag(self, element, right, down):
        from selenium.webdriver import ActionChains

        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        chain = ActionChains(self.driver, duration=10)
        chain.click_and_hold(element).move_by_offset(right / 2, down / 2)
        chain.move_by_offset(right / 2, down / 2).release().perform()

    def press(self, element, key, times=1):
        from selenium.webdriver import Keys

        self.driver.execute_script("arguments[0].focus()", element)
        self.driver.switch_to.active_element.send_keys(getattr(Keys, key) * times)

    def slider(self, n):
        return float(self.find("input[type=range]", n).get_attribute("value"))

    def choose(self, n):
        from selenium.webdriver.support.select import Select

        Select(self.find("select")).select_by_index(n)

    def push(self, text):
        buttons = self.root.find_elements("css selector", "button")
        next(button for button in buttons if button.text == text).click()


@pytest.fixture
def open_page(driver, tmp_path):
    def open_page(thing, **look):
        return Page(driver, tmp_path / "page.html", thing, **look)

    return open_page


def test_softmax_without_the_loss_says_nothing_that_is_still_to_be_derived(open_page):
    page = open_page(touch.softmax([0.0] * 10, truth=4, loss=False))
    page.drag(page.root.find_elements("css selector", "[role=slider]")[3], 0, -40)
    found = PYTHON["softmaxLoss"](page.values("z", 10), 4, 1)
    page.agree({f"p {k}": found["p"][k] for k in range(10)})
    page.agree({"p true": found["p"][4]})
    assert "loss" not in page.numbers()
    assert "p-y 4" not in page.numbers()
    for word in ("Y", "blame", "loss", "nats", "true digit"):
        assert word not in page.root.text


def test_softmax(open_page):
    page = open_page(touch.softmax([0.0] * 10, truth=4))
    before, bars = page.numbers(), page.root.find_elements("css selector", "[role=slider]")

    def right(temperature, truth):
        z = page.values("z", 10)
        found = PYTHON["softmaxLoss"](z, truth, temperature)
        gap = found["p"] - np.eye(10)[truth]
        page.agree({f"p {k}": found["p"][k] for k in range(10)})
        page.agree({f"p-y {k}": gap[k] for k in range(10)})
        page.agree({"loss": found["loss"], "p true": found["p"][truth]})
        return z

    right(1, 4)
    page.drag(bars[3], 0, -40)
    assert 1 < right(1, 4)[3] < 5
    page.drag(bars[8], 0, 300)  # beyond the end
    assert right(1, 4)[8] == -5
    page.press(bars[0], "ARROW_UP", 7)
    page.press(bars[1], "PAGE_DOWN")
    assert right(1, 4)[:2] == [pytest.approx(0.7), -1]
    page.press(page.find("input[type=range]"), "ARROW_RIGHT", 4)
    assert page.slider(0) == pytest.approx(0.2)
    right(10**0.2, 4)
    page.choose(8)
    right(10**0.2, 8)
    assert bars[0].get_attribute("aria-valuetext") == "0.70"
    assert page.numbers(page.twin) == before
    page.push("start again")
    assert page.numbers() == before


def test_hidden_layer(open_page):
    thing = touch.hidden_layer()
    page = open_page(thing)
    params = {name: np.array(array) for name, array in thing.settings["params"].items()}
    on, truth, before = [True, True], 0, page.numbers()

    def right(layer, j, k):
        found = PYTHON["hiddenLayer"](thing.settings["x"], params, truth, on)
        wanted = {f"{name} {n}": v for name in ("z1", "a1", "da1", "dz1", "z2", "p", "dz2")
                  for n, v in enumerate(found[name])}  # fmt: skip
        for n, W in enumerate((params["W1"], params["W2"])):
            wanted |= {f"w {n} {row} {column}": v for (row, column), v in np.ndenumerate(W)}
        slope = found["dW2" if layer else "dW1"][j, k]
        page.agree(wanted | {"loss": found["loss"], "slope": slope, "measured": slope})
        page.agree({"sum": found["da1"][j if layer else k]})

    right(1, 0, 0)
    weight = page.find('[aria-label="weight from hidden unit 1 to score 2"]')
    page.press(weight, "ARROW_UP", 9)
    params["W2"][1, 2] += 0.9
    right(1, 1, 2)
    weight = page.find('[aria-label="weight from input 1 to hidden unit 0"]')
    weight.click()
    page.drag(page.find("input[type=range]"), 40, 0)
    params["W1"][1, 0] = page.slider(0)
    right(0, 1, 0)
    page.find("input[type=checkbox]", 1).click()
    on = [True, False]
    right(0, 1, 0)
    page.choose(2)
    truth = 2
    right(0, 1, 0)
    assert page.numbers(page.twin) == before
    page.push("start again")
    on, truth = [True, True], 0
    params = {name: np.array(array) for name, array in thing.settings["params"].items()}
    right(0, 1, 0)


def test_convolution(open_page):
    rng = np.random.default_rng(0)
    X = rng.integers(0, 256, (28, 28)) / 255
    page = open_page(touch.convolution(X))
    K = np.array(touch.KERNELS["left edges"], dtype=float)

    def right():
        row, column = int(page.slider(0)), int(page.slider(1))
        window = X[row : row + 3, column : column + 3]
        page.agree({f"pixel {i} {j}": v for (i, j), v in np.ndenumerate(window)})
        page.agree({f"product {i} {j}": v for (i, j), v in np.ndenumerate(window * K)})
        answer = PYTHON["convolve"](X, K)
        page.agree({"answer": answer[row, column]})
        lit = page.find(".pixels [stroke='#e69f00']", 1).rect  # in the answer, not the digit
        cells = page.driver.execute_script(
            "return Array.from(arguments[0].querySelectorAll('.panel:nth-child(2) rect'),"
            "(e) => e.getAttribute('fill'))", page.root
        )[: 26 * 26]  # fmt: skip
        assert {cell for cell, value in zip(cells, answer.flat) if value == 0} <= {
            "rgb(250,250,250)"
        }
        red = [int(cell[4:].split(",")[0]) - int(cell[4:-1].split(",")[2]) for cell in cells]
        far = np.abs(answer.ravel()) > np.abs(answer).max() / 4
        assert (np.sign(red)[far] == np.sign(answer.ravel()[far])).all()
        return row, column, lit

    row, column, lit = right()
    page.drag(page.find("[role=img]"), 60, 45)
    moved_row, moved_column, moved_lit = right()
    assert moved_row > row
    assert moved_column > column
    assert moved_lit["x"] > lit["x"]
    page.press(page.find("[role=img]"), "ARROW_LEFT", 3)
    page.press(page.find("[role=img]"), "ARROW_UP", 2)
    assert right()[:2] == (moved_row - 2, moved_column - 3)
    page.press(page.find("input[type=range]"), "END")
    page.press(page.find("input[type=range]", 1), "HOME")
    assert right()[:2] == (25, 0)
    cell = page.find("input[type=number]", 4)
    cell.clear()
    cell.send_keys("-2.5")
    K[1, 1] = -2.5
    right()
    page.push("blur")
    K = np.array(touch.KERNELS["blur"])
    right()


def test_ravine(open_page):
    page = open_page(touch.ravine(momentum=0.8, angle=0))
    rates, before = [0.036, 0.02, 0.5], page.numbers()
    rules = ("gradient descent", "momentum", "Adam")

    def right(momentum, angle):
        turn = np.radians(angle)
        axes = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        start = axes @ [-10, 2]
        for n, (rule, rate) in enumerate(zip(rules, rates)):
            with np.errstate(over="ignore", invalid="ignore"):  # what explodes
                path = PYTHON["descend"](rule, rate, momentum, start, 1, 50, angle, 60)
                loss = PYTHON["valley"](1, 50, angle, path[-1])["loss"]
            if loss < 1e6:
                page.agree({f"loss {n}": loss})
            else:
                assert f"loss {n}" not in page.numbers()

    right(0.8, 0)
    page.drag(page.find("input[type=range]", 2), -30, 0)
    rates[2] = 10 ** page.slider(2)
    assert rates[2] < 0.5
    right(0.8, 0)
    page.press(page.find("input[type=range]", 4), "ARROW_RIGHT", 33)
    right(0.8, 33)
    page.press(page.find("input[type=range]", 3), "ARROW_LEFT", 30)
    assert page.slider(3) == pytest.approx(0.5)
    right(0.5, 33)
    page.press(page.find("input[type=range]", 0), "END")  # explodes
    rates[0] = 10
    right(0.5, 33)
    page.find("input[type=checkbox]", 1).click()
    hidden = page.driver.execute_script(
        "return Array.from(arguments[0].querySelectorAll('polyline'), (e) => "
        "e.getAttribute('visibility'))", page.root
    )  # fmt: skip
    assert hidden == ["visible", "hidden", "visible"]
    page.push("start again")
    assert page.numbers() == before


def test_batch_norm(open_page):
    page = open_page(touch.batch_norm())
    before, points = page.numbers(), page.root.find_elements("css selector", "[role=slider]")

    def right(gamma, beta):
        x = page.values("x", 5)
        found = PYTHON["batchNorm"](x, gamma, beta)
        page.agree({f"x-hat {n}": v for n, v in enumerate(found["xHat"])})
        page.agree({f"y {n}": v for n, v in enumerate(found["y"])})
        page.agree({"mean": found["mean"], "std": np.sqrt(found["variance"])})
        return x

    outputs = page.values("y", 5)
    right(1, 0)
    page.drag(points[4], 40, 0)
    assert right(1, 0)[4] > 4.5
    assert all(a != b for a, b in zip(outputs, page.values("y", 5)))
    page.press(points[0], "ARROW_LEFT", 5)
    assert right(1, 0)[0] == pytest.approx(-3.5)
    page.press(page.find("input[type=range]"), "ARROW_RIGHT", 5)
    page.press(page.find("input[type=range]", 1), "ARROW_LEFT", 5)
    right(1.5, -0.5)
    assert page.numbers(page.twin) == before
    page.push("start again")
    assert page.numbers() == before


def test_downhill(open_page):
    page = open_page(touch.downhill())
    before = page.numbers()

    def right(rate):
        start = float(page.find("[role=slider]").get_attribute("aria-valuenow"))
        w = PYTHON["descend"]("gradient descent", rate, 0.0, [start, 0], 1, 1, 0, 10)[-1, 0]
        page.agree({"factor": 1 - rate, "w": w})
        return start

    right(0.3)
    page.drag(page.find("[role=slider]"), -120, 0)
    assert right(0.3) < 2
    page.press(page.find("[role=slider]"), "ARROW_LEFT", 3)
    right(0.3)
    page.press(page.find("input[type=range]"), "ARROW_RIGHT", 34)
    right(2.0)
    assert "edge" in page.root.text
    page.press(page.find("input[type=range]"), "ARROW_RIGHT")
    right(2.05)
    assert "farther" in page.root.text
    page.push("start again")
    assert page.numbers() == before


def test_initialisation(open_page):
    thing = touch.initialisation()
    page = open_page(thing)
    before = page.numbers()

    def right(std):
        forward = PYTHON["scaled"](thing.settings["forward"], std)
        back = PYTHON["scaled"](thing.settings["back"], std)
        page.agree({"factor": (forward[-1] / forward[0]) ** (1 / 9)})
        for name, size in (("values", forward[-1]), ("blame", back[-1])):
            assert page.text(name) == f"{size:.1e}".replace("e-0", "e-").replace("e+0", "e")

    right(0.5)
    page.drag(page.find("input[type=range]"), -30, 0)
    assert 10 ** page.slider(0) < 0.45
    right(10 ** page.slider(0))
    page.press(page.find("input[type=range]"), "HOME")
    right(0.01)
    page.push("start again")
    assert page.numbers() == before


def test_augmentation(open_page):
    rng = np.random.default_rng(2)
    X = rng.integers(0, 256, 784) / 255
    thing = touch.augmentation(X)
    page = open_page(thing)
    noise = np.array(thing.settings["noise"]) / thing.settings["unit"]

    def right(alpha, sigma):
        bell = np.exp(-0.5 * ((np.arange(28)[:, None] - np.arange(28)) / sigma) ** 2)
        bell /= sigma * np.sqrt(2 * np.pi)
        field = alpha * (bell @ noise.reshape(2, 28, 28) @ bell)
        far = np.hypot(*field)
        page.agree({"mean": far.mean(), "most": far.max()})
        bent = PYTHON["elastic"](X, noise, alpha, sigma)
        fills = page.driver.execute_script(
            "return Array.from(arguments[0].querySelectorAll('.panel:nth-child(2) rect'),"
            "(e) => e.getAttribute('fill'))", page.root
        )  # fmt: skip
        grey = np.array([int(fill[4:].split(",")[0]) for fill in fills])
        assert np.abs(grey - (250 - 235 * bent)).max() <= 0.5001

    right(34, 4)
    page.drag(page.find("input[type=range]"), 30, 0)
    assert page.slider(0) > 34
    right(page.slider(0), 4)
    page.press(page.find("input[type=range]", 1), "ARROW_LEFT", 15)
    right(page.slider(0), 2.5)
    before = page.text("mean")
    page.push("another field")
    assert page.text("mean") != before
    page.push("start again")
    right(34, 4)


@pytest.mark.parametrize("name", THINGS)
def test_nothing_is_asked_for_and_nothing_is_amiss(open_page, driver, name):
    requests_of(driver)
    complaints_of(driver)
    page = open_page(THINGS[name]())
    assert [url for url in requests_of(driver) if not url.startswith("file:")] == []
    assert complaints_of(driver) == []
    assert page.root.find_elements("css selector", "p")[0].text != touch.WAITING


@pytest.mark.parametrize("name", THINGS)
@pytest.mark.parametrize("dark", [False, True])
def test_a_phone_in_light_and_dark(open_page, driver, name, dark):
    page = open_page(THINGS[name](), width=360, dark=dark)
    assert driver.execute_script("return document.documentElement.scrollWidth") <= 360
    paper = page.root.value_of_css_property("background-color")
    assert ("255, 255, 255" in paper) != dark
    script = "document.body.dataset.jpThemeLight = arguments[0]"
    driver.execute_script(script, "true" if dark else "false")  # JupyterLab's word counts more
    paper = page.root.value_of_css_property("background-color")
    assert ("255, 255, 255" in paper) == dark


@pytest.mark.parametrize("name", THINGS)
def test_all_of_it_is_reached_with_the_tab_key(open_page, driver, name):
    from selenium.webdriver import Keys

    page = open_page(THINGS[name]())
    wanted = page.root.find_elements("css selector", "input, select, button, [tabindex='0']")
    reached = []
    for _ in wanted:
        driver.switch_to.active_element.send_keys(Keys.TAB)
        reached.append(driver.switch_to.active_element)
    assert reached == wanted
    names = "return arguments[0].getAttribute('aria-label') || arguments[0].innerText ||"
    names += " (arguments[0].closest('label') || {}).innerText"
    assert all(driver.execute_script(names, element) for element in reached)
