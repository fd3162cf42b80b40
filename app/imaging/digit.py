"""A drawing or a photograph of a digit, made ready as the digits of MNIST were."""

from dataclasses import dataclass
from math import ceil
from typing import Literal

import numpy as np

from app.digit_normalization import MEAN, STD
from app.imaging.decoded import Image, Source
from app.imaging.grey import to_grey
from app.imaging.ink import (
    Grey,
    Levels,
    Region,
    background_brightness,
    has_contrast,
    ink_levels,
    ink_region,
)
from app.imaging.prepared import Prepared, Step, axis_mapping
from app.imaging.resample import fit_within, resize

SIDE = 28
BOX = 20

# A peak this near to 1 is full ink already (MNIST's own peaks are 254 and 255).
_FULL_INK = 0.99


@dataclass(frozen=True, slots=True)
class DigitOptions:
    """Which steps are taken. With a step left out the result is 28×28 all the same.

    Without `crop` the whole image goes into the box; without `box` the digit fills all 28 pixels
    instead of 20; without `centre` it stands in the geometric middle. `invert` says whether dark
    and bright change places: where the background is bright, always, or never.
    """

    crop: bool = True
    box: bool = True
    centre: bool = True
    invert: Literal["auto", "always", "never"] = "auto"


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

    Source: LeCun et al. 1998, "Gradient-based learning applied to document recognition", III.A:
    size-normalized to 20×20 with the aspect ratio kept, centred by mass in 28×28.
    """
    options = options or DigitOptions()
    grey = to_grey(image)
    steps = [
        Step("decoded", source.describe() if source else _size_of(image), image),
        Step("grey", _grey_detail(image), grey),
    ]
    reason = _reason_to_invert(grey[0], options)
    if reason:
        grey = 1 - grey
        steps.append(Step("inverted", reason, grey))
    levels = ink_levels(grey[0])
    region, detail = _crop(grey[0], levels, options)
    cropped = grey[:, region.top : region.bottom, region.left : region.right]
    steps.append(Step("cropped", detail, cropped))
    scaled, detail = _scale(cropped, levels, BOX if options.box else SIDE)
    steps.append(Step("scaled", detail, scaled))
    (top, left), detail = _place(scaled[0], by_mass=options.centre)
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
    return Prepared(centred, tuple(steps), mapping)


def _size_of(image: Image) -> str:
    """The size of an image in words."""
    channels, height, width = image.shape
    return f"{width}×{height} pixels, {channels} {'channel' if channels == 1 else 'channels'}."


def _grey_detail(image: Image) -> str:
    """How the grey image came about."""
    if image.shape[0] == 1:
        return "Grey already: one channel."
    return "0.299 · red + 0.587 · green + 0.114 · blue."


def _reason_to_invert(grey: Grey, options: DigitOptions) -> str | None:
    """Why dark and bright change places, in a sentence, or None where they stay."""
    if options.invert == "always":
        return "Inverted, as asked: 1 − value."
    if options.invert == "never" or not has_contrast(grey):
        return None  # a blank sheet has no ink that could be the dark side
    background, middle = background_brightness(grey)
    if background <= middle:
        return None
    return (
        f"The background is the bright side: {background:.2f}, above the middle {middle:.2f}. "
        "Inverted, 1 − value, so that ink is bright."
    )


def _crop(grey: Grey, levels: Levels, options: DigitOptions) -> tuple[Region, str]:
    """The part that goes into the box."""
    height, width = grey.shape
    whole = Region(0, 0, height, width)
    if not options.crop:
        return whole, f"Left out: all {width}×{height} pixels are kept."
    if levels.is_blank:
        return whole, f"No ink found: all {width}×{height} pixels are kept."
    region = ink_region(grey, levels)
    return region, (
        f"The ink's box: {region.width}×{region.height} pixels, "
        f"rows {region.top} to {region.bottom - 1}, columns {region.left} to {region.right - 1}."
    )


def _scale(cropped: Image, levels: Levels, side: int) -> tuple[Image, str]:
    """The part with its longer side at `side`, paper at 0 and its strongest ink at 1."""
    _, rows, columns = cropped.shape
    height, width = fit_within(rows, columns, side)
    if levels.is_blank:
        blank = np.zeros((1, height, width), dtype=np.float32)
        return blank, f"Nothing but paper: {width}×{height} zeros."
    detail = f"{columns}×{rows} → {width}×{height} pixels, the longer side {side}"
    if levels.paper > 0:
        cropped = np.maximum(cropped - np.float32(levels.paper), 0)
        detail += f"; paper up to {levels.paper:.2f} taken as 0"
    scaled = np.clip(resize(cropped, height, width), 0, 1)
    peak = float(scaled.max())
    if 0 < peak < _FULL_INK:  # thin strokes turn pale when they shrink
        scaled = scaled / np.float32(peak)
        detail += f"; the strongest ink raised from {peak:.2f} to 1"
    return scaled, detail + "."


def _place(scaled: Grey, *, by_mass: bool) -> tuple[tuple[int, int], str]:
    """Where the digit's top left corner comes to stand in 28×28: row, column.

    Moves are by whole pixels, as in MNIST: a fraction would blur every stroke.
    """
    mass = float(scaled.sum(dtype=np.float64))
    if not by_mass or mass == 0:
        top, left = ((SIDE - size) // 2 for size in scaled.shape)
        why = "Left out" if not by_mass else "No ink to weigh"
        return (top, left), f"{why}: in the middle of {SIDE}×{SIDE} by size."
    centre = [_centre_of_mass(scaled.sum(axis=axis), mass) for axis in (1, 0)]
    top, left = (_start(at, size) for at, size in zip(centre, scaled.shape, strict=True))
    return (top, left), (
        f"The centre of mass, row {centre[0] + top:.1f} and column {centre[1] + left:.1f}, "
        f"in the middle of {SIDE}×{SIDE}."
    )


def _centre_of_mass(profile: Grey, mass: float) -> float:
    """The mean position along an axis, in pixel indices, each weighed with its ink."""
    return float(profile.astype(np.float64) @ np.arange(len(profile))) / mass


def _start(centre: float, size: int) -> int:
    """The first line in 28 that brings a centre to line 14, give or take half a line.

    All of MNIST has its centres in 13.5 … 14.5. A digit that would reach over the edge is moved
    back in.
    """
    return min(max(ceil(SIDE / 2 - 0.5 - centre), 0), SIDE - size)
