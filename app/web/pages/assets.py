"""The static files, in memory, under addresses that carry the hash of them all.

``/static/{hash}/{path}`` may be kept for ever, since another content has another address. The
hash is one for the whole tree, so that a relative import inside a module stays under it.
"""

import asyncio
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from app.web.pages import bundle, module_imports, sheets
from app.web.pages.asset import HASH_LENGTH, Asset
from app.web.pages.bundle import BUNDLES
from app.web.pages.scripts import Scripts
from app.web.pages.sheets import SHEETS, Sheets
from app.web.wire.problems import general_problem

IMPORT_MAP = "js/importmap.json"
FOR_EVER = "public, max-age=31536000, immutable"
MOST_OF_MANY = 150
"""Files of many modules that are kept, and of many sheets: thrice as many as all pages have."""


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
        self.sheets = Sheets(self._text, self.files, is_raw=self.is_reloading)
        self._makers = {BUNDLES: self.scripts.text, SHEETS: self.sheets.text}
        # Each kind by itself: who asks for ever other sheets has no module made anew.
        self._of_many: dict[str, dict[tuple[str, bool], Asset]] = {
            each: {} for each in self._makers
        }
        files = [f"{name} {asset.etag}" for name, asset in self.files.items()]
        listing = "\n".join([bundle.form(), sheets.form(), *files])
        self.hash = hashlib.sha256(listing.encode()).hexdigest()[:HASH_LENGTH]

    def address(self, path: str) -> str:
        """The address of a file. Raises: KeyError when there is no such file."""
        if path not in self.files and not path.startswith((*self._makers,)):
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

    def style(self, names: Sequence[str]) -> list[str]:
        """The addresses that a page links for some sheets, by their names.

        Raises: KeyError, ValueError where there are none.
        """
        return [self.address(path) for path in self.sheets.linked(names)]

    def _text(self, path: str) -> str:
        """What a file says."""
        return self.files[path].content.decode()

    def file(self, path: str, *, is_current: bool = True) -> Asset | None:
        """A file; None where there is none. One of many is kept once it was wanted.

        Args:
            is_current: whether a page of now wants it, or one from before the files were replaced.
        """
        start = self._start(path)
        if start is None:
            return self.files.get(path)
        kept = self._of_many[start]
        asset = kept.get((path, is_current))
        if asset is None:
            text = self._makers[start](path, is_current=is_current)
            if text is None:
                return None
            if len(kept) >= MOST_OF_MANY:
                kept = self._of_many[start] = {}
            asset = kept[path, is_current] = Asset.of(text.encode(), PurePosixPath(path).suffix)
        return asset

    def _start(self, path: str) -> str | None:
        """What the path of a file of many begins with; None of another."""
        return next((start for start in self._makers if path.startswith(start)), None)

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
        kept = self._of_many.get(self._start(path) or "", {})
        asset = self.files.get(path) or kept.get((path, is_current))
        asset = asset or await asyncio.to_thread(self.file, path, is_current=is_current)
        if asset is None:
            return general_problem(404).response()
        return await asset.response(request.headers, FOR_EVER if is_current else "no-cache")
