"""A named recipe as the function of a sweep: its fields are the settings.

The recipes are imported where they are used: a worker with another function needs none of them.
"""

import dataclasses
import inspect
import math

from digitlib.data.readers import Digits

__all__ = ["RecipeRun", "of_recipe"]


def of_recipe(recipe, digits):
    """The function f(seed, **settings) that trains a recipe, for `sweep`.

    recipe   a name in `recipes.RECIPES`, or a Recipe
    digits   labelled Digits. For each seed they are split as the recipe's authors split them;
             one seed, one split, whatever the settings.

    f trains the recipe with those settings and returns train_loss, train_accuracy, valid_loss
    and valid_accuracy, of the finished network. Settings that are left out are the recipe's:

    rate              the highest rate of the recipe's schedule, whose shape stays
    batch             rows per step; 0 stands for full batches
    epochs            also where the recipe has other `small_epochs`
    width             units in each hidden layer
    depth             hidden layers; without `width` the recipe's own widths, the last repeated
    dropout           the share of hidden values that are silenced, 0 for none
    label_smoothing   the share of each label that is spread over all digits

    Raises ValueError for an unknown recipe, and in a run for a setting that the recipe has not.
    """
    from digitlib import recipes

    recipe = recipes.find(recipe)
    if not isinstance(digits, Digits) or digits.y is None:
        raise ValueError("a sweep of a recipe needs labelled Digits, as load(source)[0] gives")
    return RecipeRun(recipe, digits)


@dataclasses.dataclass(frozen=True)
class RecipeRun:
    """What `of_recipe` returns."""

    recipe: object  # a recipes.Recipe
    digits: Digits

    @property
    def sweep_identity(self):
        """What a file of rows says about where they are from."""
        return f"{self.recipe.name}, {len(self.digits.X)} digits of {self.digits.name}"

    @property
    def sweep_fixed(self):
        """What the runs depend on besides: its hash tells two recipes of one name apart."""
        return self.recipe.protocol(len(self.digits.X))

    def __call__(
        self,
        seed,
        *,
        rate=None,
        batch=None,
        epochs=None,
        width=None,
        depth=None,
        dropout=None,
        label_smoothing=None,
    ):
        from digitlib import recipes
        from digitlib.net.training import evaluate

        recipe, changes = self.recipe, {}
        if batch is not None:
            changes["batch_size"] = _whole("batch", batch, 0) or None
        if epochs is not None:
            changes |= {"epochs": _whole("epochs", epochs, 1), "small_epochs": None}
        if label_smoothing is not None:
            changes["label_smoothing"] = label_smoothing
        if rate is not None:
            changes["schedule"] = _scaled(recipe.schedule, rate)
        if not width is depth is dropout is None:
            changes["build"] = build = _built(recipe, width, depth, dropout)
            changes["layout"] = "-".join(str(n) for n in build.widths)
        changed = dataclasses.replace(recipe, **changes)
        train, valid = changed.split(self.digits, seed)
        network = recipes.run(changed, train, valid, seed=seed, progress=False).network
        measured = {}
        for part, digits in (("train", train), ("valid", valid)):
            measured[f"{part}_loss"], measured[f"{part}_accuracy"] = evaluate(network, digits)
        return measured


SETTINGS = [
    name
    for name in inspect.signature(RecipeRun.__call__).parameters
    if name not in ("self", "seed")
]


def _scaled(schedule, rate):
    """The same shape with another highest rate."""
    if not (math.isfinite(rate) and rate >= 0):
        raise ValueError(f"a learning rate is a finite number, zero or more; got {rate}")

    def build(steps):
        given = schedule(steps)
        highest = max(given(step) for step in range(steps))
        # In this order a constant schedule gives the rate itself, to the last bit.
        return lambda step: rate * (given(step) / highest)

    return build


def _built(recipe, width, depth, dropout):
    """The recipe's network with other hidden layers."""
    from digitlib.recipes.networks import Dense

    build = recipe.build
    if not isinstance(build, Dense):
        raise ValueError(
            f"{recipe.name} is {recipe.layout}: no width, depth or dropout to vary"
        )
    first, *hidden, last = build.widths
    if depth is not None:
        depth = _whole("depth", depth, 0)
        if depth and not hidden and width is None:
            raise ValueError(f"{recipe.name} has no hidden layer: give the width too")
        hidden = [*hidden, *hidden[-1:] * depth][:depth] if hidden else [width] * depth
    if width is not None:
        if not hidden:
            raise ValueError(
                f"{recipe.name} has no hidden layer: give a depth of 1 or more too"
            )
        hidden = [_whole("width", width, 1)] * len(hidden)
    share = build.dropout if dropout is None else dropout
    return dataclasses.replace(build, widths=(first, *hidden, last), dropout=share)


def _whole(name, value, least):
    if isinstance(value, bool) or value != int(value) or value < least:
        raise ValueError(f"{name} is a whole number, {least} or more; got {value!r}")
    return int(value)
