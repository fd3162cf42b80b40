"""Data sets of the user's own: made, named, exported, brought along, deleted."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any, Literal

from pydantic import Field
from starlette.responses import Response

from app.web.api.datasets.cards import OWN, DataSetCard, card_of_own, set_refusals
from app.web.api.datasets.example_archive import EXAMPLE
from app.web.endpoint import Asked, Endpoint
from app.web.wire.body import Body
from app.web.wire.members import Members
from app.web.wire.problems import Place, Problem
from app.web.wire.schemas import Schema
from app.web.wire.tensors import Answer

ZIP = "application/zip"
Label = Annotated[str, Field(min_length=1, max_length=40)]
Title = Annotated[str, Field(min_length=1, max_length=60)]


class NewDataSet(Members):
    """A set without pictures: grey drawings of 28×28, or photographs in colour of 224×224."""

    title: Title
    kind: Literal["drawings", "photographs"] = "drawings"


class ChangedDataSet(Members):
    """Another title, other labels; what is left out stays."""

    title: Title | None = None
    labels: dict[Label, Label] = Field(
        default_factory=dict, description="By its name the new name of a label; equal ones join."
    )


class BroughtDataSet(Members):
    """A `.npz` as text; as application/zip it is the body itself."""

    npz: str = Field(description="Its bytes in base64.")


class ArchiveFile(Schema):
    """A `.npz` with `images` (N, 28, 28) uint8, `labels` (N,), `classes` (K,) and `title`."""


def create_dataset(asked: Asked[Any, NewDataSet]) -> Answer:
    """Makes a data set of one's own, without pictures yet."""
    from app.training.pictures.picture_set import PictureSet

    body = asked.body
    title = text_of(body.title, "#/title")
    return _created(asked, PictureSet.empty(title, body.kind))


def import_dataset(asked: Asked[Any, BroughtDataSet | Body]) -> Answer:
    """Makes a data set of one's own out of a `.npz`, which is read whole or not at all."""
    from app.training.pictures.archive import ArchiveError, from_archive

    body = asked.body
    try:
        data = body.content if isinstance(body, Body) else base64.b64decode(body.npz, validate=True)
        found = from_archive(data, asked.settings.max_own_sets_bytes)
    except binascii.Error:
        sentence = "npz is not base64."
        raise Problem(422, sentence, errors=[Place("#/npz", sentence)]) from None
    except ArchiveError as error:
        raise Problem(422, str(error)) from None
    return _created(asked, found)


def _created(asked: Asked[Any, Any], pictures: Any) -> Answer:
    """Keeps a new set and answers with its card."""
    store = asked.services.data.own
    with set_refusals():
        name = store.create(pictures)
        return Answer(card_of_own(name, store.get(name)))


def change_dataset(asked: Asked[Any, ChangedDataSet]) -> Answer:
    """Gives a data set of one's own another title or its labels other names."""
    from dataclasses import replace

    body, name = asked.body, own_name(asked)
    labels = {was: text_of(to, "#/labels") for was, to in body.labels.items()}
    title = body.title and text_of(body.title, "#/title")
    with set_refusals():
        changed = asked.services.data.own.change(
            name,
            lambda found: replace(found.relabelled(labels), title=title or found.title),
        )
    return Answer(card_of_own(name, changed))


def delete_dataset(asked: Asked[Any, Any]) -> Answer:
    """Deletes a data set of one's own, and answers with the card that it had."""
    name, store = own_name(asked), asked.services.data.own
    with set_refusals():
        card = card_of_own(name, store.get(name))
        store.delete(name)
    return Answer(card)


def export_dataset(asked: Asked[Any, Any]) -> Response:
    """A data set of one's own as one `.npz`, which can be imported again."""
    from app.training.pictures.archive import to_archive

    name = own_name(asked)
    with set_refusals():
        data = to_archive(asked.services.data.own.get(name))
    headers = {
        "content-disposition": f'attachment; filename="{name}.npz"',
        "cache-control": "no-store",
    }
    return Response(data, headers=headers, media_type=ZIP)


def own_name(asked: Asked[Any, Any]) -> str:
    """The name below `own:` that a request gives. Raises: Problem 404 for any other."""
    name = asked.names["name"]
    if not name.startswith(OWN):
        sentence = "Only data sets of one's own can be changed; their names begin with own:."
        raise Problem(404, sentence)
    return name.removeprefix(OWN)


def text_of(given: str, pointer: str) -> str:
    """A title or label as it is kept, spaces at its ends cut off. Raises: Problem 422."""
    text = " ".join(given.split())
    if not text or not text.isprintable():
        sentence = "A name needs characters that can be seen, and none that cannot."
        raise Problem(422, sentence, errors=[Place(pointer, sentence)])
    return text


NAMED = {"name": "own:example"}
ENDPOINTS = (
    Endpoint(
        "POST",
        "/datasets",
        create_dataset,
        DataSetCard,
        body=NewDataSet,
        body_example={"title": "Cats and dogs"},
        status=201,
    ),
    Endpoint(
        "POST",
        "/datasets/import",
        import_dataset,
        DataSetCard,
        body=BroughtDataSet,
        body_example={"npz": EXAMPLE},
        takes_file=ZIP,
        status=201,
    ),
    Endpoint(
        "GET",
        "/datasets/{name}.npz",
        export_dataset,
        ArchiveFile,
        example=NAMED,
        offers=(ZIP,),
    ),
    Endpoint(
        "PUT",
        "/datasets/{name}",
        change_dataset,
        DataSetCard,
        body=ChangedDataSet,
        body_example={"labels": {"above": "upper"}},
        example=NAMED,
    ),
    Endpoint("DELETE", "/datasets/{name}", delete_dataset, DataSetCard, example=NAMED),
)
