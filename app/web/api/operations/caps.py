"""What one operation may cost, counted in whole numbers before anything is computed."""

from collections.abc import Mapping, Sequence
from math import prod
from typing import Protocol

import torch

from app.settings import Settings
from app.web.wire.problems import Place, Problem

MAX_UNFOLDED_VALUES = 16_000_000
LARGEST_WHOLE = 2**63
CAPS = {
    "kernel_size": "max_kernel_side",
    "stride": "max_stride",
    "dilation": "max_dilation",
    "padding": "max_padding",
    "output_size": "max_input_side",
}
"""What caps a setting."""


class Spec(Protocol):
    """The settings of an operation, as far as they are capped."""

    def largest(self) -> Mapping[str, int]:
        """The largest number in each setting that costs more, the larger it is."""


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


def check_settings(spec: Spec, settings: Settings) -> None:
    """Nothing, where no setting is above its cap. Raises: Problem 422 naming the setting."""
    for name, largest in spec.largest().items():
        most: int = getattr(settings, CAPS[name])
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
