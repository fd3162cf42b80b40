"""The pictures of a data set of the user's own: one more, one less."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from pydantic import Field

from app.imaging import prepare_photo
from app.imaging.decoded_image import Decoded
from app.web.api.datasets.cards import DataSetCard, card_of_own, set_refusals
from app.web.api.datasets.own_sets import own_name, text_of
from app.web.api.preparation import PictureQuery, crop_of, prepare_as_digit
from app.web.endpoint import TENSORS, Asked, Endpoint
from app.web.wire.body import Body
from app.web.wire.picture import to_picture
from app.web.wire.problems import Place, Problem
from app.web.wire.schemas import Index, Schema, Tensor
from app.web.wire.tensors import Answer, named

if TYPE_CHECKING:
    from app.training.pictures.picture_set import Kind, Pictures


class NewPictureQuery(PictureQuery):
    """Under which label a picture is kept, and how it is prepared."""

    label: str = Field(min_length=1, max_length=40, description="A label of one's own.")
    at: int | None = Field(
        None,
        ge=0,
        description="At which place among the pictures, as before it was taken out; those from "
        "there on move down by one. Left out: behind the last.",
    )
    prepare: Literal["auto", "none"] = Field(
        "auto",
        description="`auto` prepares a drawing as a digit is, a photograph to 224×224; with "
        "`none` it has to have that size.",
    )


class KeptPicture(Schema):
    """The picture as it is kept, and the set that it is in now."""

    card: DataSetCard
    index: Index
    image: Tensor


def add_picture(asked: Asked[NewPictureQuery, Body]) -> Answer:
    """Keeps a picture under a label, prepared as the network will see it."""
    name, query, store = own_name(asked), asked.query, asked.services.data.own
    label = text_of(query.label, "?label")
    with set_refusals():
        found = store.get(name)
        kind, most = found.kind, len(found)
        if query.at is not None and query.at > most:
            sentence = f"The places of this data set are 0 to {most}; {query.at} is none."
            raise Problem(422, sentence, errors=[Place("?at", sentence)])
        image = _prepared(to_picture(asked.body, asked.settings), query, kind)
        changed = store.change(name, lambda found: found.with_picture(image, label, query.at))
    tensor = named("image", image)
    index = len(changed) - 1 if query.at is None else query.at
    return Answer({"card": card_of_own(name, changed), "index": index, "image": tensor}, tensor)


def _prepared(picture: Decoded, query: NewPictureQuery, kind: Kind) -> Pictures:
    """The picture in bytes, as its set keeps it. Raises: Problem 422."""
    from app.training.pictures.picture_set import SHAPES

    shape = SHAPES[kind]
    if query.prepare == "none":
        image = picture.image.reshape(shape) if picture.image.size == np.prod(shape) else None
        if image is None:
            wanted = "×".join(map(str, shape))
            sentence = f"A picture of this set is {wanted}; prepare=auto makes it so."
            raise Problem(422, sentence, errors=[Place("?prepare", sentence)])
    elif len(shape) == 2:
        image = prepare_as_digit(picture, query).image[0]
    else:
        image = prepare_photo(picture.image, shape[-1], crop=crop_of(query)).image
    return np.round(image * 255).astype(np.uint8)


def delete_picture(asked: Asked[Any, Any]) -> Answer:
    """Takes a picture out of a data set; those behind it move up by one."""
    name, index = own_name(asked), asked.names["index"]
    store = asked.services.data.own
    with set_refusals():
        count = len(store.get(name))
        if not index.isdecimal() or len(index) > 9 or int(index) >= count:
            raise Problem(404, f"The pictures of this data set are 0 to {count - 1}.")
        changed = store.change(name, lambda found: found.without_picture(int(index)))
    return Answer(card_of_own(name, changed))


ENDPOINTS = (
    Endpoint(
        "POST",
        "/datasets/{name}/images",
        add_picture,
        KeptPicture,
        query=NewPictureQuery,
        image="required",
        example={"name": "own:example", "label": "above"},
        offers=TENSORS,
    ),
    Endpoint(
        "DELETE",
        "/datasets/{name}/images/{index}",
        delete_picture,
        DataSetCard,
        example={"name": "own:example", "index": "0"},
    ),
)
