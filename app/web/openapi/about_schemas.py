"""What answers about the server itself look like."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, RootModel

from app.web.openapi.schemas import Schema


class Health(Schema):
    """The process answers."""

    status: Literal["alive"]


class Ready(Schema):
    """The weights are loaded and checked."""

    status: Literal["ready"]
    networks: dict[str, str]


class Version(Schema):
    """What the numbers depend on."""

    convoscope: str
    python: str
    torch: str
    numpy: str


class Device(Schema):
    """Where the tensors are computed."""

    requested: Literal["auto", "cpu", "cuda", "mps"]
    type: str
    name: str
    threads: int
    available: list[str]


class Limits(BaseModel):
    """Every cap under its name."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, float]


class Text(RootModel[str]):
    """Plain text."""
