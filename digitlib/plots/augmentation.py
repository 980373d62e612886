"""How a moved image is made: each pixel of the result asks where it comes from."""

import matplotlib.pyplot as plt
import numpy as np

from digitlib.data import augment
from digitlib.plots.style import ACCENT, INK, MUTED, WIDTH, as_images, check, draw, titled


def inverse_map(image, A, t=(0, 0), every=4, title=None):
    """How an image is moved: for each pixel of the result, where does it come from?

    image (784,) or (28, 28) as for `digit_grid`; A (2, 2) and t (2,) as in `augment.move`: the
    map p ↦ A (p − c) + c + t. One in `every` pixels gets an arrow from where it lies in the
    result to where its ink is fetched. Returns two axes, the image with the arrows and the
    result. Derived in notebook 12.
    """
    image = as_images(np.asarray(image)[None]).astype(float)
    A, t = np.asarray(A, dtype=float), np.asarray(t, dtype=float)
    shaped = A.shape == (2, 2) and t.shape == (2,)
    check(shaped, f"A is (2, 2) and t is (2,); got {A.shape} and {t.shape}")
    moved = augment.move(image, A[None], t[None])
    y, x = np.mgrid[every // 2 : 28 : every, every // 2 : 28 : every].reshape(2, -1)
    centre = np.full(2, augment.CENTRE)
    to = np.stack([x, y], axis=1)
    source = (np.linalg.inv(A) @ (to - centre - t).T).T + centre
    fig, axes = plt.subplots(1, 2, figsize=(WIDTH, 3.7), layout="constrained")
    draw(axes[0], image[0], INK, (0, 1.6))
    draw(axes[1], moved[0])
    look = {"angles": "xy", "scale_units": "xy", "scale": 1, "width": 0.006}
    axes[0].quiver(*to.T, *(source - to).T, color=ACCENT, **look)
    axes[0].plot(*to.T, ".", color=MUTED, markersize=3)
    axes[1].plot(*to.T, ".", color=ACCENT, markersize=3)
    axes[0].set(xlim=(-0.5, 27.5), ylim=(27.5, -0.5))
    for ax, name in zip(axes, ("the image: each dot fetches at its arrow's tip", "the result")):
        ax.set_title(name, loc="center", fontsize=10, fontweight="normal")
    titled(fig, title or "For each pixel of the result: where does it come from?")
    return axes
