"""Files of digits as people have them: sets of digits, and pictures of a single one."""

import numpy as np

from digitlib.data import read_digits
from digitlib.data.files import path_of, regular
from digitlib.data.frame import mnist_frame, read_picture
from digitlib.data.readers import Digits

__all__ = ["cleaned", "read_any"]

PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
CONTRAST = 0.1  # less between paper and ink is no digit


def read_any(path):
    """(Digits, whether it is a picture) from a picture or from what `read_digits` reads.

    The first bytes decide, not the name. Raises ValueError or OSError that names the file.
    """
    path = path_of(path)
    with regular(path) as file:
        is_picture = file.read(8).startswith(PICTURES)
    if not is_picture:
        return read_digits(path), False
    ink = cleaned(read_picture(path))
    if ink is None:
        raise ValueError(f"{path}: no digit on plain paper is to be seen in this picture")
    return Digits(mnist_frame(ink[None]), None, path.name), True


def cleaned(ink):
    """A photograph's ink without its paper: (height, width) from 0 to 1, None where blank.

    Light falls unevenly, so the paper is taken as a plane through the picture's border, and
    whatever is within the border's noise of it is paper too. The darkest ink becomes 1.
    """
    y, x = np.linspace(0, 1, ink.shape[0])[:, None], np.linspace(0, 1, ink.shape[1])
    edge = np.ones(ink.shape, bool)
    edge[1:-1, 1:-1] = False
    columns = [np.broadcast_to(part, ink.shape)[edge] for part in (1.0, y, x)]
    a, b, c = np.linalg.lstsq(np.stack(columns, axis=1), ink[edge], rcond=None)[0]
    ink = ink - (a + b * y + c * x).astype(ink.dtype)
    noise = 1.5 * np.quantile(np.abs(ink[edge]), 0.9)
    darkest = ink.max()
    if darkest < max(CONTRAST, 2 * noise):
        return None
    return np.clip((ink - noise) / (darkest - noise), 0, 1)
