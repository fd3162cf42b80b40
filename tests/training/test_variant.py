"""What a recipe makes of a registered network."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from app.networks.architectures.fashion_mycnn import CLOTHES
from app.networks.architectures.mycnn import MyCNN
from app.networks.changeable_mycnn import ConvolutionLayer, DenseLayer, Layers, PoolingLayer
from app.networks.registry import ARCHITECTURES
from app.training.recipe import OwnData, Recipe
from app.training.variant import RecipeError, architecture_of


def test_a_network_with_its_own_data_is_as_it_is_registered() -> None:
    for name in ("mycnn", "lenet5", "fashion_mycnn"):
        dataset = ARCHITECTURES[name].dataset
        assert architecture_of(Recipe(network=name, dataset=dataset)) is ARCHITECTURES[name]
    assert architecture_of(Recipe(dataset="mnist-subset")) is ARCHITECTURES["mycnn"]


def test_other_data_bring_their_classes_and_normalization() -> None:
    fashion = architecture_of(Recipe(network="lenet5", dataset="fashion-mnist"))
    assert fashion.classes == CLOTHES
    assert fashion.preparation == "clothes"
    assert fashion.normalization == ARCHITECTURES["fashion_mycnn"].normalization
    assert fashion.build is ARCHITECTURES["lenet5"].build


@pytest.mark.parametrize(("batch_norm", "dropout"), [(True, None), (False, 0.3), (True, 0.3)])
def test_mycnn_with_batch_norm_and_dropout(batch_norm: bool, dropout: float | None) -> None:
    model = architecture_of(Recipe(batch_norm=batch_norm, dropout=dropout)).build().eval()
    kinds = [type(module) for module in model.modules()]
    assert (nn.BatchNorm2d in kinds) is batch_norm
    drops = [module.p for module in model.modules() if isinstance(module, nn.Dropout)]
    assert drops == ([] if dropout is None else [dropout])
    # A normalization that has learned nothing divides by sqrt(1 + eps); dropout does nothing now.
    plain = MyCNN().eval()
    plain.load_state_dict(model.state_dict(), strict=False)
    images = torch.rand(2, 1, 28, 28)
    torch.testing.assert_close(model(images), plain(images), rtol=1e-3, atol=1e-4)


def test_mycnns_layers_and_the_users_own_classes() -> None:
    layers = Layers(conv1=ConvolutionLayer(8, 5, 2, 2))
    own = OwnData(("cat", "dog", "fish"), "drawings", "")
    found = architecture_of(Recipe(dataset="own:pets", layers=layers, data=own))
    assert (found.classes, found.dataset, found.preparation) == (own.classes, "own:pets", "digit")
    model = found.build()
    shapes = {name: tuple(value.shape) for name, value in model.state_dict().items()}
    assert shapes["conv1.weight"] == (8, 1, 5, 5)
    assert shapes["fc1.weight"] == (128, 64 * 3 * 3)
    assert shapes["fc2.weight"] == (3, 128)
    ten = OwnData(tuple("abcdefghij"), "drawings", "")
    assert architecture_of(Recipe(data=ten)).build is MyCNN
    photographs = OwnData(("cat", "dog"), "photographs", "")
    network = architecture_of(Recipe(network="squeezenet1_1", data=photographs))
    assert network.preparation == "photo"
    assert network.normalization == ARCHITECTURES["squeezenet1_1"].normalization


@pytest.mark.parametrize(
    ("recipe", "sentence"),
    [
        (Recipe(network="nosuch"), "can be trained are mycnn"),
        (Recipe(network="efficientnet_lite0"), "can be trained are mycnn"),
        (Recipe(network="resnet20", batch_norm=True), "leave them out"),
        (Recipe(network="resnet20", layers=Layers(fc1=DenseLayer(9))), "leave them out"),
        (Recipe(layers=Layers(pool=PoolingLayer("max", 12, 12))), "pool2: "),
        (Recipe(data=OwnData(("cat",), "drawings", "")), "has 1 class with pictures"),
        (Recipe(data=OwnData(("a", "b"), "photographs", "")), "can be trained are efficientnet"),
    ],
)
def test_what_cannot_be_trained_is_a_sentence(recipe: Recipe, sentence: str) -> None:
    with pytest.raises(RecipeError, match=sentence):
        architecture_of(recipe)
