"""The figures of the course: arrays in, axes out, one look.

No function calls `plt.show` or changes its arguments. Each figure has a title that says what
is drawn; `title=` replaces it. Nothing else in the package imports matplotlib or seaborn.
"""

# ruff: noqa: F401  (these imports are what the file is for)

try:
    import matplotlib.pyplot
except ImportError as error:
    raise ImportError('figures need more packages: pip install "digitlib[plots]"') from error

from digitlib.plots import touch
from digitlib.plots.answers import confusion_matrix, misclassified, prediction, reliability
from digitlib.plots.augmentation import inverse_map
from digitlib.plots.batches import batch_error, noisy_losses, rate_valleys
from digitlib.plots.checks import claimed_against_measured, panels, score_strips
from digitlib.plots.convolution import convolution_matrix, convolution_rows, convolution_window
from digitlib.plots.differences import paired_differences
from digitlib.plots.digits import (
    axis_sums,
    class_counts,
    digit_grid,
    digit_table,
    mean_digits,
    pixel_values,
    weights,
)
from digitlib.plots.drawings import framing, reading
from digitlib.plots.evidence import pixel_maps
from digitlib.plots.gaps import generalisation_gap
from digitlib.plots.images import feature_maps, filters, numbers, signed_arrays
from digitlib.plots.intervals import fair_coins, possible_scores, possible_truths
from digitlib.plots.networks import wires
from digitlib.plots.norms import batch_norm_paths
from digitlib.plots.paths import descents
from digitlib.plots.runs import (
    ladder,
    learning_curve,
    learning_curves,
    mistakes_by_epoch,
    saved,
    seeds,
    slides,
)
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
from digitlib.plots.sweeps import heat_map, score_by_rate
