"""The images that ship with the program."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import orjson
from starlette.requests import Request
from starlette.responses import Response

from app.imaging import PhotographsDamaged, SubsetDamaged, samples
from app.web.services import services_of
from app.web.wire.problems import Problem
from app.web.wire.queries import SampleQuery, read_query
from app.web.wire.responses import negotiate, respond, respond_with
from app.web.wire.tensors import Answer, named


async def list_samples(request: Request) -> Response:
    """Every sample: its name, its kind, and its label where it has one."""

    def compute() -> Response:
        rows = [_row(sample) for sample in samples.list_samples()]
        return respond(request, orjson.dumps(rows))

    return await _run(request, compute)


async def sample(request: Request) -> Response:
    """One sample with its pixels."""
    query = read_query(request, SampleQuery)
    media_type = negotiate(request)

    def compute() -> Response:
        found = samples.get_sample(request.path_params["name"])
        image = named("image", found.image, query.dtype)
        document = {**_row(found), "image": image}
        answer = Answer(document, image, is_in_bytes=query.dtype == "uint8")
        return respond_with(request, media_type, answer)

    return await _run(request, compute)


def _row(sample: samples.Sample) -> dict[str, str | int | None]:
    """A sample in the list."""
    return {"name": sample.name, "kind": sample.kind, "label": sample.label}


async def _run(request: Request, compute: Callable[[], Response]) -> Response:
    """A response made in a worker, for the first one reads the shipped set."""
    with _refusals_as_problems():
        return await services_of(request).workers.run(request.receive, compute)


@contextmanager
def _refusals_as_problems() -> Iterator[None]:
    """What the samples refuse, with its status."""
    try:
        yield
    except samples.UnknownSample as error:
        raise Problem(404, str(error)) from None
    except (SubsetDamaged, PhotographsDamaged) as error:
        raise Problem(503, str(error)) from None
