"""A network with its weights: what it makes of an image, and what every value in it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from app.mechanics.errors import MechanicsError
from app.mechanics.receptive_field import Box, BoxStatus
from app.networks.architecture import Architecture, Costs
from app.networks.constant_values import is_constant
from app.networks.device import moved
from app.networks.errors import UnknownLayer
from app.networks.gradients import gradients_kept
from app.networks.graph import Graph, GraphError
from app.networks.kept_passes import KEPT
from app.networks.outline import LayerOutline, Outline
from app.networks.paths import Path, Paths
from app.networks.position import Position, times
from app.networks.results import Forward, LayerTrace
from app.networks.standing import READY, Standing, row_of
from app.networks.tracing import dtype_of, read_graph


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
        self._dtype = dtype_of(self.model)
        graph = graph or read_graph(self.model, architecture.input_shape)
        logits, classes = graph.logits, len(architecture.classes)
        if logits is not None and graph.shapes[logits] != (classes,):
            raise GraphError(
                f"it gives {times(graph.shapes[logits])} logits, but there are {classes} classes."
            )
        # Whose card tells how well it predicts, as computed here, may be computed in the quickest
        # way. Whoever brings a model or its weights looks for its very numbers.
        self.paths = Paths(architecture, self.model, graph, is_quick="network" in card)

    @property
    def name(self) -> str:
        """Under which it is asked for."""
        return self.architecture.name

    @property
    def graph(self) -> Graph:
        """Its data flow; of a network that decides, that of the image that was sent first."""
        return self.paths.first.graph

    @property
    def outline(self) -> Outline:
        """Its layers; of a network that decides, those of the image that was sent first."""
        return self.paths.first.outline

    @property
    def summary(self) -> dict[str, Any]:
        """The network in one row of a list, as plain values."""
        costs = Costs(self.outline.parameters, self.outline.multiply_accumulates)
        return row_of(self.architecture, costs, self.card, self.standing)

    def normalize(self, image: Tensor) -> Tensor:
        """The image as the network wants it: normalized, as a batch of one, on its device.

        Shape: (C, H, W) in [0, 1] → (1, C, H, W).

        Raises: MechanicsError for another shape than the input's.
        """
        return self._batch(self.architecture.normalization(self._taken(image)))

    def _batch(self, normalized: Tensor) -> Tensor:
        """One image in the type that the network computes in. Shape: (C, H, W) → (1, C, H, W)."""
        return moved(normalized.unsqueeze(0), self.device, self._dtype)

    def _taken(self, image: Tensor) -> Tensor:
        """An image of the input's shape on the network's device. Raises: MechanicsError."""
        wanted = self.architecture.input_shape
        if image.shape != wanted:
            found, title = times(tuple(image.shape)), self.architecture.title
            sentence = f"{title} takes an image of {times(wanted)}, but this one is {found}."
            raise MechanicsError(sentence, "input")
        return moved(image, self.device, torch.float32)

    def forward(
        self,
        image: Tensor,
        layers: Sequence[str] | None = None,
        *,
        keeps: bool = True,
        is_normalized: bool = False,
    ) -> Forward:
        """Prediction and activations for one image.

        Args:
            image: (C, H, W) in [0, 1].
            layers: whose activations to give, as far as they are on the image's way; None for all.
            keeps: whether more than the statistics of these is wanted.
            is_normalized: whether the image is what `normalize` would make of it already.

        Raises: UnknownLayer; MechanicsError for an image of another shape.
        """
        with torch.inference_mode():
            images = self._batch(self._taken(image)) if is_normalized else self.normalize(image)
            path = self.paths.of(images)
            names = path.layers.keys() if layers is None else self.layers_on(path, layers)
            asked = [name for name in path.layers if name in names]
            if kept := (KEPT.of(self.paths, images) if keeps and asked else None):
                return Forward.of(path, kept, asked)
            values, summaries = path.run(images, names, keeps=names if keeps else ())
            return Forward.of(path, values, asked, summaries, keeps=keeps)

    def layers_on(self, path: Path, names: Sequence[str]) -> set[str]:
        """Those of the layers that an image has; what another has alone is left out.

        Raises: UnknownLayer for what none has.
        """
        return {
            path.layer(name).name
            for name in names
            if name in path.layers or name not in self.paths.with_layer(name).layers
        }

    def trace(
        self, image: Tensor, layer: str, channel: int, row: int = 0, column: int = 0
    ) -> LayerTrace:
        """What one value is made of, with our value and PyTorch's.

        Raises: UnknownLayer; MechanicsError for a position that the layer does not have.
        """
        at = Position(channel, row, column)
        with torch.inference_mode():
            images = self.normalize(image)
            path = self.paths.of(images)
            outline = path.layer(layer)
            index = at.index(outline.output_shape)
            node = path.graph.node(layer)
            values, _ = path.run(images, (), keeps=(layer, *node.inputs), until=layer)
            inputs = [values[name][0].contiguous() for name in node.inputs]
            trace = outline.explained_by.trace(node.op, inputs, at)
            torch_value = float(values[layer][0][index])
        return LayerTrace(layer, at, trace, torch_value)

    def weights(self, layer: str) -> dict[str, Tensor]:
        """What one layer has learned, by PyTorch's names, on the CPU: most often weight and bias.

        Raises: UnknownLayer when there is no such layer, or it learns nothing.
        """
        path = self.paths.with_layer(layer)
        outline = path.layer(layer)
        parameters = outline.explained_by.tensors(path.graph.node(layer).op)
        if not parameters:
            learning = [each.name for each in path.outline.layers if each.parameters.total]
            raise UnknownLayer(
                f"A {outline.kind} layer has no weights; "
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

    def receptive_field_status(self, layer: str, box: Box, at: Position | None = None) -> BoxStatus:
        """Whether a unit of a layer sees all of its box, and nothing beside it.

        Args:
            at: the unit; a constant, as padding gives, sees nothing.

        Raises: UnknownLayer.
        """
        if at and not self.outline.decides and is_constant(self.paths.first, layer, at):
            return "nothing"
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

        Zero everywhere when a ReLU on the only way to the unit is shut, or none is followed.

        Shape: (H, W), summed over the input's channels, on the CPU.

        Raises: UnknownLayer; MechanicsError for a position that the layer does not have.

        Source: Luo et al., "Understanding the Effective Receptive Field in Deep Convolutional
            Neural Networks", 2016; there averaged over many images, here of the one at hand.
        """
        at = Position(channel, row, column)
        with gradients_kept():
            pixels = self.normalize(image.detach().clone()).requires_grad_()
            path = self.paths.of(pixels)
            index = at.index(path.layer(layer).output_shape)
            unit = path.graph.run(pixels, until=layer)[layer][0][index]
            # The sum makes it zero, not missing, where no gradient goes that way.
            (gradient,) = torch.autograd.grad(unit + 0 * pixels.sum(), pixels)
        return gradient[0].abs().sum(dim=0).float().cpu()

    def layer(self, name: str) -> LayerOutline:
        """The outline of one layer, of the first way that has it.

        Raises: UnknownLayer, naming those there are.
        """
        return self.paths.with_layer(name).layer(name)

    def graph_of(self, images: Tensor) -> Graph:
        """The layers that run for one normalized image."""
        return self.paths.of(images).graph
