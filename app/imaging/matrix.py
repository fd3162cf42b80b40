"""An image as plain numbers, for an operation to work on."""

import numpy as np

from app.imaging.decoded_image import Image, Source
from app.imaging.prepared_image import Prepared, Step, axis_mapping
from app.imaging.resample import fit_within, resize

MAX_SIDE = 512


def prepare_matrix(
    image: Image, max_side: int = MAX_SIDE, *, source: Source | None = None
) -> Prepared:
    """The image with its values as they are, made smaller only where an operation would refuse it.

    Grey has one channel and colour three, as a convolution reads them.

    Shape: (C, H, W) in [0, 1] → (C, H′, W′) in [0, 1], no side above `max_side`
    """
    _, height, width = image.shape
    decoded = source.describe() if source else f"{width}×{height} pixels."
    steps = [Step("decoded", decoded, image)]
    rows, columns = height, width
    if max(height, width) > max_side:
        rows, columns = fit_within(height, width, max_side)
        image = np.clip(resize(image, rows, columns), 0, 1)
        detail = f"{columns}×{rows} pixels, for an operation reads at most {max_side} a side."
        steps.append(Step("scaled", detail, image))
    reduction = source.reduction if source else 1
    mapping = {
        "x": axis_mapping(reduction * width / columns, 0),
        "y": axis_mapping(reduction * height / rows, 0),
    }
    return Prepared(image, tuple(steps), mapping)
