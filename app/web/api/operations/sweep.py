"""Sweeps: one operation under every combination of settings."""

from typing import Any

from pydantic import Field

from app.mechanics.window import PaddingMode
from app.mechanics.window_spec import SweptOperation
from app.web.api.operations.answers import operation
from app.web.api.operations.bodies import RAMP, ComputeType
from app.web.api.operations.setting_types import Kernels, Matrices, Numbers, Padding, Pair
from app.web.endpoint import Asked
from app.web.wire.members import Members
from app.web.wire.negotiation import JSON, SAFETENSORS
from app.web.wire.queries import TensorQuery
from app.web.wire.schemas import Index, Schema, Tensor
from app.web.wire.schemas import Pair as Size
from app.web.wire.tensors import Answer

SWEPT: dict[str, Any] = {
    "operation": "conv2d",
    "input": RAMP,
    "kernel_size": [3, 5],
    "stride": [1, 2],
    "padding": [0, 1, "same"],
    "dilation": [1, 2],
    "include_outputs": True,
}


class SweepBody(Members):
    """The values that each setting goes through."""

    operation: SweptOperation
    input: Matrices = None
    input_size: Pair | None = None
    weight: Kernels = None
    bias: Numbers = None
    kernel_size: list[Pair] | None = Field(None, min_length=1)
    stride: list[Pair | None] | None = Field(None, min_length=1)
    padding: list[Padding] = Field([0], min_length=1)
    dilation: list[Pair] = Field([1], min_length=1)
    ceil_mode: list[bool] = Field([False], min_length=1)
    groups: int = Field(1, ge=1)
    padding_mode: PaddingMode = "zeros"
    include_outputs: bool = False
    dtype: ComputeType = "float32"


class SweepRow(Schema):
    """One combination as it was asked for, and what comes of it."""

    kernel_size: Any
    stride: Any
    padding: Any
    dilation: Any
    ceil_mode: bool
    output_size: Size | None
    reason: str | None
    multiply_accumulates: Index
    output: Tensor | None = None


class SweepAnswer(Schema):
    """Every combination of a sweep."""

    count: Index
    results: list[SweepRow]


def sweep(asked: Asked[TensorQuery, SweepBody]) -> Answer:
    """One operation under every combination of settings, impossible ones with their reason."""
    from app.web.api.operations.combinations import combine

    results = combine(asked.body, asked.settings, asked.query.dtype)
    return Answer({"count": len(results), "results": results})


ENDPOINTS = (operation("/sweep", sweep, SweepAnswer, SweepBody, SWEPT, offers=(JSON, SAFETENSORS)),)
