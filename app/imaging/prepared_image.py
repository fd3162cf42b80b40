"""What every preparation gives: the image, the steps on the way, and the way back."""

from typing import NamedTuple

import numpy as np

from app.imaging.decoded_image import Image
from app.imaging.pieces import Piece
from app.imaging.remarks import Remark

Mapping = dict[str, dict[str, float]]


class Scale(NamedTuple):
    """What a network takes off its input and divides it by, a number a channel each."""

    mean: tuple[float, ...]
    std: tuple[float, ...]

    def normalize(self, image: Image) -> Image:
        """The image as the network sees it, of the same shape."""
        mean, std = (np.array(each, dtype=np.float32)[:, np.newaxis, np.newaxis] for each in self)
        return (image - mean) / std


class Step(NamedTuple):
    """One step of a preparation: its name, what it did in a sentence, and its picture.

    Shape: image (C, H, W)
    """

    name: str
    detail: str
    image: Image


class Prepared(NamedTuple):
    """An image made ready.

    `mapping` leads back to the source: {"x": {"scale", "offset"}, "y": …} with
    source_x = scale · x + offset. Coordinates are edges, not centres: pixel i reaches from i to
    i + 1, and the image from 0 to its width. `pieces` and `remarks` are of a digit's picture.

    Shape: image (C, H, W) in [0, 1]
    """

    image: Image
    steps: tuple[Step, ...]
    mapping: Mapping
    pieces: tuple[Piece, ...] = ()
    remarks: tuple[Remark, ...] = ()


def axis_mapping(scale: float, offset: float) -> dict[str, float]:
    """One axis of a mapping as plain values."""
    return {"scale": float(scale), "offset": float(offset)}
