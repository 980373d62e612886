"""A network as plain data, for a program without NumPy: web/network.js computes with it.

Dropout is left out, as it does nothing after training. Batch norm's running averages and its
γ and β become one factor and one summand for each channel.
"""

import base64

import numpy as np

from digitlib.net import layers

__all__ = ["pack", "quantised"]


def pack(network, *, int8=False):
    """A dict of numbers and texts that JSON can hold, from a trained network.

    int8   weights of linear and convolution layers as whole numbers from −127 to 127 with one
           scale for each output; a quarter of float32's size

    Arrays are base64 texts of little-endian numbers. Raises ValueError for a layer that has no
    counterpart in JavaScript, for weights that are not finite, and where the input is not one
    row of 784 numbers or the output is not ten scores.
    """
    packed = [_layer(i, layer, int8) for i, layer in enumerate(network.layers)]
    shape = _input_shape(network)
    try:
        scores = network.scores(np.zeros((1, *shape), network.theta.dtype))
    except ValueError as error:
        raise ValueError(f"the network does not take digits of {shape}: {error}") from error
    if scores.shape != (1, 10):
        raise ValueError(
            f"the pad shows ten probabilities, one for each digit; this network gives "
            f"{scores.shape[1:]} scores for an image"
        )
    found = [layer for layer in packed if layer is not None]
    return {"input": list(shape), "outline": outline(network), "layers": found}


def quantised(W):
    """Whole numbers and scales, (int8 of W's shape, float32 (n_out,)): W ≈ whole · scale.

    The largest weight of each output becomes ±127. Packing what was unpacked changes nothing.
    """
    largest = np.abs(W).reshape(-1, W.shape[-1]).max(axis=0).astype(np.float64)
    scale = np.where(largest > 0, largest / 127, 1).astype(np.float32)
    return np.rint(W / scale).astype(np.int8), scale


def outline(network):
    """The network in a few characters: '784-128-64-10', or '3 × 3: 16-32-64, 10'."""
    linear = [layer for layer in network.layers if isinstance(layer, layers.Linear)]
    filters = [layer for layer in network.layers if isinstance(layer, layers.Conv2D)]
    ends = [str(layer.n_out) for layer in linear]
    if not filters:
        return "-".join([str(linear[0].n_in), *ends]) if linear else repr(network.layers)
    side = filters[0].kernel
    return f"{side} × {side}: {'-'.join(str(f.n_out) for f in filters)}, {'-'.join(ends)}"


def _input_shape(network):
    """784 numbers in a row, or 28 x 28 x 1 where the first layer that looks takes images."""
    for layer in network.layers:
        if isinstance(layer, (layers.Conv2D, layers.MaxPool, layers.AvgPool)):
            return (28, 28, 1)
        if isinstance(layer, (layers.Linear, layers.Unflatten, layers.Flatten)):
            return (784,)
    return (784,)


def _layer(i, layer, int8):
    kind = type(layer)
    weights = _int8 if int8 else _float32
    for name, value in {**layer.params, **layer.buffers}.items():
        if not np.isfinite(value).all():
            raise ValueError(f"{name} of layer {i}, {layer}, has values that are not finite")
    if kind is layers.Dropout:
        return None
    if kind is layers.Linear:
        arrays = {"W": weights(layer.params["W"]), "b": _float32(layer.params["b"])}
        return {"kind": "linear", "n_in": layer.n_in, "n_out": layer.n_out, "arrays": arrays}
    if kind is layers.Conv2D:
        arrays = {"W": weights(layer.params["W"])}
        if "b" in layer.params:
            arrays["b"] = _float32(layer.params["b"])
        names = ("n_in", "n_out", "kernel", "stride", "padding")
        return {"kind": "conv", "arrays": arrays} | {n: getattr(layer, n) for n in names}
    if kind is layers.BatchNorm:
        mean, var, gamma, beta = (
            array.astype(np.float64)
            for array in (*layer.buffers.values(), layer.params["gamma"], layer.params["beta"])
        )
        gain = gamma / np.sqrt(var + layer.eps)
        arrays = {"gain": _float32(gain), "shift": _float32(beta - mean * gain)}
        return {"kind": "scale", "arrays": arrays}
    if kind in (layers.MaxPool, layers.AvgPool):
        return {"kind": kind.__name__.lower(), "size": layer.size}
    if kind in (layers.ReLU, layers.LeakyReLU):
        return {"kind": "relu", "slope": getattr(layer, "slope", 0.0)}
    if kind in (layers.Sigmoid, layers.Tanh):
        return {"kind": kind.__name__.lower()}
    if kind is layers.Flatten:
        return {"kind": "reshape", "shape": None}
    if kind is layers.Unflatten:
        return {"kind": "reshape", "shape": list(layer.shape)}
    raise ValueError(
        f"layer {i}, {layer}, has no counterpart on the page: it carries Linear, Conv2D, "
        "BatchNorm, Dropout, MaxPool, AvgPool, ReLU, LeakyReLU, Sigmoid, Tanh, Flatten and "
        "Unflatten"
    )


def _float32(array):
    return _array(array, "<f4")


def _int8(W):
    whole, scale = quantised(W)
    return _array(whole, "i1") | {"scale": _float32(scale)}


def _array(array, dtype):
    data = np.ascontiguousarray(array, dtype)
    text = base64.b64encode(data.tobytes()).decode("ascii")
    return {"dtype": data.dtype.name, "shape": list(data.shape), "data": text}
