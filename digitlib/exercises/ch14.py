"""The exercises of notebook 14: convolution."""

import numpy as np

from digitlib.exercises.model import Exercise, Line, Wall, Wrong


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


def dilated_and_rounded(size, kernel, dilation, stride, padding):
    span = dilation * (kernel - 1) + 1
    return round((size + 2 * padding - span) / stride) + 1


def dilated_in_its_stride(size, kernel, dilation, stride, padding):
    return (size + 2 * padding - kernel) // (stride * dilation) + 1


def one_before_dividing(size, kernel, dilation, stride, padding):
    span = dilation * (kernel - 1) + 1
    return (size + 2 * padding - span + 1) // stride


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


def toeplitz_to_the_left(w, n):
    row = np.concatenate([w, np.zeros(n - len(w))])
    return np.stack([np.roll(row, -q) for q in range(n - len(w) + 1)])


def toeplitz_with_zeros_round(w, n):
    half = len(w) // 2
    return toeplitz(w, n + len(w) - 1)[:, half : half + n]


def toeplitz_in_jumps(w, n):
    T = np.zeros((n - len(w) + 1, n))
    for q in range(n // len(w)):
        if q < len(T):
            T[q, q * len(w) : (q + 1) * len(w)] = w
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


def cut_from_one_long_row(dY, size):
    N, H, W, C = dY.shape
    return np.repeat(dY, size**2).reshape(N, H * size, W * size, C) / size**2


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


def field_of_added_strides(kernels, strides):
    field, step = 1, 1
    for kernel, stride in zip(kernels, strides):
        field += (kernel - 1) * step
        step += stride
    return field


def field_of_strides_alone_added(kernels, strides):
    field, step = 1, 0
    for kernel, stride in zip(kernels, strides):
        field += (kernel - 1) * max(step, 1)
        step += stride
    return field


def field_with_a_step_too_many(kernels, strides):
    field = 1
    for kernel, stride in zip(kernels[::-1], strides[::-1]):
        field = field * stride + kernel
    return field


def map_that_is_left(kernels, strides):
    side = 28
    for kernel, stride in zip(kernels, strides):
        side = (side - kernel) // stride + 1
    return side


def im2col(X, S):
    rows = []
    for y in range(X.shape[0] - S + 1):
        for x in range(X.shape[1] - S + 1):
            rows.append(X[y : y + S, x : x + S].ravel())
    return np.array(rows)


def im2col_by_index(X, S):
    high, wide = X.shape[0] - S + 1, X.shape[1] - S + 1
    R = np.zeros((high * wide, S * S * X.shape[2]))
    for q in range(high * wide):
        y, x = divmod(q, wide)
        R[q] = X[y : y + S, x : x + S].reshape(-1)
    return R


def im2col_by_views(X, S):
    windows = np.lib.stride_tricks.sliding_window_view(X, (S, S), axis=(0, 1))
    return windows.transpose(0, 1, 3, 4, 2).reshape(-1, S * S * X.shape[2])


def last_place_left_out(X, S):
    rows = []
    for y in range(X.shape[0] - S):
        for x in range(X.shape[1] - S):
            rows.append(X[y : y + S, x : x + S].ravel())
    return np.array(rows)


def over_the_edge(X, S):
    rows = []
    for y in range(X.shape[0]):
        for x in range(X.shape[1]):
            rows.append(X[y : y + S, x : x + S].ravel())
    return np.array(rows)


def side_by_side(X, S):
    rows = []
    for y in range(0, X.shape[0] - S + 1, S):
        for x in range(0, X.shape[1] - S + 1, S):
            rows.append(X[y : y + S, x : x + S].ravel())
    return np.array(rows)


def windows_as_columns(X, S):
    return im2col(X, S).T


def column_after_column(X, S):
    rows = []
    for x in range(X.shape[1] - S + 1):
        for y in range(X.shape[0] - S + 1):
            rows.append(X[y : y + S, x : x + S].ravel())
    return np.array(rows)


def height_for_width(X, S):
    rows = []
    for y in range(X.shape[0] - S + 1):
        for x in range(X.shape[0] - S + 1):
            rows.append(X[y : y + S, x : x + S].ravel())
    return np.array(rows)


def rows_and_columns_exchanged(X, S):
    rows = []
    for y in range(X.shape[0] - S + 1):
        for x in range(X.shape[1] - S + 1):
            rows.append(X[x : x + S, y : y + S].ravel())
    return np.array(rows)


def windows_not_flat(X, S):
    windows = []
    for y in range(X.shape[0] - S + 1):
        for x in range(X.shape[1] - S + 1):
            windows.append(X[y : y + S, x : x + S])
    return np.array(windows)


def windows_summed(X, S):
    return im2col(X, S).sum(axis=1)


def channels_first(X, S):
    rows = []
    for y in range(X.shape[0] - S + 1):
        for x in range(X.shape[1] - S + 1):
            rows.append(X[y : y + S, x : x + S].transpose(2, 0, 1).ravel())
    return np.array(rows)


def first_channel_only(X, S):
    return im2col(X[:, :, :1], S)


def first_place_left_out(X, S):
    rows = []
    for y in range(1, X.shape[0] - S + 1):
        for x in range(1, X.shape[1] - S + 1):
            rows.append(X[y : y + S, x : x + S].ravel())
    return np.array(rows)


def list_begins_anew(X, S):
    for y in range(X.shape[0] - S + 1):
        rows = []
        for x in range(X.shape[1] - S + 1):
            rows.append(X[y : y + S, x : x + S].ravel())
    return np.array(rows)


def returns_too_early(X, S):
    for y in range(X.shape[0] - S + 1):
        rows = []
        for x in range(X.shape[1] - S + 1):
            rows.append(X[y : y + S, x : x + S].ravel())
        break
    return np.array(rows)


def down_the_columns_of_a_window(X, S):
    rows = []
    for y in range(X.shape[0] - S + 1):
        for x in range(X.shape[1] - S + 1):
            rows.append(X[y : y + S, x : x + S].transpose(1, 0, 2).ravel())
    return np.array(rows)


def one_pixel_short(X, S):
    rows = []
    for y in range(X.shape[0] - S + 1):
        for x in range(X.shape[1] - S + 1):
            rows.append(X[y : y + S - 1, x : x + S - 1].ravel())
    return np.array(rows)


def zeros_behind(X, S):
    return im2col(np.pad(X, ((0, S - 1), (0, S - 1), (0, 0))), S)


def zeros_all_round(X, S):
    return im2col(np.pad(X, ((S // 2, S // 2), (S // 2, S // 2), (0, 0))), S)


def all_in_the_first_row(X, S):
    rows = im2col(X, S)
    R = np.zeros(rows.shape)
    R[0] = rows[-1]
    return R


def height_numbers_places(X, S):
    high, wide = X.shape[0] - S + 1, X.shape[1] - S + 1
    R = np.zeros((high * wide, S * S * X.shape[2]))
    for y in range(high):
        for x in range(wide):
            R[y * high + x] = X[y : y + S, x : x + S].ravel()
    return R


def col2im(dR, shape, S):
    dX, q = np.zeros(shape), 0
    for y in range(shape[0] - S + 1):
        for x in range(shape[1] - S + 1):
            dX[y : y + S, x : x + S] += dR[q].reshape(S, S, -1)
            q += 1
    return dX


def col2im_by_offset(dR, shape, S):
    high, wide = shape[0] - S + 1, shape[1] - S + 1
    dR = np.reshape(dR, (high, wide, S, S, shape[2]))
    dX = np.zeros(shape)
    for u in range(S):
        for v in range(S):
            dX[u : u + high, v : v + wide] += dR[:, :, u, v]
    return dX


def col2im_by_number(dR, shape, S):
    home = im2col(np.arange(np.prod(shape)).reshape(shape), S)
    return np.bincount(home.ravel(), np.ravel(dR), int(np.prod(shape))).reshape(shape)


def copies_overwritten(dR, shape, S):
    dX, q = np.zeros(shape), 0
    for y in range(shape[0] - S + 1):
        for x in range(shape[1] - S + 1):
            dX[y : y + S, x : x + S] = dR[q].reshape(S, S, -1)
            q += 1
    return dX


def copies_averaged(dR, shape, S):
    return col2im(dR, shape, S) / col2im(np.ones(np.shape(dR)), shape, S)


def first_row_for_all(dR, shape, S):
    dX = np.zeros(shape)
    for y in range(shape[0] - S + 1):
        for x in range(shape[1] - S + 1):
            dX[y : y + S, x : x + S] += dR[0].reshape(S, S, -1)
    return dX


def added_column_after_column(dR, shape, S):
    dX, q = np.zeros(shape), 0
    for x in range(shape[1] - S + 1):
        for y in range(shape[0] - S + 1):
            dX[y : y + S, x : x + S] += dR[q].reshape(S, S, -1)
            q += 1
    return dX


def height_counts_places(dR, shape, S):
    dX = np.zeros(shape)
    for y in range(shape[0] - S + 1):
        for x in range(shape[1] - S + 1):
            row = dR[y * (shape[0] - S + 1) + x]
            dX[y : y + S, x : x + S] += row.reshape(S, S, -1)
    return dX


def channels_cut_elsewhere(dR, shape, S):
    dX, q = np.zeros(shape), 0
    for y in range(shape[0] - S + 1):
        for x in range(shape[1] - S + 1):
            dX[y : y + S, x : x + S] += dR[q].reshape(-1, S, S).transpose(1, 2, 0)
            q += 1
    return dX


def blame_turned(dR, shape, S):
    dX, q = np.zeros(shape), 0
    for y in range(shape[0] - S + 1):
        for x in range(shape[1] - S + 1):
            dX[y : y + S, x : x + S] += dR[q].reshape(S, S, -1)[::-1, ::-1]
            q += 1
    return dX


def block_turned_over(dR, shape, S):
    dX, q = np.zeros(shape), 0
    for y in range(shape[0] - S + 1):
        for x in range(shape[1] - S + 1):
            dX[y : y + S, x : x + S] += dR[q].reshape(S, S, -1).transpose(1, 0, 2)
            q += 1
    return dX


def places_of_a_row_not_counted(dR, shape, S):
    dX = np.zeros(shape)
    for y in range(shape[0] - S + 1):
        for x in range(shape[1] - S + 1):
            dX[y : y + S, x : x + S] += dR[y].reshape(S, S, -1)
    return dX


def first_pixel_only(dR, shape, S):
    dX, q = np.zeros(shape), 0
    for y in range(shape[0] - S + 1):
        for x in range(shape[1] - S + 1):
            dX[y, x] += dR[q].reshape(S, S, -1).sum(axis=(0, 1))
            q += 1
    return dX


def last_place_not_blamed(dR, shape, S):
    dX, q = np.zeros(shape), 0
    for y in range(shape[0] - S):
        for x in range(shape[1] - S):
            dX[y : y + S, x : x + S] += dR[q].reshape(S, S, -1)
            q += 1
    return dX


def last_place_never_reached(dR, shape, S):
    dX = np.zeros(shape)
    for y in range(shape[0] - S):
        for x in range(shape[1] - S):
            dX[y : y + S, x : x + S] += dR[y * (shape[1] - S + 1) + x].reshape(S, S, -1)
    return dX


def corner_of_each_block(dR, shape, S):
    dX, q = np.zeros(shape), 0
    for y in range(shape[0] - S + 1):
        for x in range(shape[1] - S + 1):
            dX[y, x] += dR[q].reshape(S, S, -1)[0, 0]
            q += 1
    return dX


def largest_of_the_copies(dR, shape, S):
    dX, q = np.zeros(shape), 0
    for y in range(shape[0] - S + 1):
        for x in range(shape[1] - S + 1):
            block = dR[q].reshape(S, S, -1)
            dX[y : y + S, x : x + S] = np.maximum(dX[y : y + S, x : x + S], block)
            q += 1
    return dX


def as_wide_as_the_image(dR, shape, S):
    dX = np.zeros(shape)
    for q in range(len(dR)):
        y, x = divmod(q, shape[1])
        part = dX[y : y + S, x : x + S]
        part += dR[q].reshape(S, S, -1)[: part.shape[0], : part.shape[1]]
    return dX


def _layer(high, wide, channels, S, kernels, seed):
    """An image X, its windows R, W as columns, dZ and dR of one layer, by name."""
    rng = np.random.default_rng(seed)
    # Halves where there are several channels: whole numbers would let an array of them pass.
    unit = 1.0 if channels == 1 else 0.5
    X = unit * rng.integers(-9, 10, (high, wide, channels))
    W = rng.integers(-5, 6, (S * S * channels, kernels)).astype(float)
    R = im2col(X, S)
    dZ = unit * rng.integers(-5, 6, (len(R), kernels))
    return {"X": X, "S": S, "R": R, "W": W, "dZ": dZ, "dR": dZ @ W.T, "shape": X.shape}


# An image that is not square, several channels, a window of the image's own size. In the third
# places, numbers of a window and kernels are equally many, and in the fourth the last two are,
# so that a product turned over meets no error.
_LAYERS = (
    _layer(3, 3, 1, 2, 2, 1),
    _layer(4, 5, 2, 3, 3, 2),
    _layer(3, 3, 1, 2, 4, 3),
    _layer(5, 3, 1, 2, 4, 4),
    _layer(3, 3, 3, 3, 2, 5),
    _layer(3, 4, 2, 1, 5, 6),
)


def _cases(*names):
    return tuple(tuple(each[name] for name in names) for each in _LAYERS)


def windows_turned(X, S):
    height, width = X.shape[0] - S + 1, X.shape[1] - S + 1
    found = []
    for y in range(height):
        for x in range(width):
            found.append(X[y : y + S, x : x + S][::-1, ::-1].ravel())
    return np.array(found)


WALL = Wall(
    name="14.wall",
    tested="images of 3 x 3 to 4 x 5 pixels, 1 to 3 channels, windows of 1 to 3 pixels a side",
    lines=(
        Line(
            name="im2col",
            shape="(Q, S·S·C)",
            reference=im2col,
            cases=_cases("X", "S"),
            hints=(
                "Two loops, y outside and x inside. How many places has the window's corner "
                "along each side? For each place, cut the window out and lay it in one row.",
                "The window at (y, x) is X[y : y + S, x : x + S], and .ravel() lays it in a "
                "row. y runs from 0 to X.shape[0] − S, that one included.",
                "rows.append(X[y : y + S, x : x + S].ravel()) in both loops, then "
                "np.array(rows)",
            ),
            wrong=(
                Wrong(
                    windows_turned,
                    "You turn each window round. It is laid out as it lies in the image.",
                ),
                Wrong(
                    last_place_left_out,
                    "The last place along each side is left out: the corner can stand at 0, 1, "
                    "…, n − S, and these are n − S + 1 places.",
                ),
                Wrong(
                    over_the_edge,
                    "Your window goes on over the edge, where less and less of it is left. Its "
                    "corner has n − S + 1 places along a side of n pixels.",
                ),
                Wrong(
                    side_by_side,
                    "You set the windows side by side. They move by one pixel, and overlap.",
                ),
                Wrong(
                    first_place_left_out,
                    "The first place along each side is left out: they begin at 0.",
                ),
                Wrong(
                    list_begins_anew,
                    "Your list begins anew at each y, so only the last of them is left: make "
                    "it once, before both loops.",
                ),
                Wrong(
                    returns_too_early,
                    "You have the first row of places only. Does `return` stand in a loop?",
                ),
                Wrong(
                    down_the_columns_of_a_window,
                    "Within a window you go down the columns. Read it line by line, as "
                    ".ravel() does.",
                ),
                Wrong(
                    windows_as_columns,
                    "Your windows are columns. Here each window is a row, as each example is.",
                ),
                Wrong(
                    column_after_column,
                    "The right windows in another order: go along the image as one reads, y in "
                    "the outer loop and x in the inner one.",
                ),
                Wrong(
                    height_for_width,
                    "You use the height for both sides. The width is X.shape[1].",
                ),
                Wrong(
                    rows_and_columns_exchanged,
                    "Rows and columns are exchanged: the first index of X is y.",
                ),
                Wrong(
                    windows_not_flat,
                    "The right windows, each still a block of (S, S, C). Lay each in one row: "
                    ".ravel().",
                ),
                Wrong(
                    windows_summed,
                    "You add up each window. Only copy it: the weights come later.",
                ),
                Wrong(
                    channels_first,
                    "You take channel after channel. ravel() of the window keeps the channels "
                    "of a pixel together, and the kernel is laid out in the same way.",
                ),
                Wrong(
                    first_channel_only,
                    "You take the first channel only. A window holds all channels of its "
                    "pixels.",
                ),
                Wrong(
                    one_pixel_short,
                    "Your windows are one pixel too small: y : y + S leaves out y + S itself "
                    "already.",
                ),
                Wrong(
                    zeros_behind,
                    "You put zeros round the image, so that every pixel has a window. Here the "
                    "window stays inside: n − S + 1 places along a side of n pixels.",
                ),
                Wrong(
                    zeros_all_round,
                    "You put zeros round the image, so that every pixel has a window. Here the "
                    "window stays inside: n − S + 1 places along a side of n pixels.",
                ),
                Wrong(
                    all_in_the_first_row,
                    "Every window is written into the first row. Count the places: q grows by "
                    "1 at each.",
                ),
                Wrong(
                    height_numbers_places,
                    "Place (y, x) has the number y · (width − S + 1) + x: you multiply by the "
                    "places along the height.",
                ),
            ),
            right=(im2col_by_index, im2col_by_views),
        ),
        Line(
            name="dW",
            shape="(S·S·C, F)",
            reference=lambda R, dZ: R.T @ dZ,
            cases=_cases("R", "dZ"),
            hints=(
                "It is the weight of a linear layer whose examples are windows. What did "
                "notebook 04 do over the images?",
                "dW[p, f] = Σ over places of R[q, p] · dZ[q, f]: along the first index of "
                "both.",
                "R.T @ dZ",
            ),
            wrong=(
                Wrong(
                    lambda R, dZ: dZ.T @ R,
                    "The factors are swapped: this is dW turned over. Its rows belong to the "
                    "numbers of a window, its columns to the kernels.",
                ),
                Wrong(
                    lambda R, dZ: R.T @ dZ / len(R),
                    "You take the mean over the places. A weight answers for all that it did, "
                    "so the places are added up; the mean over images is in dZ already.",
                ),
                Wrong(
                    lambda R, dZ: len(R) * R.T @ dZ,
                    "You multiply by the number of places. The sum counts each already.",
                ),
                Wrong(
                    lambda R, dZ: R @ dZ,
                    "This product sums over the numbers of a window. The sum runs over the "
                    "places, the first index of both: one of the two must be turned over.",
                ),
                Wrong(
                    lambda R, dZ: np.outer(R.sum(axis=0), dZ.sum(axis=0)),
                    "You sum R and dZ over the places first, and multiply then. Each window "
                    "belongs with its own blame: multiply, then sum.",
                ),
            ),
            right=(lambda R, dZ: np.einsum("qp,qf->pf", R, dZ),),
            why="the linear layer's dW, with windows for examples.",
        ),
        Line(
            name="db",
            shape="(F,)",
            reference=lambda dZ: dZ.sum(axis=0),
            cases=_cases("dZ"),
            hints=(
                "The bias of a kernel was added at every place.",
                "db[f] = Σ over places of dZ[q, f]",
                "dZ.sum(axis=0)",
            ),
            wrong=(
                Wrong(
                    lambda dZ: dZ.sum(axis=1),
                    "You sum over the kernels at each place. Each kernel has one bias, which "
                    "serves at all places: sum over these.",
                ),
                Wrong(
                    lambda dZ: dZ.mean(axis=0),
                    "You take the mean over the places. The bias answers for all of them.",
                ),
                Wrong(
                    lambda dZ: len(dZ) * dZ.sum(axis=0),
                    "You multiply by the number of places. The sum counts each already.",
                ),
                Wrong(
                    lambda dZ: dZ.sum(),
                    "You sum over everything. Each kernel has a bias of its own.",
                ),
                Wrong(
                    lambda dZ: dZ,
                    "That is the blame place by place. One bias serves at all places, so its "
                    "effects add up.",
                ),
            ),
            right=(lambda dZ: np.ones(len(dZ)) @ dZ,),
        ),
        Line(
            name="dR",
            shape="(Q, S·S·C)",
            reference=lambda dZ, W: dZ @ W.T,
            cases=_cases("dZ", "W"),
            hints=(
                "A number in a window reaches the loss through every kernel. What do the "
                "effects of several paths do?",
                "dR[q, p] = Σ over kernels of dZ[q, f] · W[p, f]: along the second index of "
                "both.",
                "dZ @ W.T",
            ),
            wrong=(
                Wrong(
                    lambda dZ, W: dZ @ W,
                    "W has to be turned over: the sum runs along the kernels, which are the "
                    "second index of both arrays.",
                ),
                Wrong(
                    lambda dZ, W: W @ dZ.T,
                    "The right numbers, turned over: each row of dR belongs to one place.",
                ),
                Wrong(
                    lambda dZ, W: dZ.sum(axis=1, keepdims=True) * W.sum(axis=1),
                    "You add up the blame and the weights, and multiply then. Each kernel has "
                    "its own weight and its own blame: multiply first.",
                ),
                Wrong(
                    lambda dZ, W: dZ.T @ W,
                    "You turn over the wrong one. The sum runs along the kernels, the second "
                    "index of both: dZ stays as it is, and W is turned over.",
                ),
                Wrong(
                    lambda dZ, W: np.outer(dZ[:, 0], W[:, 0]),
                    "You look at the first kernel only. A number in a window fed all of them.",
                ),
                Wrong(
                    lambda dZ, W: dZ @ W[::-1].T,
                    "You turn the kernel round. dR belongs to the copied numbers, in the order "
                    "in which they were copied: nothing has to be turned here.",
                ),
            ),
            right=(lambda dZ, W: np.einsum("qf,pf->qp", dZ, W),),
        ),
        Line(
            name="dX",
            shape="(height, width, C)",
            reference=col2im,
            cases=_cases("dR", "shape", "S"),
            hints=(
                "Go over the places as in im2col. There each window was copied into a row. Now "
                "the row's blame goes back to that window.",
                "Row q, as a block of (S, S, C), is added to dX[y : y + S, x : x + S]: a pixel "
                "gets something from every window that covers it.",
                "dX[y : y + S, x : x + S] += dR[q].reshape(S, S, -1), then q += 1",
            ),
            wrong=(
                Wrong(
                    copies_overwritten,
                    "Each window overwrites what the ones before it brought. A pixel was "
                    "copied into several windows: add, with +=.",
                ),
                Wrong(
                    copies_averaged,
                    "You divide by the number of copies. A pixel answers for everything that "
                    "its copies did: add them up.",
                ),
                Wrong(
                    first_row_for_all,
                    "Every place gets the first row. Count the places: q grows by 1 at each.",
                ),
                Wrong(
                    added_column_after_column,
                    "You go down the columns. Rows were made as one reads, y in the outer loop "
                    "and x in the inner one, and go back in that order.",
                ),
                Wrong(
                    height_counts_places,
                    "Place (y, x) has the number y · (width − S + 1) + x: you multiply by the "
                    "places along the height.",
                ),
                Wrong(
                    channels_cut_elsewhere,
                    "Your block is (C, S, S). In a row the channels of a pixel stand together: "
                    "reshape to (S, S, C).",
                ),
                Wrong(
                    blame_turned,
                    "You turn each block round. A number goes back to the pixel that it was "
                    "copied from, so the block is laid back as it was cut out.",
                ),
                Wrong(
                    block_turned_over,
                    "Rows and columns of each block are exchanged. It was read line by line, "
                    "and reshape lays it back so.",
                ),
                Wrong(
                    places_of_a_row_not_counted,
                    "q grows only once for each y. It counts places, so it grows in the inner "
                    "loop.",
                ),
                Wrong(
                    first_pixel_only,
                    "You give the whole row to the corner of its window. Each of its numbers "
                    "belongs to a pixel of its own.",
                ),
                Wrong(
                    last_place_not_blamed,
                    "The last place along each side is left out: n − S + 1 places, the last of "
                    "them at n − S.",
                ),
                Wrong(
                    last_place_never_reached,
                    "The last place along each side is left out: n − S + 1 places, the last of "
                    "them at n − S.",
                ),
                Wrong(
                    corner_of_each_block,
                    "You give back the first number of each row and leave the others out. A "
                    "row goes back as a whole block of (S, S, C).",
                ),
                Wrong(
                    largest_of_the_copies,
                    "You keep the largest of a pixel's copies. It answers for all of them: add "
                    "them up.",
                ),
                Wrong(
                    as_wide_as_the_image,
                    "You count as many places along the width as the image has pixels. There "
                    "are width − S + 1 of them.",
                ),
                Wrong(
                    lambda dR, shape, S: np.reshape(dR, (-1, S, S, shape[2])).sum(axis=0),
                    "You add up the windows with one another, as one block of (S, S, C). Each "
                    "goes to its own place in an image of the given shape.",
                ),
            ),
            right=(col2im_by_offset, col2im_by_number),
            why="a pixel was copied into every window that covers it, and the blame of its "
            "copies adds up.",
        ),
    ),
)


def _images(seed, *shapes):
    rng = np.random.default_rng(seed)
    return tuple(rng.standard_normal(shape) for shape in shapes)


EXERCISES = (
    WALL,
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
            "Row q holds w from column q on, and zeros elsewhere: T[q, q + v] = w[v].",
            "for q in range(n - len(w) + 1): T[q, q : q + len(w)] = w",
        ),
        wrong=(
            Wrong(
                lambda w, n: np.convolve(w, n),
                "np.convolve computes answers. Asked for is the matrix: a row for each place,"
                " with the kernel in it and zeros round it.",
            ),
            Wrong(
                lambda w, n: np.array(
                    [
                        np.r_[np.zeros(i), w, np.zeros(n - len(w) - i)]
                        for i in range(0, n - len(w) + 1, len(w))
                    ]
                ),
                "Your kernel moves by its own length. It moves by one number, and its places "
                "overlap.",
            ),
            Wrong(
                lambda w, n: np.roll(
                    [
                        np.r_[np.zeros(i), w, np.zeros(n - len(w) - i)]
                        for i in range(n - len(w) + 1)
                    ],
                    1,
                    axis=1,
                ),
                "Your kernels stand one column too far to the right: that of row 0 begins in "
                "column 0.",
            ),
            Wrong(
                toeplitz_turned,
                "Your rows hold the kernel turned round. That is mathematics' convolution; "
                "here w[0] meets the first number of the window.",
            ),
            Wrong(
                toeplitz_as_columns,
                "Your places are columns. T multiplies the line x from the left, so each "
                "place is a row: (n − len(w) + 1, n). What you have is the matrix of the way "
                "back.",
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
                "Only places where the whole kernel fits count: n − len(w) + 1 rows.",
            ),
            Wrong(
                lambda w, n: w[0] * np.eye(n - len(w) + 1, n),
                "Only the first weight is written. Each row holds the whole kernel.",
            ),
            Wrong(
                toeplitz_to_the_left,
                "Your kernel moves to the left and comes in again from the right. In each row "
                "it stands one column further to the right.",
            ),
            Wrong(
                toeplitz_with_zeros_round,
                "You put zeros round the line, so that every number has a place. Only places "
                "where the whole kernel fits count: n − len(w) + 1 rows.",
            ),
            Wrong(
                toeplitz_in_jumps,
                "Your kernel jumps by its own length from row to row. It moves by one number.",
            ),
        ),
        right=(toeplitz_by_diagonals, toeplitz_by_index),
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
            "Begin with a field of 1 and a step of 1. Each layer adds (kernel − 1) · step, and "
            "then multiplies the step by its stride.",
            "field += (kernel - 1) * step, and then step *= stride",
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
                "Each layer adds kernel − 1 steps, and not kernel: one of its pixels lies "
                "where the field already was.",
            ),
            Wrong(
                field_of_added_strides,
                "You add the strides up. After two strides of 2, places stand four pixels "
                "apart, and after three eight: multiply them.",
            ),
            Wrong(
                field_of_strides_alone_added,
                "You add the strides up. After two strides of 2, places stand four pixels "
                "apart, and after three eight: multiply them.",
            ),
            Wrong(
                field_with_a_step_too_many,
                "Between `field` numbers there are field − 1 steps of the stride: "
                "(field − 1) · stride + kernel.",
            ),
            Wrong(
                map_that_is_left,
                "That is the side of the map that is left of 28 pixels. Asked for is the side "
                "of the square of the image that one of its numbers depends on.",
            ),
        ),
        right=(field_from_the_end, field_by_sets),
        why="receptive_field([5, 2, 5, 2], [1, 2, 1, 2]) is 16: a number that the dense layer "
        "at the end gets depends on 16 by 16 of the 28 by 28 pixels.",
    ),
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
            (10, 3, 2, 3, 0),
        ),
        tested="dilations of 1 to 4, strides of 1 to 3, paddings of 0 to 4",
        hints=(
            "How many pixels does one side of the kernel span, first and last included?",
            "A dilated kernel covers dilation · (kernel − 1) + 1 pixels. Put that in the place "
            "of S in the formula above.",
            "(size + 2 * padding - (dilation * (kernel - 1) + 1)) // stride + 1",
        ),
        wrong=(
            Wrong(
                kernel_times_dilation,
                "You let it cover kernel · dilation pixels. Between its pixels lie only "
                "kernel − 1 steps: it covers dilation · (kernel − 1) + 1.",
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
                "You leave `dilation` empty pixels between two of the kernel's. They stand "
                "`dilation` apart, so one fewer is empty, and none for a dilation of 1.",
            ),
            Wrong(
                lambda size, kernel, dilation, stride, padding: (
                    (size + 2 * padding - (kernel + dilation - 1)) // stride + 1
                ),
                "You widen the kernel once. Between its pixels lie kernel − 1 steps, and each "
                "is `dilation` long.",
            ),
            Wrong(
                dilated_and_rounded,
                "You round to the nearest number. A place that fits in part is none: round "
                "down, with //.",
            ),
            Wrong(
                dilated_in_its_stride,
                "You let the dilation lengthen the window's steps. It sets the kernel's own "
                "pixels apart, and the window still moves by `stride`.",
            ),
            Wrong(
                one_before_dividing,
                "You add the 1 before you divide. The division counts the steps, and the first "
                "place comes on top of them: add 1 afterwards.",
            ),
        ),
        right=(dilated_by_counting, dilated_by_range),
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
            "dW = Xᵀ dZ, with a row for each pixel of each image: X has C columns, dZ has F.",
            "X.reshape(-1, X.shape[-1]).T @ dZ.reshape(-1, dZ.shape[-1])",
        ),
        wrong=(
            Wrong(
                lambda dZ, X: (X * dZ).sum(axis=(0, 1, 2)),
                "You multiply channel by channel. Each of the C channels meets each of the F "
                "kernels: that is a matrix product.",
            ),
            Wrong(
                lambda dZ, X: (
                    X.transpose(0, 2, 1, 3).reshape(-1, X.shape[-1]).T
                    @ dZ.reshape(-1, dZ.shape[-1])
                ),
                "Your X goes along the columns of the image and dZ along its rows: each pixel"
                " meets another pixel's blame.",
            ),
            Wrong(
                lambda dZ, X: X.reshape(len(X), -1).T @ dZ.reshape(len(dZ), -1),
                "Your rows are images. Here each pixel is an example: reshape to (-1, C) and "
                "(-1, F).",
            ),
            Wrong(
                pointwise_transposed,
                "Yours is (F, C), turned over. The weights are (C, F): exchange the two "
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
                lambda dY, size: dY.repeat(size, axis=2).repeat(size, axis=3) / size**2,
                "Your axes are those of the width and of the channels. Height and width are "
                "the axes 1 and 2.",
            ),
            Wrong(
                lambda dY, size: (
                    dY.repeat(size, axis=1).repeat(size, axis=2) / size**2 / len(dY)
                ),
                "You divide by the number of images as well. The mean is over the pixels of a"
                " window.",
            ),
            Wrong(
                lambda dY, size: dY.reshape(
                    len(dY), dY.shape[1] // size, size, -1, size, dY.shape[3]
                ).mean((2, 4)),
                "That is the way forward once more: the map gets smaller. On the way back "
                "each number is spread over its window.",
            ),
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
            Wrong(
                lambda dY, size: mean_pool_backward(dY, size) * size**2 / dY[0, :, :, 0].size,
                "You divide by the number of windows in a map. A mean is taken over the "
                "pixels of one window: size².",
            ),
            Wrong(
                cut_from_one_long_row,
                "You repeat along the memory and cut that into the new shape, so the pixels "
                "of a window do not lie together: repeat along axis 1, then along axis 2.",
            ),
            Wrong(
                lambda dY, size: dY / size**2,
                "One number per window is still what you return. Each of its size² pixels "
                "gets one: repeat along both sides.",
            ),
        ),
        right=(mean_pool_backward_by_loop, mean_pool_backward_by_kron),
    ),
)
