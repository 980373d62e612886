"""Part (d), who runs: a network of 1-16-32-64 channels, as each library's users write it.

3 × 3 convolution, ReLU, pool; convolution, ReLU, pool; convolution, ReLU; one linear layer of
3,136 to 10. Each function returns the seconds of one training step (forward, loss, backward,
SGD), the mean of some after one to warm up, or of `predict` on all rows.
"""

import time

import numpy as np

from digitlib.fast.threads import in_pieces, one_blas_thread, scratch
from digitlib.formulas import softmax_cross_entropy
from digitlib.net.layers import Conv2D, Flatten, Linear, MaxPool, ReLU, Unflatten
from digitlib.net.network import Network
from digitlib.net.optim import SGD

CHANNELS, BATCH, LR = (1, 16, 32, 64), 128, 0.01
PIECE = 32  # images at a time, as in digitlib.fast.threads
# (height = width of the image, channels in, filters) of each convolution
CONVOLUTIONS = ((28, 1, 16), (14, 16, 32), (7, 32, 64))


def seconds_a_step(step, X, y, steps):
    """Mean seconds of step(X, y) on `steps` batches one after the other, after one more."""
    starts = [(i * BATCH) % (len(X) - BATCH + 1) for i in range(steps + 1)]
    parts = [(X[start : start + BATCH], y[start : start + BATCH]) for start in starts]
    step(*parts[0])
    began = time.perf_counter()
    for part in parts[1:]:
        step(*part)
    return (time.perf_counter() - began) / steps


def seconds(run):
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


# --- ours --------------------------------------------------------------------------------


def our_network():
    rng = np.random.default_rng(0)
    first, second, third = (Conv2D(*pair, 3, rng, padding=1) for _, *pair in CONVOLUTIONS)
    return Network(
        Unflatten(28, 28, 1),
        *(first, ReLU(), MaxPool(), second, ReLU(), MaxPool(), third, ReLU()),
        Flatten(),
        Linear(3136, 10, rng),
    )


def conv_ours(X, y, steps):
    network, optimizer = our_network(), SGD()

    def step(X, y):
        _, dZ = softmax_cross_entropy(network.forward(X, train=True), y)
        network.backward(dZ)
        optimizer.step(network.theta, network.grad, LR)

    return seconds_a_step(step, X, y, steps)


def predict_ours(X):
    network = our_network()
    network.predict(X[:1000])
    return seconds(lambda: network.predict(X))


def conv_floor(X, y, steps):
    """The step's matrix products alone, in our shapes, our pieces and on as many threads."""
    rng = np.random.default_rng(0)

    def some(*shape):
        return rng.random(shape, np.float32)

    products = []  # the two factors for a piece of the batch
    for i, (side, n_in, n_out) in enumerate(CONVOLUTIONS):
        places, taps = side * side, 9 * n_in
        patches, W, dZ = (
            some(PIECE, places, taps),
            some(taps, n_out),
            some(PIECE, places, n_out),
        )
        products.append((patches, W))
        products.append((patches.transpose(0, 2, 1), dZ))
        if i:  # nobody asks for the gradient of the pixels
            products.append((some(PIECE, places, 9 * n_out), some(9 * n_out, n_in)))
    A, W, dZ = some(BATCH, 3136), some(3136, 10), some(BATCH, 10)

    def multiply(left, right):
        shape = (*left.shape[:2], right.shape[-1])  # the answer in memory that is there already
        np.matmul(left, right, out=scratch("answer", shape, np.float32))

    def step(X, y):
        with one_blas_thread():  # as in a Network: threads share out the pieces
            A @ W
            A.T @ dZ
            dZ @ W.T
            for left, right in products:
                in_pieces(lambda part, left=left, right=right: multiply(left, right), BATCH)

    return seconds_a_step(step, X, y, steps)


# --- PyTorch -----------------------------------------------------------------------------


def torch_network(channels_last):
    import torch
    from torch import nn

    torch.manual_seed(0)
    first, second, third = (nn.Conv2d(*pair, 3, padding=1) for _, *pair in CONVOLUTIONS)
    network = nn.Sequential(
        *(first, nn.ReLU(), nn.MaxPool2d(2), second, nn.ReLU(), nn.MaxPool2d(2)),
        *(third, nn.ReLU(), nn.Flatten(), nn.Linear(3136, 10)),
    )
    return network.to(memory_format=torch.channels_last) if channels_last else network


def conv_pytorch(X, y, steps, channels_last=False):
    """Eager, in its default order of memory, (N, C, H, W)."""
    import torch

    network, loss = torch_network(channels_last), torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(network.parameters(), LR)
    X, y = torch.from_numpy(X).reshape(-1, 1, 28, 28), torch.from_numpy(y)
    if channels_last:
        X = X.to(memory_format=torch.channels_last)

    def step(X, y):
        optimizer.zero_grad()
        loss(network(X), y).backward()
        optimizer.step()

    return seconds_a_step(step, X, y, steps)


def conv_pytorch_last(X, y, steps):
    """The same with memory_format=torch.channels_last; some users ask for it."""
    return conv_pytorch(X, y, steps, channels_last=True)


def predict_pytorch(X, channels_last=False):
    import torch

    network = torch_network(channels_last).eval()
    X = torch.from_numpy(X).reshape(-1, 1, 28, 28)
    if channels_last:
        X = X.to(memory_format=torch.channels_last)

    def run():
        with torch.no_grad():
            parts = [network(X[i : i + 1000]).argmax(1) for i in range(0, len(X), 1000)]
            torch.cat(parts)

    with torch.no_grad():
        network(X[:1000])
    return seconds(run)


def predict_pytorch_last(X):
    return predict_pytorch(X, channels_last=True)


# --- the textbook ------------------------------------------------------------------------


def im2col(X, k=3, padding=1):
    """(N, C, H, W) to a row a place, (N·H·W, C·k·k), one slice for each place of the kernel."""
    n, channels, high, wide = X.shape
    X = np.pad(X, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    columns = np.zeros((n, channels, k, k, high, wide))
    for i in range(k):
        for j in range(k):
            columns[:, :, i, j] = X[:, :, i : i + high, j : j + wide]
    return columns.transpose(0, 4, 5, 1, 2, 3).reshape(n * high * wide, -1)


def col2im(columns, shape, k=3, padding=1):
    """The way back: every number added to the pixel that it was taken from."""
    n, channels, high, wide = shape
    columns = columns.reshape(n, high, wide, channels, k, k).transpose(0, 3, 4, 5, 1, 2)
    X = np.zeros((n, channels, high + 2 * padding, wide + 2 * padding))
    for i in range(k):
        for j in range(k):
            X[:, :, i : i + high, j : j + wide] += columns[:, :, i, j]
    return X[:, :, padding : padding + high, padding : padding + wide]


class TextbookConv:
    def __init__(self, n_in, n_out, rng):
        self.W = rng.standard_normal((n_out, n_in, 3, 3)) * np.sqrt(2 / (9 * n_in))
        self.b = np.zeros(n_out)

    def forward(self, X):
        (n, _, high, wide), self.shape = X.shape, X.shape
        self.columns = im2col(X)
        Z = self.columns @ self.W.reshape(len(self.W), -1).T + self.b
        return Z.reshape(n, high, wide, -1).transpose(0, 3, 1, 2)

    def backward(self, dZ):
        dZ = dZ.transpose(0, 2, 3, 1).reshape(-1, len(self.W))
        self.dW, self.db = (self.columns.T @ dZ).T.reshape(self.W.shape), dZ.sum(axis=0)
        return col2im(dZ @ self.W.reshape(len(self.W), -1), self.shape)


class TextbookReLU:
    def forward(self, Z):
        self.mask = Z > 0
        return Z * self.mask

    def backward(self, dA):
        return dA * self.mask


class TextbookPool:
    def forward(self, X):
        n, channels, high, wide = self.shape = X.shape
        windows = X.reshape(n, channels, high // 2, 2, wide // 2, 2).transpose(0, 1, 2, 4, 3, 5)
        windows = windows.reshape(-1, 4)
        self.largest = windows.argmax(axis=1)
        return windows.max(axis=1).reshape(n, channels, high // 2, wide // 2)

    def backward(self, dY):
        n, channels, high, wide = self.shape
        windows = np.zeros((dY.size, 4))
        windows[np.arange(dY.size), self.largest] = dY.ravel()
        windows = windows.reshape(n, channels, high // 2, wide // 2, 2, 2)
        return windows.transpose(0, 1, 2, 4, 3, 5).reshape(self.shape)


class TextbookLinear:
    def __init__(self, n_in, n_out, rng):
        self.W, self.b = rng.standard_normal((n_in, n_out)) * np.sqrt(2 / n_in), np.zeros(n_out)

    def forward(self, X):
        self.shape, self.X = X.shape, X.reshape(len(X), -1)
        return self.X @ self.W + self.b

    def backward(self, dZ):
        self.dW, self.db = self.X.T @ dZ, dZ.sum(axis=0)
        return (dZ @ self.W.T).reshape(self.shape)


def conv_textbook(X, y, steps):
    """float64, (N, C, H, W), im2col and col2im by slices, the whole batch at once."""
    rng = np.random.default_rng(0)
    first, second, third = (TextbookConv(*pair, rng) for _, *pair in CONVOLUTIONS)
    layers = [first, TextbookReLU(), TextbookPool(), second, TextbookReLU(), TextbookPool()]
    layers += [third, TextbookReLU(), TextbookLinear(3136, 10, rng)]

    def step(X, y):
        for layer in layers:
            X = layer.forward(X)
        E = np.exp(X - X.max(axis=1, keepdims=True))
        dZ = (E / E.sum(axis=1, keepdims=True) - np.eye(10)[y]) / len(y)
        for layer in reversed(layers):
            dZ = layer.backward(dZ)
        for layer in layers:
            if hasattr(layer, "W"):
                layer.W -= LR * layer.dW
                layer.b -= LR * layer.db

    return seconds_a_step(step, X.reshape(-1, 1, 28, 28).astype(np.float64), y, steps)
