"""The bytes of an image file as an array. Nothing here trusts them."""

import re
import struct
import warnings
import zlib
from typing import NamedTuple

from PIL import Image as Pillow
from PIL import ImageFile

from app.imaging.deadline import DeadlineFile
from app.imaging.decoded_image import Decoded, DecodeLimits, ImageRefused, Source
from app.imaging.orientation import read_orientation, turn_upright, upright_size
from app.imaging.pixels import background_of, in_plain_mode, stored_as, to_array
from app.imaging.signature import FORMATS, count_scans, sniff_format
from app.imaging.still import still_png

# A JPEG of one scan is decoded as it is read, at half its size too, and then takes no more room.
_HALF = 2

# What a decoder raises over a damaged file; which one depends on the byte that is wrong.
_DAMAGE = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError,
    AssertionError, EOFError, MemoryError, RuntimeError, struct.error, zlib.error,
)  # fmt: skip

_PILLOW = r"PIL\."
_QUIET = ("ignore", None, Warning, re.compile(_PILLOW), 0)

# So many bytes are decoded between two looks at the clock. A JPEG's empty scan has 18 bytes and
# costs a pass over the picture, so there are fewer of them.
_JPEG_BLOCK_BYTES = 2_048


class Shrunk(NamedTuple):
    """The size of a picture in a file, and how many pixels a side its decoder makes one of."""

    width: int
    height: int
    by: int


def decode(
    data: bytes, limits: DecodeLimits | None = None, *, background: float | None = None
) -> Decoded:
    """The first frame of an image file, upright, with transparent parts on a background.

    PNG, JPEG, WebP, GIF and BMP are read, whatever the file is called, and nothing else is tried.
    A camera's JPEG that is too large by its header is decoded at half its size, where that is not.

    Args:
        background: the grey in [0, 1] under transparent parts; left out, white as paper is, or
            black where nothing would be seen on white.

    Raises:
        ImageRefused: an empty or damaged file (400), one with too many bytes or pixels (413), of
            another kind (415), or one that takes too long to decode (422).

    Source: a WebP is decoded in one call, which cannot be ended; its pixels are few enough.
    """
    limits = limits or DecodeLimits()
    name = _checked_format(data, limits)
    still, frames = still_png(data, limits) if name == "PNG" else (data, 1)
    _quieten_pillow()
    try:
        with Pillow.open(DeadlineFile(still, limits.budget_seconds), formats=[name]) as image:
            shrunk = _shrunk(image, name, data, limits)
            # Before anything is loaded: counting a GIF's frames rewinds it.
            frames = max(frames, int(getattr(image, "n_frames", 1)))
            return _decoded(image, name, frames, shrunk, limits, background)
    except ImageRefused:
        raise
    except Pillow.DecompressionBombError:
        raise ImageRefused(
            f"The {name} image has far more than {limits.max_pixels:,} pixels. Make it smaller.",
            413,
            limit=limits.max_pixels,
        ) from None
    except _DAMAGE:
        raise ImageRefused(
            f"The file begins as a {name} image and cannot be read to its end: it is cut off, "
            "damaged, or uses a rare feature of the format. Save it anew.",
            400,
        ) from None


def _checked_format(data: bytes, limits: DecodeLimits) -> str:
    """The format of a file, if its bytes are few enough and one of those that are read."""
    if not data:
        raise ImageRefused("The file is empty.", 400)
    if len(data) > limits.max_bytes:
        sentence = f"The file has {len(data):,} bytes; at most {limits.max_bytes:,} are read."
        raise ImageRefused(sentence, 413, limit=limits.max_bytes, requested=len(data))
    name = sniff_format(data)
    if name is None:
        raise ImageRefused(f"The file is not an image of a kind read here: {_kinds()}.", 415)
    if name == "JPEG" and (scans := count_scans(data, limits.max_scans)) > limits.max_scans:
        sentence = (
            f"The JPEG refines its picture in more than {limits.max_scans} scans; "
            "ten are usual. Save it anew."
        )
        raise ImageRefused(sentence, 422, limit=limits.max_scans, requested=scans)
    return name


def _kinds() -> str:
    """The formats in words."""
    return ", ".join(FORMATS[:-1]) + " or " + FORMATS[-1]


def _shrunk(image: ImageFile.ImageFile, name: str, data: bytes, limits: DecodeLimits) -> Shrunk:
    """What an opened file has of pixels, and how many of them a side become one in its decoder.

    Raises: ImageRefused, for a picture that its header says is too large.
    """
    width, height = image.size
    is_large = max(image.size) > limits.max_side or width * height > limits.max_pixels
    by = _HALF if is_large and name == "JPEG" and count_scans(data, 1) == 1 else 1
    _check_size(image.size, by, limits)
    if by > 1:
        image.draft(None, (width // by, height // by))
    return Shrunk(width, height, by)


def _check_size(size: tuple[int, int], by: int, limits: DecodeLimits) -> None:
    """Nothing, or the refusal of a picture that is too large, though `by` pixels become one."""
    width, height = size
    told = f"The image has {width:,}×{height:,} pixels"
    max_side, max_pixels = by * limits.max_side, by * by * limits.max_pixels
    if max(size) > max_side:
        sentence = f"{told}; a side may have {max_side:,}. Make it smaller."
        raise ImageRefused(sentence, 413, limit=max_side, requested=max(size))
    if width * height > max_pixels:
        sentence = f"{told}, {width * height:,} in all; {max_pixels:,} are read. Make it smaller."
        raise ImageRefused(sentence, 413, limit=max_pixels, requested=width * height)


def _decoded(
    image: ImageFile.ImageFile,
    name: str,
    frames: int,
    shrunk: Shrunk,
    limits: DecodeLimits,
    background: float | None,
) -> Decoded:
    """The pixels of an opened file and what is known of them."""
    if name == "JPEG":
        image.decodermaxblock = _JPEG_BLOCK_BYTES
    stored = stored_as(image)
    image.load()
    plain = in_plain_mode(image)
    orientation = read_orientation(_exif_of(image))
    upright = turn_upright(plain, orientation)
    factor = -(-max(upright.size) // limits.working_side)
    if factor > 1:
        upright = upright.reduce(factor)
    if background is None:
        background = background_of(upright)
    width, height = upright_size((shrunk.width, shrunk.height), orientation)
    source = Source(
        format=name,
        width=width,
        height=height,
        frames=frames,
        orientation=orientation,
        reduction=shrunk.by * factor,
        background=background if plain.mode in ("LA", "RGBA") else None,
        stored=stored,
    )
    return Decoded(to_array(upright, background), source)


def _exif_of(image: Pillow.Image) -> bytes:
    """The EXIF block of an opened file, empty where it has none."""
    block = image.info.get("exif", b"")
    return block if isinstance(block, bytes) else b""


def _quieten_pillow() -> None:
    """Keep Pillow's warnings in: what they speak of is either refused here or harmless.

    `warnings.catch_warnings` swaps global state, which threads cannot do at the same time; a filter
    that stays can be set by any of them.
    """
    if _QUIET not in warnings.filters:
        warnings.filterwarnings("ignore", module=_PILLOW)
