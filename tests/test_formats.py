"""What a file is, by its first bytes: read where that is safe, else named."""

import gzip
import io
import re
import zipfile

import numpy as np
import pytest
from data_helpers import csv_bytes, idx_bytes, table
from odd_files import zipped

import digitlib
from digitlib.data.formats import SIGNS, Unpacked
from digitlib.data.readers import LARGEST

IMAGES = np.random.default_rng(0).integers(0, 256, (6, 28, 28), dtype=np.uint8)
IMAGES[:, :3] = IMAGES[:, -3:] = IMAGES[:, :, :9] = IMAGES[:, :, -9:] = 0  # upright, on paper
LABELS = np.array([3, 1, 4, 1, 5, 9], np.uint8)


def npy(array, **options):
    packed = io.BytesIO()
    np.save(packed, array, **options)
    return packed.getvalue()


def npz(**arrays):
    packed = io.BytesIO()
    np.savez(packed, **arrays)
    return packed.getvalue()


FOREIGN = {
    "LFS": (
        b"version https://git-lfs.github.com/spec/v1\n",
        "pointer of Git LFS.*git lfs pull",
    ),
    "pickle": (b"\x80\x04\x95", "a Python pickle.*never opened.*np.savez.*digitlib.read_npz"),
    "old pickle": (b"(lp0\nI1\na.", "a Python pickle"),
    "older pickle": (b"cnumpy.core\n_reconstruct\n", "a Python pickle"),
    "PNG": (b"\x89PNG\r\n\x1a\n", r"a PNG picture.*mnist_frame\(read_picture\(path\)"),
    "JPEG": (b"\xff\xd8\xff\xe0", "a JPEG picture"),
    "GIF": (b"GIF89a", "a GIF picture"),
    "BMP": (b"BM\1\2\3\4\0\0\0\0", "a BMP picture"),
    "TIFF": (b"II*\0", "a TIFF picture"),
    "WebP": (b"RIFF\1\2\3\4WEBP", "a WebP picture"),
    "HDF5": (b"\x89HDF\r\n", "an HDF5 file.*h5py"),
    "Parquet": (b"PAR1", "a Parquet file.*read_parquet.*to_csv"),
    "MATLAB": (b"MATLAB 5.0 MAT-file", "a MATLAB file.*loadmat"),
    "database": (b"SQLite format 3\0", "a database"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Excel file.*save it as CSV"),
    "PDF": (b"%PDF-1.7", "a PDF document"),
    "7z": (b"7z\xbc\xaf\x27\x1c", "a 7z archive.*Unpack it"),
    "RAR": (b"Rar!\x1a", "a RAR archive"),
    "zstd": (b"\x28\xb5\x2f\xfd", "packed by zstd.*zstd -d"),
    "compress": (b"\x1f\x9d\x90", r"compress \(\.Z\)"),
    "tar": (bytes(257).replace(b"\0", b"a") + b"ustar", "a tar archive.*tar xf"),
    "ARFF": (b"% MNIST\n% more\n@RELATION mnist_784\n", "an ARFF file.*fetch_openml"),
    "web page": (b"\n<!DOCTYPE html>", "a web page, so a download went wrong. Get it again"),
    "JSON": (b'{"a": 1}', "JSON"),
    "JSON list": (b'[{"a": 1}]', "JSON"),
    "little-endian": (b"\3\x08\0\0\2\0\0\0", "other order .little-endian"),
    "nothing": (b"", "an empty file, often a download that failed"),
}


@pytest.mark.parametrize(("data", "said"), FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize(
    "read",
    [
        digitlib.read_labelled_csv,
        digitlib.read_unlabelled_csv,
        digitlib.read_idx,
        digitlib.read_digits,
        digitlib.read_npz,
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_foreign_file_is_named_with_what_opens_it(pack, read, data, said, tmp_path):
    if pack is not bytes and read is digitlib.read_npz:
        pytest.skip("an .npz is packed already")
    path = tmp_path / "train.csv"
    path.write_bytes(pack(data))
    with pytest.raises(ValueError, match=rf"train\.csv: .*{said}") as error:
        read(path)
    assert "cut off" not in str(error.value)


def test_every_sign_is_tried():
    for sign, what, _ in SIGNS:
        if "NumPy" not in what:
            assert any(re.match(sign, data, re.DOTALL) for data, _ in FOREIGN.values()), what


ARCHIVES = {
    "Excel": (
        zipped(**{"[Content_Types].xml": b"", "a.xml": b""}),
        "an Excel file.*save it as CSV",
    ),
    "arrays": (npz(a=np.zeros(2), b=np.zeros(2)), r"NumPy arrays \(a.npy, b.npy\).*read_npz"),
    "empty": (zipped(), "found 0: it is empty"),
    "zip in zip": (zipped(a=zipped(b=b"1")), r"\(a\): a zip archive inside another packing"),
    "four packings": (
        gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"1")))),
        "packed more than 3 times, one inside another",
    ),
    "encrypted": (
        zipped(**{"a.csv": b"1"}).replace(b"PK\1\2\x14\3\x14\0\0", b"PK\1\2\x14\3\x14\0\1"),
        r"\(a.csv\): encrypted. Unpack it with its password",
    ),
    "odd method": (
        zipped(**{"a.csv": b"1"}).replace(b"\x14\0\0\0\x08\0", b"\x14\0\0\0\x63\0"),
        r"\(a.csv\): cannot be unpacked .*another program",
    ),
    "binary": (b"7,8\0\0\0", "no text, where lines of numbers were expected"),
}


@pytest.mark.parametrize(("data", "said"), ARCHIVES.values(), ids=ARCHIVES)
def test_an_archive_that_cannot_be_read_is_named(data, said, tmp_path):
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(ValueError, match=rf"a\.zip.*{said}"):
        digitlib.read_labelled_csv(tmp_path / "a.zip")


def put(folder, images, labels=None, pack=bytes, make=idx_bytes):
    (folder / "images").write_bytes(pack(make(images)))
    if labels is not None:
        (folder / "labels").write_bytes(pack(make(labels)))
    return folder / "images", folder / "labels"


@pytest.mark.parametrize("make", [idx_bytes, npy])
@pytest.mark.parametrize("pack", [bytes, gzip.compress, lambda data: zipped(a=data)])
def test_digits_from_a_pair_of_files_in_one_call(pack, make, tmp_path):
    images, labels = put(tmp_path, IMAGES, LABELS, pack, make)
    digits = digitlib.read_digits(str(images), labels)
    assert digits.name == "images"
    assert (digits.X.dtype, digits.y.dtype) == (np.float32, np.int64)
    np.testing.assert_array_equal(digits.X, IMAGES.reshape(-1, 784) / np.float32(255))
    np.testing.assert_array_equal(digits.y, LABELS)
    alone = digitlib.read_digits(images, dtype=np.float64)
    assert alone.y is None
    assert alone.X.dtype == np.float64


def test_digits_from_a_csv_file_with_labels_or_without(tmp_path):
    for labelled in (True, False):
        (tmp_path / "a.csv").write_bytes(csv_bytes(table(6, labelled)))
        assert (digitlib.read_digits(tmp_path / "a.csv").y is not None) == labelled
    with pytest.raises(ValueError, match="a CSV file has its labels in it"):
        digitlib.read_digits(tmp_path / "a.csv", tmp_path / "labels")


PAIRS = {
    "exchanged": (LABELS, IMAGES, "holds 6 single numbers, so it is the file of labels"),
    "twice images": (IMAGES, IMAGES, r"labels: has shape \(6, 28, 28\), so it is no file of"),
    "too few": (IMAGES, LABELS[:5], r"labels of .*images\): 6 rows of X but 5 labels"),
    "letters": (IMAGES, LABELS + 20, r"label 23 in row 0"),
    "other size": (IMAGES[:, :8, :8], None, r"\(6, 8, 8\).*mnist_frame brings"),
    "none": (IMAGES[:0], None, r"shape \(0, 28, 28\)"),
}


@pytest.mark.parametrize(("images", "labels", "said"), PAIRS.values(), ids=PAIRS)
def test_two_files_that_do_not_belong_together_are_named(images, labels, said, tmp_path):
    paths = put(tmp_path, images, labels)
    with pytest.raises(ValueError, match=said):
        digitlib.read_digits(paths[0], paths[1] if labels is not None else None)


NPY = {
    "fractions": (npy(IMAGES / 255), r"fractions up to 1, .*\(255 \* images\)\.round\(\)"),
    "more than bytes": (npy(IMAGES.astype(int) + 1), "whole numbers from 0 to 255"),
    "not finite": (npy(np.full((1, 784), np.nan)), "so these are no pixels"),
    "text": (npy(np.full((1, 784), "a")), "holds <U1 other than whole numbers"),
    "objects": (npy(np.full((1, 784), None), allow_pickle=True), "Python objects .a pickle."),
    "cut off": (npy(IMAGES)[:-1], "cut off: the header promises 4704 bytes"),
    "left over": (npy(IMAGES) + b"1", "more bytes than promised"),
    "too large": (
        npy(IMAGES).replace(b"(6, 28, 28), }      ", b"(99999999, 28, 28), }"),
        "promises 78399999216 bytes, more than is read",
    ),
    "another version": (b"\x93NUMPY\x09\0" + npy(IMAGES)[8:], "version|header"),
}


@pytest.mark.parametrize(("data", "said"), NPY.values(), ids=NPY)
def test_a_wrong_npy_file_is_named(data, said, tmp_path):
    (tmp_path / "a.npy").write_bytes(data)
    with pytest.raises(ValueError, match=rf"a\.npy: .*{said}"):
        digitlib.read_digits(tmp_path / "a.npy")


def test_an_npy_file_in_columns_is_read_as_it_is(tmp_path):
    (tmp_path / "a.npy").write_bytes(npy(np.asfortranarray(IMAGES.reshape(6, 784))))
    X = digitlib.read_digits(tmp_path / "a.npy").X
    np.testing.assert_array_equal(np.rint(255 * X), IMAGES.reshape(6, 784))


FOUR = {"x_train": IMAGES, "y_train": LABELS, "x_test": IMAGES[:2], "y_test": LABELS[:2]}


def test_keras_archive_gives_train_and_test(tmp_path):
    (tmp_path / "mnist.npz").write_bytes(npz(**FOUR))
    train, test = digitlib.read_npz(tmp_path / "mnist.npz")
    assert (train.name, test.name) == ("mnist.npz/train", "mnist.npz/test")
    np.testing.assert_array_equal(np.rint(255 * train.X), IMAGES.reshape(-1, 784))
    np.testing.assert_array_equal(test.y, LABELS[:2])


WRONG_NPZ = {
    "other names": (
        npz(X=IMAGES, y=LABELS),
        r"holds no x_train, only X, y; expected x_train, y_",
    ),
    "objects": (
        npz(**FOUR | {"y_test": np.array([{}])}),
        r"\(y_test\): .*holds Python objects",
    ),
    "lengths": (npz(**FOUR | {"y_test": LABELS}), r"\(y_test\): 2 rows of X but 6 labels"),
    "labels": (npz(**FOUR | {"y_train": LABELS + 9}), r"\(y_train\): label 12 in row 0"),
    "shape": (
        npz(**FOUR | {"x_train": IMAGES[:, 1:]}),
        r"\(x_train\): has shape \(6, 27, 28\)",
    ),
    "cut off": (npz(**FOUR)[:-30], "mnist.npz: "),
    "a bit": (npz(**FOUR).replace(IMAGES[2].tobytes(), bytes(784)), r"\(x_train\): .*Get it"),
    "no archive": (b"7,8,9", "no archive of NumPy arrays"),
}


@pytest.mark.parametrize(("data", "said"), WRONG_NPZ.values(), ids=WRONG_NPZ)
def test_a_wrong_archive_of_arrays_is_named(data, said, tmp_path):
    (tmp_path / "mnist.npz").write_bytes(data)
    with pytest.raises(ValueError, match=rf"mnist\.npz.*{said}|{said}.*"):
        digitlib.read_npz(tmp_path / "mnist.npz")


def test_a_promise_that_no_set_of_digits_keeps_is_not_waited_for(tmp_path):
    header = b"\0\0\x08\3" + (1 << 30).to_bytes(4, "big") + b"\0\0\0\x1c" * 2
    zeros = gzip.compress(bytes(1 << 20), 9)
    (tmp_path / "a").write_bytes(gzip.compress(header) + zeros * (LARGEST >> 20))
    with pytest.raises(ValueError, match="more than any set of digits has"):
        digitlib.read_idx(tmp_path / "a")
    (tmp_path / "a").write_bytes(header + bytes(784))
    with pytest.raises(ValueError, match="cut off"):
        digitlib.read_idx(tmp_path / "a")


PICTURES = {
    "lie on their side": IMAGES.transpose(0, 2, 1).repeat(20, axis=0),
    "the paper is brighter": 255 - IMAGES,
    "no pixel is above 2": IMAGES // 128,
}


@pytest.mark.parametrize(("said", "images"), PICTURES.items(), ids=PICTURES)
def test_pictures_that_look_wrong_are_warned_of_once(said, images, tmp_path):
    path = put(tmp_path, images)[0]
    with pytest.warns(UserWarning, match=f"images: .*{said}") as caught:
        digitlib.read_digits(path)
    assert [warning.filename for warning in caught] == [__file__]


def test_a_zip_member_that_is_damaged_is_named(tmp_path):
    data = zipped(**{"train.csv": csv_bytes(table(40))})
    at = data.index(b"train.csv") + 2000
    (tmp_path / "a.zip").write_bytes(data[:at] + b"?????" + data[at + 5 :])
    with pytest.raises(ValueError, match=r"a\.zip \(train\.csv\): .*damaged or cut off"):
        digitlib.read_labelled_csv(tmp_path / "a.zip")
    assert zipfile.is_zipfile(tmp_path / "a.zip")


def test_of_two_files_in_an_archive_none_is_preferred_without_being_asked(tmp_path):
    csv = csv_bytes(table(40))
    (tmp_path / "a.zip").write_bytes(zipped(**{"train.csv": csv, "more.csv": csv}))
    with pytest.raises(ValueError, match=r"one CSV file .* found 2: train\.csv, more\.csv"):
        digitlib.read_digits(tmp_path / "a.zip")


def test_what_was_looked_at_is_read_again_in_one_piece_or_in_several():
    data = bytes(range(256)) * 5
    for sizes in ([-1], [0, -1], [3, -1], [700, -1], [7, 650, -1], [2000, -1]):
        stream = Unpacked(io.BytesIO(data), "a")
        assert stream.head() == data[:600]
        assert b"".join(map(stream.read, sizes)) == data
        assert stream.read() == b""


@pytest.mark.parametrize("size", [0, 5, 1 << 20, 2 << 20])
def test_one_byte_more_than_the_limit_tells_that_there_is_more(size):
    data = bytes(3 << 20)
    assert len(Unpacked(io.BytesIO(data), "a").limited(size)) == size + 1
    assert len(Unpacked(io.BytesIO(data[:size]), "a").limited(size)) == size


def test_never_more_than_a_million_bytes_are_asked_for_at_once():
    """So many are set aside for an answer, whatever a file promises."""
    asked = []

    class Stream(io.BytesIO):
        def read(self, size):
            asked.append(size)
            return super().read(size)

    Unpacked(Stream(bytes(3 << 20)), "a").limited(5 << 20)
    assert max(asked) == 1 << 20


def test_an_error_that_does_not_name_the_file_is_said_of_it():
    class Broken:
        def read(self, size):
            raise ValueError("bad block")

    with pytest.raises(ValueError, match=r"^a: the file cannot be .*bad block"):
        Unpacked(Broken(), "a").read()


def test_folders_and_what_macos_adds_do_not_count_in_an_archive(tmp_path):
    members = {"my/": b"", "my/pixels": csv_bytes(table(3)), "__MACOSX/my": b"?"}
    (tmp_path / "a.zip").write_bytes(zipped(**members))
    assert len(digitlib.read_labelled_csv(tmp_path / "a.zip").X) == 3
