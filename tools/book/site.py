"""The site: notebooks with their stored outputs, notes, and the page that reads handwriting."""

import ast
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat

from tools.book.mathjax import mathjax
from tools.course import ELSEWHERE, NOTEBOOKS, REPOSITORY, ROOT

HOME = f"https://github.com/{REPOSITORY}"
BADGE = re.compile(r"\[!\[(Open in \w+)\]\([^)]*\)\]\(([^)]*)\)")
DRAWING = {"plots", "plt", "sns", "fig", "figure", "ax", "axes"}
PARTS = {
    "Begin": range(4),
    "Learning by hand": range(4, 7),
    "Training well": range(7, 13),
    "Judging and seeing": range(13, 17),
    "Runs and use": range(17, 19),
}

CONFIG = """\
title: Digits from scratch
author: Digits from scratch
copyright: "2026, text and pictures CC BY 4.0, code MIT"
only_build_toc_files: true
execute:
  execute_notebooks: "off"
parse:
  myst_enable_extensions: [amsmath, dollarmath]
repository:
  url: {home}
  branch: main
html:
  use_repository_button: true
  use_issues_button: true
sphinx:
  config:
    language: en
    mathjax_path: tex-svg.js
    mathjax3_config: {{svg: {{scale: 0.92}}}}  # four equations fit on a line
    html_static_path: [_static]
    html_css_files: [book.css]
    myst_heading_anchors: 3
    html_title: Digits from scratch
"""

STYLE = """\
/* Long formulas and wide tables scroll by themselves, and never move the page. */
div.math, .cell_output table, .pst-scrollable-table-container { overflow-x: auto; }
div.cell_output { overflow-x: auto; }
mjx-container { max-width: 100%; }
mjx-container[display="true"] { overflow-x: auto; overflow-y: hidden; }
/* The table of results has eight columns: smaller type keeps them on a wide screen. */
.bd-article table { font-size: 0.88em; }
.bd-article table :is(td, th) { padding: 0.4rem; }
/* A command without a space in it, such as a list of recipes, breaks where the page ends. */
:is(p, li) > code span.pre { white-space: normal; overflow-wrap: break-word; }
td code span.pre { white-space: nowrap; }  /* a table scrolls */
/* A command in a shell wraps: half a command cannot be read on paper or on a telephone. */
div[class*="highlight-sh"] pre { white-space: pre-wrap; }
/* The theme repeats the search of the sidebar in a bar that is otherwise empty. */
@media (min-width: 960px) {
  .bd-header { display: none !important; }
  :root { --pst-header-height: 0rem; }
}
iframe.draw { width: 100%; height: 860px; border: 1px solid #8888; border-radius: 6px; }
@media (max-width: 600px) { iframe.draw { height: 1280px; } }  /* in one column */
"""

DRAW = """\
# Draw a digit

Write a digit with mouse, pen or finger. The networks run in this page; nothing is sent.
[Open the page alone](_static/draw.html), or keep it: it is one file that needs no network.

<iframe class="draw" src="_static/draw.html" title="The page that reads handwriting"></iframe>
"""


def in_the_book(text):
    """Markdown with links inside the book; badges become links without their pictures."""
    text = ELSEWHERE.sub("", BADGE.sub(r"[\1](\2)", text))
    blob = re.escape(f"{HOME}/blob/main/")
    text = re.sub(rf"\]\({blob}((?:notes|notebooks)/[^)\s]+)\)", r"](../\1)", text)
    text = text.replace("](../README.md)", "](../index.md)")
    return text.replace("](../LICENSE)", f"]({HOME}/blob/main/LICENSE)")


def only_draws(source):
    """Whether every statement of a cell draws, so that a book may fold it."""
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return False
    return bool(statements) and all(
        any(isinstance(n, ast.Name) and n.id in DRAWING for n in ast.walk(statement))
        and not any(isinstance(n, ast.FunctionDef) for n in ast.walk(statement))
        for statement in statements
    )


def chapter(path):
    """A notebook as the book shows it: drawing folded, set-up left out, pictures described."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = in_the_book(cell.source)
            continue
        tags = set(cell.metadata.get("tags", []))
        if "set-up" in tags:
            tags.add("remove-cell")
        for output in cell.outputs:
            if "image/png" in output.get("data", {}):
                alt = output.get("metadata", {}).get("image/png", {}).get("alt")
                if alt:  # MyST takes it from the cell
                    cell.metadata["mystnb"] = {"image": {"alt": alt}}
                if only_draws(cell.source):
                    tags.add("hide-input")
        cell.metadata["tags"] = sorted(tags)
    return notebook


def contents(numbers, notes):
    """The table of contents, as jupyter-book reads it."""
    lines = ["format: jb-book", "root: index", "parts:"]
    for caption, span in PARTS.items():
        here = [n for n in numbers if int(n) in span]
        if here:
            lines += [f"- caption: {caption}", "  chapters:"]
            lines += [f"  - file: notebooks/{n}_{NOTEBOOKS[n][0]}" for n in here]
    lines += ["- caption: Draw, and look up", "  chapters:", "  - file: draw"]
    lines += [f"  - file: notes/{name}" for name in notes]
    lines += ["  - file: benchmarks/results", "  - file: CONTRIBUTING"]
    return "\n".join(lines) + "\n"


def write_source(folder, pdf=None):
    """Everything that jupyter-book reads, in `folder`."""
    (folder / "_config.yml").write_text(CONFIG.format(home=HOME), encoding="utf-8")
    stems = {number: f"{number}_{name[0]}" for number, name in NOTEBOOKS.items()}
    numbers = [n for n, s in stems.items() if (ROOT / "notebooks" / f"{s}.ipynb").is_file()]
    (folder / "notebooks").mkdir()
    for number in numbers:
        name = f"{stems[number]}.ipynb"
        nbformat.write(chapter(ROOT / "notebooks" / name), folder / "notebooks" / name)
    (folder / "notes").mkdir()
    notes = sorted(path.stem for path in (ROOT / "notes").glob("*.md"))
    for name in notes:
        text = (ROOT / "notes" / f"{name}.md").read_text(encoding="utf-8")
        (folder / "notes" / f"{name}.md").write_text(in_the_book(text), encoding="utf-8")
    (folder / "benchmarks").mkdir()
    text = (ROOT / "benchmarks" / "results.md").read_text(encoding="utf-8")
    (folder / "benchmarks" / "results.md").write_text(in_the_book(text), encoding="utf-8")
    shutil.copytree(ROOT / "figures", folder / "figures")
    static = folder / "_static"
    static.mkdir()
    shutil.copy(mathjax(), static / "tex-svg.js")
    (static / "book.css").write_text(STYLE, encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    readme = (
        in_the_book(readme)
        .replace("](../", "](")
        .replace("](LICENSE)", f"]({HOME}/blob/main/LICENSE)")
        .replace("[Open in ", "[")  # the table's last column is narrow
    )
    if pdf:
        shutil.copy(pdf, static / "mathematics.pdf")
        first, rest = readme.split("\n## ", 1)
        readme = (
            f"{first}\n[The mathematics as one PDF](_static/mathematics.pdf), to print."
            f"\n\n## {rest}"
        )
    (folder / "index.md").write_text(readme, encoding="utf-8")
    shutil.copy(ROOT / "CONTRIBUTING.md", folder)
    (folder / "draw.md").write_text(DRAW, encoding="utf-8")
    draw = [sys.executable, "-m", "digitlib", "draw", "-o", static / "draw.html"]
    subprocess.run([*draw, "--no-open", "--force"], check=True, stdout=subprocess.DEVNULL)
    (folder / "_toc.yml").write_text(contents(numbers, notes), encoding="utf-8")
    return numbers


def build_site(into):
    """Build the site into the folder `into`/site; returns what there is to say about it.

    Raises ValueError with what jupyter-book said where it found fault, with a page that would
    ask the network for something, and where jupyter-book is missing.
    """
    pdf = into / "mathematics.pdf"
    with tempfile.TemporaryDirectory() as scratch:
        source, out = Path(scratch) / "book", Path(scratch) / "out"
        source.mkdir()
        numbers = write_source(source, pdf if pdf.is_file() else None)
        run = "from jupyter_book.cli.main import main; main()"  # it has no __main__
        command = [sys.executable, "-c", run, "build", source]
        options = ["--path-output", out, "-W", "--keep-going", "-q"]
        done = subprocess.run([*command, *options], capture_output=True, text=True)
        if done.returncode:
            raise ValueError(
                f"jupyter-book found fault:\n{done.stdout[-4000:]}{done.stderr[-4000:]}"
            )
        html = out / "_build" / "html"
        if asking := requests(html):
            raise ValueError("pages that need a network: " + ", ".join(sorted(asking)))
        site = into / "site"
        shutil.rmtree(site, ignore_errors=True)
        shutil.copytree(html, site)
    return f"{site / 'index.html'}: {len(numbers)} notebooks, notes, search and the draw page"


def requests(folder):
    """What the pages of a site would load from elsewhere; links to follow do not count."""
    load = re.compile(
        r"""<(?:script|img|iframe|source)\b[^>]*?\bsrc=["'](https?:[^"']+)|"""
        r"""<link\b[^>]*?\brel=["'](?:stylesheet|preload)["'][^>]*?\bhref=["'](https?:[^"']+)|"""
        r"""\burl\(["']?(https?:[^"')]+)"""
    )
    found = set()
    for page in [*folder.rglob("*.html"), *folder.rglob("*.css")]:
        for match in load.finditer(page.read_text(encoding="utf-8")):
            found.add(f"{page.relative_to(folder)} loads {next(filter(None, match.groups()))}")
    return found
