"""MyCNN with other layers, against torch modules put together by hand."""

from __future__ import annotations

from dataclasses import asdict

import pytest
import torch
from torch import nn

from app.networks.architectures.mycnn import MyCNN, initialize
from app.networks.changeable_mycnn import (
    ChangeableMyCNN,
    ConvolutionLayer,
    DenseLayer,
    LayerError,
    Layers,
    PoolingLayer,
)
from app.networks.initialization import scaled_normal


def test_left_as_it_is_it_is_mycnn_to_the_last_number() -> None:
    models: list[nn.Module] = []
    for build in (MyCNN, ChangeableMyCNN):
        torch.manual_seed(3)
        models.append(build())
        initialize(models[-1])
    plain, changed = models
    assert list(plain.state_dict()) == list(changed.state_dict())
    images = torch.rand(2, 1, 28, 28)
    assert torch.equal(plain(images), changed(images))


def test_every_setting_is_in_the_layers() -> None:
    layers = Layers(
        conv1=ConvolutionLayer(5, kernel_size=5, stride=2, padding=0),
        conv2=ConvolutionLayer(6, kernel_size=2, stride=1, padding=2),
        conv3=ConvolutionLayer(7, kernel_size=1, stride=1, padding=1),
        pool=PoolingLayer("average", kernel_size=3, stride=2),
        fc1=DenseLayer(9),
    )
    assert Layers.from_dict(asdict(layers)) == layers
    assert Layers.from_dict({"fc1": {"units": 9}}) == Layers(fc1=DenseLayer(9))
    torch.manual_seed(0)
    model = ChangeableMyCNN(layers, batch_norm=True, dropout=0.4).eval()
    torch.manual_seed(0)
    by_hand = nn.Sequential(
        *(nn.Conv2d(1, 5, 5, stride=2), nn.BatchNorm2d(5), nn.ReLU(), nn.AvgPool2d(3, 2)),
        *(nn.Conv2d(5, 6, 2, padding=2), nn.ReLU(), nn.AvgPool2d(3, 2)),
        *(nn.Conv2d(6, 7, 1, padding=1), nn.ReLU(), nn.AvgPool2d(3, 2)),
        *(nn.Flatten(), nn.Linear(7 * 2 * 2, 9), nn.ReLU(), nn.Dropout(0.4), nn.Linear(9, 10)),
    ).eval()
    images = torch.rand(3, 1, 28, 28)
    assert torch.equal(model(images), by_hand(images))
    assert list(dict(model.named_children())) == [
        *("conv1", "conv1_bn", "relu1", "pool1", "conv2", "relu2", "pool2"),
        *("conv3", "relu3", "pool3", "flatten", "fc1", "relu4", "dropout", "fc2"),
    ]


@pytest.mark.parametrize("kernel_size", [1, 2, 3, 5, 7])
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("padding", [0, 1])
def test_what_is_left_for_the_dense_layer_is_what_torch_leaves(
    kernel_size: int, stride: int, padding: int
) -> None:
    layers = Layers(conv1=ConvolutionLayer(3, kernel_size, stride, padding))
    convolution = nn.Conv2d(1, 3, kernel_size, stride, padding)
    rest = nn.Sequential(
        *(convolution, nn.MaxPool2d(2, 2), nn.Conv2d(3, 64, 3, padding=1), nn.MaxPool2d(2, 2)),
    )
    assert layers.flat() == rest(torch.zeros(1, 1, 28, 28)).numel()


@pytest.mark.parametrize(
    ("layers", "field", "sentence"),
    [
        (Layers(conv2=ConvolutionLayer(4, 20, 1, 0)), "conv2.kernel_size", "conv2: .*20"),
        (Layers(pool=PoolingLayer("max", 12, 12)), "pool.kernel_size", "pool2: .*12"),
    ],
)
def test_layers_that_do_not_fit_are_refused_with_the_number_to_change(
    layers: Layers, field: str, sentence: str
) -> None:
    with pytest.raises(LayerError, match=sentence) as refused:
        layers.flat()
    assert refused.value.field == field


def test_all_weights_may_be_drawn_from_one_normal_distribution() -> None:
    torch.manual_seed(0)
    convolution, dense = nn.Conv2d(1, 50, 5, bias=False), nn.Linear(200, 400)
    scaled_normal(nn.Sequential(convolution, nn.Flatten(), dense), 0.3)
    for weight in (convolution.weight, dense.weight):
        assert weight.std().item() == pytest.approx(0.3, rel=0.05)
        assert weight.mean().item() == pytest.approx(0, abs=0.03)
    assert not dense.bias.any()
