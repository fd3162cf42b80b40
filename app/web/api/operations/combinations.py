"""The rows of a sweep: each combination of settings, with its output where that is asked for."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from math import prod
from typing import Any

import orjson
import torch
from torch import Tensor

from app.mechanics.operation import Operation
from app.mechanics.operations import OPERATIONS
from app.mechanics.sweep import SweepRanges, SweepRow, sweep_outputs, sweep_rows
from app.settings import Settings
from app.web.api.operations import caps
from app.web.api.operations.operands import Input, read_bias, read_input, read_weight
from app.web.api.operations.sweep import SweepBody
from app.web.wire.problems import Place, Problem, places_problem
from app.web.wire.tensors import DType, named

PLANS_KEPT = 8


def combine(body: SweepBody, settings: Settings, dtype: DType | None) -> list[dict[str, Any]]:
    """One row for each combination: its output size, or the reason that it has none."""
    operation = OPERATIONS[body.operation]
    weight = None if body.weight is None else read_weight(body.weight, body.dtype, settings)
    ranges = _ranges(body, weight, settings)
    input, shape = _input(body, settings)
    shared = _shared(body, operation, weight)
    weight_shape = None if weight is None else list(weight.shape)
    asked = orjson.dumps([body.operation, shape, asdict(ranges), weight_shape, shared])
    rows = [_within_caps(row, settings) for row in _planned(asked)]
    documents = [row.as_dict() for row in rows]
    if body.include_outputs and input is not None:
        _check_budget(rows, operation, input, settings)
        bias = read_bias(body.bias, body.dtype, settings)
        _check_bias(bias, rows, operation, shape[0])
        with torch.inference_mode():
            results = sweep_outputs(rows, body.operation, input.tensor, weight, bias)
            for index, (_, output) in enumerate(results):
                if output is not None:
                    values = output.numpy()
                    given = values[0] if input.rank == 2 and len(values) == 1 else values
                    documents[index]["output"] = named(f"results.{index}.output", given, dtype)
    return documents


@lru_cache(maxsize=PLANS_KEPT)
def _planned(asked: bytes) -> tuple[SweepRow, ...]:
    """The rows of a sweep without their outputs.

    They follow from whole numbers alone, so a sweep that is asked for again with another image, as
    while somebody paints it, is not planned again.

    Args:
        asked: operation, shape, ranges, weight's shape and shared settings, as JSON.
    """
    operation, shape, ranges, weight_shape, shared = orjson.loads(asked)
    return tuple(sweep_rows(operation, shape, SweepRanges(**ranges), weight_shape, shared))


def _ranges(body: SweepBody, weight: Tensor | None, settings: Settings) -> SweepRanges:
    """The values of each setting, not too many of them together. Raises: Problem 422."""
    sizes: Sequence[Any] | None = body.kernel_size
    if sizes is None:
        if weight is None:
            raise _refused("kernel_size", "A sweep needs a kernel_size, or a weight that has one.")
        sizes = [list(weight.shape[-2:])]
    usual = [OPERATIONS[body.operation].defaults["stride"]]
    stride = usual if body.stride is None else body.stride
    ranges = SweepRanges(sizes, stride, body.padding, body.dilation, body.ceil_mode)
    most = settings.max_sweep_combinations
    if ranges.count > most:
        sentence = f"The sweep has {ranges.count:,} combinations; it may have {most:,}."
        raise caps.over("#", sentence, most, ranges.count)
    return ranges


def _input(body: SweepBody, settings: Settings) -> tuple[Input | None, tuple[int, ...]]:
    """The one image of a sweep and its shape (C, H, W), or a size alone. Raises: Problem 422."""
    if (body.input is None) == (body.input_size is None):
        raise _refused("input", "A sweep needs an input or an input_size, one of the two.")
    if body.input is not None:
        input = read_input(body.input, body.dtype, settings)
        if input.rank == 4:
            raise _refused("input", "A sweep takes one image, [H][W] or [C][H][W].")
        return input, tuple(input.tensor.shape)
    if body.include_outputs:
        raise _refused("include_outputs", "Outputs need an input; an input_size has none.")
    size: Any = body.input_size
    height, width = size if isinstance(size, list) else (size, size)
    if min(height, width) < 1:
        raise _refused("input_size", "An input has a height and a width of at least 1.")
    caps.check_input((height, width), settings, "#/input_size")
    return None, (1, height, width)


def _shared(body: SweepBody, operation: Operation, weight: Tensor | None) -> dict[str, Any]:
    """What all combinations have in common; a pooling has none of it. Raises: Problem 422."""
    if operation.has_weights:
        return {"groups": body.groups, "padding_mode": body.padding_mode}
    given = {
        "weight": weight is not None,
        "bias": body.bias is not None,
        "groups": body.groups != 1,
        "padding_mode": body.padding_mode != "zeros",
    }
    for name, is_given in given.items():
        if is_given:
            raise _refused(name, f"A pooling has no {name}.")
    return {}


def _within_caps(row: SweepRow, settings: Settings) -> SweepRow:
    """The row, with a cap as its reason where a setting is above it, as in a call of its own."""
    if row.spec is None:
        return row
    try:
        caps.check_settings(row.spec, settings)
    except Problem as problem:
        return row._replace(
            output_size=None, reason=problem.detail, multiply_accumulates=0, spec=None
        )
    return row


def _check_budget(
    rows: Sequence[SweepRow], operation: Operation, input: Input, settings: Settings
) -> None:
    """Nothing, where all outputs together are within what one request may compute."""
    channels = input.tensor.shape[0]
    outputs = work = 0
    for row in rows:
        if row.output_size is not None:
            outputs += operation.out_channels(row.spec, channels) * prod(row.output_size)
            work += row.work
    caps.check_work(outputs, work, settings)
    for row in rows:
        unfolded = row.spec and operation.unfolded(row.spec, row.multiply_accumulates)
        if unfolded and caps.unfolds_too_much(input.tensor.dtype, unfolded):
            raise _refused("dtype", "These outputs need too much memory in float64; use float32.")


def _check_bias(
    bias: Tensor | None, rows: Sequence[SweepRow], operation: Operation, in_channels: int
) -> None:
    """Nothing, where there is one number for each output channel. Raises: Problem 422."""
    for row in rows:
        if bias is None or row.spec is None:
            continue
        channels = operation.out_channels(row.spec, in_channels)
        if len(bias) != channels:
            sentence = f"bias has {len(bias)} values; there are {channels} channels."
            raise _refused("bias", sentence)


def _refused(name: str, sentence: str) -> Problem:
    """The 422 of one member."""
    return places_problem([Place(f"#/{name}", sentence)], name)
