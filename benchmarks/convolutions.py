"""Part (d), who runs: convolutional networks, as each library's users write them.

The plain one, of 1-16-32-64 channels: 3 × 3 convolution, ReLU, pool; convolution, ReLU, pool;
convolution, ReLU; one linear layer of 3,136 to 10; SGD. The other is the network of the recipe
`cnn-best`: 24-48-96 channels with batch norm, dropout, label smoothing and AdamW. Each function
returns the seconds of one training step (forward, loss, backward, update), the mean of some
after one to warm up, or of `predict` on all rows.
"""

import itertools
import time

import numpy as np

from digitlib import recipes
from digitlib.fast.convolution import multiply, multiply_over_rows
from digitlib.fast.threads import in_pieces, one_blas_thread, scratch
from digitlib.formulas import softmax_cross_entropy
from digitlib.net.layers import Conv2D, Flatten, Linear, MaxPool, ReLU, Unflatten
from digitlib.net.network import Network
from digitlib.net.optim import SGD

CHANNELS, BATCH, LR = (16, 32, 64), 128, 0.01
BEST = (24, 48, 96)  # of the recipe cnn-best
PIECE = 32  # images at a time, as in digitlib.fast.threads
SIDES = (28, 14, 7)  # height and width of the images at each convolution


def seconds_a_step(step, X, y, steps, batch=BATCH):
    """Mean seconds of step(X, y) on `steps` batches one after the other, after one more."""
    starts = [(i * batch) % (len(X) - batch + 1) for i in range(steps + 1)]
    parts = [(X[start : start + batch], y[start : start + batch]) for start in starts]
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


def our_network(channels=CHANNELS):
    rng = np.random.default_rng(0)
    layers = [Unflatten(28, 28, 1)]
    for i, pair in enumerate(itertools.pairwise((1, *channels))):
        layers += [Conv2D(*pair, 3, rng, padding=1), ReLU(), *([MaxPool()] if i < 2 else [])]
    return Network(*layers, Flatten(), Linear(49 * channels[-1], 10, rng))


def our_step(network, optimizer, smoothing=0.0, lr=LR):
    def step(X, y):
        _, dZ = softmax_cross_entropy(network.forward(X, train=True), y, smoothing)
        network.backward(dZ)
        optimizer.step(network.theta, network.grad, lr)

    return step


def conv_ours(X, y, steps, channels=CHANNELS, batch=BATCH):
    return seconds_a_step(our_step(our_network(channels), SGD()), X, y, steps, batch)


def best_ours(X, y, steps):
    recipe = recipes.find("cnn-best")
    network = recipes.fresh(recipe)
    step = our_step(network, recipe.optimizer(network), recipe.label_smoothing, 1e-3)
    return seconds_a_step(step, X, y, steps)


def predict_ours(X):
    network = our_network()
    network.predict(X[:1000])
    return seconds(lambda: network.predict(X))


def conv_floor(X, y, steps, channels=CHANNELS, batch=BATCH):
    """The step's matrix products alone, in our pieces and row blocks, on as many threads.

    Whole images in one product would be no floor: from 24 channels on BLAS copies them first.
    """
    rng = np.random.default_rng(0)

    def some(*shape):
        return rng.random(shape, np.float32)

    products = []  # a function and the two factors for a piece of the batch
    for side, (n_in, n_out) in zip(SIDES, itertools.pairwise((1, *channels))):
        rows, taps = PIECE * side * side, 9 * n_in
        patches, W, dZ = some(rows, taps), some(taps, n_out), some(rows, n_out)
        products += [(multiply, patches, W), (multiply_over_rows, patches, dZ)]
        if n_in > 1:  # nobody asks for the gradient of the pixels
            products.append((multiply, some(rows, 9 * n_out), some(9 * n_out, n_in)))
    A, W, dZ = some(batch, 49 * channels[-1]), some(49 * channels[-1], 10), some(batch, 10)

    def piece(part, function, left, right):
        if function is multiply_over_rows:
            share = (part.stop - part.start) * len(left) // PIECE
            return function(left[:share], right[:share])
        rows = (part.stop - part.start) * len(left) // PIECE
        answer = scratch("answer", (rows, right.shape[1]), np.float32)  # memory that is there
        return function(left[:rows], right, answer)

    def step(X, y):
        with one_blas_thread():  # as in a Network: threads share out the pieces
            A @ W
            A.T @ dZ
            dZ @ W.T
            for factors in products:
                in_pieces(lambda part, factors=factors: piece(part, *factors), batch)

    return seconds_a_step(step, X, y, steps, batch)


def best_floor(X, y, steps):
    return conv_floor(X, y, steps, BEST)


# --- PyTorch -----------------------------------------------------------------------------


def torch_network(channels=CHANNELS, channels_last=False, norm=False):
    import torch
    from torch import nn

    torch.manual_seed(0)
    layers = []
    for i, (n_in, n_out) in enumerate(itertools.pairwise((1, *channels))):
        layers.append(nn.Conv2d(n_in, n_out, 3, padding=1, bias=not norm))
        pool = [nn.MaxPool2d(2)] if i < 2 else []
        layers += [*pool, nn.BatchNorm2d(n_out), nn.ReLU()] if norm else [nn.ReLU(), *pool]
    ends = [
        nn.Flatten(),
        *([nn.Dropout(0.3)] if norm else []),
        nn.Linear(49 * channels[-1], 10),
    ]
    network = nn.Sequential(*layers, *ends)
    return network.to(memory_format=torch.channels_last) if channels_last else network


def torch_images(X, channels_last):
    import torch

    X = torch.from_numpy(X).reshape(-1, 1, 28, 28)
    return X.to(memory_format=torch.channels_last) if channels_last else X


def torch_step(network, optimizer, smoothing=0.0):
    import torch

    loss = torch.nn.CrossEntropyLoss(label_smoothing=smoothing)

    def step(X, y):
        optimizer.zero_grad()
        loss(network(X), y).backward()
        optimizer.step()

    return step


def conv_pytorch(X, y, steps, channels=CHANNELS, batch=BATCH, channels_last=False):
    """Eager, in its default order of memory, (N, C, H, W)."""
    import torch

    network = torch_network(channels, channels_last)
    step = torch_step(network, torch.optim.SGD(network.parameters(), LR))
    X, y = torch_images(X, channels_last), torch.from_numpy(y)
    return seconds_a_step(step, X, y, steps, batch)


def conv_pytorch_last(X, y, steps, channels=CHANNELS, batch=BATCH):
    """The same with memory_format=torch.channels_last; some users ask for it."""
    return conv_pytorch(X, y, steps, channels, batch, channels_last=True)


def best_pytorch(X, y, steps, channels_last=False):
    import torch

    network = torch_network(BEST, channels_last, norm=True)
    optimizer = torch.optim.AdamW(network.parameters(), 1e-3, weight_decay=0.01)
    X, y = torch_images(X, channels_last), torch.from_numpy(y)
    return seconds_a_step(torch_step(network, optimizer, 0.05), X, y, steps)


def best_pytorch_last(X, y, steps):
    return best_pytorch(X, y, steps, channels_last=True)


def predict_pytorch(X, channels_last=False):
    import torch

    network, X = torch_network(CHANNELS, channels_last).eval(), torch_images(X, channels_last)

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
    pairs = itertools.pairwise((1, *CHANNELS))
    first, second, third = (TextbookConv(*pair, rng) for pair in pairs)
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
