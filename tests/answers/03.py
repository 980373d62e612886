"""Answers to the exercises of notebook 03, written from its text."""

import numpy as np
from wrong_answers import right, wrong


def soft(Z, axis=1):
    E = np.exp(Z - Z.max(axis=axis, keepdims=True))
    return E / E.sum(axis=axis, keepdims=True)


wrong(
    "03.temperature_softmax",
    "power 1/T of the probabilities, not normalised",
    lambda Z, T: soft(Z) ** (1 / T),
)
wrong(
    "03.temperature_softmax",
    "power 1/T normalised: zeros for large scores",
    lambda Z, T: soft(Z) ** (1 / T) / (soft(Z) ** (1 / T)).sum(axis=1, keepdims=True),
)
wrong(
    "03.temperature_softmax",
    "shift by the minimum",
    lambda Z, T: (
        np.exp((Z - Z.min(axis=1, keepdims=True)) / T)
        / np.exp((Z - Z.min(axis=1, keepdims=True)) / T).sum(axis=1, keepdims=True)
    ),
)
wrong("03.temperature_softmax", "columns normalised", lambda Z, T: soft(Z / T, axis=0))
wrong(
    "03.temperature_softmax",
    "not divided by the sum",
    lambda Z, T: np.exp((Z - Z.max(1, keepdims=True)) / T),
)
wrong("03.temperature_softmax", "T ignored", lambda Z, T: soft(Z))
wrong(
    "03.temperature_softmax",
    "T after the shift only in the numerator",
    lambda Z, T: (
        np.exp((Z - Z.max(1, keepdims=True)) / T)
        / np.exp(Z - Z.max(1, keepdims=True)).sum(1, keepdims=True)
    ),
)
wrong(
    "03.temperature_softmax",
    "keepdims missing in the sum",
    lambda Z, T: (
        np.exp((Z - Z.max(1, keepdims=True)) / T)
        / np.exp((Z - Z.max(1, keepdims=True)) / T).sum(1)
    ),
)
wrong(
    "03.temperature_softmax",
    "sum over everything",
    lambda Z, T: np.exp((Z - Z.max()) / T) / np.exp((Z - Z.max()) / T).sum(),
)
wrong(
    "03.temperature_softmax",
    "the maximum after T is not divided",
    lambda Z, T: (
        np.exp(Z / T - Z.max(1, keepdims=True))
        / np.exp(Z / T - Z.max(1, keepdims=True)).sum(1, keepdims=True)
    ),
)
wrong("03.temperature_softmax", "log-probabilities", lambda Z, T: np.log(soft(Z / T)))
wrong(
    "03.temperature_softmax", "the most likely digit", lambda Z, T: soft(Z / T).argmax(axis=1)
)
right("03.temperature_softmax", "list", lambda Z, T: soft(Z / T).tolist())

wrong(
    "03.log_softmax",
    "normalised over everything",
    lambda Z: Z - np.log(np.exp(Z - Z.max()).sum()) - Z.max(),
)
wrong("03.log_softmax", "softmax without the log", lambda Z: soft(Z))
wrong(
    "03.log_softmax",
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
    "03.log_softmax",
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
wrong("03.log_softmax", "epsilon in the log", lambda Z: np.log(soft(Z) + 1e-12))
wrong("03.log_softmax", "clipped", lambda Z: np.log(np.clip(soft(Z), 1e-15, 1)))
wrong(
    "03.log_softmax",
    "sum of logs",
    lambda Z: (
        Z
        - Z.max(1, keepdims=True)
        - np.log(np.exp(Z - Z.max(1, keepdims=True))).sum(1, keepdims=True)
    ),
)
wrong(
    "03.log_softmax",
    "mean for the sum",
    lambda Z: (
        Z
        - Z.max(1, keepdims=True)
        - np.log(np.exp(Z - Z.max(1, keepdims=True)).mean(1, keepdims=True))
    ),
)
wrong(
    "03.log_softmax",
    "the log of the sum forgotten",
    lambda Z: (
        Z - Z.max(1, keepdims=True) - np.exp(Z - Z.max(1, keepdims=True)).sum(1, keepdims=True)
    ),
)
wrong("03.log_softmax", "shift only", lambda Z: Z - Z.max(1, keepdims=True))
wrong(
    "03.log_softmax",
    "log-sum-exp alone",
    lambda Z: np.log(np.exp(Z - Z.max(1, keepdims=True)).sum(1)),
)
wrong(
    "03.log_softmax",
    "shift by the minimum",
    lambda Z: (
        Z
        - Z.min(1, keepdims=True)
        - np.log(np.exp(Z - Z.min(1, keepdims=True)).sum(1, keepdims=True))
    ),
)


def squared(P, Y):
    dP = 2 * (P - Y) / len(P)
    return P * (dP - (dP * P).sum(axis=1, keepdims=True))


wrong("03.squared_dZ", "the 2 forgotten", lambda P, Y: squared(P, Y) / 2)
wrong("03.squared_dZ", "not divided by N", lambda P, Y: squared(P, Y) * len(P))
wrong("03.squared_dZ", "divided by N and K", lambda P, Y: squared(P, Y) / P.shape[1])
wrong("03.squared_dZ", "sign", lambda P, Y: -squared(P, Y))
wrong(
    "03.squared_dZ",
    "P in front forgotten",
    lambda P, Y: 2 * (P - Y) / len(P) - ((2 * (P - Y) / len(P)) * P).sum(axis=1, keepdims=True),
)
wrong("03.squared_dZ", "sigmoid's slope", lambda P, Y: 2 * (P - Y) / len(P) * P * (1 - P))
wrong(
    "03.squared_dZ",
    "the P inside the sum forgotten",
    lambda P, Y: P * (2 * (P - Y) / len(P) - (2 * (P - Y) / len(P)).sum(axis=1, keepdims=True)),
)
wrong(
    "03.squared_dZ",
    "a plus for the minus",
    lambda P, Y: (
        P * (2 * (P - Y) / len(P) + (2 * (P - Y) / len(P) * P).sum(axis=1, keepdims=True))
    ),
)
wrong("03.squared_dZ", "only the correct class", lambda P, Y: 2 * (P - Y) * Y / len(P))
wrong("03.squared_dZ", "times P only", lambda P, Y: 2 * (P - Y) * P / len(P))
wrong("03.squared_dZ", "the loss itself", lambda P, Y: ((P - Y) ** 2).sum(axis=1).mean())
wrong(
    "03.squared_dZ",
    "mean for the sum over classes",
    lambda P, Y: (
        P * (2 * (P - Y) / len(P) - (2 * (P - Y) / len(P) * P).mean(axis=1, keepdims=True))
    ),
)


@wrong("03.squared_dZ", "Jacobian built with P for p in every row")
def _(P, Y):
    J = np.diag(P[0]) - np.outer(P[0], P[0])
    return 2 * (P - Y) @ J / len(P)


@right("03.squared_dZ", "loops over ten digits")
def _(P, Y):
    dP = 2 * (P - Y) / len(P)
    dZ = np.zeros(P.shape)
    for j in range(10):
        for i in range(10):
            dZ[:, j] += dP[:, i] * P[:, i] * ((i == j) - P[:, j])
    return dZ


wrong("03.rate_for_slip", "multiplied by 10 the wrong way", 0.5 / 10)
wrong("03.rate_for_slip", "half", 0.25)
wrong("03.rate_for_slip", "10", 10)
wrong("03.rate_for_slip", "0.5 times 100", 50)
wrong("03.rate_for_slip", "1/3200", 0.5 / 3200)
wrong("03.rate_for_slip", "text", "5")
wrong("03.rate_for_slip", "1/32000", 0.5 / 32000)
wrong("03.rate_for_slip", "the factor alone times 2", 20)
right("03.rate_for_slip", "0-d array", np.array(5.0))
