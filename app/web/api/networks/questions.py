"""A network, what is asked of it, and the image that came with the question."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from app.mechanics.errors import MechanicsError
from app.settings import Settings
from app.web.api.images.preparation import Ready, prepare_as_digit
from app.web.wire.picture_body import Body, to_picture
from app.web.wire.problems import Place, Problem
from app.web.wire.queries import NetworkQuery, PositionQuery

if TYPE_CHECKING:
    import torch

    from app.networks import LoadedNetwork

Q_co = TypeVar("Q_co", covariant=True)
N = TypeVar("N", bound=NetworkQuery)


@dataclass(frozen=True, slots=True)
class Question(Generic[Q_co]):
    """A network, what is asked of it, and the body that came with the question."""

    network: LoadedNetwork
    query: Q_co
    body: Body
    settings: Settings
    media_type: str


def make_ready(question: Question[N]) -> Ready:
    """The image of the body as the network takes it, prepared or checked to be ready."""
    query, picture = question.query, to_picture(question.body, question.settings)
    wanted = question.network.architecture.input_shape
    if query.prepare == "auto":
        normalization = question.network.architecture.normalization
        prepared = prepare_as_digit(picture, query, (normalization.mean[0], normalization.std[0]))
        return Ready(prepared.image, prepared, picture.source)
    if picture.image.shape != wanted:
        found, needed = ("×".join(map(str, shape)) for shape in (picture.image.shape, wanted))
        sentence = (
            f"The image is {found}, but the network takes {needed}; prepare=auto makes it so."
        )
        raise Problem(422, sentence)
    return Ready(picture.image, None, picture.source)


@contextmanager
def refusals_as_problems() -> Iterator[None]:
    """What the networks refuse, with its status: an unknown layer, an impossible position."""
    from app.networks import UnknownLayer

    try:
        yield
    except UnknownLayer as error:
        raise Problem(404, str(error)) from None
    except MechanicsError as error:
        pointer = f"?{error.field}" if error.field in PositionQuery.model_fields else "#"
        raise Problem(422, str(error), errors=[Place(pointer, str(error))]) from None


def image_tensor(ready: Ready) -> torch.Tensor:
    """An image as a tensor, on the same memory where that may be written to."""
    import torch

    return torch.from_numpy(np.require(ready.image, requirements=["C", "W"]))
