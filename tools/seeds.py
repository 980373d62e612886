"""How lucky can a seed be? The network of notebook 04, trained once for each of many seeds.

    python -m tools.seeds                       `make seeds` does that

Each run is the one that notebook 04 makes of a reader's seed: 800 digits of the sample's
training part held out, 500 full-batch steps at a rate of 0.1 on the other 3,200, in float64.
The table goes to digitlib/records/seeds.csv, one row per seed; `digitlib.sweep.record("seeds")`
reads it (notebook 17). A run takes about three seconds; those of the record shared a busy
machine and took longer. Each is added as it ends, so that the command may be stopped and goes
on where it was.
"""

import argparse
import sys
from pathlib import Path

import numpy as np

import digitlib
from digitlib.sweep import sweep

RECORD = Path(__file__).resolve().parent.parent / "digitlib" / "records" / "seeds.csv"
SEEDS = 1000


def one_hidden_layer(seed, rate, steps):
    """Accuracies of 784-10-10: on the 800 digits held out, and on the 1,000 of the test part.

    The seed gives the split and the starting weights, as in section 7 of notebook 04.
    """
    digits, test = digitlib.load("sample", dtype=np.float64)
    rng = np.random.default_rng(seed)
    fit, held = digitlib.split(digits, 800, rng)
    begin = digitlib.init_params(rng, dtype=np.float64)
    params, _ = digitlib.gradient_descent(fit.X, fit.y, rate, steps, begin)
    return {
        "held_out": digitlib.accuracy(digitlib.make_predictions(held.X, *params), held.y),
        "fresh": digitlib.accuracy(digitlib.make_predictions(test.X, *params), test.y),
    }


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=SEEDS, help=f"how many ({SEEDS})")
    parser.add_argument("-o", "--output", type=Path, default=RECORD, metavar="FILE")
    parser.add_argument("--jobs", type=int, help="processes (one per core)")
    arguments = parser.parse_args(argv)
    table = sweep(
        one_hidden_layer,
        {"rate": [0.1], "steps": [500]},
        seeds=arguments.seeds,
        path=arguments.output,
        jobs=arguments.jobs,
        progress=True,
    )
    print(table[["held_out", "fresh"]].describe(), arguments.output, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
