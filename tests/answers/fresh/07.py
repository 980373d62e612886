"""Fresh answers to the exercises of notebook 07, written from its text alone."""

import numpy as np
from wrong_answers import right, wrong

# The wall.
W = "07.wall."
wrong(W + "order", "with replacement", lambda rng, N: rng.integers(0, N, size=N))
wrong(W + "order", "choice, which puts back", lambda rng, N: rng.choice(N, N))
wrong(W + "order", "not shuffled", lambda rng, N: np.arange(N))
wrong(W + "order", "from 1 to N", lambda rng, N: rng.permutation(N) + 1)
wrong(W + "order", "shuffle returns None", lambda rng, N: rng.shuffle(np.arange(N)))
wrong(
    W + "order",
    "its own generator, always the same",
    lambda rng, N: np.random.default_rng(0).permutation(N),
)
right(W + "order", "permutation of a range", lambda rng, N: list(rng.permutation(np.arange(N))))
wrong(W + "starts", "the last batch dropped", lambda N, B: np.arange(N // B) * B)
wrong(W + "starts", "numbers of the batches", lambda N, B: range(-(-N // B)))
wrong(W + "starts", "one too many where B divides N", lambda N, B: np.arange(0, N + 1, B))
wrong(W + "starts", "B and N exchanged", lambda N, B: np.arange(0, B, N))
wrong(W + "starts", "linspace", lambda N, B: np.linspace(0, N, N // B))
wrong(W + "starts", "the ends", lambda N, B: np.arange(B, N + B, B))
right(W + "starts", "comprehension", lambda N, B: [i for i in range(N) if i % B == 0])
wrong(W + "part", "to B", lambda order, start, B: order[start:B])
wrong(W + "part", "no order", lambda order, start, B: np.arange(start, start + B))
wrong(
    W + "part",
    "start is a batch number",
    lambda order, start, B: order[start * B : (start + 1) * B],
)
wrong(W + "part", "one too many", lambda order, start, B: order[start : start + B + 1])
wrong(W + "part", "from the start to the end", lambda order, start, B: order[start:])
wrong(W + "part", "the first B", lambda order, start, B: order[:B])
right(W + "part", "list of those", lambda order, start, B: list(order[start:][:B]))
wrong(W + "batch", "labels not reordered", lambda X, y, part: (X[part], y[: len(part)]))
wrong(W + "batch", "columns", lambda X, y, part: (X[:, part], y[part]))
wrong(W + "batch", "exchanged", lambda X, y, part: (y[part], X[part]))
wrong(W + "batch", "labels sorted", lambda X, y, part: (X[part], y[np.sort(part)]))
wrong(W + "batch", "images alone", lambda X, y, part: X[part])
wrong(
    W + "batch",
    "a slice from first to last",
    lambda X, y, part: (X[part[0] : part[-1] + 1], y[part[0] : part[-1] + 1]),
)
right(
    W + "batch",
    "a list of two",
    lambda X, y, part: [X.take(part, axis=0), [y[i] for i in part]],
)
wrong(W + "dZ2", "by B", lambda P, Y, N, B: (P - Y) / B)
wrong(W + "dZ2", "by N", lambda P, Y, N, B: (P - Y) / N)
wrong(W + "dZ2", "not averaged", lambda P, Y, N, B: P - Y)
wrong(W + "dZ2", "sign", lambda P, Y, N, B: (Y - P) / len(P))
wrong(W + "dZ2", "by the number of batches", lambda P, Y, N, B: (P - Y) / (N / B))
wrong(W + "dZ2", "by all entries", lambda P, Y, N, B: (P - Y) / P.size)
wrong(W + "dZ2", "N modulo B, the last batch always", lambda P, Y, N, B: (P - Y) / (N % B or B))
right(W + "dZ2", "times one over", lambda P, Y, N, B: 1 / Y.shape[0] * (P - Y))
wrong(W + "step", "uphill", lambda W, dW, alpha: W + alpha * dW)
wrong(W + "step", "no rate", lambda W, dW, alpha: W - dW)
wrong(W + "step", "just the step", lambda W, dW, alpha: -alpha * dW)
wrong(W + "step", "W also shrinks", lambda W, dW, alpha: (1 - alpha) * W - alpha * dW)
wrong(W + "step", "wrong brackets", lambda W, dW, alpha: alpha * (W - dW))


@wrong(W + "step", "in place")
def _(W, dW, alpha):
    W -= alpha * dW
    return W


right(W + "step", "np.subtract", lambda W, dW, alpha: np.subtract(W, np.multiply(dW, alpha)))
wrong(W + "epoch_loss", "plain mean", lambda losses, rows: np.mean(losses))
wrong(W + "epoch_loss", "sum", lambda losses, rows: sum(losses))
wrong(W + "epoch_loss", "not divided", lambda losses, rows: (losses * rows).sum())
wrong(
    W + "epoch_loss",
    "divided by the number of batches",
    lambda losses, rows: np.mean(losses * rows),
)
wrong(W + "epoch_loss", "divided by the rows first", lambda losses, rows: (losses / rows).sum())
wrong(
    W + "epoch_loss",
    "sum of losses by the rows",
    lambda losses, rows: losses.sum() / rows.sum(),
)
wrong(
    W + "epoch_loss",
    "by the rows of the first batch",
    lambda losses, rows: (losses * rows).sum() / (rows[0] * len(rows)),
)
right(W + "epoch_loss", "a dot", lambda losses, rows: np.dot(losses, rows) / np.sum(rows))

V = "07.variance_of_mean"
wrong(V, "forgets to divide by B", lambda G: ((G - G.mean(axis=0)) ** 2).sum() / (len(G) - 1))
wrong(
    V,
    "divides by B twice, no minus one",
    lambda G: ((G - G.mean(axis=0)) ** 2).sum() / len(G) ** 2,
)
wrong(V, "mean over all", lambda G: ((G - G.mean()) ** 2).sum() / (len(G) - 1) / len(G))
wrong(V, "one per parameter", lambda G: G.var(axis=0, ddof=1) / len(G))
wrong(V, "mean of the parameters", lambda G: G.var(axis=0, ddof=1).mean() / len(G))
wrong(
    V,
    "rows for columns",
    lambda G: ((G - G.mean(axis=1, keepdims=True)) ** 2).sum() / (len(G) - 1) / len(G),
)
wrong(
    V,
    "root: the length of the error",
    lambda G: np.sqrt(((G - G.mean(axis=0)) ** 2).sum() / (len(G) - 1) / len(G)),
)
wrong(V, "B - 1 squared", lambda G: ((G - G.mean(axis=0)) ** 2).sum() / (len(G) - 1) ** 2)
wrong(V, "no mean taken away", lambda G: (G**2).sum() / (len(G) - 1) / len(G))
wrong(V, "std of everything", lambda G: G.std(ddof=1) ** 2 / len(G))
wrong(
    V,
    "B is taken from the columns",
    lambda G: ((G - G.mean(axis=0)) ** 2).sum() / (G.shape[1] - 1) / G.shape[1],
)


@right(V, "loop")
def _(G):
    B, M = np.shape(G)
    total = 0
    for m in range(M):
        for i in range(B):
            total += (G[i, m] - sum(G[:, m]) / B) ** 2
    return np.array(total / (B - 1) / B)


E = "07.even_batches"


@wrong(E, "plain batches, a small last one")
def _(X, y, size, rng):
    order = rng.permutation(len(X))
    return [(X[order[s : s + size]], y[order[s : s + size]]) for s in range(0, len(X), size)]


@wrong(E, "array_split with N // size pieces")
def _(X, y, size, rng):
    order = rng.permutation(len(X))
    return [(X[p], y[p]) for p in np.array_split(order, len(X) // size)]


@wrong(E, "one piece too many where size divides N")
def _(X, y, size, rng):
    order = rng.permutation(len(X))
    return [(X[p], y[p]) for p in np.array_split(order, len(X) // size + 1)]


@wrong(E, "size pieces")
def _(X, y, size, rng):
    order = rng.permutation(len(X))
    return [(X[p], y[p]) for p in np.array_split(order, size)]


@wrong(E, "yields")
def _(X, y, size, rng):
    order = rng.permutation(len(X))
    for p in np.array_split(order, -(-len(X) // size)):
        yield X[p], y[p]


@wrong(E, "not shuffled")
def _(X, y, size, rng):
    k = -(-len(X) // size)
    return list(zip(np.array_split(X, k), np.array_split(y, k)))


@wrong(E, "images and labels shuffled each by itself")
def _(X, y, size, rng):
    k = -(-len(X) // size)
    return list(
        zip(np.array_split(rng.permutation(X), k), np.array_split(rng.permutation(y), k))
    )


@wrong(E, "two lists for a list of pairs")
def _(X, y, size, rng):
    order = rng.permutation(len(X))
    parts = np.array_split(order, -(-len(X) // size))
    return [X[p] for p in parts], [y[p] for p in parts]


@wrong(E, "equal sizes, the rest dropped")
def _(X, y, size, rng):
    order = rng.permutation(len(X))
    k = int(np.ceil(len(X) / size))
    b = len(X) // k
    return [(X[order[i * b : i * b + b]], y[order[i * b : i * b + b]]) for i in range(k)]


@wrong(E, "equal sizes, the rest all in the last")
def _(X, y, size, rng):
    order = rng.permutation(len(X))
    k = int(np.ceil(len(X) / size))
    b = len(X) // k
    cuts = [i * b for i in range(k)] + [len(X)]
    return [(X[order[s:e]], y[order[s:e]]) for s, e in zip(cuts, cuts[1:])]


@wrong(E, "the small ones first")
def _(X, y, size, rng):
    order = rng.permutation(len(X))
    k = -(-len(X) // size)
    b, more = divmod(len(X), k)
    found, at = [], 0
    for i in range(k):
        n = b + (i >= k - more)
        found.append((X[order[at : at + n]], y[order[at : at + n]]))
        at += n
    return found


@wrong(E, "every k-th row of the order")
def _(X, y, size, rng):
    order = rng.permutation(len(X))
    k = -(-len(X) // size)
    return [(X[order[i::k]], y[order[i::k]]) for i in range(k)]


@right(E, "by hand")
def _(X, y, size, rng):
    left = list(rng.permutation(len(y)))
    count = (len(left) + size - 1) // size
    pairs = []
    while count:
        n = -(-len(left) // count)
        pairs.append([X[left[:n]], y[left[:n]]])
        left, count = left[n:], count - 1
    return pairs


S = "07.smoothed"


@wrong(S, "moving average from 0, not corrected")
def _(losses, beta):
    s, found = 0, []
    for loss in losses:
        s = beta * s + (1 - beta) * loss
        found.append(s)
    return np.array(found)


@wrong(S, "starts at the first loss")
def _(losses, beta):
    s, found = losses[0], []
    for loss in losses:
        s = beta * s + (1 - beta) * loss
        found.append(s)
    return np.array(found)


@wrong(S, "sum, not a mean")
def _(losses, beta):
    s, found = 0, []
    for loss in losses:
        s = beta * s + loss
        found.append(s)
    return np.array(found)


@wrong(S, "beta and 1 - beta exchanged")
def _(losses, beta):
    s, found = 0, []
    for t, loss in enumerate(losses, start=1):
        s = (1 - beta) * s + beta * loss
        found.append(s / (1 - (1 - beta) ** t))
    return np.array(found)


@wrong(S, "corrected with t from 0")
def _(losses, beta):
    s, found = 0, []
    for t, loss in enumerate(losses):
        s = beta * s + (1 - beta) * loss
        found.append(s / (1 - beta**t) if t else loss)
    return np.array(found)


@wrong(S, "corrected value carried on")
def _(losses, beta):
    s, found = 0, []
    for t, loss in enumerate(losses, start=1):
        s = beta * s + (1 - beta) * loss
        s = s / (1 - beta**t)
        found.append(s)
    return np.array(found)


@wrong(S, "weights in reverse: the oldest counts most")
def _(losses, beta):
    found = []
    for t in range(1, len(losses) + 1):
        w = beta ** np.arange(t)
        found.append((w * losses[:t]).sum() / w.sum())
    return np.array(found)


@wrong(S, "only the last value")
def _(losses, beta):
    w = beta ** np.arange(len(losses))[::-1]
    return (w * losses).sum() / w.sum()


@wrong(S, "running mean, no beta")
def _(losses, beta):
    return np.cumsum(losses) / np.arange(1, len(losses) + 1)


@wrong(S, "divided by the number and not by the weights")
def _(losses, beta):
    found = []
    for t in range(1, len(losses) + 1):
        w = beta ** np.arange(t)[::-1]
        found.append((w * losses[:t]).mean())
    return np.array(found)


@wrong(S, "return inside the loop")
def _(losses, beta):
    s, found = 0, []
    for t, loss in enumerate(losses, start=1):
        s = beta * s + (1 - beta) * loss
        found.append(s / (1 - beta**t))
        return np.array(found)


@right(S, "two sums, returned as a list")
def _(losses, beta):
    above, below, found = 0.0, 0.0, []
    for loss in losses:
        above, below = beta * above + loss, beta * below + 1
        found.append(above / below)
    return found


C = "07.choose_rate"
wrong(C, "the rate at the lowest loss", lambda rates, losses: rates[np.nanargmin(losses)])
wrong(C, "argmin stumbles over NaN", lambda rates, losses: rates[np.argmin(losses)] / 10)
wrong(C, "a tenth of the loss", lambda rates, losses: np.nanmin(losses) / 10)
wrong(C, "ten times", lambda rates, losses: 10 * rates[np.nanargmin(losses)])
wrong(C, "the index", lambda rates, losses: np.nanargmin(losses) / 10)
wrong(
    C,
    "the last finite rate",
    lambda rates, losses: np.array(rates)[np.isfinite(losses)][-1] / 10,
)
wrong(C, "the steepest fall", lambda rates, losses: rates[np.nanargmin(np.diff(losses))])
right(
    C,
    "python min over pairs: what is not a number stands last",
    lambda rates, losses: min(zip(losses, rates))[1] / 10,
)
wrong(
    C,
    "filters the losses and then indexes all rates after the first bad",
    lambda rates, losses: np.argmin(np.array(losses)[np.isfinite(losses)]),
)
wrong(C, "a tenth of the lowest rate", lambda rates, losses: min(rates) / 10)
wrong(
    C,
    "the place a tenth of the way",
    lambda rates, losses: rates[int(np.nanargmin(losses)) // 10],
)
wrong(C, "nan becomes 0", lambda rates, losses: rates[np.argmin(np.nan_to_num(losses))] / 10)
right(
    C,
    "pairs of finite ones",
    lambda rates, losses: min((l, r) for l, r in zip(losses, rates) if np.isfinite(l))[1] * 0.1,
)
