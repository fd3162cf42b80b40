"""The document of a forward pass as JSON, without activations, against the bare route."""

from __future__ import annotations

from app.bench.bodies import JSON, digit_body
from app.bench.forward import compare
from app.bench.options import Options
from app.bench.row import Row

NAME = "forward-document"


def measure(options: Options) -> list[Row]:
    """A ready 28×28 digit, answered as JSON."""
    return [
        compare(
            NAME,
            "the same answered as JSON without activations: prediction, logits, input, steps and "
            "each layer's statistics; against a bare route that returns a JSON document as long, "
            "written beforehand",
            digit_body(),
            JSON,
            options,
        )
    ]
