"""What one operation may cost, counted in whole numbers before anything is computed."""

from collections.abc import Sequence
from math import prod

import torch

from app.mechanics.pool_kinds import PoolSpec
from app.mechanics.spec import Conv2dSpec, Pool2dSpec
from app.mechanics.transposed_spec import ConvTranspose2dSpec
from app.settings import Settings
from app.web.wire.problems import Place, Problem

MAX_UNFOLDED_VALUES = 16_000_000
LARGEST_WHOLE = 2**63

WindowSpec = Conv2dSpec | ConvTranspose2dSpec | Pool2dSpec


def check_input(shape: Sequence[int], settings: Settings, pointer: str = "#/input") -> None:
    """Nothing, where an input (C, H, W) or (N, C, H, W) is small enough.

    Raises: Problem 422 with the cap and what was asked for.
    """
    height, width = shape[-2:]
    side = settings.max_input_side
    if max(height, width) > side:
        sentence = f"The input is {height:,}×{width:,}; a side may have {side:,}."
        raise over(pointer, sentence, side, max(height, width))
    check_channels(shape[-3] if len(shape) > 2 else 1, settings, pointer)
    check_values(prod(shape), settings, pointer)


def check_channels(channels: int, settings: Settings, pointer: str) -> None:
    """Nothing, where there are not too many channels. Raises: Problem 422."""
    most = settings.max_input_channels
    if channels > most:
        sentence = f"There are {channels:,} channels; at most {most:,} are taken."
        raise over(pointer, sentence, most, channels)


def check_values(count: int, settings: Settings, pointer: str) -> None:
    """Nothing, where there are not too many values. Raises: Problem 422."""
    most = settings.max_input_values
    if count > most:
        raise over(pointer, f"There are {count:,} values; at most {most:,} are taken.", most, count)


def check_settings(spec: PoolSpec | ConvTranspose2dSpec | Conv2dSpec, settings: Settings) -> None:
    """Nothing, where no setting is above its cap. Raises: Problem 422 naming the setting."""
    if not isinstance(spec, WindowSpec):
        largest, most = max(side or 1 for side in spec.size), settings.max_input_side
        if largest > most:
            sentence = f"output_size {largest:,} is too large; it may be at most {most:,}."
            raise over("#/output_size", sentence, most, largest)
        return
    pad = spec.padding
    for name, largest, most in (
        ("kernel_size", max(spec.kernel_size), settings.max_kernel_side),
        ("stride", max(spec.stride), settings.max_stride),
        ("dilation", max(spec.dilation), settings.max_dilation),
        ("padding", max(pad.top, pad.bottom, pad.left, pad.right), settings.max_padding),
    ):
        if largest > most:
            sentence = f"{name} {largest:,} is too large; it may be at most {most:,}."
            raise over(f"#/{name}", sentence, most, largest)


def check_work(outputs: int, multiply_accumulates: int, settings: Settings) -> None:
    """Nothing, where neither the output nor the work is too large.

    Args:
        outputs: how many values are computed.
        multiply_accumulates: how many products, or for a pooling values read.

    Raises: Problem 422.
    """
    for what, count, most in (
        ("output values", outputs, settings.max_output_values),
        ("multiply-accumulates", multiply_accumulates, settings.max_multiply_accumulates),
    ):
        if count > most:
            sentence = f"This asks for {count:,} {what}; at most {most:,} are computed at once."
            raise over("#", sentence, most, count)


def unfolds_too_much(dtype: torch.dtype, unfolded: int) -> bool:
    """Whether PyTorch's operator would need more memory than it should.

    In float64 it copies every window into one matrix before it multiplies.

    Args:
        unfolded: how many values that matrix has.
    """
    return dtype == torch.float64 and unfolded > MAX_UNFOLDED_VALUES


def over(pointer: str, sentence: str, limit: int, requested: int) -> Problem:
    """The refusal of what is above a cap."""
    place = Place(pointer, sentence)
    # JSON is written with whole numbers of 64 bits; a larger one is told as nearly as a float can.
    told = requested if requested < LARGEST_WHOLE else float(requested)
    return Problem(422, sentence, errors=[place], limit=limit, requested=told)
