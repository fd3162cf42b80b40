"""The OpenAPI document: FastAPI's paths, completed by the rows of the endpoints."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from app.web.endpoint import Endpoint
from app.web.openapi import examples
from app.web.wire.members import ARRAY_MEMBER
from app.web.wire.negotiation import JSON, NPY, TEXT
from app.web.wire.picture import IMAGE_TYPES, MULTIPART
from app.web.wire.problems import MEDIA_TYPE as PROBLEM
from app.web.wire.problems import ProblemDocument
from app.web.wire.queries import Query

Json = dict[str, Any]

REFERENCE = "#/components/schemas/{model}"
BINARY: Json = {"type": "string", "format": "binary"}
TAGS = {
    "operations": "One operation at a time: convolution, transposed convolution, pooling, sweeps.",
    "networks": "Convolutional networks: their layers, and every value in them.",
    "images": "What becomes of an image on its way into a network.",
    "datasets": "What networks learn from: what ships, what can be fetched, pictures of one's own.",
    "runs": "Training runs: begun, watched, paused, taken up again.",
    "experiments": "Short runs that differ in one thing, and what their numbers say.",
    "samples": "The images that ship with the program.",
    "about": "The server itself.",
}


def as_json(app: FastAPI) -> bytes:
    """The document of an application."""
    return orjson.dumps(make_document(app))


def make_document(app: FastAPI) -> Json:
    """The document of an application, as plain values."""
    document: Json = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        routes=app.routes,
        tags=[{"name": name, "description": text} for name, text in TAGS.items()],
    )
    endpoints = {endpoint.name: endpoint for endpoint in app.state.endpoints}
    for path, methods in document["paths"].items():
        for entry in methods.values():
            _complete(path, entry, endpoints[entry["operationId"]])
    document["servers"] = [{"url": "./", "description": "Where this document is."}]
    document["components"] = {"schemas": _schemas(endpoints.values())}
    return document


def _complete(path: str, entry: Json, endpoint: Endpoint) -> None:
    """Adds to FastAPI's entry what the row has of the endpoint."""
    entry["tags"] = [endpoint.tag]
    entry["parameters"] = [*_path_parameters(path), *_query_parameters(endpoint.query)]
    for parameter in entry["parameters"]:
        if parameter["name"] in endpoint.example:
            parameter["example"] = endpoint.example[parameter["name"]]
    if endpoint.image is not None:
        entry["requestBody"] = _image_body(is_required=endpoint.image == "required")
    if endpoint.body is not None:
        entry["requestBody"] = _operation_body(endpoint.body, endpoint.body_example)
    if endpoint.takes_file is not None:
        entry["requestBody"]["content"][endpoint.takes_file] = {"schema": BINARY}
    answer = endpoint.answer_type
    entry["responses"] = {
        str(endpoint.status): {
            "description": _sentence(answer),
            "content": _answers(answer, endpoint.offers),
        },
        "default": {
            "description": "A problem, by RFC 9457.",
            "content": {PROBLEM: {"schema": _reference(ProblemDocument)}},
        },
    }


def _path_parameters(path: str) -> Iterator[Json]:
    """The parts of the address that are names."""
    for name in re.findall(r"{(\w+)}", path):
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _query_parameters(model: type[Query]) -> Iterator[Json]:
    """The fields of a query as parameters."""
    schema = model.model_json_schema(by_alias=True)
    required = schema.get("required", [])
    for name, field in schema["properties"].items() if "properties" in schema else ():
        described = {key: value for key, value in field.items() if key != "title"}
        description = described.pop("description", None)
        parameter = {"name": name, "in": "query", "required": name in required}
        yield {**parameter, "schema": described} | (
            {"description": description} if description else {}
        )


def _image_body(*, is_required: bool) -> Json:
    """The forms in which an image may come."""
    matrix = {"type": "array", "items": {"type": "array", "items": {"type": "number"}}}
    pixels = {
        "type": "object",
        "required": ["pixels"],
        "additionalProperties": False,
        "properties": {"pixels": {**matrix, "description": "Rows of numbers from 0 to 1."}},
    }
    form = {"type": "object", "required": ["file"], "properties": {"file": BINARY}}
    content: Json = {
        JSON: {"schema": pixels, "example": examples.json_body()},
        NPY: {"schema": BINARY},
        MULTIPART: {"schema": form},
        **{media_type: {"schema": BINARY} for media_type in IMAGE_TYPES},
    }
    return {"required": is_required, "content": content}


def _operation_body(model: type[BaseModel], example: Mapping[str, Any]) -> Json:
    """An operation in JSON, or its input alone with the rest as query parameters."""
    beside = (
        "In application/x-npy the input alone; the other members are then query parameters, each "
        "written as in JSON, and kernel names the weight."
    )
    content: Json = {JSON: {"schema": _reference(model), "example": example}}
    if ARRAY_MEMBER not in model.model_fields:
        return {"required": True, "content": content}
    content[NPY] = {"schema": BINARY}
    return {"required": True, "description": beside, "content": content}


def _answers(answer: type[BaseModel], offers: Sequence[str]) -> Json:
    """The media types of an answer."""
    in_json: Json = {"schema": _reference(answer)}
    others = {JSON: in_json, TEXT: {"schema": {"type": "string"}}}
    return {offer: others.get(offer, {"schema": BINARY}) for offer in offers}


def _sentence(answer: type[BaseModel]) -> str:
    """What an answer is, from its type's own docstring."""
    return (answer.__doc__ or "").strip().splitlines()[0]


def _reference(model: type[BaseModel]) -> Mapping[str, str]:
    """A reference to a schema of the document."""
    return {"$ref": REFERENCE.format(model=model.__name__)}


def _schemas(endpoints: Iterable[Endpoint]) -> Json:
    """The schemas of all answers and bodies, under their names."""
    answers = {endpoint.answer_type for endpoint in endpoints} | {ProblemDocument}
    bodies = {endpoint.body for endpoint in endpoints if endpoint.body is not None}
    modes = [*((model, "serialization") for model in answers), *((b, "validation") for b in bodies)]
    named = sorted(modes, key=lambda mode: mode[0].__name__)
    _, schema = models_json_schema(named, ref_template=REFERENCE)  # type: ignore[arg-type]  # the mode is a literal that the comprehension widens
    definitions: Json = schema["$defs"]
    for definition in definitions.values():
        if "properties" in definition:  # a dataclass's has no word on other members
            definition.setdefault("additionalProperties", False)
    return definitions
