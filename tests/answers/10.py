"""Answers to the exercises of notebook 10, written from its text."""

import numpy as np
from wrong_answers import right, wrong

N = "10.nesterov"
wrong(
    N,
    "the old velocity in the step",
    lambda theta, v, g, lr, mu=0.9: (theta - lr * (g + mu * v), mu * v + g),
)
wrong(
    N,
    "plus lr",
    lambda theta, v, g, lr, mu=0.9: (theta + lr * (g + mu * (mu * v + g)), mu * v + g),
)
wrong(
    N,
    "the velocity without the gradient",
    lambda theta, v, g, lr, mu=0.9: (theta - lr * (g + mu * mu * v), mu * v),
)
wrong(
    N,
    "lr in the velocity",
    lambda theta, v, g, lr, mu=0.9: (
        theta - (lr * g + mu * (mu * v + lr * g)),
        mu * v + lr * g,
    ),
)
wrong(N, "plain SGD", lambda theta, v, g, lr, mu=0.9: (theta - lr * g, mu * v + g))
wrong(
    N,
    "1 - mu as in Adam",
    lambda theta, v, g, lr, mu=0.9: (
        theta - lr * (g + mu * (mu * v + (1 - mu) * g)),
        mu * v + (1 - mu) * g,
    ),
)
wrong(
    N,
    "the old velocity is returned",
    lambda theta, v, g, lr, mu=0.9: (theta - lr * (g + mu * (mu * v + g)), v),
)
wrong(N, "theta only", lambda theta, v, g, lr, mu=0.9: theta - lr * (g + mu * (mu * v + g)))
wrong(
    N,
    "the step is returned",
    lambda theta, v, g, lr, mu=0.9: (-lr * (g + mu * (mu * v + g)), mu * v + g),
)
wrong(
    N,
    "mu built in",
    lambda theta, v, g, lr, mu=0.9: (theta - lr * (g + 0.9 * (0.9 * v + g)), 0.9 * v + g),
)
wrong(
    N,
    "mu twice on the gradient",
    lambda theta, v, g, lr, mu=0.9: (theta - lr * (mu * g + mu * (mu * v + g)), mu * v + g),
)


@wrong(N, "in place")
def _(theta, v, g, lr, mu=0.9):
    v *= mu
    v += g
    theta -= lr * (g + mu * v)
    return theta, v


A = "10.average_weights"
wrong(
    A,
    "t weights too long by one",
    lambda beta, t: (1 - beta) * beta ** np.arange(t, -1, -1) / (1 - beta**t),
)
wrong(A, "divided by t", lambda beta, t: beta ** np.arange(t - 1, -1, -1) / t)
wrong(
    A,
    "1 - beta^t multiplied",
    lambda beta, t: (1 - beta) * beta ** np.arange(t - 1, -1, -1) * (1 - beta**t),
)
wrong(
    A,
    "beta times index",
    lambda beta, t: (
        beta * np.arange(t - 1, -1, -1) / max(1e-9, (beta * np.arange(t - 1, -1, -1)).sum())
    ),
)
wrong(
    A,
    "beta for 1 - beta",
    lambda beta, t: beta * beta ** np.arange(t - 1, -1, -1) / (1 - beta**t),
)
wrong(A, "equal weights", lambda beta, t: np.ones(t) / t)
wrong(A, "only the newest weight", lambda beta, t: (1 - beta) / (1 - beta**t))
wrong(
    A,
    "exchanged beta",
    lambda beta, t: beta * (1 - beta) ** np.arange(t - 1, -1, -1) / (1 - (1 - beta) ** t),
)
wrong(
    A,
    "correction with t + 1",
    lambda beta, t: (1 - beta) * beta ** np.arange(t - 1, -1, -1) / (1 - beta ** (t + 1)),
)
wrong(
    A,
    "first weight beta^(t-1) without 1 - beta",
    lambda beta, t: np.concatenate(
        [[beta ** (t - 1)], (1 - beta) * beta ** np.arange(t - 2, -1, -1)]
    ),
)
wrong(
    A,
    "a column",
    lambda beta, t: ((1 - beta) * beta ** np.arange(t - 1, -1, -1) / (1 - beta**t))[:, None],
)
right(
    A,
    "list",
    lambda beta, t: [(1 - beta) * beta ** (t - i) / (1 - beta**t) for i in range(1, t + 1)],
)

G = "10.adagrad"
wrong(
    G,
    "no eps",
    lambda theta, s, g, lr, eps=1e-8: (theta - lr * g / np.sqrt(s + g**2), s + g**2),
)
wrong(
    G,
    "eps inside the root",
    lambda theta, s, g, lr, eps=1e-8: (theta - lr * g / np.sqrt(s + g**2 + eps), s + g**2),
)
wrong(
    G,
    "g not squared",
    lambda theta, s, g, lr, eps=1e-8: (theta - lr * g / (np.sqrt(np.abs(s + g)) + eps), s + g),
)
wrong(
    G,
    "plus",
    lambda theta, s, g, lr, eps=1e-8: (theta + lr * g / (np.sqrt(s + g**2) + eps), s + g**2),
)
wrong(
    G,
    "g left out",
    lambda theta, s, g, lr, eps=1e-8: (theta - lr / (np.sqrt(s + g**2) + eps), s + g**2),
)
wrong(
    G,
    "g squared in the step",
    lambda theta, s, g, lr, eps=1e-8: (theta - lr * g**2 / (np.sqrt(s + g**2) + eps), s + g**2),
)
wrong(
    G,
    "one number for all",
    lambda theta, s, g, lr, eps=1e-8: (
        theta - lr * g / (np.sqrt(s + (g**2).sum()) + eps),
        s + (g**2).sum(),
    ),
)
wrong(
    G,
    "s not updated",
    lambda theta, s, g, lr, eps=1e-8: (theta - lr * g / (np.sqrt(s + g**2) + eps), s),
)
wrong(
    G,
    "the root is kept",
    lambda theta, s, g, lr, eps=1e-8: (
        theta - lr * g / (np.sqrt(s + g**2) + eps),
        np.sqrt(s + g**2),
    ),
)
wrong(
    G,
    "multiplied by the root",
    lambda theta, s, g, lr, eps=1e-8: (theta - lr * g * (np.sqrt(s + g**2) + eps), s + g**2),
)
wrong(
    G,
    "mean of squares",
    lambda theta, s, g, lr, eps=1e-8: (
        theta - lr * g / (np.sqrt((s + g**2) / 2) + eps),
        (s + g**2) / 2,
    ),
)
wrong(
    G,
    "other order",
    lambda theta, s, g, lr, eps=1e-8: (s + g**2, theta - lr * g / (np.sqrt(s + g**2) + eps)),
)
wrong(
    G,
    "lr left out",
    lambda theta, s, g, lr, eps=1e-8: (theta - g / (np.sqrt(s + g**2) + eps), s + g**2),
)

C = "10.clip_by_norm"
wrong(
    C,
    "scaled by the limit only",
    lambda g, limit: g * limit if np.linalg.norm(g) > limit else g,
)
wrong(
    C,
    "divided by the norm only",
    lambda g, limit: g / np.linalg.norm(g) if np.linalg.norm(g) > limit else g,
)
wrong(
    C,
    "sum of absolute values",
    lambda g, limit: g * limit / np.abs(g).sum() if np.abs(g).sum() > limit else g,
)
wrong(
    C,
    "largest entry",
    lambda g, limit: g * limit / np.abs(g).max() if np.abs(g).max() > limit else g,
)
wrong(
    C,
    "short ones only",
    lambda g, limit: g * limit / np.linalg.norm(g) if 0 < np.linalg.norm(g) < limit else g,
)
wrong(C, "zero where too long", lambda g, limit: 0 * g if np.linalg.norm(g) > limit else g)
wrong(C, "returns the norm", lambda g, limit: min(np.linalg.norm(g), limit))
wrong(
    C,
    "the fraction upside down",
    lambda g, limit: g * np.linalg.norm(g) / limit if np.linalg.norm(g) > limit else g,
)
wrong(
    C,
    "condition on the limit squared",
    lambda g, limit: g * limit / np.linalg.norm(g) if (g**2).sum() > limit else g,
)
wrong(
    C,
    "row by row",
    lambda g, limit: (
        g
        * np.minimum(
            1, limit / np.maximum(np.sqrt((np.atleast_2d(g) ** 2).sum(axis=-1)), 1e-300)
        ).reshape(-1, *[1] * (g.ndim - 1))
    ),
)
right(
    C,
    "one over the norm, infinity for zeros",
    lambda g, limit: g * min(1, limit / np.linalg.norm(g)),
)
wrong(
    C,
    "forgets to return the short ones",
    lambda g, limit: g * limit / np.linalg.norm(g) if np.linalg.norm(g) > limit else None,
)


@wrong(C, "in place")
def _(g, limit):
    norm = np.linalg.norm(g)
    if norm > limit:
        g *= limit / norm
    return g


W = "10.warmup_linear"
wrong(W, "no warm-up", lambda step, lr, steps, warmup: lr * max(0.0, (steps - step) / steps))
wrong(
    W,
    "no end",
    lambda step, lr, steps, warmup: lr * (step + 1) / (warmup + 1) if step < warmup else lr,
)
wrong(
    W,
    "step over warmup",
    lambda step, lr, steps, warmup: (
        lr * step / warmup
        if step < warmup
        else lr * max(0.0, (steps - step) / (steps - warmup))
    ),
)
wrong(
    W,
    "step + 1 over warmup",
    lambda step, lr, steps, warmup: (
        lr * (step + 1) / warmup
        if step < warmup
        else lr * max(0.0, (steps - step) / (steps - warmup))
    ),
)
wrong(
    W,
    "lr left out in the fall",
    lambda step, lr, steps, warmup: (
        lr * (step + 1) / (warmup + 1)
        if step < warmup
        else max(0.0, (steps - step) / (steps - warmup))
    ),
)
wrong(
    W,
    "falls to zero one step early",
    lambda step, lr, steps, warmup: (
        lr * (step + 1) / (warmup + 1)
        if step < warmup
        else lr * max(0.0, (steps - 1 - step) / (steps - warmup))
    ),
)
wrong(
    W,
    "cosine",
    lambda step, lr, steps, warmup: (
        lr * (step + 1) / (warmup + 1)
        if step < warmup
        else lr * 0.5 * (1 + np.cos(np.pi * min(1, (step - warmup) / (steps - warmup))))
    ),
)
wrong(
    W,
    "the rising part of the fall",
    lambda step, lr, steps, warmup: (
        lr * (step + 1) / (warmup + 1)
        if step < warmup
        else lr * min(1, (step - warmup) / (steps - warmup))
    ),
)
wrong(
    W,
    "whole division",
    lambda step, lr, steps, warmup: (
        lr * (step + 1) // (warmup + 1)
        if step < warmup
        else lr * max(0, (steps - step) / (steps - warmup))
    ),
)
wrong(
    W,
    "an array",
    lambda step, lr, steps, warmup: [lr * (s + 1) / (warmup + 1) for s in range(warmup)],
)
wrong(
    W,
    "falls over steps",
    lambda step, lr, steps, warmup: (
        lr * (step + 1) / (warmup + 1)
        if step < warmup
        else lr * max(0.0, (steps - step) / steps)
    ),
)
wrong(
    W,
    "absolute value at the end",
    lambda step, lr, steps, warmup: (
        lr * (step + 1) / (warmup + 1)
        if step < warmup
        else lr * abs(steps - step) / (steps - warmup)
    ),
)
