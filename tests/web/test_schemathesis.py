"""Every operation against what the document says of it, with requests nobody would think of."""

from __future__ import annotations

from typing import Any

import hypothesis
import numpy as np
import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.settings import Settings
from app.web.application import create_app
from app.web.openapi.document import make_document
from app.web.wire.picture import IMAGE_TYPES
from tests.web.bodies import NPY, npy

SCHEMA = schemathesis.openapi.from_dict(make_document(create_app(Settings())))
EXAMPLES = 15
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@schemathesis.serializer(NPY, "application/zip", *IMAGE_TYPES)
def as_bytes(context: schemathesis.SerializationContext, value: object) -> bytes:
    """Arbitrary bytes as they are or, for every second length, as the values of an array."""
    content = bytes(value) if isinstance(value, bytes | bytearray) else str(value).encode()
    return npy(np.frombuffer(content, np.uint8)[None]) if len(content) % 2 else content


@pytest.fixture
def server(url: str) -> str:
    """The address that requests are sent to."""
    return url


@SCHEMA.parametrize()
@hypothesis.seed(20_241)
@hypothesis.settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)
def test_no_request_is_our_failure(case: schemathesis.Case[Any], server: str) -> None:
    # What is asked may be a second's work, and other tests share the cores.
    case.call_and_validate(base_url=server, checks=CHECKS, timeout=60)
