"""What every notebook begins with, from one place: title, question, badges, set-up cell.

`make badges` brings all notebooks up to date with what stands here. For a fork,
`make badges REPO=owner/name` names another repository first, so that its links lead to itself.
"""

import re
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ROOT = Path(__file__).resolve().parent.parent
REPOSITORY = "digits-from-scratch/digits-from-scratch"

# number: file name, title, and the one question that the notebook answers
NOTEBOOKS = {
    "00": ("start_here", "Start here", "How do arrays, shapes and this course work?"),
    "01": (
        "data",
        "Data",
        "What is a digit to a machine, and how do you keep yourself honest?",
    ),
    "02": (
        "downhill",
        "Downhill",
        "How does a number learn? What is a good probability worth?",
    ),
    "03": (
        "softmax_regression",
        "Softmax regression",
        "What can one layer of templates read?",
    ),
    "04": (
        "one_hidden_layer",
        "One hidden layer",
        "Who is to blame in the layer that nobody labelled?",
    ),
    "05": (
        "gradient_checking",
        "Gradient checking",
        "How do you know that a gradient is right?",
    ),
    "06": ("bug_clinic", "Bug clinic", "It runs and it is wrong: what is the matter?"),
    "07": (
        "mini_batches",
        "Mini-batches",
        "How much of the data does one step need, and how large should it be?",
    ),
    "08": ("three_layers", "Three layers", "What changes when layers are stacked?"),
    "09": ("initialisation", "Initialisation", "At what scale must a network start?"),
    "10": ("optimisers", "Optimisers", "Why is straight downhill slow?"),
    "11": ("batch_norm", "Batch norm", "Can a layer mend a bad start?"),
    "12": ("regularisation", "Regularisation", "Why is a perfect training score bad news?"),
    "13": ("evaluation", "Evaluation", "How sure is that number?"),
    "14": (
        "convolution",
        "Convolution",
        "Why should a digit two pixels further be another digit?",
    ),
    "15": ("kaggle", "Kaggle", "What is a submission worth?"),
    "16": (
        "what_it_sees",
        "What it sees",
        "Which pixels decide, and can a picture tell you?",
    ),
    "17": ("many_runs", "Many runs", "Was the winner of 100 runs good or lucky?"),
    "18": ("ship_it", "Ship it", "Does it read my handwriting?"),
}

SET_UP_TAGS = ["nbval-ignore-output", "set-up"]
SET_UP = """\
import importlib.util
import subprocess
import sys

home = "https://github.com/{repository}"
missing = [] if importlib.util.find_spec("numpy") else ["numpy"]
if importlib.util.find_spec("digitlib") is None:  # on Colab and Kaggle
    missing.append(f"digitlib @ git+{{home}}")
if missing:  # --no-deps: what is installed already stays as it is
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps"]
    subprocess.run([*pip, *missing], check=True)
    importlib.invalidate_caches()
import digitlib
from digitlib.exercises import set_up

set_up()  # adds what else is missing, and says what there is"""

BADGES = """\
[![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)]\
({colab})
[![Open in Kaggle](https://kaggle.com/static/images/open-in-kaggle.svg)]\
({kaggle})"""

# Absolute: Colab and Kaggle bring no other file along.
COLAB = "https://colab.research.google.com/github/{repository}/blob/main/notebooks/{stem}.ipynb"
KAGGLE = (
    "https://kaggle.com/kernels/welcome?src="
    "https://github.com/{repository}/blob/main/notebooks/{stem}.ipynb"
)
NOTES = """\
[Notation]({notes}/notation.md) · [glossary]({notes}/glossary.md) · \
[formulas and shapes on one page]({notes}/formulas.md) · \
[ten per cent accuracy?]({notes}/symptoms.md) · \
[if you know another course]({notes}/map.md)"""
NOTES_LINE = re.compile(r"^.*notes/notation\.md.*notes/glossary\.md.*$", re.MULTILINE)

BADGE_LINES = re.compile(r"\[!\[Open in Colab\].*\n\[!\[Open in Kaggle\].*")

# A link to another notebook is relative, for Jupyter, GitHub and the book. On Kaggle, and in a
# copy that Colab saved to a drive, no other file lies beside the notebook: so behind the link
# stand the two addresses from which the other one opens there.
ELSEWHERE = re.compile(r" \(\[Colab\]\([^)\s]*\), \[Kaggle\]\([^)\s]*\)\)")
SIBLING = re.compile(rf"(\]\((\d\d_\w+)\.ipynb\))(?:{ELSEWHERE.pattern})?")

HEADER = """\
# {number} · {title}

*{question}*

{badges}

**What you will build.** …

**What you will know.** …

**What you need.** …

**Time.** About 60 minutes.

{notes}"""

IMPORTS = """\
import matplotlib.pyplot as plt
import numpy as np

from digitlib import plots
from digitlib.exercises import check, guess, hint, hold, reveal, solution

plots.house_style()"""


def set_up():
    """The source of the set-up cell."""
    return SET_UP.format(repository=REPOSITORY)


def badges(stem):
    """The two badges of a notebook, which open it on Colab and on Kaggle."""
    return BADGES.format(colab=address(COLAB, stem), kaggle=address(KAGGLE, stem))


def address(of, stem):
    """Where a notebook opens: `of` is COLAB or KAGGLE."""
    return of.format(repository=REPOSITORY, stem=stem)


def siblings(text):
    """Markdown in which links to other notebooks are followed by those to Colab and Kaggle."""

    def both(match):
        colab, kaggle = (address(of, match[2]) for of in (COLAB, KAGGLE))
        return f"{match[1]} ([Colab]({colab}), [Kaggle]({kaggle}))"

    return SIBLING.sub(both, text)


def notes():
    """The line of a header that leads to the notes."""
    return NOTES.format(notes=f"https://github.com/{REPOSITORY}/blob/main/notes")


def bring_up_to_date(notebook, stem):
    """Give a notebook the badges, links and set-up cell that stand here. Outputs stay."""
    for cell in notebook.cells:
        if "set-up" in cell.metadata.get("tags", []):
            cell.source = set_up()
        elif cell.cell_type == "markdown":
            cell.source = siblings(cell.source)
    first = notebook.cells[0]
    first.source = BADGE_LINES.sub(lambda _: badges(stem), first.source, count=1)
    first.source = NOTES_LINE.sub(lambda _: notes(), first.source, count=1)


def skeleton(stem):
    """A new notebook: header, set-up cell, imports, and the headings that every one has."""
    number, _, rest = stem.partition("_")
    title = rest.replace("_", " ").capitalize()
    _, title, question = NOTEBOOKS.get(number, (rest, title, "…?"))
    header = HEADER.format(
        number=number, title=title, question=question, badges=badges(stem), notes=notes()
    )
    return new_notebook(
        cells=[
            new_markdown_cell(header),
            new_code_cell(set_up(), metadata={"tags": list(SET_UP_TAGS)}),
            new_code_cell(IMPORTS),
            new_markdown_cell("## 1 · …"),
            new_markdown_cell("## What to remember\n\n- …"),
            new_markdown_cell("## Going further\n\n### …"),
        ]
    )


def stem_of(name, notebooks=ROOT / "notebooks"):
    """The notebook that `name` means: 04, 04_one_hidden_layer or a path; it need not exist.

    Raises ValueError where a number is neither a file's nor in the table above.
    """
    name = Path(str(name)).name.removesuffix(".ipynb").removesuffix(".py")
    if re.fullmatch(r"\d\d_\w+", name):
        return name
    if not re.fullmatch(r"\d\d", name):
        raise ValueError(f"A notebook is named by its number, like 04. {name!r} is not.")
    found = sorted(Path(notebooks).glob(f"{name}_*.ipynb"))
    if len(found) > 1:
        raise ValueError(f"Two notebooks have the number {name}: {', '.join(map(str, found))}")
    if found:
        return found[0].stem
    if name in NOTEBOOKS:
        return f"{name}_{NOTEBOOKS[name][0]}"
    raise ValueError(f"No notebook has the number {name}. Name a new one in full: {name}_…")
