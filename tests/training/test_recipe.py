from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
import torch
from torch import nn
from torch.optim import SGD, Adam

from app.networks.changeable_mycnn import ConvolutionLayer, Layers, PoolingLayer
from app.networks.registry import ARCHITECTURES
from app.training.optimizers import Schedule, build_optimizer
from app.training.recipe import OptimizerRecipe, OwnData, Recipe, SchedulerRecipe, TransferRecipe
from app.training.recipes import RECIPES, recipe_of
from app.training.stopping import EarlyStopping


def test_the_articles_values_are_the_default() -> None:
    assert json.loads(json.dumps(Recipe().as_dict())) == {
        "network": "mycnn",
        "dataset": "mnist",
        "epochs": 50,
        "batch_size": 64,
        "seed": 0,
        "split": 0.8,
        "split_seed": 0,
        "optimizer": {
            "name": "adam",
            "lr": 0.001,
            "weight_decay": 1e-5,
            "amsgrad": True,
            "betas": [0.9, 0.999],
            "eps": 1e-8,
            "momentum": 0.0,
        },
        "scheduler": {"patience": 3, "factor": 0.5, "min_lr": 1e-6},
        "early_stopping": {"patience": 7},
        "initialization": "article",
        "initialization_scale": 0.01,
        "augmentation": None,
        "precision": "float32",
        "weights_dtype": "float32",
        "dropout": None,
        "batch_norm": False,
        "layers": None,
        "transfer": None,
        "data": None,
    }


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_returns_from_json(name: str) -> None:
    recipe = RECIPES[name]
    assert Recipe.from_dict(json.loads(json.dumps(recipe.as_dict()))) == recipe


def test_all_that_can_be_chosen_returns_from_json() -> None:
    recipe = Recipe(
        layers=Layers(conv3=ConvolutionLayer(8), pool=PoolingLayer("average")),
        transfer=TransferRecipe("run:a@step-3", freeze=False),
        data=OwnData(("cat", "dog"), "drawings", "00"),
        initialization="normal",
        initialization_scale=0.3,
    )
    values = json.loads(json.dumps(recipe.as_dict()))
    assert values["transfer"] == {"from": "run:a@step-3", "freeze": False}
    assert values["layers"]["conv3"]["channels"] == 8
    assert Recipe.from_dict(values) == recipe


def test_a_recipe_cannot_be_changed_under_way() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Recipe().epochs = 3  # type: ignore[misc]  # that it is refused is the point


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"epochs": 0}, "epochs is 0"),
        ({"batch_size": 0}, "batch_size is 0"),
        ({"split": 1.0}, "split is 1.0"),
        ({"split": 0.0}, "split is 0.0"),
        ({"optimizer": OptimizerRecipe(lr=0.0)}, "lr is 0.0"),
        ({"dropout": 1.0}, "dropout is 1.0"),
        ({"initialization_scale": 0.0}, "initialization_scale is 0.0"),
    ],
)
def test_what_cannot_be_trained_is_refused_in_a_sentence(
    wrong: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        Recipe(**wrong)


def test_the_optimizer_is_the_recipes() -> None:
    model = nn.Linear(2, 2)
    adam = build_optimizer(model, OptimizerRecipe())
    assert isinstance(adam, Adam)
    group = adam.param_groups[0]
    assert {name: group[name] for name in ("lr", "weight_decay", "amsgrad", "betas", "eps")} == {
        "lr": 1e-3, "weight_decay": 1e-5, "amsgrad": True, "betas": (0.9, 0.999), "eps": 1e-8,
    }  # fmt: skip
    sgd = build_optimizer(model, OptimizerRecipe(name="sgd", lr=0.1, momentum=0.9))
    assert isinstance(sgd, SGD)
    assert (sgd.param_groups[0]["lr"], sgd.param_groups[0]["momentum"]) == (0.1, 0.9)


def test_frozen_parameters_are_not_trained() -> None:
    model = nn.Linear(2, 2)
    model.weight.requires_grad_(False)
    (only,) = build_optimizer(model, OptimizerRecipe()).param_groups[0]["params"]
    assert only is model.bias


def test_the_fused_step_is_adams_own() -> None:
    """Fusing is for speed alone: weights after ten steps are those of PyTorch's plain Adam."""
    ends = []
    for fused in (True, False):
        torch.manual_seed(0)
        model = nn.Linear(8, 4)
        recipe = OptimizerRecipe()
        optimizer = build_optimizer(model, recipe)
        if not fused:
            optimizer = Adam(
                model.parameters(), recipe.lr, recipe.betas, recipe.eps, recipe.weight_decay, True
            )
        for _ in range(10):
            optimizer.zero_grad()
            model(torch.ones(1, 8)).square().sum().backward()
            optimizer.step()
        ends.append(model.weight.detach())
    torch.testing.assert_close(ends[0], ends[1])


def test_the_learning_rate_halves_after_the_patience_and_stops_at_its_floor() -> None:
    optimizer = build_optimizer(nn.Linear(1, 1), OptimizerRecipe(lr=4e-6))
    schedule = Schedule(optimizer, SchedulerRecipe(patience=1, factor=0.5, min_lr=1e-6), steps=9)
    rates = []
    for loss in (1.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0):
        schedule.after_step()
        schedule.after_epoch(loss)
        rates.append(optimizer.param_groups[0]["lr"])
    assert rates == [4e-6, 4e-6, 2e-6, 2e-6, 1e-6, 1e-6, 1e-6, 1e-6, 1e-6]


def test_early_stopping_counts_epochs_without_a_new_lowest_loss() -> None:
    stopping = EarlyStopping(patience=2)
    assert [stopping.update(loss) for loss in (1.0, 0.5, 0.6, 0.4, 0.4, 0.5)] == [
        False, False, False, False, False, True,
    ]  # fmt: skip
    assert stopping.lowest == 0.4


def test_each_network_that_ships_has_its_recipe_and_any_other_the_articles() -> None:
    assert recipe_of("mycnn") == Recipe()
    assert recipe_of("another") == Recipe(network="another")
    assert recipe_of("mycnn", epochs=2) == Recipe(epochs=2)
    for name, recipe in RECIPES.items():
        assert recipe.network == name
        assert recipe.dataset == ARCHITECTURES[name].dataset
