"""The exercises of notebook 15: the competition."""

import math

import numpy as np

import digitlib
from digitlib.exercises.model import Exercise, Wrong


def in_order(ids, labels):
    return labels[np.argsort(ids)]


def in_order_by_writing(ids, labels):
    out = np.empty_like(labels)
    out[ids - 1] = labels
    return out


def in_order_by_dictionary(ids, labels):
    label_of = dict(zip(ids.tolist(), labels.tolist()))
    return np.array([label_of[i] for i in range(1, len(ids) + 1)])


def gathered_by_id(ids, labels):
    return labels[ids - 1]


def off_by_one(ids, labels):
    out = np.empty_like(labels)
    out[ids % len(ids)] = labels
    return out


def labels_sorted_too(ids, labels):
    return np.sort(labels)


def order_of_the_text(ids, labels):
    return labels[np.argsort(ids.astype(str))]


def average_scores(Z):
    mean = Z.mean(axis=0)
    e = np.exp(mean - mean.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def average_scores_with_library(Z):
    return digitlib.softmax(np.mean(Z, axis=0))


def average_scores_by_geometric_mean(Z):
    P = np.array([digitlib.softmax(scores) for scores in Z])
    product = np.prod(P, axis=0) ** (1 / len(P))
    return product / product.sum(axis=1, keepdims=True)


def mean_of_probabilities(Z):
    return np.mean([digitlib.softmax(scores) for scores in Z], axis=0)


def scores_added(Z):
    return digitlib.softmax(Z.sum(axis=0))


def product_left_unscaled(Z):
    P = np.array([digitlib.softmax(scores) for scores in Z])
    return np.exp(np.log(P).mean(axis=0))


def scores_returned(Z):
    return Z.mean(axis=0)


def limit_of_many(P, Q, y):
    T = np.eye(10)[y]
    return ((P - T) * (Q - T)).sum(axis=1).mean()


def limit_by_the_law(P, Q, y):
    T = digitlib.one_hot(y, dtype=np.float64)
    each = (((P - T) ** 2).sum(axis=1).mean() + ((Q - T) ** 2).sum(axis=1).mean()) / 2
    return each - 0.5 * ((P - Q) ** 2).sum(axis=1).mean()


def limit_from_both_sizes(P, Q, y):
    T, M = np.eye(10)[y], (P + Q) / 2
    one = 0.5 * ((P - T) ** 2 + (Q - T) ** 2).sum(axis=1).mean()
    two = ((M - T) ** 2).sum(axis=1).mean()
    return 2 * two - one


def limit_of_two(P, Q, y):
    return (((P + Q) / 2 - np.eye(10)[y]) ** 2).sum(axis=1).mean()


def limit_without_the_half(P, Q, y):
    T = np.eye(10)[y]
    each = 0.5 * ((P - T) ** 2 + (Q - T) ** 2).sum(axis=1).mean()
    return each - ((P - Q) ** 2).sum(axis=1).mean()


def limit_below_the_pair(P, Q, y):
    T = np.eye(10)[y]
    pair = (((P + Q) / 2 - T) ** 2).sum(axis=1).mean()
    return pair - 0.5 * ((P - Q) ** 2).sum(axis=1).mean()


def limit_not_lowered(P, Q, y):
    T = np.eye(10)[y]
    return 0.5 * ((P - T) ** 2 + (Q - T) ** 2).sum(axis=1).mean()


def rows_needed(q, gap):
    return math.ceil(4 * q / gap**2)


def rows_needed_by_root(q, gap):
    return int(np.ceil((2 * np.sqrt(q) / gap) ** 2))


def rows_needed_by_search(q, gap):
    step = 1 << 20
    n = 0
    while step:
        if 2 * math.sqrt(q / (n + step)) > gap:
            n += step
        step //= 2
    return n + 1


def one_standard_error(q, gap):
    return math.ceil(q / gap**2)


def rounded_down(q, gap):
    return int(4 * q / gap**2)


def two_not_squared(q, gap):
    return math.ceil(2 * q / gap**2)


def unpaired_rows(q, gap):
    return math.ceil(4 * q * (1 - q) / gap**2)


def leaked_rows(known, test):
    seen = {row.tobytes() for row in known}
    pixels = np.rint(255 * test).astype(np.uint8)
    return np.array([row.tobytes() in seen for row in pixels])


def leaked_rows_by_loop(known, test):
    found = []
    for row in test:
        differences = np.abs(known.astype(float) - 255 * row.astype(float))
        found.append(bool((differences.max(axis=1) < 0.5).any()))
    return np.array(found)


def leaked_rows_by_tuples(known, test):
    seen = set(map(tuple, known.tolist()))
    return np.array([tuple(round(255 * float(v)) for v in row) in seen for row in test])


def bytes_of_unlike_arrays(known, test):
    seen = {row.tobytes() for row in known}
    return np.array([row.tobytes() in seen for row in test])


def not_multiplied(known, test):
    seen = {row.tobytes() for row in known}
    pixels = test.astype(np.uint8)
    return np.array([row.tobytes() in seen for row in pixels])


def one_pixel_in_common(known, test):
    pixels = np.rint(255 * test).astype(np.uint8)
    return np.array([(known == row).any() for row in pixels])


def rows_of_known(known, test):
    seen = {np.rint(255 * row).astype(np.uint8).tobytes() for row in test}
    return np.array([row.tobytes() in seen for row in known])


def _two_answers(n, seed):
    rng = np.random.default_rng(seed)
    y = rng.integers(10, size=n)
    Z = rng.standard_normal((2, n, 10)) + 2 * np.eye(10)[y]
    P, Q = digitlib.softmax(Z[0]), digitlib.softmax(Z[1])
    return P, Q, y


def _collections(n_known, n_test, width, seed):
    """uint8 pixels, and floats among which about half are copies of them."""
    rng = np.random.default_rng(seed)
    known = rng.integers(256, size=(n_known, width), dtype=np.uint8)
    test = rng.integers(256, size=(n_test, width), dtype=np.uint8)
    copied = rng.random(n_test) < 0.5
    test[copied] = known[rng.integers(n_known, size=copied.sum())]
    test[-1] = known[0][::-1]  # the same ink in other places
    test[-2] = known[1]
    test[-2, 0] ^= 1  # one grey level off
    return known, test.astype(np.float32) / np.float32(255)


EXERCISES = (
    Exercise(
        name="15.in_order",
        reference=in_order,
        cases=(
            (np.array([2, 3, 1]), np.array([5, 6, 4])),
            (
                np.array([1, 10, 2, 3, 4, 5, 6, 7, 8, 9]),
                np.array([0, 9, 1, 2, 3, 4, 5, 6, 7, 8]),
            ),
            (
                np.random.default_rng(0).permutation(40) + 1,
                np.random.default_rng(1).integers(10, size=40),
            ),
        ),
        tested="three rows, ten sorted as text, forty shuffled",
        hints=(
            "labels[0] belongs to image ids[0]. At which place must it end up?",
            "Either write labels[i] to place ids[i] − 1, or sort the rows by id.",
            "return labels[np.argsort(ids)]",
        ),
        wrong=(
            Wrong(
                gathered_by_id,
                "You read at place id − 1 where you should write there: labels[ids - 1] undoes "
                "the order only when the order is its own inverse.",
            ),
            Wrong(
                off_by_one,
                "Every label stands one place too late: id 1 belongs to place 0. Subtract 1.",
            ),
            Wrong(
                labels_sorted_too,
                "You sorted the labels themselves. Sort by id, and let each label go with its "
                "id.",
            ),
            Wrong(
                order_of_the_text,
                "You sorted the ids as text, where 10 comes before 2. Sort them as numbers.",
            ),
            Wrong(
                lambda ids, labels: np.argsort(ids),
                "That is the order of the ids alone. Use it as an index into labels.",
            ),
            Wrong(
                lambda ids, labels: np.array(sorted(zip(ids.tolist(), labels.tolist()))),
                "You hand over pairs of id and label. The labels alone are asked for.",
            ),
        ),
        right=(in_order_by_writing, in_order_by_dictionary),
    ),
    Exercise(
        name="15.average_scores",
        reference=average_scores,
        cases=(
            (np.array([[[2.0, 0.0, 0.0]], [[0.0, 1.0, 0.0]]]),),
            (np.random.default_rng(0).standard_normal((3, 4, 10)),),
            (5 * np.random.default_rng(1).standard_normal((5, 3, 10)),),
            (1000 + np.random.default_rng(2).standard_normal((2, 2, 10)),),
        ),
        small=(0,),
        tested="two networks and one image, three and four, five and three, scores of 1,000",
        hints=(
            "Which of the three axes counts the networks, and what is left when it is gone?",
            "P = softmax of the mean over networks of Z: first the mean, then the softmax.",
            "return digitlib.softmax(Z.mean(axis=0))",
        ),
        wrong=(
            Wrong(
                mean_of_probabilities,
                "That is the mean of the probabilities, the ensemble of the text. Here the "
                "scores are averaged first, and then turned into probabilities once.",
            ),
            Wrong(
                scores_added,
                "You added the scores and did not divide by their number: the answers are the "
                "same, but far too sure.",
            ),
            Wrong(
                product_left_unscaled,
                "The geometric mean of the probabilities is right up to its scale: your rows "
                "sum to less than 1. Divide each by its sum.",
            ),
            Wrong(
                scores_returned,
                "These are the mean scores. Probabilities are asked for: a softmax is missing.",
            ),
            Wrong(
                lambda Z: np.log(digitlib.softmax(Z)).mean(axis=0),
                "Those are the mean logarithms of the probabilities. They "
                "still have to be exponentiated and made to sum to 1.",
            ),
        ),
        right=(average_scores_with_library, average_scores_by_geometric_mean),
    ),
    Exercise(
        name="15.limit_of_many",
        reference=limit_of_many,
        cases=(_two_answers(1, 0), _two_answers(3, 1), _two_answers(50, 2)),
        tested="one image, three, fifty",
        hints=(
            "For M without end, which factor does V have in the law?",
            "The mean of the two Brier scores, minus V = ½ · mean of the squared distance "
            "between P and Q.",
            "T = np.eye(10)[y]; return ((P - T) * (Q - T)).sum(axis=1).mean()",
        ),
        wrong=(
            Wrong(
                limit_of_two,
                "That is the Brier score of these two together, M = 2. With M without end the "
                "factor 1 − 1/M is 1, not ½.",
            ),
            Wrong(
                limit_without_the_half,
                "You took off the whole squared distance between the two; V is half of it.",
            ),
            Wrong(
                limit_below_the_pair,
                "You took V off the score of the two together, from which half of V is already "
                "gone. Take it off the mean of their two scores.",
            ),
            Wrong(
                limit_not_lowered,
                "That is the mean of the two scores, an ensemble of one. Their disagreement V "
                "comes off.",
            ),
            Wrong(
                lambda P, Q, y: (
                    limit_not_lowered(P, Q, y) + 0.5 * ((P - Q) ** 2).sum(axis=1).mean()
                ),
                "You add V. Disagreement is what averaging takes away: it comes off.",
            ),
            Wrong(
                lambda P, Q, y: (
                    2 * limit_not_lowered(P, Q, y) - 0.5 * ((P - Q) ** 2).sum(axis=1).mean()
                ),
                "You take the sum of the two scores. Their mean is meant, less V.",
            ),
            Wrong(
                lambda P, Q, y: min(
                    ((A - np.eye(10)[y]) ** 2).sum(axis=1).mean() for A in (P, Q)
                ),
                "You take the better of the two. An ensemble of many comes "
                "out below both: the mean of the two scores less V.",
            ),
            Wrong(
                lambda P, Q, y: 0.5 * ((P - Q) ** 2).sum(axis=1).mean(),
                "That is V alone, the disagreement. It comes off the mean of "
                "the two Brier scores.",
            ),
        ),
        right=(limit_by_the_law, limit_from_both_sizes),
    ),
    Exercise(
        name="15.rows_needed",
        reference=rows_needed,
        # Up, not to the nearest; and what is whole already stays.
        cases=((0.3, 0.09), (0.02, 0.003), (0.01, 0.0007), (0.25, 0.5)),
        tested="a share of 0.3 and a gap of 0.09, and smaller ones",
        hints=(
            "The standard error of a lead on n rows is √(q n) / n = √(q / n).",
            "Two of them are the gap: 2 √(q / n) = gap. Solve for n and round up.",
            "return math.ceil(4 * q / gap**2)",
        ),
        wrong=(
            Wrong(
                one_standard_error,
                "A lead of your n rows is one standard error; two are asked for, which takes "
                "four times the rows.",
            ),
            Wrong(
                rounded_down,
                "You rounded down: with a row too few, two standard errors are still a little "
                "more than the gap. math.ceil rounds up.",
            ),
            Wrong(
                two_not_squared,
                "n stands under a root: solving for it squares the 2 as well.",
            ),
            Wrong(
                unpaired_rows,
                "q (1 − q) is the variance of one coin that shows 0 or 1. A row of a lead is "
                "+1 or −1 with chance q in all, else 0: the variance is q.",
            ),
            Wrong(
                lambda q, gap: int(4 * q / gap**2) + 1,
                "You always go one further. Where 4 q / gap² is whole "
                "already, it is enough: round up with math.ceil.",
            ),
            Wrong(
                lambda q, gap: math.ceil(1.96**2 * q / gap**2),
                "You take 1.96 standard errors. Two are asked for.",
            ),
            Wrong(
                lambda q, gap: math.ceil(2 * math.sqrt(q) / gap),
                "You left out the square: n stands under a root, so both "
                "sides have to be squared.",
            ),
        ),
        right=(rows_needed_by_root, rows_needed_by_search),
    ),
    Exercise(
        name="15.leaked_rows",
        reference=leaked_rows,
        cases=(
            (
                np.array([[0, 128, 254], [0, 0, 0]], np.uint8),
                np.array([[0, 128, 254], [254, 128, 0]], np.float32) / np.float32(255),
            ),
            _collections(6, 4, 5, 0),
            _collections(40, 30, 12, 3),
        ),
        tested="a copy, the same ink in another order, one grey level off, larger collections",
        hints=(
            "One collection holds whole numbers from 0 to 255, the other floats up to 1.",
            "Bring test to uint8 by rounding 255 · test, then ask for each row whether its "
            "bytes occur among those of known.",
            "np.rint(255 * test).astype(np.uint8), a set of row.tobytes(), and `in`",
        ),
        wrong=(
            Wrong(
                bytes_of_unlike_arrays,
                "You find nothing: a float32 has not the bytes of a uint8, and 128 / 255 in "
                "float32 is not 128 / 255 in float64. Bring test to uint8 first.",
            ),
            Wrong(
                not_multiplied,
                "astype alone makes 0 of every number below 1: your rows have lost their ink. "
                "Multiply by 255 and round first.",
            ),
            Wrong(
                one_pixel_in_common,
                "One equal pixel passes for an equal row. All pixels of one row must agree: "
                ".all(axis=1) first, and then .any() over the rows of known.",
            ),
            Wrong(
                rows_of_known,
                "Your answer has one entry a row of known. One a row of test is asked for.",
            ),
            Wrong(
                lambda known, test: np.array(
                    [(np.abs(known / 255.0 - row).max(axis=1) < 0.01).any() for row in test]
                ),
                "You allow a difference: rows that are one grey level off "
                "pass for copies. Compare whole numbers for equality.",
            ),
            Wrong(
                lambda known, test: np.array(
                    [
                        any(int(np.rint(255 * row).sum()) == int(k.sum()) for k in known)
                        for row in test
                    ]
                ),
                "You compare the amounts of ink. All pixels of a row must "
                "agree, each in its place.",
            ),
            Wrong(
                lambda known, test: ~leaked_rows(known, test),
                "You mark the rows that are new. The ones that are known are asked for.",
            ),
            Wrong(
                lambda known, test: np.flatnonzero(leaked_rows(known, test)),
                "You return the numbers of the rows. A True or False for "
                "each row is asked for.",
            ),
            Wrong(
                lambda known, test: np.array(
                    [
                        (np.rint(255 * test[i]) == known[i]).all() if i < len(known) else False
                        for i in range(len(test))
                    ]
                ),
                "You compare row i with row i alone. A copy may stand anywhere in known.",
            ),
        ),
        right=(leaked_rows_by_loop, leaked_rows_by_tuples),
    ),
)
