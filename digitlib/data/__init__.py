"""Digits and files: where they are, how they are read, split, cut into batches and varied."""

from digitlib.data import augment
from digitlib.data.digits import Digits, batches, load, sources, split
from digitlib.data.readers import (
    read_digits,
    read_idx,
    read_labelled_csv,
    read_npz,
    read_unlabelled_csv,
)
from digitlib.data.submission import check_submission, write_submission

__all__ = [
    "Digits",
    "augment",
    "batches",
    "check_submission",
    "load",
    "read_digits",
    "read_idx",
    "read_labelled_csv",
    "read_npz",
    "read_unlabelled_csv",
    "sources",
    "split",
    "write_submission",
]
