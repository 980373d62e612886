"""The exercises of notebook 05: gradient checking."""

import numpy as np

from digitlib.exercises.model import Exercise, Line, Wall, Wrong


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


def scaled_directions(loss, params, grads, directions, h):
    length = np.sqrt(sum((v**2).sum() for v in directions))
    return slopes_along(loss, params, grads, [v / length for v in directions], h)


def the_last_array_alone(loss, params, grads, directions, h):
    still = [np.zeros_like(v) for v in directions[:-1]]
    return slopes_along(loss, params, grads, [*still, directions[-1]], h)


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


def cube(theta):
    return theta**3


def hollow(theta):
    """A loss of one number that bends both ways, so that no difference is right by luck."""
    return 1 / (1 + theta**2) + 0.3 * theta**3


# Large steps: there a slope to one side, to both sides and the true one are three numbers.
_PLACES = ((cube, 1.0, 0.5), (hollow, 0.7, 0.1), (hollow, -1.3, 0.02), (np.exp, 2.0, 0.25))
_PAIRS = (
    (np.array([1.0, -2.0]), np.array([1.0, -1.5])),
    (np.array([3.0, 0.0]), np.array([3.5, 0.0])),
    (np.array([1.0, -4.0]), np.array([-1.0, 4.0])),
    tuple(1e-9 * a for a in _arrays(5, (4, 3), (4, 3))),
    (np.array([[0.0, -2.0], [1.0, 1.0]]), np.array([[0.25, -2.0], [1.0, 0.0]])),
)

WALL = Wall(
    name="05.wall",
    tested="functions that bend, large steps and small ones, arrays of both signs, tiny ones",
    lines=(
        Line(
            name="one_sided",
            shape="a number",
            reference=lambda f, theta, h: (f(theta + h) - f(theta)) / h,
            cases=_PLACES,
            hints=(
                "How much did the loss rise from θ to θ + h? And how far apart are the two?",
                "(f(θ + h) − f(θ)) / h",
                "(f(theta + h) - f(theta)) / h",
            ),
            wrong=(
                Wrong(
                    lambda f, theta, h: (f(theta + h) - f(theta)) / (theta + h),
                    "You divide by where you arrive. A slope is the rise over the distance "
                    "that was walked: h.",
                ),
                Wrong(
                    lambda f, theta, h: (f(theta) - f(theta + h)) / h,
                    "The sign is the wrong way round: where the loss grows with θ, the slope "
                    "is positive. Where you arrive comes first, where you start is subtracted.",
                ),
                Wrong(
                    lambda f, theta, h: f(theta + h) - f(theta),
                    "That is how much the loss rose. A slope is the rise per unit of distance: "
                    "divide by h.",
                ),
                Wrong(
                    lambda f, theta, h: (f(theta) - f(theta - h)) / h,
                    "That is one-sided too, and to the other side. The step is asked for from "
                    "θ up to θ + h.",
                ),
                Wrong(
                    lambda f, theta, h: (f(theta + h) - f(theta - h)) / (2 * h),
                    "That steps to both sides, which is the next line. This one knows the loss "
                    "at θ and at θ + h alone.",
                ),
                Wrong(
                    lambda f, theta, h: f(theta + h) - f(theta) / h,
                    "Brackets are missing: only the second loss is divided by h, and the whole "
                    "difference has to be.",
                ),
                Wrong(
                    lambda f, theta, h: f(h) / h,
                    "You step from 0. The step starts where the weight is, at θ.",
                ),
                Wrong(
                    lambda f, theta, h: (f(theta + h) - theta) / h,
                    "You subtract the place θ from a loss. What is subtracted is the loss at "
                    "that place, f(θ).",
                ),
            ),
            right=(lambda f, theta, h: f(theta + h) / h - f(theta) / h,),
        ),
        Line(
            name="central",
            shape="a number",
            reference=lambda f, theta, h: (f(theta + h) - f(theta - h)) / (2 * h),
            cases=_PLACES,
            hints=(
                "From θ − h to θ + h: how much did the loss rise? How far apart are the two?",
                "(f(θ + h) − f(θ − h)) / (2 h)",
                "(f(theta + h) - f(theta - h)) / (2 * h)",
            ),
            wrong=(
                Wrong(
                    lambda f, theta, h: (f(theta + h) - 2 * f(theta) + f(theta - h)) / (2 * h),
                    "The loss at θ is subtracted twice. Rise from the lower point to the "
                    "upper one: f(θ + h) − f(θ − h).",
                ),
                Wrong(
                    lambda f, theta, h: (f(theta + h / 2) - f(theta - h / 2)) / (2 * h),
                    "You step by h / 2 and divide by 2h. The distance between your two points"
                    " is h: step by h on both sides.",
                ),
                Wrong(
                    lambda f, theta, h: (f(theta + h) - f(theta - h)) / h,
                    "A factor is missing: from θ − h to θ + h the distance is 2h, not h.",
                ),
                Wrong(
                    lambda f, theta, h: (f(theta + h) - f(theta - h)) / 2 * h,
                    "/ 2 * h divides by 2 and then multiplies by h. Put the 2 * h in brackets.",
                ),
                Wrong(
                    lambda f, theta, h: f(theta + h) - f(theta - h) / (2 * h),
                    "Brackets are missing: only the second loss is divided, and the whole "
                    "difference has to be.",
                ),
                Wrong(
                    lambda f, theta, h: f(theta + h) - f(theta - h) / 2 * h,
                    "Two pairs of brackets are missing: the whole difference is divided, and "
                    "by the whole 2 * h.",
                ),
                Wrong(
                    lambda f, theta, h: (f(theta - h) - f(theta + h)) / (2 * h),
                    "The sign is the wrong way round: where the loss grows with θ, the slope "
                    "is positive.",
                ),
                Wrong(
                    lambda f, theta, h: (f(theta + h) + f(theta - h)) / (2 * h),
                    "You add the two losses. Their difference is what the loss rose by.",
                ),
                Wrong(
                    lambda f, theta, h: (f(theta + h) - f(theta)) / h,
                    "That is the line before: it steps to one side. Step back from θ as well.",
                ),
                Wrong(
                    lambda f, theta, h: (f(theta + h) - 2 * f(theta) + f(theta - h)) / h**2,
                    "That is the second derivative: how fast the slope itself changes.",
                ),
                Wrong(
                    lambda f, theta, h: (f(theta + h) - f(theta - h)) / 2,
                    "You divide by 2. The distance is 2h: h is missing.",
                ),
                Wrong(
                    lambda f, theta, h: (f(theta) - f(theta - h)) / h,
                    "That steps down only. Go from θ − h to θ + h, past θ.",
                ),
                Wrong(
                    lambda f, theta, h: (f(theta + h) - f(theta)) / (2 * h),
                    "You divide by 2h and go only from θ to θ + h. Start at θ − h.",
                ),
                Wrong(
                    lambda f, theta, h: (f(theta + 2 * h) - f(theta)) / (2 * h),
                    "You go 2h to one side. Step by h to both sides: from θ − h to θ + h.",
                ),
                Wrong(
                    lambda f, theta, h: (f(theta + h) - f(theta) + f(theta - h)) / (2 * h),
                    "The loss at θ itself has no place here. Subtract the loss at θ − h from "
                    "that at θ + h.",
                ),
            ),
            right=(
                lambda f, theta, h: (
                    ((f(theta + h) - f(theta)) / h + (f(theta) - f(theta - h)) / h) / 2
                ),
            ),
            why="it is the mean of the two one-sided slopes.",
        ),
        Line(
            name="relative_error",
            shape="a number",
            reference=lambda a, b: np.abs(a - b).max() / max(np.abs(a).max(), np.abs(b).max()),
            cases=_PAIRS,
            hints=(
                "Two sizes: that of the largest difference, and that of the largest entry of "
                "either array. Sizes have no sign.",
                "max |a − b| / max(max |a|, max |b|)",
                "np.abs(a - b).max() / max(np.abs(a).max(), np.abs(b).max())",
            ),
            wrong=(
                Wrong(
                    lambda a, b: np.abs(a - b).max(),
                    "That is the largest difference. It has to be divided by the size of what "
                    "is compared, or it says nothing.",
                ),
                Wrong(
                    lambda a, b: np.abs(a - b).max() / np.abs(a).max(),
                    "You divide by the largest entry of a alone. It is the larger of the two "
                    "that is asked for, so that a and b can change places.",
                ),
                Wrong(
                    lambda a, b: np.abs(a - b).max() / np.abs(b).max(),
                    "You divide by the largest entry of b alone. It is the larger of the two "
                    "that is asked for, so that a and b can change places.",
                ),
                Wrong(
                    lambda a, b: (a - b).max() / max(a.max(), b.max()),
                    "Signs are left in: the largest entry of an array such as [1, −4] is 4 in "
                    "size. Take absolute values before the largest.",
                ),
                Wrong(
                    lambda a, b: np.abs(a - b).max() / max(a.max(), b.max()),
                    "Signs are left in below the fraction: the largest entry of [1, −4] is 4 "
                    "in size.",
                ),
                Wrong(
                    lambda a, b: (a - b).max() / max(np.abs(a).max(), np.abs(b).max()),
                    "Signs are left in above the fraction: a difference of −3 is larger than "
                    "one of 1.",
                ),
                Wrong(
                    lambda a, b: (
                        np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-300)
                    ).max(),
                    "You divide entry by entry. The largest difference is compared with the "
                    "largest entry of the whole arrays.",
                ),
                Wrong(
                    lambda a, b: np.abs(a - b).max() / (np.abs(a).max() + np.abs(b).max()),
                    "You add the two largest entries. The larger of the two is asked for.",
                ),
                Wrong(
                    lambda a, b: np.abs(a - b).mean() / max(np.abs(a).mean(), np.abs(b).mean()),
                    "Those are sums or means. One wrong entry among thousands hardly moves "
                    "them: take the largest.",
                ),
                Wrong(
                    lambda a, b: (
                        np.abs(np.abs(a) - np.abs(b)).max()
                        / max(np.abs(a).max(), np.abs(b).max())
                    ),
                    "You take the signs away before you subtract, so 1 and −1 seem to agree. "
                    "Subtract first.",
                ),
                Wrong(
                    lambda a, b: (
                        (np.abs(a) - np.abs(b)).max() / max(np.abs(a).max(), np.abs(b).max())
                    ),
                    "You take the signs away before you subtract, so 1 and −1 seem to agree. "
                    "Subtract first.",
                ),
                Wrong(
                    lambda a, b: (
                        np.abs(a.max() - b.max()) / max(np.abs(a).max(), np.abs(b).max())
                    ),
                    "You compare the two largest entries, which may stand in different places. "
                    "Subtract entry by entry, and then look for the largest.",
                ),
                Wrong(
                    lambda a, b: (
                        np.abs(np.abs(a).max() - np.abs(b).max())
                        / max(np.abs(a).max(), np.abs(b).max())
                    ),
                    "You compare the two largest entries, which may stand in different places. "
                    "Subtract entry by entry, and then look for the largest.",
                ),
                Wrong(
                    lambda a, b: (
                        np.abs(a - b).max()
                        / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-300)
                    ),
                    "np.maximum keeps one size for each entry. The largest of all is asked "
                    "for: .max() below the fraction too.",
                ),
                Wrong(
                    lambda a, b: (
                        np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b))
                    ),
                    "You take the lengths of the whole arrays. Here the largest entries are "
                    "asked for.",
                ),
            ),
            right=(
                lambda a, b: (
                    max(abs(a - b).ravel())
                    / np.abs(np.concatenate([a.ravel(), b.ravel()])).max()
                ),
            ),
        ),
    ),
    why="Two losses make a slope, and one number says how far two arrays are apart.",
)

EXERCISES = (
    WALL,
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
                scaled_directions,
                "You scale the directions to length 1. Move each array along its direction as"
                " it came in.",
            ),
            Wrong(
                the_last_array_alone,
                "You move one array at a time, and what is returned is of the last one alone."
                " Move all of them at once.",
            ),
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
            Wrong(
                lambda loss, params, grads, directions, h: slopes_along(
                    loss, params, grads, [v / np.linalg.norm(v) for v in directions], h
                ),
                "You cut each direction to length 1. Here they are taken as they are given.",
            ),
            Wrong(
                lambda loss, params, grads, directions, h: (
                    slopes_along(loss, params, grads, directions, h)[0],
                    sum(g.sum() * v.sum() for g, v in zip(grads, directions)),
                ),
                "claimed multiplies two sums. Multiply entry by entry first, g · v, and then "
                "add up.",
            ),
        ),
        right=(slopes_by_loop, slopes_on_one_line),
    ),
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
            Wrong(
                lambda f, curvature, eps: np.cbrt(4 * eps * abs(f) / abs(curvature)),
                "Where the slope of the error is 0, h² stands alone, so it is a square root "
                "and not a cube root.",
            ),
            Wrong(
                lambda f, curvature, eps: 4 * eps * f / curvature,
                "That is the square of the answer, and with a sign: a root and absolute "
                "values are missing.",
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
            (np.zeros(2), np.array([3.0, 4.0])),
            (np.array([3e-9, 4e-9]), np.array([3e-9, 4.5e-9])),
            (np.array([[1.0, -2.0], [3.0, 1.0]]), np.array([[1.5, -2.0], [3.0, -1.0]])),
            tuple(1e-9 * a for a in _arrays(1, (5, 4), (5, 4))),
        ),
        tested="vectors and matrices, tiny ones, one and two arrays of zeros",
        hints=(
            "Two lengths in the denominator: that of a, and that of b.",
            "‖a − b‖ / (‖a‖ + ‖b‖), and 0 where both are all zeros.",
            "np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)), after a look at "
            "the denominator",
        ),
        wrong=(
            Wrong(
                lambda a, b: (
                    np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))
                    if a.any() and b.any()
                    else 0.0
                ),
                "You return 0 as soon as one of the two is all zeros. Only where both are do "
                "they agree: against anything else, zeros are wrong by 1.",
            ),
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
            Wrong(
                lambda a, b: (
                    np.linalg.norm(a - b) / np.sqrt((a**2).sum() + (b**2).sum())
                    if a.any() or b.any()
                    else 0.0
                ),
                "Below the fraction you take one root of all the squares. Take a root for each "
                "array, and add the two lengths.",
            ),
            Wrong(
                lambda a, b: (
                    abs((a - b).sum()) / (abs(a.sum()) + abs(b.sum()))
                    if a.any() or b.any()
                    else 0.0
                ),
                "You add up first and square then, so that signs cancel. A length is the root "
                "of the sum of squares.",
            ),
        ),
        right=(norm_by_roots, norm_flattened),
    ),
)
