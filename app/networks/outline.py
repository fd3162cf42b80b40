"""A network as it can be listed: every layer with its settings, shapes, formula, cost and view."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from app.mechanics.cost import ParameterCount
from app.mechanics.receptive_field import ReceptiveField
from app.networks.encoding import Encoding
from app.networks.graph import INPUT, Graph
from app.networks.kinds import Facts, Incoming, Kind, View, explain
from app.networks.kinds.view import extent_of
from app.networks.position import Shape
from app.networks.registry import Architecture


@dataclass(frozen=True)
class LayerOutline:
    """One layer, without any of its numbers.

    Args:
        explained_by: its kind.
        facts: what the kind knows of it.
        inputs: the layers it reads, "input" for the image.
        input_shapes: of each of them, without the batch axis.
        encoding: how its activation is shown, where that is another than it is.
    """

    name: str
    explained_by: Kind
    facts: Facts
    inputs: tuple[str, ...]
    input_shapes: tuple[Shape, ...]
    encoding: Encoding | None = None

    @property
    def kind(self) -> str:
        """The name of its kind."""
        return self.explained_by.name

    @property
    def output_shape(self) -> Shape:
        """Without the batch axis."""
        return self.facts.output_shape

    @property
    def parameters(self) -> ParameterCount:
        """How many numbers it learns."""
        return self.facts.parameters

    @property
    def receptive_field(self) -> ReceptiveField:
        """What its units see of the input."""
        return self.facts.view.field

    def as_dict(self) -> dict[str, Any]:
        """The layer as plain values for JSON; `input_shape` is that of the first input."""
        facts, size = self.facts, self.facts.output_size
        return {
            "name": self.name,
            "kind": self.kind,
            "settings": facts.settings,
            "inputs": list(self.inputs),
            "input_shape": list(self.input_shapes[0]),
            "input_shapes": [list(shape) for shape in self.input_shapes],
            "output_shape": list(facts.output_shape),
            "parameters": facts.parameters.as_dict(),
            "multiply_accumulates": facts.multiply_accumulates,
            "receptive_field": self.receptive_field.as_dict(),
            "extent": list(facts.view.extent),
            "output_size": size and {"height": size[0].as_dict(), "width": size[1].as_dict()},
            "note": facts.note,
            "encoding": self.encoding and self.encoding.as_dict(),
        }


@dataclass(frozen=True)
class Outline:
    """A whole network: its architecture and its layers in the order data flows, softmax last.

    Args:
        parameters: how many numbers the network learns, those of a shared module counted once.
        outputs: the layers whose values it gives.
        decides: whether another image may go another way.
    """

    architecture: Architecture
    layers: tuple[LayerOutline, ...]
    parameters: int
    outputs: tuple[str, ...]
    decides: bool

    @property
    def multiply_accumulates(self) -> int:
        """How often it multiplies and adds for one image, in the layers of which that is known."""
        return sum(layer.facts.multiply_accumulates or 0 for layer in self.layers)

    def as_dict(self) -> dict[str, Any]:
        """The outline as plain values for JSON."""
        normalization = self.architecture.normalization
        return {
            **self.architecture.as_dict(),
            "parameters": self.parameters,
            "multiply_accumulates": self.multiply_accumulates,
            "normalization": {"mean": list(normalization.mean), "std": list(normalization.std)},
            "preparation": self.architecture.preparation,
            "outputs": list(self.outputs),
            "decides": self.decides,
            "layers": [layer.as_dict() for layer in self.layers],
        }


def make_outline(architecture: Architecture, graph: Graph) -> Outline:
    """The outline of a network, reckoned from the settings of its modules alone.

    Only what no kind explains has the shape that was observed.
    """
    shape = architecture.input_shape
    known = {INPUT: Incoming(shape, View(ReceptiveField(), extent_of(shape)))}
    layers = []
    for node in graph.nodes:
        inputs = [known[name] for name in node.inputs]
        kind, facts = explain(node.op, inputs, graph.shapes[node.name])
        known[node.name] = Incoming(facts.output_shape, facts.view)
        if graph.reads_numbers:
            field = replace(facts.view.field, status="data_dependent")
            facts = replace(facts, view=replace(facts.view, field=field))
        shapes = tuple(each.shape for each in inputs)
        encoding = graph.encodings.get(node.name)
        layers.append(LayerOutline(node.name, kind, facts, node.inputs, shapes, encoding))
    return Outline(
        architecture, tuple(layers), graph.parameters, graph.outputs, graph.reads_numbers
    )
