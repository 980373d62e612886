"""The same numbers as PyTorch: gradients of every layer, ten steps of every optimiser."""

import numpy as np
import pytest
import torch
from torch import nn

from digitlib import formulas as F
from digitlib import optim, schedules
from digitlib.net.layers import (
    BatchNorm,
    Conv2D,
    Dropout,
    Flatten,
    LeakyReLU,
    Linear,
    MaxPool,
    ReLU,
    Sigmoid,
    Tanh,
    Unflatten,
)
from digitlib.net.network import Network

F64 = np.float64


def tensor(array):
    return torch.tensor(array, requires_grad=True)


def assert_close(ours, theirs):
    np.testing.assert_allclose(ours, theirs.detach().numpy(), rtol=1e-10, atol=1e-13)


def copy_linear(ours, theirs):
    with torch.no_grad():
        theirs.weight.copy_(torch.tensor(ours.params["W"].T.copy()))
        theirs.bias.copy_(torch.tensor(ours.params["b"]))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (ReLU(), nn.ReLU()),
        (LeakyReLU(0.1), nn.LeakyReLU(0.1)),
        (Sigmoid(), nn.Sigmoid()),
        (Tanh(), nn.Tanh()),
        (Flatten(), nn.Flatten()),
    ],
)
def test_layers_without_parameters(ours, theirs, rng):
    X, dY = rng.standard_normal((7, 5)) * 3, rng.standard_normal((7, 5))
    X_theirs = tensor(X)
    Y = theirs(X_theirs)
    Y.backward(torch.tensor(dY))
    assert_close(ours.forward(X, train=True), Y)
    assert_close(ours.backward(dY), X_theirs.grad)


def test_linear(rng):
    ours, theirs = Linear(6, 4, rng, dtype=F64), nn.Linear(6, 4, dtype=torch.float64)
    copy_linear(ours, theirs)
    X, dZ = rng.standard_normal((7, 6)), rng.standard_normal((7, 4))
    X_theirs = tensor(X)
    Z = theirs(X_theirs)
    Z.backward(torch.tensor(dZ))
    assert_close(ours.forward(X), Z)
    assert_close(ours.backward(dZ), X_theirs.grad)
    assert_close(ours.grads["W"], theirs.weight.grad.T)
    assert_close(ours.grads["b"], theirs.bias.grad)


def test_batch_norm_in_training_and_after(rng):
    ours, theirs = BatchNorm(5, dtype=F64), nn.BatchNorm1d(5, dtype=torch.float64)
    with torch.no_grad():
        for name, parameter in (("gamma", theirs.weight), ("beta", theirs.bias)):
            ours.params[name] = rng.standard_normal(5)
            parameter.copy_(torch.tensor(ours.params[name]))
    for train in (True, True, True, False):
        theirs.train(train)
        theirs.zero_grad()
        X, dY = rng.standard_normal((8, 5)) * 3 + 1, rng.standard_normal((8, 5))
        X_theirs = tensor(X)
        Y = theirs(X_theirs)
        Y.backward(torch.tensor(dY))
        assert_close(ours.forward(X, train), Y)
        assert_close(ours.backward(dY), X_theirs.grad)
        assert_close(ours.grads["gamma"], theirs.weight.grad)
        assert_close(ours.grads["beta"], theirs.bias.grad)
        assert_close(ours.buffers["mean"], theirs.running_mean)
        assert_close(ours.buffers["var"], theirs.running_var)


@pytest.mark.parametrize("smoothing", [0.0, 0.1, 0.7])
def test_cross_entropy_with_label_smoothing(smoothing, rng):
    Z, y = rng.standard_normal((9, 10)) * 5, rng.integers(0, 10, 9)
    Z_theirs = tensor(Z)
    theirs = nn.functional.cross_entropy(Z_theirs, torch.tensor(y), label_smoothing=smoothing)
    theirs.backward()
    loss, dZ = F.softmax_cross_entropy(Z, y, smoothing)
    assert loss == pytest.approx(theirs.item(), rel=1e-12)
    assert_close(dZ, Z_theirs.grad)


class FixedMask(nn.Module):
    """PyTorch draws other masks than ours from any seed, so it is given ours."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def forward(self, X):
        return X * torch.tensor(self.layer.mask)


def test_a_whole_network_for_ten_training_steps(rng):
    network = Network(
        Linear(20, 16, rng, dtype=F64),
        BatchNorm(16, dtype=F64),
        ReLU(),
        Dropout(0.4, np.random.default_rng(1)),
        Linear(16, 8, rng, dtype=F64),
        Tanh(),
        Linear(8, 10, rng, dtype=F64),
    )
    theirs = nn.Sequential(
        nn.Linear(20, 16),
        nn.BatchNorm1d(16),
        nn.ReLU(),
        FixedMask(network.layers[3]),
        nn.Linear(16, 8),
        nn.Tanh(),
        nn.Linear(8, 10),
    ).double()
    for i in (0, 4, 6):
        copy_linear(network.layers[i], theirs[i])
    ours_opt = optim.SGD(momentum=0.9)
    theirs_opt = torch.optim.SGD(theirs.parameters(), lr=0.1, momentum=0.9)
    for _ in range(10):
        X, y = rng.standard_normal((12, 20)), rng.integers(0, 10, 12)
        loss, dZ = F.softmax_cross_entropy(network.forward(X, train=True), y)
        network.backward(dZ)
        theirs_opt.zero_grad()
        their_loss = nn.functional.cross_entropy(theirs(torch.tensor(X)), torch.tensor(y))
        their_loss.backward()
        assert loss == pytest.approx(their_loss.item(), rel=1e-10)
        for i in (0, 4, 6):
            assert_close(network.layers[i].grads["W"], theirs[i].weight.grad.T)
            assert_close(network.layers[i].grads["b"], theirs[i].bias.grad)
        ours_opt.step(network.theta, network.grad, 0.1)
        theirs_opt.step()
    theirs.eval()
    network.forward(X)  # eval: the mask is all of it
    theirs[3] = nn.Identity()
    assert_close(network.scores(X), theirs(torch.tensor(X)))


MASK = np.arange(12) < 8  # eight weights, four biases
DECAY = {"weight_decay": 0.05, "decay_mask": MASK}


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    ("ours", "theirs", "settings"),
    [
        (optim.SGD(), torch.optim.SGD, {}),
        (optim.SGD(**DECAY), torch.optim.SGD, {}),
        (optim.SGD(0.9), torch.optim.SGD, {"momentum": 0.9}),
        (optim.SGD(0.9, **DECAY), torch.optim.SGD, {"momentum": 0.9}),
        (optim.SGD(0.9, True), torch.optim.SGD, {"momentum": 0.9, "nesterov": True}),
        (optim.SGD(0.9, True, **DECAY), torch.optim.SGD, {"momentum": 0.9, "nesterov": True}),
        (optim.RMSProp(), torch.optim.RMSprop, {}),
        (optim.RMSProp(0.9, **DECAY), torch.optim.RMSprop, {"alpha": 0.9}),
        (optim.Adam(), torch.optim.Adam, {}),
        (optim.Adam(0.8, 0.95, **DECAY), torch.optim.Adam, {"betas": (0.8, 0.95)}),
        (optim.AdamW(**DECAY), torch.optim.AdamW, {}),
        (optim.AdamW(0.8, 0.95, **DECAY), torch.optim.AdamW, {"betas": (0.8, 0.95)}),
    ],
    ids=str,
)
def test_ten_steps_of_every_optimiser(ours, theirs, settings, dtype, rng):
    ours.steps = 0  # parametrised once, run in two dtypes
    theta = rng.standard_normal(12).astype(dtype)
    weights, biases = (torch.tensor(theta[part], requires_grad=True) for part in (MASK, ~MASK))
    groups = [
        {"params": [weights], "weight_decay": ours.weight_decay},
        {"params": [biases], "weight_decay": 0.0},
    ]
    theirs = theirs(groups, lr=0.1, **settings)
    for i in range(10):
        lr = 0.1 / (i + 1)
        grad = rng.standard_normal(12).astype(dtype)
        weights.grad, biases.grad = torch.tensor(grad[MASK]), torch.tensor(grad[~MASK])
        for group in theirs.param_groups:
            group["lr"] = lr
        theirs.step()
        ours.step(theta, grad, lr)
        together = torch.cat([weights, biases]).detach().numpy()
        tolerance = 1e-5 if dtype == np.float32 else 1e-12
        np.testing.assert_allclose(theta, together, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (
            schedules.step_decay(0.3, every=7, factor=0.5),
            lambda o: torch.optim.lr_scheduler.StepLR(o, 7, 0.5),
        ),
        (
            schedules.cosine(0.3, steps=40, lr_end=0.01),
            lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 40, 0.01),
        ),
        (
            schedules.one_cycle(0.3, steps=41),
            lambda o: torch.optim.lr_scheduler.OneCycleLR(
                o, 0.3, total_steps=41, cycle_momentum=False
            ),
        ),
    ],
)
def test_schedules(ours, theirs):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.3)
    scheduler = theirs(optimizer)
    for step in range(40):
        assert ours(step) == pytest.approx(optimizer.param_groups[0]["lr"], rel=1e-9)
        optimizer.step()
        scheduler.step()


# --- images: ours are (N, H, W, C), PyTorch's (N, C, H, W) -------------------------------


def to_theirs(images):
    return images.transpose(0, 3, 1, 2).copy()


def to_ours(images):
    return images.permute(0, 2, 3, 1)


@pytest.mark.parametrize("padding", [0, 1, 2])
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize(("kernel", "n"), [((3, 3), 40), ((2, 3), 5), ((5, 1), 1)])
def test_convolution(kernel, n, stride, padding, rng):
    X, W = rng.standard_normal((n, 7, 8, 3)), rng.standard_normal((*kernel, 3, 4))
    b = rng.standard_normal(4)
    X_theirs, W_theirs, b_theirs = (
        tensor(to_theirs(X)),
        tensor(W.transpose(3, 2, 0, 1).copy()),
        tensor(b),
    )
    Z = nn.functional.conv2d(X_theirs, W_theirs, b_theirs, stride, padding)
    ours = F.conv2d(X, W, b, stride, padding)
    assert_close(ours, to_ours(Z))
    dZ = rng.standard_normal(ours.shape)
    Z.backward(torch.tensor(to_theirs(dZ)))
    dW, db = F.conv2d_grads(dZ, X, kernel, stride, padding)
    assert_close(dW, W_theirs.grad.permute(2, 3, 1, 0))
    assert_close(db, b_theirs.grad)
    assert_close(F.conv2d_dX(dZ, W, (7, 8), stride, padding), to_ours(X_theirs.grad))


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pooling_with_ties_and_with_rows_left_over(size, rng):
    X = rng.integers(-1, 2, (40, 7, 8, 3)).astype(F64)  # three values: ties in every window
    for theirs, mean in ((nn.MaxPool2d(size), False), (nn.AvgPool2d(size), True)):
        X_theirs = tensor(to_theirs(X))
        Y_theirs = theirs(X_theirs)
        Y = (F.avg_pool if mean else F.max_pool)(X, size)
        assert_close(Y, to_ours(Y_theirs))
        dY = rng.standard_normal(Y.shape)
        Y_theirs.backward(torch.tensor(to_theirs(dY)))
        dX = F.avg_pool_backward(dY, X.shape, size) if mean else None
        dX = F.max_pool_backward(dY, X, Y, size) if dX is None else dX
        assert_close(dX, to_ours(X_theirs.grad))


def test_batch_norm_of_images_in_training_and_after(rng):
    ours, theirs = BatchNorm(5, dtype=F64), nn.BatchNorm2d(5, dtype=torch.float64)
    with torch.no_grad():
        for name, parameter in (("gamma", theirs.weight), ("beta", theirs.bias)):
            ours.params[name] = rng.standard_normal(5)
            parameter.copy_(torch.tensor(ours.params[name]))
    for train, n in ((True, 40), (True, 1), (True, 33), (False, 3)):
        theirs.train(train)
        theirs.zero_grad()
        X, dY = rng.standard_normal((2, n, 4, 3, 5)) * 3 + 1
        X_theirs = tensor(to_theirs(X))
        Y = theirs(X_theirs)
        Y.backward(torch.tensor(to_theirs(dY)))
        assert_close(ours.forward(X, train), to_ours(Y))
        assert_close(ours.backward(dY), to_ours(X_theirs.grad))
        assert_close(ours.grads["gamma"], theirs.weight.grad)
        assert_close(ours.grads["beta"], theirs.bias.grad)
        assert_close(ours.buffers["mean"], theirs.running_mean)
        assert_close(ours.buffers["var"], theirs.running_var)


class ChannelsLast(nn.Module):
    """Flattened as ours is, so that the linear layer's weights are the same."""

    def forward(self, X):
        return to_ours(X).flatten(1)


def test_training_steps_of_the_16_32_64_network(rng):
    widths = ((1, 16), (16, 32), (32, 64))
    convs = [Conv2D(*pair, 3, rng, padding=1, dtype=F64) for pair in widths]
    linear = Linear(3136, 10, rng, dtype=F64)
    network = Network(
        Unflatten(28, 28, 1),
        *(convs[0], ReLU(), MaxPool(), convs[1], ReLU(), MaxPool(), convs[2], ReLU()),
        Flatten(),
        linear,
    )
    theirs = [nn.Conv2d(*pair, 3, padding=1) for pair in widths]
    linear_theirs = nn.Linear(3136, 10)
    net = nn.Sequential(
        *(theirs[0], nn.ReLU(), nn.MaxPool2d(2), theirs[1], nn.ReLU(), nn.MaxPool2d(2)),
        *(theirs[2], nn.ReLU(), ChannelsLast(), linear_theirs),
    ).double()
    copy_linear(linear, linear_theirs)
    with torch.no_grad():
        for conv, other in zip(convs, theirs):
            conv.params["b"] = rng.standard_normal(conv.n_out)
            other.weight.copy_(torch.tensor(conv.params["W"].transpose(3, 2, 0, 1).copy()))
            other.bias.copy_(torch.tensor(conv.params["b"]))
    ours_opt, theirs_opt = optim.SGD(0.9), torch.optim.SGD(net.parameters(), 0.01, 0.9)
    for n in (40, 7, 40):  # more than one piece, a short batch, and longer again
        X, y = rng.random((n, 784)), rng.integers(0, 10, n)
        loss, dZ = F.softmax_cross_entropy(network.forward(X, train=True), y)
        network.backward(dZ)
        theirs_opt.zero_grad()
        their_loss = nn.functional.cross_entropy(
            net(torch.tensor(X).reshape(-1, 1, 28, 28)), torch.tensor(y)
        )
        their_loss.backward()
        assert loss == pytest.approx(their_loss.item(), rel=1e-10)
        for conv, other in zip(convs, theirs):
            assert_close(conv.grads["W"], other.weight.grad.permute(2, 3, 1, 0))
            assert_close(conv.grads["b"], other.bias.grad)
        assert_close(linear.grads["W"], linear_theirs.weight.grad.T)
        ours_opt.step(network.theta, network.grad, 0.01)
        theirs_opt.step()
    for conv, other in zip(convs, theirs):
        assert_close(conv.params["W"], other.weight.permute(2, 3, 1, 0))
