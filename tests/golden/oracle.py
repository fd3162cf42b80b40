"""PyTorch's own operators, called with settings as the outline writes them."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional


def four_sides(padding: Any) -> tuple[int, int, int, int]:
    """(left, right, top, bottom), the order of torch.nn.functional.pad."""
    if isinstance(padding, dict):
        return padding["left"], padding["right"], padding["top"], padding["bottom"]
    height, width = padding
    return width, width, height, height


def pad(input: Tensor, padding: Any, padding_mode: str) -> Tensor:
    """The padded input (C, H, W).

    Raises:
        RuntimeError: torch refuses it.
    """
    mode = "constant" if padding_mode == "zeros" else padding_mode
    return functional.pad(input[None], four_sides(padding), mode=mode)[0]


def convolve(
    input: Tensor, weight: Tensor, bias: Tensor | None, settings: dict[str, Any]
) -> Tensor:
    """torch's convolution of the padded input (C, H, W).

    Raises:
        RuntimeError: torch refuses it.
    """
    padded = pad(input, settings["padding"], settings["padding_mode"])
    stride, dilation = settings["stride"], settings["dilation"]
    return functional.conv2d(padded[None], weight, bias, stride, 0, dilation, settings["groups"])[0]


def convolve_transposed(
    input: Tensor, weight: Tensor, bias: Tensor | None, settings: dict[str, Any]
) -> Tensor:
    """torch's transposed convolution (C, H, W), in one call where it takes the padding as it is.

    Raises:
        RuntimeError: torch refuses it, or cropping by hand leaves nothing.
    """
    padding = settings["padding"]
    is_pair = not isinstance(padding, dict)
    output = functional.conv_transpose2d(
        input[None],
        weight,
        bias,
        settings["stride"],
        padding if is_pair else 0,
        settings["output_padding"],
        settings["groups"],
        settings["dilation"],
    )
    if is_pair:
        return output[0]
    cropped = functional.pad(output, tuple(-side for side in four_sides(padding)))
    if 0 in cropped.shape:
        raise RuntimeError("nothing is left")
    return cropped[0]


def pool_max(input: Tensor, settings: dict[str, Any]) -> tuple[Tensor, Tensor]:
    """torch's max pooling of (C, H, W): values and indices.

    Raises:
        RuntimeError: torch refuses it.
    """
    names = ("kernel_size", "stride", "padding", "dilation", "ceil_mode")
    chosen = {name: settings[name] for name in names}
    values, indices = functional.max_pool2d(input[None], return_indices=True, **chosen)
    return values[0], indices[0]


def pool_average(input: Tensor, settings: dict[str, Any]) -> Tensor:
    """torch's average pooling of (C, H, W).

    Raises:
        RuntimeError: torch refuses it.
    """
    names = ("kernel_size", "stride", "padding", "ceil_mode", "count_include_pad")
    chosen = {name: settings[name] for name in (*names, "divisor_override")}
    return functional.avg_pool2d(input[None], **chosen)[0]


def index_image(size: int) -> Tensor:
    """One row (1, 1, W) whose values are 1, 2, …: a read value says where it came from."""
    return torch.arange(1, size + 1, dtype=torch.float64)[None, None]


def pool_norm(input: Tensor, settings: dict[str, Any], size: Any) -> Tensor:
    """The p-norm of each window of (C, H, W): windows cut out by torch, the norm by definition.

    torch's own lp_pool2d is another thing: see the tests. `size` is that of max pooling with the
    same settings; the input is padded or cropped to what so many windows see.
    """
    left, _, top, _ = four_sides(settings["padding"])
    ends = [
        (count - 1) * step + gap * (kernel - 1) + 1
        for count, step, gap, kernel in zip(
            size, settings["stride"], settings["dilation"], settings["kernel_size"], strict=True
        )
    ]
    rows, columns = input.shape[1:]
    sides = (left, ends[1] - left - columns, top, ends[0] - top - rows)
    windows = functional.unfold(
        functional.pad(input, sides)[:, None],
        settings["kernel_size"],
        settings["dilation"],
        0,
        settings["stride"],
    )
    norms: Tensor = (windows.abs() ** settings["norm_type"]).sum(1) ** (1 / settings["norm_type"])
    return norms.reshape(len(input), *size)
