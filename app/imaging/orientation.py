"""Which way up a photograph is, by the one EXIF tag that says so."""

import struct

from PIL import Image

_ORIENTATION_TAG = 0x0112
_SHORT = 3
_BYTE_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}

Transpose = Image.Transpose
_UPRIGHT = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
# From here on rows are columns.
_FIRST_LYING = 5


def read_orientation(exif: bytes) -> int:
    """The EXIF orientation, 1 (upright) … 8; 1 where there is none that makes sense.

    Read here, from the first directory alone: a full parser follows offsets all over the block,
    for tags nobody asks about, and a damaged block shall not cost the picture.

    Source: TIFF 6.0, section 2 (image file directory) and tag 274.
    """
    block = exif.removeprefix(b"Exif\0\0")
    order = _BYTE_ORDERS.get(block[:4])
    if order is None or len(block) < 8:
        return 1
    (start,) = struct.unpack_from(f"{order}I", block, 4)
    if start + 2 > len(block):
        return 1
    (count,) = struct.unpack_from(f"{order}H", block, start)
    last = min(start + 2 + 12 * count, len(block))
    for entry in range(start + 2, last - 11, 12):
        tag, kind, _, value = struct.unpack_from(f"{order}HHIH", block, entry)
        if tag == _ORIENTATION_TAG:
            return value if kind == _SHORT and value in _UPRIGHT else 1
    return 1


def turn_upright(image: Image.Image, orientation: int) -> Image.Image:
    """The image as its photographer saw it; the same object where it stands upright already."""
    turn = _UPRIGHT.get(orientation)
    return image if turn is None else image.transpose(turn)


def upright_size(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    """Width and height as the photographer saw them, of those in the file.

    Example:
        >>> upright_size((4_000, 3_000), 6), upright_size((4_000, 3_000), 3)
        ((3000, 4000), (4000, 3000))
    """
    width, height = size
    return (height, width) if orientation >= _FIRST_LYING else size
