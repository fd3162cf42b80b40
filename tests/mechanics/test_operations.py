"""What holds for every operation, found by its registration."""

from __future__ import annotations

import itertools
from typing import Any, get_args

import pytest
import torch
from torch import Tensor
from torch.utils.flop_counter import FlopCounterMode

from app.mechanics.errors import MechanicsError
from app.mechanics.operation import Operands, Operation
from app.mechanics.operations import OPERATIONS
from app.mechanics.padding import Padding, read_pair
from app.mechanics.pool_kinds import PoolKind
from app.take_away.texts import TEXTS
from tests.mechanics.spaces import tensor

# Some settings for each, beside the defaults; those that an operation has not are left out.
CASES: list[dict[str, Any]] = [
    {"kernel_size": (2, 3), "stride": 1, "output_size": (2, 3)},
    {"kernel_size": 3, "stride": (2, 1), "padding": 1, "output_size": 4, "groups": 2},
    {"kernel_size": 2, "stride": 3, "dilation": 2, "ceil_mode": True, "output_size": (5, 1)},
]


PAIRS = list(itertools.product(OPERATIONS.values(), CASES))
each_case = pytest.mark.parametrize(
    ("operation", "case"),
    PAIRS,
    ids=[f"{operation.name}-{i % len(CASES)}" for i, (operation, _) in enumerate(PAIRS)],
)


def operands(operation: Operation, settings: dict[str, Any]) -> tuple[Operands, Any]:
    """Tensors that fit an operation, and its settings in one form."""
    input = tensor(1, 4, 5, 6)
    if not operation.has_weights:
        return Operands(input), operation.spec(4, settings, None)
    size = read_pair(settings["kernel_size"], "kernel_size", 1)
    groups = settings.get("groups", 1)
    weight = tensor(2, 4, 4 // groups, *size)  # four channels on both sides
    return Operands(input, weight, tensor(3, 4)), operation.spec(4, settings, weight.shape)


def made(operation: Operation, case: dict[str, Any]) -> tuple[Operands, Any]:
    """The operands and the spec of one case."""
    return operands(operation, {k: v for k, v in case.items() if k in operation.defaults})


def test_the_registry_has_every_pooling_and_a_text_for_each() -> None:
    assert {f"{kind}_pool2d" for kind in get_args(PoolKind)} < OPERATIONS.keys()
    assert TEXTS.keys() == OPERATIONS.keys()


@each_case
def test_two_ways_give_the_same_numbers_and_a_trace_each_of_them(
    operation: Operation, case: dict[str, Any]
) -> None:
    given, spec = made(operation, case)
    operation.check(given, spec)
    output = operation.compute(given, spec).values
    torch.testing.assert_close(operation.by_torch(given, spec), output, rtol=1e-13, atol=1e-13)
    for position in itertools.product(*map(range, output.shape)):
        trace = operation.trace(given, spec, *position)
        assert trace.value == pytest.approx(output[position].item(), rel=1e-13, abs=1e-13)


@each_case
def test_one_value_in_little_memory_is_that_of_the_whole(
    operation: Operation, case: dict[str, Any]
) -> None:
    given, spec = made(operation, case)
    output = operation.by_torch(given, spec)
    channels, rows, columns = map(range, output.shape)
    for position in itertools.product(channels, rows, columns):
        trace = operation.trace(given, spec, *position)
        found = operation.value_in_little_memory(given, spec, trace, position)
        assert found == pytest.approx(output[position].item(), rel=1e-12, abs=1e-13)


@each_case
def test_it_learns_as_many_numbers_as_it_has_operands_to_learn(
    operation: Operation, case: dict[str, Any]
) -> None:
    given, spec = made(operation, case)
    learned = [each.numel() for each in (given.weight, given.bias) if each is not None]
    found = operation.parameters(spec, given.bias is not None)
    assert found.total == sum(learned)
    assert operation.out_channels(spec, 4) == 4
    assert operation.work(spec, 4, spec.axes(5, 6), (2, 3)) > 0


@each_case
def test_it_multiplies_as_often_as_torch_counts(operation: Operation, case: dict[str, Any]) -> None:
    given, spec = made(operation, case)
    axes = spec.axes(5, 6)
    size = (axes[0].output, axes[1].output)
    work = operation.work(spec, 4, axes, size)
    with FlopCounterMode(display=False) as counter:
        operation.by_torch(given, spec)
    if operation.has_weights:
        assert 2 * work == counter.get_total_flops()
    # What PyTorch copies first: every window once, or every stamp, whoever shares it.
    assert operation.unfolded(spec, work) == (work // 4 if operation.has_weights else 0)
    computed = operation.computed_size(axes, size)
    assert all(each >= kept for each, kept in zip(computed, size, strict=True))
    if getattr(spec, "padding", Padding()) == Padding():
        assert computed == size


@each_case
def test_its_largest_settings_are_those_that_are_largest(
    operation: Operation, case: dict[str, Any]
) -> None:
    _, spec = made(operation, case)
    for name, largest in spec.largest().items():
        value = spec.as_dict()[name]
        sides = value.values() if isinstance(value, dict) else value
        assert largest == max(1 if side is None else side for side in sides)


WEIGHTED = [operation for operation in OPERATIONS.values() if operation.has_weights]


@pytest.mark.parametrize("operation", WEIGHTED, ids=lambda operation: operation.name)
def test_without_a_kernel_size_it_is_the_weights_own(operation: Operation) -> None:
    spec = operation.spec(4, {"groups": 2}, (4, 2, 3, 5))
    assert spec.kernel_size == (3, 5)


TURNED: list[dict[str, Any]] = [
    {"kernel_size": 3, "padding": Padding(1, 0, 2, 1)},
    {"kernel_size": 3, "padding": 1, "padding_mode": "reflect"},
    {"kernel_size": (2, 3), "flip_kernel": True},
]


@pytest.mark.parametrize("operation", WEIGHTED, ids=lambda operation: operation.name)
@pytest.mark.parametrize("case", TURNED, ids=["by side", "padding mode", "turned"])
def test_what_torchs_operator_does_not_take_is_laid_out_for_it(
    operation: Operation, case: dict[str, Any]
) -> None:
    if "padding_mode" in case and operation.name == "conv_transpose2d":
        with pytest.raises(MechanicsError, match="knows no padding_mode but zeros"):
            made(operation, case)
        return
    given, spec = made(operation, case)
    expected = operation.compute(given, spec).values
    torch.testing.assert_close(operation.by_torch(given, spec), expected, rtol=1e-13, atol=1e-13)


@each_case
def test_gradients_are_those_of_autograd(operation: Operation, case: dict[str, Any]) -> None:
    given, spec = made(operation, case)
    named = {"input": given.input, "weight": given.weight, "bias": given.bias}
    leaves = {
        name: each.clone().requires_grad_() for name, each in named.items() if each is not None
    }
    output = operation.by_torch(Operands(**leaves), spec)
    upstream = tensor(4, *output.shape)
    found = operation.gradients(given, spec, upstream)
    if output.requires_grad:
        expected = torch.autograd.grad(output, list(leaves.values()), upstream)
        for name, gradient in zip(leaves, expected, strict=True):
            torch.testing.assert_close(found[f"{name}_gradient"], gradient, rtol=1e-12, atol=1e-12)
    else:  # PyTorch has no operator that means the same: a small step says it instead
        step = tensor(5, *given.input.shape) * 1e-6
        up, down = (
            operation.compute(Operands(given.input + s), spec).values for s in (step, -step)
        )
        change = ((up - down) * upstream).sum() / 2
        slope = (found["input_gradient"] * step).sum()
        torch.testing.assert_close(slope, change, rtol=1e-6, atol=1e-12)


@each_case
def test_who_reads_a_line_is_the_other_side_of_what_a_line_reads(
    operation: Operation, case: dict[str, Any]
) -> None:
    _, spec = made(operation, case)
    for axis, step in zip(spec.axes(5, 6), spec.output_size(5, 6), strict=True):
        assert step.output == axis.output
        reads = {(o, s) for o in range(axis.output) for s in axis.sources(o) if s is not None}
        assert reads == {(o, s) for s in range(axis.input) for o, _ in axis.readers(s)}
        unread = set(range(axis.input)) - {s for _, s in reads}
        assert set(axis.unread()) == unread == set(step.as_dict()["unread"])
        with pytest.raises(MechanicsError, match=f"There is no {axis.lines[:-1]} {axis.output}: "):
            axis.sources(axis.output)


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_an_empty_input_is_refused_in_the_same_words(operation: Operation) -> None:
    _, spec = made(operation, CASES[0])
    with pytest.raises(MechanicsError, match="has 0 rows: it needs at least 1") as refused:
        spec.axes(0, 3)
    assert refused.value.field == "input"


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_a_weight_is_asked_for_where_there_is_one(operation: Operation) -> None:
    given, spec = made(operation, CASES[0])
    bare = Operands(given.input)
    if operation.has_weights:
        with pytest.raises(MechanicsError, match="needs a weight"):
            operation.compute(bare, spec)
    else:
        assert isinstance(operation.compute(bare, spec).values, Tensor)
