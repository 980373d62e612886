"""A submission to Kaggle's Digit Recognizer competition."""

import numpy as np

from digitlib._files import replacing

__all__ = ["write_submission"]


def write_submission(path, predictions):
    """Write predicted digits as the competition wants them (notebook 01).

    predictions (N,), whole numbers from 0 to 9, in the order of test.csv. The file has the
    header ImageId,Label and then one line a digit, with ids from 1. It is whole or absent.

    Raises ValueError where the predictions are not that.
    """
    labels = np.asarray(predictions)
    if labels.ndim != 1 or not len(labels):
        raise ValueError(
            f"predictions are a vector of digits, shape (N,); got shape {labels.shape}."
            " Rows of probabilities become digits with P.argmax(axis=1)"
        )
    if labels.dtype.kind not in "iuf":
        raise ValueError(f"predictions are whole numbers from 0 to 9; got dtype {labels.dtype}")
    # A comparison with NaN is False, so this finds it too.
    bad = ~((labels >= 0) & (labels <= 9) & (labels == np.floor(labels)))
    if bad.any():
        at = int(np.flatnonzero(bad)[0])
        raise ValueError(f"prediction {labels[at]} at index {at} is not a digit from 0 to 9")
    with replacing(path) as file:  # as bytes, so that lines end in \n on Windows too
        file.write(b"ImageId,Label\n")
        file.writelines(b"%d,%d\n" % row for row in enumerate(labels.tolist(), start=1))
