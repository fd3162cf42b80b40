"""The process that serves: its socket, the one line it says, and how it ends.

``import torch`` takes longer than everything else together, so it begins first and in a thread
of its own; the socket is open before either, and a port in use is told at once.
"""

from __future__ import annotations

import contextlib
import signal
import socket
import threading
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.settings import Settings

BACKLOG = 2_048


def run(settings: Settings, open_browser: bool = False) -> None:
    """Serves until a signal ends it; says one line when it really answers.

    Raises: OSError with a sentence when the address cannot be had; DeviceError when this
    machine has no such device.
    """
    with listen(settings.host, settings.port) as listener:
        threading.Thread(target=import_module, args=["app.networks"], daemon=True).start()
        from app.web.application import create_app
        from app.web.protocol import Server

        server = Server(create_app(settings), settings, open_browser=open_browser)
        # uvicorn raises the signal that ended it once more; ending so is no failure here.
        signal.signal(signal.SIGTERM, lambda *_: None)
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
    if server.failure is not None:
        raise server.failure


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address. Raises: OSError with a sentence that says what to do."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        sentence = (
            f"Convoscope cannot listen on {host}, port {port}: {error.strerror}. "
            "Choose another port, for example with --port 8001."
        )
        raise OSError(sentence) from None
    return listener
