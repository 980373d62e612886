"""The frame, by what it promises: size, place, and what makes no difference."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import digitlib
from digitlib.data.frame import mnist_frame, others, read_picture

DOT = np.zeros((9, 9))
DOT[4, 4] = 1


@pytest.fixture(scope="module")
def digits():
    return digitlib.load(dtype=np.float64)[0].X[:40].reshape(-1, 28, 28)


def box(image):
    """The two sides of the part that holds ink."""
    inked = image.reshape(28, 28) > 0.1 * image.max()
    return [np.ptp(np.flatnonzero(inked.any(axis=axis))) + 1 for axis in (1, 0)]


def centre(image):
    image = image.reshape(28, 28)
    places = np.arange(28)
    return [(image.sum(axis=a) * places).sum() / image.sum() for a in (1, 0)]


def test_every_pixel_by_the_slow_formula():
    """Enlarged: each pixel is the picture at its place, between the four nearest pixels."""
    image = 0.2 + 0.8 * np.random.default_rng(0).random((5, 3))
    framed = mnist_frame(image[None]).reshape(28, 28)
    total = image.sum()
    cy = sum((4 * r + 1.5) * image[r, c] for r, c in np.ndindex(5, 3)) / total
    cx = sum((4 * c + 1.5) * image[r, c] for r, c in np.ndindex(5, 3)) / total
    top, left = round(14 - cy), round(14 - cx)
    for row, column in np.ndindex(28, 28):
        y, x, value = (row - top - 1.5) / 4, (column - left - 1.5) / 4, 0.0
        for r, c in np.ndindex(5, 3):
            value += max(0, 1 - abs(y - r)) * max(0, 1 - abs(x - c)) * image[r, c]
        assert framed[row, column] == pytest.approx(value, abs=1e-12)


def test_shrunk_by_the_slow_formula(rng):
    """Twice as fine as the frame's pixels and a bit: means over parts of pixels."""
    image = 0.2 + 0.8 * rng.random((50, 50))  # 2.5 lines to a pixel
    framed = mnist_frame(image[None]).reshape(28, 28)
    top, left = (corner.min() for corner in framed.nonzero())
    share = np.array([1, 1, 0.5])
    assert framed[top, left] == pytest.approx(share @ image[:3, :3] @ share / 2.5**2)
    below = framed[top + 1, left]
    assert below == pytest.approx(share[::-1] @ image[2:5, :3] @ share / 2.5**2)
    assert framed.sum() == pytest.approx(image.sum() / 2.5**2)


def test_every_digit_of_the_sample_is_in_its_frame_already():
    X = digitlib.load(dtype=np.float64)[0].X
    assert np.abs(mnist_frame(X.reshape(-1, 28, 28)) - X).max() < 1e-12


def test_a_far_off_centre_of_mass_cuts_nothing_off():
    image = np.zeros((20, 20))
    image[0, :] = image[:, 0] = 0.11
    image[15:, 15:] = 1
    for turned in (image, image[::-1, ::-1]):
        assert mnist_frame(turned[None]).sum() == pytest.approx(image.sum())


def test_a_finer_scan_of_a_far_off_centre_of_mass_lands_in_the_same_place():
    """147 * (20 / 147) is a hair more than 20 in floating point, not 21 pixels."""
    image = np.zeros((49, 49))
    image[0, :], image[:, 0] = 1, 0.11
    fine = np.kron(image, np.ones((3, 3)))
    assert np.allclose(mnist_frame(fine[None]), mnist_frame(image[None]), atol=1e-12)


@given(st.integers(0, 39), st.integers(0, 30), st.integers(0, 30), st.floats(0.01, 1))
def test_place_and_units_of_the_ink_make_no_difference(i, down, right, ink):
    image = digitlib.load(dtype=np.float64)[0].X[i].reshape(28, 28)
    paper = np.zeros((60, 70))
    paper[down : down + 28, right : right + 28] = image
    assert np.allclose(mnist_frame(paper[None]), mnist_frame(image[None]), atol=1e-12)
    assert np.allclose(mnist_frame(ink * image[None]), ink * mnist_frame(image[None]))


@pytest.mark.parametrize("shape", [(8, 8), (5, 9), (28, 28), (150, 100), (400, 400)])
def test_longer_side_is_twenty_and_the_ink_is_in_the_middle(shape, rng):
    image = np.zeros((shape[0] + 20, shape[1] + 20))
    image[10:-10, 10:-10] = 0.5 + 0.5 * rng.random(shape)
    framed = mnist_frame(image[None])[0]
    longest = 20 + 20 / max(shape)  # an edge fades over one pixel of the coarser grid
    assert 19 <= max(box(framed)) <= longest + 2
    ratio = np.divide(*map(float, box(framed)))
    assert ratio == pytest.approx(shape[0] / shape[1], rel=0.2)
    assert centre(framed) == pytest.approx([14, 14], abs=0.55)  # whole pixels
    assert 0 <= framed.min() <= framed.max() <= 1


def test_a_larger_drawing_of_the_same_digit_gives_the_same(digits):
    large = np.kron(digits[:10], np.ones((1, 10, 10)))
    assert np.allclose(mnist_frame(large), mnist_frame(digits[:10]), atol=1e-12)


def test_it_keeps_the_type_and_leaves_the_input_alone(digits):
    images = digits[:3].astype(np.float32)
    before = images.copy()
    assert mnist_frame(images).dtype == np.float32
    assert np.array_equal(images, before)
    assert mnist_frame(images[:0]).shape == (0, 784)


@pytest.mark.parametrize(
    ("images", "said"),
    [
        (np.zeros((2, 8, 8)), "image 0 has no ink"),
        (np.stack([DOT, -DOT]), r"image 1 has values below 0, down to -1: paper is 0"),
        (np.stack([DOT, 255 * DOT]), r"image 1 has values up to 255.*image / 255"),
        (1.5 * DOT[None], r"image 0 has values up to 1.5, .*image / image\.max"),
        (16 * DOT[None], r"image 0 has values up to 16, .*image / 16"),
        (1 - DOT[None], r"image 0 has ink all round its edge.*1 - image turns it"),
        (np.full((1, 4, 4), np.nan), "not finite"),
        (np.ones((2, 784)), r"height, width.*reshape\(-1, 28, 28\)"),
        (np.ones((100, 80)), r"One picture is a set of one: image\[None\]"),
        (np.ones((100, 80, 3)), r"a coloured picture: image\[..., :3\]\.mean\(axis=-1\)"),
        (np.ones((2, 100, 80, 4)), "a coloured picture"),
        (np.ones((2, 2, 2, 2)), r"got \(2, 2, 2, 2\)"),
        (np.ones((1, 8, 8), np.uint8), r"uint8.*images / 255"),
        (np.ones((1, 8, 8), bool), "of bool"),
        ("seven.png", r"the path 'seven.png'.*read_picture\(path\)\[None\]"),
        (Path("seven.png"), "the path 'seven.png'"),
        ([np.ones((3, 3)), np.ones((4, 4))], "different sizes.*frame each on its own"),
    ],
)
def test_what_has_no_frame_is_refused(images, said):
    with pytest.raises(ValueError, match=said):
        mnist_frame(images)


def test_ink_that_touches_three_sides_is_no_white_paper():
    ink = np.ones((30, 10))
    ink[:, -1] = 0
    for image in (ink, ink[:, ::-1], ink.T, ink.T[::-1]):
        framed = mnist_frame(image[None])
        assert framed.shape == (1, 784)
        assert framed.sum() == pytest.approx(30 * 9 * (20 / 30) ** 2)


def test_the_digits_of_others():
    images, labels = others()
    assert images.shape == (1797, 8, 8)
    assert images.dtype == np.float64
    assert (images.min(), images.max()) == (0, 1)
    assert labels.dtype == np.int64
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_without_scikit_learn_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    with pytest.raises(ImportError, match="pip install scikit-learn"):
        others()


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "LA", "P", "1"])
@pytest.mark.parametrize("turn", [False, True])
def test_a_picture_file_is_read_as_ink(mode, turn, digits, tmp_path):
    Image = pytest.importorskip("PIL.Image")
    ink = np.kron(digits[0] > 0.5, np.ones((4, 4)))  # black and white, so that no mode rounds
    grey = np.uint8(255 * (1 - ink if turn else ink))
    Image.fromarray(grey).convert(mode).save(tmp_path / "a.png")
    read = read_picture(str(tmp_path / "a.png"))
    assert read.dtype == np.float32
    np.testing.assert_array_equal(read, ink)
    assert mnist_frame(read[None]).shape == (1, 784)


def test_what_is_transparent_is_paper(tmp_path):
    Image = pytest.importorskip("PIL.Image")
    rgba = np.zeros((20, 20, 4), np.uint8)  # black, and transparent but for a stroke
    rgba[5:15, 9:11, 3] = 255
    Image.fromarray(rgba).save(tmp_path / "a.png")
    np.testing.assert_array_equal(read_picture(tmp_path / "a.png"), rgba[..., 3] / 255)


def test_a_file_that_is_no_picture_is_named(tmp_path):
    pytest.importorskip("PIL.Image")
    (tmp_path / "a.png").write_bytes(b"\x89PNG and no more")
    with pytest.raises(ValueError, match=r"a\.png: no picture that can be opened"):
        read_picture(tmp_path / "a.png")


def test_without_pillow_it_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "PIL.Image", None)
    with pytest.raises(ImportError, match="pip install pillow"):
        read_picture(tmp_path / "a.png")
