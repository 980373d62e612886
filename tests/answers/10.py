"""Answers to the exercises of notebook 10, written from its text."""

import numpy as np
from wrong_answers import right, wrong

for line, mistakes in {
    "momentum.v": [
        ("an average", lambda v, g, mu: mu * v + (1 - mu) * g),
        ("both shrink", lambda v, g, mu: mu * (v + g)),
        ("the share lost", lambda v, g, mu: (1 - mu) * v + g),
        ("minus the gradient", lambda v, g, mu: mu * v - g),
        ("gradient forgotten", lambda v, g, mu: mu * v),
        ("nothing lost", lambda v, g, mu: v + g),
        ("divided by mu", lambda v, g, mu: v / mu + g),
        ("shares exchanged", lambda v, g, mu: (1 - mu) * v + mu * g),
        ("gradient squared", lambda v, g, mu: mu * v + g**2),
        ("mean over the parameters", lambda v, g, mu: mu * v + g.mean()),
        ("a product", lambda v, g, mu: mu * v * g),
        ("the size of the gradient", lambda v, g, mu: mu * v + np.abs(g)),
        ("mu built in", lambda v, g, mu: 0.9 * v + g),
        ("v minus the share", lambda v, g, mu: v - mu + g),
        ("a list", lambda v, g, mu: [mu * v, g]),
        ("unit gradient", lambda v, g, mu: mu * v + np.sign(g)),
        ("mu twice", lambda v, g, mu: mu**2 * v + g),
    ],
    "momentum.theta": [
        ("plus", lambda theta, v, alpha: theta + alpha * v),
        ("no rate", lambda theta, v, alpha: theta - v),
        ("the step alone", lambda theta, v, alpha: -alpha * v),
        ("the length of the step", lambda theta, v, alpha: alpha * v),
        ("rate squared", lambda theta, v, alpha: theta - alpha**2 * v),
        ("divided by the rate", lambda theta, v, alpha: theta - v / alpha),
        ("the rate on both", lambda theta, v, alpha: alpha * (theta - v)),
        ("shares", lambda theta, v, alpha: (1 - alpha) * theta - alpha * v),
        ("the other way round", lambda theta, v, alpha: alpha * v - theta),
        ("the sum of v", lambda theta, v, alpha: theta - alpha * v.sum()),
        ("times theta", lambda theta, v, alpha: theta * (1 - alpha * v)),
        ("the sign of v", lambda theta, v, alpha: theta - alpha * np.sign(v)),
    ],
    "rmsprop.s": [
        ("a sum", lambda s, g, rho: s + g**2),
        ("in full", lambda s, g, rho: rho * s + g**2),
        ("not squared", lambda s, g, rho: rho * s + (1 - rho) * g),
        ("shares exchanged", lambda s, g, rho: (1 - rho) * s + rho * g**2),
        ("the root already", lambda s, g, rho: np.sqrt(rho * s + (1 - rho) * g**2)),
        ("everything squared", lambda s, g, rho: rho * s + ((1 - rho) * g) ** 2),
        ("s squared too", lambda s, g, rho: rho * s**2 + (1 - rho) * g**2),
        ("mean over parameters", lambda s, g, rho: rho * s + (1 - rho) * (g**2).mean()),
        ("product of vectors", lambda s, g, rho: rho * s + (1 - rho) * np.vdot(g, g)),
        ("the size", lambda s, g, rho: rho * s + (1 - rho) * np.abs(g)),
        ("twice g", lambda s, g, rho: rho * s + (1 - rho) * 2 * g),
        ("caret", lambda s, g, rho: rho * s + (1 - rho) * g ^ 2),
        ("only the new", lambda s, g, rho: (1 - rho) * g**2),
        ("the difference squared", lambda s, g, rho: rho * s + (1 - rho) * (g - s) ** 2),
        ("rho built in", lambda s, g, rho: 0.99 * s + 0.01 * g**2),
        ("minus", lambda s, g, rho: rho * s - (1 - rho) * g**2),
    ],
    "rmsprop.theta": [
        ("no root", lambda theta, g, s, alpha, eps: theta - alpha * g / (s + eps)),
        (
            "eps in the root",
            lambda theta, g, s, alpha, eps: theta - alpha * g / np.sqrt(s + eps),
        ),
        ("brackets", lambda theta, g, s, alpha, eps: theta - alpha * g / np.sqrt(s) + eps),
        ("no gradient", lambda theta, g, s, alpha, eps: theta - alpha / (np.sqrt(s) + eps)),
        ("no rate", lambda theta, g, s, alpha, eps: theta - g / (np.sqrt(s) + eps)),
        ("plus", lambda theta, g, s, alpha, eps: theta + alpha * g / (np.sqrt(s) + eps)),
        ("no eps", lambda theta, g, s, alpha, eps: theta - alpha * g / np.sqrt(s)),
        (
            "times the root",
            lambda theta, g, s, alpha, eps: theta - alpha * g * np.sqrt(s) + eps,
        ),
        ("the step", lambda theta, g, s, alpha, eps: alpha * g / (np.sqrt(s) + eps)),
        (
            "one scale",
            lambda theta, g, s, alpha, eps: theta - alpha * g / (np.sqrt(s.mean()) + eps),
        ),
        ("s squared", lambda theta, g, s, alpha, eps: theta - alpha * g / (s**2 + eps)),
        (
            "all divided",
            lambda theta, g, s, alpha, eps: (theta - alpha * g) / (np.sqrt(s) + eps),
        ),
        (
            "g squared",
            lambda theta, g, s, alpha, eps: theta - alpha * g**2 / (np.sqrt(s) + eps),
        ),
        (
            "the root of g",
            lambda theta, g, s, alpha, eps: theta - alpha * g / (np.sqrt(g**2) + eps),
        ),
        ("minus eps", lambda theta, g, s, alpha, eps: theta - alpha * g / (np.sqrt(s) - eps)),
        ("by the rate", lambda theta, g, s, alpha, eps: theta - g / (alpha * np.sqrt(s) + eps)),
    ],
    "adam.m": [
        ("a velocity", lambda m, g, beta1: beta1 * m + g),
        ("shares exchanged", lambda m, g, beta1: (1 - beta1) * m + beta1 * g),
        ("squared", lambda m, g, beta1: beta1 * m + (1 - beta1) * g**2),
        ("minus", lambda m, g, beta1: beta1 * m - (1 - beta1) * g),
        ("the size", lambda m, g, beta1: beta1 * m + (1 - beta1) * np.abs(g)),
        ("a plain mean", lambda m, g, beta1: (m + g) / 2),
        ("beta on both", lambda m, g, beta1: beta1 * m + beta1 * g),
        ("mean over parameters", lambda m, g, beta1: beta1 * m + (1 - beta1) * g.mean()),
        ("beta1 built in", lambda m, g, beta1: 0.9 * m + 0.1 * g),
        ("only the new", lambda m, g, beta1: (1 - beta1) * g),
        ("brackets", lambda m, g, beta1: beta1 * (m + (1 - beta1) * g)),
    ],
    "adam.s": [
        ("not squared", lambda s, g, beta2: beta2 * s + (1 - beta2) * g),
        ("in full", lambda s, g, beta2: beta2 * s + g**2),
        ("shares exchanged", lambda s, g, beta2: (1 - beta2) * s + beta2 * g**2),
        ("all squared", lambda s, g, beta2: beta2 * s + ((1 - beta2) * g) ** 2),
        ("a sum", lambda s, g, beta2: s + g**2),
        ("the size", lambda s, g, beta2: beta2 * s + (1 - beta2) * np.abs(g)),
        ("s squared", lambda s, g, beta2: beta2 * s**2 + (1 - beta2) * g**2),
        ("root", lambda s, g, beta2: np.sqrt(beta2 * s + (1 - beta2) * g**2)),
        ("mean over parameters", lambda s, g, beta2: beta2 * s + (1 - beta2) * np.mean(g**2)),
        ("doubled", lambda s, g, beta2: beta2 * s + (1 - beta2) * 2 * g),
    ],
    "adam.corrected": [
        ("without t", lambda average, beta, t: average / (1 - beta)),
        ("multiplied", lambda average, beta, t: average * (1 - beta**t)),
        ("by what is missing", lambda average, beta, t: average / beta**t),
        ("the power of the bracket", lambda average, beta, t: average / (1 - beta) ** t),
        ("times t", lambda average, beta, t: average / (1 - beta * t)),
        ("t from 0", lambda average, beta, t: average / (1 - beta ** (t + 1))),
        ("t one too small", lambda average, beta, t: average / (1 - beta ** (t - 1))),
        ("the share", lambda average, beta, t: 1 - beta**t),
        ("by t", lambda average, beta, t: average / t),
        ("brackets", lambda average, beta, t: average / 1 - beta**t),
        ("caret", lambda average, beta, t: average / (1 - beta ^ t)),
        ("sign", lambda average, beta, t: average / (beta**t - 1)),
        ("added", lambda average, beta, t: average + beta**t),
        ("an exponential", lambda average, beta, t: average / (1 - np.exp(-beta * t))),
        ("upside down", lambda average, beta, t: (1 - beta**t) / average),
    ],
    "adam.theta": [
        (
            "no root",
            lambda theta, m_hat, s_hat, alpha, eps: theta - alpha * m_hat / (s_hat + eps),
        ),
        (
            "eps inside",
            lambda theta, m_hat, s_hat, alpha, eps: (
                theta - alpha * m_hat / np.sqrt(s_hat + eps)
            ),
        ),
        (
            "brackets",
            lambda theta, m_hat, s_hat, alpha, eps: (
                theta - alpha * m_hat / np.sqrt(s_hat) + eps
            ),
        ),
        (
            "plus",
            lambda theta, m_hat, s_hat, alpha, eps: (
                theta + alpha * m_hat / (np.sqrt(s_hat) + eps)
            ),
        ),
        ("no scale", lambda theta, m_hat, s_hat, alpha, eps: theta - alpha * m_hat),
        (
            "no rate",
            lambda theta, m_hat, s_hat, alpha, eps: theta - m_hat / (np.sqrt(s_hat) + eps),
        ),
        (
            "no eps",
            lambda theta, m_hat, s_hat, alpha, eps: theta - alpha * m_hat / np.sqrt(s_hat),
        ),
        (
            "the step",
            lambda theta, m_hat, s_hat, alpha, eps: alpha * m_hat / (np.sqrt(s_hat) + eps),
        ),
        (
            "no mean",
            lambda theta, m_hat, s_hat, alpha, eps: theta - alpha / (np.sqrt(s_hat) + eps),
        ),
        (
            "times",
            lambda theta, m_hat, s_hat, alpha, eps: (
                theta - alpha * m_hat * (np.sqrt(s_hat) + eps)
            ),
        ),
        (
            "the root of both",
            lambda theta, m_hat, s_hat, alpha, eps: (
                theta - alpha * np.sqrt(np.abs(m_hat)) / (np.sqrt(s_hat) + eps)
            ),
        ),
        (
            "the rate on theta",
            lambda theta, m_hat, s_hat, alpha, eps: (
                alpha * (theta - m_hat / (np.sqrt(s_hat) + eps))
            ),
        ),
    ],
}.items():
    for said, mistake in mistakes:
        wrong(f"10.{line}", said, mistake)


@wrong("10.momentum.v", "writes into the old velocity")
def _(v, g, mu):
    v *= mu
    v += g
    return v


@wrong("10.rmsprop.theta", "writes into theta")
def _(theta, g, s, alpha, eps):
    theta -= alpha * g / (np.sqrt(s) + eps)
    return theta


right("10.momentum.v", "gradient first", lambda v, g, mu: g + v * mu)
right("10.momentum.v", "list", lambda v, g, mu: (np.array(v) * mu + np.array(g)).tolist())
right("10.momentum.theta", "brackets", lambda theta, v, alpha: theta - (alpha * v))
right("10.momentum.theta", "plus a minus", lambda theta, v, alpha: theta + (-alpha) * v)
right("10.rmsprop.s", "product", lambda s, g, rho: rho * s + (1 - rho) * g * g)
right("10.rmsprop.s", "np.square", lambda s, g, rho: (1 - rho) * np.square(g) + rho * s)
right(
    "10.rmsprop.theta",
    "scaled first",
    lambda theta, g, s, alpha, eps: theta - alpha * (g / (eps + s**0.5)),
)
right("10.adam.m", "by the difference", lambda m, g, beta1: m - (1 - beta1) * (m - g))
right("10.adam.s", "power", lambda s, g, beta2: s * beta2 + np.power(g, 2) * (1 - beta2))
right("10.adam.corrected", "a factor", lambda average, beta, t: 1 / (1 - beta**t) * average)
right("10.adam.corrected", "pow", lambda average, beta, t: average / (1 - pow(beta, t)))
right(
    "10.adam.theta",
    "scaled first",
    lambda theta, m_hat, s_hat, alpha, eps: theta - m_hat / (s_hat**0.5 + eps) * alpha,
)

N = "10.nesterov"
wrong(
    N,
    "the old velocity in the step",
    lambda theta, v, g, alpha, mu=0.9: (theta - alpha * (g + mu * v), mu * v + g),
)
wrong(
    N,
    "plus alpha",
    lambda theta, v, g, alpha, mu=0.9: (theta + alpha * (g + mu * (mu * v + g)), mu * v + g),
)
wrong(
    N,
    "the velocity without the gradient",
    lambda theta, v, g, alpha, mu=0.9: (theta - alpha * (g + mu * mu * v), mu * v),
)
wrong(
    N,
    "alpha in the velocity",
    lambda theta, v, g, alpha, mu=0.9: (
        theta - (alpha * g + mu * (mu * v + alpha * g)),
        mu * v + alpha * g,
    ),
)
wrong(N, "plain SGD", lambda theta, v, g, alpha, mu=0.9: (theta - alpha * g, mu * v + g))
wrong(
    N,
    "1 - mu as in Adam",
    lambda theta, v, g, alpha, mu=0.9: (
        theta - alpha * (g + mu * (mu * v + (1 - mu) * g)),
        mu * v + (1 - mu) * g,
    ),
)
wrong(
    N,
    "the old velocity is returned",
    lambda theta, v, g, alpha, mu=0.9: (theta - alpha * (g + mu * (mu * v + g)), v),
)
wrong(
    N, "theta only", lambda theta, v, g, alpha, mu=0.9: theta - alpha * (g + mu * (mu * v + g))
)
wrong(
    N,
    "the step is returned",
    lambda theta, v, g, alpha, mu=0.9: (-alpha * (g + mu * (mu * v + g)), mu * v + g),
)
wrong(
    N,
    "mu built in",
    lambda theta, v, g, alpha, mu=0.9: (theta - alpha * (g + 0.9 * (0.9 * v + g)), 0.9 * v + g),
)
wrong(
    N,
    "mu twice on the gradient",
    lambda theta, v, g, alpha, mu=0.9: (
        theta - alpha * (mu * g + mu * (mu * v + g)),
        mu * v + g,
    ),
)


@wrong(N, "in place")
def _(theta, v, g, alpha, mu=0.9):
    v *= mu
    v += g
    theta -= alpha * (g + mu * v)
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
    lambda theta, s, g, alpha, eps=1e-8: (theta - alpha * g / np.sqrt(s + g**2), s + g**2),
)
wrong(
    G,
    "eps inside the root",
    lambda theta, s, g, alpha, eps=1e-8: (
        theta - alpha * g / np.sqrt(s + g**2 + eps),
        s + g**2,
    ),
)
wrong(
    G,
    "g not squared",
    lambda theta, s, g, alpha, eps=1e-8: (
        theta - alpha * g / (np.sqrt(np.abs(s + g)) + eps),
        s + g,
    ),
)
wrong(
    G,
    "plus",
    lambda theta, s, g, alpha, eps=1e-8: (
        theta + alpha * g / (np.sqrt(s + g**2) + eps),
        s + g**2,
    ),
)
wrong(
    G,
    "g left out",
    lambda theta, s, g, alpha, eps=1e-8: (theta - alpha / (np.sqrt(s + g**2) + eps), s + g**2),
)
wrong(
    G,
    "g squared in the step",
    lambda theta, s, g, alpha, eps=1e-8: (
        theta - alpha * g**2 / (np.sqrt(s + g**2) + eps),
        s + g**2,
    ),
)
wrong(
    G,
    "one number for all",
    lambda theta, s, g, alpha, eps=1e-8: (
        theta - alpha * g / (np.sqrt(s + (g**2).sum()) + eps),
        s + (g**2).sum(),
    ),
)
wrong(
    G,
    "s not updated",
    lambda theta, s, g, alpha, eps=1e-8: (theta - alpha * g / (np.sqrt(s + g**2) + eps), s),
)
wrong(
    G,
    "the root is kept",
    lambda theta, s, g, alpha, eps=1e-8: (
        theta - alpha * g / (np.sqrt(s + g**2) + eps),
        np.sqrt(s + g**2),
    ),
)
wrong(
    G,
    "multiplied by the root",
    lambda theta, s, g, alpha, eps=1e-8: (
        theta - alpha * g * (np.sqrt(s + g**2) + eps),
        s + g**2,
    ),
)
wrong(
    G,
    "mean of squares",
    lambda theta, s, g, alpha, eps=1e-8: (
        theta - alpha * g / (np.sqrt((s + g**2) / 2) + eps),
        (s + g**2) / 2,
    ),
)
wrong(
    G,
    "other order",
    lambda theta, s, g, alpha, eps=1e-8: (
        s + g**2,
        theta - alpha * g / (np.sqrt(s + g**2) + eps),
    ),
)
wrong(
    G,
    "alpha left out",
    lambda theta, s, g, alpha, eps=1e-8: (theta - g / (np.sqrt(s + g**2) + eps), s + g**2),
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
wrong(
    W, "no warm-up", lambda step, alpha, steps, warmup: alpha * max(0.0, (steps - step) / steps)
)
wrong(
    W,
    "no end",
    lambda step, alpha, steps, warmup: (
        alpha * (step + 1) / (warmup + 1) if step < warmup else alpha
    ),
)
wrong(
    W,
    "step over warmup",
    lambda step, alpha, steps, warmup: (
        alpha * step / warmup
        if step < warmup
        else alpha * max(0.0, (steps - step) / (steps - warmup))
    ),
)
wrong(
    W,
    "step + 1 over warmup",
    lambda step, alpha, steps, warmup: (
        alpha * (step + 1) / warmup
        if step < warmup
        else alpha * max(0.0, (steps - step) / (steps - warmup))
    ),
)
wrong(
    W,
    "alpha left out in the fall",
    lambda step, alpha, steps, warmup: (
        alpha * (step + 1) / (warmup + 1)
        if step < warmup
        else max(0.0, (steps - step) / (steps - warmup))
    ),
)
wrong(
    W,
    "falls to zero one step early",
    lambda step, alpha, steps, warmup: (
        alpha * (step + 1) / (warmup + 1)
        if step < warmup
        else alpha * max(0.0, (steps - 1 - step) / (steps - warmup))
    ),
)
wrong(
    W,
    "cosine",
    lambda step, alpha, steps, warmup: (
        alpha * (step + 1) / (warmup + 1)
        if step < warmup
        else alpha * 0.5 * (1 + np.cos(np.pi * min(1, (step - warmup) / (steps - warmup))))
    ),
)
wrong(
    W,
    "the rising part of the fall",
    lambda step, alpha, steps, warmup: (
        alpha * (step + 1) / (warmup + 1)
        if step < warmup
        else alpha * min(1, (step - warmup) / (steps - warmup))
    ),
)
wrong(
    W,
    "whole division",
    lambda step, alpha, steps, warmup: (
        alpha * (step + 1) // (warmup + 1)
        if step < warmup
        else alpha * max(0, (steps - step) / (steps - warmup))
    ),
)
wrong(
    W,
    "an array",
    lambda step, alpha, steps, warmup: [alpha * (s + 1) / (warmup + 1) for s in range(warmup)],
)
wrong(
    W,
    "falls over steps",
    lambda step, alpha, steps, warmup: (
        alpha * (step + 1) / (warmup + 1)
        if step < warmup
        else alpha * max(0.0, (steps - step) / steps)
    ),
)
wrong(
    W,
    "absolute value at the end",
    lambda step, alpha, steps, warmup: (
        alpha * (step + 1) / (warmup + 1)
        if step < warmup
        else alpha * abs(steps - step) / (steps - warmup)
    ),
)


# Written by a reader who had seen the text alone.
def scheduled(rise, fall):
    """A schedule of two pieces, the second one never below 0."""

    def rate(step, alpha, steps, warmup):
        if step < warmup:
            return rise(step, alpha, steps, warmup)
        return max(0.0, fall(step, alpha, steps, warmup))

    return rate


def rise(step, alpha, steps, warmup):
    return alpha * (step + 1) / (warmup + 1)


def fall(step, alpha, steps, warmup):
    return alpha * (steps - step) / (steps - warmup)


wrong("10.momentum.v", "the share lost of both", lambda v, g, mu: (mu * v + g) / (1 + mu))
wrong("10.momentum.theta", "v times theta", lambda theta, v, alpha: theta - alpha * v * theta)
wrong("10.momentum.theta", "the pair", lambda theta, v, alpha: (theta - alpha * v, v))
wrong("10.rmsprop.s", "squared at last", lambda s, g, rho: (rho * s + (1 - rho) * g) ** 2)
wrong(
    "10.rmsprop.theta",
    "eps as a lower limit",
    lambda theta, g, s, alpha, eps: theta - alpha * g / np.maximum(np.sqrt(s), eps),
)
wrong(
    "10.rmsprop.theta",
    "its own size",
    lambda theta, g, s, alpha, eps: theta - alpha * g / (np.abs(g) + eps),
)
wrong(
    "10.adam.m",
    "corrected already",
    lambda m, g, beta1: (beta1 * m + (1 - beta1) * g) / (1 - beta1),
)
wrong(
    "10.adam.s",
    "a variance",
    lambda s, g, beta2: beta2 * s + (1 - beta2) * (g - g.mean()) ** 2,
)
wrong(
    "10.adam.corrected",
    "grows evenly",
    lambda average, beta, t: average / (t * (1 - beta)),
)
wrong("10.adam.corrected", "a root", lambda average, beta, t: average / np.sqrt(1 - beta**t))
wrong(
    "10.adam.theta",
    "times the root, without eps",
    lambda theta, m_hat, s_hat, alpha, eps: theta - alpha * m_hat * np.sqrt(s_hat),
)
wrong(
    "10.adam.theta",
    "the root of the fraction",
    lambda theta, m_hat, s_hat, alpha, eps: (
        theta - alpha * np.sqrt(np.abs(m_hat) / (s_hat + eps))
    ),
)
wrong(
    "10.adam.theta",
    "times theta",
    lambda theta, m_hat, s_hat, alpha, eps: (
        theta * (1 - alpha * m_hat / (np.sqrt(s_hat) + eps))
    ),
)
wrong(
    W,
    "zero at the last step",
    lambda step, alpha, steps, warmup: (
        0.0 if step >= steps - 1 else scheduled(rise, fall)(step, alpha, steps, warmup)
    ),
)
wrong(
    W,
    "step over warmup + 1",
    scheduled(lambda step, alpha, steps, warmup: alpha * step / (warmup + 1), fall),
)
wrong(
    W,
    "times warmup + 1",
    scheduled(lambda step, alpha, steps, warmup: alpha * (step + 1) * (warmup + 1), fall),
)
wrong(
    W,
    "ends before steps",
    scheduled(
        rise,
        lambda step, alpha, steps, warmup: alpha * (steps - 1 - step) / (steps - 1 - warmup),
    ),
)
wrong(
    W,
    "the wrong warm-up of 0",
    scheduled(
        rise,
        lambda step, alpha, steps, warmup: (
            alpha * (1 - (step / warmup - 1) / (steps / warmup - 1))
        ),
    ),
)
right(
    W,
    "the lower one, from 0 up",
    lambda step, alpha, steps, warmup: (
        alpha * np.clip(min((step + 1) / (warmup + 1), (steps - step) / (steps - warmup)), 0, 1)
    ),
)


@right(W, "at most, and a whole 0")
def _(step, alpha, steps, warmup):
    if step >= steps:
        return 0
    if step <= warmup:
        return (1 + step) * (alpha / (1 + warmup))
    return alpha - alpha * (step - warmup) / (steps - warmup)


wrong(
    N,
    "minus for plus on the way back",
    lambda theta, v, g, alpha, mu=0.9: (
        theta - alpha * mu * v - alpha * (1 + mu) * (mu * v + g),
        mu * v + g,
    ),
)
wrong(
    N,
    "theta itself",
    lambda theta, v, g, alpha, mu=0.9: (
        theta + alpha * mu * v - alpha * (mu * v + g),
        mu * v + g,
    ),
)
right(
    N,
    "multiplied out",
    lambda theta, v, g, alpha, mu=0.9: (
        theta - alpha * (1 + mu) * g - alpha * mu**2 * v,
        g + mu * v,
    ),
)
wrong(A, "powers alone", lambda beta, t: beta ** np.arange(t)[::-1])
wrong(
    A,
    "powers of 1 - beta",
    lambda beta, t: (1 - beta) ** np.arange(t)[::-1] / (1 - beta**t),
)
wrong(
    A,
    "each corrected by its own step",
    lambda beta, t: (1 - beta) * beta ** np.arange(t)[::-1] / (1 - beta ** np.arange(1, t + 1)),
)
wrong(
    G,
    "the new square alone is kept",
    lambda theta, s, g, alpha, eps=1e-8: (
        theta - alpha * g / (np.sqrt(s + g**2) + eps),
        g**2,
    ),
)
wrong(C, "capped", lambda g, limit: np.minimum(g, limit))
wrong(C, "the limit", lambda g, limit: limit if np.linalg.norm(g) > limit else g)
right(C, "the larger of two", lambda g, limit: g * limit / max(limit, np.vdot(g, g) ** 0.5))
