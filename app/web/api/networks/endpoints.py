"""The networks: their outlines, weights, activations, traces and receptive fields."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import orjson
from starlette.requests import Request
from starlette.responses import Response

from app.web.api.networks import answers
from app.web.api.networks.questions import Question
from app.web.services import services_of
from app.web.wire.picture_body import receive_body
from app.web.wire.queries import ForwardQuery, PositionQuery, Query, WeightsQuery, read_query
from app.web.wire.responses import negotiate, respond, respond_with
from app.web.wire.tensors import Answer

Q = TypeVar("Q", bound=Query)


async def list_networks(request: Request) -> Response:
    """Every network, one row each, whether its weights are there or not."""
    library = services_of(request).loading.loaded().library
    return respond(request, orjson.dumps(library.summaries()))


async def outline(request: Request) -> Response:
    """The layers of a network in the order data flows: settings, shapes, formulas and costs."""
    network = services_of(request).loading.network(request.path_params["name"])
    document = {**network.summary, **network.outline.as_dict(), "card": network.card}
    return respond(request, orjson.dumps(document))


async def weights(request: Request) -> Response:
    """The weight and the bias of one layer."""
    answer = partial(answers.weights, layer=request.path_params["layer"])
    return await _answer(request, WeightsQuery, answer)


async def forward(request: Request) -> Response:
    """What a network makes of an image: the prediction, and the activation of every layer."""
    return await _answer(request, ForwardQuery, answers.forward)


async def trace(request: Request) -> Response:
    """What one value of one layer is made of, down to every product."""
    return await _answer(request, PositionQuery, answers.trace)


async def receptive_field(request: Request) -> Response:
    """The part of the input that one value sees, and how much each pixel of it matters."""
    return await _answer(request, PositionQuery, answers.receptive_field)


async def _answer(
    request: Request, model: type[Q], answer: Callable[[Question[Q]], Answer]
) -> Response:
    """The response of a computation on one network, all of it done in a worker."""
    services = services_of(request)
    media_type = negotiate(request)
    query = read_query(request, model)
    network = services.loading.network(request.path_params["name"])
    body = await receive_body(request)
    question = Question(network, query, body, services.settings, media_type)

    def compute() -> Response:
        return respond_with(request, media_type, answer(question))

    return await services.workers.run(request.receive, compute)
