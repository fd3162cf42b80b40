"""A network with its weights: what it makes of an image, and what every value in it is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from app.mechanics.errors import MechanicsError
from app.mechanics.receptive_field import Box, BoxStatus
from app.networks.architecture import Architecture, Costs
from app.networks.errors import OtherLayers, UnknownLayer
from app.networks.graph import INPUT, Graph, GraphError
from app.networks.outline import LayerOutline, Outline, make_outline
from app.networks.position import Position, times
from app.networks.results import Forward, LayerTrace
from app.networks.standing import READY, Standing
from app.networks.tracing import read_graph


class LoadedNetwork:
    """A network that is ready to answer; any number of threads may ask it at the same time.

    Args:
        graph: its data flow where it has been read.
        standing: whether it was trained.

    Raises: GraphError when its data flow cannot be followed, or it answers with other classes.
    """

    def __init__(
        self,
        architecture: Architecture,
        model: nn.Module,
        card: dict[str, Any],
        device: torch.device,
        graph: Graph | None = None,
        standing: Standing = READY,
    ) -> None:
        self.architecture, self.card, self.device = architecture, card, device
        self.standing = standing
        self.model = model.to(device).eval().requires_grad_(False)
        self.graph = graph or read_graph(self.model, architecture.input_shape)
        logits, classes = self.graph.shapes[self.graph.logits], len(architecture.classes)
        if logits != (classes,):
            raise GraphError(f"it gives {times(logits)} logits, but there are {classes} classes.")
        self.outline: Outline = make_outline(architecture, self.graph)
        self._layers = {layer.name: layer for layer in self.outline.layers}

    @property
    def name(self) -> str:
        """Under which it is asked for."""
        return self.architecture.name

    @property
    def summary(self) -> dict[str, Any]:
        """The network in one row of a list, as plain values."""
        costs = Costs(self.outline.parameters, self.outline.multiply_accumulates)
        return row_of(self.architecture, costs, self.card, self.standing)

    def normalize(self, image: Tensor) -> Tensor:
        """The image as the network wants it: normalized, as a batch of one, on its device.

        Shape: (C, H, W) in [0, 1] → (1, C, H, W).

        Raises: MechanicsError when the shape is not that of the network's input.
        """
        wanted = self.architecture.input_shape
        if tuple(image.shape) != wanted:
            raise MechanicsError(
                f"{self.architecture.title} takes an image of {times(wanted)}, "
                f"but this one is {times(tuple(image.shape))}.",
                "input",
            )
        image = image.to(self.device, torch.float32)
        return self.architecture.normalization(image).unsqueeze(0)

    def forward(self, image: Tensor, layers: Sequence[str] | None = None) -> Forward:
        """Prediction and activations for one image.

        Args:
            image: (C, H, W) in [0, 1].
            layers: whose activations to give; all where it is None.

        Raises: UnknownLayer; MechanicsError for an image of another shape.
        """
        names = self._layers.keys() if layers is None else {self.layer(n).name for n in layers}
        with torch.inference_mode():
            images = self.normalize(image)
            values = self.graph_of(images).run(images)
        asked = [name for name in self._layers if name in names]
        ends = (self.graph.logits, self.graph.probabilities)
        if not images.is_cpu:
            values = {name: values[name].cpu() for name in {INPUT, *ends, *asked}}
        return Forward(values, asked, ends)

    def trace(
        self, image: Tensor, layer: str, channel: int, row: int = 0, column: int = 0
    ) -> LayerTrace:
        """What one value is made of, with our value and PyTorch's.

        Raises: UnknownLayer; MechanicsError for a position that the layer does not have.
        """
        outline, at = self.layer(layer), Position(channel, row, column)
        index = at.index(outline.output_shape)
        with torch.inference_mode():
            images = self.normalize(image)
            graph = self.graph_of(images)
            node = graph.node(layer)
            values = graph.run(images, until=layer)
            inputs = [values[name][0] for name in node.inputs]
            trace = outline.explained_by.trace(node.op, inputs, at)
            torch_value = float(values[layer][0][index])
        return LayerTrace(layer, at, trace, torch_value)

    def weights(self, layer: str) -> dict[str, Tensor]:
        """What one layer has learned, by PyTorch's names, on the CPU: most often weight and bias.

        Raises: UnknownLayer when there is no such layer, or it learns nothing.
        """
        parameters = self.layer(layer).explained_by.tensors(self.graph.node(layer).op)
        if not parameters:
            learning = [each.name for each in self.outline.layers if each.parameters.total]
            raise UnknownLayer(
                f"A {self.layer(layer).kind} layer has no weights; "
                f"those of {self.architecture.title} are in {', '.join(learning)}."
            )
        return {name: parameter.detach().cpu() for name, parameter in parameters.items()}

    def receptive_field(self, layer: str, row: int = 0, column: int = 0, channel: int = 0) -> Box:
        """The part of the input that one unit can see by geometry, its padding included.

        Args:
            row, column: of a map; a vector has none.
            channel: only a flattened layer's view depends on it.

        Raises: UnknownLayer; MechanicsError for a position that the layer does not have.
        """
        outline, at = self.layer(layer), Position(channel, row, column)
        at.index(outline.output_shape)
        return outline.facts.view.box(at)

    def receptive_field_status(self, layer: str, box: Box) -> BoxStatus:
        """Whether a unit of a layer sees all of its box, and nothing beside it.

        Raises: UnknownLayer.
        """
        _, height, width = self.architecture.input_shape
        return self.layer(layer).receptive_field.status_of(box, height, width)

    def projective_field(self, row: int, column: int) -> list[tuple[LayerOutline, Box]]:
        """Where one pixel of the input is seen by geometry: of each layer, the places of its maps.

        Of a flattened layer they are those of the maps that it was; of one whose units see all
        alike there is one place.

        Raises: MechanicsError for a pixel that the input does not have.
        """
        Position(0, row, column).index(self.architecture.input_shape)
        layers = self.outline.layers
        return [(layer, layer.facts.view.reached(row, column)) for layer in layers]

    def effective_receptive_field(
        self, image: Tensor, layer: str, channel: int, row: int = 0, column: int = 0
    ) -> Tensor:
        """How much one unit's value answers to each pixel of this image: the gradient's magnitude.

        Zero everywhere when a ReLU on the only way to the unit is shut.

        Shape: (H, W), summed over the input's channels, on the CPU.

        Raises: UnknownLayer; MechanicsError for a position that the layer does not have.

        Source: Luo et al., "Understanding the Effective Receptive Field in Deep Convolutional
            Neural Networks", 2016; there averaged over many images, here of the one at hand.
        """
        index = Position(channel, row, column).index(self.layer(layer).output_shape)
        with torch.inference_mode(False), torch.enable_grad():
            pixels = self.normalize(image.detach().clone()).requires_grad_()
            unit = self.graph_of(pixels).run(pixels, until=layer)[layer][0][index]
            (gradient,) = torch.autograd.grad(unit, pixels)
        return gradient[0].abs().sum(dim=0).cpu()

    def layer(self, name: str) -> LayerOutline:
        """The outline of one layer.

        Raises: UnknownLayer, naming those there are.
        """
        if name == INPUT:
            raise UnknownLayer(
                f"{INPUT} is the image itself and no layer: a forward pass always answers with it. "
                f"The layers are {', '.join(self._layers)}."
            )
        if name not in self._layers:
            raise UnknownLayer(
                f"{self.architecture.title} has no such layer; it has {', '.join(self._layers)}."
            )
        return self._layers[name]

    def graph_of(self, images: Tensor) -> Graph:
        """The layers that run for one normalized image.

        They are always the same, unless forward reads numbers that it may decide by.

        Raises: OtherLayers when they are not those of the outline.
        """
        if not self.graph.reads_numbers:
            return self.graph
        graph = read_graph(self.model, self.architecture.input_shape, images.detach())
        if graph.signature != self.graph.signature:
            raise OtherLayers(self.architecture.title, self.graph, graph)
        return graph


def row_of(
    architecture: Architecture, costs: Costs, card: Mapping[str, Any], standing: Standing
) -> dict[str, Any]:
    """A network that can be used, in one row of a list, as plain values."""
    tested = card.get("test")
    return {
        **architecture.as_dict(),
        **costs._asdict(),
        "weights": standing.weights,
        "accuracy": tested.get("accuracy") if isinstance(tested, dict) else None,
        "reason": standing.reason,
    }
