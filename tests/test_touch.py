"""Things to touch: their HTML, and their arithmetic in JavaScript against digitlib's formulas.

touch_vectors.json holds inputs and answers that both must reproduce; written once by
`python tests/test_touch.py` from the formulas.
"""

import json
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from digitlib import formulas
from digitlib.data import augment
from digitlib.net.optim import SGD, Adam
from digitlib.plots import touch

VECTORS = Path(__file__).with_name("touch_vectors.json")
ARITHMETIC = touch.PARTS / "arithmetic.js"
DIGIT = (np.arange(784) % 256 / 255).reshape(28, 28)
THINGS = {
    "softmax": touch.softmax,
    "hidden_layer": touch.hidden_layer,
    "convolution": lambda: touch.convolution(DIGIT),
    "ravine": touch.ravine,
    "batch_norm": touch.batch_norm,
    "downhill": touch.downhill,
    "initialisation": touch.initialisation,
    "augmentation": lambda: touch.augmentation(DIGIT),
}


# The same names as in arithmetic.js, made of digitlib's formulas.


def affine(a, W, b):
    return formulas.affine(np.array([a]), np.array(W), np.array(b))[0]


def affine_back(dz, W):
    return formulas.affine_dX(np.array([dz]), np.array(W))[0]


def softmax_loss(z, label, temperature):
    Z = np.array([z]) / temperature
    loss, dZ = formulas.softmax_cross_entropy(Z, np.array([label]))
    return {"p": formulas.softmax(Z)[0], "loss": loss, "dz": dZ[0] / temperature}


def hidden_layer(x, params, label, on):
    W1, b1, W2, b2 = (np.array(params[name]) for name in ("W1", "b1", "W2", "b2"))
    X, on = np.array([x]), np.array(on)
    Z1 = formulas.affine(X, W1, b1)
    A1 = formulas.relu(Z1) * on
    Z2 = formulas.affine(A1, W2, b2)
    loss, dZ2 = formulas.softmax_cross_entropy(Z2, np.array([label]))
    dW2, db2 = formulas.affine_grads(dZ2, A1)
    dA1 = formulas.affine_dX(dZ2, W2)
    dZ1 = formulas.relu_backward(dA1, Z1) * on
    dW1, db1 = formulas.affine_grads(dZ1, X)
    return {
        "z1": Z1[0], "a1": A1[0], "z2": Z2[0], "p": formulas.softmax(Z2)[0], "loss": loss,
        "dz2": dZ2[0], "da1": dA1[0], "dz1": dZ1[0], "dW1": dW1, "dW2": dW2, "db1": db1,
        "db2": db2,
    }  # fmt: skip


def convolve(X, K):
    X, K = np.array(X, float)[None, :, :, None], np.array(K, float)[:, :, None, None]
    return formulas.conv2d(X, K)[0, :, :, 0]


def batch_norm(x, gamma, beta):
    X = np.array(x)[:, None]
    mean, var = X.mean(axis=0), X.var(axis=0)
    Y, X_hat = formulas.batch_norm(X, np.array([gamma]), np.array([beta]), mean, var)
    return {"mean": mean[0], "variance": var[0], "xHat": X_hat[:, 0], "y": Y[:, 0]}


def turned(flat, steep, angle):
    turn = np.radians(angle)
    axes = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return axes, axes.T @ np.diag([flat, steep]) @ axes


def valley(flat, steep, angle, point):
    axes, H = turned(flat, steep, angle)
    point = np.array(point)
    return {"loss": point @ H @ point / 2, "slope": H @ point, "place": axes.T @ point}


def descend(rule, rate, momentum, start, flat, steep, angle, steps):
    H = turned(flat, steep, angle)[1]
    rules = {"gradient descent": SGD(), "momentum": SGD(momentum), "Adam": Adam(momentum)}
    theta, path = np.array(start, float), [np.array(start, float)]
    for _ in range(steps):
        rules[rule].step(theta, H @ theta, rate)
        path.append(theta.copy())
    return np.array(path)


def scaled(sizes, std):
    return np.array(sizes) * std ** np.arange(1, len(sizes) + 1)


def elastic(pixels, noise, alpha, sigma):
    """What `augment.elastic` makes of an image where the noise is given."""
    drawn = (np.array(noise).reshape(2, 1, 28, 28) + 1) / 2
    rng = SimpleNamespace(random=lambda shape, dtype: drawn)
    return augment.elastic(np.array([pixels], dtype=float), rng, alpha, sigma)[0]


PYTHON = {
    "affine": affine,
    "affineBack": affine_back,
    "softmax": lambda z: formulas.softmax(np.array(z)),
    "softmaxLoss": softmax_loss,
    "hiddenLayer": hidden_layer,
    "convolve": convolve,
    "batchNorm": batch_norm,
    "valley": valley,
    "descend": descend,
    "scaled": scaled,
    "elastic": elastic,
}
# `ravine` and `descend` take or give functions in JavaScript; here they are asked for numbers.
HARNESS = """
const valley = (flat, steep, angle, point) => {
  const found = ravine(flat, steep, angle);
  return {loss: found.loss(point), slope: found.slope(point), place: found.place(point)};
};
const walk = (rule, rate, momentum, start, flat, steep, angle, steps) =>
  descend(rule, rate, momentum, start, ravine(flat, steep, angle).slope, steps);
const elastic = (pixels, noise, alpha, sigma) => {
  const [dx, dy] = noise.map((axis) => smoothed(axis, alpha, sigma));
  return fetched(pixels, dx, dy);
};
const all = {affine, affineBack, softmax, softmaxLoss, hiddenLayer, convolve, batchNorm, valley,
  descend: walk, scaled, elastic};
const cases = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(cases.map(({name, inputs}) => all[name](...inputs))));
"""


def flat(answer):
    """The numbers of an answer in one row; of a dict by its sorted names."""
    if isinstance(answer, dict):
        return np.concatenate([flat(answer[name]) for name in sorted(answer)])
    return np.ravel(np.asarray(answer, dtype=float))


def cases():
    return json.loads(VECTORS.read_text(encoding="utf-8"))


IDS = [f"{n}-{case['name']}" for n, case in enumerate(cases())] if VECTORS.exists() else []


@pytest.fixture(scope="module")
def from_node():
    """The answers of arithmetic.js to all cases."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed: the arithmetic in JavaScript is not tried here")
    script = ARITHMETIC.read_text(encoding="utf-8") + HARNESS
    run = subprocess.run(
        [node, "-e", script], input=json.dumps(cases()), capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.parametrize("n", range(len(IDS)), ids=IDS)
def test_javascript_computes_what_the_vectors_say(from_node, n):
    case, got = cases()[n], from_node[n]
    if isinstance(case["answer"], dict):
        assert sorted(got) == sorted(case["answer"])
    np.testing.assert_allclose(flat(got), flat(case["answer"]), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("n", range(len(IDS)), ids=IDS)
def test_the_formulas_compute_what_the_vectors_say(n):
    case = cases()[n]
    answer = PYTHON[case["name"]](*case["inputs"])
    np.testing.assert_allclose(flat(answer), flat(case["answer"]), rtol=1e-9, atol=1e-9)


def test_the_vectors_try_every_function_more_than_once():
    names = [case["name"] for case in cases()]
    assert all(names.count(name) >= 2 for name in PYTHON)


class Parts(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("name", THINGS)
def test_html_stands_alone_and_is_small(name):
    text = THINGS[name]()._repr_html_()
    assert len(text.encode()) <= 40_000
    tags = Parts(text).tags
    (root,) = [attrs for _, attrs in tags if attrs.get("class") == "digit-touch"]
    assert (root["data-touch"], root["role"]) == (name, "group")
    assert root["aria-label"]
    assert json.loads(root["data-settings"]) == THINGS[name]().settings
    assert not any({"src", "href", "id"} & attrs.keys() for _, attrs in tags)
    addresses = text.replace("http://www.w3.org/2000/svg", "")  # a name, not a request
    for request in ("http:", "https:", "fetch(", "import(", "XMLHttp", "@import", "url("):
        assert request not in addresses, request


@pytest.mark.parametrize("name", THINGS)
def test_text_and_html_are_the_same_every_time(name):
    one, other = THINGS[name](), THINGS[name]()
    assert repr(one) == repr(other)
    assert repr(one).startswith("<to touch: ")
    assert "0x" not in repr(one)
    assert one._repr_html_() == other._repr_html_()


def test_settings_reach_the_page_as_they_were_given():
    assert touch.softmax(np.zeros(3), truth=1).settings["scores"] == [0, 0, 0]
    assert touch.convolution(DIGIT).settings["pixels"] == [n % 256 for n in range(784)]
    assert touch.batch_norm((1, 2), gamma=2).settings == {"x": [1, 2], "gamma": 2, "beta": 0}
    label = touch.Touch("softmax", 'a "<b>"', {"x": "'\"<"})._repr_html_()
    (root,) = [a for _, a in Parts(label).tags if a.get("class") == "digit-touch"]
    assert root["aria-label"] == 'a "<b>"'
    assert json.loads(root["data-settings"]) == {"x": "'\"<"}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: touch.softmax([1.0]), "two to ten scores; got 1"),
        (lambda: touch.softmax([6.0, 0]), "scores run from -5 to 5"),
        (lambda: touch.softmax([[1.0, 2]]), r"scores has 1 axes here; got shape \(1, 2\)"),
        (lambda: touch.softmax([np.nan, 0]), "scores holds a number that is not finite"),
        (lambda: touch.softmax(truth=10), "truth is one of 0 to 9; got 10"),
        (lambda: touch.softmax(temperature=0), "temperature runs from 0.1 to 10; got 0"),
        (lambda: touch.hidden_layer(x=[1, 2, 3]), r"x has shape \(2,\) in this network"),
        (lambda: touch.hidden_layer(W1=np.eye(3)), r"W1 has shape \(2, 2\) in this network"),
        (lambda: touch.hidden_layer(truth=3), "truth is one of 0 to 2"),
        (lambda: touch.convolution(DIGIT[:27]), r"\(N, 28, 28\); got shape \(1, 27, 28\)"),
        (lambda: touch.convolution(DIGIT, np.eye(5)), r"the kernel is \(3, 3\); got \(5, 5\)"),
        (lambda: touch.ravine(rates=[1, 1]), "rates holds one for each of three"),
        (lambda: touch.ravine(rates=[1, 1, 11]), "rates run from 0.001 to 10"),
        (lambda: touch.ravine(momentum=1), "momentum runs from 0 to 0.99"),
        (lambda: touch.ravine(angle=91), "angle runs from 0 to 90"),
        (lambda: touch.batch_norm([1]), "two to eight numbers; got 1"),
        (lambda: touch.batch_norm([9, 1]), "x runs from -8 to 8"),
        (lambda: touch.batch_norm(gamma=4), "gamma runs from 0 to 3; got 4"),
        (lambda: touch.batch_norm(beta=4), "beta runs from -3 to 3; got 4"),
        (lambda: touch.downhill(rate=5), "rate runs from 0 to 4; got 5"),
        (lambda: touch.initialisation(std=5), "std runs from 0.01 to 3; got 5"),
        (lambda: touch.initialisation(layers=1), "two to twelve layers are drawn; got 1"),
        (lambda: touch.initialisation(width=4), "width runs from 16 units"),
        (lambda: touch.augmentation(DIGIT, alpha=-1), "alpha runs from 0 to 100; got -1"),
        (lambda: touch.augmentation(DIGIT, sigma=0), "sigma runs from 1 to 10 pixels; got 0"),
        (lambda: touch.downhill(start=5), "start runs from -3 to 3; got 5"),
    ],
)
def test_settings_outside_the_sliders_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_the_sizes_of_a_deep_network_are_those_of_its_weights():
    settings = touch.initialisation(width=30, layers=4, seed=3).settings
    rng = np.random.default_rng(3)
    A, std = rng.standard_normal((200, 30)), 0.3
    W = std * rng.standard_normal((4, 30, 30))
    masks, forward, back = [], [], []
    for weights in W:
        Z = A @ weights
        A = formulas.relu(Z)
        masks.append(Z)
        forward.append(np.sqrt((A**2).mean()))
    dA = rng.standard_normal((200, 30))
    for weights, Z in zip(W[::-1], masks[::-1]):
        dA = formulas.affine_dX(formulas.relu_backward(dA, Z), weights)
        back.append(np.sqrt((dA**2).mean()))
    np.testing.assert_allclose(scaled(settings["forward"], std), forward, rtol=1e-9)
    np.testing.assert_allclose(scaled(settings["back"], std), back, rtol=1e-9)


def test_the_ends_of_the_sliders_belong_to_them():
    for end in (0, 1):
        touch.softmax([-5, 5], truth=end, temperature=(0.1, 10)[end])
        touch.ravine(momentum=(0, 0.99)[end], angle=(0, 90)[end], rates=[0.001, 10, 1])
        touch.batch_norm([-8, 8], gamma=(0, 3)[end], beta=(-3, 3)[end])
        touch.downhill(rate=(0, 4)[end], start=(-3, 3)[end])
        touch.initialisation((16, 256)[end], layers=(2, 12)[end], std=(0.01, 3)[end])
        touch.augmentation(DIGIT, alpha=(0, 100)[end], sigma=(1, 10)[end])
    assert len(touch.batch_norm(range(8)).settings["x"]) == 8
    assert len(touch.softmax(np.zeros(10)).settings["scores"]) == 10
    noise = touch.augmentation(DIGIT).settings["noise"]
    assert (np.min(noise), np.max(noise), np.shape(noise)) == (-64, 64, (2, 784))


def test_every_script_and_the_style_are_in_the_package():
    parts = {path.name for path in touch.PARTS.iterdir() if path.suffix in (".js", ".css")}
    assert parts == {
        "arithmetic.js",
        "view.js",
        "style.css",
        *(f"{name}.js" for name in THINGS),
    }


def write_vectors():
    rng = np.random.default_rng(20261126)

    def some(*shape):
        return rng.standard_normal(shape).round(3).tolist()

    asked = []
    for sizes in ((2, 3), (4, 2)):
        asked.append(("affine", [some(sizes[0]), some(*sizes), some(sizes[1])]))
        asked.append(("affineBack", [some(sizes[1]), some(*sizes)]))
    asked += [("softmax", [z]) for z in (some(10), [800.0, 790.0, -900.0])]
    for label, temperature in ((0, 1.0), (3, 0.1), (9, 7.5)):
        asked.append(("softmaxLoss", [some(10), label, temperature]))
    for label, on in ((0, [True, True]), (2, [False, True]), (1, [False, False])):
        params = {"W1": some(2, 2), "b1": some(2), "W2": some(2, 3), "b2": some(3)}
        asked.append(("hiddenLayer", [some(2), params, label, on]))
    asked += [("convolve", [some(7, 6), some(3, 3)]), ("convolve", [some(5, 5), some(2, 3)])]
    asked += [("batchNorm", [some(5), 1.0, 0.0]), ("batchNorm", [some(7), 2.5, -1.0])]
    asked.append(("batchNorm", [[2.0, 2.0, 2.0], 1.0, 0.5]))
    for angle in (0, 30, 90):
        asked.append(("valley", [1, 20, angle, some(2)]))
        for rule in ("gradient descent", "momentum", "Adam"):
            asked.append(("descend", [rule, 0.03, 0.8, [-10.0, 3.0], 1, 20, angle, 25]))
    asked += [("scaled", [[1.0, 5.5, 30.0], std]) for std in (0.2, 3.0)]
    for alpha, sigma in ((34.0, 4.0), (80.0, 1.5)):
        pixels = (rng.integers(0, 256, 784) / 255).round(3).tolist()
        noise = (rng.integers(-64, 65, (2, 784)) / 64).tolist()
        asked.append(("elastic", [pixels, noise, alpha, sigma]))
    vectors = []
    for name, inputs in asked:
        answer = PYTHON[name](*inputs)
        if isinstance(answer, dict):
            answer = {key: np.round(value, 12).tolist() for key, value in answer.items()}
        else:
            answer = answer.round(12).tolist()
        vectors.append({"name": name, "inputs": inputs, "answer": answer})
    lines = ",\n".join(json.dumps(vector) for vector in vectors)
    VECTORS.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(write_vectors())
