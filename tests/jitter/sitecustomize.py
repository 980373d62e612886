"""A data set that another machine might have: every loaded pixel one part in 10^15 off.

With this folder on PYTHONPATH and DIGITLIB_JITTER set to a seed, `digitlib.load` returns pixels
times 1 ± 1e-15 in float64 and 1 ± 1.2e-7 in float32, which is about one rounding. What a
notebook prints may not depend on that. Python reads a file of this name when it starts; the
library knows nothing of it.
"""

import importlib.abc
import importlib.machinery
import os
import sys

MODULE = "digitlib.data.digits"
SIZE = {8: 1e-15, 4: 1.2e-7}  # bytes of a number -> relative change


def jittered(digits, seed):
    import numpy as np

    X = digits.X
    if X is None:
        return digits
    sign = np.random.default_rng(seed).integers(2, size=X.shape) * 2 - 1
    factor = (1 + sign * SIZE[X.dtype.itemsize]).astype(X.dtype)
    return digits._replace(X=np.minimum(X * factor, 1).astype(X.dtype))  # ink stays in [0, 1]


class Finder(importlib.abc.MetaPathFinder):
    """Finds the one module as Python does, and wraps its `load` once it has run."""

    def find_spec(self, name, path=None, target=None):
        if name != MODULE:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        run = spec.loader.exec_module

        def exec_module(module):
            run(module)
            load, seed = module.load, int(os.environ["DIGITLIB_JITTER"])

            def load_jittered(*arguments, **options):
                return tuple(jittered(part, seed) for part in load(*arguments, **options))

            module.load = load_jittered

        spec.loader.exec_module = exec_module
        return spec


if os.environ.get("DIGITLIB_JITTER"):
    sys.meta_path.insert(0, Finder())
