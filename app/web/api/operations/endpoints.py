"""The operations, one at a time: convolution, transposed convolution, pooling, sweeps, kernels."""

from collections.abc import Callable
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response

from app.settings import Settings
from app.web.api.operations import bodies
from app.web.api.operations.bodies import B, read_operation
from app.web.services import services_of
from app.web.wire.encodings import to_json
from app.web.wire.negotiation import NPY
from app.web.wire.picture_body import receive_body
from app.web.wire.problems import Problem
from app.web.wire.queries import TensorQuery, read_query
from app.web.wire.responses import negotiate, respond, respond_with
from app.web.wire.tensors import Answer, DType

# What answers an operation; looked up in a worker, since torch takes seconds to import.
Answering: TypeAlias = Callable[[B, Settings, DType | None], Answer]
TRAVEL_ONLY: dict[str, DType] = {"float16": "float16", "uint8": "uint8"}


async def conv2d(request: Request) -> Response:
    """A convolution: its output, and where its size, parameters and cost come from."""

    def answering() -> Answering[bodies.Conv2dBody]:
        from app.web.api.operations import convolution

        return convolution.outputs

    return await _answer(request, bodies.Conv2dBody, answering)


async def conv2d_trace(request: Request) -> Response:
    """What one value of a convolution is made of, down to every product."""

    def answering() -> Answering[bodies.Conv2dTraceBody]:
        from app.web.api.operations import convolution

        return convolution.trace

    return await _answer(request, bodies.Conv2dTraceBody, answering)


async def conv2d_gradients(request: Request) -> Response:
    """The gradients of a convolution by its input, its weight and its bias."""

    def answering() -> Answering[bodies.Conv2dGradientsBody]:
        from app.web.api.operations import convolution

        return convolution.gradients

    return await _answer(request, bodies.Conv2dGradientsBody, answering)


async def conv_transpose2d(request: Request) -> Response:
    """A transposed convolution: its output, and where its size and cost come from."""

    def answering() -> Answering[bodies.ConvTranspose2dBody]:
        from app.web.api.operations import transposed

        return transposed.outputs

    return await _answer(request, bodies.ConvTranspose2dBody, answering)


async def conv_transpose2d_trace(request: Request) -> Response:
    """What an output value gathers, or where an input value is scattered to."""

    def answering() -> Answering[bodies.ConvTranspose2dTraceBody]:
        from app.web.api.operations import transposed

        return transposed.trace

    return await _answer(request, bodies.ConvTranspose2dTraceBody, answering)


async def pool2d(request: Request) -> Response:
    """A pooling of any kind: its output, and for the max kinds where each value came from."""

    def answering() -> Answering[bodies.Pool2dBody]:
        from app.web.api.operations import pooling

        return pooling.outputs

    return await _answer(request, bodies.Pool2dBody, answering)


async def pool2d_trace(request: Request) -> Response:
    """What one pooled value is made of."""

    def answering() -> Answering[bodies.Pool2dTraceBody]:
        from app.web.api.operations import pooling

        return pooling.trace

    return await _answer(request, bodies.Pool2dTraceBody, answering)


async def sweep(request: Request) -> Response:
    """One operation under every combination of settings, impossible ones with their reason."""

    def answering() -> Answering[bodies.SweepBody]:
        from app.web.api.operations import sweep

        return sweep.sweep

    return await _answer(request, bodies.SweepBody, answering)


async def list_kernels(request: Request) -> Response:
    """Every kernel that has a name, with its weights and what it does."""
    services = services_of(request)

    def compute() -> Response:
        from app.web.api.operations import kernels

        body = to_json(kernels.rows(), services.settings.max_output_values_json)
        return respond(request, body)

    return await services.workers.run(request.receive, compute)


async def _answer(
    request: Request, model: type[B], answering: Callable[[], Answering[B]]
) -> Response:
    """The response of one operation, all of it read and computed in a worker."""
    services = services_of(request)
    settings = services.settings
    media_type = negotiate(request)
    body = await receive_body(request)
    beside: dict[str, str] = {}
    if body.media_type == NPY:
        beside, dtype = _beside_an_array(request)
    else:
        dtype = read_query(request, TensorQuery).dtype

    def compute() -> Response:
        operation = read_operation(body, beside, model, settings)
        return respond_with(request, media_type, answering()(operation, settings, dtype))

    return await services.workers.run(request.receive, compute)


def _beside_an_array(request: Request) -> tuple[dict[str, str], DType | None]:
    """The settings in the address of an ``.npy`` body, and the type the answer travels in.

    A ``dtype`` that no operation computes in is that of the answer alone.
    """
    pairs = request.query_params.multi_items()
    beside = dict(pairs)
    if len(beside) < len(pairs):
        raise Problem(422, "A query parameter is given twice; each has one value.")
    dtype = TRAVEL_ONLY.get(beside.get("dtype", ""))
    if dtype is not None:
        del beside["dtype"]
    return beside, dtype
