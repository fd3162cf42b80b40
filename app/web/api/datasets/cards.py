"""Each data set as a card: what is in it, and whether it is here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, RootModel

from app.web.data_sets import DataSets, Fetch
from app.web.endpoint import TENSORS, Asked, Endpoint
from app.web.wire.problems import Problem
from app.web.wire.queries import Query
from app.web.wire.schemas import Index, Schema, Tensor
from app.web.wire.tensors import Answer, named

if TYPE_CHECKING:
    from app.training.data_samples import LabelledPictures
    from app.training.mnist import Collection
    from app.training.pictures.picture_set import PictureSet

OWN = "own:"


class UsualRate(Schema):
    """A rate that suits a data set's size."""

    whole: float = Field(description="Where all layers learn.")
    last_layer: float = Field(description="Where the rest is frozen.")


class DataSetCard(Schema):
    """A data set."""

    name: str = Field(description="As a recipe names it.")
    title: str
    kind: Literal["drawings", "photographs"]
    own: bool = Field(description="Whether its pictures are the user's own.")
    state: Literal["ready", "to fetch", "fetching"]
    reason: str | None = Field(description="Why it could not be fetched.")
    classes: list[str]
    counts: dict[str, Index] = Field(
        description="How many pictures to learn from each class has; empty before it is here."
    )
    train: Index
    test: Index
    credit: dict[str, str] | None
    usual_lr: UsualRate = Field(description="The learning rate where a recipe names none.")


class DataSetList(RootModel[list[DataSetCard]]):
    """What ships first, then what can be fetched, then the user's own."""


class SamplesQuery(Query):
    """How many are shown."""

    per_class: int = Field(8, ge=1, le=500, description="So many pictures of each class at most.")


class DataSetSamples(Schema):
    """Some pictures of a data set, class after class."""

    name: str
    classes: list[str]
    images: Tensor = Field(description="(n, H, W), or (n, 3, H, W) of photographs, 0 to 255.")
    labels: Tensor = Field(description="(n), indices into `classes`.")
    indices: Tensor = Field(description="(n), the place of each picture in its data set.")


def list_datasets(asked: Asked[Any, Any]) -> Answer:
    """Every data set: its classes, how many pictures each has, and whether it is here."""
    from app.training.mnist import COLLECTIONS
    from app.training.pictures.store import SetError

    data = asked.services.data
    cards = [_card_of_subset(asked)]
    cards += [_card_of_collection(each, data) for each in COLLECTIONS.values()]
    for name in data.own.names():
        try:
            cards.append(card_of_own(name, data.own.get(name)))
        except SetError:  # its file is damaged; the others are there all the same
            continue
    return Answer(cards)


def dataset_samples(asked: Asked[SamplesQuery, Any]) -> Answer:
    """Some pictures of each class, as they are learned from."""
    name = asked.names["name"]
    pictures = _pictures(asked, name)
    indices = pictures.sample(asked.query.per_class)
    images = named("images", pictures.images[indices])
    document = {
        "name": name,
        "classes": list(pictures.classes),
        "images": images,
        "labels": named("labels", pictures.labels[indices].astype("int64")),
        "indices": named("indices", indices),
    }
    return Answer(document, images, is_in_bytes=True)


def _pictures(asked: Asked[Any, Any], name: str) -> LabelledPictures:
    """The pictures of a data set that a request names. Raises: Problem 404 or 503."""
    from app.training.data_samples import collection_pictures, own_pictures, shipped_pictures
    from app.training.mnist import COLLECTIONS, DataError
    from app.training.subset import SUBSET_NAME

    data, settings = asked.services.data, asked.settings
    if name.startswith(OWN):
        with set_refusals():
            return own_pictures(data.own.get(name.removeprefix(OWN)))
    if name == SUBSET_NAME:
        return shipped_pictures(settings.models_dir)
    if name not in COLLECTIONS:
        raise Problem(404, "There is no data set of that name.")
    try:
        return collection_pictures(COLLECTIONS[name], settings.data_dir)
    except DataError as error:
        raise Problem(503, f"{error} Fetch it first.") from None


def _card_of_subset(asked: Asked[Any, Any]) -> dict[str, Any]:
    """The card of the digits that ship."""
    from app.training.data_samples import shipped_pictures
    from app.training.mnist import MNIST
    from app.training.subset import SUBSET_NAME

    pictures = shipped_pictures(asked.settings.models_dir)
    return _card(SUBSET_NAME, "MNIST, a tenth", pictures, credit=MNIST.credit)


def _card_of_collection(collection: Collection, data: DataSets) -> dict[str, Any]:
    """The card of a data set that can be fetched."""
    from app.training.data_samples import classes_of, collection_pictures
    from app.training.mnist import DataError

    fetch = data.fetches.get(collection.name) or Fetch()
    reason = fetch.reason
    if data.is_here(collection) and not fetch.goes_on:
        try:
            pictures = collection_pictures(collection, data.settings.data_dir)
            return _card(collection.name, collection.title, pictures, credit=collection.credit)
        except DataError as error:
            reason = str(error)
    return {
        "name": collection.name,
        "title": collection.title,
        "kind": "drawings",
        "own": False,
        "state": "fetching" if fetch.goes_on else "to fetch",
        "reason": reason,
        "classes": list(classes_of(collection)),
        "counts": {},
        "train": collection.files["train_images"].shape[0],
        "test": collection.files["test_images"].shape[0],
        "credit": collection.credit,
        "usual_lr": _usual_lr(collection.files["train_images"].shape[0]),
    }


def card_of_own(name: str, pictures: PictureSet) -> dict[str, Any]:
    """The card of a set of the user's own."""
    from app.training.data_samples import own_pictures

    card = _card(f"{OWN}{name}", pictures.title, own_pictures(pictures), credit=None)
    return {**card, "kind": pictures.kind, "own": True}


def _card(
    name: str, title: str, pictures: LabelledPictures, credit: dict[str, str] | None
) -> dict[str, Any]:
    """The card of a data set that is here."""
    return {
        "name": name,
        "title": title,
        "kind": "drawings",
        "own": False,
        "state": "ready",
        "reason": None,
        "classes": list(pictures.classes),
        "counts": pictures.counts,
        "train": len(pictures.labels),
        "test": pictures.test,
        "credit": credit,
        "usual_lr": _usual_lr(len(pictures.labels)),
    }


def _usual_lr(pictures: int) -> dict[str, float]:
    """The rates that suit so many pictures."""
    from app.training.pictures.lesson import usual_rate

    rates = (usual_rate(pictures, is_frozen=is_frozen) for is_frozen in (False, True))
    return dict(zip(("whole", "last_layer"), rates, strict=True))


@contextmanager
def set_refusals() -> Iterator[None]:
    """What cannot be done with a set of the user's own is a problem of the status that fits it."""
    from app.training.pictures.store import SetError, UnknownSet

    try:
        yield
    except UnknownSet as error:
        raise Problem(404, str(error)) from None
    except SetError as error:
        status = 409 if error.limit is not None else 503
        raise Problem(status, str(error), limit=error.limit, requested=error.requested) from None


ENDPOINTS = (
    Endpoint("GET", "/datasets", list_datasets, DataSetList),
    Endpoint(
        "GET",
        "/datasets/{name}/samples",
        dataset_samples,
        DataSetSamples,
        query=SamplesQuery,
        example={"name": "mnist-subset", "per_class": 2},
        offers=TENSORS,
    ),
)
