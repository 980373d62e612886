"""Part (e), who runs: what comes before the training. Files read, images moved and bent.

Each function returns seconds. Augmentation runs on one thread whatever is allowed.
"""

import subprocess
import sys
import time

import numpy as np

from digitlib import augment
from digitlib.data.readers import read_labelled_csv

ROWS = 42_000  # as many as Kaggle's train.csv has
SAMPLE = """
import time
began = time.perf_counter()
import digitlib
digitlib.load("sample")
print(time.perf_counter() - began)
"""


def write_csv(path, X, y):
    """Kaggle's form: a header, then the label and 784 whole numbers from 0 to 255 a line."""
    table = np.column_stack([y, np.rint(X * 255).astype(np.int64)])
    words = [str(number) for number in range(256)]
    with path.open("w", encoding="ascii") as file:
        file.write(",".join(["label", *(f"pixel{i}" for i in range(784))]) + "\n")
        for row in table.tolist():
            file.write(",".join([words[number] for number in row]) + "\n")


def read_csv(path):
    began = time.perf_counter()
    read_labelled_csv(path)
    return time.perf_counter() - began


def pandas_csv(path):
    """pandas' fast reader, then the same division: no cell is looked at."""
    import pandas as pd

    began = time.perf_counter()
    table = pd.read_csv(path).to_numpy(np.uint8)
    np.divide(table[:, 1:], 255, dtype=np.float32)
    return time.perf_counter() - began


def load_sample():
    """`import digitlib` and load("sample") in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-c", SAMPLE], check=True, capture_output=True, text=True
    )
    return float(done.stdout)


def affine(images):
    return mean_of(augment.affine, images)


def elastic(images):
    return mean_of(augment.elastic, images)


def mean_of(change, images, times=10):
    rng = np.random.default_rng(0)
    began = time.perf_counter()
    for _ in range(times):
        change(images, rng)
    return (time.perf_counter() - began) / times
