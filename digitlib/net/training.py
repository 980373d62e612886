"""The training loop is a generator: you write the `for`, so you decide what happens in it.

    for epoch in train(network, train_set, valid_set, epochs=10, optimizer=SGD(),
                       schedule=constant(0.1), rng=np.random.default_rng(0)):
        print(epoch.valid_accuracy)

Printing, plotting and stopping early (`break`) are your loop's body, not flags of ours. `fit`
is that loop for everyday use: a bar, the best weights, early stopping, a checkpoint.
Notebook 07 (mini-batches) builds the loop, notebook 12 (regularisation) what `fit` adds.
"""

import contextlib
import functools
import math
import time
import warnings
from typing import NamedTuple

import numpy as np

from digitlib.data.digits import batches
from digitlib.data.files import path_of
from digitlib.data.inputs import caller, cause_of_nan, examples, taken_by
from digitlib.data.stored import what_is_learned
from digitlib.fast import one_blas_thread, softmax_cross_entropy
from digitlib.net.checkpoint import load_training, save_training
from digitlib.progress import progress_bar


class Epoch(NamedTuple):
    """What is known after an epoch. Losses in nats, accuracies from 0 to 1.

    The training figures are means over the epoch's batches as they were met: with dropout,
    augmentation and label smoothing on, and weights that were still changing. The validation
    figures come after the epoch, without any of that; NaN where there is no validation set.
    """

    epoch: int  # from 1
    step: int  # updates so far
    train_loss: float
    train_accuracy: float
    valid_loss: float
    valid_accuracy: float
    lr: float  # the rate of the last update
    seconds: float  # of training alone


def train(
    network,
    train_set,
    valid_set=None,
    *,
    epochs,
    optimizer,
    schedule,
    rng,
    batch_size=64,
    label_smoothing=0.0,
    augment=None,
    history=(),
    every=1,
):
    """Train in place for `epochs` epochs; yields an `Epoch` after each.

    train_set, valid_set   Digits, or (X, y) pairs: X (N, n_in) of the network's dtype, y (N,)
    optimizer, schedule    from `optim` and `schedules`
    rng                    the Generator that shuffles, and that `augment` draws from
    augment                f(X, rng) -> X, called on training batches and on nothing else
    batch_size             examples for each step; None for full batches: each epoch is one step
                           on all rows as they lie, neither shuffled nor copied
    history                the epochs already run, where a run is resumed: `epochs` counts them
    every                  measure and yield only after every so many epochs, and the last

    Pixels and labels are looked at once, at the call: ValueError or TypeError with what mends
    them, a warning where they look wrong (see `data.inputs`). Raises FloatingPointError when a
    loss, on the batch or on the validation set, stops being a finite number.
    """
    X, y = examples(train_set, *taken_by(network))
    if valid_set is not None:
        valid_set = examples(valid_set, *taken_by(network), "valid_set")
    if not callable(schedule):
        raise TypeError(f"a schedule is a function of the step: schedules.constant({schedule})")
    if isinstance(optimizer, type):
        name = optimizer.__name__
        raise TypeError(f"optimizer={name} is the class: build one, optimizer={name}()")
    if hasattr(optimizer, "belong_to"):  # an optimiser of your own needs `step` alone
        optimizer.belong_to(network)
    if epochs < len(history):
        raise ValueError(f"{len(history)} epochs have been run, more than epochs={epochs}")

    def run(step):
        began = time.perf_counter()
        for number in range(len(history) + 1, epochs + 1):
            pairs = [(X, y)] if batch_size is None else batches(X, y, batch_size, rng)
            if augment is not None:
                pairs = ((augment(part, rng), labels) for part, labels in pairs)
            step, loss, accuracy = _one_epoch(
                network, pairs, optimizer, schedule, step, label_smoothing
            )
            if number % every and number != epochs:
                continue
            seconds = time.perf_counter() - began
            valid = _measured(network, *valid_set) if valid_set else (math.nan, math.nan)
            lr = float(schedule(step - 1))
            if valid_set and not math.isfinite(valid[0]):
                what = f"the loss on the validation set is {valid[0]} after step {step - 1}"
                raise FloatingPointError(f"{what}: use a rate below {lr:g}")
            yield Epoch(number, step, loss, accuracy, *valid, lr, seconds)
            began = time.perf_counter()

    # A generator inside, so that the checks above speak at the call, not at the first epoch.
    return run(history[-1].step if history else 0)


def _one_epoch(network, pairs, optimizer, schedule, step, smoothing):
    """Each batch once: forward, backward, step; returns (next step, mean loss, accuracy)."""
    loss_sum, right, n = 0.0, 0, 0
    # A rate that is too high shows in the loss, not in a warning somewhere in the middle.
    # Whoever sets the number of BLAS threads here saves the network setting it in each pass.
    with np.errstate(over="ignore", invalid="ignore"), one_blas_thread():
        for X, y in pairs:
            Z = network.forward(X, train=True)
            loss, dZ = softmax_cross_entropy(Z, y, smoothing)
            lr = schedule(step)
            if not 0 <= lr < math.inf:
                raise ValueError(f"the schedule gives a rate of {lr} at step {step}")
            if not math.isfinite(loss):
                raise FloatingPointError(f"the loss is {loss} {cause_of_nan(X, Z, step, lr)}")
            network.backward(dZ)
            optimizer.step(network.theta, network.grad, lr)
            step += 1
            n += len(y)
            loss_sum += loss * len(y)
            right += np.count_nonzero(Z.argmax(axis=1) == y)
    return step, loss_sum / n, float(right / n)


def evaluate(network, digits):
    """(loss, accuracy) on Digits or (X, y): no dropout, no smoothing, no augmentation.

    Raises ValueError or TypeError where pixels or labels are not what a network learns from.
    """
    return _measured(network, *examples(digits, *taken_by(network), "the set"))


def _measured(network, X, y):
    with np.errstate(over="ignore", invalid="ignore"):
        Z = network._scores(X)
        return softmax_cross_entropy(Z, y)[0], float((Z.argmax(axis=1) == y).mean())


def fit(
    network,
    train_set,
    valid_set=None,
    *,
    epochs,
    optimizer,
    schedule,
    rng,
    batch_size=64,
    label_smoothing=0.0,
    augment=None,
    callbacks=(),
    progress=True,
    keep_best=True,
    patience=None,
    checkpoint=None,
):
    """Drain `train` (same arguments) and return its epochs as a list.

    callbacks    functions of an Epoch, called after each
    progress     a tqdm bar, where tqdm is installed
    keep_best    end with the weights, and batch norm's running averages, of the epoch with
                 the lowest validation loss; with the last where there is no validation set
    patience     stop after this many epochs in a row without a lower validation loss
    checkpoint   a path: written after each epoch; where it exists, the run goes on from there
                 and ends, to the bit, as if it had never stopped. ValueError where it is a run
                 of other data, settings, augmentation, or of other rates until then

    Where the checkpoint cannot be written, the training warns and goes on. If the last one
    failed too, the OSError is raised at the end, with the epochs as its `history`.

    Interrupting the kernel (KeyboardInterrupt) stops the training and returns what there is:
    the epochs that were completed and, with keep_best, the best weights so far.
    """
    if patience is not None and (valid_set is None or patience < 1):
        raise ValueError("patience counts epochs, 1 or more, and needs a validation set")
    history, best, unsaved = [], None, None
    if checkpoint is not None:
        chosen = {"batch_size": batch_size, "label_smoothing": label_smoothing}
        settings = chosen | what_is_learned(network, optimizer, train_set, valid_set, augment)
        if path_of(checkpoint).exists():
            epochs_run = functools.partial(_epoch_of, schedule)
            history, best = load_training(
                checkpoint, network, optimizer, [rng], settings, epochs_run
            )

    def since_best():
        losses = [epoch.valid_loss for epoch in history]
        return len(losses) - 1 - losses.index(min(losses)) if losses else 0

    todo = train(
        network,
        train_set,
        valid_set,
        epochs=max(epochs, len(history)),
        optimizer=optimizer,
        schedule=schedule,
        rng=rng,
        batch_size=batch_size,
        label_smoothing=label_smoothing,
        augment=augment,
        history=tuple(history),
    )
    if (
        checkpoint is not None and not path_of(checkpoint).exists()
    ):  # no folder, no right, no room: said at once
        save_training(checkpoint, network, optimizer, [rng], [], best, settings)
    bar = progress_bar(progress, epochs, len(history))
    with contextlib.suppress(KeyboardInterrupt), bar as show:
        while patience is None or since_best() < patience:
            epoch = next(todo, None)
            if epoch is None:
                break
            history.append(epoch)
            if keep_best and valid_set is not None and since_best() == 0:
                best = network.snapshot()
            if checkpoint is not None:
                records = [epoch._asdict() for epoch in history]
                what = checkpoint, network, optimizer, [rng], records, best, settings
                unsaved = _unsaved(what, len(history))
            show(epoch)
            for callback in callbacks:
                callback(epoch)
    if best is not None:
        network.restore(best)
    if unsaved is not None:
        unsaved.history = history
        raise unsaved
    return history


def _epoch_of(schedule, **numbers):
    """An epoch that was run, as it was written; ValueError where `schedule` is another."""
    epoch = Epoch(**numbers)
    lr = float(schedule(epoch.step - 1)) if callable(schedule) else epoch.lr
    if not math.isclose(lr, epoch.lr, rel_tol=1e-6):
        raise ValueError(
            f"it is a run with another schedule: epoch {epoch.epoch} ended at a rate of "
            f"{epoch.lr:g}, and this schedule gives {lr:g} there"
        )
    return epoch


def _unsaved(what, epochs):
    """Write a checkpoint; returns the error where the disk is full or gone, with a warning."""
    try:
        save_training(*what)
    except OSError as error:
        said = f"{what[0]} could not be written after epoch {epochs}: {error}"
        warnings.warn(f"{said}. The training goes on", stacklevel=caller())
        error.add_note(
            "The training itself went on to its end: the network holds its weights, this "
            "error's .history its epochs. Save the network elsewhere: digitlib.save"
        )
        return error
