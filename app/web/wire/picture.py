"""One image from the body of a request, in any of the forms that operations take.

``multipart/form-data`` with ``file``, the bytes as ``image/*``, ``application/x-npy``, or JSON
``{"pixels": [[…]]}``.
"""

from functools import lru_cache

from app.imaging.decode import decode
from app.imaging.decoded_image import Decoded, DecodeLimits
from app.imaging.npy import decode_npy, image_from_array
from app.settings import Settings
from app.web.wire import multipart, strict_json
from app.web.wire.body import Body
from app.web.wire.negotiation import JSON, NPY
from app.web.wire.nested_numbers import read_array
from app.web.wire.problems import Place, Problem, places_problem

MULTIPART = "multipart/form-data"
IMAGE_TYPES = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp")
ACCEPTED = (JSON, NPY, MULTIPART, *IMAGE_TYPES)
FIELD = "pixels"
AXES = ("channel", "row", "value")
FORMS = "rows of numbers, [H][W], or channels of such rows, [C][H][W]"
NPY_MAGIC = b"\x93NUMPY"


def to_picture(body: Body, settings: Settings) -> Decoded:
    """The image in a body. Runs in a worker, for it may take a while.

    Shape: image (C, H, W) in [0, 1]

    Raises: ImageRefused, or Problem, 400, 413, 415 or 422, whose sentence says what to change.
    """
    if not body.content:
        raise Problem(400, "The body is empty; an image is needed in it.")
    limits, media_type = limits_of(settings), body.media_type
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
    array = read_array(value, pointer, (2, 3), AXES, FORMS, "The image")
    return image_from_array(array, "JSON", limits_of(settings))
