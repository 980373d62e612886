"""Named arrays that stay where they are: the one rule of a network of views."""

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
