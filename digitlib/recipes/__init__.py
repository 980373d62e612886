"""The named networks: what is trained, how, and what its authors report.

A `Recipe` is a network and a protocol in one place, so that a number can be made again. The
first five are other people's, each under its own protocol; the rest is our ladder, in which
every rung adds one idea to the one before.

    run = recipes.run("three-layer-he", train, valid, seed=0)
    run.network.predict(test.X)

`python -m digitlib reproduce` trains them all and prints one table; notes/results.md has it
at full size.
"""

from types import MappingProxyType

from digitlib.data import augment as copies
from digitlib.net import schedules
from digitlib.net.init import uniform
from digitlib.net.layers import LeakyReLU, ReLU
from digitlib.net.optim import SGD, Adam, AdamW
from digitlib.recipes.networks import cnn, mlp
from digitlib.recipes.recipe import Recipe, Run, start, train_recipe

__all__ = ["RECIPES", "Recipe", "Run", "find", "fresh", "run"]


def find(recipe):
    """The recipe of that name; a Recipe is returned as it is.

    Raises ValueError with all names for an unknown one.
    """
    if isinstance(recipe, Recipe):
        return recipe
    if recipe not in RECIPES:
        raise ValueError(f"no recipe {recipe!r}; there are {', '.join(RECIPES)}")
    return RECIPES[recipe]


def run(recipe, train_set, valid_set=None, *, seed=0, progress=True):
    """Train a fresh network on exactly `train_set`; returns a `Run` (notebook 15).

    recipe      a name in RECIPES, or a Recipe
    train_set   Digits, X (N, 784) float32 in [0, 1]
    valid_set   Digits that are measured after each epoch and choose nothing, or None: the
                network ends with its last weights
    seed        every random number comes from one Generator with this seed, in streams of
                their own for weights with dropout, and for shuffling with augmentation
    progress    a tqdm bar on stderr, where tqdm is installed

    Raises ValueError for an unknown name, FloatingPointError where the loss stops being a
    number, KeyboardInterrupt where it is interrupted.
    """
    return train_recipe(find(recipe), train_set, valid_set, seed, progress)


def fresh(recipe, seed=0):
    """The network with which `run` begins for that seed, untrained."""
    return start(find(recipe), seed)[0]


def _sgd(network):
    return SGD()


def _adam(network):
    return Adam()


def _adamw(network):
    return AdamW(weight_decay=0.01, decay_mask=network.decay_mask)


def _rate(lr):
    return lambda steps: schedules.constant(lr)


def _one_cycle(lr):
    return lambda steps: schedules.one_cycle(lr, steps)


def _affine(X, rng):
    return copies.affine(X, rng, shift=1, rotate=12, scale=0.12, shear=6)


def _affine_or_bent(X, rng):
    """Affine copies; a coin for each batch says whether they are bent as well."""
    X = _affine(X, rng)
    return copies.elastic(X, rng) if rng.random() < 0.5 else X


# The two-layer network of the familiar Kaggle notebooks: everything U(−½, ½), biases too.
_two_layers = mlp(784, 10, 10, init=uniform, drawn_biases=True)
_GD = {"layout": "784-10-10", "build": _two_layers, "batch_size": None, "optimizer": _sgd}

_ALL = [
    Recipe(
        "two-layer-gd",
        "ten hidden units, gradient descent on all rows at once",
        **_GD,
        epochs=490,
        schedule=_rate(0.1),
        valid_share=1000 / 42000,
        reported="84.53 % train, 83.40 % dev",
        targets=MappingProxyType({"train": 0.8453, "valid": 0.8340}),
        choices="biases are drawn like the weights, as in the notebooks that people copy; "
        "those add a bias's gradient up over the units too, here each unit has its own",
    ),
    Recipe(
        "two-layer-gd-500",
        "the same with ten iterations more",
        **_GD,
        epochs=500,
        schedule=_rate(0.1),
        valid_share=1000 / 42000,
        reported="'most digits right'",
        targets=MappingProxyType({"valid": 0.5}),
        choices="'most' is read as more than half of the dev rows",
    ),
    Recipe(
        "two-layer-long",
        "the same, trained on until it is done",
        **_GD,
        epochs=2000,
        schedule=_rate(0.5),
        valid_share=1000 / 42000,
        reported="about 90 % and more",
        targets=MappingProxyType({"valid": 0.90}),
        choices="its authors give no protocol: rate 0.5 and 2,000 iterations are ours, the "
        "split is that of two-layer-gd",
    ),
    Recipe(
        "three-layer-leaky",
        "two hidden layers, ReLU and then leaky ReLU",
        "784-64-64-10",
        mlp(784, 64, 64, 10, activations=(ReLU, LeakyReLU)),
        epochs=20,
        batch_size=64,
        optimizer=_sgd,
        schedule=_rate(0.05),
        valid_share=0.1,
        reported="95.95 % train, 96.2 % test",
        targets=MappingProxyType({"train": 0.9595, "valid": 0.962}),
        choices="rate 0.05, batches of 64, 20 epochs, He's start and a dev share of a tenth "
        "are ours; its README also says 'Leaky Sigmoid', we took the leaky ReLU (slope 0.01); "
        "its 'test' is a part of the labelled rows, our validation column",
    ),
    Recipe(
        "three-layer-he",
        "two hidden layers, He's start, mini-batches",
        "784-128-64-10",
        mlp(784, 128, 64, 10),
        epochs=20,
        batch_size=64,
        optimizer=_sgd,
        schedule=_rate(0.01),
        valid_share=0.2,
        reported="95.07 %, loss 0.1366",
        targets=MappingProxyType(
            {"valid": 0.9507, "loss 1": 1.1287, "loss 10": 0.2068, "loss 20": 0.1366}
        ),
        choices="the losses are taken as the mean over each epoch's batches",
    ),
    Recipe(
        "softmax-regression",
        "no hidden layer: what a straight line can do",
        "784-10",
        mlp(784, 10),
        epochs=10,
        batch_size=64,
        optimizer=_sgd,
        schedule=_rate(0.1),
    ),
    Recipe(
        "two-layer-adam",
        "two-layer-gd's network with mini-batches and Adam",
        "784-10-10",
        mlp(784, 10, 10),
        epochs=20,
        batch_size=64,
        optimizer=_adam,
        schedule=_rate(1e-3),
    ),
    Recipe(
        "three-layer-adam",
        "three-layer-he's network with Adam and a one-cycle rate",
        "784-128-64-10",
        mlp(784, 128, 64, 10),
        epochs=20,
        batch_size=64,
        optimizer=_adam,
        schedule=_one_cycle(4e-3),
    ),
    Recipe(
        "three-layer-norm",
        "and batch norm",
        "784-128-64-10",
        mlp(784, 128, 64, 10, norm=True),
        epochs=20,
        batch_size=64,
        optimizer=_adam,
        schedule=_one_cycle(4e-3),
    ),
    Recipe(
        "three-layer-dropout",
        "and dropout",
        "784-128-64-10",
        mlp(784, 128, 64, 10, norm=True, dropout=0.1),
        epochs=20,
        batch_size=64,
        optimizer=_adam,
        schedule=_one_cycle(4e-3),
    ),
    Recipe(
        "three-layer-augment",
        "and random affine copies in every batch",
        "784-128-64-10",
        mlp(784, 128, 64, 10, norm=True, dropout=0.1),
        epochs=20,
        batch_size=64,
        optimizer=_adam,
        schedule=_one_cycle(4e-3),
        augment=_affine,
    ),
    Recipe(
        "mlp-best",
        "eight times as wide and twice as long; elastic copies too, label smoothing, decay",
        "784-1024-512-10",
        mlp(784, 1024, 512, 10, norm=True, dropout=0.2),
        epochs=40,
        small_epochs=30,
        batch_size=256,
        optimizer=_adamw,
        schedule=_one_cycle(4e-3),
        label_smoothing=0.1,
        augment=_affine_or_bent,
    ),
    Recipe(
        "cnn-best",
        "convolution: 24, 48 and 96 filters of 3 × 3 pixels",
        "3 × 3: 24-48-96, 10",
        cnn(24, 48, 96, dropout=0.3),
        epochs=30,
        small_epochs=25,
        batch_size=128,
        optimizer=_adamw,
        schedule=_one_cycle(4e-3),
        label_smoothing=0.05,
        augment=_affine,
    ),
]

RECIPES = {recipe.name: recipe for recipe in _ALL}
