"""A set of pictures as a `.npz`, held to what NumPy itself reads and writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from app.training.pictures.archive import ArchiveError, from_archive, to_archive
from app.training.pictures.picture_set import PictureSet

MOST = 10_000_000
IMAGES = np.random.default_rng(0).integers(0, 255, (5, 28, 28), np.uint8)
SET = PictureSet("My pets", "drawings", ("cat", "dög"), IMAGES, np.array([0, 1, 1, 0, 1]))


def npz(**arrays: Any) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def test_numpy_reads_it_and_it_comes_back_as_it_was() -> None:
    data = to_archive(SET)
    with np.load(io.BytesIO(data), allow_pickle=False) as found:
        assert np.array_equal(found["images"], IMAGES)
        assert found["classes"].tolist() == ["cat", "dög"]
        assert found["labels"].tolist() == [0, 1, 1, 0, 1]
    for each in (data, to_archive(SET, is_compressed=False)):
        again = from_archive(each, MOST)
        assert (again.title, again.kind, again.counts) == ("My pets", "drawings", SET.counts)
        assert again.sha256 == SET.sha256
    empty = PictureSet.empty("Nothing", "photographs")
    assert from_archive(to_archive(empty), MOST).sha256 == empty.sha256


@pytest.mark.parametrize(
    ("arrays", "counts"),
    [
        ({"labels": np.array([7, 3, 7, 7, 3], np.uint8)}, {"3": 2, "7": 3}),
        ({"labels": np.array(["b", "a", "b", "b", "a"])}, {"a": 2, "b": 3}),
        (
            {"labels": np.array([0, 2, 0, 0, 2]), "classes": np.array(["x", "never", " x "])},
            {"x": 5},
        ),
    ],
)
def test_labels_may_be_numbers_or_names(
    arrays: Mapping[str, Any], counts: Mapping[str, int]
) -> None:
    found = from_archive(npz(images=IMAGES, more=np.zeros(3), **arrays), MOST)
    assert found.counts == counts
    assert np.array_equal(found.images, IMAGES)


FIVE = np.zeros(5, np.int64)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "no .npz file"),
        (b"PK\x03\x04" + b"\0" * 40, "no .npz file"),
        (npz(labels=FIVE), "no array called images"),
        (npz(images=IMAGES), "no array called labels"),
        (npz(images=IMAGES.astype(float), labels=FIVE), "5×28×28 of float64; it needs"),
        (npz(images=IMAGES[:, :9], labels=FIVE), "5×9×28 of uint8; it needs"),
        (npz(images=IMAGES, labels=FIVE[:3]), "There are 5 images, but labels is 3"),
        (npz(images=IMAGES, labels=np.float64(1)), "labels is a single value"),
        (npz(images=IMAGES, labels=FIVE.astype(float)), "labels are whole numbers"),
        (npz(images=IMAGES, labels=FIVE - 1, classes=np.array(["a"])), "labels go from -1 to -1"),
        (npz(images=IMAGES, labels=FIVE, classes=np.array([3])), "classes is a list of texts"),
        (npz(images=IMAGES, labels=FIVE, classes=np.array([" "])), "A label has 1 to 40"),
        (npz(images=IMAGES, labels=FIVE, classes=np.array(["x" * 41])), "A label has 1 to 40"),
        (npz(images=np.array([None] * 5), labels=FIVE), "no .npz file"),
        (npz(images=np.zeros((20_000, 28, 28), np.uint8), labels=FIVE), "at most 10,000,000"),
    ],
)
def test_anything_else_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(ArchiveError, match=sentence):
        from_archive(data, MOST)


@pytest.mark.parametrize(
    "header",
    [
        b"{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999, 28, 28), }\n",
        b"{'descr': '|u1', 'fortran_order': False, 'shape': (5, 28), }\n",
        b"(" * 900,
        b"{'descr': 'O', 'fortran_order': False, 'shape': (1,), }\n",
    ],
)
def test_a_header_that_lies_makes_no_room_for_anything(header: bytes) -> None:
    array = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + bytes(100)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("images.npy", array)
        archive.writestr("labels.npy", array)
    with pytest.raises(ArchiveError):
        from_archive(buffer.getvalue(), MOST)


def test_a_flipped_bit_is_found() -> None:
    data = bytearray(to_archive(SET, is_compressed=False))
    data[len(data) // 2] ^= 1
    with pytest.raises(ArchiveError, match=r"no \.npz file"):
        from_archive(bytes(data), MOST)
