"""Runs that go on with a trained network: which one, its weights, and what of it learns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from app.networks.changeable_mycnn import DenseLayer, Layers
from app.networks.registry import ARCHITECTURES
from app.networks.shelf import Places
from app.training.candidates import build_model
from app.training.datasets import Dataset, split
from app.training.recipe import Recipe, TransferRecipe
from app.training.runs.conductor import Conductor, Lesson
from app.training.runs.moment import load_moment, moment_of
from app.training.runs.store import RunStore
from app.training.runs.transfer_source import TransferSource
from app.training.variant import RecipeError, architecture_of
from tests.places import ROOT
from tests.training.runs.lessons import CPU

PLACES = Places(ROOT / "models")


@pytest.fixture
def source(tmp_path: Path) -> TransferSource:
    """The networks that ship, and no run."""
    return TransferSource(RunStore(tmp_path), PLACES)


def from_(name: str, **changes: object) -> Recipe:
    """A recipe that goes on with a network."""
    return replace(Recipe(transfer=TransferRecipe(name)), **changes)  # type: ignore[arg-type]  # fields of it


def test_digits_become_clothes_by_the_last_layer_alone(source: TransferSource) -> None:
    recipe = source.settle(from_("mycnn_bn_dropout", dataset="fashion-mnist"))
    assert recipe.network == "mycnn_bn_dropout"
    weights = source.weights(TransferRecipe("mycnn_bn_dropout"))
    trained = load_file(ROOT / "models/mycnn_bn_dropout/weights.safetensors")
    assert torch.equal(weights["conv1.weight"], trained["conv1.weight"].float())
    model = build_model(architecture_of(recipe), recipe, weights)
    values = model.state_dict()
    assert torch.equal(values["fc1.weight"], weights["fc1.weight"])
    assert torch.equal(values["conv1_bn.running_mean"], weights["conv1_bn.running_mean"])
    assert not torch.equal(values["fc2.weight"], weights["fc2.weight"])
    learning = [name for name, each in model.named_parameters() if each.requires_grad]
    assert learning == ["fc2.weight", "fc2.bias"]
    free = replace(recipe, transfer=TransferRecipe("mycnn_bn_dropout", freeze=False))
    model = build_model(architecture_of(free), free, weights)
    assert all(parameter.requires_grad for parameter in model.parameters())


def test_a_run_goes_on_with_a_moment_of_another(
    source: TransferSource, subset: tuple[Dataset, Dataset]
) -> None:
    digits = subset[0].subset(torch.arange(200))
    first = Recipe(
        dataset="mnist-subset", epochs=1, batch_size=40, layers=Layers(fc1=DenseLayer(16))
    )
    parts = split(digits, first.split, 0)
    store = source.store
    run = store.create(first.as_dict())
    Conductor(store, run, Lesson(architecture_of(first), first, *parts), CPU).conduct()

    second = source.settle(from_(f"run:{run.id}", epochs=1, batch_size=40, batch_norm=True))
    assert second.layers == first.layers
    assert not second.batch_norm
    assert second.transfer == TransferRecipe(f"run:{run.id}@step-4")
    weights = source.weights(second.transfer)
    lesson = Lesson(architecture_of(second), second, *parts, weights)
    follower = store.create(second.as_dict())
    Conductor(store, follower, lesson, CPU).conduct()
    model = load_moment(store, moment_of(store, f"run:{follower.id}"), "it", CPU).model
    for name, value in model.state_dict().items():
        assert torch.equal(value, weights[name]) is not name.startswith("fc2."), name

    # Its moments open also when what it began with is gone; what has not begun cannot begin.
    store.delete(run.id)
    load_moment(store, moment_of(store, f"run:{follower.id}"), "it", CPU)
    with pytest.raises(RecipeError, match="There is no run of that name"):
        source.weights(second.transfer)


@pytest.mark.parametrize(
    ("recipe", "field", "sentence"),
    [
        (from_("nosuch"), "transfer.from", "there is mycnn"),
        (from_("run:nosuch"), "transfer.from", "no run of that name"),
        (from_("vgg16"), "transfer.from", "no trained weights of VGG-16"),
        (from_("mycnn", layers=Layers()), "layers", "leave out transfer"),
    ],
)
def test_what_cannot_be_gone_on_with_is_a_sentence(
    source: TransferSource, recipe: Recipe, field: str, sentence: str
) -> None:
    with pytest.raises(RecipeError, match=sentence) as refused:
        source.settle(recipe)
    assert refused.value.field == field


def test_a_recipe_without_transfer_is_settled(source: TransferSource) -> None:
    assert source.settle(Recipe()) == Recipe()
    assert ARCHITECTURES["mycnn"] is architecture_of(Recipe())
