"""Transposed convolutions, poolings of every kind, and gradients, as torch gives them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from tests.golden.numbers import numbers
from tests.golden.oracle import (
    convolve,
    convolve_transposed,
    pool_average,
    pool_max,
    pool_norm,
)

CONVOLUTION = {"stride": [1, 1], "padding": [0, 0], "dilation": [1, 1], "groups": 1}
ASYMMETRIC = {"top": 1, "bottom": 0, "left": 0, "right": 2}

GRADIENTS: list[dict[str, Any]] = [
    {"shape": [2, 4, 5], "weight": [3, 2, 3, 2], "padding": [1, 1]},
    {"shape": [4, 5, 4], "weight": [2, 2, 2, 2], "groups": 2, "stride": [2, 1]},
    {"shape": [1, 4, 4], "weight": [1, 1, 3, 3], "padding": [2, 2], "padding_mode": "reflect"},
    {"shape": [1, 3, 4], "weight": [2, 1, 2, 3], "padding": ASYMMETRIC, "dilation": [1, 2]}
    | {"padding_mode": "replicate"},
    {"shape": [2, 3, 3], "weight": [2, 1, 3, 3], "padding": [3, 1], "padding_mode": "circular"}
    | {"groups": 2, "flip_kernel": True},
]

TRANSPOSED: list[dict[str, Any]] = [
    {"shape": [1, 3, 4], "weight": [1, 1, 3, 3]},
    {"shape": [2, 3, 3], "weight": [2, 2, 2, 3], "stride": [2, 2], "output_padding": [1, 0]},
    {"shape": [4, 2, 3], "weight": [4, 1, 3, 3], "stride": [3, 2], "groups": 2, "padding": [1, 1]},
    {"shape": [1, 4, 3], "weight": [1, 2, 2, 3], "dilation": [3, 2], "output_padding": [2, 1]}
    | {"padding": ASYMMETRIC, "bias": False},
    {"shape": [2, 3, 2], "weight": [2, 1, 3, 2], "padding": [2, 0], "flip_kernel": True},
]

POOLINGS: list[dict[str, Any]] = [
    {"kind": "max", "shape": [2, 5, 4], "padding": [1, 1], "kernel_size": [3, 2]},
    {"kind": "average", "shape": [1, 5, 7], "padding": [1, 1], "ceil_mode": True}
    | {"kernel_size": [3, 3], "stride": [2, 3], "count_include_pad": False},
    {"kind": "average", "shape": [1, 4, 4], "divisor_override": 4},
    {"kind": "lp", "shape": [1, 4, 5], "norm_type": 1},
    {"kind": "lp", "shape": [2, 5, 5], "norm_type": 2, "padding": [1, 0], "dilation": [2, 1]},
    {"kind": "lp", "shape": [1, 5, 5], "norm_type": 3, "ceil_mode": True},
    {"kind": "adaptive_max", "shape": [2, 5, 4], "output_size": [3, 3]},
    {"kind": "adaptive_average", "shape": [1, 5, 7], "output_size": [2, None]},
    {"kind": "global_max", "shape": [2, 3, 3]},
    {"kind": "global_average", "shape": [2, 3, 4]},
]


def gradient_cases() -> Iterator[dict[str, Any]]:
    """Convolutions with the gradients of input, weight and bias for one output gradient."""
    for number, case in enumerate(GRADIENTS):
        settings = CONVOLUTION | {"padding_mode": "zeros", "kernel_size": case["weight"][2:]}
        settings |= {key: case[key] for key in settings.keys() & case.keys()}
        flips = case.get("flip_kernel", False)
        input = numbers(case["shape"], number + 3).requires_grad_()
        weight = numbers(case["weight"], number + 11).requires_grad_()
        bias = numbers(case["weight"][:1], 5).requires_grad_()
        laid = weight.flip(2, 3) if flips else weight
        output = convolve(input, laid, bias, settings)
        upstream = numbers(list(output.shape), number + 7)
        found = torch.autograd.grad(output, (input, weight, bias), upstream)
        yield {
            "settings": settings | ({"flip_kernel": True} if flips else {}),
            "input": input.tolist(),
            "weight": weight.tolist(),
            "bias": bias.tolist(),
            "output": output.tolist(),
            "output_gradient": upstream.tolist(),
            **dict(
                zip(
                    ("input_gradient", "weight_gradient", "bias_gradient"),
                    [gradient.tolist() for gradient in found],
                    strict=True,
                )
            ),
        }


def transposed_cases() -> Iterator[dict[str, Any]]:
    """Transposed convolutions: their output, where some cells come from, and their gradients."""
    for number, case in enumerate(TRANSPOSED):
        settings = CONVOLUTION | {"output_padding": [0, 0], "kernel_size": case["weight"][2:]}
        settings |= {key: case[key] for key in settings.keys() & case.keys()}
        flips = case.get("flip_kernel", False)
        input = numbers(case["shape"], number + 3).requires_grad_()
        weight = numbers(case["weight"], number + 11).requires_grad_()
        out_channels = case["weight"][1] * settings["groups"]
        bias = numbers([out_channels], 5) if case.get("bias", True) else None
        laid = weight.flip(2, 3) if flips else weight
        output = convolve_transposed(input, laid, bias, settings)
        upstream = numbers(list(output.shape), number + 7)
        by_input, by_weight = torch.autograd.grad(
            output, (input, weight), upstream, retain_graph=True
        )
        yield {
            "settings": settings | ({"flip_kernel": True} if flips else {}),
            "input": input.tolist(),
            "weight": weight.tolist(),
            "bias": None if bias is None else bias.tolist(),
            "output": output.tolist(),
            "cells": list(_cells(input, output)),
            "output_gradient": upstream.tolist(),
            "input_gradient": by_input.tolist(),
            "weight_gradient": by_weight.tolist(),
        }


def _cells(input: Tensor, output: Tensor) -> Iterator[dict[str, Any]]:
    """Which inputs the first, a middle and the last value gather, and with which weight."""
    channels, rows, columns = output.shape
    for position in ((0, 0, 0), (channels // 2, rows // 2, columns // 2), (-1, -1, -1)):
        channel, row, column = (i % size for i, size in zip(position, output.shape, strict=True))
        cell = output[channel, row, column]
        (by_input,) = torch.autograd.grad(cell, input, retain_graph=True)
        places = by_input.nonzero().tolist()
        yield {
            "position": {"channel": channel, "row": row, "column": column},
            "value": cell.item(),
            "input_gradient": [[*place, by_input[tuple(place)].item()] for place in places],
        }


def pooling_kind_cases() -> Iterator[dict[str, Any]]:
    """Poolings of every kind with their output, indices and gradient."""
    for number, case in enumerate(POOLINGS):
        kind = case["kind"]
        input = numbers(case["shape"], number + 2).requires_grad_()
        settings = {key: value for key, value in case.items() if key not in ("kind", "shape")}
        if "_" not in kind:
            settings = _moving() | settings
        output, indices = _pool(kind, input, settings)
        upstream = numbers(list(output.shape), number + 7)
        (gradient,) = torch.autograd.grad(output, input, upstream)
        yield {
            "kind": kind,
            "settings": settings,
            "input": input.tolist(),
            "output": output.tolist(),
            "indices": None if indices is None else indices.tolist(),
            "output_gradient": upstream.tolist(),
            # torch's slope of a norm at 0 is not a number; ours is 0.
            "input_gradient": gradient.nan_to_num(0.0).tolist(),
        }


def _moving() -> dict[str, Any]:
    """The settings of a pooling with a moving window, where a case names no others."""
    settings = {"kernel_size": [2, 2], "stride": [2, 2], "padding": [0, 0], "dilation": [1, 1]}
    return settings | {
        "ceil_mode": False,
        "count_include_pad": True,
        "divisor_override": None,
        "norm_type": 2,
    }


def _pool(kind: str, input: Tensor, settings: dict[str, Any]) -> tuple[Tensor, Tensor | None]:
    """One pooling by torch: values, and indices for the max kinds."""
    size = settings.get("output_size", [1, 1])
    match kind:
        case "max":
            return pool_max(input, settings)
        case "average":
            return pool_average(input, settings), None
        case "lp":
            shape = pool_max(input, settings)[0].shape[1:]
            return pool_norm(input, settings, shape), None
        case "adaptive_max" | "global_max":
            values, indices = functional.adaptive_max_pool2d_with_indices(input, size)
            return values, indices
    return functional.adaptive_avg_pool2d(input, size), None
