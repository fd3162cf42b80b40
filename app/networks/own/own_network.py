"""A network of the user's own: a plain module, its weights, what it takes and what it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from app.networks.graph import Graph, GraphError
from app.networks.loaded_network import LoadedNetwork
from app.networks.normalization import IMAGENET_NORMALIZATION, MNIST_NORMALIZATION, Normalization
from app.networks.own.error import OwnNetworkError
from app.networks.own.labels import read_labels
from app.networks.own.lazy_layers import settle
from app.networks.own.patience import PATIENCE_SECONDS, UnansweredError, within
from app.networks.own.source_file import build_module
from app.networks.own.torchscript import refuse_compiled
from app.networks.own.weights import fill
from app.networks.position import Shape, times
from app.networks.recording.failure import told
from app.networks.registry import Architecture
from app.networks.standing import Standing
from app.networks.tracing import read_graph

OWN_DATASET = "own"
DIGIT_SIDE, PHOTO_SIDE = 28, 224
NO_VALUES = "nothing that PyTorch computed of the image as maps or as a row of numbers"


@dataclass(frozen=True)
class OwnNetwork:
    """What the command line says of it.

    Args:
        target: `my_file.py:build`, a function or class that is called without arguments, or a
            module that is there already.
        weights: a safetensors file; PyTorch's starting weights where it is None.
        input_shape: as `3x224x224`; by the first convolution's channels where it is None.
        labels: a file with one label a line; the numbers from 0 where it is None.
    """

    target: str
    weights: Path | None = None
    input_shape: str | None = None
    labels: Path | None = None

    @property
    def name(self) -> str:
        """Under which it is asked for: its file's, in letters that an address can hold."""
        file = Path(self.target.rpartition(":")[0] or self.target).stem
        return re.sub(r"[^a-z0-9_]+", "_", file.lower()).strip("_") or "own"

    def load(self, device: torch.device, patience: float = PATIENCE_SECONDS) -> LoadedNetwork:
        """The network, read and proved.

        Args:
            patience: how long its own code may take, seconds.

        Raises: OwnNetworkError, whatever its own code does.
        """
        try:
            return within(patience, lambda: self._load(device))
        except (GraphError, UnansweredError) as error:
            raise OwnNetworkError(f"{self.target}: {error}") from error
        except OwnNetworkError:
            raise
        except Exception as error:  # a network's own code may raise anything
            raise OwnNetworkError(f"{self.target} cannot be used: {told(error)}.") from error

    def _load(self, device: torch.device) -> LoadedNetwork:
        """The network; its own code may do anything."""
        model = build_module(self.target)
        refuse_compiled(model, self.target)
        shape = self._shape(model)
        settle(model, torch.zeros((1, *shape)))
        if self.weights is not None:
            fill(model, self.weights)
        model = model.to(device).eval().requires_grad_(False)
        graph = read_graph(model, shape, may_end_anywhere=True)
        architecture = self._architecture(type(model), shape, graph)
        standing = Standing("ready", graph.failure or without_classes(architecture.title, graph))
        network = LoadedNetwork(architecture, model, {}, device, graph, standing)
        network.forward(torch.zeros(architecture.input_shape))  # what it cannot, it says before
        return network

    def _architecture(self, built: type[nn.Module], shape: Shape, graph: Graph) -> Architecture:
        """What is known of it."""
        channels, height, width = shape
        return Architecture(
            name=self.name,
            title=built.__name__,
            source=Path(self.target).name,
            dataset=OWN_DATASET,
            classes=self._classes(graph),
            input_shape=(channels, height, width),
            normalization=_normalization(channels),
            preparation="digit" if channels == 1 else "photo",
            build=built,
            initialize=lambda _: None,
        )

    def _shape(self, model: nn.Module) -> Shape:
        """(C, H, W) of its input."""
        if self.input_shape is not None:
            if not re.fullmatch(r"[1-9]\d{0,3}([x×][1-9]\d{0,3}){2}", self.input_shape, re.ASCII):
                raise OwnNetworkError(
                    f"{self.input_shape or 'Nothing'} is no input shape; it is given as 3x224x224: "
                    "channels, height and width, each from 1 to 9999."
                )
            return tuple(map(int, re.split("[x×]", self.input_shape)))
        first = next((each for each in model.modules() if isinstance(each, nn.Conv2d)), None)
        channels = first.in_channels if first is not None else 0
        if channels not in (1, 3):
            raise OwnNetworkError(
                f"{self.target}: what it takes cannot be told; name it, as with --input 1x28x28."
            )
        side = DIGIT_SIDE if channels == 1 else PHOTO_SIDE
        return (channels, side, side)

    def _classes(self, graph: Graph) -> tuple[str, ...]:
        """A label for each logit; none of what gives no logits."""
        count = None if graph.logits is None else graph.shapes[graph.logits][0]
        if self.labels is None or graph.failure is not None:
            return tuple(map(str, range(count or 0)))
        return read_labels(self.labels, count)


def without_classes(title: str, graph: Graph) -> str | None:
    """What a network gives that names no classes, in a sentence; None of one that does."""
    if graph.logits is not None:
        return None
    given = [f"{name} of {_gift(name, graph)}" for name in graph.outputs]
    return f"{title} names no classes; it gives {' and '.join(given) or NO_VALUES}."


def _gift(name: str, graph: Graph) -> str:
    """What a layer gives, in words."""
    encoding = graph.encodings.get(name)
    return times(graph.shapes[name]) if encoding is None else encoding.what


def _normalization(channels: int) -> Normalization:
    """Digits as MNIST's, photographs as ImageNet's; of other channels nothing is known."""
    if channels == 1:
        return MNIST_NORMALIZATION
    if channels == 3:
        return IMAGENET_NORMALIZATION
    return Normalization((0.0,) * channels, (1.0,) * channels)
