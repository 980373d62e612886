"""Every test runs with strict floating point and without a trace in the reader's folders."""

import os

os.environ["DIGITLIB_STATE"] = "off"  # before digitlib.exercises is imported
os.environ.setdefault("MPLBACKEND", "Agg")

import numpy as np
import pytest
from hypothesis import settings

settings.register_profile("digitlib", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("digitlib")


@pytest.fixture(autouse=True)
def strict_floating_point():
    """An overflow, a division by zero or a NaN is an error, unless a test asks for it."""
    with np.errstate(all="raise", under="ignore"):
        yield


@pytest.fixture
def rng():
    return np.random.default_rng(0)
