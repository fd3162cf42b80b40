"""The body of a request, as it arrived."""

from dataclasses import dataclass

from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of a body, and what its sender says they are."""

    content: bytes = b""
    content_type: str = ""

    @property
    def media_type(self) -> str:
        """The content type without its parameters."""
        return self.content_type.partition(";")[0].strip().lower()


async def receive_body(request: Request) -> Body:
    """The body of a request, which is complete by now, for a worker to make sense of."""
    message = await request.receive()
    return Body(message["body"], request.headers.get("content-type", ""))
