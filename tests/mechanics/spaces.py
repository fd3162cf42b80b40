"""Made spaces of settings: most are legal, some are not, and torch decides which."""

from __future__ import annotations

from typing import Any

import torch
from hypothesis import strategies as st
from torch import Tensor

Settings = dict[str, Any]


def pairs(smallest: int, largest: int) -> st.SearchStrategy[list[int]]:
    """[height, width]"""
    return st.lists(st.integers(smallest, largest), min_size=2, max_size=2)


def paddings(largest: int) -> st.SearchStrategy[Any]:
    """A pair, or four sides that may differ."""
    side = st.integers(0, largest)
    sides = st.fixed_dictionaries({"top": side, "bottom": side, "left": side, "right": side})
    return pairs(0, largest) | sides


def tensor(seed: int, *shape: int) -> Tensor:
    """Multiples of 1/8 in float64: products and sums are exact, so results compare with ==."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(-24, 25, shape, generator=generator).to(torch.float64) / 8


seeds = st.integers(0, 2**31)


@st.composite
def convolutions(draw: st.DrawFn) -> tuple[Settings, list[int], list[int]]:
    """Settings, input shape and weight shape of a convolution, perhaps an impossible one."""
    groups = draw(st.integers(1, 3))
    in_group, out_group = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    kernel_size = draw(pairs(1, 4))
    settings = {
        "kernel_size": kernel_size,
        "stride": draw(pairs(1, 3)),
        "padding": draw(paddings(4)),
        "dilation": draw(pairs(1, 3)),
        "groups": groups,
        "padding_mode": draw(st.sampled_from(["zeros", "reflect", "replicate", "circular"])),
    }
    shape = [groups * in_group, *draw(pairs(1, 8))]
    return settings, shape, [groups * out_group, in_group, *kernel_size]


@st.composite
def transposed_convolutions(draw: st.DrawFn) -> tuple[Settings, list[int], list[int]]:
    """Settings, input shape and weight shape of a transposed convolution, perhaps impossible."""
    groups = draw(st.integers(1, 3))
    in_group, out_group = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    kernel_size = draw(pairs(1, 4))
    settings = {
        "kernel_size": kernel_size,
        "stride": draw(pairs(1, 3)),
        "padding": draw(paddings(4)),
        "output_padding": draw(st.just([0, 0]) | pairs(0, 3)),
        "dilation": draw(pairs(1, 3)),
        "groups": groups,
    }
    shape = [groups * in_group, *draw(pairs(1, 6))]
    return settings, shape, [groups * in_group, out_group, *kernel_size]


@st.composite
def poolings(draw: st.DrawFn) -> tuple[Settings, list[int]]:
    """Settings and input shape of a pooling as torch has it, perhaps an impossible one."""
    settings = {
        "kernel_size": draw(pairs(1, 4)),
        "stride": draw(pairs(1, 5)),
        "padding": draw(pairs(0, 2)),
        "dilation": draw(pairs(1, 3)),
        "ceil_mode": draw(st.booleans()),
        "count_include_pad": draw(st.booleans()),
        "divisor_override": draw(st.none() | st.sampled_from([-3, 1, 7])),
    }
    return settings, [draw(st.integers(1, 2)), *draw(pairs(1, 8))]
