"""`digitlib predict`: CSV, IDX and pictures through a kept model, and what is wrong there."""

import gzip
import json
import sys

import numpy as np
import pytest
from data_helpers import csv_bytes, idx_bytes
from notebook_tools import ROOT

import digitlib
from digitlib import recipes
from digitlib.__main__ import main
from digitlib.data.frame import read_picture
from digitlib.data.submission import check_submission
from digitlib.recipes.model import Model
from digitlib.recipes.pictures import cleaned, read_any

Image = pytest.importorskip("PIL.Image")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """(a model, the folder that it was saved in, 60 digits that it did not learn from)."""
    train, test = digitlib.load()
    network = recipes.run("three-layer-augment", train, progress=False).network
    folder = tmp_path_factory.mktemp("model")
    model = Model([network], shifted=True, temperature=1.1)
    model.save(folder)
    return model, folder, digitlib.Digits(test.X[:60], test.y[:60], "")


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def bytes_of(X):
    return np.rint(255 * X).astype(np.uint8)


def lines_of(capsys):
    said = capsys.readouterr()
    assert said.err == ""
    return said.out.splitlines()


def test_csv_with_and_without_labels(kept, here, capsys):
    model, folder, (X, y, _) = kept
    pixels = bytes_of(X)
    (here / "plain.csv").write_bytes(csv_bytes(pixels))
    (here / "labelled.csv").write_bytes(csv_bytes(np.column_stack([y, pixels]), header=False))
    P = model.predict_proba(X)
    right = (P.argmax(axis=1) == y).sum()
    assert main(["predict", str(folder), "plain.csv", "labelled.csv"]) == 0
    lines = lines_of(capsys)
    assert len(lines) == 121
    assert lines[0].startswith(f"plain.csv, row 1: {P[0].argmax()}, {P[0].max():.1%}")
    assert lines[-1].startswith(
        f"labelled.csv: {right} of 60 read right, {right / 60:.2%}, 95 %"
    )
    unsure = int(np.flatnonzero(P.max(axis=1) < 0.9)[0])
    second = np.argsort(-P[unsure])[1]
    assert lines[unsure].endswith(f"(or {second}, {P[unsure, second]:.1%})")
    assert all("(or" not in lines[row] for row in np.flatnonzero(P.max(axis=1) >= 0.9))


def test_idx_images(kept, here, capsys):
    model, folder, (X, _, _) = kept
    images = bytes_of(X).reshape(-1, 28, 28)
    (here / "images").write_bytes(idx_bytes(images))
    (here / "packed.gz").write_bytes(gzip.compress(idx_bytes(images)))
    (here / "labels").write_bytes(idx_bytes(np.arange(9, dtype=np.uint8)))
    assert main(["predict", str(folder), "images", "packed.gz"]) == 0
    lines = [line.partition(": ")[2].split()[0] for line in lines_of(capsys)]
    assert lines == 2 * [f"{digit}," for digit in model.predict(X)]
    assert main(["predict", str(folder), "labels"]) == 1
    assert (
        "labels: holds 9 single numbers, so it is the file of labels" in capsys.readouterr().err
    )


def drawn(entry, side=420, width=26, paper=245, pen=30):
    """A hand's strokes as a picture: dark lines on light paper."""
    from PIL import ImageDraw

    image = Image.new("L", (side, side), paper)
    draw = ImageDraw.Draw(image)
    for stroke in entry["strokes"]:
        points = [(x * side, y * side) for x, y in stroke]
        draw.line(points, fill=pen, width=width, joint="curve")
    return image


HANDS = json.loads((ROOT / "digitlib/draw/drawn.json").read_text(encoding="utf-8"))["sets"]


def test_pictures_are_framed_whatever_their_paper(kept, here, capsys):
    _, folder, _ = kept
    shade = np.linspace(0, 40, 420)[None, :] + np.linspace(0, 25, 420)[:, None]
    noise = np.random.default_rng(0).normal(0, 2, (420, 420))
    ways = {"plain.png": 0, "dark.png": 0, "clear.png": 0, "photo.jpg": 0}
    hands = HANDS[::3]
    for entry in hands:
        image = drawn(entry)
        grey = np.asarray(image, float)
        image.save("plain.png")
        Image.fromarray((255 - grey).astype(np.uint8)).save("dark.png")
        clear = Image.new("RGBA", image.size, (20, 20, 90, 255))
        clear.putalpha(Image.fromarray((255 * (grey < 128)).astype(np.uint8)))
        clear.save("clear.png")
        photo = np.clip(grey - shade + noise, 0, 255).astype(np.uint8)
        Image.fromarray(photo).resize((1100, 1100)).save("photo.jpg")
        assert main(["predict", str(folder), *ways]) == 0
        for line in lines_of(capsys):
            name, _, answer = line.partition(": ")
            ways[name] += answer.startswith(str(entry["digit"]))
    assert min(ways.values()) >= 0.8 * len(hands), ways
    assert max(ways.values()) - min(ways.values()) <= 1, "the same digits on other paper"


def test_a_digit_of_mnist_stays_as_it_is_in_a_picture(kept, here):
    _, _, (X, _, _) = kept
    for row in range(5):
        Image.fromarray(255 - bytes_of(X[row]).reshape(28, 28)).save("digit.png")
        digits, is_picture = read_any("digit.png")
        assert is_picture
        np.testing.assert_allclose(digits.X[0], X[row] / X[row].max(), atol=1e-6)


def test_a_camera_that_was_turned(here):
    image = drawn(HANDS[7]).convert("RGB")
    exif = image.getexif()
    exif[0x0112] = 6  # turn it by a right angle to see it upright
    image.rotate(90, expand=True).save("turned.png", exif=exif)
    image.save("upright.png")
    np.testing.assert_allclose(
        read_picture("turned.png"), read_picture("upright.png"), atol=0.02
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\nrest", "bad.png: no picture that can be opened"),
        (b"\xff\xd8\xff\xe0", "bad.png: no picture that can be opened"),
        (b"no numbers,at all\n", "bad.png: "),
        (b"\0\0\x08\x03", "bad.png: "),
    ],
)
def test_a_damaged_file_is_named_before_anything_is_printed(data, said, kept, here, capsys):
    _, folder, (X, _, _) = kept
    (here / "good.csv").write_bytes(csv_bytes(bytes_of(X[:2])))
    (here / "bad.png").write_bytes(data)
    assert main(["predict", str(folder), "good.csv", "bad.png"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("digitlib predict: ")
    assert said in err


def test_paper_is_a_plane_and_its_noise(rng):
    y, x = np.mgrid[:40, :30] / 40
    paper = 0.1 + 0.2 * y + 0.1 * x
    ink = paper.copy()
    ink[10:30, 12:16] += 0.5
    expected = np.zeros((40, 30))
    expected[10:30, 12:16] = 1
    np.testing.assert_allclose(cleaned(ink), expected, atol=1e-9)
    noisy = cleaned(ink + rng.normal(0, 0.01, ink.shape))
    assert np.abs(noisy - expected).max() < 0.15
    assert (noisy[expected == 0] == 0).mean() > 0.9
    assert cleaned(paper + rng.normal(0, 0.02, ink.shape)) is None


def test_blank_paper_is_no_digit(kept, here, capsys):
    Image.new("L", (100, 80), 250).save("blank.png")
    assert main(["predict", str(kept[1]), "blank.png"]) == 1
    assert "blank.png: no digit on plain paper is to be seen" in capsys.readouterr().err


def test_without_pillow(kept, here, capsys, monkeypatch):
    drawn(HANDS[0]).save("zero.png")
    monkeypatch.setitem(sys.modules, "PIL.Image", None)
    assert main(["predict", str(kept[1]), "zero.png"]) == 1
    assert "pip install pillow" in capsys.readouterr().err


def test_a_submission_is_written_and_an_older_one_is_safe(kept, here, capsys):
    model, folder, (X, _, _) = kept
    (here / "test.csv").write_bytes(csv_bytes(bytes_of(X)))
    line = ["predict", str(folder), "test.csv", "--submission", "out.csv"]
    assert main(line) == 0
    assert lines_of(capsys)[-1] == "out.csv: 60 rows, checked"
    np.testing.assert_array_equal(check_submission("out.csv", 60), model.predict(X))
    assert main(line) == 1
    assert "out.csv exists. --force replaces it" in capsys.readouterr().err
    assert main([*line, "--force"]) == 0
    assert main([*line[:-1], "test.csv", "--force"]) == 1
    assert "test.csv: this is what is read" in capsys.readouterr().err


def test_a_model_that_is_none(here, capsys):
    assert main(["predict", "nothing", "x.csv"]) == 1
    assert "nothing" in capsys.readouterr().err
