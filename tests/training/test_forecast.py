"""What a recipe comes to, against torch's own counts."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from app.networks.changeable_mycnn import ConvolutionLayer, Layers, PoolingLayer
from app.training.forecast import Pace, forecast
from app.training.recipe import AugmentationRecipe, EarlyStoppingRecipe, Recipe, TransferRecipe
from app.training.variant import RecipeError, architecture_of

MOST = 2_000_000_000
CHANGED = Recipe(
    epochs=3,
    layers=Layers(
        conv1=ConvolutionLayer(6, 5, 1, 2),
        conv3=ConvolutionLayer(9),
        pool=PoolingLayer("average"),
    ),
)


def test_shapes_parameters_and_products_are_torchs() -> None:
    plan = forecast(CHANGED, (4_800, 1_200), MOST, None)
    model = architecture_of(CHANGED).build().eval()
    shapes: dict[str, tuple[int, ...]] = {}

    def keep(name: str) -> object:
        return lambda _, __, output: shapes.update({name: tuple(output.shape[1:])})

    for name, module in model.named_children():
        module.register_forward_hook(keep(name))  # type: ignore[arg-type]  # a lambda will do
    with FlopCounterMode(display=False) as counted, torch.inference_mode():
        model(torch.zeros(1, 1, 28, 28))
    layers = {row["name"]: row for row in plan["layers"]}
    assert {name: tuple(layers[name]["output_shape"]) for name in shapes} == shapes
    assert layers["pool3"]["output_size"]["height"]["unread"] == [6]
    assert plan["macs"] == counted.get_total_flops() // 2
    assert plan["parameters"] == plan["trainable"] == sum(p.numel() for p in model.parameters())
    assert (plan["training_images"], plan["validation_images"]) == (4_800, 1_200)
    assert (plan["steps_per_epoch"], plan["steps"]) == (75, 225)
    assert plan["seconds_estimated"] is None
    assert plan["remarks"] == [
        "pool3 reads 6 of 7 rows and columns: no window reaches the last.",
        "Training ends before early stopping could end it.",
    ]


def test_only_the_new_layer_of_a_transfer_learns_and_it_is_quicker() -> None:
    pace = Pace(Recipe(), 1_000.0)
    recipe = Recipe(epochs=10, early_stopping=EarlyStoppingRecipe(2))
    whole = forecast(recipe, (48_000, 12_000), MOST, pace)
    transfer = replace(recipe, transfer=TransferRecipe("mycnn"))
    frozen = forecast(transfer, (48_000, 12_000), MOST, pace)
    moved = forecast(
        replace(transfer, augmentation=AugmentationRecipe(flip=True)), (48_000, 12_000), MOST, pace
    )
    assert whole["seconds_estimated"] == pytest.approx(10 * (48_000 + 12_000 / 3) / 1_000, rel=0.01)
    assert moved["seconds_estimated"] == pytest.approx(10 * 60_000 / 3_000, rel=0.01)
    # What is frozen computes once, the last layer's 1,280 products in every epoch.
    assert frozen["seconds_estimated"] == pytest.approx(60_000 / 3_000, rel=0.01)
    assert frozen["trainable"] == 128 * 10 + 10
    assert [row["name"] for row in frozen["layers"] if row["trainable"]] == ["fc2"]
    assert frozen["remarks"] == ["1,290 of 421,642 parameters are trained, 420,352 are frozen."]
    few = forecast(recipe, (16, 4), MOST, None)
    assert few["remarks"] == [
        "All 16 training images fit into one batch: a step is an epoch.",
        "4 images validate: one of them is 25%.",
    ]


@pytest.mark.parametrize(
    ("recipe", "parts", "field", "sentence"),
    [
        (Recipe(split=0.9), (3, 0), "split", "leaves none to validate with"),
        (Recipe(split=0.1), (0, 3), "split", "leaves none to train on"),
        (Recipe(batch_size=10**9), (10**9, 1), "batch_size", "Use a batch_size of at most"),
        (
            Recipe(layers=Layers(conv2=ConvolutionLayer(500, 27, 1, 13))),
            (4_800, 1_200),
            "layers",
            "use fewer channels",
        ),
    ],
)
def test_what_cannot_be_carried_out_is_refused_with_the_number_to_change(
    recipe: Recipe, parts: tuple[int, int], field: str, sentence: str
) -> None:
    with pytest.raises(RecipeError, match=sentence) as refused:
        forecast(recipe, parts, MOST, None)
    assert refused.value.field == field


def test_the_batch_that_is_offered_fits() -> None:
    with pytest.raises(RecipeError) as refused:
        forecast(Recipe(batch_size=10**9), (10**9, 1), MOST, None)
    most = int(str(refused.value).rpartition("at most ")[2].rstrip(".").replace(",", ""))
    plan = forecast(Recipe(batch_size=most), (10**9, 1), MOST, None)
    assert plan["steps_per_epoch"] == math.ceil(10**9 / most)
    assert isinstance(architecture_of(Recipe()).build(), nn.Module)
