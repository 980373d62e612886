"""The exercises of notebook 07: mini-batches."""

import numpy as np

from digitlib.exercises.model import AS_INDEX, Exercise, Line, Wall, Wrong


def variance_of_mean(G):
    B = len(G)
    return ((G - G.mean(axis=0)) ** 2).sum() / (B * (B - 1))


def variance_by_var(G):
    return G.var(axis=0, ddof=1).sum() / len(G)


def variance_by_loop(G):
    mean, total = sum(G) / len(G), 0.0
    for g in G:
        total += (g - mean) @ (g - mean)
    return total / (len(G) - 1) / len(G)


def variance_of_one_image(G):
    return G.var(axis=0, ddof=1).sum()


def divided_by_B_twice(G):
    return G.var(axis=0).sum() / len(G)


def averaged_over_entries(G):
    return G.var(axis=0, ddof=1).mean() / len(G)


def root_taken(G):
    return np.sqrt(G.var(axis=0, ddof=1).sum() / len(G))


def even_batches(X, y, size, rng):
    order = rng.permutation(len(X))
    count = int(np.ceil(len(X) / size))
    return [(X[part], y[part]) for part in np.array_split(order, count)]


def even_batches_by_hand(X, y, size, rng):
    order = rng.permutation(len(X))
    count = -(-len(X) // size)
    rows, larger = divmod(len(X), count)
    pairs, start = [], 0
    for k in range(count):
        stop = start + rows + (k < larger)
        part = order[start:stop]
        pairs.append((X[part], y[part]))
        start = stop
    return pairs


def even_batches_of_copies(X, y, size, rng):
    order = np.arange(len(y))
    rng.shuffle(order)
    count = (len(y) + size - 1) // size
    return tuple(zip(np.array_split(X[order], count), np.array_split(y[order], count)))


def two_orders(X, y, size, rng):
    count = int(np.ceil(len(X) / size))
    X, y = X[rng.permutation(len(X))], y[rng.permutation(len(y))]
    return list(zip(np.array_split(X, count), np.array_split(y, count)))


def short_last_batch(X, y, size, rng):
    order = rng.permutation(len(X))
    parts = [order[start : start + size] for start in range(0, len(X), size)]
    return [(X[part], y[part]) for part in parts]


def too_few_batches(X, y, size, rng):
    order = rng.permutation(len(X))
    count = max(len(X) // size, 1)
    return [(X[part], y[part]) for part in np.array_split(order, count)]


def never_shuffled(X, y, size, rng):
    count = int(np.ceil(len(X) / size))
    return list(zip(np.array_split(X, count), np.array_split(y, count)))


def look_at_batches(arguments, expected, got):
    """Which of the demands on even batches is broken: whole pairs first, then their sizes."""
    X, y, size, _ = arguments
    if len(got) == 2 and all(isinstance(part, list) for part in got):
        return (
            "You return two lists, one of images and one of labels. A list of pairs is asked "
            "for, (X_batch, y_batch) for each batch: zip makes them."
        )
    if not all(isinstance(pair, (tuple, list)) and len(pair) == 2 for pair in got):
        return "A list of pairs is asked for, (X_batch, y_batch) for each batch."
    if np.ndim(got[0][0]) < np.ndim(got[0][1]):
        return "The labels come first in your pairs. Images first, then labels."
    sizes = [len(labels) for _, labels in got]
    if any(len(images) != len(labels) for images, labels in got):
        return "A batch of yours has another number of images than of labels."
    images = np.concatenate([images for images, _ in got])
    labels = np.concatenate([labels for _, labels in got])
    place = {row.tobytes(): i for i, row in enumerate(X)}
    order = [place.get(row.tobytes()) for row in images]
    if None in order:
        return "Your batches hold rows that are not in X."
    if not np.array_equal(y[order], labels):
        return "The labels no longer belong to their images: index both with the same order."
    if len(set(order)) < len(order):
        return (
            "Some images come twice in one epoch, and others never: draw one order for all, "
            "and cut it into batches."
        )
    if len(order) < len(X):
        return f"{len(X) - len(order)} of the {len(X)} images are in no batch."
    if max(sizes) > size:
        return (
            f"A batch has {max(sizes)} rows, more than size = {size}: "
            f"there are too few batches."
        )
    if len(got) > len(expected):
        return (
            f"{len(expected)} batches would be enough for {len(X)} rows and size = {size}, and "
            f"yours are {len(got)}: as few as possible."
        )
    if max(sizes) - min(sizes) > 1:
        return f"Your sizes are {sizes}: they should differ by one at most."
    if sizes != sorted(sizes, reverse=True):
        return f"Your sizes are {sizes}: the larger ones come first."
    if order == sorted(order):
        return "Your rows keep their old order: nothing is shuffled."
    return (
        "Sizes and pairs are right, the rows are not: each batch takes the next rows of the "
        "order that one call of rng.permutation(len(X)) gives."
    )


def smoothed(losses, beta):
    total, weights, means = 0.0, 0.0, []
    for loss in losses:
        total = beta * total + loss
        weights = beta * weights + 1
        means.append(total / weights)
    return np.array(means)


def smoothed_with_correction(losses, beta):
    m, means = 0.0, []
    for t, loss in enumerate(losses, start=1):
        m = beta * m + (1 - beta) * loss
        means.append(m / (1 - beta**t))
    return np.array(means)


def smoothed_by_definition(losses, beta):
    means = np.empty(len(losses))
    for t in range(len(losses)):
        weights = beta ** np.arange(t, -1, -1)
        means[t] = weights @ losses[: t + 1] / weights.sum()
    return means


def starts_at_zero(losses, beta):
    m, means = 0.0, []
    for loss in losses:
        m = beta * m + (1 - beta) * loss
        means.append(m)
    return np.array(means)


def starts_at_first_loss(losses, beta):
    m, means = losses[0], []
    for loss in losses:
        m = beta * m + (1 - beta) * loss
        means.append(m)
    return np.array(means)


def written_into_losses(losses, beta):
    for t in range(1, len(losses)):
        losses[t] = beta * losses[t - 1] + (1 - beta) * losses[t]
    return losses


def corrected_and_fed_back(losses, beta):
    m, means = 0.0, []
    for t, loss in enumerate(losses, start=1):
        m = (beta * m + (1 - beta) * loss) / (1 - beta**t)
        means.append(m)
    return np.array(means)


def beta_on_the_new(losses, beta):
    m, means = 0.0, []
    for t, loss in enumerate(losses, start=1):
        m = (1 - beta) * m + beta * loss
        means.append(m / (1 - (1 - beta) ** t))
    return np.array(means)


def counted_from_zero(losses, beta):
    m, means = 0.0, []
    for t, loss in enumerate(losses):
        m = beta * m + (1 - beta) * loss
        means.append(m / (1 - beta**t))
    return np.array(means)


def weighted_sum(losses, beta):
    return np.array(
        [beta ** np.arange(t, -1, -1) @ losses[: t + 1] for t in range(len(losses))]
    )


def divided_by_the_number(losses, beta):
    return weighted_sum(losses, beta) / np.arange(1, len(losses) + 1)


def oldest_counts_most(losses, beta):
    weights = beta ** np.arange(len(losses))
    return np.cumsum(weights * losses) / np.cumsum(weights)


def choose_rate(rates, losses):
    return rates[np.nanargmin(losses)] / 10


def choose_rate_by_mask(rates, losses):
    finite = np.isfinite(losses)
    return 0.1 * rates[finite][losses[finite].argmin()]


def choose_rate_by_loop(rates, losses):
    best, chosen = np.inf, None
    for rate, loss in zip(rates, losses):
        if loss < best:  # False where the loss is NaN
            best, chosen = loss, rate / 10
    return chosen


def at_the_edge(rates, losses):
    return rates[np.nanargmin(losses)]


def nan_is_smallest(rates, losses):
    return rates[np.argmin(losses)] / 10


def a_tenth_of_the_place(rates, losses):
    return rates[np.nanargmin(losses) // 10]


def a_tenth_of_the_loss(rates, losses):
    return np.nanmin(losses) / 10


def look_at_rate(arguments, expected, got):
    """Which of the rates it comes from, and why that is not the one."""
    rates, losses = arguments
    best = np.nanargmin(losses)
    if np.ndim(got) == 1 and len(got) == len(rates):
        return "You return one number per rate. One rate is asked for: look up which."
    if np.ndim(got):
        return "You return an array. One rate is asked for: index with a whole number."
    tenth, same = np.isclose(rates / 10, got), np.isclose(rates, got)
    if np.isclose(got, losses[best]) and not same.any():
        return (
            "That is the lowest loss itself. A tenth of the rate that belongs to it is wanted."
        )
    if np.isclose(got, best) and not same.any():
        return "That is a place in the array. The rate that stands there is asked for."
    if tenth.any() and not same.any():
        (k, *_) = np.flatnonzero(tenth)
        return (
            f"You take a tenth of {rates[k]:.3g}, and the loss there is {losses[k]:.3g}. The "
            f"lowest that is a number is {losses[best]:.3g}."
        )
    if same.any():
        (k, *_) = np.flatnonzero(same)
        return (
            f"You return {rates[k]:.3g}, one of the rates that were tried, with the loss "
            f"{losses[k]:.3g}. A tenth of the rate with the lowest loss is asked for."
        )
    times = got / rates[best]
    if np.isclose(times, round(times, 2)) and 0 < times < 1:
        return f"You take {times:.2g} of the best rate. A tenth is asked for."
    return None


def _losses(n, seed):
    rng = np.random.default_rng(seed)
    return 2.3 * np.exp(-np.arange(n) / 9) + 0.4 * rng.random(n)


def _digits(n, seed):
    rng = np.random.default_rng(seed)
    return rng.random((n, 3)), rng.integers(10, size=n)


def _blown_up(tail):
    """A finder's arrays: 25 falling and rising losses, then what an explosion leaves."""
    rates = np.geomspace(1e-3, 10, 30)
    losses = 2.3 - np.exp(-((np.log(rates) + 1.2) ** 2))
    losses[25:] = tail
    return rates, losses


def look_at_order(arguments, expected, got):
    """Is it an order of all rows at all, and is it the one that rng.permutation draws?"""
    _, N = arguments
    places = np.asarray(got)
    if places.shape != (N,):
        return None
    if sorted(places.tolist()) == list(range(1, N + 1)):
        return "Your row numbers run from 1 to N. They start at 0, so the last one is N - 1."
    if sorted(places.tolist()) != list(range(N)):
        return (
            "Some row numbers come twice, and others never. Each has to come exactly once in "
            "an epoch."
        )
    if places.tolist() == list(range(N)):
        return "Your rows keep the order of the file: nothing is shuffled."
    return (
        "Every row comes once, but in another order than one call of rng.permutation draws. "
        "Use that call, so that your loop can be compared with the library's."
    )


def look_at_starts(arguments, expected, got):
    """A place too many or too few, or batch numbers in place of places."""
    N, B = arguments
    places, right = list(np.asarray(got).ravel()), list(expected)
    if places == right[:-1]:
        return (
            f"The last batch is missing: with N = {N} and B = {B} it has {N % B or B} digits, "
            "and they have to be read too."
        )
    if places[: len(right)] == right:
        return (
            f"With N = {N} and B = {B} your last batch begins at {places[-1]:g}, behind the "
            "last digit, and is empty."
        )
    if places == list(range(len(places))) and len(places) > 1:
        return "Those are the numbers of the batches. Batch k begins at k times B."
    if np.ndim(got) == 1:
        shown = ", ".join(f"{place:g}" for place in places[:4])
        return (
            f"With N = {N} and B = {B} batches begin every {B} places, from 0. Yours: {shown}."
        )
    return None


def look_at_part(arguments, expected, got):
    """How many row numbers there are, and whether they are those of the order."""
    order, start, B = arguments
    rows, left = np.asarray(got), len(order) - start
    if rows.ndim != 1:
        return None
    if len(rows) > len(expected) == left:
        return (
            f"Only {left} rows are left from place {start} on, and your batch has {len(rows)}. "
            "The last batch stays short."
        )
    if len(rows) < len(expected) == left < B:
        return f"The {left} rows that are left form a short batch, and yours has {len(rows)}."
    return None


def look_at_pair(arguments, expected, got):
    """Images and labels of one batch: which of the two is not the one asked for."""
    _, _, part = arguments
    if isinstance(got, dict):
        return "You return a dict. A pair is asked for: the images, a comma, the labels."
    if len(got) == len(part) and all(isinstance(each, tuple) for each in got):
        return (
            "You return a list of pairs, one for each row. Two arrays are asked for: the "
            "images of the batch, and its labels."
        )
    images, labels = got
    if len(images) != len(labels):
        return (
            f"Your batch has {len(images)} images and {len(labels)} labels. Both take the rows "
            "in `part`, and no others."
        )
    if len(images) != len(part):
        return (
            f"`part` names {len(part)} rows, and your batch has {len(images)}. Index both "
            "arrays with `part` itself."
        )
    return None


def _parts():
    """Orders and the start of a batch: whole ones, one with a rest of 2, one alone."""
    ten = np.random.default_rng(5).permutation(10)
    forty = np.random.default_rng(6).permutation(40)
    return ((ten, 0, 4), (ten, 4, 4), (ten, 8, 4), (ten, 5, 5), (ten, 0, 64), (forty, 6, 3))


def _batch(rows, part, seed):
    rng = np.random.default_rng(seed)
    return rng.random((rows, 3)), rng.permutation(rows) % 10, np.array(part)


def _blame(rows, classes, N, B, seed):
    """Probabilities and one-hot labels of one batch, then how many digits and what size."""
    rng = np.random.default_rng(seed)
    E = np.exp(rng.standard_normal((rows, classes)))
    Y = np.eye(classes)[rng.integers(classes, size=rows)]
    return E / E.sum(axis=1, keepdims=True), Y, N, B


def _arrays(shape, alpha, seed):
    rng = np.random.default_rng(seed)
    return rng.standard_normal(shape), rng.standard_normal(shape), alpha


def corrected_too_early(losses, beta):
    s, found = 0, []
    for t, loss in enumerate(losses):
        s = beta * s + (1 - beta) * loss
        found.append(s / (1 - beta**t) if t else loss)
    return np.array(found)


WALL = Wall(
    name="07.wall",
    tested="batch sizes that divide the number of digits and that do not, and a short batch",
    lines=(
        Line(
            name="order",
            whole=AS_INDEX,
            shape="(N,), every row number once",
            reference=lambda rng, N: rng.permutation(N),
            cases=(
                (np.random.default_rng(0), 5),
                (np.random.default_rng(1), 12),
                (np.random.default_rng(2), 12),
            ),
            look=look_at_order,
            hints=(
                "The numbers 0 to N − 1, each once, in an order that the generator draws.",
                "One call of a method of rng, the one that the text names.",
                "rng.permutation(N)",
            ),
            wrong=(
                Wrong(
                    lambda rng, N: np.arange(N),
                    "Your rows keep the order of the file: nothing is shuffled.",
                ),
                Wrong(
                    lambda rng, N: rng.integers(N, size=N),
                    "Some row numbers come twice, and others never. Each has to come exactly "
                    "once in an epoch.",
                ),
                Wrong(
                    lambda rng, N: np.random.default_rng(0).permutation(N),
                    "You make a generator of your own, so every epoch gets the same order. "
                    "Draw from the rng that is handed in.",
                ),
                Wrong(
                    lambda rng, N: rng.random(N),
                    "Those are random numbers between 0 and 1. Row numbers are asked for, 0 to "
                    "N − 1, each once.",
                ),
                Wrong(
                    lambda rng, N: rng.shuffle(np.arange(N)),
                    "`shuffle` works in place and returns None. `permutation` returns the "
                    "shuffled numbers.",
                ),
            ),
            right=(lambda rng, N: rng.permutation(np.arange(N)),),
        ),
        Line(
            name="starts",
            whole=AS_INDEX,
            shape="(batches,), the places where they begin",
            reference=lambda N, B: np.arange(0, N, B),
            cases=((10, 4), (12, 4), (3200, 64), (3200, 300), (50, 64), (6, 1)),
            look=look_at_starts,
            hints=(
                "The first batch begins at 0, the next B places later. Which is the last place "
                "at which a batch can begin?",
                "0, B, 2B, … as long as it is below N",
                "range(0, N, B)",
            ),
            wrong=(
                Wrong(
                    lambda N, B: np.arange(N // B),
                    "Those are the numbers of the whole batches. Batch k begins at k times B.",
                ),
                Wrong(
                    lambda N, B: np.arange(-(-N // B)),
                    "Those are the numbers of the batches. Batch k begins at k times B.",
                ),
                Wrong(
                    lambda N, B: np.arange(0, N - B + 1, B),
                    "The short last batch is missing: where B does not divide N, the rest has "
                    "to be read too. With N = 50 and B = 64 you make no step at all.",
                ),
                Wrong(
                    lambda N, B: np.arange(N // B) * B,
                    "The short last batch is missing: where B does not divide N, the rest has "
                    "to be read too. With N = 50 and B = 64 you make no step at all.",
                ),
                Wrong(
                    lambda N, B: np.arange(0, N - B, B),
                    "Your last batch is missing, whether it is a whole one or a rest.",
                ),
                Wrong(
                    lambda N, B: np.arange(0, N + 1, B),
                    "Where B divides N, your last batch begins at N, behind the last digit, "
                    "and is empty.",
                ),
                Wrong(
                    lambda N, B: np.arange(0, N + B, B),
                    "Your last batch begins behind the last digit and is empty.",
                ),
                Wrong(
                    lambda N, B: np.arange(N // B + 1) * B,
                    "Where B divides N, your last batch begins at N, behind the last digit, "
                    "and is empty.",
                ),
                Wrong(
                    lambda N, B: -(-N // B),
                    "That is how many batches there are. Where does each of them begin?",
                ),
                Wrong(
                    lambda N, B: N // B,
                    "That is how many whole batches there are. Where does each batch begin, "
                    "the short one included?",
                ),
                Wrong(
                    lambda N, B: np.arange(0, B, N),
                    "N and B have exchanged places: the batches begin every B rows, up to N.",
                ),
                Wrong(
                    lambda N, B: np.arange(B, N, B),
                    "The first batch begins at 0.",
                ),
                Wrong(
                    lambda N, B: np.arange(1, N, B),
                    "Python counts from 0, so the first batch begins at 0.",
                ),
                Wrong(
                    lambda N, B: np.arange(B, N + B, B),
                    "Those are the places where the batches end. The first one begins at 0.",
                ),
                Wrong(
                    lambda N, B: np.arange(N),
                    "That is every row. The batches begin every B rows.",
                ),
            ),
            right=(
                lambda N, B: range(0, N, B),
                lambda N, B: [k * B for k in range(-(-N // B))],
            ),
        ),
        Line(
            name="part",
            whole=AS_INDEX,
            shape="(rows,), the row numbers of one batch",
            reference=lambda order, start, B: order[start : start + B],
            cases=_parts(),
            look=look_at_part,
            hints=(
                "A slice of the order: where does it begin, and where does it end?",
                "From start up to, and not including, start + B. Behind the end of the array a "
                "slice stops by itself.",
                "order[start : start + B]",
            ),
            wrong=(
                Wrong(
                    lambda order, start, B: order[start:B],
                    "The second number of a slice is where it ends, not how long it is: it "
                    "ends B places behind start.",
                ),
                Wrong(
                    lambda order, start, B: order[:B],
                    "That is the first batch every time: start does not occur.",
                ),
                Wrong(
                    lambda order, start, B: order[start : start + B - 1],
                    "One row is missing: the end of a slice does not belong to it.",
                ),
                Wrong(
                    lambda order, start, B: order[start : start + B + 1],
                    "One row too many: the end of a slice does not belong to it, so it ends at "
                    "start + B.",
                ),
                Wrong(
                    lambda order, start, B: order[start * B : (start + 1) * B],
                    "start is already the place where the batch begins. It is no batch number "
                    "that has to be multiplied by B.",
                ),
                Wrong(
                    lambda order, start, B: order[start::B],
                    "Two colons take every B-th row. A batch is B rows next to each other.",
                ),
                Wrong(
                    lambda order, start, B: order[start:],
                    "That is everything from start on. The batch ends after B rows.",
                ),
                Wrong(
                    lambda order, start, B: order[max(start - B, 0) : start],
                    "Those are the rows before start. The batch begins at start.",
                ),
                Wrong(
                    lambda order, start, B: order[start],
                    "That is a single row number. A batch has B of them, or what is left.",
                ),
                Wrong(
                    lambda order, start, B: np.arange(start, min(start + B, len(order))),
                    "Those are places in the order. The row numbers are what stands at these "
                    "places, and without them nothing is shuffled.",
                ),
                Wrong(
                    lambda order, start, B: np.arange(start, start + B),
                    "Those are places in the order. The row numbers are what stands at these "
                    "places, and without them nothing is shuffled.",
                ),
            ),
            right=(
                lambda order, start, B: order[start:][:B],
                lambda order, start, B: order[start : min(start + B, len(order))],
            ),
        ),
        Line(
            name="batch",
            shape="(rows, 784) and (rows,), a pair",
            reference=lambda X, y, part: (X[part], y[part]),
            returns=("X_batch", "y_batch"),
            cases=(
                _batch(6, [4, 0, 3], 0),
                _batch(6, [5], 1),
                _batch(20, [7, 19, 0, 2, 11, 3, 4], 2),
            ),
            look=look_at_pair,
            hints=(
                "Index both arrays with the same row numbers.",
                "X[part] are the rows of X in that order; the labels are taken alike.",
                "(X[part], y[part])",
            ),
            wrong=(
                Wrong(
                    lambda X, y, part: (X[part], y),
                    "The labels are those of all digits. They have to be taken with the same "
                    "row numbers as the images.",
                ),
                Wrong(
                    lambda X, y, part: (X[part], y[: len(part)]),
                    "The labels no longer belong to their images: index y with `part` too.",
                ),
                Wrong(
                    lambda X, y, part: (X[: len(part)], y[part]),
                    "The images no longer belong to their labels: index X with `part` too.",
                ),
                Wrong(
                    lambda X, y, part: (X[: len(part)], y[: len(part)]),
                    "Those are the first rows of the file, whatever the order says. Index with "
                    "`part`.",
                ),
                Wrong(
                    lambda X, y, part: (X[np.sort(part)], y[part]),
                    "The images no longer belong to their labels: only one of the two is "
                    "sorted.",
                ),
                Wrong(
                    lambda X, y, part: (y[part], X[part]),
                    "The right rows, but the labels come first. Images first, then labels.",
                ),
                Wrong(
                    lambda X, y, part: X[part],
                    "Those are the images. The labels belong to the batch too: return a pair.",
                ),
                Wrong(
                    lambda X, y, part: (X[:, part], y[part]),
                    "X[:, part] picks columns, which are pixels. Images are rows.",
                ),
                Wrong(
                    lambda X, y, part: (X[part[0] : part[-1] + 1], y[part[0] : part[-1] + 1]),
                    "`part` holds row numbers in any order. Index with the array itself, not "
                    "with a slice between two of them.",
                ),
            ),
            right=(
                lambda X, y, part: (np.take(X, part, axis=0), y.take(part)),
                lambda X, y, part: [X[part, :], y[list(part)]],
            ),
        ),
        Line(
            name="dZ2",
            shape="(rows, 10), blame of the scores",
            reference=lambda P, Y, N, B: (P - Y) / len(P),
            cases=(
                _blame(2, 3, 10, 4, 0),
                _blame(4, 4, 10, 4, 1),
                _blame(8, 10, 40, 16, 2),
                _blame(5, 10, 50, 64, 3),
            ),
            hints=(
                "The loss of a batch is the mean over the digits that are in it. How many are "
                "in the last batch of an epoch?",
                "(P − Y) divided by the number of rows of P",
                "(P - Y) / len(P)",
            ),
            wrong=(
                Wrong(
                    lambda P, Y, N, B: (P - Y) / N,
                    "You divide by the number of all digits. The mean is over the digits of "
                    "this batch, so each step comes out N / B times too short.",
                ),
                Wrong(
                    lambda P, Y, N, B: (P - Y) / B,
                    "You divide by the batch size that was asked for. The last batch of an "
                    "epoch can have fewer rows: count those of P.",
                ),
                Wrong(
                    lambda P, Y, N, B: (P - Y) / min(N, B),
                    "You divide by the batch size that was asked for. The last batch of an "
                    "epoch can have fewer rows: count those of P.",
                ),
                Wrong(
                    lambda P, Y, N, B: P - Y,
                    "A factor is missing: the loss is the mean over the digits of the batch.",
                ),
                Wrong(
                    lambda P, Y, N, B: (Y - P) / len(P),
                    "The sign is the wrong way round. Where P is above Y, a larger score makes "
                    "the loss larger: the slope is positive there.",
                ),
                Wrong(
                    lambda P, Y, N, B: (P - Y) / P.size,
                    "You divide by the number of entries, rows times classes. The mean is over "
                    "the digits only.",
                ),
                Wrong(
                    lambda P, Y, N, B: (P - Y) / (N / B),
                    "You divide by the number of batches. The mean is over the digits of one "
                    "batch.",
                ),
                Wrong(
                    lambda P, Y, N, B: (P - Y) / (N // B),
                    "You divide by the number of batches. The mean is over the digits of one "
                    "batch.",
                ),
                Wrong(
                    lambda P, Y, N, B: P - Y / len(P),
                    "Only Y is divided, and the whole difference has to be: mind the brackets.",
                ),
                Wrong(
                    lambda P, Y, N, B: (P - Y).mean(axis=0),
                    "You take the mean over the rows, and their shape is lost. Each row keeps "
                    "its own blame, divided by how many rows there are.",
                ),
            ),
            right=(
                lambda P, Y, N, B: (P - Y) / P.shape[0],
                lambda P, Y, N, B: (P - Y) / Y.sum(),
            ),
            why="neither N nor B, for the last batch of an epoch can be short.",
        ),
        Line(
            name="step",
            shape="like W, a new array",
            reference=lambda W, dW, alpha: W - alpha * dW,
            cases=(
                _arrays((2, 2), 0.1, 0),
                _arrays((3,), 0.5, 1),
                _arrays((4, 3), 2.0, 2),
            ),
            hints=(
                "The gradient says in which direction the loss rises.",
                "W − α dW",
                "W - alpha * dW",
            ),
            wrong=(
                Wrong(
                    lambda W, dW, alpha: W + alpha * dW,
                    "You step uphill. The gradient points to where the loss rises: subtract "
                    "it.",
                ),
                Wrong(
                    lambda W, dW, alpha: W - dW,
                    "The learning rate alpha is missing.",
                ),
                Wrong(
                    lambda W, dW, alpha: alpha * dW,
                    "That is the step alone, and uphill. It is subtracted from W.",
                ),
                Wrong(
                    lambda W, dW, alpha: -alpha * dW,
                    "That is the step alone. It is added to W.",
                ),
                Wrong(
                    lambda W, dW, alpha: W - alpha * dW / len(W),
                    "The mean is taken twice: dW has it from dZ2 already.",
                ),
                Wrong(
                    lambda W, dW, alpha: W * (1 - alpha * dW),
                    "You multiply W by the step. The step is subtracted from W.",
                ),
                Wrong(
                    lambda W, dW, alpha: dW - alpha * W,
                    "W and dW have exchanged their parts.",
                ),
                Wrong(
                    lambda W, dW, alpha: (1 - alpha) * W - alpha * dW,
                    "W itself stays whole: only the step is multiplied by alpha.",
                ),
                Wrong(
                    lambda W, dW, alpha: W - dW / alpha,
                    "You divide by the rate. A larger rate makes a longer step: multiply.",
                ),
            ),
            right=(lambda W, dW, alpha: W + (-alpha) * dW,),
        ),
        Line(
            name="epoch_loss",
            shape="a number",
            reference=lambda losses, rows: (losses * rows).sum() / rows.sum(),
            cases=(
                (np.array([1.0, 4.0]), np.array([2, 1])),
                (np.array([1.0, 3.0]), np.array([2, 2])),
                (np.array([2.0, 1.6, 1.0]), np.array([4, 4, 2])),
                (_losses(11, 0), np.array([300] * 10 + [200])),
                (_losses(50, 1), np.array([64] * 50)),
                (np.array([2.25]), np.array([50])),
            ),
            hints=(
                "The mean over the digits is the sum of their losses divided by their number. "
                "What is the sum over one batch?",
                "Σ (rows of the batch · its loss) / Σ rows",
                "(losses * rows).sum() / rows.sum()",
            ),
            wrong=(
                Wrong(
                    lambda losses, rows: losses.mean(),
                    "You take the plain mean of the batches, so each digit of a short last "
                    "batch counts more than the others. Weigh every batch by its rows.",
                ),
                Wrong(
                    lambda losses, rows: losses.sum() / rows.sum(),
                    "You divide by the number of digits, but each loss is already the mean of "
                    "its batch: multiply it by its rows first.",
                ),
                Wrong(
                    lambda losses, rows: (losses * rows).sum(),
                    "That is the sum over all digits. The mean is asked for: divide by how "
                    "many there are.",
                ),
                Wrong(
                    lambda losses, rows: (losses * rows).sum() / len(rows),
                    "You divide by the number of batches. The sum is over digits, so divide by "
                    "the number of digits.",
                ),
                Wrong(
                    lambda losses, rows: losses.sum(),
                    "You add up the losses of the batches. Each is a mean over its rows, and "
                    "the mean over all digits is asked for.",
                ),
                Wrong(
                    lambda losses, rows: (losses / rows).sum() / (1 / rows).sum(),
                    "You divide by the rows, so a short batch counts more. It has fewer "
                    "digits, and counts less.",
                ),
                Wrong(
                    lambda losses, rows: (losses / rows).sum(),
                    "You divide each loss by its rows. It is already a mean: multiply it by "
                    "its rows, and divide by all rows at the end.",
                ),
                Wrong(
                    lambda losses, rows: losses[rows == rows.max()].mean(),
                    "You leave out the short last batch. Its digits were read too.",
                ),
                Wrong(
                    lambda losses, rows: losses * rows / rows.sum(),
                    "Those are the parts, one for each batch. Their sum is asked for.",
                ),
                Wrong(
                    lambda losses, rows: losses[-1],
                    "That is the loss of the last batch. The mean over the whole epoch is "
                    "asked for.",
                ),
                Wrong(
                    lambda losses, rows: (losses * rows).sum() / (rows[0] * len(rows)),
                    "You count the last batch as if it were as long as the first. Divide by "
                    "the sum of the rows.",
                ),
            ),
            right=(
                lambda losses, rows: np.average(losses, weights=rows),
                lambda losses, rows: losses @ rows / rows.sum(),
                lambda losses, rows: sum(a * n for a, n in zip(losses, rows)) / sum(rows),
            ),
            why="a mean of means counts each mean by how many it stands for.",
        ),
    ),
    why="Shuffle, cut, take, share the blame, step, count honestly: every training loop that "
    "you will meet holds these lines.",
)


EXERCISES = (
    WALL,
    Exercise(
        name="07.variance_of_mean",
        reference=variance_of_mean,
        cases=(
            (np.array([[1.0, 0.0], [3.0, 4.0]]),),
            (np.array([[1.0, 2.0, 0.0], [0.0, 5.0, 1.0], [4.0, 4.0, 1.0], [0.0, 1.0, 9.0]]),),
            (np.random.default_rng(0).standard_normal((16, 50)) + 1,),
        ),
        tested="batches of 2, 4 and 16 images",
        hints=(
            "σ² is a mean of squared distances from g. You have the batch's own mean instead.",
            "s² = Σ |g_i − ḡ|² / (B − 1), and a mean of B draws varies by s² / B.",
            "((G - G.mean(axis=0)) ** 2).sum() is the sum of all squared distances.",
        ),
        wrong=(
            Wrong(
                lambda G: ((G - G.mean(axis=0)) ** 2).sum() / (G.shape[1] - 1) / G.shape[1],
                "You count the columns, which are parameters. B is the number of digits, and "
                "these are the rows of G.",
            ),
            Wrong(
                variance_of_one_image,
                "That is the variance of one image's gradient. The mean of B images varies B "
                "times less: divide by B.",
            ),
            Wrong(
                divided_by_B_twice,
                "You divide the squared distances by B. They are measured from the batch's own "
                "mean, which lies in the middle of these very images, and come out too small: "
                "divide by B − 1.",
            ),
            Wrong(
                averaged_over_entries,
                "You average over the entries of the gradient. The squared length of a vector "
                "is the sum over its entries.",
            ),
            Wrong(
                root_taken,
                "You took the root: that is the typical distance. The variance is its square.",
            ),
            Wrong(
                lambda G: np.sqrt(((G - G.mean(axis=0)) ** 2).sum()) / (len(G) * (len(G) - 1)),
                "You take the length of the differences. Their squared "
                "lengths are summed, without a root.",
            ),
            Wrong(
                lambda G: ((G - G.mean(axis=0)) ** 2).sum() / (len(G) - 1) ** 2,
                "You divide by B − 1 twice. It makes up for the mean that stands in for g, in "
                "σ² alone; the mean of B digits varies B times less: then divide by B.",
            ),
            Wrong(
                lambda G: (G.mean(axis=0) ** 2).sum(),
                "That is the squared length of the batch's gradient. How far its rows lie from "
                "their mean is asked for: subtract it first.",
            ),
            Wrong(
                lambda G: G.var() / len(G),
                "You take the variance of all entries as if they were one "
                "kind of number. Each parameter varies about its own mean, "
                "axis=0, and the variances are summed.",
            ),
            Wrong(
                lambda G: G.var(axis=0, ddof=1).sum() / G.shape[1],
                "You divide by the number of parameters. A mean of B images "
                "varies B times less: divide by the number of images.",
            ),
            Wrong(
                lambda G: (
                    ((G - G.mean(axis=1, keepdims=True)) ** 2).sum() / (len(G) * (len(G) - 1))
                ),
                "Your means run along axis 1, over the parameters of one "
                "image. The batch's mean gradient is a mean over images, axis=0.",
            ),
        ),
        right=(variance_by_var, variance_by_loop),
    ),
    Exercise(
        name="07.even_batches",
        reference=even_batches,
        cases=(
            (np.array([[0.0], [1.0], [2.0]]), np.arange(3), 2, np.random.default_rng(0)),
            (np.array([[0.0], [1.0], [2.0], [3.0]]), np.arange(4), 3, np.random.default_rng(0)),
            (np.array([[0.0], [1.0], [2.0], [3.0]]), np.arange(4), 2, np.random.default_rng(0)),
            (*_digits(10, 1), 4, np.random.default_rng(2)),
            (*_digits(12, 2), 4, np.random.default_rng(3)),
            (*_digits(5, 3), 64, np.random.default_rng(4)),
        ),
        look=look_at_batches,
        tested="sizes that divide N and that do not, and fewer rows than a batch",
        hints=(
            "How many batches are needed so that none is larger than size? Fix that first.",
            "⌈N / size⌉ parts of the shuffled order, cut as evenly as whole numbers allow.",
            "np.array_split(order, count) cuts evenly and puts the larger parts first.",
        ),
        wrong=(
            Wrong(
                two_orders,
                "You shuffle X and y apart: the labels no longer belong to their images. Draw "
                "one order, and index both with it.",
            ),
            Wrong(
                short_last_batch,
                "Your batches are those of the text, `size` rows each and a short rest. Share "
                "the rows out evenly.",
            ),
            Wrong(
                too_few_batches,
                "You round the number of batches down, so some of them hold more than `size` "
                "rows. Round up.",
            ),
            Wrong(
                never_shuffled,
                "Your rows keep their old order: rng is never used.",
            ),
        ),
        right=(even_batches_by_hand, even_batches_of_copies),
    ),
    Exercise(
        name="07.smoothed",
        reference=smoothed,
        cases=(
            (np.array([2.0, 2.0, 2.0]), 0.9),
            (np.array([3.0, 1.0, 2.0, 0.5]), 0.75),
            (_losses(40, 2), 0.9),
            (_losses(40, 3), 0.5),
        ),
        tested="a constant loss, which must stay what it is, and three falling ones",
        hints=(
            "Keep two running sums, of weighted losses and of the weights themselves.",
            "Each step both sums shrink by β; then add the new loss, and add 1.",
            "total = beta * total + loss; weights = beta * weights + 1; total / weights",
        ),
        wrong=(
            Wrong(
                corrected_too_early,
                "Your correction counts the steps from 0. After the first loss its weights "
                "add up to 1 − β, so the power is the number of losses so far.",
            ),
            Wrong(
                starts_at_zero,
                "Your first values are too low: a mean that begins at 0 needs many steps to "
                "forget it. Divide by the weights so far, 1 − βᵗ.",
            ),
            Wrong(
                starts_at_first_loss,
                "You begin at the first loss, which thereby counts far more than a single "
                "step should. Divide by the sum of the weights instead.",
            ),
            Wrong(
                beta_on_the_new,
                "You gave the new loss the weight β and the past 1 − β: exchanged. With β near "
                "1 the past must dominate.",
            ),
            Wrong(
                counted_from_zero,
                "You count the steps from 0, and 1 − β⁰ is 0. After the first loss one weight "
                "has been given, so t = 1 there.",
            ),
            Wrong(
                written_into_losses,
                "You begin at the first loss, which thereby counts far more than a single "
                "step should, and you write into `losses`, which belongs to the caller.",
            ),
            Wrong(
                corrected_and_fed_back,
                "You feed the corrected value back into the sum. Keep the sum as it is, and "
                "correct only what you return.",
            ),
            Wrong(
                weighted_sum,
                "That is the weighted sum. For a mean divide it by the sum of the weights.",
            ),
            Wrong(
                divided_by_the_number,
                "You divide by how many losses there are. Their weights are not 1: divide by "
                "the sum of the weights.",
            ),
            Wrong(
                oldest_counts_most,
                "Your weights run the wrong way: the first loss has the weight 1. At step t "
                "the newest has it, and older ones count less.",
            ),
            Wrong(
                lambda losses, beta: np.array(
                    [
                        losses[0],
                        *(
                            np.average(losses[:t], weights=beta ** np.arange(t - 1, -1, -1))
                            for t in range(1, len(losses))
                        ),
                    ]
                ),
                "You leave the newest loss out: at step t the loss of step t has the weight 1.",
            ),
        ),
        right=(smoothed_with_correction, smoothed_by_definition),
    ),
    Exercise(
        name="07.choose_rate",
        reference=choose_rate,
        cases=(
            (np.array([0.02, 0.3, 4.0]), np.array([2.0, 1.5, 4.0])),
            _blown_up(5.0),
            _blown_up(np.nan),
            _blown_up(np.array([9.0, 40.0, np.inf, np.nan, np.nan])),
        ),
        look=look_at_rate,
        tested="losses that blow up to large numbers, to infinity and to NaN",
        hints=(
            "Where does NumPy's argmin say that the smallest of [2, NaN, 1] is?",
            "The rate at the lowest loss that is a number, divided by ten.",
            "np.nanargmin(losses) is the place of the smallest, NaN left out.",
        ),
        wrong=(
            Wrong(
                at_the_edge,
                "You take the rate at the lowest loss itself. There the training is about to "
                "break: stay a factor of ten below.",
            ),
            Wrong(
                nan_is_smallest,
                "For `np.argmin` a NaN is smaller than every number, so you chose a rate at "
                "which the training had blown up. Leave NaN out.",
            ),
            Wrong(
                a_tenth_of_the_place,
                "You divide the place in the array by ten. It is the rate that should be ten "
                "times smaller.",
            ),
            Wrong(
                a_tenth_of_the_loss,
                "You return a tenth of the lowest loss. The answer is a rate: find where the "
                "loss is lowest, then look up `rates` there.",
            ),
        ),
        right=(choose_rate_by_mask, choose_rate_by_loop),
    ),
)
