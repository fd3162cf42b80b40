"""How size formulas are written, by hand; torch says whether the size in them is right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch

from tests.golden.oracle import pool_max
from tests.golden.torch_axes import convolution_sources

DEFAULTS = {
    "stride": 1,
    "dilation": 1,
    "padding_before": 0,
    "padding_after": 0,
    "padding_mode": "zeros",
    "ceil_mode": False,
}

# What differs from the defaults, the remainder, the overhang, the formula.
STEPS: list[tuple[dict[str, Any], int, int, str]] = [
    (
        {"input": 28, "kernel_size": 3, "padding_before": 1, "padding_after": 1},
        0,
        0,
        r"\left\lfloor \frac{28 + 2 \cdot 1 - 3}{1} \right\rfloor + 1 = 27 + 1 = 28",
    ),
    (
        {"input": 8, "kernel_size": 3, "stride": 2},
        1,
        0,
        r"\left\lfloor \frac{8 - 3}{2} \right\rfloor + 1 = \lfloor 2.5 \rfloor + 1 = 3",
    ),
    (
        {"input": 8, "kernel_size": 3, "stride": 2, "ceil_mode": True},
        1,
        1,
        r"\left\lceil \frac{8 - 3}{2} \right\rceil + 1 = \lceil 2.5 \rceil + 1 = 4",
    ),
    (
        {"input": 9, "kernel_size": 2, "stride": 3, "padding_before": 0, "padding_after": 1},
        2,
        0,
        r"\left\lfloor \frac{9 + 0 + 1 - 2}{3} \right\rfloor + 1"
        r" = \lfloor 2\tfrac{2}{3} \rfloor + 1 = 3",
    ),
    (
        {"input": 12, "kernel_size": 3, "dilation": 2, "stride": 8},
        7,
        0,
        r"\left\lfloor \frac{12 - (2 \cdot (3 - 1) + 1)}{8} \right\rfloor + 1"
        r" = \lfloor 0.875 \rfloor + 1 = 1",
    ),
    (
        {"input": 5, "kernel_size": 3, "stride": 7},
        2,
        0,
        r"\left\lfloor \frac{5 - 3}{7} \right\rfloor + 1 = \lfloor \tfrac{2}{7} \rfloor + 1 = 1",
    ),
    (
        {"input": 2, "kernel_size": 3, "stride": 2, "ceil_mode": True},
        1,
        1,
        r"\left\lceil \frac{2 - 3}{2} \right\rceil + 1 = \lceil -0.5 \rceil + 1 = 1",
    ),
    (
        {"input": 2, "kernel_size": 6, "stride": 6, "ceil_mode": True},
        2,
        4,
        r"\left\lceil \frac{2 - 6}{6} \right\rceil + 1 = \lceil -\tfrac{2}{3} \rceil + 1 = 1",
    ),
    (
        {"input": 5, "kernel_size": 2, "stride": 3, "ceil_mode": True}
        | {"padding_before": 1, "padding_after": 1},
        2,
        0,
        r"\left\lceil \frac{5 + 2 \cdot 1 - 2}{3} \right\rceil + 1 - 1"
        r" = \lceil 1\tfrac{2}{3} \rceil + 1 - 1 = 2",
    ),
]


def size_step_cases() -> Iterator[dict[str, Any]]:
    """Axes with their formula, each checked against the size that torch gives.

    Raises:
        ValueError: torch gives another size than the formula says.
    """
    for changes, remainder, overhang, latex in STEPS:
        axis = DEFAULTS | changes
        if not latex.endswith(f" = {_output(axis)}"):
            raise ValueError(f"torch gives {_output(axis)}, not: {latex}")
        yield {"axis": axis, "remainder": remainder, "overhang": overhang, "latex": latex}


def _output(axis: dict[str, Any]) -> int:
    """The size that torch gives."""
    if not axis["ceil_mode"]:
        return len(convolution_sources(axis))
    settings: dict[str, Any] = {
        name: [1, axis[name]] for name in ("kernel_size", "stride", "dilation")
    }
    settings |= {"padding": [0, axis["padding_before"]], "ceil_mode": True}
    values, _ = pool_max(torch.zeros(1, 1, axis["input"]), settings)
    return values.shape[-1]
