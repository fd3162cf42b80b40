"""uvicorn as it serves this application: problems instead of plain texts, and a line when ready."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
import threading
import webbrowser
from typing import TYPE_CHECKING, Any

import h11
from uvicorn import Config
from uvicorn import Server as UvicornServer
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.web.plain_request import PlainCycle, read_head
from app.web.walls.security_headers import SECURITY_HEADERS
from app.web.wire.problems import Problem

if TYPE_CHECKING:
    from fastapi import FastAPI

    from app.settings import Settings
    from app.web.loading import Loaded
    from app.web.services import Services

GRACE_SECONDS = 3
KEEP_ALIVE_SECONDS = 120
HEAD_SECONDS = 15
LINGER_SECONDS = 1
# A link may hold a whole drawing.
HEAD_BYTES = 65_536
WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}


class Connection(h11.Connection):
    """h11's side of a connection, which writes the head of an answer together with its body.

    Each write is a call of the kernel, and wakes whoever reads. What is to be written is handed on
    as it lies there: putting a head before a long body would copy it.
    """

    transport: asyncio.Transport
    head = b""

    def send(self, event: h11.Event) -> bytes | None:  # type: ignore[override]  # it has overloads
        """The bytes that are still to be sent for an event."""
        parts = self.send_with_data_passthrough(event)
        if parts is None:
            return None
        if type(event) is h11.Response:
            self.head = b"".join(parts)
            return b""
        if self.head:
            self.transport.writelines([self.head, *parts])
            self.head = b""
            return b""
        return b"".join(parts)


class Protocol(H11Protocol):
    """HTTP/1.1 by h11, where a request that is none gets the one error shape too."""

    conn: Connection
    head_timer: asyncio.TimerHandle | None = None
    has_ended = False

    def __init__(self, config: Config, *args: Any, **options: Any) -> None:
        super().__init__(config, *args, **options)
        self.conn = Connection(h11.SERVER, HEAD_BYTES)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn narrows it
        """Begins a connection, and waits a limited time for its first request."""
        super().connection_made(transport)
        self.conn.transport = transport
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends a connection."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Takes bytes in; a head that has begun has to be complete in time."""
        if self.has_ended or self._takes_plainly(data):
            return
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop_waiting()
        elif self.head_timer is None and not self.transport.is_closing():
            self._wait_for_head()

    def _takes_plainly(self, data: bytes) -> bool:
        """Whether bytes are a plain request, or belong to one, which is then dealt with."""
        cycle = self.cycle
        if type(cycle) is PlainCycle and cycle.is_plain and not cycle.response_complete:
            if cycle.takes(data):
                return True
            cycle.hand_over()
            return False
        is_idle = self.conn.our_state is self.conn.their_state is h11.IDLE
        if not is_idle or self.conn.trailing_data[0] or self.access_log:
            return False
        head = read_head(data)
        if head is None:
            return False
        self._unset_keepalive_if_required()
        self._stop_waiting()
        self.cycle = PlainCycle(self, head, data)
        task = self.loop.create_task(self.cycle.run_asgi(self.app))
        task.add_done_callback(self.tasks.discard)
        self.tasks.add(task)
        return True

    def send_400_response(self, msg: str) -> None:
        """Answers bytes that are no HTTP request."""
        self._end(Problem(400, "The bytes received are not an HTTP request."))

    def _wait_for_head(self) -> None:
        """Sets the time by which the head of a request has to be there."""
        self.head_timer = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _stop_waiting(self) -> None:
        """The head is there, or nobody wants it any more."""
        if self.head_timer is not None:
            self.head_timer.cancel()
            self.head_timer = None

    def _give_up(self) -> None:
        """Closes a connection on which no request came."""
        sentence = f"No request was complete after {HEAD_SECONDS} seconds."
        if not self.transport.is_closing():
            self._end(Problem(408, sentence, limit=HEAD_SECONDS))

    def _end(self, problem: Problem) -> None:
        """Says why, and closes the connection.

        Not at once: closing a socket with unread bytes resets the connection, and the answer
        would be lost on its way.
        """
        self.has_ended = True
        response = problem.response()
        response.headers.update({**SECURITY_HEADERS, "connection": "close"})
        event = h11.Response(status_code=problem.status, headers=response.raw_headers)
        for part in (event, h11.Data(data=bytes(response.body)), h11.EndOfMessage()):
            self.transport.write(self.conn.send(part) or b"")
        self.transport.write_eof()
        self.loop.call_later(LINGER_SECONDS, self.transport.close)


def is_no_farewell(record: logging.LogRecord) -> bool:
    """Whether a line of the log tells of more than a request given up as the server ends."""
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))


class Server(UvicornServer):
    """uvicorn, which says when the networks are loaded and ends when they cannot be."""

    def __init__(self, app: FastAPI, settings: Settings, *, open_browser: bool = False) -> None:
        options: dict[str, Any] = {} if settings.access_log else {"log_config": None}
        super().__init__(
            Config(
                app,
                http=Protocol,
                ws="none",
                lifespan="on",
                access_log=settings.access_log,
                log_level="info" if settings.access_log else "warning",
                server_header=False,
                # The wall that reads what proxies say wants to know which one speaks.
                proxy_headers=False,
                timeout_keep_alive=KEEP_ALIVE_SECONDS,
                timeout_graceful_shutdown=GRACE_SECONDS,
                **options,
            )
        )
        self.services: Services = app.state.services
        self.open_browser = open_browser
        self.failure: BaseException | None = None
        self.watch: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begins to serve, and to wait for the networks."""
        await super().startup(sockets)
        address = address_of(self.services.settings.host, self.servers[0].sockets[0])
        self.watch = asyncio.create_task(self._watch_loading(address))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends to serve; who listens to a run would wait for ever."""
        self.services.runs.end_streams()
        logging.getLogger("uvicorn.error").addFilter(is_no_farewell)
        await super().shutdown(sockets)

    async def _watch_loading(self, address: str) -> None:
        """Says the line when everything is loaded, or ends the server."""
        future = asyncio.wrap_future(self.services.loading.future)
        await asyncio.wait([future])
        self.failure = future.exception()
        if self.failure is not None:
            self.should_exit = True
            return
        loaded = future.result()
        if loaded.own is not None:
            address += f"/#network={loaded.own}"
        sys.stdout.write(f"Convoscope is ready on {address} · {_told(loaded)}\n")
        sys.stdout.flush()
        if self.open_browser:
            threading.Thread(target=webbrowser.open, args=[address], daemon=True).start()


def address_of(host: str, listener: socket.socket) -> str:
    """The address to open in a browser."""
    name = WILDCARDS.get(host, host)
    port = listener.getsockname()[1]
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def _told(loaded: Loaded) -> str:
    """The device, the network that the page opens with, how many there are, and what is lacking."""
    parts = [f"device {loaded.device.type}"]
    rows = loaded.library.summaries()
    ready = [row for row in rows if row["weights"] == "ready"]
    others = [row for row in rows if row["weights"] == "downloadable"]
    for row in rows:
        if row is rows[0] or row not in (*ready, *others):
            accuracy = row["accuracy"]
            note = row["reason"] or (accuracy and f"{100 * accuracy:.1f} %")
            parts.append(f"{row['name']} {row['weights']}" + (f" ({note})" if note else ""))
    parts.append(f"{len(ready)} of {len(rows)} networks ready")
    return " · ".join([*parts, *([f"{len(others)} downloadable"] if others else [])])
