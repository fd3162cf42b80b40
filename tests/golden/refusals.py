"""What impossible settings are answered with. The words are ours: app.mechanics says them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from app.mechanics.errors import MechanicsError
from app.mechanics.pool_kinds import pool_spec
from app.mechanics.spec import Conv2dSpec
from app.mechanics.transposed_spec import ConvTranspose2dSpec

# Operation, settings, input shape, and how many channels go out.
CASES: list[tuple[str, dict[str, Any], list[int], int]] = [
    ("conv2d", {"kernel_size": 3}, [1, 3, 3], 1),
    ("conv2d", {"kernel_size": 4}, [1, 3, 4], 1),
    ("conv2d", {"kernel_size": [2, 3], "dilation": [1, 2]}, [1, 3, 4], 1),
    ("conv2d", {"kernel_size": 9, "padding": {"top": 1, "left": 3}}, [1, 6, 6], 1),
    ("conv2d", {"kernel_size": 0}, [1, 3, 3], 1),
    ("conv2d", {"kernel_size": [3, 0]}, [1, 3, 3], 1),
    ("conv2d", {"kernel_size": 2.5}, [1, 3, 3], 1),
    ("conv2d", {"kernel_size": 1, "stride": 0}, [1, 3, 3], 1),
    ("conv2d", {"kernel_size": 1, "dilation": [0, 1]}, [1, 3, 3], 1),
    ("conv2d", {"kernel_size": 1, "padding": -1}, [1, 3, 3], 1),
    ("conv2d", {"kernel_size": 1, "padding": [0, -2]}, [1, 3, 3], 1),
    ("conv2d", {"kernel_size": 1, "padding": {"bottom": -1}}, [1, 3, 3], 1),
    ("conv2d", {"kernel_size": 3, "padding": "same"}, [1, 3, 3], 1),
    ("conv2d", {"kernel_size": 3, "padding": "same", "stride": [1, 2]}, [1, 3, 3], 1),
    ("conv2d", {"kernel_size": 4, "padding": "valid"}, [1, 3, 3], 1),
    ("conv2d", {"kernel_size": 3, "padding": 3, "padding_mode": "reflect"}, [1, 3, 9], 1),
    (
        "conv2d",
        {"kernel_size": 1, "padding": {"right": 4}, "padding_mode": "circular"},
        [1, 3, 3],
        1,
    ),
    ("conv2d", {"kernel_size": 3, "padding": 9, "padding_mode": "replicate"}, [1, 3, 3], 1),
    ("conv2d", {"kernel_size": 1, "groups": 2}, [3, 3, 3], 2),
    ("conv2d", {"kernel_size": 1, "groups": 2}, [2, 3, 3], 3),
    ("conv2d", {"kernel_size": 1, "groups": 0}, [2, 3, 3], 2),
    ("conv2d", {"kernel_size": 1}, [1, 0, 3], 1),
    ("conv_transpose2d", {"kernel_size": 3, "stride": 2, "output_padding": 1}, [1, 3, 3], 1),
    ("conv_transpose2d", {"kernel_size": 3, "stride": 2, "output_padding": 2}, [1, 3, 3], 1),
    ("conv_transpose2d", {"kernel_size": 3, "output_padding": [0, 3], "dilation": 3}, [1, 3, 3], 1),
    ("conv_transpose2d", {"kernel_size": 3, "output_padding": -1}, [1, 3, 3], 1),
    ("conv_transpose2d", {"kernel_size": 3, "padding": 3}, [1, 2, 5], 1),
    ("conv_transpose2d", {"kernel_size": 3, "padding": {"left": 4, "right": 2}}, [1, 5, 2], 1),
    ("conv_transpose2d", {"kernel_size": 3, "stride": 2, "padding": "same"}, [1, 5, 2], 1),
    ("conv_transpose2d", {"kernel_size": 3, "padding_mode": "reflect"}, [1, 5, 2], 1),
    ("conv_transpose2d", {"kernel_size": 3, "groups": 2}, [2, 5, 2], 1),
    ("conv_transpose2d", {"kernel_size": 0}, [1, 5, 2], 1),
    ("conv_transpose2d", {"kernel_size": 1}, [1, 0, 2], 1),
    ("max", {"kernel_size": 2, "padding": 1}, [1, 3, 3], 1),
    ("max", {"kernel_size": 2, "padding": 2}, [1, 3, 3], 1),
    ("max", {"kernel_size": 2, "dilation": [3, 1], "padding": [3, 2]}, [1, 3, 3], 1),
    ("max", {"kernel_size": [2, 5], "stride": None}, [1, 3, 3], 1),
    ("max", {"kernel_size": 5, "stride": 4, "ceil_mode": True}, [1, 3, 3], 1),
    ("max", {"kernel_size": 9, "stride": 4, "ceil_mode": True}, [1, 3, 3], 1),
    ("average", {"kernel_size": 2, "divisor_override": 0}, [1, 3, 3], 1),
    ("lp", {"kernel_size": 2, "norm_type": 0}, [1, 3, 3], 1),
    ("lp", {"kernel_size": 2, "norm_type": -1.5}, [1, 3, 3], 1),
    ("adaptive_max", {"output_size": [2, 0]}, [1, 3, 3], 1),
    ("adaptive_max", {"output_size": [2, None]}, [1, 3, 3], 1),
    ("global_average", {}, [1, 3, 0], 1),
]

# Beside the cases above, so many combinations of these: coprime with the sizes, so all values meet.
SPACE = {
    "operation": ("conv2d", "conv_transpose2d", "max"),
    "input": ([2, 1, 4], [2, 3, 2], [2, 6, 5]),
    "kernel_size": (1, [2, 3], 4),
    "stride": (1, [2, 3], 4),
    "padding": (0, [1, 2], 3, {"top": 4, "right": 1}),
    "dilation": (1, [3, 1]),
    "extra": (
        {},
        {"conv2d": {"padding_mode": "reflect"}, "max": {"ceil_mode": True}},
        {"conv2d": {"padding_mode": "circular"}, "conv_transpose2d": {"output_padding": [1, 0]}},
    ),
}
STEP = 17


def refusal_cases() -> Iterator[dict[str, Any]]:
    """Settings with the field and sentence they are refused with, or null where they are not."""
    for operation, settings, shape, out_channels in [*CASES, *_combinations()]:
        field, sentence = None, None
        try:
            _attempt(operation, settings, shape, out_channels)
        except MechanicsError as refused:
            field, sentence = refused.field, str(refused)
        yield {
            "operation": operation,
            "settings": settings,
            "input": shape,
            "out_channels": out_channels,
            "field": field,
            "sentence": sentence,
        }


def _attempt(operation: str, settings: dict[str, Any], shape: list[int], out_channels: int) -> None:
    """Nothing, where the settings are possible for this input.

    Raises:
        MechanicsError: they are not.
    """
    if operation == "conv2d":
        Conv2dSpec.of(shape[0], out_channels, **settings).output_size(*shape[1:])
    elif operation == "conv_transpose2d":
        ConvTranspose2dSpec.of(shape[0], out_channels, **settings).output_size(*shape[1:])
    else:
        pool_spec(operation, **settings).output_size(*shape[1:])


def _combinations() -> Iterator[tuple[str, dict[str, Any], list[int], int]]:
    """Every so many combinations of the space."""
    for values in list(product(*SPACE.values()))[::STEP]:
        named: dict[str, Any] = dict(zip(SPACE, values, strict=True))
        operation, shape, extra = (named.pop(name) for name in ("operation", "input", "extra"))
        yield operation, named | extra.get(operation, {}), shape, 2
