"""Where the ink of a drawing is, and how dark paper and ink are.

Everything works on a grey image (H, W) in which ink is the bright side, as in MNIST.
"""

from math import ceil, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

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


class Levels(NamedTuple):
    """The brightness up to which a pixel is paper, and that of the strongest ink."""

    paper: float
    ink: float

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing but paper."""
        return self.ink - self.paper < _LEAST_CONTRAST


class Region(NamedTuple):
    """A part of an image in its pixels, from `top` and `left` up to and without the other two."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        """Rows."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Columns."""
        return self.right - self.left


def background_brightness(grey: Grey) -> tuple[float, float]:
    """How bright the background is, and what is half way from dark to bright.

    A digit seldom touches the border and seldom fills half of its image, so the background is what
    the border and the median pixel are; their mean decides, for a digit cut out to its very edge
    has ink along the border, and a very thick one has it everywhere else. It is held against the
    middle of the image's own range, so that a dim photograph counts as well as a clean drawing;
    where there is no range, against 0.5.
    """
    edges = (grey[0], grey[-1], grey[:, 0], grey[:, -1])
    border = float(np.concatenate(edges).mean())
    sampled = _sampled(grey)
    median = float(np.partition(sampled, sampled.size // 2)[sampled.size // 2])
    middle = (float(grey.min()) + float(grey.max())) / 2 if has_contrast(grey) else 0.5
    return (border + median) / 2, middle


def has_contrast(grey: Grey) -> bool:
    """Whether there is more to an image than a blank sheet."""
    return float(grey.max()) - float(grey.min()) >= _LEAST_CONTRAST


def ink_levels(grey: Grey) -> Levels:
    """The level of the paper and of the ink.

    A drawn or scanned-and-cleaned digit has paper of exactly 0 and so a level of 0: nothing is
    taken from it. A photograph's paper is grey and uneven: its level lies above the middle of the
    dark pixels by six times their spread, but at most half way to the ink.
    """
    darkest, ink = float(grey.min()), float(grey.max())
    sampled = _sampled(grey)
    ranks = (sampled.size // _LOW, sampled.size // _MIDDLE)
    low, middle = np.partition(sampled, ranks)[list(ranks)].tolist()
    if middle > (darkest + ink) / 2:  # three quarters ink: nothing tells what its paper is
        return Levels(darkest, ink)
    return Levels(middle + min(_PAPER_SPREADS * (middle - low), (ink - middle) / 2), ink)


def ink_region(grey: Grey, levels: Levels) -> Region:
    """The smallest part with all the ink; the whole image where there is none.

    Sure ink, a quarter of the way from paper to ink, sets the box, so that a blurred or
    JPEG-compressed stroke gets the box of a sharp one. Then each side moves out by one pixel where
    that line still holds a trace of ink: the antialiased rim of a stroke is one pixel wide. With
    this the box of an MNIST digit is its own, to the pixel.
    """
    height, width = grey.shape
    sure = _bounds(grey > levels.paper + _SURE_INK * (levels.ink - levels.paper))
    if levels.is_blank or sure is None:
        return Region(0, 0, height, width)
    top, left, bottom, right = sure
    around = Region(max(top - 1, 0), max(left - 1, 0), bottom + 1, right + 1)
    part = grey[around.top : around.bottom, around.left : around.right]
    trace = _bounds(part > levels.paper)
    assert trace is not None  # sure ink is a trace of ink too
    return Region(
        around.top + trace.top,
        around.left + trace.left,
        around.top + trace.bottom,
        around.left + trace.right,
    )


def _sampled(grey: Grey) -> NDArray[np.float32]:
    """About so many pixels as levels are read off, from all over the image, in one row."""
    step = ceil(sqrt(grey.size / _SAMPLED_PIXELS))
    rows, columns = (step if size > step else 1 for size in grey.shape)
    return grey[::rows, ::columns].ravel()


def _bounds(mask: NDArray[np.bool_]) -> Region | None:
    """The smallest part with everything that is true."""
    rows = np.flatnonzero(mask.any(axis=1))
    columns = np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return None
    return Region(int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1)
