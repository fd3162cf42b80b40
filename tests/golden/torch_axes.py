"""One axis of a moving window as torch sees it: what each output reads, and what nothing reads."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import torch
from torch import Tensor

from tests.golden.oracle import convolve, index_image, pool_average, pool_max

CONVOLUTION_SPACE = {
    "input": (1, 2, 3, 5, 6, 8),
    "kernel_size": (1, 2, 3, 4),
    "stride": (1, 2, 3),
    "dilation": (1, 2, 3),
    "padding": ((0, 0), (1, 1), (2, 1), (0, 3), (5, 5)),
    "padding_mode": ("zeros", "reflect", "replicate", "circular"),
}
POOLING_SPACE = {
    "input": (1, 2, 3, 5, 6, 8),
    "kernel_size": (1, 2, 3, 4),
    "stride": (1, 2, 3, 5),
    "dilation": (1, 2),
    "padding": ((0, 0), (1, 1), (2, 2)),
    "ceil_mode": (False, True),
}
# Every so many combinations is kept: coprime with the sizes above, so that all values meet.
CONVOLUTION_STEP = 13
POOLING_STEP = 7


def convolution_axes() -> Iterator[dict[str, Any]]:
    """Axes of convolutions: torch's size, sources and unread columns; null where it refuses."""
    for axis in list(_combinations(CONVOLUTION_SPACE))[::CONVOLUTION_STEP]:
        axis |= {"ceil_mode": False}
        try:
            sources = convolution_sources(axis)
        except RuntimeError:
            yield {"axis": axis, "output": None}
            continue
        read = {line for window in sources for line in window}
        unread = [line for line in range(axis["input"]) if line not in read]
        yield {"axis": axis, "output": len(sources), "sources": sources, "unread": unread}


def convolution_sources(axis: dict[str, Any]) -> list[list[int | None]]:
    """The input column under each kernel column for each output, read off an image of indices.

    Raises:
        RuntimeError: torch refuses the settings.
    """
    before, after = axis["padding_before"], axis["padding_after"]
    kernel_size = axis["kernel_size"]
    settings = {
        "padding": {"top": 0, "bottom": 0, "left": before, "right": after},
        "padding_mode": axis["padding_mode"],
        "stride": [1, axis["stride"]],
        "dilation": [1, axis["dilation"]],
        "groups": 1,
    }
    one_hot = torch.eye(kernel_size, dtype=torch.float64)[:, None, None]  # (K, 1, 1, K)
    seen = convolve(index_image(axis["input"]), one_hot, None, settings)[:, 0]  # (K, W_out)
    return [[int(line) - 1 if line else None for line in window] for window in seen.T.tolist()]


def pooling_axes() -> Iterator[dict[str, Any]]:
    """Axes of poolings: torch's size, the columns each output reads; null where it refuses."""
    for axis in list(_combinations(POOLING_SPACE))[::POOLING_STEP]:
        axis |= {"padding_mode": "zeros"}
        try:
            reads = pooling_reads(axis)
        except RuntimeError:
            yield {"axis": axis, "output": None}
            continue
        unread = sorted(set(range(axis["input"])) - {line for window in reads for line in window})
        counted = _counted(axis) if axis["dilation"] == 1 else None
        yield {
            "axis": axis,
            "output": len(reads),
            "reads": reads,
            "unread": unread,
            "counted": counted,
        }


def pooling_reads(axis: dict[str, Any]) -> list[list[int]]:
    """The input columns each output reads: those where a single spike becomes its maximum.

    Raises:
        RuntimeError: torch refuses the settings.
    """
    spikes = torch.eye(axis["input"], dtype=torch.float64)[:, None]  # (W channels, 1, W)
    seen, _ = pool_max(spikes, _pooling_settings(axis))  # (W, 1, W_out)
    return [(window == 1).nonzero().flatten().tolist() for window in seen[:, 0].T]


def _counted(axis: dict[str, Any]) -> list[int]:
    """How many columns each average divides by, padding included."""
    image = torch.ones(1, 1, axis["input"], dtype=torch.float64)
    settings = _pooling_settings(axis)
    sums: Tensor = pool_average(image, settings | {"divisor_override": 1})
    means = pool_average(image, settings)
    return [round(count) for count in (sums / means)[0, 0].tolist()]


def _pooling_settings(axis: dict[str, Any]) -> dict[str, Any]:
    """A pooling of a single row whose columns are the axis."""
    return {
        "kernel_size": [1, axis["kernel_size"]],
        "stride": [1, axis["stride"]],
        "padding": [0, axis["padding_before"]],
        "dilation": [1, axis["dilation"]],
        "ceil_mode": axis["ceil_mode"],
        "count_include_pad": True,
        "divisor_override": None,
    }


def _combinations(space: dict[str, tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    """Every combination of a space, padding as its two sides."""
    for values in product(*space.values()):
        axis = dict(zip(space, values, strict=True))
        before, after = axis.pop("padding")
        yield axis | {"padding_before": before, "padding_after": after}
