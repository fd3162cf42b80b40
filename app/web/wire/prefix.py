"""The path that a proxy puts this server under, while a request is answered; "" at the root."""

from contextvars import ContextVar

current_prefix: ContextVar[str] = ContextVar("current_prefix", default="")
