"""What a client accepts: media types and content codings, with their weights."""

from collections.abc import Sequence
from functools import lru_cache

JSON = "application/json"
SAFETENSORS = "application/x-safetensors"
NPY = "application/x-npy"
TEXT = "text/plain"


@lru_cache(maxsize=256)
def best_type(accept: str, offers: tuple[str, ...]) -> str | None:
    """The offer that the client wants most, or nothing when it accepts none of them.

    Of equally wanted offers the first wins; an offer is judged by the most specific range
    that matches it (RFC 9110, section 12.5.1).

    Example:
        >>> best_type("application/x-npy;q=0.5, application/json", (JSON, NPY))
        'application/json'
        >>> best_type("text/html, */*;q=0.1", (JSON, NPY))
        'application/json'
        >>> best_type("image/png", (JSON, NPY)) is None
        True
    """
    ranges = _weights(accept) if accept.strip() else [("*/*", 1.0)]
    weighted = [(_weight_of(offer, ranges), -index, offer) for index, offer in enumerate(offers)]
    weight, _, offer = max(weighted)
    return offer if weight > 0 else None


@lru_cache(maxsize=256)
def best_coding(accept_encoding: str, offers: tuple[str, ...]) -> str | None:
    """The content coding that the client takes most gladly, or nothing where it takes none of them.

    Of equally welcome ones the first wins (RFC 9110, section 12.5.3).

    Example:
        >>> best_coding("gzip, deflate, br", ("br", "gzip"))
        'br'
        >>> best_coding("gzip;q=0, *;q=0.5", ("gzip", "br"))
        'br'
        >>> best_coding("", ("br", "gzip")) is None
        True
    """
    weights = dict(_weights(accept_encoding))
    weighted = [
        (weights.get(offer, weights.get("*", 0.0)), -index, offer)
        for index, offer in enumerate(offers)
    ]
    weight, _, offer = max(weighted)
    return offer if weight > 0 else None


def _weights(header: str) -> list[tuple[str, float]]:
    """Every item of a header in lower case with its q, which is 1 where it is not given."""
    found = []
    for item in header.lower().split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        if name:
            found.append((name, _quality(parameters)))
    return found


def _quality(parameters: Sequence[str]) -> float:
    """The q among the parameters of an item; one that is no number refuses the item."""
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _weight_of(offer: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The weight of the most specific range that an offer falls in, or 0."""
    family = offer.partition("/")[0] + "/*"
    for candidate in (offer, family, "*/*"):
        weights = [weight for name, weight in ranges if name == candidate]
        if weights:
            return max(weights)
    return 0.0
