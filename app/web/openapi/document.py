"""The OpenAPI document: FastAPI's paths, completed by the table of operations."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from app.web.openapi import examples
from app.web.openapi.operations import OPERATIONS
from app.web.openapi.row import Operation
from app.web.openapi.schemas import ProblemDocument
from app.web.wire.negotiation import JSON, NPY, SAFETENSORS
from app.web.wire.picture_body import IMAGE_TYPES, MULTIPART
from app.web.wire.problems import MEDIA_TYPE as PROBLEM
from app.web.wire.queries import Query

Json = dict[str, Any]

REFERENCE = "#/components/schemas/{model}"
BINARY: Json = {"type": "string", "format": "binary"}
TAGS = {
    "operations": "One operation at a time: convolution, transposed convolution, pooling, sweeps.",
    "networks": "Convolutional networks: their layers, and every value in them.",
    "images": "What becomes of an image on its way into a network.",
    "samples": "The images that ship with the program.",
    "about": "The server itself.",
}
NOUNS_OF_OPERATIONS = ("conv2d", "conv_transpose2d", "pool2d", "sweep", "kernels")


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
    for path, methods in document["paths"].items():
        for entry in methods.values():
            noun = path.removeprefix("/api/v1/").partition("/")[0]
            tag = "operations" if noun in NOUNS_OF_OPERATIONS else noun
            entry["tags"] = [tag if tag in TAGS else "about"]
            _complete(path, entry, OPERATIONS[entry["operationId"]])
    document["components"] = {"schemas": _schemas()}
    return document


def _complete(path: str, entry: Json, operation: Operation) -> None:
    """Adds to FastAPI's entry what the table has of the operation."""
    entry["parameters"] = [*_path_parameters(path), *_query_parameters(operation.query)]
    for parameter in entry["parameters"]:
        if parameter["name"] in operation.example:
            parameter["example"] = operation.example[parameter["name"]]
    if operation.takes_image:
        entry["requestBody"] = _image_body(is_required=not operation.is_image_optional)
    if operation.body is not None:
        entry["requestBody"] = _operation_body(operation.body.__name__, operation.body_example)
    entry["responses"] = {
        "200": {"description": _sentence(operation), "content": _answers(operation)},
        "default": {
            "description": "A problem, by RFC 9457.",
            "content": {PROBLEM: {"schema": _reference(ProblemDocument.__name__)}},
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


def _operation_body(name: str, example: Mapping[str, Any]) -> Json:
    """An operation in JSON, or its input alone with the rest as query parameters."""
    beside = (
        "In application/x-npy the input alone; the other members are then query parameters, each "
        "written as in JSON, and kernel names the weight."
    )
    content = {JSON: {"schema": _reference(name), "example": example}, NPY: {"schema": BINARY}}
    return {"required": True, "description": beside, "content": content}


def _answers(operation: Operation) -> Json:
    """The media types of an answer."""
    if operation.is_text:
        return {"text/plain": {"schema": {"type": "string"}}}
    content: Json = {JSON: {"schema": _reference(operation.answer.__name__)}}
    if operation.gives_tensors:
        content[SAFETENSORS] = {"schema": BINARY}
    if operation.gives_tensors and operation.has_main_tensor:
        content[NPY] = {"schema": BINARY}
    return content


def _sentence(operation: Operation) -> str:
    """What an answer is, from its type's own docstring."""
    return (operation.answer.__doc__ or "").strip().splitlines()[0]


def _reference(name: str) -> Mapping[str, str]:
    """A reference to a schema of the document."""
    return {"$ref": REFERENCE.format(model=name)}


def _schemas() -> Json:
    """The schemas of all answers, under their names."""
    models = {operation.answer for operation in OPERATIONS.values()} | {ProblemDocument}
    bodies = {each.body for each in OPERATIONS.values() if each.body is not None}
    modes = [*((model, "serialization") for model in models), *((b, "validation") for b in bodies)]
    named = sorted(modes, key=lambda mode: mode[0].__name__)
    _, schema = models_json_schema(named, ref_template=REFERENCE)  # type: ignore[arg-type]  # the mode is a literal that the comprehension widens
    definitions: Json = schema["$defs"]
    return definitions
