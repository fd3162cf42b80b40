"""A network as it can be listed: every layer with its settings, shapes, formula, cost and view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.mechanics.cost import ParameterCount
from app.mechanics.receptive_field import ReceptiveField
from app.mechanics.size import SizeStep
from app.networks.graph import INPUT, Graph
from app.networks.kinds import Facts, View, kind_of
from app.networks.position import Shape
from app.networks.registry import Architecture


@dataclass(frozen=True)
class LayerOutline:
    """One layer, without any of its numbers.

    Args:
        kind: PyTorch's name of the module.
        inputs: the layers it reads, "input" for the image.
        input_shape, output_shape: without the batch axis.
        output_size: how height and width come about, where a window moves.
    """

    name: str
    kind: str
    settings: dict[str, Any]
    inputs: tuple[str, ...]
    input_shape: Shape
    output_shape: Shape
    parameters: ParameterCount
    multiply_accumulates: int
    receptive_field: ReceptiveField
    output_size: tuple[SizeStep, SizeStep] | None

    def as_dict(self) -> dict[str, Any]:
        """The layer as plain values for JSON."""
        size = self.output_size
        return {
            "name": self.name,
            "kind": self.kind,
            "settings": self.settings,
            "inputs": list(self.inputs),
            "input_shape": list(self.input_shape),
            "output_shape": list(self.output_shape),
            "parameters": self.parameters.as_dict(),
            "multiply_accumulates": self.multiply_accumulates,
            "receptive_field": self.receptive_field.as_dict(),
            "output_size": size and {"height": size[0].as_dict(), "width": size[1].as_dict()},
        }


@dataclass(frozen=True)
class Outline:
    """A whole network: its architecture and its layers in the order data flows, softmax last."""

    architecture: Architecture
    layers: tuple[LayerOutline, ...]

    @property
    def parameters(self) -> int:
        """How many numbers the network learns."""
        return sum(layer.parameters.total for layer in self.layers)

    @property
    def multiply_accumulates(self) -> int:
        """How often it multiplies and adds for one image."""
        return sum(layer.multiply_accumulates for layer in self.layers)

    def as_dict(self) -> dict[str, Any]:
        """The outline as plain values for JSON."""
        normalization = self.architecture.normalization
        return {
            **self.architecture.as_dict(),
            "parameters": self.parameters,
            "multiply_accumulates": self.multiply_accumulates,
            "normalization": {"mean": list(normalization.mean), "std": list(normalization.std)},
            "layers": [layer.as_dict() for layer in self.layers],
        }


def make_outline(architecture: Architecture, graph: Graph) -> Outline:
    """The outline of a network, reckoned from the settings of its modules alone."""
    shapes: dict[str, Shape] = {INPUT: architecture.input_shape}
    height, width = architecture.input_shape[1:]
    views = {INPUT: View(ReceptiveField(), (height, width))}
    layers = []
    for node in graph.nodes:
        source = node.inputs[0]
        facts = kind_of(node.module).facts(node.module, shapes[source], views[source])
        shapes[node.name], views[node.name] = facts.output_shape, facts.view
        kind = type(node.module).__name__
        layers.append(_layer(node.name, kind, node.inputs, shapes[source], facts))
    return Outline(architecture, tuple(layers))


def _layer(
    name: str, kind: str, inputs: tuple[str, ...], input_shape: Shape, facts: Facts
) -> LayerOutline:
    """One layer's outline from its facts."""
    return LayerOutline(
        name=name,
        kind=kind,
        settings=facts.settings,
        inputs=inputs,
        input_shape=input_shape,
        output_shape=facts.output_shape,
        parameters=facts.parameters,
        multiply_accumulates=facts.multiply_accumulates,
        receptive_field=facts.view.field,
        output_size=facts.output_size,
    )
