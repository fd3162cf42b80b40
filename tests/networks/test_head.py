"""Another last layer on a network that has learned, against torch modules put together by hand."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from app.networks.architectures.mycnn import MyCNN
from app.networks.head import (
    begin_learning,
    build_with_head,
    freeze_all_but_head,
    name_of_head,
    replace_head,
    take_over,
)
from app.networks.registry import ARCHITECTURES


def by_hand(classes: int) -> nn.Sequential:
    """A network with a normalization, whose last layer is a dense one."""
    return nn.Sequential(
        nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(4 * 36, classes)
    )


@pytest.mark.parametrize(
    ("network", "name"),
    [("mycnn", "fc2"), ("lenet5", "output"), ("resnet20", "fc"), ("squeezenet1_1", "conv10")],
)
def test_the_head_of_a_network_gives_a_logit_a_class(network: str, name: str) -> None:
    architecture = ARCHITECTURES[network]
    model = build_with_head(architecture.build, 3).eval()
    assert name_of_head(model) == name
    images = torch.rand(2, *architecture.input_shape)
    with torch.inference_mode():
        assert model(images).shape == (2, 3)


def test_a_convolution_that_decides_keeps_its_window() -> None:
    model = nn.Sequential(nn.Conv2d(2, 5, 3, stride=2, padding=1, bias=False), nn.Flatten())
    replace_head(model, 7)
    new = model[0]
    assert isinstance(new, nn.Conv2d)
    assert (new.in_channels, new.out_channels, new.kernel_size) == (2, 7, (3, 3))
    assert (new.stride, new.padding, new.bias) == ((2, 2), (1, 1), None)


def test_all_but_the_last_layer_is_taken_over_and_frozen() -> None:
    trained, new = by_hand(10), by_hand(3)
    started, learned = new.state_dict(), trained.state_dict()
    head = started["4.weight"].clone()
    take_over(new, learned)
    freeze_all_but_head(new)
    assert torch.equal(started["0.weight"], learned["0.weight"])
    assert torch.equal(started["4.weight"], head)
    learning = [name for name, parameter in new.named_parameters() if parameter.requires_grad]
    assert learning == ["4.weight", "4.bias"]

    # In training its batch normalization is in evaluation: the mean and variance stay.
    before = {name: value.clone() for name, value in new.state_dict().items()}
    begin_learning(new)
    assert new.training
    assert not new[1].training
    images, labels = torch.randn(8, 1, 8, 8) * 3 + 5, torch.arange(8) % 3
    optimizer = torch.optim.SGD([p for p in new.parameters() if p.requires_grad], lr=0.1)
    loss = nn.functional.cross_entropy(new(images), labels)
    torch.autograd.backward(loss)
    optimizer.step()
    changed = [name for name, value in new.state_dict().items() if not value.equal(before[name])]
    assert changed == ["4.weight", "4.bias"]

    unfrozen = by_hand(2)
    begin_learning(unfrozen)
    assert unfrozen[1].training


def test_weights_of_another_network_are_refused() -> None:
    with pytest.raises(ValueError, match=r"they differ in conv1\.weight"):
        take_over(MyCNN(), by_hand(10).state_dict())
