from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import torch

from app.networks.normalization import MNIST_NORMALIZATION
from app.training.datasets import (
    Dataset,
    load_dataset,
    ordered_batches,
    shuffled_batches,
    split,
)
from app.training.mnist import DataError
from tests.places import ROOT

CPU = torch.device("cpu")


def counted(count: int) -> Dataset:
    """Images that carry their own number, so that a test can see where each one went."""
    images = torch.arange(count, dtype=torch.uint8).reshape(count, 1, 1, 1)
    return Dataset("counted", images, torch.arange(count), "no checksum")


def test_the_split_is_a_cut_in_two_parts_that_share_nothing() -> None:
    training, validation = split(counted(100), 0.8, seed=1)
    assert (len(training), len(validation)) == (80, 20)
    assert sorted([*training.labels.tolist(), *validation.labels.tolist()]) == list(range(100))
    assert training.labels.tolist() != sorted(training.labels.tolist())
    assert torch.equal(training.images.flatten().long(), training.labels)


def test_the_same_seed_cuts_alike_and_another_one_otherwise() -> None:
    def validated(seed: int) -> list[int]:
        labels: list[int] = split(counted(100), 0.8, seed)[1].labels.tolist()
        return labels

    assert validated(1) == validated(1)
    assert validated(1) != validated(2)


def test_shuffled_batches_hold_every_image_once_in_an_order_of_their_own() -> None:
    generator = torch.Generator().manual_seed(3)
    epochs = []
    for _ in range(2):
        batches = list(shuffled_batches(counted(10), 4, MNIST_NORMALIZATION, generator, CPU))
        assert [len(labels) for _, labels in batches] == [4, 4, 2]
        epochs.append(torch.cat([labels for _, labels in batches]).tolist())
    assert sorted(epochs[0]) == sorted(epochs[1]) == list(range(10))
    assert epochs[0] != epochs[1]


def test_batches_are_normalized_floats() -> None:
    dataset = Dataset(
        "two",
        torch.tensor([0, 255], dtype=torch.uint8).reshape(2, 1, 1, 1),
        torch.zeros(2, dtype=torch.long),
        "",
    )
    ((images, _),) = ordered_batches(dataset, 10, MNIST_NORMALIZATION, CPU)
    expected = [(0 - 0.1307) / 0.3081, (1 - 0.1307) / 0.3081]
    assert images.flatten().tolist() == pytest.approx(expected, rel=1e-6)


def test_the_shipped_subset_is_a_data_set(subset: tuple[Dataset, Dataset]) -> None:
    training, test = subset
    assert training.images.shape == (6_000, 1, 28, 28)
    assert test.images.shape == (1_000, 1, 28, 28)
    assert training.images.dtype == torch.uint8
    assert torch.bincount(training.labels).tolist() == [600] * 10
    assert torch.bincount(test.labels).tolist() == [100] * 10
    assert training.name == "mnist-subset"


def test_a_data_set_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is mnist, fashion-mnist, mnist-subset"):
        load_dataset("letters", tmp_path, tmp_path)


def test_a_data_set_that_is_not_there_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="python -m app data"):
        load_dataset("mnist", tmp_path, tmp_path)


def test_a_damaged_subset_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "mnist-subset"
    shutil.copytree(ROOT / "models" / "mnist-subset", folder)
    data = bytearray((folder / "digits.npz").read_bytes())
    data[len(data) // 2] ^= 1
    (folder / "digits.npz").write_bytes(data)
    with pytest.raises(DataError, match="does not have the SHA-256"):
        load_dataset("mnist-subset", tmp_path, tmp_path)
    (folder / "card.json").unlink()
    with pytest.raises(DataError, match="python -m app data subset"):
        load_dataset("mnist-subset", tmp_path, tmp_path)
