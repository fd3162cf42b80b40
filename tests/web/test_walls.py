"""Host names, origins, headers and policies."""

from __future__ import annotations

import re

import httpx2
import pytest

from app.settings import Settings
from app.web.walls.host_names import host_name
from tests.web.bodies import JSON
from tests.web.serving import client_of, serving
from tests.web.test_errors import check_problem

FORWARD = "/api/v1/networks/mycnn/forward?steps=none"
PAGES = ("/", "/lab", "/train", "/docs")


def post(client: httpx2.Client, **headers: str) -> httpx2.Response:
    """A forward pass with these headers; an underscore stands for a hyphen."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = b'{"pixels": [[0, 1], [1, 0]]}'
    return client.post(FORWARD, content=body, headers={"content-type": JSON, **named})


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:65535", "[::1]", "[::1]:80", "localhost."],
)
def test_own_names_are_answered(client: httpx2.Client, host: str) -> None:
    assert client.get("/api/v1/health", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example:8000",
        "",
        "[::2]",
        "0",
        "a@b",
    ],
)
def test_other_names_are_not(client: httpx2.Client, host: str) -> None:
    for path in ("/", "/api/v1/health", "/static/0/a.js", "/nosuch"):
        check_problem(client.get(path, headers={"host": host}), 421)


def test_further_names_are_a_setting() -> None:
    settings = Settings(port=0, allowed_hosts=("lab.example", "Other.Example"))
    with serving(settings) as url, client_of(url) as client:
        for host in ("lab.example", "other.example:443", "localhost"):
            assert client.get("/api/v1/health", headers={"host": host}).status_code == 200
        check_problem(client.get("/api/v1/health", headers={"host": "evil.example"}), 421)


def test_every_name_is_a_setting_too() -> None:
    with serving(Settings(port=0, allowed_hosts=("*",))) as url, client_of(url) as client:
        assert client.get("/api/v1/health", headers={"host": "any.example"}).status_code == 200
        check_problem(post(client, host="a@b:c", origin="null"), 403)


def test_names_and_ports_are_told_apart() -> None:
    assert host_name("[::1]") == "[::1]"
    assert host_name("localhost:") == "localhost:"
    assert host_name("A.B:80") == "a.b"


def test_a_program_passes(client: httpx2.Client) -> None:
    assert post(client).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "same-origin"},
        {"sec_fetch_site": "none"},
        {"host": "localhost:8000", "origin": "http://localhost:8000"},
        {"host": "localhost", "origin": "http://localhost:80"},
        {"host": "localhost", "origin": "https://localhost"},
        {"host": "[::1]:8000", "origin": "http://[::1]:8000", "sec_fetch_site": "same-origin"},
    ],
)
def test_our_own_pages_pass(client: httpx2.Client, headers: dict[str, str]) -> None:
    assert post(client, **headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "nonsense"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://["},
        {"origin": "http://localhost:99999999"},
        {"host": "localhost:8000", "origin": "http://localhost:3000"},
        {"host": "localhost:8000", "origin": "http://127.0.0.1:8000"},
        {
            "host": "localhost:8000",
            "origin": "http://evil.example",
            "sec_fetch_site": "same-origin",
        },
    ],
)
def test_other_sites_do_not(client: httpx2.Client, headers: dict[str, str]) -> None:
    check_problem(post(client, **headers), 403)


def test_a_get_of_the_api_is_for_pages_here_and_for_people_anywhere(client: httpx2.Client) -> None:
    path = "/api/v1/networks"
    cross = {"sec-fetch-site": "cross-site"}
    check_problem(client.get(path, headers={**cross, "sec-fetch-mode": "no-cors"}), 403)
    assert client.get(path, headers={**cross, "sec-fetch-mode": "navigate"}).status_code == 200
    assert client.get("/docs", headers=cross).status_code == 200


@pytest.mark.parametrize("path", ["/", "/docs", "/api/v1/health", "/openapi.json", "/nosuch"])
def test_every_answer_has_the_headers(client: httpx2.Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers
    assert len(headers.get_list("content-security-policy")) == 1


def test_a_file_has_those_that_mean_something_on_it(client: httpx2.Client) -> None:
    headers = client.get("/static/0/css/base.css").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "content-security-policy" not in headers


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_a_policy_of_its_own(client: httpx2.Client, path: str) -> None:
    first, second = client.get(path), client.get(path)
    assert first.headers["content-type"] == "text/html; charset=utf-8"
    nonces = [
        re.findall(r"'nonce-([\w-]+)'", page.headers["content-security-policy"])
        for page in (first, second)
    ]
    assert len(nonces[0]) == 1
    assert nonces[0] != nonces[1]
    # The only inline script is the import map, and it has the nonce.
    inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", first.text)
    assert inline == [f' type="importmap" nonce="{nonces[0][0]}"']
    assert not re.search(r"""\sstyle=|<style|\son\w+=|javascript:""", first.text)
    assert not re.search(r"""(?:src|href)="(?:https?:)?//""", first.text)


def test_head_is_get_without_a_body(client: httpx2.Client) -> None:
    for path in ("/", "/api/v1/health", "/openapi.json"):
        head, get = client.head(path), client.get(path)
        assert head.status_code == 200
        assert head.content == b""
        assert head.headers["content-type"] == get.headers["content-type"]
        assert int(head.headers["content-length"]) > 0
