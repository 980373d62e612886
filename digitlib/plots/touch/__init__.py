"""Things to touch: figures that move under the reader's hand, in a notebook and on a page.

Each function returns a `Touch`, which a notebook shows as HTML with its own style and script:
no library, no request, at most 40 kB. Numbers, sliders and colours follow the static figures,
which stay beside them for GitHub and print, where no script runs. All of it works by keyboard,
on a phone, and in light and dark. The arithmetic is in `arithmetic.js`; the tests run it
against digitlib's formulas.
"""

import html
import json
from importlib.resources import files

import numpy as np

from digitlib.plots.style import as_images, check

__all__ = [
    "Touch",
    "augmentation",
    "batch_norm",
    "convolution",
    "downhill",
    "hidden_layer",
    "initialisation",
    "ravine",
    "softmax",
]

PARTS = files(__name__)
WAITING = "This figure moves where scripts run: run its cell in a notebook."


class Touch:
    """A figure to touch: `_repr_html_` for a notebook, one line of text elsewhere.

    name       of the script that builds it
    label      a sentence that says what can be done, for screen readers
    settings   what the script starts from: numbers, lists and names
    """

    def __init__(self, name, label, settings):
        self.name, self.label, self.settings = name, label, settings

    def _repr_html_(self):
        script = "\n".join(_part(f"{name}.js") for name in ("arithmetic", "view", self.name))
        settings = html.escape(json.dumps(self.settings, separators=(",", ":")))
        return (
            f'<div class="digit-touch" data-touch="{self.name}" role="group" '
            f'aria-label="{html.escape(self.label)}" data-settings="{settings}">'
            f"<p>{WAITING}</p><style>{_part('style.css')}</style>"
            f"<script>(() => {{\n{script}}})();</script></div>"
        )

    def __repr__(self):
        return f"<to touch: {self.label}>"


def softmax(scores=None, truth=3, temperature=1.0, loss=True):
    """Ten scores to drag; the probabilities, the loss and P − Y move along.

    scores (10,) from -5 to 5, truth a digit, temperature from 0.1 to 10. loss=False leaves out
    the loss and its slopes P − Y, for a reader who has still to derive them. Derived in
    notebook 02, 'downhill', and, with the loss, in 03, 'softmax regression'.
    """
    z = [0, -1, 0.5, 2, -0.5, 1.5, -2, 0, 1, -1] if scores is None else scores
    z = _numbers(z, "scores", 1)
    check(2 <= len(z) <= 10, f"softmax draws two to ten scores; got {len(z)}")
    check(max(map(abs, z)) <= 5, f"scores run from -5 to 5; got {z}")
    check(0.1 <= temperature <= 10, f"temperature runs from 0.1 to 10; got {temperature}")
    return Touch(
        "softmax",
        "Softmax: drag ten scores, choose the true digit and the temperature"
        if loss
        else "Softmax: drag ten scores, choose a digit to watch and the temperature",
        {
            "scores": z,
            "truth": _choice(truth, len(z), "truth"),
            "temperature": temperature,
            "loss": bool(loss),
        },
    )


def hidden_layer(x=(0.8, 0.5), W1=None, b1=(0.1, 0.2), W2=None, b2=(0.0, 0.0, 0.0), truth=0):
    """Two inputs, two ReLU units, three scores: nudge a weight, switch a unit off.

    x (2,), W1 (2, 2), b1 (2,), W2 (2, 3), b2 (3,), numbers from -3 to 3; truth is the true
    class, 0 to 2. Values run forward in black and blame back in orange, as in `plots.wires`.
    Derived in notebook 04, 'one hidden layer'.
    """
    params = {
        "W1": _numbers([[0.9, -0.4], [0.2, 1.1]] if W1 is None else W1, "W1", 2),
        "b1": _numbers(b1, "b1", 1),
        "W2": _numbers([[1.0, -0.5, 0.2], [0.3, 0.9, -0.4]] if W2 is None else W2, "W2", 2),
        "b2": _numbers(b2, "b2", 1),
    }
    x = _numbers(x, "x", 1)
    for name, shape in {"W1": (2, 2), "b1": (2,), "W2": (2, 3), "b2": (3,)}.items():
        got = np.shape(params[name])
        check(got == shape, f"{name} has shape {shape} in this network; got {got}")
    check(len(x) == 2, f"x has shape (2,) in this network; got ({len(x)},)")
    return Touch(
        "hidden_layer",
        "One hidden layer: nudge a weight, switch a ReLU unit off, see values and blame",
        {"x": x, "params": params, "truth": _choice(truth, 3, "truth")},
    )


KERNELS = {
    "left edges": [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]],
    "upper edges": [[-1, -1, -1], [0, 0, 0], [1, 1, 1]],
    "blur": [[0.1, 0.1, 0.1], [0.1, 0.2, 0.1], [0.1, 0.1, 0.1]],
    "outline": [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
}


def convolution(image, kernel=None):
    """A window to move over a digit, and a kernel of 3 x 3 to edit; the answer lights up.

    image (784,) or (28, 28) as for `digit_grid`; its pixels are rounded to 1/255. kernel
    (3, 3), by default one that finds left edges. Derived in notebook 14, 'convolution'.
    """
    pixels = _pixels(image)
    kernel = _numbers(KERNELS["left edges"] if kernel is None else kernel, "kernel", 2)
    check(np.shape(kernel) == (3, 3), f"the kernel is (3, 3); got {np.shape(kernel)}")
    return Touch(
        "convolution",
        "Convolution: move the window over a digit, edit the kernel, see the answer",
        {
            "pixels": pixels,
            "kernel": kernel,
            "kernels": KERNELS,
        },
    )


def ravine(momentum=0.9, angle=0, rates=(0.036, 0.02, 0.5), steps=60):
    """Gradient descent, momentum and Adam in a ravine that can be turned, each at its rate.

    The loss is ½ (s² + 50 t²) with s along the ravine and t across; all start at (-10, 2).
    momentum from 0 to 0.99, also Adam's β1; angle from 0 to 90 degrees; three rates from
    0.001 to 10. Derived in notebook 10, 'optimisers'.
    """
    rates = _numbers(rates, "rates", 1)
    check(len(rates) == 3, f"rates holds one for each of three optimisers; got {rates}")
    check(min(rates) >= 0.001 and max(rates) <= 10, f"rates run from 0.001 to 10; got {rates}")
    check(0 <= momentum <= 0.99, f"momentum runs from 0 to 0.99; got {momentum}")
    check(0 <= angle <= 90, f"the angle runs from 0 to 90 degrees; got {angle}")
    return Touch(
        "ravine",
        "A ravine: set three optimisers' rates, the momentum and the ravine's angle",
        {
            "flat": 1, "steep": 50, "from": [-10, 2], "steps": int(steps), "rates": rates,
            "momentum": momentum, "angle": angle,
        },
    )  # fmt: skip


def batch_norm(x=(-3.0, -1.0, 0.5, 1.5, 4.0), gamma=1.0, beta=0.0):
    """Five numbers on a line: drag one, and batch norm moves all five outputs.

    x, two to eight numbers from -8 to 8; gamma from 0 to 3, beta from -3 to 3. Derived in
    notebook 11, 'batch norm'.
    """
    x = _numbers(x, "x", 1)
    check(2 <= len(x) <= 8, f"x holds two to eight numbers; got {len(x)}")
    check(max(map(abs, x)) <= 8, f"x runs from -8 to 8; got {x}")
    check(0 <= gamma <= 3, f"gamma runs from 0 to 3; got {gamma}")
    check(-3 <= beta <= 3, f"beta runs from -3 to 3; got {beta}")
    return Touch(
        "batch_norm",
        "Batch norm: drag one point of the batch and all outputs move",
        {"x": x, "gamma": gamma, "beta": beta},
    )


def downhill(rate=0.3, start=2.5, steps=10):
    """One weight on the parabola ½ w²: a slider for the rate, from 0 over the edge to 4.

    rate from 0 to 4, start from -3 to 3. Derived in notebook 02, 'downhill'.
    """
    check(0 <= rate <= 4, f"the rate runs from 0 to 4; got {rate}")
    check(-3 <= start <= 3, f"start runs from -3 to 3; got {start}")
    return Touch(
        "downhill",
        "Downhill: choose the rate and where one weight starts on a parabola",
        {"from": start, "steps": int(steps), "rate": rate},
    )


def initialisation(width=64, layers=10, std=0.5, seed=0):
    """A deep ReLU network before training: find the std at which nothing grows or fades.

    A batch of 200 normal numbers goes forward through `layers` layers of `width` units without
    biases, and a blame as large comes back; std, from 0.01 to 3, is that of the weights. The
    sizes (root mean squares) are those of the weights drawn with `seed`: every layer
    multiplies them by std, so the page needs them once, for std 1. Derived in notebook 09.
    """
    check(0.01 <= std <= 3, f"std runs from 0.01 to 3; got {std}")
    check(2 <= layers <= 12, f"two to twelve layers are drawn; got {layers}")
    check(
        16 <= width <= 256,
        f"width runs from 16 units, below which all may die, to 256: {width}",
    )
    rng = np.random.default_rng(seed)
    A, masks, sizes = rng.standard_normal((200, width)), [], []
    W = rng.standard_normal((layers, width, width))
    for weights in W:
        Z = A @ weights
        masks.append(Z > 0)
        A = Z * masks[-1]
        sizes.append(_size(A))
        A = A / sizes[-1]  # kept near 1, against overflow; the sizes are multiplied up below
    dA, back = rng.standard_normal((200, width)), []
    for weights, mask in zip(W[::-1], masks[::-1]):
        dA = (dA * mask) @ weights.T
        back.append(_size(dA))
        dA = dA / back[-1]
    return Touch(
        "initialisation",
        "Initialisation: find the standard deviation at which nothing grows or fades",
        {
            "forward": np.cumprod(sizes).tolist(), "back": np.cumprod(back).tolist(),
            "width": int(width), "std": std,
        },
    )  # fmt: skip


UNIT = 64  # noise is inlined in whole 64ths


def augmentation(image, alpha=34, sigma=4, seed=0):
    """A digit bent along a smooth random field, by two sliders, as `augment.elastic` does.

    image (784,) or (28, 28) as for `digit_grid`; alpha from 0 to 100 and sigma from 1 to 10
    pixels as in `augment.elastic`; the field is drawn with `seed`. Derived in notebook 12.
    """
    check(0 <= alpha <= 100, f"alpha runs from 0 to 100; got {alpha}")
    check(1 <= sigma <= 10, f"sigma runs from 1 to 10 pixels; got {sigma}")
    noise = np.random.default_rng(seed).integers(-UNIT, UNIT + 1, (2, 784))
    settings = {"noise": noise.tolist(), "unit": UNIT, "alpha": alpha, "sigma": sigma}
    return Touch(
        "augmentation",
        "Augmentation: bend a digit, by how far and how smoothly",
        {"pixels": _pixels(image), **settings},
    )


def _size(A):
    return float(np.sqrt((A**2).mean()))


def _pixels(image):
    """A digit as 784 whole numbers from 0 to 255."""
    pixels = as_images(np.asarray(image)[None])[0]
    return np.rint(255 * pixels).astype(int).ravel().tolist()


def _part(name):
    return PARTS.joinpath(name).read_text(encoding="utf-8")


def _numbers(values, name, ndim):
    array = np.asarray(values, dtype=float)
    check(array.ndim == ndim, f"{name} has {ndim} axes here; got shape {array.shape}")
    check(np.isfinite(array).all(), f"{name} holds a number that is not finite")
    return array.round(6).tolist()


def _choice(value, count, name):
    check(value in range(count), f"{name} is one of 0 to {count - 1}; got {value!r}")
    return int(value)
