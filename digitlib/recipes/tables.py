"""What the trainings reached, as numbers and as a table for the terminal."""

import statistics
from typing import NamedTuple

from digitlib.recipes import RECIPES
from digitlib.recipes.records import PARTS

__all__ = ["against", "cells", "each", "rows", "spread", "text"]

HEADS = {"train": "train", "valid": "validation", "test": "test"}


class Row(NamedTuple):
    """One line of a table, a recipe's trainings: percentages by part, seconds by seed."""

    name: str
    recipe: object
    seeds: list
    parts: dict  # {"train": [84.29, …], "valid": …, "test": …}; [] where nothing was measured
    seconds: list
    parameters: int
    losses: dict  # {"loss 10": [0.199, …]}, of the recipe's targets


def rows(record):
    """The `Row`s of a record of `reproduce`, in the ladder's order.

    A recipe that was also read in five shifted copies has a second row for that.
    """
    found = []
    for recipe in RECIPES.values():
        runs = [run for run in record["runs"] if run["recipe"] == recipe.name]
        if not runs:
            continue
        losses = {name: [run["losses"][name] for run in runs] for name in _losses(recipe)}
        seconds, seeds = [run["seconds"] for run in runs], [run["seed"] for run in runs]
        row = Row(recipe.name, recipe, seeds, {}, seconds, runs[0]["parameters"], losses)
        found.append(row._replace(parts=_accuracies(runs)))
        if shifted := [run["shifted"] for run in runs if run.get("shifted")]:
            name = f"{recipe.name}, shifted"
            found.append(row._replace(name=name, parts=_accuracies(shifted), losses={}))
    return found


def _accuracies(measured):
    """{part: percentages} of dicts from part to {"accuracy"} or None."""
    return {
        part: [100 * one[part]["accuracy"] for one in measured if one.get(part)]
        for part in PARTS
    }


def spread(values, form=".2f"):
    """'84.37 ± 0.34', the mean and the standard deviation; '84.37' for one; '–' for none."""
    if not values:
        return "–"
    mean = format(statistics.fmean(values), form)
    return mean if len(values) == 1 else f"{mean} ± {format(statistics.stdev(values), form)}"


def each(values, form=".2f"):
    return " ".join(format(value, form) for value in values)


def cells(row):
    """A row as texts, in the order of the table's heads."""
    means = [spread(row.parts[part]) for part in PARTS]
    seconds, parameters = f"{statistics.fmean(row.seconds):.1f}", f"{row.parameters:,}"
    recipe = row.recipe
    return [row.name, recipe.layout, recipe.reported or "–", *means, seconds, parameters]


def text(record):
    """The table for the terminal: two lines for each recipe, the second with every seed."""
    if not record["runs"]:
        return "Nothing was trained."
    lines = [["recipe", "network", "reported", *HEADS.values(), "seconds", "parameters"]]
    for row in rows(record):
        lines.append(cells(row))
        if len(row.seeds) > 1:
            lines.append(["", "", "", *(each(row.parts[part]) for part in PARTS), "", ""])
    widths = [max(map(len, column)) for column in zip(*lines)]
    out = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in lines]
    out.insert(1, "  ".join("-" * width for width in widths))
    first = record["runs"][0]["rows"]
    labelled = first["train"] + first["valid"]
    out += [
        "",
        "Accuracies in per cent, mean ± standard deviation over the seeds, below them each "
        f"seed's. Data: {record['data']}, {labelled:,} labelled rows.",
    ]
    if any(row.name != row.recipe.name for row in rows(record)):
        out.append("'shifted': the mean of five copies of each digit, moved by one pixel.")
    comparisons = against(record)
    if comparisons:
        out += ["", "Against what is reported, on the rows and under the protocol it is about:"]
        out += [f"  {' · '.join(line)}" for line in comparisons]
    return "\n".join(out)


def against(record):
    """[recipe, quantity, reported, ours, verdict] for each reported number, on Kaggle's rows.

    Elsewhere an empty list: a number about other digits is not met or missed.
    """
    lines = []
    for row in rows(record) if record["data"] == "kaggle" else ():
        for name, target in row.recipe.targets.items():
            if name in row.losses:
                ours, sign, form, unit = row.losses[name], -1, ".4f", ""
                quantity = f"training loss, epoch {name.removeprefix('loss ')}"
            else:
                ours, sign, form, unit = row.parts[name], 1, ".2f", " %"
                quantity, target = HEADS[name], 100 * target
            shown = verdict([sign * value for value in ours], sign * target)
            reported = f"{format(target, form)}{unit}"
            lines.append(
                [row.recipe.name, quantity, reported, spread(ours, form) + unit, shown]
            )
    return lines


def verdict(ours, target):
    """How values over seeds, of which more is better, stand to a single reported one."""
    mean = statistics.fmean(ours)
    if mean >= target:
        return "met" if mean == target else "beaten"
    if len(ours) > 1 and mean + statistics.stdev(ours) >= target:
        return "within one standard deviation"
    return "missed"


def _losses(recipe):
    return [name for name in recipe.targets if name.startswith("loss")]
