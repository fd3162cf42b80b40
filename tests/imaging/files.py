"""Image files for the tests, made on the spot: good ones, rare ones and malicious ones."""

from __future__ import annotations

import io
import re
import struct
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from app.imaging import Image

ORIENTATION_TAG = 0x0112


def saved(image: Pillow.Image, form: str, **options: Any) -> bytes:
    """The bytes of an image file."""
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def as_image(pixels: NDArray[np.uint8]) -> Image:
    """Bytes (H, W) as a grey image (1, H, W) in [0, 1]."""
    image: Image = np.divide(pixels, np.float32(255), dtype=np.float32)[np.newaxis]
    return image


def npy(array: NDArray[Any]) -> bytes:
    """The bytes of a .npy file."""
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def with_orientation(image: Pillow.Image, form: str, orientation: int) -> bytes:
    """An image file whose EXIF says which way up it is."""
    exif = Pillow.Exif()
    exif[ORIENTATION_TAG] = orientation
    options = {"lossless": True} if form == "WEBP" else {"quality": 95} if form == "JPEG" else {}
    return saved(image, form, exif=exif, **options)


def png_chunk(kind: bytes, content: bytes) -> bytes:
    """One chunk of a PNG."""
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


def png(
    width: int, height: int, depth: int, colour: int, rows: bytes, *, extra: bytes = b"",
    interlaced: bool = False,
) -> bytes:  # fmt: skip
    """A PNG of given scanlines, each with its filter byte, for what Pillow does not write."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    return (
        b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + extra
        + png_chunk(b"IDAT", zlib.compress(rows)) + png_chunk(b"IEND", b"")
    )  # fmt: skip


def many_scans(count: int, side: int = 2_048) -> bytes:
    """A progressive JPEG of a white square, refined by so many scans that change nothing."""
    jpeg = saved(Pillow.new("L", (side, side), 255), "JPEG", progressive=True)
    scans = [found.start() for found in re.finditer(rb"\xff\xda", jpeg)]
    body = jpeg[scans[1] :]
    after = re.compile(rb"\xff[^\x00]").search(body, 2)
    assert after is not None
    return jpeg[: scans[1]] + body[: after.start()] * count + body
