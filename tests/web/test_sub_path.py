"""Under a path that a proxy adds, whether it takes it off again or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import httpx2
import pytest
from pydantic import ValidationError

from app.settings import Settings
from tests.web.bodies import PROBLEM
from tests.web.serving import client_of, serving

PREFIX = "/user/a%40b/proxy/8000"


@pytest.fixture(scope="module")
def placed() -> Iterator[httpx2.Client]:
    """A client of a server that was told its path."""
    with serving(root_path=f"{PREFIX}/") as url, client_of(url) as client:
        yield client


def addresses(page: httpx2.Response) -> set[str]:
    """Where a page's links and files are, for a browser."""
    found = re.findall(r'(?:src|href)="([^"#]+)', page.text)
    return {urljoin(str(page.url), each) for each in found}


@pytest.mark.parametrize(
    "path", ["/", "/lab", "/train", "/docs", "/lab/", "/no/such/page", "/a%2Fb"]
)
@pytest.mark.parametrize("prefix", ["", PREFIX])
def test_every_address_of_a_page_is_below_its_root(
    placed: httpx2.Client, prefix: str, path: str
) -> None:
    page = placed.get(prefix + path, headers={"accept": "text/html"})
    root = str(placed.base_url.join(prefix + "/"))
    assert len(addresses(page)) > 5
    for address in addresses(page):
        assert address.startswith(root), address
        assert placed.get(address).status_code == 200
    imports = re.search(r'{"lit-html": "([^"]+)"', page.text.replace('{"imports": ', ""))
    assert imports is not None
    assert urljoin(str(page.url), imports[1]).startswith(f"{root}static/")


def test_the_path_is_left_on_or_taken_off(placed: httpx2.Client) -> None:
    for prefix in ("", PREFIX):
        assert placed.get(f"{prefix}/api/v1/health").json() == {"status": "alive"}
        problem = placed.get(f"{prefix}/api/v1/nosuch")
        assert problem.headers["content-type"] == PROBLEM
        assert problem.json()["type"] == f"{PREFIX}/docs#unknown-name"
        document = placed.get(f"{prefix}/openapi.json")
        server = document.json()["servers"][0]["url"]
        assert urljoin(str(document.url), server) == str(placed.base_url.join(f"{prefix}/"))
    assert placed.get("/user/a%40b/proxy/80000/api/v1/health").status_code == 404


def test_the_bare_path_leads_to_the_page(placed: httpx2.Client) -> None:
    response = placed.get(f"{PREFIX}?a=b")
    assert response.status_code == 307
    assert urljoin(str(response.url), response.headers["location"]).endswith(f"{PREFIX}/?a=b")
    assert response.headers["x-content-type-options"] == "nosniff"


def test_a_trusted_proxy_names_the_path(client: httpx2.Client) -> None:
    headers = {"x-forwarded-prefix": "/tools/", "x-forwarded-for": "203.0.113.7"}
    assert client.get("/tools/api/v1/health", headers=headers).status_code == 200
    problem = client.get("/tools/api/v1/nosuch", headers=headers).json()
    assert problem["type"] == "/tools/docs#unknown-name"
    assert client.get("/tools/api/v1/health").status_code == 404


@pytest.mark.parametrize(
    "prefix", ["//evil.example", "/a/../b", "/.", "tools", '/"><script>', "/a b", "/" + "a" * 300]
)
def test_what_is_no_path_is_not_believed(client: httpx2.Client, prefix: str) -> None:
    response = client.get("/api/v1/nosuch", headers={"x-forwarded-prefix": prefix})
    assert response.json()["type"] == "/docs#unknown-name"


def test_nobody_else_names_a_path() -> None:
    with serving(trusted_proxies=("192.0.2.1",)) as url, client_of(url) as client:
        headers = {"x-forwarded-prefix": "/tools", "x-forwarded-for": "192.0.2.1"}
        assert client.get("/tools/api/v1/health", headers=headers).status_code == 404
    with serving(trusted_proxies="*") as url, client_of(url) as client:
        assert client.get("/tools/api/v1/health", headers=headers).status_code == 200


def test_a_root_path_is_a_path() -> None:
    assert Settings(root_path="/a/b/").root_path == "/a/b"
    assert Settings(root_path="/").root_path == ""
    for wrong in ("a", "/a b", '/"', "//a"):
        with pytest.raises(ValidationError):
            Settings(root_path=wrong)
