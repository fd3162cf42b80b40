"""Where the ink of a drawing is, and how dark paper and ink are.

Everything but the tones works on a grey image (H, W) in which ink is the bright side, as in MNIST.
"""

from math import ceil, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.imaging.cells import Mask, Region, bounds

Grey = NDArray[np.float32]

# Less contrast than this is a blank sheet: the grain of a scan, the artefacts of a JPEG.
_LEAST_CONTRAST = 0.02
# Levels are read off about so many pixels, evenly spread; more would change nothing but the time.
_SAMPLED_PIXELS = 4_096
# Of the dark half of a sheet, the middle and the low end tell its level and its unevenness: the
# pixels that a twentieth and a quarter of all are darker than.
_LOW, _MIDDLE = 20, 4
_PAPER_SPREADS = 6.0
# From here on between paper and ink something is surely ink.
_SURE_INK = 0.25


class Tones(NamedTuple):
    """The darkest and the brightest pixel of a grey image, and an even sample of all in order."""

    darkest: float
    brightest: float
    sample: NDArray[np.float32]

    @classmethod
    def of(cls, grey: Grey) -> "Tones":
        """The tones of an image; about so many pixels are sampled as levels are read off."""
        step = ceil(sqrt(grey.size / _SAMPLED_PIXELS))
        rows, columns = (step if size > step else 1 for size in grey.shape)
        sample = grey[::rows, ::columns].flatten()
        sample.sort()
        if sample.size == grey.size:
            return cls(float(sample[0]), float(sample[-1]), sample)
        return cls(float(grey.min()), float(grey.max()), sample)

    @property
    def has_contrast(self) -> bool:
        """Whether there is more to an image than a blank sheet."""
        return self.brightest - self.darkest >= _LEAST_CONTRAST

    @property
    def middle(self) -> float:
        """Half way from dark to bright; where they are one, half way from black to white."""
        return (self.darkest + self.brightest) / 2 if self.has_contrast else 0.5

    @property
    def median(self) -> float:
        """What as many pixels are darker as brighter than."""
        return float(self.sample[self.sample.size // 2])


class Levels(NamedTuple):
    """The brightness up to which a pixel is paper, and that of the strongest ink."""

    paper: float
    ink: float

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing but paper."""
        return self.ink - self.paper < _LEAST_CONTRAST

    def sure_ink(self, grey: Grey) -> Mask:
        """What is surely ink: a quarter of the way from paper to ink, and beyond."""
        return grey > self.paper + _SURE_INK * (self.ink - self.paper)


class Ink(NamedTuple):
    """What is known of the ink in a grey image: where it surely is, within its region.

    Shape: grey (H, W); sure (region.height, region.width)
    """

    grey: Grey
    tones: Tones
    levels: Levels
    region: Region
    sure: Mask

    @property
    def paper(self) -> Mask:
        """What is surely paper. Shape: (H, W)."""
        return self.grey <= self.levels.paper

    @classmethod
    def of(cls, grey: Grey, tones: Tones | None = None) -> "Ink":
        """The ink of an image, whose tones may be known already."""
        tones = tones or Tones.of(grey)
        levels = ink_levels(tones)
        sure = levels.sure_ink(grey)
        region = _ink_region(grey, levels, sure)
        part = sure[region.top : region.bottom, region.left : region.right]
        return cls(grey, tones, levels, region, part)


def background_brightness(grey: Grey, tones: Tones) -> float:
    """How bright the background is, to be held against the middle of the tones.

    A digit seldom touches the border and seldom fills half of its image, so the background is what
    the border and the median pixel are; their mean decides, for a digit cut out to its very edge
    has ink along the border, and a very thick one has it everywhere else. The middle is that of
    the image's own range, so that a dim photograph counts as well as a clean drawing.
    """
    return (edge_brightness(grey) + tones.median) / 2


def edge_brightness(grey: Grey) -> float:
    """The mean of the outermost rows and columns."""
    edges = np.concatenate((grey[0], grey[-1], grey[:, 0], grey[:, -1]))
    return float(np.add.reduce(edges) / edges.size)


def ink_levels(tones: Tones) -> Levels:
    """The level of the paper and of the ink.

    A drawn or scanned-and-cleaned digit has paper of exactly 0 and so a level of 0: nothing is
    taken from it. A photograph's paper is grey and uneven: its level lies above the middle of the
    dark pixels by six times their spread, but at most half way to the ink.
    """
    darkest, ink, sample = tones
    low, middle = (float(sample[sample.size // rank]) for rank in (_LOW, _MIDDLE))
    if middle > (darkest + ink) / 2:  # three quarters ink: nothing tells what its paper is
        return Levels(darkest, ink)
    return Levels(middle + min(_PAPER_SPREADS * (middle - low), (ink - middle) / 2), ink)


def _ink_region(grey: Grey, levels: Levels, sure: Mask) -> Region:
    """The smallest part with all the ink; the whole image where there is none.

    Sure ink sets the box, so that a blurred or JPEG-compressed stroke gets the box of a sharp one.
    Then each side moves out by one pixel where that line still holds a trace of ink: the
    antialiased rim of a stroke is one pixel wide. With this the box of an MNIST digit is its own,
    to the pixel.
    """
    height, width = grey.shape
    certain = bounds(sure)
    if levels.is_blank or certain is None:
        return Region(0, 0, height, width)
    top, left, bottom, right = certain
    rows, columns = slice(max(top - 1, 0), bottom + 1), slice(max(left - 1, 0), right + 1)
    # Sure ink is a trace of ink too, so that only the four lines around it are asked for one.
    return Region(
        top - _has_trace(grey[top - 1 : top, columns], levels),
        left - _has_trace(grey[rows, left - 1 : left], levels),
        bottom + _has_trace(grey[bottom : bottom + 1, columns], levels),
        right + _has_trace(grey[rows, right : right + 1], levels),
    )


def _has_trace(line: Grey, levels: Levels) -> bool:
    """Whether a line holds any ink; one beyond the image, which is empty, holds none."""
    return line.size > 0 and bool(np.maximum.reduce(line, axis=None) > levels.paper)


def erased(grey: Grey, part: Mask, paper: Mask) -> Grey:
    """The image with a part of it as bright as the middle one of its pixels of paper."""
    return np.where(part, np.median(grey[paper & ~part]), grey)
