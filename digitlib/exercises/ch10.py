"""The exercises of notebook 10: optimisers and schedules."""

import math

import numpy as np

from digitlib.exercises.model import Exercise, Wrong


def nesterov(theta, v, g, lr, mu=0.9):
    v = mu * v + g
    return theta - lr * (g + mu * v), v


def nesterov_by_two_moves(theta, v, g, lr, mu=0.9):
    behind = theta + lr * mu * v  # where θ itself stands, when phi is given
    new_v = mu * v + g
    return behind - lr * new_v - lr * mu * new_v, new_v


def plain_momentum(theta, v, g, lr, mu=0.9):
    v = mu * v + g
    return theta - lr * v, v


def look_ahead_not_taken_back(theta, v, g, lr, mu=0.9):
    v = mu * v + g
    return theta - lr * v - lr * mu * v, v


def gradient_forgotten(theta, v, g, lr, mu=0.9):
    v = mu * v + g
    return theta - lr * mu * v, v


def look_ahead_kept(theta, v, g, lr, mu=0.9):
    v = g + mu * (mu * v + g)
    return theta - lr * v, v


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


def factor_forgotten(beta, t):
    i = np.arange(1, t + 1)
    return beta ** (t - i) / (1 - beta**t)


def adagrad(theta, s, g, lr, eps=1e-8):
    s = s + g**2
    return theta - lr * g / (np.sqrt(s) + eps), s


def adagrad_by_loop(theta, s, g, lr, eps=1e-8):
    theta, s = theta.copy(), s.copy()
    for j in range(len(theta)):
        s[j] += g[j] * g[j]
        theta[j] -= lr / (math.sqrt(s[j]) + eps) * g[j]
    return theta, s


def still_an_average(theta, s, g, lr, eps=1e-8):
    s = 0.99 * s + 0.01 * g**2
    return theta - lr * g / (np.sqrt(s) + eps), s


def root_forgotten(theta, s, g, lr, eps=1e-8):
    s = s + g**2
    return theta - lr * g / (s + eps), s


def sizes_summed(theta, s, g, lr, eps=1e-8):
    s = s + np.abs(g)
    return theta - lr * g / (s + eps), s


def divided_too_early(theta, s, g, lr, eps=1e-8):
    return theta - lr * g / (np.sqrt(s) + eps), s + g**2


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


def warmup_linear(step, lr, steps, warmup):
    if step < warmup:
        return lr * (step + 1) / (warmup + 1)
    return lr * max(0.0, (steps - step) / (steps - warmup))


def warmup_linear_by_interp(step, lr, steps, warmup):
    return float(np.interp(step, [-1, warmup, steps], [0, lr, 0]))


def warmup_linear_by_min(step, lr, steps, warmup):
    up = (step + 1) / (warmup + 1)
    down = (steps - min(step, steps)) / (steps - warmup)
    return lr * min(up, down)


def first_step_lost(step, lr, steps, warmup):
    if step < warmup:
        return lr * step / warmup
    return lr * max(0.0, (steps - step) / (steps - warmup))


def falls_from_the_start(step, lr, steps, warmup):
    if step < warmup:
        return lr * (step + 1) / (warmup + 1)
    return lr * max(0.0, 1 - step / steps)


def below_zero(step, lr, steps, warmup):
    if step < warmup:
        return lr * (step + 1) / (warmup + 1)
    return lr * (steps - step) / (steps - warmup)


def too_long_by_warmup(step, lr, steps, warmup):
    if step < warmup:
        return lr * (step + 1) / (warmup + 1)
    return lr * max(0.0, 1 - (step - warmup) / steps)


def _vectors(n, seed):
    """A theta, a memory that is not negative, and a gradient, (n,) each."""
    rng = np.random.default_rng(seed)
    return rng.standard_normal(n), rng.random(n) + 0.5, rng.standard_normal(n)


EXERCISES = (
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
            "Write phi_new = theta_new − lr·mu·v_new, then put phi + lr·mu·v for theta. Which "
            "terms cancel?",
            "v ← mu·v + g, then phi ← phi − lr·(g + mu·v) with the new v.",
            "v = mu * v + g; return theta - lr * (g + mu * v), v",
        ),
        wrong=(
            Wrong(
                plain_momentum,
                "That is plain momentum, a step of lr·v. Nesterov's is lr·(g + mu·v) with the "
                "new v; with the old v, g + mu·v is plain momentum again.",
            ),
            Wrong(
                look_ahead_not_taken_back,
                "You add the new look-ahead, lr·mu·v, but phi already holds the old one, which "
                "has to be taken back first.",
            ),
            Wrong(
                gradient_forgotten,
                "Your step is lr·mu·v: the gradient itself, g, is missing beside mu·v.",
            ),
            Wrong(
                look_ahead_kept,
                "You return g + mu·v as the velocity. The look-ahead belongs to this step "
                "only; what is remembered is v = mu·v + g.",
            ),
            Wrong(
                lambda theta, v, g, lr, mu=0.9: (
                    theta - (lr * g + mu * (mu * v + lr * g)),
                    mu * v + lr * g,
                ),
                "Your velocity has lr in it. Here v collects gradients, and "
                "lr multiplies the step.",
            ),
            Wrong(
                lambda theta, v, g, lr, mu=0.9: (
                    theta - lr * (g + mu * (mu * v + (1 - mu) * g)),
                    mu * v + (1 - mu) * g,
                ),
                "Your velocity is an average: the gradient enters with 1 − "
                "mu, as in Adam. Momentum's velocity adds the gradient in full.",
            ),
        ),
        right=(nesterov_by_two_moves,),
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
        ),
        right=(weights_by_formula, weights_by_running),
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
            "s ← s + g², then theta ← theta − lr·g / (√s + eps).",
            "s = s + g**2; return theta - lr * g / (np.sqrt(s) + eps), s",
        ),
        wrong=(
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
                lambda theta, s, g, lr, eps=1e-8: (
                    theta - lr * g / (np.sqrt(s + (g**2).sum()) + eps),
                    s + (g**2).sum(),
                ),
                "You sum g² over all parameters. Each parameter has a memory "
                "of its own: s is an array like g.",
            ),
            Wrong(
                lambda theta, s, g, lr, eps=1e-8: (
                    theta - lr * g / np.sqrt(s + g**2 + eps),
                    s + g**2,
                ),
                "Your eps stands under the root. In the form of `rmsprop` it "
                "is added to the root.",
            ),
        ),
        right=(adagrad_by_loop,),
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
        ),
        right=(clip_by_factor, clip_by_copy),
    ),
    Exercise(
        name="10.warmup_linear",
        reference=warmup_linear,
        cases=(
            (0, 1.0, 10, 4),
            (3, 1.0, 10, 4),
            (4, 1.0, 10, 4),
            (7, 1.0, 10, 4),
            (10, 1.0, 10, 4),
            (12, 1.0, 10, 4),
            (60, 0.3, 200, 20),
        ),
        tested="the first step, the rise, the peak, the fall, the end and beyond",
        hints=(
            "Two straight lines that meet in the value lr at step = warmup.",
            "Rise: lr·(step + 1) / (warmup + 1). Fall: lr·(steps − step) / (steps − warmup), "
            "and 0 from `steps` on.",
            "return lr * max(0.0, (steps - step) / (steps - warmup))  # after the warm-up",
        ),
        wrong=(
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
                lambda step, lr, steps, warmup: (
                    lr * (step + 1) / (warmup + 1)
                    if step < warmup
                    else lr * max(0.0, (steps - 1 - step) / (steps - warmup))
                ),
                "Your fall begins one step too early: at step = warmup the "
                "rate is lr, and it is 0 at `steps`.",
            ),
        ),
        right=(warmup_linear_by_interp, warmup_linear_by_min),
    ),
)
