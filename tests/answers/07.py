"""Answers to the exercises of notebook 07, written from its text."""

import numpy as np
from wrong_answers import right, wrong

for line, mistakes in {
    "order": [
        ("the file's order", lambda rng, N: range(N)),
        ("reversed", lambda rng, N: np.arange(N)[::-1]),
        ("drawn with replacement", lambda rng, N: rng.choice(N, N)),
        ("choice without replacement", lambda rng, N: rng.choice(N, N, replace=False)),
        ("NumPy's old generator", lambda rng, N: np.random.permutation(N)),
        ("a seed of its own", lambda rng, N: np.random.default_rng(1).permutation(N)),
        ("counted from one", lambda rng, N: rng.permutation(N) + 1),
        ("shuffle returns nothing", lambda rng, N: rng.shuffle(list(range(N)))),
        ("one too few", lambda rng, N: rng.permutation(N - 1)),
        ("one too many", lambda rng, N: rng.permutation(N + 1)),
        ("sorted again", lambda rng, N: np.sort(rng.permutation(N))),
        ("a single number", lambda rng, N: rng.integers(N)),
        ("normal numbers", lambda rng, N: rng.standard_normal(N)),
        ("two permutations", lambda rng, N: rng.permutation(rng.permutation(N))),
    ],
    "starts": [
        ("the count", lambda N, B: N // B),
        ("the count, rounded up", lambda N, B: int(np.ceil(N / B))),
        ("batch numbers", lambda N, B: range(N // B)),
        ("batch numbers, rounded up", lambda N, B: list(range(-(-N // B)))),
        ("whole batches only", lambda N, B: range(0, N - B + 1, B)),
        ("whole batches only, by product", lambda N, B: [k * B for k in range(N // B)]),
        ("one empty batch more", lambda N, B: range(0, N + 1, B)),
        ("one batch more", lambda N, B: [k * B for k in range(N // B + 1)]),
        ("from one", lambda N, B: range(1, N, B)),
        ("the ends", lambda N, B: range(B, N + B, B)),
        ("without zero", lambda N, B: range(B, N, B)),
        ("without step", lambda N, B: range(0, N)),
        ("N and B exchanged", lambda N, B: range(0, B, N)),
        ("linspace", lambda N, B: np.linspace(0, N, N // B)),
        ("divided", lambda N, B: N / B),
        ("step and end exchanged", lambda N, B: np.arange(0, B, N)),
        ("rounded count", lambda N, B: [k * B for k in range(round(N / B))]),
        ("pairs", lambda N, B: [(s, s + B) for s in range(0, N, B)]),
    ],
    "part": [
        ("the end is B", lambda order, start, B: order[start:B]),
        ("from the beginning", lambda order, start, B: order[:B]),
        ("one short", lambda order, start, B: order[start : start + B - 1]),
        ("one more", lambda order, start, B: order[start : start + B + 1]),
        ("times B", lambda order, start, B: order[start * B : start * B + B]),
        ("stride", lambda order, start, B: order[start::B]),
        ("everything after", lambda order, start, B: order[start:]),
        ("everything before", lambda order, start, B: order[:start]),
        ("a single one", lambda order, start, B: order[start]),
        ("places, not rows", lambda order, start, B: np.arange(start, start + B)),
        ("places as range", lambda order, start, B: range(start, start + B)),
        ("sorted", lambda order, start, B: np.sort(order[start : start + B])),
        ("the last B", lambda order, start, B: order[-B:]),
        ("from start + 1", lambda order, start, B: order[start + 1 : start + 1 + B]),
        ("padded by wrapping round", lambda order, start, B: np.resize(order[start:], B)),
        (
            "whole batches only",
            lambda order, start, B: order[: len(order) // B * B][start:][:B],
        ),
        ("comma for colon", lambda order, start, B: order[start, start + B]),
    ],
    "batch": [
        ("labels of all", lambda X, y, part: (X[part], y)),
        ("first labels", lambda X, y, part: (X[part], y[: len(part)])),
        ("first rows of both", lambda X, y, part: (X[: len(part)], y[: len(part)])),
        ("images alone", lambda X, y, part: X[part]),
        ("labels first", lambda X, y, part: (y[part], X[part])),
        ("columns", lambda X, y, part: (X[:, part], y[part])),
        ("sorted images", lambda X, y, part: (X[sorted(part)], y[part])),
        ("sorted labels", lambda X, y, part: (X[part], np.sort(y[part]))),
        ("list of pairs", lambda X, y, part: [(X[i], y[i]) for i in part]),
        ("first row of part", lambda X, y, part: (X[part[0]], y[part[0]])),
        ("slice", lambda X, y, part: (X[: part[-1]], y[: part[-1]])),
        ("one-hot", lambda X, y, part: (X[part], np.eye(10)[y[part]])),
        ("labels twice taken", lambda X, y, part: (X[part], part)),
        ("reversed labels", lambda X, y, part: (X[part], y[part][::-1])),
        ("images turned over", lambda X, y, part: (X[part].T, y[part])),
        ("added", lambda X, y, part: X[part] + y[part]),
    ],
    "dZ2": [
        ("N", lambda P, Y, N, B: (P - Y) / N),
        ("B", lambda P, Y, N, B: (P - Y) / B),
        ("nothing", lambda P, Y, N, B: P - Y),
        ("sign", lambda P, Y, N, B: (Y - P) / len(P)),
        ("size", lambda P, Y, N, B: (P - Y) / P.size),
        ("classes", lambda P, Y, N, B: (P - Y) / P.shape[1]),
        ("number of batches", lambda P, Y, N, B: (P - Y) / (N // B)),
        ("number of batches, a fraction", lambda P, Y, N, B: (P - Y) * B / N),
        ("N times B", lambda P, Y, N, B: (P - Y) / (N * B)),
        ("rest of the division", lambda P, Y, N, B: (P - Y) / max(N % B, 1)),
        ("brackets", lambda P, Y, N, B: P - Y / len(P)),
        ("mean", lambda P, Y, N, B: (P - Y).mean()),
        ("mean over rows", lambda P, Y, N, B: (P - Y).mean(axis=0)),
        ("squared", lambda P, Y, N, B: (P - Y) ** 2 / len(P)),
        ("times rows", lambda P, Y, N, B: (P - Y) * len(P)),
        ("root", lambda P, Y, N, B: (P - Y) / np.sqrt(len(P))),
        ("sum", lambda P, Y, N, B: (P + Y) / len(P)),
        ("integer division", lambda P, Y, N, B: (P - Y) // len(P)),
        ("P alone", lambda P, Y, N, B: P / len(P)),
    ],
    "step": [
        ("uphill", lambda W, dW, alpha: W + alpha * dW),
        ("no rate", lambda W, dW, alpha: W - dW),
        ("the step alone", lambda W, dW, alpha: alpha * dW),
        ("the step alone, downhill", lambda W, dW, alpha: -alpha * dW),
        ("exchanged", lambda W, dW, alpha: dW - alpha * W),
        ("sign of both", lambda W, dW, alpha: alpha * dW - W),
        ("divided", lambda W, dW, alpha: W - dW / alpha),
        ("brackets", lambda W, dW, alpha: (W - alpha) * dW),
        ("shrunk", lambda W, dW, alpha: W * (1 - alpha * dW)),
        ("both times alpha", lambda W, dW, alpha: alpha * (W - dW)),
        ("signs only", lambda W, dW, alpha: W - alpha * np.sign(dW)),
        ("squared rate", lambda W, dW, alpha: W - alpha**2 * dW),
        ("mean twice", lambda W, dW, alpha: W - alpha * dW / len(W)),
        ("rate subtracted", lambda W, dW, alpha: W - alpha - dW),
        ("mean slope", lambda W, dW, alpha: W - alpha * dW.mean()),
    ],
    "epoch_loss": [
        ("plain mean", lambda losses, rows: np.mean(losses)),
        ("sum", lambda losses, rows: losses.sum()),
        ("sum over digits", lambda losses, rows: (losses * rows).sum()),
        ("sum over N", lambda losses, rows: losses.sum() / rows.sum()),
        ("by batches", lambda losses, rows: (losses * rows).mean()),
        ("divided by rows", lambda losses, rows: (losses / rows).sum()),
        ("the last", lambda losses, rows: losses[-1]),
        ("the first", lambda losses, rows: losses[0]),
        ("median", lambda losses, rows: np.median(losses)),
        ("parts", lambda losses, rows: losses * rows / rows.sum()),
        ("short one left out", lambda losses, rows: losses[rows == rows[0]].mean()),
        ("without the last", lambda losses, rows: losses[:-1].mean()),
        (
            "last counted in full",
            lambda losses, rows: (losses * rows).sum() / (rows[0] * len(rows)),
        ),
        ("over the largest", lambda losses, rows: (losses * rows).sum() / rows.max()),
        ("weights exchanged", lambda losses, rows: np.average(rows, weights=losses)),
        ("inverse weights", lambda losses, rows: np.average(losses, weights=1 / rows)),
        ("the root", lambda losses, rows: np.sqrt((losses * rows).sum() / rows.sum())),
    ],
}.items():
    for said, mistake in mistakes:
        wrong(f"07.wall.{line}", said, mistake)
right("07.wall.order", "shuffled arange", lambda rng, N: rng.permutation(np.arange(N)))
right("07.wall.order", "shuffled list", lambda rng, N: rng.permutation(list(range(N))))
right("07.wall.starts", "a list", lambda N, B: list(range(0, N, B)))
right("07.wall.starts", "a comprehension", lambda N, B: [k for k in range(N) if k % B == 0])
right("07.wall.part", "take", lambda order, start, B: order[start:][:B])
right("07.wall.part", "split", lambda order, start, B: np.split(order, [start])[1][:B])
right("07.wall.batch", "a list", lambda X, y, part: [X[part], y[part]])
right("07.wall.batch", "loops", lambda X, y, part: ([X[i] for i in part], [y[i] for i in part]))
right("07.wall.dZ2", "rows of Y", lambda P, Y, N, B: (P - Y) / Y.shape[0])
right("07.wall.dZ2", "factor first", lambda P, Y, N, B: 1 / len(Y) * (P - Y))
right("07.wall.step", "minus first", lambda W, dW, alpha: -alpha * dW + W)
right("07.wall.epoch_loss", "dot", lambda losses, rows: np.dot(losses, rows) / np.sum(rows))
right(
    "07.wall.epoch_loss",
    "a loop",
    lambda losses, rows: sum(a * b for a, b in zip(losses, rows)) / sum(rows),
)


@wrong("07.wall.step", "in place")
def _(W, dW, alpha):
    W -= alpha * dW
    return W


@wrong("07.wall.order", "shuffles in place and forgets the return")
def _(rng, N):
    order = np.arange(N)
    rng.shuffle(order)


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


# A second reader's, who had only the text too.
for line, mistakes in {
    "order": [
        ("numbers between 0 and 1", lambda rng, N: rng.random(N)),
        ("from one to N", lambda rng, N: rng.permutation(np.arange(1, N + 1))),
    ],
    "starts": [
        ("a short last batch of one forgotten", lambda N, B: range(0, N - 1, B)),
        ("multiples, one too many", lambda N, B: np.arange(N // B + 1) * B),
    ],
    "part": [
        ("the batch before", lambda order, start, B: order[max(start - B, 0) : start]),
        ("beyond the end", lambda order, start, B: order[np.arange(start, start + B)]),
        ("a slice object", lambda order, start, B: slice(start, start + B)),
    ],
    "batch": [
        ("a dict", lambda X, y, part: {"X": X[part], "y": y[part]}),
        ("labels as a column", lambda X, y, part: (X[part], y[part][:, None])),
        (
            "from first to last",
            lambda X, y, part: (X[part[0] : part[-1]], y[part[0] : part[-1]]),
        ),
    ],
    "dZ2": [
        ("the smaller of N and B", lambda P, Y, N, B: (P - Y) / min(N, B)),
        ("corrected by N and B", lambda P, Y, N, B: (P - Y) / len(P) * N / B),
        ("the softmax's own slope", lambda P, Y, N, B: P * (1 - P) / len(P)),
    ],
    "step": [
        ("in place by ufunc", lambda W, dW, alpha: np.subtract(W, alpha * dW, out=W)),
        ("the rate shrinks W", lambda W, dW, alpha: (1 - alpha) * W - alpha * dW),
    ],
    "epoch_loss": [
        ("over the sum of losses", lambda losses, rows: losses @ rows / losses.sum()),
    ],
}.items():
    for said, mistake in mistakes:
        wrong(f"07.wall.{line}", said, mistake)
right("07.wall.dZ2", "the ones of Y counted", lambda P, Y, N, B: (P - Y) / Y.sum())
wrong(
    "07.variance_of_mean",
    "B minus one twice",
    lambda G: G.var(axis=0, ddof=1).sum() / (len(G) - 1),
)
wrong("07.variance_of_mean", "the batch's own length", lambda G: (G.mean(axis=0) ** 2).sum())
wrong("07.variance_of_mean", "times B", lambda G: G.var(axis=0, ddof=1).sum() * len(G))
wrong("07.variance_of_mean", "along the rows", lambda G: G.var(axis=1, ddof=1).sum() / len(G))
right("07.variance_of_mean", "trace", lambda G: np.trace(np.cov(np.asarray(G).T)) / len(G))


@wrong("07.even_batches", "labels first")
def _(X, y, size, rng):
    order = rng.permutation(len(X))
    return [(y[p], X[p]) for p in np.array_split(order, -(-len(X) // size))]


@wrong("07.even_batches", "an even size rounded up, and the rest")
def _(X, y, size, rng):
    order, count = rng.permutation(len(X)), -(-len(X) // size)
    rows = -(-len(X) // count)
    starts = range(0, count * rows, rows)
    return [(X[order[i : i + rows]], y[order[i : i + rows]]) for i in starts]


@wrong("07.even_batches", "X and y overwritten")
def _(X, y, size, rng):
    order, count = rng.permutation(len(X)), -(-len(X) // size)
    X[:], y[:] = X[order], y[order]
    return list(zip(np.array_split(X, count), np.array_split(y, count)))


@wrong("07.smoothed", "the oldest weighs most")
def _(losses, beta):
    weights = beta ** np.arange(len(losses))
    return np.cumsum(weights * losses) / np.cumsum(weights)


@wrong("07.smoothed", "divided by the number of losses")
def _(losses, beta):
    return np.array(
        [(beta ** np.arange(t, -1, -1) * losses[: t + 1]).mean() for t in range(len(losses))]
    )


@wrong("07.smoothed", "beta times k")
def _(losses, beta):
    means = [losses[0]]
    for t in range(1, len(losses)):
        means.append(np.average(losses[: t + 1], weights=beta * np.arange(t, -1, -1)))
    return np.array(means)


for said, mistake in [
    ("the lowest loss", lambda rates, losses: np.nanmin(losses)),
    ("ten times", lambda rates, losses: rates[np.nanargmin(losses)] * 10),
    ("half", lambda rates, losses: rates[np.nanargmin(losses)] / 2),
    ("the steepest place", lambda rates, losses: rates[np.nanargmin(np.diff(losses))]),
    ("a tenth of the first rate", lambda rates, losses: rates.min() / 10),
]:
    wrong("07.choose_rate", said, mistake)
