"""Many trainings in one call: a grid or a random search, on this machine or on a cluster.

    def f(seed, rate, batch):                # any function that returns a dict
        return {"valid_accuracy": ...}

    table = sweep(f, {"rate": [0.03, 0.1, 0.3], "batch": [32, 128]}, seeds=5, path="sweep.csv")

`sweep` gives a pandas table with one row per run. `of_recipe` makes such an f of a named
recipe, `record` a table that ships with the package. `digitlib.compare` is built on this.
Notebook 17, many runs.
"""

from digitlib.sweep.places import local_cluster
from digitlib.sweep.recipe import of_recipe
from digitlib.sweep.table import read, record, summary, sweep

__all__ = ["local_cluster", "of_recipe", "read", "record", "summary", "sweep"]
