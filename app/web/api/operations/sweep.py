"""Sweeps: one operation under every combination of settings."""

from typing import Any

from app.web.api.operations.answers import operation
from app.web.api.operations.bodies import RAMP, SweepBody
from app.web.endpoint import Asked
from app.web.wire.negotiation import JSON, SAFETENSORS
from app.web.wire.queries import TensorQuery
from app.web.wire.schemas import Index, Pair, Schema, Tensor
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


class SweepRow(Schema):
    """One combination as it was asked for, and what comes of it."""

    kernel_size: Any
    stride: Any
    padding: Any
    dilation: Any
    ceil_mode: bool
    output_size: Pair | None
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
