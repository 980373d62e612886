"""Answers to the exercises of notebook 02, written from its text."""

import numpy as np
from wrong_answers import right, wrong


def soft(Z, axis=1):
    E = np.exp(Z - Z.max(axis=axis, keepdims=True))
    return E / E.sum(axis=axis, keepdims=True)


wrong(
    "02.temperature_softmax",
    "power 1/T of the probabilities, not normalised",
    lambda Z, T: soft(Z) ** (1 / T),
)
wrong(
    "02.temperature_softmax",
    "power 1/T normalised: zeros for large scores",
    lambda Z, T: soft(Z) ** (1 / T) / (soft(Z) ** (1 / T)).sum(axis=1, keepdims=True),
)
wrong(
    "02.temperature_softmax",
    "shift by the minimum",
    lambda Z, T: (
        np.exp((Z - Z.min(axis=1, keepdims=True)) / T)
        / np.exp((Z - Z.min(axis=1, keepdims=True)) / T).sum(axis=1, keepdims=True)
    ),
)
wrong("02.temperature_softmax", "columns normalised", lambda Z, T: soft(Z / T, axis=0))
wrong(
    "02.temperature_softmax",
    "not divided by the sum",
    lambda Z, T: np.exp((Z - Z.max(1, keepdims=True)) / T),
)
wrong("02.temperature_softmax", "T ignored", lambda Z, T: soft(Z))
wrong(
    "02.temperature_softmax",
    "T after the shift only in the numerator",
    lambda Z, T: (
        np.exp((Z - Z.max(1, keepdims=True)) / T)
        / np.exp(Z - Z.max(1, keepdims=True)).sum(1, keepdims=True)
    ),
)
wrong(
    "02.temperature_softmax",
    "keepdims missing in the sum",
    lambda Z, T: (
        np.exp((Z - Z.max(1, keepdims=True)) / T)
        / np.exp((Z - Z.max(1, keepdims=True)) / T).sum(1)
    ),
)
wrong(
    "02.temperature_softmax",
    "sum over everything",
    lambda Z, T: np.exp((Z - Z.max()) / T) / np.exp((Z - Z.max()) / T).sum(),
)
wrong(
    "02.temperature_softmax",
    "the maximum after T is not divided",
    lambda Z, T: (
        np.exp(Z / T - Z.max(1, keepdims=True))
        / np.exp(Z / T - Z.max(1, keepdims=True)).sum(1, keepdims=True)
    ),
)
wrong("02.temperature_softmax", "log-probabilities", lambda Z, T: np.log(soft(Z / T)))
wrong(
    "02.temperature_softmax", "the most likely digit", lambda Z, T: soft(Z / T).argmax(axis=1)
)
right("02.temperature_softmax", "list", lambda Z, T: soft(Z / T).tolist())

wrong(
    "02.log_softmax",
    "normalised over everything",
    lambda Z: Z - np.log(np.exp(Z - Z.max()).sum()) - Z.max(),
)
wrong("02.log_softmax", "softmax without the log", lambda Z: soft(Z))
wrong(
    "02.log_softmax",
    "minus sign: the losses",
    lambda Z: (
        -(
            Z
            - Z.max(1, keepdims=True)
            - np.log(np.exp(Z - Z.max(1, keepdims=True)).sum(1, keepdims=True))
        )
    ),
)
wrong(
    "02.log_softmax",
    "log2",
    lambda Z: (
        (
            Z
            - Z.max(1, keepdims=True)
            - np.log(np.exp(Z - Z.max(1, keepdims=True)).sum(1, keepdims=True))
        )
        / np.log(2)
    ),
)
wrong("02.log_softmax", "epsilon in the log", lambda Z: np.log(soft(Z) + 1e-12))
wrong("02.log_softmax", "clipped", lambda Z: np.log(np.clip(soft(Z), 1e-15, 1)))
wrong(
    "02.log_softmax",
    "sum of logs",
    lambda Z: (
        Z
        - Z.max(1, keepdims=True)
        - np.log(np.exp(Z - Z.max(1, keepdims=True))).sum(1, keepdims=True)
    ),
)
wrong(
    "02.log_softmax",
    "mean for the sum",
    lambda Z: (
        Z
        - Z.max(1, keepdims=True)
        - np.log(np.exp(Z - Z.max(1, keepdims=True)).mean(1, keepdims=True))
    ),
)
wrong(
    "02.log_softmax",
    "the log of the sum forgotten",
    lambda Z: (
        Z - Z.max(1, keepdims=True) - np.exp(Z - Z.max(1, keepdims=True)).sum(1, keepdims=True)
    ),
)
wrong("02.log_softmax", "shift only", lambda Z: Z - Z.max(1, keepdims=True))
wrong(
    "02.log_softmax",
    "log-sum-exp alone",
    lambda Z: np.log(np.exp(Z - Z.max(1, keepdims=True)).sum(1)),
)
wrong(
    "02.log_softmax",
    "shift by the minimum",
    lambda Z: (
        Z
        - Z.min(1, keepdims=True)
        - np.log(np.exp(Z - Z.min(1, keepdims=True)).sum(1, keepdims=True))
    ),
)

for name, mistakes in {
    "02.wall.loss": [
        ("root of the mean square", lambda x, t, w: np.sqrt(np.mean((w * x - t) ** 2))),
        ("half the square", lambda x, t, w: np.mean((w * x - t) ** 2) / 2),
        ("w + x", lambda x, t, w: np.mean((w + x - t) ** 2)),
        ("t times w", lambda x, t, w: np.mean((x - w * t) ** 2)),
        ("cube", lambda x, t, w: np.mean((w * x - t) ** 3)),
        ("brackets", lambda x, t, w: np.mean(w * x - t**2)),
        ("plus", lambda x, t, w: np.mean((w * x + t) ** 2)),
        ("w left out", lambda x, t, w: np.mean((x - t) ** 2)),
        ("first image", lambda x, t, w: (w * x[0] - t[0]) ** 2),
        ("divided by N - 1", lambda x, t, w: ((w * x - t) ** 2).sum() / max(len(x) - 1, 0.5)),
    ],
    "02.wall.slope": [
        ("forward", lambda x, t, w: np.mean(w * x - t)),
        ("x squared", lambda x, t, w: np.mean(2 * (w * x - t) * x**2)),
        ("sum", lambda x, t, w: np.sum(2 * (w * x - t) * x)),
        ("the loss", lambda x, t, w: np.mean((w * x - t) ** 2)),
        ("miss of the unweighted", lambda x, t, w: np.mean(2 * (x - t) * x)),
        ("t for x", lambda x, t, w: np.mean(2 * (w * x - t) * t)),
        ("brackets", lambda x, t, w: np.mean(2 * w * x - t * x)),
        ("absolute", lambda x, t, w: np.mean(2 * np.abs(w * x - t) * x)),
        ("square of the miss", lambda x, t, w: np.mean(2 * (w * x - t) ** 2 * x)),
    ],
    "02.wall.step": [
        ("rate forgotten and plus", lambda w, slope, alpha: w + slope),
        ("divided by the rate", lambda w, slope, alpha: w - slope / alpha),
        ("slope minus", lambda w, slope, alpha: slope - alpha * w),
        ("rate on w", lambda w, slope, alpha: alpha * w - slope),
        ("everything times the rate", lambda w, slope, alpha: alpha * (w - slope)),
        ("slope forgotten", lambda w, slope, alpha: w - alpha),
        ("squared slope", lambda w, slope, alpha: w - alpha * slope**2),
        ("unchanged", lambda w, slope, alpha: w),
        ("power", lambda w, slope, alpha: w - alpha**slope),
        ("root", lambda w, slope, alpha: w - np.sqrt(alpha) * slope),
    ],
}.items():
    for said, mistake in mistakes:
        wrong(name, said, mistake)
