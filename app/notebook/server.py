"""A page of a local server, beside the program that asked for it."""

from __future__ import annotations

import threading

from app.settings import Settings
from app.web.application import create_app
from app.web.loading import Loaded
from app.web.protocol import Server
from app.web.server import listen


def serve(settings: Settings, loaded: Loaded, *, open_browser: bool = True) -> str:
    """Serves in a thread until the program ends, and returns the page's address."""
    listener = listen(settings.host, settings.port)
    app = create_app(settings)
    app.state.services.loading.future.set_result(loaded)
    server = Server(app, settings, open_browser=open_browser)
    threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
    return f"http://{settings.host}:{listener.getsockname()[1]}/#network={loaded.own}"
