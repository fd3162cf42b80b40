"""The one shape of every error: RFC 9457 ``application/problem+json``.

An answer names quantities and what to change. It never holds a traceback, a file path or a
piece of what was sent.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from uuid import uuid4

import orjson
from pydantic import Field
from starlette.responses import Response

from app.web.wire.prefix import current_prefix
from app.web.wire.schemas import Schema

MEDIA_TYPE = "application/problem+json"
ERRORS_LISTED = 20


@dataclass(frozen=True, slots=True)
class Kind:
    """What a status means here: the anchor on the API page, a title and a general sentence."""

    slug: str
    title: str
    sentence: str


KINDS: Mapping[int, Kind] = {
    400: Kind("malformed", "Not parsable", "The request could not be parsed."),
    403: Kind("cross-origin", "Cross-origin", "Only pages of this server may ask for this."),
    404: Kind("unknown-name", "Unknown name", "Nothing is at this address."),
    405: Kind("method", "Wrong method", "This address does not answer to this method."),
    406: Kind("not-acceptable", "Not acceptable", "None of the accepted types can be produced."),
    408: Kind("body-late", "Body not received", "The body did not arrive in time."),
    409: Kind("conflict", "Conflict", "This is in conflict with what is under way."),
    413: Kind("too-large", "Too large", "The request has too many bytes, pixels or cells."),
    415: Kind("media-type", "Unsupported media type", "This kind of body is not read here."),
    421: Kind("wrong-host", "Wrong host", "This server does not answer to this host name."),
    422: Kind("impossible", "Well-formed but impossible", "The request cannot be carried out."),
    429: Kind("too-many", "Too many requests", "Too many requests at once."),
    500: Kind("internal", "Internal error", "Something failed in here; the server's log has it."),
    503: Kind("unavailable", "Unavailable", "This cannot be answered right now."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """One thing that is wrong: a JSON pointer (or ``?name`` of a parameter) and a sentence."""

    pointer: str
    detail: str


class ErrorPlace(Schema):
    """One thing that is wrong, and where."""

    pointer: str = Field(description="A JSON pointer into the body, or ?name of a parameter.")
    detail: str


class ProblemDocument(Schema):
    """RFC 9457, with the places that are wrong and the cap that was passed."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[ErrorPlace] | None = Field(None, max_length=20)
    limit: float | None = None
    requested: float | None = None


@dataclass(eq=False)
class Problem(Exception):
    """A refusal with its status, the sentence that explains it and the places it speaks of."""

    status: int
    detail: str
    errors: Sequence[Place] = ()
    limit: float | None = None
    requested: float | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    instance: str = field(default_factory=lambda: uuid4().urn)

    def document(self) -> dict[str, object]:
        """The members of RFC 9457 and ours."""
        kind = kind_of(self.status)
        document: dict[str, object] = {
            "type": f"{current_prefix.get()}/docs#{kind.slug}",
            "title": kind.title,
            "status": self.status,
            "detail": self.detail,
            "instance": self.instance,
        }
        if self.errors:
            listed = list(self.errors)
            document["errors"] = [{"pointer": e.pointer, "detail": e.detail} for e in listed]
        if self.limit is not None:
            document["limit"] = self.limit
        if self.requested is not None:
            document["requested"] = self.requested
        return document

    def response(self) -> Response:
        """The problem as a response, its headers (``Allow``, ``Retry-After``) kept."""
        body = orjson.dumps(self.document())
        headers = {"cache-control": "no-store", **self.headers}
        return Response(body, self.status, headers=headers, media_type=MEDIA_TYPE)


def kind_of(status: int) -> Kind:
    """The kind of a status; one that is not listed is of the general kind of its hundred."""
    return KINDS.get(status) or KINDS[400 if status < 500 else 500]


def general_problem(status: int, headers: Mapping[str, str] | None = None) -> Problem:
    """The problem of a status that nobody had more to say about."""
    return Problem(status, kind_of(status).sentence, headers=headers or {})


def places_problem(places: Iterable[Place], what: str) -> Problem:
    """A 422 of one or several places; ``what`` is the thing they are in, e.g. "The query"."""
    listed = list(islice(places, ERRORS_LISTED + 1))
    if len(listed) == 1:
        return Problem(422, listed[0].detail, errors=listed)
    if len(listed) > ERRORS_LISTED:
        count = f"more than {ERRORS_LISTED} places; the first {ERRORS_LISTED} are listed"
    else:
        count = f"{len(listed)} places"
    return Problem(422, f"{what} is wrong in {count}.", errors=listed[:ERRORS_LISTED])
