"""Answers to the exercises of notebook 12, written from its text."""

import numpy as np
from wrong_answers import right, wrong

for line, mistakes in {
    "mask": [
        ("no factor", lambda draws, p: np.where(draws < p, 0.0, 1.0)),
        ("booleans", lambda draws, p: draws >= p),
        ("divided by p", lambda draws, p: np.where(draws < p, 0, 1 / p)),
        ("wrong way round", lambda draws, p: np.where(draws < p, 1 / (1 - p), 0)),
        ("wrong way round, no factor", lambda draws, p: (draws < p).astype(float)),
        ("p kept", lambda draws, p: (draws < p) / p),
        ("p kept, its own factor", lambda draws, p: (draws < p) * p),
        ("dropped above 1 - p", lambda draws, p: (draws <= 1 - p) / (1 - p)),
        ("smaller", lambda draws, p: (draws > p) * (1 - p)),
        ("1 + p", lambda draws, p: (draws > p) * (1 + p)),
        ("the draw itself", lambda draws, p: draws * (draws >= p) / (1 - p)),
        ("only the factor", lambda draws, p: 1 / (1 - p)),
        ("one half", lambda draws, p: (draws >= 0.5) * 2),
        ("factor everywhere", lambda draws, p: np.ones_like(draws) / (1 - p)),
        ("root", lambda draws, p: (draws >= p) / (1 - p) ** 0.5),
        ("factor squared", lambda draws, p: (draws >= p) / (1 - p) ** 2),
        ("brackets", lambda draws, p: (draws >= p) / 1 - p),
        ("dropped are -1", lambda draws, p: np.where(draws < p, -1, 1 / (1 - p))),
        ("drawn anew", lambda draws, p: (np.random.random(draws.shape) >= p) / (1 - p)),
        ("kept entries only", lambda draws, p: draws[draws >= p] / (1 - p)),
        ("this draw's share", lambda draws, p: (draws >= p) * draws.size / (draws >= p).sum()),
    ],
    "Y": [
        ("no factor", lambda A, mask: np.where(mask > 0, A, 0)),
        ("matrix product", lambda A, mask: A @ mask),
        ("the input", lambda A, mask: A),
        ("sum", lambda A, mask: A + mask),
        ("the mask", lambda A, mask: mask),
        ("picked", lambda A, mask: A[mask != 0]),
        ("divided", lambda A, mask: A / np.where(mask == 0, np.inf, mask)),
        ("mean of the mask", lambda A, mask: A * mask / mask.mean()),
        ("turned", lambda A, mask: A * (mask == 0)),
        ("one half", lambda A, mask: A * mask * 0.5),
        ("ReLU", lambda A, mask: np.maximum(A, mask)),
    ],
    "dA": [
        ("unchanged", lambda dY, mask: dY),
        ("no factor", lambda dY, mask: dY * (mask != 0)),
        ("divided", lambda dY, mask: np.where(mask > 0, dY / np.maximum(mask, 1), 0)),
        ("the mask", lambda dY, mask: mask),
        ("matrix product", lambda dY, mask: dY @ mask.T),
        ("turned round", lambda dY, mask: dY * (1 - (mask > 0))),
        ("minus", lambda dY, mask: -dY * mask),
        ("squared", lambda dY, mask: dY * mask**2),
        ("mean over images", lambda dY, mask: dY * mask / len(dY)),
        ("sum", lambda dY, mask: (dY * mask).sum(axis=0)),
        ("1 - mask", lambda dY, mask: dY * (1 - mask)),
    ],
    "use": [
        ("times 1 - p", lambda A, p: A * (1 - p)),
        ("over 1 - p", lambda A, p: A / (1 - p)),
        ("times p", lambda A, p: p * A),
        ("over p", lambda A, p: A / p),
        ("dropout again", lambda A, p: A * (np.random.random(A.shape) >= p) / (1 - p)),
        ("mean", lambda A, p: A.mean(axis=0)),
        ("zero", lambda A, p: np.zeros_like(A)),
        ("one half", lambda A, p: A / 2),
        ("p", lambda A, p: p),
        ("dropped where small", lambda A, p: np.where(p > A, 0, A)),
    ],
    "sgd": [
        ("no charge", lambda W, dW, alpha, lam: W - alpha * dW),
        ("no rate before it", lambda W, dW, alpha, lam: W - alpha * dW - lam * W),
        ("grows", lambda W, dW, alpha, lam: (1 + alpha * lam) * W - alpha * dW),
        ("2", lambda W, dW, alpha, lam: W - alpha * dW - 2 * alpha * lam * W),
        ("one half", lambda W, dW, alpha, lam: W - alpha * (dW + 0.5 * lam * W)),
        ("squares", lambda W, dW, alpha, lam: W - alpha * (dW + lam * W**2)),
        ("half squares", lambda W, dW, alpha, lam: W - alpha * (dW + lam * W**2 / 2)),
        (
            "sum of squares",
            lambda W, dW, alpha, lam: W - alpha * (dW + lam / 2 * np.sum(W**2)),
        ),
        ("sign", lambda W, dW, alpha, lam: W - alpha * (dW + lam * np.sign(W))),
        ("absolute", lambda W, dW, alpha, lam: W - alpha * (dW + lam * abs(W))),
        ("price alone", lambda W, dW, alpha, lam: W - alpha * (dW + lam)),
        ("share alone", lambda W, dW, alpha, lam: (1 - lam) * W - alpha * dW),
        ("uphill", lambda W, dW, alpha, lam: W + alpha * (dW + lam * W)),
        ("slope", lambda W, dW, alpha, lam: dW + lam * W),
        ("the movement", lambda W, dW, alpha, lam: -alpha * (dW + lam * W)),
        ("price before all", lambda W, dW, alpha, lam: W - alpha * lam * (dW + W)),
        ("after the step", lambda W, dW, alpha, lam: (1 - alpha * lam) * (W - alpha * dW)),
        ("of the slope", lambda W, dW, alpha, lam: W - alpha * (dW + lam * dW)),
        ("brackets", lambda W, dW, alpha, lam: W - alpha * dW + lam * W),
        ("mean", lambda W, dW, alpha, lam: W - alpha * (dW + lam * W / len(W))),
    ],
    "adamw": [
        ("no decay", lambda W, Q, alpha, lam: W - alpha * Q),
        ("no rate before it", lambda W, Q, alpha, lam: W - alpha * Q - lam * W),
        ("share alone", lambda W, Q, alpha, lam: W * (1 - lam) - alpha * Q),
        ("after the step", lambda W, Q, alpha, lam: (W - alpha * Q) * (1 - alpha * lam)),
        ("grows", lambda W, Q, alpha, lam: W - alpha * Q + alpha * lam * W),
        ("of Q", lambda W, Q, alpha, lam: W - alpha * Q - alpha * lam * Q),
        ("in the sign", lambda W, Q, alpha, lam: W - alpha * np.sign(Q + lam * W)),
        ("price before all", lambda W, Q, alpha, lam: W - alpha * lam * (Q + W)),
        ("no rate before Q", lambda W, Q, alpha, lam: W - Q - alpha * lam * W),
        ("one half", lambda W, Q, alpha, lam: W - alpha * Q - alpha * lam / 2 * W),
        ("squares", lambda W, Q, alpha, lam: W - alpha * Q - alpha * lam * W**2),
        ("the same for all", lambda W, Q, alpha, lam: W - alpha * Q - alpha * lam),
        ("the decay alone", lambda W, Q, alpha, lam: W - alpha * lam * W),
        ("uphill", lambda W, Q, alpha, lam: W + alpha * Q - alpha * lam * W),
        ("divided by Q", lambda W, Q, alpha, lam: W - alpha * Q - alpha * lam * W / abs(Q)),
    ],
}.items():
    for said, mistake in mistakes:
        wrong(f"12.wall.{line}", said, mistake)
right("12.wall.mask", "strictly above", lambda draws, p: (draws > p) * (1 / (1 - p)))
right(
    "12.wall.mask",
    "lists",
    lambda draws, p: [[0 if u < p else 1 / (1 - p) for u in row] for row in draws],
)
right("12.wall.Y", "multiply", lambda A, mask: np.multiply(mask, A))
right("12.wall.dA", "loop", lambda dY, mask: [list(d * m) for d, m in zip(dY, mask)])
right("12.wall.use", "times one", lambda A, p: 1 * A)
right(
    "12.wall.sgd", "shrink first", lambda W, dW, alpha, lam: W * (1 - lam * alpha) - dW * alpha
)
right(
    "12.wall.adamw", "shrink first", lambda W, Q, alpha, lam: W * (1 - lam * alpha) - Q * alpha
)


@right("12.wall.sgd", "in a copy")
def _(W, dW, alpha, lam):
    W = W.copy()
    W *= 1 - alpha * lam
    W -= alpha * dW
    return W


@wrong("12.wall.sgd", "in place")
def _(W, dW, alpha, lam):
    W -= alpha * (dW + lam * W)
    return W


@wrong("12.wall.Y", "in place")
def _(A, mask):
    A *= mask
    return A


inverse = np.linalg.inv
C = "12.comes_from"
wrong(C, "forwards", lambda v, M, t, c: M @ (v - c) + c + t)
wrong(C, "M not inverted", lambda v, M, t, c: M @ (v - c - t) + c)
wrong(C, "turned over", lambda v, M, t, c: M.T @ (v - c - t) + c)
wrong(C, "shift added", lambda v, M, t, c: inverse(M) @ (v - c + t) + c)
wrong(C, "shift afterwards", lambda v, M, t, c: inverse(M) @ (v - c) + c - t)
wrong(C, "shift forgotten", lambda v, M, t, c: inverse(M) @ (v - c) + c)
wrong(C, "centre not put back", lambda v, M, t, c: inverse(M) @ (v - c - t))
wrong(C, "no centre", lambda v, M, t, c: inverse(M) @ (v - t))
wrong(C, "centre put back only", lambda v, M, t, c: inverse(M) @ (v - t) + c)
wrong(C, "from the right", lambda v, M, t, c: (v - c - t) @ inverse(M) + c)
wrong(C, "entry by entry", lambda v, M, t, c: inverse(M) * (v - c - t) + c)
wrong(C, "one over M", lambda v, M, t, c: (1 / (M + 1e-9)) @ (v - c - t) + c)
wrong(C, "divided", lambda v, M, t, c: (v - c - t) / M + c)
wrong(C, "centre taken off twice", lambda v, M, t, c: inverse(M) @ (v - c - t) - c)
wrong(C, "centre added first", lambda v, M, t, c: inverse(M) @ (v + c - t) - c)
wrong(C, "x and y exchanged", lambda v, M, t, c: (inverse(M) @ (v - c - t) + c)[::-1])
wrong(C, "rounded", lambda v, M, t, c: np.round(inverse(M) @ (v - c - t) + c))
wrong(C, "minus M", lambda v, M, t, c: -M @ (v - c - t) + c)
wrong(C, "v itself", lambda v, M, t, c: v - t)
wrong(C, "inverse of the sum", lambda v, M, t, c: inverse(M) @ v - t)
wrong(C, "power", lambda v, M, t, c: M**-1.0 @ (v - c - t) + c)
wrong(C, "centre outside", lambda v, M, t, c: inverse(M) @ (v - t) - c + c)
right(C, "solve", lambda v, M, t, c: np.linalg.solve(M, v - c - t) + c)
right(C, "list", lambda v, M, t, c: [float(x) for x in inverse(M) @ (v - t - c) + c])
right(C, "column", lambda v, M, t, c: (inverse(M) @ (v - c - t)[:, None])[:, 0] + c)

L = "12.l1_gradient"
wrong(L, "1 at zero", lambda theta, lam, mask: lam * np.where(theta >= 0, 1, -1) * mask)
wrong(L, "NaN at zero", lambda theta, lam, mask: lam * theta / np.abs(theta) * mask)
wrong(L, "lambda left out", lambda theta, lam, mask: np.sign(theta) * mask)
wrong(L, "minus", lambda theta, lam, mask: -lam * np.sign(theta) * mask)
wrong(L, "mask inverted", lambda theta, lam, mask: lam * np.sign(theta) * ~mask)
wrong(L, "2 lambda w", lambda theta, lam, mask: 2 * lam * theta * mask)
wrong(L, "half", lambda theta, lam, mask: 0.5 * lam * np.sign(theta) * mask)
wrong(L, "only the weights are returned", lambda theta, lam, mask: lam * np.sign(theta[mask]))
wrong(L, "the penalty", lambda theta, lam, mask: lam * np.abs(theta[mask]).sum())
wrong(L, "divided by N", lambda theta, lam, mask: lam * np.sign(theta) * mask / len(theta))
wrong(L, "an if", lambda theta, lam, mask: lam if theta > 0 else -lam)
wrong(L, "only positive", lambda theta, lam, mask: lam * (theta > 0) * mask)
right(
    L,
    "list",
    lambda theta, lam, mask: [lam * float(np.sign(w)) if m else 0 for w, m in zip(theta, mask)],
)

S = "12.matching_sigma"
wrong(S, "p", lambda p: p)
wrong(S, "root of p", lambda p: np.sqrt(p))
wrong(S, "1 / (1-p)", lambda p: 1 / (1 - p))
wrong(S, "p over 1-p squared", lambda p: np.sqrt(p / (1 - p) ** 2))
wrong(S, "root forgotten below", lambda p: np.sqrt(p) / (1 - p))
wrong(S, "minus one forgotten", lambda p: np.sqrt(1 / (1 - p)))
wrong(S, "upside down", lambda p: np.sqrt((1 - p) / p))
wrong(S, "mean", lambda p: 1.0)
wrong(S, "square", lambda p: (p / (1 - p)) ** 2)
wrong(S, "p(1-p)", lambda p: p * (1 - p))
wrong(S, "plus", lambda p: np.sqrt(p / (1 + p)))

E = "12.early_stop"


@wrong(E, "best is the loss, not the epoch")
def _(losses, patience, margin):
    best, waited = losses[0], 0
    for i, loss in enumerate(losses[1:], 1):
        if loss < best - margin:
            best, waited = loss, 0
        else:
            waited += 1
        if waited == patience:
            return best, i
    return best, len(losses) - 1


@wrong(E, "counted from 1")
def _(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best] - margin:
            best = i
        if i - best == patience:
            return best + 1, i + 1
    return best + 1, len(losses)


@wrong(E, "a loss equal to the margin counts")
def _(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if i and loss <= losses[best] - margin:
            best = i
        if i - best == patience:
            return best, i
    return best, len(losses) - 1


@wrong(E, "plus margin")
def _(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best] + margin:
            best = i
        if i - best == patience:
            return best, i
    return best, len(losses) - 1


@wrong(E, "stops one early")
def _(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best] - margin:
            best = i
        if i - best == patience:
            return best, i - 1
    return best, len(losses) - 1


@wrong(E, "without a stop returns the length")
def _(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best] - margin:
            best = i
        if i - best == patience:
            return best, i
    return best, len(losses)


@wrong(E, "waiting is never reset")
def _(losses, patience, margin):
    best, waited = 0, 0
    for i, loss in enumerate(losses):
        if loss < losses[best] - margin:
            best = i
        elif i:
            waited += 1
        if waited == patience:
            return best, i
    return best, len(losses) - 1


@wrong(E, "exchanged")
def _(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best] - margin:
            best = i
        if i - best == patience:
            return i, best
    return len(losses) - 1, best


@wrong(E, "never stops")
def _(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best] - margin:
            best = i
    return best, len(losses) - 1


@wrong(E, "no return at the end")
def _(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best] - margin:
            best = i
        if i - best == patience:
            return best, i


@wrong(E, "the plain minimum")
def _(losses, patience, margin):
    return int(np.argmin(losses)), len(losses) - 1


# From a second reader: what got no helpful sentence before, and right answers in another style.
for line, mistakes in {
    "mask": [
        ("draws above 1 - p", lambda draws, p: (draws > 1 - p) / (1 - p)),
        ("the factor of one half", lambda draws, p: 2.0 * (draws >= p)),
        ("1 / (1 + p)", lambda draws, p: (draws >= p) / (1 + p)),
        (
            "one draw for all images",
            lambda draws, p: np.broadcast_to((draws[0] >= p) / (1 - p), draws.shape),
        ),
    ],
    "Y": [
        ("as it came", lambda A, mask: A),
        (
            "divided where kept",
            lambda A, mask: np.divide(A, mask, out=np.zeros_like(A), where=mask > 0),
        ),
        ("a ReLU as well", lambda A, mask: np.maximum(A, 0) * mask),
        ("1 - mask", lambda A, mask: A * (1 - mask)),
        ("the first image's mask", lambda A, mask: A * mask[0]),
    ],
    "dA": [
        ("mean once more", lambda dY, mask: dY * mask / len(dY)),
        ("times the share that is kept", lambda dY, mask: dY * mask * (mask > 0).mean()),
        ("positive blame alone", lambda dY, mask: dY * mask * (dY > 0)),
    ],
    "use": [
        ("a ReLU", lambda A, p: np.maximum(A, 0)),
        ("over p", lambda A, p: A / p),
        ("twice", lambda A, p: 2 * A),
    ],
    "sgd": [
        (
            "mean over all weights",
            lambda W, dW, alpha, lam: W - alpha * (dW + lam * W / W.size),
        ),
        ("no rate before dW", lambda W, dW, alpha, lam: (1 - alpha * lam) * W - dW),
        ("rate and price exchanged", lambda W, dW, alpha, lam: W - lam * (dW + alpha * W)),
        ("the slope charged", lambda W, dW, alpha, lam: W - alpha * (W + lam * dW)),
    ],
    "adamw": [
        ("half squares", lambda W, Q, alpha, lam: W - alpha * Q - alpha * lam / 2 * W**2),
        ("sign of W", lambda W, Q, alpha, lam: W - alpha * Q - alpha * lam * np.sign(W)),
        ("decay times Q", lambda W, Q, alpha, lam: W - alpha * Q * (1 + lam * W)),
        ("decay over Q", lambda W, Q, alpha, lam: W - alpha * Q - alpha * lam * W / Q),
        ("sign of Q", lambda W, Q, alpha, lam: W - alpha * np.sign(Q) - alpha * lam * W),
    ],
}.items():
    for said, mistake in mistakes:
        wrong(f"12.wall.{line}", said, mistake)
right("12.wall.mask", "floor", lambda draws, p: np.minimum(np.floor(draws / p), 1) / (1 - p))
right("12.wall.Y", "einsum", lambda A, mask: np.einsum("ij,ij->ij", A, mask))
right("12.wall.use", "a detour", lambda A, p: p * A + (1 - p) * A)

wrong(
    C,
    "no determinant",
    lambda v, M, t, c: np.array([[M[1, 1], -M[0, 1]], [-M[1, 0], M[0, 0]]]) @ (v - c - t) + c,
)
wrong(C, "brackets", lambda v, M, t, c: inverse(M) @ v - c - t + c)
wrong(C, "the numbers of MNIST", lambda v, M, t, c: inverse(M) @ (v - 13.5 - t) + 13.5)
wrong(C, "whole numbers", lambda v, M, t, c: (inverse(M) @ (v - c - t) + c).astype(int))
right(C, "a row", lambda v, M, t, c: tuple((v - c - t) @ inverse(M).T + c))

wrong(
    L,
    "the biases themselves",
    lambda theta, lam, mask: np.where(mask, lam * np.sign(theta), theta),
)
wrong(L, "a step", lambda theta, lam, mask: theta - lam * np.sign(theta) * mask)
wrong(
    L,
    "mean over the weights",
    lambda theta, lam, mask: lam * np.sign(theta) * mask / mask.sum(),
)

wrong(S, "the share that is kept", lambda p: 1 - p)
wrong(S, "two masks mixed", lambda p: np.sqrt(1 / (1 - p) - (1 - p)))
wrong(S, "1 - p cancelled wrongly", lambda p: p / np.sqrt(1 - p))


def stops(better, over):
    """Early stopping with its own idea of a new best and of when patience is over."""

    def stop(losses, patience, margin):
        best = 0
        for i in range(1, len(losses)):
            if better(losses[i], losses[best], margin):
                best = i
            elif over(i - best, patience):
                return best, i
        return best, len(losses) - 1

    return stop


def exactly(loss, best, margin):
    return loss < best - margin


wrong(E, "relative margin", stops(lambda a, b, m: a < b * (1 - m), lambda w, p: w >= p))
wrong(E, "higher is better", stops(lambda a, b, m: a > b + m, lambda w, p: w >= p))
wrong(E, "patience less one", stops(exactly, lambda w, p: w >= p - 1))
wrong(E, "more than patience", stops(exactly, lambda w, p: w > p))


@wrong(E, "the lowest, and patience after it")
def _(losses, patience, margin):
    best = int(np.argmin(losses))
    return best, min(best + patience, len(losses) - 1)


@wrong(E, "small steps down move the bar")
def _(losses, patience, margin):
    best, low, waited = 0, losses[0], 0
    for i in range(1, len(losses)):
        if losses[i] < low - margin:
            best, waited = i, 0
        else:
            waited += 1
        low = min(low, losses[i])
        if waited >= patience:
            return best, i
    return best, len(losses) - 1


@wrong(E, "beyond the last")
def _(losses, patience, margin):
    best, _ = stops(exactly, lambda w, p: w >= p)(losses, patience, margin)
    return best, best + patience


@right(E, "while, a list")
def _(losses, patience, margin):
    best = i = 0
    while i < len(losses) - 1 and i - best < patience:
        i += 1
        if losses[best] - losses[i] > margin:
            best = i
    return [best, i]
