"""The exercises of notebook 06: bug clinic."""

import numpy as np

from digitlib.exercises.clinic import _ADMITTED, FAULTS
from digitlib.exercises.model import Exercise, Line, Wall, Wrong


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
        "G": "its dW1 and db1 have no slope, its dW2 and db2 pass",
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
    if given and all(name.lower() in FAULTS for name in given):
        return "Yours has the faults first. Put the letters first, as in {'A': 'zeros'}."
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


def _arrays(seed, *shapes):
    rng = np.random.default_rng(seed)
    return [rng.standard_normal(shape) for shape in shapes]


def _table(seed, columns=True):
    """Probabilities whose rows do not all sum to 1."""
    P = np.random.default_rng(seed).random((5, 4))
    return P / P.sum(axis=0 if columns else 1, keepdims=True)


_TOLD = np.array([3, 1, 4, 1, 5])

WALL = Wall(
    name="06.wall",
    tested="2 to 100 classes, rows that sum to too much and too little, labels of both shapes",
    lines=(
        Line(
            name="chance_loss",
            shape="a number",
            reference=lambda K: np.log(K),
            cases=((2,), (10,), (64,), (100,)),
            hints=(
                "Each of the K classes gets the same probability. How large is it? And what is "
                "minus its logarithm?",
                "−ln(1/K) = ln K",
                "np.log(K)",
            ),
            wrong=(
                Wrong(
                    lambda K: 1 / K,
                    "That is the probability that each class gets. The loss is minus the "
                    "logarithm of it.",
                ),
                Wrong(
                    lambda K: np.log(1 / K),
                    "The sign is the wrong way round: a loss is minus the logarithm of the "
                    "probability.",
                ),
                Wrong(
                    lambda K: np.log2(K),
                    "That is in bits, the logarithm to base 2. The loss of this course is in "
                    "nats: np.log.",
                ),
                Wrong(
                    lambda K: np.log10(K),
                    "That is the logarithm to base 10. The loss uses the natural one: np.log.",
                ),
                Wrong(
                    lambda K: np.log(10),
                    "That is right for ten classes only. Here there are K.",
                ),
                Wrong(
                    lambda K: -np.log(1 / K) / K,
                    "You divide by K. Only the true class is looked up, so there is nothing to "
                    "take a mean over.",
                ),
                Wrong(
                    lambda K: 1 - 1 / K,
                    "That is how often a blind guess is wrong. The loss is minus the logarithm "
                    "of the probability of the true class.",
                ),
                Wrong(
                    lambda K: -np.log(1 - 1 / K),
                    "You take the probability of all the other classes. The loss looks up that "
                    "of the true class.",
                ),
            ),
            right=(lambda K: -np.log(1 / K),),
        ),
        Line(
            name="row_gap",
            shape="a number",
            reference=lambda P: np.abs(P.sum(axis=1) - 1).max(),
            cases=(
                (np.array([[0.5, 0.5], [0.25, 0.25]]),),
                (np.array([[0.7, 0.7], [0.5, 0.5], [0.9, 0.0]]),),
                (_table(0),),
                (_table(1),),
            ),
            hints=(
                "Sum each row. How far from 1 is the one that is furthest off, above or below?",
                "the largest |Σₖ P − 1| over the rows",
                "np.abs(P.sum(axis=1) - 1).max()",
            ),
            wrong=(
                Wrong(
                    lambda P: np.abs(P.sum(axis=0) - 1).max(),
                    "You sum the columns. An image is a row, and its probabilities stand side "
                    "by side: axis=1.",
                ),
                Wrong(
                    lambda P: (P.sum(axis=1) - 1).max(),
                    "You see rows that sum to too much, and miss those that sum to too little: "
                    "take the distance without its sign.",
                ),
                Wrong(
                    lambda P: np.abs(P.sum(axis=1) - 1),
                    "Those are the gaps row by row. One number is wanted: the largest of them.",
                ),
                Wrong(
                    lambda P: np.abs(P.sum(axis=1) - 1).mean(),
                    "You take the mean. One bad row among many would hardly show: take the "
                    "largest gap.",
                ),
                Wrong(
                    lambda P: abs(P.sum() - len(P)),
                    "You sum the whole table. Rows that are too large and rows that are too "
                    "small cancel in it.",
                ),
                Wrong(
                    lambda P: P.sum(axis=1).max(),
                    "That is the largest sum. How far it is from 1 is asked for.",
                ),
                Wrong(
                    lambda P: abs(P.sum(axis=1).mean() - 1),
                    "In the mean over the rows, too much and too little cancel. Take each "
                    "row's own distance from 1 first.",
                ),
                Wrong(
                    lambda P: (1 - P.sum(axis=1)).max(),
                    "You see rows that sum to too little, and miss those that sum to too much: "
                    "take the distance without its sign.",
                ),
                Wrong(
                    lambda P: np.abs(P.sum(axis=1) - 1).argmax(),
                    "That is which row is the worst. How far it is from 1 is asked for: max.",
                ),
                Wrong(
                    lambda P: P.sum(axis=1).max() - P.sum(axis=1).min(),
                    "You compare the rows with each other. Compare each with 1: if all sum to "
                    "2, yours says 0.",
                ),
                Wrong(
                    lambda P: abs(P.max() - 1),
                    "You look at the largest single probability. Sum each row first.",
                ),
            ),
            right=(lambda P: max(abs(sum(row) - 1) for row in P),),
        ),
        Line(
            name="counted",
            shape="from 0 to 1",
            reference=lambda predicted, y: np.mean(predicted.ravel() == y.ravel()),
            cases=(
                (np.array([3, 1, 4, 1]), np.array([3, 1, 4, 2])),
                (_TOLD, np.array([3, 1, 4, 2, 0])),
                (_TOLD, np.array([[3], [1], [0], [2], [5]])),
                (_TOLD[:, None], np.array([3, 1, 0, 2, 0])),
                (np.arange(64) % 10, np.arange(64)[:, None] % 5),
            ),
            hints=(
                "Each answer is compared with its own label and with no other. What if the "
                "labels come as a column, (N, 1)? ravel() lays any array out as a row.",
                "the mean of [answer = its label], both of shape (N,)",
                "np.mean(predicted.ravel() == y.ravel())",
            ),
            wrong=(
                Wrong(
                    lambda predicted, y: (predicted.ravel() == y.ravel()).sum() / 10,
                    "You divide by the ten classes. A share is of all the images: divide by "
                    "how many there are.",
                ),
                Wrong(
                    lambda predicted, y: 1 - np.abs(predicted.ravel() - y.ravel()).mean(),
                    "You measure how far apart the digits are. A 3 read as a 4 is as wrong as"
                    " a 3 read as a 9: count where they are equal.",
                ),
                Wrong(
                    lambda predicted, y: np.isin(predicted, y).mean(),
                    "You ask whether an answer occurs anywhere among the labels. Compare each"
                    " answer with its own label.",
                ),
                Wrong(
                    lambda predicted, y: np.mean(predicted == y),
                    "That is right while both have shape (N,). Labels of shape (N, 1) are "
                    "stretched: each answer meets every label, and an N x N table is counted.",
                ),
                Wrong(
                    lambda predicted, y: (predicted.ravel() == y.ravel()).sum(),
                    "That is the number of right answers. The share of them is asked for.",
                ),
                Wrong(
                    lambda predicted, y: np.mean(predicted.ravel() != y.ravel()),
                    "You count the wrong answers. The share of right ones is asked for.",
                ),
                Wrong(
                    lambda predicted, y: np.sum(predicted == y) / len(y),
                    "That is right while both have shape (N,). Labels of shape (N, 1) are "
                    "stretched: each answer meets every label, and an N x N table is counted.",
                ),
                Wrong(
                    lambda predicted, y: np.mean(predicted[:, None] == y),
                    "You compare all answers with all labels. Each answer meets its own label "
                    "only.",
                ),
                Wrong(
                    lambda predicted, y: np.mean(
                        np.sort(predicted.ravel()) == np.sort(y.ravel())
                    ),
                    "You sort both first. Then an answer no longer meets its own label.",
                ),
                Wrong(
                    lambda predicted, y: float(np.array_equal(predicted.ravel(), y.ravel())),
                    "That asks whether all are right. The share of right answers is asked for.",
                ),
            ),
            right=(
                lambda predicted, y: (
                    sum(int(a == b) for a, b in zip(predicted.ravel(), y.ravel())) / len(y)
                ),
            ),
        ),
    ),
    why="These three are asked before any training and after each.",
)


EXERCISES = (
    WALL,
    Exercise(
        name="06.dead_units",
        reference=dead_units,
        cases=(
            (np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 2.0]]),),
            (np.array([[0.0, 0.0, 1.0], [0.0, 0.0, 2.0], [0.0, 0.0, 0.0], [0.0, 0.0, 1.0]]),),
            (np.maximum(_arrays(4, (6, 5))[0], 0) * [1, 0, 1, 0, 0],),
            (np.ones((2, 4)),),
            (np.array([[0.0, 0.0002], [0.0, 0.0]]),),
        ),
        tested="units that are silent on some images, on all, on none; an image without a unit",
        hints=(
            "One unit is one column of A1. When has it never answered?",
            "A column counts where all its entries are 0.",
            "(A1 == 0).all(axis=0).sum()",
        ),
        wrong=(
            Wrong(
                lambda A1: (A1.mean(axis=0) < 0.01).sum(),
                "You count units that answer little. Dead is a unit that answers nothing to "
                "any image: compare with 0.",
            ),
            Wrong(
                lambda A1: (np.median(A1, axis=0) == 0).sum(),
                "You count units that are silent on half of the images. Dead is a unit that "
                "is silent on all.",
            ),
            Wrong(
                lambda A1: int((A1[:, -1] == 0).all()),
                "Only the last unit is counted. Is a counter set back to 0 in each round of a"
                " loop?",
            ),
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
            Wrong(
                lambda A1: int((A1 == 0).all()),
                "Yours is 0 in every case. Is axis=0 missing in all(), or do you compare with "
                "the wrong length? Ask each column whether all its entries are 0.",
            ),
        ),
        right=(dead_by_maximum, dead_by_loop),
    ),
    Exercise(
        name="06.diagnosis",
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
