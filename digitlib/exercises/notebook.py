"""What a notebook's own cells call: comparisons and measured numbers."""

from digitlib.gradcheck import relative_error


def same_as(mine, theirs, *inputs, name="", tol=1e-9):
    """Say that two arrays are the same to rounding, or raise an error with the difference.

    mine, theirs: arrays of one shape, or two functions that are called with `inputs`.
    """
    if callable(mine):
        name = name or mine.__name__
        mine, theirs = mine(*inputs), theirs(*inputs)
    error = relative_error(mine, theirs)  # refuses different shapes
    label = f"{name}: " if name else ""
    if not error <= tol:
        raise AssertionError(f"{label}relative error {error:.2g}, above {tol:g}")
    shape = getattr(mine, "shape", ())
    print(f"{label}same{f', shape {shape}' if shape else ''}, relative error below {tol:.0e}")


def expect(name, value, low=None, high=None):
    """Print a measured number under its name, and fail where it leaves its band.

    The prose quotes it and carries the same name in a comment, and a test compares the two.
    Where a cell's output is compared as it stands, no band is needed.
    """
    value = float(value)
    if low is None:
        print(f"{name} = {value:.4g}")
        return
    if not low <= value <= high:
        raise AssertionError(
            f"{name} = {value:.4g}, expected {low:g} to {high:g}. In a cell that you have not "
            "changed this is a fault of ours: please report it with your versions."
        )
    print(f"{name} = {value:.4g} (expected {low:g} to {high:g})")
