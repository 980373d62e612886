"""notes/formulas.md: every line of NumPy runs, has its shape, and is the library's."""

import re
from pathlib import Path

import numpy as np
import pytest

from digitlib import formulas
from digitlib.metrics import wilson_interval

SHEET = Path(__file__).resolve().parent.parent / "notes" / "formulas.md"
N, H, C, F, S, PAD, STRIDE = 5, 4, 2, 3, 3, 1, 2
SIDE = 14
SHAPES = {
    "(N, H)": (N, H),
    "(N, 10)": (N, 10),
    "(H, 10)": (H, 10),
    "(784, H)": (784, H),
    "(N, 784)": (N, 784),
    "(10,)": (10,),
    "(H,)": (H,),
    "(2,)": (2,),
    "()": (),
    "(N·side², S²C)": (N * SIDE**2, S * S * C),
    "(N·side², F)": (N * SIDE**2, F),
    "(S²C, F)": (S * S * C, F),
}


def lines():
    """[(code, shape, notebook), …] of the sheet's table."""
    rows = [
        row for row in SHEET.read_text(encoding="utf-8").splitlines() if row.startswith("|")
    ]
    cells = [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows[2:]]
    return [(row[2].strip("`"), row[3], row[4]) for row in cells]


@pytest.fixture(scope="module")
def names():
    rng = np.random.default_rng(3)
    y = np.array([3, 0, 9, 3, 7])
    known = {
        "np": np, "rng": rng, "N": N, "H": H, "C": C, "F": F, "S": S, "pad": PAD,
        "stride": STRIDE, "patches": formulas.patches, "y": y,
        "X": rng.random((N, 784)), "Y": np.eye(10)[y],
        "W1": rng.standard_normal((784, H)) / 28, "b1": rng.standard_normal(H),
        "W2": rng.standard_normal((H, 10)), "b2": rng.standard_normal(10),
        "f": np.sin, "t": 1.2, "h": 1e-5, "alpha": 0.1, "mu": 0.9, "v": np.ones((784, H)),
        "beta1": 0.9, "beta2": 0.999, "m": 0.0, "s": 0.0, "eps": 1e-8, "lam": 1e-3,
        "gamma": rng.standard_normal(H), "beta": rng.standard_normal(H), "p": 0.3,
        "images": rng.random((N, 28, 28, C)), "W_conv": rng.standard_normal((S, S, C, F)),
        "b_conv": rng.standard_normal(F), "n": 200, "q": 0.9, "z": 1.959963984540054,
    }  # fmt: skip
    known["m"], known["s"] = np.zeros((784, H)), np.zeros((784, H))
    known["dZ_conv"] = rng.standard_normal((N * SIDE**2, F))
    for code, _, _ in lines():
        if code.startswith("m_hat"):
            known["t"] = 1  # the number of the step; before it the place of a slope
        exec(code, known)
    return known


def test_the_table_is_read_whole():
    assert len(lines()) > 30


@pytest.mark.parametrize(("code", "shape", "notebook"), lines())
def test_every_line_has_its_shape(names, code, shape, notebook):
    for name in re.findall(r"(?:^|; )(\w+) = ", code):
        assert np.shape(names[name]) == SHAPES[shape], code
    assert re.fullmatch(r"\d\d", notebook)


def close(one, other):
    np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-12)


def test_the_lines_are_the_librarys(names):
    n = names
    loss, dZ2 = formulas.softmax_cross_entropy(n["Z2"], n["y"])
    close(n["loss"], loss)
    close(n["dZ2"], dZ2)
    dZ1 = formulas.relu_backward(formulas.affine_dX(dZ2, n["W2"]), n["Z1"])
    close(n["dZ1"], dZ1)
    for name, gradient in zip(("dW1", "db1"), formulas.affine_grads(dZ1, n["X"])):
        close(n[name], gradient)
    for name, gradient in zip(("dW2", "db2"), formulas.affine_grads(dZ2, n["A1"])):
        close(n[name], gradient)
    close(n["dX"], formulas.affine_dX(dZ1, n["W1"]))
    assert abs(n["slope"] - np.cos(1.2)) < 1e-9
    moments = formulas.channel_moments(n["Z1"])
    Y, Z_hat = formulas.batch_norm(n["Z1"], n["gamma"], n["beta"], *moments, eps=n["eps"])
    close(n["Y_norm"], Y)
    dZ, _, _ = formulas.batch_norm_backward(
        n["dA1"], Z_hat, n["gamma"], moments[1], eps=n["eps"]
    )
    close(n["dZ_norm"], dZ)
    zero = np.zeros((784, H))
    theta, _, _ = formulas.adam_step(n["W1"], n["dW1"], zero, zero, 1, n["alpha"])
    close(n["W1_next"], theta)
    Z = formulas.conv2d(n["images"], n["W_conv"], n["b_conv"], STRIDE, PAD)
    close(n["Z_conv"], Z.reshape(-1, F))
    dW, _ = formulas.conv2d_grads(
        n["dZ_conv"].reshape(N, SIDE, SIDE, F), n["images"], (S, S), STRIDE, PAD
    )
    close(n["dW_conv"], dW.reshape(-1, F))
    assert n["side"] == formulas.conv_size(28, S, STRIDE, PAD)
    close(n["ends"], wilson_interval(180, 200))
