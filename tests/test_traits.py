"""Loops, slants and neighbours: what can be told of a digit without a network."""

import numpy as np
import pytest

from digitlib import load
from digitlib.data import traits


def drawn(*boxes):
    """An image with ink in boxes (top, below, left, right)."""
    image = np.zeros((28, 28))
    for top, below, left, right in boxes:
        image[top:below, left:right] = 1
    return image


RING = ((8, 10, 8, 20), (18, 20, 8, 20), (8, 20, 8, 10), (8, 20, 18, 20))


def test_a_ring_has_a_loop_and_an_open_one_has_not():
    ring, open_ring = drawn(*RING), drawn(*RING)
    open_ring[18:20, 12:14] = 0
    faint = 0.29 * ring  # less ink than counts
    filled = drawn((8, 20, 8, 20))
    tiny = drawn((8, 20, 8, 20))
    tiny[12, 12:15] = 0  # three pixels of paper
    at_the_edge = np.roll(ring, (8, 8), axis=(0, 1))  # touches the last row and column
    images = np.stack([ring, open_ring, faint, filled, tiny, at_the_edge, np.zeros((28, 28))])
    wanted = [True, False, False, False, False, True, False]
    assert traits.has_loop(images).tolist() == wanted
    assert traits.has_loop(images.reshape(-1, 784)).tolist() == wanted
    tiny[13, 12] = 0
    assert traits.has_loop(tiny[None]).tolist() == [True]


def test_the_flood_goes_round_corners_and_not_across_them():
    """Paper that is joined by a corner alone stays dry, paper behind three bends does not."""
    cut = drawn(*RING)
    cut[19, 19] = cut[18, 18] = 0  # only corners touch
    assert traits.has_loop(cut[None]).tolist() == [True]
    maze = drawn(
        (4, 6, 4, 24), (4, 24, 22, 24), (22, 24, 8, 24), (10, 24, 8, 10), (10, 12, 8, 18)
    )
    assert traits.has_loop(maze[None]).tolist() == [False]


def test_zeros_and_eights_have_loops_and_ones_have_not():
    digits = load("sample")[0]
    looped = traits.has_loop(digits.X)
    share = [looped[digits.y == k].mean() for k in range(10)]
    assert min(share[0], share[6], share[8]) > 0.6
    assert max(share[1], share[5], share[7]) < 0.1


def test_slant_is_columns_per_row():
    diagonal = np.fliplr(np.eye(28))  # /
    upright, lying = drawn((4, 24, 13, 15)), drawn((13, 14, 4, 24))
    half = np.zeros((28, 28))
    half[np.arange(28), 20 - np.arange(28) // 2] = 1
    images = np.stack([diagonal, diagonal[:, ::-1], upright, lying, half, np.zeros((28, 28))])
    wanted = [1, -1, 0, 0, 0.5, 0]
    np.testing.assert_allclose(traits.slant(images), wanted, atol=0.01)
    np.testing.assert_allclose(traits.slant(0.3 * images), wanted, atol=0.01)
    np.testing.assert_allclose(traits.slant(1e-4 * images), wanted, atol=0.01)
    moved = np.roll(half, (0, 3), axis=(0, 1))
    np.testing.assert_allclose(traits.slant(moved[None]), traits.slant(half[None]))


def test_ink_is_a_sum():
    assert traits.ink(np.stack([drawn((0, 2, 0, 3)), drawn()])).tolist() == [6, 0]


def test_neighbours_are_the_nearest_in_order():
    rng = np.random.default_rng(0)
    known, y, X = rng.random((30, 784)), np.arange(30), rng.random((4, 784))
    far = ((X[:, None] - known) ** 2).sum(axis=2)
    order = np.argsort(far, axis=1)
    for count in (1, 7, 30):
        found = traits.neighbours((known, y), X, count)
        np.testing.assert_array_equal(found, order[:, :count])
    np.testing.assert_array_equal(traits.neighbours((known, y), X), order[:, :5])
    for count in (0, 31):
        with pytest.raises(ValueError, match="from 1 to the 30 known"):
            traits.neighbours((known, y), X, count)


def test_what_is_odd_is_judged_within_the_class():
    rng = np.random.default_rng(1)
    rings = np.stack([drawn(*RING)] * 20)
    bars = np.stack([drawn((4, 24, 13, 15 + k % 4)) for k in range(20)])
    known = np.concatenate([rings, bars]) * (1 + 0.001 * rng.random((40, 28, 28))) / 1.001
    labels = np.repeat([3, 7], 20)
    X = np.stack([drawn(*RING), drawn(*RING), bars[0], drawn((4, 24, 13, 27))])
    found = traits.oddities((known, labels), X, np.array([3, 7, 7, 7]))
    assert list(found) == ["loop", "slant", "ink", "neighbours"]
    assert found["loop"].tolist() == [False, True, False, False]
    assert found["neighbours"].tolist() == [False, True, False, False]
    assert found["ink"].tolist()[1:] == [False, False, True]


def test_one_digit_in_ten_is_odd_by_slant_and_by_ink():
    train, test = load("sample", dtype=np.float64)
    found = traits.oddities(train, test.X, test.y)
    for name in ("slant", "ink"):
        assert 0.05 < found[name].mean() < 0.16, name


def test_what_cannot_be_judged_is_refused():
    X = np.zeros((2, 784))
    with pytest.raises(ValueError, match="no known digit of class 5, 8"):
        traits.oddities((X, [1, 2]), np.zeros((3, 784)), [5, 8, 1])
    for bad in (np.zeros(784), np.zeros((2, 783)), np.zeros((2, 27, 28))):
        with pytest.raises(ValueError, match="images are"):
            traits.ink(bad)


def test_most_means_more_than_half():
    """Three of five neighbours are most, two are not; so are six loops of ten."""
    known = np.zeros((10, 28, 28))
    known[:, 0, 0] = np.arange(10) / 10  # neighbours by the ink of one pixel
    X = known[[0, 9]]
    labels = np.array([4, 4, 9, 9, 9, 9, 9, 9, 4, 4])
    found = traits.oddities((known, labels), X, np.array([4, 9]))
    assert found["neighbours"].tolist() == [True, False]
    ring, bar = drawn(*RING), drawn((4, 24, 13, 15))
    for rings, usual in ((6, True), (5, False)):
        mixed = np.stack([ring] * rings + [bar] * (10 - rings))
        found = traits.oddities((mixed, np.zeros(10, int)), np.stack([ring, bar]), [0, 0])
        assert found["loop"].tolist() == [not usual, usual]


def test_a_digit_like_all_others_of_its_class_is_not_odd():
    ring = drawn(*RING)
    ring[9, 9] = 0.5
    known = np.stack([ring] * 6)
    found = traits.oddities((known, np.zeros(6, int)), known[:1], [0])
    assert sorted(found) == ["ink", "loop", "neighbours", "slant"]
    assert not any(odd[0] for odd in found.values())
