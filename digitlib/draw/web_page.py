"""The page of `digitlib draw`: one HTML file, with networks, styles and program in it.

The program's parts are the files of web/, put together as they are. A content security policy
in the page names the hashes of its one script and its one style, and allows nothing else: no
request can leave it, not even by mistake. The networks are data beside the script, so that
the program runs, and says so, where they are damaged.
"""

import base64
import hashlib
import json
from importlib import resources

from digitlib.data.files import path_of, replacing
from digitlib.draw.pack import pack
from digitlib.draw.trained import NAMES, about, pretrained

__all__ = ["page", "script", "write_page"]

ARITHMETIC = ("ink.js", "frame.js", "network.js", "xray.js")
PAGE = (*ARITHMETIC, "pad.js", "view.js", "keeper.js", "xray_view.js", "page.js")


def web(name):
    """The text of a file of web/."""
    return (resources.files("digitlib.draw") / "web" / name).read_text(encoding="utf-8")


def script(names=PAGE):
    """Some files of web/ as one JavaScript text."""
    return "\n".join(f"// ---- {name}\n{web(name)}" for name in names)


def page(networks=None):
    """The page as a text.

    networks   a dict {name: Network}; they stand before the three that ship with the page

    Raises ValueError for a network that the page cannot carry (`pack` says why).
    """
    carried = []
    for name, network in (networks or {}).items():
        try:
            carried.append({"name": name} | pack(network))
        except ValueError as error:
            raise ValueError(f"the page cannot carry {name}: {error}") from error
    for entry in carried:
        entry["note"] = entry["outline"]
    # The best reader first, unless the page was made for somebody's own network.
    for name in reversed(NAMES):
        right = 100 * about(name)["int8"]["mnist"]
        entry = {"name": name} | pack(pretrained(name), int8=True)
        extra = f" ({entry['outline']})" if entry["outline"] != name else ""
        entry["note"] = f"reads {right:.1f} % of MNIST's test digits{extra}"
        carried.append(entry)
    # "</" would end the script, wherever it stood in a name.
    data = json.dumps(carried).replace("<", "\\u003c")
    program = f'(() => {{\n"use strict";\n{script()}\nstartPage();\n}})();'
    style = web("style.css")
    policy = (
        f"default-src 'none'; script-src {_hash(program)}; style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    text = web("page.html")
    parts = {"policy": policy, "style": style, "script": program, "networks": data}
    for name, value in parts.items():
        text = text.replace(f"{{{{{name}}}}}", value)
    return text


def write_page(path, networks=None):
    """Write the page to `path`; returns the path.

    networks   a dict {name: Network}, whose networks the page shows first

    Raises ValueError for a network that the page cannot carry, OSError where the file cannot
    be written.
    """
    text = page(networks)
    with replacing(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return path_of(path)


def _hash(text):
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
