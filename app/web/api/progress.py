"""How far a request is that takes longer than a moment."""

from typing import Any

from app.web.endpoint import Asked, Endpoint
from app.web.wire.schemas import Index, Schema
from app.web.wire.tensors import Answer


class ProgressAnswer(Schema):
    """Steps done of all steps; both are null before the first step and after the last."""

    ticket: str
    done: Index | None
    of: Index | None


def progress(asked: Asked[Any, Any]) -> Answer:
    """How far the request is that was given this ticket: how many of its steps are done."""
    ticket = asked.names["ticket"]
    steps = asked.services.progress.steps(ticket)
    done, of = (None, None) if steps is None else (steps.done, steps.of)
    return Answer({"ticket": ticket, "done": done, "of": of})


ENDPOINTS = (
    Endpoint(
        "GET",
        "/progress/{ticket}",
        progress,
        ProgressAnswer,
        example={"ticket": "2f1c7a"},
        is_instant=True,
    ),
)
