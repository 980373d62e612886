"""From the records of `digitlib reproduce` to notes/results.md and README's table.

    python tools/results.py FILE…                  records of `digitlib reproduce --json FILE`
    python tools/results.py --best DIR             a model of `digitlib submit --keep DIR`

No number is typed: notes/results.json keeps what the records say, the two texts are made from
it, and so is digitlib/recipes/measured.json, from which `digitlib submit --help` tells how
long each recipe takes. Run it in the project's folder, or name that, --root.
"""

import argparse
import json
import statistics
import sys
from pathlib import Path

from digitlib.data.files import replacing
from digitlib.recipes import RECIPES
from digitlib.recipes.records import DATA, PARTS, merged, read_record, write_record
from digitlib.recipes.tables import against, cells, each, rows, spread

BEGIN, END = "<!-- results: python tools/results.py -->", "<!-- end of results -->"
STORE, PAGE, FRONT = "notes/results.json", "notes/results.md", "README.md"
MEASURED = "digitlib/recipes/measured.json"
TITLES = {
    "sample": "The built-in sample: 4,000 digits to learn from, 1,000 to be judged on",
    "mnist": "All of MNIST: 60,000 and 10,000",
    "kaggle": "Kaggle's 42,000 labelled rows",
}
MACHINE = ("processor", "system", "versions", "settings")  # what a record says of its machine
HEADS = {"kaggle": "Kaggle, held out", "mnist": "MNIST, test", "sample": "sample, test"}


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("records", nargs="*", metavar="FILE", help="of one source or more")
    parser.add_argument("--best", metavar="DIR", help="what `submit --recipe best` kept")
    parser.add_argument("--root", default=".", help="the folder of README.md and notes/ (.)")
    arguments = parser.parse_args(argv)
    try:
        for path in write(arguments.records, arguments.root, arguments.best):
            print(path)
    except (ValueError, OSError) as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 1
    return 0


def write(records, root=".", best=None):
    """Put records into notes/results.json, and their tables into the texts.

    Several records about one source become one. What they say about a recipe takes the place
    of what is stored about it, with all its seeds; other recipes and other sources stay.
    Returns the paths written. Raises FileNotFoundError or ValueError before anything is
    written.
    """
    root = Path(root)
    store, page, front, measured = (root / name for name in (STORE, PAGE, FRONT, MEASURED))
    for needed in (front, page.parent, measured.parent):
        if not needed.exists():
            raise FileNotFoundError(
                f"{needed} is not there: run this in the project's folder, or name it, --root"
            )
    summaries = read_json(store)
    new = {}
    for path in records:
        record = read_record(path)
        if record["data"] not in DATA or not record["runs"]:
            raise ValueError(f"{path}: no finished training on one of {', '.join(DATA)}")
        new.setdefault(record["data"], []).append(record)
    for data, of_data in new.items():
        summaries[data] = _replaced(summaries.get(data), summary(merged(of_data)))
    if best is not None:
        summaries["best"] = _of_best(Path(best))
    times = of_kaggle(summaries.get("kaggle"))
    if "best" in summaries:
        about = summaries["best"]
        times["best"] = {
            "seconds": round(about["seconds"], 1),
            "held_out": round(100 * about["accuracy"], 2),
            "machine": about["machine"]["processor"],
        }
    text = front.read_text(encoding="utf-8")
    before, _, after = between(text, front)
    tables = {
        page: markdown(summaries),
        front: f"{before}\n\n{readme(summaries)}\n\n{after}",
    }
    write_record(summaries, store)
    write_record(times, measured)
    for path, content in tables.items():
        with replacing(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(content)
    return [store, measured, *tables]


def _replaced(old, new):
    """The stored summary with what the new one says about its recipes in their place."""
    names = {run["recipe"] for run in new["runs"]}
    kept = [run for run in old["runs"] if run["recipe"] not in names] if old else []
    if not kept:
        return new  # and the commands of what is gone are gone too
    return merged([old | {"runs": kept}, new])


def read_json(path):
    """What a JSON file of ours holds, {} where there is none."""
    path = Path(path)
    if not path.exists():
        return {}
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path} is damaged: {error}") from error


def of_kaggle(summary):
    """{recipe: {"seconds", "held_out", "machine"}} of trainings on Kaggle's rows."""
    found = {}
    for row in rows(summary) if summary else ():
        runs = [run for run in summary["runs"] if run["recipe"] == row.name]
        if runs and row.parts["valid"]:
            found[row.name] = {
                "seconds": round(statistics.fmean(row.seconds), 1),
                "held_out": round(statistics.fmean(row.parts["valid"]), 2),
                "machine": runs[0]["machine"]["processor"],
            }
    return found


def _of_best(folder):
    """What the model of `submit --recipe best --keep FOLDER` says about itself."""
    about = read_json(folder / "model.json").get("about", {})
    needed = ("accuracy", "accuracies", "interval", "seconds", "machine", "rows", "jobs")
    if missing := [name for name in needed if name not in about]:
        raise ValueError(
            f"{folder} holds no model of `submit --keep`: its model.json does not say "
            f"{', '.join(missing)}"
        )
    return about


def between(text, name):
    """README up to and with the first marker, the table, and from the second marker on."""
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(END) < text.index(BEGIN):
        raise ValueError(f"{name}: the table goes between {BEGIN} and {END}, once each")
    start, stop = text.index(BEGIN) + len(BEGIN), text.index(END)
    return text[:start], text[start:stop].strip(), text[stop:]


def summary(record):
    """The record without its histories: what the tables need, and notes/results.json keeps."""
    runs = []
    for run in record["runs"]:
        kept = {name: value for name, value in run.items() if name != "history"}
        runs.append(kept)
    return record | {"runs": runs}


def table(heads, lines, right=()):
    """A table in Markdown; right: the numbers of the columns that end at the right."""
    rule = ["---:" if column in right else "---" for column in range(len(heads))]
    return [f"| {' | '.join(line)} |" for line in (heads, rule, *lines)]


def markdown(summaries):
    """notes/results.md, from {data: summary}."""
    lines = [
        "# Results",
        "",
        "Written by `python tools/results.py`, from what `digitlib reproduce` recorded. "
        "Accuracies in per cent, of the weights after the last epoch; mean ± standard "
        "deviation over the seeds. Seconds are the mean of training alone, by the clock, other "
        "work of the machine included.",
        "",
        "MNIST's test part was read once for each network, after its training; whatever was "
        "tuned was tuned on a part of the training digits. Validation digits choose nothing "
        "here: they are measured, the last weights stay. 'Shifted' is the same network, with "
        "the mean of its probabilities for five copies of each digit, moved by one pixel.",
    ]
    for data in reversed(DATA):
        if data in summaries:
            lines += ["", *_section(summaries[data])]
    if "best" in summaries:
        lines += ["", *_best(summaries["best"])]
    ours = [[recipe.name, recipe.idea, recipe.choices] for recipe in RECIPES.values()]
    lines += ["", "## The recipes", ""]
    lines += table(["recipe", "idea", "left open by its authors"], ours)
    return "\n".join(lines) + "\n"


def _section(record):
    commands = ", then ".join(f"`{command}`" for command in record["commands"])
    lines = [f"## {TITLES[record['data']]}", "", f"- Command: {commands}"]
    dates = sorted(run["date"] for run in record["runs"])
    lines.append(f"- Trained: {dates[0]} to {dates[-1]}")
    for name in MACHINE:
        values = dict.fromkeys(run["machine"][name] for run in record["runs"])
        lines.append(f"- {name.capitalize()}: {'; '.join(values)}")
    validated = {run["recipe"]: run.get("validated") for run in record["runs"]}
    for name, accuracies in validated.items():
        if accuracies:
            shown = spread([100 * accuracy for accuracy in accuracies])
            lines.append(f"- On record before the test part was opened: {name} {shown}")
    found = rows(record)
    heads = ["recipe", "network", "reported", "train", "validation", "test", "seconds"]
    lines += ["", *table([*heads, "parameters"], map(cells, found), right=range(3, 8))]
    if comparisons := against(record):
        lines += ["", "What is reported, under the protocol it is reported for:", ""]
        lines += table(["recipe", "quantity", "reported", "ours", ""], comparisons, (2, 3))
    seeds = [
        [row.name, *(each(row.parts[part]) or "–" for part in PARTS), each(row.seconds, ".1f")]
        for row in found
    ]
    lines += ["", "Every seed, in order from 0:", ""]
    return lines + table(["recipe", "train", "validation", "test", "seconds"], seeds)


def _best(about):
    """The section about `submit --recipe best`."""
    low, high = (100 * limit for limit in about["interval"])
    alone = [f"{100 * accuracy:.2f}" for accuracy in about["accuracies"]]
    machine, rows = about["machine"], about["rows"]
    return [
        "## `submit --recipe best`: Kaggle's rows alone, several networks together",
        "",
        "- Command: `digitlib submit train.csv test.csv --recipe best --keep runs/best`",
        f"- Networks: {about['networks']} times {about['recipe']}, {about['seeds']} for each "
        f"of {about['splits']} splits, read in shifted copies; {about['jobs']} trained at a "
        "time",
        f"- Each on the rows that its split held out: {' '.join(alone)}",
        f"- Those of a split together, over the {rows['held_out']:,} rows that the splits held "
        f"out: {100 * about['accuracy']:.2f} %; for {rows['test']:,} new rows, 95 % interval "
        f"{low:.2f} to {high:.2f} %",
        f"- Time: {about['seconds'] / 60:.0f} min until all were trained and measured",
        f"- Trained: {about['date']}",
        *(f"- {name.capitalize()}: {machine[name]}" for name in MACHINE),
    ]


def readme(summaries):
    """README's table, from {data: summary}: the judged part of each source."""
    judged = {"kaggle": "valid", "mnist": "test", "sample": "test"}
    judged = {data: part for data, part in judged.items() if data in summaries}
    found = {data: {row.name: row for row in rows(summaries[data])} for data in judged}
    names = [f"{name}{more}" for name in RECIPES for more in ("", ", shifted")]
    lines = []
    for name in names:
        mine = {data: found[data][name] for data in judged if name in found[data]}
        if not mine:
            continue
        row = next(iter(mine.values()))
        means = [
            spread(mine[data].parts[part]) if data in mine else "–"
            for data, part in judged.items()
        ]
        shown = f"`{row.recipe.name}`{name.removeprefix(row.recipe.name)}"
        recipe = [shown, row.recipe.layout, row.recipe.reported or "–"]
        lines.append([*recipe, *means, f"{row.parameters:,}"])
    heads = ["recipe", "network", "reported", *(HEADS[data] for data in judged), "parameters"]
    return "\n".join(table(heads, lines, right=range(3, len(heads))))


if __name__ == "__main__":
    sys.exit(main())
