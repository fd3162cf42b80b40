"""What decoding gives, what it may cost, and how it says no."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.float32]
"""Pixels as (C, H, W): channel, row, column; C is 1 (grey) or 3 (red, green, blue)."""

Status = Literal[400, 413, 415, 422]

WHITE = 1.0
BLACK = 0.0


class ImageRefused(ValueError):
    """An image that is not taken, in a sentence that says why.

    `status` is the HTTP status that fits: 400 not readable, 413 too large, 415 of a kind that is
    not read, 422 readable but not an image or over the budget. `limit` and `requested` are the two
    numbers that do not go together, where there are such numbers.
    """

    def __init__(
        self,
        sentence: str,
        status: Status,
        *,
        limit: float | None = None,
        requested: float | None = None,
    ) -> None:
        super().__init__(sentence)
        self.status: Status = status
        self.limit = limit
        self.requested = requested


@dataclass(frozen=True, slots=True)
class DecodeLimits:
    """What one image may cost.

    The size is read from the header and held to `max_side` and `max_pixels` before anything is
    decoded. `budget_seconds` is time on a processor, so that a busy machine refuses nothing a
    quiet one takes. A larger side than `working_side` is then averaged down by a whole factor: no
    network looks at more, and 16 million pixels as floats are 200 MB.
    """

    max_bytes: int = 10_000_000
    max_side: int = 4_096
    max_pixels: int = 16_000_000
    max_scans: int = 100
    budget_seconds: float = 1.0
    working_side: int = 1_024


@dataclass(frozen=True, slots=True)
class Source:
    """Where an image came from.

    `width` and `height` are those of the picture as one sees it, in its own pixels: turned upright
    where `orientation` (EXIF, 1 … 8) says so, and before every `reduction`×`reduction` pixels were
    averaged into one. `frames` counts all of an animation, of which the first is taken.
    `background` is the grey under transparent parts, None where there are none; black where all
    that is seen is white. `stored` says in what the file holds its colours, where that is not plain
    grey or red, green and blue of a byte each.
    """

    format: str
    width: int
    height: int
    frames: int = 1
    orientation: int = 1
    reduction: int = 1
    background: float | None = None
    stored: str | None = None

    def as_dict(self) -> dict[str, str | int | float | None]:
        """The source as plain values for JSON."""
        return {
            "format": self.format,
            "width": self.width,
            "height": self.height,
            "frames": self.frames,
            "orientation": self.orientation,
            "reduction": self.reduction,
            "background": self.background,
            "stored": self.stored,
        }

    def describe(self) -> str:
        """The source in one line.

        Example:
            >>> Source("GIF", 28, 20, frames=3).describe()
            'GIF, 28×20 pixels, the first of 3 frames.'
        """
        parts = [self.format, f"{self.width}×{self.height} pixels"]
        if self.stored is not None:
            parts.append(f"made of {self.stored}")
        if self.orientation != 1:
            parts.append(f"turned upright (orientation {self.orientation})")
        if self.frames > 1:
            parts.append(f"the first of {self.frames} frames")
        if self.background is not None:
            why = ", for on white nothing would be seen" if self.background == BLACK else ""
            parts.append(f"transparent parts on {_grey_name(self.background)}{why}")
        if self.reduction > 1:
            rows, columns = (min(self.reduction, side) for side in (self.height, self.width))
            averaged = f"{rows}×{columns}" if min(rows, columns) > 1 else max(rows, columns)
            parts.append(f"every {averaged} pixels averaged")
        return ", ".join(parts) + "."


class Decoded(NamedTuple):
    """An image and its source.

    Shape: image (C, H, W), float32 in [0, 1]
    """

    image: Image
    source: Source


def _grey_name(level: float) -> str:
    """White and black by name, every other grey by its value."""
    return {1.0: "white", 0.0: "black"}.get(level, f"grey {level:g}")
