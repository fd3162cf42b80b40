"""The OpenAPI document: every operation in it, every example of it, every answer as it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx2
import jsonschema_rs
import numpy as np
import pytest

from app.settings import Settings
from app.training.runs.supervisor import Supervisor
from app.web.api.datasets.example_archive import EXAMPLE
from app.web.application import ENDPOINTS, create_app
from app.web.openapi import examples
from app.web.openapi.document import make_document
from app.web.wire.problems import MEDIA_TYPE as PROBLEM
from tests.web.bodies import JSON, NPY, SAFETENSORS, npy
from tests.web.kept_moment import keep_moment, tell_epochs

DOCUMENT = make_document(create_app(Settings()))


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and entry of every operation."""
    for path, methods in DOCUMENT["paths"].items():
        for method, entry in methods.items():
            yield method.upper(), path, entry


ENTRIES = list(operations())
NAMES = [entry["operationId"] for _, _, entry in ENTRIES]


def example_request(method: str, path: str, entry: dict[str, Any]) -> dict[str, Any]:
    """The example of an operation, as a request."""
    query = {}
    for parameter in entry["parameters"]:
        if "example" not in parameter:
            assert not parameter["required"], parameter
        elif parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(parameter["example"]))
        else:
            query[parameter["name"]] = parameter["example"]
    request: dict[str, Any] = {"method": method, "url": path, "params": query}
    if "requestBody" in entry:
        request["json"] = entry["requestBody"]["content"][JSON]["example"]
    return request


def check_schema(answer: Any, schema: dict[str, Any]) -> None:
    """Holds an answer to a schema of the document."""
    whole = {**schema, "components": DOCUMENT["components"]}
    jsonschema_rs.validator_for(whole).validate(answer)


def test_every_row_is_in_the_document() -> None:
    rows = {(row.method, f"/api/v1{row.path}", row.name) for row in ENDPOINTS}
    assert {(method, path, entry["operationId"]) for method, path, entry in ENTRIES} == rows
    assert len(rows) == len(ENDPOINTS)
    assert all(entry["description"] and entry["tags"] for _, _, entry in ENTRIES)


def test_every_row_has_an_example_of_what_it_needs() -> None:
    for row in ENDPOINTS:
        assert bool(row.body_example) == (row.body is not None), row.name
        assert row.body is None or row.image is None, row.name


def test_the_document_is_served(client: httpx2.Client) -> None:
    response = client.get("/openapi.json")
    assert response.headers["content-type"] == JSON
    assert response.headers["content-encoding"] == "gzip"
    assert response.json() == DOCUMENT


# What the newest run is before the example is asked for; any other finds one that is finished.
RUN_STATES = {"pause_run": "queued", "resume_run": "paused"}


@pytest.fixture
def latest_run(supervisor: Supervisor, entry: dict[str, Any]) -> Iterator[None]:
    """A run in the state that the example needs, and room for another."""
    store, full = supervisor.store, supervisor.plan
    run = store.create(store.runs()[-1].recipe)
    keep_moment(store, run)
    tell_epochs(store, run, [0.5], [0.01])
    store.set_state(run.id, RUN_STATES.get(entry["operationId"], "finished"))
    supervisor.plan = replace(full, max_runs_bytes=10**9)
    yield
    supervisor.plan = full
    for each in store.runs()[:-1]:
        supervisor.delete(each.id)


@pytest.fixture
def own_set(client: httpx2.Client) -> Iterator[None]:
    """The data set of the user's own that the examples name."""
    sets = "/api/v1/datasets"
    made = client.post(f"{sets}/import", json={"npz": EXAMPLE}).json()["name"]
    client.put(f"{sets}/{made}", json={"title": "Example"})
    exported = client.get(f"{sets}/{made}.npz").content
    client.post(f"{sets}/import", content=exported, headers={"content-type": "application/zip"})
    yield
    for card in client.get(sets).json():
        if card["own"]:
            client.delete(f"{sets}/{card['name']}")


@pytest.mark.usefixtures("latest_run", "own_set")
@pytest.mark.parametrize(("method", "path", "entry"), ENTRIES, ids=NAMES)
def test_every_example_is_answered_as_the_document_says(
    client: httpx2.Client, method: str, path: str, entry: dict[str, Any]
) -> None:
    request = example_request(method, path, entry)
    response = client.request(**request)
    (status,) = entry["responses"].keys() - {"default"}
    assert response.status_code == int(status), response.text
    content = entry["responses"][status]["content"]
    media_type = response.headers["content-type"].partition(";")[0]
    assert media_type in content
    if media_type == JSON:
        check_schema(response.json(), content[JSON]["schema"])
    for binary in {SAFETENSORS, NPY} & content.keys():
        answer = client.request(**request, headers={"accept": binary})
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == binary


@pytest.mark.parametrize(
    ("layer", "channel"),
    [("conv1", 0), ("relu1", 0), ("pool1", 0), ("flatten", 9), ("fc2", 1), ("softmax", 1)],
)
def test_a_trace_of_every_kind_is_as_the_document_says(
    client: httpx2.Client, layer: str, channel: int
) -> None:
    path = "/api/v1/networks/mycnn/trace"
    query: dict[str, str | int] = {"layer": layer, "channel": channel}
    response = client.post(path, params=query, json=examples.json_body())
    check_schema(response.json(), {"$ref": "#/components/schemas/TraceAnswer"})


def test_activations_and_bytes_are_as_the_document_says(client: httpx2.Client) -> None:
    path = "/api/v1/networks/mycnn/forward"
    query = {"activations": "true", "dtype": "uint8", "input": "false"}
    answer = client.post(path, params=query, json=examples.json_body()).json()
    check_schema(answer, {"$ref": "#/components/schemas/ForwardAnswer"})
    assert answer["layers"][0]["scale"]
    assert answer["input"] is None


def test_an_answer_with_another_member_would_not_pass() -> None:
    wrong = {"status": "alive", "more": 1}
    with pytest.raises(jsonschema_rs.ValidationError):
        check_schema(wrong, {"$ref": "#/components/schemas/Health"})


def test_the_pictures_of_the_examples_are_one() -> None:
    expected = npy(np.array(examples.pixels(), np.uint8) * 255)
    assert examples.npy_body() == expected


def test_errors_are_of_the_one_type_everywhere() -> None:
    for _, _, entry in ENTRIES:
        schema = entry["responses"]["default"]["content"][PROBLEM]["schema"]
        assert schema == {"$ref": "#/components/schemas/ProblemDocument"}
