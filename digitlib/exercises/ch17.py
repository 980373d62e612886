"""The exercises of notebook 17: many runs."""

import math

import numpy as np

from digitlib.exercises.model import AS_INDEX, Exercise, Line, Wall, Wrong


def _normal(seed, n, mean=0.0, spread=1.0):
    return mean + spread * np.random.default_rng(seed).standard_normal(n)


def _twice(seed, n, shared, own):
    """Two measurements of n things: what they share, and a luck of their own for each."""
    rng = np.random.default_rng(seed)
    worth = 0.9 + shared * rng.standard_normal(n)
    return tuple(worth + own * rng.standard_normal(n) for _ in range(2))


def _chances(m, n):
    return (np.arange(1, m + 1) / m) ** n - (np.arange(m) / m) ** n


_DIFFERENCES = (np.array([1.0, 3.0, 2.0, 6.0]), _normal(1, 5, 0.4), _normal(2, 9, -1.0, 0.3))
_TWICE = (
    (np.array([0.9, 0.92, 0.88]), np.array([0.89, 0.9, 0.88])),
    _twice(3, 7, 0.02, 0.01),
    _twice(4, 40, 0.01, 0.02),
)

ACCOUNT = Wall(
    name="17.account",
    tested="4 to 9 seeds, the best of 1 to 100 runs, scores with little luck and with much",
    why="An honest account says how large a difference is, how sure that is, and how much of a "
    "winner's lead the choice itself has made.",
    lines=(
        Line(
            name="error",
            shape="a number: the standard error of the mean of d",
            reference=lambda d: d.std(ddof=1) / np.sqrt(len(d)),
            cases=tuple((d,) for d in _DIFFERENCES),
            hints=(
                "The spread of single differences, estimated with n − 1, and then the root of "
                "n for the mean of n of them.",
                "s over √n, where s² is the sum of (d − mean)² over n − 1",
                "d.std(ddof=1) / np.sqrt(len(d))",
            ),
            wrong=(
                Wrong(
                    lambda d: d.std() / np.sqrt(len(d)),
                    "NumPy's std divides by n. The mean was taken from the same n numbers, so "
                    "divide by n − 1: ddof=1.",
                ),
                Wrong(
                    lambda d: d.std(ddof=1),
                    "That is the spread of one seed. The mean of n seeds spreads √n times "
                    "less.",
                ),
                Wrong(
                    lambda d: d.std(),
                    "That is the spread of one seed, and with n for n − 1. The mean of n seeds "
                    "spreads √n times less.",
                ),
                Wrong(
                    lambda d: d.std(ddof=1) / len(d),
                    "The variance of a mean is n times smaller; its root, the standard error, "
                    "only √n times.",
                ),
                Wrong(
                    lambda d: d.var(ddof=1) / len(d),
                    "That is the variance of the mean. The standard error is its root.",
                ),
                Wrong(
                    lambda d: d.var(ddof=1) / np.sqrt(len(d)),
                    "You took the variance where its root belongs: s over √n, not s² over √n.",
                ),
                Wrong(
                    lambda d: d.mean() / np.sqrt(len(d)),
                    "The mean stands where the spread belongs: a standard error is made of how "
                    "far the differences lie apart.",
                ),
                Wrong(
                    lambda d: d.std(ddof=1) / np.sqrt(len(d) - 1),
                    "n − 1 belongs into the variance, once. Under the root beside s stands n.",
                ),
                Wrong(
                    lambda d: d.std(ddof=1) * np.sqrt(len(d)),
                    "A mean of more seeds spreads less: the root of n divides.",
                ),
                Wrong(
                    lambda d: np.sqrt((d**2).sum() / (len(d) - 1) / len(d)),
                    "You squared the differences themselves. Take their mean away first.",
                ),
                Wrong(
                    lambda d: 1.96 * d.std(ddof=1) / np.sqrt(len(d)),
                    "The 1.96 is for an interval, and the next line has t in its place. The "
                    "standard error stands without it.",
                ),
                Wrong(
                    lambda d: np.sqrt((d - d.mean()).sum() / (len(d) - 1) / len(d)),
                    "The square is missing: deviations from the mean always sum to 0.",
                ),
                Wrong(
                    lambda d: d.std(ddof=1) / np.sqrt(5),
                    "You divided by the root of 5. The number of seeds is len(d), and it is "
                    "not always five.",
                ),
                Wrong(
                    lambda d: np.sqrt(((d - np.median(d)) ** 2).sum() / (len(d) - 1) / len(d)),
                    "You took the median away. The deviations are those from the mean.",
                ),
                Wrong(
                    lambda d: np.abs(d - d.mean()).mean() / np.sqrt(len(d)),
                    "You average the sizes of the deviations. The variance averages their "
                    "squares, with n − 1 below.",
                ),
                Wrong(
                    lambda d: d.std(ddof=1) / np.sqrt(len(d)) / d.mean(),
                    "You divide by the mean difference as well. The standard error is in the "
                    "units of d.",
                ),
            ),
            right=(
                lambda d: np.sqrt(((d - d.mean()) ** 2).sum() / (len(d) - 1) / len(d)),
                lambda d: (np.var(d, ddof=1) / d.size) ** 0.5,
            ),
        ),
        Line(
            name="interval",
            shape="two numbers: (low, high)",
            reference=lambda d, error, t: (d.mean() - t * error, d.mean() + t * error),
            returns=("low", "high"),
            cases=tuple(
                (d, d.std(ddof=1) / np.sqrt(len(d)), t)
                for d, t in zip(_DIFFERENCES, (3.182, 2.776, 2.306))
            ),
            hints=(
                "From the mean, t standard errors to either side.",
                "mean of d − t · error, and mean of d + t · error",
                "(d.mean() - t * error, d.mean() + t * error)",
            ),
            wrong=(
                Wrong(
                    lambda d, error, t: (d.mean() - error, d.mean() + error),
                    "That is one standard error to either side. It has to be t of them.",
                ),
                Wrong(
                    lambda d, error, t: (d.mean() + t * error, d.mean() - t * error),
                    "The ends are swapped: the low one first.",
                ),
                Wrong(
                    lambda d, error, t: (d.mean() - 1.96 * error, d.mean() + 1.96 * error),
                    "1.96 is right where the spread is known. Here it is an estimate from a "
                    "few seeds, and t takes the place of 1.96.",
                ),
                Wrong(
                    lambda d, error, t: (-t * error, t * error),
                    "The interval lies around 0. It has to lie around the mean of d.",
                ),
                Wrong(
                    lambda d, error, t: (
                        d.mean() - t * error / np.sqrt(len(d)),
                        d.mean() + t * error / np.sqrt(len(d)),
                    ),
                    "The root of n is in `error` already; you divide by it a second time.",
                ),
                Wrong(
                    lambda d, error, t: (
                        d.mean() - t * error / 2,
                        d.mean() + t * error / 2,
                    ),
                    "t standard errors go to *each* side; you halved them.",
                ),
                Wrong(
                    lambda d, error, t: (
                        d.mean() - t * d.std(ddof=1),
                        d.mean() + t * d.std(ddof=1),
                    ),
                    "That is the spread of single seeds. Use `error`, which belongs to the "
                    "mean.",
                ),
                Wrong(
                    lambda d, error, t: (d.sum() - t * error, d.sum() + t * error),
                    "You took the sum of the differences for their mean.",
                ),
                Wrong(
                    lambda d, error, t: (d.min(), d.max()),
                    "Those are the worst and the best seed. Their distance grows with more "
                    "seeds, while that of the interval shrinks.",
                ),
                Wrong(
                    lambda d, error, t: (d - t * error, d + t * error),
                    "You have an interval for every seed. One is wanted, around the mean of d.",
                ),
                Wrong(
                    lambda d, error, t: (max(0.0, d.mean() - t * error), d.mean() + t * error),
                    "You cut the low end off at 0. A difference may be negative, and whether "
                    "the interval reaches below 0 is the question.",
                ),
            ),
            right=(
                lambda d, error, t: [np.mean(d) - t * error, np.mean(d) + t * error],
                lambda d, error, t: d.mean() + np.array([-1, 1]) * t * error,
            ),
        ),
        Line(
            name="chances",
            shape="(m,), from the lowest value to the highest",
            reference=_chances,
            cases=((4, 2), (6, 3), (5, 1), (50, 20)),
            hints=(
                "The best is exactly value i where all n draws are at most value i, and not "
                "all are at most value i − 1. np.arange(1, m + 1) counts the values.",
                "(i/m)ⁿ − ((i − 1)/m)ⁿ for i = 1, …, m",
                "(np.arange(1, m + 1) / m) ** n - (np.arange(m) / m) ** n",
            ),
            wrong=(
                Wrong(
                    lambda m, n: (np.arange(1, m + 1) / m) ** n,
                    "That is the chance that the best is *at most* value i. For exactly i take "
                    "away the chance that it is at most value i − 1.",
                ),
                Wrong(
                    lambda m, n: (np.arange(m) / m) ** n,
                    "That is the chance that the best is *below* value i. Take it away from "
                    "the chance that the best is at most value i.",
                ),
                Wrong(
                    lambda m, n: np.ones(m) / m,
                    "Each value is equally probable for one draw. The best of n is a high one "
                    "more often.",
                ),
                Wrong(
                    lambda m, n: (np.arange(m) / m) ** n - (np.arange(1, m + 1) / m) ** n,
                    "The sign is turned: the chance of 'at most i' is the larger one.",
                ),
                Wrong(
                    lambda m, n: n * np.arange(1, m + 1) / m - n * np.arange(m) / m,
                    "For n independent draws chances multiply: i/m to the power n, not n times "
                    "i/m.",
                ),
                Wrong(
                    lambda m, n: (np.arange(m) / m) ** n - (np.arange(-1, m - 1) / m) ** n,
                    "You begin with i = 0. The lowest value has i = 1, the highest i = m.",
                ),
                Wrong(
                    lambda m, n: (
                        (1 - np.arange(m) / m) ** n - (1 - np.arange(1, m + 1) / m) ** n
                    ),
                    "That is for the *worst* of n: 'all at least'. The best needs 'all at "
                    "most'.",
                ),
                Wrong(
                    lambda m, n: (1 / m) ** n * np.ones(m),
                    "That is the chance that *all* n draws are value i. It is enough that one "
                    "is, and no other is higher.",
                ),
                Wrong(
                    lambda m, n: np.arange(1, m + 1) ** n - np.arange(m) ** n,
                    "Those are numbers of cases. Divide by mⁿ, so that they add up to 1.",
                ),
                Wrong(
                    lambda m, n: (np.arange(1, n + 1) / n) ** m - (np.arange(n) / n) ** m,
                    "m and n are swapped: there are m values, and n draws from them.",
                ),
                Wrong(
                    lambda m, n: n * np.arange(1, m + 1) / m,
                    "That is n times i/m, which can exceed 1. n independent draws multiply: "
                    "i/m to the power n, and then less the same for i − 1.",
                ),
                Wrong(
                    lambda m, n: np.array(
                        [(i / m) ** n - (i - 1 / m) ** n for i in range(1, m + 1)]
                    ),
                    "Brackets are missing: i − 1 / m is i − (1/m). Write (i − 1) / m.",
                ),
                Wrong(
                    lambda m, n: 1 - (1 - np.arange(1, m + 1) / m) ** n,
                    "That is the chance that *at least one* draw is at most value i. The best "
                    "is at most value i only where *all* of them are.",
                ),
                Wrong(
                    lambda m, n: np.diff((np.arange(m) / m) ** n, prepend=0),
                    "You count the values from 0 to m − 1, so the highest is missing. The "
                    "lowest has i = 1, the highest i = m.",
                ),
                Wrong(
                    lambda m, n: (2 * np.arange(1, m + 1) - 1) / m**n,
                    "2i − 1 is i² − (i − 1)², the cases for two draws. For n draws it is "
                    "iⁿ − (i − 1)ⁿ.",
                ),
                Wrong(
                    lambda m, n: (np.arange(m + 1) / m) ** n,
                    "Those are the m + 1 chances of 'at most 0' to 'at most m'. Take from each "
                    "the one before: np.diff does that, and m chances are left.",
                ),
            ),
            right=(
                lambda m, n: np.diff((np.arange(m + 1) / m) ** n),
                lambda m, n: [(i / m) ** n - ((i - 1) / m) ** n for i in range(1, m + 1)],
            ),
        ),
        Line(
            name="best",
            shape="a number: the expected best; `values` (m,) in any order",
            reference=lambda values, chances: (np.sort(values) * chances).sum(),
            cases=(
                (np.array([3.0, 1.0, 8.0, 2.0]), _chances(4, 2)),
                (_normal(5, 6, 90), _chances(6, 3)),
                (_normal(6, 50, 90), _chances(50, 20)),
            ),
            hints=(
                "An expectation is every value times its chance, all added up. The chances go "
                "from the lowest value to the highest, so the values have to.",
                "the sum over i of (value i, in rising order) · (chance i)",
                "(np.sort(values) * chances).sum()",
            ),
            wrong=(
                Wrong(
                    lambda values, chances: (values * chances).sum(),
                    "The chances go from the lowest value to the highest. Sort the values "
                    "first.",
                ),
                Wrong(
                    lambda values, chances: (np.sort(values)[::-1] * chances).sum(),
                    "You sorted downwards. The largest chance is the last one, and belongs to "
                    "the largest value.",
                ),
                Wrong(
                    lambda values, chances: (np.sort(values) * chances).mean(),
                    "Add the products up. The chances sum to 1 already, so nothing is divided "
                    "by m.",
                ),
                Wrong(
                    lambda values, chances: values.max(),
                    "That is the best of all m. The best of n draws is usually lower.",
                ),
                Wrong(
                    lambda values, chances: np.sort(values) * chances,
                    "Those are the products, one for each value. Their sum is wanted.",
                ),
                Wrong(
                    lambda values, chances: values.mean(),
                    "That is what one draw gives on average. The best of n is higher.",
                ),
                Wrong(
                    lambda values, chances: (np.sort(values) * np.cumsum(chances)).sum(),
                    "The chances are those of exactly this value already: do not add them up "
                    "once more.",
                ),
                Wrong(
                    lambda values, chances: np.sort(values).sum() * chances.sum(),
                    "Multiply value by value, and add up afterwards.",
                ),
                Wrong(
                    lambda values, chances: (np.argsort(values) * chances).sum(),
                    "argsort gives places, not values. np.sort gives the values in order.",
                ),
                Wrong(
                    lambda values, chances: values @ chances[np.argsort(values)],
                    "argsort of the values says where each rank stands, and not which rank "
                    "each value has. Sort the values, and leave the chances as they are.",
                ),
                Wrong(
                    lambda values, chances: np.sort(values) @ chances - values.mean(),
                    "That is the best one's lead over the mean. The expected best itself is "
                    "wanted.",
                ),
            ),
            right=(
                lambda values, chances: np.sort(values) @ chances,
                lambda values, chances: sum(v * c for v, c in zip(sorted(values), chances)),
            ),
        ),
        Line(
            name="slope",
            shape="a number: the slope k; `first`, `again` (m,)",
            reference=lambda first, again: (
                ((first - first.mean()) * (again - again.mean())).sum()
                / ((first - first.mean()) ** 2).sum()
            ),
            cases=_TWICE,
            hints=(
                "Both sums run over the runs. Above stands the product of the two leads, below "
                "the square of the first one.",
                "Σ (first − its mean)(again − its mean) over Σ (first − its mean)²",
                "((first - first.mean()) * (again - again.mean())).sum() / "
                "((first - first.mean()) ** 2).sum()",
            ),
            wrong=(
                Wrong(
                    lambda first, again: np.corrcoef(first, again)[0, 1],
                    "That is the correlation. Below stands the sum of squares of `first` "
                    "alone, not the root of both.",
                ),
                Wrong(
                    lambda first, again: (
                        ((first - first.mean()) * (again - again.mean())).sum()
                        / ((again - again.mean()) ** 2).sum()
                    ),
                    "You divided by the spread of `again`. That would predict the first score "
                    "from the second.",
                ),
                Wrong(
                    lambda first, again: (first * again).sum() / (first**2).sum(),
                    "The means are still in it. Leads are wanted: each score minus the mean of "
                    "its list.",
                ),
                Wrong(
                    lambda first, again: (
                        (first - first.mean()) * (again - again.mean())
                    ).sum(),
                    "That is what stands above the fraction bar. Divide by the sum of squares "
                    "of the first leads.",
                ),
                Wrong(
                    lambda first, again: np.cov(first, again)[0, 1] / first.var(),
                    "np.cov divides by n − 1 and var by n. Give both the same: ddof=1 for var.",
                ),
                Wrong(
                    lambda first, again: (
                        ((first - first.mean()) * (again - again.mean())).mean()
                        / ((first - first.mean()) ** 2).sum()
                    ),
                    "A mean above and a sum below: the number of runs stays behind. Sum both, "
                    "or average both.",
                ),
                Wrong(
                    lambda first, again: again.var() / first.var(),
                    "That is a ratio of spreads. It does not ask whether the *same* runs are "
                    "ahead both times; their product does.",
                ),
                Wrong(
                    lambda first, again: again.std() / first.std(),
                    "That is a ratio of spreads. It does not ask whether the *same* runs are "
                    "ahead both times; the product of the leads does.",
                ),
                Wrong(
                    lambda first, again: again.mean() / first.mean(),
                    "That compares the two lists as wholes. k is about the leads within them.",
                ),
                Wrong(
                    lambda first, again: (
                        ((first - first.mean()) * (again - again.mean())).sum()
                        / (first - first.mean()).sum() ** 2
                    ),
                    "You squared the sum, and the sum of all leads is 0. Square each one, then "
                    "add up.",
                ),
                Wrong(
                    lambda first, again: (
                        (first - first.mean()).mean()
                        * (again - again.mean()).mean()
                        / first.var()
                    ),
                    "The mean of leads is 0. Multiply run by run first, and average "
                    "afterwards.",
                ),
                Wrong(
                    lambda first, again: np.cov(first, again)[0, 1],
                    "That is the mean product of the leads. Divide by the mean square of the "
                    "first leads, the variance of `first`.",
                ),
                Wrong(
                    lambda first, again: np.corrcoef(first, again)[0, 1] ** 2,
                    "That is the square of the correlation. k is the sum of the products of "
                    "the leads over the sum of squares of the first ones.",
                ),
                Wrong(
                    lambda first, again: (
                        (again[first.argmax()] - again.mean()) / (first.max() - first.mean())
                    ),
                    "That is the share which the winner alone kept. k comes from all runs: two "
                    "sums over them.",
                ),
                Wrong(
                    lambda first, again: np.mean(
                        (again - again.mean()) / (first - first.mean())
                    ),
                    "That averages a ratio for each run, and a lead near 0 makes it huge or "
                    "infinite. Add up above and below first, and divide once.",
                ),
                Wrong(
                    lambda first, again: (
                        (again - again.mean()).sum() / (first - first.mean()).sum()
                    ),
                    "The leads of a list sum to 0, so this is 0 over 0. Above stands the sum "
                    "of products of the two leads, below that of squares.",
                ),
                Wrong(
                    lambda first, again: (
                        ((first - first.max()) * (again - again.max())).sum()
                        / ((first - first.max()) ** 2).sum()
                    ),
                    "You measure from the best run. A lead is measured from the mean of all.",
                ),
                Wrong(
                    lambda first, again: (
                        -((first - first.mean()) * (again - again.mean())).sum()
                        / ((first - first.mean()) ** 2).sum()
                    ),
                    "The sign is turned: a minus was lost where the equation was solved for k.",
                ),
                Wrong(
                    lambda first, again: np.polyfit(first, again, 1),
                    "polyfit gives two numbers, the slope and then the intercept. k is the "
                    "first.",
                ),
                Wrong(
                    lambda first, again: (
                        ((first - first.mean()) * first).sum()
                        / ((first - first.mean()) ** 2).sum()
                    ),
                    "You multiply the leads of `first` with `first` itself, and that is "
                    "always 1. The leads of `again` have to come in.",
                ),
                Wrong(
                    lambda first, again: (
                        ((first - first.mean()) * (again - again.mean())).sum()
                        / np.abs(first - first.mean()).sum() ** 2
                    ),
                    "Below the bar you square the sum. The sum of the squares belongs there.",
                ),
            ),
            right=(
                lambda first, again: np.cov(first, again)[0, 1] / np.var(first, ddof=1),
                lambda first, again: np.polyfit(first, again, 1)[0],
                lambda first, again: (
                    ((first - first.mean()) * (again - again.mean())).mean() / first.var()
                ),
            ),
        ),
        Line(
            name="worth",
            shape="a number: what to expect of a run that claims `claim`",
            reference=lambda claim, first, again, slope: (
                again.mean() + slope * (claim - first.mean())
            ),
            cases=tuple(
                (claim, *pair, slope)
                for claim, pair, slope in zip((0.92, 0.95, 0.9), _TWICE, (0.5, 0.8, 0.1))
            ),
            hints=(
                "Begin with the mean on the second occasion, and add the part of the lead that "
                "is kept.",
                "mean of again + k · (claim − mean of first)",
                "again.mean() + slope * (claim - first.mean())",
            ),
            wrong=(
                Wrong(
                    lambda claim, first, again, slope: slope * claim,
                    "Only the *lead* shrinks, not the whole score: take the mean away, shrink, "
                    "and add the mean of `again`.",
                ),
                Wrong(
                    lambda claim, first, again, slope: (
                        first.mean() + slope * (claim - first.mean())
                    ),
                    "The second occasion may be harder or easier as a whole: begin with the "
                    "mean of `again`.",
                ),
                Wrong(
                    lambda claim, first, again, slope: slope * (claim - first.mean()),
                    "That is the part of the lead that is kept. Add the mean of `again`.",
                ),
                Wrong(
                    lambda claim, first, again, slope: (
                        again.mean() + (1 - slope) * (claim - first.mean())
                    ),
                    "1 − k is the part that was luck. The part that is kept is k.",
                ),
                Wrong(
                    lambda claim, first, again, slope: again.mean() + (claim - first.mean()),
                    "Here the whole lead is kept. Only the share k of it is: multiply the lead "
                    "by `slope`.",
                ),
                Wrong(
                    lambda claim, first, again, slope: (
                        again.mean() + slope * (claim - again.mean())
                    ),
                    "The lead was won on the first occasion, over the mean of `first`.",
                ),
                Wrong(
                    lambda claim, first, again, slope: again.mean() + slope * claim,
                    "You added a share of the whole score. Take the mean of `first` away from "
                    "it first.",
                ),
                Wrong(
                    lambda claim, first, again, slope: (
                        again.mean() - slope * (claim - first.mean())
                    ),
                    "The sign is turned: whoever is ahead stays ahead a little.",
                ),
                Wrong(
                    lambda claim, first, again, slope: (
                        again.mean() + (claim - first.mean()) / slope
                    ),
                    "You divided by k, and so the lead grows. It has to shrink.",
                ),
                Wrong(
                    lambda claim, first, again, slope: claim - slope * (claim - first.mean()),
                    "That takes away the part that is kept. Begin with the mean of `again`, "
                    "and add it.",
                ),
                Wrong(
                    lambda claim, first, again, slope: again + slope * (claim - first),
                    "One number is wanted: take the means of both lists.",
                ),
                Wrong(
                    lambda claim, first, again, slope: (
                        np.median(again) + slope * (claim - np.median(first))
                    ),
                    "You took medians. The leads of the fifth line are those over the mean.",
                ),
                Wrong(
                    lambda claim, first, again, slope: (
                        again.max() + slope * (claim - first.max())
                    ),
                    "You begin with the best of each list. Begin with the means: a lead is "
                    "measured from the mean of all.",
                ),
                Wrong(
                    lambda claim, first, again, slope: (
                        again.mean() + slope * (first.max() - first.mean())
                    ),
                    "That is the lead of the best run, whoever asks. Take that of `claim`.",
                ),
            ),
            right=(
                lambda claim, first, again, slope: (
                    slope * claim + np.mean(again) - slope * np.mean(first)
                ),
            ),
        ),
    ),
)


def cheapest_tied(scores, cost, t):
    best = scores.mean(axis=1).argmax()
    d = scores[best] - scores
    error = d.std(axis=1, ddof=1) / np.sqrt(scores.shape[1])
    tied = d.mean(axis=1) - t * error <= 0
    return int(np.where(tied, cost, np.inf).argmin())


def cheapest_by_loop(scores, cost, t):
    means = [sum(row) / len(row) for row in scores]
    best, chosen = int(np.argmax(means)), None
    for i, row in enumerate(scores):
        d = scores[best] - row
        low = d.mean() - t * math.sqrt(d.var(ddof=1) / len(d))
        if (i == best or low <= 0) and (chosen is None or cost[i] < cost[chosen]):
            chosen = i
    return chosen


def the_winner(scores, cost, t):
    return int(scores.mean(axis=1).argmax())


def the_cheapest_of_all(scores, cost, t):
    return int(np.argmin(cost))


def best_ones_error(scores, cost, t):
    means = scores.mean(axis=1)
    best = means.argmax()
    reach = t * scores[best].std(ddof=1) / np.sqrt(scores.shape[1])
    return int(np.where(means >= means[best] - reach, cost, np.inf).argmin())


def never_paired(scores, cost, t):
    n = scores.shape[1]
    means, errors = scores.mean(axis=1), scores.std(axis=1, ddof=1) / np.sqrt(n)
    best = means.argmax()
    tied = means + t * errors >= means[best] - t * errors[best]
    return int(np.where(tied, cost, np.inf).argmin())


def spread_of_one_seed(scores, cost, t):
    d = scores[scores.mean(axis=1).argmax()] - scores
    tied = d.mean(axis=1) - t * d.std(axis=1, ddof=1) <= 0
    return int(np.where(tied, cost, np.inf).argmin())


def place_among_the_tied(scores, cost, t):
    d = scores[scores.mean(axis=1).argmax()] - scores
    tied = d.mean(axis=1) - t * d.std(axis=1, ddof=1) / np.sqrt(scores.shape[1]) <= 0
    return int(cost[tied].argmin())


def its_cost(scores, cost, t):
    return float(cost[cheapest_tied(scores, cost, t)])


def the_dearest(scores, cost, t):
    d = scores[scores.mean(axis=1).argmax()] - scores
    tied = d.mean(axis=1) - t * d.std(axis=1, ddof=1) / np.sqrt(scores.shape[1]) <= 0
    return int(np.where(tied, cost, -np.inf).argmax())


def no_t(scores, cost, t):
    return cheapest_tied(scores, cost, 1)


def not_students(scores, cost, t):
    return cheapest_tied(scores, cost, 1.96)


def the_best_single_run(scores, cost, t):
    d = scores[np.unravel_index(scores.argmax(), scores.shape)[0]] - scores
    tied = d.mean(axis=1) - t * d.std(axis=1, ddof=1) / np.sqrt(scores.shape[1]) <= 0
    return int(np.where(tied, cost, np.inf).argmin())


def divided_by_n(scores, cost, t):
    d = scores[scores.mean(axis=1).argmax()] - scores
    tied = d.mean(axis=1) - t * d.std(axis=1) / np.sqrt(scores.shape[1]) <= 0
    return int(np.where(tied, cost, np.inf).argmin())


def _by(scores, cost, t, best, root):
    d = scores[best] - scores
    tied = d.mean(axis=1) - t * d.std(axis=1, ddof=1) / np.sqrt(root) <= 0
    tied[best] = True
    return int(np.where(tied, cost, np.inf).argmin())


def best_by_median(scores, cost, t):
    return _by(scores, cost, t, np.median(scores, axis=1).argmax(), scores.shape[1])


def root_of_settings(scores, cost, t):
    return _by(scores, cost, t, scores.mean(axis=1).argmax(), len(scores))


def against_the_first_row(scores, cost, t):
    return _by(scores, cost, t, 0, scores.shape[1])


def errors_of_its_own(scores, cost, t):
    means, errors = scores.mean(axis=1), scores.std(axis=1, ddof=1)
    tied = means.max() - means - t * errors / np.sqrt(scores.shape[1]) <= 0
    return int(np.where(tied, cost, np.inf).argmin())


def those_told_apart(scores, cost, t):
    d = scores[scores.mean(axis=1).argmax()] - scores
    tied = d.mean(axis=1) - t * d.std(axis=1, ddof=1) / np.sqrt(scores.shape[1]) <= 0
    return int(np.where(tied, np.inf, cost).argmin())


def always_five_seeds(scores, cost, t):
    return cheapest_tied(scores, cost, 2.776)


def _settings(seed, leads, noise, n=5):
    """Scores (S, n): a large luck that each seed gives to all settings, and a small one.

    The best setting has no luck of its own, and that of the others has no mean and exactly the
    spread `noise`: so each difference has the mean and the spread that a case asks for.
    """
    rng = np.random.default_rng(seed)
    own = rng.standard_normal((len(leads), n))
    own -= own.mean(axis=1, keepdims=True)
    own *= noise / own.std(axis=1, ddof=1, keepdims=True)
    own[np.argmax(leads)] = 0
    return np.array(leads)[:, None] + 0.02 * rng.standard_normal(n) + own


# With t = 2.776 and a spread of 0.004 on five seeds a lead of 0.00497 is tied. The leads lie on
# either side of what each usual mistake takes for the limit, and the costs fall.
_LEADS = np.array([0.0025, 0.0047, 0.02, 0.0, 0.0012, 0.008, 0.004])
_COSTS = np.array([50.0, 30.0, 10.0, 70.0, 60.0, 20.0, 40.0])


def tries_needed(share, sure):
    return int(np.ceil(np.log(1 - sure) / np.log(1 - share)))


def tries_by_search(share, sure):
    n, missed = 0, 1.0
    while 1 - missed < sure:
        n, missed = n + 1, missed * (1 - share)
    return n


def tries_by_math(share, sure):
    return math.ceil(math.log1p(-sure) / math.log1p(-share))


def tries_added_up(share, sure):
    return int(np.ceil(sure / share))


CHEAPEST = Exercise(
    name="17.cheapest_tied",
    whole=AS_INDEX,
    reference=cheapest_tied,
    cases=(
        (
            np.array([[0.90, 0.92, 0.91], [0.89, 0.93, 0.90], [0.80, 0.82, 0.81]]),
            np.array([30.0, 20.0, 10.0]),
            4.303,
        ),
        (
            _settings(0, [0.915, 0.9, 0.913, 0.86], 0.004),
            np.array([400.0, 50.0, 100.0, 25.0]),
            2.776,
        ),
        (
            _settings(1, [0.86, 0.905, 0.91, 0.909], 0.005),
            np.array([10.0, 100.0, 300.0, 200.0]),
            2.776,
        ),
        (_settings(2, 0.9 - _LEADS, 0.004), _COSTS, 2.776),
        (
            np.array(
                [[0.90, 0.99, 0.90, 0.90], [0.94, 0.94, 0.94, 0.95], [0.5, 0.5, 0.6, 0.5]]
            ),
            np.array([50.0, 90.0, 20.0]),
            3.182,
        ),
        (
            np.array([[0.95, 0.85, 0.95, 0.85], [0.905, 0.905, 0.905, 0.904], [0.91] * 4]),
            np.array([9.0, 5.0, 7.0]),
            3.182,
        ),
        (_settings(3, [0.9, 0.8945], 0.004), np.array([20.0, 10.0]), 2.776),
        (_settings(4, [0.9, 0.8955], 0.004), np.array([20.0, 10.0]), 2.132),
        (_settings(5, [0.9, 0.899, 0.86], 0.004), np.array([30.0, 10.0, 20.0]), 2.776),
        (
            np.array([[0.9, 0.9, 0.9, 0.8], [0.89, 0.89, 0.89, 0.889], [0.87] * 3 + [0.868]]),
            np.array([5.0, 3.0, 1.0]),
            3.182,
        ),
    ),
    tested="three to seven settings, three to five seeds, tied winners and others",
    hints=(
        "Which row has the best mean? Subtract every row from it, seed by seed, and give each "
        "row of differences its interval.",
        "tied where mean(d) − t · error ≤ 0, row by row; then the smallest cost among these.",
        "d = scores[scores.mean(axis=1).argmax()] - scores, error = d.std(axis=1, ddof=1) / "
        "np.sqrt(scores.shape[1]), tied = d.mean(axis=1) - t * error <= 0, then "
        "int(np.where(tied, cost, np.inf).argmin())",
    ),
    wrong=(
        Wrong(
            the_winner,
            "You return the setting with the best mean. Asked for is the cheapest of those "
            "that nothing separates from it.",
        ),
        Wrong(
            the_cheapest_of_all,
            "You return the cheapest setting of all, however badly it does. Only those count "
            "over which the best one's lead may be 0.",
        ),
        Wrong(
            never_paired,
            "You gave each setting an interval of its own. The seeds are the same for all: "
            "subtract seed by seed first, and take the spread of the differences.",
        ),
        Wrong(
            spread_of_one_seed,
            "You left out the root of n: the spread of single differences is not the standard "
            "error of their mean.",
        ),
        Wrong(
            place_among_the_tied,
            "That is a place in the list of the tied ones. Asked for is the row in `scores`.",
        ),
        Wrong(its_cost, "You return the cost. Asked for is the row in `scores`."),
        Wrong(the_dearest, "You return the dearest of the tied settings, not the cheapest."),
        Wrong(no_t, "The reach is t standard errors, and yours is one."),
        Wrong(
            not_students,
            "Your limit is 1.96 standard errors. With a few seeds it has to be t of them.",
        ),
        Wrong(
            the_best_single_run,
            "You compare with the setting that has the best single run. Take the one with the "
            "best mean.",
        ),
        Wrong(
            divided_by_n,
            "NumPy's std divides by n. The standard error needs n − 1: ddof=1.",
        ),
        Wrong(
            best_by_median,
            "You compare with the setting that has the best median. Take the best mean.",
        ),
        Wrong(
            root_of_settings,
            "You divide by the root of the number of settings. The mean is one over seeds: "
            "scores.shape[1], not len(scores).",
        ),
        Wrong(
            against_the_first_row,
            "You compare with the first row. Find the row with the best mean first.",
        ),
        Wrong(
            errors_of_its_own,
            "The spread is that of a setting's own scores. Subtract it from the best one seed "
            "by seed first, and take the spread of the differences.",
        ),
        Wrong(
            those_told_apart,
            "You keep the settings that *are* told apart from the best. Tied are the others: "
            "their interval reaches down to 0 or below.",
        ),
        Wrong(
            always_five_seeds,
            "You wrote 2.776 into the function. That is for five seeds: use t.",
        ),
        Wrong(
            best_ones_error,
            "You take the spread of the best setting alone. The spread of the *differences* "
            "is asked for, seed by seed.",
        ),
    ),
    right=(cheapest_by_loop,),
    why="'Not separated' does not say 'equal': with more seeds a difference may show. But a "
    "setting that needs a quarter of the time has to be beaten first.",
)

TRIES = Exercise(
    name="17.tries_needed",
    reference=tries_needed,
    cases=(
        (0.5, 0.9),
        (0.5, 0.75),
        (0.05, 0.95),
        (0.1, 0.99),
        (0.013, 0.8),
        (0.6, 0.2),
        (0.8, 0.1),
    ),
    tested="shares from 1.3 to 80 %, certainties from 10 to 99 %",
    hints=(
        "What is the chance that one try misses the best share, and that all n do?",
        "(1 − share)ⁿ ≤ 1 − sure. Take logarithms, and divide by the negative ln(1 − share).",
        "int(np.ceil(np.log(1 - sure) / np.log(1 - share)))",
    ),
    wrong=(
        Wrong(
            tries_added_up,
            "Tries do not add up: two tries at 50 % do not make it certain. That all n miss "
            "has the chance (1 − share)ⁿ.",
        ),
        Wrong(
            lambda share, sure: math.ceil(1 / share),
            "That many tries hit it once *on average*, and miss it in about one case of three.",
        ),
        Wrong(
            lambda share, sure: int(math.log(1 - sure) / math.log(1 - share)),
            "You rounded down, and with that many tries you are not quite as sure. Round up.",
        ),
        Wrong(
            lambda share, sure: math.log(1 - sure) / math.log(1 - share),
            "Tries are whole numbers: round up.",
        ),
        Wrong(
            lambda share, sure: math.ceil(math.log(sure) / math.log(share)),
            "That is the chance that all n tries *hit*. One hit is enough.",
        ),
        Wrong(
            lambda share, sure: math.ceil(math.log(sure) / math.log(1 - share)),
            "`sure` is the chance of a hit. (1 − share)ⁿ is that of no hit: it meets 1 − sure.",
        ),
        Wrong(
            lambda share, sure: math.ceil(math.log(1 - sure) / math.log(share)),
            "share is the chance that one try hits. n misses have the chance (1 − share)ⁿ.",
        ),
        Wrong(
            lambda share, sure: math.ceil(math.log(1 - share) / math.log(1 - sure)),
            "The fraction is upside down: ln(1 − sure) above, ln(1 − share) below.",
        ),
        Wrong(
            lambda share, sure: math.ceil((1 - sure) / (1 - share)),
            "The logarithms are missing: n is an exponent, and only they bring it down.",
        ),
        Wrong(
            lambda share, sure: math.floor(math.log(1 - sure) / math.log(1 - share)) + 2,
            "One try too many: the smallest number that is enough is wanted.",
        ),
        Wrong(
            lambda share, sure: int(math.log(1 - sure) / math.log(1 - share)) + 1,
            "One too many where the quotient is a whole number already: round up with ceil.",
        ),
        Wrong(
            lambda share, sure: math.ceil(-math.log(1 - sure) / math.log(1 - share)),
            "The sign is turned: both logarithms are negative, and their ratio is positive.",
        ),
        Wrong(
            lambda share, sure: math.ceil(-math.log(1 - sure) / share),
            "ln(1 − share) is about −share for a small share only. Divide by the logarithm.",
        ),
        Wrong(
            lambda share, sure: int(np.ceil(np.log(1 - sure) / np.log(1 - share / 100))),
            "`share` is a share already, 0.05 for 5 %: do not divide it by 100.",
        ),
    ),
    right=(tries_by_search, tries_by_math),
)

EXERCISES = (ACCOUNT, CHEAPEST, TRIES)
