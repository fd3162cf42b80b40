"""Images of every form and kind, good and bad."""

from __future__ import annotations

import io
from typing import Any

import httpx2
import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from safetensors.numpy import load

from tests.web.bodies import JSON, NPY, SAFETENSORS, digit, drawing, form, npy, png
from tests.web.serving import client_of
from tests.web.test_errors import check_problem

PREPARE = "/api/v1/images/prepare"
NAMES = ["decoded", "grey", "cropped", "scaled", "centred", "normalized"]


def post(
    client: httpx2.Client, content: bytes, media_type: str, accept: str = JSON, **query: Any
) -> httpx2.Response:
    """An image to be prepared."""
    headers = {"content-type": media_type, "accept": accept}
    return client.post(PREPARE, content=content, headers=headers, params=query)


def test_every_form_of_a_body_is_the_same_image(client: httpx2.Client) -> None:
    pixels = drawing()[::4, ::4]
    body, content_type = form(png(pixels))
    npy_body, npy_type = form(npy(pixels))
    answers = [
        post(client, npy(pixels), NPY),
        post(client, npy(pixels[None].astype(np.float32) / 255), NPY),
        post(client, npy(pixels.astype(np.float64) / 255), NPY),
        post(client, orjson.dumps({"pixels": (pixels / 255).tolist()}), JSON),
        post(client, orjson.dumps((pixels[None] / 255).tolist()), JSON),
        post(client, png(pixels), "image/png"),
        post(client, png(pixels), "image/jpeg"),
        post(client, body, content_type),
        post(client, npy_body, npy_type),
    ]
    images = [answer.json()["image"] for answer in answers]
    assert images[0]["shape"] == [1, 28, 28]
    for image in images[1:]:
        np.testing.assert_allclose(np.array(image["data"]), np.array(images[0]["data"]), atol=1e-6)
    formats = [answer.json()["source"]["format"] for answer in answers]
    assert formats == ["NPY"] * 3 + ["JSON"] * 2 + ["PNG"] * 3 + ["NPY"]


def test_a_digit_has_its_steps(client: httpx2.Client) -> None:
    answer = post(client, npy(drawing()), NPY).json()
    assert [step["name"] for step in answer["steps"]] == NAMES
    assert all(step["detail"] for step in answer["steps"])
    bright = post(client, npy(255 - drawing()), NPY).json()
    assert [step["name"] for step in bright["steps"]] == [*NAMES[:2], "inverted", *NAMES[2:]]
    np.testing.assert_allclose(
        np.array(bright["image"]["data"]), np.array(answer["image"]["data"]), atol=1e-6
    )
    normalized = np.array(answer["steps"][-1]["image"]["data"])
    image = np.array(answer["image"]["data"])
    np.testing.assert_allclose(normalized, (image - 0.1307) / 0.3081, atol=1e-5)


def test_a_shipped_digit_stays_as_it_is(client: httpx2.Client) -> None:
    found = np.load(io.BytesIO(post(client, npy(digit()), NPY, NPY).content))
    np.testing.assert_array_equal(found, digit())


def test_a_photo_and_a_matrix(client: httpx2.Client) -> None:
    colours = np.random.default_rng(0).integers(0, 256, (40, 60, 3), dtype=np.uint8)
    photo = post(client, png(colours), "image/png", SAFETENSORS, **{"as": "photo", "size": 32})
    assert load(photo.content)["image"].shape == (3, 32, 32)
    matrix = post(client, png(colours), "image/png", SAFETENSORS, **{"as": "matrix"})
    np.testing.assert_allclose(
        load(matrix.content)["image"], colours.transpose(2, 0, 1) / np.float32(255), atol=1e-6
    )


def test_a_large_photograph_fits_into_json(client: httpx2.Client) -> None:
    colours = np.zeros((3_000, 4_000, 3), np.uint8)
    colours[1_000:2_000, 1_900:2_100] = 255
    content = png(colours)
    answer = post(client, content, "image/png").json()
    assert max(answer["steps"][0]["image"]["shape"]) == 64
    assert answer["source"]["width"] == 4_000
    assert answer["mapping"]["x"]["scale"] >= 50
    whole = load(post(client, content, "image/png", SAFETENSORS).content)
    assert max(whole["steps.decoded"].shape) > 900


def test_bytes_travel_with_their_scale(client: httpx2.Client) -> None:
    response = post(client, npy(digit()), NPY, JSON, dtype="uint8", steps="none")
    image = response.json()["image"]
    assert image["dtype"] == "uint8"
    assert image["scale"]["minimum"] == [0.0]
    back = np.array(image["data"]) / 255 * image["scale"]["maximum"][0]
    np.testing.assert_allclose(back, digit(), atol=1 / 500)


def encoded(kind: str, mode: str) -> bytes:
    """A small picture in a format and a mode."""
    buffer = io.BytesIO()
    Image.new(mode, (20, 30)).save(buffer, format=kind)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("PNG", "1"),
        ("PNG", "L"),
        ("PNG", "LA"),
        ("PNG", "P"),
        ("PNG", "RGBA"),
        ("PNG", "I;16"),
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("GIF", "P"),
        ("BMP", "RGB"),
        ("WEBP", "RGBA"),
    ],
)
def test_every_mode_of_every_format(client: httpx2.Client, kind: str, mode: str) -> None:
    response = post(client, encoded(kind, mode), f"image/{kind.lower()}")
    assert response.status_code == 200, response.text
    assert response.json()["source"]["format"] == kind


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
WIDE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x20\x00\x00\x00\x20\x00\x08\x00\x00\x00\x00"


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"", "image/png", 400),
        (b"not an image", "image/png", 415),
        (SVG, "image/svg+xml", 415),
        (b"%PDF-1.7", "image/png", 415),
        (encoded("PNG", "L")[:40], "image/png", 400),
        (encoded("TIFF", "L"), "image/tiff", 415),
        (WIDE + b"\x00" * 40, "image/png", 400),
        (png(np.zeros((1, 4_097), np.uint8)), "image/png", 413),
        (npy(np.zeros((4_097, 1), np.uint8)), NPY, 413),
        (b"", NPY, 400),
        (b"\x93NUMPY", NPY, 400),
        (npy(np.zeros((2, 2)))[:-1], NPY, 400),
        (npy(np.zeros((2, 2))) + b"x", NPY, 400),
        (npy(np.zeros((0, 2))), NPY, 422),
        (npy(np.zeros(4)), NPY, 422),
        (npy(np.zeros((1, 1, 1, 1))), NPY, 422),
        (npy(np.zeros((2, 3, 3))), NPY, 422),
        (npy(np.full((2, 2), np.nan)), NPY, 422),
        (npy(np.full((2, 2), np.inf)), NPY, 422),
        (npy(np.full((2, 2), 1.5)), NPY, 422),
        (npy(np.full((2, 2), -0.5)), NPY, 422),
        (npy(np.zeros((2, 2), np.complex64)), NPY, 422),
        (b"x", "multipart/form-data", 400),
        (b"x", "multipart/form-data; boundary=y", 400),
        (form(b"", name="other")[0], form(b"")[1], 422),
        (form(b"x")[0][:-4], form(b"")[1], 400),
        (form(b"")[0], form(b"")[1], 400),
        (form(b"not an image")[0], form(b"")[1], 415),
        (b"a=b", "application/x-www-form-urlencoded", 415),
    ],
)
def test_what_is_no_image_is_refused(
    client: httpx2.Client, content: bytes, media_type: str, status: int
) -> None:
    check_problem(post(client, content, media_type), status)


def test_a_form_has_one_file(client: httpx2.Client) -> None:
    part, content_type = form(png(drawing()))
    middle = part.removesuffix(b"--frontier--\r\n")
    other = b'--frontier\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n'
    assert post(client, other + part, content_type).status_code == 200
    check_problem(post(client, middle + part, content_type), 422)
    problem = check_problem(post(client, other * 9 + part, content_type), 413)
    assert problem["limit"] == 8


def seeds() -> list[tuple[bytes, str]]:
    """Good bodies to be damaged."""
    pixels = drawing()[::10, ::10]
    body, content_type = form(png(pixels))
    return [
        (npy(pixels), NPY),
        (npy(pixels.astype(np.float32) / 255), NPY),
        (orjson.dumps({"pixels": (pixels[:5, :5] / 255).tolist()}), JSON),
        (body, content_type),
        (png(pixels), "image/png"),
        (encoded("JPEG", "RGB"), "image/jpeg"),
        (encoded("GIF", "P"), "image/gif"),
        (encoded("BMP", "RGB"), "image/bmp"),
        (encoded("WEBP", "RGB"), "image/webp"),
    ]


SEEDS = seeds()


@st.composite
def damaged(draw: st.DrawFn) -> tuple[bytes, str]:
    """A good body of which some bytes were changed, cut out or put in."""
    body, media_type = draw(st.sampled_from(SEEDS))
    content = bytearray(body)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 8)))
        content[start:end] = draw(st.binary(max_size=8))
    return bytes(content), media_type


def test_damage_is_never_our_failure(url: str) -> None:
    with client_of(url) as client:

        @given(damaged())
        def check(body: tuple[bytes, str]) -> None:
            response = post(client, *body, steps="none")
            if response.status_code != 200:
                assert response.status_code in {400, 413, 415, 422}
                check_problem(response, response.status_code)

        check()


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
    lambda children: (
        st.lists(children, max_size=4)
        | st.dictionaries(st.sampled_from(["pixels", "a", ""]), children, max_size=3)
    ),
    max_leaves=20,
)


def test_any_json_is_an_image_or_a_refusal(url: str) -> None:
    with client_of(url) as client:

        @given(JSON_VALUES, st.booleans())
        def check(value: Any, is_wrapped: bool) -> None:
            body = orjson.dumps({"pixels": value} if is_wrapped else value)
            response = post(client, body, JSON, steps="none")
            if response.status_code != 200:
                assert response.status_code == 422
                check_problem(response, 422)

        check()


def both(gap: int = 20) -> Any:
    """A 1 and a 7 beside each other, drawn as strokes on a sheet."""
    sheet = np.zeros((160, 240), dtype=np.uint8)
    sheet[30:130, 50:66] = 255
    sheet[30:46, 66 + gap : 140 + gap] = 255
    sheet[30:130, 124 + gap : 140 + gap] = 255
    return sheet


def test_pieces_of_ink_are_told_and_can_be_chosen(client: httpx2.Client) -> None:
    whole = post(client, npy(both()), NPY).json()
    assert [piece["box"] for piece in whole["pieces"]] == [
        {"top": 30, "left": 50, "bottom": 130, "right": 66},
        {"top": 30, "left": 86, "bottom": 130, "right": 160},
    ]
    assert sum(piece["ink"] for piece in whole["pieces"]) == pytest.approx(1)
    assert [remark["name"] for remark in whole["remarks"]] == ["several_pieces"]
    second = post(client, npy(both()), NPY, piece=1).json()
    assert [step["name"] for step in second["steps"]] == [*NAMES[:2], "piece", *NAMES[2:]]
    assert second["pieces"] == whole["pieces"]
    assert second["remarks"] == []
    alone = both()
    alone[:, :70] = 0
    assert second["image"] == post(client, npy(alone), NPY).json()["image"]


def test_a_piece_is_told_in_the_pixels_of_its_file(client: httpx2.Client) -> None:
    large = np.kron(both(), np.ones((8, 8), np.uint8))
    answer = post(client, png(large), "image/png").json()
    assert answer["source"]["reduction"] == 2
    assert answer["pieces"][0]["box"] == {"top": 240, "left": 400, "bottom": 1040, "right": 528}


@pytest.mark.parametrize(
    ("pixels", "piece", "told"),
    [
        (both(), 2, "The picture has 2 pieces of ink: numbers 0 to 1."),
        (drawing(), 1, "The picture has one piece of ink: number 0."),
        (0 * drawing(), 0, "The picture has no ink, hence no piece."),
    ],
    ids=["two", "one", "none"],
)
def test_a_piece_that_is_not_there(
    client: httpx2.Client, pixels: Any, piece: int, told: str
) -> None:
    answer = post(client, npy(pixels), NPY, piece=piece)
    check_problem(answer, 422)
    assert answer.json()["errors"] == [{"pointer": "?piece", "detail": told}]


def test_what_is_no_digit_is_remarked_upon(client: httpx2.Client) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (64, 64), dtype=np.uint8)
    [remark] = post(client, npy(noise), NPY).json()["remarks"]
    assert remark["name"] == "no_paper"
    assert remark["detail"].endswith("hardly a digit, but read as one.")
    assert post(client, npy(drawing()), NPY).json()["remarks"] == []
    photo = post(client, npy(noise), NPY, **{"as": "photo"}).json()
    assert ([each["name"] for each in photo["remarks"]], photo["pieces"]) == (
        ["grey", "enlarged"],
        [],
    )


def test_a_frame_is_a_step_that_can_be_left_out(client: httpx2.Client) -> None:
    framed = drawing()
    framed[:, :6] = framed[:, -6:] = framed[:6] = framed[-6:] = 255
    answer = post(client, npy(255 - framed), NPY).json()
    names = [step["name"] for step in answer["steps"]]
    assert names == [*NAMES[:2], "border", "inverted", *NAMES[2:]]
    assert "all four edges" in answer["steps"][2]["detail"]
    np.testing.assert_allclose(
        np.array(answer["image"]["data"]),
        np.array(post(client, npy(drawing()), NPY).json()["image"]["data"]),
        atol=1e-6,
    )
    left_in = post(client, npy(255 - framed), NPY, border="false").json()
    assert "border" not in [step["name"] for step in left_in["steps"]]
    assert left_in["image"] != answer["image"]
