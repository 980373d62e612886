"""A convolution seen twice: as a window that moves, and as one matrix."""

import matplotlib.pyplot as plt
import numpy as np

from digitlib.formulas import conv2d, patches
from digitlib.plots.images import numbers
from digitlib.plots.style import ACCENT, INK, SIGNED, WIDTH, as_images, check, draw, titled


def convolution_window(image, kernel, row, column, title=None):
    """One place of a convolution: the window, its products, and the answer that they give.

    image (784,) or (28, 28) as for `digit_grid`, kernel (k, k) with k at most 5, without
    padding; the window's upper left corner lies at (row, column). Returns three axes: the
    image, the window with a product "pixel · weight" in each cell, and the answers
    (29 - k, 29 - k) as `axes[2].images[0].get_array()`. Derived in notebook 14.
    """
    image, kernel = as_images(np.asarray(image)[None])[0], np.asarray(kernel, dtype=float)
    k = len(kernel)
    square = kernel.shape in [(n, n) for n in range(1, 6)]
    check(square, f"the kernel is (k, k) with k from 1 to 5; got {kernel.shape}")
    last = 28 - k
    inside = 0 <= row <= last and 0 <= column <= last
    check(inside, f"the window's corner lies from 0 to {last}; got ({row}, {column})")
    image = image.astype(float)
    answers = conv2d(image[None, :, :, None], kernel[:, :, None, None])[0, :, :, 0]
    window, limit = image[row : row + k, column : column + k], np.abs(answers).max() or 1.0
    fig, axes = plt.subplots(1, 3, figsize=(WIDTH, 2.9), layout="constrained")
    draw(axes[0], image)
    draw(axes[1], window, INK, (0, 2))  # pale: ink stays readable
    draw(axes[2], answers, SIGNED, (-limit, limit))
    for (y, x), pixel in np.ndenumerate(window):
        text = f"{round(float(pixel), 2):g} · {kernel[y, x]:.3g}".replace("-", "−")
        axes[1].text(x, y, text, ha="center", va="center", fontsize=min(10, 30 / k))
    for ax, size in ((axes[0], k), (axes[2], 1)):
        look = {"fill": False, "edgecolor": ACCENT, "linewidth": 2.5}
        ax.add_patch(plt.Rectangle((column - 0.5, row - 0.5), size, size, **look))
    answer = f"{answers[row, column]:.2f}".replace("-", "−")
    for ax, name in zip(axes, ("image", "pixel · weight in the window", f"answer: {answer}")):
        ax.set_title(name, loc="center", fontsize=10, fontweight="normal")
    titled(fig, title or f"A window at row {row}, column {column}, and the answer it gives")
    return axes


def convolution_rows(image, kernel, place=0, title=None):
    """A convolution as one product: every window a row of R, the kernel a column, the answers.

    image (n, m), kernel (s, s) without padding, both of few numbers; `place` counts the windows
    as one reads, from 0: that window, its row and its answer are framed. Returns four axes: the
    image, R (places, s * s), the kernel as a column, the answers as a column; the numbers are
    `axes[i].images[0].get_array()`. Derived in notebook 14.
    """
    image, kernel = np.asarray(image, dtype=float), np.asarray(kernel, dtype=float)
    s = len(kernel)
    square = kernel.ndim == 2 and kernel.shape == (s, s)
    check(square, f"the kernel is (s, s); got {kernel.shape}")
    fits = image.ndim == 2 and min(image.shape) >= s
    check(fits, f"the image is (n, m) and at least as large as the kernel; got {image.shape}")
    R = patches(image[None, :, :, None], (s, s))[0].reshape(-1, s * s)
    check(0 <= place < len(R), f"place runs from 0 to {len(R) - 1}; got {place}")
    column = kernel.reshape(-1, 1)
    arrays = {"image": image, "R, a row per place": R, "kernel": column, "answers": R @ column}
    axes = numbers(
        arrays, title=title or "Every window as a row, and all answers as one product"
    )
    y, x = divmod(place, image.shape[1] - s + 1)
    frames = ((x, y, s, s), (0, place, s * s, 1), (0, 0, 1, s * s), (0, place, 1, 1))
    for ax, (left, top, wide, high) in zip(axes, frames):
        look = {"fill": False, "edgecolor": ACCENT, "linewidth": 2.5, "clip_on": False}
        look["zorder"] = 3  # above the axes' own frame
        ax.add_patch(plt.Rectangle((left - 0.5, top - 0.5), wide, high, **look))
    return axes


def convolution_matrix(W, size=4, title=None):
    """A convolution as one matrix T, and the transpose that carries the blame back.

    W (k, k), a kernel over images of size x size pixels without padding. The answers of all
    places, in a row, are T @ pixels, and the blame of the pixels is T.T @ blame of the
    answers. Every weight has a colour of its own, so that one can see it repeated in each row.
    Returns three axes: W, T (places, pixels) and T.T; T is `axes[1].images[0].get_array()`,
    masked where no weight stands. Derived in notebook 14.
    """
    W = np.asarray(W, dtype=float)
    check(W.ndim == 2 and W.shape[0] == W.shape[1], f"W is a kernel (k, k); got {W.shape}")
    k, out = len(W), size - len(W) + 1
    check(out >= 1 and size <= 6, f"size runs from the kernel's {k} to 6; got {size}")
    which = np.full((out * out, size * size), -1)  # the weight at each place, -1 for none
    for place in range(out * out):
        y, x = divmod(place, out)
        for weight in range(k * k):
            i, j = divmod(weight, k)
            which[place, (y + i) * size + x + j] = weight
    T = np.ma.masked_array(np.where(which < 0, 0.0, W.ravel()[which]), which < 0)
    panels = {"W": (W, np.arange(k * k).reshape(k, k)), "T": (T, which), "T.T": (T.T, which.T)}
    gap, above, widths = 0.3, 0.62, [k, size**2, out**2]
    cell = min(0.34, (WIDTH - 4 * gap) / sum(widths))
    high = cell * size**2
    fig, axes = plt.figure(figsize=(WIDTH, high + above + 0.1)), []
    fig.set_layout_engine("none")
    left = (WIDTH - cell * sum(widths) - 2 * gap) / 2
    colours = plt.get_cmap("viridis")(np.linspace(0.5, 1, k * k))  # light, for black numbers
    for (name, (values, weight)), wide in zip(panels.items(), widths):
        tall = cell * len(values)
        box = np.array([left, 0.1 + high - tall, cell * wide, tall])
        ax = fig.add_axes(box / np.tile(fig.get_size_inches(), 2))
        draw(ax, values, "Greys", (0, 1))
        shown = np.where(weight[..., None] < 0, 1.0, colours[weight])
        ax.imshow(shown, interpolation="nearest")
        for (y, x), value in np.ndenumerate(values):
            if weight[y, x] >= 0:
                text = f"{value:.3g}".replace("-", "−")
                ax.text(x, y, text, ha="center", va="center", fontsize=min(10, 26 * cell))
        ax.set_title(f"{name} {values.shape}", loc="center", fontsize=10, fontweight="normal")
        axes.append(ax)
        left += cell * wide + gap
    titled(fig, title or f"A kernel over {size} x {size} pixels as a matrix, and its transpose")
    return np.array(axes)
