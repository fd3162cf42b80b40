"""Fetching a data set that is not here, on request."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from app.web.api.datasets.cards import DataSetCard, list_datasets
from app.web.endpoint import Asked, Endpoint
from app.web.wire.problems import Problem
from app.web.wire.queries import Query
from app.web.wire.tensors import Answer


class FetchQuery(Query):
    """How its progress is asked for."""

    ticket: str | None = Field(
        None, max_length=64, description="`GET /progress/{ticket}` tells how many files are here."
    )


def fetch_dataset(asked: Asked[FetchQuery, Any]) -> Answer:
    """Begins to fetch a data set from where it is published, and answers with its card.

    What has gone wrong is the card's `reason` once its state is `to fetch` again.
    """
    from app.training.mnist import COLLECTIONS

    name = asked.names["name"]
    if (collection := COLLECTIONS.get(name)) is not None:
        asked.services.data.fetch(collection, asked.query.ticket)
    cards: Any = list_datasets(asked).document
    card = next((each for each in cards if each["name"] == name), None)
    if card is None:
        raise Problem(404, "There is no data set of that name.")
    return Answer(card)


ENDPOINTS = (
    Endpoint(
        "POST",
        "/datasets/{name}/fetch",
        fetch_dataset,
        DataSetCard,
        query=FetchQuery,
        example={"name": "mnist-subset"},
        status=202,
    ),
)
