"""An endpoint as a row: what it takes, what it answers, and an example of both.

Routes, the OpenAPI document and the tests are read off the rows; one handler answers all of them.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from inspect import getdoc
from typing import Any, Generic, Literal, TypeVar

from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Scope

from app.mechanics.errors import MechanicsError
from app.settings import Settings
from app.web.services import Services, services_of
from app.web.wire.body import Body, receive_body
from app.web.wire.members import Members, read_members, split_address
from app.web.wire.negotiation import JSON, NPY, SAFETENSORS
from app.web.wire.problems import Place, Problem
from app.web.wire.queries import Query, read_query
from app.web.wire.responses import negotiate, respond_with
from app.web.wire.tensors import Answer

Q_co = TypeVar("Q_co", covariant=True)
B_co = TypeVar("B_co", covariant=True)
Handler = Callable[[Request], Awaitable[Response]]

TENSORS = (JSON, SAFETENSORS, NPY)
POSITION = "position"
WITH_BODY = ("POST", "PUT", "PATCH")
# Together a few milliseconds, which whoever else is waiting does not notice.
SMALL_BODY_BYTES = 100_000
LITTLE_COST = 5_000_000
UNKNOWN_COST = LITTLE_COST + 1
NOTHING = Query()


class EndpointRoute(APIRoute):
    """A route that FastAPI matches and describes, but whose handler reads the request by itself."""

    @cached_property
    def begin(self) -> str:
        """What every path of it begins with."""
        return self.path_format.partition("{")[0]

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether this is the route of a request: most are told by how its path begins.

        A request asks one route after the other, sixty of them.
        """
        if not scope.get("root_path") and not scope["path"].startswith(self.begin):
            return Match.NONE, {}
        return super().matches(scope)

    def get_route_handler(self) -> Handler:  # type: ignore[override]  # FastAPI wants a coroutine
        """The handler as it is: there are no dependencies to solve."""
        handler: Handler = self.endpoint
        return handler


@dataclass(frozen=True, slots=True)
class Asked(Generic[Q_co, B_co]):
    """What one request asks for: its parameters, its body, and the names in its path."""

    query: Q_co
    body: B_co
    names: Mapping[str, str]
    media_type: str
    services: Services
    headers: Mapping[str, str]

    @property
    def settings(self) -> Settings:
        """The settings of the server."""
        return self.services.settings


@dataclass(frozen=True, slots=True)
class Work:
    """An answer that is still to be computed.

    Args:
        cost: in multiply-accumulates, or what takes as long.
    """

    cost: int
    compute: Callable[[], Answer]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One endpoint of the API.

    Args:
        path: below ``/api/v1``, names in braces.
        answer: computes the answer, in a worker. Its name is the operation's, its first paragraph
            what the document says of it.
        schema: the type of the answer in JSON; a function that gives it, where that needs torch,
            which takes seconds to import.
        query: the parameters it takes.
        body: the type of its body of members.
        image: whether a picture is its body.
        takes_file: the media type of a body that is handed on as it is, instead of members.
        example: a value of each parameter of the example; ``body_example``: its body.
        offers: the media types of the answer, the usual one first.
        is_instant: answered without a worker, since it only tells what is known.
        status: of an answer that is none of a problem.
        tells_cost: begun without a worker where its body is small, and ended so where it says that
            little is left to do.
    """

    method: str
    path: str
    answer: Callable[[Any], Answer | Work | Response]
    schema: type[BaseModel] | Callable[[], type[BaseModel]]
    query: type[Query] = Query
    body: type[Members] | None = None
    image: Literal["required", "optional"] | None = None
    takes_file: str | None = None
    example: Mapping[str, Any] = field(default_factory=dict)
    body_example: Mapping[str, Any] = field(default_factory=dict)
    offers: tuple[str, ...] = (JSON,)
    is_instant: bool = False
    status: int = 200
    tells_cost: bool = False

    @property
    def name(self) -> str:
        """The name of the operation."""
        return self.answer.__name__

    @property
    def route_path(self) -> str:
        """The path as the router takes it: a layer's name may have slashes in it."""
        return self.path.replace("{layer}", "{layer:path}")

    @property
    def tag(self) -> str:
        """The folder or module of ``app.web.api`` that it is in."""
        return self.answer.__module__.removeprefix("app.web.api.").partition(".")[0]

    @property
    def description(self) -> str:
        """What it answers, in a paragraph."""
        return (getdoc(self.answer) or "").partition("\n\n")[0]

    @property
    def answer_type(self) -> type[BaseModel]:
        """The type of the answer in JSON."""
        return self.schema if isinstance(self.schema, type) else self.schema()

    def handler(self) -> Handler:
        """What the router calls; it has the operation's name, since requests are counted by it."""

        async def handle(request: Request) -> Response:
            return await self._respond(request)

        handle.__name__ = self.name
        return handle

    async def _respond(self, request: Request) -> Response:
        """The response to one request: read strictly, computed in a worker, sent as asked."""
        services = services_of(request)
        settings = services.settings
        media_type = negotiate(request, self.offers)
        content = await receive_body(request) if self.method in WITH_BODY else Body()
        query, beside = self._read_address(request, content)

        def begin() -> Answer | Work | Response:
            model = None if self._is_file(content) else self.body
            body = read_members(content, beside, model, settings) if model else content
            names, headers = request.path_params, request.headers
            return self.answer(Asked(query, body, names, media_type, services, headers))

        def end(begun: Answer | Work | Response) -> Response:
            answer = begun.compute() if isinstance(begun, Work) else begun
            if isinstance(answer, Response):
                return answer
            most = settings.max_output_values_json
            return respond_with(request, media_type, answer, most, self.status)

        try:
            if self.is_instant:
                return end(begin())
            if self._may_begin(content, services):
                begun = begin()
                if not isinstance(begun, Work) or begun.cost <= LITTLE_COST:
                    return end(begun)
                return await services.workers.run(request.receive, end, begun)
            return await services.workers.run(request.receive, lambda: end(begin()))
        except MechanicsError as error:
            raise self._refusal(error) from None

    def _is_file(self, content: Body) -> bool:
        """Whether a body is handed on as it is."""
        return self.takes_file is not None and content.media_type == self.takes_file

    def _may_begin(self, content: Body, services: Services) -> bool:
        """Whether a request may be looked at on the event loop: one a turn, and a small one.

        Waking a worker, and being woken by it, takes as long as a small answer itself.
        """
        is_small = self.tells_cost and len(content.content) <= SMALL_BODY_BYTES
        return is_small and services.loading.is_ready and services.workers.take_turn()

    def _read_address(self, request: Request, content: Body) -> tuple[Query, dict[str, str]]:
        """The parameters, and those members of the body that stand beside an array."""
        if self.body is not None and content.media_type == NPY:
            beside, own = split_address(request.scope["query_string"])
            return self.query.model_validate(own), beside
        return read_query(request, self.query) if self.query is not Query else NOTHING, {}

    def _refusal(self, error: MechanicsError) -> Problem:
        """What the mechanics refuse, at the parameter or the member to change."""
        name, pointer = error.field, "#"
        if name in self.query.model_fields:
            pointer = f"?{name}"
        elif name is not None and self.body is not None:
            place = self.body.model_fields.get(POSITION)
            is_in_place = place is not None and name in type(place.default).model_fields
            pointer = f"#/{POSITION}/{name}" if is_in_place else f"#/{name}"
        return Problem(422, str(error), errors=[Place(pointer, str(error))])
