"""Fair comparisons: each contestant at its own best rate, the same seeds, paired differences.

    result = compare({"SGD": f, "Adam": g}, rates=[0.01, 0.03, 0.1, 0.3], seeds=range(5))
    print(result)

A contestant is f(seed, rate) -> an accuracy from 0 to 1, or a dict of results. What it draws,
splits and shuffles by `seed` is then the same for all of them, so that the differences between
two contestants, seed by seed, are free of what a seed does to both. First each contestant's
rate is tuned: the same number of rates, on tuning seeds of their own. Then all run the
comparing seeds, each at its best rate.

The interval of a mean difference is Student's: for the differences d of n seeds, with mean m
and standard deviation s = sqrt(sum((d - m)²) / (n - 1)), it runs from m - t s / sqrt(n) to
m + t s / sqrt(n), where t is the quantile of Student's distribution with n - 1 degrees of
freedom (2.776 for 5 seeds and 95 %). It takes the differences for independent draws from one
normal distribution. That holds for seeds that start and shuffle; where they also split the same
digits anew, the splits share most of their digits, and the interval is a little too narrow. It
speaks of other seeds on the same digits, never of other digits.

Comparisons that take longer than a notebook are made by `make comparisons`; `load(name)` gives
the record that ships with the package.
"""

import importlib.resources
import itertools
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass

from digitlib.data.files import path_of, replacing
from digitlib.sweep.places import bar, needed
from digitlib.sweep.plan import Run, plain, seed_list
from digitlib.sweep.table import outcomes

__all__ = ["Comparison", "compare", "load", "t_interval"]

FORMAT = 1  # of the records
WIDTH = 100  # the most characters of a line of the table that a notebook's page shows whole


def compare(
    contestants,
    rates=None,
    seeds=range(5),
    *,
    tuning_seeds=None,
    score=None,
    lowest=False,
    unit="points",
    confidence=0.95,
    title="",
    budget="",
    command="",
    jobs=1,
    progress=False,
):
    """Tune each contestant's rate, run all on the same seeds, and say what separates them.

    contestants    {"name": f} with f(seed, rate) -> score or dict of results. (f, rates) gives
                   f rates of its own, as many as the others have; (f, None) says that f has
                   no rate, and it is called as f(seed)
    rates          what every other contestant tries; None where each brings its own
    seeds          the comparing seeds, two or more, or a number n for 0, 1, …, n - 1
    tuning_seeds   three that follow the largest of `seeds`; never any of `seeds`
    score          which of the results decides, where f returns a dict with more than one
    lowest         True where the lowest score is the best, as of a loss
    unit           "points": scores are accuracies from 0 to 1, and differences are given in
                   hundredths of them. Any other text, as "nats": scores and differences in it
    confidence     of the intervals, 0.95
    title, budget  texts that are printed: what is asked, and what one run may cost, as
                   "6 epochs on 3,200 digits"
    command        what makes this comparison again, for a record
    jobs           1: one run after the other in this process, as in a notebook; 2 or more:
                   as many processes; None as in `sweep`
    progress       a tqdm bar on stderr

    A rate at which a tuning run fails is not chosen. Of rates equally good the lowest is.
    Returns a `Comparison`, which prints itself. Raises ValueError where the comparison would
    not be fair, or no rate of a contestant works.
    """
    entrants, seeds = _entrants(contestants, rates), seed_list(seeds)
    if tuning_seeds is None:
        tuning_seeds = range(max(seeds) + 1, max(seeds) + 4)
    tuning_seeds = seed_list(tuning_seeds)
    _check_seeds(seeds, tuning_seeds)
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is a share between 0 and 1, as 0.95; got {confidence}")
    job = _Job({name: f for name, (f, _) in entrants.items()})
    tried = {name: [None] if own is None else own for name, (_, own) in entrants.items()}
    # Where there is no choice of rates, tuning runs would decide nothing.
    choice = {name: own for name, own in tried.items() if len(own) > 1}
    runs = [
        {"phase": "tuning", "contestant": name, "rate": rate, "seed": seed}
        for name, own in choice.items()
        for rate in own
        for seed in tuning_seeds
    ]
    score = _run(job, runs, score, jobs, progress)
    _check_unit(runs, unit)
    best = {name: own[0] for name, own in tried.items()}
    best |= {name: _best_rate(name, runs, own, lowest) for name, own in choice.items()}
    final = [
        {"phase": "comparing", "contestant": name, "rate": best[name], "seed": seed}
        for seed in seeds
        for name in entrants
    ]
    score = _run(job, final, score, jobs, progress)
    _check_unit(final, unit)
    record = {
        "format": FORMAT,
        "title": title,
        "budget": budget,
        "command": command,
        "score": "accuracy" if score == "score" and unit == "points" else score or "score",
        "lowest": bool(lowest),
        "unit": unit,
        "confidence": confidence,
        "rates": {name: own if own != [None] else None for name, own in tried.items()},
        "best": best,
        "seeds": seeds,
        "tuning_seeds": tuning_seeds if choice else [],
        "runs": runs + final,
    }
    return Comparison(record)


def load(name):
    """The Comparison in a file that `save` wrote, or in a record that ships with the package.

    name   a path, or a record's name without ".json". Raises FileNotFoundError with the names
           that there are, ValueError for a file that is no record.
    """
    path = path_of(name)
    if not path.is_file():
        folder = importlib.resources.files("digitlib") / "records"
        path = folder / f"{name}.json"
        if not path.is_file():
            there = sorted(f.name for f in folder.iterdir() if f.name.endswith(".json"))
            known = ", ".join(file.removesuffix(".json") for file in there)
            raise FileNotFoundError(f"no file and no record {str(name)!r}; records: {known}")
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if record.get("format") != FORMAT:
            raise ValueError(f"its format is {record.get('format')!r}, not {FORMAT}")
    except (ValueError, AttributeError) as error:  # JSON's and UTF-8's errors are ValueErrors
        raise ValueError(f"{path} is damaged, or no record of a comparison: {error}") from error
    return Comparison(record)


compare.load = load  # so that whoever has imported the function alone can load a record too


def t_interval(differences, confidence=0.95):
    """(mean, low, high) of paired differences: the mean ± t · s / √n, as Python floats.

    differences: n numbers, n from 2; t is Student's quantile with n - 1 degrees of freedom.
    Where all differences are equal the interval has no width. Student 1908.
    """
    values = [float(value) for value in differences]
    n = len(values)
    if n < 2:
        raise ValueError(f"an interval needs two differences or more; got {n}")
    mean = math.fsum(values) / n
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (n - 1))
    half = _quantile(n, confidence) * spread / math.sqrt(n)
    return mean, mean - half, mean + half


@dataclass(frozen=True, repr=False)
class Comparison:
    """What `compare` found. `print` says it in words; `record` is all of it as plain data."""

    record: dict

    @property
    def names(self):
        """The contestants, in the order in which they were given."""
        return list(self.record["best"])

    @property
    def table(self):
        """A pandas table, one row per run: phase, contestant, rate, seed, score, …, error."""
        rows = self.record["runs"]
        first = ["phase", "contestant", "rate", "seed", "score"]
        results = dict.fromkeys(name for row in rows for name in row)
        results = [name for name in results if name not in (*first, "error")]
        return needed("pandas").DataFrame(rows, columns=[*first, *results, "error"])

    @property
    def scores(self):
        """A pandas table of the comparing runs: a row per seed, a column per contestant.

        A run that failed has NaN.
        """
        found = self._scores()
        columns = {name: [found[name][s] for s in self.record["seeds"]] for name in self.names}
        index = needed("pandas").Index(self.record["seeds"], name="seed")
        return needed("pandas").DataFrame(columns, index=index)

    @property
    def pairs(self):
        """(first, second, {seed: difference}) of each pair, differences first minus second.

        In points where that is the unit. A seed on which one of the two failed is missing.
        """
        found, scale = self._scores(), 100 if self.record["unit"] == "points" else 1
        pairs = []
        for first, second in itertools.combinations(self.names, 2):
            each = {s: scale * (found[first][s] - found[second][s]) for s in found[first]}
            # 0.86125 - 0.86 is not 0.00125 to the last digit: rounded, so that it prints alike
            each = {seed: round(d, 9) for seed, d in each.items() if not math.isnan(d)}
            pairs.append((first, second, each))
        return pairs

    @property
    def differences(self):
        """A pandas table with a row per pair: first, second, seeds, mean, low, high, better.

        mean is that of first minus second over the seeds, low and high the interval; better
        the name of the better one, "" where the interval holds 0: nothing separates them.
        """
        rows = []
        for first, second, each in self.pairs:
            mean, low, high = self._interval(each)
            better = self._better(first, second, low, high)
            rows.append((first, second, len(each), mean, low, high, better))
        columns = ["first", "second", "seeds", "mean", "low", "high", "better"]
        return needed("pandas").DataFrame(rows, columns=columns)

    @property
    def warnings(self):
        """What the reader must know besides, each a sentence; [] where all is in order."""
        record, told = self.record, []
        for name, rates in record["rates"].items():
            best = record["best"][name]
            if rates is None:
                continue
            if len(rates) == 1:
                told.append(f"{name} was not tuned: it was given one rate, {best:g}.")
            elif best in (min(rates), max(rates)):
                end, way = ("lowest", "lower") if best == min(rates) else ("highest", "higher")
                told.append(
                    f"The best rate of {name}, {best:g}, is the {end} tried: {way} may be "
                    "better."
                )
        for row in record["runs"]:
            if row["phase"] == "comparing" and row["error"]:
                told.append(
                    f"{row['contestant']} failed on seed {row['seed']} ({row['error']}): its "
                    "pairs are compared on the other seeds."
                )
        return told

    def __repr__(self):
        return "\n".join(self._lines())

    def save(self, path):
        """Write the record to a JSON file, whole or not at all; returns the path."""
        with replacing(path, "w", encoding="utf-8") as file:
            json.dump(self.record, file, indent=1, ensure_ascii=False)
            file.write("\n")
        return path

    def plot(self, ax=None, title=None):
        """The paired differences, a dot per seed, with mean and interval; returns the axes.

        `ax.alt` is the finding as a text, for readers who do not see the picture.
        """
        from digitlib.plots.differences import paired_differences

        rows = {
            f"{first} − {second}": (list(each.values()), *self._interval(each))
            for first, second, each in self.pairs
        }
        side = "left" if self.record["lowest"] else "right"
        what = (
            f"difference of {self.record['score']} in {self.record['unit']}; "
            f"{side} of 0 the first one is better"
        )
        ax = paired_differences(rows, xlabel=what, ax=ax, title=title or self._plot_title())
        ax.alt = self.alt
        return ax

    @property
    def alt(self):
        """The finding in words, as a picture's text alternative."""
        said = [self._verdict(*pair) for pair in self.pairs]
        what = f"Paired differences on {_listed(self.record['seeds'])}, with their intervals. "
        return what + " ".join(said)

    def _scores(self):
        """{contestant: {seed: score}} of the comparing runs, NaN where one failed."""
        found = {name: {} for name in self.names}
        for row in self.record["runs"]:
            if row["phase"] == "comparing":
                value = math.nan if row["error"] else row["score"]
                found[row["contestant"]][row["seed"]] = value
        return found

    def _interval(self, each):
        if len(each) < 2:
            return (math.nan,) * 3
        return t_interval(each.values(), self.record["confidence"])

    def _better(self, first, second, low, high):
        if not (low > 0 or high < 0):  # also where there is no interval
            return ""
        return first if (low > 0) != self.record["lowest"] else second

    def _verdict(self, first, second, each):
        mean, low, high = self._interval(each)
        if math.isnan(mean):
            return f"{first} and {second} cannot be compared: too few seeds have both."
        unit = self.record["unit"]
        better = self._better(first, second, low, high)
        if not better:
            return (
                f"Nothing separates {first} and {second}: {_signed(mean)} {unit} "
                f"({_signed(low)} to {_signed(high)})."
            )
        other = second if better == first else first
        ends = sorted(abs(end) for end in (low, high))
        return (
            f"{better} is better than {other} by {abs(mean):.2f} {unit} "
            f"({ends[0]:.2f} to {ends[1]:.2f})."
        )

    def _plot_title(self):
        pairs = self.pairs
        if len(pairs) == 1:
            first, second, each = pairs[0]
            _, low, high = self._interval(each)
            better = self._better(first, second, low, high)
            if better:
                return f"{better} is better than {second if better == first else first}"
            return f"Nothing separates {first} and {second}"
        return f"Differences between {len(self.names)} contestants, seed by seed"

    def _lines(self):
        record = self.record
        yield record["title"] or " against ".join(self.names)
        if record["command"]:
            yield f"Made by: {record['command']}"
        if record["budget"]:
            yield f"Each run: {record['budget']}."
        yield ""
        yield from self._tuning_lines()
        yield from self._score_lines()
        yield from self._difference_lines()
        if self.warnings:
            yield ""
            yield from (f"Warning: {text}" for text in self.warnings)

    def _tuning_lines(self):
        record, rows = self.record, []
        better = "lowest" if record["lowest"] else "highest"
        if record["tuning_seeds"]:
            yield (
                f"Tuned on {_listed(record['tuning_seeds'])}, used for nothing else; "
                f"the {better} mean {record['score']} decides."
            )
        for name in self.names:
            rates, best = record["rates"][name], record["best"][name]
            tuned = [
                row
                for row in record["runs"]
                if row["phase"] == "tuning" and row["contestant"] == name
            ]
            at_best = [row["score"] for row in tuned if row["rate"] == best]
            rows.append(
                [
                    name,
                    "has none" if rates is None else ", ".join(f"{rate:g}" for rate in rates),
                    str(len(tuned)),
                    "" if best is None else f"{best:g}",
                    f"{math.fsum(at_best) / len(at_best):.3f}" if at_best else "",
                ]
            )
        yield from _columns(["contestant", "rates tried", "tries", "best", "its mean"], rows)
        yield ""

    def _score_lines(self):
        record, found, pairs = self.record, self._scores(), self.pairs
        yield f"Compared on {_listed(record['seeds'])}, each at its best rate:"
        unit = "" if record["unit"] == "points" else f" ({record['unit']})"
        what = f"{record['score']}{unit}"
        head = ["seed", *self.names, *(f"{first} − {second}" for first, second, _ in pairs)]
        rows = [
            [
                str(seed),
                *(_score_text(found[name][seed]) for name in self.names),
                *(_signed(each[seed]) if seed in each else "" for _, _, each in pairs),
            ]
            for seed in record["seeds"]
        ]
        means = [[v for v in found[name].values() if not math.isnan(v)] for name in self.names]
        means = [math.fsum(values) / len(values) if values else math.nan for values in means]
        of_pairs = [self._interval(each)[0] for _, _, each in pairs]
        rows.append(["mean", *map(_score_text, means), *map(_signed, of_pairs)])
        lines = list(_columns(head, rows))
        if max(map(len, lines)) <= WIDTH:
            yield f"{what}, and the differences in {record['unit']}"
        else:  # a page would break each line: the pairs' means and intervals follow anyhow
            n = 1 + len(self.names)
            lines = _columns(head[:n], [row[:n] for row in rows])
            yield what
        yield from lines
        yield ""

    def _difference_lines(self):
        share = f"{100 * self.record['confidence']:g} %"
        for n in dict.fromkeys(len(each) for _, _, each in self.pairs if len(each) > 1):
            t = _quantile(n, self.record["confidence"])
            yield (
                f"In brackets the {share} interval: mean difference ± t · s / √n, "
                f"t = {t:.3f} for n = {n} seeds"
            )
        if len(self.pairs) > 1:
            yield "Each interval is for its own pair; of many, some exclude 0 by chance."
        for pair in self.pairs:
            yield self._verdict(*pair)


@dataclass(frozen=True)
class _Job:
    """The contestants as one function of a seed and settings, as a sweep has it."""

    contestants: dict

    def __call__(self, seed, *, contestant, rate):
        f = self.contestants[contestant]
        found = f(seed) if rate is None else f(seed, rate)
        return found if isinstance(found, Mapping) else {"score": found}


def _entrants(contestants, rates):
    """{name: (f, its rates in rising order, or None)}; refuses what would not be fair."""
    entrants = {}
    for name, given in contestants.items():
        f, own = given if isinstance(given, tuple) else (given, rates)
        if not callable(f):
            raise TypeError(
                f"{name}: a contestant is f(seed, rate), or (f, rates); got {given!r}"
            )
        if own is None and not isinstance(given, tuple):
            raise ValueError(
                f"{name} has no rates to try: rates=[…], or {{{name!r}: (f, [...])}}"
            )
        entrants[name] = f, None if own is None else _rates(name, own)
    if len(entrants) < 2:
        raise ValueError(f"a comparison needs two contestants or more; got {len(entrants)}")
    counts = {name: len(own) for name, (_, own) in entrants.items() if own is not None}
    if len(set(counts.values())) > 1:
        raise ValueError(
            f"the contestants try different numbers of rates, {counts}: whoever may try more "
            "often has an advantage"
        )
    return entrants


def _rates(name, rates):
    rates = [plain(rate, "a rate") for rate in rates]
    for rate in rates:
        if (
            isinstance(rate, bool)
            or not isinstance(rate, int | float)
            or not math.isfinite(rate)
        ):
            raise ValueError(f"{name}: rates are finite numbers; got {rate!r}")
    if not rates or len(set(rates)) < len(rates):
        raise ValueError(f"{name}: rates are one or more different numbers; got {rates}")
    return sorted(rates)


def _check_seeds(seeds, tuning_seeds):
    if len(seeds) < 2:
        raise ValueError("a comparison needs two seeds or more: one difference has no interval")
    for given in (seeds, tuning_seeds):
        if len(set(given)) < len(given):
            raise ValueError(f"each seed counts once; got {given}")
    if both := sorted(set(seeds) & set(tuning_seeds)):
        raise ValueError(
            f"{_listed(both)} would both tune the rates and judge them: give other tuning seeds"
        )


def _run(job, rows, score, jobs, progress):
    """Put into each row what its run gave: its results, `score` and `error`; returns score.

    score: the name of the result that decides, or None where there is only one to choose.
    """
    runs = {
        number: Run({name: row[name] for name in ("contestant", "rate")}, row["seed"])
        for number, row in enumerate(rows)
    }
    shown = bar(len(rows), progress)
    for number, (results, _, error) in outcomes(job, runs, jobs):
        row = rows[number]
        if not error:
            score = score or _only(results, row["contestant"])
            value = results.get(score)
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise ValueError(
                    f"{row['contestant']} returned no number named {score!r} but {results}"
                )
            if not math.isfinite(value):
                error = f"{score} is {value}"
        results = {name: value for name, value in results.items() if name != "score"}
        row |= results | {"score": None if error else value, "error": error}
        if shown is not None:
            shown.update()
    if shown is not None:
        shown.close()
    return score


def _only(results, name):
    if len(results) != 1:
        raise ValueError(
            f"{name} returned {', '.join(results)}: score= says which of them decides"
        )
    return next(iter(results))


def _best_rate(name, rows, rates, lowest):
    """The rate with the best mean over the tuning seeds; the lowest of several as good."""
    means = {}
    for rate in rates:
        tried = [row for row in rows if row["contestant"] == name and row["rate"] == rate]
        if not any(row["error"] for row in tried):
            means[rate] = math.fsum(row["score"] for row in tried) / len(tried)
    if not means:
        errors = [row["error"] for row in rows if row["contestant"] == name and row["error"]]
        raise ValueError(
            f"every rate of {name} failed on some tuning seed, as with {errors[0]}"
        )
    best = min(means.values()) if lowest else max(means.values())
    return next(rate for rate in rates if rate in means and abs(means[rate] - best) < 1e-12)


def _check_unit(rows, unit):
    for row in rows:
        if unit == "points" and not row["error"] and not 0 <= row["score"] <= 1:
            raise ValueError(
                f"{row['contestant']} has the score {row['score']:g}: in points, scores are "
                "accuracies from 0 to 1. For others name their unit, as unit='nats'"
            )


def _quantile(n, confidence):
    """The t within whose ± lies that share of Student's distribution, n - 1 degrees."""
    special = needed("scipy.special")
    return float(special.stdtrit(n - 1, 0.5 + confidence / 2))


def _listed(seeds):
    """'seeds 0 to 4', 'seeds 1, 3 and 8', 'seed 7'."""
    first, last = seeds[0], seeds[-1]
    if len(seeds) > 2 and list(seeds) == list(range(first, last + 1)):
        return f"seeds {first} to {last}"
    if len(seeds) == 1:
        return f"seed {first}"
    return f"seeds {', '.join(map(str, seeds[:-1]))} and {last}"


def _score_text(value):
    return "failed" if math.isnan(value) else f"{value:.3f}"


def _signed(value):
    if math.isnan(value):
        return ""
    text = f"{value:+.2f}".replace("-", "−")
    return "0.00" if text[1:] == "0.00" else text


def _columns(head, rows):
    """Lines of a table: the first column to the left, the others to the right."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, *rows]:
        first, *others = (
            text.rjust(width) if i else text.ljust(width)
            for i, (text, width) in enumerate(zip(row, widths))
        )
        yield "  ".join([first, *others]).rstrip()
