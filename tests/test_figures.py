"""The pictures of whole trainings: `plots_runs`, and what `tools/figures.py` draws."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
import pytest
from figure_helpers import suptitle
from notebook_tools import ROOT

import digitlib
import figures
from digitlib import plots, recipes
from digitlib.data.readers import Digits
from digitlib.plots import runs as plots_runs
from digitlib.recipes.records import reproduce

plt.switch_backend("Agg")


@pytest.fixture(autouse=True)
def _style():
    with plots_runs.slides():
        yield
        for number in plt.get_fignums():  # the layout may warn: warnings are errors here
            plt.figure(number).canvas.draw()


@pytest.fixture(scope="module")
def few():
    """f(data) -> (train, test) with 300 and 100 digits; Kaggle's test part has no labels."""
    train, test = digitlib.load()

    def source(data):
        y = None if data == "kaggle" else test.y[:100]
        return Digits(train.X[:300], train.y[:300], f"{data}/train"), Digits(
            test.X[:100], y, f"{data}/test"
        )

    return source


def test_ladder_draws_every_seed_and_what_is_reported():
    scores = {"small": [84.0, 86.0], "large": [99.0, 99.2]}
    ax = plots_runs.ladder(scores, {"small": 83.4}, title="A ladder")
    dots = [line for line in ax.lines if line.get_marker() == "o"]
    assert [list(line.get_xdata()) for line in dots] == [[16, 14], pytest.approx([1, 0.8])]
    assert [set(line.get_ydata()) for line in dots] == [{0}, {1}]
    means = [line for line in ax.lines if line.get_marker() == "|"]
    assert [line.get_xdata()[0] for line in means] == pytest.approx([15, 0.9])
    (reported,) = [
        line for line in ax.lines if line.get_marker() == "D" and len(line.get_xdata())
    ]
    assert reported.get_xdata()[0] == pytest.approx(16.6)
    assert [text.get_text() for text in ax.texts] == ["85.00 %", "99.10 %"]
    assert [label.get_text() for label in ax.get_yticklabels()] == list(scores)
    assert ax.xaxis_inverted()
    assert ax.yaxis_inverted()
    assert suptitle(ax.figure) == "A ladder"
    assert plots_runs.ladder({"one": [90.0]}).get_legend() is None
    with pytest.raises(ValueError, match="scores: a dict"):
        plots_runs.ladder({})


def test_mistakes_by_epoch_names_the_lines_in_the_order_of_their_ends():
    series = {"a": [90.0, 98.0], "b": [80.0, 85.0, 90.0]}
    ax = plots_runs.mistakes_by_epoch(series)
    assert list(ax.lines[0].get_ydata()) == [10, 2]
    assert list(ax.lines[1].get_xdata()) == [1, 2, 3]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["b", "a"]
    assert (ax.get_xlabel(), ax.get_yscale()) == ("epoch", "log")
    with pytest.raises(ValueError, match="series is a dict"):
        plots_runs.mistakes_by_epoch({})


def test_filters_share_one_scale():
    W = np.arange(-4, 14).reshape(2, 3, 3)
    axes = plots.filters(W)
    for ax, kernel in zip(axes, W):
        np.testing.assert_array_equal(ax.images[0].get_array(), kernel)
        assert ax.images[0].get_clim() == (-13, 13)
    assert suptitle(axes[0].figure) == "2 filters of 3 x 3 pixels"
    with pytest.raises(ValueError, match=r"filters are \(k, height, width\); got \(3, 3\)"):
        plots.filters(W[0])


def test_a_convolution_shows_its_kernels():
    W = np.arange(36.0).reshape(3, 3, 1, 4)  # (k_h, k_w, channels, kernels)
    network = SimpleNamespace(params={"0.W": W})
    axes = figures._first_layer(plots, plots_runs, "cnn", network)
    assert len(axes) == 4
    np.testing.assert_array_equal(
        axes[1].images[0].get_array(), np.arange(1, 37, 4).reshape(3, 3)
    )


@pytest.mark.parametrize("data", ["sample", "kaggle"])
def test_all_pictures_of_a_folder(data, few, tmp_path, monkeypatch):
    monkeypatch.setattr(figures, "BEST", ("two-layer-adam",))
    monkeypatch.setattr(figures, "WEIGHTS", ("softmax-regression", "two-layer-adam"))
    names = ["softmax-regression", "two-layer-adam"]
    options = {"source": few, "progress": False, "say": lambda line: None}
    reproduce(data, names, 1, keep=tmp_path / "kept", **options)
    drawn = {}
    saved = plots_runs.saved

    def remember(axes, path):
        drawn[path.stem.removeprefix(f"{data}_")] = np.atleast_1d(axes)
        return saved(axes, path)

    monkeypatch.setattr(plots_runs, "saved", remember)
    paths = figures.draw([tmp_path / "kept"], tmp_path / "out", few)
    assert sorted(paths) == sorted((tmp_path / "out").iterdir())
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in paths)
    curves = ["learning_curves"] if data == "kaggle" else []  # else nothing was held out
    expected = ["ladder", *curves, "weights_softmax_regression"]
    expected += [f"{what}_two_layer_adam" for what in ("confusion", "mistakes", "weights")]
    assert set(drawn) == set(expected)

    train, test = few(data)
    recipe = recipes.find("two-layer-adam")
    part, judged = (train, test) if data == "sample" else recipe.split(train, 0)
    network = recipes.run(recipe, part, progress=False).network
    right = np.count_nonzero(network.predict(judged.X) == judged.y)
    title = drawn["confusion_two_layer_adam"][0].get_title(loc="left").replace("\n", " ")
    assert f"{right} right ({100 * right / len(judged.y):.2f} %)" in title
    learned = network.params["0.W"] - recipes.fresh(recipe).params["0.W"]
    shown = drawn["weights_two_layer_adam"][3].images[0].get_array()
    np.testing.assert_array_equal(shown.ravel(), learned[:, 3])


def test_two_folders_about_one_source(few, tmp_path, monkeypatch):
    monkeypatch.setattr(figures, "WEIGHTS", ("softmax-regression",))
    options = {"source": few, "progress": False, "say": lambda line: None}
    for name in ("softmax-regression", "two-layer-adam"):
        reproduce("sample", [name], 1, keep=tmp_path / name, **options)
    drawn, saved = [], plots_runs.saved
    monkeypatch.setattr(plots_runs, "saved", lambda *a: drawn.append(a[0]) or saved(*a))
    folders = [tmp_path / "softmax-regression", tmp_path / "two-layer-adam"]
    paths = figures.draw(folders, tmp_path / "out", few)
    names = ["sample_ladder.png", "sample_weights_softmax_regression.png"]
    assert [path.name for path in paths] == names
    assert len(drawn[0].get_yticklabels()) == 2
    reproduce("mnist", ["two-layer-adam"], 1, keep=folders[1], force=True, **options)
    with pytest.raises(
        ValueError, match="of one source are wanted, these are of sample, mnist"
    ):
        figures.draw(folders, tmp_path / "out", few)


def test_only_the_weights_that_were_kept(few, tmp_path):
    options = {"source": few, "progress": False, "say": lambda line: None}
    reproduce("sample", ["softmax-regression"], 1, keep=tmp_path, **options)
    (tmp_path / "softmax-regression.npz").unlink()
    paths = figures.draw([tmp_path], tmp_path / "out", few)
    assert [path.name for path in paths] == ["sample_ladder.png"]


def test_a_folder_without_a_record(tmp_path, capsys):
    assert figures.main(["--from", str(tmp_path)]) == 1
    assert "holds no runs.json: name a folder that `reproduce --keep" in capsys.readouterr().err
    (tmp_path / "runs.json").write_text('{"data": "sample", "commands": [], "runs": []}')
    with pytest.raises(ValueError, match="no finished training"):
        figures.draw([tmp_path])


def test_ladders_of_all_that_is_on_record(tmp_path, capsys, monkeypatch):
    drawn = []
    real = figures._ladder

    def ladder(plots_runs, runs, data):
        drawn.append((data, list(runs)))
        return real(plots_runs, runs, data)

    monkeypatch.setattr(figures, "_ladder", ladder)
    line = ["--ladders", str(ROOT / "notes/results.json"), "-o", str(tmp_path)]
    assert figures.main(line) == 0
    assert drawn == [("mnist", list(recipes.RECIPES)), ("kaggle", list(recipes.RECIPES))]
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["kaggle_ladder.png", "mnist_ladder.png"]
    assert figures.main(["--ladders", str(tmp_path / "none.json")]) == 1
    assert "there is no such file; tools/results.py writes it" in capsys.readouterr().err
