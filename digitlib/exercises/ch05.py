"""The exercises of notebook 05: gradient checking and the bug clinic."""

import numpy as np

from digitlib.exercises.clinic import _ADMITTED, FAULTS
from digitlib.exercises.model import Exercise, Wrong


def one_sided_h(f, curvature, eps):
    return 2 * np.sqrt(eps * abs(f) / abs(curvature))


def one_sided_by_balance(f, curvature, eps):
    """Where the two terms are equal, which is where their sum is least."""
    return (4 * eps * abs(f) / abs(curvature)) ** 0.5


def one_sided_by_search(f, curvature, eps):
    h = np.logspace(-12, 2, 400_001)
    for _ in range(3):
        error = h / 2 * abs(curvature) + 2 * eps * abs(f) / h
        best = h[error.argmin()]
        h = np.linspace(best * 0.99, best * 1.01, 20_001)
    return best


def as_for_central(f, curvature, eps):
    return (3 * eps * abs(f) / abs(curvature)) ** (1 / 3)


def one_value_rounded(f, curvature, eps):
    return np.sqrt(2 * eps * abs(f) / abs(curvature))


def half_forgotten(f, curvature, eps):
    return np.sqrt(eps * abs(f) / abs(curvature))


def upside_down(f, curvature, eps):
    return 2 * np.sqrt(abs(curvature) / (eps * abs(f)))


def norm_error(a, b):
    total = np.linalg.norm(a) + np.linalg.norm(b)
    if total == 0:
        return 0.0
    return np.linalg.norm(a - b) / total


def norm_by_roots(a, b):
    gap = np.sqrt(((a - b) ** 2).sum())
    total = np.sqrt((a**2).sum()) + np.sqrt((b**2).sum())
    return gap / total if total > 0 else 0.0


def norm_flattened(a, b):
    a, b = a.ravel(), b.ravel()
    total = np.sqrt(a @ a) + np.sqrt(b @ b)
    return np.sqrt((a - b) @ (a - b)) / total if total else 0.0


def zeros_not_guarded(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


def norm_of_the_sum(a, b):
    total = np.linalg.norm(a + b)
    return np.linalg.norm(a - b) / total if total else 0.0


def root_forgotten(a, b):
    total = (a**2).sum() + (b**2).sum()
    return ((a - b) ** 2).sum() / total if total else 0.0


def largest_entries(a, b):
    scale = max(np.abs(a).max(), np.abs(b).max())
    return np.abs(a - b).max() / scale if scale else 0.0


def slopes_along(loss, params, grads, directions, h):
    above = loss([p + h * v for p, v in zip(params, directions)])
    below = loss([p - h * v for p, v in zip(params, directions)])
    claimed = sum((g * v).sum() for g, v in zip(grads, directions))
    return (above - below) / (2 * h), claimed


def slopes_by_loop(loss, params, grads, directions, h):
    up, down, claimed = [], [], 0.0
    for i in range(len(params)):
        up.append(params[i] + h * directions[i])
        down.append(params[i] - h * directions[i])
        claimed += np.vdot(grads[i], directions[i])
    return (loss(up) - loss(down)) / (2 * h), claimed


def slopes_on_one_line(loss, params, grads, directions, h):
    def on_the_line(t):
        return loss([p + t * v for p, v in zip(params, directions)])

    flat = [np.concatenate([a.ravel() for a in arrays]) for arrays in (grads, directions)]
    return (on_the_line(h) - on_the_line(-h)) / h / 2, flat[0] @ flat[1]


def divided_by_h(loss, params, grads, directions, h):
    above = loss([p + h * v for p, v in zip(params, directions)])
    below = loss([p - h * v for p, v in zip(params, directions)])
    claimed = sum((g * v).sum() for g, v in zip(grads, directions))
    return (above - below) / h, claimed


def slopes_one_sided(loss, params, grads, directions, h):
    above = loss([p + h * v for p, v in zip(params, directions)])
    claimed = sum((g * v).sum() for g, v in zip(grads, directions))
    return (above - loss(params)) / h, claimed


def first_array_only(loss, params, grads, directions, h):
    above = loss([p + h * v for p, v in zip(params, directions)])
    below = loss([p - h * v for p, v in zip(params, directions)])
    return (above - below) / (2 * h), (grads[0] * directions[0]).sum()


def direction_forgotten(loss, params, grads, directions, h):
    above = loss([p + h * v for p, v in zip(params, directions)])
    below = loss([p - h * v for p, v in zip(params, directions)])
    return (above - below) / (2 * h), sum(g.sum() for g in grads)


def dead_units(A1):
    return int((A1 == 0).all(axis=0).sum())


def dead_by_maximum(A1):
    return np.count_nonzero(A1.max(axis=0) == 0)


def dead_by_loop(A1):
    dead = 0
    for unit in A1.T:
        if not unit.any():
            dead += 1
    return dead


def silent_somewhere(A1):
    return int((A1 == 0).any(axis=0).sum())


def dead_images(A1):
    return int((A1 == 0).all(axis=1).sum())


def zeros_counted(A1):
    return int((A1 == 0).sum())


def share_of_zeros(A1):
    return float((A1 == 0).mean())


# What a fault would show on the instrument that decides it, and what each patient shows there.
WOULD = {
    "accuracy": ("count", "its own accuracy and the one counted by hand would differ"),
    "axis": ("rows", "the rows of P would not sum to 1"),
    "biases": ("check", "db1 and db2 would fail their check, and the two matrices pass it"),
    "constant": ("columns", "the ten columns of W1 would stay equal"),
    "mask": ("check", "dW1 and db1 would fail their check, and dW2 and db2 pass it"),
    "mean": ("check", "all four gradients would be 64 times too large"),
    "pixels": ("inputs", "the inputs would run to 255"),
    "rate": ("dead", "the units would die in training, all or nearly all of them"),
    "shuffled": ("labels", "most digits of a batch would come with a foreign label"),
    "transposed": ("check", "dW2 would fail its check, and the other three pass it"),
    "uniform": ("start", "the first loss would be between 3 and 5"),
    "zeros": ("check", "the check would refuse dW1, db1 and dW2: nothing but db2 has a slope"),
}
SEEN = {
    "check": {
        "C": "its dW1 and db1 fail, its dW2 and db2 pass",
        "E": "all four fail, by no common factor",
        "G": "its dW2 has a slope and passes",
        "": "all four pass",
    },
    "start": {
        "E": "that is so here, but the rows of its P do not sum to 1, whatever the weights",
        "G": "it starts at ln 10",
        "H": "it starts above 100",
        "": "it starts below 2.5",
    },
    "rows": {"": "they sum to 1"},
    "inputs": {"": "they run from 0 to 1"},
    "dead": {
        "H": "that is so here, but its first loss is above 100, and before the first step no "
        "rate has acted",
        "": "most of them are alive",
    },
    "columns": {"": "they all differ"},
    "labels": {"": "all 64 come with their own"},
    "count": {"": "they are equal"},
}


def misdiagnosed(diagnosis):
    """The first patient whose diagnosis is wrong, and the symptom that contradicts it."""
    if not isinstance(diagnosis, dict):
        return f"A dict belongs here, from A to H, and this is a {type(diagnosis).__name__}."
    given = {str(name).strip().upper(): fault for name, fault in diagnosis.items()}
    for patient, truth in _ADMITTED.items():
        if given.get(patient) in (None, ..., ""):
            return f"Patient {patient} has no diagnosis yet."
        fault = str(given[patient]).strip().lower()
        if fault not in FAULTS:
            return f"Patient {patient}: {fault!r} is not in the list of faults."
        if fault != truth:
            instrument, would = WOULD[fault]
            seen = SEEN[instrument].get(patient, SEEN[instrument][""])
            here = "" if seen.startswith("that is so here") else "here "
            return f"Patient {patient} is not {fault!r}: {would}; {here}{seen}."
    strangers = set(given) - set(_ADMITTED)
    if strangers:
        return f"There is no patient {min(strangers)}."
    return None


def _confusion(**changes):
    """All diagnoses right but these, with what the check says to them."""
    diagnosis = {**_ADMITTED, **changes}
    return Wrong(diagnosis, misdiagnosed(diagnosis))


def quadratic(params):
    """A loss whose slope is known by heart: the sum of squares, the second array ten times."""
    return float((params[0] ** 2).sum() + 10 * (params[1] ** 2).sum())


def sine_of_sum(params):
    """All arrays in one sine: moved one after the other they give another slope."""
    return float(np.sin(sum(p.sum() for p in params)))


def _arrays(seed, *shapes):
    rng = np.random.default_rng(seed)
    return [rng.standard_normal(shape) for shape in shapes]


_HERE = [np.array([1.0, 2.0]), np.array([3.0])]
_NET = _arrays(0, (4, 2), (2,), (2, 2), (2,))
_SINE_SLOPE = np.cos(sum(p.sum() for p in _NET))

EXERCISES = (
    Exercise(
        name="05.one_sided_h",
        reference=one_sided_h,
        cases=(
            (1.0, 1.0, 1e-16),
            (2.3, 0.5, 2.2e-16),
            (2.3, -0.2, 1.2e-7),
            (-4.0, 3.0, 1e-10),
        ),
        tested="losses and curvatures of both signs, float32 and float64",
        hints=(
            "Write the error as a sum of two terms, one that grows with h and one that falls.",
            "h |f''| / 2 + 2 eps |f| / h is least where its slope in h is 0.",
            "|f''| / 2 = 2 eps |f| / h**2, so h = 2 * np.sqrt(eps * abs(f) / abs(curvature))",
        ),
        wrong=(
            Wrong(
                as_for_central,
                "That is the cube root of the central difference. One-sided, the truncation "
                "grows with h and not with h², and the answer is a square root.",
            ),
            Wrong(
                one_value_rounded,
                "You are short by a factor √2: two losses are subtracted, each rounded by "
                "eps |f|, so the round-off is 2 eps |f| / h.",
            ),
            Wrong(
                half_forgotten,
                "You are half as large as you should be. The truncation is h |f''| / 2 and the "
                "round-off 2 eps |f| / h: keep both twos.",
            ),
            Wrong(
                upside_down,
                "Your fraction is upside down: the more exact the numbers are (the smaller "
                "eps), the smaller the best step.",
            ),
        ),
        right=(one_sided_by_balance, one_sided_by_search),
    ),
    Exercise(
        name="05.norm_error",
        reference=norm_error,
        cases=(
            (np.array([3.0, 4.0]), np.array([3.0, 4.5])),
            (np.array([1.0, 0.0]), np.array([0.0, 1.0])),
            (np.zeros(3), np.zeros(3)),
            (np.array([[1.0, -2.0], [3.0, 1.0]]), np.array([[1.5, -2.0], [3.0, -1.0]])),
            tuple(1e-9 * a for a in _arrays(1, (5, 4), (5, 4))),
        ),
        tested="vectors and matrices, tiny ones, two arrays of zeros",
        hints=(
            "Two lengths in the denominator: that of a, and that of b.",
            "‖a − b‖ / (‖a‖ + ‖b‖), and 0 where both are all zeros.",
            "np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)), after a look at "
            "the denominator",
        ),
        wrong=(
            Wrong(
                zeros_not_guarded,
                "Two arrays of zeros are equal, and yours says NaN: look at the denominator "
                "before you divide.",
            ),
            Wrong(
                norm_of_the_sum,
                "You divide by the length of a + b. Two gradients of opposite sign would "
                "cancel there: add the two lengths.",
            ),
            Wrong(
                root_forgotten,
                "Those are squared lengths. Without the root an error of 1e-4 reads as 1e-8.",
            ),
            Wrong(
                largest_entries,
                "That is relative_error, the largest entry against the largest entry. Here the "
                "lengths of the whole arrays are asked for.",
            ),
            Wrong(
                lambda a, b: (
                    np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b))
                    if a.any() or b.any()
                    else 0.0
                ),
                "You divide by the larger of the two lengths. Their sum is asked for.",
            ),
            Wrong(
                lambda a, b: (
                    abs(np.linalg.norm(a) - np.linalg.norm(b))
                    / (np.linalg.norm(a) + np.linalg.norm(b))
                    if a.any() or b.any()
                    else 0.0
                ),
                "You subtract the lengths. Two arrays of equal length can "
                "point anywhere: it is the length of the difference that counts.",
            ),
            Wrong(
                lambda a, b: (
                    np.abs(a - b).sum() / (np.abs(a).sum() + np.abs(b).sum())
                    if a.any() or b.any()
                    else 0.0
                ),
                "Those are sums of sizes. A length is the root of the sum of squares.",
            ),
            Wrong(
                lambda a, b: (
                    np.linalg.norm(a - b, 2) / (np.linalg.norm(a, 2) + np.linalg.norm(b, 2))
                    if a.any() or b.any()
                    else 0.0
                ),
                "np.linalg.norm(…, 2) of a matrix is its largest stretch, "
                "not the root of the sum of squares. Leave the 2 out, or flatten first.",
            ),
            Wrong(
                lambda a, b: (
                    np.linalg.norm(a - b) / np.linalg.norm(a) + np.linalg.norm(b)
                    if a.any() or b.any()
                    else 0.0
                ),
                "Brackets are missing: both lengths belong below the fraction.",
            ),
            Wrong(
                lambda a, b: (
                    np.linalg.norm(a - b) / (np.linalg.norm(a) * np.linalg.norm(b))
                    if a.any() or b.any()
                    else 0.0
                ),
                "You multiply the two lengths. They are added.",
            ),
        ),
        right=(norm_by_roots, norm_flattened),
    ),
    Exercise(
        name="05.slopes_along",
        reference=slopes_along,
        cases=(
            (quadratic, _HERE, [2 * _HERE[0], 20 * _HERE[1]], _arrays(2, (2,), (1,)), 0.1),
            # A wrong gradient: what is measured and what is claimed are two numbers.
            (quadratic, _HERE, [2 * _HERE[0], 2 * _HERE[1]], _arrays(2, (2,), (1,)), 0.1),
            (
                sine_of_sum,
                _NET,
                [np.full(p.shape, _SINE_SLOPE) for p in _NET],
                _arrays(3, (4, 2), (2,), (2, 2), (2,)),
                0.05,
            ),
        ),
        returns=("measured", "claimed"),
        tested="two arrays and four, a right gradient and a wrong one, one large step",
        tolerance=1e-9,
        hints=(
            "Move all arrays at once, each along its direction, and ask for the loss twice.",
            "(loss(θ + h v) − loss(θ − h v)) / 2h, and Σ g · v over all entries of all arrays.",
            "above = loss([p + h * v for p, v in zip(params, directions)]); "
            "claimed = sum((g * v).sum() for g, v in zip(grads, directions))",
        ),
        wrong=(
            Wrong(
                divided_by_h,
                "measured is twice too large: from θ − h v to θ + h v it is 2h.",
            ),
            Wrong(
                slopes_one_sided,
                "measured is a one-sided difference. Step back by h as well.",
            ),
            Wrong(
                first_array_only,
                "claimed knows the first array only. All of them moved: add up g · v over all.",
            ),
            Wrong(
                direction_forgotten,
                "claimed adds the gradients up as if every entry had moved by 1. Each moved by "
                "its entry of the direction: g · v.",
            ),
            Wrong(
                lambda loss, params, grads, directions, h: (
                    (
                        loss([params[0] + h * directions[0], *params[1:]])
                        - loss([params[0] - h * directions[0], *params[1:]])
                    )
                    / (2 * h),
                    sum((g * v).sum() for g, v in zip(grads, directions)),
                ),
                "measured moves the first array only. All of them move at "
                "once, each along its own direction.",
            ),
            Wrong(
                lambda loss, params, grads, directions, h: (
                    sum(
                        (
                            loss(
                                [
                                    p + h * v * (i == j)
                                    for j, (p, v) in enumerate(zip(params, directions))
                                ]
                            )
                            - loss(
                                [
                                    p - h * v * (i == j)
                                    for j, (p, v) in enumerate(zip(params, directions))
                                ]
                            )
                        )
                        / (2 * h)
                        for i in range(len(params))
                    ),
                    sum((g * v).sum() for g, v in zip(grads, directions)),
                ),
                "measured moves one array after the other and adds up. Two "
                "calls of the loss are asked for: all arrays move at once.",
            ),
        ),
        right=(slopes_by_loop, slopes_on_one_line),
    ),
    Exercise(
        name="05.dead_units",
        reference=dead_units,
        cases=(
            (np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 2.0]]),),
            (np.array([[0.0, 0.0, 1.0], [0.0, 0.0, 2.0], [0.0, 0.0, 0.0], [0.0, 0.0, 1.0]]),),
            (np.maximum(_arrays(4, (6, 5))[0], 0) * [1, 0, 1, 0, 0],),
            (np.ones((2, 4)),),
        ),
        tested="units that are silent on some images, on all, on none; an image without a unit",
        hints=(
            "One unit is one column of A1. When has it never answered?",
            "A column counts where all its entries are 0.",
            "(A1 == 0).all(axis=0).sum()",
        ),
        wrong=(
            Wrong(
                silent_somewhere,
                "You count units that are silent on some image. That is what a ReLU is for: "
                "dead is a unit that is silent on all.",
            ),
            Wrong(
                dead_images,
                "You count rows: images on which every unit is silent. A unit is a column.",
            ),
            Wrong(
                zeros_counted,
                "You count zeros, one by one. Count columns that hold nothing else.",
            ),
            Wrong(
                share_of_zeros,
                "That is the share of zeros among all hidden values. The number of units is "
                "asked for whose whole column is 0.",
            ),
            Wrong(
                lambda A1: int((A1 > 0).any(axis=0).sum()),
                "You count the units that are alive. The dead ones are the rest.",
            ),
            Wrong(
                lambda A1: int((A1[0] == 0).sum()),
                "You look at the first image only. Dead is a unit that is silent on all.",
            ),
            Wrong(
                lambda A1: int((A1[-1] == 0).sum()),
                "You look at the last image only. Dead is a unit that is silent on all.",
            ),
            Wrong(
                lambda A1: int(((A1 == 0).mean(axis=0) >= 0.5).sum()),
                "You count units that are silent on half of the images or "
                "more. Dead is a unit that is silent on all.",
            ),
        ),
        right=(dead_by_maximum, dead_by_loop),
    ),
    Exercise(
        name="05.diagnosis",
        reference=dict(_ADMITTED),
        tested="eight patients, twelve faults",
        hints=(
            "Begin with the instruments on which a patient is alone: one fails a check that "
            "all others pass.",
            "C and E have wrong gradients, D strange labels, B an accuracy that no count "
            "confirms. A and H die alike: look at what each had before its first step.",
            'diagnosis = {"A": "rate", "B": "accuracy", "C": "mask", "D": "shuffled", …}',
        ),
        wrong=(
            _confusion(A="mean"),
            _confusion(B="axis"),
            _confusion(D="zeros"),
            _confusion(H="rate"),
        ),
        right=({name.lower(): f" {fault.upper()}" for name, fault in _ADMITTED.items()},),
        explain=misdiagnosed,
        why="clinic.open_up(patient) prints the lines of each.",
    ),
)
