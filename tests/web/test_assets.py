"""Static files: addresses with a hash, caching, compression, and what a module imports."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from pathlib import Path

import httpx2
import pytest

from app.settings import Settings
from app.web.pages.assets import Assets
from app.web.pages.module_imports import imports_of, resolve
from tests.tools.node import node
from tests.web.serving import client_of, serving

STATIC = Settings().static_dir


@pytest.fixture(scope="module")
def assets() -> Assets:
    """The static files of the program."""
    return Assets(STATIC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small static folder with a graph of modules."""
    files = {
        "js/importmap.json": json.dumps({"imports": {"lib": "./vendor/lib.js"}}),
        "js/vendor/lib.js": "export const lib = 1;//" + "x" * 1_000,
        "js/pages/main.js": "import { a } from '../a.js';\nimport '../b.js';\nimport('../c.js');",
        "js/a.js": "export * from 'lib';\nimport {\n  b,\n} from './b.js';",
        "js/b.js": "// import './later.js'\nimport nothing from 'elsewhere';",
        "js/later.js": "",
        ".hidden/secret.js": "secret",
        "picture.png": "x" * 2_000,
    }
    for name, text in files.items():
        path = tmp_path / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "static"


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("js/pages/docs/page.js", "text/javascript; charset=utf-8"),
        ("js/vendor/signals-core/signals-core.mjs", "text/javascript; charset=utf-8"),
        ("css/tokens.css", "text/css; charset=utf-8"),
        ("fonts/inter-latin-wght-normal.woff2", "font/woff2"),
        ("js/importmap.json", "application/json"),
        ("icons.svg", "image/svg+xml"),
    ],
)
def test_a_file_is_served_for_ever(
    client: httpx2.Client, assets: Assets, path: str, media_type: str
) -> None:
    response = client.get(assets.address(path))
    assert response.status_code == 200
    written = (STATIC / path).read_bytes()
    is_commented = "vendor" not in path and path.endswith((".js", ".css"))
    assert response.content == (assets.files[path].content if is_commented else written)
    assert response.headers["content-type"] == media_type
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_text_is_compressed_and_has_its_own_tag(
    client: httpx2.Client, assets: Assets, coding: str
) -> None:
    address = assets.address("css/base.css")
    compressed, plain = (
        client.get(address, headers={"accept-encoding": encoding})
        for encoding in (coding, "identity")
    )
    assert compressed.headers["content-encoding"] == coding
    assert "content-encoding" not in plain.headers
    assert compressed.content == plain.content
    assert int(compressed.headers["content-length"]) < len(plain.content) / 2
    assert compressed.headers["etag"] != plain.headers["etag"]
    assert compressed.headers["vary"] == plain.headers["vary"] == "accept-encoding"


def test_of_the_codings_a_client_takes_the_smallest_is_sent(
    client: httpx2.Client, assets: Assets
) -> None:
    address = assets.address("css/base.css")
    for accepted, sent in {
        "gzip, deflate, br, zstd": "br",
        "gzip, br;q=0": "gzip",
        "gzip;q=0, zstd": None,
    }.items():
        answer = client.get(address, headers={"accept-encoding": accepted})
        assert answer.headers.get("content-encoding") == sent, accepted
        assert answer.content == assets.files["css/base.css"].content


def test_a_font_is_not_compressed_again(client: httpx2.Client, assets: Assets) -> None:
    response = client.get(assets.address("fonts/inter-latin-wght-normal.woff2"))
    assert "content-encoding" not in response.headers


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_what_is_known_is_not_sent_again(client: httpx2.Client, assets: Assets, form: str) -> None:
    address = assets.address("css/base.css")
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": form.format(first.headers["etag"])})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200


def test_an_older_address_still_answers_without_the_promise(client: httpx2.Client) -> None:
    response = client.get("/static/0123456789abcdef/css/base.css")
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-cache"


def test_nothing_outside_and_nothing_hidden_is_served(folder: Path) -> None:
    with serving(Settings(port=0, static_dir=folder)) as url, client_of(url) as client:
        for path in (".hidden/secret.js", "%2e%2e/static/js/a.js", "/etc/passwd", "js", "js/"):
            assert client.get(f"/static/0/{path}").status_code == 404, path


def test_the_hash_is_of_every_name_and_byte(folder: Path) -> None:
    first = Assets(folder).hash
    (folder / "js/a.js").write_text("export {};")
    second = Assets(folder).hash
    (folder / "js/later.js").rename(folder / "js/sooner.js")
    third = Assets(folder).hash
    assert len({first, second, third}) == 3
    assert Assets(folder).hash == third


def test_the_import_map_has_addresses(assets: Assets) -> None:
    imports = json.loads(assets.import_map())["imports"]
    given = json.loads((STATIC / "js/importmap.json").read_text())["imports"]
    assert imports.keys() == given.keys()
    assert imports["lit-html"] == assets.address("js/vendor/lit-html/lit-html.js")


def test_preloads_are_the_static_imports(folder: Path) -> None:
    assets = Assets(folder, reload=True)
    expected = [f"/static/{assets.hash}/js/{name}.js" for name in ("a", "b", "vendor/lib")]
    assert assets.module_preloads("js/pages/main.js") == expected


@pytest.mark.parametrize(
    "entry",
    [f"js/pages/{name}/page.js" for name in ("network", "lab", "train", "docs")],
)
def test_a_page_preloads_modules_that_exist(
    client: httpx2.Client, assets: Assets, entry: str
) -> None:
    preloads = assets.module_preloads(entry)
    assert len(preloads) == len(set(preloads))
    for address in preloads:
        assert client.get(address).headers["content-type"].startswith("text/javascript")


def test_a_file_that_does_not_exist_has_no_address(assets: Assets) -> None:
    with pytest.raises(KeyError, match="nosuch"):
        assets.address("nosuch.js")


def test_imports_are_told_from_what_looks_like_them() -> None:
    source = """
    /** @import {A} from './types.js' */
    /** @typedef {import('./types.js').B} B */
    import a from "./a.js"
    import * as b from './b.js';
    import { c,
      d as e } from './c.js'
    export { f } from './f.js';
    export const later = () => import('./g.js');
    const text = "import h from './h.js'";
    """
    assert imports_of(source) == ["./a.js", "./b.js", "./c.js", "./f.js"]
    assert imports_of("import{a}from'./x.js';import*as b from'./y.js';b()") == ["./x.js", "./y.js"]
    assert resolve("nosuch", "a.js", {}) is None


OURS = sorted(
    path.relative_to(STATIC).as_posix()
    for kind in ("js", "css")
    for path in STATIC.rglob(f"*.{kind}")
    if "vendor" not in path.parts
)


def test_what_is_sent_is_the_code_without_its_comments(assets: Assets) -> None:
    scripts, left_out = [], 0
    for name in OURS:
        source, sent = (STATIC / name).read_text(), assets.files[name].content.decode()
        assert sent.count("\n") == source.count("\n"), name
        left_out += len(source) - len(sent)
        if name.endswith(".css"):
            rules = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
            assert sent.split() == rules.split(), name
        else:
            scripts.append((name, source, sent))
    assert left_out > 200_000
    # ESLint reads both into tokens, which comments are not.
    command = [node(), "tests/js/tools/same_code.js"]
    told = subprocess.run(command, input=json.dumps(scripts), capture_output=True, text=True)
    assert told.stdout == "[]", told.stderr
    scripts[0] = (*scripts[0][:2], scripts[0][2] + "one();")
    told = subprocess.run(command, input=json.dumps(scripts[:2]), capture_output=True, text=True)
    assert json.loads(told.stdout) == [scripts[0][0]]


def test_the_released_keep_their_licences(assets: Assets) -> None:
    lit = "js/vendor/lit-html/lit-html.js"
    assert assets.files[lit].content == (STATIC / lit).read_bytes()


def test_reloading_sees_a_change(folder: Path, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    (templates / "pages").mkdir(parents=True)
    (templates / "pages/network.html").write_text("{{ asset('js/a.js') }}")
    (templates / "pages/docs.html").write_text("")
    settings = Settings(port=0, static_dir=folder, templates_dir=templates, reload=True)
    with serving(settings) as url, client_of(url) as client:
        before = client.get("/").text
        (folder / "js/a.js").write_text("changed")
        after = client.get("/").text
        assert before != after
        assert client.get(after).text == "changed"
        (templates / "pages/network.html").write_text("new {{ version }}")
        assert client.get("/").text.startswith("new")


def test_the_first_visit_is_small(client: httpx2.Client) -> None:
    page = client.get("/")
    addresses = set(re.findall(r'(?:src|href)="[.](/static/[^"#]+)"', page.text))
    total = len(gzip.compress(page.content))
    for address in addresses:
        total += int(client.get(address).headers["content-length"])
    assert total < 190_000
