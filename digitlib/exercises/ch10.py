"""The exercises of notebook 10: optimisers."""

import math

import numpy as np

from digitlib.exercises.model import Exercise, Line, Wall, Wrong


def nesterov(theta, v, g, alpha, mu=0.9):
    v = mu * v + g
    return theta - alpha * (g + mu * v), v


def nesterov_by_two_moves(theta, v, g, alpha, mu=0.9):
    behind = theta + alpha * mu * v  # where θ itself stands, when phi is given
    new_v = mu * v + g
    return behind - alpha * new_v - alpha * mu * new_v, new_v


def plain_momentum(theta, v, g, alpha, mu=0.9):
    v = mu * v + g
    return theta - alpha * v, v


def look_ahead_not_taken_back(theta, v, g, alpha, mu=0.9):
    v = mu * v + g
    return theta - alpha * v - alpha * mu * v, v


def wrong_way_back(theta, v, g, alpha, mu=0.9):
    new_v = mu * v + g
    return theta - alpha * mu * v - alpha * new_v - alpha * mu * new_v, new_v


def theta_itself(theta, v, g, alpha, mu=0.9):
    new_v = mu * v + g
    return theta + alpha * mu * v - alpha * new_v, new_v


def gradient_forgotten(theta, v, g, alpha, mu=0.9):
    v = mu * v + g
    return theta - alpha * mu * v, v


def look_ahead_kept(theta, v, g, alpha, mu=0.9):
    v = g + mu * (mu * v + g)
    return theta - alpha * v, v


def average_weights(beta, t):
    w = beta ** np.arange(t - 1, -1, -1)
    return w / w.sum()


def weights_by_formula(beta, t):
    i = np.arange(1, t + 1)
    return (1 - beta) * beta ** (t - i) / (1 - beta**t)


def weights_by_running(beta, t):
    m = np.zeros(t)
    for i in range(t):
        m = beta * m + (1 - beta) * np.eye(t)[i]
    return m / (1 - beta**t)


def not_corrected(beta, t):
    i = np.arange(1, t + 1)
    return (1 - beta) * beta ** (t - i)


def oldest_first(beta, t):
    i = np.arange(1, t + 1)
    return (1 - beta) * beta ** (i - 1) / (1 - beta**t)


def one_power_too_many(beta, t):
    i = np.arange(1, t + 1)
    return (1 - beta) * beta ** (t - i + 1) / (1 - beta**t)


def corrected_by_its_own_step(beta, t):
    i = np.arange(1, t + 1)
    return (1 - beta) * beta ** (t - i) / (1 - beta**i)


def factor_forgotten(beta, t):
    i = np.arange(1, t + 1)
    return beta ** (t - i) / (1 - beta**t)


def adagrad(theta, s, g, alpha, eps=1e-8):
    s = s + g**2
    return theta - alpha * g / (np.sqrt(s) + eps), s


def adagrad_by_loop(theta, s, g, alpha, eps=1e-8):
    theta, s = theta.copy(), s.copy()
    for j in range(len(theta)):
        s[j] += g[j] * g[j]
        theta[j] -= alpha / (math.sqrt(s[j]) + eps) * g[j]
    return theta, s


def still_an_average(theta, s, g, alpha, eps=1e-8):
    s = 0.99 * s + 0.01 * g**2
    return theta - alpha * g / (np.sqrt(s) + eps), s


def root_forgotten(theta, s, g, alpha, eps=1e-8):
    s = s + g**2
    return theta - alpha * g / (s + eps), s


def sizes_summed(theta, s, g, alpha, eps=1e-8):
    s = s + np.abs(g)
    return theta - alpha * g / (s + eps), s


def divided_too_early(theta, s, g, alpha, eps=1e-8):
    return theta - alpha * g / (np.sqrt(s) + eps), s + g**2


def clip_by_norm(g, limit):
    norm = np.sqrt((g**2).sum())
    return g * (limit / norm) if norm > limit else g


def clip_by_factor(g, limit):
    return g * min(1.0, limit / max(np.linalg.norm(g), 1e-300))


def clip_by_copy(g, limit):
    norm = math.sqrt(sum(x * x for x in g.ravel()))
    clipped = g.copy()
    if norm > limit:
        clipped *= limit / norm
    return clipped


def entries_clipped(g, limit):
    return np.clip(g, -limit, limit)


def always_scaled(g, limit):
    norm = np.sqrt((g**2).sum())
    return g * (limit / norm) if norm > 0 else g


def scaled_to_one(g, limit):
    norm = np.sqrt((g**2).sum())
    return g / norm if norm > limit else g


def norm_without_root(g, limit):
    norm = (g**2).sum()
    return g * (limit / norm) if norm > limit else g


def warmup_linear(step, alpha, steps, warmup):
    if step < warmup:
        return alpha * (step + 1) / (warmup + 1)
    return alpha * max(0.0, (steps - step) / (steps - warmup))


def warmup_linear_by_interp(step, alpha, steps, warmup):
    return float(np.interp(step, [-1, warmup, steps], [0, alpha, 0]))


def warmup_linear_by_min(step, alpha, steps, warmup):
    up = (step + 1) / (warmup + 1)
    down = (steps - min(step, steps)) / (steps - warmup)
    return alpha * min(up, down)


def first_step_lost(step, alpha, steps, warmup):
    if step < warmup:
        return alpha * step / warmup
    return alpha * max(0.0, (steps - step) / (steps - warmup))


def falls_from_the_start(step, alpha, steps, warmup):
    if step < warmup:
        return alpha * (step + 1) / (warmup + 1)
    return alpha * max(0.0, 1 - step / steps)


def below_zero(step, alpha, steps, warmup):
    if step < warmup:
        return alpha * (step + 1) / (warmup + 1)
    return alpha * (steps - step) / (steps - warmup)


def too_long_by_warmup(step, alpha, steps, warmup):
    if step < warmup:
        return alpha * (step + 1) / (warmup + 1)
    return alpha * max(0.0, 1 - (step - warmup) / steps)


def rises_again(step, alpha, steps, warmup):
    if step < warmup:
        return alpha * (step + 1) / (warmup + 1)
    return alpha * max(0.0, (step - warmup) / (steps - warmup))


def never_falls(step, alpha, steps, warmup):
    return alpha * min(1.0, (step + 1) / (warmup + 1))


def falls_along_a_cosine(step, alpha, steps, warmup):
    if step < warmup:
        return alpha * (step + 1) / (warmup + 1)
    done = min(1.0, (step - warmup) / (steps - warmup))
    return alpha * 0.5 * (1 + math.cos(math.pi * done))


def ends_one_step_early(step, alpha, steps, warmup):
    return 0.0 if step >= steps - 1 else warmup_linear(step, alpha, steps, warmup)


def _vectors(n, seed):
    """A theta, a memory that is not negative, and a gradient, (n,) each."""
    rng = np.random.default_rng(seed)
    return rng.standard_normal(n), rng.random(n) + 0.5, rng.standard_normal(n)


# States of two coordinates as in the ravine, then of five, then of a matrix; all different, so
# that no argument can stand for another.
_G = (np.array([-10.0, 100.0]), np.array([0.5, -2.0, 0.0, 3.0, -0.25]), np.array([[1.0, -3.0]]))
_OLD = (np.array([2.0, -50.0]), np.array([1.5, 0.5, -4.0, 0.25, 2.0]), np.array([[-0.5, 2.0]]))
_THETA = (np.array([-10.0, 1.0]), np.array([1.0, -0.5, 2.0, 0.1, -3.0]), np.array([[4.0, 0.2]]))
_SQUARES = (
    np.array([4.0, 900.0]),
    np.array([0.25, 9.0, 0.0, 1.0, 16.0]),
    np.array([[2.0, 0.5]]),
)
_NUMBERS = (0.9, 0.5, 0.75)
_RATES = (0.01, 0.3, 0.1)
_TINY = (1e-8, 0.25, 1e-3)


def falls_from_zero(step, alpha, steps, warmup):
    if step <= warmup:
        return alpha * (step + 1) / (warmup + 1)
    return alpha * max(0, 1 - step / steps)


def squared_twice(theta, s, g, alpha, eps=1e-8):
    s = s + g**2
    return theta - alpha * g**2 / (np.sqrt(s) + eps), s


MOMENTUM = Wall(
    name="10.momentum",
    tested="vectors and a matrix, a velocity of either sign, several shares and rates",
    lines=(
        Line(
            name="v",
            shape="the new velocity, (M,)",
            reference=lambda v, g, mu: mu * v + g,
            cases=((np.zeros(2), _G[0], 0.9), *zip(_OLD, _G, _NUMBERS)),
            hints=(
                "Two things make the new velocity: what is kept of the old one, and the "
                "gradient.",
                "v ← μ v + g",
                "mu * v + g",
            ),
            wrong=(
                Wrong(
                    lambda v, g, mu: mu * v + (1 - mu) * g,
                    "Your gradient enters with the share 1 − mu, which makes a mean. A "
                    "velocity gains the new gradient in full.",
                ),
                Wrong(
                    lambda v, g, mu: mu * (v + g),
                    "You shrink the new gradient as well. Only the old velocity loses a share; "
                    "the gradient is gained in full.",
                ),
                Wrong(
                    lambda v, g, mu: (1 - mu) * v + g,
                    "mu is the share that is kept, not the share that is lost.",
                ),
                Wrong(
                    lambda v, g, mu: (1 - mu) * v + mu * g,
                    "Those are two shares that add up to 1, as in a mean. The velocity keeps "
                    "the share mu of itself, and the gradient is gained in full.",
                ),
                Wrong(
                    lambda v, g, mu: v + mu * g,
                    "mu stands at the wrong one of the two: the old velocity loses a share, "
                    "and the gradient does not.",
                ),
                Wrong(
                    lambda v, g, mu: v + g,
                    "Nothing is lost: your velocity keeps all of the old one. It keeps the "
                    "share mu of it.",
                ),
                Wrong(
                    lambda v, g, mu: mu * v - g,
                    "The gradient has the wrong sign here. The velocity gains the gradient, "
                    "and the minus stands in the step.",
                ),
                Wrong(
                    lambda v, g, mu: mu * v,
                    "The new gradient is missing.",
                ),
                Wrong(
                    lambda v, g, mu: mu * g,
                    "The old velocity is missing: your line remembers nothing.",
                ),
                Wrong(
                    lambda v, g, mu: g,
                    "The old velocity is missing: your line remembers nothing.",
                ),
            ),
            right=(lambda v, g, mu: np.add(g, np.multiply(mu, v)),),
        ),
        Line(
            name="theta",
            shape="the new parameters, (M,)",
            reference=lambda theta, v, alpha: theta - alpha * v,
            cases=tuple(zip(_THETA, _OLD, _RATES)),
            hints=(
                "It is the step of plain descent, with another vector in the gradient's place.",
                "θ ← θ − α v",
                "theta - alpha * v",
            ),
            wrong=(
                Wrong(
                    lambda theta, v, alpha: theta - 0.9 * alpha * v,
                    "mu has done its work in v. The step is alpha times the velocity, with no"
                    " share in front.",
                ),
                Wrong(
                    lambda theta, v, alpha: theta + alpha * v,
                    "The sign is the wrong way round: v holds gradients, and these point "
                    "uphill.",
                ),
                Wrong(
                    lambda theta, v, alpha: -alpha * v,
                    "That is the step alone. The new parameters are the old ones plus the "
                    "step.",
                ),
                Wrong(
                    lambda theta, v, alpha: alpha * v,
                    "That is the length of the step alone. The new parameters are the old ones "
                    "minus that.",
                ),
                Wrong(
                    lambda theta, v, alpha: theta - v,
                    "The rate is missing: the step is alpha times the velocity.",
                ),
                Wrong(
                    lambda theta, v, alpha: theta - v / alpha,
                    "You divide by the rate. A small rate means a small step: multiply.",
                ),
                Wrong(
                    lambda theta, v, alpha: theta - (1 - alpha) * v,
                    "alpha is no share of anything here. The step is alpha times the velocity.",
                ),
                Wrong(
                    lambda theta, v, alpha: (1 - alpha) * theta - alpha * v,
                    "You shrink the old parameters. They stay whole, and the step is taken "
                    "from them: alpha is the rate, not a share that is lost.",
                ),
                Wrong(
                    lambda theta, v, alpha: theta - alpha * v.sum(),
                    "You add up the velocity over the parameters. Each parameter steps by its "
                    "own entry of v.",
                ),
                Wrong(
                    lambda theta, v, alpha: theta - alpha * v * theta,
                    "Your step is multiplied by theta. It is alpha times the velocity, "
                    "wherever the parameters are.",
                ),
            ),
            right=(lambda theta, v, alpha: -alpha * v + theta,),
        ),
    ),
    why="The velocity is the sum of all gradients so far, each older one with one more factor "
    "μ.",
)

RMSPROP = Wall(
    name="10.rmsprop",
    tested="vectors and a matrix, gradients of both signs and of 0, several shares and eps",
    lines=(
        Line(
            name="s",
            shape="mean of the squares, (M,)",
            reference=lambda s, g, rho: rho * s + (1 - rho) * g**2,
            cases=((np.zeros(2), _G[0], 0.9), *zip(_SQUARES, _G, (0.99, 0.9, 0.75))),
            hints=(
                "A moving average takes the two shares rho and 1 − rho. Which one belongs to "
                "what is old?",
                "s ← ρ s + (1 − ρ) g²",
                "rho * s + (1 - rho) * g**2",
            ),
            wrong=(
                Wrong(
                    lambda s, g, rho: rho * s + g**2,
                    "The square enters in full, as into a velocity. In an average the shares "
                    "add up to 1: it enters with 1 − rho.",
                ),
                Wrong(
                    lambda s, g, rho: s + g**2,
                    "That is a sum: nothing is ever forgotten. An average keeps the share rho "
                    "and takes 1 − rho of the new square.",
                ),
                Wrong(
                    lambda s, g, rho: rho * s + (1 - rho) * g,
                    "The square is missing: that is an average of the gradient itself, in "
                    "which plus and minus cancel.",
                ),
                Wrong(
                    lambda s, g, rho: rho * s + (1 - rho) * np.abs(g),
                    "That is an average of |g|. The average is over the squares, and the root "
                    "is taken in the step.",
                ),
                Wrong(
                    lambda s, g, rho: (1 - rho) * s + rho * g**2,
                    "The two shares are exchanged: rho is what is kept of the old average.",
                ),
                Wrong(
                    lambda s, g, rho: rho * s + (1 - rho) * np.mean(g**2),
                    "You average over the parameters. Each parameter has an average of its "
                    "own, over the steps.",
                ),
                Wrong(
                    lambda s, g, rho: rho * s + (1 - rho) * np.sum(g**2),
                    "You sum over the parameters. Each parameter has an average of its own: "
                    "square entry by entry.",
                ),
                Wrong(
                    lambda s, g, rho: rho * s + rho * g**2,
                    "Both have the share rho. In an average the two shares add up to 1: the "
                    "new square enters with 1 − rho.",
                ),
                Wrong(
                    lambda s, g, rho: rho * s + ((1 - rho) * g) ** 2,
                    "You square the share as well. Only the gradient is squared: mind the "
                    "brackets.",
                ),
                Wrong(
                    lambda s, g, rho: np.sqrt(rho * s + (1 - rho) * g**2),
                    "You take the root already. s holds the mean of the squares, and the step "
                    "takes the root.",
                ),
                Wrong(
                    lambda s, g, rho: rho * s**2 + (1 - rho) * g**2,
                    "s holds squares already: it is not squared once more.",
                ),
                Wrong(
                    lambda s, g, rho: (rho * s + (1 - rho) * g) ** 2,
                    "You square the whole average. Square the gradient first, then average.",
                ),
            ),
            right=(lambda s, g, rho: s + (1 - rho) * (g * g - s),),
        ),
        Line(
            name="theta",
            shape="the new parameters, (M,)",
            reference=lambda theta, g, s, alpha, eps: theta - alpha * g / (np.sqrt(s) + eps),
            cases=tuple(zip(_THETA, _G, _SQUARES, _RATES, _TINY)),
            hints=(
                "What is the usual size of a gradient whose squares have the mean s? Measure g "
                "in it, and add eps so that nothing is divided by 0.",
                "θ ← θ − α g / (√s + ε)",
                "theta - alpha * g / (np.sqrt(s) + eps)",
            ),
            wrong=(
                Wrong(
                    lambda theta, g, s, alpha, eps: theta - alpha * g / (s + eps),
                    "The root is missing: s is a mean of squares, and a gradient's usual size "
                    "is its root.",
                ),
                Wrong(
                    lambda theta, g, s, alpha, eps: theta - alpha * g / np.sqrt(s + eps),
                    "Your eps stands under the root. It is added to the root.",
                ),
                Wrong(
                    lambda theta, g, s, alpha, eps: theta - alpha * g / np.sqrt(s) + eps,
                    "Mind the brackets: you divide by the root alone, and add eps to the "
                    "parameters.",
                ),
                Wrong(
                    lambda theta, g, s, alpha, eps: theta - alpha / (np.sqrt(s) + eps),
                    "The gradient itself is missing: without it nobody knows which way to go.",
                ),
                Wrong(
                    lambda theta, g, s, alpha, eps: theta - g / (np.sqrt(s) + eps),
                    "The rate is missing: the step is alpha times the measured gradient.",
                ),
                Wrong(
                    lambda theta, g, s, alpha, eps: theta + alpha * g / (np.sqrt(s) + eps),
                    "The sign is the wrong way round: a gradient points uphill.",
                ),
                Wrong(
                    lambda theta, g, s, alpha, eps: theta - alpha * g * (np.sqrt(s) + eps),
                    "You multiply by the usual size, so that large gradients make larger steps "
                    "still. Measure g in it: divide.",
                ),
                Wrong(
                    lambda theta, g, s, alpha, eps: (theta - alpha * g) / (np.sqrt(s) + eps),
                    "Mind the brackets: you divide the parameters as well. Only the gradient "
                    "is measured in its usual size.",
                ),
                Wrong(
                    lambda theta, g, s, alpha, eps: (
                        theta - alpha * g / np.maximum(np.sqrt(s), eps)
                    ),
                    "You use eps as a lower limit. That guards against 0 as well, but here eps "
                    "is added to the root.",
                ),
                Wrong(
                    lambda theta, g, s, alpha, eps: theta - alpha * g / (np.abs(g) + eps),
                    "You divide the gradient by its own size of this step, and only its sign "
                    "is left. Its usual size is the root of s.",
                ),
                Wrong(
                    lambda theta, g, s, alpha, eps: theta - alpha * g / np.sqrt(s),
                    "eps is missing: where no gradient ever came, that is 0 divided by 0.",
                ),
                Wrong(
                    lambda theta, g, s, alpha, eps: -alpha * g / (np.sqrt(s) + eps),
                    "That is the step alone. The new parameters are the old ones plus the "
                    "step.",
                ),
                Wrong(
                    lambda theta, g, s, alpha, eps: (
                        theta - alpha * g / (np.sqrt(s).sum() + eps)
                    ),
                    "You divide by one number for all. Each parameter is divided by the root "
                    "of its own average.",
                ),
                Wrong(
                    lambda theta, g, s, alpha, eps: (
                        theta - alpha * np.sqrt(s) / (np.abs(g) + eps)
                    ),
                    "The two are upside down: the gradient stands above, its usual size below.",
                ),
                Wrong(
                    lambda theta, g, s, alpha, eps: theta - alpha * s / (np.sqrt(s) + eps),
                    "The gradient is missing above the line: s has lost its sign, and nobody "
                    "knows which way to go.",
                ),
            ),
            right=(lambda theta, g, s, alpha, eps: theta - alpha / (eps + s**0.5) * g,),
        ),
    ),
    why="Whatever scale a parameter's gradients have, its steps are about alpha long.",
)

ADAM = Wall(
    name="10.adam",
    tested="vectors and a matrix, steps 1 to 40, several shares and eps",
    lines=(
        Line(
            name="m",
            shape="mean of the gradient, (M,)",
            reference=lambda m, g, beta1: beta1 * m + (1 - beta1) * g,
            cases=((np.zeros(2), _G[0], 0.9), *zip(_OLD, _G, (0.9, 0.6, 0.75))),
            hints=(
                "The same average as in RMSProp, of something else.",
                "m ← β₁ m + (1 − β₁) g",
                "beta1 * m + (1 - beta1) * g",
            ),
            wrong=(
                Wrong(
                    lambda m, g, beta1: beta1 * m + g,
                    "That is a velocity. In an average the two shares add up to 1: the new "
                    "gradient enters with 1 − beta1.",
                ),
                Wrong(
                    lambda m, g, beta1: (1 - beta1) * m + beta1 * g,
                    "The two shares are exchanged: beta1 is what is kept of the old average.",
                ),
                Wrong(
                    lambda m, g, beta1: beta1 * m + (1 - beta1) * g**2,
                    "You average the squares. This line averages the gradient itself, so that "
                    "what alternates cancels.",
                ),
                Wrong(
                    lambda m, g, beta1: beta1 * m + beta1 * g,
                    "Both have the share beta1. In an average the two shares add up to 1: the "
                    "new gradient enters with 1 − beta1.",
                ),
                Wrong(
                    lambda m, g, beta1: beta1 * m - (1 - beta1) * g,
                    "The gradient enters with a plus. The minus stands in the step.",
                ),
                Wrong(
                    lambda m, g, beta1: beta1 * m + (1 - beta1) * np.abs(g),
                    "The sign of the gradient is lost, and with it the direction.",
                ),
                Wrong(
                    lambda m, g, beta1: beta1 * (m + (1 - beta1) * g),
                    "Mind the brackets: beta1 multiplies the old average alone.",
                ),
            ),
            right=(lambda m, g, beta1: m + (1 - beta1) * (g - m),),
        ),
        Line(
            name="s",
            shape="mean of its square, (M,)",
            reference=lambda s, g, beta2: beta2 * s + (1 - beta2) * g**2,
            cases=((np.zeros(2), _G[0], 0.9), *zip(_SQUARES, _G, (0.99, 0.9, 0.75))),
            hints=(
                "You have written this line already, with rho in the place of beta2.",
                "s ← β₂ s + (1 − β₂) g²",
                "beta2 * s + (1 - beta2) * g**2",
            ),
            wrong=(
                Wrong(
                    lambda s, g, beta2: beta2 * s + (1 - beta2) * g,
                    "The square is missing: that is the line above once more.",
                ),
                Wrong(
                    lambda s, g, beta2: beta2 * s + g**2,
                    "The square enters in full. In an average the two shares add up to 1: it "
                    "enters with 1 − beta2.",
                ),
                Wrong(
                    lambda s, g, beta2: (1 - beta2) * s + beta2 * g**2,
                    "The two shares are exchanged: beta2 is what is kept of the old average.",
                ),
                Wrong(
                    lambda s, g, beta2: beta2 * s + (1 - beta2) * np.mean(g**2),
                    "You average over the parameters. Each parameter has an average of its "
                    "own, over the steps.",
                ),
                Wrong(
                    lambda s, g, beta2: beta2 * s + beta2 * g**2,
                    "Both have the share beta2. In an average the two shares add up to 1: the "
                    "new square enters with 1 − beta2.",
                ),
                Wrong(
                    lambda s, g, beta2: beta2 * s + ((1 - beta2) * g) ** 2,
                    "You square the share as well. Only the gradient is squared: mind the "
                    "brackets.",
                ),
                Wrong(
                    lambda s, g, beta2: s + g**2,
                    "That is a sum: nothing is ever forgotten. An average keeps the share "
                    "beta2 and takes 1 − beta2 of the new square.",
                ),
                Wrong(
                    lambda s, g, beta2: beta2 * s + (1 - beta2) * (g - g.mean()) ** 2,
                    "That is a variance over the parameters. Each parameter has an average of "
                    "its own, and the square is of the gradient itself.",
                ),
            ),
            right=(lambda s, g, beta2: s + (1 - beta2) * (g * g - s),),
        ),
        Line(
            name="corrected",
            shape="an average without its bias, (M,)",
            reference=lambda average, beta, t: average / (1 - beta**t),
            cases=(
                (np.array([1.0, -10.0]), 0.9, 1),
                (np.array([1.0, -10.0]), 0.5, 3),
                (_OLD[1], 0.99, 7),
                (_OLD[2], 0.9, 40),
            ),
            hints=(
                "Fed with ones, the average holds 1 − 0.9, then 1 − 0.81, then 1 − 0.729. What "
                "does it hold after t steps, and by what must you divide to get 1?",
                "m̂ = m / (1 − βᵗ)",
                "average / (1 - beta**t)",
            ),
            wrong=(
                Wrong(
                    lambda average, beta, t: average / (1 - beta),
                    "That is right for the first step alone. With every step the average knows "
                    "more, and what is missing shrinks: t has to occur.",
                ),
                Wrong(
                    lambda average, beta, t: average * (1 - beta**t),
                    "You multiply, and make a small average smaller still. It holds 1 − beta^t "
                    "of the truth: divide by that.",
                ),
                Wrong(
                    lambda average, beta, t: average / beta**t,
                    "beta^t is the share that is missing. Divide by the share that is there.",
                ),
                Wrong(
                    lambda average, beta, t: average / (1 - beta) ** t,
                    "Mind the brackets: what is missing is beta^t, and the power belongs to "
                    "beta alone.",
                ),
                Wrong(
                    lambda average, beta, t: average / (1 - beta * t),
                    "What is missing is multiplied by beta at every step, so it is a power of "
                    "beta, not a multiple.",
                ),
                Wrong(
                    lambda average, beta, t: average / (1 - beta ** (t + 1)),
                    "One step too many: t counts from 1, and after the first step beta is "
                    "missing, not beta squared.",
                ),
                Wrong(
                    lambda average, beta, t: average / (1 - beta ** (t - 1)),
                    "One step too few: t counts from 1, so that yours divides by 0 at the "
                    "first step.",
                ),
                Wrong(
                    lambda average, beta, t: 1 - beta**t + 0 * average,
                    "That is the share which the average holds. The average divided by it is "
                    "asked for.",
                ),
                Wrong(
                    lambda average, beta, t: average / t,
                    "That would be right for a sum of t terms. This is an average already, of "
                    "which only 1 − beta^t is there.",
                ),
                Wrong(
                    lambda average, beta, t: average + beta**t,
                    "beta^t is missing as a share of the truth, and adding it treats every "
                    "truth as if it were 1. Divide.",
                ),
                Wrong(
                    lambda average, beta, t: average / (1 - t**beta),
                    "The power is upside down: what is missing is beta, beta², beta³, …",
                ),
                Wrong(
                    lambda average, beta, t: average / (t * (1 - beta)),
                    "The share does not grow evenly: fed with ones, an average that keeps 0.9 "
                    "holds 0.1, then 0.19, not 0.2. What is missing is beta^t.",
                ),
            ),
            right=(lambda average, beta, t: average * (1 - beta**t) ** -1,),
        ),
        Line(
            name="theta",
            shape="the new parameters, (M,)",
            reference=lambda theta, m_hat, s_hat, alpha, eps: (
                theta - alpha * m_hat / (np.sqrt(s_hat) + eps)
            ),
            cases=tuple(zip(_THETA, _OLD, _SQUARES, _RATES, _TINY)),
            hints=(
                "RMSProp's step, with the mean of the gradient in the place of the gradient.",
                "θ ← θ − α m̂ / (√ŝ + ε)",
                "theta - alpha * m_hat / (np.sqrt(s_hat) + eps)",
            ),
            wrong=(
                Wrong(
                    lambda theta, m_hat, s_hat, alpha, eps: (
                        (theta - alpha * m_hat) / (np.sqrt(s_hat) + eps)
                    ),
                    "Mind the brackets: you divide the parameters too. Only the step is "
                    "divided by the root.",
                ),
                Wrong(
                    lambda theta, m_hat, s_hat, alpha, eps: (
                        theta - alpha * s_hat / (np.sqrt(m_hat) + eps)
                    ),
                    "The two averages have changed places: m_hat gives the direction, and the"
                    " root of s_hat the scale.",
                ),
                Wrong(
                    lambda theta, m_hat, s_hat, alpha, eps: (
                        theta - alpha * m_hat / (s_hat + eps)
                    ),
                    "The root is missing: s_hat is a mean of squares.",
                ),
                Wrong(
                    lambda theta, m_hat, s_hat, alpha, eps: (
                        theta - alpha * m_hat / np.sqrt(s_hat + eps)
                    ),
                    "Your eps stands under the root. It is added to the root.",
                ),
                Wrong(
                    lambda theta, m_hat, s_hat, alpha, eps: (
                        theta - alpha * m_hat / np.sqrt(s_hat) + eps
                    ),
                    "Mind the brackets: you divide by the root alone, and add eps to the "
                    "parameters.",
                ),
                Wrong(
                    lambda theta, m_hat, s_hat, alpha, eps: (
                        theta + alpha * m_hat / (np.sqrt(s_hat) + eps)
                    ),
                    "The sign is the wrong way round: a gradient points uphill.",
                ),
                Wrong(
                    lambda theta, m_hat, s_hat, alpha, eps: theta - alpha * m_hat,
                    "The scale is missing: that is momentum's step. Divide by the root of "
                    "s_hat.",
                ),
                Wrong(
                    lambda theta, m_hat, s_hat, alpha, eps: (
                        theta - m_hat / (np.sqrt(s_hat) + eps)
                    ),
                    "The rate is missing: the step is alpha times the measured mean.",
                ),
                Wrong(
                    lambda theta, m_hat, s_hat, alpha, eps: (
                        theta - alpha * m_hat / np.sqrt(s_hat)
                    ),
                    "eps is missing: where no gradient ever came, that is 0 divided by 0.",
                ),
                Wrong(
                    lambda theta, m_hat, s_hat, alpha, eps: (
                        theta - alpha * s_hat / (np.sqrt(np.abs(m_hat)) + eps)
                    ),
                    "The two averages are exchanged: the mean of the gradient stands above, "
                    "the root of the mean square below.",
                ),
                Wrong(
                    lambda theta, m_hat, s_hat, alpha, eps: (
                        theta - alpha * m_hat * np.sqrt(s_hat)
                    ),
                    "You multiply by the usual size, so that large gradients make larger steps "
                    "still. Measure m_hat in it: divide.",
                ),
                Wrong(
                    lambda theta, m_hat, s_hat, alpha, eps: (
                        theta - alpha * np.sqrt(np.abs(m_hat) / (s_hat + eps))
                    ),
                    "Your root covers the whole fraction, and the sign of m_hat is lost. Only "
                    "s_hat has the root.",
                ),
                Wrong(
                    lambda theta, m_hat, s_hat, alpha, eps: (
                        theta * (1 - alpha * m_hat / (np.sqrt(s_hat) + eps))
                    ),
                    "Your step is multiplied by theta. It is the same wherever the parameters "
                    "are: theta minus the step.",
                ),
                Wrong(
                    lambda theta, m_hat, s_hat, alpha, eps: (
                        -alpha * m_hat / (np.sqrt(s_hat) + eps)
                    ),
                    "That is the step alone. The new parameters are the old ones plus the "
                    "step.",
                ),
            ),
            right=(
                lambda theta, m_hat, s_hat, alpha, eps: (
                    theta - alpha / (eps + s_hat**0.5) * m_hat
                ),
            ),
        ),
    ),
    why="Momentum's memory gives the direction, RMSProp's gives the scale, and both are freed "
    "from the zeros with which they began.",
)


EXERCISES = (
    MOMENTUM,
    RMSPROP,
    ADAM,
    Exercise(
        name="10.warmup_linear",
        reference=warmup_linear,
        cases=(
            (0, 1.0, 10, 4),
            (3, 1.0, 10, 4),
            (4, 1.0, 10, 4),
            (7, 1.0, 10, 4),
            (9, 1.0, 10, 4),
            (10, 1.0, 10, 4),
            (12, 1.0, 10, 4),
            (0, 0.5, 4, 0),
            (60, 0.3, 200, 20),
        ),
        tested="the first step, the rise, the peak, the fall, the end and beyond",
        hints=(
            "Two straight lines that meet in the value alpha at step = warmup.",
            "Rise: alpha·(step + 1) / (warmup + 1). Fall: alpha·(steps − step) / (steps − "
            "warmup), and 0 from `steps` on.",
            "return alpha * max(0.0, (steps - step) / (steps - warmup))  # after the warm-up",
        ),
        wrong=(
            Wrong(
                falls_from_zero,
                "Your fall is measured from step 0. It begins at step `warmup`, with alpha, "
                "and has steps − warmup steps.",
            ),
            Wrong(
                first_step_lost,
                "Your first step has rate 0 and is wasted: count from step + 1, over "
                "warmup + 1.",
            ),
            Wrong(
                falls_from_the_start,
                "Your fall counts from step 0, so the rate jumps down where the warm-up ends. "
                "Count it from warmup.",
            ),
            Wrong(
                too_long_by_warmup,
                "Your fall takes `steps` steps after the warm-up, so at `steps` the rate is "
                "not 0 yet. It has steps − warmup.",
            ),
            Wrong(
                below_zero,
                "Past the last step your rate is negative, which climbs. It must stay at 0.",
            ),
            Wrong(
                lambda step, alpha, steps, warmup: (
                    alpha * (step + 1) / (warmup + 1)
                    if step < warmup
                    else alpha * max(0.0, (steps - 1 - step) / (steps - warmup))
                ),
                "Your fall begins one step too early: at step = warmup the "
                "rate is alpha, and it is 0 at `steps`.",
            ),
            Wrong(
                rises_again,
                "Your rate jumps to 0 where the warm-up ends, and rises again. It falls: what "
                "is left of the way to `steps` counts, not what is done of it.",
            ),
            Wrong(
                never_falls,
                "Your rate stays at alpha after the warm-up. It has to fall from there, and "
                "to be 0 at `steps`.",
            ),
            Wrong(
                falls_along_a_cosine,
                "That is the cosine schedule, which falls along a curve. Here the fall is a "
                "straight line.",
            ),
            Wrong(
                ends_one_step_early,
                "Your rate is 0 one step too early: the straight line reaches 0 at `steps`.",
            ),
        ),
        right=(warmup_linear_by_interp, warmup_linear_by_min),
        why="Both lines are alpha at step = warmup, so the rate has a peak there and no jump.",
    ),
    Exercise(
        name="10.nesterov",
        reference=nesterov,
        cases=(
            (np.array([1.0, 2.0]), np.array([0.0, 0.0]), np.array([1.0, -2.0]), 0.1),
            (np.array([1.0, 2.0]), np.array([3.0, -1.0]), np.array([1.0, -2.0]), 0.1),
            (*_vectors(5, 0), 0.05, 0.5),
        ),
        returns=("phi", "v"),
        tested="a velocity of zero and others, another mu",
        hints=(
            "Write phi_new = theta_new − alpha·mu·v_new, then put phi + alpha·mu·v for theta. "
            "Which terms cancel?",
            "v ← mu·v + g, then phi ← phi − alpha·(g + mu·v) with the new v.",
            "v = mu * v + g; return theta - alpha * (g + mu * v), v",
        ),
        wrong=(
            Wrong(
                plain_momentum,
                "That is plain momentum, a step of alpha·v. Nesterov's is alpha·(g + mu·v) "
                "with the new v; with the old v, g + mu·v is plain momentum again.",
            ),
            Wrong(
                look_ahead_not_taken_back,
                "You add the new look-ahead, alpha·mu·v, but phi already holds the old one, "
                "which has to be taken back first.",
            ),
            Wrong(
                wrong_way_back,
                "You write phi − alpha·mu·v for theta. The sign is the other way round: phi is "
                "theta − alpha·mu·v, so theta is phi + alpha·mu·v.",
            ),
            Wrong(
                theta_itself,
                "That is the new theta. The network holds phi: add the new look-ahead, "
                "−alpha·mu·v with the new v.",
            ),
            Wrong(
                gradient_forgotten,
                "Your step is alpha·mu·v: the gradient itself, g, is missing beside mu·v.",
            ),
            Wrong(
                look_ahead_kept,
                "You return g + mu·v as the velocity. The look-ahead belongs to this step "
                "only; what is remembered is v = mu·v + g.",
            ),
            Wrong(
                lambda theta, v, g, alpha, mu=0.9: (
                    theta - (alpha * g + mu * (mu * v + alpha * g)),
                    mu * v + alpha * g,
                ),
                "Your velocity has alpha in it. Here v collects gradients, and "
                "alpha multiplies the step.",
            ),
            Wrong(
                lambda theta, v, g, alpha, mu=0.9: (
                    theta - alpha * (g + mu * (mu * v + (1 - mu) * g)),
                    mu * v + (1 - mu) * g,
                ),
                "Your velocity is an average: the gradient enters with 1 − "
                "mu, as in Adam. Momentum's velocity adds the gradient in full.",
            ),
        ),
        right=(nesterov_by_two_moves,),
        why="Plain momentum steps by alpha·v. Nesterov's step is as if the same gradient came "
        "once more: mu·v + g, with the new v.",
    ),
    Exercise(
        name="10.average_weights",
        reference=average_weights,
        cases=((0.5, 2), (0.9, 1), (0.9, 10), (0.99, 30)),
        tested="1, 2, 10 and 30 gradients, three values of beta",
        hints=(
            "Multiply the recursion out: how often has g_i been multiplied by beta at step t?",
            "w_i = (1 − beta)·beta^(t − i) / (1 − beta^t), for i = 1 … t.",
            "w = beta ** np.arange(t - 1, -1, -1); return w / w.sum()",
        ),
        wrong=(
            Wrong(
                lambda beta, t: (1 - beta) / (1 - beta**t),
                "That is one weight, the newest. An array of t weights is asked for, one for "
                "each gradient.",
            ),
            Wrong(
                not_corrected,
                "Your weights sum to 1 − beta^t, not to 1: the correction is missing.",
            ),
            Wrong(
                oldest_first,
                "Your weights are in reverse: the oldest gradient, g_1, has the largest. The "
                "newest must have it.",
            ),
            Wrong(
                one_power_too_many,
                "Every weight of yours has one factor beta too many: g_t, the newest, has not "
                "been multiplied by beta yet.",
            ),
            Wrong(
                factor_forgotten,
                "The factor 1 − beta is missing: each gradient enters m multiplied by it.",
            ),
            Wrong(
                lambda beta, t: (1 - beta) * beta ** np.arange(t, -1, -1) / (1 - beta**t),
                "One weight too many: t gradients have t weights, with the "
                "powers t − 1 down to 0.",
            ),
            Wrong(
                lambda beta, t: (1 - beta) ** np.arange(t - 1, -1, -1) / (1 - beta**t),
                "Your powers are of 1 − beta. A gradient enters with 1 − beta once, and every "
                "later step multiplies it by beta.",
            ),
            Wrong(
                corrected_by_its_own_step,
                "You correct each weight by the step at which its gradient came in. The "
                "average is corrected once, by what it holds after all t steps.",
            ),
            Wrong(
                lambda beta, t: beta ** np.arange(t - 1, -1, -1),
                "Your weights do not sum to 1. Each has the factor 1 − beta, and the "
                "correction divides by 1 − beta^t.",
            ),
        ),
        right=(weights_by_formula, weights_by_running),
        why="The powers 1, beta, …, beta^(t − 1) have the sum (1 − beta^t) / (1 − beta), so "
        "the weights sum to 1.",
    ),
    Exercise(
        name="10.adagrad",
        reference=adagrad,
        cases=(
            (np.array([1.0, 2.0]), np.array([9.0, 144.0]), np.array([4.0, -5.0]), 0.1),
            (np.array([1.0, 2.0]), np.array([0.0, 0.0]), np.array([0.5, -4.0]), 0.1),
            (*_vectors(6, 1), 0.3),
            (np.array([1.0, 2.0]), np.array([0.0, 1.0]), np.array([0.0, 0.5]), 0.1),
            (np.array([1.0, 2.0]), np.array([0.0, 1.0]), np.array([0.5, -0.5]), 0.1, 0.5),
        ),
        returns=("theta", "s"),
        tested="a fresh memory and others, gradients of both signs and of 0, another eps",
        hints=(
            "RMSProp forgets. What does s become if nothing is ever forgotten?",
            "s ← s + g², then theta ← theta − alpha·g / (√s + eps).",
            "s = s + g**2; return theta - alpha * g / (np.sqrt(s) + eps), s",
        ),
        wrong=(
            Wrong(
                squared_twice,
                "The gradient is squared in the step as well. s holds squares; the step goes "
                "along g itself.",
            ),
            Wrong(
                still_an_average,
                "Your s is still a moving average, which forgets: that is RMSProp. AdaGrad's "
                "is a plain sum, s + g².",
            ),
            Wrong(root_forgotten, "You divide by s. The root is missing: g / (√s + eps)."),
            Wrong(
                sizes_summed,
                "You add up |g|. AdaGrad adds up the squares, and takes the root at the end.",
            ),
            Wrong(
                divided_too_early,
                "You divide by the s from before this step. Add g² first: at the first step "
                "the old s is 0.",
            ),
            Wrong(
                lambda theta, s, g, alpha, eps=1e-8: (
                    theta - alpha * g / (np.sqrt(s + (g**2).sum()) + eps),
                    s + (g**2).sum(),
                ),
                "You sum g² over all parameters. Each parameter has a memory "
                "of its own: s is an array like g.",
            ),
            Wrong(
                lambda theta, s, g, alpha, eps=1e-8: (
                    theta - alpha * g / np.sqrt(s + g**2 + eps),
                    s + g**2,
                ),
                "Your eps stands under the root. In the form of `rmsprop` it "
                "is added to the root.",
            ),
        ),
        right=(adagrad_by_loop,),
        why="The sum s only grows, so the scale of the steps only shrinks.",
    ),
    Exercise(
        name="10.clip_by_norm",
        reference=clip_by_norm,
        cases=(
            (np.array([3.0, 4.0]), 2.5),
            (np.array([0.6, 0.8]), 2.5),
            (np.array([1.2, 1.6]), 2.5),
            (np.zeros(3), 1.0),
            (np.random.default_rng(2).standard_normal(50), 1.0),
            (np.array([[3.0, 0.0], [0.0, 4.0]]), 2.5),
        ),
        tested="gradients above the limit, below it, zero, a matrix; that g is left as it was",
        hints=(
            "The direction must stay, so every entry is multiplied by the same number.",
            "|g| = √Σg². Where |g| > limit: g · limit / |g|; else g.",
            "norm = np.sqrt((g**2).sum()); g * (limit / norm) if norm > limit else g",
        ),
        wrong=(
            Wrong(
                lambda g, limit: g / limit if np.linalg.norm(g) > limit else g,
                "You divide by the limit. To get the length `limit`, multiply by limit / "
                "length.",
            ),
            Wrong(
                entries_clipped,
                "You clip each entry by itself, which turns the direction. Multiply the whole "
                "vector by one number.",
            ),
            Wrong(
                always_scaled,
                "You also stretch gradients that are shorter than the limit. Those must stay "
                "as they are.",
            ),
            Wrong(
                scaled_to_one,
                "Your clipped gradient has length 1. It should have the length `limit`.",
            ),
            Wrong(
                norm_without_root,
                "Your length is the sum of squares: the root is missing.",
            ),
            Wrong(
                lambda g, limit: (
                    g * (limit / np.abs(g).sum()) if np.abs(g).sum() > limit else g
                ),
                "Your length is the sum of the sizes. A length is the root "
                "of the sum of squares.",
            ),
            Wrong(
                lambda g, limit: (
                    g * (limit / np.abs(g).max()) if np.abs(g).max() > limit else g
                ),
                "You measure by the largest entry. The length of the whole "
                "vector counts: the root of the sum of squares.",
            ),
            Wrong(
                lambda g, limit: (
                    g * (limit / np.sqrt((g**2).sum())) if (g**2).sum() > limit else g
                ),
                "Your condition compares the squared length with the limit, "
                "and so shortens some gradients that are short enough.",
            ),
            Wrong(
                lambda g, limit: (
                    g * (limit / np.sqrt((g**2).sum())) if 0 < (g**2).sum() < limit**2 else g
                ),
                "Your condition is the wrong way round: short gradients are stretched, and the "
                "long ones stay as they are.",
            ),
            Wrong(
                lambda g, limit: 0 * g if np.sqrt((g**2).sum()) > limit else g,
                "You throw long gradients away. They keep their direction, and get the length "
                "`limit`.",
            ),
            Wrong(
                lambda g, limit: np.minimum(g, limit),
                "You cap each entry by itself, and negative ones not at all. Multiply the "
                "whole vector by one number.",
            ),
            Wrong(
                lambda g, limit: limit if np.sqrt((g**2).sum()) > limit else g,
                "You return the limit, which is a length. A gradient of that length is asked "
                "for: g times limit / |g|.",
            ),
        ),
        right=(clip_by_factor, clip_by_copy),
        why="One number multiplies every entry, so the direction stays.",
    ),
)
