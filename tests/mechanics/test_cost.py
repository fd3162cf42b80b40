import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from app.mechanics.cost import (
    NO_PARAMETERS,
    batch_norm2d_parameters,
    conv2d_parameters,
    linear_parameters,
    multiply_accumulates,
    prelu_parameters,
)
from app.mechanics.spec import Conv2dSpec


def flops(module: nn.Module, input: torch.Tensor) -> int:
    with FlopCounterMode(display=False) as counter:
        module(input)
    return int(counter.get_total_flops())


@pytest.mark.parametrize("groups", [1, 2, 4])
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("stride", [1, 2])
def test_a_convolution_costs_what_torch_counts(groups: int, bias: bool, stride: int) -> None:
    module = nn.Conv2d(4, 8, (3, 5), stride, padding=1, groups=groups, bias=bias)
    spec = Conv2dSpec.of(4, 8, (3, 5), stride, padding=1, groups=groups)
    count = conv2d_parameters(spec, bias)
    assert count.total == sum(parameter.numel() for parameter in module.parameters())
    assert (count.weight, count.bias) == (module.weight.numel(), 8 if bias else 0)
    height, width = (step.output for step in spec.output_size(9, 10))
    macs = multiply_accumulates(count, height * width)
    assert 2 * macs == flops(module, torch.zeros(1, 4, 9, 10))


@pytest.mark.parametrize("bias", [True, False])
def test_a_dense_layer_costs_what_torch_counts(bias: bool) -> None:
    module = nn.Linear(30, 7, bias)
    count = linear_parameters(30, 7, bias)
    assert count.total == sum(parameter.numel() for parameter in module.parameters())
    assert 2 * multiply_accumulates(count) == flops(module, torch.zeros(1, 30))


def test_a_batch_normalization_learns_what_torchs_has() -> None:
    for affine in (True, False):
        module = nn.BatchNorm2d(7, affine=affine)
        learned = sum(parameter.numel() for parameter in module.parameters())
        assert batch_norm2d_parameters(7, affine).total == learned


def test_a_prelu_learns_what_torchs_has() -> None:
    for slopes in (1, 7):
        learned = sum(parameter.numel() for parameter in nn.PReLU(slopes).parameters())
        assert prelu_parameters(slopes).total == learned


def test_the_four_layers_of_mycnn_are_written_as_products() -> None:
    counts = [
        conv2d_parameters(Conv2dSpec.of(1, 32, 3)),
        conv2d_parameters(Conv2dSpec.of(32, 64, 3)),
        linear_parameters(3136, 128),
        linear_parameters(128, 10),
    ]
    assert [count.expression for count in counts] == [
        "32·(1·3·3 + 1)",
        "64·(32·3·3 + 1)",
        "128·(3136 + 1)",
        "10·(128 + 1)",
    ]
    assert [count.total for count in counts] == [320, 18_496, 401_536, 1_290]


def test_every_expression_gives_its_total() -> None:
    for bias in (True, False):
        for count in (
            conv2d_parameters(Conv2dSpec.of(6, 4, (2, 3), groups=2), bias),
            linear_parameters(5, 3, bias),
            NO_PARAMETERS,
        ):
            assert eval(count.expression.replace("·", "*")) == count.total  # our own text


def test_a_count_as_json_has_the_names_of_the_api() -> None:
    assert conv2d_parameters(Conv2dSpec.of(1, 1, 3), bias=False).as_dict() == {
        "weight": 9,
        "bias": 0,
        "total": 9,
        "expression": "1·1·3·3",
    }
