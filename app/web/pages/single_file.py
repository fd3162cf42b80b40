"""The Network page as one file that opens without a server: scripts, styles and answers inside.

Modules find each other by names in an import map, whose addresses hold their text; a script before
them stands in for the server and gives the answers that the file holds.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath

from app.web.pages import module_imports
from app.web.pages.assets import Assets
from app.web.pages.templates import NETWORK, environment_of
from app.web.services import Services

PREFIX = "convoscope/"
"""What a module's name in the import map begins with, before its path below `static/`."""

HELD, IMPORTS = "(held)", "(imports)"
"""Where the answers and the modules come into the page."""

SIDEBAR = '<aside class="sidebar" aria-label="Input">'
NOTE = (
    "One input, with every value that the network made of it. This is one file without a server: "
    "other inputs, attribution and effective receptive fields need one, which "
    "<code>convoscope.show(model, example_input, page=True)</code> starts."
)
SPECIFIER = re.compile(r"""\b(from|import)(\s*\(?\s*)(['"])(\.{1,2}/[^'"]+)\3""")
ANY_SPECIFIER = re.compile(r"""\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]""")
BESIDE = re.compile(r"""new URL\(\s*['"]([^'"]+)['"],\s*import\.meta\.url\s*,?\s*\)""")
CSS_URL = re.compile(r"""url\(\s*['"]?([^'")]+)['"]?\s*\)""")
CSS_IMPORT = re.compile(r"""@import url\(\s*['"]?([^'")]+)['"]?\s*\)\s*layer\((\w+)\)\s*;""")
SHEET = re.compile(r"""<link rel="stylesheet" href="[^"]*/static/\w+/([^"]+)"[^>]*>""")
SCRIPT = re.compile(r"""<script src="[^"]*/static/\w+/([^"]+)"></script>""")
LINK = re.compile(r"""<link rel="(?:icon|preload|modulepreload)"[^>]*>\n?""")
IMPORT_MAP = re.compile(r"""<script type="importmap"[^>]*>.*?</script>""", re.DOTALL)
ENTRY = re.compile(r"""<script type="module" src="[^"]*/static/\w+/[^"]+"></script>""")
ICONS = re.compile(r"""[\w./-]*/static/\w+/icons\.svg""")


def as_single_file(page: str, services: Services, answers: Mapping[str, tuple[str, bytes]]) -> str:
    """A page with all that it loads inside.

    Args:
        page: as the server sends it.
        answers: by method and path below `/api/v1` the type and the bytes of an answer; a path
            that ends in `?` is answered whatever its query is.
    """
    assets = services.assets
    entry = NETWORK.entry
    names = dict(_modules(entry, assets))
    bare = {name: names[path] for name, path in assets.imports().items() if path in names}
    modules = {**{PREFIX + path: address for path, address in names.items()}, **bare}
    held = {key: [kind, _text(content)] for key, (kind, content) in answers.items()}
    template = environment_of(services).get_template("partials/_single_file.html")
    head = template.render(asset=assets.address, held=HELD, imports=IMPORTS)
    start = f'<script type="module">import {json.dumps(PREFIX + entry)};</script>'
    body = f'<body class="is-single-file"><div hidden>{_source(assets, "icons.svg")}</div>'
    page = IMPORT_MAP.sub(lambda _: head, page)
    page = page.replace(SIDEBAR, f'{SIDEBAR}<p class="note">{NOTE}</p>')
    page = ICONS.sub("", LINK.sub("", page)).replace("<body>", body)
    page = ENTRY.sub(lambda _: start, page)
    page = SCRIPT.sub(lambda m: f"<script>{_source(assets, m[1])}</script>", page)
    page = SHEET.sub(lambda m: f"<style>{_style(m[1], assets)}</style>", page)
    # What is large comes last: it need not be looked through.
    page = page.replace(IMPORTS, _json({"imports": modules}))
    return page.replace(HELD, _json(held))


def _modules(entry: str, assets: Assets) -> Iterator[tuple[str, str]]:
    """Each module that is needed at once or later, by its path, as an address of its text."""
    waiting, seen = [entry], {entry}
    imports = assets.imports()
    while waiting:
        path = waiting.pop()
        source = _source(assets, path)
        yield path, _address("text/javascript", _with_names(source, path, assets).encode())
        for specifier in ANY_SPECIFIER.findall(source):
            found = module_imports.resolve(specifier, path, imports)
            if found is not None and found in assets.files and found not in seen:
                seen.add(found)
                waiting.append(found)


def _with_names(source: str, path: str, assets: Assets) -> str:
    """A module that asks for others by their names, and has what lies beside it inside."""
    folder = dirname(path)

    def named(match: re.Match[str]) -> str:
        word, space, quote, beside = match.groups()
        return f"{word}{space}{quote}{PREFIX}{normpath(join(folder, beside))}{quote}"

    def inside(match: re.Match[str]) -> str:
        beside = normpath(join(folder, match[1]))
        if not beside.endswith(".css"):
            return f"new URL({json.dumps(_address('text/javascript', b''))})"
        return f"new URL({json.dumps(_address('text/css', _style(beside, assets).encode()))})"

    return BESIDE.sub(inside, SPECIFIER.sub(named, source))


def _style(path: str, assets: Assets) -> str:
    """A style sheet with those that it imports, and its fonts."""
    folder = dirname(path)

    def imported(match: re.Match[str]) -> str:
        return f"@layer {match[2]} {{{_style(normpath(join(folder, match[1])), assets)}}}"

    def inside(match: re.Match[str]) -> str:
        file = assets.files.get(normpath(join(folder, match[1])))
        if file is None or match[1].startswith("data:"):
            return match[0]
        return f"url({_address(file.media_type, file.content)})"

    return CSS_URL.sub(inside, CSS_IMPORT.sub(imported, _source(assets, path)))


def _source(assets: Assets, path: str) -> str:
    """The text of a file, of many too. Raises: KeyError when there is none."""
    asset = assets.file(path)
    if asset is None:
        raise KeyError(path)
    return asset.content.decode()


def _address(media_type: str, content: bytes) -> str:
    """An address that holds its content."""
    return f"data:{media_type.replace(' ', '')};base64,{_text(content)}"


def _text(content: bytes) -> str:
    """Bytes as text."""
    return base64.b64encode(content).decode()


def _json(value: object) -> str:
    """JSON that ends no script element."""
    return json.dumps(value).replace("<", "\\u003c")
