"""Data sets of the user's own: kept whole, within their room, and learned from."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from app.training.datasets import load_dataset, split
from app.training.mnist import DataError
from app.training.pictures.lesson import images_of, parts_of, settle_data
from app.training.pictures.picture_set import PictureSet
from app.training.pictures.store import FOLDER, PictureStore, SetError, SetLimits, UnknownSet
from app.training.recipe import OwnData, Recipe, TransferRecipe
from app.training.variant import RecipeError
from tests.places import ROOT

EMPTY = PictureSet.empty("Über pets!", "drawings")


def picture(value: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.full((28, 28), value, np.uint8)


def adding(value: int, label: str) -> Callable[[PictureSet], PictureSet]:
    """The change that adds a picture."""
    return lambda found: found.with_picture(picture(value), label)


def filled(counts: dict[str, int]) -> PictureSet:
    """A set with so many pictures under each label, no two alike."""
    found, value = replace(EMPTY, title="pets"), 0
    for label, count in counts.items():
        for _ in range(count):
            value += 1
            found = found.with_picture(picture(value), label)
    return found


@pytest.fixture
def store(tmp_path: Path) -> PictureStore:
    return PictureStore(tmp_path / FOLDER, SetLimits(pictures=40, classes=3))


def test_pictures_come_and_go(store: PictureStore, tmp_path: Path) -> None:
    assert store.create(EMPTY) == "uber-pets"
    assert store.create(EMPTY) == "uber-pets-2"
    assert store.create(replace(EMPTY, title="数字")) == "set"
    assert store.names() == ["set", "uber-pets", "uber-pets-2"]
    for value, label in ((1, "cat"), (2, "dog"), (3, "cat"), (4, "fish")):
        store.change("uber-pets", adding(value, label))
    again = PictureStore(tmp_path / FOLDER).get("uber-pets")
    assert again.counts == {"cat": 2, "dog": 1, "fish": 1}
    assert again.images[:, 0, 0].tolist() == [1, 2, 3, 4]
    less = store.change("uber-pets", lambda found: found.without_picture(1))
    assert less.counts == {"cat": 2, "fish": 1}
    assert less.images[:, 0, 0].tolist() == [1, 3, 4]
    assert less.labels.tolist() == [0, 0, 1]
    joined = store.change("uber-pets", lambda found: found.relabelled({"fish": "cat"}))
    assert joined.counts == {"cat": 3}
    store.delete("uber-pets")
    for gone in ("uber-pets", "..", "a/b", ""):
        with pytest.raises(UnknownSet):
            store.get(gone)
        with pytest.raises(UnknownSet):
            store.delete(gone)


def test_what_is_too_much_is_refused_and_what_was_there_stays(store: PictureStore) -> None:
    name = store.create(filled({"a": 20, "b": 19, "c": 1}))
    for label, sentence in (("a", "at most 40 drawings"), ("d", "at most")):
        with pytest.raises(SetError, match=sentence) as refused:
            store.change(name, adding(0, label))
        assert refused.value.limit == 40
    less = store.change(name, lambda found: found.without_picture(0))
    with pytest.raises(SetError, match="at most 3 labels"):
        store.change(name, adding(0, "d"))
    assert store.get(name).sha256 == less.sha256
    full = PictureStore(store.folder, SetLimits(bytes=store.used_bytes() + 100))
    with pytest.raises(SetError, match="delete one, or export it first"):
        full.change(name, adding(0, "a"))
    assert len(full.change(name, lambda found: found.without_picture(0))) == len(less) - 1


def test_a_full_disk_and_a_damaged_file_lose_nothing(
    store: PictureStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = store.create(filled({"a": 2}))
    before = (store.folder / f"{name}.npz").read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(SetError, match="what was kept before is whole"):
            store.change(name, adding(9, "a"))
    assert (store.folder / f"{name}.npz").read_bytes() == before
    assert len(store.get(name)) == 2
    (store.folder / f"{name}.npz").write_bytes(before[:-30])
    with pytest.raises(SetError, match="is damaged"):
        store.get(name)


def test_two_who_add_at_once_lose_nothing(store: PictureStore) -> None:
    name = store.create(EMPTY)

    def add(label: str) -> None:
        for value in range(10):
            store.change(name, adding(value, label))

    threads = [threading.Thread(target=add, args=(label,)) for label in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.get(name).counts == {"a": 10, "b": 10}


def test_each_label_is_cut_by_itself_and_changed_pictures_are_another_set(
    store: PictureStore, tmp_path: Path
) -> None:
    name = store.create(filled({"a": 20, "b": 5, "c": 8}))
    recipe = settle_data(Recipe(dataset=f"own:{name}"), store, is_rate_given=False)
    pictures = store.get(name)
    assert recipe.data == OwnData(("a", "b", "c"), "drawings", pictures.sha256)
    images = images_of(recipe, tmp_path, ROOT / "models")
    training, validation = split(images, recipe.split, 0)
    assert [int((training.labels == each).sum()) for each in range(3)] == [16, 4, 6]
    assert (len(training), len(validation)) == parts_of(recipe, tmp_path, ROOT / "models")
    together = torch.cat([training.images, validation.images])[:, 0, 0, 0].tolist()
    assert sorted(together) == list(range(1, 34))
    for image, label in zip(training.images, training.labels, strict=True):
        assert label == pictures.labels[int(image[0, 0, 0]) - 1]
    store.change(name, lambda found: found.without_picture(0))
    with pytest.raises(DataError, match="have changed since"):
        images_of(recipe, tmp_path, ROOT / "models")
    store.delete(name)
    with pytest.raises(DataError, match="no data set of that name"):
        images_of(recipe, tmp_path, ROOT / "models")


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [({"a": 9}, "has 1 of the 2 labels"), ({"a": 9, "b": 3}, "“b” has 3 of the 5 .* 2 more")],
)
def test_too_little_to_learn_from_is_refused(
    store: PictureStore, counts: dict[str, int], sentence: str
) -> None:
    recipe = Recipe(dataset=f"own:{store.create(filled(counts))}")
    with pytest.raises(RecipeError, match=sentence):
        settle_data(recipe, store, is_rate_given=True)
    with pytest.raises(RecipeError, match="no data set of that name"):
        settle_data(Recipe(dataset="own:nosuch"), store, is_rate_given=True)


def test_the_usual_rate_follows_the_size_of_the_set(tmp_path: Path) -> None:
    store = PictureStore(tmp_path)
    small = store.create(filled({"a": 10, "b": 10}))
    large = store.create(filled({"a": 60, "b": 60}))
    frozen = TransferRecipe("mycnn")

    def rate(name: str, *, is_rate_given: bool = False, **changes: TransferRecipe) -> float:
        recipe = Recipe(dataset=f"own:{name}", **changes)  # type: ignore[arg-type]  # one of it
        return settle_data(recipe, store, is_rate_given=is_rate_given).optimizer.lr

    assert [rate(small), rate(large), rate(large, transfer=frozen)] == [3e-3, 1e-3, 1e-2]
    assert rate(small, is_rate_given=True) == 1e-3
    plain = Recipe(data=OwnData(("a",), "drawings", ""))
    assert settle_data(plain, store, is_rate_given=False) == Recipe()
    assert load_dataset("mnist-subset", tmp_path, ROOT / "models")[0].name == "mnist-subset"
