"""Answers to the exercises of notebook 17, written from its text."""

import math

import numpy as np
from scipy import stats
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


# A second reader's, from the text alone.


def add(exercise, mistakes):
    for said, mistake in mistakes:
        wrong(f"17.{exercise}", said, mistake)


def inplace_err(d):
    d -= d.mean()
    return np.sqrt((d**2).sum() / (len(d) - 1) / len(d))


add(
    "account.error",
    [
        ("sem ddof0", lambda d: np.sqrt(((d - d.mean()) ** 2).mean() / len(d))),
        (
            "n-1 twice",
            lambda d: np.sqrt(((d - d.mean()) ** 2).sum() / (len(d) - 1) / (len(d) - 1)),
        ),
        ("sum no n-1", lambda d: np.sqrt(((d - d.mean()) ** 2).sum() / len(d))),
        ("no root at all", lambda d: ((d - d.mean()) ** 2).sum() / (len(d) - 1) / len(d)),
        ("ddof in len", lambda d: d.std(ddof=1) / np.sqrt(len(d) + 1)),
        ("not squared", lambda d: np.sqrt((d - d.mean()).sum() / (len(d) - 1) / len(d))),
        ("list", lambda d: [d.std(ddof=1) / np.sqrt(len(d))]),
        ("in place", inplace_err),
        ("median", lambda d: np.sqrt(((d - np.median(d)) ** 2).sum() / (len(d) - 1) / len(d))),
        ("five seeds", lambda d: d.std(ddof=1) / np.sqrt(5)),
        ("95", lambda d: 1.96 * d.std(ddof=1) / np.sqrt(len(d))),
    ],
)
add(
    "account.interval",
    [
        (
            "error recomputed over root n",
            lambda d, error, t: (
                d.mean() - t * error / np.sqrt(len(d)),
                d.mean() + t * error / np.sqrt(len(d)),
            ),
        ),
        (
            "std not error",
            lambda d, error, t: (d.mean() - t * d.std(ddof=1), d.mean() + t * d.std(ddof=1)),
        ),
        ("width", lambda d, error, t: 2 * t * error),
        ("2.776", lambda d, error, t: (d.mean() - 2.776 * error, d.mean() + 2.776 * error)),
        ("same sign", lambda d, error, t: (d.mean() - t * error, d.mean() - t * error)),
        ("first d", lambda d, error, t: (d[0] - t * error, d[-1] + t * error)),
        ("percentile", lambda d, error, t: tuple(np.percentile(d, [2.5, 97.5]))),
        ("triple", lambda d, error, t: (d.mean() - t * error, d.mean(), d.mean() + t * error)),
        ("t+error", lambda d, error, t: (d.mean() - t - error, d.mean() + t + error)),
        ("abs low 0", lambda d, error, t: (max(0, d.mean() - t * error), d.mean() + t * error)),
    ],
)
add(
    "account.chances",
    [
        ("n*i/m", lambda m, n: n * np.arange(1, m + 1) / m),
        ("diff of n*i/m", lambda m, n: np.diff(n * np.arange(m + 1) / m)),
        ("at most", lambda m, n: (np.arange(1, m + 1) / m) ** n),
        ("m n swapped", lambda m, n: np.diff((np.arange(n + 1) / n) ** m)),
        ("diff short", lambda m, n: np.diff((np.arange(1, m + 1) / m) ** n)),
        ("worst", lambda m, n: np.diff((np.arange(m + 1) / m) ** n)[::-1]),
        ("counts", lambda m, n: np.diff(np.arange(m + 1) ** n)),
        ("equal", lambda m, n: np.full(m, 1 / m)),
        ("two only", lambda m, n: np.diff((np.arange(m + 1) / m) ** 2)),
        (
            "i-1/m precedence",
            lambda m, n: np.array([(i / m) ** n - (i - 1 / m) ** n for i in range(1, m + 1)]),
        ),
        (
            "range m",
            lambda m, n: np.array([(i / m) ** n - ((i - 1) / m) ** n for i in range(m)]),
        ),
        (
            "not raised second",
            lambda m, n: np.array([(i / m) ** n - ((i - 1) / m) for i in range(1, m + 1)]),
        ),
        ("at least", lambda m, n: 1 - (1 - np.arange(1, m + 1) / m) ** n),
        ("sign", lambda m, n: -np.diff((np.arange(m + 1) / m) ** n)),
        ("prepend", lambda m, n: np.diff((np.arange(m) / m) ** n, prepend=0)),
        ("2i-1 over m^2", lambda m, n: (2 * np.arange(1, m + 1) - 1) / m**n),
        ("m+1 long", lambda m, n: (np.arange(m + 1) / m) ** n),
    ],
)
add(
    "account.best",
    [
        ("unsorted", lambda values, chances: values @ chances),
        ("descending", lambda values, chances: np.sort(values)[::-1] @ chances),
        (
            "both sorted wrong",
            lambda values, chances: (np.sort(values) * np.sort(chances)[::-1]).sum(),
        ),
        ("mean", lambda values, chances: (np.sort(values) * chances).mean()),
        ("max", lambda values, chances: values.max()),
        ("numbers", lambda values, chances: (np.arange(1, len(values) + 1) * chances).sum()),
        (
            "sorted not assigned",
            lambda values, chances: (values.copy().sort(), values @ chances)[1],
        ),
        ("product array", lambda values, chances: np.sort(values) * chances),
        ("argsort", lambda values, chances: np.argsort(values) @ chances),
        ("argmax", lambda values, chances: np.sort(values)[chances.argmax()]),
        ("sort chances only", lambda values, chances: values @ np.sort(chances)),
        ("in place", lambda values, chances: (values.sort(), values @ chances)[1]),
        ("rank bad", lambda values, chances: values @ chances[np.argsort(values)]),
        ("lead", lambda values, chances: np.sort(values) @ chances - values.mean()),
    ],
)
add(
    "account.slope",
    [
        ("no means", lambda first, again: (first * again).sum() / (first**2).sum()),
        ("correlation", lambda first, again: np.corrcoef(first, again)[0, 1]),
        (
            "over y",
            lambda first, again: (
                ((first - first.mean()) * (again - again.mean())).sum()
                / ((again - again.mean()) ** 2).sum()
            ),
        ),
        (
            "ratio of sums",
            lambda first, again: (again - again.mean()).sum() / (first - first.mean()).sum(),
        ),
        (
            "only first centred bottom raw",
            lambda first, again: (
                ((first - first.mean()) * (again - again.mean())).sum() / (first**2).sum()
            ),
        ),
        (
            "mean of ratios",
            lambda first, again: np.mean((again - again.mean()) / (first - first.mean())),
        ),
        ("ddof mix", lambda first, again: np.cov(first, again)[0, 1] / first.var()),
        ("polyfit whole", lambda first, again: np.polyfit(first, again, 1)),
        ("polyfit intercept", lambda first, again: np.polyfit(first, again, 1)[1]),
        ("polyfit swapped", lambda first, again: np.polyfit(again, first, 1)[0]),
        ("cov only", lambda first, again: np.cov(first, again)[0, 1]),
        ("ratio std", lambda first, again: again.std() / first.std()),
        (
            "best only",
            lambda first, again: (
                (again[first.argmax()] - again.mean()) / (first.max() - first.mean())
            ),
        ),
        (
            "not squared below",
            lambda first, again: (
                ((first - first.mean()) * (again - again.mean())).sum()
                / np.abs(first - first.mean()).sum()
            ),
        ),
        (
            "squared sum",
            lambda first, again: (
                ((first - first.mean()) * (again - again.mean())).sum()
                / ((first - first.mean()).sum()) ** 2
            ),
        ),
        (
            "minus",
            lambda first, again: (
                -((first - first.mean()) * (again - again.mean())).sum()
                / ((first - first.mean()) ** 2).sum()
            ),
        ),
        (
            "factor 2",
            lambda first, again: (
                2
                * ((first - first.mean()) * (again - again.mean())).sum()
                / ((first - first.mean()) ** 2).sum()
            ),
        ),
        ("linregress object", lambda first, again: stats.linregress(first, again)),
        ("r squared", lambda first, again: np.corrcoef(first, again)[0, 1] ** 2),
        (
            "from the max",
            lambda first, again: (
                ((first - first.max()) * (again - again.max())).sum()
                / ((first - first.max()) ** 2).sum()
            ),
        ),
    ],
)
add(
    "account.worth",
    [
        ("claim times slope", lambda claim, first, again, slope: slope * claim),
        (
            "first mean",
            lambda claim, first, again, slope: first.mean() + slope * (claim - first.mean()),
        ),
        (
            "again lead",
            lambda claim, first, again, slope: again.mean() + slope * (claim - again.mean()),
        ),
        ("raw claim", lambda claim, first, again, slope: again.mean() + slope * claim),
        ("no slope", lambda claim, first, again, slope: again.mean() + claim - first.mean()),
        (
            "claim minus",
            lambda claim, first, again, slope: claim - slope * (claim - first.mean()),
        ),
        (
            "1-k",
            lambda claim, first, again, slope: (
                again.mean() + (1 - slope) * (claim - first.mean())
            ),
        ),
        (
            "sign",
            lambda claim, first, again, slope: again.mean() - slope * (claim - first.mean()),
        ),
        (
            "first max",
            lambda claim, first, again, slope: (
                again.mean() + slope * (first.max() - first.mean())
            ),
        ),
        ("lead only", lambda claim, first, again, slope: slope * (claim - first.mean())),
        ("array", lambda claim, first, again, slope: again + slope * (claim - first)),
        (
            "median",
            lambda claim, first, again, slope: (
                np.median(again) + slope * (claim - np.median(first))
            ),
        ),
        (
            "precedence",
            lambda claim, first, again, slope: again.mean() + slope * claim - first.mean(),
        ),
        (
            "again max",
            lambda claim, first, again, slope: again.max() + slope * (claim - first.max()),
        ),
        (
            "divide",
            lambda claim, first, again, slope: again.mean() + (claim - first.mean()) / slope,
        ),
        ("just mean", lambda claim, first, again, slope: again.mean()),
        (
            "first again mean swapped",
            lambda claim, first, again, slope: first.mean() + slope * (claim - again.mean()),
        ),
    ],
)


def tied(
    scores,
    cost,
    t,
    best=None,
    ddof=1,
    axis=1,
    cmp="<=",
    inc=True,
    sign=1,
    use="paired",
    ret="row",
    pick="min",
    root=True,
    half=False,
):
    scores = np.asarray(scores)
    m = scores.mean(axis)
    b = m.argmax() if best is None else best
    rows = []
    for i in range(len(scores)):
        d = scores[b] - scores[i]
        e = d.std(ddof=ddof) / (np.sqrt(len(d)) if root else 1)
        if use == "unpaired":
            e = np.sqrt((scores[b].var(ddof=1) + scores[i].var(ddof=1)) / len(d))
        if use == "own":
            e = scores[i].std(ddof=1) / np.sqrt(len(d))
        if i == b:
            if inc:
                rows.append(i)
            continue
        lo = d.mean() - t * e
        hi = d.mean() + t * e
        if cmp == "<=" and lo <= 0:
            rows.append(i)
        if cmp == ">=" and lo >= 0:
            rows.append(i)
        if cmp == "both" and lo > 0:
            rows.append(i)
        if cmp == "high" and hi <= 0:
            rows.append(i)
    if not rows:
        return b
    c = [cost[i] for i in rows]
    j = int(np.argmin(c)) if pick == "min" else int(np.argmax(c))
    if ret == "pos":
        return j
    if ret == "cost":
        return cost[rows[j]]
    if ret == "score":
        return scores[rows[j]].mean()
    if ret == "list":
        return rows
    if ret == "besttied":
        return rows[int(np.argmax([m[i] for i in rows]))]
    return rows[j]


add(
    "cheapest_tied",
    [
        ("argmin of cost", lambda s, c, t: int(np.argmin(c))),
        ("best", lambda s, c, t: int(s.mean(axis=1).argmax())),
        ("position among tied", lambda s, c, t: tied(s, c, t, ret="pos")),
        ("cost", lambda s, c, t: tied(s, c, t, ret="cost")),
        ("ddof0", lambda s, c, t: tied(s, c, t, ddof=0)),
        ("no root", lambda s, c, t: tied(s, c, t, root=False)),
        ("unpaired", lambda s, c, t: tied(s, c, t, use="unpaired")),
        ("own", lambda s, c, t: tied(s, c, t, use="own")),
        ("separated", lambda s, c, t: tied(s, c, t, cmp=">=")),
        ("worse ones", lambda s, c, t: tied(s, c, t, cmp="both", inc=False)),
        ("high", lambda s, c, t: tied(s, c, t, cmp="high")),
        ("dearest", lambda s, c, t: tied(s, c, t, pick="max")),
        ("best not tied", lambda s, c, t: tied(s, c, t, inc=False)),
        ("list", lambda s, c, t: tied(s, c, t, ret="list")),
        ("score", lambda s, c, t: tied(s, c, t, ret="score")),
        ("best tied", lambda s, c, t: tied(s, c, t, ret="besttied")),
        ("row 0 best", lambda s, c, t: tied(s, c, t, best=0)),
        ("max of all", lambda s, c, t: tied(s, c, t, best=int(s.max(axis=1).argmax()))),
        ("axis 0", lambda s, c, t: tied(s, c, t, best=int(s.mean(axis=0).argmax()))),
        ("overall argmax", lambda s, c, t: tied(s, c, t, best=int(s.argmax() // s.shape[1]))),
        ("t 2.776", lambda s, c, t: tied(s, c, 2.776)),
        ("1.96", lambda s, c, t: tied(s, c, 1.96)),
        ("no t", lambda s, c, t: tied(s, c, 1)),
        ("median best", lambda s, c, t: tied(s, c, t, best=int(np.median(s, axis=1).argmax()))),
        ("first tied", lambda s, c, t: tied(s, c, t, ret="list")[0]),
        (
            "cost of masked, position",
            lambda s, c, t: int(
                np.argmin(np.where(s.mean(1) > s.mean(1).max() - 0.01, c, np.inf))
            ),
        ),
        (
            "within one error",
            lambda s, c, t: int(
                np.argmin(
                    np.where(
                        s.mean(1)
                        >= s.mean(1).max()
                        - s[s.mean(1).argmax()].std(ddof=1) / np.sqrt(s.shape[1]),
                        c,
                        np.inf,
                    )
                )
            ),
        ),
        (
            "std over wrong axis",
            lambda s, c, t: int(
                np.argmin(
                    np.where(
                        (lambda d: d.mean(1) - t * d.std(ddof=1) / np.sqrt(d.shape[1]))(
                            s[s.mean(1).argmax()] - s
                        )
                        <= 0,
                        c,
                        np.inf,
                    )
                )
            ),
        ),
        (
            "sqrt rows",
            lambda s, c, t: int(
                np.argmin(
                    np.where(
                        (lambda d: d.mean(1) - t * d.std(1, ddof=1) / np.sqrt(len(d)))(
                            s[s.mean(1).argmax()] - s
                        )
                        <= 0,
                        c,
                        np.inf,
                    )
                )
            ),
        ),
        (
            "strict below",
            lambda s, c, t: int(
                np.argmin(
                    np.where(
                        (lambda d: d.mean(1) - t * d.std(1, ddof=1) / np.sqrt(d.shape[1]))(
                            s[s.mean(1).argmax()] - s
                        )
                        < 0,
                        c,
                        np.inf,
                    )
                )
            ),
        ),
        ("best seed", lambda s, c, t: tied(s, c, t, best=int(s[:, 0].argmax()))),
        ("string", lambda s, c, t: str(tied(s, c, t))),
    ],
)
add(
    "tries_needed",
    [
        ("float", lambda a, b: math.log(1 - b) / math.log(1 - a)),
        ("floor", lambda a, b: int(math.log(1 - b) / math.log(1 - a))),
        ("round", lambda a, b: round(math.log(1 - b) / math.log(1 - a))),
        ("1/share", lambda a, b: math.ceil(1 / a)),
        ("upside down", lambda a, b: math.ceil(math.log(1 - a) / math.log(1 - b))),
        ("log share", lambda a, b: math.ceil(math.log(1 - b) / math.log(a))),
        ("log sure", lambda a, b: math.ceil(math.log(b) / math.log(1 - a))),
        ("both", lambda a, b: math.ceil(math.log(b) / math.log(a))),
        ("sure/share", lambda a, b: math.ceil(b / a)),
        ("approx", lambda a, b: math.ceil(-math.log(1 - b) / a)),
        ("fixed 0.05", lambda a, b: math.ceil(math.log(0.05) / math.log(1 - a))),
        ("plus one", lambda a, b: math.ceil(math.log(1 - b) / math.log(1 - a)) + 1),
        ("floor plus one", lambda a, b: int(math.log(1 - b) / math.log(1 - a)) + 1),
        ("(1-share)^sure", lambda a, b: math.ceil((1 - a) ** b)),
        ("sign", lambda a, b: math.ceil(-math.log(1 - b) / math.log(1 - a))),
        ("log difference", lambda a, b: math.ceil(math.log(1 - b) - math.log(1 - a))),
        ("np.ceil nan", lambda a, b: np.ceil(np.log(1 - b) / a)),
    ],
)
right("17.account.error", "sem", lambda d: stats.sem(d))
right(
    "17.account.error",
    "by hand",
    lambda d: (sum((x - sum(d) / len(d)) ** 2 for x in d) / (len(d) - 1) / len(d)) ** 0.5,
)
right(
    "17.account.interval",
    "list",
    lambda d, error, t: [np.mean(d) - t * error, np.mean(d) + t * error],
)
right(
    "17.account.interval", "array", lambda d, error, t: d.mean() + t * error * np.array([-1, 1])
)
right(
    "17.account.chances",
    "list",
    lambda m, n: [(i / m) ** n - ((i - 1) / m) ** n for i in range(1, m + 1)],
)
right(
    "17.account.chances",
    "counts",
    lambda m, n: np.diff(np.arange(m + 1.0) ** n) / float(m) ** n,
)
right(
    "17.account.best",
    "sorted",
    lambda values, chances: sum(v * c for v, c in zip(sorted(values), chances)),
)
right("17.account.slope", "polyfit", lambda first, again: np.polyfit(first, again, 1)[0])
right(
    "17.account.slope",
    "cov",
    lambda first, again: np.cov(first, again, ddof=0)[0, 1] / first.var(),
)
right(
    "17.account.slope", "linregress", lambda first, again: stats.linregress(first, again).slope
)
right(
    "17.account.slope",
    "one centred",
    lambda first, again: (
        ((first - first.mean()) * again).sum() / ((first - first.mean()) * first).sum()
    ),
)
right(
    "17.account.worth",
    "b",
    lambda claim, first, again, slope: (again.mean() - slope * first.mean()) + slope * claim,
)
right(
    "17.account.worth",
    "np",
    lambda claim, first, again, slope: (
        np.mean(again) + slope * (claim - sum(first) / len(first))
    ),
)
right("17.cheapest_tied", "loop", lambda s, c, t: tied(s, c, t))
right(
    "17.cheapest_tied",
    "np",
    lambda s, c, t: np.where(
        (lambda d: d.mean(1) - t * d.std(1, ddof=1) / np.sqrt(d.shape[1]))(
            s[s.mean(1).argmax()] - s
        )
        <= 0,
        c,
        np.inf,
    ).argmin(),
)
right("17.tries_needed", "np float", lambda a, b: np.ceil(np.log(1 - b) / np.log(1 - a)))
right(
    "17.tries_needed",
    "loop",
    lambda a, b: next(n for n in range(1, 100000) if 1 - (1 - a) ** n >= b),
)
