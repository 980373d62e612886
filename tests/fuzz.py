"""Files that are damaged, altered or made to hurt: each loads to what it holds, or is named.

    python tests/fuzz.py --seconds 50 --seed 0

Files of every kind that digitlib reads are made, then altered at random: bits flipped, bytes
cut, put in, exchanged and repeated, before they are packed and after. A load must give exactly
the content, or raise a ValueError or OSError that names the file, within 2 s of processor time
and 600 MB. What the content is, a slow reader here says, which shares no line with the library.
The first failures are printed and their files kept in --keep; the exit code is then 1.
"""

import argparse
import bz2
import gzip
import io
import lzma
import math
import random
import re
import resource
import struct
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from pathlib import Path

import numpy as np

import digitlib
from digitlib.net.checkpoint import load_training, load_weights, save, save_training

SECONDS, MEGABYTES = 2, 550  # with the 40 to 50 MB of NumPy itself, below 600
ROWS = 6
ARCHIVES = ("npz", "npy", "weights", "checkpoint")  # read as they are, never packed


# What is right: slow readers of the same formats, for unpacked bytes. None: it must be refused.


def csv_text(data):
    """The text of a CSV file: UTF-16 where its mark says so, every line ending as a newline."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            data = data.decode(encoding, "replace").encode()
    text = data.decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def csv_rows(data):
    """The rows of whole numbers in a CSV file as lists; its header is passed over."""
    text = csv_text(data)
    rows = []
    for line in text.split("\n"):
        row = []
        for cell in line.strip().strip(",").split(","):
            try:
                value = float(cell.strip().strip('"').removeprefix("b").strip("' "))
            except ValueError:
                break
            if not math.isfinite(value) or abs(value - round(value)) > 1e-3:
                break
            row.append(round(value))
        else:
            rows.append(row)
    return rows


def in_order_of_names(pixels, data):
    """The columns as the header numbers them, where it has 0 to 783 in another order."""
    for line in csv_text(data).split("\n"):
        found = [re.findall(r"\d+", cell) for cell in line.strip().strip(",").split(",")]
        numbers = [int(each[0]) for each in found if len(each) == 1]
        if sorted(numbers) == list(range(784)):
            return pixels[:, np.argsort(numbers)]
    return pixels


def labelled(data):
    rows = [row for row in csv_rows(data) if len(row) == 785]
    rows = np.array(rows, np.int64).reshape(-1, 785)
    return np.hstack([rows[:, :1], in_order_of_names(rows[:, 1:], data)])


def unlabelled(data):
    rows = [row for row in csv_rows(data) if len(row) == 784]
    return in_order_of_names(np.array(rows, np.int64).reshape(-1, 784), data)


def idx(data):
    sizes = struct.unpack_from(f">{data[3]}I", data, 4)
    values = np.frombuffer(data, np.uint8, offset=4 + 4 * len(sizes))
    return values.reshape(sizes).astype(np.int64)


def npy(data):
    return np.load(io.BytesIO(data), allow_pickle=False).reshape(-1, 784).astype(np.int64)


def npz(data):
    with np.load(io.BytesIO(data), allow_pickle=False) as stored:
        return [
            stored[name].astype(np.int64) for name in ("x_train", "y_train", "x_test", "y_test")
        ]


def answers(data):
    lines = data.decode("ascii").replace("\r\n", "\n").split("\n")[1:]
    return np.array([int(line.split(",")[1]) for line in lines if line])


# What is tested: a file's plain bytes, how it is packed, who reads it, what is right.


def table(digits):
    y = [] if digits.y is None else [digits.y[:, None]]
    return np.hstack([*y, np.rint(digits.X.astype(np.float64) * 255).astype(np.int64)])


def four(path):
    train, test = digitlib.read_npz(path)
    return [
        table(train)[:, 1:].reshape(-1, 28, 28),
        train.y,
        table(test)[:, 1:].reshape(-1, 28, 28),
        test.y,
    ]


def zipped(data, level=zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", level) as archive:
        archive.writestr("train.csv", data)
    return packed.getvalue()


def small_run():
    """A network with all that a file may hold of it, its optimiser and its generator."""
    rng = np.random.default_rng(0)
    layers = digitlib.Linear(4, 3, rng), digitlib.BatchNorm(3), digitlib.Dropout(0.3, rng)
    network, optimizer = digitlib.Network(*layers, digitlib.Linear(3, 2, rng)), digitlib.Adam()
    return network, optimizer, rng


def contents(network, optimizer, rng):
    """Everything that a load may change, as a list of arrays."""
    state = str([each.bit_generator.state for each in [rng, *network.generators]])
    arrays = [*network.snapshot().values(), *optimizer.state.values()]
    return [*arrays, np.array(optimizer.steps), np.frombuffer(state.encode(), np.uint8)]


def unchanged_or_whole(read, path):
    """What a load puts into a new run; an AssertionError where it fails half way."""
    fresh = small_run()
    before = contents(*fresh)
    try:
        read(path, *fresh)
    except (ValueError, OSError):
        assert same(contents(*fresh), before), f"{path.name}: half changed"
        raise
    return contents(*fresh)


def weights(path):
    return unchanged_or_whole(lambda path, network, *_: load_weights(network, path), path)


def checkpoint(path):
    return unchanged_or_whole(lambda path, n, o, rng: load_training(path, n, o, [rng]), path)


def trained():
    """(weights, checkpoint) as bytes of two files, and what each puts into a new run."""
    run = small_run()
    network, optimizer, rng = run
    with tempfile.TemporaryDirectory() as name:
        files = [Path(name, "net.npz"), Path(name, "run.npz")]
        network.theta = network.theta + 1
        save(network, files[0])
        right = [contents(network, *small_run()[1:])]
        # Dropout draws from the generator of the run, which weights alone do not hold.
        optimizer.step(network.theta, np.ones_like(network.theta), 0.1)
        rng.random(7)
        epoch = {"epoch": 1, "train_loss": 0.5, "valid_loss": math.nan}
        save_training(files[1], network, optimizer, [rng], [epoch], network.snapshot())
        right.append(contents(*run))
        right[0][-1] = contents(*small_run())[-1]
        return [(file.read_bytes(), content) for file, content in zip(files, right)]


def rewritten(data, rng):
    """The archive of arrays with one of them well formed and another: only a hash tells."""
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        arrays = dict(file)
    name = rng.choice(list(arrays))
    array, change = arrays.pop(name), rng.randrange(8)
    if change == 1:
        arrays[name + "x"] = array
    elif change == 2:
        arrays[name] = array[None]
    elif change == 3:
        arrays[name] = array.astype("U30")
    elif change == 4:
        arrays[name] = np.zeros(array.shape, rng.choice(["f8", "i4", "?", "M8[s]", "c8"]))
    elif change == 5 and array.dtype.kind == "f":
        arrays[name] = np.full_like(array, rng.choice([math.nan, math.inf, -1e30, 0.5]))
    elif change == 6 and array.dtype.kind == "U":
        text = list(str(array))
        text[rng.randrange(len(text))] = rng.choice('0123456789"{}[],x')
        arrays[name] = np.array("".join(text))
    elif change == 7 and array.size > 1:
        arrays[name] = array[..., ::-1]
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def make(rng):
    """Kind -> (plain bytes, reader, what is right)."""
    (net, in_net), (run_, in_run) = trained()
    pixels = rng.integers(0, rng.choice([1, 10, 256], (ROWS, 784)))
    pixels[:, :30] = 0
    y = np.arange(3, 3 + 3 * ROWS, 3) % 10
    names = ",".join(f"pixel{i}" for i in range(784))
    body = "".join(f"{label},{','.join(map(str, row))}\n" for label, row in zip(y, pixels))
    bare = "".join(f"{','.join(map(str, row))}\n" for row in pixels)
    images = pixels.astype(np.uint8).reshape(-1, 28, 28)
    array, arrays, written = io.BytesIO(), io.BytesIO(), io.BytesIO()
    np.save(array, images)
    np.savez(arrays, x_train=images, y_train=y, x_test=images[:3], y_test=y[:3])
    written.write(b"ImageId,Label\n" + b"".join(b"%d,%d\n" % (i, i % 10) for i in range(1, 21)))
    header = b"\0\0\x08\3" + struct.pack(">3I", *images.shape)
    return {
        "csv": (f"label,{names}\n{body}".encode(), digitlib.read_labelled_csv, labelled),
        "csv, no header": (body.encode(), digitlib.read_labelled_csv, labelled),
        "csv of test": (f"{names}\n{bare}".encode(), digitlib.read_unlabelled_csv, unlabelled),
        "csv, UTF-16": (
            f"label,{names}\n{body}".encode("utf-16"),
            digitlib.read_labelled_csv,
            labelled,
        ),
        "idx": (header + images.tobytes(), digitlib.read_idx, idx),
        "idx of labels": (
            b"\0\0\x08\1" + struct.pack(">I", ROWS) + bytes(y.tolist()),
            digitlib.read_idx,
            idx,
        ),
        "npy": (array.getvalue(), digitlib.read_digits, npy),
        "npz": (arrays.getvalue(), four, npz),
        "weights": (net, weights, lambda data: in_net),
        "checkpoint": (run_, checkpoint, lambda data: in_run),
        "submission": (
            written.getvalue(),
            lambda path: digitlib.check_submission(path, 20),
            answers,
        ),
    }


PACKINGS = {
    "plain": bytes,
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zip": zipped,
    "stored zip": lambda data: zipped(data, zipfile.ZIP_STORED),
    "gz in gz": lambda data: gzip.compress(gzip.compress(data)),
    "gz in zip": lambda data: zipped(gzip.compress(data)),
}


def altered(data, rng):
    """The bytes with one to three random changes, as disks, lines and people make them."""
    data = bytearray(data)
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        size = len(data)
        at = rng.randrange(size) if size else 0
        # The beginning and the end hold what decides, so they are hit more often.
        at = rng.choice(
            [at, at, min(at, rng.randrange(64)), max(0, size - 1 - rng.randrange(64))]
        )
        length = rng.choice([1, 1, 2, 4, 16, 300])
        change = rng.randrange(9)
        if change == 0 and size:
            data[min(at, size - 1)] ^= 1 << rng.randrange(8)
        elif change == 1 and size:
            data[min(at, size - 1)] = rng.randrange(256)
        elif change == 2:
            del data[at:]
        elif change == 3:
            del data[at : at + length]
        elif change == 4:
            data[at:at] = bytes(rng.randrange(256) for _ in range(length))
        elif change == 5:
            data[at:at] = data[at : at + length]
        elif change == 6:
            data[at : at + length] = bytes(length)
        elif change == 7:
            other = rng.randrange(size) if size else 0
            data[at : at + length], data[other : other + length] = (
                data[other : other + length],
                data[at : at + length],
            )
        else:  # well-formed, and another number, sign or separator than was meant
            data[at:at] = rng.choice(
                [b",", b"\n", b"0", b"9", b"-", b".", b"e9", b'"', b";", b" ", b"\r", b"nan",
                 b"\xff\xff\xff\xff", b"\0\0\0\x80", b"1,2,3", b"label", b"\xef\xbb\xbf"]
            )  # fmt: skip
    return bytes(data)


def many(data, times):
    """A gzip file of the same bytes many times over: its parts are packed one by one."""
    return gzip.compress(data, 9) * times


def hostile():
    """(name, bytes, reader): made to fill the memory, to last, or to be taken for another."""
    endless = many(bytes(1 << 20), 1 << 10)  # a gigabyte in one megabyte
    lines = many(b"\n" * (1 << 20), 1 << 9)
    ones = many((b"1," * 784 + b"1\n") * 100, 20)
    row = b"3" + b",0" * 784
    read = digitlib.read_labelled_csv
    yield "zeros for a csv", endless, read
    yield "zeros for an idx", endless, digitlib.read_idx
    yield "blank lines", lines, read
    yield "one class", ones, read
    yield "one line", gzip.compress(b"3") + many(b",0" * (1 << 19), 1 << 8), read
    yield (
        "a promise of 2 ** 62 bytes",
        b"\0\0\x08\2" + b"\x7f\xff\xff\xff" * 2,
        digitlib.read_idx,
    )
    promise = b"\0\0\x08\3" + struct.pack(">3I", 1 << 30, 28, 28)
    yield "a promise, and zeros", gzip.compress(promise) + endless, digitlib.read_idx
    yield "255 dimensions", b"\0\0\x08\xff" + b"\0\0\0\1" * 255, digitlib.read_idx
    for shape in ("(99999999999, 784)", "(-1, 784)", "(784,) * 9", "(1, 784, 0)"):
        header = f"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}, }}\n".encode()
        npy = b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header
        yield f"npy of shape {shape}", npy, digitlib.read_digits
    objects = io.BytesIO()
    np.save(objects, np.array([{}]), allow_pickle=True)
    yield "npy of objects", objects.getvalue(), digitlib.read_digits
    yield "quotes", b'"' * 100_000 + b"\n" + row, read
    yield "a quote that stays open", (row + b"\n") * 3 + b'"' + row + b"\n" + row, read
    yield "a very large number", row + b"\n3," + b"9" * 300_000 + b",0" * 783, read
    yield "exponents", row + b"\n3," + b"1e999999999," * 783 + b"1", read
    packed = PACKINGS["zip"](row)
    yield (
        "an encrypted zip",
        packed.replace(b"PK\1\2\x14\3\x14\0\0", b"PK\1\2\x14\3\x14\0\1"),
        read,
    )
    yield "a zip in a zip", zipped(packed), read
    yield "four times packed", gzip.compress(PACKINGS["gz in gz"](gzip.compress(row))), read


def peak():
    """The most memory that this process has had at once, in MB."""
    unit = 1 << (20 if sys.platform == "darwin" else 10)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit


def load(reader, path):
    """(content or None, what is wrong or None) of one file."""
    began, before = time.process_time(), peak()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of white paper and the like
            found = reader(path)
    except (ValueError, OSError) as error:
        found = None
        wrong = None if path.name in str(error) else f"not named: {error!r}"
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        found = None
        wrong = f"another error: {traceback.format_exception_only(error)[-1].strip()}"
    else:
        wrong = None
    took = time.process_time() - began
    if took > SECONDS:
        wrong = f"took {took:.1f} s"
    if (grown := peak() - before) > MEGABYTES:
        wrong = f"took {grown} MB more"
    return found, wrong


def same(found, right):
    if isinstance(found, list):
        return len(found) == len(right) and all(map(same, found, right))
    if isinstance(found, digitlib.Digits):
        found = table(found)
    return found.shape == right.shape and bool((found == right).all())


def right_content(slow, plain):
    """What the slow reader makes of the bytes, or None where it cannot read them."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return slow(plain)
    except Exception:
        return None


def one(kinds, rng, folder):
    """Alter one file at random and read it; (name, what is wrong or None, path)."""
    kind = rng.choice(list(kinds))
    plain, reader, slow = kinds[kind]
    packing = rng.choice(list(PACKINGS)) if kind not in ARCHIVES else "plain"
    inside = rng.random() < 0.5
    if inside:
        own = kind in ("weights", "checkpoint")
        plain = rewritten(plain, rng) if own else altered(plain, rng)
    data = PACKINGS[packing](plain)
    if not inside:
        data = altered(data, rng)
        plain = data if packing == "plain" else plain
    path = folder / "altered.bin"
    path.write_bytes(data)
    found, wrong = load(reader, path)
    if found is not None and wrong is None:
        right = right_content(slow, plain)  # of weights there is one content: they are hashed
        # A packing's own checksum may be all that was hit, or nothing: then it is as it was.
        if right is None:  # what NumPy's reader refuses may still hold all that it held
            right = right_content(slow, kinds[kind][0])
        if right is None or not same(found, right):
            wrong = "other content was loaded"
    return f"{kind}, {packing}", wrong, path


def run(seconds, seed, keep=None, kinds=None):
    """Alter and read until the time is up; returns (how many, failures as lines)."""
    rng, failures, count = random.Random(seed), [], 0
    kinds = kinds or make(np.random.default_rng(seed))
    ends = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def note(what, wrong, path):
            failures.append(f"{what}: {wrong}")
            if keep is not None:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{len(failures)}.bin").write_bytes(path.read_bytes())

        for kind, (plain, reader, slow) in kinds.items():  # as they are, they must load
            for packing in PACKINGS if kind not in ARCHIVES else ["plain"]:
                path = folder / "altered.bin"
                path.write_bytes(PACKINGS[packing](plain))
                found, wrong = load(reader, path)
                if wrong or found is None or not same(found, slow(plain)):
                    note(f"{kind}, {packing}, unaltered", wrong or "not loaded", path)
        for what, data, reader in hostile():
            path = folder / "hostile.bin"
            path.write_bytes(data)
            found, wrong = load(reader, path)
            count += 1
            if wrong or found is not None:
                note(what, wrong or "it was loaded", path)
        while time.monotonic() < ends and len(failures) < 20:
            count += 1
            what, wrong, path = one(kinds, rng, folder)
            if wrong:
                note(what, wrong, path)
    return count, failures


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="a folder for the files that failed")
    arguments = parser.parse_args(argv)
    count, failures = run(arguments.seconds, arguments.seed, arguments.keep)
    print(f"{count} files altered or hostile, seed {arguments.seed}: {len(failures)} failures")
    for line in failures:
        print("  ", line)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
