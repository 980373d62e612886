"""The exercises of notebook 14: convolution."""

import numpy as np

from digitlib.exercises.model import Exercise, Wrong


def dilated_size(size, kernel, dilation, stride, padding):
    span = dilation * (kernel - 1) + 1
    return (size + 2 * padding - span) // stride + 1


def dilated_by_counting(size, kernel, dilation, stride, padding):
    places, first = 0, -padding
    while first + dilation * (kernel - 1) <= size + padding - 1:
        places += 1
        first += stride
    return places


def dilated_by_range(size, kernel, dilation, stride, padding):
    reach = (kernel - 1) * dilation
    return len(range(0, size + 2 * padding - reach, stride))


def kernel_times_dilation(size, kernel, dilation, stride, padding):
    return (size + 2 * padding - kernel * dilation) // stride + 1


def fence_post(size, kernel, dilation, stride, padding):
    return (size + 2 * padding - (dilation * (kernel - 1) + 1)) // stride


def padding_once(size, kernel, dilation, stride, padding):
    return (size + padding - (dilation * (kernel - 1) + 1)) // stride + 1


def gaps_of_d(size, kernel, dilation, stride, padding):
    span = kernel + (kernel - 1) * dilation
    return (size + 2 * padding - span) // stride + 1


def toeplitz(w, n):
    places = n - len(w) + 1
    T = np.zeros((places, n))
    for x in range(places):
        T[x, x : x + len(w)] = w
    return T


def toeplitz_by_diagonals(w, n):
    places = n - len(w) + 1
    return sum(w[j] * np.eye(places, n, j) for j in range(len(w)))


def toeplitz_by_index(w, n):
    j = np.arange(n) - np.arange(n - len(w) + 1)[:, None]
    inside = (j >= 0) & (j < len(w))
    return np.where(inside, w[np.clip(j, 0, len(w) - 1)], 0.0)


def toeplitz_turned(w, n):
    places = n - len(w) + 1
    T = np.zeros((places, n))
    for x in range(places):
        T[x, x : x + len(w)] = w[::-1]
    return T


def toeplitz_as_columns(w, n):
    places = n - len(w) + 1
    T = np.zeros((n, places))
    for x in range(places):
        T[x : x + len(w), x] = w
    return T


def toeplitz_round_the_end(w, n):
    row = np.concatenate([w, np.zeros(n - len(w))])
    return np.stack([np.roll(row, x) for x in range(n)])


def toeplitz_not_moved(w, n):
    T = np.zeros((n - len(w) + 1, n))
    T[:, : len(w)] = w
    return T


def pointwise_dW(dZ, X):
    return X.reshape(-1, X.shape[-1]).T @ dZ.reshape(-1, dZ.shape[-1])


def pointwise_by_einsum(dZ, X):
    return np.einsum("nyxc,nyxk->ck", X, dZ)


def pointwise_by_loop(dZ, X):
    dW = np.zeros((X.shape[3], dZ.shape[3]))
    for n, y, x in np.ndindex(X.shape[:3]):
        dW += np.outer(X[n, y, x], dZ[n, y, x])
    return dW


def pointwise_transposed(dZ, X):
    return dZ.reshape(-1, dZ.shape[-1]).T @ X.reshape(-1, X.shape[-1])


def pointwise_mean(dZ, X):
    n = X.shape[0] * X.shape[1] * X.shape[2]
    return X.reshape(-1, X.shape[-1]).T @ dZ.reshape(-1, dZ.shape[-1]) / n


def pointwise_sums_first(dZ, X):
    return np.outer(X.sum(axis=(0, 1, 2)), dZ.sum(axis=(0, 1, 2)))


def pointwise_wrong_order(dZ, X):
    return X.reshape(X.shape[-1], -1) @ dZ.reshape(-1, dZ.shape[-1])


def mean_pool_backward(dY, size):
    return dY.repeat(size, axis=1).repeat(size, axis=2) / size**2


def mean_pool_backward_by_loop(dY, size):
    N, H, W, C = dY.shape
    dX = np.zeros((N, H * size, W * size, C))
    for y in range(H * size):
        for x in range(W * size):
            dX[:, y, x] = dY[:, y // size, x // size] / size**2
    return dX


def mean_pool_backward_by_kron(dY, size):
    return np.kron(dY, np.full((1, size, size, 1), 1 / size**2))


def share_not_divided(dY, size):
    return dY.repeat(size, axis=1).repeat(size, axis=2)


def divided_by_the_side(dY, size):
    return dY.repeat(size, axis=1).repeat(size, axis=2) / size


def tiled(dY, size):
    return np.tile(dY, (1, size, size, 1)) / size**2


def all_to_the_first(dY, size):
    N, H, W, C = dY.shape
    dX = np.zeros((N, H * size, W * size, C))
    dX[:, ::size, ::size] = dY
    return dX


def receptive_field(kernels, strides):
    field, step = 1, 1
    for k, s in zip(kernels, strides):
        field += (k - 1) * step
        step *= s
    return field


def field_from_the_end(kernels, strides):
    field = 1
    for k, s in zip(kernels[::-1], strides[::-1]):
        field = (field - 1) * s + k
    return field


def field_by_sets(kernels, strides):
    seen = {0}
    for k, s in zip(reversed(kernels), reversed(strides)):
        seen = {s * place + i for place in seen for i in range(k)}
    return max(seen) - min(seen) + 1


def field_without_strides(kernels, strides):
    return 1 + sum(k - 1 for k in kernels)


def field_step_too_early(kernels, strides):
    field, step = 1, 1
    for k, s in zip(kernels, strides):
        step *= s
        field += (k - 1) * step
    return field


def field_last_stride_only(kernels, strides):
    field, step = 1, 1
    for k, s in zip(kernels, strides):
        field += (k - 1) * step
        step = s
    return field


def field_without_the_first_pixel(kernels, strides):
    field, step = 0, 1
    for k, s in zip(kernels, strides):
        field += (k - 1) * step
        step *= s
    return field


def _images(seed, *shapes):
    rng = np.random.default_rng(seed)
    return tuple(rng.standard_normal(shape) for shape in shapes)


EXERCISES = (
    Exercise(
        name="14.dilated_size",
        reference=dilated_size,
        cases=(
            (7, 3, 2, 1, 0),
            (28, 3, 2, 1, 2),
            (28, 5, 3, 2, 1),
            (9, 2, 4, 3, 0),
            (28, 5, 1, 2, 1),
            (12, 3, 3, 1, 4),
        ),
        tested="dilations of 1 to 4, strides of 1 to 3, paddings of 0 to 4",
        hints=(
            "How many pixels does one side of the kernel span, first and last included?",
            "A dilated kernel covers d (k − 1) + 1 pixels; put that in the place of k in the "
            "formula above.",
            "(size + 2 * padding - (dilation * (kernel - 1) + 1)) // stride + 1",
        ),
        wrong=(
            Wrong(
                kernel_times_dilation,
                "You let the kernel cover k · d pixels. Between k pixels there are only k − 1 "
                "gaps: it covers d (k − 1) + 1.",
            ),
            Wrong(
                fence_post,
                "You are one place short, every time: the first place, at 0, has to be "
                "counted too.",
            ),
            Wrong(
                padding_once,
                "You add the padding once. It goes before and behind.",
            ),
            Wrong(
                gaps_of_d,
                "You leave d empty pixels between two of the kernel's. They stand d apart, so "
                "d − 1 are empty, and none for d = 1.",
            ),
            Wrong(
                lambda size, kernel, dilation, stride, padding: (
                    (size + 2 * padding - (kernel + dilation - 1)) // stride + 1
                ),
                "You widen the kernel by one gap. Between its k pixels lie k "
                "− 1 gaps, and each is d wide.",
            ),
        ),
        right=(dilated_by_counting, dilated_by_range),
    ),
    Exercise(
        name="14.toeplitz",
        reference=toeplitz,
        cases=(
            (np.array([1.0, 2.0]), 3),
            (np.array([-1.0, 0.5, 3.0]), 5),
            (np.array([2.0, -1.0, 0.25, 4.0]), 9),
            (np.array([3.0, -2.0, 1.0]), 3),
        ),
        tested="kernels of 2 to 4 numbers over lines of 3 to 9, also one place only",
        hints=(
            "What are the first row and the second row, for w = (1, 2) and n = 3?",
            "Row x holds w from column x on, and zeros elsewhere: T[x, x + j] = w[j].",
            "for x in range(n - len(w) + 1): T[x, x : x + len(w)] = w",
        ),
        wrong=(
            Wrong(
                toeplitz_turned,
                "Your rows hold the kernel turned round. That is mathematics' convolution; "
                "here w[0] meets the pixel at x.",
            ),
            Wrong(
                toeplitz_as_columns,
                "Your places are columns. T multiplies the line x from the left, so each "
                "place is a row: (n − k + 1, n). What you have is the matrix of the way back.",
            ),
            Wrong(
                toeplitz_round_the_end,
                "Your last rows run over the end and begin again at the front. A kernel "
                "stops where it no longer fits.",
            ),
            Wrong(
                toeplitz_not_moved,
                "Every row of yours stands at place 0: move the kernel one column to the "
                "right in each row.",
            ),
            Wrong(
                lambda w, n: np.array(
                    [
                        [w[j - i] if 0 <= j - i < len(w) else 0.0 for j in range(n)]
                        for i in range(n)
                    ]
                ),
                "Your last rows hang over the end with a part of the kernel. "
                "Only places where the whole kernel fits count: n − k + 1 rows.",
            ),
            Wrong(
                lambda w, n: w[0] * np.eye(n - len(w) + 1, n),
                "Only the first weight is written. Each row holds the whole kernel.",
            ),
        ),
        right=(toeplitz_by_diagonals, toeplitz_by_index),
    ),
    Exercise(
        name="14.pointwise_dW",
        reference=pointwise_dW,
        cases=(
            (
                np.array([[[[1.0]], [[2.0]]]]).reshape(1, 2, 1, 1),
                np.array([[[[3.0, 5.0]], [[7.0, 11.0]]]]).reshape(1, 2, 1, 2),
            ),
            _images(0, (3, 4, 5, 2), (3, 4, 5, 3)),
            _images(1, (1, 6, 2, 4), (1, 6, 2, 4)),
            _images(2, (5, 1, 1, 3), (5, 1, 1, 2)),
        ),
        tested="1 to 5 images, square and not, 1 to 4 channels and filters",
        hints=(
            "To a 1x1 kernel every pixel is an example of its own, and the pixels of all "
            "images are its batch.",
            "dW = Xᵀ dZ with X as (N·H·W, C) and dZ as (N·H·W, K).",
            "X.reshape(-1, X.shape[-1]).T @ dZ.reshape(-1, dZ.shape[-1])",
        ),
        wrong=(
            Wrong(
                pointwise_transposed,
                "Yours is (K, C). W is stored (C, K), channels first: exchange the two "
                "factors.",
            ),
            Wrong(
                pointwise_mean,
                "You divide by the number of pixels. dZ already holds the slopes of the mean "
                "loss; over places they are added up.",
            ),
            Wrong(
                pointwise_sums_first,
                "You sum X and dZ over the places first and multiply then. Each pixel "
                "belongs with its own blame: multiply, then sum.",
            ),
            Wrong(
                pointwise_wrong_order,
                "X.reshape(C, −1) does not bring the channels to the front, it cuts the "
                "memory elsewhere: reshape to (−1, C), then transpose.",
            ),
        ),
        right=(pointwise_by_einsum, pointwise_by_loop),
    ),
    Exercise(
        name="14.mean_pool_backward",
        reference=mean_pool_backward,
        cases=(
            (np.array([[1.0, 2.0], [3.0, 4.0]]).reshape(1, 2, 2, 1), 2),
            (*_images(3, (2, 3, 2, 3)), 2),
            (*_images(4, (1, 2, 4, 2)), 3),
        ),
        tested="windows of 2 and 3, several images and channels",
        hints=(
            "By how much does the mean of four pixels grow when one of them grows by 1?",
            "Every pixel of a window gets its dY / size².",
            "dY.repeat(size, axis=1).repeat(size, axis=2) / size**2",
        ),
        wrong=(
            Wrong(
                share_not_divided,
                "Every pixel gets the whole blame. The mean divides by the number of pixels "
                "in a window, and so does its slope.",
            ),
            Wrong(
                divided_by_the_side,
                "You divide by the side of the window. It holds size² pixels.",
            ),
            Wrong(
                tiled,
                "The values are right, their places are not: np.tile sets whole copies side "
                "by side. A window's pixels are neighbours: repeat.",
            ),
            Wrong(
                all_to_the_first,
                "You give everything to one pixel of the window. That is a maximum; a mean "
                "heard them all.",
            ),
            Wrong(
                lambda dY, size: dY.repeat(size, axis=1) / size**2,
                "You repeat along one side only. A window has a height and a width.",
            ),
            Wrong(
                lambda dY, size: np.kron(
                    dY, np.pad([[1.0]], ((size - 1, 0), (size - 1, 0)))[None, :, :, None]
                ),
                "You give everything to one pixel of the window. That is a "
                "maximum; a mean heard them all.",
            ),
            Wrong(
                lambda dY, size: dY.repeat(size**2, axis=1).repeat(size**2, axis=2) / size**2,
                "You repeat size² times along each side, and get size⁴ "
                "pixels. Along each side it is `size` times.",
            ),
            Wrong(
                lambda dY, size: dY.repeat(size, axis=1).repeat(size, axis=2) / 4,
                "You divide by 4, which is right for a size of 2 alone.",
            ),
        ),
        right=(mean_pool_backward_by_loop, mean_pool_backward_by_kron),
    ),
    Exercise(
        name="14.receptive_field",
        reference=receptive_field,
        cases=(
            ([3, 2], [1, 2]),
            ([3, 3], [1, 1]),
            ([3, 3], [2, 1]),
            ([5, 2, 5], [1, 2, 1]),
            ([5, 2, 5, 2], [1, 2, 1, 2]),
            ([3, 3, 2, 3, 3, 2], [1, 1, 2, 1, 1, 2]),
            ([7], [4]),
            ([3, 3, 3], [2, 2, 1]),
            ([2, 3, 5, 2], [3, 3, 2, 1]),
        ),
        tested="one to six layers, strides of 1, 2 and 4",
        hints=(
            "Two neighbours in the output of a layer with stride 2 stand two pixels apart in "
            "its input.",
            "Begin with a field of 1 and a step of 1. Each layer adds (k − 1) · step, and then "
            "multiplies the step by its stride.",
            "field += (k - 1) * step, and then step *= s",
        ),
        wrong=(
            Wrong(
                field_without_strides,
                "You leave the strides out. After a stride of 2, the next kernel's pixels "
                "stand twice as far apart in the image.",
            ),
            Wrong(
                field_step_too_early,
                "You multiply by a layer's stride before that layer's own kernel. Its stride "
                "moves its places apart, and only the layers after it see that.",
            ),
            Wrong(
                field_last_stride_only,
                "Your step is the stride of the layer before, alone. After two strides of 2, "
                "places stand four pixels apart: multiply all strides so far.",
            ),
            Wrong(
                field_without_the_first_pixel,
                "You are one short, every time: with no layer at all a number sees one "
                "pixel, itself.",
            ),
            Wrong(
                lambda kernels, strides: 1 + sum((k - 1) * s for k, s in zip(kernels, strides)),
                "You multiply by the layer's own stride alone. What counts "
                "is the product of the strides of all layers before it.",
            ),
            Wrong(
                lambda kernels, strides: receptive_field(kernels[::-1], strides[::-1]),
                "You go through the layers from the last to the first with "
                "the rule for the other direction.",
            ),
            Wrong(
                lambda kernels, strides: receptive_field(kernels, strides) * strides[-1],
                "You multiply by the last stride at the end. The stride of "
                "the last layer moves its places apart, and no layer after it sees that.",
            ),
            Wrong(
                lambda kernels, strides: (
                    1 + sum(k * int(np.prod(strides[:i])) for i, k in enumerate(kernels))
                ),
                "Each layer adds k − 1 steps, not k: one pixel of its kernel "
                "lies where the field already was.",
            ),
        ),
        right=(field_from_the_end, field_by_sets),
    ),
)
