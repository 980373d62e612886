"""Size, accuracy and time of the pad's networks: python -m tools.phones writes notes/phones.md.

Each network as it ships (int8 weights), as ONNX in float32, and as ONNX with whole numbers.
Needs MNIST, onnx, onnxruntime, and node for the page's time.
"""

import argparse
import json
import platform
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
import onnxruntime
from onnxruntime.quantization import QuantType, quantize_dynamic

import digitlib
from digitlib.draw import export_onnx, pretrained
from digitlib.draw.pack import pack
from digitlib.draw.trained import NAMES, about
from digitlib.draw.web_page import ARITHMETIC, page, script
from tools.train_pad import FOLDER

NOTES = Path(__file__).parents[1] / "notes" / "phones.md"
REPEATS = 2000

ABOUT = """# On a phone, in a browser: how large, how good, how fast

`python -m tools.phones` writes this page. The networks are those of `digitlib draw`, trained by
`python -m tools.train_pad` on {rows}.
Accuracy is that on MNIST's 10,000 test digits, which chose nothing. Time is for one digit at a
time, the fastest of {repeats} or more on {machine} with one thread, while other programs ran
beside it; it was not measured on a phone.

{table}

- **.npz** is what ships with digitlib: weights as whole numbers from −127 to 127 with one scale
  for each output, everything else in float32.
- **page** is the network in JavaScript under node {node}, the same files that `digitlib draw`
  puts into its page. The whole page with all three networks is {page_size} kB and needs no
  runtime; onnxruntime-web alone has about 14 MB.
- Whole numbers cost nothing measurable. Weights as they were trained, and as they ship, on the
  5,000 built-in digits, which no network has seen, and on MNIST's test digits:
{cost}
- **.onnx** is `digitlib export`, float32, opset 17, run by onnxruntime {runtime}.
- **.onnx int8** is the same file after onnxruntime's `quantize_dynamic`. Its time is longer
  where turning values into whole numbers takes longer than is saved.
"""


def main():
    argparse.ArgumentParser(description=__doc__.split("\n")[0]).parse_args()
    test = digitlib.load("mnist")[1]
    rows = []
    for name in NAMES:
        network = pretrained(name)
        with tempfile.TemporaryDirectory() as folder:
            full, small = Path(folder, "full.onnx"), Path(folder, "small.onnx")
            export_onnx(network, full)
            quantize_dynamic(full, small, weight_type=QuantType.QUInt8)
            one = test.X[:1]
            rows += [
                (name, ".npz", size(FOLDER / f"{name}.npz"), score(network.predict_proba, test))
                + (fastest(lambda x=one, n=network: n.predict_proba(x)),),
                (name, "page", len(json.dumps(pack(network, int8=True))))
                + in_javascript(network, test),
            ]
            for kind, path in ((".onnx", full), (".onnx int8", small)):
                run = session(path)
                rows.append(
                    (
                        name,
                        kind,
                        size(path),
                        score(run, test),
                        fastest(lambda x=one, r=run: r(x)),
                    )
                )
    text = ABOUT.format(
        rows=about("CNN")["data"].replace("55000", "55,000"),
        repeats=f"{REPEATS:,}",
        machine=processor(),
        table=table(rows),
        cost="\n".join(cost(name) for name in NAMES),
        node=subprocess.run(
            ["node", "--version"], capture_output=True, text=True
        ).stdout.strip(),
        page_size=round(len(page()) / 1000),
        runtime=onnxruntime.__version__,
    )
    NOTES.write_text(text, encoding="utf-8", newline="\n")
    print(text)


def cost(name):
    """A line: accuracies in float32 and as whole numbers."""
    facts = about(name)
    pairs = (
        f"{100 * facts['float32'][where]:.2f} and {100 * facts['int8'][where]:.2f} %"
        for where in ("sample", "mnist")
    )
    return f"  - {name}: {'; '.join(pairs)}"


def size(path):
    return path.stat().st_size


def score(probabilities, test):
    right = np.concatenate(
        [probabilities(X).argmax(axis=1) for X in np.array_split(test.X, 10)]
    )
    return f"{100 * (right == test.y).mean():.2f} %"


def session(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    made = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    return lambda X: made.run(None, {"pixels": X})[0]


def fastest(call):
    """Milliseconds of the fastest of many calls: what else ran only makes a call slower."""
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    return 1000 * min(times)


def in_javascript(network, test):
    """Accuracy on all test digits, and the milliseconds of the fastest."""
    body = f"""
    {script(ARITHMETIC)}
    const input = JSON.parse(require("fs").readFileSync(0, "utf8"));
    const network = unpack(input.network);
    let [least, right] = [Infinity, 0];
    input.X.forEach((row, i) => {{
      const x = row.map((value) => Math.fround(value / 255));
      const began = performance.now();
      const p = probabilities(network, x);
      least = Math.min(least, performance.now() - began);
      right += p.indexOf(Math.max(...p)) === input.y[i];
    }});
    console.log(JSON.stringify([right / input.X.length, least]));
    """
    pixels = np.rint(test.X * 255).astype(int).tolist()
    data = {"network": pack(network, int8=True), "X": pixels, "y": test.y.tolist()}
    done = subprocess.run(
        ["node", "-e", body], input=json.dumps(data), capture_output=True, text=True, check=True
    )
    right, least = json.loads(done.stdout)
    return f"{100 * right:.2f} %", least


def processor():
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def table(rows):
    lines = ["| network | form | kB | accuracy | ms per digit |", "|---|---|---:|---:|---:|"]
    lines += [
        f"| {name} | {kind} | {bytes_ / 1000:.1f} | {right} | {ms:.3f} |"
        for name, kind, bytes_, right, ms in rows
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
