"""Writes the numbers that Python and JavaScript are both held to. They come from torch.

    python -m tests.golden.make_golden

Nothing of app is asked, but for the words of refusals: which input cells a value reads, with which
weight, is told by torch, from images of indices, one-hot kernels and gradients. All inputs are
multiples of 1/8, so that products and sums are exact in float32 and float64 in any order, and can
be compared with ==.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from tests.golden.lab_cases import gradient_cases, pooling_kind_cases, transposed_cases
from tests.golden.numbers import numbers
from tests.golden.oracle import convolve, pool_average, pool_max
from tests.golden.receptive_fields import receptive_field_cases
from tests.golden.refusals import refusal_cases
from tests.golden.size_steps import size_step_cases
from tests.golden.torch_axes import convolution_axes, pooling_axes

FOLDER = Path(__file__).parent

CONVOLUTIONS: list[dict[str, Any]] = [
    {"shape": [1, 5, 6], "weight": [1, 1, 3, 3]},
    {"shape": [3, 6, 5], "weight": [2, 3, 3, 3], "padding": [1, 1]},
    {"shape": [2, 8, 8], "weight": [2, 2, 3, 3], "stride": [2, 2]},
    {"shape": [2, 7, 6], "weight": [3, 2, 2, 3], "stride": [2, 1], "dilation": [2, 2]},
    {"shape": [4, 5, 5], "weight": [4, 2, 3, 3], "groups": 2, "padding": [1, 0]},
    {"shape": [3, 5, 4], "weight": [3, 1, 3, 2], "groups": 3, "bias": False},
    {"shape": [2, 5, 4], "weight": [1, 2, 3, 3], "padding": [2, 2], "padding_mode": "reflect"},
    {"shape": [2, 4, 5], "weight": [2, 2, 2, 3], "padding": [1, 2], "padding_mode": "replicate"},
    {"shape": [1, 4, 4], "weight": [2, 1, 3, 3], "padding": [4, 1], "padding_mode": "circular"},
    {
        "shape": [1, 4, 6],
        "weight": [1, 1, 2, 4],
        "padding": {"top": 1, "bottom": 0, "left": 1, "right": 2},
    },
    {
        "shape": [1, 5, 5],
        "weight": [1, 1, 3, 3],
        "stride": [3, 2],
        "padding": {"top": 2, "bottom": 1, "left": 0, "right": 3},
        "padding_mode": "reflect",
    },
]

POOLINGS: list[dict[str, Any]] = [
    {"shape": [2, 4, 6], "kernel_size": [2, 2], "stride": [2, 2]},
    {"shape": [1, 5, 5], "kernel_size": [2, 2], "stride": [2, 2]},
    {"shape": [1, 5, 5], "kernel_size": [2, 2], "stride": [2, 2], "ceil_mode": True},
    {"shape": [2, 6, 5], "kernel_size": [3, 2], "stride": [1, 2], "padding": [1, 1]},
    {"shape": [1, 5, 7], "kernel_size": [3, 3], "stride": [2, 3], "padding": [1, 1]}
    | {"ceil_mode": True, "count_include_pad": False},
    {"shape": [1, 6, 6], "kernel_size": [3, 3], "stride": [2, 2], "padding": [1, 1]}
    | {"ceil_mode": True, "divisor_override": 5},
    {"shape": [1, 2, 2], "kernel_size": [3, 3], "stride": [2, 2], "ceil_mode": True},
    {"shape": [1, 7, 7], "kernel_size": [2, 3], "stride": [2, 1], "dilation": [3, 2]},
    {"shape": [1, 6, 5], "kernel_size": [2, 2], "stride": [1, 1], "dilation": [2, 3]}
    | {"padding": [1, 1], "ceil_mode": True},
]


def convolution_cases() -> Iterator[dict[str, Any]]:
    """Convolutions with their output and, for some cells, window, sums and gradient."""
    for number, case in enumerate(CONVOLUTIONS):
        settings = {"stride": [1, 1], "padding": [0, 0], "dilation": [1, 1], "groups": 1}
        settings |= {"padding_mode": "zeros", "kernel_size": case["weight"][2:]}
        settings |= {key: case[key] for key in settings.keys() & case.keys()}
        input = numbers(case["shape"], number + 3).requires_grad_()
        weight = numbers(case["weight"], number + 11).requires_grad_()
        bias = numbers(case["weight"][:1], 5) if case.get("bias", True) else None
        output = convolve(input, weight, bias, settings)
        yield {
            "settings": settings,
            "input": input.tolist(),
            "weight": weight.tolist(),
            "bias": None if bias is None else bias.tolist(),
            "output": output.tolist(),
            "cells": list(_cells(input, weight, settings, output)),
        }


def _cells(
    input: Tensor, weight: Tensor, settings: dict[str, Any], output: Tensor
) -> Iterator[dict[str, Any]]:
    """What the first, a middle and the last value of a convolution are made of."""
    channels, rows, columns = output.shape
    for position in ((0, 0, 0), (channels // 2, rows // 2, columns // 2), (-1, -1, -1)):
        channel, row, column = (i % size for i, size in zip(position, output.shape, strict=True))
        cell = output[channel, row, column]
        # The gradient of a value by its weights is its window; by the input, which cells it reads.
        by_weight, by_input = torch.autograd.grad(cell, (weight, input), retain_graph=True)
        yield {
            "position": {"channel": channel, "row": row, "column": column},
            "value": cell.item(),
            "window": by_weight[channel].tolist(),
            "partial_maps": _partial_maps(input, weight, settings, channel).tolist(),
            "input_gradient": [
                [*index, by_input[tuple(index)].item()] for index in by_input.nonzero().tolist()
            ],
        }


def _partial_maps(input: Tensor, weight: Tensor, settings: dict[str, Any], channel: int) -> Tensor:
    """One output channel before its input channels are summed: each of them convolved alone."""
    size = weight.shape[1]
    first = channel // (weight.shape[0] // settings["groups"]) * size
    alone = settings | {"groups": size}
    return convolve(input[first : first + size], weight[channel][:, None], None, alone)


def pooling_cases() -> Iterator[dict[str, Any]]:
    """Poolings with their output; the average only where torch has it (no dilation)."""
    for number, case in enumerate(POOLINGS):
        settings = {"padding": [0, 0], "dilation": [1, 1], "ceil_mode": False}
        settings |= {"count_include_pad": True, "divisor_override": None}
        settings |= {key: value for key, value in case.items() if key != "shape"}
        input = numbers(case["shape"], number + 2)
        values, indices = pool_max(input, settings)
        dilated = settings["dilation"] != [1, 1]
        yield {
            "settings": settings,
            "input": input.tolist(),
            "max": values.tolist(),
            "indices": indices.tolist(),
            "average": None if dilated else pool_average(input, settings).tolist(),
        }


def dense_cases() -> dict[str, Any]:
    """One dense layer, one ReLU, one softmax and the order in which maps are flattened."""
    input, weight, bias = numbers([12], 3), numbers([4, 12], 8), numbers([4], 2)
    logits = torch.tensor([-3.5, 0.25, 900.0, 899.0, 897.5], dtype=torch.float64)
    shape = (3, 2, 5)
    flat = torch.arange(30).reshape(shape).flatten()
    return {
        "linear": {
            "input": input.tolist(),
            "weight": weight.tolist(),
            "bias": bias.tolist(),
            "output": functional.linear(input, weight, bias).tolist(),
        },
        "relu": {"input": input.tolist(), "output": functional.relu(input).tolist()},
        "softmax": {
            "logits": logits.tolist(),
            "probabilities": functional.softmax(logits, 0).tolist(),
        },
        "flatten": {
            "shape": list(shape),
            "sources": torch.stack(torch.unravel_index(flat, shape), 1).tolist(),
        },
    }


FILES: dict[str, Callable[[], Any]] = {
    "convolution_axes": lambda: list(convolution_axes()),
    "pooling_axes": lambda: list(pooling_axes()),
    "size_steps": lambda: list(size_step_cases()),
    "convolutions": lambda: list(convolution_cases()),
    "poolings": lambda: list(pooling_cases()),
    "dense": dense_cases,
    "gradients": lambda: list(gradient_cases()),
    "transposed": lambda: list(transposed_cases()),
    "pooling_kinds": lambda: list(pooling_kind_cases()),
    "refusals": lambda: list(refusal_cases()),
    "receptive_fields": lambda: list(receptive_field_cases()),
}


def as_text(document: Any) -> str:
    """The document as JSON: one case a line, so that a change shows as the lines it changes."""
    if isinstance(document, list):
        return (
            "[\n"
            + ",\n".join(
                json.dumps(case, separators=(",", ":"), allow_nan=False) for case in document
            )
            + "\n]\n"
        )
    return json.dumps(document, allow_nan=False) + "\n"


def main() -> None:
    """Writes every golden file."""
    for name, make in FILES.items():
        (FOLDER / f"{name}.json").write_text(as_text(make()), encoding="utf-8")


if __name__ == "__main__":
    main()
