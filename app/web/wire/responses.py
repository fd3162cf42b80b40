"""An answer as bytes in the encoding its client asked for."""

import zlib
from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.web.wire.encodings import Part, safetensors_parts, to_json, to_npy
from app.web.wire.negotiation import JSON, SAFETENSORS, best_coding, best_type
from app.web.wire.problems import Problem
from app.web.wire.tensors import Answer

COMPRESSIBLE_BYTES = 1_024
# Level 1 is four times as fast as 6 on numbers written out, and nearly as small.
COMPRESSION_LEVEL = 1
GZIP_WINDOW = 31
# An extension of ASGI: a message with all parts of a body, which the server sends in one call.
PARTS = "convoscope.response.parts"
COMPRESSED_TYPES = frozenset({JSON, "text/html"})


class PartedResponse(Response):
    """A response whose body is sent as it lies in memory, where the server can, never put together.

    Putting the activations of a digit end to end would copy 370 KB.
    """

    def __init__(
        self, parts: Sequence[Part], status: int, headers: Mapping[str, str], media_type: str
    ) -> None:
        self.parts = parts
        length = {"content-length": str(sum(map(len, parts)))}
        super().__init__(None, status, headers={**headers, **length}, media_type=media_type)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the head and all parts."""
        status, headers = self.status_code, self.raw_headers
        await send({"type": "http.response.start", "status": status, "headers": headers})
        if PARTS in scope.get("extensions", ()):
            await send({"type": PARTS, "parts": self.parts})
        else:
            await send({"type": "http.response.body", "body": b"".join(self.parts)})


def negotiate(request: Request, offers: tuple[str, ...]) -> str:
    """The media type of the answer. Raises: Problem 406 naming what there is."""
    if len(offers) == 1:
        return offers[0]
    found = best_type(request.headers.get("accept", ""), offers)
    if found is None:
        raise Problem(406, f"This answer can be had as {', '.join(offers)}.")
    return found


def compress(body: bytes) -> bytes:
    """The gzip of a body made for one request."""
    compressor = zlib.compressobj(COMPRESSION_LEVEL, zlib.DEFLATED, GZIP_WINDOW)
    return compressor.compress(body) + compressor.flush()


def respond(
    request: Request,
    body: bytes | Sequence[Part],
    media_type: str = JSON,
    headers: Mapping[str, str] | None = None,
    *,
    is_in_bytes: bool = False,
    status: int = 200,
) -> Response:
    """A response of these bytes, compressed where they are worth it: text and small numbers."""
    answer = {"cache-control": "no-store", **(headers or {})}
    is_worth_it = is_in_bytes or media_type in COMPRESSED_TYPES
    if not isinstance(body, bytes):
        if not is_worth_it:
            return PartedResponse(body, status, answer, media_type)
        body = b"".join(body)
    is_long = len(body) >= COMPRESSIBLE_BYTES
    if (
        is_worth_it
        and is_long
        and best_coding(request.headers.get("accept-encoding", ""), ("gzip",))
    ):
        body = compress(body)
        answer["content-encoding"] = "gzip"
    return Response(body, status, headers=answer, media_type=media_type)


def respond_with(
    request: Request, media_type: str, answer: Answer, max_json_values: int, status: int = 200
) -> Response:
    """The response of a document and its tensors in the negotiated media type.

    Raises: Problem, 406 when ``.npy`` is asked for and no tensor stands for the answer, 422 when
    it is too large for JSON.
    """
    body: bytes | Sequence[Part]
    if media_type == SAFETENSORS:
        body = safetensors_parts(answer.document)
    elif media_type == JSON:
        body = to_json(answer.document, max_json_values)
    elif answer.main is not None:
        body = to_npy(answer.main)
    else:
        sentence = f"This answer has no tensor of its own; {JSON} and {SAFETENSORS} carry it."
        raise Problem(406, sentence)
    return respond(
        request, body, media_type, answer.headers, is_in_bytes=answer.is_in_bytes, status=status
    )
