"""The pages: templates rendered with the addresses, the nonce and the state they need."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from app import __version__
from app.web.services import Services, services_of
from app.web.walls.security_headers import page_policy
from app.web.walls.sub_path import root_of
from app.web.wire.problems import KINDS
from app.web.wire.responses import respond

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its address, its name in the header, and its template."""

    path: str
    title: str
    template: str

    @property
    def entry(self) -> str:
        """The module that it begins with, below `static/`."""
        return f"js/{self.template.removesuffix('.html')}/page.js"


NETWORK = Page("/", "Network", "pages/network.html")
LAB = Page("/lab", "Lab", "pages/lab.html")
TRAIN = Page("/train", "Train", "pages/train.html")
DOCS = Page("/docs", "API", "pages/docs.html")
PAGES = (NETWORK, LAB, TRAIN, DOCS)


async def network(request: Request) -> Response:
    """The network page."""
    return await page_of(request, NETWORK)


async def lab(request: Request) -> Response:
    """The lab page."""
    return await page_of(request, LAB)


async def train(request: Request) -> Response:
    """The training page."""
    return await page_of(request, TRAIN)


async def docs(request: Request) -> Response:
    """The API page; its table of errors is the anchor that each problem's type names."""
    return await page_of(request, DOCS, kinds=KINDS)


async def page_of(request: Request, page: Page, **context: Any) -> Response:
    """A page whose scripts are at hand."""
    await services_of(request).assets.ready(page.entry)
    return render(request, page, **context)


@lru_cache(maxsize=4)
def environment_of(services: Services) -> Environment:
    """The templates: an undefined name in one is an error, and everything is escaped.

    Made for the first page that is asked for, so that the start need not wait for Jinja.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    settings = services.settings
    environment = Environment(
        loader=FileSystemLoader(settings.templates_dir),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=settings.reload,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(version=__version__)
    return environment


def render(request: Request, page: Page, **context: Any) -> Response:
    """A page as a response, with a nonce of its own in its content security policy.

    Its addresses are relative to its own, so that they hold below any prefix.
    """
    services, root = services_of(request), root_of(request.scope["raw_path"])
    assets = services.assets
    if assets.is_reloading:
        assets.refresh()

    def from_here(address: str) -> str:
        return root + address.removeprefix("/")

    nonce = secrets.token_urlsafe(16)
    text = (
        environment_of(services)
        .get_template(page.template)
        .render(
            csp_nonce=nonce,
            entry=page.entry,
            root=root,
            asset=lambda path: from_here(assets.address(path)),
            script=lambda entry: from_here(assets.script(entry)),
            sheets=lambda names: map(from_here, assets.style(names)),
            module_preloads=lambda *modules: map(from_here, assets.module_preloads(*modules)),
            import_map=assets.import_map(root),
            device=device_name(services),
            pages=[_entry(other, page, from_here(other.path)) for other in PAGES],
            **context,
        )
    )
    headers = {
        "content-security-policy": page_policy(nonce),
        "cache-control": "no-cache",
        "vary": "accept-encoding",
    }
    return respond(request, text.encode(), "text/html", headers)


def device_name(services: Services) -> str:
    """The device that computes, as a person reads it: CPU, CUDA or MPS."""
    if services.loading.is_ready:
        return services.loading.loaded().device.type.upper()
    return services.settings.device.upper()


def _entry(page: Page, current: Page, address: str) -> Mapping[str, Any]:
    """A page as the header lists it."""
    return {"address": address, "title": page.title, "current": page is current}
