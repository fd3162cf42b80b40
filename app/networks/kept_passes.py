"""Forward passes of pictures that are looked at layer by layer: each is computed once."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from threading import Lock
from weakref import WeakKeyDictionary

import torch
from torch import Tensor

from app.networks.paths import Path, Paths

# As much as the pass of DenseNet-121, whose layers read all that came before, and some more.
MOST_BYTES = 256 * 1024 * 1024
# A network of fewer has answered again before its values could have been looked up.
WORTHWHILE_MACS = 10_000_000


Pass = dict[str, Tensor]
"""What each layer gave for a batch of one picture, whichever axis lies innermost in memory."""


@dataclass
class _Seen:
    """The picture that a network saw last, and its pass once that is kept."""

    images: Tensor
    size: int
    kept: Pass | None = None


class KeptPasses:
    """The last picture's pass of each network, of the networks asked last as many as have room.

    That further layers of a picture will be asked for shows when it comes the second time; while a
    pen draws, each comes once, and none is kept.

    Args:
        room: bytes that they take at most, all together.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self._seen: WeakKeyDictionary[Paths, _Seen] = WeakKeyDictionary()  # asked last, last
        self._lock = Lock()

    def of(self, network: Paths, images: Tensor) -> Pass | None:
        """The pass of a picture; None where it is not known to be worth keeping.

        Args:
            images: normalized, which must not change any more. Shape: (1, C, H, W).
        """
        if not _is_worthwhile(network) or (size := size_of(network.first, images)) > self.room:
            return None
        with self._lock:
            seen = self._seen.pop(network, None)
            is_new = seen is None or not _is_same(seen.images, images)
            if seen is None or is_new:
                seen = _Seen(images, size)
            self._seen[network] = seen
            if is_new or seen.kept is not None:
                return seen.kept
        found, _ = network.first.run(images, ())
        with self._lock:
            seen.kept = found
            self._make_room()
        return found

    def _make_room(self) -> None:
        """Lets go of the passes of those networks that were asked longest ago."""
        keepers = [seen for seen in self._seen.values() if seen.kept is not None]
        taken = sum(seen.size for seen in keepers)
        for seen in keepers:
            if taken <= self.room:
                return
            taken -= seen.size
            seen.kept = None


def size_of(path: Path, images: Tensor) -> int:
    """Bytes of what the layers on a way give, in the picture's type; they may share memory."""
    return images.element_size() * sum(prod(shape) for shape in path.graph.shapes.values())


def _is_worthwhile(network: Paths) -> bool:
    """Whether all pictures take one way, and that costs something."""
    first = network.first
    is_costly = first.outline.multiply_accumulates >= WORTHWHILE_MACS
    return is_costly and not first.graph.reads_numbers


def _is_same(one: Tensor, other: Tensor) -> bool:
    """Whether two pictures are of equal values, on the same device."""
    is_alike = one.device == other.device and one.dtype == other.dtype
    return is_alike and torch.equal(one, other)


KEPT = KeptPasses(MOST_BYTES)
