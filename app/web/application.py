"""The whole application: its walls, its routes, and what happens at its start and end."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from app import __version__
from app.settings import Settings
from app.web.api import samples
from app.web.api.about import endpoints as about
from app.web.api.images import endpoints as images
from app.web.api.networks import endpoints as networks
from app.web.api.operations import endpoints as operations
from app.web.error_handlers import HANDLERS
from app.web.openapi import route as documentation
from app.web.pages import templates as pages
from app.web.services import Services, services_of
from app.web.walls.body_guard import BodyGuard
from app.web.walls.head_as_get import HeadAsGet
from app.web.walls.host_names import HostNames
from app.web.walls.same_origin import SameOrigin
from app.web.walls.security_headers import SecurityHeaders
from app.web.walls.traffic import CountTraffic

Handler = Callable[[Request], Awaitable[Response]]

API_PREFIX = "/api/v1"
# Asked in this order, so the hot path comes first.
ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("POST", "/networks/{name}/forward", networks.forward),
    ("POST", "/networks/{name}/trace", networks.trace),
    ("POST", "/networks/{name}/receptive-field", networks.receptive_field),
    ("GET", "/networks/{name}/layers/{layer}/weights", networks.weights),
    ("GET", "/networks/{name}", networks.outline),
    ("GET", "/networks", networks.list_networks),
    ("POST", "/conv2d", operations.conv2d),
    ("POST", "/conv2d/trace", operations.conv2d_trace),
    ("POST", "/conv2d/gradients", operations.conv2d_gradients),
    ("POST", "/conv_transpose2d", operations.conv_transpose2d),
    ("POST", "/conv_transpose2d/trace", operations.conv_transpose2d_trace),
    ("POST", "/pool2d", operations.pool2d),
    ("POST", "/pool2d/trace", operations.pool2d_trace),
    ("POST", "/sweep", operations.sweep),
    ("GET", "/kernels", operations.list_kernels),
    ("POST", "/images/prepare", images.prepare),
    ("GET", "/samples/{name}", samples.sample),
    ("GET", "/samples", samples.list_samples),
    ("GET", "/health", about.health),
    ("GET", "/ready", about.ready),
    ("GET", "/version", about.version),
    ("GET", "/limits", about.limits),
    ("GET", "/device", about.device),
    ("GET", "/metrics", about.metrics),
)


def create_app(settings: Settings) -> FastAPI:
    """The application of these settings; it begins to load its networks when it is started."""
    services = Services.of(settings)
    app = FastAPI(
        title="Convoscope",
        summary="See every multiplication of a convolutional network.",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        lifespan=_lifespan,
        exception_handlers=HANDLERS,
        middleware=_middleware(services),
    )
    app.state.services = services
    for method, path, handler in ROUTES:
        app.add_api_route(API_PREFIX + path, handler, methods=[method])
    app.add_route("/openapi.json", documentation.openapi)
    app.add_route("/static/{content_hash}/{path:path}", static)
    app.add_route(pages.NETWORK.path, pages.network)
    app.add_route(pages.LAB.path, pages.lab)
    app.add_route(pages.DOCS.path, pages.docs)
    return app


def _middleware(services: Services) -> list[Middleware]:
    """The walls, from the outermost to the innermost."""
    return [
        Middleware(HeadAsGet),
        Middleware(SecurityHeaders),
        Middleware(CountTraffic, traffic=services.traffic),
        Middleware(HostNames, names=services.settings.host_names),
        Middleware(SameOrigin),
        Middleware(BodyGuard, settings=services.settings),
    ]


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Begins to load the networks, and at the end lets go of the threads."""
    services: Services = app.state.services
    services.loading.start()
    try:
        yield
    finally:
        services.workers.close()


async def static(request: Request) -> Response:
    """A static file."""
    return await services_of(request).assets.respond(request)
