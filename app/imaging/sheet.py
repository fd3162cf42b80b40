"""A picture as a sheet with ink on it: grey, without its border, ink bright, one piece if asked."""

from typing import Literal, NamedTuple

import numpy as np

from app.imaging.border import find_border
from app.imaging.decoded_image import Image
from app.imaging.ink import Grey, Ink, Tones, background_brightness
from app.imaging.pieces import InkGrid, NoSuchPiece, Piece
from app.imaging.prepared_image import Step
from app.imaging.remarks import DIGIT, Remark, Subject, remark_on_pieces

Invert = Literal["auto", "always", "never"]


class Sheet(NamedTuple):
    """The ink that is read, the steps that led to it, and what was found on the way.

    `pieces` are those of the whole picture, also where one of them is read by itself; where the
    picture is no writing, all of its ink is one piece. `remark` is of what is read.
    """

    ink: Ink
    steps: tuple[Step, ...]
    pieces: tuple[Piece, ...]
    remark: Remark | None


def read_sheet(
    grey: Image, *, border: bool, invert: Invert, piece: int | None, subject: Subject = DIGIT
) -> Sheet:
    """The sheet that a grey picture is.

    Args:
        border: whether lines along the edges are taken away.
        piece: which piece to read by itself, counted from 0; None for all ink.
        subject: what the picture should be of.

    Shape: grey (1, H, W)

    Raises: NoSuchPiece.
    """
    steps = []
    tones = Tones.of(grey[0])
    is_dark_on_bright = _is_dark_on_bright(tones.median, tones, invert)
    ink = _ink(grey[0], tones, is_inverted=is_dark_on_bright)
    lines = find_border(ink) if border or subject.has_border else None
    if border and lines is not None:
        grey = lines.removed(grey[0], ink)[np.newaxis]
        steps.append(Step("border", lines.detail, grey))
        tones = Tones.of(grey[0])
        ink = _ink(grey[0], tones, is_inverted=is_dark_on_bright)
    background = background_brightness(grey[0], tones)
    is_inverted = _is_dark_on_bright(background, tones, invert)
    if is_inverted != is_dark_on_bright:
        ink = _ink(grey[0], tones, is_inverted=is_inverted)
    if is_inverted:
        steps.append(Step("inverted", _reason(background, tones, invert), ink.grey[np.newaxis]))
    grid = InkGrid.of(ink)
    remark = subject.remark_on_ink(grid)
    pieces = grid.pieces() if remark is None and subject.has_pieces else grid.whole()
    if piece is None or (len(pieces) == 1 and piece == 0):
        # Where lines are kept they are why the rest is no digit's, or several.
        kept = None if border or lines is None else lines.remark
        return Sheet(ink, tuple(steps), pieces, kept or remark or remark_on_pieces(len(pieces)))
    if piece >= len(pieces):
        raise NoSuchPiece(len(pieces))
    ink = Ink.of(grid.only(pieces[piece]))
    others = "other" if len(pieces) == 2 else "others"
    detail = f"Piece {piece + 1} of {len(pieces)} by itself; the {others} made paper."
    steps.append(Step("piece", detail, ink.grey[np.newaxis]))
    return Sheet(ink, tuple(steps), pieces, subject.remark_on_ink(InkGrid.of(ink)))


def _ink(grey: Grey, tones: Tones, *, is_inverted: bool) -> Ink:
    """The ink of an image whose ink is the dark side, or is not."""
    return Ink.of(1 - grey) if is_inverted else Ink.of(grey, tones)


def _is_dark_on_bright(background: float, tones: Tones, invert: Invert) -> bool:
    """Whether ink is the dark side; a blank sheet has no ink that could be."""
    return invert == "always" or (
        invert == "auto" and tones.has_contrast and background > tones.middle
    )


def _reason(background: float, tones: Tones, invert: Invert) -> str:
    """Why dark and bright change places, in a sentence."""
    if invert == "always":
        return "Inverted, as asked: 1 − value."
    return (
        f"The background is the bright side: {background:.2f}, above the middle "
        f"{tones.middle:.2f}. Inverted, 1 − value, so that ink is bright."
    )
