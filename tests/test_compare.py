"""Comparisons: what is tuned, on which seeds, and what the interval says."""

import json
import math
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from notebook_tools import ROOT, read

from digitlib.compare import compare, load, t_interval
from tools import comparisons

plt.switch_backend("Agg")
RATES = [0.01, 0.1, 1.0]


def contestant(best, gain=0.0, spread=0.0):
    """Its score is highest at the rate `best`; `spread` is its own noise beside the seed's."""

    def f(seed, rate):
        common = 0.01 * np.random.default_rng(seed).standard_normal()
        own = spread * np.random.default_rng([seed, 7]).standard_normal()
        return 0.8 + gain + common + own - 0.05 * abs(math.log10(rate / best))

    return f


@given(
    st.lists(st.floats(-50, 50).map(lambda x: round(x, 3)), min_size=2, max_size=30),
    st.sampled_from([0.5, 0.9, 0.95, 0.999]),
)
def test_the_interval_is_that_of_scipys_paired_t_test(differences, confidence):
    mean, low, high = t_interval(differences, confidence)
    if len(set(differences)) == 1:
        assert low == pytest.approx(mean, abs=1e-9) == pytest.approx(high, abs=1e-9)
        return
    with np.errstate(all="ignore"):
        test = scipy.stats.ttest_rel(differences, np.zeros(len(differences)))
        wanted = test.confidence_interval(confidence)
    assert mean == pytest.approx(np.mean(differences), abs=1e-9)
    assert (low, high) == pytest.approx((wanted.low, wanted.high), rel=1e-6, abs=1e-9)


def test_the_interval_by_hand():
    # mean 2, s = sqrt((4 + 0 + 0 + 0 + 4) / 4) = √2, t = 2.776445 for 4 degrees of freedom
    mean, low, high = t_interval([0, 2, 2, 2, 4])
    half = 2.776445 * math.sqrt(2) / math.sqrt(5)
    assert (mean, low, high) == pytest.approx((2, 2 - half, 2 + half), rel=1e-6)
    with pytest.raises(ValueError, match="two differences or more; got 1"):
        t_interval([3])


def test_each_contestant_is_tuned_alone_on_seeds_of_its_own():
    seen = []

    def spy(name, best):
        f = contestant(best)

        def call(seed, rate):
            seen.append((name, seed, rate))
            return f(seed, rate)

        return call

    result = compare({"A": spy("A", 0.1), "B": spy("B", 1.0)}, RATES, seeds=[0, 1, 4])
    assert result.record["best"] == {"A": 0.1, "B": 1.0}
    tuning = [(name, s, rate) for name in "AB" for rate in RATES for s in (5, 6, 7)]
    assert seen == tuning + [(n, s, r) for s in (0, 1, 4) for n, r in (("A", 0.1), ("B", 1.0))]
    assert list(result.table.columns) == [
        "phase",
        "contestant",
        "rate",
        "seed",
        "score",
        "error",
    ]
    assert len(result.table) == 2 * 3 * 3 + 2 * 3
    assert result.record["tuning_seeds"] == [5, 6, 7]


def test_differences_are_paired_by_seed_and_given_in_points():
    # The seed moves both by the same: unpaired, a gain of 0.5 points would drown.
    result = compare({"A": contestant(0.1, 0.005, 1e-4), "B": contestant(0.1)}, RATES, range(6))
    (row,) = result.differences.itertuples()
    scores = result.scores
    wanted = 100 * (scores["A"] - scores["B"])
    test = scipy.stats.ttest_rel(100 * scores["A"], 100 * scores["B"]).confidence_interval(0.95)
    assert (row.first, row.second, row.seeds, row.better) == ("A", "B", 6, "A")
    assert row.mean == pytest.approx(wanted.mean(), abs=1e-8)
    assert (row.low, row.high) == pytest.approx((test.low, test.high), abs=1e-7)
    assert list(result.pairs[0][2]) == list(scores.index) == list(range(6))
    assert "A is better than B by 0.5" in repr(result)


def test_where_the_interval_holds_0_nothing_separates_them():
    result = compare({"A": contestant(0.1, 0, 0.01), "B": contestant(0.1)}, RATES)
    assert list(result.differences["better"]) == [""]
    assert "Nothing separates A and B" in repr(result)
    same = compare({"A": contestant(0.1), "B": contestant(0.1)}, RATES)
    assert list(same.differences["mean"]) == list(same.differences["high"]) == [0]
    assert "Nothing separates A and B: 0.00 points (0.00 to 0.00)." in repr(same)


def test_the_lower_score_wins_where_that_is_said():
    losses = {
        "A": lambda seed, rate: {"loss": rate + seed / 9, "n": 2},
        "B": (lambda s: s + 9.0),
    }
    losses["B"] = (lambda seed: {"loss": 9.0 + seed, "n": 1}), None
    result = compare(losses, RATES, 3, score="loss", lowest=True, unit="nats")
    assert result.record["best"] == {"A": 0.01, "B": None}
    assert list(result.differences["better"]) == ["A"]
    assert result.differences["mean"][0] == pytest.approx(0.01 - 9 - 8 / 9)
    assert list(result.table["n"][-2:]) == [2, 1]
    assert "loss (nats), and the differences in nats" in repr(result)
    assert "has none" in repr(result)


def test_a_best_rate_at_the_edge_and_an_untuned_one_are_warned_of():
    result = compare({"A": contestant(0.01), "B": contestant(1.0)}, RATES)
    assert result.warnings == [
        "The best rate of A, 0.01, is the lowest tried: lower may be better.",
        "The best rate of B, 1, is the highest tried: higher may be better.",
    ]
    assert f"Warning: {result.warnings[1]}" in repr(result)
    assert compare({"A": contestant(0.1), "B": contestant(0.1)}, RATES).warnings == []
    single = compare({"A": contestant(1), "B": contestant(1)}, [0.3])
    assert single.warnings[0] == "A was not tuned: it was given one rate, 0.3."
    assert set(single.table["phase"]) == {"comparing"}


def test_own_rates_and_ties():
    flat = compare({"A": (lambda seed, rate: 0.5, [3, 2, 1]), "B": contestant(0.1)}, RATES)
    assert flat.record["rates"]["A"] == [1, 2, 3]
    assert flat.record["best"]["A"] == 1  # of rates equally good the lowest


def test_failures_decide_no_rate_and_leave_their_pair_out():
    def f(seed, rate):
        if rate == 1.0 and seed == 6:
            raise FloatingPointError("the loss is inf")
        if seed == 2:
            return math.nan
        return rate / 10

    result = compare({"A": f, "B": contestant(0.1)}, RATES)
    assert result.record["best"]["A"] == 0.1
    assert result.differences["seeds"][0] == 4
    assert 2 not in result.pairs[0][2]
    assert math.isnan(result.scores.loc[2, "A"])
    assert "A failed on seed 2 (score is nan)" in "".join(result.warnings)
    assert any(line.split()[:2] == ["2", "failed"] for line in repr(result).splitlines())

    def broken(seed, rate):
        raise RuntimeError("no luck")

    with pytest.raises(ValueError, match=r"every rate of B failed .*RuntimeError: no luck"):
        compare({"A": contestant(1), "B": broken}, RATES)


def test_too_few_pairs_give_no_verdict():
    def fails(seed, rate):
        if seed < 2:
            raise FloatingPointError
        return 0.5

    result = compare({"A": fails, "B": contestant(0.1)}, RATES, 3)
    assert "A and B cannot be compared: too few seeds have both." in repr(result)
    assert list(result.differences["better"]) == [""]
    result.plot()
    plt.close("all")


def test_the_text_says_everything_and_no_seconds():
    result = compare(
        {"momentum": contestant(0.1, 0.005, 1e-4), "SGD": contestant(0.1)},
        RATES,
        title="Is momentum worth it?",
        budget="6 epochs",
        command="make comparisons ONLY=momentum",
    )
    text = repr(result)
    assert text.splitlines()[:3] == [
        "Is momentum worth it?",
        "Made by: make comparisons ONLY=momentum",
        "Each run: 6 epochs.",
    ]
    for said in (
        "Tuned on seeds 5 to 7, used for nothing else",
        "0.01, 0.1, 1      9",
        "Compared on seeds 0 to 4, each at its best rate:",
        "momentum − SGD",
        "mean difference ± t · s / √n, t = 2.776 for n = 5 seeds",
    ):
        assert said in text
    assert "second" not in text
    assert text == str(result)
    assert max(map(len, text.splitlines())) <= 110
    said = "Paired differences on seeds 0 to 4, with their intervals. momentum is better"
    assert result.alt.startswith(said)


def test_a_table_too_wide_for_a_page_leaves_the_pairs_to_their_intervals():
    few = {f"the contestant {i}": contestant(0.1, i / 100, 1e-4) for i in range(2)}
    text = repr(compare(few, RATES))
    assert "and the differences in points" in text
    assert "the contestant 0 − the contestant 1" in text
    many = {f"the contestant {i}": contestant(0.1, i / 100, 1e-4) for i in range(5)}
    result = compare(many, RATES)
    lines = repr(result).splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("seed "))
    end = lines.index("", start)
    assert lines[start - 1] == "accuracy"
    assert lines[start].split("  ")[1:] == result.names
    assert lines[end - 1].startswith("mean")
    assert len(lines[end - 1].split()) == 6
    assert max(map(len, lines[start:end])) <= 100
    for first, second, _ in result.pairs:
        assert any(f"{second} is better than {first} by" in line for line in lines[end:])


def test_processes_find_the_same():
    contestants = {"A": contestant(0.1, 0.005, 1e-3), "B": contestant(1.0)}
    assert compare(contestants, RATES, jobs=2) == compare(contestants, RATES, jobs=1)


def test_a_record_comes_back_from_its_file(tmp_path):
    result = compare({"A": contestant(0.1), "B": contestant(1.0)}, RATES, command="this test")
    path = result.save(tmp_path / "ab.json")
    assert load(path) == result
    assert compare.load(str(path)).record == result.record
    assert json.loads(path.read_text(encoding="utf-8"))["command"] == "this test"
    with pytest.raises(FileNotFoundError, match="no file and no record 'nothing'; records: "):
        load("nothing")
    for text in ("{", "[]", '{"format": 99}'):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match=r"ab.json is damaged, or no record"):
            load(path)


def test_the_picture_shows_the_differences():
    result = compare({"A": contestant(0.1, 0.005, 1e-3), "B": contestant(0.1)}, RATES)
    ax = result.plot()
    xs = ax.collections[0].get_offsets()[:, 0]
    np.testing.assert_allclose(xs, list(result.pairs[0][2].values()))
    np.testing.assert_allclose(
        ax.lines[1].get_xdata(), result.differences[["low", "high"]].iloc[0]
    )
    assert list(ax.lines[0].get_xdata()) == [0, 0]
    assert ax.get_title(loc="left") == "A is better than B"
    assert "right of 0 the first one is better" in ax.get_xlabel()
    assert ax.alt == result.alt
    assert result.plot(title="Mine").get_title(loc="left") == "Mine"
    three = compare({name: contestant(0.1, 0, 0.01) for name in "ABC"}, RATES).plot()
    assert [label.get_text() for label in three.get_yticklabels()] == [
        "A − B",
        "A − C",
        "B − C",
    ]
    with plt.rc_context({"figure.constrained_layout.use": True}):
        one = compare({"A": contestant(0.1, 0, 0.01), "B": contestant(0.1)}, RATES).plot()
        assert one.get_title(loc="left") == "Nothing separates A and B"
        one.figure.canvas.draw()
    plt.close("all")


A, B = contestant(0.1), contestant(1.0)
WRONG = [
    (lambda: compare({"A": A}, RATES), "two contestants or more; got 1"),
    (lambda: compare({"A": A, "B": B}), "A has no rates to try"),
    (lambda: compare({"A": (A, [1]), "B": B}, RATES), "different numbers of rates"),
    (lambda: compare({"A": A, "B": B}, []), "one or more different numbers"),
    (lambda: compare({"A": A, "B": B}, [1, 1]), "one or more different numbers"),
    (lambda: compare({"A": A, "B": B}, [1, "2"]), "finite numbers; got '2'"),
    (lambda: compare({"A": A, "B": B}, RATES, [3]), "two seeds or more"),
    (lambda: compare({"A": A, "B": B}, RATES, [3, 3]), "each seed counts once"),
    (lambda: compare({"A": A, "B": B}, RATES, [0, -1]), "whole numbers from 0; got -1"),
    (
        lambda: compare({"A": A, "B": B}, RATES, 3, tuning_seeds=[2, 3]),
        "seed 2 would both tune",
    ),
    (lambda: compare({"A": A, "B": B}, RATES, confidence=95), "between 0 and 1"),
    (lambda: compare({"A": A, "B": lambda s, r: 7}, RATES), "B has the score 7: in points"),
    (lambda: compare({"A": A, "B": lambda s, r: "x"}, RATES), "no number named 'score'"),
    (lambda: compare({"A": lambda s, r: {"a": 1, "b": 2}, "B": B}, RATES), "a, b: score= says"),
    (lambda: compare({"A": A, "B": B}, RATES, score="loss"), "no number named 'loss'"),
]


@pytest.mark.parametrize(("call", "message"), WRONG)
def test_what_would_not_be_fair_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_contestant_is_a_function():
    with pytest.raises(TypeError, match=r"A: a contestant is f\(seed, rate\)"):
        compare({"A": 3, "B": B}, RATES)


RECORDS = sorted(path.stem for path in (ROOT / "digitlib/records").glob("*.json"))


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_of_the_package_says_how_to_make_it(name):
    record = load(name).record
    assert name in comparisons.COMPARISONS
    assert record["command"] == f"make comparisons ONLY={name}"
    assert record["budget"]
    assert record["title"]
    runs = [run for run in record["runs"] if run["phase"] == "comparing"]
    assert [run["rate"] for run in runs] == list(record["best"].values()) * len(record["seeds"])
    assert not load(name).warnings


def test_the_package_ships_records():
    assert RECORDS


@pytest.mark.parametrize(
    ("name", "differ", "alike"),
    [
        (
            "depth",
            set(),
            {"three hidden/two hidden", "three hidden/one hidden", "two hidden/one hidden"},
        ),
        ("starts", {"He/uniform", "uniform / root/uniform"}, {"He/uniform / root"}),
        (
            "convolution",
            {"convolution/large dense", "convolution/small dense", "large dense/small dense"},
            set(),
        ),
        ("channel-order", {"in order/misread"}, set()),
        ("convolution-copies", {"convolution/large dense"}, set()),
        ("batch-sizes", {"all/64", "all/8", "640/64", "640/8", "64/8"}, {"all/640"}),
        (
            "optimisers",
            set(),
            {
                "Adam/RMSProp",
                "Adam/momentum",
                "Adam/SGD",
                "RMSProp/momentum",
                "RMSProp/SGD",
                "momentum/SGD",
            },
        ),
        (
            "falling-rates",
            {
                "momentum, cosine/momentum, constant",
                "Adam, cosine/Adam, constant",
            },
            {
                "momentum, cosine/Adam, cosine",
                "momentum, constant/Adam, constant",
            },
        ),
        (
            "regularisers",
            {
                "copies/copies and dropout",
                "copies/dropout",
                "copies/decay",
                "copies/plain",
                "copies and dropout/dropout",
                "copies and dropout/decay",
                "copies and dropout/plain",
                "dropout/plain",
                "decay/plain",
            },
            {"dropout/decay"},
        ),
        (
            "left-out",
            {
                "all four/no copies",
                "all four/no batch norm",
                "all four/steady rate",
                "no dropout/steady rate",
            },
            {"no batch norm/steady rate"},
        ),
    ],
)
def test_what_notebooks_say_of_their_records_is_what_the_intervals_say(name, differ, alike):
    found = {}
    for first, second, each in load(name).pairs:
        _, low, high = t_interval(each.values())
        found[f"{first}/{second}"] = "first" if low > 0 else "second" if high < 0 else "none"
    said = dict.fromkeys(differ, "first") | dict.fromkeys(alike, "none")
    assert {pair: found[pair] for pair in said} == said


@pytest.mark.parametrize("name", RECORDS)
def test_a_sentence_of_a_record_fits_a_line_of_a_notebook_and_keeps_its_numbers(name):
    found = load(name)
    lines = repr(found).splitlines()
    verdicts = [v for v in lines if re.search(r"^Nothing separates | is better than ", v)]
    how = [v for v in lines if v.startswith(("Tuned on ", "In brackets the 95 % "))]
    assert len(verdicts) == len(found.pairs)
    assert len(how) == 2
    assert [line for line in (*verdicts, *how) if len(line) > 88] == []
    for row, said in zip(found.differences.itertuples(), verdicts, strict=True):
        assert row.first in said
        assert row.second in said
        for number in (row.mean, row.low, row.high):
            assert f"{abs(number):.2f}" in said


def test_the_page_of_comparisons_says_what_the_records_say():
    page = comparisons.PAGE.read_text(encoding="utf-8")
    written = page.partition(comparisons.BEGIN)[2].partition(comparisons.END)[0]
    assert written.strip() == comparisons.records_part(), (
        "notes/comparisons.md is older than the records or the notebooks: "
        "python -m tools.comparisons --page"
    )
    # Its rows against the records themselves, by another way than the one that wrote them.
    rows = [[cell.strip() for cell in row.split(" | ")] for row in written.splitlines()]
    for name in RECORDS:
        found = load(name)
        for row in found.differences.itertuples():
            (cells,) = [r for r in rows if r[:3] == [f"| `{name}`", row.first, row.second]]
            ends = [float(end.replace("−", "-")) for end in cells[4].split(" to ")]
            assert ends == pytest.approx([row.low, row.high], abs=0.00501)
            said = f"**{row.better}** is better" if row.better else "nothing separates them"
            assert cells[5].removesuffix(" |") == said
        (tuned,) = [r for r in rows if r[:2] == [f"| `{name}`", found.record["title"]]]
        for contestant, best in found.record["best"].items():
            assert f"{contestant} **{best:g}**" in tuned[3]


def test_the_page_is_written_between_its_marks_and_the_rest_stays(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"by hand\n{comparisons.BEGIN}\nold\n{comparisons.END}\nby hand too\n")
    comparisons.write_page(page)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("by hand\n")
    assert text.endswith("by hand too\n")
    assert comparisons.records_part() in text
    assert "\nold\n" not in text
    page.write_text("no marks\n")
    with pytest.raises(SystemExit, match="lacks the line"):
        comparisons.write_page(page)
    assert page.read_text() == "no marks\n"


def test_the_page_names_every_notebook_that_prints_a_record():
    places = comparisons.shown_in()
    assert places["depth"] == ["08 §5"]
    assert places["batch-norm"] == ["11 §4"]  # named in the text alone
    assert sorted(places) == RECORDS, "a record that no notebook shows"


def test_the_hand_kept_table_names_sections_that_exist():
    by_hand = comparisons.PAGE.read_text(encoding="utf-8").partition(comparisons.END)[2]
    rows = [line for line in by_hand.splitlines() if re.match(r"\| \d\d ", line)]
    assert len(rows) > 30
    for row in rows:
        cells = row.strip("|").split("|")
        assert len(cells) == 7, f"a cell too many or too few: {row}"
        (path,) = (ROOT / "notebooks").glob(f"{cells[0].split()[0]}_*.ipynb")
        text = "\n".join(cell.source for cell in read(path).cells)
        for section in re.findall(r"§(\d+)", cells[0]):
            assert f"\n## {section} · " in text, row
        for part in re.findall(r"\*(.+?)\*", cells[0]):
            assert re.search(rf"^### {re.escape(part)}", text, re.MULTILINE), row
