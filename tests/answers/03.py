"""Answers to the exercises of notebook 03, written from its text."""

import numpy as np
from wrong_answers import right, wrong


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

for name, mistakes in {
    "03.wall.own": [
        ("p only", lambda p_j: p_j),
        ("p squared", lambda p_j: p_j**2),
        ("plus", lambda p_j: p_j * (1 + p_j)),
        ("1 - p squared", lambda p_j: 1 - p_j**2),
        ("p squared minus p", lambda p_j: p_j**2 - p_j),
        ("minus", lambda p_j: -p_j * p_j),
        ("1 - p twice", lambda p_j: (1 - p_j) ** 2),
        ("brackets", lambda p_j: p_j * 1 - p_j),
        ("2p", lambda p_j: 2 * p_j * (1 - p_j)),
        ("log", lambda p_j: np.log(p_j)),
        ("exp", lambda p_j: np.exp(p_j) * (1 - p_j)),
    ],
    "03.wall.other": [
        ("sign", lambda p_j, p_k: p_j * p_k),
        ("1 - p", lambda p_j, p_k: p_j * (1 - p_k)),
        ("zero", lambda p_j, p_k: 0.0),
        ("sum", lambda p_j, p_k: -(p_j + p_k)),
        ("only k", lambda p_j, p_k: -p_k),
        ("only j", lambda p_j, p_k: -p_j),
        ("j squared", lambda p_j, p_k: -p_j * p_j),
        ("ratio", lambda p_j, p_k: -p_j / p_k),
        ("difference", lambda p_j, p_k: p_j - p_k),
        ("minus own", lambda p_j, p_k: -p_j * (1 - p_j)),
    ],
    "03.wall.log": [
        ("sign", lambda p_y: 1 / p_y),
        ("the loss", lambda p_y: -np.log(p_y)),
        ("the log", lambda p_y: np.log(p_y)),
        ("square", lambda p_y: -1 / p_y**2),
        ("p", lambda p_y: -p_y),
        ("1 - p", lambda p_y: -1 / (1 - p_y)),
        ("one less", lambda p_y: p_y - 1),
        ("log below", lambda p_y: -1 / np.log(p_y)),
    ],
    "03.wall.dz": [
        ("other way", lambda p, one_hot: one_hot - p),
        ("product", lambda p, one_hot: p * one_hot),
        ("minus y over p", lambda p, one_hot: -one_hot / p),
        ("square", lambda p, one_hot: (p - one_hot) ** 2),
        ("divided by ten", lambda p, one_hot: (p - one_hot) / len(p)),
        ("p only", lambda p, one_hot: p),
        ("minus one everywhere", lambda p, one_hot: p - 1),
        ("Jacobian's diagonal", lambda p, one_hot: p * (1 - p)),
        ("only the true one", lambda p, one_hot: (p - 1) * one_hot),
        ("sum", lambda p, one_hot: (p - one_hot).sum()),
        ("sign", lambda p, one_hot: np.sign(p - one_hot)),
        ("log", lambda p, one_hot: np.log(p) - one_hot),
    ],
    "03.wall.dZ": [
        ("forgot N", lambda P, Y: P - Y),
        ("divided by digits", lambda P, Y: (P - Y) / P.shape[1]),
        ("divided by all", lambda P, Y: (P - Y) / Y.size),
        ("argmax", lambda P, Y: (P.argmax(1) != Y.argmax(1)) / len(Y)),
        ("mean", lambda P, Y: (P - Y).mean(axis=0)),
        ("2", lambda P, Y: 2 * (P - Y) / len(Y)),
        ("P(1-P)", lambda P, Y: (P - Y) * P * (1 - P) / len(Y)),
        ("brackets", lambda P, Y: P - Y / len(Y)),
    ],
    "03.wall.dW": [
        ("transposed", lambda X, dZ: dZ.T @ X),
        ("forward", lambda X, dZ: X @ dZ),
        ("mean again", lambda X, dZ: X.T @ dZ / len(X)),
        ("elementwise", lambda X, dZ: X.T * dZ),
        ("np.dot wrong", lambda X, dZ: np.dot(X, dZ.T)),
        ("sum of X", lambda X, dZ: X.sum(0)[:, None] * dZ.sum(0)),
    ],
    "03.wall.db": [
        ("axis 1", lambda dZ: dZ.sum(axis=1)),
        ("mean", lambda dZ: dZ.mean(axis=0)),
        ("all", lambda dZ: dZ.sum()),
        ("ones", lambda dZ: np.ones(len(dZ))),
        ("keepdims", lambda dZ: dZ.sum(axis=0, keepdims=True)),
        ("zero", lambda dZ: np.zeros(dZ.shape[1])),
    ],
}.items():
    for said, mistake in mistakes:
        wrong(name, said, mistake)
