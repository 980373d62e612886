"""The comparisons of the course that take longer than a notebook, as records in the package.

    python -m tools.comparisons                 all of them; `make comparisons` does that
    python -m tools.comparisons optimisers …    some; make comparisons ONLY=optimisers
    python -m tools.comparisons --page          trains nothing; writes notes/comparisons.md anew

Each is one call of `digitlib.compare`, whose record goes to digitlib/records/NAME.json with the
command that made it; a notebook prints it with `compare.load(NAME)`. All train in float64 on
the sample's training part, of which every seed holds 800 digits out; the test part is not used.
A new comparison is one more function with @comparison.
"""

import argparse
import functools
import itertools
import json
import math
import re
import sys
from pathlib import Path

import numpy as np

from digitlib import (
    SGD,
    Adam,
    AdamW,
    BatchNorm,
    Conv2D,
    Dropout,
    Flatten,
    Layer,
    Linear,
    MaxPool,
    Network,
    ReLU,
    RMSProp,
    Unflatten,
    augment,
    cross_entropy,
    fit_temperature,
    init,
    load,
    one_hot,
    schedules,
    softmax,
    split,
)
from digitlib.compare import compare, t_interval
from digitlib.compare import load as load_record
from digitlib.net.training import evaluate, train

ROOT = Path(__file__).resolve().parent.parent
RECORDS = ROOT / "digitlib" / "records"
PAGE = ROOT / "notes" / "comparisons.md"
# What --page writes stands between these two lines; the rest of the page is kept by hand.
BEGIN, END = "<!-- records: written by tools/comparisons.py -->", "<!-- end of records -->"
COMPARISONS = {}


def comparison(f):
    """Enter f(digits, **common) -> Comparison under its own name, with dashes."""
    COMPARISONS[f.__name__.replace("_", "-")] = f
    return f


def trained(
    digits,
    seed,
    rate,
    *,
    optimizer=SGD,
    widths=(784, 64, 32, 10),
    norm=False,
    epochs=6,
    start=init.he,
    batch_size=64,
    moved=None,
    judge=lambda network, held_out: evaluate(network, held_out)[1],
    schedule=schedules.constant,
):
    """What `judge` says of a fresh network after `epochs` epochs in batches of `batch_size`.

    By default its validation accuracy. The seed gives the split, the start and the order of the
    batches, so that contestants of one seed differ in nothing else. moved: the augmentation.
    """
    train_set, valid_set = split(digits, 800, np.random.default_rng([seed, 800]))
    for_weights, for_batches = np.random.default_rng(seed).spawn(2)
    layers = []
    for i, (n_in, n_out) in enumerate(itertools.pairwise(widths)):
        layers.append(Linear(n_in, n_out, for_weights, start, np.float64))
        if i < len(widths) - 2:
            layers += [BatchNorm(n_out, dtype=np.float64)] * norm + [ReLU()]
    network = Network(*layers)
    for _ in train(
        network,
        train_set,
        epochs=epochs,
        optimizer=optimizer(),
        schedule=schedule(rate),
        rng=for_batches,
        batch_size=batch_size,
        augment=moved,
    ):
        pass
    return judge(network, valid_set)


@comparison
def optimisers(digits, **common):
    """Plain steps, momentum, RMSProp and Adam, at a constant rate (notebook 10)."""
    on, scaled = functools.partial, [0.0003, 0.001, 0.003, 0.01, 0.03]
    return compare(
        {
            "Adam": (on(trained, digits, optimizer=Adam), scaled),
            "RMSProp": (on(trained, digits, optimizer=RMSProp), scaled),
            "momentum": (
                on(trained, digits, optimizer=on(SGD, momentum=0.9)),
                [0.003, 0.01, 0.03, 0.1, 0.3],
            ),
            "SGD": (on(trained, digits), [0.03, 0.1, 0.3, 1.0, 3.0]),
        },
        seeds=10,
        title="Adam, RMSProp, momentum 0.9 and plain SGD on 784-64-32-10",
        budget="6 epochs on 3,200 digits in batches of 64, constant rate",
        **common,
    )


@comparison
def batch_sizes(digits, **common):
    """As many steps on 8, 64, 640 and all 3,200 digits each (notebook 07)."""
    small = functools.partial(trained, digits, widths=(784, 10, 10))
    steps = 400
    full = functools.partial(small, batch_size=None, epochs=steps)  # one step for each epoch
    return compare(
        {"all": full}
        | {
            f"{size}": functools.partial(small, batch_size=size, epochs=steps * size // 3200)
            for size in (640, 64, 8)
        },
        rates=[0.0125, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8],
        seeds=10,
        title="784-10-10 on all 3,200 digits per step, and on 640, 64 and 8",
        budget=f"{steps} steps, plain SGD, constant rate",
        **common,
    )


@comparison
def falling_rates(digits, **common):
    """A rate that falls along half a cosine against a constant one (notebook 10)."""
    on, epochs = functools.partial, 10
    falls = on(schedules.cosine, steps=epochs * 50, warmup=50)
    momentum = on(trained, digits, optimizer=on(SGD, momentum=0.9), epochs=epochs)
    adam = on(trained, digits, optimizer=Adam, epochs=epochs)
    small, large = [0.001, 0.003, 0.01, 0.03, 0.1], [0.003, 0.01, 0.03, 0.1, 0.3]
    return compare(
        {
            "momentum, cosine": (on(momentum, schedule=falls), large),
            "momentum, constant": (momentum, large),
            "Adam, cosine": (on(adam, schedule=falls), small),
            "Adam, constant": (adam, small),
        },
        seeds=10,
        title="784-64-32-10 with a rate that falls along a cosine, and with a constant one",
        budget="10 epochs on 3,200 digits in batches of 64; the cosine begins with one epoch "
        "of warm-up",
        **common,
    )


@comparison
def batch_norm(digits, **common):
    """Batch norm in a network that trains well without it, each at its own best rate."""
    plain = functools.partial(trained, digits)
    return compare(
        {"batch norm": functools.partial(plain, norm=True), "plain": plain},
        rates=[0.03, 0.1, 0.3, 1.0, 3.0],
        seeds=10,
        title="784-64-32-10 from He's start, with and without batch norm",
        budget="6 epochs on 3,200 digits in batches of 64, plain SGD, constant rate",
        **common,
    )


@comparison
def batch_norm_starts(digits, **common):
    """What batch norm mends: He's start and weights of size 1, with it and without (11)."""
    contestants = {
        f"{name}, {kind}": functools.partial(
            trained, digits, widths=(784, 64, 64, 10), start=start, norm=kind == "norm"
        )
        for name, start in (("He", init.he), ("size 1", init.normal))
        for kind in ("norm", "plain")
    }
    return compare(
        contestants,
        rates=[0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0],
        seeds=10,
        title="784-64-64-10 from He's start and from N(0, 1), with and without batch norm",
        budget="6 epochs on 3,200 digits in batches of 64, plain SGD, constant rate",
        **common,
    )


@comparison
def depth(digits, **common):
    """One, two and three hidden layers with at most 55,050 parameters each (notebook 08)."""
    wide = {"one hidden": (69,), "two hidden": (64, 64), "three hidden": (60, 60, 60)}
    return compare(
        {
            name: functools.partial(trained, digits, widths=(784, *hidden, 10), epochs=15)
            for name, hidden in reversed(wide.items())
        },
        rates=[0.05, 0.1, 0.2, 0.4, 0.8],
        seeds=10,
        title="One, two and three hidden layers with as many parameters as 784-64-64-10",
        budget="15 epochs on 3,200 digits in batches of 64, plain SGD, constant rate",
        **common,
    )


def uniform_over_root(rng, shape, dtype=np.float32):
    """The uniform start, divided by the root of the number of inputs."""
    return init.uniform(rng, shape, dtype) / dtype(math.sqrt(shape[0]))


@comparison
def starts(digits, **common):
    """He's start, numbers between -1/2 and 1/2, and these over the root of n_in."""
    rules = {
        "He": init.he,
        "uniform / root": uniform_over_root,
        "uniform": init.uniform,
    }
    return compare(
        {
            name: functools.partial(trained, digits, widths=(784, 64, 64, 10), start=rule)
            for name, rule in rules.items()
        },
        rates=[0.01, 0.03, 0.1, 0.3, 0.6, 1.0],
        seeds=10,
        title="784-64-64-10 from three random starts",
        budget="6 epochs on 3,200 digits in batches of 64, plain SGD, constant rate",
        **common,
    )


def held_out_loss(digits, seed, rate, *, smoothing=0.0, tempered=False):
    """The loss of 784-64-32-10 on 800 held-out digits, in nats, after 12 epochs of Adam.

    tempered   scores are divided first by the temperature that is best on 800 others
    """
    train_set, rest = split(digits, 1600, np.random.default_rng([seed, 1600]))
    judges, tuners = split(rest, 800, np.random.default_rng([seed, 800]))
    for_weights, for_batches = np.random.default_rng(seed).spawn(2)
    layers = []
    for n_in, n_out in ((784, 64), (64, 32), (32, 10)):
        layers += [Linear(n_in, n_out, for_weights, dtype=np.float64), ReLU()]
    network = Network(*layers[:-1])
    for _ in train(
        network,
        train_set,
        epochs=12,
        optimizer=Adam(),
        schedule=schedules.one_cycle(rate, 38 * 12),
        rng=for_batches,
        label_smoothing=smoothing,
    ):
        pass
    T = fit_temperature(network.scores(tuners.X), tuners.y) if tempered else 1.0
    return cross_entropy(softmax(network.scores(judges.X) / T), judges.y)


def _smoothing(digits, tempered, title, common):
    on = functools.partial
    return compare(
        {
            "smoothed": on(held_out_loss, digits, smoothing=0.1, tempered=tempered),
            "hard": on(held_out_loss, digits, tempered=tempered),
        },
        rates=[0.002, 0.004, 0.008, 0.016, 0.032, 0.064],
        seeds=10,
        lowest=True,
        unit="nats",
        title=f"Labels smoothed by a tenth, and hard labels: held-out loss {title}",
        budget="784-64-32-10, 12 epochs on 2,400 digits, Adam, one cycle up to the rate",
        **common,
    )


@comparison
def label_smoothing(digits, **common):
    """Label smoothing or hard labels, by the loss as trained (notebook 13)."""
    return _smoothing(digits, False, "as trained", common)


@comparison
def label_smoothing_tempered(digits, **common):
    """The same, after each network got its temperature (notebook 13)."""
    return _smoothing(digits, True, "with a temperature", common)


def under_attack(network, digits, eps=0.05):
    """Accuracy as it is, and after one step against the network's own slopes (notebook 16).

    No pixel moves by more than eps; of each digit the margin over its strongest rival is
    lowered. Returns {"attacked": share, "accuracy": share}.
    """
    scores = network.forward(digits.X)
    true = one_hot(digits.y, scores.shape[1], np.float64)
    rivals = np.where(true > 0, -np.inf, scores).argmax(axis=1)
    rival = one_hot(rivals, scores.shape[1], np.float64)
    network.layers[0].needs_dX = True
    slopes = network.backward(true - rival)
    moved = np.clip(digits.X - eps * np.sign(slopes), 0, 1)
    return {
        "attacked": float(np.mean(network.forward(moved).argmax(axis=1) == digits.y)),
        "accuracy": float(np.mean(scores.argmax(axis=1) == digits.y)),
    }


@comparison
def attacked(digits, **common):
    """Digits moved in training or not, judged by what is read after an attack (notebook 16)."""
    on = functools.partial(trained, digits, widths=(784, 64, 10), epochs=20, judge=under_attack)
    return compare(
        {"moved digits": functools.partial(on, moved=augment.affine), "as they are": on},
        rates=[0.1, 0.3, 0.5, 0.7, 1.0],
        seeds=10,
        score="attacked",
        title="784-64-10 with and without moved digits, after one step of 0.05 per pixel",
        budget="20 epochs on 3,200 digits in batches of 64, plain SGD, constant rate",
        **common,
    )


def dense(*hidden):
    """rng -> the layers of a network that looks at all pixels at once."""

    def build(rng):
        layers = []
        for n_in, n_out in itertools.pairwise((784, *hidden, 10)):
            layers += [Linear(n_in, n_out, rng, dtype=np.float64), ReLU()]
        return layers[:-1]

    return build


def convolutional(rng, between=()):
    """The layers of notebook 14's network: twice convolution, ReLU and pooling, then scores."""
    f8 = {"dtype": np.float64}
    layers = [Unflatten(28, 28, 1)]
    layers += [Conv2D(1, 8, 5, rng, **f8), ReLU(), MaxPool()]  # 28 - 4 = 24, then 12 pixels
    layers += [layer() for layer in between]
    layers += [Conv2D(8, 16, 5, rng, **f8), ReLU(), MaxPool()]  # 12 - 4 = 8, then 4 pixels
    return [*layers, Flatten(), Linear(4 * 4 * 16, 10, rng, **f8)]


def moved(X, pixels):
    """Each image along one of four ways in turn: right, left, down, up."""
    ways = np.array([(1, 0), (-1, 0), (0, 1), (0, -1)])
    return augment.move(X, np.eye(2)[None], pixels * ways[np.arange(len(X)) % 4])


class Misread(Layer):
    """A bug: images (N, C, H, W) taken for (N, H, W, C) by reshape, which moves no number."""

    def forward(self, X, train=False):
        self.shape = X.shape
        return X.transpose(0, 3, 1, 2).reshape(X.shape)

    def backward(self, dY):
        n, high, wide, channels = self.shape
        return dY.reshape(n, channels, high, wide).transpose(0, 2, 3, 1)


def turned_or_bent(X, rng):
    """The copies of notebook 12: by chance turned and shifted, or bent."""
    if rng.random() < 0.5:
        return augment.elastic(X, rng)
    return augment.affine(X, rng, shift=1, rotate=12)


def trained_by_adam(digits, seed, rate, *, build, epochs=6, copies=None):
    """Validation accuracy of a network after `epochs` epochs, and that on moved digits.

    The seed gives the split, the start and the order of the batches of 64.
    """
    train_set, valid_set = split(digits, 800, np.random.default_rng([seed, 800]))
    for_weights, for_batches = np.random.default_rng(seed).spawn(2)
    network = Network(*build(for_weights))
    for _ in train(
        network,
        train_set,
        epochs=epochs,
        optimizer=Adam(),
        schedule=schedules.constant(rate),
        rng=for_batches,
        augment=copies,
    ):
        pass
    found = {"accuracy": evaluate(network, valid_set)[1]}
    for pixels in (1, 2, 3, 4):
        there = moved(valid_set.X, pixels), valid_set.y
        found[f"moved by {pixels}"] = evaluate(network, there)[1]
    return found


@comparison
def convolution(digits, **common):
    """A convolutional network, and dense ones of as much work and of as many weights (14)."""
    networks = {
        "convolution": convolutional,
        "large dense": dense(352, 128),  # 322,304 multiplications against 322,560
        "small dense": dense(7),  # 5,575 numbers against 5,994
    }
    return compare(
        {
            name: functools.partial(trained_by_adam, digits, build=build)
            for name, build in networks.items()
        },
        rates=[0.0003, 0.001, 0.003, 0.01, 0.03],
        seeds=10,
        score="accuracy",
        title="Convolution 8-16, large dense 784-352-128-10, small dense 784-7-10",
        budget="6 epochs on 3,200 digits in batches of 64, Adam, constant rate",
        **common,
    )


@comparison
def convolution_copies(digits, **common):
    """The same question where both learn from copies, turned or bent (notebook 14)."""
    networks = {"convolution": convolutional, "large dense": dense(352, 128)}
    run = functools.partial(trained_by_adam, digits, epochs=12, copies=turned_or_bent)
    return compare(
        {name: functools.partial(run, build=build) for name, build in networks.items()},
        rates=[0.0003, 0.001, 0.003, 0.01, 0.03],
        seeds=10,
        score="accuracy",
        title="Convolution 8-16 and large dense 784-352-128-10, both with copies",
        budget="12 epochs on copies of 3,200 digits in batches of 64, Adam, constant rate",
        **common,
    )


@comparison
def channel_order(digits, **common):
    """What it costs to misread the order of the channels between two convolutions (14)."""
    networks = {
        "in order": convolutional,
        "misread": functools.partial(convolutional, between=[Misread]),
    }
    return compare(
        {
            name: functools.partial(trained_by_adam, digits, build=build)
            for name, build in networks.items()
        },
        rates=[0.0003, 0.001, 0.003, 0.01, 0.03],
        seeds=10,
        score="accuracy",
        title="Convolution 8-16, its channels in order and misread",
        budget="6 epochs on 3,200 digits in batches of 64, Adam, constant rate",
        **common,
    )


def regularised(digits, seed, rate, *, decay=0.0, dropped=0.0, copies=None):
    """Accuracy on 3,200 digits after 60 epochs of 784-128-64-10 on 800 others.

    AdamW, under one cycle that peaks at `rate`. The seed decides as in `trained`.

    decay     the price of AdamW's decay; biases are spared
    dropped   the share of hidden values that dropout silences, behind each ReLU
    copies    f(X, rng) -> X, which makes new digits of those of a batch
    """
    epochs, widths = 60, (784, 128, 64)
    held = len(digits.y) - 800
    train_set, valid_set = split(digits, held, np.random.default_rng([seed, 800]))
    for_weights, for_batches, for_dropout = np.random.default_rng(seed).spawn(3)
    layers = []
    for n_in, n_out in itertools.pairwise(widths):
        layers += [Linear(n_in, n_out, for_weights, dtype=np.float64), ReLU()]
        layers += [Dropout(dropped, for_dropout)] * (dropped > 0)
    network = Network(*layers, Linear(widths[-1], 10, for_weights, dtype=np.float64))
    for _ in train(
        network,
        train_set,
        epochs=epochs,
        optimizer=AdamW(weight_decay=decay, decay_mask=network.decay_mask),
        schedule=schedules.one_cycle(rate, epochs * math.ceil(len(train_set.y) / 64)),
        rng=for_batches,
        augment=copies,
        every=epochs,
    ):
        pass
    return evaluate(network, valid_set)[1]


def affine(X, rng):
    """The copies of notebook 12: shifted by at most one pixel, turned by at most 12 degrees."""
    return augment.affine(X, rng, shift=1, rotate=12)


@comparison
def regularisers(digits, **common):
    """Copies, dropout and decay where digits are few (notebook 12).

    p = 0.3 (of 0.3 and 0.5) and a decay of 0.5 (of 0.5 and 2) were chosen on seeds 20 to 22,
    which take no part here.
    """
    plain = functools.partial(regularised, digits)
    with_copies = functools.partial(plain, copies=affine)
    return compare(
        {
            "copies": with_copies,
            "copies and dropout": functools.partial(with_copies, dropped=0.3),
            "dropout": functools.partial(plain, dropped=0.3),
            "decay": functools.partial(plain, decay=0.5),
            "plain": plain,
        },
        rates=[0.002, 0.004, 0.008, 0.016, 0.032],
        seeds=10,
        title="784-128-64-10 on few digits: affine copies, dropout of 0.3, decay of 0.5",
        budget="60 epochs on 800 digits in batches of 64, AdamW, one cycle; 3,200 held out",
        **common,
    )


def entered(digits, seed, rate, *, norm=True, dropped=0.1, copies=affine, steady=False):
    """Held-out accuracy of notebook 15's network, 784-128-64-10, after 16 epochs of Adam.

    The seed decides as in `trained`.

    norm      batch norm before each ReLU
    dropped   the share of hidden values that dropout silences, behind each ReLU
    copies    f(X, rng) -> X, which makes new digits of those of a batch, or None
    steady    True: the rate stays; False: one cycle that peaks at it
    """
    epochs, widths = 16, (784, 128, 64)
    train_set, valid_set = split(digits, 800, np.random.default_rng([seed, 800]))
    for_weights, for_batches, for_dropout = np.random.default_rng(seed).spawn(3)
    layers = []
    for n_in, n_out in itertools.pairwise(widths):
        layers.append(Linear(n_in, n_out, for_weights, dtype=np.float64))
        layers += [BatchNorm(n_out, dtype=np.float64)] * norm + [ReLU()]
        layers += [Dropout(dropped, for_dropout)] * (dropped > 0)
    network = Network(*layers, Linear(widths[-1], 10, for_weights, dtype=np.float64))
    cycle = schedules.one_cycle(rate, epochs * math.ceil(len(train_set.y) / 64))
    for _ in train(
        network,
        train_set,
        epochs=epochs,
        optimizer=Adam(),
        schedule=schedules.constant(rate) if steady else cycle,
        rng=for_batches,
        augment=copies,
        every=epochs,
    ):
        pass
    return evaluate(network, valid_set)[1]


@comparison
def left_out(digits, **common):
    """What each part of notebook 15's training is worth, left out alone."""
    run = functools.partial(entered, digits)
    return compare(
        {
            "all four": run,
            "no copies": functools.partial(run, copies=None),
            "no batch norm": functools.partial(run, norm=False),
            "no dropout": functools.partial(run, dropped=0.0),
            "steady rate": functools.partial(run, steady=True),
        },
        rates=[0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064],
        seeds=10,
        title="784-128-64-10 with copies, batch norm, dropout and one cycle, and without each",
        budget="16 epochs on 3,200 digits in batches of 64, Adam; 800 held out",
        **common,
    )


def shown_in():
    """{record: ["08 §5", …]}, where a cell loads the record or the text names the call."""
    places = {}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        section = ""
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for line in "".join(cell["source"]).splitlines():
                heading = re.match(r"#{2,3} ((\d+) ·)?(.+)", line)
                if heading and cell["cell_type"] == "markdown":
                    section = f"§{heading[2]}" if heading[2] else f"*{heading[3]}*"
                for name in re.findall(r"\bload(?:_record)?\(\"([\w-]+)\"\)", line):
                    if (RECORDS / f"{name}.json").is_file():
                        places.setdefault(name, []).append(f"{path.name[:2]} {section}")
    return places


def _span(numbers):
    """'0 to 9' of a run of whole numbers, '1, 3, 8' of others."""
    if numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]} to {numbers[-1]}"
    return ", ".join(map(str, numbers))


def _tuned(record):
    """What each contestant tried and chose, as '0.1, **0.3**, 1': one line for equal lists."""
    lines = {}
    for name, rates in record["rates"].items():
        best = record["best"][name]
        tried = "none" if rates is None else ", ".join(f"{rate:g}" for rate in rates)
        lines.setdefault(tried, []).append(name if best is None else f"{name} **{best:g}**")
    return "<br>".join(f"{'; '.join(names)}: of {tried}" for tried, names in lines.items())


def _signed(value):
    return f"{value:+.2f}".replace("-", "−")


def records_part(names=None):
    """The part of notes/comparisons.md that the records of the package decide, as Markdown."""
    names = sorted(path.stem for path in RECORDS.glob("*.json")) if names is None else names
    places = shown_in()
    tuned = [
        "| record | question | shown in | rate chosen, of the rates tried | tries for each | "
        "compared on | budget |",
        "|---|---|---|---|---|---|---|",
    ]
    found = [
        "| record | first | second | first − second | interval, 95 % | finding |",
        "|---|---|---|---:|---:|---|",
    ]
    warned, better = [], 0
    for name in names:
        comparison = load_record(name)
        record = comparison.record
        tries = {
            sum(r["phase"] == "tuning" and r["contestant"] == c for r in record["runs"])
            for c in comparison.names
        }
        seeds = f"; seeds {_span(record['tuning_seeds'])}" if record["tuning_seeds"] else ""
        tries = ", ".join(map(str, sorted(tries)))
        cells = [
            f"`{name}`",
            record["title"],
            ", ".join(places.get(name, ["no notebook"])),
            _tuned(record),
            f"{tries}{seeds}",
            f"seeds {_span(record['seeds'])}",
            record["budget"],
        ]
        tuned.append(f"| {' | '.join(cells)} |")
        for first, second, each in comparison.pairs:
            mean, low, high = t_interval(each.values(), record["confidence"])
            winner = ""
            if low > 0 or high < 0:
                better += 1
                winner = first if (low > 0) != record["lowest"] else second
            said = f"**{winner}** is better" if winner else "nothing separates them"
            unit = record["unit"]
            found.append(
                f"| `{name}` | {first} | {second} | {_signed(mean)} {unit} | "
                f"{_signed(low)} to {_signed(high)} | {said} |"
            )
        warned += [f"- `{name}`: {warning}" for warning in comparison.warnings]
    pairs = len(found) - 2
    return "\n".join(
        [
            f"{len(names)} records, {pairs} pairs. In {better} pairs the interval leaves out "
            f"0, in {pairs - better} nothing separates the two.",
            "",
            "### What was tuned",
            "",
            *tuned,
            "",
            "### What was found",
            "",
            "Each interval is for its own pair; of many, some leave out 0 by chance.",
            "",
            *found,
            "",
            "### What the records warn of",
            "",
            *(warned or ["Nothing."]),
        ]
    )


def write_page(page=PAGE):
    """Put the records' part anew into the page, between its two marks; the rest stays."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise SystemExit(f"{page} lacks the line {BEGIN!r} or, behind it, {END!r}.")
    text = f"{before}{BEGIN}\n\n{records_part()}\n\n{END}{after}"
    page.write_text(text, encoding="utf-8")


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(COMPARISONS))
    parser.add_argument("-o", "--output", type=Path, default=RECORDS, metavar="DIR")
    parser.add_argument("--jobs", type=int, help="processes (one per core)")
    parser.add_argument("--page", action="store_true", help="write notes/comparisons.md only")
    arguments = parser.parse_args(argv)
    if arguments.page:
        write_page()
        return 0
    if unknown := set(arguments.names) - set(COMPARISONS):
        parser.error(f"no comparison {', '.join(sorted(unknown))}: {', '.join(COMPARISONS)}")
    arguments.output.mkdir(exist_ok=True)
    digits = load("sample", dtype=np.float64)[0]
    for name in arguments.names or COMPARISONS:
        command = f"make comparisons ONLY={name}"
        result = COMPARISONS[name](digits, command=command, jobs=arguments.jobs, progress=True)
        print(result, "", result.save(arguments.output / f"{name}.json"), "", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
