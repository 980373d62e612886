"""What every layer is: parameters and gradients that stay where they are, and two passes."""

import numpy as np


class Arrays(dict):
    """Named arrays that are written into, never exchanged.

    A parameter is a view of `network.theta`. Were `params["W"] = W` to put another array in
    its place, the optimiser would go on with the old one and nobody would notice. So it
    copies the values in, and refuses a new name or another shape.
    """

    def __setitem__(self, name, value):
        if name not in self:
            raise KeyError(f"no array {name!r} here, only {', '.join(self) or 'none at all'}")
        if np.shape(value) != self[name].shape:
            raise ValueError(
                f"{name} has shape {self[name].shape}; it cannot take {np.shape(value)}"
            )
        self[name][...] = value

    def move_into(self, name, view):
        """Copy the values of `name` to `view`, and from now on be that view."""
        view[...] = self[name]
        super().__setitem__(name, view)

    def __reduce__(self):  # copying and pickling a dict would go through __setitem__
        return type(self), (dict(self),)


class Layer:
    """What all layers share; a layer without parameters only adds forward and backward.

    params, grads   the parameters and their gradients, by the same names
    buffers         arrays that are neither, but belong to the trained network
    decayed         the names of the parameters that weight decay may shrink
    needs_dX        False where nobody wants the gradient of the input (set by Network)
    rng             the layer's own Generator, if it draws random numbers
    in_network      True once its arrays live in a network's theta
    threaded        True where its functions start threads of their own (see `_threads`)
    shown           the names of the settings that repr shows
    """

    decayed = ()
    rng = None
    in_network = False
    threaded = False
    shown = ()

    def __init__(self, params=None, buffers=None):
        params = params or {}
        self._params = Arrays(params)
        self._grads = Arrays({name: np.zeros_like(value) for name, value in params.items()})
        self._buffers = Arrays(buffers or {})
        self.needs_dX = True
        self._kept = {}

    # Without a setter: `layer.params = …` would cut the layer off from its network.
    @property
    def params(self):
        return self._params

    @property
    def grads(self):
        return self._grads

    @property
    def buffers(self):
        return self._buffers

    def forward(self, X, train=False):
        raise NotImplementedError

    def backward(self, dY):
        raise NotImplementedError

    def output_shape(self, shape):
        """One example's shape after this layer, for `shape` before it, as far as known.

        None stands for an unknown shape or side. Raises ValueError where the layer cannot
        take that shape, in words that go on from "the layer before gives …, but".
        """
        return shape

    def kept(self, name, shape, dtype, train=True):
        """In a network's training an array to be written anew each time; otherwise None.

        The one of the step before where it is large enough: a last batch is shorter.
        """
        if not (train and self.in_network):
            return None
        array = self._kept.get(name)
        alike = array is not None and (array.shape[1:], array.dtype) == (shape[1:], dtype)
        if not alike or len(array) < shape[0]:
            array = self._kept[name] = np.empty(shape, dtype)
        return array[: shape[0]]

    def __getstate__(self):
        return self.__dict__ | {"_kept": {}}  # a copy needs no memory of steps

    def __repr__(self):
        shown = (getattr(self, name) for name in self.shown)
        return f"{type(self).__name__}({', '.join(map(str, shown))})"
