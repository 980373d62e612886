"""What the set-up cell of every notebook calls: install what is missing, replace nothing.

On Colab and Kaggle NumPy, pandas and matplotlib are loaded before a notebook's first cell runs.
Were one of them replaced on disk, half of it would be the old version and half the new.
"""

import importlib
import importlib.metadata
import importlib.util
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from digitlib import __version__

# 'seaborn>=0.13; extra == "plots"' or 'digitlib[data,plots]; extra == "course"'
REQUIREMENT = re.compile(
    r"(?P<name>[\w.-]+)(?:\[(?P<extras>[\w,.-]+)\])?\s*(?:>=\s*(?P<lowest>[\d.]+))?"
    r"\s*(?:;\s*extra\s*==\s*[\"'](?P<extra>\w+)[\"'])?$"
)
IMPORTED_AS = {"scikit-learn": "sklearn"}
ENOUGH = {"numpy", "pandas", "matplotlib", "seaborn"}  # with these alone a notebook begins


def set_up():
    """Install what the notebooks need and this Python lacks, and print what there is.

    What is installed already is never replaced, even where it is older than what the notebooks
    were tried with; that is only said. Where pip fails, as without a network, what is lacking
    is named; RuntimeError is raised if NumPy, pandas, matplotlib or seaborn is among it.
    """
    before, wanted = _installed(), needed()
    missing = [name for name in wanted if not _is_there(name)]
    lacking = []
    if missing:
        try:
            _install([_with_lowest(name, wanted[name]) for name in missing], before)
        except RuntimeError:
            if ENOUGH & set(missing):
                raise
            missing, lacking = [], missing
        importlib.invalidate_caches()
    after = _installed()
    print(f"Python {sys.version.split()[0]}, digitlib {__version__}")
    if missing:
        print("installed: " + ", ".join(f"{n} {after.get(n, '')}".strip() for n in missing))
    if lacking:
        print(
            "not installed, as pip reached no network or no fitting version: "
            f"{', '.join(lacking)}. Most cells do without."
        )
    for name, lowest in wanted.items():
        if name in before and lowest and _numbers(before[name]) < _numbers(lowest):
            print(
                f"{name} {before[name]} is older than {lowest}, the lowest that we have tried. "
                "If a cell fails, that may be why."
            )
    replaced = [
        n for n in before if after.get(n) != before[n] and _import_name(n) in sys.modules
    ]
    if replaced:
        print(f"Now restart the kernel: {', '.join(replaced)} changed while it was in use.")


def have(*packages):
    """Whether all these packages can be imported; where not, say what to install.

    For the few cells that need more than the course: `if have("torch"):`. A package is named
    as it is imported.
    """
    missing = [name for name in packages if importlib.util.find_spec(name) is None]
    if missing:
        print(
            f"This cell needs {' and '.join(missing)}. To see it at work, put  %pip install "
            f"{' '.join(missing)}  into a cell of its own, run that, then this one again. "
            "Everything else in the notebook does without."
        )
    return not missing


def needed(extra="course"):
    """The packages that an extra of digitlib asks for: name -> lowest version, or None."""
    try:
        lines = importlib.metadata.requires("digitlib") or []
    except importlib.metadata.PackageNotFoundError:  # a folder on the path, not installed
        return {}
    found = {}
    for line in lines:
        match = REQUIREMENT.match(line)
        if not match or match["extra"] not in (None, extra):
            continue
        if match["name"] == "digitlib":
            for inner in match["extras"].split(","):
                found |= needed(inner)
        else:
            found[match["name"].lower()] = match["lowest"]
    return found


def _import_name(name):
    return IMPORTED_AS.get(name, name.replace("-", "_"))


def _is_there(name):
    return importlib.util.find_spec(_import_name(name)) is not None


def _with_lowest(name, lowest):
    return f"{name}>={lowest}" if lowest else name


def _numbers(version):
    """(3, 10, 0) of 3.10.0rc1: enough to compare a version with a lower bound."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def _installed():
    """Every installed package: name in lower case -> version. The first on the path counts."""
    found = {}
    for distribution in importlib.metadata.distributions():
        name = distribution.metadata["Name"]
        if name and distribution.version:
            found.setdefault(name.lower(), distribution.version)
    return found


def _install(what, installed):
    """pip install, with everything that is installed held at its version."""
    with tempfile.TemporaryDirectory() as folder:
        constraints = Path(folder) / "installed.txt"
        lines = (f"{name}=={version}\n" for name, version in installed.items())
        constraints.write_text("".join(lines), encoding="utf-8")
        pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        done = subprocess.run(
            [*pip, "-c", str(constraints), *what], capture_output=True, text=True
        )
    if done.returncode:
        raise RuntimeError(
            f"pip could not install {', '.join(what)} beside what is there.\n{done.stderr}\n"
            "Is this machine on the internet? On Kaggle, switch Internet on in the panel at "
            "the right."
        )
