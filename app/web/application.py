"""The whole application: its walls, its routes, and what happens at its start and end."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from app import __version__
from app.settings import Settings
from app.web.api import about, experiments, images, progress, samples
from app.web.api.datasets import cards, fetch, own_sets, set_pictures
from app.web.api.networks import explanations, forward, outlines, traces, unit_patches
from app.web.api.operations import (
    conv2d,
    conv2d_gradients,
    conv_transpose2d,
    kernels,
    pool2d,
    sweep,
)
from app.web.api.runs import (
    augmentation_sheet,
    curves,
    events,
    histograms,
    moments,
    pictures,
    plan,
    take_away,
    training,
)
from app.web.api.updates import update
from app.web.endpoint import EndpointRoute
from app.web.error_handlers import HANDLERS
from app.web.openapi import route as documentation
from app.web.pages import templates as pages
from app.web.services import Services, services_of
from app.web.walls.body_guard import BodyGuard
from app.web.walls.head_as_get import HeadAsGet
from app.web.walls.host_names import HostNames
from app.web.walls.same_origin import SameOrigin
from app.web.walls.security_headers import SecurityHeaders
from app.web.walls.sub_path import SubPath
from app.web.walls.traffic import CountTraffic

API_PREFIX = "/api/v1"
# Asked in this order, so the hot path comes first.
ENDPOINTS = (
    *forward.ENDPOINTS,
    *traces.ENDPOINTS,
    *explanations.ENDPOINTS,
    *unit_patches.ENDPOINTS,
    *outlines.ENDPOINTS,
    *conv2d.ENDPOINTS,
    *conv2d_gradients.ENDPOINTS,
    *conv_transpose2d.ENDPOINTS,
    *pool2d.ENDPOINTS,
    *sweep.ENDPOINTS,
    *kernels.ENDPOINTS,
    *images.ENDPOINTS,
    *samples.ENDPOINTS,
    *progress.ENDPOINTS,
    *cards.ENDPOINTS,
    *fetch.ENDPOINTS,
    *own_sets.ENDPOINTS,
    *set_pictures.ENDPOINTS,
    *plan.ENDPOINTS,
    *augmentation_sheet.ENDPOINTS,
    *training.ENDPOINTS,
    *take_away.ENDPOINTS,
    *events.ENDPOINTS,
    *curves.ENDPOINTS,
    *moments.ENDPOINTS,
    *histograms.ENDPOINTS,
    *pictures.ENDPOINTS,
    *update.ENDPOINTS,
    *experiments.ENDPOINTS,
    *about.ENDPOINTS,
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
        # Nobody listens to it here, and each request would ask whether somebody does.
        telemetry={"tracing": False, "metrics": False, "logs": False},
        generate_unique_id_function=lambda route: route.name,
        lifespan=_lifespan,
        exception_handlers=HANDLERS,
        middleware=_middleware(services),
    )
    app.state.services = services
    app.state.endpoints = ENDPOINTS
    app.router.route_class = EndpointRoute
    for endpoint in ENDPOINTS:
        app.add_api_route(
            API_PREFIX + endpoint.route_path,
            endpoint.handler(),
            methods=[endpoint.method],
            description=endpoint.description,
        )
    app.add_route("/openapi.json", documentation.openapi)
    app.add_route("/static/{content_hash}/{path:path}", static)
    app.add_route(pages.NETWORK.path, pages.network)
    app.add_route(pages.LAB.path, pages.lab)
    app.add_route(pages.TRAIN.path, pages.train)
    app.add_route(pages.DOCS.path, pages.docs)
    return app


def _middleware(services: Services) -> list[Middleware]:
    """The walls, from the outermost to the innermost."""
    settings = services.settings
    return [
        Middleware(SubPath, root_path=settings.root_path, trusted=settings.trusted_proxies),
        Middleware(HeadAsGet),
        Middleware(SecurityHeaders),
        Middleware(CountTraffic, traffic=services.traffic),
        Middleware(HostNames, names=settings.host_names),
        Middleware(SameOrigin),
        Middleware(BodyGuard, settings=settings),
    ]


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Begins to load the networks, and at the end lets go of the threads."""
    services: Services = app.state.services
    services.loading.start()
    services.runs.start()
    try:
        yield
    finally:
        services.workers.close()
        services.runs.close()


async def static(request: Request) -> Response:
    """A static file."""
    return await services_of(request).assets.respond(request)
