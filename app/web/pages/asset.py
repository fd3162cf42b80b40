"""One static file as it is sent: its bytes, each coding of them, and what a request gets of it."""

import asyncio
import gzip
import hashlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from starlette.datastructures import Headers
from starlette.responses import Response

from app.web.pages.comments import without_comments
from app.web.wire.negotiation import best_coding

# 40 bits tell versions apart; every address and every header of a file has them.
HASH_LENGTH = 10
COMPRESSIBLE_BYTES = 860
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".md": "text/plain; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
COMMENTED = frozenset({".css", ".js"})
ALREADY_COMPRESSED = frozenset({".ico", ".png", ".woff2"})

# Half a megabyte takes a second at the best quality; a tenth more bytes, a tenth of a second.
BROTLI_QUALITY, BROTLI_QUICK_QUALITY = 11, 9
BROTLI_WHOLE_BYTES = 100_000


def _brotli(content: bytes) -> bytes:
    """The bytes as Brotli, as small as whoever is first can wait for. Loaded once wanted."""
    import brotli

    quality = BROTLI_QUALITY if len(content) <= BROTLI_WHOLE_BYTES else BROTLI_QUICK_QUALITY
    compressed: bytes = brotli.compress(content, mode=brotli.MODE_TEXT, quality=quality)
    return compressed


def _gzip(content: bytes) -> bytes:
    """The bytes as gzip, as small as it makes them."""
    return gzip.compress(content, 9, mtime=0)


# The first is the smallest; browsers take it over https and from the machine itself.
CODINGS: dict[str, Callable[[bytes], bytes]] = {"br": _brotli, "gzip": _gzip}

COMPRESSORS = ThreadPoolExecutor(thread_name_prefix="convoscope-compressor")
"""Where the codings are made, each once, however many ask for it meanwhile."""


@dataclass(slots=True)
class Asset:
    """One file: its bytes, what they are, and each coding of them once somebody has wanted it."""

    content: bytes
    media_type: str
    is_compressible: bool
    etag: str
    coded: dict[str, Future[bytes]] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, path: Path, *, is_ours: bool) -> Self:
        """The asset of a file, its media type by the table above.

        Scripts and styles of ours lose their comments; those of others keep their licences.
        """
        content = path.read_bytes()
        if is_ours and path.suffix in COMMENTED:
            content = without_comments(content.decode()).encode()
        return cls.of(content, path.suffix)

    @classmethod
    def of(cls, content: bytes, suffix: str) -> Self:
        """The asset of some bytes, by how the name of such a file ends."""
        is_text = suffix not in ALREADY_COMPRESSED
        return cls(
            content=content,
            media_type=MEDIA_TYPES.get(suffix, "application/octet-stream"),
            is_compressible=is_text and len(content) >= COMPRESSIBLE_BYTES,
            etag=hashlib.sha256(content).hexdigest()[:HASH_LENGTH],
        )

    async def in_coding(self, coding: str | None) -> bytes:
        """The content in one of the `CODINGS`, made once, and beside the event loop.

        Whoever leaves meanwhile takes it from nobody else.
        """
        if coding is None:
            return self.content
        future = self.coded.get(coding)
        if future is None:
            future = self.coded[coding] = COMPRESSORS.submit(CODINGS[coding], self.content)
            future.add_done_callback(lambda done: self._forget(coding, done))
        return await asyncio.shield(asyncio.wrap_future(future))

    def _forget(self, coding: str, done: Future[bytes]) -> None:
        """A coding that failed is tried again by who comes next."""
        if done.cancelled() or done.exception() is not None:
            self.coded.pop(coding, None)

    async def response(self, headers: Headers, cache_control: str) -> Response:
        """The file in the encoding the client takes, or 304 when it has it already."""
        coding = None
        if self.is_compressible:
            coding = best_coding(headers.get("accept-encoding", ""), tuple(CODINGS))
        etag = f'"{self.etag}-{coding}"' if coding else f'"{self.etag}"'
        answer = {"cache-control": cache_control, "etag": etag}
        if self.is_compressible:
            answer["vary"] = "accept-encoding"
        tags = headers.get("if-none-match", "").split(",")
        known = [tag.strip().removeprefix("W/") for tag in tags]
        if etag in known or "*" in known:
            return Response(status_code=304, headers=answer)
        if coding:
            answer["content-encoding"] = coding
        return Response(await self.in_coding(coding), headers=answer, media_type=self.media_type)
