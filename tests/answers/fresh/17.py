"""A fresh set for notebook 17, written from its text alone."""

import math

import numpy as np
from wrong_answers import right, wrong

N_ = "17.account.error"
wrong(N_, "ddof 0", lambda d: d.std() / np.sqrt(len(d)))
wrong(N_, "no root of n", lambda d: d.std(ddof=1))
wrong(N_, "n for its root", lambda d: d.std(ddof=1) / len(d))
wrong(N_, "variance", lambda d: d.var(ddof=1) / len(d))
wrong(N_, "root of n minus 1", lambda d: d.std(ddof=1) / np.sqrt(len(d) - 1))
wrong(N_, "times", lambda d: d.std(ddof=1) * np.sqrt(len(d)))
wrong(N_, "mean of the distances", lambda d: np.abs(d - d.mean()).mean() / np.sqrt(len(d)))
wrong(N_, "squares not centred", lambda d: np.sqrt((d**2).sum() / (len(d) - 1) / len(d)))
wrong(N_, "for four seeds", lambda d: d.std(ddof=1) / 2)
wrong(N_, "ddof 2", lambda d: d.std(ddof=2) / np.sqrt(len(d)))
wrong(N_, "relative", lambda d: d.std(ddof=1) / np.sqrt(len(d)) / d.mean())
wrong(N_, "the reach", lambda d: 1.96 * d.std(ddof=1) / np.sqrt(len(d)))
right(
    N_, "by hand", lambda d: math.sqrt(sum((d - sum(d) / len(d)) ** 2) / (len(d) - 1) / len(d))
)
right(N_, "root of the variance", lambda d: np.sqrt(d.var(ddof=1) / len(d)))
N_ = "17.account.interval"
wrong(N_, "1.96", lambda d, error, t: (d.mean() - 1.96 * error, d.mean() + 1.96 * error))
wrong(N_, "no t", lambda d, error, t: (d.mean() - error, d.mean() + error))
wrong(N_, "high first", lambda d, error, t: (d.mean() + t * error, d.mean() - t * error))
wrong(N_, "around 0", lambda d, error, t: (-t * error, t * error))
wrong(N_, "divided by root n", lambda d, e, t: (d.mean() - t * e / 2, d.mean() + t * e / 2))
wrong(N_, "the spread", lambda d, e, t: (d.mean() - t * d.std(), d.mean() + t * d.std()))
wrong(N_, "extremes", lambda d, error, t: (d.min(), d.max()))
wrong(N_, "median", lambda d, e, t: (np.median(d) - t * e, np.median(d) + t * e))
wrong(N_, "centre and reach", lambda d, error, t: (d.mean(), t * error))
wrong(N_, "width", lambda d, error, t: 2 * t * error)
wrong(N_, "for each seed", lambda d, error, t: (d - t * error, d + t * error))
wrong(N_, "sum", lambda d, error, t: (d.sum() - t * error, d.sum() + t * error))
wrong(N_, "plus t", lambda d, error, t: (d.mean() - (t + error), d.mean() + t + error))
right(N_, "array", lambda d, error, t: d.mean() + t * error * np.array([-1, 1]))
right(N_, "list", lambda d, error, t: [d.mean() - t * error, d.mean() + t * error])
N_ = "17.account.chances"
wrong(N_, "at most", lambda m, n: (np.arange(1, m + 1) / m) ** n)
wrong(N_, "from 0", lambda m, n: (np.arange(m) / m) ** n - ((np.arange(m) - 1) / m) ** n)
wrong(N_, "worst of n", lambda m, n: np.diff((np.arange(m + 1) / m) ** n)[::-1])
wrong(N_, "equal", lambda m, n: np.full(m, 1 / m))
wrong(N_, "m and n changed", lambda m, n: np.diff((np.arange(n + 1) / n) ** m))
wrong(N_, "counts", lambda m, n: np.diff(np.arange(m + 1) ** n))
wrong(N_, "times n", lambda m, n: n * np.arange(1, m + 1) / m**n)
wrong(N_, "difference first", lambda m, n: np.diff(np.arange(m + 1) / m) ** n)
wrong(N_, "the first left out", lambda m, n: np.diff((np.arange(1, m + 1) / m) ** n))
wrong(N_, "square", lambda m, n: np.diff((np.arange(m + 1) / m) ** 2))
wrong(N_, "minus one over m", lambda m, n: (np.arange(1, m + 1) / m) ** n - 1 / m)
wrong(N_, "n minus 1", lambda m, n: np.diff((np.arange(m + 1) / m) ** (n - 1)))
wrong(N_, "by m minus 1", lambda m, n: np.diff((np.arange(m + 1) / (m - 1 + 1e-300)) ** n))
wrong(N_, "one number", lambda m, n: 1 - ((m - 1) / m) ** n)
wrong(N_, "negative", lambda m, n: -np.diff((np.arange(m + 1) / m) ** n))
right(N_, "list", lambda m, n: [(i / m) ** n - ((i - 1) / m) ** n for i in range(1, m + 1)])
N_ = "17.account.best"
wrong(N_, "not sorted", lambda values, chances: values @ chances)
wrong(N_, "largest", lambda values, chances: values.max())
wrong(N_, "mean", lambda values, chances: values.mean())
wrong(N_, "downwards", lambda values, chances: np.sort(values)[::-1] @ chances)
wrong(N_, "not added", lambda values, chances: np.sort(values) * chances)
wrong(N_, "mean of products", lambda values, chances: (np.sort(values) * chances).mean())
wrong(N_, "most probable", lambda values, chances: np.sort(values)[np.argmax(chances)])
wrong(N_, "places", lambda values, chances: np.argsort(values) @ chances)
wrong(N_, "ranks", lambda values, chances: np.arange(1, len(values) + 1) @ chances)
wrong(N_, "chances by values", lambda values, chances: values @ chances[np.argsort(values)])
wrong(N_, "lead", lambda values, chances: np.sort(values) @ chances - values.mean())
wrong(N_, "sums", lambda values, chances: np.sort(values).sum() * chances.sum())


@wrong(N_, "sorted in place")
def _(values, chances):
    values.sort()
    return values @ chances


right(N_, "loop", lambda values, chances: sum(v * c for v, c in zip(sorted(values), chances)))
N_ = "17.account.slope"


def leads(first, again):
    return first - first.mean(), again - again.mean()


wrong(N_, "scores, not leads", lambda first, again: (first * again).sum() / (first**2).sum())
wrong(
    N_,
    "divided by the second",
    lambda f, a: (leads(f, a)[0] * leads(f, a)[1]).sum() / (leads(f, a)[1] ** 2).sum(),
)
wrong(N_, "correlation", lambda f, a: np.corrcoef(f, a)[0, 1])
wrong(N_, "mean of ratios", lambda f, a: np.mean(leads(f, a)[1] / leads(f, a)[0]))
wrong(N_, "ratio of spreads", lambda f, a: a.std() / f.std())
wrong(N_, "ratio of means", lambda f, a: a.mean() / f.mean())
wrong(N_, "not divided", lambda f, a: (leads(f, a)[0] * leads(f, a)[1]).sum())
wrong(N_, "covariance", lambda f, a: (leads(f, a)[0] * leads(f, a)[1]).mean())
wrong(
    N_,
    "only first's lead",
    lambda f, a: (leads(f, a)[0] * f).sum() / (leads(f, a)[0] ** 2).sum(),
)
wrong(
    N_,
    "twice",
    lambda f, a: 2 * (leads(f, a)[0] * leads(f, a)[1]).sum() / (leads(f, a)[0] ** 2).sum(),
)
wrong(
    N_,
    "minus",
    lambda f, a: -(leads(f, a)[0] * leads(f, a)[1]).sum() / (leads(f, a)[0] ** 2).sum(),
)
wrong(
    N_,
    "upside down",
    lambda f, a: (leads(f, a)[0] ** 2).sum() / leads(f, a)[0].dot(leads(f, a)[1]),
)
wrong(
    N_,
    "different divisors",
    lambda f, a: np.cov(f, a)[0, 1] / f.var(),
)
wrong(
    N_,
    "square of the sum",
    lambda f, a: leads(f, a)[0].dot(leads(f, a)[1]) / np.abs(leads(f, a)[0]).sum() ** 2,
)
wrong(N_, "the best one's", lambda f, a: leads(f, a)[1][f.argmax()] / leads(f, a)[0].max())
right(N_, "polyfit", lambda f, a: np.polyfit(f, a, 1)[0])
right(N_, "covariances", lambda f, a: np.cov(f, a)[0, 1] / np.var(f, ddof=1))
N_ = "17.account.worth"
wrong(N_, "mean of the first", lambda c, f, a, s: f.mean() + s * (c - f.mean()))
wrong(N_, "lead over the second", lambda c, f, a, s: a.mean() + s * (c - a.mean()))
wrong(N_, "claim, not lead", lambda c, f, a, s: a.mean() + s * c)
wrong(N_, "without the slope", lambda c, f, a, s: a.mean() + c - f.mean())
wrong(N_, "slope times all", lambda c, f, a, s: s * (a.mean() + c - f.mean()))
wrong(N_, "shrunk claim", lambda c, f, a, s: s * c)
wrong(N_, "lead only", lambda c, f, a, s: s * (c - f.mean()))
wrong(N_, "minus", lambda c, f, a, s: a.mean() - s * (c - f.mean()))
wrong(N_, "complement", lambda c, f, a, s: a.mean() + (1 - s) * (c - f.mean()))
wrong(N_, "best of the first", lambda c, f, a, s: a.mean() + s * (c - f.max()))
wrong(N_, "brackets", lambda c, f, a, s: a.mean() + s * c - f.mean())
wrong(N_, "divided", lambda c, f, a, s: a.mean() + (c - f.mean()) / s)
wrong(N_, "best of the second", lambda c, f, a, s: a.max() + s * (c - f.mean()))
wrong(N_, "median", lambda c, f, a, s: np.median(a) + s * (c - np.median(f)))
wrong(N_, "mean only", lambda c, f, a, s: a.mean())
wrong(N_, "claim less lead", lambda c, f, a, s: c - s * (c - f.mean()))
right(N_, "multiplied out", lambda c, f, a, s: s * c + a.mean() - s * f.mean())

N_ = "17.cheapest_tied"


def tied(scores, t, ddof=1, root=True, best=None, strict=False, means=None):
    means = scores.mean(axis=1) if means is None else means
    best = means.argmax() if best is None else best
    lead = scores[best] - scores
    error = lead.std(axis=1, ddof=ddof)
    if root:
        error = error / np.sqrt(scores.shape[1])
    low = lead.mean(axis=1) - t * error
    return low < 0 if strict else low <= 0


def cheapest(cost, mask):
    return int(np.argmin(np.where(mask, cost, np.inf)))


wrong(N_, "cheapest of all", lambda scores, cost, t: int(np.argmin(cost)))
wrong(N_, "best", lambda scores, cost, t: int(scores.mean(axis=1).argmax()))
wrong(N_, "cost itself", lambda scores, cost, t: cost[cheapest(cost, tied(scores, t))])
wrong(N_, "dearest", lambda s, c, t: int(np.argmax(np.where(tied(s, t), c, -np.inf))))
wrong(N_, "no root of n", lambda s, c, t: cheapest(c, tied(s, t, root=False)))
wrong(N_, "ddof 0", lambda s, c, t: cheapest(c, tied(s, t, ddof=0)))
wrong(N_, "1.96", lambda s, c, t: cheapest(c, tied(s, 1.96)))
wrong(N_, "not tied", lambda s, c, t: cheapest(c, ~tied(s, t)))
wrong(N_, "best left out", lambda s, c, t: cheapest(c, tied(s, t, strict=True)))
wrong(
    N_,
    "best single score",
    lambda s, c, t: cheapest(c, tied(s, t, best=int(s.max(1).argmax()))),
)
wrong(
    N_, "worst as best", lambda s, c, t: cheapest(c, tied(s, t, best=int(s.mean(1).argmin())))
)
wrong(N_, "place among the tied", lambda s, c, t: int(np.argmin(c[tied(s, t)])))
wrong(N_, "the tied rows", lambda s, c, t: np.flatnonzero(tied(s, t)))
wrong(N_, "first tied", lambda s, c, t: int(np.flatnonzero(tied(s, t))[0]))
wrong(N_, "columns", lambda s, c, t: cheapest(c[: s.shape[1]], tied(s.T, t)))
wrong(
    N_, "by median", lambda s, c, t: cheapest(c, tied(s, t, best=int(np.median(s, 1).argmax())))
)
wrong(N_, "t forgotten", lambda s, c, t: cheapest(c, tied(s, 1)))
wrong(N_, "float", lambda s, c, t: float(cheapest(c, tied(s, t))))


@wrong(N_, "unpaired")
def _(scores, cost, t):
    means = scores.mean(axis=1)
    errors = scores.std(axis=1, ddof=1) / np.sqrt(scores.shape[1])
    best = means.argmax()
    both = np.sqrt(errors**2 + errors[best] ** 2)
    return cheapest(cost, means[best] - means - t * both <= 0)


@wrong(N_, "intervals overlap")
def _(scores, cost, t):
    means = scores.mean(axis=1)
    reach = t * scores.std(axis=1, ddof=1) / np.sqrt(scores.shape[1])
    best = means.argmax()
    return cheapest(cost, means + reach >= means[best] - reach[best])


@wrong(N_, "one standard error rule")
def _(scores, cost, t):
    means = scores.mean(axis=1)
    best = means.argmax()
    error = scores[best].std(ddof=1) / np.sqrt(scores.shape[1])
    return cheapest(cost, means >= means[best] - t * error)


@wrong(N_, "the upper end")
def _(scores, cost, t):
    best = scores.mean(axis=1).argmax()
    lead = scores[best] - scores
    error = lead.std(axis=1, ddof=1) / np.sqrt(scores.shape[1])
    return cheapest(cost, lead.mean(axis=1) + t * error <= 0)


@wrong(N_, "stops at the first")
def _(scores, cost, t):
    mask = tied(scores, t)
    for row in np.argsort(scores.mean(axis=1))[::-1]:
        if mask[row]:
            return int(row)


@wrong(N_, "within a point")
def _(scores, cost, t):
    means = scores.mean(axis=1)
    return cheapest(cost, means > means.max() - 0.01)


@right(N_, "loop")
def _(scores, cost, t):
    best, n = max(range(len(scores)), key=lambda r: scores[r].mean()), scores.shape[1]
    found = best
    for r in range(len(scores)):
        d = scores[best] - scores[r]
        low = d.mean() - t * math.sqrt(d.var(ddof=1) / n)
        if low <= 0 and cost[r] < cost[found]:
            found = r
    return found


N_ = "17.tries_needed"
wrong(N_, "one over share", lambda share, sure: math.ceil(1 / share))
wrong(N_, "sure over share", lambda share, sure: math.ceil(sure / share))
wrong(N_, "rounded down", lambda share, sure: int(math.log(1 - sure) / math.log(1 - share)))
wrong(N_, "not rounded", lambda share, sure: math.log(1 - sure) / math.log(1 - share))
wrong(
    N_, "sure for unsure", lambda share, sure: math.ceil(math.log(sure) / math.log(1 - share))
)
wrong(
    N_, "hits for misses", lambda share, sure: math.ceil(math.log(1 - sure) / math.log(share))
)
wrong(N_, "both", lambda share, sure: math.ceil(math.log(sure) / math.log(share)))
wrong(N_, "approximation", lambda share, sure: math.ceil(-math.log(1 - sure) / share))
wrong(
    N_, "upside down", lambda share, sure: math.ceil(math.log(1 - share) / math.log(1 - sure))
)
wrong(
    N_, "one more", lambda share, sure: math.ceil(math.log(1 - sure) / math.log(1 - share)) + 1
)
wrong(N_, "nearest", lambda share, sure: round(math.log(1 - sure) / math.log(1 - share)))
wrong(N_, "95 %", lambda share, sure: math.ceil(math.log(0.05) / math.log(1 - share)))
wrong(N_, "linear", lambda share, sure: math.ceil((1 - sure) / share))
wrong(N_, "difference", lambda share, sure: math.ceil(math.log((1 - sure) / (1 - share))))
wrong(N_, "per cent", lambda s, sure: math.ceil(math.log(1 - sure) / math.log(1 - s / 100)))


@wrong(N_, "counts one too few")
def _(share, sure):
    n = 0
    while 1 - (1 - share) ** (n + 1) < sure:
        n += 1
    return n


@wrong(N_, "expected hits")
def _(share, sure):
    n = 1
    while n * share < sure:
        n += 1
    return n


@wrong(N_, "return in the loop")
def _(share, sure):
    for n in range(1, 10_000):
        if 1 - (1 - share) ** n >= sure:
            break
        return n


@right(N_, "loop")
def _(share, sure):
    n = 1
    while (1 - share) ** n > 1 - sure:
        n += 1
    return n
