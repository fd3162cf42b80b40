"""One image from the body of a request, in any of the forms that operations take.

``multipart/form-data`` with ``file``, the bytes as ``image/*``, ``application/x-npy``, or JSON
``{"pixels": [[…]]}``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from starlette.requests import Request

from app.imaging.decode import decode
from app.imaging.decoded import Decoded, DecodeLimits, ImageRefused
from app.imaging.npy import decode_npy, image_from_array
from app.settings import Settings
from app.web.wire import multipart, strict_json
from app.web.wire import nested_pixels as matrices
from app.web.wire.negotiation import JSON, NPY
from app.web.wire.problems import Place, Problem, places_problem

MULTIPART = "multipart/form-data"
IMAGE_TYPES = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp")
ACCEPTED = (JSON, NPY, MULTIPART, *IMAGE_TYPES)
FIELD = "pixels"
NPY_MAGIC = b"\x93NUMPY"


@dataclass(frozen=True, slots=True)
class Body:
    """A body as it arrived."""

    content: bytes
    content_type: str

    @property
    def media_type(self) -> str:
        """The content type without its parameters."""
        return self.content_type.partition(";")[0].strip().lower()


async def receive_body(request: Request) -> Body:
    """The body of a request, for a worker to make sense of."""
    return Body(await request.body(), request.headers.get("content-type", ""))


def to_picture(body: Body, settings: Settings) -> Decoded:
    """The image in a body. Runs in a worker, for it may take a while.

    Shape: image (C, H, W) in [0, 1]

    Raises: Problem, 400, 413, 415 or 422, whose sentence says what to change.
    """
    if not body.content:
        raise Problem(400, "The body is empty; an image is needed in it.")
    limits = limits_of(settings)
    with refusals_as_problems():
        media_type = body.media_type
        if media_type == NPY:
            return decode_npy(body.content, limits)
        if media_type == JSON:
            return _from_json(body.content, settings)
        if media_type == MULTIPART:
            content = multipart.read_file(body.content, body.content_type)
            is_npy = content.startswith(NPY_MAGIC)
            return decode_npy(content, limits) if is_npy else decode(content, limits)
        if media_type.startswith("image/"):
            return decode(body.content, limits)
    sentence = f"The content type of the body has to be one of {', '.join(ACCEPTED)}."
    raise Problem(415, sentence, headers={"accept": ", ".join(ACCEPTED)})


def limits_of(settings: Settings) -> DecodeLimits:
    """What one image may cost, by these settings."""
    return _limits(settings.max_upload_bytes, settings.max_image_side_px, settings.max_image_pixels)


@lru_cache(maxsize=8)
def _limits(max_bytes: int, max_side: int, max_pixels: int) -> DecodeLimits:
    """The limits made of these three numbers, once."""
    return DecodeLimits(max_bytes=max_bytes, max_side=max_side, max_pixels=max_pixels)


@contextmanager
def refusals_as_problems() -> Iterator[None]:
    """What the imaging refuses, under its status."""
    try:
        yield
    except ImageRefused as refusal:
        raise Problem(
            refusal.status, str(refusal), limit=refusal.limit, requested=refusal.requested
        ) from None


def _from_json(content: bytes, settings: Settings) -> Decoded:
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
    return image_from_array(matrices.to_array(value, pointer), "JSON", limits_of(settings))
