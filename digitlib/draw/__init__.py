"""Draw a digit and see what a network makes of it: in a notebook, on a page, on a phone.

    from digitlib.draw import DrawPad, write_page, pretrained

`DrawPad(network)` is a widget for Jupyter and Colab, and needs anywidget; without it there is
nothing to draw on, and the pad says what to install. `write_page` makes one HTML file that
needs nothing but a browser; `digitlib draw` calls it. `export_onnx` writes a network for other
programs.
"""

from digitlib.draw.folding import folded
from digitlib.draw.in_browser import run_in_browser
from digitlib.draw.onnx_file import export_onnx, onnx_model
from digitlib.draw.strokes import drawn, ink, ink_frame, pad_picture
from digitlib.draw.trained import pretrained
from digitlib.draw.web_page import page, write_page

__all__ = [
    "DrawPad",
    "drawn",
    "export_onnx",
    "folded",
    "ink",
    "ink_frame",
    "onnx_model",
    "pad_picture",
    "page",
    "pretrained",
    "run_in_browser",
    "write_page",
]


def __getattr__(name):
    if name != "DrawPad":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        from digitlib.draw.widget import DrawPad
    except ModuleNotFoundError as error:
        if error.name not in ("anywidget", "traitlets"):
            raise
        # A notebook runs on: whoever looks at this pad is told what to install.
        from digitlib.draw.pad import Pad as DrawPad
    return DrawPad
