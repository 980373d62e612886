"""Fresh answers to the exercises of notebook 12, written from its text alone."""

import numpy as np
from wrong_answers import right, wrong

W = "12.wall."
wrong(W + "mask", "no factor", lambda draws, p: (draws >= p) * 1.0)
wrong(W + "mask", "keeps where the draw is below p", lambda draws, p: (draws < p) / (1 - p))
wrong(W + "mask", "factor 1/p", lambda draws, p: (draws >= p) / p)
wrong(W + "mask", "times 1 - p", lambda draws, p: (draws >= p) * (1 - p))
wrong(W + "mask", "keeps with probability p, factor 1/p", lambda draws, p: (draws < p) / p)
wrong(W + "mask", "one for each unit", lambda draws, p: (draws[0] >= p) / (1 - p))
wrong(
    W + "mask",
    "draws anew",
    lambda draws, p: (np.random.default_rng().random(draws.shape) >= p) / (1 - p),
)
wrong(W + "mask", "factor 1 + p", lambda draws, p: (draws >= p) * (1 + p))
wrong(W + "mask", "keeps the draws", lambda draws, p: np.where(draws < p, 0, draws / (1 - p)))
wrong(W + "mask", "half fixed", lambda draws, p: (draws >= 0.5) * 2)
right(W + "mask", "where", lambda draws, p: np.where(draws < p, 0, 1 / (1 - p)).tolist())
wrong(W + "Y", "matrix", lambda A, mask: A @ mask.T)
wrong(W + "Y", "added", lambda A, mask: A + mask)
wrong(W + "Y", "only whether", lambda A, mask: A * (mask > 0))
wrong(W + "Y", "picked", lambda A, mask: A[mask > 0])
wrong(W + "Y", "the mask the other way", lambda A, mask: A * (1 - mask))
wrong(W + "Y", "divided", lambda A, mask: A / mask)
right(W + "Y", "multiply", lambda A, mask: np.multiply(mask, A))
wrong(W + "dA", "passed on", lambda dY, mask: dY)
wrong(W + "dA", "only whether", lambda dY, mask: dY * (mask > 0))
wrong(W + "dA", "divided", lambda dY, mask: dY / np.where(mask > 0, mask, 1) * (mask > 0))
wrong(W + "dA", "matrix", lambda dY, mask: dY @ mask.T)
wrong(W + "dA", "mask squared", lambda dY, mask: dY * mask**2)
wrong(W + "dA", "where dY is above 0", lambda dY, mask: mask * (dY > 0))
right(W + "dA", "einsum", lambda dY, mask: np.einsum("ij,ij->ij", dY, mask))
wrong(W + "use", "made quieter", lambda A, p: A * (1 - p))
wrong(W + "use", "made louder", lambda A, p: A / (1 - p))
wrong(W + "use", "drops", lambda A, p: A * (np.random.default_rng(0).random(A.shape) >= p))
wrong(W + "use", "times p", lambda A, p: p * A)
wrong(W + "use", "mean", lambda A, p: A.mean(axis=0))
wrong(W + "use", "cut at p", lambda A, p: A * (A >= p))
right(W + "use", "copy", lambda A, p: [list(row) for row in A])
wrong(W + "sgd", "rate not at the decay", lambda W, dW, alpha, lam: W - alpha * dW - lam * W)
wrong(W + "sgd", "half", lambda W, dW, alpha, lam: W - alpha * (dW + lam / 2 * W))
wrong(W + "sgd", "2 lam", lambda W, dW, alpha, lam: W - alpha * (dW + 2 * lam * W))
wrong(W + "sgd", "decay with a plus", lambda W, dW, alpha, lam: W - alpha * (dW - lam * W))
wrong(W + "sgd", "no decay", lambda W, dW, alpha, lam: W - alpha * dW)
wrong(W + "sgd", "size", lambda W, dW, alpha, lam: W - alpha * (dW + lam * np.sign(W)))
wrong(
    W + "sgd",
    "the charge itself",
    lambda W, dW, alpha, lam: W - alpha * (dW + lam / 2 * (W**2).sum()),
)
wrong(
    W + "sgd",
    "charge entry by entry",
    lambda W, dW, alpha, lam: W - alpha * (dW + lam / 2 * W**2),
)
wrong(
    W + "sgd",
    "decay after the step",
    lambda W, dW, alpha, lam: (1 - alpha * lam) * (W - alpha * dW),
)
wrong(W + "sgd", "no W in the decay", lambda W, dW, alpha, lam: W - alpha * (dW + lam))
wrong(W + "sgd", "only decay", lambda W, dW, alpha, lam: (1 - alpha * lam) * W)
right(
    W + "sgd",
    "collected",
    lambda W, dW, alpha, lam: (1 - lam * alpha) * W - np.multiply(alpha, dW),
)
wrong(W + "adamw", "rate not at the decay", lambda W, Q, alpha, lam: W - alpha * Q - lam * W)
wrong(W + "adamw", "decay of the quotient", lambda W, Q, alpha, lam: W - alpha * Q * (1 + lam))
wrong(W + "adamw", "no decay", lambda W, Q, alpha, lam: W - alpha * Q)
wrong(W + "adamw", "decay up", lambda W, Q, alpha, lam: W * (1 + alpha * lam) - alpha * Q)
wrong(W + "adamw", "uphill", lambda W, Q, alpha, lam: (1 - alpha * lam) * W + alpha * Q)
wrong(W + "adamw", "decay after", lambda W, Q, alpha, lam: (1 - alpha * lam) * (W - alpha * Q))
wrong(W + "adamw", "no rate at Q", lambda W, Q, alpha, lam: (1 - alpha * lam) * W - Q)
wrong(W + "adamw", "half", lambda W, Q, alpha, lam: (1 - alpha * lam / 2) * W - alpha * Q)
wrong(W + "adamw", "keeps only the share", lambda W, Q, alpha, lam: alpha * lam * W - alpha * Q)
right(W + "adamw", "one bracket", lambda W, Q, alpha, lam: W - alpha * (Q + lam * W))

C = "12.comes_from"
wrong(C, "forward", lambda v, M, t, c: M @ (v - c) + c + t)
wrong(C, "no inverse", lambda v, M, t, c: M @ (v - c - t) + c)
wrong(C, "transposed for inverse", lambda v, M, t, c: M.T @ (v - c - t) + c)
wrong(C, "t added", lambda v, M, t, c: np.linalg.inv(M) @ (v - c + t) + c)
wrong(C, "t taken away after", lambda v, M, t, c: np.linalg.inv(M) @ (v - c) + c - t)
wrong(C, "c forgotten at the end", lambda v, M, t, c: np.linalg.inv(M) @ (v - c - t))
wrong(C, "c forgotten at the start", lambda v, M, t, c: np.linalg.inv(M) @ (v - t) + c)
wrong(C, "no centre", lambda v, M, t, c: np.linalg.inv(M) @ (v - t))
wrong(C, "entry by entry inverse", lambda v, M, t, c: (1 / M) @ (v - c - t) + c)
wrong(C, "row times matrix", lambda v, M, t, c: (v - c - t) @ np.linalg.inv(M) + c)
wrong(C, "t forgotten", lambda v, M, t, c: np.linalg.inv(M) @ (v - c) + c)
wrong(C, "star", lambda v, M, t, c: np.linalg.inv(M) * (v - c - t) + c)
wrong(C, "power -1", lambda v, M, t, c: M**-1.0 @ (v - c - t) + c)
wrong(C, "c added inside too", lambda v, M, t, c: np.linalg.inv(M) @ (v + c - t) + c)
right(
    C,
    "Cramer",
    lambda v, M, t, c: [
        c[0]
        + (M[1, 1] * (v - c - t)[0] - M[0, 1] * (v - c - t)[1])
        / (M[0, 0] * M[1, 1] - M[0, 1] * M[1, 0]),
        c[1]
        + (M[0, 0] * (v - c - t)[1] - M[1, 0] * (v - c - t)[0])
        / (M[0, 0] * M[1, 1] - M[0, 1] * M[1, 0]),
    ],
)

E = "12.early_stop"


def stopping(
    better=lambda new, old, m: new < old - m,
    last=lambda i, best, p: i - best >= p,
    end=lambda losses: len(losses) - 1,
    turn=False,
    one=0,
    previous=False,
):
    def answer(losses, patience, margin):
        best = 0
        for i, loss in enumerate(losses):
            if i and better(loss, losses[i - 1] if previous else losses[best], margin):
                best = i
            elif last(i, best, patience):
                return (i + one, best + one) if turn else (best + one, i + one)
        return (end(losses) + one, best + one) if turn else (best + one, end(losses) + one)

    return answer


wrong(E, "margin ignored", stopping(better=lambda new, old, m: new < old))
wrong(E, "at least the margin", stopping(better=lambda new, old, m: new <= old - m))
wrong(E, "margin as a share", stopping(better=lambda new, old, m: new < old * (1 - m)))
wrong(E, "margin on the other side", stopping(better=lambda new, old, m: new < old + m))
wrong(E, "one epoch too patient", stopping(last=lambda i, best, p: i - best > p))
wrong(E, "one epoch impatient", stopping(last=lambda i, best, p: i - best >= p - 1))
wrong(E, "counted from 1", stopping(one=1))
wrong(E, "exchanged", stopping(turn=True))
wrong(E, "compares with the epoch before", stopping(previous=True))
wrong(E, "end is the length", stopping(end=len))


@wrong(E, "argmin of all, and patience after it")
def _(losses, patience, margin):
    best = int(np.argmin(losses))
    return best, min(best + patience, len(losses) - 1)


@wrong(E, "bad epochs are never reset")
def _(losses, patience, margin):
    best, bad = 0, 0
    for i in range(1, len(losses)):
        if losses[i] < losses[best] - margin:
            best = i
        else:
            bad += 1
        if bad >= patience:
            return best, i
    return best, len(losses) - 1


@wrong(E, "None where patience never runs out")
def _(losses, patience, margin):
    best = 0
    for i in range(1, len(losses)):
        if losses[i] < losses[best] - margin:
            best = i
        elif i - best >= patience:
            return best, i


@wrong(E, "the loss, not the epoch")
def _(losses, patience, margin):
    best, i = stopping()(losses, patience, margin)
    return losses[best], i


@wrong(E, "lowest so far also without margin is the mark")
def _(losses, patience, margin):
    best, low, bad = 0, losses[0], 0
    for i in range(1, len(losses)):
        if losses[i] < low - margin:
            best, bad = i, 0
        else:
            bad += 1
        low = min(low, losses[i])
        if bad == patience:
            return best, i
    return best, len(losses) - 1


@right(E, "while")
def _(losses, patience, margin):
    i, best, mark, wait = 0, 0, losses[0], 0
    while wait < patience and i + 1 < len(losses):
        i += 1
        wait += 1
        if mark - losses[i] > margin:
            best, mark, wait = i, losses[i], 0
    return np.array([best, i])


L = "12.l1_gradient"
wrong(L, "no lam", lambda theta, lam, mask: np.sign(theta) * mask)
wrong(L, "no mask", lambda theta, lam, mask: lam * np.sign(theta))
wrong(L, "L2", lambda theta, lam, mask: lam * theta * mask)
wrong(L, "the charge", lambda theta, lam, mask: lam * np.abs(theta) * mask)
wrong(L, "summed", lambda theta, lam, mask: lam * np.abs(theta[mask]).sum())
wrong(L, "weights only", lambda theta, lam, mask: lam * np.sign(theta[mask]))
wrong(L, "mask the other way", lambda theta, lam, mask: lam * np.sign(theta) * ~mask)
wrong(L, "1 at 0", lambda theta, lam, mask: lam * np.where(theta >= 0, 1, -1) * mask)
wrong(L, "always positive", lambda theta, lam, mask: lam * np.ones_like(theta) * mask)
wrong(L, "0/0", lambda theta, lam, mask: lam * theta / np.abs(theta) * mask)
wrong(L, "minus", lambda theta, lam, mask: -lam * np.sign(theta) * mask)
wrong(L, "half", lambda theta, lam, mask: lam / 2 * np.sign(theta) * mask)
right(
    L,
    "comparison",
    lambda theta, lam, mask: [
        lam * ((w > 0) - (w < 0 and 1)) if m else 0 for w, m in zip(theta.tolist(), mask)
    ],
)

S = "12.matching_sigma"
wrong(S, "Bernoulli's", lambda p: np.sqrt(p * (1 - p)))
wrong(S, "variance", lambda p: p / (1 - p))
wrong(S, "upside down", lambda p: np.sqrt((1 - p) / p))
wrong(S, "factor not squared", lambda p: np.sqrt(p * (1 - p) / (1 - p)))
wrong(S, "mean square", lambda p: np.sqrt(1 / (1 - p)))
wrong(S, "p", lambda p: p)
wrong(S, "the factor", lambda p: 1 / (1 - p))
wrong(S, "root of p by 1 - p", lambda p: np.sqrt(p) / (1 - p))
wrong(S, "half for every p", lambda p: 1.0)
wrong(S, "p over root", lambda p: p / np.sqrt(1 - p))
wrong(S, "factor minus 1", lambda p: np.sqrt(1 / (1 - p) ** 2 - 1))
right(
    S,
    "by the two values",
    lambda p: (p * (0 - 1) ** 2 + (1 - p) * (1 / (1 - p) - 1) ** 2) ** 0.5,
)
