"""The figures of the course: arrays in, axes out, one look.

No function calls `plt.show` or changes its arguments. Each figure has a title that says what
is drawn; `title=` replaces it. Nothing else in the package imports matplotlib or seaborn.
"""

try:
    import matplotlib.pyplot  # noqa: F401
except ImportError as error:
    raise ImportError('figures need more packages: pip install "digitlib[plots]"') from error

from digitlib.plots import touch
from digitlib.plots.answers import confusion_matrix, misclassified, prediction
from digitlib.plots.differences import paired_differences
from digitlib.plots.digits import class_counts, digit_grid, mean_digits, weights
from digitlib.plots.images import feature_maps, filters, numbers
from digitlib.plots.networks import wires
from digitlib.plots.runs import ladder, learning_curve, mistakes_by_epoch, saved, slides
from digitlib.plots.style import (
    ACCENT,
    COLOURS,
    DASHES,
    GREY,
    INK,
    MARKERS,
    MISTAKES,
    MUTED,
    PALE,
    SIGNED,
    WIDTH,
    house_style,
)
from digitlib.plots.sweeps import heat_map

__all__ = [
    "ACCENT",
    "COLOURS",
    "DASHES",
    "GREY",
    "INK",
    "MARKERS",
    "MISTAKES",
    "MUTED",
    "PALE",
    "SIGNED",
    "WIDTH",
    "class_counts",
    "confusion_matrix",
    "digit_grid",
    "feature_maps",
    "filters",
    "heat_map",
    "house_style",
    "ladder",
    "learning_curve",
    "mean_digits",
    "misclassified",
    "mistakes_by_epoch",
    "numbers",
    "paired_differences",
    "prediction",
    "saved",
    "slides",
    "touch",
    "weights",
    "wires",
]
