"""The OpenAPI document of the API."""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from app.web.services import services_of
from app.web.wire.responses import respond


async def openapi(request: Request) -> Response:
    """The OpenAPI document; it is made when somebody first asks for it, in a worker."""
    app: FastAPI = request.app

    def compute() -> Response:
        from app.web.openapi.document import as_json

        return respond(request, as_json(app))

    return await services_of(request).workers.run(request.receive, compute)
