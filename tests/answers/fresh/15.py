"""A fresh set for notebook 15, written from its text alone."""

import math

import numpy as np
import pandas as pd
from wrong_answers import right, wrong

N_ = "15.wall.whole"
wrong(N_, "upper end left out", lambda p: ((p >= 0) & (p < 255)).all(axis=1))
wrong(N_, "lower end left out", lambda p: ((p > 0) & (p <= 255)).all(axis=1))
wrong(N_, "any", lambda p: ((p >= 0) & (p <= 255)).any(axis=1))
wrong(N_, "or", lambda p: ((p >= 0) | (p <= 255)).all(axis=1))
wrong(N_, "axis 0", lambda p: ((p >= 0) & (p <= 255)).all(axis=0))
wrong(N_, "no axis", lambda p: ((p >= 0) & (p <= 255)).all())
wrong(N_, "not outside", lambda p: ~((p < 0) | (p > 255)).any(axis=1))
wrong(N_, "the broken ones", lambda p: ((p < 0) | (p > 255) | np.isnan(p)).any(axis=1))
wrong(N_, "only NaN", lambda p: ~np.isnan(p).any(axis=1))
wrong(N_, "only above", lambda p: (p <= 255).all(axis=1))
wrong(N_, "only below", lambda p: (p >= 0).all(axis=1))
wrong(N_, "256", lambda p: ((p >= 0) & (p <= 256)).all(axis=1))
wrong(N_, "no all", lambda p: (p >= 0) & (p <= 255))
wrong(N_, "from 0 to 1", lambda p: ((p >= 0) & (p <= 1)).all(axis=1))
wrong(N_, "NaN by equality", lambda p: (p != np.nan).all(axis=1))
wrong(N_, "the mean", lambda p: (p.mean(axis=1) >= 0) & (p.mean(axis=1) <= 255))
wrong(N_, "nan ignored", lambda p: (np.nanmin(p, axis=1) >= 0) & (np.nanmax(p, axis=1) <= 255))
right(N_, "extremes", lambda p: (p.min(axis=1) >= 0) & (p.max(axis=1) <= 255))
right(N_, "list", lambda p: [all(0 <= v <= 255 for v in row) for row in p])
N_ = "15.wall.X"
wrong(N_, "256", lambda p: p / 256)
wrong(N_, "largest", lambda p: p / p.max())
wrong(N_, "each its largest", lambda p: p / np.maximum(p.max(axis=1, keepdims=True), 1))
wrong(N_, "whole division", lambda p: p // 255)
wrong(N_, "twice", lambda p: p / 255 / 255)
wrong(N_, "as it is", lambda p: p)
wrong(N_, "turned over", lambda p: 1 - p / 255)
wrong(N_, "black or white", lambda p: (p > 127).astype(float))
wrong(N_, "standardised", lambda p: (p - p.mean()) / p.std())
wrong(N_, "times", lambda p: p * 255)
wrong(N_, "minus one to one", lambda p: p / 127.5 - 1)
wrong(N_, "int", lambda p: (p / 255).astype(int))
right(N_, "times the inverse", lambda p: p * (1 / 255.0))
N_ = "15.wall.parts"
wrong(N_, "swapped", lambda order, n: (order[:n], order[n:]))
wrong(N_, "the last n", lambda order, n: (order[:-n], order[-n:]))
wrong(N_, "sorted", lambda order, n: (np.sort(order[n:]), np.sort(order[:n])))
wrong(N_, "overlap", lambda order, n: (order[n - 1 :], order[:n]))
wrong(N_, "one lost", lambda order, n: (order[n + 1 :], order[:n]))
wrong(N_, "all learned", lambda order, n: (order, order[:n]))
wrong(N_, "places", lambda order, n: (np.arange(n, len(order)), np.arange(n)))
wrong(N_, "values", lambda order, n: (order[order >= n], order[order < n]))
wrong(N_, "one only", lambda order, n: order[n:])
wrong(
    N_,
    "shuffled again",
    lambda order, n: np.split(np.random.permutation(order), [len(order) - n]),
)
wrong(N_, "half", lambda order, n: (order[len(order) // 2 :], order[: len(order) // 2]))
wrong(N_, "n learned", lambda order, n: (order[n : 2 * n], order[:n]))
wrong(N_, "backwards", lambda order, n: (order[n:][::-1], order[:n]))
right(N_, "split", lambda order, n: np.split(order, [n])[::-1])
N_ = "15.wall.P"
wrong(N_, "sum", lambda Ps: Ps.sum(axis=0))
wrong(N_, "axis 1", lambda Ps: Ps.mean(axis=1))
wrong(N_, "axis 2", lambda Ps: Ps.mean(axis=2))
wrong(N_, "no axis", lambda Ps: Ps.mean())
wrong(N_, "first", lambda Ps: Ps[0])
wrong(N_, "largest", lambda Ps: Ps.max(axis=0))
wrong(N_, "product", lambda Ps: Ps.prod(axis=0))
wrong(N_, "median", lambda Ps: np.median(Ps, axis=0))
wrong(N_, "by images", lambda Ps: Ps.sum(axis=0) / Ps.shape[1])
wrong(N_, "by ten", lambda Ps: Ps.sum(axis=0) / 10)
wrong(N_, "by five", lambda Ps: Ps.sum(axis=0) / 5)
wrong(N_, "answers", lambda Ps: Ps.mean(axis=0).argmax(axis=1))
wrong(N_, "kept", lambda Ps: Ps.mean(axis=0, keepdims=True))
wrong(N_, "votes", lambda Ps: np.mean(Ps == Ps.max(axis=2, keepdims=True), axis=0))
right(N_, "by len", lambda Ps: sum(Ps) / len(Ps))
N_ = "15.wall.answers"
wrong(N_, "axis 0", lambda P: P.argmax(axis=0))
wrong(N_, "no axis", lambda P: P.argmax())
wrong(N_, "the value", lambda P: P.max(axis=1))
wrong(N_, "least", lambda P: P.argmin(axis=1))
wrong(N_, "from one", lambda P: P.argmax(axis=1) + 1)
wrong(N_, "one hot", lambda P: P == P.max(axis=1, keepdims=True))
wrong(N_, "rounded", lambda P: np.round(P))
wrong(N_, "sorted first", lambda P: P.argsort(axis=1)[:, 0])
wrong(N_, "second", lambda P: P.argsort(axis=1)[:, -2])
wrong(N_, "above half", lambda P: (P > 0.5).argmax(axis=1))
wrong(N_, "expected digit", lambda P: (P @ np.arange(P.shape[1])).round().astype(int))
wrong(N_, "last nine", lambda P: P[:, :-1].argmax(axis=1))
wrong(N_, "column", lambda P: P.argmax(axis=1)[:, None])
right(N_, "sorted", lambda P: [int(np.argmax(row)) for row in P])
N_ = "15.wall.ids"
wrong(N_, "from 0", lambda answers: np.arange(len(answers)))
wrong(N_, "one short", lambda answers: np.arange(1, len(answers)))
wrong(N_, "one too many", lambda answers: np.arange(len(answers) + 1))
wrong(N_, "28000", lambda answers: np.arange(1, 28001))
wrong(N_, "answers plus one", lambda answers: answers + 1)
wrong(N_, "from 2", lambda answers: np.arange(2, len(answers) + 2))
wrong(N_, "floats", lambda answers: np.linspace(1, len(answers), len(answers)))
wrong(N_, "ones", lambda answers: np.ones(len(answers), dtype=int))
wrong(N_, "the number", lambda answers: len(answers))
wrong(N_, "order of answers", lambda answers: np.argsort(answers) + 1)
wrong(N_, "text", lambda answers: [str(i + 1) for i in range(len(answers))])
wrong(N_, "backwards", lambda answers: np.arange(len(answers), 0, -1))
right(N_, "range", lambda answers: range(1, len(answers) + 1))
N_ = "15.wall.text"
HEAD = "ImageId,Label\n"


def rows(ids, answers, sep=",", end="\n"):
    return "".join(f"{i}{sep}{a}{end}" for i, a in zip(ids, answers))


wrong(N_, "no header", lambda ids, answers: rows(ids, answers))
wrong(N_, "small letters", lambda ids, answers: "imageid,label\n" + rows(ids, answers))
wrong(N_, "blank", lambda ids, answers: HEAD + rows(ids, answers, ", "))
wrong(N_, "last break", lambda ids, answers: (HEAD + rows(ids, answers)).rstrip())
wrong(N_, "swapped", lambda ids, answers: HEAD + rows(answers, ids))
wrong(N_, "header swapped", lambda ids, answers: "Label,ImageId\n" + rows(answers, ids))
wrong(N_, "semicolon", lambda ids, answers: "ImageId;Label\n" + rows(ids, answers, ";"))
wrong(N_, "windows", lambda ids, answers: "ImageId,Label\r\n" + rows(ids, answers, ",", "\r\n"))
wrong(N_, "empty line", lambda ids, answers: HEAD + "\n" + rows(ids, answers))
wrong(N_, "one line", lambda ids, answers: HEAD + rows(ids, answers, ",", ""))
wrong(N_, "header break", lambda ids, answers: "ImageId,Label" + rows(ids, answers))
wrong(
    N_,
    "header as list",
    lambda ids, answers: [HEAD, *(f"{i},{a}\n" for i, a in zip(ids, answers))],
)
wrong(
    N_,
    "floats",
    lambda ids, answers: HEAD + "".join(f"{i},{a:.1f}\n" for i, a in zip(ids, answers)),
)
wrong(
    N_,
    "quotes",
    lambda ids, answers: HEAD + "".join(f'{i},"{a}"\n' for i, a in zip(ids, answers)),
)
wrong(N_, "only first", lambda ids, answers: HEAD + f"{ids[0]},{answers[0]}\n")
wrong(N_, "other header", lambda ids, answers: "Id,Label\n" + rows(ids, answers))
wrong(
    N_,
    "literal break",
    lambda ids, answers: "ImageId,Label\\n" + rows(ids, answers, ",", "\\n"),
)
wrong(
    N_,
    "index kept",
    lambda ids, answers: pd.DataFrame({"ImageId": ids, "Label": answers}).to_csv(),
)
right(
    N_,
    "pandas",
    lambda ids, answers: pd.DataFrame({"ImageId": ids, "Label": answers}).to_csv(index=False),
)

N_ = "15.surprise"


def z_of(h, n, t, m, p=None, inner=None, top=None):
    p = (h + m * t) / (n + m) if p is None else p
    inner = 1 / n + 1 / m if inner is None else inner
    top = abs(h / n - t) if top is None else top
    return top / math.sqrt(p * (1 - p) * inner)


wrong(N_, "no absolute value", lambda h, n, t, m: z_of(h, n, t, m, top=h / n - t))
wrong(N_, "only the old luck", lambda h, n, t, m: z_of(h, n, t, m, inner=1 / n))
wrong(N_, "only the new luck", lambda h, n, t, m: z_of(h, n, t, m, inner=1 / m))
wrong(N_, "p of the old", lambda h, n, t, m: z_of(h, n, t, m, p=h / n))
wrong(N_, "p of the new", lambda h, n, t, m: z_of(h, n, t, m, p=(t + 1e-9) / (1 + 2e-9)))
wrong(N_, "score not times new", lambda h, n, t, m: z_of(h, n, t, m, p=(h + t) / (n + m)))
wrong(N_, "one over the sum", lambda h, n, t, m: z_of(h, n, t, m, inner=1 / (n + m)))
wrong(N_, "no root", lambda h, n, t, m: z_of(h, n, t, m) ** 2)
wrong(N_, "mean p", lambda h, n, t, m: z_of(h, n, t, m, p=(h / n + t) / 2))
wrong(N_, "hits not divided", lambda h, n, t, m: z_of(h, n, t, m, top=abs(h - t)))
wrong(N_, "the reach", lambda h, n, t, m: z_of(h, n, t, m) * 1.96)
wrong(N_, "yes or no", lambda h, n, t, m: z_of(h, n, t, m) <= 1.96)
wrong(N_, "variance of both added", lambda h, n, t, m: z_of(h, n, t, m, inner=2 / n + 2 / m))
wrong(N_, "plus", lambda h, n, t, m: z_of(h, n, t, m, inner=n + m))
wrong(N_, "p's root only", lambda h, n, t, m: z_of(h, n, t, m) * math.sqrt(1 / n + 1 / m))
wrong(N_, "roots added", lambda h, n, t, m: z_of(h, n, t, m, inner=(n**-0.5 + m**-0.5) ** 2))
wrong(N_, "the error", lambda h, n, t, m: abs(h / n - t))
wrong(N_, "minus", lambda h, n, t, m: z_of(h, n, t, m, inner=abs(1 / n - 1 / m) + 1e-12))
wrong(
    N_,
    "brackets",
    lambda h, n, t, m: abs(h / n - t) / math.sqrt(0.9 * 0.1) * (1 / n + 1 / m),
)
right(N_, "one fraction", lambda h, n, t, m: z_of(h, n, t, m, inner=(n + m) / (n * m)))

N_ = "15.rows_needed"
wrong(N_, "one standard error", lambda q, gap: math.ceil(q / gap**2))
wrong(N_, "two not squared", lambda q, gap: math.ceil(2 * q / gap**2))
wrong(N_, "gap not squared", lambda q, gap: math.ceil(4 * q / gap))
wrong(N_, "rounded down", lambda q, gap: int(4 * q / gap**2))
wrong(N_, "not rounded", lambda q, gap: 4 * q / gap**2)
wrong(N_, "rounded", lambda q, gap: round(4 * q / gap**2))
wrong(N_, "coin", lambda q, gap: math.ceil(4 * q * (1 - q) / gap**2))
wrong(N_, "root", lambda q, gap: math.ceil(2 * math.sqrt(q) / gap))
wrong(N_, "1.96", lambda q, gap: math.ceil(1.96**2 * q / gap**2))
wrong(N_, "q squared", lambda q, gap: math.ceil(4 * q**2 / gap**2))
wrong(N_, "half", lambda q, gap: math.ceil(q / (4 * gap**2)))
wrong(N_, "points", lambda q, gap: math.ceil(4 * q / (gap / 100) ** 2))
wrong(N_, "q forgotten", lambda q, gap: math.ceil(4 / gap**2))
wrong(N_, "q below", lambda q, gap: math.ceil(4 / (q * gap**2)))
wrong(N_, "one more", lambda q, gap: math.ceil(4 * q / gap**2) + 1)
wrong(N_, "both entries", lambda q, gap: math.ceil(8 * q / gap**2))
right(N_, "minus the floor", lambda q, gap: -int(-(4 * q / gap**2) // 1))

N_ = "15.in_order"
wrong(N_, "labels sorted", lambda ids, labels: np.sort(labels))
wrong(N_, "as they are", lambda ids, labels: labels)
wrong(N_, "by ids", lambda ids, labels: labels[ids - 1])
wrong(N_, "by ids from 0", lambda ids, labels: labels[np.minimum(ids, len(ids) - 1)])
wrong(N_, "ids sorted", lambda ids, labels: np.sort(ids))
wrong(N_, "order", lambda ids, labels: np.argsort(ids))
wrong(N_, "order by labels", lambda ids, labels: labels[np.argsort(labels)])
wrong(N_, "backwards", lambda ids, labels: labels[np.argsort(-ids)])
wrong(N_, "ids by labels", lambda ids, labels: ids[np.argsort(labels)])
wrong(N_, "text order", lambda ids, labels: labels[np.argsort(ids.astype(str))])
wrong(N_, "inverse", lambda ids, labels: labels[np.argsort(np.argsort(ids))])
wrong(N_, "pairs", lambda ids, labels: sorted(zip(ids, labels)))
wrong(N_, "reversed", lambda ids, labels: labels[::-1])


@wrong(N_, "one too long")
def _(ids, labels):
    out = np.zeros(len(labels) + 1, dtype=int)
    out[ids] = labels
    return out


@wrong(N_, "wraps round")
def _(ids, labels):
    out = np.zeros_like(labels)
    for i, label in zip(ids, labels):
        out[i % len(out)] = label
    return out


@wrong(N_, "in place")
def _(ids, labels):
    labels[ids - 1] = labels.copy()
    return labels


@right(N_, "put in place")
def _(ids, labels):
    out = np.empty_like(labels)
    out[ids - 1] = labels
    return out


right(N_, "pairs", lambda ids, labels: [label for _, label in sorted(zip(ids, labels))])

N_ = "15.average_scores"


def soft(Z):
    e = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


wrong(N_, "mean of the probabilities", lambda Z: soft(Z).mean(axis=0))
wrong(N_, "mean scores", lambda Z: Z.mean(axis=0))
wrong(N_, "sum of the scores", lambda Z: soft(Z.sum(axis=0)))
wrong(N_, "axis 1", lambda Z: soft(Z.mean(axis=1)))
wrong(N_, "root without the sum", lambda Z: soft(Z).prod(axis=0) ** (1 / len(Z)))
wrong(N_, "no root", lambda Z: soft(Z).prod(0) / soft(Z).prod(0).sum(1, keepdims=True))
wrong(N_, "overflows", lambda Z: np.exp(Z.mean(0)) / np.exp(Z.mean(0)).sum(1, keepdims=True))
wrong(N_, "summed over images", lambda Z: np.exp(Z.mean(0)) / np.exp(Z.mean(0)).sum(axis=0))
wrong(N_, "summed over all", lambda Z: np.exp(Z.mean(0)) / np.exp(Z.mean(0)).sum())
wrong(N_, "first", lambda Z: soft(Z[0]))
wrong(N_, "exp only", lambda Z: np.exp(Z.mean(axis=0)))
wrong(N_, "answers", lambda Z: soft(Z.mean(axis=0)).argmax(axis=1))
wrong(N_, "log", lambda Z: np.log(soft(Z.mean(axis=0))))
wrong(N_, "of the largest", lambda Z: soft(Z.max(axis=0)))
wrong(N_, "twice", lambda Z: soft(soft(Z).mean(axis=0)))
wrong(N_, "minus", lambda Z: soft(-Z.mean(axis=0)))
wrong(N_, "ten networks", lambda Z: soft(Z.sum(axis=0) / 10))
wrong(N_, "normed by size", lambda Z: Z.mean(0) / Z.mean(0).sum(axis=1, keepdims=True))


@right(N_, "logs")
def _(Z):
    logs = np.log(soft(Z) + 1e-300).mean(axis=0)
    return soft(logs)


N_ = "15.limit_of_many"


def pieces(P, Q, y):
    T = np.eye(P.shape[1])[y]
    E = (((P - T) ** 2).sum(1).mean() + ((Q - T) ** 2).sum(1).mean()) / 2
    return E, ((P - Q) ** 2).sum(1).mean(), T


wrong(N_, "whole distance", lambda P, Q, y: pieces(P, Q, y)[0] - pieces(P, Q, y)[1])
wrong(N_, "a quarter", lambda P, Q, y: pieces(P, Q, y)[0] - pieces(P, Q, y)[1] / 4)
wrong(N_, "mean error", lambda P, Q, y: pieces(P, Q, y)[0])
wrong(N_, "plus", lambda P, Q, y: pieces(P, Q, y)[0] + pieces(P, Q, y)[1] / 2)
wrong(N_, "the half distance", lambda P, Q, y: pieces(P, Q, y)[1] / 2)
wrong(N_, "two", lambda P, Q, y: (((P + Q) / 2 - pieces(P, Q, y)[2]) ** 2).sum(1).mean())
wrong(
    N_,
    "first's error",
    lambda P, Q, y: ((P - pieces(P, Q, y)[2]) ** 2).sum(1).mean() - pieces(P, Q, y)[1] / 2,
)
wrong(
    N_,
    "errors added",
    lambda P, Q, y: 2 * pieces(P, Q, y)[0] - pieces(P, Q, y)[1] / 2,
)
wrong(
    N_,
    "mean of all entries",
    lambda P, Q, y: (
        ((P - pieces(P, Q, y)[2]) ** 2).mean() / 2
        + ((Q - pieces(P, Q, y)[2]) ** 2).mean() / 2
        - ((P - Q) ** 2).mean() / 2
    ),
)
wrong(
    N_, "sum of images", lambda P, Q, y: (pieces(P, Q, y)[0] - pieces(P, Q, y)[1] / 2) * len(y)
)
wrong(
    N_,
    "absolute",
    lambda P, Q, y: pieces(P, Q, y)[0] - np.abs(P - Q).sum(1).mean() / 2,
)
wrong(N_, "accuracy", lambda P, Q, y: np.mean((P + Q).argmax(axis=1) == y))
wrong(
    N_,
    "per image",
    lambda P, Q, y: ((P - pieces(P, Q, y)[2]) * (Q - pieces(P, Q, y)[2])).sum(1),
)
wrong(
    N_,
    "distance not squared",
    lambda P, Q, y: pieces(P, Q, y)[0] - np.sqrt(((P - Q) ** 2).sum(1)).mean() / 2,
)
wrong(
    N_,
    "distance of the means",
    lambda P, Q, y: pieces(P, Q, y)[0] - ((P.mean(0) - Q.mean(0)) ** 2).sum() / 2,
)
wrong(
    N_,
    "only the true digit",
    lambda P, Q, y: np.mean((1 - P[np.arange(len(y)), y]) * (1 - Q[np.arange(len(y)), y])),
)
wrong(
    N_,
    "labels themselves",
    lambda P, Q, y: ((P - y[:, None]) * (Q - y[:, None])).sum(axis=1).mean(),
)
right(
    N_,
    "product",
    lambda P, Q, y: ((P - pieces(P, Q, y)[2]) * (Q - pieces(P, Q, y)[2])).sum(1).mean(),
)

N_ = "15.leaked_rows"


def bytes_of(test):
    return np.rint(255 * test).astype(np.uint8)


wrong(N_, "no preparation", lambda known, test: (test[:, None] == known[None]).all(2).any(1))
wrong(N_, "cut off", lambda k, t: ((255 * t).astype("uint8")[:, None] == k[None]).all(2).any(1))
wrong(N_, "divided, exactly", lambda k, t: (t[:, None] == (k / 256)[None]).all(2).any(1))
wrong(N_, "any pixel", lambda k, t: (bytes_of(t)[:, None] == k[None]).any(2).any(1))
wrong(N_, "all known", lambda k, t: (bytes_of(t)[:, None] == k[None]).all(2).all(1))
wrong(N_, "for known", lambda k, t: (bytes_of(t)[:, None] == k[None]).all(2).any(0))
wrong(N_, "one answer", lambda k, t: (bytes_of(t)[:, None] == k[None]).all(2).any())
wrong(N_, "the clean ones", lambda k, t: ~(bytes_of(t)[:, None] == k[None]).all(2).any(1))
wrong(N_, "counts", lambda k, t: (bytes_of(t)[:, None] == k[None]).all(2).sum(1) * 3)
wrong(N_, "by ink", lambda k, t: np.isin(bytes_of(t).sum(1, dtype=int), k.sum(1, dtype=int)))
wrong(N_, "isin", lambda k, t: np.isin(bytes_of(t), k).all(axis=1))
wrong(N_, "same row", lambda k, t: (bytes_of(t)[: len(k)] == k[: len(t)]).all(axis=1))
wrong(N_, "places", lambda k, t: np.flatnonzero((bytes_of(t)[:, None] == k).all(2).any(1)))
wrong(N_, "number", lambda k, t: int((bytes_of(t)[:, None] == k).all(2).any(1).sum()))
wrong(N_, "near", lambda k, t: (np.abs(t[:, None] - k / 255).mean(2) < 0.05).any(1))
wrong(N_, "nothing", lambda k, t: np.zeros(len(t), dtype=bool))
wrong(N_, "wraps", lambda k, t: ((256 * t).astype("uint8")[:, None] == k[None]).all(2).any(1))
wrong(N_, "in", lambda k, t: [row in k for row in bytes_of(t)])
wrong(N_, "within test", lambda k, t: [sum((row == t).all(1)) > 1 for row in t])


@wrong(N_, "the wrong return")
def _(known, test):
    for row in bytes_of(test):
        return [bool((row == other).all()) for other in known]


@wrong(N_, "float bytes")
def _(known, test):
    there = {row.tobytes() for row in known}
    return [(255 * row).round().tobytes() in there for row in test]


@right(N_, "tuples")
def _(known, test):
    there = set(map(tuple, known.tolist()))
    return [tuple(row) in there for row in bytes_of(test).tolist()]


right(
    N_,
    "distance",
    lambda k, t: (np.abs(255 * t[:, None] - k[None].astype(float)).max(2) < 0.5).any(1),
)
