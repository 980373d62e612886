"""The formulas again, on every core: the same names and numbers as in `digitlib.formulas`.

Read the formulas there; nothing here adds to the mathematics. Each function takes what its
namesake takes, and `out` as well where there is one: an array (or several) for the result, so
that a training step writes into the memory of the step before.

Each function decides by the size of its arrays how it works, and nobody else decides: small
ones by the plain expression, large ones in blocks that suit the processor's caches, shared out
among the threads. How the work is cut depends on the sizes alone and never on the number of
threads, so the numbers are the same to the bit on one core or on many.

`one_blas_thread` is the one policy for the library under `@`: within it, products run on the
caller's thread, and the cores are shared out here. Networks and `classic` enter it. They
also look through `peephole`, which finds layers that can run as one step.
"""

from digitlib.fast.convolution import conv2d, conv2d_dX, conv2d_grads
from digitlib.fast.dense import (
    adam_step,
    affine,
    affine_dX,
    affine_grads,
    relu,
    relu_backward,
    softmax,
    softmax_cross_entropy,
)
from digitlib.fast.norms import batch_norm, batch_norm_backward, channel_moments
from digitlib.fast.pooling import avg_pool, avg_pool_backward, max_pool, max_pool_backward
from digitlib.fast.threads import one_blas_thread

__all__ = [
    "adam_step",
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
    "max_pool",
    "max_pool_backward",
    "one_blas_thread",
    "relu",
    "relu_backward",
    "softmax",
    "softmax_cross_entropy",
]
