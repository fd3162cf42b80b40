"""A forward pass and nothing else, in the forms of each layer that a processor is quickest with."""

from __future__ import annotations

from collections.abc import Container, Mapping
from math import inf, prod
from typing import NamedTuple

from torch import Tensor, nn

from app.networks.graph import INPUT, Graph, Node
from app.networks.position import Shape
from app.networks.quick_forms import ANY_LAYOUT, Forward, can_be_packed, quick_form
from app.networks.statistics import LARGE, Ends, Summary
from app.networks.summaries import PASSES, Behind


class _Call(NamedTuple):
    """One layer: what it computes and what it reads.

    Args:
        behind: what of its summary follows from that of what it reads.
        ended: the large layers that nothing reads after it.
    """

    name: str
    forward: Forward
    inputs: tuple[str, ...]
    behind: Behind | None
    ended: tuple[str, ...]


class Inference:
    """The layers of a graph, called one by one, for an answer without gradients on the CPU.

    Quick, their values are PyTorch's own to float32's last digits: where there are several
    convolutions and the layers allow their maps to lie with the channels last, these have their
    weights laid out once, and add up in another order. The weights are those of the first call. Not
    quick, each layer computes as it is.
    """

    def __init__(self, graph: Graph, *, is_quick: bool) -> None:
        # One alone gains less by it than it takes to lay its maps out again.
        is_free = sum(can_be_packed(node.op) for node in graph.nodes) > 1 and all(
            type(node.op) in ANY_LAYOUT for node in graph.nodes
        )
        large = {name for name, shape in graph.shapes.items() if prod(shape) > LARGE} - {INPUT}
        self.is_summed_beside = bool(large)
        needed = {*graph.outputs, graph.last, *(graph.ends or ())}
        self.calls = tuple(
            _Call(
                node.name,
                quick_form(node.op, graph.shapes[node.inputs[0]], is_free=is_free)
                if is_quick
                else node.op.forward,
                node.inputs,
                _behind(node, graph.shapes),
                tuple(name for name in graph.ended[node.name] if name in large - needed),
            )
            for node in graph.nodes
        )

    def run(
        self,
        images: Tensor,
        asked: Container[str],
        *,
        keeps: Container[str] | None,
        until: str | None = None,
    ) -> tuple[dict[str, Tensor], dict[str, Summary]]:
        """The activations of a batch of one image, and where some are large, all summaries.

        They are found by another core while the next layers are computed; a large activation is
        let go of when that is done and no layer reads it any more. Channels may lie innermost in
        memory.

        Args:
            asked: the layers whose summaries are wanted.
            keeps: those whose activations are wanted, small ones come as well; None for all.
            until: the last layer to compute.
        """
        values = {INPUT: images}
        with PASSES.one_more() as summaries:
            for name, forward, inputs, behind, ended in self.calls:
                value = values[name] = forward(*[values[each] for each in inputs])
                if self.is_summed_beside and name in asked:
                    summaries.add(name, value, inputs[0], behind)
                for each in ended:
                    if keeps is not None and each not in keeps:
                        del values[each]
                if name == until:
                    break
            return values, summaries.all()


def _behind(node: Node, shapes: Mapping[str, Shape]) -> Behind | None:
    """What of a layer's summary follows from that of what it reads."""
    if type(node.op) in _LIMITS:
        return _clamped(*_LIMITS[type(node.op)])
    if type(node.op) is nn.ZeroPad2d and min(node.op.padding) >= 0:
        return _padded(prod(shapes[node.inputs[0]]), prod(shapes[node.name]))
    return None


def _clamped(lowest: float, highest: float) -> Behind:
    """The ends of what is clamped, by those of what it reads."""

    def ends(read: Summary) -> Ends:
        # In this order NaN stays NaN.
        low, high = (max(read[end], lowest) for end in ("minimum", "maximum"))
        return min(low, highest), min(high, highest)

    return ends


def _padded(size: int, padded_size: int) -> Behind:
    """The summary of what stands among zeros."""
    zeros = padded_size - size

    def summary(read: Summary) -> Summary:
        if not zeros:
            return read
        return {
            # In this order NaN stays NaN; -0.0 is told as 0.0.
            "minimum": min(read["minimum"], 0.0) + 0.0,
            "maximum": max(read["maximum"], 0.0) + 0.0,
            "mean": read["mean"] * size / padded_size,
            "zero_fraction": (round(read["zero_fraction"] * size) + zeros) / padded_size,
        }

    return summary


_LIMITS = {nn.ReLU: (0.0, inf), nn.ReLU6: (0.0, 6.0)}
