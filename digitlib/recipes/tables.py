"""What the trainings reached, as text for the terminal and as Markdown for people."""

import statistics
from typing import NamedTuple

from digitlib.recipes import RECIPES
from digitlib.recipes.records import DATA, PARTS

__all__ = ["against", "markdown", "readme", "rows", "summary", "text"]

HEADS = {"train": "train", "valid": "validation", "test": "test"}


class Row(NamedTuple):
    """One recipe's trainings: percentages by part and seed, seconds by seed."""

    recipe: object
    seeds: list
    parts: dict  # {"train": [84.29, …], "valid": …, "test": …}; [] where nothing was measured
    seconds: list
    parameters: int
    losses: dict  # {"loss 10": [0.199, …]}, of the recipe's targets


def rows(record):
    """The `Row`s of a record of `reproduce`, in the ladder's order."""
    found = []
    for recipe in RECIPES.values():
        runs = [run for run in record["runs"] if run["recipe"] == recipe.name]
        if not runs:
            continue
        parts = {
            part: [100 * run[part]["accuracy"] for run in runs if run[part]] for part in PARTS
        }
        losses = {name: [run["losses"][name] for run in runs] for name in _losses(recipe)}
        seconds = [run["seconds"] for run in runs]
        seeds = [run["seed"] for run in runs]
        found.append(Row(recipe, seeds, parts, seconds, runs[0]["parameters"], losses))
    return found


def spread(values, form=".2f"):
    """'84.37 ± 0.34', the mean and the standard deviation; '84.37' for one; '–' for none."""
    if not values:
        return "–"
    mean = format(statistics.fmean(values), form)
    return mean if len(values) == 1 else f"{mean} ± {format(statistics.stdev(values), form)}"


def each(values, form=".2f"):
    return " ".join(format(value, form) for value in values)


def text(record):
    """The table for the terminal: two lines a recipe, the second with every seed."""
    if not record["runs"]:
        return "Nothing was trained."
    lines = [["recipe", "network", "reported", *HEADS.values(), "seconds", "parameters"]]
    for row in rows(record):
        recipe = row.recipe
        spreads = [spread(row.parts[part]) for part in PARTS]
        seconds = f"{statistics.fmean(row.seconds):.1f}"
        lines.append([recipe.name, recipe.layout, recipe.reported or "–", *spreads, seconds])
        lines[-1].append(f"{row.parameters:,}")
        if len(row.seeds) > 1:
            lines.append(["", "", "", *(each(row.parts[part]) for part in PARTS), "", ""])
    widths = [max(map(len, column)) for column in zip(*lines)]
    out = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in lines]
    out.insert(1, "  ".join("-" * width for width in widths))
    first = record["runs"][0]["rows"]
    out.append("")
    out.append(
        f"Accuracies in per cent, mean ± standard deviation over the seeds, below them each "
        f"seed's. Data: {record['data']}, {first['train'] + first['valid']:,} labelled rows."
    )
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


def summary(record):
    """The record without its histories: what the tables need, and notes/results.json keeps."""
    runs = []
    for run in record["runs"]:
        kept = {name: value for name, value in run.items() if name != "history"}
        runs.append(kept)
    return record | {"runs": runs}


def markdown(summaries):
    """notes/results.md, from {data: summary}."""
    lines = [
        "# Results",
        "",
        "Written by `python -m digitlib results`, from what `python -m digitlib reproduce` "
        "recorded. Accuracies in per cent, of the weights after the last epoch; mean ± "
        "standard deviation over the seeds. Seconds are the mean of training alone, by the "
        "clock, other work of the machine included.",
        "",
        "MNIST's test part was read once for each network, after its training; whatever was "
        "tuned was tuned on a part of the training digits. Validation digits choose nothing "
        "here: they are measured, the last weights stay.",
    ]
    for data in reversed(DATA):
        if data in summaries:
            lines += ["", *_section(summaries[data])]
    lines += ["", "## The recipes", "", "| recipe | idea | left open by its authors |"]
    lines += ["| --- | --- | --- |"]
    lines += [f"| {r.name} | {r.idea} | {r.choices} |" for r in RECIPES.values()]
    return "\n".join(lines) + "\n"


TITLES = {
    "sample": "The built-in sample: 4,000 digits to learn from, 1,000 to be judged on",
    "mnist": "All of MNIST: 60,000 and 10,000",
    "kaggle": "Kaggle's 42,000 labelled rows",
}


def _section(record):
    commands = ", then ".join(f"`{command}`" for command in record["commands"])
    lines = [f"## {TITLES[record['data']]}", "", f"- Command: {commands}"]
    dates = sorted(run["date"] for run in record["runs"])
    lines.append(f"- Trained: {dates[0]} to {dates[-1]}")
    for name in ("processor", "system", "versions", "settings"):
        values = dict.fromkeys(run["machine"][name] for run in record["runs"])
        lines.append(f"- {name.capitalize()}: {'; '.join(values)}")
    table = rows(record)
    lines += [
        "",
        "| recipe | network | reported | train | validation | test | seconds | parameters |",
    ]
    lines += ["| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |"]
    for row in table:
        cells = [row.recipe.name, row.recipe.layout, row.recipe.reported or "–"]
        cells += [spread(row.parts[part]) for part in PARTS]
        cells += [f"{statistics.fmean(row.seconds):.1f}", f"{row.parameters:,}"]
        lines.append(f"| {' | '.join(cells)} |")
    comparisons = against(record)
    if comparisons:
        lines += ["", "What is reported, under the protocol it is reported for:", ""]
        lines += [
            "| recipe | quantity | reported | ours | |",
            "| --- | --- | ---: | ---: | --- |",
        ]
        lines += [f"| {' | '.join(line)} |" for line in comparisons]
    lines += [
        "",
        "Every seed, in order from 0:",
        "",
        "| recipe | train | validation | test | seconds |",
    ]
    lines += ["| --- | --- | --- | --- | --- |"]
    for row in table:
        cells = [each(row.parts[part]) or "–" for part in PARTS]
        lines.append(
            f"| {row.recipe.name} | {' | '.join(cells)} | {each(row.seconds, '.1f')} |"
        )
    return lines


def readme(summaries):
    """README's table, from {data: summary}: a row a recipe, the judged part of each source."""
    judged = [
        (data, part)
        for data, part in (("kaggle", "valid"), ("mnist", "test"), ("sample", "test"))
        if data in summaries
    ]
    heads = {"kaggle": "Kaggle, held out", "mnist": "MNIST, test", "sample": "sample, test"}
    lines = [
        ["recipe", "network", "reported", *(heads[data] for data, _ in judged), "parameters"]
    ]
    found = {
        data: {row.recipe.name: row for row in rows(summaries[data])} for data, _ in judged
    }
    for recipe in RECIPES.values():
        mine = [found[data].get(recipe.name) for data, _ in judged]
        if not any(mine):
            continue
        cells = [
            spread(row.parts[part]) if row else "–" for row, (_, part) in zip(mine, judged)
        ]
        count = next(f"{row.parameters:,}" for row in mine if row)
        lines.append([f"`{recipe.name}`", recipe.layout, recipe.reported or "–", *cells, count])
    rule = ["---"] * 3 + ["---:"] * (len(judged) + 1)
    return "\n".join(f"| {' | '.join(line)} |" for line in [lines[0], rule, *lines[1:]])


def _losses(recipe):
    return [name for name in recipe.targets if name.startswith("loss")]
