"""From Pillow's many pixel formats to one: float32, channels first, in [0, 1]."""

import numpy as np
from PIL import Image as Pillow
from PIL import ImageFile

from app.imaging.byte_values import unit_values
from app.imaging.decoded_image import BLACK, WHITE, Image

_HIGHEST_16_BIT = np.float32(65_535)
_GREY_MODES = ("1", "L", "LA", "La")
_OPAQUE = {"LA": "L", "RGBA": "RGB"}
_STORED = {"CMYK": "CMYK", "P": "a palette", "PA": "a palette", "1": "1 bit a pixel"}
# From here on a pixel is seen, and a colour is white: compression and averaging leave traces.
_SEEN = 128
_NEARLY_WHITE = 250


def in_plain_mode(image: Pillow.Image) -> Pillow.Image:
    """The image in one of five modes: F (0 … 1), L, RGB; LA, RGBA where some part is transparent.

    Why F: 16-bit grey (I;16, I;16B, I) is divided by 65,535 here. Pillow's own conversion to 8 bits
    cuts everything above 255 off, which turns a scan white.
    """
    if image.mode.startswith("I"):
        return _from_16_bit(image)
    is_grey = image.mode in _GREY_MODES
    if not image.has_transparency_data:
        return image.convert("L" if is_grey else "RGB")
    plain = image.convert("LA" if is_grey else "RGBA")
    least_opaque, _ = plain.getchannel("A").getextrema()
    return plain if least_opaque != 255 else plain.convert(_OPAQUE[plain.mode])


def stored_as(image: ImageFile.ImageFile) -> str | None:
    """In what a file, not loaded yet, holds its colours; None where it is grey or RGB in bytes.

    Why the tile: Pillow opens 16-bit colours in a mode of bytes, and keeps the upper byte of each.
    """
    if image.mode.startswith("I"):
        return "16 bits a pixel"
    if any("16" in str(tile.args) for tile in image.tile if tile.codec_name == "zip"):
        return "16 bits a channel"
    return _STORED.get(image.mode)


def background_of(image: Pillow.Image) -> float:
    """What lies under the transparent parts of an image in a plain mode.

    White, as paper is; black where all that is seen is white, for white ink on nothing would
    vanish on white.
    """
    if image.mode not in _OPAQUE:
        return WHITE
    pixels = np.asarray(image)
    seen = pixels[pixels[..., -1] >= _SEEN][:, :-1]
    return BLACK if seen.size and seen.min() >= _NEARLY_WHITE else WHITE


def to_array(image: Pillow.Image, background: float) -> Image:
    """The pixels of an image in a plain mode, transparent parts on a background.

    Args:
        background: the grey in [0, 1] that shows through.

    Shape: (C, H, W), C = 1 or 3
    """
    pixels = np.asarray(image)
    # (H, W) or (H, W, bands)
    values = np.clip(pixels, 0, 1) if image.mode == "F" else unit_values(pixels)
    if values.ndim == 2:
        return values[np.newaxis]
    if image.mode in _OPAQUE:
        colour, alpha = values[..., :-1], values[..., -1:]
        values = colour * alpha + np.float32(background) * (1 - alpha)
    return np.ascontiguousarray(values.transpose(2, 0, 1))


def _from_16_bit(image: Pillow.Image) -> Pillow.Image:
    """16-bit grey in mode F, or in LA where one of its greys is named as transparent."""
    pixels = np.asarray(image)
    values = np.clip(pixels, 0, _HIGHEST_16_BIT).astype(np.float32) / _HIGHEST_16_BIT
    transparent = image.info.get("transparency")
    if not isinstance(transparent, int):
        return Pillow.fromarray(values)
    alpha = np.where(pixels == transparent, 0, 255)
    bands = np.stack([np.rint(values * 255), alpha], axis=-1).astype(np.uint8)  # (H, W, 2)
    return Pillow.fromarray(bands)
