"""What is refused: how, how soon, and that nothing else ever happens."""

from __future__ import annotations

import struct
import time
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow

from app.imaging import DecodeLimits, ImageRefused, decode
from app.imaging.signature import FORMATS, count_scans, sniff_format
from tests.imaging.files import many_scans, png, png_chunk, saved

noise = np.random.default_rng(0).integers(0, 256, (24, 30, 3), dtype=np.uint8)
GOOD = {form: saved(Pillow.fromarray(noise), form) for form in FORMATS}
MAGIC = {form: data[:12] for form, data in GOOD.items()}


def refusal(data: bytes, limits: DecodeLimits | None = None) -> ImageRefused:
    """How a file is refused."""
    with pytest.raises(ImageRefused) as caught:
        decode(data, limits)
    sentence = str(caught.value)
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    return caught.value


def test_an_empty_file() -> None:
    assert refusal(b"").status == 400


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 and more", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"II*\0\x08\0\0\0",
     b"\0\0\1\0\1\0", b"8BPS\0\1", b"\0\0\0\x1cftypavif", b"P6 2 2 255 ", b"\x93NUMPY\1\0", b"\0"],
    ids=["pdf", "svg", "tiff", "ico", "psd", "avif", "ppm", "npy", "zero"],
)  # fmt: skip
def test_another_kind_of_file(data: bytes) -> None:
    found = refusal(data)
    assert found.status == 415
    assert "PNG, JPEG, WEBP, GIF or BMP" in str(found)


@pytest.mark.parametrize("form", ["TIFF", "ICO", "PPM", "TGA", "JPEG2000", "AVIF", "PCX", "SGI"])
def test_a_format_pillow_knows_and_we_do_not_read(form: str) -> None:
    assert refusal(saved(Pillow.fromarray(noise), form)).status in (400, 415)


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_cut_off(form: str) -> None:
    data = GOOD[form]
    for length in (13, len(data) // 4, len(data) // 2, len(data) * 3 // 4):
        assert refusal(data[:length]).status == 400


@pytest.mark.parametrize("form", FORMATS)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(form: str, data: st.DataObject) -> None:
    damaged = bytearray(GOOD[form])
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    read_or_refused(bytes(damaged[: data.draw(st.integers(1, len(damaged)))]))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read_or_refused(data)


@pytest.mark.parametrize("form", FORMATS)
@given(rest=st.binary(max_size=200))
def test_any_bytes_behind_a_good_beginning(form: str, rest: bytes) -> None:
    read_or_refused(MAGIC[form] + rest)


def read_or_refused(data: bytes) -> None:
    """Nothing but an image in range or a refusal comes of these bytes."""
    try:
        image = decode(data).image
    except ImageRefused:
        return
    assert np.isfinite(image).all()
    assert 0 <= image.min() <= image.max() <= 1


def test_too_many_bytes() -> None:
    found = refusal(GOOD["PNG"], DecodeLimits(max_bytes=100))
    assert (found.status, found.limit, found.requested) == (413, 100, len(GOOD["PNG"]))


def test_a_jpeg_that_is_too_large_at_half_its_size_too() -> None:
    found = refusal(saved(Pillow.new("RGB", (8_193, 1)), "JPEG"))
    assert (found.status, found.limit, found.requested) == (413, 8_192, 8_193)
    found = refusal(GOOD["JPEG"], DecodeLimits(max_pixels=179))
    assert (found.status, found.limit, found.requested) == (413, 716, 720)


def test_a_large_jpeg_of_many_scans_is_refused_by_its_header() -> None:
    found = refusal(saved(Pillow.new("RGB", (4_097, 1)), "JPEG", progressive=True))
    assert (found.status, found.limit, found.requested) == (413, 4_096, 4_097)


@pytest.mark.parametrize("form", ["PNG", "GIF", "BMP", "WEBP"])
def test_too_long_a_side_and_too_many_pixels(form: str) -> None:
    wide = saved(Pillow.new("RGB", (4_097, 1)), form)
    found = refusal(wide)
    assert (found.status, found.limit, found.requested) == (413, 4_096, 4_097)
    found = refusal(GOOD[form], DecodeLimits(max_pixels=719))
    assert (found.status, found.limit, found.requested) == (413, 719, 720)
    assert decode(GOOD[form], DecodeLimits(max_pixels=720, max_side=30)).image.shape[2] == 30


@pytest.mark.parametrize(("width", "height"), [(9_000, 9_999), (60_000, 60_000), (2**31 - 1, 2)])
def test_a_bomb_is_refused_by_its_header(width: int, height: int) -> None:
    found = refusal(png(width, height, 8, 2, b"\0" * 1_000))
    assert found.status == 413


def test_a_webp_bomb_is_refused_by_its_header() -> None:
    data = bytearray(saved(Pillow.new("RGBA", (4, 4), (0, 0, 0, 0)), "WEBP", exif=b"Exif\0\0"))
    assert data[12:16] == b"VP8X"
    data[24:30] = b"\xff\xff\x00" * 2
    assert refusal(bytes(data)).status in (400, 413)


def test_a_gif_whose_first_frame_outgrows_its_screen() -> None:
    data = bytearray(saved(Pillow.new("L", (8, 8)), "GIF"))
    data[6:10] = struct.pack("<HH", 60_000, 60_000)
    assert refusal(bytes(data)).status == 413


def test_three_thousand_scans_are_refused_at_once() -> None:
    data = many_scans(3_000)
    assert len(data) < 80_000
    start = time.thread_time()
    found = refusal(data)
    assert time.thread_time() - start < 0.5
    assert (found.status, found.limit) == (422, 100)


def test_a_decode_that_outlives_its_budget_is_ended() -> None:
    data = many_scans(3_000)
    limits = DecodeLimits(max_scans=1_000_000, budget_seconds=0.1)
    start = time.thread_time()
    found = refusal(data, limits)
    assert time.thread_time() - start < 0.8
    assert (found.status, found.limit) == (422, 0.1)
    assert "0.1 s" in str(found)


def test_a_progressive_jpeg_within_reason_is_read() -> None:
    assert decode(many_scans(50, side=256)).image.shape == (1, 256, 256)


def test_scans_are_counted_up_to_the_end_of_the_image() -> None:
    once = saved(Pillow.fromarray(noise), "JPEG")
    assert count_scans(once, 100) == 1
    assert count_scans(once + b"\xff\xda" * 500, 100) == 1  # a film behind a photograph
    assert count_scans(saved(Pillow.fromarray(noise), "JPEG", progressive=True), 100) == 10
    comment = saved(Pillow.fromarray(noise), "JPEG", comment=b"\xff\xda" * 500)
    assert count_scans(comment, 100) == 1
    assert count_scans(many_scans(3_000), 100) == 101


def test_counting_scans_ends_on_any_bytes() -> None:
    assert count_scans(b"\xff\xd8" + b"\xff\xe0\0\0" * 1_000, 5) == 0
    assert count_scans(b"\xff\xd8\xff", 5) == 0


def test_reading_very_many_small_chunks_is_ended() -> None:
    chunks = png_chunk(b"tEXt", b"a\0") * 300_000
    data = png(1, 1, 8, 0, b"\0\0", extra=chunks)
    start = time.thread_time()
    found = refusal(data, DecodeLimits(budget_seconds=0.1))
    assert time.thread_time() - start < 0.5
    assert found.status == 422


def test_counting_the_chunks_of_an_endless_animation_is_ended() -> None:
    frames = png_chunk(b"acTL", bytes(8)) + png_chunk(b"fcTL", b"") * 500_000
    found = refusal(png(1, 1, 8, 0, b"\0\0", extra=frames), DecodeLimits(budget_seconds=0.05))
    assert found.status == 422


def test_counting_the_frames_of_an_endless_gif_is_ended() -> None:
    one = saved(Pillow.new("L", (1, 1)), "GIF")
    assert one[13 + 6 : 13 + 7] != b";"
    frame = one[one.index(b",") : -1]
    data = one[:-1] + frame * 200_000 + b";"
    found = refusal(data, DecodeLimits(budget_seconds=0.1))
    assert found.status == 422


def test_run_lengths_of_a_bmp_are_ended() -> None:
    side = 4_000
    runs = b"\1\0" * (side * 900)
    header = struct.pack("<IiiHHIIiiII", 40, side, side, 1, 8, 1, len(runs), 0, 0, 1, 1) + b"\0" * 4
    start = 14 + len(header)
    data = b"BM" + struct.pack("<IHHI", start + len(runs), 0, 0, start) + header + runs
    found = refusal(data, DecodeLimits(budget_seconds=0.1))
    assert found.status == 422


@pytest.mark.parametrize("claimed", [0, 2**31])
def test_an_animation_that_lies_about_its_frames_warns_nobody(claimed: int) -> None:
    control = png_chunk(b"acTL", struct.pack(">II", claimed, 0))
    decoded = decode(png(1, 1, 8, 0, b"\0\x80", extra=control))
    assert decoded.source.frames >= 1
    assert decoded.image.shape == (1, 1, 1)


def test_text_that_unpacks_to_much_is_refused() -> None:
    text = png_chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 5_000_000))
    read_or_refused(png(1, 1, 8, 0, b"\0\0", extra=text))


@pytest.mark.parametrize("form", FORMATS)
def test_the_first_bytes_tell_the_format(form: str) -> None:
    assert sniff_format(GOOD[form]) == form
    assert sniff_format(GOOD[form][1:]) is None
