"""The static files, in memory, under addresses that carry the hash of them all.

``/static/{hash}/{path}`` may be kept for ever, since another content has another address. The
hash is one for the whole tree, so that a relative import inside a module stays under it.
"""

import asyncio
import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from markupsafe import Markup
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from app.web.pages import module_imports
from app.web.pages.bundle import BUNDLES, form
from app.web.pages.comments import without_comments
from app.web.pages.scripts import Scripts
from app.web.wire.negotiation import best_coding
from app.web.wire.problems import general_problem

IMPORT_MAP = "js/importmap.json"
# 40 bits tell versions apart; every address and every header of a file has them.
HASH_LENGTH = 10
FOR_EVER = "public, max-age=31536000, immutable"
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


MOST_OF_MANY = 150
"""Files of many modules that are kept: thrice as many as all pages have."""

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


class Assets:
    """All static files by their path below ``static/``."""

    def __init__(self, folder: Path, *, reload: bool = False) -> None:
        self.folder = folder
        self.is_reloading = reload
        self.files: dict[str, Asset] = {}
        self.hash = ""
        self.refresh()

    def refresh(self) -> None:
        """Reads the folder; the hash changes when any name or byte does."""
        paths = sorted(p for p in self.folder.rglob("*") if p.is_file())
        names = [p.relative_to(self.folder) for p in paths]
        self.files = {
            name.as_posix(): Asset.read(path, is_ours="vendor" not in name.parts)
            for name, path in zip(names, paths, strict=True)
            if not any(part.startswith(".") for part in name.parts)
        }
        self.scripts = Scripts(self._text, self.imports(), self.files, is_raw=self.is_reloading)
        self._of_many: dict[tuple[str, bool], Asset] = {}
        files = [f"{name} {asset.etag}" for name, asset in self.files.items()]
        listing = "\n".join([form(), *files])
        self.hash = hashlib.sha256(listing.encode()).hexdigest()[:HASH_LENGTH]

    def address(self, path: str) -> str:
        """The address of a file. Raises: KeyError when there is no such file."""
        if path not in self.files and not path.startswith(BUNDLES):
            raise KeyError(f"There is no static file {path}.")
        return f"/static/{self.hash}/{path}"

    def import_map(self, root: str = "/") -> Markup:
        """The import map as JSON with the addresses of now, safe inside a script element.

        Args:
            root: the server's root as seen from the page.
        """
        addresses = {name: self.address(path) for name, path in self.imports().items()}
        imports = {name: root + address.removeprefix("/") for name, address in addresses.items()}
        return Markup(json.dumps({"imports": imports}).replace("<", "\\u003c"))

    async def ready(self, entry: str) -> None:
        """Until what a page begins with can be told at once."""
        if not self.scripts.is_made(entry):
            await asyncio.to_thread(self.scripts.bundles, entry)

    def script(self, entry: str) -> str:
        """The address of what a page begins with: a file of many modules, or the module itself."""
        return self.address(self.scripts.first(entry))

    def module_preloads(self, entry: str, more: Iterable[str] = ()) -> list[str]:
        """The addresses of all that a page needs at once, but for what it begins with.

        Args:
            more: modules that come later, and soon.
        """
        return [self.address(path) for path in self.scripts.preloads(entry, more)]

    def _text(self, path: str) -> str:
        """What a file says."""
        return self.files[path].content.decode()

    def file(self, path: str, *, is_current: bool = True) -> Asset | None:
        """A file; None where there is none. One of many modules is kept once it was wanted.

        Args:
            is_current: whether a page of now wants it, or one from before the files were replaced.
        """
        if not path.startswith(BUNDLES):
            return self.files.get(path)
        asset = self._of_many.get((path, is_current))
        if asset is None:
            text = self.scripts.text(path, is_current=is_current)
            if text is None:
                return None
            if len(self._of_many) >= MOST_OF_MANY:
                self._of_many = {}
            asset = self._of_many[path, is_current] = Asset.of(text.encode(), ".js")
        return asset

    def imports(self) -> Mapping[str, str]:
        """Bare name to path below ``static/``, as the import map file has it."""
        table = json.loads(self.files[IMPORT_MAP].content)["imports"]
        resolved = {
            name: module_imports.resolve(path, IMPORT_MAP, {}) for name, path in table.items()
        }
        return {name: path for name, path in resolved.items() if path is not None}

    async def respond(self, request: Request) -> Response:
        """The response to ``GET /static/{content_hash}/{path}``.

        An address of an earlier hash still answers, without the promise to stay the same, so
        that a page which was open while the program was replaced finds what it loads later.
        """
        path = request.path_params["path"]
        is_current = request.path_params["content_hash"] == self.hash
        asset = self.files.get(path) or self._of_many.get((path, is_current))
        asset = asset or await asyncio.to_thread(self.file, path, is_current=is_current)
        if asset is None:
            return general_problem(404).response()
        return await _response(asset, request.headers, FOR_EVER if is_current else "no-cache")


async def _response(asset: Asset, headers: Headers, cache_control: str) -> Response:
    """A file in the encoding the client takes, or 304 when it has it already."""
    coding = None
    if asset.is_compressible:
        coding = best_coding(headers.get("accept-encoding", ""), tuple(CODINGS))
    etag = f'"{asset.etag}-{coding}"' if coding else f'"{asset.etag}"'
    answer = {"cache-control": cache_control, "etag": etag}
    if asset.is_compressible:
        answer["vary"] = "accept-encoding"
    known = [tag.strip().removeprefix("W/") for tag in headers.get("if-none-match", "").split(",")]
    if etag in known or "*" in known:
        return Response(status_code=304, headers=answer)
    if coding:
        answer["content-encoding"] = coding
    return Response(await asset.in_coding(coding), headers=answer, media_type=asset.media_type)
