"""Receptive fields as torch's gradients show them, through stacks of layers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor

from tests.golden.oracle import convolve, pool_average

CONV = {"kind": "Conv2d", "kernel_size": [3, 3], "stride": [1, 1], "padding": [1, 1]}
POOL = {"kind": "AvgPool2d", "kernel_size": [2, 2], "stride": [2, 2], "padding": [0, 0]}

STACKS: dict[str, list[dict[str, Any]]] = {
    "one convolution": [CONV],
    "MyCNN": [CONV, POOL, CONV, POOL],
    "two 3×3": [CONV | {"padding": [0, 0]}] * 2,
    "one 5×5": [CONV | {"kernel_size": [5, 5], "padding": [0, 0]}],
    "strided": [CONV | {"stride": [2, 1]}, CONV | {"kernel_size": [1, 5], "padding": [0, 2]}],
    "dilated": [CONV, CONV | {"dilation": [2, 2], "padding": [2, 2]}, POOL],
    "overlapping pooling": [POOL | {"kernel_size": [3, 3], "padding": [1, 1]}, CONV],
}
SIZE = 28


def receptive_field_cases() -> Iterator[dict[str, Any]]:
    """For each stack what one unit sees, and the boxes of some cells cut to the image."""
    for name, layers in STACKS.items():
        image = torch.ones(1, SIZE, SIZE, dtype=torch.float64, requires_grad=True)
        output = image
        for layer in layers:
            output = _apply(layer, output)
        rows, columns = output.shape[1:]
        middle = (rows // 2, columns // 2)
        box = _box(image, output, *middle)
        below = _box(image, output, middle[0] + 1, middle[1] + 1)
        stride = [below["top"] - box["top"], below["left"] - box["left"]]
        cells = [(0, 0), (0, columns - 1), (rows - 1, 0), middle, (1, 2)]
        yield {
            "name": name,
            "layers": layers,
            "image": [SIZE, SIZE],
            "size": [box["bottom"] - box["top"], box["right"] - box["left"]],
            "stride": stride,
            "padding": [middle[0] * stride[0] - box["top"], middle[1] * stride[1] - box["left"]],
            "cells": [{"row": r, "column": c, "box": _box(image, output, r, c)} for r, c in cells],
        }


def _apply(layer: dict[str, Any], input: Tensor) -> Tensor:
    """One layer whose every weight lets the gradient through."""
    settings = {"dilation": [1, 1], "padding_mode": "zeros", "groups": 1} | layer
    if layer["kind"] == "Conv2d":
        kernel = torch.ones(1, 1, *layer["kernel_size"], dtype=torch.float64)
        return convolve(input, kernel, None, settings)
    modes = {"ceil_mode": False, "count_include_pad": True, "divisor_override": None}
    return pool_average(input, settings | modes)


def _box(image: Tensor, output: Tensor, row: int, column: int) -> dict[str, int]:
    """The smallest box that holds every pixel the cell depends on."""
    (gradient,) = torch.autograd.grad(output[0, row, column], image, retain_graph=True)
    rows, columns = gradient[0].nonzero().T
    return {
        "top": int(rows.min()),
        "left": int(columns.min()),
        "bottom": int(rows.max()) + 1,
        "right": int(columns.max()) + 1,
    }
