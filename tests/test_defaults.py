"""Every default of the mathematics stands in one table: who changes one changes it here too."""

import importlib
import inspect

import numpy as np
import pytest

from digitlib import fast, formulas

TABLE = {
    "formulas": {
        "leaky_relu": {"slope": 0.01},
        "leaky_relu_backward": {"slope": 0.01},
        "one_hot": {"classes": 10, "dtype": np.float32},
        "softmax_cross_entropy": {"smoothing": 0.0},
        "batch_norm": {"eps": 1e-5},
        "batch_norm_backward": {"eps": 1e-5},
        "conv_size": {"stride": 1, "padding": 0},
        "conv2d": {"stride": 1, "padding": 0},
        "conv2d_grads": {"stride": 1, "padding": 0},
        "conv2d_dX": {"stride": 1, "padding": 0},
        "patches": {"stride": 1, "padding": 0},
        "max_pool": {"size": 2},
        "max_pool_backward": {"size": 2},
        "avg_pool": {"size": 2},
        "avg_pool_backward": {"size": 2},
        "adam_step": {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
    },
    "fast.convolution": {
        "conv2d": {"stride": 1, "padding": 0},
        "conv2d_grads": {"stride": 1, "padding": 0, "out": (None, None)},
        "conv2d_dX": {"stride": 1, "padding": 0},
        "conv_pool": {"stride": 1, "padding": 0, "size": 1, "rectify": False},
        "conv_pool_grads": {"stride": 1, "padding": 0, "size": 1, "out": (None, None)},
    },
    "fast.peephole": {},
    "classic": {
        "init_params": {"n_in": 784, "n_hidden": 10, "n_out": 10, "dtype": np.float32},
    },
    "gradcheck": {
        "numerical_gradient": {"h": 1e-5},
        "check_gradient": {"directions": 20, "all_below": 2000, "h": 1e-5},
    },
    "metrics": {
        "confusion_matrix": {"classes": 10},
        "wilson_interval": {"confidence": 0.95},
        "prediction_interval": {"confidence": 0.95},
        "calibration": {"bins": 10},
    },
    "net.init": {
        "zeros": {"dtype": np.float32},
        "constant": {"dtype": np.float32, "value": 0.1},
        "uniform": {"dtype": np.float32},
        "normal": {"dtype": np.float32},
        "xavier": {"dtype": np.float32},
        "he": {"dtype": np.float32},
    },
    "net.layers": {
        "Layer.kept": {"train": True},
        "Linear": {"dtype": np.float32},
        "LeakyReLU": {"slope": 0.01},
        "BatchNorm": {"momentum": 0.1, "eps": 1e-5, "dtype": np.float32},
        "Conv2D": {"stride": 1, "padding": 0, "bias": True, "dtype": np.float32},
        "MaxPool": {"size": 2},
    },
    "net.network": {
        "Network.scores": {"batch_size": 1000},
        "Network.predict": {"batch_size": 1000},
        "Network.predict_proba": {"batch_size": 1000},
        "check_gradients": {"smoothing": 0.0},
    },
    "net.optim": {
        "Optimizer": {"weight_decay": 0.0},
        "SGD": {"momentum": 0.0, "nesterov": False, "weight_decay": 0.0},
        "RMSProp": {"alpha": 0.99, "eps": 1e-8, "weight_decay": 0.0},
        "Adam": {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.0},
        "AdamW": {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.01},
    },
    "net.schedules": {
        "step_decay": {"factor": 0.1},
        "cosine": {"warmup": 0, "lr_end": 0.0},
        "one_cycle": {"rise": 0.3, "start": 25.0, "end": 1e4},
    },
    "net.training": {
        "train": {"batch_size": 64, "label_smoothing": 0.0, "history": (), "every": 1},
        "fit": {
            "batch_size": 64,
            "label_smoothing": 0.0,
            "callbacks": (),
            "progress": True,
            "keep_best": True,
        },
    },
}


def defaults_of(function):
    """Its defaults, but for None, which says that nothing was given, and for functions."""
    parameters = inspect.signature(function).parameters.values()
    found = {p.name: p.default for p in parameters if p.default is not p.empty}
    return {
        name: value
        for name, value in found.items()
        if value is not None and not inspect.isfunction(value)
    }


def public(module):
    """(name, function or class) of what a module defines and does not hide, with methods."""
    for name, value in vars(module).items():
        if getattr(value, "__module__", None) == module.__name__ and name[0] != "_":
            yield name, value
            for method, function in vars(value).items() if inspect.isclass(value) else ():
                if inspect.isfunction(function) and method[0] != "_":
                    yield f"{name}.{method}", function


@pytest.mark.parametrize("module", TABLE)
def test_the_defaults_are_those_of_the_table(module):
    found = {
        name: defaults_of(value)
        for name, value in public(importlib.import_module(f"digitlib.{module}"))
    }
    passes = {name for name in found if name.endswith(".forward")}
    assert all(found[name] == {"train": False} for name in passes), (
        "training has to be asked for"
    )
    assert {name: d for name, d in found.items() if d and name not in passes} == TABLE[module]


def test_the_fast_twins_have_the_defaults_of_the_formulas():
    compared = 0
    for name, value in TABLE["formulas"].items():
        if hasattr(fast, name):
            expected = defaults_of(getattr(formulas, name))
            found = {k: v for k, v in defaults_of(getattr(fast, name)).items() if k != "out"}
            assert found == expected == value, name
            compared += 1
    assert compared > 8
