"""What the server says about itself, and about the images it ships."""

from __future__ import annotations

import io
from concurrent.futures import Future

import httpx2
import numpy as np
import pytest
import torch
from safetensors.numpy import load

from app import __version__
from app.imaging import samples
from app.networks.registry import ARCHITECTURES
from app.settings import Settings
from app.web.application import create_app
from app.web.services import Services
from tests.web.bodies import NPY, SAFETENSORS, digit
from tests.web.serving import client_of, serving_app
from tests.web.test_errors import check_problem


def test_health_and_readiness(client: httpx2.Client) -> None:
    assert client.get("/api/v1/health").json() == {"status": "alive"}
    answer = client.get("/api/v1/ready").json()
    networks = {
        name: "ready" if each.published is None else "downloadable"
        for name, each in ARCHITECTURES.items()
    }
    assert answer == {"status": "ready", "networks": networks}


def test_versions(client: httpx2.Client) -> None:
    answer = client.get("/api/v1/version").json()
    assert answer["convoscope"] == __version__
    assert answer["torch"] == torch.__version__


def test_limits_are_the_settings(client: httpx2.Client) -> None:
    answer = client.get("/api/v1/limits").json()
    assert answer == Settings().limits()
    assert answer["max_json_bytes"] == 2_000_000
    assert answer["max_output_values_json"] == 250_000


def test_the_device(client: httpx2.Client) -> None:
    answer = client.get("/api/v1/device").json()
    assert answer["requested"] == "auto"
    assert answer["type"] in answer["available"]
    assert answer["threads"] == 1


def test_metrics_count_what_was_answered(client: httpx2.Client) -> None:
    def count(status: int) -> float:
        wanted = f'convoscope_requests_total{{method="GET",operation="sample",status="{status}"}} '
        lines = client.get("/api/v1/metrics").text.splitlines()
        return sum(float(line.removeprefix(wanted)) for line in lines if line.startswith(wanted))

    before = count(200), count(404)
    client.get("/api/v1/samples/digit-0-0")
    client.get("/api/v1/samples/nosuch")
    assert (count(200), count(404)) == (before[0] + 1, before[1] + 1)
    response = client.get("/api/v1/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=")
    assert "convoscope_jobs 0" in response.text


def test_samples_are_listed_and_given(client: httpx2.Client) -> None:
    rows = client.get("/api/v1/samples").json()
    digits = [row for row in rows if row["kind"] == "digit"]
    assert {row["label"] for row in digits} == set(range(10))
    assert all(row["label"] is None for row in rows if row["kind"] == "pattern")
    for row in rows:
        path = f"/api/v1/samples/{row['name']}"
        if row["kind"] == "photograph":
            # Far more values than JSON takes: in binary all of them.
            check_problem(client.get(path), 422)
            image = np.load(io.BytesIO(client.get(path, headers={"accept": NPY}).content))
            np.testing.assert_array_equal(image, samples.get_sample(row["name"]).image)
            continue
        answer = client.get(path).json()
        assert {key: answer[key] for key in row} == row
        assert answer["image"]["shape"] == [1, 28, 28]
    one = client.get("/api/v1/samples/digit-7-0", headers={"accept": NPY})
    np.testing.assert_array_equal(np.load(io.BytesIO(one.content)), digit())


def test_several_samples_come_in_one_answer(client: httpx2.Client) -> None:
    path, names = "/api/v1/samples/pictures", ["digit-7-0", "cat", "clothes-0-0"]
    asked = {"names": ",".join([*names, "cat"]), "side": "40", "dtype": "uint8"}
    answer = client.get(path, params=asked, headers={"accept": SAFETENSORS})
    tensors = load(answer.content)
    assert set(tensors) == set(names)
    rows = client.get(path, params=asked).json()["samples"]
    assert [row["name"] for row in rows] == names
    for row in rows:
        alone = client.get(
            f"/api/v1/samples/{row['name']}", params={"side": "40", "dtype": "uint8"}
        )
        assert row == alone.json()
        np.testing.assert_array_equal(tensors[row["name"]], row["image"]["data"])
    for wrong in ("nosuch", "digit-7-0,nosuch", "digit-7-0,", ","):
        check_problem(client.get(path, params={"names": wrong}), 404)
    for query in ({}, {"names": ""}, {"names": "digit-7-0", "side": "0"}):
        check_problem(client.get(path, params=query), 422)
    # Of whole photographs JSON takes none; in binary there are all of them.
    check_problem(client.get(path, params={"names": "cat"}), 422)
    whole = client.get(path, params={"names": "cat"}, headers={"accept": SAFETENSORS})
    np.testing.assert_array_equal(load(whole.content)["cat"], samples.get_sample("cat").image)


def test_until_the_networks_are_loaded_the_server_says_so() -> None:
    app = create_app(Settings(port=0))
    services: Services = app.state.services
    with serving_app(app) as url, client_of(url) as client:
        loaded = services.loading.future
        services.loading.future = Future()
        for path in ("/api/v1/ready", "/api/v1/networks", "/api/v1/networks/mycnn"):
            response = client.get(path)
            check_problem(response, 503)
            assert response.headers["retry-after"] == "1"
        assert client.get("/api/v1/health").status_code == 200
        assert client.get("/").status_code == 200
        services.loading.future = loaded
        assert client.get("/api/v1/ready").status_code == 200


def test_a_loading_that_failed_is_not_ready() -> None:
    app = create_app(Settings(port=0))
    services: Services = app.state.services
    with serving_app(app) as url, client_of(url) as client:
        failed: Future[object] = Future()
        failed.set_exception(RuntimeError("secret"))
        services.loading.future = failed  # type: ignore[assignment] # a future of nothing in particular
        assert "secret" not in check_problem(client.get("/api/v1/ready"), 503)["detail"]


@pytest.mark.parametrize("setting", ["docs_url", "redoc_url", "openapi_url"])
def test_the_frameworks_own_pages_are_off(setting: str) -> None:
    assert getattr(create_app(Settings()), setting) is None
