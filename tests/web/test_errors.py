"""Every error has the one shape, and repeats nothing of what was sent."""

from __future__ import annotations

import socket
from typing import Any
from urllib.parse import urlsplit

import httpx2
import orjson
import pytest

from app.settings import Settings
from app.web import application
from app.web.api.about import Health
from app.web.endpoint import Endpoint
from app.web.wire.problems import KINDS, ProblemDocument
from app.web.wire.tensors import Answer
from tests.web.bodies import JSON, NPY, PROBLEM
from tests.web.serving import client_of, serving_app

CANARY = "canary7f3a"
FORWARD = "/api/v1/networks/mycnn/forward"
ALL_MEMBERS = {"type", "title", "status", "detail", "instance", "errors", "limit", "requested"}


def check_problem(response: httpx2.Response, status: int) -> dict[str, Any]:
    """The problem in a response, held to its shape."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    assert response.headers["x-content-type-options"] == "nosniff"
    problem: dict[str, Any] = response.json()
    ProblemDocument.model_validate(problem)
    assert problem.keys() <= ALL_MEMBERS
    assert problem["status"] == status
    assert problem["type"] == f"/docs#{KINDS[status].slug}"
    assert problem["title"] == KINDS[status].title
    assert problem["detail"].endswith(".")
    assert CANARY not in response.text
    assert "Traceback" not in response.text
    assert "/work" not in response.text
    assert ".py" not in response.text
    return problem


REQUESTS: list[tuple[int, str, str, dict[str, Any]]] = [
    (404, "GET", f"/{CANARY}", {}),
    (404, "GET", f"/api/v1/{CANARY}", {}),
    (404, "GET", f"/api/v1/networks/{CANARY}", {}),
    (404, "GET", f"/api/v1/networks/mycnn/layers/{CANARY}/weights", {}),
    (404, "GET", f"/api/v1/samples/{CANARY}", {}),
    (404, "GET", f"/static/0000/{CANARY}.js", {}),
    (404, "GET", "/static/0000/../../pyproject.toml", {}),
    (404, "GET", "/static/0000/%2e%2e/%2e%2e/pyproject.toml", {}),
    (404, "GET", "/api/v1/networks/", {}),
    (405, "GET", FORWARD, {}),
    (405, "DELETE", "/api/v1/networks/mycnn", {}),
    (405, "POST", "/", {}),
    (405, "OPTIONS", FORWARD, {}),
    (405, CANARY.upper(), "/api/v1/health", {}),
    (406, "POST", FORWARD, {"headers": {"accept": f"text/{CANARY}"}, "json": {"pixels": [[0]]}}),
    (406, "GET", "/api/v1/samples/digit-0-0", {"headers": {"accept": "application/json;q=0"}}),
    (
        406,
        "POST",
        "/api/v1/networks/mycnn/trace?layer=relu1",
        {"headers": {"accept": NPY}, "json": {"pixels": [[0, 1], [1, 0]]}},
    ),
    (415, "POST", FORWARD, {"content": CANARY, "headers": {"content-type": "text/plain"}}),
    (415, "POST", FORWARD, {"content": b"x"}),
    (415, "POST", FORWARD, {"content": CANARY, "headers": {"content-type": "image/svg+xml"}}),
    (422, "POST", f"{FORWARD}?{CANARY}=1", {"json": {"pixels": [[0]]}}),
    (422, "POST", f"{FORWARD}?top={CANARY}", {"json": {"pixels": [[0]]}}),
    (422, "POST", f"{FORWARD}?invert={CANARY}", {"json": {"pixels": [[0]]}}),
    (422, "POST", f"{FORWARD}?top=1&top=2", {"json": {"pixels": [[0]]}}),
    (422, "POST", f"{FORWARD}?" + "&".join(f"a{i}=" for i in range(99)), {"json": {}}),
    (404, "POST", f"{FORWARD}?layers={CANARY}", {"json": {"pixels": [[0]]}}),
    (404, "POST", f"/api/v1/networks/mycnn/trace?layer={CANARY}", {"json": {"pixels": [[0]]}}),
    (400, "POST", FORWARD, {"content": b"", "headers": {"content-type": JSON}}),
]


@pytest.mark.parametrize(("status", "method", "path", "options"), REQUESTS)
def test_every_error_has_the_one_shape(
    client: httpx2.Client, status: int, method: str, path: str, options: dict[str, Any]
) -> None:
    check_problem(client.request(method, path, **options), status)


BODIES: list[tuple[int, bytes, str | None]] = [
    (400, b"{", None),
    (400, CANARY.encode(), None),
    (400, b'{"pixels": [[NaN]]}', None),
    (400, b'{"pixels": [[Infinity]]}', None),
    (400, b'{"pixels": [[1e400]]}', None),
    (400, b'{"pixels": [["\\ud800"]]}', None),
    (400, b"\xff\xfe{\x00}\x00", None),
    (400, b'\xef\xbb\xbf{"pixels": [[0]]}', None),
    (400, b"[" * 100_000, None),
    (422, b"[" * 101 + b"]" * 101, None),
    (422, b'{"pixels": [[0]], "pixels": [[1]]}', None),
    (422, b'{"pixels": [[0]], "%s": 1}' % CANARY.encode(), "#"),
    (422, b'{"%s": [[0]]}' % CANARY.encode(), "#"),
    (422, b"null", "#"),
    (422, b'"%s"' % CANARY.encode(), "#"),
    (422, b'{"pixels": null}', "#/pixels"),
    (422, b'{"pixels": []}', "#/pixels"),
    (422, b'{"pixels": [[]]}', "#/pixels/0"),
    (422, b'{"pixels": [0, 1]}', "#/pixels"),
    (422, b'{"pixels": [[[[0]]]]}', "#/pixels"),
    (422, b'{"pixels": [[0, 1], [0]]}', "#/pixels/1"),
    (422, b'{"pixels": [[0, 1], []]}', "#/pixels/1"),
    (422, b'{"pixels": [[0, 1], 2]}', "#/pixels/1"),
    (422, b'{"pixels": [[0, "%s"]]}' % CANARY.encode(), "#/pixels/0/1"),
    (422, b'{"pixels": [[0, "1"]]}', "#/pixels/0/1"),
    (422, b'{"pixels": [[0, true]]}', "#/pixels/0/1"),
    (422, b'{"pixels": [[0, null]]}', "#/pixels/0/1"),
    (422, b'{"pixels": [[[0, 1]], [[0, 1], [1, 0]]]}', "#/pixels/1"),
    (422, b'{"pixels": [[0, 2]]}', None),
    (422, b'{"pixels": [[0, -1]]}', None),
    (422, b'{"pixels": [[0, 123456789012345678901234567890]]}', None),
]


@pytest.mark.parametrize(("status", "body", "pointer"), BODIES)
def test_a_json_body_is_read_strictly(
    client: httpx2.Client, status: int, body: bytes, pointer: str | None
) -> None:
    for path in (FORWARD, "/api/v1/images/prepare"):
        response = client.post(path, content=body, headers={"content-type": JSON})
        problem = check_problem(response, status)
        pointers = [place["pointer"] for place in problem.get("errors", [])]
        assert pointers == ([pointer] if pointer else []), problem


def test_many_wrong_cells_make_a_short_answer(client: httpx2.Client) -> None:
    body = orjson.dumps({"pixels": [["x"] * 300] * 300})
    response = client.post(FORWARD, content=body, headers={"content-type": JSON})
    problem = check_problem(response, 422)
    assert len(problem["errors"]) == 20
    assert len(response.content) < 4_000
    assert "more than 20 places" in problem["detail"]


def test_allow_and_accept_are_kept(client: httpx2.Client) -> None:
    assert client.get(FORWARD).headers["allow"] == "POST"
    accepted = client.post(FORWARD, content=b"x", headers={"content-type": "a/b"}).headers["accept"]
    assert "image/png" in accepted


@pytest.mark.parametrize(
    "sent",
    [
        b"GARBAGE\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 300_000,
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_bytes_that_are_no_request_get_a_problem_too(url: str, sent: bytes) -> None:
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(sent)
        received = b""
        while chunk := connection.recv(65_536):
            received += chunk
    head, _, body = received.partition(b"\r\n\r\n")
    assert head.split(b" ")[1] in {b"400", b"405"}
    assert PROBLEM.encode() in head.lower()
    assert orjson.loads(body)["status"] in {400, 405}


def test_a_crash_says_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(asked: object) -> Answer:
        raise ZeroDivisionError(CANARY)

    row = Endpoint("GET", "/crash", crash, Health)
    monkeypatch.setattr(application, "ENDPOINTS", (row, *application.ENDPOINTS))
    app = application.create_app(Settings(port=0))
    with serving_app(app) as url, client_of(url) as client:
        check_problem(client.get("/api/v1/crash"), 500)
        assert client.get("/api/v1/health").status_code == 200


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


def test_a_browser_at_an_unknown_address_gets_a_page(client: httpx2.Client) -> None:
    response = client.get(f"/{CANARY}", headers={"accept": BROWSER})
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "script-src" in response.headers["content-security-policy"]
    assert "accept" in response.headers["vary"]
    assert "Nothing is at this address" in response.text
    assert CANARY not in response.text


@pytest.mark.parametrize(
    ("method", "path", "accept"),
    [
        ("GET", f"/{CANARY}", "*/*"),
        ("GET", f"/{CANARY}", "application/json, text/html;q=0.5, application/problem+json"),
        ("POST", f"/{CANARY}", BROWSER),
        ("GET", f"/api/v1/{CANARY}", BROWSER),
        ("GET", f"/static/0000/{CANARY}.js", BROWSER),
    ],
)
def test_programs_data_and_files_get_the_problem(
    client: httpx2.Client, method: str, path: str, accept: str
) -> None:
    check_problem(client.request(method, path, headers={"accept": accept}), 404)
