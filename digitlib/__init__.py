"""Digits from scratch: the functions that the notebooks derive, in NumPy alone.

`import digitlib` loads NumPy and nothing else. What draws, trains named networks or checks
exercises is imported by name: `digitlib.plots`, `digitlib.recipes`, `digitlib.exercises`.

Every public name stands here once. The formulas are those of `digitlib.formulas`, plain enough
to be read; the networks compute the same numbers with their faster twins in `digitlib.fast`.
"""

# ruff: noqa: F401  (these imports are what the file is for)

from digitlib.classic import (
    backward_prop,
    forward_prop,
    get_accuracy,
    get_predictions,
    gradient_descent,
    init_params,
    make_predictions,
    show_prediction,
    update_params,
)
from digitlib.data import (
    Digits,
    augment,
    batches,
    check_submission,
    load,
    read_digits,
    read_idx,
    read_labelled_csv,
    read_npz,
    read_unlabelled_csv,
    split,
    write_submission,
)
from digitlib.formulas import (
    adam_step,
    affine,
    affine_dX,
    affine_grads,
    avg_pool,
    avg_pool_backward,
    batch_norm,
    batch_norm_backward,
    channel_moments,
    conv2d,
    conv2d_dX,
    conv2d_grads,
    conv_size,
    cross_entropy,
    cross_entropy_backward,
    dropout,
    dropout_backward,
    leaky_relu,
    leaky_relu_backward,
    max_pool,
    max_pool_backward,
    one_hot,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    softmax,
    softmax_backward,
    softmax_cross_entropy,
    tanh,
    tanh_backward,
)
from digitlib.gradcheck import check_gradient, numerical_gradient, relative_error
from digitlib.metrics import (
    Calibration,
    McNemar,
    accuracy,
    calibration,
    confusion_matrix,
    fit_temperature,
    mcnemar,
    precision_recall,
    prediction_interval,
    wilson_interval,
    worst_mistakes,
)
from digitlib.net import init, layers, optim, schedules
from digitlib.net.checkpoint import load_network, load_weights, save
from digitlib.net.layers import (
    AvgPool,
    BatchNorm,
    Conv2D,
    Dropout,
    Flatten,
    Layer,
    LeakyReLU,
    Linear,
    MaxPool,
    ReLU,
    Sigmoid,
    Tanh,
    Unflatten,
)
from digitlib.net.network import Network, check_gradients
from digitlib.net.optim import SGD, Adam, AdamW, RMSProp
from digitlib.net.training import Epoch, evaluate, fit, train

# Batch norm takes images as it takes rows; these are its names in version 0.1.
image_norm, image_norm_backward = batch_norm, batch_norm_backward

__version__ = "0.2.0"
__all__ = [name for name in dir() if not name.startswith("_")]
