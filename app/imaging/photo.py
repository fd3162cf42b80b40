"""A photograph, made ready for a network of photographs."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

import numpy as np

from app.imaging.cells import Region
from app.imaging.decoded_image import Image, Source
from app.imaging.grey import to_grey
from app.imaging.prepared_image import Prepared, Scale, Step, axis_mapping
from app.imaging.remarks import Remark
from app.imaging.resample import resize

# From so many times on an enlargement is told of.
_MUCH_ENLARGED = 2

_COLOURS = ["red", "green", "blue"]


@dataclass(frozen=True, slots=True)
class Crop:
    """Which part of a photograph is read.

    `size` is its share of the largest part that has the shape of the network's input; `x` and `y`
    say where it lies, from 0 (at the left, at the top) to 1 (at the right, at the bottom).
    """

    x: float = 0.5
    y: float = 0.5
    size: float = 1.0

    def of(self, height: int, width: int, shape: tuple[int, int]) -> Region:
        """The part of a picture of so many pixels whose shape is nearest to `shape`."""
        scale = self.size * min(height / shape[0], width / shape[1])
        rows, columns = (
            min(most, max(1, round(scale * side)))
            for most, side in zip((height, width), shape, strict=True)
        )
        top, left = floor(self.y * (height - rows)), floor(self.x * (width - columns))
        return Region(top, left, top + rows, left + columns)


MIDDLE = Crop()


def prepare_photo(
    image: Image,
    size: int | tuple[int, int],
    *,
    crop: Crop = MIDDLE,
    channels: int = 3,
    scale: Scale | None = None,
    source: Source | None = None,
) -> Prepared:
    """A part of an image in the size of a network's input, in colour.

    Without a `crop` it is the largest part of the input's shape in the middle: nothing is squeezed,
    and what a photograph is of mostly stands in its middle.

    Args:
        size: rows and columns, or the side of a square.
        channels: of the network's input; where it is 1, colour becomes grey.
        scale: of the network, for the last step.

    Shape: (C, H, W) in [0, 1] → (channels, rows, columns) in [0, 1]

    Source: the evaluation transform of Krizhevsky et al. 2012, section 4.1, without their margin,
    which a crop of 0.875 has.
    """
    shape = (size, size) if isinstance(size, int) else size
    _, height, width = image.shape
    decoded = source.describe() if source else f"{width}×{height} pixels."
    region = crop.of(height, width, shape)
    # What is cut off is long where a picture is narrow: it is never resampled.
    part = image[:, region.top : region.bottom, region.left : region.right]
    coloured = _in_channels(part, channels)
    prepared = np.clip(resize(coloured, *shape), 0, 1)
    steps = [
        Step("decoded", decoded, image),
        Step("cropped", _crop_detail(region, crop), coloured),
        Step("scaled", _scale_detail(region, shape, (height, width)), prepared),
    ]
    if scale is not None:
        steps.append(_normalized(prepared, scale))
    reduction = source.reduction if source else 1
    mapping = {
        "x": axis_mapping(reduction * region.width / shape[1], reduction * region.left),
        "y": axis_mapping(reduction * region.height / shape[0], reduction * region.top),
    }
    remarks = _remarks(image, region, shape, channels)
    return Prepared(prepared, tuple(steps), mapping, remarks=remarks)


def _in_channels(image: Image, channels: int) -> Image:
    """The image in grey where one channel is wanted, else in so many."""
    if channels == 1:
        return to_grey(image)
    return np.repeat(image, channels, axis=0) if image.shape[0] == 1 else image


def _crop_detail(region: Region, crop: Crop) -> str:
    """Which part was taken."""
    size = f"{region.width}×{region.height} pixels"
    if (crop.x, crop.y) == (MIDDLE.x, MIDDLE.y):
        return f"The middle {size}."
    return f"{size} from row {region.top} and column {region.left} on."


def _scale_detail(region: Region, shape: tuple[int, int], whole: tuple[int, int]) -> str:
    """To which size the part was brought."""
    rows = max(shape[0], round(whole[0] * shape[0] / region.height))
    columns = max(shape[1], round(whole[1] * shape[1] / region.width))
    return f"{shape[1]}×{shape[0]} pixels, {columns}×{rows} for the whole."


def _normalized(prepared: Image, scale: Scale) -> Step:
    """What the network's own normalization makes of the picture."""
    return Step("normalized", _scale_text(scale), scale.normalize(prepared))


def _scale_text(scale: Scale) -> str:
    """What is taken off each channel, and what it is divided by, in a sentence."""
    told = [f"(value − {mean:.3g}) / {std:.3g}" for mean, std in zip(*scale, strict=True)]
    if len(set(told)) == 1:
        return f"{told[0]}." if len(told) == 1 else f"{told[0]} in each channel."
    is_colour = len(told) == len(_COLOURS)
    names = _COLOURS if is_colour else [f"channel {i}" for i in range(len(told))]
    text = ", ".join(f"{name} {each}" for name, each in zip(names, told, strict=True))
    return f"{text[0].upper()}{text[1:]}."


def _remarks(
    image: Image, region: Region, shape: tuple[int, int], channels: int
) -> tuple[Remark, ...]:
    """What makes the picture another than the network's photographs."""
    found = []
    if image.shape[0] == 1 and channels > 1:
        told = "The picture has no colour: red, green and blue are all its grey."
        found.append(Remark("grey", told))
    if _MUCH_ENLARGED * region.height < shape[0] or _MUCH_ENLARGED * region.width < shape[1]:
        told = (
            f"Of the picture {region.width}×{region.height} pixels are read and enlarged to "
            f"{shape[1]}×{shape[0]}."
        )
        found.append(Remark("enlarged", told))
    return tuple(found)
