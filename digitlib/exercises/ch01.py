"""The exercises of notebook 01: data."""

import numpy as np

from digitlib.exercises.model import AS_INDEX, Exercise, Line, Wall, Wrong


def row_and_column(m):
    return m // 28, m % 28


def by_divmod(m):
    return divmod(m, 28)


def by_unravelling(m):
    r, c = np.unravel_index(m, (28, 28))
    return int(r), int(c)


def swapped(m):
    return m % 28, m // 28


def counted_from_one(m):
    return m // 28 + 1, m % 28 + 1


def by_true_division(m):
    return m / 28, m % 28


def labels_from_bytes(data):
    return np.frombuffer(data, dtype=np.uint8, offset=8)


def labels_by_list(data):
    return np.array(list(data[8:]))


def labels_by_count(data):
    count = int.from_bytes(data[4:8], "big")
    return np.frombuffer(data, dtype=np.uint8, count=count, offset=8).astype(np.int64)


def header_of_images(data):
    return np.frombuffer(data, dtype=np.uint8, offset=16)


def header_kept(data):
    return np.frombuffer(data, dtype=np.uint8)


def magic_only(data):
    return np.frombuffer(data, dtype=np.uint8, offset=4)


def look_at_labels(arguments, expected, got):
    """Where it begins to read, and where it ends."""
    (data,) = arguments
    if isinstance(got, (bytes, bytearray)):
        return (
            "Those are bytes still. An array of numbers is asked for: np.frombuffer reads them."
        )
    if isinstance(got, str):
        return None
    whole, got = np.frombuffer(data, dtype=np.uint8), np.asarray(got)
    if got.ndim == 0:
        return (
            "You return a single number, perhaps the count. The labels are asked for, an array."
        )
    if got.ndim > 1:
        return "Labels are one number per image: an array with one axis."
    first = len(whole) - len(got)
    if 0 <= first < len(whole) and np.array_equal(got, whole[first:]):
        return (
            f"You skip {first} bytes. The header of a file of labels has the magic number and "
            "the count, four bytes each: what comes after them are labels."
        )
    if len(got) < len(expected) and np.array_equal(got, expected[: len(got)]):
        return (
            f"You stop after {len(got)} of {len(expected)} labels. The count is made of four "
            "bytes, the largest first; or read to the end."
        )
    if np.array_equal(got, whole[: len(got)]):
        return "You take the beginning of the file, its header. The labels come after it."
    if got.dtype.itemsize > 1 and len(got) < len(expected):
        return "You read several bytes as one number. One byte is one label: dtype=np.uint8."
    return None


def standardise(train_X, valid_X):
    mean, std = train_X.mean(axis=0), train_X.std(axis=0)
    std = np.where(std == 0, 1, std)
    return (train_X - mean) / std, (valid_X - mean) / std


def standardise_by_loop(train_X, valid_X):
    a, b = train_X.copy(), valid_X.copy()
    for m in range(train_X.shape[1]):
        mean, std = train_X[:, m].mean(), train_X[:, m].std()
        a[:, m] = (a[:, m] - mean) / (std or 1)
        b[:, m] = (b[:, m] - mean) / (std or 1)
    return a, b


def each_by_its_own(train_X, valid_X):
    def scaled(X):
        std = X.std(axis=0)
        return (X - X.mean(axis=0)) / np.where(std == 0, 1, std)

    return scaled(train_X), scaled(valid_X)


def over_both(train_X, valid_X):
    X = np.vstack([train_X, valid_X])
    mean, std = X.mean(axis=0), X.std(axis=0)
    std = np.where(std == 0, 1, std)
    return (train_X - mean) / std, (valid_X - mean) / std


def divided_by_zero(train_X, valid_X):
    mean, std = train_X.mean(axis=0), train_X.std(axis=0)
    return (train_X - mean) / std, (valid_X - mean) / std


def one_number_for_all(train_X, valid_X):
    return (train_X - train_X.mean()) / train_X.std(), (
        valid_X - train_X.mean()
    ) / train_X.std()


def nearest_by_angle(X, M):
    lengths = np.sqrt((M**2).sum(axis=1))
    return (X @ (M / lengths[:, None]).T).argmax(axis=1)


def angle_in_full(X, M):
    cosines = X @ M.T
    cosines = cosines / np.linalg.norm(X, axis=1)[:, None] / np.linalg.norm(M, axis=1)
    return cosines.argmax(axis=1)


def angle_by_loop(X, M):
    answers = []
    for x in X:
        cosines = [x @ m / np.sqrt((x @ x) * (m @ m)) for m in M]
        answers.append(int(np.argmax(cosines)))
    return np.array(answers)


def lengths_forgotten(X, M):
    return (X @ M.T).argmax(axis=1)


def smallest_cosine(X, M):
    return (X @ (M / np.linalg.norm(M, axis=1)[:, None]).T).argmin(axis=1)


def cosines_returned(X, M):
    cosines = X @ M.T
    return cosines / np.linalg.norm(X, axis=1)[:, None] / np.linalg.norm(M, axis=1)


def distance_again(X, M):
    return ((X[:, None] - M[None]) ** 2).sum(axis=2).argmin(axis=1)


def _two_parts(n, k, width, seed):
    """Two sets of pixels of different means, the last pixel constant in the first."""
    rng = np.random.default_rng(seed)
    first, second = rng.random((n, width)), rng.random((k, width)) + 0.5
    first[:, -1] = 0.25
    return first, second


def _images_and_means(n, seed):
    rng = np.random.default_rng(seed)
    means = rng.random((10, 6)) * rng.uniform(0.5, 3, (10, 1))
    return rng.random((n, 6)) + 0.1, means


def class_means(X, y):
    return np.array([X[y == digit].mean(axis=0) for digit in range(10)])


def class_means_by_one_hot(X, y):
    members = np.eye(10)[y]  # (N, 10)
    return members.T @ X / members.sum(axis=0)[:, None]


def class_means_by_loop(X, y):
    means = np.zeros((10, X.shape[1]))
    for digit in range(10):
        rows = [x for x, label in zip(X, y) if label == digit]
        means[digit] = sum(rows) / len(rows)
    return means


def nearest(new, means):
    return np.array([((new - m) ** 2).sum(axis=1) for m in means]).argmin(axis=0)


def nearest_by_table(new, means):
    return ((new[:, None, :] - means) ** 2).sum(axis=2).argmin(axis=1)


def nearest_by_norm(new, means):
    return np.linalg.norm(new[:, None] - means[None], axis=-1).argmin(axis=1)


def nearest_by_search(new, means):
    answers = []
    for x in new:
        distances = [((x - m) ** 2).sum() for m in means]
        answers.append(distances.index(min(distances)))
    return np.array(answers)


def _bytes(n, width, seed, most=256):
    return np.random.default_rng(seed).integers(most, size=(n, width)).astype(np.uint8)


def _digits(n, width, seed):
    """Images (n, width) and labels (n,) in which every digit occurs, not equally often."""
    rng = np.random.default_rng(seed)
    y = rng.permutation(np.concatenate([np.arange(10), rng.integers(10, size=n - 10)]))
    return rng.random((n, width)), y


def _new_and_means(n, width, seed):
    rng = np.random.default_rng(seed)
    return rng.random((n, width)), rng.random((10, width))


WALL = Wall(
    name="01.wall",
    tested="bytes whose largest is not 255; digits that do not occur equally often; "
    "as many new images as means",
    lines=(
        Line(
            name="scaled",
            shape="(N, 784)",
            reference=lambda pixels: pixels / 255,
            cases=(
                (np.array([[0, 51], [102, 204]], dtype=np.uint8),),
                (_bytes(3, 4, 0),),
                (_bytes(4, 3, 1, most=90),),
            ),
            hints=(
                "Full ink is 255 in the file and 1 in the course, whatever images come in.",
                "pixels / 255",
            ),
            wrong=(
                Wrong(
                    lambda pixels: (pixels - pixels.min()) / (pixels.max() - pixels.min()),
                    "You stretch what came in from its smallest to its largest pixel, so the "
                    "same ink would mean something else in the next batch. Divide by 255.",
                ),
                Wrong(
                    lambda pixels: pixels / pixels.max(),
                    "You divide by the largest pixel that came in, so the same ink would mean "
                    "something else in the next batch. Full ink is 255 in every file.",
                ),
                Wrong(
                    lambda pixels: pixels / 256,
                    "There are 256 grey values, but the largest of them is 255, and it should "
                    "become 1.",
                ),
                Wrong(
                    lambda pixels: pixels // 255,
                    "You keep whole numbers only, so every grey becomes 0. Divide with /, "
                    "and stay with floats.",
                ),
                Wrong(
                    lambda pixels: pixels / pixels.max(axis=1, keepdims=True),
                    "You divide each image by its own largest pixel. Full ink is 255 in every "
                    "image.",
                ),
                Wrong(
                    lambda pixels: 1 - pixels / 255,
                    "You turn ink into paper: 0 is blank and 1 is full ink.",
                ),
                Wrong(
                    lambda pixels: pixels / 255 * 2 - 1,
                    "You stretch the pixels to the range from -1 to 1. From 0 to 1 is wanted.",
                ),
                Wrong(
                    lambda pixels: (pixels - pixels.mean()) / pixels.std(),
                    "That is standardising. Here only the scale changes: divide by 255.",
                ),
                Wrong(
                    lambda pixels: pixels / 784,
                    "You divide by the number of pixels. Divide by what full ink is in the "
                    "file, 255.",
                ),
                Wrong(
                    lambda pixels: pixels * 255,
                    "You multiply. The numbers should become smaller, from 0 to 1.",
                ),
            ),
            right=(lambda pixels: pixels.astype(np.float64) / 255.0,),
            why="255 belongs to the file format, so no digit had to be looked at for it.",
        ),
        Line(
            name="held",
            whole=AS_INDEX,
            shape="(share * n,)",
            reference=lambda rows, share: rows[: round(share * len(rows))],
            cases=(
                (np.array([7, 2, 9, 4, 0]), 0.4),
                (np.array([30, 12, 5, 41, 8, 3, 22, 19]), 0.25),
                (np.arange(100)[::-1].copy(), 0.5),
                (np.array([4, 9, 1, 6, 13, 3, 8, 0, 11, 2, 7, 12, 5]), 0.2),
                (np.array([5, 0, 7, 3, 1, 8, 2, 6, 4]), 0.25),
            ),
            hints=(
                "How many rows is the share of them? The rows are shuffled, so take the first.",
                "rows[: round(share * len(rows))]",
            ),
            wrong=(
                Wrong(
                    lambda rows, share: rows[: int(share * len(rows))],
                    "int cuts the decimals off: 2.6 images become 2, and so do 2.999 that "
                    "rounding made of 3. Round to the nearest whole number.",
                ),
                Wrong(
                    lambda rows, share: rows[: int(np.ceil(share * len(rows)))],
                    "You round up whatever the decimals are. Round to the nearest whole "
                    "number.",
                ),
                Wrong(
                    lambda rows, share: rows[round(share * len(rows)) :],
                    "Those are the rows that remain. The first ones are to be held back.",
                ),
                Wrong(
                    lambda rows, share: np.arange(round(share * len(rows))),
                    "You count from 0. The rows that came in are numbers of images: take them.",
                ),
                Wrong(
                    lambda rows, share: rows[: round((1 - share) * len(rows))],
                    "You hold back what should remain: the share itself is held back.",
                ),
                Wrong(
                    lambda rows, share: np.sort(rows)[: round(share * len(rows))],
                    "You sort the rows first, and the shuffling is lost.",
                ),
                Wrong(
                    lambda rows, share: sorted(rows)[: round(share * len(rows))],
                    "You sort the rows first, and the shuffling is lost.",
                ),
                Wrong(
                    lambda rows, share: rows[: int(share)],
                    "int(share) is 0, so you take none. How many rows is the share of all of "
                    "them?",
                ),
                Wrong(
                    lambda rows, share: rows * share,
                    "You multiply the numbers of the images. The share says how many of them "
                    "to take.",
                ),
                Wrong(
                    lambda rows, share: rows[:: round(1 / share)],
                    "You take rows at even distances. The first ones are asked for.",
                ),
                Wrong(
                    lambda rows, share: rows[: round(share * len(rows)) + 1],
                    "You take one too many: rows[:n] holds n rows.",
                ),
                Wrong(
                    lambda rows, share: rows[-round(share * len(rows)) :],
                    "Those are the last ones. The first are asked for.",
                ),
                Wrong(
                    lambda rows, share: round(share * len(rows)),
                    "That is how many. The rows themselves are wanted.",
                ),
            ),
            right=(
                lambda rows, share: rows[: int(share * len(rows) + 0.5)],
                lambda rows, share: [rows[i] for i in range(round(share * len(rows)))],
            ),
        ),
        Line(
            name="kept",
            whole=AS_INDEX,
            shape="(N - held,)",
            reference=lambda N, held: np.setdiff1d(np.arange(N), held),
            cases=(
                (5, np.array([3, 0])),
                (6, np.array([2, 5, 1])),
                (12, np.array([0, 11, 4, 7])),
            ),
            hints=(
                "All the rows from 0 to N - 1, except those that are held back.",
                "np.setdiff1d(np.arange(N), held), or np.delete(np.arange(N), held)",
            ),
            wrong=(
                Wrong(
                    lambda N, held: np.setdiff1d(np.arange(1, N), held),
                    "Row 0 is left out: the rows are counted from 0.",
                ),
                Wrong(
                    lambda N, held: np.setdiff1d(np.arange(N + 1), held),
                    "There is no row N: counted from 0, the last of N rows is N - 1.",
                ),
                Wrong(
                    lambda N, held: np.arange(N),
                    "Those are all the rows, also the ones that are held back. What you learn "
                    "from would be what you are tested on.",
                ),
                Wrong(
                    lambda N, held: np.arange(len(held), N),
                    "You leave out the first rows. Those that are held back stand anywhere.",
                ),
                Wrong(
                    lambda N, held: np.arange(N - len(held)),
                    "The number of rows is right, and it is not these rows: leave out the ones "
                    "in held.",
                ),
                Wrong(
                    lambda N, held: N - len(held),
                    "That is how many. The rows themselves are wanted.",
                ),
                Wrong(lambda N, held: held, "Those are held back. The others are wanted."),
                Wrong(
                    lambda N, held: np.sort(held),
                    "Those are held back. The others are wanted.",
                ),
                Wrong(
                    lambda N, held: [i for i in range(N) if i in held],
                    "Those are held back. The others are wanted.",
                ),
                Wrong(
                    lambda N, held: [i for i in range(1, N + 1) if i not in held],
                    "You count from 1 to N. The images are counted from 0 to N - 1.",
                ),
                Wrong(
                    lambda N, held: N - held,
                    "You subtract the numbers of the images from N. The numbers that are not "
                    "in held are wanted.",
                ),
                Wrong(
                    lambda N, held: np.arange(N)[~held],
                    "~ turns True and False round, and held is a list of numbers. "
                    "np.isin(np.arange(N), held) makes True and False of it.",
                ),
                Wrong(
                    lambda N, held: np.setdiff1d(np.arange(1, N + 1), held),
                    "You count from 1 to N. The images are counted from 0 to N - 1.",
                ),
                Wrong(
                    lambda N, held: np.setdiff1d(held, np.arange(N)),
                    "The two are swapped: first all the numbers, then those to leave out.",
                ),
                Wrong(
                    lambda N, held: np.setdiff1d(N, held),
                    "N is a single number. All the numbers are np.arange(N).",
                ),
                Wrong(
                    lambda N, held: ~np.isin(np.arange(N), held),
                    "That is a mask, True or False for each row. The numbers of the rows are "
                    "wanted: np.flatnonzero of it.",
                ),
            ),
            right=(
                lambda N, held: np.delete(np.arange(N), held),
                lambda N, held: [i for i in range(N) if i not in held],
            ),
            why="no image is in both parts.",
        ),
        Line(
            name="means",
            shape="(10, 784)",
            reference=class_means,
            cases=(_digits(12, 2, 0), _digits(30, 4, 1), _digits(25, 10, 2)),
            hints=(
                "y == 3 is a condition, and X[y == 3] are the images that it picks. Ten times.",
                "np.array([X[y == d].mean(axis=0) for d in range(10)])",
            ),
            wrong=(
                Wrong(
                    lambda X, y: X.mean(axis=0),
                    "That is one mean for all the images. Each digit has its own.",
                ),
                Wrong(
                    lambda X, y: np.array([X[y == d].sum(axis=0) for d in range(10)]),
                    "Those are sums. A mean is divided by the number of images of that digit.",
                ),
                Wrong(
                    lambda X, y: np.array([X[y == d].mean() for d in range(10)]),
                    "You average over the pixels too, one number per digit. The images are to "
                    "vanish, the pixels stay.",
                ),
                Wrong(
                    lambda X, y: np.array([X[y == d].sum(axis=0) / len(X) for d in range(10)]),
                    "You divide by the number of all images. Each digit has its own number.",
                ),
                Wrong(
                    lambda X, y: np.array(
                        [X[y == d].sum(axis=0) / (len(X) / 10) for d in range(10)]
                    ),
                    "You take a tenth of the images for each digit. They need not be equally "
                    "frequent: count each digit's own.",
                ),
                Wrong(
                    lambda X, y: np.array([np.median(X[y == d], axis=0) for d in range(10)]),
                    "Those are medians, the values in the middle. The mean was asked for.",
                ),
                Wrong(
                    lambda X, y: X[y == 3].mean(axis=0),
                    "That is the mean of the threes alone. All ten digits are wanted, one "
                    "row for each.",
                ),
                Wrong(
                    lambda X, y: np.array([X[y == d].mean(axis=0) for d in y]),
                    "You take a mean for each image. One for each of the ten digits is "
                    "wanted: range(10).",
                ),
                Wrong(
                    lambda X, y: X[:10],
                    "Those are the first ten images. The mean of each digit is asked for.",
                ),
            ),
            right=(class_means_by_one_hot, class_means_by_loop),
        ),
        Line(
            name="nearest",
            shape="(N,)",
            reference=nearest,
            cases=(_new_and_means(3, 4, 5), _new_and_means(10, 5, 6), _new_and_means(7, 10, 7)),
            hints=(
                "First all the distances, ten for each new image. Then where the smallest is.",
                "answer_i = the k with the smallest sum over m of (new_im − means_km)²",
                "np.array([((new - m) ** 2).sum(axis=1) for m in means]).argmin(axis=0)",
            ),
            wrong=(
                Wrong(
                    lambda new, means: ((new[:, None] - means) ** 2).sum(axis=2).argmax(axis=1),
                    "You answer with the mean that is furthest away. The nearest: argmin.",
                ),
                Wrong(
                    lambda new, means: ((new[:, None] - means) ** 2).sum(axis=2).min(axis=1),
                    "That is the smallest distance. The digit is where it stands: argmin.",
                ),
                Wrong(
                    lambda new, means: ((new[:, None] - means) ** 2).sum(axis=2).argmin(axis=0),
                    "You ask for each mean which image is nearest to it, ten answers. It is "
                    "the other way round: one digit for each image.",
                ),
                Wrong(
                    lambda new, means: ((new[:, None] - means) ** 2).sum(axis=2),
                    "Those are the distances, ten per image. The answer is where the smallest "
                    "one stands.",
                ),
                Wrong(
                    lambda new, means: means[
                        ((new[:, None] - means) ** 2).sum(axis=2).argmin(axis=1)
                    ],
                    "Those are the nearest mean images themselves. Their digits are asked for.",
                ),
                Wrong(
                    lambda new, means: ((new[:, None] - means) ** 2).sum(axis=2).T,
                    "Those are the distances, ten per image. The answer is where the "
                    "smallest one stands.",
                ),
                Wrong(
                    lambda new, means: (new @ means.T).argmax(axis=1),
                    "That is the mean with the largest product, and a mean with much ink wins "
                    "it too often. The squared difference is asked for.",
                ),
                Wrong(
                    lambda new, means: (new[:, None] - means).sum(axis=2).argmin(axis=1),
                    "The differences are not squared, so positive and negative ones cancel.",
                ),
                Wrong(
                    lambda new, means: np.abs(new[:, None] - means).sum(axis=2).argmin(axis=1),
                    "You add up the sizes of the differences. The squared ones are asked for.",
                ),
                Wrong(
                    lambda new, means: ((new[:, None] - means) ** 2).sum(axis=2).argmin(),
                    "One answer for everything. Each image has its own: name the axis.",
                ),
            ),
            right=(nearest_by_table, nearest_by_norm, nearest_by_search),
        ),
    ),
    why="From a file to an answer, and nothing in it was trained.",
)

EXERCISES = (
    Exercise(
        name="01.row_and_column",
        whole=AS_INDEX,
        reference=row_and_column,
        cases=((0,), (27,), (28,), (407,), (783,)),
        returns=("r", "c"),
        tested="the ends of the first row, the second, the middle and the last index",
        hints=(
            "How many whole rows of 28 lie before index m, and what is left over?",
            "r = ⌊m / 28⌋, and c is the remainder of that division.",
            "return m // 28, m % 28",
        ),
        wrong=(
            Wrong(
                swapped, "Row and column are exchanged: the row is how often 28 fits into m."
            ),
            Wrong(counted_from_one, "You count from 1. The first row and column are number 0."),
            Wrong(
                by_true_division,
                "Your row has a fraction: / divides in full, // counts whole rows.",
            ),
            Wrong(
                lambda m: (m // 28, 27 - m % 28),
                "Your column is counted from the right. Column 0 is the first from the left.",
            ),
            Wrong(
                lambda m: (m // 28, m - m // 28),
                "You take off one for each full row. A full row has 28 pixels.",
            ),
            Wrong(
                lambda m: (27 - m // 28, m % 28),
                "Your row is counted from the bottom. Row 0 is the one at the top.",
            ),
            Wrong(
                lambda m: (m // 27, m % 27),
                "You divide by 27, the number of the last column. A row has 28 pixels.",
            ),
        ),
        right=(by_divmod, by_unravelling),
    ),
    WALL,
    Exercise(
        name="01.standardise",
        reference=standardise,
        cases=(
            (np.array([[0.0, 0.5], [0.4, 0.5]]), np.array([[0.8, 0.5], [0.4, 1.5]])),
            _two_parts(6, 4, 5, 0),
            _two_parts(30, 10, 3, 1),
        ),
        returns=("train_X", "valid_X"),
        tested="a constant pixel, validation digits unlike the training digits",
        hints=(
            "What may the held-back digits help to decide?",
            "Both parts: (X − mean of train_X) / (std of train_X), pixel by pixel.",
            "std = train_X.std(axis=0); std = np.where(std == 0, 1, std)",
        ),
        wrong=(
            Wrong(
                each_by_its_own,
                "Each part is standardised by its own numbers. The same ink then means another "
                "value in the two parts; use the training part's for both.",
            ),
            Wrong(
                over_both,
                "The mean and the standard deviation are taken over both parts: a leak. Use "
                "the training part alone.",
            ),
            Wrong(
                divided_by_zero,
                "A pixel that never changes has a standard deviation of 0, and you divide by "
                "it. Put 1 in its place.",
            ),
            Wrong(
                one_number_for_all,
                "You take one mean over all pixels. Pixel by pixel means axis=0.",
            ),
            Wrong(
                lambda train_X, valid_X: tuple(
                    X - train_X.mean(axis=0) for X in (train_X, valid_X)
                ),
                "You take the mean off, and nothing is divided by the standard deviation. "
                "The 1 takes its place only where it is 0.",
            ),
            Wrong(
                lambda train_X, valid_X: tuple(
                    (X - train_X.mean(axis=0)) / (train_X.std(axis=0) + 1)
                    for X in (train_X, valid_X)
                ),
                "You add 1 to every standard deviation. Only one that is 0 becomes 1.",
            ),
            Wrong(
                lambda train_X, valid_X: tuple(
                    (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True)
                    for X in (train_X, valid_X)
                ),
                "You standardise image by image. Pixel by pixel means down "
                "the columns, axis=0.",
            ),
            Wrong(
                lambda train_X, valid_X: tuple(
                    (X - train_X.mean(axis=0)) / (train_X.std(axis=0) + 1e-8)
                    for X in (train_X, valid_X)
                ),
                "You add a small number to every standard deviation, which "
                "moves all values, and blows up a pixel that never changed "
                "in training. Where it is 0, divide by 1.",
            ),
            Wrong(
                lambda train_X, valid_X: tuple(
                    (X - train_X.min(axis=0))
                    / np.where(np.ptp(train_X, axis=0) == 0, 1, np.ptp(train_X, axis=0))
                    for X in (train_X, valid_X)
                ),
                "You stretch each pixel to the range from 0 to 1. "
                "Standardising takes the mean off and divides by the standard deviation.",
            ),
            Wrong(
                lambda train_X, valid_X: tuple(
                    np.divide(
                        X - train_X.mean(axis=0),
                        train_X.std(axis=0),
                        out=np.zeros_like(X),
                        where=train_X.std(axis=0) > 0,
                    )
                    for X in (train_X, valid_X)
                ),
                "A pixel that never changed in training becomes 0 in the "
                "validation part, whatever it shows there. Divide by 1: the "
                "difference from the mean stays.",
            ),
        ),
        right=(standardise_by_loop,),
    ),
    Exercise(
        name="01.labels_from_bytes",
        reference=labels_from_bytes,
        cases=(
            (bytes([0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 4]),),
            (bytes([0, 0, 8, 1, 0, 0, 0, 12, *range(10), 3, 5]),),
            (bytes([0, 0, 8, 1, 0, 0, 1, 44, *([4, 2, 6] * 100)]),),
        ),
        look=look_at_labels,
        tested="3, 12 and 300 labels",
        hints=(
            "How long is the header when there is one dimension, and not three?",
            "Magic number and count are four bytes each: the labels begin at byte 8.",
            "np.frombuffer(data, dtype=np.uint8, offset=8)",
        ),
        wrong=(
            Wrong(
                header_of_images,
                "You skip 16 bytes, the header of a file of images, and lose the first eight "
                "labels.",
            ),
            Wrong(header_kept, "Your array begins with the header: skip its 8 bytes."),
            Wrong(
                magic_only,
                "You skip the magic number, but the four bytes of the count are still there.",
            ),
        ),
        right=(labels_by_list, labels_by_count),
    ),
    Exercise(
        name="01.nearest_by_angle",
        reference=nearest_by_angle,
        cases=(
            (
                np.array([[1.0, 0.1], [0.1, 1.0], [1.0, 0.9]]),
                np.array([[1.0, 0.0], [0.0, 9.0], [1.0, 1.0]]),
            ),
            _images_and_means(20, 0),
            _images_and_means(50, 1),
        ),
        small=(0,),
        tested="means of very different lengths",
        hints=(
            "Dividing by the length of x changes no order among the k. What about that of m?",
            "Largest of x · m_k / |m_k|: one matrix product with means of length 1.",
            "M / np.sqrt((M**2).sum(axis=1))[:, None] has rows of length 1.",
        ),
        wrong=(
            Wrong(
                lambda X, M: (
                    X @ M.T / np.linalg.norm(X, axis=1)[:, None] / np.linalg.norm(M, axis=1)
                ).max(axis=1),
                "That is the largest cosine. The digit is where it stands: argmax.",
            ),
            Wrong(
                lengths_forgotten,
                "Without dividing by the length of each mean, the one with the most ink wins "
                "too often.",
            ),
            Wrong(
                smallest_cosine,
                "You take the smallest cosine. Like directions have a cosine near 1: argmax.",
            ),
            Wrong(
                cosines_returned,
                "Those are the cosines, (N, 10). The answer is the digit: argmax over axis 1.",
            ),
            Wrong(distance_again, "That is the distance, not the angle."),
            Wrong(
                lambda X, M: (X @ M.T / M.sum(axis=1)).argmax(axis=1),
                "You divide by the sum of each mean. Its length is the root "
                "of the sum of its squares.",
            ),
            Wrong(
                lambda X, M: (X @ (M / np.linalg.norm(M, axis=0)).T).argmax(axis=1),
                "You divide by lengths down the columns, one per pixel. A "
                "mean is a row: one length per row, axis=1.",
            ),
        ),
        right=(angle_in_full, angle_by_loop),
    ),
)
