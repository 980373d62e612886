"""Answers to the exercises of notebook 12, written from its text."""

import numpy as np
from wrong_answers import right, wrong

L = "12.l1_gradient"
wrong(L, "1 at zero", lambda theta, lam, mask: lam * np.where(theta >= 0, 1, -1) * mask)
wrong(L, "NaN at zero", lambda theta, lam, mask: lam * theta / np.abs(theta) * mask)
wrong(L, "lambda left out", lambda theta, lam, mask: np.sign(theta) * mask)
wrong(L, "minus", lambda theta, lam, mask: -lam * np.sign(theta) * mask)
wrong(L, "mask inverted", lambda theta, lam, mask: lam * np.sign(theta) * ~mask)
wrong(L, "2 lambda w", lambda theta, lam, mask: 2 * lam * theta * mask)
wrong(L, "half", lambda theta, lam, mask: 0.5 * lam * np.sign(theta) * mask)
wrong(L, "only the weights are returned", lambda theta, lam, mask: lam * np.sign(theta[mask]))
wrong(L, "the penalty", lambda theta, lam, mask: lam * np.abs(theta[mask]).sum())
wrong(L, "divided by N", lambda theta, lam, mask: lam * np.sign(theta) * mask / len(theta))
wrong(L, "an if", lambda theta, lam, mask: lam if theta > 0 else -lam)
wrong(L, "only positive", lambda theta, lam, mask: lam * (theta > 0) * mask)
right(
    L,
    "list",
    lambda theta, lam, mask: [lam * float(np.sign(w)) if m else 0 for w, m in zip(theta, mask)],
)

S = "12.matching_sigma"
wrong(S, "p", lambda p: p)
wrong(S, "root of p", lambda p: np.sqrt(p))
wrong(S, "1 / (1-p)", lambda p: 1 / (1 - p))
wrong(S, "p over 1-p squared", lambda p: np.sqrt(p / (1 - p) ** 2))
wrong(S, "root forgotten below", lambda p: np.sqrt(p) / (1 - p))
wrong(S, "minus one forgotten", lambda p: np.sqrt(1 / (1 - p)))
wrong(S, "upside down", lambda p: np.sqrt((1 - p) / p))
wrong(S, "mean", lambda p: 1.0)
wrong(S, "square", lambda p: (p / (1 - p)) ** 2)
wrong(S, "p(1-p)", lambda p: p * (1 - p))
wrong(S, "plus", lambda p: np.sqrt(p / (1 + p)))

F = "12.fold_batch_norm"
wrong(
    F,
    "eps outside the root",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        W * gamma / (np.sqrt(var) + eps),
        (b - mean) * gamma / (np.sqrt(var) + eps) + beta,
    ),
)
wrong(
    F,
    "eps left out",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        W * gamma / np.sqrt(var),
        (b - mean) * gamma / np.sqrt(var) + beta,
    ),
)
wrong(
    F,
    "beta left out",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        W * gamma / np.sqrt(var + eps),
        (b - mean) * gamma / np.sqrt(var + eps),
    ),
)
wrong(
    F,
    "gamma left out",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        W / np.sqrt(var + eps),
        (b - mean) / np.sqrt(var + eps) + beta,
    ),
)
wrong(
    F,
    "gamma left out of b",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        W * gamma / np.sqrt(var + eps),
        (b - mean) / np.sqrt(var + eps) + beta,
    ),
)
wrong(
    F,
    "b unchanged",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (W * gamma / np.sqrt(var + eps), b),
)
wrong(
    F,
    "W unchanged",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        W,
        (b - mean) * gamma / np.sqrt(var + eps) + beta,
    ),
)
wrong(
    F,
    "mean added",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        W * gamma / np.sqrt(var + eps),
        (b + mean) * gamma / np.sqrt(var + eps) + beta,
    ),
)
wrong(
    F,
    "beta stretched",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        W * gamma / np.sqrt(var + eps),
        (b - mean + beta) * gamma / np.sqrt(var + eps),
    ),
)
wrong(
    F,
    "mean taken from W",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        (W - mean) * gamma / np.sqrt(var + eps),
        b * gamma / np.sqrt(var + eps) + beta,
    ),
)
wrong(
    F,
    "multiplied by the deviation",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        W * gamma * np.sqrt(var + eps),
        (b - mean) * gamma * np.sqrt(var + eps) + beta,
    ),
)
wrong(
    F,
    "W multiplied from the left",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        np.diag(gamma / np.sqrt(var + eps)) @ W,
        (b - mean) * gamma / np.sqrt(var + eps) + beta,
    ),
)
wrong(
    F,
    "one thing",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: W * gamma / np.sqrt(var + eps),
)
wrong(
    F,
    "the old bias left out",
    lambda W, b, gamma, beta, mean, var, eps=1e-5: (
        W * gamma / np.sqrt(var + eps),
        beta - mean * gamma / np.sqrt(var + eps),
    ),
)

E = "12.early_stop"


@wrong(E, "best is the loss, not the epoch")
def _(losses, patience, margin):
    best, waited = losses[0], 0
    for i, loss in enumerate(losses[1:], 1):
        if loss < best - margin:
            best, waited = loss, 0
        else:
            waited += 1
        if waited == patience:
            return best, i
    return best, len(losses) - 1


@wrong(E, "counted from 1")
def _(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best] - margin:
            best = i
        if i - best == patience:
            return best + 1, i + 1
    return best + 1, len(losses)


@wrong(E, "a loss equal to the margin counts")
def _(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if i and loss <= losses[best] - margin:
            best = i
        if i - best == patience:
            return best, i
    return best, len(losses) - 1


@wrong(E, "plus margin")
def _(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best] + margin:
            best = i
        if i - best == patience:
            return best, i
    return best, len(losses) - 1


@wrong(E, "stops one early")
def _(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best] - margin:
            best = i
        if i - best == patience:
            return best, i - 1
    return best, len(losses) - 1


@wrong(E, "without a stop returns the length")
def _(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best] - margin:
            best = i
        if i - best == patience:
            return best, i
    return best, len(losses)


@wrong(E, "waiting is never reset")
def _(losses, patience, margin):
    best, waited = 0, 0
    for i, loss in enumerate(losses):
        if loss < losses[best] - margin:
            best = i
        elif i:
            waited += 1
        if waited == patience:
            return best, i
    return best, len(losses) - 1


@wrong(E, "exchanged")
def _(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best] - margin:
            best = i
        if i - best == patience:
            return i, best
    return len(losses) - 1, best


@wrong(E, "never stops")
def _(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best] - margin:
            best = i
    return best, len(losses) - 1


@wrong(E, "no return at the end")
def _(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best] - margin:
            best = i
        if i - best == patience:
            return best, i


@wrong(E, "the plain minimum")
def _(losses, patience, margin):
    return int(np.argmin(losses)), len(losses) - 1
