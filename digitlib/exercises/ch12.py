"""The exercises of notebook 12: regularisation."""

import numpy as np

from digitlib.exercises.model import AS_INDEX, Exercise, Line, Wall, Wrong


def l1_gradient(theta, lam, mask):
    return lam * np.sign(theta) * mask


def l1_by_where(theta, lam, mask):
    slope = np.where(theta > 0, lam, np.where(theta < 0, -lam, 0.0))
    return np.where(mask, slope, 0.0)


def l1_by_loop(theta, lam, mask):
    gradient = np.zeros(len(theta))
    for i, w in enumerate(theta):
        if mask[i] and w != 0:
            gradient[i] = lam * w / abs(w)
    return gradient


def l2_again(theta, lam, mask):
    return lam * theta * mask


def l1_on_biases_too(theta, lam, mask):
    return lam * np.sign(theta)


def the_size_itself(theta, lam, mask):
    return lam * np.abs(theta) * mask


def sign_forgotten(theta, lam, mask):
    return lam * np.ones(len(theta)) * mask


def matching_sigma(p):
    return np.sqrt(p / (1 - p))


def sigma_by_moments(p):
    values, chances = np.array([0, 1 / (1 - p)]), np.array([p, 1 - p])
    return np.sqrt((values**2 * chances).sum() - (values * chances).sum() ** 2)


def sigma_by_deviations(p):
    return (p * (0 - 1) ** 2 + (1 - p) * (1 / (1 - p) - 1) ** 2) ** 0.5


def variance_returned(p):
    return p / (1 - p)


def not_rescaled(p):
    return np.sqrt(p * (1 - p))


def mean_not_subtracted(p):
    return np.sqrt(1 / (1 - p))


def p_is_kept(p):
    return np.sqrt((1 - p) / p)


def early_stop(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best] - margin:
            best = i
        if i - best == patience:
            return best, i
    return best, len(losses) - 1


def early_stop_by_counting(losses, patience, margin):
    best, lowest, waited, i = 0, float("inf"), 0, -1
    while waited < patience and i + 1 < len(losses):
        i += 1
        if losses[i] < lowest - margin:
            best, lowest, waited = i, losses[i], 0
        else:
            waited += 1
    return best, i


def early_stop_by_jumps(losses, patience, margin):
    best = 0
    while True:
        ahead = range(best + 1, min(best + patience + 1, len(losses)))
        better = [i for i in ahead if losses[best] - losses[i] > margin]
        if not better:
            return best, min(best + patience, len(losses) - 1)
        best = better[0]


def margin_ignored(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best]:
            best = i
        if i - best == patience:
            return best, i
    return best, len(losses) - 1


def looked_ahead(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best] - margin:
            best = i
        if i - best == patience:
            return int(np.argmin(losses)), i
    return int(np.argmin(losses)), len(losses) - 1


def one_too_late(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best] - margin:
            best = i
        if i - best > patience:
            return best, i
    return best, len(losses) - 1


def compared_with_the_last(losses, patience, margin):
    best, waited = 0, 0
    for i in range(1, len(losses)):
        if losses[i] < losses[i - 1] - margin:
            best, waited = i, 0
        else:
            waited += 1
        if waited == patience:
            return best, i
    return best, len(losses) - 1


def waited_one_less(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best] - margin:
            best = i
        elif i - best >= patience - 1 and i:
            return best, i
    return best, len(losses) - 1


def never_reset(losses, patience, margin):
    best, waited = 0, 0
    for i in range(1, len(losses)):
        if losses[i] < losses[best] - margin:
            best = i
        else:
            waited += 1
        if waited == patience:
            return best, i
    return best, len(losses) - 1


def bar_creeps(losses, patience, margin):
    best, waited = 0, 0
    for i in range(1, len(losses)):
        waited += 1
        if losses[i] < min(losses[:i]) - margin:
            best, waited = i, 0
        if waited == patience:
            return best, i
    return best, len(losses) - 1


def lowest_and_patience(losses, patience, margin):
    best = int(np.argmin(losses))
    return best, min(best + patience, len(losses) - 1)


def to_the_end(losses, patience, margin):
    return early_stop(losses, len(losses), margin)


def lowest_that_was_run(losses, patience, margin):
    _, stop = early_stop(losses, patience, margin)
    return int(np.argmin(losses[: stop + 1])), stop


def loss_for_epoch(losses, patience, margin):
    best, stop = early_stop(losses, patience, margin)
    return losses[best], stop


def beyond_the_last(losses, patience, margin):
    best, _ = early_stop(losses, patience, margin)
    return best, best + patience


def the_next_epoch(losses, patience, margin):
    best, stop = early_stop(losses, patience, margin)
    return best, min(stop + 1, len(losses) - 1)


def relative_margin(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss < losses[best] * (1 - margin):
            best = i
        if i - best == patience:
            return best, i
    return best, len(losses) - 1


def higher_is_better(losses, patience, margin):
    best = 0
    for i, loss in enumerate(losses):
        if loss > losses[best] + margin:
            best = i
        if i - best == patience:
            return best, i
    return best, len(losses) - 1


def margin_added(losses, patience, margin):
    best = 0
    for i in range(1, len(losses)):
        if losses[i] < losses[best] + margin:
            best = i
        elif i - best >= patience:
            return best, i
    return best, len(losses) - 1


def comes_from(v, M, t, c):
    return np.linalg.inv(M) @ (v - c - t) + c


def moved_forwards(v, M, t, c):
    return M @ (v - c) + c + t


def comes_from_by_solving(v, M, t, c):
    return c + np.linalg.solve(M, v - t - c)


def comes_from_by_entries(v, M, t, c):
    (a, b), (d, e) = M
    x, y = v[0] - c[0] - t[0], v[1] - c[1] - t[1]
    size = a * e - b * d
    return [(e * x - b * y) / size + c[0], (a * y - d * x) / size + c[1]]


def _moved(v, turn, size, t):
    """A point, a turn by so many degrees with a stretch, a shift, and MNIST's centre."""
    cos, sin = size * np.cos(np.radians(turn)), size * np.sin(np.radians(turn))
    M = np.array([[cos, sin], [-sin, cos]])
    return np.array(v), M, np.array(t), np.array([13.5, 13.5])


def _hidden(n, width, p, seed):
    """Hidden values, blame, uniform draws, the mask they give with p, and p, by name."""
    rng = np.random.default_rng(seed)
    A, dY = rng.standard_normal((n, width)), rng.standard_normal((n, width))
    draws = rng.random((n, width))
    return {"A": A, "dY": dY, "draws": draws, "p": p, "mask": (draws >= p) / (1 - p)}


# Two entries that are kept beside one that is not, then more; never p = 1/2 alone, where the
# share that is dropped and the one that is kept are the same.
_DROPPED = (
    {
        "A": np.array([[1.0, 2.0, 3.0]]),
        "dY": np.array([[4.0, -2.0, 1.0]]),
        "draws": np.array([[0.9, 0.1, 0.4]]),
        "p": 0.2,
        "mask": np.array([[1.25, 0.0, 1.25]]),
    },
    _hidden(3, 3, 0.5, 0),
    _hidden(4, 6, 0.7, 1),
    _hidden(2, 5, 0.25, 2),
)


def _dropped(*names):
    return tuple(tuple(each[name] for name in names) for each in _DROPPED)


def _weights(shape, alpha, lam, seed):
    """W, a slope or a quotient of its shape, a rate and a price."""
    rng = np.random.default_rng(seed)
    return rng.standard_normal(shape), rng.standard_normal(shape), alpha, lam


_STEPS = (
    (np.array([2.0, -4.0]), np.array([1.0, 1.0]), 0.5, 0.25),
    _weights((3, 2), 0.1, 2.0, 0),
    _weights((3, 3), 0.25, 0.5, 1),
)

AT_USE = "what comes in is what goes out, because training has already kept the mean."

WALL = Wall(
    name="12.wall",
    tested="1 to 4 images, p from 0.2 to 0.7, weights of both signs",
    lines=(
        Line(
            name="mask",
            shape="(N, H)",
            reference=lambda draws, p: (draws >= p) / (1 - p),
            cases=_dropped("draws", "p"),
            hints=(
                "A value that is kept is multiplied by f. Solve (1 − p) · f · a = a for f.",
                "0 where draws < p, and 1 / (1 − p) everywhere else.",
                "(draws >= p) / (1 - p)",
            ),
            wrong=(
                Wrong(
                    lambda draws, p: 1.0 * (draws >= p),
                    "The right entries are dropped, and the kept ones are passed on as they "
                    "are. On average only the share 1 − p of each value then comes out: which "
                    "factor makes up for that?",
                ),
                Wrong(
                    lambda draws, p: (draws >= p) / p,
                    "The right entries are dropped, but you divide by p, the share that is "
                    "dropped. Solve (1 − p) · f · a = a for f.",
                ),
                Wrong(
                    lambda draws, p: (draws >= p) * (1 - p),
                    "The right entries are dropped, but the kept ones are made smaller. They "
                    "have to speak louder, for those that are silent.",
                ),
                Wrong(
                    lambda draws, p: (draws >= p) * (1 + p),
                    "The right entries are dropped, but 1 + p is not the factor. Solve "
                    "(1 − p) · f · a = a for f.",
                ),
                Wrong(
                    lambda draws, p: (draws >= p) / np.sqrt(1 - p),
                    "The root keeps the mean square. What has to be kept here is the mean.",
                ),
                Wrong(
                    lambda draws, p: (draws < p) / (1 - p),
                    "The mask is the wrong way round: 0 is for the entries where draws < p.",
                ),
                Wrong(
                    lambda draws, p: 1.0 * (draws < p),
                    "The mask is the wrong way round: 0 is for the entries where draws < p. "
                    "And what is kept needs a factor.",
                ),
                Wrong(
                    lambda draws, p: (draws < p) / p,
                    "You took p as the share that is kept. Here it is the share that is "
                    "dropped.",
                ),
                Wrong(
                    lambda draws, p: (draws < 1 - p) / (1 - p),
                    "The share that is kept is right, and so is the factor. But which entries "
                    "go was agreed: those where draws < p.",
                ),
                Wrong(
                    lambda draws, p: np.where(draws < p, 0, draws) / (1 - p),
                    "Where the entry is kept the draw itself comes through. A draw only "
                    "decides: what stands there is one factor, the same for all.",
                ),
                Wrong(
                    lambda draws, p: (draws >= p) / (draws >= p).mean(),
                    "You divide by the share that happened to be kept this time. The factor is "
                    "fixed: it is made from p.",
                ),
                Wrong(
                    lambda draws, p: (draws > 1 - p) / (1 - p),
                    "You keep the draws above 1 − p: that is the share p, and 1 − p of the "
                    "values go. Silenced are those where draws < p.",
                ),
                Wrong(
                    lambda draws, p: 2.0 * (draws >= p),
                    "2 is the factor for p = ½ alone. Solve (1 − p) · f · a = a for f, for "
                    "any p.",
                ),
            ),
            right=(
                lambda draws, p: np.where(draws < p, 0, 1 / (1 - p)),
                lambda draws, p: (~(draws < p)).astype(float) / (1 - p),
            ),
            why="p · 0 + (1 − p) · f · a = a asks for f = 1 / (1 − p).",
        ),
        Line(
            name="Y",
            shape="(N, H)",
            reference=lambda A, mask: A * mask,
            cases=_dropped("A", "mask"),
            hints=(
                "The mask already holds the zeros and the factor.",
                "y = a · m, entry by entry.",
                "A * mask",
            ),
            wrong=(
                Wrong(
                    lambda A, mask: A * (mask > 0),
                    "You only ask where the mask is not 0. The number that stands there is the "
                    "factor, and it is lost.",
                ),
                Wrong(
                    lambda A, mask: A[mask > 0],
                    "Square brackets pick the kept entries out, and their places are lost. "
                    "Multiply by the mask: the rest becomes 0 and the shape stays.",
                ),
                Wrong(
                    lambda A, mask: A * mask * mask,
                    "The mask is applied twice, and with it the factor.",
                ),
                Wrong(
                    lambda A, mask: A * mask / (A * mask).mean() * A.mean(),
                    "You bring the mean of this one batch back to what it was. The factor "
                    "keeps the mean over many draws; a single draw may differ, and that is the "
                    "noise.",
                ),
                Wrong(
                    lambda A, mask: A,
                    "Nothing is silenced: the values come out as they went in. That belongs "
                    "to the layer in use, and this line is for training.",
                ),
                Wrong(
                    lambda A, mask: np.where(mask > 0, A / np.where(mask > 0, mask, 1), 0),
                    "You divide by the factor. What is kept has to speak louder, so it is "
                    "multiplied.",
                ),
            ),
            right=(lambda A, mask: np.where(mask > 0, A * mask, 0),),
        ),
        Line(
            name="dA",
            shape="(N, H)",
            reference=lambda dY, mask: dY * mask,
            cases=_dropped("dY", "mask"),
            hints=(
                "y = a · m. How fast does y move when a does?",
                "The slope of y by a is the entry of the mask; multiply the blame by it.",
                "dY * mask",
            ),
            wrong=(
                Wrong(
                    lambda dY, mask: dY,
                    "All blame comes back unchanged. A value that was dropped had no part in "
                    "the loss, and one that was enlarged had a larger part.",
                ),
                Wrong(
                    lambda dY, mask: dY * (mask > 0),
                    "What was dropped gets no blame, as it should be. But a kept value was "
                    "multiplied by the factor, so its blame is too.",
                ),
                Wrong(
                    lambda dY, mask: dY * mask / mask.max(),
                    "What was dropped gets no blame, as it should be. But a kept value was "
                    "multiplied by the factor, so its blame is too.",
                ),
                Wrong(
                    lambda dY, mask: dY / np.where(mask > 0, mask, 1),
                    "You divide by the factor. Going back does not undo the forward step: the "
                    "slope of m · a by a is m.",
                ),
                Wrong(
                    lambda dY, mask: np.where(mask > 0, dY / np.where(mask > 0, mask, 1), 0),
                    "You divide by the factor. Going back does not undo the forward step: the "
                    "slope of m · a by a is m.",
                ),
                Wrong(
                    lambda dY, mask: dY * (mask == 0),
                    "The blame goes to what was dropped. It belongs to what was kept.",
                ),
                Wrong(
                    lambda dY, mask: mask,
                    "That is the slope of y by a alone. It multiplies the blame that arrives.",
                ),
                Wrong(
                    lambda dY, mask: dY * mask / len(dY),
                    "You take the mean over the images once more. It is in the blame that "
                    "arrives already.",
                ),
                Wrong(
                    lambda dY, mask: dY * mask * (mask > 0).mean(),
                    "The factor in the mask is taken out again. A kept value was enlarged by "
                    "it, and its blame is too.",
                ),
            ),
            right=(lambda dY, mask: np.where(mask > 0, dY * mask, 0),),
            why="what was silenced had no part in the loss.",
        ),
        Line(
            name="use",
            shape="(N, H)",
            reference=lambda A, p: A,
            cases=_dropped("A", "p"),
            hints=(
                "After training nothing is dropped. Is the mean that the next layer was "
                "trained on another one than A?",
                "The mask has kept the mean in training, so nothing is left to correct.",
                "A",
            ),
            wrong=(
                Wrong(
                    lambda A, p: A * (1 - p),
                    "That belongs to the other arrangement, in which training leaves the kept "
                    "values as they are. Here the factor has done it: the mean in training was "
                    "A already.",
                ),
                Wrong(
                    lambda A, p: A / (1 - p),
                    "The factor belongs to training, where it makes up for what is silent. "
                    "After training nobody is silent.",
                ),
                Wrong(
                    lambda A, p: A * p,
                    "p is the share that was dropped. After training nothing is dropped, and "
                    "the mean in training was A already.",
                ),
                Wrong(
                    lambda A, p: 0 * A,
                    "Everything is silenced. After training nothing is dropped.",
                ),
                Wrong(
                    lambda A, p: A / p,
                    "p is the share that was dropped. After training nothing is dropped, and "
                    "the mean in training was A already.",
                ),
            ),
            right=(lambda A, p: A.copy(), lambda A, p: [list(row) for row in A]),
            why=AT_USE,
        ),
        Line(
            name="sgd",
            shape="like W",
            reference=lambda W, dW, alpha, lam: W - alpha * (dW + lam * W),
            cases=_STEPS,
            hints=(
                "A step goes against the slope of everything that is to fall: of the loss and "
                "of the charge. What is the slope of λ/2 · w²?",
                "W − α (dW + λ W)",
                "W - alpha * (dW + lam * W)",
            ),
            wrong=(
                Wrong(
                    lambda W, dW, alpha, lam: W - alpha * dW,
                    "That is the step without the charge. Its slope belongs to the gradient.",
                ),
                Wrong(
                    lambda W, dW, alpha, lam: W - alpha * dW - lam * W,
                    "The slope of the charge is there, but the rate is not: the step is α "
                    "times the whole slope.",
                ),
                Wrong(
                    lambda W, dW, alpha, lam: W - alpha * (dW - lam * W),
                    "The charge pushes weights away from 0 here. Its slope is +λ w, and a step "
                    "goes against it.",
                ),
                Wrong(
                    lambda W, dW, alpha, lam: W - alpha * (dW + 2 * lam * W),
                    "A factor of 2 is left: the ½ in front of the sum is there to cancel it.",
                ),
                Wrong(
                    lambda W, dW, alpha, lam: W - alpha * (dW + lam / 2 * W),
                    "A factor ½ is left: the slope of w² brings a 2, and the two cancel.",
                ),
                Wrong(
                    lambda W, dW, alpha, lam: W - alpha * (dW + lam / 2 * W**2),
                    "You add the charge itself. The step needs its slope.",
                ),
                Wrong(
                    lambda W, dW, alpha, lam: W - alpha * (dW + lam / 2 * (W**2).sum()),
                    "You add the charge itself, one number for all. The step needs its slope, "
                    "weight by weight.",
                ),
                Wrong(
                    lambda W, dW, alpha, lam: W - alpha * (dW + lam * W.sum()),
                    "You add the sum of all weights everywhere. The slope by one weight "
                    "contains that weight alone.",
                ),
                Wrong(
                    lambda W, dW, alpha, lam: W - alpha * (dW + lam * np.sign(W)),
                    "Your charge pulls at every weight alike: that is the slope of |w|. The "
                    "slope of w² grows with the weight.",
                ),
                Wrong(
                    lambda W, dW, alpha, lam: W - alpha * (dW + lam * np.abs(W)),
                    "Negative weights are pushed further down. The slope of w² has the sign of "
                    "the weight.",
                ),
                Wrong(
                    lambda W, dW, alpha, lam: W - alpha * (dW + lam),
                    "You add the price to every slope. How much a weight is charged for a "
                    "little more depends on how large it is.",
                ),
                Wrong(
                    lambda W, dW, alpha, lam: (1 - alpha * lam) * (W - alpha * dW),
                    "Nearly: you shrink the weight after its step. Both slopes are taken at "
                    "the same W, the one before the step.",
                ),
                Wrong(
                    lambda W, dW, alpha, lam: W + alpha * (dW + lam * W),
                    "The step goes uphill: minus.",
                ),
                Wrong(
                    lambda W, dW, alpha, lam: dW + lam * W,
                    "That is the slope of the new loss, and it is right. Now take the step: "
                    "against it, times the rate, from W.",
                ),
                Wrong(
                    lambda W, dW, alpha, lam: W - alpha * lam * (dW + W),
                    "The price multiplies both slopes. It belongs to the charge alone.",
                ),
                Wrong(
                    lambda W, dW, alpha, lam: W - alpha * (dW + lam * W / W.size),
                    "You divide the charge by the number of weights. It is a sum over them, "
                    "not a mean.",
                ),
                Wrong(
                    lambda W, dW, alpha, lam: W - alpha * (dW + lam * W / len(W)),
                    "You divide the charge by the number of rows. It is a sum over all "
                    "weights, not a mean.",
                ),
                Wrong(
                    lambda W, dW, alpha, lam: (1 - alpha * lam) * W - dW,
                    "The share that decays is right, but the step along dW has lost its rate "
                    "α.",
                ),
                Wrong(
                    lambda W, dW, alpha, lam: W - alpha * (dW + lam * W**2),
                    "w² is what the charge takes, not how fast it grows. The step needs its "
                    "slope.",
                ),
            ),
            right=(
                lambda W, dW, alpha, lam: (1 - alpha * lam) * W - alpha * dW,
                lambda W, dW, alpha, lam: W - alpha * dW - alpha * lam * W,
            ),
            why="W − α (dW + λ W) is (1 − αλ) W − α dW: each weight first loses the share αλ.",
        ),
        Line(
            name="adamw",
            shape="like W",
            reference=lambda W, Q, alpha, lam: W - alpha * Q - alpha * lam * W,
            cases=_STEPS,
            hints=(
                "Two movements: Adam's own, and what the charge did to the weight in the line "
                "above.",
                "W − α Q − α λ W",
                "W - alpha * Q - alpha * lam * W",
            ),
            wrong=(
                Wrong(
                    lambda W, Q, alpha, lam: alpha * lam * W - alpha * Q,
                    "That keeps the share α λ, and it is the share that a weight loses.",
                ),
                Wrong(
                    lambda W, Q, alpha, lam: W - alpha * Q,
                    "That is Adam's step alone. The share that each weight loses is missing.",
                ),
                Wrong(
                    lambda W, Q, alpha, lam: W - alpha * Q - lam * W,
                    "The rate is missing in front of the decay: in the line above a weight "
                    "lost the share α λ.",
                ),
                Wrong(
                    lambda W, Q, alpha, lam: (1 - alpha * lam) * (W - alpha * Q),
                    "Nearly: you shrink the weight after Adam's step. The share is taken from "
                    "the weight before it.",
                ),
                Wrong(
                    lambda W, Q, alpha, lam: W - alpha * (Q - lam * W),
                    "The decay pushes weights away from 0 here: mind the sign.",
                ),
                Wrong(
                    lambda W, Q, alpha, lam: W - alpha * Q - alpha * lam * Q,
                    "It is Q that shrinks here. The share is taken from the weight.",
                ),
                Wrong(
                    lambda W, Q, alpha, lam: W - alpha * Q - alpha * lam,
                    "The same amount is taken from every weight. It is the same share.",
                ),
                Wrong(
                    lambda W, Q, alpha, lam: W - alpha * lam * (Q + W),
                    "The price multiplies Adam's quotient too. It belongs to the decay alone.",
                ),
                Wrong(
                    lambda W, Q, alpha, lam: (1 - lam) * W - alpha * Q,
                    "The rate is missing in front of the decay: in the line above a weight "
                    "lost the share α λ.",
                ),
                Wrong(
                    lambda W, Q, alpha, lam: (1 - alpha * lam) * W - Q,
                    "Q is a direction. The rate says how far to go along it.",
                ),
                Wrong(
                    lambda W, Q, alpha, lam: W - alpha * np.sign(Q + lam * W),
                    "The decay has gone into the quotient again. Keep the two apart.",
                ),
                Wrong(
                    lambda W, Q, alpha, lam: W + alpha * Q - alpha * lam * W,
                    "The decay is right, but Adam's step goes uphill: against Q, not along it.",
                ),
                Wrong(
                    lambda W, Q, alpha, lam: W - alpha * Q - alpha * lam / 2 * W**2,
                    "You take the charge itself away. What a weight loses is the slope's "
                    "part, α λ w.",
                ),
                Wrong(
                    lambda W, Q, alpha, lam: W - alpha * Q - alpha * lam * W**2,
                    "The weight is squared. It loses the same share of itself, α λ w.",
                ),
                Wrong(
                    lambda W, Q, alpha, lam: W - alpha * Q - alpha * lam * np.sign(W),
                    "Every weight loses the same amount here, as the slope of |w| would have "
                    "it. It is the same share.",
                ),
                Wrong(
                    lambda W, Q, alpha, lam: W - alpha * Q * (1 + lam * W),
                    "The decay is multiplied by Adam's quotient. Keep the two apart: one is "
                    "subtracted after the other.",
                ),
                Wrong(
                    lambda W, Q, alpha, lam: W - alpha * Q - alpha * lam * W / Q,
                    "The decay is divided by the quotient. It is divided by nothing: every "
                    "weight loses the same share.",
                ),
                Wrong(
                    lambda W, Q, alpha, lam: W - alpha * Q - alpha * lam * W / np.abs(Q),
                    "The decay is divided by the quotient. It is divided by nothing: every "
                    "weight loses the same share.",
                ),
            ),
            right=(
                lambda W, Q, alpha, lam: (1 - alpha * lam) * W - alpha * Q,
                lambda W, Q, alpha, lam: W - alpha * (Q + lam * W),
            ),
            why="the decay is not divided by anything, so every weight loses the same share.",
        ),
    ),
    why="Dropout lives in training alone, and decay in the step alone. Neither is there when "
    "the network is used.",
)


EXERCISES = (
    WALL,
    Exercise(
        name="12.comes_from",
        reference=comes_from,
        cases=(
            (
                np.array([4.0, 5.0]),
                np.array([[2.0, 0.0], [0.0, 4.0]]),
                np.array([1.0, -1.0]),
                np.array([1.0, 2.0]),
            ),
            (
                np.array([3.0, 2.0]),
                np.array([[1.0, 1.0], [0.0, 1.0]]),
                np.array([0.0, 0.0]),
                np.array([1.0, 1.0]),
            ),
            _moved((20.0, 8.0), 12, 1.1, (1.5, -1.0)),
            _moved((5.0, 19.0), -30, 0.8, (-2.0, 0.5)),
            (
                np.array([9.0, 3.0]),
                np.array([[0.9, 0.3], [-0.2, 1.2]]),
                np.array([2.0, 1.0]),
                np.array([13.5, 13.5]),
            ),
        ),
        tested="stretches, slants, turns and shifts, two centres",
        hints=(
            "Take v = M (u − c) + c + t and solve it for u, one step at a time, from outside.",
            "u = M⁻¹ (v − c − t) + c. The inverse of a matrix is `np.linalg.inv`.",
            "np.linalg.inv(M) @ (v - c - t) + c",
        ),
        wrong=(
            Wrong(
                moved_forwards,
                "That is the map forwards: where the ink at v goes. Asked for is where the ink "
                "at v comes from.",
            ),
            Wrong(
                lambda v, M, t, c: M @ (v - c - t) + c,
                "The shift is undone, the matrix is not: M has to be inverted.",
            ),
            Wrong(
                lambda v, M, t, c: M.T @ (v - c - t) + c,
                "Turning M over undoes a turn, but no stretch and no slant. It has to be "
                "inverted.",
            ),
            Wrong(
                lambda v, M, t, c: np.linalg.inv(M) @ (v - c + t) + c,
                "The shift has the wrong sign: v was moved by t, so t is taken off.",
            ),
            Wrong(
                lambda v, M, t, c: np.linalg.inv(M) @ (v - c) + c - t,
                "The order is turned round. The map shifts last, so the shift is undone first, "
                "before the matrix.",
            ),
            Wrong(
                lambda v, M, t, c: np.linalg.inv(M) @ (v - c) + c + t,
                "The shift is neither undone first nor taken off: v − t comes before the "
                "matrix.",
            ),
            Wrong(
                lambda v, M, t, c: np.linalg.inv(M) @ (v - c) + c,
                "The shift t does not occur in your answer.",
            ),
            Wrong(
                lambda v, M, t, c: np.linalg.inv(M) @ (v - c - t),
                "The centre is missing at the end: places are counted from the corner again.",
            ),
            Wrong(
                lambda v, M, t, c: np.linalg.inv(M) @ (v - t),
                "The centre is left out. The image is turned about its middle and not about "
                "its corner.",
            ),
            Wrong(
                lambda v, M, t, c: np.linalg.inv(M) @ (v - t) + c,
                "The centre is added but was never subtracted.",
            ),
            Wrong(
                lambda v, M, t, c: (v - c - t) @ np.linalg.inv(M) + c,
                "The matrix stands on the wrong side: from the right it multiplies as if it "
                "were turned over.",
            ),
            Wrong(
                lambda v, M, t, c: (1 / np.where(M == 0, np.inf, M)) @ (v - c - t) + c,
                "1 / M turns every entry round by itself. The inverse of a matrix is "
                "`np.linalg.inv(M)`.",
            ),
            Wrong(
                lambda v, M, t, c: np.linalg.inv(M) * (v - c - t) + c,
                "`*` multiplies entry by entry. A matrix acts on a point with `@`.",
            ),
            Wrong(
                lambda v, M, t, c: np.linalg.inv(M) @ (v - c - t) - c,
                "The centre has the wrong sign at the end: what was taken off is put back.",
            ),
            Wrong(
                lambda v, M, t, c: np.linalg.inv(M) @ (v + c - t) - c,
                "The centre has the wrong sign in both places: it is taken off before the "
                "matrix and put back after it.",
            ),
            Wrong(
                lambda v, M, t, c: np.linalg.inv(M) * np.linalg.det(M) @ (v - c - t) + c,
                "The entries are exchanged as they should be, but not divided by the "
                "determinant.",
            ),
            Wrong(
                lambda v, M, t, c: np.linalg.inv(M) @ v - c - t + c,
                "Brackets are missing: the matrix acts on all of v − c − t.",
            ),
        ),
        right=(comes_from_by_solving, comes_from_by_entries),
        why="every pixel of the copy gets exactly one answer, so that there are no holes.",
    ),
    Exercise(
        name="12.early_stop",
        whole=AS_INDEX,
        reference=early_stop,
        cases=(
            ([3.0, 2.0, 4.0, 2.5, 1.0], 2, 0.0),
            ([3.0, 2.0, 1.75, 1.5, 1.0], 2, 0.5),
            ([1.0, 2.0, 3.0, 0.5], 3, 0.0),
            ([2.0, 2.25, 2.5, 1.0], 2, 0.5),
            ([5.0, 4.0, 4.0, 4.0, 3.0, 3.5], 2, 0.0),
            ([5.0, 4.0, 4.5, 3.0, 3.5, 2.0, 2.5, 1.0], 2, 0.25),
            ([3.0, 2.75, 2.375, 2.5, 2.25], 2, 0.5),
            ([4.0, 3.0, 2.0], 1, 0.25),
            ([2.0, 3.0, 2.5, 2.25, 2.125, 1.0], 3, 0.125),
        ),
        tested="a better loss after the stop, a tie, ups and downs, several margins, no stop",
        returns=("best", "stop"),
        hints=(
            "Walk through the losses and remember where the last new best stands.",
            "Epoch i is a new best where loss < losses[best] − margin. Stop at the first i "
            "with i − best = patience, else at the last epoch.",
            "for i, loss in enumerate(losses): if loss < losses[best] - margin: best = i, "
            "and then if i - best == patience: return best, i",
        ),
        wrong=(
            Wrong(
                margin_ignored,
                "You take every lower loss as a new best. It must be lower by more than the "
                "margin.",
            ),
            Wrong(
                looked_ahead,
                "Your best is the lowest of all losses. It may come after the stop, where "
                "nobody has trained, or lie within the margin of the best so far.",
            ),
            Wrong(
                one_too_late,
                "You stop one epoch late: patience is the number of epochs without a new "
                "best, and at that number it is over.",
            ),
            Wrong(
                compared_with_the_last,
                "You compare each loss with the one before. What counts is the best so far: "
                "2.5 after 4 is no progress where 2 has been.",
            ),
            Wrong(
                lambda losses, patience, margin: (
                    lambda best, stop: (
                        best,
                        stop - (stop < len(losses) - 1 or stop - best == patience),
                    )
                )(*early_stop(losses, patience, margin)),
                "You stop one epoch early: `stop` is the last epoch that is "
                "run, the one at which patience runs out.",
            ),
            Wrong(
                waited_one_less,
                "You stop after one epoch less: patience is the number of epochs without a "
                "new best that are still run.",
            ),
            Wrong(
                never_reset,
                "A new best does not start the waiting again. Patience counts epochs in a "
                "row: set the count back to 0 at each new best.",
            ),
            Wrong(
                bar_creeps,
                "A loss that is lower by less than the margin moves your bar, though it is no "
                "new best. Compare with the loss of the best epoch.",
            ),
            Wrong(
                lowest_and_patience,
                "You look for the lowest of all losses first. Nobody knows it while training "
                "runs: walk through the epochs one by one, and mind the margin.",
            ),
            Wrong(
                to_the_end,
                "Your training never stops early: patience is not used.",
            ),
            Wrong(
                lowest_that_was_run,
                "You keep the lowest loss that was run. One that is lower by no more than the "
                "margin is not a new best.",
            ),
            Wrong(
                loss_for_epoch,
                "best is the loss of the epoch that is kept. Asked for is its number.",
            ),
            Wrong(
                beyond_the_last,
                "Where patience does not run out, training ends at the last of the losses, "
                "and no epoch comes after it.",
            ),
            Wrong(
                the_next_epoch,
                "You stop one epoch late: `stop` is the last epoch that is run, and not the "
                "first that is not.",
            ),
            Wrong(
                relative_margin,
                "Your margin is a share of the best loss. Here it is an amount: lower than "
                "losses[best] − margin.",
            ),
            Wrong(
                higher_is_better,
                "You take a higher loss for a better one.",
            ),
            Wrong(
                margin_added,
                "The margin has the wrong sign: a loss that is a little higher would be a new "
                "best.",
            ),
        ),
        right=(early_stop_by_counting, early_stop_by_jumps),
    ),
    Exercise(
        name="12.l1_gradient",
        reference=l1_gradient,
        cases=(
            (np.array([3.0, -0.5, 2.0]), 0.1, np.array([True, True, False])),
            (np.array([-4.0, 0.0, 0.2, -0.01]), 0.3, np.array([True, True, True, False])),
            (np.random.default_rng(0).standard_normal(12), 2.0, np.arange(12) % 4 != 3),
        ),
        tested="weights of both signs, one of exactly 0, biases among them",
        hints=(
            "What is the slope of |w| to the right of 0, and to the left?",
            "λ · sign(w) for weights, 0 for biases.",
            "lam * np.sign(theta) * mask",
        ),
        wrong=(
            Wrong(
                l2_again,
                "Your gradient grows with the weight: that is L2's, λ w. |w| has the same "
                "slope however large w is.",
            ),
            Wrong(
                l1_on_biases_too,
                "Right for the weights, but the biases are pulled to 0 as well: the mask is "
                "not used.",
            ),
            Wrong(
                the_size_itself,
                "That is λ |w|, the penalty itself and not its slope.",
            ),
            Wrong(
                sign_forgotten,
                "Your slope is λ on both sides of 0. A negative weight has to be pushed up, "
                "so its slope is −λ.",
            ),
            Wrong(
                lambda theta, lam, mask: 2 * lam * theta * mask,
                "That is the slope of w², L2's. |w| has the same slope however large w is.",
            ),
            Wrong(
                lambda theta, lam, mask: np.where(mask, lam * np.sign(theta), theta),
                "Where a bias stands you hand back the bias. It is not charged, so its "
                "gradient is 0.",
            ),
            Wrong(
                lambda theta, lam, mask: lam * np.sign(theta[mask]),
                "The biases are cut out, and the vector is too short. They keep their places, "
                "with 0.",
            ),
            Wrong(
                lambda theta, lam, mask: theta - lam * np.sign(theta) * mask,
                "That is a step with this gradient. Return the gradient alone.",
            ),
            Wrong(
                lambda theta, lam, mask: lam * np.sign(theta) * mask / mask.sum(),
                "You divide by the number of weights. The charge is a sum over them, not a "
                "mean.",
            ),
            Wrong(
                lambda theta, lam, mask: lam * np.sign(theta) * mask / len(theta),
                "You divide by the number of parameters. The charge is a sum, not a mean.",
            ),
            Wrong(
                lambda theta, lam, mask: lam / 2 * np.sign(theta) * mask,
                "There is no ½ here: L1 charges λ |w|, and the slope of |w| is 1 or −1.",
            ),
        ),
        right=(l1_by_where, l1_by_loop),
    ),
    Exercise(
        name="12.matching_sigma",
        reference=matching_sigma,
        cases=((0.36,), (0.5,), (0.9,)),
        tested="p of 0.36, 0.5 and 0.9",
        hints=(
            "The factor of dropout is 0 with probability p, else 1 / (1 − p). Its variance?",
            "Var = E[m²] − E[m]² = (1 − p) / (1 − p)² − 1.",
            "np.sqrt(p / (1 - p))",
        ),
        wrong=(
            Wrong(
                lambda p: np.sqrt(1 / (1 - p) ** 2 - 1),
                "You take the square of the factor less 1. The factor is there with chance 1 "
                "− p only: E[m²] is (1 − p) times its square.",
            ),
            Wrong(
                variance_returned,
                "That is the variance, p / (1 − p). σ is its root.",
            ),
            Wrong(
                not_rescaled,
                "That is the spread of a factor of 0 or 1. Inverted dropout's is 0 or "
                "1 / (1 − p).",
            ),
            Wrong(
                mean_not_subtracted,
                "That is the root of E[m²]. A variance subtracts the mean squared, here 1.",
            ),
            Wrong(
                p_is_kept,
                "You took p as the share that is kept. Here it is the share that is dropped.",
            ),
            Wrong(
                lambda p: 1 / (1 - p),
                "That is the factor itself. Asked for is the standard "
                "deviation of a factor that is 0 with chance p and this otherwise.",
            ),
            Wrong(
                lambda p: p * (1 - p),
                "That is the variance of a mask of 0 and 1. The mask is "
                "divided by 1 − p, and the standard deviation is the root of the variance.",
            ),
            Wrong(
                lambda p: p,
                "p is how often the factor is 0. How far does the factor lie from its mean of "
                "1, in both cases, squared and weighed by their probabilities?",
            ),
            Wrong(
                lambda p: 1 - p,
                "1 − p is how often a value is kept. How far does the factor lie from its "
                "mean of 1, in both cases, squared and weighed by their probabilities?",
            ),
            Wrong(
                lambda p: np.sqrt(1 / (1 - p) - (1 - p)),
                "You mix two masks: E[m²] = 1 / (1 − p) is right for the one with the factor, "
                "but its mean is 1.",
            ),
            Wrong(
                lambda p: np.sqrt(p) / (1 - p),
                "Almost: E[m²] is (1 − p) · 1 / (1 − p)², and one factor 1 − p cancels.",
            ),
        ),
        right=(sigma_by_moments, sigma_by_deviations),
    ),
)
