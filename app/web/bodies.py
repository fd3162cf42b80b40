"""One image from the body of a request, in any of the forms that operations take.

``multipart/form-data`` with ``file``, the bytes as ``image/*``, ``application/x-npy``, or JSON
``{"pixels": [[…]]}``.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from starlette.requests import Request

from app.imaging import DecodeLimits, ImageRefused, decode
from app.settings import Settings
from app.web import matrices, multipart, npy, strict_json
from app.web.errors import Place, Problem, places_problem
from app.web.negotiation import JSON, NPY

Image = NDArray[np.float32]

MULTIPART = "multipart/form-data"
IMAGE_TYPES = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp")
ACCEPTED = (JSON, NPY, MULTIPART, *IMAGE_TYPES)
FIELD = "pixels"


@dataclass(frozen=True, slots=True)
class Body:
    """A body as it arrived."""

    content: bytes
    content_type: str

    @property
    def media_type(self) -> str:
        """The content type without its parameters."""
        return self.content_type.partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of a body, and what is known of where it came from.

    Shape: image (C, H, W) in [0, 1]
    """

    image: Image
    source: dict[str, Any]


async def receive_body(request: Request) -> Body:
    """The body of a request, for a worker to make sense of."""
    return Body(await request.body(), request.headers.get("content-type", ""))


def to_picture(body: Body, settings: Settings) -> Picture:
    """The image in a body. Runs in a worker, for it may take a while.

    Raises: Problem, 400, 413, 415 or 422, whose sentence says what to change.
    """
    if not body.content:
        raise Problem(400, "The body is empty; an image is needed in it.")
    media_type = body.media_type
    if media_type == JSON:
        return _from_json(body.content, settings)
    if media_type == NPY:
        return _from_npy(body.content, settings)
    if media_type == MULTIPART:
        content = multipart.read_file(body.content, body.content_type)
        is_npy = content.startswith(npy.MAGIC)
        return _from_npy(content, settings) if is_npy else _from_file(content, settings)
    if media_type.startswith("image/"):
        return _from_file(body.content, settings)
    sentence = f"The content type of the body has to be one of {', '.join(ACCEPTED)}."
    raise Problem(415, sentence, headers={"accept": ", ".join(ACCEPTED)})


def _from_file(content: bytes, settings: Settings) -> Picture:
    """The first frame of an image file, in whatever of the known formats it is."""
    if len(content) > settings.max_upload_bytes:
        limit, size = settings.max_upload_bytes, len(content)
        sentence = f"The file has {size:,} bytes; at most {limit:,} are read."
        raise Problem(413, sentence, limit=limit, requested=size)
    limits = DecodeLimits(max_side=settings.max_image_side_px, max_pixels=settings.max_image_pixels)
    try:
        decoded = decode(content, limits)
    except ImageRefused as refusal:
        raise Problem(refusal.status, str(refusal)) from None
    return Picture(decoded.image, decoded.source.as_dict())


def _from_json(content: bytes, settings: Settings) -> Picture:
    """The numbers of ``{"pixels": …}``, or of nested arrays that stand alone."""
    value = strict_json.parse(content, settings.max_json_depth)
    pointer = "#"
    if isinstance(value, dict):
        if FIELD not in value:
            places = [Place("#", f"The object needs a member {FIELD}.")]
            raise places_problem(places, "The body")
        if len(value) > 1:
            places = [Place("#", f"The object has {len(value)} members; {FIELD} is the only one.")]
            raise places_problem(places, "The body")
        value, pointer = value[FIELD], f"#/{FIELD}"
    array = matrices.to_array(value, pointer)
    return _from_array(array, "json", settings)


def _from_npy(content: bytes, settings: Settings) -> Picture:
    """The values of a ``.npy`` file; bytes stand for 0 … 1, 255 for 1."""
    values = npy.read_npy(content)
    if values.ndim not in (2, 3) or not values.size:
        shape = "×".join(map(str, values.shape)) or "no axis"
        sentence = f"The array has the shape {shape}; an image is H×W or C×H×W, none of them 0."
        raise Problem(422, sentence)
    return _from_array(values, "npy", settings)


def _from_array(values: NDArray[Any], form: str, settings: Settings) -> Picture:
    """An array as an image with a channel axis, its values checked to be in [0, 1]."""
    channels, height, width = (1, *values.shape)[-3:]
    _check_size(channels, height, width, settings)
    stacked = values.reshape(channels, height, width)
    if stacked.dtype == np.uint8:
        image = np.divide(stacked, np.float32(255), dtype=np.float32)
    else:
        _check_range(stacked)
        image = np.ascontiguousarray(stacked, dtype=np.float32)
    source = {"format": form, "width": width, "height": height, "frames": 1, "orientation": 1}
    return Picture(image, source)


def _check_size(channels: int, height: int, width: int, settings: Settings) -> None:
    """Nothing, or the 413 of an image with too many cells."""
    side, pixels = settings.max_image_side_px, settings.max_image_pixels
    caps = (
        ("channels", channels, settings.max_input_channels),
        ("rows", height, side),
        ("columns", width, side),
        ("values", channels * height * width, pixels),
    )
    for name, requested, limit in caps:
        if requested > limit:
            sentence = f"The image has {requested:,} {name}; at most {limit:,} are taken."
            raise Problem(413, sentence, limit=limit, requested=requested)


def _check_range(values: NDArray[Any]) -> None:
    """Nothing, or the 422 that names the first value outside of [0, 1]; NaN is outside."""
    if values.min() >= 0 and values.max() <= 1:
        return
    channel, row, column = np.argwhere(~((values >= 0) & (values <= 1)))[0].tolist()
    value = float(values[channel, row, column])
    sentence = (
        f"The value at channel {channel}, row {row}, column {column} is {value:g}; "
        "pixels are numbers from 0 to 1."
    )
    raise Problem(422, sentence)
