"""Answers to the exercises of notebook 15, written from its text."""

import math

import numpy as np
from wrong_answers import right, wrong

O = "15.in_order"
wrong(O, "the order itself", lambda ids, labels: np.argsort(ids))
wrong(O, "the ids sorted", lambda ids, labels: np.sort(ids))
wrong(O, "labels as they are", lambda ids, labels: labels)
wrong(O, "descending", lambda ids, labels: labels[np.argsort(-ids)])
wrong(O, "argsort twice", lambda ids, labels: labels[np.argsort(np.argsort(ids))])
wrong(O, "argsort of the labels", lambda ids, labels: labels[np.argsort(labels)])
wrong(O, "index out of range", lambda ids, labels: labels[ids])
wrong(O, "pairs", lambda ids, labels: sorted(zip(ids.tolist(), labels.tolist())))
wrong(
    O,
    "one place too late by a zero",
    lambda ids, labels: np.concatenate([[0], labels[np.argsort(ids)]]),
)
wrong(O, "first lost", lambda ids, labels: labels[np.argsort(ids)][1:])
right(O, "list", lambda ids, labels: [int(x) for _, x in sorted(zip(ids, labels))])

A = "15.average_scores"


def soft(Z, axis=-1):
    E = np.exp(Z - Z.max(axis=axis, keepdims=True))
    return E / E.sum(axis=axis, keepdims=True)


wrong(A, "averaged over images", lambda Z: soft(Z.mean(axis=1)))
wrong(A, "averaged over digits", lambda Z: soft(Z.mean(axis=2)))
wrong(A, "softmax over networks", lambda Z: soft(Z, axis=0).mean(axis=0))
wrong(
    A, "naive exp", lambda Z: np.exp(Z.mean(0)) / np.exp(Z.mean(0)).sum(axis=1, keepdims=True)
)
wrong(A, "the digits", lambda Z: Z.mean(axis=0).argmax(axis=1))
wrong(A, "median", lambda Z: soft(np.median(Z, axis=0)))
wrong(A, "largest score", lambda Z: soft(Z.max(axis=0)))
wrong(A, "first network", lambda Z: soft(Z[0]))
wrong(A, "columns normalised", lambda Z: soft(Z.mean(axis=0), axis=0))
wrong(
    A,
    "product without the root",
    lambda Z: (lambda P: P / P.sum(axis=1, keepdims=True))(np.prod(soft(Z), axis=0)),
)
wrong(
    A,
    "sum normalised over everything",
    lambda Z: (lambda E: E / E.sum())(np.exp(Z.mean(0) - Z.mean(0).max())),
)
wrong(
    A, "log-probabilities averaged, not exponentiated", lambda Z: np.log(soft(Z)).mean(axis=0)
)

L = "15.limit_of_many"


def brier(P, y):
    return ((P - np.eye(10)[y]) ** 2).sum(axis=1).mean()


wrong(L, "the better of the two", lambda P, Q, y: min(brier(P, y), brier(Q, y)))
wrong(
    L,
    "mean of the two minus V, mean over digits too",
    lambda P, Q, y: ((P - np.eye(10)[y]) * (Q - np.eye(10)[y])).mean(),
)
wrong(
    L,
    "V is added",
    lambda P, Q, y: (brier(P, y) + brier(Q, y)) / 2 + ((P - Q) ** 2).sum(1).mean() / 2,
)
wrong(
    L,
    "V a quarter",
    lambda P, Q, y: (brier(P, y) + brier(Q, y)) / 2 - ((P - Q) ** 2).sum(1).mean() / 4,
)
wrong(L, "sum for the mean", lambda P, Q, y: ((P - np.eye(10)[y]) * (Q - np.eye(10)[y])).sum())
wrong(
    L,
    "sum of the two minus V",
    lambda P, Q, y: brier(P, y) + brier(Q, y) - ((P - Q) ** 2).sum(1).mean() / 2,
)
wrong(L, "V alone", lambda P, Q, y: ((P - Q) ** 2).sum(1).mean() / 2)
wrong(L, "one network", lambda P, Q, y: brier(P, y))
wrong(L, "per image", lambda P, Q, y: ((P - np.eye(10)[y]) * (Q - np.eye(10)[y])).sum(axis=1))
wrong(
    L,
    "no square in V",
    lambda P, Q, y: (brier(P, y) + brier(Q, y)) / 2 - np.abs(P - Q).sum(1).mean() / 2,
)
wrong(L, "product of the probabilities", lambda P, Q, y: brier(np.sqrt(P * Q), y))

R = "15.rows_needed"
wrong(R, "gap not squared", lambda q, gap: math.ceil(4 * q / gap))
wrong(R, "not rounded", lambda q, gap: 4 * q / gap**2)
wrong(R, "floor plus one", lambda q, gap: int(4 * q / gap**2) + 1)
wrong(R, "upside down", lambda q, gap: math.ceil(gap**2 / (4 * q)))
wrong(R, "half", lambda q, gap: math.ceil(q / (2 * gap) ** 2))
wrong(R, "q squared", lambda q, gap: math.ceil(4 * q**2 / gap**2))
wrong(R, "1.96", lambda q, gap: math.ceil(1.96**2 * q / gap**2))
wrong(R, "root of q", lambda q, gap: math.ceil(2 * math.sqrt(q) / gap))
wrong(R, "nearest", lambda q, gap: round(4 * q / gap**2))
wrong(R, "whole division", lambda q, gap: 4 * q // gap**2)
wrong(R, "brackets", lambda q, gap: math.ceil(4 * q / gap * gap))

K = "15.leaked_rows"
wrong(
    K,
    "near copies",
    lambda known, test: np.array(
        [(np.abs(known / 255 - row).max(axis=1) < 0.01).any() for row in test]
    ),
)
wrong(
    K,
    "the rows that are known",
    lambda known, test: np.array(
        [row for row in test if any((np.rint(255 * row) == k).all() for k in known)]
    ),
)
wrong(
    K,
    "how many",
    lambda known, test: sum(
        any((np.rint(255 * row) == k).all() for k in known) for row in test
    ),
)
wrong(
    K,
    "is any known",
    lambda known, test: any((np.rint(255 * row) == k).all() for k in known for row in test),
)
wrong(
    K,
    "not rounded",
    lambda known, test: np.array(
        [any((255 * row.astype(np.float64) == k).all() for k in known) for row in test]
    ),
)
right(
    K,
    "cut off, which does no harm in float32",
    lambda known, test: np.array(
        [any(((255 * row).astype(np.uint8) == k).all() for k in known) for row in test]
    ),
)
wrong(
    K,
    "same sum",
    lambda known, test: np.array(
        [any(int(np.rint(255 * row).sum()) == int(k.sum()) for k in known) for row in test]
    ),
)
wrong(
    K,
    "same place only",
    lambda known, test: np.array([(np.rint(255 * r) == k).all() for r, k in zip(test, known)]),
)
wrong(
    K,
    "in of a list of arrays",
    lambda known, test: np.array(
        [row in known for row in np.rint(255 * test).astype(np.uint8)]
    ),
)
wrong(
    K,
    "the new ones",
    lambda known, test: np.array(
        [not any((np.rint(255 * row) == k).all() for k in known) for row in test]
    ),
)
wrong(
    K,
    "indices",
    lambda known, test: np.flatnonzero(
        [any((np.rint(255 * row) == k).all() for k in known) for row in test]
    ),
)
wrong(
    K,
    "multiplied by 256",
    lambda known, test: np.array(
        [any((np.rint(256 * row) == k).all() for k in known) for row in test]
    ),
)
right(
    K,
    "list of NumPy booleans",
    lambda known, test: [
        bool(np.any([(np.rint(255 * row) == k).all() for k in known])) for row in test
    ],
)
