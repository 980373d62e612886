"""The exercises of notebook 07: mini-batches."""

import numpy as np

from digitlib.exercises.model import Exercise, Wrong


def epoch_loss(losses, size, N):
    sizes = np.full(len(losses), size)
    sizes[-1] = N - size * (len(losses) - 1)
    return (sizes * losses).sum() / N


def epoch_loss_by_loop(losses, size, N):
    total, left = 0.0, N
    for loss in losses:
        rows = min(size, left)
        total += rows * loss
        left -= rows
    return total / N


def epoch_loss_by_average(losses, size, N):
    starts = np.arange(0, N, size)
    return np.average(losses, weights=np.minimum(size, N - starts))


def every_batch_alike(losses, size, N):
    return np.mean(losses)


def last_counted_in_full(losses, size, N):
    return size * np.sum(losses) / N


def last_left_out(losses, size, N):
    whole = N // size
    return np.mean(losses[:whole])


def remainder_of_zero(losses, size, N):
    sizes = np.full(len(losses), size)
    sizes[-1] = N % size
    return (sizes * losses).sum() / sizes.sum()


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


EXERCISES = (
    Exercise(
        name="07.epoch_loss",
        reference=epoch_loss,
        cases=(
            (np.array([1.0, 4.0]), 2, 3),
            (np.array([1.0, 3.0]), 2, 4),
            (_losses(11, 0), 300, 3200),
            (_losses(50, 1), 64, 3200),
            (np.array([2.25]), 64, 50),
        ),
        tested="a short last batch, none, and a batch larger than the data",
        hints=(
            "The mean over images is their sum divided by N. What is the sum over one batch?",
            "Σ (rows of the batch · its loss) / N; the last batch has what the others left.",
            "sizes[-1] = N - size * (len(losses) - 1)",
        ),
        wrong=(
            Wrong(
                every_batch_alike,
                "You take the plain mean of the batches, so each image of a short last batch "
                "counts more than the others. Weigh every batch by its rows.",
            ),
            Wrong(
                last_counted_in_full,
                "You count the last batch as if it had `size` rows too. It has only the rows "
                "that the others left over.",
            ),
            Wrong(
                last_left_out,
                "You leave out the short last batch: its images were trained on, and their "
                "loss belongs in the mean.",
            ),
            Wrong(
                remainder_of_zero,
                "Your last batch has N % size rows. Where size divides N that is 0, and a full "
                "last batch counts nothing.",
            ),
            Wrong(
                lambda losses, size, N: size * losses[:-1].sum() / N,
                "The last batch is left out of the sum. Its images count "
                "too, each as much as any other.",
            ),
            Wrong(
                lambda losses, size, N: losses.sum() / max(N // size, 1),
                "You divide by N // size, the number of whole batches. There "
                "is one more when a rest is left, and it is smaller.",
            ),
        ),
        right=(epoch_loss_by_loop, epoch_loss_by_average),
    ),
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
            (np.array([0.02, 0.3, 4.0]), np.array([2.0, 1.0, 4.0])),
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
