from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from app.training.mnist import (
    COLLECTIONS,
    FASHION,
    MNIST,
    Collection,
    DataError,
    IdxFile,
    parse_idx,
)
from tests.training.idx import idx_bytes, small, values, write


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


@pytest.mark.parametrize("collection", COLLECTIONS.values(), ids=lambda each: each.name)
def test_the_four_files_are_read(
    collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = small(monkeypatch, collection)
    assert not collection.is_complete(tmp_path)
    with pytest.raises(DataError, match=f"{collection.title} is not complete") as missing:
        collection.read(tmp_path)
    assert collection.command in str(missing.value)
    write(contents, tmp_path, collection)
    assert collection.is_complete(tmp_path)
    assert {name: tuple(t.shape) for name, t in collection.read(tmp_path).items()} == {
        "train_images": (20, 3, 3),
        "train_labels": (20,),
        "test_images": (10, 3, 3),
        "test_labels": (10,),
    }


def test_the_collections_are_what_they_have_always_been() -> None:
    for collection in COLLECTIONS.values():
        assert [file.shape for file in collection.files.values()] == [
            (60_000, 28, 28), (60_000,), (10_000, 28, 28), (10_000,),
        ]  # fmt: skip
    assert MNIST.sha256 == "d0a3eec1f5a454401d758fdbf15b9b0163a7034963586d671960c180b97e2c1a"
    assert FASHION.sha256 == "5cf0562c46b89a77940b86f40a9a4325e7bed59d53ec555c4d14f0bed41ca53a"
    assert FASHION.directory(Path("data")) == Path("data/FashionMNIST/raw")
