"""Every kind of layer by itself, found by its registration: facts and traces are torch's."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from app.mechanics.receptive_field import ReceptiveField
from app.networks.kinds import KINDS, UNEXPLAINED, Incoming, View, explain
from app.networks.kinds.view import extent_of
from app.networks.modules import (
    Add,
    Affine,
    Concatenate,
    Mean,
    Multiply,
    Pad,
    PartialConv2d,
    ScaledTanh,
)
from app.networks.position import Position, Shape

MAPS = (4, 9, 8)

CASES: list[tuple[nn.Module, list[Shape]]] = [
    (nn.Conv2d(4, 6, 3, stride=2, padding=1, groups=2), [MAPS]),
    (nn.Conv2d(4, 4, (2, 3), padding="same", dilation=(2, 3), groups=4, bias=False), [MAPS]),
    (nn.Conv2d(4, 2, 3, padding=2, padding_mode="reflect"), [MAPS]),
    (nn.Conv2d(4, 2, 3, stride=(1, 2), padding=(1, 2), padding_mode="circular"), [MAPS]),
    (nn.Conv2d(4, 2, 5, padding=1, padding_mode="replicate"), [MAPS]),
    (nn.Conv2d(4, 3, 1, padding="valid"), [MAPS]),
    (nn.MaxPool2d(3, stride=2, padding=1), [MAPS]),
    (nn.MaxPool2d((2, 3), stride=(2, 1), ceil_mode=True), [MAPS]),
    (nn.MaxPool2d(2, dilation=2), [MAPS]),
    (nn.AvgPool2d(3, stride=2, padding=1), [MAPS]),
    (nn.AvgPool2d((2, 3), padding=1, count_include_pad=False, ceil_mode=True), [MAPS]),
    (nn.AvgPool2d(2, divisor_override=3), [MAPS]),
    (nn.AdaptiveAvgPool2d(1), [MAPS]),
    (nn.AdaptiveAvgPool2d((4, None)), [MAPS]),
    (nn.AdaptiveAvgPool2d((3, 4)), [MAPS]),
    (Mean(), [MAPS]),
    (Mean(), [(4, 1, 1)]),
    (nn.ReLU(), [MAPS]),
    (nn.ReLU(), [(7,)]),
    (nn.Tanh(), [MAPS]),
    (nn.Tanh(), [(7,)]),
    (nn.ReLU6(), [MAPS]),
    (nn.ReLU6(), [(7,)]),
    (nn.LeakyReLU(), [MAPS]),
    (nn.LeakyReLU(-0.3), [(7,)]),
    (nn.PReLU(), [MAPS]),
    (nn.PReLU(4), [MAPS]),
    (nn.PReLU(7), [(7,)]),
    (nn.ELU(), [MAPS]),
    (nn.ELU(-0.4), [(7,)]),
    (ScaledTanh(), [MAPS]),
    (nn.Sigmoid(), [(7,)]),
    (nn.SiLU(), [MAPS]),
    (nn.GELU(), [MAPS]),
    (nn.GELU("tanh"), [(7,)]),
    (nn.Hardswish(), [MAPS]),
    (nn.Hardsigmoid(), [MAPS]),
    (Affine("+", 1), [MAPS]),
    (Affine("-", 0.25), [MAPS]),
    (Affine("-", 1, is_first=True), [(7,)]),
    (Affine("*", -0.1), [MAPS]),
    (Affine("/", 255), [(7,)]),
    (PartialConv2d(4, ((0, 1), (1, 2, 3), (3,)), kernel_size=3), [MAPS]),
    (Pad((1, 2, 3, 0), 0.5), [MAPS]),
    (Pad((0, 0, 1, 1, 2, 3)), [MAPS]),
    (nn.ZeroPad2d((1, 0, 2, 3)), [MAPS]),
    (nn.ConstantPad2d(2, -0.1), [MAPS]),
    (nn.BatchNorm2d(4), [MAPS]),
    (nn.BatchNorm2d(4, eps=0.1, affine=False), [MAPS]),
    (nn.Dropout(0.3), [MAPS]),
    (nn.Dropout(0.3), [(7,)]),
    (Add(), [MAPS, MAPS, MAPS]),
    (Add(), [(7,), (7,)]),
    (Multiply(), [MAPS, MAPS]),
    (Multiply(), [MAPS, (4, 1, 1)]),
    (Multiply(), [(1, 9, 8), MAPS, (4, 1, 1)]),
    (Multiply(), [(7,), (7,)]),
    (Concatenate(1), [MAPS, (2, 9, 8)]),
    (Concatenate(-1), [MAPS, (4, 9, 2)]),
    (Concatenate(2), [MAPS, (4, 1, 8), (4, 2, 8)]),
    (Concatenate(1), [(7,), (3,)]),
    (nn.Flatten(), [MAPS]),
    (nn.Linear(7, 3), [(7,)]),
    (nn.Linear(7, 3, bias=False), [(7,)]),
    (nn.Softmax(dim=1), [(7,)]),
    (nn.GroupNorm(2, 4), [MAPS]),
]

UNEXPLAINABLE: list[tuple[nn.Module, list[Shape]]] = [
    (nn.Mish(), [(7,)]),
    (Mean((-1, -2)), [(4, 2, 9, 8)]),
    (nn.ZeroPad2d((-1, 0, 0, 0)), [MAPS]),
    (Pad((0, 0, 0, 0, -1, 0)), [MAPS]),
    (Pad((1, 0)), [(7,)]),
    (nn.BatchNorm2d(4, track_running_stats=False), [MAPS]),
    (nn.Softmax(dim=1), [MAPS]),
    (nn.Linear(8, 3), [MAPS]),
    (nn.Flatten(2), [MAPS]),
    (Add(), [MAPS, (4, 1, 1)]),
    (Multiply(), [MAPS, (8,)]),
    (nn.Softmax(dim=0), [(1,)]),
]


def prepared(module: nn.Module, shapes: list[Shape]) -> tuple[list[Tensor], Tensor]:
    """Inputs drawn by chance in float64, and what the module gives for them."""
    generator = torch.Generator().manual_seed(0)
    module.double().eval().requires_grad_(False)
    if isinstance(module, nn.BatchNorm2d) and module.running_mean is not None:
        module.running_mean.normal_(generator=generator)
        assert module.running_var is not None
        module.running_var.uniform_(0.5, 2, generator=generator)
    if isinstance(module, nn.PReLU):
        module.weight.normal_(generator=generator)
    inputs = [torch.randn(shape, dtype=torch.float64, generator=generator) for shape in shapes]
    with torch.no_grad():
        return inputs, module(*[each.unsqueeze(0) for each in inputs])[0]


def incoming(shape: Shape) -> Incoming:
    return Incoming(shape, View(ReceptiveField(), extent_of(shape)))


def test_every_kind_has_a_case() -> None:
    explained = set()
    for module, shapes in CASES:
        _, output = prepared(module, shapes)
        kind, _ = explain(module, [*map(incoming, shapes)], tuple(output.shape))
        explained.add(kind)
    assert explained == set(KINDS)
    assert len({kind.name for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize(("module", "shapes"), CASES, ids=str)
def test_facts_and_traces_are_torchs(module: Any, shapes: list[Shape]) -> None:
    inputs, output = prepared(module, shapes)
    kind, facts = explain(module, [*map(incoming, shapes)], tuple(output.shape))
    assert facts.output_shape == tuple(output.shape)
    assert facts.parameters.total == sum(p.numel() for p in module.parameters())
    if facts.output_size is not None:
        assert tuple(step.output for step in facts.output_size) == output.shape[1:]
        assert facts.view.extent == tuple(output.shape[1:])
    learned = kind.tensors(module)
    assert {name for name, _ in module.named_parameters()} <= learned.keys()
    for cell in itertools.product(*[range(size) for size in output.shape]):
        trace = kind.trace(module, inputs, Position(*cell))
        assert trace.value == pytest.approx(output[cell].item(), rel=1e-12, abs=1e-14)
        assert trace.kind == kind.name
        assert isinstance(trace, kind.trace_type)
        if trace.main is not None:
            assert isinstance(trace.as_dict()[trace.main], Tensor)


@pytest.mark.parametrize(("module", "shapes"), UNEXPLAINABLE, ids=str)
def test_what_no_kind_explains_shows_its_values_and_says_so(
    module: nn.Module, shapes: list[Shape]
) -> None:
    inputs, output = prepared(module, shapes)
    kind, facts = explain(module, [*map(incoming, shapes)], tuple(output.shape))
    assert kind is UNEXPLAINED
    assert facts.output_shape == tuple(output.shape)
    assert facts.note is not None
    assert facts.note.startswith(f"{type(module).__name__} cannot be taken apart here")
    place = tuple(size - 1 for size in output.shape)
    trace = kind.trace(module, inputs, Position(*place))
    assert trace.value == output[place].item()
    assert trace.as_dict()["note"] == facts.note
