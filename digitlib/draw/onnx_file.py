"""A network for other programs: ONNX runs on phones, in browsers and on servers.

The graph computes what `Network.predict_proba` computes: one row of pixels for each digit in,
ten probabilities out. Batch norm uses its running averages, dropout is left out.
"""

import numpy as np

from digitlib.data.files import replacing
from digitlib.net import layers

__all__ = ["export_onnx", "onnx_model"]

# What onnxruntime of the last years reads; onnx's own defaults are often too new for it.
OPSET, IR = 17, 8
INPUT, OUTPUT = "pixels", "probabilities"


def export_onnx(network, path):
    """Write the network to `path` (.onnx); returns the checked model.

    Raises ImportError where onnx is missing, ValueError for a layer that cannot be carried.
    """
    model = onnx_model(network)
    with replacing(path) as file:
        file.write(model.SerializeToString())
    return model


def onnx_model(network):
    """The network as an onnx.ModelProto, opset 17 and IR version 8.

    Input "pixels" float32 (N, n_in), or (N, height, width, channels) for a network that begins
    with a layer for images; output "probabilities" float32 (N, K), each row summing to 1; any
    N. A float64 network becomes a float32 one. Raises ImportError where onnx is missing,
    ValueError for a layer that cannot be carried and for weights that are not finite.
    """
    onnx = _onnx()
    graph = _Graph(onnx)
    images = False  # whether the values are (N, C, H, W), as ONNX has images, or as they are
    shape = _input_shape(network)
    if len(shape) == 3:
        graph.add("Transpose", perm=[0, 3, 1, 2])
        images = True
    for i, layer in enumerate(network.layers):
        for name, value in {**layer.params, **layer.buffers}.items():
            if not np.isfinite(value).all():
                raise ValueError(
                    f"{name} of layer {i}, {layer}, has values that are not finite"
                )
        images = _add(graph, layer, i, images)
    if images:
        raise ValueError("the network ends with images: put Flatten() before its last layer")
    graph.add("Softmax", output=OUTPUT, axis=1)
    classes = _classes(network)
    helper, kind = onnx.helper, onnx.TensorProto.FLOAT
    made = helper.make_graph(
        graph.nodes,
        "digitlib",
        [helper.make_tensor_value_info(INPUT, kind, ["N", *shape])],
        [helper.make_tensor_value_info(OUTPUT, kind, ["N", classes])],
        graph.arrays,
    )
    model = helper.make_model(
        made,
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR,
        producer_name="digitlib",
    )
    onnx.checker.check_model(model, full_check=True)
    return model


class _Graph:
    """Nodes in a row: each takes what the one before gives."""

    def __init__(self, onnx):
        self.onnx, self.nodes, self.arrays, self.last = onnx, [], [], INPUT

    def add(self, kind, *arrays, output=None, **attributes):
        names = []
        for array in arrays:
            names.append(f"array{len(self.arrays)}")
            dtype = np.int64 if array.dtype.kind == "i" else np.float32
            stored = np.ascontiguousarray(array, dtype)
            self.arrays.append(self.onnx.numpy_helper.from_array(stored, names[-1]))
        output = output or f"{kind.lower()}{len(self.nodes)}"
        made = self.onnx.helper.make_node(kind, [self.last, *names], [output], **attributes)
        self.nodes.append(made)
        self.last = output


def _add(graph, layer, i, images):
    """Add one layer's nodes; returns whether images (N, C, H, W) come out."""
    kind, params = type(layer), layer.params
    if kind is layers.Linear:
        graph.add("Gemm", params["W"], params["b"])
    elif kind is layers.Conv2D:
        arrays = [params["W"].transpose(3, 2, 0, 1)]
        arrays += [params["b"]] if "b" in params else []
        sides = {"strides": [layer.stride] * 2, "pads": [layer.padding] * 4}
        graph.add("Conv", *arrays, kernel_shape=[layer.kernel] * 2, **sides)
    elif kind is layers.BatchNorm:
        arrays = params["gamma"], params["beta"], layer.buffers["mean"], layer.buffers["var"]
        graph.add("BatchNormalization", *arrays, epsilon=layer.eps)
    elif kind in (layers.MaxPool, layers.AvgPool) and layer.size is not None:
        name = "MaxPool" if kind is layers.MaxPool else "AveragePool"
        graph.add(name, kernel_shape=[layer.size] * 2, strides=[layer.size] * 2)
    elif kind is layers.AvgPool:
        graph.add("GlobalAveragePool")
    elif kind in (layers.ReLU, layers.Sigmoid, layers.Tanh):
        graph.add({"ReLU": "Relu"}.get(kind.__name__, kind.__name__))
    elif kind is layers.LeakyReLU:
        graph.add("LeakyRelu", alpha=layer.slope)
    elif kind is layers.Flatten:
        if images:  # digitlib's rows run over the channels fastest
            graph.add("Transpose", perm=[0, 2, 3, 1])
        graph.add("Flatten", axis=1)
        return False
    elif kind is layers.Unflatten:
        if images:
            raise ValueError(
                f"layer {i}, {layer}, follows images, which ONNX cannot carry here"
            )
        graph.add("Reshape", np.array([-1, *layer.shape]))
        if len(layer.shape) != 3:
            return False
        graph.add("Transpose", perm=[0, 3, 1, 2])
        return True
    elif kind is not layers.Dropout:
        raise ValueError(
            f"layer {i}, {layer}, cannot be carried to ONNX: known are Linear, Conv2D, "
            "BatchNorm, Dropout, MaxPool, AvgPool, ReLU, LeakyReLU, Sigmoid, Tanh, Flatten "
            "and Unflatten"
        )
    return images


def _input_shape(network):
    """The shape of one example; a network that begins with images leaves their sides open."""
    for layer in network.layers:
        if isinstance(layer, layers.Linear):
            return (layer.n_in,)
        if isinstance(layer, layers.Unflatten):
            return (int(np.prod(layer.shape)),)
        if isinstance(layer, layers.Conv2D):
            return ("height", "width", layer.n_in)
        if isinstance(layer, layers.BatchNorm):
            return (layer.n_in,)
    raise ValueError("the network does not say what it takes: it has no layer with a size")


def _classes(network):
    for layer in reversed(network.layers):
        if isinstance(layer, (layers.Linear, layers.Conv2D)):
            return layer.n_out
    return "K"


def _onnx():
    try:
        import onnx
    except ImportError as error:
        raise ImportError(
            'writing ONNX needs the package onnx: pip install "digitlib[onnx]"'
        ) from error
    return onnx
