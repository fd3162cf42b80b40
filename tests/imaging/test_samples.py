"""What ships: the samples and the subset they come from."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from app.imaging import PhotographsDamaged, SubsetDamaged, load_subset, photographs, samples
from app.imaging.subset import CLOTHES, FOLDER

CLASSES = range(10)


def test_the_subset_is_balanced() -> None:
    subset = load_subset()
    assert subset.train_images.shape == (6_000, 28, 28)
    assert subset.test_images.shape == (1_000, 28, 28)
    assert np.bincount(subset.train_labels).tolist() == [600] * 10
    assert np.bincount(subset.test_labels).tolist() == [100] * 10
    assert subset.test_images.dtype == np.uint8
    assert load_subset() is subset
    with pytest.raises(ValueError, match="read-only"):
        subset.test_images[0] = 0


def test_a_damaged_subset_is_not_read(tmp_path: Path) -> None:
    for change in ("flip", "card", "missing"):
        folder = tmp_path / change
        shutil.copytree(FOLDER, folder)
        if change == "flip":
            data = bytearray((folder / "digits.npz").read_bytes())
            data[len(data) // 2] ^= 1
            (folder / "digits.npz").write_bytes(data)
        elif change == "card":
            (folder / "card.json").write_text(json.dumps([]))
        else:
            (folder / "digits.npz").unlink()
        with pytest.raises(SubsetDamaged, match=r"digits\.npz"):
            load_subset(folder)


def test_every_class_has_the_same_number_of_digits() -> None:
    digits = [s for s in samples.list_samples() if s.kind == "digit"]
    assert [s.name for s in digits] == [f"digit-{c}-{n}" for c in CLASSES for n in range(3)]
    assert [s.label for s in digits] == [c for c in CLASSES for _ in range(3)]
    assert len({s.image.tobytes() for s in digits}) == len(digits)


def test_clothes_are_samples_of_their_own() -> None:
    clothes = [s for s in samples.list_samples() if s.kind == "clothes"]
    assert [s.name for s in clothes] == [f"clothes-{c}-{n}" for c in CLASSES for n in range(3)]
    known = {image.tobytes() for image in load_subset(CLOTHES).test_images}
    for sample in clothes:
        assert sample.image.shape == (1, 28, 28)
        assert np.rint(sample.image[0] * 255).astype(np.uint8).tobytes() in known


def test_digits_come_from_the_test_part() -> None:
    subset = load_subset()
    known = {image.tobytes() for image in subset.test_images}
    trained = {image.tobytes() for image in subset.train_images}
    for sample in samples.list_samples():
        if sample.kind == "digit":
            pixels = np.rint(sample.image[0] * 255).astype(np.uint8).tobytes()
            assert pixels in known
            assert pixels not in trained


def test_every_sample_is_an_image_that_nobody_can_change() -> None:
    for sample in samples.list_samples():
        if sample.kind != "photograph":
            assert sample.image.shape == (1, 28, 28)
        assert sample.image.dtype == np.float32
        assert 0 <= sample.image.min() < 0.01
        assert sample.image.max() <= 1
        assert sample.image.max() > 0.999 or sample.kind != "pattern"
        assert samples.get_sample(sample.name) is sample
        with pytest.raises(ValueError, match="read-only"):
            sample.image[0] = 0


def test_patterns_are_what_they_are_called() -> None:
    impulse = samples.get_sample("impulse").image[0]
    assert np.argwhere(impulse).tolist() == [[14, 14]]
    ramp = samples.get_sample("ramp").image[0]
    np.testing.assert_allclose(np.diff(ramp, axis=1), 1 / 27, atol=1e-6)
    edge = samples.get_sample("step-edge").image[0]
    assert edge.sum() == 28 * 14
    stripes = samples.get_sample("stripes").image[0]
    np.testing.assert_array_equal(stripes[:, :4], np.tile([0, 0, 1, 1], (28, 1)))
    board = samples.get_sample("checkerboard").image[0]
    np.testing.assert_array_equal(board[2:], 1 - board[:-2])
    ring = samples.get_sample("ring").image[0]
    assert ring[14, 14] == 0
    assert ring[14, 22] == 1
    assert all(s.label is None for s in samples.list_samples() if s.kind == "pattern")


def test_photographs_are_those_of_their_card() -> None:
    card = json.loads((photographs.FOLDER / "card.json").read_text("utf-8"))
    taken = [s for s in samples.list_samples() if s.kind == "photograph"]
    assert [s.name for s in taken] == [row["name"] for row in card["photographs"]]
    for sample, row in zip(taken, card["photographs"], strict=True):
        assert sample.image.shape == (3, row["height"], row["width"])
        assert max(row["height"], row["width"]) <= 512
        with Pillow.open(photographs.FOLDER / f"{sample.name}.jpg") as image:
            pixels = np.asarray(image.convert("RGB"))
        np.testing.assert_array_equal(np.rint(255 * sample.image.transpose(1, 2, 0)), pixels)


@pytest.mark.parametrize("change", ["flip", "card", "missing"])
def test_a_damaged_photograph_is_not_shown(tmp_path: Path, change: str) -> None:
    folder = tmp_path / change
    shutil.copytree(photographs.FOLDER, folder)
    if change == "flip":
        data = bytearray((folder / "cat.jpg").read_bytes())
        data[len(data) // 2] ^= 1
        (folder / "cat.jpg").write_bytes(data)
    elif change == "card":
        (folder / "card.json").write_text(json.dumps([]))
    else:
        (folder / "cat.jpg").unlink()
    with pytest.raises(PhotographsDamaged, match=r"cat\.jpg|card\.json"):
        photographs.photograph("cat", folder)


def test_an_unknown_name_is_answered_in_a_sentence() -> None:
    with pytest.raises(samples.UnknownSample) as caught:
        samples.get_sample("digit-7-99")
    assert str(caught.value) == (
        "There is no sample of this name; GET /api/v1/samples lists them all."
    )
