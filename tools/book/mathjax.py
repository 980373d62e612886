"""MathJax as one file that draws formulas without a network."""

import os
import tarfile
from pathlib import Path

MEMBER = "package/es5/tex-svg.js"
VERSION = "3.2.2"
SHA512 = (
    "06df9249553c7811b6ef30a155ec0e89c62ced7b1db78d2a9b8f94a47c97ee4d"
    "3f3bd36588f73ec7bee4d7f144b0fb2328f64626fb5164cd6f3be81e5b43a11b"
)


def mathjax():
    """The path of tex-svg.js, fetched once from npm's registry and checked by its SHA-512.

    `NPM_CONFIG_REGISTRY` names another registry, as it does for npm. Raises OSError, which says
    what was sought where, when the registry cannot be reached.
    """
    import pooch

    registry = os.environ.get("NPM_CONFIG_REGISTRY", "https://registry.npmjs.org").rstrip("/")
    url = f"{registry}/mathjax/-/mathjax-{VERSION}.tgz"
    folder = Path(pooch.os_cache("digitlib")) / f"mathjax-{VERSION}"
    script = folder / "tex-svg.js"
    if script.is_file():
        return script
    try:
        packed = pooch.retrieve(url, f"sha512:{SHA512}", path=folder, progressbar=False)
    except (OSError, ValueError) as error:
        raise OSError(
            f"MathJax, which draws the book's formulas, could not be fetched from {url}: "
            f"{error}. The book needs it once; NPM_CONFIG_REGISTRY names another registry."
        ) from error
    with tarfile.open(packed) as archive:
        content = archive.extractfile(MEMBER).read()
    partial = script.with_suffix(".part")
    partial.write_bytes(content)
    partial.replace(script)  # never half a file under the final name
    Path(packed).unlink()
    return script
