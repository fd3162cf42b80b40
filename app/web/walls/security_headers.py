"""The headers that keep a browser from doing with an answer what it was not made for."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

ANSWER_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# A script, a style or a font is no document: only the first two mean anything on one, and a
# page has a hundred of them.
STATIC_HEADERS = {
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
}
SECURITY_HEADERS = {
    **STATIC_HEADERS,
    "content-security-policy": ANSWER_POLICY,
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


def page_policy(nonce: str) -> str:
    """The content security policy of a page: this origin only, and the one script of the nonce."""
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; "
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
        "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


class SecurityHeaders:
    """Adds the security headers that a response does not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.of_answers = _raw(SECURITY_HEADERS)
        self.of_files = _raw(STATIC_HEADERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, and completes the headers of what comes back."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        wanted = self.of_files if scope["path"].startswith("/static/") else self.of_answers

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message["headers"]}
                missing = [pair for pair in wanted if pair[0] not in present]
                message["headers"] = [*message["headers"], *missing]
            await send(message)

        return await self.app(scope, receive, send_with_headers)


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Headers as ASGI has them."""
    return [(name.encode(), value.encode()) for name, value in headers.items()]
