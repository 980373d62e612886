"""ONNX: onnx's checker accepts it, and onnxruntime computes what NumPy computes."""

import sys

import numpy as np
import pytest
from test_describe import everything

import digitlib
from digitlib.__main__ import main
from digitlib.draw import export_onnx, onnx_model, pretrained
from digitlib.recipes.networks import cnn, mlp

onnx = pytest.importorskip("onnx", reason="onnx is not installed")
onnxruntime = pytest.importorskip("onnxruntime", reason="onnxruntime is not installed")


def answers(model, X):
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    (given,), (got,) = session.get_inputs(), session.get_outputs()
    assert (given.name, got.name) == ("pixels", "probabilities")
    assert given.type == got.type == "tensor(float)"
    return session.run(None, {"pixels": X})[0]


def pooled(rng):
    return digitlib.Network(
        digitlib.Conv2D(1, 3, 3, rng, stride=2),
        digitlib.LeakyReLU(0.1),
        digitlib.AvgPool(2),
        digitlib.BatchNorm(3),
        digitlib.Flatten(),
        digitlib.Linear(108, 10, rng),
    )


NETWORKS = {
    "mlp with batch norm and dropout": mlp(784, 32, 16, 10, norm=True, dropout=0.2),
    "cnn": cnn(4, 6, 8, dropout=0.3),
    "every layer": everything,
    "images in": pooled,
    "softmax regression of 26 letters": mlp(784, 26),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_the_same_probabilities(name, rng):
    network = NETWORKS[name](rng)
    X = digitlib.load()[1].X[:100]
    X = X.reshape(-1, 28, 28, 1) if name == "images in" else X
    for _ in range(20):
        network.forward(X, train=True)  # running averages of their own
    model = onnx_model(network)
    ours = network.predict_proba(X)
    for rows in (slice(0, 100), slice(7, 8)):  # any number of rows
        theirs = answers(model, X[rows])
        assert theirs.dtype == np.float32
        assert np.abs(theirs - ours[rows]).max() < 1e-5


def test_float64_becomes_float32(rng):
    network = everything(rng, np.float64)
    X = rng.random((5, 784))
    theirs = answers(onnx_model(network), X.astype(np.float32))
    assert np.abs(theirs - network.predict_proba(X)).max() < 1e-5


def test_what_the_file_says(tmp_path):
    export_onnx(pretrained("CNN"), tmp_path / "cnn.onnx")
    model = onnx.load(tmp_path / "cnn.onnx")
    onnx.checker.check_model(model, full_check=True)
    assert model.ir_version == 8
    assert [(entry.domain, entry.version) for entry in model.opset_import] == [("", 17)]
    sides = model.graph.input[0].type.tensor_type.shape.dim
    assert [side.dim_param or side.dim_value for side in sides] == ["N", 784]
    assert model.graph.node[-1].op_type == "Softmax"
    X = digitlib.load()[1].X[:100]
    assert np.abs(answers(model, X) - pretrained("CNN").predict_proba(X)).max() < 1e-5


class Mine(digitlib.ReLU):
    pass


@pytest.mark.parametrize(
    ("layers", "said"),
    [
        (lambda r: [digitlib.Linear(784, 10, r), Mine()], r"layer 1, Mine\(\), cannot be"),
        (lambda r: [digitlib.Conv2D(1, 2, 3, r)], r"put Flatten\(\) before"),
        (
            lambda r: [digitlib.Conv2D(1, 2, 3, r), digitlib.Unflatten(2)],
            "follows images",
        ),
    ],
)
def test_what_cannot_be_carried_is_named(rng, layers, said):
    with pytest.raises(ValueError, match=said):
        onnx_model(digitlib.Network(*layers(rng)))


def test_weights_that_are_no_numbers_are_refused(rng):
    network = digitlib.Network(digitlib.Linear(784, 10, rng))
    network.params["0.b"][3] = np.inf
    with pytest.raises(ValueError, match=r"b of layer 0, Linear\(784, 10\), has values"):
        onnx_model(network)


def test_the_command(tmp_path, rng, capsys):
    source, target = tmp_path / "mine.npz", tmp_path / "mine.onnx"
    network = NETWORKS["cnn"](rng)
    digitlib.save(network, source)
    assert main(["export", str(source), str(target)]) == 0
    assert f"{target.stat().st_size:,} bytes" in capsys.readouterr().out
    X = rng.random((3, 784), np.float32)
    theirs = answers(onnx.load(target), X)
    assert np.abs(theirs - network.predict_proba(X)).max() < 1e-5
    assert main(["export", str(source), str(target)]) == 1
    assert "--force replaces it" in capsys.readouterr().err
    assert main(["export", str(source), str(target), "--force"]) == 0
    assert main(["export", str(tmp_path / "none.npz"), str(tmp_path / "b.onnx")]) == 1
    assert "none.npz" in capsys.readouterr().err


def test_without_onnx_it_says_what_to_install(tmp_path, rng, monkeypatch, capsys):
    digitlib.save(digitlib.Network(digitlib.Linear(784, 10, rng)), tmp_path / "a.npz")
    monkeypatch.setitem(sys.modules, "onnx", None)
    assert main(["export", str(tmp_path / "a.npz"), str(tmp_path / "a.onnx")]) == 1
    assert 'pip install "digitlib[onnx]"' in capsys.readouterr().err
    assert not (tmp_path / "a.onnx").exists()
