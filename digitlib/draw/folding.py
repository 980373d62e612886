"""Batch norm taken up into the weights before it: the same answers from fewer layers.

After training, batch norm multiplies each column by one number and adds another. The weighted
sum before it can do both. Jacob and others 2018, 'Quantization and training of neural
networks', section 3.2.
"""

import copy

import numpy as np

from digitlib.net import layers
from digitlib.net.network import Network

__all__ = ["folded"]


def folded(network):
    """A Network of the same answers, without batch norm and dropout.

    network   a trained Network in which each batch norm follows a Linear layer

    The layers are copies, and their dtype is the network's. Dropout is left out, as it does
    nothing after training. Raises ValueError for a batch norm elsewhere. Notebook 18.
    """
    found = []
    for i, layer in enumerate(network.layers):
        if isinstance(layer, layers.Dropout):
            continue
        if not isinstance(layer, layers.BatchNorm):
            found.append(copy.deepcopy(layer))
            found[-1].in_network = False  # the copy is free to enter another one
            continue
        if not found or not isinstance(found[-1], layers.Linear):
            raise ValueError(
                f"layer {i}, {layer}, does not follow a Linear layer, into which alone it can "
                "be folded"
            )
        gamma, beta = (np.asarray(layer.params[name], np.float64) for name in ("gamma", "beta"))
        gain = gamma / np.sqrt(np.asarray(layer.buffers["var"], np.float64) + layer.eps)
        params = found[-1].params
        params["W"][...] = params["W"] * gain
        params["b"][...] = (params["b"] - layer.buffers["mean"]) * gain + beta
    return Network(*found)
