"""A small competition in Kaggle's form, cut from the built-in digits (notebook 15)."""

import numpy as np

import digitlib
from digitlib.data.files import path_of


class Competition:
    """Two files as Kaggle hands them out, and the machine that scores what is handed in.

    folder  gets train.csv, the 4,000 digits of the sample's training part with their labels,
            and test.csv, the 1,000 of its test part without, in an order of its own
    public  so many rows of test.csv, drawn by chance, are scored at once; the others only at
            the end
    seed    of the order and of the draw

    Its labels are kept out of sight: `score` and `private_score` answer with shares alone.
    """

    def __init__(self, folder, public=250, seed=0):
        given, hidden = digitlib.load()
        rows = len(hidden.y)
        if not 0 < public < rows:
            raise ValueError(f"public is a number of rows from 1 to {rows - 1}; got {public}")
        rng, folder = np.random.default_rng(seed), path_of(folder)
        order = rng.permutation(rows)
        self._labels = hidden.y[order]
        self._public = rng.permutation(rows) < public
        _write(folder / "train.csv", given.X, given.y)
        _write(folder / "test.csv", hidden.X[order])

    def score(self, path):
        """The share of the public rows that a submission has right, as the leaderboard says.

        Raises ValueError where the file is not in order: see `digitlib.check_submission`.
        """
        return self._share(path, self._public)

    def private_score(self, path):
        """The share of all other rows, which a competition shows when it is over."""
        return self._share(path, ~self._public)

    def _share(self, path, part):
        answers = digitlib.check_submission(path, rows=len(self._labels))
        return digitlib.accuracy(answers[part], self._labels[part])


def _write(path, X, y=None):
    """Digits as Kaggle writes them: whole numbers from 0 to 255, a label first where known."""
    names = [f"pixel{m}" for m in range(X.shape[1])]
    table = np.rint(255 * X).astype(int)
    if y is not None:
        names, table = ["label", *names], np.column_stack([y, table])
    lines = [",".join(names)] + [",".join(map(str, row)) for row in table.tolist()]
    path.write_text("\n".join(lines) + "\n", encoding="ascii", newline="\n")
