"""A photograph, made ready for a network of photographs."""

import numpy as np

from app.imaging.decoded_image import Image, Source
from app.imaging.prepared_image import Prepared, Step, axis_mapping
from app.imaging.resample import resize


def prepare_photo(image: Image, size: int, *, source: Source | None = None) -> Prepared:
    """The middle square of an image, `size`×`size`, in colour.

    The shorter side is brought to `size` and the middle of the longer one kept: nothing is
    squeezed, and what a photograph is of mostly stands in its middle.

    Shape: (C, H, W) in [0, 1] → (3, size, size) in [0, 1]

    Source: the evaluation transform of Krizhevsky et al. 2012, section 4.1, without their margin.
    """
    channels, height, width = image.shape
    scale = size / min(height, width)
    rows, columns = max(size, round(height * scale)), max(size, round(width * scale))
    colour = np.repeat(image, 3, axis=0) if channels == 1 else image
    decoded = source.describe() if source else f"{width}×{height} pixels."
    # The parts that are cut off are long where a picture is narrow: they are never resampled.
    square, (top, left) = _middle(colour)
    prepared = np.clip(resize(square, size, size), 0, 1)
    steps = (
        Step("decoded", decoded, image),
        Step("cropped", f"The middle {square.shape[2]}×{square.shape[1]} pixels.", square),
        Step("scaled", f"{size}×{size} pixels, {columns}×{rows} for the whole.", prepared),
    )
    reduction = source.reduction if source else 1
    unit = reduction * min(height, width) / size
    mapping = {
        "x": axis_mapping(unit, reduction * left),
        "y": axis_mapping(unit, reduction * top),
    }
    return Prepared(prepared, steps, mapping)


def _middle(image: Image) -> tuple[Image, tuple[int, int]]:
    """The largest square in the middle, and its first row and column."""
    _, height, width = image.shape
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return image[:, top : top + side, left : left + side], (top, left)
