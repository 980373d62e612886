"""The same numbers as PyTorch: gradients of every layer, ten steps of every optimiser."""

import numpy as np
import pytest
import torch
from torch import nn

from digitlib import functional as F
from digitlib import optim, schedules
from digitlib.layers import (
    BatchNorm,
    Dropout,
    Flatten,
    LeakyReLU,
    Linear,
    ReLU,
    Sigmoid,
    Tanh,
)
from digitlib.network import Network

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
