"""The mathematics of the course on paper: every derivation, formula and shape, in order."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import nbformat

from tools.book.mathjax import mathjax
from tools.course import NOTEBOOKS, ROOT

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
LONGEST = 600  # seconds for one start of Chromium
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--allow-file-access-from-files",
    "--no-pdf-header-footer",
    "--virtual-time-budget=90000",
]

TITLE = 19  # points, of the title
PAGE = """\
<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Digits from scratch: the mathematics</title>
<style>
@page {{ size: A4; margin: 16mm 17mm 17mm; @bottom-center {{ content: counter(page);
  font: 9pt Georgia, serif; }} }}
body {{ font: 10pt/1.36 Georgia, "DejaVu Serif", serif; margin: 0; }}
h1 {{ font-size: {title}pt; margin: 0 0 1mm; }}
h2 {{ font-size: 14pt; margin: 7mm 0 1mm; border-bottom: 0.4pt solid #444; }}
h3 {{ font-size: 12pt; margin: 3.5mm 0 0.5mm; }}
h4 {{ font-size: 10pt; margin: 2.5mm 0 0.5mm; }}
h1, h2, h3, h4 {{ break-after: avoid; font-family: "DejaVu Sans", sans-serif; }}
p, ul, ol {{ margin: 1.1mm 0; orphans: 2; widows: 2; }}
.question {{ font-style: italic; break-after: avoid; }}
table {{ border-collapse: collapse; margin: 1.5mm 0; font-size: 9pt; break-inside: avoid; }}
th, td {{ border: 0.4pt solid #999; padding: 0.5mm 1.6mm; text-align: left; }}
code {{ font: 8.6pt "DejaVu Sans Mono", monospace; white-space: nowrap; }}
pre code {{ white-space: pre-wrap; }}
td code {{ white-space: normal; font-size: 8pt; }}
pre {{ margin: 1mm 0; break-inside: avoid; }}
.display {{ display: table; width: 100%; margin: 1.2mm 0; break-inside: avoid; }}
img {{ display: block; margin: 1mm auto; max-width: 130mm; max-height: 55mm; }}
.display mjx-container svg {{ max-width: 100%; }}
#formulas {{ break-before: page; }} /* on one page, to keep beside the keyboard */
#formulas ~ table {{ font-size: 8.2pt; }}
#formulas ~ table td {{ padding: 0.2mm 1.2mm; }}
#formulas ~ table td code {{ font-size: 7pt; }}
.contents {{ columns: 2; font-size: 9pt; list-style: none; padding: 0; }}
.contents li {{ display: flex; break-inside: avoid; }}
.contents li.section {{ padding-left: 4mm; font-size: 8.2pt; }}
.contents a {{ flex: 1; color: inherit; text-decoration: none; padding-right: 2mm; }}
.contents li:not(.section) {{ font-weight: bold; margin-top: 1mm; break-after: avoid; }}
</style>
<script>MathJax = {{ tex: {{ inlineMath: [["\\\\(", "\\\\)"]],
  displayMath: [["\\\\[", "\\\\]"]] }}, svg: {{ fontCache: "global" }} }};</script>
<script src="{mathjax}"></script></head><body>
<h1>Digits from scratch: the mathematics</h1>
<p>Every derivation, formula and shape of the course, in the order of its notebooks. What is
checked there by a machine, by code and by pictures, is here to be read with a pencil.</p>
<ul class="contents">{contents}</ul>
{body}
</body></html>
"""


def chapters():
    """[(number, title, question, [(section's heading, [Markdown, …]), …]), …] of the course."""
    for number, (name, title, question) in NOTEBOOKS.items():
        path = ROOT / "notebooks" / f"{number}_{name}.ipynb"
        if path.is_file():
            sections = derivations(nbformat.read(path, as_version=4))
            if sections:
                yield number, title, question, sections


def derivations(notebook):
    """[(heading, [Markdown, …]), …]: what holds a formula, the walls' lines, the summary.

    Some sections derive their wall's lines without a formula on a line of its own: such a
    section is kept wherever it has formulas.
    """
    sections, heading, after_a_wall, picture = [], None, False, ""
    text = "\n\n".join(c.source for c in notebook.cells[1:] if c.cell_type == "markdown")
    walls = {
        section.partition("\n")[0].strip()
        for section in re.split(r"^## +", text, flags=re.MULTILINE)[1:]
        if re.search(r"^\| line \|", section, re.MULTILINE) and "$$" not in section
    }
    for cell in notebook.cells[1:]:
        if cell.cell_type == "code":
            pictures = [
                o.data["image/png"] for o in cell.outputs if "image/png" in o.get("data", {})
            ]
            picture = pictures[-1] if pictures else ""
            after_a_wall = bool(re.search(r"\bcheck\(", cell.source))
            continue
        for piece in re.split(r"^(?=##+ )", cell.source, flags=re.MULTILINE):
            found = re.match(r"## +(.+)\n*", piece)
            if found:
                heading, piece = found[1].strip(), piece[found.end() :]
            keep = "$$" in piece or heading == "What to remember"
            keep = keep or (
                heading in walls and re.search(r"\$|^\| line \|", piece, re.MULTILINE)
            )
            keep = keep or (after_a_wall and re.search(r"^\|.*`.*=", piece, re.MULTILINE))
            if heading and keep and piece.strip():
                if not sections or sections[-1][0] != heading:
                    sections.append((heading, []))
                text = on_paper(piece)
                if picture and piece.startswith("**Figure"):
                    text = f"<img alt='' src='data:image/png;base64,{picture}'>\n\n{text}"
                sections[-1][1].append(text)
            picture = ""
        after_a_wall = False
    return sections


def on_paper(markdown):
    """Markdown without what paper cannot do: links, badges, comments, folded solutions."""
    text = re.sub(r"<!--.*?-->|<details>.*?</details>", "", markdown, flags=re.DOTALL)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(
        r"(?<!\\)\[([^\[\]]+)\]\((?:https?:|\.\.?/|#|\w+\.(?:md|ipynb))[^)\s]*\)", r"\1", text
    )
    text = re.sub(
        r"^\*\*(?:Next|Further reading)\.\*\*.*(?:\n(?!\n).*)*", "", text, flags=re.MULTILINE
    )
    return re.sub(r"^### ", "#### ", text, flags=re.MULTILINE).strip()


def renderer():
    """Markdown to HTML, with formulas left to MathJax."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    def formula(content, options):
        text = content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if options["display_mode"]:
            return f'<div class="display">\\[{text}\\]</div>'
        return f"\\({text}\\)"

    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    markdown.use(dollarmath_plugin, renderer=formula, allow_space=False, double_inline=True)
    return markdown


def pages(numbers):
    """The whole text as HTML; `numbers` are the pages of the headings, by their anchors."""
    markdown, body, contents = renderer(), [], []

    def enter(anchor, heading, kind):
        page = numbers.get(anchor, "")
        contents.append(f'<li class="{kind}"><a href="#{anchor}">{heading}</a>{page}</li>')

    for number, title, question, sections in chapters():
        anchor = f"n{number}"
        enter(anchor, f"{number} · {title}", "chapter")
        body.append(
            f'<h2 id="{anchor}">{number} · {title}</h2><p class="question">{question}</p>'
        )
        for k, (heading, pieces) in enumerate(sections):
            inner = markdown.renderInline(heading)
            if heading != "What to remember":
                enter(f"{anchor}-{k}", inner, "section")
            body.append(f'<h3 id="{anchor}-{k}">{inner}</h3>')
            body += [markdown.render(piece) for piece in pieces]
    for name, title in (("formulas", "Formulas and shapes"), ("notation", "Notation")):
        path = ROOT / "notes" / f"{name}.md"
        if path.is_file():
            text = re.sub(r"\A# .*\n", "", path.read_text(encoding="utf-8"))
            text = re.sub(r"^## ", "### ", on_paper(text), flags=re.MULTILINE)
            enter(name, title, "chapter")
            body += [f'<h2 id="{name}">{title}</h2>', markdown.render(text)]
    return PAGE.format(
        title=TITLE,
        mathjax=mathjax().as_uri(),
        contents="".join(contents),
        body="\n".join(body),
    )


def chromium():
    """The path of Chromium. Raises OSError, which says what to do, where there is none."""
    browser = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, CHROMIUM)), None
    )
    if not browser:
        raise OSError(
            "the PDF is printed by Chromium, which is not installed (Debian, Ubuntu: apt "
            "install chromium); CHROMIUM=/path names one; --only site builds no PDF"
        )
    return browser


def in_chromium(profile, *arguments):
    """Run Chromium without a window; returns what it printed, as `subprocess.run` does.

    profile: a folder for what it keeps. Raises OSError where it is missing or does not finish.
    """
    command = [chromium(), *FLAGS, f"--user-data-dir={profile}", *arguments]
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        raise OSError(
            f"{command[0]} did not finish within {LONGEST} seconds: is the machine busy? Run "
            "it again, or name another with CHROMIUM=/path"
        ) from None


def print_pdf(path):
    """Print the mathematics to `path`; returns the number of pages.

    It is printed twice: the first time tells on which page each heading stands. Raises OSError
    where Chromium is missing or prints nothing, ValueError where something is too wide for
    the page.
    """
    browser = chromium()  # before anything else: its absence is the likeliest error
    from pypdf import PdfReader  # of `make book` alone: not in the tests' environment

    numbers = {}
    with tempfile.TemporaryDirectory() as scratch:
        html, pdf = Path(scratch) / "mathematics.html", Path(scratch) / "mathematics.pdf"
        for _ in range(2):
            html.write_text(pages(numbers), encoding="utf-8")
            done = in_chromium(f"{scratch}/profile", f"--print-to-pdf={pdf}", html.as_uri())
            if not pdf.is_file():
                raise OSError(f"{browser} printed nothing: {done.stderr[-600:]}")
            reader = PdfReader(pdf)
            numbers = {
                name.lstrip("/"): reader.get_destination_page_number(target) + 1
                for name, target in reader.named_destinations.items()
            }
        if (size := title_size(reader.pages[0])) < TITLE - 0.5:
            raise ValueError(
                f"a table or a formula is wider than the page: so that it fits, Chromium made "
                f"all type smaller, the title {size:.1f} points instead of {TITLE}"
            )
        shutil.copy(pdf, path)
        return len(reader.pages)


def title_size(page):
    """The size in points of the largest type on a page."""
    sizes = []

    def measure(text, matrix, text_matrix, font, size):
        if text.strip():
            sizes.append(abs(size * text_matrix[0] * matrix[0]))

    page.extract_text(visitor_text=measure)
    return max(sizes, default=0.0)
