"""Layers that move values, resize maps, or normalize by the image itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from math import prod
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from tests.golden.numbers import numbers

MOVES: list[tuple[str, list[int], Callable[[Tensor], Tensor]]] = [
    ("permute", [2, 3, 4], lambda x: x.permute(2, 0, 1)),
    ("getitem", [4, 5, 6], lambda x: x[1:3, ::2, 1::2]),
    ("chunk", [6, 2, 3], lambda x: x.chunk(3)[1]),
    ("flip", [2, 3, 2], lambda x: x.flip(1)),
    ("reshape", [4, 2, 3], lambda x: x.reshape(2, 4, 3)),
    ("flatten", [2, 3, 4], lambda x: x.flatten(1).T),
    ("pixel_shuffle", [8, 2, 2], lambda x: functional.pixel_shuffle(x, 2)),
    ("getitem", [7], lambda x: x[2:5]),
]

SIZES: list[tuple[list[int], dict[str, Any]]] = [
    ([2, 3, 4], {"size": (6, 8), "mode": "nearest"}),
    ([2, 3, 4], {"scale_factor": 2.0, "mode": "bilinear", "align_corners": False}),
    ([1, 4, 3], {"size": (7, 5), "mode": "bilinear", "align_corners": True}),
    ([1, 6, 5], {"size": (2, 3), "mode": "area"}),
    ([1, 5, 5], {"size": (8, 9), "mode": "bicubic", "align_corners": False}),
]


def layer_cases() -> Iterator[dict[str, Any]]:
    """Each with settings as an outline has them, what goes in and what torch makes of it."""
    for operation, shape, move in MOVES:
        sources = move(torch.arange(prod(shape)).reshape(shape))
        settings = {"operation": operation, "sources": list(_tables(sources))}
        yield _case("Rearrange", settings, numbers(shape, 5), move)
    for shape, sizes in SIZES:
        lines = [_taps(axis, shape[1 + axis], sizes) for axis in (0, 1)]
        settings = {"mode": sizes["mode"], "rows": lines[0], "columns": lines[1]}
        yield _case("Interpolate", settings, numbers(shape, 7), partial(_resized, sizes))
    yield _case("Mean", {"dim": [2, 3]}, numbers([3, 4, 5], 3), lambda x: x.mean((1, 2)))
    weight, bias = numbers([6], 9), numbers([6], 4)
    learned = {"weight": weight.tolist(), "bias": bias.tolist()}
    yield _case(
        "GroupNorm",
        {"num_groups": 3, "eps": 1e-5},
        numbers([6, 2, 3], 11),
        lambda x: functional.group_norm(x[None], 3, weight, bias)[0],
    ) | {"parameters": learned}
    yield _case(
        "LayerNorm",
        {"normalized_shape": [6], "eps": 1e-5},
        numbers([3, 2, 6], 11),
        lambda x: functional.layer_norm(x, [6], weight, bias),
    ) | {"parameters": learned}


def _case(
    kind: str, settings: dict[str, Any], input: Tensor, layer: Callable[[Tensor], Tensor]
) -> dict[str, Any]:
    """One layer on one input."""
    output = layer(input)
    values = {"input": input.tolist(), "output": output.tolist()}
    return {"kind": kind, "settings": settings, **values, "parameters": {}}


def _resized(sizes: dict[str, Any], maps: Tensor) -> Tensor:
    """Maps of another size."""
    return functional.interpolate(maps[None], **sizes)[0]


def _tables(sources: Tensor) -> Iterator[list[int]]:
    """What each index of an axis adds to the place that a value comes from."""
    first = sources[(0,) * sources.dim()]
    for axis in range(sources.dim()):
        line = sources.movedim(axis, 0).flatten(1)[:, 0] if sources.dim() > 1 else sources
        yield (line if axis == 0 else line - first).tolist()


def _taps(axis: int, lines: int, sizes: dict[str, Any]) -> list[list[float]]:
    """For each line that is given, the first that it reads and the share of each, by gradients."""
    shape = (1, 1, lines, 1) if axis == 0 else (1, 1, 1, lines)
    ones = torch.ones(shape, dtype=torch.float64, requires_grad=True)
    one = dict(sizes)
    name = "size" if "size" in one else "scale_factor"
    both = one[name] if isinstance(one[name], tuple) else (one[name], one[name])
    one[name] = (both[0], 1) if axis == 0 else (1, both[1])
    given = functional.interpolate(ones, **one).flatten()
    taps = []
    for value in given:
        (gradient,) = torch.autograd.grad(value, ones, retain_graph=True)
        line = gradient.flatten().tolist()
        read = [i for i, share in enumerate(line) if share]
        taps.append([read[0], *line[read[0] : read[-1] + 1]])
    return taps
