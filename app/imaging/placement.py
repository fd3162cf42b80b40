"""The ink in its box of 20 pixels, and the box in 28×28."""

from math import ceil

import numpy as np

from app.imaging.decoded_image import Image
from app.imaging.ink import Grey, Levels
from app.imaging.resample import fit_within, resize

SIDE = 28
BOX = 20
# Each line once, and each as often as its number says: what gives a mass and its moment.
_MOMENTS = np.stack((np.ones(SIDE), np.arange(SIDE, dtype=np.float64)))

# A symmetrical digit's centre lies half way between two lines: float32's last digits, which differ
# from machine to machine, shall not decide which one it is moved to.
_TIE = 1e-5

# A peak this near to 1 is full ink already (MNIST's own peaks are 254 and 255).
_FULL_INK = 0.99


def scale(cropped: Image, levels: Levels, side: int) -> tuple[Image, str]:
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
    scaled = resize(cropped, height, width)
    if scaled is not cropped:
        scaled = scaled.clip(0, 1)
    peak = float(np.maximum.reduce(scaled, axis=None))
    if 0 < peak < _FULL_INK:  # thin strokes turn pale when they shrink
        scaled = scaled / np.float32(peak)
        detail += f"; the strongest ink raised from {peak:.2f} to 1"
    return scaled, detail + "."


def place(scaled: Grey, *, by_mass: bool) -> tuple[tuple[int, int], str]:
    """Where the digit's top left corner comes to stand in 28×28: row, column.

    Moves are by whole pixels, as in MNIST: a fraction would blur every stroke.
    """
    height, width = scaled.shape
    by_row = np.dot(_MOMENTS[:, :height], scaled.astype(np.float64))
    moments = np.dot(by_row, _MOMENTS.T[:width]).tolist()
    mass = moments[0][0]
    if not by_mass or mass == 0:
        top, left = ((SIDE - size) // 2 for size in scaled.shape)
        why = "Left out" if not by_mass else "No ink to weigh"
        return (top, left), f"{why}: in the middle of {SIDE}×{SIDE} by size."
    row, column = moments[1][0] / mass, moments[0][1] / mass
    top, left = _start(row, height), _start(column, width)
    return (top, left), (
        f"The centre of mass, row {row + top:.1f} and column {column + left:.1f}, "
        f"in the middle of {SIDE}×{SIDE}."
    )


def _start(centre: float, size: int) -> int:
    """The first line in 28 that brings a centre to line 14, give or take half a line.

    All of MNIST has its centres in 13.5 … 14.5. A digit that would reach over the edge is moved
    back in.
    """
    return min(max(ceil(SIDE / 2 - 0.5 - centre - _TIE), 0), SIDE - size)
