"""What the table of operations has of one of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from app.web.wire.queries import Query


@dataclass(frozen=True, slots=True)
class Operation:
    """What the document says of one operation beyond its address and its sentence.

    Args:
        answer: the type of the answer in JSON.
        query: the query parameters it takes.
        example: a value of each parameter of the example.
        takes_image: whether an image is the body, and ``is_image_optional``.
        gives_tensors: whether the answer can be had in binary as well.
        has_main_tensor: whether one tensor stands for the whole answer in ``.npy``.
        is_text: whether the answer is plain text.
        body: the type of the body in JSON, with a body that is answered as ``body_example``.
    """

    answer: type[BaseModel]
    query: type[Query] = Query
    example: Mapping[str, Any] = field(default_factory=dict)
    takes_image: bool = False
    is_image_optional: bool = False
    gives_tensors: bool = False
    has_main_tensor: bool = True
    is_text: bool = False
    body: type[BaseModel] | None = None
    body_example: Mapping[str, Any] = field(default_factory=dict)
