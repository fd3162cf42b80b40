"""What a network answers: a forward pass, and what one value is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from app.mechanics.trace import Trace
from app.networks.graph import INPUT
from app.networks.paths import Path
from app.networks.position import Position
from app.networks.statistics import Summary, as_array, flat, summarize


@dataclass(frozen=True)
class Forward:
    """What a network made of one image, on the CPU.

    Args:
        batch: by name what each layer gave for a batch of this one image, and "input".
        layers: those that were asked for, in the order data flows.
        path: the way that the image took.
        summaries: of those layers whose values have been summed up already, and may be gone.

    Shape: input (C, H, W), normalized; logits and probabilities (K,); each activation as the
    outline says. None but `batch` has the batch axis.
    """

    batch: Mapping[str, Tensor]
    layers: Sequence[str]
    path: Path
    summaries: Mapping[str, Summary] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        path: Path,
        values: Mapping[str, Tensor],
        layers: Sequence[str],
        summaries: Mapping[str, Summary] | None = None,
        *,
        keeps: bool = True,
    ) -> Self:
        """What a pass gave, of which some layers were asked for.

        Args:
            values: what is left of it, on its device and as it lies in memory there.
            keeps: whether more than the statistics of these layers is wanted.
        """
        ends = {INPUT, path.graph.last, *(path.graph.ends or ())}
        at_hand = {name: values[name].cpu() for name in ends.union(layers) if name in values}
        batch = {
            name: value.contiguous() if keeps or name in ends else value
            for name, value in at_hand.items()
        }
        return cls(batch, layers, path, summaries or {})

    @property
    def input(self) -> Tensor:
        """The image as the network sees it."""
        return self.batch[INPUT][0]

    @property
    def has_classes(self) -> bool:
        """Whether it gives logits, which the two below take for granted."""
        return self.path.graph.ends is not None

    @property
    def logits(self) -> Tensor:
        """A number for each class."""
        assert self.path.graph.ends is not None
        return self.batch[self.path.graph.ends[0]][0]

    @property
    def probabilities(self) -> Tensor:
        """How probable each class is."""
        assert self.path.graph.ends is not None
        return self.batch[self.path.graph.ends[1]][0]

    @property
    def last(self) -> NDArray[np.float32]:
        """What says most of the image: the logits, else what is returned first."""
        return self.array(self.path.graph.last)

    @property
    def activations(self) -> dict[str, Tensor]:
        """What each layer gave."""
        return {name: self.batch[name][0] for name in self.layers}

    def array(self, name: str) -> NDArray[np.float32]:
        """What a layer gave, or "input", as an array on the same memory."""
        found: NDArray[np.float32] = as_array(self.batch[name])[0]
        return found

    @cached_property
    def arrays(self) -> dict[str, NDArray[np.float32]]:
        """The activations as arrays on the same memory, which numpy is quicker to take apart."""
        return {name: batch[0] for name, batch in self._batches.items()}

    @cached_property
    def _batches(self) -> dict[str, NDArray[np.float32]]:
        """The same with the batch axis, those that have been let go of left out."""
        found = ((name, self.batch.get(name)) for name in self.layers)
        return {name: as_array(batch) for name, batch in found if batch is not None}

    def statistics(self) -> list[Summary]:
        """Minimum, maximum, mean and share of zeros of each activation, in their order."""
        rest = [name for name in self.layers if name not in self.summaries]
        summaries = summarize([flat(self._batches[name]) for name in rest])
        found = dict(zip(rest, summaries, strict=True))
        return [self.summaries.get(name) or found[name] for name in self.layers]


@dataclass(frozen=True)
class LayerTrace:
    """What one value of a layer is made of, beside the value that PyTorch has for it."""

    layer: str
    position: Position
    trace: Trace
    torch_value: float

    def as_dict(self) -> dict[str, Any]:
        """Plain values and tensors, under the names of `POST …/trace`."""
        return {
            "layer": self.layer,
            "position": self.position.as_dict(),
            **self.trace.as_dict(),
            "torch_value": self.torch_value,
            "difference": self.trace.value - self.torch_value,
        }
