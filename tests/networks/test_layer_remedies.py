"""The ways out of layers that do not fit: each of them is enough, as PyTorch builds it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import torch

from app.networks.changeable_mycnn import (
    ChangeableMyCNN,
    ConvolutionLayer,
    LayerError,
    Layers,
    PoolingLayer,
)
from app.networks.layer_remedies import remedies

MEMBERS = {"kernel size": "kernel_size", "window": "kernel_size"}


@pytest.mark.parametrize(
    ("layers", "ways"),
    [
        (
            Layers(conv1=ConvolutionLayer(4, stride=28)),
            "Use a stride of 9 in conv1 or a window of 1 in the poolings.",
        ),
        (
            Layers(conv2=ConvolutionLayer(4, 20, 1, 0)),
            "Use a padding of 8 in conv1, a kernel size of 13 in conv2, a padding of 4 in conv2 or "
            "a stride of 1 in the poolings.",
        ),
        (Layers(pool=PoolingLayer("max", 28, 1)), "Use a window of 14 in the poolings."),
        (
            Layers(conv3=ConvolutionLayer(4), pool=PoolingLayer("max", 2, 8)),
            "Use a padding of 4 in conv2, a kernel size of 2 in conv3, a padding of 2 in conv3, "
            "a window of 1 in the poolings, a stride of 4 in the poolings or no conv3.",
        ),
    ],
)
def test_each_way_out_is_enough(layers: Layers, ways: str) -> None:
    with pytest.raises(LayerError, match="does not fit: what is left of the digit there is"):
        layers.flat()
    assert remedies(layers) == ways
    for text, value, name in re.findall(r"an? ([a-z ]+) of (\d+) in (?:the )?(\w+)", ways):
        part = name.removesuffix("ings")
        changed = replace(getattr(layers, part), **{MEMBERS.get(text, text): int(value)})
        model = ChangeableMyCNN(replace(layers, **{part: changed})).eval()
        assert model(torch.zeros(1, 1, 28, 28)).shape == (1, 10)


def test_no_pooling_and_no_third_convolution_are_ways_out() -> None:
    layers = Layers(
        conv1=ConvolutionLayer(4, 14, 1, 0),
        conv2=ConvolutionLayer(4, 14, 1, 0),
        pool=PoolingLayer("max", 2, 1),
    )
    assert remedies(layers).endswith("a window of 1 in the poolings (no pooling).")
    third = Layers(conv3=ConvolutionLayer(4, 9, 1, 0))
    assert remedies(third).endswith(" or no conv3.")


def test_where_one_change_is_not_enough_that_is_said() -> None:
    large = ConvolutionLayer(4, 28, 28, 0)
    assert remedies(Layers(large, large, large)).endswith("one change is not enough.")
