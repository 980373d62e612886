"""Fresh answers to the exercises of notebook 10, written from its text alone."""

import numpy as np
from wrong_answers import right, wrong

M = "10.momentum."
wrong(M + "v", "moving average", lambda v, g, mu: mu * v + (1 - mu) * g)
wrong(M + "v", "minus", lambda v, g, mu: mu * v - g)
wrong(M + "v", "mu at the gradient", lambda v, g, mu: v + mu * g)
wrong(M + "v", "all kept", lambda v, g, mu: v + g)
wrong(M + "v", "both times mu", lambda v, g, mu: mu * (v + g))
wrong(M + "v", "loses the share mu", lambda v, g, mu: (1 - mu) * v + g)
right(M + "v", "by sum", lambda v, g, mu: g + np.multiply(v, mu))
wrong(M + "theta", "uphill", lambda theta, v, alpha: theta + alpha * v)
wrong(M + "theta", "no rate", lambda theta, v, alpha: theta - v)
wrong(M + "theta", "the step alone", lambda theta, v, alpha: -alpha * v)
wrong(M + "theta", "brackets", lambda theta, v, alpha: (theta - alpha) * v)
wrong(M + "theta", "mu again", lambda theta, v, alpha: theta - 0.9 * alpha * v)
right(M + "theta", "list", lambda theta, v, alpha: [a - alpha * b for a, b in zip(theta, v)])

R = "10.rmsprop."
wrong(R + "s", "no square", lambda s, g, rho: rho * s + (1 - rho) * g)
wrong(R + "s", "plain sum", lambda s, g, rho: rho * s + g**2)
wrong(R + "s", "shares exchanged", lambda s, g, rho: (1 - rho) * s + rho * g**2)
wrong(R + "s", "everything squared", lambda s, g, rho: rho * s + ((1 - rho) * g) ** 2)
wrong(R + "s", "one number for all", lambda s, g, rho: rho * s + (1 - rho) * np.sum(g**2))
wrong(R + "s", "root taken here", lambda s, g, rho: np.sqrt(rho * s + (1 - rho) * g**2))
right(R + "s", "increment", lambda s, g, rho: s + (1 - rho) * (np.square(g) - s))
wrong(
    R + "theta",
    "eps inside",
    lambda theta, g, s, alpha, eps: theta - alpha * g / np.sqrt(s + eps),
)
wrong(R + "theta", "no root", lambda theta, g, s, alpha, eps: theta - alpha * g / (s + eps))
wrong(R + "theta", "no eps", lambda theta, g, s, alpha, eps: theta - alpha * g / np.sqrt(s))
wrong(
    R + "theta",
    "brackets of the divisor",
    lambda theta, g, s, alpha, eps: theta - alpha * g / np.sqrt(s) + eps,
)
wrong(
    R + "theta",
    "times the root",
    lambda theta, g, s, alpha, eps: theta - alpha * g * (np.sqrt(s) + eps),
)
wrong(
    R + "theta",
    "no gradient",
    lambda theta, g, s, alpha, eps: theta - alpha / (np.sqrt(s) + eps),
)
wrong(
    R + "theta",
    "uphill and no root",
    lambda theta, g, s, alpha, eps: theta + alpha * g / (s + eps),
)
right(
    R + "theta",
    "power",
    lambda theta, g, s, alpha, eps: theta - g * alpha * (s**0.5 + eps) ** -1,
)

A = "10.adam."
wrong(A + "m", "like a velocity", lambda m, g, beta1: beta1 * m + g)
wrong(A + "m", "square here too", lambda m, g, beta1: beta1 * m + (1 - beta1) * g**2)
wrong(A + "m", "exchanged", lambda m, g, beta1: (1 - beta1) * m + beta1 * g)
wrong(A + "m", "minus", lambda m, g, beta1: beta1 * m - (1 - beta1) * g)
wrong(A + "m", "half each", lambda m, g, beta1: (m + g) / 2)
right(A + "m", "increment", lambda m, g, beta1: m + (1 - beta1) * (g - m))
wrong(A + "s", "no square", lambda s, g, beta2: beta2 * s + (1 - beta2) * g)
wrong(A + "s", "absolute value", lambda s, g, beta2: beta2 * s + (1 - beta2) * np.abs(g))
wrong(A + "s", "sum", lambda s, g, beta2: s + g**2)
wrong(A + "s", "s squared", lambda s, g, beta2: beta2 * s**2 + (1 - beta2) * g**2)
wrong(A + "s", "exchanged", lambda s, g, beta2: (1 - beta2) * s + beta2 * g * g)
right(A + "s", "square", lambda s, g, beta2: np.square(g) * (1 - beta2) + s * beta2)
wrong(A + "corrected", "no power", lambda average, beta, t: average / (1 - beta))
wrong(A + "corrected", "the missing share", lambda average, beta, t: average / beta**t)
wrong(A + "corrected", "times", lambda average, beta, t: average * (1 - beta**t))
wrong(A + "corrected", "t from 0", lambda average, beta, t: average / (1 - beta ** (t + 1)))
wrong(A + "corrected", "beta times t", lambda average, beta, t: average / (1 - beta * t))
wrong(
    A + "corrected",
    "power of the difference",
    lambda average, beta, t: average / (1 - beta) ** t,
)
wrong(A + "corrected", "xor", lambda average, beta, t: average / (1 - beta ^ t))
right(
    A + "corrected",
    "sum of the weights",
    lambda average, beta, t: average / sum((1 - beta) * beta**k for k in range(t)),
)
wrong(
    A + "theta",
    "eps inside",
    lambda theta, m_hat, s_hat, alpha, eps: theta - alpha * m_hat / np.sqrt(s_hat + eps),
)
wrong(
    A + "theta",
    "no root",
    lambda theta, m_hat, s_hat, alpha, eps: theta - alpha * m_hat / (s_hat + eps),
)
wrong(
    A + "theta",
    "exchanged",
    lambda theta, m_hat, s_hat, alpha, eps: theta - alpha * s_hat / (np.sqrt(m_hat) + eps),
)
wrong(
    A + "theta",
    "plus",
    lambda theta, m_hat, s_hat, alpha, eps: theta + alpha * m_hat / (np.sqrt(s_hat) + eps),
)
wrong(
    A + "theta",
    "no rate",
    lambda theta, m_hat, s_hat, alpha, eps: theta - m_hat / (np.sqrt(s_hat) + eps),
)
wrong(
    A + "theta",
    "the whole numerator",
    lambda theta, m_hat, s_hat, alpha, eps: (theta - alpha * m_hat) / (np.sqrt(s_hat) + eps),
)
right(
    A + "theta",
    "math per entry",
    lambda theta, m_hat, s_hat, alpha, eps: [
        x - alpha * m / (s**0.5 + eps) for x, m, s in zip(theta, m_hat, s_hat)
    ],
)

L = "10.warmup_linear"


@wrong(L, "warm-up starts at 0")
def _(step, alpha, steps, warmup):
    if step < warmup:
        return alpha * step / warmup
    return alpha * max(0, steps - step) / (steps - warmup)


@wrong(L, "alpha one step early")
def _(step, alpha, steps, warmup):
    if step < warmup:
        return alpha * (step + 1) / warmup
    return alpha * max(0, steps - step) / (steps - warmup)


@wrong(L, "falls below 0 after the end")
def _(step, alpha, steps, warmup):
    if step <= warmup:
        return alpha * (step + 1) / (warmup + 1)
    return alpha * (steps - step) / (steps - warmup)


@wrong(L, "falls from the start")
def _(step, alpha, steps, warmup):
    if step <= warmup:
        return alpha * (step + 1) / (warmup + 1)
    return alpha * max(0, 1 - step / steps)


@wrong(L, "divided by steps for steps - warmup")
def _(step, alpha, steps, warmup):
    if step <= warmup:
        return alpha * (step + 1) / (warmup + 1)
    return alpha * max(0, 1 - (step - warmup) / steps)


@wrong(L, "reaches 0 at the last step, steps - 1")
def _(step, alpha, steps, warmup):
    if step <= warmup:
        return alpha * (step + 1) / (warmup + 1)
    return alpha * max(0, steps - 1 - step) / (steps - 1 - warmup)


@wrong(L, "constant after the warm-up")
def _(step, alpha, steps, warmup):
    return alpha * min(1, (step + 1) / (warmup + 1))


@wrong(L, "cosine for the straight line")
def _(step, alpha, steps, warmup):
    if step <= warmup:
        return alpha * (step + 1) / (warmup + 1)
    done = min(1, (step - warmup) / (steps - warmup))
    return alpha * (1 + np.cos(np.pi * done)) / 2


@wrong(L, "the share, without alpha")
def _(step, alpha, steps, warmup):
    if step <= warmup:
        return (step + 1) / (warmup + 1)
    return max(0, steps - step) / (steps - warmup)


@wrong(L, "a list of all")
def _(step, alpha, steps, warmup):
    up = [alpha * (s + 1) / (warmup + 1) for s in range(warmup)]
    down = [alpha * (steps - s) / (steps - warmup) for s in range(warmup, steps)]
    return up + down


@wrong(L, "no return in the second part")
def _(step, alpha, steps, warmup):
    if step <= warmup:
        return alpha * (step + 1) / (warmup + 1)
    rate = alpha * max(0, steps - step) / (steps - warmup)


right(
    L,
    "interp",
    lambda step, alpha, steps, warmup: np.interp(step, [-1, warmup, steps], [0, alpha, 0]),
)

E = "10.nesterov"


def nesterov(new, old, keep=1, sign=-1):
    def answer(theta, v, g, alpha, mu=0.9):
        u = mu * v + g
        return theta + sign * alpha * (new(mu) * u + old(mu) * v), u

    return answer


@wrong(E, "plain momentum")
def _(theta, v, g, alpha, mu=0.9):
    v = mu * v + g
    return theta - alpha * v, v


@wrong(E, "the velocity alone looks ahead")
def _(theta, v, g, alpha, mu=0.9):
    v = mu * v + g
    return theta - alpha * mu * v, v


@wrong(E, "old velocity in the look ahead")
def _(theta, v, g, alpha, mu=0.9):
    u = mu * v + g
    return theta - alpha * (g + mu * v), u


@wrong(E, "alpha mu v counted with the wrong sign")
def _(theta, v, g, alpha, mu=0.9):
    u = mu * v + g
    return theta - alpha * mu * v - alpha * u - alpha * mu * u, u


@wrong(E, "forgets to put phi + alpha mu v for theta")
def _(theta, v, g, alpha, mu=0.9):
    u = mu * v + g
    return theta - alpha * u - alpha * mu * u, u


@wrong(E, "returns theta and not phi")
def _(theta, v, g, alpha, mu=0.9):
    u = mu * v + g
    return theta + alpha * mu * v - alpha * u, u


@wrong(E, "right step, old velocity returned")
def _(theta, v, g, alpha, mu=0.9):
    u = mu * v + g
    return theta - alpha * (g + mu * u), v


@wrong(E, "exchanged in the pair")
def _(theta, v, g, alpha, mu=0.9):
    u = mu * v + g
    return u, theta - alpha * (g + mu * u)


@wrong(E, "mu fixed")
def _(theta, v, g, alpha, mu=0.9):
    u = 0.9 * v + g
    return theta - alpha * (g + 0.9 * u), u


@wrong(E, "moving average")
def _(theta, v, g, alpha, mu=0.9):
    u = mu * v + (1 - mu) * g
    return theta - alpha * (g + mu * u), u


@wrong(E, "only the parameters")
def _(theta, v, g, alpha, mu=0.9):
    u = mu * v + g
    return theta - alpha * (g + mu * u)


@wrong(E, "v changed in place")
def _(theta, v, g, alpha, mu=0.9):
    v *= mu
    v += g
    return theta - alpha * (g + mu * v), v


@right(E, "literally the three equations")
def _(theta, v, g, alpha, mu=0.9):
    real = theta + alpha * mu * v
    new = mu * v + g
    real = real - alpha * new
    return [real - alpha * mu * new, new]


W = "10.average_weights"
wrong(W, "newest first", lambda beta, t: (1 - beta) * beta ** np.arange(t) / (1 - beta**t))
wrong(W, "not corrected", lambda beta, t: (1 - beta) * beta ** np.arange(t)[::-1])
wrong(W, "1 - beta forgotten", lambda beta, t: beta ** np.arange(t)[::-1] / (1 - beta**t))
wrong(
    W, "powers from 1", lambda beta, t: (1 - beta) * beta ** np.arange(t, 0, -1) / (1 - beta**t)
)
wrong(W, "only the powers", lambda beta, t: beta ** np.arange(t - 1, -1, -1))
wrong(W, "equal weights", lambda beta, t: np.ones(t) / t)
wrong(
    W, "one too many", lambda beta, t: (1 - beta) * beta ** np.arange(t, -1, -1) / (1 - beta**t)
)
wrong(
    W,
    "each corrected for its own step",
    lambda beta, t: (1 - beta) * beta ** np.arange(t)[::-1] / (1 - beta ** np.arange(1, t + 1)),
)
wrong(W, "the last weight alone", lambda beta, t: (1 - beta) / (1 - beta**t))
wrong(
    W,
    "softmax of the powers",
    lambda beta, t: (
        np.exp(beta ** np.arange(t)[::-1]) / np.exp(beta ** np.arange(t)[::-1]).sum()
    ),
)


@wrong(W, "mutating loop: first element not decayed")
def _(beta, t):
    w = []
    for i in range(t):
        w.append((1 - beta) * beta**i)
    return np.array(w) / sum(w)


@right(W, "loop from the rule")
def _(beta, t):
    w = []
    for _ in range(t):
        w = [beta * x for x in w] + [1 - beta]
    return [x / sum(w) for x in w]


G = "10.adagrad"


@wrong(G, "old s in the step")
def _(theta, s, g, alpha, eps=1e-8):
    return theta - alpha * g / (np.sqrt(s) + eps), s + g**2


@wrong(G, "eps inside the root")
def _(theta, s, g, alpha, eps=1e-8):
    s = s + g**2
    return theta - alpha * g / np.sqrt(s + eps), s


@wrong(G, "moving average")
def _(theta, s, g, alpha, eps=1e-8):
    s = 0.99 * s + 0.01 * g**2
    return theta - alpha * g / (np.sqrt(s) + eps), s


@wrong(G, "no root")
def _(theta, s, g, alpha, eps=1e-8):
    s = s + g**2
    return theta - alpha * g / (s + eps), s


@wrong(G, "no square")
def _(theta, s, g, alpha, eps=1e-8):
    s = s + g
    return theta - alpha * g / (np.sqrt(s) + eps), s


@wrong(G, "one number for all")
def _(theta, s, g, alpha, eps=1e-8):
    s = s + (g**2).sum()
    return theta - alpha * g / (np.sqrt(s) + eps), s


@wrong(G, "s changed in place")
def _(theta, s, g, alpha, eps=1e-8):
    s += g**2
    return theta - alpha * g / (np.sqrt(s) + eps), s


@wrong(G, "exchanged")
def _(theta, s, g, alpha, eps=1e-8):
    s = s + g**2
    return s, theta - alpha * g / (np.sqrt(s) + eps)


@wrong(G, "no eps")
def _(theta, s, g, alpha, eps=1e-8):
    s = s + g**2
    return theta - alpha * g / np.sqrt(s), s


@wrong(G, "g twice in the numerator")
def _(theta, s, g, alpha, eps=1e-8):
    s = s + g**2
    return theta - alpha * g**2 / (np.sqrt(s) + eps), s


@wrong(G, "no s returned")
def _(theta, s, g, alpha, eps=1e-8):
    s = s + g**2
    return theta - alpha * g / (np.sqrt(s) + eps)


@right(G, "by entries")
def _(theta, s, g, alpha, eps=1e-8):
    new = [a + b * b for a, b in zip(s, g)]
    return [t - alpha * b / (a**0.5 + eps) for t, a, b in zip(theta, new, g)], new


C = "10.clip_by_norm"
wrong(C, "entry by entry", lambda g, limit: np.clip(g, -limit, limit))
wrong(C, "always to the limit", lambda g, limit: g / np.sqrt((g**2).sum()) * limit)
wrong(C, "unit length", lambda g, limit: g / max(1, np.linalg.norm(g)))
wrong(C, "max in place of min", lambda g, limit: g * max(1, limit / np.linalg.norm(g)))
wrong(
    C,
    "norm not rooted",
    lambda g, limit: g * limit / np.sum(g**2) if np.sum(g**2) > limit else g,
)
wrong(C, "largest entry as the length", lambda g, limit: g * min(1, limit / np.abs(g).max()))
wrong(C, "sum of the sizes as the length", lambda g, limit: g * min(1, limit / np.abs(g).sum()))
wrong(C, "divided by the limit", lambda g, limit: g / limit if np.linalg.norm(g) > limit else g)
wrong(
    C,
    "nothing back when short",
    lambda g, limit: g * limit / np.linalg.norm(g) if np.linalg.norm(g) > limit else None,
)
wrong(C, "zero when too long", lambda g, limit: np.where(np.linalg.norm(g) > limit, 0, g))


@wrong(C, "in place")
def _(g, limit):
    n = np.sqrt((g**2).sum())
    if n > limit:
        g *= limit / n
    return g


right(
    C,
    "the limit over a length of 0 is infinite",
    lambda g, limit: g * np.minimum(1, limit / np.sqrt((g**2).sum())),
)
right(
    C,
    "where",
    lambda g, limit: np.where(
        np.linalg.norm(g) > limit, limit * g / max(np.linalg.norm(g), 1e-300), g
    ),
)
