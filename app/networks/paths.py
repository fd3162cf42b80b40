"""The ways that images take through a network: one, unless it decides by what it sees."""

from __future__ import annotations

import threading
from collections.abc import Container
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from itertools import zip_longest

import torch
from torch import Tensor, nn

from app.mechanics.errors import MechanicsError
from app.networks.architecture import Architecture
from app.networks.errors import UnknownLayer
from app.networks.graph import INPUT, Graph
from app.networks.inference import Inference
from app.networks.outline import LayerOutline, Outline, make_outline
from app.networks.own.error import OwnNetworkError
from app.networks.own.patience import PATIENCE_SECONDS, within
from app.networks.statistics import Summary
from app.networks.tracing import read_graph

FEW_LAYERS, NEAREST = 16, 3
"""So many layers are named to who asked for none of them; of more a few, the nearest by name."""
MOST_PATHS = 32
"""How many ways of one network are kept. One that goes another for every image has no end."""


@dataclass(frozen=True)
class Path:
    """One way through a network.

    Args:
        number: the first that was seen is 0.
        is_quick: whether other forms of the layers, equal to float32's last digits, compute it.
    """

    number: int
    graph: Graph
    outline: Outline
    is_quick: bool

    @property
    def title(self) -> str:
        """The network's."""
        return self.outline.architecture.title

    @cached_property
    def layers(self) -> dict[str, LayerOutline]:
        """Each layer by its name."""
        return {layer.name: layer for layer in self.outline.layers}

    @cached_property
    def inference(self) -> Inference:
        """What computes its layers on the CPU, where no gradient is asked for."""
        with torch.inference_mode():
            return Inference(self.graph, is_quick=self.is_quick)

    def run(
        self,
        images: Tensor,
        asked: Container[str],
        *,
        keeps: Container[str] | None = None,
        until: str | None = None,
    ) -> tuple[dict[str, Tensor], dict[str, Summary]]:
        """What `Inference.run` gives, on any device; on another than the CPU without summaries."""
        if images.is_cpu:
            return self.inference.run(images, asked, keeps=keeps, until=until)
        return self.graph.run(images, until=until), {}

    def layer(self, name: str) -> LayerOutline:
        """The outline of one layer.

        Raises: UnknownLayer, naming those there are.
        """
        if name == INPUT:
            raise UnknownLayer(
                f"{INPUT} is the image itself and no layer: a forward pass has it beside them. "
                f"The {self._first_layers()}."
            )
        if name not in self.layers:
            raise UnknownLayer(f"{self.title} has no such layer; {self._layers_like(name)}.")
        return self.layers[name]

    def _first_layers(self) -> str:
        """The layers there are, of many those that come first."""
        if len(self.layers) <= FEW_LAYERS:
            return f"layers are {', '.join(self.layers)}"
        first = list(self.layers)[:NEAREST]
        return f"first of the {len(self.layers)} layers are {', '.join(first)}"

    def _layers_like(self, name: str) -> str:
        """The layers there are, of many the nearest by name."""
        if len(self.layers) <= FEW_LAYERS:
            return f"it has {', '.join(self.layers)}"
        nearest = get_close_matches(name, self.layers, n=NEAREST, cutoff=0)
        return f"of its {len(self.layers)} the nearest by name are {', '.join(nearest)}"


class Paths:
    """All ways that have been seen, the first one first.

    Args:
        graph: of the first.
        is_quick: as of `Path`.
    """

    def __init__(
        self, architecture: Architecture, model: nn.Module, graph: Graph, *, is_quick: bool
    ) -> None:
        self.architecture, self.model, self.is_quick = architecture, model, is_quick
        self.first = Path(0, graph, make_outline(architecture, graph), is_quick)
        self.seen = [self.first]
        self.patience = PATIENCE_SECONDS
        self._last_left = threading.Event()
        self._last_left.set()
        self._lock = threading.Lock()

    def of(self, images: Tensor) -> Path:
        """The way of one normalized image: always the same, unless forward reads numbers.

        Raises: MechanicsError when it does not return, or has gone too many ways by now; GraphError
            when it raises.
        """
        if not self.first.graph.reads_numbers:
            return self.first
        graph = self._read(images.detach())
        with self._lock:
            for path in self.seen:
                if path.graph.signature == graph.signature:
                    # Constants that were read from this image stand in this graph alone.
                    return Path(path.number, graph, path.outline, self.is_quick)
            if len(self.seen) == MOST_PATHS:
                raise MechanicsError(
                    f"{self.first.title} has gone {MOST_PATHS} ways by now and would go another "
                    "one for this image: no more are kept.",
                    "input",
                )
            outline = make_outline(self.architecture, graph)
            path = Path(len(self.seen), graph, outline, self.is_quick)
            self.seen.append(path)
            return path

    def _read(self, images: Tensor) -> Graph:
        """The graph of an image.

        A forward that does not return is left to itself, and no other is begun while it is at work.

        Raises: as `of`.
        """
        returned = threading.Event()

        def read() -> Graph:
            try:
                shape, ends = self.architecture.input_shape, self.first.graph.may_end_anywhere
                return read_graph(self.model, shape, images, ends)
            finally:
                returned.set()

        said = f"{self.first.title} decides by what it sees."
        if not self._last_left.is_set():
            raise MechanicsError(f"{said} It is still at work on an image of before.", "input")
        try:
            return within(self.patience, read)
        except OwnNetworkError as error:
            if not returned.is_set():
                self._last_left = returned
            raise MechanicsError(f"{said} {error}", "input") from error

    def numbered(self, number: int) -> Path:
        """A way that has been seen. Raises: UnknownLayer when there is none of that number."""
        if number >= len(self.seen):
            raise UnknownLayer(
                f"{self.first.title} has gone {len(self.seen)} ways so far, counted from 0."
            )
        return self.seen[number]

    def with_layer(self, name: str) -> Path:
        """The first way that has a layer of that name.

        Raises: UnknownLayer, naming those of the first way, when none has.
        """
        return next((path for path in self.seen if name in path.layers), self.first)

    def turn(self, path: Path) -> str | None:
        """Where a way leaves the others, in a sentence; None where there is one for all images."""
        if not path.graph.reads_numbers:
            return None
        other = self.seen[1 if path.number == 0 else 0] if len(self.seen) > 1 else None
        if other is None:
            return f"{path.title} decides by what it sees: another image may go another way."
        pairs = zip_longest(path.graph.signature, other.graph.signature, fillvalue=("its end",))
        here, there = next((one[0], each[0]) for one, each in pairs if one != each)
        way = f"goes on with {here}" if here != there else f"has another {here}"
        return (
            f"{path.title} decides by what it sees: where another image goes on with {there}, "
            f"this one {way}."
        )
