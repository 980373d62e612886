"""Distortions that one can foretell: a whole pixel, a quarter turn, a factor of two."""

import time

import numpy as np
import pytest

from digitlib import augment

RANDOM = [
    augment.affine,
    augment.elastic,
    augment.rotate,
    augment.scale,
    augment.shear,
    augment.shift,
]
NOWHERE = np.zeros((1, 2))


@pytest.fixture
def images(rng):
    """Five smooth blobs, away from the border."""
    y, x = np.mgrid[:28, :28]
    centres = rng.uniform(10, 18, (5, 2, 1, 1))
    blobs = np.exp(-((x - centres[:, 0]) ** 2 + (y - centres[:, 1]) ** 2) / 12)
    return blobs.astype(np.float32)


def turned(degrees):
    a = np.radians(degrees)
    return np.array([[[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]]])


def test_the_identity_changes_nothing(images):
    same = augment.move(images, np.eye(2)[None], NOWHERE)
    np.testing.assert_array_equal(same, images)
    np.testing.assert_array_equal(augment.elastic(images, np.random.default_rng(0), 0), images)


def test_whole_pixels_to_the_right_and_down(images):
    moved = augment.move(images, np.eye(2)[None], np.array([[3, 1]]))
    np.testing.assert_array_equal(moved[:, 1:, 3:], images[:, :-1, :-3])
    assert not moved[:, 0].any()
    assert not moved[:, :, :3].any()
    assert not augment.move(images, np.eye(2)[None], np.array([[40, 0]])).any()


def test_half_a_pixel_is_the_mean_of_two(images):
    moved = augment.move(images, np.eye(2)[None], np.array([[0.5, 0]]))
    np.testing.assert_allclose(
        moved[:, :, 1:], (images[:, :, 1:] + images[:, :, :-1]) / 2, atol=1e-6
    )


def test_a_quarter_turn_against_the_clock_is_rot90(images):
    got = augment.move(images, turned(90), NOWHERE)
    np.testing.assert_allclose(got, np.rot90(images, axes=(1, 2)), atol=1e-5)


def test_twice_the_size_is_four_times_the_ink(images):
    got = augment.move(images, 2 * np.eye(2)[None], NOWHERE)
    blob = images[np.abs(images.argmax(axis=1).max(axis=1) - 14) < 3]
    assert len(blob)
    np.testing.assert_allclose(got.sum() / images.sum(), 4, rtol=0.15)


@pytest.mark.parametrize("f", RANDOM)
@pytest.mark.parametrize("shape", [(5, 28, 28), (5, 784)])
def test_shape_dtype_range_and_the_argument(f, shape, images):
    X = images.reshape(shape)
    kept = X.copy()
    got = f(X, np.random.default_rng(1))
    assert got.shape == shape
    assert got.dtype == np.float32
    assert got.min() >= 0
    assert got.max() <= 1
    np.testing.assert_array_equal(X, kept)
    assert np.abs(got - X).max() > 0.01
    assert abs(got.sum() / X.sum() - 1) < 0.4  # bent, not gone
    np.testing.assert_array_equal(got, f(X, np.random.default_rng(1)))
    double = f(X.astype(np.float64), np.random.default_rng(1))
    assert double.dtype == np.float64
    np.testing.assert_allclose(double, got, atol=1e-4)


@pytest.mark.parametrize("f", RANDOM)
def test_each_image_is_distorted_in_its_own_way(f, images):
    got = f(np.repeat(images[:1], 20, axis=0), np.random.default_rng(2))
    assert len(np.unique(got.reshape(20, -1), axis=0)) == 20


def test_ranges_are_kept_and_used(monkeypatch):
    """The maps that `affine` draws, taken apart again."""
    drawn = []
    monkeypatch.setattr(augment, "move", lambda images, A, t: drawn.append((A, t)))
    images, rng = np.zeros((5000, 784), np.float32), np.random.default_rng(3)
    augment.affine(images, rng, shift=2, rotate=30, scale=0.25, shear=0)
    A, t = drawn[-1]
    assert 1.99 < np.abs(t).max() <= 2
    size = np.sqrt(np.linalg.det(A))
    assert 0.8 <= size.min() < 0.801
    assert 1.249 < size.max() <= 1.25
    turn = np.degrees(np.arctan2(A[:, 0, 1], A[:, 0, 0]))
    assert 29.9 < np.abs(turn).max() <= 30
    augment.shear(images, rng, degrees=20)
    A, t = drawn[-1]
    assert not t.any()
    np.testing.assert_allclose(A[:, [0, 1, 1], [0, 0, 1]], [[1, 0, 1]] * 5000, atol=1e-12)
    slant = np.degrees(np.arctan(A[:, 0, 1]))
    assert 19.9 < np.abs(slant).max() <= 20


def test_the_authors_elastic_field_moves_pixels_by_1_4_and_smoothly(monkeypatch):
    sampled = []
    monkeypatch.setattr(augment, "_sample", lambda images, x, y: sampled.append((x, y)))
    augment.elastic(np.zeros((500, 784)), np.random.default_rng(0))
    x, y = sampled[0]
    dx = x.reshape(-1, 28, 28) - np.arange(28)
    inside = dx[:, 8:20, 8:20]
    assert inside.std() == pytest.approx(1.37, abs=0.1)  # 34 / √3 / (2 √π · 4) = 1.38
    assert abs(inside.mean()) < 0.1
    assert np.diff(inside, axis=2).std() < 0.3 * inside.std()
    dy = y.reshape(-1, 28, 28) - np.arange(28)[:, None]
    assert abs(np.corrcoef(inside.ravel(), dy[:, 8:20, 8:20].ravel())[0, 1]) < 0.1


def test_fast_enough_to_distort_every_batch(rng):
    """128 images in at most 6 ms and 15 ms on one core; the best of several, in a busy room."""
    images = rng.random((128, 784), dtype=np.float32)
    for f, limit in ((augment.affine, 0.006), (augment.elastic, 0.015)):
        times = []
        for _ in range(15):
            began = time.perf_counter()
            f(images, rng)
            times.append(time.perf_counter() - began)
        assert min(times) <= limit


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda r: augment.shift(np.zeros((2, 784), np.uint8), r), TypeError, "got uint8"),
        (lambda r: augment.elastic(np.zeros((2, 700)), r), ValueError, "got .2, 700"),
        (lambda r: augment.rotate(np.zeros((2, 784)), r, -5), ValueError, "rotate is a range"),
        (lambda r: augment.elastic(np.zeros((2, 784)), r, sigma=0), ValueError, "sigma"),
    ],
)
def test_what_cannot_be_meant_is_refused(call, error, message, rng):
    with pytest.raises(error, match=message):
        call(rng)
