"""The exercises of notebook 15: Kaggle."""

import math
from itertools import zip_longest

import numpy as np

import digitlib
from digitlib.exercises.model import AS_INDEX, Exercise, Line, Wall, Wrong

# Why an id or a label has to be whole.
IN_FILE = "In the file a 2.0 would stand where a 2 belongs"


def _rounded(test):
    return np.rint(255 * test).astype(np.uint8)


def absolute_distance(P, Q, y):
    T = np.eye(P.shape[1])[y]
    scores = ((P - T) ** 2).sum(axis=1).mean(), ((Q - T) ** 2).sum(axis=1).mean()
    return sum(scores) / 2 - np.abs(P - Q).sum(axis=1).mean() / 2


def _pixels(n, seed, top=255, **changes):
    """Rows of whole numbers from 0 to top, as floats, changed at (row, columns, value)."""
    rng = np.random.default_rng(seed)
    pixels = rng.integers(top + 1, size=(n, 784)).astype(float)
    pixels[:, :3] = 0, top, 0
    for row, columns, value in changes.values():
        pixels[row, columns] = value
    return pixels


def _probabilities(*shape, seed):
    return digitlib.softmax(3 * np.random.default_rng(seed).standard_normal(shape))


def _order(n, seed):
    return np.random.default_rng(seed).permutation(n)


def text(ids, answers):
    rows = [f"{i},{answer}\n" for i, answer in zip(ids, answers)]
    return "ImageId,Label\n" + "".join(rows)


def text_by_join(ids, answers):
    lines = ["ImageId,Label"] + [f"{i},{answer}" for i, answer in zip(ids, answers)]
    return "\n".join(lines) + "\n"


def text_by_loop(ids, answers):
    file = "ImageId,Label\n"
    for i in range(len(ids)):
        file += str(ids[i]) + "," + str(answers[i]) + "\n"
    return file


def look_at_text(arguments, expected, got):
    """The first line of the file that is not as it should be."""
    if isinstance(got, bytes):
        return "Those are bytes. A text is asked for: no encode."
    if not isinstance(got, str):
        return None
    pairs = zip_longest(expected.split("\n"), got.split("\n"))
    for number, (wanted, found) in enumerate(pairs, start=1):
        if found is None:
            return f"The file ends after line {number - 1}, where {wanted!r} should follow."
        if wanted is None:
            return f"The file should end, and a line {number} follows: {found[:30]!r}."
        if wanted != found:
            return f"Line {number} reads {found[:40]!r}, and it should read {wanted!r}."
    return None


NAN_PASSES = (
    "A row in which a number is missing passes: NaN is neither below 0 nor above 255. Ask of "
    "each pixel whether it is fine, and then whether all are."
)
NOT_THE_FILE = "One text is asked for, the whole file: join the lines that you have."

WALL = Wall(
    name="15.wall",
    tested="rows with missing and impossible pixels, dark and pale files, one to ten networks, "
    "up to twelve answers",
    lines=(
        Line(
            name="whole",
            shape="(N,), True or False",
            reference=lambda pixels: ((pixels >= 0) & (pixels <= 255)).all(axis=1),
            cases=(
                (_pixels(2, 0),),
                (_pixels(3, 1, gap=(1, 400, np.nan)),),
                (_pixels(4, 2, low=(0, 5, -1), high=(2, 783, 256)),),
                (_pixels(3, 3, cut=(2, slice(300, None), np.nan), high=(0, 0, 400)),),
                (_pixels(2, 4).astype(int),),
                (np.array([[255.0] + [7] * 783, [0] + [7] * 783, [np.nan] * 784]),),
                (np.array([[7.0] * 784, [0, 1] * 392]),),
            ),
            hints=(
                "First ask it of every single pixel. What is then asked of a row?",
                "For each row: 0 ≤ pixel and pixel ≤ 255, for all of its pixels.",
                "((pixels >= 0) & (pixels <= 255)).all(axis=1)",
            ),
            wrong=(
                Wrong(
                    lambda pixels: ~((pixels < 0) | (pixels > 255)).any(axis=1),
                    NAN_PASSES,
                ),
                Wrong(
                    lambda pixels: ~(pixels > 255).any(axis=1),
                    NAN_PASSES,
                ),
                Wrong(
                    lambda pixels: np.array([all(p != np.nan for p in row) for row in pixels]),
                    "Nothing is equal to NaN, not even NaN itself, so != is True for all. "
                    "Ask whether each pixel lies from 0 to 255.",
                ),
                Wrong(
                    lambda pixels: (pixels >= 0) & (pixels <= 255),
                    "That is an answer for each pixel. One for each row is asked for: are all "
                    "of its pixels fine?",
                ),
                Wrong(
                    lambda pixels: ((pixels >= 0) & (pixels <= 255)).any(axis=1),
                    "One good pixel is enough for you. All pixels of a row have to be fine.",
                ),
                Wrong(
                    lambda pixels: ((pixels >= 0) & (pixels <= 255)).all(axis=0),
                    "You ask it of each column. Rows are images: go along the pixels, axis=1.",
                ),
                Wrong(
                    lambda pixels: bool(((pixels >= 0) & (pixels <= 255)).all()),
                    "That is one answer for the whole file. One for each row is asked for, so "
                    "that the bad rows can be found.",
                ),
                Wrong(
                    lambda pixels: ~np.isnan(pixels).any(axis=1),
                    "Missing numbers are found, impossible ones are not: −1 and 256 pass.",
                ),
                Wrong(
                    lambda pixels: ((pixels > 0) & (pixels < 255)).all(axis=1),
                    "0 and 255 are pixels too, white paper and full ink: >= and <=.",
                ),
                Wrong(
                    lambda pixels: ((pixels >= 0) & (pixels < 255)).all(axis=1),
                    "255 is a pixel too, full ink: <= 255.",
                ),
                Wrong(
                    lambda pixels: ((pixels > 0) & (pixels <= 255)).all(axis=1),
                    "0 is a pixel too, white paper: >= 0.",
                ),
                Wrong(
                    lambda pixels: (pixels <= 255).all(axis=1),
                    "Only one end is watched: a pixel of −1 passes.",
                ),
                Wrong(
                    lambda pixels: (pixels >= 0).all(axis=1),
                    "Only one end is watched: a pixel of 256 passes.",
                ),
                Wrong(
                    lambda pixels: ((pixels >= 0) & (pixels <= 1)).all(axis=1),
                    "These pixels have not been divided yet: they run to 255, not to 1.",
                ),
                Wrong(
                    # fmin and fmax leave NaN out as nanmin and nanmax do, without a warning
                    lambda pixels: (
                        (np.fmin.reduce(pixels, axis=1) >= 0)
                        & (np.fmax.reduce(pixels, axis=1) <= 255)
                    ),
                    "nanmin and nanmax leave out what is missing, so a row in which a number "
                    "is missing passes. min and max hand the NaN on, and then >= is False.",
                ),
                Wrong(
                    lambda pixels: (0 <= pixels <= 255).all(axis=1),
                    "Python's chained comparison wants one number, and this is an array. Write "
                    "two comparisons in brackets and join them with &.",
                ),
                Wrong(
                    lambda pixels: ~((pixels >= 0) & (pixels <= 255)).all(axis=1),
                    "The other way round: True belongs to a row that is whole.",
                ),
                Wrong(
                    lambda pixels: ((pixels < 0) | (pixels > 255)).any(axis=1),
                    "The other way round, and blind to NaN: True belongs to a row that is "
                    "whole, and NaN is neither below 0 nor above 255.",
                ),
                Wrong(
                    lambda pixels: np.flatnonzero(
                        ((pixels >= 0) & (pixels <= 255)).all(axis=1)
                    ),
                    "Those are the numbers of the good rows. A True or False for each row is "
                    "asked for.",
                ),
                Wrong(
                    lambda pixels: pixels[((pixels >= 0) & (pixels <= 255)).all(axis=1)],
                    "Those are the rows themselves. A True or False for each row is asked for.",
                ),
            ),
            right=(
                lambda pixels: (pixels.min(axis=1) >= 0) & (pixels.max(axis=1) <= 255),
                lambda pixels: [all(0 <= p <= 255 for p in row) for row in pixels],
                lambda pixels: ((pixels >= 0) & (pixels <= 255)).sum(axis=1) == 784,
            ),
        ),
        Line(
            name="X",
            shape="(N, 784), from 0 to 1",
            reference=lambda pixels: pixels / 255,
            cases=(
                (_pixels(2, 5),),
                (_pixels(3, 6, top=200),),
                (_pixels(4, 7).astype(int),),
                (_pixels(1, 8, top=90),),
                (np.array([[20, 40] * 392, [20, 100] * 392]),),
            ),
            hints=(
                "Which pixel has to become 1, in every file?",
                "Each pixel divided by the largest that is possible.",
                "pixels / 255",
            ),
            wrong=(
                Wrong(
                    lambda pixels: pixels / pixels.max(),
                    "You divide by the largest pixel of this file. Another file may have "
                    "another one, and then the same ink means two things: divide by 255.",
                ),
                Wrong(
                    lambda pixels: pixels / pixels.max(axis=1, keepdims=True),
                    "Each image is divided by its own largest pixel, so that pale ink turns "
                    "dark. Divide everything by 255.",
                ),
                Wrong(
                    lambda pixels: pixels / 256,
                    "There are 256 levels, but the highest is 255: that is what becomes 1.",
                ),
                Wrong(
                    lambda pixels: pixels // 255,
                    "Whole numbers keep only full ink, and all greys are lost. Use / alone.",
                ),
                Wrong(
                    lambda pixels: (pixels / 255).astype(int),
                    "Whole numbers keep only full ink, and all greys are lost. Use / alone.",
                ),
                Wrong(
                    lambda pixels: (pixels / 255).astype(np.uint8),
                    "Whole numbers keep only full ink, and all greys are lost. Use / alone.",
                ),
                Wrong(
                    lambda pixels: pixels,
                    "The pixels still run from 0 to 255.",
                ),
                Wrong(
                    lambda pixels: pixels * 255,
                    "The wrong way: 255 has to become 1.",
                ),
                Wrong(
                    lambda pixels: pixels / np.maximum(pixels.max(axis=0), 1e-9),
                    "Each column is divided by its own largest pixel, which another file may "
                    "not share. Divide everything by 255.",
                ),
                Wrong(
                    lambda pixels: (pixels - pixels.mean(axis=0)) / (pixels.std(axis=0) + 1e-9),
                    "That standardises with this file's own means and spreads. Here the "
                    "pixels run from 0 to 1: divide by 255.",
                ),
                Wrong(
                    lambda pixels: pixels / 127.5 - 1,
                    "Your pixels run from −1 to 1. Here they run from 0 to 1.",
                ),
                Wrong(
                    lambda pixels: (pixels > 0).astype(float),
                    "The shades of grey are gone. Divide by 255.",
                ),
                Wrong(
                    lambda pixels: 1 - pixels / 255,
                    "That turns ink into paper. Leave 0 at 0.",
                ),
                Wrong(
                    lambda pixels: (pixels - pixels.mean()) / pixels.std(),
                    "That standardises with this file's own mean and spread. Here the pixels "
                    "run from 0 to 1: divide by 255.",
                ),
                Wrong(
                    lambda pixels: (pixels - pixels.min()) / (pixels.max() - pixels.min()),
                    "You stretch each file to its own range. Another file may have another "
                    "one: divide by 255.",
                ),
                Wrong(
                    lambda pixels: (pixels > 127).astype(float),
                    "The shades of grey are gone. Divide by 255.",
                ),
            ),
            right=(
                lambda pixels: np.asarray(pixels, dtype=np.float32) / np.float32(255),
                lambda pixels: np.divide(pixels, 255.0),
            ),
        ),
        Line(
            name="parts",
            whole=AS_INDEX,
            shape="two arrays of row numbers: (learn, held)",
            reference=lambda order, n: (order[n:], order[:n]),
            cases=(
                (_order(5, 0), 2),
                (_order(9, 1), 3),
                (_order(8, 2), 4),
                (_order(12, 3), 11),
            ),
            returns=("learn", "held"),
            hints=(
                "Cut `order` in two. Which piece is which?",
                "held: the first n numbers of order; learn: all the others.",
                "(order[n:], order[:n])",
            ),
            wrong=(
                Wrong(
                    lambda order, n: (order[:n], order[n:]),
                    "The two have changed places: the n rows are the ones held out, and they "
                    "come second in the pair.",
                ),
                Wrong(
                    lambda order, n: (order[:-n], order[-n:]),
                    "You hold out the last n numbers of order. The first n are meant.",
                ),
                Wrong(
                    lambda order, n: (order, order[:n]),
                    "The held-out rows are learned from as well: every score on them is then a "
                    "score on digits that are known.",
                ),
                Wrong(
                    lambda order, n: (np.arange(n, len(order)), np.arange(n)),
                    "That takes the rows as they stand in the file, without `order`. A sorted "
                    "file would lose whole digits.",
                ),
                Wrong(
                    lambda order, n: (order[n + 1 :], order[:n]),
                    "The row at place n is in neither part: the second piece begins at n.",
                ),
                Wrong(
                    lambda order, n: (order[n - 1 :], order[:n]),
                    "One row is in both parts: the second piece begins at n.",
                ),
                Wrong(
                    lambda order, n: (order[n:], order[: n + 1]),
                    "One row is in both parts: order[:n] ends before place n.",
                ),
                Wrong(
                    lambda order, n: (order[order >= n], order[order < n]),
                    "You sort by the row numbers themselves: the first n rows of the file are "
                    "held out. The first n numbers of order are meant.",
                ),
                Wrong(
                    lambda order, n: (len(order) - n, n),
                    "Those are the numbers of rows. The row numbers themselves are asked for.",
                ),
                Wrong(
                    lambda order, n: (np.argsort(order)[n:], np.argsort(order)[:n]),
                    "order holds row numbers already. Cut it as it stands, without sorting.",
                ),
                Wrong(
                    lambda order, n: (order[:n], order[:n]),
                    "Both of yours are the held-out rows. Learn from all the others.",
                ),
                Wrong(
                    lambda order, n: (order[800:], order[:800]),
                    "800 is the number of this notebook alone. How many are held out is `n`.",
                ),
                Wrong(
                    lambda order, n: (order >= n, order < n),
                    "Those are Trues and Falses. The row numbers are asked for: cut `order` "
                    "after its first n.",
                ),
                Wrong(
                    lambda order, n: order[:n],
                    "That is one of the two parts. A pair is asked for: (learn, held).",
                ),
                Wrong(
                    lambda order, n: order[n:],
                    "That is one of the two parts. A pair is asked for: (learn, held).",
                ),
                Wrong(
                    lambda order, n: (np.sort(order[n:]), np.sort(order[:n])),
                    "The right rows, but sorted. Leave them in the order in which they stand.",
                ),
                Wrong(
                    lambda order, n: (order[n : 2 * n], order[:n]),
                    "You learn from n rows only. All that are not held out are learned from.",
                ),
            ),
            right=(
                lambda order, n: np.split(order, [n])[::-1],
                lambda order, n: (order[n:].tolist(), order[:n].tolist()),
            ),
        ),
        Line(
            name="P",
            shape="(N, 10)",
            reference=lambda Ps: Ps.mean(axis=0),
            cases=(
                (_probabilities(2, 1, 10, seed=0),),
                (_probabilities(5, 3, 10, seed=1),),
                (_probabilities(10, 10, 10, seed=2),),
                (_probabilities(1, 4, 10, seed=3),),
            ),
            hints=(
                "Which of the three axes counts the networks?",
                "P[i, k] = 1/M · Σ over m of Ps[m, i, k]",
                "Ps.mean(axis=0)",
            ),
            wrong=(
                Wrong(
                    lambda Ps: Ps.mean(axis=1),
                    "You average over the images. The networks are the first axis.",
                ),
                Wrong(
                    lambda Ps: Ps.mean(axis=2),
                    "You average over the digits, and the mean of ten probabilities is always "
                    "0.1. The networks are the first axis.",
                ),
                Wrong(
                    lambda Ps: Ps.mean(axis=-1),
                    "You average over the digits, and the mean of ten probabilities is always "
                    "0.1. The networks are the first axis.",
                ),
                Wrong(
                    lambda Ps: Ps.mean(),
                    "One number is left. Average over the networks alone.",
                ),
                Wrong(
                    lambda Ps: Ps.sum(axis=0),
                    "That is a sum: its rows add up to M. Divide by the number of networks.",
                ),
                Wrong(
                    lambda Ps: np.median(Ps, axis=0),
                    "That is the median, and its rows need not add up to 1. The mean is meant.",
                ),
                Wrong(
                    lambda Ps: Ps.max(axis=0),
                    "That lets the loudest network decide each digit. The mean is meant.",
                ),
                Wrong(
                    lambda Ps: Ps.prod(axis=0),
                    "That is the product of the probabilities. Their mean is meant.",
                ),
                Wrong(
                    lambda Ps: np.exp(np.log(Ps).mean(axis=0)),
                    "That is the geometric mean. The plain mean is meant: add and divide.",
                ),
                Wrong(
                    lambda Ps: np.eye(10)[Ps.argmax(axis=2)].mean(axis=0),
                    "You count votes: each network's doubts are lost before the mean. Average "
                    "the probabilities themselves.",
                ),
                Wrong(
                    lambda Ps: Ps[0],
                    "That is the first network alone.",
                ),
                Wrong(
                    lambda Ps: digitlib.softmax(Ps.mean(axis=0)),
                    "A softmax has been taken already: these are probabilities, and their mean "
                    "is what is asked for.",
                ),
                Wrong(
                    lambda Ps: Ps.mean(axis=0).argmax(axis=1),
                    "Those are digits already. The mean probabilities are asked for; the next "
                    "line decides.",
                ),
                Wrong(
                    lambda Ps: Ps.sum(axis=0) / 10,
                    "You divide by the ten digits. Divide by the number of networks, len(Ps).",
                ),
                Wrong(
                    lambda Ps: Ps.sum(axis=0) / Ps.shape[1],
                    "You divide by the number of images. Divide by the number of networks, "
                    "len(Ps).",
                ),
                Wrong(
                    lambda Ps: Ps.sum(axis=0) / 5,
                    "Five is only one number of networks. Divide by len(Ps).",
                ),
            ),
            right=(
                lambda Ps: sum(Ps) / len(Ps),
                lambda Ps: np.einsum("mik->ik", Ps) / Ps.shape[0],
            ),
            why="averaging leaves what the networks agree on and takes away part of what each "
            "of them got by chance",
        ),
        Line(
            name="answers",
            whole=IN_FILE,
            shape="(N,), digits from 0 to 9",
            reference=lambda P: P.argmax(axis=1),
            cases=(
                (_probabilities(3, 10, seed=4),),
                (_probabilities(10, 10, seed=5),),
                (_probabilities(1, 10, seed=6),),
            ),
            hints=(
                "The place of the largest probability, or its size?",
                "For each row, the k with the largest P[i, k].",
                "P.argmax(axis=1)",
            ),
            wrong=(
                Wrong(
                    lambda P: P.argmax(axis=0),
                    "You look down the columns, for the image that is most of a 0, most of a 1 "
                    "and so on. One answer for each row is asked for.",
                ),
                Wrong(
                    lambda P: P.argmax(),
                    "That is one place in the whole array. Each row has an answer of its own.",
                ),
                Wrong(
                    lambda P: P.max(axis=1),
                    "That is how large the largest probability is. Its place is the digit.",
                ),
                Wrong(
                    lambda P: P.argmax(axis=1) + 1,
                    "Column 0 belongs to the digit 0: nothing has to be added.",
                ),
                Wrong(
                    lambda P: P.argmin(axis=1),
                    "That is the least probable digit. The smallest comes first in argsort.",
                ),
                Wrong(
                    lambda P: P.argsort(axis=1)[:, 0],
                    "That is the least probable digit. The smallest comes first in argsort.",
                ),
                Wrong(
                    lambda P: P.argsort(axis=1)[:, ::-1],
                    "That ranks all ten digits. The first of each row is the answer.",
                ),
                Wrong(
                    lambda P: P.argsort(axis=1),
                    "That ranks all ten digits, the least probable first. One digit for each "
                    "row is asked for.",
                ),
                Wrong(
                    lambda P: P.argsort(axis=1)[:, -2],
                    "That is the second most probable digit. The most probable comes last in "
                    "argsort, at −1.",
                ),
                Wrong(
                    lambda P: (P @ np.arange(10)).round(),
                    "That is a mean of the digits, weighted by their probabilities. Between a "
                    "1 and a 7 it answers 4. Take the most probable digit.",
                ),
                Wrong(
                    lambda P: P.argmax(axis=1).astype(str),
                    "Those are texts. Whole numbers are asked for; the last line writes them.",
                ),
                Wrong(
                    lambda P: P.round(),
                    "Rounding gives zeros and ones, ten for each image. The place of the "
                    "largest is the digit.",
                ),
                Wrong(
                    lambda P: np.equal(P, P.max(axis=1, keepdims=True)),
                    "That marks the place of the largest with True. Its number is the digit.",
                ),
                Wrong(
                    lambda P: P[:, :-1].argmax(axis=1),
                    "The last column has no chance in yours: −1 as the end of a slice leaves "
                    "it out. It is the digit 9.",
                ),
            ),
            right=(
                lambda P: [int(row.argmax()) for row in P],
                lambda P: P.argsort(axis=1)[:, -1],
            ),
        ),
        Line(
            name="ids",
            whole=IN_FILE,
            shape="(N,), whole numbers",
            reference=lambda answers: np.arange(1, len(answers) + 1),
            cases=((np.array([2, 0, 9]),), (np.arange(12) % 10,), (np.array([7]),)),
            hints=(
                "How many are there, and where do they begin?",
                "1, 2, …, N, where N is the number of answers.",
                "np.arange(1, len(answers) + 1)",
            ),
            wrong=(
                Wrong(
                    lambda answers: np.arange(len(answers)),
                    "Python counts from 0, Kaggle's ids from 1.",
                ),
                Wrong(
                    lambda answers: np.arange(1, len(answers)),
                    "One id is missing: arange stops before its second number.",
                ),
                Wrong(
                    lambda answers: np.arange(len(answers) + 1),
                    "That begins at 0 and has one id too many.",
                ),
                Wrong(
                    lambda answers: np.arange(1, len(answers) + 2),
                    "One id too many: arange stops just before its second number.",
                ),
                Wrong(
                    lambda answers: answers + 1,
                    "You add to the answers. An id says which image it is, not which digit.",
                ),
                Wrong(
                    lambda answers: np.arange(1, 28_001),
                    "28,000 is Kaggle's number. Count the answers that you have.",
                ),
                Wrong(
                    lambda answers: np.arange(1, 1001),
                    "1,000 is this file's number. Count the answers that you have.",
                ),
                Wrong(
                    lambda answers: len(answers),
                    "That is how many there are. An id for each is asked for.",
                ),
                Wrong(
                    lambda answers: np.argsort(answers) + 1,
                    "The answers have no say in their ids: count the images as they come.",
                ),
                Wrong(
                    lambda answers: [str(i + 1) for i in range(len(answers))],
                    "Those are texts. Whole numbers are asked for; the next line writes them.",
                ),
                Wrong(
                    lambda answers: np.ones(len(answers)),
                    "Every image has the id 1 here. They count on: 1, 2, 3 and so forth.",
                ),
            ),
            right=(
                lambda answers: 1 + np.arange(len(answers)),
                lambda answers: range(1, len(answers) + 1),
                lambda answers: [i for i, _ in enumerate(answers, start=1)],
            ),
        ),
        Line(
            name="text",
            shape="one text, the whole file",
            reference=text,
            look=look_at_text,
            cases=(
                (np.array([1, 2, 3]), np.array([2, 0, 9])),
                (np.arange(1, 13), np.arange(12)[::-1] % 10),
                (np.array([1]), np.array([5])),
            ),
            hints=(
                'One line is f"{i},{answer}\\n". What stands before the first?',
                'The text "ImageId,Label\\n", and then one such line for each pair of zip(ids, '
                "answers), joined.",
                '"ImageId,Label\\n" + "".join(f"{i},{a}\\n" for i, a in zip(ids, answers))',
            ),
            wrong=(
                Wrong(
                    lambda ids, answers: "".join(f"{i},{a}\n" for i, a in zip(ids, answers)),
                    "The first line is missing: ImageId,Label.",
                ),
                Wrong(
                    lambda ids, answers: text(ids, answers).rstrip("\n"),
                    "The last line has no line break. Every line ends with one.",
                ),
                Wrong(
                    lambda ids, answers: text(ids, answers).replace("\n", "\r\n"),
                    "Your lines end as Windows ends them, in \\r\\n. Kaggle would take them; "
                    "here they end in \\n. In pandas: lineterminator='\\n'.",
                ),
                Wrong(
                    lambda ids, answers: text(ids, answers).replace(",", ", "),
                    "There is a space after the comma. Kaggle compares the header letter by "
                    "letter.",
                ),
                Wrong(
                    lambda ids, answers: text(ids, answers).replace(",", ";"),
                    "The two columns are separated by a comma.",
                ),
                Wrong(
                    lambda ids, answers: text(answers, ids),
                    "The id comes first, then the answer.",
                ),
                Wrong(
                    lambda ids, answers: text(ids, answers).replace(
                        "ImageId,Label", "Label,ImageId"
                    ),
                    "The two names are exchanged: the id comes first.",
                ),
                Wrong(
                    lambda ids, answers: text(ids, answers).replace(
                        "ImageId,Label", "imageid,label"
                    ),
                    "Capitals count: ImageId,Label.",
                ),
                Wrong(
                    lambda ids, answers: text(ids, answers).replace("ImageId", "Id"),
                    "The first column is called ImageId.",
                ),
                Wrong(
                    lambda ids, answers: (
                        "ImageId,Label" + "".join(f"{i},{a}\n" for i, a in zip(ids, answers))
                    ),
                    "The line break after the header is missing: the first row hangs on to it.",
                ),
                Wrong(
                    lambda ids, answers: (
                        "ImageId,Label\n" + "".join(f"{i},{a}" for i, a in zip(ids, answers))
                    ),
                    "The rows run on without a line break between them.",
                ),
                Wrong(
                    lambda ids, answers: [
                        "ImageId,Label\n",
                        *(f"{i},{a}\n" for i, a in zip(ids, answers)),
                    ],
                    NOT_THE_FILE,
                ),
                Wrong(
                    lambda ids, answers: [
                        "ImageId,Label",
                        *(f"{i},{a}" for i, a in zip(ids, answers)),
                    ],
                    NOT_THE_FILE,
                ),
                Wrong(
                    lambda ids, answers: [f"{i},{a}" for i, a in zip(ids, answers)],
                    NOT_THE_FILE + " And the first line is ImageId,Label.",
                ),
                Wrong(
                    lambda ids, answers: np.column_stack([ids, answers]),
                    "That is an array. A file is text: the header, and a line for each row.",
                ),
                Wrong(
                    lambda ids, answers: f"ImageId,Label\n{ids},{answers}\n",
                    "Both arrays stand in one line. Each pair belongs in a line of its own: "
                    "zip(ids, answers).",
                ),
                Wrong(
                    lambda ids, answers: text(ids - 1, answers),
                    "The ids are given, and they begin at 1: write them as they are.",
                ),
                Wrong(
                    lambda ids, answers: (
                        ",ImageId,Label\n"
                        + "".join(
                            f"{row},{i},{a}\n" for row, (i, a) in enumerate(zip(ids, answers))
                        )
                    ),
                    "pandas has written its row numbers as well: to_csv(index=False).",
                ),
                Wrong(
                    lambda ids, answers: (
                        "ImageId,Label\n"
                        + "".join(f"{i},{float(a)}\n" for i, a in zip(ids, answers))
                    ),
                    "The answers are written as floats, 3.0 for 3. Kaggle wants whole numbers.",
                ),
            ),
            right=(text_by_join, text_by_loop),
        ),
    ),
    why="Seven short lines, and each can be wrong in silence: a file of the right form scores "
    "what its meaning is worth.",
)


def surprise(hits, n, score, new):
    p = (hits + score * new) / (n + new)
    return abs(hits / n - score) / np.sqrt(p * (1 - p) * (1 / n + 1 / new))


def surprise_by_counts(hits, n, score, new):
    both, right = n + new, hits + new * score
    spread = right / both * (both - right) / both * both / (n * new)
    return abs(hits / n - score) * spread**-0.5


def old_share_alone(hits, n, score, new):
    p = hits / n
    return abs(hits / n - score) / np.sqrt(p * (1 - p) * (1 / n + 1 / new))


def _surprise_with(p, hits, n, score, new):
    return abs(hits / n - score) / np.sqrt(p * (1 - p) * (1 / n + 1 / new))


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


def cut_off(known, test):
    seen = {row.tobytes() for row in known}
    pixels = (255 * test).astype(np.uint8)
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
    WALL,
    Exercise(
        name="15.surprise",
        reference=surprise,
        cases=(
            (6, 10, 0.75, 4),
            (90, 100, 0.8, 20),
            (776, 800, 0.96, 250),
            (776, 800, 0.98, 750),
            (45, 50, 0.9, 20),
            (30, 40, 0.5, 40),
        ),
        tested="new scores above, below and at the old one, more and fewer new digits",
        hints=(
            "Three steps: the share of both together, the spread of the difference, the "
            "distance in spreads.",
            "p = (hits + score · new) / (n + new); s² = p (1 − p) (1/n + 1/new); "
            "z = |hits/n − score| / s.",
            "p = (hits + score * new) / (n + new)\n"
            "return abs(hits / n - score) / np.sqrt(p * (1 - p) * (1 / n + 1 / new))",
        ),
        wrong=(
            Wrong(
                old_share_alone,
                "Your p is the old share alone. The new digits say something about the truth "
                "as well: take the share of both together.",
            ),
            Wrong(
                lambda hits, n, score, new: _surprise_with(score, hits, n, score, new),
                "Your p is the new score alone. Take the share of both together.",
            ),
            Wrong(
                lambda hits, n, score, new: _surprise_with(
                    (hits / n + score) / 2, hits, n, score, new
                ),
                "Your p is the middle of the two scores. The larger sample counts for more: "
                "add up what is right, and divide by all digits.",
            ),
            Wrong(
                lambda hits, n, score, new: _surprise_with(
                    (hits + score) / (n + new), hits, n, score, new
                ),
                "score is a share: of `new` digits, score · new are right. Add that to hits.",
            ),
            Wrong(
                lambda hits, n, score, new: (
                    (hits / n - score)
                    / np.sqrt(
                        (hits + score * new)
                        / (n + new)
                        * (1 - (hits + score * new) / (n + new))
                        * (1 / n + 1 / new)
                    )
                ),
                "A distance has no sign: a score below the old one surprises as much.",
            ),
            Wrong(
                lambda hits, n, score, new: (
                    (score - hits / n)
                    / np.sqrt(
                        (hits + score * new)
                        / (n + new)
                        * (1 - (hits + score * new) / (n + new))
                        * (1 / n + 1 / new)
                    )
                ),
                "A distance has no sign: a score below the old one surprises as much.",
            ),
            Wrong(
                lambda hits, n, score, new: (
                    surprise(hits, n, score, new) * np.sqrt(1 / n + 1 / new) / np.sqrt(1 / n)
                ),
                "The luck of the new digits is left out: 1/new is missing under the root.",
            ),
            Wrong(
                lambda hits, n, score, new: (
                    surprise(hits, n, score, new) * np.sqrt(1 / n + 1 / new) / np.sqrt(1 / new)
                ),
                "The luck of the old digits is left out: 1/n is missing under the root.",
            ),
            Wrong(
                lambda hits, n, score, new: (
                    surprise(hits, n, score, new)
                    * np.sqrt(1 / n + 1 / new)
                    / np.sqrt(1 / (n + new))
                ),
                "The two variances add up: 1/n + 1/new, and not 1/(n + new).",
            ),
            Wrong(
                lambda hits, n, score, new: (
                    surprise(hits, n, score, new) ** 2 / abs(hits / n - score)
                    if hits / n != score
                    else 0.0
                ),
                "You divide by the variance. Its root is missing.",
            ),
            Wrong(
                lambda hits, n, score, new: surprise(hits, n, score, new) ** 2,
                "That is the square of the surprise.",
            ),
            Wrong(
                lambda hits, n, score, new: (
                    abs(hits / n - score)
                    / np.sqrt((hits + score * new) / (n + new) * (1 / n + 1 / new))
                ),
                "The factor 1 − p is missing under the root.",
            ),
            Wrong(
                lambda hits, n, score, new: (
                    abs(hits / n - score)
                    * np.sqrt(
                        (hits + score * new)
                        / (n + new)
                        * (1 - (hits + score * new) / (n + new))
                        * (1 / n + 1 / new)
                    )
                ),
                "You multiply by the standard error. How many of them fit into the distance?",
            ),
            Wrong(
                lambda hits, n, score, new: abs(hits / n - score),
                "That is the distance in shares. In standard errors it is that, divided by s.",
            ),
            Wrong(
                lambda hits, n, score, new: (
                    np.nan
                    if hits / n == score
                    else abs(hits / n - score) / surprise(hits, n, score, new)
                ),
                "That is one standard error. How many of them fit into the distance?",
            ),
            Wrong(
                lambda hits, n, score, new: (
                    surprise(hits, n, score, new) * np.sqrt(1 / n + 1 / new) / np.sqrt(n + new)
                ),
                "More digits leave less luck: the variance is p (1 − p) (1/n + 1/new).",
            ),
            Wrong(
                lambda hits, n, score, new: (
                    surprise(hits, n, score, new)
                    * np.sqrt(1 / n + 1 / new)
                    / (np.sqrt(1 / n) + np.sqrt(1 / new))
                ),
                "You add up the two standard errors. The variances add up, and one root is "
                "taken of their sum.",
            ),
            Wrong(
                lambda hits, n, score, new: (
                    surprise(hits, n, score, new) * (1 / n + 1 / new) ** 1.5
                ),
                "1/n + 1/new belongs under the root and below the line: a bracket ends too "
                "early.",
            ),
            Wrong(
                lambda hits, n, score, new: (
                    surprise(hits, n, score, new) / np.sqrt(1 / n + 1 / new)
                ),
                "The factor 1/n + 1/new is missing under the root: more digits, less luck.",
            ),
            Wrong(
                lambda hits, n, score, new: surprise(hits, n, score, new) * n / (n + new),
                "You measure from p to the new score. The distance is that of the two scores, "
                "hits / n and score.",
            ),
            Wrong(
                lambda hits, n, score, new: surprise(hits, n, score, new) * new / (n + new),
                "You measure from p to the old score. The distance is that of the two scores, "
                "hits / n and score.",
            ),
            Wrong(
                lambda hits, n, score, new: 100 * surprise(hits, n, score, new),
                "Yours is 100 times too large. Both scores are shares from 0 to 1, and z "
                "counts standard errors, so nothing is in points.",
            ),
            Wrong(
                lambda hits, n, score, new: surprise(hits, n, score, new) <= 1.96,
                "That is the decision. The number of standard errors is asked for.",
            ),
            Wrong(
                lambda hits, n, score, new: (
                    abs(hits - score)
                    / np.sqrt(
                        (hits + score * new)
                        / (n + new)
                        * (1 - (hits + score * new) / (n + new))
                        * (1 / n + 1 / new)
                    )
                ),
                "hits is a count and score a share. The old share is hits / n.",
            ),
            Wrong(
                lambda hits, n, score, new: (
                    abs(hits / n - score)
                    / np.sqrt(
                        hits / n * (1 - hits / n) / n + score * (1 - score) / new
                        if 0 < score < 1
                        else 1.0
                    )
                ),
                "Each sample has a p of its own here. Both scores are the work of one network: "
                "take one p for both, the share of both together.",
            ),
        ),
        right=(surprise_by_counts,),
        why="Ask every possible score how surprising it would be, and keep those below 1.96: "
        "that is the prediction interval, as Wilson's is for the truth.",
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
                lambda q, gap: math.ceil(4 * q / (gap / 100) ** 2),
                "`gap` is a share already, 0.003 for 0.3 points: do not divide it by 100.",
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
        name="15.in_order",
        whole=IN_FILE,
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
                lambda ids, labels: np.concatenate([[0], in_order(ids, labels)]),
                "Yours has one entry too many: the label of id 1 is the first, at place 0.",
            ),
            Wrong(
                lambda ids, labels: np.argsort(ids),
                "That is the order of the ids alone. Use it as an index into labels.",
            ),
            Wrong(
                lambda ids, labels: np.array(sorted(zip(ids.tolist(), labels.tolist()))),
                "You hand over pairs of id and label. The labels alone are asked for.",
            ),
            Wrong(
                lambda ids, labels: sorted(zip(ids, labels)),
                "You return pairs of id and label, in the right order. The labels alone are "
                "asked for.",
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
                lambda Z: digitlib.softmax(Z.mean(axis=1)),
                "You average over the images. The networks are the first axis of Z, axis=0.",
            ),
            Wrong(
                lambda Z: np.array([digitlib.softmax(scores) for scores in Z]),
                "Those are the probabilities of each network for itself. One mean over the "
                "networks is asked for, of the scores.",
            ),
            Wrong(
                lambda Z: digitlib.softmax(Z.sum(axis=0) / 10),
                "You divide by the ten digits. Divide by the number of networks, len(Z).",
            ),
            Wrong(
                lambda Z: Z.mean(axis=0) / Z.mean(axis=0).sum(axis=1, keepdims=True),
                "Divided by their sum, scores are no probabilities: some are below 0. That "
                "takes a softmax.",
            ),
            Wrong(
                lambda Z: np.log(digitlib.softmax(Z)).mean(axis=0),
                "Those are the mean logarithms of the probabilities. They "
                "still have to be exponentiated and made to sum to 1.",
            ),
            Wrong(
                lambda Z: np.exp(Z.mean(axis=0)) / np.exp(Z.mean(axis=0)).sum(axis=0),
                "Your sums run over the images. Each image is divided by its own sum, axis=1 "
                "with keepdims=True.",
            ),
            Wrong(
                lambda Z: np.exp(Z.mean(axis=0)) / np.exp(Z.mean(axis=0)).sum(),
                "You divide by one sum over all images. Each image is divided by its own sum, "
                "axis=1 with keepdims=True.",
            ),
            Wrong(
                lambda Z: np.exp(Z.mean(axis=0)),
                "You take exp and stop there. Each row has to be divided by its sum, or "
                "better: digitlib.softmax does both.",
            ),
            Wrong(
                lambda Z: digitlib.softmax(-Z.mean(axis=0)),
                "The sign of the scores is turned: the highest score belongs to the most "
                "probable digit.",
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
                lambda P, Q, y: (
                    ((P - np.eye(10)[y]) ** 2).sum(axis=1).mean()
                    - 0.5 * ((P - Q) ** 2).sum(axis=1).mean()
                ),
                "You take V off the score of P alone. Q counts as much: the mean of the two "
                "scores, less V.",
            ),
            Wrong(
                lambda P, Q, y: (
                    limit_not_lowered(P, Q, y)
                    - 0.5 * np.sqrt(((P - Q) ** 2).sum(axis=1)).mean()
                ),
                "You take the distance of P and Q itself. V is half the mean of its square.",
            ),
            Wrong(
                lambda P, Q, y: np.mean(
                    (P[np.arange(len(y)), y] - 1) * (Q[np.arange(len(y)), y] - 1)
                ),
                "Only the true digit counts for you. The Brier score adds up the squares of "
                "all ten entries.",
            ),
            Wrong(
                lambda P, Q, y: ((P - y[:, None]) * (Q - y[:, None])).sum(axis=1).mean(),
                "You compare with the number of the digit. The truth t is a row of a 1 and "
                "nine 0s: np.eye(10)[y].",
            ),
            Wrong(
                lambda P, Q, y: 0.5 * ((P - Q) ** 2).sum(axis=1).mean(),
                "That is V alone, the disagreement. It comes off the mean of "
                "the two Brier scores.",
            ),
            Wrong(
                absolute_distance,
                "You add up the sizes of the differences. V is half the mean of their "
                "squares, summed over the digits.",
            ),
            Wrong(
                lambda P, Q, y: np.mean((P + Q).argmax(axis=1) == y),
                "That is the accuracy of the two together. The Brier score of very many is "
                "asked for.",
            ),
        ),
        right=(limit_by_the_law, limit_from_both_sizes),
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
            (
                np.array([[0, 128, 254]], np.uint8),
                np.array([[1, 128, 254], [0, 128, 254]]) / 255,
            ),
            (  # 33 · (1 / 255) is not 33 / 255, and 255 times it is a little less than 33
                np.array([[33, 57, 3], [0, 255, 57], [33, 0, 9]], np.uint8),
                np.array([[33, 0, 9], [57, 33, 3], [33, 0, 9], [33, 57, 3]]) * (1 / 255),
            ),
        ),
        tested="a copy, the same ink in another order, one grey level off, one row and many, "
        "pixels multiplied by 1 / 255",
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
                cut_off,
                "astype cuts off: of a pixel that was 33, 255 times the float may be 32.999…, "
                "and 32 is left. Round first, with np.rint.",
            ),
            Wrong(
                lambda known, test: np.isin(np.rint(255 * test), known).all(axis=1),
                "You ask whether each pixel occurs somewhere in known. A whole row must agree "
                "with one row.",
            ),
            Wrong(
                lambda known, test: leaked_rows(np.sort(known, axis=1), np.sort(test, axis=1)),
                "You sort each row, and the same ink in other places passes. Each pixel must "
                "agree in its place.",
            ),
            Wrong(
                rows_of_known,
                "Your answer has one entry for each row of known. Each row of test wants one.",
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
            Wrong(
                lambda known, test: (_rounded(test)[:, None] == known[None]).all(2).all(1),
                "You ask whether a row agrees with *every* row of known. One is enough: "
                ".any() over the rows of known.",
            ),
            Wrong(
                lambda known, test: int(
                    (_rounded(test)[:, None] == known[None]).all(2).any(1).sum()
                ),
                "You count the rows that are known. A True or False for each row is asked for.",
            ),
            Wrong(
                lambda known, test: (
                    ((256 * test).astype(np.uint8)[:, None] == known[None]).all(2).any(1)
                ),
                "256 times full ink is 256, which wraps round to 0 in a byte. Multiply by "
                "255, and round.",
            ),
        ),
        right=(leaked_rows_by_loop, leaked_rows_by_tuples),
    ),
)
