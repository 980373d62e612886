"""The user cache, and what is put into it."""

import importlib
import os
from pathlib import Path

__all__ = ["cache_folder", "need"]


def need(module, purpose):
    """Import an optional module, or say in one line how to get it."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        raise ImportError(
            f"{purpose} needs the package {package} ({error}): pip install {package}"
        ) from error


def cache_folder():
    """Where digitlib keeps what it has prepared or downloaded: DIGITLIB_CACHE if that is
    set, else the folder for it on this system. The folder need not exist."""
    if chosen := os.environ.get("DIGITLIB_CACHE"):
        return Path(chosen).expanduser()
    platformdirs = need("platformdirs", "Finding the user cache (unless DIGITLIB_CACHE is set)")
    return Path(platformdirs.user_cache_dir("digitlib"))
