"""A route that looks at how a path begins is the route of the same requests."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.routing import Match

from app.settings import Settings
from app.web.application import ENDPOINTS, create_app
from app.web.endpoint import EndpointRoute

PATHS = [
    *{"/api/v1" + endpoint.path for endpoint in ENDPOINTS},
    *{"/api/v1" + re.sub(r"{\w+}", "x", endpoint.path) for endpoint in ENDPOINTS},
    "/", "/api/v1", "/api/v1/health/", "/api/v1/networks/", "/under/api/v1/health",
]  # fmt: skip


def test_the_name_of_a_layer_may_have_slashes() -> None:
    routes = [each for each in create_app(Settings()).routes if isinstance(each, EndpointRoute)]
    for what in ("weights", "patches"):
        path = f"/api/v1/networks/own/layers/head/fc/{what}"
        scope: dict[str, Any] = {"type": "http", "path": path, "method": "GET"}
        matches = [each.matches(dict(scope)) for each in routes]
        (found,) = (scope for match, scope in matches if match is Match.FULL)
        assert found["path_params"] == {"name": "own", "layer": "head/fc"}


@pytest.mark.parametrize("root_path", ["", "/under"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_it_is_the_route_of_the_same_requests(root_path: str, method: str) -> None:
    routes = [each for each in create_app(Settings()).routes if isinstance(each, EndpointRoute)]
    found = 0
    for path in PATHS:
        scope: dict[str, Any] = {"type": "http", "path": path, "method": method}
        scope["root_path"] = root_path
        for route in routes:
            matched = route.matches(dict(scope))
            assert matched == APIRoute.matches(route, dict(scope))
            found += matched[0] is not Match.NONE
    assert found
