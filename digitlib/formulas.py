"""The mathematics: every formula once, as a plain function beside its derivative.

Rows are examples. N is the number of examples, n_in and n_out the widths of a layer, K the
number of classes. Images are (N, H, W, C): N examples, H rows, W columns, and the C channels of
a pixel side by side. Each function answers in the dtype it is given (float32 stays float32) and
changes none of its arguments. A name that ends in `_backward` takes the gradient of the loss
with respect to the output and returns it with respect to the input.

Everything here is NumPy alone and written to be read. The layers compute the same numbers with
the functions of the same names in `digitlib.fast`, which use every core; a test compares the
two, name by name.

The derivations stand in notebooks 02 and 03 (softmax and cross-entropy), 04 (affine, ReLU and
the way back), 08 (leaky ReLU, sigmoid and tanh), 11 (batch norm), 12 (dropout and label
smoothing) and 14 (convolution and pooling). Most of the formulas are also in Goodfellow, Bengio
and Courville, *Deep Learning* (2016), chapters 6 to 9.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

# --- a layer of weighted sums ------------------------------------------------------------


def affine(X, W, b):
    """Z = X W + b, the weighted sums of one layer (notebook 04, one hidden layer).

    X (N, n_in), W (n_in, n_out), b (n_out,); returns Z (N, n_out).
    """
    return X @ W + b


def affine_grads(dZ, X):
    """The gradients of the layer's own parameters: dW = Xᵀ dZ and db = Σ dZ over the rows.

    dZ (N, n_out), X (N, n_in); returns dW (n_in, n_out) and db (n_out,). The mean over the
    batch is already in dZ (see `softmax_cross_entropy`), so none is taken here. Notebook 04.
    """
    return X.T @ dZ, dZ.sum(axis=0)


def affine_dX(dZ, W):
    """The gradient passed back to the layer's input: dX = dZ Wᵀ (notebook 04).

    dZ (N, n_out), W (n_in, n_out); returns dX (N, n_in).
    """
    return dZ @ W.T


# --- activations -------------------------------------------------------------------------


def relu(Z):
    """max(0, z), entry by entry; any shape (notebook 04)."""
    return np.maximum(Z, 0)


def relu_backward(dA, Z):
    """dZ = dA where Z > 0, else 0 (notebook 04).

    Z is what went *into* the ReLU. What came out is never negative, so a mask `A >= 0`
    would let everything through. At the kink, z = 0, the derivative is taken as 0.
    """
    return dA * (Z > 0)


def leaky_relu(Z, slope=0.01):
    """z where z > 0, else slope · z; any shape, 0 <= slope < 1 (Maas et al. 2013)."""
    return np.maximum(Z, slope * Z)


def leaky_relu_backward(dA, Z, slope=0.01):
    """dZ = dA where Z > 0, else slope · dA; Z is what went in (notebook 08)."""
    return np.where(Z > 0, dA, slope * dA)


def sigmoid(Z):
    """1 / (1 + exp(−z)), any shape, written as ½ (1 + tanh(z/2)): exp(−z) could overflow."""
    return 0.5 * (1 + np.tanh(0.5 * Z))


def sigmoid_backward(dA, A):
    """dZ = dA · A (1 − A), with A = sigmoid(Z): what came *out*. At most ¼ of dA."""
    return dA * A * (1 - A)


def tanh(Z):
    """The hyperbolic tangent, entry by entry; any shape."""
    return np.tanh(Z)


def tanh_backward(dA, A):
    """dZ = dA (1 − A²), with A = tanh(Z): what came *out*."""
    return dA * (1 - A * A)


# --- scores, probabilities and the loss --------------------------------------------------


def softmax(Z):
    """Scores to probabilities: exp(z) over the sum of exp(z) along the last axis.

    Z (..., K); returns P of the same shape, in which each row of K numbers sums to 1.
    Subtracting the row's maximum changes nothing in exact arithmetic and keeps exp from
    overflowing. Notebook 03, softmax regression.
    """
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)


def softmax_backward(dP, P):
    """dZ = P ⊙ (dP − row sums of dP ⊙ P): the softmax's Jacobian times dP (notebook 03).

    dP (..., K), P = softmax(Z) (..., K); returns dZ (..., K).
    """
    return P * (dP - (dP * P).sum(axis=-1, keepdims=True))


def one_hot(y, classes=10, dtype=np.float32):
    """Labels to rows of zeros with a single 1 (notebook 03).

    y (N,) integers from 0 to classes - 1; returns Y (N, classes) of `dtype`. The width is
    `classes`, never y.max() + 1: a batch without a 9 is still ten columns wide.
    """
    y = check_labels(y, classes)
    Y = np.zeros((len(y), classes), dtype=dtype)
    Y[np.arange(len(y)), y] = 1
    return Y


def cross_entropy(P, y):
    """The mean of −log p(true digit), in nats, as a Python float (notebooks 02 and 03).

    P (N, K) probabilities, y (N,) labels. A probability of exactly 0 for the true digit
    gives an infinite loss; `softmax_cross_entropy` works on scores and never does.
    """
    y = check_labels(y, P.shape[1], rows=len(P))
    with np.errstate(divide="ignore"):  # log 0 = -inf is the answer, not an accident
        return -float(np.log(P[np.arange(len(y)), y]).mean())


def cross_entropy_backward(P, y):
    """dP = −1 / (N p) at the true digit of each row, 0 elsewhere (notebook 03).

    P (N, K), y (N,); returns dP (N, K). `softmax_backward(cross_entropy_backward(P, y), P)`
    is (P − Y) / N, which `softmax_cross_entropy` computes without the division.
    """
    y = check_labels(y, P.shape[1], rows=len(P))
    rows = np.arange(len(y))
    dP = np.zeros_like(P)
    dP[rows, y] = -1 / (P[rows, y] * len(y))
    return dP


def softmax_cross_entropy(Z, y, smoothing=0.0):
    """The loss of scores Z for labels y, and its gradient dZ = (P − T) / N (notebook 03).

    Z (N, K) scores, y (N,) labels. Returns (loss, dZ): the mean loss in nats as a Python
    float, and dZ (N, K) in Z's dtype. log P is computed as z − log Σ exp z with the maximum
    taken out first (log-sum-exp), so that no score is too large.

    The target T is the one-hot Y, or with label smoothing s (notebook 12) (1 − s) Y + s / K:
    a network need not be certain to be right (Szegedy et al. 2016). 0 <= smoothing < 1.
    """
    check_labels(y, Z.shape[1], rows=len(Z))
    smoothing = check_share("smoothing", smoothing)
    n, classes = Z.shape
    T = (1 - smoothing) * one_hot(y, classes, Z.dtype) + smoothing / classes
    shifted = Z - Z.max(axis=1, keepdims=True)
    log_P = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -float((T * log_P).sum()) / n, (np.exp(log_P) - T) / n


# --- dropout and batch norm --------------------------------------------------------------


def dropout(X, p, rng):
    """Each entry 0 with probability p, else x / (1 − p): inverted dropout (notebook 12).

    X of any shape, 0 <= p < 1, rng a Generator; returns (Y, mask), both like X, where mask
    holds 0 or 1 / (1 − p). That rescale keeps the mean, so that nothing has to change when
    dropout is off. The draws are float32 whatever X is: one seed, one mask, in either dtype.
    Srivastava et al. 2014.
    """
    p = check_share("p, the share of entries dropped,", p)
    mask = (rng.random(X.shape, dtype=np.float32) >= p).astype(X.dtype) / (1 - p)
    return X * mask, mask


def dropout_backward(dY, mask):
    """dX = dY ⊙ mask: what was dropped had no part in the loss (notebook 12)."""
    return dY * mask


def channel_moments(X):
    """The mean and the variance of each column, or of each channel of images (notebook 11).

    X (N, D) or (N, H, W, D); returns two arrays (D,), taken over all axes but the last.
    """
    axes = tuple(range(X.ndim - 1))
    return X.mean(axis=axes), X.var(axis=axes)


def batch_norm(X, gamma, beta, mean, var, eps=1e-5):
    """Y = γ X̂ + β with X̂ = (X − mean) / √(var + eps), column by column (notebook 11).

    X (N, D), or images (N, H, W, D), of which every pixel counts as a row; the others (D,).
    Returns (Y, X_hat), both like X. mean and var are those of the batch, `channel_moments(X)`,
    in training, and running averages afterwards. eps keeps a column that never changes from a
    division by zero. Ioffe and Szegedy 2015.
    """
    X_hat = (X - mean) / np.sqrt(var + eps)
    return gamma * X_hat + beta, X_hat


def batch_norm_backward(dY, X_hat, gamma, var, eps=1e-5):
    """dX, dγ, dβ where mean and var were the batch's own (notebook 11).

    dY, X_hat (N, D) or (N, H, W, D), gamma, var (D,); returns dX like dY, dgamma (D,), dbeta
    (D,). Each row reaches the loss in three ways: by itself, through the mean (second term),
    and through the variance (third term). dX is at right angles to the constants and to X_hat:
    batch norm ignores a shift or a stretch of its input.
    """
    axes, n = tuple(range(dY.ndim - 1)), dY.size // dY.shape[-1]
    dgamma, dbeta = (dY * X_hat).sum(axis=axes), dY.sum(axis=axes)
    dX = gamma / np.sqrt(var + eps) * (dY - dbeta / n - X_hat * (dgamma / n))
    return dX, dgamma, dbeta


# --- convolution -------------------------------------------------------------------------
# Kernels are (k_h, k_w, C, F): F filters over k_h × k_w pixels with C channels each. What other
# libraries call convolution, and this one too, does not turn the kernel; mathematics calls it
# cross-correlation. LeCun et al. 1998; Deep Learning, chapter 9; notebook 14.


def conv_size(size, kernel, stride=1, padding=0):
    """How many places a kernel has along one side: ⌊(size + 2·padding − kernel) / stride⌋ + 1.

    All whole numbers of pixels. Raises ValueError where the kernel does not fit even once.
    """
    if stride < 1 or padding < 0 or kernel < 1:
        raise ValueError(
            "kernel and stride are whole numbers from 1, padding from 0; got "
            f"kernel {kernel}, stride {stride}, padding {padding}"
        )
    room = size + 2 * padding - kernel
    if room < 0:
        raise ValueError(
            f"a kernel of {kernel} pixels does not fit into {size} with padding {padding}: the "
            f"kernel may have at most {size + 2 * padding}, or the padding must be at least "
            f"{-(-(kernel - size) // 2)}"
        )
    return room // stride + 1


def conv2d(X, W, b=None, stride=1, padding=0):
    """Z[n, y, x] = b + Σ X[n, y·stride + i − padding, x·stride + j − padding] W[i, j].

    X (N, H, W, C), W (k_h, k_w, C, F), b (F,) or None; the sum runs over i, j and channels,
    and outside the image X counts as 0. Returns Z (N, H_out, W_out, F); sizes by `conv_size`.
    As a matrix product: every window becomes a row of `patches`, every filter a column.
    Raises ValueError for shapes that do not go together, TypeError for two dtypes.
    """
    check_convolution(X, W, b)
    Z = patches(X, W.shape[:2], stride, padding) @ W.reshape(-1, W.shape[3])
    return Z if b is None else Z + b


def conv2d_grads(dZ, X, kernel, stride=1, padding=0):
    """The gradients of the kernel and the bias: as in a linear layer whose rows are patches.

    dZ (N, H_out, W_out, F), X (N, H, W, C), kernel = (k_h, k_w). Returns dW (k_h, k_w, C, F)
    and db (F,).
    """
    check_convolution_gradient(dZ, X.shape[1:3], kernel, stride, padding, X=X)
    P = patches(X, kernel, stride, padding)
    dW, db = affine_grads(dZ.reshape(-1, dZ.shape[3]), P.reshape(-1, P.shape[3]))
    return dW.reshape(*kernel, X.shape[3], dZ.shape[3]), db


def conv2d_dX(dZ, W, size, stride=1, padding=0):
    """The gradient of the image: each pixel collects from every place that looked at it.

    dZ (N, H_out, W_out, F), W (k_h, k_w, C, F), size = (H, W) of the image. That is again a
    convolution: of dZ, spread out by the stride, with the kernel turned by half a turn and its
    channels and filters exchanged. Returns dX (N, H, W, C).
    """
    check_convolution_gradient(dZ, size, W.shape[:2], stride, padding, W=W)
    (n, h, w, filters), (k_h, k_w) = dZ.shape, W.shape[:2]
    # Zeros before and behind, so that every pixel of the padded image has a window of the
    # kernel's size that holds the places which looked at it.
    high, wide = size[0] + 2 * padding, size[1] + 2 * padding
    spread = np.zeros((n, high + k_h - 1, wide + k_w - 1, filters), dZ.dtype)
    top, left = k_h - 1, k_w - 1
    spread[:, top : top + stride * h : stride, left : left + stride * w : stride] = dZ
    dX = conv2d(spread, W[::-1, ::-1].swapaxes(2, 3))
    return dX[:, padding : high - padding, padding : wide - padding]


def patches(X, kernel, stride=1, padding=0):
    """What the kernel sees at each place, as one row: (N, H_out, W_out, k_h·k_w·C).

    X (N, H, W, C), kernel = (k_h, k_w). Notebook 14 calls this matrix R; others say im2col.
    """
    for side, k in zip(X.shape[1:3], kernel):
        conv_size(side, k, stride, padding)  # says so where the kernel does not fit
    X = np.pad(X, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    windows = sliding_window_view(X, kernel, axis=(1, 2))[:, ::stride, ::stride]
    windows = windows.transpose(0, 1, 2, 4, 5, 3)  # (N, H_out, W_out, k_h, k_w, C)
    return windows.reshape(*windows.shape[:3], kernel[0] * kernel[1] * X.shape[3])


# --- pooling -----------------------------------------------------------------------------
# Windows of size × size pixels lie side by side. Rows and columns that do not fill a window are
# left out. Deep Learning, section 9.3; notebook 14.


def max_pool(X, size=2):
    """The largest of each `size` × `size` pixels, channel by channel.

    X (N, H, W, C); returns Y (N, H // size, W // size, C). Raises ValueError where not even
    one window fits.
    """
    return windows(X, size).max(axis=3)


def max_pool_backward(dY, X, Y, size=2):
    """dX: each window's gradient goes to its largest pixel, the first where several are equal.

    dY, Y = max_pool(X, size) (N, H', W', C), X (N, H, W, C); returns dX (N, H, W, C). At a tie
    the derivative does not exist; the first in reading order is PyTorch's choice, too.
    """
    check_pooling_gradient(dY, X.shape, size)
    largest = windows(X, size) == Y[:, :, :, None]
    first = largest & (largest.cumsum(axis=3) == 1)
    return from_windows(first * dY[:, :, :, None], X.shape, size)


def avg_pool(X, size=2):
    """The mean of each `size` × `size` pixels, channel by channel; otherwise as `max_pool`."""
    return windows(X, size).mean(axis=3)


def avg_pool_backward(dY, shape, size=2):
    """dX of shape (N, H, W, C) = `shape`: each pixel of a window gets an equal share of dY."""
    check_pooling_gradient(dY, shape, size)
    share = np.repeat(dY[:, :, :, None] / size**2, size**2, axis=3)
    return from_windows(share, shape, size)


def windows(X, size):
    """The windows' pixels in reading order: (N, H, W, C) to (N, H', W', size², C)."""
    n, h, w, channels = pooled_shape(X.shape, size)
    X = X[:, : h * size, : w * size].reshape(n, h, size, w, size, channels)
    return X.swapaxes(2, 3).reshape(n, h, w, size * size, channels)


def from_windows(values, shape, size):
    """The way back from `windows` to (N, H, W, C) = `shape`; 0 where no window was."""
    n, h, w, _, channels = values.shape
    dX = np.zeros(shape, values.dtype)
    dX[:, : h * size, : w * size] = (
        values.reshape(n, h, w, size, size, channels)
        .swapaxes(2, 3)
        .reshape(n, h * size, w * size, channels)
    )
    return dX


# --- a step -----------------------------------------------------------------------------


def adam_step(theta, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """Adam's step number t, from 1, of size lr: the new theta, m and v (notebook 10).

    theta, its gradient g, and m and v, the averages of g and g², are of one shape; m and v
    start at 0. After t steps they hold only 1 − βᵗ of what they average, and m̂ and v̂ are m
    and v divided by that. Kingma and Ba 2015.
    """
    m, v = m + (1 - beta1) * (g - m), v + (1 - beta2) * (g * g - v)
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + eps), m, v


# --- what goes together ------------------------------------------------------------------


def check_labels(y, classes, rows=None):
    """y as an array of labels, or a ValueError that says which entry cannot be one."""
    y = np.asarray(y)
    if y.ndim != 1 or y.dtype.kind not in "iu":
        raise ValueError(
            f"labels are a vector of integers, shape (N,); got {y.shape} of {y.dtype}. "
            "One-hot rows become labels with Y.argmax(axis=1)."
        )
    if rows is not None and len(y) != rows:
        raise ValueError(f"{len(y)} labels for {rows} rows: each row needs one label")
    if not len(y):
        raise ValueError("no labels: the mean over zero examples is not a number")
    # One comparison for both ends: seen as unsigned, a negative number is a very large one.
    if y.view(f"u{y.itemsize}").max() >= classes:
        bad = int(np.flatnonzero((y < 0) | (y >= classes))[0])
        raise ValueError(f"label {y[bad]} at index {bad} is outside 0 to {classes - 1}")
    return y


def check_share(name, value):
    """`value` as a Python float (a NumPy scalar would be float64), or a ValueError."""
    if not 0 <= value < 1:
        raise ValueError(f"{name} must be from 0 to below 1; got {value!r}")
    return float(value)


def check_convolution(X, W, b=None):
    """An error unless images X, kernels W and biases b go together."""
    if X.ndim != 4 or W.ndim != 4:
        raise ValueError(
            f"images are (N, H, W, C), kernels (k_h, k_w, C, F); got {X.shape} and {W.shape}. "
            "Rows of 784 pixels become images with X.reshape(-1, 28, 28, 1)"
        )
    if X.shape[3] != W.shape[2]:
        raise ValueError(
            f"the images {X.shape} have {X.shape[3]} channels, the kernel {W.shape} takes"
            f" {W.shape[2]}: channels are the last axis of X and the third of W"
        )
    _check_dtypes(X, W)
    if b is not None and b.shape != W.shape[3:]:
        raise ValueError(
            f"{W.shape[3]} filters need a bias of shape {W.shape[3:]}; got {b.shape}"
        )


def check_convolution_gradient(dZ, size, kernel, stride, padding, X=None, W=None):
    """An error unless dZ is what comes back from such a convolution of images of this size.

    It is compared with the images X that were convolved, or with the kernels W.
    """
    _check_dtypes(dZ, W if X is None else X)
    sides = tuple(conv_size(m, k, stride, padding) for m, k in zip(size, kernel))
    if dZ.ndim != 4 or dZ.shape[1:3] != sides:
        raise ValueError(
            f"images of {tuple(size)} pixels, kernel {tuple(kernel)}, stride {stride} and "
            f"padding {padding} give (N, {sides[0]}, {sides[1]}, F); dZ has {dZ.shape}"
        )
    if X is not None and len(dZ) != len(X):
        raise ValueError(f"dZ is of {len(dZ)} images, X of {len(X)}: each image has a gradient")
    if W is not None and dZ.shape[3] != W.shape[3]:
        raise ValueError(f"dZ {dZ.shape} has {dZ.shape[3]} filters, W {W.shape} another number")


def _check_dtypes(one, other):
    # A product of two dtypes would silently be computed in the larger one.
    if one.dtype != other.dtype or one.dtype.kind != "f":
        raise TypeError(
            f"a convolution works on floating-point numbers of one dtype; got {one.dtype} and "
            f"{other.dtype}: use .astype(np.float32)"
        )


def pooled_shape(shape, size):
    """The shape of images (N, H, W, C) after pooling; ValueError where no window fits."""
    if len(shape) != 4 or not 1 <= size <= min(shape[1:3]):
        raise ValueError(
            "pooling takes images (N, H, W, C) and a window of 1 to min(H, W) pixels; got "
            f"shape {shape} and size {size}"
        )
    n, high, wide, channels = shape
    return n, high // size, wide // size, channels


def check_pooling_gradient(dY, shape, size):
    """An error unless dY is what comes back from pooling images of this shape."""
    expected = pooled_shape(shape, size)
    if dY.shape != expected:
        raise ValueError(f"pooling {shape} by {size} gives {expected}; dY has {dY.shape}")
