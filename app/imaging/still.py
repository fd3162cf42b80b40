"""The still picture that every animated PNG holds, without its animation."""

from app.imaging.deadline import DeadlineFile
from app.imaging.decoded_image import DecodeLimits

_SIGNATURE_BYTES = 8
# A chunk is a length, a type, so many bytes of content, and a checksum.
_HEAD_BYTES = 8
_CHECKSUM_BYTES = 4
_CONTROL, _FRAME, _FRAME_DATA = b"acTL", b"fcTL", b"fdAT"


def still_png(data: bytes, limits: DecodeLimits) -> tuple[bytes, int]:
    """A PNG's bytes without its chunks of animation, and how many frames it shows.

    What those chunks hold is nobody's business who shows a still picture: the image data is a
    whole picture, of the file's size, be it the first frame or none of them. Pillow reads them
    all the same, promises frames that no frame control describes, and ends at one out of order.

    Source: PNG, third edition, 11.3.5: all three are ancillary. A file without frame controls is
    a still picture.

    Raises: ImageRefused, where there are more chunks than there is time.
    """
    if _CONTROL not in data:
        return data, 1
    clock = DeadlineFile(b"", limits.budget_seconds)
    kept, controls, is_first_frame = [data[:_SIGNATURE_BYTES]], 0, False
    start, has_image = _SIGNATURE_BYTES, False
    while start < len(data):
        clock.check()
        length, kind = int.from_bytes(data[start : start + 4], "big"), data[start + 4 : start + 8]
        end = start + _HEAD_BYTES + length + _CHECKSUM_BYTES
        if kind == _FRAME:
            controls += 1
            is_first_frame = is_first_frame or not has_image
        has_image = has_image or kind == b"IDAT"
        if kind not in (_CONTROL, _FRAME, _FRAME_DATA):
            kept.append(data[start:end])
        start = end
    frames = controls if is_first_frame else controls + 1
    return b"".join(kept), frames
