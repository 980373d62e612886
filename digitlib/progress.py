"""One bar for everybody who trains: tqdm's, where it is installed."""

import contextlib
import math


@contextlib.contextmanager
def progress_bar(wanted, epochs, done=0, unit="epoch", **how):
    """A function of an `Epoch` that moves a tqdm bar of `epochs`, or that does nothing.

    It does nothing where no bar is wanted or tqdm is not installed. `done` epochs have been
    run before; further settings go to tqdm as they are.
    """
    try:
        from tqdm import tqdm
    except ImportError:  # a bar is not worth stopping for
        wanted = False
    if not wanted:
        yield lambda epoch: None
        return
    with tqdm(total=epochs, initial=done, unit=unit, **how) as bar:

        def show(epoch):
            shown = {"train": f"{epoch.train_accuracy:.3f}"}
            if not math.isnan(epoch.valid_accuracy):
                shown["valid"] = f"{epoch.valid_accuracy:.3f}"
            bar.set_postfix(shown, refresh=False)
            bar.update(epoch.epoch - bar.n)

        yield show
