"""Distortions that one can foretell: a whole pixel, a quarter turn, a factor of two."""

import inspect

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


def between(image, x, y):
    """The picture at (x, y): each pixel counts by its nearness along x and along y."""
    rows, columns = np.mgrid[:28, :28]
    near = np.maximum(0, 1 - np.abs(x - columns)) * np.maximum(0, 1 - np.abs(y - rows))
    return (near * image).sum()


def test_between_the_pixels_by_the_slow_formula(rng):
    """Turned, stretched, slanted and moved by fractions: every pixel, the paper outside too."""
    images = rng.random((3, 28, 28))
    A = np.eye(2) + rng.uniform(-0.4, 0.4, (3, 2, 2))
    t = rng.uniform(-5, 5, (3, 2))
    moved = augment.move(images, A, t)
    for i, row, column in np.ndindex(3, 28, 28):
        x, y = np.linalg.solve(A[i], np.array([column, row]) - 13.5 - t[i]) + 13.5
        assert moved[i, row, column] == pytest.approx(between(images[i], x, y), abs=1e-12)


@pytest.mark.parametrize(("alpha", "sigma"), [(20, 3), (2, 0.6)])
def test_elastic_by_the_slow_formula(alpha, sigma, rng):
    images = rng.random((2, 28, 28))
    bent = augment.elastic(images, np.random.default_rng(5), alpha, sigma)
    field = np.random.default_rng(5).random((2, 2, 28, 28), dtype=np.float32) * 2.0 - 1
    rows, columns = np.mgrid[:28, :28]
    for i, row, column in [(0, 0, 0), (1, 27, 3), (0, 13, 14), (1, 9, 20), (0, 5, 27)]:
        squares = (rows - row) ** 2 + (columns - column) ** 2
        bell = np.exp(-squares / (2 * sigma**2)) / (2 * np.pi * sigma**2)
        dx, dy = (alpha * (bell * field[axis, i]).sum() for axis in (0, 1))
        expected = between(images[i], column + dx, row + dy)
        assert bent[i, row, column] == pytest.approx(expected, abs=1e-9)


@pytest.fixture
def drawn(monkeypatch):
    """The maps (A, t) that the random functions draw, in a list."""
    maps = []
    monkeypatch.setattr(augment, "move", lambda images, A, t: maps.append((A, t)) or images)
    return maps


def test_affine_is_shear_then_scale_then_rotate_then_shift(drawn):
    augment.affine(np.zeros((50, 784)), np.random.default_rng(3), 3.0, 40.0, 0.5, 25.0)
    x, y, turn, size, slant = 2 * np.random.default_rng(3).random((5, 50)) - 1
    for i, (A, t) in enumerate(zip(*drawn[0])):
        a, k = np.radians(40 * turn[i]), np.tan(np.radians(25 * slant[i]))
        sheared = np.array([[1, k], [0, 1]])
        scaled = 1.5 ** size[i] * np.eye(2)
        rotated = np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
        np.testing.assert_allclose(A, rotated @ scaled @ sheared, atol=1e-12)
        np.testing.assert_allclose(t, [3 * x[i], 3 * y[i]])


def test_each_simple_distortion_does_one_thing_alone(drawn):
    images = np.zeros((200, 784))
    for f, amount in (("shift", 3.0), ("rotate", 20.0), ("scale", 0.4), ("shear", 15.0)):
        getattr(augment, f)(images, np.random.default_rng(4), amount)
    (A, t), (R, none_1), (S, none_2), (K, none_3) = drawn
    identity = np.tile(np.eye(2), (200, 1, 1))
    np.testing.assert_array_equal(A, identity)
    assert 2.9 < np.abs(t).max() <= 3
    np.testing.assert_allclose(R.transpose(0, 2, 1) @ R, identity, atol=1e-12)
    assert np.degrees(np.arcsin(np.abs(R[:, 0, 1]).max())) == pytest.approx(20, abs=0.5)
    np.testing.assert_allclose(S, S[:, :1, :1] * identity, atol=1e-15)
    assert 1.38 < S.max() <= 1.4
    np.testing.assert_allclose(K[:, [0, 1, 1], [0, 0, 1]], [[1, 0, 1]] * 200, atol=1e-12)
    assert np.degrees(np.arctan(K[:, 0, 1].max())) == pytest.approx(15, abs=0.5)
    for none in (none_1, none_2, none_3):
        assert not none.any()


DEFAULTS = {
    "affine": {"shift": 2.0, "rotate": 10.0, "scale": 0.1, "shear": 5.0},
    "shift": {"pixels": 2.0},
    "rotate": {"degrees": 10.0},
    "scale": {"by": 0.1},
    "shear": {"degrees": 5.0},
    "elastic": {"alpha": 34.0, "sigma": 4.0},
}


def test_the_defaults_are_those_of_this_table():
    for name, expected in DEFAULTS.items():
        parameters = inspect.signature(getattr(augment, name)).parameters.values()
        found = {p.name: p.default for p in parameters if p.default is not p.empty}
        assert found == expected, name


@pytest.mark.parametrize("name", ["shift", "rotate", "scale", "shear"])
def test_a_range_below_zero_is_refused_by_name(name, rng):
    with pytest.raises(ValueError, match=f"{name} is a range to either side.*got -0.1"):
        augment.affine(np.zeros((1, 784)), rng, **{name: -0.1})
    augment.affine(np.zeros((1, 784)), rng, **{name: 0})
