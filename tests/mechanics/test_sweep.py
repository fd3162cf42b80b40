import itertools

import pytest
import torch

from app.mechanics.convolution import conv2d
from app.mechanics.cost import conv2d_parameters, multiply_accumulates
from app.mechanics.errors import MechanicsError
from app.mechanics.operations import OPERATIONS
from app.mechanics.pool_kinds import pool_spec
from app.mechanics.pooling import pool2d
from app.mechanics.spec import Conv2dSpec
from app.mechanics.sweep import SWEPT, SweepRanges, sweep_outputs, sweep_rows
from app.mechanics.transposed import conv_transpose2d
from app.mechanics.transposed_spec import ConvTranspose2dSpec
from tests.mechanics.spaces import tensor

RANGES = SweepRanges(
    kernel_size=(3, (2, 5)), stride=(1, 2), padding=(0, {"left": 2}, "same"), dilation=(1, 3)
)


def test_rows_come_in_order_with_the_words_of_the_single_call() -> None:
    rows = list(sweep_rows("conv2d", (1, 6, 7), RANGES))
    assert len(rows) == RANGES.count == 24
    wanted = itertools.product(RANGES.kernel_size, RANGES.stride, RANGES.padding, RANGES.dilation)
    sentence: str | None
    for row, (kernel_size, stride, padding, dilation) in zip(rows, wanted, strict=True):
        assert (row.kernel_size, row.stride, row.padding) == (kernel_size, stride, padding)
        assert (row.dilation, row.ceil_mode) == (dilation, False)
        try:
            spec = Conv2dSpec.of(1, 1, kernel_size, stride or 1, padding, dilation)
            size = tuple(step.output for step in spec.output_size(6, 7))
        except MechanicsError as refused:
            sentence = str(refused)
        else:
            sentence = None
        if sentence is not None:
            assert (row.output_size, row.reason) == (None, sentence)
            assert row.multiply_accumulates == 0
            assert row.as_dict()["output_size"] is None
            continue
        assert (row.output_size, row.reason) == (size, None)
        macs = multiply_accumulates(conv2d_parameters(spec), size[0] * size[1])
        assert row.multiply_accumulates == macs
    assert 0 < sum(row.reason is not None for row in rows) < 24


def test_outputs_are_those_of_the_single_call() -> None:
    input, weight = tensor(1, 2, 6, 7), tensor(2, 4, 1, 3, 3)
    ranges = SweepRanges(kernel_size=(3, 2), padding=(0, 1), ceil_mode=(False, True))
    planned = sweep_rows("conv2d", input.shape, ranges, weight.shape, {"groups": 2})
    rows = list(sweep_outputs(planned, "conv2d", input, weight))
    for row, output in rows:
        if output is not None:
            spec = Conv2dSpec.of(2, 4, 3, padding=row.padding, groups=2)
            expected = conv2d(input, weight, None, spec)
            assert torch.equal(output, expected)
            assert row.as_dict()["output_size"] == list(expected.shape[1:])
    reasons = [row.reason for row, _ in rows]
    assert reasons[:2] == [None, "A convolution has no ceil_mode; its size is always rounded down."]
    assert reasons[4] == "The weight has kernels of 3×3, so there is none of 2×2."


def test_a_transposed_sweep_counts_input_positions() -> None:
    input, weight = tensor(1, 2, 4, 5), tensor(2, 2, 3, 3, 3)
    ranges = SweepRanges(kernel_size=(3,), stride=(1, 2, None), padding=(0, 9))
    planned = list(sweep_rows("conv_transpose2d", input.shape, ranges, weight.shape))
    rows = list(sweep_outputs(planned, "conv_transpose2d", input, weight))
    assert [row.reason is None for row, _ in rows] == [True, False] * 3
    assert [output is None for _, output in rows] == [False, True] * 3
    assert rows[0][0].multiply_accumulates == 2 * 3 * 9 * 20
    expected = conv_transpose2d(input, weight, None, ConvTranspose2dSpec.of(2, 3, 3, stride=2))
    found = rows[2][1]
    assert found is not None
    assert torch.equal(found, expected)


@pytest.mark.parametrize("operation", ["conv2d", "conv_transpose2d"])
def test_without_a_weight_kernels_are_means(operation: str) -> None:
    input = torch.ones(2, 4, 4)
    ranges = SweepRanges(kernel_size=((1, 1), (2, 2)))
    rows = list(sweep_outputs(sweep_rows(operation, input.shape, ranges), operation, input))
    assert all(output is not None and output.shape[0] == 1 for _, output in rows)
    torch.testing.assert_close(rows[0][1], torch.ones(1, 4, 4))


def test_every_operation_whose_window_moves_is_swept() -> None:
    moving = [name for name, each in OPERATIONS.items() if "kernel_size" in each.defaults]
    assert moving == [*SWEPT]


@pytest.mark.parametrize("kind", ["max", "average", "lp"])
def test_pooling_is_swept_too(kind: str) -> None:
    input = tensor(1, 2, 5, 6)
    operation = f"{kind}_pool2d"
    ranges = SweepRanges(
        kernel_size=(2, 3), stride=(None, 1), padding=(0, 1, 2), ceil_mode=(False, True)
    )
    rows = list(sweep_outputs(sweep_rows(operation, input.shape, ranges), operation, input))
    assert len(rows) == 24
    assert rows[4][0].reason == (
        "Padding 2 is not below the effective kernel height 2: a window would see nothing but "
        "padding. Use a padding of at most 1."
    )
    for row, output in rows:
        if output is not None:
            options = row.as_dict()
            names = ("kernel_size", "stride", "padding", "dilation", "ceil_mode")
            spec = pool_spec(kind, **{name: options[name] for name in names})
            expected = pool2d(input, kind, spec).values  # type: ignore[arg-type]  # a str here
            torch.testing.assert_close(output, expected)
            assert row.multiply_accumulates == 0


def test_another_operation_is_named() -> None:
    with pytest.raises(MechanicsError, match="operation is one of conv2d, ") as refused:
        next(sweep_rows("linear", (1, 2, 2), RANGES))
    assert refused.value.field == "operation"


def test_without_a_weight_every_row_of_one_kernel_size_takes_the_same_mean() -> None:
    input = tensor(1, 2, 5, 6)
    ranges = SweepRanges(kernel_size=(2,), stride=(1, 2))
    rows = list(sweep_outputs(sweep_rows("conv2d", input.shape, ranges), "conv2d", input))
    full, stepped = (output for _, output in rows)
    assert full is not None
    assert stepped is not None
    assert torch.equal(full[:, ::2, ::2], stepped)
    torch.testing.assert_close(full[0, 0, 0], input[:, :2, :2].mean())
