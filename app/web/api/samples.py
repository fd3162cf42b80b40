"""The images that ship with the program."""

import orjson
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.imaging import samples
from app.web.errors import Problem
from app.web.queries import SampleQuery, read_query
from app.web.responses import negotiate, respond, respond_with
from app.web.services import services_of
from app.web.tensors import Answer, named

router = APIRouter(prefix="/samples", tags=["samples"])


@router.get("")
async def list_samples(request: Request) -> Response:
    """Every sample: its name, its kind, and its label where it has one."""
    found = await services_of(request).workers.run(request.receive, samples.list_samples)
    rows = [{"name": s.name, "kind": s.kind, "label": s.label} for s in found]
    return respond(request, orjson.dumps(rows))


@router.get("/{name}")
async def sample(request: Request, name: str) -> Response:
    """One sample with its pixels."""
    query = read_query(request, SampleQuery)
    media_type = negotiate(request)

    def compute() -> Response:
        try:
            found = samples.get_sample(name)
        except samples.UnknownSample as error:
            raise Problem(404, str(error)) from None
        image = named("image", found.image, query.dtype)
        row = {"name": found.name, "kind": found.kind, "label": found.label}
        return respond_with(request, media_type, Answer({**row, "image": image}, image))

    return await services_of(request).workers.run(request.receive, compute)
