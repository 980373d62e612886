"""Pages that a telephone would have to push sideways, found by laying them all out."""

import json
import re
import tempfile
from html import unescape
from pathlib import Path

from tools.book.mathematics import in_chromium

WIDTH = 375  # pixels, of a small telephone

# No scripts run in the frame: layout is what counts, and formulas scroll by themselves.
FRAME = """\
<!DOCTYPE html><meta charset="utf-8">
<iframe sandbox="allow-same-origin" style="border: 0; width: {width}px; height: 800px"></iframe>
<pre></pre>
<script>
const frame = document.querySelector("iframe"), wide = {{}};
(async () => {{
  for (const page of {pages}) {{
    await new Promise(done => {{ frame.onload = done; frame.src = page; }});
    const all = frame.contentDocument.documentElement;
    if (all.scrollWidth > all.clientWidth + 1) {{
      const out = [...all.querySelectorAll("*")].filter(e =>
        !e.children.length && e.getBoundingClientRect().right > all.clientWidth + 1);
      wide[page] = [all.scrollWidth, out.map(e => e.textContent.trim()).find(t => t) || ""];
    }}
  }}
  document.querySelector("pre").textContent = "found " + JSON.stringify(wide);
}})();
</script>
"""


def sideways(folder, width=WIDTH):
    """What is wider than a telephone: page -> (its width in pixels, the text that sticks out).

    Raises OSError where Chromium is missing or does not finish.
    """
    addresses = {
        page.as_uri(): str(page.relative_to(folder))
        for page in sorted(Path(folder).rglob("*.html"))
        if not any(part.startswith("_") for part in page.relative_to(folder).parts)
    }
    with tempfile.TemporaryDirectory() as scratch:
        frame = Path(scratch) / "frame.html"
        frame.write_text(FRAME.format(width=width, pages=json.dumps(list(addresses))), "utf-8")
        done = in_chromium(
            f"{scratch}/profile", "--hide-scrollbars", "--dump-dom", frame.as_uri()
        )
    found = re.search(r"<pre>found (.*?)</pre>", done.stdout, re.DOTALL)
    if not found:
        raise OSError(f"Chromium did not lay the pages out: {done.stderr[-600:]}")
    wide = json.loads(unescape(found[1]))
    return {addresses[page]: tuple(what) for page, what in wide.items()}
