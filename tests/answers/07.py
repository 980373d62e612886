"""Answers to the exercises of notebook 07, written from its text."""

import numpy as np
from wrong_answers import right, wrong

wrong("07.epoch_loss", "the sum of the losses", lambda losses, size, N: losses.sum())
wrong("07.epoch_loss", "divided by N only", lambda losses, size, N: losses.sum() / N)
wrong("07.epoch_loss", "the last loss", lambda losses, size, N: losses[-1])
wrong(
    "07.epoch_loss",
    "last weight N % size, no guard",
    lambda losses, size, N: (size * losses[:-1].sum() + N % size * losses[-1]) / N,
)
wrong(
    "07.epoch_loss",
    "weights by batches in N // size",
    lambda losses, size, N: losses.sum() / (N // size) if N >= size else losses.sum(),
)
wrong(
    "07.epoch_loss",
    "the first batch short",
    lambda losses, size, N: (
        ((N - size * (len(losses) - 1)) * losses[0] + size * losses[1:].sum()) / N
    ),
)
wrong(
    "07.epoch_loss",
    "not divided by N",
    lambda losses, size, N: (
        size * losses[:-1].sum() + (N - size * (len(losses) - 1)) * losses[-1]
    ),
)
wrong("07.epoch_loss", "divided by size", lambda losses, size, N: losses.sum() / size)
wrong("07.epoch_loss", "median", lambda losses, size, N: np.median(losses))
wrong(
    "07.epoch_loss",
    "last batch left out, weighted",
    lambda losses, size, N: size * losses[:-1].sum() / N,
)
wrong(
    "07.epoch_loss",
    "the short batch of N - size * len",
    lambda losses, size, N: (
        (size * losses[:-1].sum() + (N - size * len(losses)) * losses[-1]) / N
    ),
)
wrong("07.epoch_loss", "an array", lambda losses, size, N: losses * size / N)

wrong(
    "07.variance_of_mean",
    "divided by B squared",
    lambda G: ((G - G.mean(0)) ** 2).sum() / len(G) ** 2,
)
wrong(
    "07.variance_of_mean",
    "the mean over everything",
    lambda G: ((G - G.mean()) ** 2).sum() / (len(G) * (len(G) - 1)),
)
wrong(
    "07.variance_of_mean",
    "norm not squared",
    lambda G: np.linalg.norm(G - G.mean(0)) / (len(G) * (len(G) - 1)),
)
wrong("07.variance_of_mean", "array per parameter", lambda G: G.var(axis=0, ddof=1) / len(G))
wrong(
    "07.variance_of_mean",
    "mean not subtracted",
    lambda G: (G**2).sum() / (len(G) * (len(G) - 1)),
)
wrong(
    "07.variance_of_mean",
    "axis 1",
    lambda G: ((G - G.mean(1, keepdims=True)) ** 2).sum() / (len(G) * (len(G) - 1)),
)
wrong("07.variance_of_mean", "plain var", lambda G: G.var() / len(G))
wrong(
    "07.variance_of_mean",
    "B plus one",
    lambda G: ((G - G.mean(0)) ** 2).sum() / (len(G) * (len(G) + 1)),
)
wrong(
    "07.variance_of_mean",
    "divided by M",
    lambda G: ((G - G.mean(0)) ** 2).sum() / (len(G) - 1) / G.shape[1],
)
wrong("07.variance_of_mean", "std for var", lambda G: G.std(axis=0, ddof=1).sum() / len(G))
wrong(
    "07.variance_of_mean",
    "divided by the root of B",
    lambda G: G.var(axis=0, ddof=1).sum() / np.sqrt(len(G)),
)
wrong(
    "07.variance_of_mean",
    "absolute values",
    lambda G: np.abs(G - G.mean(0)).sum() / (len(G) * (len(G) - 1)),
)


def parts(n, count):
    return np.array_split(np.arange(n), count)


@wrong("07.even_batches", "yield")
def _(X, y, size, rng):
    order = rng.permutation(len(X))
    for part in np.array_split(order, -(-len(X) // size)):
        yield X[part], y[part]


@wrong("07.even_batches", "smaller ones first")
def _(X, y, size, rng):
    order = rng.permutation(len(X))
    count = -(-len(X) // size)
    return [
        (X[p], y[p]) for p in np.split(order, [(i * len(X)) // count for i in range(1, count)])
    ]


@wrong("07.even_batches", "the count one too many where size divides N")
def _(X, y, size, rng):
    order = rng.permutation(len(X))
    return [(X[p], y[p]) for p in np.array_split(order, len(X) // size + 1)]


@wrong("07.even_batches", "size parts")
def _(X, y, size, rng):
    order = rng.permutation(len(X))
    return [(X[p], y[p]) for p in np.array_split(order, size)]


@wrong("07.even_batches", "only X shuffled")
def _(X, y, size, rng):
    order = rng.permutation(len(X))
    count = -(-len(X) // size)
    return list(zip(np.array_split(X[order], count), np.array_split(y, count)))


@wrong("07.even_batches", "two lists")
def _(X, y, size, rng):
    order = rng.permutation(len(X))
    count = -(-len(X) // size)
    return np.array_split(X[order], count), np.array_split(y[order], count)


@wrong("07.even_batches", "indices only")
def _(X, y, size, rng):
    return np.array_split(rng.permutation(len(X)), -(-len(X) // size))


@wrong("07.even_batches", "the rest thrown away")
def _(X, y, size, rng):
    order = rng.permutation(len(X))
    return [
        (X[order[i : i + size]], y[order[i : i + size]])
        for i in range(0, len(X) - size + 1, size)
    ]


@wrong("07.even_batches", "drawn with replacement")
def _(X, y, size, rng):
    order = rng.integers(len(X), size=len(X))
    return [(X[p], y[p]) for p in np.array_split(order, -(-len(X) // size))]


@wrong("07.even_batches", "interleaved rows")
def _(X, y, size, rng):
    order = rng.permutation(len(X))
    count = -(-len(X) // size)
    return [(X[order[i::count]], y[order[i::count]]) for i in range(count)]


@wrong("07.even_batches", "a permutation per batch")
def _(X, y, size, rng):
    count = -(-len(X) // size)
    return [
        (X[p], y[p]) for p in (rng.permutation(len(X))[part] for part in parts(len(X), count))
    ]


@wrong("07.even_batches", "rounded count")
def _(X, y, size, rng):
    order = rng.permutation(len(X))
    return [(X[p], y[p]) for p in np.array_split(order, max(1, round(len(X) / size)))]


wrong(
    "07.smoothed",
    "plain running mean",
    lambda losses, beta: np.cumsum(losses) / np.arange(1, len(losses) + 1),
)
wrong(
    "07.smoothed",
    "weights not divided",
    lambda losses, beta: np.array(
        [sum(beta**k * losses[t - k] for k in range(t + 1)) for t in range(len(losses))]
    ),
)
wrong(
    "07.smoothed",
    "only the last value",
    lambda losses, beta: (
        sum(beta**k * losses[-1 - k] for k in range(len(losses)))
        / sum(beta**k for k in range(len(losses)))
    ),
)
wrong(
    "07.smoothed",
    "power off by one",
    lambda losses, beta: np.array(
        [
            sum(beta ** (k + 1) * losses[t - k] for k in range(t + 1))
            / sum(beta**k for k in range(t + 1))
            for t in range(len(losses))
        ]
    ),
)
wrong(
    "07.smoothed",
    "the current loss left out",
    lambda losses, beta: np.array(
        [losses[0]]
        + [
            sum(beta ** (k - 1) * losses[t - k] for k in range(1, t + 1))
            / sum(beta ** (k - 1) for k in range(1, t + 1))
            for t in range(1, len(losses))
        ]
    ),
)
wrong(
    "07.smoothed",
    "reversed weights",
    lambda losses, beta: np.array(
        [
            sum(beta ** (t - k) * losses[t - k] for k in range(t + 1))
            / sum(beta**k for k in range(t + 1))
            for t in range(len(losses))
        ]
    ),
)
wrong("07.smoothed", "the losses themselves", lambda losses, beta: losses)
wrong(
    "07.smoothed",
    "beta multiplied, not powered",
    lambda losses, beta: np.array(
        [
            sum(beta * k * losses[t - k] for k in range(1, t + 1))
            / max(1e-9, sum(beta * k for k in range(1, t + 1)))
            if t
            else losses[0]
            for t in range(len(losses))
        ]
    ),
)


@wrong("07.smoothed", "writes into losses")
def _(losses, beta):
    for t in range(1, len(losses)):
        losses[t] = beta * losses[t - 1] + (1 - beta) * losses[t]
    return losses


@wrong("07.smoothed", "corrected value is fed back")
def _(losses, beta):
    m, out = 0.0, []
    for t, loss in enumerate(losses, 1):
        m = (beta * m + (1 - beta) * loss) / (1 - beta**t)
        out.append(m)
    return np.array(out)


@wrong("07.smoothed", "1 - beta left out, still corrected")
def _(losses, beta):
    m, out = 0.0, []
    for t, loss in enumerate(losses, 1):
        m = beta * m + loss
        out.append(m / (1 - beta**t))
    return np.array(out)


@right("07.smoothed", "a list")
def _(losses, beta):
    m, out = 0.0, []
    for t, loss in enumerate(losses, 1):
        m = beta * m + (1 - beta) * loss
        out.append(m / (1 - beta**t))
    return out


wrong("07.choose_rate", "ten times", lambda rates, losses: rates[np.nanargmin(losses)] * 10)
wrong("07.choose_rate", "the index", lambda rates, losses: np.nanargmin(losses))
wrong(
    "07.choose_rate", "one place earlier", lambda rates, losses: rates[np.nanargmin(losses) - 1]
)
wrong("07.choose_rate", "half", lambda rates, losses: rates[np.nanargmin(losses)] / 2)
wrong(
    "07.choose_rate",
    "largest loss",
    lambda rates, losses: rates[np.nanargmax(np.where(np.isfinite(losses), losses, -1))] / 10,
)
wrong(
    "07.choose_rate",
    "the largest rate that still works",
    lambda rates, losses: rates[np.isfinite(losses)][-1] / 10,
)
wrong(
    "07.choose_rate",
    "the steepest fall",
    lambda rates, losses: rates[np.nanargmin(np.diff(losses))] / 10,
)
wrong("07.choose_rate", "minus one", lambda rates, losses: rates[np.nanargmin(losses)] - 0.1)
wrong(
    "07.choose_rate",
    "NaN filtered, but the index is of the shorter array",
    lambda rates, losses: rates[::-1][losses[np.isfinite(losses)].argmin()] / 10,
)
wrong(
    "07.choose_rate", "min of losses", lambda rates, losses: rates[losses == losses.min()] / 10
)
wrong("07.choose_rate", "an array", lambda rates, losses: rates / 10)
wrong(
    "07.choose_rate",
    "integer division",
    lambda rates, losses: rates[np.nanargmin(losses)] // 10,
)
wrong(
    "07.choose_rate",
    "the nearest rate of the list a tenth below",
    lambda rates, losses: rates[np.abs(rates - rates[np.nanargmin(losses)] / 10).argmin()],
)
