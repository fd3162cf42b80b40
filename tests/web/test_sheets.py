"""Files of many style sheets: what a browser reads in them is what it would read in the sheets."""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import dirname, join, normpath

import httpx2
import pytest

from app.settings import Settings
from app.web.pages import sheets
from app.web.pages.assets import MOST_OF_MANY, Assets
from app.web.pages.sheets import LONGEST, SHEETS, Sheets
from tests.places import STATIC
from tests.web.serving import client_of, serving

LINK = re.compile(r'<link rel="stylesheet" href="(?:\./|(?:\.\./)+)(static/\w+/([^"]+))"([^>]*)>')
ADDRESS = re.compile(r"url\('?([^')]+)'?\)")
PAGES = {"/": 4, "/lab": 1, "/train": 2, "/docs": 2}
"""By page how many links it has."""
SMALL = {
    "css/first.css": "@layer one, two;\n@layer one {\n  a {\n    color: red;\n  }\n}\n",
    "css/parts/second.css": "b {\n  background: url('../../icons.svg#x');\n}\n",
    "css/parts/third.css": "c {\n  color: blue;\n}\n",
    "css/parts/with_import.css": "@import url('third.css');\n",
    "css/parts/with_set.css": "a { background: image-set('a.png' 1x); }\n",
    "css/vendor/theirs.css": "d {\n}\n",
    "css/twice.css": "e {\n}\n",
    "css/parts/twice.css": "f {\n}\n",
    "js/beside.css": "g {\n}\n",
}


def sheets_of(files: dict[str, str], *, is_raw: bool = False) -> Sheets:
    """The files of many of these sheets."""
    return Sheets(files.__getitem__, files, is_raw=is_raw)


@pytest.fixture(scope="module")
def assets() -> Assets:
    """The static files of the program."""
    return Assets(STATIC)


def links_of(client: httpx2.Client, page: str) -> list[tuple[str, str, str]]:
    """The address, the path below `static/` and the further attributes of each link of a page."""
    accepted = {"accept": "text/html"}
    return LINK.findall(client.get(page, headers=accepted).text)


def names_in(path: str) -> list[str]:
    """The sheets of a file, or the one that it is."""
    return path.removeprefix(SHEETS).rpartition("/")[2].removesuffix(".css").split(",")


def test_a_file_has_its_sheets_one_behind_the_other() -> None:
    text = sheets_of(SMALL).text("css/many/first,second,third.css", is_current=True)
    assert text == "".join(
        SMALL[f"css/{each}.css"] for each in ("first", "parts/second", "parts/third")
    )
    assert sheets_of(SMALL).linked(["third", "first"]) == ["css/many/third,first.css"]
    assert sheets_of(SMALL).linked(["third"]) == ["css/parts/third.css"]


@pytest.mark.parametrize(
    ("written", "moved"),
    [
        ("url(a.png)", "url(../parts/a.png)"),
        ("url( 'a.png' )", "url( '../parts/a.png' )"),
        ('URL("../fonts/a b.woff2")', 'URL("../fonts/a b.woff2")'),
        ("url('../../x.svg#a/../b')", "url('../../x.svg#a/../b')"),
        ("url(./a.svg?b=c#d)", "url(../parts/a.svg?b=c#d)"),
        ("url('a(1).png') url(b.png)", "url('../parts/a(1).png') url(../parts/b.png)"),
        *(
            (fixed, fixed)
            for fixed in (
                "url(data:image/png;base64,aaaa)",
                "url('data:image/svg+xml,<a b=\"c\"/>')",
                "url(/a.png)",
                "url('//host/a.png')",
                "url(https://host/a.png)",
                "url(#mask)",
                "url('')",
                "my-url(a.png)",
                "'url(a.png)'",
                "/* url(a.png) and ' */",
            )
        ),
    ],
)
def test_an_address_leads_where_it_led(written: str, moved: str) -> None:
    files = {"css/parts/one.css": f"a {{ b: {written}; }}\n", "css/two.css": "c {}\n"}
    text = sheets_of(files).text("css/many/one,two.css", is_current=True)
    assert text == f"a {{ b: {moved}; }}\nc {{}}\n"


@pytest.mark.parametrize(
    "names",
    [
        "",
        "first,",
        ",first",
        "first,first",
        "first,nosuch",
        "first,with_import",
        "first,with_set",
        "first,theirs",
        "first,twice",
        "first,beside",
        "first,parts/third",
        "first,../first",
        "first, third",
        "first,third.css,second",
    ],
)
def test_there_is_no_other_file(names: str) -> None:
    assert sheets_of(SMALL).text(f"css/many/{names}.css", is_current=True) is None
    for path in ("css/many/first,third", "css/many/first,third.js", "css/first,third.css"):
        assert sheets_of(SMALL).text(path, is_current=True) is None


@pytest.mark.parametrize("is_raw", [False, True])
def test_a_template_is_told_what_it_cannot_list(is_raw: bool) -> None:
    for names in (["first", "with_import"], ["first", "first"]):
        with pytest.raises(ValueError, match="cannot be one file"):
            sheets_of(SMALL, is_raw=is_raw).linked(names)
    for name in ("nosuch", "twice", "theirs"):
        with pytest.raises(KeyError, match=name):
            sheets_of(SMALL).linked(["first", name])


def test_an_address_is_no_longer_than_all_take() -> None:
    files = {f"css/{'long' * 30}{number}.css": "a {\n}\n" for number in range(30)}
    many = sheets_of(files)
    names = [Path(path).stem for path in files]
    assert many.linked(names[:15]) == [f"css/many/{','.join(names[:15])}.css"]
    with pytest.raises(ValueError, match="fewer"):
        many.linked(names)


def test_a_page_from_before_gets_what_there_still_is() -> None:
    many = sheets_of(SMALL)
    asked = "css/many/gone,first,with_import,third.css"
    kept = SMALL["css/first.css"] + SMALL["css/parts/third.css"]
    assert many.text(asked, is_current=False) == kept
    assert many.text("css/many/gone,gone_too.css", is_current=False) is None
    assert many.text("css/many/first,first.css", is_current=False) is None


def test_with_reload_each_sheet_is_sent() -> None:
    raw = sheets_of(SMALL, is_raw=True)
    assert raw.linked(["first", "second"]) == ["css/first.css", "css/parts/second.css"]


def test_what_is_kept_is_bounded(assets: Assets) -> None:
    for number in range(400):
        assert assets.file(f"css/many/tokens,base,gone{number}.css") is None
        assert assets.file(f"css/many/tokens,base,gone{number}.css", is_current=False)
    assert 0 < len(assets._of_many[SHEETS]) <= MOST_OF_MANY


def test_other_code_gives_other_addresses(
    assets: Assets, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    changed = tmp_path / "sheets.py"
    changed.write_text(Path(sheets.__file__).read_text() + "# changed\n")
    monkeypatch.setattr(sheets, "__file__", str(changed))
    assert Assets(STATIC).hash != assets.hash


def test_each_sheet_of_ours_has_a_name_of_its_own(assets: Assets) -> None:
    ours = [path for path in assets.files if path.startswith("css/")]
    assert [assets.sheets.linked([Path(path).stem]) for path in ours] == [[path] for path in ours]
    assert not [path for path in ours if path.startswith(SHEETS)]


@pytest.mark.parametrize("page", [*PAGES, "/no/such/page"])
def test_a_page_asks_for_few_files_in_the_order_of_its_sheets(
    client: httpx2.Client, assets: Assets, page: str
) -> None:
    links = links_of(client, page)
    assert len(links) == PAGES.get(page, 1)
    assert names_in(links[0][1])[:3] == ["tokens", "base", "layout"]
    assert "disabled" not in links[0][2]
    for address, path, _ in links:
        assert len(path) < LONGEST / 2
        answer = client.get("/" + address)
        assert answer.headers["content-type"] == "text/css; charset=utf-8"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        for target in ADDRESS.findall(answer.text):
            assert normpath(join(dirname(path), target)) in assets.files
        if path.startswith(SHEETS):
            parts = [part for name in names_in(path) for part in assets.sheets.linked([name])]
            plain = "".join(assets.files[part].content.decode() for part in parts)
            assert ADDRESS.sub("", answer.text) == ADDRESS.sub("", plain)
            assert "@import" not in answer.text


def test_the_network_page_fetches_later_what_the_first_picture_can_do_without(
    client: httpx2.Client,
) -> None:
    first, deep, late, why = links_of(client, "/")
    assert "samples" in names_in(first[1])
    assert (names_in(deep[1]), deep[2]) == (["folds"], " data-deep disabled")
    assert (names_in(late[1])[0], late[2]) == ("layer_search", " data-late disabled")
    assert (names_in(why[1])[-1], why[2]) == ("why_patch", ' data-late="why" disabled')


def test_a_file_is_compressed_and_not_sent_again(client: httpx2.Client, assets: Assets) -> None:
    address = assets.style(["tokens", "base"])[0]
    answer = client.get(address)
    assert answer.headers["content-encoding"] in ("br", "gzip")
    known = {"if-none-match": answer.headers["etag"]}
    assert client.get(address, headers=known).status_code == 304
    old = client.get(address.replace(assets.hash, "0123456789"))
    assert (old.text, old.headers["cache-control"]) == (answer.text, "no-cache")
    assert client.get(address.replace("base", "nosuch")).status_code == 404


def test_a_page_that_is_reloaded_links_each_sheet_in_the_same_order(client: httpx2.Client) -> None:
    with serving(Settings(port=0, reload=True)) as url, client_of(url) as raw:
        for page in PAGES:
            each = [
                (name, link[2]) for link in links_of(client, page) for name in names_in(link[1])
            ]
            alone = [(names_in(path)[0], more) for _, path, more in links_of(raw, page)]
            assert alone == each
