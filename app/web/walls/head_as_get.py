"""HEAD, which every address that answers GET answers too."""

import anyio
from starlette.types import ASGIApp, Message, Receive, Scope, Send

END = {"type": "http.response.body", "body": b"", "more_body": False}


class HeadAsGet:
    """Answers HEAD as GET does; the protocol layer leaves the body out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, a HEAD as a GET."""
        if scope["type"] == "http" and scope["method"] == "HEAD":
            await _answer_without_body(self.app, {**scope, "method": "GET"}, receive, send)
        else:
            await self.app(scope, receive, send)


async def _answer_without_body(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Waits for no body that comes bit by bit: a stream of events may go on for hours."""
    with anyio.CancelScope() as answering:

        async def send_start(message: Message) -> None:
            await send(message)
            names = (name for name, _ in message.get("headers", []))
            if message["type"] == "http.response.start" and b"content-length" not in names:
                await send(END)
                answering.cancel()

        await app(scope, receive, send_start)
