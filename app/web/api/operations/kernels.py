"""The kernels that have a name."""

from typing import Any

from pydantic import RootModel

from app.web.api.operations.answers import tensor
from app.web.endpoint import Asked, Endpoint
from app.web.wire.schemas import Schema, Tensor
from app.web.wire.tensors import Answer


class Kernel(Schema):
    """A kernel that has a name."""

    name: str
    title: str
    line: str
    weight: Tensor


class KernelList(RootModel[list[Kernel]]):
    """Every kernel that has a name."""


def list_kernels(asked: Asked[Any, Any]) -> Answer:
    """Every kernel that has a name, with its weights and what it does."""
    from app.mechanics.kernels import KERNELS

    rows = [
        {
            "name": kernel.name,
            "title": kernel.title,
            "line": kernel.line,
            "weight": tensor(kernel.name, kernel.weight),
        }
        for kernel in KERNELS
    ]
    return Answer(rows)


ENDPOINTS = (Endpoint("GET", "/kernels", list_kernels, KernelList),)
