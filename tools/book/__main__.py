"""The course as a site and as one PDF of its mathematics, from the stored outputs.

    python -m tools.book                 both, into build/book
    python -m tools.book --only site     or --only pdf, which needs Chromium
    python -m tools.book --into DIR      somewhere else; an older book there is replaced

Nothing is executed. MathJax comes once from the registry of npm and is kept in the cache of
the user; after that no network is needed, neither to build nor to read.
"""

import argparse
import sys
import time
from pathlib import Path

from tools.book.mathematics import print_pdf
from tools.book.sideways import sideways
from tools.book.site import build_site
from tools.course import ROOT


def main(arguments=None):
    parser = argparse.ArgumentParser(
        prog="python -m tools.book", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--only", choices=["site", "pdf"], help="one of the two (both)")
    parser.add_argument("--into", metavar="DIR", type=Path, default=ROOT / "build" / "book")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    options.into.mkdir(parents=True, exist_ok=True)
    try:
        if options.only != "site":
            pages = print_pdf(options.into / "mathematics.pdf")
            print(f"{options.into / 'mathematics.pdf'}: {pages} pages")
        if options.only != "pdf":
            print(build_site(options.into))
        if options.only is None and (wide := sideways(options.into / "site")):
            told = (
                f"{page} is {w} pixels wide: {text[:60]}" for page, (w, text) in wide.items()
            )
            raise ValueError("pages run off a telephone: " + "; ".join(told))
    except (ValueError, OSError) as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 1
    print(f"{time.perf_counter() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
