"""The ``file`` of a ``multipart/form-data`` body."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from app.web.wire.problems import Problem

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

PARTS_AT_MOST = 8
FIELD = "file"


@dataclass(slots=True)
class _Part:
    """One part under construction: where its headers are being read, and its content."""

    name: bytes = b""
    header: bytearray = field(default_factory=bytearray)
    value: bytearray = field(default_factory=bytearray)
    content: list[bytes] = field(default_factory=list)


def read_file(body: bytes, content_type: str) -> bytes:
    """The bytes of the one part called ``file``; its file name is not looked at.

    Raises: Problem, 400 for what is no multipart body, 422 when it has no such part or several.
    """
    _, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if not boundary:
        raise Problem(400, "The content type of the multipart body names no boundary.")
    parts = _parts(body, boundary)
    files = [part for part in parts if part.name == FIELD.encode()]
    if len(files) != 1:
        sentence = f"The form has {len(files)} parts called {FIELD}; send exactly one."
        raise Problem(422, sentence, limit=1, requested=len(files))
    return b"".join(files[0].content)


def _parts(body: bytes, boundary: bytes) -> list[_Part]:
    """Every part of a body, or a 400."""
    collector = _Collector()
    try:
        parser = MultipartParser(boundary, collector.callbacks())
        parser.write(body)
        parser.finalize()
    except FormParserError:
        raise Problem(400, "The multipart body cannot be parsed.") from None
    if not collector.is_complete:
        raise Problem(400, "The multipart body ends before its last boundary.")
    return collector.parts


class _Collector:
    """Gathers what the parser finds, part by part."""

    def __init__(self) -> None:
        self.parts: list[_Part] = []
        self.is_complete = False

    def callbacks(self) -> "MultipartCallbacks":
        """What the parser calls, by its own names."""
        return {
            "on_part_begin": self.begin,
            "on_header_field": lambda data, a, b: self.parts[-1].header.extend(data[a:b]),
            "on_header_value": lambda data, a, b: self.parts[-1].value.extend(data[a:b]),
            "on_header_end": self.end_header,
            "on_part_data": lambda data, a, b: self.parts[-1].content.append(data[a:b]),
            "on_end": self.end,
        }

    def begin(self) -> None:
        """Starts a part."""
        if len(self.parts) >= PARTS_AT_MOST:
            sentence = f"The form has more than {PARTS_AT_MOST} parts."
            raise Problem(413, sentence, limit=PARTS_AT_MOST, requested=PARTS_AT_MOST + 1)
        self.parts.append(_Part())

    def end_header(self) -> None:
        """Keeps the name that a part gives itself."""
        part = self.parts[-1]
        if bytes(part.header).lower() == b"content-disposition":
            part.name = parse_options_header(bytes(part.value))[1].get(b"name", b"")
        part.header.clear()
        part.value.clear()

    def end(self) -> None:
        """Notes that the last boundary was there."""
        self.is_complete = True
