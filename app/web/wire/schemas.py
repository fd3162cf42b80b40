"""What answers are made of in JSON, as types. The tests hold every answer to them."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Number = float | Literal["NaN", "Infinity", "-Infinity"]
Row = list[Number]
Nested = Row | list[Row] | list[list[Row]] | list[list[list[Row]]]
Index = Annotated[int, Field(ge=0)]
Pair = Annotated[list[int], Field(min_length=2, max_length=2)]
Shape = list[Index]


class Schema(BaseModel):
    """An object with these members and no other."""

    # Built when the document is first wanted: the start of the server need not wait for it.
    model_config = ConfigDict(extra="forbid", defer_build=True)


class Scale(Schema):
    """What the bytes 0 and 255 stand for, map by map."""

    minimum: list[Number]
    maximum: list[Number]


class Tensor(Schema):
    """Values in row-major order; one that is not finite is a string."""

    shape: Shape
    dtype: Literal["float64", "float32", "float16", "uint8", "int64"]
    data: Nested
    scale: Scale | None = None


class Position(Schema):
    """Where a value is, counted from 0; a vector's unit is its channel."""

    channel: Index
    row: Index
    column: Index


class Json(Schema):
    """Any object."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Any]
