"""What the preparation makes of an image, step by step."""

from starlette.requests import Request
from starlette.responses import Response

from app.imaging import Prepared, prepare_matrix, prepare_photo
from app.imaging.decoded import Decoded
from app.web.api.images.preparation import max_step_values, prepare_as_digit, steps_of
from app.web.services import services_of
from app.web.wire.picture_body import receive_body, to_picture
from app.web.wire.queries import PrepareQuery, read_query
from app.web.wire.responses import negotiate, respond_with
from app.web.wire.tensors import Answer, named


async def prepare(request: Request) -> Response:
    """An image as a network or an operation takes it, with the picture after every step."""
    services = services_of(request)
    query = read_query(request, PrepareQuery)
    media_type = negotiate(request)
    body = await receive_body(request)

    def compute() -> Response:
        picture = to_picture(body, services.settings)
        answer = prepared_answer(picture, query, max_step_values(media_type, services.settings))
        return respond_with(request, media_type, answer)

    return await services.workers.run(request.receive, compute)


def prepared_answer(picture: Decoded, query: PrepareQuery, max_values: int | None) -> Answer:
    """The document of a preparation."""
    prepared = _prepared(picture, query)
    image = named("image", prepared.image, query.dtype)
    document = {
        "image": image,
        "steps": steps_of(prepared, query.steps, query.dtype, max_values),
        "mapping": prepared.mapping,
        "source": picture.source.as_dict(),
    }
    return Answer(document, image, is_in_bytes=query.dtype == "uint8")


def _prepared(picture: Decoded, query: PrepareQuery) -> Prepared:
    """The picture prepared as what the query asks for."""
    if query.as_ == "photo":
        return prepare_photo(picture.image, query.size, source=picture.source)
    if query.as_ == "matrix":
        return prepare_matrix(picture.image, source=picture.source)
    return prepare_as_digit(picture, query)
