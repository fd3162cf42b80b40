"""A convolution."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from torch import Tensor, nn

from app.mechanics.axis_map import effective_kernel_size
from app.mechanics.convolution import Conv2dTrace, trace_conv2d
from app.mechanics.cost import ParameterCount, conv2d_parameters, multiply_accumulates
from app.mechanics.padding import Pair
from app.mechanics.spec import Conv2dSpec
from app.networks.kinds.kind import Facts, Incoming, Kind, only
from app.networks.kinds.view import View
from app.networks.modules import PartialConv2d
from app.networks.position import Position, Shape

Convolution = nn.Conv2d | PartialConv2d


class Conv2dKind(Kind):
    """A convolution."""

    name = "Conv2d"
    modules = (nn.Conv2d, PartialConv2d)
    trace_type = Conv2dTrace

    def spec(self, module: Convolution) -> Conv2dSpec:
        """The module's settings, in the form of `app.mechanics`."""
        return Conv2dSpec.of(
            module.in_channels,
            module.out_channels,
            module.kernel_size,
            module.stride,
            module.padding,
            module.dilation,
            module.groups,
            module.padding_mode,
        )

    def facts(self, module: Convolution, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """Size formula, parameters, multiply-accumulates and field of a convolution."""
        read, spec, has_bias = only(inputs), self.spec(module), module.bias is not None
        vertical, horizontal = spec.output_size(*read.shape[1:])
        size = (vertical.output, horizontal.output)
        settings = {**spec.as_dict(), "bias": has_bias}
        parameters, note = conv2d_parameters(spec, has_bias), None
        if isinstance(module, PartialConv2d):
            parameters, note = _partial(module), _note(module)
            settings["feeds"] = _feeds(module)
        return Facts(
            settings=settings,
            output_shape=(spec.out_channels, *size),
            view=_view(read.view, spec, size),
            parameters=parameters,
            multiply_accumulates=multiply_accumulates(parameters, positions=prod(size)),
            output_size=(vertical, horizontal),
            note=note,
        )

    def trace(self, module: Convolution, inputs: Sequence[Tensor], at: Position) -> Conv2dTrace:
        """Window times kernel over all input channels, and the bias."""
        spec, place = self.spec(module), (at.channel, at.row, at.column)
        return trace_conv2d(only(inputs), module.weight, module.bias, spec, *place)

    def tensors(self, module: nn.Module) -> dict[str, Tensor]:
        """What was learned; of connected slices also the kernel that they make with the zeros."""
        learned = super().tensors(module)
        if isinstance(module, PartialConv2d):
            return {"weight": module.weight, **learned}
        return learned


# How far from its own end of the maps, in paddings, a padded cell may borrow; None: anywhere.
_BORROWED: dict[str, int | None] = {"zeros": 0, "replicate": 1, "reflect": 2, "circular": None}


def _view(view: View, spec: Conv2dSpec, size: Pair) -> View:
    """That of the window; where it may not reach as far as what its padding shows, anything."""
    pad, paddings = spec.padding, _BORROWED[spec.padding_mode]
    sides = (max(pad.top, pad.bottom), max(pad.left, pad.right))
    for most, kernel, gap in zip(sides, spec.kernel_size, spec.dilation, strict=True):
        reach = effective_kernel_size(kernel, gap)
        if most and (paddings is None or reach <= paddings * most):
            return view.everywhere(size)
    return View(view.field.then(spec), size)


def _feeds(module: PartialConv2d) -> list[list[int]]:
    """For each map, the maps before it that it reads."""
    maps = range(module.out_channels)
    return [[read for output, read in module.pairs if output == each] for each in maps]


def _partial(module: PartialConv2d) -> ParameterCount:
    """One kernel slice a connection, and one bias a map."""
    connections, maps = len(module.pairs), module.out_channels
    area = prod(module.kernel_size)
    factors = "·".join(map(str, module.kernel_size))
    weight = connections * area
    return ParameterCount(weight, maps, weight + maps, f"{connections}·{factors} + {maps}")


def _note(module: PartialConv2d) -> str:
    """The sentence that says what is missing."""
    pairs = module.in_channels * module.out_channels
    return (
        f"Each map reads only some of the {module.in_channels} maps before it: {len(module.pairs)} "
        f"of {pairs} pairs are connected, and the kernels of the others are zero and not learned."
    )
