"""The book: links that stay inside, folded drawing, what goes on paper, no request."""

import hashlib
import io
import sys
import tarfile

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools import course
from tools.book import mathematics, mathjax, sideways, site
from tools.course import REPOSITORY, ROOT

HOME = f"https://github.com/{REPOSITORY}"
PNG = "iVBORw0KGgo="  # nobody decodes it


def test_links_to_notes_stay_in_the_book_and_badges_lose_their_pictures():
    text = (
        f"[![Open in Colab](https://x/colab-badge.svg)](https://colab/{REPOSITORY})\n"
        f"[notation]({HOME}/blob/main/notes/notation.md), [M](../LICENSE)\n"
        + course.siblings("**Next.** [05](05_gradient_checking.ipynb): on.")
    )
    assert "[Kaggle]" in text
    assert site.in_the_book(text) == (
        f"[Open in Colab](https://colab/{REPOSITORY})\n"
        f"[notation](../notes/notation.md), [M]({HOME}/blob/main/LICENSE)\n"
        "**Next.** [05](05_gradient_checking.ipynb): on."
    )


@pytest.mark.parametrize(
    ("source", "folded"),
    [
        ("plots.wires(a=[1.0], W=[[1.0]])\nplt.show()", True),
        ("fig, ax = plt.subplots()\nfor c in curves:\n    ax.plot(c)\nplt.show()", True),
        ("network = fit(digits)\nplots.weights(network.W1)\nplt.show()", False),
        ("def step(w):\n    return w - plt.rate\nplt.plot(step(1))", False),
        ("", False),
    ],
)
def test_only_what_draws_alone_is_folded(source, folded):
    assert site.only_draws(source) is folded


def picture(source):
    output = new_output(
        "display_data", {"image/png": PNG}, metadata={"image/png": {"alt": "A finding."}}
    )
    return new_code_cell(source, outputs=[output])


def test_a_chapter_leaves_out_the_set_up_and_describes_its_pictures(tmp_path):
    cells = [
        new_markdown_cell("# 04 · T"),
        new_code_cell("import digitlib", metadata={"tags": ["set-up"]}),
        picture("plt.plot([1])\nplt.show()"),
        picture("w = train()\nplt.plot(w)"),
    ]
    nbformat.write(new_notebook(cells=cells), tmp_path / "04_t.ipynb")
    _, setup, drawn, trained = site.chapter(tmp_path / "04_t.ipynb").cells
    assert "remove-cell" in setup.metadata.tags
    assert "hide-input" in drawn.metadata.tags
    assert "hide-input" not in trained.metadata.tags
    assert drawn.metadata.mystnb == {"image": {"alt": "A finding."}}


def test_every_notebook_and_note_is_in_the_contents():
    numbers = sorted(path.name[:2] for path in (ROOT / "notebooks").glob("*.ipynb"))
    text = site.contents(numbers, ["glossary"])
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        assert f"notebooks/{path.stem}\n" in text
    assert "notes/glossary" in text


def test_a_page_that_asks_the_network_is_found(tmp_path):
    (tmp_path / "a.html").write_text('<a href="https://x/y">y</a><img src="b.png">')
    assert site.requests(tmp_path) == set()
    (tmp_path / "b.html").write_text('<script async src="https://cdn/z.js"></script>')
    (tmp_path / "c.css").write_text("@font-face { src: url(https://fonts/f.woff) }")
    assert site.requests(tmp_path) == {
        "b.html loads https://cdn/z.js",
        "c.css loads https://fonts/f.woff",
    }


def test_what_holds_a_formula_goes_on_paper_and_the_rest_stays():
    cells = [
        new_markdown_cell("# T"),
        new_markdown_cell("## 1 · Blame\n\nTalk.\n\n$$dW = X^\\top dZ$$"),
        new_markdown_cell("## 2 · Running\n\nNothing to derive."),
        new_code_cell('f = check("04.wall", wall)'),
        new_markdown_cell("Compare:\n\n| a | b |\n|---|---|\n| dW | `dW = X.T @ dZ` |"),
        picture("plots.wires()"),
        new_markdown_cell(
            "**Figure 1.** A [wire](../a.md).\n\n$$a$$\n\n**Next.** [05](05.ipynb)"
        ),
        new_markdown_cell("## What to remember\n\n- Blame. <!-- 04.x -->"),
    ]
    sections = dict(mathematics.derivations(new_notebook(cells=cells)))
    assert list(sections) == ["1 · Blame", "2 · Running", "What to remember"]
    assert sections["1 · Blame"] == ["Talk.\n\n$$dW = X^\\top dZ$$"]
    table, figure = sections["2 · Running"]
    assert table.startswith("Compare")
    assert figure.startswith("<img alt='' src='data:image/png;base64,iVBOR")
    assert "A wire." in figure
    assert "Next" not in figure
    assert sections["What to remember"] == ["- Blame."]


def test_what_derives_a_wall_within_its_sentences_goes_on_paper():
    cells = [
        new_markdown_cell("# T"),
        new_markdown_cell("## 1 · Size\n\nA sum of $n$ terms."),
        new_code_cell("draw()"),
        new_markdown_cell("It grows like $\\sqrt{n}$."),
        new_markdown_cell("| line | formula |\n|---|---|\n| he | $\\sqrt{2/n}$ |"),
        new_markdown_cell("## 2 · Cost\n\nIt costs $2$ points."),
    ]
    sections = dict(mathematics.derivations(new_notebook(cells=cells)))
    assert list(sections) == ["1 · Size"]
    assert len(sections["1 · Size"]) == 3


def test_he_momentum_and_adam_are_derived_on_paper():
    found = {
        number: [h for h, _ in sections] for number, _, _, sections in mathematics.chapters()
    }
    assert "2 · The factor of one layer" in found["09"]
    assert {"2 · A step that remembers", "4 · An average that starts at zero"} <= {*found["10"]}


def test_formulas_are_left_to_mathjax():
    html = mathematics.renderer().render("so $a<b$ and\n\n$$\\frac12$$\n\ncost 3 $ or 4 $.")
    assert "\\(a&lt;b\\)" in html
    assert '<div class="display">\\[\\frac12\\]</div>' in html
    assert "cost 3 $ or 4 $" in html


def test_the_whole_text_has_every_notebook_that_derives_something(monkeypatch, tmp_path):
    monkeypatch.setattr(mathematics, "mathjax", lambda: tmp_path / "tex-svg.js")
    html = mathematics.pages({"n04": 7})
    for number in ("02", "03", "04", "05", "08", "09"):
        assert f'<h2 id="n{number}">' in html
    assert "One hidden layer</a>7</li>" in html
    assert "Formulas and shapes" in html


def test_a_pdf_that_was_made_smaller_is_seen():
    """Chromium scales all type down where one table is too wide, and says nothing."""

    class Page:
        def __init__(self, scale):
            self.scale = scale

        def extract_text(self, visitor_text):
            whole = [self.scale, 0, 0, self.scale, 0, 0]
            visitor_text("The mathematics", whole, [1, 0, 0, 1, 0, 0], None, 19.0)
            visitor_text(" ", whole, [1, 0, 0, 1, 0, 0], None, 99.0)
            visitor_text("a line", whole, [1, 0, 0, 1, 0, 0], None, 10.0)

    assert mathematics.title_size(Page(1.0)) == mathematics.TITLE
    assert mathematics.title_size(Page(0.667)) < 13


def test_on_paper_no_link_is_left():
    text = (
        "[notation](notation.md), [05](05_gradient_checking.ipynb), [x](https://x/y), f[i](j)"
    )
    assert mathematics.on_paper(text) == "notation, 05, x, f[i](j)"


def test_without_chromium_the_reader_is_told(monkeypatch, tmp_path):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(mathematics.shutil, "which", lambda name: None)
    with pytest.raises(OSError, match="apt install chromium"):
        mathematics.print_pdf(tmp_path / "m.pdf")


@pytest.mark.skipif(sys.platform == "win32", reason="the slow Chromium is a shell script")
def test_a_chromium_that_does_not_finish_is_an_error_in_words(monkeypatch, tmp_path):
    slow = tmp_path / "chromium"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(slow))
    monkeypatch.setattr(mathematics, "LONGEST", 0.2)
    with pytest.raises(
        OSError, match=r"did not finish within 0\.2 seconds: is the machine busy"
    ):
        sideways.sideways(tmp_path)


@pytest.mark.browser
def test_a_page_that_runs_off_a_telephone_is_found(tmp_path):
    try:
        mathematics.chromium()
    except OSError as error:
        pytest.skip(str(error))
    head = '<!DOCTYPE html><meta name="viewport" content="width=device-width">'
    long = "two_layer_" * 40
    pages = {
        "fits.html": f'<p>{"word " * 99}</p><pre style="overflow-x: auto">{long}</pre>',
        "notes/wide.html": f"<p>Say <code>{long}</code></p>",
        "_static/apart.html": f"<p>{long}</p>",
    }
    for name, body in pages.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(head + body, encoding="utf-8")
    found = sideways.sideways(tmp_path)
    assert list(found) == ["notes/wide.html"]
    width, text = found["notes/wide.html"]
    assert width > 1000
    assert text == long


def packed(content):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        entry = tarfile.TarInfo(mathjax.MEMBER)
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


def test_mathjax_is_fetched_once_and_checked(monkeypatch, tmp_path):
    pooch = pytest.importorskip("pooch")
    archive = packed(b"// MathJax")
    monkeypatch.setattr(pooch, "os_cache", lambda name: tmp_path)
    monkeypatch.setattr(mathjax, "SHA512", hashlib.sha512(archive).hexdigest())
    asked = []

    def download(url, output, _):
        asked.append(url)
        with open(output, "wb") as file:  # noqa: PTH123
            file.write(archive)

    retrieve = pooch.retrieve
    monkeypatch.setattr(
        pooch, "retrieve", lambda *a, **k: retrieve(*a, downloader=download, **k)
    )
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", "https://mirror.example/")
    assert mathjax.mathjax().read_bytes() == b"// MathJax"
    assert mathjax.mathjax().read_bytes() == b"// MathJax"
    assert asked == ["https://mirror.example/mathjax/-/mathjax-3.2.2.tgz"]


def test_a_changed_mathjax_is_refused(monkeypatch, tmp_path):
    pooch = pytest.importorskip("pooch")
    monkeypatch.setattr(pooch, "os_cache", lambda name: tmp_path)

    def download(url, output, _):
        with open(output, "wb") as file:  # noqa: PTH123
            file.write(packed(b"// something else"))

    retrieve = pooch.retrieve
    monkeypatch.setattr(
        pooch, "retrieve", lambda *a, **k: retrieve(*a, downloader=download, **k)
    )
    with pytest.raises(OSError, match="could not be fetched"):
        mathjax.mathjax()
    assert not list(tmp_path.rglob("tex-svg.js"))
