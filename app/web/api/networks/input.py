"""The picture that comes with a question to a network, as the network takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from pydantic import Field

from app.imaging import (
    CLOTHES,
    DIGIT,
    Alteration,
    Image,
    Prepared,
    Scale,
    alter,
    prepare_photo,
)
from app.imaging.decoded_image import Decoded
from app.web.api.preparation import PictureQuery, Ready, crop_of, prepare_as_digit
from app.web.endpoint import Asked
from app.web.wire.body import Body
from app.web.wire.picture import to_picture
from app.web.wire.problems import Problem

if TYPE_CHECKING:
    import torch

    from app.networks import LoadedNetwork


class NetworkQuery(PictureQuery):
    """Whether the body is prepared for the network or is its input already, and what is altered."""

    prepare: Literal["auto", "none"] = Field(
        "auto",
        description="`auto` prepares the picture as the network's training data was; with `none` "
        "it has to have the network's input shape.",
    )
    turn: float = Field(
        0,
        ge=-180,
        le=180,
        description="Turn the prepared image by so many degrees against the clock.",
    )
    shift_x: int = Field(0, ge=-512, le=512, description="Shift it by so many pixels to the right.")
    shift_y: int = Field(0, ge=-512, le=512, description="Shift it by so many pixels down.")
    noise: float = Field(
        0,
        ge=0,
        le=1,
        description="Add noise of this standard deviation to it, the same every time.",
    )


def network_of(asked: Asked[Any, Any]) -> LoadedNetwork:
    """The network that a request names. Raises: UnknownName, Unavailable, Problem 503."""
    return asked.services.loading.network(asked.names["name"])


def is_at_hand(asked: Asked[Any, Any]) -> bool:
    """Whether the network that a request names need not be loaded first. Raises: Problem 503."""
    return asked.services.loading.is_at_hand(asked.names["name"])


def make_ready(network: LoadedNetwork, query: NetworkQuery, asked: Asked[Any, Body]) -> Ready:
    """The image of the body as the network takes it, prepared or checked to be ready."""
    picture = to_picture(asked.body, asked.settings)
    wanted = network.architecture.input_shape
    if query.prepare == "auto":
        prepared = _prepared(network, query, picture)
        return Ready(prepared.image, prepared, picture.source)
    if picture.image.shape != wanted:
        found, needed = ("×".join(map(str, shape)) for shape in (picture.image.shape, wanted))
        sentence = (
            f"The image is {found}, but the network takes {needed}; prepare=auto makes it so."
        )
        raise Problem(422, sentence)
    return Ready(picture.image, None, picture.source)


def _prepared(network: LoadedNetwork, query: NetworkQuery, picture: Decoded) -> Prepared:
    """The picture as what the network was trained on, with what the query alters of that."""
    architecture = network.architecture
    channels, rows, columns = architecture.input_shape
    scale = Scale(architecture.normalization.mean, architecture.normalization.std)
    alteration = Alteration(query.turn, query.shift_x, query.shift_y, query.noise)
    if architecture.preparation == "photo":
        prepared = prepare_photo(
            picture.image,
            (rows, columns),
            crop=crop_of(query, architecture.crop),
            channels=channels,
            scale=scale,
            source=picture.source,
        )
        return alter(prepared, alteration, scale, scale.mean)
    subject = DIGIT
    if architecture.preparation == "clothes":  # they fill their 28×28 pixels from edge to edge
        query = query.model_copy(update={"box": False, "centre": False, "border": False})
        subject = CLOTHES
    prepared = prepare_as_digit(picture, query, (scale.mean[0], scale.std[0]), subject)
    return alter(prepared, alteration, scale, (0.0,))


def image_tensor(ready: Ready) -> torch.Tensor:
    """An image as a tensor, on the same memory where that may be written to."""
    return as_tensor(ready.image)


def as_tensor(image: Image) -> torch.Tensor:
    """The same of an image alone."""
    import torch

    is_ready = image.flags.c_contiguous and image.flags.writeable
    return torch.from_numpy(image if is_ready else np.require(image, requirements=["C", "W"]))
