"""What one value is made of, as a document, and its schema: both read off the mechanics' traces."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from inspect import getdoc
from typing import Annotated, Any, Literal, Union, get_type_hints

from pydantic import BaseModel, Field, RootModel, create_model

from app.json_number import number, plain
from app.mechanics.trace import Trace
from app.web.wire.schemas import Number, Schema, Tensor
from app.web.wire.tensors import NamedTensor, named

# A handful of numbers, which a plain list shows better than a tensor.
LISTED = frozenset({"channel_sums"})


def document_of(trace: Mapping[str, Any]) -> dict[str, Any]:
    """A trace for a document: tensors under their names, sums by channel as a list."""
    return {name: _member(name, value) for name, value in trace.items()}


def main_of(trace: Trace, document: Mapping[str, Any]) -> NamedTensor | None:
    """The tensor that stands for a trace in ``.npy``, where there is one."""
    return None if trace.main is None else document[trace.main]


def _member(name: str, value: Any) -> Any:
    """One member of a trace."""
    import torch

    if isinstance(value, torch.Tensor):
        array = value.detach().numpy()
        return [number(each) for each in array.tolist()] if name in LISTED else named(name, array)
    return plain(value)


def trace_schema(trace: type[Trace], base: type[Schema], suffix: str = "") -> type[BaseModel]:
    """The schema of one kind of trace: its fields as they travel, beside those of ``base``."""
    hints = get_type_hints(trace)
    members: dict[str, Any] = {"kind": (Literal[trace.kind], ...)}
    for each in fields(trace):
        members[each.name] = (_in_json(each.name, hints[each.name]), ...)
    made: type[BaseModel] = create_model(
        f"{trace.__name__}{suffix}",
        __base__=base,
        __doc__=(getdoc(trace) or "").partition("\n\n")[0],
        **members,
    )
    return made


def any_trace(
    name: str, doc: str, traces: Iterable[type[Trace]], base: type[Schema], suffix: str = ""
) -> type[BaseModel]:
    """The schema of a trace that is one of several kinds."""
    kinds: Any = tuple(trace_schema(trace, base, suffix) for trace in traces)
    union: Any = Annotated[Union[kinds], Field(discriminator="kind")]  # noqa: UP007  # of a tuple
    made: type[BaseModel] = create_model(name, __base__=RootModel[union], __doc__=doc)
    return made


def _in_json(name: str, hint: Any) -> Any:
    """A field's type as it travels: tensors written out, numbers that may be no number."""
    import torch

    if hint is torch.Tensor:
        return list[Number] if name in LISTED else Tensor
    return Number if hint is float else hint
