"""Every probe, seen to speak and seen to keep silent; and what the mutants may not do."""

import dataclasses
import textwrap
import time

import numpy as np
import pytest
import wrong_answers

from digitlib.exercises import engine, probes, runner
from digitlib.exercises.model import Exercise, chapter, chapters, find, parts
from digitlib.exercises.mutate import TICKS, NeverEnds, mutants
from digitlib.exercises.trial import Trial, is_distribution, move, moved_cases

RNG = np.random.default_rng(0)


@pytest.fixture(autouse=True)
def strict_probes(monkeypatch):
    """An exception in a probe is a failure here; a reader never sees one."""
    monkeypatch.setattr(probes, "STRICT", True)


def made(reference, *cases, **more):
    """An exercise without stored mistakes."""
    return Exercise(
        name="99.made",
        reference=reference,
        cases=cases,
        tested="what is needed",
        hints=("nudge", "formula", "code"),
        wrong=(),
        right=(),
        **more,
    )


def scaled(X, w):
    return X * (1 - w[:, None] ** 2) / len(X)


def blame(dA, A):
    return dA * (1 - A**2)


def pairs(theta, v, g, lr=0.1):
    v = v + g**2
    return theta - lr * g / np.sqrt(v), v


def share(right, limit):
    return float(np.mean(right >= limit))


def rows(X):
    return np.sqrt((X**2).sum(axis=1))


def rest(N, size):
    return N - size * ((N - 1) // size)


def absolute(Z):
    return np.abs(Z)


def table(n, k=3, seed=0):
    return np.random.default_rng(seed).standard_normal((n, k))


def product(A, dZ):
    return A.T @ dZ


PRODUCT = made(product, (table(2), table(2, 2, 1)), (table(5, 4, 2), table(5, 3, 3)))
SCALED = made(scaled, (table(2), table(2)[:, 0]), (table(5, 4, 1), table(5, 4, 2)[:, 1]))
BLAME = made(
    blame, (table(2), np.tanh(table(2, 3, 1))), (table(4, 4, 2), np.tanh(table(4, 4, 3)))
)
PAIRS = made(
    pairs,
    (table(1)[0], table(1, 3, 1)[0] ** 2, table(1, 3, 2)[0]),
    (table(1, 5, 3)[0], table(1, 5, 4)[0] ** 2, table(1, 5, 5)[0], 0.3),
    returns=("theta", "v"),
)
SHARE = made(share, (table(1, 7)[0], 0.2), (table(1, 9, 2)[0], -0.4), (table(1, 8, 3)[0], 0.1))
ROWS = made(rows, (np.array([[3.0, 4.0], [6.0, 8.0]]),), (table(4, 3),), (table(2, 6, 1),))
REST = made(rest, (7, 3), (9, 3), (10, 4), (12, 4), (5, 8))
ABSOLUTE = made(absolute, (np.array([-1.0, 2.0, 0.5]),), (table(2),))


def said(exercise, answer, probe):
    """What one probe says to an answer: a sentence, or None."""
    trial = Trial(exercise, answer)
    assert trial.first is not None, "the answer is right"
    with np.errstate(all="ignore"):
        found = dict(probes.PROBES)[probe](trial)
    return found.sentence if isinstance(found, probes.Finding) else found


X_GLOBAL = table(2)


def first_row_only(dA, A):
    for row, a in zip(dA, A):
        product = row * (1 - a**2)
        return product
    return None


SPEAKS = [
    (BLAME, lambda dA, A: print(dA * (1 - A**2)), "container", "prints its answer"),
    (BLAME, lambda dA, A: print, "container", "the function `print` itself"),
    (BLAME, lambda dA, A: (a for a in dA), "container", "a generator"),
    (BLAME, lambda dA, A: (dA, dA * (1 - A**2)), "container", "number 2 of them is the answer"),
    (BLAME, lambda dA, A: f"{dA}", "container", "text"),
    (BLAME, lambda dA, A: A > 0, "container", "True and False where numbers belong"),
    (PAIRS, lambda theta, v, g, lr=0.1: theta, "container", "2 belong: theta and v"),
    (BLAME, lambda dA, A: dA @ A, "raised", "none is needed here: entry by entry"),
    (BLAME, lambda dA, A: dA * B, "raised", "`B` is not known here"),  # noqa: F821
    (BLAME, lambda dA, A: dA * a, "raised", "your argument is called `A`"),  # noqa: F821
    (BLAME, lambda dA, A: dA * (1 - A ^ 2), "raised", "`^` is no power in Python"),
    (BLAME, lambda dA, A: dA[: 0.5 * len(A)], "raised", "round it to a whole number"),
    (BLAME, lambda dA, A: dA[: np.arange(2)], "raised", "without a colon"),
    (BLAME, lambda dA, A: dA if A > 0 else A, "raised", "one True or False"),
    (BLAME, lambda dA, A: dA[:, 7], "raised", "Index 7 where axis 1 has only 3 entries"),
    (BLAME, lambda dA, A: dA * A[:, 0], "raised", "`dA` is (2, 3)"),
    (BLAME, lambda dA, A: dA + A.T, "raised", "one is the other turned over"),
    (BLAME, first_row_only, "returns in a loop", "ends in its first round"),
    (
        BLAME,
        lambda dA, A: dA * np.random.default_rng().random(),
        "another every time",
        "draws random numbers",
    ),
    (BLAME, lambda dA, A: dA.tolist().shape, "raised", "Make an array of it first"),
    (BLAME, lambda dA, A: np.tangh(A), "raised", "numpy has no function `tangh`"),
    (BLAME, lambda dA, A: 1 / 0, "raised", "It divides by 0"),
    (BLAME, lambda dA, A: {}["W"], "raised", "The key 'W' is not in the dict"),
    (BLAME, lambda A, dA: dA * (1 - A**2), "argument order", "called with (dA, A)"),
    (
        ROWS,
        lambda X: np.sqrt((X**2).sum(axis=1)) / (X[:, 0] > 0),
        "not finite",
        "a division by 0",
    ),
    (
        ROWS,
        lambda X: np.log(np.exp(1000 * X**2).sum(axis=1)),
        "not finite",
        "It overflows: `exp`",
    ),
    (SCALED, lambda X, w: X * (1 - w[:, None]) / len(X), "one change", "A square is missing"),
    (SCALED, lambda X, w: X * (1 - w[:, None] ** 2), "one change", "the number of rows of `X`"),
    (BLAME, lambda dA, A: 1 - A**2, "one change", "The factor `dA` is missing."),
    (BLAME, lambda dA, A: dA * 1 - A**2, "one change", "Brackets are missing"),
    (
        BLAME,
        lambda dA, A: dA * (1 + A**2),
        "one change",
        "the square of `A` has to be subtracted",
    ),
    (ROWS, lambda X: (X**2).sum(axis=1), "one change", "A root is missing"),
    (ROWS, lambda X: np.sqrt((X**2).mean(axis=1)), "one change", "the mean where the sum"),
    (ROWS, lambda X: np.sqrt((X**2).sum(axis=0)), "one change", "down the columns (axis 0)"),
    (ROWS, lambda X: np.sqrt((X**2).sum()), "one change", "over everything"),
    (
        SHARE,
        lambda right, limit: float(np.mean(right < limit)),
        "one weak change",
        "comparison",
    ),
    (
        PAIRS,
        lambda theta, v, g, lr=0.1: (theta - lr * g / np.sqrt(v), v + g**2),
        "one change",
        "theta: ",
    ),
    (
        PAIRS,
        lambda theta, v, g, lr=0.1: pairs(theta, v, g, lr)[::-1],
        "exchanged",
        "theta comes",
    ),
    (
        PAIRS,
        lambda theta, v, g, lr=0.1: (pairs(theta, v, g, lr)[0], v),
        "given back",
        "v: You hand back `v`",
    ),
    (ROWS, lambda X: -rows(X), "transformed", "The sign is the wrong way round"),
    (SHARE, lambda right, limit: 1 - share(right, limit), "transformed", "the complement"),
    (SHARE, lambda right, limit: 100 * share(right, limit), "transformed", "in per cent"),
    (BLAME, lambda dA, A: blame(dA, A).T, "transformed", "turned over"),
    (ROWS, lambda X: rows(X)[::-1], "transformed", "in reverse order"),
    (ROWS, lambda X: rows(X).sum(), "transformed", "one step too far"),
    (ROWS, lambda X: np.trunc(rows(X)), "transformed", "The decimals are lost"),
    (ROWS, lambda X: rows(X)[:, None], "one step missing", "An axis of length 1 is left over"),
    (
        SHARE,
        lambda right, limit: right >= limit,
        "one step missing",
        "taking the mean of it all",
    ),
    (ROWS, lambda X: 2 * rows(X), "factor", "2 times too large in every case"),
    (
        SCALED,
        lambda X, w: scaled(X, w) / len(X),
        "factor",
        "the mean over the rows is taken twice",
    ),
    (PAIRS, lambda theta, v, g, lr=0.1: (theta, lr * (v + g**2)), "factor", "times `lr`"),
    (SCALED, lambda X, w: X / len(X), "ignored", "does not change when `w` does"),
    (SCALED, lambda X, w: X_GLOBAL, "ignored", "whatever comes in"),
    (BLAME, lambda dA, A: dA * (1 - np.tanh(A) ** 2), "argument changed", "tanh of `A`"),
    (SHARE, lambda right, limit: share(right, -limit), "argument changed", "You use −`limit`"),
    (BLAME, lambda dA, A: dA * A * (1 - A), "neighbour", "the sigmoid's backward pass"),
    (
        PRODUCT,
        lambda A, dZ: np.outer(A[0], dZ[0]),
        "rows changed",
        "Only the first row is looked at: the rows of `A` and `dZ`",
    ),
    (
        PRODUCT,
        lambda A, dZ: np.outer(A.sum(axis=0), dZ.sum(axis=0)),
        "rows changed",
        "You sum over the rows first",
    ),
    (
        BLAME,
        lambda dA, A: dA * (1 - A**2) * A,
        "factor entry by entry",
        "the right one times `A`",
    ),
    (
        SCALED,
        lambda X, w: -X * (1 - w[:, None]) / len(X),
        "two changes",
        "Two things. A square is missing (of `w`). And the sign is the wrong way round.",
    ),
    (
        SCALED,
        lambda X, w: X * (1 - w[:, None]),
        "two changes",
        "And the result is multiplied by the number of rows of `X`.",
    ),
    (
        BLAME,
        lambda dA, A: dA * (A - 1),
        "pair of changes",
        "Two things. ",
    ),
    (SHARE, lambda right, limit: 0.0 * limit, "always the same", "Your answer is 0 in every"),
    (ROWS, lambda X: rows(X) + 0.25, "offset", "The same number, 0.25, is added to"),
    (
        PAIRS,
        lambda theta, v, g, lr=0.1: (-lr * g / np.sqrt(v + g**2), v + g**2),
        "offset",
        "theta: `theta` is missing",
    ),
    (
        ROWS,
        lambda X: rows(X) * (1 + 1e-4 * np.arange(len(X))),
        "nearly",
        "Nearly: it is off by",
    ),
    (REST, lambda N, size: N % size, "where", "Wrong where `size` divides `N`"),
    (ABSOLUTE, lambda Z: np.where(Z > 0, Z, Z**2 / 7), "entries", "Right where `Z` is above 0"),
    (
        made(lambda y, w: y * 2, (1.5, 2.0), (2.5, 4.0)),
        lambda y, w: y * w,
        "extraneous",
        "changes when `w` does, and it should not",
    ),
    (ROWS, lambda X: float(X.sum()), "shape", "You return a single number"),
    (ROWS, lambda X: X.sum(axis=0), "shape", "runs along the wrong axis"),
    (ROWS, lambda X: X, "shape", "One axis too many"),
]


@pytest.mark.parametrize(("exercise", "answer", "probe", "words"), SPEAKS)
def test_a_probe_speaks(exercise, answer, probe, words):
    assert words in said(exercise, answer, probe)


def odd_table(dA, A):
    return np.sin(7 * dA) + np.cos(5 * A) ** 3


def odd_rows(X):
    return np.sin(5 * X[:, 0]) + np.cos(3 * X[:, 1]) ** 2 + 0.3


def odd_share(right, limit):
    return float(np.sin(right[0] * 3 + right[-1] ** 2) + limit**3)


def odd_pair(theta, v, g, lr=0.1):
    return np.sin(theta * 3 + lr) + g * v, np.cos(v * g) + theta


ODD = [(BLAME, odd_table), (ROWS, odd_rows), (SHARE, odd_share), (PAIRS, odd_pair)]


@pytest.mark.parametrize("probe", [name for name, _ in probes.PROBES])
@pytest.mark.parametrize(("exercise", "answer"), ODD, ids=lambda x: getattr(x, "__name__", ""))
def test_a_probe_keeps_silent_where_it_knows_nothing(exercise, answer, probe):
    if probe in ("ignored", "extraneous"):
        return  # the odd answers do look at other things; their silence is tested below
    assert said(exercise, answer, probe) is None


def test_the_probes_of_arguments_keep_silent_where_all_arguments_count():
    assert said(BLAME, odd_table, "ignored") is None
    assert said(BLAME, odd_table, "extraneous") is None
    assert said(SHARE, lambda right, limit: share(right, limit + 0.3), "ignored") is None


def test_an_argument_that_counts_only_where_it_is_large_is_not_called_ignored():
    def reference(losses, margin):
        return losses < losses.max() - margin

    def coarse(losses, margin):
        return losses < losses.max() - np.floor(margin)

    exercise = made(reference, (table(1, 9)[0], 0.1), (table(1, 7, 1)[0], 0.3))
    assert said(exercise, coarse, "ignored") is None
    blind = "Your answer does not change when `margin` does."
    assert said(exercise, lambda losses, margin: losses < losses.max(), "ignored") == blind


def test_a_return_behind_a_loop_or_after_a_continue_is_no_fault():
    def behind(dA, A):
        for _ in range(2):
            made = dA + A
        return made

    def searching(dA, A):
        for row in dA:
            if row[0] < 10:
                continue
            return row
        return A

    assert said(BLAME, behind, "returns in a loop") is None
    assert said(BLAME, searching, "returns in a loop") is None


def test_one_less_is_said_the_right_way_round():
    def shrunk(W, rate):
        return (1 - rate) * W

    exercise = made(shrunk, (table(2), 0.1), (table(3), 0.3))
    answer = lambda W, rate: rate * W  # noqa: E731
    says = said(exercise, answer, "one weak change")
    assert says.startswith("You take something itself where 1 less it belongs")
    says = said(exercise, answer, "argument changed")
    assert says == "`rate` and 1 − `rate` have changed places."


def test_a_matrix_product_in_place_of_an_entry_by_entry_one_is_named():
    exercise = made(lambda A, mask: A * mask, (table(1), table(1, 3, 1)), (table(4), table(4)))
    says = said(exercise, lambda A, mask: A @ mask.T, "one change")
    assert says.startswith("You take a matrix product of `A` and `mask`. They are multiplied")


def test_the_right_numbers_in_another_shape_are_told_both_shapes():
    exercise = made(lambda Y: np.repeat(Y, 2, axis=0), (table(2),), (table(4, 5),))
    says = said(exercise, lambda Y: np.repeat(Y, 2, axis=1), "one step missing")
    assert "in other places: your shape is (2, 6), and (4, 3) is asked for" in says


def test_every_probe_is_seen_to_speak():
    spoken = {probe for _, _, probe, _ in SPEAKS}
    assert spoken >= {name for name, _ in probes.PROBES} - {
        "breaks",
        "endless",
        "changes its input",
    }


def test_an_answer_that_breaks_in_one_case_is_told_where():
    def guarded(a, b):
        return (a - b) / (a + b) if a + b else 0.0

    exercise = made(guarded, (1.0, 2.0), (3.0, 0.5), (0.0, 0.0))
    answer = lambda a, b: np.float64(a - b) / np.float64(a + b)  # noqa: E731
    assert "by a division by 0" in said(exercise, answer, "breaks")
    assert said(exercise, lambda a, b: 7.0, "breaks") is None


def test_an_answer_that_writes_into_its_input_is_told_so():
    def written(dA, A):
        dA *= 1 - A**2
        return dA

    assert "it writes into `dA`" in said(BLAME, written, "changes its input")
    assert said(BLAME, odd_table, "changes its input") is None


def test_an_endless_loop_is_told_so_and_asks_no_more():
    def hangs(dA, A):
        while True:
            pass

    started = time.perf_counter()
    verdict = engine.examine(BLAME, hangs)
    assert verdict.by == "endless"
    assert "what makes its loop end" in verdict.sentence
    assert time.perf_counter() - started < runner.PATIENT * runner.SECONDS + 10
    assert said(BLAME, odd_table, "endless") is None


def test_the_exact_part_is_told_at_the_second_try(capsys, monkeypatch):
    monkeypatch.setattr(engine, "_said", engine.Counter())
    answer = lambda dA, A: dA * (1 - A)  # noqa: E731
    exercise = dataclasses.replace(find("04.tanh_backward"), wrong=())
    monkeypatch.setattr(engine, "find", lambda name: exercise)
    for told in (False, True, True):
        engine.check("04.tanh_backward", answer)
        printed = capsys.readouterr().out
        assert "not right yet. A square is missing" in printed
        assert ("it is about this part of a right answer: A ** 2" in printed) == told


def test_a_match_by_chance_does_not_survive_moved_arguments():
    """2 + 2 is 2 · 2: one case lets a sum pass for a product, the moved arguments do not."""
    exercise = made(lambda x, y: x * y * (1 + x), (2.0, 2.0))
    assert (
        said(exercise, lambda x, y: x * y * (1 + x) + (x - 2.0) ** 2 + 1e-3 * x, "factor")
        is None
    )
    assert moved_cases(exercise)[0][0] != (2.0, 2.0)


def test_moved_arguments_stay_what_they_are():
    rng = np.random.default_rng(0)
    P = np.array([[0.2, 0.8], [0.5, 0.5], [0.9, 0.1]])
    assert is_distribution(move(P, rng))
    assert sorted(move(np.array([3, 1, 2]), rng).tolist()) == [1, 2, 3]
    assert move(7, rng) == 7
    assert move(True, rng) is True
    assert move(0.3, rng) != 0.3
    assert [len(a) for a in move([np.ones(2), np.ones(3)], rng)] == [2, 3]


# -- mutants ---------------------------------------------------------------------------------


def test_a_mutant_is_the_reference_with_one_change():
    found = {mutant.kind: mutant for mutant in reversed(mutants(blame))}
    dA, A = table(2), np.tanh(table(2, 3, 1))
    assert np.array_equal(found["square missing"].function(dA, A), dA * (1 - A))
    assert np.array_equal(found["wrong way round"].function(dA, A), dA * (A**2 - 1))
    assert found["square missing"].exact == "A ** 2"
    assert np.array_equal(blame(dA, A), dA * (1 - A**2)), "the original is left as it was"


def test_lambdas_and_functions_with_loops_are_mutated_alike():
    (shorter,) = [lambda a, b: a * b + 1]  # pytest 8.0 rewrites what stands in an assert
    assert len(mutants(shorter)) > 5

    def loop(values):
        total = 0
        for value in values:
            total += 2 * value
        return total

    kinds = {mutant.kind for mutant in mutants(loop)}
    assert {"not gathered", "step missing", "factor missing"} <= kinds
    assert mutants(len) == []


def test_a_mutant_that_does_not_end_is_given_up():
    def counts(n):
        i = 0
        while i < n:
            i += 1
        return i

    started = time.perf_counter()
    endless = 0
    for mutant in mutants(counts):
        try:
            mutant.function(5)
        except NeverEnds:
            endless += 1
        except Exception:
            pass
    assert endless >= 1
    assert time.perf_counter() - started < 30  # no clock ends it, but its number of steps
    assert TICKS <= 100_000


IDENTITY = (lambda A, p: A).__code__


@pytest.mark.parametrize("number", chapters())
def test_the_mutants_of_a_chapter_are_many_and_none_says_code(number):
    for whole in chapter(number).values():
        for exercise in parts(whole):
            if not exercise.is_function:
                continue
            found = mutants(exercise.reference)
            # What hands back an argument, as dropout in use, has nothing else to vary.
            code = exercise.reference.__code__
            hands_back = not code.co_names and len(code.co_code) <= len(IDENTITY.co_code)
            assert len(found) >= (1 if hands_back else 3), exercise.name
            for mutant in found:
                assert not mutant.says[0].islower(), mutant.says
                assert mutant.says[-1] in ".?:", mutant.says
                assert len(mutant.says) < 220, mutant.says
                assert "np." not in mutant.says, mutant.says


# -- what misled the readers of notes/grader.md ----------------------------------------------


def test_a_column_that_should_not_be_one_is_not_told_to_become_one():
    said = engine.examine(find("08.wall.Z"), lambda X, W, b: X @ W + b[:, None]).sentence
    assert "The (4, 1) is a column" in said
    assert "must be a column" not in said
    said = engine.examine(find("08.wall.Z"), lambda X, W, b: (X - X.sum(axis=1)) @ W).sentence
    assert "must be a column: [:, None]" in said


def test_a_case_smaller_than_the_text_promises_is_not_held_against_an_answer():
    def last_pair(C):
        best, found = -1, None
        for a in range(10):
            for b in range(a + 1, 10):
                if C[a, b] + C[b, a] > best:
                    found = (a, b)
        return found

    said = engine.examine(find("04.most_confused"), last_pair).sentence
    assert (
        said == "Your answer is the same whatever comes in: it looks at none of its arguments."
    )


def test_a_comparison_is_named_beside_a_constant_that_is_off_by_one():
    def row_and_column(m):
        r = 0
        while m > 28:
            m, r = m - 28, r + 1
        return r, m

    said = engine.examine(find("01.row_and_column"), row_and_column).sentence
    assert "or a comparison takes equality the wrong way" in said


@pytest.mark.parametrize(
    ("name", "answer", "says"),
    [
        (
            "01.labels_from_bytes",
            lambda data: np.frombuffer(data, offset=8),
            "np.frombuffer reads numbers of eight bytes",
        ),
        (
            "01.labels_from_bytes",
            lambda data: np.frombuffer(data, np.uint8, int.from_bytes(data[4:8], "little"), 8),
            "More numbers are asked for than there are bytes.",
        ),
        (
            "09.count_dead",
            lambda batches: (batches == 0).all(axis=0).sum(),
            "`.all` is asked of a single True or False.",
        ),
    ],
)
def test_an_exception_is_said_in_words_that_lead_on(name, answer, says):
    assert engine.examine(find(name), answer).sentence.startswith(says)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (
            lambda budget, depth: budget // 784,
            "Too wide. With depth 1, a width of 10 needs 7,960",
        ),
        (
            lambda budget, depth: budget // 2000,
            "It can be wider. With depth 1, a width of 4 needs",
        ),
    ],
)
def test_a_width_is_told_what_it_needs(answer, says):
    assert engine.examine(find("08.width_for_budget"), answer).sentence.startswith(says)


# -- the answers of readers ------------------------------------------------------------------

GIVEN = [
    *wrong_answers.answers(wrong_answers.FOLDER),
    *wrong_answers.answers(wrong_answers.FOLDER / "fresh"),  # of notes/grader.md
]


def known(given):
    try:
        return find(given.exercise)
    except LookupError:
        return None  # an exercise that its notebook has given up


def by_exercise(is_right):
    """(exercise, its answers) for each exercise: a test for each of thousands takes long."""
    found = {}
    for given in GIVEN:
        exercise = known(given)
        if exercise is not None and given.is_right == is_right:
            found.setdefault(exercise, []).append(given)
    return [pytest.param(e, given, id=e.name) for e, given in found.items()]


VERDICTS = {}


def verdict_of(given):
    """None where the answer passes; every answer is examined once."""
    if id(given) not in VERDICTS:  # an answer may be an array, which has no hash
        VERDICTS[id(given)] = engine.examine(known(given), given.answer)
    return VERDICTS[id(given)]


def fault_of(given, verdict):
    """What is wrong with what a wrong answer is told, or ''."""
    if verdict is None:
        return "a wrong answer is accepted"
    whole = f"{given.exercise}: not right yet. {verdict.sentence}"
    if len(textwrap.wrap(whole, engine.WIDTH, subsequent_indent="    ")) > 4:
        return f"more than four lines: {whole}"
    return "" if verdict.sentence[-1] in ".?!" else f"has no end: {whole}"


@pytest.mark.parametrize(("exercise", "answers"), by_exercise(is_right=False))
def test_no_wrong_answer_passes_and_none_is_told_too_much(exercise, answers):
    faults = [(given.mistake, fault_of(given, verdict_of(given))) for given in answers]
    assert [(mistake, fault) for mistake, fault in faults if fault] == []


@pytest.mark.parametrize(("exercise", "answers"), by_exercise(is_right=True))
def test_no_right_answer_is_refused(exercise, answers):
    verdicts = [(given.mistake, verdict_of(given)) for given in answers]
    assert [(style, v.sentence) for style, v in verdicts if v is not None] == []


def test_most_mistakes_are_named():
    verdicts = [
        verdict_of(given)
        for given in GIVEN[::5]
        if not given.is_right and known(given) is not None
    ]
    named = [v for v in verdicts if v is not None and v.by != "plain"]
    assert len(named) >= 0.7 * len(verdicts)
