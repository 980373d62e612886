"""The mathematics: every formula once, as a pure function beside its derivative.

Rows are examples. N is the number of examples, n_in and n_out the widths of a layer,
K the number of classes. Each function answers in the dtype it is given (float32 stays
float32) and changes none of its arguments. A name that ends in `_backward` takes the
gradient of the loss with respect to the output and returns it with respect to the input.

What works on images has files of its own, `convolution`, `pooling` and `image_norm`, and is
to be had from here as well.

The derivations stand in notebooks 03 (softmax, cross-entropy), 04 (affine, ReLU), 08 (leaky
ReLU, sigmoid, tanh), 12 (dropout, batch norm, label smoothing) and 14 (convolution, pooling),
most of the formulas also in Goodfellow, Bengio and Courville, *Deep Learning* (2016), chapters
6 to 9.
"""

import numpy as np

from digitlib.fast.convolution import conv2d, conv2d_dX, conv2d_grads, conv_size
from digitlib.fast.norms import channel_moments, image_norm, image_norm_backward
from digitlib.fast.pooling import avg_pool, avg_pool_backward, max_pool, max_pool_backward
from digitlib.fast.products import product, product_over_rows, row_max, row_sum, sum_over_rows

__all__ = [
    "affine",
    "affine_dX",
    "affine_grads",
    "avg_pool",
    "avg_pool_backward",
    "batch_norm",
    "batch_norm_backward",
    "channel_moments",
    "conv2d",
    "conv2d_dX",
    "conv2d_grads",
    "conv_size",
    "cross_entropy",
    "cross_entropy_backward",
    "dropout",
    "dropout_backward",
    "image_norm",
    "image_norm_backward",
    "leaky_relu",
    "leaky_relu_backward",
    "max_pool",
    "max_pool_backward",
    "one_hot",
    "relu",
    "relu_backward",
    "sigmoid",
    "sigmoid_backward",
    "softmax",
    "softmax_backward",
    "softmax_cross_entropy",
    "tanh",
    "tanh_backward",
]


def affine(X, W, b):
    """Z = X W + b, the weighted sums of one layer (notebook 04).

    X (N, n_in), W (n_in, n_out), b (n_out,); returns Z (N, n_out).
    """
    Z = product(X, W)
    Z += b
    return Z


def affine_grads(dZ, X, out=(None, None)):
    """The gradients of the layer's own parameters: dW = Xᵀ dZ and db = Σ dZ over the rows.

    dZ (N, n_out), X (N, n_in); returns dW (n_in, n_out), db (n_out,), written into the two
    arrays of `out` where they are given. The mean over the batch is already in dZ (see
    `softmax_cross_entropy`), so none is taken here.
    """
    return product_over_rows(X, dZ, out=out[0]), sum_over_rows(dZ, out=out[1])


def affine_dX(dZ, W):
    """The gradient passed back to the layer's input: dX = dZ Wᵀ.

    dZ (N, n_out), W (n_in, n_out); returns dX (N, n_in).
    """
    return dZ @ W.T


def relu(Z, out=None):
    """max(0, z), entry by entry; any shape; in `out` where it is given."""
    return np.maximum(Z, 0, out=out)


def relu_backward(dA, Z, out=None):
    """dZ = dA where Z > 0, else 0 (notebook 04); in `out` where it is given.

    Z is what went *into* the ReLU. What came out is never negative, so a mask `A >= 0`
    would let everything through. At the kink, z = 0, the derivative is taken as 0.
    """
    return np.multiply(dA, Z > 0, out=out)


def leaky_relu(Z, slope=0.01):
    """z where z > 0, else slope · z; any shape, 0 <= slope < 1 (Maas et al. 2013)."""
    return np.maximum(Z, slope * Z)


def leaky_relu_backward(dA, Z, slope=0.01):
    """dZ = dA where Z > 0, else slope · dA; Z is what went in."""
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


def dropout(X, p, rng):
    """Each entry 0 with probability p, else x / (1 − p): inverted dropout (notebook 12).

    X of any shape, 0 <= p < 1, rng a Generator; returns (Y, mask), both like X, where mask
    holds 0 or 1 / (1 − p). That rescale keeps the mean, so that nothing has to change when
    dropout is off. The draws are float32 whatever X is: one seed, one mask, in either dtype.
    Srivastava et al. 2014.
    """
    if not 0 <= p < 1:
        raise ValueError(f"p is the share of entries dropped, from 0 to below 1; got {p!r}")
    kept = rng.random(X.shape, dtype=np.float32) >= p
    mask = kept.astype(X.dtype)
    mask /= 1 - p
    return X * mask, mask


def dropout_backward(dY, mask):
    """dX = dY ⊙ mask: what was dropped had no part in the loss."""
    return dY * mask


def batch_norm(X, gamma, beta, mean, var, eps=1e-5):
    """Y = γ X̂ + β with X̂ = (X − mean) / √(var + eps), column by column (notebook 12).

    X (N, D), the others (D,); returns (Y, X_hat), both (N, D). mean and var are those of
    the batch, X.mean(axis=0) and X.var(axis=0), in training, and running averages
    afterwards. eps keeps a column that never changes from a division by zero.
    Ioffe and Szegedy 2015.
    """
    X_hat = (X - mean) / np.sqrt(var + eps)
    return gamma * X_hat + beta, X_hat


def batch_norm_backward(dY, X_hat, gamma, var, eps=1e-5):
    """dX, dγ, dβ where mean and var were the batch's own (notebook 12).

    dY, X_hat (N, D), gamma, var (D,); returns dX (N, D), dgamma (D,), dbeta (D,). Each row
    reaches the loss three ways: itself, through the mean (second term), through the variance
    (third term). dX is at right angles to the constants and to X_hat: batch norm ignores a
    shift or a stretch of its input.
    """
    dgamma, dbeta = (dY * X_hat).sum(axis=0), dY.sum(axis=0)
    dX = gamma / np.sqrt(var + eps) * (dY - dbeta / len(dY) - X_hat * (dgamma / len(dY)))
    return dX, dgamma, dbeta


def softmax(Z):
    """Scores to probabilities: exp(z) over the row's sum of exp(z) (notebook 03).

    Z (N, K), or one row of shape (K,); returns P of the same shape, each row summing to 1.
    Subtracting the row's maximum changes nothing in exact arithmetic and keeps exp from
    overflowing.
    """
    E = np.exp(Z - row_max(Z))
    return E / row_sum(E)


def softmax_backward(dP, P):
    """dZ = P ⊙ (dP − row sums of dP ⊙ P): the softmax's Jacobian times dP (notebook 03).

    dP (N, K), P = softmax(Z) (N, K); returns dZ (N, K).
    """
    return P * (dP - (dP * P).sum(axis=-1, keepdims=True))


def one_hot(y, classes=10, dtype=np.float32):
    """Labels to rows of zeros with a single 1.

    y (N,) integers from 0 to classes - 1; returns Y (N, classes) of `dtype`. The width is
    `classes`, never y.max() + 1: a batch without a 9 is still ten columns wide.
    """
    y = check_labels(y, classes)
    Y = np.zeros((len(y), classes), dtype=dtype)
    Y[np.arange(len(y)), y] = 1
    return Y


def cross_entropy(P, y):
    """The mean of −log p(true digit), in nats, as a Python float (notebook 03).

    P (N, K) probabilities, y (N,) labels. A probability of exactly 0 for the true digit
    gives an infinite loss; `softmax_cross_entropy` works on scores and never does.
    """
    y = check_labels(y, P.shape[1], rows=len(P))
    with np.errstate(divide="ignore"):  # log 0 = -inf is the answer, not an accident
        return -float(np.log(P[np.arange(len(y)), y]).mean())


def cross_entropy_backward(P, y):
    """dP = −1 / (N p) at the true digit of each row, 0 elsewhere.

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
    y = check_labels(y, Z.shape[1], rows=len(Z))
    if not 0 <= smoothing < 1:
        raise ValueError(f"smoothing is a share, from 0 to below 1; got {smoothing!r}")
    n, classes = Z.shape
    smoothing = float(smoothing)  # a NumPy scalar would be float64
    true = y, np.arange(n)
    # A column an example: NumPy reduces ten long rows faster than n short ones.
    shifted = Z.T.copy()
    shifted -= shifted.max(axis=0)
    dZ = np.exp(shifted)  # becomes P / N, then (P - T) / N, in place
    sums = dZ.sum(axis=0)
    loss = (np.log(sums) - (1 - smoothing) * shifted[true]).sum()
    dZ /= n * sums
    if smoothing:
        loss -= smoothing / classes * shifted.sum()
        dZ -= smoothing / (classes * n)
    dZ[true] -= (1 - smoothing) / n
    return float(loss) / n, dZ.T


def check_labels(y, classes, rows=None):
    """y as an array of labels, or a ValueError that says which entry cannot be one."""
    y = np.asarray(y)
    if y.ndim != 1 or y.dtype.kind not in "iu":
        raise ValueError(
            f"labels are a vector of integers, shape (N,); got {y.shape} of {y.dtype}. "
            "One-hot rows become labels with Y.argmax(axis=1)."
        )
    if rows is not None and len(y) != rows:
        raise ValueError(f"{len(y)} labels for {rows} rows: one label a row is needed")
    if not len(y):
        raise ValueError("no labels: the mean over zero examples is not a number")
    # One comparison for both ends: seen as unsigned, a negative number is a very large one.
    if y.view(f"u{y.itemsize}").max() >= classes:
        bad = int(np.flatnonzero((y < 0) | (y >= classes))[0])
        raise ValueError(f"label {y[bad]} at index {bad} is outside 0 to {classes - 1}")
    return y
