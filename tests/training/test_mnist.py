from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from app.training import mnist
from app.training.mnist import (
    DataError,
    IdxFile,
    data_sha256,
    mnist_is_complete,
    parse_idx,
    raw_directory,
    read_mnist,
)
from tests.training.idx import idx_bytes, small_mnist, values


def file_of(data: bytes, shape: tuple[int, ...]) -> IdxFile:
    return IdxFile("some-idx-ubyte", hashlib.sha256(data).hexdigest(), shape)


def test_a_file_becomes_a_tensor() -> None:
    data = idx_bytes((2, 2, 3))
    assert values(parse_idx(data, file_of(data, (2, 2, 3)))) == [
        [[0, 1, 2], [3, 4, 5]],
        [[6, 7, 8], [9, 0, 1]],
    ]


def test_a_changed_byte_is_noticed() -> None:
    data = idx_bytes((4,))
    with pytest.raises(DataError, match="the file is damaged"):
        parse_idx(data[:-1] + b"\xff", file_of(data, (4,)))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (idx_bytes((4,), magic=0x0803), r"holds \(4,\) values"),
        (idx_bytes((5,)), r"holds \(5,\) values"),
        (idx_bytes((4,))[:-1], "holds 3 values, but 4 were announced"),
        (idx_bytes((4,)) + b"\0", "holds 5 values, but 4 were announced"),
    ],
)
def test_counts_are_checked_even_where_the_checksum_fits(data: bytes, sentence: str) -> None:
    with pytest.raises(DataError, match=sentence):
        parse_idx(data, file_of(data, (4,)))


def test_the_four_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contents = small_mnist(monkeypatch)
    assert not mnist_is_complete(tmp_path)
    raw_directory(tmp_path).mkdir(parents=True)
    for name, data in contents.items():
        (raw_directory(tmp_path) / name).write_bytes(data)
    assert mnist_is_complete(tmp_path)
    assert {name: tuple(t.shape) for name, t in read_mnist(tmp_path).items()} == {
        "train_images": (20, 3, 3),
        "train_labels": (20,),
        "test_images": (10, 3, 3),
        "test_labels": (10,),
    }


def test_mnist_is_what_it_has_always_been() -> None:
    assert [file.shape for file in mnist.FILES.values()] == [
        (60_000, 28, 28), (60_000,), (10_000, 28, 28), (10_000,),
    ]  # fmt: skip
    assert data_sha256() == "d0a3eec1f5a454401d758fdbf15b9b0163a7034963586d671960c180b97e2c1a"
