"""Answers to the exercises of notebook 17, written from its text."""

import math

import numpy as np
from wrong_answers import right, wrong

for line, mistakes in {
    "error": [
        ("ddof missing", lambda d: np.std(d) / len(d) ** 0.5),
        ("no root of n", lambda d: np.std(d, ddof=1)),
        ("n for its root", lambda d: np.std(d, ddof=1) / len(d)),
        ("variance", lambda d: np.var(d, ddof=1) / len(d)),
        ("mean not taken away", lambda d: np.sqrt(np.sum(d**2) / (len(d) - 1) / len(d))),
        ("spread of single ones, ddof 0", lambda d: d.std()),
        ("root of n - 1", lambda d: d.std(ddof=1) / np.sqrt(len(d) - 1)),
        ("root of s", lambda d: np.sqrt(d.std(ddof=1) / len(d))),
        ("times", lambda d: d.std(ddof=1) * np.sqrt(len(d))),
        ("mean", lambda d: d.mean() / np.sqrt(len(d))),
        ("minus", lambda d: -d.std(ddof=1) / np.sqrt(len(d))),
        ("brackets", lambda d: np.sqrt(d.var(ddof=1)) / len(d)),
        ("absolute deviations", lambda d: np.abs(d - d.mean()).mean() / np.sqrt(len(d))),
        ("divided by n twice", lambda d: np.sqrt(d.var() / len(d) ** 2)),
    ],
    "interval": [
        ("no t", lambda d, error, t: (d.mean() - error, d.mean() + error)),
        ("around 0", lambda d, error, t: (-t * error, t * error)),
        ("high first", lambda d, error, t: (d.mean() + t * error, d.mean() - t * error)),
        ("1.96", lambda d, error, t: (d.mean() - 1.96 * error, d.mean() + 1.96 * error)),
        ("every seed", lambda d, error, t: (d - t * error, d + t * error)),
        ("only low", lambda d, error, t: d.mean() - t * error),
        ("t alone", lambda d, error, t: (d.mean() - t, d.mean() + t)),
        ("sum", lambda d, error, t: (d.sum() - t * error, d.sum() + t * error)),
        ("median", lambda d, error, t: (np.median(d) - t * error, np.median(d) + t * error)),
        ("divided", lambda d, error, t: (d.mean() - error / t, d.mean() + error / t)),
        ("range", lambda d, error, t: (d.min(), d.max())),
        ("quarter", lambda d, error, t: (d.mean() - t * error / 2, d.mean() + t * error / 2)),
        ("mean and reach", lambda d, error, t: (d.mean(), t * error)),
    ],
    "chances": [
        ("at most", lambda m, n: (np.arange(1, m + 1) / m) ** n),
        ("below", lambda m, n: (np.arange(m) / m) ** n),
        ("one draw", lambda m, n: np.full(m, 1 / m)),
        ("sign", lambda m, n: (np.arange(m) / m) ** n - (np.arange(1, m + 1) / m) ** n),
        ("counts", lambda m, n: np.arange(1, m + 1) ** n - np.arange(m) ** n),
        ("from zero", lambda m, n: (np.arange(m) / m) ** n - (np.arange(-1, m - 1) / m) ** n),
        ("swapped", lambda m, n: (np.arange(1, n + 1) / n) ** m - (np.arange(n) / n) ** m),
        (
            "not divided the second time",
            lambda m, n: (np.arange(1, m + 1) / m) ** n - np.arange(m) ** n,
        ),
        ("times n", lambda m, n: n * (np.arange(1, m + 1) / m) - n * (np.arange(m) / m)),
        (
            "power of the difference",
            lambda m, n: (np.arange(1, m + 1) / m - np.arange(m) / m) ** n,
        ),
        ("falling", lambda m, n: np.diff((np.arange(m + 1) / m) ** n)[::-1]),
        ("n - 1", lambda m, n: np.diff((np.arange(m + 1) / m) ** (n - 1))),
        ("m - 1", lambda m, n: np.diff((np.arange(m) / m) ** n)),
        ("divided by n", lambda m, n: np.diff((np.arange(m + 1) / m) ** n) / n),
    ],
    "best": [
        ("not sorted", lambda values, chances: (values * chances).sum()),
        ("falling", lambda values, chances: (np.sort(-values) * -chances).sum()),
        ("mean", lambda values, chances: (np.sort(values) * chances).mean()),
        ("max", lambda values, chances: values.max()),
        ("not summed", lambda values, chances: np.sort(values) * chances),
        ("argsort", lambda values, chances: np.argsort(values) @ chances),
        ("sorted chances by values", lambda values, chances: values @ chances[::-1]),
        ("plain mean", lambda values, chances: values.mean()),
        ("most probable", lambda values, chances: np.sort(values)[np.argmax(chances)]),
        ("cumsum", lambda values, chances: np.cumsum(np.sort(values) * chances)),
        ("max of products", lambda values, chances: (np.sort(values) * chances).max()),
        ("divided by m", lambda values, chances: np.sort(values) @ chances / len(values)),
        ("sort in place gives None", lambda values, chances: values.sort()),
    ],
    "slope": [
        ("correlation", lambda first, again: np.corrcoef(first, again)[0, 1]),
        (
            "other way round",
            lambda first, again: np.cov(first, again)[0, 1] / again.var(ddof=1),
        ),
        ("ddof", lambda first, again: np.cov(first, again)[0, 1] / np.var(first)),
        ("means in", lambda first, again: (first @ again) / (first @ first)),
        ("covariance alone", lambda first, again: np.cov(first, again)[0, 1]),
        ("whole matrix", lambda first, again: np.cov(first, again) / first.var(ddof=1)),
        ("ratio of variances", lambda first, again: again.var() / first.var()),
        ("ratio of spreads", lambda first, again: again.std() / first.std()),
        ("ratio of means", lambda first, again: again.mean() / first.mean()),
        ("root below", lambda first, again: np.cov(first, again)[0, 1] / first.std(ddof=1)),
        ("intercept", lambda first, again: np.polyfit(first, again, 1)[1]),
        ("one minus", lambda first, again: 1 - np.cov(first, again)[0, 1] / first.var(ddof=1)),
        ("both fits", lambda first, again: np.polyfit(first, again, 1)),
        (
            "sum over mean",
            lambda first, again: (
                ((first - first.mean()) * (again - again.mean())).sum() / first.var()
            ),
        ),
        (
            "again not centred below",
            lambda first, again: (
                ((first - first.mean()) * (again - again.mean())).sum() / (first**2).sum()
            ),
        ),
    ],
    "worth": [
        ("all of it", lambda claim, first, again, slope: claim),
        ("share of claim", lambda claim, first, again, slope: slope * claim),
        (
            "mean of first",
            lambda claim, first, again, slope: first.mean() + slope * (claim - first.mean()),
        ),
        (
            "lead over again",
            lambda claim, first, again, slope: again.mean() + slope * (claim - again.mean()),
        ),
        (
            "the part that was luck",
            lambda claim, first, again, slope: (
                again.mean() + (1 - slope) * (claim - first.mean())
            ),
        ),
        ("lead alone", lambda claim, first, again, slope: slope * (claim - first.mean())),
        ("whole lead", lambda claim, first, again, slope: again.mean() + claim - first.mean()),
        (
            "sign",
            lambda claim, first, again, slope: again.mean() + slope * (first.mean() - claim),
        ),
        ("arrays", lambda claim, first, again, slope: again + slope * (claim - first)),
        (
            "brackets",
            lambda claim, first, again, slope: again.mean() + slope * claim - first.mean(),
        ),
        (
            "everything times",
            lambda claim, first, again, slope: slope * (again.mean() + claim - first.mean()),
        ),
        ("max", lambda claim, first, again, slope: again.max() + slope * (claim - first.max())),
        ("mean of again", lambda claim, first, again, slope: again.mean()),
    ],
}.items():
    for said, mistake in mistakes:
        wrong(f"17.account.{line}", said, mistake)
right(
    "17.account.error",
    "standard library's way",
    lambda d: (sum((d - sum(d) / len(d)) ** 2) / (len(d) - 1) / len(d)) ** 0.5,
)
right(
    "17.account.interval",
    "an array",
    lambda d, error, t: np.array([d.mean() - t * error, d.mean() + t * error]),
)
right("17.account.chances", "by linspace", lambda m, n: np.diff(np.linspace(0, 1, m + 1) ** n))
right("17.account.best", "dot", lambda values, chances: np.dot(np.sort(values), chances))
right(
    "17.account.slope",
    "by dot",
    lambda first, again: (
        np.dot(first - first.mean(), again - again.mean()) / np.sum((first - first.mean()) ** 2)
    ),
)
right(
    "17.account.slope",
    "one mean is enough",
    lambda first, again: (
        ((first - first.mean()) * again).sum() / ((first - first.mean()) * first).sum()
    ),
)
right(
    "17.account.worth",
    "lead first",
    lambda claim, first, again, slope: (claim - np.mean(first)) * slope + np.mean(again),
)


def _tied(scores, t, best=None, ddof=1, root=True):
    best = scores.mean(axis=1).argmax() if best is None else best
    d = scores[best] - scores
    error = d.std(axis=1, ddof=ddof) / (np.sqrt(scores.shape[1]) if root else 1)
    return d.mean(axis=1) - t * error <= 0


wrong("17.cheapest_tied", "winner", lambda scores, cost, t: scores.mean(axis=1).argmax())
wrong("17.cheapest_tied", "cheapest", lambda scores, cost, t: cost.argmin())
wrong("17.cheapest_tied", "cost", lambda scores, cost, t: cost[_tied(scores, t)].min())
wrong(
    "17.cheapest_tied",
    "place in the mask",
    lambda scores, cost, t: cost[_tied(scores, t)].argmin(),
)
wrong(
    "17.cheapest_tied",
    "no root",
    lambda scores, cost, t: np.where(_tied(scores, t, root=False), cost, np.inf).argmin(),
)
wrong(
    "17.cheapest_tied",
    "ddof",
    lambda scores, cost, t: np.where(_tied(scores, t, ddof=0), cost, np.inf).argmin(),
)
wrong(
    "17.cheapest_tied",
    "t of 1.96",
    lambda scores, cost, t: np.where(_tied(scores, 1.96), cost, np.inf).argmin(),
)
wrong(
    "17.cheapest_tied",
    "argmax of cost",
    lambda scores, cost, t: np.where(_tied(scores, t), cost, 0).argmax(),
)
wrong(
    "17.cheapest_tied",
    "masked with 0",
    lambda scores, cost, t: (cost * _tied(scores, t)).argmin(),
)
wrong(
    "17.cheapest_tied",
    "not the tied ones",
    lambda scores, cost, t: np.where(_tied(scores, t), np.inf, cost).argmin(),
)
wrong(
    "17.cheapest_tied",
    "first tied one",
    lambda scores, cost, t: np.flatnonzero(_tied(scores, t))[0],
)
wrong(
    "17.cheapest_tied",
    "the tied rows",
    lambda scores, cost, t: np.flatnonzero(_tied(scores, t)),
)
wrong(
    "17.cheapest_tied",
    "by the best run",
    lambda scores, cost, t: np.where(
        _tied(scores, t, scores.max(axis=1).argmax()), cost, np.inf
    ).argmin(),
)
wrong(
    "17.cheapest_tied",
    "worst mean",
    lambda scores, cost, t: np.where(
        _tied(scores, t, scores.mean(axis=1).argmin()), cost, np.inf
    ).argmin(),
)
wrong("17.cheapest_tied", "axis swapped", lambda scores, cost, t: scores.mean(axis=0).argmax())
right(
    "17.cheapest_tied",
    "by a list",
    lambda scores, cost, t: min(np.flatnonzero(_tied(scores, t)), key=lambda i: cost[i]),
)


@right("17.cheapest_tied", "in order of cost")
def _(scores, cost, t):
    winner = scores[scores.mean(axis=1).argmax()]
    for i in np.argsort(cost):
        d = winner - scores[i]
        if d.mean() <= t * d.std(ddof=1) / len(d) ** 0.5:
            return i


wrong("17.tries_needed", "one over", lambda share, sure: math.ceil(1 / share))
wrong("17.tries_needed", "sure over share", lambda share, sure: math.ceil(sure / share))
wrong(
    "17.tries_needed",
    "rounded down",
    lambda share, sure: math.floor(math.log(1 - sure) / math.log(1 - share)),
)
wrong(
    "17.tries_needed",
    "rounded",
    lambda share, sure: round(math.log(1 - sure) / math.log(1 - share)),
)
wrong(
    "17.tries_needed",
    "not rounded",
    lambda share, sure: math.log(1 - sure) / math.log(1 - share),
)
wrong(
    "17.tries_needed",
    "all hit",
    lambda share, sure: math.ceil(math.log(sure) / math.log(share)),
)
wrong(
    "17.tries_needed",
    "1 - sure missing",
    lambda share, sure: math.ceil(math.log(sure) / math.log(1 - share)),
)
wrong(
    "17.tries_needed",
    "1 - share missing",
    lambda share, sure: math.ceil(math.log(1 - sure) / math.log(share)),
)
wrong(
    "17.tries_needed",
    "upside down",
    lambda share, sure: math.ceil(math.log(1 - share) / math.log(1 - sure)),
)
wrong(
    "17.tries_needed",
    "minus",
    lambda share, sure: math.ceil(-math.log(1 - sure) / math.log(1 - share)),
)
wrong(
    "17.tries_needed",
    "one more",
    lambda share, sure: int(math.log(1 - sure) / math.log(1 - share)) + 2,
)
wrong("17.tries_needed", "the chance", lambda share, sure: 1 - (1 - share) ** sure)
right(
    "17.tries_needed",
    "base two",
    lambda share, sure: math.ceil(math.log2(1 - sure) / math.log2(1 - share)),
)
