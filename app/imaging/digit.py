"""A drawing or a photograph of a digit, made ready as the digits of MNIST were."""

from typing import NamedTuple

import numpy as np

from app.digit_normalization import MEAN, STD
from app.imaging.cells import Region
from app.imaging.decoded_image import Image, Source
from app.imaging.grey import to_grey
from app.imaging.ink import Ink
from app.imaging.placement import BOX, SIDE, place, scale
from app.imaging.prepared_image import Prepared, Step, axis_mapping
from app.imaging.remarks import DIGIT, Subject
from app.imaging.sheet import Invert, read_sheet


class DigitOptions(NamedTuple):
    """Which steps are taken. With a step left out the result is 28×28 all the same.

    Without `crop` the whole image goes into the box; without `box` the digit fills all 28 pixels
    instead of 20; without `centre` it stands in the geometric middle; without `border` lines along
    the picture's edge are ink like any other. `invert` says whether dark and bright change places:
    where the background is bright, always, or never. `piece` is the piece of ink to read by
    itself, counted from 0; None reads all ink as one digit. `subject` is what the picture should
    be of.
    """

    crop: bool = True
    box: bool = True
    centre: bool = True
    invert: Invert = "auto"
    border: bool = True
    piece: int | None = None
    subject: Subject = DIGIT


def prepare_digit(
    image: Image,
    options: DigitOptions | None = None,
    *,
    mean: float = MEAN,
    std: float = STD,
    source: Source | None = None,
) -> Prepared:
    """The digit of an image as a network trained on MNIST expects it, with every step on the way.

    Bright ink on 0, its box 20 pixels on the longer side, its centre of mass in the middle of
    28×28. An MNIST digit comes out as it went in, bit for bit, since nothing is resampled at scale
    1 and moves are by whole pixels.

    Args:
        mean, std: of the last step, (x - mean) / std.
        source: where the image came from; its detail and its reduction then count.

    Shape: image (C, H, W) in [0, 1] → (1, 28, 28) in [0, 1]; the last step is not in [0, 1]

    Raises: NoSuchPiece.

    Source: LeCun et al. 1998, "Gradient-based learning applied to document recognition", III.A:
    size-normalized to 20×20 with the aspect ratio kept, centred by mass in 28×28.
    """
    options = options or DigitOptions()
    grey = to_grey(image)
    steps = [
        Step("decoded", source.describe() if source else _size_of(image), image),
        Step("grey", _grey_detail(image), grey),
    ]
    sheet = read_sheet(
        grey,
        border=options.border,
        invert=options.invert,
        piece=options.piece,
        subject=options.subject,
    )
    steps.extend(sheet.steps)
    region, detail = _crop(sheet.ink, options)
    cropped = sheet.ink.grey[np.newaxis, region.top : region.bottom, region.left : region.right]
    steps.append(Step("cropped", detail, cropped))
    scaled, detail = scale(cropped, sheet.ink.levels, BOX if options.box else SIDE)
    steps.append(Step("scaled", detail, scaled))
    (top, left), detail = place(scaled[0], by_mass=options.centre)
    centred = np.zeros((1, SIDE, SIDE), dtype=np.float32)
    _, height, width = scaled.shape
    centred[:, top : top + height, left : left + width] = scaled
    steps.append(Step("centred", detail, centred))
    normalized = (centred - np.float32(mean)) / np.float32(std)
    steps.append(Step("normalized", f"(value − {mean:g}) / {std:g}.", normalized))
    reduction = source.reduction if source else 1
    scale_x, scale_y = region.width / width, region.height / height
    mapping = {
        "x": axis_mapping(reduction * scale_x, reduction * (region.left - left * scale_x)),
        "y": axis_mapping(reduction * scale_y, reduction * (region.top - top * scale_y)),
    }
    found = (sheet.remark, options.subject.remark_on_centred(centred[0], sheet.ink))
    remarks = tuple(remark for remark in found if remark)
    return Prepared(centred, tuple(steps), mapping, sheet.pieces, remarks)


def _size_of(image: Image) -> str:
    """The size of an image in words."""
    channels, height, width = image.shape
    return f"{width}×{height} pixels, {channels} {'channel' if channels == 1 else 'channels'}."


def _grey_detail(image: Image) -> str:
    """How the grey image came about."""
    if image.shape[0] == 1:
        return "Grey already: one channel."
    return "0.299 · red + 0.587 · green + 0.114 · blue."


def _crop(ink: Ink, options: DigitOptions) -> tuple[Region, str]:
    """The part that goes into the box."""
    height, width = ink.grey.shape
    whole = Region(0, 0, height, width)
    if not options.crop:
        return whole, f"Left out: all {width}×{height} pixels are kept."
    if ink.levels.is_blank:
        return whole, f"No ink found: all {width}×{height} pixels are kept."
    region = ink.region
    return region, (
        f"The ink's box: {region.width}×{region.height} pixels, "
        f"rows {region.top} to {region.bottom - 1}, columns {region.left} to {region.right - 1}."
    )
