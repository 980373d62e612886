"""The learning rate is a function of the step, and of nothing else.

Each function here returns a schedule: step -> lr, where step counts the updates from 0 and
lr is a Python float. A schedule has no memory, so a run that was interrupted needs only the
number of its next step. Steps in all: epochs * math.ceil(n_examples / batch_size); past
the last, the schedule stays where it ended. Notebook 10.
"""

import math


def constant(lr):
    """Always lr."""
    lr = _rate(lr)
    return lambda step: lr


def step_decay(lr, every, factor=0.1):
    """lr, times `factor` after each `every` steps."""
    lr, factor, every = _rate(lr), float(factor), _count("every", every)
    return lambda step: lr * factor ** (step // every)


def cosine(lr, steps, warmup=0, lr_end=0.0):
    """Up in a straight line for `warmup` steps, then down half a cosine to lr_end at `steps`.

    Loshchilov and Hutter 2017. The warm-up ends at lr, and begins at lr / (warmup + 1): a
    first step at rate 0 would be wasted.
    """
    lr, lr_end, steps = _rate(lr), float(lr_end), _count("steps", steps)
    if not 0 <= warmup < steps:
        raise ValueError(f"warmup={warmup} must be from 0 to below steps={steps}")

    def schedule(step):
        if step < warmup:
            return lr * (step + 1) / (warmup + 1)
        done = min((step - warmup) / (steps - warmup), 1.0)
        return lr_end + (lr - lr_end) * 0.5 * (1 + math.cos(math.pi * done))

    return schedule


def one_cycle(lr, steps, rise=0.3, start=25.0, end=1e4):
    """From lr / start up to lr in the first `rise` of the steps, then down to lr / start / end.

    Both ways along half a cosine. Smith and Topin 2018; shape and defaults are PyTorch's.
    """
    lr, steps, low = _rate(lr), _count("steps", steps), float(lr) / start
    if not 0 < rise < 1:
        raise ValueError(f"rise is a share of the steps, between 0 and 1; got {rise}")
    # The last step is number steps - 1; with a single step there is nothing to rise to.
    top, last = max(rise * steps - 1, 0.0), max(steps - 1, 1)

    def between(a, b, done):
        return b + (a - b) * 0.5 * (1 + math.cos(math.pi * done))

    def schedule(step):
        if step < top:
            return between(low, lr, step / top)
        return between(lr, low / end, min((step - top) / (last - top), 1.0))

    return schedule


def _rate(lr):
    if not (math.isfinite(lr) and lr >= 0):
        raise ValueError(f"a learning rate is a finite number, zero or more; got {lr}")
    return float(lr)  # a NumPy scalar would turn a float32 theta into float64


def _count(name, value):
    if value < 1 or value != int(value):
        raise ValueError(f"{name} is a whole number of steps, 1 or more; got {value}")
    return int(value)
